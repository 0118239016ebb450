//! `lookup`: everything support needs to answer about somebody, by whatever name the caller gives (R4, FAQ).
//!
//! Floor 5, read-only. Exact finds come first, then near ones, nearest first. What a near find costs is
//! `likeness`'s; which rows are compared is `store`'s; here is decided which of the two a question needs, so that the
//! usual one, an e-mail that is right, costs a few probes of an index.

mod account;
mod mask;
mod near;
mod search;

use std::collections::BTreeSet;

pub use account::{AccountCard, Became, NoReferrer, Referrer, Sums, refunded_words, unpaid_before};
pub use mask::Mask;
pub use near::{Meant, meant};

use crate::dates::Day;
use crate::ids::{Code, EmailKey, PartnerId};
use crate::money::Currency;
use crate::partner::Standing;
use crate::store::{Finds, FoundAccount, FoundPartner, FoundReferral, LinkRow, Reader, StoreError};
use crate::words;

/// Near finds shown of each kind.
const NEAR_MAX: usize = 8;
/// Near finds this much dearer than the best are left out.
const NEAR_SPREAD: u32 = 20;

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
    /// Links whose code or owner was asked for, exact ones first.
    pub links: Vec<LinkCard>,
    /// What to do next, where what was found does not say it: each a sentence.
    pub next: Vec<String>,
    /// Whether the near search had to stop before it had seen all names.
    pub cut_short: bool,
    /// Whether more accounts without a referrer carry a code than were looked through for what was asked.
    pub codes_cut_short: bool,
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
    /// The command by which an unclaimed one becomes its owner's (R4.2).
    pub command: Option<String>,
    /// How surely.
    pub matched: Match,
}

impl LinkCard {
    fn of(link: LinkRow, mask: Mask, matched: Match) -> Self {
        let owner_email = link.owner.map(|email| mask.email(email.as_str()));
        let partner = link.partner.map(|(_, id)| id);
        let command = match (&partner, &owner_email) {
            (None, Some(owner)) => Some(sign_up(owner)),
            (Some(_), _) | (None, None) => None,
        };
        Self { code: link.code, partner, owner_email, command, matched }
    }
}

/// Returns the command that makes somebody a partner, so that the links of their e-mail become theirs (R4.2).
fn sign_up(email: &str) -> String {
    format!("partners partner add ID --name \"NAME\" --email {email}")
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
    links: Vec<LinkRow>,
}

impl Found {
    fn is_empty(&self) -> bool {
        self.accounts.is_empty() && self.partners.is_empty() && self.links.is_empty()
    }
}

/// The near finds of every kind.
#[derive(Debug, Default)]
struct Near {
    accounts: Finds,
    partners: Finds,
    referrals: Finds,
    links: Finds,
    cut_short: bool,
}

impl Near {
    fn is_empty(&self) -> bool {
        [&self.accounts, &self.partners, &self.referrals, &self.links].iter().all(|finds| finds.is_empty())
    }
}

/// Finds whatever bears a text, or something like it.
///
/// # Errors
/// The store's; overflow.
pub fn lookup(reader: &Reader, ask: &Ask<'_>) -> Result<Lookup, StoreError> {
    let (text, rest) = search::pasted(ask.text.trim());
    let mut exact = exactly(reader, text)?;
    let mut near = Near::default();
    let mut codes_cut_short = false;
    if exact.is_empty() && !text.contains([' ', '@']) {
        let whole;
        (exact.accounts, whole) = reader.accounts_carrying(&Code(text.to_owned()))?;
        codes_cut_short = !whole;
    }
    if exact.is_empty() {
        search::search(reader, text, &mut near)?;
        if let (true, Some(rest)) = (near.is_empty() && exact.referrals.is_empty(), &rest) {
            search::search(reader, rest, &mut near)?;
        }
    } else {
        search::search_beside(reader, text, &mut near)?;
    }
    let mut told = Lookup {
        query: ask.mask.query(ask.text.trim()),
        date: ask.today,
        currency: reader.currency(),
        accounts: Vec::new(),
        partners: Vec::new(),
        referrals: Vec::new(),
        links: exact.links.into_iter().map(|link| LinkCard::of(link, ask.mask, Match::Exact)).collect(),
        next: Vec::new(),
        cut_short: near.cut_short,
        codes_cut_short,
    };
    told.add_accounts(reader, ask, exact.accounts, &near.accounts)?;
    told.add_partners(reader, ask, text, exact.partners, &near.partners)?;
    told.add_referrals(reader, ask, exact.referrals, &near.referrals)?;
    for (no, _) in nearest(&near.links) {
        if let Some(link) =
            reader.link_by_no(no)?.filter(|link| told.links.iter().all(|told| told.code != link.code))
        {
            told.links.push(LinkCard::of(link, ask.mask, Match::Near));
        }
    }
    told.advise(ask.mask, text);
    Ok(told)
}

/// Probes every index for the very text.
fn exactly(reader: &Reader, text: &str) -> Result<Found, StoreError> {
    let mut links: Vec<LinkRow> = reader.link(&Code(text.to_owned()))?.into_iter().collect();
    if text.contains('@') {
        links.extend(reader.links_of_owner(&EmailKey::of(text))?);
    }
    Ok(Found {
        accounts: reader.accounts_named(text)?,
        partners: reader.partners_named(text)?,
        referrals: reader.referrals_named(text)?,
        links,
    })
}

/// Returns the near finds worth showing.
fn nearest(finds: &Finds) -> Vec<(i64, u32)> {
    let best = finds.best().unwrap_or(0);
    let worth = |cost: u32| cost <= best.saturating_add(NEAR_SPREAD);
    finds.nearest(NEAR_MAX).into_iter().filter(|(_, cost)| worth(*cost)).collect()
}

impl Lookup {
    /// Says what to do where an e-mail stands in a referral record alone: it earns nothing before an account bears it.
    fn advise(&mut self, mask: Mask, text: &str) {
        let exact = |matched: Match| matched == Match::Exact;
        let known = self.accounts.iter().any(|account| exact(account.matched))
            || self.partners.iter().any(|partner| exact(partner.matched));
        let recorded = self.referrals.iter().any(|referral| exact(referral.matched));
        if text.contains('@') && recorded && !known {
            let email = mask.email(text);
            self.next.push(format!(
                "No account bears {email} yet, so nothing is credited for it. Ask with which e-mail they signed up, or \
                 the company's name, and look that up; if they have not signed up, an account that opens with this \
                 very e-mail is tied by partners attribute (R4.1)."
            ));
        }
    }

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
        for (no, _) in nearest(near).into_iter().filter(|(no, _)| !known.contains(no)) {
            if let Some(account) = reader.account_found(no)? {
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
        for (no, _) in nearest(near).into_iter().filter(|(no, _)| !known.contains(no)) {
            if let Some(partner) = reader.partner_found(no)? {
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
        for (no, _) in nearest(near).into_iter().filter(|(no, _)| !known.contains(no)) {
            let referral = reader.referral_found(no)?;
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
