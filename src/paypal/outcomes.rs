//! What a request to PayPal has led to: types that say what is proved, and no more.
//!
//! Floor 4. Only a readable refusal of a first attempt proves that nothing was created. Whatever else may
//! have been lost, garbled or repeated is `Unknown`, and the one way out of that is to send the same bytes
//! again (promise 3).

use std::fmt;
use std::time::Duration;

use thiserror::Error;

use super::reasons::{self, Reason};
use super::replies::{BatchId, BatchStatus, Detail, ItemReply, Problem};

/// Whether the same bytes may have reached PayPal before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// They never left: a refusal proves that nothing was created.
    First,
    /// They may have: a refusal proves nothing about what happened before.
    Again,
}

/// What is kept of an exchange as proof and for PayPal's support (R7.6); it never holds a secret or a token.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// The HTTP status.
    pub http: Option<u16>,
    /// PayPal's name for the exchange, to be given to its support.
    pub debug_id: Option<String>,
    /// The answer's JSON.
    pub body: Option<String>,
}

/// An outcome and its proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer<T> {
    /// What has happened.
    pub outcome: T,
    /// What PayPal said.
    pub evidence: Evidence,
}

/// What came of sending a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CreateOutcome {
    /// PayPal has the batch; what becomes of its payments is asked later, one by one.
    Accepted {
        /// PayPal's id of it.
        batch: BatchId,
        /// Usually `PENDING`.
        status: BatchStatus,
    },
    /// PayPal has had a batch of this id before: compare every payment before adopting it.
    AlreadyExists {
        /// PayPal's id of it, where its answer says so.
        batch: Option<BatchId>,
    },
    /// PayPal proves that nothing was created.
    Refused(Refusal),
    /// PayPal is too busy; the same bytes again, as a repeated attempt, after the wait.
    RateLimited {
        /// How long PayPal asks to wait.
        wait: Option<Duration>,
    },
    /// Nothing left this machine, or only the request for a token did.
    NotSent(NotSent),
    /// It may or may not have been created.
    Unknown(WhyUnknown),
}

/// Why nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotSent {
    /// No connection came about.
    #[error("PayPal cannot be reached ({0}); nothing was sent: try again later")]
    Unreachable(String),
    /// PayPal gave no token.
    #[error("PayPal did not let us in ({0}); nothing was sent: check the client id, the secret and --live")]
    SignIn(String),
    /// PayPal gave no token for now.
    #[error("PayPal is too busy to let us in; nothing was sent: try again later")]
    RateLimited(Option<Duration>),
}

/// A refusal that PayPal gave in its own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub http: u16,
    /// What PayPal says; its details name the payments at fault.
    pub problem: Problem,
}

impl Refusal {
    /// Returns what the refusal means and who must do what, in our words.
    #[must_use]
    pub fn remedy(&self) -> &'static Reason {
        reasons::refusal(self.http, &self.problem.name)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PayPal answered {} {}", self.http, self.problem.name)?;
        if !self.problem.message.is_empty() {
            write!(f, " ({})", self.problem.message)?;
        }
        for Detail { field, issue, .. } in &self.problem.details {
            write!(f, "; {field}: {issue}")?;
        }
        Ok(())
    }
}

/// Why it is not known whether PayPal has done what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WhyUnknown {
    /// The connection broke, or the time was over, after the request had left.
    #[error("the answer was lost after the request had left: {0}")]
    Lost(String),
    /// PayPal stumbled (5xx), which does not tell before or after.
    #[error("PayPal answered {0}, which does not say whether it took the request")]
    Stumbled(u16),
    /// The answer is not one that PayPal gives.
    #[error("PayPal's answer ({http}) cannot be understood: {why}")]
    Unreadable {
        /// The HTTP status.
        http: u16,
        /// What is wrong with it.
        why: String,
    },
    /// PayPal is still at work on the same request, or sees a conflict with it.
    #[error("{0}; the same request may be in progress")]
    InProgress(Refusal),
    /// A repeated request was refused, which says nothing about the one before.
    #[error("{0}; that was to a repeated request and does not say what became of the first")]
    RefusedAgain(Refusal),
}

/// What came of cancelling an unclaimed payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CancelOutcome {
    /// It is on its way back: its status is RETURNED.
    Cancelled(Box<ItemReply>),
    /// Somebody cancelled it before; read the item.
    AlreadyCancelled,
    /// It is not unclaimed, or no longer; read the item.
    NotUnclaimed,
    /// The batch is still being processed; try again later.
    TooEarly,
    /// PayPal does not cancel it.
    Refused(Refusal),
    /// PayPal is too busy.
    RateLimited {
        /// How long PayPal asks to wait.
        wait: Option<Duration>,
    },
    /// Nothing was sent.
    NotSent(NotSent),
    /// It may or may not have been cancelled; read the item.
    Unknown(WhyUnknown),
}

/// Why something could not be read from PayPal; reading changes nothing there.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// No connection, or no token.
    #[error(transparent)]
    NotSent(#[from] NotSent),
    /// PayPal does not know the id.
    #[error("PayPal does not know {0}; is it of the sandbox or of another account?")]
    NotFound(String),
    /// PayPal is too busy.
    #[error("PayPal is too busy; try again later")]
    RateLimited(Option<Duration>),
    /// PayPal refuses to show it.
    #[error("{0}")]
    Refused(Refusal),
    /// The answer was lost or cannot be understood.
    #[error("PayPal's answer is of no use ({0}); try again later")]
    Unusable(String),
    /// The pages of a listing contradict each other, however often they are read.
    #[error("the pages of PayPal's listing contradict each other ({0}); try again later")]
    Inconsistent(String),
}
