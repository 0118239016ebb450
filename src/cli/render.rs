//! One answer, three forms: tables for people, CSV for spreadsheets, JSON for scripts.
//!
//! Floor 6. A presenter says what the answer is; only this file and its children know how it looks. It
//! never decides and never computes.

mod layout;
mod look;
mod table;

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value};
use unicode_width::UnicodeWidthStr;

pub use look::{Format, Look};
pub use table::{Cell, Column, Kind, Table};

use crate::cli::failure::Exit;
use crate::text::{json_escaped, shown};

/// How far what follows of a broken sentence stands behind its beginning.
const HANG: usize = 4;
/// Sentences are not broken into columns narrower than this.
const HANGING_MIN: usize = 24;

/// What a command answers, in all forms at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The answer for scripts; its first key is `schema`.
    pub json: Value,
    /// The same, already written: of thousands of rows, building it first costs more than all the rest.
    pub written: Option<String>,
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
    /// Whether the sentences before the tables are broken at a terminal's width; not what is to be pasted elsewhere.
    pub hanging: bool,
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
            written: None,
            lead: Vec::new(),
            tables: Vec::new(),
            closing: Vec::new(),
            csv: None,
            warnings: Vec::new(),
            routine: false,
            hanging: false,
            exit: Exit::Done,
        }
    }

    /// Starts an answer in JSON alone, with the fields of a large object.
    #[must_use]
    pub fn written(name: &str, fields: &impl Serialize) -> Self {
        #[derive(Serialize)]
        struct WithSchema<'a, T> {
            schema: String,
            #[serde(flatten)]
            fields: &'a T,
        }
        let object = WithSchema { schema: format!("partners/{name}/1"), fields };
        let text = serde_json::to_string_pretty(&object).expect("our own objects have texts for keys");
        Self { written: Some(text), ..Self::new(name, Value::Null) }
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

    /// Breaks the sentences before the tables at a terminal's width, what follows hanging below.
    #[must_use]
    pub const fn hanging(mut self) -> Self {
        self.hanging = true;
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
                let json = match &self.written {
                    Some(text) => Cow::Borrowed(text),
                    None => Cow::Owned(serde_json::to_string_pretty(&self.json)?),
                };
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
        let room = look.columns.filter(|_| self.hanging).map(usize::from);
        blocks.push(match room {
            Some(room) => {
                sentences(&self.lead.iter().flat_map(|line| hung(&shown(line), room)).collect::<Vec<_>>())
            }
            None => sentences(&self.lead),
        });
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

/// Breaks a sentence at its blanks where it is wider than the room; a command stays whole, for it is to be copied.
fn hung(line: &str, room: usize) -> Vec<String> {
    const COMMAND: &str = "partners ";
    let text = line.trim_start_matches(' ');
    let indent = line.len().saturating_sub(text.len());
    let hang = indent.saturating_add(HANG);
    let Some(narrow) = room.checked_sub(hang).filter(|narrow| *narrow >= HANGING_MIN) else {
        return vec![line.to_owned()];
    };
    // A sentence may begin with a command as well, and goes on.
    let is_command = text.starts_with(COMMAND) && !text.contains("; ");
    if line.width() <= room || is_command {
        return vec![line.to_owned()];
    }
    let (prose, command) = match text.split_once(": partners ") {
        Some((prose, command)) => (format!("{prose}:"), Some(format!("{COMMAND}{command}"))),
        None => (text.to_owned(), None),
    };
    let mut lines = layout::wrapped(&prose, narrow).into_iter();
    let first = lines.next().map(|first| format!("{:indent$}{first}", ""));
    first.into_iter().chain(lines.chain(command).map(|below| format!("{:hang$}{below}", ""))).collect()
}

fn sentences(lines: &[String]) -> Vec<u8> {
    lines.iter().flat_map(|line| [shown(line).as_bytes(), b"\n"].concat()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::money::{Currency, Money};

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
    fn sentences_hang_and_commands_stay_whole() {
        let line = "    2026-11-02  A-1  subscription of 297.00 USD, paid: commission of 74.25 USD was paid in \
                    run 2026-11-06";
        assert_eq!(
            hung(line, 70),
            [
                "    2026-11-02  A-1  subscription of 297.00 USD, paid: commission",
                "        of 74.25 USD was paid in run 2026-11-06"
            ]
        );
        assert_eq!(hung(line, 200), [line]);
        assert_eq!(hung(line, 20), [line], "too narrow to be broken");
        let next = "  nobody has claimed link heart: it becomes x's: partners partner add ID --name \"NAME\" \
                    --email x@example.org";
        assert_eq!(
            hung(next, 50),
            [
                "  nobody has claimed link heart: it becomes",
                "      x's:",
                "      partners partner add ID --name \"NAME\" --email x@example.org"
            ]
        );
        let command = format!("    partners attribute A-1 --to PARTNER --reason \"{}\"", "x".repeat(60));
        assert_eq!(hung(&command, 50), [command.as_str()]);
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
    fn a_narrow_terminal_breaks_no_id_and_cuts_no_sentence() {
        let long =
            "the partner must send a signed W-9, then staff approve it: partners tax approve P-1 --on D";
        let columns = vec![
            Column::id("charge_id"),
            Column::text("name"),
            Column::id("rate").minor(1),
            Column::money("amount"),
            Column::prose("what_to_do"),
        ];
        let row = |name: &str| -> Vec<Cell> {
            let amount = Cell::Money(Money::from_minor(123_456), USD);
            vec!["A-HARBOUR-202610".into(), name.into(), "0.25".into(), amount, long.into()]
        };
        let rows = [row("Wilhelmina Featherstonehaugh-Cholmondeley"), row("Ann")];
        let answer =
            Answer::new("x", Value::Null).table(Table::new(columns).rows(rows).counted("row", "rows"));
        for columns in [100, 80, 60, 45, 30] {
            let text = written(&answer, Look { columns: Some(columns), ..PIPED });
            let wide = text.lines().find(|line| line.chars().count() > usize::from(columns));
            assert_eq!(wide, None, "{columns}:\n{text}");
            assert_eq!(text.matches("A-HARBOUR-202610").count(), 2, "{columns}:\n{text}");
            assert_eq!(text.matches("1,234.56").count(), 2, "{columns}:\n{text}");
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            for word in long.split(' ') {
                assert!(words(&text).contains(word), "{columns}: {word}\n{text}");
            }
        }
        insta::assert_snapshot!(written(&answer, Look { columns: Some(60), ..PIPED }), @r"
        charge id         name                        rate    amount
        ────────────────────────────────────────────────────────────
        A-HARBOUR-202610  Wilhelmina Featherstoneha…  0.25  1,234.56
            what to do: the partner must send a signed W-9, then
            staff approve it: partners tax approve P-1 --on D
        A-HARBOUR-202610  Ann                         0.25  1,234.56
            what to do: the partner must send a signed W-9, then
            staff approve it: partners tax approve P-1 --on D
        ────────────────────────────────────────────────────────────
        2 rows
        ");
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
