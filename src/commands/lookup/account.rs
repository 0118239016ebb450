//! One account as support tells it: whose it is and why, what it has earned, and what became of its last charges.
//!
//! Floor 5, read-only. Judges with the same functions as `why` and `attribute`, so that the three never differ.

use crate::attribution::weigh;
use crate::commission::{AccountFacts, Assessed, Charge, Earning, Status, Verdict, earnings};
use crate::dates::{Day, plus_days};
use crate::ids::{AccountId, ChargeId, Code, Email, EmailKey, PartnerId};
use crate::likeness;
use crate::money::{Currency, Money};
use crate::policy::Policies;
use crate::run::ItemState;
use crate::store::records::AccountTie;
use crate::store::{AccountBook, ChargeLine, Finds, FoundAccount, PartnerBook, Reader, Shelf, StoreError};

use super::{Ask, Mask, Match, sign_up};

/// Charges told of one account.
const LAST_CHARGES: usize = 6;
/// Near records told beside an account without a referrer.
const NEAR_TOLD: usize = 3;

/// An account that was found.
#[derive(Debug, Clone)]
pub struct AccountCard {
    /// Billing's id.
    pub account_id: AccountId,
    /// The e-mail it signed up with.
    pub email: Option<String>,
    /// The customer's name.
    pub name: Option<String>,
    /// The known day of opening.
    pub opened_on: Option<Day>,
    /// The day of closing.
    pub closed_on: Option<Day>,
    /// Who referred it.
    pub referrer: Option<Referrer>,
    /// Why nobody did, and what would settle it.
    pub no_referrer: Option<NoReferrer>,
    /// What it has earned.
    pub commission: Sums,
    /// R3.1; `None` while nothing tells when it opened.
    pub refund_period_ends_on: Option<Day>,
    /// How surely it is the one.
    pub matched: Match,
    /// The last charges, newest first.
    pub charges: Vec<Became>,
    /// How many charges there are in all.
    pub charge_count: usize,
}

/// Who referred an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referrer {
    /// The partner; `None` while nobody has claimed the link (R4.2).
    pub partner: Option<PartnerId>,
    /// Their name.
    pub name: Option<String>,
    /// `staff`, `code` or `referral` (R4.1).
    pub evidence: String,
    /// The evidence in words.
    pub words: String,
    /// The first billing day that is theirs: the tie's own, else the account's opening.
    pub since: Option<Day>,
    /// The day on which it was decided.
    pub decided_on: Day,
    /// Whether it is their own account (R4.6).
    pub self_referral: bool,
    /// What would change it, or what is missing.
    pub next: String,
}

/// Why an account has no referrer, and what would settle it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoReferrer {
    /// What speaks for nobody, each a sentence with its rule.
    pub reasons: Vec<String>,
    /// The last day on which staff may add a referrer without an override (R4.3).
    pub lock_ends_on: Option<Day>,
    /// Whether that day has not passed.
    pub within_lock: bool,
    /// What to do, in words.
    pub remedy: String,
    /// The exact command.
    pub command: String,
}

/// What an account has earned those who referred it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    /// Paid by runs and earlier systems.
    pub paid: Money,
    /// Counts toward a balance, signed (R5.2).
    pub eligible: Money,
    /// R3.1.
    pub in_refund_period: Money,
    /// R3.4.
    pub withheld: Money,
    /// In runs that are not paid yet.
    pub taken: Money,
    /// Written off (R5.4).
    pub lapsed: Money,
    /// Would have been earned by a link nobody has claimed (R4.2).
    pub unclaimed: Money,
}

/// One charge and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Became {
    /// Billing's id.
    pub charge_id: ChargeId,
    /// When it was billed.
    pub billed_on: Day,
    /// When its money came in.
    pub collected_on: Option<Day>,
    /// What for.
    pub kind: crate::commission::Kind,
    /// What became of the customer's money.
    pub status: Status,
    /// Its amount.
    pub amount: Money,
    /// Its currency.
    pub currency: Currency,
    /// What is due of it, if somebody referred the account.
    pub due: Option<Money>,
    /// The verdict, if somebody referred the account.
    pub verdict: Option<Verdict>,
    /// The latest run that holds it.
    pub run: Option<String>,
    /// A sentence.
    pub text: String,
}

