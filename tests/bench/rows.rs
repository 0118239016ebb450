//! The rows of PERFORMANCE.md's table, P1 to P12: what runs against what.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::data::{Data, NIGHT_ROWS};
use crate::measure::{Fresh, Series, Work, alternate, run, say};
use crate::peers::Peers;
use crate::report::{Figure, Row, Target, Unit};
use crate::subject::{PAYDAY, Subject};

/// Commands of a few milliseconds run this many times as often as the others.
const QUICK: usize = 20;

/// Everything the rows need, and the rows so far.
pub struct Bench {
    /// The program under test.
    pub subject: Subject,
    /// Its peers.
    pub peers: Peers,
    /// The usual data.
    pub data: Data,
    /// Ten times as much, if asked for.
    pub big: Option<Data>,
    /// How often each contender runs.
    pub rounds: usize,
    /// The rows to measure; none means all.
    pub only: Vec<String>,
    /// What has been measured.
    pub rows: Vec<Row>,
    /// What a reader of the figures should know.
    pub notes: Vec<String>,
}

type Contender = Result<Work, String>;
type Measured = Result<Series, String>;

/// Writes a count of rows as people say it.
pub fn people_say(rows: u64) -> String {
    match rows {
        rows if rows.is_multiple_of(1_000_000) => format!("{} M", rows / 1_000_000),
        rows if rows.is_multiple_of(1_000) => format!("{} k", rows / 1_000),
        rows => rows.to_string(),
    }
}

impl Bench {
    fn wants(&self, numbers: &[&str]) -> bool {
        self.only.is_empty() || numbers.iter().any(|number| self.only.iter().any(|only| only == number))
    }

    /// Runs contenders in turn; those that cannot be had keep their reason.
    fn measure<const COUNT: usize>(
        &mut self,
        title: &str,
        rounds: usize,
        contenders: [Contender; COUNT],
    ) -> [Measured; COUNT] {
        say(title);
        let works: Vec<Work> = contenders.iter().flatten().cloned().collect();
        let mut results = alternate(rounds, &works, &self.subject.complaints()).into_iter();
        let mut peaks = Vec::new();
        let measured = contenders.map(|contender| {
            let work = contender?;
            let series = results.next().ok_or_else(|| "not run".to_owned())??;
            peaks.push(format!("{} {}", work.name, Figure::memory(&series).mebibytes()));
            Ok(series)
        });
        if !peaks.is_empty() {
            self.notes.push(format!("{title}: peak memory {}", peaks.join(", ")));
        }
        measured
    }

    fn compare(
        &mut self,
        number: &'static str,
        ours: (&str, &Measured),
        peer: (&str, &Measured),
        target: (u64, u64),
    ) {
        if !self.wants(&[number]) {
            return;
        }
        self.rows.push(Row {
            number,
            ours_name: ours.0.to_owned(),
            ours: ours.1.as_ref().map(Figure::time).map_err(Clone::clone),
            peer_name: peer.0.to_owned(),
            peer: Some(peer.1.as_ref().map(Figure::time).map_err(Clone::clone)),
            unit: Unit::Time,
            target: Target::Ratio(target.0, target.1),
        });
    }

    /// Measures every row that is wanted.
    pub fn all(&mut self) {
        let rows = people_say(self.data.rows);
        if self.wants(&["P1", "P2"]) {
            self.loading(&rows);
        }
        if self.wants(&["P3"]) {
            self.night(&rows);
        }
        if self.wants(&["P4"]) {
            self.again(&rows);
        }
        if self.wants(&["P5", "P10"]) {
            self.previewing(&rows);
        }
        if self.wants(&["P7"]) {
            self.creating();
        }
        if self.wants(&["P8"]) {
            self.looking_up(false);
        }
        if self.wants(&["P9"]) {
            self.starting();
        }
        if self.wants(&["P11"]) {
            self.checking(&rows);
        }
        if self.big.is_some() {
            self.growing();
        } else if self.wants(&["P6", "P8", "P10", "P12"]) {
            self.notes.push("P6, P12 and the rest of P8 and P10 need --rows10m".to_owned());
        }
        self.rows.sort_by_key(|row| row.number.trim_start_matches('P').parse::<u64>().unwrap_or(0));
    }

    fn unbilled(&self, data: &Data) -> Result<PathBuf, String> {
        self.subject.unbilled(data).map_err(|error| format!("{error:#}"))
    }

    fn billed(&self, settled: bool) -> Result<PathBuf, String> {
        let data = if settled { self.big.as_ref().unwrap_or(&self.data) } else { &self.data };
        self.subject.billed(data, settled).map_err(|error| format!("{error:#}"))
    }

    /// Returns our import of a size's billing into a database that knows its partners.
    fn import(&self, data: &Data) -> Contender {
        let from = self.unbilled(data)?;
        let database = self.subject.file(&format!("import-{}.db", data.rows));
        Ok(self.subject.import("billing", &data.billing, &[], &database)?.changing(&from, &database))
    }

