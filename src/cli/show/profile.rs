//! `profile`: the built-in profiles, their texts, and what one makes of a file.
//!
//! Floor 6.

use std::io::stdin;

use serde_json::{Map, Value, json};

use crate::cli::args::Profile as Asked;
use crate::cli::render::{Answer, Cell, Column, Table};
use crate::cli::settings::Settings;
use crate::cli::{Exit, Failure, Output};
use crate::commands::import::profile;
use crate::dates::Zone;
use crate::import::billing::COLUMNS;
use crate::import::profile::Profile;
use crate::import::profile::look::{Look, Origin, RefundSample, Sums};
use crate::import::tally::Sum;
use crate::import::{SET_ASIDE_MAX, Setting};
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
            let look = profile::look(file, &mapping, &setting, settings.db()?, &mut stdin())?;
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
    let all_sums = || std::iter::once(&look.sums).chain(look.others.values());
    let closing = if all_sums().all(|sums| sums.unclassified.is_empty()) {
        "Next: partners import billing FILE --profile NAME"
    } else {
        "Next: add [[line]] rules to a copy of the profile until nothing is unclassified that should earn"
    };
    let lacks = look.absent.iter().any(|absent| absent.told);
    let exit = if look.set_aside_rows == 0 && !lacks { Exit::Done } else { Exit::Attention };
    Answer::new("profile_check", to_json(look, currency))
        .lead(format!(
            "Read by the profile {}: {}. Nothing was imported.",
            look.profile,
            counted(look.rows, "row", "rows")
        ))
        .csv(columns(look).rows(left_over(look)))
        .table(columns(look))
        .table(file_columns(look))
        .table(lacking(look))
        .table(samples(look))
        .table(refund_samples(look))
        .table(verdicts(look, currency))
        .table(unclassified(look, currency))
        .table(set_aside(look))
        .closing(
            "Only an import can tell which of these charges are known already, and which refunds have no charge or are \
             more than it.",
        )
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
    Table::new(vec![Column::text("column"), Column::prose("from")]).title("Columns").rows(ours)
}

/// Says in the one table that CSV has what the others show to people.
fn left_over(look: &Look) -> Vec<Vec<Cell>> {
    let unread: Vec<&str> = look.unread().collect();
    let absent: Vec<&str> = look.absent.iter().map(|absent| absent.column.as_str()).collect();
    let rows = [("not read", unread), ("not in the file, though the profile names it", absent)];
    let some = rows.into_iter().filter(|(_, names)| !names.is_empty());
    some.map(|(what, names)| vec![what.into(), names.join(", ").into()]).collect()
}

fn file_columns(look: &Look) -> Table {
    let rows = look.file_columns.iter().map(|(name, became)| {
        let became = if became.is_empty() { "not read".to_owned() } else { became.join("; ") };
        vec![name.as_str().into(), became.into()]
    });
    Table::new(vec![Column::text("file_column"), Column::prose("became")])
        .title("What the file's columns became")
        .rows(rows)
}

