//! `check`: proves R7.7 and everything else the books rely on, and names what does not hold.
//!
//! Floor 5. The store proves what it keeps; what a run's file must be is known up here.

use std::collections::BTreeMap;
use std::path::Path;

use crate::commands::payout::RunView;
use crate::commands::payout::file::file_sha256;
use crate::commands::payout::intent::stored_payload;
use crate::dates::Now;
use crate::ids::ItemId;
use crate::run::{Channel, ItemState};
use crate::store::{BatchState, Finding, Reader, StoreError, examine};

/// What `check` found; nothing, when all is well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What does not hold, by invariant.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Returns whether everything holds.
    #[must_use]
    pub fn ok(&self) -> bool {
        self.findings.is_empty()
    }
}

/// Checks the whole database, reading on where it is damaged.
///
/// # Errors
/// A file that cannot even be opened as a database of ours.
pub fn check(path: &Path, now: Now) -> Result<Report, StoreError> {
    let mut findings = examine(path, now)?;
    // A file that is damaged below the rows has said so; what its files would be is of no more use.
    let reader = Reader::open_noting(path)?;
    if let Err(error) = files(&reader, &mut findings).and_then(|()| batches(&reader, &mut findings))
        && findings.is_empty()
    {
        findings.push(Finding {
            invariant: "file_hash",
            subject: "database".to_owned(),
            expected: "readable".to_owned(),
            found: error.to_string(),
        });
    }
    Ok(Report { findings })
}

/// A run that left by file still gives the bytes that left (R7.6).
fn files(reader: &Reader, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
    for run in reader.runs(false)? {
        let Some(expected) = run.file_sha256.clone() else { continue };
        let view = RunView::load(reader, run.name.as_str())?;
        let found = file_sha256(&view).unwrap_or_else(|error| error.to_string());
        if found != expected {
            let subject = format!("run {}", run.name);
            findings.push(Finding { invariant: "file_hash", subject, expected, found });
        }
    }
    Ok(())
}

/// What PayPal was sent is what the run says, and what PayPal has is every payment of the run once (R7.6).
fn batches(reader: &Reader, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
    for run in reader.runs(false)?.into_iter().filter(|run| run.channel == Some(Channel::Api)) {
        let view = RunView::load(reader, run.name.as_str())?;
        let mut accepted: BTreeMap<ItemId, usize> = BTreeMap::new();
        for batch in &view.batches {
            match stored_payload(reader, &view, batch) {
                Ok(payload) if batch.state == BatchState::Accepted => {
                    for sent in payload.sent() {
                        let count = accepted.entry(sent.item).or_default();
                        *count = count.saturating_add(1);
                    }
                }
                Ok(_) => {}
                Err(error) => findings.push(Finding {
                    invariant: "batches",
                    subject: format!("batch {}", batch.sender_batch_id),
                    expected: "the request that the run says".to_owned(),
                    found: error.to_string(),
                }),
            }
        }
        for item in &view.items {
            let left = !matches!(item.state, ItemState::Planned | ItemState::Cancelled);
            let count = accepted.get(&item.id).copied().unwrap_or(0);
            if count != usize::from(left) {
                findings.push(Finding {
                    invariant: "batches",
                    subject: format!("item {}", item.id),
                    expected: format!("in {} batch that PayPal has", usize::from(left)),
                    found: format!("in {count}"),
                });
            }
        }
    }
    Ok(())
}
