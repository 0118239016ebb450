//! A charge's record, and what staff decided about one that billing left open (R3.4).
//!
//! Floor 4.

use rusqlite::{OptionalExtension, params};

use crate::commission::Kind;
use crate::commission::Status;
use crate::dates::Day;
use crate::ids::{AccountId, ChargeId};
use crate::money::{Currency, Money};
use crate::store::rows::{Stored, index_of, stored};
use crate::store::{Reader, StoreError, Writer};

const CHARGE: &str =
    "SELECT charge_no, charge_id, account_id, billed_on, collected_on, kind, status, amount_cents,
        refunded_cents, currency, referral_code, description
    FROM charges WHERE charge_id = ?1";
const RESOLUTION: &str = "SELECT charge_no, status, over_status, collected_on, reason FROM charge_resolutions
    WHERE charge_no = ?1";
const RESOLVE: &str = "INSERT INTO charge_resolutions (charge_no, status, over_status, collected_on, reason)
    VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (charge_no) DO UPDATE SET status = excluded.status, over_status = excluded.over_status,
        collected_on = excluded.collected_on, reason = excluded.reason";
const ID: &str = "SELECT charge_id FROM charges WHERE charge_no = ?1";
const REOPEN: &str = "DELETE FROM charge_resolutions WHERE charge_no = ?1";

/// What staff decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// What became of the charge.
    pub status: Status,
    /// What billing said when they decided; the decision stands until billing says something else.
    pub over: Status,
    /// The day its money came in, where it did.
    pub collected_on: Option<Day>,
    /// Why.
    pub reason: String,
}

/// A charge as billing gave it, and staff's decision about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeRecord {
    /// The store's key.
    pub no: i64,
    /// Billing's id.
    pub id: ChargeId,
    /// Whose charge.
    pub account: AccountId,
    /// The day it was billed.
    pub billed_on: Day,
    /// The day billing collected it.
    pub collected_on: Option<Day>,
    /// R2.1.
    pub kind: Kind,
    /// What billing says.
    pub status: Status,
    /// Net of tax and discounts.
    pub amount: Money,
    /// R2.4.
    pub refunded: Money,
    /// `None` is the programme's.
    pub currency: Option<Currency>,
    /// The code of its row.
    pub referral_code: Option<String>,
    /// Billing's words.
    pub description: Option<String>,
    /// What staff decided (R3.4).
    pub resolution: Option<Resolution>,
}

impl Reader {
    /// Returns a charge's id by the store's key.
    ///
    /// # Errors
    /// SQLite's.
    pub fn charge_id(&self, no: i64) -> Result<Option<String>, StoreError> {
        Ok(self.sql.prepare_cached(ID)?.query_row([no], |row| row.get(0)).optional()?)
    }

    /// Returns a charge by billing's id.
    ///
    /// # Errors
    /// Damaged rows, no such charge.
    pub fn charge_record(&self, id: &ChargeId) -> Result<ChargeRecord, StoreError> {
        let mut statement = self.sql.prepare_cached(CHARGE)?;
        let mut rows = statement.query([id.as_str()])?;
        let row =
            rows.next()?.ok_or_else(|| StoreError::Unknown { what: "charge", id: id.as_str().to_owned() })?;
        let row = Stored { table: "charges", row };
        let no = row.get(0)?;
        Ok(ChargeRecord {
            no,
            id: ChargeId(row.get(1)?),
            account: AccountId(row.get(2)?),
            billed_on: row.day(3)?,
            collected_on: row.opt_day(4)?,
            kind: row.indexed(5, Kind::ALL)?,
            status: row.indexed(6, Status::ALL)?,
            amount: row.money(7)?,
            refunded: row.money(8)?,
            currency: row.opt_word(9)?,
            referral_code: row.get(10)?,
            description: row.get(11)?,
            resolution: self.resolution(no)?,
        })
    }

    fn resolution(&self, charge_no: i64) -> Result<Option<Resolution>, StoreError> {
        let read = |row: &rusqlite::Row<'_>| {
            let row = Stored { table: "charge_resolutions", row };
            Ok((
                row.indexed(1, Status::ALL),
                row.indexed(2, Status::ALL),
                row.opt_day(3),
                row.row.get::<_, String>(4)?,
            ))
        };
        let found = self.sql.prepare_cached(RESOLUTION)?.query_row([charge_no], read).optional()?;
        found
            .map(|(status, over, collected_on, reason)| {
                Ok(Resolution { status: status?, over: over?, collected_on: collected_on?, reason })
            })
            .transpose()
    }
}

impl Writer {
    /// Puts staff's word above billing's, or with `None` takes it back, and marks the account (R3.4).
    ///
    /// # Errors
    /// SQLite's.
    pub fn resolve_charge(
        &self,
        charge: &ChargeRecord,
        resolution: Option<&Resolution>,
    ) -> Result<(), StoreError> {
        match resolution {
            Some(decided) => self.sql().prepare_cached(RESOLVE)?.execute(params![
                charge.no,
                index_of(Status::ALL, &decided.status),
                index_of(Status::ALL, &decided.over),
                stored(decided.collected_on),
                decided.reason,
            ])?,
            None => self.sql().prepare_cached(REOPEN)?.execute([charge.no])?,
        };
        self.touch_account(charge.account.as_str());
        Ok(())
    }
}
