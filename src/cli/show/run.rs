//! A run as it is shown: `partners/run/1`, the tables beside it, and what happens next with the exact command.
//!
//! Floor 6.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::money;
use crate::cli::render::{Answer, Cell, Column, Format, Look, Table};
use crate::cli::settings::Settings;
use crate::cli::{Failure, streams};
use crate::commands::payout::RunView;
use crate::commands::payout::submit::submit_line;
use crate::dates::{Day, Now};
use crate::eligibility::Subject;
use crate::money::{Currency, Money};
use crate::paypal::reasons::{self, Reason};
use crate::paypal::replies::Problem;
use crate::paypal::{Environment, Refusal};
use crate::reconcile::AlarmKind;
use crate::run::{Channel, ItemState, RunState};
use crate::store::{Batch, BatchState, Item, Origin, Reader, Run, RunLine, StoreError};
use crate::text::counted;

/// Shows a run whole: `partners/run/1`; the moment tells how long it has been on its way. A run may have hundreds of
/// thousands of lines, so its object is made only where it is asked for.
#[must_use]
pub fn answer(view: &RunView, settings: &Settings) -> Answer {
    let (run, now) = (&view.run, settings.now);
    let today = now.today(&view.zone);
    let object = if settings.look.format == Format::Json { json(view, today) } else { Value::Null };
    let mut answer = Answer::new("run", object)
        .lead(format!("Run {} of {} is {}{}.", run.name, run.date, run.state, left(view)))
        .table(items(view))
        .table(open_questions(view, today))
        .table(lapsed(view))
        .csv(item_rows(view));
    for sentence in facts(view, now) {
        answer = answer.closing(sentence);
    }
    headed(answer, view.audit_head.as_ref()).closing(next(view))
}

/// Adds the head of the audit trail: noted down, it shows later whether the past was changed (PROMISES 23).
#[must_use]
pub fn headed(mut answer: Answer, head: Option<&(i64, String)>) -> Answer {
    let Some((no, hash)) = head else { return answer };
    if let Value::Object(fields) = &mut answer.json {
        fields.insert("audit_head".into(), json!({ "row": no, "hash": hash }));
    }
    let before_next = answer.closing.iter().position(|line| line.starts_with("Next:"));
    let place = before_next.unwrap_or(answer.closing.len());
    answer.closing.insert(place, format!("Audit row {no} has hash {hash}."));
    answer
}

/// Shows a person what the total that they are about to type is made of: every payment, and what is written off.
///
/// # Errors
/// Memory's alone.
pub fn register(view: &RunView, settings: &Settings) -> Result<(), Failure> {
    let look = Look { format: Format::Table, colour: false, quiet: false, ..settings.look };
    let mut lines = Vec::new();
    Answer::new("register", Value::Null)
        .table(items(view))
        .table(lapsed(view))
        .write(&look, &mut lines)
        .map_err(|error| Failure::output(&error))?;
    String::from_utf8_lossy(&lines).lines().for_each(streams::talk);
    Ok(())
}

fn left(view: &RunView) -> String {
    match view.run.channel {
        Some(Channel::File) => ", by file".to_owned(),
        Some(Channel::Api) => {
            let world = view.batches.last().map_or("", |batch| batch.environment.as_str());
            format!(", through PayPal's API ({world})")
        }
        None => String::new(),
    }
}

/// Says who did what, and the hashes by which it can be proved (R7.6).
fn facts(view: &RunView, now: Now) -> Vec<String> {
    let run = &view.run;
    let mut facts = vec![format!("Created by {} at {}.", run.created_by, run.created_at)];
    if let Some(approver) = &run.approved_by {
        facts.push(format!("Approved by {approver}."));
    }
    facts.push(format!("Plan SHA-256 {}.", run.plan_sha256));
    if let Some(hash) = &run.file_sha256 {
        let name = run.file_name.as_deref().unwrap_or("the file");
        facts.push(format!("{name}: SHA-256 {hash}."));
    }
    facts.extend(view.batches.iter().map(|batch| batch_words(batch, view, now)));
    let out = view.items.iter().filter(|item| item.state.holds_money());
    let fees = out.filter_map(|item| item.fee).try_fold(Money::ZERO, Money::plus);
    if let Some(fees) = fees.ok().filter(|fees| !fees.is_zero()) {
        facts.push(format!(
            "PayPal's fees for what is out: {} {}.",
            fees.grouped(run.currency),
            run.currency
        ));
    }
    facts
}

