//! `lookup`: what was found, in sentences for people and in fields for scripts.
//!
//! Floor 6.

use serde_json::{Value, json};

use super::{day, money};
use crate::cli::args::Lookup as Asked;
use crate::cli::render::{Answer, Cell, Column, Format, Table};
use crate::cli::settings::Settings;
use crate::cli::{Exit, Failure, Output};
use crate::commands::lookup::{AccountCard, Ask, Became, Lookup, Mask, Match, Referrer, lookup};
use crate::commission::Verdict;
use crate::dates::Day;
use crate::ids::PartnerId;
use crate::money::{Currency, Money};
use crate::store::CARRYING_ROWS_MAX;

/// Finds what was asked for.
///
/// # Errors
/// The store's.
pub fn run(asked: &Asked, settings: &Settings) -> Result<Output, Failure> {
    let reader = super::last_reader(settings)?;
    let ask = Ask {
        text: &asked.text,
        today: reader.today(settings.now),
        mask: if asked.mask { Mask::On } else { Mask::Off },
    };
    Ok(answer(&lookup(&reader, &ask)?, settings.look.format).into())
}

fn answer(found: &Lookup, format: Format) -> Answer {
    let object = if format == Format::Json { json(found) } else { Value::Null };
    let mut answer = Answer::new("lookup", object).hanging();
    if format == Format::Csv {
        answer = answer.csv(table(found));
    }
    for account in &found.accounts {
        answer.lead.extend(tell_account(account, found.currency));
    }
    answer.lead.extend(tell_others(found));
    for sentence in &found.next {
        answer = answer.closing(sentence.clone());
    }
    if found.cut_short {
        answer =
            answer.closing("There are more names than were compared; an e-mail or an id finds every one.");
    }
    if found.codes_cut_short {
        answer = answer.closing(format!(
            "More accounts carry a code and have no referrer than the {CARRYING_ROWS_MAX} that were looked through for \
             this one; partners attribute --dry-run names every code that no link bears (R4.7)."
        ));
    }
    if found.is_empty() {
        return answer
            .lead(format!("Nothing bears {:?} or anything like it.", found.query))
            .closing(
                "Next: try the e-mail they signed up with, the company's name, or the referrer's link code",
            )
            .exit(Exit::Refused);
    }
    while answer.lead.last().is_some_and(String::is_empty) {
        answer.lead.pop();
    }
    answer
}

fn amount(sum: Money, currency: Currency) -> String {
    format!("{} {currency}", sum.grouped(currency))
}

fn or_unknown(day: Option<Day>) -> String {
    day.map_or_else(|| "on an unknown day".to_owned(), |day| day.to_string())
}

fn heading(kind: &str, matched: Match, id: &str, rest: &[Option<&str>]) -> String {
    let near = if matched == Match::Near { " (near)" } else { "" };
    let rest: Vec<&str> = rest.iter().copied().flatten().collect();
    if rest.is_empty() {
        format!("{kind} {id}{near}")
    } else {
        format!("{kind} {id}{near}: {}", rest.join(", "))
    }
}

fn tell_account(account: &AccountCard, cur: Currency) -> Vec<String> {
    let (name, email) = (account.name.as_deref(), account.email.as_deref());
    let mut lines = vec![heading("Account", account.matched, account.account_id.as_str(), &[name, email])];
    let closed = account.closed_on.map_or_else(String::new, |day| format!(", closed {day}"));
    let ends = account
        .refund_period_ends_on
        .map_or_else(String::new, |day| format!("; its refund period ends {day} (R3.1)"));
    lines.push(format!("  opened {}{closed}{ends}", or_unknown(account.opened_on)));
    if let Some(referrer) = &account.referrer {
        lines.extend(tell_referrer(referrer));
        let sums = &account.commission;
        let told = [
            ("paid", sums.paid),
            ("in a run", sums.taken),
            ("counting", sums.eligible),
            ("in the refund period", sums.in_refund_period),
            ("withheld", sums.withheld),
            ("lapsed", sums.lapsed),
            ("unclaimed", sums.unclaimed),
        ];
        let told: Vec<String> = told
            .iter()
            .filter(|(_, sum)| !sum.is_zero())
            .map(|(what, sum)| format!("{what} {}", amount(*sum, cur)))
            .collect();
        let told = if told.is_empty() { "none yet".to_owned() } else { told.join(", ") };
        lines.push(format!("  commission: {told}"));
    }
    if let Some(nobody) = &account.no_referrer {
        lines.push("  no referrer is credited:".to_owned());
        lines.extend(nobody.reasons.iter().map(|reason| format!("    {reason}")));
        lines.push(format!("  what would settle it: {}", nobody.remedy));
        lines.push(format!("    {}", nobody.command));
    }
    if account.charges.is_empty() {
        lines.push("  no charges yet".to_owned());
    } else {
        lines.push(match account.charge_count {
            1 => "  its one charge:".to_owned(),
            all if all == account.charges.len() => format!("  its {all} charges:"),
            all => format!("  the last {} of its {all} charges:", account.charges.len()),
        });
        lines.extend(account.charges.iter().map(tell_charge));
    }
    lines.push(String::new());
    lines
}