/// Tells an account.
pub(super) fn card(
    reader: &Reader,
    ask: &Ask<'_>,
    found: FoundAccount,
    matched: Match,
) -> Result<AccountCard, StoreError> {
    let unknown = || StoreError::Unknown { what: "account", id: found.id.clone() };
    // Before the charges, which lie all over their table: what the ties are read from is at hand then.
    let ties = reader.account_ties(found.no)?;
    let book = reader.account_loader()?.load(&found.id)?.ok_or_else(unknown)?;
    let partners = reader.partners_among(&everyone(&book))?;
    let earned = earnings(&book.facts, reader.policies(), &partners, |no| book.settled_of(no))?;
    let mut teller =
        Teller { reader, today: ask.today, book: &book, sums: Sums::default(), charges: Vec::new() };
    for earning in &earned {
        teller.add(earning)?;
    }
    teller.add_settled()?;
    teller.tell_last(&earned)?;
    let (sums, charges) = (teller.sums, teller.charges);
    let referrer =
        ties.last().map(|tie| referrer(reader, ask.mask, &found, &book, tie, &partners)).transpose()?;
    let no_referrer = match referrer {
        Some(_) => None,
        None => Some(no_referrer(reader, ask, &found)?),
    };
    Ok(AccountCard {
        account_id: AccountId(found.id.clone()),
        email: found.email.as_deref().map(|email| ask.mask.email(email)),
        name: found.name.as_deref().map(|name| ask.mask.name(name)),
        opened_on: found.opened_on,
        closed_on: found.closed_on,
        referrer,
        no_referrer,
        commission: sums,
        refund_period_ends_on: book.facts.hold_end(reader.policies()),
        matched,
        charges,
        charge_count: book.facts.charges.len(),
    })
}

/// Returns the store's keys of everybody an account's charges concern.
fn everyone(book: &AccountBook) -> Vec<i64> {
    let tied = book.facts.ties.iter().filter_map(|tie| tie.partner);
    let settled = book.settled.values().flat_map(|partners| partners.keys().copied());
    let mut all: Vec<i64> = tied.chain(settled).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Sums up an account and tells its last charges.
struct Teller<'a> {
    reader: &'a Reader,
    today: Day,
    book: &'a AccountBook,
    sums: Sums,
    charges: Vec<Became>,
}

