//! Adjustments: amounts that staff add to a balance, or take from it, with a reason (R5.2).
//!
//! Floor 4. Append-only; one is settled once a live line stands for it.

use rusqlite::params;

use super::rows::Stored;
use super::{Reader, StoreError, Writer};
use crate::dates::{Day, to_stored};
use crate::money::Money;

const ALL: &str = "SELECT adjustment_no, partner_no, on_day, amount_cents, reason,
        (SELECT group_concat(lines.fate || ' ' || coalesce(items.state, '') || ' ' || runs.name)
         FROM lines JOIN runs USING (run_no) LEFT JOIN items ON items.item_no = lines.item_no
         WHERE lines.adjustment_no = adjustments.adjustment_no AND runs.state <> 'cancelled'
           AND coalesce(items.state, 'paid') IN ('planned', 'sent', 'paid', 'unclaimed'))
    FROM adjustments ORDER BY partner_no, adjustment_no";
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
    /// The live line that settles it: its fate, its item's state, its run.
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
        let mut statement = self.sql.prepare_cached(ALL)?;
        let mut rows = statement.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let row = Stored { table: "adjustments", row };
            let line: Option<String> = row.get(5)?;
            all.push(Adjustment {
                no: row.get(0)?,
                partner_no: row.get(1)?,
                on: row.day(2)?,
                amount: row.money(3)?,
                reason: row.get(4)?,
                settled: line.as_deref().and_then(read_line),
            });
        }
        Ok(all)
    }
}

fn read_line(text: &str) -> Option<AdjustmentLine> {
    let mut words = text.split(' ');
    let (fate, state, run) = (words.next()?, words.next()?, words.next()?);
    Some(AdjustmentLine { lapsed: fate == "lapsed", paid: state == "paid", run: run.to_owned() })
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
