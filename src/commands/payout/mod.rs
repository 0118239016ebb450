//! `payout`: the weekly run from draft to settled (R7).
//!
//! Floor 5. Each verb opens its own writer, plans from the facts of the run's date and applies exactly that plan. The
//! verbs that speak to PayPal keep the lock all the way and have no transaction open while they wait for an answer.

pub mod cancel_item;
pub mod create;
pub mod ending;
pub mod file;
pub mod intent;
pub mod listing;
pub mod outcome;
pub mod reconcile;
pub mod resume;
pub mod sending;
pub mod step;
pub mod submit;
pub mod sync;

use crate::dates::{Day, Zone, parse_day};
use crate::paypal::Environment;
use crate::reconcile::unclaimed_until;
use crate::run::ItemState;
use crate::store::{Batch, BatchState, Item, Reader, Run, RunLine, StoreError};

/// A run with everything in it: what `partners/run/1` shows.
#[derive(Debug, Clone)]
pub struct RunView {
    /// The run.
    pub run: Run,
    /// Its payments.
    pub items: Vec<Item>,
    /// Its lines, those of items and those written off.
    pub lines: Vec<RunLine>,
    /// Its batches at PayPal, refused ones included.
    pub batches: Vec<Batch>,
    /// The head of the audit trail: the number of its last row, and that row's hash (PROMISES 23).
    pub audit_head: Option<(i64, String)>,
    /// The zone in which PayPal's moments are dates (R1.1).
    pub zone: Zone,
    /// Which PayPal the books belong to, or were last meant for; none before their first submission.
    pub world: Option<Environment>,
}

impl RunView {
    /// Reads a run whole.
    ///
    /// # Errors
    /// No such run.
    pub fn load(reader: &Reader, name: &str) -> Result<Self, StoreError> {
        let run = reader.run(name)?;
        let items = reader.items(run.no)?;
        let lines = reader.run_lines(run.no)?;
        let batches = reader.batches(run.no)?;
        let zone = reader.policy(run.date).timezone.clone();
        let audit_head = reader.audit_head()?;
        let world = intent::environment(reader)?;
        Ok(Self { run, items, lines, batches, audit_head, zone, world })
    }

    /// Returns the batch of each part that counts: the one that was not refused, else the last.
    #[must_use]
    pub fn parts(&self) -> Vec<&Batch> {
        let mut parts: Vec<&Batch> = Vec::new();
        for batch in &self.batches {
            match parts.last_mut() {
                Some(last) if last.part == batch.part => *last = batch,
                _ => parts.push(batch),
            }
        }
        parts
    }

    /// Returns since when an unclaimed payment waits for its payee, and when PayPal sends it back.
    #[must_use]
    pub fn unclaimed(&self, item: &Item) -> Option<(Day, Day)> {
        if item.state != ItemState::Unclaimed {
            return None;
        }
        let said = item.processed_at.as_deref().and_then(|at| parse_day(at, &self.zone).ok());
        let since = said.unwrap_or(item.state_on);
        Some((since, unclaimed_until(since)))
    }

    /// Returns whether PayPal may have any of the run's money: a batch was accepted, or its outcome is unknown.
    #[must_use]
    pub fn may_be_at_paypal(&self) -> bool {
        self.batches.iter().any(|batch| match batch.state {
            BatchState::Sending | BatchState::Unknown | BatchState::Accepted => true,
            BatchState::Intended | BatchState::Refused => false,
        })
    }
}

/// Returns the note that each payee reads; plain words, which no spreadsheet takes for a formula.
#[must_use]
pub fn payee_note(run: &Run) -> String {
    format!("Partner commission {}", run.date)
}
