//! The rejects file: claimed before anything is imported, filled before each file is saved, named once all is done.
//!
//! Floor 5. It never takes the place of anything but an earlier rejects file: not of the database, not of an input, not
//! of whatever else stands there. It is written beside its place, so a disk that cannot hold it stops the import before
//! the rows are saved; only the last renaming comes after, and if that fails the rows are kept and their file is named.
//! An earlier list is added to, until somebody takes it away: a file that was imported is passed over the next night,
//! and a conflict that was reported is not reported again, but their rows are still to be mended. A row that is listed
//! already, whatever the file and line, is not listed twice.

use std::collections::HashSet;
use std::fs::{self, File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::ImportError;
use super::source::Source;
use crate::import::SetAside;
use crate::import::damage::Damage;
use crate::import::records::Records;
use crate::import::rejects::{HEADER, MARK_BYTES, is_rejects, told, told_row, write_header};

/// The columns that say where a row stood.
const FILE_AND_LINE: usize = 2;
/// What stands beside a database under its name.
const SIDES: [&str; 6] = ["", "-wal", "-shm", "-journal", ".lock", ".new"];

/// The rejects file of one import.
pub struct RejectsFile {
    place: PathBuf,
    beside: NamedTempFile,
    /// The columns of the rows' own files, so far.
    columns: Vec<String>,
    /// What is listed, without file and line.
    listed: HashSet<Vec<String>>,
    /// Whether any file was read to its end.
    noted: bool,
}

impl RejectsFile {
    /// Claims a path for the rows that will be set aside, and proves that it can be written.
    ///
    /// # Errors
    /// It is the database, an input, or anything else that must not be replaced; it cannot be written.
    pub fn claim(path: &Path, database: &Path, sources: &[Source]) -> Result<Self, ImportError> {
        let place = allowed(path, database, sources)
            .map_err(|why| ImportError::RejectsPlace { path: path.to_owned(), why })?;
        let unwritable = |source| ImportError::RejectsUnwritable { path: path.to_owned(), source };
        let beside = beside(&place).map_err(unwritable)?;
        let mut claimed = Self { place, beside, columns: Vec::new(), listed: HashSet::new(), noted: false };
        let before = earlier(&claimed.place).map_err(|_| ImportError::RejectsPlace {
            path: path.to_owned(),
            why: "has rows of an earlier import and cannot be read; mend it, or take it away",
        })?;
        claimed.begin(before).map_err(unwritable)?;
        Ok(claimed)
    }

    /// Begins with what an earlier import left to be mended.
    fn begin(&mut self, before: Option<Earlier>) -> io::Result<()> {
        let Earlier { columns, rows } = before.unwrap_or_default();
        self.columns = columns;
        let mut csv = csv::Writer::from_writer(io::BufWriter::new(self.beside.as_file_mut()));
        write_header(&mut csv, &self.columns)?;
        for row in &rows {
            csv.write_record(row)?;
            self.listed.insert(said(row));
        }
        csv.flush()
    }

    /// Adds the rows of one file, in the order of their lines, each with its cells as they stand in `original`.
    ///
    /// # Errors
    /// They cannot be written; the file then holds what it held before.
    pub fn add(&mut self, name: &str, rows: &[&SetAside], original: Option<File>) -> io::Result<()> {
        self.noted = true;
        if rows.is_empty() {
            return Ok(());
        }
        let mut records =
            original.map(Records::open).transpose().map_err(|error| unreadable(name, &error))?;
        let header: Vec<String> = match &records {
            Some(records) => records.header().iter().map(|column| column.trim().to_owned()).collect(),
            None => Vec::new(),
        };
        let places = self.places(&header)?;
        let end = self.beside.as_file_mut().seek(SeekFrom::End(0))?;
        let written = self.append(name, rows, records.as_mut().map(|records| (records, places.as_slice())));
        if written.is_err() {
            self.beside.as_file().set_len(end)?;
        }
        written.and_then(|()| self.beside.as_file().sync_all())
    }

    fn append(
        &mut self,
        name: &str,
        rows: &[&SetAside],
        mut original: Option<(&mut Records<'_>, &[usize])>,
    ) -> io::Result<()> {
        let mut csv = csv::Writer::from_writer(io::BufWriter::new(self.beside.as_file_mut()));
        let mut cells = vec![String::new(); self.columns.len()];
        let mut rows = rows.iter().peekable();
        while let Some(first) = rows.peek().copied() {
            cells.iter_mut().for_each(String::clear);
            if let Some((records, places)) = &mut original {
                // Rows are in the order of their lines, so one walk finds them all.
                while let Some((line, found)) =
                    records.next_line().map_err(|error| unreadable(name, &error))?
                {
                    if line < first.line {
                        continue;
                    }
                    if line == first.line {
                        for (place, cell) in places.iter().zip(found) {
                            cell.trim().clone_into(&mut cells[*place]);
                        }
                    }
                    break;
                }
            }
            while let Some(row) = rows.next_if(|row| row.line == first.line) {
                let record = told_row(name, row, &cells);
                if self.listed.insert(said(&record)) {
                    csv.write_record(&record)?;
                }
            }
        }
        csv.flush()
    }

    /// Returns where a file's columns stand among those of the rejects file; new ones are added behind.
    fn places(&mut self, header: &[String]) -> io::Result<Vec<usize>> {
        let mut all = self.columns.clone();
        let mut places = Vec::with_capacity(header.len());
        let header: Vec<String> = header.iter().map(|name| told(name).into_owned()).collect();
        for (at, name) in header.iter().enumerate() {
            // A second column of one name is one of its own.
            let nth = header[..at].iter().filter(|other| other.eq_ignore_ascii_case(name)).count();
            let mut same = all.iter().enumerate().filter(|(_, other)| other.eq_ignore_ascii_case(name));
            let place = same.nth(nth).map(|(place, _)| place);
            places.push(place.unwrap_or_else(|| {
                all.push(name.clone());
                all.len() - 1
            }));
        }
        if all.len() > self.columns.len() {
            self.widen(all)?;
        }
        Ok(places)
    }

    /// Writes everything anew under more columns.
    fn widen(&mut self, columns: Vec<String>) -> io::Result<()> {
        let mut wider = beside(&self.place)?;
        self.beside.as_file_mut().rewind()?;
        let mut old = csv::Reader::from_reader(io::BufReader::new(self.beside.as_file_mut()));
        let mut new = csv::Writer::from_writer(io::BufWriter::new(wider.as_file_mut()));
        write_header(&mut new, &columns)?;
        for record in old.records() {
            let mut record = record?;
            (record.len()..HEADER.len() + columns.len()).for_each(|_| record.push_field(""));
            new.write_record(&record)?;
        }
        new.flush()?;
        drop((old, new));
        self.beside = wider;
        self.columns = columns;
        Ok(())
    }

    /// Gives the file its name; whatever was imported stays imported.
    ///
    /// # Errors
    /// It cannot be named: the rows are kept under another name.
    pub fn finish(mut self) -> Result<(), ImportError> {
        if !self.noted {
            return Ok(());
        }
        let ready = self.take_up().and_then(|()| self.beside.as_file().sync_all());
        let Self { place, beside, .. } = self;
        let folder = File::open(folder_of(&place));
        let unnamed = |beside: NamedTempFile, source| {
            let kept = beside.path().to_owned();
            let _ = beside.keep();
            Err(ImportError::Rejects { kept, path: place.clone(), source })
        };
        if let Err(source) = ready {
            return unnamed(beside, source);
        }
        match beside.persist(&place) {
            Ok(_) => {
                // The rows are on the disk; a name that a power cut takes back is only the rejects file's.
                let _ = folder.and_then(|folder| folder.sync_all());
                Ok(())
            }
            Err(error) => unnamed(error.file, error.error),
        }
    }

    /// Takes up what another import has added to the list since this one began.
    fn take_up(&mut self) -> io::Result<()> {
        let Some(Earlier { columns, rows }) = earlier(&self.place)? else { return Ok(()) };
        let places = self.places(&columns)?;
        self.beside.as_file_mut().seek(SeekFrom::End(0))?;
        let mut csv = csv::Writer::from_writer(io::BufWriter::new(self.beside.as_file_mut()));
        for row in &rows {
            let mut record: Vec<&str> = row.iter().take(HEADER.len()).collect();
            record.resize(HEADER.len() + self.columns.len(), "");
            for (cell, place) in row.iter().skip(HEADER.len()).zip(&places) {
                if let Some(there) = record.get_mut(HEADER.len() + place) {
                    *there = cell;
                }
            }
            let record = csv::StringRecord::from(record);
            if self.listed.insert(said(&record)) {
                csv.write_record(&record)?;
            }
        }
        csv.flush()
    }
}

/// A list that is there already.
#[derive(Default)]
struct Earlier {
    /// The columns of the rows' own files.
    columns: Vec<String>,
    rows: Vec<csv::StringRecord>,
}

fn earlier(place: &Path) -> io::Result<Option<Earlier>> {
    if !is_rejects_file(place) {
        return Ok(None);
    }
    let mut csv = csv::Reader::from_path(place)?;
    let columns = csv.headers()?.iter().skip(HEADER.len()).map(str::to_owned).collect();
    let rows = csv.records().collect::<csv::Result<Vec<_>>>()?;
    Ok(Some(Earlier { columns, rows }))
}

/// Returns what a listed row says, wherever it stood: the same bad row comes under another name every night.
fn said(record: &csv::StringRecord) -> Vec<String> {
    let mut cells: Vec<String> = record.iter().skip(FILE_AND_LINE).map(str::to_owned).collect();
    while cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    cells
}

/// Returns the place that a path stands for, or why nothing may be written there.
fn allowed(path: &Path, database: &Path, sources: &[Source]) -> Result<PathBuf, &'static str> {
    if path == Path::new("-") {
        return Err("is standard output, which has the answer; name a file");
    }
    if path.file_name().is_none() || path.as_os_str().as_encoded_bytes().ends_with(b"/") {
        return Err("is a folder; name a file in it");
    }
    let what = match fs::metadata(path) {
        Ok(what) => what,
        Err(_) if path.is_symlink() => return Err("is a link to nothing; remove it, or name a file"),
        Err(_) => {
            let belongs = SIDES.iter().any(|side| same_name(path, &with(database, side)));
            let place = (!belongs).then(|| path.to_owned());
            return place.ok_or("belongs to the database; name another file");
        }
    };
    if SIDES.iter().any(|side| same_file(&what, &with(database, side))) {
        return Err("is the database, or belongs to it; name another file");
    }
    let is_input = |source: &Source| match source {
        Source::File(input) => same_file(&what, input),
        Source::Input => false,
    };
    if sources.iter().any(is_input) {
        return Err("is one of the files to import; name another file");
    }
    if what.is_dir() {
        return Err("is a folder; name a file in it");
    }
    if !what.is_file() {
        return Err("is a pipe or a device; name a file");
    }
    let known = what.len() == 0 || is_rejects_file(path);
    // A link stays one: what it leads to is replaced.
    let place = fs::canonicalize(path).ok().filter(|_| known);
    place.ok_or(
        "is there already and is no rejects file of an earlier import; name another file, or remove it",
    )
}

/// Returns whether a file begins as a rejects file does; one that cannot be read is none.
pub fn is_rejects_file(path: &Path) -> bool {
    let mut first = Vec::new();
    let limit = u64::try_from(MARK_BYTES).unwrap_or(u64::MAX);
    File::open(path).and_then(|file| file.take(limit).read_to_end(&mut first)).is_ok() && is_rejects(&first)
}

fn unreadable(name: &str, error: &Damage) -> io::Error {
    io::Error::other(format!("{name} cannot be read again: {error}"))
}

fn with(database: &Path, side: &str) -> PathBuf {
    let mut name = database.file_name().unwrap_or_default().to_owned();
    name.push(side);
    database.with_file_name(name)
}

fn same_file(what: &Metadata, other: &Path) -> bool {
    fs::metadata(other).is_ok_and(|other| (other.dev(), other.ino()) == (what.dev(), what.ino()))
}

/// Compares two names of which at least one leads to no file yet.
fn same_name(one: &Path, two: &Path) -> bool {
    let folder = |path: &Path| fs::canonicalize(folder_of(path)).ok();
    one.file_name() == two.file_name() && folder(one).is_some() && folder(one) == folder(two)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes a private file beside a place.
fn beside(place: &Path) -> io::Result<NamedTempFile> {
    tempfile::Builder::new().prefix(".partners-").tempfile_in(folder_of(place))
}
