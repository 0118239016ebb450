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
mod world;

use proptest::prelude::*;

use life::{Life, Step};
use model::Payment;

fn step() -> impl Strategy<Value = Step> {
    let which = 0..64_usize;
    let who = 0..3_usize;
    let account = 0..4_usize;
    prop_oneof![
        6 => (account.clone(), 0..240_u64, prop::option::weighted(0.85, 0..30_u64), 0..6_usize, 0..8_usize).prop_map(
            |(account, age, lag, price, other)| Step::Charge { account, age, lag, price, overage: other == 0 }
        ),
        3 => (which.clone(), 1..=4_i64, 0..40_u64)
            .prop_map(|(charge, quarters, ago)| Step::Refund { charge, quarters, ago }),
        1 => (which.clone(), 0..10_u64).prop_map(|(charge, ago)| Step::Chargeback { charge, ago }),
        2 => (which.clone(), 0..3_usize).prop_map(|(charge, to)| Step::Uncollect { charge, to }),
        2 => which.clone().prop_map(|charge| Step::Collect { charge }),
        1 => (who.clone(), 0..3_usize).prop_map(|(who, to)| Step::Standing { who, to }),
        1 => (who.clone(), any::<bool>()).prop_map(|(who, approve)| Step::Paper { who, approve }),
        2 => (who.clone(), 0..5_usize).prop_map(|(who, to)| Step::Address { who, to }),
        1 => who.clone().prop_map(|who| Step::Confirm { who }),
        1 => who.clone().prop_map(|who| Step::Release { who }),
        1 => who.clone().prop_map(|who| Step::Email { who }),
        1 => (who.clone(), 0..3_usize, 0..200_u64).prop_map(|(who, rate, ago)| Step::OwnRate { who, rate, ago }),
        2 => (0..3_usize, 0..3_usize, 0..300_u64, any::<bool>())
            .prop_map(|(key, value, offset, retroactive)| Step::Policy { key, value, offset, retroactive }),
        2 => (account.clone(), who.clone(), 0..3_usize).prop_map(|(account, who, how)| Step::Assign { account, who, how }),
        1 => (account, prop::option::of(0..120_u64)).prop_map(|(account, ago)| Step::Close { account, ago }),
        1 => (who, -60..60_i64).prop_map(|(who, dollars)| Step::Adjust { who, dollars }),
        6 => (prop::bool::weighted(0.25), prop::bool::weighted(0.2))
            .prop_map(|(off_cycle, replace)| Step::Create { off_cycle, replace }),
        1 => (which.clone(), any::<bool>()).prop_map(|(run, not_uploaded)| Step::Cancel { run, not_uploaded }),
        5 => which.clone().prop_map(|run| Step::Approve { run }),
        5 => (which.clone(), prop::bool::weighted(0.8)).prop_map(|(run, early)| Step::File { run, early }),
        7 => (which.clone(), which, prop::sample::select(OUTCOMES.to_vec()))
            .prop_map(|(run, item, next)| Step::Settle { run, item, next }),
        5 => prop::sample::select(vec![1, 6, 7, 30, 100, 190]).prop_map(|days| Step::Days { days }),
    ]
}

const OUTCOMES: [Payment; 11] = [
    Payment::Paid,
    Payment::Paid,
    Payment::Paid,
    Payment::Unclaimed,
    Payment::Returned,
    Payment::Failed,
    Payment::Blocked,
    Payment::Refunded,
    Payment::Reversed,
    Payment::Cancelled,
    Payment::Sent,
];

/// What `PROPTEST_CASES` says, else few enough for every day.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(12)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(), max_shrink_iters: 300, failure_persistence: None, ..ProptestConfig::default()
    })]

    #[test]
    fn the_books_say_what_the_model_says(steps in prop::collection::vec(step(), 20..60)) {
        live(&steps);
    }
}

fn live(steps: &[Step]) {
    let mut life = Life::begin();
    for (at, step) in steps.iter().enumerate() {
        life.take(at, step);
    }
}
