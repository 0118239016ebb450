//! The exact bytes of one batch of payouts: made once, checked whole, stored, and sent unchanged ever after.
//!
//! Floor 4, no I/O. PayPal refuses a whole batch for one bad item, so every limit is checked here first
//! (PAYPAL.md §1.2). The same payments give the same bytes; bytes read back from the store must be exactly
//! what would be made of them again, else they are refused (promise 7).

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::endpoint::Environment;
use crate::ids::{Email, ItemId, RunName};
use crate::money::{Currency, Money};
use crate::partner::is_payable_address;
use crate::reconcile::Sent;

/// Payments PayPal takes in one request (SPEC `create_payout_request.items`).
pub const ITEMS_MAX: usize = 15_000;
/// Bytes of a batch id (SPEC `sender_batch_id`).
const BATCH_ID_BYTES_MAX: usize = 256;
/// Bytes of an item id that fit the upload file too (PAYPAL.md §4, Customer ID).
const ITEM_ID_BYTES_MAX: usize = 30;
/// Bytes of a note that fit the upload file too (PAYPAL.md §4).
const NOTE_BYTES_MAX: usize = 400;
/// Bytes of the subject of PayPal's mail to the payee (SPEC `email_subject`).
const SUBJECT_BYTES_MAX: usize = 255;
/// Bytes of the text of PayPal's mail to the payee (SPEC `email_message`).
const MESSAGE_BYTES_MAX: usize = 1_000;
/// Currencies in which PayPal pays out (PAYPAL.md §2).
const CURRENCIES: [&str; 25] = [
    "AUD", "BRL", "CAD", "CHF", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "IDR", "ILS", "JPY", "MXN", "MYR",
    "NOK", "NZD", "PHP", "PLN", "RUB", "SEK", "SGD", "THB", "TWD", "USD",
];
/// What makes PayPal's sandbox play a failure instead of paying (PAYPAL.md §1.9).
const SANDBOX_TRIGGERS: [&str; 2] = ["ERRPYO", "POSPYO"];

/// From what the id of a batch is derived: the same part and attempt of a run has the same id, for ever
/// (promise 4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchName<'a> {
    /// The world the money moves in (promise 30).
    pub environment: Environment,
    /// What tells these books from others that use the same PayPal account; a copy of them has the same.
    pub books: &'a str,
    /// The run.
    pub run: &'a RunName,
    /// Which part of a run that is cut into several batches, from 1.
    pub part: u32,
    /// Which attempt, from 1; a new one only after PayPal has proved that the last created nothing.
    pub attempt: u32,
}

impl fmt::Display for BatchName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { environment, books, run, part, attempt } = self;
        write!(f, "partners-{environment}-{books}-{run}-p{part}-a{attempt}")
    }
}

/// One payment to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Our id, unique for ever.
    pub item: ItemId,
    /// The address it goes to.
    pub receiver: Email,
    /// How much, in the batch's currency.
    pub amount: Money,
    /// One line for the payee.
    pub note: String,
}

/// Everything that one batch says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayoutRequest {
    /// Our id of the batch, by which PayPal tells a repetition.
    pub sender_batch_id: String,
    /// The one currency of the batch.
    pub currency: Currency,
    /// The subject of PayPal's mail to the payees.
    pub email_subject: Option<String>,
    /// The text of PayPal's mail to the payees.
    pub email_message: Option<String>,
    /// The payments, in the order in which they are sent.
    pub payments: Vec<Payment>,
}

