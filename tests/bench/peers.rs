//! The peers of PERFORMANCE.md: Debian's `sqlite3` and `DuckDB` through Python, doing what its table says
//! they do.
//!
//! Each gets its own best plain way: types, one transaction, defaults of durability, nothing switched off.
//! `DuckDB` lives in a throwaway environment under `target/`; a peer that cannot be had is named and left
//! out.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, anyhow};

use crate::measure::{Work, say};

/// The peers of this machine.
pub struct Peers {
    /// Where scripts and databases go.
    folder: PathBuf,
    sqlite: Result<String, String>,
    python: Result<(PathBuf, String), String>,
}

/// The columns of billing as SQLite takes them; `key` goes after the first.
fn sqlite_table(name: &str, key: &str) -> String {
    format!(
        "CREATE TABLE {name} (charge_id TEXT{key}, account_id TEXT, account_email TEXT, account_name TEXT, \
         account_opened_on TEXT, billed_on TEXT, collected_on TEXT, kind TEXT, amount NUMERIC, \
         refunded NUMERIC, refunded_on TEXT, currency TEXT, status TEXT, referral_code TEXT);\n"
    )
}

const SQLITE_UPSERT: &str = "\
INSERT INTO billing SELECT * FROM temp.staging WHERE true
ON CONFLICT (charge_id) DO UPDATE SET
  account_email = excluded.account_email, account_name = excluded.account_name,
  collected_on = excluded.collected_on, amount = excluded.amount, refunded = excluded.refunded,
  refunded_on = excluded.refunded_on, status = excluded.status, referral_code = excluded.referral_code
WHERE (account_email, account_name, collected_on, amount, refunded, refunded_on, status, referral_code) IS NOT
  (excluded.account_email, excluded.account_name, excluded.collected_on, excluded.amount, excluded.refunded,
   excluded.refunded_on, excluded.status, excluded.referral_code);
";

const DUCKDB_LOAD: &str = "\
import sys, duckdb
con = duckdb.connect(sys.argv[1])
con.execute('''CREATE TABLE billing (charge_id VARCHAR PRIMARY KEY, account_id VARCHAR, account_email VARCHAR,
  account_name VARCHAR, account_opened_on DATE, billed_on DATE, collected_on DATE, kind VARCHAR,
  amount DECIMAL(12,2), refunded DECIMAL(12,2), refunded_on DATE, currency VARCHAR, status VARCHAR,
  referral_code VARCHAR)''')
con.execute('COPY billing FROM ' + repr(sys.argv[2]) + ' (FORMAT csv, HEADER)')
con.close()
";

const DUCKDB_SUMS: &str = "\
import sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=True)
con.execute('''SELECT referral_code, sum(amount - coalesce(refunded, 0)) FROM billing
  WHERE referral_code IS NOT NULL AND kind = 'subscription' AND status = 'paid'
  GROUP BY referral_code''').fetchall()
";

fn name_of(csv: &Path) -> &str {
    csv.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

/// Runs a command and returns the first word of its answer.
fn answer(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output()?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(anyhow!("{}", said.lines().last().unwrap_or("failed without a word").to_owned()));
    }
    let text = String::from_utf8(output.stdout)?;
    Ok(text.split_whitespace().next().unwrap_or_default().to_owned())
}

/// Finds Python with `DuckDB`, installing it into an environment of its own where it is missing.
fn find_duckdb(folder: &Path) -> Result<(PathBuf, String)> {
    let environment = folder.join("venv");
    let python = environment.join("bin/python");
    let version = || answer(Command::new(&python).args(["-c", "import duckdb; print(duckdb.__version__)"]));
    if let Ok(found) = version() {
        return Ok((python, found));
    }
    say("installing DuckDB into an environment of its own");
    answer(Command::new("python3").args(["-m", "venv"]).arg(&environment)).context("python3 -m venv")?;
    answer(Command::new(&python).args(["-m", "pip", "install", "--quiet", "duckdb"]))
        .context("pip install duckdb")?;
    let found = version()?;
    Ok((python, found))
}

