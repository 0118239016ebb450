//! What a row of billing does to a stored charge: new, updated, seen, stale, reversed or set aside.
//!
//! Floor 3, pure: what is stored and what comes in, one answer out. Decided in CONTRACT.md "CSV in": newest
//! `updated_at` wins; without it the later import does, but not over another row of the same file; a charge keeps its
//! account and currency for ever; what would make us owe more by undoing a refund waits for a person.

use super::billing::BillingRow;
use super::cells::Fault;
use super::refunds::grown_to;
use super::tally::Fate;
use crate::commission::{Kind, Refund, Status};
use crate::dates::Day;
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

/// What one row does to what is known of its charge.
///
/// # Errors
/// Overflow; the inner error is why the row is set aside.
pub fn apply<'a>(
    known: Option<&ChargeState<'a>>,
    row: &BillingRow<'a>,
    undoing: Undoing,
) -> Result<Result<(Fate, ChargeState<'a>), Fault>, MoneyError> {
    let Some(known) = known else { return Ok(Ok((Fate::New, first_state(row)?))) };
    if row.account_id != known.account_id {
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
        return Ok(Ok((Fate::Stale, known.clone())));
    }
    let next = next_state(known, row)?;
    let undone = next.refunded()? < known.refunded()? && next.kept()? > known.kept()?;
    if undone && undoing == Undoing::SetAside {
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
    Ok(Ok((fate, next)))
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

fn next_state<'a>(known: &ChargeState<'a>, row: &BillingRow<'a>) -> Result<ChargeState<'a>, MoneyError> {
    let total = match row.refunded {
        Some(total) => total,
        // A row that does not say keeps what went back, as far as its amount allows.
        None => known.refunded()?.min(row.amount),
    };
    Ok(ChargeState {
        account_id: known.account_id,
        billed_on: row.billed_on,
        collected_on: row.collected_on.over(known.collected_on),
        kind: row.kind,
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

fn fault(column: &'static str, value: &str, reason: String) -> Fault {
    Fault { column, value: value.to_owned(), reason }
}
