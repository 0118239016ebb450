//! `doctor`: whether the set-up around the books is sound: files, disk, clock, backups, runs left open.
//!
//! Floor 5. Looks and says; it repairs nothing. Whether the books themselves are right is `check`'s.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use chrono::{DateTime, Utc};

use crate::dates::Now;
use crate::run::RunState;
use crate::store::{LAST_BACKUP_AT, RESTORED_AT, Reader, Run, StoreError, files_of, try_writing};
use crate::words;

/// Days after which a backup is too old: a week and a day, for a weekly habit.
const BACKUP_DAYS_MAX: i64 = 8;
/// Days after which a run on the desk is forgotten.
const DESK_DAYS_MAX: i64 = 7;
/// Days after which PayPal has returned what nobody claimed, and a run should be settled.
const OUT_DAYS_MAX: i64 = 35;
/// Bytes that must be free besides room for the database once more, which an import or a backup may need.
const SPARE_BYTES: u64 = 64 << 20;
/// `PRAGMA synchronous` of EXTRA.
const SYNCHRONOUS_EXTRA: i64 = 3;

words!(
    /// How a part of the set-up is.
    Condition, "condition" {
        /// As it must be.
        Good = "good",
        /// Worth knowing; nothing is wrong.
        Note = "note",
        /// Wrong; something must be done.
        Bad = "bad",
    }
);

/// What was looked at, and how it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// What was looked at, in `snake_case`.
    pub check: &'static str,
    /// How it is.
    pub condition: Condition,
    /// What was found.
    pub found: String,
    /// What to do about it.
    pub remedy: Option<String>,
}

/// Everything that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Diagnosis {
    /// In the order of looking.
    pub signs: Vec<Sign>,
}

impl Diagnosis {
    /// Returns whether nothing is wrong.
    #[must_use]
    pub fn ok(&self) -> bool {
        self.signs.iter().all(|sign| sign.condition != Condition::Bad)
    }

    fn good(&mut self, check: &'static str, found: impl Into<String>) {
        self.signs.push(Sign { check, condition: Condition::Good, found: found.into(), remedy: None });
    }

    fn note(&mut self, check: &'static str, found: impl Into<String>, remedy: impl Into<String>) {
        let (found, remedy) = (found.into(), Some(remedy.into()));
        self.signs.push(Sign { check, condition: Condition::Note, found, remedy });
    }

    fn bad(&mut self, check: &'static str, found: impl Into<String>, remedy: impl Into<String>) {
        let (found, remedy) = (found.into(), Some(remedy.into()));
        self.signs.push(Sign { check, condition: Condition::Bad, found, remedy });
    }
}

/// What is known of PayPal's credentials; never what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// None are set up: money leaves by file.
    None,
    /// They are there and fit.
    Ready,
    /// They are set up and cannot be used, and why.
    Unfit(String),
}

/// Looks at everything around the books.
#[must_use]
pub fn doctor(path: &Path, now: Now, access: &Access) -> Diagnosis {
    let mut diagnosis = Diagnosis::default();
    look_at_files(path, &mut diagnosis);
    look_at_disk(path, &mut diagnosis);
    match Reader::open(path) {
        Ok(reader) => {
            diagnosis.good("database", format!("{} opens", path.display()));
            if let Err(error) = look_inside(&reader, now, &mut diagnosis) {
                diagnosis.bad("database", error.to_string(), "partners check names all that is wrong");
            }
        }
        Err(error @ StoreError::Missing(_)) => {
            diagnosis.bad("database", error.to_string(), "partners init makes one; --db PATH names another");
        }
        Err(error) => diagnosis.bad("database", error.to_string(), "partners check names all that is wrong"),
    }
    match access {
        Access::None => diagnosis.good("paypal", "no credentials: money leaves by file"),
        Access::Ready => diagnosis.good("paypal", "credentials are there and private"),
        Access::Unfit(why) => diagnosis.bad("paypal", why, "set them up anew, or unset all of them"),
    }
    diagnosis
}

