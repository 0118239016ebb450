//! What runs are is proved by the audit, and books that cannot be proved pay nobody (PROMISES 8, 22, 23).
//!
//! Every case is the work of somebody who knows the program: triggers dropped and made again, pages sealed anew,
//! everything that repeats a state altered alike.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use partners::commands::payout::create::{Ask, Outcome, create};
use partners::commands::payout::file::file;
use partners::commands::payout::outcome::{Outcomes, settle};
use partners::commands::payout::step::{approvable, approve};
use partners::run::ItemState;
use partners::store::{Reader, StoreError, Writer};

use crate::common::fake_paypal::FakePaypal;
use crate::common::world::World;
use crate::tamper::{
    by_a_clever_hand, findings, keep_as_unpaid, operator, programme, run_by_file, sealed_sql,
};

const RUN: &str = "2026-11-20";
const WAIT: Duration = Duration::from_secs(5);

fn open(path: &Path) -> Writer {
    Writer::open(path, &operator(), WAIT).unwrap()
}

fn scratch() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// A run that is drafted and waits for its approval.
fn drafted(folder: &Path) -> PathBuf {
    let path = programme(folder);
    let writer = open(&path);
    let note = create(&writer, &Ask::default()).unwrap().audit().unwrap();
    writer.commit(&note).unwrap();
    path
}

/// A run that left by file and is settled: one payment failed, the others are paid.
fn settled(folder: &Path) -> PathBuf {
    let path = programme(folder);
    run_by_file(&path, folder);
    let writer = open(&path);
    let outcomes = Outcomes::Items(vec![(format!("{RUN}-0003"), ItemState::Failed)]);
    let (_, note) = settle(&writer, RUN, &outcomes, None).unwrap();
    writer.commit(&note).unwrap();
    let writer = open(&path);
    let (_, note) = settle(&writer, RUN, &Outcomes::AllPaid, None).unwrap();
    writer.commit(&note).unwrap();
    assert_eq!(findings(&path), [""; 0]);
    path
}

/// What approving a run says.
fn approving(path: &Path, run: &str) -> Result<(), StoreError> {
    let writer = open(path);
    let view = approvable(&writer, run)?;
    approve(writer, view).map(drop)
}

/// Everything that a refusal says.
fn said(error: &StoreError) -> String {
    match error {
        StoreError::RefusedFor { what, details, next } => format!("{what}\n{}\n{next}", details.join("\n")),
        other => other.to_string(),
    }
}

/// What filing a run says.
fn filing(path: &Path, folder: &Path, run: &str) -> Result<(), String> {
    let out = folder.join("tampered.csv");
    let outcome = file(open(path), run, &out, None);
    assert_eq!(outcome.is_ok(), out.exists());
    match outcome {
        Ok(_) => Ok(()),
        Err(partners::commands::payout::file::FileError::Store(error)) => Err(said(&error)),
        Err(other) => Err(other.to_string()),
    }
}

fn demands_proof(refused: &str, names: &str) {
    assert!(refused.contains("these books are not as they were written"), "{refused}");
    assert!(refused.contains(names), "{names} is not in: {refused}");
    assert!(refused.contains("partners check") && refused.contains("partners restore"), "{refused}");
}

#[test]
fn a_paid_item_made_to_look_failed_is_named_and_not_paid_again() {
    let folder = scratch();
    let path = settled(folder.path());
    by_a_clever_hand(
        &path,
        "UPDATE items SET state = 'failed', returned_on = state_on WHERE item_no = 1;
         UPDATE transitions SET became = 'failed' WHERE item_no = 1 AND became = 'paid'",
    );
    keep_as_unpaid(&path, 1, 20_261_120);
    let found = findings(&path);
    let named = found.iter().find(|line| line.starts_with(&format!("run_proof item {RUN}-0001: state paid")));
    assert!(named.is_some_and(|line| line.ends_with("state failed")), "{found:#?}");
    // Whoever drafts the money anew gets it approved by nobody.
    let writer = open(&path);
    let ask = Ask { date: Some("2026-11-27".parse().unwrap()), ..Ask::default() };
    let outcome = create(&writer, &ask).unwrap();
    let Outcome::Drafted { view, .. } = &outcome else { panic!("{outcome:?}") };
    let name = view.run.name.0.clone();
    writer.commit(&outcome.audit().unwrap()).unwrap();
    demands_proof(&said(&approving(&path, &name).unwrap_err()), &format!("item {RUN}-0001"));
}

