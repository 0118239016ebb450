//! The lock beside the database: one writer at a time, released by the kernel whatever happens to its holder.
//!
//! Floor 4. A file of its own, because opening and closing the database's file again would drop SQLite's own
//! locks. Its text says who holds it; nobody but a person reads that.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{Operator, StoreError, side_name};

/// How often a waiting process looks again.
const PATIENCE: Duration = Duration::from_millis(50);

/// The right to write, as long as it lives.
pub struct Lock {
    file: File,
}

impl Lock {
    /// Takes the lock of a database, waiting at most so long.
    pub fn take(database: &Path, operator: &Operator, wait: Duration, mode: u32) -> Result<Self, StoreError> {
        let path = Self::path(database);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(mode)
            .open(&path)
            .map_err(StoreError::file(&path))?;
        let start = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if start.elapsed() < wait => sleep(PATIENCE),
                Err(TryLockError::WouldBlock) => {
                    return Err(StoreError::Busy { file: database.to_owned(), holder: holder(&mut file) });
                }
                Err(TryLockError::Error(source)) => return Err(StoreError::File { path, source }),
            }
        }
        let text =
            format!("pid {}, {}, since {}\n", std::process::id(), operator.os_user, operator.now.timestamp());
        file.set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| file.write_all(text.as_bytes()))
            .map_err(StoreError::file(&path))?;
        Ok(Self { file })
    }

    /// Returns where the lock of a database lies.
    pub fn path(database: &Path) -> PathBuf {
        database.with_file_name(side_name(database, ".lock"))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The kernel releases the lock with the file in any case; the text is a courtesy.
        let _ = self.file.set_len(0);
    }
}

fn holder(file: &mut File) -> String {
    let mut text = String::new();
    match file.take(200).read_to_string(&mut text) {
        Ok(_) if !text.trim().is_empty() => text.trim().to_owned(),
        _ => "it does not say who".to_owned(),
    }
}
