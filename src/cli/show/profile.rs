//! `profile`: the built-in profiles, their texts, and what one makes of a file.
//!
//! Floor 6.

use std::io::stdin;

use serde_json::{Value, json};

use crate::cli::args::Profile as Asked;
use crate::cli::render::{Answer, Cell, Column, Table};
use crate::cli::settings::Settings;
use crate::cli::{Exit, Failure, Output};
use crate::commands::import::profile;
use crate::dates::Zone;
use crate::import::Setting;
use crate::import::billing::COLUMNS;
use crate::import::profile::Profile;
use crate::import::profile::look::{Look, Origin};
use crate::money::Currency;
use crate::text::{counted, shown};

/// Rows set aside that are shown.
const SET_ASIDE_SHOWN: usize = 20;

/// Answers the three questions about profiles.
///
/// # Errors
/// No such profile; a file that cannot be read by it.
pub fn run(asked: &Asked, settings: &Settings) -> Result<Output, Failure> {
    match asked {
        Asked::List => list(),
        Asked::Show { name } => Ok(show(profile::find(name)?, settings)),
        Asked::Check { file, profile } => {
            let setting = setting(settings)?;
            let mapping = profile::mapping(profile.as_deref())?;
            let look = profile::look(file, &mapping, &setting, &mut stdin())?;
            Ok(checked(&look, setting.currency).into())
        }
    }
}

/// Prints a profile as it stands, to be copied; for scripts it is a text in an object, like every answer.
fn show(profile: Profile, settings: &Settings) -> Output {
    if !settings.ui.json {
        // A file gets it byte for byte; a terminal what it can show.
        let seen = settings.look.columns.is_some();
        let visible =
            || profile.text.lines().flat_map(|line| [&*shown(line), "\n"].concat().into_bytes()).collect();
        return Output::Raw(if seen { visible() } else { profile.text.into_bytes() });
    }
    let fields = json!({ "name": profile.name, "about": profile.about, "text": profile.text });
    Answer::new("profile", fields).into()
}

/// Returns what the rows are read against: the programme's, or the defaults while there is none.
fn setting(settings: &Settings) -> Result<Setting, Failure> {
    let now = settings.now;
    if !settings.db()?.exists() {
        let zone = Zone::UTC;
        return Ok(Setting { currency: Currency::USD, today: now.today(&zone), zone });
    }
    let reader = super::reader(settings)?;
    let today = reader.today(now);
    Ok(Setting { currency: reader.currency(), zone: reader.policy(today).timezone.clone(), today })
}

fn list() -> Result<Output, Failure> {
    let all = profile::built_in()?;
    let json: Vec<Value> =
        all.iter().map(|profile| json!({ "name": profile.name, "about": profile.about })).collect();
    let rows = all.iter().map(|profile| vec![profile.name.as_str().into(), profile.about.as_str().into()]);
    let answer = Answer::new("profiles", json!({ "profiles": json }))
        .table(Table::new(vec![Column::text("name"), Column::prose("about")]).rows(rows))
        .closing("Next: partners profile show NAME");
    Ok(answer.into())
}

fn checked(look: &Look, currency: Currency) -> Answer {
    let closing = if look.unclassified.is_empty() {
        "Next: partners import billing FILE --profile NAME"
    } else {
        "Next: add [[line]] rules to a copy of the profile until nothing is unclassified that should earn"
    };
    let exit = if look.set_aside.is_empty() { Exit::Done } else { Exit::Attention };
    Answer::new("profile_check", to_json(look, currency))
        .lead(format!(
            "Read by the profile {}: {}. Nothing was imported.",
            look.profile,
            counted(look.rows, "row", "rows")
        ))
        .table(columns(look))
        .table(samples(look))
        .table(verdicts(look, currency))
        .table(unclassified(look, currency))
        .table(set_aside(look))
        .closing(closing)
        .exit(exit)
}

fn origin(origin: &Origin) -> String {
    match origin {
        Origin::Column(name) => name.clone(),
        Origin::Constant(value) => format!("always {value}"),
        Origin::Rules(rules) => format!("{rules} rules of the classifier"),
        Origin::Made(names) => format!("made of {}", names.join(", ")),
        Origin::Nothing => "-".to_owned(),
    }
}

