//! The store: one SQLite file, opened one way, read through a `Reader` and changed through a `Writer`.
//!
//! Floor 4. SQL lives in this folder and nowhere else, one statement per named constant, and rows are parsed into
//! the types of the floors below, not trusted. A `Reader` has no writing methods and works on one snapshot, so a
//! look-up never waits for an import. A `Writer` holds the lock beside the file and an IMMEDIATE transaction;
//! `commit(AuditNote)` is the only way to save and dropping it rolls back. WAL with synchronous EXTRA is set on
//! every connection and read back (PROMISES.md A1). The store knows neither terminal nor PayPal.

mod accounts;
mod adjustments;
mod attributions;
mod audit;
mod backup;
mod batches;
mod bulk;
mod check;
mod commissions;
mod draft;
mod engine;
mod health;
mod intake;
mod links;
mod lock;
mod lookup;
mod meta;
mod migrate;
mod names;
mod near;
mod partners;
mod policy;
mod proof;
pub mod records;
mod reports;
mod rows;
mod runs;
mod seal;
mod settlements;
mod spill;
mod undecided;
mod writer;

use std::ffi::CStr;
use std::fs::OpenOptions;
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, MAIN_DB, OpenFlags};
use thiserror::Error;

pub use accounts::{AccountBook, AccountLoader, STRETCH, SettledLines};
pub use adjustments::Adjustment;
pub use attributions::{Candidate, NewAttribution};
pub use audit::{AuditNote, AuditRow, Trail, hex};
pub use backup::{Copied, LAST_BACKUP_AT, Missing, RESTORED_AT, Restored, restore};
pub use batches::{Batch, BatchState, Exchange, Hint, ItemFacts, ItemOutcome, NewBatch, Proved};
pub use check::{Finding, examine};
pub use commissions::KeptCharge;
pub use draft::{NewItem, NewLapse};
pub use health::{UnknownBatch, files_of, try_writing};
pub use intake::{FileStamp, IntakeError, PastImport, Terms};
pub use links::{Claimed, LinkRow, NewLink, Unclaimed};
pub use lookup::{CARRYING_ROWS_MAX, FoundAccount, FoundPartner, FoundReferral};
pub use names::Own;
pub use near::{Finds, Shelf};
pub use partners::PartnerBook;
pub use proof::Unlike;
pub use reports::Contradiction;
pub use runs::{Item, Origin, Run, RunLine};
pub use settlements::{ChargeLine, Payment};
pub use spill::spill_room;
pub use undecided::{RefundRecord, UnclassifiedLines};
pub use writer::{Desk, Writer, has_saved};

use crate::dates::{Day, Now, Zone};
use crate::money::{Currency, MoneyError};
use crate::policy::{Policies, Policy, PolicyError};

/// Marks the file as ours: "PTNR".
const APPLICATION_ID: i32 = 0x5054_4e52;
/// Bytes of a page: measured best for bulk imports (PERFORMANCE.md).
const PAGE_BYTES: i64 = 16_384;
/// Page cache of a connection that writes. More is slower for an import, whose indexes are built meanwhile
/// (PERFORMANCE.md).
const CACHE_KIB: i64 = 1_024;
/// Page cache of a connection that only looks: every page beyond it would take fresh memory, which costs more than to
/// read a page again.
const LOOK_CACHE_KIB: i64 = 384;
/// The page cache of work whose rows lie scattered over the tables and meet the same pages again and again.
const SCATTERED_CACHE: &str = "PRAGMA cache_size = -65536";
/// How long a statement waits for another connection's checkpoint; the lock file does the real waiting.
const BUSY: Duration = Duration::from_secs(10);
/// Statements kept prepared.
const STATEMENTS: usize = 128;
/// `PRAGMA synchronous` of EXTRA.
const SYNCHRONOUS_EXTRA: i64 = 3;

