//! `tax`: the paperwork, its form and the questions asked one by one.
//!
//! Floor 6.

use super::super::writer;
use super::{changed, reason};
use crate::cli::args::Tax as Asked;
use crate::cli::settings::Settings;
use crate::cli::{Failure, Output};
use crate::commands::records::{QUESTIONS, SetTax, approve_tax, in_order, reject_tax, set_tax};
use crate::dates::{Day, Zone, parse_day};
use crate::partner::TaxForm;
use crate::store::records::Answers;

/// The forms in the words of people, in the order of the vocabulary.
const FORMS: [&str; 4] =
    ["W-9", "W-8BEN, a person", "W-8BEN-E, a company", "the International questionnaire"];

/// Does what was asked about tax paperwork.
///
/// # Errors
/// The store's, the rules'; a flag that is missing where nobody can be asked.
pub fn run(asked: &Asked, settings: &Settings) -> Result<Output, Failure> {
    let outcome = match asked {
        Asked::Set { partner, form, signed_on, citizen, green_card, days_183, worked } => {
            let form = match form {
                Some(form) => *form,
                None => choose_form(settings)?,
            };
            let typed =
                Answers { citizen: *citizen, green_card: *green_card, days_183: *days_183, worked: *worked };
            let answers = if form == TaxForm::International { answers(settings, typed)? } else { typed };
            let signed_on = match signed_on {
                None if settings.ui.can_ask && matches!(form, TaxForm::W8ben | TaxForm::W8benE) => {
                    Some(ask_day(settings)?)
                }
                given => *given,
            };
            let set = SetTax { form, signed_on, answers, reason: None };
            set_tax(writer(settings)?, partner, &set)?
        }
        Asked::Approve { partner, on } => approve_tax(writer(settings)?, partner, *on, None)?,
        Asked::Reject { partner, on, reason: typed } => {
            let why = reason(settings, typed.as_ref())?;
            reject_tax(writer(settings)?, partner, *on, &why)?
        }
    };
    Ok(changed(&outcome).into())
}

fn choose_form(settings: &Settings) -> Result<TaxForm, Failure> {
    let at = settings.ui.choose("--form", "Which form has come?", &FORMS)?;
    Ok(TaxForm::ALL.get(at).copied().unwrap_or(TaxForm::W9))
}

/// Asks the questions that no flag answered; where nobody can be asked floor 5 names all of them at once.
fn answers(settings: &Settings, typed: Answers) -> Result<Answers, Failure> {
    if !settings.ui.can_ask {
        return Ok(typed);
    }
    let mut answered = in_order(&typed);
    for ((_, flag, question), answer) in QUESTIONS.iter().zip(&mut answered) {
        if answer.is_none() {
            *answer = Some(yes_or_no(settings, flag, question)?);
        }
    }
    let [citizen, green_card, days_183, worked] = answered;
    Ok(Answers { citizen, green_card, days_183, worked })
}

/// Has yes or no typed: a list would have one of them ready for whoever only presses Enter.
fn yes_or_no(settings: &Settings, flag: &str, question: &str) -> Result<bool, Failure> {
    loop {
        let typed = settings.ui.ask(flag, &format!("{question} (yes or no)"))?;
        match typed.trim().to_lowercase().as_str() {
            "yes" | "y" => return Ok(true),
            "no" | "n" => return Ok(false),
            _ => settings.ui.note("Type yes or no."),
        }
    }
}

fn ask_day(settings: &Settings) -> Result<Day, Failure> {
    let text = settings.ui.ask("--signed-on", "The day of the signature (YYYY-MM-DD)")?;
    Ok(parse_day(text.trim(), &Zone::UTC)?)
}
