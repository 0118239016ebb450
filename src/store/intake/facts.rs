//! What billing rows say of their accounts, gathered by account and held against what is known.
//!
//! Floor 4. The accounts file stands above billing rows; of those the one billed latest wins, of one day the one with
//! the higher charge id. A blank never erases and `-` clears. What staff entered over an imported value stays while
//! billing only repeats that value (CONTRACT.md "CSV in").

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::IntakeError;
use super::indexes::Away;
use super::window::Window;
use crate::dates::{Day, to_stored};
use crate::ids::EmailKey;
use crate::import::billing::{AccountCells, BillingRow};
use crate::import::cells::Given;
use crate::import::packed::{Pack, Unpack};
use crate::import::sorter::Sorter;
use crate::store::rows::{Stored, stored};
use crate::store::{StoreError, Writer, spill_room};

const LAST_NO: &str = "SELECT coalesce(max(account_no), 0) FROM accounts";
const ACCOUNTS_FROM: &str =
    "SELECT account_no, account_id, email, name, opened_on, closed_on, referral_code, email_source,
        name_source, opened_source, closed_source, carries_code, attributed
    FROM accounts WHERE account_id >= ?1 ORDER BY account_id LIMIT ?2";
const ADD: &str =
    "INSERT INTO accounts (account_no, account_id, email, email_key, name, opened_on, closed_on,
        referral_code, email_source, name_source, opened_source, closed_source, carries_code)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
const CHANGE: &str =
    "UPDATE accounts SET email = ?2, email_key = ?3, name = ?4, opened_on = ?5, closed_on = ?6,
        referral_code = ?7, email_source = ?8, name_source = ?9, opened_source = ?10, closed_source = ?11,
        carries_code = ?12
    WHERE account_no = ?1";
const RANK: &str = "SELECT billed_on, charge_id FROM charges WHERE charge_no = ?1";
const EDIT: &str = "SELECT imported FROM account_edits WHERE account_no = ?1 AND column_name = ?2";
const DROP_EDIT: &str = "DELETE FROM account_edits WHERE account_no = ?1 AND column_name = ?2";

/// Secondary indexes of `accounts` that a large file builds anew.
pub(super) const INDEXES: [&str; 3] = ["accounts_by_email", "accounts_by_name", "accounts_untied"];

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
    last_no: i64,
    away: Away<'a>,
}

