//! `preview`: what a run would pay, whom it leaves out and why, and what lapses.
//!
//! Floor 6.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Value, json};

use super::money;
use crate::cli::args::Preview as Asked;
use crate::cli::render::{Answer, Cell, Column, Format, Table};
use crate::cli::settings::Settings;
use crate::cli::{Failure, Output};
use crate::commands::preview::{Preview, Scope, preview};
use crate::eligibility::RunKind;

/// Looks at the day asked for.
///
/// # Errors
/// The store's.
pub fn run(asked: &Asked, settings: &Settings) -> Result<Output, Failure> {
    let reader = super::last_reader(settings)?;
    let mut scope = match asked.date {
        Some(date) => Scope::of_day(&reader, date),
        None => Scope::next(&reader, reader.today(settings.now)),
    };
    if let Some(partner) = &asked.partner {
        scope.only = Some(BTreeSet::from([reader.find_partner(partner)?]));
    }
    Ok(answer(&preview(&reader, &scope)?, settings.look.format).into())
}

/// Shows a preview; also what a creation that drafts nothing answers with. Of the three forms only the one asked for
/// is made: with ten thousand partners each costs as much as the preview itself.
#[must_use]
pub fn answer(preview: &Preview, format: Format) -> Answer {
    let warnings = preview.warnings.iter().map(|warning| warning.text.clone());
    match format {
        Format::Json => Answer::written("preview", &Object::of(preview)).warnings(warnings),
        Format::Csv => Answer::new("preview", Value::Null).csv(everything(preview)).warnings(warnings),
        Format::Table => for_people(preview).warnings(warnings),
    }
}

fn for_people(preview: &Preview) -> Answer {
    let date = preview.date;
    let kind = match preview.kind {
        RunKind::Regular => "run",
        RunKind::OffCycle => "off-cycle run",
    };
    let answer = Answer::new("preview", Value::Null)
        .lead(format!("What a {kind} dated {date} would do, in {}.", preview.currency))
        .table(payable(preview))
        .table(blocked(preview))
        .table(waiting(preview))
        .table(lapsing(preview))
        .table(owing(preview))
        .table(totals(preview));
    if preview.payable.is_empty() {
        answer.closing("Nobody is payable: there would be no run, and nothing would lapse (R7.1).")
    } else {
        answer.closing(format!("Next: partners payout create --date {date}"))
    }
}

/// The object of `partners/preview/1`, without its schema.
#[derive(Serialize)]
pub struct Object<'a> {
    date: String,
    currency: &'a str,
    payable: Vec<PayableObject<'a>>,
    blocked: Vec<BlockedObject<'a>>,
    waiting: Vec<WaitingObject<'a>>,
    lapsing: Vec<LapsingObject<'a>>,
    owing: Vec<OwingObject<'a>>,
    totals: Value,
    warnings: Vec<Value>,
}

#[derive(Serialize)]
struct PayableObject<'a> {
    partner: &'a str,
    name: &'a str,
    paypal_email: &'a str,
    amount: String,
    lines: usize,
}

#[derive(Serialize)]
struct BlockedObject<'a> {
    partner: &'a str,
    balance: String,
    reasons: Vec<&'static str>,
}

#[derive(Serialize)]
struct WaitingObject<'a> {
    partner: &'a str,
    balance: String,
    short_by: String,
    next_lapse: Option<NextLapseObject>,
}

#[derive(Serialize)]
struct NextLapseObject {
    on: String,
    amount: String,
}

#[derive(Serialize)]
struct LapsingObject<'a> {
    partner: &'a str,
    amount: String,
    lines: usize,
}

#[derive(Serialize)]
struct OwingObject<'a> {
    partner: &'a str,
    balance: String,
}

