//! Money that was paid outside PayPal, by cheque or wire (R6.6).
//!
//! Floor 4. Kept as a settled run of its own with one paid item, so that the one sum of lines answers "out" for it
//! too, and nothing that follows need know the difference.

use rusqlite::params;

use crate::dates::{Day, to_stored};
use crate::eligibility::Counting;
use crate::ids::{ItemId, PartnerId, RunName};
use crate::money::Money;
use crate::store::draft::Taking;
use crate::store::runs::{Origin, PlanHash};
use crate::store::{Reader, Run, StoreError, Writer};

const TAKEN_NAMES: &str = "SELECT count(*) FROM runs WHERE name = ?1 OR name LIKE ?1 || '-%'";
const ADD_RUN: &str =
    "INSERT INTO runs (name, date, kind, state, currency, created_by, created_user, created_at,
        plan_sha256, note) VALUES (?1, ?2, 'outside', 'settled', ?3, ?4, ?5, ?6, ?7, ?8)";
const ADD_ITEM: &str =
    "INSERT INTO items (item_id, run_no, partner_no, paypal_email, amount_cents, state, state_on, transaction_id)
    VALUES (?1, ?2, ?3, '', ?4, 'paid', ?5, ?6)";
const SAME: &str = "SELECT runs.name FROM items JOIN runs USING (run_no)
    WHERE runs.kind = 'outside' AND items.partner_no = ?1 AND items.transaction_id = ?2 AND items.state = 'paid'";

/// A payment that somebody made by other means.
#[derive(Debug, Clone)]
pub struct OutsidePayment<'a> {
    /// The store's key of the partner.
    pub partner_no: i64,
    /// The partner's id, for the plan's hash.
    pub partner: &'a PartnerId,
    /// The day it is recorded.
    pub on: Day,
    /// The amount.
    pub amount: Money,
    /// What it settles; sums to the amount.
    pub lines: &'a [Counting],
    /// The bank's or the cheque's reference.
    pub reference: &'a str,
    /// How it was paid and why, in words.
    pub note: &'a str,
}

impl Reader {
    /// Returns the run under which a payment with this reference was recorded for a partner before.
    ///
    /// # Errors
    /// SQLite's.
    pub fn recorded_outside(&self, partner_no: i64, reference: &str) -> Result<Option<RunName>, StoreError> {
        let mut statement = self.sql.prepare_cached(SAME)?;
        let mut rows = statement.query(params![partner_no, reference])?;
        Ok(rows.next()?.map(|row| row.get(0).map(RunName)).transpose()?)
    }
}

impl Writer {
    /// Stores a payment made outside as a settled run, and settles its lines.
    ///
    /// # Errors
    /// A line on a charge that is not kept for the partner.
    pub fn record_outside(&self, payment: &OutsidePayment<'_>) -> Result<Run, StoreError> {
        let base = format!("outside-{}", payment.on);
        let taken: i64 = self.sql().query_row(TAKEN_NAMES, [&base], |row| row.get(0))?;
        let name = RunName(match taken {
            0 => base,
            taken => format!("{base}-{}", taken.saturating_add(1)),
        });
        let item = ItemId(format!("{name}-0001"));
        let mut plan = PlanHash::new(&name, payment.on, Origin::Outside, self.currency());
        plan.item(&item, payment.partner, "", payment.amount);
        payment.lines.iter().for_each(|line| plan.line(line.subject, line.amount));
        let operator = self.operator();
        self.sql().prepare_cached(ADD_RUN)?.execute(params![
            name.as_str(),
            to_stored(payment.on),
            self.currency().code(),
            operator.actor,
            operator.os_user,
            operator.now.timestamp(),
            plan.finish(),
            payment.note,
        ])?;
        let run_no = self.sql().last_insert_rowid();
        self.sql().prepare_cached(ADD_ITEM)?.execute(params![
            item.as_str(),
            run_no,
            payment.partner_no,
            payment.amount.minor(),
            to_stored(payment.on),
            payment.reference,
        ])?;
        let item_no = self.sql().last_insert_rowid();
        let mut taking = Taking::new(self, run_no, payment.on)?;
        taking.out(item_no, payment.partner_no, payment.lines)?;
        taking.finish()?;
        self.run(name.as_str())
    }
}
