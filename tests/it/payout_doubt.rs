//! What is in doubt stays in doubt: whatever the order of answers, restorations, copies and a person's word, nothing is
//! paid twice and nothing is sent that may no longer be paid.

use serde_json::{Value, json};

use crate::common::fake_paypal::FakePaypal;
use crate::common::world::{RUN, World};

const TWO: [&str; 2] = ["ann@example.com", "bob@example.org"];

fn two() -> (World, FakePaypal) {
    let fake = FakePaypal::start(&["--settle", "at-once"]);
    (World::approved(&TWO, &fake.url()), fake)
}

fn batches(fake: &FakePaypal) -> usize {
    fake.books()["batches"].as_array().unwrap().len()
}

fn batch_states(world: &World) -> Vec<Value> {
    world.show()["batches"].as_array().unwrap().iter().map(|batch| batch["state"].clone()).collect()
}

fn batch_ids(fake: &FakePaypal) -> Vec<String> {
    let books = fake.books();
    let ids = books["batches"].as_array().unwrap().iter().map(|batch| batch["sender_batch_id"].clone());
    ids.map(|id| id.as_str().unwrap().to_owned()).collect()
}

/// Demands that each address was paid its own amount once.
fn paid_once(fake: &FakePaypal) {
    let sent: Vec<_> = fake.sent().into_iter().map(|(who, (amount, times))| (who, amount, times)).collect();
    let expected = [("ann@example.com USD", "100.00"), ("bob@example.org USD", "200.00")]
        .map(|(who, amount)| (who.to_owned(), amount.to_owned(), 1));
    assert_eq!(sent, expected);
}

