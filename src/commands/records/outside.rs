//! `payout record`: money that was paid outside PayPal, by cheque or wire; it settles the oldest money first (R6.6).
//!
//! Floor 5. The payment has happened; the gates are not asked. What is refused is to settle more than is due.

use serde_json::json;

use super::RecordError;
use super::adjustment::balance;
use crate::commands::preview::counting_of;
use crate::dates::Day;
use crate::eligibility::Counting;
use crate::ids::{PartnerId, RunName};
use crate::money::{Currency, Money};
use crate::remark::Remark;
use crate::store::records::OutsidePayment;
use crate::store::{AuditNote, StoreError, Writer};

/// What `payout record` is given.
#[derive(Debug, Clone, Copy)]
pub struct RecordOutside<'a> {
    /// How much was paid.
    pub amount: &'a str,
    /// How: cheque, wire.
    pub method: &'a str,
    /// The bank's or the cheque's reference.
    pub reference: &'a str,
    /// Why not by PayPal.
    pub reason: &'a str,
}

/// What `payout record` did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideRecord {
    /// The settled run that stands for it.
    pub run: RunName,
    /// Who was paid.
    pub partner: PartnerId,
    /// The day it was recorded.
    pub on: Day,
    /// The programme's.
    pub currency: Currency,
    /// How much.
    pub amount: Money,
    /// What it settles, oldest first.
    pub lines: Vec<Counting>,
    /// The balance before.
    pub balance_before: Money,
    /// The balance after.
    pub balance_after: Money,
}

/// Records a payment made outside.
///
/// # Errors
/// More than the balance, an amount that is none, a reference recorded before, no reason.
pub fn record_outside(
    writer: Writer,
    partner: &str,
    given: &RecordOutside<'_>,
) -> Result<OutsideRecord, RecordError> {
    let reason = Remark::reason(given.reason)?;
    let method = Remark::parse(given.method, "method")?;
    let reference = Remark::parse(given.reference, "reference")?;
    let currency = writer.currency();
    let amount = Money::parse(given.amount.trim(), currency)?;
    if !amount.is_positive() {
        return Err(RecordError::refuse_flatly(
            "a payment is more than nothing; give the amount that was paid",
        ));
    }
    let no = writer.find_partner(partner)?;
    let id = writer.partner_record(no)?.facts.id;
    if let Some(run) = writer.recorded_outside(no, reference.as_str())? {
        return Err(RecordError::refuse(
            format!("a payment to {id} with the reference {reference} was recorded before, as {run}"),
            format!("partners payout show {run}; another payment needs a reference of its own"),
        ));
    }
    let on = writer.today_here();
    let balance_before = balance(&writer, no, on)?;
    if amount > balance_before {
        return Err(too_much(&writer, &id, amount, balance_before)?);
    }
    let lines = oldest_first(counting_of(&writer, no, on)?, amount)?;
    let note = format!("{method}, reference {reference}: {reason}");
    let payment = OutsidePayment {
        partner_no: no,
        partner: &id,
        on,
        amount,
        lines: &lines,
        reference: reference.as_str(),
        note: &note,
    };
    let run = writer.record_outside(&payment)?;
    let balance_after = balance(&writer, no, on)?;
    let detail = json!({
        "amount": amount.major(currency), "method": method.as_str(), "reference": reference.as_str(),
        "lines": lines.len(), "balance_before": balance_before.major(currency),
        "balance_after": balance_after.major(currency), "plan_sha256": run.plan_sha256,
    });
    let note = AuditNote::new("payout record", detail)
        .about("partner", id.as_str())
        .about("run", run.name.as_str())
        .because(Some(reason.as_str()));
    writer.commit(&note)?;
    Ok(OutsideRecord {
        run: run.name,
        partner: id,
        on,
        currency,
        amount,
        lines,
        balance_before,
        balance_after,
    })
}

/// Chooses what a payment settles: what is owed uses up the oldest money first (R5.6), then the payment does; the
/// last line only as far as the payment goes. `counting` sums to the amount at least.
fn oldest_first(counting: Vec<Counting>, amount: Money) -> Result<Vec<Counting>, StoreError> {
    let (mut lines, mut positive): (Vec<Counting>, Vec<Counting>) =
        counting.into_iter().partition(|line| line.amount.is_negative());
    // What would lapse first is the oldest; adjustments never lapse and come last.
    positive.sort_by_key(|line| (line.anniversary.is_none(), line.anniversary, line.subject));
    let mut left = amount.minus(Money::sum(lines.iter().map(|line| line.amount))?)?;
    for line in positive {
        if !left.is_positive() {
            break;
        }
        let taken = line.amount.min(left);
        left = left.minus(taken)?;
        lines.push(Counting { amount: taken, ..line });
    }
    Ok(lines)
}

fn too_much(
    writer: &Writer,
    id: &PartnerId,
    amount: Money,
    balance: Money,
) -> Result<RecordError, StoreError> {
    let currency = writer.currency();
    let (amount, balance) = (amount.major(currency), balance.major(currency));
    let said =
        format!("{amount} is more than the balance of {id}, {balance} {currency}; nothing was recorded");
    let next = match writer.run_on_desk()? {
        Some(run) if writer.items(run.no)?.iter().any(|item| item.partner == *id) => format!(
            "run {} ({}) holds money of {id}: if it was paid outside, partners payout cancel {} --reason TEXT first",
            run.name, run.state, run.name
        ),
        Some(_) | None => format!(
            "partners why {id}; what was paid beyond it is an advance: \
             partners adjust {id} AMOUNT --reason TEXT, then record"
        ),
    };
    Ok(RecordError::refuse(said, next))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::parse_day;
    use crate::eligibility::Subject;

    fn line(no: i64, minor: i64, anniversary: Option<&str>) -> Counting {
        let day = anniversary.map(|text| parse_day(text, &crate::dates::Zone::UTC).expect("a date"));
        Counting { subject: Subject::Charge(no), amount: Money::from_minor(minor), anniversary: day }
    }

    #[test]
    fn debts_first_then_the_oldest_money_and_the_last_line_in_part() {
        let counting = vec![
            line(1, 3000, Some("2026-08-01")),
            line(2, 2000, Some("2026-05-01")),
            line(3, -500, None),
            line(4, 1000, None),
        ];
        let taken = |amount: i64| -> Vec<(Subject, i64)> {
            oldest_first(counting.clone(), Money::from_minor(amount))
                .expect("no overflow")
                .iter()
                .map(|line| (line.subject, line.amount.minor()))
                .collect()
        };
        let charge = Subject::Charge;
        assert_eq!(taken(1500), [(charge(3), -500), (charge(2), 2000)]);
        assert_eq!(taken(1501), [(charge(3), -500), (charge(2), 2000), (charge(1), 1)]);
        assert_eq!(taken(5500), [(charge(3), -500), (charge(2), 2000), (charge(1), 3000), (charge(4), 1000)]);
    }
}
