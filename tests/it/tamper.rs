//! Damage and tampering are found and named, and never become another total (PROMISES 22, 23).
//!
//! The seal on every page is covered by flipping bits; the seals on rows (the audit's chain, plan hashes, keys,
//! conservation) by changing rows through the program's own file system, which seals the changed pages anew.

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, Utc};
use partners::attribution::Evidence;
use partners::commands::check::check;
use partners::commands::payout::create::{Ask, Outcome, create};
use partners::commands::payout::file::file;
use partners::commands::payout::step::{approvable, approve};
use partners::commands::preview::{Scope, preview};
use partners::dates::Now;
use partners::import::packed::{Pack, Unpack};
use partners::money::Currency;
use partners::store::{
    AuditNote, NewAttribution, Operator, Reader, Sharing, StoreError, Writer, create as create_store,
};
use rusqlite::{Connection, OpenFlags};

/// How many bits are flipped; `PARTNERS_TEST_FLIPS=3000 cargo test --test it tamper` flips more.
const FLIPS: u64 = 60;

pub fn now() -> Now {
    Now("2026-11-20T12:00:00Z".parse::<DateTime<Utc>>().unwrap())
}

pub fn operator() -> Operator {
    Operator { actor: "ann".into(), os_user: "ann".into(), now: now() }
}

/// Speaks SQL through the program's own file system, so that pages stay sealed.
pub fn sealed_sql(path: &Path) -> Connection {
    Connection::open_with_flags_and_vfs(path, OpenFlags::SQLITE_OPEN_READ_WRITE, c"partners").unwrap()
}

/// Makes a small programme: three partners, forty accounts, charges, refunds, an adjustment.
pub fn programme(folder: &Path) -> PathBuf {
    let path = folder.join("p.db");
    create_store(&path, Currency::USD, &partners::dates::Zone::UTC, Sharing::Private, &operator()).unwrap();
    let sql = sealed_sql(&path);
    sql.execute_batch(
        "BEGIN;
         WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 3)
         INSERT INTO partners (partner_no, partner_id, name, email, email_key, joined_on, status, country,
             tax_form, tax_status, first_approved_on, paypal_email, paypal_key)
         SELECT i, 'P' || i, 'Partner ' || i, 'p' || i || '@example.com', 'p' || i || '@example.com', 20250101,
             'active', 'US', 'w9', 'approved', 1, 'pay' || i || '@example.com', 'pay' || i || '@example.com' FROM n;
         INSERT INTO links (link_no, code, code_key, partner_no, channel)
         SELECT partner_no, 'Code' || partner_no, 'code' || partner_no, partner_no, 'link' FROM partners;
         WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 40)
         INSERT INTO accounts (account_no, account_id, email, email_key, opened_on)
         SELECT i, 'A' || i, 'a' || i || '@example.org', 'a' || i || '@example.org', 20260101 + i % 28 FROM n;
         WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 399)
         INSERT INTO charges (charge_no, charge_id, account_id, billed_on, collected_on, kind, status, amount_cents,
             refunded_cents, digest)
         SELECT i + 1, printf('C%05d', i), 'A' || (i % 40 + 1), 20260201 + (i / 40) * 100, 20260203 + (i / 40) * 100,
             i % 5 / 4, CASE WHEN i % 37 = 36 THEN 2 ELSE 0 END, 4999 + i * 7,
             CASE WHEN i % 11 = 0 THEN 1000 ELSE 0 END, i
         FROM n WHERE i / 40 < 10;
         INSERT INTO refunds (charge_no, on_day, amount_cents)
         SELECT charge_no, billed_on + 5, 1000 FROM charges WHERE refunded_cents > 0;
         COMMIT;",
    )
    .unwrap();
    drop(sql);
    let writer = Writer::open(&path, &operator(), Duration::from_secs(5)).unwrap();
    for no in 1..=30 {
        writer
            .add_attribution(&NewAttribution {
                account_no: no,
                account_id: format!("A{no}"),
                partner_no: Some(no % 3 + 1),
                link_no: Some(no % 3 + 1),
                from: None,
                evidence: Evidence::Code,
                self_referral: false,
                reason: "code".into(),
            })
            .unwrap();
    }
    writer.add_adjustment(1, "2026-11-01".parse().unwrap(), money(500), "apology").unwrap();
    writer.commit(&AuditNote::new("attribute", serde_json::json!({}))).unwrap();
    path
}

