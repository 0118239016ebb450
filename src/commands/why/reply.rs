//! What support may paste into a mail to the partner: short, plain, and only about the partner's own money.
//!
//! Floor 5. It names no customer, no other partner, no rule and no command, and none of the program's own words.

use super::{Outcome, PaydayAnswer, Why};
use crate::address::look_alike;
use crate::dates::Day;
use crate::eligibility::{Decision, NextLapse};
use crate::money::Money;
use crate::partner::Reason;

/// Writes the mail, line by line.
#[must_use]
pub fn reply(why: &Why) -> Vec<String> {
    let mut lines = vec![
        format!("Hello {},", why.name),
        String::new(),
        format!("thank you for asking. This is how your commission stands for {}:", spoken(why.date)),
        String::new(),
    ];
    lines.extend(figures(why).into_iter().map(|line| format!("- {line}")));
    let needed: Vec<String> =
        why.gates.iter().filter_map(|gate| gate.reason).filter_map(|reason| needed(reason, why)).collect();
    if !needed.is_empty() {
        lines.push(String::new());
        lines.push("Before we can pay you:".to_owned());
        lines.push(String::new());
        lines.extend(needed.into_iter().map(|line| format!("- {line}")));
    }
    lines.push(String::new());
    lines.push(next_payment(why));
    lines.extend(expiry(why));
    lines.push(String::new());
    lines.push("Kind regards".to_owned());
    lines
}

fn amount(why: &Why, money: Money) -> String {
    format!("{} {}", money.grouped(why.currency), why.currency)
}

fn spoken(day: Day) -> String {
    day.format("%A, %-d %B %Y").to_string()
}

fn figures(why: &Why) -> Vec<String> {
    let elsewhere = &why.elsewhere;
    let mut lines = Vec::new();
    if why.balance.is_negative() {
        let owed = why.balance.major(why.currency);
        lines.push(format!(
            "{} {} more was paid to you than you had earned after refunds; your next commission makes up for it.",
            owed.trim_start_matches('-'),
            why.currency
        ));
    } else if let Some((ready, gone)) = left_and_gone(why) {
        lines.push(format!(
            "{} expire on {}, because {} were not ready in time.",
            amount(why, gone),
            spoken(why.date),
            amount(why, why.minimum)
        ));
        if ready.is_positive() {
            lines.push(format!("Ready to be paid after that: {}.", amount(why, ready)));
        }
    } else {
        lines.push(format!("Ready to be paid: {}.", amount(why, why.balance)));
    }
    if elsewhere.in_refund_period.is_positive() {
        let first = elsewhere
            .next_release_on
            .map_or_else(String::new, |day| format!("; the first of it becomes ready on {}", spoken(day)));
        lines.push(format!(
            "Still in the refund period of the accounts you referred: {}{first}.",
            amount(why, elsewhere.in_refund_period)
        ));
    }
    if elsewhere.withheld.is_positive() {
        lines.push(format!(
            "Waiting because an earlier bill of the same account is unpaid: {}.",
            amount(why, elsewhere.withheld)
        ));
    }
    if why.on_its_way.is_positive() {
        lines.push(format!("On its way to you: {}.", amount(why, why.on_its_way)));
    }
    for held in &why.unclaimed {
        lines.push(format!(
            "PayPal holds {} that we sent to {}: please claim it there by {}, or it comes back to us. If that is not \
             the address of your PayPal account, please tell us the right one.",
            amount(why, held.amount),
            held.address,
            spoken(held.returns_on)
        ));
    }
    if elsewhere.paid.is_positive() {
        lines.push(format!("Paid to you so far: {}.", amount(why, elsewhere.paid)));
    }
    if elsewhere.lapsed.is_positive() {
        lines.push(format!(
            "Expired so far, because {} were not ready in time: {}.",
            amount(why, why.minimum),
            amount(why, elsewhere.lapsed)
        ));
    }
    lines
}

/// Returns what a run of the day leaves of the balance and what it writes off, if it writes anything off (R5.8).
fn left_and_gone(why: &Why) -> Option<(Money, Money)> {
    let gone = why.lapses_now();
    let ready = why.balance.minus(gone).ok()?;
    gone.is_positive().then_some((ready, gone))
}

