//! The real program's side of the state machine: a database in a folder, acted on through the commands.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use partners::commands::attribute::{Assignment, Start, assign, by_evidence};
use partners::commands::check::check;
use partners::commands::import::profile::mapping;
use partners::commands::import::{Ask, Expected, Place, import};
use partners::commands::payout::RunView;
use partners::commands::payout::{create, file, outcome, step};
use partners::commands::preview::{Scope, preview};
use partners::dates::Now;
use partners::eligibility::{Counting, RunKind, Subject};
use partners::import::Kind;
use partners::import::merge::Undoing;
use partners::money::Currency;
use partners::run::{ItemState, RunState};
use partners::store::{Operator, Reader, Sharing, StoreError, Writer};

use crate::tamper::sealed_sql;

use super::model::{About, Day, Line, Model, Payment, Plan, Stage};

pub struct World {
    folder: tempfile::TempDir,
    pub today: Day,
    /// The names of the model's runs.
    pub runs: Vec<String>,
    files: usize,
}

impl World {
    pub fn on(today: Day) -> Self {
        // A sync per commit is what the program is for, and nothing that this test is about: a folder in memory.
        let memory = PathBuf::from("/dev/shm");
        let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        let world = Self { folder: folder.unwrap(), today, runs: Vec::new(), files: 0 };
        partners::store::create(
            &world.database(),
            Currency::USD,
            &partners::dates::Zone::UTC,
            Sharing::Private,
            &world.operator(),
        )
        .unwrap();
        world
    }

    pub fn database(&self) -> PathBuf {
        self.folder.path().join("p.db")
    }

    fn operator(&self) -> Operator {
        let now = Now(self.today.and_hms_opt(12, 0, 0).unwrap().and_utc());
        Operator { actor: "ann".into(), os_user: "finance".into(), now }
    }

    pub fn writer(&self) -> Writer {
        Writer::open(&self.database(), &self.operator(), Duration::from_secs(5)).unwrap()
    }

    pub fn reader(&self) -> Reader {
        Reader::open(&self.database()).unwrap()
    }

    pub fn import(&self, kind: Kind, text: &str) {
        let files = [PathBuf::from("-")];
        let ask = Ask {
            kind,
            files: &files,
            dry_run: false,
            strict: false,
            rejects: None,
            undoing: Undoing::SetAside,
            again: true,
            mapping: mapping(None).unwrap(),
            expected: Expected::default(),
        };
        let report = import(
            &ask,
            &mut Place {
                database: &self.database(),
                operator: &self.operator(),
                wait: Duration::from_secs(5),
                input: &mut text.as_bytes(),
                progress: &mut |_, _| {},
            },
        )
        .unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(report.set_aside().map(|(_, row)| row.reason.clone()).next(), None, "{text}");
    }

    pub fn tie_by_evidence(&self) {
        let writer = self.writer();
        let pass = by_evidence(&writer).unwrap();
        writer.commit(&pass.audit()).unwrap();
    }

    pub fn assign(&self, account: &str, partner: &str, from: Start) {
        let overrides = partners::attribution::Overrides { lock: true, referrer: true };
        let asked = Assignment { account, partner, reason: "as agreed", from, overrides };
        let writer = self.writer();
        let assigned = assign(&writer, &asked).unwrap();
        writer.commit(&assigned.audit(&asked)).unwrap();
    }

    /// Creates a run; `None` when nobody is payable or the payday has its run, with the refusal as an error.
    pub fn create(&self, ask: &create::Ask) -> Result<Option<RunView>, StoreError> {
        let writer = self.writer();
        let drafted = create::create(&writer, ask)?;
        let note = drafted.audit();
        match (drafted, note) {
            (create::Outcome::Drafted { view, .. }, Some(note)) => {
                writer.commit(&note)?;
                Ok(Some(view))
            }
            _ => Ok(None),
        }
    }

    pub fn approve(&self, run: &str) -> Result<(), StoreError> {
        let writer = self.writer();
        let view = step::approvable(&writer, run)?;
        step::approve(writer, view).map(|_| ())
    }

    pub fn cancel(&self, run: &str, not_uploaded: bool) -> Result<(), StoreError> {
        let writer = self.writer();
        let view = step::cancellable(&writer, run, not_uploaded)?;
        step::cancel(writer, view, "second thoughts").map(|_| ())
    }

    pub fn file(&mut self, run: &str, early: Option<&str>) -> Result<bool, file::FileError> {
        self.files += 1;
        let path = self.folder.path().join(format!("out-{}.csv", self.files));
        file::file(self.writer(), run, &path, early).map(|written| written.again)
    }

    pub fn settle(&self, run: &str, item: &str, next: ItemState) -> Result<(), StoreError> {
        let writer = self.writer();
        let outcomes = outcome::Outcomes::Items(vec![(item.to_owned(), next)]);
        let (_, note) = outcome::settle(&writer, run, &outcomes, None)?;
        writer.commit(&note)
    }

    pub fn audit_rows(&self) -> i64 {
        self.reader().verify_audit().unwrap().rows
    }

    pub fn is_clean(&self) {
        let report = check(&self.database(), self.operator().now).unwrap();
        assert!(report.findings.is_empty(), "check finds {:#?}", report.findings);
    }

