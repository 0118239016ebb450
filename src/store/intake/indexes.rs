//! Takes secondary indexes away before a large import and builds them again after it, in the same transaction.
//!
//! Floor 4. Rows first and indexes afterwards is three times as fast as both together (PERFORMANCE.md); the schema
//! itself says what to build again, so that nothing is written twice.

use rusqlite::{Connection, OptionalExtension};

use crate::store::StoreError;

const DEFINITION: &str = "SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?1";

/// Share of incoming rows to stored ones, in halves, from which on building anew is faster.
const BULK_SHARE: u64 = 2;

/// Indexes that are away.
pub struct Away<'a> {
    sql: &'a Connection,
    definitions: Vec<String>,
}

impl<'a> Away<'a> {
    /// Takes the named indexes away if the file is large beside the table.
    pub fn take(sql: &'a Connection, names: &[&str], stored: i64, incoming: u64) -> Result<Self, StoreError> {
        let mut definitions = Vec::new();
        if incoming.saturating_mul(BULK_SHARE) >= stored.unsigned_abs() {
            for name in names {
                let definition: Option<String> =
                    sql.prepare_cached(DEFINITION)?.query_row([name], |row| row.get(0)).optional()?;
                if let Some(definition) = definition {
                    sql.execute_batch(&format!("DROP INDEX {name}"))?;
                    definitions.push(definition);
                }
            }
        }
        Ok(Self { sql, definitions })
    }

    /// Builds them again.
    pub fn build(self) -> Result<(), StoreError> {
        for definition in &self.definitions {
            self.sql.execute_batch(definition)?;
        }
        Ok(())
    }
}
