//! `adjust`: an amount that staff add to a partner's balance, or take from it, with a reason (R5.2).
//!
//! Floor 5.

use serde_json::json;

use super::RecordError;
use crate::commands::preview::counting_of;
use crate::dates::Day;
use crate::ids::PartnerId;
use crate::money::{Currency, Money};
use crate::remark::Remark;
use crate::store::{AuditNote, Reader, Writer};

/// What `adjust` is given.
#[derive(Debug, Clone, Copy)]
pub struct Adjust<'a> {
    /// The amount, signed: `12.50`, `-3.00`.
    pub amount: &'a str,
    /// From which day it counts; today when absent.
    pub on: Option<Day>,
    /// Why.
    pub reason: &'a str,
}

/// What `adjust` did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjusted {
    /// The adjustment's id.
    pub id: i64,
    /// Whose.
    pub partner: PartnerId,
    /// The programme's.
    pub currency: Currency,
    /// Signed.
    pub amount: Money,
    /// From which day it counts.
    pub on: Day,
    /// Why.
    pub reason: String,
    /// The balance of the day of entry, before.
    pub balance_before: Money,
    /// And after.
    pub balance_after: Money,
    /// What a person should look at.
    pub warnings: Vec<String>,
}

/// Adjusts a partner's balance.
///
/// # Errors
/// No such partner, an amount of nothing or none, no reason.
pub fn adjust(writer: Writer, partner: &str, given: &Adjust<'_>) -> Result<Adjusted, RecordError> {
    let reason = Remark::reason(given.reason)?;
    let currency = writer.currency();
    let amount = Money::parse(given.amount.trim(), currency)?;
    if amount.is_zero() {
        return Err(RecordError::refuse_flatly("an adjustment of nothing says nothing; give an amount"));
    }
    let no = writer.find_partner(partner)?;
    let id = writer.partner_record(no)?.facts.id;
    let today = writer.today_here();
    let on = given.on.unwrap_or(today);
    let mut warnings = Vec::new();
    if let Some(same) = writer.same_adjustment(no, on, amount, reason.as_str())? {
        warnings.push(format!(
            "adjustment {same} of {id} says exactly the same; if this one is a repeat: \
             partners adjust {id} {} --reason TEXT",
            Money::ZERO.minus(amount)?.major(currency)
        ));
    }
    let balance_before = balance(&writer, no, today)?;
    let number = writer.add_adjustment(no, on, amount, reason.as_str())?;
    let balance_after = balance(&writer, no, today)?;
    if on > today {
        warnings.push(format!("it counts from {on} on (R5.2)"));
    }
    let detail = json!({
        "adjustment": number, "on": on.to_string(), "amount": amount.major(currency),
        "balance_before": balance_before.major(currency), "balance_after": balance_after.major(currency),
    });
    let note = AuditNote::new("adjust", detail).about("partner", id.as_str()).because(Some(reason.as_str()));
    writer.commit(&note)?;
    Ok(Adjusted {
        id: number,
        partner: id,
        currency,
        amount,
        on,
        reason: reason.as_str().to_owned(),
        balance_before,
        balance_after,
        warnings,
    })
}

/// Reckons one partner's balance as of a day (R5.2).
pub(super) fn balance(reader: &Reader, partner_no: i64, as_of: Day) -> Result<Money, RecordError> {
    let counting = counting_of(reader, partner_no, as_of)?;
    Ok(Money::sum(counting.iter().map(|line| line.amount))?)
}
