//! Billing rows meet the stored charges, both in the order of their ids.
//!
//! Floor 4. Charges are written first, in the order of their ids; what the taken rows say of accounts is sorted again
//! and written after them (`facts`), in the order of theirs.

use rusqlite::{Connection, Row, Statement, params};

use super::facts::Facts;
use super::indexes::Indexes;
use super::names::EmailNames;
use super::refunds::{self, Refunded};
use super::window::{Walk, Window};
use super::{Intake, IntakeError};
use crate::commission::{Kind, Refund, Status};
use crate::dates::{Day, to_stored};
use crate::import::billing::{AccountCells, BillingRow};
use crate::import::cells::Given;
use crate::import::digest::digest;
use crate::import::groups::{Groups, Version};
use crate::import::merge::{self, Applied, ChargeState, Kinds, Manner, Took};
use crate::import::packed::Pack;
use crate::import::sorter::Sorter;
use crate::import::tally::Fate;
use crate::money::{Currency, Money};
use crate::store::StoreError;
use crate::store::bulk::Bulk;
use crate::store::rows::{Stored, index_of, stored};

const LAST_NO: &str = "SELECT coalesce(max(charge_no), 0) FROM charges";
const CHARGES_FROM: &str =
    "SELECT charge_id, charge_no, digest, kind FROM charges WHERE charge_id >= ?1 ORDER BY charge_id";
const KEY: &str = "SELECT charge_id, charge_no, digest, kind FROM charges WHERE charge_id = ?1";
const CHARGE: &str =
    "SELECT charge_no, account_id, billed_on, collected_on, kind, status, amount_cents, refunded_cents,
        currency, referral_code, description, updated_at
    FROM charges WHERE charge_no = ?1";
const REFUNDS: &str =
    "SELECT refund_no, on_day, amount_cents FROM refunds WHERE charge_no = ?1 ORDER BY refund_no";
const ADD: &str = "charges (charge_id, account_id, billed_on, collected_on, kind, status,
        amount_cents, refunded_cents, currency, referral_code, description, updated_at, digest)";
const CHANGE: &str = "UPDATE charges SET billed_on = ?2, collected_on = ?3, kind = ?4, status = ?5,
        amount_cents = ?6, refunded_cents = ?7, referral_code = ?8, description = ?9, updated_at = ?10, digest = ?11
    WHERE charge_no = ?1";
const ADD_REFUND: &str = "refunds (charge_no, on_day, amount_cents)";
const DROP_REFUND: &str = "DELETE FROM refunds WHERE refund_no = ?1";
const DROP_RESOLUTION: &str = "DELETE FROM charge_resolutions WHERE charge_no = ?1 AND over_status <> ?2";

/// Keys that are walked over in the time of one jump.
const KEYS_FOR_A_JUMP: u64 = 16;
/// Stored charges for each row, from which on a file's rows lie scattered over the tables.
const SMALL_SHARE: u64 = 4;
/// Secondary indexes of `charges` that a large file builds anew.
const INDEXES: [&str; 1] = ["charges_by_account"];

/// A stored charge, as far as most rows need it: is this row what was last imported?
struct Key {
    charge_id: String,
    no: i64,
    digest: i64,
    /// The position of its kind.
    kind: i64,
}

fn read_key(row: &Row<'_>) -> Result<Key, StoreError> {
    Ok(Key { charge_id: row.get(0)?, no: row.get(1)?, digest: row.get(2)?, kind: row.get(3)? })
}

/// A stored charge, as it meets another row of its id.
struct Known {
    account_id: String,
    billed_on: Day,
    collected_on: Option<Day>,
    kind: Kind,
    status: Status,
    amount: Money,
    currency: Option<Currency>,
    referral_code: Option<String>,
    description: Option<String>,
    updated_at: Option<i64>,
    refunds: Vec<Refund>,
    refund_nos: Vec<i64>,
}

/// The statements of one import, prepared once.
struct Statements<'a> {
    charge: Statement<'a>,
    add: Bulk<'a, 13>,
    change: Statement<'a>,
    refunds: Statement<'a>,
    add_refund: Bulk<'a, 3>,
    drop_refund: Statement<'a>,
    drop_resolution: Statement<'a>,
    /// Prepared when it is first needed: few files make ids of other columns.
    key: Option<Statement<'a>>,
    sql: &'a Connection,
}

