//! Text that came from outside, made safe to show: on a terminal, in a log, in a JSON answer, in a
//! spreadsheet.
//!
//! Floor 1, pure. What is stored stays as it was entered; these functions are for the way out only, and
//! every way out uses them (PROMISES 18). Which characters count as unsafe is decided here and nowhere else.

use std::borrow::Cow;
use std::fmt::{Display, Write as _};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Starts of a cell that a spreadsheet may take for a formula (OWASP ASVS 1.2.10, CWE-1236).
const FORMULA_STARTS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// Returns whether a character can drive a terminal, turn the direction of writing, or hide.
#[must_use]
pub fn is_unsafe(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_control();
    }
    character.is_control()
        || matches!(character,
            // Soft hyphen, Arabic letter mark, Mongolian vowel separator: invisible in most places.
            '\u{ad}' | '\u{61c}' | '\u{180e}'
            // Zero-width characters, marks of direction, line and paragraph separators.
            | '\u{200b}'..='\u{200f}' | '\u{2028}' | '\u{2029}'
            // Embeddings, overrides, isolates of direction; word joiner and invisible operators.
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            // Fillers that print as nothing.
            | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}'
            // Byte-order mark, interlinear annotation, tags.
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Returns the text with every unsafe character written out, as in `\u{1b}`; the rest is untouched.
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut visible = String::with_capacity(text.len().saturating_add(16));
    for character in text.chars() {
        if is_unsafe(character) {
            visible.extend(character.escape_unicode());
        } else {
            visible.push(character);
        }
    }
    Cow::Owned(visible)
}

/// Returns `shown` text of at most `columns` terminal columns, its end replaced by `…` where it is longer.
/// For tables on a terminal only: what is piped or exported is never cut.
#[must_use]
pub fn abridged(text: &str, columns: usize) -> Cow<'_, str> {
    let visible = shown(text);
    if visible.width() <= columns {
        return visible;
    }
    let mut left = columns.saturating_sub(1);
    let mut cut = String::new();
    for character in visible.chars() {
        let width = character.width().unwrap_or(0);
        if width > left {
            break;
        }
        left = left.saturating_sub(width);
        cut.push(character);
    }
    cut.push('…');
    Cow::Owned(cut)
}

/// Returns the text as a CSV cell that no spreadsheet takes for a formula: one that starts like it gets a
/// leading `'`. Not for amounts, which are numbers and may start with a minus.
#[must_use]
pub fn guarded(text: &str) -> Cow<'_, str> {
    if text.starts_with(FORMULA_STARTS) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Returns the text of a cell that `guarded` may have written.
#[must_use]
pub fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA_STARTS)).unwrap_or(text)
}

/// Returns JSON text in which the unsafe characters that JSON allows to stand raw are written `\u009b`;
/// a reader gets the very same data.
///
/// The argument must be JSON: there such characters occur inside strings only. Its line feeds stay.
#[must_use]
pub fn json_escaped(json: &str) -> Cow<'_, str> {
    // Nearly all of it is plain ASCII, which is seen many bytes at a time.
    if json.bytes().all(|byte| byte == b'\n' || (b' '..=b'~').contains(&byte)) {
        return Cow::Borrowed(json);
    }
    let raw = |character: char| character != '\n' && is_unsafe(character);
    if !json.contains(raw) {
        return Cow::Borrowed(json);
    }
    let mut escaped = String::with_capacity(json.len().saturating_add(16));
    let mut units = [0_u16; 2];
    for character in json.chars() {
        if raw(character) {
            for unit in character.encode_utf16(&mut units) {
                write!(escaped, "\\u{unit:04x}").expect("writing to a string does not fail");
            }
        } else {
            escaped.push(character);
        }
    }
    Cow::Owned(escaped)
}

/// Returns a number of things in words: `1 row`, `2 rows`.
#[must_use]
pub fn counted<N: Display + PartialEq + From<u8>>(count: N, one: &str, several: &str) -> String {
    let what = if count == N::from(1) { one } else { several };
    format!("{count} {what}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_drives_the_terminal() {
        for (raw, visible) in [
            ("Zoë Ångström 株式会社 🎉", "Zoë Ångström 株式会社 🎉"),
            ("a\u{1b}[2Jb", "a\\u{1b}[2Jb"),
            ("\u{1b}]0;owned\u{7}", "\\u{1b}]0;owned\\u{7}"),
            ("one\r\ntwo\ttabs\u{8}", "one\\u{d}\\u{a}two\\u{9}tabs\\u{8}"),
            ("abc\u{202e}fdp.exe", "abc\\u{202e}fdp.exe"),
            ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"),
            ("jo\u{200b}@example.com", "jo\\u{200b}@example.com"),
            ("\u{9b}31m", "\\u{9b}31m"),
            ("\u{7f}\u{feff}", "\\u{7f}\\u{feff}"),
        ] {
            assert_eq!(shown(raw), visible);
        }
    }

    #[test]
    fn only_tables_cut_and_they_count_columns() {
        assert_eq!(abridged("short", 5), "short");
        assert_eq!(abridged("longer", 5), "long…");
        assert_eq!(abridged("株式会社", 5), "株式…");
        assert_eq!(abridged("\u{1b}\u{1b}", 8), "\\u{1b}\\…");
        assert_eq!(abridged(&"x".repeat(10_000), 40).chars().count(), 40);
    }

    #[test]
    fn no_cell_starts_a_formula() {
        for start in FORMULA_STARTS {
            let cell = format!("{start}cmd|'/c calc'!A1");
            assert_eq!(guarded(&cell), format!("'{cell}"));
        }
        for harmless in ["", "1-2", "a=b", "'=1", " =1", "jo@example.com"] {
            assert_eq!(guarded(harmless), harmless);
        }
    }

    #[test]
    fn json_keeps_its_data() {
        let data = "\u{9b}31m \u{202e} \u{e0041} é \u{1b} \n \u{7f}";
        let json = serde_json::to_string_pretty(&[data]).expect("a string is JSON");
        let escaped = json_escaped(&json);
        assert!(!escaped.contains(|character| character != '\n' && is_unsafe(character)), "{escaped}");
        let [back]: [String; 1] = serde_json::from_str(&escaped).expect("still JSON");
        assert_eq!(back, data);
    }
}
