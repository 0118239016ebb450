//! `adjust`, `payout record` and `charge resolve`: what moves a balance outside the billing files.

use partners::commands::payout;
use partners::commands::records::{
    AddLink, Adjust, OutsideRecord, Owner, RecordError, RecordOutside, Resolve, Ruling, add_link, adjust,
    record_outside, resolve_charge, show_charge,
};
use partners::import::links::LinkChannel;

use super::desk::{Desk, day, from_to, moved, refused};

/// P1 with 25.00, 50.00 and 75.00 eligible, oldest first.
fn desk() -> Desk {
    let desk = Desk::on("2025-12-05");
    desk.partner("P1", "jo@example.com");
    let link =
        AddLink { code: "JO", owner: Owner::Partner("P1"), channel: LinkChannel::Link, created_on: None };
    add_link(desk.writer(), &link).unwrap();
    let charges = [("C1", "2025-09-01", 10_000), ("C2", "2025-10-01", 20_000), ("C3", "2025-11-01", 30_000)];
    desk.account("A1", "cust@example.org", "JO", &charges);
    desk
}

fn record(desk: &Desk, amount: &str, reference: &str) -> Result<OutsideRecord, RecordError> {
    let given = RecordOutside { amount, method: "cheque", reference, reason: "no PayPal in the country" };
    record_outside(desk.writer(), "P1", &given)
}

#[test]
fn an_adjustment_moves_the_balance_and_keeps_its_reason() {
    let desk = desk();
    let give = |amount: &str, on: Option<&str>, reason: &str| {
        adjust(desk.writer(), "jo", &Adjust { amount, on: on.map(day), reason })
    };
    for (amount, words) in [
        ("0", "an adjustment of nothing"),
        ("1,000", "is not an amount"),
        ("+5", "is not an amount"),
        ("1e3", "not an amount"),
    ] {
        let (said, _) = refused(give(amount, None, "x"));
        assert!(said.contains(words), "{said}");
    }
    assert!(refused(give("5.00", None, " ")).0.contains("reason is empty"));
    let added = give("12.34", None, "apology").unwrap();
    assert_eq!((added.balance_before.minor(), added.balance_after.minor()), (15_000, 16_234));
    assert!(added.warnings.is_empty());
    let again = give("12.34", None, "apology").unwrap();
    assert!(
        again.warnings[0].contains("says exactly the same") && again.warnings[0].contains("-12.34"),
        "{again:?}"
    );
    give("-24.68", None, "typed twice").unwrap();
    assert_eq!(desk.balance("P1"), 15_000);
    let later = give("5.00", Some("2025-12-10"), "bonus").unwrap();
    assert_eq!((later.balance_before, later.balance_after), (later.balance_after, later.balance_before));
    assert!(later.warnings[0].contains("counts from 2025-12-10 on"), "{later:?}");
    let rows = desk.reader().audit_rows(Some("partner:P1")).unwrap();
    assert_eq!(rows.iter().filter(|row| row.action == "adjust").count(), 4);
}

#[test]
fn money_paid_outside_settles_the_oldest_first_and_the_last_line_in_part() {
    let desk = desk();
    let first = record(&desk, "40.00", "4711").unwrap();
    assert_eq!(first.run.as_str(), "outside-2025-12-05");
    assert_eq!((first.balance_before.minor(), first.balance_after.minor()), (15_000, 11_000));
    assert_eq!(first.lines.iter().map(|line| line.amount.minor()).collect::<Vec<_>>(), [2_500, 1_500]);
    desk.is_sound();
    let run = desk.reader().run("outside-2025-12-05").unwrap();
    assert_eq!((run.state.as_str(), run.origin.as_str(), run.amount.minor()), ("settled", "outside", 4_000));
    assert_eq!(run.note.as_deref(), Some("cheque, reference 4711: no PayPal in the country"));
    assert_eq!(desk.reader().stored_plan_sha256(&run).unwrap(), run.plan_sha256, "the plan can be proved");
    assert_eq!(desk.reader().items(run.no).unwrap()[0].state.as_str(), "paid");
    let second = record(&desk, "35.00", "4712").unwrap();
    assert_eq!(second.run.as_str(), "outside-2025-12-05-2");
    assert_eq!(second.lines[0].amount.minor(), 3_500, "the rest of the second charge");
    assert_eq!(desk.balance("P1"), 7_500);
    desk.is_sound();
    let rows = desk.reader().audit_rows(Some("run:outside-2025-12-05-2")).unwrap();
    assert_eq!(rows[0].reason.as_deref(), Some("no PayPal in the country"));
}

#[test]
fn an_adjustment_that_is_paid_in_part_counts_with_its_rest() {
    let desk = desk();
    adjust(desk.writer(), "P1", &Adjust { amount: "30.00", on: None, reason: "bonus" }).unwrap();
    record(&desk, "160.00", "1").unwrap();
    assert_eq!(desk.balance("P1"), 2_000);
    let reader = desk.reader();
    let rests: Vec<i64> = reader.adjustments().unwrap().iter().map(|one| one.rest.minor()).collect();
    assert_eq!(rests, [2_000]);
    drop(reader);
    record(&desk, "20.00", "2").unwrap();
    assert_eq!(desk.balance("P1"), 0);
    desk.is_sound();
}

