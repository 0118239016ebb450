//! Billing rows meet the stored charges, both in the order of their ids.
//!
//! Floor 4. Charges are written first, in the order of their ids; what the taken rows say of accounts is sorted again
//! and written after them (`facts`), in the order of theirs.

use rusqlite::{Row, Statement, params};

use super::facts::Facts;
use super::indexes::Away;
use super::refunds::{self, Refunded};
use super::window::Window;
use super::{Intake, IntakeError};
use crate::commission::{Kind, Refund, Status};
use crate::dates::to_stored;
use crate::import::billing::BillingRow;
use crate::import::groups::{Groups, Version};
use crate::import::merge::{self, ChargeState};
use crate::import::sorter::Sorter;
use crate::import::tally::Fate;
use crate::money::{Currency, Money};
use crate::store::StoreError;
use crate::store::rows::{Stored, index_of, stored};

const LAST_NO: &str = "SELECT coalesce(max(charge_no), 0) FROM charges";
const CHARGES_FROM: &str =
    "SELECT charge_no, charge_id, digest, account_id, billed_on, collected_on, kind, status,
        amount_cents, refunded_cents, currency, referral_code, description, updated_at
    FROM charges WHERE charge_id >= ?1 ORDER BY charge_id LIMIT ?2";
const REFUNDS: &str =
    "SELECT refund_no, on_day, amount_cents FROM refunds WHERE charge_no = ?1 ORDER BY refund_no";
const ADD: &str =
    "INSERT INTO charges (charge_no, charge_id, account_id, billed_on, collected_on, kind, status,
        amount_cents, refunded_cents, currency, referral_code, description, updated_at, digest)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
const CHANGE: &str = "UPDATE charges SET billed_on = ?2, collected_on = ?3, kind = ?4, status = ?5,
        amount_cents = ?6, refunded_cents = ?7, referral_code = ?8, description = ?9, updated_at = ?10, digest = ?11
    WHERE charge_no = ?1";
const ADD_REFUND: &str = "INSERT INTO refunds (charge_no, on_day, amount_cents) VALUES (?1, ?2, ?3)";
const DROP_REFUND: &str = "DELETE FROM refunds WHERE refund_no = ?1";
const DROP_RESOLUTION: &str = "DELETE FROM charge_resolutions WHERE charge_no = ?1 AND over_status <> ?2";

/// Secondary indexes of `charges` that a large file builds anew.
const INDEXES: [&str; 1] = ["charges_by_account"];

/// A stored charge, as it meets a row of its id.
struct Known {
    no: i64,
    charge_id: String,
    digest: i64,
    account_id: String,
    billed_on: crate::dates::Day,
    collected_on: Option<crate::dates::Day>,
    kind: Kind,
    status: Status,
    amount: Money,
    refunded: Money,
    currency: Option<Currency>,
    referral_code: Option<String>,
    description: Option<String>,
    updated_at: Option<i64>,
}

fn read_known(row: &Row<'_>) -> Result<Known, StoreError> {
    let row = Stored { table: "charges", row };
    Ok(Known {
        no: row.get(0)?,
        charge_id: row.get(1)?,
        digest: row.get(2)?,
        account_id: row.get(3)?,
        billed_on: row.day(4)?,
        collected_on: row.opt_day(5)?,
        kind: row.indexed(6, Kind::ALL)?,
        status: row.indexed(7, Status::ALL)?,
        amount: row.money(8)?,
        refunded: row.money(9)?,
        currency: row.opt_word(10)?,
        referral_code: row.get(11)?,
        description: row.get(12)?,
        updated_at: row.get(13)?,
    })
}

/// The statements of one import, prepared once.
struct Statements<'a> {
    add: Statement<'a>,
    change: Statement<'a>,
    refunds: Statement<'a>,
    add_refund: Statement<'a>,
    drop_refund: Statement<'a>,
    drop_resolution: Statement<'a>,
}

