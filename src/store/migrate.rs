//! The numbered versions of the schema: building one, bringing an earlier file up to date, refusing a later one.
//!
//! Floor 4. A migration is never edited or removed once released. It runs in one transaction, after a copy of the
//! file has been put beside it.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};

use super::audit::{self, AuditNote};
use super::proof::FROM_BIRTH;
use super::{Operator, StoreError, commissions, create_private, meta, policy, side_name, today};
use crate::dates::Zone;
use crate::money::Currency;

/// The schema's versions, oldest first; `PRAGMA user_version` counts how many a file has.
const MIGRATIONS: [&str; 4] = [
    include_str!("migrations/0001.sql"),
    include_str!("migrations/0002.sql"),
    include_str!("migrations/0003.sql"),
    include_str!("migrations/0004.sql"),
];

const ADD_FIRST_POLICY: &str = "INSERT INTO policy_changes (key, value, from_on, reason, entered_at)
    VALUES ('timezone', ?1, 0, 'init', ?2)";

/// Returns the newest version.
pub fn known() -> i64 {
    i64::try_from(MIGRATIONS.len()).expect("there are few migrations")
}

/// Returns the version of a file's schema.
pub fn version(sql: &Connection) -> Result<i64, StoreError> {
    Ok(sql.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

/// Makes the tables of the newest schema, and nothing in them.
pub fn replay(sql: &Connection) -> Result<(), StoreError> {
    MIGRATIONS.iter().try_for_each(|migration| sql.execute_batch(migration)).map_err(StoreError::from)
}

/// Builds the newest schema in an empty file, with the programme's currency and time zone.
pub fn build(
    sql: &Connection,
    currency: Currency,
    timezone: &Zone,
    operator: &Operator,
) -> Result<(), StoreError> {
    sql.execute_batch("BEGIN IMMEDIATE")?;
    replay(sql)?;
    sql.pragma_update(None, "user_version", known())?;
    meta::set(sql, "currency", currency.code())?;
    meta::set(sql, "created_at", &operator.now.timestamp())?;
    sql.execute(ADD_FIRST_POLICY, params![timezone.to_string(), operator.now.timestamp()])?;
    let detail = serde_json::json!({
        "currency": currency.code(), "timezone": timezone.to_string(), FROM_BIRTH: true,
    });
    audit::append(sql, operator, &AuditNote::new(audit::INIT, detail))?;
    sql.execute_batch("COMMIT")?;
    Ok(())
}

/// Refuses a file that a reader cannot understand.
pub fn refuse_other_versions(sql: &Connection, file: &Path) -> Result<(), StoreError> {
    let (found, known) = (version(sql)?, known());
    let file = file.to_owned();
    match found.cmp(&known) {
        std::cmp::Ordering::Less => Err(StoreError::Older { file, found, known }),
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Greater => Err(StoreError::Newer { file, found, known }),
    }
}

/// Brings an earlier file up to date, after putting a copy beside it. The caller holds the lock.
pub fn upgrade(sql: &Connection, file: &Path, operator: &Operator) -> Result<(), StoreError> {
    let found = version(sql)?;
    if found >= known() {
        return refuse_other_versions(sql, file);
    }
    let copy: PathBuf = file.with_file_name(side_name(file, &format!(".before-{}", known())));
    if !copy.exists() {
        // It has its name only when it is whole: one that was cut short is made again.
        let making = file.with_file_name(side_name(file, &format!(".before-{}.making", known())));
        if making.exists() {
            std::fs::remove_file(&making).map_err(StoreError::file(&making))?;
        }
        create_private(&making, 0o600)?;
        sql.execute("VACUUM INTO ?1", [making.to_string_lossy()])?;
        std::fs::File::open(&making).and_then(|made| made.sync_all()).map_err(StoreError::file(&making))?;
        std::fs::rename(&making, &copy).map_err(StoreError::file(&copy))?;
    }
    bring_up(sql, file, operator)
}

/// Brings an earlier file up to date in one transaction; whoever calls has seen to a copy.
pub fn bring_up(sql: &Connection, file: &Path, operator: &Operator) -> Result<(), StoreError> {
    let found = version(sql)?;
    sql.execute_batch("BEGIN IMMEDIATE")?;
    let steps = usize::try_from(found).map_err(|_| StoreError::Foreign(file.to_owned()))?;
    let upgraded = MIGRATIONS
        .iter()
        .skip(steps)
        .try_for_each(|migration| sql.execute_batch(migration))
        .and_then(|()| sql.pragma_update(None, "user_version", known()))
        .map_err(StoreError::from)
        .and_then(|()| {
            // What is derived is made as this version keeps it.
            let policies = policy::load(sql)?;
            commissions::remake(sql, &policies, today(&policies, operator.now), file)
        })
        .and_then(|()| {
            let detail = serde_json::json!({"from": found, "to": known()});
            audit::append(sql, operator, &AuditNote::new("migrate", detail))
        });
    match upgraded {
        Ok(()) => Ok(sql.execute_batch("COMMIT")?),
        Err(error) => {
            sql.execute_batch("ROLLBACK")?;
            Err(error)
        }
    }
}
