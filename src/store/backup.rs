//! Copies of the whole database: a verified one beside a running writer, and putting one back without losing the other.
//!
//! Floor 4. A copy is made by SQLite's backup API from one snapshot, into a file that is private from its first byte,
//! compared with the snapshot, synced, and only then given its name; nothing is ever overwritten. A database that was
//! put back knows it: no money leaves it until somebody says that what happened since is in its books (PROMISES 24).

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use sha2::{Digest, Sha256};

use super::audit::{self, AuditNote};
use super::check::examine_copy;
use super::lock::{Head, Lock};
use super::writer::note_saved;
use super::{
    Access, Operator, Reader, StoreError, Writer, connect, create_private, meta, migrate, open_plain, seal,
    side_name, sync_folder,
};

const TABLES: &str = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
const HEAD: &str = "SELECT audit_no, hash FROM audit ORDER BY audit_no DESC LIMIT 1";
const ROW_HASH: &str = "SELECT hash FROM audit WHERE audit_no = ?1";
const LAST_ROW_AT: &str = "SELECT max(at) FROM audit";
const FORGET: &str = "DELETE FROM meta WHERE key = ?1";
/// Items whose money has left or may have, by the store's names.
const LEFT: &str = "SELECT runs.name, partner_id, items.amount_cents FROM items JOIN runs USING (run_no)
        JOIN partners ON partners.partner_no = items.partner_no
    WHERE runs.state IN ('exported', 'submitting', 'submitted', 'settled')
      AND items.state IN ('planned', 'sent', 'paid', 'unclaimed')
      AND runs.kind IN ('regular', 'off_cycle', 'outside')
    ORDER BY runs.run_no, items.item_no";

/// Bytes read at a time for a hash.
const PIECE_BYTES: usize = 1 << 20;
/// When the database was put back; `payout file` and `submit` refuse as long as it stands.
pub const RESTORED_AT: &str = "restored_at";
/// When the last backup was made.
pub const LAST_BACKUP_AT: &str = "last_backup_at";
/// What left after the backup was made, as far as the replaced file said: JSON, `[[run, partner, cents], …]`.
const LEFT_SINCE: &str = "restored_left_since";

/// A copy that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// The file.
    pub file: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// How many rows its audit trail has.
    pub audit_rows: i64,
    /// The trail's head; print it, and a later look shows whether the past was changed.
    pub audit_head: String,
}

/// What a database says of itself, to compare a copy with what it was made from.
#[derive(Debug, PartialEq, Eq)]
struct Likeness {
    rows: BTreeMap<String, i64>,
    head: Option<(i64, String)>,
}

impl Likeness {
    fn of(sql: &Connection) -> Result<Self, StoreError> {
        let mut rows = BTreeMap::new();
        let mut statement = sql.prepare(TABLES)?;
        let names: Vec<String> =
            statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        for name in names {
            let count = sql.query_row(&format!("SELECT count(*) FROM \"{name}\""), [], |row| row.get(0))?;
            rows.insert(name, count);
        }
        Ok(Self { rows, head: head(sql)? })
    }
}

/// Returns the head of the audit trail: its number and hash.
pub fn head(sql: &Connection) -> Result<Option<(i64, String)>, StoreError> {
    let mut statement = sql.prepare(HEAD)?;
    let mut rows = statement.query([])?;
    Ok(rows.next()?.map(|row| Ok::<_, rusqlite::Error>((row.get(0)?, row.get(1)?))).transpose()?)
}

impl Reader {
    /// Writes a copy of the database as this reader sees it; never waits for a writer, nor makes one wait.
    ///
    /// # Errors
    /// A file of that name; the disk; a copy that is not what it was made from. No file is left then.
    pub fn back_up(&self, file: &Path) -> Result<Copied, StoreError> {
        if file.symlink_metadata().is_ok() {
            return Err(StoreError::Refused(format!(
                "{} is there already; nothing was written over it",
                file.display()
            )));
        }
        let making = beside(file, ".making");
        let outcome = self.copy_to(&making).and_then(|copied| {
            // A hard link fails where a file is, a rename would replace it.
            std::fs::hard_link(&making, file).map_err(StoreError::file(file))?;
            Ok(Copied { file: file.to_owned(), ..copied })
        });
        // The copy has its own name now, or none; if this one cannot be removed the next backup refuses and names it.
        let _ = std::fs::remove_file(&making);
        let copied = outcome?;
        sync_folder(folder_of(file))?;
        Ok(copied)
    }

