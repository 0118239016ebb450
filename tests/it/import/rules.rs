//! The rules of CONTRACT.md "CSV in", one by one.

use std::path::PathBuf;

use partners::commands::import::{Ask, Expected, ImportError};
use partners::import::Kind;
use partners::import::merge::Undoing;
use partners::money::Money;

use super::world::{BILLING, World, counts, reasons};

fn billing(rows: &str) -> String {
    format!("{BILLING}{rows}")
}

#[test]
fn the_same_again_is_seen_and_other_content_updates() {
    let world = World::new();
    let first = billing("C1,A1,a@example.com,2026-01-01,2026-01-02,subscription,100.00,,,USD,paid,ref1,,x\n");
    assert_eq!(counts(&world.take(Kind::Billing, &first)), (1, 0, 0, 0, 0, 0));
    let before = world.facts();
    assert_eq!(counts(&world.take(Kind::Billing, &first)), (0, 0, 1, 0, 0, 0));
    assert_eq!(world.facts(), before);
    let second = first.replace("100.00", "90.00").replace("a@example.com", "b@example.com");
    assert_eq!(counts(&world.take(Kind::Billing, &second)), (0, 1, 0, 0, 0, 0));
    assert!(world.facts().contains("9000") && world.facts().contains("b@example.com"));
}

#[test]
fn account_and_currency_of_a_charge_never_change() {
    let world = World::new();
    world.take(Kind::Billing, &billing("C1,A1,,2026-01-01,2026-01-02,subscription,100.00,,,,paid,,,\n"));
    let before = world.facts();
    let moved = billing("C1,A2,,2026-01-01,2026-01-02,subscription,100.00,,,,paid,,,\n");
    let report = world.take(Kind::Billing, &moved);
    assert_eq!(reasons(&report), ["2 account_id: charge C1 belongs to account A1 and never moves"]);
    assert!(report.needs_person());
    // Reported once.
    assert_eq!(counts(&world.take(Kind::Billing, &moved)), (0, 0, 1, 0, 0, 0));
    let report = world
        .take(Kind::Billing, &billing("C1,A1,,2026-01-01,2026-01-02,subscription,100.00,,,EUR,paid,,,\n"));
    assert_eq!(reasons(&report), ["2 currency: charge C1 is in the programme's currency and keeps it"]);
    assert_eq!(world.facts(), before);
    // The programme's own currency, named or blank, is the same.
    let named = billing("C1,A1,,2026-01-01,2026-01-02,subscription,100.00,,,usd,paid,,,\n");
    assert_eq!(counts(&world.take(Kind::Billing, &named)), (0, 0, 1, 0, 0, 0));
}

#[test]
fn the_newest_row_wins_and_an_older_one_is_stale() {
    let world = World::new();
    let row = |amount: &str, at: &str| {
        billing(&format!("C1,A1,,2026-01-01,2026-01-02,subscription,{amount},,,,paid,,{at},\n"))
    };
    world.take(Kind::Billing, &row("50.00", "2026-02-02T10:00:00Z"));
    assert_eq!(counts(&world.take(Kind::Billing, &row("40.00", "2026-02-02T09:00:00Z"))), (0, 0, 0, 1, 0, 0));
    assert!(world.facts().contains("5000"));
    // In one file the order is that of updated_at, not of the lines.
    let both = billing(
        "C2,A1,,2026-01-01,2026-01-02,subscription,2.00,,,,paid,,2026-03-02,\n\
         C2,A1,,2026-01-01,2026-01-02,subscription,1.00,,,,paid,,2026-03-01,\n",
    );
    assert_eq!(counts(&world.take(Kind::Billing, &both)), (1, 1, 0, 0, 0, 0));
    assert!(world.facts().contains("|200|"));
}

#[test]
fn differing_rows_of_one_file_are_all_set_aside() {
    let world = World::new();
    let report = world.take(
        Kind::Billing,
        &billing(
            "C1,A1,,2026-01-01,2026-01-02,subscription,1.00,,,,paid,,,\n\
             C2,A1,,2026-01-01,2026-01-02,subscription,1.00,,,,paid,,,\n\
             C1,A1,,2026-01-01,2026-01-02,subscription,2.00,,,,paid,,,\n\
             C2,A1,,2026-01-01,2026-01-02,subscription,1.00,,,,paid,,,\n",
        ),
    );
    assert_eq!(counts(&report), (1, 0, 1, 0, 0, 2));
    assert_eq!(
        reasons(&report)[0],
        "2 charge_id: the file has 2 different rows of this charge and no updated_at says which is the latest"
    );
}

