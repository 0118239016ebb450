//! Statuses and comparisons as laws: every state against every word, every order and repetition, every
//! partition.
//!
//! The model is a count of how often the money came back; the table is `fixtures/tables/item_status.txt`.

use std::str::FromStr;

use partners::ids::{Email, ItemId};
use partners::money::{Currency, Money};
use partners::reconcile::{
    Listed, Quoted, Recognise, Sent, Status, StatusWord, Step, compare, step, unclaimed_until,
};
use partners::run::ItemState;
use proptest::prelude::*;

const WORDS: [&str; 13] = [
    "SUCCESS",
    "FAILED",
    "DENIED",
    "PENDING",
    "UNCLAIMED",
    "RETURNED",
    "ONHOLD",
    "ON_HOLD",
    "BLOCKED",
    "REFUNDED",
    "REVERSED",
    "TELEPORTED",
    "",
];

#[test]
fn every_status_does_to_every_state_what_the_table_says() {
    let table = include_str!("../../fixtures/tables/item_status.txt");
    let mut lines = table.lines().filter(|line| line.starts_with("  "));
    let heading = table.lines().find(|line| line.starts_with("# PayPal says")).unwrap();
    let states: Vec<_> =
        heading.split_whitespace().skip(3).map(|word| ItemState::from_str(word).unwrap()).collect();
    assert!(ItemState::ALL.iter().all(|state| states.contains(state)), "every state stands in the table");
    let mut seen = Vec::new();
    for line in lines.by_ref() {
        let mut cells = line.split_whitespace();
        let word = cells.next().unwrap();
        seen.push(word.replace("(none)", ""));
        let status = Status::read(Some(word).filter(|word| *word != "(none)"));
        for (state, expected) in states.iter().zip(cells) {
            let found = match step(*state, &status) {
                Step::Keep => "keep",
                Step::Wait => "wait",
                Step::Alarm(_) => "alarm",
                Step::Become(next) => next.as_str(),
            };
            assert_eq!(found, expected, "{word} on {state}");
        }
    }
    seen.sort();
    let mut all = WORDS.map(str::to_owned).to_vec();
    all.sort();
    assert_eq!(seen, all, "every word stands in the table");
    assert!(StatusWord::ALL.iter().all(|word| seen.contains(&word.as_str().to_uppercase())));
}

/// Every sequence of four words with repetitions, from the moment an item was sent.
#[test]
fn whatever_the_order_the_money_comes_back_at_most_once() {
    let statuses = WORDS.map(|word| Status::read(Some(word)));
    let all = |length: u32| {
        let count = WORDS.len();
        (0..count.pow(length))
            .map(move |number| (0..length).map(|place| number / count.pow(place) % count).collect::<Vec<_>>())
    };
    for sequence in all(4) {
        let (mut state, mut given_back, mut paid) = (ItemState::Sent, 0, 0);
        for status in sequence.iter().map(|index| &statuses[*index]) {
            let Step::Become(next) = step(state, status) else { continue };
            assert!(state.may_become(next), "{state} to {next}");
            assert!(
                matches!(status, Status::Known(word) if word.state() == Some(next)),
                "{status} made {next}"
            );
            given_back += usize::from(state.holds_money() && !next.holds_money());
            paid += usize::from(next == ItemState::Paid);
            state = next;
            assert!(
                !matches!(step(state, status), Step::Become(_)),
                "{status} twice changes something twice"
            );
        }
        assert!(given_back <= 1 && paid <= 1, "{sequence:?}");
        assert_eq!(given_back == 1, !state.holds_money());
    }
}

#[test]
fn unclaimed_money_comes_back_after_thirty_days() {
    let day = |text: &str| text.parse().unwrap();
    assert_eq!(unclaimed_until(day("2026-11-27")), day("2026-12-27"));
}

fn sent() -> impl Strategy<Value = Sent> {
    (0..6_u8, 0..3_u8, 1..4_i64).prop_map(|(item, receiver, cents)| Sent {
        item: ItemId(format!("I{item}")),
        receiver: Email::new(&format!("r{receiver}@example.com")),
        amount: Money::from_minor(cents),
        currency: Currency::USD,
    })
}

fn listed() -> impl Strategy<Value = Listed> {
    let currencies = prop_oneof![8 => Just("USD"), 1 => Just("EUR"), 1 => Just("U$D")];
    let values = prop_oneof![9 => (1..4_i64).prop_map(|cents| format!("0.0{cents}")), 1 => ".*"];
    (proptest::option::of(0..6_u8), 0..3_u8, values, currencies).prop_map(
        |(item, receiver, value, currency)| Listed {
            item: item.map(|item| ItemId(format!("I{item}"))),
            receiver: Email::new(&format!("R{receiver}@example.com")),
            amount: Quoted { value, currency: currency.to_owned() },
            status: Status::Absent,
            reason: None,
            fee: None,
            transaction_id: None,
            payout_item_id: None,
            processed_at: None,
        },
    )
}

proptest! {
    #[test]
    fn a_comparison_is_a_partition_of_both_sides(
        ours in proptest::collection::vec(sent(), 0..8),
        theirs in proptest::collection::vec(listed(), 0..8),
        by_receiver: bool,
    ) {
        let recognise = if by_receiver { Recognise::ByItemThenReceiver } else { Recognise::ByItem };
        let found = compare(&ours, &theirs, recognise);
        let mut left: Vec<*const Sent> = found.missing.iter().map(|one| std::ptr::from_ref(*one)).collect();
        let mut right: Vec<*const Listed> = found.extra.iter().map(|one| std::ptr::from_ref(*one)).collect();
        let different = found.different.iter().map(|pair| (pair.sent, pair.listed));
        let pairs = different.chain(found.matched.iter().copied());
        for (sent, listed) in pairs {
            left.push(sent);
            right.push(listed);
        }
        for doubled in &found.doubled {
            prop_assert!(doubled.sent.len() > 1 || doubled.listed.len() > 1);
            left.extend(doubled.sent.iter().map(|one| std::ptr::from_ref(*one)));
            right.extend(doubled.listed.iter().map(|one| std::ptr::from_ref(*one)));
        }
        let mut every_left: Vec<*const Sent> = ours.iter().map(std::ptr::from_ref).collect();
        let mut every_right: Vec<*const Listed> = theirs.iter().map(std::ptr::from_ref).collect();
        left.sort_unstable();
        right.sort_unstable();
        every_left.sort_unstable();
        every_right.sort_unstable();
        prop_assert_eq!(left, every_left);
        prop_assert_eq!(right, every_right);
        for (sent, listed) in &found.matched {
            prop_assert_eq!(listed.amount.money(), Some(sent.amount));
            prop_assert_eq!(listed.amount.currency(), Some(sent.currency));
            prop_assert_eq!(listed.receiver.key(), sent.receiver.key());
        }
        for pair in &found.different {
            prop_assert!(!pair.fields.is_empty());
        }
    }

    #[test]
    fn a_status_is_known_only_by_its_word(text in ".*") {
        if let Status::Known(word) = Status::read(Some(&text)) {
            prop_assert_eq!(text.trim().to_ascii_lowercase().replace("on_hold", "onhold"), word.as_str());
        }
    }
}
