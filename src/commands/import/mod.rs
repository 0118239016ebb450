//! `import`: CSV files in, each in one transaction.
//!
//! Floor 5. A file is first read whole - proved, typed, sorted, no lock held - and then taken in. Of several files all
//! are read once before the first is taken in, so that a damaged one refuses them together. A dry run is the same
//! code, rolled back. The input is only ever read.

mod control;
pub mod profile;
mod report;
mod source;

use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;
use thiserror::Error;

pub use control::Expected;
pub use report::{FileReport, ImportReport};

use crate::import::merge::Undoing;
use crate::import::profile::ProfileError;
use crate::import::read::{Mapping, ReadError, Reading, read};
use crate::import::{Kind, SetAside, Setting, rejects};
use crate::store::{
    AuditNote, FileStamp, IntakeError, Operator, PastImport, Reader, StoreError, Terms, Writer, spill_room,
};
use source::{Bytes, Source};

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

/// Where an import happens.
pub struct Place<'a> {
    /// The database.
    pub database: &'a Path,
    /// Who acts, and when.
    pub operator: &'a Operator,
    /// How long the lock may be waited for.
    pub wait: Duration,
    /// What `-` stands for.
    pub input: &'a mut dyn Read,
    /// Told how many bytes of how many are done; the sum is 0 while it is not known.
    pub progress: &'a mut dyn FnMut(u64, u64),
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
    #[error("{file}: {cause}; nothing of it was imported{}", taken_in(*.before))]
    Damaged {
        /// The file.
        file: String,
        /// Where and why.
        cause: ReadError,
        /// How many files before it went in.
        before: usize,
    },
    /// Some of its rows cannot be taken, and `--strict` was asked for.
    #[error("{file}: {} rows cannot be taken, and --strict takes a file whole or not at all; nothing of it was \
             imported{}", .rows.len(), taken_in(*.before))]
    Strict {
        /// The file.
        file: String,
        /// The rows.
        rows: Vec<SetAside>,
        /// How many files before it went in.
        before: usize,
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
    #[error("{file} changed while it was read; nothing of it was imported{}", taken_in(*.before))]
    Changed {
        /// The file.
        file: String,
        /// How many files before it went in.
        before: usize,
    },
    /// The rejects file could not be written; the import itself stands.
    #[error(
        "the rows that were set aside could not be written to {path}: {source}; what was imported stays imported"
    )]
    Rejects {
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

/// Imports files of one kind.
///
/// # Errors
/// A file that is none, is damaged or does not tie; with `strict`, rows that cannot be taken; the store's.
pub fn import(ask: &Ask<'_>, place: &mut Place<'_>) -> Result<ImportReport, ImportError> {
    if let (Mapping::By(_), true) = (&ask.mapping, ask.kind != Kind::Billing) {
        return Err(ImportError::ProfileOver(ask.kind));
    }
    let sources = source::expand(ask.files)?;
    let reader = Reader::open(place.database)?;
    let setting = Setting {
        currency: reader.currency(),
        zone: reader.policy(reader.today(place.operator.now)).timezone.clone(),
        today: reader.today(place.operator.now),
    };
    let report = ImportReport::new(ask, setting.currency);
    let mut work = Work { ask, place, setting, report, trial: None };
    let mut known = Vec::with_capacity(sources.len());
    for source in &sources {
        let past = if ask.again { None } else { source.imported_before(ask.kind, &reader)? };
        known.push(past.filter(|past| ask.mapping.reads_like(past.profile.as_deref())));
    }
    drop(reader);
    let outcome = work
        .prove(&sources, &known)
        .and_then(|()| sources.iter().zip(known).try_for_each(|(source, known)| work.file(source, known)));
    let refused = match &outcome {
        Err(ImportError::Strict { file, rows, .. }) => Some((file.as_str(), rows.as_slice())),
        _ => None,
    };
    let report = work.report;
    if let Some(path) = ask.rejects {
        let rows = report.set_aside().chain(refused.iter().flat_map(|(file, rows)| {
            let file = *file;
            rows.iter().map(move |row| (file, row))
        }));
        write_rejects(path, rows).map_err(|source| ImportError::Rejects { path: path.to_owned(), source })?;
    }
    outcome.map(|()| report)
}

/// An import under way.
struct Work<'a, 'p> {
    ask: &'a Ask<'a>,
    place: &'a mut Place<'p>,
    setting: Setting,
    report: ImportReport,
    /// The one transaction of a dry run: every file meets what those before it would have left.
    trial: Option<Writer>,
}

impl Work<'_, '_> {
    /// Reads all files once, where one alone cannot answer for all: nothing is taken in if one of them is damaged,
    /// cannot be taken whole, or the control totals do not tie.
    fn prove(&mut self, sources: &[Source], known: &[Option<PastImport>]) -> Result<(), ImportError> {
        let expected = &self.ask.expected;
        let fresh = || sources.iter().zip(known).filter(|(_, known)| known.is_none());
        if fresh().count() < 2 {
            return Ok(());
        }
        let mut control = control::Control::new(known);
        for (source, _) in fresh() {
            if source.is_input() {
                if expected.any() {
                    return Err(ImportError::ControlOverInput);
                }
                continue;
            }
            let (reading, _) = self.read(source)?;
            if self.ask.strict && !reading.tally.set_aside.is_empty() {
                let (file, rows) = (source.name(), reading.tally.set_aside);
                return Err(ImportError::Strict { file, rows, before: 0 });
            }
            control.add(&reading.tally)?;
        }
        control.demand(expected, self.setting.currency)
    }

    fn read(&mut self, source: &Source) -> Result<(Reading, FileStamp), ImportError> {
        let room = spill_room(self.place.database);
        let before = self.report.files.len();
        let (size, mut bytes) = Bytes::open(source, self.place.input, self.place.progress)?;
        let reading = read(self.ask.kind, &mut bytes, &self.ask.mapping, &self.setting, &room)
            .map_err(|cause| ImportError::Damaged { file: source.name(), cause, before })?;
        let (sha256, bytes, changed) = bytes.finish()?;
        if changed || size.is_some_and(|size| size != bytes) {
            return Err(ImportError::Changed { file: source.name(), before });
        }
        let profile = reading.profile.clone();
        Ok((reading, FileStamp { name: source.name(), sha256, bytes, profile }))
    }

    fn file(&mut self, source: &Source, known: Option<PastImport>) -> Result<(), ImportError> {
        if let Some(past) = known {
            self.report.skip(source.name(), past);
            return Ok(());
        }
        let before = self.report.files.len();
        let (Reading { rows, refunds, made_ids, mut tally, .. }, stamp) = self.read(source)?;
        if before == 0 && self.ask.files.len() == 1 {
            let mut control = control::Control::new(&[]);
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
        {
            self.report.skip(stamp.name, past);
            self.trial = self.ask.dry_run.then_some(writer);
            return Ok(());
        }
        let (bytes, total_rows) = (stamp.bytes, tally.rows.max(1));
        let progress = &mut *self.place.progress;
        let mut told =
            |rows: u64| progress(bytes.saturating_add(bytes / total_rows * rows), bytes.saturating_mul(2));
        let terms = Terms { undoing: self.ask.undoing, refunds, made_ids, file: &stamp, progress: &mut told };
        writer.take_in(self.ask.kind, rows, &mut tally, terms).map_err(|error| match error {
            IntakeError::Store(error) => ImportError::Store(error),
            IntakeError::Damage(cause) => {
                ImportError::Damaged { file: stamp.name.clone(), cause: cause.into(), before }
            }
        })?;
        if self.ask.strict && !tally.set_aside.is_empty() {
            return Err(ImportError::Strict { file: stamp.name, rows: tally.set_aside, before });
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
        "set_aside": tally.set_aside.len() + tally.excess.len(),
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

/// Writes the rejects file whole, private, and over an earlier one: an old list beside a new import would mislead.
fn write_rejects<'a>(
    path: &Path,
    rows: impl IntoIterator<Item = (&'a str, &'a SetAside)>,
) -> std::io::Result<()> {
    let mut file = tempfile::Builder::new().prefix(".partners-").tempfile_in(folder_of(path))?;
    rejects::write(file.as_file_mut(), rows).map_err(std::io::Error::from)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    std::fs::File::open(folder_of(path))?.sync_all()
}