#[test]
fn refunds_grow_by_events_and_shrink_only_when_accepted() {
    let world = World::new();
    let row = |refunded: &str, on: &str, status: &str| {
        billing(&format!("C1,A1,,2026-01-01,2026-01-02,subscription,100.00,{refunded},{on},,{status},,,\n"))
    };
    world.take(Kind::Billing, &row("", "", "paid"));
    world.take(Kind::Billing, &row("10.00", "2026-02-01", "partially_refunded"));
    world.take(Kind::Billing, &row("", "2026-03-01", "refunded"));
    assert!(world.facts().contains("\"C1\"|20260201|1000|\n\"C1\"|20260301|9000|"), "{}", world.facts());
    let before = world.facts();
    let undo = row("", "", "paid");
    let report = world.take(Kind::Billing, &undo);
    assert!(reasons(&report)[0].contains("would undo a refund of charge C1 (status was refunded)"));
    assert_eq!(world.facts(), before);
    let files = [world.file("undo.csv", &undo)];
    let mut ask = World::ask(Kind::Billing, &files);
    ask.undoing = Undoing::Accepted;
    assert_eq!(counts(&world.run(&ask, "").unwrap()), (0, 1, 0, 0, 0, 0));
    assert!(!world.facts().contains("20260201"));
}

/// R2.4, PROMISES 13: what a smaller refund says of its day counts, whichever file comes first.
#[test]
fn a_refund_that_shrinks_takes_the_day_it_tells() {
    let row = |refunded: &str, on: &str, at: &str| {
        billing(&format!(
            "C1,A1,,2026-01-01,2026-01-02,subscription,100.00,{refunded},{on},,partially_refunded,,{at},\n"
        ))
    };
    let (more, less) = (
        row("50.00", "2026-03-05", "2026-03-06T00:00:00Z"),
        row("40.00", "2026-03-09", "2026-03-10T00:00:00Z"),
    );
    for order in [[&more, &less], [&less, &more]] {
        let world = World::new();
        for text in order {
            world.take(Kind::Billing, text);
        }
        assert!(world.facts().contains("\"C1\"|20260309|4000|"), "{}", world.facts());
    }
    // Without updated_at a person accepts it, day and all.
    let world = World::new();
    world.take(Kind::Billing, &row("50.00", "2026-03-05", ""));
    let files = [world.file("less.csv", row("40.00", "2026-03-09", ""))];
    world.run(&Ask { undoing: Undoing::Accepted, ..World::ask(Kind::Billing, &files) }, "").unwrap();
    assert!(world.facts().contains("\"C1\"|20260309|4000|"), "{}", world.facts());
}

#[test]
fn uncollecting_is_applied_counted_and_needs_a_person() {
    let world = World::new();
    world.take(Kind::Billing, &billing("C1,A1,,2026-01-01,2026-01-02,subscription,100.00,,,,paid,,,\n"));
    let report =
        world.take(Kind::Billing, &billing("C1,A1,,2026-01-01,,subscription,100.00,,,,collections,,,\n"));
    assert_eq!(counts(&report), (0, 0, 0, 0, 1, 0));
    assert!(report.needs_person());
}

