//! What billing rows say of their accounts, gathered by account and held against what is known.
//!
//! Floor 4. The accounts file stands above billing rows; of those the one billed latest wins, of one day the one with
//! the higher charge id. A blank never erases and `-` clears. What staff entered over an imported value stays while
//! billing only repeats that value (CONTRACT.md "CSV in").

use std::cell::Cell;

use rusqlite::{Connection, OptionalExtension, Row, Statement, params};

use super::IntakeError;
use super::indexes::Indexes;
use super::window::{Walk, Window};
use crate::dates::{Day, to_stored};
use crate::ids::EmailKey;
use crate::import::billing::{AccountCells, BillingRow};
use crate::import::cells::Given;
use crate::import::packed::{Pack, Unpack};
use crate::import::sorter::{Item, Sorter};
use crate::store::bulk::Bulk;
use crate::store::rows::{Stored, stored};
use crate::store::{StoreError, Writer, spill_room};

const LAST_NO: &str = "SELECT coalesce(max(account_no), 0) FROM accounts";
const ACCOUNTS_FROM: &str =
    "SELECT account_no, account_id, email, name, opened_on, closed_on, referral_code, email_source,
        name_source, opened_source, closed_source, carries_code, attributed
    FROM accounts WHERE account_id >= ?1 ORDER BY account_id";
const ADD: &str = "accounts (account_id, email, email_key, name, opened_on, closed_on,
        referral_code, email_source, name_source, opened_source, closed_source, carries_code)";
const CHANGE: &str =
    "UPDATE accounts SET email = ?2, email_key = ?3, name = ?4, opened_on = ?5, closed_on = ?6,
        referral_code = ?7, email_source = ?8, name_source = ?9, opened_source = ?10, closed_source = ?11,
        carries_code = ?12
    WHERE account_no = ?1";
/// The columns without an index: most of what billing repeats only moves a fact's source.
const MOVE: &str = "UPDATE accounts SET opened_on = ?2, closed_on = ?3, email_source = ?4, name_source = ?5,
        opened_source = ?6, closed_source = ?7
    WHERE account_no = ?1";
/// Answered by the index alone, in the order of the accounts; the charges themselves lie all over their table.
const OUTDONE: &str = "SELECT NOT EXISTS (SELECT 1 FROM charges INDEXED BY charges_by_account
    WHERE account_id = ?1 AND billed_on >= ?2 AND charge_no = ?3)";
const RANK: &str = "SELECT billed_on, charge_id FROM charges WHERE charge_no = ?1";
const ANY_EDIT: &str = "SELECT EXISTS (SELECT 1 FROM account_edits)";
const EDIT: &str = "SELECT imported FROM account_edits WHERE account_no = ?1 AND column_name = ?2";
const DROP_EDIT: &str = "DELETE FROM account_edits WHERE account_no = ?1 AND column_name = ?2";

/// Secondary indexes of `accounts` that a large file builds anew.
pub(super) const INDEXES: [&str; 3] = ["accounts_by_email", "accounts_by_name", "accounts_untied"];

/// Accounts that are walked over in the time of one jump.
const ACCOUNTS_FOR_A_JUMP: u64 = 4;

/// The source of a fact that nobody gave.
const NOBODY: i64 = 0;
/// The source of a fact from the accounts file.
pub(super) const ACCOUNTS_FILE: i64 = -1;

/// A fact with the charge that gave it, or where else it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Fact<T> {
    pub(super) value: Option<T>,
    pub(super) source: i64,
}

/// An account as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Account {
    pub(super) no: i64,
    pub(super) id: String,
    pub(super) email: Fact<String>,
    pub(super) name: Fact<String>,
    pub(super) opened_on: Fact<Day>,
    pub(super) closed_on: Fact<Day>,
    pub(super) referral_code: Option<String>,
    pub(super) carries_code: bool,
    pub(super) attributed: bool,
}

fn read_account(row: &Row<'_>) -> Result<Account, StoreError> {
    let row = Stored { table: "accounts", row };
    Ok(Account {
        no: row.get(0)?,
        id: row.get(1)?,
        email: Fact { value: row.get(2)?, source: row.get(7)? },
        name: Fact { value: row.get(3)?, source: row.get(8)? },
        opened_on: Fact { value: row.opt_day(4)?, source: row.get(9)? },
        closed_on: Fact { value: row.opt_day(5)?, source: row.get(10)? },
        referral_code: row.get(6)?,
        carries_code: row.get(11)?,
        attributed: row.get(12)?,
    })
}

/// The accounts of the store, beside a file in the order of their ids.
pub(super) struct AccountTable<'a> {
    sql: &'a Connection,
    window: Window<'a, Account>,
    add: Bulk<'a, 12>,
    change: Statement<'a>,
    move_sources: Statement<'a>,
    last_no: i64,
    indexes: Indexes<'a>,
    /// Whether staff entered anything over what was imported.
    any_edits: bool,
    /// Which of two charges last stood above which: the known one, the new one.
    ranked: Cell<Option<((i64, i64), bool)>>,
}

