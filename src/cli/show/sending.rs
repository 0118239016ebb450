//! `payout submit`, `resume`, `sync`, `cancel-item`, `reconcile`: what PayPal says became of a run.
//!
//! Floor 6. The total is typed before PayPal is called; from the first request on nothing is asked, and nothing is
//! printed before floor 5 has saved what it learnt. Progress is drawn on a terminal only.

use std::collections::BTreeMap;
use std::thread::sleep;

use serde_json::{Value, json};

use super::payout::why_early;
use super::run;
use crate::cli::args::payout::{CancelItem, Reconcile, Resume, Submit, Sync};
use crate::cli::render::{Answer, Cell, Column, Table};
use crate::cli::settings::Settings;
use crate::cli::ui::{Progress, Total};
use crate::cli::{Exit, Failure, Output, paypal};
use crate::commands::payout::RunView;
use crate::commands::payout::cancel_item::{cancel_item, cancellable};
use crate::commands::payout::intent::{self, environment_of};
use crate::commands::payout::reconcile::reconcile;
use crate::commands::payout::resume::{Found, Resumed, open_parts, resume};
use crate::commands::payout::sending::{Seen, Sending};
use crate::commands::payout::submit::{Ask, sendable, submit};
use crate::commands::payout::sync::{Synced, followed_runs, sync};
use crate::money::Money;
use crate::paypal::{BatchId, Client, Environment};
use crate::run::RunState;
use crate::store::Desk;
use crate::text::counted;

/// What draws what is seen of the sending.
struct Watch(Progress);

impl Watch {
    fn start(settings: &Settings) -> Self {
        Self(settings.ui.count())
    }

    fn see(&self, seen: Seen) {
        match seen {
            Seen::Part { part, of } => {
                self.0.at_of("PayPal has part", part.into(), u64::try_from(of).unwrap_or(u64::MAX));
            }
            Seen::Page(page) => {
                self.0.at_of("reading page", page.page, page.of.unwrap_or(page.page));
            }
        }
    }
}

/// Does something that speaks to PayPal, with everything it takes.
fn with<T>(settings: &Settings, desk: &Desk, client: &Client, what: impl FnOnce(&Sending<'_>) -> T) -> T {
    let watch = Watch::start(settings);
    let sending =
        Sending { desk, client, pause: &sleep, seen: &|seen| watch.see(seen), trial: &settings.trial };
    what(&sending)
}

fn desk(settings: &Settings) -> Result<Desk, Failure> {
    Ok(Desk::open(settings.db()?, &settings.operator(), settings.wait)?)
}

/// Sends an approved run.
///
/// # Errors
/// The rules', no consent, PayPal's.
pub fn submit_run(asked: &Submit, settings: &Settings) -> Result<Output, Failure> {
    let early = why_early(asked.early, asked.reason.as_deref(), settings)?;
    let environment = if asked.live { Environment::Live } else { Environment::Sandbox };
    let desk = desk(settings)?;
    let mut ask = Ask {
        run: &asked.run,
        environment,
        early: early.as_deref(),
        part_size: asked.part_size.map_or(intent::PART_SIZE, usize::from),
    };
    let found = {
        let reader = desk.reader()?;
        sendable(&reader, &ask, settings.now)?
    };
    let name = found.view.run.name.0.clone();
    ask.run = &name;
    let client = paypal::client(settings, environment)?;
    let total = Total {
        amount: found.total,
        currency: found.view.run.currency,
        payees: found.view.items.len(),
        deed: deed(environment),
    };
    let cut = found.view.parts().len();
    if cut > 0 && asked.part_size.is_some() {
        settings.ui.warn(&format!(
            "run {name} was cut into {cut} parts at its first submission, and stays cut so; --part-size is not used"
        ));
    }
    if settings.ui.can_ask {
        run::register(&found.view, settings)?;
        settings.ui.note(&format!(
            "Run {name} of {}: {} {} to {} through {}.",
            found.view.run.date,
            found.total.grouped(total.currency),
            total.currency,
            counted(total.payees, "partner", "partners"),
            place(environment)
        ));
    }
    settings.ui.type_the_total(total, asked.expect_total.as_deref())?;
    with(settings, &desk, &client, |sending| submit(sending, &ask, found.total))?;
    Ok(show(&desk, settings, &name)?.into())
}

/// Says what typing the total does, with the world it does it in (promise 30).
const fn deed(environment: Environment) -> &'static str {
    match environment {
        Environment::Sandbox => "to pay in PayPal's sandbox, where no money moves",
        Environment::Live => "to pay through the LIVE PayPal",
    }
}

