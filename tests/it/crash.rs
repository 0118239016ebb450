//! Killed at each named point of the sending, started again: the crash table of the sending sequence.
//!
//! `PARTNERS_TEST_CRASH_AT` is known to debug builds only. The kill sweep (`tests/sweep`) does the same at every system
//! call; here each point has the state it must leave.

use crate::common::fake_paypal::FakePaypal;
use crate::common::world::{RUN, World};

#[test]
fn whatever_the_point_the_state_is_known_and_the_money_moves_once() {
    // The point; the run's state after the crash; the batches PayPal then has; the command that goes on.
    let table = [
        ("before-intent", "approved", 0, "submit"),
        ("after-intent", "submitting", 0, "resume"),
        ("before-post", "submitting", 0, "resume"),
        ("after-post", "submitting", 1, "resume"),
        ("accepting", "submitting", 1, "resume"),
        ("after-answer", "submitting", 1, "resume"),
        ("after-conclusion", "submitted", 1, "sync"),
    ];
    for (point, state, batches, command) in table {
        let fake = FakePaypal::start(&["--settle", "at-once"]);
        let mut world = World::approved(&["ann@example.com", "bob@example.org"], &fake.url());
        world.variables.push(("PARTNERS_TEST_CRASH_AT".to_owned(), point.to_owned()));
        let said = world.submit("");
        assert_eq!(said.code, None, "{point} was not reached: {said:?}");
        world.variables.clear();
        assert_eq!(world.state(), state, "{point}");
        assert_eq!(fake.books()["batches"].as_array().unwrap().len(), batches, "{point}");
        world.check();
        let _ = match command {
            "submit" => world.submit("").exits(0),
            other => world.run(&format!("payout {other} {RUN}")).exits(0),
        };
        let _ = world.run(&format!("payout sync {RUN}")).exits(0);
        assert_eq!(
            (world.state().as_str(), world.item_states()),
            ("settled", vec!["paid".to_owned(); 2]),
            "{point}"
        );
        assert_eq!(fake.books()["batches"].as_array().unwrap().len(), 1, "{point}");
        world.check();
    }
}

#[test]
fn killed_while_syncing_each_item_is_old_or_new() {
    for point in ["syncing", "after-sync"] {
        let fake = FakePaypal::start(&["--settle", "at-once"]);
        let mut world = World::approved(&["ann@example.com", "locked@example.org"], &fake.url());
        let _ = world.submit("").exits(0);
        world.variables.push(("PARTNERS_TEST_CRASH_AT".to_owned(), point.to_owned()));
        assert_eq!(world.run(&format!("payout sync {RUN}")).code, None, "{point}");
        world.variables.clear();
        let states = world.item_states();
        assert!(states == ["sent", "sent"] || states == ["paid", "failed"], "{point}: {states:?}");
        world.check();
        let _ = world.run(&format!("payout sync {RUN}")).exits(3);
        assert_eq!(world.item_states(), ["paid", "failed"]);
        world.check();
    }
}

#[test]
fn killed_after_a_cancellation_the_next_look_tells() {
    let fake = FakePaypal::start(&["--settle", "at-once"]);
    let mut world = World::approved(&["unclaimed@example.com"], &fake.url());
    let _ = world.submit("").exits(0);
    let _ = world.run(&format!("payout sync {RUN}")).exits(3);
    world.variables.push(("PARTNERS_TEST_CRASH_AT".to_owned(), "after-cancel".to_owned()));
    assert_eq!(world.run("payout cancel-item 2026-11-27-0001 --yes").code, None);
    world.variables.clear();
    assert_eq!(world.item_states(), ["unclaimed"]);
    let _ = world.run(&format!("payout sync {RUN}")).exits(3);
    assert_eq!(world.item_states(), ["returned"]);
    world.check();
}
