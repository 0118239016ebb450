//! `statement`: one partner's balance as an account, from an opening to a closing figure, line by line (R5, R7.7).
//!
//! Floor 5, read-only. Every line is a change of the balance on its day: what became eligible, what refunds took back,
//! what runs took, wrote off or got back, what staff adjusted. The lines are differences of one function, so that
//! opening, lines and closing tie by construction; each payment is tied to its run's item beside that. Dates are those
//! of the facts as now known; a run counts on its own date (R1.5 counts it at once).

use std::collections::BTreeSet;

use crate::commission::{Schedule, Settled, earnings};
use crate::dates::Day;
use crate::ids::{AccountId, ChargeId, PartnerId};
use crate::money::{Currency, Money};
use crate::run::{ItemState, RunState};
use crate::store::{Adjustment, ChargeLine, Payment, Reader, StoreError};
use crate::words;

words!(
    /// What a line of a statement is, in the order in which those of one day stand.
    EntryKind, "statement line" {
        /// A commission became eligible, or grew.
        Commission = "commission",
        /// A refund, or a reassignment, took some of it back.
        Clawback = "clawback",
        /// Staff added or took off.
        Adjustment = "adjustment",
        /// The money of a payment came back.
        Returned = "returned",
        /// A run took it for payment.
        Payment = "payment",
        /// A run wrote it off.
        Lapse = "lapse",
    }
);

impl EntryKind {
    /// Returns the number of the rule behind the line.
    #[must_use]
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Commission => "R3.2",
            Self::Clawback => "R5.1",
            Self::Adjustment => "R5.2",
            Self::Returned => "R7.4",
            Self::Payment => "R7.3",
            Self::Lapse => "R5.4",
        }
    }
}

/// One line of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its day.
    pub on: Day,
    /// What it is.
    pub kind: EntryKind,
    /// The charge it stands for.
    pub charge_id: Option<ChargeId>,
    /// The charge's account.
    pub account_id: Option<AccountId>,
    /// The adjustment it stands for.
    pub adjustment: Option<i64>,
    /// The run, for what runs did.
    pub run: Option<String>,
    /// The change of the balance, signed.
    pub amount: Money,
    /// The balance after it.
    pub balance: Money,
    /// A few words more: an adjustment's reason.
    pub text: String,
}

/// One payment of the period with the sum of the lines that stand for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentTie {
    /// As its run holds it.
    pub payment: Payment,
    /// The sum of its lines in the books.
    pub lines: Money,
}

impl PaymentTie {
    /// Returns whether the run's amount is the sum of its lines, to the cent.
    #[must_use]
    pub fn ties(&self) -> bool {
        self.payment.amount == self.lines
    }
}

/// A partner's statement.
#[derive(Debug, Clone)]
pub struct Statement {
    /// The id.
    pub partner: PartnerId,
    /// The name.
    pub name: String,
    /// The programme's.
    pub currency: Currency,
    /// The first day; none is from the beginning.
    pub from: Option<Day>,
    /// The last day.
    pub to: Day,
    /// The balance before the first day.
    pub opening: Money,
    /// Every change, by day.
    pub entries: Vec<Entry>,
    /// The balance at the end of the last day.
    pub closing: Money,
    /// The payments of the period.
    pub payments: Vec<PaymentTie>,
    /// The sum of the changes of each kind that occurs.
    pub sums: Vec<(EntryKind, Money)>,
}

/// The period of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Period {
    /// The first day; none is from the beginning.
    pub from: Option<Day>,
    /// The last day; none is today, or the latest run's date where that is later.
    pub to: Option<Day>,
}

/// One charge's or adjustment's contribution over time.
struct Source {
    charge_id: Option<ChargeId>,
    account_id: Option<AccountId>,
    adjustment: Option<i64>,
    text: String,
    worth: Worth,
    lines: Vec<ChargeLine>,
}

/// What a source puts into the balance before anything is settled of it.
enum Worth {
    Charge(Schedule),
    Adjustment(Day, Money),
}

