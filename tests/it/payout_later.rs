//! What PayPal says later: contradictions, words without a meaning, batches denied whole, reports of other runs; each
//! for a person, and none of it paid twice.

use std::fs;

use partners::commands::payout::sync::{Synced, apply_item};
use partners::ids::Email;
use partners::reconcile::{Listed, Quoted, Sent, Status, Step, step};
use partners::run::ItemState;
use partners::store::{Item, Operator, Writer};
use serde_json::json;

use crate::common::fake_paypal::FakePaypal;
use crate::common::world::{RUN, Said, World};

fn by_api(payees: &[&str]) -> (World, FakePaypal) {
    let fake = FakePaypal::start(&["--settle", "manual"]);
    let world = World::approved(payees, &fake.url());
    let _ = world.submit("").exits(0);
    (world, fake)
}

const ONE: &str = "2026-11-27-0001";
const TWO: &str = "2026-11-27-0002";

/// Failed, and the next day paid after all: the partner has the money, and is not paid it again without a person.
#[test]
fn a_failed_payment_that_is_paid_after_all_is_not_paid_again() {
    let (mut world, fake) = by_api(&["ann@example.com", "bob@example.org"]);
    fake.move_with_reason(ONE, "FAILED", "INTERNAL_ERROR");
    fake.move_item(TWO, "SUCCESS");
    let _ = world.run("payout sync").exits(3);
    fake.move_item(ONE, "SUCCESS");
    let said = world.run("payout sync").exits(3);
    assert!(said.err.contains("do not pay the partner"), "{said:?}");
    // It is kept, shown, warned of, and stays for a person until one has answered.
    let shown = world.show();
    let item = &shown["items"][0];
    assert_eq!(
        (&item["state"], &item["alarm"], &item["paypal_status"], &item["checked_at"]),
        (&json!("failed"), &json!("moves_after_return"), &json!("SUCCESS"), &json!("2026-11-27T10:00:00Z"))
    );
    let shown = world.run(&format!("payout show {RUN}")).exits(0);
    assert!(
        shown.out.contains("it may be paid twice") && shown.out.contains("partners adjust P-1"),
        "{shown:?}"
    );
    let _ = world.run("payout sync").exits(3);
    world.now = "2026-12-04T10:00:00Z".to_owned();
    let preview = world.run("preview --json").exits(0).json();
    assert_eq!(preview["payable"], json!([]));
    assert_eq!(preview["blocked"][0]["reasons"], json!(["payment_reversed"]));
    assert_eq!(preview["warnings"][0]["code"], "paypal_contradicts");
    let created = world.run("payout create --json").json();
    assert_eq!(created["run"], json!(null));
    let sent = fake.sent();
    assert_eq!(sent["ann@example.com USD"], ("100.00".to_owned(), 1));
    // Answered: the payment is taken from the balance, and the partner is free; PayPal's same word is no news.
    let _ = world.run("adjust P-1 -100.00 --reason paid-after-all --yes").exits(0);
    let _ = world.run("partner release P-1 --reason asked-PayPal").exits(0);
    let _ = world.run("payout sync").exits(0);
    let gates = world.run("why P-1 --json").exits(0).json();
    assert!(
        gates["gates"]
            .as_array()
            .unwrap()
            .iter()
            .any(|gate| gate["gate"] == "reversal" && gate["open"] == true)
    );
    world.check();
}

