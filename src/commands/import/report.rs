//! What an import did, file by file, in the shape of CONTRACT.md.
//!
//! Floor 5.

use serde_json::{Value, json};

use super::Ask;
use super::folder::LeftOut;
use crate::import::tally::{Sum, Tally};
use crate::import::{Kind, SetAside};
use crate::money::{Currency, Money, MoneyError};
use crate::store::PastImport;

/// Returns every row of a file that was not taken, or not wholly, in the order of their lines.
pub(super) fn by_line(tally: &Tally) -> Vec<&SetAside> {
    let mut rows: Vec<&SetAside> = tally.set_aside.iter().chain(&tally.excess).collect();
    rows.sort_by_key(|row| row.line);
    rows
}

/// What became of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileReport {
    /// As given.
    pub file: String,
    /// Of its bytes.
    pub sha256: String,
    /// The stamp of the profile that read it.
    pub profile: Option<String>,
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
    /// What lies in a folder and was not taken, by name.
    pub left_out: Vec<LeftOut>,
    /// Whether nothing was saved.
    pub dry_run: bool,
}

impl ImportReport {
    pub(super) fn new(ask: &Ask<'_>, currency: Currency) -> Self {
        Self { kind: ask.kind, currency, files: Vec::new(), left_out: Vec::new(), dry_run: ask.dry_run }
    }

    /// Notes a file whose bytes were imported before: all of its rows are seen.
    pub(super) fn skip(&mut self, file: String, past: PastImport) {
        let tally = Tally {
            rows: past.rows,
            seen: past.rows,
            unclassified: Sum { rows: past.unclassified, amount: Money::ZERO },
            ..Tally::default()
        };
        let (sha256, profile) = (past.sha256.clone(), past.profile.clone());
        self.files.push(FileReport { file, sha256, profile, tally, skipped: Some(past) });
    }

    /// Returns every row that was set aside, with its file.
    pub fn set_aside(&self) -> impl Iterator<Item = (&str, &SetAside)> {
        self.files
            .iter()
            .flat_map(|file| by_line(&file.tally).into_iter().map(|row| (file.file.as_str(), row)))
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
                let mut json = json!({
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
                    "skipped": file.skipped.is_some(),
                });
                // Only where a profile read the file: our own columns are told as they always were.
                if let (Some(profile), Some(fields)) = (&file.profile, json.as_object_mut()) {
                    let name = profile.split(' ').next().unwrap_or_default();
                    fields.insert("profile".to_owned(), name.into());
                    fields.insert("passed_over".to_owned(), json!(tally.passed_over));
                    fields.insert("refunds_waiting".to_owned(), tally.waiting.rows.into());
                }
                json
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
