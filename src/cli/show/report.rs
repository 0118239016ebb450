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
use crate::store::{RefundRecord, StoreError, UnclassifiedLines};

/// Reports.
///
/// # Errors
/// The store's.
pub fn run(asked: &Asked, settings: &Settings) -> Result<Output, Failure> {
    let reader = super::reader(settings)?;
    let today = reader.today(settings.now);
    match asked {
        Asked::Liability { date } => Ok(answer(&liability(&reader, date.unwrap_or(today))?)?.into()),
        Asked::Undecided => {
            let (lines, refunds) = (reader.unclassified_lines()?, reader.waiting_refunds()?);
            Ok(undecided(&lines, &refunds, reader.currency()).into())
        }
    }
}

/// Lists what earns nothing until somebody decides (R2.1), and what went back of charges that are not here (R2.4).
fn undecided(lines: &[UnclassifiedLines], refunds: &[RefundRecord], cur: Currency) -> Answer {
    let object = json!({
        "currency": cur.code(),
        "unclassified": lines.iter().map(|line| {
            let of = line.currency.unwrap_or(cur);
            json!({
                "description": line.description, "currency": of.code(), "charges": line.sum.rows,
                "amount": money(line.sum.amount, of), "first_billed_on": line.first_on.to_string(),
                "last_billed_on": line.last_on.to_string(), "charge_id": line.charge_id,
            })
        }).collect::<Vec<_>>(),
        "refunds_waiting": refunds.iter().map(|refund| {
            let of = refund.currency.unwrap_or(cur);
            json!({
                "refund_id": refund.refund_id, "charge_id": refund.charge_id, "on": refund.on.to_string(),
                "undoes": refund.undoes, "currency": of.code(), "amount": money(refund.amount, of),
            })
        }).collect::<Vec<_>>(),
    });
    let rows = lines.iter().map(|line| {
        let of = line.currency.unwrap_or(cur);
        vec![
            line.description.as_str().into(),
            Cell::Count(line.sum.rows),
            Cell::Money(line.sum.amount, of),
            of.code().into(),
            line.first_on.into(),
            line.last_on.into(),
            line.charge_id.as_str().into(),
        ]
    });
    let of_no_kind = Table::new(vec![
        Column::text("description"),
        Column::count("charges"),
        Column::money("amount"),
        Column::id("currency"),
        Column::day("first_billed_on"),
        Column::day("last_billed_on").minor(1),
        Column::id("one_of_them").minor(2),
    ])
    .title("Lines of no kind: they earn nothing until somebody decides (R2.1)")
    .rows(rows)
    .empty("every line has a kind");
    let waiting = Table::new(vec![
        Column::id("refund_id"),
        Column::id("charge_id"),
        Column::day("on"),
        Column::money("amount"),
        Column::id("currency"),
        Column::text("what"),
    ])
    .title("Refunds whose charge is not here: they count when it comes (R2.4)")
    .rows(refunds.iter().map(|refund| {
        let of = refund.currency.unwrap_or(cur);
        vec![
            refund.refund_id.as_str().into(),
            refund.charge_id.as_str().into(),
            refund.on.into(),
            Cell::Money(refund.amount, of),
            of.code().into(),
            if refund.undoes { "came again" } else { "went back" }.into(),
        ]
    }))
    .empty("no refund waits for its charge");
    let answer =
        Answer::new("undecided", object).csv(flat(lines, refunds, cur)).table(of_no_kind).table(waiting);
    if lines.is_empty() {
        return answer;
    }
    answer.closing(
        "Next: say what they are, in the file's column kind or by a [[line]] rule of its profile, and import the \
         files again",
    )
}

/// Both lists in one table, for a spreadsheet.
fn flat(lines: &[UnclassifiedLines], refunds: &[RefundRecord], cur: Currency) -> Table {
    let columns =
        ["what", "id", "charge_id", "description", "charges", "amount", "currency", "first_on", "last_on"];
    Table::new(columns.map(Column::text).to_vec())
        .rows(lines.iter().map(|line| {
            let of = line.currency.unwrap_or(cur);
            vec![
                "unclassified".into(),
                Cell::Blank,
                line.charge_id.as_str().into(),
                line.description.as_str().into(),
                Cell::Count(line.sum.rows),
                Cell::Money(line.sum.amount, of),
                of.code().into(),
                line.first_on.into(),
                line.last_on.into(),
            ]
        }))
        .rows(refunds.iter().map(|refund| {
            let of = refund.currency.unwrap_or(cur);
            vec![
                if refund.undoes { "refund_undone" } else { "refund_waiting" }.into(),
                refund.refund_id.as_str().into(),
                refund.charge_id.as_str().into(),
                Cell::Blank,
                Cell::Blank,
                Cell::Money(refund.amount, of),
                of.code().into(),
                refund.on.into(),
                refund.on.into(),
            ]
        }))
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
        Column::id("partner"),
        Column::text("name").minor(3),
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
    if !found.later_runs.is_empty() {
        let named: Vec<String> = found
            .later_runs
            .iter()
            .map(|run| format!("{} took {}", run.run, run.amount.grouped(cur)))
            .collect();
        answer = answer.warnings([format!(
            "runs dated after {} are counted as settled here, whatever their date (R1.5), and a statement to that day \
             does not count them: {} {cur}",
            found.date,
            named.join(", ")
        )]);
    }
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
        "later_runs": found.later_runs.iter().map(|run| json!({
            "run": run.run, "date": run.date.to_string(), "amount": money(run.amount, cur),
            "lapsed": money(run.lapsed, cur),
        })).collect::<Vec<_>>(),
    }))
}
