//! A small programme in a folder of its own, and imports into it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{TimeZone, Utc};
use partners::commands::import::profile::mapping;
use partners::commands::import::{Ask, Expected, ImportError, ImportReport, Place, import};
use partners::dates::Now;
use partners::import::Kind;
use partners::import::merge::Undoing;
use partners::money::Currency;
use partners::store::{Operator, Reader, Sharing, create};

/// A database whose today is 2026-11-22.
pub struct World {
    folder: tempfile::TempDir,
    pub operator: Operator,
}

impl World {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let now = Now(Utc.with_ymd_and_hms(2026, 11, 22, 12, 0, 0).unwrap());
        let operator = Operator { actor: "test".into(), os_user: "test".into(), now };
        let world = Self { folder, operator };
        create(
            &world.database(),
            Currency::USD,
            &partners::dates::Zone::UTC,
            Sharing::Private,
            &world.operator,
        )
        .unwrap();
        world
    }

    pub fn database(&self) -> PathBuf {
        self.folder.path().join("p.db")
    }

    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn ask(kind: Kind, files: &[PathBuf]) -> Ask<'_> {
        Ask {
            kind,
            files,
            dry_run: false,
            strict: false,
            rejects: None,
            undoing: Undoing::SetAside,
            again: true,
            expected: Expected::default(),
            mapping: mapping(None).unwrap(),
        }
    }

    /// Asks for billing files to be read by a profile.
    pub fn ask_by<'a>(profile: &str, files: &'a [PathBuf]) -> Ask<'a> {
        Ask { mapping: mapping(Some(profile)).unwrap(), ..Self::ask(Kind::Billing, files) }
    }

    pub fn run(&self, ask: &Ask<'_>, input: &str) -> Result<ImportReport, ImportError> {
        let database = self.database();
        import(
            ask,
            &mut Place {
                database: &database,
                operator: &self.operator,
                wait: Duration::from_secs(5),
                input: &mut input.as_bytes(),
                progress: &mut |done, total| assert!(done <= total || total == 0, "{done} of {total}"),
            },
        )
    }

    /// Imports a text.
    pub fn take(&self, kind: Kind, text: &str) -> ImportReport {
        self.run(&Self::ask(kind, &[PathBuf::from("-")]), text)
            .unwrap_or_else(|error| panic!("{error}\n{text}"))
    }

    /// Returns every stored fact but the keys and the journal of imports, as text: two databases that say the same
    /// are equal.
    pub fn facts(&self) -> String {
        Reader::open(&self.database()).unwrap();
        let sql = rusqlite::Connection::open(self.database()).unwrap();
        let mut all = String::new();
        for query in [
            "SELECT charge_id, account_id, billed_on, collected_on, kind, status, amount_cents, refunded_cents,
                currency, referral_code, description, updated_at FROM charges ORDER BY charge_id",
            "SELECT charge_id, on_day, refunds.amount_cents FROM refunds JOIN charges USING (charge_no)
                ORDER BY charge_id, refund_no",
            "SELECT refund_id, charge_id, source, undoes, on_day, amount_cents, currency FROM refund_rows
                ORDER BY refund_id",
            "SELECT charge_id, on_day, told_refunds.amount_cents FROM told_refunds JOIN charges USING (charge_no)
                ORDER BY charge_id, told_no",
            "SELECT account_id, email, email_key, name, opened_on, closed_on, referral_code, carries_code
                FROM accounts ORDER BY account_id",
            "SELECT partner_id, name, email, joined_on, status, country, us_person, tax_form, tax_status,
                tax_signed_on, tax_decided_on, first_approved_on, paypal_email, paypal_state, paypal_changed_on
                FROM partners ORDER BY partner_id",
            "SELECT partner_id, from_on, millionths FROM partner_rates JOIN partners USING (partner_no)
                ORDER BY partner_id, from_on",
            "SELECT code, partner_id, owner_email, channel, created_on, claimed_on
                FROM links LEFT JOIN partners USING (partner_no) ORDER BY code_key",
            "SELECT email_key, code_key, referred_on, channel FROM referrals ORDER BY 1, 2, 3",
            "SELECT charge_id, partner_id, lines.amount_cents, runs.name FROM lines JOIN charges USING (charge_no)
                JOIN partners USING (partner_no) JOIN runs USING (run_no) ORDER BY line_no",
        ] {
            let mut statement = sql.prepare(query).unwrap();
            let columns = statement.column_count();
            let mut rows = statement.query([]).unwrap();
            while let Some(row) = rows.next().unwrap() {
                for at in 0..columns {
                    write!(all, "{:?}|", row.get::<_, rusqlite::types::Value>(at).unwrap()).unwrap();
                }
                all.push('\n');
            }
        }
        all.replace("Text(", "").replace("Integer(", "").replace(')', "").replace("Null", "")
    }
}

/// Counts as (new, updated, seen, stale, reversed, set aside), of the only file.
pub fn counts(report: &ImportReport) -> (u64, u64, u64, u64, u64, usize) {
    let tally = &report.files[0].tally;
    (tally.new.rows, tally.updated.rows, tally.seen, tally.stale, tally.reversed.rows, tally.set_aside.len())
}

/// Returns the reports of rows set aside, as `line column: reason`.
pub fn reasons(report: &ImportReport) -> Vec<String> {
    report.set_aside().map(|(_, row)| format!("{} {}: {}", row.line, row.column, row.reason)).collect()
}

pub const BILLING: &str = "charge_id,account_id,account_email,billed_on,collected_on,kind,amount,refunded,refunded_on,\
                           currency,status,referral_code,updated_at,description\n";
