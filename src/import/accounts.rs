//! A row of the accounts file: what the customer system itself says of an account.
//!
//! Floor 3. It stands above what billing rows say in passing (CONTRACT.md "CSV in").

use super::Setting;
use super::billing::AccountCells;
use super::cells::{Cell, Column, Fault, Form, Given};
use super::packed::{Pack, Unpack};

/// The columns of CONTRACT.md, in its order.
pub const COLUMNS: [Column; 6] = [
    Column::needed("account_id", Form::Name),
    Column::optional("email", Form::Name),
    Column::optional("name", Form::FreeText),
    Column::optional("opened_on", Form::Date),
    Column::optional("closed_on", Form::Date),
    Column::optional("referral_code", Form::Name),
];

/// One row, each cell read by its grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountRow<'a> {
    /// Billing's id of the account.
    pub account_id: &'a str,
    /// What it says.
    pub cells: AccountCells<'a>,
    /// The code that the account itself carries (R4.7).
    pub referral_code: Given<&'a str>,
}

impl<'a> AccountRow<'a> {
    /// Reads a row.
    ///
    /// # Errors
    /// The first cell that cannot be taken.
    pub fn read(cells: &[Cell<'a>; 6], setting: &Setting) -> Result<Self, Fault> {
        let [account_id, email, name, opened_on, closed_on, referral_code] = *cells;
        Ok(Self {
            account_id: account_id.name()?,
            cells: AccountCells {
                email: email.opt_name()?,
                name: name.given(),
                opened_on: opened_on.opt_day(setting)?,
                closed_on: closed_on.opt_day(setting)?,
            },
            referral_code: referral_code.opt_name()?,
        })
    }

    /// Appends the row's meaning to a buffer.
    pub fn pack(&self, pack: &mut Pack) {
        pack.text(self.account_id);
        self.cells.pack(pack);
        pack.given(self.referral_code, Pack::text);
    }

    /// Takes a packed row.
    #[must_use]
    pub fn unpack(from: &mut Unpack<'a>) -> Self {
        Self {
            account_id: from.text(),
            cells: AccountCells::unpack(from),
            referral_code: from.given(Unpack::text),
        }
    }
}
