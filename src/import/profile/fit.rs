//! A profile held against a header: where each of its columns stands in a file.
//!
//! Floor 3, pure. Names compare trimmed and without case, in any order. A profile fits a header that has all columns
//! by which such exports are known and whatever every row needs; only columns that it uses must be named once.

use super::super::billing::COLUMNS;
use super::super::cells::Form;
use super::super::damage::Damage;
use super::super::records::Shape;
use super::{Profile, Words, same};

/// Where one of our columns stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file's column, if a column says it.
    pub at: Option<usize>,
    /// Its name there; ours, where a constant or nothing says it.
    pub name: String,
}

/// Where refund rows have what they need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundPlaces {
    pub(super) column: usize,
    pub(super) id: usize,
    pub(super) charge_id: Option<usize>,
    pub(super) source: Option<usize>,
    pub(super) on: usize,
    pub(super) amount: usize,
}

/// Where a rule that overrules a status has what it looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OverrulePlaces {
    pub(super) column: Option<usize>,
    pub(super) refunded: Option<usize>,
    pub(super) refunded_on: Option<usize>,
    /// Whether the rule names a column of its own for the amount.
    pub(super) looks_for_an_amount: bool,
}

/// A profile with the places of its columns in one file.
#[derive(Debug, Clone)]
pub struct Fit<'p> {
    /// The profile.
    pub profile: &'p Profile,
    /// For each of our columns, in the order of CONTRACT.md.
    pub places: Vec<Place>,
    /// The header's names, as they stand there.
    pub names: Vec<String>,
    pub(super) id_from: Vec<usize>,
    pub(super) less: Vec<usize>,
    pub(super) pass_over: Vec<Option<usize>>,
    pub(super) overrule: Vec<OverrulePlaces>,
    pub(super) lines: Vec<Option<usize>>,
    /// The columns that say what a line is, for the report of those that nobody has classified.
    pub(super) wording: Vec<usize>,
    pub(super) refunds: Option<RefundPlaces>,
}

impl<'p> Fit<'p> {
    /// Finds the places; or returns what the header lacks.
    ///
    /// # Errors
    /// The columns that are not there.
    pub fn of<'n>(
        profile: &'p Profile,
        header: impl IntoIterator<Item = &'n str>,
    ) -> Result<Self, Vec<String>> {
        let names: Vec<String> = header.into_iter().map(|name| name.trim().to_owned()).collect();
        let position = |name: &String| names.iter().position(|theirs| same(theirs, name));
        let find = |words: &Words| words.all().iter().find_map(position);
        let mut missing: Vec<String> =
            profile.needs.iter().filter(|words| find(words).is_none()).map(Words::shown).collect();
        let mut must = |words: &Words| {
            let found = find(words);
            if found.is_none() {
                missing.push(words.shown());
            }
            found.unwrap_or(0)
        };
        let places: Vec<Place> = COLUMNS
            .iter()
            .map(|column| {
                let words = profile.columns.get(column.name);
                let constant = profile.constants.contains_key(column.name);
                let at = match words {
                    Some(words) if column.needed && !constant => Some(must(words)),
                    Some(words) => find(words),
                    None => None,
                };
                let name = at.and_then(|at| names.get(at)).map_or(column.name, String::as_str);
                Place { at, name: name.to_owned() }
            })
            .collect();
        let one = |name: &String| Words::One(name.clone());
        let id_from = profile.id_from.iter().map(|name| must(&one(name))).collect();
        let less = profile.less.iter().filter_map(position).collect();
        let refunds = profile.refunds.as_ref().map(|rows| RefundPlaces {
            column: must(&rows.column),
            id: must(&rows.id),
            charge_id: find(&rows.charge_id),
            source: rows.source.as_ref().and_then(find),
            on: must(&rows.on),
            amount: must(&rows.amount),
        });
        let pass_over = profile.pass_over.iter().map(|rule| find(&rule.column)).collect();
        let overrule = profile
            .overrule
            .iter()
            .map(|rule| OverrulePlaces {
                column: find(&rule.column),
                refunded: rule.refunded.as_ref().and_then(find),
                refunded_on: rule.refunded_on.as_ref().and_then(find),
                looks_for_an_amount: rule.refunded.is_some(),
            })
            .collect();
        let lines: Vec<Option<usize>> =
            profile.lines.iter().map(|rule| rule.column.as_ref().and_then(find)).collect();
        let mut wording: Vec<usize> = Vec::new();
        for at in lines.iter().flatten().copied().chain(profile.columns.get("description").and_then(find)) {
            if !wording.contains(&at) {
                wording.push(at);
            }
        }
        if !missing.is_empty() {
            let mut once: Vec<String> = Vec::new();
            for name in missing {
                if !once.iter().any(|other| same(other, &name)) {
                    once.push(name);
                }
            }
            return Err(once);
        }
        Ok(Self { profile, places, names, id_from, less, pass_over, overrule, lines, wording, refunds })
    }

    /// Returns the columns of the file that are read.
    pub fn used(&self) -> impl Iterator<Item = usize> {
        let refunds = self.refunds.iter().flat_map(|rows| {
            [Some(rows.column), Some(rows.id), rows.charge_id, rows.source, Some(rows.on), Some(rows.amount)]
        });
        let rules = [&self.pass_over, &self.lines].into_iter().flatten().copied();
        let overrules =
            self.overrule.iter().flat_map(|places| [places.column, places.refunded, places.refunded_on]);
        let plain = self.id_from.iter().chain(&self.less).copied().map(Some);
        self.places
            .iter()
            .map(|place| place.at)
            .chain(refunds)
            .chain(rules)
            .chain(overrules)
            .chain(plain)
            .flatten()
    }

    /// Refuses a header that names a column twice that is read.
    ///
    /// # Errors
    /// The name.
    pub fn refuse_twice_named(&self, line: u64) -> Result<(), Damage> {
        for at in self.used() {
            let name = &self.names[at];
            if self.names.iter().filter(|other| same(other, name)).count() > 1 {
                return Err(Damage::TwiceNamed { line, name: name.to_lowercase() });
            }
        }
        Ok(())
    }

    /// Says what damage to a cell means, column by column.
    #[must_use]
    pub fn shape(&self) -> Shape {
        let mut free_text = vec![true; self.names.len()];
        let mut fragile = vec![false; self.names.len()];
        for (column, place) in COLUMNS.iter().zip(&self.places) {
            if let Some(at) = place.at {
                free_text[at] &= column.form == Form::FreeText;
                fragile[at] |= column.form.is_fragile();
            }
        }
        let refunds = self.refunds.iter().flat_map(|rows| [rows.on, rows.amount]);
        let overrules =
            self.overrule.iter().flat_map(|places| [places.refunded, places.refunded_on]).flatten();
        for at in self.less.iter().copied().chain(refunds).chain(overrules) {
            free_text[at] = false;
            fragile[at] = true;
        }
        let last_fragile = fragile.last().is_some_and(|fragile| *fragile).then(|| self.names.last().cloned());
        Shape { free_text, last_fragile: last_fragile.flatten() }
    }
}
