//! `link add`, `link claim`, `link list`: referral codes and whose they are (R4.2, R4.7).
//!
//! Floor 5.

use super::partner::refuse_code;
use super::{Asked, Change, Outcome, RecordError, asked, past_day};
use crate::dates::Day;
use crate::ids::{Code, Email, PartnerId};
use crate::import::links::LinkChannel;
use crate::money::{Currency, Money};
use crate::remark::Remark;
use crate::store::{LinkRow, NewLink, Reader, Unclaimed, Writer};

/// Whose a new link is.
#[derive(Debug, Clone, Copy)]
pub enum Owner<'a> {
    /// A partner's, by any of their names.
    Partner(&'a str),
    /// Somebody's who is no partner yet: the e-mail of the account it was taken from (R4.2).
    Email(&'a str),
}

/// What `link add` is given.
#[derive(Debug, Clone, Copy)]
pub struct AddLink<'a> {
    /// The code.
    pub code: &'a str,
    /// Whose it is.
    pub owner: Owner<'a>,
    /// How it travels.
    pub channel: LinkChannel,
    /// When it was made; today when absent.
    pub created_on: Option<Day>,
}

/// Enters a link. One that bears the login e-mail of a partner is theirs at once (R4.2).
///
/// # Errors
/// A taken code, an unknown channel or partner.
pub fn add_link(writer: Writer, given: &AddLink<'_>) -> Result<Outcome, RecordError> {
    let code = Code(given.code.trim().to_owned());
    if code.0.is_empty() || code.0.chars().any(|letter| letter.is_whitespace() || letter.is_control()) {
        return Err(RecordError::refuse_flatly(format!(
            "{:?} cannot be a code: it must be one word",
            given.code
        )));
    }
    let created_on = past_day(&writer, given.created_on, "the day of the link")?;
    let (partner_no, owner) = match given.owner {
        Owner::Partner(partner) => (Some(writer.find_partner(partner)?), None),
        Owner::Email(text) => {
            let email = Email::new(text);
            if !email.as_str().contains('@') {
                return Err(RecordError::refuse_flatly(format!("{text:?} is not an e-mail address")));
            }
            let partner = writer.partner_by_login(&email)?;
            let no = partner.map(|id| writer.find_partner(id.as_str())).transpose()?;
            (no, Some(email))
        }
    };
    if let Some(bearer) = writer.link(&code)? {
        return Err(RecordError::refuse(
            format!("the code {:?} is already {} (R4.7)", bearer.code, whose(&bearer)),
            format!("partners link list --partner {}", owner_name(&bearer)),
        ));
    }
    let own = partner_no.map(|no| writer.partner_record(no)).transpose()?.map(|record| record.facts.id);
    refuse_code(&writer, &code.0, own.as_ref().map_or("", PartnerId::as_str))?;
    writer.add_link(&NewLink {
        code: code.clone(),
        partner_no,
        owner: owner.clone(),
        channel: given.channel,
        created_on: Some(created_on),
    })?;
    let partner = own;
    let mut outcome = Outcome { added: true, ..Outcome::of("link", &code.0, Vec::new()) };
    let owner = owner.map(|email| email.to_string());
    let values = [
        ("partner", partner.as_ref().map(ToString::to_string)),
        ("owner_email", owner.clone()),
        ("channel", Some(given.channel.to_string())),
        ("created_on", Some(created_on.to_string())),
    ];
    outcome.changes = values
        .into_iter()
        .filter(|(_, new)| new.is_some())
        .map(|(field, new)| Change { field: field.to_owned(), old: None, new })
        .collect();
    match (&partner, owner) {
        (None, Some(email)) => outcome.next.push(format!(
            "what comes through it waits until somebody signs up with {email} (R4.2): \
             partners partner add ID --name \"NAME\" --email {email}"
        )),
        (Some(id), Some(email)) => {
            outcome
                .warnings
                .push(format!("{email} is the login e-mail of {id}: the link is theirs at once (R4.2)"));
        }
        (_, None) => {}
    }
    if writer.count_untied()? > 0 {
        outcome.next.push("partners attribute".to_owned());
    }
    let others: Vec<(&str, &str)> = partner.iter().map(|id| ("partner", id.as_str())).collect();
    outcome.save_about(writer, "link add", None, &others)
}

fn whose(link: &LinkRow) -> String {
    match (&link.partner, &link.owner) {
        (Some((_, id)), _) => format!("a link of partner {id}"),
        (None, Some(email)) => format!("an unclaimed link of {email}"),
        (None, None) => "an unclaimed link".to_owned(),
    }
}