impl<'a> Object<'a> {
    /// Makes the object of a preview.
    #[must_use]
    pub fn of(preview: &'a Preview) -> Self {
        let cur = preview.currency;
        let totals = &preview.totals;
        let payable = preview.payable.iter().map(|row| PayableObject {
            partner: row.partner.as_str(),
            name: &row.name,
            paypal_email: &row.paypal_email,
            amount: row.payable.amount().major(cur),
            lines: row.payable.lines().len(),
        });
        let blocked = preview.blocked.iter().map(|row| BlockedObject {
            partner: row.partner.as_str(),
            balance: row.balance.major(cur),
            reasons: row.reasons.iter().map(|reason| reason.as_str()).collect(),
        });
        let waiting = preview.waiting.iter().map(|row| WaitingObject {
            partner: row.partner.as_str(),
            balance: row.balance.major(cur),
            short_by: row.short_by.major(cur),
            next_lapse: row
                .next_lapse
                .map(|next| NextLapseObject { on: next.on.to_string(), amount: next.amount.major(cur) }),
        });
        let lapsing = preview.lapsing.iter().map(|row| LapsingObject {
            partner: row.partner.as_str(),
            amount: row.lapse.amount.major(cur),
            lines: row.lapse.lines.len(),
        });
        let owing = preview
            .owing
            .iter()
            .map(|row| OwingObject { partner: row.partner.as_str(), balance: row.balance.major(cur) });
        Self {
            date: preview.date.to_string(),
            currency: preview.currency.code(),
            payable: payable.collect(),
            blocked: blocked.collect(),
            waiting: waiting.collect(),
            lapsing: lapsing.collect(),
            owing: owing.collect(),
            totals: json!({
                "payable": money(totals.payable, cur), "payees": totals.payees,
                "blocked": money(totals.blocked, cur), "waiting": money(totals.waiting, cur),
                "lapsing": money(totals.lapsing, cur), "owing": money(totals.owing, cur),
                "in_refund_period": money(totals.in_refund_period, cur), "withheld": money(totals.withheld, cur),
                "unclaimed": money(totals.unclaimed, cur),
            }),
            warnings: preview
                .warnings
                .iter()
                .map(|warning| json!({ "code": warning.code, "subject": warning.subject, "text": warning.text }))
                .collect(),
        }
    }
}

fn payable(preview: &Preview) -> Table {
    let cur = preview.currency;
    let rows = preview.payable.iter().map(|row| {
        vec![
            row.partner.as_str().into(),
            row.name.as_str().into(),
            row.paypal_email.as_str().into(),
            row.payable.lines().len().into(),
            Cell::Money(row.payable.amount(), cur),
        ]
    });
    let lines: usize = preview.payable.iter().map(|row| row.payable.lines().len()).sum();
    Table::new(vec![
        Column::id("partner"),
        Column::text("name"),
        Column::id("paypal_email"),
        Column::count("lines"),
        Column::money("amount"),
    ])
    .title("Payable")
    .rows(rows)
    .totals(vec![
        "total".into(),
        Cell::Blank,
        Cell::Blank,
        lines.into(),
        Cell::Money(preview.totals.payable, cur),
    ])
    .counted("partner", "partners")
    .empty("nobody")
}

fn blocked(preview: &Preview) -> Table {
    let cur = preview.currency;
    let rows = preview.blocked.iter().map(|row| {
        let reasons: Vec<&str> = row.reasons.iter().map(|reason| reason.as_str()).collect();
        vec![row.partner.as_str().into(), reasons.join(", ").into(), Cell::Money(row.balance, cur)]
    });
    Table::new(vec![Column::id("partner"), Column::prose("reasons"), Column::money("balance")])
        .title("Blocked: enough money, and a closed gate (R6)")
        .rows(rows)
        .totals(vec!["total".into(), Cell::Blank, Cell::Money(preview.totals.blocked, cur)])
        .counted("partner", "partners")
}

