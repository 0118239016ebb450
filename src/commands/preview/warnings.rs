//! What a person should look at before a run is drafted: none of it blocks (R5.8, R6.4, PROMISES 9).
//!
//! Floor 5. Warnings about many partners at once are one warning, so that a real one is not lost among them.

use std::collections::BTreeMap;

use super::{Preview, Scope, Warning};
use crate::dates::{next_payday, plus_days, weekday_name};
use crate::eligibility::RunKind;
use crate::ids::EmailKey;
use crate::import::tally::Sum;
use crate::money::{Currency, Money};
use crate::partner::{address_hint, is_reserved_domain};
use crate::store::{Contradiction, RESTORED_AT, Reader, StoreError};
use crate::text::counted;

/// How far ahead a lapse is warned about (R5.8).
const LAPSE_WARNING_DAYS: u32 = 30;
/// How many times the largest earlier payment is unusual (PROMISES 9).
const UNUSUAL_FACTOR: i64 = 3;
/// Partners named in a warning about many.
const NAMED_MAX: usize = 5;

/// Adds every warning to a preview.
pub(super) fn add(preview: &mut Preview, reader: &Reader, scope: &Scope) -> Result<(), StoreError> {
    let mut all: Vec<Warning> = of_restoration(reader)?.into_iter().collect();
    all.extend(of_day(preview, reader, scope));
    // What was paid before matters only to somebody who would be paid now.
    if !preview.payable.is_empty() {
        all.extend(of_addresses(preview));
        all.extend(of_changed_addresses(preview, reader)?);
        all.extend(of_amounts(preview, reader)?);
    }
    all.extend(of_lapses(preview));
    all.extend(of_contradictions(reader)?);
    let untied = reader.count_untied()?;
    if untied > 0 {
        all.push(Warning {
            code: "untied_accounts",
            subject: untied.to_string(),
            text: format!(
                "{} no referrer yet; partners attribute ties what it can",
                counted(untied, "account carries a code and has", "accounts carry a code and have")
            ),
        });
    }
    all.extend(of_lines_of_no_kind(preview, reader)?);
    preview.warnings = all;
    Ok(())
}

/// Warns of lines that nobody has classified: they earn nothing until somebody decides (R2.1).
fn of_lines_of_no_kind(preview: &Preview, reader: &Reader) -> Result<Vec<Warning>, StoreError> {
    let warning = |(currency, sum): (Option<Currency>, Sum)| {
        let currency = currency.unwrap_or(preview.currency);
        Warning {
            code: "unclassified",
            subject: sum.rows.to_string(),
            text: format!(
                "{} of no kind and {} nothing until somebody decides, {} {currency} in all: partners report undecided \
                 (R2.1)",
                counted(sum.rows, "charge is", "charges are"),
                if sum.rows == 1 { "earns" } else { "earn" },
                sum.amount.grouped(currency)
            ),
        }
    };
    Ok(reader.unclassified()?.into_iter().map(warning).collect())
}

/// Warns of a database that was put back: what is payable by its books may have been paid since (PROMISES 24).
fn of_restoration(reader: &Reader) -> Result<Option<Warning>, StoreError> {
    Ok(reader.meta(RESTORED_AT)?.map(|restored| Warning {
        code: "restored",
        subject: restored.clone(),
        text: format!(
            "this database was restored from a copy at {restored}; runs since that copy may have been paid, and no \
             run is approved or leaves until they are reconciled: partners restore --help (R8)"
        ),
    }))
}

/// Warns of a day on which no regular run is dated, and of lapses that no run would make (R7.1).
fn of_day(preview: &Preview, reader: &Reader, scope: &Scope) -> Vec<Warning> {
    let (date, payday) = (scope.date, reader.policy(scope.date).payday);
    let subject = date.to_string();
    if next_payday(date, payday) != date {
        let day = weekday_name(payday);
        let text = format!(
            "{date} is no {day}: only an off-cycle run can be dated so, and it writes nothing off (R7.1)"
        );
        return vec![Warning { code: "not_a_payday", subject, text }];
    }
    if scope.kind == RunKind::Regular && preview.payable.is_empty() && !preview.lapsing.is_empty() {
        let text = "nobody is payable, so there would be no run and nothing would lapse (R7.1)".to_owned();
        return vec![Warning { code: "nobody_payable", subject, text }];
    }
    Vec::new()
}

