//! Follows the proofs in the audit to what must now be stored of each run, and names what differs.
//!
//! Floor 4. Run by run, so that memory is bounded by the largest of them. Nothing here trusts a run's own rows: the
//! chain of the audit says what they were, and `verify_audit` says whether the chain holds.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension};
use serde_json::{Map, Value};

use super::{BATCH, FROM_BIRTH, ITEM, KEY, Parts, RUN, clear, held, stretch};
use crate::store::{Origin, Reader, Run, StoreError};

const PROOFS: &str =
    "SELECT audit_no, detail FROM audit WHERE instr(detail, '\"proof\":') > 0 ORDER BY audit_no";
const PROOF: &str = "SELECT detail FROM audit WHERE audit_no = ?1";
const FIRST: &str = "SELECT detail FROM audit WHERE audit_no = 1";
const STEP_COUNT: &str = "SELECT count(*) FROM transitions WHERE run_no = ?1";
/// Runs that hold lines of the same charges and adjustments as a run.
const RELATED: &str = "SELECT DISTINCT run_no FROM lines WHERE charge_no IN
        (SELECT charge_no FROM lines WHERE run_no = ?1 AND charge_no IS NOT NULL)
    UNION SELECT DISTINCT run_no FROM lines WHERE adjustment_no IN
        (SELECT adjustment_no FROM lines WHERE run_no = ?1 AND adjustment_no IS NOT NULL)";
const APPROVAL: &str = "SELECT audit_no, at, actor, os_user, detail, subject FROM audit
    WHERE action = 'payout approve' AND instr(subject, ?1) > 0 ORDER BY audit_no DESC";
const APPROVED_AT: &str = "SELECT approved_at FROM runs WHERE run_no = ?1";

/// Something of a run that is not as the audit says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unlike {
    /// `run 2026-11-27`, `item 2026-11-27-0001`, `batch …`.
    pub subject: String,
    /// What the audit says.
    pub expected: String,
    /// What is stored.
    pub found: String,
}

impl std::fmt::Display for Unlike {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: expected {}, found {}", self.subject, self.expected, self.found)
    }
}

/// Columns with the audit row that last said each.
type Said = BTreeMap<String, (Value, i64)>;

/// What the audit says of one run.
#[derive(Default)]
struct Proved {
    run: Said,
    holds: Option<(String, i64)>,
    /// Each stretch of steps: from, to, hash, audit row.
    steps: Vec<(i64, i64, String, i64)>,
    step_count: i64,
    all_items: Said,
    items: BTreeMap<String, Said>,
    batches: BTreeMap<String, Said>,
}

impl Proved {
    fn follow(&mut self, no: i64, parts: &Value) {
        if let Some(columns) = parts.get("run").and_then(Value::as_object) {
            take(&mut self.run, columns, no);
        }
        if let Some(holds) = parts.get("holds").and_then(Value::as_str) {
            self.holds = Some((holds.to_owned(), no));
        }
        if let Some(steps) = parts.get("steps") {
            let number = |key: &str| steps.get(key).and_then(Value::as_i64).unwrap_or_default();
            let sha256 = steps.get("sha256").and_then(Value::as_str).unwrap_or_default();
            self.steps.push((number("from"), number("to"), sha256.to_owned(), no));
            self.step_count = self.step_count.saturating_add(number("count"));
        }
        for group in parts.get("items").and_then(Value::as_array).into_iter().flatten() {
            let Some(columns) = group.get("became").and_then(Value::as_object) else { continue };
            if let Some(ids) = group.get("items").and_then(Value::as_array) {
                for id in ids.iter().filter_map(Value::as_str) {
                    take(self.items.entry(id.to_owned()).or_default(), columns, no);
                }
                continue;
            }
            take(&mut self.all_items, columns, no);
            for said in self.items.values_mut() {
                said.retain(|column, _| !columns.contains_key(column));
            }
        }
        for (id, columns) in parts.get("batches").and_then(Value::as_object).into_iter().flatten() {
            if let Some(columns) = columns.as_object() {
                take(self.batches.entry(id.clone()).or_default(), columns, no);
            }
        }
    }
}

fn take(said: &mut Said, columns: &Parts, no: i64) {
    for (column, value) in columns {
        said.insert(column.clone(), (value.clone(), no));
    }
}

/// What the audit's proofs are about.
pub(in crate::store) struct Proofs {
    /// The audit rows that speak of each run, in order.
    rows: BTreeMap<String, Vec<i64>>,
    /// Whether every run must have one: the books have kept them from their birth.
    from_birth: bool,
}

