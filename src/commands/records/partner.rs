//! `partner add`, `partner edit`, `partner release`: a partner's own facts (R2.5, R4.2, R6.1, R6.7).
//!
//! Floor 5.

use super::{
    Asked, Fields, Outcome, RecordError, apply_text, asked, differences, past_day, read_day, required,
    yes_or_no,
};
use crate::commands::records::address::plan_address;
use crate::dates::Day;
use crate::ids::{Code, Email, PartnerId};
use crate::money::Rate;
use crate::partner::{AddressState, Partner, Paypal, Standing, Tax, TaxStatus};
use crate::remark::Remark;
use crate::store::records::{Answers, PartnerRecord};
use crate::store::{LinkChannel, NewLink, Writer};

/// What `partner add` is given.
#[derive(Debug, Clone, Copy, Default)]
pub struct AddPartner<'a> {
    /// The id.
    pub id: &'a str,
    /// The name.
    pub name: &'a str,
    /// The login e-mail.
    pub email: &'a str,
    /// The day of sign-up; today when absent.
    pub joined_on: Option<&'a str>,
    /// R6.1; pending when absent: a partner is approved once the paperwork is.
    pub status: Option<&'a str>,
    /// Two letters.
    pub country: Option<&'a str>,
    /// R6.2; blank follows the country.
    pub us_person: Option<bool>,
    /// Where to pay.
    pub paypal_email: Option<&'a str>,
    /// The partner's own rate, in force from the beginning (R2.5).
    pub rate: Option<&'a str>,
    /// A referral code of their own.
    pub code: Option<&'a str>,
}

/// Enters a partner, and gives them the unclaimed links that bear their login e-mail (R4.2).
///
/// # Errors
/// A taken id, e-mail or code; a value that its field does not take. Nothing is changed then.
pub fn add_partner(writer: Writer, given: &AddPartner<'_>) -> Result<Outcome, RecordError> {
    let record = plan_new(&writer, given)?;
    let facts = &record.facts;
    let no = writer.add_partner(&record, "partner add")?;
    let blank: Fields = fields(&record).into_iter().map(|(field, _)| (field, None)).collect();
    let mut outcome = Outcome::of("partner", facts.id.as_str(), differences(blank, fields(&record)));
    if let Asked::Set(code) = asked(given.code) {
        writer.add_link(&NewLink {
            code: Code(code.to_owned()),
            partner_no: Some(no),
            owner: None,
            channel: LinkChannel::Link,
            created_on: Some(facts.joined_on),
            claimed_on: None,
        })?;
    }
    outcome.claimed = writer.claim_links_by_email(no, &facts.email, facts.joined_on)?;
    warn_of_address(&writer, &PartnerRecord { no, ..record.clone() }, &mut outcome)?;
    outcome.next = next_steps(facts);
    outcome.save(writer, "partner add", None)
}

fn plan_new(writer: &Writer, given: &AddPartner<'_>) -> Result<PartnerRecord, RecordError> {
    let id = PartnerId(given.id.trim().to_owned());
    if id.as_str().is_empty()
        || id.as_str().chars().any(|letter| letter.is_whitespace() || letter.is_control())
    {
        return Err(RecordError::refuse_flatly(format!(
            "{:?} cannot be a partner's id: it must be one word",
            given.id
        )));
    }
    if writer.partner_id_taken(&id)? {
        return Err(RecordError::refuse(
            format!("partner {id} exists already"),
            format!("partners partner show {id}, or partners partner edit {id}"),
        ));
    }
    let email = free_login(writer, given.email, None)?;
    let joined_on = past_day(writer, given.joined_on, "the day of joining")?;
    let rates = match asked(given.rate) {
        Asked::Keep | Asked::Clear => Vec::new(),
        Asked::Set(text) => vec![(None, text.parse::<Rate>()?)],
    };
    let mut record = PartnerRecord {
        no: 0,
        facts: Partner {
            id,
            name: clean_name(given.name)?,
            email,
            joined_on,
            standing: match asked(given.status) {
                Asked::Keep | Asked::Clear => Standing::Pending,
                Asked::Set(text) => text.parse()?,
            },
            country: None,
            us_person: given.us_person,
            tax: Tax {
                form: None,
                status: TaxStatus::Missing,
                signed_on: None,
                decided_on: None,
                questionnaire_says_us: false,
            },
            first_approval: None,
            paypal: Paypal { email: None, state: AddressState::Unconfirmed, changed_on: None, shared: false },
            payment_reversed: false,
            rates,
        },
        answers: Answers::default(),
    };
    record.facts.country = country(given.country, None)?;
    if let Asked::Set(address) = asked(given.paypal_email) {
        plan_address(&mut record, address, None, writer.today_here())?;
    }
    Ok(record)
}

