//! Partners and the gates that stand between a balance and its payment (R6).
//!
//! Floor 2, pure: a partner's facts, the policy and a date in, one answer for each gate out. The order of
//! the reasons is RULES R6's and is part of the contract.

use chrono::Datelike;

use crate::dates::{Day, plus_days};
use crate::ids::{Email, PartnerId};
use crate::money::{Money, Rate};
use crate::policy::Policy;
use crate::words;

words!(
    /// Where a partner stands in the programme (R6.1).
    Standing, "partner status" {
        /// May be paid.
        Active = "active",
        /// Has signed up and is not yet approved.
        Pending = "pending",
        /// Is barred for a time.
        Suspended = "suspended",
        /// Has left.
        Closed = "closed",
    }
);

words!(
    /// A tax form (R6.2); only which, never a number from it (R8).
    TaxForm, "tax form" {
        /// For US persons and taxpayers; accepted from anyone.
        W9 = "w9",
        /// For foreign people.
        W8ben = "w8ben",
        /// For foreign companies.
        W8benE = "w8ben_e",
        /// The programme's own International questionnaire.
        International = "international",
    }
);

words!(
    /// How far the tax paperwork is (R6.2).
    TaxStatus, "tax status" {
        /// Nothing has come.
        Missing = "missing",
        /// It has come and waits for a decision.
        Received = "received",
        /// It was accepted.
        Approved = "approved",
        /// It was turned down.
        Rejected = "rejected",
    }
);

words!(
    /// The state of a PayPal address (R6.4).
    AddressState, "address state" {
        /// Nothing is known of it yet; payable.
        Unconfirmed = "unconfirmed",
        /// A payout to it succeeded, or staff confirmed it.
        Confirmed = "confirmed",
        /// PayPal refused it since it was entered.
        Rejected = "rejected",
    }
);

words!(
    /// A condition that a payment must pass (R6, and R5.3's minimum).
    Gate, "gate" {
        /// R6.1.
        Status = "status",
        /// R6.2.
        Tax = "tax",
        /// R6.4, R6.5.
        Paypal = "paypal",
        /// R6.7.
        Reversal = "reversal",
        /// R5.3.
        Minimum = "minimum",
        /// R6.6.
        Maximum = "maximum",
    }
);

words!(
    /// Why a gate is closed; the words of CONTRACT.md.
    Reason, "gate reason" {
        /// R6.1.
        PartnerPending = "partner_pending",
        /// R6.1.
        PartnerSuspended = "partner_suspended",
        /// R6.1.
        PartnerClosed = "partner_closed",
        /// R6.2: no paperwork.
        TaxMissing = "tax_missing",
        /// R6.2: a US person without a W-9.
        TaxWrongForm = "tax_wrong_form",
        /// R6.2: not decided as of the date.
        TaxReceived = "tax_received",
        /// R6.2.
        TaxRejected = "tax_rejected",
        /// R6.2: a W-8 past its third calendar year.
        TaxExpired = "tax_expired",
        /// R6.4: no address.
        PaypalMissing = "paypal_missing",
        /// R6.4.
        PaypalMalformed = "paypal_malformed",
        /// R6.4: PayPal refused it.
        PaypalRejected = "paypal_rejected",
        /// R6.4: changed too recently for the policy.
        PaypalNew = "paypal_new",
        /// R6.5.
        PaypalShared = "paypal_shared",
        /// R6.7.
        PaymentReversed = "payment_reversed",
        /// R6.6.
        AbovePaymentMaximum = "above_payment_maximum",
        /// R5.3.
        BelowMinimum = "below_minimum",
    }
);

/// The tax paperwork of a partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tax {
    /// Which form, if any.
    pub form: Option<TaxForm>,
    /// How far it is.
    pub status: TaxStatus,
    /// The day it was signed.
    pub signed_on: Option<Day>,
    /// The day of the decision; one without a date always counts.
    pub decided_on: Option<Day>,
    /// A "yes" in the International questionnaire, which routes to the W-9 (R6.2).
    pub questionnaire_says_us: bool,
}

