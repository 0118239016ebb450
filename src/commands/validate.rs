//! `validate`: every partner with money counting who could not be paid, and what will stop others soon (R6).
//!
//! Floor 5, read-only. Walks the kept commissions once, as `preview` does; a partner below the minimum is looked at
//! too, for a missing form is better asked for before the Friday on which it is missed.

use std::collections::{BTreeMap, BTreeSet};

use crate::address::{doubt, suggestion};
use crate::commands::lookup::unpaid_before;
use crate::commands::why::{By, Remedy, remedy};
use crate::commission::{Partners, Verdict};
use crate::dates::{Day, plus_days};
use crate::ids::{AccountId, Email, PartnerId};
use crate::money::{Currency, Money};
use crate::partner::{Partner, Reason, TaxForm, TaxStatus, address_waits_until, closed_gates};
use crate::store::{PartnerBook, Reader, StoreError};
use crate::words;

/// Days ahead in which expiring paperwork is warned about.
const EXPIRY_WARNING_DAYS: u32 = 60;
/// Days after which an account withheld by an unpaid charge is told.
const WITHHELD_DAYS: u32 = 60;

words!(
    /// What `--only` narrows a validation to.
    Only, "part" {
        /// PayPal addresses.
        Paypal = "paypal",
        /// Tax paperwork.
        Tax = "tax",
    }
);

impl Only {
    fn admits(self, reason: Reason) -> bool {
        let prefix = match self {
            Self::Paypal => "paypal_",
            Self::Tax => "tax_",
        };
        reason.as_str().starts_with(prefix)
    }
}

/// Everything that stops payments or soon will.
#[derive(Debug, Clone)]
pub struct Validation {
    /// As of.
    pub date: Day,
    /// The programme's.
    pub currency: Currency,
    /// Partners with money counting who could not be paid, by id.
    pub problems: Vec<Problem>,
    /// How many partners have money counting.
    pub checked: usize,
    /// The problems by what solves them, in the order of the gates.
    pub remedies: Vec<RemedyGroup>,
    /// What does not block, or not yet.
    pub warnings: Vec<Doubt>,
}

/// A partner who could not be paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The id.
    pub partner: PartnerId,
    /// The name.
    pub name: String,
    /// The login e-mail, where mail reaches them.
    pub email: String,
    /// What counts; above zero.
    pub balance: Money,
    /// Every closed gate, in the order of the rules.
    pub reasons: Vec<Reason>,
    /// Where money would go.
    pub paypal_email: Option<String>,
    /// What that was probably meant to be.
    pub suggestion: Option<String>,
    /// Which form.
    pub tax_form: Option<TaxForm>,
    /// How far it is.
    pub tax_status: TaxStatus,
    /// Its last day, for a form that has one.
    pub tax_expires_on: Option<Day>,
    /// What solves each reason.
    pub remedies: Vec<Remedy>,
}

/// Partners whose problem has the same solution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemedyGroup {
    /// The reason.
    pub reason: Reason,
    /// Who moves first.
    pub by: By,
    /// What they do.
    pub what: &'static str,
    /// Who has the problem.
    pub partners: Vec<PartnerId>,
    /// What waits for it.
    pub balance: Money,
}

/// Something that does not block and should be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// A word for scripts.
    pub code: &'static str,
    /// The partner.
    pub partner: PartnerId,
    /// The account, where it is about one.
    pub account: Option<AccountId>,
    /// A sentence.
    pub text: String,
    /// Who does something about it.
    pub by: By,
    /// What to do about it.
    pub remedy: String,
    /// The partner's name.
    pub name: String,
    /// The login e-mail, where mail reaches them.
    pub email: String,
    /// What counts.
    pub balance: Money,
    /// Where money would go.
    pub paypal_email: Option<String>,
    /// Which form.
    pub tax_form: Option<TaxForm>,
    /// How far it is.
    pub tax_status: TaxStatus,
    /// Its last day, for a form that has one.
    pub tax_expires_on: Option<Day>,
}

/// What is doubtful about somebody, before it is told.
struct Finding {
    code: &'static str,
    account: Option<AccountId>,
    text: String,
    by: By,
    remedy: String,
}

