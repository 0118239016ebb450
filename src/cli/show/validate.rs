//! `validate`: who could not be paid, grouped by what would help; as CSV a row for each partner and who acts,
//! for a mail merge.
//!
//! Floor 6.

use serde_json::{Value, json};

use super::{day, money};
use crate::address::suggestion;
use crate::cli::args::Validate as Asked;
use crate::cli::render::{Answer, Cell, Column, Table};
use crate::cli::settings::Settings;
use crate::cli::{Exit, Failure, Output};
use crate::commands::preview::Scope;
use crate::commands::validate::{Doubt, RemedyGroup, Validation, validate};
use crate::commands::why::By;
use crate::ids::{AccountId, PartnerId};
use crate::partner::{Reason, TaxForm};
use crate::text::counted;

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
            0 if found.checked == 1 => {
                format!("The one partner with money counting could be paid on {}.", found.date)
            }
            0 => {
                format!("All {} partners with money counting could be paid on {}.", found.checked, found.date)
            }
            _ => format!(
                "{blocked} of {} with money counting could not be paid on {}.",
                counted(found.checked, "partner", "partners"),
                found.date
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
            .closing("Next: partners why PARTNER --reply writes the mail; --format csv is for a mail merge")
            .exit(Exit::Attention);
    }
    answer
}

fn group_table(group: &RemedyGroup, found: &Validation) -> Table {
    let members = found.problems.iter().filter(|problem| group.partners.contains(&problem.partner));
    Table::new(vec![
        Column::id("partner"),
        Column::text("name"),
        Column::id("email"),
        Column::id("paypal_email").minor(2),
        Column::id("suggestion").minor(1),
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

/// Makes the rows of a mail merge: one for each partner and who acts, so that what staff must do is not mailed to a
/// partner; what does not block, or not yet, stands in rows of its own.
fn merge(found: &Validation) -> Table {
    let cur = found.currency;
    let problems = found.problems.iter().flat_map(|problem| {
        let own = |by: By| problem.reasons.iter().zip(&problem.remedies).filter(move |(_, one)| one.by == by);
        let rows = By::ALL.iter().filter(move |by| own(**by).next().is_some());
        rows.map(move |by| {
            let reasons: Vec<&str> = own(*by).map(|(reason, _)| reason.as_str()).collect();
            let what: Vec<&str> = own(*by).map(|(_, remedy)| remedy.what).collect();
            vec![
                problem.partner.as_str().into(),
                problem.name.as_str().into(),
                problem.email.as_str().into(),
                Cell::Money(problem.balance, cur),
                reasons.join(" ").into(),
                what.join("; ").into(),
                problem.paypal_email.clone().into(),
                problem.suggestion.clone().into(),
                problem.tax_form.map(TaxForm::as_str).into(),
                problem.tax_status.as_str().into(),
                problem.tax_expires_on.into(),
                by.as_str().into(),
                true.into(),
                Cell::Blank,
            ]
        })
    });
    // What is malformed blocks already, and its row has the suggestion.
    let told = |doubt: &&Doubt| {
        let of = found.problems.iter().find(|problem| problem.partner == doubt.partner);
        let malformed = of.is_some_and(|problem| problem.reasons.contains(&Reason::PaypalMalformed));
        doubt.code != "paypal_doubtful" || !malformed
    };
    let doubts = found.warnings.iter().filter(told).map(|doubt| {
        vec![
            doubt.partner.as_str().into(),
            doubt.name.as_str().into(),
            doubt.email.as_str().into(),
            Cell::Money(doubt.balance, cur),
            doubt.code.into(),
            doubt.remedy.as_str().into(),
            doubt.paypal_email.clone().into(),
            doubt.paypal_email.as_deref().and_then(suggestion).into(),
            doubt.tax_form.map(TaxForm::as_str).into(),
            doubt.tax_status.as_str().into(),
            doubt.tax_expires_on.into(),
            doubt.by.as_str().into(),
            false.into(),
            doubt.text.as_str().into(),
        ]
    });
    Table::new(vec![
        Column::id("partner"),
        Column::text("name"),
        Column::id("email"),
        Column::money("balance"),
        Column::prose("reasons"),
        Column::prose("what"),
        Column::id("paypal_email"),
        Column::id("suggestion"),
        Column::id("tax_form"),
        Column::id("tax_status"),
        Column::day("tax_expires_on"),
        Column::id("who"),
        Column::id("blocks"),
        Column::prose("detail"),
    ])
    .rows(problems)
    .rows(doubts)
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
            "code": doubt.code, "subject": doubt.partner.as_str(), "text": doubt.text, "by": doubt.by.as_str(),
            "account_id": doubt.account.as_ref().map(AccountId::as_str), "remedy": doubt.remedy,
        })).collect::<Vec<_>>(),
        "currency": cur.code(),
    })
}
