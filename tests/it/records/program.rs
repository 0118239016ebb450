//! The same verbs as a person and a script meet them: words, exit codes, JSON.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A folder with a database, and the program in an environment of nothing.
struct Program(tempfile::TempDir);

impl Program {
    fn new() -> Self {
        let program = Self(tempfile::tempdir().unwrap());
        program.done(&["init"]);
        program
    }

    fn db(&self) -> &Path {
        self.0.path()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_partners"))
            .env_clear()
            .env("PARTNERS_TEST_NOW", "2026-11-22T12:00:00Z")
            .args(["--db", self.db().join("p.db").to_str().unwrap(), "--actor", "ann"])
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }

    /// Runs what must succeed, and returns what it answered.
    fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.done(&[arguments, &["--json"]].concat())).unwrap()
    }

    /// Runs what must fail, and returns the exit code and what was said.
    fn fails(&self, arguments: &[&str]) -> (i32, String) {
        let output = self.run(arguments);
        assert!(output.stdout.is_empty(), "an answer of a failure");
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    }
}

#[test]
#[cfg(debug_assertions)]
fn a_partner_is_entered_step_by_step() {
    let program = Program::new();
    program.done(&["link", "add", "HEART", "--owner", "ann@example.com", "--channel", "social"]);
    let added = program.done(&["partner", "add", "P-7", "--name", "Ann Lee", "--email", "ANN@example.com"]);
    assert!(added.contains("The link HEART is theirs now (R4.2)"), "{added}");
    assert!(added.contains("Next: partners tax set P-7\n"), "{added}");
    let no = ["--citizen", "no", "--green-card", "no", "--days-183", "no", "--worked", "no"];
    program.done(&[&["tax", "set", "P-7", "--form", "international"], &no[..]].concat());
    program.done(&["tax", "approve", "P-7"]);
    program.done(&["paypal", "set", "P-7", "pay@example.org"]);
    let edited = program.json(&["partner", "edit", "P-7", "--status", "active"]);
    assert_eq!(edited["schema"], "partners/change/1");
    assert_eq!(edited["changes"][0]["old"], "pending");
    assert_eq!(edited["changes"][0]["new"], "active");
    let shown = program.json(&["partner", "show", "heart"]);
    assert_eq!(
        (&shown["schema"], &shown["closed_gates"]),
        (&"partners/partner/1".into(), &Value::Array(vec![]))
    );
    assert_eq!(shown["links"][0]["code"], "HEART");
    program.done(&["adjust", "P-7", "120.00", "--reason", "welcome"]);
    let wire = ["--amount", "50.00", "--method", "wire", "--reference", "F1", "--reason", "asked for it"];
    let paid = program.json(&[&["payout", "record", "P-7"], &wire[..]].concat());
    assert_eq!((&paid["balance_before"], &paid["balance_after"]), (&"120.00".into(), &"70.00".into()));
    assert_eq!(program.json(&["payout", "show", paid["run"].as_str().unwrap()])["state"], "settled");
    let log = program.json(&["audit", "log", "--partner", "P-7"]);
    assert_eq!(log["rows"].as_array().unwrap().len(), 7);
    assert_eq!(
        (&log["rows"][0]["actor"], &log["rows"][6]["reason"]),
        (&"ann".into(), &"asked for it".into())
    );
    assert_eq!(program.json(&["audit", "verify"])["ok"], true);
    assert_eq!(program.done(&["--quiet", "partner", "edit", "P-7", "--country", "de"]), "");
}

