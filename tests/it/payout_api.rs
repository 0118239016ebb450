//! The run through PayPal's API against the fake: every fault with the state that it must leave (promises 3, 6, 7, 11,
//! 12, 20, 24, 26, 30). The fake's books alone know what was paid.

use std::fs;

use serde_json::{Value, json};

use crate::common::fake_paypal::FakePaypal;
use crate::common::world::{CLIENT_ID, RUN, SECRET, World};

const THREE: [&str; 3] = ["ann@example.com", "bob@example.org", "cid@example.net"];

fn three() -> (World, FakePaypal) {
    let fake = FakePaypal::start(&["--settle", "at-once"]);
    (World::approved(&THREE, &fake.url()), fake)
}

/// Demands that PayPal has paid each of the three once, and that our books say the same.
fn paid_once(world: &World, fake: &FakePaypal, why: &str) {
    let _ = world.run(&format!("payout sync {RUN}"));
    assert_eq!(world.state(), "settled", "{why}");
    assert_eq!(world.item_states(), ["paid"; 3], "{why}");
    let sent: Vec<_> = fake.sent().into_iter().map(|(who, (amount, times))| (who, amount, times)).collect();
    let expected =
        [("ann@example.com", "100.00"), ("bob@example.org", "200.00"), ("cid@example.net", "300.00")]
            .map(|(who, amount)| (format!("{who} USD"), amount.to_owned(), 1));
    assert_eq!(sent, expected, "{why}");
    world.check();
}

#[test]
fn an_approved_run_is_sent_followed_and_settled() {
    let fake = FakePaypal::start(&[]);
    let payees = ["ann@example.com", "unclaimed@example.org", "locked@example.net"];
    let world = World::approved(&payees, &fake.url());
    let sent = world.submit("").exits(0).json();
    assert_eq!(
        (&sent["schema"], &sent["state"], &sent["channel"]),
        (&json!("partners/run/1"), &json!("submitted"), &json!("api"))
    );
    assert_eq!(sent["next"], format!("partners payout sync {RUN}"));
    assert_eq!(world.item_states(), ["sent"; 3]);
    // PayPal has not decided at the first look, and has at the second: a failed payment in a batch that says SUCCESS.
    let first = world.run("payout sync --json").exits(0).json();
    assert_eq!(
        (&first["schema"], &first["runs"][0]["sync"]["waiting"]),
        (&json!("partners/sync/1"), &json!(3))
    );
    let second = world.run(&format!("payout sync {RUN} --json")).exits(3).json();
    assert_eq!(second["sync"]["changes"].as_array().unwrap().len(), 3);
    assert_eq!(second["batches"][0]["paypal_status"], "SUCCESS");
    assert_eq!(world.item_states(), ["paid", "unclaimed", "failed"]);
    let unclaimed = &second["items"][1];
    assert_eq!(unclaimed["unclaimed"], json!({"since": "2026-11-27", "returns_on": "2026-12-27", "days": 0}));
    assert_eq!(
        (&unclaimed["fee"], &unclaimed["reason_code"]),
        (&json!("4.00"), &json!("RECEIVER_UNREGISTERED"))
    );
    assert!(unclaimed["payout_item_id"].as_str().unwrap().starts_with("ITEM"));
    // Nothing new: the same again, and nothing changes.
    let again = world.run(&format!("payout sync {RUN} --json")).exits(3).json();
    assert_eq!(again["sync"]["changes"], json!([]));
    // Only the unclaimed one can be cancelled; then everything is final.
    let _ = world.run("payout cancel-item 2026-11-27-0001 --yes").exits(1);
    let _ = world.run("payout cancel-item 2026-11-27-0002").exits(4);
    let cancelled = world.run("payout cancel-item 2026-11-27-0002 --yes --json").exits(0).json();
    assert_eq!(cancelled["state"], "settled");
    assert_eq!(world.item_states(), ["paid", "returned", "failed"]);
    let _ = world.run("payout sync").exits(0);
    // A settled run still learns of a reversal, from cron too, and that is for a person.
    fake.move_item("2026-11-27-0001", "REVERSED");
    let _ = world.run("payout sync").exits(3);
    let _ = world.run("payout sync").exits(0);
    assert_eq!(world.item_states(), ["reversed", "returned", "failed"]);
    let why = world.run("why P-1 --json").exits(0).json();
    let reversal = why["gates"].as_array().unwrap().iter().find(|gate| gate["gate"] == "reversal").unwrap();
    assert_eq!(
        (&reversal["open"], &why["balance"], &why["payable"]),
        (&json!(false), &json!("100.00"), &json!(false))
    );
    world.check();
}

