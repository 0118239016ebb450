//! PayPal's Payouts API: the four calls and the sign-in, what is sent, and what the answers prove.
//!
//! Floor 4. It does not know the store: bytes, ids and outcomes go in and out, and the commands above decide
//! what to save before and after. Nothing is printed here, nothing is repeated here except one sign-in after
//! a 401, and the outcome of a request is a type that cannot be mistaken: what is not proved is `Unknown`.
//! Facts: PAYPAL.md.

mod client;
mod credentials;
mod endpoint;
mod outcomes;
mod payload;
pub mod reasons;
pub mod replies;
mod wire;

pub use client::{Client, PageSeen};
pub use credentials::{
    CLIENT_ID_VARIABLE, CredentialError, Credentials, SECRET_FILE_VARIABLE, SECRET_VARIABLE,
};
pub use endpoint::{ConnectError, Environment, Proxy, Settings, URL_VARIABLE};
pub use outcomes::{
    Answer, Attempt, CancelOutcome, CreateOutcome, Evidence, NotSent, ReadError, Refusal, WhyUnknown,
};
pub use payload::{BatchName, ITEMS_MAX, Payload, PayloadError, PayloadProblem, Payment, PayoutRequest};
pub use replies::{BatchId, BatchStatus, BatchWord, ItemReply, Listing, PayoutItemId};
