//! Takes the rows of an imported file into the tables, kind by kind, inside a writer's transaction.
//!
//! Floor 4. What a row means is decided on floor 3 (`import::merge` and the row types); here it meets what is stored,
//! in the order of the ids on both sides, because B-tree order decides an import's speed (PERFORMANCE.md). Every row
//! is counted once, and a row that cannot be taken is named for ever in `set_aside` (R8).

mod accounts;
mod billing;
mod denied;
mod facts;
mod indexes;
mod links;
mod names;
mod partner_row;
mod partners;
mod referrals;
mod refunds;
mod settled;
mod window;

use rusqlite::{OptionalExtension, params};
use thiserror::Error;

use super::{Reader, StoreError, Writer};
use crate::import::cells::Fault;
use crate::import::damage::Damage;
use crate::import::groups::{EQUAL_ROW, Version};
use crate::import::merge::Undoing;
use crate::import::sorter::Sorter;
use crate::import::tally::{Fate, Tally};
use crate::import::{Kind, SET_ASIDE_MAX, SetAside};
use crate::money::{Money, MoneyError};

const REPORTED: &str = "SELECT EXISTS (SELECT 1 FROM set_aside WHERE digest = ?1)";
const ANY_OF_SIZE: &str = "SELECT EXISTS (SELECT 1 FROM imports WHERE kind = ?1 AND bytes = ?2)";
const PAST: &str =
    "SELECT import_no, file, at, rows, unclassified, total_cents, profile, set_aside FROM imports
    WHERE kind = ?1 AND sha256 = ?2 ORDER BY import_no DESC LIMIT 1";
const ADD_IMPORT: &str =
    "INSERT INTO imports (kind, file, sha256, bytes, profile, rows, new, updated, seen, stale,
        reversed, set_aside, unclassified, total_cents, at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) RETURNING import_no";
const ADD_SET_ASIDE: &str = "INSERT INTO set_aside (import_no, line, column_name, value, reason, digest)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

/// Why the rows of a file could not be taken in.
#[derive(Debug, Error)]
pub enum IntakeError {
    /// The file.
    #[error(transparent)]
    Damage(#[from] Damage),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for IntakeError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<MoneyError> for IntakeError {
    fn from(error: MoneyError) -> Self {
        Self::Store(error.into())
    }
}

impl From<std::io::Error> for IntakeError {
    fn from(error: std::io::Error) -> Self {
        Self::Damage(error.into())
    }
}

/// A file's name and proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileStamp {
    /// As given.
    pub name: String,
    /// Of its bytes.
    pub sha256: String,
    /// How many they are.
    pub bytes: u64,
    /// The profile that mapped its columns.
    pub profile: Option<String>,
}

/// An earlier import of the same bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastImport {
    /// The name the file had then.
    pub file: String,
    /// Of the bytes.
    pub sha256: String,
    /// RFC 3339.
    pub at: String,
    /// All of its rows.
    pub rows: u64,
    /// Those of a kind that nobody has classified.
    pub unclassified: u64,
    /// The sum of its amounts.
    pub total: Money,
    /// The stamp of the profile that read it.
    pub profile: Option<String>,
    /// Its rows that were not taken, those included that had been reported before.
    pub set_aside: u64,
}

/// What an import is allowed to do, and whom it tells how far it is.
pub struct Terms<'a> {
    /// Whether rows that undo refunds are taken.
    pub undoing: Undoing,
    /// Refunds that are rows of their own, by their ids; taken in after the charges.
    pub refunds: Option<Sorter>,
    /// Rows that deny what may be stored; held against it after all others.
    pub denials: Option<Sorter>,
    /// Whether charges' ids were made of other columns, so that a row that comes twice may be two charges.
    pub made_ids: bool,
    /// The file, for what is stored under its name.
    pub file: &'a FileStamp,
    /// Told how many rows have been taken in.
    pub progress: &'a mut dyn FnMut(u64),
}

impl Reader {
    /// Returns whether any file of a kind and size was imported: if none, no digest can be known.
    ///
    /// # Errors
    /// SQLite's.
    pub fn any_import_of_size(&self, kind: Kind, bytes: u64) -> Result<bool, StoreError> {
        Ok(self.sql.query_row(ANY_OF_SIZE, params![kind.as_str(), stored_count(bytes)], |row| row.get(0))?)
    }

    /// Returns the latest import of the same bytes.
    ///
    /// # Errors
    /// SQLite's.
    pub fn past_import(&self, kind: Kind, sha256: &str) -> Result<Option<PastImport>, StoreError> {
        let count = |row: &rusqlite::Row<'_>, at| row.get::<_, i64>(at).map(i64::unsigned_abs);
        Ok(self
            .sql
            .query_row(PAST, params![kind.as_str(), sha256], |row| {
                Ok(PastImport {
                    file: row.get(1)?,
                    at: row.get(2)?,
                    rows: count(row, 3)?,
                    unclassified: count(row, 4)?,
                    total: Money::from_minor(row.get(5)?),
                    profile: row.get(6)?,
                    set_aside: count(row, 7)?,
                    sha256: sha256.to_owned(),
                })
            })
            .optional()?)
    }
}

