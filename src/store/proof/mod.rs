//! What a change did to runs and partners, kept in the audit row under which it was saved, so that the chain proves it.
//!
//! Floor 4. A writer watches its own transaction: temporary triggers note every column of a run, an item or a batch
//! that changes, every run that takes lines, every step. `Writer::commit` puts them into the note's detail, so that
//! no command can forget it, and `replay` follows them to what must now be stored (PROMISES 22, 23). Only what this
//! transaction changed is written: what somebody altered behind the program's back is never sealed by a later change.
//!
//! Under `proof` in the detail stands, for each run: `run` (columns as they became), `holds` (SHA-256 of items and
//! lines, once they are taken), `steps` (the new transitions and their SHA-256), `items` and `batches` (the columns
//! that changed, by payment and by batch; "all" where it is the same for every payment of the run). Rows from before
//! this was kept have no such key and stay valid.

mod replay;

pub use replay::Unlike;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::StoreError;
use super::audit::{AuditNote, hex};

/// The key in the detail of an audit row.
pub const KEY: &str = "proof";
/// Says in the detail of `init` that every run of these books is proved from its birth.
pub const FROM_BIRTH: &str = "runs_proved";
/// Says in a detail that runs from before proofs were kept were taken over as they stood.
pub const ADOPTED: &str = "runs_adopted";
/// How many changes of partners one row of the audit names; beyond, their number.
const PARTNERS_NAMED_MAX: usize = 10_000;
/// A text longer than this is kept as its hash.
const CLEAR_MAX: usize = 200;

/// Columns of a run that are proved one by one.
const RUN: [&str; 18] = [
    "name",
    "date",
    "kind",
    "state",
    "channel",
    "currency",
    "created_by",
    "created_user",
    "created_at",
    "approved_by",
    "approved_user",
    "approved_at",
    "plan_sha256",
    "approved_sha256",
    "file_sha256",
    "file_name",
    "left_at",
    "note",
];
/// Columns of an item: its outcome. What it pays to whom is held fast with the lines. When PayPal was last asked
/// (`checked_at`) says nothing about money.
const ITEM: [&str; 10] = [
    "state",
    "state_on",
    "returned_on",
    "reason_code",
    "payout_item_id",
    "transaction_id",
    "fee_cents",
    "paypal_status",
    "processed_at",
    "alarm",
];
/// Columns of a batch.
const BATCH: [&str; 17] = [
    "part",
    "attempt",
    "environment",
    "payload_sha256",
    "items",
    "amount_cents",
    "state",
    "first_sent_at",
    "last_sent_at",
    "payout_batch_id",
    "batch_status",
    "debug_id",
    "sender_batch_id",
    "reply",
    "intended_at",
    "exists_at",
    "repeat_refused_at",
];
/// Columns of a partner whose change is named in the trail, whoever makes it.
const PARTNER: [&str; 9] = [
    "name",
    "email",
    "status",
    "country",
    "us_person",
    "tax_form",
    "tax_status",
    "paypal_email",
    "tax_decided_on",
];

const TABLES: &str =
    "CREATE TEMP TABLE changed (about TEXT NOT NULL, no INTEGER NOT NULL, column_name TEXT NOT NULL,
        PRIMARY KEY (about, no, column_name)) WITHOUT ROWID;
    CREATE TEMP TABLE changed_partners (partner_no INTEGER NOT NULL, field TEXT NOT NULL, old ANY,
        PRIMARY KEY (partner_no, field)) WITHOUT ROWID;
    CREATE TEMP TRIGGER watch_items_of_run AFTER INSERT ON main.items
        BEGIN INSERT INTO changed VALUES ('holds', NEW.run_no, '') ON CONFLICT DO NOTHING; END;
    CREATE TEMP TRIGGER watch_lines AFTER INSERT ON main.lines
        BEGIN INSERT INTO changed VALUES ('holds', NEW.run_no, '') ON CONFLICT DO NOTHING; END;
    CREATE TEMP TRIGGER watch_steps AFTER INSERT ON main.transitions
        BEGIN INSERT INTO changed VALUES ('steps', NEW.transition_no, '') ON CONFLICT DO NOTHING; END;
    CREATE TEMP TRIGGER watch_new_partners AFTER INSERT ON main.partners
        BEGIN INSERT INTO changed_partners VALUES (NEW.partner_no, 'partner', NULL) ON CONFLICT DO NOTHING; END;
    CREATE TEMP TRIGGER watch_new_rates AFTER INSERT ON main.partner_rates BEGIN
        INSERT INTO changed_partners VALUES (NEW.partner_no, 'rate', (SELECT millionths FROM partner_rates
            WHERE partner_no = NEW.partner_no AND from_on < NEW.from_on ORDER BY from_on DESC LIMIT 1))
            ON CONFLICT DO NOTHING; END;
    CREATE TEMP TRIGGER watch_rates AFTER UPDATE ON main.partner_rates WHEN OLD.millionths IS NOT NEW.millionths
        BEGIN INSERT INTO changed_partners VALUES (NEW.partner_no, 'rate', OLD.millionths)
            ON CONFLICT DO NOTHING; END;";