impl Intake<'_> {
    /// Returns who says what a line of the file is.
    fn kinds(&self) -> Kinds {
        if self.terms.file.profile.is_some() { Kinds::Ruled } else { Kinds::Said }
    }

    pub(super) fn take_billing(&mut self, rows: Sorter) -> Result<(), IntakeError> {
        let writer = self.writer;
        let sql = writer.sql();
        let mut last_no: i64 = sql.query_row(LAST_NO, [], |row| row.get(0))?;
        let incoming = rows.rows();
        if last_no.unsigned_abs() / incoming.max(1) >= SMALL_SHARE {
            writer.expect_scattered()?;
        }
        let walk = Walk { stored: last_no, incoming, sparse: KEYS_FOR_A_JUMP };
        let mut window = Window::new(sql, CHARGES_FROM, read_key, |key| &key.charge_id, walk)?;
        let mut facts = Facts::new(writer);
        let mut indexes = Indexes::new(sql, &INDEXES, last_no);
        let mut statements = Statements {
            charge: sql.prepare(CHARGE)?,
            add: Bulk::numbering(sql, ADD, last_no),
            change: sql.prepare(CHANGE)?,
            refunds: sql.prepare(REFUNDS)?,
            add_refund: Bulk::new(sql, ADD_REFUND),
            drop_refund: sql.prepare(DROP_REFUND)?,
            drop_resolution: sql.prepare(DROP_RESOLUTION)?,
            key: None,
            sql,
        };
        let refund_rows = refunds::any(writer)?;
        let names = EmailNames::default();
        let mut groups = Groups::new(rows)?;
        while let Some(mut versions) = groups.next_group()? {
            let (mut one, mut many);
            let rows: &mut [(Version<'_>, BillingRow<'_>)] = match (versions.len(), versions.next()) {
                (1, Some(version)) => {
                    one = [unpacked(version)];
                    &mut one
                }
                (_, first) => {
                    many = first.into_iter().chain(versions).map(unpacked).collect::<Vec<_>>();
                    &mut many
                }
            };
            if self.kinds() == Kinds::Ruled {
                for (_, row) in rows.iter_mut() {
                    row.account_id = names.known(sql, row.account_id)?;
                }
            }
            let Some((_, first)) = rows.first() else { continue };
            let known = match (window.take(first.charge_id)?, first.spelt) {
                (None, Some(spelt)) => statements.key(spelt)?,
                (known, _) => known,
            };
            let meeting = Meeting { known, new_no: last_no + 1, refund_rows };
            if let Err(fault) = merge::in_order(rows, |(_, row)| row) {
                for (version, _) in rows.iter() {
                    self.contradict(fault.clone(), version)?;
                }
                continue;
            }
            match self.take_charge(&meeting, rows, &mut statements, &mut facts)? {
                Outcome::Nothing => {}
                Outcome::Add(state, digest) => {
                    indexes.writing()?;
                    last_no = meeting.new_no;
                    let charge_id = rows.first().map_or("", |(_, row)| row.charge_id);
                    statements.add(last_no, charge_id, &state, digest)?;
                    if refund_rows {
                        statements.flush()?;
                    }
                    self.apply_refund_rows(&meeting, last_no, rows, &state)?;
                }
                Outcome::Changed => indexes.writing()?,
            }
        }
        statements.flush()?;
        drop(statements);
        drop(window);
        indexes.build()?;
        facts.write(writer)
    }

    /// Takes the versions of one charge in their order; a change is written at once, a new charge by the caller.
    fn take_charge<'r>(
        &mut self,
        meeting: &Meeting,
        rows: &[(Version<'_>, BillingRow<'r>)],
        statements: &mut Statements<'_>,
        facts: &mut Facts,
    ) -> Result<Outcome<'r>, IntakeError> {
        let Some(key) = &meeting.known else {
            let taken = self.take_versions(None, None, meeting.new_no, rows, facts)?;
            return Ok(taken.map_or(Outcome::Nothing, |(state, digest)| Outcome::Add(state, digest)));
        };
        if let [(version, row)] = rows
            && key.digest == digest_of(version, row)
        {
            if row.kind == Kind::Unclassified && key.kind != index_of(Kind::ALL, &Kind::Unclassified) {
                self.tally.kind_kept += 1;
            }
            self.count(Fate::Seen, row.amount, version)?;
            return Ok(Outcome::Nothing);
        }
        let mut known = statements.known(key.no)?;
        if meeting.refund_rows
            && let Some(told) = refunds::told(self.writer, key.no, &key.charge_id)?
        {
            // Billing's word meets what billing said, not what the refunds' own rows make of it.
            known.refunds = told;
            known.refund_nos.clear();
        }
        let before = known.state();
        let taken = self.take_versions(Some(&before), Some(key.digest), key.no, rows, facts)?;
        let Some((after, digest)) = taken else { return Ok(Outcome::Nothing) };
        statements.change(key.no, &before, &after, &known.refund_nos, digest)?;
        if meeting.refund_rows {
            statements.flush()?;
        }
        self.apply_refund_rows(meeting, key.no, rows, &after)?;
        Ok(Outcome::Changed)
    }

    /// Applies the refunds that came as rows of their own, before the charge or after it.
    fn apply_refund_rows(
        &mut self,
        meeting: &Meeting,
        no: i64,
        rows: &[(Version<'_>, BillingRow<'_>)],
        after: &ChargeState<'_>,
    ) -> Result<(), StoreError> {
        let (true, Some((version, row))) = (meeting.refund_rows, rows.first()) else { return Ok(()) };
        let charge =
            Refunded { no, charge_id: row.charge_id, amount: after.amount, currency: after.currency };
        if let Some(counted) = refunds::write(self.writer, &charge, &after.refunds)? {
            let odd = self.excess(&counted, &charge, version.line)?;
            self.tally.excess.extend(odd);
        }
        Ok(())
    }

    /// Gives a row that does not name its currency that of its charge: a blank never erases. Where their amounts have
    /// different digits, nobody knows what such an amount meant.
    fn in_its_currency<'s>(&self, row: &BillingRow<'s>, known: Option<&ChargeState<'_>>) -> BillingRow<'s> {
        let known = known.and_then(|known| known.currency);
        let like = known.filter(|known| known.digits() == self.writer.currency().digits());
        BillingRow { currency: if row.blank_currency { like } else { row.currency }, ..*row }
    }

    /// Applies the versions one after the other; returns what came of them, if any was taken.
    fn take_versions<'s>(
        &mut self,
        before: Option<&ChargeState<'s>>,
        mut digest: Option<i64>,
        no: i64,
        rows: &[(Version<'_>, BillingRow<'s>)],
        facts: &mut Facts,
    ) -> Result<Option<(ChargeState<'s>, i64)>, IntakeError> {
        let mut taken: Option<(ChargeState<'s>, i64)> = None;
        for (at, (version, row)) in rows.iter().enumerate() {
            let known = taken.as_ref().map(|(state, _)| state).or(before);
            let row = &self.in_its_currency(row, known);
            let new_digest = digest_of(version, row);
            if digest == Some(new_digest) {
                self.count(Fate::Seen, row.amount, version)?;
                continue;
            }
            let later = rows.get(at + 1..).unwrap_or_default().iter().map(|(_, row)| row);
            let manner = Manner { undoing: self.terms.undoing, kinds: self.kinds() };
            let Applied { fate, took, state } = match merge::apply(known, row, later, manner)? {
                Ok(applied) => applied,
                Err(fault) if known.is_none() => {
                    // It contradicts nothing that is known: it is incomplete, whenever it comes.
                    self.refuse(fault, version)?;
                    continue;
                }
                Err(fault) => {
                    self.contradict(fault, version)?;
                    continue;
                }
            };
            let ours = if row.currency.is_none() { row.amount } else { Money::ZERO };
            self.count(fate, ours, version)?;
            // The account under the name by which it is known.
            let row = &BillingRow { account_id: state.account_id, ..*row };
            match took {
                Took::Nothing => {}
                Took::Row => {
                    if row.kind == Kind::Unclassified && state.kind != Kind::Unclassified {
                        self.tally.kind_kept += 1;
                    }
                    facts.push(row, no)?;
                    digest = Some(new_digest);
                    taken = Some((state, new_digest));
                }
                Took::Step => {
                    // Of the account it says nothing new; but its commissions follow.
                    let silent =
                        BillingRow { referral_code: Given::Blank, account: AccountCells::default(), ..*row };
                    facts.push(&silent, no)?;
                    taken = Some((state, digest.unwrap_or(new_digest)));
                }
            }
        }
        Ok(taken)
    }
}

