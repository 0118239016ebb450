//! `partner add`, `partner edit`, `partner release`: a partner's own facts (R2.5, R4.2, R6.1, R6.7).
//!
//! Floor 5.

use super::address::plan_asked_address;
use super::{
    Asked, Change, Edit, Fields, Outcome, RecordError, apply_text, asked, differences, past_day, required,
    yes_or_no,
};
use crate::dates::Day;
use crate::ids::{Code, Email, PartnerId};
use crate::import::links::LinkChannel;
use crate::money::Rate;
use crate::partner::{AddressState, Partner, Paypal, Standing, Tax, TaxStatus};
use crate::remark::Remark;
use crate::store::records::{Answers, PartnerRecord};
use crate::store::{NewLink, Own, Writer};

/// What may be said of a partner; what is not said stays as it is. A dash clears a text where clearing makes sense.
#[derive(Debug, Clone, Copy, Default)]
pub struct PartnerFacts<'a> {
    /// The name.
    pub name: Option<&'a str>,
    /// The login e-mail.
    pub email: Option<&'a str>,
    /// The day of sign-up.
    pub joined_on: Option<Day>,
    /// R6.1.
    pub status: Option<Standing>,
    /// Two letters; a dash clears.
    pub country: Option<&'a str>,
    /// R6.2; cleared, the country says.
    pub us_person: Option<Edit<bool>>,
    /// Where to pay; a dash clears.
    pub paypal_email: Option<&'a str>,
    /// The partner's own rate (R2.5).
    pub rate: Option<Rate>,
    /// The first billing day of a changed rate.
    pub rate_from: Option<Day>,
}

/// Enters a partner, with a code of their own where one is given, and gives them the unclaimed links that bear their
/// login e-mail (R4.2). Without a status they are pending: a partner is approved once the paperwork is.
///
/// # Errors
/// No name or e-mail; a taken id, e-mail or code; a value that its field does not take. Nothing is changed then.
pub fn add_partner(
    writer: Writer,
    id: &str,
    given: &PartnerFacts<'_>,
    code: Option<&str>,
    reason: Option<&str>,
) -> Result<Outcome, RecordError> {
    let reason = reason.map(Remark::reason).transpose()?;
    let id = free_id(&writer, id)?;
    let blank = blank_record(&writer, id, given)?;
    let record = plan_edit(&writer, &blank, given)?;
    let facts = &record.facts;
    refuse_shadow(&writer, facts.id.as_str(), facts)?;
    let no = writer.add_partner(&record, "partner add")?;
    let nothing: Fields = fields(&record).into_iter().map(|(field, _)| (field, None)).collect();
    let changes = differences(nothing, fields(&record));
    let mut outcome = Outcome { added: true, ..Outcome::of("partner", facts.id.as_str(), changes) };
    if let Asked::Set(code) = asked(code) {
        refuse_code(&writer, code, facts.id.as_str())?;
        writer.add_link(&NewLink {
            code: Code(code.to_owned()),
            partner_no: Some(no),
            owner: None,
            channel: LinkChannel::Link,
            created_on: Some(facts.joined_on),
        })?;
        let new = Some(code.to_owned());
        outcome.changes.push(Change { field: "referral_code".to_owned(), old: None, new });
    }
    outcome.claimed = writer.claim_links_by_email(no, &facts.email, facts.joined_on)?;
    warn_of_address(&writer, &PartnerRecord { no, ..record.clone() }, &mut outcome)?;
    outcome.next = next_steps(facts);
    outcome.save(writer, "partner add", reason.as_ref().map(Remark::as_str))
}

/// Refuses a name that is another partner's, whatever it is there: PARTNER would find the wrong one.
fn refuse_shadow(writer: &Writer, name: &str, own: &Partner) -> Result<(), RecordError> {
    let key = own.email.key();
    refuse_bearer(name, writer.name_bearer(name, Own { id: own.id.as_str(), email: Some(&key) })?)
}

/// The same of a code; one that a link bears is told by the link itself.
pub(super) fn refuse_code(writer: &Writer, code: &str, own: &str) -> Result<(), RecordError> {
    match writer.link(&Code(code.to_owned()))? {
        Some(_) => Ok(()),
        None => refuse_bearer(code, writer.name_bearer(code, Own { id: own, email: None })?),
    }
}

fn refuse_bearer(name: &str, bearer: Option<String>) -> Result<(), RecordError> {
    match bearer {
        None => Ok(()),
        Some(whose) => Err(RecordError::refuse(
            format!("{name:?} is {whose}; a name must be one partner's alone"),
            "give another; a partner is named by id, e-mail or code wherever PARTNER stands",
        )),
    }
}

fn free_id(writer: &Writer, text: &str) -> Result<PartnerId, RecordError> {
    let id = PartnerId(text.trim().to_owned());
    let one_word = |letter: char| !letter.is_whitespace() && !letter.is_control();
    if id.as_str().is_empty() || !id.as_str().chars().all(one_word) {
        return Err(RecordError::refuse_flatly(format!(
            "{text:?} cannot be a partner's id: it must be one word"
        )));
    }
    if writer.partner_id_taken(&id)? {
        return Err(RecordError::refuse(
            format!("partner {id} exists already"),
            format!("partners partner show {id}, or partners partner edit {id}"),
        ));
    }
    Ok(id)
}

