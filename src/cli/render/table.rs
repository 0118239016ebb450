//! Rows under a heading: for people with rules and totals, for spreadsheets without.
//!
//! Floor 6. Thousands separators stand in the people's form only; every outside text is made safe on its way
//! out (PROMISES 18). It never computes: a total shown here was summed below.

use std::io::{self, Write};

use super::layout::{Sheet, Shown, wrapped};
use super::look::Look;
use crate::dates::Day;
use crate::money::{Currency, Money};
use crate::text::{abridged, guarded, shown};

/// The widest a text may stand in a table on a terminal, in columns; longer ones are cut there, nowhere else.
const TEXT_COLUMNS_MAX: usize = 60;

/// One value in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing, or not known.
    Blank,
    /// Words, from inside or outside.
    Text(String),
    /// An amount in its currency.
    Money(Money, Currency),
    /// A number of things.
    Count(u64),
    /// A date.
    Day(Day),
    /// A number that is already written out, as JSON holds amounts.
    Figure(String),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Cell {
    fn from(count: usize) -> Self {
        // A count that 64 bits do not hold cannot be of things in memory.
        u64::try_from(count).map_or(Self::Blank, Self::Count)
    }
}

impl From<Day> for Cell {
    fn from(day: Day) -> Self {
        Self::Day(day)
    }
}

impl From<bool> for Cell {
    fn from(yes: bool) -> Self {
        Self::from(if yes { "yes" } else { "no" })
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Blank, Into::into)
    }
}

impl Cell {
    fn for_people(&self, width_max: Option<usize>) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) => match width_max {
                Some(columns) => abridged(text, columns).into_owned(),
                None => shown(text).into_owned(),
            },
            Self::Money(amount, currency) => amount.grouped(*currency),
            Self::Count(count) => count.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Figure(digits) => digits.clone(),
        }
    }

    fn for_csv(&self) -> String {
        match self {
            Self::Blank => String::new(),
            // First made visible, then guarded: a hidden character must not stand before a formula.
            Self::Text(text) => guarded(&shown(text)).into_owned(),
            Self::Money(amount, currency) => amount.major(*currency),
            Self::Count(count) => count.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Figure(digits) => digits.clone(),
        }
    }
}

/// What stands in a column, and so how it is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A name or a few words; to the left, and shortened with an ellipsis on a narrow terminal.
    Text,
    /// What is typed or compared letter by letter: an id, a code, an address, a word of the rules; never broken.
    Id,
    /// A sentence; to the left, wrapped on a narrow terminal and never cut.
    Prose,
    /// Amounts; to the right, never wrapped.
    Money,
    /// Counts; to the right, never wrapped.
    Count,
    /// Dates; to the left, never wrapped.
    Day,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name in CSV, in `snake_case`; it never changes. People see it with spaces.
    pub name: &'static str,
    /// What stands in it.
    pub kind: Kind,
    /// Whether it may be left out where a terminal is too narrow: never at 0, and 1 goes first.
    pub minor: u8,
}

impl Column {
    const fn of(name: &'static str, kind: Kind) -> Self {
        Self { name, kind, minor: 0 }
    }

    /// Describes a column of names or a few words.
    #[must_use]
    pub const fn text(name: &'static str) -> Self {
        Self::of(name, Kind::Text)
    }

    /// Describes a column of ids, codes, addresses or words of the rules.
    #[must_use]
    pub const fn id(name: &'static str) -> Self {
        Self::of(name, Kind::Id)
    }

    /// Describes a column of sentences.
    #[must_use]
    pub const fn prose(name: &'static str) -> Self {
        Self::of(name, Kind::Prose)
    }

    /// Lets the column be left out where a terminal is too narrow; 1 goes first.
    #[must_use]
    pub const fn minor(mut self, rank: u8) -> Self {
        self.minor = rank;
        self
    }

    /// Describes a column of amounts.
    #[must_use]
    pub const fn money(name: &'static str) -> Self {
        Self::of(name, Kind::Money)
    }

    /// Describes a column of counts.
    #[must_use]
    pub const fn count(name: &'static str) -> Self {
        Self::of(name, Kind::Count)
    }

