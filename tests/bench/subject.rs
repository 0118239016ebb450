//! The program under test, and the databases it is tested on.
//!
//! The release binary, as a user would run it. A command that does not exist yet is said to be "not there
//! yet": the table stays whole while the program grows.

use std::env;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, anyhow};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::data::Data;
use crate::measure::{Fresh, Work, run, say};

/// The payday of every preview and run: later than everything that is billed.
pub const PAYDAY: &str = "2026-11-27";

/// The part of `preview --json` and `payout show --json` that is told.
#[derive(Deserialize)]
struct Totals {
    totals: Value,
}

/// The part of `import --json` that is checked.
#[derive(Deserialize)]
struct Imported {
    files: Vec<ImportedFile>,
}

#[derive(Deserialize)]
struct ImportedFile {
    new: u64,
    set_aside: u64,
}

/// Reads what is wanted of an answer and skips the rest: a run's lines would fill this process's memory, and
/// its peak counts as its children's.
fn read<Answer: DeserializeOwned>(path: &Path) -> Result<Answer> {
    serde_json::from_reader(BufReader::new(File::open(path)?)).with_context(|| path.display().to_string())
}

/// The program, and the folder of its databases.
pub struct Subject {
    binary: PathBuf,
    folder: PathBuf,
}

impl Subject {
    /// Takes `PARTNERS_BIN`, else the release binary that cargo has built for this bench.
    #[must_use]
    pub fn find(folder: &Path) -> Self {
        let binary = env::var_os("PARTNERS_BIN").unwrap_or_else(|| env!("CARGO_BIN_EXE_partners").into());
        Self { binary: binary.into(), folder: folder.to_owned() }
    }

    /// Returns a file in the folder of databases.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Returns where the children's complaints go.
    #[must_use]
    pub fn complaints(&self) -> PathBuf {
        self.file("stderr.txt")
    }

    /// Asks for a command's help to learn whether there is such a command.
    fn has(&self, words: &[&str]) -> bool {
        let help = Command::new(&self.binary).args(words).arg("--help").stdin(Stdio::null()).output();
        help.is_ok_and(|help| help.status.success() && !help.stdout.is_empty())
    }

    /// Makes a contender of our own: `words` are the command, `args` what follows.
    ///
    /// # Errors
    /// "not there yet".
    pub fn work(&self, words: &[&str], args: &[&OsStr], database: &Path) -> Result<Work, String> {
        let name = format!("partners {}", words.join(" "));
        if !self.has(words) {
            return Err(format!("`{name}` is not there yet"));
        }
        let words = words.iter().map(OsStr::new);
        let mut work = Work::new(&name, &self.binary, words.chain(args.iter().copied()));
        work.args.extend([OsStr::new("--db").to_owned(), database.as_os_str().to_owned()]);
        Ok(work)
    }

    /// Makes an import of one file; what follows the file goes into `more`.
    ///
    /// # Errors
    /// "not there yet".
    pub fn import(&self, kind: &str, file: &Path, more: &[&str], database: &Path) -> Result<Work, String> {
        let args: Vec<&OsStr> = [OsStr::new(kind), file.as_os_str()]
            .into_iter()
            .chain(more.iter().map(|word| OsStr::new(*word)))
            .collect();
        let mut work = self.work(&["import"], &args, database)?;
        work.name = ["partners import", kind].iter().chain(more).copied().collect::<Vec<_>>().join(" ");
        Ok(work)
    }

    /// Makes a preview of the payday.
    ///
    /// # Errors
    /// "not there yet".
    pub fn preview(&self, more: &[&str], database: &Path) -> Result<Work, String> {
        let args: Vec<&OsStr> = ["--date", PAYDAY].iter().chain(more).map(|word| OsStr::new(*word)).collect();
        self.work(&["preview"], &args, database)
    }

    /// Makes `--version`.
    ///
    /// # Errors
    /// "not there yet".
    pub fn version(&self) -> Result<Work, String> {
        if self.has(&[]) {
            return Ok(Work::new("partners --version", &self.binary, ["--version"]));
        }
        Err("`partners --version` is not there yet".to_owned())
    }

