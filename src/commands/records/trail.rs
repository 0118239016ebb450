//! `audit log`, `audit verify`: who did what, when and why, and whether anybody changed the past.
//!
//! Floor 5.

use super::RecordError;
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

/// Returns the rows of the trail, oldest first.
///
/// # Errors
/// No such partner, account or run.
pub fn audit_log(reader: &Reader, filter: TrailFilter<'_>) -> Result<Vec<AuditRow>, RecordError> {
    let subject = match filter {
        TrailFilter::All => None,
        TrailFilter::Partner(name) => {
            let record = reader.partner_record(reader.find_partner(name)?)?;
            Some(format!("partner:{}", record.facts.id))
        }
        TrailFilter::Account(id) => {
            Some(format!("account:{}", reader.account_record(&AccountId(id.trim().to_owned()))?.id))
        }
        TrailFilter::Run(name) => Some(format!("run:{}", reader.run(name.trim())?.name)),
    };
    Ok(reader.audit_rows(subject.as_deref())?)
}

/// Walks the whole trail and names the first bad row.
///
/// # Errors
/// The store's.
pub fn audit_verify(reader: &Reader) -> Result<Trail, RecordError> {
    Ok(reader.verify_audit()?)
}
