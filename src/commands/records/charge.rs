//! `charge show`, `charge resolve`: a charge, and staff's word on one that billing left open (R3.4).
//!
//! Floor 5.

use super::{Change, Outcome, RecordError, past_day};
use crate::commission::{Assessed, Refund, Status, earnings};
use crate::dates::Day;
use crate::ids::{ChargeId, PartnerId};
use crate::money::{Currency, Money};
use crate::remark::Remark;
use crate::store::records::{AccountTie, ChargeRecord, Note, Resolution};
use crate::store::{ChargeLine, Reader, RefundRecord, StoreError, Writer};
use crate::text::counted;
use crate::words;

words!(
    /// What staff may say of a charge that billing left open.
    Ruling, "ruling" {
        /// Its money came in after all.
        Paid = "paid",
        /// It was cancelled.
        Voided = "voided",
        /// It was given up.
        WriteOff = "write_off",
        /// Staff's word is taken back; billing's holds again.
        Open = "open",
    }
);

/// Everything on file about a charge.
#[derive(Debug, Clone)]
pub struct ChargeView {
    /// The charge, with staff's decision.
    pub record: ChargeRecord,
    /// The programme's, where the charge names none.
    pub currency: Currency,
    /// What went back to the customer, each with its day (R2.4).
    pub refunds: Vec<Refund>,
    /// Refunds and disputes that came as rows of their own, whether or not they count.
    pub refund_rows: Vec<RefundRecord>,
    /// What it earns, for each partner it concerns or concerned.
    pub earnings: Vec<ChargeEarning>,
    /// Who referred its account.
    pub ties: Vec<AccountTie>,
    /// Staff's remarks.
    pub notes: Vec<Note>,
}

/// What a charge earns one partner, and what runs did with it.
#[derive(Debug, Clone)]
pub struct ChargeEarning {
    /// The partner; none while nobody has claimed the link (R4.2).
    pub partner: Option<PartnerId>,
    /// As of the day: due, open, and the verdict.
    pub judged: Assessed,
    /// What runs settled (R5.1).
    pub settled: Money,
    /// The lines of runs, live or not, in the order of entry.
    pub lines: Vec<ChargeLine>,
}

/// Shows a charge, judged as of a day.
///
/// # Errors
/// No such charge.
pub fn show_charge(reader: &Reader, charge: &str, today: Day) -> Result<ChargeView, RecordError> {
    let rows = reader.refund_rows_of(charge.trim())?;
    let record = match reader.charge_record(&ChargeId(charge.trim().to_owned())) {
        Err(StoreError::Unknown { .. }) if !rows.is_empty() => {
            let waiting = counted(rows.len(), "refund of it waits", "refunds of it wait");
            return Err(StoreError::Refused(format!(
                "there is no charge {:?} yet, and {waiting} until it comes: partners report undecided",
                charge.trim()
            ))
            .into());
        }
        found => found?,
    };
    let account = reader.account_record(&record.account)?;
    let (mut refunds, mut earned) = (Vec::new(), Vec::new());
    if let Some(book) = reader.account_loader()?.load(record.account.as_str())? {
        let partners = reader.partners()?;
        let policy = reader.policy(today);
        let lines = book.lines_of(record.no).to_vec();
        for earning in earnings(&book.facts, reader.policies(), &partners, |no| book.settled_of(no))? {
            let Some(charge) = book.facts.charges.get(earning.charge) else { continue };
            if charge.no != record.no {
                continue;
            }
            let settled = &earning.settled;
            let judged =
                earning.schedule.assess(settled, today, policy.books_open_on, policy.accrual_months)?;
            earned.push(ChargeEarning {
                partner: earning.partner.and_then(|no| partners.get(no)).map(|partner| partner.id.clone()),
                judged,
                settled: settled.total().map_err(StoreError::from)?,
                lines: lines
                    .iter()
                    .filter(|line| Some(line.partner_no) == earning.partner)
                    .cloned()
                    .collect(),
            });
        }
        if let Some(charge) = book.facts.charges.iter().find(|one| one.no == record.no) {
            refunds.clone_from(&charge.refunds);
        }
    }
    Ok(ChargeView {
        refunds,
        refund_rows: rows,
        earnings: earned,
        currency: record.currency.unwrap_or(reader.currency()),
        ties: reader.account_ties(account.no)?,
        notes: reader.notes(Some(&format!("charge:{}", record.id)))?,
        record,
    })
}

