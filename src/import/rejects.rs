//! The file of rows that were set aside, for the people who can mend them.
//!
//! Floor 3: writes to a handle, opens no file. Behind the file's name, the line, the column, the value and the reason
//! stands the whole row under the columns of its own file, so that it can be mended where it stands and imported: the
//! first five columns are unknown to every kind and ignored. No cell can start a spreadsheet's formula (PROMISES 18);
//! plain numbers and the dash that clears are none.

use std::borrow::Cow;
use std::io::Write;

use super::SetAside;
use crate::text::{guarded, shown};

/// The columns that every rejects file begins with.
pub const HEADER: [&str; 5] = ["file", "line", "column", "value", "reason"];
/// The same as bytes, by which such a file is known.
const MARK: &[u8] = b"file,line,column,value,reason";
/// Bytes of a file that are enough to know it.
pub const MARK_BYTES: usize = MARK.len() + 1;

/// Returns whether a file that begins with these bytes is a rejects file; they must be `MARK_BYTES`, or the whole file.
#[must_use]
pub fn is_rejects(first: &[u8]) -> bool {
    let rest = first.strip_prefix(MARK);
    rest.is_some_and(|rest| matches!(rest.first(), None | Some(b',' | b'\n' | b'\r')))
}

/// Writes the header: our own columns, then those of the rows' files.
///
/// # Errors
/// The handle's.
pub fn write_header<W: Write>(csv: &mut csv::Writer<W>, columns: &[String]) -> Result<(), csv::Error> {
    csv.write_record(
        HEADER.into_iter().map(Cow::Borrowed).chain(columns.iter().map(|name| cell(name))).map(bytes),
    )
}

/// Returns a row that was set aside, with its cells in the order of the header's further columns.
#[must_use]
pub fn told_row(file: &str, row: &SetAside, cells: &[String]) -> csv::StringRecord {
    let line = row.line.to_string();
    let told = [file, &line, &row.column, &row.value, &row.reason].map(cell);
    told.into_iter()
        .chain(cells.iter().map(|text| cell(text)))
        .map(Cow::into_owned)
        .collect::<Vec<_>>()
        .into()
}

/// Returns a text as it stands in such a file.
#[must_use]
pub fn told(text: &str) -> Cow<'_, str> {
    cell(text)
}

fn bytes(text: Cow<'_, str>) -> Vec<u8> {
    text.into_owned().into_bytes()
}

/// Returns a cell that hides nothing and that no spreadsheet takes for a formula; a plain number is none, nor is a dash
/// alone. First made visible, then guarded: a hidden character must not stand before a formula.
fn cell(text: &str) -> Cow<'_, str> {
    let number = text.strip_prefix('-').unwrap_or(text);
    if number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        Cow::Borrowed(text)
    } else {
        // A line break in a description is no danger, and must be there when the row is imported.
        let visible: Vec<Cow<'_, str>> = text.split('\n').map(shown).collect();
        Cow::Owned(guarded(&visible.join("\n")).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_starts_a_formula() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("＠x", "'＠x"),
            ("-12.50", "-12.50"),
            ("-1+1", "'-1+1"),
            ("-", "-"),
            ("a=b", "a=b"),
            ("a\u{1b}[2Jb\u{202e}c", "a\\u{1b}[2Jb\\u{202e}c"),
            ("\u{feff}=1", "\\u{feff}=1"),
            ("", ""),
        ] {
            assert_eq!(cell(text), written);
        }
        let row = SetAside::new(7, "amount", "@SUM(1)", "bad".to_owned());
        let mut csv = csv::Writer::from_writer(Vec::new());
        write_header(&mut csv, &["charge_id".to_owned()]).expect("a buffer takes it");
        csv.write_record(&told_row("a.csv", &row, &["+C1".to_owned()])).expect("a buffer takes it");
        assert_eq!(
            String::from_utf8(csv.into_inner().expect("flushed")).expect("text"),
            "file,line,column,value,reason,charge_id\na.csv,7,amount,'@SUM(1),bad,'+C1\n"
        );
    }

    #[test]
    fn a_rejects_file_is_known_by_its_header() {
        for (first, known) in [
            ("file,line,column,value,reason\n", true),
            ("file,line,column,value,reason,charge_id\n", true),
            ("file,line,column,value,reason", true),
            ("file,line,column,value,reasons", false),
            ("charge_id,account_id", false),
            ("", false),
        ] {
            assert_eq!(is_rejects(first.as_bytes()), known, "{first:?}");
        }
    }
}
