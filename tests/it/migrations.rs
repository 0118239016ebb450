//! Every released schema opens, is brought up to date after a copy was put beside it, and keeps its data; a newer
//! file is refused; a migration that fails or is killed leaves the old file whole.
//!
//! `fixtures/db/v0001.sql` and its like are dumps of databases of the schema they are named after, and never edited.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use partners::commands::check::check;
use partners::dates::Now;
use partners::money::Currency;
use partners::store::{Operator, Reader, Sharing, StoreError, Writer, create};
use rusqlite::{Connection, OpenFlags};

/// The dumps, from schema 1 on.
const DUMPS: [&str; 3] = [
    include_str!("../../fixtures/db/v0001.sql"),
    include_str!("../../fixtures/db/v0002.sql"),
    include_str!("../../fixtures/db/v0003.sql"),
];
/// The schema this program knows.
const KNOWN: i64 = 4;

fn operator() -> Operator {
    let now = Now("2026-12-05T10:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap());
    Operator { actor: "ann".into(), os_user: "ann".into(), now }
}

fn sealed(path: &Path) -> Connection {
    Connection::open_with_flags_and_vfs(path, OpenFlags::SQLITE_OPEN_READ_WRITE, c"partners").unwrap()
}

/// Puts the dump of schema 1 into a file of the program's own kind.
fn old(folder: &Path) -> PathBuf {
    of_schema(1, folder)
}

/// Puts a dump into a file of the program's own kind.
fn of_schema(version: usize, folder: &Path) -> PathBuf {
    let path = folder.join("p.db");
    create(&path, Currency::USD, &partners::dates::Zone::UTC, Sharing::Private, &operator()).unwrap();
    let sql = sealed(&path);
    sql.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    for kind in ["trigger", "table"] {
        let list = "SELECT name FROM sqlite_schema WHERE type = ?1 AND name NOT LIKE 'sqlite_%'";
        let mut statement = sql.prepare(list).unwrap();
        let names: Vec<String> =
            statement.query_map([kind], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        for name in names {
            sql.execute_batch(&format!("DROP {kind} \"{name}\"")).unwrap();
        }
    }
    sql.execute_batch(DUMPS[version - 1]).unwrap();
    sql.execute_batch(&format!("PRAGMA user_version = {version}; PRAGMA wal_checkpoint(TRUNCATE)")).unwrap();
    // The lock beside it knows the trail of the file that was made first.
    std::fs::remove_file(folder.join("p.db.lock")).unwrap();
    path
}

fn version(path: &Path) -> i64 {
    sealed(path).query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap()
}

fn texts(path: &Path, statement: &str) -> Vec<String> {
    let sql = sealed(path);
    let mut statement = sql.prepare(statement).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// Opens for writing, which brings the file up to date, and changes nothing else.
fn upgrade(path: &Path) -> Result<(), StoreError> {
    Writer::open(path, &operator(), Duration::from_secs(5)).map(drop)
}

fn backup_of(path: &Path) -> PathBuf {
    path.with_file_name(format!("p.db.before-{KNOWN}"))
}

/// What a run, a payment, a line, a batch and the trail say, in one text for each row.
const SAID: [&str; 6] = [
    "SELECT name || state || coalesce(channel, '') || plan_sha256 || coalesce(file_sha256, '') FROM runs
        ORDER BY run_no",
    "SELECT item_id || state || amount_cents || paypal_email || coalesce(transaction_id, '') FROM items
        ORDER BY item_no",
    "SELECT run_no || '.' || coalesce(item_no, '') || '.' || amount_cents FROM lines ORDER BY line_no",
    "SELECT sender_batch_id || state || payload_sha256 || hex(payload) || coalesce(payout_batch_id, '')
        || coalesce(first_sent_at, '') || coalesce(reply, '') FROM batches ORDER BY batch_no",
    "SELECT hash FROM audit WHERE audit_no <= 29 ORDER BY audit_no",
    "SELECT partner_id || paypal_state || payment_reversed FROM partners ORDER BY partner_no",
];

#[test]
fn schema_1_is_brought_up_to_date_and_keeps_its_data() {
    let folder = tempfile::tempdir().unwrap();
    let path = old(folder.path());
    let before = SAID.map(|statement| texts(&path, statement));
    assert!(before.iter().all(|rows| !rows.is_empty()));
    assert!(matches!(Reader::open(&path), Err(StoreError::Older { found: 1, known: KNOWN, .. })));
    upgrade(&path).unwrap();
    assert_eq!(version(&path), KNOWN);
    assert_eq!(SAID.map(|statement| texts(&path, statement)), before);
    assert_eq!(check(&path, operator().now).unwrap().findings, []);
    // A copy of the old file lies beside it, for its owner only.
    let backup = backup_of(&path);
    assert_eq!(version(&backup), 1);
    assert_eq!(std::os::unix::fs::MetadataExt::mode(&backup.metadata().unwrap()) & 0o777, 0o600);
    assert_eq!(SAID.map(|statement| texts(&backup, statement)), before);
    // What the new schema asks is answered from the old data.
    let since = texts(&path, "SELECT coalesce(intended_at, 'unknown') FROM batches ORDER BY batch_no");
    assert_eq!(since.len(), 5);
    assert!(since.iter().all(|at| at.starts_with("2026-1")), "{since:?}");
    assert_eq!(texts(&path, "SELECT name FROM reports JOIN runs USING (run_no)"), ["2026-11-27"]);
    // Opening again changes nothing.
    let rows = texts(&path, "SELECT hash FROM audit");
    upgrade(&path).unwrap();
    assert_eq!(texts(&path, "SELECT hash FROM audit"), rows);
}

/// What is derived is made as the new schema keeps it, from facts that have not changed.
#[test]
fn schema_2_is_brought_up_to_date_and_keeps_its_data() {
    let folder = tempfile::tempdir().unwrap();
    let path = of_schema(2, folder.path());
    let before = SAID.map(|statement| texts(&path, statement));
    assert!(before.iter().all(|rows| !rows.is_empty()));
    let kept = "SELECT open || '.' || partner_no || '.' || charge_no FROM commissions ORDER BY 1";
    let (kept_before, of_one) = (texts(&path, kept), "SELECT DISTINCT typeof(schedule) FROM commissions");
    assert!(!kept_before.is_empty());
    upgrade(&path).unwrap();
    assert_eq!(version(&path), KNOWN);
    assert_eq!(SAID.map(|statement| texts(&path, statement)), before);
    assert_eq!((texts(&path, kept), texts(&path, of_one)), (kept_before, vec!["blob".to_owned()]));
    assert_eq!(check(&path, operator().now).unwrap().findings, []);
    assert_eq!(version(&backup_of(&path)), 2);
}

/// A preview of old books names what nobody has classified, as one of new books does.
#[test]
fn schema_3_is_brought_up_to_date_and_keeps_its_data() {
    let folder = tempfile::tempdir().unwrap();
    let path = of_schema(3, folder.path());
    let before = SAID.map(|statement| texts(&path, statement));
    assert!(before.iter().all(|rows| !rows.is_empty()));
    sealed(&path).execute_batch("UPDATE charges SET kind = 6 WHERE charge_no IN (1, 2)").unwrap();
    upgrade(&path).unwrap();
    assert_eq!(version(&path), KNOWN);
    assert_eq!(SAID.map(|statement| texts(&path, statement)), before);
    let found = Reader::open(&path).unwrap().unclassified().unwrap();
    let amounts =
        texts(&path, "SELECT cast(sum(amount_cents) AS TEXT) FROM charges WHERE charge_no IN (1, 2)");
    let [(None, sum)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((sum.rows, vec![sum.amount.minor().to_string()]), (2, amounts));
    assert_eq!(version(&backup_of(&path)), 3);
}

/// The night's import is what comes first after an upgrade, and nobody watches it.
#[test]
fn an_import_brings_an_earlier_file_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let path = of_schema(3, folder.path());
    let file = folder.path().join("b.csv");
    std::fs::write(
        &file,
        "charge_id,account_id,billed_on,kind,amount,status\nN1,NA1,2026-12-01,sms,5.00,pending\n",
    )
    .unwrap();
    let import = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_partners"));
        command.env_clear().env("PARTNERS_TEST_NOW", "2026-12-05T12:00:00Z").arg("--db").arg(&path);
        command.args(["import", "billing"]).arg(&file).args(more).output().unwrap().status.code()
    };
    // A dry run leaves every byte.
    assert_eq!((import(&["--dry-run"]), version(&path)), (Some(1), 3));
    assert_eq!((import(&[]), version(&path)), (Some(0), KNOWN));
}

/// A line's references are proved before it is saved, if not at once.
#[test]
fn a_line_of_nothing_is_not_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = old(folder.path());
    upgrade(&path).unwrap();
    let sql = sealed(&path);
    for (table, statement) in [
        (
            "lines",
            "INSERT INTO lines (run_no, partner_no, charge_no, fate, kind, amount_cents)
                VALUES (1, 1, 999999, 'lapsed', 'commission', 1)",
        ),
        (
            "items",
            "INSERT INTO items (item_id, run_no, partner_no, paypal_email, amount_cents, state, state_on)
                VALUES ('x', 999999, 1, 'x@example.com', 1, 'planned', 20261204)",
        ),
        ("refunds", "INSERT INTO refunds (charge_no, amount_cents) VALUES (999999, 1)"),
    ] {
        let refused = sql.execute_batch(&format!("BEGIN; {statement}; COMMIT")).unwrap_err();
        assert!(refused.to_string().contains("FOREIGN KEY"), "{table}: {refused}");
        sql.execute_batch("ROLLBACK").unwrap();
    }
}

/// A copy whose making was cut short is no copy: it is made again.
#[test]
fn a_half_made_copy_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = old(folder.path());
    let making = path.with_file_name(format!("p.db.before-{KNOWN}.making"));
    std::fs::write(&making, "half").unwrap();
    upgrade(&path).unwrap();
    assert_eq!(version(&backup_of(&path)), 1);
    assert!(!making.exists());
}

