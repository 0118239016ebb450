//! Many rows into one table, a few dozen to a statement.
//!
//! Floor 4. A statement for each row opens the table's trees and seeks its place in them afresh; one statement for many
//! rows goes on from where the last row went in, which for rows in the order of their keys saves a third of the time
//! (PERFORMANCE.md). Rows wait here until there are enough of them: `flush` before anything reads the table.

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, Statement};

use super::StoreError;

/// A row that breaks a rule undoes the whole transaction, which is what its owner does with it anyway. To undo no more
/// than the statement, SQLite would first copy every page that the statement is about to change: for rows scattered
/// over an index that is more writing than all the rest.
const INSERT: &str = "INSERT OR ROLLBACK INTO";

/// Rows of a statement.
const ROWS: usize = 64;

/// One cell of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field<'a> {
    /// NULL.
    Null,
    /// A whole number.
    Int(i64),
    /// A text.
    Text(&'a str),
    /// Bytes.
    Blob(&'a [u8]),
}

/// A cell that waits; texts and bytes lie in one place.
#[derive(Debug, Clone, Copy)]
enum Waiting {
    Null,
    Int(i64),
    Text { from: usize, to: usize },
    Blob { from: usize, to: usize },
}

/// Rows on their way into one table.
pub struct Bulk<'a, const N: usize> {
    sql: &'a Connection,
    into: &'static str,
    /// Prepared when it is first needed.
    many: Option<Statement<'a>>,
    /// The number of the row written last, where the rows are numbered on from the last of their table.
    last_no: Option<i64>,
    cells: Vec<Waiting>,
    bytes: Vec<u8>,
}

impl<'a, const N: usize> Bulk<'a, N> {
    /// Waits for rows of `N` columns; `into` names the table and the columns.
    pub const fn new(sql: &'a Connection, into: &'static str) -> Self {
        Self { sql, into, many: None, last_no: None, cells: Vec::new(), bytes: Vec::new() }
    }

    /// Waits for rows that SQLite numbers, from the one after `last_no` on, which must be the last of the table. A row
    /// that brought its number with it would have to be sought its place, and could undo its statement (see `INSERT`).
    pub fn numbering(sql: &'a Connection, into: &'static str, last_no: i64) -> Self {
        Self { last_no: Some(last_no), ..Self::new(sql, into) }
    }

