//! `audit`: who did what, when and why, and whether the past is as it was written.
//!
//! Floor 6.

use serde_json::{Value, json};

use super::super::reader;
use crate::cli::args::Audit as Asked;
use crate::cli::render::{Answer, Cell, Column, Table};
use crate::cli::settings::Settings;
use crate::cli::{Exit, Failure, Output};
use crate::commands::records::{TrailFilter, audit_log, audit_verify};
use crate::store::{AuditRow, Trail};
use crate::text::counted;

/// Lists or verifies the trail.
///
/// # Errors
/// The store's; no such partner, account or run.
pub fn run(asked: &Asked, settings: &Settings) -> Result<Output, Failure> {
    match asked {
        Asked::Log { partner, account, run } => {
            let filter = match (partner, account, run) {
                (Some(partner), _, _) => TrailFilter::Partner(partner),
                (None, Some(account), _) => TrailFilter::Account(account),
                (None, None, Some(run)) => TrailFilter::Run(run),
                (None, None, None) => TrailFilter::All,
            };
            Ok(listed(&audit_log(&reader(settings)?, filter)?).into())
        }
        Asked::Verify => Ok(verified(&audit_verify(&reader(settings)?)?).into()),
    }
}

/// Reads the stored detail; what is no JSON is shown as it stands.
fn detail(row: &AuditRow) -> Value {
    serde_json::from_str(&row.detail).unwrap_or_else(|_| Value::String(row.detail.clone()))
}

/// Letters of a hash that are shown to people; all of it stands in CSV and JSON.
const HASH_SHOWN: usize = 12;

/// Says what changed in one line: old and new where the detail has them, else each field with its value; `people` see
/// only the beginning of a hash.
fn changes(row: &AuditRow, people: bool) -> String {
    let mut detail = detail(row);
    // What proves runs is for `check` and for JSON; a person reads the rest.
    detail.as_object_mut().and_then(|fields| fields.shift_remove("proof"));
    match detail.get("changes").and_then(Value::as_array) {
        Some(changes) => {
            let words = changes.iter().map(|change| {
                format!("{} {} → {}", text(&change["field"]), text(&change["old"]), text(&change["new"]))
            });
            words.chain(claimed(&detail)).collect::<Vec<_>>().join("; ")
        }
        None => fields(&detail, people).join("; "),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(values) => values.iter().map(text).collect::<Vec<_>>().join(", "),
        Value::Object(_) => format!("({})", fields(value, true).join(", ")),
    }
}

/// Names the links that came with a change (R4.2).
fn claimed(detail: &Value) -> Vec<String> {
    let links = detail.get("claimed").and_then(Value::as_array).into_iter().flatten();
    links.map(|link| format!("claimed {}: {}", text(&link["code"]), text(&link["accounts"]))).collect()
}

/// Writes a detail's fields, those that say something: `items 2`, `amount 1454.00`.
fn fields(detail: &Value, people: bool) -> Vec<String> {
    let Value::Object(fields) = detail else { return vec![text(detail)] };
    fields
        .iter()
        .filter(|(_, value)| match value {
            Value::Null => false,
            Value::Array(values) => !values.is_empty(),
            Value::Object(fields) => !fields.is_empty(),
            Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
        })
        .map(|(field, value)| {
            let said = text(value);
            let hash = people && said.len() > 40 && said.bytes().all(|byte| byte.is_ascii_hexdigit());
            let said = if hash { format!("{}…", said.get(..HASH_SHOWN).unwrap_or(&said)) } else { said };
            format!("{} {said}", field.replace('_', " "))
        })
        .collect()
}

fn listed(rows: &[AuditRow]) -> Answer {
    let columns = vec![
        Column::count("no"),
        Column::id("at"),
        Column::text("actor"),
        Column::text("os_user").minor(1),
        Column::id("action"),
        Column::prose("subject"),
        Column::prose("what"),
        Column::prose("reason"),
    ];
    let table = |people: bool| {
        Table::new(columns.clone()).rows(rows.iter().map(move |row| {
            vec![
                Cell::Figure(row.no.to_string()),
                row.at.as_str().into(),
                row.actor.as_str().into(),
                row.os_user.as_str().into(),
                row.action.as_str().into(),
                row.subject.as_str().into(),
                changes(row, people).into(),
                row.reason.clone().into(),
            ]
        }))
    };
    let all: Vec<Value> = rows
        .iter()
        .map(|row| {
            json!({
                "no": row.no, "at": row.at, "actor": row.actor, "os_user": row.os_user, "action": row.action,
                "subject": row.subject, "detail": detail(row), "reason": row.reason, "hash": row.hash,
            })
        })
        .collect();
    Answer::new("audit", json!({ "rows": all }))
        .table(table(true).counted("change", "changes").empty("nothing"))
        .csv(table(false))
}

fn verified(trail: &Trail) -> Answer {
    let broken = trail.broken.as_ref();
    let fields = json!({
        "ok": broken.is_none(), "rows": trail.rows, "head": trail.head,
        "broken": broken.map(|(row, why)| json!({"row": row, "why": why})),
    });
    let answer = Answer::new("audit_verify", fields);
    match broken {
        None => answer
            .lead(format!(
                "{}, each as it was written. Head {}",
                counted(trail.rows, "row", "rows"),
                trail.head
            ))
            .closing("Compare the head with the one printed on the last run or backup.")
            .routine(),
        Some((row, why)) => answer
            .lead(format!("Row {row} of the audit trail is not as it was written: {why}."))
            .closing(format!(
                "Rows 1 to {} follow from each other. Keep this file for its evidence; compare it with the last \
                 backup.",
                trail.rows
            ))
            .exit(Exit::Refused),
    }
}
