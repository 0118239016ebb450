//! The policy's changes in the store.
//!
//! Floor 4. Append-only: a setting is changed by a new row from a later day or, asked for, from an earlier one (R1.6).

use rusqlite::{Connection, params};

use super::rows::Stored;
use super::{StoreError, Writer, meta};
use crate::dates::{Day, to_stored};
use crate::policy::{Change, Key, Policies};

const CHANGES: &str = "SELECT change_no, key, value, from_on FROM policy_changes ORDER BY change_no";
const ADD: &str = "INSERT INTO policy_changes (key, value, from_on, reason, entered_at)
    VALUES (?1, ?2, ?3, ?4, ?5)";

/// Reads the policy over all time.
pub fn load(sql: &Connection) -> Result<Policies, StoreError> {
    let currency = meta::get(sql, "currency")?.and_then(|code| code.parse().ok()).ok_or_else(|| {
        StoreError::Damaged { table: "meta", id: "currency".to_owned(), what: "is no currency".to_owned() }
    })?;
    let mut statement = sql.prepare(CHANGES)?;
    let mut rows = statement.query([])?;
    let mut changes = Vec::new();
    while let Some(row) = rows.next()? {
        let row = Stored { table: "policy_changes", row };
        changes.push(Change {
            key: row.word("key")?,
            value: row.get("value")?,
            from: row.opt_day("from_on")?.unwrap_or(Day::MIN),
        });
    }
    Ok(Policies::new(currency, &changes)?)
}

impl Writer {
    /// Adds a change of the policy and makes every kept commission afresh.
    ///
    /// # Errors
    /// A value the key does not take.
    pub fn change_policy(
        &mut self,
        key: Key,
        value: &str,
        from: Day,
        reason: &str,
    ) -> Result<(), StoreError> {
        self.policies().at(from).clone().set(key, value, self.currency())?;
        self.sql().execute(
            ADD,
            params![key.as_str(), value, to_stored(from), reason, self.operator().now.timestamp()],
        )?;
        self.reload_policies()?;
        self.touch_all();
        Ok(())
    }
}
