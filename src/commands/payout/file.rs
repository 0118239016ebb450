//! `payout file`: writes the file that finance uploads, whole or not at all (R7.5, R7.6, CONTRACT.md).
//!
//! Floor 5. Every part is written to a temporary file, synced, read back and compared; then the run is exported, with
//! the hash of the bytes; only then do the parts get their names, without overwriting, and the folder is synced. So no
//! file that could be uploaded lies anywhere while the run may still leave another way. Killed in between, the run has
//! left by file and the same command writes the very same bytes again.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use thiserror::Error;

use super::step::{
    demand_approved_plan, demand_fresh, demand_may_leave, demand_second_approver, demand_state,
};
use super::{RunView, payee_note};
use crate::commands::trial::Trial;
use crate::payfile::{PayfileError, Payment, parts, verify};
use crate::run::{Channel, ItemState, RunState};
use crate::store::{AuditNote, ItemOutcome, StoreError, Writer, hex};

/// Says why no file was written; the run is as it was.
#[derive(Debug, Error)]
pub enum FileError {
    /// The store or a rule.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The payments, or what was read back.
    #[error(transparent)]
    Payfile(#[from] PayfileError),
    /// Another file has the name.
    #[error("{0} is there already and has other content; nothing was written over it")]
    Exists(PathBuf),
    /// The run has left by file, and a file did not get its name.
    #[error("run {run} is exported, and its file is not there yet: {why}")]
    Unnamed {
        /// The run.
        run: String,
        /// Why.
        why: Box<Self>,
    },
    /// The disk.
    #[error("{path}: {source}")]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// What was written.
#[derive(Debug, Clone)]
pub struct Written {
    /// The run's name.
    pub run: String,
    /// The files, in order.
    pub files: Vec<PathBuf>,
    /// SHA-256 of all bytes in order.
    pub sha256: String,
    /// Whether the run had been exported before: the same bytes again.
    pub again: bool,
}

/// Writes the payout file of an approved run, or of an exported one again.
///
/// # Errors
/// A run in another state, before its date, changed since, sent by API; a file in the way; the disk.
pub fn file(writer: Writer, name: &str, out: &Path, early: Option<&str>) -> Result<Written, FileError> {
    file_tried(writer, name, out, early, &Trial::default())
}

/// Writes the payout file as `file` does, and dies where a test asks for it.
///
/// # Errors
/// As `file`.
pub fn file_tried(
    writer: Writer,
    name: &str,
    out: &Path,
    early: Option<&str>,
    trial: &Trial,
) -> Result<Written, FileError> {
    let view = RunView::load(&writer, name)?;
    let run = &view.run;
    demand_state(run, &[RunState::Approved, RunState::Exported], "file")?;
    demand_may_leave(&writer, run, Channel::File, writer.today_here(), early)?;
    let again = run.state == RunState::Exported;
    if !again {
        demand_fresh(&writer, &view)?;
        demand_approved_plan(run)?;
        demand_second_approver(&writer, run)?;
    }
    let payments = payments(&view);
    let bytes = parts(&payments, run.currency, &payee_note(run))?;
    let sha256 = hash(&bytes);
    if again && run.file_sha256.as_deref() != Some(sha256.as_str()) {
        return Err(FileError::Store(StoreError::Refused(format!(
            "run {} would now give other bytes than the file it left by (R7.6); run partners check",
            run.name
        ))));
    }
    let files = names(out, bytes.len());
    for (path, part) in files.iter().zip(&bytes) {
        refuse_other(path, part)?;
    }
    let mut start = 0;
    let mut ready = Vec::new();
    for (path, part) in files.iter().zip(&bytes) {
        let rows = part.iter().filter(|byte| **byte == b'\n').count();
        let of_part = payments.iter().skip(start).take(rows).cloned().collect::<Vec<_>>();
        start += rows;
        ready.push(Nameless::write(path, part, |read_back| Ok(verify(read_back, &of_part, run.currency)?))?);
    }
    trial.point("file-written");
    if !again {
        record(writer, view, &sha256, out, early)?;
    }
    trial.point("file-recorded");
    for (nameless, part) in ready.into_iter().zip(&bytes) {
        nameless.name(part).map_err(|why| FileError::Unnamed { run: name.to_owned(), why: Box::new(why) })?;
        trial.point("file-named");
    }
    Ok(Written { run: name.to_owned(), files, sha256, again })
}

fn payments(view: &RunView) -> Vec<Payment> {
    let items = view.items.iter();
    items
        .map(|item| Payment { email: item.paypal_email.clone(), amount: item.amount, item: item.id.clone() })
        .collect()
}

fn hash(bytes: &[Vec<u8>]) -> String {
    let mut hasher = Sha256::new();
    for part in bytes {
        hasher.update(part);
    }
    hex(&hasher.finalize())
}

/// Returns the hash of the file that a run gives (R7.6).
///
/// # Errors
/// A payment PayPal would refuse.
pub fn file_sha256(view: &RunView) -> Result<String, PayfileError> {
    Ok(hash(&parts(&payments(view), view.run.currency, &payee_note(&view.run))?))
}

/// Stores that the run has left by file, with its hash, and every item as sent.
fn record(
    writer: Writer,
    view: RunView,
    sha256: &str,
    out: &Path,
    early: Option<&str>,
) -> Result<(), StoreError> {
    let name = view.run.name.0.clone();
    let file = out.file_name().map(|file| file.to_string_lossy().into_owned()).unwrap_or_default();
    let detail = serde_json::json!({
        "file": file, "file_sha256": sha256, "items": view.run.items,
        "amount": view.run.amount.major(view.run.currency), "early": early.is_some(),
    });
    let note = AuditNote::new("payout file", detail).about("run", &name).because(early);
    writer.stamp_channel(&view.run, Channel::File)?;
    writer.stamp_file(&view.run, sha256, &file)?;
    let run = writer.advance(view.run, RunState::Exported, early)?;
    let sent = ItemOutcome { reason_code: None, reason: None, receiver_at_fault: false };
    for item in &view.items {
        writer.advance_item(&run, item, ItemState::Sent, &sent)?;
    }
    writer.commit(&note)
}

/// Returns the file's name, or of several parts `NAME-1.csv`, `NAME-2.csv` (CONTRACT.md).
fn names(out: &Path, parts: usize) -> Vec<PathBuf> {
    if parts == 1 {
        return vec![out.to_owned()];
    }
    let stem = out.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let extension =
        out.extension().map(|extension| format!(".{}", extension.to_string_lossy())).unwrap_or_default();
    (1..=parts).map(|part| out.with_file_name(format!("{stem}-{part}{extension}"))).collect()
}

/// Refuses a path at which something else than this very content lies.
fn refuse_other(path: &Path, content: &[u8]) -> Result<(), FileError> {
    match std::fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(FileError::Disk { path: path.to_owned(), source }),
        Ok(kind) if !kind.is_file() => Err(FileError::Exists(path.to_owned())),
        Ok(_) => {
            let mut found = Vec::new();
            let limit = u64::try_from(content.len()).unwrap_or(u64::MAX).saturating_add(1);
            File::open(path)
                .and_then(|file| file.take(limit).read_to_end(&mut found))
                .map_err(|source| FileError::Disk { path: path.to_owned(), source })?;
            if found == content { Ok(()) } else { Err(FileError::Exists(path.to_owned())) }
        }
    }
}

/// Writes a file that is complete or absent: mode 0600, synced, read back and checked, then named without
/// overwriting anything.
///
/// # Errors
/// The disk's, or what the check says; the name does not exist then.
pub fn write_whole(
    path: &Path,
    content: &[u8],
    check: impl FnOnce(&[u8]) -> Result<(), FileError>,
) -> Result<(), FileError> {
    Nameless::write(path, content, check)?.name(content)
}

/// A file that is complete, synced and checked, and does not have its name yet; dropped, it is gone.
struct Nameless<'a> {
    path: &'a Path,
    folder: &'a Path,
    temporary: tempfile::NamedTempFile,
}

