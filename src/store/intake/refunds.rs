//! Refunds that are rows of their own: kept as they come, and applied to their charge when both are there.
//!
//! Floor 4. Every row is kept once; what counts is made afresh from all rows of the charge and what billing told as a
//! total (`import::refund_rows`), so that no order of files and rows matters. A charge with such rows keeps what was
//! told apart, in `told_refunds`; of any other charge that is `refunds` itself.

use rusqlite::{OptionalExtension, Row, params};

use super::{Intake, IntakeError};
use crate::commission::Refund;
use crate::dates::to_stored;
use crate::import::SetAside;
use crate::import::cells::Fault;
use crate::import::groups::{Groups, Version};
use crate::import::refund_rows::{Counted, RefundRow, counted};
use crate::import::sorter::Sorter;
use crate::import::tally::Fate;
use crate::money::{Currency, Money};
use crate::store::rows::{Stored, stored};
use crate::store::{StoreError, Writer};

const ANY: &str = "SELECT EXISTS (SELECT 1 FROM refund_rows)";
const ROWS: &str = "SELECT refund_id, source, undoes, on_day, amount_cents, currency FROM refund_rows
    WHERE charge_id = ?1";
const DROP: &str = "DELETE FROM refund_rows WHERE refund_id = ?1";
const FIND: &str = "SELECT charge_id, source, undoes, on_day, amount_cents, currency FROM refund_rows
    WHERE refund_id = ?1";
const ADD: &str =
    "INSERT INTO refund_rows (refund_id, charge_id, source, undoes, on_day, amount_cents, currency)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const TOLD: &str =
    "SELECT told_no, on_day, amount_cents FROM told_refunds WHERE charge_no = ?1 ORDER BY told_no";
const FORGET_TOLD: &str = "DELETE FROM told_refunds WHERE charge_no = ?1";
const ADD_TOLD: &str = "INSERT INTO told_refunds (charge_no, on_day, amount_cents) VALUES (?1, ?2, ?3)";
const COUNTING: &str =
    "SELECT refund_no, on_day, amount_cents FROM refunds WHERE charge_no = ?1 ORDER BY refund_no";
const FORGET: &str = "DELETE FROM refunds WHERE charge_no = ?1";
const COUNT: &str =
    "INSERT INTO refunds (charge_no, on_day, amount_cents, refund_id) VALUES (?1, ?2, ?3, ?4)";
const CHARGE: &str = "SELECT charge_no, account_id, amount_cents, currency FROM charges WHERE charge_id = ?1";
const SUM: &str = "UPDATE charges SET refunded_cents = ?2 WHERE charge_no = ?1";

/// A charge as far as its refunds are concerned.
pub(super) struct Refunded<'a> {
    pub(super) no: i64,
    pub(super) charge_id: &'a str,
    pub(super) amount: Money,
    pub(super) currency: Option<Currency>,
}

/// A stored refund row, with its texts.
struct Kept {
    refund_id: String,
    charge_id: String,
    source: String,
    undoes: bool,
    on: crate::dates::Day,
    amount: Money,
    currency: Option<Currency>,
}

impl Kept {
    fn row(&self) -> RefundRow<'_> {
        RefundRow {
            refund_id: &self.refund_id,
            charge_id: &self.charge_id,
            source: &self.source,
            undoes: self.undoes,
            on: self.on,
            amount: self.amount,
            currency: self.currency,
        }
    }
}

fn read_kept(row: &Row<'_>, ids: (Option<&str>, Option<&str>)) -> Result<Kept, StoreError> {
    let row = Stored { table: "refund_rows", row };
    let first: String = row.get(0)?;
    let id = |given: Option<&str>| given.map_or_else(|| first.clone(), str::to_owned);
    Ok(Kept {
        refund_id: id(ids.0),
        charge_id: id(ids.1),
        source: row.get(1)?,
        undoes: row.get(2)?,
        on: row.day(3)?,
        amount: row.money(4)?,
        currency: row.opt_word(5)?,
    })
}

/// Returns whether there are refund rows at all: without them no charge need be asked for its own.
pub(super) fn any(writer: &Writer) -> Result<bool, StoreError> {
    Ok(writer.sql().query_row(ANY, [], |row| row.get(0))?)
}