/// A record with nothing but what a partner cannot be without.
fn blank_record(
    writer: &Writer,
    id: PartnerId,
    given: &PartnerFacts<'_>,
) -> Result<PartnerRecord, RecordError> {
    let needed = |text: Option<&str>, flag: &str| match asked(text) {
        Asked::Set(text) => Ok(text.to_owned()),
        Asked::Keep | Asked::Clear => {
            Err(RecordError::refuse(format!("partner {id} needs {flag}"), format!("add {flag}")))
        }
    };
    let (name, email) = (needed(given.name, "--name")?, needed(given.email, "--email")?);
    Ok(PartnerRecord {
        no: 0,
        facts: Partner {
            id,
            name,
            email: Email::new(&email),
            joined_on: writer.today_here(),
            standing: Standing::Pending,
            country: None,
            us_person: None,
            tax: Tax {
                form: None,
                status: TaxStatus::Missing,
                signed_on: None,
                decided_on: None,
                questionnaire_says_us: false,
            },
            first_approval: None,
            paypal: Paypal {
                email: None,
                state: AddressState::Unconfirmed,
                changed_on: None,
                shared_with: Vec::new(),
            },
            payment_reversed: false,
            rates: Vec::new(),
        },
        answers: Answers::default(),
    })
}

/// Changes a partner's facts.
///
/// # Errors
/// No such partner, a taken e-mail, a value that its field does not take. Nothing is changed then.
pub fn edit_partner(
    writer: Writer,
    partner: &str,
    given: &PartnerFacts<'_>,
    reason: Option<&str>,
) -> Result<Outcome, RecordError> {
    let reason = reason.map(Remark::reason).transpose()?;
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
    let reopened = before.facts.standing == Standing::Closed && after.facts.standing != Standing::Closed;
    if reopened || before.facts.paypal.email != after.facts.paypal.email {
        warn_of_address(&writer, &after, &mut outcome)?;
    }
    if before.facts.rates != after.facts.rates {
        warn_of_rate(&writer, &before.facts, &after.facts, &mut outcome);
    }
    if after.facts.standing == Standing::Active && before.facts.standing != Standing::Active {
        outcome.next.push(format!("partners why {}", after.facts.id));
    }
    outcome.save(writer, "partner edit", reason.as_ref().map(Remark::as_str))
}

/// Plans a record as it should read.
fn plan_edit(
    writer: &Writer,
    before: &PartnerRecord,
    given: &PartnerFacts<'_>,
) -> Result<PartnerRecord, RecordError> {
    let mut after = before.clone();
    let facts = &mut after.facts;
    if let Some(name) = required(given.name, "the name")? {
        Remark::parse(name, "name")?.as_str().clone_into(&mut facts.name);
    }
    if let Some(email) = required(given.email, "the login e-mail")? {
        facts.email = free_login(writer, email, &facts.id)?;
        refuse_shadow(writer, email, facts)?;
    }
    if given.joined_on.is_some() {
        facts.joined_on = past_day(writer, given.joined_on, "the day of joining")?;
    }
    facts.standing = given.status.unwrap_or(facts.standing);
    facts.country = country(given.country, facts.country.take())?;
    if let Some(edit) = given.us_person {
        edit.apply(&mut facts.us_person);
    }
    plan_rate(writer, facts, given.rate, given.rate_from)?;
    plan_asked_address(writer, &mut after, given.paypal_email)?;
    Ok(after)
}

/// Plans R2.5: the first rate is in force from the beginning, a changed one from its day or today.
fn plan_rate(
    writer: &Writer,
    facts: &mut Partner,
    rate: Option<Rate>,
    from: Option<Day>,
) -> Result<(), RecordError> {
    let Some(rate) = rate else {
        if from.is_some() {
            return Err(RecordError::refuse("--rate-from says when, but not which rate", "add --rate RATE"));
        }
        return Ok(());
    };
    if facts.rates.is_empty() {
        if let Some(from) = from {
            return Err(RecordError::refuse(
                format!(
                    "{} has no own rate yet, and a first one is in force from the beginning (R2.5), not from {from}",
                    facts.id
                ),
                format!(
                    "leave --rate-from out; or first give the rate that held so far: \
                     partners partner edit {} --rate {}",
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

/// Reads a login e-mail that no other partner has (R4.7).
fn free_login(writer: &Writer, text: &str, own: &PartnerId) -> Result<Email, RecordError> {
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
        Some(bearer) if bearer != *own => Err(RecordError::refuse(
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

/// Says what a changed login e-mail does not do by itself (R4.2, R4.6).
fn warn_of_login(writer: &Writer, after: &PartnerRecord, outcome: &mut Outcome) -> Result<(), RecordError> {
    let (id, email) = (&after.facts.id, &after.facts.email);
    for code in writer.unclaimed_codes_of(email)? {
        outcome.warnings.push(format!(
            "the unclaimed link {code} bears {email}; if it is theirs: \
             partners link claim {code} --to {id} --reason TEXT"
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
fn warn_of_rate(writer: &Writer, before: &Partner, after: &Partner, outcome: &mut Outcome) {
    let new = after.rates.iter().find(|rate| !before.rates.contains(rate));
    let from = new.and_then(|(from, _)| *from);
    if from.is_none_or(|from| from < writer.today_here()) {
        let since =
            from.map_or_else(|| "all charges".to_owned(), |from| format!("charges billed from {from} on"));
        outcome.warnings.push(format!(
            "{since} are reckoned afresh, those already paid too: the difference is paid or clawed back (R2.5, R5.1)"
        ));
    }
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