/// A backup that an earlier version made can still be restored.
#[test]
fn a_backup_of_schema_1_is_restored_and_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let path = old(folder.path());
    let backup = folder.path().join("backup.db");
    std::fs::copy(&path, &backup).unwrap();
    let before = SAID.map(|statement| texts(&path, statement));
    upgrade(&path).unwrap();
    let restored =
        partners::store::restore(&path, &backup, "why not", &operator(), Duration::from_secs(5)).unwrap();
    assert!(restored.since_known);
    assert_eq!((version(&path), version(&backup)), (KNOWN, 1));
    assert_eq!(SAID.map(|statement| texts(&path, statement)), before);
    assert_eq!(check(&path, operator().now).unwrap().findings, []);
    let left = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(left.into_iter().all(|name| !name.to_string_lossy().contains("restoring")));
}

#[test]
fn the_upgraded_schema_is_the_one_that_is_made_new() {
    let folder = tempfile::tempdir().unwrap();
    let path = old(folder.path());
    upgrade(&path).unwrap();
    let fresh = folder.path().join("fresh.db");
    create(&fresh, Currency::USD, &partners::dates::Zone::UTC, Sharing::Private, &operator()).unwrap();
    let schema =
        "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY type, name";
    assert_eq!(texts(&path, schema), texts(&fresh, schema));
}