/// One thing that keeps a batch from being sent.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PayloadProblem {
    /// Nothing to pay.
    #[error("the batch has no payments")]
    Empty,
    /// More payments than PayPal takes at once.
    #[error("the batch has {0} payments, and PayPal takes at most {ITEMS_MAX}; send it in smaller parts")]
    TooMany(usize),
    /// The batch id would not be taken.
    #[error("the batch id {0:?} is not 1 to {BATCH_ID_BYTES_MAX} letters, digits, points, - or _")]
    BatchId(String),
    /// PayPal does not pay out in this currency.
    #[error("PayPal does not pay out in {0}")]
    Currency(Currency),
    /// The mail's words would not be taken.
    #[error("the {0} of PayPal's mail is not one line of plain ASCII of at most {1} characters")]
    MailText(&'static str, usize),
    /// The item id would not be taken.
    #[error("the item id {0:?} is not 1 to {ITEM_ID_BYTES_MAX} letters, digits, - or _")]
    ItemId(ItemId),
    /// Two payments have one id.
    #[error("the item id {0:?} stands twice in the batch")]
    ItemTwice(ItemId),
    /// The address would not be taken (R6.4).
    #[error("item {item}: {receiver:?} is not an address that PayPal takes (R6.4)")]
    Receiver {
        /// The item.
        item: ItemId,
        /// The address.
        receiver: String,
    },
    /// Zero or less is never paid.
    #[error("item {item}: {amount} is not an amount that can be paid")]
    NotPositive {
        /// The item.
        item: ItemId,
        /// The amount, in major units.
        amount: String,
    },
    /// Above the maximum that the policy allows (R6.6).
    #[error("item {item}: {amount} is above the payment maximum (R6.6)")]
    AboveMaximum {
        /// The item.
        item: ItemId,
        /// The amount, in major units.
        amount: String,
    },
    /// The note would not be taken, or not arrive as it is.
    #[error(
        "item {item}: the note is not one line of plain ASCII without quotes, of at most {NOTE_BYTES_MAX}"
    )]
    Note {
        /// The item.
        item: ItemId,
    },
    /// The sum left 64 bits.
    #[error("the sum of the batch overflows")]
    Total,
    /// Words that make PayPal's sandbox fail on purpose.
    #[error("{0} contains a trigger of PayPal's sandbox (ERRPYO or POSPYO); change the wording")]
    SandboxTrigger(String),
    /// Bytes from the store are not what this program made.
    #[error(
        "the stored request is not what this program would send for it; do not send it, and restore a backup"
    )]
    NotOurBytes,
}

/// All that keeps a batch from being sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayloadError(pub Vec<PayloadProblem>);

impl fmt::Display for PayloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&words.join("; "))
    }
}

impl std::error::Error for PayloadError {}

/// A checked batch: the bytes to be stored before the first of them leaves, and what they say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payload {
    bytes: Vec<u8>,
    request: PayoutRequest,
    total: Money,
}

impl Payload {
    /// Makes the bytes of a batch, or says everything that is wrong with it; `maximum` is R6.6's.
    ///
    /// # Errors
    /// Any limit of PayPal's or of the policy's that the batch does not keep.
    pub fn build(request: PayoutRequest, maximum: Money) -> Result<Self, PayloadError> {
        let mut problems = head_problems(&request);
        let mut seen = BTreeSet::new();
        for payment in &request.payments {
            payment_problems(payment, request.currency, maximum, &mut problems);
            if !seen.insert(&payment.item) {
                problems.push(PayloadProblem::ItemTwice(payment.item.clone()));
            }
        }
        let total = Money::sum(request.payments.iter().map(|payment| payment.amount));
        let total = total.map_err(|_| problems.push(PayloadProblem::Total)).unwrap_or_default();
        if !problems.is_empty() {
            return Err(PayloadError(problems));
        }
        let bytes = serde_json::to_vec(&Body::of(&request)).map_err(|_| not_ours())?;
        Ok(Self { bytes, request, total })
    }

    /// Reads bytes that were stored with an intent, to be sent again or compared with PayPal's listing.
    ///
    /// # Errors
    /// Bytes that are not exactly what `build` makes of their own content.
    pub fn reread(bytes: Vec<u8>) -> Result<Self, PayloadError> {
        let body: Body = serde_json::from_slice(&bytes).map_err(|_| not_ours())?;
        // The limit was judged when the intent was made; what was sent is sent again whatever the policy
        // says now.
        let again = Self::build(body.into_request().ok_or_else(not_ours)?, Money::from_minor(i64::MAX))?;
        if again.bytes == bytes { Ok(again) } else { Err(not_ours()) }
    }

    /// Returns the exact bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns the SHA-256 of the bytes in hexadecimal (R7.6).
    #[must_use]
    pub fn sha256(&self) -> String {
        Sha256::digest(&self.bytes).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Returns our id of the batch.
    #[must_use]
    pub fn sender_batch_id(&self) -> &str {
        &self.request.sender_batch_id
    }

    /// Returns the one currency of the batch.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.request.currency
    }