/// Returns the digest of what a row says; a blank currency is the programme's (R2.6), named or not.
fn digest_of(version: &Version<'_>, row: &BillingRow<'_>) -> i64 {
    if !row.blank_currency {
        return version.digest();
    }
    let mut pack = Pack::default();
    BillingRow { blank_currency: false, ..*row }.pack(&mut pack);
    digest(pack.bytes())
}

fn unpacked(version: Version<'_>) -> (Version<'_>, BillingRow<'_>) {
    (version, BillingRow::unpack(&mut version.unpack()))
}

/// A charge's id in the file beside the store.
struct Meeting {
    known: Option<Key>,
    new_no: i64,
    /// Whether the store has refunds that came as rows of their own.
    refund_rows: bool,
}

/// What came of a charge's rows.
enum Outcome<'a> {
    /// Nothing is to be written.
    Nothing,
    /// The charge is new.
    Add(ChargeState<'a>, i64),
    /// The stored charge was changed.
    Changed,
}

impl Known {
    /// Returns the charge as floor 3 sees it.
    fn state(&self) -> ChargeState<'_> {
        ChargeState {
            account_id: &self.account_id,
            billed_on: self.billed_on,
            collected_on: self.collected_on,
            kind: self.kind,
            status: self.status,
            amount: self.amount,
            refunds: self.refunds.clone(),
            currency: self.currency,
            referral_code: self.referral_code.as_deref(),
            description: self.description.as_deref(),
            updated_at: self.updated_at,
        }
    }
}