/// What a run holds: its payments, then its lines. `lines` and `items` are append-only in what is read here.
const HELD_ITEMS: &str = "SELECT item_no, item_id, partner_no, paypal_email, amount_cents FROM items
    WHERE run_no = ?1 ORDER BY item_no";
const HELD_LINES: &str =
    "SELECT line_no, item_no, partner_no, charge_no, adjustment_no, fate, kind, amount_cents,
        due_cents
    FROM lines WHERE run_no = ?1 ORDER BY line_no";
/// A stretch of a run's steps.
const STEPS: &str = "SELECT transition_no, item_no, was, became, on_day, at, reason FROM transitions
    WHERE run_no = ?1 AND transition_no BETWEEN ?2 AND ?3 ORDER BY transition_no";
const NEW_STEPS: &str = "SELECT run_no, min(transition_no), max(transition_no), count(*)
    FROM changed JOIN transitions ON transitions.transition_no = changed.no WHERE about = 'steps' GROUP BY run_no";
const RUN_NAME: &str = "SELECT name FROM runs WHERE run_no = ?1";
const RUNS_THAT_HOLD: &str = "SELECT no FROM changed WHERE about = 'holds' ORDER BY no";
const ITEMS_OF: &str = "SELECT count(*) FROM items WHERE run_no = ?1";
const PARTNERS: &str = "SELECT partner_id, field, old, CASE field
        WHEN 'name' THEN name WHEN 'email' THEN email WHEN 'status' THEN status WHEN 'country' THEN country
        WHEN 'us_person' THEN us_person WHEN 'tax_form' THEN tax_form WHEN 'tax_status' THEN tax_status
        WHEN 'paypal_email' THEN paypal_email WHEN 'tax_decided_on' THEN tax_decided_on
        WHEN 'rate' THEN (SELECT millionths FROM partner_rates
            WHERE partner_rates.partner_no = partners.partner_no ORDER BY from_on DESC LIMIT 1)
        ELSE 'added' END
    FROM changed_partners JOIN partners USING (partner_no) ORDER BY partner_no, field";
const FIRST_DETAIL: &str = "SELECT detail FROM audit WHERE audit_no = 1";
const ANY_ADOPTION: &str = "SELECT EXISTS (SELECT 1 FROM audit WHERE instr(detail, ?1) > 0)";
/// Marks everything of the runs from before proofs were kept, as if it had been written now.
const ADOPT: &str =
    "INSERT INTO changed SELECT 'run', run_no, '*' FROM runs WHERE true ON CONFLICT DO NOTHING;
    INSERT INTO changed SELECT 'holds', run_no, '' FROM runs WHERE true ON CONFLICT DO NOTHING;
    INSERT INTO changed SELECT 'item', item_no, '*' FROM items WHERE true ON CONFLICT DO NOTHING;
    INSERT INTO changed SELECT 'batch', batch_no, '*' FROM batches WHERE true ON CONFLICT DO NOTHING;
    INSERT INTO changed SELECT 'steps', transition_no, '' FROM transitions WHERE true ON CONFLICT DO NOTHING";

