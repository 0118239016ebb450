//! The kept commissions: what every charge earns every partner over time, so that a preview costs what is open.
//!
//! Floor 4. Derived from the facts by `commission::earnings` and never a source of truth: every change of a fact
//! makes the rows of its accounts afresh before it is saved, and `check` makes all of them afresh and compares.
//! A row is quiet once no later day makes its delta anything but nothing; only a look into the past reads those.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::{Connection, Params, Row, params};

use super::accounts::{AccountBook, AccountLoader, STRETCH};
use super::bulk::{Bulk, Field};
use super::partners::PartnerBook;
use super::rows::stored_or_zero;
use super::spill::spill_room;
use super::writer::Touched;
use super::{Reader, SCATTERED_CACHE, StoreError, Writer, meta};
use crate::commission::{Earning, Schedule, Settled, Verdict, earnings};
use crate::dates::{Day, from_stored, plus_days, to_stored};
use crate::import::packed::{Pack, Unpack};
use crate::import::sorter::Sorter;
use crate::money::Money;
use crate::policy::Policies;

/// Accounts of which anything can be kept: those with a referrer, and those of which something was settled (R5.1).
const KEEPABLE: &str = "SELECT account_id FROM accounts WHERE attributed = 1
    UNION
    SELECT account_id FROM lines JOIN charges USING (charge_no) JOIN accounts USING (account_id) WHERE attributed = 0
    ORDER BY account_id";
const OF_PARTNER: &str = "SELECT DISTINCT account_id FROM attributions JOIN accounts USING (account_no)
    WHERE partner_no = ?1";
const OF_CHARGE: &str = "SELECT partner_no, charge_no, schedule, open FROM commissions WHERE charge_no = ?1
    ORDER BY partner_no";
const CLEAR: &str = "DELETE FROM commissions WHERE open = ?1 AND partner_no = ?2 AND charge_no = ?3";
const CLEAR_ALL: &str = "DELETE FROM commissions";
const KEEP: &str = "commissions (open, partner_no, charge_no, schedule)";
const OPEN: &str = "SELECT partner_no, charge_no, schedule FROM commissions WHERE open = 1
    ORDER BY partner_no, charge_no";
const EVERY: &str = "SELECT partner_no, charge_no, schedule FROM commissions ORDER BY partner_no, charge_no";
const OF_ONE: &str = "SELECT partner_no, charge_no, schedule FROM commissions
    WHERE open IN (0, 1) AND partner_no = ?1 ORDER BY charge_no";
const ONE: &str = "SELECT partner_no, charge_no, schedule, open FROM commissions
    WHERE open IN (0, 1) AND partner_no = ?1 AND charge_no = ?2";
/// The column of `open` where a statement asks for it.
pub(super) const OPEN_COLUMN: usize = 3;

/// The latest day from which any row has been quiet: on and after it the open rows are all there is to see.
const QUIET_FLOOR: &str = "quiet_floor";
/// A row that falls quiet only later than this stays open, so that one mistyped year does not slow every preview.
const QUIET_SOON_DAYS: u32 = 7;

/// Accounts and partners from which on making their rows afresh is work all over the tables.
const MANY: usize = 1_000;

/// A kept row that is not as it would be made now: its charge, what is kept, and what should be.
pub type Differing = (i64, Option<KeptCharge>, Option<KeptCharge>);

/// A kept row: one charge for one partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCharge {
    /// `None` for a link nobody has claimed.
    pub partner: Option<i64>,
    /// The store's key of the charge.
    pub charge_no: i64,
    /// The commission over time.
    pub schedule: Schedule,
    /// What runs have settled; whether it is paid is not kept.
    pub settled: Settled,
}

impl KeptCharge {
    /// Makes the row of an earning, or none where nothing was or will ever be due.
    pub(super) fn of(earning: &Earning, charge_no: i64) -> Option<Self> {
        if is_nothing(&earning.schedule, &earning.settled) {
            return None;
        }
        // Which reasons bar a charge is for `why`, which makes schedules afresh; here only that one does.
        let mut schedule = earning.schedule.clone();
        if schedule.collected_on.is_none() {
            schedule.barred.push(Verdict::NotCommissionable);
        }
        schedule.barred.truncate(usize::from(!schedule.barred.is_empty()));
        if let Some(first) = schedule.barred.first_mut() {
            *first = Verdict::NotCommissionable;
        }
        let Settled { out, lapsed, .. } = earning.settled;
        let settled = Settled { out, lapsed, ..Settled::default() };
        Some(Self { partner: earning.partner, charge_no, schedule, settled })
    }

