//! `charge`: what billing and staff say of a charge.
//!
//! Floor 6.

use serde_json::json;

use super::super::{day, money, reader, writer};
use super::{changed, field_table, note_json, note_table, reason, tie_json, tie_table};
use crate::cli::args::Charge as Asked;
use crate::cli::render::{Answer, Cell, Column, Table};
use crate::cli::settings::Settings;
use crate::cli::{Failure, Output};
use crate::commands::records::{ChargeView, Resolve, Ruling, resolve_charge, show_charge};
use crate::ids::PartnerId;
use crate::money::Currency;
use crate::run::RunState;
use crate::store::ChargeLine;

/// Does what was asked about a charge.
///
/// # Errors
/// The store's, the rules'; a flag that is missing where nobody can be asked.
pub fn run(asked: &Asked, settings: &Settings) -> Result<Output, Failure> {
    match asked {
        Asked::Show { charge } => {
            let reader = reader(settings)?;
            let today = reader.today(settings.now);
            Ok(shown(&show_charge(&reader, charge, today)?, reader.currency()).into())
        }
        Asked::Resolve { charge, ruling, collected_on, reason: typed } => {
            let ruling = match ruling {
                Some(ruling) => *ruling,
                None => choose_ruling(settings)?,
            };
            let why = reason(settings, typed.as_ref())?;
            let resolve = Resolve { ruling, collected_on: *collected_on, reason: &why };
            Ok(changed(&resolve_charge(writer(settings)?, charge, &resolve)?).into())
        }
    }
}

fn choose_ruling(settings: &Settings) -> Result<Ruling, Failure> {
    let words: Vec<&str> = Ruling::ALL.iter().map(|ruling| ruling.as_str()).collect();
    let at = settings.ui.choose("--as", "What became of the charge?", &words)?;
    Ok(Ruling::ALL.get(at).copied().unwrap_or(Ruling::Open))
}

/// Lists what went back to the customer, each with its day (R2.4).
fn refund_table(view: &ChargeView) -> Table {
    Table::new(vec![Column::day("refunded_on"), Column::money("amount")])
        .title("Given back to the customer")
        .rows(view.refunds.iter().map(|refund| {
            let on = refund.on.or(view.record.collected_on);
            vec![on.into(), Cell::Money(refund.amount, view.currency)]
        }))
}

/// Lists the refunds and disputes that came as rows of their own, as they came: a dispute that was won later, and a
/// refund in another currency (R2.6), change nothing that is given back and are to be seen all the same.
fn refund_row_table(view: &ChargeView, cur: Currency) -> Table {
    Table::new(vec![
        Column::id("row"),
        Column::day("on"),
        Column::money("amount"),
        Column::id("currency"),
        Column::text("what"),
    ])
    .title("Refunds and disputes as they came")
    .rows(view.refund_rows.iter().map(|row| {
        let of = row.currency.unwrap_or(cur);
        let foreign = of != view.currency;
        let what = match (row.undoes, foreign) {
            (_, true) => "does not count, another currency (R2.6)",
            (true, false) => "came again",
            (false, false) => "went back",
        };
        vec![
            row.refund_id.as_str().into(),
            row.on.into(),
            Cell::Money(row.amount, of),
            of.code().into(),
            what.into(),
        ]
    }))
}

/// Says what the charge earns whom, and why it does or does not count.
fn earning_table(view: &ChargeView, cur: Currency) -> Table {
    Table::new(vec![
        Column::id("partner"),
        Column::money("due"),
        Column::money("settled"),
        Column::money("open"),
        Column::id("verdict"),
        Column::id("rule"),
        Column::day("until"),
    ])
    .title("Commission")
    .rows(view.earnings.iter().map(|earning| {
        vec![
            earning.partner.as_ref().map_or("(unclaimed)", |id| id.as_str()).into(),
            Cell::Money(earning.judged.due, cur),
            Cell::Money(earning.settled, cur),
            Cell::Money(earning.judged.delta, cur),
            earning.judged.verdict.as_str().into(),
            earning.judged.verdict.rule().into(),
            earning.judged.until.into(),
        ]
    }))
    .empty("nobody is credited for it")
}

