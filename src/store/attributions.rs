//! The evidence for referrers, and the attributions it led to (R4).
//!
//! Floor 4. An attribution is never changed; a later one follows it.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, params};

use super::accounts::CHARGE_NOS;
use super::rows::{Stored, stored};
use super::{Reader, StoreError, Writer};
use crate::attribution::{ChargeCode, Evidence, LinkOwner, ReferralRecord, Testimony};
use crate::dates::{Day, to_stored};
use crate::ids::{Code, EmailKey};

const CANDIDATES: &str = "SELECT account_id FROM accounts WHERE carries_code = 1 AND attributed = 0
    UNION
    SELECT account_id FROM referrals JOIN accounts ON accounts.email_key = referrals.email_key
    WHERE attributed = 0
    ORDER BY account_id";
const UNTIED: &str = "SELECT count(*) FROM accounts WHERE carries_code = 1 AND attributed = 0";
const LINKS: &str = "SELECT link_no, code_key, partner_no FROM links";
const ACCOUNT: &str = "SELECT account_no, account_id, email_key, opened_on, referral_code, attributed,
        (SELECT min(billed_on) FROM charges WHERE charges.account_id = accounts.account_id)
    FROM accounts WHERE account_id = ?1";
const CODE: &str = "SELECT charge_id, billed_on, referral_code FROM charges
    WHERE charge_no = ?1 AND referral_code IS NOT NULL";
const REFERRALS: &str = "SELECT referral_no, code, referred_on FROM referrals WHERE email_key = ?1";
const NEXT_SEQ: &str = "SELECT coalesce(max(seq), 0) + 1 FROM attributions WHERE account_no = ?1";
const ADD: &str =
    "INSERT INTO attributions (account_no, seq, partner_no, link_no, from_on, evidence, decided_on,
        assigned_on, self_referral, reason, actor)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
const MARK: &str = "UPDATE accounts SET attributed = 1 WHERE account_no = ?1";
const IDENTITY: &str = "SELECT email_key, paypal_key FROM partners WHERE partner_no = ?1";

/// An account as attribution sees it.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The store's key.
    pub account_no: i64,
    /// Billing's id.
    pub account_id: String,
    /// Its e-mail's key.
    pub email: Option<EmailKey>,
    /// Whether it has a referrer.
    pub attributed: bool,
    /// What speaks for one.
    pub testimony: Testimony,
}

/// A new attribution.
#[derive(Debug, Clone)]
pub struct NewAttribution {
    /// The account.
    pub account_no: i64,
    /// The account's id.
    pub account_id: String,
    /// The partner; `None` for a link nobody has claimed.
    pub partner_no: Option<i64>,
    /// The link, where evidence named one.
    pub link_no: Option<i64>,
    /// The first billing day it covers; `None` covers all (R4.4).
    pub from: Option<Day>,
    /// What it rests on.
    pub evidence: Evidence,
    /// R4.6.
    pub self_referral: bool,
    /// In words.
    pub reason: String,
}

impl Reader {
    /// Returns the accounts that have evidence and no referrer.
    ///
    /// # Errors
    /// SQLite's.
    pub fn attribution_candidates(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self.sql.prepare(CANDIDATES)?;
        let rows = statement.query_map([], |row| row.get(0))?;
        rows.map(|row| row.map_err(StoreError::from)).collect()
    }

    /// Counts the accounts that carry a code and have no referrer yet.
    ///
    /// # Errors
    /// SQLite's.
    pub fn count_untied(&self) -> Result<i64, StoreError> {
        Ok(self.sql.prepare_cached(UNTIED)?.query_row([], |row| row.get(0))?)
    }

    /// Returns every link by the key of its code.
    ///
    /// # Errors
    /// SQLite's.
    pub fn links_by_code(&self) -> Result<HashMap<String, LinkOwner>, StoreError> {
        let mut statement = self.sql.prepare(LINKS)?;
        let rows = statement.query_map([], |row| {
            Ok((row.get::<_, String>(1)?, LinkOwner { link_no: row.get(0)?, partner_no: row.get(2)? }))
        })?;
        rows.map(|row| row.map_err(StoreError::from)).collect()
    }

    /// Returns an account with everything that speaks for a referrer.
    ///
    /// # Errors
    /// No such account.
    pub fn candidate(&self, account_id: &str) -> Result<Candidate, StoreError> {
        let unknown = || StoreError::Unknown { what: "account", id: account_id.to_owned() };
        self.candidates(&[account_id])?.pop().ok_or_else(unknown)
    }

