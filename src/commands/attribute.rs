//! `attribute`: ties accounts to their partners, by evidence or by staff's word (R4).
//!
//! Floor 5.

use std::collections::{BTreeMap, HashMap};

use crate::attribution::{Barrier, Evidence, LinkOwner, Overrides, is_self_referral, may_assign, weigh};
use crate::commission::earnings;
use crate::dates::Day;
use crate::money::{Currency, Money};
use crate::store::{AuditNote, Candidate, NewAttribution, PartnerBook, STRETCH, StoreError, Writer};

/// How many accounts the note of one pass names; beyond, the attributions themselves say who was tied when.
const ACCOUNTS_NAMED_MAX: usize = 1_000;

/// One account that evidence ties to a referrer.
#[derive(Debug, Clone)]
pub struct Tied {
    /// The account.
    pub account: String,
    /// The partner's id; `None` for a link nobody has claimed (R4.2).
    pub partner: Option<String>,
    /// What it rests on.
    pub evidence: Evidence,
    /// In words.
    pub words: String,
    /// R4.6.
    pub self_referral: bool,
}

/// What a pass over the evidence found.
#[derive(Debug, Clone, Default)]
pub struct Pass {
    /// The accounts tied now.
    pub tied: Vec<Tied>,
    /// Accounts with evidence that leads nowhere, and why.
    pub left: Vec<(String, Vec<String>)>,
    /// Codes that no link bears, with how many accounts carry them (R4.7).
    pub unknown_codes: BTreeMap<String, u64>,
}

/// Ties every account without a referrer where the evidence is there (R4.1), in the writer's transaction.
///
/// # Errors
/// The store's.
pub fn by_evidence(writer: &Writer) -> Result<Pass, StoreError> {
    writer.expect_scattered()?;
    let links = writer.links_by_code()?;
    let partners = writer.partners()?;
    let mut pass = Pass::default();
    for stretch in writer.attribution_candidates()?.chunks(STRETCH) {
        for candidate in writer.candidates(stretch)? {
            pass.weigh(writer, candidate, &links, &partners)?;
        }
    }
    Ok(pass)
}

impl Pass {
    /// Ties one account if its evidence leads anywhere.
    fn weigh(
        &mut self,
        writer: &Writer,
        candidate: Candidate,
        links: &HashMap<String, LinkOwner>,
        partners: &PartnerBook,
    ) -> Result<(), StoreError> {
        let policy = writer.policy(writer.today_here());
        let found = weigh(&candidate.testimony, policy, |key| links.get(key).cloned());
        for code in &found.unknown_codes {
            let carried = self.unknown_codes.entry(code.clone()).or_default();
            *carried = carried.saturating_add(1);
        }
        let Some((owner, evidence, words)) = found.referrer else {
            let unknown = found.unknown_codes.iter().map(|code| format!("no link bears the code {code}"));
            self.left.push((candidate.account_id, unknown.chain(found.too_late).collect()));
            return Ok(());
        };
        let self_referral = match owner.partner_no {
            Some(no) => refers_themselves(writer, &candidate, no)?,
            None => false,
        };
        writer.add_attribution(&NewAttribution {
            account_no: candidate.account_no,
            account_id: candidate.account_id.clone(),
            partner_no: owner.partner_no,
            link_no: Some(owner.link_no),
            from: None,
            evidence,
            self_referral,
            reason: words.clone(),
        })?;
        let partner = owner.partner_no.and_then(|no| partners.get(no)).map(|partner| partner.id.0.clone());
        self.tied.push(Tied { account: candidate.account_id, partner, evidence, words, self_referral });
        Ok(())
    }
}

/// Judges R4.6 by the policy of the day of the attribution (R1.6).
fn refers_themselves(writer: &Writer, candidate: &Candidate, partner_no: i64) -> Result<bool, StoreError> {
    let policy = writer.policy(writer.today_here());
    Ok(writer.identity(partner_no)?.is_some_and(|(login, paypal)| {
        is_self_referral(candidate.email.as_ref(), &login, paypal.as_ref(), policy)
    }))
}

/// What staff ask for.
#[derive(Debug, Clone)]
pub struct Assignment<'a> {
    /// The account's id.
    pub account: &'a str,
    /// The partner, by any of their names.
    pub partner: &'a str,
    /// Why; required.
    pub reason: &'a str,
    /// The first billing day it covers.
    pub from: Start,
    /// R4.3.
    pub overrides: Overrides,
}

/// From when an assignment covers charges (R4.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// A first attribution covers all, a reassignment what is billed from today on.
    Usual,
    /// Charges billed on or after a day.
    Day(Day),
    /// All charges.
    Opening,
}

/// What an assignment does, to be shown before it is confirmed (R4.4).
#[derive(Debug, Clone)]
pub struct Assigned {
    /// The account.
    pub account: String,
    /// The partner's id.
    pub partner: String,
    /// The earlier referrer's id, if any.
    pub earlier: Option<String>,
    /// The first billing day it covers; `None` covers all.
    pub from: Option<Day>,
    /// R4.6.
    pub self_referral: bool,
    /// What was settled for charges that move: a clawback from each earlier partner, due to the new one.
    pub clawbacks: BTreeMap<String, Money>,
    /// How many charges it covers now.
    pub charges: usize,
    /// The programme's.
    pub currency: Currency,
}

