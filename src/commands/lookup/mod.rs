//! `lookup`: everything support needs to answer about somebody, by whatever name the caller gives (R4, FAQ).
//!
//! Floor 5, read-only. Exact finds come first, then near ones, nearest first. What a near find costs is
//! `likeness`'s; which rows are compared is `store`'s; here is decided which of the two a question needs, so that the
//! usual one, an e-mail that is right, costs a few probes of an index.

mod account;
mod mask;

use std::collections::BTreeSet;

pub use account::{AccountCard, Became, NoReferrer, Referrer, Sums, unpaid_before};
pub use mask::Mask;

use crate::dates::Day;
use crate::ids::{Code, EmailKey, PartnerId};
use crate::likeness::{self, Name};
use crate::money::Currency;
use crate::partner::Standing;
use crate::store::{Finds, FoundAccount, FoundPartner, FoundReferral, Reader, Shelf, StoreError};
use crate::words;

/// Near finds shown of each kind.
const NEAR_MAX: usize = 8;
/// Near finds this much dearer than the best are left out.
const NEAR_SPREAD: u32 = 20;
/// A find dearer than this does not end the search.
const CLOSE: u32 = 2 * likeness::SLIP;
/// Rows of one beginning that are compared beside an exact find.
const BESIDE_ROWS_MAX: usize = 50;
/// What a guess from a name at an address costs, or the other way round.
const GUESS: u32 = 25;

words!(
    /// How surely a row is what was asked for.
    Match, "match" {
        /// It bears the very text.
        Exact = "exact",
        /// It bears something like it.
        Near = "near",
    }
);

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// An e-mail, a name, a company, an id or a code, or something like one.
    pub text: &'a str,
    /// The day as of which charges are judged.
    pub today: Day,
    /// Whether people are masked.
    pub mask: Mask,
}

/// Everything that was found.
#[derive(Debug, Clone)]
pub struct Lookup {
    /// What was asked, masked if so asked.
    pub query: String,
    /// As of.
    pub date: Day,
    /// The programme's.
    pub currency: Currency,
    /// Accounts, exact ones first.
    pub accounts: Vec<AccountCard>,
    /// Partners, exact ones first.
    pub partners: Vec<PartnerCard>,
    /// Referral records, exact ones first.
    pub referrals: Vec<ReferralCard>,
    /// Links whose code was asked for, exact ones first.
    pub links: Vec<LinkCard>,
    /// Whether the near search had to stop before it had seen all names.
    pub cut_short: bool,
}

/// A partner that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerCard {
    /// The id.
    pub partner: PartnerId,
    /// The name.
    pub name: String,
    /// The login e-mail.
    pub email: String,
    /// R6.1.
    pub status: Standing,
    /// How surely.
    pub matched: Match,
}

/// A referral record that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferralCard {
    /// Whom somebody referred.
    pub email: String,
    /// The code it names.
    pub code: String,
    /// Its day.
    pub referred_on: Day,
    /// Whose the code is, if anybody's.
    pub partner: Option<PartnerId>,
    /// How surely.
    pub matched: Match,
}

/// A link that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkCard {
    /// The code.
    pub code: String,
    /// Whose it is; `None` while nobody has claimed it (R4.2).
    pub partner: Option<PartnerId>,
    /// The e-mail of the account it was taken from.
    pub owner_email: Option<String>,
    /// How surely.
    pub matched: Match,
}

impl Lookup {
    /// Returns whether nothing was found at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.accounts.is_empty()
            && self.partners.is_empty()
            && self.referrals.is_empty()
            && self.links.is_empty()
    }
}

/// What was found, before it is told.
#[derive(Debug, Default)]
struct Found {
    accounts: Vec<FoundAccount>,
    partners: Vec<FoundPartner>,
    referrals: Vec<FoundReferral>,
    links: Vec<LinkCard>,
}