/// A word without a meaning is kept as it is, and there is a way out by hand: with a reason and the amount.
#[test]
fn a_word_without_a_meaning_is_kept_and_settled_by_hand() {
    let (world, fake) = by_api(&["ann@example.com", "bob@example.org"]);
    let by_hand = format!("payout settle {RUN} --item {ONE}=paid --yes");
    let _ = world.run(&format!("{by_hand} --reason x --expect-total 100.00")).exits(1);
    fake.move_item(ONE, "ACKNOWLEDGED");
    fake.move_item(TWO, "SUCCESS");
    let _ = world.run("payout sync").exits(3);
    let shown = world.show();
    let item = &shown["items"][0];
    assert_eq!((&item["alarm"], &item["paypal_status"]), (&json!("unknown_word"), &json!("ACKNOWLEDGED")));
    assert!(item["checked_at"].is_string());
    let table = world.run(&format!("payout show {RUN}")).exits(0);
    assert!(
        table.out.contains("ACKNOWLEDGED") && table.out.contains(&format!("--item {ONE}=STATE")),
        "{table:?}"
    );
    // A reason, and the amount to the cent.
    let _ = world.run(&by_hand).exits(1);
    let _ = world.run(&format!("{by_hand} --reason seen")).exits(4);
    let _ = world.run(&format!("{by_hand} --reason seen --expect-total 100.01")).exits(4);
    let _ = world.run(&format!("payout settle {RUN} --all-paid --yes --reason seen")).exits(1);
    let _ = world.run(&format!("{by_hand} --reason seen-in-activity --expect-total 100.00")).exits(0);
    assert_eq!((world.state().as_str(), world.item_states()), ("settled", vec!["paid".to_owned(); 2]));
    let _ = world.run("payout sync").exits(0);
    world.check();
    // What PayPal's word settles is settled by it.
    let _ = world
        .run(&format!("payout settle {RUN} --item {TWO}=reversed --yes --reason x --expect-total 200.00"))
        .exits(1);
}

/// A batch denied as a whole has moved nothing, whether PayPal lists its payments or not (PAYPAL.md §1.7).
#[test]
fn a_batch_denied_whole_gives_all_of_it_back_once() {
    let (world, fake) = by_api(&["ann@example.com", "bob@example.org"]);
    let shown = world.show();
    let batch = &shown["batches"][0];
    let reply = |ours: &str| {
        json!([{"on": "batch", "fault": "reply", "http": 200, "body": {
            "batch_header": {"payout_batch_id": batch["paypal_batch_id"], "batch_status": "DENIED",
                "sender_batch_header": {"sender_batch_id": ours}},
            "items": [], "total_items": 0, "total_pages": 0}}])
    };
    // Not if it is not ours.
    fake.script(&reply("another"));
    let _ = world.run("payout sync").exits(3);
    assert_eq!(world.item_states(), ["sent"; 2]);
    fake.script(&reply(batch["sender_batch_id"].as_str().unwrap()));
    let said = world.run("payout sync").exits(3);
    assert_eq!(
        (world.state().as_str(), world.item_states()),
        ("settled", vec!["failed".to_owned(); 2]),
        "{said:?}"
    );
    // No address is at fault: the next run pays.
    let next = world.run("preview --json").exits(0).json();
    assert_eq!(next["totals"]["payable"], "300.00");
    world.check();
}

fn filed(payees: &[&str]) -> World {
    let world = World::approved(payees, "http://127.0.0.1:9");
    let _ = world.run(&format!("payout file {RUN} --out out.csv")).exits(0);
    world
}

fn reconcile(world: &World, run: &str, report: &str) -> Said {
    fs::write(world.path().join("report.csv"), report).unwrap();
    world.run(&format!("payout reconcile {run} --report report.csv --yes --json"))
}