impl Teller<'_> {
    fn judge(&self, earning: &Earning) -> Result<Assessed, StoreError> {
        let policy = self.reader.policy(self.today);
        Ok(earning.schedule.assess(
            &earning.settled,
            self.today,
            policy.books_open_on,
            policy.accrual_months,
        )?)
    }

    fn add(&mut self, earning: &Earning) -> Result<(), StoreError> {
        let judged = self.judge(earning)?;
        let sums = &mut self.sums;
        if earning.partner.is_none() {
            sums.unclaimed = sums.unclaimed.plus(judged.due)?;
            return Ok(());
        }
        if judged.counts {
            sums.eligible = sums.eligible.plus(judged.delta)?;
        } else if judged.delta.is_positive() {
            let sum = match judged.place {
                Verdict::InRefundPeriod => &mut sums.in_refund_period,
                _ => &mut sums.withheld,
            };
            *sum = sum.plus(judged.delta)?;
        }
        Ok(())
    }

    /// Adds what runs made of the charges, whoever got it.
    fn add_settled(&mut self) -> Result<(), StoreError> {
        let sums = &mut self.sums;
        let lines = self.book.facts.charges.iter().flat_map(|charge| self.book.lines_of(charge.no));
        for line in lines.filter(|line| line.is_live()) {
            let sum = if line.lapsed {
                &mut sums.lapsed
            } else if line.is_paid() {
                &mut sums.paid
            } else {
                &mut sums.taken
            };
            *sum = sum.plus(line.amount)?;
        }
        Ok(())
    }

    fn tell_last(&mut self, earned: &[Earning]) -> Result<(), StoreError> {
        for (at, charge) in self.book.facts.charges.iter().enumerate().rev().take(LAST_CHARGES) {
            let own = earned.iter().find(|earning| earning.charge == at && earning.owned);
            let judged = own.map(|earning| self.judge(earning)).transpose()?;
            let lines = self.book.lines_of(charge.no);
            let text = self.became(charge, own, judged.as_ref(), lines);
            self.charges.push(Became {
                charge_id: charge.id.clone(),
                billed_on: charge.billed_on,
                collected_on: charge.collected_on,
                kind: charge.kind,
                status: charge.status,
                amount: charge.amount,
                currency: charge.currency.unwrap_or(self.reader.currency()),
                due: judged.map(|judged| judged.due),
                verdict: judged.map(|judged| judged.verdict),
                run: lines.iter().rev().find(|line| line.is_live()).map(|line| line.run.clone()),
                text,
            });
        }
        Ok(())
    }

    /// Says what became of a charge.
    fn became(
        &self,
        charge: &Charge,
        own: Option<&Earning>,
        judged: Option<&Assessed>,
        lines: &[ChargeLine],
    ) -> String {
        let (Some(earning), Some(judged)) = (own, judged) else {
            return format!("{}; nobody is credited for it", money_came(charge));
        };
        let cur = self.reader.currency();
        let due = format!("{} {cur}", judged.due.major(cur));
        let live = lines.iter().filter(|line| line.is_live());
        let said = match judged.verdict {
            Verdict::InRefundPeriod | Verdict::Withheld | Verdict::Eligible if earning.partner.is_none() => {
                format!(
                    "commission of {due} is unclaimed: nobody is paid it before the link's owner signs up (R4.2)"
                )
            }
            Verdict::Clawback => {
                let more = judged.delta.major(cur);
                let settled = live.map(|line| told_line(line, cur));
                let why = settled.chain(refunded_words(charge, charge.currency.unwrap_or(cur)));
                format!(
                    "{} {cur} more was settled than is due and comes off the balance (R5.1): {}",
                    more.trim_start_matches('-'),
                    why.collect::<Vec<_>>().join("; ")
                )
            }
            Verdict::Taken | Verdict::Paid | Verdict::Lapsed => {
                live.map(|line| told_line(line, cur)).collect::<Vec<_>>().join("; ")
            }
            Verdict::NotCommissionable => format!("{} earns nothing (R2.1)", charge.kind),
            Verdict::NotCollected => money_came(charge),
            Verdict::AccountClosed => "billed after the account was closed: earns nothing (R2.3)".to_owned(),
            Verdict::OtherCurrency => "in another currency: earns nothing until converted (R2.6)".to_owned(),
            Verdict::BeforeBooks => {
                "collected before these books opened: earns nothing here (R1.7)".to_owned()
            }
            Verdict::SelfReferral => "the partner's own account: earns nothing (R4.6)".to_owned(),
            Verdict::BeforeApproval => "collected before the tax paperwork's approval (R6.3)".to_owned(),
            Verdict::Refunded => {
                let back = refunded_words(charge, charge.currency.unwrap_or(cur));
                let back = back.unwrap_or_else(|| "given back to the customer (R2.4)".to_owned());
                let settled = live.map(|line| told_line(line, cur));
                let told: Vec<String> =
                    std::iter::once(format!("{back}: nothing is due")).chain(settled).collect();
                told.join("; ")
            }
            Verdict::RoundsToZero => "the share rounds to nothing (R1.3)".to_owned(),
            Verdict::InRefundPeriod => {
                format!(
                    "commission of {due} waits for the end of the refund period on {} (R3.1)",
                    earning.schedule.hold_end
                )
            }
            Verdict::Withheld => {
                match unpaid_before(&self.book.facts, self.reader.policies(), charge.billed_on) {
                    Some(unpaid) => format!(
                        "commission of {due} waits until charge {} of {} is paid, which is in collections (R3.4)",
                        unpaid.id, unpaid.billed_on
                    ),
                    None => format!("commission of {due} waits until an earlier charge is paid (R3.4)"),
                }
            }
            Verdict::Eligible => format!("commission of {due} counts toward the partner's balance (R3.2)"),
        };
        let came_back = lines.iter().rev().find_map(|line| Some((line.returned_on?, &line.run)));
        match came_back {
            Some((day, run)) => format!("{said}; the money of run {run} came back on {day} (R7.4)"),
            None => said,
        }
    }
}

/// Says what the customer got back, and when (R2.4).
#[must_use]
pub fn refunded_words(charge: &Charge, cur: Currency) -> Option<String> {
    let told: Vec<String> = charge
        .refunds
        .iter()
        .map(|refund| match refund.on.or(charge.collected_on) {
            Some(day) => format!("{} {cur} on {day}", refund.amount.major(cur)),
            None => format!("{} {cur}", refund.amount.major(cur)),
        })
        .collect();
    (!told.is_empty()).then(|| format!("the customer got back {} (R2.4)", told.join(", ")))
}

