//! `charge`: what billing and staff say of a charge.
//!
//! Floor 6.

use serde_json::json;

use super::super::{day, money, reader, writer};
use super::{changed, field_table, note_json, note_table, reason, tie_json, tie_table};
use crate::cli::args::Charge as Asked;
use crate::cli::render::{Answer, Cell};
use crate::cli::settings::Settings;
use crate::cli::{Failure, Output};
use crate::commands::records::{ChargeView, Resolve, Ruling, resolve_charge, show_charge};

/// Does what was asked about a charge.
///
/// # Errors
/// The store's, the rules'; a flag that is missing where nobody can be asked.
pub fn run(asked: &Asked, settings: &Settings) -> Result<Output, Failure> {
    match asked {
        Asked::Show { charge } => Ok(shown(&show_charge(&reader(settings)?, charge)?).into()),
        Asked::Resolve { charge, ruling, collected_on, reason: typed } => {
            let ruling = match ruling {
                Some(ruling) => *ruling,
                None => choose_ruling(settings)?,
            };
            let why = reason(settings, typed.as_ref())?;
            let resolve = Resolve { ruling, collected_on: *collected_on, reason: &why };
            Ok(changed(&resolve_charge(writer(settings)?, charge, &resolve)?).into())
        }
    }
}

fn choose_ruling(settings: &Settings) -> Result<Ruling, Failure> {
    let words: Vec<&str> = Ruling::ALL.iter().map(|ruling| ruling.as_str()).collect();
    let at = settings.ui.choose("--as", "What became of the charge?", &words)?;
    Ok(Ruling::ALL.get(at).copied().unwrap_or(Ruling::Open))
}

fn shown(view: &ChargeView) -> Answer {
    let record = &view.record;
    let resolution = record.resolution.as_ref();
    let facts = [
        ("account_id", Cell::from(record.account.as_str())),
        ("billed_on", record.billed_on.into()),
        ("collected_on", record.collected_on.into()),
        ("kind", record.kind.as_str().into()),
        ("status", record.status.as_str().into()),
        ("amount", Cell::Money(record.amount, view.currency)),
        ("refunded", Cell::Money(record.refunded, view.currency)),
        ("currency", view.currency.code().into()),
        ("referral_code", record.referral_code.clone().into()),
        ("description", record.description.clone().into()),
        ("staff_say", resolution.map(|decided| decided.status.as_str()).into()),
        ("staff_say_collected_on", resolution.and_then(|decided| decided.collected_on).into()),
        ("staff_say_because", resolution.map(|decided| decided.reason.as_str()).into()),
    ];
    let fields = json!({
        "charge_id": record.id.as_str(), "account_id": record.account.as_str(),
        "billed_on": day(Some(record.billed_on)), "collected_on": day(record.collected_on),
        "kind": record.kind.as_str(), "status": record.status.as_str(),
        "amount": money(record.amount, view.currency), "refunded": money(record.refunded, view.currency),
        "currency": view.currency.code(), "referral_code": record.referral_code,
        "description": record.description,
        "resolution": resolution.map(|decided| json!({
            "status": decided.status.as_str(), "over": decided.over.as_str(),
            "collected_on": day(decided.collected_on), "reason": decided.reason,
        })),
        "referred_by": view.ties.iter().map(tie_json).collect::<Vec<_>>(),
        "notes": view.notes.iter().map(note_json).collect::<Vec<_>>(),
    });
    Answer::new("charge", fields)
        .lead(format!("Charge {}.", record.id))
        .table(field_table(facts.map(|(field, cell)| (field.to_owned(), cell))))
        .table(tie_table(&view.ties))
        .table(note_table(&view.notes))
        .closing(format!("Next: partners account show {}", record.account))
}