#[test]
fn a_fault_never_pays_twice_and_never_lies() {
    // The fault; the exit of submit; the run's state then; the batches PayPal then has; the exit of the second try.
    let table = [
        (json!({"fault": "none"}), 0, "submitted", 1, 0),
        (json!({"fault": "unauthorized"}), 0, "submitted", 1, 0),
        (json!({"fault": "rate_limit", "retry_after": 1}), 0, "submitted", 1, 0),
        (json!({"fault": "rate_limit", "retry_after": 3000}), 6, "submitting", 0, 0),
        (json!({"fault": "error_before", "http": 500}), 6, "submitting", 0, 0),
        (json!({"fault": "error_before", "http": 503}), 6, "submitting", 0, 0),
        (json!({"fault": "error_after", "http": 500}), 6, "submitting", 1, 0),
        (json!({"fault": "close_before"}), 6, "submitting", 0, 0),
        (json!({"fault": "close_after"}), 6, "submitting", 1, 0),
        (json!({"fault": "hang_before"}), 6, "submitting", 0, 0),
        (json!({"fault": "hang_after"}), 6, "submitting", 1, 0),
        (json!({"fault": "reset_after"}), 6, "submitting", 1, 0),
        (json!({"fault": "half_after"}), 6, "submitting", 1, 0),
        (json!({"fault": "cut_json_after"}), 6, "submitting", 1, 0),
        (json!({"fault": "html_after"}), 6, "submitting", 1, 0),
        (json!({"fault": "redirect_before"}), 6, "submitting", 0, 0),
        (json!({"fault": "redirect_after"}), 6, "submitting", 1, 0),
        (json!({"fault": "drip_after"}), 6, "submitting", 1, 0),
        (json!({"fault": "big_after"}), 6, "submitting", 1, 0),
        (
            json!({"fault": "reply_after", "http": 201, "body": {"batch_header": {"payout_batch_id": "../../../x"}}}),
            6,
            "submitting",
            1,
            0,
        ),
        (
            json!({"fault": "reply_after", "http": 409,
                "body": {"name": "PREVIOUS_REQUEST_IN_PROGRESS", "message": "", "debug_id": "x"}}),
            6,
            "submitting",
            1,
            0,
        ),
        (json!({"fault": "duplicate"}), 6, "submitting", 0, 0),
        (json!({"fault": "refuse", "http": 422, "name": "INSUFFICIENT_FUNDS"}), 1, "approved", 0, 0),
        (json!({"fault": "refuse", "http": 403, "name": "AUTHORIZATION_ERROR"}), 1, "approved", 0, 0),
        (json!({"fault": "bad_item", "index": 2}), 1, "approved", 0, 0),
    ];
    for (mut fault, exit, state, batches, second) in table {
        let (world, fake) = three();
        fault["on"] = json!("create");
        fake.script(&json!([fault]));
        let said = world.submit("").exits(exit);
        assert_eq!(world.state(), state, "{fault} {said:?}");
        assert_eq!(fake.books()["batches"].as_array().unwrap().len(), batches, "{fault}");
        if exit == 6 {
            assert!(
                said.err.contains(&format!("payout resume {RUN}")) || fault["fault"] == "duplicate",
                "{said:?}"
            );
            assert_eq!(world.item_states(), ["planned"; 3], "nothing is given back: {fault}");
            world.check();
            let _ = world.submit("").exits(1);
            let _ = world.run(&format!("payout cancel {RUN} --yes --reason x")).exits(1);
            let _ = world.run(&format!("payout file {RUN} --out x.csv")).exits(1);
            let _ = world.run(&format!("payout resume {RUN}")).exits(second);
        } else if exit == 1 {
            assert!(
                said.err.contains("nothing of it was paid")
                    && (said.err.contains(&format!("payout submit {RUN}")) || fault["fault"] == "bad_item"),
                "{said:?}"
            );
            assert_eq!(world.show()["channel"], Value::Null, "what PayPal refused whole has not left");
            world.check();
            let _ = world.submit("").exits(second);
        }
        assert_eq!(fake.books()["batches"].as_array().unwrap().len(), 1, "{fault}");
        paid_once(&world, &fake, &fault.to_string());
    }
}