impl Intake<'_> {
    pub(super) fn take_billing(&mut self, rows: Sorter) -> Result<(), IntakeError> {
        let writer = self.writer;
        let sql = writer.sql();
        let mut last_no: i64 = sql.query_row(LAST_NO, [], |row| row.get(0))?;
        let incoming = rows.rows();
        let mut window =
            Window::new(sql, CHARGES_FROM, read_known, |known| &known.charge_id, last_no, incoming);
        let mut facts = Facts::new(writer);
        let away = Away::take(sql, &INDEXES, last_no, incoming)?;
        let mut statements = Statements {
            add: sql.prepare(ADD)?,
            change: sql.prepare(CHANGE)?,
            refunds: sql.prepare(REFUNDS)?,
            add_refund: sql.prepare(ADD_REFUND)?,
            drop_refund: sql.prepare(DROP_REFUND)?,
            drop_resolution: sql.prepare(DROP_RESOLUTION)?,
        };
        let refund_rows = refunds::any(writer)?;
        let mut groups = Groups::new(rows)?;
        while let Some(versions) = groups.next_group()? {
            let mut rows: Vec<(Version<'_>, BillingRow<'_>)> =
                versions.map(|version| (version, BillingRow::unpack(&mut version.unpack()))).collect();
            let Some((_, first)) = rows.first() else { continue };
            let known = window.take(first.charge_id)?;
            if let Err(fault) = merge::in_order(&mut rows, |(_, row)| row) {
                for (version, _) in &rows {
                    self.contradict(fault.clone(), version)?;
                }
                continue;
            }
            let meeting = Meeting { known: known.as_ref(), new_no: last_no + 1, refund_rows };
            if self.take_charge(&meeting, &rows, &mut statements, &mut facts)? == Fate::New {
                last_no += 1;
            }
        }
        drop(statements);
        away.build()?;
        facts.write(writer)
    }

    /// Takes the versions of one charge in their order; returns `New` if the charge is new.
    fn take_charge(
        &mut self,
        meeting: &Meeting<'_>,
        rows: &[(Version<'_>, BillingRow<'_>)],
        statements: &mut Statements<'_>,
        facts: &mut Facts,
    ) -> Result<Fate, IntakeError> {
        let known = meeting.known;
        if let (Some(known), [(version, row)]) = (known, rows)
            && known.digest == version.digest()
        {
            self.count(Fate::Seen, row.amount, version)?;
            return Ok(Fate::Seen);
        }
        let mut before = known.map(|known| known.state(&mut statements.refunds)).transpose()?;
        if let (true, Some(known), Some((state, refund_nos))) = (meeting.refund_rows, known, &mut before)
            && let Some(told) = refunds::told(self.writer, known.no, &known.charge_id)?
        {
            // Billing's word meets what billing said, not what the refunds' own rows make of it.
            state.refunds = told;
            refund_nos.clear();
        }
        let mut state: Option<ChargeState<'_>> = before.as_ref().map(|(state, _)| state.clone());
        let mut digest = known.map(|known| known.digest);
        let mut taken = false;
        for (version, row) in rows {
            if digest == Some(version.digest()) {
                self.count(Fate::Seen, row.amount, version)?;
                continue;
            }
            let (fate, next) = match merge::apply(state.as_ref(), row, self.terms.undoing)? {
                Ok(applied) => applied,
                Err(fault) => {
                    self.contradict(fault, version)?;
                    continue;
                }
            };
            let ours = if row.currency.is_none() { row.amount } else { Money::ZERO };
            self.count(fate, ours, version)?;
            if fate != Fate::Stale {
                taken = true;
                digest = Some(version.digest());
                facts.push(row, known.map_or(meeting.new_no, |known| known.no))?;
                state = Some(next);
            }
        }
        let (Some(after), Some(digest), true) = (state, digest, taken) else { return Ok(Fate::Seen) };
        if let (Some(known), Some((before, refund_nos))) = (known, before) {
            statements.change(known.no, &before, &after, &refund_nos, digest)?;
            self.apply_refund_rows(meeting, known.no, rows, &after)?;
            return Ok(Fate::Updated);
        }
        let charge_id = rows.first().map_or("", |(_, row)| row.charge_id);
        statements.add(meeting.new_no, charge_id, &after, digest)?;
        self.apply_refund_rows(meeting, meeting.new_no, rows, &after)?;
        Ok(Fate::New)
    }

    /// Applies the refunds that came as rows of their own, before the charge or after it.
    fn apply_refund_rows(
        &mut self,
        meeting: &Meeting<'_>,
        no: i64,
        rows: &[(Version<'_>, BillingRow<'_>)],
        after: &ChargeState<'_>,
    ) -> Result<(), StoreError> {
        let (true, Some((version, row))) = (meeting.refund_rows, rows.first()) else { return Ok(()) };
        let charge =
            Refunded { no, charge_id: row.charge_id, amount: after.amount, currency: after.currency };
        if let Some(counted) = refunds::write(self.writer, &charge, &after.refunds)? {
            self.name_excess(&counted, &charge, version.line);
        }
        Ok(())
    }
}

