//! Drafting a run: every line is taken in one transaction, so that no two runs can hold the same money (R7.3).
//!
//! Floor 4. What a run holds never changes afterwards; its later steps are in `runs`.

use rusqlite::params;

use super::bulk::Bulk;
use super::commissions::Settling;
use super::runs::{Origin, PlanHash};
use super::{Run, StoreError, Writer};
use crate::dates::{Day, to_stored};
use crate::eligibility::{Counting, RunKind, Subject};
use crate::ids::{ItemId, PartnerId};
use crate::money::Money;
use crate::run::ItemState;

const ADD_RUN: &str =
    "INSERT INTO runs (name, date, kind, state, currency, created_by, created_user, created_at,
        plan_sha256) VALUES (?1, ?2, ?3, 'draft', ?4, ?5, ?6, ?7, ?8)";
const ADD_ITEM: &str = "items (item_id, run_no, partner_no, paypal_email, amount_cents, state, state_on)";
const LAST_ITEM: &str = "SELECT coalesce(max(item_no), 0) FROM items";
const ADD_LINE: &str = "lines (run_no, item_no, partner_no, charge_no, adjustment_no, fate, kind,
        amount_cents, due_cents)";

/// A payment in the making.
#[derive(Debug, Clone)]
pub struct NewItem<'a> {
    /// The partner.
    pub partner_no: i64,
    /// The partner's id, for the plan's hash.
    pub partner: &'a PartnerId,
    /// Where the money goes.
    pub paypal_email: &'a str,
    /// The amount.
    pub amount: Money,
    /// Its lines.
    pub lines: &'a [Counting],
}

/// A write-off in the making.
#[derive(Debug, Clone)]
pub struct NewLapse<'a> {
    /// The partner.
    pub partner_no: i64,
    /// Its lines.
    pub lines: &'a [Counting],
}

const fn line_kind(line: &Counting) -> &'static str {
    match line.subject {
        Subject::Adjustment(_) => "adjustment",
        Subject::Charge(_) if line.amount.is_negative() => "clawback",
        Subject::Charge(_) => "commission",
    }
}

/// The lines of a run being taken; what they settle is kept with the commissions.
pub(in crate::store) struct Taking<'a> {
    run_no: i64,
    on: Day,
    lines: Bulk<'a, 9>,
    settling: Settling<'a>,
}

impl<'a> Taking<'a> {
    /// Begins with a run of a day.
    pub(in crate::store) fn new(writer: &'a Writer, run_no: i64, on: Day) -> Result<Self, StoreError> {
        let lines = Bulk::new(writer.sql(), ADD_LINE);
        Ok(Self { run_no, on, lines, settling: Settling::new(writer)? })
    }

    /// Takes what goes out with an item.
    pub(in crate::store) fn out(
        &mut self,
        item_no: i64,
        partner_no: i64,
        lines: &[Counting],
    ) -> Result<(), StoreError> {
        lines.iter().try_for_each(|line| self.line(Some(item_no), partner_no, line))
    }

    /// Takes what is written off.
    pub(in crate::store) fn lapsed(&mut self, partner_no: i64, lines: &[Counting]) -> Result<(), StoreError> {
        lines.iter().try_for_each(|line| self.line(None, partner_no, line))
    }

    fn line(&mut self, item_no: Option<i64>, partner_no: i64, line: &Counting) -> Result<(), StoreError> {
        let lapsed = item_no.is_none();
        let (charge, adjustment) = match line.subject {
            Subject::Charge(no) => (Some(no), None),
            Subject::Adjustment(no) => (None, Some(no)),
        };
        let due = charge
            .map(|no| self.settling.settle(partner_no, no, line.amount, lapsed, self.on))
            .transpose()?;
        self.lines.add([
            self.run_no.into(),
            item_no.into(),
            partner_no.into(),
            charge.into(),
            adjustment.into(),
            if lapsed { "lapsed" } else { "out" }.into(),
            line_kind(line).into(),
            line.amount.minor().into(),
            due.map(Money::minor).into(),
        ])
    }

    /// Writes what waits.
    pub(in crate::store) fn finish(mut self) -> Result<(), StoreError> {
        self.lines.flush()?;
        self.settling.finish()
    }
}

impl Writer {
    /// Drafts a run: takes every line in this transaction, so that no other run can hold the same money (R7.3).
    ///
    /// # Errors
    /// A second regular run of the payday, a run on the desk, an overflow.
    pub fn draft_run(
        &self,
        date: Day,
        kind: RunKind,
        items: &[NewItem<'_>],
        lapses: &[NewLapse<'_>],
    ) -> Result<Run, StoreError> {
        let name = self.next_run_name(date)?;
        let origin = match kind {
            RunKind::Regular => Origin::Regular,
            RunKind::OffCycle => Origin::OffCycle,
        };
        let ids: Vec<ItemId> =
            (1..=items.len()).map(|number| ItemId(format!("{name}-{number:04}"))).collect();
        let mut plan = PlanHash::new(&name, date, origin, self.currency());
        for (item, id) in items.iter().zip(&ids) {
            plan.item(id, item.partner, item.paypal_email, item.amount);
            item.lines.iter().for_each(|line| plan.line(line.subject, line.amount));
        }
        for lapse in lapses {
            lapse.lines.iter().for_each(|line| plan.lapsed(lapse.partner_no, line.subject, line.amount));
        }
        let operator = self.operator();
        self.sql().prepare_cached(ADD_RUN)?.execute(params![
            name.as_str(),
            to_stored(date),
            origin.as_str(),
            self.currency().code(),
            operator.actor,
            operator.os_user,
            operator.now.timestamp(),
            plan.finish(),
        ])?;
        let run_no = self.sql().last_insert_rowid();
        // Each line looks for its charge, and a partner's charges lie scattered.
        self.expect_scattered()?;
        let today = to_stored(self.today_here());
        let last_item: i64 = self.sql().query_row(LAST_ITEM, [], |row| row.get(0))?;
        let mut payments = Bulk::numbering(self.sql(), ADD_ITEM, last_item);
        for (item, id) in items.iter().zip(&ids) {
            payments.add([
                id.as_str().into(),
                run_no.into(),
                item.partner_no.into(),
                item.paypal_email.into(),
                item.amount.minor().into(),
                ItemState::Planned.as_str().into(),
                today.into(),
            ])?;
        }
        // Lines that came before their payments would have SQLite look through all of them for each payment.
        payments.flush()?;
        let mut taking = Taking::new(self, run_no, date)?;
        for (item, item_no) in items.iter().zip(last_item.saturating_add(1)..) {
            taking.out(item_no, item.partner_no, item.lines)?;
        }
        for lapse in lapses {
            taking.lapsed(lapse.partner_no, lapse.lines)?;
        }
        taking.finish()?;
        self.run(name.as_str())
    }
}