/// Says why the store could not do what it was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// There is no database at the path.
    #[error("there is no database at {0}")]
    Missing(PathBuf),
    /// The file is no database of this program.
    #[error("{0} is not a partners database")]
    Foreign(PathBuf),
    /// The database is a file, and this is none.
    #[error("{0} is a folder, and the database is a file")]
    Folder(PathBuf),
    /// A later version of the program made the file.
    #[error("{file} has schema {found}, and this program knows up to {known}")]
    Newer {
        /// The file.
        file: PathBuf,
        /// Its schema version.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// The file is of an earlier version and this connection may not change it.
    #[error("{file} has the earlier schema {found} of {known}; any command that writes brings it up to date")]
    Older {
        /// The file.
        file: PathBuf,
        /// Its schema version.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// Somebody else holds the lock.
    #[error("another partners holds {file}: {holder}")]
    Busy {
        /// The database.
        file: PathBuf,
        /// Who, as far as the lock says.
        holder: String,
    },
    /// The journal mode or the synchronous level could not be had, so a commit might be lost.
    #[error("{file} cannot be written durably: {what}")]
    NotDurable {
        /// The database.
        file: PathBuf,
        /// What was asked and what came back.
        what: String,
    },
    /// A stored row does not make sense: the file was changed by other hands or is damaged.
    #[error("{table} {id}: {what}")]
    Damaged {
        /// The table.
        table: &'static str,
        /// The row.
        id: String,
        /// What is wrong.
        what: String,
    },
    /// A named thing does not exist.
    #[error("there is no {what} {id:?}")]
    Unknown {
        /// Partner, account, charge, run, item, link.
        what: &'static str,
        /// As given.
        id: String,
    },
    /// A rule forbids the change; nothing was changed.
    #[error("{0}")]
    Refused(String),
    /// A rule forbids the change for several things, each with its reason; nothing was changed.
    #[error("{what}")]
    RefusedFor {
        /// What is forbidden.
        what: String,
        /// The things, with their reasons.
        details: Vec<String>,
        /// The next command.
        next: String,
    },
    /// An amount overflowed.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// A stored policy value is not one.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// SQLite's own error.
    #[error("the database says: {0}")]
    Sql(#[source] rusqlite::Error),
    /// A file beside the database.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let extended = error.sqlite_error().map(|failure| failure.extended_code);
        if extended != Some(rusqlite::ffi::SQLITE_IOERR_DATA) {
            return Self::Sql(error);
        }
        let pages: Vec<String> = seal::take_broken().iter().map(ToString::to_string).collect();
        Self::Damaged {
            table: "page",
            id: pages.join(", "),
            what: "does not bear its seal: the file is damaged, or another program wrote to it".to_owned(),
        }
    }
}

impl StoreError {
    fn file(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self::File { path: path.to_owned(), source }
    }
}

/// Who acts, and when: taken once at the program's door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operator {
    /// The label of `--actor`.
    pub actor: String,
    /// The operating system's user; what the second-approver rule looks at (R7.2).
    pub os_user: String,
    /// The moment.
    pub now: Now,
}

/// A view of the store at one moment, with no way to change it.
pub struct Reader {
    sql: Connection,
    path: PathBuf,
    policies: Policies,
}

impl Reader {
    /// Opens a database to look at it; never waits for a writer.
    ///
    /// # Errors
    /// No database, a foreign or newer or older one, an unreadable file.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_through(seal::REFUSING, path, Access::Read)
    }

    fn open_through(seals: &CStr, path: &Path, access: Access) -> Result<Self, StoreError> {
        let sql = connect_through(seals, path, access)?;
        migrate::refuse_other_versions(&sql, path)?;
        let policies = policy::load(&sql)?;
        Ok(Self { sql, path: path.to_owned(), policies })
    }

    /// Opens a second view of the moment that this one shows, for another thread; `None` where it would show another:
    /// this one is of a change in the making, or somebody saved meanwhile.
    fn twin(&self) -> Result<Option<Self>, StoreError> {
        if !self.sql.is_readonly(MAIN_DB)? {
            return Ok(None);
        }
        let twin = Self::open(&self.path)?;
        // Nothing is saved without a row of the audit, so two views that end in the same row are of one moment.
        Ok((backup::head(&twin.sql)? == backup::head(&self.sql)?).then_some(twin))
    }

    /// Returns the file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the policy over all time.
    #[must_use]
    pub const fn policies(&self) -> &Policies {
        &self.policies
    }

    /// Returns the policy in force on a day.
    #[must_use]
    pub fn policy(&self, day: Day) -> &Policy {
        self.policies.at(day)
    }

    /// Returns the programme's currency.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.policies.currency
    }

    /// Returns today's date in the time zone now in force (R1.1).
    #[must_use]
    pub fn today(&self, now: Now) -> Day {
        today(&self.policies, now)
    }

    /// Returns a fact about the file, by its key.
    ///
    /// # Errors
    /// SQLite's.
    pub fn meta(&self, key: &str) -> Result<Option<String>, StoreError> {
        meta::get(&self.sql, key)
    }
}