fn money(cents: i64) -> partners::money::Money {
    partners::money::Money::from_minor(cents)
}

/// Pays the payday of the day by file, as far as the file.
pub fn run_by_file(path: &Path, folder: &Path) {
    let writer = Writer::open(path, &operator(), Duration::from_secs(5)).unwrap();
    let drafted = create(&writer, &Ask::default()).unwrap();
    assert!(matches!(drafted, Outcome::Drafted { .. }), "{drafted:?}");
    let note = drafted.audit().unwrap();
    writer.commit(&note).unwrap();
    let writer = Writer::open(path, &operator(), Duration::from_secs(5)).unwrap();
    let view = approvable(&writer, "latest").unwrap();
    approve(writer, view).unwrap();
    let writer = Writer::open(path, &operator(), Duration::from_secs(5)).unwrap();
    file(writer, "2026-11-20", &folder.join("pay.csv"), None).unwrap();
}

fn scratch() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// Everything that a preview of some days says, in words.
fn previews(path: &Path) -> Result<String, StoreError> {
    let reader = Reader::open(path)?;
    let mut said = String::new();
    for date in ["2026-05-01", "2026-11-20", "2026-11-27", "2027-06-04"] {
        let scope = Scope::of_day(&reader, date.parse().unwrap());
        said += &format!("{:?}", preview(&reader, &scope)?);
    }
    Ok(said)
}

pub fn findings(path: &Path) -> Vec<String> {
    match check(path, now()) {
        Ok(report) => report
            .findings
            .iter()
            .map(|found| {
                format!("{} {}: {} / {}", found.invariant, found.subject, found.expected, found.found)
            })
            .collect(),
        Err(error) => vec![format!("refused: {error}")],
    }
}

#[test]
fn a_sound_programme_has_no_findings() {
    let folder = scratch();
    let path = programme(folder.path());
    assert_eq!(findings(&path), [""; 0]);
    run_by_file(&path, folder.path());
    assert_eq!(findings(&path), [""; 0]);
    assert!(previews(&path).is_ok());
}

#[test]
fn no_flipped_bit_becomes_another_total() {
    let folder = scratch();
    let path = programme(folder.path());
    run_by_file(&path, folder.path());
    // Everything into the one file: the log has SQLite's own checksums.
    drop(Writer::open(&path, &operator(), Duration::from_secs(5)).unwrap());
    sealed_sql(&path).execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let sound = std::fs::read(&path).unwrap();
    let truth = previews(&path).unwrap();
    let flips = std::env::var("PARTNERS_TEST_FLIPS").map_or(FLIPS, |text| text.parse().unwrap());
    let bits = u64::try_from(sound.len()).unwrap() * 8;
    let damaged = folder.path().join("damaged.db");
    let mut state = 0x2026_1122_u64;
    let (mut refused, mut silent) = (0, Vec::new());
    for _ in 0..flips {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let bit = usize::try_from((state >> 16) % bits).unwrap();
        let mut bytes = sound.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        for side in ["damaged.db-wal", "damaged.db-shm"] {
            let _ = std::fs::remove_file(folder.path().join(side));
        }
        std::fs::write(&damaged, &bytes).unwrap();
        match previews(&damaged) {
            Ok(said) => assert_eq!(said, truth, "bit {bit}"),
            Err(_) => refused += 1,
        }
        if findings(&damaged).is_empty() {
            silent.push(bit);
        }
    }
    // A page that nothing uses may be damaged without anybody's noticing; it holds nothing.
    let pages: Vec<usize> = silent.iter().map(|bit| bit / 8 / 16_384 + 1).collect();
    assert!(
        u64::try_from(silent.len()).unwrap() * 20 <= flips,
        "{} of {flips} unnoticed, on pages {pages:?}",
        silent.len()
    );
    assert!(refused > 0, "no flip met a preview");
}

