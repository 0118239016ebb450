//! The PayPal client against the fake PayPal, through every fault: what each outcome proves, and what it
//! must not.
//!
//! The fake's books decide how often a batch was accepted; the client's word is compared with them (promises
//! 3, 12, 26).

use std::net::TcpListener;
use std::time::Duration;

use partners::ids::{Email, ItemId};
use partners::money::{Currency, Money};
use partners::paypal::{
    Answer, Attempt, BatchId, CancelOutcome, Client, CreateOutcome, Credentials, Environment, NotSent,
    Payload, Payment, PayoutItemId, PayoutRequest, ReadError, Settings, WhyUnknown,
};
use partners::reconcile::{Field, Recognise, Status, StatusWord, compare};
use serde_json::{Value, json};

use crate::common::fake_paypal::FakePaypal;

const CLIENT_ID: &str = "canary-client-3b7d";
const SECRET: &str = "canary-secret-8f1c-not-for-anybody";

fn credentials() -> Credentials {
    let lookup = |name: &str| match name {
        partners::paypal::CLIENT_ID_VARIABLE => Some(CLIENT_ID.into()),
        partners::paypal::SECRET_VARIABLE => Some(SECRET.into()),
        _ => None,
    };
    Credentials::find(lookup).unwrap()
}

fn settings(url: &str) -> Settings {
    Settings {
        elsewhere: Some(url.to_owned()),
        connect_timeout: Duration::from_secs(2),
        total_timeout: Duration::from_millis(1_500),
        ..Settings::new(Environment::Sandbox)
    }
}

fn client_of(fake: &FakePaypal) -> Client {
    Client::new(&settings(&fake.url()), credentials()).unwrap()
}

fn payload(sender_batch_id: &str, receivers: &[&str]) -> Payload {
    let payments = (1..).zip(receivers).map(|(number, receiver)| Payment {
        item: ItemId(format!("{sender_batch_id}-{number}")),
        receiver: Email::new(receiver),
        amount: Money::from_minor(number * 10_000),
        note: "Commission of 2026-11-27".to_owned(),
    });
    let request = PayoutRequest {
        sender_batch_id: sender_batch_id.to_owned(),
        currency: Currency::USD,
        email_subject: Some("Your commission".to_owned()),
        email_message: None,
        payments: payments.collect(),
    };
    Payload::build(request, Money::from_minor(2_000_000)).unwrap()
}

/// Names an outcome, for tables.
fn name(outcome: &CreateOutcome) -> &'static str {
    match outcome {
        CreateOutcome::Accepted { .. } => "accepted",
        CreateOutcome::AlreadyExists { batch: Some(_) } => "already exists",
        CreateOutcome::AlreadyExists { batch: None } => "already exists somewhere",
        CreateOutcome::Refused(_) => "refused",
        CreateOutcome::RateLimited { .. } => "rate limited",
        CreateOutcome::NotSent(NotSent::Unreachable(_)) => "unreachable",
        CreateOutcome::NotSent(NotSent::SignIn(_)) => "no sign-in",
        CreateOutcome::NotSent(NotSent::RateLimited(_)) => "sign-in rate limited",
        CreateOutcome::Unknown(WhyUnknown::Lost(_)) => "lost",
        CreateOutcome::Unknown(WhyUnknown::Stumbled(_)) => "stumbled",
        CreateOutcome::Unknown(WhyUnknown::Unreadable { .. }) => "unreadable",
        CreateOutcome::Unknown(WhyUnknown::InProgress(_)) => "in progress",
        CreateOutcome::Unknown(WhyUnknown::RefusedAgain(_)) => "refused again",
    }
}

