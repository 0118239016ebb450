//! `payout approve` and `cancel`, and the fresh look that approve, file and submit take first (R7.2, R7.3).
//!
//! Floor 5.

use std::collections::{BTreeMap, BTreeSet};

use super::RunView;
use super::outcome::close_if_final;
use crate::dates::Day;
use crate::eligibility::Subject;
use crate::ids::{EmailKey, ItemId};
use crate::money::Money;
use crate::partner::{maximum_gate, paypal_gate, reversal_gate, status_gate, tax_gate};
use crate::run::{Channel, ItemState, RunState};
use crate::store::{
    AuditNote, BatchState, ItemOutcome, RESTORED_AT, Reader, Run, RunLine, StoreError, Writer,
};

/// How many things are named in one refusal.
const DETAILS_MAX: usize = 20;

/// Says which items may no longer be paid as they were drafted, and why (R7.3); those in `left` may be at PayPal and
/// are judged no more.
///
/// # Errors
/// The store's; overflow.
pub fn objections(
    reader: &Reader,
    view: &RunView,
    left: &BTreeSet<ItemId>,
) -> Result<Vec<(String, String)>, StoreError> {
    let date = view.run.date;
    let policy = reader.policy(date);
    let partners = reader.partners()?;
    let mut found = Vec::new();
    let mut lines_of: BTreeMap<i64, Vec<&RunLine>> = BTreeMap::new();
    for line in &view.lines {
        if let Some(item) = line.item_no {
            lines_of.entry(item).or_default().push(line);
        }
    }
    // What has left is judged no more: only what waits can still be kept back.
    let waiting =
        view.items.iter().filter(|item| item.state == ItemState::Planned && !left.contains(&item.id));
    for item in waiting {
        let mut object = |what: String| found.push((item.id.0.clone(), format!("{}: {what}", item.partner)));
        let Some(partner) = partners.get(item.partner_no) else { continue };
        let closed = [
            status_gate(partner),
            tax_gate(partner, date),
            paypal_gate(partner, policy, date),
            reversal_gate(partner),
            maximum_gate(item.amount, policy),
        ];
        for reason in closed.into_iter().flatten() {
            object(format!("{reason} (R6)"));
        }
        let address = partner.paypal.email.as_ref().map(crate::ids::Email::key);
        if address.as_ref() != Some(&EmailKey::of(&item.paypal_email)) {
            let now = partner.paypal.email.as_ref().map_or("none", |email| email.as_str());
            object(format!("the PayPal address was {} and is {now} (R6.4)", item.paypal_email));
        }
        let mut sum = Money::ZERO;
        for line in lines_of.remove(&item.no).unwrap_or_default() {
            sum = sum.plus(line.amount)?;
            let Subject::Charge(charge_no) = line.subject else { continue };
            // Not kept: nothing is due, and with this line nothing is out - the clawback of a charge that is theirs no
            // more, or was never collected.
            let Some(kept) = reader.kept(item.partner_no, charge_no)? else { continue };
            let judged =
                kept.schedule.assess(&kept.settled, date, policy.books_open_on, policy.accrual_months)?;
            if judged.delta.is_negative() {
                object(format!(
                    "the commission of charge {} has fallen by {} (R2.4)",
                    line.charge_id.as_deref().unwrap_or("?"),
                    Money::ZERO.minus(judged.delta)?.major(reader.currency())
                ));
            }
        }
        if sum != item.amount {
            object("its lines do not add up to its amount (R7.7)".to_owned());
        }
    }
    Ok(found)
}

/// Refuses a run with objections, naming the items, and a plan that is not the stored one (R7.3, PROMISES 8).
///
/// # Errors
/// What it found.
pub fn demand_fresh(reader: &Reader, view: &RunView) -> Result<(), StoreError> {
    demand_stored_plan(reader, view)?;
    let found = objections(reader, view, &BTreeSet::new())?;
    if found.is_empty() {
        return Ok(());
    }
    Err(StoreError::RefusedFor {
        what: format!(
            "run {} can no longer be paid as drafted, and nothing was changed (R7.3)",
            view.run.name
        ),
        details: found.into_iter().map(|(item, what)| format!("{item} {what}")).collect(),
        next: format!("draft anew with partners payout create --date {} --replace", view.run.date),
    })
}