#[test]
fn an_approval_that_nobody_gave_is_named_and_nothing_leaves() {
    let folder = scratch();
    let path = drafted(folder.path());
    by_a_clever_hand(
        &path,
        "UPDATE runs SET state = 'approved', approved_by = 'root', approved_user = 'other',
             approved_at = '2026-11-20T12:00:00Z', approved_sha256 = plan_sha256;
         INSERT INTO transitions (run_no, was, became, on_day, at)
             SELECT run_no, 'draft', 'approved', 20261120, '2026-11-20T12:00:00Z' FROM runs",
    );
    let found = findings(&path).join("\n");
    assert!(found.contains(&format!("approval run {RUN}: a payout approve in the audit / none")), "{found}");
    let refused = filing(&path, folder.path(), RUN).unwrap_err();
    demands_proof(&refused, "a payout approve in the audit");
}

#[test]
fn an_approval_of_another_is_named_and_nothing_leaves() {
    let folder = scratch();
    let path = drafted(folder.path());
    approving(&path, RUN).unwrap();
    for (change, names) in [
        ("UPDATE runs SET approved_user = 'carol'", "approved user ann"),
        ("UPDATE runs SET approved_at = '2026-11-19T12:00:00Z'", "approved at 2026-11-20T12:00:00Z"),
    ] {
        let changed = folder.path().join("changed.db");
        sealed_sql(&path).execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
        std::fs::copy(&path, &changed).unwrap();
        by_a_clever_hand(&changed, change);
        let found = findings(&changed).join("\n");
        assert!(found.contains(&format!("approval run {RUN}: {names}")), "{found}");
        demands_proof(&filing(&changed, folder.path(), RUN).unwrap_err(), names);
        remove(&changed);
    }
    filing(&path, folder.path(), RUN).unwrap();
}

fn remove(database: &Path) {
    for side in ["", "-wal", "-shm", ".lock"] {
        let _ = std::fs::remove_file(format!("{}{side}", database.display()));
    }
}

#[test]
fn a_broken_chain_or_a_broken_page_stops_money() {
    let folder = scratch();
    let path = drafted(folder.path());
    sealed_sql(&path).execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let sound = std::fs::read(&path).unwrap();
    let changed = folder.path().join("changed.db");

    std::fs::write(&changed, &sound).unwrap();
    by_a_clever_hand(&changed, "UPDATE audit SET actor = 'eve' WHERE audit_no = 2");
    demands_proof(&said(&approving(&changed, RUN).unwrap_err()), "audit row 2");
    remove(&changed);

    // A page that no command would have read.
    std::fs::write(&changed, &sound).unwrap();
    sealed_sql(&changed)
        .execute_batch(
            "CREATE TABLE unused (x); INSERT INTO unused VALUES ('nobody reads this');
             PRAGMA wal_checkpoint(TRUNCATE)",
        )
        .unwrap();
    let mut bytes = std::fs::read(&changed).unwrap();
    let place = bytes.windows(17).position(|window| window == b"nobody reads this").unwrap();
    bytes[place] ^= 1;
    std::fs::write(&changed, &bytes).unwrap();
    let page = place / 16_384 + 1;
    demands_proof(&said(&approving(&changed, RUN).unwrap_err()), &format!("page {page} of the file"));
    remove(&changed);

    // Approved while all was well, and damaged since.
    approving(&path, RUN).unwrap();
    by_a_clever_hand(&path, "UPDATE audit SET actor = 'eve' WHERE audit_no = 2");
    demands_proof(&filing(&path, folder.path(), RUN).unwrap_err(), "audit row 2");
}

