//! `backup`, `restore` and `doctor`.
//!
//! Floor 6. Restoring asks before it does anything; nothing of a credential is shown.

use std::env;
use std::path::Path;

use serde_json::json;

use crate::cli::args::{Backup, Restore};
use crate::cli::render::{Answer, Column, Table};
use crate::cli::settings::Settings;
use crate::cli::{Exit, Failure, Output};
use crate::commands::backup::{backup as copy, reconciled, restore as put_back};
use crate::commands::doctor::{Access, Condition, Diagnosis, doctor as examine};
use crate::paypal::{CredentialError, Credentials};
use crate::store::{Missing, Restored};

/// Makes a backup.
///
/// # Errors
/// The store's.
pub fn backup(asked: &Backup, settings: &Settings) -> Result<Output, Failure> {
    let made = copy(settings.db()?, &asked.file, &settings.operator(), settings.wait)?;
    let copied = &made.copied;
    let warning = made.unnoted.map(|error| {
        format!("the copy is good, but the books do not know of it, for somebody is writing: {error}")
    });
    let fields = json!({
        "file": copied.file.to_string_lossy(), "bytes": copied.bytes, "sha256": copied.sha256,
        "audit_rows": copied.audit_rows, "audit_head": copied.audit_head, "noted": warning.is_none(),
        "warnings": warning.iter().collect::<Vec<_>>(),
    });
    Ok(Answer::new("backup", fields)
        .lead(format!("Copied to {}, and read back: {} bytes.", copied.file.display(), copied.bytes))
        .lead(format!("Its trail has {} rows and ends with {}", copied.audit_rows, copied.audit_head))
        .warnings(warning)
        .routine()
        .into())
}

/// Puts a backup in place, or ends a restoration.
///
/// # Errors
/// No consent or reason; the store's.
pub fn restore(asked: &Restore, settings: &Settings) -> Result<Output, Failure> {
    let path = settings.db()?;
    let reason = match &asked.reason {
        Some(reason) => reason.clone(),
        None => settings.ui.ask("--reason", "Why?")?,
    };
    let Some(file) = &asked.file else {
        reconciled(path, &reason, &settings.operator(), settings.wait)?;
        return Ok(Answer::new("restore", json!({"reconciled": true}))
            .lead("Money may leave again.")
            .routine()
            .into());
    };
    settings.ui.confirm(&format!("Put {} in the place of {}?", file.display(), path.display()))?;
    let restored = put_back(path, file, &reason, &settings.operator(), settings.wait)?;
    Ok(told(path, file, &restored).into())
}

fn told(path: &Path, file: &Path, restored: &Restored) -> Answer {
    let missing = restored.missing.iter().map(
        |Missing { partner, amount, runs, .. }| json!({"partner": partner, "amount": amount, "runs": runs}),
    );
    let fields = json!({
        "reconciled": false, "database": path.to_string_lossy(), "backup": file.to_string_lossy(),
        "aside": restored.aside.as_ref().map(|aside| aside.to_string_lossy()), "audit_rows": restored.audit_rows,
        "audit_head": restored.audit_head, "since_known": restored.since_known,
        "missing": missing.collect::<Vec<_>>(),
    });
    let mut answer = Answer::new("restore", fields).lead(format!(
        "{} is what {} was, and pays nobody yet.",
        path.display(),
        file.display()
    ));
    if let Some(aside) = &restored.aside {
        answer = answer.lead(format!("The file that was there is kept as {}.", aside.display()));
    }
    if !restored.since_known {
        answer = answer.lead(
            "What left since the backup is not known here: the replaced file could not be read. Ask PayPal.",
        );
    }
    let table = Table::new(["partner", "amount", "runs"].map(Column::text).to_vec())
        .title("Left after the backup was made, and not in its books:")
        .rows(restored.missing.iter().map(|missing| {
            vec![
                missing.partner.as_str().into(),
                missing.amount.as_str().into(),
                missing.runs.join(" ").into(),
            ]
        }))
        .counted("partner", "partners");
    answer
        .table(table)
        .closing(
            "Next: partners payout record for each of them, then partners restore --reconciled --reason WHY",
        )
        .exit(Exit::Attention)
}

/// Looks at the set-up.
///
/// # Errors
/// No database can be named.
pub fn doctor(settings: &Settings) -> Result<Output, Failure> {
    let access = match Credentials::find(|name| env::var_os(name)) {
        Ok(_) => Access::Ready,
        Err(CredentialError::NoClientId) if env::var_os(crate::paypal::SECRET_FILE_VARIABLE).is_none() => {
            Access::None
        }
        Err(error) => Access::Unfit(error.to_string()),
    };
    let diagnosis = examine(settings.db()?, settings.now, &access);
    Ok(diagnosed(&diagnosis, settings.ui.verbose).into())
}

fn diagnosed(diagnosis: &Diagnosis, verbose: bool) -> Answer {
    let signs = diagnosis.signs.iter().map(|sign| {
        json!({
            "check": sign.check, "condition": sign.condition.as_str(), "found": sign.found, "remedy": sign.remedy,
        })
    });
    let fields = json!({"ok": diagnosis.ok(), "checks": signs.collect::<Vec<_>>()});
    let told = diagnosis.signs.iter().filter(|sign| verbose || sign.condition != Condition::Good);
    let table = Table::new(["check", "condition", "found", "remedy"].map(Column::text).to_vec()).rows(
        told.map(|sign| {
            vec![
                sign.check.into(),
                sign.condition.as_str().into(),
                sign.found.as_str().into(),
                sign.remedy.clone().into(),
            ]
        }),
    );
    let answer = Answer::new("doctor", fields).table(table);
    if diagnosis.ok() { answer } else { answer.exit(Exit::Refused) }
}
