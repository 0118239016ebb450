//! From the charges of one partner to one decision: pay, hold, wait, lapse or owe (R5).
//!
//! Floor 2, pure. Only `assess` makes a `Payable`, and a run can only be drafted from `Payable`s, so no
//! run holds an ineligible partner. Preview, create and `why` share this one function.

use crate::dates::{Day, next_payday};
use crate::money::{Money, MoneyError};
use crate::partner::{Partner, Reason, closed_gates};
use crate::policy::Policy;

/// What a line of an item stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A charge, by the store's key.
    Charge(i64),
    /// An adjustment, by its id.
    Adjustment(i64),
}

/// A signed amount that counts toward a partner's balance (R5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counting {
    /// What it is for.
    pub subject: Subject,
    /// The delta or the adjustment.
    pub amount: Money,
    /// The last day through which it is kept (R5.4); `None` never lapses.
    pub anniversary: Option<Day>,
}

/// Whether the run in question may write money off: only a regular one does (R5.4, R7.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunKind {
    /// Dated on a payday.
    Regular,
    /// Asked for on another day; never writes off.
    OffCycle,
}

/// A partner who may be paid: the whole balance (R5.3). Made by `assess` only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payable {
    amount: Money,
    lines: Vec<Counting>,
}

impl Payable {
    /// Returns the sum of the lines.
    #[must_use]
    pub const fn amount(&self) -> Money {
        self.amount
    }

    /// Returns the lines, every one of which counts.
    #[must_use]
    pub fn lines(&self) -> &[Counting] {
        &self.lines
    }
}

/// What a run would write off of one partner (R5.6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lapse {
    /// The sum; above zero.
    pub amount: Money,
    /// The lapsing commissions and the clawbacks they use up.
    pub lines: Vec<Counting>,
}

/// The next loss to come (R5.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextLapse {
    /// The anniversary: a regular run after it writes off. Where it is past, the payday whose run does.
    pub on: Day,
    /// What it would take.
    pub amount: Money,
    /// Whether its anniversaries are past, and only the day is none on which anything is written off.
    pub is_overdue: bool,
}

/// What a run does about a partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// At or above the minimum, every gate open.
    Pay(Payable),
    /// At or above the minimum, with closed gates, all of them, in the order of the rules.
    Hold {
        /// The first closed gate.
        first: Reason,
        /// The other closed gates.
        others: Vec<Reason>,
    },
    /// Below the minimum and above nothing after this run's lapses.
    Wait {
        /// What is left after the lapses.
        balance: Money,
        /// What is missing to the minimum.
        short_by: Money,
        /// R5.8.
        next_lapse: Option<NextLapse>,
    },
    /// Below nothing: carried forward, never collected (R5.7).
    Owe,
    /// Nothing to do.
    Nothing,
}

/// The decision about one partner, with what led to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// Σ of what counts, before lapses (R5.2).
    pub balance: Money,
    /// What the run writes off.
    pub lapse: Option<Lapse>,
    /// What it does.
    pub decision: Decision,
}

/// Decides about one partner as of a day (R5, R6). `counting` are the counting deltas and the unsettled
/// adjustments dated on or before the day.
///
/// # Errors
/// Overflow.
pub fn assess(
    partner: &Partner,
    policy: &Policy,
    as_of: Day,
    kind: RunKind,
    counting: Vec<Counting>,
) -> Result<Assessment, MoneyError> {
    let balance = Money::sum(counting.iter().map(|line| line.amount))?;
    if balance >= policy.minimum && balance.is_positive() {
        let mut reasons = closed_gates(partner, policy, balance, as_of).into_iter();
        let decision = match reasons.next() {
            None => Decision::Pay(Payable { amount: balance, lines: counting }),
            Some(first) => Decision::Hold { first, others: reasons.collect() },
        };
        return Ok(Assessment { balance, lapse: None, decision });
    }
    let lapse = match kind {
        RunKind::Regular => lapse(&counting, |anniversary| as_of > anniversary)?,
        RunKind::OffCycle => None,
    };
    let left = balance.minus(lapse.as_ref().map_or(Money::ZERO, |lapse| lapse.amount))?;
    let decision = if left.is_negative() {
        Decision::Owe
    } else if left.is_zero() {
        Decision::Nothing
    } else {
        Decision::Wait {
            balance: left,
            short_by: policy.minimum.minus(left)?,
            next_lapse: match kind {
                RunKind::Regular => next_lapse(&counting, lapse.as_ref(), as_of)?,
                RunKind::OffCycle => match overdue_lapse(&counting, as_of, policy)? {
                    Some(overdue) => Some(overdue),
                    None => next_lapse(&counting, None, as_of)?,
                },
            },
        }
    };
    Ok(Assessment { balance, lapse, decision })
}

/// Takes the positive lines whose window has ended and all negative ones; writes them off together if their sum
/// is above zero (R5.6).
fn lapse(counting: &[Counting], ended: impl Fn(Day) -> bool) -> Result<Option<Lapse>, MoneyError> {
    let lines: Vec<Counting> = counting
        .iter()
        .filter(|line| line.amount.is_negative() || line.anniversary.is_some_and(&ended))
        .copied()
        .collect();
    let amount = Money::sum(lines.iter().map(|line| line.amount))?;
    Ok(amount.is_positive().then_some(Lapse { amount, lines }))
}

/// Returns what the next payday's run takes of what has ended already, on a day that writes nothing off (R5.8).
fn overdue_lapse(
    counting: &[Counting],
    as_of: Day,
    policy: &Policy,
) -> Result<Option<NextLapse>, MoneyError> {
    if lapse(counting, |anniversary| anniversary < as_of)?.is_none() {
        return Ok(None);
    }
    let on = next_payday(as_of, policy.payday);
    let taken = lapse(counting, |anniversary| anniversary < on)?;
    Ok(taken.map(|taken| NextLapse { on, amount: taken.amount, is_overdue: true }))
}

/// Returns the first anniversary at which something would lapse of what this run leaves, and how much.
fn next_lapse(
    counting: &[Counting],
    lapsed: Option<&Lapse>,
    as_of: Day,
) -> Result<Option<NextLapse>, MoneyError> {
    let left: Vec<Counting> = counting
        .iter()
        .filter(|line| lapsed.is_none_or(|lapse| lapse.lines.iter().all(|gone| gone.subject != line.subject)))
        .copied()
        .collect();
    let mut days: Vec<Day> = left.iter().filter_map(|line| line.anniversary).collect();
    days.sort_unstable();
    days.dedup();
    for day in days {
        // What has already ended and did not lapse is used up by clawbacks: it goes with the next.
        if let Some(next) = lapse(&left, |anniversary| anniversary <= day)?
            && day >= as_of
        {
            return Ok(Some(NextLapse { on: day, amount: next.amount, is_overdue: false }));
        }
    }
    Ok(None)
}
