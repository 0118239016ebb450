//! The audit trail: who did what, when and why, each row's hash covering the row and the hash before it.
//!
//! Floor 4. Rows are only ever appended (triggers refuse the rest), and `verify` names the first row that does not
//! follow from the one before. Somebody who holds the file can rebuild the whole chain; only the head that runs and
//! backups print catches that.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};

use super::lock::Head;
use super::rows::Stored;
use super::{Operator, Reader, StoreError};
use crate::dates::Day;
use crate::ids::AccountId;

const HEAD: &str = "SELECT audit_no, hash FROM audit ORDER BY audit_no DESC LIMIT 1";
const APPEND: &str = "INSERT INTO audit
    (audit_no, at, actor, os_user, action, subject, detail, reason, prev_hash, hash)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
const ALL: &str = "SELECT audit_no, at, actor, os_user, action, subject, detail, reason, prev_hash, hash
    FROM audit ORDER BY audit_no";
const RUNS_OF_PARTNER: &str = "SELECT name FROM runs
    WHERE run_no IN (SELECT run_no FROM lines WHERE partner_no = ?1)";
const TIES: &str = "SELECT decided_on, actor FROM attributions JOIN accounts USING (account_no)
    WHERE account_id = ?1 ORDER BY seq";

/// What the first row of every trail says.
pub const INIT: &str = "init";
/// The hash before the first row.
const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What a change says about itself; without one nothing is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditNote {
    /// The command, as typed: `payout create`.
    pub action: String,
    /// What it was about: `partner:P1`, `run:2026-11-27`.
    pub subjects: Vec<String>,
    /// What changed, in figures.
    pub detail: serde_json::Value,
    /// Why, where a person must say.
    pub reason: Option<String>,
}

impl AuditNote {
    /// Makes a note without subject or reason.
    #[must_use]
    pub fn new(action: &str, detail: serde_json::Value) -> Self {
        Self { action: action.to_owned(), subjects: Vec::new(), detail, reason: None }
    }

    /// Adds a subject: its kind and its id.
    #[must_use]
    pub fn about(mut self, kind: &str, id: &str) -> Self {
        self.subjects.push(format!("{kind}:{id}"));
        self
    }

    /// Adds the reason.
    #[must_use]
    pub fn because(mut self, reason: Option<&str>) -> Self {
        self.reason = reason.map(str::to_owned);
        self
    }
}

/// A row of the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Its number, from 1 without gaps.
    pub no: i64,
    /// RFC 3339.
    pub at: String,
    /// The label.
    pub actor: String,
    /// The operating system's user.
    pub os_user: String,
    /// The command.
    pub action: String,
    /// What it was about, separated by blanks.
    pub subject: String,
    /// JSON.
    pub detail: String,
    /// Why.
    pub reason: Option<String>,
    /// The hash of the row before.
    pub prev_hash: String,
    /// SHA-256 over the hash before and the canonical row.
    pub hash: String,
}

impl AuditRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            no: row.get(0)?,
            at: row.get(1)?,
            actor: row.get(2)?,
            os_user: row.get(3)?,
            action: row.get(4)?,
            subject: row.get(5)?,
            detail: row.get(6)?,
            reason: row.get(7)?,
            prev_hash: row.get(8)?,
            hash: row.get(9)?,
        })
    }

    /// Returns the hash the row should have: over the hash before and the row as a JSON array, which no two
    /// different rows share.
    fn expected_hash(&self) -> String {
        let canonical = serde_json::json!([
            self.no,
            self.at,
            self.actor,
            self.os_user,
            self.action,
            self.subject,
            self.detail,
            self.reason
        ]);
        let mut hasher = Sha256::new();
        hasher.update(self.prev_hash.as_bytes());
        hasher.update(canonical.to_string().as_bytes());
        hex(&hasher.finalize())
    }
}

/// Writes bytes as lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len().saturating_mul(2)), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string does not fail");
        text
    })
}

/// Appends a row inside the caller's transaction.
pub fn append(sql: &Connection, operator: &Operator, note: &AuditNote) -> Result<(), StoreError> {
    let head: Option<(i64, String)> =
        sql.prepare_cached(HEAD)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    if head.is_none() && note.action != INIT {
        let what = "it is empty, and books always begin with init: somebody deleted it".to_owned();
        return Err(StoreError::Damaged { table: "audit", id: "1".to_owned(), what });
    }
    let (last, prev_hash) = head.unwrap_or_else(|| (0, GENESIS.to_owned()));
    let mut row = AuditRow {
        no: last.checked_add(1).ok_or_else(|| StoreError::Refused("the audit trail is full".to_owned()))?,
        at: operator.now.timestamp(),
        actor: operator.actor.clone(),
        os_user: operator.os_user.clone(),
        action: note.action.clone(),
        subject: note.subjects.join(" "),
        detail: note.detail.to_string(),
        reason: note.reason.clone(),
        prev_hash,
        hash: String::new(),
    };
    row.hash = row.expected_hash();
    sql.prepare_cached(APPEND)?.execute(params![
        row.no,
        row.at,
        row.actor,
        row.os_user,
        row.action,
        row.subject,
        row.detail,
        row.reason,
        row.prev_hash,
        row.hash
    ])?;
    Ok(())
}

/// What a walk over the whole trail found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trail {
    /// How many rows there are.
    pub rows: i64,
    /// The last hash: print it, and a later look shows whether the past was changed.
    pub head: String,
    /// The first row that does not follow, and why.
    pub broken: Option<(i64, String)>,
}