impl<'a> Nameless<'a> {
    /// Writes a file for nobody's eyes but the user's (0600), syncs it and checks what is read back.
    fn write(
        path: &'a Path,
        content: &[u8],
        check: impl FnOnce(&[u8]) -> Result<(), FileError>,
    ) -> Result<Self, FileError> {
        let disk = |source: io::Error| FileError::Disk { path: path.to_owned(), source };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut temporary = tempfile::Builder::new()
            .prefix(".partners-")
            .make_in(folder, |name| {
                OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(name)
            })
            .map_err(disk)?;
        let file = temporary.as_file_mut();
        file.set_permissions(Permissions::from_mode(0o600)).map_err(disk)?;
        file.write_all(content).and_then(|()| file.sync_all()).map_err(disk)?;
        let mut read_back = Vec::with_capacity(content.len());
        File::open(temporary.path()).and_then(|mut file| file.read_to_end(&mut read_back)).map_err(disk)?;
        check(&read_back)?;
        Ok(Self { path, folder, temporary })
    }

    /// Gives the file its name, over nothing that is there.
    fn name(self, content: &[u8]) -> Result<(), FileError> {
        let disk = |source: io::Error| FileError::Disk { path: self.path.to_owned(), source };
        match self.temporary.persist_noclobber(self.path) {
            Ok(_) => {}
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
                return refuse_other(self.path, content);
            }
            Err(error) => return Err(disk(error.error)),
        }
        File::open(self.folder).and_then(|folder| folder.sync_all()).map_err(disk)
    }
}
