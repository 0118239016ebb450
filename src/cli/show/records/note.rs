//! `note`: staff's remarks.
//!
//! Floor 6.

use serde_json::json;

use super::super::{reader, writer};
use super::{given, note_json, note_table};
use crate::cli::args::Note as Asked;
use crate::cli::render::Answer;
use crate::cli::settings::Settings;
use crate::cli::{Failure, Output};
use crate::commands::records::{add_note, list_notes};

/// Keeps or lists remarks.
///
/// # Errors
/// The store's; no such subject; a tax number (R8); a text that is missing where nobody can be asked.
pub fn run(asked: &Asked, settings: &Settings) -> Result<Output, Failure> {
    match asked {
        Asked::Add { subject, text } => {
            let text = given(settings, text.as_ref(), "TEXT", "The remark")?;
            let note = add_note(writer(settings)?, subject, &text)?;
            let answer = Answer::new("note", note_json(&note))
                .lead(format!("Kept note {} on {}.", note.no, note.subject))
                .routine();
            Ok(answer.into())
        }
        Asked::List { subject } => {
            let notes = list_notes(&reader(settings)?, subject.as_deref())?;
            let all: Vec<_> = notes.iter().map(note_json).collect();
            let table = note_table(&notes).counted("note", "notes").empty("none");
            Ok(Answer::new("notes", json!({ "notes": all })).table(table).into())
        }
    }
}
