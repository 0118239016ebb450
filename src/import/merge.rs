//! What a row of billing does to a stored charge: new, updated, seen, stale, reversed or set aside.
//!
//! Floor 3, pure: what is stored and what comes in, one answer out. Decided in CONTRACT.md "CSV in": newest
//! `updated_at` wins; without it the later import does, but not over another row of the same file; a charge keeps its
//! account and currency for ever; what would make us owe more by undoing a refund waits for a person.
//!
//! A row that comes late can still tell how a refund came about (R2.4: each growth is an event with its own date). One
//! that its `updated_at` shows to be older changes nothing but this: of what has gone back in all, the part that it
//! tells had gone back by its `refunded_on`. So the steps of a refund end alike in any order of files. Without
//! `updated_at` a smaller total with an earlier `refunded_on` is such a step as long as it is not known: what is owed
//! today stays the same. If the step is known already, the row may be the news that the later refund was taken back;
//! that would make us owe more, and waits for a person. What no order can tell: which of two days that rows give the
//! same total is right, and what another file has undone in between.
//!
//! A blank never erases: what a line is (R2.1) stays decided when another profile does not say it; a charge that was
//! collected once may come again without its day, a partly refunded one without its amount. The first row of a charge
//! must have them.

use super::billing::BillingRow;
use super::cells::Fault;
use super::refunds::{grown_to, with_step};
use super::tally::Fate;
use crate::commission::{Kind, Refund, Status};
use crate::dates::Day;
use crate::ids::EmailKey;
use crate::money::{Currency, Money, MoneyError};

/// A charge as the store keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeState<'a> {
    /// The account it belongs to, for ever.
    pub account_id: &'a str,
    /// The day it was billed.
    pub billed_on: Day,
    /// The day its money came in.
    pub collected_on: Option<Day>,
    /// R2.1.
    pub kind: Kind,
    /// R2.2, billing's word.
    pub status: Status,
    /// Net of tax and discounts.
    pub amount: Money,
    /// R2.4.
    pub refunds: Vec<Refund>,
    /// `None` is the programme's (R2.6); for ever.
    pub currency: Option<Currency>,
    /// The code its rows carry.
    pub referral_code: Option<&'a str>,
    /// Billing's words for it.
    pub description: Option<&'a str>,
    /// The latest `updated_at` that was taken.
    pub updated_at: Option<i64>,
}

impl ChargeState<'_> {
    /// Returns all that went back.
    ///
    /// # Errors
    /// Overflow.
    pub fn refunded(&self) -> Result<Money, MoneyError> {
        Money::sum(self.refunds.iter().map(|refund| refund.amount))
    }

    /// Returns what the partners' share is taken of: nothing while nothing was collected.
    fn kept(&self) -> Result<Money, MoneyError> {
        if self.status.was_collected() { self.amount.minus(self.refunded()?) } else { Ok(Money::ZERO) }
    }
}

/// Whether rows that undo refunds are taken (`--accept-reversals`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undoing {
    /// They wait for a person.
    SetAside,
    /// A person has said so.
    Accepted,
}

/// Who says what a line is (R2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kinds {
    /// A column of the file, in every row.
    Said,
    /// The rules of a profile: a line that none of them fits is undecided, and undoes no decision.
    Ruled,
}

impl Kinds {
    const fn undecided(self, kind: Kind) -> bool {
        matches!((self, kind), (Self::Ruled, Kind::Unclassified))
    }
}

/// How the rows of a file are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    /// Whether rows that undo refunds are taken.
    pub undoing: Undoing,
    /// Who says what a line is.
    pub kinds: Kinds,
}

/// What came of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied<'a> {
    /// How it is counted.
    pub fate: Fate,
    /// What was taken of it.
    pub took: Took,
    /// The charge as now known.
    pub state: ChargeState<'a>,
}

/// What is taken of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Took {
    /// All it says.
    Row,
    /// Only that a part of the refund came about earlier.
    Step,
    /// Nothing: it is older than what is known.
    Nothing,
}

