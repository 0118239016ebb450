//! What became of the rows of one file, in counts and sums.
//!
//! Floor 3. Every row is counted in exactly one of new, updated, seen, stale, reversed, set aside and passed over;
//! unclassified rows are counted besides. Sums are of the programme's currency only (R2.6).

use std::collections::{BTreeMap, BTreeSet};

use super::SetAside;
use super::profile::columns::Absent;
use crate::money::{Currency, Money, MoneyError};

/// Distinct words or codes that a summary lists; the rest is only counted.
const LISTED_MAX: usize = 1_000;

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// Its id was not known.
    New,
    /// Its id was known and something changed.
    Updated,
    /// It says what is known, or was already reported.
    Seen,
    /// A newer row was taken before.
    Stale,
    /// It was taken, and money that had been collected is not any more.
    Reversed,
}

/// A number of rows and the sum of their amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    /// How many.
    pub rows: u64,
    /// What they add up to.
    pub amount: Money,
}

impl Sum {
    /// Adds a row.
    ///
    /// # Errors
    /// Overflow.
    pub fn add(&mut self, amount: Money) -> Result<(), MoneyError> {
        self.rows += 1;
        self.amount = self.amount.plus(amount)?;
        Ok(())
    }
}

/// What the reading of one file found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// All rows below the header.
    pub rows: u64,
    /// Rows with a new id.
    pub new: Sum,
    /// Rows that changed what was known.
    pub updated: Sum,
    /// Rows that said nothing new.
    pub seen: u64,
    /// Of these, rows that are still not taken and were reported before.
    pub reported: u64,
    /// Rows older than what is known.
    pub stale: u64,
    /// Rows that un-collected money.
    pub reversed: Sum,
    /// Rows not taken.
    pub set_aside: Vec<SetAside>,
    /// Rows of a kind that nobody has classified (R2.1).
    pub unclassified: Sum,
    /// Their words.
    pub unclassified_kinds: BTreeMap<String, Sum>,
    /// Of these, rows of charges whose kind was decided before, and stays.
    pub kind_kept: u64,
    /// Rows without a currency, taken as the programme's (R2.6).
    pub blank_currency: u64,
    /// Rows in other currencies, which earn nothing (R2.6).
    pub other_currencies: BTreeMap<Currency, Sum>,
    /// The sum of all amounts that could be read, for the control total.
    pub total: Money,
    /// Rows that a profile passes over, by what they are: test mode, fees. They never become charges.
    pub passed_over: BTreeMap<String, u64>,
    /// Refunds that were kept and do not count, or not wholly (R2.7).
    pub excess: Vec<SetAside>,
    /// Refunds kept until their charge comes; what they add up to in the programme's currency.
    pub waiting: Sum,
    /// What a person should know of single rows that were taken.
    pub remarks: Vec<String>,
    /// Columns that a profile names and the file does not have.
    pub absent_columns: Vec<Absent>,
    /// Columns that are not ours.
    pub unknown_columns: Vec<String>,
    /// Codes that no link bears (R4.7).
    pub unknown_codes: BTreeSet<String>,
    /// Links that became a partner's because they signed up with the owner's e-mail (R4.2).
    pub claimed: Vec<Claimed>,
}

/// A link that found its owner (R4.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// The link's code.
    pub code: String,
    /// The partner's id.
    pub partner: String,
    /// How many accounts came through it before.
    pub accounts: u64,
}

impl Tally {
    /// Counts a row whose amount is in the programme's currency, or nothing.
    ///
    /// # Errors
    /// Overflow of a sum.
    pub fn count(&mut self, fate: Fate, amount: Money) -> Result<(), MoneyError> {
        match fate {
            Fate::New => self.new.add(amount),
            Fate::Updated => self.updated.add(amount),
            Fate::Reversed => self.reversed.add(amount),
            Fate::Seen => {
                self.seen += 1;
                Ok(())
            }
            Fate::Stale => {
                self.stale += 1;
                Ok(())
            }
        }
    }

    /// Counts a row of a kind that nobody has classified.
    ///
    /// # Errors
    /// Overflow of a sum.
    pub fn count_unclassified(&mut self, word: &str, amount: Money) -> Result<(), MoneyError> {
        self.unclassified.add(amount)?;
        if let Some(sum) = self.unclassified_kinds.get_mut(word) {
            return sum.add(amount);
        }
        if self.unclassified_kinds.len() < LISTED_MAX {
            self.unclassified_kinds.insert(word.to_owned(), Sum { rows: 1, amount });
        }
        Ok(())
    }

    /// Counts a row that a profile passes over.
    pub fn pass_over(&mut self, why: &str) {
        match self.passed_over.get_mut(why) {
            Some(rows) => *rows += 1,
            None => {
                self.passed_over.insert(why.to_owned(), 1);
            }
        }
    }

    /// Notes a code that no link bears.
    pub fn note_unknown_code(&mut self, code: &str) {
        if self.unknown_codes.len() < LISTED_MAX {
            self.unknown_codes.insert(code.to_owned());
        }
    }

    /// Returns whether something needs a person: exit 3.
    #[must_use]
    pub fn needs_person(&self) -> bool {
        !self.set_aside.is_empty() || !self.excess.is_empty() || self.reversed.rows > 0
    }
}
