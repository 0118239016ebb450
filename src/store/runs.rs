//! Runs, their items and lines (R7), and every step after drafting.
//!
//! Floor 4. The plan of a run never changes; states change only along `run::may_become`, and every change leaves a
//! transition. What a line settles is kept with the commissions in the same transaction.

use std::collections::HashMap;

use rusqlite::{Row, params};
use sha2::{Digest, Sha256};

use super::audit::hex;
use super::rows::Stored;
use super::{ItemOutcome, Reader, StoreError, Writer};
use crate::dates::{Day, to_stored};
use crate::eligibility::Subject;
use crate::ids::{ItemId, PartnerId, RunName};
use crate::money::{Currency, Money};
use crate::reconcile::AlarmKind;
use crate::run::{Channel, ItemState, RunState};
use crate::words;

words!(
    /// Where a run comes from.
    Origin, "run kind" {
        /// Dated on a payday (R7.1).
        Regular = "regular",
        /// Asked for on another day.
        OffCycle = "off_cycle",
        /// What an earlier system paid (R1.7).
        Import = "import",
        /// What was paid by cheque or wire (R6.6).
        Outside = "outside",
    }
);

const RUN_COLUMNS: &str = "SELECT run_no, name, date, kind, state, channel, currency, created_by, created_user,
        approved_by, approved_user, plan_sha256, approved_sha256, file_sha256, file_name, note, created_at, left_at,
        (SELECT count(*) FROM items WHERE items.run_no = runs.run_no),
        (SELECT coalesce(sum(amount_cents), 0) FROM items WHERE items.run_no = runs.run_no),
        (SELECT coalesce(sum(amount_cents), 0) FROM lines WHERE lines.run_no = runs.run_no AND fate = 'lapsed')
    FROM runs";
const ITEMS: &str = "SELECT item_no, item_id, items.partner_no, partner_id, name, items.paypal_email, amount_cents,
        state, state_on, reason_code, payout_item_id, transaction_id, fee_cents, items.paypal_status, returned_on,
        processed_at, checked_at, alarm, payment_reversed
    FROM items JOIN partners ON partners.partner_no = items.partner_no WHERE run_no = ?1 ORDER BY item_no";
/// The lines of a run, charge by charge: they lie scattered over the charges, which so are read in their own order.
/// The limit keeps SQLite from joining before it has sorted.
const LINES: &str =
    "SELECT line_no, item_no, taken.partner_no, partner_id, taken.charge_no, charge_id, adjustment_no,
        fate, taken.kind, taken.amount_cents
    FROM (SELECT line_no, item_no, partner_no, charge_no, adjustment_no, fate, kind, amount_cents
            FROM lines WHERE run_no = ?1 ORDER BY charge_no LIMIT -1) AS taken
        JOIN partners ON partners.partner_no = taken.partner_no
        LEFT JOIN charges ON charges.charge_no = taken.charge_no";
const LARGEST: &str =
    "SELECT partner_no, max(amount_cents) FROM items WHERE state = 'paid' GROUP BY partner_no";
const NAMES_OF_DATE: &str = "SELECT count(*) FROM runs WHERE name = ?1 OR name LIKE ?1 || '-%'";
const SET_STATE: &str = "UPDATE runs SET state = ?2 WHERE run_no = ?1 AND state = ?3";
const APPROVE: &str =
    "UPDATE runs SET approved_by = ?2, approved_user = ?3, approved_at = ?4, approved_sha256 = ?5
    WHERE run_no = ?1";
const SET_CHANNEL: &str = "UPDATE runs SET channel = ?2, left_at = ?3 WHERE run_no = ?1";
const SET_FILE: &str = "UPDATE runs SET file_sha256 = ?2, file_name = ?3 WHERE run_no = ?1";
const SET_ITEM: &str = "UPDATE items SET state = ?2, state_on = ?3, reason_code = coalesce(?4, reason_code),
        returned_on = coalesce(?5, returned_on) WHERE item_no = ?1 AND state = ?6";