impl<'a> AccountTable<'a> {
    pub(super) fn open(sql: &'a Connection, incoming: u64) -> Result<Self, StoreError> {
        let last_no: i64 = sql.query_row(LAST_NO, [], |row| row.get(0))?;
        Ok(Self {
            sql,
            window: Window::new(sql, ACCOUNTS_FROM, read_account, |account| &account.id, last_no, incoming),
            last_no,
            away: Away::take(sql, &INDEXES, last_no, incoming)?,
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

    pub(super) fn add(&self, account: &Account) -> Result<(), StoreError> {
        self.sql.prepare_cached(ADD)?.execute(params![
            account.no,
            account.id,
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

    pub(super) fn change(&self, account: &Account) -> Result<(), StoreError> {
        self.sql.prepare_cached(CHANGE)?.execute(params![
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

    pub(super) fn finish(self) -> Result<(), StoreError> {
        self.away.build()
    }

    /// Returns whether staff entered a value over just this imported one: then it says nothing new. A different one
    /// is news, and staff's entry gives way to it.
    pub(super) fn is_overlaid(
        &self,
        account_no: i64,
        column: &str,
        imported: Option<&str>,
    ) -> Result<bool, StoreError> {
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
    fn outranks(&self, known: i64, new: &Origin) -> Result<bool, StoreError> {
        if known == NOBODY || known == new.charge_no {
            return Ok(true);
        }
        if known == ACCOUNTS_FILE {
            return Ok(false);
        }
        let rank: Option<(i64, String)> = self
            .sql
            .prepare_cached(RANK)?
            .query_row([known], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        Ok(rank.is_none_or(|(day, id)| (new.billed_on, new.charge_id.as_str()) >= (day, id.as_str())))
    }

    fn settle<T: PartialEq>(
        &self,
        account: (i64, &str),
        fact: &mut Fact<T>,
        said: Option<(Origin, Given<T>)>,
        text: impl Fn(&T) -> String,
    ) -> Result<(), StoreError> {
        let Some((origin, given)) = said else { return Ok(()) };
        let value = given.value();
        if !self.outranks(fact.source, &origin)? {
            return Ok(());
        }
        let (no, column) = account;
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
}

/// A charge as the origin of a fact.
#[derive(Debug, Clone)]
struct Origin {
    charge_no: i64,
    billed_on: i64,
    charge_id: String,
}

/// The last word of one file on one account, column by column.
#[derive(Default)]
struct Word {
    email: Option<(Origin, Given<String>)>,
    name: Option<(Origin, Given<String>)>,
    opened_on: Option<(Origin, Given<Day>)>,
    closed_on: Option<(Origin, Given<Day>)>,
    carries_code: bool,
}

impl Word {
    /// Hears a row; rows come in ascending rank, so the later one is right.
    fn hear(&mut self, origin: &Origin, cells: &AccountCells<'_>, carries_code: bool) {
        fn last<T>(said: &mut Option<(Origin, Given<T>)>, origin: &Origin, given: Given<T>) {
            if !matches!(given, Given::Blank) {
                *said = Some((origin.clone(), given));
            }
        }
        last(&mut self.email, origin, cells.email.map(str::to_owned));
        last(&mut self.name, origin, cells.name.map(str::to_owned));
        last(&mut self.opened_on, origin, cells.opened_on);
        last(&mut self.closed_on, origin, cells.closed_on);
        self.carries_code |= carries_code;
    }
}

/// Collects what the taken rows of a billing file say of accounts.
pub(super) struct Facts {
    sorter: Sorter,
    key: Vec<u8>,
    pack: Pack,
}

impl Facts {
    pub(super) fn new(writer: &Writer) -> Self {
        Self { sorter: Sorter::new(&spill_room(writer.path())), key: Vec::new(), pack: Pack::default() }
    }

    /// Keeps what a row says, under its account and in the order of billing.
    pub(super) fn push(&mut self, row: &BillingRow<'_>, charge_no: i64) -> Result<(), IntakeError> {
        self.key.clear();
        self.key.extend_from_slice(row.account_id.as_bytes());
        self.key.push(0);
        self.key.extend_from_slice(&to_stored(row.billed_on).to_be_bytes());
        self.key.extend_from_slice(row.charge_id.as_bytes());
        self.pack.clear();
        self.pack.text(row.account_id);
        self.pack.text(row.charge_id);
        self.pack.day(row.billed_on);
        self.pack.int(charge_no);
        self.pack.int(i64::from(row.referral_code.value().is_some()));
        row.account.pack(&mut self.pack);
        Ok(self.sorter.push(&self.key, self.pack.bytes())?)
    }

    /// Holds what was collected against the stored accounts.
    pub(super) fn write(self, writer: &Writer) -> Result<(), IntakeError> {
        let mut accounts = AccountTable::open(writer.sql(), self.sorter.rows())?;
        let mut sorted = self.sorter.finish()?;
        let mut current = String::new();
        let mut word = Word::default();
        while let Some(item) = sorted.next_item()? {
            let mut from = Unpack::new(item.row);
            let account_id = from.text();
            if account_id != current {
                write_word(writer, &mut accounts, &current, std::mem::take(&mut word))?;
                account_id.clone_into(&mut current);
            }
            let charge_id = from.text().to_owned();
            let billed_on = to_stored(from.day());
            let origin = Origin { charge_no: from.int(), billed_on, charge_id };
            let carries_code = from.int() != 0;
            word.hear(&origin, &AccountCells::unpack(&mut from), carries_code);
        }
        write_word(writer, &mut accounts, &current, word)?;
        Ok(accounts.finish()?)
    }
}

/// Holds one account's word against what is known of it; its commissions may have changed with its charges.
fn write_word(
    writer: &Writer,
    accounts: &mut AccountTable<'_>,
    account_id: &str,
    word: Word,
) -> Result<(), StoreError> {
    if account_id.is_empty() {
        return Ok(());
    }
    let known = accounts.take(account_id)?;
    let mut account = known.clone().unwrap_or_else(|| accounts.make(account_id));
    let no = account.no;
    accounts.settle((no, "email"), &mut account.email, word.email, Clone::clone)?;
    accounts.settle((no, "name"), &mut account.name, word.name, Clone::clone)?;
    accounts.settle((no, "opened_on"), &mut account.opened_on, word.opened_on, Day::to_string)?;
    accounts.settle((no, "closed_on"), &mut account.closed_on, word.closed_on, Day::to_string)?;
    account.carries_code |= word.carries_code;
    if account.attributed {
        writer.touch_account(account_id);
    }
    match known {
        None => accounts.add(&account),
        Some(known) if known != account => accounts.change(&account),
        Some(_) => Ok(()),
    }
}
