//! The file of rows that were set aside, for the people who can mend them.
//!
//! Floor 3: writes to a handle, opens no file. No cell can start a spreadsheet's formula (PROMISES 18).

use std::io::Write;

use super::SetAside;

/// What makes a spreadsheet take a cell for a formula, full-width forms included.
const FORMULA_STARTS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

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
            &defused(file),
            &row.line.to_string(),
            &defused(&row.column),
            &defused(&row.value),
            &defused(&row.reason),
        ])?;
    }
    csv.flush()?;
    Ok(())
}

/// Returns a cell that no spreadsheet takes for a formula: numbers stay as they are, the rest gets a leading quote.
#[must_use]
pub fn defused(text: &str) -> String {
    let number = text.strip_prefix('-').unwrap_or(text);
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if text.starts_with(FORMULA_STARTS) && !is_number { format!("'{text}") } else { text.to_owned() }
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
            ("", ""),
        ] {
            assert_eq!(defused(text), written);
        }
        let row =
            SetAside { line: 7, column: "amount".into(), value: "@SUM(1)".into(), reason: "bad".into() };
        let mut bytes = Vec::new();
        write(&mut bytes, [("a.csv", &row)]).expect("a buffer takes it");
        assert_eq!(
            String::from_utf8(bytes).expect("text"),
            "file,line,column,value,reason\na.csv,7,amount,'@SUM(1),bad\n"
        );
    }
}
