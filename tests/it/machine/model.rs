//! What the books should say, worked out anew from plain numbers at every question.
//!
//! Written from the rulebook and from nothing else: it shares no type and no function with the program, keeps no
//! balances, and is slow on purpose. Amounts are cents, rates millionths.

use std::collections::BTreeSet;

use chrono::{Days, Months, NaiveDate};

pub type Day = NaiveDate;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Active,
    Suspended,
    Closed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    Approved(Day),
    Rejected,
}

#[derive(Debug, Clone)]
pub struct Partner {
    pub joined: Day,
    pub standing: Standing,
    pub paper: Paper,
    pub address: usize,
    pub rejected: bool,
    pub reversed: bool,
    /// The partner's own rates, by the first billing day.
    pub rates: Vec<(Option<Day>, i64)>,
}

#[derive(Debug, Clone, Copy)]
pub struct Tie {
    pub partner: usize,
    pub from: Option<Day>,
    pub assigned: Option<Day>,
}

#[derive(Debug, Clone)]
pub struct Account {
    pub opened: Option<Day>,
    pub closed: Option<Day>,
    pub ties: Vec<Tie>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Paid,
    Pending,
    Collections,
    Declined,
    PartiallyRefunded,
    Refunded,
    Chargeback,
}

impl Fate {
    pub fn collected(self) -> bool {
        matches!(self, Self::Paid | Self::PartiallyRefunded | Self::Refunded | Self::Chargeback)
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Pending => "pending",
            Self::Collections => "collections",
            Self::Declined => "declined",
            Self::PartiallyRefunded => "partially_refunded",
            Self::Refunded => "refunded",
            Self::Chargeback => "chargeback",
        }
    }
}

#[derive(Debug, Clone)]
pub struct Charge {
    pub account: usize,
    pub billed: Day,
    pub collected: Option<Day>,
    pub earns: bool,
    pub amount: i64,
    pub fate: Fate,
    pub refunds: Vec<(Day, i64)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    Charge(usize),
    Adjustment(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    pub about: About,
    pub amount: i64,
    /// The last day through which it is kept.
    pub kept_through: Option<Day>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Draft,
    Approved,
    Exported,
    Settled,
    Cancelled,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payment {
    Planned,
    Sent,
    Paid,
    Unclaimed,
    Returned,
    Failed,
    Blocked,
    Refunded,
    Reversed,
    Cancelled,
}

impl Payment {
    /// R7.4: the money of all but paid and unclaimed goes back.
    pub fn holds(self) -> bool {
        matches!(self, Self::Planned | Self::Sent | Self::Paid | Self::Unclaimed)
    }

    pub fn is_final(self) -> bool {
        !matches!(self, Self::Planned | Self::Sent | Self::Unclaimed)
    }

    fn may_become(self, next: Self) -> bool {
        let outcome = !matches!(next, Self::Planned | Self::Sent);
        match self {
            Self::Sent => outcome,
            Self::Unclaimed => outcome && next != Self::Unclaimed,
            Self::Paid => matches!(next, Self::Refunded | Self::Reversed),
            _ => false,
        }
    }
}

#[derive(Debug, Clone)]
pub struct Item {
    pub partner: usize,
    pub address: usize,
    pub amount: i64,
    pub state: Payment,
    pub came_back: Option<Day>,
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone)]
pub struct Run {
    pub date: Day,
    pub regular: bool,
    pub stage: Stage,
    pub items: Vec<Item>,
    pub lapsed: Vec<(usize, Vec<Line>)>,
}

/// What a run of a day would do, by partner.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    pub payable: Vec<(usize, Vec<Line>)>,
    pub blocked: Vec<(usize, i64, usize)>,
    pub waiting: Vec<(usize, i64)>,
    pub lapsing: Vec<(usize, Vec<Line>)>,
    pub owing: Vec<(usize, i64)>,
    pub in_refund_period: i64,
    pub withheld: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    RefundPeriod,
    Withheld,
    Eligible,
}

#[derive(Debug, Clone, Copy)]
pub struct Judged {
    pub due: i64,
    pub delta: i64,
    pub place: Place,
    pub kept_through: Option<Day>,
}

#[derive(Debug, Clone)]
pub struct Model {
    pub today: Day,
    pub minimum: Vec<(Option<Day>, i64)>,
    pub rate: Vec<(Option<Day>, i64)>,
    pub refund_period: Vec<(Option<Day>, i64)>,
    pub partners: Vec<Partner>,
    pub accounts: Vec<Account>,
    pub charges: Vec<Charge>,
    pub adjustments: Vec<(usize, Day, i64)>,
    pub runs: Vec<Run>,
}

pub fn total(lines: &[Line]) -> i64 {
    lines.iter().map(|line| line.amount).sum()
}

/// Returns the value in force on a day: of two from one day the later entered.
pub fn in_force(versions: &[(Option<Day>, i64)], day: Day) -> Option<i64> {
    let begun = versions.iter().enumerate().filter(|(_, (from, _))| from.is_none_or(|from| from <= day));
    begun.max_by_key(|(entered, (from, _))| (*from, *entered)).map(|(_, (_, value))| *value)
}

