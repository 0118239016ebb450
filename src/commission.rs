//! What one charge earns one partner, and from when it counts (R2, R3, R5.1).
//!
//! Floor 2, pure. An account's facts become one `Schedule` per charge and partner: everything about the
//! charge that no later day can change, so that `assess` answers "as of D" by comparing dates only. The
//! store keeps schedules, `why` makes them afresh from the facts, and `check` proves that the two agree.

use crate::dates::{Day, plus_days, plus_months};
use crate::ids::{AccountId, ChargeId};
use crate::money::{Currency, Money, MoneyError, Rate};
use crate::partner::Partner;
use crate::policy::{Policies, TaxGate};
use crate::words;

words!(
    /// What a charge was billed for (R2.1).
    Kind, "kind" {
        /// The monthly subscription fee.
        Subscription = "subscription",
        /// E-mails above the plan.
        EmailOverage = "email_overage",
        /// Contacts above the plan.
        ContactOverage = "contact_overage",
        /// Text messages.
        Sms = "sms",
        /// Print credits.
        Print = "print",
        /// Anything else that billing knows.
        Other = "other",
        /// What nobody has classified: earns nothing and is reported.
        Unclassified = "unclassified",
    }
);

words!(
    /// What became of a charge's money (R2.2).
    Status, "charge status" {
        /// Collected.
        Paid = "paid",
        /// Not collected yet.
        Pending = "pending",
        /// Being chased; withholds the account's later charges (R3.4).
        Collections = "collections",
        /// Turned down by the bank.
        Declined = "declined",
        /// Collected and wholly given back.
        Refunded = "refunded",
        /// Collected and partly given back.
        PartiallyRefunded = "partially_refunded",
        /// Collected and taken back by the bank.
        Chargeback = "chargeback",
        /// Cancelled before collection.
        Voided = "voided",
        /// Given up.
        WriteOff = "write_off",
    }
);

impl Status {
    /// Returns whether the money was collected, whatever became of it later (R2.2).
    #[must_use]
    pub const fn was_collected(self) -> bool {
        match self {
            Self::Paid | Self::Refunded | Self::PartiallyRefunded | Self::Chargeback => true,
            Self::Pending | Self::Collections | Self::Declined | Self::Voided | Self::WriteOff => false,
        }
    }

    /// Returns whether the status itself says that all of the money went back (R2.4).
    #[must_use]
    pub const fn gives_all_back(self) -> bool {
        matches!(self, Self::Refunded | Self::Chargeback)
    }

    /// Returns whether the status itself says that money went back (R2.4).
    #[must_use]
    pub const fn gave_back(self) -> bool {
        self.gives_all_back() || matches!(self, Self::PartiallyRefunded)
    }
}

words!(
    /// What became of a charge's commission, the words of CONTRACT.md, in the order in which the first that
    /// fits is said.
    Verdict, "verdict" {
        /// More was settled than is due: it comes off the balance at once (R5.1).
        Clawback = "clawback",
        /// In a run that is not paid yet (R7.3).
        Taken = "taken",
        /// Paid by a run, or by the earlier system (R1.7).
        Paid = "paid",
        /// Written off (R5.4).
        Lapsed = "lapsed",
        /// Of a kind that earns nothing (R2.1).
        NotCommissionable = "not_commissionable",
        /// The money has not come in (R2.2).
        NotCollected = "not_collected",
        /// Billed after the account closed (R2.3).
        AccountClosed = "account_closed",
        /// Not in the programme's currency (R2.6).
        OtherCurrency = "other_currency",
        /// Collected before the books opened here (R1.7).
        BeforeBooks = "before_books",
        /// The partner's own account (R4.6).
        SelfReferral = "self_referral",
        /// Collected before the paperwork's first approval (R6.3).
        BeforeApproval = "before_approval",
        /// Nothing is due because of refunds (R2.4).
        Refunded = "refunded",
        /// The share of it rounds to nothing (R1.3).
        RoundsToZero = "rounds_to_zero",
        /// The account's refund period has not ended (R3.1).
        InRefundPeriod = "in_refund_period",
        /// An earlier charge of the account is unpaid (R3.4).
        Withheld = "withheld",
        /// Counts toward the balance (R3.2).
        Eligible = "eligible",
    }
);