/// Returns what billing told of a charge with refund rows; `None` for a charge without.
pub(super) fn told(
    writer: &Writer,
    charge_no: i64,
    charge_id: &str,
) -> Result<Option<Vec<Refund>>, StoreError> {
    if kept(writer, charge_id)?.is_empty() {
        return Ok(None);
    }
    growths(writer, TOLD, charge_no).map(Some)
}

fn kept(writer: &Writer, charge_id: &str) -> Result<Vec<Kept>, StoreError> {
    let mut statement = writer.sql().prepare_cached(ROWS)?;
    let mut rows = statement.query([charge_id])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(read_kept(row, (None, Some(charge_id)))?);
    }
    Ok(all)
}

fn growths(writer: &Writer, sql: &str, charge_no: i64) -> Result<Vec<Refund>, StoreError> {
    let mut statement = writer.sql().prepare_cached(sql)?;
    let mut rows = statement.query([charge_no])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let row = Stored { table: "refunds", row };
        all.push(Refund { on: row.opt_day(1)?, amount: row.money(2)? });
    }
    Ok(all)
}

/// Writes what counts of a charge's refunds, with all rows that are known; returns `None` if there are no rows.
pub(super) fn write(
    writer: &Writer,
    charge: &Refunded<'_>,
    told: &[Refund],
) -> Result<Option<Counted>, StoreError> {
    let kept = kept(writer, charge.charge_id)?;
    if kept.is_empty() {
        return Ok(None);
    }
    let rows: Vec<RefundRow<'_>> = kept.iter().map(Kept::row).collect();
    let counted = counted(told, &rows, charge.amount, charge.currency)?;
    let sql = writer.sql();
    sql.prepare_cached(FORGET_TOLD)?.execute([charge.no])?;
    for growth in told {
        let values = params![charge.no, stored(growth.on), growth.amount.minor()];
        sql.prepare_cached(ADD_TOLD)?.execute(values)?;
    }
    sql.prepare_cached(FORGET)?.execute([charge.no])?;
    for (refund, id) in &counted.refunds {
        let values = params![charge.no, stored(refund.on), refund.amount.minor(), id];
        sql.prepare_cached(COUNT)?.execute(values)?;
    }
    sql.prepare_cached(SUM)?.execute(params![charge.no, counted.total()?.minor()])?;
    Ok(Some(counted))
}

/// Takes a stored row away; what counts of its charge, if that is there, is made afresh of the rest.
pub(super) fn take_away(
    writer: &Writer,
    refund_id: &str,
    charge: Option<&Refunded<'_>>,
) -> Result<(), StoreError> {
    let sql = writer.sql();
    let told = match charge {
        Some(charge) => growths(writer, TOLD, charge.no)?,
        None => Vec::new(),
    };
    sql.prepare_cached(DROP)?.execute([refund_id])?;
    let Some(charge) = charge else { return Ok(()) };
    if write(writer, charge, &told)?.is_some() {
        return Ok(());
    }
    // It was the last: what billing told as a total is all there is again.
    sql.prepare_cached(FORGET_TOLD)?.execute([charge.no])?;
    sql.prepare_cached(FORGET)?.execute([charge.no])?;
    for growth in &told {
        let values = params![charge.no, stored(growth.on), growth.amount.minor(), None::<String>];
        sql.prepare_cached(COUNT)?.execute(values)?;
    }
    let total = Money::sum(told.iter().map(|growth| growth.amount))?;
    sql.prepare_cached(SUM)?.execute(params![charge.no, total.minor()])?;
    Ok(())
}

