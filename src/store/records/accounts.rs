//! A customer account's record: its facts, which of them staff have corrected, and who referred it.
//!
//! Floor 4. A correction keeps the imported value it stands over, so that a nightly file that repeats that value
//! does not undo it and one that brings another does (CONTRACT.md).

use rusqlite::{OptionalExtension, params};

use crate::dates::{Day, to_stored};
use crate::ids::{AccountId, Email, PartnerId};
use crate::store::rows::Stored;
use crate::store::{Reader, StoreError, Writer};
use crate::words;

words!(
    /// A fact of an account that staff may correct.
    AccountColumn, "account column" {
        /// The e-mail it signed up with.
        Email = "email",
        /// The customer's name.
        Name = "name",
        /// The day it was opened (R3.1).
        OpenedOn = "opened_on",
        /// The day it was closed (R2.3).
        ClosedOn = "closed_on",
        /// The referral code of its signup (R4.1).
        ReferralCode = "referral_code",
    }
);

const ACCOUNT: &str = "SELECT account_no, account_id, email, name, opened_on, closed_on, referral_code
    FROM accounts WHERE account_id = ?1";
const EDITS: &str = "SELECT account_no, column_name, imported FROM account_edits WHERE account_no = ?1";
const TIES: &str =
    "SELECT account_no, partner_id, code, from_on, evidence, attributions.decided_on, assigned_on,
        self_referral, reason, actor
    FROM attributions LEFT JOIN partners USING (partner_no) LEFT JOIN links USING (link_no)
    WHERE account_no = ?1 ORDER BY seq";
const CHARGES: &str = "SELECT count(*) FROM charges WHERE account_id = ?1";
const KEEP_IMPORTED: &str =
    "INSERT INTO account_edits (account_no, column_name, imported) VALUES (?1, ?2, ?3)
    ON CONFLICT (account_no, column_name) DO NOTHING";
const DROP_EDIT: &str = "DELETE FROM account_edits WHERE account_no = ?1 AND column_name = ?2";
const SET_EMAIL: &str = "UPDATE accounts SET email = ?2, email_key = ?3 WHERE account_no = ?1";
const SET_NAME: &str = "UPDATE accounts SET name = ?2 WHERE account_no = ?1";
const SET_OPENED: &str = "UPDATE accounts SET opened_on = ?2 WHERE account_no = ?1";
const SET_CLOSED: &str = "UPDATE accounts SET closed_on = ?2 WHERE account_no = ?1";
const SET_CODE: &str = "UPDATE accounts SET referral_code = ?2, carries_code = ?2 IS NOT NULL OR EXISTS
        (SELECT 1 FROM charges WHERE charges.account_id = accounts.account_id AND charges.referral_code IS NOT NULL)
    WHERE account_no = ?1";
const IS_ATTRIBUTED: &str = "SELECT attributed FROM accounts WHERE account_no = ?1";

/// Who referred an account, from when on (R4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountTie {
    /// The partner; `None` while nobody has claimed the link.
    pub partner: Option<PartnerId>,
    /// The link's code, where the evidence was one.
    pub code: Option<String>,
    /// The first billing day it covers; `None` covers all.
    pub from: Option<Day>,
    /// staff, code or referral.
    pub evidence: String,
    /// The day on which it was decided.
    pub decided_on: Day,
    /// The day of staff's assignment or of the claim.
    pub assigned_on: Option<Day>,
    /// R4.6.
    pub self_referral: bool,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub actor: String,
}

/// An account as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRecord {
    /// The store's key.
    pub no: i64,
    /// Billing's id.
    pub id: AccountId,
    /// The e-mail it signed up with.
    pub email: Option<String>,
    /// The customer's name.
    pub name: Option<String>,
    /// The day it was opened.
    pub opened_on: Option<Day>,
    /// The day it was closed.
    pub closed_on: Option<Day>,
    /// The code of its signup.
    pub referral_code: Option<String>,
    /// What staff have corrected, with the imported value each stands over.
    pub edits: Vec<(AccountColumn, Option<String>)>,
}

impl AccountRecord {
    /// Returns one fact as text, as CSV would have it.
    #[must_use]
    pub fn value(&self, column: AccountColumn) -> Option<String> {
        match column {
            AccountColumn::Email => self.email.clone(),
            AccountColumn::Name => self.name.clone(),
            AccountColumn::OpenedOn => self.opened_on.map(|day| day.to_string()),
            AccountColumn::ClosedOn => self.closed_on.map(|day| day.to_string()),
            AccountColumn::ReferralCode => self.referral_code.clone(),
        }
    }
}

