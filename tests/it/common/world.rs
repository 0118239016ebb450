//! A sealed world for the program: a folder, a database with one approved run, a fake PayPal, and nothing of this
//! machine's environment, clock or network.
//!
//! Shared by the tests and by the kill sweep (`tests/sweep`), which is another binary: what one of them does not use is
//! used by the other.

#![allow(dead_code, clippy::allow_attributes, clippy::allow_attributes_without_reason, reason = "shared")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Mutex;

use serde_json::Value;

/// The client id with which tests sign in.
pub const CLIENT_ID: &str = "canary-client-3b7d";
/// The secret that must never be seen anywhere.
pub const SECRET: &str = "canary-secret-8f1c-not-for-anybody";
/// The one run.
pub const RUN: &str = "2026-11-27";
/// The moment at which everything happens unless a test says otherwise.
pub const NOW: &str = "2026-11-27T10:00:00Z";

/// What a command has said.
#[must_use]
#[derive(Debug)]
pub struct Said {
    /// Its exit code; none if it was killed.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Said {
    /// Takes what a process has left behind.
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Reads its answer.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Demands an exit code.
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        self
    }
}

/// A folder with a database.
pub struct World {
    folder: tempfile::TempDir,
    /// Where PayPal is.
    pub url: String,
    /// The moment of the next commands.
    pub now: String,
    /// Further variables for every command.
    pub variables: Vec<(String, String)>,
}

/// Folders with an approved run, made once for each list of payees.
static MADE: Mutex<BTreeMap<String, PathBuf>> = Mutex::new(BTreeMap::new());

impl World {
    /// Makes a world with an approved run that pays each address 100.00, 200.00 and so on.
    pub fn approved(payees: &[&str], url: &str) -> Self {
        let mut made = MADE.lock().unwrap();
        let key = payees.join(" ");
        let template = made.entry(key).or_insert_with(|| make(payees));
        let world = Self::empty(url);
        copy_all(template, world.path());
        world
    }

