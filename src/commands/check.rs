//! `check`: proves R7.7 and everything else the books rely on, and names what does not hold.
//!
//! Floor 5. The store proves what it keeps; what a run's file must be is known up here.

use std::path::Path;

use crate::commands::payout::RunView;
use crate::commands::payout::file::file_sha256;
use crate::dates::Now;
use crate::store::{Finding, Reader, StoreError, examine};

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
    if let Err(error) = files(&Reader::open_noting(path)?, &mut findings)
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