    pub(super) fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        let (partner, charge_no): (i64, i64) = (row.get(0)?, row.get(1)?);
        let packed = row.get_ref(2)?.as_blob().ok();
        let (schedule, settled) = packed.and_then(unpack).ok_or_else(|| StoreError::Damaged {
            table: "commissions",
            id: charge_no.to_string(),
            what: "its schedule cannot be read".to_owned(),
        })?;
        Ok(Self { partner: (partner != 0).then_some(partner), charge_no, schedule, settled })
    }
}

/// Returns whether nothing was or will ever be due: such a charge is not kept.
fn is_nothing(schedule: &Schedule, settled: &Settled) -> bool {
    settled.out.is_zero() && settled.lapsed.is_zero() && schedule.never_earns()
}

fn kept_of(earning: &Earning, book: &AccountBook) -> Option<KeptCharge> {
    KeptCharge::of(earning, book.facts.charges.get(earning.charge)?.no)
}

/// Packs what the column `schedule` holds: one value, because a preview reads all rows that are open, and every column
/// is asked for by itself. The day of collection, what is due, the end of the hold, the day of eligibility, what holds
/// the window open (0 for none each), what is out and what has lapsed; then what few have: the day of closing, whether
/// it is barred, and the steps by which refunds lower what is due.
fn pack(kept: &KeptCharge, into: &mut Pack) {
    let KeptCharge { schedule, settled, .. } = kept;
    for value in [
        stored_or_zero(schedule.collected_on),
        schedule.due.minor(),
        to_stored(schedule.hold_end),
        stored_or_zero(schedule.eligible_on),
        stored_or_zero(schedule.window_from),
        settled.out.minor(),
        settled.lapsed.minor(),
    ] {
        into.int(value);
    }
    if schedule.closes_on.is_none() && schedule.barred.is_empty() && schedule.falls.is_empty() {
        return;
    }
    into.int(stored_or_zero(schedule.closes_on));
    into.int(i64::from(!schedule.barred.is_empty()));
    for (day, due) in &schedule.falls {
        into.int(to_stored(*day));
        into.int(due.minor());
    }
}

fn unpack(packed: &[u8]) -> Option<(Schedule, Settled)> {
    let mut from = Unpack::new(packed);
    let day = |stored: i64| if stored == 0 { Some(None) } else { from_stored(stored).map(Some) };
    let mut schedule = Schedule {
        barred: Vec::new(),
        collected_on: day(from.next_int()?)?,
        closes_on: None,
        due: Money::from_minor(from.next_int()?),
        falls: Vec::new(),
        hold_end: from_stored(from.next_int()?)?,
        eligible_on: day(from.next_int()?)?,
        window_from: day(from.next_int()?)?,
    };
    let settled = Settled {
        out: Money::from_minor(from.next_int()?),
        lapsed: Money::from_minor(from.next_int()?),
        ..Settled::default()
    };
    if !from.rest().is_empty() {
        schedule.closes_on = day(from.next_int()?)?;
        if from.next_int()? != 0 {
            schedule.barred.push(Verdict::NotCommissionable);
        }
        while !from.rest().is_empty() {
            schedule.falls.push((from_stored(from.next_int()?)?, Money::from_minor(from.next_int()?)));
        }
    }
    Some((schedule, settled))
}

/// Makes all rows afresh.
pub(super) fn remake(
    sql: &Connection,
    policies: &Policies,
    today: Day,
    file: &Path,
) -> Result<(), StoreError> {
    sql.execute_batch(SCATTERED_CACHE)?;
    sql.execute(CLEAR_ALL, [])?;
    let mut keeper = Keeper::new(sql, policies, today, file)?;
    for stretch in list(sql, KEEPABLE, [])?.chunks(STRETCH) {
        keeper.keep(stretch, Clear::Nothing)?;
    }
    keeper.finish()
}

fn list(sql: &Connection, statement: &str, key: impl Params) -> Result<Vec<String>, StoreError> {
    let mut statement = sql.prepare_cached(statement)?;
    let rows = statement.query_map(key, |row| row.get(0))?;
    rows.map(|row| row.map_err(StoreError::from)).collect()
}