/// The PayPal address of a partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paypal {
    /// The address as entered.
    pub email: Option<Email>,
    /// What is known of it.
    pub state: AddressState,
    /// The day on which it replaced an earlier address; `None` for the first.
    pub changed_on: Option<Day>,
    /// The other open partners who have it too, each as long as staff have not allowed the two (R6.5).
    pub shared_with: Vec<PartnerId>,
}

/// A partner's facts, as the gates and the rate need them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    /// The id of the partners file.
    pub id: PartnerId,
    /// The name, as entered.
    pub name: String,
    /// The login e-mail.
    pub email: Email,
    /// The day of sign-up.
    pub joined_on: Day,
    /// R6.1.
    pub standing: Standing,
    /// Two-letter country, as entered.
    pub country: Option<String>,
    /// Whether the partner says they are a US person; blank follows the country (R6.2).
    pub us_person: Option<bool>,
    /// R6.2.
    pub tax: Tax,
    /// The first approval ever (R6.3): `Some(None)` is an approval without a date, which counts from the beginning.
    pub first_approval: Option<Option<Day>>,
    /// R6.4.
    pub paypal: Paypal,
    /// Whether R6.7 is closed.
    pub payment_reversed: bool,
    /// The partner's own rates, by first day; the first is in force from the beginning (R2.5).
    pub rates: Vec<(Option<Day>, Rate)>,
}

impl Partner {
    /// Returns the partner's own rate for a charge billed on a day, if they have one (R2.5).
    #[must_use]
    pub fn rate_at(&self, billed_on: Day) -> Option<Rate> {
        self.rates
            .iter()
            .filter(|(from, _)| from.is_none_or(|from| from <= billed_on))
            .max_by_key(|(from, _)| *from)
            .map(|(_, rate)| *rate)
    }

    /// Returns whether the W-9 is this partner's form (R6.2).
    #[must_use]
    pub fn is_us(&self) -> bool {
        self.tax.questionnaire_says_us || self.us_person.unwrap_or_else(|| self.country_is_us())
    }

    fn country_is_us(&self) -> bool {
        self.country.as_deref().is_some_and(|country| country.trim().eq_ignore_ascii_case("US"))
    }

    /// Returns whether a charge collected on a day was before the first approval (R6.3).
    #[must_use]
    pub fn collected_before_approval(&self, collected_on: Day) -> bool {
        match self.first_approval {
            None => true,
            Some(None) => false,
            Some(Some(approved_on)) => collected_on < approved_on,
        }
    }

    /// Returns the day on which the paperwork expires, if it does (R6.2): 31 December of the third calendar
    /// year after signing; a W-8 without a signature is expired from the beginning.
    #[must_use]
    pub fn tax_expires_on(&self) -> Option<Day> {
        match self.tax.form? {
            TaxForm::W8ben | TaxForm::W8benE => Some(
                self.tax
                    .signed_on
                    .and_then(|signed| Day::from_ymd_opt(signed.year() + 3, 12, 31))
                    .unwrap_or(Day::MIN),
            ),
            TaxForm::W9 | TaxForm::International => None,
        }
    }
}

/// Judges R6.1: only an active partner is paid.
#[must_use]
pub const fn status_gate(partner: &Partner) -> Option<Reason> {
    match partner.standing {
        Standing::Active => None,
        Standing::Pending => Some(Reason::PartnerPending),
        Standing::Suspended => Some(Reason::PartnerSuspended),
        Standing::Closed => Some(Reason::PartnerClosed),
    }
}

/// Judges R6.2 as of a day: missing, wrong form, rejected or received, expired.
#[must_use]
pub fn tax_gate(partner: &Partner, as_of: Day) -> Option<Reason> {
    let tax = &partner.tax;
    let Some(form) = tax.form else { return Some(Reason::TaxMissing) };
    if tax.status == TaxStatus::Missing {
        return Some(Reason::TaxMissing);
    }
    if partner.is_us() && form != TaxForm::W9 {
        return Some(Reason::TaxWrongForm);
    }
    let undecided = tax.decided_on.is_some_and(|decided| decided > as_of);
    match tax.status {
        TaxStatus::Missing => return Some(Reason::TaxMissing),
        TaxStatus::Received => return Some(Reason::TaxReceived),
        TaxStatus::Approved | TaxStatus::Rejected if undecided => return Some(Reason::TaxReceived),
        TaxStatus::Rejected => return Some(Reason::TaxRejected),
        TaxStatus::Approved => {}
    }
    partner.tax_expires_on().filter(|last| as_of > *last).map(|_| Reason::TaxExpired)
}

