//! One account with everything the rules need of it: its dates, referrers, charges, refunds and settled lines.
//!
//! Floor 4. The same facts feed the kept commissions, `why`, `lookup` and `check`.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, Row, ToSql};

use super::rows::Stored;
use super::settlements::{self, ChargeLine};
use super::{Reader, StoreError};
use crate::commission::{AccountFacts, Charge, Kind, Refund, Settled, Status, Tie};
use crate::ids::{AccountId, ChargeId};
use crate::run::ItemState;

const ACCOUNT: &str =
    "SELECT account_id, account_no, opened_on, closed_on FROM accounts WHERE account_id = ?1";
const TIES: &str = "SELECT account_no, partner_no, from_on, assigned_on, self_referral FROM attributions
    WHERE account_no = ?1 ORDER BY seq";
/// Answered by the index alone.
pub(super) const CHARGE_NOS: &str =
    "SELECT charge_no FROM charges INDEXED BY charges_by_account WHERE account_id = ?1";
const CHARGE: &str = "SELECT charge_no, charge_id, billed_on, collected_on, kind, status, amount_cents,
        refunded_cents, currency
    FROM charges WHERE charge_no = ?1";
const REFUNDS: &str =
    "SELECT refund_no, on_day, amount_cents FROM refunds WHERE charge_no = ?1 ORDER BY refund_no";
const RESOLUTION: &str =
    "SELECT charge_no, status, collected_on FROM charge_resolutions WHERE charge_no = ?1";
const OF_PARTNER: &str = "SELECT account_id FROM attributions JOIN accounts USING (account_no) WHERE partner_no = ?1
    UNION
    SELECT account_id FROM commissions JOIN charges USING (charge_no) WHERE open IN (0, 1) AND partner_no = ?1";
const ANY: [&str; 2] =
    ["SELECT EXISTS (SELECT 1 FROM lines)", "SELECT EXISTS (SELECT 1 FROM charge_resolutions)"];

/// Accounts that are read at once: some megabytes with their charges.
pub const STRETCH: usize = 8_192;

/// What runs did with a charge for one partner, and the latest run that did.
#[derive(Debug, Clone, Default)]
pub struct SettledLines {
    /// The sums of R5.1.
    pub settled: Settled,
    /// The latest run with a live line.
    pub run: Option<String>,
}

/// Reads accounts whole; keeps what is the same for all of them.
pub struct AccountLoader<'a> {
    sql: &'a Connection,
    any_lines: bool,
    any_resolutions: bool,
}

impl SettledLines {
    /// Sums the live lines of a charge by partner (R5.1); what came back leaves only its day (R5.4).
    fn of(lines: &[ChargeLine]) -> Result<BTreeMap<i64, Self>, StoreError> {
        let mut by_partner: BTreeMap<i64, Self> = BTreeMap::new();
        for line in lines {
            let sums = by_partner.entry(line.partner_no).or_default();
            sums.settled.returned_on = sums.settled.returned_on.max(line.returned_on);
            if !line.is_live() {
                continue;
            }
            if line.lapsed {
                sums.settled.lapsed = sums.settled.lapsed.plus(line.amount)?;
            } else {
                sums.settled.out = sums.settled.out.plus(line.amount)?;
                sums.settled.unpaid |= line.item.is_some_and(|state| state != ItemState::Paid);
            }
            sums.run = Some(line.run.clone());
        }
        Ok(by_partner)
    }
}

/// An account's facts and what was settled of its charges.
pub struct AccountBook {
    /// The store's key.
    pub no: i64,
    /// The facts.
    pub facts: AccountFacts,
    /// By charge and partner.
    pub settled: HashMap<i64, BTreeMap<i64, SettledLines>>,
    /// By charge.
    lines: HashMap<i64, Vec<ChargeLine>>,
}

impl AccountBook {
    /// Returns every line of a charge, live or not, in the order of entry.
    #[must_use]
    pub fn lines_of(&self, charge_no: i64) -> &[ChargeLine] {
        self.lines.get(&charge_no).map_or(&[], Vec::as_slice)
    }

    /// Returns, for `commission::earnings`, who has settled lines on a charge.
    #[must_use]
    pub fn settled_of(&self, charge_no: i64) -> Vec<(i64, Settled)> {
        self.settled
            .get(&charge_no)
            .map(|partners| partners.iter().map(|(no, lines)| (*no, lines.settled)).collect())
            .unwrap_or_default()
    }
}

impl<'a> AccountLoader<'a> {
    /// Prepares to read accounts.
    ///
    /// # Errors
    /// SQLite's.
    pub fn new(sql: &'a Connection) -> Result<Self, StoreError> {
        let any = |statement: &str| sql.query_row(statement, [], |row| row.get(0));
        Ok(Self { sql, any_lines: any(ANY[0])?, any_resolutions: any(ANY[1])? })
    }