impl Verdict {
    /// Returns the number of the rule that gives the verdict.
    #[must_use]
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Clawback => "R5.1",
            Self::Taken => "R7.3",
            Self::Paid => "R7.4",
            Self::Lapsed => "R5.4",
            Self::NotCommissionable => "R2.1",
            Self::NotCollected => "R2.2",
            Self::AccountClosed => "R2.3",
            Self::OtherCurrency => "R2.6",
            Self::BeforeBooks => "R1.7",
            Self::SelfReferral => "R4.6",
            Self::BeforeApproval => "R6.3",
            Self::Refunded => "R2.4",
            Self::RoundsToZero => "R1.3",
            Self::InRefundPeriod => "R3.1",
            Self::Withheld => "R3.4",
            Self::Eligible => "R3.2",
        }
    }
}

/// A growth of a charge's refunded amount, with its day (R2.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refund {
    /// The day; without one it counts from the charge's collection.
    pub on: Option<Day>,
    /// How much more went back.
    pub amount: Money,
}

/// One billing line of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// The store's key of the charge.
    pub no: i64,
    /// Billing's id.
    pub id: ChargeId,
    /// The day it was billed.
    pub billed_on: Day,
    /// The day its money came in.
    pub collected_on: Option<Day>,
    /// R2.1.
    pub kind: Kind,
    /// R2.2, as now known: what staff resolved stands above billing's word.
    pub status: Status,
    /// Net of tax and discounts.
    pub amount: Money,
    /// `None` is the programme's (R2.6).
    pub currency: Option<Currency>,
    /// R2.4.
    pub refunds: Vec<Refund>,
}

impl Charge {
    /// Returns all that went back.
    ///
    /// # Errors
    /// Overflow.
    pub fn refunded(&self) -> Result<Money, MoneyError> {
        Money::sum(self.refunds.iter().map(|refund| refund.amount))
    }
}

/// A period in which an account belongs to a referrer (R4.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tie {
    /// The store's key of the partner; `None` while nobody has claimed the link (R4.2).
    pub partner: Option<i64>,
    /// The first billing day it covers; `None` covers all.
    pub from: Option<Day>,
    /// The day staff assigned it or the link was claimed (R5.4).
    pub assigned_on: Option<Day>,
    /// R4.6, as judged when the referral was tied and by the policy of that day.
    pub self_referral: bool,
}

/// What lines of runs have settled of one charge for one partner (R5.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settled {
    /// Live lines taken or paid, signed.
    pub out: Money,
    /// Live lines written off, signed.
    pub lapsed: Money,
    /// Whether one of the live lines is in an item that is not paid yet.
    pub unpaid: bool,
    /// The latest day on which the money of a sent item came back (R5.4).
    pub returned_on: Option<Day>,
}

impl Settled {
    /// Returns out + lapsed, what CONTRACT.md calls settled.
    ///
    /// # Errors
    /// Overflow.
    pub fn total(&self) -> Result<Money, MoneyError> {
        self.out.plus(self.lapsed)
    }
}

/// Everything the rules need to know of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountFacts {
    /// Billing's id.
    pub id: AccountId,
    /// The day it was opened, if known.
    pub opened_on: Option<Day>,
    /// The day it was closed.
    pub closed_on: Option<Day>,
    /// Its referrers, in the order in which they were entered.
    pub ties: Vec<Tie>,
    /// Its charges, of every kind and status, by billing day and id.
    pub charges: Vec<Charge>,
}

impl AccountFacts {
    /// Returns the account's opening day: the known one, else its earliest billing (R3.3).
    #[must_use]
    pub fn opening(&self) -> Option<Day> {
        self.opened_on.or_else(|| self.charges.iter().map(|charge| charge.billed_on).min())
    }

    /// Returns the last day of the refund period (R3.1), by the policy of the opening day (R1.6).
    #[must_use]
    pub fn hold_end(&self, policies: &Policies) -> Option<Day> {
        self.opening().map(|opening| plus_days(opening, policies.at(opening).refund_period_days))
    }

    /// Returns the tie that covers a charge billed on a day: the latest entered that has begun (R4.4).
    #[must_use]
    pub fn tie_at(&self, billed_on: Day) -> Option<&Tie> {
        self.ties.iter().rev().find(|tie| tie.from.is_none_or(|from| from <= billed_on))
    }
}