/// A table that is watched column by column.
struct Watched {
    part: &'static str,
    table: &'static str,
    key: &'static str,
    columns: &'static [&'static str],
    /// The changed rows with run and name; then the columns.
    changed: &'static str,
}

const WATCHED: [Watched; 3] = [
    Watched {
        part: "run",
        table: "runs",
        key: "run_no",
        columns: &RUN,
        changed: "SELECT changed.no, column_name, runs.run_no, runs.name",
    },
    Watched {
        part: "item",
        table: "items",
        key: "item_no",
        columns: &ITEM,
        changed: "SELECT changed.no, column_name, items.run_no, items.item_id",
    },
    Watched {
        part: "batch",
        table: "batches",
        key: "batch_no",
        columns: &BATCH,
        changed: "SELECT changed.no, column_name, batches.run_no, batches.sender_batch_id",
    },
];

/// Begins to watch what a connection changes.
pub fn watch(sql: &Connection) -> Result<(), StoreError> {
    let mut script = TABLES.to_owned();
    for Watched { part, table, key, columns, .. } in WATCHED {
        let changed: Vec<String> = columns
            .iter()
            .map(|column| {
                format!("SELECT '{part}', NEW.{key}, '{column}' WHERE OLD.{column} IS NOT NEW.{column}")
            })
            .collect();
        write!(
            script,
            "CREATE TEMP TRIGGER watch_new_{table} AFTER INSERT ON main.{table}
                BEGIN INSERT INTO changed VALUES ('{part}', NEW.{key}, '*') ON CONFLICT DO NOTHING; END;
            CREATE TEMP TRIGGER watch_{table} AFTER UPDATE ON main.{table}
                BEGIN INSERT INTO changed {} ON CONFLICT DO NOTHING; END;",
            changed.join(" UNION ALL ")
        )
        .expect("writing to a string does not fail");
    }
    let fields: Vec<String> = PARTNER
        .iter()
        .map(|column| {
            format!("SELECT NEW.partner_no, '{column}', OLD.{column} WHERE OLD.{column} IS NOT NEW.{column}")
        })
        .collect();
    write!(
        script,
        "CREATE TEMP TRIGGER watch_partners AFTER UPDATE ON main.partners
            BEGIN INSERT INTO changed_partners {} ON CONFLICT DO NOTHING; END;",
        fields.join(" UNION ALL ")
    )
    .expect("writing to a string does not fail");
    Ok(sql.execute_batch(&script)?)
}

/// Adds to a note what its transaction did to runs and, where the note does not say it itself, to partners.
pub fn add_to(sql: &Connection, note: &AuditNote) -> Result<AuditNote, StoreError> {
    let mut note = note.clone();
    let adopted = adopts(sql)?;
    let runs = runs(sql)?;
    let (partners, more) =
        if note.detail.get("changes").is_some() { (Vec::new(), 0) } else { partners(sql)? };
    if runs.is_empty() && partners.is_empty() && !adopted {
        return Ok(note);
    }
    let mut detail = match note.detail {
        Value::Object(fields) => fields,
        Value::Null => Map::new(),
        other @ (Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_)) => {
            Map::from_iter([("said".to_owned(), other)])
        }
    };
    if !partners.is_empty() {
        detail.insert("partners".to_owned(), partners.into());
        if more > 0 {
            detail.insert("partners_more".to_owned(), more.into());
        }
    }
    if adopted {
        detail.insert(ADOPTED.to_owned(), true.into());
    }
    if !runs.is_empty() {
        let runs: Map<String, Value> =
            runs.into_iter().map(|(name, parts)| (name, Value::Object(parts))).collect();
        detail.insert(KEY.to_owned(), Value::Object(runs));
    }
    note.detail = Value::Object(detail);
    Ok(note)
}