#[test]
fn cells_that_cannot_be_taken_are_named() {
    let world = World::new();
    for (row, reason) in [
        ("C1,A1,,2026-01-01,2026-01-02,subscription,1e9,,,,paid,,,\n", "2 amount: is not an amount"),
        ("C1,A1,,2026-01-01,2026-01-02,subscription,-5,,,,paid,,,\n", "2 amount: is below zero"),
        (
            "C1,A1,,2026-01-01,2026-01-02,subscription,5,6,,,paid,,,\n",
            "2 refunded: is more than the amount, 5.00",
        ),
        (
            "C1,A1,,2026-01-01,2026-01-02,subscription,5,,,,partially_refunded,,,\n",
            "2 refunded: status partially",
        ),
        ("C1,A1,,2026-01-01,,subscription,5,,,,paid,,,\n", "2 collected_on: is blank, and status paid"),
        (
            "C1,A1,,2026-01-01,2026-11-24,subscription,5,,,,paid,,,\n",
            "2 collected_on: is later than tomorrow",
        ),
        ("C1,A1,,2026-11-24,,subscription,5,,,,pending,,,\n", "2 billed_on: is later than tomorrow"),
        ("C1,A1,,03/04/2026,,subscription,5,,,,pending,,,\n", "2 billed_on: could be 2026-04-03"),
        ("C1,A1,,2026-02-30,,subscription,5,,,,pending,,,\n", "2 billed_on: is not a date"),
        ("C1,A1,,2026-01-01,,subscription,5.5,,,JPY,pending,,,\n", "2 amount: is not an amount"),
        ("C1,A1,,2026-01-01,,subscription,5,,,dollars,pending,,,\n", "2 currency: is not a currency"),
        ("C1,A1,,2026-01-01,,subscription,5,,,,settled,,,\n", "2 status: is not a charge status"),
        ("C1,A1,,2026-01-01,,,5,,,,pending,,,\n", "2 kind: is blank and needed"),
        ("-,A1,,2026-01-01,,sms,5,,,,pending,,,\n", "2 charge_id: is needed and cannot be cleared"),
        ("C 1,A1,,2026-01-01,,sms,5,,,,pending,,,\n", "2 charge_id: holds the character \\u{20}"),
        (
            "C1,A1,a\u{200b}@example.com,2026-01-01,,sms,5,,,,pending,,,\n",
            "2 account_email: holds the character",
        ),
        ("C1,A1,,2026-01-01\n", "2 : the row holds 4 of the header's 14 cells"),
    ] {
        let report = world.take(Kind::Billing, &billing(row));
        let found = reasons(&report);
        assert!(found.len() == 1 && found[0].starts_with(reason), "{row}: {found:?}");
    }
    // Tomorrow is taken: somewhere it is tomorrow already.
    let tomorrow = billing("C1,A1,,2026-11-23,2026-11-23,subscription,5,,,,paid,,,\n");
    assert_eq!(counts(&world.take(Kind::Billing, &tomorrow)), (1, 0, 0, 0, 0, 0));
}

#[test]
fn what_nobody_classified_is_kept_and_reported() {
    let world = World::new();
    let report = world.take(
        Kind::Billing,
        &billing(
            "C1,A1,,2026-01-01,,addon,5,,,,pending,,,\n\
             C2,A1,,2026-01-01,,addon,7.50,,,EUR,pending,,,\n\
             C3,A1,,2026-01-01,,SMS,1,,,,pending,,,\n",
        ),
    );
    let tally = &report.files[0].tally;
    assert_eq!((tally.unclassified.rows, tally.unclassified.amount), (2, Money::from_minor(500)));
    assert_eq!(tally.unclassified_kinds["addon"].rows, 2);
    assert_eq!((tally.blank_currency, tally.other_currencies.len()), (2, 1));
    assert_eq!(report.to_json()["files"][0]["unclassified"], 2);
}

#[test]
fn account_facts_come_from_the_row_billed_latest_and_a_blank_never_erases() {
    let world = World::new();
    let row = |id: &str, email: &str, on: &str| {
        billing(&format!("{id},A1,{email},{on},,subscription,5,,,,pending,,,\n"))
    };
    let email = |world: &World| {
        let facts = world.facts();
        facts.lines().find(|line| line.starts_with("\"A1\"|")).unwrap().split('|').nth(1).unwrap().to_owned()
    };
    world.take(Kind::Billing, &row("C2", "two@example.com", "2026-02-01"));
    world.take(Kind::Billing, &row("C1", "one@example.com", "2026-01-01"));
    assert_eq!(email(&world), "\"two@example.com\"");
    world.take(Kind::Billing, &row("C3", "three@example.com", "2026-02-01"));
    assert_eq!(email(&world), "\"three@example.com\"");
    world.take(Kind::Billing, &row("C4", "", "2026-05-01"));
    assert_eq!(email(&world), "\"three@example.com\"");
    world.take(Kind::Accounts, "account_id,email\nA1,file@example.com\n");
    world.take(Kind::Billing, &row("C5", "five@example.com", "2026-06-01"));
    assert_eq!(email(&world), "\"file@example.com\"");
    let report = world.take(Kind::Accounts, "account_id,email,name\nA1,-,Ann\n");
    assert_eq!(counts(&report), (0, 1, 0, 0, 0, 0));
    assert_eq!(email(&world), "");
}

