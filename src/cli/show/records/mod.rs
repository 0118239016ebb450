//! The records behind the gates: asking for what was not given, and showing old and new of every change.
//!
//! Floor 6. All verbs that change a record answer with `partners/change/1`. A flag that is missing is asked for on a
//! terminal; elsewhere the command names the flag and changes nothing.

pub mod account;
pub mod adjust;
pub mod audit;
pub mod charge;
pub mod link;
pub mod note;
pub mod partner;
pub mod paypal;
pub mod policy;
pub mod tax;

use serde_json::{Value, json};

use crate::cli::Failure;
use crate::cli::render::{Answer, Cell, Column, Table};
use crate::cli::settings::Settings;
use crate::commands::records::{Change, Outcome};
use crate::ids::{AccountId, PartnerId};
use crate::store::Claimed;
use crate::store::records::{AccountTie, Note};

/// Returns what was given, or asks for it.
fn given(settings: &Settings, given: Option<&String>, flag: &str, question: &str) -> Result<String, Failure> {
    match given {
        Some(given) => Ok(given.clone()),
        None => settings.ui.ask(flag, question),
    }
}

/// Returns the reason that was given, or asks for it.
fn reason(settings: &Settings, typed: Option<&String>) -> Result<String, Failure> {
    given(settings, typed, "--reason", "Why? It is kept in the audit trail")
}

/// Shows what a verb did.
fn changed(outcome: &Outcome) -> Answer {
    let Outcome { kind, id, .. } = outcome;
    let fields = json!({
        "kind": kind, "id": id, "changed": !outcome.is_unchanged(), "added": outcome.added,
        "changes": outcome.changes.iter().map(change_json).collect::<Vec<_>>(),
        "claimed": outcome.claimed.iter().map(claimed_json).collect::<Vec<_>>(),
        "warnings": outcome.warnings, "next": outcome.next,
    });
    let lead = if outcome.is_unchanged() {
        format!("The {kind} {id} is so already; nothing was changed.")
    } else if outcome.added {
        format!("Added the {kind} {id}.")
    } else {
        format!("Changed the {kind} {id}.")
    };
    let mut answer = Answer::new("change", fields)
        .lead(lead)
        .table(change_table(&outcome.changes))
        .warnings(outcome.warnings.clone())
        .routine();
    for link in &outcome.claimed {
        answer = answer.closing(claimed_words(link));
    }
    for next in &outcome.next {
        answer = answer.closing(format!("Next: {next}"));
    }
    answer
}

fn change_json(change: &Change) -> Value {
    json!({"field": change.field, "old": change.old, "new": change.new})
}

fn change_table(changes: &[Change]) -> Table {
    Table::new(vec![Column::id("field"), Column::prose("old"), Column::prose("new")]).rows(
        changes.iter().map(|change| {
            vec![change.field.as_str().into(), change.old.clone().into(), change.new.clone().into()]
        }),
    )
}

fn claimed_json(link: &Claimed) -> Value {
    let ids = |ids: &[AccountId]| -> Vec<String> { ids.iter().map(|id| id.0.clone()).collect() };
    json!({"code": link.code, "accounts": ids(&link.accounts), "self_referred": ids(&link.self_referred)})
}

/// Says what a claimed link brought (R4.2).
fn claimed_words(link: &Claimed) -> String {
    let list = |ids: &[AccountId]| ids.iter().map(AccountId::as_str).collect::<Vec<_>>().join(", ");
    let brought = match link.accounts.len() {
        0 => "no account came through it yet".to_owned(),
        1 => format!("and the account that came through it: {}", list(&link.accounts)),
        count => format!("and the {count} accounts that came through it: {}", list(&link.accounts)),
    };
    let own = match link.self_referred.as_slice() {
        [] => String::new(),
        own => format!("; their own, which earns nothing (R4.6): {}", list(own)),
    };
    format!("The link {} is theirs now (R4.2), {brought}{own}.", link.code)
}

fn note_json(note: &Note) -> Value {
    json!({"note": note.no, "subject": note.subject, "text": note.text, "at": note.at, "actor": note.actor})
}

fn note_table(notes: &[Note]) -> Table {
    let columns = vec![
        Column::id("note"),
        Column::id("subject"),
        Column::id("at").minor(1),
        Column::text("actor"),
        Column::prose("text"),
    ];
    Table::new(columns).title("Notes").rows(notes.iter().map(|note| {
        vec![
            Cell::Figure(note.no.to_string()),
            note.subject.as_str().into(),
            note.at.as_str().into(),
            note.actor.as_str().into(),
            note.text.as_str().into(),
        ]
    }))
}

fn tie_json(tie: &AccountTie) -> Value {
    json!({
        "partner": tie.partner.as_ref().map(PartnerId::as_str), "code": tie.code, "from": super::day(tie.from),
        "evidence": tie.evidence, "decided_on": super::day(Some(tie.decided_on)),
        "assigned_on": super::day(tie.assigned_on), "self_referral": tie.self_referral, "reason": tie.reason,
        "actor": tie.actor,
    })
}

fn tie_table(ties: &[AccountTie]) -> Table {
    let columns = vec![
        Column::id("partner"),
        Column::id("code"),
        Column::day("from").minor(2),
        Column::id("evidence"),
        Column::day("decided_on"),
        Column::id("self_referral").minor(1),
        Column::prose("reason"),
    ];
    Table::new(columns)
        .title("Referred by")
        .rows(ties.iter().map(|tie| {
            vec![
                tie.partner.as_ref().map_or("(unclaimed)", |id| id.as_str()).into(),
                tie.code.clone().into(),
                tie.from.into(),
                tie.evidence.as_str().into(),
                tie.decided_on.into(),
                tie.self_referral.into(),
                tie.reason.as_str().into(),
            ]
        }))
        .empty("nobody")
}

/// A record as two columns; what is not known is left out for people.
fn field_table(fields: impl IntoIterator<Item = (String, Cell)>) -> Table {
    Table::new(vec![Column::id("field"), Column::prose("value")]).rows(
        fields
            .into_iter()
            .filter(|(_, cell)| *cell != Cell::Blank)
            .map(|(field, cell)| vec![field.into(), cell]),
    )
}