impl Writer {
    /// Takes the rows of a file into the tables; nothing is saved before `commit`.
    ///
    /// # Errors
    /// The store's; more rows set aside, or versions of one id, than an honest file has.
    pub fn take_in<'a>(
        &'a self,
        kind: Kind,
        rows: Sorter,
        tally: &'a mut Tally,
        terms: Terms<'a>,
    ) -> Result<(), IntakeError> {
        // What was settled counts against its partner whether or not the account has a referrer (R5.1).
        if kind != Kind::Settled {
            self.expect_attributions()?;
        }
        let mut intake = Intake { writer: self, tally, terms, done: 0 };
        match kind {
            Kind::Billing => {
                let (refunds, denials) = (intake.terms.refunds.take(), intake.terms.denials.take());
                intake.take_billing(rows)?;
                refunds.map_or(Ok(()), |refunds| intake.take_refund_rows(refunds))?;
                denials.map_or(Ok(()), |denials| intake.take_denials(denials))
            }
            Kind::Partners => intake.take_partners(rows),
            Kind::Links => intake.take_links(rows),
            Kind::Referrals => intake.take_referrals(rows),
            Kind::Accounts => intake.take_accounts(rows),
            Kind::Settled => intake.take_settled(rows),
        }
    }

    /// Notes a file that was taken in, and names every row that was not.
    ///
    /// # Errors
    /// SQLite's.
    pub fn record_import(&self, kind: Kind, file: &FileStamp, tally: &Tally) -> Result<(), StoreError> {
        let import_no: i64 = self.sql().query_row(
            ADD_IMPORT,
            params![
                kind.as_str(),
                file.name,
                file.sha256,
                stored_count(file.bytes),
                file.profile,
                stored_count(tally.rows),
                stored_count(tally.new.rows),
                stored_count(tally.updated.rows),
                stored_count(tally.seen),
                stored_count(tally.stale),
                stored_count(tally.reversed.rows),
                i64::try_from(tally.set_aside.len())
                    .unwrap_or(i64::MAX)
                    .saturating_add(stored_count(tally.reported)),
                stored_count(tally.unclassified.rows),
                tally.total.minor(),
                self.operator().now.timestamp(),
            ],
            |row| row.get(0),
        )?;
        let mut add = self.sql().prepare_cached(ADD_SET_ASIDE)?;
        for row in tally.set_aside.iter().chain(&tally.excess) {
            let line = stored_count(row.line);
            add.execute(params![import_no, line, row.column, row.value, row.reason, row.conflict])?;
        }
        Ok(())
    }
}

fn stored_count(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A file being taken in.
struct Intake<'a> {
    writer: &'a Writer,
    tally: &'a mut Tally,
    terms: Terms<'a>,
    done: u64,
}

/// Rows between two words to the progress bar.
const PROGRESS_ROWS: u64 = 4_096;

impl Intake<'_> {
    /// Counts a row, and those that repeat it word for word as seen.
    fn count(&mut self, fate: Fate, amount: Money, version: &Version<'_>) -> Result<(), IntakeError> {
        self.tally.count(fate, amount)?;
        self.step(version.repeats + 1);
        if !self.terms.made_ids {
            self.tally.seen += version.repeats;
            return Ok(());
        }
        for line in version.repeated_on {
            let fault = Fault { column: "charge_id", value: String::new(), reason: EQUAL_ROW.to_owned() };
            self.report(fault.contradicting(*line, version.digest()))?;
        }
        Ok(())
    }

    /// Sets aside a good row that contradicts what is known, and those that repeat it; one that was reported just so
    /// before is only seen.
    fn contradict(&mut self, fault: Fault, version: &Version<'_>) -> Result<(), IntakeError> {
        self.step(version.repeats + 1);
        let first = fault.contradicting(version.line, version.digest());
        for line in version.repeated_on {
            self.report(SetAside { line: *line, ..first.clone() })?;
        }
        self.report(first)
    }

    /// Sets aside a row that lacks what only a known charge could have given it, and those that repeat it.
    fn refuse(&mut self, fault: Fault, version: &Version<'_>) -> Result<(), IntakeError> {
        self.step(version.repeats + 1);
        let first = fault.at(version.line);
        for line in version.repeated_on {
            self.set_aside(SetAside { line: *line, ..first.clone() })?;
        }
        self.set_aside(first)
    }

    fn report(&mut self, row: SetAside) -> Result<(), IntakeError> {
        if self.is_reported(&row)? {
            self.tally.seen += 1;
            self.tally.reported += 1;
            return Ok(());
        }
        self.set_aside(row)
    }

    /// Returns whether just this contradiction was reported by an earlier import.
    fn is_reported(&self, row: &SetAside) -> Result<bool, StoreError> {
        Ok(self.writer.sql().prepare_cached(REPORTED)?.query_row([row.conflict], |row| row.get(0))?)
    }

    fn set_aside(&mut self, row: SetAside) -> Result<(), IntakeError> {
        if self.tally.set_aside.len() == SET_ASIDE_MAX {
            return Err(Damage::TooManySetAside(SET_ASIDE_MAX).into());
        }
        self.tally.set_aside.push(row);
        Ok(())
    }

    fn step(&mut self, rows: u64) {
        let before = self.done / PROGRESS_ROWS;
        self.done += rows;
        if self.done / PROGRESS_ROWS != before {
            (self.terms.progress)(self.done);
        }
    }
}