fn tell_referrer(referrer: &Referrer) -> Vec<String> {
    let who = match (&referrer.partner, &referrer.name) {
        (Some(id), Some(name)) => format!("{id} ({name})"),
        (Some(id), None) => id.0.clone(),
        (None, _) => "a link that nobody has claimed".to_owned(),
    };
    vec![
        format!(
            "  referred by {who} since {}; evidence: {} (decided {})",
            or_unknown(referrer.since),
            evidence(referrer),
            referrer.decided_on
        ),
        format!("    {}", referrer.next),
    ]
}

/// Names the evidence once: most of it says itself whether it is a code or a referral.
fn evidence(referrer: &Referrer) -> String {
    if referrer.words.starts_with(&referrer.evidence) {
        referrer.words.clone()
    } else {
        format!("{}, {}", referrer.evidence, referrer.words)
    }
}

fn tell_charge(charge: &Became) -> String {
    format!(
        "    {}  {}  {} of {}, {}: {}",
        charge.billed_on,
        charge.charge_id,
        charge.kind,
        amount(charge.amount, charge.currency),
        charge.status,
        charge.text
    )
}

fn tell_others(found: &Lookup) -> Vec<String> {
    let mut lines = Vec::new();
    for partner in &found.partners {
        let rest = [Some(partner.name.as_str()), Some(partner.email.as_str()), Some(partner.status.as_str())];
        lines.push(heading("Partner", partner.matched, partner.partner.as_str(), &rest));
        lines.push(format!("  partners why {} tells what is paid when", partner.partner));
    }
    for link in &found.links {
        let whose = match (&link.partner, &link.owner_email) {
            (Some(partner), _) => format!("partner {partner}'s"),
            (None, Some(owner)) => {
                format!("nobody's yet; it waits for {owner} to sign up as a partner (R4.2)")
            }
            (None, None) => "nobody's yet (R4.2)".to_owned(),
        };
        lines.push(heading("Link", link.matched, &link.code, &[Some(&whose)]));
        if let Some(command) = &link.command {
            lines.push(format!("  once they want to be paid: {command}"));
            if let Some(owner) = &link.owner_email {
                lines.push(format!("  partners link list --owner {owner} tells what it would have earned"));
            }
        }
    }
    for referral in &found.referrals {
        let whose = referral.partner.as_ref().map(|partner| format!("partner {partner}'s"));
        let on = format!("of {}", referral.referred_on);
        let by = format!("by code {}", referral.code);
        let rest = [Some(on.as_str()), Some(by.as_str()), whose.as_deref()];
        lines.push(heading("Referral record for", referral.matched, &referral.email, &rest));
    }
    lines
}

fn json(found: &Lookup) -> Value {
    json!({
        "query": found.query,
        "accounts": found.accounts.iter().map(|account| account_json(account, found.currency)).collect::<Vec<_>>(),
        "partners": found.partners.iter().map(|partner| json!({
            "partner": partner.partner.as_str(), "name": partner.name, "email": partner.email,
            "status": partner.status.as_str(), "match": partner.matched.as_str(),
        })).collect::<Vec<_>>(),
        "referrals": found.referrals.iter().map(|referral| json!({
            "email": referral.email, "code": referral.code, "referred_on": referral.referred_on.to_string(),
            "partner": referral.partner.as_ref().map(PartnerId::as_str),
            "match": referral.matched.as_str(),
        })).collect::<Vec<_>>(),
        "links": found.links.iter().map(|link| json!({
            "code": link.code, "partner": link.partner.as_ref().map(PartnerId::as_str),
            "owner_email": link.owner_email, "command": link.command, "match": link.matched.as_str(),
        })).collect::<Vec<_>>(),
        "next": found.next, "date": found.date.to_string(), "currency": found.currency.code(),
        "cut_short": found.cut_short || found.codes_cut_short,
    })
}

