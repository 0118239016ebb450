//! Room on disk for an import's sorting: an unnamed file beside the database, private, and gone with its owner.
//!
//! Floor 4. Beside the database and not in the system's folder for temporary files: that one is often memory, and what
//! is spilled is customers' data.

use std::fs::File;
use std::io::{self, Write};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::rc::Rc;

use crate::import::sorter::{Spill, SpillRoom};

struct SpillFile(File);

impl Spill for SpillFile {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }

    fn read_at(&self, into: &mut [u8], offset: u64) -> io::Result<()> {
        self.0.read_exact_at(into, offset)
    }
}

/// Returns what makes spill files beside a database.
#[must_use]
pub fn spill_room(database: &Path) -> SpillRoom {
    let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = folder.to_owned();
    Rc::new(move || Ok(Box::new(SpillFile(tempfile::tempfile_in(&folder)?))))
}
