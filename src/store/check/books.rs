//! The money: every partner's commission made afresh from the facts, and every cent of it in exactly one place (R7.7).
//!
//! Floor 4. Charges are read once, in the order of their keys, beside their refunds, lines and resolutions; what is
//! made afresh and what is kept are compared by the sum of their rows' digests, and only where the sums differ is it
//! worked out which row it is. Ids of accounts are held as 64-bit digests.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use rusqlite::{Row, Rows, Statement};

use super::Findings;
use crate::commission::{AccountFacts, Charge, Kind, Refund, Settled, Status, Tie, Verdict, earnings};
use crate::dates::{Day, Now};
use crate::ids::{AccountId, ChargeId};
use crate::money::Money;
use crate::store::commissions::{KeptCharge, OPEN_COLUMN, quiet_floor};
use crate::store::partners::PartnerBook;
use crate::store::rows::Stored;
use crate::store::{Reader, StoreError};

const ACCOUNTS: &str = "SELECT account_no, account_id, opened_on, closed_on, attributed, carries_code,
        referral_code IS NOT NULL
    FROM accounts WHERE account_no > ?1 ORDER BY account_no LIMIT ?2";
const TIES: &str = "SELECT account_no, partner_no, from_on, assigned_on, self_referral, seq FROM attributions
    WHERE account_no BETWEEN ?1 AND ?2 ORDER BY account_no, seq";
const CHARGES: &str = "SELECT charge_no, account_id, billed_on, collected_on, kind, status, amount_cents,
        refunded_cents, currency, referral_code IS NOT NULL
    FROM charges ORDER BY charge_no";
const REFUNDS: &str = "SELECT charge_no, on_day, amount_cents FROM refunds ORDER BY charge_no, refund_no";
const RESOLUTIONS: &str = "SELECT charge_no, status, collected_on FROM charge_resolutions ORDER BY charge_no";
const LINES: &str = "SELECT lines.charge_no, lines.partner_no,
        coalesce(sum(amount_cents) FILTER (WHERE fate = 'out' AND live), 0),
        coalesce(sum(amount_cents) FILTER (WHERE fate = 'lapsed' AND live), 0),
        max(returned_on)
    FROM (SELECT lines.charge_no, lines.partner_no, lines.amount_cents, fate, returned_on,
            runs.state <> 'cancelled' AND coalesce(items.state, 'paid') IN ('planned', 'sent', 'paid', 'unclaimed')
            AS live
        FROM lines JOIN runs USING (run_no) LEFT JOIN items ON items.item_no = lines.item_no
        WHERE lines.charge_no IS NOT NULL) AS lines
    GROUP BY lines.charge_no, lines.partner_no ORDER BY lines.charge_no";
const KEPT: &str = "SELECT partner_no, charge_no, schedule, open FROM commissions";
const COUNT_CHARGES: &str = "SELECT count(*) FROM charges";
const HOMELESS: &str = "SELECT charge_id, account_id FROM charges
    WHERE NOT EXISTS (SELECT 1 FROM accounts WHERE accounts.account_id = charges.account_id) LIMIT 100";
const CHARGE_NAME: &str = "SELECT charge_id FROM charges WHERE charge_no = ?1";
const PARTNER_NAME: &str = "SELECT partner_id FROM partners WHERE partner_no = ?1";
const LIVE_SUMS: &str = "SELECT lines.partner_no, fate, sum(lines.amount_cents)
    FROM lines JOIN runs USING (run_no) LEFT JOIN items ON items.item_no = lines.item_no
    WHERE charge_no IS NOT NULL AND runs.state <> 'cancelled'
      AND coalesce(items.state, 'paid') IN ('planned', 'sent', 'paid', 'unclaimed')
    GROUP BY lines.partner_no, fate";
const LIVE_SUMS_UNTIED: &str = "SELECT lines.partner_no, fate, sum(lines.amount_cents)
    FROM lines JOIN runs USING (run_no) LEFT JOIN items ON items.item_no = lines.item_no
        JOIN charges USING (charge_no) JOIN accounts USING (account_id)
    WHERE attributed = 0 AND runs.state <> 'cancelled'
      AND coalesce(items.state, 'paid') IN ('planned', 'sent', 'paid', 'unclaimed')
    GROUP BY lines.partner_no, fate";

/// Accounts of one pass: some tens of megabytes.
const PASS_ACCOUNTS: i64 = 500_000;