impl Intake<'_> {
    pub(super) fn take_refund_rows(&mut self, rows: Sorter) -> Result<(), IntakeError> {
        let mut groups = Groups::new(rows)?;
        while let Some(versions) = groups.next_group()? {
            let versions: Vec<Version<'_>> = versions.collect();
            let [version] = versions.as_slice() else {
                self.contradict_each(&versions, "refund_id", |version| {
                    RefundRow::unpack(&mut version.unpack()).refund_id.to_owned()
                })?;
                continue;
            };
            let row = RefundRow::unpack(&mut version.unpack());
            let known = self
                .writer
                .sql()
                .prepare_cached(FIND)?
                .query_row([row.refund_id], |found| Ok(read_kept(found, (Some(row.refund_id), None))))
                .optional()?
                .transpose()?;
            match known {
                Some(known) if known.row() == row => self.count(Fate::Seen, Money::ZERO, version)?,
                Some(known) => {
                    let currency = known.currency.unwrap_or(self.writer.currency());
                    let reason = format!(
                        "was imported for charge {} with {} on {}, and a refund never changes",
                        known.charge_id,
                        known.amount.major(currency),
                        known.on
                    );
                    let value = row.refund_id.to_owned();
                    self.contradict(Fault { column: "refund_id", value, reason }, version)?;
                }
                None => {
                    let odd = self.keep_refund_row(&row, version.line)?;
                    let Some(first) = odd.first() else {
                        self.count(Fate::New, Money::ZERO, version)?;
                        continue;
                    };
                    // It is kept, but does not count, or not wholly: that is one row, and a person's.
                    let first = first.clone();
                    self.tally.excess.extend(odd.into_iter().skip(1));
                    self.step(version.repeats + 1);
                    self.tally.seen += version.repeats;
                    self.set_aside(first)?;
                }
            }
        }
        Ok(())
    }

    /// Keeps a row; if its charge is there, what counts of it is made afresh. Returns what newly does not count.
    fn keep_refund_row(&mut self, row: &RefundRow<'_>, line: u64) -> Result<Vec<SetAside>, IntakeError> {
        let sql = self.writer.sql();
        let charge: Option<(i64, String, i64, Option<String>)> = sql
            .prepare_cached(CHARGE)?
            .query_row([row.charge_id], |found| {
                Ok((found.get(0)?, found.get(1)?, found.get(2)?, found.get(3)?))
            })
            .optional()?;
        let before = match &charge {
            Some((no, ..)) => Some(match told(self.writer, *no, row.charge_id)? {
                Some(told) => told,
                None => growths(self.writer, COUNTING, *no)?,
            }),
            None => None,
        };
        sql.prepare_cached(ADD)?.execute(params![
            row.refund_id,
            row.charge_id,
            row.source,
            row.undoes,
            to_stored(row.on),
            row.amount.minor(),
            row.currency.as_ref().map(Currency::code),
        ])?;
        let (Some((no, account_id, amount, currency)), Some(told)) = (charge, before) else {
            let signed = match (row.currency, row.undoes) {
                (Some(_), _) => Money::ZERO,
                (None, false) => row.amount,
                (None, true) => Money::ZERO.minus(row.amount)?,
            };
            self.tally.waiting.add(signed)?;
            return Ok(Vec::new());
        };
        let charge = Refunded {
            no,
            charge_id: row.charge_id,
            amount: Money::from_minor(amount),
            currency: currency.and_then(|code| code.parse().ok()),
        };
        let odd = match write(self.writer, &charge, &told)? {
            Some(counted) => self.excess(&counted, &charge, line)?,
            None => Vec::new(),
        };
        self.writer.touch_account(&account_id);
        Ok(odd)
    }

    /// Names what does not count of a charge's refunds (R2.6, R2.7); what was so named before is not named again.
    pub(super) fn excess(
        &mut self,
        counted: &Counted,
        charge: &Refunded<'_>,
        line: u64,
    ) -> Result<Vec<SetAside>, StoreError> {
        let currency = charge.currency.unwrap_or(self.writer.currency());
        let mut reasons = Vec::new();
        if !counted.excess.is_zero() {
            reasons.push(format!(
                "its refunds and disputes are {} more than its amount, {}; the rest counts (R2.7)",
                counted.excess.major(currency),
                charge.amount.major(currency)
            ));
        }
        if counted.foreign > 0 {
            reasons.push(format!(
                "{} of its refunds are in another currency and do not count (R2.6)",
                counted.foreign
            ));
        }
        let mut new = Vec::new();
        for reason in reasons {
            let fault = Fault { column: "charge_id", value: charge.charge_id.to_owned(), reason };
            // It is about the charge, whichever row shows it.
            let named = fault.contradicting(line, 0);
            let rows = self.tally.excess.iter().chain(&self.tally.set_aside);
            let here = rows.filter(|row| row.conflict == named.conflict).count() > 0;
            if !here && !self.is_reported(&named)? {
                new.push(named);
            }
        }
        Ok(new)
    }
}
