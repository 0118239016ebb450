//! `attribute`: a pass over the evidence, or staff's word about one account.
//!
//! Floor 6.

use serde_json::json;

use super::money;
use crate::attribution::Overrides;
use crate::cli::args::Attribute as Asked;
use crate::cli::render::{Answer, Column, Table};
use crate::cli::settings::Settings;
use crate::cli::{Failure, Output, missing};
use crate::commands::attribute::{Assigned, Assignment, Pass, Start, assign, by_evidence};
use crate::store::Writer;
use crate::text::counted;

/// Ties what can be tied, or the one account that was named.
///
/// # Errors
/// The store's; no consent.
pub fn run(asked: &Asked, settings: &Settings) -> Result<Output, Failure> {
    let Some(account) = &asked.account else {
        let writer = super::writer(settings)?;
        let pass = by_evidence(&writer)?;
        if !asked.dry_run && !pass.tied.is_empty() {
            writer.commit(&pass.audit())?;
        }
        return Ok(pass_answer(&pass, asked.dry_run).into());
    };
    let partner = match &asked.to {
        Some(to) => to,
        None => &missing::partner(settings, "--to", "Which partner referred it (id, link code or e-mail)?")?,
    };
    let reason = match &asked.reason {
        Some(reason) => reason.clone(),
        None => settings.ui.ask("--reason", "Why is the account assigned?")?,
    };
    let writer = super::writer(settings)?;
    let start = match (asked.from, asked.from_opening) {
        (_, true) => Start::Opening,
        (Some(day), false) => Start::Day(day),
        (None, false) => Start::Usual,
    };
    let assignment = Assignment {
        account,
        partner,
        reason: &reason,
        from: start,
        overrides: Overrides { lock: asked.override_lock, referrer: asked.override_referrer },
    };
    let assigned = assign(&writer, &assignment)?;
    finish(writer, &assigned, &assignment, asked.dry_run, settings)
}

fn finish(
    writer: Writer,
    assigned: &Assigned,
    assignment: &Assignment<'_>,
    dry_run: bool,
    settings: &Settings,
) -> Result<Output, Failure> {
    if !dry_run {
        if !assigned.clawbacks.is_empty() {
            for (partner, sum) in &assigned.clawbacks {
                settings.ui.warn(&format!(
                    "{} {} already settled for {partner} becomes a clawback there and is due to {} (R4.4)",
                    sum.grouped(assigned.currency),
                    assigned.currency,
                    assigned.partner
                ));
            }
            settings.ui.confirm("Move these charges?")?;
        }
        writer.commit(&assigned.audit(assignment))?;
    }
    Ok(assigned_answer(assigned, dry_run).into())
}

fn assigned_answer(assigned: &Assigned, dry_run: bool) -> Answer {
    let cur = assigned.currency;
    let clawbacks: serde_json::Map<String, serde_json::Value> =
        assigned.clawbacks.iter().map(|(id, sum)| (id.clone(), money(*sum, cur))).collect();
    let covers = match assigned.from {
        Some(day) => format!("charges billed on or after {day}"),
        None => "all of its charges".to_owned(),
    };
    let mut answer = Answer::new(
        "attribution",
        json!({
            "account_id": assigned.account, "partner": assigned.partner, "earlier": assigned.earlier,
            "from": super::day(assigned.from), "self_referral": assigned.self_referral,
            "charges": assigned.charges, "clawbacks": clawbacks, "dry_run": dry_run,
        }),
    )
    .lead(format!(
        "{}ccount {} belongs to {} for {covers}, {} so far.",
        if dry_run { "Dry run, nothing was changed: a" } else { "A" },
        assigned.account,
        assigned.partner,
        assigned.charges
    ))
    .closing(format!("Next: partners why {}", assigned.partner))
    .routine();
    if assigned.self_referral {
        let text =
            format!("the account is the partner's own, so it earns nothing (R4.6): {}", assigned.account);
        answer = answer.warnings([text]);
    }
    answer
}

fn pass_answer(pass: &Pass, dry_run: bool) -> Answer {
    let tied = Table::new(vec![
        Column::id("account_id"),
        Column::id("partner"),
        Column::id("evidence"),
        Column::prose("words"),
        Column::text("self_referral"),
    ])
    .title("Tied")
    .rows(pass.tied.iter().map(|tied| {
        vec![
            tied.account.as_str().into(),
            tied.partner.as_deref().unwrap_or("(unclaimed)").into(),
            tied.evidence.as_str().into(),
            tied.words.as_str().into(),
            tied.self_referral.into(),
        ]
    }))
    .counted("account", "accounts")
    .empty("no account without a referrer has evidence for one");
    let left = Table::new(vec![Column::id("account_id"), Column::prose("why_not")])
        .title("Left as they are")
        .rows(pass.left.iter().map(|(id, why)| vec![id.as_str().into(), why.join("; ").into()]))
        .counted("account", "accounts");
    let selves = pass.tied.iter().filter(|tied| tied.self_referral);
    let warnings = selves
        .map(|tied| {
            let partner = tied.partner.as_deref().unwrap_or_default();
            format!("account {} is {partner}'s own and earns nothing (R4.6)", tied.account)
        })
        .chain(pass.unknown_codes.iter().map(|(code, count)| {
            let who = counted(*count, "account carries", "accounts carry");
            format!("no link bears the code {code}, which {who} (R4.7)")
        }));
    let mut answer = Answer::new(
        "attribute",
        json!({
            "tied": pass.tied.iter().map(|tied| json!({
                "account_id": tied.account, "partner": tied.partner, "evidence": tied.evidence.as_str(),
                "words": tied.words, "self_referral": tied.self_referral,
            })).collect::<Vec<_>>(),
            "left": pass.left.iter().map(|(id, why)| json!({"account_id": id, "why": why})).collect::<Vec<_>>(),
            "unknown_codes": pass.unknown_codes,
            "dry_run": dry_run,
        }),
    )
    .table(tied)
    .table(left)
    .warnings(warnings)
    .routine();
    if dry_run {
        answer = answer.lead("Dry run, nothing was changed.");
    }
    answer
}
