//! Runs in several batches, the report of a run by file, and two processes at once.

use std::fs;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::common::fake_paypal::FakePaypal;
use crate::common::world::{RUN, World};

const FIVE: [&str; 5] = ["a@example.com", "b@example.com", "c@example.com", "d@example.com", "e@example.com"];

fn five() -> (World, FakePaypal) {
    let fake = FakePaypal::start(&["--settle", "at-once"]);
    (World::approved(&FIVE, &fake.url()), fake)
}

fn batch_states(world: &World) -> Vec<Value> {
    world.show()["batches"].as_array().unwrap().iter().map(|batch| batch["state"].clone()).collect()
}

fn all_paid(world: &World, fake: &FakePaypal) {
    let _ = world.run("payout sync").exits(0);
    assert_eq!((world.state().as_str(), world.item_states()), ("settled", vec!["paid".to_owned(); 5]));
    let sent = fake.sent();
    assert!(sent.len() == 5 && sent.values().all(|(_, times)| *times == 1), "{sent:?}");
    world.check();
}

#[test]
fn each_part_has_its_own_id_and_is_resumed_by_itself() {
    let (world, fake) = five();
    fake.script(&json!([{"on": "create", "fault": "none"}, {"on": "create", "fault": "error_after"}]));
    let said = world.submit("--part-size 2").exits(6);
    assert!(said.err.contains("part 2 of run"), "{said:?}");
    assert_eq!(batch_states(&world), ["accepted", "unknown", "intended"]);
    assert_eq!(world.item_states(), ["sent", "sent", "planned", "planned", "planned"]);
    // What PayPal has is followed while the rest is unknown.
    let synced = world.run(&format!("payout sync {RUN} --json")).exits(6).json();
    assert_eq!(synced["sync"]["changes"].as_array().unwrap().len(), 2);
    world.check();
    let _ = world.run(&format!("payout resume {RUN}")).exits(0);
    assert_eq!(batch_states(&world), ["accepted"; 3]);
    all_paid(&world, &fake);
}

#[test]
fn a_part_that_was_refused_is_sent_anew_or_given_up() {
    for give_up in [false, true] {
        let (world, fake) = five();
        fake.script(&json!([
            {"on": "create", "fault": "none"},
            {"on": "create", "fault": "refuse", "http": 422, "name": "INSUFFICIENT_FUNDS"},
        ]));
        let said = world.submit("--part-size 2").exits(3);
        assert!(said.err.contains("payout cancel") && said.err.contains("add funds"), "{said:?}");
        assert_eq!(batch_states(&world), ["accepted", "refused", "intended"]);
        world.check();
        if give_up {
            let _ = world.run(&format!("payout cancel {RUN} --yes --reason later")).exits(0);
            assert_eq!(world.state(), "submitted");
            let _ = world.run("payout sync").exits(0);
            assert_eq!(world.item_states(), ["paid", "paid", "cancelled", "cancelled", "cancelled"]);
            world.check();
            let next = world.run("payout create --off-cycle --json").exits(0).json();
            assert_eq!((&next["totals"]["items"], &next["totals"]["amount"]), (&json!(3), &json!("1200.00")));
        } else {
            let _ = world.run(&format!("payout resume {RUN}")).exits(0);
            assert_eq!(batch_states(&world), ["accepted", "refused", "accepted", "accepted"]);
            all_paid(&world, &fake);
        }
    }
}

#[test]
fn a_part_that_could_not_be_sent_waits_and_what_never_left_may_go_another_way() {
    let (world, mut fake) = five();
    // The sign-in works, then the line is dead: nothing has left, and the run is where it was.
    fake.script(&json!([{"on": "create", "fault": "unauthorized"}, {"on": "token", "fault": "none"},
        {"on": "token", "fault": "error_before"}]));
    let said = world.submit("--part-size 3").exits(7);
    assert!(said.err.contains(&format!("payout submit {RUN}")), "{said:?}");
    assert_eq!(
        (world.state().as_str(), batch_states(&world)),
        ("approved", vec![json!("intended"), json!("intended")])
    );
    world.check();
    let by_file = world.copy();
    let _ = by_file.run(&format!("payout file {RUN} --out x.csv")).exits(0);
    by_file.check();
    let _ = world.submit("").exits(0);
    assert_eq!(batch_states(&world), ["accepted", "accepted"]);
    assert_eq!(fake.books()["batches"].as_array().unwrap().len(), 2);
    all_paid(&world, &fake);
    fake.stop();
}

#[test]
fn a_run_that_never_left_and_may_no_longer_be_paid_goes_back() {
    let (mut world, fake) = five();
    world.variables.push(("PARTNERS_TEST_CRASH_AT".to_owned(), "after-intent".to_owned()));
    let _ = world.submit("");
    world.variables.clear();
    assert_eq!((world.state().as_str(), fake.seen("create")), ("submitting", 0));
    let books = world.books();
    books.execute_batch("UPDATE partners SET status = 'suspended' WHERE partner_no = 2").unwrap();
    drop(books);
    let said = world.run(&format!("payout resume {RUN}")).exits(1);
    assert!(said.err.contains("P-2"), "{said:?}");
    assert_eq!((world.state().as_str(), fake.seen("create")), ("approved", 0));
    let _ = world.run("payout create --replace").exits(0);
}