    /// Returns the sum of the payments, without fees.
    #[must_use]
    pub const fn total(&self) -> Money {
        self.total
    }

    /// Returns the payments as they will stand in PayPal's listing.
    #[must_use]
    pub fn sent(&self) -> Vec<Sent> {
        let of = |payment: &Payment| Sent {
            item: payment.item.clone(),
            receiver: payment.receiver.clone(),
            amount: payment.amount,
            currency: self.request.currency,
        };
        self.request.payments.iter().map(of).collect()
    }
}

fn not_ours() -> PayloadError {
    PayloadError(vec![PayloadProblem::NotOurBytes])
}

fn head_problems(request: &PayoutRequest) -> Vec<PayloadProblem> {
    let mut problems = Vec::new();
    let id = &request.sender_batch_id;
    if !is_name(id, BATCH_ID_BYTES_MAX, b"-_.") {
        problems.push(PayloadProblem::BatchId(id.clone()));
    }
    if !CURRENCIES.contains(&request.currency.code()) {
        problems.push(PayloadProblem::Currency(request.currency));
    }
    match request.payments.len() {
        0 => problems.push(PayloadProblem::Empty),
        count if count > ITEMS_MAX => problems.push(PayloadProblem::TooMany(count)),
        _ => {}
    }
    let mail = [
        ("subject", &request.email_subject, SUBJECT_BYTES_MAX),
        ("message", &request.email_message, MESSAGE_BYTES_MAX),
    ];
    for (what, text, bytes_max) in mail {
        let Some(text) = text else { continue };
        if !is_plain_line(text, bytes_max) {
            problems.push(PayloadProblem::MailText(what, bytes_max));
        }
        if triggers_sandbox(text) {
            problems.push(PayloadProblem::SandboxTrigger(format!("the {what} of PayPal's mail")));
        }
    }
    problems
}

fn payment_problems(
    payment: &Payment,
    currency: Currency,
    maximum: Money,
    problems: &mut Vec<PayloadProblem>,
) {
    let item = &payment.item;
    if !is_name(item.as_str(), ITEM_ID_BYTES_MAX, b"-_") {
        problems.push(PayloadProblem::ItemId(item.clone()));
    }
    if !is_payable_address(payment.receiver.as_str()) {
        let receiver = payment.receiver.as_str().to_owned();
        problems.push(PayloadProblem::Receiver { item: item.clone(), receiver });
    }
    let amount = payment.amount.major(currency);
    if !payment.amount.is_positive() {
        problems.push(PayloadProblem::NotPositive { item: item.clone(), amount });
    } else if payment.amount > maximum {
        problems.push(PayloadProblem::AboveMaximum { item: item.clone(), amount });
    }
    if !is_plain_line(&payment.note, NOTE_BYTES_MAX) {
        problems.push(PayloadProblem::Note { item: item.clone() });
    }
    if triggers_sandbox(&payment.note) {
        problems.push(PayloadProblem::SandboxTrigger(format!("the note of item {item}")));
    }
}

fn is_name(text: &str, bytes_max: usize, also: &[u8]) -> bool {
    (1..=bytes_max).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || also.contains(&byte))
}

/// SPEC's patterns refuse a newline, and quotes are undocumented in the upload file, whose notes are the
/// same.
fn is_plain_line(text: &str, bytes_max: usize) -> bool {
    text.len() <= bytes_max
        && text.bytes().all(|byte| (byte.is_ascii_graphic() || byte == b' ') && byte != b'"')
}

fn triggers_sandbox(text: &str) -> bool {
    let capitals = text.to_ascii_uppercase();
    SANDBOX_TRIGGERS.iter().any(|trigger| capitals.contains(trigger))
}