#[test]
fn nothing_has_happened_when_paypal_cannot_be_reached_or_does_not_let_us_in() {
    let (world, mut fake) = three();
    fake.stop();
    let said = world.submit("").exits(7);
    assert!(said.err.contains(&format!("payout submit {RUN}")), "{said:?}");
    assert_eq!((world.state().as_str(), &world.show()["batches"]), ("approved", &json!([])));
    fake.start_again();
    for fault in
        [json!({"fault": "unauthorized"}), json!({"fault": "error_before"}), json!({"fault": "hang_before"})]
    {
        let mut fault = fault;
        fault["on"] = json!("token");
        fake.script(&json!([fault]));
        let _ = world.submit("").exits(7);
        assert_eq!((world.state().as_str(), &world.show()["batches"]), ("approved", &json!([])), "{fault}");
    }
    for (name, value) in [("PARTNERS_PAYPAL_CLIENT_ID", ""), ("PARTNERS_PAYPAL_CLIENT_SECRET", "")] {
        let mut other = world.copy();
        other.variables.push((name.to_owned(), value.to_owned()));
        let _ = other.submit("").exits(7);
    }
    let mut other = world.copy();
    other.url = "http://example.com".to_owned();
    let _ = other.submit("").exits(2);
    assert_eq!(fake.seen("create"), 0);
    let _ = world.submit("").exits(0);
    paid_once(&world, &fake, "after all that");
}

#[test]
fn a_listing_that_differs_changes_nothing() {
    let table = [
        json!({"fault": "differs", "receiver": "eve@example.com"}),
        json!({"fault": "differs", "value": "100.01"}),
        json!({"fault": "differs", "currency": "EUR"}),
        json!({"fault": "item_missing", "index": 1}),
        json!({"fault": "item_extra"}),
    ];
    for mut fault in table {
        let (world, fake) = three();
        let _ = world.submit("").exits(0);
        fault["on"] = json!("batch");
        fake.script(&json!([fault]));
        let said = world.run(&format!("payout sync {RUN} --json")).exits(3);
        assert_ne!(said.json()["sync"]["alarms"], json!([]), "{fault}");
        assert!(said.err.contains("warning"), "{said:?}");
        assert_eq!(world.item_states(), ["sent"; 3], "{fault}");
        paid_once(&world, &fake, &fault.to_string());
    }
    // Twice in every reading: then it is no slip between two pages.
    let (world, fake) = three();
    let _ = world.submit("").exits(0);
    let doubled = json!({"on": "batch", "fault": "item_doubled"});
    fake.script(&json!([doubled, doubled, doubled]));
    let _ = world.run(&format!("payout sync {RUN}")).exits(3);
    assert_eq!(world.item_states(), ["sent"; 3]);
    paid_once(&world, &fake, "doubled");
}

#[test]
fn what_cannot_be_read_changes_nothing() {
    for mut fault in [
        json!({"fault": "error_before", "http": 500}),
        json!({"fault": "html_after"}),
        json!({"fault": "cut_json_after"}),
        json!({"fault": "hang_before"}),
        json!({"fault": "redirect_before"}),
    ] {
        let (world, fake) = three();
        let _ = world.submit("").exits(0);
        fault["on"] = json!("batch");
        fake.script(&json!([fault]));
        let _ = world.run(&format!("payout sync {RUN}")).exits(7);
        assert_eq!(world.item_states(), ["sent"; 3], "{fault}");
        paid_once(&world, &fake, &fault.to_string());
    }
}

#[test]
fn a_status_that_is_not_known_is_shown_and_never_taken_for_paid() {
    let (world, fake) = three();
    let _ = world.submit("").exits(0);
    fake.script(&json!([{"on": "batch", "fault": "unknown_status", "index": 1, "word": "QUEUED\u{1b}[2J"}]));
    let said = world.run(&format!("payout sync {RUN} --json")).exits(3);
    assert!(!said.out.contains('\u{1b}') && !said.err.contains('\u{1b}'));
    assert_eq!(world.item_states(), ["paid", "sent", "paid"]);
    paid_once(&world, &fake, "known again");
}