/// What `partner edit` is given; an absent flag leaves its field alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct EditPartner<'a> {
    /// The name.
    pub name: Option<&'a str>,
    /// The login e-mail.
    pub email: Option<&'a str>,
    /// The day of sign-up.
    pub joined_on: Option<&'a str>,
    /// R6.1.
    pub status: Option<&'a str>,
    /// Two letters; a dash clears.
    pub country: Option<&'a str>,
    /// R6.2: yes, no, or a dash for "as the country says".
    pub us_person: Option<&'a str>,
    /// The partner's own rate.
    pub rate: Option<&'a str>,
    /// The first billing day of a changed rate; today when absent (R2.5).
    pub rate_from: Option<&'a str>,
    /// Why.
    pub reason: Option<&'a str>,
}

/// Changes a partner's facts.
///
/// # Errors
/// No such partner, a taken e-mail, a value that its field does not take. Nothing is changed then.
pub fn edit_partner(writer: Writer, partner: &str, given: &EditPartner<'_>) -> Result<Outcome, RecordError> {
    let reason = given.reason.map(Remark::reason).transpose()?;
    let before = writer.partner_record(writer.find_partner(partner)?)?;
    let after = plan_edit(&writer, &before, given)?;
    let mut outcome =
        Outcome::of("partner", before.facts.id.as_str(), differences(fields(&before), fields(&after)));
    if outcome.is_unchanged() {
        return Ok(outcome);
    }
    writer.save_partner(&before, &after, "partner edit")?;
    if before.facts.email.key() != after.facts.email.key() {
        warn_of_login(&writer, &after, &mut outcome)?;
    }
    if before.facts.standing == Standing::Closed && after.facts.standing != Standing::Closed {
        warn_of_address(&writer, &after, &mut outcome)?;
    }
    if before.facts.rates != after.facts.rates {
        warn_of_rate(&writer, &before.facts, &after.facts, &mut outcome)?;
    }
    if after.facts.standing == Standing::Active && before.facts.standing != Standing::Active {
        outcome.next.push(format!("partners why {}", after.facts.id));
    }
    outcome.save(writer, "partner edit", reason.as_ref().map(Remark::as_str))
}

fn plan_edit(
    writer: &Writer,
    before: &PartnerRecord,
    given: &EditPartner<'_>,
) -> Result<PartnerRecord, RecordError> {
    let mut after = before.clone();
    let facts = &mut after.facts;
    if let Some(name) = required(given.name, "the name")? {
        facts.name = clean_name(name)?;
    }
    if let Some(email) = required(given.email, "the login e-mail")? {
        facts.email = free_login(writer, email, Some(&facts.id))?;
    }
    if required(given.joined_on, "the day of joining")?.is_some() {
        facts.joined_on = past_day(writer, given.joined_on, "the day of joining")?;
    }
    if let Some(status) = required(given.status, "the status")? {
        facts.standing = status.parse()?;
    }
    facts.country = country(given.country, facts.country.take())?;
    match asked(given.us_person) {
        Asked::Keep => {}
        Asked::Clear => facts.us_person = None,
        Asked::Set(text) => facts.us_person = Some(read_yes_or_no(text, "us_person")?),
    }
    plan_rate(writer, facts, given.rate, given.rate_from)?;
    Ok(after)
}

