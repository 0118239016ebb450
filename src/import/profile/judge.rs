//! What rows of one id in one file do to each other, where nothing else is known: for a look at the file.
//!
//! Floor 3, pure but for the sorter's room. The rules are the import's own (`groups`, `merge`): rows that are equal are
//! one, rows that contradict each other are all set aside, and of rows with an order the last one counts. What an
//! import finds in the store beside them nobody can say here.

use super::super::billing::BillingRow;
use super::super::cells::Fault;
use super::super::groups::{EQUAL_ROW, Groups, Rows, Version};
use super::super::merge::{self, Applied, ChargeState, Kinds, Manner, Took, Undoing};
use super::super::read::ReadError;
use super::super::refund_rows::RefundRow;
use super::super::sorter::{Sorter, SpillRoom};
use super::super::{SetAside, Setting};

/// As an import takes rows of a profile, where nobody has said otherwise.
const MANNER: Manner = Manner { undoing: Undoing::SetAside, kinds: Kinds::Ruled };

/// What a row of a file comes to.
#[derive(Debug)]
pub enum Judged<'a> {
    /// A charge, after all its rows; with the line of the one that counts.
    Charge(&'a ChargeState<'a>, u64),
    /// Money that went back, or came again.
    Refund(&'a RefundRow<'a>),
    /// Rows that say what another of the file says.
    Seen(u64),
    /// Rows that a newer one of the same charge follows.
    Followed(u64),
    /// A row that cannot be taken.
    SetAside(SetAside),
}

/// Told of everything that is judged.
pub type Tell<'t> = &'t mut dyn FnMut(Judged<'_>) -> Result<(), ReadError>;

/// The good rows of a file, by their ids.
pub struct Judge {
    charges: Sorter,
    refunds: Sorter,
    rows: Rows,
    /// Whether the ids of charges were made of other columns, so that equal rows may be two charges.
    made_ids: bool,
}

impl Judge {
    /// Makes one that has heard nothing.
    pub fn new(room: &SpillRoom, made_ids: bool) -> Self {
        Self { charges: Sorter::new(room), refunds: Sorter::new(room), rows: Rows::default(), made_ids }
    }

    /// Hears a charge.
    pub fn charge(&mut self, line: u64, row: &BillingRow<'_>) -> Result<(), ReadError> {
        Ok(self.rows.push(&mut self.charges, row.charge_id, line, |pack| row.pack(pack))?)
    }

    /// Hears a refund.
    pub fn refund(&mut self, line: u64, row: &RefundRow<'_>) -> Result<(), ReadError> {
        Ok(self.rows.push(&mut self.refunds, row.refund_id, line, |pack| row.pack(pack))?)
    }

    /// Judges all that was heard.
    ///
    /// # Errors
    /// More versions of an id than an honest file has; the spill file cannot be read; overflow.
    pub fn tell(self, setting: &Setting, tell: Tell<'_>) -> Result<(), ReadError> {
        let Self { charges, refunds, made_ids, .. } = self;
        let mut groups = Groups::new(charges)?;
        while let Some(versions) = groups.next_group()? {
            let mut rows: Vec<(Version<'_>, BillingRow<'_>)> = versions
                .map(|version| {
                    let row = BillingRow::unpack(&mut version.unpack());
                    (version, row)
                })
                .collect();
            match merge::in_order(&mut rows, |(_, row)| row) {
                Err(fault) => rows.iter().try_for_each(|(version, _)| aside(&fault, version, tell))?,
                Ok(()) => one_charge(&rows, made_ids, setting, tell)?,
            }
        }
        let mut groups = Groups::new(refunds)?;
        while let Some(versions) = groups.next_group()? {
            let count = versions.len();
            for version in versions {
                let row = RefundRow::unpack(&mut version.unpack());
                if count == 1 {
                    tell(Judged::Refund(&row))?;
                    repeats(&version, made_ids, tell)?;
                    continue;
                }
                let reason = format!("the file has {count} different rows with this refund_id");
                let fault = Fault { column: "refund_id", value: row.refund_id.to_owned(), reason };
                aside(&fault, &version, tell)?;
            }
        }
        Ok(())
    }
}

/// Applies the rows of one charge one after the other, as if none had come before.
fn one_charge<'a>(
    rows: &[(Version<'_>, BillingRow<'a>)],
    made_ids: bool,
    setting: &Setting,
    tell: Tell<'_>,
) -> Result<(), ReadError> {
    let mut taken: Option<(ChargeState<'a>, BillingRow<'a>, u64)> = None;
    let mut applied = 0_u64;
    for (at, (version, row)) in rows.iter().enumerate() {
        let known = taken.as_ref().map(|(state, ..)| state);
        // A blank currency is the charge's own, where the digits of the two allow it.
        let like = known.and_then(|known| known.currency);
        let like = like.filter(|known| known.digits() == setting.currency.digits());
        let currency = if row.blank_currency { like } else { row.currency };
        let row = BillingRow { currency, blank_currency: false, ..*row };
        if taken.as_ref().is_some_and(|(_, last, _)| *last == row) {
            tell(Judged::Seen(1))?;
            repeats(version, made_ids, tell)?;
            continue;
        }
        let later = rows.get(at + 1..).unwrap_or_default().iter().map(|(_, row)| row);
        match merge::apply(known, &row, later, MANNER)? {
            Err(fault) => aside(&fault, version, tell)?,
            Ok(Applied { took, state, .. }) => {
                applied += 1;
                repeats(version, made_ids, tell)?;
                taken = match (took, taken) {
                    (Took::Row, _) | (_, None) => Some((state, row, version.line)),
                    (Took::Step, Some((_, last, line))) => Some((state, last, line)),
                    (Took::Nothing, unchanged) => unchanged,
                };
            }
        }
    }
    let Some((state, _, line)) = taken else { return Ok(()) };
    if applied > 1 {
        tell(Judged::Followed(applied - 1))?;
    }
    tell(Judged::Charge(&state, line))
}

/// Rows that repeat another word for word: one charge told twice, unless its id is made of those very words.
fn repeats(version: &Version<'_>, made_ids: bool, tell: Tell<'_>) -> Result<(), ReadError> {
    if !made_ids {
        return if version.repeats == 0 { Ok(()) } else { tell(Judged::Seen(version.repeats)) };
    }
    for line in version.repeated_on {
        tell(Judged::SetAside(SetAside::new(*line, "charge_id", "", EQUAL_ROW.to_owned())))?;
    }
    Ok(())
}

/// Sets a row aside, and those that repeat it.
fn aside(fault: &Fault, version: &Version<'_>, tell: Tell<'_>) -> Result<(), ReadError> {
    for line in std::iter::once(&version.line).chain(version.repeated_on) {
        tell(Judged::SetAside(fault.clone().at(*line)))?;
    }
    Ok(())
}
