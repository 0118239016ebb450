//! What runs settled: of a charge, of an adjustment, of a partner; line by line and payment by payment (R5.1, R7).
//!
//! Floor 4, read-only. Lines that are no longer live are told too: a statement and support must say what came back.

use rusqlite::Connection;

use super::rows::Stored;
use super::{Origin, Reader, Run, StoreError};
use crate::dates::Day;
use crate::money::Money;
use crate::run::{ItemState, RunState};

const OF_CHARGE: &str =
    "SELECT lines.line_no, lines.partner_no, lines.fate, lines.amount_cents, items.state, runs.state,
        runs.name, runs.date, items.returned_on, lines.kind, items.item_id
    FROM lines JOIN runs USING (run_no) LEFT JOIN items ON items.item_no = lines.item_no
    WHERE lines.charge_no = ?1 ORDER BY lines.line_no";
const PAYMENTS: &str =
    "SELECT items.item_no, items.item_id, runs.name, runs.date, runs.kind, items.paypal_email,
        items.amount_cents, items.state, items.state_on, items.returned_on, runs.state
    FROM items JOIN runs USING (run_no) WHERE items.partner_no = ?1 ORDER BY runs.date, runs.run_no";
const UNDERWAY: &str = "SELECT items.partner_no, items.state, sum(items.amount_cents)
    FROM items JOIN runs USING (run_no)
    WHERE items.state IN ('planned', 'sent', 'unclaimed') AND runs.state <> 'cancelled'
    GROUP BY items.partner_no, items.state ORDER BY items.partner_no";

const SETTLED_ON: &str = "SELECT on_day FROM transitions
    WHERE run_no = ?1 AND item_no IS NULL AND became = 'settled' ORDER BY transition_no DESC LIMIT 1";

/// One signed amount that a run settled of a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeLine {
    /// The store's key of the partner.
    pub partner_no: i64,
    /// Whether it was written off.
    pub lapsed: bool,
    /// Signed.
    pub amount: Money,
    /// Where the payment stands; none for what was written off or imported.
    pub item: Option<ItemState>,
    /// Where the run stands.
    pub run_state: RunState,
    /// The run.
    pub run: String,
    /// Its date.
    pub run_date: Day,
    /// The day its money came back.
    pub returned_on: Option<Day>,
    /// `commission`, `clawback` or `adjustment`.
    pub kind: String,
    /// The payment; none for what was written off or imported.
    pub item_id: Option<String>,
}

/// One payment to a partner, as its run holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// The item's id.
    pub item: String,
    /// The run.
    pub run: String,
    /// Its date.
    pub date: Day,
    /// Where it comes from.
    pub origin: Origin,
    /// Where the money went.
    pub paypal_email: String,
    /// The amount.
    pub amount: Money,
    /// Where it stands.
    pub state: ItemState,
    /// Since when.
    pub state_on: Day,
    /// The day its money came back.
    pub returned_on: Option<Day>,
    /// Where its run stands.
    pub run_state: RunState,
}

impl ChargeLine {
    /// Returns whether the line settles anything now (R5.1).
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.run_state != RunState::Cancelled && self.item.is_none_or(ItemState::holds_money)
    }

    /// Returns whether the money has reached the partner, or an earlier system's word says so (R1.7).
    #[must_use]
    pub fn is_paid(&self) -> bool {
        self.is_live() && !self.lapsed && self.item.is_none_or(|state| state == ItemState::Paid)
    }
}

/// Returns every line of a charge, live or not, in the order of entry.
pub(super) fn of_charge(sql: &Connection, charge_no: i64) -> Result<Vec<ChargeLine>, StoreError> {
    of(sql, OF_CHARGE, charge_no)
}

fn of(sql: &Connection, statement: &str, subject: i64) -> Result<Vec<ChargeLine>, StoreError> {
    let mut statement = sql.prepare_cached(statement)?;
    let mut rows = statement.query([subject])?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        let row = Stored { table: "lines", row };
        lines.push(ChargeLine {
            partner_no: row.get(1)?,
            lapsed: row.get::<String>(2)? == "lapsed",
            amount: row.money(3)?,
            item: row.opt_word(4)?,
            run_state: row.word(5)?,
            run: row.get(6)?,
            run_date: row.day(7)?,
            returned_on: row.opt_day(8)?,
            kind: row.get(9)?,
            item_id: row.get(10)?,
        });
    }
    Ok(lines)
}

impl Reader {
    /// Returns every line of an adjustment, live or not, in the order of entry.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn adjustment_lines_of(&self, adjustment_no: i64) -> Result<Vec<ChargeLine>, StoreError> {
        of(&self.sql, &OF_CHARGE.replace("lines.charge_no =", "lines.adjustment_no ="), adjustment_no)
    }

    /// Returns every payment to a partner, by the date of its run.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn payments_of(&self, partner_no: i64) -> Result<Vec<Payment>, StoreError> {
        let mut statement = self.sql.prepare_cached(PAYMENTS)?;
        let mut rows = statement.query([partner_no])?;
        let mut payments = Vec::new();
        while let Some(row) = rows.next()? {
            let row = Stored { table: "items", row };
            payments.push(Payment {
                item: row.get(1)?,
                run: row.get(2)?,
                date: row.day(3)?,
                origin: row.word(4)?,
                paypal_email: row.get(5)?,
                amount: row.money(6)?,
                state: row.word(7)?,
                state_on: row.day(8)?,
                returned_on: row.opt_day(9)?,
                run_state: row.word(10)?,
            });
        }
        Ok(payments)
    }

    /// Returns the day on which a run was settled, if it was.
    ///
    /// # Errors
    /// SQLite's; a day that is none.
    pub fn settled_on(&self, run: &Run) -> Result<Option<Day>, StoreError> {
        let mut statement = self.sql.prepare_cached(SETTLED_ON)?;
        let mut rows = statement.query([run.no])?;
        rows.next()?.map(|row| Stored { table: "transitions", row }.day(0)).transpose()
    }

    /// Returns what is taken and not paid yet, by partner and state of the payment (R7.4).
    ///
    /// # Errors
    /// Damaged rows.
    pub fn underway(&self) -> Result<Vec<(i64, ItemState, Money)>, StoreError> {
        let mut statement = self.sql.prepare_cached(UNDERWAY)?;
        let mut rows = statement.query([])?;
        let mut sums = Vec::new();
        while let Some(row) = rows.next()? {
            let row = Stored { table: "items", row };
            sums.push((row.get(0)?, row.word(1)?, row.money(2)?));
        }
        Ok(sums)
    }
}