#[test]
fn only_columns_that_differ_from_the_last_import_are_applied_to_a_partner() {
    let world = World::new();
    let head = "partner_id,name,email,joined_on,paypal_email,status,tax_form,tax_status,tax_decided_on,rate,\
                rate_from\n";
    let row = "P1,Pat,pat@example.com,2026-01-01,pay@example.com,,w9,approved,2026-02-01,0.3,2026-03-01\n";
    assert_eq!(counts(&world.take(Kind::Partners, &format!("{head}{row}"))), (1, 0, 0, 0, 0, 0));
    assert!(world.facts().contains("\"P1\"|0|300000|"), "a first rate is in force from the beginning");
    let sql = rusqlite::Connection::open(world.database()).unwrap();
    sql.execute("UPDATE partners SET status = 'suspended', paypal_state = 'rejected'", []).unwrap();
    assert_eq!(counts(&world.take(Kind::Partners, &format!("{head}{row}"))), (0, 0, 1, 0, 0, 0));
    // The same address in other letters is no re-entry; a new rate holds from its day.
    let again = row.replace("pay@example.com", "Pay@Example.com").replace("0.3,", "0.2,");
    assert_eq!(counts(&world.take(Kind::Partners, &format!("{head}{again}"))), (0, 1, 0, 0, 0, 0));
    let facts = world.facts();
    assert!(
        facts.contains("\"suspended\"") && facts.contains("|\"Pay@Example.com\"|\"rejected\"||"),
        "{facts}"
    );
    assert!(facts.contains("\"P1\"|20260301|200000|") && facts.contains("\"P1\"|0|300000|"));
    let moved = again.replace("Pay@Example.com", "new@example.com");
    world.take(Kind::Partners, &format!("{head}{moved}"));
    assert!(world.facts().contains("|\"new@example.com\"|\"unconfirmed\"|20261122|"), "{}", world.facts());
}

#[test]
fn a_second_bearer_is_set_aside_and_a_waiting_link_finds_its_owner() {
    let world = World::new();
    world
        .take(Kind::Links, "code,owner_email,channel\nshare1,Pat@Example.com,social\nother,o@example.com,\n");
    let head = "partner_id,name,email,joined_on,referral_code\n";
    let report = world.take(
        Kind::Partners,
        &format!(
            "{head}P1,Pat,pat@example.com,2026-01-05,ref1\nP2,Pit,PAT@example.com,2026-01-05,ref2\n\
             P3,Put,put@example.com,2026-01-05,REF1\nP4,Pot,pot@example.com,2026-01-05,other\n"
        ),
    );
    assert_eq!(
        reasons(&report),
        [
            "3 email: the login e-mail belongs to partner P1 (R4.7)",
            "4 referral_code: the code belongs to partner P1 (R4.7)",
            "5 referral_code: the code belongs to o@example.com, who is no partner yet (R4.7)",
        ]
    );
    let claimed = &report.files[0].tally.claimed;
    assert_eq!((claimed.len(), claimed[0].code.as_str(), claimed[0].partner.as_str()), (1, "share1", "P1"));
    assert!(world.facts().contains("\"share1\"|\"P1\"|\"Pat@Example.com\"|\"social\"||20260105|"));
    let again = "code,partner_id,owner_email,channel\nshare1,,pat@example.com,email\nref1,P1,,\nother,P1,,\nx,P9,,\n\
                 mine,,pat@example.com,\n";
    let report = world.take(Kind::Links, again);
    assert_eq!(counts(&report), (1, 1, 1, 0, 0, 2));
    assert!(world.facts().contains("\"mine\"|\"P1\"|\"pat@example.com\"|\"link\"|||"), "{}", world.facts());
}