/// Faults of a new batch: what a first attempt must say, how many batches PayPal then has, what a repetition
/// must say.
#[test]
fn every_fault_of_a_new_batch_has_its_outcome() {
    let other = json!({"batch_header": {"payout_batch_id": "OTHER1", "batch_status": "PENDING",
        "sender_batch_header": {"sender_batch_id": "somebody-else"}}});
    let old_duplicate = json!({"name": "USER_BUSINESS_ERROR", "message": "Duplicate batch request"});
    let business =
        json!({"name": "USER_BUSINESS_ERROR", "message": "User business error.", "debug_id": "f1"});
    let busy = json!({"name": "PREVIOUS_REQUEST_IN_PROGRESS", "message": "Wait."});
    let odd_id = json!({"batch_header": {"payout_batch_id": "../../v1/x", "batch_status": "PENDING"}});
    let cases: Vec<(Value, &str, usize, &str)> = vec![
        (json!({"fault": "none"}), "accepted", 1, "already exists"),
        (json!({"fault": "unauthorized"}), "accepted", 1, "already exists"),
        (json!({"fault": "rate_limit", "retry_after": 7}), "rate limited", 0, "accepted"),
        (json!({"fault": "rate_limit"}), "rate limited", 0, "accepted"),
        (json!({"fault": "error_before", "http": 500}), "stumbled", 0, "accepted"),
        (json!({"fault": "error_before", "http": 503}), "stumbled", 0, "accepted"),
        (json!({"fault": "error_after", "http": 500}), "stumbled", 1, "already exists"),
        (json!({"fault": "error_after", "http": 504}), "stumbled", 1, "already exists"),
        (json!({"fault": "close_before"}), "lost", 0, "accepted"),
        (json!({"fault": "close_after"}), "lost", 1, "already exists"),
        (json!({"fault": "hang_before"}), "lost", 0, "accepted"),
        (json!({"fault": "hang_after"}), "lost", 1, "already exists"),
        (json!({"fault": "reset_after"}), "lost", 1, "already exists"),
        (json!({"fault": "half_after"}), "lost", 1, "already exists"),
        (json!({"fault": "drip_after"}), "lost", 1, "already exists"),
        (json!({"fault": "cut_json_after"}), "unreadable", 1, "already exists"),
        (json!({"fault": "html_after"}), "unreadable", 1, "already exists"),
        (json!({"fault": "html_after", "http": 403}), "unreadable", 1, "already exists"),
        (json!({"fault": "html_after", "http": 502}), "stumbled", 1, "already exists"),
        (json!({"fault": "big_after"}), "unreadable", 1, "already exists"),
        (json!({"fault": "redirect_before"}), "unreadable", 0, "accepted"),
        (json!({"fault": "redirect_after", "http": 307}), "unreadable", 1, "already exists"),
        (json!({"fault": "reply_after", "http": 201, "body": {}}), "unreadable", 1, "already exists"),
        (json!({"fault": "reply_after", "http": 201, "body": "[]"}), "unreadable", 1, "already exists"),
        (json!({"fault": "reply_after", "http": 201}), "unreadable", 1, "already exists"),
        (json!({"fault": "reply_after", "http": 201, "body": odd_id}), "unreadable", 1, "already exists"),
        (json!({"fault": "reply_after", "http": 201, "body": other}), "unreadable", 1, "already exists"),
        (json!({"fault": "reply", "http": 400, "body": {}}), "unreadable", 0, "accepted"),
        (json!({"fault": "reply", "http": 400, "body": business}), "unreadable", 0, "accepted"),
        (json!({"fault": "reply", "http": 409, "body": busy}), "in progress", 0, "accepted"),
        (json!({"fault": "reply", "http": 418, "body": {"name": "TEAPOT"}}), "unreadable", 0, "accepted"),
        (
            json!({"fault": "reply", "http": 400, "body": old_duplicate}),
            "already exists somewhere",
            0,
            "accepted",
        ),
        (json!({"fault": "duplicate"}), "already exists somewhere", 0, "accepted"),
        (json!({"fault": "duplicate", "batch": "Q6K2CE4GQ36MQ"}), "already exists", 0, "accepted"),
        (json!({"fault": "duplicate", "batch": "../etc/passwd"}), "already exists somewhere", 0, "accepted"),
        (json!({"fault": "refuse"}), "refused", 0, "accepted"),
        (json!({"fault": "refuse", "http": 403, "name": "AUTHORIZATION_ERROR"}), "refused", 0, "accepted"),
        (json!({"fault": "refuse", "http": 400, "name": "NON_HOLDING_CURRENCY"}), "refused", 0, "accepted"),
        (json!({"fault": "bad_item", "index": 1}), "refused", 0, "accepted"),
        (json!({"fault": "deny"}), "accepted", 1, "accepted"),
    ];
    let fake = FakePaypal::start(&["--settle", "manual"]);
    let client = client_of(&fake);
    for (number, (fault, first, batches, again)) in (1..).zip(&cases) {
        let id = format!("case-{number}");
        let batch = payload(&id, &["a@example.com", "b@example.org"]);
        let mut fault = fault.clone();
        fault["on"] = json!("create");
        fake.script(&json!([fault]));
        let answer = client.create_batch(&batch, Attempt::First);
        assert_eq!(name(&answer.outcome), *first, "{fault}: {answer:?}");
        assert_eq!(fake.batches_of(&id), *batches, "{fault}");
        let answer = client.create_batch(&batch, Attempt::Again);
        assert_eq!(name(&answer.outcome), *again, "{fault}, again: {answer:?}");
        let denied = usize::from(fault["fault"] == "deny");
        assert_eq!(fake.batches_of(&id), 1 + denied, "{fault}, again");
    }
}

