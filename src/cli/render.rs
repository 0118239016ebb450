//! One answer, three forms: tables for people, CSV for spreadsheets, JSON for scripts.
//!
//! Floor 6. A presenter says what the answer is; only this file knows how it looks. Thousands separators
//! stand in tables only; every outside text is made safe on its way out (PROMISES 18). It never decides and
//! never computes: a total shown here was summed below.

use std::io::{self, Write};

use comfy_table::{
    Attribute, Cell as ShownCell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Row,
    Table as ShownTable, TableStyle,
};
use serde_json::{Map, Value};

use crate::cli::failure::Exit;
use crate::dates::Day;
use crate::money::{Currency, Money};
use crate::text::{abridged, guarded, json_escaped, shown};

/// The widest a text may stand in a table on a terminal, in columns; longer ones are cut there, nowhere else.
const TEXT_COLUMNS_MAX: usize = 60;

/// A rule under the header and under the rows, and nothing else that would have to be read past.
const RULES: TableStyle = TableStyle::new()
    .header_separator(LineStyle::none().fill('─').junction('─'))
    .bottom_border(LineStyle::none().fill('─').junction('─'));

/// The form of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people: tables and sentences
    Table,
    /// For scripts: one JSON object
    Json,
    /// For spreadsheets: comma-separated values with a header row
    Csv,
}

/// How answers are to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// The form.
    pub format: Format,
    /// The terminal's width in columns; `None` when piped, and then nothing is cut or wrapped.
    pub columns: Option<u16>,
    /// Whether standard output may be coloured.
    pub colour: bool,
    /// Whether accounts of routine success are left out.
    pub quiet: bool,
}

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
    /// Words; to the left, and the first to give way on a narrow terminal.
    Text,
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
}

impl Column {
    /// Describes a column of words.
    #[must_use]
    pub const fn text(name: &'static str) -> Self {
        Self { name, kind: Kind::Text }
    }

    /// Describes a column of amounts.
    #[must_use]
    pub const fn money(name: &'static str) -> Self {
        Self { name, kind: Kind::Money }
    }

    /// Describes a column of counts.
    #[must_use]
    pub const fn count(name: &'static str) -> Self {
        Self { name, kind: Kind::Count }
    }

