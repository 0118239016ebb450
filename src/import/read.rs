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
use super::profile::fit::Fit;
use super::profile::taken::Taken;
use super::profile::{self, Profile};
use super::records::{Record, Records};
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
    /// Refunds that are rows of their own, by theirs.
    pub refunds: Option<Sorter>,
    /// The stamp of the profile that read it.
    pub profile: Option<String>,
    /// Whether the ids of charges were made of other columns, so that equal rows may be two charges.
    pub made_ids: bool,
    /// Counts and the rows set aside so far.
    pub tally: Tally,
}

/// Which columns a billing file has.
#[derive(Debug, Clone)]
pub enum Mapping {
    /// Those that a profile names.
    By(Box<Profile>),
    /// Ours; or, if they are not, those of the one profile of these that fits the header.
    Recognised(Vec<Profile>),
}

impl Mapping {
    /// Returns whether an earlier import with that profile read the same bytes as this one would.
    #[must_use]
    pub fn reads_like(&self, past: Option<&str>) -> bool {
        match (self, past) {
            (Self::By(profile), Some(past)) => profile.stamp() == past,
            (Self::By(_), None) => false,
            (Self::Recognised(_), None) => true,
            (Self::Recognised(known), Some(past)) => known.iter().any(|profile| profile.stamp() == past),
        }
    }

    /// Returns the profile that a header asks for; none if it is ours, or nobody's.
    fn fit<R: Read>(&self, records: &Records<R>) -> Result<Option<Fit<'_>>, Damage> {
        match self {
            Self::By(profile) => match Fit::of(profile, records.header()) {
                Ok(fit) => Ok(Some(fit)),
                Err(missing) => Err(Damage::ProfileLacks {
                    line: records.header_line(),
                    profile: profile.name.clone(),
                    missing: missing.join(", "),
                }),
            },
            Self::Recognised(_) if is_ours(records.names()) => Ok(None),
            Self::Recognised(known) => {
                let mut fits: Vec<Fit<'_>> =
                    known.iter().filter_map(|profile| Fit::of(profile, records.header()).ok()).collect();
                if fits.len() > 1 {
                    let names: Vec<&str> = fits.iter().map(|fit| fit.profile.name.as_str()).collect();
                    let (line, names) = (records.header_line(), names.join(" and "));
                    return Err(Damage::SeveralProfiles { line, names });
                }
                Ok(fits.pop())
            }
        }
    }

    /// Returns the profile that a header asks for.
    ///
    /// # Errors
    /// None does, or several.
    pub(super) fn fit_foreign<R: Read>(&self, records: &Records<R>) -> Result<Fit<'_>, Damage> {
        self.fit(records)?.ok_or(Damage::NoProfile { line: records.header_line() })
    }
}

/// Returns whether a header has all columns that our own files need.
fn is_ours(names: &[String]) -> bool {
    billing::COLUMNS
        .iter()
        .filter(|column| column.needed)
        .all(|column| names.iter().any(|name| name == column.name))
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
pub fn read(
    kind: Kind,
    bytes: impl Read,
    mapping: &Mapping,
    setting: &Setting,
    room: &SpillRoom,
) -> Result<Reading, ReadError> {
    let reading = Reading {
        rows: Sorter::new(room),
        refunds: None,
        profile: None,
        made_ids: false,
        tally: Tally::default(),
    };
    let mut take = Taking { reading, rows: Rows::default(), setting: setting.clone() };
    let bytes = Records::open(bytes)?;
    match kind {
        Kind::Billing => match mapping.fit(&bytes)? {
            Some(fit) => take.foreign(bytes, fit, room)?,
            None => take.all(kind, bytes, &billing::COLUMNS, Taking::billing)?,
        },
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
        bytes: Records<impl Read>,
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
        let Remarks { unclassified, blank_currency } = remarks;
        self.charge(line, &row, unclassified, blank_currency)
    }

    /// Reads another system's file by a profile.
    fn foreign(
        &mut self,
        mut records: Records<impl Read>,
        fit: Fit<'_>,
        room: &SpillRoom,
    ) -> Result<(), ReadError> {
        fit.refuse_twice_named(records.header_line())?;
        records.shape(fit.shape());
        self.reading.profile = Some(fit.profile.stamp());
        self.reading.made_ids = !fit.profile.id_from.is_empty();
        let mut refunds = fit.profile.refunds.is_some().then(|| Sorter::new(room));
        let mut reader = profile::taken::Reader::new(fit);
        let setting = self.setting.clone();
        while let Some(record) = records.next_record()? {
            self.reading.tally.rows += 1;
            let (line, cells) = match record {
                Record::Misshapen(row) => {
                    self.keep_aside(row)?;
                    continue;
                }
                Record::Whole { line, cells } => (line, cells),
            };
            match reader.take(line, cells, &setting) {
                Err(row) => self.keep_aside(row)?,
                Ok(Taken::PassedOver(why)) => self.reading.tally.pass_over(why),
                Ok(Taken::Refund(row)) => {
                    if let Some(sorter) = &mut refunds {
                        self.rows.push(sorter, row.refund_id, line, |pack| row.pack(pack))?;
                    }
                }
                Ok(Taken::Charge { row, blank_currency, unclassified }) => {
                    self.charge(line, &row, unclassified.as_deref(), blank_currency)?;
                }
            }
        }
        self.reading.refunds = refunds;
        Ok(())
    }

    fn charge(
        &mut self,
        line: u64,
        row: &BillingRow<'_>,
        unclassified: Option<&str>,
        blank_currency: bool,
    ) -> Result<(), ReadError> {
        let tally = &mut self.reading.tally;
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