/// Refuses to move money on books that cannot be proved: pages without their seal, a broken or cut trail, a run (or
/// an earlier one of the same charges) that is not as the trail says, an approval that nobody gave (PROMISES 8, 22,
/// 23).
///
/// # Errors
/// What does not hold, each with its row, and the way out.
pub fn demand_provable(reader: &Reader, run: &Run) -> Result<(), StoreError> {
    let mut details: Vec<String> = Vec::new();
    if let Some(page) = reader.first_broken_page() {
        details.push(format!("page {page} of the file does not bear its seal"));
    } else if let Some((row, why)) = reader.verify_audit()?.broken {
        details.push(format!("audit row {row}: {why}"));
    } else {
        // An approval binds to all that was paid before; afterwards the run and what it touches is looked at.
        let unlike = if run.state == RunState::Draft {
            reader.unlike_the_audit()?
        } else {
            reader.unlike_the_audit_around(run)?
        };
        let approval = match run.state {
            RunState::Draft => None,
            RunState::Approved
            | RunState::Exported
            | RunState::Submitting
            | RunState::Submitted
            | RunState::Settled
            | RunState::Cancelled => reader.approval_unlike_the_audit(run)?,
        };
        details.extend(unlike.iter().chain(&approval).map(ToString::to_string));
    }
    if details.is_empty() {
        return Ok(());
    }
    let more = details.len().saturating_sub(DETAILS_MAX);
    details.truncate(DETAILS_MAX);
    details.extend((more > 0).then(|| format!("and {more} more")));
    Err(StoreError::RefusedFor {
        what: "these books are not as they were written, so no money leaves them and nothing was changed".to_owned(),
        details,
        next: "keep a copy of this file for its evidence; partners check names all that is wrong; partners restore \
               BACKUP --reason WHY goes back to the last sound copy"
            .to_owned(),
    })
}

/// Refuses a run whose plan is not the stored one (R7.6, PROMISES 8).
///
/// # Errors
/// It is another.
pub fn demand_stored_plan(reader: &Reader, view: &RunView) -> Result<(), StoreError> {
    if reader.stored_plan_sha256(&view.run)? != view.run.plan_sha256 {
        return Err(StoreError::Refused(format!(
            "run {} is not the plan that was drafted: its hash differs (R7.6); run partners check",
            view.run.name
        )));
    }
    Ok(())
}

/// Demands that a run is in one of some states.
///
/// # Errors
/// It is not, with what may be done instead.
pub fn demand_state(run: &Run, states: &[RunState], verb: &str) -> Result<(), StoreError> {
    if states.contains(&run.state) {
        return Ok(());
    }
    let wanted: Vec<&str> = states.iter().map(|state| state.as_str()).collect();
    let hint = match run.state {
        RunState::Draft => format!("; approve it first: partners payout approve {}", run.name),
        RunState::Approved => {
            format!("; it waits to leave: partners payout show {} names the command", run.name)
        }
        RunState::Exported | RunState::Submitted => {
            format!("; it has left: partners payout show {}", run.name)
        }
        RunState::Submitting => format!("; its outcome is unknown: partners payout resume {}", run.name),
        RunState::Settled | RunState::Cancelled => String::new(),
    };
    Err(StoreError::Refused(format!(
        "run {} is {}, and {verb} needs it {} (R7.2){hint}",
        run.name,
        run.state,
        wanted.join(" or ")
    )))
}

