//! Many rows into one table, a few dozen to a statement.
//!
//! Floor 4. A statement for each row opens the table's trees and seeks its place in them afresh; one statement for many
//! rows goes on from where the last row went in, which for rows in the order of their keys saves a third of the time
//! (PERFORMANCE.md). Rows wait here until there are enough of them: `flush` before anything reads the table.

use rusqlite::{Connection, Statement};

use super::StoreError;

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
}

/// A cell that waits; texts lie in one place.
#[derive(Debug, Clone, Copy)]
enum Waiting {
    Null,
    Int(i64),
    Text { from: usize, to: usize },
}

/// Rows on their way into one table.
pub struct Bulk<'a, const N: usize> {
    sql: &'a Connection,
    insert: &'static str,
    /// Prepared when it is first needed.
    many: Option<Statement<'a>>,
    cells: Vec<Waiting>,
    texts: String,
}

impl<'a, const N: usize> Bulk<'a, N> {
    /// Waits for rows of `N` columns; `insert` is the statement as far as the word VALUES.
    pub const fn new(sql: &'a Connection, insert: &'static str) -> Self {
        Self { sql, insert, many: None, cells: Vec::new(), texts: String::new() }
    }

    /// Adds a row.
    ///
    /// # Errors
    /// SQLite's, of this row or one before it.
    pub fn add(&mut self, row: [Field<'_>; N]) -> Result<(), StoreError> {
        for field in row {
            self.cells.push(match field {
                Field::Null => Waiting::Null,
                Field::Int(value) => Waiting::Int(value),
                Field::Text(text) => {
                    let from = self.texts.len();
                    self.texts.push_str(text);
                    Waiting::Text { from, to: self.texts.len() }
                }
            });
        }
        if self.cells.len() == ROWS * N {
            let many = match &mut self.many {
                Some(many) => many,
                none => none.insert(self.sql.prepare(&with_rows::<N>(self.insert, ROWS))?),
            };
            write(many, &self.cells, &self.texts)?;
            self.clear();
        }
        Ok(())
    }

    /// Returns whether the next row makes all that wait be written.
    pub fn is_filled_by_one(&self) -> bool {
        self.cells.len() + N == ROWS * N
    }

    /// Writes the rows that wait.
    ///
    /// # Errors
    /// SQLite's.
    pub fn flush(&mut self) -> Result<(), StoreError> {
        if !self.cells.is_empty() {
            let mut few = self.sql.prepare_cached(&with_rows::<N>(self.insert, self.cells.len() / N))?;
            write(&mut few, &self.cells, &self.texts)?;
            self.clear();
        }
        Ok(())
    }

    fn clear(&mut self) {
        self.cells.clear();
        self.texts.clear();
    }
}

fn with_rows<const N: usize>(insert: &str, rows: usize) -> String {
    let row = format!("({})", ["?"; N].join(","));
    format!("{insert} VALUES {}", vec![row; rows].join(","))
}

fn write(statement: &mut Statement<'_>, cells: &[Waiting], texts: &str) -> Result<(), StoreError> {
    for (at, cell) in cells.iter().enumerate() {
        match *cell {
            Waiting::Null => statement.raw_bind_parameter(at + 1, rusqlite::types::Null)?,
            Waiting::Int(value) => statement.raw_bind_parameter(at + 1, value)?,
            Waiting::Text { from, to } => {
                statement.raw_bind_parameter(at + 1, texts.get(from..to).unwrap_or_default())?;
            }
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
            let mut bulk = Bulk::new(&sql, "INSERT INTO t (no, text)");
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
    fn a_row_that_breaks_a_rule_is_said() {
        let sql = Connection::open_in_memory().expect("memory");
        sql.execute_batch("CREATE TABLE t (no INTEGER PRIMARY KEY CHECK (no > 0)) STRICT").expect("a table");
        let mut bulk = Bulk::new(&sql, "INSERT INTO t (no)");
        bulk.add([0.into()]).expect("it waits");
        assert!(matches!(bulk.flush(), Err(StoreError::Sql(_))));
    }
}