/// Returns a moment's date in the time zone then in force (R1.1).
fn today(policies: &Policies, now: Now) -> Day {
    let utc = now.today(&Zone::UTC);
    now.today(&policies.at(utc).timezone)
}

/// What a connection may do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    Read,
    /// A copy at rest, which nobody writes: no side files are made beside it.
    Still,
    Write,
}

/// Opens a connection with every setting the program relies on, and reads the vital ones back.
fn connect(path: &Path, access: Access) -> Result<Connection, StoreError> {
    connect_through(seal::REFUSING, path, access)
}

/// Opens a connection to write, which waits at most so long for another program that holds SQLite's own lock.
fn connect_waiting(path: &Path, wait: Duration) -> Result<Connection, StoreError> {
    connect_within(seal::REFUSING, path, Access::Write, wait)
}

fn connect_through(seals: &CStr, path: &Path, access: Access) -> Result<Connection, StoreError> {
    connect_within(seals, path, access, BUSY)
}

fn connect_within(
    seals: &CStr,
    path: &Path,
    access: Access,
    wait: Duration,
) -> Result<Connection, StoreError> {
    match path.metadata() {
        Err(_) => return Err(StoreError::Missing(path.to_owned())),
        Ok(found) if found.is_dir() => return Err(StoreError::Folder(path.to_owned())),
        Ok(_) => {}
    }
    let flags = match access {
        Access::Read | Access::Still => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
    } | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let at_rest = || !path.with_file_name(side_name(path, "-wal")).exists();
    let open_still = || {
        let uri = format!("file:{}?immutable=1", encode_uri(path));
        open_plain(seals, Path::new(&uri), flags | OpenFlags::SQLITE_OPEN_URI, wait, access)
    };
    let sql = match access {
        Access::Still if at_rest() => open_still(),
        Access::Still | Access::Read | Access::Write => match open_plain(seals, path, flags, wait, access) {
            // A folder that cannot be written has no room for WAL's side files; at rest the one file is whole.
            Err(_) if access == Access::Read && at_rest() => open_still(),
            opened => opened,
        },
    };
    let (sql, application) = sql.map_err(|error| match error {
        rusqlite::Error::SqliteFailure(cause, _) if cause.code == rusqlite::ErrorCode::NotADatabase => {
            StoreError::Foreign(path.to_owned())
        }
        other => other.into(),
    })?;
    if application != APPLICATION_ID {
        return Err(StoreError::Foreign(path.to_owned()));
    }
    if access == Access::Write {
        demand_durability(&sql, path)?;
    }
    Ok(sql)
}

/// Opens a file with the settings of every connection, and reads whose it says it is.
fn open_plain(
    seals: &CStr,
    path: &Path,
    flags: OpenFlags,
    wait: Duration,
    access: Access,
) -> rusqlite::Result<(Connection, i32)> {
    engine::prepare();
    assert!(seal::register(), "SQLite takes a file system of ours");
    let sql = Connection::open_with_flags_and_vfs(path, flags, seals)?;
    sql.busy_timeout(wait)?;
    sql.set_prepared_statement_cache_capacity(STATEMENTS);
    // A plan holds for every value: without this, a statement is planned afresh whenever a bound value changes.
    sql.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    sql.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true)?;
    sql.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    // Who only looks sees one moment from the first read on.
    let (cache, begin) = match access {
        Access::Write => (CACHE_KIB, ""),
        Access::Read | Access::Still => (LOOK_CACHE_KIB, "BEGIN;"),
    };
    // A sealed page is as it was written; where broken seals are passed over, each cell is looked at instead.
    let cells = if seals == seal::NOTING { "PRAGMA cell_size_check = ON;" } else { "" };
    sql.execute_batch(&format!("{cells} PRAGMA synchronous = EXTRA; PRAGMA cache_size = -{cache}; {begin}"))?;
    // The first read of the file: one that is no database fails here.
    let application = sql.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    Ok((sql, application))
}

/// Sets WAL and reads it and synchronous EXTRA back; a commit that may be lost is refused (PROMISES.md A1).
fn demand_durability(sql: &Connection, path: &Path) -> Result<(), StoreError> {
    let mode: String = sql.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    let level: i64 = sql.query_row("PRAGMA synchronous", [], |row| row.get(0))?;
    if mode == "wal" && level == SYNCHRONOUS_EXTRA {
        return Ok(());
    }
    Err(StoreError::NotDurable {
        file: path.to_owned(),
        what: format!("asked for journal mode wal and synchronous 3, got {mode} and {level}"),
    })
}