/// Returns a run that may be approved, after the fresh look; the caller asks for the total, then calls `approve`.
///
/// # Errors
/// Not a draft; an item that changed; the second approver rule (R7.2).
pub fn approvable(writer: &Writer, name: &str) -> Result<RunView, StoreError> {
    let view = RunView::load(writer, name)?;
    demand_state(&view.run, &[RunState::Draft], "approve")?;
    demand_not_restored(writer)?;
    demand_provable(writer, &view.run)?;
    let policy = writer.policy(view.run.date);
    if policy.second_approver && writer.operator().os_user == view.run.created_user {
        return Err(StoreError::Refused(format!(
            "run {} was created by {}, and the policy asks for a second person to approve it (R7.2)",
            view.run.name, view.run.created_user
        )));
    }
    demand_fresh(writer, &view)?;
    Ok(view)
}

/// Approves exactly this plan and saves.
///
/// # Errors
/// The store's.
pub fn approve(writer: Writer, view: RunView) -> Result<String, StoreError> {
    let name = view.run.name.0.clone();
    let note = AuditNote::new(
        "payout approve",
        serde_json::json!({
            "amount": view.run.amount.major(view.run.currency), "items": view.run.items,
            "plan_sha256": view.run.plan_sha256,
        }),
    )
    .about("run", &name);
    writer.stamp_approval(&view.run)?;
    writer.advance(view.run, RunState::Approved, None)?;
    writer.commit(&note)?;
    Ok(name)
}

/// Says what a cancellation would give back, or refuses (R7.2).
///
/// # Errors
/// A run that has left; one that was exported, unless it is said not to have been uploaded.
pub fn cancellable(writer: &Writer, name: &str, not_uploaded: bool) -> Result<RunView, StoreError> {
    let view = RunView::load(writer, name)?;
    if view.run.state == RunState::Exported && !not_uploaded {
        return Err(StoreError::Refused(format!(
            "run {} was written to a file; if PayPal has it, cancelling pays twice (R7.2); only if it was never \
             uploaded: --not-uploaded --reason WHY",
            view.run.name
        )));
    }
    if view.run.state == RunState::Submitting {
        demand_rest_refused(&view)?;
        return Ok(view);
    }
    demand_state(&view.run, &[RunState::Draft, RunState::Approved, RunState::Exported], "cancel")?;
    if view.run.state == RunState::Exported
        && let Some(item) = view.items.iter().find(|item| item.state != ItemState::Sent)
    {
        return Err(StoreError::Refused(format!(
            "item {} of run {} is {}, so the file was uploaded; nothing was cancelled (R7.2)",
            item.id, view.run.name, item.state
        )));
    }
    Ok(view)
}

/// Demands that of a run that is submitting only parts are left which are proved not to be at PayPal.
fn demand_rest_refused(view: &RunView) -> Result<(), StoreError> {
    let open = view.batches.iter().any(|batch| match batch.state {
        BatchState::Sending | BatchState::Unknown => true,
        BatchState::Intended | BatchState::Accepted | BatchState::Refused => false,
    });
    if !open && view.may_be_at_paypal() {
        return Ok(());
    }
    Err(StoreError::Refused(format!(
        "run {} is submitting, and cancelling what PayPal may have pays twice (R7.2); partners payout resume {0} finds \
         out",
        view.run.name
    )))
}

/// Gives up the parts of a run that PayPal refused while it took others: their money goes back, and the run goes on
/// with the rest (R7.3).
fn give_up_rest(writer: &Writer, view: RunView, reason: &str) -> Result<(), StoreError> {
    let outcome = ItemOutcome { reason_code: None, reason: Some(reason), receiver_at_fault: false };
    for item in view.items.iter().filter(|item| item.state == ItemState::Planned) {
        writer.cancel_item(&view.run, item, &outcome)?;
    }
    let no = view.run.no;
    let run = writer.advance(view.run, RunState::Submitted, Some(reason))?;
    close_if_final(writer, run)?;
    writer.touch_run(no)
}