/// Nobody else may read the files, unless the folder is a group's (PROMISES 27).
fn look_at_files(path: &Path, diagnosis: &mut Diagnosis) {
    let mode = |file: &Path| file.metadata().map_or(0, |known| known.permissions().mode());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let shared = mode(folder) & 0o2000 != 0;
    let forbidden = if shared { 0o007 } else { 0o077 };
    let mut open = false;
    for file in files_of(path) {
        let mode = mode(&file);
        if mode & forbidden != 0 {
            open = true;
            let wanted = if shared { "660" } else { "600" };
            diagnosis.bad(
                "files",
                format!("{} has mode {:o}: others may read or write it", file.display(), mode & 0o7777),
                format!("chmod {wanted} {}", file.display()),
            );
        }
    }
    // In a sticky folder, as /tmp is, nobody replaces another's file.
    if mode(folder) & 0o1002 == 0o002 {
        open = true;
        diagnosis.bad(
            "files",
            format!(
                "{} has mode {:o}: anybody may replace the database",
                folder.display(),
                mode(folder) & 0o7777
            ),
            format!("chmod o-w {}", folder.display()),
        );
    }
    if !open {
        diagnosis.good("files", "only their owner, or their group, may read and write them");
    }
}

fn look_at_disk(path: &Path, diagnosis: &mut Diagnosis) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let free = match nix::sys::statvfs::statvfs(folder) {
        Ok(disk) => disk.blocks_available().saturating_mul(disk.fragment_size()),
        Err(error) => {
            return diagnosis.note("disk", format!("its room is not known: {error}"), "look yourself");
        }
    };
    let used: u64 =
        files_of(path).iter().filter_map(|file| file.metadata().ok()).map(|known| known.len()).sum();
    let needed = used.saturating_add(SPARE_BYTES);
    let found = format!("{} MiB free, the database has {} MiB", free >> 20, used >> 20);
    if free < needed {
        diagnosis.bad("disk", found, format!("make room for {} MiB", needed >> 20));
    } else {
        diagnosis.good("disk", found);
    }
}

fn look_inside(reader: &Reader, now: Now, diagnosis: &mut Diagnosis) -> Result<(), StoreError> {
    look_at_durability(reader, diagnosis)?;
    look_at_clock(reader, now, diagnosis)?;
    look_at_trail(reader, diagnosis)?;
    look_at_runs(reader, now, diagnosis)?;
    look_at_copies(reader, now, diagnosis)
}

fn look_at_durability(reader: &Reader, diagnosis: &mut Diagnosis) -> Result<(), StoreError> {
    let (mode, level) = reader.durability()?;
    let found = format!("journal mode {mode}, synchronous {level}");
    if mode == "wal" && level == SYNCHRONOUS_EXTRA {
        diagnosis.good("durability", found);
    } else {
        diagnosis.bad("durability", found, "any command that writes sets it right, or says why it cannot");
    }
    if let Err(error) = try_writing(reader.path()) {
        let remedy = "support needs no more; who pays needs the right to write to the file and its folder";
        diagnosis.note("writing", format!("this user may look and not write: {error}"), remedy);
    }
    Ok(())
}

/// The clock is not behind what was last written: dates and the order of the trail rest on it.
fn look_at_clock(reader: &Reader, now: Now, diagnosis: &mut Diagnosis) -> Result<(), StoreError> {
    let last = reader.latest_moment()?;
    match last.as_deref().and_then(moment) {
        Some(last) if last > now.0 => diagnosis.bad(
            "clock",
            format!("it is {} and something was written at {last}", now.timestamp()),
            "set the machine's clock before anything else is written",
        ),
        Some(_) | None => diagnosis.good("clock", now.timestamp()),
    }
    Ok(())
}