/// The request as PayPal's SPEC has it; the order of the fields is the order of the bytes.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    sender_batch_header: Header,
    items: Vec<BodyItem>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    sender_batch_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_message: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BodyItem {
    recipient_type: String,
    amount: Amount,
    note: String,
    sender_item_id: String,
    receiver: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Amount {
    currency: String,
    value: String,
}

impl Body {
    fn of(request: &PayoutRequest) -> Self {
        let item = |payment: &Payment| BodyItem {
            recipient_type: "EMAIL".to_owned(),
            amount: Amount {
                currency: request.currency.to_string(),
                value: payment.amount.major(request.currency),
            },
            note: payment.note.clone(),
            sender_item_id: payment.item.to_string(),
            receiver: payment.receiver.to_string(),
        };
        Self {
            sender_batch_header: Header {
                sender_batch_id: request.sender_batch_id.clone(),
                email_subject: request.email_subject.clone(),
                email_message: request.email_message.clone(),
            },
            items: request.payments.iter().map(item).collect(),
        }
    }

    /// Returns what the body says; `None` where an amount is no amount or the currencies differ.
    fn into_request(self) -> Option<PayoutRequest> {
        let currency: Currency = self.items.first()?.amount.currency.parse().ok()?;
        let payments = self
            .items
            .into_iter()
            .map(|item| {
                (item.amount.currency == currency.code()).then_some(())?;
                Some(Payment {
                    item: ItemId(item.sender_item_id),
                    receiver: Email::new(&item.receiver),
                    amount: Money::parse(&item.amount.value, currency).ok()?,
                    note: item.note,
                })
            })
            .collect::<Option<Vec<Payment>>>()?;
        let header = self.sender_batch_header;
        Some(PayoutRequest {
            sender_batch_id: header.sender_batch_id,
            currency,
            email_subject: header.email_subject,
            email_message: header.email_message,
            payments,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payment(item: &str, receiver: &str, minor: i64) -> Payment {
        Payment {
            item: item.into(),
            receiver: Email::new(receiver),
            amount: Money::from_minor(minor),
            note: "Commission of 2026-11-27".into(),
        }
    }

    fn request(payments: Vec<Payment>) -> PayoutRequest {
        PayoutRequest {
            sender_batch_id: "partners-sandbox-b1-2026-11-27-p1-a1".into(),
            currency: Currency::USD,
            email_subject: None,
            email_message: None,
            payments,
        }
    }

    const MAXIMUM: Money = Money::from_minor(2_000_000);

    #[test]
    fn the_bytes_are_exactly_these() {
        let payload =
            Payload::build(request(vec![payment("A-1", "a@example.com", 1010)]), MAXIMUM).expect("fit");
        let text = concat!(
            r#"{"sender_batch_header":{"sender_batch_id":"partners-sandbox-b1-2026-11-27-p1-a1"},"#,
            r#""items":[{"recipient_type":"EMAIL","amount":{"currency":"USD","value":"10.10"},"#,
            r#""note":"Commission of 2026-11-27","sender_item_id":"A-1","receiver":"a@example.com"}]}"#,
        );
        assert_eq!(String::from_utf8_lossy(payload.bytes()), text);
        assert_eq!(Payload::reread(text.as_bytes().to_vec()), Ok(payload));
    }

    #[test]
    fn stored_bytes_that_were_touched_are_refused() {
        let payload =
            Payload::build(request(vec![payment("A-1", "a@example.com", 1010)]), MAXIMUM).expect("fit");
        let text = String::from_utf8_lossy(payload.bytes()).into_owned();
        for touched in [
            text.replace("10.10", "10.1"),
            text.replace("\"items\"", " \"items\""),
            text.replace("\"note\"", "\"purpose\":\"GOODS\",\"note\""),
            text.replace("USD", "usd"),
            text.replace('}', ""),
            String::new(),
        ] {
            assert!(Payload::reread(touched.clone().into_bytes()).is_err(), "{touched}");
        }
    }

    #[test]
    fn every_limit_is_checked_and_all_are_said() {
        let long = "x".repeat(ITEM_ID_BYTES_MAX + 1);
        let bad = vec![
            payment(&long, "a@example.com", 1),
            payment("A 2", "nobody", 0),
            payment("A-3", "c@example.com", 2_000_001),
            payment("A-3", "c@example.com", -5),
            Payment { note: "two\nlines".into(), ..payment("A-5", "e@example.com", 1) },
            Payment { note: "see errpyo002".into(), ..payment("A-6", "f@example.com", 1) },
        ];
        let error = Payload::build(request(bad), MAXIMUM).expect_err("refused");
        assert_eq!(error.0.len(), 9, "{error}");
        let error = Payload::build(request(Vec::new()), MAXIMUM).expect_err("refused");
        assert_eq!(error.0, [PayloadProblem::Empty]);
    }
}
