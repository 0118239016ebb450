//! `payout sync`: asks PayPal what became of every payment of a run, one by one and never from the batch (R7.4).
//!
//! Floor 5. All parts are read and compared before anything is changed: a listing that differs anywhere changes nothing
//! of the run (promise 11). What is said twice or late changes nothing twice; what contradicts the books is shown.

use std::collections::BTreeMap;

use serde_json::json;

use super::RunView;
use super::intent::stored_payload;
use super::listing::{Sight, fee, look};
use super::outcome::close_if_final;
use super::sending::{SendError, Sending};
use super::step::demand_state;
use crate::paypal::reasons;
use crate::paypal::{BatchId, Listing};
use crate::reconcile::{Listed, Sent, Status, Step, step};
use crate::run::{Channel, ItemState, RunState};
use crate::store::{
    AuditNote, Batch, BatchState, Item, ItemFacts, ItemOutcome, Reader, Run, StoreError, Writer,
};

/// One payment whose state has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The item.
    pub item: String,
    /// Its state before.
    pub was: ItemState,
    /// Its state now.
    pub became: ItemState,
    /// PayPal's reason, verbatim.
    pub reason_code: Option<String>,
}

/// What asking PayPal has brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synced {
    /// The run's name.
    pub run: String,
    /// What has changed.
    pub changes: Vec<Change>,
    /// What a person has to look at, in words; nothing of it was applied.
    pub alarms: Vec<String>,
    /// How many payments PayPal has not decided.
    pub waiting: usize,
    /// Whether something needs a person: an alarm, or a payment that is neither paid nor under way.
    pub needs_person: bool,
    /// Whether it is not known if PayPal has a part of the run.
    pub unknown: bool,
}

/// Returns the runs of which PayPal has not said the last word, oldest first.
///
/// # Errors
/// Damaged rows.
pub fn open_runs(reader: &Reader) -> Result<Vec<String>, StoreError> {
    let runs = reader.runs(false)?;
    let open = runs.into_iter().rev().filter(|run| {
        matches!(run.state, RunState::Submitting | RunState::Submitted) && run.channel == Some(Channel::Api)
    });
    Ok(open.map(|run| run.name.0).collect())
}

/// Asks about every part of a run that PayPal has, and applies what it says.
///
/// # Errors
/// A run that is not at PayPal; PayPal out of reach; nothing was changed then.
pub fn sync(sending: &Sending<'_>, name: &str) -> Result<Synced, SendError> {
    let view = RunView::load(&sending.desk.reader()?, name)?;
    demand_at_paypal(&view.run)?;
    if view.items.iter().all(|item| item.state != ItemState::Planned) {
        // All of it had left when something stopped us from saying so.
        sending.conclude(view.run.name.as_str())?;
    }
    let reader = sending.desk.reader()?;
    let view = RunView::load(&reader, view.run.name.as_str())?;
    let mut readings = Vec::new();
    for batch in view.parts() {
        let Some(id) = batch.payout_batch_id.as_deref() else { continue };
        let id = BatchId::new(id).ok_or_else(|| StoreError::Damaged {
            table: "batches",
            id: batch.sender_batch_id.clone(),
            what: format!("{id:?} is no batch id of PayPal's"),
        })?;
        let listing = sending
            .read(&id)
            .map_err(|why| SendError::Unread { run: view.run.name.0.clone(), why: Box::new(why) })?;
        let listed = listing.items.iter().map(|item| item.listed.clone()).collect();
        let sent = stored_payload(&reader, &view, batch)?.sent();
        readings.push(Reading { batch, listing, sent, listed });
    }
    drop(reader);
    if readings.is_empty() {
        return Ok(untouched(&view));
    }
    apply(sending, &view, &readings)
}

/// One part, and what PayPal says of it.
struct Reading<'a> {
    batch: &'a Batch,
    listing: Listing,
    sent: Vec<Sent>,
    listed: Vec<Listed>,
}

fn demand_at_paypal(run: &Run) -> Result<(), StoreError> {
    demand_state(run, &[RunState::Submitting, RunState::Submitted, RunState::Settled], "sync")?;
    if run.channel == Some(Channel::Api) {
        return Ok(());
    }
    Err(StoreError::Refused(format!(
        "run {} did not leave through PayPal's API; its outcome comes from PayPal's report: partners payout reconcile \
         {0} --report FILE",
        run.name
    )))
}

/// Returns what is known of a run before PayPal has said anything.
fn untouched(view: &RunView) -> Synced {
    let unknown = view.parts().iter().any(|batch| match batch.state {
        BatchState::Sending | BatchState::Unknown => true,
        BatchState::Intended | BatchState::Accepted | BatchState::Refused => false,
    });
    Synced {
        run: view.run.name.0.clone(),
        changes: Vec::new(),
        alarms: Vec::new(),
        waiting: 0,
        needs_person: !unknown,
        unknown,
    }
}