#[test]
fn what_is_owed_uses_up_the_oldest_money_first() {
    let desk = desk();
    adjust(desk.writer(), "P1", &Adjust { amount: "-30.00", on: None, reason: "paid twice" }).unwrap();
    let paid = record(&desk, "20.00", "1").unwrap();
    assert_eq!(paid.lines.iter().map(|line| line.amount.minor()).collect::<Vec<_>>(), [-3_000, 2_500, 2_500]);
    assert_eq!(desk.balance("P1"), 10_000);
    desk.is_sound();
}

#[test]
fn more_than_the_balance_is_refused() {
    let desk = desk();
    let (said, next) = refused(record(&desk, "150.01", "1"));
    assert_eq!(said, "150.01 is more than the balance of P1, 150.00 USD; nothing was recorded");
    assert!(next.starts_with("partners why P1"), "{next}");
    for wrong in ["0", "-5.00"] {
        assert!(refused(record(&desk, wrong, "1")).0.contains("more than nothing"));
    }
    record(&desk, "1.00", "1").unwrap();
    let (said, _) = refused(record(&desk, "1.00", "1"));
    assert_eq!(said, "a payment to P1 with the reference 1 was recorded before, as outside-2025-12-05");
    assert!(refused(record(&desk, "1.00", " ")).0.contains("reference is empty"));
    // Money that a draft holds is not there twice.
    desk.sql(
        "UPDATE partners SET paypal_email = 'pay@example.com', paypal_key = 'pay@example.com', tax_form = 'w9',
         tax_status = 'approved'",
    );
    let writer = desk.writer();
    let ask =
        payout::create::Ask { date: Some(desk.today), off_cycle: false, only: Vec::new(), replace: false };
    let outcome = payout::create::create(&writer, &ask).unwrap();
    writer.commit(&outcome.audit().unwrap()).unwrap();
    let (said, next) = refused(record(&desk, "10.00", "2"));
    assert!(said.contains("more than the balance of P1, 0.00"), "{said}");
    assert!(next.contains("partners payout cancel 2025-12-05"), "{next}");
}

#[test]
fn staff_decide_what_billing_left_open() {
    let desk = desk();
    desk.sql("UPDATE charges SET status = 2, collected_on = NULL WHERE charge_id = 'C1'");
    let writer = desk.writer();
    writer.touch_account("A1");
    writer.commit(&partners::store::AuditNote::new("import billing", serde_json::Value::Null)).unwrap();
    assert_eq!(desk.balance("P1"), 0, "C2 and C3 are withheld (R3.4)");
    let resolve = |charge: &str, ruling: Ruling, on: Option<&str>, reason: &str| {
        resolve_charge(desk.writer(), charge, &Resolve { ruling, collected_on: on.map(day), reason })
    };
    let (said, next) = refused(resolve("C2", Ruling::Voided, None, "x"));
    assert!(said.contains("billing itself says that charge C2 is paid"), "{said}");
    assert!(next.contains("partners charge show C2"), "{next}");
    assert!(
        refused(resolve("C1", Ruling::Voided, Some("2025-12-01"), "x")).0.contains("belongs to --as paid")
    );
    assert!(refused(resolve("C1", Ruling::Paid, Some("2025-12-06"), "x")).0.contains("in the future"));
    assert!(refused(resolve("C9", Ruling::Paid, None, "x")).0.contains("no charge \"C9\""));
    assert!(refused(resolve("C1", Ruling::Paid, None, "")).0.contains("reason is empty"));
    let written_off = resolve("C1", Ruling::WriteOff, None, "customer is bankrupt").unwrap();
    assert_eq!(moved(&written_off, "status"), from_to("collections", "write_off"));
    assert_eq!(desk.balance("P1"), 12_500, "released (R3.4)");
    desk.is_sound();
    let paid = resolve("C1", Ruling::Paid, Some("2025-12-01"), "they paid after all").unwrap();
    assert_eq!(moved(&paid, "status"), from_to("write_off", "paid"));
    assert_eq!(moved(&paid, "collected_on"), from_to("-", "2025-12-01"));
    assert_eq!(desk.balance("P1"), 15_000);
    let view = show_charge(&desk.reader(), "C1", day("2026-11-22")).unwrap();
    assert_eq!(view.record.resolution.unwrap().reason, "they paid after all");
    assert!(resolve("C1", Ruling::Paid, Some("2025-12-01"), "again").unwrap().is_unchanged());
    let open = resolve("C1", Ruling::Open, None, "a mistake").unwrap();
    assert_eq!(moved(&open, "status"), from_to("paid", "collections"));
    assert_eq!(desk.balance("P1"), 0);
    assert!(resolve("C1", Ruling::Open, None, "again").unwrap().is_unchanged());
    assert_eq!(desk.reader().audit_rows(Some("account:A1")).unwrap().len(), 3, "one for each decision");
    desk.is_sound();
}
