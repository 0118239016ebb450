//! The lock beside the database: one writer at a time, released by the kernel whatever happens to its holder.
//!
//! Floor 4. A file of its own, because opening and closing the database's file again would drop SQLite's own
//! locks. Its first line says who holds it; nobody but a person reads that. Its second names the head of the audit
//! trail as it last stood here, by which a copy from an earlier day that was put in the database's place is noticed
//! (PROMISES 4, 24).

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{Operator, StoreError, side_name};

/// How often a waiting process looks again.
const PATIENCE: Duration = Duration::from_millis(50);

/// The right to write, as long as it lives.
pub struct Lock {
    file: File,
    head: Mutex<Option<Head>>,
}

/// The head of the audit trail: its number and its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Of the last row.
    pub no: i64,
    /// Of the last row.
    pub hash: String,
}

impl Head {
    /// Reads the head that the text of a lock names.
    fn read(text: &str) -> Option<Self> {
        let mut words = text.lines().nth(1)?.split(' ');
        let (no, hash) = (words.next()?.parse().ok()?, words.next()?.to_owned());
        Some(Self { no, hash })
    }
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
        let head = Head::read(&text_of(&mut file));
        let lock = Self { file, head: Mutex::new(head) };
        let holder =
            format!("pid {}, {}, since {}", std::process::id(), operator.os_user, operator.now.timestamp());
        lock.write(&holder).map_err(StoreError::file(&path))?;
        Ok(lock)
    }

    /// Returns the head of the audit trail as the last writer left it, if anybody did.
    pub fn head(&self) -> Option<Head> {
        self.head.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes the head of the audit trail; it is kept when the lock goes.
    pub fn note_head(&self, head: Option<Head>) {
        *self.head.lock().unwrap_or_else(PoisonError::into_inner) = head;
    }

    /// Returns the head that lies beside a database, without taking the lock.
    pub fn head_beside(database: &Path) -> Option<Head> {
        File::open(Self::path(database)).ok().and_then(|mut file| Head::read(&text_of(&mut file)))
    }

    fn write(&self, holder: &str) -> std::io::Result<()> {
        let head = self.head().map(|head| format!("{} {}\n", head.no, head.hash)).unwrap_or_default();
        let mut file = &self.file;
        file.set_len(0)?;
        file.rewind()?;
        file.write_all(format!("{holder}\n{head}").as_bytes())
    }

    /// Returns where the lock of a database lies.
    pub fn path(database: &Path) -> PathBuf {
        database.with_file_name(side_name(database, ".lock"))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The kernel releases the lock with the file in any case; the text is a help, not a promise.
        let _ = self.write("");
    }
}

fn holder(file: &mut File) -> String {
    let text = text_of(file);
    match text.lines().next() {
        Some(holder) if !holder.trim().is_empty() => holder.trim().to_owned(),
        Some(_) | None => "it does not say who".to_owned(),
    }
}

fn text_of(file: &mut File) -> String {
    let mut text = String::new();
    // A text that cannot be read says nothing.
    let _ = file.rewind().and_then(|()| file.take(400).read_to_string(&mut text));
    text
}