/// The same partners are owed the same amounts next week: last week's report is not next week's.
#[test]
fn another_run_s_report_settles_nothing() {
    let mut world = filed(&["ann@example.com", "bob@example.org"]);
    let rows = |with_items: bool, date: &str, transactions: [&str; 2]| {
        let [one, two] = if with_items { [ONE, TWO] } else { ["", ""] };
        let [first, second] = transactions;
        format!(
            "Item,Receiver,Amount,Currency,Status,Fee,Transaction ID,Date\n\
             {one},ann@example.com,100.00,USD,Completed,2.00,{first},{date}\n\
             {two},bob@example.org,200.00,USD,Completed,4.00,{second},{date}\n"
        )
    };
    let report = rows(true, "11/27/2026", ["TX1", "TX2"]);
    let _ = reconcile(&world, RUN, &report).exits(0);
    let _ = reconcile(&world, RUN, &report).exits(0);
    world.now = "2026-12-04T10:00:00Z".to_owned();
    world.owe_again("D", 1, 100);
    let billing = "charge_id,account_id,account_opened_on,billed_on,collected_on,kind,amount,currency,status\n\
                   D-2,A-2,2026-05-25,2026-11-20,2026-11-20,subscription,800.00,USD,paid\n";
    fs::write(world.path().join("d2.csv"), billing).unwrap();
    let _ = world.run("import billing d2.csv").exits(0);
    let next = world.approve_another("");
    let _ = world.run(&format!("payout file {next} --out next.csv")).exits(0);
    for (report, word) in [
        (report.clone(), "is the report of run 2026-11-27".to_owned()),
        (rows(true, "12/04/2026", ["TX1", "TX2"]), format!("item {ONE} is of run {RUN}")),
        (rows(false, "12/04/2026", ["TX1", "TX2"]), format!("transaction TX1 is that of our item {ONE}")),
        (rows(false, "12/04/2026", ["TX8", "TX8"]), "transaction TX8 stands for item".to_owned()),
        (
            rows(false, "11/27/2026", ["TX8", "TX9"]),
            "it is of 2026-11-27, and the run left on 2026-12-04".to_owned(),
        ),
    ] {
        let said = reconcile(&world, &next, &report).exits(1);
        assert!(said.err.contains(&word), "{word}: {said:?}");
        let shown = world.run(&format!("payout show {next} --json")).exits(0).json();
        assert_eq!(shown["state"], "exported", "{word}");
    }
    let _ = reconcile(&world, &next, &rows(false, "12/04/2026", ["TX8", "TX9"])).exits(0);
    world.check();
    // PayPal's id of an item is nobody else's either.
    let other = filed(&["ann@example.com", "bob@example.org"]);
    let twice = format!(
        "Item,Receiver,Amount,Status,payout_item_id\n{ONE},ann@example.com,100.00,Completed,PI1\n\
         {TWO},bob@example.org,200.00,Completed,PI1\n"
    );
    let said = reconcile(&other, RUN, &twice).exits(1);
    assert!(said.err.contains("PI1"), "{said:?}");
}

/// A report is taken whole or not at all: a word without a meaning refuses it.
#[test]
fn a_report_with_an_unknown_word_changes_nothing() {
    let world = filed(&["ann@example.com", "bob@example.org"]);
    let report = format!(
        "Item,Receiver,Amount,Status\n{ONE},ann@example.com,100.00,Completed\n\
         {TWO},bob@example.org,200.00,Temporary Hold\n"
    );
    let said = reconcile(&world, RUN, &report).exits(1);
    assert!(said.err.contains("Temporary Hold") && said.err.contains("nothing was changed"), "{said:?}");
    assert_eq!(world.item_states(), ["sent"; 2]);
    let _ = reconcile(&world, RUN, &report.replace("Temporary Hold", "Completed")).exits(0);
}

/// A report of what comes back is no report of payments.
#[test]
fn a_report_of_returns_pays_nobody() {
    for row in [
        "Mass Pay Reversal,Completed,USD,100.00,0.00,100.00",
        "Mass Pay Payment,Completed,USD,100.00,0.00,100.00",
    ] {
        let world = filed(&["ann@example.com"]);
        let report = format!(
            "Type,Status,Currency,Gross,Fee,Net,To Email Address,Transaction ID\n{row},ann@example.com,TX9\n"
        );
        let said = reconcile(&world, RUN, &report).exits(1);
        assert!(said.err.contains("money that comes back"), "{said:?}");
        assert_eq!(world.item_states(), ["sent"]);
    }
}

/// What left by file is cancelled at PayPal by hand, and no command that cannot do it is recommended.
#[test]
fn an_unclaimed_payment_of_a_file_is_cancelled_at_paypal() {
    let world = filed(&["ann@example.com"]);
    let report =
        format!("Item,Receiver,Amount,Status,payout_item_id\n{ONE},ann@example.com,100.00,Unclaimed,PI7\n");
    let _ = reconcile(&world, RUN, &report).exits(3);
    let shown = world.run(&format!("payout show {RUN}")).exits(0);
    assert!(
        !shown.out.contains("cancel-item") && shown.out.contains(&format!("--item {ONE}=returned")),
        "{shown:?}"
    );
    let said = world.run(&format!("payout cancel-item {ONE} --yes")).exits(1);
    assert!(said.err.contains("cancel it at PayPal"), "{said:?}");
}

