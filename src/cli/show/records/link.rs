//! `link`: codes, whose they are, and what waits for its owner.
//!
//! Floor 6.

use serde_json::{Value, json};

use super::super::{day, money, reader, writer};
use super::{changed, given, reason};
use crate::cli::args::Link as Asked;
use crate::cli::render::{Answer, Cell, Column, Table};
use crate::cli::settings::Settings;
use crate::cli::{Failure, Output};
use crate::commands::records::{AddLink, LinkFilter, LinkList, Owner, add_link, claim_link, list_links};
use crate::import::links::LinkChannel;

/// Does what was asked about links.
///
/// # Errors
/// The store's, the rules'; a flag that is missing where nobody can be asked.
pub fn run(asked: &Asked, settings: &Settings) -> Result<Output, Failure> {
    match asked {
        Asked::Add(asked) => {
            let owner = match (&asked.to, &asked.owner) {
                (Some(partner), _) => Owner::Partner(partner),
                (None, Some(email)) => Owner::Email(email),
                (None, None) => return Err(Failure::usage("missing_flag", "--to or --owner is needed")),
            };
            let channel = match asked.channel {
                Some(channel) => channel,
                None => choose_channel(settings)?,
            };
            let link = AddLink { code: &asked.code, owner, channel, created_on: asked.created_on };
            Ok(changed(&add_link(writer(settings)?, &link)?).into())
        }
        Asked::Claim(asked) => {
            let to = given(settings, asked.to.as_ref(), "--to", "Which partner gets the link?")?;
            let why = reason(settings, asked.reason.as_ref())?;
            Ok(changed(&claim_link(writer(settings)?, &asked.code, &to, &why)?).into())
        }
        Asked::List(asked) => {
            let reader = reader(settings)?;
            let filter = LinkFilter {
                owner: asked.owner.as_deref(),
                partner: asked.partner.as_deref(),
                unclaimed: asked.unclaimed,
            };
            Ok(listed(&list_links(&reader, reader.today(settings.now), &filter)?).into())
        }
    }
}

fn choose_channel(settings: &Settings) -> Result<LinkChannel, Failure> {
    let words: Vec<&str> = LinkChannel::ALL.iter().map(|channel| channel.as_str()).collect();
    let at = settings.ui.choose("--channel", "How does the link travel?", &words)?;
    Ok(LinkChannel::ALL.get(at).copied().unwrap_or(LinkChannel::Other))
}

fn listed(list: &LinkList) -> Answer {
    let columns = vec![
        Column::text("code"),
        Column::text("partner"),
        Column::text("owner_email"),
        Column::text("channel"),
        Column::day("created_on"),
        Column::day("claimed_on"),
        Column::count("accounts"),
        Column::money("would_have_earned"),
    ];
    let mut table = Table::new(columns)
        .rows(list.links.iter().map(|listing| {
            let link = &listing.link;
            vec![
                link.code.as_str().into(),
                link.partner.as_ref().map_or("(unclaimed)", |(_, id)| id.as_str()).into(),
                link.owner.as_ref().map(ToString::to_string).into(),
                link.channel.as_str().into(),
                link.created_on.into(),
                link.claimed_on.into(),
                listing.waiting.map(|waiting| waiting.accounts).into(),
                listing.waiting.map_or(Cell::Blank, |waiting| Cell::Money(waiting.due, list.currency)),
            ]
        }))
        .counted("link", "links")
        .empty("no such link");
    let unclaimed = list.links.iter().any(|listing| listing.waiting.is_some());
    if unclaimed {
        let mut totals = vec![Cell::from("total")];
        totals.resize(7, Cell::Blank);
        totals.push(Cell::Money(list.waiting, list.currency));
        table = table.totals(totals);
    }
    let links: Vec<Value> = list
        .links
        .iter()
        .map(|listing| {
            let link = &listing.link;
            json!({
                "code": link.code, "partner": link.partner.as_ref().map(|(_, id)| id.as_str()),
                "owner_email": link.owner.as_ref().map(ToString::to_string), "channel": link.channel.as_str(),
                "created_on": day(link.created_on), "claimed_on": day(link.claimed_on),
                "accounts": listing.waiting.map(|waiting| waiting.accounts),
                "would_have_earned": listing.waiting.map(|waiting| money(waiting.due, list.currency)),
            })
        })
        .collect();
    let answer = Answer::new(
        "links",
        json!({
            "date": day(Some(list.date)), "currency": list.currency.code(), "links": links,
            "would_have_earned": money(list.waiting, list.currency),
        }),
    )
    .table(table);
    if unclaimed {
        answer.closing(
            "An unclaimed link is theirs who sign up with its e-mail (R4.2): \
             partners partner add ID --name NAME --email E-MAIL",
        )
    } else {
        answer
    }
}
