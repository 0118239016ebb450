//! The file of rows that were set aside, for the people who can mend them.
//!
//! Floor 3: writes to a handle, opens no file. No cell can start a spreadsheet's formula, and nothing that drives a
//! terminal or hides stands in it raw (PROMISES 18): it names the rows, and the file to mend is the imported one.

use std::borrow::Cow;
use std::io::Write;

use super::SetAside;
use crate::text::{guarded, shown};

/// Writes the header and one line for each row that was set aside.
///
/// # Errors
/// The handle's.
pub fn write<'a>(
    to: impl Write,
    rows: impl IntoIterator<Item = (&'a str, &'a SetAside)>,
) -> Result<(), csv::Error> {
    let mut csv = csv::Writer::from_writer(to);
    csv.write_record(["file", "line", "column", "value", "reason"])?;
    for (file, row) in rows {
        csv.write_record([
            cell(file).as_ref(),
            &row.line.to_string(),
            cell(&row.column).as_ref(),
            cell(&row.value).as_ref(),
            cell(&row.reason).as_ref(),
        ])?;
    }
    csv.flush()?;
    Ok(())
}

/// Returns a cell that hides nothing and that no spreadsheet takes for a formula; a plain number is none.
fn cell(text: &str) -> Cow<'_, str> {
    let number = text.strip_prefix('-').unwrap_or(text);
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if is_number {
        return Cow::Borrowed(text);
    }
    // First made visible, then guarded: a hidden character must not stand before a formula.
    let visible = shown(text);
    Cow::Owned(guarded(&visible).into_owned())
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
            ("-", "'-"),
            ("a=b", "a=b"),
            ("a\u{1b}[2Jb\u{202e}c", "a\\u{1b}[2Jb\\u{202e}c"),
            ("\u{feff}=1", "\\u{feff}=1"),
            ("", ""),
        ] {
            assert_eq!(cell(text), written);
        }
        let row = SetAside::new(7, "amount", "@SUM(1)", "bad".to_owned());
        let mut bytes = Vec::new();
        write(&mut bytes, [("a.csv", &row)]).expect("a buffer takes it");
        assert_eq!(
            String::from_utf8(bytes).expect("text"),
            "file,line,column,value,reason\na.csv,7,amount,'@SUM(1),bad\n"
        );
    }
}
