//! Staff's remarks: texts that are added and never changed; and whether an adjustment was typed before.
//!
//! Floor 4.

use rusqlite::params;

use crate::dates::{Day, to_stored};
use crate::money::Money;
use crate::store::rows::Stored;
use crate::store::{Reader, StoreError, Writer};

const ADD_NOTE: &str = "INSERT INTO notes (subject, text, at, actor) VALUES (?1, ?2, ?3, ?4)";
const NOTES: &str = "SELECT note_no, subject, text, at, actor FROM notes
    WHERE ?1 IS NULL OR subject = ?1 ORDER BY note_no";
const SAME_ADJUSTMENT: &str = "SELECT adjustment_no FROM adjustments
    WHERE partner_no = ?1 AND on_day = ?2 AND amount_cents = ?3 AND reason = ?4";

/// A remark on a partner, account, charge or run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its number.
    pub no: i64,
    /// What it is about: `partner:P1`.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// When it was written, RFC 3339.
    pub at: String,
    /// Who wrote it.
    pub actor: String,
}

impl Reader {
    /// Returns the notes on a subject, or all, oldest first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn notes(&self, subject: Option<&str>) -> Result<Vec<Note>, StoreError> {
        let mut statement = self.sql.prepare_cached(NOTES)?;
        let mut rows = statement.query([subject])?;
        let mut notes = Vec::new();
        while let Some(row) = rows.next()? {
            let row = Stored { table: "notes", row };
            notes.push(Note {
                no: row.get(0)?,
                subject: row.get(1)?,
                text: row.get(2)?,
                at: row.get(3)?,
                actor: row.get(4)?,
            });
        }
        Ok(notes)
    }

    /// Returns an adjustment that says exactly the same, if there is one: typed twice, most likely.
    ///
    /// # Errors
    /// SQLite's.
    pub fn same_adjustment(
        &self,
        partner_no: i64,
        on: Day,
        amount: Money,
        reason: &str,
    ) -> Result<Option<i64>, StoreError> {
        let mut statement = self.sql.prepare_cached(SAME_ADJUSTMENT)?;
        let mut rows = statement.query(params![partner_no, to_stored(on), amount.minor(), reason])?;
        Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
    }
}

impl Writer {
    /// Stores a note and returns its number.
    ///
    /// # Errors
    /// SQLite's.
    pub fn add_note(&self, subject: &str, text: &str) -> Result<i64, StoreError> {
        let operator = self.operator();
        self.sql().prepare_cached(ADD_NOTE)?.execute(params![
            subject,
            text,
            operator.now.timestamp(),
            operator.actor
        ])?;
        Ok(self.sql().last_insert_rowid())
    }
}
