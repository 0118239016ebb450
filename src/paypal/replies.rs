//! Reading PayPal's answers: lenient in what does not matter, strict in ids, amounts and statuses.
//!
//! Floor 4, no I/O. Fields we do not know are ignored, fields that may be absent are; a word we do not know
//! is kept as it stands; an id that could not be PayPal's is none (promise 12). No answer, however odd,
//! makes this panic. Shapes: PayPal's `OpenAPI` file 1.9 and what has been seen on the wire (PAYPAL.md §1.3
//! to §2).

use std::fmt;
use std::str::FromStr;

use serde_json::Value;

use crate::ids::{Email, ItemId};
use crate::reconcile::{Listed, Quoted, Status};
use crate::text::shown;
use crate::words;

/// Characters of an id of PayPal's (SPEC `payout_batch_id`, `payout_item_id`, `transaction_id`).
const ID_CHARACTERS_MAX: usize = 30;
/// Characters kept of a sentence of PayPal's.
const SENTENCE_CHARACTERS_MAX: usize = 300;
/// Characters kept of a word of PayPal's.
const WORD_CHARACTERS_MAX: usize = 100;
/// Details kept of one refusal; a request has at most 15,000 payments at fault.
const DETAILS_MAX: usize = 100;
/// Bytes of a token; PayPal's have about 100.
const TOKEN_BYTES_MAX: usize = 4_096;

/// Returns whether a text can be an id of PayPal's, and so a part of an address.
fn is_id(text: &str) -> bool {
    (1..=ID_CHARACTERS_MAX).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

macro_rules! paypal_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// Takes an id of 1 to 30 letters, digits and hyphens; anything else is none.
            #[must_use]
            pub fn new(text: &str) -> Option<Self> {
                is_id(text).then(|| Self(text.to_owned()))
            }

            /// Returns the id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}

paypal_id!(
    /// PayPal's id of a batch, its `payout_batch_id`.
    BatchId
);
paypal_id!(
    /// PayPal's id of one payment, its `payout_item_id`.
    PayoutItemId
);

words!(
    /// A batch's status as PayPal names it, in lower case (PAYPAL.md §1.7); the payments decide, never this.
    BatchWord, "PayPal batch status" {
        /// Turned down as a whole; its id is free again.
        Denied = "denied",
        /// Received.
        Pending = "pending",
        /// Being worked on.
        Processing = "processing",
        /// Worked through; says nothing about any one payment.
        Success = "success",
        /// Cancelled in PayPal's portal.
        Canceled = "canceled",
    }
);

/// What PayPal says of a batch as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BatchStatus {
    /// A word with a meaning.
    Known(BatchWord),
    /// Any other, verbatim: not final.
    Unknown(String),
}

impl BatchStatus {
    fn read(text: Option<&str>) -> Self {
        let word = text.unwrap_or_default();
        BatchWord::from_str(word).map_or_else(|_| Self::Unknown(cut(word, WORD_CHARACTERS_MAX)), Self::Known)
    }
}

impl fmt::Display for BatchStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(word) => f.write_str(&word.as_str().to_ascii_uppercase()),
            Self::Unknown(word) => write!(f, "{word:?}"),
        }
    }
}

/// One thing that PayPal found wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// Where, such as `items[3].receiver`.
    pub field: String,
    /// What.
    pub issue: String,
    /// The batch that PayPal points to.
    pub batch: Option<BatchId>,
}

/// PayPal's own words for a request that it did not carry out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// PayPal's name for it, in capitals.
    pub name: String,
    /// A sentence.
    pub message: String,
    /// PayPal's name for the exchange.
    pub debug_id: Option<String>,
    /// What is wrong, one by one.
    pub details: Vec<Detail>,
}

/// The field by which PayPal says that a batch id was used before.
const BATCH_ID_FIELD: &str = "SENDER_BATCH_ID";

impl Problem {
    /// Reads an error's body; `None` if it is not one of PayPal's.
    #[must_use]
    pub fn read(body: &Value) -> Option<Self> {
        // The sign-in answers in OAuth's words: error and error_description.
        let name = text(body, "name").or_else(|| text(body, "error")).filter(|name| !name.is_empty())?;
        let message = text(body, "message").or_else(|| text(body, "error_description"));
        let details = match body.get("details") {
            Some(Value::Array(details)) => details.iter().take(DETAILS_MAX).map(detail).collect(),
            Some(one @ Value::Object(_)) => vec![detail(one)],
            _ => Vec::new(),
        };
        Some(Self {
            name: plain(name, WORD_CHARACTERS_MAX),
            message: plain(message.unwrap_or_default(), SENTENCE_CHARACTERS_MAX),
            debug_id: text(body, "debug_id").and_then(debug_id),
            details,
        })
    }