impl Proofs {
    fn read(sql: &Connection) -> Result<Self, StoreError> {
        let mut rows: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        let mut statement = sql.prepare(PROOFS)?;
        let mut found = statement.query([])?;
        while let Some(row) = found.next()? {
            let (no, detail): (i64, String) = (row.get(0)?, row.get(1)?);
            for name in proofs_in(&detail).keys() {
                rows.entry(name.clone()).or_default().push(no);
            }
        }
        let first: Option<String> = sql.query_row(FIRST, [], |row| row.get(0)).optional()?;
        Ok(Self { rows, from_birth: first.is_some_and(|detail| detail.contains(FROM_BIRTH)) })
    }
}

fn proofs_in(detail: &str) -> Map<String, Value> {
    let detail: Value = serde_json::from_str(detail).unwrap_or_default();
    match detail {
        Value::Object(mut fields) => match fields.remove(KEY) {
            Some(Value::Object(runs)) => runs,
            Some(_) | None => Map::new(),
        },
        _ => Map::new(),
    }
}

impl Reader {
    /// Compares every run with what the audit says of it.
    ///
    /// # Errors
    /// SQLite's.
    pub fn unlike_the_audit(&self) -> Result<Vec<Unlike>, StoreError> {
        self.unlike(|_| true)
    }