#[test]
fn what_paypal_says_reaches_a_person() {
    let fake = FakePaypal::start(&[]);
    let client = client_of(&fake);
    let batch = payload("said", &["a@example.com", "b@example.org"]);
    fake.script(&json!([
        {"on": "create", "fault": "bad_item", "index": 1},
        {"on": "create", "fault": "refuse"},
        {"on": "create", "fault": "rate_limit", "retry_after": 7},
    ]));
    let Answer { outcome: CreateOutcome::Refused(refusal), evidence } =
        client.create_batch(&batch, Attempt::First)
    else {
        panic!("not refused");
    };
    assert_eq!(
        refusal.to_string(),
        "PayPal answered 400 VALIDATION_ERROR (Invalid request - see details); \
         items[1].receiver: Receiver is invalid or does not match with type"
    );
    assert!(evidence.debug_id.is_some() && evidence.body.is_some() && evidence.http == Some(400));
    let CreateOutcome::Refused(refusal) = client.create_batch(&batch, Attempt::First).outcome else {
        panic!("not refused");
    };
    assert!(refusal.remedy().remedy.contains("add funds"), "{:?}", refusal.remedy());
    let limited = client.create_batch(&batch, Attempt::First).outcome;
    assert_eq!(limited, CreateOutcome::RateLimited { wait: Some(Duration::from_secs(7)) });
}

/// A refusal of a repeated request says nothing about the first: the money may be out, and nothing is
/// released.
#[test]
fn a_refused_repetition_proves_nothing() {
    let fake = FakePaypal::start(&["--settle", "manual"]);
    let client = client_of(&fake);
    let batch = payload("again", &["a@example.com"]);
    fake.script(&json!([
        {"on": "create", "fault": "close_after"},
        {"on": "create", "fault": "refuse"},
        {"on": "create", "fault": "unauthorized"},
        {"on": "create", "fault": "unauthorized"},
    ]));
    assert_eq!(name(&client.create_batch(&batch, Attempt::First).outcome), "lost");
    assert_eq!(name(&client.create_batch(&batch, Attempt::Again).outcome), "refused again");
    assert_eq!(name(&client.create_batch(&batch, Attempt::Again).outcome), "refused again");
    assert_eq!(name(&client.create_batch(&batch, Attempt::Again).outcome), "already exists");
    assert_eq!(fake.sent()["a@example.com USD"], ("100.00".to_owned(), 1));
}

#[test]
fn without_a_token_no_payment_is_asked_for() {
    let fake = FakePaypal::start(&["--client-id", CLIENT_ID, "--client-secret", "another-secret"]);
    let batch = payload("no-token", &["a@example.com"]);
    let cases = [
        (json!({"fault": "none"}), "no sign-in"),
        (json!({"fault": "rate_limit"}), "sign-in rate limited"),
        (json!({"fault": "error_before", "http": 503}), "unreachable"),
        (json!({"fault": "close_before"}), "unreachable"),
        (json!({"fault": "hang_before"}), "unreachable"),
        (json!({"fault": "html_after"}), "unreachable"),
        (json!({"fault": "redirect_before"}), "unreachable"),
        (json!({"fault": "reply", "body": {"access_token": "two\nlines"}}), "no sign-in"),
    ];
    for (mut fault, expected) in cases {
        fault["on"] = json!("token");
        fake.script(&json!([fault]));
        let answer = client_of(&fake).create_batch(&batch, Attempt::First);
        assert_eq!(name(&answer.outcome), expected, "{fault}: {answer:?}");
    }
    assert_eq!(fake.seen("create"), 0);
}