const ADD_TRANSITION: &str = "INSERT INTO transitions (run_no, item_no, was, became, on_day, at, reason)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const ACCOUNTS_OF_ITEM: &str =
    "SELECT DISTINCT account_id FROM lines JOIN charges USING (charge_no) WHERE item_no = ?1";
const ACCOUNTS_OF_RUN: &str =
    "SELECT DISTINCT account_id FROM lines JOIN charges USING (charge_no) WHERE run_no = ?1";
const CONFIRM_ADDRESS: &str =
    "UPDATE partners SET paypal_state = ?3 WHERE partner_no = ?1 AND paypal_key = ?2";

/// A run, without its items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The store's key.
    pub no: i64,
    /// Its name.
    pub name: RunName,
    /// The payday.
    pub date: Day,
    /// Where it comes from.
    pub origin: Origin,
    /// Where it stands.
    pub state: RunState,
    /// How it left.
    pub channel: Option<Channel>,
    /// The programme's.
    pub currency: Currency,
    /// The creator's label.
    pub created_by: String,
    /// The creator's OS user.
    pub created_user: String,
    /// When.
    pub created_at: String,
    /// The approver's label.
    pub approved_by: Option<String>,
    /// The approver's OS user.
    pub approved_user: Option<String>,
    /// SHA-256 of the plan.
    pub plan_sha256: String,
    /// The plan that was approved.
    pub approved_sha256: Option<String>,
    /// SHA-256 of the payout file; of several parts, of their bytes in order.
    pub file_sha256: Option<String>,
    /// The file's name, as given.
    pub file_name: Option<String>,
    /// How it was paid outside (R6.6).
    pub note: Option<String>,
    /// When it left.
    pub left_at: Option<String>,
    /// How many items.
    pub items: i64,
    /// Their sum.
    pub amount: Money,
    /// What it wrote off.
    pub lapsed: Money,
}

/// One partner's payment in a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The store's key.
    pub no: i64,
    /// Its id in file and API.
    pub id: ItemId,
    /// The store's key of the partner.
    pub partner_no: i64,
    /// The partner's id.
    pub partner: PartnerId,
    /// The partner's name.
    pub name: String,
    /// Where the money goes; fixed when the run was drafted.
    pub paypal_email: String,
    /// The amount.
    pub amount: Money,
    /// Where it stands.
    pub state: ItemState,
    /// Since when.
    pub state_on: Day,
    /// PayPal's reason.
    pub reason_code: Option<String>,
    /// PayPal's id of the item.
    pub payout_item_id: Option<String>,
    /// PayPal's id of the payment.
    pub transaction_id: Option<String>,
    /// PayPal's fee.
    pub fee: Option<Money>,
    /// PayPal's own word for the state.
    pub paypal_status: Option<String>,
    /// The day its money came back.
    pub returned_on: Option<Day>,
    /// When PayPal last worked on it, in PayPal's words.
    pub processed_at: Option<String>,
    /// When PayPal was last asked about it.
    pub checked_at: Option<String>,
    /// In what PayPal's last word contradicts us, or cannot be understood; the word is `paypal_status`.
    pub alarm: Option<AlarmKind>,
    /// Whether the partner waits for a person after a payment that went wrong (R6.7).
    pub partner_waits: bool,
}

/// One signed amount of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunLine {
    /// The item; none for what was written off, and for what an earlier system paid.
    pub item_no: Option<i64>,
    /// The store's key of the partner.
    pub partner_no: i64,
    /// The partner's id.
    pub partner: PartnerId,
    /// What it stands for.
    pub subject: Subject,
    /// Billing's id, for a charge.
    pub charge_id: Option<String>,
    /// Whether it was written off.
    pub lapsed: bool,
    /// `commission`, `clawback` or `adjustment`.
    pub kind: String,
    /// Signed.
    pub amount: Money,
}