    /// Returns whether the problem is that PayPal has had this batch id before. In doubt it is: taking a
    /// batch that exists for a refusal would pay it twice.
    #[must_use]
    pub fn says_already_exists(&self) -> bool {
        let says = |text: &str| {
            let lower = text.to_ascii_lowercase();
            lower.contains("already exists") || lower.contains("duplicate batch")
        };
        self.name.to_ascii_uppercase().contains("DUPLICATE")
            || says(&self.message)
            || self.details.iter().any(|detail| {
                says(&detail.issue)
                    || (detail.field.eq_ignore_ascii_case(BATCH_ID_FIELD) && self.is_business())
            })
    }

    /// Returns the batch that has the id, if PayPal points to exactly one.
    #[must_use]
    pub fn existing_batch(&self) -> Option<BatchId> {
        let mut named = self.details.iter().filter_map(|detail| detail.batch.as_ref());
        let first = named.next()?;
        named.all(|other| other == first).then(|| first.clone())
    }

    /// Returns whether the name is the one that PayPal uses for a repeated id among other things.
    #[must_use]
    pub fn is_business(&self) -> bool {
        self.name.eq_ignore_ascii_case("USER_BUSINESS_ERROR")
    }
}

fn detail(detail: &Value) -> Detail {
    let links = ["link", "links"].into_iter().filter_map(|key| detail.get(key));
    let mut batches = links.flat_map(|links| match links {
        Value::Array(links) => links.iter().filter_map(linked_batch).collect(),
        one => linked_batch(one).into_iter().collect::<Vec<_>>(),
    });
    Detail {
        field: plain(text(detail, "field").unwrap_or_default(), WORD_CHARACTERS_MAX),
        issue: plain(
            text(detail, "issue").or_else(|| text(detail, "description")).unwrap_or_default(),
            SENTENCE_CHARACTERS_MAX,
        ),
        batch: batches.next(),
    }
}

/// Takes the batch id from the end of a link; its host is an old one and nobody follows it (PAYPAL.md §1.1).
fn linked_batch(link: &Value) -> Option<BatchId> {
    let (_, path) = text(link, "href")?.split_once("/v1/payments/payouts/")?;
    BatchId::new(path.split(['?', '#']).next()?)
}

/// What PayPal says when it takes a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatedReply {
    /// PayPal's id of the batch.
    pub batch: BatchId,
    /// Usually `PENDING`.
    pub status: BatchStatus,
    /// Our id, where PayPal repeats it.
    pub sender_batch_id: Option<String>,
}

impl CreatedReply {
    /// Reads the answer to a new batch.
    ///
    /// # Errors
    /// No id that could be PayPal's.
    pub fn read(body: &Value) -> Result<Self, String> {
        let header = body.get("batch_header").ok_or("it has no batch_header")?;
        let id = text(header, "payout_batch_id").ok_or("it names no payout_batch_id")?;
        let batch = BatchId::new(id).ok_or("its payout_batch_id is not one of PayPal's")?;
        Ok(Self {
            batch,
            status: BatchStatus::read(text(header, "batch_status")),
            sender_batch_id: sender_batch_id(header),
        })
    }
}

/// One payment as PayPal shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemReply {
    /// PayPal's id of the payment.
    pub payout_item: Option<PayoutItemId>,
    /// The batch it belongs to.
    pub batch: Option<BatchId>,
    /// Our id of the batch, where PayPal repeats it.
    pub sender_batch_id: Option<String>,
    /// What it says, as it is compared with what we sent.
    pub listed: Listed,
}

impl ItemReply {
    /// Reads one payment.
    ///
    /// # Errors
    /// Something that is not a payment at all.
    pub fn read(item: &Value) -> Result<Self, String> {
        let sent =
            item.get("payout_item").filter(|sent| sent.is_object()).ok_or("an item has no payout_item")?;
        let payout_item = text(item, "payout_item_id").and_then(PayoutItemId::new);
        Ok(Self {
            batch: text(item, "payout_batch_id").and_then(BatchId::new),
            sender_batch_id: text(item, "sender_batch_id").map(|id| cut(id, SENTENCE_CHARACTERS_MAX)),
            listed: Listed {
                item: text(sent, "sender_item_id").filter(|id| !id.is_empty()).map(ItemId::from),
                receiver: Email::new(text(sent, "receiver").unwrap_or_default()),
                amount: sent.get("amount").and_then(quoted).unwrap_or_else(no_amount),
                status: status(item),
                reason: item.get("errors").and_then(reason),
                fee: item.get("payout_item_fee").and_then(quoted),
                transaction_id: text(item, "transaction_id").filter(|id| is_id(id)).map(str::to_owned),
                payout_item_id: payout_item.as_ref().map(ToString::to_string),
                processed_at: text(item, "time_processed").map(|at| plain(at, WORD_CHARACTERS_MAX)),
            },
            payout_item,
        })
    }
}

