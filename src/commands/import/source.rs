//! Where an import's bytes come from: files, the files of a folder in the order of their names, standard input.
//!
//! Floor 5. Only plain files are opened: a pipe or a device could have no end. The digest of the bytes is taken on the
//! way, so that what was imported is what was hashed.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::ImportError;
use super::folder::{LeftOut, entries};
use crate::import::Kind;
use crate::store::{PastImport, Reader};

/// Bytes read at a time where nobody else says how many.
const BLOCK_BYTES: usize = 1 << 17;

/// One thing to import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A plain file.
    File(PathBuf),
    /// Standard input.
    Input,
}

impl Source {
    /// Returns the name under which it is reported and stored.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.to_string_lossy().into_owned(),
            Self::Input => "-".to_owned(),
        }
    }

    /// Returns whether it can be read once only.
    pub const fn is_input(&self) -> bool {
        match self {
            Self::Input => true,
            Self::File(_) => false,
        }
    }

    /// Returns the import that had the same bytes before; a size that never was needs no look at the bytes.
    pub fn imported_before(&self, kind: Kind, reader: &Reader) -> Result<Option<PastImport>, ImportError> {
        let Self::File(path) = self else { return Ok(None) };
        let unreadable = |source| ImportError::Unreadable { path: path.clone(), source };
        let mut file = File::open(path).map_err(unreadable)?;
        let size = file.metadata().map_err(unreadable)?.len();
        if !reader.any_import_of_size(kind, size)? {
            return Ok(None);
        }
        let mut hasher = Sha256::new();
        let mut block = vec![0_u8; BLOCK_BYTES];
        loop {
            match file.read(&mut block).map_err(unreadable)? {
                0 => break,
                taken => hasher.update(&block[..taken]),
            }
        }
        Ok(reader.past_import(kind, &hex(&hasher.finalize()))?)
    }
}

/// Turns what was named into sources; a folder into its files, in the order of their names, and what it leaves out.
pub fn expand(named: &[PathBuf]) -> Result<(Vec<Source>, Vec<LeftOut>), ImportError> {
    let (mut sources, mut left_out) = (Vec::new(), Vec::new());
    for path in named {
        if path == Path::new("-") {
            if !sources.contains(&Source::Input) {
                sources.push(Source::Input);
            }
            continue;
        }
        let unreadable = |source| ImportError::Unreadable { path: path.clone(), source };
        let what = std::fs::metadata(path).map_err(unreadable)?;
        if !what.is_dir() {
            refuse_no_file(path, &what)?;
            sources.push(Source::File(path.clone()));
            continue;
        }
        let (inside, others) = entries(path).map_err(unreadable)?;
        sources.extend(inside.into_iter().map(Source::File));
        left_out.extend(others);
    }
    Ok((sources, left_out))
}

fn refuse_no_file(path: &Path, what: &Metadata) -> Result<(), ImportError> {
    if what.is_file() {
        return Ok(());
    }
    let found = if what.is_dir() { "a folder" } else { "a pipe or a device" };
    Err(ImportError::NotAFile(path.to_owned(), found))
}

/// What a file looked like when it was opened.
struct Seen {
    file: File,
    size: u64,
    modified: (i64, i64),
}

/// When a file was last written to: seconds and nanoseconds.
fn modified(what: &Metadata) -> (i64, i64) {
    (what.mtime(), what.mtime_nsec())
}

/// The bytes of a source, hashed and counted as they pass.
pub struct Bytes<'a> {
    from: From<'a>,
    hasher: Sha256,
    passed: u64,
    progress: &'a mut (dyn FnMut(u64, u64) + Send),
    path: PathBuf,
}

enum From<'a> {
    File(Seen),
    Input(&'a mut (dyn Read + Send)),
}

impl<'a> Bytes<'a> {
    /// Opens a source; returns its size, where it has one.
    pub fn open(
        source: &Source,
        input: &'a mut (dyn Read + Send),
        progress: &'a mut (dyn FnMut(u64, u64) + Send),
    ) -> Result<(Option<u64>, Self), ImportError> {
        let (path, size, from) = match source {
            Source::Input => (PathBuf::from("-"), None, From::Input(input)),
            Source::File(path) => {
                let unreadable = |source| ImportError::Unreadable { path: path.clone(), source };
                let file = File::open(path).map_err(unreadable)?;
                let what = file.metadata().map_err(unreadable)?;
                // Looked at again behind the open: a name can change what it stands for.
                refuse_no_file(path, &what)?;
                let size = what.len();
                (path.clone(), Some(size), From::File(Seen { file, size, modified: modified(&what) }))
            }
        };
        Ok((size, Self { from, hasher: Sha256::new(), passed: 0, progress, path }))
    }

    /// Ends the reading: the digest, how many bytes passed, and whether somebody wrote to the file meanwhile.
    pub fn finish(self) -> Result<(String, u64, bool), ImportError> {
        let changed = match &self.from {
            From::Input(_) => false,
            From::File(seen) => {
                let what = seen
                    .file
                    .metadata()
                    .map_err(|source| ImportError::Unreadable { path: self.path.clone(), source })?;
                what.len() != seen.size || modified(&what) != seen.modified
            }
        };
        Ok((hex(&self.hasher.finalize()), self.passed, changed))
    }
}

impl Read for Bytes<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let (taken, total) = match &mut self.from {
            From::File(seen) => (seen.file.read(into)?, seen.size.saturating_mul(2)),
            From::Input(input) => (input.read(into)?, 0),
        };
        self.hasher.update(&into[..taken]);
        self.passed = self.passed.saturating_add(u64::try_from(taken).unwrap_or(u64::MAX));
        (self.progress)(self.passed, total);
        Ok(taken)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