    /// Returns accounts with everything that speaks for a referrer, their charges read in the order of the table (see
    /// `AccountLoader::load_all`).
    ///
    /// # Errors
    /// No such account.
    pub fn candidates(&self, ids: &[impl AsRef<str>]) -> Result<Vec<Candidate>, StoreError> {
        let mut candidates = Vec::with_capacity(ids.len());
        let mut nos: Vec<(i64, usize)> = Vec::new();
        for (at, id) in ids.iter().enumerate() {
            candidates.push(self.candidate_without_codes(id.as_ref())?);
            let mut statement = self.sql.prepare_cached(CHARGE_NOS)?;
            let mut rows = statement.query([id.as_ref()])?;
            while let Some(row) = rows.next()? {
                nos.push((row.get(0)?, at));
            }
        }
        nos.sort_unstable();
        let mut statement = self.sql.prepare_cached(CODE)?;
        for (no, at) in nos {
            let mut rows = statement.query([no])?;
            let (Some(row), Some(candidate)) = (rows.next()?, candidates.get_mut(at)) else { continue };
            let row = Stored { table: "charges", row };
            candidate.testimony.charge_codes.push(ChargeCode {
                charge_id: row.get(0)?,
                billed_on: row.day(1)?,
                code: Code(row.get(2)?),
            });
        }
        for candidate in &mut candidates {
            candidate
                .testimony
                .charge_codes
                .sort_by(|one, two| (one.billed_on, &one.charge_id).cmp(&(two.billed_on, &two.charge_id)));
        }
        Ok(candidates)
    }

    fn candidate_without_codes(&self, account_id: &str) -> Result<Candidate, StoreError> {
        let mut statement = self.sql.prepare_cached(ACCOUNT)?;
        let mut rows = statement.query([account_id])?;
        let Some(row) = rows.next()? else {
            return Err(StoreError::Unknown { what: "account", id: account_id.to_owned() });
        };
        let row = Stored { table: "accounts", row };
        let email: Option<EmailKey> = row.get::<Option<String>>(2)?.map(EmailKey);
        let testimony = Testimony {
            opening: row.opt_day(3)?.or(row.opt_day(6)?),
            own_code: row.get::<Option<String>>(4)?.map(Code),
            charge_codes: Vec::new(),
            referrals: match &email {
                Some(email) => self.referrals_of(email)?,
                None => Vec::new(),
            },
        };
        Ok(Candidate {
            account_no: row.get(0)?,
            account_id: account_id.to_owned(),
            email,
            attributed: row.get(5)?,
            testimony,
        })
    }

    fn referrals_of(&self, email: &EmailKey) -> Result<Vec<ReferralRecord>, StoreError> {
        let mut statement = self.sql.prepare_cached(REFERRALS)?;
        let mut rows = statement.query([email.as_str()])?;
        let mut records = Vec::new();
        while let Some(row) = rows.next()? {
            let row = Stored { table: "referrals", row };
            records.push(ReferralRecord { code: Code(row.get(1)?), referred_on: row.day(2)? });
        }
        Ok(records)
    }

    /// Returns the keys of a partner's login and PayPal addresses (R4.6).
    ///
    /// # Errors
    /// SQLite's.
    pub fn identity(&self, partner_no: i64) -> Result<Option<(EmailKey, Option<EmailKey>)>, StoreError> {
        let found = self
            .sql
            .prepare_cached(IDENTITY)?
            .query_row([partner_no], |row| Ok((row.get(0)?, row.get::<_, Option<String>>(1)?)))
            .optional()?;
        Ok(found.map(|(login, paypal)| (EmailKey(login), paypal.map(EmailKey))))
    }
}

impl Writer {
    /// Ties an account to a referrer; a first attribution, or one that follows an earlier one.
    ///
    /// # Errors
    /// SQLite's.
    pub fn add_attribution(&self, new: &NewAttribution) -> Result<(), StoreError> {
        let seq: i64 = self.sql().prepare_cached(NEXT_SEQ)?.query_row([new.account_no], |row| row.get(0))?;
        let today = self.today_here();
        let assigned_on = (new.evidence == Evidence::Staff).then_some(today);
        self.sql().prepare_cached(ADD)?.execute(params![
            new.account_no,
            seq,
            new.partner_no,
            new.link_no,
            stored(new.from),
            new.evidence.as_str(),
            to_stored(today),
            stored(assigned_on),
            new.self_referral,
            new.reason,
            self.operator().actor,
        ])?;
        self.sql().prepare_cached(MARK)?.execute([new.account_no])?;
        self.touch_account(&new.account_id);
        Ok(())
    }
}