/// A cancellation that PayPal stumbled over is not one, and the answer says so.
#[test]
fn a_cancellation_in_doubt_is_said_to_be_none() {
    let (world, fake) = by_api(&["ann@example.com"]);
    fake.move_item(ONE, "UNCLAIMED");
    let _ = world.run("payout sync").exits(3);
    fake.script(&json!([{"on": "cancel", "fault": "error_before", "http": 500}]));
    let said = world.run(&format!("payout cancel-item {ONE} --yes")).exits(3);
    assert!(said.err.contains("is not cancelled as far as PayPal says"), "{said:?}");
    assert_eq!(world.item_states(), ["unclaimed"]);
    fake.script(&json!([
        {"on": "cancel", "fault": "error_before", "http": 500},
        {"on": "item", "fault": "error_before"},
    ]));
    let said = world.run(&format!("payout cancel-item {ONE} --yes")).exits(7);
    assert!(said.err.contains("it is not known whether"), "{said:?}");
    let _ = world.run(&format!("payout cancel-item {ONE} --yes")).exits(0);
    world.check();
}

/// A payment that was unclaimed and is paid has no reason any more for not being paid.
#[test]
fn a_paid_payment_carries_no_reason() {
    let (world, fake) = by_api(&["ann@example.com"]);
    fake.move_with_reason(ONE, "UNCLAIMED", "RECEIVER_UNREGISTERED");
    let _ = world.run("payout sync").exits(3);
    assert_eq!(world.show()["items"][0]["reason_code"], "RECEIVER_UNREGISTERED");
    fake.move_item(ONE, "SUCCESS");
    let _ = world.run("payout sync").exits(0);
    assert_eq!(world.show()["items"][0]["reason_code"], json!(null));
    let csv = world.run(&format!("payout show {RUN} --format csv")).exits(0);
    assert!(!csv.out.contains("RECEIVER_UNREGISTERED"), "{csv:?}");
}

/// Sync without a run asks about what was settled of late, and says what finds out the unknown.
#[test]
fn cron_hears_of_a_late_reversal_and_names_resume() {
    let (mut world, fake) = by_api(&["ann@example.com"]);
    fake.move_item(ONE, "SUCCESS");
    let _ = world.run("payout sync").exits(0);
    world.now = "2027-01-20T10:00:00Z".to_owned();
    fake.move_item(ONE, "REVERSED");
    let _ = world.run("payout sync").exits(3);
    assert_eq!(world.item_states(), ["reversed"]);
    let asked = fake.seen("batch");
    world.now = "2027-02-01T10:00:00Z".to_owned();
    let none = world.run("payout sync").exits(0);
    assert!(none.out.contains("nothing to ask") && fake.seen("batch") == asked, "{none:?}");
    world.check();
    let fake = FakePaypal::start(&[]);
    let world = World::approved(&["ann@example.com"], &fake.url());
    fake.script(&json!([{"on": "create", "fault": "close_after"}]));
    let _ = world.submit("").exits(6);
    let said = world.run("payout sync").exits(6);
    assert!(said.err.contains(&format!("payout resume {RUN}")), "{said:?}");
}

/// Applies a status to a payment as it was sent.
fn apply(writer: &Writer, item: &Item, status: &Status) -> Synced {
    let run = writer.run(RUN).unwrap();
    let (receiver, amount, currency) = (Email::new(&item.paypal_email), item.amount, run.currency);
    let sent = Sent { item: item.id.clone(), receiver: receiver.clone(), amount, currency };
    let listed = Listed {
        item: Some(item.id.clone()),
        receiver,
        amount: Quoted { value: amount.major(currency), currency: currency.code().to_owned() },
        status: status.clone(),
        reason: None,
        fee: None,
        transaction_id: None,
        payout_item_id: None,
        processed_at: None,
    };
    let mut synced = Synced {
        run: run.name.0.clone(),
        changes: Vec::new(),
        alarms: Vec::new(),
        waiting: 0,
        needs_person: false,
        unknown: false,
    };
    apply_item(writer, &run, item, &sent, &listed, &mut synced).unwrap();
    synced
}

