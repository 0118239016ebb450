//! `why`: every gate and every charge of one partner, each with its verdict, rule and the day it changes (R2–R6).
//!
//! Floor 5. Works from the facts, not from the kept commissions, with the same functions as `preview`. What the gates
//! say is in `why/gates.rs`, what the next paydays would bring in `why/forecast.rs`, and what the partner may be told
//! in `why/reply.rs`.

mod forecast;
mod gates;
mod reply;

use std::collections::BTreeMap;

use crate::commands::payout::RunView;
use crate::commission::{Earning, Kind, Schedule, Settled, Status, Verdict, earnings};
use crate::dates::Day;
use crate::eligibility::{Assessment, Counting, Decision, RunKind, Subject, assess};
use crate::ids::{AccountId, ChargeId, PartnerId};
use crate::money::{Currency, Money, Rate};
use crate::partner::{Partner, minimum_gate};
use crate::policy::Policy;
use crate::run::{ItemState, RunState};
use crate::store::{AccountBook, Adjustment, Reader, StoreError};

pub use forecast::{Outcome, PaydayAnswer};
pub use gates::{By, GateAnswer, Remedy, remedy};
pub use reply::reply;

/// Everything about one partner as of a day.
#[derive(Debug, Clone)]
pub struct Why {
    /// The id.
    pub partner: PartnerId,
    /// The name.
    pub name: String,
    /// The day.
    pub date: Day,
    /// The programme's.
    pub currency: Currency,
    /// What counts, before lapses (R5.2).
    pub balance: Money,
    /// R5.3.
    pub minimum: Money,
    /// Whether a run of the day would pay.
    pub payable: bool,
    /// Every gate, open or closed.
    pub gates: Vec<GateAnswer>,
    /// Every charge that is or was theirs.
    pub charges: Vec<ChargeAnswer>,
    /// Every adjustment.
    pub adjustments: Vec<AdjustmentAnswer>,
    /// What the run does about the partner.
    pub assessment: Assessment,
    /// Where the rest of the money stands.
    pub elsewhere: Elsewhere,
    /// The next paydays, if nothing else changes and each of their runs is made and paid.
    pub paydays: Vec<PaydayAnswer>,
    /// The first payday on which payment would follow once every closed gate that a person can open is open.
    pub pays_on: Option<Day>,
    /// What the next run that writes anything off takes, with its day (R5.4, R5.8).
    pub lapses: Option<(Day, Money)>,
    /// Payments that PayPal holds until they are claimed, or come back (R7.4).
    pub unclaimed: Vec<UnclaimedPayment>,
    /// What is in runs and not unclaimed: on its way.
    pub on_its_way: Money,
    /// The partner's facts, for the reply.
    pub facts: Partner,
}

/// Where money stands that is not in the balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Elsewhere {
    /// R3.1.
    pub in_refund_period: Money,
    /// The first day on which some of that is released.
    pub next_release_on: Option<Day>,
    /// R3.4.
    pub withheld: Money,
    /// In runs that are not paid yet (R7.3).
    pub taken: Money,
    /// Paid by runs, of charges.
    pub paid: Money,
    /// Written off (R5.4).
    pub lapsed: Money,
}

impl Elsewhere {
    fn add(&mut self, charge: &Owned) -> Result<(), StoreError> {
        let settled = &charge.settled;
        let out = if settled.unpaid { &mut self.taken } else { &mut self.paid };
        *out = out.plus(settled.out)?;
        self.lapsed = self.lapsed.plus(settled.lapsed)?;
        let delta = charge.answer.delta;
        if charge.answer.verdict == Verdict::InRefundPeriod {
            self.in_refund_period = self.in_refund_period.plus(delta)?;
            let release = charge.schedule.eligible_on.unwrap_or(charge.schedule.hold_end);
            self.next_release_on = Some(self.next_release_on.map_or(release, |earlier| earlier.min(release)));
        } else if charge.answer.verdict == Verdict::Withheld {
            self.withheld = self.withheld.plus(delta)?;
        }
        Ok(())
    }
}

/// A payment that nobody has claimed at PayPal (R7.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnclaimedPayment {
    /// Its run.
    pub run: String,
    /// Its item.
    pub item: String,
    /// Where it was sent.
    pub address: String,
    /// How much.
    pub amount: Money,
    /// Since when it waits.
    pub since: Day,
    /// The day on which PayPal sends it back.
    pub returns_on: Day,
}

/// One charge's answer.
#[derive(Debug, Clone)]
pub struct ChargeAnswer {
    /// Billing's id.
    pub charge_id: ChargeId,
    /// The account.
    pub account_id: AccountId,
    /// When it was billed.
    pub billed_on: Day,
    /// When its money came in.
    pub collected_on: Option<Day>,
    /// What for.
    pub kind: Kind,
    /// What became of it.
    pub status: Status,
    /// Its currency.
    pub currency: Currency,
    /// Its amount.
    pub amount: Money,
    /// What went back.
    pub refunded: Money,
    /// The share that applies.
    pub rate: Rate,
    /// What is due (R2).
    pub due: Money,
    /// Out and lapsed (R5.1).
    pub settled: Money,
    /// What is open (R5.1).
    pub delta: Money,
    /// The first that fits.
    pub verdict: Verdict,
    /// The day on which the verdict changes by itself.
    pub until: Option<Day>,
    /// The latest run with a live line.
    pub run: Option<String>,
}