const fn place(environment: Environment) -> &'static str {
    match environment {
        Environment::Sandbox => "PayPal's sandbox, where no money moves",
        Environment::Live => "the LIVE PayPal, for real",
    }
}

/// Finds out what became of a run.
///
/// # Errors
/// The rules', no consent, PayPal's.
pub fn resume_run(asked: &Resume, settings: &Settings) -> Result<Output, Failure> {
    let reason = match (asked.not_at_paypal, &asked.reason) {
        (true, None) => Some(settings.ui.ask("--reason", "How do you know that PayPal does not have it?")?),
        (_, given) => given.clone(),
    };
    let found =
        match (&asked.batch, asked.not_at_paypal, &reason) {
            (Some(id), _, _) => Found::Batch(BatchId::new(id.trim()).ok_or_else(|| {
                Failure::usage("batch_id", format!("{id:?} cannot be a batch id of PayPal's"))
            })?),
            (None, true, Some(reason)) => Found::NotThere(reason),
            (None, _, _) => Found::Nothing,
        };
    let desk = desk(settings)?;
    let view = RunView::load(&desk.reader()?, &asked.run)?;
    let name = view.run.name.0.clone();
    if matches!(found, Found::NotThere(_)) {
        let open = open_parts(&desk.reader()?, settings.now, &view)?;
        let amount = Money::sum(open.iter().map(|batch| batch.amount))?;
        let payees = open.iter().map(|batch| batch.items).sum::<u32>();
        let payees = usize::try_from(payees).unwrap_or(usize::MAX);
        let deed = "that PayPal does not have";
        let total = Total { amount, currency: view.run.currency, payees, deed };
        settings.ui.type_the_total(total, asked.expect_total.as_deref())?;
    }
    let environment = environment_of(&desk.reader()?, &name)?;
    let client = paypal::client(settings, environment)?;
    let resumed = with(settings, &desk, &client, |sending| resume(sending, &name, &found))?;
    let answer = show(&desk, settings, &name)?;
    Ok(match resumed {
        Resumed::Done => answer,
        Resumed::NothingToDo => {
            answer.lead(format!("The outcome of run {name} was known; nothing was asked or sent."))
        }
    }
    .into())
}

fn show(desk: &Desk, settings: &Settings, name: &str) -> Result<Answer, Failure> {
    super::answered(name, || Ok(run::answer(&RunView::load(&desk.reader()?, name)?, settings)))
}

/// Asks PayPal about one run, or about all that are open.
///
/// # Errors
/// The rules', PayPal's; of several runs, only when none could be asked.
pub fn sync_runs(asked: &Sync, settings: &Settings) -> Result<Output, Failure> {
    let desk = desk(settings)?;
    let runs = {
        let reader = desk.reader()?;
        match &asked.run {
            Some(name) => vec![reader.run(name)?],
            None => followed_runs(&reader, reader.today(settings.now))?,
        }
    };
    let Some(first) = runs.first().map(|run| run.name.as_str()) else {
        let none = Answer::new("sync", json!({ "runs": [] }));
        return Ok(none.lead("No run is open at PayPal; there was nothing to ask.").into());
    };
    let client = paypal::client(settings, environment_of(&desk.reader()?, first)?)?;
    if asked.run.is_some() {
        let synced = with(settings, &desk, &client, |sending| sync(sending, first))?;
        let answer = with_sync(show(&desk, settings, first)?, &synced);
        return Ok(answer.exit(ending(&synced)).into());
    }
    let mut shown: Vec<Value> = Vec::new();
    let mut answer = Answer::new("sync", Value::Null);
    let mut exits = Vec::new();
    for run in &runs {
        let name = run.name.as_str();
        match with(settings, &desk, &client, |sending| sync(sending, name)) {
            Ok(synced) => {
                let one = with_sync(show(&desk, settings, name)?, &synced);
                // What a run that was settled before needs has been said then; only what is new is for somebody.
                let news = run.state != RunState::Settled || synced.has_news();
                exits.push(if news { ending(&synced) } else { Exit::Done });
                shown.push(one.json.clone());
                for sentence in one.lead {
                    answer = answer.lead(sentence);
                }
                answer = answer.lead(tally(&synced)).warnings(one.warnings);
            }
            Err(error) => {
                let failure = Failure::from(error);
                exits.push(failure.exit);
                shown.push(json!({ "run": name, "error": failure.message }));
                answer = answer.warnings([failure.message]);
            }
        }
    }
    let worst = [Exit::Unknown, Exit::Outside, Exit::Attention, Exit::Refused]
        .into_iter()
        .find(|exit| exits.contains(exit))
        .or_else(|| exits.into_iter().find(|exit| *exit != Exit::Done));
    answer.json = Answer::new("sync", json!({ "runs": shown })).json;
    Ok(answer.exit(worst.unwrap_or(Exit::Done)).into())
}