fn lacking(look: &Look) -> Table {
    let rows =
        look.absent.iter().map(|absent| vec![absent.column.as_str().into(), absent.effect.as_str().into()]);
    Table::new(vec![Column::text("lacking"), Column::prose("so_that")])
        .title("Named by the profile, and not in the file")
        .rows(rows)
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

fn refund_samples(look: &Look) -> Table {
    let rows = look.refund_samples.iter().map(|row| {
        vec![
            row.refund_id.as_str().into(),
            row.charge_id.as_str().into(),
            row.source.as_str().into(),
            if row.undoes { "undoes a refund" } else { "refund" }.into(),
            Cell::Day(row.on),
            Cell::Money(row.amount, row.currency),
            row.currency.to_string().into(),
        ]
    });
    Table::new(vec![
        Column::id("refund_id"),
        Column::id("charge_id"),
        Column::text("about"),
        Column::text("row_is"),
        Column::day("on"),
        Column::money("amount"),
        Column::id("currency"),
    ])
    .title("Samples of refunds")
    .rows(rows)
}

fn verdicts(look: &Look, currency: Currency) -> Table {
    let others = look.others.iter().flat_map(|(other, sums)| {
        let named = move |what: &str| format!("{what} in {other}, earns nothing until converted");
        summed(sums, *other).into_iter().map(move |(what, rows, money)| (named(&what), rows, money))
    });
    let money = summed(&look.sums, currency).into_iter().chain(others);
    let counts = [
        ("said by another row already", look.seen),
        ("followed by a newer row of its charge", look.followed),
    ];
    let counts = counts.into_iter().filter(|(_, rows)| *rows > 0);
    let passed = look.passed_over.iter().map(|(why, rows)| (why.as_str(), *rows));
    let counts = counts.chain(passed).map(|(what, rows)| (what.to_owned(), rows, Cell::Blank));
    Table::new(vec![Column::text("rows_are"), Column::count("rows"), Column::money("amount")])
        .title("Verdicts")
        .rows(money.chain(counts).map(|(what, rows, money)| vec![what.into(), Cell::Count(rows), money]))
}

/// Lists the sums of one currency: charges by their kinds, refunds, and what undoes them.
fn summed(sums: &Sums, currency: Currency) -> Vec<(String, u64, Cell)> {
    let kinds = sums.verdicts.iter().map(|(kind, sum)| (kind.as_str(), sum));
    let back = [
        ("of these not collected", &sums.not_collected),
        ("of these went back, by their own rows", &sums.refunded),
        ("went back: refunds, disputes", &sums.refunds),
        ("came again: what undoes them", &sums.undone),
    ];
    kinds
        .chain(back.into_iter().filter(|(_, sum)| sum.rows > 0))
        .map(|(what, sum)| (what.to_owned(), sum.rows, Cell::Money(sum.amount, currency)))
        .collect()
}

fn unclassified(look: &Look, currency: Currency) -> Table {
    let of = |sums: &Sums, currency: Currency, suffix: &str| -> Vec<Vec<Cell>> {
        let listed = sums.unclassified.iter().map(|(wording, sum)| (format!("{wording}{suffix}"), sum));
        let rest = Some(&sums.unclassified_rest).filter(|sum| sum.rows > 0);
        let rest = rest.map(|sum| (format!("all other lines{suffix}"), sum));
        let row = |(line, sum): (String, &Sum)| {
            vec![line.into(), Cell::Count(sum.rows), Cell::Money(sum.amount, currency)]
        };
        listed.chain(rest).map(row).collect()
    };
    let others = look.others.iter().flat_map(|(other, sums)| of(sums, *other, &format!(" in {other}")));
    Table::new(vec![Column::text("line"), Column::count("rows"), Column::money("amount")])
        .title("Unclassified, earns nothing")
        .rows(of(&look.sums, currency, "").into_iter().chain(others))
}

fn set_aside(look: &Look) -> Table {
    let count = |rows: usize| u64::try_from(rows).unwrap_or(u64::MAX);
    let (most, shown) = (count(SET_ASIDE_MAX), count(SET_ASIDE_SHOWN));
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
    .title(match look.set_aside_rows {
        many if many > most => format!("Would be set aside: {many}, more than an import takes"),
        some if some > shown => format!("Would be set aside: {some}, of which the first {SET_ASIDE_SHOWN}"),
        few => format!("Would be set aside: {few}"),
    })
    .rows(rows)
}

fn sum_to_json(sum: &Sum, currency: Currency) -> Value {
    json!({ "rows": sum.rows, "amount": sum.amount.major(currency) })
}

/// Returns the sums of one currency, as fields.
fn sums_to_json(sums: &Sums, currency: Currency) -> Map<String, Value> {
    let verdicts: Map<String, Value> = sums
        .verdicts
        .iter()
        .map(|(kind, sum)| (kind.as_str().to_owned(), sum_to_json(sum, currency)))
        .collect();
    let unclassified: Vec<Value> = sums
        .unclassified
        .iter()
        .map(|(line, sum)| json!({ "line": line, "rows": sum.rows, "amount": sum.amount.major(currency) }))
        .collect();
    let fields = [
        ("verdicts", verdicts.into()),
        ("unclassified", unclassified.into()),
        ("unclassified_rest", sum_to_json(&sums.unclassified_rest, currency)),
        ("not_collected", sum_to_json(&sums.not_collected, currency)),
        ("refunded", sum_to_json(&sums.refunded, currency)),
        ("refunds", sum_to_json(&sums.refunds, currency)),
        ("undone", sum_to_json(&sums.undone, currency)),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn samples_to_json(look: &Look) -> (Vec<Value>, Vec<Value>) {
    let charge = |cells: &Vec<String>| {
        let said = COLUMNS.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
        said.map(|(column, cell)| (column.name.to_owned(), Value::from(cell.as_str()))).collect()
    };
    let refund = |row: &RefundSample| {
        json!({
            "refund_id": row.refund_id,
            "charge_id": row.charge_id,
            "source": row.source,
            "undoes": row.undoes,
            "on": row.on,
            "amount": row.amount.major(row.currency),
            "currency": row.currency.to_string(),
        })
    };
    (look.samples.iter().map(charge).collect(), look.refund_samples.iter().map(refund).collect())
}

fn to_json(look: &Look, currency: Currency) -> Value {
    let columns: Map<String, Value> =
        look.columns.iter().map(|(name, from)| ((*name).to_owned(), origin(from).into())).collect();
    let file_columns: Vec<Value> =
        look.file_columns.iter().map(|(name, became)| json!({ "column": name, "became": became })).collect();
    let absent: Vec<&str> = look.absent.iter().map(|absent| absent.column.as_str()).collect();
    let lacking: Vec<Value> = look
        .absent
        .iter()
        .map(|absent| json!({ "column": absent.column, "effect": absent.effect, "foreseen": !absent.told }))
        .collect();
    let (samples, refund_samples) = samples_to_json(look);
    let others: Map<String, Value> = look
        .others
        .iter()
        .map(|(other, sums)| (other.to_string(), sums_to_json(sums, *other).into()))
        .collect();
    let set_aside: Vec<Value> = look
        .set_aside
        .iter()
        .map(
            |row| json!({ "line": row.line, "column": row.column, "value": row.value, "reason": row.reason }),
        )
        .collect();
    let mut all = json!({
        "profile": look.profile,
        "rows": look.rows,
        "columns": columns,
        "file_columns": file_columns,
        "unread": look.unread().collect::<Vec<_>>(),
        "absent": absent,
        "lacking": lacking,
        "samples": samples,
        "refund_samples": refund_samples,
        "other_currency": look.others.values().map(Sums::charges).sum::<u64>(),
        "other_currencies": others,
        "seen": look.seen,
        "followed": look.followed,
        "passed_over": look.passed_over,
        "set_aside_rows": look.set_aside_rows,
        "set_aside": set_aside,
    });
    if let Some(fields) = all.as_object_mut() {
        fields.extend(sums_to_json(&look.sums, currency));
    }
    all
}