/// Lists what runs did with it (R7.3, R7.4).
fn line_table(view: &ChargeView, cur: Currency) -> Table {
    let lines =
        view.earnings.iter().flat_map(|earning| earning.lines.iter().map(move |line| (earning, line)));
    Table::new(vec![
        Column::id("run"),
        Column::id("partner"),
        Column::money("amount"),
        Column::id("state"),
        Column::day("came_back_on"),
    ])
    .title("In runs")
    .rows(lines.map(|(earning, line)| {
        vec![
            line.run.as_str().into(),
            earning.partner.as_ref().map(PartnerId::as_str).into(),
            Cell::Money(line.amount, cur),
            line_state(line).into(),
            line.returned_on.into(),
        ]
    }))
}

fn line_state(line: &ChargeLine) -> &'static str {
    match (line.run_state, line.lapsed, line.item) {
        (RunState::Cancelled, _, _) => RunState::Cancelled.as_str(),
        (_, true, _) => "lapsed",
        (_, false, Some(item)) => item.as_str(),
        (_, false, None) => "paid",
    }
}

fn shown(view: &ChargeView, cur: Currency) -> Answer {
    let record = &view.record;
    let resolution = record.resolution.as_ref();
    let facts = [
        ("account_id", Cell::from(record.account.as_str())),
        ("billed_on", record.billed_on.into()),
        ("collected_on", record.collected_on.into()),
        ("kind", record.kind.as_str().into()),
        ("status", record.status.as_str().into()),
        ("amount", Cell::Money(record.amount, view.currency)),
        ("refunded", Cell::Money(record.refunded, view.currency)),
        ("currency", view.currency.code().into()),
        ("referral_code", record.referral_code.clone().into()),
        ("description", record.description.clone().into()),
        ("staff_say", resolution.map(|decided| decided.status.as_str()).into()),
        ("staff_say_collected_on", resolution.and_then(|decided| decided.collected_on).into()),
        ("staff_say_because", resolution.map(|decided| decided.reason.as_str()).into()),
    ];
    let fields = json!({
        "charge_id": record.id.as_str(), "account_id": record.account.as_str(),
        "billed_on": day(Some(record.billed_on)), "collected_on": day(record.collected_on),
        "kind": record.kind.as_str(), "status": record.status.as_str(),
        "amount": money(record.amount, view.currency), "refunded": money(record.refunded, view.currency),
        "currency": view.currency.code(), "referral_code": record.referral_code,
        "description": record.description,
        "resolution": resolution.map(|decided| json!({
            "status": decided.status.as_str(), "over": decided.over.as_str(),
            "collected_on": day(decided.collected_on), "reason": decided.reason,
        })),
        "referred_by": view.ties.iter().map(tie_json).collect::<Vec<_>>(),
        "notes": view.notes.iter().map(note_json).collect::<Vec<_>>(),
        "refunds": view.refunds.iter().map(|refund| json!({
            "on": day(refund.on.or(record.collected_on)), "amount": money(refund.amount, view.currency),
        })).collect::<Vec<_>>(),
        "refund_rows": view.refund_rows.iter().map(|row| {
            let of = row.currency.unwrap_or(cur);
            json!({
                "id": row.refund_id, "on": day(Some(row.on)), "amount": money(row.amount, of), "currency": of.code(),
                "undoes": row.undoes,
            })
        }).collect::<Vec<_>>(),
        "earnings": view.earnings.iter().map(|earning| json!({
            "partner": earning.partner.as_ref().map(PartnerId::as_str), "due": money(earning.judged.due, cur),
            "settled": money(earning.settled, cur), "delta": money(earning.judged.delta, cur),
            "verdict": earning.judged.verdict.as_str(), "rule": earning.judged.verdict.rule(),
            "until": day(earning.judged.until),
            "lines": earning.lines.iter().map(|line| json!({
                "run": line.run, "amount": money(line.amount, cur), "state": line_state(line),
                "returned_on": day(line.returned_on),
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    });
    Answer::new("charge", fields)
        .lead(format!("Charge {}.", record.id))
        .table(field_table(facts.map(|(field, cell)| (field.to_owned(), cell))))
        .table(refund_table(view))
        .table(refund_row_table(view, cur))
        .table(earning_table(view, cur))
        .table(line_table(view, cur))
        .table(tie_table(&view.ties))
        .table(note_table(&view.notes))
        .closing(format!("Next: partners account show {}", record.account))
}
