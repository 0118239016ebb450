//! `backup` and `restore`: a safe copy, and the way back from one.
//!
//! Floor 5. Making and verifying copies is the store's; here is what surrounds them.

use std::path::Path;
use std::time::Duration;

use crate::store::{AuditNote, Copied, Operator, Reader, Restored, StoreError, Writer, restore as put_back};

/// What `backup` did.
#[derive(Debug)]
pub struct Backup {
    /// The copy.
    pub copied: Copied,
    /// Why the books do not know of it: somebody else was writing all the while. The copy is good all the same.
    pub unnoted: Option<StoreError>,
}

/// Makes a verified copy beside whoever writes, then notes it in the books as soon as they are free.
///
/// # Errors
/// A file of that name, the disk, a copy that differs; no file is left then.
pub fn backup(
    database: &Path,
    file: &Path,
    operator: &Operator,
    wait: Duration,
) -> Result<Backup, StoreError> {
    let copied = Reader::open(database)?.back_up(file)?;
    let unnoted = note(database, &copied, operator, wait).err();
    Ok(Backup { copied, unnoted })
}

fn note(database: &Path, copied: &Copied, operator: &Operator, wait: Duration) -> Result<(), StoreError> {
    let writer = Writer::open(database, operator, wait)?;
    writer.note_backup()?;
    let detail = serde_json::json!({
        "file": copied.file.display().to_string(), "sha256": copied.sha256, "bytes": copied.bytes,
        "audit_rows": copied.audit_rows, "audit_head": copied.audit_head,
    });
    writer.commit(&AuditNote::new("backup", detail))
}

/// Puts a backup in place of the database, which is moved aside; no money leaves until `reconciled`.
///
/// # Errors
/// A damaged or foreign backup, a writer at work; the database is as it was then.
pub fn restore(
    database: &Path,
    backup: &Path,
    reason: &str,
    operator: &Operator,
    wait: Duration,
) -> Result<Restored, StoreError> {
    put_back(database, backup, reason, operator, wait)
}

/// Lets money leave again from a restored database, once everything that left since its backup is in its books.
///
/// # Errors
/// Payments that are not in its books; a database that was not restored.
pub fn reconciled(
    database: &Path,
    reason: &str,
    operator: &Operator,
    wait: Duration,
) -> Result<(), StoreError> {
    let writer = Writer::open(database, operator, wait)?;
    writer.end_restoration()?;
    writer.commit(&AuditNote::new("restore reconciled", serde_json::json!({})).because(Some(reason)))
}
