//! The kept commissions: what every charge earns every partner over time, so that a preview costs what is open.
//!
//! Floor 4. Derived from the facts by `commission::earnings` and never a source of truth: every change of a fact
//! makes the rows of its accounts afresh before it is saved, and `check` makes all of them afresh and compares.
//! A row is quiet once no later day makes its delta anything but nothing; only a look into the past reads those.

use rusqlite::{Connection, Row, params};

use super::accounts::{AccountBook, AccountLoader};
use super::partners::PartnerBook;
use super::rows::stored_or_zero;
use super::writer::Touched;
use super::{Reader, StoreError, Writer, migrate};
use crate::commission::{Earning, Schedule, Settled, Verdict, earnings};
use crate::dates::{Day, from_stored, plus_days, to_stored};
use crate::money::Money;
use crate::policy::Policies;

const ATTRIBUTED: &str = "SELECT account_id FROM accounts WHERE attributed = 1 ORDER BY account_no";
const OF_PARTNER: &str = "SELECT DISTINCT account_id FROM attributions JOIN accounts USING (account_no)
    WHERE partner_no = ?1";
const IS_ATTRIBUTED: &str = "SELECT attributed FROM accounts WHERE account_id = ?1";
const KEYS_OF_CHARGE: &str = "SELECT open, partner_no, charge_no FROM commissions WHERE charge_no = ?1";
const CLEAR: &str = "DELETE FROM commissions WHERE open = ?1 AND partner_no = ?2 AND charge_no = ?3";
const CLEAR_ALL: &str = "DELETE FROM commissions";
const KEEP: &str = "INSERT INTO commissions (open, partner_no, charge_no, collected_on, due_cents, hold_end,
        eligible_on, window_from, out_cents, lapsed_cents, steps)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
const OPEN: &str =
    "SELECT partner_no, charge_no, collected_on, due_cents, hold_end, eligible_on, window_from,
        out_cents, lapsed_cents, steps
    FROM commissions WHERE open = 1 ORDER BY partner_no, charge_no";
const EVERY: &str =
    "SELECT partner_no, charge_no, collected_on, due_cents, hold_end, eligible_on, window_from,
        out_cents, lapsed_cents, steps
    FROM commissions ORDER BY partner_no, charge_no";
const OF_ONE: &str =
    "SELECT partner_no, charge_no, collected_on, due_cents, hold_end, eligible_on, window_from,
        out_cents, lapsed_cents, steps
    FROM commissions WHERE open IN (0, 1) AND partner_no = ?1 ORDER BY charge_no";
const ONE: &str = "SELECT partner_no, charge_no, collected_on, due_cents, hold_end, eligible_on, window_from,
        out_cents, lapsed_cents, steps
    FROM commissions WHERE open IN (0, 1) AND partner_no = ?1 AND charge_no = ?2";

/// The latest day from which any row has been quiet: on and after it the open rows are all there is to see.
const QUIET_FLOOR: &str = "quiet_floor";
/// A row that falls quiet only later than this stays open, so that one mistyped year does not slow every preview.
const QUIET_SOON_DAYS: u32 = 7;

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
        let charge_no: i64 = row.get(1)?;
        let damaged = |what: &str| StoreError::Damaged {
            table: "commissions",
            id: charge_no.to_string(),
            what: what.to_owned(),
        };
        let day = |stored: i64| match stored {
            0 => Ok(None),
            stored => from_stored(stored).map(Some).ok_or_else(|| damaged("a date is none")),
        };
        let partner: i64 = row.get(0)?;
        let mut schedule = Schedule {
            barred: Vec::new(),
            collected_on: day(row.get(2)?)?,
            closes_on: None,
            due: Money::from_minor(row.get(3)?),
            falls: Vec::new(),
            hold_end: day(row.get(4)?)?.ok_or_else(|| damaged("the hold never ends"))?,
            eligible_on: day(row.get(5)?)?,
            window_from: day(row.get(6)?)?,
        };
        if let Some(steps) = row.get_ref(9)?.as_str_or_null().map_err(|_| damaged("steps are no text"))? {
            read_steps(steps, &mut schedule).ok_or_else(|| damaged("steps cannot be read"))?;
        }
        Ok(Self {
            partner: (partner != 0).then_some(partner),
            charge_no,
            schedule,
            settled: Settled {
                out: Money::from_minor(row.get(7)?),
                lapsed: Money::from_minor(row.get(8)?),
                ..Settled::default()
            },
        })
    }
}

/// Returns whether nothing was or will ever be due: such a charge is not kept.
fn is_nothing(schedule: &Schedule, settled: &Settled) -> bool {
    settled.out.is_zero() && settled.lapsed.is_zero() && schedule.never_earns()
}