/// Says in one line what asking about one of several runs has brought.
fn tally(synced: &Synced) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for change in &synced.changes {
        let count = counts.entry(change.became.as_str()).or_default();
        *count = count.saturating_add(1);
    }
    let mut words: Vec<String> = counts.iter().map(|(state, count)| format!("{count} now {state}")).collect();
    if words.is_empty() {
        words.push("nothing new".to_owned());
    }
    format!("  {}; {} waiting for PayPal or the payee.", words.join(", "), synced.waiting)
}

const fn ending(synced: &Synced) -> Exit {
    if synced.unknown {
        Exit::Unknown
    } else if synced.needs_person {
        Exit::Attention
    } else {
        Exit::Done
    }
}

/// Adds to a run's answer what asking PayPal has brought.
fn with_sync(answer: Answer, synced: &Synced) -> Answer {
    let changes: Vec<Value> = synced
        .changes
        .iter()
        .map(|change| {
            json!({
                "item": change.item, "was": change.was.as_str(), "became": change.became.as_str(),
                "reason_code": change.reason_code,
            })
        })
        .collect();
    let table = Table::new(vec![
        Column::id("item"),
        Column::id("was"),
        Column::id("became"),
        Column::id("reason_code"),
    ])
    .title("What has changed")
    .rows(synced.changes.iter().map(|change| {
        vec![
            Cell::from(change.item.as_str()),
            change.was.as_str().into(),
            change.became.as_str().into(),
            change.reason_code.clone().into(),
        ]
    }));
    let mut answer = answer.table(table).warnings(synced.alarms.clone());
    if synced.unknown {
        answer = answer.warnings([format!(
            "it is not known whether PayPal has all of run {0}: partners payout resume {0} finds out",
            synced.run
        )]);
    }
    if let Value::Object(fields) = &mut answer.json {
        fields.insert(
            "sync".into(),
            json!({
                "changes": changes, "alarms": synced.alarms, "waiting": synced.waiting,
                "needs_person": synced.needs_person, "unknown": synced.unknown,
            }),
        );
    }
    answer
}

/// Has PayPal send one unclaimed payment back.
///
/// # Errors
/// The rules', no consent, PayPal's.
pub fn cancel_one(asked: &CancelItem, settings: &Settings) -> Result<Output, Failure> {
    let desk = desk(settings)?;
    let wanted = cancellable(&desk.reader()?, asked.item.trim())?;
    let currency = wanted.view.run.currency;
    settings.ui.confirm(&format!(
        "Have PayPal send back item {} ({} {currency} to {} for {})?",
        wanted.item.id,
        wanted.item.amount.grouped(currency),
        wanted.item.paypal_email,
        wanted.item.partner
    ))?;
    let name = wanted.view.run.name.0.clone();
    let client = paypal::client(settings, environment_of(&desk.reader()?, &name)?)?;
    let synced = with(settings, &desk, &client, |sending| cancel_item(sending, &wanted))?;
    let exit = if synced.needs_person { Exit::Attention } else { Exit::Done };
    Ok(with_sync(show(&desk, settings, &name)?, &synced).exit(exit).into())
}

/// Settles a run that left by file from PayPal's report.
///
/// # Errors
/// The rules', no consent, a report that cannot be read or does not fit.
pub fn reconcile_run(asked: &Reconcile, settings: &Settings) -> Result<Output, Failure> {
    let report = match &asked.report {
        Some(report) => report.clone(),
        None => settings.ui.ask("--report", "Which file is PayPal's report?")?.into(),
    };
    let writer = super::writer(settings)?;
    let (synced, note) = reconcile(&writer, &asked.run, &report, &asked.map)?;
    if !synced.changes.is_empty() {
        settings.ui.confirm(&format!(
            "Record for run {} what the report says of {}?",
            synced.run,
            counted(synced.changes.len(), "payment", "payments")
        ))?;
    }
    writer.commit(&note)?;
    let view = super::answered(&synced.run, || Ok(RunView::load(&super::reader(settings)?, &synced.run)?))?;
    Ok(with_sync(run::answer(&view, settings), &synced).exit(ending(&synced)).into())
}