/// Cancels a run and gives its money back, lapsed lines included, in the writer's transaction (R7.3).
///
/// # Errors
/// The store's.
pub fn give_back(writer: &Writer, run: Run, reason: &str) -> Result<Run, StoreError> {
    let no = run.no;
    let outcome = ItemOutcome { reason_code: None, reason: Some(reason), receiver_at_fault: false };
    // An exported item was never uploaded: nothing was sent, and nothing comes back from PayPal (R5.4).
    for item in writer.items(no)? {
        writer.cancel_item(&run, &item, &outcome)?;
    }
    let cancelled = writer.advance(run, RunState::Cancelled, Some(reason))?;
    writer.touch_run(no)?;
    Ok(cancelled)
}

/// Cancels a run and saves.
///
/// # Errors
/// The store's.
pub fn cancel(writer: Writer, view: RunView, reason: &str) -> Result<String, StoreError> {
    let name = view.run.name.0.clone();
    let detail = serde_json::json!({
        "was": view.run.state.as_str(), "amount": view.run.amount.major(view.run.currency),
        "lapsed": view.run.lapsed.major(view.run.currency),
    });
    let note = AuditNote::new("payout cancel", detail).about("run", &name).because(Some(reason));
    if view.run.state == RunState::Submitting {
        give_up_rest(&writer, view, reason)?;
    } else {
        give_back(&writer, view.run, reason)?;
    }
    writer.commit(&note)?;
    Ok(name)
}

/// Refuses a run whose plan is not the one that was approved (R7.3, PROMISES 8).
///
/// # Errors
/// It is another.
pub fn demand_approved_plan(run: &Run) -> Result<(), StoreError> {
    if run.approved_sha256.as_deref() == Some(run.plan_sha256.as_str()) {
        return Ok(());
    }
    Err(StoreError::Refused(format!("run {} is not the plan that was approved (R7.3)", run.name)))
}

/// Refuses a run that its creator approved, where the policy asks for two people (R7.2).
///
/// # Errors
/// One person did both.
pub fn demand_second_approver(reader: &Reader, run: &Run) -> Result<(), StoreError> {
    if !reader.policy(run.date).second_approver || run.approved_user.as_ref() != Some(&run.created_user) {
        return Ok(());
    }
    Err(StoreError::Refused(format!(
        "run {} was created and approved by {}, and the policy asks for two people (R7.2); cancel it and draft it \
         anew, for somebody else to approve",
        run.name, run.created_user
    )))
}

/// Refuses to let money leave before the run's date, unless asked for with a reason (R7.1), by the other channel
/// (R7.5), from a database that was restored and not reconciled since (PROMISES 24), or from books that cannot be
/// proved.
///
/// # Errors
/// What stands in the way.
pub fn demand_may_leave(
    reader: &Reader,
    run: &Run,
    channel: Channel,
    today: Day,
    early: Option<&str>,
) -> Result<(), StoreError> {
    if let Some(other) = run.channel.filter(|used| *used != channel) {
        let how = match other {
            Channel::File => "a file",
            Channel::Api => "PayPal's API",
        };
        return Err(StoreError::Refused(format!(
            "run {} left by {how}, and a run leaves by one channel only (R7.5)",
            run.name
        )));
    }
    if today < run.date && early.is_none() {
        return Err(StoreError::Refused(format!(
            "run {} is dated {}, and today is {today}; to let it leave early: --early --reason WHY (R7.1)",
            run.name, run.date
        )));
    }
    demand_not_restored(reader)?;
    demand_provable(reader, run)
}

/// Refuses to approve or send from a database that was restored and not reconciled since (PROMISES 24).
///
/// # Errors
/// It was.
pub fn demand_not_restored(reader: &Reader) -> Result<(), StoreError> {
    let Some(restored) = reader.meta(RESTORED_AT)? else { return Ok(()) };
    Err(StoreError::Refused(format!(
        "this database was restored from a copy at {restored}; runs since that copy may have been paid. No money \
         leaves until they are reconciled (R8): see partners restore --help"
    )))
}