    /// Makes a private, verified, synced copy.
    fn copy_to(&self, making: &Path) -> Result<Copied, StoreError> {
        create_private(making, 0o600)?;
        let (mut copy, _) = open_plain(
            seal::REFUSING,
            making,
            OpenFlags::SQLITE_OPEN_READ_WRITE,
            super::BUSY,
            Access::Write,
        )?;
        {
            let backup = Backup::new(&self.sql, &mut copy)?;
            let done = backup.step(-1)?;
            if done != StepResult::Done {
                return Err(StoreError::Refused(format!(
                    "the copy was not finished: {done:?}; no backup was made"
                )));
            }
        }
        copy.close().map_err(|(_, error)| error)?;
        let expected = Likeness::of(&self.sql)?;
        let found = Likeness::of(&connect(making, Access::Still)?)?;
        if expected != found {
            return Err(StoreError::Refused(format!(
                "the copy is not what it was made from: {expected:?} became {found:?}; no backup was made"
            )));
        }
        let (bytes, sha256) = sync_and_hash(making)?;
        let (audit_rows, audit_head) = found.head.unwrap_or_default();
        Ok(Copied { file: making.to_owned(), bytes, sha256, audit_rows, audit_head })
    }
}

/// Brings a closed file to the disk and reads it back.
fn sync_and_hash(file: &Path) -> Result<(u64, String), StoreError> {
    let mut opened = std::fs::File::open(file).map_err(StoreError::file(file))?;
    opened.sync_all().map_err(StoreError::file(file))?;
    let mut hasher = Sha256::new();
    let mut bytes = 0_u64;
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        let read = opened.read(&mut piece).map_err(StoreError::file(file))?;
        if read == 0 {
            return Ok((bytes, audit::hex(&hasher.finalize())));
        }
        hasher.update(&piece[..read]);
        bytes = bytes.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
    }
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn beside(file: &Path, suffix: &str) -> PathBuf {
    file.with_file_name(side_name(file, suffix))
}

impl Writer {
    /// Notes that a backup was made.
    ///
    /// # Errors
    /// SQLite's.
    pub fn note_backup(&self) -> Result<(), StoreError> {
        self.set_meta(LAST_BACKUP_AT, &self.operator().now.timestamp())
    }

    /// Lets money leave again from a database that was put back.
    ///
    /// # Errors
    /// It was not put back; payments that left since are not in its books.
    pub fn end_restoration(&self) -> Result<(), StoreError> {
        if self.meta(RESTORED_AT)?.is_none() {
            return Err(StoreError::Refused(
                "this database was not restored; there is nothing to end".to_owned(),
            ));
        }
        let missing = self.missing_since_restore()?;
        if !missing.is_empty() {
            return Err(StoreError::RefusedFor {
                what:
                    "payments that left after the backup was made are not in these books; nothing was changed"
                        .to_owned(),
                details: missing.iter().map(ToString::to_string).collect(),
                next: "record each of them with partners payout record PARTNER --amount A --method paypal \
                       --reference RUN --reason T"
                    .to_owned(),
            });
        }
        for key in [RESTORED_AT, LEFT_SINCE] {
            self.sql().execute(FORGET, [key])?;
        }
        Ok(())
    }
}

/// What left after the backup was made and is not in the restored books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The partner.
    pub partner: String,
    /// How much more left than the books say, in minor units.
    pub cents: i64,
    /// The amount, as people read it.
    pub amount: String,
    /// The runs by which it left.
    pub runs: Vec<String>,
}

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} by {}", self.partner, self.amount, self.runs.join(", "))
    }
}

impl Reader {
    /// Compares what left after the backup was made with what the books now say has left.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn missing_since_restore(&self) -> Result<Vec<Missing>, StoreError> {
        let Some(stored) = self.meta(LEFT_SINCE)? else { return Ok(Vec::new()) };
        let since: Vec<(String, String, i64)> = serde_json::from_str(&stored).map_err(|error| {
            StoreError::Damaged { table: "meta", id: LEFT_SINCE.to_owned(), what: error.to_string() }
        })?;
        let here = left(&self.sql)?;
        let mut sums: BTreeMap<&str, (i64, Vec<String>)> = BTreeMap::new();
        for (run, partner, cents) in &since {
            let (sum, runs) = sums.entry(partner).or_default();
            *sum = sum.saturating_add(*cents);
            if !runs.contains(run) && !here.iter().any(|(known, whose, _)| known == run && whose == partner) {
                runs.push(run.clone());
            }
        }
        let mut missing = Vec::new();
        for (partner, (cents, runs)) in sums {
            let booked = here.iter().filter(|(_, whose, _)| whose == partner).map(|(_, _, cents)| *cents);
            let more = cents.saturating_sub(booked.fold(0, i64::saturating_add));
            if more > 0 {
                let amount = crate::money::Money::from_minor(more);
                let amount = format!("{} {}", amount.major(self.currency()), self.currency());
                missing.push(Missing { partner: partner.to_owned(), cents: more, amount, runs });
            }
        }
        Ok(missing)
    }
}