/// Warns of doubtful addresses; those at reserved domains in one warning (R6.4).
fn of_addresses(preview: &Preview) -> Vec<Warning> {
    let mut hints: BTreeMap<&str, Option<String>> = BTreeMap::new();
    let mut all = Vec::new();
    let mut reserved: Vec<&str> = Vec::new();
    for row in &preview.payable {
        let Some((_, domain)) = row.paypal_email.rsplit_once('@') else { continue };
        let hint = hints.entry(domain).or_insert_with(|| address_hint(&row.paypal_email));
        if is_reserved_domain(domain) {
            reserved.push(row.partner.as_str());
        } else if let Some(hint) = hint {
            let text = format!("the PayPal address {} of {}: {hint} (R6.4)", row.paypal_email, row.name);
            all.push(Warning { code: "address_doubtful", subject: row.partner.0.clone(), text });
        }
    }
    if !reserved.is_empty() {
        let text = format!(
            "PayPal addresses at domains that belong to nobody, such as example.com: {} (R6.4)",
            some_of(&reserved)
        );
        all.push(Warning { code: "address_reserved", subject: reserved.len().to_string(), text });
    }
    all
}

/// Warns of payees whose address is another than that of their last payment, old and new (R6.4): what was entered
/// between, or long ago and never paid to, changes nothing about that.
fn of_changed_addresses(preview: &Preview, reader: &Reader) -> Result<Vec<Warning>, StoreError> {
    let mut all = Vec::new();
    for row in &preview.payable {
        let Some(old) = reader.last_sent_to(row.partner_no)? else { continue };
        if EmailKey::of(&old) == EmailKey::of(&row.paypal_email) {
            continue;
        }
        let text = format!(
            "the PayPal address of {} was changed since the last run that paid them: {old} -> {} (R6.4)",
            row.name, row.paypal_email
        );
        all.push(Warning { code: "address_changed", subject: row.partner.0.clone(), text });
    }
    Ok(all)
}

/// Warns of first payments and of amounts far above a partner's largest (PROMISES 9), once anybody has been paid.
fn of_amounts(preview: &Preview, reader: &Reader) -> Result<Vec<Warning>, StoreError> {
    let largest = reader.largest_payments()?;
    if largest.is_empty() {
        return Ok(Vec::new());
    }
    let (mut all, mut first): (Vec<Warning>, Vec<&str>) = (Vec::new(), Vec::new());
    for row in &preview.payable {
        let amount = row.payable.amount();
        let Some(before) = largest.get(&row.partner_no) else {
            first.push(row.partner.as_str());
            continue;
        };
        let usual = before.minor().checked_mul(UNUSUAL_FACTOR).map_or(*before, Money::from_minor);
        if amount > usual {
            let text = format!(
                "{} {} for {} is more than {UNUSUAL_FACTOR} times their largest payment so far, {}",
                amount.grouped(preview.currency),
                preview.currency,
                row.name,
                before.grouped(preview.currency)
            );
            all.push(Warning { code: "unusual_amount", subject: row.partner.0.clone(), text });
        }
    }
    if !first.is_empty() {
        let text = format!("paid for the first time: {}", some_of(&first));
        all.push(Warning { code: "first_payment", subject: first.len().to_string(), text });
    }
    Ok(all)
}

/// Warns of what lapses within 30 days unless the minimum is reached (R5.8).
fn of_lapses(preview: &Preview) -> Vec<Warning> {
    let soon = plus_days(preview.date, LAPSE_WARNING_DAYS);
    let currency = preview.currency;
    preview
        .waiting
        .iter()
        .filter_map(|row| {
            let next = row.next_lapse.filter(|next| next.on <= soon)?;
            let text = format!(
                "{} {currency} of {} lapse {} {} unless the minimum is reached (R5.4)",
                next.amount.grouped(currency),
                row.partner,
                if next.is_overdue { "on" } else { "after" },
                next.on
            );
            Some(Warning { code: "lapses_soon", subject: row.partner.0.clone(), text })
        })
        .collect()
}

/// Warns of payments of which PayPal's last word contradicts the books, as long as nobody has answered it (R6.7).
fn of_contradictions(reader: &Reader) -> Result<Vec<Warning>, StoreError> {
    let open =
        reader.contradictions()?.into_iter().filter(|found| found.partner_waits || !found.state.is_final());
    let warning = |found: Contradiction| Warning {
        code: "paypal_contradicts",
        subject: found.partner.0.clone(),
        text: format!(
            "item {} of {} is {} here, and PayPal says {:?}: look at partners payout show {} before anybody is \
             paid for it again \
             (R6.7)",
            found.item, found.partner, found.state, found.word, found.run
        ),
    };
    Ok(open.map(warning).collect())
}

/// Names the first few of many.
fn some_of(names: &[&str]) -> String {
    let named: Vec<&str> = names.iter().copied().take(NAMED_MAX).collect();
    let more = names.len().saturating_sub(NAMED_MAX);
    if more == 0 { named.join(", ") } else { format!("{} and {more} more", named.join(", ")) }
}
