//! A CSV file as a table: its header matched with the columns of a kind, its rows as cells.
//!
//! Floor 3. Which column of the file is which of ours is decided here, once, from the header; what a cell means is
//! not known here. Names are matched trimmed and without case, in any order; unknown ones are listed and ignored.

use super::cells::{Cell, Column, Form};
use super::damage::Damage;
use super::records::{Record, Records, Shape};
use super::{Kind, SetAside, rejects};
use crate::text::unguarded;

/// The rows of one file.
pub struct Table<'a> {
    records: Records<'a>,
    columns: &'static [Column],
    /// For each of our columns, where it stands in the file.
    places: Vec<Option<usize>>,
    unknown: Vec<String>,
    /// Whether it is a mended rejects file, in which cells were kept from being formulas.
    mended: bool,
}

/// One row: its cells in the order of our columns, or why it cannot be one.
pub enum Line<'a, const N: usize> {
    /// As many cells as the header.
    Cells {
        /// The physical line, from 1.
        line: u64,
        /// In the order of the kind's columns.
        cells: [Cell<'a>; N],
    },
    /// A row that was cut, or has more or fewer cells.
    Misshapen(SetAside),
}

impl<'r> Table<'r> {
    /// Matches a header with the columns of a kind.
    ///
    /// # Errors
    /// Doubly named or missing columns, another separator than the comma.
    pub fn open(mut records: Records<'r>, kind: Kind, columns: &'static [Column]) -> Result<Self, Damage> {
        let (names, line) = (records.names(), records.header_line());
        refuse_other_separators(names, columns, line)?;
        refuse_twice_named(names, line)?;
        let places: Vec<Option<usize>> =
            columns.iter().map(|column| names.iter().position(|name| name == column.name)).collect();
        refuse_missing(columns, &places, kind, line)?;
        let ours = |name: &String| columns.iter().find(|column| column.name == name);
        let last = names.last().and_then(ours);
        let shape = Shape {
            free_text: names.iter().map(|name| ours(name).is_none_or(|c| c.form == Form::FreeText)).collect(),
            last_fragile: last.filter(|column| column.form.is_fragile()).map(|column| column.name.to_owned()),
        };
        let mended = names.iter().take(rejects::HEADER.len()).eq(rejects::HEADER.iter());
        let known = |name: &str| name.is_empty() || (mended && rejects::HEADER.contains(&name));
        let unknown = names.iter().filter(|name| !known(name) && ours(name).is_none()).cloned().collect();
        records.shape(shape);
        Ok(Self { records, columns, places, unknown, mended })
    }

    /// Returns the columns that are not ours, to be named once.
    #[must_use]
    pub fn unknown_columns(&self) -> &[String] {
        &self.unknown
    }

    /// Returns whether the file has one of our columns.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.columns.iter().zip(&self.places).any(|(column, place)| column.name == name && place.is_some())
    }

    /// Reads the next row.
    ///
    /// # Errors
    /// Damage: nothing of the file can be trusted then.
    pub fn next_row<const N: usize>(&mut self) -> Result<Option<Line<'_, N>>, Damage> {
        let (line, record) = match self.records.next_record()? {
            None => return Ok(None),
            Some(Record::Misshapen(row)) => return Ok(Some(Line::Misshapen(row))),
            Some(Record::Whole { line, cells }) => (line, cells),
        };
        let cells = std::array::from_fn(|at| {
            let text = self.places.get(at).copied().flatten().and_then(|place| record.get(place));
            let text = trimmed(text.unwrap_or_default());
            Cell { text: if self.mended { unguarded(text) } else { text }, column: &self.columns[at] }
        });
        Ok(Some(Line::Cells { line, cells }))
    }
}

/// Trims a cell; most have nothing to trim, which their first and last byte tell.
fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [only] | [only, ..] if !only.is_ascii_graphic() => text.trim(),
        [.., last] if !last.is_ascii_graphic() => text.trim(),
        _ => text,
    }
}

fn refuse_other_separators(names: &[String], columns: &[Column], line: u64) -> Result<(), Damage> {
    let known = |text: &str| columns.iter().any(|column| column.name == text.trim().trim_matches('"'));
    if names.first().is_some_and(|name| name.starts_with("sep=")) {
        return Err(Damage::SeparatorLine { line });
    }
    for (separator, found) in [(';', "semicolons"), ('\t', "tabs"), ('|', "bars")] {
        if names.iter().any(|name| name.split(separator).count() > 1 && name.split(separator).any(known)) {
            return Err(Damage::Separator { line, found });
        }
    }
    Ok(())
}

fn refuse_twice_named(names: &[String], line: u64) -> Result<(), Damage> {
    let mut sorted: Vec<&String> = names.iter().filter(|name| !name.is_empty()).collect();
    sorted.sort_unstable();
    match sorted.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(Damage::TwiceNamed { line, name: pair[0].clone() }),
        None => Ok(()),
    }
}

fn refuse_missing(columns: &[Column], places: &[Option<usize>], kind: Kind, line: u64) -> Result<(), Damage> {
    let needed = || columns.iter().zip(places).filter(|(column, _)| column.needed);
    let missing: Vec<&str> = needed().filter(|(_, p)| p.is_none()).map(|(column, _)| column.name).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let found: Vec<&str> = needed().filter(|(_, p)| p.is_some()).map(|(column, _)| column.name).collect();
    Err(Damage::MissingColumns {
        line,
        kind: kind.as_str(),
        missing: missing.join(", "),
        needed: found.join(", "),
    })
}
