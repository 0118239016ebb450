//! `payout cancel-item`: has PayPal send an unclaimed payment back, so that it can be paid to another address.
//!
//! Floor 5. Nothing is stored beforehand: asking twice does no harm, and whatever the answer, the payment itself is
//! read afterwards and only what PayPal then says of it is applied (R7.4).

use serde_json::json;

use super::RunView;
use super::ending::SendError;
use super::listing::differences;
use super::outcome::close_if_final;
use super::sending::Sending;
use super::sync::{Synced, apply_item};
use crate::ids::Email;
use crate::paypal::{CancelOutcome, ItemReply, PayoutItemId, ReadError, Refusal, WhyUnknown};
use crate::reconcile::{Recognise, Sent, compare};
use crate::run::{Channel, ItemState};
use crate::store::{AuditNote, Item, Reader, StoreError};

/// A payment that may be cancelled.
#[derive(Debug, Clone)]
pub struct Cancellable {
    /// Its run.
    pub view: RunView,
    /// The payment.
    pub item: Item,
    /// PayPal's id of it.
    pub payout_item: PayoutItemId,
}

/// Returns the payment if it is unclaimed and PayPal's id of it is known.
///
/// # Errors
/// No such item, or it is something else than unclaimed.
pub fn cancellable(reader: &Reader, item: &str) -> Result<Cancellable, StoreError> {
    let view = RunView::load(reader, &reader.run_of_item(item)?)?;
    let found = view.items.iter().find(|known| known.id.as_str() == item).cloned();
    let found = found.ok_or_else(|| StoreError::Unknown { what: "item", id: item.to_owned() })?;
    if view.run.channel != Some(Channel::Api) {
        return Err(StoreError::Refused(format!(
            "item {item} did not leave through PayPal's API; cancel it at PayPal, then partners payout settle \
             {} --item \
             {item}=returned",
            view.run.name
        )));
    }
    if found.state != ItemState::Unclaimed {
        return Err(StoreError::Refused(format!(
            "item {item} is {}, and only an unclaimed payment can be cancelled; partners payout sync {} asks PayPal \
             afresh",
            found.state, view.run.name
        )));
    }
    let Some(payout_item) = found.payout_item_id.as_deref().and_then(PayoutItemId::new) else {
        return Err(StoreError::Refused(format!(
            "PayPal's id of item {item} is not known; cancel it at PayPal, then partners payout settle {} --item \
             {item}=returned",
            view.run.name
        )));
    };
    Ok(Cancellable { view, item: found, payout_item })
}

/// Asks PayPal to send a payment back, then reads it and applies what it says.
///
/// # Errors
/// PayPal out of reach or unwilling; the payment is as it was.
pub fn cancel_item(sending: &Sending<'_>, wanted: &Cancellable) -> Result<Synced, SendError> {
    let run = wanted.view.run.name.0.clone();
    let unread = |why| SendError::Unread { run: run.clone(), why: Box::new(why) };
    let mut refusal: Option<Refusal> = None;
    let mut doubt: Option<WhyUnknown> = None;
    sending
        .patiently(|| match sending.client.cancel_item(&wanted.payout_item).outcome {
            CancelOutcome::RateLimited { wait } => Err(ReadError::RateLimited(wait)),
            CancelOutcome::NotSent(why) => Err(ReadError::NotSent(why)),
            CancelOutcome::Refused(why) => {
                refusal = Some(why);
                Ok(())
            }
            CancelOutcome::TooEarly => Err(ReadError::Unusable(
                "PayPal is still at work on the batch; try again in a few minutes".to_owned(),
            )),
            CancelOutcome::Unknown(why) => {
                doubt = Some(why);
                Ok(())
            }
            CancelOutcome::Cancelled(_) | CancelOutcome::AlreadyCancelled | CancelOutcome::NotUnclaimed => {
                Ok(())
            }
        })
        .map_err(unread)?;
    if let Some(refusal) = refusal {
        return Err(unread(ReadError::Refused(refusal)));
    }
    sending.trial.point("after-cancel");
    let asked = sending.patiently(|| sending.client.item(&wanted.payout_item));
    let reply = asked.map_err(|why| match &doubt {
        None => unread(why),
        Some(doubt) => unread(ReadError::Unusable(format!(
            "it is not known whether item {} was cancelled, for {doubt}; and then {why}",
            wanted.item.id
        ))),
    })?;
    let mut synced = apply(sending, wanted, &reply)?;
    if let (Some(doubt), true) = (doubt, synced.changes.is_empty()) {
        synced.alarms.push(format!(
            "item {} is not cancelled as far as PayPal says: it is {} there ({doubt}); ask again: partners payout \
             cancel-item {0}",
            wanted.item.id, reply.listed.status
        ));
    }
    Ok(synced)
}

fn apply(sending: &Sending<'_>, wanted: &Cancellable, reply: &ItemReply) -> Result<Synced, SendError> {
    let run = wanted.view.run.clone();
    let sent = [Sent {
        item: wanted.item.id.clone(),
        receiver: Email::new(&wanted.item.paypal_email),
        amount: wanted.item.amount,
        currency: run.currency,
    }];
    let listed = [reply.listed.clone()];
    let mut synced = Synced {
        run: run.name.0.clone(),
        changes: Vec::new(),
        alarms: differences(&compare(&sent, &listed, Recognise::ByItem)),
        waiting: 0,
        needs_person: true,
        unknown: false,
    };
    let [sent] = &sent;
    let [listed] = &listed;
    if !synced.alarms.is_empty() {
        return Ok(synced);
    }
    let writer = sending.desk.writer()?;
    apply_item(&writer, &run, &wanted.item, sent, listed, &mut synced)?;
    let became = synced.changes.first().map(|change| change.became);
    synced.needs_person = became != Some(ItemState::Returned);
    close_if_final(&writer, run)?;
    let detail = json!({
        "item": wanted.item.id.as_str(), "payout_item_id": wanted.payout_item.as_str(),
        "paypal_status": listed.status.to_string(), "became": became.map(ItemState::as_str),
    });
    writer.commit(&AuditNote::new("payout cancel-item", detail).about("run", &synced.run))?;
    Ok(synced)
}
