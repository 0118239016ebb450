//! `tax set`, `tax approve`, `tax reject`: which form, its dates and its state, and never a number from it (R6.2, R8).
//!
//! Floor 5. The International questionnaire's four answers are kept; a yes to any of them makes the W-9 the
//! partner's form, whatever else is on file.

use super::partner::fields;
use super::{Outcome, RecordError, differences, past_day};
use crate::dates::Day;
use crate::partner::{TaxForm, TaxStatus};
use crate::remark::Remark;
use crate::store::Writer;
use crate::store::records::{Answers, PartnerRecord};

/// What `tax set` is given.
#[derive(Debug, Clone, Copy)]
pub struct SetTax<'a> {
    /// Which form has come.
    pub form: TaxForm,
    /// The day on the form; a W-8 needs it.
    pub signed_on: Option<Day>,
    /// The questionnaire's answers; all four for `international`.
    pub answers: Answers,
    /// Why.
    pub reason: Option<&'a str>,
}

/// The four questions (R6.2, H), each with its field and its flag.
pub const QUESTIONS: [(&str, &str, &str); 4] = [
    ("us_citizen", "--citizen", "Is the partner a citizen of the US, also if only one of two citizenships?"),
    ("us_green_card", "--green-card", "Does the partner hold a US green card?"),
    (
        "us_183_days",
        "--days-183",
        "Was the partner present in the US on more than 183 days in the past three calendar years?",
    ),
    (
        "us_worked",
        "--worked",
        "Did the partner physically work in the US in any period of the last calendar year?",
    ),
];

/// Returns the answers in the order of the questions.
#[must_use]
pub const fn in_order(answers: &Answers) -> [Option<bool>; 4] {
    [answers.citizen, answers.green_card, answers.days_183, answers.worked]
}

/// Enters a form that has come in: its state is "received" until somebody decides (R6.2).
///
/// # Errors
/// An unknown form, a W-8 without its day, unanswered questions, answers beside another form.
pub fn set_tax(writer: Writer, partner: &str, given: &SetTax<'_>) -> Result<Outcome, RecordError> {
    let reason = given.reason.map(Remark::reason).transpose()?;
    let form = given.form;
    let before = writer.partner_record(writer.find_partner(partner)?)?;
    let after = plan_form(&writer, &before, form, given)?;
    let id = &before.facts.id;
    let mut outcome = Outcome::of("partner", id.as_str(), differences(fields(&before), fields(&after)));
    if after.facts.is_us() && form != TaxForm::W9 {
        let why = if after.answers.says_us() {
            format!("yes to {}", said_yes(&after.answers).join(", "))
        } else if after.facts.us_person == Some(true) {
            "us_person is yes".to_owned()
        } else {
            "the country is US".to_owned()
        };
        outcome.warnings.push(format!(
            "{why}: a US person or taxpayer, so a signed W-9 is needed and {form} does not open the gate (R6.2)"
        ));
        outcome.next.push(format!("partners tax set {id} --form w9"));
    } else {
        outcome.next.push(format!("partners tax approve {id}, or partners tax reject {id} --reason TEXT"));
    }
    if outcome.is_unchanged() {
        return Ok(outcome);
    }
    if before.facts.tax.status == TaxStatus::Approved {
        let approved = before.facts.tax.form.map_or("the form", TaxForm::as_str);
        outcome.warnings.push(format!(
            "the approval of {approved} on file is dropped: {id} is not paid before the new form is approved (R6.2)"
        ));
    }
    writer.save_partner(&before, &after, "tax set")?;
    outcome.save(writer, "tax set", reason.as_ref().map(Remark::as_str))
}

fn plan_form(
    writer: &Writer,
    before: &PartnerRecord,
    form: TaxForm,
    given: &SetTax<'_>,
) -> Result<PartnerRecord, RecordError> {
    let id = &before.facts.id;
    let mut after = before.clone();
    let answers = in_order(&given.answers);
    match form {
        TaxForm::International => {
            let open: Vec<&str> = QUESTIONS
                .iter()
                .zip(answers)
                .filter(|(_, answer)| answer.is_none())
                .map(|((_, flag, _), _)| *flag)
                .collect();
            if !open.is_empty() {
                return Err(RecordError::refuse(
                    "the International questionnaire has four questions, and all need an answer (R6.2)",
                    format!("add {} with yes or no", open.join(", ")),
                ));
            }
            after.answer(given.answers);
        }
        TaxForm::W9 | TaxForm::W8ben | TaxForm::W8benE => {
            if answers.iter().any(Option::is_some) {
                return Err(RecordError::refuse(
                    format!("the questions belong to the International questionnaire, not to {form}"),
                    format!("partners tax set {id} --form international …"),
                ));
            }
        }
    }
    let signed_on = given.signed_on;
    if signed_on.is_some() {
        past_day(writer, signed_on, "the day of the signature")?;
    }
    let tax = &mut after.facts.tax;
    let unsigned = signed_on.is_none() && (tax.form != Some(form) || tax.signed_on.is_none());
    if matches!(form, TaxForm::W8ben | TaxForm::W8benE) && unsigned {
        return Err(RecordError::refuse(
            format!("a {form} without the day of its signature counts as expired (R6.2)"),
            "add --signed-on DATE, the day on the form",
        ));
    }
    // The same form again is a new paper; without a new day the known one stays.
    if signed_on.is_some() || tax.form != Some(form) {
        tax.signed_on = signed_on;
    }
    tax.form = Some(form);
    tax.status = TaxStatus::Received;
    tax.decided_on = None;
    Ok(after)
}