/// 429 does not say that PayPal has not taken it; a dead line or a failing sign-in after it proves nothing either.
#[test]
fn too_busy_and_then_no_answer_is_unknown() {
    let busy = json!({"on": "create", "fault": "reply_after", "http": 429, "headers": {"Retry-After": "2"},
        "body": {"name": "RATE_LIMIT_REACHED", "message": "x", "debug_id": "d"}});
    let refused = json!({"on": "create", "fault": "unauthorized"});
    let no_token = json!({"on": "token", "fault": "error_before"});
    let signed_in = json!({"on": "token", "fault": "none"});
    for (script, stops) in [
        (json!([busy]), true),
        (json!([signed_in, busy, refused, no_token]), false),
        (json!([busy, {"on": "create", "fault": "refuse", "http": 422}]), false),
        (
            json!([busy, {"on": "create", "fault": "unauthorized"}, {"on": "create", "fault": "unauthorized"}]),
            false,
        ),
    ] {
        let (world, mut fake) = two();
        fake.script(&script);
        let line = format!("payout submit {RUN} --yes --expect-total 300.00");
        let words: Vec<&str> = line.split(' ').collect();
        let mut child = world.command(&words).stderr(std::process::Stdio::null()).spawn().unwrap();
        if stops {
            // Once PayPal has it, nobody is there any more.
            while batches(&fake) == 0 {
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
            fake.stop();
        }
        assert_eq!(child.wait().unwrap().code(), Some(6), "{script}");
        assert_eq!((world.state().as_str(), batch_states(&world)), ("submitting", vec![json!("unknown")]));
        let _ = world.run(&format!("payout cancel {RUN} --yes --reason x")).exits(1);
        if stops {
            fake.start_again();
        }
        let _ = world.run(&format!("payout resume {RUN}")).exits(0);
        let _ = world.run("payout sync").exits(0);
        assert_eq!(batches(&fake), 1, "{script}");
        paid_once(&fake);
        world.check();
    }
}

/// A restored database does not know what left since: it asks and adopts, and sends nothing (PROMISES 24).
#[test]
fn resume_sends_nothing_from_a_restored_database() {
    let (mut world, fake) = two();
    world.dies_at("after-intent");
    let _ = world.submit("");
    world.variables.clear();
    let _ = world.run("backup b.db").exits(0);
    let _ = world.run(&format!("payout resume {RUN}")).exits(0);
    let _ = world.run("payout sync").exits(0);
    let seen = fake.seen("create");
    // PayPal has forgotten the id.
    fake.wait_days(33);
    world.now = "2026-12-30T10:00:00Z".to_owned();
    let _ = world.run("restore b.db --yes --reason disk");
    assert_eq!(batch_states(&world), [json!("intended")]);
    let said = world.run(&format!("payout resume {RUN}")).exits(1);
    assert!(said.err.contains("restored") && said.err.contains("--batch PAYPAL-ID"), "{said:?}");
    let not_there = format!("payout resume {RUN} --not-at-paypal --reason x --yes --expect-total 300.00");
    let _ = world.run(&not_there).exits(1);
    assert_eq!((world.state().as_str(), fake.seen("create")), ("submitting", seen));
    // What the person finds at PayPal is compared and adopted.
    let id = fake.books()["batches"][0]["payout_batch_id"].as_str().unwrap().to_owned();
    let _ = world.run(&format!("payout resume {RUN} --batch {id}")).exits(0);
    let _ = world.run("payout sync").exits(0);
    assert_eq!((world.item_states(), fake.seen("create")), (vec!["paid".to_owned(); 2], seen));
    paid_once(&fake);
    world.check();
}

/// An old copy put somewhere else knows of no restoration: what was made ready long ago is not sent (promise 6).
#[test]
fn what_was_made_ready_long_ago_is_not_sent() {
    let (mut world, fake) = two();
    world.dies_at("after-intent");
    let _ = world.submit("");
    world.variables.clear();
    let mut copy = world.copy();
    let _ = world.run(&format!("payout resume {RUN}")).exits(0);
    fake.wait_days(33);
    copy.now = "2026-12-30T10:00:00Z".to_owned();
    let said = copy.run(&format!("payout resume {RUN}")).exits(3);
    assert!(
        said.err.contains("made ready 33 days ago") && said.err.contains("look up at PayPal"),
        "{said:?}"
    );
    assert_eq!((copy.state().as_str(), batches(&fake)), ("submitting", 1));
    let id = fake.books()["batches"][0]["payout_batch_id"].as_str().unwrap().to_owned();
    let other = copy.copy();
    let _ = copy.run(&format!("payout resume {RUN} --batch {id}")).exits(0);
    let _ = copy.run("payout sync").exits(0);
    copy.check();
    // Or a person has looked and it is not there.
    let not_there =
        format!("payout resume {RUN} --not-at-paypal --reason looked --yes --expect-total 300.00");
    let mut other = other;
    other.now = "2026-12-30T10:00:00Z".to_owned();
    let _ = other.run(&not_there).exits(0);
    assert_eq!(other.state(), "approved");
    other.check();
    paid_once(&fake);
}

/// What never left is looked at afresh before it is sent (R7.3), and what may have left goes again as it was.
#[test]
fn resume_holds_back_what_may_no_longer_be_paid() {
    for unknown in [false, true] {
        let (mut world, fake) = two();
        if unknown {
            fake.script(&json!([{"on": "create", "fault": "close_after"}]));
            let _ = world.submit("--part-size 1").exits(6);
        } else {
            world.dies_at("after-answer");
            let _ = world.submit("--part-size 1");
            world.variables.clear();
        }
        let _ = world.run("partner edit P-2 --status suspended --reason fraud").exits(0);
        let said = world.run(&format!("payout resume {RUN}")).exits(3);
        assert!(said.err.contains("held back") && said.err.contains("P-2: partner_suspended"), "{said:?}");
        assert!(said.err.contains(&format!("payout cancel {RUN} --reason")), "{said:?}");
        assert_eq!(batch_states(&world), [json!("accepted"), json!("intended")]);
        assert_eq!((world.state().as_str(), batches(&fake)), ("submitting", 1));
        world.check();
        let back = world.copy();
        let _ = back.run("partner edit P-2 --status active --reason cleared").exits(0);
        let _ = back.run(&format!("payout cancel {RUN} --yes --reason held")).exits(0);
        let _ = back.run("payout sync").exits(0);
        assert_eq!(
            (back.state().as_str(), back.item_states()),
            ("settled", vec!["paid".into(), "cancelled".into()])
        );
        back.check();
        // Put right, it goes on.
        let _ = world.run("partner edit P-2 --status active --reason cleared").exits(0);
        let _ = world.run(&format!("payout resume {RUN}")).exits(0);
        let _ = world.run("payout sync").exits(0);
        paid_once(&fake);
        world.check();
    }
}

/// PayPal's own word that it has a batch of our id is worth more than a person's that it has not.
#[test]
fn nobody_s_word_stands_against_paypal_s_own() {
    let (mut world, fake) = two();
    fake.script(&json!([
        {"on": "create", "fault": "close_after"},
        {"on": "batch", "fault": "differs", "value": "99.00"},
    ]));
    let _ = world.submit("").exits(6);
    let _ = world.run(&format!("payout resume {RUN}")).exits(3);
    world.now = "2026-12-01T10:00:00Z".to_owned();
    let line = format!("payout resume {RUN} --not-at-paypal --reason x --yes --expect-total 300.00");
    let said = world.run(&line).exits(1);
    assert!(said.err.contains("PayPal itself said") && said.err.contains("--batch PAYPAL-ID"), "{said:?}");
    world.now = "2027-01-20T10:00:00Z".to_owned();
    let _ = world.run(&line).exits(1);
    let id = fake.books()["batches"][0]["payout_batch_id"].as_str().unwrap().to_owned();
    let _ = world.run(&format!("payout resume {RUN} --batch {id}")).exits(0);
    paid_once(&fake);
    // A batch that PayPal says exists and does not name is no better.
    let (mut world, fake) = two();
    fake.script(&json!([{"on": "create", "fault": "duplicate"}]));
    let _ = world.submit("").exits(6);
    world.now = "2026-12-01T10:00:00Z".to_owned();
    let _ = world.run(&line).exits(1);
    drop(fake);
}

/// A copy that cancels and drafts anew has the same batch ids as the run that the other copy has sent (promise 4).
#[test]
fn a_copy_that_drafts_anew_is_told_that_paypal_has_it() {
    let (world, fake) = two();
    let copy = world.copy();
    let _ = world.submit("").exits(0);
    let _ = copy.run(&format!("payout cancel {RUN} --yes --reason again")).exits(0);
    let again = copy.approve_another("");
    assert_eq!(again, "2026-11-27-2");
    let said = copy.submit_run(&again, "").exits(3);
    assert!(said.err.contains("differs"), "{said:?}");
    assert_eq!(batches(&fake), 1);
    paid_once(&fake);
    // A copy in which the intent was stored and never left is no other.
    let (world, fake) = two();
    let mut copy = world.copy();
    copy.dies_at("after-intent");
    let _ = copy.submit("");
    copy.variables.clear();
    let _ = copy.run("partner edit P-2 --status suspended --reason x").exits(0);
    let _ = copy.run(&format!("payout resume {RUN}")).exits(1);
    let _ = copy.run("partner edit P-2 --status active --reason x").exits(0);
    let _ = copy.run(&format!("payout cancel {RUN} --yes --reason again")).exits(0);
    let again = copy.approve_another("");
    let _ = world.submit("").exits(0);
    let _ = copy.submit_run(&again, "").exits(3);
    assert_eq!(batches(&fake), 1);
    copy.check();
    paid_once(&fake);
}

/// What is rightly paid again, after the first run has left, goes under another id.
#[test]
fn a_second_run_of_a_payday_has_an_id_of_its_own() {
    let (world, fake) = two();
    fake.script(&json!([{"on": "create", "fault": "deny", "reason": "SENDER_ACCOUNT_LOCKED"}]));
    let _ = world.submit("").exits(0);
    let _ = world.run("payout sync").exits(3);
    let second = world.approve_another("--off-cycle");
    let _ = world.submit_run(&second, "").exits(0);
    world.owe_again("N", 2, 100);
    let third = world.approve_another("--off-cycle");
    fake.script(&json!([{"on": "create", "fault": "refuse", "http": 422}]));
    let _ = world.submit_run(&third, "").exits(1);
    let _ = world.run(&format!("payout cancel {third} --yes --reason again")).exits(0);
    let fourth = world.approve_another("--off-cycle");
    let _ = world.submit_run(&fourth, "").exits(0);
    let mut ids = batch_ids(&fake);
    assert!(ids[0].ends_with("2026-11-27-p1-a1") && ids[1].ends_with("2026-11-27-2-p1-a1"), "{ids:?}");
    assert!(ids[2].ends_with("2026-11-27-3-p1-a2"), "a refused id is not used again: {ids:?}");
    ids.dedup();
    assert_eq!(ids.len(), 3);
    let _ = world.run("payout sync");
    world.check();
}

/// The world is settled by the first batch that PayPal may have, not by one that it refused.
#[test]
fn a_submission_that_was_refused_binds_to_no_world() {
    let (mut world, fake) = two();
    world.plays_live();
    fake.script(&json!([{"on": "create", "fault": "refuse", "http": 403, "name": "AUTHORIZATION_ERROR"}]));
    let _ = world.submit("").exits(1);
    let _ = world.submit("--live").exits(0);
    let ids = batch_ids(&fake);
    assert!(ids[0].starts_with("partners-live-"), "{ids:?}");
    let live = world.books();
    let change = "UPDATE meta SET value = 'sandbox' WHERE key = 'paypal_environment'";
    assert!(live.execute(change, []).is_err(), "now it is settled");
    drop(live);
    world.check();
    // What was made for the sandbox and never left is not sent to the live PayPal.
    let (mut world, fake) = two();
    world.plays_live();
    fake.script(&json!([{"on": "create", "fault": "unauthorized"}, {"on": "token", "fault": "none"},
        {"on": "token", "fault": "error_before"}]));
    let _ = world.submit("").exits(7);
    let said = world.submit("--live").exits(1);
    assert!(said.err.contains("was made for sandbox and never left"), "{said:?}");
    let _ = world.run(&format!("payout cancel {RUN} --yes --reason live")).exits(0);
    let again = world.approve_another("");
    let _ = world.submit_run(&again, "--live").exits(0);
    assert!(batch_ids(&fake)[0].starts_with("partners-live-"));
    world.check();
}

/// After a refusal the run itself says why, with the remedy; the payment at fault is named as ours.
#[test]
fn a_refusal_names_our_payment_and_stays_readable() {
    let (world, fake) = two();
    fake.script(&json!([{"on": "create", "fault": "bad_item", "index": 1}]));
    let said = world.run(&format!("payout submit {RUN} --yes --expect-total 300.00")).exits(1);
    assert!(said.err.contains("item 2026-11-27-0002 of partner P-2 to bob@example.org"), "{said:?}");
    let hints: Vec<&str> = said.err.lines().filter(|line| line.starts_with("hint:")).collect();
    assert_eq!(hints.len(), 1);
    assert!(hints[0].contains("partners paypal set P-2 ADDRESS"), "{hints:?}");
    let shown = world.run(&format!("payout show {RUN}")).exits(0);
    assert!(shown.out.contains("items[1].receiver") && shown.out.contains("VALIDATION_ERROR"), "{shown:?}");
    fake.script(&json!([{"on": "create", "fault": "refuse", "http": 422}]));
    let _ = world.submit("").exits(1);
    let shown = world.show();
    let refusal = &shown["batches"][1]["refusal"];
    assert!(refusal["remedy"].as_str().unwrap().contains("add funds"), "{refusal}");
    assert!(shown["batches"][0]["refusal"]["said"].as_str().unwrap().contains("400"), "{shown}");
}

/// The size of the parts is that of the first submission, and who asks for another is told.
#[test]
fn another_part_size_at_the_second_submission_is_said_to_be_unused() {
    let (world, fake) = two();
    fake.script(&json!([{"on": "create", "fault": "refuse", "http": 422}]));
    let _ = world.submit("--part-size 1").exits(1);
    let said = world.submit("--part-size 2").exits(0);
    assert!(said.err.contains("--part-size is not used"), "{said:?}");
    assert_eq!(batches(&fake), 2);
}

/// A proxy is for PayPal, and never sees what goes to an address of this machine.
#[test]
fn an_address_of_this_machine_is_reached_without_a_proxy() {
    let (mut world, fake) = two();
    let proxy = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    proxy.set_nonblocking(true).unwrap();
    let address = format!("http://{}", proxy.local_addr().unwrap());
    world.variables.push(("PARTNERS_PAYPAL_PROXY".to_owned(), address));
    let _ = world.submit("").exits(0);
    assert!(proxy.accept().is_err(), "nobody called");
    assert_eq!(batches(&fake), 1);
}

/// Parts that were refused and given up leave a run whose other payments are final: it is settled, and sound.
#[test]
fn giving_up_the_refused_rest_settles_what_is_final() {
    let (world, fake) = two();
    fake.script(
        &json!([{"on": "create", "fault": "none"}, {"on": "create", "fault": "refuse", "http": 422}]),
    );
    let _ = world.submit("--part-size 1").exits(3);
    let _ = world.run("payout sync").exits(3);
    let _ = world.run(&format!("payout cancel {RUN} --yes --reason later")).exits(0);
    assert_eq!(
        (world.state().as_str(), world.item_states()),
        ("settled", vec!["paid".into(), "cancelled".into()])
    );
    world.check();
    let _ = world.run("backup b.db").exits(0);
    let _ = world.run("restore b.db --yes --reason try").exits(3);
    world.check();
}
