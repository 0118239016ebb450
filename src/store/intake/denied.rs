//! Rows that say that a charge or a refund is not, held against what is stored.
//!
//! Floor 4. What would change money by itself waits for a person, as everything does that undoes what an earlier row
//! said (CONTRACT.md "CSV in"); a row that denies nothing stored is passed over.

use rusqlite::{OptionalExtension, params};

use super::{Intake, IntakeError, refunds};
use crate::commission::Status;
use crate::dates::Day;
use crate::import::cells::Fault;
use crate::import::denied::DeniedRow;
use crate::import::groups::{Groups, Version};
use crate::import::merge::Undoing;
use crate::import::profile::taken::Denied;
use crate::import::sorter::Sorter;
use crate::import::tally::Fate;
use crate::money::{Currency, Money};
use crate::store::StoreError;
use crate::store::rows::{Stored, index_of};

const CHARGE: &str =
    "SELECT charge_no, account_id, status, amount_cents, currency FROM charges WHERE charge_id = ?1";
const VOID: &str = "UPDATE charges SET status = ?2 WHERE charge_no = ?1";
const DROP_RESOLUTION: &str = "DELETE FROM charge_resolutions WHERE charge_no = ?1";
const REFUND: &str = "SELECT charge_id, on_day, amount_cents, currency FROM refund_rows WHERE refund_id = ?1";

/// A stored charge, as far as it matters here.
struct Charge {
    no: i64,
    account_id: String,
    status: Status,
    amount: Money,
    currency: Option<Currency>,
}

/// A stored refund.
struct Refund {
    charge_id: String,
    on: Day,
    amount: Money,
    currency: Option<Currency>,
}

impl Intake<'_> {
    pub(super) fn take_denials(&mut self, rows: Sorter) -> Result<(), IntakeError> {
        let mut groups = Groups::new(rows)?;
        while let Some(versions) = groups.next_group()? {
            for version in versions {
                let row = DeniedRow::unpack(&mut version.unpack());
                match row.denied {
                    Denied::Charge(id) => self.deny_charge(id, row.why, &version)?,
                    Denied::Refund(id) => self.deny_refund(id, row.why, &version)?,
                }
            }
        }
        Ok(())
    }

    fn pass_over(&mut self, why: &str, version: &Version<'_>) {
        self.step(version.repeats + 1);
        (0..=version.repeats).for_each(|_| self.tally.pass_over(why));
    }

    fn deny_charge(&mut self, id: &str, why: &str, version: &Version<'_>) -> Result<(), IntakeError> {
        let known = self.charge_of(id)?;
        let matters = |charge: &Charge| charge.status.was_collected() || charge.status == Status::Collections;
        let Some(charge) = known.filter(matters) else {
            self.pass_over(why, version);
            return Ok(());
        };
        if self.terms.undoing == Undoing::SetAside {
            let reason = format!(
                "was imported and is {}, and this row is {why}; if that is right, import it with --accept-reversals, \
                 which voids the charge",
                charge.status
            );
            return self.contradict(Fault { column: "charge_id", value: id.to_owned(), reason }, version);
        }
        let sql = self.writer.sql();
        sql.prepare_cached(VOID)?.execute(params![charge.no, index_of(Status::ALL, &Status::Voided)])?;
        sql.prepare_cached(DROP_RESOLUTION)?.execute([charge.no])?;
        self.writer.touch_account(&charge.account_id);
        let ours = if charge.currency.is_none() { charge.amount } else { Money::ZERO };
        self.count(Fate::Reversed, ours, version)
    }

    fn deny_refund(&mut self, id: &str, why: &str, version: &Version<'_>) -> Result<(), IntakeError> {
        let Some(refund) = self.refund_of(id)? else {
            self.pass_over(why, version);
            return Ok(());
        };
        if self.terms.undoing == Undoing::SetAside {
            let currency = refund.currency.unwrap_or(self.writer.currency());
            let reason = format!(
                "was imported for charge {} with {} on {}, and this row is of {why}; if that is right, import it with \
                 --accept-reversals, which takes the refund away",
                refund.charge_id,
                refund.amount.major(currency),
                refund.on
            );
            return self.contradict(Fault { column: "refund_id", value: id.to_owned(), reason }, version);
        }
        if let Some(charge) = self.charge_of(&refund.charge_id)? {
            let charge_id = refund.charge_id.as_str();
            let refunded = refunds::Refunded {
                no: charge.no,
                charge_id,
                amount: charge.amount,
                currency: charge.currency,
            };
            refunds::take_away(self.writer, id, Some(&refunded))?;
            self.writer.touch_account(&charge.account_id);
        } else {
            refunds::take_away(self.writer, id, None)?;
        }
        self.count(Fate::Updated, Money::ZERO, version)
    }

    fn charge_of(&self, id: &str) -> Result<Option<Charge>, StoreError> {
        let mut statement = self.writer.sql().prepare_cached(CHARGE)?;
        let mut rows = statement.query([id])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let row = Stored { table: "charges", row };
        Ok(Some(Charge {
            no: row.get(0)?,
            account_id: row.get(1)?,
            status: row.indexed(2, Status::ALL)?,
            amount: row.money(3)?,
            currency: row.opt_word(4)?,
        }))
    }

    fn refund_of(&self, id: &str) -> Result<Option<Refund>, StoreError> {
        let mut statement = self.writer.sql().prepare_cached(REFUND)?;
        let found = statement.query_row([id], |row| {
            let row = Stored { table: "refund_rows", row };
            Ok((|| -> Result<Refund, StoreError> {
                Ok(Refund {
                    charge_id: row.get(0)?,
                    on: row.day(1)?,
                    amount: row.money(2)?,
                    currency: row.opt_word(3)?,
                })
            })())
        });
        found.optional()?.transpose()
    }
}
