//! Walks a table beside a sorted file: the stored row of each id, or none, in the order of the ids.
//!
//! Floor 4. A file that has many of the table's ids reads it in stretches; a small one jumps from id to id. A stretch
//! is in memory before anything is written, so no statement reads what another is changing.

use std::collections::VecDeque;

use rusqlite::{Connection, Row, Statement};

use crate::store::StoreError;

/// Rows of a stretch.
const STRETCH_ROWS: usize = 512;

/// How far apart the ids of a file lie in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Walk {
    /// About how many rows are stored.
    pub stored: i64,
    /// How many ids come in.
    pub incoming: u64,
    /// Stored rows for each id, from which on jumping is faster than walking.
    pub sparse: u64,
}

/// A table being walked.
pub struct Window<'a, T> {
    statement: Statement<'a>,
    read: fn(&Row<'_>) -> Result<T, StoreError>,
    id: fn(&T) -> &str,
    stretch: VecDeque<T>,
    rows: usize,
    /// Whether nothing lies behind the stretch.
    last: bool,
}

impl<'a, T> Window<'a, T> {
    /// Stands before a table. The statement takes the least id and returns all rows from it on in the order of their
    /// ids; no more of them are read than a stretch has.
    pub fn new(
        sql: &'a Connection,
        statement: &str,
        read: fn(&Row<'_>) -> Result<T, StoreError>,
        id: fn(&T) -> &str,
        walk: Walk,
    ) -> Result<Self, StoreError> {
        let jumps = walk.stored.unsigned_abs() / walk.incoming.max(1) >= walk.sparse;
        let rows = if jumps { 1 } else { STRETCH_ROWS };
        let statement = sql.prepare(statement)?;
        Ok(Self { statement, read, id, stretch: VecDeque::new(), rows, last: walk.stored == 0 })
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
        let mut rows = self.statement.query([id])?;
        while self.stretch.len() < self.rows {
            let Some(row) = rows.next()? else {
                self.last = true;
                break;
            };
            self.stretch.push_back((self.read)(row)?);
        }
        Ok(())
    }
}
