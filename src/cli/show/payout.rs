//! `payout`: a run's verbs, and the one answer in which all of them show it.
//!
//! Floor 6.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{money, reader, writer};
use crate::cli::args::Payout as Asked;
use crate::cli::args::payout::{Approve, Cancel, Create, File, Settle};
use crate::cli::render::{Answer, Cell, Column, Table};
use crate::cli::settings::Settings;
use crate::cli::ui::Total;
use crate::cli::{Exit, Failure, Output};
use crate::commands::payout::create::{Ask, Outcome, create};
use crate::commands::payout::outcome::{Outcomes, settle};
use crate::commands::payout::{RunView, file, step};
use crate::eligibility::Subject;
use crate::run::{Channel, ItemState, RunState};
use crate::store::{Item, Run, RunLine};

/// Does what was asked of a run.
///
/// # Errors
/// The store's, the rules', no consent.
pub fn run(asked: &Asked, settings: &Settings) -> Result<Output, Failure> {
    match asked {
        Asked::Create(asked) => create_run(asked, settings),
        Asked::Approve(asked) => approve_run(asked, settings),
        Asked::File(asked) => file_run(asked, settings),
        Asked::Show(asked) => Ok(answer(&RunView::load(&reader(settings)?, &asked.run)?).into()),
        Asked::List(_) => Ok(list(&reader(settings)?.runs(false)?).into()),
        Asked::Cancel(asked) => cancel_run(asked, settings),
        Asked::Settle(asked) => settle_run(asked, settings),
        Asked::Record(asked) => super::records::adjust::record(asked, settings),
    }
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
            answer(&view).lead(sentence)
        }
        Outcome::Nobody(preview) => {
            let mut shown = super::preview::answer(&preview);
            let mut fields = json!({ "run": Value::Null });
            if let (Value::Object(fields), Value::Object(rest)) =
                (&mut fields, super::preview::json(&preview))
            {
                fields.extend(rest);
            }
            shown.json = Answer::new("run", fields).json;
            shown
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
            let mut shown = answer(&view);
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
    }
    Ok(answer.into())
}

fn approve_run(asked: &Approve, settings: &Settings) -> Result<Output, Failure> {
    let writer = writer(settings)?;
    let view = step::approvable(&writer, &asked.run)?;
    if settings.ui.can_ask {
        settings.ui.note(&format!(
            "Run {} of {}: {} to {} partners, plan {}.",
            view.run.name,
            view.run.date,
            view.run.amount.grouped(view.run.currency),
            view.run.items,
            short(&view.run.plan_sha256)
        ));
    }
    let total = Total { amount: view.run.amount, currency: view.run.currency, payees: view.items.len() };
    settings.ui.type_the_total(total, asked.expect_total.as_deref())?;
    let name = step::approve(writer, view)?;
    Ok(answer(&RunView::load(&reader(settings)?, &name)?).into())
}

fn file_run(asked: &File, settings: &Settings) -> Result<Output, Failure> {
    let early = match (asked.early, &asked.reason) {
        (true, None) => Some(settings.ui.ask("--reason", "Why does the run leave before its date?")?),
        (true, Some(reason)) => Some(reason.clone()),
        (false, _) => None,
    };
    let writer = writer(settings)?;
    let view = RunView::load(&writer, &asked.run)?;
    let written = file::file(writer, view.run.name.as_str(), &asked.out, early.as_deref())?;
    let view = RunView::load(&reader(settings)?, &written.run)?;
    let mut shown = answer(&view);
    let files: Vec<String> = written.files.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    if let Value::Object(fields) = &mut shown.json {
        fields.insert("files".into(), files.clone().into());
    }
    let again = if written.again { " again, the same bytes" } else { "" };
    Ok(shown
        .lead(format!(
            "Wrote {}{again}: {} payments of {} {} in all, SHA-256 {}.",
            files.join(", "),
            view.items.len(),
            view.run.amount.grouped(view.run.currency),
            view.run.currency,
            written.sha256
        ))
        .into())
}

fn cancel_run(asked: &Cancel, settings: &Settings) -> Result<Output, Failure> {
    let writer = writer(settings)?;
    let view = step::cancellable(&writer, &asked.run, asked.not_uploaded)?;
    let reason = match &asked.reason {
        Some(reason) => reason.clone(),
        None => settings.ui.ask("--reason", "Why is the run given up?")?,
    };
    settings.ui.confirm(&format!(
        "Cancel run {} ({} {} to {} partners go back to the balances)?",
        view.run.name,
        view.run.amount.grouped(view.run.currency),
        view.run.currency,
        view.run.items
    ))?;
    let name = step::cancel(writer, view, &reason)?;
    Ok(answer(&RunView::load(&reader(settings)?, &name)?).into())
}