fn waiting(preview: &Preview) -> Table {
    let cur = preview.currency;
    let rows = preview.waiting.iter().map(|row| {
        vec![
            row.partner.as_str().into(),
            Cell::Money(row.balance, cur),
            Cell::Money(row.short_by, cur),
            row.next_lapse.map(|next| next.on).into(),
            row.next_lapse.map_or(Cell::Blank, |next| Cell::Money(next.amount, cur)),
        ]
    });
    Table::new(vec![
        Column::id("partner"),
        Column::money("balance"),
        Column::money("short_by"),
        Column::day("kept_through"),
        Column::money("then_lapses"),
    ])
    .title("Waiting for the minimum (R5.4)")
    .rows(rows)
    .totals(vec![
        "total".into(),
        Cell::Money(preview.totals.waiting, cur),
        Cell::Blank,
        Cell::Blank,
        Cell::Blank,
    ])
    .counted("partner", "partners")
}

fn lapsing(preview: &Preview) -> Table {
    let cur = preview.currency;
    let rows = preview.lapsing.iter().map(|row| {
        vec![row.partner.as_str().into(), row.lapse.lines.len().into(), Cell::Money(row.lapse.amount, cur)]
    });
    Table::new(vec![Column::id("partner"), Column::count("lines"), Column::money("amount")])
        .title("Lapsing: this run writes off (R5.4, R5.6)")
        .rows(rows)
        .totals(vec!["total".into(), Cell::Blank, Cell::Money(preview.totals.lapsing, cur)])
        .counted("partner", "partners")
}

fn owing(preview: &Preview) -> Table {
    let cur = preview.currency;
    let rows =
        preview.owing.iter().map(|row| vec![row.partner.as_str().into(), Cell::Money(row.balance, cur)]);
    Table::new(vec![Column::id("partner"), Column::money("balance")])
        .title("Owing: carried forward, never collected (R5.7)")
        .rows(rows)
        .totals(vec!["total".into(), Cell::Money(preview.totals.owing, cur)])
        .counted("partner", "partners")
}

fn totals(preview: &Preview) -> Table {
    let cur = preview.currency;
    let totals = &preview.totals;
    let rows = [
        ("payable", totals.payable),
        ("blocked", totals.blocked),
        ("waiting", totals.waiting),
        ("lapsing", totals.lapsing),
        ("owing", totals.owing),
        ("in the refund period", totals.in_refund_period),
        ("withheld by an unpaid charge", totals.withheld),
        ("unclaimed", totals.unclaimed),
    ];
    Table::new(vec![Column::text("totals"), Column::money("amount")])
        .rows(rows.map(|(what, amount)| vec![what.into(), Cell::Money(amount, cur)]))
}

/// Puts every partner into one table, for a spreadsheet.
fn everything(preview: &Preview) -> Table {
    let cur = preview.currency;
    let row = |what: &str, partner: &str, amount, address: &str, reasons: String| {
        vec![what.into(), partner.into(), Cell::Money(amount, cur), address.into(), reasons.into()]
    };
    let mut table = Table::new(vec![
        Column::prose("what"),
        Column::id("partner"),
        Column::money("amount"),
        Column::id("paypal_email"),
        Column::prose("reasons"),
    ]);
    for one in &preview.payable {
        let amount = one.payable.amount();
        table.rows.push(row("payable", one.partner.as_str(), amount, &one.paypal_email, String::new()));
    }
    for one in &preview.blocked {
        let reasons: Vec<&str> = one.reasons.iter().map(|reason| reason.as_str()).collect();
        table.rows.push(row("blocked", one.partner.as_str(), one.balance, "", reasons.join(" ")));
    }
    for one in &preview.waiting {
        table.rows.push(row("waiting", one.partner.as_str(), one.balance, "", "below_minimum".to_owned()));
    }
    for one in &preview.lapsing {
        table.rows.push(row("lapsing", one.partner.as_str(), one.lapse.amount, "", String::new()));
    }
    for one in &preview.owing {
        table.rows.push(row("owing", one.partner.as_str(), one.balance, "", String::new()));
    }
    table
}
