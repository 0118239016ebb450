//! A desk for a test: a database of its own, a day, and facts that would otherwise come from files.

use std::path::PathBuf;
use std::time::Duration;

use partners::commands::attribute::by_evidence;
use partners::commands::records::{Outcome, PartnerFacts, RecordError, add_partner};
use partners::dates::{Day, Now, parse_day};
use partners::money::Currency;
use partners::partner::Standing;
use partners::store::{Operator, Reader, Sharing, Writer, create};

use crate::tamper::sealed_sql;

/// Another test that starts a process holds every lock of this one for an instant.
const PATIENCE: Duration = Duration::from_secs(20);

/// A database, and who sits before it on which day.
pub struct Desk {
    folder: tempfile::TempDir,
    pub today: Day,
}

pub fn day(text: &str) -> Day {
    parse_day(text, &partners::dates::Zone::UTC).unwrap()
}

impl Desk {
    /// Opens a programme in US dollars on a day.
    pub fn on(today: &str) -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap(), today: day(today) };
        create(&desk.path(), Currency::USD, &partners::dates::Zone::UTC, Sharing::Private, &desk.operator())
            .unwrap();
        desk
    }

    /// The same desk on another day.
    pub fn later(mut self, today: &str) -> Self {
        self.today = day(today);
        self
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("partners.db")
    }

    fn operator(&self) -> Operator {
        let now = self.today.and_hms_opt(12, 0, 0).unwrap().and_utc();
        Operator { actor: "ann".to_owned(), os_user: "finance".to_owned(), now: Now(now) }
    }

    pub fn writer(&self) -> Writer {
        Writer::open(&self.path(), &self.operator(), PATIENCE).unwrap()
    }

    pub fn reader(&self) -> Reader {
        Reader::open(&self.path()).unwrap()
    }

    /// Puts facts in as an import would.
    pub fn sql(&self, statements: &str) {
        let sql = sealed_sql(&self.path());
        sql.execute_batch(statements).unwrap();
    }

    /// Asks the database one thing.
    pub fn ask(&self, statement: &str) -> String {
        let sql = sealed_sql(&self.path());
        sql.query_row(statement, [], |row| row.get::<_, Option<String>>(0))
            .unwrap()
            .unwrap_or_else(|| "NULL".to_owned())
    }

    /// Counts the rows of the trail.
    pub fn audit_rows(&self) -> usize {
        self.reader().audit_rows(None).unwrap().len()
    }

    /// Enters an active partner who joined in 2025.
    pub fn partner(&self, id: &str, email: &str) -> Outcome {
        let facts = PartnerFacts {
            name: Some(id),
            email: Some(email),
            joined_on: Some(day("2025-01-01")),
            status: Some(Standing::Active),
            ..PartnerFacts::default()
        };
        add_partner(self.writer(), id, &facts, None, None).unwrap()
    }

    /// Enters an account that carries a code, with paid subscription charges by id, billing day and amount in cents,
    /// and ties what can be tied.
    pub fn account(&self, id: &str, email: &str, code: &str, charges: &[(&str, &str, i64)]) {
        self.sql(&format!(
            "INSERT INTO accounts (account_id, email, email_key, opened_on, referral_code, carries_code)
             VALUES ('{id}', '{email}', '{email}', 20250101, '{code}', 1)"
        ));
        for (charge, billed, cents) in charges {
            let billed = billed.replace('-', "");
            self.sql(&format!(
                "INSERT INTO charges (charge_id, account_id, billed_on, collected_on, kind, status, amount_cents,
                     refunded_cents, digest)
                 VALUES ('{charge}', '{id}', {billed}, {billed}, 0, 0, {cents}, 0, 0)"
            ));
        }
        let writer = self.writer();
        let pass = by_evidence(&writer).unwrap();
        writer.commit(&pass.audit()).unwrap();
    }

    /// Proves that the kept commissions are those that the facts give.
    pub fn is_kept_right(&self) {
        let differing = self.reader().differing_commissions().unwrap();
        assert!(differing.is_empty(), "{differing:?}");
        assert_eq!(self.reader().verify_audit().unwrap().broken, None);
    }

    /// Proves that, and everything else `check` knows of.
    pub fn is_sound(&self) {
        self.is_kept_right();
        let report = partners::commands::check::check(&self.path(), self.operator().now).unwrap();
        assert!(report.findings.is_empty(), "{:?}", report.findings);
    }

    /// Says what counts for a partner today, in cents.
    pub fn balance(&self, id: &str) -> i64 {
        let reader = self.reader();
        let no = reader.find_partner(id).unwrap();
        let counting = partners::commands::preview::counting_of(&reader, no, self.today).unwrap();
        counting.iter().map(|line| line.amount.minor()).sum()
    }
}

/// Returns a refusal's words and its next command.
pub fn refused<T: std::fmt::Debug>(result: Result<T, RecordError>) -> (String, String) {
    let error = result.expect_err("it was not refused");
    let next = match &error {
        RecordError::Refused { next, .. } => next.clone().unwrap_or_default(),
        RecordError::Store(_) | RecordError::Remark(_) | RecordError::Money(_) | RecordError::Policy(_) => {
            String::new()
        }
    };
    (error.to_string(), next)
}

/// Returns what a field was and is.
pub fn moved(outcome: &Outcome, field: &str) -> (Option<String>, Option<String>) {
    let change = outcome.change(field).unwrap_or_else(|| panic!("{field} did not change: {outcome:?}"));
    (change.old.clone(), change.new.clone())
}

/// Writes a pair as `moved` gives it.
pub fn from_to(old: &str, new: &str) -> (Option<String>, Option<String>) {
    let word = |text: &str| (text != "-").then(|| text.to_owned());
    (word(old), word(new))
}
