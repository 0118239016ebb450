//! `payout`: a run's verbs, as far as they do without PayPal's API.
//!
//! Floor 6.

use serde::Serialize;
use serde_json::Value;

use super::preview::Object;
use super::run::{answer, headed, list, register};
use super::{answered, reader, sending, writer};
use crate::cli::args::ItemOutcome;
use crate::cli::args::Payout as Asked;
use crate::cli::args::payout::{Approve, Cancel, Create, File, Settle, outcome};
use crate::cli::render::{Answer, Format};
use crate::cli::settings::Settings;
use crate::cli::ui::Total;
use crate::cli::{Exit, Failure, Output};
use crate::commands::payout::create::{Ask, Outcome, create};
use crate::commands::payout::outcome::{Outcomes, settle};
use crate::commands::payout::{RunView, file, step};
use crate::store::Origin;
use crate::text::counted;

/// Does what was asked of a run.
///
/// # Errors
/// The store's, the rules', no consent.
pub fn run(asked: &Asked, settings: &Settings) -> Result<Output, Failure> {
    match asked {
        Asked::Create(asked) => create_run(asked, settings),
        Asked::Approve(asked) => approve_run(asked, settings),
        Asked::File(asked) => file_run(asked, settings),
        Asked::Show(asked) => Ok(answer(&RunView::load(&reader(settings)?, &asked.run)?, settings).into()),
        Asked::List(_) => {
            let reader = reader(settings)?;
            let mut runs = reader.runs(true)?;
            // What an earlier system paid is no run of these books (R1.7).
            runs.retain(|run| run.origin != Origin::Import);
            Ok(list(&reader, &runs)?.into())
        }
        Asked::Cancel(asked) => cancel_run(asked, settings),
        Asked::Settle(asked) => settle_run(asked, settings),
        Asked::Record(asked) => super::records::adjust::record(asked, settings),
        Asked::Submit(asked) => sending::submit_run(asked, settings),
        Asked::Resume(asked) => sending::resume_run(asked, settings),
        Asked::Sync(asked) => sending::sync_runs(asked, settings),
        Asked::CancelItem(asked) => sending::cancel_one(asked, settings),
        Asked::Reconcile(asked) => sending::reconcile_run(asked, settings),
    }
}

/// A creation that drafts nothing: no run, and the preview that says why.
#[derive(Serialize)]
struct NobodyPaid<'a> {
    run: Option<()>,
    #[serde(flatten)]
    preview: Object<'a>,
}

fn create_run(asked: &Create, settings: &Settings) -> Result<Output, Failure> {
    let writer = writer(settings)?;
    let ask = Ask {
        date: asked.date,
        off_cycle: asked.off_cycle,
        only: asked.only.clone(),
        replace: asked.replace,
    };
    let outcome = create(&writer, &ask)?;
    let note = outcome.audit();
    let answer = match outcome {
        Outcome::Existed(view) => {
            let sentence = format!("Run {} is there already; nothing was changed (R7.1).", view.run.name);
            answer(&view, settings).lead(sentence)
        }
        Outcome::Nobody { preview, replaced } => {
            let mut shown = super::preview::answer(&preview, settings.look.format);
            if settings.look.format == Format::Json {
                let fields = NobodyPaid { run: None, preview: Object::of(&preview) };
                shown.written = Answer::written("run", &fields).written;
            }
            match replaced {
                Some(name) if asked.dry_run => shown.lead(format!("Run {name} would be cancelled (R7.3).")),
                Some(name) => {
                    shown.lead(format!("Run {name} was cancelled, and its money given back (R7.3)."))
                }
                None => shown,
            }
        }
        Outcome::Drafted { view, refunds_since, preview, replaced } => {
            let cur = preview.currency;
            let since = refunds_since.iter().map(|(partner, sum)| {
                format!(
                    "{} {cur} of {partner} was refunded since {}; the next run claws it back (R7.1)",
                    sum.grouped(cur),
                    view.run.date
                )
            });
            let warnings: Vec<String> =
                preview.warnings.iter().map(|warning| warning.text.clone()).chain(since).collect();
            let mut shown = answer(&view, settings);
            if let Value::Object(fields) = &mut shown.json {
                fields.insert("dry_run".into(), asked.dry_run.into());
                fields.insert("warnings".into(), warnings.clone().into());
            }
            shown = shown.warnings(warnings);
            if let Some(replaced) = replaced {
                shown = shown.lead(format!("Run {replaced} was cancelled and drafted anew (R7.3)."));
            }
            if asked.dry_run {
                shown.lead.insert(0, "Dry run, nothing was changed. The run would be:".to_owned());
                shown.closing = vec![format!("Next: partners payout create --date {}", view.run.date)];
            }
            shown
        }
    };
    if let Some(note) = note.filter(|_| !asked.dry_run) {
        writer.commit(&note)?;
        let made = || Ok(headed(answer, reader(settings)?.audit_head()?.as_ref()).into());
        return answered("latest", made);
    }
    Ok(answer.into())
}

fn approve_run(asked: &Approve, settings: &Settings) -> Result<Output, Failure> {
    let writer = writer(settings)?;
    let view = step::approvable(&writer, &asked.run)?;
    if settings.ui.can_ask {
        register(&view, settings)?;
        settings.ui.note(&format!(
            "Run {} of {}: {} {} to {}, plan {}.",
            view.run.name,
            view.run.date,
            view.run.amount.grouped(view.run.currency),
            view.run.currency,
            counted(view.run.items, "partner", "partners"),
            short(&view.run.plan_sha256)
        ));
    }
    let total = Total {
        amount: view.run.amount,
        currency: view.run.currency,
        payees: view.items.len(),
        deed: "to pay",
    };
    settings.ui.type_the_total(total, asked.expect_total.as_deref())?;
    let name = step::approve(writer, view)?;
    Ok(shown(&name, settings)?.into())
}

