//! A row of the settled file: what an earlier system paid a partner for a charge (R1.7).
//!
//! Floor 3. It counts as paid here, so that the first run does not pay two years again.

use super::Setting;
use super::cells::{Cell, Column, Fault, Form};
use super::packed::{Pack, Unpack};
use crate::dates::Day;
use crate::money::Money;

/// The columns of CONTRACT.md, in its order.
pub const COLUMNS: [Column; 5] = [
    Column::needed("charge_id", Form::Name),
    Column::needed("partner_id", Form::Name),
    Column::needed("amount", Form::Amount),
    Column::needed("paid_on", Form::Date),
    Column::optional("reference", Form::FreeText),
];

/// One row, each cell read by its grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SettledRow<'a> {
    /// The charge.
    pub charge_id: &'a str,
    /// The partner, by the id of the partners file.
    pub partner_id: &'a str,
    /// What was paid; below zero for what was taken back.
    pub amount: Money,
    /// The day it was paid.
    pub paid_on: Day,
    /// The earlier system's word for the payment; may be empty.
    pub reference: &'a str,
}

impl<'a> SettledRow<'a> {
    /// Reads a row; amounts are in the programme's currency.
    ///
    /// # Errors
    /// The first cell that cannot be taken.
    pub fn read(cells: &[Cell<'a>; 5], setting: &Setting) -> Result<Self, Fault> {
        let [charge_id, partner_id, amount, paid_on, reference] = *cells;
        let row = Self {
            charge_id: charge_id.name()?,
            partner_id: partner_id.name()?,
            amount: amount.amount(setting.currency)?,
            paid_on: paid_on.day(setting)?,
            reference: reference.given().value().unwrap_or_default(),
        };
        if row.amount.is_zero() {
            return Err(amount.fault("is zero; nothing was settled by it"));
        }
        if row.paid_on > setting.latest() {
            return Err(paid_on.fault(format!("is later than tomorrow, {}", setting.latest())));
        }
        Ok(row)
    }

    /// Appends the row's meaning to a buffer.
    pub fn pack(&self, pack: &mut Pack) {
        pack.text(self.charge_id);
        pack.text(self.partner_id);
        pack.int(self.amount.minor());
        pack.day(self.paid_on);
        pack.text(self.reference);
    }

    /// Takes a packed row.
    #[must_use]
    pub fn unpack(from: &mut Unpack<'a>) -> Self {
        Self {
            charge_id: from.text(),
            partner_id: from.text(),
            amount: Money::from_minor(from.int()),
            paid_on: from.day(),
            reference: from.text(),
        }
    }
}