#[test]
fn a_newer_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = old(folder.path());
    upgrade(&path).unwrap();
    sealed(&path).execute_batch(&format!("PRAGMA user_version = {}", KNOWN + 1)).unwrap();
    assert!(matches!(Reader::open(&path), Err(StoreError::Newer { .. })));
    assert!(matches!(upgrade(&path), Err(StoreError::Newer { .. })));
    assert_eq!(version(&path), KNOWN + 1);
}

#[test]
fn a_migration_that_fails_leaves_the_old_file_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = old(folder.path());
    let before = SAID.map(|statement| texts(&path, statement));
    // A table that the migration wants to make is there already.
    sealed(&path).execute_batch("CREATE TABLE reports (x TEXT)").unwrap();
    assert!(upgrade(&path).is_err());
    assert_eq!((version(&path), SAID.map(|statement| texts(&path, statement))), (1, before.clone()));
    assert!(texts(&path, "SELECT name FROM sqlite_schema WHERE name = 'batches_made_anew'").is_empty());
    sealed(&path).execute_batch("DROP TABLE reports").unwrap();
    upgrade(&path).unwrap();
    assert_eq!((version(&path), SAID.map(|statement| texts(&path, statement))), (KNOWN, before));
}

/// Killed at a write of the migration, the file is the old one or the new one, and the next command makes it the new
/// one.
#[test]
fn killed_in_the_middle_it_is_old_or_new() {
    if Command::new("strace").arg("-V").output().is_err() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let template = old(folder.path());
    let before = SAID.map(|statement| texts(&template, statement));
    let program = crate::common::world::program();
    let mut seen = std::collections::BTreeSet::new();
    for nth in [1, 2, 3, 5, 8, 13, 21, 34, 55] {
        let here = tempfile::tempdir().unwrap();
        let path = here.path().join("p.db");
        std::fs::copy(&template, &path).unwrap();
        let inject = format!("inject=pwrite64:signal=KILL:when={nth}");
        let mut command = Command::new("strace");
        command.args(["-f", "-qq", "-o", "/dev/null", "-e", "trace=pwrite64", "-e", &inject]);
        command.arg(&program).args(["note", "partner:P-1", "seen"]).env_clear();
        command.env("PATH", "/usr/bin:/bin").env("HOME", here.path()).env("PARTNERS_DB", &path);
        let _ = command.env("PARTNERS_TEST_NOW", "2026-12-05T10:00:00Z").output().unwrap();
        let at = version(&path);
        assert!(at == 1 || at == KNOWN, "{at}");
        assert_eq!(SAID.map(|statement| texts(&path, statement)), before, "write {nth}");
        seen.insert(at);
        upgrade(&path).unwrap();
        assert_eq!(check(&path, operator().now).unwrap().findings, [], "write {nth}");
    }
    assert!(seen.contains(&1), "no kill came before the end");
}