/// Makes the rows of everything touched afresh.
pub(super) fn refresh(writer: &Writer, touched: &Touched) -> Result<(), StoreError> {
    let sql = writer.sql();
    if touched.all {
        return remake(sql, writer.policies(), writer.today_here(), writer.path());
    }
    if touched.accounts.len() + touched.partners.len() > MANY {
        sql.execute_batch(SCATTERED_CACHE)?;
    }
    let mut keeper = Keeper::new(sql, writer.policies(), writer.today_here(), writer.path())?;
    let mut accounts = touched.accounts.clone();
    for partner in &touched.partners {
        accounts.extend(list(sql, OF_PARTNER, [partner])?);
    }
    let accounts: Vec<String> = accounts.into_iter().collect();
    for stretch in accounts.chunks(STRETCH) {
        keeper.keep(stretch, Clear::Charges)?;
    }
    keeper.finish()
}

/// Whether an account's earlier rows are still there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Clear {
    Nothing,
    Charges,
}

/// Makes kept rows afresh account by account. What differs from what is stored is written at the end, in the order
/// of its key: rows of accounts lie scattered over the partners.
struct Keeper<'a> {
    sql: &'a Connection,
    policies: &'a Policies,
    partners: Option<PartnerBook>,
    loader: AccountLoader<'a>,
    quiet: Quiet,
    fresh: Fresh,
}

impl<'a> Keeper<'a> {
    fn new(sql: &'a Connection, policies: &'a Policies, today: Day, file: &Path) -> Result<Self, StoreError> {
        Ok(Self {
            sql,
            policies,
            partners: None,
            loader: AccountLoader::new(sql)?,
            quiet: Quiet::new(sql, today)?,
            fresh: Fresh::new(file),
        })
    }

    fn keep(&mut self, accounts: &[String], clear: Clear) -> Result<(), StoreError> {
        let partners = match self.partners.take() {
            Some(partners) => partners,
            None => PartnerBook::load(self.sql)?,
        };
        for book in self.loader.load_all(accounts)? {
            let earned = earnings(&book.facts, self.policies, &partners, |charge| book.settled_of(charge))?;
            let mut fresh: BTreeMap<i64, Vec<(bool, KeptCharge)>> = BTreeMap::new();
            for kept in earned.iter().filter_map(|earning| kept_of(earning, &book)) {
                let open = self.quiet.is_open(&kept, self.policies)?;
                fresh.entry(kept.charge_no).or_default().push((open, kept));
            }
            for charge in &book.facts.charges {
                let rows = fresh.remove(&charge.no).unwrap_or_default();
                if clear == Clear::Charges && replaced(self.sql, charge.no, &rows)? {
                    continue;
                }
                for (open, kept) in &rows {
                    self.fresh.push(*open, kept)?;
                }
            }
        }
        self.partners = Some(partners);
        Ok(())
    }

    /// Writes what differs.
    fn finish(self) -> Result<(), StoreError> {
        self.fresh.write(self.sql)?;
        self.quiet.save(self.sql)
    }
}

/// Rows that wait to be written in the order of their key.
struct Fresh {
    sorter: Sorter,
    pack: Pack,
}

impl Fresh {
    fn new(file: &Path) -> Self {
        Self { sorter: Sorter::new(&spill_room(file)), pack: Pack::default() }
    }

    fn push(&mut self, open: bool, kept: &KeptCharge) -> Result<(), StoreError> {
        let mut key = [u8::from(open); KEY_BYTES];
        key[1..9].copy_from_slice(&kept.partner.unwrap_or(0).to_be_bytes());
        key[9..].copy_from_slice(&kept.charge_no.to_be_bytes());
        self.pack.clear();
        pack(kept, &mut self.pack);
        self.sorter.push(&key, self.pack.bytes()).map_err(spilling)
    }

    fn write(self, sql: &Connection) -> Result<(), StoreError> {
        let mut bulk = Bulk::new(sql, KEEP);
        let mut sorted = self.sorter.finish().map_err(spilling)?;
        while let Some(item) = sorted.next_item().map_err(spilling)? {
            let (open, numbers) = item.key.split_first().expect(AS_PUSHED);
            let (partner_no, charge_no) = numbers.split_first_chunk().expect(AS_PUSHED);
            bulk.add([
                i64::from(*open).into(),
                i64::from_be_bytes(*partner_no).into(),
                i64::from_be_bytes(*charge_no.first_chunk().expect(AS_PUSHED)).into(),
                Field::Blob(item.row),
            ])?;
        }
        bulk.flush()
    }
}

