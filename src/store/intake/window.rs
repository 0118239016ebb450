//! Walks a table beside a sorted file: the stored row of each id, or none, in the order of the ids.
//!
//! Floor 4. A file that has many of the table's ids reads it in stretches; a small one jumps from id to id. A stretch
//! is in memory before anything is written, so no statement reads what another is changing.

use std::collections::VecDeque;

use rusqlite::{Connection, Row, params};

use crate::store::StoreError;

/// Rows of a stretch.
const STRETCH_ROWS: i64 = 512;
/// Stored rows for each that comes in, from which on jumping is faster than walking.
const SPARSE: i64 = 16;

/// A table being walked.
pub struct Window<'a, T> {
    sql: &'a Connection,
    statement: &'static str,
    read: fn(&Row<'_>) -> Result<T, StoreError>,
    id: fn(&T) -> &str,
    stretch: VecDeque<T>,
    rows: i64,
    /// Whether nothing lies behind the stretch.
    last: bool,
}

impl<'a, T> Window<'a, T> {
    /// Stands before a table of about `stored` rows, for a file of `incoming` ids. The statement takes the least id
    /// and the most rows to return, and returns them in the order of their ids.
    pub fn new(
        sql: &'a Connection,
        statement: &'static str,
        read: fn(&Row<'_>) -> Result<T, StoreError>,
        id: fn(&T) -> &str,
        stored: i64,
        incoming: u64,
    ) -> Self {
        let incoming = i64::try_from(incoming).unwrap_or(i64::MAX).max(1);
        let rows = if stored / incoming >= SPARSE { 1 } else { STRETCH_ROWS };
        Self { sql, statement, read, id, stretch: VecDeque::new(), rows, last: stored == 0 }
    }

    /// Takes the stored row of an id; ids are asked for in ascending order, each once.
    pub fn take(&mut self, id: &str) -> Result<Option<T>, StoreError> {
        loop {
            while self.stretch.front().is_some_and(|row| (self.id)(row) < id) {
                self.stretch.pop_front();
            }
            match self.stretch.front() {
                Some(row) if (self.id)(row) == id => return Ok(self.stretch.pop_front()),
                Some(_) => return Ok(None),
                None if self.last => return Ok(None),
                None => self.fetch(id)?,
            }
        }
    }

    fn fetch(&mut self, id: &str) -> Result<(), StoreError> {
        let mut statement = self.sql.prepare_cached(self.statement)?;
        let mut rows = statement.query(params![id, self.rows])?;
        while let Some(row) = rows.next()? {
            self.stretch.push_back((self.read)(row)?);
        }
        self.last = i64::try_from(self.stretch.len()).unwrap_or(i64::MAX) < self.rows;
        Ok(())
    }
}