#[test]
fn a_refused_connection_sends_nothing() {
    let unused = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client = Client::new(&settings(&format!("http://{unused}")), credentials()).unwrap();
    let answer = client.create_batch(&payload("nobody", &["a@example.com"]), Attempt::First);
    assert_eq!(name(&answer.outcome), "unreachable", "{answer:?}");

    // With a token in hand it is the payment itself that finds nobody.
    let mut fake = FakePaypal::start(&[]);
    let client = client_of(&fake);
    client.sign_in().unwrap();
    fake.stop();
    let batch = payload("gone", &["a@example.com"]);
    let answer = client.create_batch(&batch, Attempt::First);
    assert_eq!(name(&answer.outcome), "unreachable", "{answer:?}");
    assert!(!format!("{answer:?}").contains("://"), "{answer:?}");
    fake.start_again();
    assert_eq!(name(&client.create_batch(&batch, Attempt::First).outcome), "accepted");
}

#[test]
fn redirects_are_not_followed() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let location = format!("http://{}/v1/payments/payouts", elsewhere.local_addr().unwrap());
    let fake = FakePaypal::start(&[]);
    let client = client_of(&fake);
    fake.script(&json!([
        {"on": "token", "fault": "redirect_before", "http": 307, "location": location},
        {"on": "create", "fault": "redirect_before", "http": 308, "location": location},
        {"on": "batch", "fault": "redirect_before", "http": 301, "location": location},
    ]));
    assert!(client.sign_in().is_err());
    let answer = client.create_batch(&payload("moved", &["a@example.com"]), Attempt::First);
    assert_eq!(name(&answer.outcome), "unreadable");
    assert!(client.batch(&BatchId::new("MOVED").unwrap(), &mut |_| {}).is_err());
    assert_eq!(elsewhere.accept().unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
}

#[test]
fn one_token_serves_until_it_is_void() {
    let fake = FakePaypal::start(&["--client-id", CLIENT_ID, "--client-secret", SECRET]);
    let client = client_of(&fake);
    for number in 1..=3 {
        let batch = payload(&format!("token-{number}"), &["a@example.com"]);
        assert_eq!(name(&client.create_batch(&batch, Attempt::First).outcome), "accepted");
    }
    assert_eq!(fake.seen("token"), 1);
    fake.void_tokens();
    assert_eq!(
        name(&client.create_batch(&payload("token-4", &["a@example.com"]), Attempt::First).outcome),
        "accepted"
    );
    assert_eq!(fake.seen("token"), 2);
    // PayPal gives the same token again while it is valid.
    client.sign_in().unwrap();
    assert_eq!(
        name(&client.create_batch(&payload("token-5", &["a@example.com"]), Attempt::First).outcome),
        "accepted"
    );
}

