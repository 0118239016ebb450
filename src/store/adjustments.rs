//! Adjustments: amounts that staff add to a balance, or take from it, with a reason (R5.2).
//!
//! Floor 4. Append-only; live lines settle it, a payment made outside perhaps in part (R6.6).

use std::collections::HashMap;

use rusqlite::params;

use super::rows::Stored;
use super::{Reader, StoreError, Writer};
use crate::dates::{Day, to_stored};
use crate::money::Money;

const ALL: &str = "SELECT adjustment_no, partner_no, on_day, amount_cents, reason FROM adjustments
    ORDER BY partner_no, adjustment_no";
const LIVE_LINES: &str =
    "SELECT adjustment_no, lines.fate, coalesce(items.state, ''), runs.name, lines.amount_cents
    FROM lines JOIN runs USING (run_no) LEFT JOIN items ON items.item_no = lines.item_no
    WHERE lines.adjustment_no IS NOT NULL AND runs.state <> 'cancelled'
      AND coalesce(items.state, 'paid') IN ('planned', 'sent', 'paid', 'unclaimed')
    ORDER BY line_no";
const ADD: &str = "INSERT INTO adjustments (partner_no, on_day, amount_cents, reason, entered_at, actor)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

/// An amount that staff added to a balance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjustment {
    /// Its id.
    pub no: i64,
    /// The store's key of the partner.
    pub partner_no: i64,
    /// The day from which it counts.
    pub on: Day,
    /// Signed, never nothing.
    pub amount: Money,
    /// Why.
    pub reason: String,
    /// What no live line stands for yet: all, nothing, or a part.
    pub rest: Money,
    /// The latest live line: its fate, its item's state, its run.
    pub settled: Option<AdjustmentLine>,
}

/// The live line of an adjustment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdjustmentLine {
    /// Whether it was written off.
    pub lapsed: bool,
    /// Whether its item is paid.
    pub paid: bool,
    /// The run's name.
    pub run: String,
}

impl Reader {
    /// Returns all adjustments, by partner.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn adjustments(&self) -> Result<Vec<Adjustment>, StoreError> {
        // Mostly there are none, and then nothing can have settled them.
        let mut lines = None;
        let mut statement = self.sql.prepare_cached(ALL)?;
        let mut rows = statement.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let row = Stored { table: "adjustments", row };
            let (no, amount) = (row.get(0)?, row.money(3)?);
            let lines = match &mut lines {
                Some(lines) => lines,
                none => none.insert(self.adjustment_lines()?),
            };
            let (gone, settled) = match lines.remove(&no) {
                Some((gone, line)) => (gone, Some(line)),
                None => (Money::ZERO, None),
            };
            all.push(Adjustment {
                no,
                partner_no: row.get(1)?,
                on: row.day(2)?,
                amount,
                reason: row.get(4)?,
                rest: amount.minus(gone)?,
                settled,
            });
        }
        Ok(all)
    }

    /// Sums the live lines of every adjustment, and keeps the latest.
    fn adjustment_lines(&self) -> Result<HashMap<i64, (Money, AdjustmentLine)>, StoreError> {
        let mut statement = self.sql.prepare_cached(LIVE_LINES)?;
        let mut rows = statement.query([])?;
        let mut by_adjustment: HashMap<i64, (Money, AdjustmentLine)> = HashMap::new();
        while let Some(row) = rows.next()? {
            let row = Stored { table: "lines", row };
            let line = AdjustmentLine {
                lapsed: row.get::<String>(1)? == "lapsed",
                paid: row.get::<String>(2)? == "paid",
                run: row.get(3)?,
            };
            let before = by_adjustment.get(&row.get(0)?).map_or(Money::ZERO, |(sum, _)| *sum);
            by_adjustment.insert(row.get(0)?, (before.plus(row.money(4)?)?, line));
        }
        Ok(by_adjustment)
    }
}

impl Writer {
    /// Adds an adjustment and returns its id.
    ///
    /// # Errors
    /// An amount of nothing.
    pub fn add_adjustment(
        &self,
        partner_no: i64,
        on: Day,
        amount: Money,
        reason: &str,
    ) -> Result<i64, StoreError> {
        let (at, actor) = (self.operator().now.timestamp(), &self.operator().actor);
        self.sql().prepare_cached(ADD)?.execute(params![
            partner_no,
            to_stored(on),
            amount.minor(),
            reason,
            at,
            actor
        ])?;
        Ok(self.sql().last_insert_rowid())
    }
}