/// Takes over the runs of books from before proofs were kept, once; says whether it did so now.
fn adopts(sql: &Connection) -> Result<bool, StoreError> {
    let first: Option<String> =
        sql.prepare_cached(FIRST_DETAIL)?.query_row([], |row| row.get(0)).optional()?;
    if first.is_none_or(|detail| detail.contains(FROM_BIRTH)) {
        return Ok(false);
    }
    let adopted: bool =
        sql.prepare_cached(ANY_ADOPTION)?.query_row([format!("\"{ADOPTED}\":true")], |row| row.get(0))?;
    if adopted {
        return Ok(false);
    }
    sql.execute_batch(ADOPT)?;
    Ok(true)
}

type Parts = Map<String, Value>;

/// Tells what this transaction did to each run.
fn runs(sql: &Connection) -> Result<BTreeMap<String, Parts>, StoreError> {
    let mut runs: BTreeMap<String, Parts> = BTreeMap::new();
    let mut names: BTreeMap<i64, String> = BTreeMap::new();
    let mut name_of = |run_no: i64| -> Result<String, StoreError> {
        if let Some(name) = names.get(&run_no) {
            return Ok(name.clone());
        }
        let name: String = sql.prepare_cached(RUN_NAME)?.query_row([run_no], |row| row.get(0))?;
        names.insert(run_no, name.clone());
        Ok(name)
    };
    for watched in WATCHED {
        for (run_no, columns) in changed_columns(sql, &watched)? {
            let parts = runs.entry(name_of(run_no)?).or_default();
            match watched.part {
                "run" => {
                    let own = columns.into_iter().next().map(|(_, columns)| columns).unwrap_or_default();
                    parts.insert("run".to_owned(), Value::Object(own));
                }
                "item" => {
                    let count: i64 = sql.prepare_cached(ITEMS_OF)?.query_row([run_no], |row| row.get(0))?;
                    let all = usize::try_from(count) == Ok(columns.len());
                    parts.insert("items".to_owned(), grouped(columns, all));
                }
                _ => {
                    let batches: Map<String, Value> =
                        columns.into_iter().map(|(id, columns)| (id, Value::Object(columns))).collect();
                    parts.insert("batches".to_owned(), Value::Object(batches));
                }
            }
        }
    }
    let holding: Vec<i64> = sql
        .prepare_cached(RUNS_THAT_HOLD)?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for run_no in holding {
        let holds = held(sql, run_no)?;
        runs.entry(name_of(run_no)?).or_default().insert("holds".to_owned(), holds.into());
    }
    let steps: Vec<(i64, i64, i64, i64)> = sql
        .prepare_cached(NEW_STEPS)?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (run_no, from, to, count) in steps {
        let steps =
            json!({"from": from, "to": to, "count": count, "sha256": stretch(sql, run_no, from, to)?});
        runs.entry(name_of(run_no)?).or_default().insert("steps".to_owned(), steps);
    }
    Ok(runs)
}

/// Returns, for each run, the rows that changed with their columns; a new row has all that are not empty.
fn changed_columns(
    sql: &Connection,
    watched: &Watched,
) -> Result<BTreeMap<i64, Vec<(String, Parts)>>, StoreError> {
    let Watched { part, table, key, columns, changed } = watched;
    let mut statement = sql.prepare_cached(&format!(
        "{changed}, {} FROM changed JOIN {table} ON {table}.{key} = changed.no WHERE about = '{part}'
         ORDER BY changed.no, column_name",
        columns.iter().map(|column| format!("{table}.{column}")).collect::<Vec<_>>().join(", ")
    ))?;
    let mut rows = statement.query([])?;
    let mut runs: BTreeMap<i64, Vec<(String, Parts)>> = BTreeMap::new();
    let mut last = None;
    while let Some(row) = rows.next()? {
        let (no, column, run_no, name): (i64, String, i64, String) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let of_run = runs.entry(run_no).or_default();
        if last != Some(no) {
            of_run.push((name, Map::new()));
            last = Some(no);
        }
        let Some((_, found)) = of_run.last_mut() else { continue };
        for (place, known) in (4..).zip(columns.iter()) {
            let value = clear(row.get_ref(place)?);
            if column == *known || (column == "*" && !value.is_null()) {
                found.insert((*known).to_owned(), value);
            }
        }
    }
    Ok(runs)
}