impl Run {
    fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        let row = Stored { table: "runs", row };
        Ok(Self {
            no: row.get(0)?,
            name: RunName(row.get(1)?),
            date: row.day(2)?,
            origin: row.word(3)?,
            state: row.word(4)?,
            channel: row.opt_word(5)?,
            currency: row.word(6)?,
            created_by: row.get(7)?,
            created_user: row.get(8)?,
            approved_by: row.get(9)?,
            approved_user: row.get(10)?,
            plan_sha256: row.get(11)?,
            approved_sha256: row.get(12)?,
            file_sha256: row.get(13)?,
            file_name: row.get(14)?,
            note: row.get(15)?,
            created_at: row.get(16)?,
            left_at: row.get(17)?,
            items: row.get(18)?,
            amount: row.money(19)?,
            lapsed: row.money(20)?,
        })
    }
}

impl Run {
    /// Returns whether it is a payday's or an off-cycle run, and not an earlier system's or a payment outside.
    #[must_use]
    pub const fn is_payout(&self) -> bool {
        matches!(self.origin, Origin::Regular | Origin::OffCycle)
    }
}

impl Reader {
    /// Returns a run by its name; `latest` is the newest payout.
    ///
    /// # Errors
    /// No such run.
    pub fn run(&self, name: &str) -> Result<Run, StoreError> {
        let run = match name {
            "latest" => {
                self.one_run("WHERE kind IN ('regular', 'off_cycle') ORDER BY run_no DESC LIMIT 1", "")?
            }
            name => self.one_run("WHERE name = ?1", name)?,
        };
        run.ok_or_else(|| StoreError::Unknown { what: "run", id: name.to_owned() })
    }

    /// Returns the regular run of a payday that was not cancelled (R7.1).
    ///
    /// # Errors
    /// Damaged rows.
    pub fn regular_run(&self, date: Day) -> Result<Option<Run>, StoreError> {
        let stored = to_stored(date).to_string();
        self.one_run(
            "WHERE date = CAST(?1 AS INTEGER) AND kind = 'regular' AND state <> 'cancelled'",
            &stored,
        )
    }

    /// Returns the run in draft or approved, of which there is at most one (R7.1).
    ///
    /// # Errors
    /// Damaged rows.
    pub fn run_on_desk(&self) -> Result<Option<Run>, StoreError> {
        self.one_run("WHERE state IN ('draft', 'approved')", "")
    }

    fn one_run(&self, filter: &str, key: &str) -> Result<Option<Run>, StoreError> {
        let mut statement = self.sql.prepare_cached(&format!("{RUN_COLUMNS} {filter}"))?;
        let mut rows = if filter.contains("?1") { statement.query([key])? } else { statement.query([])? };
        rows.next()?.map(Run::read).transpose()
    }

