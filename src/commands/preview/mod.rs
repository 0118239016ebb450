//! `preview`: what a run of a day would do, for every partner; the run is drafted from this very value (R5, R7.3).
//!
//! Floor 5. Walks the kept commissions once, partner by partner.

mod warnings;

use std::collections::{BTreeMap, BTreeSet};

use crate::commission::{Partners, Verdict};
use crate::dates::{Day, next_payday};
use crate::eligibility::{
    Assessment, Counting, Decision, Lapse, NextLapse, Payable, RunKind, Subject, assess,
};
use crate::ids::PartnerId;
use crate::money::{Currency, Money};
use crate::partner::{Partner, Reason};
use crate::policy::Policy;
use crate::store::{Adjustment, KeptCharge, Reader, StoreError};

/// What a run of a day would do.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The day.
    pub date: Day,
    /// Whether the day is a payday.
    pub kind: RunKind,
    /// The programme's.
    pub currency: Currency,
    /// Who would be paid.
    pub payable: Vec<PayableRow>,
    /// Who has enough and cannot be paid.
    pub blocked: Vec<BlockedRow>,
    /// Who waits for the minimum.
    pub waiting: Vec<WaitingRow>,
    /// What would be written off.
    pub lapsing: Vec<LapsingRow>,
    /// Who owes.
    pub owing: Vec<OwingRow>,
    /// Sums.
    pub totals: Totals,
    /// What a person should look at.
    pub warnings: Vec<Warning>,
}

/// A partner who would be paid.
#[derive(Debug, Clone)]
pub struct PayableRow {
    /// The store's key.
    pub partner_no: i64,
    /// The id.
    pub partner: PartnerId,
    /// The name.
    pub name: String,
    /// Where the money goes.
    pub paypal_email: String,
    /// The amount and its lines.
    pub payable: Payable,
}

/// A partner at or above the minimum with a closed gate.
#[derive(Debug, Clone)]
pub struct BlockedRow {
    /// The id.
    pub partner: PartnerId,
    /// What would be paid.
    pub balance: Money,
    /// Every closed gate, in the order of the rules.
    pub reasons: Vec<Reason>,
}

/// A partner below the minimum.
#[derive(Debug, Clone)]
pub struct WaitingRow {
    /// The id.
    pub partner: PartnerId,
    /// What is there after this run's lapses.
    pub balance: Money,
    /// What is missing.
    pub short_by: Money,
    /// R5.8.
    pub next_lapse: Option<NextLapse>,
}

/// What a partner would lose.
#[derive(Debug, Clone)]
pub struct LapsingRow {
    /// The store's key.
    pub partner_no: i64,
    /// The id.
    pub partner: PartnerId,
    /// The amount and its lines.
    pub lapse: Lapse,
}

/// A partner below nothing.
#[derive(Debug, Clone)]
pub struct OwingRow {
    /// The id.
    pub partner: PartnerId,
    /// Below zero.
    pub balance: Money,
}

/// The sums of a preview.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Σ of payable.
    pub payable: Money,
    /// How many are paid.
    pub payees: usize,
    /// Σ of blocked.
    pub blocked: Money,
    /// Σ of waiting.
    pub waiting: Money,
    /// Σ of lapsing.
    pub lapsing: Money,
    /// Σ of owing, below zero.
    pub owing: Money,
    /// Σ of positive deltas in the refund period.
    pub in_refund_period: Money,
    /// Σ of positive deltas withheld by an unpaid charge.
    pub withheld: Money,
    /// Σ of what links nobody has claimed would have earned.
    pub unclaimed: Money,
}

/// Something a person should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// A word for scripts.
    pub code: &'static str,
    /// What it is about.
    pub subject: String,
    /// A sentence.
    pub text: String,
}

/// What a preview looks at.
#[derive(Debug, Clone)]
pub struct Scope {
    /// The day.
    pub date: Day,
    /// Whether it may write off; a preview of a day that is no payday may not.
    pub kind: RunKind,
    /// Only these partners, by the store's key; all when none.
    pub only: Option<BTreeSet<i64>>,
}

impl Scope {
    /// Looks at a day as a run of that day would be (R7.1): a payday is regular, another day off-cycle.
    #[must_use]
    pub fn of_day(reader: &Reader, date: Day) -> Self {
        let payday = reader.policy(date).payday;
        let kind = if next_payday(date, payday) == date { RunKind::Regular } else { RunKind::OffCycle };
        Self { date, kind, only: None }
    }