/// What is known of a partner as the walk passes.
#[derive(Default)]
struct Passing {
    balance: Money,
    /// Charges past their refund period that an unpaid one withholds.
    withheld: Vec<i64>,
}

/// Validates every partner with money counting as of a day.
///
/// # Errors
/// The store's; overflow.
pub fn validate(reader: &Reader, date: Day, only: Option<Only>) -> Result<Validation, StoreError> {
    let policy = reader.policy(date);
    let partners = reader.partners()?;
    let mut passing: BTreeMap<i64, Passing> = BTreeMap::new();
    reader.each_kept::<StoreError>(date, |kept| {
        let Some(no) = kept.partner else { return Ok(()) };
        let judged =
            kept.schedule.assess(&kept.settled, date, policy.books_open_on, policy.accrual_months)?;
        let entry = passing.entry(no).or_default();
        if judged.counts {
            entry.balance = entry.balance.plus(judged.delta)?;
        } else if judged.delta.is_positive() && judged.place == Verdict::Withheld {
            entry.withheld.push(kept.charge_no);
        }
        Ok(())
    })?;
    for adjustment in reader.adjustments()?.iter().filter(|adjustment| adjustment.on <= date) {
        let entry = passing.entry(adjustment.partner_no).or_default();
        entry.balance = entry.balance.plus(adjustment.rest)?;
    }
    let mut found = Validation {
        date,
        currency: reader.currency(),
        problems: Vec::new(),
        checked: 0,
        remedies: Vec::new(),
        warnings: Vec::new(),
    };
    for (no, passed) in &passing {
        let Some(partner) = partners.partner(*no) else { continue };
        if passed.balance.is_positive() {
            found.checked = found.checked.saturating_add(1);
            found.judge(reader, partner, passed.balance, only);
        }
    }
    if only.is_none() {
        found.warn_of_withheld(reader, &partners, &passing)?;
    }
    found.problems.sort_by(|one, two| one.partner.cmp(&two.partner));
    found.warnings.sort_by(|one, two| (&one.partner, one.code).cmp(&(&two.partner, two.code)));
    found.group()?;
    Ok(found)
}

impl Validation {
    fn judge(&mut self, reader: &Reader, partner: &Partner, balance: Money, only: Option<Only>) {
        let (date, policy) = (self.date, reader.policy(self.date));
        let reasons: Vec<Reason> = closed_gates(partner, policy, balance, date)
            .into_iter()
            .filter(|reason| only.is_none_or(|only| only.admits(*reason)))
            .collect();
        if only != Some(Only::Tax) {
            self.warn_of_address(partner, balance);
        }
        if only != Some(Only::Paypal) {
            self.warn_of_expiry(partner, balance);
        }
        if reasons.is_empty() {
            return;
        }
        let paypal_email = partner.paypal.email.as_ref().map(|email| email.as_str().to_owned());
        let opens_on = |reason: Reason| {
            if reason == Reason::TaxReceived && partner.tax.status == TaxStatus::Approved {
                partner.tax.decided_on
            } else if reason == Reason::PaypalNew {
                address_waits_until(partner, policy)
            } else {
                None
            }
        };
        self.problems.push(Problem {
            partner: partner.id.clone(),
            name: partner.name.clone(),
            email: partner.email.as_str().to_owned(),
            balance,
            suggestion: paypal_email.as_deref().and_then(suggestion),
            paypal_email,
            tax_form: partner.tax.form,
            tax_status: partner.tax.status,
            tax_expires_on: partner.tax_expires_on(),
            remedies: reasons.iter().map(|reason| remedy(*reason, partner, opens_on(*reason))).collect(),
            reasons,
        });
    }

    fn warn_of_address(&mut self, partner: &Partner, balance: Money) {
        let Some(address) = partner.paypal.email.as_ref().map(Email::as_str) else { return };
        let Some(hint) = doubt(address) else { return };
        let meant = suggestion(address);
        let remedy = match &meant {
            Some(meant) => format!("ask the partner whether {meant} is meant"),
            None => "ask the partner whether the address is right".to_owned(),
        };
        let text = format!("PayPal address {address}: {hint} (R6.4)");
        let code = "paypal_doubtful";
        self.warn(partner, balance, Finding { code, account: None, text, by: By::Partner, remedy });
    }