/// A charge's commission over all time, for one partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// Reasons for which it earns nothing on any day, in the order of the verdicts.
    pub barred: Vec<Verdict>,
    /// R2.2; `None` when the money was never collected.
    pub collected_on: Option<Day>,
    /// The day from which the account's closing makes it earn nothing (R2.3, R1.5).
    pub closes_on: Option<Day>,
    /// The commission before refunds, rounded (R1.3).
    pub due: Money,
    /// What is due from each day of a refund on, oldest first (R2.4).
    pub falls: Vec<(Day, Money)>,
    /// R3.1.
    pub hold_end: Day,
    /// R3.2; `None` while an earlier charge stands in collections (R3.4).
    pub eligible_on: Option<Day>,
    /// The latest of joining, assignment and return (R5.4); `None` when nothing holds the window open.
    pub window_from: Option<Day>,
}

/// What a charge is worth to a partner as of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assessed {
    /// R2.4.
    pub due: Money,
    /// R5.1.
    pub delta: Money,
    /// Whether the delta is part of the balance (R5.1).
    pub counts: bool,
    /// In the refund period, withheld, or eligible (R3), whatever is due or settled.
    pub place: Verdict,
    /// The first that fits (CONTRACT.md).
    pub verdict: Verdict,
    /// The day on which the verdict changes by itself.
    pub until: Option<Day>,
}

impl Schedule {
    /// Returns what is due as of a day (R2), and why nothing is.
    fn due_at(&self, as_of: Day, books_open_on: Option<Day>) -> (Money, Option<Verdict>) {
        let collected = self.collected_on.filter(|day| *day <= as_of);
        let before_books =
            self.collected_on.is_some_and(|day| books_open_on.is_some_and(|opening| day < opening));
        let dynamic = [
            collected.is_none().then_some(Verdict::NotCollected),
            self.closes_on.is_some_and(|day| day <= as_of).then_some(Verdict::AccountClosed),
            before_books.then_some(Verdict::BeforeBooks),
        ];
        if let Some(first) = self.barred.iter().copied().chain(dynamic.into_iter().flatten()).min() {
            return (Money::ZERO, Some(first));
        }
        if self.due.is_zero() {
            return (Money::ZERO, Some(Verdict::RoundsToZero));
        }
        match self.falls.iter().rev().find(|(day, _)| *day <= as_of) {
            Some((_, Money::ZERO)) => (Money::ZERO, Some(Verdict::Refunded)),
            Some((_, due)) => (*due, None),
            None => (self.due, None),
        }
    }

    /// Judges the charge as of a day (R2, R3, R5.1).
    ///
    /// # Errors
    /// Overflow.
    pub fn assess(
        &self,
        settled: &Settled,
        as_of: Day,
        books_open_on: Option<Day>,
        accrual_months: u32,
    ) -> Result<Assessed, MoneyError> {
        let (due, nothing) = self.due_at(as_of, books_open_on);
        let rest = due.minus(settled.out)?.minus(settled.lapsed)?;
        // A later refund first cancels what lapsed of the charge (R5.1).
        let delta = if settled.lapsed.is_positive() && rest.is_negative() {
            due.minus(settled.out)?.min(Money::ZERO)
        } else {
            rest
        };
        let place = self.place(as_of);
        let counts = delta.is_negative() || (delta.is_positive() && place == Verdict::Eligible);
        let verdict = if delta.is_negative() {
            Verdict::Clawback
        } else if !settled.out.is_zero() {
            if settled.unpaid { Verdict::Taken } else { Verdict::Paid }
        } else if !settled.lapsed.is_zero() {
            Verdict::Lapsed
        } else {
            nothing.unwrap_or(place)
        };
        let until = match verdict {
            Verdict::NotCollected => self.collected_on,
            Verdict::InRefundPeriod => Some(self.hold_end),
            Verdict::Withheld => self.eligible_on,
            Verdict::Eligible => self.anniversary(accrual_months),
            _ => None,
        };
        Ok(Assessed { due, delta, counts, place, verdict, until })
    }

    /// Returns where the charge stands in time: in the refund period, withheld, or eligible (R3).
    fn place(&self, as_of: Day) -> Verdict {
        if as_of < self.hold_end {
            Verdict::InRefundPeriod
        } else if self.eligible_on.is_none_or(|day| day > as_of) {
            Verdict::Withheld
        } else {
            Verdict::Eligible
        }
    }

