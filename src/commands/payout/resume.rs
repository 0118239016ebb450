//! `payout resume`: finds out what became of a submission whose answer did not come (promises 3, 6).
//!
//! Floor 5. The first way is to send the very same bytes under the very same id: PayPal takes them once. Where too much
//! time has gone by, or PayPal does not say where the batch is, a person looks it up there, and says what they found.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::RunView;
use super::ending::SendError;
use super::intent::{described, environment_of, intend, parts, stored_payload};
use super::sending::{PartEnd, Sending, Which};
use super::step::{
    demand_fresh, demand_not_restored, demand_provable, demand_state, demand_stored_plan, objections,
};
use crate::dates::Now;
use crate::money::Money;
use crate::paypal::BatchId;
use crate::run::RunState;
use crate::store::{AuditNote, Batch, BatchState, Exchange, Proved, Reader, Run, StoreError};

/// Days after which nothing is sent again: PayPal knows an id for 30 (PAYPAL.md §2), and clocks differ.
const RESEND_DAYS_MAX: i64 = 25;
/// Hours that a clock may have been set back, for summer time and mended clocks.
const CLOCK_SLACK_HOURS: i64 = 24;
/// Hours within which PayPal may still show what it took; before they are over nobody can say that it has not.
const PROCESSING_HOURS: i64 = 24;

/// What a person knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found<'a> {
    /// Nothing: PayPal is asked by sending the same again.
    Nothing,
    /// PayPal has the batch under this id.
    Batch(BatchId),
    /// PayPal does not have it; why they are sure.
    NotThere(&'a str),
}

/// Whether there was anything to find out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resumed {
    /// The run stands where PayPal has it.
    Done,
    /// The run's outcome was known already; nothing was asked.
    NothingToDo,
}

/// Finds out what became of a run that is submitting, and goes on with the parts that have not left.
///
/// # Errors
/// A run that is not submitting; whatever stops the sending.
pub fn resume(sending: &Sending<'_>, name: &str, found: &Found<'_>) -> Result<Resumed, SendError> {
    let view = RunView::load(&sending.desk.reader()?, name)?;
    if matches!(view.run.state, RunState::Submitted | RunState::Settled) {
        return Ok(Resumed::NothingToDo);
    }
    demand_state(&view.run, &[RunState::Submitting], "resume")?;
    demand_provable(&sending.desk.reader()?, &view.run)?;
    match found {
        Found::Nothing => go_on(sending, &view)?,
        Found::Batch(id) => adopt(sending, &view, id)?,
        Found::NotThere(reason) => {
            give_up(sending, &view, reason)?;
            sending.conclude(view.run.name.as_str())?;
        }
    }
    Ok(Resumed::Done)
}

/// Sends again what may have left, and what has not if it may still be paid (R7.3).
fn go_on(sending: &Sending<'_>, view: &RunView) -> Result<(), SendError> {
    let name = view.run.name.as_str();
    {
        let reader = sending.desk.reader()?;
        demand_may_be_sent_again(&reader, view)?;
        let never_left = view.parts().into_iter().filter(|batch| batch.state == BatchState::Intended);
        let now = sending.desk.operator().now;
        never_left.into_iter().try_for_each(|batch| demand_young(&reader, now, &view.run, batch))?;
    }
    if !view.may_be_at_paypal() {
        demand_fresh_or_withdraw(sending, name)?;
        return sending.send(name, Which::All);
    }
    let held = renew_or_hold(sending, name)?;
    if held.is_empty() {
        return sending.send(name, Which::All);
    }
    sending.send(name, Which::MayHaveLeft)?;
    Err(SendError::Held { run: name.to_owned(), details: held })
}

/// Refuses to send anything from a restored database: what it takes for unsent may have been paid since (PROMISES 24).
fn demand_may_be_sent_again(reader: &Reader, view: &RunView) -> Result<(), SendError> {
    demand_not_restored(reader).map_err(|_| {
        let look_up = view.parts().into_iter().filter(|batch| is_open(batch)).map(|batch| {
            format!(
                "look up at PayPal: a batch {}; if it is there: partners payout resume {} --batch PAYPAL-ID",
                batch.sender_batch_id, view.run.name
            )
        });
        SendError::Store(StoreError::RefusedFor {
            what: format!(
                "this database was restored from a copy, and run {} may have been paid since; nothing was sent (R8)",
                view.run.name
            ),
            details: look_up.collect(),
            next: "when all that left since is in these books: partners restore --help tells how to go on".to_owned(),
        })
    })
}

