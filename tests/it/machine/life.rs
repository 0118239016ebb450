//! One life of a programme: each step is done to the model and to the program, and both are compared.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use partners::commands::attribute::Start;
use partners::commands::payout::create::Ask;
use partners::commands::records::{
    Adjust, Edit, EditAccount, Outcome, PartnerFacts, RecordError, SetPolicy, adjust, approve_tax,
    confirm_address, edit_account, edit_partner, reject_tax, release_partner, set_address, set_policy,
};
use partners::import::Kind;
use partners::partner;
use partners::policy::Key;

use super::model::{
    Account, Charge, Day, Fate, Line, Model, Paper, Partner, Payment, Plan, Run, Stage, Standing, Tie,
    in_force,
};
use super::step::Step;
use super::world::{World, payment};

const PRICES: [i64; 6] = [1, 7_998, 19_994, 40_000, 80_002, 12_345];
const RATES: [(i64, &str); 3] = [(250_000, "0.25"), (125_000, "0.125"), (333_333, "0.333333")];

fn day(year: i32, month: u32, day: u32) -> Day {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn cents(amount: i64) -> String {
    let sign = if amount < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", amount.abs() / 100, amount.abs() % 100)
}

pub struct Life {
    model: Model,
    world: World,
    mails: usize,
}

impl Life {
    /// Three partners and four accounts: two tied by their codes, one without a known opening, one whom nobody sent.
    pub fn begin() -> Self {
        let today = day(2026, 1, 7);
        let world = World::on(today);
        let joined = day(2025, 6, 1);
        let approved = day(2025, 6, 2);
        world.import(
            Kind::Partners,
            "partner_id,name,email,joined_on,paypal_email,country,tax_form,tax_status,tax_decided_on,referral_code\n\
             P0,Ada,p0@example.com,2025-06-01,pay0@example.com,US,w9,approved,2025-06-02,ref0\n\
             P1,Bo,p1@example.com,2025-06-01,pay1@example.com,US,w9,approved,2025-06-02,ref1\n\
             P2,Cy,p2@example.com,2025-06-01,pay2@example.com,US,w9,approved,2025-06-02,ref2\n",
        );
        world.import(
            Kind::Accounts,
            "account_id,email,opened_on,referral_code\n\
             A0,a0@example.org,2025-07-01,ref0\nA1,a1@example.org,2025-11-15,ref1\nA2,a2@example.org,,ref0\n\
             A3,a3@example.org,2025-12-31,\n",
        );
        world.tie_by_evidence();
        let partner = |address| Partner {
            joined,
            standing: Standing::Active,
            paper: Paper::Approved(approved),
            address,
            rejected: false,
            reversed: false,
            rates: Vec::new(),
        };
        let tied = |partner| vec![Tie { partner, from: None, assigned: None }];
        let account = |opened, ties| Account { opened, closed: None, ties };
        let model = Model {
            today,
            minimum: vec![(None, 10_000)],
            rate: vec![(None, 250_000)],
            refund_period: vec![(None, 90)],
            partners: (0..3).map(partner).collect(),
            accounts: vec![
                account(Some(day(2025, 7, 1)), tied(0)),
                account(Some(day(2025, 11, 15)), tied(1)),
                account(None, tied(0)),
                account(Some(day(2025, 12, 31)), Vec::new()),
            ],
            charges: Vec::new(),
            adjustments: Vec::new(),
            runs: Vec::new(),
        };
        let mut life = Self { model, world, mails: 0 };
        // The account without an opening day has one from its first charge on (R3.3).
        life.charge(2, 120, Some(0), 1, false);
        for (account, age, price) in [(0, 100, 4), (0, 60, 2), (1, 40, 4), (1, 10, 5), (2, 30, 3), (3, 5, 3)]
        {
            life.charge(account, age, Some(3), price, false);
        }
        life.compare();
        life
    }

    /// Does one step to both, and compares them.
    pub fn take(&mut self, at: usize, step: &Step) {
        let before = self.world.audit_rows();
        let wrote = self.act(step);
        let grown = self.world.audit_rows() - before;
        assert_eq!(grown, i64::from(wrote), "audit rows of step {at}, {step:?}");
        self.compare();
    }

    /// Counts the partners' losses in runs that stand.
    pub fn lapses(&self) -> usize {
        let runs = self.model.runs.iter().filter(|run| run.stage != Stage::Cancelled);
        runs.map(|run| run.lapsed.len()).sum()
    }

    /// Counts the payments that arrived.
    pub fn paid(&self) -> usize {
        let items = self.model.runs.iter().flat_map(|run| &run.items);
        items.filter(|item| item.state == Payment::Paid).count()
    }

    /// Counts the negative lines of payments.
    pub fn clawbacks(&self) -> usize {
        let items = self.model.runs.iter().flat_map(|run| &run.items);
        items.flat_map(|item| &item.lines).filter(|line| line.amount < 0).count()
    }

    fn compare(&self) {
        let friday = self.friday();
        self.same(friday, true);
        self.same(self.model.today, false);
        self.world.runs_are(&self.model);
        self.world.is_clean();
    }

    fn same(&self, date: Day, regular: bool) {
        let sorted = |mut plan: Plan| {
            for (_, lines) in plan.payable.iter_mut().chain(&mut plan.lapsing) {
                lines
                    .iter_mut()
                    .filter(|line| line.amount < 0)
                    .for_each(|line: &mut Line| line.kept_through = None);
                lines.sort();
            }
            plan
        };
        assert_eq!(self.world.plan(date, regular), sorted(self.model.plan(date, regular)), "as of {date}");
    }

    fn friday(&self) -> Day {
        let mut date = self.model.today;
        while date.weekday() != Weekday::Fri {
            date = date.succ_opt().unwrap();
        }
        date
    }

    fn ago(&self, days: u64) -> Day {
        self.model.today.checked_sub_days(Days::new(days)).unwrap()
    }

    fn act(&mut self, step: &Step) -> bool {
        match *step {
            Step::Charge { account, age, lag, price, overage } => {
                self.charge(account, age, lag, price, overage)
            }
            Step::Refund { charge, quarters, ago } => self.refund(charge, quarters, ago),
            Step::Chargeback { charge, ago } => self.chargeback(charge, ago),
            Step::Uncollect { charge, to } => self.uncollect(charge, to),
            Step::Collect { charge } => self.collect(charge),
            Step::Standing { who, to } => self.standing(who, to),
            Step::Paper { who, approve } => self.paper(who, approve),
            Step::Address { who, to } => self.address(who, to),
            Step::Confirm { who } => {
                self.model.partners[who].rejected = false;
                wrote(&confirm_address(self.world.writer(), &format!("P{who}"), Some("by phone")))
            }
            Step::Release { who } => {
                self.model.partners[who].reversed = false;
                wrote(&release_partner(self.world.writer(), &format!("P{who}"), "cleared up"))
            }
            Step::Email { who } => {
                self.mails += 1;
                let email = format!("new{}@example.com", self.mails);
                let facts = PartnerFacts { email: Some(&email), ..PartnerFacts::default() };
                wrote(&edit_partner(self.world.writer(), &format!("P{who}"), &facts, Some("asked")))
            }
            Step::OwnRate { who, rate, ago } => self.own_rate(who, rate, ago),
            Step::Policy { key, value, offset, retroactive } => self.policy(key, value, offset, retroactive),
            Step::Assign { account, who, how } => self.assign(account, who, how),
            Step::Close { account, ago } => self.close(account, ago),
            Step::Adjust { who, dollars } => self.adjust(who, dollars),
            Step::Create { off_cycle, replace } => self.create(off_cycle, replace),
            Step::Cancel { run, not_uploaded } => self.cancel(run, not_uploaded),
            Step::Approve { run } => self.approve(run),
            Step::File { run, early } => self.file(run, early),
            Step::Settle { run, item, next } => self.settle(run, item, next),
            Step::ToFriday => {
                self.model.today = self.friday();
                self.world.today = self.model.today;
                false
            }
            Step::Days { days } => {
                self.model.today = self.model.today.checked_add_days(Days::new(days)).unwrap();
                self.world.today = self.model.today;
                false
            }
        }
    }

    /// Imports a charge as billing would say it now.
    fn import(&self, no: usize) -> bool {
        let Charge { account, billed, collected, earns, amount, fate, refunds } = &self.model.charges[no];
        let kind = if *earns { "subscription" } else { "sms" };
        let collected = collected.map(|on| on.to_string()).unwrap_or_default();
        let back: i64 = refunds.iter().map(|(_, amount)| amount).sum();
        let refunded = if back > 0 { cents(back) } else { String::new() };
        let on = refunds.last().map(|(on, _)| on.to_string()).unwrap_or_default();
        self.world.import(
            Kind::Billing,
            &format!(
                "charge_id,account_id,billed_on,collected_on,kind,amount,refunded,refunded_on,status\n\
                 C{no},A{account},{billed},{collected},{kind},{},{refunded},{on},{}\n",
                cents(*amount),
                fate.word()
            ),
        );
        true
    }

    fn charge(&mut self, account: usize, age: u64, lag: Option<u64>, price: usize, overage: bool) -> bool {
        let billed = self.ago(age);
        let collected = lag.map(|lag| billed.checked_add_days(Days::new(lag)).unwrap().min(self.model.today));
        let fate = match collected {
            Some(_) => Fate::Paid,
            None if age.is_multiple_of(2) => Fate::Collections,
            None => Fate::Pending,
        };
        let (earns, amount, refunds) = (!overage, PRICES[price], Vec::new());
        self.model.charges.push(Charge { account, billed, collected, earns, amount, fate, refunds });
        self.import(self.model.charges.len() - 1)
    }

    fn refund(&mut self, charge: usize, quarters: i64, ago: u64) -> bool {
        let (no, on) = (charge % self.model.charges.len(), self.ago(ago));
        let charge = &mut self.model.charges[no];
        let back: i64 = charge.refunds.iter().map(|(_, amount)| amount).sum();
        let more = (charge.amount - back) * quarters / 4;
        if !matches!(charge.fate, Fate::Paid | Fate::PartiallyRefunded) || more == 0 {
            return false;
        }
        charge.refunds.push((on, more));
        charge.fate = if back + more == charge.amount { Fate::Refunded } else { Fate::PartiallyRefunded };
        self.import(no)
    }

    fn chargeback(&mut self, charge: usize, ago: u64) -> bool {
        let (no, on) = (charge % self.model.charges.len(), self.ago(ago));
        let charge = &mut self.model.charges[no];
        if !matches!(charge.fate, Fate::Paid | Fate::PartiallyRefunded) {
            return false;
        }
        let back: i64 = charge.refunds.iter().map(|(_, amount)| amount).sum();
        charge.refunds.push((on, charge.amount - back));
        charge.fate = Fate::Chargeback;
        self.import(no)
    }

    fn uncollect(&mut self, charge: usize, to: usize) -> bool {
        let no = charge % self.model.charges.len();
        let charge = &mut self.model.charges[no];
        if charge.fate != Fate::Paid {
            return false;
        }
        charge.fate = [Fate::Pending, Fate::Collections, Fate::Declined][to];
        self.import(no)
    }

    fn collect(&mut self, charge: usize) -> bool {
        let no = charge % self.model.charges.len();
        let today = self.model.today;
        let charge = &mut self.model.charges[no];
        if charge.fate.collected() {
            return false;
        }
        charge.fate = Fate::Paid;
        charge.collected = Some(today);
        self.import(no)
    }

    fn standing(&mut self, who: usize, to: usize) -> bool {
        let (ours, theirs) = [
            (Standing::Active, partner::Standing::Active),
            (Standing::Suspended, partner::Standing::Suspended),
            (Standing::Closed, partner::Standing::Closed),
        ][to];
        self.model.partners[who].standing = ours;
        let facts = PartnerFacts { status: Some(theirs), ..PartnerFacts::default() };
        wrote(&edit_partner(self.world.writer(), &format!("P{who}"), &facts, Some("as decided")))
    }

    fn paper(&mut self, who: usize, approve: bool) -> bool {
        let id = format!("P{who}");
        let paper = &mut self.model.partners[who].paper;
        if approve {
            if *paper == Paper::Rejected {
                *paper = Paper::Approved(self.model.today);
            }
            wrote(&approve_tax(self.world.writer(), &id, None, Some("seen")))
        } else {
            *paper = Paper::Rejected;
            wrote(&reject_tax(self.world.writer(), &id, None, "unreadable"))
        }
    }

    fn address(&mut self, who: usize, to: usize) -> bool {
        let partner = &mut self.model.partners[who];
        if partner.address != to {
            partner.address = to;
            partner.rejected = false;
        }
        let email = format!("pay{to}@example.com");
        wrote(&set_address(self.world.writer(), &format!("P{who}"), &email, Some("asked")))
    }

    fn own_rate(&mut self, who: usize, rate: usize, ago: u64) -> bool {
        let (millionths, text) = RATES[rate];
        let from = self.ago(ago);
        let rates = &mut self.model.partners[who].rates;
        // R2.5: the first is in force from the beginning, a changed one from its day.
        let from = (!rates.is_empty()).then_some(from);
        let facts =
            PartnerFacts { rate: Some(text.parse().unwrap()), rate_from: from, ..PartnerFacts::default() };
        rates.push((from, millionths));
        wrote(&edit_partner(self.world.writer(), &format!("P{who}"), &facts, Some("agreed")))
    }

    fn policy(&mut self, key: usize, value: usize, offset: u64, retroactive: bool) -> bool {
        let from = self.ago(200).checked_add_days(Days::new(offset)).unwrap();
        let (key, (number, text), versions) = match key {
            0 => (
                Key::Minimum,
                [(10_000, "100"), (5_000, "50"), (20_001, "200.01")][value],
                &mut self.model.minimum,
            ),
            1 => (Key::Rate, RATES[value], &mut self.model.rate),
            _ => (
                Key::RefundPeriodDays,
                [(90, "90"), (0, "0"), (45, "45")][value],
                &mut self.model.refund_period,
            ),
        };
        let reaches = self.model.runs.iter().any(|run| run.stage != Stage::Cancelled && run.date >= from);
        let changes = in_force(versions, from) != Some(number);
        let given = SetPolicy { key, value: text, from, reason: "as decided", retroactive };
        let outcome = set_policy(self.world.writer(), &given);
        if changes && reaches && !retroactive {
            assert!(outcome.is_err(), "R1.6: it reaches back over a run");
            return false;
        }
        if changes {
            versions.push((Some(from), number));
        }
        assert_eq!(outcome.unwrap().change.is_some(), changes);
        changes
    }

    fn assign(&mut self, account: usize, who: usize, how: usize) -> bool {
        let today = self.model.today;
        let ties = &mut self.model.accounts[account].ties;
        let mid = today.checked_sub_days(Days::new(60)).unwrap();
        let (start, from) = match how {
            0 => (Start::Usual, (!ties.is_empty()).then_some(today)),
            1 => (Start::Opening, None),
            _ => (Start::Day(mid), Some(mid)),
        };
        ties.push(Tie { partner: who, from, assigned: Some(today) });
        self.world.assign(&format!("A{account}"), &format!("P{who}"), start);
        true
    }

    fn close(&mut self, account: usize, ago: Option<u64>) -> bool {
        let opened = self.model.accounts[account].opened;
        let closed = ago.map(|ago| opened.max(Some(self.ago(ago))).unwrap());
        self.model.accounts[account].closed = closed;
        let given = EditAccount {
            email: None,
            name: None,
            opened_on: None,
            referral_code: None,
            closed_on: Some(closed.map_or(Edit::Clear, Edit::Set)),
            reason: Some("asked"),
        };
        wrote(&edit_account(self.world.writer(), &format!("A{account}"), &given))
    }

    fn adjust(&mut self, who: usize, dollars: i64) -> bool {
        if dollars == 0 {
            return false;
        }
        let amount = cents(dollars * 100);
        self.model.adjustments.push((who, self.model.today, dollars * 100));
        adjust(
            self.world.writer(),
            &format!("P{who}"),
            &Adjust { amount: &amount, on: None, reason: "thanks" },
        )
        .unwrap();
        true
    }

    fn create(&mut self, off_cycle: bool, replace: bool) -> bool {
        let date = if off_cycle { self.model.today } else { self.friday() };
        let ask = Ask { date: Some(date), off_cycle, only: Vec::new(), replace };
        let created = self.world.create(&ask);
        let of_day = |run: &&Run| run.regular && run.date == date && run.stage != Stage::Cancelled;
        let on_desk = |run: &Run| matches!(run.stage, Stage::Draft | Stage::Approved);
        if !off_cycle
            && let Some(run) = self.model.runs.iter().find(of_day)
            && !(replace && on_desk(run))
        {
            assert!(created.unwrap().is_none(), "R7.1: the payday has its run");
            return false;
        }
        let mut after = self.model.clone();
        if let Some(run) = after.on_desk() {
            if !replace {
                assert!(created.is_err(), "R7.1: one run on the desk");
                return false;
            }
            after.cancel(run);
        }
        let plan = after.plan(date, !off_cycle);
        let drafted = created.unwrap();
        assert_eq!(drafted.is_some(), !plan.payable.is_empty(), "whether there is a run");
        let Some(view) = drafted else { return false };
        after.draft(date, !off_cycle, &plan);
        self.model = after;
        self.world.runs.push(view.run.name.0);
        true
    }

    fn run(&self, run: usize) -> Option<(usize, String)> {
        let count = self.model.runs.len();
        // Mostly the newest: most of the others are done.
        let at = if run % 4 < 3 { count.checked_sub(1)? } else { (run / 4).checked_rem(count)? };
        Some((at, self.world.runs[at].clone()))
    }

    fn cancel(&mut self, run: usize, not_uploaded: bool) -> bool {
        let Some((at, name)) = self.run(run) else { return false };
        let run = &self.model.runs[at];
        let may = match run.stage {
            Stage::Draft | Stage::Approved => true,
            Stage::Exported => not_uploaded && run.items.iter().all(|item| item.state == Payment::Sent),
            Stage::Settled | Stage::Cancelled => false,
        };
        let done = self.world.cancel(&name, not_uploaded);
        assert_eq!(done.is_ok(), may, "R7.2: cancel {name}: {done:?}");
        if may {
            self.model.cancel(at);
        }
        may
    }

    fn approve(&mut self, run: usize) -> bool {
        let Some((at, name)) = self.run(run) else { return false };
        let may = self.model.runs[at].stage == Stage::Draft && !self.model.is_stale(at);
        let done = self.world.approve(&name);
        assert_eq!(done.is_ok(), may, "R7.3: approve {name}: {done:?}");
        if may {
            self.model.runs[at].stage = Stage::Approved;
        }
        may
    }

    fn file(&mut self, run: usize, early: bool) -> bool {
        let Some((at, name)) = self.run(run) else { return false };
        let stage = self.model.runs[at].stage;
        let due = early || self.model.today >= self.model.runs[at].date;
        let may = due && (stage == Stage::Exported || (stage == Stage::Approved && !self.model.is_stale(at)));
        let done = self.world.file(&name, early.then_some("holidays"));
        assert_eq!(done.is_ok(), may, "R7.3: file {name}: {done:?}");
        let wrote = may && stage == Stage::Approved;
        if wrote {
            let run = &mut self.model.runs[at];
            run.stage = Stage::Exported;
            run.items.iter_mut().for_each(|item| item.state = Payment::Sent);
        }
        wrote
    }

    fn settle(&mut self, run: usize, item: usize, next: Payment) -> bool {
        let Some((at, name)) = self.run(run) else { return false };
        let item = item % self.model.runs[at].items.len();
        let id = {
            let view = partners::commands::payout::RunView::load(&self.world.reader(), &name).unwrap();
            view.items[item].id.0.clone()
        };
        let may = next != Payment::Sent && self.model.settle(at, item, next);
        let done = self.world.settle(&name, &id, payment(next));
        assert_eq!(done.is_ok(), may, "R7.4: {next:?} of {name}: {done:?}");
        may
    }
}

fn wrote(outcome: &Result<Outcome, RecordError>) -> bool {
    !outcome.as_ref().unwrap_or_else(|error| panic!("{error}")).is_unchanged()
}