#[test]
#[cfg(debug_assertions)]
fn what_is_missing_is_named_and_what_is_refused_says_what_to_do() {
    let program = Program::new();
    program.done(&["partner", "add", "P-7", "--name", "Ann Lee", "--email", "ann@example.com"]);
    for (arguments, flag) in [
        (&["partner", "add", "P-8", "--email", "x@example.com"][..], "--name"),
        (&["partner", "release", "P-7"], "--reason"),
        (&["tax", "set", "P-7"], "--form"),
        (&["tax", "reject", "P-7"], "--reason"),
        (&["paypal", "set", "P-7"], "EMAIL"),
        (&["link", "add", "X", "--to", "P-7"], "--channel"),
        (&["link", "add", "X"], "--to or --owner"),
        (&["adjust", "P-7"], "AMOUNT"),
        (&["paypal", "allow-shared", "P-7"], "OTHER"),
        (&["attribute", "A-1"], "--to"),
        (&["payout", "file", "latest"], "--out"),
        (&["payout", "settle", "latest"], "--all-paid or --item ITEM=STATE"),
        (&["payout", "reconcile", "latest"], "--report"),
        (&["policy", "set", "rate", "--from", "2027-01-01"], "VALUE"),
        (&["link", "claim", "X", "--to", "P-7"], "--reason"),
        (&["adjust", "P-7", "1.00"], "--reason"),
        (&["charge", "resolve", "C-1", "--reason", "x"], "--as"),
        (&["note", "add", "P-7"], "TEXT"),
        (&["policy", "set", "rate", "0.3", "--reason", "x"], "--from"),
        (
            &["payout", "record", "P-7", "--amount", "1.00", "--method", "wire", "--reason", "x"],
            "--reference",
        ),
    ] {
        let (code, said) = program.fails(arguments);
        assert_eq!(code, 2, "{arguments:?}: {said}");
        assert!(said.starts_with(&format!("error: {flag} is needed\n")), "{arguments:?}: {said}");
    }
    for (arguments, words) in [
        (&["tax", "approve", "P-7"][..], "hint: partners tax set P-7 --form international"),
        (
            &["tax", "set", "P-7", "--form", "international", "--citizen", "no"],
            "hint: add --green-card, --days-183, --worked",
        ),
        (&["note", "add", "P-7", "12-3456789"], "never stored here (R8)"),
        (&["paypal", "confirm", "P-7"], "hint: partners paypal set P-7 ADDRESS"),
        (&["account", "show", "A-1"], "there is no account \"A-1\""),
        (&["audit", "log", "--run", "latest"], "there is no run yet"),
    ] {
        let (code, said) = program.fails(arguments);
        assert_eq!(code, 1, "{arguments:?}: {said}");
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
    assert_eq!(program.fails(&["adjust", "P-7", "1e3", "--reason", "x"]).0, 2);
    assert_eq!(
        program.fails(&["policy", "set", "rate", "25%", "--from", "2027-01-01", "--reason", "x"]).0,
        2
    );
}

#[test]
#[cfg(debug_assertions)]
fn unknown_names_are_answered_with_those_that_were_meant() {
    let program = Program::new();
    program.done(&["partner", "add", "P-EMMA", "--name", "Emma Hart", "--email", "emma@example.com"]);
    for (arguments, words) in [
        (&["why", "P-EMA"][..], "hint: did you mean P-EMMA (Emma Hart)?"),
        (&["statement", "emma@exmaple.com"], "hint: did you mean P-EMMA (Emma Hart)?"),
        (&["account", "show", "A-1"], "hint: partners lookup A-1 searches"),
        (&["payout", "show", "lastest"], "hint: partners payout list names the runs"),
        (&["payout", "show", "latest"], "hint: partners payout create drafts one"),
    ] {
        let (code, said) = program.fails(arguments);
        assert_eq!(code, 1, "{arguments:?}: {said}");
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
    let (code, said) = program.fails(&["why", "P-EMA", "--json"]);
    assert_eq!(code, 1);
    let error: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(error["error"]["hint"], "did you mean P-EMMA (Emma Hart)?");
    // A tip of clap's is kept for scripts, and no flag that was given by the environment is asked for.
    let (_, said) = program.fails(&["prevew", "--json"]);
    assert!(said.contains("a similar subcommand exists: 'preview'"), "{said}");
    let (_, said) = program.fails(&["partner", "show", "--json"]);
    assert!(said.contains("<PARTNER>"), "{said}");
}

#[test]
#[cfg(debug_assertions)]
fn words_fit_what_was_done() {
    let program = Program::new();
    let added = program.done(&["partner", "add", "P-7", "--name", "Ann Lee", "--email", "ann@example.com"]);
    assert!(added.starts_with("Added the partner P-7.\n"), "{added}");
    let link = program.done(&["link", "add", "SUN", "--to", "P-7", "--channel", "link"]);
    assert!(link.starts_with("Added the link SUN.\n"), "{link}");
    let listed = program.done(&["link", "list", "--owner", "nobody@example.org"]);
    assert!(listed.contains("Next: partners lookup nobody@example.org"), "{listed}");
    program.done(&["tax", "set", "P-7", "--form", "w9"]);
    program.done(&["tax", "approve", "P-7"]);
    let again = program.run(&["tax", "set", "P-7", "--form", "w9", "--signed-on", "2026-11-20"]);
    let said = String::from_utf8(again.stderr).unwrap();
    assert!(said.contains("the approval of w9 on file is dropped"), "{said}");
    program.done(&["adjust", "P-7", "120.00", "--reason", "welcome"]);
    let wire = ["--amount", "50.00", "--method", "wire", "--reference", "F1", "--reason", "asked for it"];
    program.done(&[&["payout", "record", "P-7"], &wire[..]].concat());
    let runs = program.done(&["payout", "list"]);
    assert!(runs.contains("outside") && runs.contains("50.00") && runs.contains("1 run\n"), "{runs}");
    let log = program.done(&["audit", "log"]);
    assert!(!log.contains('{') && log.contains("amount 50.00"), "{log}");
}

#[test]
#[cfg(debug_assertions)]
fn a_changed_past_is_exit_1() {
    let program = Program::new();
    program.done(&["policy", "set", "minimum", "50.00", "--from", "2027-01-01", "--reason", "terms"]);
    let path = program.db().join("p.db");
    // Opening it through the library first is what seals the pages of the next connection.
    drop(partners::store::Reader::open(&path).unwrap());
    let sql = crate::tamper::sealed_sql(&path);
    sql.execute_batch("DROP TRIGGER audit_keeps_rows; UPDATE audit SET actor = 'eve' WHERE audit_no = 2")
        .unwrap();
    drop(sql);
    let output = program.run(&["audit", "verify"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&output.stdout).contains("Row 2 of the audit trail is not as it was written")
    );
}
