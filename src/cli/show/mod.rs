//! One file for each command: asking floor 5, and turning what it found into an answer.
//!
//! Floor 6. `run` settles the circumstances (which day, which partner, who consents) and a presenter turns plain
//! values into an `Answer`. Neither computes an amount.

pub mod attribute;
pub mod check;
pub mod completions;
pub mod demo;
pub mod import;
pub mod init;
pub mod lookup;
pub mod man;
pub mod payout;
pub mod preview;
pub mod profile;
pub mod records;
pub mod report;
pub mod run;
pub mod sending;
pub mod statement;
pub mod upkeep;
pub mod validate;
pub mod why;

use serde_json::Value;

use crate::cli::Failure;
use crate::cli::settings::Settings;
use crate::dates::Day;
use crate::money::{Currency, Money};
use crate::store::{Reader, Writer};

/// Opens the database to look at it.
///
/// # Errors
/// The store's.
pub fn reader(settings: &Settings) -> Result<Reader, Failure> {
    Ok(Reader::open(settings.db()?)?)
}

/// Opens the database to change it.
///
/// # Errors
/// The store's.
pub fn writer(settings: &Settings) -> Result<Writer, Failure> {
    Ok(Writer::open(settings.db()?, &settings.operator(), settings.wait)?)
}

/// Writes an amount as JSON holds it.
fn money(amount: Money, currency: Currency) -> Value {
    Value::String(amount.major(currency))
}

/// Writes a day as JSON holds it, or null.
fn day(day: Option<Day>) -> Value {
    day.map_or(Value::Null, |day| Value::String(day.to_string()))
}
