//! The right to change the store: the lock, one IMMEDIATE transaction, and the duty to say what was done.
//!
//! Floor 4. A writer keeps count of what it touched, so that the kept commissions are made afresh before anything is
//! saved: no caller can forget it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::ops::Deref;
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use super::audit::{self, AuditNote};
use super::backup::{RESTORED_AT, head, lacks_head};
use super::lock::{Head, Lock};
use super::{Access, Operator, Reader, StoreError, connect, migrate, policy};
use crate::dates::Day;

/// A change of the store in the making.
pub struct Writer {
    reader: Reader,
    operator: Operator,
    touched: RefCell<Touched>,
    /// Whether a commission's account may be touched at all: without attributions nothing is kept.
    attributed: Cell<Option<bool>>,
    // Declared last: the lock goes after the connection has been closed.
    lock: Lock,
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
        if !path.exists() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        let lock = Lock::take(path, operator, wait, 0o600)?;
        let sql = connect(path, Access::Write)?;
        migrate::upgrade(&sql, path, operator)?;
        sql.execute_batch("BEGIN IMMEDIATE")?;
        if let Some(Head { no, hash }) = lock.head()
            && lacks_head(&sql, *no, hash)?
            && migrate::meta(&sql, RESTORED_AT)?.is_none()
        {
            // An earlier copy was put in the database's place by hand; runs since may have been paid (PROMISES 24).
            migrate::set_meta(&sql, RESTORED_AT, &operator.now.timestamp())?;
        }
        let policies = policy::load(&sql)?;
        Ok(Self {
            reader: Reader { sql, path: path.to_owned(), policies },
            operator: operator.clone(),
            touched: RefCell::default(),
            attributed: Cell::new(None),
            lock,
        })
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
        migrate::set_meta(self.sql(), key, value)
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

    /// Makes the kept commissions of everything touched afresh, so that they can be read before the commit.
    ///
    /// # Errors
    /// Damaged rows, overflow.
    pub fn refresh(&self) -> Result<(), StoreError> {
        let touched = self.touched.take();
        super::commissions::refresh(self, &touched)
    }

    /// Saves, with who did what and why.
    ///
    /// # Errors
    /// Anything that keeps the change from being durable; nothing is saved then.
    pub fn commit(mut self, note: &AuditNote) -> Result<(), StoreError> {
        self.refresh()?;
        audit::append(self.sql(), &self.operator, note)?;
        self.sql().execute_batch("COMMIT")?;
        let head = head(self.sql())?.map(|(no, hash)| Head { no, hash });
        self.lock.note_head(head);
        Ok(())
    }
}
