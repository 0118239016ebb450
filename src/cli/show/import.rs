//! `import`: CSV files in, with counts and sums of what became of their rows.
//!
//! Floor 6.

use std::io::stdin;
use std::str::FromStr;

use crate::cli::args::Import as Asked;
use crate::cli::render::{Answer, Cell, Column, Table};
use crate::cli::settings::Settings;
use crate::cli::{Exit, Failure, Output};
use crate::commands::import::{Ask, Expected, ImportReport, Place, import, profile};
use crate::import::Kind;
use crate::import::merge::Undoing;
use crate::import::tally::Tally;
use crate::money::Money;

/// Rows set aside that are shown one by one; a rejects file holds all of them.
const SHOWN_MAX: usize = 20;

/// Kinds that nobody has classified which are named one by one.
const UNCLASSIFIED_MAX: usize = 10;

/// What the caller knows already, or does not ask for.
#[derive(Debug, Clone, Copy)]
struct Telling {
    /// The profile was named on the command line.
    profile_named: bool,
    /// Files that were imported before are named: a folder that keeps everything would fill cron's mail.
    skipped: bool,
}

/// Imports the files.
///
/// # Errors
/// A damaged file, an unreadable one, control totals that differ; the store's.
pub fn run(asked: &Asked, settings: &Settings) -> Result<Output, Failure> {
    let currency = super::reader(settings)?.currency();
    let total = asked.expect_total.as_deref().map(|text| Money::parse(text, currency)).transpose()?;
    let ask = Ask {
        kind: Kind::from_str(&asked.kind)?,
        files: &asked.files,
        dry_run: asked.dry_run,
        strict: asked.strict,
        rejects: asked.rejects.as_deref(),
        undoing: if asked.accept_reversals { Undoing::Accepted } else { Undoing::SetAside },
        again: asked.again,
        expected: Expected { rows: asked.expect_rows, total },
        mapping: profile::mapping(asked.profile.as_deref())?,
    };
    let progress = settings.ui.progress("importing", None);
    let mut input = stdin().lock();
    let mut place = Place {
        database: settings.db()?,
        operator: &settings.operator(),
        wait: settings.wait,
        input: &mut input,
        progress: &mut |done, _all| progress.at(done),
    };
    let report = import(&ask, &mut place)?;
    drop(progress);
    let telling =
        Telling { profile_named: asked.profile.is_some(), skipped: settings.attended || settings.ui.verbose };
    let exit = if report.needs_person() { Exit::Attention } else { Exit::Done };
    if !settings.attended && exit == Exit::Done && !report.dry_run {
        return Ok(unattended(&report, settings.ui.verbose, telling).into());
    }
    answer(&report, settings.ui.verbose, telling)
}

/// Says what cron reads of a success: nothing, or one line with `--verbose` (MANNERS). Warnings are said in any case.
fn unattended(report: &ImportReport, verbose: bool, telling: Telling) -> Answer {
    let answer = Answer::new("import", report.to_json()).warnings(warnings(report, telling));
    if !verbose {
        return answer;
    }
    let count = |of: fn(&Tally) -> u64| report.files.iter().map(|file| of(&file.tally)).sum::<u64>();
    answer.lead(format!(
        "{}: {} files, {} rows: {} new, {} updated, {} seen, {} stale, {} passed over, {} unclassified",
        report.kind,
        report.files.len(),
        count(|tally| tally.rows),
        count(|tally| tally.new.rows),
        count(|tally| tally.updated.rows),
        count(|tally| tally.seen),
        count(|tally| tally.stale),
        count(|tally| tally.passed_over.values().sum()),
        count(|tally| tally.unclassified.rows),
    ))
}

fn answer(report: &ImportReport, verbose: bool, telling: Telling) -> Result<Output, Failure> {
    let mut answer = Answer::new("import", report.to_json());
    answer.json = report.to_json();
    if report.dry_run {
        answer = answer.lead("Dry run, nothing was changed.");
    }
    answer = answer
        .table(files(report))
        .table(sums(report)?)
        .table(set_aside(report, SHOWN_MAX))
        .csv(set_aside(report, usize::MAX))
        .warnings(warnings(report, telling))
        .routine();
    let more = report.set_aside().count().saturating_sub(SHOWN_MAX);
    if more > 0 {
        answer =
            answer.closing(format!("{more} more rows were set aside; --rejects FILE writes all of them."));
    }
    if verbose || !report.needs_person() {
        answer = answer.closing("Next: partners attribute, then partners preview");
    } else {
        answer = answer.closing("Next: mend the rows that were set aside and import them again");
    }
    let exit = if report.needs_person() { Exit::Attention } else { Exit::Done };
    Ok(answer.exit(exit).into())
}

