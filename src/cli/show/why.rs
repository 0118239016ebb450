//! `why`: every gate and every charge of one partner.
//!
//! Floor 6.

use serde_json::{Value, json};

use super::{day, money};
use crate::cli::args::Why as Asked;
use crate::cli::render::{Answer, Cell, Column, Table};
use crate::cli::settings::Settings;
use crate::cli::{Failure, Output};
use crate::commands::preview::Scope;
use crate::commands::why::{By, GateAnswer, PaydayAnswer, Why, reply, why};
use crate::eligibility::Decision;
use crate::money::Currency;

/// Answers for a partner.
///
/// # Errors
/// The store's.
pub fn run(asked: &Asked, settings: &Settings) -> Result<Output, Failure> {
    let reader = super::last_reader(settings)?;
    let partner = reader.find_partner(&asked.partner)?;
    let scope = match asked.date {
        Some(date) => Scope::of_day(&reader, date),
        None => Scope::next(&reader, reader.today(settings.now)),
    };
    let found = why(&reader, partner, scope.date, scope.kind)?;
    if asked.reply {
        return Ok(mail(&found).into());
    }
    Ok(answer(&found)?.into())
}

/// Writes the mail to the partner.
fn mail(why: &Why) -> Answer {
    let lines = reply(why);
    let fields = json!({
        "partner": why.partner.as_str(), "email": why.facts.email.as_str(), "date": why.date.to_string(),
        "text": lines.join("\n"),
    });
    lines.into_iter().fold(Answer::new("reply", fields), Answer::lead)
}

fn answer(why: &Why) -> Result<Answer, Failure> {
    let cur = why.currency;
    let verdict = if why.payable { "would be paid" } else { "would not be paid" };
    let sums = why.by_verdict()?;
    let summary = Table::new(vec![Column::id("verdict"), Column::count("charges"), Column::money("open")])
        .title("Charges by verdict")
        .rows(sums.iter().map(|(verdict, (count, sum))| {
            vec![verdict.as_str().into(), (*count).into(), Cell::Money(*sum, cur)]
        }));
    let mut answer = Answer::new("why", json(why))
        .lead(format!(
            "{} ({}) {verdict} on {}: balance {} {cur}, minimum {}.",
            why.name,
            why.partner,
            why.date,
            why.balance.grouped(cur),
            why.minimum.grouped(cur)
        ))
        .table(gates(why))
        .table(paydays(why))
        .table(charges(why))
        .table(adjustments(why))
        .table(summary)
        .csv(charges(why));
    answer.lead.extend(tell_lapses(why));
    answer.lead.extend(tell_unclaimed(why));
    answer.lead.extend(tell_closed_gates(why));
    if !why.payable {
        answer = answer.closing(format!("Next: partners preview --partner {}", why.partner));
    }
    Ok(answer)
}