fn side_name(path: &Path, suffix: &str) -> std::ffi::OsString {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(suffix);
    name
}

fn encode_uri(path: &Path) -> String {
    path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

/// Whom the files belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// Mode 0600 in a folder of mode 0700.
    Private,
    /// Mode 0660 in a folder of mode 2770, of a group's id.
    Group(u32),
}

impl Sharing {
    const fn file_mode(self) -> u32 {
        match self {
            Self::Private => 0o600,
            Self::Group(_) => 0o660,
        }
    }
}

/// Whether `create` made a database or found one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Created {
    /// There was none.
    New,
    /// There was one, and nothing was changed.
    Existed,
}

/// Makes the database, private from its first byte; one that is there stays as it is.
///
/// # Errors
/// A folder that cannot be made or written, another program's file at the path.
pub fn create(
    path: &Path,
    currency: Currency,
    timezone: &Zone,
    sharing: Sharing,
    operator: &Operator,
) -> Result<Created, StoreError> {
    if path.is_dir() {
        return Err(StoreError::Folder(path.to_owned()));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    make_folder(folder, sharing)?;
    let lock = lock::Lock::take(path, operator, Duration::ZERO, sharing.file_mode())?;
    if path.exists() {
        connect(path, Access::Read)?;
        return Ok(Created::Existed);
    }
    // The whole file is made beside and renamed, so that a half-made database never stands at the path.
    let making = path.with_file_name(side_name(path, ".new"));
    let outcome = make(&making, currency, timezone, sharing, operator)
        .and_then(|()| std::fs::rename(&making, path).map_err(StoreError::file(path)))
        .and_then(|()| sync_folder(folder));
    if outcome.is_err() {
        // Nobody has seen the half-made file; if it cannot be removed the next attempt replaces it.
        let _ = std::fs::remove_file(&making);
    }
    outcome?;
    lock.note_head(backup::head(&connect(path, Access::Read)?)?.map(|(no, hash)| lock::Head { no, hash }));
    writer::note_saved();
    Ok(Created::New)
}

fn make(
    making: &Path,
    currency: Currency,
    timezone: &Zone,
    sharing: Sharing,
    operator: &Operator,
) -> Result<(), StoreError> {
    for stale in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(making.with_file_name(side_name(making, stale)));
    }
    create_private(making, sharing.file_mode())?;
    if let Sharing::Group(group) = sharing {
        std::os::unix::fs::chown(making, None, Some(group)).map_err(StoreError::file(making))?;
    }
    let (sql, _) =
        open_plain(seal::REFUSING, making, OpenFlags::SQLITE_OPEN_READ_WRITE, BUSY, Access::Write)?;
    if !seal::reserve_room(&sql) {
        return Err(StoreError::NotDurable {
            file: making.to_owned(),
            what: "SQLite leaves no room for the seals of its pages".to_owned(),
        });
    }
    sql.execute_batch(&format!(
        "PRAGMA page_size = {PAGE_BYTES}; PRAGMA application_id = {APPLICATION_ID};"
    ))?;
    demand_durability(&sql, making)?;
    migrate::build(&sql, currency, timezone, operator)?;
    sql.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
    sql.close().map_err(|(_, error)| error.into())
}

/// Creates a file with a mode that no umask widens, and refuses one that is there.
pub(crate) fn create_private(path: &Path, mode: u32) -> Result<(), StoreError> {
    let file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(mode)
        .open(path)
        .map_err(StoreError::file(path))?;
    file.set_permissions(std::fs::Permissions::from_mode(mode)).map_err(StoreError::file(path))
}

fn make_folder(folder: &Path, sharing: Sharing) -> Result<(), StoreError> {
    if folder.is_dir() {
        return Ok(());
    }
    // Every folder that is made is as private as the last: no umask makes one on the way that others may write to.
    if let Some(above) = folder.parent().filter(|above| !above.as_os_str().is_empty()) {
        make_folder(above, sharing)?;
    }
    match std::fs::DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => return Ok(()),
        made => made.map_err(StoreError::file(folder))?,
    }
    let mode = match sharing {
        Sharing::Private => 0o700,
        Sharing::Group(group) => {
            std::os::unix::fs::chown(folder, None, Some(group)).map_err(StoreError::file(folder))?;
            0o2770
        }
    };
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(mode)).map_err(StoreError::file(folder))
}

/// Makes a rename in a folder survive a power cut.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    std::fs::File::open(folder).and_then(|file| file.sync_all()).map_err(StoreError::file(folder))
}