fn kept_of(earning: &Earning, book: &AccountBook) -> Option<KeptCharge> {
    KeptCharge::of(earning, book.facts.charges.get(earning.charge)?.no)
}

/// Writes what few schedules have: the closing (`c`), the refunds' steps, being barred (`x`).
fn write_steps(schedule: &Schedule) -> Option<String> {
    let closing = schedule.closes_on.map(|day| format!("c{}", to_stored(day)));
    let falls = schedule.falls.iter().map(|(day, due)| format!("{}:{}", to_stored(*day), due.minor()));
    let barred = schedule.barred.first().map(|_| "x".to_owned());
    let parts: Vec<String> = closing.into_iter().chain(falls).chain(barred).collect();
    (!parts.is_empty()).then(|| parts.join(";"))
}

fn read_steps(text: &str, schedule: &mut Schedule) -> Option<()> {
    for part in text.split(';') {
        if part == "x" {
            schedule.barred.push(Verdict::NotCommissionable);
        } else if let Some(day) = part.strip_prefix('c') {
            schedule.closes_on = Some(from_stored(day.parse().ok()?)?);
        } else {
            let (day, due) = part.split_once(':')?;
            schedule.falls.push((from_stored(day.parse().ok()?)?, Money::from_minor(due.parse().ok()?)));
        }
    }
    Some(())
}

/// Makes the rows of everything touched afresh.
pub(super) fn refresh(writer: &Writer, touched: &Touched) -> Result<(), StoreError> {
    let sql = writer.sql();
    let list = |statement: &str, key: Option<i64>| -> Result<Vec<String>, StoreError> {
        let mut statement = sql.prepare_cached(statement)?;
        let mut rows = match key {
            Some(key) => statement.query([key])?,
            None => statement.query([])?,
        };
        let mut ids = Vec::new();
        while let Some(row) = rows.next()? {
            ids.push(row.get(0)?);
        }
        Ok(ids)
    };
    let mut keeper = Keeper::new(writer)?;
    if touched.all {
        sql.execute(CLEAR_ALL, [])?;
        for account in list(ATTRIBUTED, None)? {
            keeper.keep(&account, Clear::Nothing)?;
        }
        return keeper.finish();
    }
    for partner in &touched.partners {
        for account in list(OF_PARTNER, Some(*partner))? {
            if !touched.accounts.contains(&account) {
                keeper.keep(&account, Clear::Charges)?;
            }
        }
    }
    for account in &touched.accounts {
        keeper.keep(account, Clear::Charges)?;
    }
    keeper.finish()
}

/// Whether an account's earlier rows are still there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Clear {
    Nothing,
    Charges,
}

/// Writes kept rows account by account.
struct Keeper<'a> {
    sql: &'a Connection,
    policies: &'a Policies,
    partners: Option<PartnerBook>,
    loader: AccountLoader<'a>,
    today: Day,
    floor: Day,
    floor_before: Day,
}

impl<'a> Keeper<'a> {
    fn new(writer: &'a Writer) -> Result<Self, StoreError> {
        let sql = writer.sql();
        let floor = quiet_floor(sql)?;
        Ok(Self {
            sql,
            policies: writer.policies(),
            partners: None,
            loader: AccountLoader::new(sql)?,
            today: writer.today_here(),
            floor,
            floor_before: floor,
        })
    }

    fn keep(&mut self, account_id: &str, clear: Clear) -> Result<(), StoreError> {
        let attributed: bool = self
            .sql
            .prepare_cached(IS_ATTRIBUTED)?
            .query([account_id])?
            .next()?
            .is_some_and(|row| row.get(0).unwrap_or(false));
        if !attributed {
            return Ok(());
        }
        let partners = match self.partners.take() {
            Some(partners) => partners,
            None => PartnerBook::load(self.sql)?,
        };
        if let Some(book) = self.loader.load(account_id)? {
            if clear == Clear::Charges {
                self.clear(&book)?;
            }
            let earned = earnings(&book.facts, self.policies, &partners, |charge| book.settled_of(charge))?;
            for kept in earned.iter().filter_map(|earning| kept_of(earning, &book)) {
                write(self.sql, &kept, self.policies, self.today, &mut self.floor)?;
            }
        }
        self.partners = Some(partners);
        Ok(())
    }

    fn clear(&self, book: &AccountBook) -> Result<(), StoreError> {
        for charge in &book.facts.charges {
            clear_charge(self.sql, charge.no)?;
        }
        Ok(())
    }