/// Every status after every other, repeated, and never at all: the money comes back once, and the fake and we agree.
#[test]
fn statuses_in_any_order_give_the_money_back_once() {
    let words = [
        "PENDING",
        "SUCCESS",
        "UNCLAIMED",
        "RETURNED",
        "FAILED",
        "ONHOLD",
        "BLOCKED",
        "REFUNDED",
        "REVERSED",
    ];
    for (at, first) in words.iter().enumerate() {
        let fake = FakePaypal::start(&["--settle", "manual"]);
        let world = World::approved(&["ann@example.com"], &fake.url());
        let _ = world.submit("").exits(0);
        let second = words[(at * 4 + 1) % words.len()];
        let third = words[(at * 2 + 3) % words.len()];
        let mut returned = 0;
        let mut held = true;
        for word in [first, first, &second, &third, first] {
            fake.move_item("2026-11-27-0001", word);
            let said = world.run(&format!("payout sync {RUN} --json"));
            assert!(matches!(said.code, Some(0 | 3)), "{said:?}");
            let state = world.item_states().remove(0);
            let holds = matches!(state.as_str(), "sent" | "paid" | "unclaimed");
            assert!(
                held || !holds,
                "money that came back went out again: {first} {second} {third} at {word}"
            );
            returned += i32::from(held && !holds);
            held = holds;
            let why = world.run("why P-1 --json").exits(0).json();
            assert_eq!(
                why["balance"],
                if holds { "0.00" } else { "100.00" },
                "{first} {second} {third} at {word}"
            );
            world.check();
        }
        assert!(returned <= 1);
    }
}

#[test]
fn past_the_window_or_with_a_clock_set_back_nothing_is_sent_again() {
    for moment in ["2027-01-06T10:00:00Z", "2026-12-22T10:00:01Z", "2026-10-18T10:00:00Z"] {
        let (mut world, fake) = three();
        fake.script(&json!([{"on": "create", "fault": "error_after"}]));
        let _ = world.submit("").exits(6);
        let before = fake.books()["requests"].as_array().unwrap().len();
        world.now = moment.to_owned();
        let said = world.run(&format!("payout resume {RUN}")).exits(3);
        assert!(said.err.contains("look up at PayPal: a batch partners-sandbox-"), "{said:?}");
        assert_eq!(fake.books()["requests"].as_array().unwrap().len(), before, "nothing was asked: {moment}");
        assert_eq!(
            (world.state().as_str(), world.item_states()),
            ("submitting", vec!["planned".to_owned(); 3])
        );
        // A person has looked it up: another batch is no answer, the right one is.
        let _ = world.run(&format!("payout resume {RUN} --batch FAKE999")).exits(3);
        let id = fake.books()["batches"][0]["payout_batch_id"].as_str().unwrap().to_owned();
        let _ = world.run(&format!("payout resume {RUN} --batch {id}")).exits(0);
        paid_once(&world, &fake, moment);
    }
    // An hour to and fro, a summer time, and 24 days are nothing.
    for moment in ["2026-11-27T09:00:00Z", "2026-11-27T11:00:00Z", "2026-12-21T10:00:00Z"] {
        let (mut world, fake) = three();
        fake.script(&json!([{"on": "create", "fault": "error_after"}]));
        let _ = world.submit("").exits(6);
        world.now = moment.to_owned();
        let _ = world.run(&format!("payout resume {RUN}")).exits(0);
        paid_once(&world, &fake, moment);
    }
}

