//! `import`: CSV files in, with counts and sums of what became of their rows.
//!
//! Floor 6.

use std::io::stdin;
use std::str::FromStr;

use serde_json::{Value, json};

use crate::cli::args::Import as Asked;
use crate::cli::render::{Answer, Cell, Column, Table};
use crate::cli::settings::Settings;
use crate::cli::{Exit, Failure, Output};
use crate::commands::import::{Ask, Expected, FileReport, ImportReport, Place, import, profile};
use crate::import::Kind;
use crate::import::merge::Undoing;
use crate::import::tally::Tally;
use crate::money::Money;
use crate::text::counted;

/// Rows set aside that are shown one by one; a rejects file holds all of them.
const SHOWN_MAX: usize = 20;

/// Kinds that nobody has classified which are named one by one.
const UNCLASSIFIED_MAX: usize = 10;

/// What the caller knows already, or does not ask for.
#[derive(Debug, Clone, Copy)]
struct Telling {
    /// The profile was named on the command line.
    profile_named: bool,
    /// Only what may cost money is said, not which files were passed over: a folder keeps everything.
    quiet: bool,
    /// Also what a profile foresees is said, night after night.
    verbose: bool,
}

/// Something a person should know of a file, though it stopped nothing.
struct Warning {
    /// A stable word for scripts.
    code: &'static str,
    /// The file.
    subject: String,
    /// One sentence.
    text: String,
    /// Whether it is said to people, and not to programs alone.
    said: bool,
}

/// Imports the files.
///
/// # Errors
/// A damaged file, an unreadable one, control totals that differ; the store's.
pub fn run(asked: &Asked, settings: &Settings) -> Result<Output, Failure> {
    let reader =
        if asked.dry_run { super::reader(settings) } else { super::reader_before_a_change(settings) };
    let currency = reader?.currency();
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
    let mut input = stdin();
    let mut place = Place {
        database: settings.db()?,
        operator: &settings.operator(),
        wait: settings.wait,
        input: &mut input,
        progress: &mut |done, _all| progress.at(done),
    };
    let report = import(&ask, &mut place)?;
    drop(progress);
    let telling = Telling {
        profile_named: asked.profile.is_some(),
        quiet: settings.ui.quiet,
        verbose: settings.ui.verbose,
    };
    let told = warnings(&report, telling);
    if settings.ui.json {
        // A program reads them in the answer; whoever reads its log sees them as well.
        for text in said(&told) {
            settings.ui.warn(&text);
        }
    }
    let exit = if report.needs_person() { Exit::Attention } else { Exit::Done };
    if !settings.attended && exit == Exit::Done && !report.dry_run {
        return Ok(unattended(&report, settings.ui.verbose, &told).into());
    }
    answer(&report, settings.ui.verbose, &told)
}

/// Returns what people are told.
fn said(told: &[Warning]) -> impl Iterator<Item = String> {
    told.iter().filter(|one| one.said).map(|one| format!("{}: {}", one.subject, one.text))
}

/// Returns the answer for scripts, with the warnings, which standard error has as well.
fn to_json(report: &ImportReport, told: &[Warning]) -> Value {
    let mut all = report.to_json();
    let list = told.iter().map(|one| json!({ "code": one.code, "subject": one.subject, "text": one.text }));
    if let Some(fields) = all.as_object_mut() {
        fields.insert("warnings".to_owned(), list.collect());
    }
    all
}

/// Says what cron reads of a success: nothing, or one line with `--verbose` (MANNERS). Warnings are said in any case.
fn unattended(report: &ImportReport, verbose: bool, told: &[Warning]) -> Answer {
    let answer = Answer::new("import", to_json(report, told)).warnings(said(told));
    if !verbose {
        return answer;
    }
    let count = |of: fn(&Tally) -> u64| report.files.iter().map(|file| of(&file.tally)).sum::<u64>();
    answer.lead(format!(
        "{}: {}, {}: {} new, {} updated, {} seen, {} stale, {} passed over, {} unclassified",
        report.kind,
        counted(report.files.len(), "file", "files"),
        counted(count(|tally| tally.rows), "row", "rows"),
        count(|tally| tally.new.rows),
        count(|tally| tally.updated.rows),
        count(|tally| tally.seen),
        count(|tally| tally.stale),
        count(|tally| tally.passed_over.values().sum()),
        count(|tally| tally.unclassified.rows),
    ))
}