    /// Returns all payouts, newest first; what was imported or paid outside only when asked for.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn runs(&self, with_outside: bool) -> Result<Vec<Run>, StoreError> {
        let mut statement = self.sql.prepare_cached(&format!("{RUN_COLUMNS} ORDER BY run_no DESC"))?;
        let mut rows = statement.query([])?;
        let mut runs = Vec::new();
        while let Some(row) = rows.next()? {
            let run = Run::read(row)?;
            if with_outside || run.is_payout() {
                runs.push(run);
            }
        }
        Ok(runs)
    }

    /// Returns the items of a run, in the order of its plan.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn items(&self, run_no: i64) -> Result<Vec<Item>, StoreError> {
        let mut statement = self.sql.prepare_cached(ITEMS)?;
        let mut rows = statement.query([run_no])?;
        let mut items = Vec::new();
        while let Some(row) = rows.next()? {
            let row = Stored { table: "items", row };
            items.push(Item {
                no: row.get(0)?,
                id: ItemId(row.get(1)?),
                partner_no: row.get(2)?,
                partner: PartnerId(row.get(3)?),
                name: row.get(4)?,
                paypal_email: row.get(5)?,
                amount: row.money(6)?,
                state: row.word(7)?,
                state_on: row.day(8)?,
                reason_code: row.get(9)?,
                payout_item_id: row.get(10)?,
                transaction_id: row.get(11)?,
                fee: row.get::<Option<i64>>(12)?.map(Money::from_minor),
                paypal_status: row.get(13)?,
                returned_on: row.opt_day(14)?,
                processed_at: row.get(15)?,
                checked_at: row.get(16)?,
                alarm: row.opt_word(17)?,
                partner_waits: row.get(18)?,
            });
        }
        Ok(items)
    }

    /// Returns the largest payment each partner has had from a run.
    ///
    /// # Errors
    /// SQLite's.
    pub fn largest_payments(&self) -> Result<HashMap<i64, Money>, StoreError> {
        let mut statement = self.sql.prepare_cached(LARGEST)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, Money::from_minor(row.get(1)?))))?;
        rows.map(|row| row.map_err(StoreError::from)).collect()
    }

    /// Returns the lines of a run, in the order of its plan.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn run_lines(&self, run_no: i64) -> Result<Vec<RunLine>, StoreError> {
        let mut statement = self.sql.prepare_cached(LINES)?;
        let mut rows = statement.query([run_no])?;
        let mut lines: Vec<(i64, RunLine)> = Vec::new();
        while let Some(row) = rows.next()? {
            let row = Stored { table: "lines", row };
            let subject = match row.get::<Option<i64>>(4)? {
                Some(charge) => Subject::Charge(charge),
                None => Subject::Adjustment(row.get(6)?),
            };
            let line = RunLine {
                item_no: row.get(1)?,
                partner_no: row.get(2)?,
                partner: PartnerId(row.get(3)?),
                subject,
                charge_id: row.get(5)?,
                lapsed: row.get::<String>(7)? == "lapsed",
                kind: row.get(8)?,
                amount: row.money(9)?,
            };
            lines.push((row.get(0)?, line));
        }
        lines.sort_unstable_by_key(|(line_no, _)| *line_no);
        Ok(lines.into_iter().map(|(_, line)| line).collect())
    }

    /// Makes the hash of a run's plan from what is stored; it is `plan_sha256` as long as nobody changed a row.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn stored_plan_sha256(&self, run: &Run) -> Result<String, StoreError> {
        let mut plan = PlanHash::new(&run.name, run.date, run.origin, run.currency);
        let lines = self.run_lines(run.no)?;
        let mut of_items = lines.iter().filter(|line| line.item_no.is_some()).peekable();
        for item in self.items(run.no)? {
            plan.item(&item.id, &item.partner, &item.paypal_email, item.amount);
            while let Some(line) = of_items.next_if(|line| line.item_no == Some(item.no)) {
                plan.line(line.subject, line.amount);
            }
        }
        // Lines that were slipped in later stand behind their item's place: they are part of what is stored.
        of_items.for_each(|line| plan.line(line.subject, line.amount));
        for line in lines.iter().filter(|line| line.item_no.is_none()) {
            plan.lapsed(line.partner_no, line.subject, line.amount);
        }
        Ok(plan.finish())
    }
}

/// The hash that binds an approval to a plan (R7.3, PROMISES 8): every payee, address, amount and line.
pub(in crate::store) struct PlanHash(Sha256);

impl PlanHash {
    pub(in crate::store) fn new(name: &RunName, date: Day, origin: Origin, currency: Currency) -> Self {
        let mut plan = Self(Sha256::new());
        plan.write(&["run", name.as_str(), &date.to_string(), origin.as_str(), currency.code()]);
        plan
    }

    pub(in crate::store) fn item(&mut self, id: &ItemId, partner: &PartnerId, email: &str, amount: Money) {
        self.write(&["item", id.as_str(), partner.as_str(), email, &amount.minor().to_string()]);
    }

