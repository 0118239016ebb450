//! `validate`: who could not be paid, grouped by what would help; as CSV one row a partner, for a mail merge.
//!
//! Floor 6.

use serde_json::{Value, json};

use super::{day, money};
use crate::cli::args::Validate as Asked;
use crate::cli::render::{Answer, Cell, Column, Table};
use crate::cli::settings::Settings;
use crate::cli::{Exit, Failure, Output};
use crate::commands::preview::Scope;
use crate::commands::validate::{Problem, RemedyGroup, Validation, validate};
use crate::ids::{AccountId, PartnerId};
use crate::partner::TaxForm;

/// Validates.
///
/// # Errors
/// The store's.
pub fn run(asked: &Asked, settings: &Settings) -> Result<Output, Failure> {
    let reader = super::reader(settings)?;
    let next = Scope::next(&reader, reader.today(settings.now)).date;
    Ok(answer(&validate(&reader, asked.date.unwrap_or(next), asked.only)?).into())
}

fn answer(found: &Validation) -> Answer {
    let blocked = found.problems.len();
    let mut answer = Answer::new("validate", json(found))
        .lead(match blocked {
            0 if found.checked == 0 => format!("Nobody has money counting on {}.", found.date),
            0 => {
                format!("All {} partners with money counting could be paid on {}.", found.checked, found.date)
            }
            _ => format!(
                "{blocked} of {} partners with money counting could not be paid on {}.",
                found.checked, found.date
            ),
        })
        .csv(merge(found));
    for group in &found.remedies {
        answer = answer.table(group_table(group, found));
    }
    if !found.warnings.is_empty() {
        answer = answer.closing("Does not block, or not yet:");
        for doubt in &found.warnings {
            answer = answer.closing(format!("  {}: {}; {}", doubt.partner, doubt.text, doubt.remedy));
        }
    }
    if blocked > 0 {
        answer = answer
            .closing(
                "Next: partners why PARTNER --reply writes the mail; --format csv gives one row a partner",
            )
            .exit(Exit::Attention);
    }
    answer
}

fn group_table(group: &RemedyGroup, found: &Validation) -> Table {
    let members = found.problems.iter().filter(|problem| group.partners.contains(&problem.partner));
    Table::new(vec![
        Column::text("partner"),
        Column::text("name"),
        Column::text("email"),
        Column::text("paypal_email"),
        Column::text("suggestion"),
        Column::money("balance"),
    ])
    .title(format!("{}: {} must {}", group.reason, group.by, group.what))
    .rows(members.map(|problem| {
        vec![
            problem.partner.as_str().into(),
            problem.name.as_str().into(),
            problem.email.as_str().into(),
            problem.paypal_email.clone().into(),
            problem.suggestion.clone().into(),
            Cell::Money(problem.balance, found.currency),
        ]
    }))
    .totals(vec![
        "total".into(),
        Cell::Blank,
        Cell::Blank,
        Cell::Blank,
        Cell::Blank,
        Cell::Money(group.balance, found.currency),
    ])
    .counted("partner", "partners")
}

fn reasons(problem: &Problem) -> String {
    problem.reasons.iter().map(|reason| reason.as_str()).collect::<Vec<_>>().join(" ")
}

fn merge(found: &Validation) -> Table {
    Table::new(vec![
        Column::text("partner"),
        Column::text("name"),
        Column::text("email"),
        Column::money("balance"),
        Column::text("reasons"),
        Column::text("what"),
        Column::text("paypal_email"),
        Column::text("suggestion"),
        Column::text("tax_form"),
        Column::text("tax_status"),
        Column::day("tax_expires_on"),
    ])
    .rows(found.problems.iter().map(|problem| {
        let what: Vec<&str> = problem.remedies.iter().map(|remedy| remedy.what).collect();
        vec![
            problem.partner.as_str().into(),
            problem.name.as_str().into(),
            problem.email.as_str().into(),
            Cell::Money(problem.balance, found.currency),
            reasons(problem).into(),
            what.join("; ").into(),
            problem.paypal_email.clone().into(),
            problem.suggestion.clone().into(),
            problem.tax_form.map(TaxForm::as_str).into(),
            problem.tax_status.as_str().into(),
            problem.tax_expires_on.into(),
        ]
    }))
}

fn json(found: &Validation) -> Value {
    let cur = found.currency;
    json!({
        "date": found.date.to_string(),
        "problems": found.problems.iter().map(|problem| json!({
            "partner": problem.partner.as_str(), "name": problem.name, "balance": money(problem.balance, cur),
            "reasons": problem.reasons.iter().map(|reason| reason.as_str()).collect::<Vec<_>>(),
            "paypal_email": problem.paypal_email, "tax_form": problem.tax_form.map(TaxForm::as_str),
            "tax_status": problem.tax_status.as_str(), "tax_expires_on": day(problem.tax_expires_on),
            "email": problem.email, "suggestion": problem.suggestion,
            "remedies": problem.remedies.iter().map(|remedy| json!({
                "by": remedy.by.as_str(), "what": remedy.what, "command": remedy.command,
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "checked": found.checked,
        "remedies": found.remedies.iter().map(|group| json!({
            "reason": group.reason.as_str(), "by": group.by.as_str(), "what": group.what,
            "partners": group.partners.iter().map(PartnerId::as_str).collect::<Vec<_>>(),
            "balance": money(group.balance, cur),
        })).collect::<Vec<_>>(),
        "warnings": found.warnings.iter().map(|doubt| json!({
            "code": doubt.code, "subject": doubt.partner.as_str(), "text": doubt.text,
            "account_id": doubt.account.as_ref().map(AccountId::as_str), "remedy": doubt.remedy,
        })).collect::<Vec<_>>(),
        "currency": cur.code(),
    })
}