fn file_run(asked: &File, settings: &Settings) -> Result<Output, Failure> {
    let early = why_early(asked.early, asked.reason.as_deref(), settings)?;
    let out = match &asked.out {
        Some(out) => out.clone(),
        None => settings.ui.ask("--out", "Write to which file?")?.into(),
    };
    let writer = writer(settings)?;
    let view = RunView::load(&writer, &asked.run)?;
    let name = view.run.name.as_str();
    let written = file::file_tried(writer, name, &out, early.as_deref(), &settings.trial)?;
    let files: Vec<String> = written.files.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    // The file stands there, whether or not the run had to be saved for it.
    let unshown = |failure: Failure| {
        failure.unshown(&format!("partners payout show {}", written.run)).details(files.clone())
    };
    let view =
        reader(settings).and_then(|reader| Ok(RunView::load(&reader, &written.run)?)).map_err(unshown)?;
    let mut shown = answer(&view, settings);
    if let Value::Object(fields) = &mut shown.json {
        fields.insert("files".into(), files.clone().into());
    }
    let again = if written.again { " again, the same bytes" } else { "" };
    Ok(shown
        .lead(format!(
            "Wrote {}{again}: {}, {} {} in all, SHA-256 {}.",
            files.join(", "),
            counted(view.items.len(), "payment", "payments"),
            view.run.amount.grouped(view.run.currency),
            view.run.currency,
            written.sha256
        ))
        .into())
}

/// Returns why a run leaves before its date, if it does; asks for it where it is left out (R7.1).
///
/// # Errors
/// Nobody to ask.
pub fn why_early(early: bool, reason: Option<&str>, settings: &Settings) -> Result<Option<String>, Failure> {
    match (early, reason) {
        (true, None) => Ok(Some(settings.ui.ask("--reason", "Why does the run leave before its date?")?)),
        (true, Some(reason)) => Ok(Some(reason.to_owned())),
        (false, _) => Ok(None),
    }
}

fn cancel_run(asked: &Cancel, settings: &Settings) -> Result<Output, Failure> {
    let writer = writer(settings)?;
    let view = step::cancellable(&writer, &asked.run, asked.not_uploaded)?;
    let reason = match &asked.reason {
        Some(reason) => reason.clone(),
        None => settings.ui.ask("--reason", "Why is the run given up?")?,
    };
    settings.ui.confirm(&format!(
        "Cancel run {} ({} {} to {}; the money goes back to the balances)?",
        view.run.name,
        view.run.amount.grouped(view.run.currency),
        view.run.currency,
        counted(view.run.items, "partner", "partners")
    ))?;
    let name = step::cancel(writer, view, &reason)?;
    Ok(shown(&name, settings)?.into())
}

fn settle_run(asked: &Settle, settings: &Settings) -> Result<Output, Failure> {
    let outcomes = outcomes(asked, settings)?;
    let writer = writer(settings)?;
    let (settlement, note) = settle(&writer, &asked.run, &outcomes, asked.reason.as_deref())?;
    if !settlement.changed.is_empty() {
        let changes: Vec<String> =
            settlement.changed.iter().map(|(state, count)| format!("{count} {state}")).collect();
        let question = format!("Record for run {}: {}?", settlement.run, changes.join(", "));
        match settlement.by_hand {
            None => settings.ui.confirm(&question)?,
            Some(amount) => {
                settings.ui.note(&format!("{question} PayPal's own word for them cannot be applied."));
                let payees = settlement.changed.values().sum();
                let total = Total { amount, currency: writer.currency(), payees, deed: "to settle by hand" };
                settings.ui.type_the_total(total, asked.expect_total.as_deref())?;
            }
        }
        writer.commit(&note)?;
    }
    let shown = shown(&settlement.run, settings)?;
    Ok(if settlement.needs_person { shown.exit(Exit::Attention) } else { shown }.into())
}

/// Returns what became of the payments, or asks for it.
fn outcomes(asked: &Settle, settings: &Settings) -> Result<Outcomes, Failure> {
    if asked.all_paid {
        return Ok(Outcomes::AllPaid);
    }
    let of = |items: &[ItemOutcome]| {
        Outcomes::Items(items.iter().map(|one| (one.item.0.clone(), one.state)).collect())
    };
    if !asked.items.is_empty() {
        return Ok(of(&asked.items));
    }
    let choices = ["every payment was paid", "single payments, each with its state"];
    if settings.ui.choose("--all-paid or --item ITEM=STATE", "What became of the payments?", &choices)? == 0 {
        return Ok(Outcomes::AllPaid);
    }
    let typed = settings.ui.ask("--item", "Which, as in 2026-11-27-0001=returned (several with blanks)?")?;
    let items: Result<Vec<ItemOutcome>, String> = typed.split_whitespace().map(outcome).collect();
    Ok(of(&items.map_err(|error| Failure::usage("item", error))?))
}

/// Shows a run after what was done to it.
fn shown(name: &str, settings: &Settings) -> Result<Answer, Failure> {
    answered(name, || Ok(answer(&RunView::load(&reader(settings)?, name)?, settings)))
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}