fn json(why: &Why) -> Value {
    let cur = why.currency;
    json!({
        "partner": why.partner.as_str(), "name": why.name, "date": why.date.to_string(),
        "balance": money(why.balance, cur), "minimum": money(why.minimum, cur), "payable": why.payable,
        "gates": why.gates.iter().map(|gate| json!({
            "gate": gate.gate.as_str(), "open": gate.reason.is_none(),
            "reason": gate.reason.map(crate::partner::Reason::as_str), "detail": gate.detail,
            "clears_on": day(gate.clears_on),
            "remedy": gate.remedy.as_ref().map(|remedy| json!({
                "by": remedy.by.as_str(), "what": remedy.what, "command": remedy.command,
            })),
            "payday": day(gate.payday),
        })).collect::<Vec<_>>(),
        "charges": why.charges.iter().map(|charge| json!({
            "charge_id": charge.charge_id.as_str(), "account_id": charge.account_id.as_str(),
            "billed_on": charge.billed_on.to_string(), "collected_on": day(charge.collected_on),
            "kind": charge.kind.as_str(), "status": charge.status.as_str(),
            "amount": money(charge.amount, charge.currency), "refunded": money(charge.refunded, charge.currency),
            "rate": charge.rate.to_string(), "due": money(charge.due, cur),
            "settled": money(charge.settled, cur), "delta": money(charge.delta, cur),
            "verdict": charge.verdict.as_str(), "rule": charge.verdict.rule(), "until": day(charge.until),
            "run": charge.run,
        })).collect::<Vec<_>>(),
        "adjustments": why.adjustments.iter().map(|adjustment| json!({
            "id": adjustment.id, "on": adjustment.on.to_string(), "amount": money(adjustment.amount, cur),
            "reason": adjustment.reason, "verdict": adjustment.verdict,
        })).collect::<Vec<_>>(),
        "paydays": why.paydays.iter().map(|payday| payday_json(payday, cur)).collect::<Vec<_>>(),
        "pays_on": day(why.pays_on),
        "lapses": why.lapses.map(|(on, amount)| json!({"on": on.to_string(), "amount": money(amount, cur)})),
        "unclaimed": why.unclaimed.iter().map(|held| json!({
            "run": held.run, "item": held.item, "paypal_email": held.address, "amount": money(held.amount, cur),
            "since": held.since.to_string(), "returns_on": held.returns_on.to_string(),
        })).collect::<Vec<_>>(),
        "elsewhere": {
            "in_refund_period": money(why.elsewhere.in_refund_period, cur),
            "next_release_on": day(why.elsewhere.next_release_on),
            "withheld": money(why.elsewhere.withheld, cur), "taken": money(why.elsewhere.taken, cur),
            "paid": money(why.elsewhere.paid, cur), "lapsed": money(why.elsewhere.lapsed, cur),
        },
        "currency": cur.code(),
    })
}

fn payday_json(payday: &PaydayAnswer, cur: Currency) -> Value {
    json!({
        "date": payday.date.to_string(), "outcome": payday.outcome.as_str(),
        "amount": money(payday.amount, cur), "short_by": payday.short_by.map(|short| money(short, cur)),
        "lapses": money(payday.lapses, cur),
        "reasons": payday.reasons.iter().map(|reason| reason.as_str()).collect::<Vec<_>>(),
        "run": payday.run,
    })
}

/// Says what the run of the day writes off, else until when the money that waits is kept (R5.4, R5.8).
fn tell_lapses(why: &Why) -> Vec<String> {
    let cur = why.currency;
    let mut told = Vec::new();
    if let Some((on, gone)) = why.lapses {
        let gone = gone.grouped(cur);
        told.push(if on == why.date {
            format!("A run of that day writes off {gone} {cur}: the minimum was not reached in time (R5.4).")
        } else {
            format!("A run on {on} writes off {gone} {cur}, unless the minimum is reached before (R5.4).")
        });
    }
    if let Decision::Wait { next_lapse: Some(next), .. } = &why.assessment.decision
        && why.lapses.is_none_or(|(on, _)| on <= next.on && !next.is_overdue)
    {
        told.push(format!(
            "{} {cur} of it is kept through {} and lapses after that, unless {} is reached (R5.4).",
            next.amount.grouped(cur),
            next.on,
            why.minimum.grouped(cur)
        ));
    }
    told
}

/// Says what PayPal holds until it is claimed (R7.4).
fn tell_unclaimed(why: &Why) -> Vec<String> {
    let cur = why.currency;
    let told = why.unclaimed.iter().map(|held| {
        format!(
            "PayPal holds {} {cur} of run {}, sent to {} and not claimed since {}: the partner must claim it there by \
             {}, or it comes back to the balance (R7.4). A wrong address: partners paypal set {} ADDRESS, then \
             partners payout cancel-item {}",
            held.amount.grouped(cur),
            held.run,
            held.address,
            held.since,
            held.returns_on,
            why.partner,
            held.item
        )
    });
    told.collect()
}

/// Says of every closed gate what must happen and by whom, and once when payment would follow.
fn tell_closed_gates(why: &Why) -> Vec<String> {
    let mut told: Vec<String> = why.gates.iter().filter_map(tell_closed).collect();
    if !told.is_empty() {
        told.push(match why.pays_on {
            Some(day) => format!("Payment can then follow on {day}."),
            None => "What is known now does not reach a payment.".to_owned(),
        });
    }
    told
}

