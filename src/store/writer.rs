//! The right to change the store: the lock, one IMMEDIATE transaction, and the duty to say what was done.
//!
//! Floor 4. A writer keeps count of what it touched, so that the kept commissions are made afresh before anything is
//! saved, and watches what becomes of runs, so that the audit proves it: no caller can forget either.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rusqlite::Connection;

use super::audit::{self, AuditNote};
use super::backup::{RESTORED_AT, head, lacks_head};
use super::lock::{Head, Lock};
use super::{Operator, Reader, SCATTERED_CACHE, StoreError, connect_waiting, meta, migrate, policy, proof};
use crate::dates::Day;

/// Whether this process has saved anything: what can no longer be answered must not be called undone.
static SAVED: AtomicBool = AtomicBool::new(false);

/// Notes that something was saved.
pub(super) fn note_saved() {
    SAVED.store(true, Ordering::Relaxed);
}

/// Returns whether this process has saved a change of any database.
#[must_use]
pub fn has_saved() -> bool {
    SAVED.load(Ordering::Relaxed)
}

/// The lock without a transaction: for what takes several changes with something slow between them. Nobody else
/// writes meanwhile, and no transaction is open while PayPal is spoken to.
pub struct Desk {
    path: PathBuf,
    operator: Operator,
    lock: Arc<Lock>,
    /// How long another program's lock on the file itself is waited for.
    wait: Duration,
}

impl Desk {
    /// Takes the lock, waiting at most so long, and brings the schema up to date.
    ///
    /// # Errors
    /// Somebody else writes; no database, a foreign or newer one.
    pub fn open(path: &Path, operator: &Operator, wait: Duration) -> Result<Self, StoreError> {
        let desk = Self::take(path, operator, wait)?;
        migrate::upgrade(&connect_waiting(path, wait)?, path, operator)?;
        Ok(desk)
    }

    fn take(path: &Path, operator: &Operator, wait: Duration) -> Result<Self, StoreError> {
        if !path.exists() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        if path.is_dir() {
            return Err(StoreError::Folder(path.to_owned()));
        }
        let lock = Arc::new(Lock::take(path, operator, wait, 0o600)?);
        Ok(Self { path: path.to_owned(), operator: operator.clone(), lock, wait })
    }

    /// Begins one change under the lock.
    ///
    /// # Errors
    /// A foreign or newer file; a disk that does not take durable writes.
    pub fn writer(&self) -> Result<Writer, StoreError> {
        let sql = connect_waiting(&self.path, self.wait)?;
        migrate::upgrade(&sql, &self.path, &self.operator)?;
        proof::watch(&sql)?;
        sql.execute_batch("BEGIN IMMEDIATE")?;
        if let Some(Head { no, hash }) = self.lock.head()
            && lacks_head(&sql, no, &hash)?
            && meta::get(&sql, RESTORED_AT)?.is_none()
        {
            // An earlier copy was put in the database's place by hand; runs since may have been paid (PROMISES 24).
            meta::set(&sql, RESTORED_AT, &self.operator.now.timestamp())?;
        }
        let policies = policy::load(&sql)?;
        Ok(Writer {
            reader: Reader { sql, path: self.path.clone(), policies },
            operator: self.operator.clone(),
            touched: RefCell::default(),
            attributed: Cell::new(None),
            lock: Arc::clone(&self.lock),
        })
    }

    /// Looks at what is saved.
    ///
    /// # Errors
    /// As `Reader::open`.
    pub fn reader(&self) -> Result<Reader, StoreError> {
        Reader::open(&self.path)
    }

    /// Returns who acts.
    #[must_use]
    pub const fn operator(&self) -> &Operator {
        &self.operator
    }
}

impl Reader {
    /// Opens a database to look at it before it is changed: one of an earlier schema is brought up to date first.
    ///
    /// # Errors
    /// As `open`; as `Writer::open`, where the schema is an earlier one.
    pub fn before_a_change(path: &Path, operator: &Operator, wait: Duration) -> Result<Self, StoreError> {
        match Self::open(path) {
            Err(StoreError::Older { .. }) => {
                drop(Writer::open(path, operator, wait)?);
                Self::open(path)
            }
            opened => opened,
        }
    }
}

/// A change of the store in the making.
pub struct Writer {
    reader: Reader,
    operator: Operator,
    touched: RefCell<Touched>,
    /// Whether a commission's account may be touched at all: without attributions nothing is kept.
    attributed: Cell<Option<bool>>,
    // Declared last: the lock goes after the connection has been closed.
    lock: Arc<Lock>,
}

/// Whose kept commissions are out of date.
#[derive(Debug, Default)]
pub(super) struct Touched {
    pub(super) all: bool,
    pub(super) accounts: BTreeSet<String>,
    pub(super) partners: BTreeSet<i64>,
}

impl Deref for Writer {
    type Target = Reader;

    fn deref(&self) -> &Reader {
        &self.reader
    }
}