    /// Reads one account; `None` when there is none of that id.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn load(&self, account_id: &str) -> Result<Option<AccountBook>, StoreError> {
        Ok(self.load_all(&[account_id])?.pop())
    }

    /// Reads accounts; ids that no account has are passed over.
    ///
    /// An account's charges lie all over their table, and the same pages hold those of many others: they are read in
    /// the order of the table, which for some thousand accounts is many times faster than account by account.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn load_all(&self, ids: &[impl AsRef<str>]) -> Result<Vec<AccountBook>, StoreError> {
        let mut books = Vec::with_capacity(ids.len());
        let mut nos: Vec<(i64, usize)> = Vec::new();
        for id in ids {
            let Some(book) = self.account(id.as_ref())? else { continue };
            let of_account = self.collect(CHARGE_NOS, id.as_ref(), |row| Ok(row.get(0)?))?;
            nos.extend(of_account.into_iter().map(|no| (no, books.len())));
            books.push(book);
        }
        nos.sort_unstable();
        for (no, at) in nos {
            let Some(book) = books.get_mut(at) else { continue };
            let Some(charge) = self.charge(no)? else { continue };
            if self.any_lines {
                let lines = settlements::of_charge(self.sql, no)?;
                if !lines.is_empty() {
                    book.settled.insert(no, SettledLines::of(&lines)?);
                    book.lines.insert(no, lines);
                }
            }
            book.facts.charges.push(charge);
        }
        for book in &mut books {
            book.facts
                .charges
                .sort_by(|one, two| (one.billed_on, &one.id.0).cmp(&(two.billed_on, &two.id.0)));
        }
        Ok(books)
    }

    /// Reads an account without its charges.
    fn account(&self, account_id: &str) -> Result<Option<AccountBook>, StoreError> {
        let mut statement = self.sql.prepare_cached(ACCOUNT)?;
        let mut rows = statement.query([account_id])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let row = Stored { table: "accounts", row };
        let (no, opened_on, closed_on): (i64, _, _) = (row.get(1)?, row.opt_day(2)?, row.opt_day(3)?);
        let facts = AccountFacts {
            id: AccountId(account_id.to_owned()),
            opened_on,
            closed_on,
            ties: self.collect(TIES, no, |row| {
                let row = Stored { table: "attributions", row };
                Ok(Tie {
                    partner: row.get(1)?,
                    from: row.opt_day(2)?,
                    assigned_on: row.opt_day(3)?,
                    self_referral: row.get(4)?,
                })
            })?,
            charges: Vec::new(),
        };
        Ok(Some(AccountBook { no, facts, settled: HashMap::new(), lines: HashMap::new() }))
    }

    /// Reads a charge with its refunds, as staff resolved it.
    fn charge(&self, no: i64) -> Result<Option<Charge>, StoreError> {
        let mut statement = self.sql.prepare_cached(CHARGE)?;
        let mut rows = statement.query([no])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let refunded: i64 = row.get(7)?;
        let mut charge = read_charge(row)?;
        if refunded != 0 {
            charge.refunds = self.refunds(no)?;
        }
        if self.any_resolutions {
            self.resolve(&mut charge)?;
        }
        Ok(Some(charge))
    }

    fn refunds(&self, charge_no: i64) -> Result<Vec<Refund>, StoreError> {
        self.collect(REFUNDS, charge_no, |row| {
            let row = Stored { table: "refunds", row };
            Ok(Refund { on: row.opt_day(1)?, amount: row.money(2)? })
        })
    }

    /// Puts staff's word above billing's (R3.4).
    fn resolve(&self, charge: &mut Charge) -> Result<(), StoreError> {
        let resolved = self.collect(RESOLUTION, charge.no, |row| {
            let row = Stored { table: "charge_resolutions", row };
            Ok((row.indexed(1, Status::ALL)?, row.opt_day(2)?))
        })?;
        for (status, collected_on) in resolved {
            charge.status = status;
            charge.collected_on = collected_on.or(charge.collected_on);
        }
        Ok(())
    }

    fn collect<T>(
        &self,
        statement: &str,
        key: impl ToSql,
        read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut statement = self.sql.prepare_cached(statement)?;
        let mut rows = statement.query([key])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(read(row)?);
        }
        Ok(all)
    }
}

fn read_charge(row: &Row<'_>) -> Result<Charge, StoreError> {
    let row = Stored { table: "charges", row };
    Ok(Charge {
        no: row.get(0)?,
        id: ChargeId(row.get(1)?),
        billed_on: row.day(2)?,
        collected_on: row.opt_day(3)?,
        kind: row.indexed(4, Kind::ALL)?,
        status: row.indexed(5, Status::ALL)?,
        amount: row.money(6)?,
        currency: row.opt_word(8)?,
        refunds: Vec::new(),
    })
}

impl Reader {
    /// Returns the accounts that are or were a partner's, or of which something is settled for them.
    ///
    /// # Errors
    /// SQLite's.
    pub fn accounts_of(&self, partner_no: i64) -> Result<Vec<String>, StoreError> {
        let mut statement = self.sql.prepare_cached(OF_PARTNER)?;
        let rows = statement.query_map([partner_no], |row| row.get(0))?;
        rows.map(|row| row.map_err(StoreError::from)).collect()
    }

    /// Reads accounts whole.
    ///
    /// # Errors
    /// SQLite's.
    pub fn account_loader(&self) -> Result<AccountLoader<'_>, StoreError> {
        AccountLoader::new(&self.sql)
    }
}
