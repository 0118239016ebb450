//! From the bytes of a CSV file to typed rows, and the decisions that need no database.
//!
//! Floor 3: reads over `Read`, opens nothing but unnamed spill files, knows neither SQL nor terminal. Damaged bytes
//! refuse the whole file (`guard`, `table`); a bad cell sets its row aside with line, column, value and reason; what a
//! good row means is the business of one file for each kind. Which column of the file is which of ours stands apart
//! from that meaning (`table::Table`), so that a profile may map foreign columns. Decided in CONTRACT.md "CSV in" and
//! PROMISES 13–17.

pub mod accounts;
pub mod billing;
pub mod cells;
pub mod damage;
pub mod denied;
pub mod digest;
pub mod groups;
pub mod guard;
pub mod links;
pub mod merge;
pub mod packed;
pub mod partners;
pub mod paypal_report;
pub mod profile;
pub mod read;
pub mod records;
pub mod referrals;
pub mod refund_rows;
pub mod refunds;
pub mod rejects;
pub mod settled;
pub mod sorter;
pub mod table;
pub mod tally;

use crate::dates::{Day, Zone, plus_days};
use crate::money::{Currency, Money};
use crate::words;

words!(
    /// What a CSV file holds, by its name in `import`.
    Kind, "kind of import" {
        /// Charges, with facts of their accounts.
        Billing = "billing",
        /// Partners with their paperwork and addresses.
        Partners = "partners",
        /// Referral codes and whose they are.
        Links = "links",
        /// Who was referred by which code and when.
        Referrals = "referrals",
        /// Customers' accounts.
        Accounts = "accounts",
        /// What an earlier system paid (R1.7).
        Settled = "settled",
    }
);

/// Rows of one file that may be set aside; a file with more is not what it was said to be, and is refused.
pub const SET_ASIDE_MAX: usize = 100_000;

/// What the rows are read against: the programme's currency and zone, and today.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The programme's currency (R2.6).
    pub currency: Currency,
    /// The zone in which timestamps are dates (R1.1).
    pub zone: Zone,
    /// Today in that zone.
    pub today: Day,
}

impl Setting {
    /// Returns the last day on which money can have been billed or collected: tomorrow, for zones ahead of ours.
    #[must_use]
    pub fn latest(&self) -> Day {
        plus_days(self.today, 1)
    }
}

/// A row that was not taken, and why (R8: no row is dropped without naming it).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// The physical line on which the row begins, from 1.
    pub line: u64,
    /// The column, by our name for it; empty when it is the row as a whole.
    pub column: String,
    /// What stood there.
    pub value: String,
    /// What is wrong with it.
    pub reason: String,
    /// Its amount, where that can be read and is in the programme's currency: the control total counts it.
    pub amount: Option<Money>,
    /// Where it contradicts what is known: the digest of just this contradiction, which is reported once.
    pub conflict: Option<i64>,
}