/// Stores new attempts for the parts that PayPal refused, after the fresh look that every sending takes (R7.3); returns
/// what speaks against sending what has not left, and stores nothing then.
fn renew_or_hold(sending: &Sending<'_>, name: &str) -> Result<Vec<String>, SendError> {
    let writer = sending.desk.writer()?;
    let view = RunView::load(&writer, name)?;
    let waits = view.parts().into_iter().any(|batch| match batch.state {
        BatchState::Intended | BatchState::Refused => true,
        BatchState::Sending | BatchState::Unknown | BatchState::Accepted => false,
    });
    if !waits {
        return Ok(Vec::new());
    }
    demand_stored_plan(&writer, &view)?;
    let mut left = BTreeSet::new();
    for batch in view.parts().into_iter().filter(|batch| may_have_left(batch)) {
        left.extend(stored_payload(&writer, &view, batch)?.sent().into_iter().map(|sent| sent.item));
    }
    let held = objections(&writer, &view, &left)?;
    if !held.is_empty() {
        return Ok(held.into_iter().map(|(item, what)| format!("{item} {what}")).collect());
    }
    let environment = environment_of(&writer, name)?;
    let anew = parts(&writer, &view, environment, super::intent::PART_SIZE)?;
    if anew.is_empty() {
        return Ok(Vec::new());
    }
    intend(&writer, &view, environment, &anew)?;
    let total = Money::sum(anew.iter().map(|part| part.payload.total())).map_err(StoreError::from)?;
    let note =
        AuditNote::new("payout resume", described(environment, &anew, total, &view)).about("run", name);
    writer.commit(&note)?;
    Ok(Vec::new())
}

/// Looks afresh at a run of which nothing has left (R7.3); one that may no longer be paid goes back on the desk.
fn demand_fresh_or_withdraw(sending: &Sending<'_>, name: &str) -> Result<(), SendError> {
    let objection = {
        let reader = sending.desk.reader()?;
        demand_fresh(&reader, &RunView::load(&reader, name)?).err()
    };
    match objection {
        None => Ok(()),
        Some(objection) => {
            sending.conclude(name)?;
            Err(objection.into())
        }
    }
}

/// Takes the batch that a person found for the part that it fits; one that never left from here may have left from the
/// copy that these books were restored from.
fn adopt(sending: &Sending<'_>, view: &RunView, id: &BatchId) -> Result<(), SendError> {
    let open: Vec<&Batch> = view.parts().into_iter().filter(|batch| is_open(batch)).collect();
    demand_some(view, &open)?;
    let listing = sending
        .read(id)
        .map_err(|why| SendError::Unread { run: view.run.name.0.clone(), why: Box::new(why) })?;
    let named = open.iter().find(|batch| listing.sender_batch_id.as_deref() == Some(&batch.sender_batch_id));
    let batch = match (named, open.as_slice()) {
        (Some(batch), _) => *batch,
        (None, [only]) if listing.sender_batch_id.is_none() => *only,
        (None, _) => {
            return Err(SendError::Store(StoreError::Refused(format!(
                "PayPal's batch {id} is {:?}, which is no part of run {} whose outcome is unknown",
                listing.sender_batch_id.unwrap_or_default(),
                view.run.name
            ))));
        }
    };
    let payload = stored_payload(&sending.desk.reader()?, view, batch)?;
    match sending.adopt(view, batch, &payload, id)? {
        PartEnd::Accepted => sending.conclude(view.run.name.as_str()).map(drop),
        PartEnd::Stopped(why) => Err(why),
    }
}

/// Takes a person's word that PayPal does not have the parts whose outcome is unknown; not against PayPal's own.
fn give_up(sending: &Sending<'_>, view: &RunView, reason: &str) -> Result<(), SendError> {
    let now = sending.desk.operator().now;
    let writer = sending.desk.writer()?;
    demand_not_restored(&writer)?;
    let open = open_parts(&writer, now, view)?;
    for batch in &open {
        demand_believable(&writer, now, view, batch)?;
        writer.batch_answered(batch, Proved::Refused, Exchange::default())?;
    }
    let ids: Vec<&str> = open.iter().map(|batch| batch.sender_batch_id.as_str()).collect();
    let note = AuditNote::new("payout not-at-paypal", json!({ "batches": ids }))
        .about("run", view.run.name.as_str())
        .because(Some(reason));
    Ok(writer.commit(&note)?)
}

