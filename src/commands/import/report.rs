//! What an import did, file by file, in the shape of CONTRACT.md.
//!
//! Floor 5.

use serde_json::{Value, json};

use super::Ask;
use crate::import::tally::{Sum, Tally};
use crate::import::{Kind, SetAside};
use crate::money::{Currency, Money, MoneyError};
use crate::store::PastImport;

/// What became of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileReport {
    /// As given.
    pub file: String,
    /// Of its bytes.
    pub sha256: String,
    /// What became of its rows.
    pub tally: Tally,
    /// The earlier import of the very same bytes, for which it was passed over.
    pub skipped: Option<PastImport>,
}

/// What became of all files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportReport {
    /// What they hold.
    pub kind: Kind,
    /// The programme's currency, in which the sums are.
    pub currency: Currency,
    /// In the order in which they were taken in.
    pub files: Vec<FileReport>,
    /// Whether nothing was saved.
    pub dry_run: bool,
}

impl ImportReport {
    pub(super) fn new(ask: &Ask<'_>, currency: Currency) -> Self {
        Self { kind: ask.kind, currency, files: Vec::new(), dry_run: ask.dry_run }
    }

    /// Notes a file whose bytes were imported before: all of its rows are seen.
    pub(super) fn skip(&mut self, file: String, past: PastImport) {
        let tally = Tally {
            rows: past.rows,
            seen: past.rows,
            unclassified: Sum { rows: past.unclassified, amount: Money::ZERO },
            ..Tally::default()
        };
        self.files.push(FileReport { file, sha256: past.sha256.clone(), tally, skipped: Some(past) });
    }

    /// Returns every row that was set aside, with its file.
    pub fn set_aside(&self) -> impl Iterator<Item = (&str, &SetAside)> {
        self.files.iter().flat_map(|file| file.tally.set_aside.iter().map(|row| (file.file.as_str(), row)))
    }

    /// Returns whether something needs a person: exit 3.
    #[must_use]
    pub fn needs_person(&self) -> bool {
        self.files.iter().any(|file| file.tally.needs_person())
    }

    /// Adds up one sum over all files.
    ///
    /// # Errors
    /// Overflow.
    pub fn sum(&self, of: impl Fn(&Tally) -> Sum) -> Result<Sum, MoneyError> {
        self.files.iter().map(|file| of(&file.tally)).try_fold(Sum::default(), |total, sum| {
            Ok(Sum { rows: total.rows.saturating_add(sum.rows), amount: total.amount.plus(sum.amount)? })
        })
    }

    /// Writes `partners/import/1`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let files: Vec<Value> = self
            .files
            .iter()
            .map(|file| {
                let tally = &file.tally;
                json!({
                    "file": file.file,
                    "sha256": file.sha256,
                    "rows": tally.rows,
                    "new": tally.new.rows,
                    "updated": tally.updated.rows,
                    "seen": tally.seen,
                    "stale": tally.stale,
                    "reversed": tally.reversed.rows,
                    "set_aside": tally.set_aside.len(),
                    "unclassified": tally.unclassified.rows,
                })
            })
            .collect();
        let set_aside: Vec<Value> = self
            .set_aside()
            .map(|(file, row)| {
                json!({
                    "file": file,
                    "line": row.line,
                    "column": row.column,
                    "value": row.value,
                    "reason": row.reason,
                })
            })
            .collect();
        json!({
            "schema": "partners/import/1",
            "kind": self.kind.as_str(),
            "files": files,
            "set_aside": set_aside,
            "dry_run": self.dry_run,
        })
    }
}
