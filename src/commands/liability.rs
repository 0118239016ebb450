//! `report liability`: what the programme owes as of a day, by how near it is to being paid (R3, R5, R7.4).
//!
//! Floor 5, read-only. Walks the kept commissions once; settled money counts every live run, whatever its date (R1.5).
//! So the sums of a past day have changed with every run since, other than a statement's, whose lines stand on the
//! runs' own dates: the later runs are named with what they took, and a warning says so.

use std::collections::BTreeMap;

use crate::commission::{Partners, Verdict};
use crate::dates::Day;
use crate::ids::PartnerId;
use crate::money::{Currency, Money};
use crate::run::{ItemState, RunState};
use crate::store::{Origin, Reader, Run, StoreError};

/// What is owed, part by part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Parts {
    /// R3.1.
    pub in_refund_period: Money,
    /// R3.4.
    pub withheld: Money,
    /// A balance above nothing (R5.2).
    pub counting: Money,
    /// In runs that are not paid yet, without what is unclaimed.
    pub taken: Money,
    /// Sent and not claimed at PayPal (R7.4).
    pub unclaimed: Money,
    /// A balance below nothing (R5.7): never collected, and no part of the liability.
    pub owing: Money,
}

impl Parts {
    /// Returns what is owed in all; what partners owe is apart.
    ///
    /// # Errors
    /// Overflow.
    pub fn total(&self) -> Result<Money, StoreError> {
        Ok(Money::sum([self.in_refund_period, self.withheld, self.counting, self.taken, self.unclaimed])?)
    }

    fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    fn add(&mut self, other: &Self) -> Result<(), StoreError> {
        self.in_refund_period = self.in_refund_period.plus(other.in_refund_period)?;
        self.withheld = self.withheld.plus(other.withheld)?;
        self.counting = self.counting.plus(other.counting)?;
        self.taken = self.taken.plus(other.taken)?;
        self.unclaimed = self.unclaimed.plus(other.unclaimed)?;
        self.owing = self.owing.plus(other.owing)?;
        Ok(())
    }
}

/// One partner's part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiabilityRow {
    /// The id.
    pub partner: PartnerId,
    /// The name.
    pub name: String,
    /// The amounts.
    pub parts: Parts,
}

/// What is owed as of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Liability {
    /// As of.
    pub date: Day,
    /// The programme's.
    pub currency: Currency,
    /// Everybody with anything, by id.
    pub partners: Vec<LiabilityRow>,
    /// The sums.
    pub totals: Parts,
    /// What links nobody has claimed would have earned (R4.2): owed to nobody yet.
    pub unclaimed_links: Money,
    /// The runs dated after the day, whose money is counted as settled all the same (R1.5); oldest first.
    pub later_runs: Vec<LaterRun>,
}

/// A run that is dated after the day of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaterRun {
    /// Its name.
    pub run: String,
    /// Its date.
    pub date: Day,
    /// What it took, as far as that has not come back.
    pub amount: Money,
    /// What it wrote off.
    pub lapsed: Money,
}

/// Names the live runs dated after a day, with what they hold.
fn later_runs(reader: &Reader, date: Day) -> Result<Vec<LaterRun>, StoreError> {
    let mut later = Vec::new();
    let live =
        |run: &Run| run.date > date && run.state != RunState::Cancelled && run.origin != Origin::Import;
    for run in reader.runs(true)?.into_iter().filter(live) {
        let held = reader.items(run.no)?;
        let held = held.iter().filter(|item| item.state.holds_money());
        later.push(LaterRun {
            amount: Money::sum(held.map(|item| item.amount))?,
            run: run.name.0,
            date: run.date,
            lapsed: run.lapsed,
        });
    }
    later.reverse();
    Ok(later)
}

/// Adds up what is owed as of a day.
///
/// # Errors
/// The store's; overflow.
pub fn liability(reader: &Reader, date: Day) -> Result<Liability, StoreError> {
    let policy = reader.policy(date);
    let mut by_partner: BTreeMap<i64, Parts> = BTreeMap::new();
    let mut unclaimed_links = Money::ZERO;
    reader.each_kept::<StoreError>(date, |kept| {
        let judged =
            kept.schedule.assess(&kept.settled, date, policy.books_open_on, policy.accrual_months)?;
        let Some(no) = kept.partner else {
            unclaimed_links = unclaimed_links.plus(judged.due)?;
            return Ok(());
        };
        let parts = by_partner.entry(no).or_default();
        let sum = if judged.counts {
            &mut parts.counting
        } else if !judged.delta.is_positive() {
            return Ok(());
        } else if judged.place == Verdict::InRefundPeriod {
            &mut parts.in_refund_period
        } else {
            &mut parts.withheld
        };
        *sum = sum.plus(judged.delta)?;
        Ok(())
    })?;
    for adjustment in reader.adjustments()?.iter().filter(|adjustment| adjustment.on <= date) {
        let parts = by_partner.entry(adjustment.partner_no).or_default();
        parts.counting = parts.counting.plus(adjustment.rest)?;
    }
    for (no, state, amount) in reader.underway()? {
        let parts = by_partner.entry(no).or_default();
        let sum = if state == ItemState::Unclaimed { &mut parts.unclaimed } else { &mut parts.taken };
        *sum = sum.plus(amount)?;
    }
    let book = reader.partners()?;
    let mut liability = Liability {
        date,
        currency: reader.currency(),
        partners: Vec::new(),
        totals: Parts::default(),
        unclaimed_links,
        later_runs: later_runs(reader, date)?,
    };
    for (no, mut parts) in by_partner {
        if parts.counting.is_negative() {
            (parts.owing, parts.counting) = (parts.counting, Money::ZERO);
        }
        let Some(partner) = book.partner(no).filter(|_| !parts.is_nothing()) else { continue };
        liability.totals.add(&parts)?;
        liability.partners.push(LiabilityRow {
            partner: partner.id.clone(),
            name: partner.name.clone(),
            parts,
        });
    }
    liability.partners.sort_by(|one, two| one.partner.cmp(&two.partner));
    Ok(liability)
}
