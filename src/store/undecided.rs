//! What earns nothing until a person decides: lines of no kind (R2.1), and refunds whose charge never came (R2.4).
//!
//! Floor 4, read-only.

use super::rows::Stored;
use super::{Reader, StoreError};
use crate::dates::Day;
use crate::import::tally::Sum;
use crate::money::{Currency, Money};

/// The index of just these rows answers it alone.
const SUMS: &str =
    "SELECT currency, count(*), sum(amount_cents - refunded_cents) FROM charges INDEXED BY charges_unclassified
    WHERE kind = 6 AND status IN (0, 4, 5, 6) AND refunded_cents < amount_cents GROUP BY currency";
const LINES: &str =
    "SELECT coalesce(description, ''), currency, count(*), sum(amount_cents - refunded_cents), min(billed_on),
        max(billed_on), min(charge_id)
    FROM charges INDEXED BY charges_unclassified
    WHERE kind = 6 AND status IN (0, 4, 5, 6) AND refunded_cents < amount_cents
    GROUP BY coalesce(description, ''), currency
    ORDER BY sum(amount_cents - refunded_cents) DESC, coalesce(description, ''), currency";
const WAITING: &str = "SELECT refund_id, charge_id, undoes, on_day, amount_cents, currency FROM refund_rows
    WHERE NOT EXISTS (SELECT 1 FROM charges WHERE charges.charge_id = refund_rows.charge_id)
    ORDER BY on_day, refund_id";
const WAITING_FOR: &str =
    "SELECT refund_id, charge_id, undoes, on_day, amount_cents, currency FROM refund_rows
    WHERE charge_id = ?1 ORDER BY on_day, refund_id";

/// Lines that say the same of themselves and have no kind; of these, what was collected and not given back (R2.2,
/// R2.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnclassifiedLines {
    /// Billing's words for them.
    pub description: String,
    /// `None` is the programme's (R2.6).
    pub currency: Option<Currency>,
    /// How many, and what they add up to.
    pub sum: Sum,
    /// The first day on which one was billed.
    pub first_on: Day,
    /// The last.
    pub last_on: Day,
    /// One of them.
    pub charge_id: String,
}

/// A refund that came as a row of its own, as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundRecord {
    /// Its id.
    pub refund_id: String,
    /// The charge it names.
    pub charge_id: String,
    /// Whether it undoes one: a dispute won.
    pub undoes: bool,
    /// When the money moved.
    pub on: Day,
    /// How much.
    pub amount: Money,
    /// `None` is the programme's (R2.6).
    pub currency: Option<Currency>,
}

fn waiting(row: &Stored<'_>) -> Result<RefundRecord, StoreError> {
    Ok(RefundRecord {
        refund_id: row.get(0)?,
        charge_id: row.get(1)?,
        undoes: row.get(2)?,
        on: row.day(3)?,
        amount: row.money(4)?,
        currency: row.opt_word(5)?,
    })
}

impl Reader {
    /// Returns how many lines have no kind and what they add up to, by currency.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn unclassified(&self) -> Result<Vec<(Option<Currency>, Sum)>, StoreError> {
        let mut statement = self.sql.prepare_cached(SUMS)?;
        let mut rows = statement.query([])?;
        let mut sums = Vec::new();
        while let Some(row) = rows.next()? {
            let row = Stored { table: "charges", row };
            let sum = Sum { rows: row.get::<i64>(1)?.unsigned_abs(), amount: row.money(2)? };
            sums.push((row.opt_word(0)?, sum));
        }
        Ok(sums)
    }

    /// Returns the lines that have no kind, by what they say of themselves, the largest sums first.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn unclassified_lines(&self) -> Result<Vec<UnclassifiedLines>, StoreError> {
        let mut statement = self.sql.prepare_cached(LINES)?;
        let mut rows = statement.query([])?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            let row = Stored { table: "charges", row };
            lines.push(UnclassifiedLines {
                description: row.get(0)?,
                currency: row.opt_word(1)?,
                sum: Sum { rows: row.get::<i64>(2)?.unsigned_abs(), amount: row.money(3)? },
                first_on: row.day(4)?,
                last_on: row.day(5)?,
                charge_id: row.get(6)?,
            });
        }
        Ok(lines)
    }

    /// Returns the refunds whose charge is not there, oldest first.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn waiting_refunds(&self) -> Result<Vec<RefundRecord>, StoreError> {
        let mut statement = self.sql.prepare_cached(WAITING)?;
        let mut rows = statement.query([])?;
        let mut refunds = Vec::new();
        while let Some(row) = rows.next()? {
            refunds.push(waiting(&Stored { table: "refund_rows", row })?);
        }
        Ok(refunds)
    }

    /// Returns the refunds that came as rows of their own for a charge, oldest first, whether or not it is there.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn refund_rows_of(&self, charge_id: &str) -> Result<Vec<RefundRecord>, StoreError> {
        let mut statement = self.sql.prepare_cached(WAITING_FOR)?;
        let mut rows = statement.query([charge_id])?;
        let mut refunds = Vec::new();
        while let Some(row) = rows.next()? {
            refunds.push(waiting(&Stored { table: "refund_rows", row })?);
        }
        Ok(refunds)
    }
}