/// Says what is known of a batch.
fn batch_words(batch: &Batch, view: &RunView, now: Now) -> String {
    let currency = view.run.currency;
    let what = format!(
        "Part {} (attempt {}): {}, {} {currency}, batch {}",
        batch.part,
        batch.attempt,
        counted(batch.items, "payment", "payments"),
        batch.amount.grouped(currency),
        batch.sender_batch_id
    );
    let sent = batch.first_sent_at.as_deref().map_or_else(String::new, |at| match age_days(at, now) {
        Some(days) => format!(", sent {at} ({} ago)", counted(days, "day", "days")),
        None => format!(", sent {at}"),
    });
    let outcome = match batch.state {
        BatchState::Intended => "it has not left".to_owned(),
        BatchState::Sending | BatchState::Unknown => "it is not known whether PayPal has it".to_owned(),
        BatchState::Refused => match refusal(batch) {
            Some(refusal) => {
                let Reason { meaning, remedy, .. } = refusal.remedy();
                format!("PayPal has nothing of it: {refusal}. {meaning}: {remedy}")
            }
            None => "PayPal has nothing of it".to_owned(),
        },
        BatchState::Accepted => {
            let id = batch.payout_batch_id.as_deref().unwrap_or("?");
            format!("PayPal has it as {id}, {}", batch.status.as_deref().unwrap_or("?"))
        }
    };
    let debug_id = batch.debug_id.as_deref().map_or_else(String::new, |id| format!(" (debug id {id})"));
    format!("{what}{sent}: {outcome}{debug_id}.")
}

/// Returns PayPal's words for refusing a batch, where they were kept.
fn refusal(batch: &Batch) -> Option<Refusal> {
    let body = serde_json::from_str(batch.reply.as_deref()?).ok()?;
    let problem = Problem::read(&body)?;
    Some(Refusal { http: batch.http?, problem })
}

/// Returns how many whole days ago a moment was.
fn age_days(at: &str, now: Now) -> Option<i64> {
    let at = chrono::DateTime::parse_from_rfc3339(at).ok()?;
    Some(now.0.signed_duration_since(at).num_days())
}

/// Returns PayPal's reason code for an item; a paid one has none any more.
fn reason_code(item: &Item) -> Option<&str> {
    item.reason_code.as_deref().filter(|_| item.state != ItemState::Paid)
}

/// Returns what PayPal's reason for an item means, as long as it has not been paid and nothing contradicts it.
fn reason(item: &Item) -> Option<&'static Reason> {
    reason_code(item).filter(|_| item.alarm.is_none()).and_then(reasons::of_item)
}

/// Says in what PayPal's last word for an item contradicts the books.
fn alarm_words(item: &Item, alarm: AlarmKind) -> String {
    let says = item.paypal_status.as_deref().unwrap_or("nothing");
    let at = item.checked_at.as_deref().unwrap_or("?");
    match alarm {
        AlarmKind::UnknownWord => format!("PayPal says {says:?} ({at}), which has no meaning here"),
        AlarmKind::NotSent => format!("PayPal lists it as {says} ({at}), and it was not sent from here"),
        AlarmKind::PaidNoLonger => format!("it was paid, and PayPal now says {says} ({at})"),
        AlarmKind::MovesAfterReturn => {
            format!(
                "its money went back to the balance, and PayPal now says {says} ({at}): it may be paid twice"
            )
        }
        AlarmKind::ListingDiffers => format!("PayPal lists it otherwise than it was sent ({at})"),
    }
}