fn owner_name(link: &LinkRow) -> String {
    link.partner.as_ref().map_or_else(|| link.code.clone(), |(_, id)| id.to_string())
}

/// Gives a partner a link that nobody has claimed, by staff's word and from today on (R4.2, R5.4).
///
/// # Errors
/// No such code or partner, a claimed link, no reason.
pub fn claim_link(writer: Writer, code: &str, partner: &str, reason: &str) -> Result<Outcome, RecordError> {
    let reason = Remark::reason(reason)?;
    let code = Code(code.trim().to_owned());
    let Some(link) = writer.link(&code)? else {
        return Err(RecordError::refuse(
            format!("no link bears the code {:?}", code.0),
            "partners link list --unclaimed",
        ));
    };
    let partner_no = writer.find_partner(partner)?;
    let id = writer.partner_record(partner_no)?.facts.id;
    if let Some((no, bearer)) = &link.partner {
        if *no == partner_no {
            return Ok(Outcome::of("link", &link.code, Vec::new()));
        }
        return Err(RecordError::refuse(
            format!("the link {} is partner {bearer}'s, and a claimed link does not change hands", link.code),
            format!(
                "move single accounts: partners attribute ACCOUNT --to {id} --reason TEXT --override-referrer"
            ),
        ));
    }
    let claimed = writer.claim_link(link.no, &link.code, partner_no, writer.today_here())?;
    let mut outcome = Outcome::of("link", &link.code, Vec::new());
    let today = writer.today_here().to_string();
    outcome.changes = vec![
        Change { field: "partner".to_owned(), old: None, new: Some(id.to_string()) },
        Change { field: "claimed_on".to_owned(), old: None, new: Some(today) },
    ];
    if let Some(owner) = &link.owner {
        let login = writer.partner_record(partner_no)?.facts.email;
        if owner.key() != login.key() {
            outcome.warnings.push(format!("the link was taken from {owner}, and {id} signed up as {login}"));
        }
    }
    outcome.claimed = vec![claimed];
    outcome.next.push(format!("partners why {id}"));
    outcome.save_about(writer, "link claim", Some(reason.as_str()), &[("partner", id.as_str())])
}

/// Which links `link list` shows.
#[derive(Debug, Clone, Copy, Default)]
pub struct LinkFilter<'a> {
    /// Those of an owner's e-mail.
    pub owner: Option<&'a str>,
    /// Those of a partner.
    pub partner: Option<&'a str>,
    /// Those nobody has claimed.
    pub unclaimed: bool,
}

/// One link in a list.
#[derive(Debug, Clone)]
pub struct LinkListing {
    /// The link.
    pub link: LinkRow,
    /// What it would have earned, while nobody has claimed it (R4.2).
    pub waiting: Option<Unclaimed>,
}

/// What `link list` answers.
#[derive(Debug, Clone)]
pub struct LinkList {
    /// Whose were asked for, if somebody's.
    pub owner: Option<Email>,
    /// The day of the reckoning.
    pub date: Day,
    /// The programme's.
    pub currency: Currency,
    /// By code.
    pub links: Vec<LinkListing>,
    /// What the unclaimed ones would have earned in all.
    pub waiting: Money,
}

/// Lists links, with what the unclaimed ones would have earned.
///
/// # Errors
/// No such partner, damaged rows.
pub fn list_links(reader: &Reader, today: Day, filter: &LinkFilter<'_>) -> Result<LinkList, RecordError> {
    let owner = match asked(filter.owner) {
        Asked::Set(text) => Some(Email::new(text)),
        Asked::Keep | Asked::Clear => None,
    };
    let key = owner.as_ref().map(Email::key);
    let partner = filter.partner.map(|partner| reader.find_partner(partner)).transpose()?;
    let mut list =
        LinkList { owner, date: today, currency: reader.currency(), links: Vec::new(), waiting: Money::ZERO };
    for link in reader.links()? {
        let no = link.partner.as_ref().map(|(no, _)| *no);
        let shown = key.as_ref().is_none_or(|key| link.owner.as_ref().is_some_and(|own| own.key() == *key))
            && (partner.is_none() || no == partner)
            && (!filter.unclaimed || no.is_none());
        if !shown {
            continue;
        }
        let waiting = match no {
            None => Some(reader.unclaimed_earnings(link.no, today)?),
            Some(_) => None,
        };
        list.waiting = list.waiting.plus(waiting.map_or(Money::ZERO, |waiting| waiting.due))?;
        list.links.push(LinkListing { link, waiting });
    }
    Ok(list)
}