#[test]
fn a_person_may_say_that_paypal_does_not_have_it_and_only_later() {
    let (mut world, fake) = three();
    fake.script(&json!([{"on": "create", "fault": "error_before"}]));
    let _ = world.submit("").exits(6);
    let line = format!("payout resume {RUN} --not-at-paypal --reason looked --yes");
    let _ = world.run(&line).exits(4);
    let _ = world.run(&format!("{line} --expect-total 600.00")).exits(1);
    world.now = "2026-11-29T10:00:00Z".to_owned();
    // PayPal has not been asked, and would tell: nobody's word is needed yet.
    let said = world.run(&format!("{line} --expect-total 600.00")).exits(1);
    assert!(said.err.contains(&format!("payout resume {RUN} finds out")), "{said:?}");
    fake.script(&json!([{"on": "create", "fault": "refuse", "http": 422}]));
    let _ = world.run(&format!("payout resume {RUN}")).exits(6);
    world.now = "2026-12-01T10:00:00Z".to_owned();
    let _ = world.run(&format!("{line} --expect-total 600.01")).exits(4);
    let _ = world.run(&format!("{line} --expect-total 600.00")).exits(0);
    assert_eq!(world.state(), "approved");
    let _ = world.submit("").exits(0);
    let attempts: Vec<Value> =
        world.show()["batches"].as_array().unwrap().iter().map(|batch| batch["attempt"].clone()).collect();
    assert_eq!(attempts, [json!(1), json!(2)]);
    paid_once(&world, &fake, "sent under another id");
}

#[test]
fn a_refusal_of_a_repeated_request_proves_nothing() {
    let (world, fake) = three();
    fake.script(&json!([
        {"on": "create", "fault": "close_after"},
        {"on": "create", "fault": "refuse", "http": 422},
    ]));
    let _ = world.submit("").exits(6);
    let _ = world.run(&format!("payout resume {RUN}")).exits(6);
    assert_eq!((world.state().as_str(), world.item_states()), ("submitting", vec!["planned".to_owned(); 3]));
    let _ = world.run(&format!("payout resume {RUN}")).exits(0);
    let again = world.run(&format!("payout resume {RUN}")).exits(0);
    assert!(again.out.contains("nothing was asked or sent"), "{again:?}");
    paid_once(&world, &fake, "refused again");
}

#[test]
fn a_copy_of_the_books_pays_nobody_twice() {
    // The same run of two copies: one id, one batch, and the second adopts what the first has sent.
    let (world, fake) = three();
    let copy = world.copy();
    let _ = world.submit("").exits(0);
    let _ = copy.submit("").exits(0);
    assert_eq!(fake.books()["batches"].as_array().unwrap().len(), 1);
    paid_once(&world, &fake, "the first");
    paid_once(&copy, &fake, "the copy");
    // The copy has gone its own way under the same name: it notices, and sends nothing.
    let (world, fake) = three();
    let _ = world.submit("").exits(0);
    let other = World::approved(&["ann@example.com", "eve@example.com"], &fake.url());
    let id: String = sql(&world, "SELECT value FROM meta WHERE key = 'books_id'");
    let books = other.books();
    books.execute_batch("DROP TRIGGER meta_keeps_identity").unwrap();
    books.execute("UPDATE meta SET value = ?1 WHERE key = 'books_id'", [id]).unwrap();
    drop(books);
    let said = other.submit("").exits(3);
    assert!(said.err.contains("differs") && said.err.contains("0003"), "{said:?}");
    assert_eq!((other.state().as_str(), other.item_states()), ("submitting", vec!["planned".to_owned(); 2]));
    let _ = other.run(&format!("payout resume {RUN}")).exits(3);
    paid_once(&world, &fake, "the first is as it was");
}

fn sql(world: &World, statement: &str) -> String {
    let books = world.books();
    books.query_row(statement, [], |row| row.get(0)).unwrap()
}

#[test]
fn the_bytes_stay_the_same_whatever_changes_meanwhile() {
    let (world, fake) = three();
    fake.script(&json!([{"on": "create", "fault": "error_before"}]));
    let _ = world.submit("").exits(6);
    let payload = "SELECT payload_sha256 || ' ' || sender_batch_id FROM batches";
    let before = sql(&world, payload);
    let billing = "charge_id,account_id,account_opened_on,billed_on,collected_on,kind,amount,currency,status\n\
                   C-9,A-1,2026-05-25,2026-07-01,2026-07-01,subscription,4000.00,USD,paid\n";
    fs::write(world.path().join("more.csv"), billing).unwrap();
    let _ = world.run("import billing more.csv").exits(0);
    let books = world.books();
    let changed = "UPDATE partners SET paypal_email = 'new@example.com', paypal_key = 'new@example.com'
        WHERE partner_no = 1";
    books.execute_batch(changed).unwrap();
    drop(books);
    let _ = world.run(&format!("payout resume {RUN}")).exits(0);
    assert_eq!(sql(&world, payload), before);
    paid_once(&world, &fake, "as it was approved");
}