impl<'a> AccountTable<'a> {
    pub(super) fn open(sql: &'a Connection, incoming: u64) -> Result<Self, StoreError> {
        let last_no: i64 = sql.query_row(LAST_NO, [], |row| row.get(0))?;
        let walk = Walk { stored: last_no, incoming, sparse: ACCOUNTS_FOR_A_JUMP };
        Ok(Self {
            sql,
            window: Window::new(sql, ACCOUNTS_FROM, read_account, |account| &account.id, walk)?,
            add: Bulk::numbering(sql, ADD, last_no),
            change: sql.prepare(CHANGE)?,
            move_sources: sql.prepare(MOVE)?,
            last_no,
            indexes: Indexes::new(sql, &INDEXES, last_no),
            any_edits: sql.query_row(ANY_EDIT, [], |row| row.get(0))?,
            ranked: Cell::new(None),
        })
    }

    /// Returns the account of an id, stored or not.
    pub(super) fn take(&mut self, id: &str) -> Result<Option<Account>, StoreError> {
        self.window.take(id)
    }

    /// Returns a new account of an id.
    pub(super) fn make(&mut self, id: &str) -> Account {
        self.last_no += 1;
        Account { no: self.last_no, id: id.to_owned(), ..Account::default() }
    }

    /// Stores an account, new or changed.
    pub(super) fn store(&mut self, known: Option<&Account>, account: &Account) -> Result<(), StoreError> {
        match known {
            None => self.add(account),
            Some(known) if known == account => Ok(()),
            Some(known) if known.same_in_indexes(account) => self.move_sources(account),
            Some(_) => self.change(account),
        }
    }

    fn add(&mut self, account: &Account) -> Result<(), StoreError> {
        self.indexes.writing()?;
        self.add.add([
            account.id.as_str().into(),
            account.email.value.as_ref().into(),
            account.email_key().as_ref().into(),
            account.name.value.as_ref().into(),
            stored(account.opened_on.value).into(),
            stored(account.closed_on.value).into(),
            account.referral_code.as_ref().into(),
            account.email.source.into(),
            account.name.source.into(),
            account.opened_on.source.into(),
            account.closed_on.source.into(),
            account.carries_code.into(),
        ])
    }

    fn change(&mut self, account: &Account) -> Result<(), StoreError> {
        self.indexes.writing()?;
        self.change.execute(params![
            account.no,
            account.email.value,
            account.email_key(),
            account.name.value,
            stored(account.opened_on.value),
            stored(account.closed_on.value),
            account.referral_code,
            account.email.source,
            account.name.source,
            account.opened_on.source,
            account.closed_on.source,
            account.carries_code,
        ])?;
        Ok(())
    }

    fn move_sources(&mut self, account: &Account) -> Result<(), StoreError> {
        self.move_sources.execute(params![
            account.no,
            stored(account.opened_on.value),
            stored(account.closed_on.value),
            account.email.source,
            account.name.source,
            account.opened_on.source,
            account.closed_on.source,
        ])?;
        Ok(())
    }

    pub(super) fn finish(self) -> Result<(), StoreError> {
        let Self { window, mut add, change, move_sources, indexes, .. } = self;
        add.flush()?;
        drop((window, add, change, move_sources));
        indexes.build()
    }

    /// Returns whether staff entered a value over just this imported one: then it says nothing new. A different one
    /// is news, and staff's entry gives way to it.
    pub(super) fn is_overlaid(
        &self,
        account_no: i64,
        column: &str,
        imported: Option<&str>,
    ) -> Result<bool, StoreError> {
        if !self.any_edits {
            return Ok(false);
        }
        let edit: Option<Option<String>> = self
            .sql
            .prepare_cached(EDIT)?
            .query_row(params![account_no, column], |row| row.get(0))
            .optional()?;
        let Some(replaced) = edit else { return Ok(false) };
        if replaced.as_deref() == imported {
            return Ok(true);
        }
        self.sql.prepare_cached(DROP_EDIT)?.execute(params![account_no, column])?;
        Ok(false)
    }

    /// Returns whether a charge's word stands above the one that is known.
    fn outranks(&self, account_id: &str, known: i64, new: &Origin<'_>) -> Result<bool, StoreError> {
        if known == NOBODY || known == new.charge_no {
            return Ok(true);
        }
        if known == ACCOUNTS_FILE {
            return Ok(false);
        }
        // Mostly one charge gave all of an account's facts, and one gives all of them anew.
        if let Some((pair, stands)) = self.ranked.get()
            && pair == (known, new.charge_no)
        {
            return Ok(stands);
        }
        let stands = self.is_outdone(account_id, known, new)? || self.is_outranked(known, new)?;
        self.ranked.set(Some(((known, new.charge_no), stands)));
        Ok(stands)
    }

