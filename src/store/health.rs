//! What `doctor` asks of the store's surroundings: its files, its place on the disk, its durability.
//!
//! Floor 4. Looks only; nothing here changes a row.

use std::path::{Path, PathBuf};

use super::backup::{RESTORED_AT, lacks_head};
use super::lock::{Head, Lock};
use super::{Access, Reader, StoreError, connect, seal, side_name};

const JOURNAL: &str = "PRAGMA journal_mode";
const SYNCHRONOUS: &str = "PRAGMA synchronous";
const UNKNOWN: &str =
    "SELECT runs.name, sender_batch_id, coalesce(first_sent_at, runs.left_at, runs.created_at)
    FROM batches JOIN runs USING (run_no) WHERE batches.state IN ('sending', 'unknown') ORDER BY batch_no";

/// A batch of which nobody knows whether PayPal has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownBatch {
    /// The run.
    pub run: String,
    /// Our id of the batch.
    pub sender_batch_id: String,
    /// When it was first sent, RFC 3339.
    pub since: String,
}

impl Reader {
    /// Returns the journal mode and the synchronous level, as SQLite says them (PROMISES A1).
    ///
    /// # Errors
    /// SQLite's.
    pub fn durability(&self) -> Result<(String, i64), StoreError> {
        let mode = self.sql.query_row(JOURNAL, [], |row| row.get(0))?;
        let level = self.sql.query_row(SYNCHRONOUS, [], |row| row.get(0))?;
        Ok((mode, level))
    }

    /// Looks at every page of the file, used or not, and returns the first that does not bear its seal (PROMISES 22).
    #[must_use]
    pub fn first_broken_page(&self) -> Option<u64> {
        seal::first_broken(&self.sql)
    }

    /// Returns the batches whose outcome is unknown.
    ///
    /// # Errors
    /// SQLite's.
    pub fn unknown_batches(&self) -> Result<Vec<UnknownBatch>, StoreError> {
        let mut statement = self.sql.prepare_cached(UNKNOWN)?;
        let rows = statement.query_map([], |row| {
            Ok(UnknownBatch { run: row.get(0)?, sender_batch_id: row.get(1)?, since: row.get(2)? })
        })?;
        rows.map(|row| row.map_err(StoreError::from)).collect()
    }

    /// Returns whether an earlier copy was put in the database's place: the head of the trail that stood here last is
    /// not in its trail (PROMISES 24).
    ///
    /// # Errors
    /// SQLite's.
    pub fn is_an_older_copy(&self) -> Result<bool, StoreError> {
        Ok(self.lost_head()?.is_some())
    }

    /// Returns the head of the trail that stood here last, if this trail lacks it: its end was cut off, or an earlier
    /// copy stands here. Of a database that knows it was restored that is to be expected.
    ///
    /// # Errors
    /// SQLite's.
    pub fn lost_head(&self) -> Result<Option<Head>, StoreError> {
        let Some(head) = Lock::head_beside(&self.path) else { return Ok(None) };
        if self.meta(RESTORED_AT)?.is_some() || !lacks_head(&self.sql, head.no, &head.hash)? {
            return Ok(None);
        }
        // This reader may have begun before the head was noted.
        let fresh = Self::open(&self.path)?;
        let lost = fresh.meta(RESTORED_AT)?.is_none() && lacks_head(&fresh.sql, head.no, &head.hash)?;
        Ok(lost.then_some(head))
    }
}

/// Tries whether this user may write the database, without writing.
///
/// # Errors
/// What stands in the way.
pub fn try_writing(path: &Path) -> Result<(), StoreError> {
    connect(path, Access::Write).map(drop)
}

/// Returns the database's file and those beside it that are there now.
#[must_use]
pub fn files_of(path: &Path) -> Vec<PathBuf> {
    let beside = ["", "-wal", "-shm", ".lock"].map(|suffix| path.with_file_name(side_name(path, suffix)));
    beside.into_iter().filter(|file| file.exists()).collect()
}