/// What one row does to what is known of its charge; `later` are the rows of the same file that come after it.
///
/// # Errors
/// Overflow; the inner error is why the row is set aside.
pub fn apply<'a: 'r, 'r>(
    known: Option<&ChargeState<'a>>,
    row: &BillingRow<'a>,
    later: impl Iterator<Item = &'r BillingRow<'a>>,
    manner: Manner,
) -> Result<Result<Applied<'a>, Fault>, MoneyError> {
    let Some(known) = known else {
        let lack = row.lack();
        let state = first_state(row)?;
        return Ok(lack.map_or(Ok(Applied { fate: Fate::New, took: Took::Row, state }), Err));
    };
    if !is_same_account(row.account_id, known.account_id) {
        let reason =
            format!("charge {} belongs to account {} and never moves", row.charge_id, known.account_id);
        return Ok(Err(fault("account_id", row.account_id, reason)));
    }
    if row.currency != known.currency {
        let code = |currency: Option<Currency>| {
            currency.map_or_else(|| "the programme's currency".to_owned(), |currency| currency.to_string())
        };
        let reason = format!("charge {} is in {} and keeps it", row.charge_id, code(known.currency));
        return Ok(Err(fault("currency", &code(row.currency), reason)));
    }
    if row.updated_at.zip(known.updated_at).is_some_and(|(row, known)| row < known) {
        return Ok(Ok(earlier(known, row, later, manner.kinds)?));
    }
    let next = next_state(known, row, manner.kinds)?;
    if let Some(lack) = lacking(row, &next)? {
        return Ok(Err(lack));
    }
    let undone = next.refunded()? < known.refunded()? && next.kept()? > known.kept()?;
    // The newest `updated_at` wins outright; only rows that cannot say which is newer wait for a person.
    let newer = row.updated_at.zip(known.updated_at).is_some_and(|(row, known)| row > known);
    if undone && !newer && manner.undoing == Undoing::SetAside {
        if is_new_step(known, row)? {
            return Ok(Ok(earlier(known, row, later, manner.kinds)?));
        }
        let reason = format!(
            "would undo a refund of charge {} (status was {}); if it is right, import it with --accept-reversals",
            row.charge_id, known.status
        );
        return Ok(Err(fault("status", row.status.as_str(), reason)));
    }
    let fate = if known.status.was_collected() && !next.status.was_collected() {
        Fate::Reversed
    } else {
        Fate::Updated
    };
    Ok(Ok(Applied { fate, took: Took::Row, state: next }))
}

/// Takes from an older row what it tells of the steps of the refund, and nothing else; what a later row of the same
/// file takes back is no step.
fn earlier<'a: 'r, 'r>(
    known: &ChargeState<'a>,
    row: &BillingRow<'a>,
    mut later: impl Iterator<Item = &'r BillingRow<'a>>,
    kinds: Kinds,
) -> Result<Applied<'a>, MoneyError> {
    let told = |row: &BillingRow<'a>| match row.refunded {
        None if row.status == Status::Paid => Some(Money::ZERO),
        told => told,
    };
    let mut state = known.clone();
    if let Some(total) = row.refunded
        && !later.any(|later| told(later).is_some_and(|later| later < total))
    {
        state.refunds = with_step(&known.refunds, total, row.refunded_on.value())?;
    }
    // What the newer row left undecided, this one decides: no order of files matters.
    if kinds.undecided(known.kind) {
        state.kind = row.kind;
    }
    let new = state != *known;
    let (fate, took) = if new { (Fate::Updated, Took::Step) } else { (Fate::Stale, Took::Nothing) };
    Ok(Applied { fate, took, state })
}

/// Returns whether a row without `updated_at` tells an earlier step that is not known, and its own day says so.
fn is_new_step(known: &ChargeState<'_>, row: &BillingRow<'_>) -> Result<bool, MoneyError> {
    let (Some(total), Some(on)) = (row.refunded, row.refunded_on.value()) else { return Ok(false) };
    if known.refunds.iter().any(|growth| growth.on == Some(on)) {
        return Ok(false);
    }
    let mut sum = Money::ZERO;
    for growth in &known.refunds {
        let before = sum;
        sum = sum.plus(growth.amount)?;
        if before < total && total < sum {
            return Ok(growth.on.is_some_and(|later| on < later));
        }
    }
    Ok(false)
}

/// Says what a known charge still lacks after a row, where the row did not say it either.
fn lacking(row: &BillingRow<'_>, next: &ChargeState<'_>) -> Result<Option<Fault>, MoneyError> {
    let day = next.collected_on.is_none() && next.status.was_collected();
    let amount = next.status == Status::PartiallyRefunded && next.refunded()?.is_zero();
    Ok(if day || amount { row.lack() } else { None })
}