    /// Compares a run, and the runs that hold lines of the same charges and adjustments, with what the audit says of
    /// them: what was paid before must not have been made to look unpaid.
    ///
    /// # Errors
    /// SQLite's.
    pub fn unlike_the_audit_around(&self, run: &Run) -> Result<Vec<Unlike>, StoreError> {
        let mut statement = self.sql.prepare_cached(RELATED)?;
        let mut related: BTreeSet<i64> =
            statement.query_map([run.no], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        related.insert(run.no);
        self.unlike(|other| other.is_none_or(|no| related.contains(&no)))
    }

    fn unlike(&self, wanted: impl Fn(Option<i64>) -> bool) -> Result<Vec<Unlike>, StoreError> {
        let proofs = Proofs::read(&self.sql)?;
        let runs = self.runs(true)?;
        let mut unlike = Vec::new();
        for (name, rows) in &proofs.rows {
            let Some(run) = runs.iter().find(|run| run.name.as_str() == name) else {
                if wanted(None) {
                    unlike.push(Unlike {
                        subject: format!("run {name}"),
                        expected: format!("the run of audit row {}", rows.first().unwrap_or(&0)),
                        found: "no such run".to_owned(),
                    });
                }
                continue;
            };
            if wanted(Some(run.no)) {
                compare(&self.sql, run, &self.proved(name, rows)?, &mut unlike)?;
            }
        }
        if proofs.from_birth {
            for run in runs.iter().filter(|run| !proofs.rows.contains_key(run.name.as_str())) {
                unlike.push(Unlike {
                    subject: format!("run {}", run.name),
                    expected: "a row of the audit that made it".to_owned(),
                    found: "none".to_owned(),
                });
            }
        }
        Ok(unlike)
    }

    fn proved(&self, name: &str, rows: &[i64]) -> Result<Proved, StoreError> {
        let mut proved = Proved::default();
        for no in rows {
            let detail: String = self.sql.prepare_cached(PROOF)?.query_row([no], |row| row.get(0))?;
            if let Some(parts) = proofs_in(&detail).get(name) {
                proved.follow(*no, parts);
            }
        }
        Ok(proved)
    }

    /// Says what of a run's approval the audit does not confirm: the plan, the amount, who, when (R7.2, PROMISES 8).
    ///
    /// # Errors
    /// SQLite's.
    pub fn approval_unlike_the_audit(&self, run: &Run) -> Result<Option<Unlike>, StoreError> {
        let subject = format!("run:{}", run.name);
        let approved_at: Option<String> =
            self.sql.prepare_cached(APPROVED_AT)?.query_row([run.no], |row| row.get(0))?;
        let amount = run.amount.major(run.currency);
        let now = [
            ("plan", Some(run.plan_sha256.as_str())),
            ("amount", Some(amount.as_str())),
            ("user", run.approved_user.as_deref()),
            ("by", run.approved_by.as_deref()),
            ("at", approved_at.as_deref()),
        ];
        let mut statement = self.sql.prepare_cached(APPROVAL)?;
        let mut rows = statement.query([&subject])?;
        while let Some(row) = rows.next()? {
            let about: String = row.get(5)?;
            if !about.split(' ').any(|word| word == subject) {
                continue;
            }
            let (no, at, actor, user): (i64, String, String, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            let detail: Value = serde_json::from_str(&row.get::<_, String>(4)?).unwrap_or_default();
            let said = |key: &str| detail.get(key).and_then(Value::as_str);
            let then = [said("plan_sha256"), said("amount"), Some(&*user), Some(&*actor), Some(&*at)];
            let other = now.iter().zip(then).find(|((_, now), then)| now != then);
            return Ok(other.map(|((what, now), then)| Unlike {
                subject: format!("run {}", run.name),
                expected: format!("approved {what} {}, as audit row {no} says", then.unwrap_or("nothing")),
                found: now.unwrap_or("nothing").to_owned(),
            }));
        }
        Ok(Some(Unlike {
            subject: format!("run {}", run.name),
            expected: "a payout approve in the audit".to_owned(),
            found: "none".to_owned(),
        }))
    }
}

/// Names what of a run is not as the audit says.
fn compare(sql: &Connection, run: &Run, proved: &Proved, unlike: &mut Vec<Unlike>) -> Result<(), StoreError> {
    let subject = format!("run {}", run.name);
    for (_, now) in stored(sql, "runs", "name", &RUN, run.no)? {
        differ(&subject, &[&proved.run], &RUN, &now, unlike);
    }
    // An import's run is known by its lines alone; it has no payments and makes no steps.
    let items = stored(sql, "items", "item_id", &ITEM, run.no)?;
    for (id, now) in &items {
        let own = proved.items.get(id);
        let said: Vec<&Said> = own.into_iter().chain([&proved.all_items]).collect();
        differ(&format!("item {id}"), &said, &ITEM, now, unlike);
    }
    for (id, now) in stored(sql, "batches", "sender_batch_id", &BATCH, run.no)? {
        let nothing = Said::new();
        let said = proved.batches.get(&id).unwrap_or(&nothing);
        differ(&format!("batch {id}"), &[said], &BATCH, &now, unlike);
    }
    let mut other = |expected: String, found: &str| {
        unlike.push(Unlike { subject: subject.clone(), expected, found: found.to_owned() });
    };
    let known: BTreeSet<&str> = items.iter().map(|(id, _)| id.as_str()).collect();
    if let Some(id) = proved.items.keys().find(|id| !known.contains(id.as_str())) {
        other(format!("item {id}, of which the audit speaks"), "no such item");
    }
    let holds = held(sql, run.no)?;
    match &proved.holds {
        Some((then, _)) if *then == holds => {}
        Some((_, no)) => other(format!("the payments and lines it took in audit row {no}"), "others"),
        None if run.origin == Origin::Import => {}
        None => other("payments and lines that the audit knows".to_owned(), "others"),
    }
    for (from, to, then, no) in &proved.steps {
        if stretch(sql, run.no, *from, *to)? != *then {
            other(format!("the steps {from} to {to} that audit row {no} made"), "others");
        }
    }
    let count: i64 = sql.prepare_cached(STEP_COUNT)?.query_row([run.no], |row| row.get(0))?;
    if count != proved.step_count {
        other(format!("{} steps, as the audit says", proved.step_count), &count.to_string());
    }
    Ok(())
}

/// Compares columns with what was last said of each; what was never said is empty.
fn differ(subject: &str, said: &[&Said], columns: &[&str], now: &[Value], unlike: &mut Vec<Unlike>) {
    for (column, now) in columns.iter().zip(now) {
        let then = said.iter().find_map(|said| said.get(*column));
        let (value, row) = then.map_or((&Value::Null, None), |(value, no)| (value, Some(no)));
        if value != now {
            unlike.push(Unlike {
                subject: subject.to_owned(),
                expected: match row {
                    Some(no) => format!("{column} {}, as audit row {no} says", word(value)),
                    None => format!("no {column}, for no audit row names one"),
                },
                found: format!("{column} {}", word(now)),
            });
        }
    }
}

fn word(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::String(text) => text.clone(),
        other @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => other.to_string(),
    }
}

/// Reads the proved columns of a run's rows, each with its name.
fn stored(
    sql: &Connection,
    table: &str,
    name: &str,
    columns: &[&str],
    run_no: i64,
) -> Result<Vec<(String, Vec<Value>)>, StoreError> {
    let mut statement = sql.prepare_cached(&format!(
        "SELECT {name}, {} FROM {table} WHERE run_no = ?1 ORDER BY 1",
        columns.join(", ")
    ))?;
    let mut rows = statement.query([run_no])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let values: Vec<Value> = (1..=columns.len())
            .map(|place| row.get_ref(place).map(clear))
            .collect::<rusqlite::Result<_>>()?;
        found.push((row.get(0)?, values));
    }
    Ok(found)
}
