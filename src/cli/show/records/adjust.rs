//! `adjust` and `payout record`: amounts that move a balance outside any charge.
//!
//! Floor 6.

use serde_json::json;

use super::super::{day, money, writer};
use super::{given, reason};
use crate::cli::args::Adjust as Asked;
use crate::cli::args::payout::Record;
use crate::cli::render::{Answer, Cell, Column, Table};
use crate::cli::settings::Settings;
use crate::cli::{Failure, Output};
use crate::commands::records::{Adjust, RecordOutside, adjust, record_outside};
use crate::money::{Currency, Money};

/// Adjusts a balance.
///
/// # Errors
/// The store's, the rules'; a flag that is missing where nobody can be asked.
pub fn run(asked: &Asked, settings: &Settings) -> Result<Output, Failure> {
    let amount = given(settings, asked.amount.as_ref(), "AMOUNT", "How much (a minus takes it off)?")?;
    let why = reason(settings, asked.reason.as_ref())?;
    let request = Adjust { amount: &amount, on: asked.on, reason: &why };
    let done = adjust(writer(settings)?, &asked.partner, &request)?;
    let cur = done.currency;
    let fields = json!({
        "adjustment": done.id, "partner": done.partner.as_str(), "on": day(Some(done.on)),
        "amount": money(done.amount, cur), "currency": cur.code(), "reason": done.reason,
        "balance_before": money(done.balance_before, cur), "balance_after": money(done.balance_after, cur),
        "warnings": done.warnings,
    });
    let answer = Answer::new("adjustment", fields)
        .lead(format!("Adjustment {} of {}, counting from {}.", done.id, done.partner, done.on))
        .table(balances(done.amount, done.balance_before, done.balance_after, cur))
        .warnings(done.warnings.clone())
        .closing(format!("Next: partners why {}", done.partner))
        .routine();
    Ok(answer.into())
}

/// Records money that was paid outside PayPal.
///
/// # Errors
/// The store's, the rules'; a flag that is missing where nobody can be asked.
pub fn record(asked: &Record, settings: &Settings) -> Result<Output, Failure> {
    let amount = given(settings, asked.amount.as_ref(), "--amount", "How much was paid?")?;
    let method = given(settings, asked.method.as_ref(), "--method", "How was it paid (cheque, wire)?")?;
    let reference = given(settings, asked.reference.as_ref(), "--reference", "The payment's reference")?;
    let why = reason(settings, asked.reason.as_ref())?;
    let request = RecordOutside { amount: &amount, method: &method, reference: &reference, reason: &why };
    let done = record_outside(writer(settings)?, &asked.partner, &request)?;
    let cur = done.currency;
    let fields = json!({
        "run": done.run.as_str(), "partner": done.partner.as_str(), "on": day(Some(done.on)),
        "amount": money(done.amount, cur), "currency": cur.code(), "lines": done.lines.len(),
        "balance_before": money(done.balance_before, cur), "balance_after": money(done.balance_after, cur),
    });
    let answer = Answer::new("outside_payment", fields)
        .lead(format!(
            "Recorded as {}: {} {cur} paid to {}; lines settled, the oldest first (R6.6): {}.",
            done.run,
            done.amount.grouped(cur),
            done.partner,
            done.lines.len()
        ))
        .table(balances(done.amount, done.balance_before, done.balance_after, cur))
        .closing(format!("Next: partners payout show {}", done.run))
        .routine();
    Ok(answer.into())
}

fn balances(amount: Money, before: Money, after: Money, cur: Currency) -> Table {
    let columns = ["amount", "balance_before", "balance_after"].map(Column::money);
    Table::new(columns.into()).rows([[amount, before, after].map(|sum| Cell::Money(sum, cur)).into()])
}
