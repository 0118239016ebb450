//! The next paydays as they would come out if nothing else changes: what is known now, and time.
//!
//! Floor 5. Each payday's run is taken to be made, and what it pays to be paid; what it writes off is written off. The
//! same `assess` decides as in a run.

use std::collections::BTreeMap;

use super::{Owned, counting};
use crate::dates::{Day, next_payday, plus_days};
use crate::eligibility::{Assessment, Counting, Decision, RunKind, Subject, assess};
use crate::money::Money;
use crate::partner::{Partner, Reason, TaxStatus};
use crate::store::{Adjustment, Reader, StoreError};
use crate::words;

/// Paydays that are told.
const TOLD: usize = 6;
/// Paydays looked at to find the first payment: five years.
const HORIZON: usize = 260;

words!(
    /// What a payday would bring a partner.
    Outcome, "outcome" {
        /// The whole balance.
        Pays = "pays",
        /// Nothing, for a gate is closed.
        Blocked = "blocked",
        /// Nothing, for the minimum is not reached.
        Waits = "waits",
        /// Nothing, for the balance is below nothing.
        Owes = "owes",
        /// Nothing, for nothing counts.
        Nothing = "nothing",
        /// Nothing more: its run exists already.
        RunExists = "run_exists",
    }
);

/// One payday's outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaydayAnswer {
    /// The payday.
    pub date: Day,
    /// What it would bring.
    pub outcome: Outcome,
    /// The payment, else the balance that is left.
    pub amount: Money,
    /// What is missing to the minimum, where that is the reason.
    pub short_by: Option<Money>,
    /// What it would write off (R5.4).
    pub lapses: Money,
    /// Why it is blocked.
    pub reasons: Vec<Reason>,
    /// The run that exists already.
    pub run: Option<String>,
}

/// What the next paydays would bring.
pub(super) struct Forecast {
    /// The next few.
    pub(super) paydays: Vec<PaydayAnswer>,
    /// The first that pays, once every gate that a person can open is open.
    pub(super) pays_on: Option<Day>,
}

/// Works the next paydays out, one after the other.
pub(super) fn forecast(
    reader: &Reader,
    partner: &Partner,
    owned: &[Owned],
    adjustments: &[Adjustment],
    from: Day,
) -> Result<Forecast, StoreError> {
    let mut world = World { owned: owned.to_vec(), adjustments: adjustments.to_vec() };
    let mut told = Forecast { paydays: Vec::with_capacity(TOLD), pays_on: None };
    let mut day = next_payday(from, reader.policy(from).payday);
    for _ in 0..HORIZON {
        let answer = world.pass(reader, partner, day)?;
        let would_pay = match answer.outcome {
            Outcome::Pays => true,
            Outcome::Blocked => answer.reasons.iter().all(|reason| a_person_can_open(*reason, partner)),
            Outcome::Waits | Outcome::Owes | Outcome::Nothing | Outcome::RunExists => false,
        };
        if would_pay && told.pays_on.is_none() {
            told.pays_on = Some(day);
        }
        if told.paydays.len() < TOLD {
            told.paydays.push(answer);
        }
        if told.paydays.len() >= TOLD && (told.pays_on.is_some() || world.is_still(day)) {
            break;
        }
        let after = plus_days(day, 1);
        day = next_payday(after, reader.policy(after).payday);
    }
    Ok(told)
}

/// Returns whether somebody can open a gate, or only time does.
fn a_person_can_open(reason: Reason, partner: &Partner) -> bool {
    let decided_later = partner.tax.status == TaxStatus::Approved;
    match reason {
        Reason::PaypalNew | Reason::BelowMinimum => false,
        Reason::TaxReceived => !decided_later,
        Reason::PartnerPending
        | Reason::PartnerSuspended
        | Reason::PartnerClosed
        | Reason::TaxMissing
        | Reason::TaxWrongForm
        | Reason::TaxRejected
        | Reason::TaxExpired
        | Reason::PaypalMissing
        | Reason::PaypalMalformed
        | Reason::PaypalRejected
        | Reason::PaypalShared
        | Reason::PaymentReversed
        | Reason::AbovePaymentMaximum => true,
    }
}

/// What is settled as the paydays pass.
struct World {
    owned: Vec<Owned>,
    adjustments: Vec<Adjustment>,
}

impl World {
    fn pass(&mut self, reader: &Reader, partner: &Partner, day: Day) -> Result<PaydayAnswer, StoreError> {
        let policy = reader.policy(day);
        let lines = counting(&self.owned, &self.adjustments, policy, day)?;
        let Assessment { balance, lapse, decision } = assess(partner, policy, day, RunKind::Regular, lines)?;
        let mut answer = PaydayAnswer {
            date: day,
            outcome: Outcome::Nothing,
            amount: balance,
            short_by: None,
            lapses: Money::ZERO,
            reasons: Vec::new(),
            run: None,
        };
        if let Some(run) = reader.regular_run(day)? {
            answer.outcome = Outcome::RunExists;
            answer.run = Some(run.name.0);
            return Ok(answer);
        }
        if let Some(lapse) = &lapse {
            answer.lapses = lapse.amount;
            answer.amount = balance.minus(lapse.amount)?;
            self.settle(&lapse.lines, true)?;
        }
        match decision {
            Decision::Pay(payable) => {
                answer.outcome = Outcome::Pays;
                answer.amount = payable.amount();
                self.settle(payable.lines(), false)?;
            }
            Decision::Hold { first, others } => {
                answer.outcome = Outcome::Blocked;
                answer.reasons = std::iter::once(first).chain(others).collect();
            }
            Decision::Wait { short_by, .. } => {
                answer.outcome = Outcome::Waits;
                answer.short_by = Some(short_by);
            }
            Decision::Owe => answer.outcome = Outcome::Owes,
            Decision::Nothing => answer.outcome = Outcome::Nothing,
        }
        Ok(answer)
    }

    fn settle(&mut self, lines: &[Counting], lapsed: bool) -> Result<(), StoreError> {
        let by_subject: BTreeMap<Subject, Money> =
            lines.iter().map(|line| (line.subject, line.amount)).collect();
        for charge in &mut self.owned {
            if let Some(amount) = by_subject.get(&Subject::Charge(charge.charge_no)) {
                let sum = if lapsed { &mut charge.settled.lapsed } else { &mut charge.settled.out };
                *sum = sum.plus(*amount)?;
            }
        }
        for adjustment in &mut self.adjustments {
            if by_subject.contains_key(&Subject::Adjustment(adjustment.no)) {
                adjustment.rest = Money::ZERO;
            }
        }
        Ok(())
    }

    /// Returns whether time brings nothing new after a day.
    fn is_still(&self, day: Day) -> bool {
        let later = |moment: Option<Day>| moment.is_some_and(|moment| moment > day);
        let quiet = |charge: &Owned| {
            let schedule = &charge.schedule;
            !later(schedule.eligible_on)
                && !later(Some(schedule.hold_end))
                && !later(schedule.closes_on)
                && schedule.falls.iter().all(|(fall, _)| *fall <= day)
        };
        self.owned.iter().all(quiet) && self.adjustments.iter().all(|adjustment| adjustment.on <= day)
    }
}
