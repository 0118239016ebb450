//! The intent of a submission: which batches a run is cut into, their ids and bytes, and the world they belong to.
//!
//! Floor 5. The same run gives the same parts, ids and bytes, for ever: an id comes from the world, the books, the run,
//! the part and the attempt, and from no clock (promises 4, 5). Everything PayPal would refuse is refused here first.

use std::collections::BTreeMap;

use super::ending::SendError;
use super::{RunView, payee_note};
use crate::dates::Day;
use crate::ids::{Email, EmailKey, ItemId, RunName};
use crate::money::Money;
use crate::paypal::{BatchName, Environment, ITEMS_MAX, Payload, Payment, PayoutRequest};
use crate::store::{Batch, BatchState, Item, NewBatch, Reader, StoreError, Writer};

/// Payments in one batch when nobody says otherwise: a listing of it takes three pages, and little is open at a time.
pub const PART_SIZE: usize = 500;
/// The fact under which the books keep which PayPal they belong to.
const ENVIRONMENT: &str = "paypal_environment";
/// The fact that tells these books from others.
const BOOKS: &str = "books_id";

/// One batch to be stored.
#[derive(Debug, Clone)]
pub struct Part {
    /// Which, from 1.
    pub part: u32,
    /// Which attempt, from 1.
    pub attempt: u32,
    /// Its bytes.
    pub payload: Payload,
}

/// Returns which PayPal the books belong to; none before their first submission.
///
/// # Errors
/// A word that is none.
pub fn environment(reader: &Reader) -> Result<Option<Environment>, StoreError> {
    let Some(word) = reader.meta(ENVIRONMENT)? else { return Ok(None) };
    word.parse().map(Some).map_err(|_| StoreError::Damaged {
        table: "meta",
        id: ENVIRONMENT.to_owned(),
        what: format!("{word:?} is neither sandbox nor live"),
    })
}

/// Returns which PayPal a run was submitted to.
///
/// # Errors
/// A run of books that have submitted nothing.
pub fn environment_of(reader: &Reader, name: &str) -> Result<Environment, StoreError> {
    environment(reader)?.ok_or_else(|| {
        StoreError::Refused(format!(
            "run {name} was not submitted through PayPal's API; partners payout show {name} tells how it left"
        ))
    })
}

/// Refuses the other PayPal than the one these books belong to (promise 30); a world that was only tried, and had
/// nothing of them, is none.
///
/// # Errors
/// What stands in the way.
pub fn demand_world(reader: &Reader, view: &RunView, wanted: Environment) -> Result<(), StoreError> {
    let stored = view
        .parts()
        .into_iter()
        .find(|batch| batch.state == BatchState::Intended && batch.environment.as_str() != wanted.as_str());
    if let Some(batch) = stored {
        return Err(StoreError::Refused(format!(
            "part {} of run {} was made for {} and never left; to send it through {wanted}, partners payout cancel {1} \
             --reason WHY, and draft it anew",
            batch.part, view.run.name, batch.environment
        )));
    }
    if !reader.has_sent_anything()? {
        return Ok(());
    }
    match (environment(reader)?, wanted) {
        (Some(Environment::Live), Environment::Sandbox) => Err(StoreError::Refused(
            "these books belong to the live PayPal, and the sandbox would mark as paid what nobody was paid; to pay: \
             --live; to play: another database"
                .to_owned(),
        )),
        (Some(Environment::Sandbox), Environment::Live) => Err(StoreError::Refused(
            "these books belong to PayPal's sandbox: what they call paid never was; live payments need a database of \
             their own"
                .to_owned(),
        )),
        (None | Some(Environment::Sandbox), Environment::Sandbox)
        | (None | Some(Environment::Live), Environment::Live) => Ok(()),
    }
}

/// Makes the batches of a run that are not stored yet: all of them at first, later those that PayPal refused, anew.
///
/// # Errors
/// Payments that PayPal would not take.
pub fn parts(
    reader: &Reader,
    view: &RunView,
    environment: Environment,
    part_size: usize,
) -> Result<Vec<Part>, SendError> {
    let stored = view.parts();
    if stored.is_empty() {
        let items: Vec<&Item> = view.items.iter().collect();
        let chunks = items.chunks(part_size.clamp(1, ITEMS_MAX)).zip(1..);
        return chunks.map(|(items, part)| part_of(reader, view, environment, (part, 1), items)).collect();
    }
    let by_id: BTreeMap<&ItemId, &Item> = view.items.iter().map(|item| (&item.id, item)).collect();
    let refused = stored.into_iter().filter(|batch| batch.state == BatchState::Refused);
    refused
        .map(|batch| {
            let before = stored_payload(reader, view, batch)?;
            let items: Vec<&Item> =
                before.sent().iter().filter_map(|sent| by_id.get(&sent.item).copied()).collect();
            let attempt = batch.attempt.saturating_add(1);
            part_of(reader, view, environment, (batch.part, attempt), &items)
        })
        .collect()
}