/// Returns every payment that left, or may have.
fn left(sql: &Connection) -> Result<Vec<(String, String, i64)>, StoreError> {
    let mut statement = sql.prepare(LEFT)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    rows.map(|row| row.map_err(StoreError::from)).collect()
}

/// What a restoration did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// Where the file that was in place lies now, if there was one.
    pub aside: Option<PathBuf>,
    /// Rows of the backup's audit trail.
    pub audit_rows: i64,
    /// The head of the backup's audit trail, before this restoration.
    pub audit_head: String,
    /// Whether the replaced file could say what left since; if not, people must.
    pub since_known: bool,
    /// Payments that left after the backup was made and are not in its books.
    pub missing: Vec<Missing>,
}

/// Puts a backup in the place of the database; the file that was there is moved aside, never lost.
///
/// # Errors
/// A backup that is damaged, foreign or newer; somebody else writes. The database is as it was then.
pub fn restore(
    database: &Path,
    backup: &Path,
    reason: &str,
    operator: &Operator,
    wait: Duration,
) -> Result<Restored, StoreError> {
    if !backup.exists() {
        return Err(StoreError::Missing(backup.to_owned()));
    }
    if same_file(database, backup) {
        return Err(StoreError::Refused(format!("{} is the database itself", backup.display())));
    }
    let lock = Lock::take(database, operator, wait, 0o600)?;
    let newer = of_this_version(backup, database, operator)?;
    let outcome = restore_from(database, newer.as_deref().unwrap_or(backup), backup, reason, operator);
    if let Some(newer) = newer {
        remove_with_sides(&newer);
    }
    if outcome.is_ok() {
        lock.note_head(head(&connect(database, Access::Read)?)?.map(|(no, hash)| Head { no, hash }));
        note_saved();
    }
    drop(lock);
    outcome
}

/// Copies a backup that an earlier version of the program made, and brings the copy up to date; the backup stays as
/// it is.
fn of_this_version(
    backup: &Path,
    database: &Path,
    operator: &Operator,
) -> Result<Option<PathBuf>, StoreError> {
    let found = migrate::version(&connect(backup, Access::Still)?)?;
    if found >= migrate::known() {
        return Ok(None);
    }
    let newer = beside(database, ".restoring-older");
    remove_with_sides(&newer);
    create_private(&newer, 0o600)?;
    let copied = std::fs::copy(backup, &newer).map(drop).map_err(StoreError::file(&newer));
    let made = copied.and_then(|()| {
        let sql = connect(&newer, Access::Write)?;
        migrate::bring_up(&sql, &newer, operator)?;
        sql.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
        sql.close().map_err(|(_, error)| StoreError::from(error))
    });
    match made {
        Ok(()) => Ok(Some(newer)),
        Err(error) => {
            remove_with_sides(&newer);
            Err(error)
        }
    }
}

fn restore_from(
    database: &Path,
    source: &Path,
    backup: &Path,
    reason: &str,
    operator: &Operator,
) -> Result<Restored, StoreError> {
    let findings = examine_copy(source, operator.now)?;
    if let Some(first) = findings.first() {
        return Err(StoreError::Refused(format!(
            "{} is damaged and was not put in place: {} of {}: expected {}, found {}",
            backup.display(),
            first.invariant,
            first.subject,
            first.expected,
            first.found
        )));
    }
    let making = beside(database, ".restoring");
    remove_with_sides(&making);
    let outcome = prepare(&making, (source, backup), database, reason, operator)
        .and_then(|restored| put_in_place(&making, database, operator, restored));
    if outcome.is_err() {
        remove_with_sides(&making);
    }
    outcome
}

fn same_file(one: &Path, two: &Path) -> bool {
    match (one.canonicalize(), two.canonicalize()) {
        (Ok(one), Ok(two)) => one == two,
        _ => false,
    }
}

