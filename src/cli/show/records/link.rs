//! `link`: codes, whose they are, and what waits for its owner.
//!
//! Floor 6.

use serde_json::{Value, json};

use super::super::{day, money, reader, writer};
use super::{changed, reason};
use crate::cli::args::Link as Asked;
use crate::cli::render::{Answer, Cell, Column, Table};
use crate::cli::settings::Settings;
use crate::cli::{Failure, Output, missing};
use crate::commands::records::{AddLink, LinkFilter, LinkList, Owner, add_link, claim_link, list_links};
use crate::ids::Email;
use crate::import::links::LinkChannel;

/// Does what was asked about links.
///
/// # Errors
/// The store's, the rules'; a flag that is missing where nobody can be asked.
pub fn run(asked: &Asked, settings: &Settings) -> Result<Output, Failure> {
    match asked {
        Asked::Add(asked) => {
            let (to, owner) = match (&asked.to, &asked.owner) {
                (None, None) => choose_owner(settings)?,
                given => (given.0.clone(), given.1.clone()),
            };
            let owner = match (&to, &owner) {
                (Some(partner), _) => Owner::Partner(partner),
                (None, email) => Owner::Email(email.as_deref().unwrap_or_default()),
            };
            let channel = match asked.channel {
                Some(channel) => channel,
                None => choose_channel(settings)?,
            };
            let link = AddLink { code: &asked.code, owner, channel, created_on: asked.created_on };
            Ok(changed(&add_link(writer(settings)?, &link)?).into())
        }
        Asked::Claim(asked) => {
            let to = match &asked.to {
                Some(to) => to.clone(),
                None => missing::partner(settings, "--to", "Which partner gets the link?")?,
            };
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

/// Asks whose a link is: a partner's, or somebody's who is none yet (R4.2).
fn choose_owner(settings: &Settings) -> Result<(Option<String>, Option<String>), Failure> {
    let choices = ["a partner's", "somebody's who is no partner yet"];
    if settings.ui.choose("--to or --owner", "Whose is the link?", &choices)? == 0 {
        Ok((Some(missing::partner(settings, "--to", "Which partner (id, link code or e-mail)?")?), None))
    } else {
        Ok((None, Some(settings.ui.ask("--owner", "The e-mail of the account it was taken from")?)))
    }
}

fn choose_channel(settings: &Settings) -> Result<LinkChannel, Failure> {
    let words: Vec<&str> = LinkChannel::ALL.iter().map(|channel| channel.as_str()).collect();
    let at = settings.ui.choose("--channel", "How does the link travel?", &words)?;
    Ok(LinkChannel::ALL.get(at).copied().unwrap_or(LinkChannel::Other))
}

fn listed(list: &LinkList) -> Answer {
    let columns = vec![
        Column::id("code"),
        Column::id("partner"),
        Column::id("owner_email"),
        Column::id("channel").minor(1),
        Column::day("created_on").minor(2),
        Column::day("claimed_on").minor(3),
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
    // Nobody's link, or of an owner who has none: what somebody who asked for one does next.
    let nobody = list.links.is_empty().then(|| match &list.owner {
        Some(owner) => format!(
            "Next: partners lookup {owner}; a link of theirs is entered by partners link add CODE --owner {owner} \
             --channel C"
        ),
        None => "Next: partners link add CODE --to PARTNER, or --owner EMAIL for one who is none yet".to_owned(),
    });
    let answer = Answer::new(
        "links",
        json!({
            "date": day(Some(list.date)), "currency": list.currency.code(), "links": links,
            "would_have_earned": money(list.waiting, list.currency),
        }),
    )
    .table(table);
    let answer = nobody.into_iter().fold(answer, Answer::closing);
    if unclaimed {
        let mut owners: Vec<&str> = list
            .links
            .iter()
            .filter(|listing| listing.waiting.is_some())
            .filter_map(|listing| listing.link.owner.as_ref().map(Email::as_str))
            .collect();
        owners.dedup();
        let email = match owners.as_slice() {
            [one] => one,
            _ => "E-MAIL",
        };
        answer.closing(format!(
            "An unclaimed link is theirs who sign up with its e-mail (R4.2): \
             partners partner add ID --name \"NAME\" --email {email}"
        ))
    } else {
        answer
    }
}