    /// Adds a row.
    ///
    /// # Errors
    /// SQLite's, of this row or one before it; the transaction is undone.
    pub fn add(&mut self, row: [Field<'_>; N]) -> Result<(), StoreError> {
        for field in row {
            let cell = match field {
                Field::Null => Waiting::Null,
                Field::Int(value) => Waiting::Int(value),
                Field::Text(text) => {
                    let (from, to) = self.wait(text.as_bytes());
                    Waiting::Text { from, to }
                }
                Field::Blob(bytes) => {
                    let (from, to) = self.wait(bytes);
                    Waiting::Blob { from, to }
                }
            };
            self.cells.push(cell);
        }
        if self.cells.len() == ROWS * N {
            let many = match &mut self.many {
                Some(many) => many,
                none => none.insert(self.sql.prepare(&with_rows::<N>(self.into, ROWS))?),
            };
            let done = write(many, &self.cells, &self.bytes);
            self.written(done)?;
        }
        Ok(())
    }

    fn wait(&mut self, bytes: &[u8]) -> (usize, usize) {
        let from = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        (from, self.bytes.len())
    }

    /// Returns whether the next row makes all that wait be written.
    pub fn is_filled_by_one(&self) -> bool {
        self.cells.len() + N == ROWS * N
    }

    /// Writes the rows that wait.
    ///
    /// # Errors
    /// SQLite's; the transaction is undone.
    pub fn flush(&mut self) -> Result<(), StoreError> {
        if !self.cells.is_empty() {
            let mut few = self.sql.prepare_cached(&with_rows::<N>(self.into, self.cells.len() / N))?;
            let done = write(&mut few, &self.cells, &self.bytes);
            drop(few);
            self.written(done)?;
        }
        Ok(())
    }

    /// Forgets what was written. Where a row broke a rule, nothing of the transaction is left.
    fn written(&mut self, done: Result<(), StoreError>) -> Result<(), StoreError> {
        let proved = done.and_then(|()| self.prove_numbers());
        self.cells.clear();
        self.bytes.clear();
        if proved.is_err() && !self.sql.is_autocommit() {
            // A value of the wrong kind stops a statement half way, and SQLite leaves what it wrote until then.
            self.sql.execute_batch("ROLLBACK")?;
        }
        proved
    }

    /// Proves that the rows just written have the numbers their owner counts on.
    fn prove_numbers(&mut self) -> Result<(), StoreError> {
        let Some(last_no) = &mut self.last_no else { return Ok(()) };
        *last_no = last_no.saturating_add(i64::try_from(self.cells.len() / N).unwrap_or(i64::MAX));
        if self.sql.last_insert_rowid() == *last_no {
            return Ok(());
        }
        Err(StoreError::Damaged {
            table: self.into.split(' ').next().unwrap_or_default(),
            id: last_no.to_string(),
            what: "its number is not the one after the last of the table".to_owned(),
        })
    }
}

fn with_rows<const N: usize>(into: &str, rows: usize) -> String {
    let row = format!("({})", ["?"; N].join(","));
    format!("{INSERT} {into} VALUES {}", vec![row; rows].join(","))
}

fn write(statement: &mut Statement<'_>, cells: &[Waiting], bytes: &[u8]) -> Result<(), StoreError> {
    let piece = |from, to| bytes.get(from..to).unwrap_or_default();
    for (at, cell) in cells.iter().enumerate() {
        match *cell {
            Waiting::Null => statement.raw_bind_parameter(at + 1, rusqlite::types::Null)?,
            Waiting::Int(value) => statement.raw_bind_parameter(at + 1, value)?,
            Waiting::Text { from, to } => {
                let text = ToSqlOutput::Borrowed(ValueRef::Text(piece(from, to)));
                statement.raw_bind_parameter(at + 1, text)?;
            }
            Waiting::Blob { from, to } => statement.raw_bind_parameter(at + 1, piece(from, to))?,
        }
    }
    statement.raw_execute()?;
    Ok(())
}

impl From<i64> for Field<'_> {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<bool> for Field<'_> {
    fn from(value: bool) -> Self {
        Self::Int(i64::from(value))
    }
}

impl<'a> From<&'a str> for Field<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Field<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl<'a, T: Into<Field<'a>>> From<Option<T>> for Field<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_goes_in_once_and_in_order() {
        for rows in [0, 1, 31, 32, 33, 100] {
            let sql = Connection::open_in_memory().expect("memory");
            sql.execute_batch("CREATE TABLE t (no INTEGER PRIMARY KEY, text TEXT) STRICT").expect("a table");
            let mut bulk = Bulk::new(&sql, "t (no, text)");
            for no in 0..rows {
                let text = format!("row {no}");
                let text = (no % 3 != 0).then_some(text.as_str());
                bulk.add([i64::from(no).into(), text.into()]).expect("a row");
            }
            bulk.flush().expect("the rest");
            bulk.flush().expect("nothing");
            let mut statement = sql.prepare("SELECT no, text FROM t ORDER BY no").expect("a statement");
            let found: Vec<(i64, Option<String>)> = statement
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
                .expect("rows")
                .map(|row| row.expect("a row"))
                .collect();
            let expected: Vec<(i64, Option<String>)> =
                (0..rows).map(|no| (i64::from(no), (no % 3 != 0).then(|| format!("row {no}")))).collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn rows_have_the_numbers_that_were_counted_on() {
        let sql = Connection::open_in_memory().expect("memory");
        sql.execute_batch(
            "CREATE TABLE t (no INTEGER PRIMARY KEY, text TEXT); INSERT INTO t VALUES (7, 'x')",
        )
        .expect("a table");
        let mut bulk = Bulk::numbering(&sql, "t (text)", 7);
        for _ in 0..100 {
            bulk.add(["y".into()]).expect("a row");
        }
        bulk.flush().expect("the rest");
        let last: i64 = sql.query_row("SELECT max(no) FROM t", [], |row| row.get(0)).expect("a number");
        assert_eq!(last, 107);
        let mut wrong = Bulk::numbering(&sql, "t (text)", 7);
        wrong.add(["z".into()]).expect("it waits");
        assert!(matches!(wrong.flush(), Err(StoreError::Damaged { table: "t", .. })));
    }

    #[test]
    fn a_row_that_breaks_a_rule_undoes_everything() {
        let sql = Connection::open_in_memory().expect("memory");
        sql.execute_batch("CREATE TABLE t (no INTEGER PRIMARY KEY CHECK (no > 0)) STRICT; BEGIN")
            .expect("a table");
        let mut bulk = Bulk::new(&sql, "t (no)");
        bulk.add([1.into()]).expect("it waits");
        bulk.flush().expect("a row");
        bulk.add([0.into()]).expect("it waits");
        assert!(matches!(bulk.flush(), Err(StoreError::Sql(_))));
        assert!(sql.is_autocommit(), "the transaction is over");
        let left: i64 = sql.query_row("SELECT count(*) FROM t", [], |row| row.get(0)).expect("a number");
        assert_eq!(left, 0);
    }

    #[test]
    fn a_row_that_breaks_a_rule_is_said() {
        let sql = Connection::open_in_memory().expect("memory");
        sql.execute_batch("CREATE TABLE t (no INTEGER PRIMARY KEY CHECK (no > 0)) STRICT").expect("a table");
        let mut bulk = Bulk::new(&sql, "t (no)");
        bulk.add([0.into()]).expect("it waits");
        assert!(matches!(bulk.flush(), Err(StoreError::Sql(_))));
    }
}