    /// Returns the last day through which the commission is kept below the minimum (R5.4).
    #[must_use]
    pub fn anniversary(&self, accrual_months: u32) -> Option<Day> {
        let start = self.eligible_on?;
        Some(plus_months(self.window_from.map_or(start, |day| day.max(start)), accrual_months))
    }

    /// Returns the day from which the charge's delta is nothing for good, as far as is now known; `None`
    /// while money is or will be open. A quiet charge costs no preview anything.
    ///
    /// # Errors
    /// Overflow.
    pub fn quiet_from(&self, settled: &Settled, policies: &Policies) -> Result<Option<Day>, MoneyError> {
        let changes = self
            .collected_on
            .into_iter()
            .chain(self.closes_on)
            .chain(self.falls.iter().map(|(day, _)| *day))
            .chain(policies.turning_days());
        let Some(last) = changes.max() else {
            return Ok(settled.total()?.is_zero().then_some(Day::MIN));
        };
        let books = policies.at(last).books_open_on;
        let delta = self.assess(settled, last, books, 1)?.delta;
        Ok(delta.is_zero().then_some(last))
    }

    /// Returns whether no day ever makes anything due.
    #[must_use]
    pub fn never_earns(&self) -> bool {
        !self.barred.is_empty() || self.collected_on.is_none() || self.due.is_zero()
    }
}

/// A partner as the schedules need them: the rate, the approval and the day of joining.
pub trait Partners {
    /// Returns the facts of a partner by the store's key.
    fn partner(&self, no: i64) -> Option<&Partner>;
}

/// A charge with its position among the account's other charges (R3.4).
struct Position {
    commissionable: bool,
    /// The latest collection among earlier-billed commissionable charges.
    prior_collected_on: Option<Day>,
    /// Whether an earlier-billed commissionable charge stands in collections.
    prior_unpaid: bool,
}

/// Places every charge of an account among its earlier ones. `charges` are by billing day.
fn positions(facts: &AccountFacts, policies: &Policies) -> Vec<Position> {
    let mut placed: Vec<Position> = Vec::with_capacity(facts.charges.len());
    let (mut collected, mut unpaid) = (None, false);
    let mut day_start = 0;
    for (at, charge) in facts.charges.iter().enumerate() {
        // "Earlier" is a strictly earlier billing day: charges of one day do not hold each other.
        if facts.charges[day_start].billed_on < charge.billed_on {
            for (earlier, place) in facts.charges[day_start..at].iter().zip(&placed[day_start..at]) {
                if place.commissionable {
                    unpaid |= earlier.status == Status::Collections;
                    if earlier.status.was_collected() {
                        collected = collected.max(earlier.collected_on);
                    }
                }
            }
            day_start = at;
        }
        let kinds = &policies.at(charge.billed_on).commissionable_kinds;
        placed.push(Position {
            commissionable: kinds.contains(&charge.kind),
            prior_collected_on: collected,
            prior_unpaid: unpaid,
        });
    }
    placed
}

/// One charge's schedule for one partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earning {
    /// Index into the account's charges.
    pub charge: usize,
    /// The partner; `None` for a link nobody has claimed.
    pub partner: Option<i64>,
    /// The rate that applies (R2.5).
    pub rate: Rate,
    /// Whether the charge is this partner's now; else only settled lines tie them to it (R4.4).
    pub owned: bool,
    /// The commission over time.
    pub schedule: Schedule,
    /// What runs have settled.
    pub settled: Settled,
}

