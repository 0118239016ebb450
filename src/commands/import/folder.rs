//! A drop folder: which of its entries an import takes, and which it leaves out by name.
//!
//! Floor 5. Taken are plain files named `*.csv`, in capitals or not, in the order of their names. A note, a subfolder,
//! a pipe, the list of rows that an earlier import set aside: what else lies there is left out and named, and stops
//! nothing, for a folder that stopped every night for a readme would be read no more. Hidden files are another
//! program's work in progress and not even named. A file that is named itself is taken whatever it is called.

use std::io;
use std::path::{Path, PathBuf};

use super::rejects::is_rejects_file;

/// Something in a folder that is not imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Where it lies.
    pub path: PathBuf,
    /// What it is.
    pub why: &'static str,
}

/// Parts a folder's entries into those that are imported and those that are not, each by name.
pub fn entries(folder: &Path) -> io::Result<(Vec<PathBuf>, Vec<LeftOut>)> {
    let mut all: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_name().as_encoded_bytes().starts_with(b".") {
            all.push(entry.path());
        }
    }
    all.sort();
    let (mut taken, mut left_out) = (Vec::new(), Vec::new());
    for path in all {
        match not_taken(&path)? {
            Some(why) => left_out.push(LeftOut { path, why }),
            None => taken.push(path),
        }
    }
    Ok((taken, left_out))
}

fn not_taken(path: &Path) -> io::Result<Option<&'static str>> {
    let what = match std::fs::metadata(path) {
        Ok(what) => what,
        // It went between the listing and now, or is a link to nothing.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Some("leads to no file")),
        Err(error) => return Err(error),
    };
    Ok(if what.is_dir() {
        Some("is a folder in the folder")
    } else if !what.is_file() {
        Some("is a pipe or a device")
    } else if !path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv")) {
        Some("is not named *.csv")
    } else if is_rejects_file(path) {
        Some("lists rows that were set aside; name it itself to import it")
    } else {
        None
    })
}
