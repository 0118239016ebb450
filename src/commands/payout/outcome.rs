//! `payout settle`: what became of a run that left by file, item by item (R7.4).
//!
//! Floor 5. Of a run that left through the API PayPal itself is asked; only where its last word for a payment is one
//! that cannot be applied may a person say what became of it, with a reason and the amount.

use std::collections::BTreeMap;

use super::RunView;
use super::step::demand_state;
use crate::money::Money;
use crate::run::{Channel, ItemState, RunState};
use crate::store::{AuditNote, Item, ItemOutcome, Run, StoreError, Writer};

/// What finance knows of the outcome.
#[derive(Debug, Clone)]
pub enum Outcomes {
    /// Every item that is still out was paid.
    AllPaid,
    /// These items came to these states.
    Items(Vec<(String, ItemState)>),
}

/// What settling changed.
#[derive(Debug, Clone)]
pub struct Settlement {
    /// The run's name.
    pub run: String,
    /// How many items went to each state now.
    pub changed: BTreeMap<ItemState, usize>,
    /// How many items stayed as they were said to be.
    pub unchanged: usize,
    /// Whether something needs a person: failed, blocked, unclaimed, returned, reversed.
    pub needs_person: bool,
    /// What is settled against or without PayPal's own word, and so has to be typed; none of a run by file.
    pub by_hand: Option<Money>,
}

/// Applies outcomes to a run that left by file, all or nothing; the caller commits the note.
///
/// # Errors
/// A run that has not left, or by the API; an item that is not of the run; a step the rules do not know.
pub fn settle(
    writer: &Writer,
    name: &str,
    outcomes: &Outcomes,
    reason: Option<&str>,
) -> Result<(Settlement, AuditNote), StoreError> {
    let view = RunView::load(writer, name)?;
    let by_api = view.run.channel == Some(Channel::Api);
    if by_api {
        demand_by_hand(&view, outcomes, reason)?;
    } else {
        demand_state(&view.run, &[RunState::Exported, RunState::Settled], "settle")?;
    }
    let wanted: Vec<(String, ItemState)> = match outcomes {
        Outcomes::AllPaid => {
            let out = view.items.iter().filter(|item| !item.state.is_final());
            out.map(|item| (item.id.0.clone(), ItemState::Paid)).collect()
        }
        Outcomes::Items(items) => items.clone(),
    };
    let mut settlement = Settlement {
        run: view.run.name.0.clone(),
        changed: BTreeMap::new(),
        unchanged: 0,
        needs_person: false,
        by_hand: by_api.then_some(Money::ZERO),
    };
    let mut named: BTreeMap<&str, ItemState> = BTreeMap::new();
    for (id, next) in &wanted {
        if named.insert(id, *next).is_some_and(|other| other != *next) {
            return Err(StoreError::Refused(format!("item {id} was given two states; nothing was changed")));
        }
        let item = view
            .items
            .iter()
            .find(|item| item.id.as_str() == id)
            .ok_or_else(|| StoreError::Unknown { what: "item of this run", id: id.clone() })?;
        if matches!(next, ItemState::Planned | ItemState::Sent) {
            return Err(StoreError::Refused(format!("{next} is no outcome of an item (R7.4)")));
        }
        settlement.needs_person |= *next != ItemState::Paid;
        if item.state == *next {
            settlement.unchanged = settlement.unchanged.saturating_add(1);
            continue;
        }
        if let Some(sum) = &mut settlement.by_hand {
            demand_alarm(&view, item)?;
            *sum = sum.plus(item.amount)?;
        }
        // Finance gives no reason code, and a failure for no known reason marks the address (R7.4).
        let outcome = ItemOutcome { reason_code: None, reason, receiver_at_fault: true };
        writer.advance_item(&view.run, item, *next, &outcome)?;
        let count = settlement.changed.entry(*next).or_default();
        *count = count.saturating_add(1);
    }
    close_if_final(writer, view.run)?;
    let detail: BTreeMap<&str, &str> = named.iter().map(|(id, state)| (*id, state.as_str())).collect();
    let note = AuditNote::new("payout settle", serde_json::json!({ "items": detail, "by_hand": by_api }))
        .about("run", &settlement.run)
        .because(reason);
    Ok((settlement, note))
}

/// Demands what it takes to settle payments of a run that PayPal itself can be asked about.
fn demand_by_hand(view: &RunView, outcomes: &Outcomes, reason: Option<&str>) -> Result<(), StoreError> {
    let states = [RunState::Submitting, RunState::Submitted, RunState::Settled];
    demand_state(&view.run, &states, "settle")?;
    match outcomes {
        Outcomes::AllPaid => Err(StoreError::Refused(format!(
            "run {} left through PayPal's API, which is asked itself: partners payout sync {0} (R7.5)",
            view.run.name
        ))),
        Outcomes::Items(_) if reason.is_none() => Err(StoreError::Refused(format!(
            "run {} left through PayPal's API; to settle a payment by hand, where PayPal's word for it cannot be \
             applied: --item ITEM=STATE --reason WHY (R7.5); nothing was changed",
            view.run.name
        ))),
        Outcomes::Items(_) => Ok(()),
    }
}

/// Demands that PayPal's last word for a payment is one that cannot be applied.
fn demand_alarm(view: &RunView, item: &Item) -> Result<(), StoreError> {
    if item.alarm.is_some() {
        return Ok(());
    }
    Err(StoreError::Refused(format!(
        "PayPal's word for item {} can be applied: partners payout sync {} asks for it (R7.5); nothing was changed",
        item.id, view.run.name
    )))
}

/// Settles a run that has left once every item is final (R7.2).
///
/// # Errors
/// The store's.
pub fn close_if_final(writer: &Writer, run: Run) -> Result<Run, StoreError> {
    let open = matches!(run.state, RunState::Exported | RunState::Submitted);
    if open && writer.items(run.no)?.iter().all(|item| item.state.is_final()) {
        return writer.advance(run, RunState::Settled, None);
    }
    Ok(run)
}