    /// Looks at the next payday, today included.
    #[must_use]
    pub fn next(reader: &Reader, today: Day) -> Self {
        Self::of_day(reader, next_payday(today, reader.policy(today).payday))
    }
}

/// What is kept of one partner, but for what counts.
#[derive(Default)]
struct Passing {
    /// How many deltas count.
    counting: usize,
    in_refund_period: Money,
    withheld: Money,
}

/// Works out what a run would do.
///
/// # Errors
/// The store's; overflow.
pub fn preview(reader: &Reader, scope: &Scope) -> Result<Preview, StoreError> {
    let policy = reader.policy(scope.date).clone();
    let (partners, kept) = reader.with_partners(|| Kept::gather(reader, scope, &policy))?;
    let mut adjustments = unsettled(reader, scope.date)?;
    let mut preview = Preview {
        date: scope.date,
        kind: scope.kind,
        currency: reader.currency(),
        payable: Vec::new(),
        blocked: Vec::new(),
        waiting: Vec::new(),
        lapsing: Vec::new(),
        owing: Vec::new(),
        totals: Totals { unclaimed: kept.unclaimed, ..Totals::default() },
        warnings: Vec::new(),
    };
    let mut deltas = kept.counting.into_iter();
    for (no, passing) in kept.of_partners {
        let mut counting: Vec<Counting> = deltas.by_ref().take(passing.counting).collect();
        counting.extend(adjustments.remove(&no).unwrap_or_default());
        preview.decide(no, known(&partners, no)?, &policy, scope, (&passing, counting))?;
    }
    // Partners with adjustments and no kept charge.
    for (no, counting) in adjustments {
        if scope.only.as_ref().is_none_or(|only| only.contains(&no)) {
            preview.decide(no, known(&partners, no)?, &policy, scope, (&Passing::default(), counting))?;
        }
    }
    preview.finish(reader, scope)?;
    Ok(preview)
}

fn known(partners: &impl Partners, no: i64) -> Result<&Partner, StoreError> {
    partners.partner(no).ok_or_else(|| StoreError::Damaged {
        table: "commissions",
        id: no.to_string(),
        what: "names a partner that does not exist".to_owned(),
    })
}

/// Returns the unsettled adjustments dated on or before a day (R5.2), by partner.
fn unsettled(reader: &Reader, as_of: Day) -> Result<BTreeMap<i64, Vec<Counting>>, StoreError> {
    let mut by_partner: BTreeMap<i64, Vec<Counting>> = BTreeMap::new();
    for Adjustment { no, partner_no, on, rest, .. } in reader.adjustments()? {
        if !rest.is_zero() && on <= as_of {
            let counting = Counting { subject: Subject::Adjustment(no), amount: rest, anniversary: None };
            by_partner.entry(partner_no).or_default().push(counting);
        }
    }
    Ok(by_partner)
}

/// Returns everything that counts toward one partner's balance as of a day (R5.2).
///
/// # Errors
/// The store's; overflow.
pub fn counting_of(reader: &Reader, partner_no: i64, as_of: Day) -> Result<Vec<Counting>, StoreError> {
    let policy = reader.policy(as_of);
    let (mut passing, mut counting) = (Passing::default(), Vec::new());
    for kept in reader.kept_of(partner_no)? {
        passing.add(&kept, policy, as_of, &mut counting)?;
    }
    counting.extend(unsettled(reader, as_of)?.remove(&partner_no).unwrap_or_default());
    Ok(counting)
}

/// What is kept of the partners that a preview looks at.
#[derive(Default)]
struct Kept {
    /// In the order of the store's keys.
    of_partners: Vec<(i64, Passing)>,
    /// What counts of them, in the same order; one list, for there may be very many short ones.
    counting: Vec<Counting>,
    /// What links nobody has claimed would have earned.
    unclaimed: Money,
}

impl Kept {
    fn gather(reader: &Reader, scope: &Scope, policy: &Policy) -> Result<Self, StoreError> {
        let mut all = Self::default();
        reader.each_kept::<StoreError>(scope.date, |kept| {
            let Some(no) = kept.partner else {
                return all.add_unclaimed(&kept, policy, scope);
            };
            if scope.only.as_ref().is_some_and(|only| !only.contains(&no)) {
                return Ok(());
            }
            if all.of_partners.last().is_none_or(|(last, _)| *last != no) {
                all.of_partners.push((no, Passing::default()));
            }
            let Some((_, passing)) = all.of_partners.last_mut() else { return Ok(()) };
            passing.add(&kept, policy, scope.date, &mut all.counting)
        })?;
        Ok(all)
    }