/// One adjustment's answer.
#[derive(Debug, Clone)]
pub struct AdjustmentAnswer {
    /// Its id.
    pub id: i64,
    /// The day from which it counts.
    pub on: Day,
    /// Signed.
    pub amount: Money,
    /// Why.
    pub reason: String,
    /// What became of it: `eligible`, `not_yet`, `taken`, `paid` or `lapsed`.
    pub verdict: &'static str,
}

/// One charge with the schedule behind its answer.
#[derive(Clone)]
struct Owned {
    answer: ChargeAnswer,
    schedule: Schedule,
    settled: Settled,
    charge_no: i64,
}

/// Answers why a partner is or is not paid as of a day.
///
/// # Errors
/// The store's; overflow.
pub fn why(reader: &Reader, partner_no: i64, date: Day, kind: RunKind) -> Result<Why, StoreError> {
    let partners = reader.partners()?;
    let partner = partners
        .get(partner_no)
        .ok_or_else(|| StoreError::Unknown { what: "partner", id: partner_no.to_string() })?;
    let policy = reader.policy(date);
    let loader = reader.account_loader()?;
    let mut owned = Vec::new();
    for account_id in reader.accounts_of(partner_no)? {
        let Some(book) = loader.load(&account_id)? else { continue };
        for earning in earnings(&book.facts, reader.policies(), &partners, |no| book.settled_of(no))? {
            if earning.partner == Some(partner_no) {
                owned.extend(answer(reader, &book, &earning, policy, date)?);
            }
        }
    }
    owned.sort_by(|one, two| {
        let key = |charge: &Owned| (charge.answer.billed_on, charge.answer.charge_id.clone());
        key(one).cmp(&key(two))
    });
    let adjustments: Vec<Adjustment> =
        reader.adjustments()?.into_iter().filter(|adjustment| adjustment.partner_no == partner_no).collect();
    let assessment = assess(partner, policy, date, kind, counting(&owned, &adjustments, policy, date)?)?;
    let clears = minimum_clears_on(partner, reader, &owned, &adjustments, date, kind)?;
    let mut gates = gates::gates(partner, policy, &assessment, date, reader.currency(), clears);
    let forecast = forecast::forecast(reader, partner, &owned, &adjustments, date)?;
    gates.iter_mut().filter(|gate| gate.reason.is_some()).for_each(|gate| gate.payday = forecast.pays_on);
    let lapses = forecast
        .paydays
        .iter()
        .find(|payday| payday.lapses.is_positive())
        .map(|payday| (payday.date, payday.lapses));
    let (unclaimed, on_its_way) = underway(reader, partner_no)?;
    let mut elsewhere = Elsewhere::default();
    owned.iter().try_for_each(|charge| elsewhere.add(charge))?;
    Ok(Why {
        partner: partner.id.clone(),
        name: partner.name.clone(),
        date,
        currency: reader.currency(),
        balance: assessment.balance,
        minimum: policy.minimum,
        payable: matches!(assessment.decision, Decision::Pay(_)),
        gates,
        charges: owned.into_iter().map(|charge| charge.answer).collect(),
        adjustments: adjustments.iter().map(|adjustment| adjustment_answer(adjustment, date)).collect(),
        assessment,
        elsewhere,
        paydays: forecast.paydays,
        pays_on: forecast.pays_on,
        lapses,
        unclaimed,
        on_its_way,
        facts: partner.clone(),
    })
}

/// Tells the payments that PayPal holds unclaimed, and what else has left or will (R7.4).
fn underway(reader: &Reader, partner_no: i64) -> Result<(Vec<UnclaimedPayment>, Money), StoreError> {
    let (mut unclaimed, mut on_its_way) = (Vec::new(), Money::ZERO);
    let payments = reader.payments_of(partner_no)?;
    for payment in payments.into_iter().filter(|payment| payment.run_state != RunState::Cancelled) {
        match payment.state {
            ItemState::Planned | ItemState::Sent => on_its_way = on_its_way.plus(payment.amount)?,
            ItemState::Unclaimed => {
                let view = RunView::load(reader, &payment.run)?;
                let item = view.items.iter().find(|item| item.id.as_str() == payment.item);
                let Some((since, returns_on)) = item.and_then(|item| view.unclaimed(item)) else { continue };
                unclaimed.push(UnclaimedPayment {
                    run: payment.run,
                    item: payment.item,
                    address: payment.paypal_email,
                    amount: payment.amount,
                    since,
                    returns_on,
                });
            }
            ItemState::Paid
            | ItemState::Returned
            | ItemState::Failed
            | ItemState::Blocked
            | ItemState::Refunded
            | ItemState::Reversed
            | ItemState::Cancelled => {}
        }
    }
    Ok((unclaimed, on_its_way))
}

