//! `payout sync`: asks PayPal what became of every payment of a run, one by one and never from the batch (R7.4).
//!
//! Floor 5. All parts are read and compared before anything is changed: a listing that differs anywhere changes nothing
//! of the run (promise 11). What is said twice or late changes nothing twice; what contradicts the books is shown.

use std::collections::BTreeMap;

use serde_json::json;

use super::RunView;
use super::ending::SendError;
use super::intent::stored_payload;
use super::listing::{Sight, fee, look};
use super::outcome::close_if_final;
use super::sending::Sending;
use super::step::demand_state;
use crate::dates::{Day, plus_days};
use crate::paypal::reasons;
use crate::paypal::{BatchId, Listing};
use crate::reconcile::{AlarmKind, Listed, Sent, Status, Step, step};
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

impl Synced {
    /// Returns whether anything in it is new and for a person.
    #[must_use]
    pub fn has_news(&self) -> bool {
        !self.alarms.is_empty() || self.changes.iter().any(|change| change.became.needs_person())
    }
}

/// Days for which a settled run is still asked about: a payment may be refunded or reversed later (R7.4).
const ASKED_AFTER_DAYS: u32 = 60;

/// Returns the runs of which PayPal may still say something, oldest first: those that are open, and those that were
/// settled of late.
///
/// # Errors
/// Damaged rows.
pub fn followed_runs(reader: &Reader, today: Day) -> Result<Vec<Run>, StoreError> {
    let runs = reader.runs(false)?.into_iter().rev().filter(|run| run.channel == Some(Channel::Api));
    let mut followed = Vec::new();
    for run in runs {
        let is_followed = match run.state {
            RunState::Submitting | RunState::Submitted => true,
            RunState::Settled => {
                reader.settled_on(&run)?.is_some_and(|day| plus_days(day, ASKED_AFTER_DAYS) >= today)
            }
            RunState::Draft | RunState::Approved | RunState::Exported | RunState::Cancelled => false,
        };
        if is_followed {
            followed.push(run);
        }
    }
    Ok(followed)
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
    let (mut pairs, mut denied, mut differing) = (Vec::new(), Vec::new(), Vec::new());
    for reading in readings {
        match look(&reading.batch.sender_batch_id, &reading.listing, &reading.sent, &reading.listed) {
            Sight::Same(matched) => pairs.extend(matched),
            Sight::NotListedYet => synced.waiting = synced.waiting.saturating_add(reading.sent.len()),
            Sight::Denied => denied.extend(&reading.sent),
            Sight::Differs(details) => {
                synced.alarms.extend(details);
                differing.extend(&reading.sent);
            }
        }
    }
    synced.alarms.extend(strange_ids(&writer, &by_id, &pairs)?);
    if !synced.alarms.is_empty() {
        // Nothing of a run is believed while anything of it differs.
        synced.needs_person = true;
        for item in differing.iter().filter_map(|sent| by_id.get(sent.item.as_str())) {
            if !item.state.is_final() {
                writer.note_alarm(item, AlarmKind::ListingDiffers, None)?;
            }
        }
        let detail = json!({ "alarms": synced.alarms });
        writer.commit(&AuditNote::new("payout sync", detail).about("run", &synced.run))?;
        return Ok(synced);
    }
    for item in denied.iter().filter_map(|sent| by_id.get(sent.item.as_str())) {
        deny(&writer, &run, item, &mut synced)?;
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

/// Takes a payment of a batch that PayPal denied as a whole for failed: nothing of it moved (PAYPAL.md §1.7), and no
/// address is at fault.
fn deny(writer: &Writer, run: &Run, item: &Item, synced: &mut Synced) -> Result<(), StoreError> {
    if item.state.is_final() {
        return Ok(());
    }
    let outcome = ItemOutcome {
        reason_code: Some(reasons::BATCH_DENIED),
        reason: Some("PayPal denied the batch and lists no payment"),
        receiver_at_fault: false,
    };
    writer.advance_item(run, item, ItemState::Failed, &outcome)?;
    synced.changes.push(Change {
        item: item.id.0.clone(),
        was: item.state,
        became: ItemState::Failed,
        reason_code: Some(reasons::BATCH_DENIED.to_owned()),
    });
    Ok(())
}

/// Names payments that PayPal now gives another id than before, or the id of another item of ours.
pub(super) fn strange_ids(
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
///
/// # Errors
/// The store's.
pub fn apply_item(
    writer: &Writer,
    run: &Run,
    item: &Item,
    sent: &Sent,
    listed: &Listed,
    synced: &mut Synced,
) -> Result<(), StoreError> {
    let reason = listed.reason.as_deref();
    let status = match &listed.status {
        Status::Absent => None,
        Status::Known(word) => Some(word.as_str().to_ascii_uppercase()),
        Status::Unknown(word) => Some(word.clone()),
    };
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
            let kind = alarm.kind();
            let known = item.alarm == Some(kind) && item.paypal_status == status;
            writer.note_alarm(item, kind, status.as_deref())?;
            if !known && kind.closes_reversal_gate() {
                writer.close_reversal_gate(item)?;
            }
            // What a person has answered, by releasing the partner or settling the item, is not asked again.
            if !(known && item.state.is_final() && !item.partner_waits) {
                synced.alarms.push(format!("item {}: {alarm}", item.id));
            }
            return Ok(());
        }
    }
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
