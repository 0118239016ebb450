//! `audit log`, `audit verify`: who did what, when and why, and whether anybody changed the past.
//!
//! Floor 5.

use std::collections::BTreeSet;

use serde_json::Value;

use super::RecordError;
use crate::dates::{Day, Now};
use crate::ids::AccountId;
use crate::store::{AuditRow, Reader, Trail};

/// Which part of the trail `audit log` shows.
#[derive(Debug, Clone, Copy)]
pub enum TrailFilter<'a> {
    /// All of it.
    All,
    /// What was done about a partner, by any of their names.
    Partner(&'a str),
    /// What was done about an account.
    Account(&'a str),
    /// What was done about a run.
    Run(&'a str),
}

/// Returns the rows of the trail, oldest first: of a partner also what became of the runs that hold money of theirs,
/// and imports that changed their record; of an account also the pass over the evidence that tied it.
///
/// # Errors
/// No such partner, account or run.
pub fn audit_log(reader: &Reader, filter: TrailFilter<'_>) -> Result<Vec<AuditRow>, RecordError> {
    Ok(match filter {
        TrailFilter::All => reader.audit_rows(None)?,
        TrailFilter::Partner(name) => {
            let no = reader.find_partner(name)?;
            let id = reader.partner_record(no)?.facts.id.0;
            let runs = reader.run_names_of(no)?;
            reader.audit_rows_where(|row| is_of_partner(row, &id, &runs))?
        }
        TrailFilter::Account(id) => {
            let account = reader.account_record(&AccountId(id.trim().to_owned()))?.id;
            let ties = reader.ties_of(&account)?;
            reader.audit_rows_where(|row| is_of_account(reader, row, account.as_str(), &ties))?
        }
        TrailFilter::Run(name) => {
            let run = reader.run(name.trim())?.name.0;
            reader.audit_rows_where(|row| is_of_run(row, &run))?
        }
    })
}

/// Rows about a run, and those that changed one without being about it, as an import of settled rows.
fn is_of_run(row: &AuditRow, run: &str) -> bool {
    row.is_about(&format!("run:{run}")) || detail(row)["proof"].get(run).is_some()
}

fn is_of_partner(row: &AuditRow, id: &str, runs: &BTreeSet<String>) -> bool {
    if row.is_about(&format!("partner:{id}")) {
        return true;
    }
    let runs_named = row.subject.split(' ').filter_map(|subject| subject.strip_prefix("run:"));
    if runs_named.into_iter().any(|run| runs.contains(run)) {
        return true;
    }
    let detail = detail(row);
    let named = detail["partners"].as_array().into_iter().flatten();
    let proved = detail["proof"].as_object().into_iter().flatten();
    named.into_iter().any(|change| change["partner"] == id)
        || proved.into_iter().any(|(run, _)| runs.contains(run))
}

/// A pass names the accounts it tied, as long as they are few; of many, the day and the person of the tie tell.
fn is_of_account(reader: &Reader, row: &AuditRow, account: &str, ties: &[(Day, String)]) -> bool {
    if row.is_about(&format!("account:{account}")) {
        return true;
    }
    if row.action != "attribute" || row.subject.contains("account:") {
        return false;
    }
    let detail = detail(row);
    if detail["accounts"].as_array().is_some_and(|named| named.iter().any(|one| one == account)) {
        return true;
    }
    let whole = detail.get("accounts").is_some() && detail.get("accounts_more").is_none();
    let Ok(at) = chrono::DateTime::parse_from_rfc3339(&row.at) else { return false };
    let day = reader.today(Now(at.to_utc()));
    !whole && ties.iter().any(|(on, actor)| *on == day && *actor == row.actor)
}

fn detail(row: &AuditRow) -> Value {
    serde_json::from_str(&row.detail).unwrap_or_default()
}

/// Walks the whole trail and names the first bad row.
///
/// # Errors
/// The store's.
pub fn audit_verify(reader: &Reader) -> Result<Trail, RecordError> {
    Ok(reader.verify_audit()?)
}
