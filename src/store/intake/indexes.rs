//! Takes secondary indexes away when an import writes much, and builds them again after it, in the same transaction.
//!
//! Floor 4. Rows first and indexes afterwards is three times as fast as both together (PERFORMANCE.md); the schema
//! itself says what to build again, so that nothing is written twice. A file that brings nothing new leaves them be.

use rusqlite::{Connection, OptionalExtension};

use crate::store::StoreError;

const DEFINITION: &str = "SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?1";
/// Sorting for an index is faster in little memory (PERFORMANCE.md), and in other threads than the one that reads the
/// rows: with one worker alone that one would sort most of them itself, for it comes back before the worker is done.
const SORTING: &str = "PRAGMA threads = 2; PRAGMA cache_size = -2048";

/// Stored rows for each that is written, below which building anew is faster than keeping up.
const BULK_SHARE: u64 = 16;

/// The indexes of one table.
pub struct Indexes<'a> {
    sql: &'a Connection,
    names: &'static [&'static str],
    stored: u64,
    written: u64,
    away: Option<Vec<String>>,
}

impl<'a> Indexes<'a> {
    /// Watches the named indexes of a table of about `stored` rows.
    pub fn new(sql: &'a Connection, names: &'static [&'static str], stored: i64) -> Self {
        Self { sql, names, stored: stored.unsigned_abs(), written: 0, away: None }
    }

    /// Is told before a row is written; takes the indexes away when that has become worth it.
    pub fn writing(&mut self) -> Result<(), StoreError> {
        self.written = self.written.saturating_add(1);
        if self.away.is_some() || self.written.saturating_mul(BULK_SHARE) < self.stored {
            return Ok(());
        }
        let mut definitions = Vec::new();
        for name in self.names {
            let definition: Option<String> =
                self.sql.query_row(DEFINITION, [name], |row| row.get(0)).optional()?;
            if let Some(definition) = definition {
                self.sql.execute_batch(&format!("DROP INDEX {name}"))?;
                definitions.push(definition);
            }
        }
        self.away = Some(definitions);
        Ok(())
    }

    /// Builds again what was taken away.
    pub fn build(self) -> Result<(), StoreError> {
        if let Some(definitions) = self.away {
            let cache: i64 = self.sql.query_row("PRAGMA cache_size", [], |row| row.get(0))?;
            self.sql.execute_batch(SORTING)?;
            for definition in &definitions {
                self.sql.execute_batch(definition)?;
            }
            self.sql.execute_batch(&format!("PRAGMA cache_size = {cache}"))?;
        }
        Ok(())
    }
}
