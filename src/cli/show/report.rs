//! `report`: sums for the month's end.
//!
//! Floor 6.

use serde_json::{Map, Value, json};

use super::money;
use crate::cli::args::Report as Asked;
use crate::cli::render::{Answer, Cell, Column, Table};
use crate::cli::settings::Settings;
use crate::cli::{Failure, Output};
use crate::commands::liability::{Liability, Parts, liability};
use crate::money::Currency;
use crate::store::StoreError;

/// Reports.
///
/// # Errors
/// The store's.
pub fn run(asked: &Asked, settings: &Settings) -> Result<Output, Failure> {
    let Asked::Liability { date } = asked;
    let reader = super::reader(settings)?;
    let today = reader.today(settings.now);
    Ok(answer(&liability(&reader, date.unwrap_or(today))?)?.into())
}

fn cells(parts: &Parts, cur: Currency) -> Result<Vec<Cell>, StoreError> {
    let sums = [
        parts.in_refund_period,
        parts.withheld,
        parts.counting,
        parts.taken,
        parts.unclaimed,
        parts.total()?,
        parts.owing,
    ];
    Ok(sums.map(|sum| Cell::Money(sum, cur)).to_vec())
}

fn answer(found: &Liability) -> Result<Answer, Failure> {
    let cur = found.currency;
    let mut rows = Vec::with_capacity(found.partners.len());
    for row in &found.partners {
        let mut shown = vec![Cell::from(row.partner.as_str()), Cell::from(row.name.as_str())];
        shown.extend(cells(&row.parts, cur)?);
        rows.push(shown);
    }
    let mut totals = vec![Cell::from("total"), Cell::Blank];
    totals.extend(cells(&found.totals, cur)?);
    let table = Table::new(vec![
        Column::text("partner"),
        Column::text("name"),
        Column::money("in_refund_period"),
        Column::money("withheld"),
        Column::money("counting"),
        Column::money("taken"),
        Column::money("unclaimed"),
        Column::money("total"),
        Column::money("owing"),
    ])
    .rows(rows)
    .totals(totals)
    .counted("partner", "partners")
    .empty("nobody is owed anything");
    let total = found.totals.total()?;
    let mut answer = Answer::new("liability", json(found)?)
        .lead(format!("Liability as of {}: {} {cur}.", found.date, total.grouped(cur)))
        .table(table);
    if !found.unclaimed_links.is_zero() {
        answer = answer.closing(format!(
            "Apart from that, links that nobody has claimed would have earned {} {cur} (R4.2).",
            found.unclaimed_links.grouped(cur)
        ));
    }
    Ok(answer)
}

fn parts(parts: &Parts, cur: Currency) -> Result<Map<String, Value>, StoreError> {
    Ok([
        ("in_refund_period", parts.in_refund_period),
        ("withheld", parts.withheld),
        ("counting", parts.counting),
        ("taken", parts.taken),
        ("unclaimed", parts.unclaimed),
        ("total", parts.total()?),
        ("owing", parts.owing),
    ]
    .into_iter()
    .map(|(name, sum)| (name.to_owned(), money(sum, cur)))
    .collect())
}

fn json(found: &Liability) -> Result<Value, StoreError> {
    let cur = found.currency;
    let mut rows = Vec::with_capacity(found.partners.len());
    for row in &found.partners {
        let mut object = Map::new();
        object.insert("partner".to_owned(), row.partner.as_str().into());
        object.insert("name".to_owned(), row.name.as_str().into());
        object.extend(parts(&row.parts, cur)?);
        rows.push(Value::Object(object));
    }
    Ok(json!({
        "date": found.date.to_string(), "currency": cur.code(), "partners": rows,
        "totals": parts(&found.totals, cur)?, "unclaimed_links": money(found.unclaimed_links, cur),
    }))
}