/// Says of a closed gate what must happen, and by whom.
fn tell_closed(gate: &GateAnswer) -> Option<String> {
    let remedy = gate.remedy.as_ref()?;
    let who = match remedy.by {
        By::Partner => "the partner must ",
        By::Staff => "staff must ",
        By::Time => "nobody need do anything but ",
    };
    let opens = gate.clears_on.map_or_else(String::new, |day| format!("; it opens on {day}"));
    let command = remedy.command.as_ref().map_or_else(String::new, |command| format!(" ({command})"));
    let reason = gate.reason.map_or("", |reason| reason.as_str());
    Some(format!("{reason}: {who}{}{command}{opens}.", remedy.what))
}

fn paydays(why: &Why) -> Table {
    let cur = why.currency;
    Table::new(vec![
        Column::day("date"),
        Column::id("outcome"),
        Column::prose("reasons"),
        Column::money("amount"),
        Column::money("short_by"),
        Column::money("lapses"),
    ])
    .title("The next paydays, if nothing else changes and each run is made and paid")
    .rows(why.paydays.iter().map(|payday| {
        let reasons: Vec<&str> = payday.reasons.iter().map(|reason| reason.as_str()).collect();
        vec![
            payday.date.into(),
            payday.outcome.as_str().into(),
            reasons.join(" ").into(),
            Cell::Money(payday.amount, cur),
            payday.short_by.map_or(Cell::Blank, |short| Cell::Money(short, cur)),
            if payday.lapses.is_zero() { Cell::Blank } else { Cell::Money(payday.lapses, cur) },
        ]
    }))
}

fn gates(why: &Why) -> Table {
    Table::new(vec![
        Column::id("gate"),
        Column::id("open"),
        Column::id("reason"),
        Column::prose("detail"),
        Column::day("clears_on"),
    ])
    .title("Gates")
    .rows(why.gates.iter().map(|gate| {
        vec![
            gate.gate.as_str().into(),
            gate.reason.is_none().into(),
            gate.reason.map(crate::partner::Reason::as_str).into(),
            gate.detail.as_str().into(),
            gate.clears_on.into(),
        ]
    }))
}

fn charges(why: &Why) -> Table {
    let cur = why.currency;
    Table::new(vec![
        Column::id("charge_id"),
        Column::id("account_id").minor(4),
        Column::day("billed_on"),
        Column::day("collected_on").minor(5),
        Column::id("kind").minor(3),
        Column::id("status").minor(7),
        Column::money("amount").minor(6),
        Column::money("refunded").minor(2),
        Column::id("rate").minor(1),
        Column::money("due"),
        Column::money("settled").minor(8),
        Column::money("delta"),
        Column::id("verdict"),
        Column::id("rule").minor(3),
        Column::day("until"),
        Column::id("run").minor(9),
    ])
    .title("Charges")
    .rows(why.charges.iter().map(|charge| {
        vec![
            charge.charge_id.as_str().into(),
            charge.account_id.as_str().into(),
            charge.billed_on.into(),
            charge.collected_on.into(),
            charge.kind.as_str().into(),
            charge.status.as_str().into(),
            Cell::Money(charge.amount, charge.currency),
            Cell::Money(charge.refunded, charge.currency),
            charge.rate.to_string().into(),
            Cell::Money(charge.due, cur),
            Cell::Money(charge.settled, cur),
            Cell::Money(charge.delta, cur),
            charge.verdict.as_str().into(),
            charge.verdict.rule().into(),
            charge.until.into(),
            charge.run.clone().into(),
        ]
    }))
    .counted("charge", "charges")
    .empty("no charge is or was theirs")
}

fn adjustments(why: &Why) -> Table {
    Table::new(vec![
        Column::count("id"),
        Column::day("on"),
        Column::prose("reason"),
        Column::id("verdict"),
        Column::money("amount"),
    ])
    .title("Adjustments")
    .rows(why.adjustments.iter().map(|adjustment| {
        vec![
            Cell::Figure(adjustment.id.to_string()),
            adjustment.on.into(),
            adjustment.reason.as_str().into(),
            adjustment.verdict.into(),
            Cell::Money(adjustment.amount, why.currency),
        ]
    }))
}
