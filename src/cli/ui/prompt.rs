//! One line typed by a person at the terminal, key by key.
//!
//! Floor 6. Nothing is drawn twice, so that a question wider than the terminal stands there once. Enter alone, Esc and
//! Ctrl-D are ways of saying nothing; Ctrl-C ends the program as everywhere.

use std::io::{self, Write};

use console::{Key, Term};
use unicode_width::UnicodeWidthChar;

use crate::text::{is_unsafe, shown};

/// What Ctrl-D types.
const END_OF_INPUT: char = '\u{4}';
/// What a terminal makes of a Ctrl-D that came before keys were read one by one.
const EARLY_END_OF_INPUT: char = '\0';

/// Asks a question and returns the line that was typed; `None` where the person would not answer.
pub(super) fn line(question: &str) -> io::Result<Option<String>> {
    let term = Term::stderr();
    let colon = if question.ends_with('?') { "" } else { ":" };
    write(&term, &format!("{}{colon} ", shown(question)))?;
    let mut typed = String::new();
    loop {
        match term.read_key()? {
            Key::Enter => {
                write(&term, "\n")?;
                return Ok(Some(typed));
            }
            Key::Escape | Key::Char(END_OF_INPUT | EARLY_END_OF_INPUT) => {
                write(&term, "\n")?;
                return Ok(None);
            }
            Key::Backspace => {
                if let Some(letter) = typed.pop() {
                    let width = letter.width().unwrap_or(0);
                    write(&term, &"\u{8} \u{8}".repeat(width))?;
                }
            }
            Key::Char(letter) if !is_unsafe(letter) => {
                typed.push(letter);
                write(&term, letter.encode_utf8(&mut [0; 4]))?;
            }
            // Arrows and the like say nothing here.
            _ => {}
        }
    }
}

fn write(mut term: &Term, text: &str) -> io::Result<()> {
    term.write_all(text.as_bytes())?;
    term.flush()
}