/// Plans R2.5: the first rate is in force from the beginning, a changed one from its day or today.
fn plan_rate(
    writer: &Writer,
    facts: &mut Partner,
    rate: Option<&str>,
    rate_from: Option<&str>,
) -> Result<(), RecordError> {
    let from = match asked(rate_from) {
        Asked::Keep | Asked::Clear => None,
        Asked::Set(text) => Some(read_day(writer, text)?),
    };
    let rate: Rate = match asked(rate) {
        Asked::Set(text) => text.parse()?,
        Asked::Keep if from.is_some() => {
            return Err(RecordError::refuse("--rate-from says when, but not which rate", "add --rate RATE"));
        }
        Asked::Keep => return Ok(()),
        Asked::Clear if facts.rates.is_empty() => return Ok(()),
        Asked::Clear => {
            return Err(RecordError::refuse(
                format!(
                    "the own rate of {} cannot be cleared: charges already billed were reckoned with it",
                    facts.id
                ),
                format!(
                    "give the programme's rate instead: partners partner edit {} --rate {} --rate-from DATE",
                    facts.id,
                    writer.policy(writer.today_here()).rate
                ),
            ));
        }
    };
    if facts.rates.is_empty() {
        if let Some(from) = from {
            return Err(RecordError::refuse(
                format!(
                    "{} has no own rate yet, and a first one is in force from the beginning (R2.5), not from {from}",
                    facts.id
                ),
                format!(
                    "leave --rate-from out; or first give the rate that held so far: partners partner edit {} --rate {}",
                    facts.id,
                    writer.policy(from).rate
                ),
            ));
        }
        facts.rates.push((None, rate));
        return Ok(());
    }
    let from = from.unwrap_or_else(|| writer.today_here());
    if facts.rate_at(from) == Some(rate) && !facts.rates.iter().any(|(day, _)| *day == Some(from)) {
        return Ok(());
    }
    facts.rates.retain(|(day, _)| *day != Some(from));
    facts.rates.push((Some(from), rate));
    facts.rates.sort_by_key(|(day, _)| *day);
    Ok(())
}

/// Opens R6.7 again: after a payment that came back, the partner may be paid.
///
/// # Errors
/// No such partner, no reason.
pub fn release_partner(writer: Writer, partner: &str, reason: &str) -> Result<Outcome, RecordError> {
    let reason = Remark::reason(reason)?;
    let before = writer.partner_record(writer.find_partner(partner)?)?;
    let mut after = before.clone();
    after.facts.payment_reversed = false;
    let mut outcome =
        Outcome::of("partner", before.facts.id.as_str(), differences(fields(&before), fields(&after)));
    if outcome.is_unchanged() {
        return Ok(outcome);
    }
    writer.save_partner(&before, &after, "partner release")?;
    outcome.next.push(format!("partners why {}", after.facts.id));
    outcome.save(writer, "partner release", Some(reason.as_str()))
}

/// Writes the fields of a record as people and the trail read them.
pub fn fields(record: &PartnerRecord) -> Fields {
    let (facts, tax, paypal) = (&record.facts, &record.facts.tax, &record.facts.paypal);
    let day = |day: Option<Day>| day.map(|day| day.to_string());
    let answer = |answer: Option<bool>| answer.map(yes_or_no);
    vec![
        ("name", Some(facts.name.clone())),
        ("email", Some(facts.email.as_str().to_owned())),
        ("joined_on", day(Some(facts.joined_on))),
        ("status", Some(facts.standing.to_string())),
        ("country", facts.country.clone()),
        ("us_person", answer(facts.us_person)),
        ("tax_form", tax.form.map(|form| form.to_string())),
        ("tax_status", Some(tax.status.to_string())),
        ("tax_signed_on", day(tax.signed_on)),
        ("tax_decided_on", day(tax.decided_on)),
        ("first_approved_on", facts.first_approval.map(|on| day(on).unwrap_or_else(|| "undated".to_owned()))),
        ("us_citizen", answer(record.answers.citizen)),
        ("us_green_card", answer(record.answers.green_card)),
        ("us_183_days", answer(record.answers.days_183)),
        ("us_worked", answer(record.answers.worked)),
        ("paypal_email", paypal.email.as_ref().map(|email| email.as_str().to_owned())),
        ("paypal_state", paypal.email.as_ref().map(|_| paypal.state.to_string())),
        ("paypal_changed_on", day(paypal.changed_on)),
        ("payment_reversed", Some(yes_or_no(facts.payment_reversed))),
        ("rate", rates(facts)),
    ]
}

/// Writes a partner's own rates: `0.30; 0.35 from 2026-07-01`.
fn rates(facts: &Partner) -> Option<String> {
    let words: Vec<String> = facts
        .rates
        .iter()
        .map(|(from, rate)| from.map_or_else(|| rate.to_string(), |from| format!("{rate} from {from}")))
        .collect();
    (!words.is_empty()).then(|| words.join("; "))
}

fn clean_name(name: &str) -> Result<String, RecordError> {
    let name = name.trim();
    if name.is_empty() || name == "-" {
        return Err(RecordError::refuse("the name is empty", "give --name NAME"));
    }
    Ok(Remark::parse(name, "name")?.as_str().to_owned())
}

