//! Reports of PayPal's that were read into runs, and payments of which its last word contradicts the books (R7.4).
//!
//! Floor 4. A report is of one run: the same bytes never settle a second one. What contradicts is told by the store, so
//! that a preview can warn of it before the partner is paid again.

use rusqlite::{OptionalExtension, params};

use super::rows::Stored;
use super::{Item, Reader, Run, StoreError, Writer};
use crate::ids::PartnerId;
use crate::reconcile::AlarmKind;
use crate::run::ItemState;

const RUN_OF_REPORT: &str = "SELECT name FROM reports JOIN runs USING (run_no) WHERE sha256 = ?1";
const ADD_REPORT: &str = "INSERT INTO reports (sha256, run_no, file, at) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (sha256) DO NOTHING";
const ANY_ALARM: &str = "SELECT EXISTS (SELECT 1 FROM items WHERE alarm IS NOT NULL)";
const CONTRADICTIONS: &str =
    "SELECT items.item_id, partner_id, items.state, alarm, coalesce(items.paypal_status, ''),
        runs.name, payment_reversed
    FROM items JOIN runs ON runs.run_no = items.run_no JOIN partners ON partners.partner_no = items.partner_no
    WHERE alarm IS NOT NULL ORDER BY items.item_no";
const CLOSE_REVERSAL: &str = "UPDATE partners SET payment_reversed = 1 WHERE partner_no = ?1";

/// A payment of which PayPal's last word contradicts the books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The payment.
    pub item: String,
    /// Its partner.
    pub partner: PartnerId,
    /// Where it stands here.
    pub state: ItemState,
    /// In what.
    pub alarm: AlarmKind,
    /// PayPal's word.
    pub word: String,
    /// Its run.
    pub run: String,
    /// Whether the partner waits for a person (R6.7).
    pub partner_waits: bool,
}

impl Reader {
    /// Returns the run that a report was read into before, by the SHA-256 of its bytes.
    ///
    /// # Errors
    /// SQLite's.
    pub fn run_of_report(&self, sha256: &str) -> Result<Option<String>, StoreError> {
        let mut statement = self.sql.prepare_cached(RUN_OF_REPORT)?;
        Ok(statement.query_row([sha256], |row| row.get(0)).optional()?)
    }

    /// Returns every payment of which PayPal's last word contradicts the books, oldest first.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn contradictions(&self) -> Result<Vec<Contradiction>, StoreError> {
        let any: bool = self.sql.prepare_cached(ANY_ALARM)?.query_row([], |row| row.get(0))?;
        if !any {
            return Ok(Vec::new());
        }
        let mut statement = self.sql.prepare_cached(CONTRADICTIONS)?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let row = Stored { table: "items", row };
            found.push(Contradiction {
                item: row.get(0)?,
                partner: PartnerId(row.get(1)?),
                state: row.word(2)?,
                alarm: row.word(3)?,
                word: row.get(4)?,
                run: row.get(5)?,
                partner_waits: row.get(6)?,
            });
        }
        Ok(found)
    }
}

impl Writer {
    /// Makes a partner wait for a person before anything is paid to them again (R6.7).
    ///
    /// # Errors
    /// SQLite's.
    pub fn close_reversal_gate(&self, item: &Item) -> Result<(), StoreError> {
        self.sql().prepare_cached(CLOSE_REVERSAL)?.execute([item.partner_no])?;
        Ok(())
    }

    /// Stores that a report was read into a run.
    ///
    /// # Errors
    /// SQLite's.
    pub fn note_report(&self, run: &Run, sha256: &str, file: &str) -> Result<(), StoreError> {
        let at = self.operator().now.timestamp();
        self.sql().prepare_cached(ADD_REPORT)?.execute(params![sha256, run.no, file, at])?;
        Ok(())
    }
}