/// An account of the pass.
struct Account {
    no: i64,
    opened_on: Option<Day>,
    closed_on: Option<Day>,
    attributed: bool,
    carries_code: bool,
    ties: Vec<Tie>,
}

/// A charge of the pass, with its account's place in the pass.
struct Placed {
    account: u32,
    charge: Charge,
    settled: Vec<(i64, Settled)>,
}

/// A statement's rows, by the key of a charge, read beside the charges.
struct Beside<'a, T> {
    rows: Rows<'a>,
    read: fn(&Row<'_>) -> Result<T, StoreError>,
    ahead: Option<(i64, T)>,
}

impl<'a, T> Beside<'a, T> {
    fn new(
        statement: &'a mut Statement<'_>,
        read: fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Self, StoreError> {
        let mut beside = Self { rows: statement.query([])?, read, ahead: None };
        beside.step()?;
        Ok(beside)
    }

    fn step(&mut self) -> Result<(), StoreError> {
        self.ahead = match self.rows.next()? {
            Some(row) => Some((row.get(0)?, (self.read)(row)?)),
            None => None,
        };
        Ok(())
    }

    /// Hands out the rows of one charge and passes over those that belong to none.
    fn of(&mut self, charge_no: i64) -> Result<Vec<T>, StoreError> {
        let mut taken = Vec::new();
        while let Some((at, row)) = self.ahead.take_if(|(at, _)| *at <= charge_no) {
            if at == charge_no {
                taken.push(row);
            }
            self.step()?;
        }
        Ok(taken)
    }
}

/// The places of a partner's money (R7.7).
#[derive(Default)]
struct Places {
    due: Money,
    in_refund_period: Money,
    withheld: Money,
    counting: Money,
    out: Money,
    lapsed: Money,
    lapsed_still_due: Money,
}

/// The walk over all charges.
struct Books<'a> {
    reader: &'a Reader,
    partners: PartnerBook,
    today: Day,
    /// Sum of the digests of the rows that should be kept.
    fresh: u64,
    places: BTreeMap<i64, Places>,
    matched: i64,
}

/// Proves what is kept, and conservation.
pub fn examine(reader: &Reader, now: Now, findings: &mut Findings) -> Result<(), StoreError> {
    let mut books = Books {
        reader,
        partners: reader.partners()?,
        today: reader.today(now),
        fresh: 0,
        places: BTreeMap::new(),
        matched: 0,
    };
    let mut after = 0;
    loop {
        let (accounts, by_id) = books.accounts(after)?;
        let Some(last) = accounts.last().map(|account| account.no) else { break };
        let first_pass = after == 0;
        let placed = books.charges(&accounts, &by_id, first_pass, findings)?;
        books.earn(&accounts, placed)?;
        after = last;
    }
    books.prove_homes(findings)?;
    books.prove_kept(findings)?;
    books.prove_conservation(findings)
}

