//! `import`: CSV files in, each in one transaction.
//!
//! Floor 5. A file is first read whole - proved, typed, sorted, no lock held - and then taken in. Of several files all
//! are read once before the first is taken in, so that a damaged one refuses them together. A dry run is the same
//! code, rolled back. The input is only ever read.

mod control;
mod folder;
pub mod profile;
mod rejects;
mod report;
mod source;

use std::fs::File;
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;
use thiserror::Error;

pub use control::Expected;
pub use folder::LeftOut;
pub use report::{FileReport, ImportReport};

use crate::import::merge::Undoing;
use crate::import::profile::ProfileError;
use crate::import::read::{Mapping, Pace, ReadError, Reading, read};
use crate::import::tally::Tally;
use crate::import::{Kind, SetAside, Setting};
use crate::store::{
    AuditNote, FileStamp, IntakeError, Operator, PastImport, Reader, StoreError, Terms, Writer, spill_room,
};
use rejects::RejectsFile;
use source::{Bytes, Source};

/// Bytes from which on a file is worth a reading thread: the night's are not.
const AHEAD_BYTES: u64 = 16 << 20;

/// What is asked of an import.
#[derive(Debug, Clone)]
pub struct Ask<'a> {
    /// What the files hold.
    pub kind: Kind,
    /// Files, folders, or `-` for standard input.
    pub files: &'a [PathBuf],
    /// Say what would change, and change nothing.
    pub dry_run: bool,
    /// A file with a row that cannot be taken is refused whole.
    pub strict: bool,
    /// Where rows that were set aside are written, for mending.
    pub rejects: Option<&'a Path>,
    /// Whether rows that undo refunds are taken.
    pub undoing: Undoing,
    /// Read files whose very bytes were imported before.
    pub again: bool,
    /// What the files must hold together.
    pub expected: Expected,
    /// Which columns they have; only billing can have other columns than ours.
    pub mapping: Mapping,
}

impl Ask<'_> {
    /// Returns whether an earlier import of the same bytes makes it needless to read them: not with another profile,
    /// and not where rows were set aside that `--accept-reversals` may now take.
    fn passes_over(&self, past: &PastImport) -> bool {
        let waiting = self.undoing == Undoing::Accepted && past.set_aside > 0;
        !waiting && self.mapping.reads_like(past.profile.as_deref())
    }
}

/// Where an import happens.
pub struct Place<'a> {
    /// The database.
    pub database: &'a Path,
    /// Who acts, and when.
    pub operator: &'a Operator,
    /// How long the lock may be waited for.
    pub wait: Duration,
    /// What `-` stands for.
    pub input: &'a mut (dyn Read + Send),
    /// Told how many bytes of how many are done; the sum is 0 while it is not known.
    pub progress: &'a mut (dyn FnMut(u64, u64) + Send),
}

