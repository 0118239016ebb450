//! `statement`: a partner's account, as a table, as CSV, as JSON, and as text of 80 columns for paper.
//!
//! Floor 6.

use serde_json::{Map, Value, json};

use super::{day, money};
use crate::cli::args::Statement as Asked;
use crate::cli::render::{Answer, Cell, Column, Table};
use crate::cli::settings::Settings;
use crate::cli::{Exit, Failure, Output};
use crate::commands::statement::{Entry, Period, Statement, statement};
use crate::ids::{AccountId, ChargeId};
use crate::text::{abridged, shown};

/// Columns of a line on paper.
const PAPER_COLUMNS: usize = 80;
/// Columns of what a line stands for, on paper.
const SUBJECT_COLUMNS: usize = 36;

/// Makes a statement.
///
/// # Errors
/// The store's.
pub fn run(asked: &Asked, settings: &Settings) -> Result<Output, Failure> {
    let reader = super::reader(settings)?;
    let partner = reader.find_partner(&asked.partner)?;
    if asked.from.zip(asked.to).is_some_and(|(from, to)| from > to) {
        return Err(Failure::usage("period", "--from is after --to").hint("give the earlier day to --from"));
    }
    let period = Period { from: asked.from, to: asked.to };
    let made = statement(&reader, partner, reader.today(settings.now), period)?;
    if asked.printable {
        return Ok(Output::Raw(on_paper(&made).into_bytes()));
    }
    Ok(answer(&made).into())
}

fn period(made: &Statement) -> String {
    match made.from {
        Some(from) => format!("from {from} to {}", made.to),
        None => format!("to {}", made.to),
    }
}

fn answer(made: &Statement) -> Answer {
    let cur = made.currency;
    let mut answer = Answer::new("statement", json(made))
        .lead(format!("Statement of {} ({}) {}, in {cur}.", made.name, made.partner, period(made)))
        .lead(format!("Opening balance {}.", made.opening.grouped(cur)))
        .table(lines(made))
        .table(payments(made))
        .closing(format!("Closing balance {}.", made.closing.grouped(cur)));
    if made.payments.iter().all(crate::commands::statement::PaymentTie::ties) {
        answer
    } else {
        answer = answer.warnings(["a payment is not the sum of its lines; run partners check".to_owned()]);
        answer.exit(Exit::Attention)
    }
}

fn lines(made: &Statement) -> Table {
    let cur = made.currency;
    Table::new(vec![
        Column::day("on"),
        Column::text("kind"),
        Column::text("charge_id"),
        Column::text("account_id"),
        Column::text("adjustment"),
        Column::text("rule"),
        Column::text("run"),
        Column::text("text"),
        Column::money("amount"),
        Column::money("balance"),
    ])
    .rows(made.entries.iter().map(|entry| {
        vec![
            entry.on.into(),
            entry.kind.as_str().into(),
            entry.charge_id.as_ref().map(ChargeId::as_str).into(),
            entry.account_id.as_ref().map(AccountId::as_str).into(),
            entry.adjustment.map_or(Cell::Blank, |no| Cell::Figure(no.to_string())),
            entry.kind.rule().into(),
            entry.run.clone().into(),
            entry.text.as_str().into(),
            Cell::Money(entry.amount, cur),
            Cell::Money(entry.balance, cur),
        ]
    }))
    .counted("line", "lines")
    .empty("nothing changed the balance in this time")
}

fn payments(made: &Statement) -> Table {
    Table::new(vec![
        Column::text("run"),
        Column::text("item"),
        Column::text("paypal_email"),
        Column::text("state"),
        Column::money("amount"),
        Column::money("sum_of_lines"),
    ])
    .title("Payments")
    .rows(made.payments.iter().map(|tie| {
        vec![
            tie.payment.run.as_str().into(),
            tie.payment.item.as_str().into(),
            tie.payment.paypal_email.as_str().into(),
            tie.payment.state.as_str().into(),
            Cell::Money(tie.payment.amount, made.currency),
            Cell::Money(tie.lines, made.currency),
        ]
    }))
    .counted("payment", "payments")
}

