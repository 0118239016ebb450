//! Rows of the accounts file meet the stored accounts, both in the order of their ids.
//!
//! Floor 4. The accounts file's word stands above billing's. Of a row only a column that differs from its last imported
//! value is applied, so that a nightly file does not undo what staff entered since (CONTRACT.md "CSV in").

use super::facts::{ACCOUNTS_FILE, Account, AccountTable, Fact};
use super::names::EmailNames;
use super::{Intake, IntakeError};
use crate::dates::Day;
use crate::import::accounts::AccountRow;
use crate::import::cells::{Fault, Given};
use crate::import::groups::{Groups, Version};
use crate::import::sorter::Sorter;
use crate::import::tally::Fate;
use crate::money::Money;
use crate::store::StoreError;

impl Intake<'_> {
    pub(super) fn take_accounts(&mut self, rows: Sorter) -> Result<(), IntakeError> {
        let mut accounts = AccountTable::open(self.writer.sql(), rows.rows())?;
        let codes = self.writer.links_by_code()?;
        let names = EmailNames::default();
        let mut groups = Groups::new(rows)?;
        while let Some(versions) = groups.next_group()? {
            let versions: Vec<Version<'_>> = versions.collect();
            let [version] = versions.as_slice() else {
                self.contradict_each(&versions, "account_id", |version| {
                    AccountRow::unpack(&mut version.unpack()).account_id.to_owned()
                })?;
                continue;
            };
            let row = AccountRow::unpack(&mut version.unpack());
            if let Some(code) = row.referral_code.value()
                && !codes.contains_key(&crate::ids::Code(code.to_owned()).key())
            {
                self.tally.note_unknown_code(code);
            }
            let known = accounts.take(row.account_id)?;
            if known.is_none()
                && let Some(other) = names.other(self.writer.sql(), row.account_id)?
            {
                // Two spellings of an e-mail would be two accounts, one with the facts and one with the charges.
                let reason = format!("is known as {other}, for e-mails have no case (R4.5); write it so");
                let value = row.account_id.to_owned();
                self.contradict(Fault { column: "account_id", value, reason }, version)?;
                continue;
            }
            let mut account = known.clone().unwrap_or_else(|| accounts.make(row.account_id));
            apply(&accounts, &mut account, &row)?;
            accounts.store(known.as_ref(), &account)?;
            let fate = match &known {
                None => Fate::New,
                Some(known) if same_values(known, &account) => Fate::Seen,
                Some(_) => Fate::Updated,
            };
            if fate == Fate::Updated && account.attributed {
                self.writer.touch_account(row.account_id);
            }
            self.count(fate, Money::ZERO, version)?;
        }
        Ok(accounts.finish()?)
    }

    /// Sets aside all different rows of one id: nothing says which of them is right.
    pub(super) fn contradict_each(
        &mut self,
        versions: &[Version<'_>],
        column: &'static str,
        id: impl Fn(&Version<'_>) -> String,
    ) -> Result<(), IntakeError> {
        for version in versions {
            let reason = format!("the file has {} different rows with this {column}", versions.len());
            self.contradict(Fault { column, value: id(version), reason }, version)?;
        }
        Ok(())
    }
}

fn apply(accounts: &AccountTable<'_>, account: &mut Account, row: &AccountRow<'_>) -> Result<(), StoreError> {
    let no = account.no;
    let cells = &row.cells;
    settle(accounts, (no, "email"), &mut account.email, cells.email.map(str::to_owned), Clone::clone)?;
    settle(accounts, (no, "name"), &mut account.name, cells.name.map(str::to_owned), Clone::clone)?;
    settle(accounts, (no, "opened_on"), &mut account.opened_on, cells.opened_on, Day::to_string)?;
    settle(accounts, (no, "closed_on"), &mut account.closed_on, cells.closed_on, Day::to_string)?;
    let mut code = Fact { value: account.referral_code.take(), source: ACCOUNTS_FILE };
    let said = row.referral_code.map(str::to_owned);
    settle(accounts, (no, "referral_code"), &mut code, said, Clone::clone)?;
    account.referral_code = code.value;
    account.carries_code |= account.referral_code.is_some();
    Ok(())
}

fn settle<T: PartialEq>(
    accounts: &AccountTable<'_>,
    (no, column): (i64, &str),
    fact: &mut Fact<T>,
    given: Given<T>,
    text: impl Fn(&T) -> String,
) -> Result<(), StoreError> {
    if matches!(given, Given::Blank) {
        return Ok(());
    }
    let value = given.value();
    if !accounts.is_overlaid(no, column, value.as_ref().map(text).as_deref())? {
        *fact = Fact { value, source: ACCOUNTS_FILE };
    }
    Ok(())
}

/// Returns whether two accounts say the same, wherever each fact comes from.
fn same_values(one: &Account, two: &Account) -> bool {
    one.email.value == two.email.value
        && one.name.value == two.name.value
        && one.opened_on.value == two.opened_on.value
        && one.closed_on.value == two.closed_on.value
        && one.referral_code == two.referral_code
}