impl Reader {
    /// Walks the whole trail and names the first bad row.
    ///
    /// # Errors
    /// SQLite's.
    pub fn verify_audit(&self) -> Result<Trail, StoreError> {
        let mut trail = Trail { rows: 0, head: GENESIS.to_owned(), broken: None };
        let mut statement = self.sql.prepare(ALL)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let row = AuditRow::read(row)?;
            let wrong = if Some(row.no) != trail.rows.checked_add(1) {
                Some(format!("row {} follows row {}", row.no, trail.rows))
            } else if row.prev_hash != trail.head {
                Some("it does not name the hash of the row before".to_owned())
            } else if row.hash != row.expected_hash() {
                Some("its hash is not the hash of what it says".to_owned())
            } else {
                None
            };
            if let Some(wrong) = wrong {
                trail.broken = Some((row.no, wrong));
                return Ok(trail);
            }
            trail.rows = row.no;
            trail.head = row.hash;
        }
        if trail.rows == 0 {
            trail.broken = Some((1, "there is none, and books always begin with init".to_owned()));
        } else if let Some(Head { no, .. }) = self.lost_head()? {
            let wrong = format!("the lock beside the database knows rows up to {no}, and not these");
            trail.broken = Some((trail.rows.saturating_add(1).min(no), wrong));
        }
        Ok(trail)
    }

    /// Returns the head of the trail as this reader sees it: the number of its last row and that row's hash.
    ///
    /// # Errors
    /// SQLite's.
    pub fn audit_head(&self) -> Result<Option<(i64, String)>, StoreError> {
        Ok(self.sql.prepare_cached(HEAD)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    /// Returns the rows about a subject (`partner:P1`), or all, oldest first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn audit_rows(&self, subject: Option<&str>) -> Result<Vec<AuditRow>, StoreError> {
        self.audit_rows_where(|row| subject.is_none_or(|subject| row.is_about(subject)))
    }

    /// Returns the rows that are wanted, oldest first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn audit_rows_where(&self, wanted: impl Fn(&AuditRow) -> bool) -> Result<Vec<AuditRow>, StoreError> {
        let mut statement = self.sql.prepare(ALL)?;
        let rows = statement.query_map([], AuditRow::read)?;
        rows.filter(|row| row.as_ref().map_or(true, &wanted))
            .map(|row| row.map_err(StoreError::from))
            .collect()
    }

    /// Returns the names of the runs that paid a partner, are to, or wrote something of hers off.
    ///
    /// # Errors
    /// SQLite's.
    pub fn run_names_of(&self, partner_no: i64) -> Result<BTreeSet<String>, StoreError> {
        let mut statement = self.sql.prepare(RUNS_OF_PARTNER)?;
        let names = statement.query_map([partner_no], |row| row.get(0))?;
        names.map(|name| name.map_err(StoreError::from)).collect()
    }

    /// Returns on which days, and by whom, an account was tied to a referrer.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn ties_of(&self, account: &AccountId) -> Result<Vec<(Day, String)>, StoreError> {
        let mut statement = self.sql.prepare(TIES)?;
        let mut rows = statement.query([account.as_str()])?;
        let mut ties = Vec::new();
        while let Some(row) = rows.next()? {
            let row = Stored { table: "attributions", row };
            ties.push((row.day(0)?, row.get(1)?));
        }
        Ok(ties)
    }
}

impl AuditRow {
    /// Says whether the row is about something: `partner:P1`.
    #[must_use]
    pub fn is_about(&self, subject: &str) -> bool {
        self.subject.split(' ').any(|word| word == subject)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(no: i64, subject: &str, reason: Option<&str>, prev_hash: &str) -> AuditRow {
        AuditRow {
            no,
            at: "2026-11-20T12:00:00Z".to_owned(),
            actor: "ann \"the boss\"".to_owned(),
            os_user: "ann".to_owned(),
            action: "payout create".to_owned(),
            subject: subject.to_owned(),
            detail: r#"{"amount":"1256.50"}"#.to_owned(),
            reason: reason.map(str::to_owned),
            prev_hash: prev_hash.to_owned(),
            hash: String::new(),
        }
    }

    /// Trails in use were hashed so: these never change, or no old trail can be verified any more.
    #[test]
    fn rows_are_hashed_as_they_always_were() {
        let first = row(1, "run:2026-11-20", None, GENESIS).expected_hash();
        assert_eq!(first, "6823e669dc352f23964987c58d5c8e9caddc09291477d5c6538213c205d01ce3");
        let second = row(2, "run:2026-11-20 partner:Ä\u{1b}", Some("late, \u{202e}odd"), &first);
        assert_eq!(
            second.expected_hash(),
            "f8b77470dcd59dbdd169c194e4d6cdf0dc6c57c5ce52fee8448e6c8374179c4c"
        );
    }

    #[test]
    fn no_two_rows_are_one_to_the_hash() {
        let one = row(1, "a b", None, GENESIS).expected_hash();
        let other = |change: fn(&mut AuditRow)| {
            let mut row = row(1, "a b", None, GENESIS);
            change(&mut row);
            row.expected_hash()
        };
        // Words that move from one column to the next, nothing against no reason, numbers against text.
        let others = [
            other(|row| row.no = 2),
            other(|row| row.action.push(' ')),
            other(|row| {
                row.os_user = "annpayout".to_owned();
                row.action = " create".to_owned();
            }),
            other(|row| row.reason = Some(String::new())),
            other(|row| row.reason = Some("null".to_owned())),
            other(|row| row.prev_hash = GENESIS.replacen('0', "1", 1)),
            other(|row| row.detail = r#"{"amount": "1256.50"}"#.to_owned()),
        ];
        assert!(others.iter().all(|hash| *hash != one));
    }
}
