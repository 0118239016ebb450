//! What may happen in a programme's life, and how often.

use proptest::prelude::*;

use super::model::Payment;

/// One thing that happens. Indexes wrap around what there is.
#[derive(Debug, Clone)]
pub enum Step {
    Charge { account: usize, age: u64, lag: Option<u64>, price: usize, overage: bool },
    Refund { charge: usize, quarters: i64, ago: u64 },
    Chargeback { charge: usize, ago: u64 },
    Uncollect { charge: usize, to: usize },
    Collect { charge: usize },
    Standing { who: usize, to: usize },
    Paper { who: usize, approve: bool },
    Address { who: usize, to: usize },
    Confirm { who: usize },
    Release { who: usize },
    Email { who: usize },
    OwnRate { who: usize, rate: usize, ago: u64 },
    Policy { key: usize, value: usize, offset: u64, retroactive: bool },
    Assign { account: usize, who: usize, how: usize },
    Close { account: usize, ago: Option<u64> },
    Adjust { who: usize, dollars: i64 },
    Create { off_cycle: bool, replace: bool },
    Cancel { run: usize, not_uploaded: bool },
    Approve { run: usize },
    File { run: usize, early: bool },
    Settle { run: usize, item: usize, next: Payment },
    Days { days: u64 },
    ToFriday,
}

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
        2 => (account.clone(), who.clone(), 0..3_usize)
            .prop_map(|(account, who, how)| Step::Assign { account, who, how }),
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

/// A Friday as it should be: drafted, approved, filed.
pub fn friday(replace: bool) -> Vec<Step> {
    let run = 0;
    let create = Step::Create { off_cycle: false, replace };
    vec![Step::ToFriday, create, Step::Approve { run }, Step::File { run, early: true }]
}

/// A sale of ours this very day, on the account of the first partner: somebody is payable.
pub const SALE: Step = Step::Charge { account: 0, age: 0, lag: Some(0), price: 4, overage: false };

/// A step, a Friday, or a Friday long after, at which what was never enough is written off.
pub fn block() -> impl Strategy<Value = Vec<Step>> {
    let lapse = |(account, quarters, charge): (usize, i64, usize)| {
        let small = Step::Charge { account, age: 0, lag: Some(0), price: 5, overage: false };
        let refund = Step::Refund { charge, quarters, ago: 0 };
        [vec![small, refund, Step::Days { days: 190 }, SALE], friday(true)].concat()
    };
    prop_oneof![
        12 => step().prop_map(|step| vec![step]),
        2 => any::<bool>().prop_map(friday),
        1 => (0..4_usize, 1..4_i64, 0..64_usize).prop_map(lapse),
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
