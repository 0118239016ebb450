//! `payout resume`: finds out what became of a submission whose answer did not come (promises 3, 6).
//!
//! Floor 5. The first way is to send the very same bytes under the very same id: PayPal takes them once. Where too much
//! time has gone by, or PayPal does not say where the batch is, a person looks it up there, and says what they found.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::RunView;
use super::intent::{described, environment_of, intend, parts, stored_payload};
use super::sending::{PartEnd, SendError, Sending};
use super::step::{demand_fresh, demand_provable, demand_state};
use crate::dates::Now;
use crate::money::Money;
use crate::paypal::{BatchId, Evidence};
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
    let name = view.run.name.0.clone();
    match found {
        Found::Nothing => {
            if view.may_be_at_paypal() {
                renew_refused(sending, &name)?;
            } else {
                demand_fresh_or_withdraw(sending, &name)?;
            }
            sending.send(&name)?;
        }
        Found::Batch(id) => adopt(sending, &view, id)?,
        Found::NotThere(reason) => {
            give_up(sending, &view, reason)?;
            sending.conclude(&name)?;
        }
    }
    Ok(Resumed::Done)
}

/// Stores new attempts for the parts that PayPal refused, after the fresh look that every sending takes (R7.3).
fn renew_refused(sending: &Sending<'_>, name: &str) -> Result<(), SendError> {
    let writer = sending.desk.writer()?;
    let view = RunView::load(&writer, name)?;
    let environment = environment_of(&writer, name)?;
    let anew = parts(&writer, &view, environment, super::intent::PART_SIZE)?;
    if anew.is_empty() {
        return Ok(());
    }
    demand_fresh(&writer, &view)?;
    intend(&writer, &view, environment, &anew)?;
    let total = Money::sum(anew.iter().map(|part| part.payload.total())).map_err(StoreError::from)?;
    let note =
        AuditNote::new("payout resume", described(environment, &anew, total, &view)).about("run", name);
    Ok(writer.commit(&note)?)
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

/// Takes the batch that a person found for the part that it fits.
fn adopt(sending: &Sending<'_>, view: &RunView, id: &BatchId) -> Result<(), SendError> {
    let open = open_parts(view)?;
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
    match sending.adopt(view, batch, &payload, id, &Evidence::default())? {
        PartEnd::Accepted => sending.conclude(view.run.name.as_str()).map(drop),
        PartEnd::Stopped(why) => Err(why),
    }
}

/// Takes a person's word that PayPal does not have the parts whose outcome is unknown.
fn give_up(sending: &Sending<'_>, view: &RunView, reason: &str) -> Result<(), SendError> {
    let open = open_parts(view)?;
    let now = sending.desk.operator().now;
    let writer = sending.desk.writer()?;
    for batch in &open {
        let sent = moment(batch.last_sent_at.as_deref());
        let waited =
            sent.is_some_and(|sent| now.0.signed_duration_since(sent) >= TimeDelta::hours(PROCESSING_HOURS));
        if !waited {
            return Err(SendError::Store(StoreError::Refused(format!(
                "part {} of run {} was sent at {}, and PayPal may take {PROCESSING_HOURS} hours to show it; nothing \
                 was changed",
                batch.part,
                view.run.name,
                batch.last_sent_at.as_deref().unwrap_or("?")
            ))));
        }
        writer.batch_answered(batch, Proved::Refused, Exchange::default())?;
    }
    let ids: Vec<&str> = open.iter().map(|batch| batch.sender_batch_id.as_str()).collect();
    let note = AuditNote::new("payout not-at-paypal", json!({ "batches": ids }))
        .about("run", view.run.name.as_str())
        .because(Some(reason));
    Ok(writer.commit(&note)?)
}

/// Returns the parts whose outcome is unknown.
///
/// # Errors
/// There are none.
pub fn open_parts(view: &RunView) -> Result<Vec<&Batch>, StoreError> {
    let open: Vec<&Batch> = view
        .batches
        .iter()
        .filter(|batch| matches!(batch.state, BatchState::Sending | BatchState::Unknown))
        .collect();
    if open.is_empty() {
        return Err(StoreError::Refused(format!(
            "run {} has no part whose outcome is unknown; partners payout resume {0} goes on",
            view.run.name
        )));
    }
    Ok(open)
}

fn moment(text: Option<&str>) -> Option<DateTime<Utc>> {
    text.and_then(|text| DateTime::parse_from_rfc3339(text).ok()).map(|moment| moment.to_utc())
}

/// Refuses to send again what PayPal may have forgotten that it has (promise 6); a clock that was set back is no proof
/// that little time has gone by.
///
/// # Errors
/// Too old, or nobody knows how old.
pub fn demand_young(reader: &Reader, now: Now, run: &Run, batch: &Batch) -> Result<(), SendError> {
    let latest = moment(reader.latest_moment()?.as_deref()).unwrap_or(now.0);
    let first = moment(batch.first_sent_at.as_deref());
    let refuse = |why: String| {
        Err(SendError::TooLate {
            run: run.name.0.clone(),
            part: batch.part,
            why,
            look_up: vec![
                format!(
                    "look up at PayPal: a batch {} of {} payments and {} {}, of {}",
                    batch.sender_batch_id,
                    batch.items,
                    batch.amount.major(run.currency),
                    run.currency,
                    batch.first_sent_at.as_deref().unwrap_or("?")
                ),
                format!("if it is there: partners payout resume {} --batch PAYPAL-ID", run.name),
                format!("if it is not: partners payout resume {} --not-at-paypal --reason WHY", run.name),
            ],
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
            "it was first sent {} days ago, and PayPal knows a repetition for 30 days only",
            age.num_days()
        )),
        None => refuse("it is not known when it was first sent".to_owned()),
    }
}
