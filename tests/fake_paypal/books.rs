//! The books: every batch and payment that was ever accepted, every request seen, what is scripted and what
//! was used.
//!
//! Written to their file, whole or not at all, before an answer leaves. `sent` is worked out from the
//! batches each time: the money that is out or on its way, by receiver and currency.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::{Days, NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::faults::Fault;
use crate::http::Request;
use crate::payouts::Kind;

/// Days for which a batch id is remembered, and after which an unclaimed payment goes back.
pub const MEMORY_DAYS: u64 = 30;

/// When payments become final.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Settle {
    /// After their batch was read once.
    #[default]
    OnRead,
    /// On acceptance.
    AtOnce,
    /// When told.
    Manual,
}

impl Settle {
    /// Reads the option's word.
    pub fn read(word: &str) -> Result<Self, String> {
        match word {
            "on-read" => Ok(Self::OnRead),
            "at-once" => Ok(Self::AtOnce),
            "manual" => Ok(Self::Manual),
            _ => Err(format!("--settle {word:?} is not on-read, at-once or manual")),
        }
    }
}

/// What the fake was started with.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the books are kept.
    pub books: Option<PathBuf>,
    /// When payments become final.
    pub settle: Settle,
    /// The only client id that is let in.
    pub client_id: Option<String>,
    /// The only secret that is let in.
    pub client_secret: Option<String>,
    /// The money there is, in hundredths.
    pub balance: Option<i64>,
    /// Our own address.
    pub sender: Option<String>,
    /// The first day.
    pub today: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            books: None,
            settle: Settle::default(),
            client_id: None,
            client_secret: None,
            balance: None,
            sender: None,
            today: "2026-11-27".to_owned(),
        }
    }
}

/// One payment.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Item {
    /// PayPal's id.
    pub payout_item_id: String,
    /// The sender's id.
    pub sender_item_id: Option<String>,
    /// The address.
    pub receiver: String,
    /// The amount as it was sent.
    pub value: String,
    /// The currency.
    pub currency: String,
    /// The line for the payee.
    pub note: Option<String>,
    /// PayPal's word.
    pub status: String,
    /// Once the money has moved.
    pub transaction_id: Option<String>,
    /// The fee, in hundredths.
    pub fee: i64,
    /// Why not.
    pub reason: Option<String>,
    /// When something last happened to it.
    pub processed_at: Option<String>,
}

impl Item {
    /// Returns whether the money is out or on its way.
    pub fn is_out(&self) -> bool {
        !matches!(
            self.status.as_str(),
            "FAILED" | "RETURNED" | "BLOCKED" | "REFUNDED" | "REVERSED" | "DENIED"
        )
    }
}

/// One batch.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Batch {
    /// PayPal's id.
    pub payout_batch_id: String,
    /// The sender's id.
    pub sender_batch_id: Option<String>,
    /// PayPal's word.
    pub status: String,
    /// The day it came, counted from the first.
    pub day: u64,
    /// When it came.
    pub created_at: String,
    /// How often it was read.
    pub reads: u64,
    /// Its payments.
    pub items: Vec<Item>,
}

/// One request that came.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Seen {
    /// What was asked for.
    pub request: String,
    /// `token`, `create`, `batch`, `item`, `cancel` or `other`.
    pub kind: String,
    /// The sender's id of the batch in it.
    pub sender_batch_id: Option<String>,
    /// The HTTP status of the answer; none for half a request.
    pub answer: Option<u16>,
    /// The fault that it met.
    pub fault: Option<String>,
}

/// Everything there is to know.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Books {
    /// The first day.
    pub first_day: String,
    /// Days gone since.
    pub day: u64,
    /// For ids and seconds.
    pub counter: u64,
    /// The token that is valid.
    pub token: Option<String>,
    /// All that was accepted.
    pub batches: Vec<Batch>,
    /// All that came.
    pub requests: Vec<Seen>,
    /// Faults to come.
    pub script: Vec<Fault>,
    /// Faults that came.
    pub used: Vec<Fault>,
}