    fn add_unclaimed(&mut self, kept: &KeptCharge, policy: &Policy, scope: &Scope) -> Result<(), StoreError> {
        if scope.only.is_none() {
            let judged = kept.schedule.assess(
                &kept.settled,
                scope.date,
                policy.books_open_on,
                policy.accrual_months,
            )?;
            self.unclaimed = self.unclaimed.plus(judged.due)?;
        }
        Ok(())
    }
}

impl Passing {
    fn add(
        &mut self,
        kept: &KeptCharge,
        policy: &Policy,
        as_of: Day,
        counting: &mut Vec<Counting>,
    ) -> Result<(), StoreError> {
        let judged =
            kept.schedule.assess(&kept.settled, as_of, policy.books_open_on, policy.accrual_months)?;
        if judged.counts {
            let anniversary = judged
                .delta
                .is_positive()
                .then(|| kept.schedule.anniversary(policy.accrual_months))
                .flatten();
            let subject = Subject::Charge(kept.charge_no);
            counting.push(Counting { subject, amount: judged.delta, anniversary });
            self.counting = self.counting.saturating_add(1);
        } else if judged.delta.is_positive() {
            let sum = match judged.place {
                Verdict::InRefundPeriod => &mut self.in_refund_period,
                _ => &mut self.withheld,
            };
            *sum = sum.plus(judged.delta)?;
        }
        Ok(())
    }
}

impl Preview {
    fn decide(
        &mut self,
        partner_no: i64,
        partner: &Partner,
        policy: &Policy,
        scope: &Scope,
        (passing, counting): (&Passing, Vec<Counting>),
    ) -> Result<(), StoreError> {
        let totals = &mut self.totals;
        totals.in_refund_period = totals.in_refund_period.plus(passing.in_refund_period)?;
        totals.withheld = totals.withheld.plus(passing.withheld)?;
        let Assessment { balance, lapse, decision } =
            assess(partner, policy, scope.date, scope.kind, counting)?;
        if let Some(lapse) = lapse {
            totals.lapsing = totals.lapsing.plus(lapse.amount)?;
            self.lapsing.push(LapsingRow { partner_no, partner: partner.id.clone(), lapse });
        }
        let id = partner.id.clone();
        match decision {
            Decision::Pay(payable) => {
                totals.payable = totals.payable.plus(payable.amount())?;
                totals.payees = totals.payees.saturating_add(1);
                let paypal_email =
                    partner.paypal.email.as_ref().map_or_else(String::new, |email| email.as_str().to_owned());
                let name = partner.name.clone();
                self.payable.push(PayableRow { partner_no, partner: id, name, paypal_email, payable });
            }
            Decision::Hold { first, others } => {
                totals.blocked = totals.blocked.plus(balance)?;
                let reasons = std::iter::once(first).chain(others).collect();
                self.blocked.push(BlockedRow { partner: id, balance, reasons });
            }
            Decision::Wait { balance, short_by, next_lapse } => {
                totals.waiting = totals.waiting.plus(balance)?;
                self.waiting.push(WaitingRow { partner: id, balance, short_by, next_lapse });
            }
            Decision::Owe => {
                totals.owing = totals.owing.plus(balance)?;
                self.owing.push(OwingRow { partner: id, balance });
            }
            Decision::Nothing => {}
        }
        Ok(())
    }

    /// Sorts every list by partner id, drops lapses that no run would make, and adds the warnings.
    fn finish(&mut self, reader: &Reader, scope: &Scope) -> Result<(), StoreError> {
        self.payable.sort_by(|one, two| one.partner.cmp(&two.partner));
        self.blocked.sort_by(|one, two| one.partner.cmp(&two.partner));
        self.waiting.sort_by(|one, two| one.partner.cmp(&two.partner));
        self.lapsing.sort_by(|one, two| one.partner.cmp(&two.partner));
        self.owing.sort_by(|one, two| one.partner.cmp(&two.partner));
        warnings::add(self, reader, scope)?;
        Ok(())
    }
}
