//! `payout submit`: sends an approved run through PayPal's API (R7.2, R7.5).
//!
//! Floor 5. Everything is judged twice by the same function: before the total is typed, and in the transaction that
//! stores the intent. What follows is the sending sequence.

use super::RunView;
use super::ending::SendError;
use super::intent::{Part, demand_world, described, intend, parts};
use super::resume::demand_young;
use super::sending::{Sending, Which};
use super::step::{
    demand_approved_plan, demand_fresh, demand_may_leave, demand_second_approver, demand_state,
};
use crate::dates::Now;
use crate::money::Money;
use crate::paypal::Environment;
use crate::run::{Channel, RunState};
use crate::store::{AuditNote, BatchState, Reader, StoreError};

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The run.
    pub run: &'a str,
    /// Which PayPal.
    pub environment: Environment,
    /// Why it leaves before its date, if it does.
    pub early: Option<&'a str>,
    /// Payments in one batch.
    pub part_size: usize,
}

/// A run that may be sent, and what would be.
#[derive(Debug, Clone)]
pub struct Sendable {
    /// The run.
    pub view: RunView,
    /// The batches that would be stored; those stored before and never sent are not among them.
    pub parts: Vec<Part>,
    /// What moves.
    pub total: Money,
}

/// Returns a run that may be sent, after every look that there is (R7.1 to R7.5, promises 8, 9, 24, 30).
///
/// # Errors
/// What stands in the way, with what to do.
pub fn sendable(reader: &Reader, ask: &Ask<'_>, now: Now) -> Result<Sendable, SendError> {
    let view = RunView::load(reader, ask.run)?;
    let run = &view.run;
    demand_state(run, &[RunState::Approved], "submit")?;
    demand_world(reader, &view, ask.environment)?;
    demand_may_leave(reader, run, Channel::Api, reader.today(now), ask.early)?;
    demand_approved_plan(run)?;
    demand_second_approver(reader, run)?;
    demand_fresh(reader, &view)?;
    let never_left = view.parts().into_iter().filter(|batch| batch.state == BatchState::Intended);
    never_left.into_iter().try_for_each(|batch| demand_young(reader, now, run, batch))?;
    let parts = parts(reader, &view, ask.environment, ask.part_size)?;
    let total = Money::sum(view.items.iter().map(|item| item.amount)).map_err(StoreError::from)?;
    Ok(Sendable { view, parts, total })
}

/// Stores the intent and sends the run. The caller has had the total confirmed.
///
/// # Errors
/// PayPal out of reach, before anything is changed; then whatever stops the sending.
pub fn submit(sending: &Sending<'_>, ask: &Ask<'_>, confirmed: Money) -> Result<(), SendError> {
    // A wrong secret or a dead network is found out while nothing has happened yet.
    sending
        .client
        .sign_in()
        .map_err(|why| SendError::NotSent { why, next: submit_line(ask.run, ask.environment) })?;
    let writer = sending.desk.writer()?;
    let found = sendable(&writer, ask, writer.operator().now)?;
    let name = found.view.run.name.0.clone();
    if found.total != confirmed {
        return Err(SendError::Store(StoreError::Refused(format!(
            "run {name} is no longer of the total that was confirmed; nothing was sent"
        ))));
    }
    let detail = described(ask.environment, &found.parts, found.total, &found.view);
    let note = AuditNote::new("payout submit", detail).about("run", &name).because(ask.early);
    writer.stamp_channel(&found.view.run, Channel::Api)?;
    intend(&writer, &found.view, ask.environment, &found.parts)?;
    writer.advance(found.view.run, RunState::Submitting, ask.early)?;
    sending.trial.point("before-intent");
    writer.commit(&note)?;
    sending.trial.point("after-intent");
    sending.send(&name, Which::All)
}

/// Returns the command that submits a run of these books.
#[must_use]
pub fn submit_line(run: &str, environment: Environment) -> String {
    match environment {
        Environment::Sandbox => format!("partners payout submit {run}"),
        Environment::Live => format!("partners payout submit {run} --live"),
    }
}