    /// Makes a world with nothing in it.
    pub fn empty(url: &str) -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            url: url.to_owned(),
            now: NOW.to_owned(),
            variables: Vec::new(),
        }
    }

    /// Makes another world with a copy of this one's database, as it is at rest.
    pub fn copy(&self) -> Self {
        let other = Self::empty(&self.url);
        copy_all(self.path(), other.path());
        other
    }

    /// Returns the folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Returns the database.
    pub fn db(&self) -> PathBuf {
        self.path().join("partners.db")
    }

    /// Prepares a command in this world.
    pub fn command(&self, arguments: &[&str]) -> Command {
        self.with_program(&program(), arguments)
    }

    /// Prepares a command that runs the program in some other way, such as under a tracer.
    pub fn with_program(&self, program: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.env_clear().current_dir(self.path()).stdin(Stdio::null()).args(arguments);
        self.dress(&mut command);
        command
    }

    /// Gives a command this world's environment.
    pub fn dress(&self, command: &mut Command) {
        command
            .env("HOME", self.path())
            .env("PARTNERS_DB", self.db())
            .env("PARTNERS_TEST_NOW", &self.now)
            .env("PARTNERS_PAYPAL_URL", &self.url)
            .env("PARTNERS_PAYPAL_CLIENT_ID", CLIENT_ID)
            .env("PARTNERS_PAYPAL_CLIENT_SECRET", SECRET)
            .env("PARTNERS_PAYPAL_TIMEOUT", "1")
            .envs(self.variables.iter().map(|(name, value)| (name, value)));
    }

    /// Runs a command of words without blanks in them.
    pub fn run(&self, line: &str) -> Said {
        let words: Vec<&str> = line.split_whitespace().collect();
        Said::of(self.command(&words).output().unwrap())
    }

    /// Submits the run with its right total.
    pub fn submit(&self, more: &str) -> Said {
        let total = self.show()["totals"]["amount"].as_str().unwrap().to_owned();
        self.run(&format!("payout submit {RUN} --json --yes --expect-total {total} {more}"))
    }

    /// Owes every payee `dollars` more, from charges whose ids begin with a tag.
    pub fn owe_again(&self, tag: &str, payees: usize, dollars: u32) {
        let mut billing =
            "charge_id,account_id,account_opened_on,billed_on,collected_on,kind,amount,currency,status\n"
                .to_owned();
        for number in 1..=payees {
            billing += &format!(
                "{tag}-{number},A-{number},2026-05-25,2026-11-20,2026-11-20,subscription,{}.00,USD,paid\n",
                dollars * 4
            );
        }
        let file = self.path().join(format!("{tag}.csv"));
        fs::write(&file, billing).unwrap();
        let _ = self.run(&format!("import billing {tag}.csv")).exits(0);
    }

    /// Drafts and approves a run; returns its name.
    pub fn approve_another(&self, how: &str) -> String {
        let drafted = self.run(&format!("payout create --json {how}")).exits(0).json();
        let (run, total) = (drafted["run"].as_str().unwrap(), drafted["totals"]["amount"].as_str().unwrap());
        let _ = self.run(&format!("payout approve {run} --yes --expect-total {total}")).exits(0);
        run.to_owned()
    }

    /// Submits a run of any name with its right total.
    pub fn submit_run(&self, run: &str, more: &str) -> Said {
        let shown = self.run(&format!("payout show {run} --json")).exits(0).json();
        let total = shown["totals"]["amount"].as_str().unwrap();
        self.run(&format!("payout submit {run} --json --yes --expect-total {total} {more}"))
    }

    /// Makes the next command die at a named point.
    pub fn dies_at(&mut self, point: &str) {
        self.variables.push(("PARTNERS_TEST_CRASH_AT".to_owned(), point.to_owned()));
    }

    /// Lets this world's fake stand in for the live PayPal.
    pub fn plays_live(&mut self) {
        self.variables.push(("PARTNERS_TEST_PLAY_LIVE".to_owned(), "yes".to_owned()));
    }

    /// Returns the run as `payout show` has it.
    pub fn show(&self) -> Value {
        self.run(&format!("payout show {RUN} --json")).exits(0).json()
    }

    /// Returns the run's state.
    pub fn state(&self) -> String {
        self.show()["state"].as_str().unwrap().to_owned()
    }

    /// Returns the state of each payment, in their order.
    pub fn item_states(&self) -> Vec<String> {
        let items = self.show()["items"].as_array().unwrap().clone();
        items.iter().map(|item| item["state"].as_str().unwrap().to_owned()).collect()
    }

    /// Opens the books for SQL, through the program's own file system, so that the pages stay sealed.
    pub fn books(&self) -> rusqlite::Connection {
        // The first opening makes the file system known to SQLite in this process.
        drop(partners::store::Reader::open(&self.db()).unwrap());
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE;
        rusqlite::Connection::open_with_flags_and_vfs(self.db(), flags, c"partners").unwrap()
    }

    /// Demands that the books hold together (R7.7 and all the rest).
    pub fn check(&self) {
        let now = partners::dates::Now(chrono::DateTime::parse_from_rfc3339(&self.now).unwrap().to_utc());
        let report = partners::commands::check::check(&self.db(), now).unwrap();
        assert!(report.ok(), "{:#?}", report.findings);
    }
}

/// Makes a folder with an approved run.
fn make(payees: &[&str]) -> PathBuf {
    let world = World::empty("http://127.0.0.1:9");
    let mut partners =
        "partner_id,name,email,joined_on,paypal_email,country,tax_form,tax_status,referral_code\n".to_owned();
    let mut billing =
        "charge_id,account_id,account_email,account_opened_on,billed_on,collected_on,kind,amount,currency,\
                       status,referral_code\n"
            .to_owned();
    for (number, address) in (1..).zip(payees) {
        partners += &format!(
            "P-{number},Partner {number},p{number}@example.com,2025-01-01,{address},US,w9,approved,CODE{number}\n"
        );
        billing += &format!(
            "C-{number},A-{number},c{number}@example.com,2026-05-25,2026-06-01,2026-06-01,subscription,{}.00,USD,paid,\
             CODE{number}\n",
            number * 400
        );
    }
    fs::write(world.path().join("partners.csv"), partners).unwrap();
    fs::write(world.path().join("billing.csv"), billing).unwrap();
    for line in ["init", "import partners partners.csv", "import billing billing.csv", "attribute"] {
        let _ = world.run(line).exits(0);
    }
    let total =
        world.run("payout create --json").exits(0).json()["totals"]["amount"].as_str().unwrap().to_owned();
    let _ = world.run(&format!("payout approve {RUN} --yes --expect-total {total}")).exits(0);
    world.folder.keep()
}

fn copy_all(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        // The lock's text is of its own folder.
        if entry.file_type().unwrap().is_file() && !entry.file_name().to_string_lossy().ends_with(".lock") {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

/// Finds the program that was built beside this binary.
pub fn program() -> PathBuf {
    let here = std::env::current_exe().unwrap();
    let built = here.parent().and_then(Path::parent).unwrap().join("partners");
    assert!(built.exists(), "{} is not built: run `cargo build --bins --examples`", built.display());
    built
}
