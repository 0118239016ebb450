//! Refunds that are rows of their own: before their charge, in steps, won back, and in any order.

use std::path::PathBuf;

use partners::commands::attribute::by_evidence;
use partners::commands::check::check;
use partners::import::Kind;
use partners::store::Writer;
use proptest::prelude::*;

use super::world::{World, counts, reasons};

const HEADER: &str = "balance_transaction_id,created_utc,currency,gross,fee,net,reporting_category,source_id,\
                      description,customer_id,customer_email,charge_id\n";

fn charge(no: u8, cents: i64) -> String {
    let (units, rest) = (cents / 100, cents % 100);
    format!(
        "txn_c{no},2026-03-0{} 10:00:00,usd,{units}.{rest:02},0,0,charge,ch_{no},Plan,cus_{},\
         c{no}@example.com,ch_{no}\n",
        no + 1,
        no % 2
    )
}

fn moved(id: &str, word: &str, source: &str, day: u8, cents: i64, charge: u8) -> String {
    let (sign, cents) = if cents < 0 { ("-", -cents) } else { ("", cents) };
    let (units, rest) = (cents / 100, cents % 100);
    format!(
        "{id},2026-04-{day:02} 10:00:00,usd,{sign}{units}.{rest:02},0,0,{word},{source},x,cus_9,\
         x@example.com,ch_{charge}\n"
    )
}