/// Answers for one charge; one that moved away and is wholly settled back is nobody's business any more.
fn answer(
    reader: &Reader,
    book: &AccountBook,
    earning: &Earning,
    policy: &Policy,
    date: Day,
) -> Result<Option<Owned>, StoreError> {
    let Some(charge) = book.facts.charges.get(earning.charge) else { return Ok(None) };
    let settled = earning.settled.total()?;
    let judged =
        earning.schedule.assess(&earning.settled, date, policy.books_open_on, policy.accrual_months)?;
    if !earning.owned && settled.is_zero() && judged.delta.is_zero() {
        return Ok(None);
    }
    let run = book
        .settled
        .get(&charge.no)
        .and_then(|partners| partners.get(&earning.partner?))
        .and_then(|lines| lines.run.clone());
    let answer = ChargeAnswer {
        charge_id: charge.id.clone(),
        account_id: book.facts.id.clone(),
        billed_on: charge.billed_on,
        collected_on: charge.collected_on,
        kind: charge.kind,
        status: charge.status,
        currency: charge.currency.unwrap_or(reader.currency()),
        amount: charge.amount,
        refunded: charge.refunded()?,
        rate: earning.rate,
        due: judged.due,
        settled,
        delta: judged.delta,
        verdict: judged.verdict,
        until: judged.until,
        run,
    };
    Ok(Some(Owned {
        answer,
        schedule: earning.schedule.clone(),
        settled: earning.settled,
        charge_no: charge.no,
    }))
}

/// Collects what counts as of a day (R5.1, R5.2).
fn counting(
    owned: &[Owned],
    adjustments: &[Adjustment],
    policy: &Policy,
    as_of: Day,
) -> Result<Vec<Counting>, StoreError> {
    let mut counting = Vec::new();
    for charge in owned {
        let judged =
            charge.schedule.assess(&charge.settled, as_of, policy.books_open_on, policy.accrual_months)?;
        if judged.counts {
            let anniversary = judged
                .delta
                .is_positive()
                .then(|| charge.schedule.anniversary(policy.accrual_months))
                .flatten();
            counting.push(Counting {
                subject: Subject::Charge(charge.charge_no),
                amount: judged.delta,
                anniversary,
            });
        }
    }
    for adjustment in adjustments.iter().filter(|one| !one.rest.is_zero() && one.on <= as_of) {
        let subject = Subject::Adjustment(adjustment.no);
        counting.push(Counting { subject, amount: adjustment.rest, anniversary: None });
    }
    Ok(counting)
}

/// Finds the first day on which what is known now would reach the minimum, if time alone brings it.
fn minimum_clears_on(
    partner: &Partner,
    reader: &Reader,
    owned: &[Owned],
    adjustments: &[Adjustment],
    date: Day,
    kind: RunKind,
) -> Result<Option<Day>, StoreError> {
    let mut days: Vec<Day> = owned
        .iter()
        .flat_map(|charge| charge.schedule.eligible_on.into_iter().chain([charge.schedule.hold_end]))
        .chain(adjustments.iter().map(|adjustment| adjustment.on))
        .filter(|day| *day > date)
        .collect();
    days.sort_unstable();
    days.dedup();
    for day in days {
        let policy = reader.policy(day);
        let later = assess(partner, policy, day, kind, counting(owned, adjustments, policy, day)?)?;
        if minimum_gate(later.balance, policy).is_none() {
            return Ok(Some(day));
        }
    }
    Ok(None)
}

fn adjustment_answer(adjustment: &Adjustment, date: Day) -> AdjustmentAnswer {
    // One that is settled in part still counts with the rest of it.
    let verdict = match adjustment.settled.as_ref().filter(|_| adjustment.rest.is_zero()) {
        Some(line) if line.lapsed => "lapsed",
        Some(line) if line.paid => "paid",
        Some(_) => "taken",
        None if adjustment.on > date => "not_yet",
        None => "eligible",
    };
    AdjustmentAnswer {
        id: adjustment.no,
        on: adjustment.on,
        amount: adjustment.amount,
        reason: adjustment.reason.clone(),
        verdict,
    }
}

impl Why {
    /// Returns what a run of the very day writes off (R5.8).
    #[must_use]
    pub fn lapses_now(&self) -> Money {
        self.lapses.filter(|(on, _)| *on == self.date).map_or(Money::ZERO, |(_, amount)| amount)
    }

    /// Counts the charges of each verdict with the sum of their deltas.
    ///
    /// # Errors
    /// Overflow.
    pub fn by_verdict(&self) -> Result<BTreeMap<Verdict, (usize, Money)>, StoreError> {
        let mut sums: BTreeMap<Verdict, (usize, Money)> = BTreeMap::new();
        for charge in &self.charges {
            let (count, sum) = sums.entry(charge.verdict).or_default();
            *count = count.saturating_add(1);
            *sum = sum.plus(charge.delta)?;
        }
        Ok(sums)
    }
}
