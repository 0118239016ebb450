//! The policy's changes as people ask for them: who changed what from when.
//!
//! Floor 4.

use crate::dates::Day;
use crate::policy::Key;
use crate::store::rows::Stored;
use crate::store::{Reader, StoreError};

const CHANGES: &str =
    "SELECT change_no, key, value, from_on, reason, entered_at FROM policy_changes ORDER BY change_no";
/// A change of the policy, with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyEntry {
    /// The setting.
    pub key: Key,
    /// Its value from then on.
    pub value: String,
    /// The first day; `None` is from the beginning.
    pub from: Option<Day>,
    /// Why.
    pub reason: String,
    /// When it was entered, RFC 3339.
    pub entered_at: String,
}

impl Reader {
    /// Returns the changes of the policy in the order in which they were entered.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn policy_entries(&self) -> Result<Vec<PolicyEntry>, StoreError> {
        let mut statement = self.sql.prepare_cached(CHANGES)?;
        let mut rows = statement.query([])?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            let row = Stored { table: "policy_changes", row };
            entries.push(PolicyEntry {
                key: row.word(1)?,
                value: row.get(2)?,
                from: row.opt_day(3)?,
                reason: row.get(4)?,
                entered_at: row.get(5)?,
            });
        }
        Ok(entries)
    }
}