fn look_at_trail(reader: &Reader, diagnosis: &mut Diagnosis) -> Result<(), StoreError> {
    let trail = reader.verify_audit()?;
    match trail.broken {
        Some((row, why)) => {
            diagnosis.bad(
                "audit",
                format!("row {row}: {why}"),
                "keep this file, and restore the last backup",
            );
        }
        None => diagnosis.good("audit", format!("{} rows, head {}", trail.rows, trail.head)),
    }
    Ok(())
}

fn look_at_runs(reader: &Reader, now: Now, diagnosis: &mut Diagnosis) -> Result<(), StoreError> {
    let unknown = reader.unknown_batches()?;
    for batch in &unknown {
        diagnosis.bad(
            "unknown_batch",
            format!(
                "nobody knows whether PayPal has batch {} of {}",
                batch.sender_batch_id,
                aged(&batch.since, now)
            ),
            format!("partners payout resume {}", batch.run),
        );
    }
    let runs = reader.runs(false)?;
    let open = runs.iter().filter(|run| !matches!(run.state, RunState::Settled | RunState::Cancelled));
    let mut none = unknown.is_empty();
    for run in open {
        none = false;
        look_at_run(run, now, diagnosis);
    }
    if none {
        diagnosis.good("runs", "none is open");
    }
    Ok(())
}

fn look_at_run(run: &Run, now: Now, diagnosis: &mut Diagnosis) {
    let name = &run.name;
    let since = run.left_at.as_deref().unwrap_or(&run.created_at);
    let found = format!("run {name} is {}, {}", run.state, aged(since, now));
    let days = days_since(since, now).unwrap_or(0);
    let (days_max, remedy) = match run.state {
        RunState::Draft => (DESK_DAYS_MAX, format!("partners payout approve {name}, or cancel it")),
        RunState::Approved => {
            (DESK_DAYS_MAX, format!("partners payout file {name} or submit it, or cancel it"))
        }
        RunState::Submitting => (0, format!("partners payout resume {name}")),
        RunState::Exported => (OUT_DAYS_MAX, format!("partners payout settle {name} or reconcile it")),
        RunState::Submitted => (OUT_DAYS_MAX, format!("partners payout sync {name}")),
        RunState::Settled | RunState::Cancelled => return,
    };
    if days > days_max {
        diagnosis.bad("runs", found, remedy);
    } else {
        diagnosis.note("runs", found, remedy);
    }
}

fn look_at_copies(reader: &Reader, now: Now, diagnosis: &mut Diagnosis) -> Result<(), StoreError> {
    if let Some(restored) = reader.meta(RESTORED_AT)? {
        diagnosis.bad(
            "restored",
            format!("this database was restored at {restored}; no money leaves it"),
            "book what left since the backup, then partners restore --reconciled --reason WHY",
        );
    } else if reader.is_an_older_copy()? {
        diagnosis.bad(
            "restored",
            "an earlier copy stands in the database's place; runs since may have been paid",
            "put the newer file back, or keep this one: the next command that writes marks it as restored",
        );
    }
    let unused = reader.verify_audit()?.rows <= 1;
    match reader.meta(LAST_BACKUP_AT)? {
        None if unused => diagnosis.good("backup", "nothing to back up yet"),
        None => diagnosis.bad("backup", "there has never been one", "partners backup FILE"),
        Some(last) => {
            let found = format!("the last one was made {}", aged(&last, now));
            if days_since(&last, now).is_some_and(|days| days <= BACKUP_DAYS_MAX) {
                diagnosis.good("backup", found);
            } else {
                diagnosis.bad("backup", found, "partners backup FILE");
            }
        }
    }
    Ok(())
}

fn moment(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text).ok().map(|moment| moment.to_utc())
}

fn days_since(text: &str, now: Now) -> Option<i64> {
    moment(text).map(|then| now.0.signed_duration_since(then).num_days())
}

fn aged(text: &str, now: Now) -> String {
    match days_since(text, now) {
        Some(0) => "today".to_owned(),
        Some(1) => "a day ago".to_owned(),
        Some(days) => format!("{days} days ago"),
        None => format!("at {text}"),
    }
}
