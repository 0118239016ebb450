//! `policy`: the programme's numbers, and what a change of them does.
//!
//! Floor 6.

use serde_json::{Value, json};

use super::super::{day, money, reader, writer};
use super::{change_json, change_table, reason};
use crate::cli::args::Policy as Asked;
use crate::cli::render::{Answer, Cell, Column, Table};
use crate::cli::settings::Settings;
use crate::cli::{Failure, Output};
use crate::commands::records::{PolicyView, Retroactive, SetPolicy, set_policy, show_policy};
use crate::dates::{Zone, parse_day};
use crate::ids::RunName;
use crate::store::records::PolicyEntry;

/// Shows or changes the policy.
///
/// # Errors
/// The store's, the rules'; a flag that is missing where nobody can be asked.
pub fn run(asked: &Asked, settings: &Settings) -> Result<Output, Failure> {
    match asked {
        Asked::Show { date } => {
            let reader = reader(settings)?;
            let date = date.unwrap_or_else(|| reader.today(settings.now));
            Ok(shown(&show_policy(&reader, date)?).into())
        }
        Asked::Set { key, value, from, reason: typed, retroactive } => {
            let from = if let Some(from) = from {
                *from
            } else {
                let text = settings.ui.ask("--from", "From which day on (YYYY-MM-DD)?")?;
                parse_day(text.trim(), &Zone::UTC)?
            };
            let why = reason(settings, typed.as_ref())?;
            let request = SetPolicy { key: *key, value, from, reason: &why, retroactive: *retroactive };
            Ok(set(&set_policy(writer(settings)?, &request)?).into())
        }
    }
}

fn entry_json(entry: Option<&PolicyEntry>) -> Value {
    entry.map_or(Value::Null, |entry| {
        json!({
            "value": entry.value, "from": day(entry.from), "reason": entry.reason,
            "entered_at": entry.entered_at,
        })
    })
}

fn shown(view: &PolicyView) -> Answer {
    let columns = vec![
        Column::text("key"),
        Column::text("value"),
        Column::day("since"),
        Column::text("reason"),
        Column::text("next"),
    ];
    let table = Table::new(columns).rows(view.lines.iter().map(|line| {
        let next = line.next.as_ref();
        vec![
            line.key.as_str().into(),
            line.value.as_str().into(),
            line.set_by.as_ref().and_then(|entry| entry.from).into(),
            line.set_by.as_ref().map_or("default", |entry| entry.reason.as_str()).into(),
            next.and_then(|next| next.from.map(|from| format!("{} from {from}", next.value))).into(),
        ]
    }));
    let lines: Vec<Value> = view
        .lines
        .iter()
        .map(|line| {
            json!({
                "key": line.key.as_str(), "value": line.value,
                "set_by": entry_json(line.set_by.as_ref()), "next": entry_json(line.next.as_ref()),
            })
        })
        .collect();
    let fields = json!({"date": day(Some(view.date)), "currency": view.currency.code(), "policy": lines});
    Answer::new("policy", fields)
        .lead(format!("The policy on {}, in {}.", view.date, view.currency))
        .table(table)
        .closing("Next: partners policy set KEY VALUE --from D --reason T")
}

fn set(effect: &Retroactive) -> Answer {
    let cur = effect.currency;
    let runs: Vec<&str> = effect.runs.iter().map(RunName::as_str).collect();
    let partners: Vec<Value> = effect
        .partners
        .iter()
        .map(|(id, old, new)| json!({"partner": id.as_str(), "before": money(*old, cur), "after": money(*new, cur)}))
        .collect();
    let fields = json!({
        "key": effect.key.as_str(), "from": day(Some(effect.from)), "changed": effect.change.is_some(),
        "change": effect.change.as_ref().map(change_json), "runs": runs, "date": day(Some(effect.date)),
        "currency": cur.code(), "before": money(effect.before, cur), "after": money(effect.after, cur),
        "partners": partners, "warnings": effect.warnings,
    });
    let mut answer = Answer::new("policy_change", fields).warnings(effect.warnings.clone()).routine();
    let Some(change) = &effect.change else {
        return answer.lead(format!("{} is so already on {}; nothing was changed.", effect.key, effect.from));
    };
    answer = answer
        .lead(format!("Changed the policy from {} on.", effect.from))
        .table(change_table(std::slice::from_ref(change)));
    if !runs.is_empty() {
        answer = answer.lead(format!("It reaches back over {} (R1.6).", runs.join(", ")));
    }
    if !effect.partners.is_empty() {
        let columns = vec![Column::text("partner"), Column::money("before"), Column::money("after")];
        let table = Table::new(columns)
            .title(format!("Balances that change, as of {}", effect.date))
            .rows(effect.partners.iter().map(|(id, old, new)| {
                vec![id.as_str().into(), Cell::Money(*old, cur), Cell::Money(*new, cur)]
            }))
            .totals(vec![
                "all balances".into(),
                Cell::Money(effect.before, cur),
                Cell::Money(effect.after, cur),
            ])
            .counted("partner", "partners");
        answer = answer.table(table);
    }
    answer.closing("Next: partners preview")
}
