//! Reads a whole file of any kind: good rows into a sorter by their ids, bad ones set aside.
//!
//! Floor 3. Nothing is decided here that needs the database, so no lock is held while a slow pipe is read.

use std::io::Read;
use std::thread;

use super::accounts::{self, AccountRow};
use super::billing::{self, BillingRow, Remarks};
use super::cells::{Column, Fault};
use super::damage::Damage;
use super::denied::DeniedRow;
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
    /// Rows that deny what may be stored: in test mode, or refunds that moved no money.
    pub denials: Option<Sorter>,
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
    fn fit(&self, records: &Records<'_>) -> Result<Option<Fit<'_>>, Damage> {
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
                match fits.pop() {
                    Some(fit) => Ok(Some(fit)),
                    None => nearest(known, records).map_or(Ok(None), Err),
                }
            }
        }
    }

    /// Returns the profile that a header asks for.
    ///
    /// # Errors
    /// None does, or several.
    pub(super) fn fit_foreign(&self, records: &Records<'_>) -> Result<Fit<'_>, Damage> {
        let line = records.header_line();
        let none = if is_ours(records.names()) { Damage::Ours { line } } else { Damage::NoProfile { line } };
        self.fit(records)?.ok_or(none)
    }
}

/// Returns whether a header has all columns that our own files need.
fn is_ours(names: &[String]) -> bool {
    let (found, all) = needed_of_ours(names);
    found == all
}

/// Counts the columns that our own files need: those that a header has, and all.
fn needed_of_ours(names: &[String]) -> (usize, usize) {
    let needed = || billing::COLUMNS.iter().filter(|column| column.needed);
    let found = needed().filter(|column| names.iter().any(|name| name == column.name));
    (found.count(), needed().count())
}

/// Says which profile a header nearly fits: it has half of what the profile knows its files by or more, and a larger
/// part of it than of what our own files need.
fn nearest(known: &[Profile], records: &Records<'_>) -> Option<Damage> {
    let mut best: Option<(&Profile, Vec<String>)> = None;
    let (mut part, mut whole) = needed_of_ours(records.names());
    for profile in known {
        let Err(missing) = Fit::of(profile, records.header()) else { continue };
        let (found, all) = (profile.found(records.names()), profile.needs.len());
        // found / all > part / whole, without a fraction.
        if found * 2 >= all && found * whole > part * all {
            best = Some((profile, missing));
            (part, whole) = (found, all);
        }
    }
    let (profile, missing) = best?;
    let (line, profile, missing) = (records.header_line(), profile.name.clone(), missing.join(", "));
    Some(Damage::NearProfile { line, profile, missing })
}

/// Whether a file's bytes are taken apart ahead of their meaning, by a thread of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// What may be slow and cannot be interrupted: a pipe.
    InStep,
    /// A file.
    Ahead,
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
    bytes: impl Read + Send,
    pace: Pace,
    mapping: &Mapping,
    setting: &Setting,
    room: &SpillRoom,
) -> Result<Reading, ReadError> {
    match pace {
        Pace::InStep => take(kind, Records::open(bytes)?, mapping, setting, room),
        Pace::Ahead => {
            thread::scope(|scope| take(kind, Records::open_ahead(bytes, scope)?, mapping, setting, room))
        }
    }
}

fn take(
    kind: Kind,
    records: Records<'_>,
    mapping: &Mapping,
    setting: &Setting,
    room: &SpillRoom,
) -> Result<Reading, ReadError> {
    let reading = Reading {
        rows: Sorter::new(room),
        refunds: None,
        denials: None,
        profile: None,
        made_ids: false,
        tally: Tally::default(),
    };
    let mut take = Taking { reading, rows: Rows::default(), setting: setting.clone() };
    match kind {
        Kind::Billing => match mapping.fit(&records)? {
            Some(fit) => take.foreign(records, fit, room)?,
            None => take.all(kind, records, &billing::COLUMNS, Taking::billing)?,
        },
        Kind::Partners => take.all(kind, records, &partners::COLUMNS, |take, line, cells| {
            let row = match PartnerRow::read(cells, &take.setting) {
                Ok(row) => row,
                Err(fault) => return take.set_aside(line, fault),
            };
            take.push(line, row.partner_id, |pack| row.pack(pack))
        })?,
        Kind::Links => take.all(kind, records, &links::COLUMNS, |take, line, cells| {
            let row = match LinkRow::read(cells, &take.setting) {
                Ok(row) => row,
                Err(fault) => return take.set_aside(line, fault),
            };
            take.push(line, &Code(row.code.to_owned()).key(), |pack| row.pack(pack))
        })?,
        Kind::Referrals => take.all(kind, records, &referrals::COLUMNS, |take, line, cells| {
            let row = match ReferralRow::read(cells, &take.setting) {
                Ok(row) => row,
                Err(fault) => return take.set_aside(line, fault),
            };
            let (email, code) = (EmailKey::of(row.email).0, Code(row.code.to_owned()).key());
            take.push(line, &format!("{email}\0{code}\0{}", row.referred_on), |pack| row.pack(pack))
        })?,
        Kind::Accounts => take.all(kind, records, &accounts::COLUMNS, |take, line, cells| {
            let row = match AccountRow::read(cells, &take.setting) {
                Ok(row) => row,
                Err(fault) => return take.set_aside(line, fault),
            };
            take.push(line, row.account_id, |pack| row.pack(pack))
        })?,
        Kind::Settled => take.all(kind, records, &settled::COLUMNS, |take, line, cells| {
            let row = match SettledRow::read(cells, &take.setting) {
                Ok(row) => row,
                Err(fault) => {
                    let amount = cells[2].amount(take.setting.currency).ok();
                    return take.keep_aside(fault.at(line).worth(amount));
                }
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
        records: Records<'_>,
        columns: &'static [Column; N],
        mut take: impl FnMut(&mut Self, u64, &[super::cells::Cell<'_>; N]) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let mut table = Table::open(records, kind, columns)?;
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
            Err(fault) => {
                let amount = BillingRow::amount_of(cells, &self.setting);
                return self.keep_aside(fault.at(line).worth(amount));
            }
        };
        let Remarks { unclassified, blank_currency } = remarks;
        self.charge(line, &row, unclassified, blank_currency)
    }

    /// Reads another system's file by a profile.
    fn foreign(&mut self, mut records: Records<'_>, fit: Fit<'_>, room: &SpillRoom) -> Result<(), ReadError> {
        fit.refuse_twice_named(records.header_line())?;
        records.shape(fit.shape());
        self.reading.profile = Some(fit.profile.stamp());
        self.reading.tally.absent_columns = fit.absent();
        self.reading.made_ids = !fit.profile.id_from.is_empty();
        let mut refunds = fit.profile.refunds.is_some().then(|| Sorter::new(room));
        let mut denials = Sorter::new(room);
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
                Ok(Taken::PassedOver { why, denies: None }) => self.reading.tally.pass_over(why),
                Ok(Taken::PassedOver { why, denies: Some(denied) }) => {
                    let row = DeniedRow { denied, why };
                    self.rows.push(&mut denials, &row.key(), line, |pack| row.pack(pack))?;
                }
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
        self.reading.denials = Some(denials);
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
        let amount = row.amount.unwrap_or(Money::ZERO);
        self.reading.tally.total = self.reading.tally.total.plus(amount)?;
        self.reading.tally.set_aside.push(row);
        Ok(())
    }
}
