//! Rows that say that something is not: a charge in test mode, a refund that moved no money.
//!
//! Floor 3, pure. Whether it was imported all the same only the store knows; a row that denies nothing stored is passed
//! over like any other.

use super::packed::{Pack, Unpack};
use super::profile::taken::Denied;

/// Such a row, as the sorter keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeniedRow<'a> {
    /// What it denies.
    pub denied: Denied<'a>,
    /// What such rows are.
    pub why: &'a str,
}

impl<'a> DeniedRow<'a> {
    fn parts(&self) -> (i64, &'a str) {
        match self.denied {
            Denied::Charge(id) => (0, id),
            Denied::Refund(id) => (1, id),
        }
    }

    /// Returns what the rows are sorted by.
    #[must_use]
    pub fn key(&self) -> String {
        let (kind, id) = self.parts();
        format!("{kind}{id}")
    }

    /// Appends the row's meaning to a buffer.
    pub fn pack(&self, pack: &mut Pack) {
        let (kind, id) = self.parts();
        pack.int(kind);
        pack.text(id);
        pack.text(self.why);
    }

    /// Takes a packed row.
    #[must_use]
    pub fn unpack(from: &mut Unpack<'a>) -> Self {
        let (kind, id) = (from.int(), from.text());
        let denied = if kind == 0 { Denied::Charge(id) } else { Denied::Refund(id) };
        Self { denied, why: from.text() }
    }
}