fn settle_run(asked: &Settle, settings: &Settings) -> Result<Output, Failure> {
    let writer = writer(settings)?;
    let outcomes = if asked.all_paid {
        Outcomes::AllPaid
    } else {
        Outcomes::Items(asked.items.iter().map(|one| (one.item.0.clone(), one.state)).collect())
    };
    let (settlement, note) = settle(&writer, &asked.run, &outcomes)?;
    if !settlement.changed.is_empty() {
        let changes: Vec<String> =
            settlement.changed.iter().map(|(state, count)| format!("{count} {state}")).collect();
        settings.ui.confirm(&format!("Record for run {}: {}?", settlement.run, changes.join(", ")))?;
        writer.commit(&note)?;
    }
    let shown = answer(&RunView::load(&reader(settings)?, &settlement.run)?);
    Ok(if settlement.needs_person { shown.exit(Exit::Attention) } else { shown }.into())
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

/// Shows a run whole: `partners/run/1`.
#[must_use]
pub fn answer(view: &RunView) -> Answer {
    let run = &view.run;
    let mut answer = Answer::new("run", json(view))
        .lead(format!("Run {} of {} is {}{}.", run.name, run.date, run.state, left(run)))
        .table(items(view))
        .table(lapsed(view))
        .csv(item_rows(view));
    for sentence in facts(run) {
        answer = answer.closing(sentence);
    }
    answer.closing(next(run, &view.items))
}

fn left(run: &Run) -> &'static str {
    match run.channel {
        Some(Channel::File) => ", by file",
        Some(Channel::Api) => ", through PayPal's API",
        None => "",
    }
}

/// Says who did what, and the hashes by which it can be proved (R7.6).
fn facts(run: &Run) -> Vec<String> {
    let mut facts = vec![format!("Created by {} at {}.", run.created_by, run.created_at)];
    if let Some(approver) = &run.approved_by {
        facts.push(format!("Approved by {approver}."));
    }
    facts.push(format!("Plan SHA-256 {}.", run.plan_sha256));
    if let Some(hash) = &run.file_sha256 {
        let name = run.file_name.as_deref().unwrap_or("the file");
        facts.push(format!("{name}: SHA-256 {hash}."));
    }
    facts
}

/// Says what happens next, with the exact command.
fn next(run: &Run, items: &[Item]) -> String {
    let name = &run.name;
    match run.state {
        RunState::Draft => format!("Next: partners payout approve {name}"),
        RunState::Approved => format!("Next: partners payout file {name} --out FILE"),
        RunState::Exported if items.iter().any(|item| item.state == ItemState::Unclaimed) => {
            format!(
                "Next: when the unclaimed payments are claimed or return: \
                 partners payout settle {name} --item ITEM=STATE"
            )
        }
        RunState::Exported => {
            format!("Next: upload the file at PayPal, then partners payout settle {name} --all-paid")
        }
        RunState::Submitting => format!("Next: partners payout resume {name}"),
        RunState::Submitted => format!("Next: partners payout sync {name}"),
        RunState::Settled => "Next: nothing; every payment is final.".to_owned(),
        RunState::Cancelled => format!("Next: partners payout create --date {}", run.date),
    }
}

fn json(view: &RunView) -> Value {
    let run = &view.run;
    let cur = run.currency;
    let mut of_items: BTreeMap<i64, Vec<Value>> = BTreeMap::new();
    let mut lapsed: BTreeMap<&str, Vec<&RunLine>> = BTreeMap::new();
    for line in &view.lines {
        match line.item_no {
            Some(item) => of_items.entry(item).or_default().push(line_json(line, view)),
            None => lapsed.entry(line.partner.as_str()).or_default().push(line),
        }
    }
    let items: Vec<Value> = view
        .items
        .iter()
        .map(|item| {
            json!({
                "item": item.id.as_str(), "partner": item.partner.as_str(), "paypal_email": item.paypal_email,
                "amount": money(item.amount, cur), "state": item.state.as_str(),
                "lines": of_items.remove(&item.no).unwrap_or_default(),
                "fee": item.fee.map(|fee| fee.major(cur)), "reason_code": item.reason_code,
                "transaction_id": item.transaction_id, "state_on": item.state_on.to_string(),
            })
        })
        .collect();
    let lapsed: Vec<Value> = lapsed
        .into_iter()
        .map(|(partner, lines)| {
            let sum: i64 = lines.iter().map(|line| line.amount.minor()).sum();
            json!({
                "partner": partner, "amount": money(crate::money::Money::from_minor(sum), cur),
                "lines": lines.iter().map(|line| line_json(line, view)).collect::<Vec<_>>(),
            })
        })
        .collect();
    let mut fields = summary(run);
    if let Value::Object(fields) = &mut fields {
        fields.insert("items".into(), items.into());
        fields.insert("lapsed".into(), lapsed.into());
        // The totals and proofs stand after the items, as in CONTRACT.md.
        for key in ["totals", "plan_sha256", "file_sha256"] {
            if let Some(value) = fields.shift_remove(key) {
                fields.insert(key.into(), value);
            }
        }
        fields.insert("paypal_batch_id".into(), view.batch_ids.first().cloned().into());
    }
    fields
}