#[test]
#[cfg(debug_assertions)]
fn a_run_whose_books_were_altered_is_not_resumed() {
    let fake = FakePaypal::start(&["--settle", "at-once"]);
    let world = World::approved(&["ann@example.com"], &fake.url());
    fake.script(&serde_json::json!([{"on": "create", "fault": "error_before"}]));
    let _ = world.submit("").exits(6);
    by_a_clever_hand(&world.db(), "UPDATE batches SET first_sent_at = '2026-11-01T00:00:00Z'");
    let said = world.run("payout resume 2026-11-27").exits(1);
    demands_proof(&said.err, "first_sent_at 2026-11-27T10:00:00Z, as audit row");
    assert!(fake.sent().is_empty());
}

/// Every column that says what a run was: the change, the invariant and how its finding begins, and a word of it.
#[test]
fn every_column_of_a_run_is_proved() {
    let cases: [(&str, &str, &str); 27] = [
        ("UPDATE runs SET created_by = 'bob'", "run 2026-11-20", "created_by ann"),
        ("UPDATE runs SET created_user = 'bob'", "run 2026-11-20", "created_user ann"),
        ("UPDATE runs SET created_at = '2026-11-01T00:00:00Z'", "run 2026-11-20", "created_at 2026-11-20T"),
        ("UPDATE runs SET approved_by = 'bob'", "run 2026-11-20", "approved_by ann"),
        ("UPDATE runs SET approved_user = 'bob'", "run 2026-11-20", "approved_user ann"),
        ("UPDATE runs SET approved_at = '2026-11-01T00:00:00Z'", "run 2026-11-20", "approved_at 2026-11-20T"),
        ("UPDATE runs SET file_name = 'x.csv'", "run 2026-11-20", "file_name pay.csv"),
        ("UPDATE runs SET left_at = '2026-11-01T00:00:00Z'", "run 2026-11-20", "left_at 2026-11-20T"),
        ("UPDATE runs SET note = 'hi'", "run 2026-11-20", "no note"),
        ("UPDATE runs SET kind = 'off_cycle'", "run 2026-11-20", "kind regular"),
        ("UPDATE runs SET date = 20261113", "run 2026-11-20", "date 20261120"),
        ("UPDATE runs SET channel = 'api'", "run 2026-11-20", "channel file"),
        (
            "UPDATE items SET state_on = 20261119 WHERE item_no = 1",
            "item 2026-11-20-0001",
            "state_on 20261120",
        ),
        ("UPDATE items SET reason_code = 'XX' WHERE item_no = 1", "item 2026-11-20-0001", "no reason_code"),
        (
            "UPDATE items SET payout_item_id = 'XX' WHERE item_no = 1",
            "item 2026-11-20-0001",
            "no payout_item_id",
        ),
        (
            "UPDATE items SET transaction_id = 'T' WHERE item_no = 2",
            "item 2026-11-20-0002",
            "no transaction_id",
        ),
        ("UPDATE items SET fee_cents = 55 WHERE item_no = 1", "item 2026-11-20-0001", "no fee_cents"),
        (
            "UPDATE items SET returned_on = 20261101 WHERE item_no = 3",
            "item 2026-11-20-0003",
            "returned_on 20261120",
        ),
        (
            "UPDATE items SET state = 'paid', returned_on = NULL WHERE item_no = 3;
          UPDATE transitions SET became = 'paid' WHERE item_no = 3 AND became = 'failed'",
            "item 2026-11-20-0003",
            "state failed",
        ),
        (
            "UPDATE lines SET due_cents = due_cents + 100 WHERE line_no = 1",
            "run 2026-11-20",
            "the payments and lines",
        ),
        (
            "UPDATE items SET paypal_email = 'eve@example.net' WHERE item_no = 1",
            "run 2026-11-20",
            "the payments and lines",
        ),
        ("DELETE FROM lines WHERE line_no = 1", "run 2026-11-20", "the payments and lines"),
        ("UPDATE transitions SET reason = 'because' WHERE transition_no = 1", "run 2026-11-20", "the steps"),
        ("UPDATE transitions SET on_day = 20261101 WHERE transition_no = 2", "run 2026-11-20", "the steps"),
        (
            "UPDATE transitions SET at = '2026-11-01T00:00:00Z' WHERE transition_no = 4",
            "run 2026-11-20",
            "the steps",
        ),
        (
            "UPDATE transitions SET transition_no = -3 WHERE transition_no = 3;
          UPDATE transitions SET transition_no = 3 WHERE transition_no = 4;
          UPDATE transitions SET transition_no = 4 WHERE transition_no = -3",
            "run 2026-11-20",
            "the steps",
        ),
        (
            "DELETE FROM transitions; DELETE FROM lines; DELETE FROM items; DELETE FROM runs",
            "run 2026-11-20",
            "the run of audit row",
        ),
    ];
    let folder = scratch();
    let path = settled(folder.path());
    sealed_sql(&path).execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let sound = std::fs::read(&path).unwrap();
    let changed = folder.path().join("changed.db");
    for (change, subject, expected) in cases {
        std::fs::write(&changed, &sound).unwrap();
        by_a_clever_hand(&changed, change);
        let found = findings(&changed);
        let begin = format!("run_proof {subject}: {expected}");
        assert!(found.iter().any(|line| line.starts_with(&begin)), "{change}\n{found:#?}");
        remove(&changed);
    }
}