fn part_of(
    reader: &Reader,
    view: &RunView,
    environment: Environment,
    (part, attempt): (u32, u32),
    items: &[&Item],
) -> Result<Part, SendError> {
    let run = &view.run;
    let books = reader.meta(BOOKS)?.ok_or_else(|| StoreError::Damaged {
        table: "meta",
        id: BOOKS.to_owned(),
        what: "it is missing, and batch ids are derived from it".to_owned(),
    })?;
    let like = RunName(numbered(run.date, reader.runs_that_left_beside(run)?));
    let mut name = BatchName { environment, books: &books, run: &like, part, attempt };
    while reader.batch_id_is_used(run, &name.to_string())? {
        name.attempt = name.attempt.saturating_add(1);
    }
    let attempt = name.attempt;
    let note = payee_note(run);
    let request = PayoutRequest {
        sender_batch_id: name.to_string(),
        currency: run.currency,
        email_subject: None,
        email_message: None,
        payments: items
            .iter()
            .map(|item| Payment {
                item: item.id.clone(),
                receiver: Email::new(&item.paypal_email),
                amount: item.amount,
                note: note.clone(),
            })
            .collect(),
    };
    let maximum = reader.policy(run.date).payment_maximum;
    let payload = Payload::build(request, maximum)
        .map_err(|problems| SendError::Unfit { run: run.name.0.clone(), problems })?;
    Ok(Part { part, attempt, payload })
}

/// Returns the name of a payday's run as its batch ids have it: by how many runs of that day left before, and not by
/// how many were drafted, so that a copy of the books that cancels and drafts anew has the same ids (promise 4).
fn numbered(payday: Day, left_before: u32) -> String {
    match left_before {
        0 => payday.to_string(),
        more => format!("{payday}-{}", more.saturating_add(1)),
    }
}

/// Stores the intent of batches, and which PayPal the books belong to, as far as they belong to one.
///
/// # Errors
/// The store's.
pub fn intend(
    writer: &Writer,
    view: &RunView,
    environment: Environment,
    parts: &[Part],
) -> Result<(), StoreError> {
    writer.set_meta(ENVIRONMENT, environment.as_str())?;
    for Part { part, attempt, payload } in parts {
        writer.intend(
            &view.run,
            &NewBatch {
                part: *part,
                attempt: *attempt,
                sender_batch_id: payload.sender_batch_id(),
                environment: environment.as_str(),
                payload: payload.bytes(),
                items: payload.sent().len(),
                amount: payload.total(),
            },
        )?;
    }
    Ok(())
}

/// Returns what the audit trail keeps of an intent.
#[must_use]
pub fn described(
    environment: Environment,
    parts: &[Part],
    total: Money,
    view: &RunView,
) -> serde_json::Value {
    let batches: Vec<_> = parts
        .iter()
        .map(|part| {
            serde_json::json!({
                "part": part.part, "sender_batch_id": part.payload.sender_batch_id(),
                "items": part.payload.sent().len(), "sha256": part.payload.sha256(),
            })
        })
        .collect();
    serde_json::json!({
        "environment": environment.as_str(), "amount": total.major(view.run.currency), "batches": batches,
    })
}

/// Returns the bytes of a batch, proved to be what was stored and to pay exactly what the run says (promise 7).
///
/// # Errors
/// Bytes, amounts or addresses that somebody changed.
pub fn stored_payload(reader: &Reader, view: &RunView, batch: &Batch) -> Result<Payload, SendError> {
    let damaged = |what: &str| {
        SendError::Store(StoreError::Damaged {
            table: "batches",
            id: batch.sender_batch_id.clone(),
            what: what.to_owned(),
        })
    };
    let payload =
        Payload::reread(reader.batch_payload(batch.no)?).map_err(|error| damaged(&error.to_string()))?;
    if payload.sender_batch_id() != batch.sender_batch_id || payload.total() != batch.amount {
        return Err(damaged("the stored request is of another batch"));
    }
    let by_id: BTreeMap<&str, &Item> = view.items.iter().map(|item| (item.id.as_str(), item)).collect();
    let fits = payload.sent().iter().all(|sent| {
        by_id.get(sent.item.as_str()).is_some_and(|item| {
            item.amount == sent.amount
                && EmailKey::of(&item.paypal_email) == sent.receiver.key()
                && sent.currency == view.run.currency
        })
    });
    if fits { Ok(payload) } else { Err(damaged("the stored request pays otherwise than the run says")) }
}