const OTHER_SCHEDULE: &str = "UPDATE commissions SET schedule = other.schedule FROM commissions AS other
    WHERE commissions.charge_no = 4 AND other.charge_no = 2";

/// Keeps the charges of a payment as if nothing of them were out and its failure on a day held their window open.
pub fn keep_as_unpaid(path: &Path, item_no: i64, failed_on: i64) {
    let kept: Vec<(i64, Vec<u8>)> = sealed_sql(path)
        .prepare(
            "SELECT charge_no, schedule FROM commissions JOIN lines USING (charge_no) WHERE item_no = ?1",
        )
        .unwrap()
        .query_map([item_no], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert!(!kept.is_empty());
    for (charge_no, schedule) in kept {
        let mut from = Unpack::new(&schedule);
        let mut values: Vec<i64> = std::iter::from_fn(|| from.next_int()).collect();
        (values[4], values[5]) = (failed_on, 0);
        let mut pack = Pack::default();
        for value in values {
            pack.int(value);
        }
        let bytes: String = pack.bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        let change =
            format!("UPDATE commissions SET open = 1, schedule = x'{bytes}' WHERE charge_no = {charge_no}");
        by_a_clever_hand(path, &change);
    }
}

/// Changes rows as somebody who knows the program does: triggers dropped and made again, pages sealed.
pub fn by_a_clever_hand(path: &Path, change: &str) {
    let sql = sealed_sql(path);
    sql.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    let triggers: Vec<(String, String)> = sql
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    for (name, _) in &triggers {
        sql.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    sql.execute_batch(change).unwrap();
    for (_, text) in &triggers {
        sql.execute_batch(text).unwrap();
    }
    sql.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
}

/// Rows that are changed by a clever hand: triggers dropped and made again, pages sealed.
#[test]
fn changed_rows_are_named() {
    let cases: [(&str, &str, &str); 24] = [
        ("audit_chain", "audit row 2", "UPDATE audit SET actor = 'eve' WHERE audit_no = 2"),
        ("audit_chain", "audit row 3", "DELETE FROM audit WHERE audit_no = 2"),
        (
            "audit_chain",
            "audit row 2",
            "UPDATE audit SET audit_no = -1 WHERE audit_no = 2; UPDATE audit SET audit_no = 2 WHERE audit_no = 3;
             UPDATE audit SET audit_no = 3 WHERE audit_no = -1",
        ),
        (
            "audit_chain",
            "audit row 6",
            "INSERT INTO audit SELECT audit_no + 1, at, actor, os_user, 'forged', subject, detail, reason, hash, 'x'
             FROM audit ORDER BY audit_no DESC LIMIT 1",
        ),
        ("audit_runs", "run 2026-11-20", "DELETE FROM audit WHERE audit_no >= 3"),
        ("plan_hash", "run 2026-11-20", "UPDATE items SET amount_cents = amount_cents + 1 WHERE item_no = 1"),
        ("file_hash", "run 2026-11-20", "UPDATE items SET paypal_email = 'eve@example.net' WHERE item_no = 2"),
        (
            "plan_hash",
            "run 2026-11-20",
            "UPDATE items SET partner_no = -1 WHERE item_no = 1; UPDATE items SET partner_no = 1 WHERE item_no = 2;
             UPDATE items SET partner_no = 2 WHERE item_no = 1",
        ),
        ("plan_hash", "run 2026-11-20", "DELETE FROM lines WHERE line_no = 1"),
        (
            "plan_hash",
            "run 2026-11-20",
            "INSERT INTO lines (run_no, item_no, partner_no, charge_no, fate, kind, amount_cents)
             SELECT run_no, item_no, partner_no, 400, 'out', 'commission', 1 FROM lines WHERE line_no = 1",
        ),
        (
            "item_sums",
            "item 2026-11-20-0001",
            "UPDATE lines SET amount_cents = amount_cents - 1 WHERE line_no = 1",
        ),
        (
            "approval",
            "run 2026-11-20",
            "UPDATE runs SET approved_sha256 = NULL",
        ),
        ("audit_runs", "run 2026-11-20", "UPDATE runs SET plan_sha256 = 'x', approved_sha256 = 'x'"),
        ("run_states", "run 2026-11-20", "UPDATE runs SET state = 'approved'"),
        ("run_states", "item 2026-11-20-0001", "UPDATE items SET state = 'paid' WHERE item_no = 1"),
        ("run_states", "item 2026-11-20-0002", "DELETE FROM transitions WHERE item_no = 2"),
        ("books", "database: readable / commissions 1", "UPDATE commissions SET schedule = x'00' WHERE charge_no = 1"),
        ("kept_commissions", "charge C00003", OTHER_SCHEDULE),
        ("kept_commissions", "charge C00001", "UPDATE charges SET amount_cents = amount_cents * 2 WHERE charge_no = 2"),
        ("refunds", "charge C00000", "UPDATE charges SET refunded_cents = 999 WHERE charge_no = 1"),
        ("accounts", "charge C00002", "UPDATE charges SET account_id = 'A99' WHERE charge_no = 3"),
        ("keys", "partner P2", "UPDATE partners SET email = 'eve@example.net' WHERE partner_no = 2"),
        ("live_lines", "charge C", "UPDATE lines SET due_cents = due_cents - 1 WHERE line_no = 2"),
        ("adjustments", "line", "UPDATE adjustments SET amount_cents = 600"),
    ];
    let folder = scratch();
    let path = programme(folder.path());
    run_by_file(&path, folder.path());
    sealed_sql(&path).execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let sound = std::fs::read(&path).unwrap();
    for (invariant, subject, change) in cases {
        let changed = folder.path().join("changed.db");
        std::fs::write(&changed, &sound).unwrap();
        by_a_clever_hand(&changed, change);
        let found = findings(&changed);
        let named = found.iter().any(|line| line.starts_with(&format!("{invariant} {subject}")));
        assert!(named, "{change}\n{found:#?}");
        for side in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(folder.path().join(format!("changed.db{side}")));
        }
    }
}

#[test]
fn another_program_s_hand_is_seen_whatever_it_changed() {
    let folder = scratch();
    let path = programme(folder.path());
    sealed_sql(&path).execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let plain = Connection::open(&path).unwrap();
    plain
        .execute_batch("UPDATE accounts SET name = 'x' WHERE account_no = 7; PRAGMA wal_checkpoint(TRUNCATE)")
        .unwrap();
    drop(plain);
    let found = findings(&path);
    assert!(found.iter().any(|line| line.starts_with("page_seal page ")), "{found:#?}");
    let error = Writer::open(&path, &operator(), Duration::from_secs(5))
        .and_then(|writer| {
            writer.touch_all();
            writer.commit(&AuditNote::new("test", serde_json::json!({})))
        })
        .unwrap_err();
    assert!(error.to_string().contains("does not bear its seal"), "{error}");
}

#[test]
fn a_missing_trigger_or_index_is_named() {
    let folder = scratch();
    let path = programme(folder.path());
    let sql = sealed_sql(&path);
    sql.execute_batch("DROP TRIGGER audit_keeps_rows; DROP INDEX runs_one_regular; CREATE TABLE extra (x)")
        .unwrap();
    drop(sql);
    let found = findings(&path).join("\n");
    for name in ["schema trigger audit_keeps_rows", "schema index runs_one_regular", "schema table extra"] {
        assert!(found.contains(name), "{name}\n{found}");
    }
}