#[test]
fn what_was_altered_is_not_sealed_by_what_is_done_next() {
    let folder = scratch();
    let path = programme(folder.path());
    run_by_file(&path, folder.path());
    by_a_clever_hand(
        &path,
        "UPDATE runs SET created_by = 'bob'; UPDATE items SET transaction_id = 'T' WHERE item_no = 1;
         UPDATE transitions SET reason = 'because' WHERE transition_no = 1",
    );
    let writer = open(&path);
    let (_, note) = settle(&writer, RUN, &Outcomes::AllPaid, None).unwrap();
    writer.commit(&note).unwrap();
    let found = findings(&path).join("\n");
    for named in ["created_by ann", "no transaction_id", "the steps 1 to 1"] {
        assert!(found.contains(named), "{named}: {found}");
    }
}

#[test]
fn a_run_that_no_audit_row_made_is_named() {
    let folder = scratch();
    let path = settled(folder.path());
    by_a_clever_hand(
        &path,
        "INSERT INTO runs (name, date, kind, state, currency, created_by, created_user, created_at, plan_sha256)
         SELECT 'settled-2026-01-01', 20260101, 'import', 'settled', currency, created_by, created_user, created_at, 'x'
         FROM runs",
    );
    let found = findings(&path).join("\n");
    assert!(
        found.contains("run_proof run settled-2026-01-01: a row of the audit that made it / none"),
        "{found}"
    );
}

