//! Laws that hold for every input: of money, of the payout file, of what a charge earns (R1.2, R1.3, R5.1, R7.7).
//!
//! Nothing here opens a database; the laws of the import are in `import/laws.rs`, those of the books in `machine`.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use partners::commission::{
    AccountFacts, Charge, Kind, Partners, Refund, Settled, Status, Tie, Verdict, earnings,
};
use partners::dates::Day;
use partners::eligibility::{Counting, RunKind, Subject, assess};
use partners::ids::{Email, ItemId};
use partners::money::{Currency, Money, Rate};
use partners::partner::{AddressState, Partner, Paypal, Standing, Tax, TaxForm, TaxStatus};
use partners::payfile::{self, Payment};
use partners::policy::{Policies, Policy};
use proptest::prelude::*;

fn day(offset: u64) -> Day {
    NaiveDate::from_ymd_opt(2025, 1, 1).unwrap().checked_add_days(Days::new(offset)).unwrap()
}

fn cents(amount: i64) -> Money {
    Money::from_minor(amount)
}

/// The product of a rate and an amount, rounded half away from zero, in whole numbers only.
fn by_hand(millionths: i64, amount: i64) -> i128 {
    let product = i128::from(millionths) * i128::from(amount);
    let half = if product < 0 { -500_000 } else { 500_000 };
    (product + half) / 1_000_000
}