/// Says what stands between the partner and a payment, as the partner may hear it.
fn needed(reason: Reason, why: &Why) -> Option<String> {
    let address = why.facts.paypal.email.as_ref().map_or("", |email| email.as_str());
    let form = if why.facts.is_us() {
        "a signed W-9 form"
    } else {
        "your answers to the International questions, or a signed W-8 form"
    };
    Some(match reason {
        Reason::PartnerPending => "We still have to approve your sign-up.".to_owned(),
        Reason::PartnerSuspended => "Your partnership is paused; please write to us about it.".to_owned(),
        Reason::PartnerClosed => "Your partnership has ended; please write to us about it.".to_owned(),
        Reason::TaxMissing => format!("Please send us {form}."),
        Reason::TaxWrongForm => format!("The tax form we have is not the right one; please send us {form}."),
        Reason::TaxReceived => "We have your tax form and are looking at it.".to_owned(),
        Reason::TaxRejected => format!("We could not accept your tax form; please send us {form}."),
        Reason::TaxExpired => format!("Your tax form has expired; please send us {form}."),
        Reason::PaypalMissing => "Please tell us the e-mail address of your PayPal account.".to_owned(),
        Reason::PaypalMalformed => {
            let why = look_alike(address).map_or_else(
                || "has a mistake in it".to_owned(),
                |alike| format!("has a mistake in it ({alike})"),
            );
            format!("The PayPal address we have, {address}, {why}; please tell us the right one.")
        }
        Reason::PaypalRejected => {
            format!(
                "PayPal could not pay to {address}; please tell us which address your PayPal account has."
            )
        }
        Reason::PaypalNew => "Your new PayPal address is used after a short safety period.".to_owned(),
        Reason::PaypalShared => format!("We have to check the PayPal address {address} with you first."),
        Reason::PaymentReversed => {
            "An earlier payment came back to us; please tell us whether your PayPal account takes payments."
                .to_owned()
        }
        Reason::AbovePaymentMaximum => {
            "The amount is larger than we usually send at once; we will see to it.".to_owned()
        }
        // It is said with the figures below.
        Reason::BelowMinimum => return None,
    })
}

fn next_payment(why: &Why) -> String {
    let first = why.paydays.iter().find(|payday| payday.outcome == Outcome::Pays);
    match (first, why.pays_on) {
        (Some(PaydayAnswer { date, amount: paid, .. }), _) => {
            format!("If nothing changes, we will pay you {} on {}.", amount(why, *paid), spoken(*date))
        }
        (None, Some(day)) if why.gates.iter().any(|gate| gate.reason.is_some_and(is_for_people)) => {
            format!("Once that is done, payment can follow on {} at the earliest.", spoken(day))
        }
        (None, Some(day)) => format!("If nothing changes, payment follows on {}.", spoken(day)),
        (None, None) => {
            let ready = left_and_gone(why).map_or(why.balance, |(ready, _)| ready);
            let missing = why.minimum.minus(ready).unwrap_or(why.minimum);
            format!(
                "We pay as soon as {} are ready; {} are missing.",
                amount(why, why.minimum),
                amount(why, missing)
            )
        }
    }
}

fn is_for_people(reason: Reason) -> bool {
    !matches!(reason, Reason::BelowMinimum | Reason::PaypalNew)
}

fn expiry(why: &Why) -> Option<String> {
    let Decision::Wait { next_lapse: Some(NextLapse { on, amount: gone, is_overdue: false }), .. } =
        &why.assessment.decision
    else {
        // What is still in the refund period may lapse within the next paydays as well.
        let (on, gone) = why.lapses.filter(|(on, _)| *on != why.date)?;
        return Some(format!(
            "{} expire on {}, unless {} are ready before.",
            amount(why, gone),
            spoken(on),
            amount(why, why.minimum)
        ));
    };
    let paid_before = why.pays_on.is_some_and(|day| day <= *on);
    (!paid_before).then(|| {
        format!(
            "{} of it expire after {}, unless {} are ready by then.",
            amount(why, *gone),
            spoken(*on),
            amount(why, why.minimum)
        )
    })
}