    fn finish(self) -> Result<(), StoreError> {
        if self.floor > self.floor_before {
            migrate::set_meta(self.sql, QUIET_FLOOR, &to_stored(self.floor).to_string())?;
        }
        Ok(())
    }
}

fn clear_charge(sql: &Connection, charge_no: i64) -> Result<(), StoreError> {
    let mut keys: Vec<(i64, i64, i64)> = Vec::new();
    let mut statement = sql.prepare_cached(KEYS_OF_CHARGE)?;
    let mut rows = statement.query([charge_no])?;
    while let Some(row) = rows.next()? {
        keys.push((row.get(0)?, row.get(1)?, row.get(2)?));
    }
    for key in keys {
        sql.prepare_cached(CLEAR)?.execute(params![key.0, key.1, key.2])?;
    }
    Ok(())
}

fn insert(sql: &Connection, kept: &KeptCharge, open: bool) -> Result<(), StoreError> {
    let schedule = &kept.schedule;
    sql.prepare_cached(KEEP)?.execute(params![
        open,
        kept.partner.unwrap_or(0),
        kept.charge_no,
        stored_or_zero(schedule.collected_on),
        schedule.due.minor(),
        to_stored(schedule.hold_end),
        stored_or_zero(schedule.eligible_on),
        stored_or_zero(schedule.window_from),
        kept.settled.out.minor(),
        kept.settled.lapsed.minor(),
        write_steps(schedule),
    ])?;
    Ok(())
}

impl Writer {
    /// Adds a line's amount to what is settled of a kept charge, as the run that takes it is drafted (R7.3).
    ///
    /// # Errors
    /// The charge is not kept for this partner, so there was nothing to take.
    pub(super) fn settle_kept(
        &self,
        partner_no: i64,
        charge_no: i64,
        amount: Money,
        lapsed: bool,
    ) -> Result<(), StoreError> {
        let mut kept = self.kept(partner_no, charge_no)?.ok_or_else(|| StoreError::Damaged {
            table: "commissions",
            id: charge_no.to_string(),
            what: "is not kept for the partner whose line takes it".to_owned(),
        })?;
        let sum = if lapsed { &mut kept.settled.lapsed } else { &mut kept.settled.out };
        *sum = sum.plus(amount)?;
        for open in [0, 1] {
            self.sql().prepare_cached(CLEAR)?.execute(params![open, partner_no, charge_no])?;
        }
        // A clawback may have settled the last of a charge that earns nothing any more.
        if is_nothing(&kept.schedule, &kept.settled) {
            return Ok(());
        }
        let mut floor = quiet_floor(self.sql())?;
        let before = floor;
        write(self.sql(), &kept, self.policies(), self.today_here(), &mut floor)?;
        if floor > before {
            migrate::set_meta(self.sql(), QUIET_FLOOR, &to_stored(floor).to_string())?;
        }
        Ok(())
    }
}

/// Writes a row as open or quiet; raises the floor from which open rows are all there is to see.
fn write(
    sql: &Connection,
    kept: &KeptCharge,
    policies: &Policies,
    today: Day,
    floor: &mut Day,
) -> Result<(), StoreError> {
    let soon = plus_days(today, QUIET_SOON_DAYS);
    let quiet = kept.schedule.quiet_from(&kept.settled, policies)?.filter(|quiet_from| *quiet_from <= soon);
    if let Some(quiet_from) = quiet {
        *floor = (*floor).max(quiet_from);
    }
    insert(sql, kept, quiet.is_none())
}

pub(super) fn quiet_floor(sql: &Connection) -> Result<Day, StoreError> {
    let stored = migrate::meta(sql, QUIET_FLOOR)?;
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
        let mut kept = std::collections::BTreeMap::new();
        let mut statement = self.sql.prepare(EVERY)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let row = KeptCharge::read(row)?;
            kept.insert((row.charge_no, row.partner), row);
        }
        let partners = self.partners()?;
        let loader = AccountLoader::new(&self.sql)?;
        let mut differing = Vec::new();
        let mut statement = self.sql.prepare(ATTRIBUTED)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let account_id: String = row.get(0)?;
            let Some(book) = loader.load(&account_id)? else { continue };
            let earned = earnings(&book.facts, &self.policies, &partners, |charge| book.settled_of(charge))?;
            for fresh in earned.iter().filter_map(|earning| kept_of(earning, &book)) {
                let stored = kept.remove(&(fresh.charge_no, fresh.partner));
                if stored.as_ref() != Some(&fresh) {
                    differing.push((fresh.charge_no, Some(fresh), stored));
                }
            }
        }
        differing.extend(kept.into_values().map(|stored| (stored.charge_no, None, Some(stored))));
        Ok(differing)
    }
}
