//! Rows of the referrals file meet the stored records, by e-mail, code and day.
//!
//! Floor 4. A record is evidence and ties nothing by itself (R4.1); a code that no link bears is kept and reported.

use rusqlite::{OptionalExtension, params};

use super::{Intake, IntakeError};
use crate::dates::to_stored;
use crate::ids::{Code, EmailKey};
use crate::import::groups::{Groups, Version};
use crate::import::links::LinkChannel;
use crate::import::referrals::ReferralRow;
use crate::import::sorter::Sorter;
use crate::import::tally::Fate;
use crate::money::Money;
use crate::store::StoreError;

const FIND: &str = "SELECT referral_no, channel FROM referrals
    WHERE email_key = ?1 AND code_key = ?2 AND referred_on = ?3";
const ADD: &str = "INSERT INTO referrals (email, email_key, code, code_key, referred_on, channel)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const CHANGE: &str = "UPDATE referrals SET channel = ?2 WHERE referral_no = ?1";

impl Intake<'_> {
    pub(super) fn take_referrals(&mut self, rows: Sorter) -> Result<(), IntakeError> {
        let codes = self.writer.links_by_code()?;
        let mut groups = Groups::new(rows)?;
        while let Some(versions) = groups.next_group()? {
            let versions: Vec<Version<'_>> = versions.collect();
            for version in &versions {
                let row = ReferralRow::unpack(&mut version.unpack());
                if !codes.contains_key(&Code(row.code.to_owned()).key()) {
                    self.tally.note_unknown_code(row.code);
                }
            }
            // The spelling of an e-mail or code makes no other record; another channel does contradict.
            let channel = |version: &Version<'_>| ReferralRow::unpack(&mut version.unpack()).channel;
            if versions.iter().any(|version| channel(version) != channel(&versions[0])) {
                self.contradict_each(&versions, "email", |version| {
                    ReferralRow::unpack(&mut version.unpack()).email.to_owned()
                })?;
                continue;
            }
            for version in &versions {
                let fate = self.take_referral(&ReferralRow::unpack(&mut version.unpack()))?;
                self.count(fate, Money::ZERO, version)?;
            }
        }
        Ok(())
    }

    fn take_referral(&self, row: &ReferralRow<'_>) -> Result<Fate, StoreError> {
        let sql = self.writer.sql();
        let email_key = EmailKey::of(row.email).0;
        let code_key = Code(row.code.to_owned()).key();
        let day = to_stored(row.referred_on);
        let known: Option<(i64, String)> = sql
            .prepare_cached(FIND)?
            .query_row(params![email_key, code_key, day], |found| Ok((found.get(0)?, found.get(1)?)))
            .optional()?;
        let Some((no, channel)) = known else {
            let channel = row.channel.value().unwrap_or(LinkChannel::Link).as_str();
            sql.prepare_cached(ADD)?
                .execute(params![row.email, email_key, row.code, code_key, day, channel])?;
            return Ok(Fate::New);
        };
        match row.channel.value() {
            Some(new) if new.as_str() != channel => {
                sql.prepare_cached(CHANGE)?.execute(params![no, new.as_str()])?;
                Ok(Fate::Updated)
            }
            Some(_) | None => Ok(Fate::Seen),
        }
    }
}