impl<'a> Statements<'a> {
    /// Finds a charge by another spelling of its id.
    fn key(&mut self, charge_id: &str) -> Result<Option<Key>, StoreError> {
        let statement: &mut Statement<'a> = match &mut self.key {
            Some(statement) => statement,
            none => none.insert(self.sql.prepare(KEY)?),
        };
        let mut rows = statement.query([charge_id])?;
        rows.next()?.map(read_key).transpose()
    }

    /// Reads a stored charge with its refunds.
    fn known(&mut self, no: i64) -> Result<Known, StoreError> {
        let mut rows = self.charge.query([no])?;
        let Some(row) = rows.next()? else {
            let what = "is in the index and not in the table".to_owned();
            return Err(StoreError::Damaged { table: "charges", id: no.to_string(), what });
        };
        let row = Stored { table: "charges", row };
        let mut known = Known {
            account_id: row.get(1)?,
            billed_on: row.day(2)?,
            collected_on: row.opt_day(3)?,
            kind: row.indexed(4, Kind::ALL)?,
            status: row.indexed(5, Status::ALL)?,
            amount: row.money(6)?,
            currency: row.opt_word(8)?,
            referral_code: row.get(9)?,
            description: row.get(10)?,
            updated_at: row.get(11)?,
            refunds: Vec::new(),
            refund_nos: Vec::new(),
        };
        if !row.money(7)?.is_zero() {
            let mut rows = self.refunds.query([no])?;
            while let Some(row) = rows.next()? {
                let row = Stored { table: "refunds", row };
                known.refund_nos.push(row.get(0)?);
                known.refunds.push(Refund { on: row.opt_day(1)?, amount: row.money(2)? });
            }
        }
        Ok(known)
    }

    fn add(
        &mut self,
        no: i64,
        charge_id: &str,
        state: &ChargeState<'_>,
        digest: i64,
    ) -> Result<(), StoreError> {
        self.add.add([
            charge_id.into(),
            state.account_id.into(),
            to_stored(state.billed_on).into(),
            stored(state.collected_on).into(),
            index_of(Kind::ALL, &state.kind).into(),
            index_of(Status::ALL, &state.status).into(),
            state.amount.minor().into(),
            state.refunded()?.minor().into(),
            state.currency.as_ref().map(Currency::code).into(),
            state.referral_code.into(),
            state.description.into(),
            state.updated_at.into(),
            digest.into(),
        ])?;
        self.add_refunds(no, &state.refunds)
    }

    fn add_refunds(&mut self, no: i64, refunds: &[Refund]) -> Result<(), StoreError> {
        for refund in refunds {
            // A refund is never written before its charge.
            if self.add_refund.is_filled_by_one() {
                self.add.flush()?;
            }
            self.add_refund.add([no.into(), stored(refund.on).into(), refund.amount.minor().into()])?;
        }
        Ok(())
    }

    /// Writes what waits: nothing of it is read before.
    fn flush(&mut self) -> Result<(), StoreError> {
        self.add.flush()?;
        self.add_refund.flush()
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
        for refund_no in refund_nos.iter().skip(same) {
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