/// What `charge resolve` is given.
#[derive(Debug, Clone, Copy)]
pub struct Resolve<'a> {
    /// What became of it.
    pub ruling: Ruling,
    /// The day its money came in, for `paid`; today when absent.
    pub collected_on: Option<Day>,
    /// Why.
    pub reason: &'a str,
}

/// Decides what became of a charge that billing left open; it stands until billing says something else (R3.4).
///
/// # Errors
/// No such charge, one that billing has settled itself, a day beside another ruling than `paid`.
pub fn resolve_charge(writer: Writer, charge: &str, given: &Resolve<'_>) -> Result<Outcome, RecordError> {
    let reason = Remark::reason(given.reason)?;
    let before = writer.charge_record(&ChargeId(charge.trim().to_owned()))?;
    let after = plan(&writer, &before, given.ruling, given.collected_on, &reason)?;
    let outcome = Outcome::of("charge", before.id.as_str(), changes(&before, after.as_ref()));
    if outcome.is_unchanged() {
        return Ok(outcome);
    }
    writer.resolve_charge(&before, after.as_ref())?;
    outcome.save_about(
        writer,
        "charge resolve",
        Some(reason.as_str()),
        &[("account", before.account.as_str())],
    )
}

fn plan(
    writer: &Writer,
    before: &ChargeRecord,
    ruling: Ruling,
    collected_on: Option<Day>,
    reason: &Remark,
) -> Result<Option<Resolution>, RecordError> {
    let dated = collected_on.is_some();
    let status = match ruling {
        Ruling::Open => return Ok(None),
        Ruling::Paid => Status::Paid,
        Ruling::Voided => Status::Voided,
        Ruling::WriteOff => Status::WriteOff,
    };
    match before.status {
        Status::Collections | Status::Pending | Status::Declined => {}
        Status::Paid
        | Status::Refunded
        | Status::PartiallyRefunded
        | Status::Chargeback
        | Status::Voided
        | Status::WriteOff => {
            return Err(RecordError::refuse(
                format!(
                    "billing itself says that charge {} is {}; staff decide only what billing left open (R3.4)",
                    before.id, before.status
                ),
                format!("partners charge show {}; a correction comes with the next billing file", before.id),
            ));
        }
    }
    if dated && ruling != Ruling::Paid {
        return Err(RecordError::refuse_flatly(format!(
            "--collected-on belongs to --as paid; nothing is collected of a charge that is {status}"
        )));
    }
    let collected_on: Option<Day> = match ruling {
        Ruling::Paid => Some(past_day(writer, collected_on, "the day of collection")?),
        Ruling::Voided | Ruling::WriteOff | Ruling::Open => None,
    };
    Ok(Some(Resolution { status, over: before.status, collected_on, reason: reason.as_str().to_owned() }))
}

/// Compares what holds before and after: staff's word where there is one, else billing's.
fn changes(before: &ChargeRecord, after: Option<&Resolution>) -> Vec<Change> {
    let holding = |resolution: Option<&Resolution>| match resolution {
        Some(decided) => (decided.status, decided.collected_on.or(before.collected_on)),
        None => (before.status, before.collected_on),
    };
    let (old, new) = (holding(before.resolution.as_ref()), holding(after));
    let day = |day: Option<Day>| day.map(|day| day.to_string());
    let mut changes = Vec::new();
    if old.0 != new.0 {
        let (old, new) = (Some(old.0.to_string()), Some(new.0.to_string()));
        changes.push(Change { field: "status".to_owned(), old, new });
    }
    if old.1 != new.1 {
        changes.push(Change { field: "collected_on".to_owned(), old: day(old.1), new: day(new.1) });
    }
    changes
}
