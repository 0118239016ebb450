//! What a profile makes of a file, for the person who writes it; nothing is taken in.
//!
//! Floor 3: reads over `Read`, opens nothing. Every row is counted in exactly one place: a charge or a refund of some
//! currency, seen, followed, passed over, or set aside. What an import finds in the store is not known here.

use std::collections::{BTreeMap, HashMap};
use std::io::Read;

use super::super::billing::COLUMNS;
use super::super::merge::ChargeState;
use super::super::read::{Mapping, ReadError};
use super::super::records::{Record, Records};
use super::super::refund_rows::RefundRow;
use super::super::sorter::SpillRoom;
use super::super::tally::Sum;
use super::super::{SET_ASIDE_MAX, SetAside, Setting};
use super::columns::Absent;
use super::fit::Fit;
use super::judge::{Judge, Judged};
use super::taken::{Reader, Taken};
use crate::commission::Kind;
use crate::dates::Day;
use crate::money::{Currency, Money};

/// Rows shown as they would be taken, and as many refunds.
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
    /// Each column of the file with what it became; nothing for one that is not read.
    pub file_columns: Vec<(String, Vec<String>)>,
    /// Columns that the profile names and the file does not have.
    pub absent: Vec<Absent>,
    /// The first charges, as our own file would have them, in the order of our columns.
    pub samples: Vec<Vec<String>>,
    /// The first refunds, and rows that undo them.
    pub refund_samples: Vec<RefundSample>,
    /// Rows below the header.
    pub rows: u64,
    /// What is in the programme's currency.
    pub sums: Sums,
    /// What is in others, and earns nothing (R2.6).
    pub others: BTreeMap<Currency, Sums>,
    /// Rows that are counted and never become charges.
    pub passed_over: BTreeMap<String, u64>,
    /// Rows that say what another row of the file says.
    pub seen: u64,
    /// Rows that a newer one of the same charge follows.
    pub followed: u64,
    /// Rows that would be set aside, as many of them as an import would take.
    pub set_aside: Vec<SetAside>,
    /// How many they are in all.
    pub set_aside_rows: u64,
}

/// What the rows of one currency add up to.
#[derive(Debug, Default)]
pub struct Sums {
    /// Charges by what the classifier made of them.
    pub verdicts: BTreeMap<Kind, Sum>,
    /// Of these, charges whose money did not come in.
    pub not_collected: Sum,
    /// What went back of these by their own rows; how many they are.
    pub refunded: Sum,
    /// What the lines say that no rule fits.
    pub unclassified: BTreeMap<String, Sum>,
    /// Such lines beyond those that are listed.
    pub unclassified_rest: Sum,
    /// Money that went back.
    pub refunds: Sum,
    /// Money that came again: what undoes a refund.
    pub undone: Sum,
}

/// A refund, or a row that undoes one, as it would be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundSample {
    /// The other system's id of the row.
    pub refund_id: String,
    /// The charge.
    pub charge_id: String,
    /// What it is about.
    pub source: String,
    /// Whether it gives back what another row of the same source took.
    pub undoes: bool,
    /// The day on which the money moved.
    pub on: Day,
    /// How much, whichever way it went.
    pub amount: Money,
    /// Its currency.
    pub currency: Currency,
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

/// Looks at a file with a profile; what memory does not hold is spilled into `room`.
///
/// # Errors
/// Damage; a header that no profile fits, or several do; a file in our own form, which needs none.
pub fn look(
    bytes: impl Read,
    mapping: &Mapping,
    setting: &Setting,
    room: &SpillRoom,
) -> Result<Look, ReadError> {
    let mut records = Records::open(bytes)?;
    let fit = mapping.fit_foreign(&records)?;
    fit.refuse_twice_named(records.header_line())?;
    records.shape(fit.shape());
    let mut look = Look {
        profile: fit.profile.name.clone(),
        columns: origins(&fit),
        file_columns: fit.became(),
        absent: fit.absent(),
        ..Look::default()
    };
    let mut judge = Judge::new(room, !fit.profile.id_from.is_empty());
    let mut wordings = Wordings::default();
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
            Ok(Taken::PassedOver { why, .. }) => *look.passed_over.entry(why.to_owned()).or_default() += 1,
            Ok(Taken::Refund(row)) => {
                if look.refund_samples.len() < SAMPLES {
                    look.refund_samples.push(RefundSample::of(&row, setting));
                }
                judge.refund(line, &row)?;
            }
            Ok(Taken::Charge { row, unclassified, .. }) => {
                if let Some(wording) = unclassified {
                    wordings.note(line, wording);
                }
                judge.charge(line, &row)?;
                sample = look.samples.len() < SAMPLES;
            }
        }
        if sample {
            look.samples.push(reader.cells().to_vec());
        }
    }
    judge.tell(setting, &mut |judged| look.count(judged, &wordings))?;
    look.set_aside.sort_by_key(|row| row.line);
    Ok(look)
}