/// The near finds of every kind.
#[derive(Debug, Default)]
struct Near {
    accounts: Finds,
    partners: Finds,
    referrals: Finds,
    codes: Finds,
    cut_short: bool,
}

/// Finds whatever bears a text, or something like it.
///
/// # Errors
/// The store's; overflow.
pub fn lookup(reader: &Reader, ask: &Ask<'_>) -> Result<Lookup, StoreError> {
    let text = ask.text.trim();
    let exact = exactly(reader, text)?;
    let alone = exact.accounts.is_empty() && exact.partners.is_empty() && exact.links.is_empty();
    let mut near = Near::default();
    if alone {
        search(reader, text, &mut near)?;
    } else {
        search_beside(reader, text, &mut near)?;
    }
    let mut told = Lookup {
        query: ask.mask.query(text),
        date: ask.today,
        currency: reader.currency(),
        accounts: Vec::new(),
        partners: Vec::new(),
        referrals: Vec::new(),
        links: exact.links,
        cut_short: near.cut_short,
    };
    told.add_accounts(reader, ask, exact.accounts, &near.accounts)?;
    told.add_partners(reader, ask, text, exact.partners, &near.partners)?;
    told.add_referrals(reader, ask, exact.referrals, &near.referrals)?;
    for link in &mut told.links {
        link.owner_email = link.owner_email.take().map(|email| ask.mask.email(&email));
    }
    for (no, _) in nearest(&near.codes) {
        if let Some(link) =
            reader.link_by_no(no)?.filter(|link| told.links.iter().all(|l| l.code != link.code))
        {
            let owner_email = link.owner.map(|email| ask.mask.email(email.as_str()));
            let partner = link.partner.map(|(_, id)| id);
            told.links.push(LinkCard { code: link.code, partner, owner_email, matched: Match::Near });
        }
    }
    Ok(told)
}

/// Probes every index for the very text.
fn exactly(reader: &Reader, text: &str) -> Result<Found, StoreError> {
    let link = reader.link(&Code(text.to_owned()))?;
    Ok(Found {
        accounts: reader.accounts_named(text)?,
        partners: reader.partners_named(text)?,
        referrals: reader.referrals_named(text)?,
        links: link
            .into_iter()
            .map(|link| LinkCard {
                code: link.code,
                partner: link.partner.map(|(_, id)| id),
                owner_email: link.owner.map(|email| email.as_str().to_owned()),
                matched: Match::Exact,
            })
            .collect(),
    })
}

/// Looks beside an exact find, at little cost: the same person elsewhere, the same beginning.
fn search_beside(reader: &Reader, text: &str, near: &mut Near) -> Result<(), StoreError> {
    if let Some((local, _)) = text.rsplit_once('@') {
        let key = EmailKey::of(text);
        let judge = |other: &str| likeness::email_cost(key.as_str(), other);
        let local = format!("{}@", local.to_lowercase());
        reader.search_beginning(Shelf::AccountEmails, &local, BESIDE_ROWS_MAX, judge, &mut near.accounts)?;
        reader.search_beginning(Shelf::PartnerEmails, &local, BESIDE_ROWS_MAX, judge, &mut near.partners)?;
        return reader.search_beginning(
            Shelf::ReferralEmails,
            &local,
            BESIDE_ROWS_MAX,
            judge,
            &mut near.referrals,
        );
    }
    if text.contains(' ') {
        let name = Name::of(text);
        let judge = |other: &str| name.cost(&Name::of(other));
        reader.search_beginning(Shelf::AccountNames, text, BESIDE_ROWS_MAX, judge, &mut near.accounts)?;
        reader.walk_partner_names(|other| judge(other).filter(|cost| *cost <= CLOSE), &mut near.partners)?;
    }
    Ok(())
}