/// Every order of up to four words with repetitions, through the program's own store, beside a model of one number: the
/// money comes back once at most and never goes out again, a contradiction makes the partner wait, and what is kept is
/// PayPal's last word.
#[test]
fn statuses_in_every_order_through_the_store() {
    const WORDS: [&str; 11] = [
        "PENDING",
        "SUCCESS",
        "UNCLAIMED",
        "RETURNED",
        "FAILED",
        "ONHOLD",
        "BLOCKED",
        "REFUNDED",
        "REVERSED",
        "DENIED",
        "ACKNOWLEDGED",
    ];
    let (world, _fake) = by_api(&["ann@example.com"]);
    let now = partners::dates::Now("2026-11-27T11:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap());
    let operator = Operator { actor: "ann".into(), os_user: "ann".into(), now };
    for number in 0..WORDS.len().pow(4) {
        let sequence: Vec<&str> =
            (0..4).map(|place| WORDS[number / WORDS.len().pow(place) % WORDS.len()]).collect();
        // Nothing is committed: each order begins at the same place.
        let writer = Writer::open(&world.db(), &operator, std::time::Duration::from_secs(5)).unwrap();
        let run_no = writer.run(RUN).unwrap().no;
        let (mut model, mut came_back, mut contradicted, mut said) = (ItemState::Sent, 0, false, None);
        for word in &sequence {
            let status = Status::read(Some(word));
            let item = writer.items(run_no).unwrap().remove(0);
            assert_eq!(item.state, model, "{sequence:?}");
            let expected = step(model, &status);
            let synced = apply(&writer, &item, &status);
            match &expected {
                Step::Become(next) => {
                    came_back += i32::from(model.holds_money() && !next.holds_money());
                    contradicted |= next.closes_reversal_gate();
                    model = *next;
                }
                Step::Alarm(alarm) => contradicted |= alarm.kind().closes_reversal_gate(),
                Step::Keep | Step::Wait => {}
            }
            let after = writer.items(run_no).unwrap().remove(0);
            assert_eq!((after.state, after.partner_waits), (model, contradicted), "{sequence:?} at {word}");
            assert_eq!(after.paypal_status.as_deref(), Some(*word), "{sequence:?}");
            assert_eq!(after.alarm.is_some(), matches!(expected, Step::Alarm(_)), "{sequence:?} at {word}");
            assert_eq!(after.returned_on.is_some(), came_back == 1, "{sequence:?} at {word}");
            // What was said before is said again as long as somebody has to answer it.
            let alarms = matches!(expected, Step::Alarm(_));
            let answered = item.alarm.is_some() && said == Some(*word) && model.is_final() && !contradicted;
            assert_eq!(synced.alarms.is_empty(), !alarms || answered, "{sequence:?} at {word}");
            said = Some(*word);
        }
        assert!(came_back <= 1 && model.holds_money() == (came_back == 0), "{sequence:?}");
    }
}

#[test]
fn a_batch_that_is_denied_has_moved_nothing() {
    let fake = FakePaypal::start(&["--settle", "at-once"]);
    let world = World::approved(&["ann@example.com", "bob@example.org", "cid@example.net"], &fake.url());
    fake.script(&json!([{"on": "create", "fault": "deny", "reason": "SENDER_ACCOUNT_LOCKED"}]));
    let _ = world.submit("").exits(0);
    let _ = world.run("payout sync").exits(3);
    assert_eq!((world.state().as_str(), world.item_states()), ("settled", vec!["failed".to_owned(); 3]));
    assert!(fake.sent().is_empty());
    world.check();
    // The fault was ours: the addresses are as good as before, and the next run pays.
    let next = world.run("payout create --off-cycle --json").exits(0).json();
    assert_eq!((&next["run"], &next["totals"]["amount"]), (&json!("2026-11-27-2"), &json!("600.00")));
}