fn origins(fit: &Fit<'_>) -> Vec<(&'static str, Origin)> {
    let origin = |(column, place): (&super::super::cells::Column, &super::fit::Place)| {
        let origin = match (place.at, fit.profile.constants.get(column.name)) {
            (Some(_), _) => Origin::Column(place.name.clone()),
            (None, Some(constant)) => Origin::Constant(constant.clone()),
            (None, None) if column.name == "kind" => Origin::Rules(fit.profile.lines.len()),
            (None, None) if column.name == "charge_id" => Origin::Made(fit.profile.id_from.clone()),
            (None, None) => Origin::Nothing,
        };
        (column.name, origin)
    };
    COLUMNS.iter().zip(&fit.places).map(origin).collect()
}

/// What lines say that no rule fits, by the lines on which they begin.
#[derive(Default)]
struct Wordings {
    numbers: HashMap<String, usize>,
    /// Those that are listed, by their numbers.
    listed: Vec<String>,
    /// Of the lines with one of them its number, in the order of the file.
    lines: Vec<(u64, usize)>,
}

impl Wordings {
    fn note(&mut self, line: u64, wording: String) {
        let number = match self.numbers.get(&wording) {
            Some(number) => *number,
            None if self.listed.len() < WORDINGS_MAX => {
                self.listed.push(wording.clone());
                self.numbers.insert(wording, self.listed.len() - 1);
                self.listed.len() - 1
            }
            None => return,
        };
        self.lines.push((line, number));
    }

    fn of(&self, line: u64) -> Option<&str> {
        let at = self.lines.binary_search_by_key(&line, |(line, _)| *line).ok()?;
        let (_, number) = self.lines.get(at)?;
        self.listed.get(*number).map(String::as_str)
    }
}

impl RefundSample {
    fn of(row: &RefundRow<'_>, setting: &Setting) -> Self {
        Self {
            refund_id: row.refund_id.to_owned(),
            charge_id: row.charge_id.to_owned(),
            source: row.source.to_owned(),
            undoes: row.undoes,
            on: row.on,
            amount: row.amount,
            currency: row.currency.unwrap_or(setting.currency),
        }
    }
}

impl Sums {
    /// Returns how many charges there are.
    #[must_use]
    pub fn charges(&self) -> u64 {
        self.verdicts.values().map(|sum| sum.rows).sum()
    }

    fn charge(&mut self, charge: &ChargeState<'_>, wording: Option<&str>) -> Result<(), ReadError> {
        self.verdicts.entry(charge.kind).or_default().add(charge.amount)?;
        if !charge.status.was_collected() {
            self.not_collected.add(charge.amount)?;
        }
        let refunded = charge.refunded()?;
        if !refunded.is_zero() {
            self.refunded.add(refunded)?;
        }
        if charge.kind == Kind::Unclassified {
            let sum = match wording {
                Some(wording) => self.unclassified.entry(wording.to_owned()).or_default(),
                None => &mut self.unclassified_rest,
            };
            sum.add(charge.amount)?;
        }
        Ok(())
    }
}

impl Look {
    /// Returns the columns of the file that are not read.
    pub fn unread(&self) -> impl Iterator<Item = &str> {
        let unread = self.file_columns.iter().filter(|(name, became)| became.is_empty() && !name.is_empty());
        unread.map(|(name, _)| name.as_str())
    }

    fn keep_aside(&mut self, row: SetAside) {
        self.set_aside_rows += 1;
        if self.set_aside.len() < SET_ASIDE_MAX {
            self.set_aside.push(row);
        }
    }

    fn sums(&mut self, currency: Option<Currency>) -> &mut Sums {
        match currency {
            Some(currency) => self.others.entry(currency).or_default(),
            None => &mut self.sums,
        }
    }

    fn count(&mut self, judged: Judged<'_>, wordings: &Wordings) -> Result<(), ReadError> {
        match judged {
            Judged::Charge(charge, line) => {
                self.sums(charge.currency).charge(charge, wordings.of(line))?;
            }
            Judged::Refund(row) => {
                let sums = self.sums(row.currency);
                let sum = if row.undoes { &mut sums.undone } else { &mut sums.refunds };
                sum.add(row.amount)?;
            }
            Judged::Seen(rows) => self.seen += rows,
            Judged::Followed(rows) => self.followed += rows,
            Judged::SetAside(row) => self.keep_aside(row),
        }
        Ok(())
    }
}
