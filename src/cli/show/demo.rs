//! `demo`: a complete month, told step by step, with the ordinary commands.
//!
//! Floor 6. Every step runs the program's own command line, parsed and dispatched as if it had been typed, at the
//! demo's dates; only the clock and the consent are the demo's.

use std::ffi::OsString;
use std::path::Path;

use chrono::DateTime;

use crate::cli::args::{Demo as Asked, read};
use crate::cli::render::{Answer, Look};
use crate::cli::settings::Settings;
use crate::cli::{Exit, Failure, Output, dispatch, streams};
use crate::commands::demo::{FIRST_FRIDAY, SECOND_FRIDAY, lay_out};
use crate::dates::Now;
use crate::text::shown;

/// The folder when none is named.
const FOLDER: &str = "partners-demo";

/// One step: the moment, what a person would say, and what they would type.
struct Step {
    at: &'static str,
    told: &'static str,
    typed: &'static str,
}

const fn first(told: &'static str, typed: &'static str) -> Step {
    Step { at: FIRST_FRIDAY, told, typed }
}

const fn second(told: &'static str, typed: &'static str) -> Step {
    Step { at: SECOND_FRIDAY, told, typed }
}

/// The month, in order. `DIR` is the demo's folder.
const STEPS: [Step; 19] = [
    first("Friday, 6 November 2026. A new database, readable by its owner only.", "init"),
    first("The partners, with their paperwork and PayPal addresses.", "import partners DIR/partners.csv"),
    first("Their links. Nobody has claimed heart-iris yet.", "import links DIR/links.csv"),
    first("Whom they referred.", "import referrals DIR/referrals.csv"),
    first(
        "Billing since January. One row is of a kind nobody has classified: it is kept, reported, and earns nothing.",
        "import billing DIR/billing.csv",
    ),
    first(
        "Accounts are tied to partners by evidence: a code on their rows, or a referral of their e-mail.",
        "attribute",
    ),
    first("What would today's run do? Who is left out, and why? What lapses?", "preview"),
    first("Bruno asks why he is not paid.", "why P-BRUNO"),
    first("The run is drafted from that very preview, and takes its money.", "payout create"),
    first(
        "A person types the total to approve it; a script gives it as a flag.",
        "payout approve latest --yes --expect-total TOTAL",
    ),
    first(
        "The file for PayPal: complete or absent, readable by its owner only.",
        "payout file latest --out DIR/paypal-2026-11-06.csv",
    ),
    first("PayPal reports that everybody was paid.", "payout settle latest --all-paid --yes"),
    first("The same Friday again? The run is there already, and nothing is paid twice.", "payout create"),
    second(
        "A week later. October's charge of Harbour Hotel was refunded; Atlas Maps has paid what it owed since August.",
        "import billing DIR/billing-2026-11-13.csv",
    ),
    second("The refund comes off Emma's balance at once: a clawback.", "why P-EMMA"),
    second("And the next run.", "preview"),
    second("It pays Emma what is left after the clawback.", "payout create"),
    second("Every cent is in exactly one place: silence means that all is well.", "check"),
    second("All runs.", "payout list"),
];

/// Plays the month in a folder and leaves everything there.
///
/// # Errors
/// A folder that holds a demo already; whatever a step says.
pub fn run(asked: &Asked, settings: &Settings) -> Result<Output, Failure> {
    let folder = asked.dir.clone().unwrap_or_else(|| FOLDER.into());
    let database = folder.join("partners.db");
    if database.exists() {
        return Err(Failure::refused("demo_exists", format!("{} holds a demo already", folder.display()))
            .hint("play with it: partners --db DIR/partners.db preview; or name another folder"));
    }
    lay_out(&folder)?;
    for step in &STEPS {
        let exit = play(step, &folder, &database, settings)?;
        if !matches!(exit, Exit::Done | Exit::Attention) {
            return Err(Failure::refused(
                "demo",
                format!("the step `partners {}` did not go well", step.typed),
            ));
        }
    }
    let here = database.display();
    Ok(Answer::new("demo", serde_json::json!({ "folder": folder.to_string_lossy(), "steps": STEPS.len() }))
        .lead(format!("Everything is left in {}. Go on with:", folder.display()))
        .lead(format!("  partners --db {here} why P-CHLOE"))
        .lead(format!("  partners --db {here} payout show latest"))
        .lead(format!("  partners --db {here} payout cancel latest --reason \"only a demo\""))
        .into())
}

/// Runs one step as it would be typed, and tells it.
fn play(step: &Step, folder: &Path, database: &Path, settings: &Settings) -> Result<Exit, Failure> {
    let told = settings.look.format == crate::cli::render::Format::Table;
    let mut at = settings.at(database);
    let typed = if step.typed.contains("TOTAL") {
        // What a person would read off the run.
        let runs = super::reader(&at)?.runs(false)?;
        let total = runs.first().map(|run| run.amount.major(run.currency));
        step.typed.replace("TOTAL", &total.unwrap_or_default())
    } else {
        step.typed.to_owned()
    };
    if told {
        let line = typed.replace("DIR", &folder.to_string_lossy());
        streams::deliver(|out| {
            writeln!(out, "── {}", step.told)?;
            writeln!(out, "$ partners {}\n", shown(&line))
        })
        .map_err(|error| Failure::output(&error))?;
    }
    let words = typed.split(' ').map(|word| match word.strip_prefix("DIR/") {
        Some(file) => folder.join(file).into_os_string(),
        None => word.into(),
    });
    let line: Vec<OsString> = std::iter::once("partners".into()).chain(words).collect();
    let cli = read(&line).map_err(|error| Failure::new(Exit::Bug, "demo", error.to_string()))?;
    let moment = DateTime::parse_from_rfc3339(step.at)
        .map_err(|error| Failure::new(Exit::Bug, "demo", error.to_string()))?;
    at.now = Now(moment.to_utc());
    at.ui.yes = true;
    at.attended = true;
    let Output::Answer(answer) = dispatch(cli.command, &at)? else { return Ok(Exit::Done) };
    if told {
        let look = Look { quiet: false, ..settings.look };
        streams::deliver(|out| {
            for warning in &answer.warnings {
                writeln!(out, "warning: {}", shown(warning))?;
            }
            answer.write(&look, out)?;
            writeln!(out)
        })
        .map_err(|error| Failure::output(&error))?;
    }
    Ok(answer.exit)
}