/// Books from before proofs were kept stay sound, and are proved from the next change on.
#[test]
fn runs_of_earlier_books_are_taken_over_once() {
    let folder = scratch();
    let path = settled(folder.path());
    // As an earlier version wrote them: no proof in any row, each with its hash.
    rewrite_without_proofs(&path);
    assert_eq!(findings(&path), [""; 0]);
    let writer = open(&path);
    writer
        .add_adjustment(1, "2026-11-20".parse().unwrap(), partners::money::Money::from_minor(1), "why")
        .unwrap();
    writer.commit(&partners::store::AuditNote::new("adjust", serde_json::json!({}))).unwrap();
    assert_eq!(findings(&path), [""; 0]);
    by_a_clever_hand(&path, "UPDATE items SET fee_cents = 55 WHERE item_no = 1");
    let found = findings(&path).join("\n");
    assert!(found.contains(&format!("run_proof item {RUN}-0001: no fee_cents")), "{found}");
    let before = Reader::open(&path).unwrap().verify_audit().unwrap().rows;
    let writer = open(&path);
    writer.commit(&partners::store::AuditNote::new("again", serde_json::json!({}))).unwrap();
    let rows = Reader::open(&path).unwrap().audit_rows_where(|row| row.no > before).unwrap();
    assert!(rows.iter().all(|row| !row.detail.contains("runs_adopted")), "{rows:?}");
}

fn rewrite_without_proofs(path: &Path) {
    use sha2::{Digest, Sha256};
    let rows = Reader::open(path).unwrap().audit_rows(None).unwrap();
    let mut prev = "0".repeat(64);
    let mut script = String::new();
    for mut row in rows {
        let mut detail: serde_json::Value = serde_json::from_str(&row.detail).unwrap();
        for key in ["proof", "runs_proved"] {
            detail.as_object_mut().unwrap().shift_remove(key);
        }
        row.detail = detail.to_string();
        let canonical = serde_json::json!([
            row.no,
            row.at,
            row.actor,
            row.os_user,
            row.action,
            row.subject,
            row.detail,
            row.reason
        ]);
        let hash = partners::store::hex(&Sha256::digest(format!("{prev}{canonical}")));
        script += &format!(
            "UPDATE audit SET detail = '{}', prev_hash = '{prev}', hash = '{hash}' WHERE audit_no = {};",
            row.detail.replace('\'', "''"),
            row.no
        );
        prev = hash;
    }
    by_a_clever_hand(path, &script);
    let _ = std::fs::remove_file(format!("{}.lock", path.display()));
}

#[test]
fn a_tail_that_was_cut_off_is_known_by_the_lock() {
    let folder = scratch();
    let path = settled(folder.path());
    by_a_clever_hand(&path, "DELETE FROM audit WHERE audit_no = (SELECT max(audit_no) FROM audit)");
    let trail = Reader::open(&path).unwrap().verify_audit().unwrap();
    let (row, why) = trail.broken.unwrap();
    assert!(row == trail.rows + 1 && why.contains("the lock beside the database"), "{row}: {why}");
    let found = findings(&path).join("\n");
    assert!(found.contains("audit_chain audit row"), "{found}");
    // Whatever is written next, no money leaves.
    by_a_clever_hand(&path, "UPDATE meta SET value = value");
    let writer = open(&path);
    writer
        .add_adjustment(1, "2026-11-20".parse().unwrap(), partners::money::Money::from_minor(1), "why")
        .unwrap();
    writer.commit(&partners::store::AuditNote::new("adjust", serde_json::json!({}))).unwrap();
    let writer = open(&path);
    let ask = Ask { date: Some("2026-11-27".parse().unwrap()), ..Ask::default() };
    let outcome = create(&writer, &ask).unwrap();
    if let Some(note) = outcome.audit() {
        writer.commit(&note).unwrap();
        assert!(approving(&path, "latest").is_err());
    }
}

#[test]
fn an_empty_trail_is_a_finding_and_takes_no_row() {
    let folder = scratch();
    let path = settled(folder.path());
    by_a_clever_hand(&path, "DELETE FROM audit");
    for with_lock in [true, false] {
        if !with_lock {
            std::fs::remove_file(format!("{}.lock", path.display())).unwrap();
        }
        let found = findings(&path).join("\n");
        assert!(found.contains("audit_chain audit row 1"), "{found}");
    }
    let error =
        open(&path).commit(&partners::store::AuditNote::new("adjust", serde_json::json!({}))).unwrap_err();
    assert!(error.to_string().contains("somebody deleted it"), "{error}");
}