/// Makes the schedules of an account's charges: one for each charge and its referrer, and one for each earlier
/// partner for whom something of it is settled (R4.4: a clawback there).
///
/// `settled` answers for a charge's key and lists partners with lines on it.
///
/// # Errors
/// Overflow.
pub fn earnings(
    facts: &AccountFacts,
    policies: &Policies,
    partners: &impl Partners,
    settled: impl Fn(i64) -> Vec<(i64, Settled)>,
) -> Result<Vec<Earning>, MoneyError> {
    let Some(hold_end) = facts.hold_end(policies) else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    for (at, (charge, position)) in facts.charges.iter().zip(positions(facts, policies)).enumerate() {
        let tie = facts.tie_at(charge.billed_on);
        let lines = settled(charge.no);
        let of = |partner: Option<i64>| {
            lines.iter().find(|(no, _)| Some(*no) == partner).map(|(_, sum)| *sum).unwrap_or_default()
        };
        if let Some(tie) = tie {
            let partner = tie.partner.and_then(|no| partners.partner(no));
            let (rate, schedule) =
                schedule(facts, charge, &position, tie, partner, hold_end, of(tie.partner), policies)?;
            all.push(Earning {
                charge: at,
                partner: tie.partner,
                rate,
                owned: true,
                schedule,
                settled: of(tie.partner),
            });
        }
        for (no, sum) in &lines {
            if tie.and_then(|tie| tie.partner) != Some(*no) {
                all.push(Earning {
                    charge: at,
                    partner: Some(*no),
                    rate: policies.at(charge.billed_on).rate,
                    owned: false,
                    schedule: Schedule::moved_away(hold_end),
                    settled: *sum,
                });
            }
        }
    }
    Ok(all)
}

impl Schedule {
    /// The schedule of a charge that belongs to somebody else now: nothing is due (R4.4).
    fn moved_away(hold_end: Day) -> Self {
        Self {
            barred: vec![Verdict::NotCommissionable],
            collected_on: None,
            closes_on: None,
            due: Money::ZERO,
            falls: Vec::new(),
            hold_end,
            eligible_on: Some(hold_end),
            window_from: None,
        }
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "the facts of R2 and R3, each used once and none of them related"
)]
fn schedule(
    facts: &AccountFacts,
    charge: &Charge,
    position: &Position,
    tie: &Tie,
    partner: Option<&Partner>,
    hold_end: Day,
    settled: Settled,
    policies: &Policies,
) -> Result<(Rate, Schedule), MoneyError> {
    let collected_on = charge.collected_on.filter(|_| charge.status.was_collected());
    let other_currency = charge.currency.is_some_and(|currency| currency != policies.currency);
    let before_approval = match (collected_on, partner) {
        (Some(day), Some(partner)) => {
            policies.at(day).tax_gate == TaxGate::EarnFromApproval && partner.collected_before_approval(day)
        }
        _ => false,
    };
    let barred = [
        (!position.commissionable).then_some(Verdict::NotCommissionable),
        (!charge.status.was_collected()).then_some(Verdict::NotCollected),
        other_currency.then_some(Verdict::OtherCurrency),
        tie.self_referral.then_some(Verdict::SelfReferral),
        before_approval.then_some(Verdict::BeforeApproval),
    ];
    let rate = partner
        .and_then(|partner| partner.rate_at(charge.billed_on))
        .unwrap_or_else(|| policies.at(charge.billed_on).rate);
    let eligible_on = match collected_on {
        _ if position.prior_unpaid => None,
        Some(day) => Some(position.prior_collected_on.map_or(day, |prior| prior.max(day)).max(hold_end)),
        None => None,
    };
    let schedule = Schedule {
        barred: barred.into_iter().flatten().collect(),
        collected_on,
        closes_on: facts.closed_on.filter(|closed| charge.billed_on > *closed),
        due: rate.of(charge.amount)?,
        falls: falls(charge, collected_on, rate)?,
        hold_end,
        eligible_on,
        window_from: partner.map(|partner| partner.joined_on).max(tie.assigned_on).max(settled.returned_on),
    };
    Ok((rate, schedule))
}

/// Returns what is due from each day of a refund on (R2.4); never below zero.
fn falls(charge: &Charge, collected_on: Option<Day>, rate: Rate) -> Result<Vec<(Day, Money)>, MoneyError> {
    let Some(collected_on) = collected_on else { return Ok(Vec::new()) };
    let mut refunds: Vec<(Day, Money)> =
        charge.refunds.iter().map(|refund| (refund.on.unwrap_or(collected_on), refund.amount)).collect();
    refunds.sort_by_key(|(day, _)| *day);
    let mut left = charge.amount;
    let mut falls: Vec<(Day, Money)> = Vec::with_capacity(refunds.len());
    for (day, amount) in refunds {
        left = left.minus(amount)?.max(Money::ZERO);
        let due = rate.of(left)?;
        match falls.last_mut() {
            Some((last, fallen)) if *last == day => *fallen = due,
            _ => falls.push((day, due)),
        }
    }
    Ok(falls)
}