    fn warn_of_expiry(&mut self, partner: &Partner, balance: Money) {
        let soon = plus_days(self.date, EXPIRY_WARNING_DAYS);
        let approved = partner.tax.status == TaxStatus::Approved;
        let last = partner.tax_expires_on().filter(|last| approved && (self.date..=soon).contains(last));
        if let (Some(last), Some(form)) = (last, partner.tax.form) {
            let text = format!("{form} expires on {last} (R6.2)");
            let (code, remedy) = ("tax_expires_soon", "ask the partner for a new form".to_owned());
            self.warn(partner, balance, Finding { code, account: None, text, by: By::Partner, remedy });
        }
    }

    fn warn(&mut self, partner: &Partner, balance: Money, finding: Finding) {
        let Finding { code, account, text, by, remedy } = finding;
        self.warnings.push(Doubt {
            code,
            partner: partner.id.clone(),
            account,
            text,
            by,
            remedy,
            name: partner.name.clone(),
            email: partner.email.as_str().to_owned(),
            balance,
            paypal_email: partner.paypal.email.as_ref().map(|email| email.as_str().to_owned()),
            tax_form: partner.tax.form,
            tax_status: partner.tax.status,
            tax_expires_on: partner.tax_expires_on(),
        });
    }

    /// Names the accounts that one unpaid charge has kept from paying out for too long (R3.4).
    fn warn_of_withheld(
        &mut self,
        reader: &Reader,
        partners: &PartnerBook,
        passing: &BTreeMap<i64, Passing>,
    ) -> Result<(), StoreError> {
        let loader = reader.account_loader()?;
        for (no, passed) in passing {
            let Some(partner) = partners.partner(*no) else { continue };
            let mut accounts: BTreeSet<String> = BTreeSet::new();
            for charge in &passed.withheld {
                accounts.extend(reader.account_of_charge(*charge)?);
            }
            for account in accounts {
                let Some(book) = loader.load(&account)? else { continue };
                let hold_end = book.facts.hold_end(reader.policies());
                let waiting = book.facts.charges.iter().filter(|charge| passed.withheld.contains(&charge.no));
                let first = waiting.filter_map(|charge| {
                    let since = charge.collected_on?.max(hold_end?);
                    let unpaid = unpaid_before(&book.facts, reader.policies(), charge.billed_on)?;
                    Some((since, unpaid))
                });
                let Some((since, unpaid)) = first.min_by_key(|(since, _)| *since) else { continue };
                if plus_days(since, WITHHELD_DAYS) < self.date {
                    let text = format!(
                        "account {account} is withheld since {since} by charge {} of {}, in collections (R3.4)",
                        unpaid.id, unpaid.billed_on
                    );
                    let remedy = format!(
                        "ask billing; then partners charge resolve {} --as paid|voided|write_off --reason \"...\"",
                        unpaid.id
                    );
                    let (code, account) = ("withheld_long", Some(AccountId(account)));
                    let finding = Finding { code, account, text, by: By::Staff, remedy };
                    self.warn(partner, passed.balance, finding);
                }
            }
        }
        Ok(())
    }

    /// Groups the problems by what solves them.
    fn group(&mut self) -> Result<(), StoreError> {
        let mut groups: BTreeMap<(Reason, &'static str), RemedyGroup> = BTreeMap::new();
        for problem in &self.problems {
            for (reason, remedy) in problem.reasons.iter().zip(&problem.remedies) {
                let group = groups.entry((*reason, remedy.what)).or_insert_with(|| RemedyGroup {
                    reason: *reason,
                    by: remedy.by,
                    what: remedy.what,
                    partners: Vec::new(),
                    balance: Money::ZERO,
                });
                group.partners.push(problem.partner.clone());
                group.balance = group.balance.plus(problem.balance)?;
            }
        }
        self.remedies = groups.into_values().collect();
        Ok(())
    }
}