impl Peers {
    /// Finds the peers; `folder` takes their scripts, `cache` the environment of `DuckDB`.
    #[must_use]
    pub fn find(folder: &Path, cache: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            sqlite: answer(Command::new("sqlite3").arg("--version"))
                .map_err(|error| format!("no sqlite3 here: {error:#}")),
            python: find_duckdb(cache).map_err(|error| format!("no DuckDB here: {error:#}")),
        }
    }

    /// Returns which they are, for the head of the table.
    #[must_use]
    pub fn versions(&self) -> String {
        let sqlite = self.sqlite.as_ref().map_or_else(Clone::clone, |version| format!("sqlite3 {version}"));
        let duckdb =
            self.python.as_ref().map_or_else(Clone::clone, |(_, version)| format!("DuckDB {version}"));
        format!("{sqlite}, {duckdb}")
    }

    fn script(&self, name: &str, text: &str) -> Result<PathBuf, String> {
        let path = self.folder.join(name);
        fs::write(&path, text).map_err(|error| error.to_string())?;
        Ok(path)
    }

    fn sqlite(&self, name: &str, database: &Path, script: &str) -> Result<Work, String> {
        self.sqlite.as_ref().map_err(Clone::clone)?;
        let file = format!("{}.sql", name.replace(' ', "-"));
        let script = self.script(&file, script)?;
        Ok(Work::new(name, Path::new("sqlite3"), ["-batch".as_ref(), database.as_os_str()]).reading(&script))
    }

    fn duckdb(&self, name: &str, script: &str, args: &[&Path]) -> Result<Work, String> {
        let (python, _) = self.python.as_ref().map_err(Clone::clone)?;
        let script = self.script(&format!("{}.py", name.replace(' ', "-")), script)?;
        let args = [script.as_path()].into_iter().chain(args.iter().copied());
        Ok(Work::new(name, python, args))
    }

    /// P1: `DuckDB`, CSV to table with primary key.
    ///
    /// # Errors
    /// Why the peer cannot be had; so for all below.
    pub fn duckdb_load(&self, csv: &Path, database: &Path) -> Result<Work, String> {
        Ok(self.duckdb("DuckDB load", DUCKDB_LOAD, &[database, csv])?.making(database))
    }

    /// P5: `DuckDB` computing the sums of the referred, paid subscription lines by code.
    ///
    /// # Errors
    /// As above.
    pub fn duckdb_sums(&self, database: &Path) -> Result<Work, String> {
        self.duckdb("DuckDB sums", DUCKDB_SUMS, &[database])
    }

    /// P2: `sqlite3 .import`, primary key and two indexes.
    ///
    /// # Errors
    /// As above.
    pub fn sqlite_load(&self, csv: &Path, database: &Path) -> Result<Work, String> {
        let script = format!(
            "{}CREATE INDEX billing_by_account ON billing (account_id);\n\
             CREATE INDEX billing_by_email ON billing (account_email);\n\
             .import --csv --skip 1 '{}' billing\n",
            sqlite_table("billing", " PRIMARY KEY"),
            csv.display()
        );
        Ok(self.sqlite(&format!("sqlite3 load of {}", name_of(csv)), database, &script)?.making(database))
    }

    /// What P8 looks up in: a table and the one index it needs, made afterwards.
    ///
    /// # Errors
    /// As above.
    pub fn sqlite_load_for_lookup(&self, csv: &Path, database: &Path) -> Result<Work, String> {
        let script = format!(
            "{}.import --csv --skip 1 '{}' billing\n\
             CREATE INDEX billing_by_email ON billing (account_email);\n",
            sqlite_table("billing", ""),
            csv.display()
        );
        let name = format!("sqlite3 load for look-ups of {}", name_of(csv));
        Ok(self.sqlite(&name, database, &script)?.making(database))
    }

    /// P3, P4: `sqlite3` upsert of a file into a fresh copy of what `sqlite_load` made.
    ///
    /// # Errors
    /// As above.
    pub fn sqlite_upsert(&self, csv: &Path, loaded: &Path, database: &Path) -> Result<Work, String> {
        let staging = sqlite_table("temp.staging", "");
        let script = format!(
            "{staging}.import --csv --skip 1 --schema temp '{}' staging\n{SQLITE_UPSERT}",
            csv.display()
        );
        Ok(self
            .sqlite(&format!("sqlite3 upsert of {}", name_of(csv)), database, &script)?
            .changing(loaded, database))
    }

    /// P8: one account by e-mail.
    ///
    /// # Errors
    /// As above.
    pub fn sqlite_lookup(&self, email: &str, database: &Path) -> Result<Work, String> {
        self.sqlite.as_ref().map_err(Clone::clone)?;
        let query = format!(
            "SELECT account_id, account_email, account_name, account_opened_on, referral_code, count(*), \
             sum(amount) FROM billing WHERE account_email = '{email}' GROUP BY account_id"
        );
        let args = ["-readonly".as_ref(), database.as_os_str(), query.as_ref()];
        Ok(Work::new("sqlite3 indexed query", Path::new("sqlite3"), args))
    }

    /// P9: `sqlite3 --version`.
    ///
    /// # Errors
    /// As above.
    pub fn sqlite_version(&self) -> Result<Work, String> {
        self.sqlite.as_ref().map_err(Clone::clone)?;
        Ok(Work::new("sqlite3 --version", Path::new("sqlite3"), ["--version"]))
    }

    /// P11: SQLite's own check of our file.
    ///
    /// # Errors
    /// As above.
    pub fn sqlite_check(&self, ours: &Path) -> Result<Work, String> {
        self.sqlite.as_ref().map_err(Clone::clone)?;
        let args = [ours.as_os_str(), "PRAGMA integrity_check".as_ref()];
        Ok(Work::new("sqlite3 integrity_check", Path::new("sqlite3"), args))
    }
}