    /// Runs a peer's load once where its database is missing.
    fn loaded(&self, work: Contender) -> Result<PathBuf, String> {
        let work = work?;
        let Some(Fresh { to, .. }) = &work.fresh else { return Err("a load makes a database".to_owned()) };
        if !to.exists() {
            let once = run(&work, Stdio::null(), &self.subject.complaints())
                .map_err(|error| format!("{error:#}"))?;
            say(&format!("  set-up {:>7} ms  {}", once.nanoseconds / 1_000_000, work.name));
        }
        Ok(to.clone())
    }

    fn sqlite_load(&self) -> Contender {
        self.peers.sqlite_load(&self.data.billing, &self.subject.file("sqlite.db"))
    }

    fn duckdb_load(&self) -> Contender {
        self.peers.duckdb_load(&self.data.billing, &self.subject.file("duckdb.db"))
    }

    fn loading(&mut self, rows: &str) {
        let skipped = Err("not asked for".to_owned());
        let duckdb = if self.wants(&["P1"]) { self.duckdb_load() } else { skipped.clone() };
        let sqlite = if self.wants(&["P2"]) { self.sqlite_load() } else { skipped };
        let contenders = [self.import(&self.data), duckdb, sqlite];
        let [ours, duckdb, sqlite] = self.measure("P1, P2: import of new rows", self.rounds, contenders);
        let name = format!("`import billing`, {rows} new rows");
        self.compare("P1", (&name, &ours), ("DuckDB, CSV to table with primary key", &duckdb), (1000, 600));
        let peer = "`sqlite3 .import`, primary key + two indexes";
        self.compare("P2", (&name, &ours), (peer, &sqlite), (300, 150));
    }

    fn upsert(&self, csv: &Path) -> Contender {
        self.peers.sqlite_upsert(csv, &self.loaded(self.sqlite_load())?, &self.subject.file("upsert.db"))
    }

    fn import_again(&self, csv: &Path, more: &[&str], database: &str) -> Contender {
        let database = self.subject.file(database);
        Ok(self.subject.import("billing", csv, more, &database)?.changing(&self.billed(false)?, &database))
    }

    fn night(&mut self, rows: &str) {
        let csv = self.data.night.clone();
        let contenders = [self.import_again(&csv, &[], "night.db"), self.upsert(&csv)];
        let [ours, peer] = self.measure("P3: the file of the next night", self.rounds, contenders);
        let night = people_say(NIGHT_ROWS.min(self.data.rows / 2));
        let name = format!("`import billing`, {night} rows, half of them known, into {rows}");
        self.compare("P3", (&name, &ours), ("`sqlite3` upsert of the same", &peer), (400, 250));
    }

    fn again(&mut self, rows: &str) {
        let csv = self.data.billing.clone();
        let contenders = [
            self.import_again(&csv, &["--again"], "again.db"),
            self.import_again(&csv, &[], "again.db"),
            self.upsert(&csv),
        ];
        let [again, same_bytes, peer] = self.measure("P4: the same file again", self.rounds, contenders);
        let upsert = "`sqlite3` upsert of the same";
        let name = format!("`import billing --again`, the same {rows} rows");
        self.compare("P4", (&name, &again), (upsert, &peer), (300, 150));
        let name = format!("`import billing`, the same bytes of {rows} rows");
        self.compare("P4", (&name, &same_bytes), (upsert, &peer), (50, 30));
    }

    fn previewing(&mut self, rows: &str) {
        let ours = self.billed(false).and_then(|database| self.subject.preview(&["--json"], &database));
        let peer = self.loaded(self.duckdb_load()).and_then(|database| self.peers.duckdb_sums(&database));
        let [ours, peer] = self.measure("P5: who is owed what", self.rounds * 2, [ours, peer]);
        let name = format!("`preview --json`, {rows} charges, all open");
        self.compare("P5", (&name, &ours), ("DuckDB, the sums only", &peer), (500, 200));
        self.ceiling(&format!("peak memory of `preview --json`, {rows} charges"), &ours, (48, 16));
    }

    fn ceiling(&mut self, name: &str, ours: &Measured, target: (u64, u64)) {
        if !self.wants(&["P10"]) {
            return;
        }
        self.rows.push(Row {
            number: "P10",
            ours_name: name.to_owned(),
            ours: ours.as_ref().map(Figure::memory).map_err(Clone::clone),
            peer_name: "–".to_owned(),
            peer: None,
            unit: Unit::Memory,
            target: Target::Ceiling(target.0, target.1),
        });
    }

    fn creating(&mut self) {
        let database = self.subject.file("create.db");
        let create = self.billed(false).and_then(|billed| {
            let args = ["--date", PAYDAY, "--yes"].map(std::ffi::OsStr::new);
            Ok(self.subject.work(&["payout", "create"], &args, &database)?.changing(&billed, &database))
        });
        let preview = self.billed(false).and_then(|billed| self.subject.preview(&[], &billed));
        let [ours, peer] = self.measure("P7: a run for all who are payable", self.rounds, [create, preview]);
        if ours.is_ok() {
            self.notes.push(self.subject.run_totals(&database));
        }
        self.compare(
            "P7",
            ("`payout create`, all payable", &ours),
            ("our own `preview`", &peer),
            (4000, 2000),
        );
    }

