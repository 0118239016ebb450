//! `why`: every gate and every charge of one partner, each with its verdict, rule and the day it changes (R2–R6).
//!
//! Floor 5. Works from the facts, not from the kept commissions, with the same functions as `preview`.

use std::collections::BTreeMap;

use crate::commission::{Earning, Kind, Schedule, Settled, Status, Verdict, earnings};
use crate::dates::Day;
use crate::eligibility::{Assessment, Counting, Decision, RunKind, Subject, assess};
use crate::ids::{AccountId, ChargeId, PartnerId};
use crate::money::{Currency, Money, Rate};
use crate::partner::{
    Gate, Partner, Reason, TaxStatus, address_waits_until, maximum_gate, minimum_gate, paypal_gate,
    reversal_gate, status_gate, tax_gate,
};
use crate::policy::Policy;
use crate::store::{AccountBook, Adjustment, Reader, StoreError};

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
}

/// One gate's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateAnswer {
    /// Which.
    pub gate: Gate,
    /// `None` is open.
    pub reason: Option<Reason>,
    /// A sentence: what is, and what must happen.
    pub detail: String,
    /// The day on which it opens by itself.
    pub clears_on: Option<Day>,
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
    let gates = gates(partner, policy, &assessment, date, reader.currency(), clears);
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
    })
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

fn gates(
    partner: &Partner,
    policy: &Policy,
    assessment: &Assessment,
    date: Day,
    currency: Currency,
    minimum_clears: Option<Day>,
) -> Vec<GateAnswer> {
    let balance = assessment.balance;
    let answer = |gate, reason: Option<Reason>, clears_on: Option<Day>| GateAnswer {
        gate,
        reason,
        detail: detail(gate, reason, partner, policy, balance, currency),
        clears_on: clears_on.filter(|_| reason.is_some()),
    };
    let tax = tax_gate(partner, date);
    let decided_later = (tax == Some(Reason::TaxReceived) && partner.tax.status == TaxStatus::Approved)
        .then_some(partner.tax.decided_on)
        .flatten();
    let paypal = paypal_gate(partner, policy, date);
    let address_old_enough =
        (paypal == Some(Reason::PaypalNew)).then(|| address_waits_until(partner, policy)).flatten();
    vec![
        answer(Gate::Status, status_gate(partner), None),
        answer(Gate::Tax, tax, decided_later),
        answer(Gate::Paypal, paypal, address_old_enough),
        answer(Gate::Reversal, reversal_gate(partner), None),
        answer(Gate::Minimum, minimum_gate(balance, policy), minimum_clears),
        answer(Gate::Maximum, maximum_gate(balance, policy), None),
    ]
}

/// Says what stands and who must do what.
fn detail(
    gate: Gate,
    reason: Option<Reason>,
    partner: &Partner,
    policy: &Policy,
    balance: Money,
    currency: Currency,
) -> String {
    let id = &partner.id;
    let address = partner.paypal.email.as_ref().map_or("", |email| email.as_str());
    let Some(reason) = reason else {
        return match gate {
            Gate::Status => "active (R6.1)".to_owned(),
            Gate::Tax => match (partner.tax.form, partner.tax_expires_on()) {
                (Some(form), Some(day)) => format!("{form} approved, good through {day} (R6.2)"),
                (Some(form), None) => format!("{form} approved (R6.2)"),
                (None, _) => String::new(),
            },
            Gate::Paypal => format!("{address}, {} (R6.4)", partner.paypal.state),
            Gate::Reversal => "no payment was reversed (R6.7)".to_owned(),
            Gate::Minimum => format!("at or above {} (R5.3)", policy.minimum.major(currency)),
            Gate::Maximum => format!("at most {} (R6.6)", policy.payment_maximum.major(currency)),
        };
    };
    match reason {
        Reason::PartnerPending => {
            format!("not approved yet; staff: partners partner edit {id} --status active (R6.1)")
        }
        Reason::PartnerSuspended => {
            format!("suspended; staff: partners partner edit {id} --status active (R6.1)")
        }
        Reason::PartnerClosed => "closed; nothing is paid unless staff reopen it (R6.1)".to_owned(),
        Reason::TaxMissing => format!(
            "no tax paperwork; the partner must send {} (R6.2)",
            if partner.is_us() { "a signed W-9" } else { "the International questionnaire or a W-8" }
        ),
        Reason::TaxWrongForm => {
            "a US person or taxpayer; the partner must send a signed W-9 (R6.2)".to_owned()
        }
        Reason::TaxReceived => format!("received and not decided; staff: partners tax approve {id} (R6.2)"),
        Reason::TaxRejected => "rejected; the partner must send new paperwork (R6.2)".to_owned(),
        Reason::TaxExpired => match partner.tax.signed_on {
            Some(signed) => format!("signed {signed}, expired; the partner must sign a new form (R6.2)"),
            None => "not signed; the partner must sign a new form (R6.2)".to_owned(),
        },
        Reason::PaypalMissing => {
            format!("no PayPal address; the partner must give one: partners paypal set {id} (R6.4)")
        }
        Reason::PaypalMalformed => {
            format!("{address:?} is no address PayPal takes; the partner must give another (R6.4)")
        }
        Reason::PaypalRejected => format!(
            "PayPal refused {address}; the partner must give another, or staff confirm it: \
             partners paypal confirm {id} (R6.4)"
        ),
        Reason::PaypalNew => {
            format!("{address} was changed less than {} days ago (R6.4)", policy.new_address_hold_days)
        }
        Reason::PaypalShared => format!(
            "{address} is another partner's too; staff allow the two with a reason: \
             partners paypal allow-shared {id} (R6.5)"
        ),
        Reason::PaymentReversed => format!(
            "an earlier payment came back; staff release the partner with a reason: \
             partners partner release {id} (R6.7)"
        ),
        Reason::AbovePaymentMaximum => format!(
            "{} is above the payment maximum of {}; nothing is split: raise it or pay outside and record it (R6.6)",
            balance.major(currency),
            policy.payment_maximum.major(currency)
        ),
        Reason::BelowMinimum => {
            let short =
                policy.minimum.minus(balance).map_or_else(|_| String::new(), |short| short.major(currency));
            format!(
                "{} of {}, short by {short} (R5.3)",
                balance.major(currency),
                policy.minimum.major(currency)
            )
        }
    }
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