/// Applies what PayPal says of a whole run in one transaction.
fn apply(sending: &Sending<'_>, view: &RunView, readings: &[Reading<'_>]) -> Result<Synced, SendError> {
    let writer = sending.desk.writer()?;
    let run = writer.run(view.run.name.as_str())?;
    let mut synced = untouched(view);
    let items = writer.items(run.no)?;
    let by_id: BTreeMap<&str, &Item> = items.iter().map(|item| (item.id.as_str(), item)).collect();
    let mut pairs = Vec::new();
    for reading in readings {
        match look(&reading.batch.sender_batch_id, &reading.listing, &reading.sent, &reading.listed) {
            Sight::Same(matched) => pairs.extend(matched),
            Sight::NotListedYet => synced.waiting = synced.waiting.saturating_add(reading.sent.len()),
            Sight::Differs(details) => synced.alarms.extend(details),
        }
    }
    synced.alarms.extend(strange_ids(&writer, &by_id, &pairs)?);
    if !synced.alarms.is_empty() {
        // Nothing of a run is believed while anything of it differs.
        synced.needs_person = true;
        return Ok(synced);
    }
    for (sent, listed) in pairs {
        if let Some(item) = by_id.get(sent.item.as_str()) {
            apply_item(&writer, &run, item, sent, listed, &mut synced)?;
        }
        sending.trial.point("syncing");
    }
    for reading in readings {
        let status = reading.listing.status.to_string();
        writer.batch_is(reading.batch, &status, reading.listing.debug_id.as_deref())?;
    }
    let run = close_if_final(&writer, run)?;
    let left_behind = run.state == RunState::Submitting && !synced.unknown;
    synced.needs_person = !synced.alarms.is_empty()
        || left_behind
        || writer.items(run.no)?.iter().any(|item| item.state.needs_person());
    let changes: BTreeMap<&str, &str> =
        synced.changes.iter().map(|change| (change.item.as_str(), change.became.as_str())).collect();
    let detail = json!({ "changes": changes, "alarms": synced.alarms, "waiting": synced.waiting });
    writer.commit(&AuditNote::new("payout sync", detail).about("run", &synced.run))?;
    sending.trial.point("after-sync");
    Ok(synced)
}

/// Names payments that PayPal now gives another id than before, or the id of another item of ours.
fn strange_ids(
    reader: &Reader,
    by_id: &BTreeMap<&str, &Item>,
    pairs: &[(&Sent, &Listed)],
) -> Result<Vec<String>, StoreError> {
    let mut strange = Vec::new();
    for (sent, listed) in pairs {
        let Some(theirs) = listed.payout_item_id.as_deref() else { continue };
        let known = by_id.get(sent.item.as_str()).and_then(|item| item.payout_item_id.as_deref());
        if known == Some(theirs) {
            continue;
        }
        if let Some(known) = known {
            strange.push(format!("item {}: PayPal called it {known} and now {theirs}", sent.item));
        } else if let Some(other) = reader.item_of_paypal(theirs)? {
            strange.push(format!("item {}: PayPal's id {theirs} is that of our item {other}", sent.item));
        }
    }
    Ok(strange)
}

/// Applies what PayPal says of one payment: its state, if that may follow, and what there is to know of it.
pub(super) fn apply_item(
    writer: &Writer,
    run: &Run,
    item: &Item,
    sent: &Sent,
    listed: &Listed,
    synced: &mut Synced,
) -> Result<(), StoreError> {
    let reason = listed.reason.as_deref();
    match step(item.state, &listed.status) {
        Step::Keep => {}
        Step::Wait => synced.waiting = synced.waiting.saturating_add(1),
        Step::Become(next) => {
            let words = format!("PayPal says {}", listed.status);
            let outcome = ItemOutcome {
                reason_code: reason,
                reason: Some(&words),
                receiver_at_fault: reasons::rejects_address(reason),
            };
            writer.advance_item(run, item, next, &outcome)?;
            synced.changes.push(Change {
                item: item.id.0.clone(),
                was: item.state,
                became: next,
                reason_code: listed.reason.clone(),
            });
            if !next.is_final() {
                synced.waiting = synced.waiting.saturating_add(1);
            }
        }
        Step::Alarm(alarm) => {
            synced.alarms.push(format!("item {}: {alarm}", item.id));
            return Ok(());
        }
    }
    let status = match &listed.status {
        Status::Absent => None,
        known @ (Status::Known(_) | Status::Unknown(_)) => Some(known.to_string()),
    };
    writer.note_item(
        item,
        &ItemFacts {
            payout_item_id: listed.payout_item_id.as_deref(),
            transaction_id: listed.transaction_id.as_deref(),
            fee: fee(listed.fee.as_ref(), sent),
            status: status.as_deref(),
            reason_code: reason,
            processed_at: listed.processed_at.as_deref(),
        },
    )
}