    /// Returns whether a known charge was billed before a new one's day.
    fn is_outdone(&self, account_id: &str, known: i64, new: &Origin<'_>) -> Result<bool, StoreError> {
        let mut statement = self.sql.prepare_cached(OUTDONE)?;
        Ok(statement.query_row(params![account_id, new.billed_on, known], |row| row.get(0))?)
    }

    fn is_outranked(&self, known: i64, new: &Origin<'_>) -> Result<bool, StoreError> {
        let rank: Option<(i64, String)> = self
            .sql
            .prepare_cached(RANK)?
            .query_row([known], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        Ok(rank.is_none_or(|(day, id)| (new.billed_on, new.charge_id) >= (day, id.as_str())))
    }

    /// Holds one column's word against what is known.
    fn settle<T>(
        &self,
        (account_id, no, column): (&str, i64, &str),
        fact: &mut Fact<T>,
        origin: &Origin<'_>,
        given: Given<T>,
        text: impl Fn(&T) -> String,
    ) -> Result<(), StoreError> {
        if matches!(given, Given::Blank) || !self.outranks(account_id, fact.source, origin)? {
            return Ok(());
        }
        let value = given.value();
        if fact.source == NOBODY || !self.is_overlaid(no, column, value.as_ref().map(text).as_deref())? {
            *fact = Fact { value, source: origin.charge_no };
        }
        Ok(())
    }
}

impl Account {
    fn email_key(&self) -> Option<String> {
        self.email.value.as_deref().map(|email| EmailKey::of(email).0)
    }

    fn same_in_indexes(&self, other: &Self) -> bool {
        self.email.value == other.email.value
            && self.name.value == other.name.value
            && self.referral_code == other.referral_code
            && self.carries_code == other.carries_code
    }
}

/// A charge as the origin of a fact.
#[derive(Debug, Clone, Copy)]
struct Origin<'a> {
    charge_no: i64,
    billed_on: i64,
    charge_id: &'a str,
}

/// What a row told of its account, as the sorter keeps it: the key is the account's id, a NUL, the day of billing and
/// the charge's id; the row is a byte of marks, the charge's number and the cells. The marks say which cells tell
/// something, so that a row that a later one outdoes is never unpacked.
#[derive(Debug, Clone, Default)]
struct Told {
    key: Vec<u8>,
    row: Vec<u8>,
}

/// The mark of a row that carries a referral code; those of the columns stand below it.
const CARRIES_CODE: u8 = 1 << 4;
/// Bytes of a day in a key.
const DAY_BYTES: usize = 4;

/// A row's word on its account.
#[derive(Debug, Clone, Copy)]
struct Word<'a> {
    origin: Origin<'a>,
    cells: AccountCells<'a>,
}

impl Told {
    fn pack(&mut self, row: &BillingRow<'_>, charge_no: i64, pack: &mut Pack) {
        self.key.clear();
        self.key.extend_from_slice(row.account_id.as_bytes());
        self.key.push(0);
        let day = u32::try_from(to_stored(row.billed_on)).expect("a day is a number of eight digits");
        self.key.extend_from_slice(&day.to_be_bytes());
        self.key.extend_from_slice(row.charge_id.as_bytes());
        pack.clear();
        pack.int(charge_no);
        row.account.pack(pack);
        self.row.clear();
        self.row.push(marks_of(row));
        self.row.extend_from_slice(pack.bytes());
    }

    fn set(&mut self, item: Item<'_>) {
        item.key.clone_into(&mut self.key);
        item.row.clone_into(&mut self.row);
    }

    fn word(&self) -> Word<'_> {
        let rest =
            self.key.get(account_of(&self.key).len() + 1..).and_then(<[u8]>::split_first_chunk::<DAY_BYTES>);
        let (day, charge_id) = rest.expect(AS_PACKED);
        let mut from = Unpack::new(self.row.get(1..).expect(AS_PACKED));
        let origin = Origin {
            charge_no: from.int(),
            billed_on: i64::from(u32::from_be_bytes(*day)),
            charge_id: std::str::from_utf8(charge_id).expect(AS_PACKED),
        };
        Word { origin, cells: AccountCells::unpack(&mut from) }
    }
}

/// What was not packed here is never read: a fault of the program, not of a file.
const AS_PACKED: &str = "a row is read as it was packed";

fn marks_of(row: &BillingRow<'_>) -> u8 {
    let cells = &row.account;
    let told = [
        !matches!(cells.email, Given::Blank),
        !matches!(cells.name, Given::Blank),
        !matches!(cells.opened_on, Given::Blank),
        !matches!(cells.closed_on, Given::Blank),
    ];
    let columns = told.iter().enumerate().fold(0, |marks, (at, told)| marks | (u8::from(*told) << at));
    if row.referral_code.value().is_some() { columns | CARRIES_CODE } else { columns }
}