fn files(report: &ImportReport) -> Table {
    let count = |count: u64| Cell::Count(count);
    Table::new(vec![
        Column::text("file"),
        Column::count("rows"),
        Column::count("new"),
        Column::count("updated"),
        Column::count("seen"),
        Column::count("stale"),
        Column::count("reversed"),
        Column::count("set_aside"),
        Column::count("unclassified"),
    ])
    .title(format!("Imported {}", report.kind))
    .rows(report.files.iter().map(|file| {
        let tally = &file.tally;
        vec![
            file.file.as_str().into(),
            count(tally.rows),
            count(tally.new.rows),
            count(tally.updated.rows),
            count(tally.seen),
            count(tally.stale),
            count(tally.reversed.rows),
            (tally.set_aside.len() + tally.excess.len()).into(),
            count(tally.unclassified.rows),
        ]
    }))
    .empty("no file")
}

/// Says what the rows add up to, where they have amounts.
fn sums(report: &ImportReport) -> Result<Table, Failure> {
    let cur = report.currency;
    let rows = [
        ("new", report.sum(|tally| tally.new)?),
        ("updated", report.sum(|tally| tally.updated)?),
        ("reversed", report.sum(|tally| tally.reversed)?),
        ("unclassified, earns nothing until somebody decides", report.sum(|tally| tally.unclassified)?),
    ];
    Ok(Table::new(vec![Column::text("sums"), Column::count("rows"), Column::money("amount")]).rows(
        rows.into_iter()
            .filter(|(_, sum)| !sum.amount.is_zero())
            .map(|(what, sum)| vec![what.into(), Cell::Count(sum.rows), Cell::Money(sum.amount, cur)]),
    ))
}

fn set_aside(report: &ImportReport, most: usize) -> Table {
    Table::new(vec![
        Column::text("file"),
        Column::count("line"),
        Column::text("column"),
        Column::text("value"),
        Column::text("reason"),
    ])
    .title("Set aside")
    .rows(report.set_aside().take(most).map(|(file, row)| {
        vec![
            file.into(),
            Cell::Count(row.line),
            row.column.as_str().into(),
            row.value.as_str().into(),
            row.reason.as_str().into(),
        ]
    }))
}

fn warnings(report: &ImportReport, telling: Telling) -> Vec<String> {
    let mut all = Vec::new();
    for file in &report.files {
        let (name, tally) = (&file.file, &file.tally);
        if let (Some(past), true) = (&file.skipped, telling.skipped) {
            all.push(format!(
                "{name}: these very bytes were imported at {}; skipped, --again reads them again",
                past.at
            ));
        }
        if let (Some(profile), false) = (&file.profile, telling.profile_named) {
            let profile = profile.split(' ').next().unwrap_or_default();
            all.push(format!(
                "{name}: read by the profile {profile}, which alone fits its header; --profile {profile} says so"
            ));
        }
        for (why, rows) in &tally.passed_over {
            if why.contains("test mode") {
                all.push(format!("{name}: {rows} rows are {why} and never earn"));
            }
        }
        if !tally.unknown_columns.is_empty() {
            all.push(format!("{name}: unknown columns are ignored: {}", tally.unknown_columns.join(", ")));
        }
        if tally.blank_currency > 0 && !report.dry_run {
            all.push(format!(
                "{name}: {} rows have no currency and are taken as {} (R2.6)",
                tally.blank_currency, report.currency
            ));
        }
        for (currency, sum) in &tally.other_currencies {
            all.push(format!(
                "{name}: {} rows are in {currency}, {} in all; they earn nothing until converted (R2.6)",
                sum.rows,
                sum.amount.grouped(*currency)
            ));
        }
        for (word, sum) in tally.unclassified_kinds.iter().take(UNCLASSIFIED_MAX) {
            all.push(format!(
                "{name}: {} rows are of the unknown kind {word:?}, {} in all; they earn nothing (R2.1)",
                sum.rows,
                sum.amount.grouped(report.currency)
            ));
        }
        if tally.unclassified_kinds.len() > UNCLASSIFIED_MAX {
            all.push(format!(
                "{name}: {} rows in all are unclassified, {}; partners profile check FILE lists them",
                tally.unclassified.rows,
                tally.unclassified.amount.grouped(report.currency)
            ));
        }
        if !tally.unknown_codes.is_empty() {
            let codes: Vec<&str> = tally.unknown_codes.iter().map(String::as_str).collect();
            all.push(format!("{name}: no link bears these codes: {} (R4.7)", codes.join(", ")));
        }
        for claimed in &tally.claimed {
            all.push(format!(
                "{name}: link {} and its {} accounts are {}'s now, who signed up with its owner's e-mail (R4.2)",
                claimed.code, claimed.accounts, claimed.partner
            ));
        }
        if tally.reversed.rows > 0 {
            all.push(format!(
                "{name}: {} rows un-collect money, {} in all",
                tally.reversed.rows,
                tally.reversed.amount.grouped(report.currency)
            ));
        }
    }
    all
}
