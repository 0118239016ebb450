//! Runs as they were sealed: plan and payload hashes, approvals, the steps of every state, and the audit trail that
//! repeats them (R7.2–R7.6).
//!
//! Floor 4. The payout file's bytes are proved one floor up, where files are made.

use std::collections::{BTreeMap, HashMap};

use rusqlite::Row;
use sha2::{Digest, Sha256};

use super::Findings;
use crate::money::Money;
use crate::run::{ItemState, RunState};
use crate::store::audit::hex;
use crate::store::{Item, Origin, Reader, Run, StoreError};

const STEPS: &str =
    "SELECT run_no, item_no, was, became FROM transitions WHERE run_no = ?1 ORDER BY transition_no";
const SEALED_IN_AUDIT: &str = "SELECT audit_no, action, subject, detail FROM audit
    WHERE action IN ('payout create', 'payout approve', 'payout file', 'payout record') ORDER BY audit_no";
const PAYLOADS: &str = "SELECT sender_batch_id, payload, payload_sha256 FROM batches ORDER BY batch_no";

/// Proves that every row of the audit follows from the one before, and that it says of runs what they say.
pub fn audit(reader: &Reader, findings: &mut Findings) -> Result<(), StoreError> {
    if let Some((row, wrong)) = reader.verify_audit()?.broken {
        findings.add("audit_chain", format!("audit row {row}"), "the row that was written", wrong);
    }
    let runs = reader.runs(true)?;
    let by_name: HashMap<&str, &Run> = runs.iter().map(|run| (run.name.as_str(), run)).collect();
    let mut created: BTreeMap<&str, i64> = BTreeMap::new();
    let mut statement = reader.sql.prepare(SEALED_IN_AUDIT)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (no, subject, detail): (i64, String, String) = (row.get(0)?, row.get(2)?, row.get(3)?);
        let detail: serde_json::Value = serde_json::from_str(&detail).unwrap_or_default();
        for name in subject.split(' ').filter_map(|subject| subject.strip_prefix("run:")) {
            let Some(run) = by_name.get(name) else {
                findings.add("audit_runs", format!("audit row {no}"), format!("run {name}"), "none");
                continue;
            };
            created.insert(run.name.as_str(), no);
            let amount = run.amount.major(run.currency);
            let said = [
                ("plan_sha256", Some(run.plan_sha256.as_str())),
                ("file_sha256", run.file_sha256.as_deref()),
                ("amount", Some(amount.as_str())),
            ];
            for (key, now) in said {
                if let Some(then) = detail.get(key).and_then(serde_json::Value::as_str)
                    && now != Some(then)
                {
                    let expected = format!("{key} {then}, as audit row {no} says");
                    findings.add("audit_runs", format!("run {name}"), expected, now.unwrap_or("none"));
                }
            }
        }
    }
    for unlike in reader.unlike_the_audit()? {
        findings.add("run_proof", unlike.subject, unlike.expected, unlike.found);
    }
    for run in &runs {
        if matches!(run.origin, Origin::Regular | Origin::OffCycle)
            && !created.contains_key(run.name.as_str())
        {
            findings.add("audit_runs", format!("run {}", run.name), "its creation in the audit", "none");
        }
    }
    Ok(())
}

/// Proves every run.
pub fn examine(reader: &Reader, findings: &mut Findings) -> Result<(), StoreError> {
    for run in reader.runs(true)? {
        findings.step("plan_hash", |findings| plan(reader, &run, findings));
        findings.step("run_states", |findings| states(reader, &run, findings));
    }
    findings.step("payload_hash", |findings| payloads(reader, findings));
    Ok(())
}

/// The plan is the one that was drafted, and the one that was approved.
fn plan(reader: &Reader, run: &Run, findings: &mut Findings) -> Result<(), StoreError> {
    let subject = format!("run {}", run.name);
    if run.origin != Origin::Import {
        let found = reader.stored_plan_sha256(run)?;
        if found != run.plan_sha256 {
            findings.add("plan_hash", subject.as_str(), run.plan_sha256.as_str(), found);
        }
    }
    let approved = match run.state {
        RunState::Draft => false,
        RunState::Approved | RunState::Exported | RunState::Submitting | RunState::Submitted => true,
        RunState::Settled => matches!(run.origin, Origin::Regular | Origin::OffCycle),
        RunState::Cancelled => run.approved_sha256.is_some(),
    };
    if approved && run.approved_sha256.as_ref() != Some(&run.plan_sha256) {
        let found = run.approved_sha256.as_deref().unwrap_or("no approval");
        findings.add("approval", subject.as_str(), run.plan_sha256.as_str(), found);
    }
    if approved && let Some(unlike) = reader.approval_unlike_the_audit(run)? {
        findings.add("approval", unlike.subject, unlike.expected, unlike.found);
    }
    if run.currency != reader.currency() {
        findings.add("currency", subject, reader.currency().code(), run.currency.code());
    }
    Ok(())
}