fn summary(run: &Run) -> Value {
    let cur = run.currency;
    json!({
        "run": run.name.as_str(), "date": run.date.to_string(), "state": run.state.as_str(),
        "channel": run.channel.map(Channel::as_str), "currency": cur.code(), "created_by": run.created_by,
        "approved_by": run.approved_by,
        "totals": {
            "items": run.items, "amount": money(run.amount, cur), "lapsed": money(run.lapsed, cur),
        },
        "plan_sha256": run.plan_sha256, "file_sha256": run.file_sha256,
    })
}

fn line_json(line: &RunLine, view: &RunView) -> Value {
    let amount = money(line.amount, view.run.currency);
    match line.subject {
        Subject::Charge(_) => json!({ "charge_id": line.charge_id, "amount": amount, "kind": line.kind }),
        Subject::Adjustment(no) => json!({ "adjustment": no, "amount": amount, "kind": line.kind }),
    }
}

fn items(view: &RunView) -> Table {
    let cur = view.run.currency;
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    for item in view.lines.iter().filter_map(|line| line.item_no) {
        let count = counts.entry(item).or_default();
        *count = count.saturating_add(1);
    }
    Table::new(vec![
        Column::text("item"),
        Column::text("partner"),
        Column::text("name"),
        Column::text("paypal_email"),
        Column::text("state"),
        Column::count("lines"),
        Column::money("amount"),
    ])
    .title("Payments")
    .rows(view.items.iter().map(|item| {
        vec![
            item.id.as_str().into(),
            item.partner.as_str().into(),
            item.name.as_str().into(),
            item.paypal_email.as_str().into(),
            item.state.as_str().into(),
            counts.get(&item.no).copied().unwrap_or(0).into(),
            Cell::Money(item.amount, cur),
        ]
    }))
    .totals(vec![
        "total".into(),
        Cell::Blank,
        Cell::Blank,
        Cell::Blank,
        Cell::Blank,
        counts.values().sum::<usize>().into(),
        Cell::Money(view.run.amount, cur),
    ])
    .counted("payment", "payments")
    .empty("no payment")
}

fn lapsed(view: &RunView) -> Table {
    let cur = view.run.currency;
    Table::new(vec![
        Column::text("partner"),
        Column::text("charge_id"),
        Column::text("kind"),
        Column::money("amount"),
    ])
    .title("Written off (R5.4)")
    .rows(view.lines.iter().filter(|line| line.lapsed).map(|line| {
        vec![
            line.partner.as_str().into(),
            line.charge_id.clone().into(),
            line.kind.as_str().into(),
            Cell::Money(line.amount, cur),
        ]
    }))
    .totals(vec!["total".into(), Cell::Blank, Cell::Blank, Cell::Money(view.run.lapsed, cur)])
    .counted("line", "lines")
}

/// Makes a row of every payment, for a spreadsheet.
fn item_rows(view: &RunView) -> Table {
    let run = &view.run;
    Table::new(vec![
        Column::text("run"),
        Column::day("date"),
        Column::text("item"),
        Column::text("partner"),
        Column::text("name"),
        Column::text("paypal_email"),
        Column::money("amount"),
        Column::text("currency"),
        Column::text("state"),
        Column::day("state_on"),
        Column::money("fee"),
        Column::text("transaction_id"),
        Column::text("reason_code"),
    ])
    .rows(view.items.iter().map(|item| {
        vec![
            run.name.as_str().into(),
            run.date.into(),
            item.id.as_str().into(),
            item.partner.as_str().into(),
            item.name.as_str().into(),
            item.paypal_email.as_str().into(),
            Cell::Money(item.amount, run.currency),
            run.currency.code().into(),
            item.state.as_str().into(),
            item.state_on.into(),
            item.fee.map_or(Cell::Blank, |fee| Cell::Money(fee, run.currency)),
            item.transaction_id.clone().into(),
            item.reason_code.clone().into(),
        ]
    }))
}

/// Shows all runs: `partners/runs/1`.
fn list(runs: &[Run]) -> Answer {
    let table = Table::new(vec![
        Column::text("run"),
        Column::day("date"),
        Column::text("state"),
        Column::text("channel"),
        Column::count("items"),
        Column::money("amount"),
        Column::money("lapsed"),
        Column::text("created_by"),
        Column::text("approved_by"),
    ])
    .rows(runs.iter().map(|run| {
        vec![
            run.name.as_str().into(),
            run.date.into(),
            run.state.as_str().into(),
            run.channel.map(Channel::as_str).into(),
            usize::try_from(run.items).unwrap_or_default().into(),
            Cell::Money(run.amount, run.currency),
            Cell::Money(run.lapsed, run.currency),
            run.created_by.as_str().into(),
            run.approved_by.clone().into(),
        ]
    }))
    .counted("run", "runs")
    .empty("no run yet; partners payout create drafts one");
    Answer::new("runs", json!({ "runs": runs.iter().map(summary).collect::<Vec<_>>() })).table(table)
}