fn remove_with_sides(file: &Path) {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        // What is not there need not go; what cannot go makes the next step refuse.
        let _ = std::fs::remove_file(beside(file, suffix));
    }
}

/// Copies the backup beside the database and marks the copy as restored.
fn prepare(
    making: &Path,
    (source, backup): (&Path, &Path),
    database: &Path,
    reason: &str,
    operator: &Operator,
) -> Result<Restored, StoreError> {
    let source = Reader::open_through(seal::REFUSING, source, Access::Still)?;
    let copied = source.copy_to(making)?;
    let since = left_since(database, &source);
    let sql = connect(making, Access::Write)?;
    sql.execute_batch("BEGIN IMMEDIATE")?;
    meta::set(&sql, RESTORED_AT, &operator.now.timestamp())?;
    // The copy cannot know of itself: it was noted in the books after it was made.
    if let Some(made) = sql.query_row(LAST_ROW_AT, [], |row| row.get::<_, Option<String>>(0))? {
        meta::set(&sql, LAST_BACKUP_AT, &made)?;
    }
    if let Some(since) = &since {
        meta::set(&sql, LEFT_SINCE, &serde_json::json!(since).to_string())?;
    }
    let detail = serde_json::json!({
        "backup": backup.display().to_string(), "audit_rows": copied.audit_rows, "audit_head": copied.audit_head,
        "sha256": copied.sha256, "left_since": since.as_ref().map(Vec::len),
    });
    audit::append(&sql, operator, &AuditNote::new("restore", detail).because(Some(reason)))?;
    sql.execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)")?;
    sql.close().map_err(|(_, error)| error)?;
    let missing = Reader::open_through(seal::REFUSING, making, Access::Still)?.missing_since_restore()?;
    sync_and_hash(making)?;
    Ok(Restored {
        aside: None,
        audit_rows: copied.audit_rows,
        audit_head: copied.audit_head,
        since_known: since.is_some(),
        missing,
    })
}

/// Returns what the file in place says has left and the backup does not know of; `None` if it cannot be read.
fn left_since(database: &Path, backup: &Reader) -> Option<Vec<(String, String, i64)>> {
    let current = Reader::open(database).ok()?;
    let known = left(&backup.sql).ok()?;
    let mut since = left(&current.sql).ok()?;
    since.retain(|payment| !known.contains(payment));
    // What was known to have left stays in the comparison, for the same partner may be paid by both.
    let touched: Vec<String> = since.iter().map(|(_, partner, _)| partner.clone()).collect();
    let before = known.into_iter().filter(|(_, partner, _)| touched.contains(partner));
    Some(before.chain(since.clone()).collect())
}

/// Moves the database aside and the copy into its place; at no moment is there none.
fn put_in_place(
    making: &Path,
    database: &Path,
    operator: &Operator,
    restored: Restored,
) -> Result<Restored, StoreError> {
    let mode_from = database.metadata().ok();
    let mut aside = None;
    if database.exists() {
        // Everything into the one file, if it can still be read; else its log goes aside with it.
        if let Ok(sql) = connect(database, Access::Write) {
            let _ = sql.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        let stamp: String = operator.now.timestamp().chars().filter(char::is_ascii_alphanumeric).collect();
        let kept = beside(database, &format!(".replaced-{stamp}"));
        std::fs::hard_link(database, &kept).map_err(StoreError::file(&kept))?;
        for suffix in ["-wal", "-shm"] {
            let side = beside(database, suffix);
            if side.exists() {
                std::fs::rename(&side, beside(&kept, suffix)).map_err(StoreError::file(&side))?;
            }
        }
        aside = Some(kept);
    }
    if let Some(like) = mode_from {
        std::fs::set_permissions(making, like.permissions()).map_err(StoreError::file(making))?;
    }
    std::fs::rename(making, database).map_err(StoreError::file(database))?;
    sync_folder(folder_of(database))?;
    Ok(Restored { aside, ..restored })
}

/// Says whether a database is an older copy of the one that a head was taken from: the head's row is not in its trail.
pub fn lacks_head(sql: &Connection, no: i64, hash: &str) -> Result<bool, StoreError> {
    let mut statement = sql.prepare_cached(ROW_HASH)?;
    let mut rows = statement.query([no])?;
    let found: Option<String> = rows.next()?.map(|row| row.get(0)).transpose()?;
    Ok(found.as_deref() != Some(hash))
}