impl Paypal {
    /// Returns the state of the address in R6.4's words: missing, malformed, unconfirmed, confirmed, rejected.
    #[must_use]
    pub fn state_word(&self) -> &'static str {
        match self.email.as_ref().map(Email::as_str).filter(|email| !email.is_empty()) {
            None => "missing",
            Some(email) if !is_payable_address(email) => "malformed",
            Some(_) => self.state.as_str(),
        }
    }
}

/// Judges R6.4 and R6.5 as of a day: missing, malformed, rejected, too new, shared.
#[must_use]
pub fn paypal_gate(partner: &Partner, policy: &Policy, as_of: Day) -> Option<Reason> {
    let paypal = &partner.paypal;
    let Some(email) = paypal.email.as_ref().filter(|email| !email.as_str().is_empty()) else {
        return Some(Reason::PaypalMissing);
    };
    if !fits_every_channel(email.as_str()) {
        Some(Reason::PaypalMalformed)
    } else if paypal.state == AddressState::Rejected {
        Some(Reason::PaypalRejected)
    } else if address_waits_until(partner, policy).is_some_and(|first| as_of < first) {
        Some(Reason::PaypalNew)
    } else if !paypal.shared_with.is_empty() {
        Some(Reason::PaypalShared)
    } else {
        None
    }
}

/// Returns the first day on which a changed address may be paid under the policy's hold (R6.4).
#[must_use]
pub fn address_waits_until(partner: &Partner, policy: &Policy) -> Option<Day> {
    (policy.new_address_hold_days > 0)
        .then(|| partner.paypal.changed_on.map(|day| plus_days(day, policy.new_address_hold_days)))
        .flatten()
}

/// Judges R6.7.
#[must_use]
pub const fn reversal_gate(partner: &Partner) -> Option<Reason> {
    if partner.payment_reversed { Some(Reason::PaymentReversed) } else { None }
}

/// Judges R6.6: nothing is split.
#[must_use]
pub fn maximum_gate(balance: Money, policy: &Policy) -> Option<Reason> {
    (balance > policy.payment_maximum).then_some(Reason::AbovePaymentMaximum)
}

/// Judges R5.3's minimum.
#[must_use]
pub fn minimum_gate(balance: Money, policy: &Policy) -> Option<Reason> {
    (balance < policy.minimum || !balance.is_positive()).then_some(Reason::BelowMinimum)
}

