//! A state machine: the commands beside a simple independent model (issue 2, promise 10).
//!
//! A long random life of a small programme - charges, refunds, chargebacks, money that comes and goes, people who
//! change, policies that change, runs with every outcome, days that pass - goes to the program and to the model. After
//! each step they must say the same of every partner and every run, `check` must find nothing, and the trail must
//! have grown by exactly one row for a step that wrote and by none for one that did not.
//!
//! `PROPTEST_CASES=500 cargo test --test it machine` runs longer. A life that fails becomes a named test below.

mod life;
mod model;
mod step;
mod world;

use proptest::prelude::*;

use life::Life;
use model::Payment;
use step::{SALE, Step, block, friday};

/// What `PROPTEST_CASES` says, else few enough for every day.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(6)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(), max_shrink_iters: 100, failure_persistence: None, ..ProptestConfig::default()
    })]

    #[test]
    fn the_books_say_what_the_model_says(blocks in prop::collection::vec(block(), 20..50)) {
        live(&blocks.concat());
    }
}

fn live(steps: &[Step]) -> Life {
    let mut life = Life::begin();
    for (at, step) in steps.iter().enumerate() {
        life.take(at, step);
    }
    life
}

/// Money that was written off comes back to nobody when its charge is refunded: the refund first cancels the lapse
/// (R5.1), and only what goes beyond it would be clawed back.
#[test]
fn a_lapse_and_then_a_refund() {
    // 75.00 of a partner whom staff assigned: too little for 290 days.
    let before = [
        Step::Assign { account: 3, who: 2, how: 1 },
        Step::Refund { charge: 6, quarters: 1, ago: 0 },
        Step::Days { days: 290 },
        SALE,
    ];
    let steps = [&before[..], &friday(false), &paid_and_refunded()].concat();
    let life = live(&steps);
    assert_eq!((life.lapses(), life.paid()), (1, 1), "somebody is paid, and somebody loses");
}

/// A clawback that takes back all of a charge that earns nothing any more leaves nothing kept of it.
#[test]
fn a_clawback_of_all_that_was_paid() {
    let paid = Step::Settle { run: 0, item: 0, next: Payment::Paid };
    let week = || [vec![Step::Days { days: 1 }, SALE, SALE], friday(false)].concat();
    for lost in [Step::Uncollect { charge: 1, to: 0 }, Step::Assign { account: 2, who: 2, how: 1 }] {
        let life = live(&[friday(false), vec![paid.clone(), lost], week()].concat());
        assert!(life.clawbacks() > 0, "something was clawed back");
    }
}

fn paid_and_refunded() -> Vec<Step> {
    let paid = Step::Settle { run: 0, item: 0, next: Payment::Paid };
    let refund = |quarters| Step::Refund { charge: 6, quarters, ago: 0 };
    let week = || [vec![Step::Days { days: 1 }, SALE], friday(false)].concat();
    [vec![paid, refund(2)], week(), vec![refund(4)], week()].concat()
}