/// A charge's id in the file beside the store.
struct Meeting<'a> {
    known: Option<&'a Known>,
    new_no: i64,
    /// Whether the store has refunds that came as rows of their own.
    refund_rows: bool,
}

impl Known {
    /// Returns the charge as floor 3 sees it, and the keys of its refunds.
    fn state(&self, refunds: &mut Statement<'_>) -> Result<(ChargeState<'_>, Vec<i64>), StoreError> {
        let mut series = Vec::new();
        let mut nos = Vec::new();
        if !self.refunded.is_zero() {
            let mut rows = refunds.query([self.no])?;
            while let Some(row) = rows.next()? {
                let row = Stored { table: "refunds", row };
                nos.push(row.get(0)?);
                series.push(Refund { on: row.opt_day(1)?, amount: row.money(2)? });
            }
        }
        let state = ChargeState {
            account_id: &self.account_id,
            billed_on: self.billed_on,
            collected_on: self.collected_on,
            kind: self.kind,
            status: self.status,
            amount: self.amount,
            refunds: series,
            currency: self.currency,
            referral_code: self.referral_code.as_deref(),
            description: self.description.as_deref(),
            updated_at: self.updated_at,
        };
        Ok((state, nos))
    }
}

impl Statements<'_> {
    fn add(
        &mut self,
        no: i64,
        charge_id: &str,
        state: &ChargeState<'_>,
        digest: i64,
    ) -> Result<(), StoreError> {
        self.add.execute(params![
            no,
            charge_id,
            state.account_id,
            to_stored(state.billed_on),
            stored(state.collected_on),
            index_of(Kind::ALL, &state.kind),
            index_of(Status::ALL, &state.status),
            state.amount.minor(),
            state.refunded()?.minor(),
            state.currency.as_ref().map(Currency::code),
            state.referral_code,
            state.description,
            state.updated_at,
            digest,
        ])?;
        self.add_refunds(no, &state.refunds)
    }

    fn add_refunds(&mut self, no: i64, refunds: &[Refund]) -> Result<(), StoreError> {
        for refund in refunds {
            self.add_refund.execute(params![no, stored(refund.on), refund.amount.minor()])?;
        }
        Ok(())
    }

    fn change(
        &mut self,
        no: i64,
        before: &ChargeState<'_>,
        after: &ChargeState<'_>,
        refund_nos: &[i64],
        digest: i64,
    ) -> Result<(), StoreError> {
        // Refunds that stand keep their rows; from the first that differs on they are written anew. The old ones go
        // first: refunded_cents never counts more than the rows say.
        let same = before.refunds.iter().zip(&after.refunds).take_while(|(one, two)| one == two).count();
        for refund_no in &refund_nos[same..] {
            self.drop_refund.execute([refund_no])?;
        }
        self.add_refunds(no, &after.refunds[same..])?;
        self.change.execute(params![
            no,
            to_stored(after.billed_on),
            stored(after.collected_on),
            index_of(Kind::ALL, &after.kind),
            index_of(Status::ALL, &after.status),
            after.amount.minor(),
            after.refunded()?.minor(),
            after.referral_code,
            after.description,
            after.updated_at,
            digest,
        ])?;
        if before.status != after.status {
            // Staff's word stood over billing's old one; billing now says something else (R3.4).
            self.drop_resolution.execute(params![no, index_of(Status::ALL, &after.status)])?;
        }
        Ok(())
    }
}
