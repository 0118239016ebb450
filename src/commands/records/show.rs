//! `partner show`, `partner list`: what is on file about partners.
//!
//! Floor 5. What a gate says today is `why`'s; here stands what was entered, and the gates in one word each.

use super::RecordError;
use super::adjustment::balance;
use super::partner::fields;
use crate::dates::Day;
use crate::ids::{AccountId, PartnerId};
use crate::money::{Currency, Money};
use crate::partner::{Reason, Standing, closed_gates};
use crate::store::records::{AddressEntry, Note, PartnerRecord};
use crate::store::{LinkRow, Reader};

/// Everything on file about a partner.
#[derive(Debug, Clone)]
pub struct PartnerView {
    /// The record.
    pub record: PartnerRecord,
    /// Its fields as text, in the order in which people read them.
    pub fields: Vec<(&'static str, Option<String>)>,
    /// The day of the balance and the gates.
    pub date: Day,
    /// The programme's.
    pub currency: Currency,
    /// R5.2.
    pub balance: Money,
    /// Every closed gate of R6, in the order of the rules.
    pub closed: Vec<Reason>,
    /// The PayPal addresses so far, oldest first.
    pub addresses: Vec<AddressEntry>,
    /// Their links, by code.
    pub links: Vec<LinkRow>,
    /// The accounts that are or were theirs.
    pub accounts: Vec<AccountId>,
    /// Staff's remarks.
    pub notes: Vec<Note>,
}

/// Shows a partner, by any of their names.
///
/// # Errors
/// No such partner.
pub fn show_partner(reader: &Reader, today: Day, partner: &str) -> Result<PartnerView, RecordError> {
    let no = reader.find_partner(partner)?;
    let record = reader.partner_record(no)?;
    let balance = balance(reader, no, today)?;
    let links = reader.links()?;
    Ok(PartnerView {
        fields: fields(&record),
        date: today,
        currency: reader.currency(),
        balance,
        closed: closed_gates(&record.facts, reader.policy(today), balance, today),
        addresses: reader.paypal_history(no)?,
        links: links
            .into_iter()
            .filter(|link| link.partner.as_ref().is_some_and(|(of, _)| *of == no))
            .collect(),
        accounts: reader.accounts_of(no)?.into_iter().map(AccountId).collect(),
        notes: reader.notes(Some(&format!("partner:{}", record.facts.id)))?,
        record,
    })
}

/// Which partners `partner list` shows.
#[derive(Debug, Clone, Copy, Default)]
pub struct PartnerFilter {
    /// Those of one status (R6.1).
    pub status: Option<Standing>,
    /// Those with a closed gate.
    pub blocked: bool,
}

/// One partner in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerLine {
    /// The id.
    pub partner: PartnerId,
    /// The name.
    pub name: String,
    /// The login e-mail.
    pub email: String,
    /// R6.1.
    pub status: Standing,
    /// The day of sign-up.
    pub joined_on: Day,
    /// Where they are paid.
    pub paypal_email: Option<String>,
    /// Every closed gate of R6 but the maximum, which depends on the balance.
    pub closed: Vec<Reason>,
}

/// Lists partners by id, with their closed gates.
///
/// # Errors
/// Damaged rows.
pub fn list_partners(
    reader: &Reader,
    today: Day,
    filter: PartnerFilter,
) -> Result<Vec<PartnerLine>, RecordError> {
    let policy = reader.policy(today);
    let mut lines = Vec::new();
    for PartnerRecord { facts, .. } in reader.partner_records()? {
        let closed = closed_gates(&facts, policy, Money::ZERO, today);
        if filter.status.is_some_and(|status| status != facts.standing)
            || (filter.blocked && closed.is_empty())
        {
            continue;
        }
        lines.push(PartnerLine {
            partner: facts.id,
            name: facts.name,
            email: facts.email.as_str().to_owned(),
            status: facts.standing,
            joined_on: facts.joined_on,
            paypal_email: facts.paypal.email.map(|email| email.as_str().to_owned()),
            closed,
        });
    }
    Ok(lines)
}
