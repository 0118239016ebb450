//! `payout create`: drafts a run from the very value that `preview` shows (R7.1, R7.3).
//!
//! Floor 5.

use std::collections::BTreeSet;

use super::RunView;
use crate::commands::preview::{Preview, Scope, preview};
use crate::dates::{Day, next_payday, weekday_name};
use crate::eligibility::{RunKind, Subject};
use crate::money::Money;
use crate::run::RunState;
use crate::store::{AuditNote, NewItem, NewLapse, Run, StoreError, Writer};

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    /// The payday; the next one when none is given.
    pub date: Option<Day>,
    /// Whether another day than a payday is meant.
    pub off_cycle: bool,
    /// Only these partners, by any of their names; off-cycle only.
    pub only: Vec<String>,
    /// Whether a run on the desk is drafted anew.
    pub replace: bool,
}

/// What came of it.
#[derive(Debug)]
pub enum Outcome {
    /// A run was drafted; save it.
    Drafted {
        /// The run.
        view: RunView,
        /// Refunds known since the run's date, which the next run claws back (R7.1): the partner and the amount.
        refunds_since: Vec<(String, Money)>,
        /// What it was drafted from.
        preview: Box<Preview>,
        /// The run that it replaces.
        replaced: Option<String>,
    },
    /// The payday has its run already; nothing was changed (R7.1).
    Existed(RunView),
    /// Nobody is payable: no run, and nothing lapses (R7.1). A run that was to be replaced is cancelled; save that.
    Nobody {
        /// Who is not, and why.
        preview: Box<Preview>,
        /// The run that was to be replaced.
        replaced: Option<String>,
    },
}

/// Drafts a run in the writer's transaction; the caller commits it, or drops it for a dry run.
///
/// # Errors
/// A day that is no payday, a run on the desk, partners that do not exist, and sums that do not tie.
pub fn create(writer: &Writer, ask: &Ask) -> Result<Outcome, StoreError> {
    let scope = scope(writer, ask)?;
    if scope.kind == RunKind::Regular
        && let Some(existing) = writer.regular_run(scope.date)?
        && !(ask.replace && matches!(existing.state, RunState::Draft | RunState::Approved))
    {
        return Ok(Outcome::Existed(RunView::load(writer, existing.name.as_str())?));
    }
    let replaced = match writer.run_on_desk()? {
        Some(run) if ask.replace => {
            let name = run.name.0.clone();
            super::step::give_back(writer, run, "replaced by a new draft")?;
            writer.refresh()?;
            Some(name)
        }
        Some(run) => {
            return Err(StoreError::Refused(format!(
                "run {} is {}: at most one run is in draft or approved (R7.1); finish it, cancel it with partners \
                 payout cancel {0}, or draft anew with --replace",
                run.name, run.state
            )));
        }
        None => None,
    };
    let plan = preview(writer, &scope)?;
    if plan.payable.is_empty() {
        return Ok(Outcome::Nobody { preview: Box::new(plan), replaced });
    }
    let run = draft(writer, &plan)?;
    let refunds_since = refunds_since(writer, &plan)?;
    prove(writer, &scope, &plan, &run)?;
    // The draft's own row of the trail comes with the commit.
    let view = RunView { audit_head: None, ..RunView::load(writer, run.name.as_str())? };
    Ok(Outcome::Drafted { view, refunds_since, preview: Box::new(plan), replaced })
}

/// Works out what the run looks at (R7.1).
fn scope(writer: &Writer, ask: &Ask) -> Result<Scope, StoreError> {
    let today = writer.today_here();
    let payday = writer.policy(ask.date.unwrap_or(today)).payday;
    let date = ask.date.unwrap_or_else(|| if ask.off_cycle { today } else { next_payday(today, payday) });
    if !ask.off_cycle {
        if next_payday(date, payday) != date {
            let day = weekday_name(payday);
            return Err(StoreError::Refused(format!(
                "{date} is no {day}, and a run is dated on a payday (R7.1); the next is {}; \
                 another day needs --off-cycle",
                next_payday(date, payday)
            )));
        }
        if !ask.only.is_empty() {
            return Err(StoreError::Refused(
                "--only narrows an off-cycle run; a regular one pays everybody (R7.1); add --off-cycle"
                    .to_owned(),
            ));
        }
        return Ok(Scope { date, kind: RunKind::Regular, only: None });
    }
    let only: BTreeSet<i64> =
        ask.only.iter().map(|name| writer.find_partner(name)).collect::<Result<_, _>>()?;
    let only = (!only.is_empty()).then_some(only);
    Ok(Scope { date, kind: RunKind::OffCycle, only })
}