impl Reader {
    /// Returns an account by billing's id.
    ///
    /// # Errors
    /// Damaged rows, no such account.
    pub fn account_record(&self, id: &AccountId) -> Result<AccountRecord, StoreError> {
        let mut statement = self.sql.prepare_cached(ACCOUNT)?;
        let mut rows = statement.query([id.as_str()])?;
        let row = rows
            .next()?
            .ok_or_else(|| StoreError::Unknown { what: "account", id: id.as_str().to_owned() })?;
        let row = Stored { table: "accounts", row };
        let no = row.get(0)?;
        Ok(AccountRecord {
            no,
            id: AccountId(row.get(1)?),
            email: row.get(2)?,
            name: row.get(3)?,
            opened_on: row.opt_day(4)?,
            closed_on: row.opt_day(5)?,
            referral_code: row.get(6)?,
            edits: self.account_edits(no)?,
        })
    }

    fn account_edits(&self, no: i64) -> Result<Vec<(AccountColumn, Option<String>)>, StoreError> {
        let mut statement = self.sql.prepare_cached(EDITS)?;
        let mut rows = statement.query([no])?;
        let mut edits = Vec::new();
        while let Some(row) = rows.next()? {
            let row = Stored { table: "account_edits", row };
            edits.push((row.word(1)?, row.get(2)?));
        }
        Ok(edits)
    }

    /// Returns who referred an account, in the order of entry.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn account_ties(&self, account_no: i64) -> Result<Vec<AccountTie>, StoreError> {
        let mut statement = self.sql.prepare_cached(TIES)?;
        let mut rows = statement.query([account_no])?;
        let mut ties = Vec::new();
        while let Some(row) = rows.next()? {
            let row = Stored { table: "attributions", row };
            ties.push(AccountTie {
                partner: row.get::<Option<String>>(1)?.map(PartnerId),
                code: row.get(2)?,
                from: row.opt_day(3)?,
                evidence: row.get(4)?,
                decided_on: row.day(5)?,
                assigned_on: row.opt_day(6)?,
                self_referral: row.get(7)?,
                reason: row.get(8)?,
                actor: row.get(9)?,
            });
        }
        Ok(ties)
    }

    /// Counts an account's charges.
    ///
    /// # Errors
    /// SQLite's.
    pub fn charge_count(&self, id: &AccountId) -> Result<i64, StoreError> {
        Ok(self.sql.prepare_cached(CHARGES)?.query_row([id.as_str()], |row| row.get(0))?)
    }

    /// Returns whether an account has a referrer.
    ///
    /// # Errors
    /// SQLite's.
    pub fn is_attributed(&self, account_no: i64) -> Result<bool, StoreError> {
        let found = self.sql.prepare_cached(IS_ATTRIBUTED)?.query_row([account_no], |row| row.get(0));
        Ok(found.optional()?.unwrap_or(false))
    }
}

impl Writer {
    /// Writes an account's facts as they should read, keeps the imported value of each that changes, and marks the
    /// account. A fact that is put back to its imported value counts as uncorrected again.
    ///
    /// # Errors
    /// SQLite's.
    pub fn save_account(&self, before: &AccountRecord, after: &AccountRecord) -> Result<(), StoreError> {
        for column in AccountColumn::ALL.iter().copied() {
            let (old, new) = (before.value(column), after.value(column));
            if old == new {
                continue;
            }
            let imported = before.edits.iter().find(|(edited, _)| *edited == column);
            if imported.is_some_and(|(_, imported)| *imported == new) {
                self.sql().prepare_cached(DROP_EDIT)?.execute(params![after.no, column.as_str()])?;
            } else {
                self.sql().prepare_cached(KEEP_IMPORTED)?.execute(params![after.no, column.as_str(), old])?;
            }
            self.write_fact(after, column)?;
        }
        self.touch_account(after.id.as_str());
        Ok(())
    }

    fn write_fact(&self, after: &AccountRecord, column: AccountColumn) -> Result<(), StoreError> {
        let sql = self.sql();
        let email = after.email.as_deref().map(Email::new);
        match column {
            AccountColumn::Email => sql.prepare_cached(SET_EMAIL)?.execute(params![
                after.no,
                email.as_ref().map(Email::as_str),
                email.as_ref().map(|email| email.key().0)
            ])?,
            AccountColumn::Name => sql.prepare_cached(SET_NAME)?.execute(params![after.no, after.name])?,
            AccountColumn::OpenedOn => {
                sql.prepare_cached(SET_OPENED)?.execute(params![after.no, after.opened_on.map(to_stored)])?
            }
            AccountColumn::ClosedOn => {
                sql.prepare_cached(SET_CLOSED)?.execute(params![after.no, after.closed_on.map(to_stored)])?
            }
            AccountColumn::ReferralCode => {
                sql.prepare_cached(SET_CODE)?.execute(params![after.no, after.referral_code])?
            }
        };
        Ok(())
    }
}