fn told_line(line: &ChargeLine, cur: Currency) -> String {
    let amount = format!("{} {cur}", line.amount.major(cur));
    if line.amount.is_negative() {
        let back = amount.trim_start_matches('-');
        return if line.is_paid() || line.lapsed {
            format!("{back} of it came off in run {} (R5.1)", line.run)
        } else {
            format!("{back} of it comes off in run {}, which is not paid yet (R5.1)", line.run)
        };
    }
    if line.lapsed {
        format!("commission of {amount} lapsed on {} in run {} (R5.4)", line.run_date, line.run)
    } else if line.is_paid() {
        format!("commission of {amount} was paid in run {} (R7.4)", line.run)
    } else if line.item == Some(ItemState::Unclaimed) {
        format!("commission of {amount} was sent in run {}, and PayPal holds it unclaimed (R7.4)", line.run)
    } else {
        format!("commission of {amount} is in run {}, which is not paid yet (R7.3)", line.run)
    }
}

/// Says whether the customer's money came in.
fn money_came(charge: &Charge) -> String {
    match charge.status {
        Status::Collections => format!(
            "in collections, unpaid since {}: its commission comes when it is collected (R2.2)",
            charge.billed_on
        ),
        Status::Pending => "not collected yet: its commission comes when it is (R2.2)".to_owned(),
        Status::Declined => "declined by the bank: its commission comes if it is collected (R2.2)".to_owned(),
        Status::Voided => "voided: earns nothing (R2.2)".to_owned(),
        Status::WriteOff => "written off in billing: earns nothing (R2.2)".to_owned(),
        Status::Refunded | Status::Chargeback => format!("{}: nothing is due (R2.4)", charge.status),
        Status::Paid | Status::PartiallyRefunded => match charge.collected_on {
            Some(day) => format!("collected on {day} (R2.2)"),
            None => "paid, without a day of collection (R2.2)".to_owned(),
        },
    }
}

/// Returns the first unpaid charge that withholds what an account was billed later (R3.4).
#[must_use]
pub fn unpaid_before<'a>(facts: &'a AccountFacts, policies: &Policies, billed_on: Day) -> Option<&'a Charge> {
    facts.charges.iter().find(|charge| {
        charge.billed_on < billed_on
            && charge.status == Status::Collections
            && policies.at(charge.billed_on).commissionable_kinds.contains(&charge.kind)
    })
}

fn referrer(
    reader: &Reader,
    mask: Mask,
    found: &FoundAccount,
    book: &AccountBook,
    tie: &AccountTie,
    partners: &PartnerBook,
) -> Result<Referrer, StoreError> {
    let partner = book.facts.ties.last().and_then(|tie| tie.partner).and_then(|no| partners.get(no));
    let account = &book.facts.id;
    let next = match (&tie.partner, &tie.code) {
        (Some(_), _) if tie.self_referral => {
            "their own account earns nothing (R4.6); policy allow_self_referral decides that on the day it is tied"
                .to_owned()
        }
        (Some(id), _) => format!(
            "partners why {id} tells when it is paid; staff do not change a referrer (R4.3) unless with \
             partners attribute {account} --to PARTNER --override-referrer --reason \"...\""
        ),
        (None, Some(code)) => {
            let owner = reader.link(&Code(code.clone()))?.and_then(|link| link.owner);
            let owns = |owner: &Email| found.email.as_deref().map(EmailKey::of) == Some(owner.key());
            let barred = !reader.policy(tie.decided_on).allow_self_referral && owner.as_ref().is_some_and(owns);
            let own = if barred { ", and this own account of theirs earns nothing then (R4.6)" } else { "" };
            let owner = owner.map_or_else(|| "its owner".to_owned(), |owner| mask.email(owner.as_str()));
            format!(
                "nobody has claimed link {code}: it becomes {owner}'s when they sign up as a partner with that \
                 e-mail (R4.2){own}: {}",
                sign_up(&owner)
            )
        }
        (None, None) => "nobody has claimed the link (R4.2)".to_owned(),
    };
    // What staff wrote may name anybody; the other evidence is made of codes, charges and dates.
    let words = if tie.evidence == "staff" { mask.words(&tie.reason) } else { tie.reason.clone() };
    Ok(Referrer {
        partner: tie.partner.clone(),
        name: partner.map(|partner| mask.name(&partner.name)),
        evidence: tie.evidence.clone(),
        words,
        since: tie.from.or_else(|| book.facts.opening()),
        decided_on: tie.decided_on,
        self_referral: tie.self_referral,
        next,
    })
}