/// Bytes of a row's key: whether it is open, the partner, the charge.
const KEY_BYTES: usize = 1 + 8 + 8;
/// What was not pushed here is never read: a fault of the program.
const AS_PUSHED: &str = "a key is read as it was pushed";

fn spilling(error: std::io::Error) -> StoreError {
    StoreError::File { path: "the rows being sorted beside the database".into(), source: error }
}

/// Takes away a charge's stored rows if they are not the fresh ones; returns whether the fresh ones stand already.
fn replaced(sql: &Connection, charge_no: i64, fresh: &[(bool, KeptCharge)]) -> Result<bool, StoreError> {
    let mut stored: Vec<(bool, KeptCharge)> = Vec::with_capacity(fresh.len());
    let mut statement = sql.prepare_cached(OF_CHARGE)?;
    let mut rows = statement.query([charge_no])?;
    while let Some(row) = rows.next()? {
        stored.push((row.get(OPEN_COLUMN)?, KeptCharge::read(row)?));
    }
    if stored.len() == fresh.len() && stored.iter().all(|row| fresh.contains(row)) {
        return Ok(true);
    }
    for (open, kept) in stored {
        sql.prepare_cached(CLEAR)?.execute(params![open, kept.partner.unwrap_or(0), charge_no])?;
    }
    Ok(false)
}

/// Says which rows no later day changes, and from which day on the open rows are all there is to see.
struct Quiet {
    soon: Day,
    floor: Day,
    before: Day,
}

impl Quiet {
    fn new(sql: &Connection, today: Day) -> Result<Self, StoreError> {
        let floor = quiet_floor(sql)?;
        Ok(Self { soon: plus_days(today, QUIET_SOON_DAYS), floor, before: floor })
    }

    /// Returns whether a row is open; a quiet one raises the floor.
    fn is_open(&mut self, kept: &KeptCharge, policies: &Policies) -> Result<bool, StoreError> {
        let quiet = kept.schedule.quiet_from(&kept.settled, policies)?.filter(|from| *from <= self.soon);
        if let Some(quiet_from) = quiet {
            self.floor = self.floor.max(quiet_from);
        }
        Ok(quiet.is_none())
    }

    fn save(&self, sql: &Connection) -> Result<(), StoreError> {
        if self.floor > self.before {
            meta::set(sql, QUIET_FLOOR, &to_stored(self.floor).to_string())?;
        }
        Ok(())
    }
}

/// Adds lines' amounts to what is settled of kept charges, as the run that takes them is drafted (R7.3).
pub(super) struct Settling<'a> {
    writer: &'a Writer,
    quiet: Quiet,
    fresh: Fresh,
}

impl<'a> Settling<'a> {
    pub(super) fn new(writer: &'a Writer) -> Result<Self, StoreError> {
        let quiet = Quiet::new(writer.sql(), writer.today_here())?;
        Ok(Self { writer, quiet, fresh: Fresh::new(writer.path()) })
    }

    /// Settles an amount of one charge, which no other line does before `finish`; returns what is due of it.
    ///
    /// # Errors
    /// The charge is not kept for this partner, so there was nothing to take; more than there is to be had.
    pub(super) fn settle(
        &mut self,
        partner_no: i64,
        charge_no: i64,
        amount: Money,
        lapsed: bool,
        on: Day,
    ) -> Result<Money, StoreError> {
        let (open, mut kept) = self.take(partner_no, charge_no)?;
        let policy = self.writer.policies().at(on);
        let judged = kept.schedule.assess(&kept.settled, on, policy.books_open_on, policy.accrual_months)?;
        let within = if amount.is_negative() { amount >= judged.delta } else { amount <= judged.delta };
        if !within {
            let currency = self.writer.currency();
            return Err(StoreError::Refused(format!(
                "{} of charge number {charge_no} would be taken and {} is to be had (R7.3); nothing was changed",
                amount.major(currency),
                judged.delta.major(currency)
            )));
        }
        let sum = if lapsed { &mut kept.settled.lapsed } else { &mut kept.settled.out };
        *sum = sum.plus(amount)?;
        self.writer.sql().prepare_cached(CLEAR)?.execute(params![open, partner_no, charge_no])?;
        // A clawback may have settled the last of a charge that earns nothing any more.
        if !is_nothing(&kept.schedule, &kept.settled) {
            let open = self.quiet.is_open(&kept, self.writer.policies())?;
            self.fresh.push(open, &kept)?;
        }
        Ok(judged.due)
    }

