//! `payout`: the weekly run from draft to settled (R7).
//!
//! Floor 5. Each verb opens its own writer, plans from the facts of the run's date and applies exactly that plan.

pub mod create;
pub mod file;
pub mod outcome;
pub mod step;

use crate::store::{Item, Reader, Run, RunLine, StoreError};

/// A run with everything in it: what `partners/run/1` shows.
#[derive(Debug, Clone)]
pub struct RunView {
    /// The run.
    pub run: Run,
    /// Its payments.
    pub items: Vec<Item>,
    /// Its lines, those of items and those written off.
    pub lines: Vec<RunLine>,
    /// PayPal's ids of its batches.
    pub batch_ids: Vec<String>,
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
        let batch_ids = reader.batch_ids(run.no)?;
        Ok(Self { run, items, lines, batch_ids })
    }
}
