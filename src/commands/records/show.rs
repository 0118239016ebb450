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
    pub referrals: Vec<Referral>,
    /// Staff's remarks.
    pub notes: Vec<Note>,
}

/// An account that a partner referred.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referral {
    /// The account.
    pub account: AccountId,
    /// The e-mail it signed up with.
    pub email: Option<String>,
    /// The customer's name.
    pub name: Option<String>,
    /// The day it was opened, as far as it is known.
    pub opened_on: Option<Day>,
    /// staff, code or referral; `None` where only money that was settled ties it to the partner.
    pub evidence: Option<String>,
    /// Whether the latest attribution is to this partner (R4.4).
    pub current: bool,
    /// R4.6.
    pub self_referral: bool,
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
    let mut fields = fields(&record);
    for (_, value) in fields.iter_mut().filter(|(field, _)| *field == "paypal_state") {
        *value = Some(record.facts.paypal.state_word().to_owned());
    }
    Ok(PartnerView {
        fields,
        date: today,
        currency: reader.currency(),
        balance,
        closed: closed_gates(&record.facts, reader.policy(today), balance, today),
        addresses: reader.paypal_history(no)?,
        links: links
            .into_iter()
            .filter(|link| link.partner.as_ref().is_some_and(|(of, _)| *of == no))
            .collect(),
        referrals: referrals(reader, no, &record.facts.id)?,
        notes: reader.notes(Some(&format!("partner:{}", record.facts.id)))?,
        record,
    })
}

fn referrals(reader: &Reader, no: i64, id: &PartnerId) -> Result<Vec<Referral>, RecordError> {
    let mut referrals = Vec::new();
    for account in reader.accounts_of(no)?.into_iter().map(AccountId) {
        let record = reader.account_record(&account)?;
        let ties = reader.account_ties(record.no)?;
        let own = ties.iter().rev().find(|tie| tie.partner.as_ref() == Some(id));
        referrals.push(Referral {
            account,
            email: record.email,
            name: record.name,
            opened_on: record.opened_on,
            evidence: own.map(|tie| tie.evidence.clone()),
            current: ties.last().is_some_and(|tie| tie.partner.as_ref() == Some(id)),
            self_referral: own.is_some_and(|tie| tie.self_referral),
        });
    }
    Ok(referrals)
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