/// Looks for anything like the text, the cheap ways first.
fn search(reader: &Reader, text: &str, near: &mut Near) -> Result<(), StoreError> {
    if let Some(address) = as_address(text) {
        search_address(reader, &address, near)?;
    } else {
        search_words(reader, text, near)?;
    }
    // A word alone may be a last name, which no index begins with: only the word itself ends the search.
    let alone = !text.contains([' ', '@']) && !text.contains(|sign: char| sign.is_ascii_digit());
    let close = if alone { likeness::SLIP / 2 } else { CLOSE };
    let found = [&near.accounts, &near.partners, &near.codes, &near.referrals];
    if found.iter().all(|finds| finds.best().is_none_or(|cost| cost > close)) {
        walk(reader, text, near)?;
    }
    Ok(())
}

/// Reads what was meant as an e-mail address: `jane at example dot com`, `<Jane@Example,com>`.
fn as_address(text: &str) -> Option<String> {
    let mut typed = text.trim().to_lowercase();
    for (said, sign) in
        [("mailto:", ""), ("(at)", "@"), ("[at]", "@"), (" at ", "@"), (" dot ", "."), (" punkt ", ".")]
    {
        typed = typed.replace(said, sign);
    }
    if !typed.contains('@') {
        return None;
    }
    let meant: String = typed
        .chars()
        .filter(|sign| !sign.is_whitespace() && !"<>()\"';:".contains(*sign))
        .map(|sign| if sign == ',' { '.' } else { sign })
        .collect();
    Some(EmailKey::of(meant.trim_matches('.')).0)
}

fn search_address(reader: &Reader, address: &str, near: &mut Near) -> Result<(), StoreError> {
    let judge = |other: &str| likeness::email_cost(address, other);
    let mut spellings = vec![address.to_owned()];
    if let Some((local, domain)) = address.rsplit_once('@') {
        // Without the tag after a plus, without dots, and with first and last name turned round.
        let bare = local.split('+').next().unwrap_or(local);
        spellings.push(format!("{bare}@{domain}"));
        spellings.push(format!("{}@{domain}", bare.replace(['.', '_', '-'], "")));
        let parts: Vec<&str> = bare.split(['.', '_', '-']).collect();
        if let [first, last] = parts.as_slice() {
            spellings.push(format!("{last}.{first}@{domain}"));
        }
        let name = Name::of(&parts.join(" "));
        if name.words().len() > 1 {
            let guess = |other: &str| name.cost(&Name::of(other)).map(|cost| cost.saturating_add(GUESS));
            let beginning = name.words().join(" ");
            reader.search_beginning(
                Shelf::AccountNames,
                &beginning,
                BESIDE_ROWS_MAX,
                guess,
                &mut near.accounts,
            )?;
        }
    }
    reader.search(Shelf::AccountEmails, &spellings, judge, &mut near.accounts)?;
    reader.search(Shelf::PartnerEmails, &spellings, judge, &mut near.partners)?;
    reader.search(Shelf::PartnerPaypals, &spellings, judge, &mut near.partners)?;
    reader.search(Shelf::ReferralEmails, &spellings, judge, &mut near.referrals)
}

fn search_words(reader: &Reader, text: &str, near: &mut Near) -> Result<(), StoreError> {
    let name = Name::of(text);
    let judge = |other: &str| name.cost(&Name::of(other));
    reader.search(Shelf::AccountNames, &beginnings(text, &name), judge, &mut near.accounts)?;
    reader.walk_partner_names(judge, &mut near.partners)?;
    if name.words().len() > 1 {
        return guess_addresses(reader, &name, near);
    }
    let word = text.trim().to_lowercase();
    let words = [word.clone()];
    if word.chars().count() >= 3 && !word.contains(' ') {
        let by_local = |other: &str| likeness::email_cost(&word, other);
        reader.search(Shelf::AccountEmails, &words, by_local, &mut near.accounts)?;
        reader.search(Shelf::PartnerEmails, &words, by_local, &mut near.partners)?;
        reader.search(Shelf::ReferralEmails, &words, by_local, &mut near.referrals)?;
    }
    let by_id = |other: &str| likeness::id_cost(text, other);
    reader.search(Shelf::Codes, &words, by_id, &mut near.codes)?;
    let ids = id_spellings(text);
    reader.search(Shelf::AccountIds, &ids, by_id, &mut near.accounts)?;
    reader.search(Shelf::PartnerIds, &ids, by_id, &mut near.partners)
}