fn json(made: &Statement) -> Value {
    let cur = made.currency;
    let sums: Map<String, Value> =
        made.sums.iter().map(|(kind, sum)| (kind.as_str().to_owned(), money(*sum, cur))).collect();
    json!({
        "partner": made.partner.as_str(), "name": made.name, "currency": cur.code(), "from": day(made.from),
        "to": made.to.to_string(), "opening": money(made.opening, cur),
        "lines": made.entries.iter().map(|entry| json!({
            "on": entry.on.to_string(), "kind": entry.kind.as_str(),
            "charge_id": entry.charge_id.as_ref().map(ChargeId::as_str),
            "account_id": entry.account_id.as_ref().map(AccountId::as_str), "adjustment": entry.adjustment,
            "rule": entry.kind.rule(), "run": entry.run, "text": entry.text,
            "amount": money(entry.amount, cur), "balance": money(entry.balance, cur),
        })).collect::<Vec<_>>(),
        "closing": money(made.closing, cur),
        "sums": sums,
        "payments": made.payments.iter().map(|tie| json!({
            "run": tie.payment.run, "item": tie.payment.item, "date": tie.payment.date.to_string(),
            "paypal_email": tie.payment.paypal_email, "state": tie.payment.state.as_str(),
            "amount": money(tie.payment.amount, cur), "sum_of_lines": money(tie.lines, cur),
            "ties": tie.ties(), "returned_on": day(tie.payment.returned_on),
        })).collect::<Vec<_>>(),
    })
}

/// Writes the statement for paper: every line at most 80 columns, nothing cut but the subject of a line.
fn on_paper(made: &Statement) -> String {
    let cur = made.currency;
    let rule = "-".repeat(PAPER_COLUMNS);
    let mut paper = vec![
        "STATEMENT OF COMMISSION".to_owned(),
        String::new(),
        format!("Partner   {} ({})", abridged(&made.name, 50), abridged(made.partner.as_str(), 15)),
        format!("Period    {}", period(made)),
        format!("Currency  {cur}"),
        String::new(),
        format!("{:<10}  {:<SUBJECT_COLUMNS$}  {:>14}  {:>14}", "Date", "What for", "Amount", "Balance"),
        rule.clone(),
        row("", "Opening balance", "", &made.opening.grouped(cur)),
    ];
    for entry in &made.entries {
        let subject = subject(entry);
        paper.push(row(
            &entry.on.to_string(),
            &subject,
            &entry.amount.grouped(cur),
            &entry.balance.grouped(cur),
        ));
    }
    paper.push(rule.clone());
    for (kind, sum) in &made.sums {
        paper.push(row("", &format!("Sum of {kind} lines"), &sum.grouped(cur), ""));
    }
    paper.push(row("", "Closing balance", "", &made.closing.grouped(cur)));
    if !made.payments.is_empty() {
        paper.extend([String::new(), "Payments of this period".to_owned(), rule]);
        for tie in &made.payments {
            let what = format!("run {}, {}", tie.payment.run, tie.payment.state);
            paper.push(row(
                &tie.payment.date.to_string(),
                &what,
                &tie.payment.amount.grouped(cur),
                if tie.ties() { "ties" } else { "DOES NOT TIE" },
            ));
        }
    }
    paper.push(String::new());
    paper.join("\n")
}

fn row(date: &str, what: &str, amount: &str, balance: &str) -> String {
    let what = abridged(what, SUBJECT_COLUMNS);
    let gap = " ".repeat(SUBJECT_COLUMNS.saturating_sub(unicode_width::UnicodeWidthStr::width(&*what)));
    format!("{date:<10}  {what}{gap}  {amount:>14}  {balance:>14}").trim_end().to_owned()
}

fn subject(entry: &Entry) -> String {
    let what = match (&entry.charge_id, entry.adjustment) {
        (Some(charge), _) => charge.0.clone(),
        (None, Some(no)) => format!("adjustment {no}: {}", entry.text),
        (None, None) => String::new(),
    };
    match &entry.run {
        Some(run) => shown(&format!("{} {run} {what}", entry.kind)).into_owned(),
        None => shown(&format!("{} {what}", entry.kind)).into_owned(),
    }
}