    /// Runs one step of a set-up, unmeasured, and returns the file of its answer.
    fn step(&self, work: Result<Work, String>) -> Result<PathBuf> {
        let mut work = work.map_err(|missing| anyhow!(missing))?;
        // Some of the partners are meant to be in trouble; rows of billing are not, and are counted below.
        work.three_is_done = true;
        let answer = self.file("stdout.txt");
        let once = run(&work, File::create(&answer)?.into(), &self.complaints())?;
        let milliseconds = once.nanoseconds / 1_000_000;
        let note = if once.code == 3 { " (something needs a person)" } else { "" };
        say(&format!("  set-up {milliseconds:>7} ms {:>6} MiB  {}{note}", once.peak_kib / 1024, work.name));
        Ok(answer)
    }

    /// Returns an empty database.
    ///
    /// # Errors
    /// `init` is missing, fails or makes no file.
    pub fn empty(&self) -> Result<PathBuf> {
        let database = self.file("empty.db");
        if !database.exists() {
            self.step(self.work(&["init"], &[], &database))?;
            if !database.exists() {
                return Err(anyhow!("`partners init` made no {}", database.display()));
            }
        }
        Ok(database)
    }

    /// Returns a database of partners, links and referrals, and nothing billed yet.
    ///
    /// # Errors
    /// A step is missing or fails.
    pub fn unbilled(&self, data: &Data) -> Result<PathBuf> {
        let database = self.file(&format!("unbilled-{}.db", data.rows));
        if !database.exists() {
            let begun = self.begin(&self.empty()?)?;
            for (kind, file) in
                [("partners", &data.partners), ("links", &data.links), ("referrals", &data.referrals)]
            {
                self.step(self.import(kind, file, &["--json"], &begun))?;
            }
            fs::rename(begun, &database)?;
        }
        Ok(database)
    }

    /// Returns a database with everything billed and every account tied to its partner; with `settled`, all
    /// but the latest billing is paid.
    ///
    /// # Errors
    /// A step is missing or fails, or not all rows went in.
    pub fn billed(&self, data: &Data, settled: bool) -> Result<PathBuf> {
        let database = self.file(&format!("{}-{}.db", if settled { "settled" } else { "billed" }, data.rows));
        if !database.exists() {
            let begun = self.begin(&self.unbilled(data)?)?;
            let answer = self.step(self.import("billing", &data.billing, &["--json"], &begun))?;
            expect_all_new(&read(&answer)?, data.rows)?;
            self.step(self.work(&["attribute"], &[], &begun))?;
            if settled {
                self.step(self.import("settled", &data.settled, &["--json"], &begun))?;
            }
            say(&format!("  {}", self.totals(&begun)?));
            fs::rename(begun, &database)?;
        }
        Ok(database)
    }

    /// Copies a database to go on with; it gets its name when it is complete.
    fn begin(&self, from: &Path) -> Result<PathBuf> {
        let begun = self.file("begun.db");
        crate::measure::renew(&Fresh { from: Some(from.to_owned()), to: begun.clone() })?;
        Ok(begun)
    }

    /// Returns what the latest run of a database holds, so that a reader can see that there is one.
    #[must_use]
    pub fn run_totals(&self, database: &Path) -> String {
        let args = ["latest", "--json"].map(OsStr::new);
        let answer = self.step(self.work(&["payout", "show"], &args, database));
        answer.and_then(|answer| read::<Totals>(&answer)).map_or_else(
            |error| format!("no run to show: {error:#}"),
            |answer| format!("the run holds {}", answer.totals),
        )
    }

    /// Returns what a preview finds in a database, so that a reader can see that there is something to find.
    fn totals(&self, database: &Path) -> Result<String> {
        let answer = self.step(self.preview(&["--json"], database))?;
        Ok(format!("preview finds {}", read::<Totals>(&answer)?.totals))
    }
}

/// Refuses a set-up in which rows were lost: a fast import of nothing is no figure.
fn expect_all_new(answer: &Imported, rows: u64) -> Result<()> {
    let (new, set_aside) = answer.files.first().map_or((0, 0), |file| (file.new, file.set_aside));
    if (new, set_aside) == (rows, 0) {
        return Ok(());
    }
    Err(anyhow!("of {rows} new rows the import took {new} and set {set_aside} aside"))
}