/// Reads a status; one that is not even a text is no status we know.
fn status(item: &Value) -> Status {
    match item.get("transaction_status") {
        None | Some(Value::Null) => Status::Absent,
        Some(Value::String(word)) => Status::read(Some(&cut(word, WORD_CHARACTERS_MAX))),
        Some(other) => Status::Unknown(cut(&other.to_string(), WORD_CHARACTERS_MAX)),
    }
}

/// Reads the name of an item's error, which comes as an object and might come as a list of them.
fn reason(errors: &Value) -> Option<String> {
    let error = match errors {
        Value::Array(errors) => errors.first()?,
        one => one,
    };
    text(error, "name").filter(|name| !name.is_empty()).map(|name| plain(name, WORD_CHARACTERS_MAX))
}

/// One page of a batch's listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The batch as a whole.
    pub listing: Listing,
    /// How many payments all pages have, where PayPal says so.
    pub total_items: Option<u64>,
    /// How many pages there are, where PayPal says so.
    pub total_pages: Option<u64>,
}

/// A batch and its payments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// PayPal's id of the batch.
    pub batch: BatchId,
    /// Our id, where PayPal repeats it.
    pub sender_batch_id: Option<String>,
    /// The batch's status, from which no payment's is ever inferred.
    pub status: BatchStatus,
    /// The sum of the payments, as PayPal says.
    pub amount: Option<Quoted>,
    /// The sum of the fees, as PayPal says.
    pub fees: Option<Quoted>,
    /// When PayPal took it, verbatim.
    pub created_at: Option<String>,
    /// When PayPal was through with it, verbatim.
    pub completed_at: Option<String>,
    /// The payments, of all pages.
    pub items: Vec<ItemReply>,
    /// PayPal's name for the exchange.
    pub debug_id: Option<String>,
}

impl Page {
    /// Reads one page of a batch's listing.
    ///
    /// # Errors
    /// No batch id, no list of items, or an item that is none.
    pub fn read(body: &Value) -> Result<Self, String> {
        let created = CreatedReply::read(body)?;
        let header = body.get("batch_header").ok_or("it has no batch_header")?;
        let items = body.get("items").and_then(Value::as_array).ok_or("it has no list of items")?;
        let time = |key| text(header, key).map(|at| plain(at, WORD_CHARACTERS_MAX));
        Ok(Self {
            listing: Listing {
                batch: created.batch,
                sender_batch_id: created.sender_batch_id,
                status: created.status,
                amount: header.get("amount").and_then(quoted),
                fees: header.get("fees").and_then(quoted),
                created_at: time("time_created"),
                completed_at: time("time_completed"),
                items: items.iter().map(ItemReply::read).collect::<Result<_, _>>()?,
                debug_id: None,
            },
            total_items: body.get("total_items").and_then(Value::as_u64),
            total_pages: body.get("total_pages").and_then(Value::as_u64),
        })
    }
}

/// Returns the token of a sign-in; visible ASCII only, so that it can stand in a header.
#[must_use]
pub fn token(body: &Value) -> Option<&str> {
    let token = text(body, "access_token")?;
    let fit =
        (1..=TOKEN_BYTES_MAX).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_graphic());
    fit.then_some(token)
}

/// Returns PayPal's name for an exchange, if it is a word.
#[must_use]
pub fn debug_id(text: &str) -> Option<String> {
    let fit =
        (1..=WORD_CHARACTERS_MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
    fit.then(|| text.to_owned())
}

fn sender_batch_id(header: &Value) -> Option<String> {
    let id = text(header.get("sender_batch_header")?, "sender_batch_id")?;
    Some(cut(id, SENTENCE_CHARACTERS_MAX))
}

/// Reads an amount; PayPal writes both parts as text, and a JSON number would have gone through a float.
fn quoted(amount: &Value) -> Option<Quoted> {
    Some(Quoted {
        value: cut(text(amount, "value")?, WORD_CHARACTERS_MAX),
        currency: cut(text(amount, "currency")?, WORD_CHARACTERS_MAX),
    })
}

const fn no_amount() -> Quoted {
    Quoted { value: String::new(), currency: String::new() }
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str)
}

fn cut(text: &str, characters_max: usize) -> String {
    text.chars().take(characters_max).collect()
}

/// Makes a sentence of PayPal's safe to show: it reaches terminals and logs.
fn plain(text: &str, characters_max: usize) -> String {
    shown(&cut(text, characters_max)).into_owned()
}
