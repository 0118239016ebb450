//! Control totals: how many rows the files must hold together, and what their amounts must add up to.
//!
//! Floor 5. They hold over all files that were given: of one that was imported before and is not read again, what its
//! import held is stored. The total is that of every row whose amount can be read, also of those set aside; rows that
//! are refunds or are passed over by a profile have none.

use super::ImportError;
use crate::import::tally::Tally;
use crate::money::{Currency, Money};
use crate::store::{PastImport, StoreError};

/// What finance was told the files hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Expected {
    /// Rows below the headers.
    pub rows: Option<u64>,
    /// The sum of the amounts in the programme's currency.
    pub total: Option<Money>,
}

impl Expected {
    /// Returns whether anything is expected.
    #[must_use]
    pub const fn any(&self) -> bool {
        self.rows.is_some() || self.total.is_some()
    }
}

/// What the files hold, counted up.
pub struct Control {
    rows: u64,
    total: Money,
}

impl Control {
    /// Begins with the files that were imported before.
    pub fn new(known: &[Option<PastImport>]) -> Result<Self, ImportError> {
        let past = || known.iter().flatten();
        Ok(Self {
            rows: past().map(|past| past.rows).fold(0, u64::saturating_add),
            total: Money::sum(past().map(|past| past.total)).map_err(StoreError::from)?,
        })
    }

    /// Adds a file.
    pub fn add(&mut self, tally: &Tally) -> Result<(), ImportError> {
        self.rows = self.rows.saturating_add(tally.rows);
        self.total = self.total.plus(tally.total).map_err(StoreError::from)?;
        Ok(())
    }

    /// Refuses what does not tie.
    pub fn demand(&self, expected: &Expected, currency: Currency) -> Result<(), ImportError> {
        if let Some(rows) = expected.rows
            && rows != self.rows
        {
            return Err(ImportError::Control {
                what: "rows".to_owned(),
                expected: rows.to_string(),
                found: self.rows.to_string(),
            });
        }
        match expected.total {
            Some(total) if total != self.total => Err(ImportError::Control {
                what: currency.to_string(),
                expected: total.major(currency),
                found: self.total.major(currency),
            }),
            Some(_) | None => Ok(()),
        }
    }
}