/// One step of a run or an item.
struct Step {
    item_no: Option<i64>,
    was: String,
    became: String,
}

impl Step {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { item_no: row.get(1)?, was: row.get(2)?, became: row.get(3)? })
    }
}

/// States are where their steps led, every step is one that the rules know, and a run is settled if all its items are
/// final and not before (R7.2, R7.4).
fn states(reader: &Reader, run: &Run, findings: &mut Findings) -> Result<(), StoreError> {
    let items = reader.items(run.no)?;
    let mut steps: BTreeMap<Option<i64>, Vec<Step>> = BTreeMap::new();
    let mut statement = reader.sql.prepare_cached(STEPS)?;
    let mut rows = statement.query([run.no])?;
    while let Some(row) = rows.next()? {
        let step = Step::read(row)?;
        steps.entry(step.item_no).or_default().push(step);
    }
    let subject = format!("run {}", run.name);
    // What was imported or paid outside was born settled.
    let payout = matches!(run.origin, Origin::Regular | Origin::OffCycle);
    let (born, born_item) =
        if payout { (RunState::Draft, ItemState::Planned) } else { (RunState::Settled, ItemState::Paid) };
    let may = |was: &str, became: &str| {
        was.parse::<RunState>().is_ok_and(|was| became.parse().is_ok_and(|next| was.may_become(next)))
    };
    let own = steps.remove(&None).unwrap_or_default();
    follow(&subject, born.as_str(), run.state.as_str(), &own, may, findings);
    let may = |was: &str, became: &str| {
        was.parse::<ItemState>().is_ok_and(|was| became.parse().is_ok_and(|next| was.may_become(next)))
    };
    let mut sum = Money::ZERO;
    for item in &items {
        sum = sum.plus(item.amount)?;
        let own = steps.remove(&Some(item.no)).unwrap_or_default();
        follow(&format!("item {}", item.id), born_item.as_str(), item.state.as_str(), &own, may, findings);
        item_in_run(run, item, findings);
    }
    for item_no in steps.into_keys().flatten() {
        findings.add(
            "run_states",
            format!("{subject}, step of item {item_no}"),
            "an item of the run",
            "none",
        );
    }
    if sum != run.amount {
        findings.add("run_sums", subject.as_str(), run.amount.major(run.currency), sum.major(run.currency));
    }
    let all_final = items.iter().all(|item| item.state.is_final());
    let left = matches!(run.state, RunState::Exported | RunState::Submitted);
    if (run.state == RunState::Settled && !all_final) || (left && all_final) {
        let expected = if all_final { "settled: every item is final" } else { "open: items are not final" };
        findings.add("run_states", subject.as_str(), expected, run.state.as_str());
    }
    if run.origin != Origin::Import && items.is_empty() {
        findings.add("run_states", subject, "items", "none");
    }
    Ok(())
}

/// An item's state is one that its run's state allows, and money that came back has its day.
fn item_in_run(run: &Run, item: &Item, findings: &mut Findings) {
    let fits = match run.state {
        RunState::Draft | RunState::Approved => item.state == ItemState::Planned,
        // Parts of it may be at PayPal, and their outcomes known, before the rest has left.
        RunState::Submitting => true,
        RunState::Exported | RunState::Submitted => item.state != ItemState::Planned,
        RunState::Settled => item.state.is_final(),
        RunState::Cancelled => item.state == ItemState::Cancelled,
    };
    if !fits {
        let expected = format!("a state that a run {} allows", run.state);
        findings.add("item_states", format!("item {}", item.id), expected, item.state.as_str());
    }
    let came_back = !item.state.holds_money();
    // What was cancelled before it left did not come back: it never went (R5.4).
    if item.state != ItemState::Cancelled && came_back != item.returned_on.is_some() {
        let expected = if came_back { "the day its money came back" } else { "no such day" };
        let found = item.returned_on.map_or_else(|| "none".to_owned(), |day| day.to_string());
        findings.add("item_states", format!("item {}", item.id), expected, found);
    }
}

fn follow(
    subject: &str,
    born: &str,
    now: &str,
    steps: &[Step],
    may: impl Fn(&str, &str) -> bool,
    findings: &mut Findings,
) {
    let mut at = born;
    for step in steps {
        if step.was != at || !may(&step.was, &step.became) {
            let found = format!("a step from {} to {}", step.was, step.became);
            findings.add("run_states", subject, format!("a step that the rules know from {at}"), found);
        }
        at = &step.became;
    }
    if at != now {
        findings.add("run_states", subject, format!("{at}, where its steps led"), now);
    }
}

/// The bytes that were or will be sent are those whose hash was stored before (R7.6).
fn payloads(reader: &Reader, findings: &mut Findings) -> Result<(), StoreError> {
    let mut statement = reader.sql.prepare(PAYLOADS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (id, payload, sha256): (String, Vec<u8>, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let found = hex(&Sha256::digest(&payload));
        if found != sha256 {
            findings.add("payload_hash", format!("batch {id}"), sha256, found);
        }
    }
    Ok(())
}
