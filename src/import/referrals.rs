//! A row of the referrals file: somebody's e-mail came through a code on a day.
//!
//! Floor 3. A record is evidence, never an attribution (R4.1).

use super::Setting;
use super::cells::{Cell, Column, Fault, Form, Given};
use super::links::LinkChannel;
use super::packed::{Pack, Unpack};
use crate::dates::Day;

/// The columns of CONTRACT.md, in its order.
pub const COLUMNS: [Column; 4] = [
    Column::needed("email", Form::Name),
    Column::needed("code", Form::Name),
    Column::needed("referred_on", Form::Date),
    Column::optional("channel", Form::Name),
];

/// One row, each cell read by its grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReferralRow<'a> {
    /// The referred customer's e-mail.
    pub email: &'a str,
    /// The code, as entered.
    pub code: &'a str,
    /// The day.
    pub referred_on: Day,
    /// How the link was shared.
    pub channel: Given<LinkChannel>,
}

impl<'a> ReferralRow<'a> {
    /// Reads a row.
    ///
    /// # Errors
    /// The first cell that cannot be taken.
    pub fn read(cells: &[Cell<'a>; 4], setting: &Setting) -> Result<Self, Fault> {
        let [email, code, referred_on, channel] = *cells;
        let row = Self {
            email: email.address()?,
            code: code.name()?,
            referred_on: referred_on.day(setting)?,
            channel: channel.opt_word()?,
        };
        if row.referred_on > setting.latest() {
            return Err(referred_on.fault(format!("is later than tomorrow, {}", setting.latest())));
        }
        Ok(row)
    }

    /// Appends the row's meaning to a buffer.
    pub fn pack(&self, pack: &mut Pack) {
        pack.text(self.email);
        pack.text(self.code);
        pack.day(self.referred_on);
        pack.given(self.channel.map(LinkChannel::as_str), Pack::text);
    }

    /// Takes a packed row.
    #[must_use]
    pub fn unpack(from: &mut Unpack<'a>) -> Self {
        Self {
            email: from.text(),
            code: from.text(),
            referred_on: from.day(),
            channel: from.given(Unpack::text).try_map(str::parse).unwrap_or_default(),
        }
    }
}
