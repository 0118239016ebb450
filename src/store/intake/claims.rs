//! Links that waited under an e-mail become the partner's who signs up with it (R4.2).
//!
//! Floor 4. With the link comes all that accrued through it: its attributions get the partner, on the day they joined,
//! and whether they are self-referrals is judged now that there is somebody to compare with (R4.6).

use rusqlite::params;

use crate::dates::{Day, to_stored};
use crate::ids::EmailKey;
use crate::import::tally::Claimed;
use crate::store::rows::Stored;
use crate::store::{StoreError, Writer};

const WAITING: &str =
    "SELECT link_no, code FROM links WHERE owner_key = ?1 AND partner_no IS NULL ORDER BY link_no";
const CLAIM: &str = "UPDATE links SET partner_no = ?2, claimed_on = ?3 WHERE link_no = ?1";
const TIED: &str = "SELECT account_no, seq, decided_on, account_id, email_key
    FROM attributions JOIN accounts USING (account_no)
    WHERE link_no = ?1 AND partner_no IS NULL ORDER BY account_no, seq";
const TIE: &str = "UPDATE attributions SET partner_no = ?3, assigned_on = ?4, self_referral = ?5
    WHERE account_no = ?1 AND seq = ?2";

/// A partner who may claim.
#[derive(Debug, Clone)]
pub(in crate::store) struct Claimant<'a> {
    pub(in crate::store) no: i64,
    pub(in crate::store) id: &'a str,
    pub(in crate::store) login: EmailKey,
    pub(in crate::store) paypal: Option<EmailKey>,
    pub(in crate::store) joined_on: Day,
}

impl Writer {
    /// Gives a partner every link that waited under their login e-mail, and says which.
    pub(in crate::store) fn claim_links(&self, by: &Claimant<'_>) -> Result<Vec<Claimed>, StoreError> {
        let mut statement = self.sql().prepare_cached(WAITING)?;
        let waiting = statement.query_map([by.login.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let waiting: Vec<(i64, String)> = waiting.collect::<Result<_, _>>()?;
        let mut claimed = Vec::new();
        for (link_no, code) in waiting {
            self.sql().prepare_cached(CLAIM)?.execute(params![link_no, by.no, to_stored(by.joined_on)])?;
            let accounts = self.claim_accounts(link_no, by)?;
            claimed.push(Claimed { code, partner: by.id.to_owned(), accounts });
        }
        Ok(claimed)
    }

    fn claim_accounts(&self, link_no: i64, by: &Claimant<'_>) -> Result<u64, StoreError> {
        let mut tied = Vec::new();
        let mut statement = self.sql().prepare_cached(TIED)?;
        let mut rows = statement.query([link_no])?;
        while let Some(row) = rows.next()? {
            let row = Stored { table: "attributions", row };
            let email: Option<String> = row.get(4)?;
            tied.push((row.get::<i64>(0)?, row.get::<i64>(1)?, row.day(2)?, row.get::<String>(3)?, email));
        }
        for (account_no, seq, decided_on, account_id, email) in &tied {
            let own = email.as_deref().is_some_and(|email| {
                email == by.login.as_str()
                    || by.paypal.as_ref().is_some_and(|paypal| email == paypal.as_str())
            });
            let self_referral = own && !self.policy(*decided_on).allow_self_referral;
            self.sql().prepare_cached(TIE)?.execute(params![
                account_no,
                seq,
                by.no,
                to_stored(by.joined_on),
                self_referral
            ])?;
            self.touch_account(account_id);
        }
        Ok(u64::try_from(tied.len()).unwrap_or(u64::MAX))
    }
}
