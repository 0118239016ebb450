//! Points at which a debug build dies when a test asks for it, and the fault that proves that the tests can see one.
//!
//! Floor 5. A release build contains none of it: there a `Trial` is nothing and does nothing. What a test asks for is
//! read at the program's door (`cli::settings`) and handed down.

use crate::paypal::Payload;

/// What a test asks of this call of the program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trial {
    #[cfg(debug_assertions)]
    crash_at: Option<String>,
    #[cfg(debug_assertions)]
    random_batch_ids: bool,
    #[cfg(debug_assertions)]
    plays_live: bool,
}

#[cfg(debug_assertions)]
impl Trial {
    /// Takes a test's wishes: a point to die at, and whether batches leave under ids that nobody can repeat.
    #[must_use]
    pub const fn new(crash_at: Option<String>, random_batch_ids: bool) -> Self {
        Self { crash_at, random_batch_ids, plays_live: false }
    }

    /// Lets another address on this machine stand in for the live PayPal, if the test asks for it.
    #[must_use]
    pub fn playing_live(self, plays_live: bool) -> Self {
        Self { plays_live, ..self }
    }

    /// Returns whether another address may stand in for the live PayPal.
    #[must_use]
    pub const fn plays_live(&self) -> bool {
        self.plays_live
    }

    /// Dies here as if killed, if this is the point.
    #[expect(clippy::disallowed_methods, reason = "a test asks for a death without any clearing up")]
    pub fn point(&self, name: &str) {
        if self.crash_at.as_deref() == Some(name) {
            std::process::abort();
        }
    }

    /// Gives a batch an id that no other attempt has, if the test asks for it: the mistake that pays twice.
    #[must_use]
    pub fn disguised(&self, payload: Payload) -> Payload {
        use std::hash::{BuildHasher, Hasher, RandomState};
        if !self.random_batch_ids {
            return payload;
        }
        let id = payload.sender_batch_id();
        let other = format!("{id}-{:x}", RandomState::new().build_hasher().finish());
        let bytes = String::from_utf8_lossy(payload.bytes()).replacen(id, &other, 1);
        Payload::reread(bytes.into_bytes()).unwrap_or(payload)
    }
}

#[cfg(not(debug_assertions))]
impl Trial {
    /// Returns that nothing stands in for the live PayPal.
    #[must_use]
    pub const fn plays_live(&self) -> bool {
        false
    }

    /// Does nothing.
    pub const fn point(&self, _name: &str) {}

    /// Returns the batch as it is.
    #[must_use]
    pub fn disguised(&self, payload: Payload) -> Payload {
        payload
    }
}