fn answer(report: &ImportReport, verbose: bool, told: &[Warning]) -> Result<Output, Failure> {
    let mut answer = Answer::new("import", to_json(report, told));
    if report.dry_run {
        answer = answer.lead("Dry run, nothing was changed.");
    }
    answer = answer
        .table(files(report))
        .table(sums(report)?)
        .table(set_aside(report, SHOWN_MAX))
        .warnings(said(told))
        .routine();
    let more = report.set_aside().count().saturating_sub(SHOWN_MAX);
    if more > 0 {
        let more = counted(u64::try_from(more).unwrap_or(u64::MAX), "more row", "more rows");
        answer = answer.closing(format!("{more} set aside; --rejects FILE writes all of them."));
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
        Column::count("stale").minor(1),
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
            tally.set_aside.len().into(),
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
        ("refunds that wait for their charge", report.sum(|tally| tally.waiting)?),
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
        Column::id("column"),
        Column::text("value"),
        Column::prose("reason"),
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

/// Returns the form of a verb that a number of things takes.
const fn verb(number: u64, one: &'static str, many: &'static str) -> &'static str {
    if number == 1 { one } else { many }
}

fn warnings(report: &ImportReport, telling: Telling) -> Vec<Warning> {
    let mut all = Vec::new();
    if !telling.quiet {
        all.extend(report.left_out.iter().map(|entry| Warning {
            code: "left_out",
            subject: entry.path.to_string_lossy().into_owned(),
            text: format!("{}; it was left out", entry.why),
            said: true,
        }));
    }
    for file in &report.files {
        for absent in &file.tally.absent_columns {
            all.push(Warning {
                code: "absent_columns",
                subject: file.file.clone(),
                text: format!("the file lacks the column {}: {}", absent.column, absent.effect),
                said: absent.told || telling.verbose,
            });
        }
        let mut say = |code, text| all.push(Warning { code, subject: file.file.clone(), text, said: true });
        warn_of_file(file, telling, &mut say);
        warn_of_money(file, report, &mut say);
        warn_of_codes(file, &mut say);
    }
    all
}

/// How a file was read, or why it was not.
fn warn_of_file(file: &FileReport, telling: Telling, say: &mut dyn FnMut(&'static str, String)) {
    let tally = &file.tally;
    if let (Some(past), false) = (&file.skipped, telling.quiet) {
        let aside = match past.set_aside {
            0 => String::new(),
            rows => format!(
                "; {} of it {} set aside then",
                counted(rows, "row", "rows"),
                verb(rows, "was", "were")
            ),
        };
        let text = format!(
            "these very bytes were imported at {}{aside}; skipped, --again reads them again",
            past.at
        );
        say("skipped", text);
    }
    if let (Some(profile), false) = (&file.profile, telling.profile_named || file.skipped.is_some()) {
        let profile = profile.split(' ').next().unwrap_or_default();
        let text = format!(
            "read by the profile {profile}, which alone fits its header; --profile {profile} says so"
        );
        say("profile", text);
    }
    for (why, rows) in &tally.passed_over {
        if why.contains("test mode") {
            let are = verb(*rows, "is", "are");
            let earn = verb(*rows, "earns", "earn");
            say("test_mode", format!("{} {are} {why} and never {earn}", counted(*rows, "row", "rows")));
        }
    }
    if !tally.unknown_columns.is_empty() {
        say("unknown_columns", format!("unknown columns are ignored: {}", tally.unknown_columns.join(", ")));
    }
}

/// What the rows' money means.
fn warn_of_money(file: &FileReport, report: &ImportReport, say: &mut dyn FnMut(&'static str, String)) {
    let tally = &file.tally;
    let blank = tally.blank_currency;
    if blank > 0 {
        let text = format!(
            "{} {} no currency and {} taken as {} (R2.6)",
            counted(blank, "row", "rows"),
            verb(blank, "has", "have"),
            verb(blank, "is", "are"),
            report.currency
        );
        say("blank_currency", text);
    }
    for (currency, sum) in &tally.other_currencies {
        let text = format!(
            "{} {} in {currency}, {} in all; {} nothing until converted (R2.6)",
            counted(sum.rows, "row", "rows"),
            verb(sum.rows, "is", "are"),
            sum.amount.grouped(*currency),
            verb(sum.rows, "it earns", "they earn"),
        );
        say("other_currency", text);
    }
    for (word, sum) in tally.unclassified_kinds.iter().take(UNCLASSIFIED_MAX) {
        let (rows, amount) = (counted(sum.rows, "row", "rows"), sum.amount.grouped(report.currency));
        let text = if file.profile.is_some() {
            format!(
                "{rows} {} no [[line]] rule and {} {word:?}, {amount} in all; what has no kind yet earns nothing \
                 (R2.1)",
                verb(sum.rows, "fits", "fit"),
                verb(sum.rows, "says", "say"),
            )
        } else {
            format!(
                "{rows} {} of the unknown kind {word:?}, {amount} in all; {} nothing (R2.1)",
                verb(sum.rows, "is", "are"),
                verb(sum.rows, "it earns", "they earn"),
            )
        };
        say("unclassified", text);
    }
    if tally.unclassified_kinds.len() > UNCLASSIFIED_MAX {
        let text = format!(
            "{} in all are unclassified, {}; partners profile check FILE lists them",
            counted(tally.unclassified.rows, "row", "rows"),
            tally.unclassified.amount.grouped(report.currency)
        );
        say("unclassified", text);
    }
    if tally.kind_kept > 0 {
        let text = format!(
            "{} that no rule classifies {} of known charges, which keep the kind that was decided before (R2.1); was \
             another profile meant? To take a kind back, add a [[line]] rule that says kind = \"other\"",
            counted(tally.kind_kept, "row", "rows"),
            verb(tally.kind_kept, "is", "are"),
        );
        say("kind_kept", text);
    }
    let reversed = tally.reversed;
    if reversed.rows > 0 {
        let text = format!(
            "{} {} money, {} in all",
            counted(reversed.rows, "row", "rows"),
            verb(reversed.rows, "un-collects", "un-collect"),
            reversed.amount.grouped(report.currency)
        );
        say("reversed", text);
    }
    for text in &tally.remarks {
        say("rate", text.clone());
    }
}

/// Codes that nobody bears, and links that found their owner.
fn warn_of_codes(file: &FileReport, say: &mut dyn FnMut(&'static str, String)) {
    let tally = &file.tally;
    if !tally.unknown_codes.is_empty() {
        let codes: Vec<&str> = tally.unknown_codes.iter().map(String::as_str).collect();
        say("unknown_codes", format!("no link bears these codes: {} (R4.7)", codes.join(", ")));
    }
    for claimed in &tally.claimed {
        let text = format!(
            "link {} and its {} are {}'s now, who signed up with its owner's e-mail (R4.2)",
            claimed.code,
            counted(claimed.accounts, "account", "accounts"),
            claimed.partner
        );
        say("link_claimed", text);
    }
}