impl Model {
    /// R2.4, rounded as R1.3 says.
    fn due(&self, partner: usize, charge: &Charge, day: Day) -> i64 {
        let account = &self.accounts[charge.account];
        let collected = charge.fate.collected() && charge.collected.is_some_and(|on| on <= day);
        let closed = account.closed.is_some_and(|on| on <= day && charge.billed > on);
        if self.owner(charge).map(|tie| tie.partner) != Some(partner) || !charge.earns || !collected || closed
        {
            return 0;
        }
        let back: i64 = charge.refunds.iter().filter(|(on, _)| *on <= day).map(|(_, amount)| amount).sum();
        let own = in_force(&self.partners[partner].rates, charge.billed);
        let rate = own.or_else(|| in_force(&self.rate, charge.billed)).unwrap();
        (rate * (charge.amount - back).max(0) * 2 + 1_000_000) / 2_000_000
    }

    /// R4.4: the latest entered referrer whose time has begun.
    fn owner(&self, charge: &Charge) -> Option<Tie> {
        let begun = |tie: &&Tie| tie.from.is_none_or(|from| from <= charge.billed);
        self.accounts[charge.account].ties.iter().rev().find(begun).copied()
    }

    fn hold_end(&self, account: usize) -> Day {
        let billed =
            self.charges.iter().filter(|charge| charge.account == account).map(|charge| charge.billed);
        let opened = self.accounts[account].opened.or_else(|| billed.min()).unwrap();
        let days = in_force(&self.refund_period, opened).unwrap();
        opened.checked_add_days(Days::new(u64::try_from(days).unwrap())).unwrap()
    }

    /// R3.2; nothing while an earlier charge stands in collections (R3.4) or this one is not collected.
    fn eligible_on(&self, charge: &Charge) -> Option<Day> {
        let mut on = charge.collected.filter(|_| charge.fate.collected())?.max(self.hold_end(charge.account));
        let earlier = self
            .charges
            .iter()
            .filter(|other| other.account == charge.account && other.earns && other.billed < charge.billed);
        for other in earlier {
            match other.fate {
                Fate::Collections => return None,
                fate if fate.collected() => on = on.max(other.collected.unwrap()),
                _ => {}
            }
        }
        Some(on)
    }

    /// R5.1: what live lines took or paid, what they wrote off, and the latest day on which money came back.
    pub fn settled(&self, partner: usize, about: About) -> (i64, i64, Option<Day>) {
        let (mut out, mut lapsed, mut back) = (0, 0, None);
        let of = |lines: &[Line]| -> i64 {
            lines.iter().filter(|line| line.about == about).map(|line| line.amount).sum()
        };
        for run in &self.runs {
            for item in run.items.iter().filter(|item| item.partner == partner) {
                if item.state.holds() {
                    out += of(&item.lines);
                } else if item.lines.iter().any(|line| line.about == about) {
                    back = back.max(item.came_back);
                }
            }
            for (_, lines) in run.lapsed.iter().filter(|(who, _)| *who == partner) {
                if run.stage != Stage::Cancelled {
                    lapsed += of(lines);
                }
            }
        }
        (out, lapsed, back)
    }

    pub fn judge(&self, partner: usize, no: usize, day: Day) -> Judged {
        let charge = &self.charges[no];
        let due = self.due(partner, charge, day);
        let (out, lapsed, back) = self.settled(partner, About::Charge(no));
        let rest = due - out - lapsed;
        let delta = if lapsed > 0 && rest < 0 { (due - out).min(0) } else { rest };
        let eligible_on = self.eligible_on(charge);
        let place = if day < self.hold_end(charge.account) {
            Place::RefundPeriod
        } else if eligible_on.is_none_or(|on| on > day) {
            Place::Withheld
        } else {
            Place::Eligible
        };
        let assigned = self.owner(charge).filter(|tie| tie.partner == partner).and_then(|tie| tie.assigned);
        let window = Some(self.partners[partner].joined).max(assigned).max(back);
        let kept_through =
            eligible_on.map(|on| Some(on).max(window).unwrap().checked_add_months(Months::new(6)).unwrap());
        Judged { due, delta, place, kept_through }
    }

    /// R6, in its order: how many gates are closed.
    pub fn closed_gates(&self, who: usize, day: Day) -> usize {
        let partner = &self.partners[who];
        let paper = matches!(partner.paper, Paper::Approved(on) if on <= day);
        let shared = self.partners.iter().enumerate().any(|(no, other)| {
            no != who
                && other.address == partner.address
                && other.standing != Standing::Closed
                && partner.standing != Standing::Closed
        });
        usize::from(partner.standing != Standing::Active)
            + usize::from(!paper)
            + usize::from(partner.rejected || shared)
            + usize::from(partner.reversed)
    }