#[test]
fn two_at_once_pay_once() {
    for _ in 0..3 {
        let (world, fake) = five();
        let line = format!("payout submit {RUN} --yes --expect-total 1500.00 --wait 0");
        let words: Vec<&str> = line.split(' ').collect();
        let both: Vec<_> = (0..2)
            .map(|_| world.command(&words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
            .collect();
        let mut codes: Vec<_> =
            both.into_iter().map(|child| child.wait_with_output().unwrap().status.code().unwrap()).collect();
        codes.sort_unstable();
        // The second finds the lock held, or the run gone.
        assert!(codes == [0, 5] || codes == [0, 1], "{codes:?}");
        assert_eq!(fake.books()["batches"].as_array().unwrap().len(), 1);
        all_paid(&world, &fake);
    }
}

#[test]
fn without_the_lock_file_the_database_alone_lets_nobody_pay_twice() {
    for _ in 0..5 {
        let (world, fake) = five();
        // Another name of the same file has another lock beside it.
        let alias = world.path().join("alias.db");
        std::os::unix::fs::symlink(world.db(), &alias).unwrap();
        let line = format!("payout submit {RUN} --yes --expect-total 1500.00");
        let words: Vec<&str> = line.split(' ').collect();
        let first = world.command(&words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let second = world
            .command(&words)
            .env("PARTNERS_DB", &alias)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let codes = [first, second].map(|child| child.wait_with_output().unwrap().status.code());
        assert!(codes.contains(&Some(0)), "{codes:?}");
        assert_eq!(fake.books()["batches"].as_array().unwrap().len(), 1, "{codes:?}");
        if world.state() == "submitting" {
            let _ = world.run(&format!("payout resume {RUN}")).exits(0);
        }
        all_paid(&world, &fake);
    }
}

fn filed(payees: &[&str]) -> World {
    let world = World::approved(payees, "http://127.0.0.1:9");
    let _ = world.run(&format!("payout file {RUN} --out out.csv")).exits(0);
    world
}

fn reconcile(world: &World, report: &str, more: &str) -> crate::common::world::Said {
    fs::write(world.path().join("report.csv"), report).unwrap();
    world.run(&format!("payout reconcile {RUN} --report report.csv --yes --json {more}"))
}

#[test]
fn a_run_by_file_is_settled_from_paypals_report() {
    let payees = ["ann@example.com", "bob@example.org", "cid@example.net"];
    let world = filed(&payees);
    let report = "Date,Type,Status,Currency,Gross,Fee,Net,To Email Address,Transaction ID,Invoice Number\n\
        27/11/2026,Mass Pay Payment,Completed,USD,-100.00,-2.00,-102.00,Ann@Example.com,T1,\n\
        27/11/2026,Mass Pay Payment,Unclaimed,USD,-200.00,-4.00,-204.00,bob@example.org,T2,\n\
        27/11/2026,Mass Pay Payment,Denied,USD,-300.00,0.00,-300.00,cid@example.net,,2026-11-27-0003\n\
        27/11/2026,General Withdrawal,Completed,USD,-9.99,0.00,-9.99,,T9,\n";
    let said = reconcile(&world, report, "").exits(3).json();
    assert_eq!(world.item_states(), ["paid", "unclaimed", "failed"]);
    assert_eq!(
        (&said["items"][0]["fee"], &said["items"][0]["transaction_id"]),
        (&json!("2.00"), &json!("T1"))
    );
    world.check();
    // A later download says how the unclaimed one ended; the rest is as it was.
    let said = reconcile(&world, &report.replace("Unclaimed", "Returned"), "").exits(3).json();
    assert_eq!(said["sync"]["changes"].as_array().unwrap().len(), 1);
    assert_eq!(
        (world.state().as_str(), world.item_states()),
        ("settled", vec!["paid".into(), "returned".into(), "failed".into()])
    );
    world.check();
}

#[test]
fn a_report_that_is_not_the_run_s_changes_nothing_and_names_the_leftovers() {
    let good = "Recipient,Amount,Status\nann@example.com,100.00,SUCCESS\nbob@example.org,200.00,SUCCESS\n";
    for (report, word) in [
        ("Recipient,Amount,Status\nann@example.com,100.00,SUCCESS\n", "2026-11-27-0002"),
        (
            "Recipient,Amount,Status\nann@example.com,100.00,SUCCESS\nbob@example.org,200.01,SUCCESS\n",
            "200.01",
        ),
        (&format!("{good}eve@example.com,1.00,SUCCESS\n"), "eve@example.com"),
        (&format!("{good}bob@example.org,200.00,SUCCESS\n"), "bob@example.org"),
        (
            "Recipient,Amount,Status,Currency\nann@example.com,100.00,SUCCESS,EUR\n\
             bob@example.org,200.00,SUCCESS,USD\n",
            "EUR",
        ),
        ("Recipient,Status\nann@example.com,SUCCESS\n", "--map amount="),
        ("Recipient,Amount,Status\nann@example.com,100.00\n", "line 2"),
        ("Recipient,Amount,Status\n\"ann@example.com,100.00,SUCCESS\n", "line 2"),
    ] {
        let world = filed(&["ann@example.com", "bob@example.org"]);
        let said = reconcile(&world, report, "").exits(1);
        assert!(said.err.contains(word), "{said:?}");
        assert_eq!(world.item_states(), ["sent"; 2]);
    }
    let world = filed(&["ann@example.com", "bob@example.org"]);
    let renamed = good.replace("Recipient", "Wer").replace("Amount", "Betrag");
    let _ = reconcile(&world, &renamed, "--map email=Wer --map amount=Betrag").exits(0);
    assert_eq!(world.state(), "settled");
    // What left by the API is asked of PayPal itself.
    let fake = FakePaypal::start(&[]);
    let world = World::approved(&["ann@example.com"], &fake.url());
    let _ = world.submit("").exits(0);
    let _ = reconcile(&world, good, "").exits(1);
}