    /// Describes a column of dates.
    #[must_use]
    pub const fn day(name: &'static str) -> Self {
        Self::of(name, Kind::Day)
    }
}

/// Rows under a heading, with their totals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The heading, where there is more than one table.
    pub title: Option<String>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each with one cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// The totals row, for people only: a sum in CSV would be summed again.
    pub totals: Option<Vec<Cell>>,
    /// One row's name and several rows' name, for the count under the table; without it there is no count.
    pub counted: Option<(&'static str, &'static str)>,
    /// What is said instead of a table without rows; nothing is said if it is empty.
    pub empty: String,
}

impl Table {
    /// Starts a table without rows.
    #[must_use]
    pub const fn new(columns: Vec<Column>) -> Self {
        Self { title: None, columns, rows: Vec::new(), totals: None, counted: None, empty: String::new() }
    }

    /// Gives it a heading.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Gives it its rows.
    #[must_use]
    pub fn rows(mut self, rows: impl IntoIterator<Item = Vec<Cell>>) -> Self {
        self.rows.extend(rows);
        self
    }

    /// Gives it a totals row.
    #[must_use]
    pub fn totals(mut self, totals: Vec<Cell>) -> Self {
        self.totals = Some(totals);
        self
    }

    /// Has the rows counted under the table: `17 partners`.
    #[must_use]
    pub const fn counted(mut self, one: &'static str, several: &'static str) -> Self {
        self.counted = Some((one, several));
        self
    }

    /// Says what stands in place of no rows.
    #[must_use]
    pub fn empty(mut self, sentence: impl Into<String>) -> Self {
        self.empty = sentence.into();
        self
    }

    /// Writes the table for people.
    pub(super) fn write_for_people(&self, look: &Look, out: &mut dyn Write) -> io::Result<()> {
        if self.rows.is_empty() && self.empty.is_empty() {
            return Ok(());
        }
        if let Some(title) = &self.title {
            writeln!(out, "{}", shown(title))?;
        }
        if self.rows.is_empty() {
            return writeln!(out, "{}", shown(&self.empty));
        }
        let Shown { lines, left_out } = self.lay_out(look);
        for line in lines {
            writeln!(out, "{line}")?;
        }
        if let Some((one, several)) = self.counted {
            let count = self.rows.len();
            writeln!(out, "{count} {}", if count == 1 { one } else { several })?;
        }
        if !left_out.is_empty() {
            let names: Vec<String> = left_out.iter().map(|name| name.replace('_', " ")).collect();
            let note = format!(
                "(not at this width: {}; a wider terminal or --format csv shows all)",
                names.join(", ")
            );
            for line in wrapped(&note, look.columns.map_or(usize::MAX, usize::from)) {
                writeln!(out, "{line}")?;
            }
        }
        Ok(())
    }

    fn lay_out(&self, look: &Look) -> Shown {
        let text = |(cell, column): (&Cell, &Column)| {
            let width_max = look.columns.map(|_| TEXT_COLUMNS_MAX).filter(|_| column.kind != Kind::Prose);
            cell.for_people(width_max)
        };
        let row = |cells: &Vec<Cell>| cells.iter().zip(&self.columns).map(text).collect::<Vec<String>>();
        Sheet {
            columns: &self.columns,
            rows: self.rows.iter().map(row).collect(),
            totals: self.totals.as_ref().map(row),
            room: look.columns.map(usize::from),
            bold: look.colour,
        }
        .show()
    }

    /// Writes the table for spreadsheets: no title, no totals, no separators.
    pub(super) fn write_csv(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(self.columns.iter().map(|column| column.name)).map_err(csv_error)?;
        for row in &self.rows {
            writer.write_record(row.iter().map(Cell::for_csv)).map_err(csv_error)?;
        }
        writer.flush()
    }
}

/// Gives the stream's own error back, so that a closed pipe is still known for one.
fn csv_error(error: csv::Error) -> io::Error {
    let words = error.to_string();
    match error.into_kind() {
        csv::ErrorKind::Io(inner) => inner,
        _ => io::Error::other(words),
    }
}
