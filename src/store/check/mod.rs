//! `check`: proves every invariant the store relies on, from the facts, and names what does not hold.
//!
//! Floor 4. Reads on where other commands refuse: a broken page, a row that cannot be read or a hash that differs is
//! a finding, not an error. Nothing here trusts what is kept: balances are made afresh from charges, refunds, lines
//! and policy. SQLite's own check runs beside on a connection of its own. Memory is bounded: the books are walked in
//! passes of so many accounts.

mod books;
mod facts;
mod file;
mod runs;

use std::collections::BTreeMap;
use std::path::Path;

use super::{Access, Reader, StoreError, seal};
use crate::dates::Now;

/// How many findings of one invariant are named; of more, their number is.
const NAMED_MAX: usize = 50;
/// KiB of page cache of a check.
const CACHE_KIB: i64 = 65_536;

/// Something that is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The invariant, in `snake_case`.
    pub invariant: &'static str,
    /// What it was found on: `run 2026-11-27`, `charge c1`.
    pub subject: String,
    /// What must be.
    pub expected: String,
    /// What is.
    pub found: String,
}

/// Findings in the making.
#[derive(Debug, Default)]
pub(super) struct Findings {
    named: Vec<Finding>,
    counts: BTreeMap<&'static str, usize>,
}

impl Findings {
    /// Adds a finding; beyond a number of its kind it is only counted.
    pub(super) fn add(
        &mut self,
        invariant: &'static str,
        subject: impl Into<String>,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) {
        let count = self.counts.entry(invariant).or_default();
        *count = count.saturating_add(1);
        if *count <= NAMED_MAX {
            let (subject, expected, found) = (subject.into(), expected.into(), found.into());
            self.named.push(Finding { invariant, subject, expected, found });
        }
    }

    /// Takes what a step found; what kept it from looking is a finding too.
    fn step(&mut self, invariant: &'static str, look: impl FnOnce(&mut Self) -> Result<(), StoreError>) {
        if let Err(error) = look(self) {
            self.add(invariant, "database", "readable", error.to_string());
        }
    }

    fn merge(&mut self, other: Self) {
        self.named.extend(other.named);
        for (invariant, count) in other.counts {
            let sum = self.counts.entry(invariant).or_default();
            *sum = sum.saturating_add(count);
        }
    }

    fn finish(mut self) -> Vec<Finding> {
        self.named.sort();
        for (invariant, count) in self.counts {
            if let Some(more) = count.checked_sub(NAMED_MAX).filter(|more| *more > 0) {
                self.named.push(Finding {
                    invariant,
                    subject: "more".to_owned(),
                    expected: "none".to_owned(),
                    found: format!("{more} more of the same kind"),
                });
            }
        }
        self.named
    }
}

impl Reader {
    /// Opens a database to look for damage: a page without its seal is noted and read on.
    ///
    /// # Errors
    /// No database, a foreign or newer or older one, a policy that cannot be read.
    pub fn open_noting(path: &Path) -> Result<Self, StoreError> {
        Self::open_through(seal::NOTING, path, Access::Read)
    }
}

/// Proves every invariant of the store over the whole database and returns what does not hold.
///
/// # Errors
/// A file that cannot even be opened as a database of ours.
pub fn examine(path: &Path, now: Now) -> Result<Vec<Finding>, StoreError> {
    examine_through(path, Access::Read, now)
}

/// Examines a copy that nobody writes, and leaves no trace beside it.
pub(super) fn examine_copy(path: &Path, now: Now) -> Result<Vec<Finding>, StoreError> {
    examine_through(path, Access::Still, now)
}

fn examine_through(path: &Path, access: Access, now: Now) -> Result<Vec<Finding>, StoreError> {
    seal::take_broken();
    let reader = Reader::open_through(seal::NOTING, path, access)?;
    // More cache than a preview has: a check reads everything, much of it twice.
    reader.sql.execute_batch(&format!("PRAGMA cache_size = -{CACHE_KIB}"))?;
    let mut findings = Findings::default();
    let beside = std::thread::scope(|scope| {
        let beside = scope.spawn(|| file::examine(path, access));
        findings.step("schema", |found| file::schema(&reader, found));
        findings.step("audit_chain", |found| runs::audit(&reader, found));
        facts::examine(&reader, &mut findings);
        findings.step("runs", |found| runs::examine(&reader, found));
        findings.step("books", |found| books::examine(&reader, now, found));
        beside.join()
    });
    let mut broken = seal::take_broken();
    match beside {
        Ok((found, pages)) => {
            findings.merge(found);
            broken.extend(pages);
        }
        Err(_) => findings.add("integrity", "database", "SQLite's own check", "it could not be run"),
    }
    for page in broken {
        let found = "another content: the file is damaged, or another program wrote to it";
        findings.add("page_seal", format!("page {page}"), "the content that was sealed", found);
    }
    Ok(findings.finish())
}