#[test]
fn secrets_are_in_no_outcome_whatever_paypal_echoes() {
    let fake =
        FakePaypal::start(&["--client-id", CLIENT_ID, "--client-secret", SECRET, "--settle", "manual"]);
    let client = client_of(&fake);
    let batch = payload("canary", &["a@example.com"]);
    assert_eq!(name(&client.create_batch(&batch, Attempt::First).outcome), "accepted");
    let token = fake.books()["token"].as_str().unwrap().to_owned();
    let coded = "Y2FuYXJ5LWNsaWVudC0zYjdkOmNhbmFyeS1zZWNyZXQtOGYxYy1ub3QtZm9yLWFueWJvZHk=";
    let spelt: String = SECRET.chars().map(|letter| format!("\\u{:04x}", u32::from(letter))).collect();
    let all = format!("{SECRET} {token} Basic {coded}");
    let problem = json!({"name": all, "message": all, "debug_id": SECRET,
        "details": [{"field": all, "issue": all, all.clone(): 1}]});
    let spelt = format!("{{\"name\":\"X{spelt}\",\"message\":\"{spelt}\"}}");
    let mut told = vec![format!("{client:?} {:?}", credentials())];
    for (http, body) in [
        (400, problem.clone()),
        (401, problem.clone()),
        (403, problem.clone()),
        (422, json!(spelt)),
        (500, problem.clone()),
        (201, json!({"batch_header": {"payout_batch_id": SECRET, "x": all}})),
        (201, json!(all)),
    ] {
        let fault =
            json!({"fault": "reply", "http": http, "body": body, "headers": {"Paypal-Debug-Id": SECRET}});
        let on = |what: &str| {
            let mut fault = fault.clone();
            fault["on"] = json!(what);
            fault
        };
        // A 401 is followed by a fresh token and one repetition.
        let times = if http == 401 { 2 } else { 1 };
        fake.script(&json!(["create", "batch", "cancel"].map(|what| vec![on(what); times]).concat()));
        let outcome = client.create_batch(&batch, Attempt::First);
        if let CreateOutcome::Refused(refusal) = &outcome.outcome {
            told.push(refusal.to_string());
        }
        told.push(format!("{outcome:?}"));
        let listing = client.batch(&BatchId::new("FAKE1").unwrap(), &mut |_| {});
        told.push(format!("{listing:?} {}", listing.as_ref().unwrap_err()));
        told.push(format!("{:?}", client.cancel_item(&PayoutItemId::new("ITEM1").unwrap())));
        fake.script(&json!([on("token")]));
        let refused = client.sign_in();
        told.push(format!("{refused:?}"));
        client.sign_in().unwrap();
    }
    for text in told {
        for secret in [SECRET, token.as_str(), coded, CLIENT_ID] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}

#[test]
fn a_listing_is_read_with_all_its_pages() {
    let fake = FakePaypal::start(&["--settle", "at-once"]);
    let receivers = [
        "a@example.com",
        "unclaimed@example.com",
        "locked@example.com",
        "held@example.com",
        "blocked@example.com",
    ];
    let batch = payload("pages", &receivers);
    let paged = Settings { page_size: 2, ..settings(&fake.url()) };
    let client = Client::new(&paged, credentials()).unwrap();
    let CreateOutcome::Accepted { batch: id, .. } = client.create_batch(&batch, Attempt::First).outcome
    else {
        panic!("not accepted");
    };
    let mut pages = Vec::new();
    let listing = client.batch(&id, &mut |seen| pages.push((seen.page, seen.of))).unwrap();
    assert_eq!(pages, [(1, Some(3)), (2, Some(3)), (3, Some(3))]);
    assert_eq!(listing.sender_batch_id.as_deref(), Some("pages"));
    // A batch that PayPal calls a success has payments of every kind.
    assert_eq!(listing.status.to_string(), "SUCCESS");
    let listed: Vec<_> = listing.items.iter().map(|item| item.listed.clone()).collect();
    let words: Vec<_> = listed.iter().map(|item| item.status.to_string()).collect();
    assert_eq!(words, ["SUCCESS", "UNCLAIMED", "FAILED", "ONHOLD", "BLOCKED"]);
    assert_eq!(listed[2].reason.as_deref(), Some("RECEIVER_ACCOUNT_LOCKED"));
    assert_eq!(listed[0].fee.as_ref().unwrap().money(), Some(Money::from_minor(200)));
    assert_eq!((listed[0].transaction_id.is_some(), listed[2].transaction_id.is_some()), (true, false));
    assert!(compare(&batch.sent(), &listed, Recognise::ByItem).agrees());

    // Pages that do not fit together are read again.
    fake.script(&json!([
        {"on": "batch", "fault": "none"},
        {"on": "batch", "fault": "item_missing", "index": 0},
    ]));
    assert_eq!(client.batch(&id, &mut |_| {}).unwrap().items.len(), 5);
    let shift = json!({"on": "batch", "fault": "totals_shift"});
    fake.script(&json!([{"on": "batch", "fault": "none"}, shift, {"on": "batch", "fault": "none"}, shift,
        {"on": "batch", "fault": "none"}, shift]));
    let error = client.batch(&id, &mut |_| {}).unwrap_err();
    assert!(matches!(error, ReadError::Inconsistent(_)), "{error}");
}

#[test]
fn a_listing_that_is_not_ours_is_seen_as_such() {
    let fake = FakePaypal::start(&["--settle", "at-once"]);
    let client = client_of(&fake);
    let batch = payload("ours", &["a@example.com", "b@example.com", "c@example.com"]);
    let CreateOutcome::Accepted { batch: id, .. } = client.create_batch(&batch, Attempt::First).outcome
    else {
        panic!("not accepted");
    };
    let sent = batch.sent();
    let read = |faults: Value| {
        fake.script(&faults);
        let listing = client.batch(&id, &mut |_| {}).unwrap();
        listing.items.into_iter().map(|item| item.listed).collect::<Vec<_>>()
    };
    let one = |more: Value| {
        let mut fault = more;
        fault["on"] = json!("batch");
        json!([fault])
    };
    let listed = read(one(json!({"fault": "item_missing", "index": 1})));
    assert_eq!(compare(&sent, &listed, Recognise::ByItem).missing, [&sent[1]]);
    let listed = read(one(json!({"fault": "item_extra", "index": 1})));
    assert_eq!(compare(&sent, &listed, Recognise::ByItem).extra, [&listed[3]]);
    let doubled = json!({"on": "batch", "fault": "item_doubled", "index": 2});
    let listed = read(json!([doubled, doubled, doubled]));
    assert_eq!(compare(&sent, &listed, Recognise::ByItem).doubled[0].listed.len(), 2);
    for (change, field) in [
        (json!({"fault": "differs", "receiver": "x@example.com"}), Field::Receiver),
        (json!({"fault": "differs", "value": "100.01"}), Field::Amount),
        (json!({"fault": "differs", "value": "1e2"}), Field::Amount),
        (json!({"fault": "differs", "currency": "EUR"}), Field::Currency),
    ] {
        let listed = read(one(change));
        assert_eq!(compare(&sent, &listed, Recognise::ByItem).different[0].fields, [field]);
    }
    let listed = read(one(json!({"fault": "unknown_status", "word": "TELEPORTED"})));
    assert_eq!(listed[0].status, Status::Unknown("TELEPORTED".to_owned()));
}

#[test]
fn what_cannot_be_read_is_an_error_of_its_own() {
    let fake = FakePaypal::start(&[]);
    let client = client_of(&fake);
    let id = BatchId::new("FAKE000000001").unwrap();
    let read = |fault: Value| {
        let mut fault = fault;
        fault["on"] = json!("batch");
        fake.script(&json!([fault]));
        client.batch(&id, &mut |_| {}).unwrap_err()
    };
    assert!(matches!(read(json!({"fault": "none"})), ReadError::NotFound(_)));
    assert!(matches!(read(json!({"fault": "rate_limit"})), ReadError::RateLimited(None)));
    assert!(matches!(read(json!({"fault": "refuse", "http": 403})), ReadError::Refused(_)));
    let wrong_batch = json!({"batch_header": {"payout_batch_id": "OTHER"}, "items": []});
    for fault in [
        json!({"fault": "error_before"}),
        json!({"fault": "close_before"}),
        json!({"fault": "hang_before"}),
        json!({"fault": "html_after"}),
        json!({"fault": "cut_json_after"}),
        json!({"fault": "reply", "body": "[[[["}),
        json!({"fault": "reply", "body": {"batch_header": {"payout_batch_id": "FAKE000000001"}}}),
        json!({"fault": "reply", "body": wrong_batch}),
    ] {
        let error = read(fault.clone());
        assert!(matches!(error, ReadError::Unusable(_)), "{fault}: {error:?}");
    }
}

#[test]
fn an_unclaimed_payment_is_cancelled_once() {
    let fake = FakePaypal::start(&["--settle", "manual"]);
    let client = client_of(&fake);
    let batch = payload("cancel", &["a@example.com", "b@example.com"]);
    let CreateOutcome::Accepted { batch: id, .. } = client.create_batch(&batch, Attempt::First).outcome
    else {
        panic!("not accepted");
    };
    let listing = client.batch(&id, &mut |_| {}).unwrap();
    let item = |index: usize| listing.items[index].payout_item.clone().unwrap();
    assert_eq!(client.cancel_item(&item(0)).outcome, CancelOutcome::TooEarly);
    fake.move_item("cancel-1", "UNCLAIMED");
    fake.move_item("cancel-2", "SUCCESS");
    assert_eq!(client.cancel_item(&item(1)).outcome, CancelOutcome::NotUnclaimed);
    fake.script(&json!([
        {"on": "cancel", "fault": "error_before"},
        {"on": "cancel", "fault": "close_before"},
        {"on": "cancel", "fault": "rate_limit", "retry_after": 3},
        {"on": "cancel", "fault": "reply", "body": {"payout_item": {}, "transaction_status": "UNCLAIMED"}},
    ]));
    assert!(matches!(
        client.cancel_item(&item(0)).outcome,
        CancelOutcome::Unknown(WhyUnknown::Stumbled(500))
    ));
    assert!(matches!(client.cancel_item(&item(0)).outcome, CancelOutcome::Unknown(WhyUnknown::Lost(_))));
    let wait = Some(Duration::from_secs(3));
    assert_eq!(client.cancel_item(&item(0)).outcome, CancelOutcome::RateLimited { wait });
    assert!(matches!(
        client.cancel_item(&item(0)).outcome,
        CancelOutcome::Unknown(WhyUnknown::Unreadable { .. })
    ));
    let CancelOutcome::Cancelled(cancelled) = client.cancel_item(&item(0)).outcome else {
        panic!("not cancelled")
    };
    assert_eq!(cancelled.listed.status, Status::Known(StatusWord::Returned));
    assert_eq!(client.cancel_item(&item(0)).outcome, CancelOutcome::AlreadyCancelled);
    assert_eq!(client.item(&item(0)).unwrap().listed.status, Status::Known(StatusWord::Returned));
    let nobody = PayoutItemId::new("ITEM999").unwrap();
    assert!(matches!(client.cancel_item(&nobody).outcome, CancelOutcome::Refused(_)));
    assert!(matches!(client.item(&nobody), Err(ReadError::NotFound(_))));
    assert_eq!(fake.sent().keys().collect::<Vec<_>>(), ["b@example.com USD"]);
}

/// What the fake must do for the rest to mean anything: remember for 30 days, across its own death, and only
/// whole requests.
#[test]
fn the_fake_remembers_as_paypal_does() {
    let mut fake = FakePaypal::start(&["--settle", "at-once"]);
    let client = client_of(&fake);
    let batch = payload("memory", &["a@example.com", "unclaimed@example.com"]);
    let CreateOutcome::Accepted { batch: id, .. } = client.create_batch(&batch, Attempt::First).outcome
    else {
        panic!("not accepted");
    };
    let exists = CreateOutcome::AlreadyExists { batch: Some(id) };
    fake.stop();
    let kept: Value = serde_json::from_str(&std::fs::read_to_string(fake.books_file()).unwrap()).unwrap();
    assert_eq!(kept["sent"]["a@example.com USD"]["amount"], "100.00");
    fake.start_again();
    assert_eq!(client.create_batch(&batch, Attempt::Again).outcome, exists);
    fake.wait_days(29);
    assert_eq!(client.create_batch(&batch, Attempt::Again).outcome, exists);
    assert_eq!(fake.sent().len(), 2);
    fake.wait_days(1);
    assert_eq!(fake.sent().len(), 1, "unclaimed for 30 days goes back");
    // Past PayPal's memory the very same bytes pay again: why nothing is resent after 25 days.
    assert_eq!(name(&client.create_batch(&batch, Attempt::Again).outcome), "accepted");
    assert_eq!(fake.sent()["a@example.com USD"], ("200.00".to_owned(), 2));

    let token = fake.books()["token"].as_str().unwrap().to_owned();
    let text = String::from_utf8(payload("half", &["a@example.com"]).bytes().to_vec()).unwrap();
    let head = format!(
        "POST /v1/payments/payouts HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
         Authorization: Bearer {token}\r\nContent-Length: {}\r\n\r\n",
        text.len()
    );
    assert_eq!(fake.raw(format!("{head}{}", &text[..text.len() - 1]).as_bytes()), "");
    assert_eq!(fake.batches_of("half"), 0);
    assert!(fake.raw(format!("{head}{text}").as_bytes()).starts_with("HTTP/1.1 201"));
}

#[test]
fn the_fake_refuses_what_paypal_refuses() {
    let fake =
        FakePaypal::start(&["--balance", "150.00", "--sender", "us@example.com", "--settle", "at-once"]);
    let client = client_of(&fake);
    let poor = client.create_batch(&payload("poor", &["a@example.com", "b@example.com"]), Attempt::First);
    assert_eq!((name(&poor.outcome), poor.evidence.http), ("refused", Some(422)));
    let CreateOutcome::Accepted { batch: id, .. } =
        client.create_batch(&payload("self", &["us@example.com"]), Attempt::First).outcome
    else {
        panic!("not accepted");
    };
    let listing = client.batch(&id, &mut |_| {}).unwrap();
    assert_eq!(listing.status.to_string(), "DENIED");
    assert_eq!(listing.items[0].listed.reason.as_deref(), Some("SELF_PAY_NOT_ALLOWED"));
    assert!(fake.sent().is_empty());
}

#[test]
fn a_fake_goes_on_from_the_books_of_another() {
    let first = FakePaypal::start(&[]);
    let before = first.books();
    let second = FakePaypal::with_books(&first.books_file(), &[]);
    assert_eq!(second.books(), before);
    assert_ne!(second.url(), first.url());
}