/// Says why an account has no referrer, by weighing its evidence afresh (R4.1, R4.3, R4.7).
fn no_referrer(reader: &Reader, ask: &Ask<'_>, found: &FoundAccount) -> Result<NoReferrer, StoreError> {
    let candidate = reader.candidate(&found.id)?;
    let policy = reader.policy(ask.today);
    let mut links = Vec::new();
    let testimony = &candidate.testimony;
    let carried = testimony.own_code.iter().chain(testimony.charge_codes.iter().map(|carried| &carried.code));
    for code in carried.chain(testimony.referrals.iter().map(|record| &record.code)) {
        if let Some(owner) = reader.link_owner(code)? {
            links.push((code.key(), owner));
        }
    }
    let weighed = weigh(testimony, policy, |key| {
        links.iter().find(|(known, _)| known == key).map(|(_, link)| link.clone())
    });
    let lock_ends_on = testimony.opening.map(|opening| plus_days(opening, policy.referral_lock_days));
    let within_lock = lock_ends_on.is_none_or(|end| ask.today <= end);
    if let Some((_, evidence, words)) = weighed.referrer {
        return Ok(NoReferrer {
            reasons: vec![format!(
                "the evidence is there and nobody has tied it yet: {words} ({evidence}, R4.1)"
            )],
            lock_ends_on,
            within_lock,
            remedy: "tie every account whose evidence is there".to_owned(),
            command: "partners attribute".to_owned(),
        });
    }
    let mut reasons = Vec::new();
    for code in &weighed.unknown_codes {
        reasons.push(unknown_code(reader, code)?);
    }
    reasons.extend(weighed.too_late);
    if reasons.is_empty() {
        reasons.push(
            "no code on its own row or its charges, and no referral record with its e-mail (R4.1)".to_owned(),
        );
    }
    reasons.extend(near_records(reader, ask.mask, candidate.email.as_ref())?);
    let id = &found.id;
    let (remedy, command) = match (weighed.unknown_codes.first(), lock_ends_on) {
        (Some(code), _) => (
            format!("if {code} is a partner's code, add the link and tie the account by it (R4.7)"),
            format!("partners link add {code} --to PARTNER && partners attribute"),
        ),
        (None, Some(end)) if !within_lock => (
            format!(
                "staff could add a referrer until {end}; after that only with an override that is audited (R4.3)"
            ),
            format!("partners attribute {id} --to PARTNER --override-lock --reason \"...\""),
        ),
        (None, Some(end)) => (
            format!("staff may still add a referrer until {end}, with a reason (R4.3)"),
            format!("partners attribute {id} --to PARTNER --reason \"...\""),
        ),
        (None, None) => (
            "nothing tells when it opened; staff may add a referrer with a reason (R4.3)".to_owned(),
            format!("partners attribute {id} --to PARTNER --reason \"...\""),
        ),
    };
    Ok(NoReferrer { reasons, lock_ends_on, within_lock, remedy, command })
}

/// Says that no link bears a code, and which one looks like it.
fn unknown_code(reader: &Reader, code: &str) -> Result<String, StoreError> {
    let mut alike = Finds::default();
    let key = Code(code.to_owned()).key();
    let id = likeness::Id::of(&key);
    reader.search(Shelf::Codes, std::slice::from_ref(&key), |other| id.cost(other), &mut alike)?;
    let like = match alike.nearest(1).first() {
        Some((no, _)) => reader.link_by_no(*no)?.map(|link| link.code),
        None => None,
    };
    Ok(match like {
        Some(like) => format!("no link bears the code {code} (R4.7); {like} looks like it"),
        None => format!("no link bears the code {code} (R4.7)"),
    })
}

/// Tells the referral records whose e-mail looks like the account's: often the customer signed up with another.
fn near_records(reader: &Reader, mask: Mask, email: Option<&EmailKey>) -> Result<Vec<String>, StoreError> {
    let Some(email) = email else {
        return Ok(vec![
            "the account has no e-mail, so that no referral record can match it (R4.1)".to_owned(),
        ]);
    };
    let mut alike = Finds::default();
    let address = likeness::Address::of(email.as_str());
    let judge = |other: &str| address.cost(other).filter(|cost| *cost > 0);
    reader.search(Shelf::ReferralEmails, std::slice::from_ref(&email.0), judge, &mut alike)?;
    let mut told = Vec::new();
    for (no, _) in alike.nearest(NEAR_TOLD) {
        if let Some(record) = reader.referral_found(no)? {
            let whose = record.partner.map_or_else(String::new, |partner| format!(" of partner {partner}"));
            told.push(format!(
                "a referral record of {} by code {}{whose} names {}, which looks like its e-mail",
                record.referred_on,
                record.code,
                mask.email(&record.email)
            ));
        }
    }
    Ok(told)
}