    pub(in crate::store) fn line(&mut self, subject: Subject, amount: Money) {
        self.write(&["line", &subject_word(subject), &amount.minor().to_string()]);
    }

    pub(in crate::store) fn lapsed(&mut self, partner_no: i64, subject: Subject, amount: Money) {
        let partner = partner_no.to_string();
        self.write(&["lapsed", &partner, &subject_word(subject), &amount.minor().to_string()]);
    }

    /// Writes words so that no two different lists give the same bytes: each with its length.
    fn write(&mut self, words: &[&str]) {
        for word in words {
            self.0.update(format!("{}:{word},", word.len()).as_bytes());
        }
        self.0.update(b"\n");
    }

    pub(in crate::store) fn finish(self) -> String {
        hex(&self.0.finalize())
    }
}

fn subject_word(subject: Subject) -> String {
    match subject {
        Subject::Charge(no) => format!("charge {no}"),
        Subject::Adjustment(no) => format!("adjustment {no}"),
    }
}

impl Writer {
    /// Returns the name of the next run of a date: the date, then `-2`, `-3`.
    ///
    /// # Errors
    /// SQLite's.
    pub fn next_run_name(&self, date: Day) -> Result<RunName, StoreError> {
        let base = date.to_string();
        let taken: i64 = self.sql().query_row(NAMES_OF_DATE, [&base], |row| row.get(0))?;
        Ok(RunName(match taken {
            0 => base,
            taken => format!("{base}-{}", taken.saturating_add(1)),
        }))
    }

    /// Moves a run to its next state, consuming what was known of it, and leaves a transition (R7.2).
    ///
    /// # Errors
    /// A step the rules do not know; somebody else was faster.
    pub fn advance(&self, run: Run, next: RunState, reason: Option<&str>) -> Result<Run, StoreError> {
        if !run.state.may_become(next) {
            return Err(StoreError::Refused(format!(
                "run {} is {} and cannot become {next} (R7.2)",
                run.name, run.state
            )));
        }
        let changed = self.sql().prepare_cached(SET_STATE)?.execute(params![
            run.no,
            next.as_str(),
            run.state.as_str()
        ])?;
        if changed != 1 {
            return Err(StoreError::Refused(format!("run {} is no longer {}", run.name, run.state)));
        }
        self.add_transition(run.no, None, run.state.as_str(), next.as_str(), reason)?;
        self.run(run.name.as_str())
    }

    fn add_transition(
        &self,
        run_no: i64,
        item_no: Option<i64>,
        was: &str,
        became: &str,
        reason: Option<&str>,
    ) -> Result<(), StoreError> {
        let at = self.operator().now.timestamp();
        let today = to_stored(self.today_here());
        self.sql()
            .prepare_cached(ADD_TRANSITION)?
            .execute(params![run_no, item_no, was, became, today, at, reason])?;
        Ok(())
    }

    /// Stores who approved exactly which plan.
    ///
    /// # Errors
    /// SQLite's.
    pub fn stamp_approval(&self, run: &Run) -> Result<(), StoreError> {
        let operator = self.operator();
        self.sql().prepare_cached(APPROVE)?.execute(params![
            run.no,
            operator.actor,
            operator.os_user,
            operator.now.timestamp(),
            run.plan_sha256
        ])?;
        Ok(())
    }

    /// Stores by which channel a run leaves; it can never be changed (R7.5).
    ///
    /// # Errors
    /// Another channel was stored before.
    pub fn stamp_channel(&self, run: &Run, channel: Channel) -> Result<(), StoreError> {
        let at = self.operator().now.timestamp();
        self.sql().prepare_cached(SET_CHANNEL)?.execute(params![run.no, channel.as_str(), at])?;
        Ok(())
    }

    /// Stores the hash and name of the payout file (R7.6).
    ///
    /// # Errors
    /// SQLite's.
    pub fn stamp_file(&self, run: &Run, sha256: &str, name: &str) -> Result<(), StoreError> {
        self.sql().prepare_cached(SET_FILE)?.execute(params![run.no, sha256, name])?;
        Ok(())
    }

