//! Every way in which a sending does not reach its end, with what a person needs to go on.
//!
//! Floor 5. The words are for finance; `cli::failure` gives each its exit code and its hint.

use thiserror::Error;

use crate::paypal::{NotSent, PayloadError, ReadError, Refusal};
use crate::store::StoreError;

/// Says why a run is not, or not wholly, where it was to go.
#[derive(Debug, Error)]
pub enum SendError {
    /// The store or a rule; nothing was sent.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The payments do not keep PayPal's limits; nothing was sent.
    #[error("run {run} cannot be sent: PayPal would not take it as it is; nothing was sent")]
    Unfit {
        /// The run.
        run: String,
        /// What is wrong.
        problems: PayloadError,
    },
    /// PayPal could not be reached; nothing left.
    #[error("{why}")]
    NotSent {
        /// Why.
        why: NotSent,
        /// The command that goes on.
        next: String,
    },
    /// PayPal refused, and proved that it created nothing.
    #[error("part {part} of run {run} was refused and nothing of it was paid: {refusal}")]
    Refused {
        /// The run.
        run: String,
        /// The part.
        part: u32,
        /// PayPal's words.
        refusal: Box<Refusal>,
        /// PayPal's name for the exchange.
        debug_id: Option<String>,
        /// The payments that PayPal names, as ours.
        named: Vec<Named>,
        /// Whether other parts have left.
        partly: bool,
        /// The command that goes on.
        next: String,
    },
    /// What may have left was sent again; what has not may no longer be paid.
    #[error(
        "the payments of run {run} that have not left are held back: they can no longer be paid as drafted (R7.3)"
    )]
    Held {
        /// The run.
        run: String,
        /// The items, and why.
        details: Vec<String>,
    },
    /// It is not known whether PayPal has a part.
    #[error("it is not known whether PayPal has part {part} of run {run}: {why}; nothing was given back")]
    Unknown {
        /// The run.
        run: String,
        /// The part.
        part: u32,
        /// Why.
        why: String,
        /// The command that goes on.
        next: String,
    },
    /// PayPal has another batch under our id.
    #[error(
        "PayPal's batch {batch} has the id of part {part} of run {run} and differs from what was sent; nothing was \
         changed"
    )]
    Differs {
        /// The run.
        run: String,
        /// The part.
        part: u32,
        /// PayPal's id.
        batch: String,
        /// In what.
        details: Vec<String>,
    },
    /// Too much time has gone by, or nobody knows how much, to send again.
    #[error("part {part} of run {run} is not sent again: {why}; nothing was sent")]
    TooLate {
        /// The run.
        run: String,
        /// The part.
        part: u32,
        /// Why.
        why: String,
        /// What a person is to look up at PayPal.
        look_up: Vec<String>,
    },
    /// PayPal could not be asked; asking changes nothing.
    #[error("run {run}: {why}")]
    Unread {
        /// The run.
        run: String,
        /// Why.
        why: Box<ReadError>,
    },
}

/// A payment of ours that PayPal finds fault with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The payment.
    pub item: String,
    /// Its partner.
    pub partner: String,
    /// Its address.
    pub receiver: String,
    /// Whether the address is at fault.
    pub receiver_at_fault: bool,
    /// PayPal's words.
    pub issue: String,
}