impl Books {
    /// Opens the books, new ones if there are none.
    pub fn open(path: Option<&Path>, first_day: &str) -> Result<Self, String> {
        first_day.parse::<NaiveDate>().map_err(|_| format!("--today {first_day:?} is not YYYY-MM-DD"))?;
        let fresh = Self { first_day: first_day.to_owned(), ..Self::default() };
        let Some(path) = path else { return Ok(fresh) };
        match std::fs::read_to_string(path) {
            Ok(text) => serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(fresh),
            Err(error) => Err(format!("{}: {error}", path.display())),
        }
    }

    /// Writes the books to their file: a new one beside it, then the name.
    pub fn save(&self, path: Option<&Path>) -> Result<(), String> {
        let Some(path) = path else { return Ok(()) };
        let beside = path.with_extension("new");
        let text = serde_json::to_string_pretty(&self.shown()).map_err(|error| error.to_string())?;
        let written = std::fs::File::create(&beside)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .and_then(|()| std::fs::rename(&beside, path));
        written.map_err(|error| format!("{}: {error}", path.display()))
    }

    /// Returns the books with their sums.
    pub fn shown(&self) -> Value {
        let mut sent: BTreeMap<String, (i64, u64)> = BTreeMap::new();
        for item in self.batches.iter().flat_map(|batch| &batch.items).filter(|item| item.is_out()) {
            let of = sent.entry(format!("{} {}", item.receiver, item.currency)).or_default();
            of.0 += hundredths(&item.value).unwrap_or(0);
            of.1 += 1;
        }
        let sent: BTreeMap<_, _> = sent
            .into_iter()
            .map(|(who, (amount, payments))| (who, json!({"amount": major(amount), "payments": payments})))
            .collect();
        let mut shown = serde_json::to_value(self).unwrap_or_default();
        shown["sent"] = json!(sent);
        shown
    }

    /// Takes the next scripted fault that fits.
    pub fn take_fault(&mut self, kind: Kind) -> Option<Fault> {
        let position = self.script.iter().position(|fault| fault.fits(kind))?;
        Some(self.script.remove(position))
    }

    /// Notes a request.
    pub fn note(
        &mut self,
        request: &Request,
        kind: Kind,
        sender_batch_id: Option<String>,
        answer: Option<u16>,
        fault: Option<&Fault>,
    ) {
        self.requests.push(Seen {
            request: format!("{} {}", request.method, request.path),
            kind: kind.word().to_owned(),
            sender_batch_id,
            answer,
            fault: fault.map(|fault| fault.name().to_owned()),
        });
    }

    /// Returns a number that was never returned before.
    pub fn next(&mut self) -> u64 {
        self.counter += 1;
        self.counter
    }

    /// Returns the moment: the day, and a second later each time.
    pub fn now(&mut self) -> String {
        let seconds = i64::try_from(self.next() % 36_000).unwrap_or(0);
        let day = self.first_day.parse::<NaiveDate>().unwrap_or_default();
        let day = day.checked_add_days(Days::new(self.day)).unwrap_or(day);
        let morning = day.and_hms_opt(9, 0, 0).unwrap_or_default();
        (morning + TimeDelta::seconds(seconds)).format("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    /// Returns the batch that still holds a sender's id: 30 days, unless it was denied.
    pub fn holder(&self, sender_batch_id: &str) -> Option<&Batch> {
        self.batches.iter().rev().find(|batch| {
            batch.sender_batch_id.as_deref() == Some(sender_batch_id)
                && batch.status != "DENIED"
                && self.day < batch.day + MEMORY_DAYS
        })
    }

    /// Returns a batch by PayPal's id.
    pub fn batch_mut(&mut self, id: &str) -> Option<&mut Batch> {
        self.batches.iter_mut().find(|batch| batch.payout_batch_id == id)
    }
}

/// Reads an amount as a count of hundredths; exact, and none for anything but digits, a point and two more.
pub fn hundredths(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "00"));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 9 || fraction.len() != 2 || !digits(whole) || !digits(fraction) {
        return None;
    }
    format!("{whole}{fraction}").parse().ok()
}

/// Writes a count of hundredths as an amount.
pub fn major(hundredths: i64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