/// The program in an environment of nothing.
struct Program(tempfile::TempDir);

impl Program {
    fn on(path: &Path, folder: tempfile::TempDir) -> Self {
        assert_eq!(path, folder.path().join("p.db"));
        Self(folder)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_partners"));
        command
            .env_clear()
            .env("PARTNERS_TEST_NOW", "2026-11-20T12:00:00Z")
            .args(["--db", self.0.path().join("p.db").to_str().unwrap(), "--actor", "ann"])
            .args(arguments)
            .stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        said_by(&self.command(arguments).output().unwrap())
    }
}

fn said_by(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

#[test]
#[cfg(debug_assertions)]
fn a_saved_change_whose_answer_is_lost_is_said_to_be_saved() {
    let folder = scratch();
    let path = programme(folder.path());
    let program = Program::on(&path, folder);
    let full = || Stdio::from(std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap());
    let adjust = ["adjust", "P1", "10", "--reason", "t"];
    let (code, _, err) = said_by(&program.command(&adjust).stdout(full()).output().unwrap());
    assert_eq!(code, 3, "{err}");
    assert!(err.contains("the change IS saved, do not repeat it"), "{err}");
    assert!(err.contains("partners audit log --partner P1"), "{err}");
    let (code, out, _) = program.run(&["audit", "log", "--partner", "P1"]);
    assert!(code == 0 && out.contains("adjust"), "{out}");
    // What changes nothing may be asked again.
    let (code, _, err) = said_by(&program.command(&["why", "P1"]).stdout(full()).output().unwrap());
    assert!(code == 7 && err.contains("nothing was changed"), "{code} {err}");
    // A reader that goes away is no error.
    let (reading, writing) = std::io::pipe().unwrap();
    drop(reading);
    let (code, _, err) = said_by(&program.command(&adjust).stdout(writing).output().unwrap());
    assert_eq!((code, err.contains("error")), (0, false), "{err}");
}

#[test]
#[cfg(debug_assertions)]
fn the_head_of_the_trail_is_printed_with_every_run() {
    let folder = scratch();
    let path = programme(folder.path());
    let program = Program::on(&path, folder);
    let out = program.0.path().join("pay.csv");
    let head = |path: &Path| Reader::open(path).unwrap().audit_head().unwrap().unwrap();
    let (_, created, err) = program.run(&["payout", "create", "--json"]);
    let created: serde_json::Value =
        serde_json::from_str(&created).unwrap_or_else(|error| panic!("{error}: {err}"));
    let total = created["totals"]["amount"].as_str().unwrap().to_owned();
    assert_eq!(created["audit_head"]["hash"], head(&path).1);
    let lines: [&[&str]; 3] = [
        &["payout", "approve", RUN, "--yes", "--expect-total", &total],
        &["payout", "file", RUN, "--out", out.to_str().unwrap()],
        &["payout", "show", RUN],
    ];
    for line in lines {
        let (code, out, err) = program.run(line);
        let (no, hash) = head(&path);
        assert_eq!(code, 0, "{err}");
        assert!(out.contains(&format!("Audit row {no} has hash {hash}.")), "{line:?}: {out}");
    }
}

#[test]
#[cfg(debug_assertions)]
fn a_restored_database_says_so_wherever_money_is_looked_at() {
    let folder = scratch();
    let path = programme(folder.path());
    let copy = folder.path().join("copy.db");
    partners::commands::backup::backup(&path, &copy, &operator(), WAIT).unwrap();
    run_by_file(&path, folder.path());
    let program = Program::on(&path, folder);
    let (code, _, err) = program.run(&["restore", copy.to_str().unwrap(), "--reason", "disk", "--yes"]);
    assert_eq!(code, 3, "{err}");
    let (_, out, err) = program.run(&["preview", "--json"]);
    assert!(out.contains("\"code\": \"restored\""), "{out}{err}");
    let (code, _, err) = program.run(&["payout", "create"]);
    assert!(code == 0 && err.contains("was restored from a copy"), "{code} {err}");
    let (code, _, err) = program.run(&["payout", "approve", RUN, "--yes", "--expect-total", "1.00"]);
    assert!(code == 1 && err.contains("was restored from a copy") && err.contains("restore --help"), "{err}");
    let (_, out, _) = program.run(&["doctor"]);
    assert!(out.contains("restored") && !out.contains("there has never been one"), "{out}");
    // What is missing stands line by line.
    let (code, _, err) = program.run(&["restore", "--reconciled", "--reason", "seen"]);
    assert_eq!(code, 1, "{err}");
    assert!(
        !err.contains("\\u{a}") && err.contains("\n  P2: ") && err.contains("hint: record each"),
        "{err}"
    );
}

#[test]
#[cfg(debug_assertions)]
fn the_trail_of_a_partner_and_an_account_is_whole() {
    let folder = scratch();
    let path = folder.path().join("p.db");
    let program = Program::on(&path, folder);
    let write = |name: &str, text: &str| {
        let file = program.0.path().join(name);
        std::fs::write(&file, text).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let done = |line: &[&str]| {
        let (code, out, err) = program.run(line);
        assert_eq!(code, 0, "{line:?}: {err}");
        out
    };
    let partners = |address: &str, status: &str, rate: &str| {
        format!(
            "partner_id,name,email,joined_on,paypal_email,country,tax_form,tax_status,status,referral_code,rate,\
             rate_from\n\
             P1,Ann,ann@example.com,2025-01-01,{address},US,w9,approved,{status},CODE1,{rate}\n\
             P2,Bob,bob@example.com,2025-01-01,bob@pay.net,US,w9,approved,active,CODE2,,\n"
        )
    };
    done(&["init"]);
    done(&["import", "partners", &write("one.csv", &partners("ann@pay.net", "active", "0.25,2025-01-01"))]);
    let billing = "charge_id,account_id,account_email,account_opened_on,billed_on,collected_on,kind,amount,currency,\
        status,referral_code\n\
        C1,A1,c1@example.org,2026-05-25,2026-06-01,2026-06-01,subscription,800.00,USD,paid,CODE1\n\
        C2,A2,c2@example.org,2026-05-25,2026-06-01,2026-06-01,subscription,800.00,USD,paid,CODE2\n";
    done(&["import", "billing", &write("billing.csv", billing)]);
    done(&["attribute"]);
    done(&["payout", "create"]);
    done(&["payout", "cancel", RUN, "--reason", "later", "--yes"]);
    done(&["import", "partners", &write("two.csv", &partners("new@pay.net", "suspended", "0.3,2026-12-01"))]);

    let account = done(&["audit", "log", "--account", "A1"]);
    assert!(account.contains("attribute") && account.contains("A1"), "{account}");
    let log: serde_json::Value =
        serde_json::from_str(&done(&["audit", "log", "--partner", "P1", "--json"])).unwrap();
    let rows = log["rows"].as_array().unwrap();
    let actions: Vec<&str> = rows.iter().map(|row| row["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["import partners", "payout create", "payout cancel", "import partners"]);
    let changes = rows[3]["detail"]["partners"].as_array().unwrap();
    let told: Vec<String> = changes
        .iter()
        .map(|one| format!("{} {}: {} -> {}", one["partner"], one["field"], one["old"], one["new"]))
        .collect();
    assert_eq!(
        told,
        [
            "\"P1\" \"paypal_email\": \"ann@pay.net\" -> \"new@pay.net\"",
            "\"P1\" \"rate\": \"0.25\" -> \"0.3\"",
            "\"P1\" \"status\": \"active\" -> \"suspended\""
        ]
    );
    // The one whose row did not change is not named.
    let other = done(&["audit", "log", "--partner", "P2"]);
    assert_eq!(other.matches("import partners").count(), 1, "{other}");
}
