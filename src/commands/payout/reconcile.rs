//! `payout reconcile`: settles a run that left by file from the report that PayPal lets finance download (R7.4).
//!
//! Floor 5. Matched by our item id first, then by address and amount where only one fits; to the cent, fees included;
//! all of the run or nothing, with the leftovers of both sides named.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::json;
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::RunView;
use super::listing::differences;
use super::outcome::close_if_final;
use super::step::demand_state;
use super::sync::{Synced, apply_item};
use crate::ids::Email;
use crate::import::paypal_report::{ReportColumn, ReportError, read};
use crate::reconcile::{Listed, Recognise, Sent, compare};
use crate::run::{Channel, ItemState, RunState};
use crate::store::{AuditNote, Item, StoreError, Writer, hex};

/// Says why a report changed nothing.
#[derive(Debug, Error)]
pub enum ReconcileError {
    /// The store or a rule.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file cannot be opened.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The report cannot be understood.
    #[error("{path}: {source}")]
    Report {
        /// The file.
        path: PathBuf,
        /// Why.
        source: ReportError,
    },
    /// The report is not that of the run.
    #[error("{path} and run {run} do not say the same; nothing was changed")]
    Differs {
        /// The file.
        path: PathBuf,
        /// The run.
        run: String,
        /// The leftovers of both sides.
        details: Vec<String>,
    },
}

/// Applies a report to a run, all or nothing; the caller commits the note.
///
/// # Errors
/// A run that did not leave by file; a report that cannot be read or does not fit to the cent.
pub fn reconcile(
    writer: &Writer,
    name: &str,
    path: &Path,
    map: &[(ReportColumn, String)],
) -> Result<(Synced, AuditNote), ReconcileError> {
    let view = RunView::load(writer, name)?;
    let run = &view.run;
    demand_state(run, &[RunState::Exported, RunState::Settled], "reconcile")?;
    if run.channel != Some(Channel::File) {
        return Err(ReconcileError::Store(StoreError::Refused(format!(
            "run {} left through PayPal's API, which is asked itself: partners payout sync {0} (R7.5)",
            run.name
        ))));
    }
    let bytes =
        std::fs::read(path).map_err(|source| ReconcileError::File { path: path.to_owned(), source })?;
    let report = read(bytes.as_slice(), map, run.currency)
        .map_err(|source| ReconcileError::Report { path: path.to_owned(), source })?;
    let sent: Vec<Sent> = view
        .items
        .iter()
        .filter(|item| item.state != ItemState::Cancelled)
        .map(|item| Sent {
            item: item.id.clone(),
            receiver: Email::new(&item.paypal_email),
            amount: item.amount,
            currency: run.currency,
        })
        .collect();
    let ours: BTreeSet<&str> = sent.iter().map(|payment| payment.item.as_str()).collect();
    let others = report.others;
    // What stands in a column of ids may be somebody's invoice number: an id that is not ours is none.
    let listed: Vec<Listed> = report
        .payments
        .into_iter()
        .map(|payment| Listed { item: payment.item.filter(|item| ours.contains(item.as_str())), ..payment })
        .collect();
    let found = compare(&sent, &listed, Recognise::ByItemThenReceiver);
    if !found.agrees() {
        return Err(ReconcileError::Differs {
            path: path.to_owned(),
            run: run.name.0.clone(),
            details: differences(&found),
        });
    }
    let by_id: BTreeMap<&str, &Item> = view.items.iter().map(|item| (item.id.as_str(), item)).collect();
    let mut synced = Synced {
        run: run.name.0.clone(),
        changes: Vec::new(),
        alarms: Vec::new(),
        waiting: 0,
        needs_person: false,
        unknown: false,
    };
    for (sent, listed) in &found.matched {
        if let Some(item) = by_id.get(sent.item.as_str()) {
            apply_item(writer, run, item, sent, listed, &mut synced)?;
        }
    }
    synced.needs_person =
        !synced.alarms.is_empty() || writer.items(run.no)?.iter().any(|item| item.state.needs_person());
    let report_name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let changes: BTreeMap<&str, &str> =
        synced.changes.iter().map(|change| (change.item.as_str(), change.became.as_str())).collect();
    let detail = json!({
        "report": report_name, "sha256": hex(&Sha256::digest(&bytes)), "changes": changes,
        "alarms": synced.alarms, "rows_of_other_kinds": others,
    });
    let note = AuditNote::new("payout reconcile", detail).about("run", &synced.run);
    close_if_final(writer, view.run)?;
    Ok((synced, note))
}