fn said_yes(answers: &Answers) -> Vec<&'static str> {
    QUESTIONS
        .iter()
        .zip(in_order(answers))
        .filter(|(_, answer)| *answer == Some(true))
        .map(|((field, _, _), _)| *field)
        .collect()
}

/// Approves the form on file (R6.2); the earliest approval is kept for R6.3.
///
/// # Errors
/// No form, the wrong or an expired form, a day in the future.
pub fn approve_tax(
    writer: Writer,
    partner: &str,
    on: Option<Day>,
    reason: Option<&str>,
) -> Result<Outcome, RecordError> {
    let reason = reason.map(Remark::reason).transpose()?;
    let before = writer.partner_record(writer.find_partner(partner)?)?;
    let today = writer.today_here();
    // Approved before and no day given: nothing new is decided.
    if before.facts.tax.status == TaxStatus::Approved && on.is_none() {
        return Ok(Outcome::of("partner", before.facts.id.as_str(), Vec::new()));
    }
    let on = past_day(&writer, on, "the day of the decision")?;
    let mut after = before.clone();
    may_approve(&before, today)?;
    after.facts.tax.status = TaxStatus::Approved;
    after.facts.tax.decided_on = Some(on);
    after.facts.first_approval = Some(match before.facts.first_approval {
        None => Some(on),
        // An approval without a date counts from the beginning; nothing is earlier.
        Some(earliest) => earliest.map(|earliest| earliest.min(on)),
    });
    let mut outcome =
        Outcome::of("partner", before.facts.id.as_str(), differences(fields(&before), fields(&after)));
    if outcome.is_unchanged() {
        return Ok(outcome);
    }
    writer.save_partner(&before, &after, "tax approve")?;
    if let Some(last) = after.facts.tax_expires_on() {
        outcome.warnings.push(format!("the form is good through {last} (R6.2)"));
    }
    outcome.next.push(format!("partners why {}", after.facts.id));
    outcome.save(writer, "tax approve", reason.as_ref().map(Remark::as_str))
}

/// Refuses an approval that would open nothing, in the order of R6.2: missing, wrong form, expired.
fn may_approve(before: &PartnerRecord, today: Day) -> Result<(), RecordError> {
    let (facts, id) = (&before.facts, &before.facts.id);
    let Some(form) = facts.tax.form else {
        return Err(RecordError::refuse(
            format!("{id} has no tax form on file, so there is nothing to approve (R6.2)"),
            format!("partners tax set {id} --form {}", if facts.is_us() { "w9" } else { "international" }),
        ));
    };
    if facts.is_us() && form != TaxForm::W9 {
        let (why, otherwise) = if before.answers.says_us() {
            let said = said_yes(&before.answers).join(", ");
            let again = format!("partners tax set {id} --form international, with the right answers");
            (format!("the questionnaire says yes to {said}"), again)
        } else {
            let other = format!("partners partner edit {id} --us-person no");
            (format!("{id} is a US person by us_person or country"), other)
        };
        return Err(RecordError::refuse(
            format!("{form} is the wrong form: {why}, so a signed W-9 is needed (R6.2)"),
            format!("partners tax set {id} --form w9; if that is wrong: {otherwise}"),
        ));
    }
    if let Some(last) = facts.tax_expires_on().filter(|last| today > *last) {
        return Err(RecordError::refuse(
            match facts.tax.signed_on {
                Some(signed) => format!("the {form} of {id}, signed {signed}, expired on {last} (R6.2)"),
                None => format!("the {form} of {id} has no day of signature and counts as expired (R6.2)"),
            },
            format!("partners tax set {id} --form {form} --signed-on DATE, with the new form's day"),
        ));
    }
    Ok(())
}

/// Turns the form on file down.
///
/// # Errors
/// No form, no reason, a day in the future.
pub fn reject_tax(
    writer: Writer,
    partner: &str,
    on: Option<Day>,
    reason: &str,
) -> Result<Outcome, RecordError> {
    let reason = Remark::reason(reason)?;
    let before = writer.partner_record(writer.find_partner(partner)?)?;
    let id = &before.facts.id;
    if before.facts.tax.form.is_none() {
        return Err(RecordError::refuse(
            format!("{id} has no tax form on file, so there is nothing to reject (R6.2)"),
            format!("partners tax set {id}"),
        ));
    }
    if before.facts.tax.status == TaxStatus::Rejected && on.is_none() {
        return Ok(Outcome::of("partner", id.as_str(), Vec::new()));
    }
    let mut after = before.clone();
    after.facts.tax.status = TaxStatus::Rejected;
    after.facts.tax.decided_on = Some(past_day(&writer, on, "the day of the decision")?);
    let mut outcome = Outcome::of("partner", id.as_str(), differences(fields(&before), fields(&after)));
    if !outcome.is_unchanged() {
        writer.save_partner(&before, &after, "tax reject")?;
        outcome.next.push(format!("ask the partner for new paperwork, then partners tax set {id}"));
    }
    outcome.save(writer, "tax reject", Some(reason.as_str()))
}