proptest! {
    #[test]
    fn money_adds_as_whole_numbers_do(one: i64, two: i64, three: i64) {
        let (a, b, c) = (cents(one), cents(two), cents(three));
        prop_assert_eq!(a.plus(b).ok(), b.plus(a).ok());
        prop_assert_eq!(a.plus(b).ok().map(Money::minor), one.checked_add(two), "overflow is refused");
        prop_assert_eq!(a.minus(b).ok().map(Money::minor), one.checked_sub(two), "overflow is refused");
        if let (Ok(left), Ok(right)) = (a.plus(b).and_then(|sum| sum.plus(c)), b.plus(c).and_then(|sum| a.plus(sum))) {
            prop_assert_eq!(left, right);
        }
        if let Ok(sum) = a.plus(b) {
            prop_assert_eq!(sum.minus(b), Ok(a));
        }
    }

    #[test]
    fn what_is_printed_is_read_back(minor in -99_999_999_999_i64..=99_999_999_999, currency in 0..3_usize) {
        let currency: Currency = ["USD", "JPY", "KWD"][currency].parse().unwrap();
        // Nine digits before the point, whatever stands behind it.
        let minor = if currency.digits() == 0 { minor / 1_000 } else { minor };
        prop_assert_eq!(Money::parse(&cents(minor).major(currency), currency), Ok(cents(minor)));
        prop_assert_eq!(cents(minor).grouped(currency).replace(',', ""), cents(minor).major(currency));
    }

    #[test]
    fn whatever_is_read_prints_as_the_same_amount(text in "-?[0-9.,+e_ $]{0,12}") {
        if let Ok(amount) = Money::parse(&text, Currency::USD) {
            prop_assert_eq!(Money::parse(&amount.major(Currency::USD), Currency::USD), Ok(amount));
            prop_assert!(text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-'), "{}", text);
        }
    }

    #[test]
    fn a_rate_rounds_as_fractions_say(millionths in 0..=1_000_000_i64, amount in -99_999_999_999_i64..=99_999_999_999) {
        let rate = Rate::from_millionths(millionths).unwrap();
        prop_assert_eq!(i128::from(rate.of(cents(amount)).unwrap().minor()), by_hand(millionths, amount));
        prop_assert_eq!(rate.to_string().parse::<Rate>(), Ok(rate));
    }

    #[test]
    fn a_payout_file_is_read_as_it_was_written(
        rows in prop::collection::vec(("[a-z0-9]{1,20}", 1..2_000_000_i64, "[A-Za-z0-9_-]{1,30}"), 0..40)
    ) {
        let payments: Vec<Payment> = rows
            .iter()
            .map(|(who, amount, item)| Payment {
                email: format!("{who}@example.com"), amount: cents(*amount), item: ItemId(item.clone()),
            })
            .collect();
        let parts = payfile::parts(&payments, Currency::USD, "Partner commission").unwrap();
        let bytes = parts.concat();
        prop_assert_eq!(payfile::read(&bytes, Currency::USD).unwrap(), payments.clone());
        prop_assert_eq!(payfile::verify(&bytes, &payments, Currency::USD), Ok(()));
        prop_assert!(bytes.is_ascii());
    }

    #[test]
    fn every_cent_is_in_one_place_on_every_day(account in account(), lines in settled()) {
        let policies = Policies::new(Currency::USD, &[]).unwrap();
        let of = |no: i64| vec![(1, lines[usize::try_from(no).unwrap() % lines.len()])];
        let all = earnings(&account, &policies, &One(partner()), of).unwrap();
        prop_assert_eq!(&all, &earnings(&account, &policies, &One(partner()), of).unwrap());
        for on in (0..900).step_by(15).map(day) {
            let mut sum: BTreeMap<&str, i64> = BTreeMap::new();
            let mut due = 0;
            for earning in &all {
                let judged = earning.schedule.assess(&earning.settled, on, None, 6).unwrap();
                prop_assert_eq!(judged, earning.schedule.assess(&earning.settled, on, None, 6).unwrap());
                let (delta, out, lapsed) =
                    (judged.delta.minor(), earning.settled.out.minor(), earning.settled.lapsed.minor());
                let place = match (judged.counts, judged.place) {
                    (true, _) => "counting",
                    (false, Verdict::InRefundPeriod) => "in the refund period",
                    (false, _) => "withheld",
                };
                prop_assert!(judged.counts || delta >= 0, "a clawback counts at once (R5.1)");
                *sum.entry(place).or_default() += delta;
                *sum.entry("out").or_default() += out;
                // What a later refund has cancelled of a lapse is due no more.
                let still_due = judged.due.minor() - out - delta;
                prop_assert!(
                    still_due == lapsed || (lapsed > 0 && (0..=lapsed).contains(&still_due)),
                    "{} lapsed, {} of it due", lapsed, still_due
                );
                *sum.entry("lapsed").or_default() += still_due;
                due += judged.due.minor();
                prop_assert!(judged.due.minor() >= 0);
            }
            prop_assert_eq!(due, sum.values().sum::<i64>(), "R7.7 as of {}: {:?}", on, sum);
        }
    }

    #[test]
    fn a_decision_depends_on_its_arguments_only_and_pays_all_or_nothing(
        lines in prop::collection::vec((-9_000..9_000_i64, prop::option::of(0..700_u64)), 0..12),
        on in 0..900_u64,
        regular: bool,
    ) {
        let counting: Vec<Counting> = lines
            .iter()
            .zip(1..)
            .filter(|((amount, _), _)| *amount != 0)
            .map(|((amount, last), no)| Counting {
                subject: Subject::Charge(no), amount: cents(*amount), anniversary: last.map(day),
            })
            .collect();
        let policy = Policy::default_for(Currency::USD);
        let kind = if regular { RunKind::Regular } else { RunKind::OffCycle };
        let decide = |lines: Vec<Counting>| assess(&partner(), &policy, day(on), kind, lines).unwrap();
        let decision = decide(counting.clone());
        prop_assert_eq!(&decision, &decide(counting.clone()));
        let mut turned = counting.clone();
        turned.reverse();
        prop_assert_eq!(decision.balance, decide(turned).balance);
        if let Some(lapse) = &decision.lapse {
            prop_assert!(regular && lapse.amount.is_positive() && decision.balance < policy.minimum);
            let sum = Money::sum(lapse.lines.iter().map(|line| line.amount)).unwrap();
            prop_assert_eq!(sum, lapse.amount);
        }
        if let partners::eligibility::Decision::Pay(payable) = &decision.decision {
            prop_assert!(payable.amount() >= policy.minimum);
            prop_assert_eq!(payable.lines(), counting.as_slice());
        }
    }
}

struct One(Partner);

impl Partners for One {
    fn partner(&self, _no: i64) -> Option<&Partner> {
        Some(&self.0)
    }
}

fn partner() -> Partner {
    Partner {
        id: "P1".into(),
        name: "Ann".to_owned(),
        email: Email::new("ann@example.com"),
        joined_on: day(0),
        standing: Standing::Active,
        country: Some("US".to_owned()),
        us_person: None,
        tax: Tax {
            form: Some(TaxForm::W9),
            status: TaxStatus::Approved,
            signed_on: None,
            decided_on: None,
            questionnaire_says_us: false,
        },
        first_approval: Some(None),
        paypal: Paypal {
            email: Some(Email::new("pay@example.com")),
            state: AddressState::Unconfirmed,
            changed_on: None,
            shared_with: Vec::new(),
        },
        payment_reversed: false,
        rates: Vec::new(),
    }
}

/// Billed, collected after, amount, status, kind, and a refund of some per cent.
type Row = (u64, u64, i64, usize, u8, Option<(u64, i64)>);

fn account() -> impl Strategy<Value = AccountFacts> {
    let charge = (
        0..600_u64,
        0..60_u64,
        0..40_000_i64,
        0..9_usize,
        0..4_u8,
        prop::option::of((0..700_u64, 0..=100_i64)),
    );
    (prop::option::of(0..500_u64), prop::option::of(0..700_u64), prop::collection::vec(charge, 1..8))
        .prop_map(|(opened, closed, mut charges)| {
            charges.sort();
            let charge = |(no, (billed, lag, amount, status, kind, refund)): (i64, Row)| {
                let status = Status::ALL[status];
                Charge {
                    no,
                    id: format!("C{no}").as_str().into(),
                    billed_on: day(billed),
                    collected_on: status.was_collected().then(|| day(billed + lag)),
                    kind: if kind == 0 { Kind::Sms } else { Kind::Subscription },
                    status,
                    amount: cents(amount),
                    currency: None,
                    refunds: refund
                        .map(|(on, part)| Refund { on: Some(day(on)), amount: cents(amount * part / 100) })
                        .into_iter()
                        .collect(),
                }
            };
            AccountFacts {
                id: "A1".into(),
                opened_on: opened.map(day),
                closed_on: closed.map(day),
                ties: vec![Tie { partner: Some(1), from: None, assigned_on: None, self_referral: false }],
                charges: (0..).zip(charges).map(charge).collect(),
            }
        })
}

fn settled() -> impl Strategy<Value = Vec<Settled>> {
    let one = (-9_000..9_000_i64, -9_000..9_000_i64, any::<bool>()).prop_map(|(out, lapsed, unpaid)| {
        Settled { out: cents(out), lapsed: cents(lapsed), unpaid, returned_on: None }
    });
    prop::collection::vec(prop_oneof![Just(Settled::default()), one], 1..8)
}