fn account_json(account: &AccountCard, cur: Currency) -> Value {
    let referrer = account.referrer.as_ref();
    let sums = &account.commission;
    json!({
        "account_id": account.account_id.as_str(), "email": account.email, "name": account.name,
        "opened_on": day(account.opened_on), "closed_on": day(account.closed_on),
        "partner": referrer.and_then(|referrer| referrer.partner.as_ref()).map(PartnerId::as_str),
        "evidence": referrer.map(|referrer| referrer.evidence.as_str()),
        "since": day(referrer.and_then(|referrer| referrer.since)),
        "commission": {
            "paid": money(sums.paid, cur), "eligible": money(sums.eligible, cur),
            "in_refund_period": money(sums.in_refund_period, cur), "withheld": money(sums.withheld, cur),
            "taken": money(sums.taken, cur), "lapsed": money(sums.lapsed, cur),
            "unclaimed": money(sums.unclaimed, cur),
        },
        "refund_period_ends_on": day(account.refund_period_ends_on), "match": account.matched.as_str(),
        "referrer": referrer.map(|referrer| json!({
            "name": referrer.name, "evidence": referrer.words, "decided_on": referrer.decided_on.to_string(),
            "self_referral": referrer.self_referral, "next": referrer.next,
        })),
        "no_referrer": account.no_referrer.as_ref().map(|nobody| json!({
            "reasons": nobody.reasons, "lock_ends_on": day(nobody.lock_ends_on),
            "within_lock": nobody.within_lock, "remedy": nobody.remedy, "command": nobody.command,
        })),
        "charges": account.charges.iter().map(|charge| json!({
            "charge_id": charge.charge_id.as_str(), "billed_on": charge.billed_on.to_string(),
            "collected_on": day(charge.collected_on), "kind": charge.kind.as_str(),
            "status": charge.status.as_str(), "amount": money(charge.amount, charge.currency),
            "currency": charge.currency.code(), "due": charge.due.map(|due| money(due, cur)),
            "verdict": charge.verdict.map(Verdict::as_str), "run": charge.run, "text": charge.text,
        })).collect::<Vec<_>>(),
        "charge_count": account.charge_count,
    })
}

fn table(found: &Lookup) -> Table {
    let cur = found.currency;
    Table::new(vec![
        Column::id("kind"),
        Column::id("match"),
        Column::id("id"),
        Column::text("name"),
        Column::id("email"),
        Column::id("partner"),
        Column::id("evidence"),
        Column::day("since"),
        Column::day("opened_on"),
        Column::day("closed_on"),
        Column::day("refund_period_ends_on"),
        Column::money("paid"),
        Column::money("eligible"),
        Column::money("in_refund_period"),
        Column::money("withheld"),
    ])
    .rows(found.accounts.iter().map(|account| {
        let referrer = account.referrer.as_ref();
        let sums = &account.commission;
        vec![
            "account".into(),
            account.matched.as_str().into(),
            account.account_id.as_str().into(),
            account.name.clone().into(),
            account.email.clone().into(),
            referrer.and_then(|one| one.partner.as_ref()).map(PartnerId::as_str).into(),
            referrer.map(|one| one.evidence.as_str()).into(),
            referrer.and_then(|one| one.since).into(),
            account.opened_on.into(),
            account.closed_on.into(),
            account.refund_period_ends_on.into(),
            Cell::Money(sums.paid, cur),
            Cell::Money(sums.eligible, cur),
            Cell::Money(sums.in_refund_period, cur),
            Cell::Money(sums.withheld, cur),
        ]
    }))
    .rows(found.partners.iter().map(|partner| {
        let cells =
            ["partner", partner.matched.as_str(), partner.partner.as_str(), &partner.name, &partner.email];
        padded(cells.map(Cell::from).to_vec())
    }))
    .rows(found.links.iter().map(|link| {
        let mut cells: Vec<Cell> = ["link", link.matched.as_str(), &link.code].map(Cell::from).to_vec();
        cells.extend([Cell::Blank, link.owner_email.clone().into()]);
        cells.push(link.partner.as_ref().map(PartnerId::as_str).into());
        padded(cells)
    }))
    .rows(found.referrals.iter().map(|referral| {
        let mut cells: Vec<Cell> =
            ["referral", referral.matched.as_str(), &referral.code].map(Cell::from).to_vec();
        cells.extend([Cell::Blank, referral.email.as_str().into()]);
        cells.extend([referral.partner.as_ref().map(PartnerId::as_str).into(), Cell::Blank]);
        cells.push(referral.referred_on.into());
        padded(cells)
    }))
}

/// Fills a row up: only accounts have all of the columns.
fn padded(mut cells: Vec<Cell>) -> Vec<Cell> {
    cells.resize(15, Cell::Blank);
    cells
}