/// Returns how the beginning of a stored name may be spelled: each word may come first.
fn beginnings(text: &str, name: &Name) -> Vec<String> {
    let words = name.words();
    let mut beginnings = vec![text.trim().to_lowercase(), words.concat(), words.join(" ")];
    for (at, word) in words.iter().enumerate().skip(1) {
        let others =
            words.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, word)| word.as_str());
        beginnings.push(std::iter::once(word.as_str()).chain(others).collect::<Vec<_>>().join(" "));
    }
    if let Some((first, _)) = words.split_first() {
        beginnings.push(format!("the {first}"));
    }
    beginnings
}

/// Tries the addresses that people make of their names.
fn guess_addresses(reader: &Reader, name: &Name, near: &mut Near) -> Result<(), StoreError> {
    let (Some(first), Some(last)) = (name.words().first(), name.words().last()) else { return Ok(()) };
    let initial: String = first.chars().take(1).collect();
    for local in [
        format!("{first}.{last}@"),
        format!("{first}{last}@"),
        format!("{first}_{last}@"),
        format!("{initial}{last}@"),
        format!("{initial}.{last}@"),
        format!("{last}.{first}@"),
    ] {
        let guess = |_: &str| Some(GUESS);
        reader.search_beginning(Shelf::AccountEmails, &local, BESIDE_ROWS_MAX, guess, &mut near.accounts)?;
        reader.search_beginning(Shelf::PartnerEmails, &local, BESIDE_ROWS_MAX, guess, &mut near.partners)?;
        reader.search_beginning(
            Shelf::ReferralEmails,
            &local,
            BESIDE_ROWS_MAX,
            guess,
            &mut near.referrals,
        )?;
    }
    Ok(())
}

/// Returns how an id may be stored: in either case, and with its digits where letters were heard.
fn id_spellings(text: &str) -> Vec<String> {
    let text = text.trim();
    let with_digits = |id: String| -> String {
        let mut seen_digit = false;
        id.chars()
            .map(|sign| {
                seen_digit |= sign.is_ascii_digit();
                match sign {
                    'O' | 'o' if seen_digit => '0',
                    'l' | 'I' if seen_digit => '1',
                    other => other,
                }
            })
            .collect()
    };
    let mut spellings = vec![text.to_owned(), text.to_uppercase(), text.to_lowercase()];
    spellings.push(with_digits(text.to_owned()));
    spellings.push(with_digits(text.to_owned()).to_uppercase());
    // A dash between letters and digits is often left out, or said as a blank.
    let compact = text.to_uppercase().replace([' ', '-', '_'], "");
    if let Some(at) = compact.find(|sign: char| sign.is_ascii_digit()) {
        let (letters, digits) = compact.split_at(at);
        spellings.push(format!("{letters}-{digits}"));
        spellings.push(compact.clone());
    }
    spellings
}

/// Compares name by name and address by address, when nothing begins alike: the last resort.
fn walk(reader: &Reader, text: &str, near: &mut Near) -> Result<(), StoreError> {
    if let Some(address) = as_address(text) {
        let judge = |other: &str| likeness::email_cost(&address, other);
        near.cut_short |= !reader.walk_account_emails(judge, &mut near.accounts)?;
        return Ok(());
    }
    let name = Name::of(text);
    let alike = |other: &str| if name.may_be(other) { name.cost(&Name::of(other)) } else { None };
    near.cut_short |= !reader.walk_account_names(alike, &mut near.accounts)?;
    let part = text.trim().to_lowercase();
    if near.accounts.is_empty() && part.chars().count() >= 3 && !part.contains(' ') {
        // A domain, or a part of an address.
        let within = |other: &str| other.contains(&part).then_some(GUESS);
        near.cut_short |= !reader.walk_account_emails(within, &mut near.accounts)?;
    }
    Ok(())
}