fn draft(writer: &Writer, plan: &Preview) -> Result<Run, StoreError> {
    let items: Vec<NewItem<'_>> = plan
        .payable
        .iter()
        .map(|row| NewItem {
            partner_no: row.partner_no,
            partner: &row.partner,
            paypal_email: &row.paypal_email,
            amount: row.payable.amount(),
            lines: row.payable.lines(),
        })
        .collect();
    let lapses: Vec<NewLapse<'_>> = plan
        .lapsing
        .iter()
        .map(|row| NewLapse { partner_no: row.partner_no, lines: &row.lapse.lines })
        .collect();
    writer.draft_run(plan.date, plan.kind, &items, &lapses)
}

/// Looks at the taken lines as of today, when the run's date is past: what has been refunded since (R7.1).
fn refunds_since(writer: &Writer, plan: &Preview) -> Result<Vec<(String, Money)>, StoreError> {
    let today = writer.today_here();
    if plan.date >= today {
        return Ok(Vec::new());
    }
    let policy = writer.policy(today);
    let mut since = Vec::new();
    for row in &plan.payable {
        let mut sum = Money::ZERO;
        for line in row.payable.lines() {
            let Subject::Charge(charge_no) = line.subject else { continue };
            let Some(kept) = writer.kept(row.partner_no, charge_no)? else { continue };
            let judged =
                kept.schedule.assess(&kept.settled, today, policy.books_open_on, policy.accrual_months)?;
            if judged.delta.is_negative() {
                sum = sum.plus(judged.delta)?;
            }
        }
        if !sum.is_zero() {
            since.push((row.partner.0.clone(), sum));
        }
    }
    Ok(since)
}

/// Proves inside the transaction that lines, items and totals tie to the cent and that nothing is left to take or was
/// lost on the way (R7.7): looked at again, the same day has nobody payable of those just paid, and the same money
/// in the refund period and withheld.
fn prove(writer: &Writer, scope: &Scope, plan: &Preview, run: &Run) -> Result<(), StoreError> {
    let refuse = |what: String| {
        Err(StoreError::Refused(format!("the run does not tie: {what} (R7.7); nothing was drafted")))
    };
    let mut items = Money::ZERO;
    for row in &plan.payable {
        let lines = Money::sum(row.payable.lines().iter().map(|line| line.amount))?;
        if lines != row.payable.amount() {
            return refuse(format!("the lines of {} do not add up to its item", row.partner));
        }
        items = items.plus(lines)?;
    }
    if items != plan.totals.payable || items != run.amount || plan.totals.lapsing != run.lapsed {
        return refuse("items, lapses and totals differ".to_owned());
    }
    let after = preview(writer, scope)?;
    let expected = Money::sum([plan.totals.blocked, plan.totals.waiting, plan.totals.owing])?;
    let found = Money::sum([
        after.totals.payable,
        after.totals.blocked,
        after.totals.waiting,
        after.totals.owing,
        after.totals.lapsing,
    ])?;
    if !after.payable.is_empty() || expected != found {
        return refuse("money is still counting that was taken".to_owned());
    }
    let same = |one: &Preview, two: &Preview| {
        one.totals.in_refund_period == two.totals.in_refund_period
            && one.totals.withheld == two.totals.withheld
    };
    if !same(plan, &after) {
        return refuse("money in the refund period or withheld has moved".to_owned());
    }
    Ok(())
}

impl Outcome {
    /// Returns the note under which a drafted run is saved, or that a replaced one is gone; nothing else is.
    #[must_use]
    pub fn audit(&self) -> Option<AuditNote> {
        let (run, replaced) = match self {
            Self::Existed(_) | Self::Nobody { replaced: None, .. } => return None,
            Self::Nobody { replaced: Some(name), .. } => {
                let detail = serde_json::json!({ "why": "replaced, and nobody is payable any more" });
                return Some(AuditNote::new("payout cancel", detail).about("run", name));
            }
            Self::Drafted { view: RunView { run, .. }, replaced, .. } => (run, replaced),
        };
        let detail = serde_json::json!({
            "items": run.items, "amount": run.amount.major(run.currency), "lapsed": run.lapsed.major(run.currency),
            "plan_sha256": run.plan_sha256, "replaces": replaced,
        });
        Some(AuditNote::new("payout create", detail).about("run", run.name.as_str()))
    }
}
