//! The program itself, as a script calls it: refusals that change nothing, answers that are one object, and the places
//! where it must not do what it was not told.

use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::world::{BILLING, World};

pub(super) struct Said {
    pub(super) code: Option<i32>,
    pub(super) out: String,
    pub(super) talk: String,
}

pub(super) fn run(database: &Path, words: &[&str], input: &str) -> Said {
    let mut child = Command::new(env!("CARGO_BIN_EXE_partners"))
        .env_clear()
        .env("PARTNERS_TEST_NOW", "2026-11-22T12:00:00Z")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .arg("--db")
        .arg(database)
        .args(words)
        .spawn()
        .unwrap();
    // A program that refuses before it reads closes the pipe.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Said { code: output.status.code(), out: text(output.stdout), talk: text(output.stderr) }
}

pub(super) fn json(said: &Said) -> Value {
    serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {}{}", said.out, said.talk))
}

#[test]
fn rejects_over_the_database_or_without_room_change_nothing() {
    let world = World::new();
    let file = world.file("1.csv", format!("{BILLING}C1,A1,,2026-01-01,,sms,5x,,,,pending,,,\n"));
    let database = world.database();
    let before = std::fs::read(&database).unwrap();
    let import = |rejects: &Path| {
        run(
            &database,
            &["import", "billing", file.to_str().unwrap(), "--rejects", rejects.to_str().unwrap()],
            "",
        )
    };
    let said = import(&database);
    assert!(said.code == Some(1) && said.talk.contains("is the database"), "{}", said.talk);
    let said = import(&world.path().join("nowhere/r.csv"));
    assert!(said.code == Some(7) && said.talk.contains("nothing was imported"), "{}", said.talk);
    assert_eq!(std::fs::read(&database).unwrap(), before);
    let said = import(&world.path().join("r.csv"));
    assert_eq!(said.code, Some(3), "{}", said.talk);
    let mode = std::fs::metadata(world.path().join("r.csv")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn warnings_are_said_and_in_the_object() {
    let world = World::new();
    let text =
        format!("{BILLING}C1,A1,,2026-01-01,,addon,5,,,,pending,moon,,\n").replace("description", "more");
    let said = run(&world.database(), &["import", "billing", "-", "--json"], &text);
    let all = json(&said);
    let codes: Vec<&str> =
        all["warnings"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["unknown_columns", "blank_currency", "unclassified"], "{all}");
    for words in
        ["unknown columns are ignored: more", "1 row has no currency", "1 row is of the unknown kind"]
    {
        assert!(said.talk.contains(words), "{}", said.talk);
    }
    let said = run(&world.database(), &["import", "billing", "-", "--format", "csv"], &text);
    assert!(
        said.out.starts_with("file,rows,new,updated,seen,stale,reversed,set_aside,unclassified\n'-,1,0,"),
        "{}",
        said.out
    );
}

#[test]
fn a_profile_is_one_object_and_checks_standard_input() {
    let world = World::new();
    let said = run(&world.database(), &["profile", "show", "stripe-balance", "--json"], "");
    let all = json(&said);
    assert_eq!(all["schema"], "partners/profile/1");
    assert!(all["text"].as_str().unwrap().starts_with("# Stripe"));
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/csv/stripe-payments/old-header.csv");
    let text = std::fs::read_to_string(sample).unwrap();
    let said = run(&world.database(), &["profile", "check", "-", "--json"], &text);
    assert_eq!((json(&said)["rows"].as_u64(), said.code), (Some(9), Some(0)), "{}", said.talk);
    // A rule on a column that the file does not have is named, by the check and by the import.
    let own = run(&world.database(), &["profile", "show", "stripe-payments"], "").out
        + "\n[[line]]\nkind = \"subscription\"\ncolumn = \"Plan\"\nexact = \"Pro\"\n";
    let own = world.file("own.toml", own);
    let words = ["profile", "check", "-", "--json", "--profile", own.to_str().unwrap()];
    let all = json(&run(&world.database(), &words, &text));
    assert!(all["absent"].as_array().unwrap().contains(&"Plan".into()), "{all}");
    let words = ["import", "billing", "-", "--profile", own.to_str().unwrap()];
    let said = run(&world.database(), &words, &text);
    let lacks = "lacks the column Plan: the [[line]] rules that look at it fit no line";
    assert!(said.talk.contains(lacks), "{}", said.talk);
}

#[test]
fn init_makes_private_folders_and_keeps_what_is_there() {
    let world = World::new();
    let database = world.path().join("a/b/c/p.db");
    let command =
        format!("umask 000; exec {} --db {} init", env!("CARGO_BIN_EXE_partners"), database.display());
    let output = Command::new("sh").args(["-c", &command]).env_clear().output().unwrap();
    assert!(output.status.success(), "{output:?}");
    for folder in ["a", "a/b", "a/b/c"] {
        let mode = std::fs::metadata(world.path().join(folder)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700, "{folder}");
    }
    let said = run(&database, &["init", "--currency", "EUR", "--timezone", "Europe/Berlin"], "");
    assert_eq!(said.code, Some(0));
    assert!(said.talk.contains("pays in USD and keeps it"), "{}", said.talk);
    assert!(said.talk.contains("reckons dates in UTC and keeps it"), "{}", said.talk);
    for words in [["init"].as_slice(), &["partner", "list"], &["adjust", "P1", "1", "--reason", "x"]] {
        let said = run(world.path(), words, "");
        assert!(
            said.code == Some(1) && said.talk.contains("is a folder, and the database is a file"),
            "{}",
            said.talk
        );
    }
}

#[test]
fn a_policy_is_tried_and_a_rate_below_nothing_is_refused() {
    let world = World::new();
    let database = world.database();
    let set = |value: &str, more: &[&str]| {
        let mut words = vec!["policy", "set", "rate", value, "--from", "2027-01-01", "--reason", "board"];
        words.extend(more);
        run(&database, &words, "")
    };
    let said = set("-0.1", &[]);
    assert!(said.code == Some(2) && said.talk.contains("\"-0.1\" is not a rate"), "{}", said.talk);
    let before = std::fs::read(&database).unwrap();
    let said = set("0.30", &["--dry-run"]);
    assert!(
        said.code == Some(0) && said.out.contains("Dry run, nothing was changed."),
        "{}{}",
        said.out,
        said.talk
    );
    assert_eq!(json(&set("0.30", &["--dry-run", "--json"]))["dry_run"], true);
    assert_eq!(std::fs::read(&database).unwrap(), before);
    assert_eq!(set("0.30", &[]).code, Some(0));
}

#[test]
fn another_program_s_lock_is_waited_for_as_long_as_asked() {
    let world = World::new();
    let database = world.database();
    let other = rusqlite::Connection::open(&database).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let start = Instant::now();
    let said = run(
        &database,
        &["import", "billing", "-", "--wait", "0"],
        &format!("{BILLING}C1,A1,,2026-01-01,,sms,5,,,,pending,,,\n"),
    );
    assert_eq!(said.code, Some(5), "{}", said.talk);
    assert!(start.elapsed() < Duration::from_secs(8), "{:?}", start.elapsed());
    drop(other);
}

#[test]
fn states_of_addresses_are_the_rulebook_s_words() {
    let world = World::new();
    let file = "partner_id,name,email,joined_on,paypal_email\nP1,A,a@example.com,2026-01-01,\n\
                P2,B,b@example.com,2026-01-01,b@@example.com\nP3,C,c@example.com,2026-01-01,c@example.com\n";
    world.take(partners::import::Kind::Partners, file);
    for (partner, state) in [("P1", "missing"), ("P2", "malformed"), ("P3", "unconfirmed")] {
        let said = run(&world.database(), &["partner", "show", partner, "--json"], "");
        assert_eq!(json(&said)["paypal_state"], state);
    }
}

#[test]
fn referrals_are_of_addresses_and_of_days_that_have_come() {
    let world = World::new();
    let head = "email,code,referred_on\n";
    for (row, words) in [
        ("nobody,c,2026-01-01\n", "2 email: is not an e-mail address"),
        ("a@example.com,c,2026-11-24\n", "2 referred_on: is later than tomorrow, 2026-11-23"),
    ] {
        let report = world.take(partners::import::Kind::Referrals, &format!("{head}{row}"));
        assert_eq!(super::world::reasons(&report), [words]);
    }
}

/// What earns nothing until somebody decides is named for as long as nobody has (R2.1, R2.4).
#[test]
fn what_nobody_has_decided_is_listed_until_somebody_does() {
    let world = World::new();
    let database = world.database();
    let of = |words: &[&str], input: &str| run(&database, words, input);
    let rows = "C1,A1,a@example.com,2026-01-01,2026-01-01,setup,50.00,,,,paid,,,Set-up\n\
                C2,A1,a@example.com,2026-02-01,2026-02-01,setup,30.00,,,,paid,,,Set-up\n\
                C3,A1,a@example.com,2026-02-01,2026-02-01,subscription,30.00,,,,paid,,,Plan\n";
    of(&["import", "billing", "-"], &format!("{BILLING}{rows}"));
    let refund = "balance_transaction_id,created_utc,currency,gross,fee,net,reporting_category,source_id,description,\
                  customer_id,customer_email,charge_id\n\
                  txn_1,2026-03-01 10:00:00,usd,-12.50,0,0,refund,re_1,x,cus_9,x@example.com,ch_9\n";
    let report = json(&of(&["import", "billing", "-", "--profile", "stripe-balance", "--json"], refund));
    assert_eq!(report["files"][0]["refunds_waiting"], 1);
    let undecided = json(&of(&["report", "undecided", "--json"], ""));
    assert_eq!(undecided["unclassified"][0]["description"], "Set-up");
    assert_eq!(
        (&undecided["unclassified"][0]["charges"], &undecided["unclassified"][0]["amount"]),
        (&2.into(), &"80.00".into())
    );
    assert_eq!(undecided["unclassified"].as_array().map(Vec::len), Some(1));
    assert_eq!(undecided["refunds_waiting"][0]["charge_id"], "ch_9");
    let warned = |said: &Said| {
        let preview = json(said);
        let all = preview["warnings"].as_array().unwrap().iter();
        all.filter(|one| one["code"] == "unclassified").map(|one| one["text"].to_string()).collect::<Vec<_>>()
    };
    let before = warned(&of(&["preview", "--json"], ""));
    assert!(
        before.len() == 1
            && before[0].contains("2 charges are of no kind")
            && before[0].contains("80.00 USD")
    );
    let said = of(&["charge", "show", "ch_9"], "");
    assert!(said.talk.contains("1 refund of it waits until it comes"), "{}", said.talk);
    // The charge comes, and somebody decides: nothing is left to name.
    let charge =
        refund.replace("-12.50", "79.00").replace(",refund,re_1,", ",charge,ch_9,").replace("txn_1", "txn_2");
    of(&["import", "billing", "-", "--profile", "stripe-balance"], &charge);
    let shown = of(&["charge", "show", "ch_9"], "");
    assert!(shown.out.contains("Refunds and disputes as they came"), "{}{}", shown.out, shown.talk);
    of(&["import", "billing", "-"], &format!("{BILLING}{}", rows.replace(",setup,", ",other,")));
    let left = json(&of(&["report", "undecided", "--json"], ""));
    assert_eq!(left["refunds_waiting"].as_array().map(Vec::len), Some(0));
    assert_eq!(left["unclassified"][0]["charge_id"], "ch_9");
}