/// Reads a login e-mail that no other partner has (R4.7).
fn free_login(writer: &Writer, text: &str, own: Option<&PartnerId>) -> Result<Email, RecordError> {
    let email = Email::new(text);
    let shaped = email.as_str().split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && domain.contains('.') && !email.as_str().contains(char::is_whitespace)
    });
    if !shaped {
        return Err(RecordError::refuse(
            format!("{:?} is not an e-mail address", email.as_str()),
            "give --email NAME@DOMAIN",
        ));
    }
    match writer.partner_by_login(&email)? {
        Some(bearer) if Some(&bearer) != own => Err(RecordError::refuse(
            format!("{email} is already the login e-mail of partner {bearer} (R4.7)"),
            format!("partners partner show {bearer}"),
        )),
        Some(_) | None => Ok(email),
    }
}

fn country(flag: Option<&str>, before: Option<String>) -> Result<Option<String>, RecordError> {
    let mut country = before;
    apply_text(&mut country, flag);
    if let (Asked::Set(_), Some(text)) = (asked(flag), country.as_mut()) {
        text.make_ascii_uppercase();
        if text.len() != 2 || !text.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(RecordError::refuse_flatly(format!(
                "{text:?} is not a country: give its two letters, like US or DE"
            )));
        }
    }
    Ok(country)
}

fn read_yes_or_no(text: &str, field: &str) -> Result<bool, RecordError> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "y" | "true" => Ok(true),
        "no" | "n" | "false" => Ok(false),
        _ => Err(RecordError::refuse_flatly(format!("{field} is yes or no, not {text:?}"))),
    }
}

/// Says what a changed login e-mail does not do by itself (R4.2, R4.6).
fn warn_of_login(writer: &Writer, after: &PartnerRecord, outcome: &mut Outcome) -> Result<(), RecordError> {
    let (id, email) = (&after.facts.id, &after.facts.email);
    for code in writer.unclaimed_codes_of(email)? {
        outcome.warnings.push(format!(
            "the unclaimed link {code} bears {email}; if it is theirs: partners link claim {code} --to {id} --reason TEXT"
        ));
    }
    warn_of_match(writer, after.no, email, outcome)
}

/// Warns of what is doubtful about the PayPal address on file (R4.6, R6.4, R6.5).
pub(super) fn warn_of_address(
    writer: &Writer,
    after: &PartnerRecord,
    outcome: &mut Outcome,
) -> Result<(), RecordError> {
    let facts = &after.facts;
    let Some(email) = &facts.paypal.email else { return Ok(()) };
    if let Some(hint) = crate::partner::address_hint(email.as_str()) {
        outcome.warnings.push(format!("{email}: {hint} (R6.4)"));
    }
    if facts.standing != Standing::Closed {
        let key = email.key();
        for other in writer.partners_paid_at(email, after.no)? {
            if !writer.sharing_allowed(after.no, writer.find_partner(other.as_str())?, &key)? {
                outcome.warnings.push(format!(
                    "{email} is also the PayPal address of {other}: both wait until staff allow the two (R6.5): \
                     partners paypal allow-shared {} {other} --reason TEXT",
                    facts.id
                ));
            }
        }
    }
    warn_of_match(writer, after.no, email, outcome)
}

/// R4.6: a match that arises later is warned about and changes nothing by itself.
fn warn_of_match(writer: &Writer, no: i64, email: &Email, outcome: &mut Outcome) -> Result<(), RecordError> {
    for account in writer.accounts_matching(no, email)? {
        outcome.warnings.push(format!(
            "account {account}, which this partner referred, bears {email} too: perhaps their own; nothing was \
             changed (R4.6)"
        ));
    }
    Ok(())
}

/// Says that a rate reaches back over charges that runs have reckoned already (R2.5, R5.1).
fn warn_of_rate(
    writer: &Writer,
    before: &Partner,
    after: &Partner,
    outcome: &mut Outcome,
) -> Result<(), RecordError> {
    let new = after.rates.iter().find(|rate| !before.rates.contains(rate));
    let from = new.and_then(|(from, _)| *from);
    if from.is_none_or(|from| from < writer.today_here()) {
        let since =
            from.map_or_else(|| "all charges".to_owned(), |from| format!("charges billed from {from} on"));
        outcome.warnings.push(format!(
            "{since} are reckoned afresh, those already paid too: the difference is paid or clawed back (R2.5, R5.1)"
        ));
    }
    Ok(())
}

fn next_steps(facts: &Partner) -> Vec<String> {
    let mut steps = vec![format!("partners tax set {}", facts.id)];
    if facts.paypal.email.is_none() {
        steps.push(format!("partners paypal set {} ADDRESS", facts.id));
    }
    if facts.standing != Standing::Active {
        steps.push(format!("partners partner edit {} --status active", facts.id));
    }
    steps
}