/// Returns the near finds worth showing.
fn nearest(finds: &Finds) -> Vec<(i64, u32)> {
    let best = finds.best().unwrap_or(0);
    let worth = |cost: u32| cost <= best.saturating_add(NEAR_SPREAD);
    finds.nearest(NEAR_MAX).into_iter().filter(|(_, cost)| worth(*cost)).collect()
}

impl Lookup {
    fn add_accounts(
        &mut self,
        reader: &Reader,
        ask: &Ask<'_>,
        exact: Vec<FoundAccount>,
        near: &Finds,
    ) -> Result<(), StoreError> {
        let known: BTreeSet<i64> = exact.iter().map(|account| account.no).collect();
        for account in exact {
            self.accounts.push(account::card(reader, ask, account, Match::Exact)?);
        }
        for (no, _) in nearest(near) {
            if let Some(account) = reader.account_found(no)?.filter(|account| !known.contains(&account.no)) {
                self.accounts.push(account::card(reader, ask, account, Match::Near)?);
            }
        }
        Ok(())
    }

    fn add_partners(
        &mut self,
        reader: &Reader,
        ask: &Ask<'_>,
        text: &str,
        exact: Vec<FoundPartner>,
        near: &Finds,
    ) -> Result<(), StoreError> {
        let known: BTreeSet<i64> = exact.iter().map(|partner| partner.no).collect();
        let mut found: Vec<(FoundPartner, Match)> =
            exact.into_iter().map(|partner| (partner, Match::Exact)).collect();
        for (no, _) in nearest(near) {
            if let Some(partner) = reader.partner_found(no)?.filter(|partner| !known.contains(&partner.no)) {
                // Partners' names have no index, so that a name that is right is found here, too.
                let same = partner.name.to_lowercase() == text.to_lowercase();
                found.push((partner, if same { Match::Exact } else { Match::Near }));
            }
        }
        found.sort_by_key(|(_, matched)| *matched);
        self.partners = found
            .into_iter()
            .map(|(partner, matched)| PartnerCard {
                partner: partner.id,
                name: ask.mask.name(&partner.name),
                email: ask.mask.email(&partner.email),
                status: partner.standing,
                matched,
            })
            .collect();
        Ok(())
    }

    fn add_referrals(
        &mut self,
        reader: &Reader,
        ask: &Ask<'_>,
        exact: Vec<FoundReferral>,
        near: &Finds,
    ) -> Result<(), StoreError> {
        let known: BTreeSet<i64> = exact.iter().map(|referral| referral.no).collect();
        let mut found: Vec<(FoundReferral, Match)> =
            exact.into_iter().map(|referral| (referral, Match::Exact)).collect();
        for (no, _) in nearest(near) {
            let referral = reader.referral_found(no)?.filter(|referral| !known.contains(&referral.no));
            found.extend(referral.map(|referral| (referral, Match::Near)));
        }
        self.referrals = found
            .into_iter()
            .map(|(referral, matched)| ReferralCard {
                email: ask.mask.email(&referral.email),
                code: referral.code,
                referred_on: referral.referred_on,
                partner: referral.partner,
                matched,
            })
            .collect();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_they_are_said() {
        for said in [
            "jane at example dot com",
            "<Jane@Example,com>",
            "mailto:jane@example.com.",
            "jane (at) example.com",
        ] {
            assert_eq!(as_address(said).as_deref(), Some("jane@example.com"), "{said}");
        }
        assert_eq!(as_address("Jane Doe"), None);
    }

    #[test]
    fn ids_are_tried_as_they_may_be_stored() {
        let spellings = id_spellings("a1oO1");
        assert!(spellings.iter().any(|spelling| spelling == "A1001"), "{spellings:?}");
        assert!(id_spellings("a 1001").iter().any(|spelling| spelling == "A-1001"));
    }
}
