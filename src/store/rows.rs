//! Reading stored values as the types of the floors below; a value that is none names its table and row.
//!
//! Floor 4.

use std::fmt::Debug;
use std::str::FromStr;

use rusqlite::{Row, RowIndex};

use super::StoreError;
use crate::dates::{Day, from_stored, to_stored};
use crate::money::Money;

/// One row of a table, with its name for error messages.
pub struct Stored<'a> {
    /// The table.
    pub table: &'static str,
    /// The row.
    pub row: &'a Row<'a>,
}

impl Stored<'_> {
    fn damaged(&self, column: impl Debug, what: &str) -> StoreError {
        let id = self.row.get_ref(0).map_or_else(|_| "?".to_owned(), |value| format!("{value:?}"));
        StoreError::Damaged { table: self.table, id, what: format!("{column:?} {what}") }
    }

    /// Reads a day that must be there.
    pub fn day(&self, column: impl RowIndex + Debug) -> Result<Day, StoreError> {
        self.opt_day(column)?.ok_or_else(|| self.damaged(column, "is no date"))
    }

    /// Reads a day; NULL and 0 are none.
    pub fn opt_day(&self, column: impl RowIndex + Debug) -> Result<Option<Day>, StoreError> {
        match self.row.get::<_, Option<i64>>(column)? {
            None | Some(0) => Ok(None),
            Some(stored) => from_stored(stored)
                .map(Some)
                .ok_or_else(|| self.damaged(column, &format!("{stored} is no date"))),
        }
    }

    /// Reads an amount.
    pub fn money(&self, column: impl RowIndex + Debug) -> Result<Money, StoreError> {
        Ok(Money::from_minor(self.row.get(column)?))
    }

    /// Reads a word of a vocabulary.
    pub fn word<T: FromStr>(&self, column: impl RowIndex + Debug) -> Result<T, StoreError> {
        self.opt_word(column)?.ok_or_else(|| self.damaged(column, "is no word"))
    }

    /// Reads a word of a vocabulary, or none.
    pub fn opt_word<T: FromStr>(&self, column: impl RowIndex + Debug) -> Result<Option<T>, StoreError> {
        let Some(text) = self.row.get_ref(column)?.as_str_or_null().map_err(rusqlite::Error::from)? else {
            return Ok(None);
        };
        T::from_str(text).map(Some).map_err(|_| self.damaged(column, &format!("{text:?} is no known word")))
    }

    /// Reads the word at a position of a vocabulary, the form in which charges keep their words.
    pub fn indexed<T: Copy>(&self, column: impl RowIndex + Debug, all: &[T]) -> Result<T, StoreError> {
        let index: i64 = self.row.get(column)?;
        usize::try_from(index)
            .ok()
            .and_then(|index| all.get(index).copied())
            .ok_or_else(|| self.damaged(column, &format!("{index} is no known word")))
    }

    /// Reads any plain value.
    pub fn get<T: rusqlite::types::FromSql>(&self, column: impl RowIndex + Debug) -> Result<T, StoreError> {
        Ok(self.row.get(column)?)
    }
}

/// Returns a day's stored form, 0 for none.
pub fn stored_or_zero(day: Option<Day>) -> i64 {
    day.map_or(0, to_stored)
}

/// Returns a day's stored form, NULL for none.
pub fn stored(day: Option<Day>) -> Option<i64> {
    day.map(to_stored)
}

/// Returns the position of a word in its vocabulary.
pub fn index_of<T: PartialEq>(all: &[T], word: &T) -> i64 {
    all.iter()
        .position(|other| other == word)
        .and_then(|at| i64::try_from(at).ok())
        .expect("a vocabulary lists all of its words")
}
