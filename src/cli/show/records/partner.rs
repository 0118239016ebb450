//! `partner`: who is paid.
//!
//! Floor 6.

use serde_json::{Map, Value, json};

use super::super::{day, money, reader, writer};
use super::{changed, field_table, given, note_json, note_table, reason};
use crate::cli::args::Partner as Asked;
use crate::cli::render::{Answer, Cell, Column, Table};
use crate::cli::settings::Settings;
use crate::cli::{Failure, Output};
use crate::commands::records::{
    PartnerFacts, PartnerFilter, PartnerLine, PartnerView, add_partner, edit_partner, list_partners,
    release_partner, show_partner,
};
use crate::partner::Reason;

/// Does what was asked about partners.
///
/// # Errors
/// The store's, the rules'; a flag that is missing where nobody can be asked.
pub fn run(asked: &Asked, settings: &Settings) -> Result<Output, Failure> {
    match asked {
        Asked::Add { id, facts, code, reason } => {
            let name = given(settings, facts.name.as_ref(), "--name", "The partner's name")?;
            let email = given(settings, facts.email.as_ref(), "--email", "The e-mail they log in with")?;
            let facts = PartnerFacts { name: Some(&name), email: Some(&email), ..facts.into() };
            let outcome = add_partner(writer(settings)?, id, &facts, code.as_deref(), reason.as_deref())?;
            Ok(changed(&outcome).into())
        }
        Asked::Edit { id, facts, reason } => {
            Ok(changed(&edit_partner(writer(settings)?, id, &facts.into(), reason.as_deref())?).into())
        }
        Asked::Show { partner } => {
            let reader = reader(settings)?;
            Ok(shown(&show_partner(&reader, reader.today(settings.now), partner)?).into())
        }
        Asked::List { status, blocked } => {
            let reader = reader(settings)?;
            let filter = PartnerFilter { status: *status, blocked: *blocked };
            Ok(listed(&list_partners(&reader, reader.today(settings.now), filter)?).into())
        }
        Asked::Release { partner, reason: typed } => {
            let why = reason(settings, typed.as_ref())?;
            Ok(changed(&release_partner(writer(settings)?, partner, &why)?).into())
        }
    }
}

fn codes(reasons: &[Reason]) -> Vec<&'static str> {
    reasons.iter().map(|reason| reason.as_str()).collect()
}

fn shown(view: &PartnerView) -> Answer {
    let id = &view.record.facts.id;
    let mut answer = Answer::new("partner", partner_json(view));
    let facts = view.fields.iter().map(|(field, value)| ((*field).to_owned(), Cell::from(value.clone())));
    let balance = ("balance".to_owned(), Cell::Money(view.balance, view.currency));
    answer =
        answer.lead(format!("Partner {id}, as of {}.", view.date)).table(field_table(facts.chain([balance])));
    answer = answer.table(referral_table(view));
    let links = Table::new(vec![
        Column::text("code"),
        Column::text("channel"),
        Column::day("created_on"),
        Column::day("claimed_on"),
    ])
    .title("Links")
    .rows(view.links.iter().map(|link| {
        vec![
            link.code.as_str().into(),
            link.channel.as_str().into(),
            link.created_on.into(),
            link.claimed_on.into(),
        ]
    }));
    let addresses =
        Table::new(vec![Column::day("from"), Column::text("paypal_email"), Column::text("entered_by")])
            .title("PayPal addresses so far")
            .rows(view.addresses.iter().map(|entry| {
                let email = entry.email.as_ref().map_or_else(|| "(cleared)".to_owned(), ToString::to_string);
                vec![entry.from.into(), email.into(), entry.source.as_str().into()]
            }));
    answer = answer.table(links).table(addresses).table(note_table(&view.notes));
    answer.closing(match view.closed.as_slice() {
        [] => format!("Every gate of R6 is open. Next: partners why {id}"),
        closed => format!("Closed gates: {}. Next: partners why {id}", codes(closed).join(", ")),
    })
}

fn referral_table(view: &PartnerView) -> Table {
    let columns = vec![
        Column::text("account_id"),
        Column::text("name"),
        Column::text("email"),
        Column::day("opened_on"),
        Column::text("evidence"),
        Column::text("remark"),
    ];
    Table::new(columns)
        .title("Referrals")
        .rows(view.referrals.iter().map(|referral| {
            let remark = match (referral.self_referral, referral.current) {
                (true, _) => "their own, earns nothing (R4.6)",
                (false, false) => "somebody else's now (R4.4)",
                (false, true) => "",
            };
            vec![
                referral.account.as_str().into(),
                referral.name.clone().into(),
                referral.email.clone().into(),
                referral.opened_on.into(),
                referral.evidence.clone().into(),
                remark.into(),
            ]
        }))
        .counted("account", "accounts")
}

fn partner_json(view: &PartnerView) -> Value {
    let mut fields = Map::new();
    fields.insert("partner".into(), view.record.facts.id.as_str().into());
    for (field, value) in &view.fields {
        fields.insert((*field).to_owned(), value.clone().into());
    }
    let rest = json!({
        "date": day(Some(view.date)),
        "balance": money(view.balance, view.currency),
        "currency": view.currency.code(),
        "closed_gates": codes(&view.closed),
        "referrals": view.referrals.iter().map(|referral| json!({
            "account_id": referral.account.as_str(), "email": referral.email, "name": referral.name,
            "opened_on": day(referral.opened_on), "evidence": referral.evidence, "current": referral.current,
            "self_referral": referral.self_referral,
        })).collect::<Vec<_>>(),
        "links": view.links.iter().map(|link| json!({
            "code": link.code, "channel": link.channel.as_str(), "created_on": day(link.created_on),
            "claimed_on": day(link.claimed_on),
        })).collect::<Vec<_>>(),
        "paypal_history": view.addresses.iter().map(|entry| json!({
            "email": entry.email.as_ref().map(ToString::to_string), "from": day(Some(entry.from)),
            "source": entry.source,
        })).collect::<Vec<_>>(),
        "notes": view.notes.iter().map(note_json).collect::<Vec<_>>(),
    });
    if let Value::Object(rest) = rest {
        fields.extend(rest);
    }
    Value::Object(fields)
}

fn listed(lines: &[PartnerLine]) -> Answer {
    let columns = vec![
        Column::text("partner"),
        Column::text("name"),
        Column::text("email"),
        Column::text("status"),
        Column::day("joined_on"),
        Column::text("paypal_email"),
        Column::text("closed_gates"),
    ];
    let table = Table::new(columns)
        .rows(lines.iter().map(|line| {
            vec![
                line.partner.as_str().into(),
                line.name.as_str().into(),
                line.email.as_str().into(),
                line.status.as_str().into(),
                line.joined_on.into(),
                line.paypal_email.clone().into(),
                codes(&line.closed).join(" ").into(),
            ]
        }))
        .counted("partner", "partners")
        .empty("no such partner");
    let partners: Vec<Value> = lines
        .iter()
        .map(|line| {
            json!({
                "partner": line.partner.as_str(), "name": line.name, "email": line.email,
                "status": line.status.as_str(), "joined_on": day(Some(line.joined_on)),
                "paypal_email": line.paypal_email, "closed_gates": codes(&line.closed),
            })
        })
        .collect();
    Answer::new("partners", json!({ "partners": partners })).table(table)
}