/// Makes a partner's statement.
///
/// # Errors
/// The store's; overflow.
pub fn statement(
    reader: &Reader,
    partner_no: i64,
    today: Day,
    period: Period,
) -> Result<Statement, StoreError> {
    let partner = reader
        .partner_found(partner_no)?
        .ok_or_else(|| StoreError::Unknown { what: "partner", id: partner_no.to_string() })?;
    let payments = reader.payments_of(partner_no)?;
    let latest = payments.iter().map(|payment| payment.date).max();
    let to = period.to.unwrap_or_else(|| latest.map_or(today, |latest| latest.max(today)));
    let before = period.from.and_then(|from| from.pred_opt());
    let sources = sources(reader, partner_no)?;
    let mut opening = Money::ZERO;
    let mut entries = Vec::new();
    for source in &sources {
        if let Some(before) = before {
            let put = source.put_in(reader, before)?;
            opening = opening.plus(put)?.minus(source.settled_at(before)?.total()?)?;
        }
        source.enter(reader, before, to, &mut entries)?;
    }
    entries.sort_by(|one, two| {
        let key = |entry: &Entry| (entry.on, entry.kind, entry.charge_id.clone(), entry.adjustment);
        key(one).cmp(&key(two))
    });
    let mut balance = opening;
    for entry in &mut entries {
        balance = balance.plus(entry.amount)?;
        entry.balance = balance;
    }
    let within = |day: Day| period.from.is_none_or(|from| from <= day) && day <= to;
    let ties = payments
        .into_iter()
        .filter(|payment| within(payment.date) && payment.run_state != RunState::Cancelled)
        .map(|payment| {
            let own = |line: &&ChargeLine| line.item_id.as_deref() == Some(payment.item.as_str());
            let lines = sources.iter().flat_map(|source| source.lines.iter().filter(own));
            let lines = Money::sum(lines.map(|line| line.amount))?;
            Ok(PaymentTie { payment, lines })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    Ok(Statement {
        partner: partner.id,
        name: partner.name,
        currency: reader.currency(),
        from: period.from,
        to,
        opening,
        sums: sums(&entries)?,
        entries,
        closing: balance,
        payments: ties,
    })
}

fn sums(entries: &[Entry]) -> Result<Vec<(EntryKind, Money)>, StoreError> {
    let mut sums = Vec::new();
    for kind in EntryKind::ALL {
        let mut own = entries.iter().filter(|entry| entry.kind == *kind).peekable();
        if own.peek().is_some() {
            sums.push((*kind, Money::sum(own.map(|entry| entry.amount))?));
        }
    }
    Ok(sums)
}

/// Gathers every charge and adjustment of a partner with its lines.
fn sources(reader: &Reader, partner_no: i64) -> Result<Vec<Source>, StoreError> {
    let partners = reader.partners()?;
    let loader = reader.account_loader()?;
    let mut sources = Vec::new();
    for account in reader.accounts_of(partner_no)? {
        let Some(book) = loader.load(&account)? else { continue };
        for earning in earnings(&book.facts, reader.policies(), &partners, |no| book.settled_of(no))? {
            let Some(charge) = book.facts.charges.get(earning.charge) else { continue };
            if earning.partner != Some(partner_no) {
                continue;
            }
            let own = |line: &&ChargeLine| line.partner_no == partner_no && once_live(line);
            let lines = book.lines_of(charge.no).iter().filter(own).cloned().collect();
            sources.push(Source {
                charge_id: Some(charge.id.clone()),
                account_id: Some(book.facts.id.clone()),
                adjustment: None,
                text: String::new(),
                worth: Worth::Charge(earning.schedule),
                lines,
            });
        }
    }
    let own = |adjustment: &Adjustment| adjustment.partner_no == partner_no;
    for adjustment in reader.adjustments()?.into_iter().filter(own) {
        let mut lines = reader.adjustment_lines_of(adjustment.no)?;
        lines.retain(once_live);
        sources.push(Source {
            charge_id: None,
            account_id: None,
            adjustment: Some(adjustment.no),
            text: adjustment.reason,
            worth: Worth::Adjustment(adjustment.on, adjustment.amount),
            lines,
        });
    }
    Ok(sources)
}

/// Returns whether a line ever held money: what was cancelled before it left never did.
fn once_live(line: &ChargeLine) -> bool {
    line.run_state != RunState::Cancelled
        && (line.item.is_none_or(ItemState::holds_money) || line.returned_on.is_some())
}

impl Source {
    /// Returns what is settled at the end of a day.
    fn settled_at(&self, day: Day) -> Result<Settled, StoreError> {
        let mut settled = Settled::default();
        let live = |line: &&ChargeLine| {
            line.run_date <= day && line.returned_on.is_none_or(|returned| day < returned)
        };
        for line in self.lines.iter().filter(live) {
            let sum = if line.lapsed { &mut settled.lapsed } else { &mut settled.out };
            *sum = sum.plus(line.amount)?;
        }
        Ok(settled)
    }

    /// Returns what the source has put into the balance until the end of a day, whatever became of it since: what is
    /// settled of it, and what counts beside that (R5.1).
    fn put_in(&self, reader: &Reader, day: Day) -> Result<Money, StoreError> {
        let settled = self.settled_at(day)?;
        match &self.worth {
            Worth::Adjustment(on, amount) => Ok(if *on <= day { *amount } else { settled.total()? }),
            Worth::Charge(schedule) => {
                let policy = reader.policy(day);
                let judged = schedule.assess(&settled, day, policy.books_open_on, policy.accrual_months)?;
                let counting = if judged.counts { judged.delta } else { Money::ZERO };
                Ok(settled.total()?.plus(counting)?)
            }
        }
    }

    /// Returns the days on which anything may change.
    fn days(&self, reader: &Reader) -> BTreeSet<Day> {
        let mut days: BTreeSet<Day> = self
            .lines
            .iter()
            .flat_map(|line| std::iter::once(line.run_date).chain(line.returned_on))
            .collect();
        match &self.worth {
            Worth::Adjustment(on, _) => {
                days.insert(*on);
            }
            Worth::Charge(schedule) => {
                days.extend(schedule.collected_on);
                days.extend(schedule.eligible_on);
                days.extend(schedule.closes_on);
                days.insert(schedule.hold_end);
                days.extend(schedule.falls.iter().map(|(day, _)| *day));
                days.extend(reader.policies().turning_days());
            }
        }
        days
    }

    /// Writes the changes after one day until another.
    fn enter(
        &self,
        reader: &Reader,
        before: Option<Day>,
        to: Day,
        entries: &mut Vec<Entry>,
    ) -> Result<(), StoreError> {
        let within = |day: Day| before.is_none_or(|before| before < day) && day <= to;
        let mut so_far = before.map_or(Ok(Money::ZERO), |before| self.put_in(reader, before))?;
        for day in self.days(reader).into_iter().filter(|day| within(*day)) {
            let put = self.put_in(reader, day)?;
            let change = put.minus(so_far)?;
            so_far = put;
            if !change.is_zero() {
                let kind = match self.worth {
                    Worth::Adjustment(..) => EntryKind::Adjustment,
                    Worth::Charge(_) if change.is_negative() => EntryKind::Clawback,
                    Worth::Charge(_) => EntryKind::Commission,
                };
                entries.push(self.entry(day, kind, change, None));
            }
        }
        for line in &self.lines {
            let kind = if line.lapsed { EntryKind::Lapse } else { EntryKind::Payment };
            if within(line.run_date) {
                let taken = Money::ZERO.minus(line.amount)?;
                entries.push(self.entry(line.run_date, kind, taken, Some(line)));
            }
            // What came back before the run's own date was never out by the calendar.
            if let Some(returned) = line.returned_on.filter(|day| within((*day).max(line.run_date))) {
                let day = returned.max(line.run_date);
                entries.push(self.entry(day, EntryKind::Returned, line.amount, Some(line)));
            }
        }
        Ok(())
    }

    fn entry(&self, on: Day, kind: EntryKind, amount: Money, line: Option<&ChargeLine>) -> Entry {
        Entry {
            on,
            kind,
            charge_id: self.charge_id.clone(),
            account_id: self.account_id.clone(),
            adjustment: self.adjustment,
            run: line.map(|line| line.run.clone()),
            amount,
            balance: Money::ZERO,
            text: self.text.clone(),
        }
    }
}
