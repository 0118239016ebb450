//! What a profile makes of a file, for the person who writes it; nothing is taken in.
//!
//! Floor 3: reads over `Read`, opens nothing.

use std::collections::BTreeMap;
use std::io::Read;

use super::super::billing::COLUMNS;
use super::super::read::{Mapping, ReadError};
use super::super::records::{Record, Records};
use super::super::tally::Sum;
use super::super::{SET_ASIDE_MAX, SetAside, Setting};
use super::taken::{Reader, Taken};
use crate::commission::Kind;
use crate::money::Money;

/// Rows shown as they would be taken.
const SAMPLES: usize = 5;
/// Distinct wordings that are listed.
const WORDINGS_MAX: usize = 1_000;

/// What became of a file.
#[derive(Debug, Default)]
pub struct Look {
    /// The profile's name and digest.
    pub profile: String,
    /// Each of our columns with what gives it: a column of the file, a constant, or nothing.
    pub columns: Vec<(&'static str, Origin)>,
    /// Columns of the file that are not read.
    pub unread: Vec<String>,
    /// Columns that the classifier's rules look at and the file does not have.
    pub absent: Vec<String>,
    /// The first charges, as our own file would have them, in the order of our columns.
    pub samples: Vec<Vec<String>>,
    /// Rows below the header.
    pub rows: u64,
    /// Charges by what the classifier made of them.
    pub verdicts: BTreeMap<Kind, Sum>,
    /// What the lines say that no rule fits.
    pub unclassified: BTreeMap<String, Sum>,
    /// Refunds, and rows that undo them.
    pub refunds: Sum,
    /// Rows that are counted and never become charges.
    pub passed_over: BTreeMap<String, u64>,
    /// Rows in other currencies, which are in no sum (R2.6).
    pub other_currency: u64,
    /// Rows that would be set aside.
    pub set_aside: Vec<SetAside>,
}

/// What gives one of our columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A column of the file.
    Column(String),
    /// The same in every row.
    Constant(String),
    /// The classifier.
    Rules(usize),
    /// Several columns of the file together.
    Made(Vec<String>),
    /// Nothing.
    Nothing,
}

/// Looks at a file with a profile.
///
/// # Errors
/// Damage; a header that no profile fits, or several do; a file in our own form, which needs none.
pub fn look(bytes: impl Read, mapping: &Mapping, setting: &Setting) -> Result<Look, ReadError> {
    let mut records = Records::open(bytes)?;
    let fit = mapping.fit_foreign(&records)?;
    records.shape(fit.shape());
    let used: Vec<usize> = fit.used().collect();
    let unread = fit.names.iter().enumerate().filter(|(at, name)| !used.contains(at) && !name.is_empty());
    let mut look = Look {
        profile: fit.profile.name.clone(),
        absent: fit.absent(),
        unread: unread.map(|(_, name)| name.clone()).collect(),
        ..Look::default()
    };
    for (column, place) in COLUMNS.iter().zip(&fit.places) {
        let origin = match (place.at, fit.profile.constants.get(column.name)) {
            (Some(_), _) => Origin::Column(place.name.clone()),
            (None, Some(constant)) => Origin::Constant(constant.clone()),
            (None, None) if column.name == "kind" => Origin::Rules(fit.profile.lines.len()),
            (None, None) if column.name == "charge_id" => Origin::Made(fit.profile.id_from.clone()),
            (None, None) => Origin::Nothing,
        };
        look.columns.push((column.name, origin));
    }
    let mut reader = Reader::new(fit);
    while let Some(record) = records.next_record()? {
        look.rows += 1;
        let (line, cells) = match record {
            Record::Misshapen(row) => {
                look.keep_aside(row);
                continue;
            }
            Record::Whole { line, cells } => (line, cells),
        };
        let mut sample = false;
        match reader.take(line, cells, setting) {
            Err(row) => look.keep_aside(row),
            Ok(Taken::PassedOver(why)) => *look.passed_over.entry(why.to_owned()).or_default() += 1,
            Ok(Taken::Refund(row)) => {
                look.refunds.add(if row.currency.is_none() { row.amount } else { Money::ZERO })?;
            }
            Ok(Taken::Charge { row, unclassified, .. }) => {
                let ours = if row.currency.is_none() { row.amount } else { Money::ZERO };
                look.other_currency += u64::from(row.currency.is_some());
                look.verdicts.entry(row.kind).or_default().add(ours)?;
                if let Some(wording) = unclassified {
                    let listed = look.unclassified.len();
                    if let Some(sum) = look.unclassified.get_mut(&wording) {
                        sum.add(ours)?;
                    } else if listed < WORDINGS_MAX {
                        look.unclassified.insert(wording, Sum { rows: 1, amount: ours });
                    }
                }
                sample = look.samples.len() < SAMPLES;
            }
        }
        if sample {
            look.samples.push(reader.cells().to_vec());
        }
    }
    Ok(look)
}

impl Look {
    fn keep_aside(&mut self, row: SetAside) {
        if self.set_aside.len() < SET_ASIDE_MAX {
            self.set_aside.push(row);
        }
    }
}