fn digest_of(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

/// Digests what a kept row says; the digest is never stored.
fn digest_of_kept(kept: &KeptCharge) -> u64 {
    let mut hasher = DefaultHasher::new();
    let schedule = &kept.schedule;
    (kept.partner, kept.charge_no, schedule.barred.is_empty(), schedule.collected_on, schedule.closes_on)
        .hash(&mut hasher);
    (schedule.due, &schedule.falls, schedule.hold_end, schedule.eligible_on, schedule.window_from)
        .hash(&mut hasher);
    (kept.settled.out, kept.settled.lapsed).hash(&mut hasher);
    hasher.finish()
}

impl Books<'_> {
    /// Reads the accounts of a pass, with their referrers.
    fn accounts(&self, after: i64) -> Result<(Vec<Account>, HashMap<u64, u32>), StoreError> {
        let mut accounts = Vec::new();
        let mut by_id = HashMap::new();
        let mut statement = self.reader.sql.prepare(ACCOUNTS)?;
        let mut rows = statement.query([after, PASS_ACCOUNTS])?;
        while let Some(row) = rows.next()? {
            let place = u32::try_from(accounts.len()).expect("a pass has fewer accounts");
            by_id.insert(digest_of(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?), place);
            let row = Stored { table: "accounts", row };
            accounts.push(Account {
                no: row.get(0)?,
                opened_on: row.opt_day(2)?,
                closed_on: row.opt_day(3)?,
                attributed: row.get(4)?,
                carries_code: row.get(5)?,
                ties: Vec::new(),
            });
        }
        let Some((first, last)) = accounts.first().zip(accounts.last()).map(|(one, two)| (one.no, two.no))
        else {
            return Ok((accounts, by_id));
        };
        let mut statement = self.reader.sql.prepare(TIES)?;
        let mut rows = statement.query([first, last])?;
        let mut at = accounts.iter_mut();
        let mut current = at.next();
        while let Some(row) = rows.next()? {
            let row = Stored { table: "attributions", row };
            let account_no: i64 = row.get(0)?;
            while current.as_ref().is_some_and(|account| account.no < account_no) {
                current = at.next();
            }
            if let Some(account) = current.as_mut().filter(|account| account.no == account_no) {
                account.ties.push(Tie {
                    partner: row.get(1)?,
                    from: row.opt_day(2)?,
                    assigned_on: row.opt_day(3)?,
                    self_referral: row.get(4)?,
                });
            }
        }
        Ok((accounts, by_id))
    }

    /// Reads all charges and returns those of the pass's attributed accounts, each with all that belongs to it.
    fn charges(
        &mut self,
        accounts: &[Account],
        by_id: &HashMap<u64, u32>,
        first_pass: bool,
        findings: &mut Findings,
    ) -> Result<Vec<Placed>, StoreError> {
        let sql = &self.reader.sql;
        let (mut refunds, mut resolutions, mut lines) =
            (sql.prepare(REFUNDS)?, sql.prepare(RESOLUTIONS)?, sql.prepare(LINES)?);
        let mut refunds = Beside::new(&mut refunds, read_refund)?;
        let mut resolutions = Beside::new(&mut resolutions, read_resolution)?;
        let mut lines = Beside::new(&mut lines, read_line)?;
        let mut placed = Vec::new();
        let mut statement = sql.prepare(CHARGES)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let charge_no: i64 = row.get(0)?;
            let refunded: i64 = row.get(7)?;
            let refunds = refunds.of(charge_no)?;
            if first_pass && (refunded != 0 || !refunds.is_empty()) {
                let sum = Money::sum(refunds.iter().map(|refund| refund.amount))?;
                if sum.minor() != refunded {
                    let subject = format!("charge {}", self.name(CHARGE_NAME, charge_no)?);
                    findings.add(
                        "refunds",
                        subject,
                        format!("{refunded} refunded"),
                        format!("{}", sum.minor()),
                    );
                }
            }
            let home = by_id.get(&digest_of(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?));
            let Some(place) = home.copied() else { continue };
            let account = usize::try_from(place).ok().and_then(|place| accounts.get(place));
            let Some(account) = account else { continue };
            self.matched = self.matched.saturating_add(1);
            if !account.attributed {
                if !account.carries_code && row.get(9)? {
                    let subject = format!("charge {}", self.name(CHARGE_NAME, charge_no)?);
                    findings.add("codes", subject, "an account marked as carrying a code", "it is not");
                }
                continue;
            }
            let mut charge = read_charge(row)?;
            charge.refunds = refunds;
            for (status, collected_on) in resolutions.of(charge_no)? {
                charge.status = status;
                charge.collected_on = collected_on.or(charge.collected_on);
            }
            placed.push(Placed { account: place, charge, settled: lines.of(charge_no)? });
        }
        // Charges of one billing day do not hold each other (R3.4), so their order does not matter.
        placed.sort_unstable_by_key(|placed| (placed.account, placed.charge.billed_on, placed.charge.no));
        Ok(placed)
    }

    /// Makes the commissions of the pass afresh and puts every cent in its place.
    fn earn(&mut self, accounts: &[Account], placed: Vec<Placed>) -> Result<(), StoreError> {
        let mut placed = placed.into_iter().peekable();
        while let Some(first) = placed.next() {
            let place = first.account;
            let Some(account) = usize::try_from(place).ok().and_then(|place| accounts.get(place)) else {
                continue;
            };
            let mut settled: HashMap<i64, Vec<(i64, Settled)>> = HashMap::new();
            let mut facts = AccountFacts {
                id: AccountId(String::new()),
                opened_on: account.opened_on,
                closed_on: account.closed_on,
                ties: account.ties.clone(),
                charges: Vec::new(),
            };
            let mut take = |next: Placed| {
                if !next.settled.is_empty() {
                    settled.insert(next.charge.no, next.settled);
                }
                facts.charges.push(next.charge);
            };
            take(first);
            while let Some(next) = placed.next_if(|next| next.account == place) {
                take(next);
            }
            let earned = earnings(&facts, &self.reader.policies, &self.partners, |charge| {
                settled.get(&charge).cloned().unwrap_or_default()
            })?;
            for earning in &earned {
                let Some(charge) = facts.charges.get(earning.charge) else { continue };
                let Some(kept) = KeptCharge::of(earning, charge.no) else { continue };
                self.fresh = self.fresh.wrapping_add(digest_of_kept(&kept));
                if let Some(partner) = kept.partner {
                    self.place(partner, &kept)?;
                }
            }
        }
        Ok(())
    }

    /// Puts a charge's money in its places as of today (R7.7).
    fn place(&mut self, partner: i64, kept: &KeptCharge) -> Result<(), StoreError> {
        let policy = self.reader.policies.at(self.today);
        let Settled { out, lapsed, .. } = kept.settled;
        let judged =
            kept.schedule.assess(&kept.settled, self.today, policy.books_open_on, policy.accrual_months)?;
        let places = self.places.entry(partner).or_default();
        let put = |sum: &mut Money, amount: Money| -> Result<(), StoreError> {
            *sum = sum.plus(amount)?;
            Ok(())
        };
        put(&mut places.due, judged.due)?;
        put(&mut places.out, out)?;
        put(&mut places.lapsed, lapsed)?;
        let left = judged.due.minus(out)?;
        let still = if lapsed.is_positive() { left.min(lapsed).max(Money::ZERO) } else { lapsed };
        put(&mut places.lapsed_still_due, still)?;
        if judged.counts {
            put(&mut places.counting, judged.delta)
        } else if judged.place == Verdict::InRefundPeriod {
            put(&mut places.in_refund_period, judged.delta)
        } else {
            put(&mut places.withheld, judged.delta)
        }
    }

    fn name(&self, statement: &str, no: i64) -> Result<String, StoreError> {
        let mut statement = self.reader.sql.prepare_cached(statement)?;
        let mut rows = statement.query([no])?;
        Ok(rows.next()?.map(|row| row.get(0)).transpose()?.unwrap_or_else(|| format!("number {no}")))
    }

    /// Every charge has its account.
    fn prove_homes(&self, findings: &mut Findings) -> Result<(), StoreError> {
        let all: i64 = self.reader.sql.query_row(COUNT_CHARGES, [], |row| row.get(0))?;
        if all == self.matched {
            return Ok(());
        }
        let mut statement = self.reader.sql.prepare(HOMELESS)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (charge, account): (String, String) = (row.get(0)?, row.get(1)?);
            findings.add("accounts", format!("charge {charge}"), format!("account {account}"), "none");
        }
        Ok(())
    }

    /// What is kept is what the facts say, and what is kept as quiet is quiet.
    fn prove_kept(&self, findings: &mut Findings) -> Result<(), StoreError> {
        let floor = quiet_floor(&self.reader.sql)?;
        let mut sum = 0_u64;
        let mut statement = self.reader.sql.prepare(KEPT)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let kept = KeptCharge::read(row)?;
            sum = sum.wrapping_add(digest_of_kept(&kept));
            let open: bool = row.get(OPEN_COLUMN)?;
            let quiet_from =
                if open { None } else { kept.schedule.quiet_from(&kept.settled, &self.reader.policies)? };
            if !open && quiet_from.is_none_or(|from| from > floor) {
                let subject = format!("charge {}", self.name(CHARGE_NAME, kept.charge_no)?);
                findings.add(
                    "kept_commissions",
                    subject,
                    "open: money of it may still move",
                    "put away as quiet",
                );
            }
        }
        if sum == self.fresh {
            return Ok(());
        }
        let differing = self.reader.differing_commissions()?;
        if differing.is_empty() {
            findings.add("kept_commissions", "database", "each charge kept once", "some are kept twice");
        }
        for (charge_no, fresh, stored) in differing {
            let subject = format!("charge {}", self.name(CHARGE_NAME, charge_no)?);
            let say =
                |kept: Option<KeptCharge>| kept.map_or_else(|| "nothing".to_owned(), |kept| in_words(&kept));
            findings.add("kept_commissions", subject, say(fresh), say(stored));
        }
        Ok(())
    }

    /// Σ due = in the refund period + withheld + counting + out + lapsed as far as still due, where out and lapsed are
    /// what the lines say by themselves (R7.7).
    fn prove_conservation(&self, findings: &mut Findings) -> Result<(), StoreError> {
        let mut lines = self.live_sums(LIVE_SUMS)?;
        let agree = |lines: &BTreeMap<i64, (Money, Money)>| {
            lines.iter().all(|(partner, sums)| {
                self.places
                    .get(partner)
                    .map_or((Money::ZERO, Money::ZERO), |places| (places.out, places.lapsed))
                    == *sums
            })
        };
        if !agree(&lines) {
            // What was settled of accounts without a referrer is in nobody's books.
            for (partner, (out, lapsed)) in self.live_sums(LIVE_SUMS_UNTIED)? {
                if let Some(sums) = lines.get_mut(&partner) {
                    *sums = (sums.0.minus(out)?, sums.1.minus(lapsed)?);
                }
            }
        }
        let partners: std::collections::BTreeSet<i64> =
            self.places.keys().chain(lines.keys()).copied().collect();
        let currency = self.reader.currency();
        let none = Places::default();
        for partner in partners {
            let places = self.places.get(&partner).unwrap_or(&none);
            let (out, lapsed) = lines.get(&partner).copied().unwrap_or_default();
            // Lapsed money that is no longer due is known by charge only; the lines give the rest.
            let gone = places.lapsed.minus(places.lapsed_still_due)?;
            let sum = Money::sum([
                places.in_refund_period,
                places.withheld,
                places.counting,
                out,
                lapsed.minus(gone)?,
            ])?;
            if sum != places.due {
                findings.add(
                    "conservation",
                    format!("partner {}", self.name(PARTNER_NAME, partner)?),
                    format!("{} due", places.due.major(currency)),
                    format!(
                        "{}: {} in the refund period, {} withheld, {} counting, {} out, {} lapsed",
                        sum.major(currency),
                        places.in_refund_period.major(currency),
                        places.withheld.major(currency),
                        places.counting.major(currency),
                        out.major(currency),
                        lapsed.minus(gone)?.major(currency),
                    ),
                );
            }
        }
        Ok(())
    }

    fn live_sums(&self, statement: &str) -> Result<BTreeMap<i64, (Money, Money)>, StoreError> {
        let mut sums: BTreeMap<i64, (Money, Money)> = BTreeMap::new();
        let mut statement = self.reader.sql.prepare(statement)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let row = Stored { table: "lines", row };
            let of = sums.entry(row.get(0)?).or_default();
            let sum = if row.get::<String>(1)? == "lapsed" { &mut of.1 } else { &mut of.0 };
            *sum = row.money(2)?;
        }
        Ok(sums)
    }
}