    /// Moves an item to its next state, with everything that follows (R7.4): the money of all but paid and unclaimed
    /// goes back once, on the day it is learnt; addresses are confirmed or rejected; R6.7 is closed.
    ///
    /// # Errors
    /// A step the rules do not know.
    pub fn advance_item(
        &self,
        run: &Run,
        item: &Item,
        next: ItemState,
        outcome: &ItemOutcome<'_>,
    ) -> Result<(), StoreError> {
        if !item.state.may_become(next) {
            return Err(StoreError::Refused(format!(
                "item {} is {} and cannot become {next} (R7.4)",
                item.id, item.state
            )));
        }
        let today = to_stored(self.today_here());
        let left = item.state != ItemState::Planned;
        let returned = (left && item.state.holds_money() && !next.holds_money()).then_some(today);
        let changed = self.sql().prepare_cached(SET_ITEM)?.execute(params![
            item.no,
            next.as_str(),
            today,
            outcome.reason_code,
            returned,
            item.state.as_str()
        ])?;
        if changed != 1 {
            return Err(StoreError::Refused(format!("item {} is no longer {}", item.id, item.state)));
        }
        self.add_transition(run.no, Some(item.no), item.state.as_str(), next.as_str(), outcome.reason)?;
        if item.state.holds_money() != next.holds_money() {
            self.touch_accounts(ACCOUNTS_OF_ITEM, item.no)?;
        }
        let key = crate::ids::EmailKey::of(&item.paypal_email);
        let address = |state: &str| -> Result<(), StoreError> {
            self.sql().prepare_cached(CONFIRM_ADDRESS)?.execute(params![
                item.partner_no,
                key.as_str(),
                state
            ])?;
            Ok(())
        };
        match next {
            ItemState::Paid => address("confirmed")?,
            ItemState::Returned => address("rejected")?,
            ItemState::Failed if outcome.receiver_at_fault => address("rejected")?,
            ItemState::Refunded | ItemState::Reversed | ItemState::Blocked => {
                self.close_reversal_gate(item)?;
            }
            ItemState::Planned
            | ItemState::Sent
            | ItemState::Unclaimed
            | ItemState::Failed
            | ItemState::Cancelled => {}
        }
        Ok(())
    }

    /// Cancels an item with its run, before anything of it was paid: nothing comes back, because nothing left (R7.3).
    ///
    /// # Errors
    /// An item that is neither planned nor sent.
    pub fn cancel_item(&self, run: &Run, item: &Item, outcome: &ItemOutcome<'_>) -> Result<(), StoreError> {
        if !matches!(item.state, ItemState::Planned | ItemState::Sent) {
            return Err(StoreError::Refused(format!("item {} is {}", item.id, item.state)));
        }
        let today = to_stored(self.today_here());
        let (was, next) = (item.state.as_str(), ItemState::Cancelled.as_str());
        self.sql().prepare_cached(SET_ITEM)?.execute(params![
            item.no,
            next,
            today,
            outcome.reason_code,
            None::<i64>,
            was
        ])?;
        self.add_transition(run.no, Some(item.no), was, next, outcome.reason)
    }

    /// Marks the accounts of a whole run, whose lines come back to the balances.
    ///
    /// # Errors
    /// SQLite's.
    pub fn touch_run(&self, run_no: i64) -> Result<(), StoreError> {
        self.touch_accounts(ACCOUNTS_OF_RUN, run_no)
    }

    fn touch_accounts(&self, statement: &str, key: i64) -> Result<(), StoreError> {
        let mut statement = self.sql().prepare_cached(statement)?;
        let mut rows = statement.query([key])?;
        while let Some(row) = rows.next()? {
            self.touch_account(&row.get::<_, String>(0)?);
        }
        Ok(())
    }
}
