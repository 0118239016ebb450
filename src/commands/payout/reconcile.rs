//! `payout reconcile`: settles a run that left by file from the report that PayPal lets finance download (R7.4).
//!
//! Floor 5. Matched by our item id first, then by address and amount where only one fits; to the cent, fees included;
//! all of the run or nothing, with the leftovers of both sides named. A report of another run is refused, by the ids in
//! it, by its dates and by its very bytes: the same partners are owed the same amounts in many a week.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::json;
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::RunView;
use super::listing::{differences, ids_twice};
use super::outcome::close_if_final;
use super::step::demand_state;
use super::sync::{Synced, apply_item, strange_ids};
use crate::dates::{parse_day, plus_days};
use crate::ids::Email;
use crate::import::paypal_report::{ReportColumn, ReportError, ReportRow, read};
use crate::reconcile::{Alarm, Listed, Recognise, Sent, Step, compare, step};
use crate::run::{Channel, ItemState, RunState};
use crate::store::{AuditNote, Item, Reader, StoreError, Writer, hex};

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
    let sha256 = hex(&Sha256::digest(&bytes));
    if let Some(other) = writer.run_of_report(&sha256)?.filter(|other| *other != run.name.0) {
        return Err(ReconcileError::Store(StoreError::Refused(format!(
            "{} is the report of run {other}, which it has settled; nothing was changed",
            path.display()
        ))));
    }
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
    let others = report.others;
    let mut wrong = foreign(writer, &view, &report.payments)?;
    let ours: BTreeSet<&str> = sent.iter().map(|payment| payment.item.as_str()).collect();
    // What stands in a column of ids may be somebody's invoice number: an id that is no item's is none.
    let listed: Vec<Listed> = report
        .payments
        .into_iter()
        .map(|row| row.listed)
        .map(|payment| Listed { item: payment.item.filter(|item| ours.contains(item.as_str())), ..payment })
        .collect();
    let found = compare(&sent, &listed, Recognise::ByItemThenReceiver);
    wrong.extend(differences(&found));
    wrong.extend(ids_twice(&listed));
    wrong.extend(taken_ids(writer, &view, &found.matched)?);
    wrong.extend(unknown_words(&view, &found.matched));
    if !wrong.is_empty() {
        return Err(ReconcileError::Differs {
            path: path.to_owned(),
            run: run.name.0.clone(),
            details: wrong,
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
    writer.note_report(run, &sha256, report_name.as_deref().unwrap_or_default())?;
    let detail = json!({
        "report": report_name, "sha256": sha256, "changes": changes,
        "alarms": synced.alarms, "rows_of_other_kinds": others,
    });
    let note = AuditNote::new("payout reconcile", detail).about("run", &synced.run);
    close_if_final(writer, view.run)?;
    Ok((synced, note))
}

/// Names rows that are of another run, or older than this one: last week's report of the same partners and amounts
/// looks like this week's.
fn foreign(reader: &Reader, view: &RunView, rows: &[ReportRow]) -> Result<Vec<String>, StoreError> {
    let left = view.run.left_at.as_deref().and_then(|at| parse_day(at, &view.zone).ok());
    let mut found = Vec::new();
    for ReportRow { line, dated, listed } in rows {
        if let Some(item) = &listed.item {
            match reader.run_of_item(item.as_str()) {
                Ok(other) if other != view.run.name.0 => {
                    found.push(format!("line {line}: item {item} is of run {other}"));
                }
                // Ours, or somebody's invoice number.
                Ok(_) | Err(StoreError::Unknown { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        // A day less, for PayPal may write it in the time of another part of the world.
        if let (Some(dated), Some(left)) = (dated, left)
            && plus_days(*dated, 1) < left
        {
            found.push(format!("line {line}: it is of {dated}, and the run left on {left}"));
        }
    }
    Ok(found)
}

/// Names ids of PayPal's that another item of ours has, or two rows of the report.
fn taken_ids(
    reader: &Reader,
    view: &RunView,
    matched: &[(&Sent, &Listed)],
) -> Result<Vec<String>, StoreError> {
    let by_id: BTreeMap<&str, &Item> = view.items.iter().map(|item| (item.id.as_str(), item)).collect();
    let mut found = strange_ids(reader, &by_id, matched)?;
    let mut seen: BTreeMap<&str, &Sent> = BTreeMap::new();
    for (sent, listed) in matched {
        let Some(transaction) = listed.transaction_id.as_deref() else { continue };
        if let Some(other) = seen.insert(transaction, *sent) {
            found.push(format!(
                "transaction {transaction} stands for item {} and item {}",
                other.item, sent.item
            ));
        }
        if let Some(other) = reader.item_of_transaction(transaction, sent.item.as_str())? {
            found.push(format!("item {}: transaction {transaction} is that of our item {other}", sent.item));
        }
    }
    Ok(found)
}

/// Names statuses that mean nothing here: a report is taken whole or not at all.
fn unknown_words(view: &RunView, matched: &[(&Sent, &Listed)]) -> Vec<String> {
    let words = matched.iter().filter_map(|(sent, listed)| {
        let item = view.items.iter().find(|item| item.id == sent.item)?;
        match step(item.state, &listed.status) {
            Step::Alarm(alarm @ Alarm::UnknownWord { .. }) => Some(format!("item {}: {alarm}", sent.item)),
            Step::Alarm(
                Alarm::NotSent { .. } | Alarm::PaidNoLonger { .. } | Alarm::MovesAfterReturn { .. },
            )
            | Step::Keep
            | Step::Wait
            | Step::Become(_) => None,
        }
    });
    words.collect()
}