fn first_state<'a>(row: &BillingRow<'a>) -> Result<ChargeState<'a>, MoneyError> {
    Ok(ChargeState {
        account_id: row.account_id,
        billed_on: row.billed_on,
        collected_on: row.collected_on.value(),
        kind: row.kind,
        status: row.status,
        amount: row.amount,
        refunds: grown_to(&[], row.refunded.unwrap_or(Money::ZERO), row.refunded_on.value())?,
        currency: row.currency,
        referral_code: row.referral_code.value(),
        description: row.description.value(),
        updated_at: row.updated_at,
    })
}

fn next_state<'a>(
    known: &ChargeState<'a>,
    row: &BillingRow<'a>,
    kinds: Kinds,
) -> Result<ChargeState<'a>, MoneyError> {
    let total = match row.refunded {
        Some(total) => total,
        // Paid, after billing said by its status that money had gone back: nothing has.
        None if row.status == Status::Paid && known.status.gave_back() => Money::ZERO,
        // A row that does not say keeps what went back, as far as its amount allows.
        None => known.refunded()?.min(row.amount),
    };
    Ok(ChargeState {
        account_id: known.account_id,
        billed_on: row.billed_on,
        collected_on: row.collected_on.over(known.collected_on),
        kind: if kinds.undecided(row.kind) { known.kind } else { row.kind },
        status: row.status,
        amount: row.amount,
        refunds: grown_to(&known.refunds, total, row.refunded_on.value())?,
        currency: known.currency,
        referral_code: row.referral_code.over(known.referral_code),
        description: row.description.over(known.description),
        updated_at: row.updated_at.max(known.updated_at),
    })
}

/// Puts the different rows of one id within one file in their order, or says that they have none.
///
/// # Errors
/// Two of them have no `updated_at`, or the same.
pub fn in_order<'a, T>(rows: &mut [T], row_of: impl Fn(&T) -> &BillingRow<'a>) -> Result<(), Fault> {
    rows.sort_by_key(|row| row_of(row).updated_at);
    let tied = rows.windows(2).any(|pair| {
        let [one, two] = pair else { return false };
        let (one, two) = (row_of(one).updated_at, row_of(two).updated_at);
        one.is_none() || one == two
    });
    match rows.first() {
        Some(first) if tied => {
            let reason = format!(
                "the file has {} different rows of this charge and no updated_at says which is the latest",
                rows.len()
            );
            Err(fault("charge_id", row_of(first).charge_id, reason))
        }
        Some(_) | None => Ok(()),
    }
}

/// Returns whether two ids name one account: those that are e-mails have no case (R4.5).
fn is_same_account(one: &str, two: &str) -> bool {
    one == two || (one.contains('@') && two.contains('@') && EmailKey::of(one) == EmailKey::of(two))
}