/// Refuses a person's word as long as PayPal's own is against it, or can still be had.
fn demand_believable(reader: &Reader, now: Now, view: &RunView, batch: &Batch) -> Result<(), SendError> {
    let run = &view.run.name;
    let part = batch.part;
    let refuse = |why: String| Err(SendError::Store(StoreError::Refused(why)));
    if let Some(at) = &batch.exists_at {
        return refuse(format!(
            "PayPal itself said at {at} that it has a batch {} for part {part} of run {run}; nothing was changed. \
             Partners payout resume {run} --batch PAYPAL-ID compares and adopts it; if its payments are another \
             copy's of this database, that copy is the one to go on with: partners restore --help",
            batch.sender_batch_id
        ));
    }
    let sent = moment(batch.last_sent_at.as_deref().or(batch.intended_at.as_deref()));
    let waited =
        sent.is_some_and(|sent| now.0.signed_duration_since(sent) >= TimeDelta::hours(PROCESSING_HOURS));
    if sent.is_some() && !waited {
        return refuse(format!(
            "part {part} of run {run} was sent at {}, and PayPal may take {PROCESSING_HOURS} hours to show it; nothing \
             was changed",
            batch.last_sent_at.as_deref().or(batch.intended_at.as_deref()).unwrap_or("?")
        ));
    }
    let can_be_asked = demand_young(reader, now, &view.run, batch).is_ok();
    if can_be_asked && batch.repeat_refused_at.is_none() {
        return refuse(format!(
            "PayPal still tells a repetition of part {part} of run {run} from a new batch, and has not been asked; \
             nothing was changed: partners payout resume {run} finds out"
        ));
    }
    Ok(())
}

/// Returns the parts whose outcome is unknown, those among them that never left and are too old to be sent.
///
/// # Errors
/// There are none.
pub fn open_parts<'a>(reader: &Reader, now: Now, view: &'a RunView) -> Result<Vec<&'a Batch>, StoreError> {
    let open: Vec<&Batch> = view
        .parts()
        .into_iter()
        .filter(|batch| {
            may_have_left(batch)
                || (batch.state == BatchState::Intended
                    && demand_young(reader, now, &view.run, batch).is_err())
        })
        .collect();
    demand_some(view, &open)?;
    Ok(open)
}

fn demand_some(view: &RunView, open: &[&Batch]) -> Result<(), StoreError> {
    if open.is_empty() {
        return Err(StoreError::Refused(format!(
            "run {} has no part whose outcome is unknown; partners payout resume {0} goes on",
            view.run.name
        )));
    }
    Ok(())
}

/// Returns whether PayPal may have a batch without our knowing it.
const fn may_have_left(batch: &Batch) -> bool {
    match batch.state {
        BatchState::Sending | BatchState::Unknown => true,
        BatchState::Intended | BatchState::Accepted | BatchState::Refused => false,
    }
}

/// Returns whether nothing is proved of a batch.
const fn is_open(batch: &Batch) -> bool {
    match batch.state {
        BatchState::Intended | BatchState::Sending | BatchState::Unknown => true,
        BatchState::Accepted | BatchState::Refused => false,
    }
}

fn moment(text: Option<&str>) -> Option<DateTime<Utc>> {
    text.and_then(|text| DateTime::parse_from_rfc3339(text).ok()).map(|moment| moment.to_utc())
}

/// Refuses to send what PayPal may have forgotten that it has (promise 6): sent from here long ago, or stored long ago
/// and sent from a copy of these books. A clock that was set back is no proof that little time has gone by.
///
/// # Errors
/// Too old, or nobody knows how old.
pub fn demand_young(reader: &Reader, now: Now, run: &Run, batch: &Batch) -> Result<(), SendError> {
    let latest = moment(reader.latest_moment()?.as_deref()).unwrap_or(now.0);
    let since = batch.first_sent_at.as_deref().or(batch.intended_at.as_deref());
    let first = moment(since);
    let refuse = |why: String| {
        let batch_is = format!(
            "look up at PayPal: a batch {} of {} payments and {} {}, of {}",
            batch.sender_batch_id,
            batch.items,
            batch.amount.major(run.currency),
            run.currency,
            since.unwrap_or("?")
        );
        let name = &run.name;
        let then = if run.state == RunState::Submitting {
            vec![
                format!("if it is there: partners payout resume {name} --batch PAYPAL-ID"),
                format!("if it is not: partners payout resume {name} --not-at-paypal --reason WHY"),
            ]
        } else {
            vec![format!("if it is not there: partners payout cancel {name} --reason WHY, and draft it anew")]
        };
        Err(SendError::TooLate {
            run: name.0.clone(),
            part: batch.part,
            why,
            look_up: [batch_is].into_iter().chain(then).collect(),
        })
    };
    if now.0.checked_add_signed(TimeDelta::hours(CLOCK_SLACK_HOURS)).is_some_and(|now| now < latest) {
        return refuse(format!(
            "this machine's clock says {}, and these books know of {}; set the clock",
            now.timestamp(),
            Now(latest).timestamp()
        ));
    }
    let age = first.map(|first: DateTime<Utc>| latest.max(now.0).signed_duration_since(first));
    match age {
        Some(age) if age <= TimeDelta::days(RESEND_DAYS_MAX) => Ok(()),
        Some(age) => refuse(format!(
            "it was {} {} days ago, and PayPal knows a repetition for 30 days only",
            if batch.first_sent_at.is_some() { "first sent" } else { "made ready" },
            age.num_days()
        )),
        None => refuse("it is not known since when it waits".to_owned()),
    }
}
