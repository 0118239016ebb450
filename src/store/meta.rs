//! Facts about the file: its currency, when it was made, restored or last copied.
//!
//! Floor 4.

use rusqlite::{Connection, OptionalExtension};

use super::StoreError;

const GET: &str = "SELECT value FROM meta WHERE key = ?1";
const SET: &str = "INSERT INTO meta (key, value) VALUES (?1, ?2)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value";

/// Reads a fact about the file.
pub fn get(sql: &Connection, key: &str) -> Result<Option<String>, StoreError> {
    Ok(sql.prepare_cached(GET)?.query_row([key], |row| row.get(0)).optional()?)
}

/// Writes a fact about the file.
pub fn set(sql: &Connection, key: &str, value: &str) -> Result<(), StoreError> {
    sql.prepare_cached(SET)?.execute([key, value])?;
    Ok(())
}