fn columns(look: &Look) -> Table {
    let ours = look.columns.iter().map(|(name, from)| vec![(*name).into(), origin(from).into()]);
    let unread = (!look.unread.is_empty()).then(|| vec!["not read".into(), look.unread.join(", ").into()]);
    let absent = (!look.absent.is_empty())
        .then(|| vec!["not in the file, though rules look at it".into(), look.absent.join(", ").into()]);
    Table::new(vec![Column::text("column"), Column::prose("from")])
        .title("Columns")
        .rows(ours.chain(unread).chain(absent))
}

/// The first charges, each cell that says something, one below the other: seventeen columns fit no terminal.
fn samples(look: &Look) -> Table {
    let rows = (1_u64..).zip(&look.samples).flat_map(|(number, cells)| {
        let said = COLUMNS.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
        said.map(move |(column, cell)| vec![Cell::Count(number), column.name.into(), cell.as_str().into()])
    });
    Table::new(vec![Column::count("sample"), Column::id("column"), Column::prose("value")])
        .title("Samples")
        .rows(rows)
        .empty("No row is a charge.")
}

fn verdicts(look: &Look, currency: Currency) -> Table {
    let money = |amount| Cell::Money(amount, currency);
    let kinds = look
        .verdicts
        .iter()
        .map(|(kind, sum)| vec![kind.as_str().into(), Cell::Count(sum.rows), money(sum.amount)]);
    let refunds = (look.refunds.rows > 0).then(|| {
        vec![
            "refunds and what undoes them".into(),
            Cell::Count(look.refunds.rows),
            money(look.refunds.amount),
        ]
    });
    let foreign = (look.other_currency > 0).then(|| {
        vec!["of these in other currencies, in no sum".into(), Cell::Count(look.other_currency), Cell::Blank]
    });
    let passed =
        look.passed_over.iter().map(|(why, rows)| vec![why.as_str().into(), Cell::Count(*rows), Cell::Blank]);
    Table::new(vec![Column::text("rows_are"), Column::count("rows"), Column::money("amount")])
        .title("Verdicts")
        .rows(kinds.chain(refunds).chain(foreign).chain(passed))
}

fn unclassified(look: &Look, currency: Currency) -> Table {
    let rows = look.unclassified.iter().map(|(wording, sum)| {
        vec![wording.as_str().into(), Cell::Count(sum.rows), Cell::Money(sum.amount, currency)]
    });
    Table::new(vec![Column::text("line"), Column::count("rows"), Column::money("amount")])
        .title("Unclassified, earns nothing")
        .rows(rows)
}

fn set_aside(look: &Look) -> Table {
    let rows = look.set_aside.iter().take(SET_ASIDE_SHOWN).map(|row| {
        vec![
            Cell::Count(row.line),
            row.column.as_str().into(),
            row.value.as_str().into(),
            row.reason.as_str().into(),
        ]
    });
    Table::new(vec![
        Column::count("line"),
        Column::text("column"),
        Column::text("value"),
        Column::prose("reason"),
    ])
    .title(format!("Would be set aside: {}", look.set_aside.len()))
    .rows(rows)
}

fn to_json(look: &Look, currency: Currency) -> Value {
    let sums =
        |rows: u64, amount: crate::money::Money| json!({ "rows": rows, "amount": amount.major(currency) });
    let columns: serde_json::Map<String, Value> =
        look.columns.iter().map(|(name, from)| ((*name).to_owned(), origin(from).into())).collect();
    let samples: Vec<Value> = look
        .samples
        .iter()
        .map(|cells| {
            let said = COLUMNS.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
            said.map(|(column, cell)| (column.name.to_owned(), Value::from(cell.as_str()))).collect()
        })
        .collect();
    let verdicts: serde_json::Map<String, Value> = look
        .verdicts
        .iter()
        .map(|(kind, sum)| (kind.as_str().to_owned(), sums(sum.rows, sum.amount)))
        .collect();
    let unclassified: Vec<Value> = look
        .unclassified
        .iter()
        .map(|(line, sum)| json!({ "line": line, "rows": sum.rows, "amount": sum.amount.major(currency) }))
        .collect();
    let set_aside: Vec<Value> = look
        .set_aside
        .iter()
        .map(
            |row| json!({ "line": row.line, "column": row.column, "value": row.value, "reason": row.reason }),
        )
        .collect();
    json!({
        "profile": look.profile,
        "rows": look.rows,
        "columns": columns,
        "unread": look.unread,
        "absent": look.absent,
        "samples": samples,
        "verdicts": verdicts,
        "unclassified": unclassified,
        "refunds": sums(look.refunds.rows, look.refunds.amount),
        "other_currency": look.other_currency,
        "passed_over": look.passed_over,
        "set_aside": set_aside,
    })
}
