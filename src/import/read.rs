//! Reads a whole file of any kind: good rows into a sorter by their ids, bad ones set aside.
//!
//! Floor 3. Nothing is decided here that needs the database, so no lock is held while a slow pipe is read.

use std::io::Read;

use super::accounts::{self, AccountRow};
use super::billing::{self, BillingRow, Remarks};
use super::cells::{Column, Fault};
use super::damage::Damage;
use super::groups::Rows;
use super::links::{self, LinkRow};
use super::partners::{self, PartnerRow};
use super::referrals::{self, ReferralRow};
use super::settled::{self, SettledRow};
use super::sorter::{Sorter, SpillRoom};
use super::table::{Line, Table};
use super::tally::Tally;
use super::{Kind, SET_ASIDE_MAX, SetAside, Setting};
use crate::ids::{Code, EmailKey};
use crate::money::{Money, MoneyError};

/// The good rows of a file and what its reading found.
pub struct Reading {
    /// By their ids.
    pub rows: Sorter,
    /// Counts and the rows set aside so far.
    pub tally: Tally,
}

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is damaged.
    #[error(transparent)]
    Damage(#[from] Damage),
    /// Its amounts add up to more than any programme bills.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl From<std::io::Error> for ReadError {
    fn from(error: std::io::Error) -> Self {
        Self::Damage(Damage::Io(error))
    }
}

/// Reads a file of a kind; what memory does not hold is spilled into `room`.
///
/// # Errors
/// Damage: nothing of the file can be taken.
pub fn read(kind: Kind, bytes: impl Read, setting: &Setting, room: &SpillRoom) -> Result<Reading, ReadError> {
    let mut take = Taking {
        reading: Reading { rows: Sorter::new(room), tally: Tally::default() },
        rows: Rows::default(),
        setting: *setting,
    };
    match kind {
        Kind::Billing => take.all(kind, bytes, &billing::COLUMNS, Taking::billing)?,
        Kind::Partners => take.all(kind, bytes, &partners::COLUMNS, |take, line, cells| {
            let row = match PartnerRow::read(cells, &take.setting) {
                Ok(row) => row,
                Err(fault) => return take.set_aside(line, fault),
            };
            take.push(line, row.partner_id, |pack| row.pack(pack))
        })?,
        Kind::Links => take.all(kind, bytes, &links::COLUMNS, |take, line, cells| {
            let row = match LinkRow::read(cells, &take.setting) {
                Ok(row) => row,
                Err(fault) => return take.set_aside(line, fault),
            };
            take.push(line, &Code(row.code.to_owned()).key(), |pack| row.pack(pack))
        })?,
        Kind::Referrals => take.all(kind, bytes, &referrals::COLUMNS, |take, line, cells| {
            let row = match ReferralRow::read(cells, &take.setting) {
                Ok(row) => row,
                Err(fault) => return take.set_aside(line, fault),
            };
            let (email, code) = (EmailKey::of(row.email).0, Code(row.code.to_owned()).key());
            take.push(line, &format!("{email}\0{code}\0{}", row.referred_on), |pack| row.pack(pack))
        })?,
        Kind::Accounts => take.all(kind, bytes, &accounts::COLUMNS, |take, line, cells| {
            let row = match AccountRow::read(cells, &take.setting) {
                Ok(row) => row,
                Err(fault) => return take.set_aside(line, fault),
            };
            take.push(line, row.account_id, |pack| row.pack(pack))
        })?,
        Kind::Settled => take.all(kind, bytes, &settled::COLUMNS, |take, line, cells| {
            let row = match SettledRow::read(cells, &take.setting) {
                Ok(row) => row,
                Err(fault) => return take.set_aside(line, fault),
            };
            take.reading.tally.total = take.reading.tally.total.plus(row.amount)?;
            let key = format!("{}\0{}\0{}\0{}", row.charge_id, row.partner_id, row.paid_on, row.reference);
            take.push(line, &key, |pack| row.pack(pack))
        })?,
    }
    Ok(take.reading)
}

/// A file being read.
struct Taking {
    reading: Reading,
    rows: Rows,
    setting: Setting,
}

impl Taking {
    fn all<const N: usize>(
        &mut self,
        kind: Kind,
        bytes: impl Read,
        columns: &'static [Column; N],
        mut take: impl FnMut(&mut Self, u64, &[super::cells::Cell<'_>; N]) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let mut table = Table::open(bytes, kind, columns)?;
        self.reading.tally.unknown_columns = table.unknown_columns().to_vec();
        while let Some(row) = table.next_row::<N>()? {
            self.reading.tally.rows += 1;
            match row {
                Line::Cells { line, cells } => take(self, line, &cells)?,
                Line::Misshapen(row) => self.keep_aside(row)?,
            }
        }
        Ok(())
    }

    fn billing(
        &mut self,
        line: u64,
        cells: &[super::cells::Cell<'_>; billing::COLUMNS.len()],
    ) -> Result<(), ReadError> {
        let (row, remarks) = match BillingRow::read(cells, &self.setting) {
            Ok(read) => read,
            Err(fault) => return self.set_aside(line, fault),
        };
        let tally = &mut self.reading.tally;
        let Remarks { unclassified, blank_currency } = remarks;
        // Sums are of one currency (R2.6): another's rows are only counted in them.
        let ours = if row.currency.is_none() { row.amount } else { Money::ZERO };
        if blank_currency {
            tally.blank_currency += 1;
        }
        if let Some(word) = unclassified {
            tally.count_unclassified(word, ours)?;
        }
        if let Some(currency) = row.currency {
            tally.other_currencies.entry(currency).or_default().add(row.amount)?;
        }
        tally.total = tally.total.plus(ours)?;
        self.push(line, row.charge_id, |pack| row.pack(pack))
    }

    fn push(
        &mut self,
        line: u64,
        key: &str,
        pack: impl FnOnce(&mut super::packed::Pack),
    ) -> Result<(), ReadError> {
        Ok(self.rows.push(&mut self.reading.rows, key, line, pack)?)
    }

    fn set_aside(&mut self, line: u64, fault: Fault) -> Result<(), ReadError> {
        self.keep_aside(fault.at(line))
    }

    fn keep_aside(&mut self, row: SetAside) -> Result<(), ReadError> {
        if self.reading.tally.set_aside.len() == SET_ASIDE_MAX {
            return Err(Damage::TooManySetAside(SET_ASIDE_MAX).into());
        }
        self.reading.tally.set_aside.push(row);
        Ok(())
    }
}