#[test]
fn stored_bytes_that_somebody_changed_are_not_sent() {
    for change in [
        "UPDATE batches SET payload = CAST(replace(CAST(payload AS TEXT), '100.00', '900.00') AS BLOB)",
        "UPDATE batches SET payload_sha256 = 'x'",
        "UPDATE batches SET sender_batch_id = 'another'",
    ] {
        let (world, fake) = three();
        fake.script(&json!([{"on": "create", "fault": "error_before"}]));
        let _ = world.submit("").exits(6);
        let books = world.books();
        assert!(books.execute_batch(change).is_err(), "the database itself refuses");
        books.execute_batch("DROP TRIGGER batches_keep_request").unwrap();
        books.execute_batch(change).unwrap();
        drop(books);
        let seen = fake.seen("create");
        let _ = world.run(&format!("payout resume {RUN}")).exits(1);
        assert_eq!(fake.seen("create"), seen, "{change}");
    }
}

#[test]
fn sandbox_and_live_never_mix() {
    let (world, fake) = three();
    let mut untouched = world.copy();
    // An address on this machine pays nobody: it never stands in for the live PayPal, but in a test that says so.
    let said = untouched.submit("--live").exits(2);
    assert!(said.err.contains("PARTNERS_PAYPAL_URL is set") && said.err.contains("live"), "{said:?}");
    assert_eq!((untouched.state().as_str(), fake.seen("token")), ("approved", 0));
    untouched.plays_live();
    let _ = world.submit("").exits(0);
    assert!(sql(&world, "SELECT sender_batch_id FROM batches").starts_with("partners-sandbox-"));
    let _ = world.run("payout sync").exits(0);
    let _ = world.run("payout create --off-cycle").exits(0);
    // The same books may not turn to the other world, by the rule and by the database itself.
    let _ = untouched.submit("--live").exits(0);
    assert!(sql(&untouched, "SELECT sender_batch_id FROM batches").starts_with("partners-live-"));
    let live = untouched.books();
    assert!(live.execute("UPDATE meta SET value = 'sandbox' WHERE key = 'paypal_environment'", []).is_err());
    drop(live);
    for (mut other, flag) in [(untouched, ""), (world, "--live")] {
        other.plays_live();
        let _ = other.run("payout sync").exits(0);
        other.owe_again("W", 3, 100);
        let run = other.approve_another("--off-cycle");
        let said = other.submit_run(&run, flag).exits(1);
        assert!(said.err.contains("these books belong to"), "{said:?}");
        let shown = other.run(&format!("payout show {run} --json")).exits(0).json();
        let next = shown["next"].as_str().unwrap();
        assert_eq!(
            next.ends_with("--live"),
            flag.is_empty(),
            "the next command is for the books' world: {next}"
        );
    }
    assert_eq!(fake.books()["batches"].as_array().unwrap().len(), 2);
}

