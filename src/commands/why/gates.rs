//! What every gate says, and for a closed one: what must happen, and who must do it (R6, R5.3).
//!
//! Floor 5. The order of the gates and the words of the reasons are CONTRACT.md's. No gate hides another.

use crate::address::{doubt, suggestion};
use crate::dates::Day;
use crate::eligibility::Assessment;
use crate::ids::PartnerId;
use crate::money::{Currency, Money};
use crate::partner::{
    Gate, Partner, Reason, TaxStatus, address_waits_until, at_reserved_domain, maximum_gate, minimum_gate,
    paypal_gate, reversal_gate, status_gate, tax_gate,
};
use crate::policy::Policy;
use crate::words;

/// One gate's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateAnswer {
    /// Which.
    pub gate: Gate,
    /// `None` is open.
    pub reason: Option<Reason>,
    /// A sentence: what is, and what must happen.
    pub detail: String,
    /// The day on which it opens by itself.
    pub clears_on: Option<Day>,
    /// For a closed gate, what opens it.
    pub remedy: Option<Remedy>,
    /// For a closed gate, the payday on which payment follows if it and all others are opened before; none where
    /// what is known does not reach the minimum.
    pub payday: Option<Day>,
}

words!(
    /// Who can open a closed gate.
    By, "who" {
        /// The partner must send or do something.
        Partner = "partner",
        /// Staff must decide or do something.
        Staff = "staff",
        /// Nobody: it opens by itself.
        Time = "time",
    }
);

/// What opens a closed gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remedy {
    /// Who moves first.
    pub by: By,
    /// What they do, in a few words that many partners share.
    pub what: &'static str,
    /// The exact command by which staff enter it.
    pub command: Option<String>,
}

/// Says what opens a gate that is closed for a reason.
#[must_use]
pub fn remedy(reason: Reason, partner: &Partner, clears_on: Option<Day>) -> Remedy {
    let id = &partner.id;
    let command = |text: String| Some(text);
    let of = |by, what, command| Remedy { by, what, command };
    match reason {
        Reason::PartnerPending => of(
            By::Staff,
            "approve the sign-up",
            command(format!("partners partner edit {id} --status active --reason \"...\"")),
        ),
        Reason::PartnerSuspended | Reason::PartnerClosed => of(
            By::Staff,
            "decide whether the partner is active again",
            command(format!("partners partner edit {id} --status active --reason \"...\"")),
        ),
        Reason::TaxMissing | Reason::TaxWrongForm if partner.is_us() => {
            of(By::Partner, "send a signed W-9", command(format!("partners tax set {id} --form w9")))
        }
        Reason::TaxMissing | Reason::TaxWrongForm => of(
            By::Partner,
            "answer the International questions, or send a W-8",
            command(format!("partners tax set {id}")),
        ),
        Reason::TaxReceived if clears_on.is_some() => of(By::Time, "wait for the day of the decision", None),
        Reason::TaxReceived => {
            of(By::Staff, "decide on the tax paperwork", command(format!("partners tax approve {id}")))
        }
        Reason::TaxRejected => {
            of(By::Partner, "send new tax paperwork", command(format!("partners tax set {id}")))
        }
        Reason::TaxExpired => {
            of(By::Partner, "sign the tax form afresh", command(format!("partners tax set {id}")))
        }
        Reason::PaypalMissing => {
            of(By::Partner, "give a PayPal address", command(format!("partners paypal set {id} ADDRESS")))
        }
        Reason::PaypalMalformed => of(
            By::Partner,
            "correct the PayPal address",
            command(format!("partners paypal set {id} ADDRESS")),
        ),
        Reason::PaypalRejected => of(
            By::Partner,
            "give another PayPal address, or confirm this one",
            command(format!("partners paypal confirm {id} --reason \"...\"")),
        ),
        Reason::PaypalNew => of(By::Time, "wait until the new address is old enough", None),
        Reason::PaypalShared => of(
            By::Staff,
            "ask why two partners share a PayPal address, and allow the two or change one",
            command(format!("partners paypal allow-shared {id} {} --reason \"...\"", first_other(partner))),
        ),
        Reason::PaymentReversed => of(
            By::Staff,
            "clear up why a payment came back",
            command(format!("partners partner release {id} --reason \"...\"")),
        ),
        Reason::AbovePaymentMaximum => of(
            By::Staff,
            "raise the payment maximum, or pay outside and record it",
            command(format!(
                "partners payout record {id} --amount A --method M --reference R --reason \"...\""
            )),
        ),
        Reason::BelowMinimum => of(By::Time, "wait until the balance has reached the minimum", None),
    }
}

/// Names the first of those with whom a partner shares an address.
fn first_other(partner: &Partner) -> &str {
    partner.paypal.shared_with.first().map_or("OTHER", PartnerId::as_str)
}