/// Says what is to be done about such an item.
fn alarm_to_do(item: &Item, alarm: AlarmKind, run: &Run) -> String {
    let by_hand = format!(
        "look it up at PayPal; if it stays so: partners payout settle {} --item {}=STATE --reason WHY",
        run.name, item.id
    );
    match alarm {
        AlarmKind::UnknownWord | AlarmKind::NotSent | AlarmKind::ListingDiffers => by_hand,
        AlarmKind::PaidNoLonger => format!(
            "ask PayPal what became of the money, then partners partner release {} --reason WHY",
            item.partner
        ),
        AlarmKind::MovesAfterReturn => format!(
            "ask PayPal; if it has paid: partners adjust {0} -{1} --reason WHY; then partners partner release \
             {0} --reason \
             WHY",
            item.partner,
            item.amount.major(run.currency)
        ),
    }
}

/// Lists the payments about which somebody has something to do, and what.
fn open_questions(view: &RunView, today: Day) -> Table {
    let asks = |item: &&Item| item.state.needs_person() || is_held(item) || item.alarm.is_some();
    let rows = view.items.iter().filter(asks).map(|item| {
        if let Some(alarm) = item.alarm {
            return vec![
                item.id.as_str().into(),
                item.partner.as_str().into(),
                item.state.as_str().into(),
                alarm_words(item, alarm).into(),
                "finance".into(),
                alarm_to_do(item, alarm, &view.run).into(),
            ];
        }
        let known = reason(item);
        let why = known.map_or_else(
            || item.reason_code.clone().unwrap_or_else(|| "PayPal gives no reason".to_owned()),
            |reason| format!("{} ({})", reason.meaning, reason.name),
        );
        let who = known.map_or("staff", |reason| reason.who.as_str());
        vec![
            item.id.as_str().into(),
            item.partner.as_str().into(),
            item.state.as_str().into(),
            why.into(),
            who.into(),
            to_do(item, known, view, today).into(),
        ]
    });
    Table::new(vec![
        Column::id("item"),
        Column::id("partner"),
        Column::id("state"),
        Column::prose("why"),
        Column::id("who"),
        Column::prose("what_to_do"),
    ])
    .title("What needs somebody")
    .rows(rows)
}

fn is_held(item: &Item) -> bool {
    item.state == ItemState::Sent && item.reason_code.is_some()
}

/// Says what is to be done about a payment.
fn to_do(item: &Item, known: Option<&Reason>, view: &RunView, today: Day) -> String {
    let remedy = known.map(|reason| reason.remedy);
    match view.unclaimed(item) {
        Some((since, until)) => format!(
            "unclaimed for {}, PayPal returns it on {until}; {}; or {}",
            counted(today.signed_duration_since(since).num_days().max(0), "day", "days"),
            remedy.unwrap_or("ask the partner to claim it"),
            match view.run.channel {
                Some(Channel::Api) | None => format!("partners payout cancel-item {}", item.id),
                Some(Channel::File) => format!(
                    "cancel it at PayPal, then partners payout settle {} --item {}=returned",
                    view.run.name, item.id
                ),
            }
        ),
        None if item.state == ItemState::Returned => format!(
            "the money is back in the balance; when the address is known: partners paypal set {0} ADDRESS, or \
             partners paypal confirm {0} if it is right",
            item.partner
        ),
        None => match (item.state, remedy) {
            (_, Some(remedy)) => remedy.to_owned(),
            (ItemState::Refunded | ItemState::Reversed | ItemState::Blocked, None) => {
                format!("ask PayPal and the partner, then partners partner release {}", item.partner)
            }
            (_, None) => {
                format!("ask the partner for the address, then partners paypal set {}", item.partner)
            }
        },
    }
}

