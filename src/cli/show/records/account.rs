//! `account`: a customer's account, who referred it, and what staff corrected.
//!
//! Floor 6.

use serde_json::{Value, json};

use super::super::{day, reader, writer};
use super::{changed, field_table, note_json, note_table, tie_json, tie_table};
use crate::cli::args::Account as Asked;
use crate::cli::render::{Answer, Cell, Column, Table};
use crate::cli::settings::Settings;
use crate::cli::{Failure, Output};
use crate::commands::records::{AccountView, EditAccount, edit_account, show_account};
use crate::store::records::AccountColumn;

/// Does what was asked about an account.
///
/// # Errors
/// The store's, the rules'.
pub fn run(asked: &Asked, settings: &Settings) -> Result<Output, Failure> {
    match asked {
        Asked::Show { account } => Ok(shown(&show_account(&reader(settings)?, account)?).into()),
        Asked::Edit { account, email, name, opened_on, closed_on, referral_code, reason } => {
            let edit = EditAccount {
                email: email.as_deref(),
                name: name.as_deref(),
                opened_on: *opened_on,
                closed_on: *closed_on,
                referral_code: referral_code.as_deref(),
                reason: reason.as_deref(),
            };
            Ok(changed(&edit_account(writer(settings)?, account, &edit)?).into())
        }
    }
}

fn shown(view: &AccountView) -> Answer {
    let record = &view.record;
    let facts = AccountColumn::ALL
        .iter()
        .map(|column| (column.as_str().to_owned(), Cell::from(record.value(*column))))
        .chain([
            ("refund_period_ends_on".to_owned(), view.refund_period_ends_on.into()),
            ("charges".to_owned(), Cell::Figure(view.charges.to_string())),
        ]);
    let edits = Table::new(vec![Column::id("field"), Column::prose("imported"), Column::prose("now")])
        .title("Corrected by staff; holds until a file says something new")
        .rows(record.edits.iter().map(|(column, imported)| {
            vec![column.as_str().into(), imported.clone().into(), record.value(*column).into()]
        }));
    let edited: Vec<Value> = record
        .edits
        .iter()
        .map(|(column, imported)| json!({"field": column.as_str(), "imported": imported, "now": record.value(*column)}))
        .collect();
    let fields = json!({
        "account_id": record.id.as_str(), "email": record.email, "name": record.name,
        "opened_on": day(record.opened_on), "closed_on": day(record.closed_on),
        "referral_code": record.referral_code, "refund_period_ends_on": day(view.refund_period_ends_on),
        "charges": view.charges, "referred_by": view.ties.iter().map(tie_json).collect::<Vec<_>>(),
        "edits": edited, "notes": view.notes.iter().map(note_json).collect::<Vec<_>>(),
    });
    let next = match view.ties.last().and_then(|tie| tie.partner.as_ref()) {
        Some(partner) => format!("Next: partners why {partner}"),
        None => format!("Next: partners lookup {}", record.id),
    };
    Answer::new("account", fields)
        .lead(format!("Account {}.", record.id))
        .table(field_table(facts))
        .table(tie_table(&view.ties))
        .table(edits)
        .table(note_table(&view.notes))
        .closing(next)
}