    fn looking_up(&mut self, big: bool) {
        let data = if big { self.big.as_ref().unwrap_or(&self.data) } else { &self.data };
        let rows = people_say(data.rows);
        let indexed = self.subject.file(&format!("indexed-{}.db", data.rows));
        let peer = self
            .loaded(self.peers.sqlite_load_for_lookup(&data.billing, &indexed))
            .and_then(|database| self.peers.sqlite_lookup(&data.email, &database));
        let ours = self
            .billed(big)
            .and_then(|database| self.subject.work(&["lookup"], &[data.email.as_ref()], &database));
        let [ours, peer] =
            self.measure(&format!("P8: one account of {rows} rows"), self.rounds * QUICK, [ours, peer]);
        let name = format!("`lookup EMAIL` at {rows}");
        self.compare("P8", (&name, &ours), ("`sqlite3`, one indexed query", &peer), (2000, 1200));
    }

    fn starting(&mut self) {
        let version = self.subject.version();
        let preview = self
            .subject
            .empty()
            .map_err(|error| format!("{error:#}"))
            .and_then(|empty| self.subject.preview(&[], &empty));
        let contenders = [version, preview, self.peers.sqlite_version()];
        let [version, preview, peer] = self.measure("P9: start-up", self.rounds * QUICK, contenders);
        let theirs = ("`sqlite3 --version`", &peer);
        self.compare("P9", ("`--version`", &version), theirs, (2000, 1200));
        self.compare("P9", ("`preview` of an empty database", &preview), theirs, (2000, 1200));
    }

    fn checking(&mut self, rows: &str) {
        let ours = self.billed(false).and_then(|database| self.subject.work(&["check"], &[], &database));
        let peer = self.billed(false).and_then(|database| self.peers.sqlite_check(&database));
        let [ours, peer] = self.measure("P11: check", self.rounds, [ours, peer]);
        let name = format!("`check` over {rows} charges");
        self.compare("P11", (&name, &ours), ("`sqlite3`, `PRAGMA integrity_check`", &peer), (3000, 1500));
    }

    /// P6, P8, P10 and P12: what ten times as many rows change.
    fn growing(&mut self) {
        let Some(big) = &self.big else { return };
        let (many, few) = (people_say(big.rows), people_say(self.data.rows));
        if self.wants(&["P10", "P12"]) {
            let contenders = [self.import(big), self.import(&self.data)];
            let sizes = [big.rows, self.data.rows];
            let series = self.measure(
                &format!("P10, P12: import of {many} rows and of {few}"),
                self.rounds,
                contenders,
            );
            self.growth(&many, &few, sizes, &series);
        }
        if self.wants(&["P6"]) {
            let settled = self.billed(true).and_then(|database| self.subject.preview(&[], &database));
            let open = self.billed(false).and_then(|database| self.subject.preview(&[], &database));
            let [ours, peer] = self.measure(
                &format!("P6: preview at {many} and at {few}"),
                self.rounds * 2,
                [settled, open],
            );
            let name = format!("`preview` at {many} charges, as many open as at {few}");
            self.compare("P6", (&name, &ours), (&format!("our own at {few}"), &peer), (1500, 1100));
        }
        if self.wants(&["P8"]) {
            self.looking_up(true);
        }
    }

    fn growth(&mut self, many: &str, few: &str, sizes: [u64; 2], [big, small]: &[Measured; 2]) {
        let memory = |series: &Measured| series.as_ref().map(Figure::memory).map_err(Clone::clone);
        let time = |series: &Measured, rows: u64| {
            series.as_ref().map(|series| Figure::time_per_row(series, rows)).map_err(Clone::clone)
        };
        if self.wants(&["P10"]) {
            self.rows.push(Row {
                number: "P10",
                ours_name: format!("peak memory of `import billing`, {many} rows"),
                ours: memory(big),
                peer_name: format!("our own at {few}"),
                peer: Some(memory(small)),
                unit: Unit::Memory,
                target: Target::Ratio(1200, 1050),
            });
            self.ceiling(&format!("the same, {many} rows"), big, (64, 24));
        }
        if self.wants(&["P12"]) {
            self.rows.push(Row {
                number: "P12",
                ours_name: format!("`import billing`, {many} rows, for each row"),
                ours: time(big, sizes[0]),
                peer_name: format!("our own at {few}"),
                peer: Some(time(small, sizes[1])),
                unit: Unit::TimePerRow,
                target: Target::Ratio(1500, 1100),
            });
        }
    }
}

/// Prints the answer.
///
/// # Errors
/// The writer's.
pub fn print(text: &str) -> io::Result<()> {
    use io::Write as _;
    io::stdout().lock().write_all(text.as_bytes())
}
