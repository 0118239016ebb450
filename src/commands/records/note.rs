//! `note add`, `note list`: staff's remarks on a partner, an account, a charge or a run.
//!
//! Floor 5.

use serde_json::json;

use super::RecordError;
use crate::ids::{AccountId, ChargeId};
use crate::remark::Remark;
use crate::store::records::Note;
use crate::store::{AuditNote, Reader, StoreError, Writer};

/// Finds what a note is about: `partner:P1`, `account:A1`, `charge:C1`, `run:2026-11-27`, or a bare name, tried as
/// a partner, an account, a charge and a run in this order.
///
/// # Errors
/// Nothing has that name.
pub fn subject_of(reader: &Reader, text: &str) -> Result<(&'static str, String), RecordError> {
    let text = text.trim();
    if let Some((kind, id)) = text.split_once(':') {
        let found = match kind.to_ascii_lowercase().as_str() {
            "partner" => Some(partner(reader, id)),
            "account" => Some(account(reader, id)),
            "charge" => Some(charge(reader, id)),
            "run" => Some(run(reader, id)),
            _ => None,
        };
        if let Some(found) = found {
            return Ok(found?);
        }
    }
    for find in [partner, account, charge, run] {
        match find(reader, text) {
            Ok(found) => return Ok(found),
            Err(StoreError::Unknown { .. }) => {}
            Err(other) => return Err(other.into()),
        }
    }
    Err(RecordError::refuse(
        format!("nothing is named {text:?}: no partner, account, charge or run"),
        format!("partners lookup {text}"),
    ))
}

type Found = Result<(&'static str, String), StoreError>;

fn partner(reader: &Reader, id: &str) -> Found {
    let no = reader.find_partner(id)?;
    Ok(("partner", reader.partner_record(no)?.facts.id.0))
}

fn account(reader: &Reader, id: &str) -> Found {
    Ok(("account", reader.account_record(&AccountId(id.to_owned()))?.id.0))
}

fn charge(reader: &Reader, id: &str) -> Found {
    Ok(("charge", reader.charge_record(&ChargeId(id.to_owned()))?.id.0))
}

fn run(reader: &Reader, id: &str) -> Found {
    Ok(("run", reader.run(id)?.name.0))
}

/// Keeps a remark.
///
/// # Errors
/// Nothing has that name; an empty text, or one with a tax number (R8).
pub fn add_note(writer: Writer, subject: &str, text: &str) -> Result<Note, RecordError> {
    let text = Remark::parse(text, "note")?;
    let (kind, id) = subject_of(&writer, subject)?;
    let subject = format!("{kind}:{id}");
    let no = writer.add_note(&subject, text.as_str())?;
    let operator = writer.operator();
    let note = Note {
        no,
        subject,
        text: text.as_str().to_owned(),
        at: operator.now.timestamp(),
        actor: operator.actor.clone(),
    };
    writer.commit(&AuditNote::new("note add", json!({"note": no, "text": note.text})).about(kind, &id))?;
    Ok(note)
}

/// Lists remarks: on one subject, or all.
///
/// # Errors
/// Nothing has that name.
pub fn list_notes(reader: &Reader, subject: Option<&str>) -> Result<Vec<Note>, RecordError> {
    let subject = subject.map(|subject| subject_of(reader, subject)).transpose()?;
    Ok(reader.notes(subject.map(|(kind, id)| format!("{kind}:{id}")).as_deref())?)
}
