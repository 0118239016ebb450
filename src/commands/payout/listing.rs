//! PayPal's listing beside what we sent: says in words where they differ.
//!
//! Floor 5. A listing that differs anywhere is for a person, and nothing of it is applied (promise 11).

use std::collections::BTreeMap;

use crate::money::Money;
use crate::paypal::{BatchStatus, BatchWord, Listing};
use crate::reconcile::{Comparison, Different, Doubled, Field, Listed, Quoted, Recognise, Sent, compare};

/// What a listing of PayPal's is to what we sent.
#[derive(Debug)]
pub enum Sight<'a> {
    /// PayPal has the batch and lists none of its payments yet.
    NotListedYet,
    /// Every payment as we sent it: ours, and PayPal's.
    Same(Vec<(&'a Sent, &'a Listed)>),
    /// PayPal denied the batch as a whole and lists no payment: nothing moved, and its id is free again (PAYPAL.md
    /// §1.7).
    Denied,
    /// Something differs; each thing in words.
    Differs(Vec<String>),
}

/// Compares PayPal's listing of a batch with what we sent in it; `listed` are the listing's own payments.
#[must_use]
pub fn look<'a>(
    sender_batch_id: &str,
    listing: &Listing,
    sent: &'a [Sent],
    listed: &'a [Listed],
) -> Sight<'a> {
    let mut wrong = Vec::new();
    if let Some(other) = listing.sender_batch_id.as_deref().filter(|id| *id != sender_batch_id) {
        wrong.push(format!("PayPal's batch {} is {other:?} and not {sender_batch_id}", listing.batch));
    }
    if wrong.is_empty() && listed.is_empty() && is_young(&listing.status) {
        return Sight::NotListedYet;
    }
    let ours = listing.sender_batch_id.as_deref() == Some(sender_batch_id);
    if ours && listed.is_empty() && listing.status == BatchStatus::Known(BatchWord::Denied) {
        return Sight::Denied;
    }
    let found = compare(sent, listed, Recognise::ByItem);
    wrong.extend(differences(&found));
    wrong.extend(ids_twice(listed));
    if wrong.is_empty() { Sight::Same(found.matched) } else { Sight::Differs(wrong) }
}

const fn is_young(status: &BatchStatus) -> bool {
    match status {
        BatchStatus::Known(BatchWord::Pending | BatchWord::Processing) | BatchStatus::Unknown(_) => true,
        BatchStatus::Known(BatchWord::Denied | BatchWord::Success | BatchWord::Canceled) => false,
    }
}

/// Names everything in which two sides differ, ours first.
#[must_use]
pub fn differences(found: &Comparison<'_>) -> Vec<String> {
    let mut words = Vec::new();
    for Different { sent, listed, fields } in &found.different {
        for field in fields {
            let (ours, theirs) = match field {
                Field::Receiver => (sent.receiver.to_string(), listed.receiver.to_string()),
                Field::Amount => (sent.amount.major(sent.currency), listed.amount.value.clone()),
                Field::Currency => (sent.currency.to_string(), listed.amount.currency.clone()),
            };
            words.push(format!("item {}: {field} is {ours} here and {theirs} at PayPal", sent.item));
        }
    }
    for ours in &found.missing {
        words.push(format!("item {}: {} is not listed by PayPal", ours.item, payment(ours)));
    }
    for theirs in &found.extra {
        let id = theirs.item.as_ref().map_or("without an id of ours", |item| item.as_str());
        words.push(format!("PayPal lists {id}: {}, which is not of this run", quoted(theirs)));
    }
    for Doubled { sent, listed } in &found.doubled {
        let id = sent.first().map_or_else(
            || listed.first().and_then(|theirs| theirs.item.as_ref()).map_or("?", |item| item.as_str()),
            |ours| ours.item.as_str(),
        );
        words.push(format!(
            "item {id} stands {} times at PayPal and {} times here",
            listed.len(),
            sent.len()
        ));
    }
    words
}

fn payment(sent: &Sent) -> String {
    format!("{} {} to {}", sent.amount.major(sent.currency), sent.currency, sent.receiver)
}

fn quoted(listed: &Listed) -> String {
    format!("{} to {}", listed.amount, listed.receiver)
}

/// Names ids of PayPal's that stand for two payments.
pub(super) fn ids_twice(listed: &[Listed]) -> Vec<String> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for id in listed.iter().filter_map(|payment| payment.payout_item_id.as_deref()) {
        let count = seen.entry(id).or_default();
        *count = count.saturating_add(1);
    }
    let twice = seen.into_iter().filter(|(_, count)| *count > 1);
    twice.map(|(id, count)| format!("PayPal's item id {id} stands for {count} payments")).collect()
}

/// Returns PayPal's fee where it is in the run's currency and not yet open; zero is what PayPal shows before it knows.
#[must_use]
pub fn fee(quote: Option<&Quoted>, sent: &Sent) -> Option<Money> {
    let quote = quote?;
    let fee = quote.money().filter(|_| quote.currency() == Some(sent.currency))?;
    (!fee.is_negative()).then_some(fee)
}
