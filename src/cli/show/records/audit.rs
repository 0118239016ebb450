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

/// Says what changed in one line: old and new where the detail has them, else the detail itself.
fn changes(row: &AuditRow) -> String {
    let detail = detail(row);
    let text = |value: &Value| match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => text.clone(),
        other @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => other.to_string(),
    };
    if let Some(changes) = detail.get("changes").and_then(Value::as_array) {
        let words = changes.iter().map(|change| {
            format!("{} {} → {}", text(&change["field"]), text(&change["old"]), text(&change["new"]))
        });
        return words.collect::<Vec<_>>().join("; ");
    }
    // What proves runs is for `check` and for JSON; a person reads the rest.
    let mut detail = detail;
    detail.as_object_mut().and_then(|fields| fields.shift_remove("proof"));
    detail.to_string()
}

fn listed(rows: &[AuditRow]) -> Answer {
    let columns = vec![
        Column::count("no"),
        Column::text("at"),
        Column::text("actor"),
        Column::text("os_user"),
        Column::text("action"),
        Column::text("subject"),
        Column::text("what"),
        Column::text("reason"),
    ];
    let table = Table::new(columns)
        .rows(rows.iter().map(|row| {
            vec![
                Cell::Figure(row.no.to_string()),
                row.at.as_str().into(),
                row.actor.as_str().into(),
                row.os_user.as_str().into(),
                row.action.as_str().into(),
                row.subject.as_str().into(),
                changes(row).into(),
                row.reason.clone().into(),
            ]
        }))
        .counted("change", "changes")
        .empty("nothing");
    let all: Vec<Value> = rows
        .iter()
        .map(|row| {
            json!({
                "no": row.no, "at": row.at, "actor": row.actor, "os_user": row.os_user, "action": row.action,
                "subject": row.subject, "detail": detail(row), "reason": row.reason, "hash": row.hash,
            })
        })
        .collect();
    Answer::new("audit", json!({ "rows": all })).table(table)
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
            .lead(format!("{} rows, each as it was written. Head {}", trail.rows, trail.head))
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