    fn take(&self, partner_no: i64, charge_no: i64) -> Result<(bool, KeptCharge), StoreError> {
        let mut statement = self.writer.sql().prepare_cached(ONE)?;
        let mut rows = statement.query([partner_no, charge_no])?;
        let Some(row) = rows.next()? else {
            return Err(StoreError::Damaged {
                table: "commissions",
                id: charge_no.to_string(),
                what: "is not kept for the partner whose line takes it".to_owned(),
            });
        };
        Ok((row.get(OPEN_COLUMN)?, KeptCharge::read(row)?))
    }

    /// Writes what is settled now.
    pub(super) fn finish(self) -> Result<(), StoreError> {
        self.fresh.write(self.writer.sql())?;
        self.quiet.save(self.writer.sql())
    }
}

pub(super) fn quiet_floor(sql: &Connection) -> Result<Day, StoreError> {
    let stored = meta::get(sql, QUIET_FLOOR)?;
    Ok(stored.and_then(|text| text.parse().ok()).and_then(from_stored).unwrap_or(Day::MIN))
}

impl Reader {
    /// Walks the kept charges that may matter on a day, partner by partner; those of links nobody has claimed first.
    ///
    /// # Errors
    /// Damaged rows, or what `each` says.
    pub fn each_kept<E: From<StoreError>>(
        &self,
        as_of: Day,
        mut each: impl FnMut(KeptCharge) -> Result<(), E>,
    ) -> Result<(), E> {
        let statement = if as_of >= quiet_floor(&self.sql)? { OPEN } else { EVERY };
        let mut statement = self.sql.prepare_cached(statement).map_err(StoreError::from)?;
        let mut rows = statement.query([]).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            each(KeptCharge::read(row)?)?;
        }
        Ok(())
    }

    /// Returns one charge as kept for one partner.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn kept(&self, partner_no: i64, charge_no: i64) -> Result<Option<KeptCharge>, StoreError> {
        let mut statement = self.sql.prepare_cached(ONE)?;
        let mut rows = statement.query([partner_no, charge_no])?;
        rows.next()?.map(KeptCharge::read).transpose()
    }

    /// Returns every kept charge of one partner, quiet ones too.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn kept_of(&self, partner_no: i64) -> Result<Vec<KeptCharge>, StoreError> {
        let mut statement = self.sql.prepare_cached(OF_ONE)?;
        let mut rows = statement.query([partner_no])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(KeptCharge::read(row)?);
        }
        Ok(all)
    }

    /// Makes every account's rows afresh, without saving, and names what is kept otherwise.
    ///
    /// # Errors
    /// Damaged rows, overflow.
    pub fn differing_commissions(&self) -> Result<Vec<Differing>, StoreError> {
        let mut kept = BTreeMap::new();
        let mut statement = self.sql.prepare(EVERY)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let row = KeptCharge::read(row)?;
            kept.insert((row.charge_no, row.partner), row);
        }
        let partners = self.partners()?;
        let loader = AccountLoader::new(&self.sql)?;
        let mut differing = Vec::new();
        for stretch in list(&self.sql, KEEPABLE, [])?.chunks(STRETCH) {
            for book in loader.load_all(stretch)? {
                let settled = |charge| book.settled_of(charge);
                let earned = earnings(&book.facts, &self.policies, &partners, settled)?;
                for fresh in earned.iter().filter_map(|earning| kept_of(earning, &book)) {
                    let stored = kept.remove(&(fresh.charge_no, fresh.partner));
                    if stored.as_ref() != Some(&fresh) {
                        differing.push((fresh.charge_no, Some(fresh), stored));
                    }
                }
            }
        }
        differing.extend(kept.into_values().map(|stored| (stored.charge_no, None, Some(stored))));
        Ok(differing)
    }
}
