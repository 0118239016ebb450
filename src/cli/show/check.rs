//! `check`: silent when well; else what does not hold, and exit 1.
//!
//! Floor 6.

use serde_json::json;

use crate::cli::render::{Answer, Column, Table};
use crate::cli::settings::Settings;
use crate::cli::{Exit, Failure, Output};
use crate::commands::check::{Report, check};

/// Checks the whole database.
///
/// # Errors
/// A file that is no database of ours.
pub fn run(settings: &Settings) -> Result<Output, Failure> {
    Ok(answer(&check(settings.db()?, settings.now)?).into())
}

fn answer(report: &Report) -> Answer {
    let findings = report.findings.iter().map(|finding| {
        json!({
            "invariant": finding.invariant, "subject": finding.subject, "expected": finding.expected,
            "found": finding.found,
        })
    });
    let fields = json!({"ok": report.ok(), "findings": findings.collect::<Vec<_>>()});
    let table = Table::new(["invariant", "subject", "expected", "found"].map(Column::text).to_vec())
        .rows(report.findings.iter().map(|finding| {
            vec![
                finding.invariant.into(),
                finding.subject.as_str().into(),
                finding.expected.as_str().into(),
                finding.found.as_str().into(),
            ]
        }))
        .counted("finding", "findings");
    let answer = Answer::new("check", fields).table(table);
    if report.ok() {
        return answer;
    }
    answer
        .closing("Next: pay nobody; keep a copy of this file for its evidence; partners restore BACKUP --reason WHY")
        .exit(Exit::Refused)
}