/// Returns every reason of R6 that keeps a balance from being paid, in the order of the rules.
#[must_use]
pub fn closed_gates(partner: &Partner, policy: &Policy, balance: Money, as_of: Day) -> Vec<Reason> {
    [
        status_gate(partner),
        tax_gate(partner, as_of),
        paypal_gate(partner, policy, as_of),
        reversal_gate(partner),
        maximum_gate(balance, policy),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Bytes PayPal takes as a receiver (PAYPAL.md §1.2).
pub const ADDRESS_BYTES_MAX: usize = 127;
/// Bytes before the `@` (R6.4).
const LOCAL_BYTES_MAX: usize = 64;
/// Bytes of one label of a domain (DNS).
const LABEL_BYTES_MAX: usize = 63;

/// Returns whether PayPal would take an address as well-formed (R6.4).
#[must_use]
pub fn is_payable_address(text: &str) -> bool {
    let text = text.trim();
    let Some((local, domain)) = text.split_once('@') else { return false };
    let atom = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    let dot_atom = |part: &str| part.split('.').all(|run| !run.is_empty() && run.bytes().all(atom));
    let label = |part: &str| {
        (1..=LABEL_BYTES_MAX).contains(&part.len())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    text.is_ascii()
        && text.len() <= ADDRESS_BYTES_MAX
        && local.len() <= LOCAL_BYTES_MAX
        && dot_atom(local)
        && domain.contains('.')
        && domain.split('.').all(label)
}

/// Returns whether an address starts like a formula, which no CSV may hold (CONTRACT.md: no cell starts one).
#[must_use]
pub fn starts_a_formula(address: &str) -> bool {
    address.trim().starts_with(['=', '+', '-', '@'])
}

/// Returns whether an address can be paid by whichever channel a run will leave (R6.4, R7.5).
///
/// R6.4 alone takes `=1+1@example.com`, and no payout file may hold it. Which channel a run leaves by is not known when
/// it is drafted, so such an address is kept out of every run, as one that must be corrected: its partner waits and
/// loses nothing (R5.5), and the others are paid.
#[must_use]
pub fn fits_every_channel(address: &str) -> bool {
    is_payable_address(address) && !starts_a_formula(address)
}

/// Domains that take mail for nobody in particular: a payment to them is lost or a stranger's.
const RESERVED: [&str; 8] =
    ["example.com", "example.org", "example.net", "test", "invalid", "localhost", "example", "local"];
/// Providers of throw-away addresses, the best known.
const DISPOSABLE: [&str; 8] = [
    "mailinator.com",
    "guerrillamail.com",
    "10minutemail.com",
    "trashmail.com",
    "yopmail.com",
    "tempmail.com",
    "sharklasers.com",
    "getnada.com",
];
/// Domains so common that something close to one is a slip of the finger.
const COMMON: [&str; 14] = [
    "gmail.com",
    "googlemail.com",
    "yahoo.com",
    "hotmail.com",
    "outlook.com",
    "icloud.com",
    "aol.com",
    "live.com",
    "msn.com",
    "gmx.de",
    "gmx.net",
    "web.de",
    "protonmail.com",
    "comcast.net",
];

/// Returns what is doubtful about a well-formed address, in words; a warning that never blocks (R6.4).
#[must_use]
pub fn address_hint(text: &str) -> Option<String> {
    let (_, domain) = text.trim().rsplit_once('@')?;
    let domain = domain.to_ascii_lowercase();
    if DISPOSABLE.iter().any(|known| domain == *known || domain.ends_with(&format!(".{known}"))) {
        return Some(format!("{domain} gives out throw-away addresses"));
    }
    if domain.starts_with("xn--") || domain.contains(".xn--") {
        return Some(format!("{domain} is written with letters that may look like others"));
    }
    if let Some(likely) = likely_domain(&domain) {
        return Some(format!("{domain} looks like a slip for {likely}"));
    }
    is_reserved_domain(&domain).then(|| format!("{domain} is reserved and belongs to nobody"))
}

/// Returns whether a domain is set apart for examples and tests, so that an address there is nobody's.
#[must_use]
pub fn is_reserved_domain(domain: &str) -> bool {
    let domain = domain.to_ascii_lowercase();
    RESERVED.iter().any(|known| domain == *known || domain.ends_with(&format!(".{known}")))
}

/// Returns whether an address is at a domain that belongs to nobody.
#[must_use]
pub fn at_reserved_domain(address: &str) -> bool {
    address.trim().rsplit_once('@').is_some_and(|(_, domain)| is_reserved_domain(domain))
}

/// Returns the common domain that a mistyped one was meant to be.
#[must_use]
pub fn likely_domain(domain: &str) -> Option<&'static str> {
    if COMMON.contains(&domain) {
        return None;
    }
    let near =
        |common: &&str| common.len().abs_diff(domain.len()) <= 1 && strsim::osa_distance(common, domain) == 1;
    COMMON.iter().copied().find(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_paypal_takes() {
        let local_64 = "a".repeat(64);
        let total_127 = format!("{local_64}@{}.example.com", "b".repeat(127 - 64 - 13));
        for text in
            ["a@b.co", "o'neil+x@ex-ample.example.org", &format!("{local_64}@example.com"), &total_127]
        {
            assert!(is_payable_address(text), "{text} (of {} bytes)", text.len());
        }
        for text in [
            "",
            "a",
            "a@b",
            "a@@b.co",
            "a@b@c.co",
            ".a@b.co",
            "a.@b.co",
            "a..b@c.co",
            "a b@c.co",
            "\"a b\"@c.co",
            "a@-b.co",
            "a@b-.co",
            "a@b..co",
            "a@.co",
            "а@b.co",
            "a@b.co\n x",
            &format!("a{local_64}@example.com"),
            &format!("{total_127}x"),
        ] {
            assert!(!is_payable_address(text), "{text:?}");
        }
    }
}