#[test]
fn a_run_leaves_by_one_channel_on_its_day_as_approved_and_by_two_people() {
    let (mut world, fake) = three();
    // Without a terminal both flags, and every cent.
    for line in
        ["", "--yes", "--expect-total 600.00", "--yes --expect-total 600", "--yes --expect-total 599.99"]
    {
        let exit = if line.ends_with(" 600") { 0 } else { 4 };
        let trying = world.copy();
        let said = trying.run(&format!("payout submit {RUN} {line}"));
        assert_eq!(said.code, Some(exit), "{line} {said:?}");
    }
    world.now = "2026-11-26T10:00:00Z".to_owned();
    let _ = world.submit("").exits(1);
    let early = world.copy();
    let _ = early.submit("--early --reason holiday").exits(0);
    world.now = "2026-11-27T10:00:00Z".to_owned();
    let filed = world.copy();
    let _ = filed.run(&format!("payout file {RUN} --out x.csv")).exits(0);
    let _ = filed.submit("").exits(1);
    let tampered = world.copy();
    let books = tampered.books();
    books
        .execute_batch(
            "DROP TRIGGER items_keep_amounts; UPDATE items SET amount_cents = 10001 WHERE item_no = 1",
        )
        .unwrap();
    drop(books);
    let _ = tampered.run(&format!("payout submit {RUN} --yes --expect-total 600.01")).exits(1);
    let alone = world.copy();
    let books = alone.books();
    let second = "INSERT INTO policy_changes (key, value, from_on, reason, entered_at)
        VALUES ('second_approver', 'on', 0, 'test', 'x')";
    books.execute_batch(second).unwrap();
    drop(books);
    let said = alone.submit("").exits(1);
    assert!(said.err.contains("two people"), "{said:?}");
    let batches = fake.books()["batches"].as_array().unwrap().len();
    assert_eq!(batches, 1, "copies of one run share one batch");
    let _ = world.submit("").exits(0);
    let _ = world.submit("").exits(1);
    let _ = world.run(&format!("payout file {RUN} --out x.csv")).exits(1);
    let _ = world.run(&format!("payout settle {RUN} --all-paid --yes")).exits(1);
    paid_once(&world, &fake, "once");
}

#[test]
fn a_reader_that_goes_away_changes_nothing_about_the_money() {
    let (world, fake) = three();
    let words = format!("payout submit {RUN} --yes --expect-total 600.00");
    let words: Vec<&str> = words.split(' ').collect();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let status = world.command(&words).stdout(full.try_clone().unwrap()).stderr(full).status().unwrap();
    // It is sent and saved, which must not be done again (PROMISES 20).
    assert_eq!(status.code(), Some(3));
    assert_eq!(world.state(), "submitted");
    let mut child = world
        .command(&["payout", "sync"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop((child.stdout.take(), child.stderr.take()));
    assert_eq!(child.wait().unwrap().code(), Some(0));
    paid_once(&world, &fake, "nobody was reading");
}

#[test]
fn no_secret_and_no_token_is_ever_seen() {
    let fake =
        FakePaypal::start(&["--settle", "at-once", "--client-id", CLIENT_ID, "--client-secret", SECRET]);
    let mut world = World::approved(&THREE, &fake.url());
    let mut heard = String::new();
    let echo = format!("{SECRET} {CLIENT_ID} A21AAcanaryToken");
    fake.script(&json!([
        {"on": "token", "fault": "reply", "http": 401, "body": {"error": "invalid_client", "error_description": echo}},
        {"on": "create", "fault": "reply", "http": 403, "body": {"name": echo, "message": echo,
            "debug_id": "d1", "details": [{"field": echo, "issue": echo}]}},
        {"on": "create", "fault": "reply", "http": 500, "body": echo},
        {"on": "batch", "fault": "reply", "http": 400, "body": {"name": "X", "message": echo, "debug_id": "d2"}},
    ]));
    world.variables.push(("RUST_LOG".to_owned(), "trace".to_owned()));
    for _ in 0..3 {
        let said = world.submit("--verbose");
        heard.push_str(&format!("{said:?}"));
    }
    for line in
        ["payout resume 2026-11-27", "payout sync 2026-11-27", "payout sync --json", "payout show 2026-11-27"]
    {
        heard.push_str(&format!("{:?}", world.run(line)));
    }
    paid_once(&world, &fake, "in the end");
    let file = world.path().join("secret");
    fs::write(&file, SECRET).unwrap();
    world.variables.push(("PARTNERS_PAYPAL_SECRET_FILE".to_owned(), file.to_string_lossy().into_owned()));
    // Others can read it, so it is not read.
    fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    heard.push_str(&format!("{:?}", world.run("payout sync 2026-11-27").exits(7)));
    fs::remove_file(&file).unwrap();
    for word in [SECRET, "A21AAcanaryToken0", "Y2FuYXJ5LWNsaWVudC0zYjdk"] {
        assert!(!heard.contains(word), "{word} was said: {heard}");
        for entry in fs::read_dir(world.path()).unwrap() {
            let path = entry.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            let found = bytes.windows(word.len()).any(|window| window == word.as_bytes());
            assert!(!found, "{word} stands in {}", path.display());
        }
    }
}