    /// Reads what a run of a day would do, in the model's words.
    pub fn plan(&self, day: Day, regular: bool) -> Plan {
        let reader = self.reader();
        let ids = self.charge_ids();
        let kind = if regular { RunKind::Regular } else { RunKind::OffCycle };
        let seen = preview(&reader, &Scope { date: day, kind, only: None }).unwrap();
        let who = |id: &partners::ids::PartnerId| number(id.as_str());
        let lines = |lines: &[Counting]| {
            let line = |line: &Counting| Line {
                about: about(&ids, line.subject),
                amount: line.amount.minor(),
                kept_through: line.anniversary,
            };
            let mut lines: Vec<Line> = lines.iter().map(line).collect();
            // Only a positive commission lapses, and so only there a last day means anything.
            lines.iter_mut().filter(|line| line.amount < 0).for_each(|line| line.kept_through = None);
            lines.sort();
            lines
        };
        Plan {
            payable: seen.payable.iter().map(|row| (who(&row.partner), lines(row.payable.lines()))).collect(),
            blocked: seen
                .blocked
                .iter()
                .map(|row| (who(&row.partner), row.balance.minor(), row.reasons.len()))
                .collect(),
            waiting: seen.waiting.iter().map(|row| (who(&row.partner), row.balance.minor())).collect(),
            lapsing: seen.lapsing.iter().map(|row| (who(&row.partner), lines(&row.lapse.lines))).collect(),
            owing: seen.owing.iter().map(|row| (who(&row.partner), row.balance.minor())).collect(),
            in_refund_period: seen.totals.in_refund_period.minor(),
            withheld: seen.totals.withheld.minor(),
        }
    }

    fn charge_ids(&self) -> BTreeMap<i64, usize> {
        let sql = sealed_sql(&self.database());
        let mut statement = sql.prepare("SELECT charge_no, charge_id FROM charges").unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, number(&row.get::<_, String>(1)?))));
        rows.unwrap().map(Result::unwrap).collect()
    }

    /// Compares every run with the model's: stage, items, states, amounts, lines.
    pub fn runs_are(&self, model: &Model) {
        let ids = self.charge_ids();
        let reader = self.reader();
        assert_eq!(reader.runs(false).unwrap().len(), model.runs.len(), "runs");
        for (name, expected) in self.runs.iter().zip(&model.runs) {
            let view = RunView::load(&reader, name).unwrap();
            assert_eq!(view.run.state, stage(expected.stage), "the state of {name}");
            let found: Vec<(usize, i64, ItemState)> = view
                .items
                .iter()
                .map(|item| (number(item.partner.as_str()), item.amount.minor(), item.state))
                .collect();
            let wanted: Vec<(usize, i64, ItemState)> =
                expected.items.iter().map(|item| (item.partner, item.amount, payment(item.state))).collect();
            assert_eq!(found, wanted, "the items of {name}");
            let mut found: Vec<(usize, bool, About, i64)> = view
                .lines
                .iter()
                .map(|line| {
                    let about = about(&ids, line.subject);
                    (number(line.partner.as_str()), line.lapsed, about, line.amount.minor())
                })
                .collect();
            let of = |who: usize, lapsed: bool, lines: &[Line]| {
                lines.iter().map(|line| (who, lapsed, line.about, line.amount)).collect::<Vec<_>>()
            };
            let items = expected.items.iter().flat_map(|item| of(item.partner, false, &item.lines));
            let lapsed = expected.lapsed.iter().flat_map(|(who, lines)| of(*who, true, lines));
            let mut wanted: Vec<(usize, bool, About, i64)> = items.chain(lapsed).collect();
            found.sort_unstable();
            wanted.sort_unstable();
            assert_eq!(found, wanted, "the lines of {name}");
        }
    }
}

fn about(ids: &BTreeMap<i64, usize>, subject: Subject) -> About {
    match subject {
        Subject::Charge(no) => About::Charge(ids[&no]),
        Subject::Adjustment(no) => About::Adjustment(usize::try_from(no).unwrap() - 1),
    }
}

/// Reads the number in `P3`, `C12`.
fn number(id: &str) -> usize {
    id.trim_start_matches(|letter: char| !letter.is_ascii_digit()).parse().unwrap()
}

fn stage(stage: Stage) -> RunState {
    match stage {
        Stage::Draft => RunState::Draft,
        Stage::Approved => RunState::Approved,
        Stage::Exported => RunState::Exported,
        Stage::Settled => RunState::Settled,
        Stage::Cancelled => RunState::Cancelled,
    }
}

pub fn payment(state: Payment) -> ItemState {
    match state {
        Payment::Planned => ItemState::Planned,
        Payment::Sent => ItemState::Sent,
        Payment::Paid => ItemState::Paid,
        Payment::Unclaimed => ItemState::Unclaimed,
        Payment::Returned => ItemState::Returned,
        Payment::Failed => ItemState::Failed,
        Payment::Blocked => ItemState::Blocked,
        Payment::Refunded => ItemState::Refunded,
        Payment::Reversed => ItemState::Reversed,
        Payment::Cancelled => ItemState::Cancelled,
    }
}