/// Says what happens next, with the exact command.
fn next(view: &RunView) -> String {
    let name = &view.run.name;
    let unclaimed = view.items.iter().any(|item| item.state == ItemState::Unclaimed);
    match view.run.state {
        RunState::Draft => format!("Next: partners payout approve {name}"),
        RunState::Approved => {
            let submit = submit_line(name.as_str(), view.world.unwrap_or(Environment::Sandbox));
            format!("Next: partners payout file {name} --out FILE, or {submit}")
        }
        RunState::Exported if unclaimed => format!(
            "Next: when the unclaimed payments are claimed or return: partners payout settle {name} --item ITEM=STATE"
        ),
        RunState::Exported => format!(
            "Next: upload the file at PayPal, then partners payout reconcile {name} --report FILE, or partners payout \
             settle {name} --all-paid"
        ),
        RunState::Submitting => format!("Next: partners payout resume {name}"),
        RunState::Submitted => format!("Next: partners payout sync {name}"),
        RunState::Settled => "Next: nothing; every payment is final.".to_owned(),
        RunState::Cancelled => format!("Next: partners payout create --date {}", view.run.date),
    }
}

fn json(view: &RunView, today: Day) -> Value {
    let run = &view.run;
    let cur = run.currency;
    let mut of_items: BTreeMap<i64, Vec<Value>> = BTreeMap::new();
    for line in &view.lines {
        if let Some(item) = line.item_no {
            of_items.entry(item).or_default().push(line_json(line, cur));
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
                "fee": item.fee.map(|fee| fee.major(cur)), "reason_code": reason_code(item),
                "transaction_id": item.transaction_id, "state_on": item.state_on.to_string(),
                "payout_item_id": item.payout_item_id, "paypal_status": item.paypal_status,
                "checked_at": item.checked_at, "alarm": item.alarm.map(AlarmKind::as_str),
                "reason": reason(item).map(|reason| json!({
                    "meaning": reason.meaning, "remedy": reason.remedy, "who": reason.who.as_str(),
                })),
                "unclaimed": view.unclaimed(item).map(|(since, until)| json!({
                    "since": since.to_string(), "returns_on": until.to_string(),
                    "days": today.signed_duration_since(since).num_days().max(0),
                })),
            })
        })
        .collect();
    let lapsed = lapsed_json(&view.lines, cur);
    let mut fields = summary(run);
    if let Value::Object(fields) = &mut fields {
        fields.insert("items".into(), items.into());
        fields.insert("lapsed".into(), lapsed);
        // The totals and proofs stand after the items, as in CONTRACT.md.
        for key in ["totals", "plan_sha256", "file_sha256"] {
            if let Some(value) = fields.shift_remove(key) {
                fields.insert(key.into(), value);
            }
        }
        fields.insert("paypal_batch_id".into(), accepted_as(&view.batches));
        let batches: Vec<Value> = view.batches.iter().map(batch_json(cur)).collect();
        fields.insert("batches".into(), batches.into());
        fields.insert("next".into(), next(view).trim_start_matches("Next: ").into());
    }
    fields
}

fn batch_json(currency: Currency) -> impl Fn(&Batch) -> Value {
    move |batch| {
        json!({
            "part": batch.part, "attempt": batch.attempt, "sender_batch_id": batch.sender_batch_id,
            "environment": batch.environment, "state": batch.state.as_str(), "items": batch.items,
            "amount": money(batch.amount, currency), "sha256": batch.payload_sha256,
            "first_sent_at": batch.first_sent_at, "paypal_batch_id": batch.payout_batch_id,
            "paypal_status": batch.status, "debug_id": batch.debug_id,
            "refusal": (batch.state == BatchState::Refused).then(|| refusal(batch)).flatten().map(|refusal| json!({
                "said": refusal.to_string(), "meaning": refusal.remedy().meaning, "remedy": refusal.remedy().remedy,
            })),
        })
    }
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
        "plan_sha256": run.plan_sha256, "file_sha256": run.file_sha256, "kind": run.origin.as_str(),
        "note": run.note,
    })
}