/// Assigns an account in the writer's transaction and says what that does; the caller asks and commits (R4.3, R4.4).
///
/// # Errors
/// No such account or partner; a tracked referrer or a passed lock without the flag that names it.
pub fn assign(writer: &Writer, asked: &Assignment<'_>) -> Result<Assigned, StoreError> {
    let candidate = writer.candidate(asked.account)?;
    let partner_no = writer.find_partner(asked.partner)?;
    let partners = writer.partners()?;
    let id_of = |no: i64| partners.get(no).map_or_else(|| no.to_string(), |partner| partner.id.0.clone());
    let today = writer.today_here();
    let policy = writer.policy(today);
    let barrier =
        may_assign(candidate.attributed, candidate.testimony.opening, today, policy, asked.overrides);
    match barrier {
        None => {}
        Some(Barrier::Tracked) => {
            return Err(StoreError::Refused(format!(
                "account {} already has a referrer, and staff do not change one (R4.3); add --override-referrer \
                 if this must be",
                asked.account
            )));
        }
        Some(Barrier::Locked(end)) => {
            return Err(StoreError::Refused(format!(
                "account {} opened more than {} days ago: no referrer is added after {end} (R4.3); add \
                 --override-lock if this must be",
                asked.account, policy.referral_lock_days
            )));
        }
    }
    let from = match asked.from {
        Start::Opening => None,
        Start::Day(day) => Some(day),
        Start::Usual => candidate.attributed.then_some(today),
    };
    let book = writer.account_loader()?.load(asked.account)?;
    let mut clawbacks = BTreeMap::new();
    let (mut charges, mut earlier) = (0_usize, None);
    if let Some(book) = &book {
        let covered = |billed_on: Day| from.is_none_or(|from| billed_on >= from);
        charges = book.facts.charges.iter().filter(|charge| covered(charge.billed_on)).count();
        earlier = book.facts.ties.last().and_then(|tie| tie.partner).map(id_of);
        let moving = earnings(&book.facts, writer.policies(), &partners, |no| book.settled_of(no))?;
        for earning in moving {
            let Some(charge) = book.facts.charges.get(earning.charge) else { continue };
            if from.is_some_and(|from| charge.billed_on < from) || earning.partner == Some(partner_no) {
                continue;
            }
            if let Some(no) = earning.partner
                && !earning.settled.out.is_zero()
            {
                let sum = clawbacks.entry(id_of(no)).or_insert(Money::ZERO);
                *sum = sum.plus(earning.settled.out)?;
            }
        }
    }
    let self_referral = refers_themselves(writer, &candidate, partner_no)?;
    writer.add_attribution(&NewAttribution {
        account_no: candidate.account_no,
        account_id: asked.account.to_owned(),
        partner_no: Some(partner_no),
        link_no: None,
        from,
        evidence: Evidence::Staff,
        self_referral,
        reason: asked.reason.to_owned(),
    })?;
    Ok(Assigned {
        account: asked.account.to_owned(),
        partner: id_of(partner_no),
        earlier,
        from,
        self_referral,
        clawbacks,
        charges,
        currency: writer.currency(),
    })
}

impl Assigned {
    /// Returns the note under which the assignment is saved (R4.3: audited, overrides named).
    #[must_use]
    pub fn audit(&self, asked: &Assignment<'_>) -> AuditNote {
        let clawbacks: BTreeMap<&String, String> =
            self.clawbacks.iter().map(|(id, sum)| (id, sum.major(self.currency))).collect();
        let detail = serde_json::json!({
            "from": self.from.map(|day| day.to_string()),
            "earlier": self.earlier,
            "override_lock": asked.overrides.lock,
            "override_referrer": asked.overrides.referrer,
            "self_referral": self.self_referral,
            "clawbacks": clawbacks,
        });
        AuditNote::new("attribute", detail)
            .about("account", &self.account)
            .about("partner", &self.partner)
            .because(Some(asked.reason))
    }
}

impl Pass {
    /// Returns the note under which the pass is saved.
    #[must_use]
    pub fn audit(&self) -> AuditNote {
        let unclaimed = self.tied.iter().filter(|tied| tied.partner.is_none()).count();
        let more = self.tied.len().saturating_sub(ACCOUNTS_NAMED_MAX);
        let named: Vec<&str> =
            self.tied.iter().take(ACCOUNTS_NAMED_MAX).map(|tied| tied.account.as_str()).collect();
        let mut detail = serde_json::json!({
            "tied": self.tied.len(), "unclaimed": unclaimed, "left": self.left.len(),
            "unknown_codes": self.unknown_codes, "accounts": named,
        });
        if more > 0 {
            detail["accounts_more"] = more.into();
        }
        AuditNote::new("attribute", detail)
    }
}
