//! The file itself: SQLite's own checks, references, and the schema as this version makes it.
//!
//! Floor 4.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rusqlite::Connection;

use super::Findings;
use crate::store::{Access, Reader, StoreError, connect_through, migrate, seal};

const SCHEMA: &str = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL";
/// What SQLite says of a sound file.
const SOUND: &str = "ok";

/// More than a connection has: each index is held against its table, whose rows lie in another order.
const CACHE: &str = "PRAGMA cache_size = -4096";

/// Runs SQLite's own checks on a connection of its own; returns the pages found broken on the way.
pub fn examine(path: &Path, access: Access) -> (Findings, BTreeSet<u64>) {
    let mut findings = Findings::default();
    match connect_through(seal::NOTING, path, access) {
        Ok(sql) => {
            findings.step("integrity", |found| {
                sql.execute_batch(CACHE)?;
                integrity(&sql, found)
            });
            findings.step("references", |found| references(&sql, found));
        }
        Err(error) => findings.add("integrity", "database", "readable", error.to_string()),
    }
    (findings, seal::take_broken())
}

fn integrity(sql: &Connection, findings: &mut Findings) -> Result<(), StoreError> {
    let mut statement = sql.prepare("PRAGMA integrity_check(100)")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let line: String = row.get(0)?;
        if line != SOUND {
            findings.add("integrity", "database", SOUND, line);
        }
    }
    Ok(())
}

fn references(sql: &Connection, findings: &mut Findings) -> Result<(), StoreError> {
    let mut statement = sql.prepare("PRAGMA foreign_key_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (table, row_no, parent): (String, Option<i64>, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let row_no = row_no.map_or_else(String::new, |row_no| format!(" {row_no}"));
        findings.add("references", format!("{table}{row_no}"), format!("a row of {parent}"), "none");
    }
    Ok(())
}

/// Compares tables, indexes and triggers with those that the migrations make in an empty file.
pub fn schema(reader: &Reader, findings: &mut Findings) -> Result<(), StoreError> {
    let empty = Connection::open_in_memory()?;
    migrate::replay(&empty)?;
    let (expected, mut found) = (objects(&empty)?, objects(&reader.sql)?);
    for (name, text) in expected {
        match found.remove(&name) {
            Some(other) if other == text => {}
            Some(other) => findings.add("schema", name, text, other),
            None => findings.add("schema", name, text, "none"),
        }
    }
    for (name, text) in found {
        findings.add("schema", name, "none", text);
    }
    Ok(())
}

fn objects(sql: &Connection) -> Result<BTreeMap<String, String>, StoreError> {
    let mut statement = sql.prepare(SCHEMA)?;
    let rows = statement.query_map([], |row| {
        Ok((format!("{} {}", row.get::<_, String>(0)?, row.get::<_, String>(1)?), row.get::<_, String>(2)?))
    })?;
    rows.map(|row| row.map_err(StoreError::from)).collect()
}