impl Writer {
    /// Takes the lock, waiting at most so long, brings the schema up to date and begins a transaction.
    ///
    /// # Errors
    /// Somebody else writes; no database, a foreign or newer one; a disk that does not take durable writes.
    pub fn open(path: &Path, operator: &Operator, wait: Duration) -> Result<Self, StoreError> {
        Desk::take(path, operator, wait)?.writer()
    }

    /// Returns the connection; only the store's own rooms speak SQL.
    pub(in crate::store) const fn sql(&self) -> &Connection {
        &self.reader.sql
    }

    /// Returns who acts.
    #[must_use]
    pub const fn operator(&self) -> &Operator {
        &self.operator
    }

    /// Returns today's date in the policy's time zone.
    #[must_use]
    pub fn today_here(&self) -> Day {
        self.reader.today(self.operator.now)
    }

    /// Writes a fact about the file.
    ///
    /// # Errors
    /// SQLite's.
    pub fn set_meta(&self, key: &str, value: &str) -> Result<(), StoreError> {
        meta::set(self.sql(), key, value)
    }

    pub(in crate::store) fn reload_policies(&mut self) -> Result<(), StoreError> {
        self.reader.policies = policy::load(&self.reader.sql)?;
        Ok(())
    }

    /// Marks an account whose charges, dates or referrers changed.
    pub fn touch_account(&self, account_id: &str) {
        if self.attributed.get() != Some(false) {
            self.touched.borrow_mut().accounts.insert(account_id.to_owned());
        }
    }

    /// Marks a partner whose rate, approval or joining changed.
    pub fn touch_partner(&self, partner_no: i64) {
        self.touched.borrow_mut().partners.insert(partner_no);
    }

    /// Marks everything, as a change of policy does.
    pub fn touch_all(&self) {
        self.touched.borrow_mut().all = true;
    }

    /// Says whether any account has a referrer: an import into an empty programme need not mark anything.
    ///
    /// # Errors
    /// SQLite's.
    pub fn expect_attributions(&self) -> Result<bool, StoreError> {
        let any: bool =
            self.sql().query_row("SELECT EXISTS (SELECT 1 FROM attributions)", [], |row| row.get(0))?;
        self.attributed.set(Some(any));
        Ok(any)
    }

    /// Makes room in memory for work whose rows lie scattered over the tables.
    ///
    /// # Errors
    /// SQLite's.
    pub fn expect_scattered(&self) -> Result<(), StoreError> {
        Ok(self.sql().execute_batch(SCATTERED_CACHE)?)
    }

    /// Makes the kept commissions of everything touched afresh, so that they can be read before the commit.
    ///
    /// # Errors
    /// Damaged rows, overflow.
    pub fn refresh(&self) -> Result<(), StoreError> {
        let touched = self.touched.take();
        super::commissions::refresh(self, &touched)
    }

    /// Saves, with who did what and why, and with what it did to runs (see `proof`).
    ///
    /// # Errors
    /// Anything that keeps the change from being durable; nothing is saved then.
    pub fn commit(self, note: &AuditNote) -> Result<(), StoreError> {
        // A row that broke a rule has undone everything (see `bulk`): what is written after that would save itself.
        if self.sql().is_autocommit() {
            return Err(StoreError::Refused(
                "the change was undone on the way; nothing was changed".to_owned(),
            ));
        }
        self.refresh()?;
        let note = proof::add_to(self.sql(), note)?;
        audit::append(self.sql(), &self.operator, &note)?;
        self.sql().execute_batch("COMMIT")?;
        let head = head(self.sql())?.map(|(no, hash)| Head { no, hash });
        self.lock.note_head(head);
        note_saved();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::{Now, Zone};
    use crate::money::Currency;
    use crate::store::bulk::Bulk;
    use crate::store::{Sharing, create};

    #[test]
    fn what_a_broken_rule_undid_is_not_saved_in_part() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("p.db");
        let now = Now("2026-11-06T14:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().expect("a moment"));
        let operator = Operator { actor: "ann".to_owned(), os_user: "ann".to_owned(), now };
        create(&path, Currency::USD, &Zone::UTC, Sharing::Private, &operator).expect("a database");
        let writer = Writer::open(&path, &operator, Duration::from_secs(5)).expect("a writer");
        let rows = |writer: &Reader| {
            let count =
                "SELECT (SELECT count(*) FROM audit) || ' ' || (SELECT count(*) FROM meta WHERE key = 'x')";
            writer.sql.query_row(count, [], |row| row.get::<_, String>(0)).expect("a count")
        };
        let before = rows(&writer);
        writer.set_meta("x", "y").expect("a fact");
        let mut bulk = Bulk::new(writer.sql(), "commissions (open, partner_no, charge_no, schedule)");
        bulk.add([7.into(), 0.into(), 0.into(), "".into()]).expect("it waits");
        assert!(bulk.flush().is_err());
        drop(bulk);
        // Whoever overlooks the error and goes on saves nothing, not even the rest.
        let error = writer.commit(&AuditNote::new("test", serde_json::json!({}))).expect_err("undone");
        assert!(error.to_string().contains("nothing was changed"), "{error}");
        assert_eq!(rows(&Reader::open(&path).expect("a reader")), before);
    }
}
