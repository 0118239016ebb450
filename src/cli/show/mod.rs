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

use std::mem::ManuallyDrop;

use serde_json::Value;

use crate::cli::Failure;
use crate::cli::settings::Settings;
use crate::dates::Day;
use crate::money::{Currency, Money};
use crate::store::{Reader, Writer, has_saved};

/// Opens the database to look at it.
///
/// # Errors
/// The store's.
pub fn reader(settings: &Settings) -> Result<Reader, Failure> {
    Ok(Reader::open(settings.db()?)?)
}

/// Opens the database to look at it before it is changed.
///
/// # Errors
/// The store's.
pub fn reader_before_a_change(settings: &Settings) -> Result<Reader, Failure> {
    Ok(Reader::before_a_change(settings.db()?, &settings.operator(), settings.wait)?)
}

/// Opens the database for a command that ends when it has looked. What it has open the system takes back at once; to
/// close it piece by piece takes as long as a search.
///
/// # Errors
/// The store's.
pub fn last_reader(settings: &Settings) -> Result<ManuallyDrop<Reader>, Failure> {
    reader(settings).map(ManuallyDrop::new)
}

/// Opens the database to change it.
///
/// # Errors
/// The store's.
pub fn writer(settings: &Settings) -> Result<Writer, Failure> {
    Ok(Writer::open(settings.db()?, &settings.operator(), settings.wait)?)
}

/// Makes an answer about a run after what was done to it. What fails here is the showing alone, and once something is
/// saved it is not called undone.
///
/// # Errors
/// The store's.
pub fn answered<T>(run: &str, make: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    make().map_err(|failure| {
        if has_saved() { failure.unshown(&format!("partners payout show {run}")) } else { failure }
    })
}

/// Writes an amount as JSON holds it.
fn money(amount: Money, currency: Currency) -> Value {
    Value::String(amount.major(currency))
}

/// Writes a day as JSON holds it, or null.
fn day(day: Option<Day>) -> Value {
    day.map_or(Value::Null, |day| Value::String(day.to_string()))
}