fn in_words(kept: &KeptCharge) -> String {
    let day = |day: Option<Day>| day.map_or_else(|| "never".to_owned(), |day| day.to_string());
    let schedule = &kept.schedule;
    format!(
        "{} due, {} out, {} lapsed, collected {}, eligible {}, {} steps of refunds",
        schedule.due.minor(),
        kept.settled.out.minor(),
        kept.settled.lapsed.minor(),
        day(schedule.collected_on),
        day(schedule.eligible_on),
        schedule.falls.len(),
    )
}

fn read_refund(row: &Row<'_>) -> Result<Refund, StoreError> {
    let row = Stored { table: "refunds", row };
    Ok(Refund { on: row.opt_day(1)?, amount: row.money(2)? })
}

fn read_resolution(row: &Row<'_>) -> Result<(Status, Option<Day>), StoreError> {
    let row = Stored { table: "charge_resolutions", row };
    Ok((row.indexed(1, Status::ALL)?, row.opt_day(2)?))
}

fn read_line(row: &Row<'_>) -> Result<(i64, Settled), StoreError> {
    let row = Stored { table: "lines", row };
    let (out, lapsed, returned_on) = (row.money(2)?, row.money(3)?, row.opt_day(4)?);
    Ok((row.get(1)?, Settled { out, lapsed, unpaid: false, returned_on }))
}

fn read_charge(row: &Row<'_>) -> Result<Charge, StoreError> {
    let row = Stored { table: "charges", row };
    Ok(Charge {
        no: row.get(0)?,
        id: ChargeId(String::new()),
        billed_on: row.day(2)?,
        collected_on: row.opt_day(3)?,
        kind: row.indexed(4, Kind::ALL)?,
        status: row.indexed(5, Status::ALL)?,
        amount: row.money(6)?,
        currency: row.opt_word(8)?,
        refunds: Vec::new(),
    })
}