/// Puts payments to which the same happened together.
fn grouped(items: Vec<(String, Parts)>, all: bool) -> Value {
    let mut groups: BTreeMap<String, (Parts, Vec<String>)> = BTreeMap::new();
    for (id, columns) in items {
        let key = Value::Object(columns.clone()).to_string();
        groups.entry(key).or_insert_with(|| (columns, Vec::new())).1.push(id);
    }
    let all = all && groups.len() == 1;
    let groups = groups.into_values().map(|(columns, ids)| {
        let ids = if all { json!("all") } else { json!(ids) };
        json!({"items": ids, "became": columns})
    });
    Value::Array(groups.collect())
}

/// Names the partners' facts that changed, old and new, and says how many more there are.
fn partners(sql: &Connection) -> Result<(Vec<Value>, usize), StoreError> {
    let mut statement = sql.prepare_cached(PARTNERS)?;
    let mut rows = statement.query([])?;
    let (mut named, mut more) = (Vec::new(), 0_usize);
    while let Some(row) = rows.next()? {
        let (partner, field): (String, String) = (row.get(0)?, row.get(1)?);
        let (mut old, mut new) = (clear(row.get_ref(2)?), clear(row.get_ref(3)?));
        if field == "rate" {
            (old, new) = (rate(&old), rate(&new));
        }
        if old != new && named.len() >= PARTNERS_NAMED_MAX {
            more = more.saturating_add(1);
        } else if old != new {
            named.push(json!({"partner": partner, "field": field, "old": old, "new": new}));
        }
    }
    // A partner who is new has no other news.
    let added: Vec<String> = named
        .iter()
        .filter(|one| one["field"] == "partner")
        .filter_map(|one| one["partner"].as_str().map(str::to_owned))
        .collect();
    let added: std::collections::BTreeSet<&str> = added.iter().map(String::as_str).collect();
    named.retain(|one| {
        one["field"] == "partner" || !one["partner"].as_str().is_some_and(|id| added.contains(id))
    });
    Ok((named, more))
}

/// Writes a stored rate as people do: 250000 is 0.25.
fn rate(millionths: &Value) -> Value {
    millionths.as_i64().map_or(Value::Null, |millionths| {
        let digits = format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000);
        digits.trim_end_matches('0').trim_end_matches('.').into()
    })
}

/// Hashes what a run holds.
fn held(sql: &Connection, run_no: i64) -> Result<String, StoreError> {
    let mut hasher = Sha256::new();
    for statement in [HELD_ITEMS, HELD_LINES] {
        let mut statement = sql.prepare_cached(statement)?;
        digest(&mut hasher, statement.query([run_no])?)?;
    }
    Ok(hex(&hasher.finalize()))
}

/// Hashes a stretch of a run's steps.
fn stretch(sql: &Connection, run_no: i64, from: i64, to: i64) -> Result<String, StoreError> {
    let mut hasher = Sha256::new();
    let mut statement = sql.prepare_cached(STEPS)?;
    digest(&mut hasher, statement.query([run_no, from, to])?)?;
    Ok(hex(&hasher.finalize()))
}

/// Hashes rows so that no two different lists give the same bytes: each value with its kind and length.
fn digest(hasher: &mut Sha256, mut rows: rusqlite::Rows<'_>) -> Result<(), StoreError> {
    let columns = rows.as_ref().map_or(0, rusqlite::Statement::column_count);
    while let Some(row) = rows.next()? {
        for column in 0..columns {
            match row.get_ref(column)? {
                ValueRef::Null => hasher.update(b"-,"),
                ValueRef::Integer(number) => hasher.update(format!("i{number},")),
                ValueRef::Real(_) => hasher.update(b"real,"),
                ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                    hasher.update(format!("t{}:", bytes.len()));
                    hasher.update(bytes);
                    hasher.update(b",");
                }
            }
        }
        hasher.update(b"\n");
    }
    Ok(())
}

/// Returns a stored value as the proof holds it.
fn clear(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(_) => "a number with a fraction".into(),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) if bytes.len() > CLEAR_MAX => {
            format!("sha256 {}", hex(&Sha256::digest(bytes))).into()
        }
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => String::from_utf8_lossy(bytes).into(),
    }
}