/// Returns the account's id of a key.
fn account_of(key: &[u8]) -> &[u8] {
    memchr::memchr(0, key).and_then(|end| key.get(..end)).unwrap_or(key)
}

/// Which row of an account last told something of a column.
#[derive(Default)]
enum Last {
    /// None did.
    #[default]
    Nothing,
    /// The latest of all.
    Latest,
    /// One before it.
    Earlier(Told),
}

impl Last {
    fn word<'a>(&'a self, latest: Word<'a>) -> Option<Word<'a>> {
        match self {
            Self::Nothing => None,
            Self::Latest => Some(latest),
            Self::Earlier(told) => Some(told.word()),
        }
    }
}

/// The last words of one file on one account; rows come in the order of billing, so the later one is right.
#[derive(Default)]
struct LastWords {
    latest: Told,
    /// By column: e-mail, name, opening, closing.
    columns: [Last; 4],
    carries_code: bool,
}

impl LastWords {
    fn begin(&mut self) {
        self.columns = Default::default();
        self.carries_code = false;
    }

    /// Hears a row.
    fn hear(&mut self, item: Item<'_>) {
        let marks = item.row.first().copied().unwrap_or(0);
        for (at, last) in self.columns.iter_mut().enumerate() {
            if marks & (1 << at) != 0 {
                *last = Last::Latest;
            } else if matches!(last, Last::Latest) {
                *last = Last::Earlier(self.latest.clone());
            }
        }
        self.carries_code |= marks & CARRIES_CODE != 0;
        self.latest.set(item);
    }
}

/// Collects what the taken rows of a billing file say of accounts.
pub(super) struct Facts {
    sorter: Sorter,
    told: Told,
    pack: Pack,
}

impl Facts {
    pub(super) fn new(writer: &Writer) -> Self {
        let sorter = Sorter::new(&spill_room(writer.path()));
        Self { sorter, told: Told::default(), pack: Pack::default() }
    }

    /// Keeps what a row says, under its account and in the order of billing.
    pub(super) fn push(&mut self, row: &BillingRow<'_>, charge_no: i64) -> Result<(), IntakeError> {
        self.told.pack(row, charge_no, &mut self.pack);
        Ok(self.sorter.push(&self.told.key, &self.told.row)?)
    }

    /// Holds what was collected against the stored accounts.
    pub(super) fn write(self, writer: &Writer) -> Result<(), IntakeError> {
        let mut accounts = AccountTable::open(writer.sql(), self.sorter.rows())?;
        let mut sorted = self.sorter.finish()?;
        let mut last = LastWords::default();
        while let Some(item) = sorted.next_item()? {
            if account_of(item.key) != account_of(&last.latest.key) {
                last.write(writer, &mut accounts)?;
                last.begin();
            }
            last.hear(item);
        }
        last.write(writer, &mut accounts)?;
        Ok(accounts.finish()?)
    }
}

impl LastWords {
    /// Holds what was said against what is known; the account's commissions may have changed with its charges.
    fn write(&self, writer: &Writer, accounts: &mut AccountTable<'_>) -> Result<(), StoreError> {
        let account_id = std::str::from_utf8(account_of(&self.latest.key)).expect(AS_PACKED);
        if account_id.is_empty() {
            return Ok(());
        }
        let known = accounts.take(account_id)?;
        let mut account = known.clone().unwrap_or_else(|| accounts.make(account_id));
        let no = account.no;
        let latest = self.latest.word();
        let [email, name, opened_on, closed_on] = self.columns.each_ref().map(|last| last.word(latest));
        if let Some(Word { origin, cells }) = email {
            let given = cells.email.map(str::to_owned);
            accounts.settle((account_id, no, "email"), &mut account.email, &origin, given, Clone::clone)?;
        }
        if let Some(Word { origin, cells }) = name {
            let given = cells.name.map(str::to_owned);
            accounts.settle((account_id, no, "name"), &mut account.name, &origin, given, Clone::clone)?;
        }
        if let Some(Word { origin, cells }) = opened_on {
            let (column, fact) = ((account_id, no, "opened_on"), &mut account.opened_on);
            accounts.settle(column, fact, &origin, cells.opened_on, Day::to_string)?;
        }
        if let Some(Word { origin, cells }) = closed_on {
            let (column, fact) = ((account_id, no, "closed_on"), &mut account.closed_on);
            accounts.settle(column, fact, &origin, cells.closed_on, Day::to_string)?;
        }
        account.carries_code |= self.carries_code;
        if account.attributed {
            writer.touch_account(account_id);
        }
        accounts.store(known.as_ref(), &account)
    }
}