fn take(world: &World, rows: &[String]) -> partners::commands::import::ImportReport {
    let text = format!("{HEADER}{}", rows.concat());
    let input = [PathBuf::from("-")];
    world
        .run(&World::ask_by("stripe-balance", &input), &text)
        .unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn refunded(world: &World, charge: &str) -> i64 {
    let sql = rusqlite::Connection::open(world.database()).unwrap();
    let sum = "SELECT refunded_cents, (SELECT coalesce(sum(amount_cents), 0) FROM refunds
        WHERE refunds.charge_no = charges.charge_no) FROM charges WHERE charge_id = ?1";
    let (kept, summed): (i64, i64) =
        sql.query_row(sum, [charge], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!(kept, summed, "refunded_cents of {charge} is the sum of the refunds that count");
    kept
}

#[test]
fn a_refund_waits_for_its_charge() {
    let world = World::new();
    let report = take(&world, &[moved("txn_1", "refund", "re_1", 1, -30_00, 1)]);
    assert_eq!((counts(&report).0, report.files[0].tally.waiting.rows, report.needs_person()), (1, 1, false));
    take(&world, &[charge(1, 79_00)]);
    assert_eq!(refunded(&world, "ch_1"), 30_00);
    // In steps, and a dispute that is won takes just itself back.
    take(&world, &[moved("txn_2", "refund", "re_2", 2, -20_00, 1)]);
    assert_eq!(refunded(&world, "ch_1"), 50_00);
    take(&world, &[moved("txn_3", "dispute", "dp_1", 3, -29_00, 1)]);
    assert_eq!(refunded(&world, "ch_1"), 79_00);
    take(&world, &[moved("txn_4", "dispute_reversal", "dp_1", 9, 29_00, 1)]);
    assert_eq!(refunded(&world, "ch_1"), 50_00);
    assert_eq!(counts(&take(&world, &[moved("txn_2", "refund", "re_2", 2, -20_00, 1)])).2, 1);
}

#[test]
fn more_than_the_amount_is_named_and_does_not_count() {
    for charge_first in [true, false] {
        let world = World::new();
        let (sold, back) = (charge(1, 79_00), moved("txn_1", "refund", "re_1", 1, -100_00, 1));
        let report = if charge_first {
            take(&world, &[sold]);
            take(&world, &[back])
        } else {
            take(&world, &[back]);
            take(&world, &[sold])
        };
        assert_eq!(refunded(&world, "ch_1"), 79_00);
        let found = reasons(&report);
        let words = "its refunds and disputes are 21.00 more than its amount, 79.00; the rest counts (R2.7)";
        assert_eq!(found, [format!("2 charge_id: {words}")]);
        assert!(report.needs_person());
        // Each row is in one count: the refund in its own, where it comes last; else the charge, which was taken.
        assert_eq!(report.to_json()["files"][0]["set_aside"], u64::from(charge_first));
        assert_eq!(report.to_json()["set_aside"].as_array().unwrap().len(), 1);
        assert_eq!(counts(&report).0, u64::from(!charge_first));
        // A later refund that has room says nothing of the earlier one.
        let report = take(&world, &[charge(2, 10_00), moved("txn_2", "refund", "re_2", 2, -1_00, 2)]);
        assert!(!report.needs_person(), "{:?}", reasons(&report));
    }
}

#[test]
fn a_refund_in_another_currency_is_named_once() {
    let world = World::new();
    take(&world, &[charge(1, 79_00)]);
    let euros = moved("txn_1", "refund", "re_1", 1, -5_00, 1).replace(",usd,", ",eur,");
    let report = take(&world, std::slice::from_ref(&euros));
    assert_eq!(counts(&report), (0, 0, 0, 0, 0, 1), "kept, and in one count");
    assert_eq!(counts(&take(&world, &[euros])), (0, 0, 1, 0, 0, 0));
    let report = take(&world, &[moved("txn_2", "refund", "re_2", 2, -9_00, 1)]);
    assert_eq!(counts(&report), (1, 0, 0, 0, 0, 0), "{:?}", reasons(&report));
    assert_eq!(refunded(&world, "ch_1"), 9_00);
}

#[test]
fn a_refund_never_changes_and_its_sign_must_be_right() {
    let world = World::new();
    take(&world, &[charge(1, 79_00), moved("txn_1", "refund", "re_1", 1, -10_00, 1)]);
    let before = world.facts();
    let report = take(&world, &[moved("txn_1", "refund", "re_1", 1, -20_00, 1)]);
    assert!(reasons(&report)[0].contains("was imported for charge ch_1 with 10.00 on 2026-04-01"));
    let report = take(&world, &[moved("txn_2", "refund", "re_2", 1, 20_00, 1)]);
    assert_eq!(reasons(&report), ["2 gross: has the other sign than such rows have"]);
    let report = take(&world, &[moved("txn_3", "moon_tax", "re_2", 1, -20_00, 1)]);
    assert_eq!(
        reasons(&report),
        ["2 reporting_category: profile stripe-balance does not say what such a row is"]
    );
    assert_eq!(world.facts(), before);
}

#[test]
fn a_total_that_billing_tells_is_the_same_money() {
    let payments = "id,Created (UTC),Amount,Amount Refunded,Currency,Status,Customer ID,Customer Email\n\
                    ch_1,2026-03-02 10:00,79.00,50.00,usd,Paid,cus_1,c1@example.com\n";
    let told = |world: &World| {
        world.run(&World::ask_by("stripe-payments", &[PathBuf::from("-")]), payments).unwrap();
    };
    let rows =
        [moved("txn_1", "refund", "re_1", 1, -30_00, 1), moved("txn_2", "refund", "re_2", 2, -20_00, 1)];
    let (one, two) = (World::new(), World::new());
    told(&one);
    take(&one, &rows[..1]);
    assert_eq!(refunded(&one, "ch_1"), 50_00, "30.00 of it are now known by their day");
    take(&one, &rows[1..]);
    take(&two, &rows);
    told(&two);
    assert_eq!((refunded(&one, "ch_1"), refunded(&two, "ch_1")), (50_00, 50_00));
    assert_eq!(one.facts(), two.facts());
}

#[test]
fn commissions_follow_refunds_that_come_later() {
    let world = World::new();
    world.take(Kind::Partners, "partner_id,name,email,joined_on\nP-1,Paula,paula@example.org,2025-01-01\n");
    world.take(Kind::Links, "code,partner_id\nanchor,P-1\n");
    let text = std::fs::read_to_string(
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/import/profiles/stripe-balance.toml"),
    )
    .unwrap();
    let rule =
        format!("{text}\n[[line]]\nkind = \"subscription\"\ncolumn = \"description\"\nexact = \"Plan\"\n");
    let profile = world.file("mine.toml", rule);
    let take = |rows: &[String]| {
        let text = format!("{HEADER}{}", rows.concat());
        let ask_files = [PathBuf::from("-")];
        world.run(&World::ask_by(profile.to_str().unwrap(), &ask_files), &text).unwrap()
    };
    take(&[charge(1, 80_00)]);
    world.take(Kind::Accounts, "account_id,referral_code\ncus_1,anchor\n");
    let writer = Writer::open(&world.database(), &world.operator, std::time::Duration::from_secs(5)).unwrap();
    let pass = by_evidence(&writer).unwrap();
    writer.commit(&pass.audit()).unwrap();
    let kept = || -> Vec<Vec<u8>> {
        let sql = rusqlite::Connection::open(world.database()).unwrap();
        let mut statement = sql.prepare("SELECT schedule FROM commissions").unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let whole = kept();
    assert_eq!(whole.len(), 1);
    take(&[moved("txn_1", "dispute", "dp_1", 1, -80_00, 1)]);
    let disputed = kept();
    assert_ne!(disputed, whole);
    // A charge that comes after its refund, into an account that has a referrer.
    take(&[moved("txn_2", "refund", "re_2", 2, -10_00, 3)]);
    take(&[charge(3, 40_00)]);
    assert!(check(&world.database(), world.operator.now).unwrap().ok());
    take(&[moved("txn_3", "dispute_reversal", "dp_1", 9, 80_00, 1)]);
    assert!(kept().contains(&whole[0]));
    assert!(check(&world.database(), world.operator.now).unwrap().ok());
}

/// Rows of three charges, one of them never sold, with ids of their own: refunds, disputes and what undoes them.
fn rows() -> impl Strategy<Value = Vec<String>> {
    let one = (0..4_u8, 0..3_u8, 1..28_u8, 1..90_i64, 0..3_u8);
    (prop::collection::vec(one, 0..10), any::<[bool; 3]>()).prop_map(|(all, sold)| {
        let mut rows: Vec<String> = (0..3_u8)
            .filter(|no| sold[usize::from(*no)])
            .map(|no| charge(no, 40_00 + i64::from(no) * 10_00))
            .collect();
        for (at, (what, no, day, units, source)) in all.into_iter().enumerate() {
            let (word, source, cents) = match what {
                0 | 1 => ("refund", format!("re_{at}"), -units * 100),
                2 => ("dispute", format!("dp_{no}{source}"), -units * 100),
                _ => ("dispute_reversal", format!("dp_{no}{source}"), units * 100),
            };
            rows.push(moved(&format!("txn_{at}"), word, &source, day, cents, no));
        }
        rows
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_files_and_rows_ends_alike(
        (rows, shuffled) in rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
        cuts in any::<(prop::sample::Index, prop::sample::Index)>(),
    ) {
        let (whole, parts) = (World::new(), World::new());
        take(&whole, &rows);
        let mut cuts = [cuts.0.index(shuffled.len() + 1), cuts.1.index(shuffled.len() + 1)];
        cuts.sort_unstable();
        for part in [&shuffled[..cuts[0]], &shuffled[cuts[0]..cuts[1]], &shuffled[cuts[1]..]] {
            take(&parts, part);
        }
        prop_assert_eq!(whole.facts(), parts.facts());
        for row in rows.iter().filter(|row| row.contains(",charge,")) {
            let id = row.trim_end().rsplit(',').next().unwrap();
            prop_assert!(refunded(&whole, id) <= 60_00);
        }
        // Overlapping exports: all of it once more, in the other order.
        take(&parts, &rows);
        prop_assert_eq!(whole.facts(), parts.facts());
    }
}