fn fault(column: &'static str, value: &str, reason: String) -> Fault {
    Fault { column, value: value.to_owned(), reason }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::billing::AccountCells;
    use crate::import::cells::Given;

    fn day(no: u32) -> Day {
        Day::from_ymd_opt(2026, 3, no).expect("a day of March")
    }

    fn row(
        status: Status,
        cents: i64,
        refunded: Option<i64>,
        updated_at: Option<i64>,
    ) -> BillingRow<'static> {
        BillingRow {
            charge_id: "C1",
            account_id: "A1",
            billed_on: day(1),
            collected_on: Given::Value(day(2)),
            kind: Kind::Subscription,
            status,
            amount: Money::from_minor(cents),
            refunded: refunded.map(Money::from_minor),
            refunded_on: Given::Value(day(9)),
            currency: None,
            blank_currency: false,
            referral_code: Given::Blank,
            description: Given::Blank,
            updated_at,
            account: AccountCells::default(),
            spelt: None,
        }
    }

    fn fate(known: &BillingRow<'_>, row: &BillingRow<'_>, undoing: Undoing) -> Result<Fate, &'static str> {
        let manner = Manner { undoing, kinds: Kinds::Said };
        let known =
            apply(None, known, std::iter::empty(), manner).expect("no overflow").expect("a new charge").state;
        let applied = apply(Some(&known), row, std::iter::empty(), manner).expect("no overflow");
        applied.map(|applied| applied.fate).map_err(|fault| fault.column)
    }

    #[test]
    fn what_a_row_does_to_a_known_charge() {
        use Status::{Chargeback, Collections, Paid, PartiallyRefunded, Pending, Refunded, Voided};
        let known = |status, refunded| row(status, 1000, Some(refunded), None);
        for (stored, incoming, expected) in [
            // Updates: amounts, statuses, growing refunds.
            (known(Paid, 0), row(Paid, 900, Some(0), None), Ok(Fate::Updated)),
            (known(Pending, 0), row(Paid, 1000, Some(0), None), Ok(Fate::Updated)),
            (known(Paid, 0), row(Refunded, 1000, Some(1000), None), Ok(Fate::Updated)),
            // Undoing a refund or chargeback, whole or in part.
            (known(Refunded, 1000), row(Paid, 1000, Some(0), None), Err("status")),
            (known(Chargeback, 1000), row(Paid, 1000, Some(0), None), Err("status")),
            (known(PartiallyRefunded, 500), row(PartiallyRefunded, 1000, Some(499), None), Err("status")),
            // A smaller amount, wholly given back before and after, owes nobody more.
            (known(Refunded, 1000), row(Refunded, 900, Some(900), None), Ok(Fate::Updated)),
            // Un-collecting: applied, and somebody looks at it.
            (known(Paid, 0), row(Collections, 1000, None, None), Ok(Fate::Reversed)),
            (known(PartiallyRefunded, 500), row(Voided, 1000, None, None), Ok(Fate::Reversed)),
            // What was un-collected with a refund on it keeps the refund until a row says otherwise.
            (known(Collections, 500), row(PartiallyRefunded, 1000, Some(500), None), Ok(Fate::Updated)),
            (known(Collections, 500), row(Paid, 1000, Some(0), None), Err("status")),
        ] {
            assert_eq!(fate(&stored, &incoming, Undoing::SetAside), expected, "{stored:?}\n{incoming:?}");
            let accepted = fate(&stored, &incoming, Undoing::Accepted);
            assert_eq!(accepted, expected.or(Ok(Fate::Updated)), "{incoming:?}");
        }
    }

    #[test]
    fn a_line_that_nobody_classifies_keeps_the_kind_that_was_decided() {
        let said = |kind, at| BillingRow { kind, ..row(Status::Paid, 1000, None, at) };
        let (plan, none, sms) = (Kind::Subscription, Kind::Unclassified, Kind::Sms);
        for (kinds, first, then, expected) in [
            (Kinds::Ruled, said(plan, None), said(none, None), plan),
            (Kinds::Ruled, said(none, None), said(plan, None), plan),
            (Kinds::Ruled, said(plan, None), said(sms, None), sms),
            // In any order of files, also where rows say which is the newer.
            (Kinds::Ruled, said(plan, Some(1)), said(none, Some(2)), plan),
            (Kinds::Ruled, said(none, Some(2)), said(plan, Some(1)), plan),
            (Kinds::Ruled, said(sms, Some(2)), said(plan, Some(1)), sms),
            // Our own file says the kind in every row, and a word that is none says that it earns nothing (R2.1).
            (Kinds::Said, said(plan, None), said(none, None), none),
            (Kinds::Said, said(none, Some(2)), said(plan, Some(1)), none),
        ] {
            let manner = Manner { undoing: Undoing::SetAside, kinds };
            let after = |known: Option<&ChargeState<'static>>, row: &BillingRow<'static>| {
                let applied = apply(known, row, std::iter::empty(), manner);
                applied.expect("no overflow").expect("nothing contradicts").state
            };
            assert_eq!(after(Some(&after(None, &first)), &then).kind, expected, "{first:?}\n{then:?}");
        }
    }

    #[test]
    fn an_older_row_is_stale_and_an_equal_one_is_not() {
        let known = row(Status::Paid, 1000, Some(0), Some(50));
        for (at, expected) in [
            (Some(49), Fate::Stale),
            (Some(50), Fate::Updated),
            (Some(51), Fate::Updated),
            (None, Fate::Updated),
        ] {
            let incoming = row(Status::Paid, 900, Some(0), at);
            assert_eq!(fate(&known, &incoming, Undoing::SetAside), Ok(expected), "{at:?}");
        }
    }

    #[test]
    fn rows_of_one_file_have_an_order_or_are_contradictions() {
        let at = |updated_at| row(Status::Paid, 1000, Some(0), updated_at);
        for (rows, ordered) in [
            (vec![at(None)], true),
            (vec![at(Some(2)), at(Some(1))], true),
            (vec![at(Some(1)), at(Some(1))], false),
            (vec![at(None), at(Some(1))], false),
            (vec![at(None), at(None)], false),
        ] {
            let mut sorted = rows.clone();
            assert_eq!(in_order(&mut sorted, |row| row).is_ok(), ordered, "{rows:?}");
            assert!(sorted.is_sorted_by_key(|row| row.updated_at));
        }
    }
}