    /// Describes a column of dates.
    #[must_use]
    pub const fn day(name: &'static str) -> Self {
        Self { name, kind: Kind::Day }
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

    fn write_for_people(&self, look: &Look, out: &mut dyn Write) -> io::Result<()> {
        if self.rows.is_empty() && self.empty.is_empty() {
            return Ok(());
        }
        if let Some(title) = &self.title {
            writeln!(out, "{}", shown(title))?;
        }
        if self.rows.is_empty() {
            return writeln!(out, "{}", shown(&self.empty));
        }
        let laid_out = self.lay_out(look);
        let mut lines: Vec<&str> = laid_out.lines().collect();
        // The style ends with a rule. The totals row is the last, one line high, and stands below that rule.
        if self.totals.is_some() && lines.len() > 1 {
            let totals = lines.len().saturating_sub(2);
            lines.swap(totals, totals.saturating_add(1));
        }
        for line in lines {
            writeln!(out, "{}", line.trim_end())?;
        }
        if let Some((one, several)) = self.counted {
            let count = self.rows.len();
            writeln!(out, "{count} {}", if count == 1 { one } else { several })?;
        }
        Ok(())
    }

    fn lay_out(&self, look: &Look) -> String {
        let width_max = look.columns.map(|_| TEXT_COLUMNS_MAX);
        let mut table = ShownTable::new();
        table.load_style(RULES);
        if look.colour {
            table.enforce_styling();
        } else {
            table.force_no_tty();
        }
        match look.columns {
            Some(columns) => {
                table.set_content_arrangement(ContentArrangement::Dynamic).set_width(columns);
            }
            None => {
                table.set_content_arrangement(ContentArrangement::Disabled);
            }
        }
        table.set_header(
            self.columns
                .iter()
                .map(|column| ShownCell::new(column.name.replace('_', " ")).add_attribute(Attribute::Bold)),
        );
        for row in &self.rows {
            table.add_row(row.iter().map(|cell| cell.for_people(width_max)));
        }
        if let Some(totals) = &self.totals {
            let mut row: Row = totals.iter().map(|cell| ShownCell::new(cell.for_people(width_max))).into();
            row.max_height(1);
            table.add_row(row);
        }
        for (column, shape) in table.column_iter_mut().zip(&self.columns) {
            column.set_padding((0, 2));
            match shape.kind {
                Kind::Text => {}
                Kind::Money | Kind::Count => {
                    column.set_cell_alignment(CellAlignment::Right);
                    column.set_constraint(ColumnConstraint::ContentWidth);
                }
                Kind::Day => {
                    column.set_constraint(ColumnConstraint::ContentWidth);
                }
            }
        }
        table.to_string()
    }

    fn write_csv(&self, out: &mut dyn Write) -> io::Result<()> {
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

/// What a command answers, in all forms at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The answer for scripts; its first key is `schema`.
    pub json: Value,
    /// Sentences before the tables, one to a line.
    pub lead: Vec<String>,
    /// The tables for people.
    pub tables: Vec<Table>,
    /// Sentences after the tables: what happens next, and the exact next command.
    pub closing: Vec<String>,
    /// The one table for CSV, where it is not the first of `tables`.
    pub csv: Option<Table>,
    /// Warnings, for standard error; the JSON must hold them as well, for there they are not repeated.
    pub warnings: Vec<String>,
    /// Whether this is an account of what was done, which `--quiet` leaves out when all went well.
    pub routine: bool,
    /// How the command ends.
    pub exit: Exit,
}

impl Answer {
    /// Starts an answer of the schema `partners/NAME/1` with the fields of a JSON object, in their order.
    #[must_use]
    pub fn new(name: &str, fields: Value) -> Self {
        let mut object = Map::new();
        object.insert("schema".into(), format!("partners/{name}/1").into());
        match fields {
            Value::Object(fields) => object.extend(fields),
            Value::Null => {}
            other @ (Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_)) => {
                object.insert("value".into(), other);
            }
        }
        Self {
            json: Value::Object(object),
            lead: Vec::new(),
            tables: Vec::new(),
            closing: Vec::new(),
            csv: None,
            warnings: Vec::new(),
            routine: false,
            exit: Exit::Done,
        }
    }

    /// Adds a sentence before the tables.
    #[must_use]
    pub fn lead(mut self, sentence: impl Into<String>) -> Self {
        self.lead.push(sentence.into());
        self
    }

    /// Adds a table.
    #[must_use]
    pub fn table(mut self, table: Table) -> Self {
        self.tables.push(table);
        self
    }

    /// Adds a sentence after the tables.
    #[must_use]
    pub fn closing(mut self, sentence: impl Into<String>) -> Self {
        self.closing.push(sentence.into());
        self
    }

    /// Names the table for CSV, where it is not the first.
    #[must_use]
    pub fn csv(mut self, table: Table) -> Self {
        self.csv = Some(table);
        self
    }

    /// Adds warnings.
    #[must_use]
    pub fn warnings(mut self, warnings: impl IntoIterator<Item = String>) -> Self {
        self.warnings.extend(warnings);
        self
    }

    /// Marks the answer as an account of what was done.
    #[must_use]
    pub const fn routine(mut self) -> Self {
        self.routine = true;
        self
    }

    /// Says how the command ends, where it is not 0.
    #[must_use]
    pub const fn exit(mut self, exit: Exit) -> Self {
        self.exit = exit;
        self
    }

    /// Writes the answer in the form asked for.
    ///
    /// # Errors
    /// Whatever the stream says.
    pub fn write(&self, look: &Look, out: &mut dyn Write) -> io::Result<()> {
        match look.format {
            Format::Table => self.write_for_people(look, out),
            Format::Json => {
                let json = serde_json::to_string_pretty(&self.json)?;
                writeln!(out, "{}", json_escaped(&json))
            }
            Format::Csv => match self.csv.as_ref().or(self.tables.first()) {
                Some(table) => table.write_csv(out),
                None => self.as_fields().write_csv(out),
            },
        }
    }

    fn write_for_people(&self, look: &Look, out: &mut dyn Write) -> io::Result<()> {
        if look.quiet && self.routine && self.exit == Exit::Done {
            return Ok(());
        }
        // Blocks are parted by one empty line, whichever of them are there.
        let mut blocks: Vec<Vec<u8>> = Vec::new();
        blocks.push(sentences(&self.lead));
        for table in &self.tables {
            let mut block = Vec::new();
            table.write_for_people(look, &mut block)?;
            blocks.push(block);
        }
        blocks.push(sentences(&self.closing));
        blocks.retain(|block| !block.is_empty());
        out.write_all(&blocks.join(&b'\n'))
    }

    /// Turns an answer without a table into one for CSV: a row for each plain value of the JSON.
    fn as_fields(&self) -> Table {
        let rows = self.json.as_object().into_iter().flatten().filter_map(|(field, value)| {
            let cell = match value {
                Value::Null => Cell::Blank,
                Value::Bool(yes) => Cell::from(yes.to_string()),
                Value::Number(number) => Cell::Figure(number.to_string()),
                Value::String(text) if is_figure(text) => Cell::Figure(text.clone()),
                Value::String(text) => Cell::from(text.as_str()),
                Value::Array(_) | Value::Object(_) => return None,
            };
            Some(vec![Cell::from(field.as_str()), cell])
        });
        Table::new(vec![Column::text("field"), Column::text("value")]).rows(rows)
    }
}

/// Returns whether a text is nothing but a number, and so no formula even with its minus.
fn is_figure(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, fraction].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

fn sentences(lines: &[String]) -> Vec<u8> {
    lines.iter().flat_map(|line| [shown(line).as_bytes(), b"\n"].concat()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const USD: Currency = Currency::USD;

    fn register() -> Answer {
        let rows = [("P-1", "Ann\u{1b}[2J", 123_456_750), ("P-2", "=HYPERLINK(1)", -50)];
        let table = Table::new(vec![Column::text("partner"), Column::text("name"), Column::money("amount")])
            .rows(rows.map(|(id, name, minor)| {
                vec![id.into(), name.into(), Cell::Money(Money::from_minor(minor), USD)]
            }))
            .totals(vec!["total".into(), Cell::Blank, Cell::Money(Money::from_minor(123_456_700), USD)])
            .counted("partner", "partners");
        Answer::new("register", json!({ "date": "2026-11-27", "total": "1234567.00" }))
            .lead("Run 2026-11-27.")
            .table(table)
            .closing("Next: partners payout approve 2026-11-27")
    }

    fn written(answer: &Answer, look: Look) -> String {
        let mut out = Vec::new();
        answer.write(&look, &mut out).expect("memory takes it");
        String::from_utf8(out).expect("answers are UTF-8")
    }

    const PIPED: Look = Look { format: Format::Table, columns: None, colour: false, quiet: false };

    #[test]
    fn people_see_aligned_money_a_total_and_a_count() {
        insta::assert_snapshot!(written(&register(), PIPED), @r"
        Run 2026-11-27.

        partner   name                  amount
        ────────────────────────────────────────
        P-1       Ann\u{1b}[2J    1,234,567.50
        P-2       =HYPERLINK(1)          -0.50
        ────────────────────────────────────────
        total                     1,234,567.00
        2 partners

        Next: partners payout approve 2026-11-27
        ");
    }

    #[test]
    fn csv_has_no_separators_no_totals_and_no_formula() {
        let look = Look { format: Format::Csv, ..PIPED };
        assert_eq!(
            written(&register(), look),
            "partner,name,amount\nP-1,Ann\\u{1b}[2J,1234567.50\nP-2,'=HYPERLINK(1),-0.50\n"
        );
        let fields = Answer::new("adjustment", json!({ "amount": "-0.50", "reason": "-1+2", "lines": [1] }));
        assert_eq!(
            written(&fields, look),
            "field,value\nschema,partners/adjustment/1\namount,-0.50\nreason,'-1+2\n"
        );
    }

    #[test]
    fn json_is_one_object_with_its_schema_first() {
        let text = written(&register(), Look { format: Format::Json, ..PIPED });
        assert!(text.starts_with("{\n  \"schema\": \"partners/register/1\",\n  \"date\""), "{text}");
        let back: Value = serde_json::from_str(&text).expect("an answer is JSON");
        assert_eq!(back["total"], "1234567.00");
    }

    #[test]
    fn only_a_terminal_cuts_and_wraps() {
        let long = Answer::new("x", Value::Null)
            .table(Table::new(vec![Column::text("name")]).rows([vec![Cell::from("n".repeat(10_000))]]));
        let narrow = written(&long, Look { columns: Some(40), ..PIPED });
        assert!(narrow.lines().all(|line| line.chars().count() <= 40), "{narrow}");
        assert!(narrow.contains('…'), "{narrow}");
        assert!(written(&long, PIPED).contains(&"n".repeat(10_000)));
    }

    #[test]
    fn quiet_leaves_out_routine_success_only() {
        let quiet = Look { quiet: true, ..PIPED };
        assert_eq!(written(&register().routine(), quiet), "");
        assert_ne!(written(&register(), quiet), "");
        assert_ne!(written(&register().routine().exit(Exit::Attention), quiet), "");
        assert_ne!(written(&register().routine(), Look { format: Format::Json, ..quiet }), "");
    }

    #[test]
    fn no_rows_are_said_in_words() {
        let none = Table::new(vec![Column::text("partner")]).title("Payable").empty("Nobody is payable.");
        let answer = Answer::new("x", Value::Null).table(none).table(Table::new(vec![]));
        assert_eq!(written(&answer, PIPED), "Payable\nNobody is payable.\n");
    }

    #[test]
    fn colour_only_where_allowed() {
        assert!(!written(&register(), PIPED).contains('\u{1b}'));
        assert!(written(&register(), Look { colour: true, ..PIPED }).contains("\u{1b}[1m"));
    }
}