    /// R5.2 to R5.6.
    pub fn plan(&self, day: Day, regular: bool) -> Plan {
        let mut plan = Plan::default();
        let minimum = in_force(&self.minimum, day).unwrap();
        for who in 0..self.partners.len() {
            let mut counting = Vec::new();
            for no in 0..self.charges.len() {
                let judged = self.judge(who, no, day);
                if judged.delta < 0 || (judged.delta > 0 && judged.place == Place::Eligible) {
                    let Judged { delta: amount, kept_through, .. } = judged;
                    counting.push(Line { about: About::Charge(no), amount, kept_through });
                } else if judged.place == Place::RefundPeriod {
                    plan.in_refund_period += judged.delta;
                } else {
                    plan.withheld += judged.delta;
                }
            }
            for (no, (_, on, amount)) in self.adjustments.iter().enumerate().filter(|(_, it)| it.0 == who) {
                let (out, lapsed, _) = self.settled(who, About::Adjustment(no));
                let rest = amount - out - lapsed;
                if rest != 0 && *on <= day {
                    counting.push(Line { about: About::Adjustment(no), amount: rest, kept_through: None });
                }
            }
            let balance = total(&counting);
            if balance >= minimum && balance > 0 {
                match self.closed_gates(who, day) {
                    0 => plan.payable.push((who, counting)),
                    closed => plan.blocked.push((who, balance, closed)),
                }
                continue;
            }
            let ended = |line: &&Line| line.amount < 0 || line.kept_through.is_some_and(|last| day > last);
            let lost: Vec<Line> = counting.iter().filter(ended).copied().collect();
            let mut left = balance;
            if regular && total(&lost) > 0 {
                left -= total(&lost);
                plan.lapsing.push((who, lost));
            }
            if left > 0 {
                plan.waiting.push((who, left));
            } else if left < 0 {
                plan.owing.push((who, left));
            }
        }
        plan
    }

    pub fn on_desk(&self) -> Option<usize> {
        self.runs.iter().position(|run| matches!(run.stage, Stage::Draft | Stage::Approved))
    }

    /// Drafts a run of a plan, and proves that it takes no more of any charge than is due.
    pub fn draft(&mut self, day: Day, regular: bool, plan: &Plan) {
        let item = |(partner, lines): &(usize, Vec<Line>)| Item {
            partner: *partner,
            address: self.partners[*partner].address,
            amount: total(lines),
            state: Payment::Planned,
            came_back: None,
            lines: lines.clone(),
        };
        let items = plan.payable.iter().map(item).collect();
        self.runs.push(Run { date: day, regular, stage: Stage::Draft, items, lapsed: plan.lapsing.clone() });
        for (who, lines) in &plan.payable {
            for line in lines {
                let About::Charge(no) = line.about else { continue };
                let (out, lapsed, _) = self.settled(*who, line.about);
                let due = self.judge(*who, no, day).due;
                assert!(out <= due, "charge {no}: {out} is out for partner {who}, and {due} is due");
                assert!(lapsed < 0 || line.amount < 0 || out + lapsed <= due, "charge {no} of partner {who}");
            }
        }
        let mut owned = BTreeSet::new();
        for (who, lines) in plan.payable.iter().chain(&plan.lapsing) {
            assert!(lines.iter().all(|line| owned.insert((*who, line.about))), "a line twice");
        }
    }

    pub fn cancel(&mut self, run: usize) {
        let run = &mut self.runs[run];
        run.stage = Stage::Cancelled;
        run.items.iter_mut().for_each(|item| item.state = Payment::Cancelled);
    }

    /// R7.3: whether an item may no longer be paid as it was drafted.
    pub fn is_stale(&self, run: usize) -> bool {
        let run = &self.runs[run];
        run.items.iter().any(|item| {
            let fallen = |line: &Line| match line.about {
                About::Charge(no) => self.judge(item.partner, no, run.date).delta < 0,
                About::Adjustment(_) => false,
            };
            item.lines.iter().any(fallen)
                || self.closed_gates(item.partner, run.date) > 0
                || self.partners[item.partner].address != item.address
        })
    }

    /// R7.4; says whether the rules know the step.
    pub fn settle(&mut self, run: usize, item: usize, next: Payment) -> bool {
        let today = self.today;
        let stage = self.runs[run].stage;
        let item = &mut self.runs[run].items[item];
        if !matches!(stage, Stage::Exported | Stage::Settled) {
            return false;
        }
        if item.state != next {
            if !item.state.may_become(next) {
                return false;
            }
            item.state = next;
            item.came_back = (!next.holds()).then_some(today);
            let partner = &mut self.partners[item.partner];
            let same = partner.address == item.address;
            match next {
                Payment::Paid if same => partner.rejected = false,
                Payment::Returned | Payment::Failed if same => partner.rejected = true,
                Payment::Refunded | Payment::Reversed | Payment::Blocked => partner.reversed = true,
                _ => {}
            }
        }
        let run = &mut self.runs[run];
        if run.items.iter().all(|item| item.state.is_final()) {
            run.stage = Stage::Settled;
        }
        true
    }
}