pub(super) fn gates(
    partner: &Partner,
    policy: &Policy,
    assessment: &Assessment,
    date: Day,
    currency: Currency,
    minimum_clears: Option<Day>,
) -> Vec<GateAnswer> {
    let balance = assessment.balance;
    let answer = |gate, reason: Option<Reason>, clears_on: Option<Day>| GateAnswer {
        gate,
        reason,
        detail: detail(gate, reason, partner, policy, balance, currency),
        clears_on: clears_on.filter(|_| reason.is_some()),
        remedy: reason.map(|reason| remedy(reason, partner, clears_on)),
        payday: None,
    };
    let tax = tax_gate(partner, date);
    let decided_later = (tax == Some(Reason::TaxReceived) && partner.tax.status == TaxStatus::Approved)
        .then_some(partner.tax.decided_on)
        .flatten();
    let paypal = paypal_gate(partner, policy, date);
    let address_old_enough =
        (paypal == Some(Reason::PaypalNew)).then(|| address_waits_until(partner, policy)).flatten();
    vec![
        answer(Gate::Status, status_gate(partner), None),
        answer(Gate::Tax, tax, decided_later),
        answer(Gate::Paypal, paypal, address_old_enough),
        answer(Gate::Reversal, reversal_gate(partner), None),
        answer(Gate::Minimum, minimum_gate(balance, policy), minimum_clears),
        answer(Gate::Maximum, maximum_gate(balance, policy), None),
    ]
}

/// Says what stands and who must do what.
fn detail(
    gate: Gate,
    reason: Option<Reason>,
    partner: &Partner,
    policy: &Policy,
    balance: Money,
    currency: Currency,
) -> String {
    let id = &partner.id;
    let address = partner.paypal.email.as_ref().map_or("", |email| email.as_str());
    let Some(reason) = reason else {
        return match gate {
            Gate::Status => "active (R6.1)".to_owned(),
            Gate::Tax => match (partner.tax.form, partner.tax_expires_on()) {
                (Some(form), Some(day)) => format!("{form} approved, good through {day} (R6.2)"),
                (Some(form), None) => format!("{form} approved (R6.2)"),
                (None, _) => String::new(),
            },
            // Demonstrations live at reserved domains; there it would stand in every answer.
            Gate::Paypal => match doubt(address).filter(|_| !at_reserved_domain(address)) {
                Some(doubtful) => format!("{address}, {}; {doubtful} (R6.4)", partner.paypal.state),
                None => format!("{address}, {} (R6.4)", partner.paypal.state),
            },
            Gate::Reversal => "no payment was reversed (R6.7)".to_owned(),
            Gate::Minimum => format!("at or above {} (R5.3)", policy.minimum.major(currency)),
            Gate::Maximum => format!("at most {} (R6.6)", policy.payment_maximum.major(currency)),
        };
    };
    match reason {
        Reason::PartnerPending => {
            format!("not approved yet; staff: partners partner edit {id} --status active (R6.1)")
        }
        Reason::PartnerSuspended => {
            format!("suspended; staff: partners partner edit {id} --status active (R6.1)")
        }
        Reason::PartnerClosed => "closed; nothing is paid unless staff reopen it (R6.1)".to_owned(),
        Reason::TaxMissing => format!(
            "no tax paperwork; the partner must send {} (R6.2)",
            if partner.is_us() { "a signed W-9" } else { "the International questionnaire or a W-8" }
        ),
        Reason::TaxWrongForm => {
            "a US person or taxpayer; the partner must send a signed W-9 (R6.2)".to_owned()
        }
        Reason::TaxReceived => format!("received and not decided; staff: partners tax approve {id} (R6.2)"),
        Reason::TaxRejected => "rejected; the partner must send new paperwork (R6.2)".to_owned(),
        Reason::TaxExpired => match partner.tax.signed_on {
            Some(signed) => format!("signed {signed}, expired; the partner must sign a new form (R6.2)"),
            None => "not signed; the partner must sign a new form (R6.2)".to_owned(),
        },
        Reason::PaypalMissing => {
            format!("no PayPal address; the partner must give one: partners paypal set {id} (R6.4)")
        }
        Reason::PaypalMalformed => {
            let why = doubt(address).map_or_else(String::new, |doubtful| format!(": {doubtful}"));
            let meant = suggestion(address)
                .map_or_else(String::new, |meant| format!("; ask the partner whether {meant} is meant"));
            format!(
                "{address:?} is no address we can pay to{why}; the partner must give another (R6.4){meant}"
            )
        }
        Reason::PaypalRejected => format!(
            "PayPal refused {address}; the partner must give another, or staff confirm it: \
             partners paypal confirm {id} (R6.4)"
        ),
        Reason::PaypalNew => {
            format!("{address} was changed less than {} days ago (R6.4)", policy.new_address_hold_days)
        }
        Reason::PaypalShared => {
            let others: Vec<&str> = partner.paypal.shared_with.iter().map(PartnerId::as_str).collect();
            format!(
                "{address} is the PayPal address of {} too; staff allow the two with a reason: \
                 partners paypal allow-shared {id} {} (R6.5)",
                others.join(", "),
                first_other(partner)
            )
        }
        Reason::PaymentReversed => format!(
            "an earlier payment came back; staff release the partner with a reason: \
             partners partner release {id} (R6.7)"
        ),
        Reason::AbovePaymentMaximum => format!(
            "{} is above the payment maximum of {}; nothing is split: raise it or pay outside and record it (R6.6)",
            balance.major(currency),
            policy.payment_maximum.major(currency)
        ),
        Reason::BelowMinimum => {
            let short =
                policy.minimum.minus(balance).map_or_else(|_| String::new(), |short| short.major(currency));
            format!(
                "{} of {}, short by {short} (R5.3)",
                balance.major(currency),
                policy.minimum.major(currency)
            )
        }
    }
}