/// Returns what a run wrote off, partner by partner: its lines without an item (R5.6).
fn lapsed_json(lines: &[RunLine], cur: Currency) -> Value {
    let mut lapsed: BTreeMap<&str, Vec<&RunLine>> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.item_no.is_none()) {
        lapsed.entry(line.partner.as_str()).or_default().push(line);
    }
    let partners = lapsed.into_iter().map(|(partner, lines)| {
        let sum: i64 = lines.iter().map(|line| line.amount.minor()).sum();
        json!({
            "partner": partner, "amount": money(Money::from_minor(sum), cur),
            "lines": lines.iter().map(|line| line_json(line, cur)).collect::<Vec<_>>(),
        })
    });
    partners.collect()
}

/// Returns PayPal's id of the first batch that it took.
fn accepted_as(batches: &[Batch]) -> Value {
    batches.iter().find_map(|batch| batch.payout_batch_id.clone()).into()
}

fn line_json(line: &RunLine, cur: Currency) -> Value {
    let amount = money(line.amount, cur);
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
        Column::id("item").minor(3),
        Column::id("partner"),
        Column::text("name"),
        Column::id("paypal_email"),
        Column::id("state").minor(2),
        Column::count("lines").minor(1),
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
        Column::id("partner"),
        Column::id("charge_id"),
        Column::id("kind"),
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
        Column::id("run"),
        Column::day("date"),
        Column::id("item"),
        Column::id("partner"),
        Column::text("name"),
        Column::id("paypal_email"),
        Column::money("amount"),
        Column::id("currency"),
        Column::id("state"),
        Column::day("state_on"),
        Column::money("fee"),
        Column::id("transaction_id"),
        Column::id("reason_code"),
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
            reason_code(item).map(str::to_owned).into(),
        ]
    }))
}

/// Says how a run's money leaves: by a channel of R7.5, or outside PayPal (R6.6), or before these books (R1.7).
fn how(run: &Run) -> Option<&'static str> {
    match run.origin {
        Origin::Regular | Origin::OffCycle => run.channel.map(Channel::as_str),
        Origin::Outside => Some("outside"),
        Origin::Import => Some("earlier"),
    }
}

/// Shows all runs, payments outside PayPal among them: `partners/runs/1`.
///
/// # Errors
/// Damaged rows.
pub fn list(reader: &Reader, runs: &[Run]) -> Result<Answer, StoreError> {
    let table = Table::new(vec![
        Column::id("run"),
        Column::day("date"),
        Column::id("state"),
        Column::id("channel"),
        Column::count("items"),
        Column::money("amount"),
        Column::money("lapsed"),
        Column::text("created_by").minor(1),
        Column::text("approved_by").minor(2),
    ])
    .rows(runs.iter().map(|run| {
        vec![
            run.name.as_str().into(),
            run.date.into(),
            run.state.as_str().into(),
            how(run).into(),
            usize::try_from(run.items).unwrap_or_default().into(),
            Cell::Money(run.amount, run.currency),
            Cell::Money(run.lapsed, run.currency),
            run.created_by.as_str().into(),
            run.approved_by.clone().into(),
        ]
    }))
    .counted("run", "runs")
    .empty("no run yet; partners payout create drafts one");
    let mut all = Vec::with_capacity(runs.len());
    for run in runs {
        let mut fields = summary(run);
        // Only a run that wrote something off has lines that are asked for.
        let lines = if run.lapsed.is_zero() { Vec::new() } else { reader.run_lines(run.no)? };
        if let Value::Object(fields) = &mut fields {
            fields.insert("lapsed".into(), lapsed_json(&lines, run.currency));
            fields.insert("paypal_batch_id".into(), accepted_as(&reader.batches(run.no)?));
        }
        all.push(fields);
    }
    Ok(Answer::new("runs", json!({ "runs": all })).table(table))
}
