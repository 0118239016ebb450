//! Refunds in steps through our own columns, in any order; and what a blank cell of a later row leaves alone.

use partners::import::Kind;
use proptest::prelude::*;

use super::world::{BILLING, World, counts, reasons};

/// A row of the one charge: what has gone back by a day, told at a moment.
fn row(refunded: u32, on: &str, status: &str, at: &str) -> String {
    let refunded = if refunded == 0 { String::new() } else { format!("{refunded}.00") };
    format!("{BILLING}C1,A1,,2026-01-01,2026-01-02,subscription,100.00,{refunded},{on},USD,{status},,{at},\n")
}

fn refunds(world: &World) -> Vec<String> {
    let sql = rusqlite::Connection::open(world.database()).unwrap();
    let mut statement = sql.prepare("SELECT on_day, amount_cents FROM refunds ORDER BY refund_no").unwrap();
    let rows = statement.query_map([], |row| {
        Ok(format!("{} {}", row.get::<_, Option<i64>>(0)?.unwrap_or(0), row.get::<_, i64>(1)?))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

#[test]
fn steps_of_a_refund_end_alike_in_any_order_of_files() {
    for stamps in [["2026-01-02", "2026-02-11", "2026-03-11"], ["", "", ""]] {
        let rows = [
            row(0, "", "paid", stamps[0]),
            row(30, "2026-02-10", "partially_refunded", stamps[1]),
            row(50, "2026-03-10", "partially_refunded", stamps[2]),
        ];
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let world = World::new();
            for at in order {
                world.take(Kind::Billing, &rows[at]);
            }
            assert_eq!(refunds(&world), ["20260210 3000", "20260310 2000"], "{order:?} {stamps:?}");
            assert!(world.facts().contains("|10000|5000|"), "{order:?} {stamps:?}: {}", world.facts());
        }
    }
}

#[test]
fn a_file_that_takes_a_refund_back_and_gives_another_says_the_same_twice() {
    let world = World::new();
    let rows = [
        row(30, "2026-02-10", "partially_refunded", "2026-02-11"),
        row(0, "", "paid", "2026-02-20"),
        row(50, "2026-03-10", "partially_refunded", "2026-03-11"),
    ];
    let file = rows.map(|text| text.replace(BILLING, "")).concat();
    for _ in 0..2 {
        world.take(Kind::Billing, &format!("{BILLING}{file}"));
        assert_eq!(refunds(&world), ["20260310 5000"]);
    }
}

#[test]
fn a_smaller_refund_waits_for_a_person_unless_it_is_a_step_not_known() {
    let world = World::new();
    world.take(Kind::Billing, &row(50, "2026-03-10", "partially_refunded", ""));
    let step = row(30, "2026-02-10", "partially_refunded", "");
    assert_eq!(counts(&world.take(Kind::Billing, &step)), (0, 1, 0, 0, 0, 0));
    // Known by now: it may be the news that the second refund was taken back.
    assert!(reasons(&world.take(Kind::Billing, &step))[0].contains("would undo a refund"));
    let other_sum = row(40, "2026-02-10", "partially_refunded", "");
    assert!(reasons(&world.take(Kind::Billing, &other_sum))[0].contains("would undo a refund"));
    let same_day = row(40, "2026-03-10", "partially_refunded", "");
    assert!(reasons(&world.take(Kind::Billing, &same_day))[0].contains("would undo a refund"));
    assert_eq!(refunds(&world), ["20260210 3000", "20260310 2000"]);
}

#[test]
fn a_blank_leaves_what_is_known_and_a_first_row_must_be_whole() {
    let world = World::new();
    let whole =
        "C1,A1,,2026-01-01,2026-01-02,subscription,100.00,30.00,2026-02-01,EUR,partially_refunded,,,\n";
    world.take(Kind::Billing, &format!("{BILLING}{whole}"));
    let before = world.facts();
    let blank = "C1,A1,,2026-01-01,,subscription,100.00,,,,partially_refunded,,,\n";
    assert_eq!(counts(&world.take(Kind::Billing, &format!("{BILLING}{blank}"))), (0, 1, 0, 0, 0, 0));
    assert_eq!(world.facts(), before);
    // Another currency that is named is still a contradiction.
    let named = blank.replace("100.00,,,,", "100.00,,,USD,");
    assert!(
        reasons(&world.take(Kind::Billing, &format!("{BILLING}{named}")))[0]
            .contains("is in EUR and keeps it")
    );
    // Billing's column of refunds may be blank in a row that is paid and was.
    let paid = "C2,A1,,2026-01-01,2026-01-02,subscription,100.00,30.00,2026-02-01,,paid,,,\n";
    world.take(Kind::Billing, &format!("{BILLING}{paid}"));
    let later = paid.replace("30.00,2026-02-01", ",");
    assert_eq!(counts(&world.take(Kind::Billing, &format!("{BILLING}{later}"))), (0, 1, 0, 0, 0, 0));
    assert!(world.facts().contains("\"C2\"|20260201|3000|"), "{}", world.facts());
    let first = blank.replace("C1", "C3")
        + &blank.replace("C1", "C4").replace("2026-01-01,,", "2026-01-01,2026-01-02,");
    let file = format!("{BILLING}{first}");
    for _ in 0..2 {
        let found = reasons(&world.take(Kind::Billing, &file));
        assert_eq!(found.len(), 2, "reported each time it comes: {found:?}");
        assert!(
            found[0].starts_with("2 collected_on: is blank, and status partially_refunded was collected"),
            "{found:?}"
        );
        assert!(found[1].starts_with("3 refunded: status partially_refunded needs the amount"), "{found:?}");
    }
}

#[test]
fn moments_and_refunds_of_the_future_are_set_aside() {
    let world = World::new();
    for (cells, reason) in [
        (",,USD,paid,,9999-01-01T00:00:00Z,", "2 updated_at: is not a date"),
        (",,USD,paid,,2999-01-01T00:00:00Z,", "2 updated_at: is later than tomorrow, 2026-11-23"),
        (",,USD,paid,,2026-11-24,", "2 updated_at: is later than tomorrow, 2026-11-23"),
        ("5,2026-11-24,USD,partially_refunded,,,", "2 refunded_on: is later than tomorrow, 2026-11-23"),
    ] {
        let text = format!("{BILLING}C1,A1,,2026-01-01,2026-01-02,subscription,100.00,{cells}\n");
        let found = reasons(&world.take(Kind::Billing, &text));
        assert!(
            found.len() == 1 && (found[0].starts_with(reason) || reason.contains("not a date")),
            "{found:?}"
        );
    }
    let today = format!(
        "{BILLING}C1,A1,,2026-01-01,2026-01-02,subscription,100.00,,,USD,paid,,2026-11-23T23:59:59Z,\n"
    );
    assert_eq!(counts(&world.take(Kind::Billing, &today)).0, 1);
}

#[test]
fn rows_that_repeat_a_contradiction_are_set_aside_too() {
    let world = World::new();
    let one = "C1,A1,,2026-01-01,2026-01-02,subscription,1.00,,,USD,paid,,,\n";
    let other = one.replace("1.00", "2.00");
    let report = world.take(Kind::Billing, &format!("{BILLING}{one}{other}{one}"));
    assert_eq!(counts(&report), (0, 0, 0, 0, 0, 3));
    assert_eq!(report.set_aside().map(|(_, row)| row.line).collect::<Vec<_>>(), [2, 3, 4]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    /// A refund that only grows, told by rows that say when they were written.
    #[test]
    fn any_order_of_the_rows_of_a_growing_refund_ends_alike(
        (steps, shuffled) in prop::collection::vec(0..20_u32, 1..6).prop_flat_map(|steps| {
            let places: Vec<usize> = (0..steps.len()).collect();
            (Just(steps), Just(places).prop_shuffle())
        }),
        stamped in any::<bool>(),
    ) {
        let mut sum = 0;
        let rows: Vec<String> = steps.iter().enumerate().map(|(at, step)| {
            sum += step;
            let (month, status) = (at + 2, if sum == 0 { "paid" } else { "partially_refunded" });
            let on = if sum == 0 { String::new() } else { format!("2026-{month:02}-10") };
            // The day of a refund that did not grow is that of the step before: billing repeats it.
            let on = if *step == 0 && sum > 0 {
                let last = steps[..at].iter().rposition(|step| *step > 0).unwrap_or(at);
                format!("2026-{:02}-10", last + 2)
            } else { on };
            row(sum, &on, status, &if stamped { format!("2026-{month:02}-11") } else { String::new() })
        }).collect();
        let (one, other) = (World::new(), World::new());
        for text in &rows {
            one.take(Kind::Billing, text);
        }
        for at in shuffled {
            other.take(Kind::Billing, &rows[at]);
        }
        prop_assert_eq!(refunds(&one), refunds(&other));
    }
}