#[test]
fn what_an_earlier_system_paid_becomes_a_settled_run() {
    let world = World::new();
    world.take(Kind::Partners, "partner_id,name,email,joined_on\nP1,Pat,pat@example.com,2026-01-05\n");
    world.take(Kind::Billing, &billing("C1,A1,,2026-01-01,2026-01-02,subscription,100.00,,,,paid,,,\n"));
    let file = "charge_id,partner_id,amount,paid_on,reference\nC1,P1,25.00,2026-02-06,batch 7\n\
                C1,P1,-5.00,2026-02-13,batch 8\nC9,P1,1.00,2026-02-06,\nC1,P9,1.00,2026-02-06,\n";
    let report = world.take(Kind::Settled, file);
    assert_eq!(counts(&report), (2, 0, 0, 0, 0, 2));
    assert!(world.facts().contains("\"C1\"|\"P1\"|-500|\"settled-2026-02-13\"|"), "{}", world.facts());
    assert_eq!(counts(&world.take(Kind::Settled, file)), (0, 0, 4, 0, 0, 0));
    let other = file.replace("25.00", "26.00");
    assert!(reasons(&world.take(Kind::Settled, &other))[0].contains("was imported with 25.00"));
    let more = "charge_id,partner_id,amount,paid_on,reference\nC1,P1,1.00,2026-02-13,late\n";
    world.take(Kind::Settled, more);
    assert!(world.facts().contains("\"settled-2026-02-13-2\""));
}

#[test]
fn dry_runs_and_refusals_change_nothing() {
    let world = World::new();
    let good = billing("C1,A1,,2026-01-01,,subscription,5,,,,pending,,,\n");
    let bad =
        billing("C2,A1,,2026-01-01,,subscription,5x,,,,pending,,,\nC3,A1,,2026-01-01,,sms,5,,,,pending,,,\n");
    let files = [world.file("1.csv", &good), world.file("2.csv", &bad)];
    let empty = world.facts();
    let mut ask = World::ask(Kind::Billing, &files);
    ask.dry_run = true;
    let report = world.run(&ask, "").unwrap();
    assert!(report.dry_run && report.needs_person() && report.files.len() == 2);
    assert_eq!(world.facts(), empty);
    ask.dry_run = false;
    ask.strict = true;
    let rejects = world.path().join("rejects.csv");
    ask.rejects = Some(&rejects);
    let error = world.run(&ask, "").unwrap_err();
    assert!(matches!(error, ImportError::Strict { .. }), "{error}");
    assert_eq!(world.facts(), empty);
    let written = std::fs::read_to_string(&rejects).unwrap();
    assert!(written.contains(",2,amount,5x,"), "{written}");
    ask.strict = false;
    ask.expected = Expected { rows: Some(3), total: Some(Money::from_minor(1001)) };
    let error = world.run(&ask, "").unwrap_err().to_string();
    assert_eq!(error, "the files hold 10.00 USD, and 10.01 were expected; nothing was imported");
    assert_eq!(world.facts(), empty);
    ask.expected.total = Some(Money::from_minor(1000));
    assert_eq!(world.run(&ask, "").unwrap().files.len(), 2);
    let fresh = World::new();
    let damaged = fresh.file("3.csv", "charge_id\n");
    let files = [fresh.file("1.csv", &good), damaged];
    let error = fresh.run(&World::ask(Kind::Billing, &files), "").unwrap_err().to_string();
    assert!(error.contains("3.csv: line 1: the header lacks account_id"), "{error}");
    assert_eq!(fresh.facts(), empty);
}

#[test]
fn the_same_bytes_are_named_and_skipped() {
    let world = World::new();
    let text = billing("C1,A1,,2026-01-01,,addon,5,,,,pending,,,\n");
    let files = [world.file("1.csv", &text)];
    let mut ask = World::ask(Kind::Billing, &files);
    ask.again = false;
    world.run(&ask, "").unwrap();
    let input = [PathBuf::from("-")];
    for (files, input) in [(&files[..], ""), (&input[..], text.as_str())] {
        ask.files = files;
        let report = world.run(&ask, input).unwrap();
        assert_eq!(counts(&report), (0, 0, 1, 0, 0, 0));
        assert!(report.files[0].skipped.is_some() && !report.needs_person());
        assert_eq!(report.to_json()["files"][0]["unclassified"], 1);
    }
}

#[test]
fn a_status_that_gives_all_back_means_the_whole_amount_where_the_column_says_nothing_or_nought() {
    for (refunded, status) in
        [("", "refunded"), ("0.00", "refunded"), ("0", "chargeback"), ("5.00", "chargeback")]
    {
        let world = World::new();
        let row = format!("C1,A1,,2026-01-01,2026-01-02,subscription,5.00,{refunded},,,{status},,,\n");
        world.take(Kind::Billing, &format!("{BILLING}{row}"));
        assert!(world.facts().contains("|500|500|"), "{refunded:?} {status} (R2.4)");
    }
}