/// Why an import stopped.
#[derive(Debug, Error)]
pub enum ImportError {
    /// Not a file: a folder in a folder, a device, a pipe.
    #[error("{0} is {1}, no file; nothing was imported. A pipe can be read as -")]
    NotAFile(PathBuf, &'static str),
    /// The system does not let us read it.
    #[error("{path}: {source}; nothing was imported")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Nothing of the file can be trusted.
    #[error("{file}: {cause}; nothing of it was imported{rest}")]
    Damaged {
        /// The file.
        file: String,
        /// Where and why.
        cause: ReadError,
        /// What became of the other files.
        rest: String,
    },
    /// Some of its rows cannot be taken, and `--strict` was asked for.
    #[error("{file}: {} rows cannot be taken, and --strict takes a file whole or not at all; nothing of it was \
             imported{rest}", .rows.len())]
    Strict {
        /// The file.
        file: String,
        /// The rows.
        rows: Vec<SetAside>,
        /// What became of the other files.
        rest: String,
    },
    /// The control totals do not tie.
    #[error("the files hold {found} {what}, and {expected} were expected; nothing was imported")]
    Control {
        /// `rows`, or the currency of the total.
        what: String,
        /// As given.
        expected: String,
        /// As read.
        found: String,
    },
    /// The control totals cannot be taken of what can be read once only.
    #[error("control totals over several files cannot include standard input; import it by itself")]
    ControlOverInput,
    /// Somebody wrote to the file in the meantime.
    #[error("{file} changed while it was read; nothing of it was imported{rest}")]
    Changed {
        /// The file.
        file: String,
        /// What became of the other files.
        rest: String,
    },
    /// The rejects file must not take the place of what is there.
    #[error("--rejects {path} {why}; nothing was imported")]
    RejectsPlace {
        /// As given.
        path: PathBuf,
        /// What it is.
        why: &'static str,
    },
    /// The rejects file cannot be written where it is to lie.
    #[error("--rejects {path} cannot be written: {source}; nothing was imported")]
    RejectsUnwritable {
        /// As given.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// There was no room for the rows of a file that were set aside, so the file was not taken in.
    #[error("{file}: the rows to set aside could not be written: {source}; nothing of it was imported{rest}")]
    RejectsFull {
        /// The file.
        file: String,
        /// What the system said.
        source: std::io::Error,
        /// What became of the other files.
        rest: String,
    },
    /// The rejects file could not be given its name; the import itself stands, and so do the rows.
    #[error(
        "the rows that were set aside lie in {kept}, for {path} could not be made: {source}; what was imported \
             stays imported"
    )]
    Rejects {
        /// Where they lie.
        kept: PathBuf,
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// No built-in profile has the name, and no file.
    #[error("there is no profile {0:?}: {1} are built in, and a file of that name cannot be read: {2}")]
    NoProfile(String, String, std::io::Error),
    /// The profile is none.
    #[error("{0}: {1}")]
    Profile(String, ProfileError),
    /// A profile was named where a file belongs that is read by one.
    #[error("{0} is a profile; check looks at a CSV file with one")]
    ProfileAsFile(String),
    /// Only billing comes from other systems.
    #[error("a profile maps billing exports; {0} files have our columns")]
    ProfileOver(Kind),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn taken_in(before: usize) -> String {
    match before {
        0 => String::new(),
        1 => "; the file before it was taken in".to_owned(),
        count => format!("; the {count} files before it were taken in"),
    }
}

/// Files that are named in one message.
const NAMED_MAX: usize = 5;

/// Says that other files were not taken either, by their names.
fn nor_of(others: &[&str]) -> String {
    let more = others.len().saturating_sub(NAMED_MAX);
    let named = others[..others.len() - more].join(", ");
    match (others.len(), more) {
        (0, _) => String::new(),
        (_, 0) => format!("; nor was anything of {named}"),
        _ => format!("; nor was anything of {named} and {more} more"),
    }
}

/// Imports files of one kind.
///
/// # Errors
/// A file that is none, is damaged or does not tie; with `strict`, rows that cannot be taken; the store's.
pub fn import(ask: &Ask<'_>, place: &mut Place<'_>) -> Result<ImportReport, ImportError> {
    if let (Mapping::By(_), true) = (&ask.mapping, ask.kind != Kind::Billing) {
        return Err(ImportError::ProfileOver(ask.kind));
    }
    let (sources, left_out) = source::expand(ask.files)?;
    let rejects = ask.rejects.map(|path| RejectsFile::claim(path, place.database, &sources)).transpose()?;
    let reader = if ask.dry_run {
        Reader::open(place.database)?
    } else {
        Reader::before_a_change(place.database, place.operator, place.wait)?
    };
    let setting = Setting {
        currency: reader.currency(),
        zone: reader.policy(reader.today(place.operator.now)).timezone.clone(),
        today: reader.today(place.operator.now),
    };
    let report = ImportReport { left_out, ..ImportReport::new(ask, setting.currency) };
    let mut work =
        Work { ask, place, setting, report, trial: None, rejects, proving: Vec::new(), control: None };
    let mut known = Vec::with_capacity(sources.len());
    for source in &sources {
        let past = if ask.again { None } else { source.imported_before(ask.kind, &reader)? };
        known.push(past.filter(|past| ask.passes_over(past)));
    }
    drop(reader);
    let outcome = work
        .prove(&sources, &known)
        .and_then(|()| sources.iter().zip(known).try_for_each(|(source, known)| work.file(source, known)));
    let Work { report, rejects, .. } = work;
    // Also after a refusal: the rows of the files before it were set aside for good.
    let named = rejects.map_or(Ok(()), RejectsFile::finish);
    outcome.and(named).map(|()| report)
}

/// An import under way.
struct Work<'a, 'p> {
    ask: &'a Ask<'a>,
    place: &'a mut Place<'p>,
    setting: Setting,
    report: ImportReport,
    /// The one transaction of a dry run: every file meets what those before it would have left.
    trial: Option<Writer>,
    /// Where rows that are set aside are written, before their file is saved.
    rejects: Option<RejectsFile>,
    /// The files of which nothing is taken in while one of them is being proved.
    proving: Vec<String>,
    /// The control totals without the one file that is still to be read.
    control: Option<control::Control>,
}

/// What one file holds.
struct Taken {
    reading: Reading,
    stamp: FileStamp,
    /// What standard input said, as far as rows of it may have to be shown again.
    said: Option<File>,
}

impl Work<'_, '_> {
    /// Reads all files once, where one alone cannot answer for all: nothing is taken in if one of them is damaged,
    /// cannot be taken whole, or the control totals do not tie.
    fn prove(&mut self, sources: &[Source], known: &[Option<PastImport>]) -> Result<(), ImportError> {
        let expected = &self.ask.expected;
        let fresh = || sources.iter().zip(known).filter(|(_, known)| known.is_none());
        let mut control = control::Control::new(known)?;
        match fresh().count() {
            0 => return control.demand(expected, self.setting.currency),
            1 => {
                self.control = Some(control);
                return Ok(());
            }
            _ => {}
        }
        self.proving = fresh().map(|(source, _)| source.name()).collect();
        let mut damaged: Vec<(String, ReadError)> = Vec::new();
        for (source, _) in fresh() {
            if source.is_input() {
                if expected.any() {
                    return Err(ImportError::ControlOverInput);
                }
                continue;
            }
            let Taken { reading, .. } = match self.read(source) {
                Ok(taken) => taken,
                Err(ImportError::Damaged { file, cause, .. }) => {
                    damaged.push((file, cause));
                    continue;
                }
                Err(other) => return Err(other),
            };
            if !damaged.is_empty() {
                continue;
            }
            if self.ask.strict && !reading.tally.set_aside.is_empty() {
                self.reject(source, &reading.tally, None)?;
                let (file, rows, rest) = (source.name(), reading.tally.set_aside, self.rest(source));
                return Err(ImportError::Strict { file, rows, rest });
            }
            control.add(&reading.tally)?;
        }
        if !damaged.is_empty() {
            return Err(self.all_damaged(damaged));
        }
        self.proving.clear();
        control.demand(expected, self.setting.currency)
    }

    /// Names each damaged file with its fault, and the whole ones that are not taken in for them.
    fn all_damaged(&self, damaged: Vec<(String, ReadError)>) -> ImportError {
        let is_damaged = |name: &String| damaged.iter().any(|(file, _)| file == name);
        let whole: Vec<&str> =
            self.proving.iter().filter(|name| !is_damaged(name)).map(String::as_str).collect();
        let mut rest = nor_of(&whole);
        let mut all = damaged.into_iter();
        let (file, cause) = all.next().expect("a file was damaged");
        let more: Vec<String> = all.map(|(file, cause)| format!("; {file}: {cause}")).collect();
        let unnamed = more.len().saturating_sub(NAMED_MAX);
        let mut named = more[..more.len() - unnamed].concat();
        if unnamed > 0 {
            named.push_str(&format!("; and {unnamed} more are damaged"));
        }
        rest.insert_str(0, &named);
        ImportError::Damaged { file, cause, rest }
    }

    /// Says what becomes of the other files if this one is refused.
    fn rest(&self, source: &Source) -> String {
        let name = source.name();
        let others: Vec<&str> =
            self.proving.iter().map(String::as_str).filter(|other| *other != name).collect();
        if others.is_empty() { taken_in(self.report.files.len()) } else { nor_of(&others) }
    }

    fn read(&mut self, source: &Source) -> Result<Taken, ImportError> {
        let room = spill_room(self.place.database);
        let rest = self.rest(source);
        let damaged = |cause| ImportError::Damaged { file: source.name(), cause, rest: rest.clone() };
        let said = (source.is_input() && self.rejects.is_some())
            .then(|| tempfile::tempfile_in(folder_of(self.place.database)))
            .transpose()
            .map_err(|error| damaged(error.into()))?;
        let (size, mut bytes) = Bytes::open(source, self.place.input, self.place.progress)?;
        let pace = if size.is_some_and(|size| size >= AHEAD_BYTES) { Pace::Ahead } else { Pace::InStep };
        let mut heard = Heard { from: &mut bytes, kept: said };
        let reading = read(self.ask.kind, &mut heard, pace, &self.ask.mapping, &self.setting, &room)
            .map_err(damaged)?;
        let said = heard.kept;
        let (sha256, bytes, changed) = bytes.finish()?;
        if changed || size.is_some_and(|size| size != bytes) {
            return Err(ImportError::Changed { file: source.name(), rest });
        }
        let profile = reading.profile.clone();
        let stamp = FileStamp { name: source.name(), sha256, bytes, profile };
        Ok(Taken { reading, stamp, said })
    }

    /// Writes the rows of a file that are set aside where they can be mended, before the file is saved.
    fn reject(&mut self, source: &Source, tally: &Tally, said: Option<File>) -> Result<(), ImportError> {
        let rest = self.rest(source);
        let Some(rejects) = &mut self.rejects else { return Ok(()) };
        let rows = report::by_line(tally);
        let original = match (said, source) {
            _ if rows.is_empty() => Ok(None),
            (Some(mut said), _) => said.rewind().map(|()| Some(said)),
            (None, Source::File(path)) => File::open(path).map(Some),
            (None, Source::Input) => Ok(None),
        };
        let written = original.and_then(|original| rejects.add(&source.name(), &rows, original));
        let file = source.name();
        written.map_err(|source| ImportError::RejectsFull { file, source, rest })
    }

    fn file(&mut self, source: &Source, known: Option<PastImport>) -> Result<(), ImportError> {
        if let Some(past) = known {
            self.report.skip(source.name(), past);
            return Ok(());
        }
        let rest = self.rest(source);
        let Taken { reading: Reading { rows, refunds, denials, made_ids, mut tally, .. }, stamp, said } =
            self.read(source)?;
        if let Some(mut control) = self.control.take() {
            control.add(&tally)?;
            control.demand(&self.ask.expected, self.setting.currency)?;
        }
        let writer = match self.trial.take() {
            Some(writer) => writer,
            None => Writer::open(self.place.database, self.place.operator, self.place.wait)?,
        };
        // Another import may have taken the same bytes since we looked, and standard input has only now been read.
        if !self.ask.again
            && let Some(past) = writer.past_import(self.ask.kind, &stamp.sha256)?
            && past.profile == stamp.profile
            && self.ask.passes_over(&past)
        {
            self.report.skip(stamp.name, past);
            self.trial = self.ask.dry_run.then_some(writer);
            return Ok(());
        }
        let (bytes, total_rows) = (stamp.bytes, tally.rows.max(1));
        let progress = &mut *self.place.progress;
        let mut told =
            |rows: u64| progress(bytes.saturating_add(bytes / total_rows * rows), bytes.saturating_mul(2));
        let terms = Terms {
            undoing: self.ask.undoing,
            refunds,
            denials,
            made_ids,
            file: &stamp,
            progress: &mut told,
        };
        writer.take_in(self.ask.kind, rows, &mut tally, terms).map_err(|error| match error {
            IntakeError::Store(error) => ImportError::Store(error),
            IntakeError::Damage(cause) => {
                ImportError::Damaged { file: stamp.name.clone(), cause: cause.into(), rest: rest.clone() }
            }
        })?;
        tally.set_aside.sort_by_key(|row| row.line);
        self.reject(source, &tally, said)?;
        if self.ask.strict && !tally.set_aside.is_empty() {
            return Err(ImportError::Strict { file: stamp.name, rows: tally.set_aside, rest });
        }
        writer.record_import(self.ask.kind, &stamp, &tally)?;
        let FileStamp { name, sha256, profile, .. } = stamp;
        let file = FileReport { file: name, sha256, profile, tally, skipped: None };
        if self.ask.dry_run {
            self.trial = Some(writer);
        } else {
            writer.commit(&note(self.ask.kind, &file))?;
        }
        self.report.files.push(file);
        Ok(())
    }
}

fn note(kind: Kind, file: &FileReport) -> AuditNote {
    let tally = &file.tally;
    let mut detail = json!({
        "file": file.file,
        "sha256": file.sha256,
        "rows": tally.rows,
        "new": tally.new.rows,
        "updated": tally.updated.rows,
        "seen": tally.seen,
        "stale": tally.stale,
        "reversed": tally.reversed.rows,
        "set_aside": tally.set_aside.len(),
        "unclassified": tally.unclassified.rows,
    });
    if let (Some(profile), Some(detail)) = (&file.profile, detail.as_object_mut()) {
        detail.insert("profile".to_owned(), json!(profile));
        detail.insert("passed_over".to_owned(), json!(tally.passed_over));
    }
    AuditNote::new(&format!("import {kind}"), detail)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The bytes of a source, a copy of which is kept where they cannot be read again.
struct Heard<'a, R> {
    from: &'a mut R,
    kept: Option<File>,
}

impl<R: Read> Read for Heard<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let taken = self.from.read(into)?;
        if let Some(kept) = &mut self.kept {
            kept.write_all(&into[..taken])?;
        }
        Ok(taken)
    }
}
