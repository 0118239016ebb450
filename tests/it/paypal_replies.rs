//! Reading PayPal's answers: the recorded shapes, every known reason, and anything at all without a panic.

use partners::money::Money;
use partners::paypal::reasons::{self, LiesWith, Who};
use partners::paypal::replies::{CreatedReply, Page, Problem, debug_id, token};
use partners::paypal::{BatchId, ItemReply, PayoutItemId};
use partners::reconcile::Status;
use proptest::prelude::*;
use serde_json::{Value, json};

macro_rules! fixture {
    ($name:literal) => {
        serde_json::from_str::<Value>(include_str!(concat!("../../fixtures/paypal/", $name, ".json")))
            .unwrap()
    };
}

#[test]
fn recorded_answers_are_read() {
    let created = CreatedReply::read(&fixture!("created")).unwrap();
    assert_eq!((created.batch.as_str(), created.status.to_string().as_str()), ("Q6K2CE4GQ36MQ", "PENDING"));
    assert_eq!(created.sender_batch_id.as_deref(), Some("partners-sandbox-b1-2026-11-27-p1-a1"));

    let exists = Problem::read(&fixture!("already_exists")).unwrap();
    assert!(exists.says_already_exists());
    assert_eq!(exists.existing_batch().unwrap().as_str(), "Q6K2CE4GQ36MQ");
    let exists = Problem::read(&fixture!("already_exists_2015")).unwrap();
    assert_eq!((exists.says_already_exists(), exists.existing_batch()), (true, None));

    let invalid = Problem::read(&fixture!("invalid_receivers")).unwrap();
    let fields: Vec<_> = invalid.details.iter().map(|detail| detail.field.as_str()).collect();
    assert_eq!(
        (invalid.says_already_exists(), fields),
        (false, vec!["items[1].receiver", "items[3].receiver"])
    );
    let funds = Problem::read(&fixture!("insufficient_funds")).unwrap();
    assert_eq!((funds.name.as_str(), funds.says_already_exists()), ("INSUFFICIENT_FUNDS", false));

    assert_eq!(token(&fixture!("token")), Some("A21AAinventedTokenOfTheFixture"));
    assert_eq!(token(&fixture!("invalid_client")), None);
    assert_eq!(Problem::read(&fixture!("invalid_client")).unwrap().name, "invalid_client");
}

#[test]
fn a_successful_batch_says_nothing_of_its_payments() {
    let page = Page::read(&fixture!("mixed_batch")).unwrap();
    assert_eq!((page.total_items, page.total_pages), (Some(5), Some(1)));
    let listing = page.listing;
    assert_eq!(listing.status.to_string(), "SUCCESS");
    assert_eq!(listing.fees.unwrap().money(), Some(Money::from_minor(1_233)));
    let told: Vec<_> = listing
        .items
        .iter()
        .map(|item| (item.listed.status.to_string(), item.listed.reason.clone().unwrap_or_default()))
        .collect();
    let expected = [
        ("SUCCESS", ""),
        ("UNCLAIMED", "RECEIVER_UNREGISTERED"),
        ("UNCLAIMED", "RECEIVER_UNCONFIRMED"),
        ("FAILED", "RECEIVER_ACCOUNT_LOCKED"),
        ("ONHOLD", "REGULATORY_PENDING"),
    ];
    assert_eq!(told, expected.map(|(status, reason)| (status.to_owned(), reason.to_owned())));
    assert_eq!(listing.items[3].listed.transaction_id, None);
    assert_eq!(listing.items[2].listed.amount.money(), Some(Money::from_minor(10_150)));

    let cancelled = ItemReply::read(&fixture!("cancelled_item")).unwrap();
    assert_eq!(cancelled.listed.status.to_string(), "RETURNED");
    assert_eq!(cancelled.payout_item, PayoutItemId::new("ITEMINVENT002"));
}

#[test]
fn odd_answers_are_taken_for_what_they_are() {
    let item = |change: Value| {
        let mut item = fixture!("cancelled_item");
        for (key, value) in change.as_object().unwrap() {
            item[key] = value.clone();
        }
        ItemReply::read(&item).map(|item| item.listed)
    };
    assert_eq!(item(json!({"transaction_status": null})).unwrap().status, Status::Absent);
    assert_eq!(item(json!({"transaction_status": 1})).unwrap().status, Status::Unknown("1".into()));
    assert_eq!(item(json!({"transaction_status": "PAID"})).unwrap().status, Status::Unknown("PAID".into()));
    assert_eq!(item(json!({"transaction_id": "../x"})).unwrap().transaction_id, None);
    assert_eq!(item(json!({"errors": [{"name": "A"}, {"name": "B"}]})).unwrap().reason.as_deref(), Some("A"));
    assert_eq!(
        item(json!({"errors": {"name": "A\u{1b}[2J"}})).unwrap().reason.as_deref(),
        Some("A\\u{1b}[2J")
    );
    assert!(item(json!({"payout_item": "x"})).is_err());
    // A number has been through a float and is no amount.
    let float =
        json!({"payout_item": {"amount": {"currency": "USD", "value": 245.10}, "receiver": "x@example.com"}});
    assert_eq!(item(float).unwrap().amount.money(), None);

    let two = json!({"name": "X", "details": [
        {"issue": "already exists", "link": {"href": "https://h/v1/payments/payouts/AAA"}},
        {"links": [{"href": "https://h/v1/payments/payouts/BBB?x=1"}]},
    ]});
    let problem = Problem::read(&two).unwrap();
    assert_eq!((problem.says_already_exists(), problem.existing_batch()), (true, None), "two are none");
    assert!(Problem::read(&json!({"name": ""})).is_none());
    assert!(debug_id("two words").is_none());
}

/// PayPal's names and numbers, and whether a failure for the reason rejects the address (R7.4).
const REASONS: [(u32, &str, bool); 47] = [
    (1000, "UNDEFINED", true),
    (1002, "INSUFFICIENT_FUNDS", false),
    (1003, "USER_COUNTRY_NOT_ALLOWED", false),
    (1004, "USER_FUNDING_SOURCE_INELIGIBLE", false),
    (1005, "PENDING_RECIPIENT_NON_HOLDING_CURRENCY_PAYMENT_PREFERENCE", true),
    (3004, "SELF_PAY_NOT_ALLOWED", true),
    (3014, "SENDER_ACCOUNT_LOCKED", false),
    (3015, "RECEIVER_ACCOUNT_LOCKED", true),
    (3017, "SPENDING_LIMIT_EXCEEDED", false),
    (3047, "ACCOUNT_RESTRICTED", false),
    (3078, "NEGATIVE_BALANCE", false),
    (3107, "REFUSED_RECEIVER_REFUSED", true),
    (3141, "REFUSED_ACTION_DENIED", false),
    (3148, "RECEIVER_COUNTRY_NOT_ALLOWED", true),
    (3501, "INVALID_EMAIL_ID", true),
    (3547, "SENDER_STATE_RESTRICTED", false),
    (3558, "RECEIVER_STATE_RESTRICTED", true),
    (3769, "CLOSED_MARKET", true),
    (4002, "INTERNAL_ERROR", false),
    (8304, "ACCOUNT_UNCONFIRMED_EMAIL", false),
    (8319, "ZERO_AMOUNT", false),
    (8330, "RECEIVING_LIMIT_EXCEEDED", true),
    (8331, "DUPLICATE_ITEM", false),
    (9302, "RISK_DECLINE", false),
    (9500, "GAMER_FAILED_COUNTRY_OF_RESIDENCE_CHECK", true),
    (9501, "GAMER_FAILED_FUNDING_SOURCE_CHECK", false),
    (9502, "GAMING_INVALID_PAYMENT_FLOW", false),
    (11711, "TRANSACTION_LIMIT_EXCEEDED", false),
    (14159, "CURRENCY_NOT_SUPPORTED_FOR_RECEIVER", true),
    (14550, "CURRENCY_COMPLIANCE", false),
    (14763, "REGULATORY_PENDING", false),
    (14764, "REGULATORY_BLOCKED", false),
    (14765, "RECEIVER_UNREGISTERED", true),
    (14766, "RECEIVER_UNCONFIRMED", true),
    (14767, "RECEIVER_YOUTH_ACCOUNT", true),
    (14776, "TRANSACTION_DECLINED_BY_TRAVEL_RULE", false),
    (14800, "POS_LIMIT_EXCEEDED", false),
    (14801, "UNVERIFIED_RECIPIENT_NOT_SUPPORTED", true),
    (14802, "NON_HOLDING_CURRENCY", false),
    (0, "RECEIVER_ACCOUNT_INVALID", true),
    (0, "RECEIVER_ACCOUNT_LIMITATION", true),
    (0, "RECEIVER_REFUSED", true),
    (0, "REFUSED_ACCESS_DENIED", false),
    (0, "INVALID_EMAIL", true),
    (0, "APPROVER_DENIED", false),
    (0, "BATCH_DENIED", false),
    (0, "SOMETHING_NEW", true),
];

#[test]
fn every_known_reason_is_explained() {
    for (code, name, rejects) in REASONS {
        assert_eq!(reasons::rejects_address(Some(name)), rejects, "{name}");
        if name == "SOMETHING_NEW" {
            assert_eq!(reasons::of_item(name), None);
            continue;
        }
        let reason =
            reasons::of_item(&name.to_lowercase()).unwrap_or_else(|| panic!("{name} is not explained"));
        assert_eq!(reason.code, Some(code).filter(|code| *code != 0), "{name}");
        if code != 0 {
            assert_eq!(reasons::of_item(&code.to_string()), Some(reason));
        }
    }
    assert!(reasons::rejects_address(None), "no reason at all (R7.4)");
    assert_eq!(reasons::ITEMS.len(), REASONS.len() - 1, "every reason stands in this test");
    for reason in reasons::ITEMS.iter().chain(reasons::REFUSALS) {
        let said = [reason.meaning, reason.remedy];
        assert!(
            said.iter().all(|text| text.len() > 5 && !text.ends_with('.') && !text.contains("  ")),
            "{reason:?}"
        );
        if reason.lies_with == LiesWith::Receiver {
            assert!(matches!(reason.who, Who::Partner | Who::Staff), "{reason:?}");
        }
    }
    let mut names: Vec<_> = reasons::ITEMS.iter().map(|reason| reason.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), reasons::ITEMS.len());
}

#[test]
fn every_known_refusal_has_a_remedy() {
    for (http, name, who) in [
        (400, "VALIDATION_ERROR", Who::Staff),
        (400, "NON_HOLDING_CURRENCY", Who::Finance),
        (401, "AUTHENTICATION_FAILURE", Who::Setup),
        (403, "AUTHORIZATION_ERROR", Who::Finance),
        (403, "SENDER_RESTRICTED", Who::Finance),
        (403, "SENDER_EMAIL_UNCONFIRMED", Who::Finance),
        (403, "REQUIRED_SCOPE_MISSING", Who::Setup),
        (403, "SENDER_ACCOUNT_unverified", Who::Finance),
        (403, "SYNC_MODE_NOT_APPLICABLE", Who::Staff),
        (403, "NOT_AUTHORIZED", Who::Setup),
        (404, "INVALID_RESOURCE_ID", Who::Staff),
        (415, "UNSUPPORTED_MEDIA_TYPE", Who::Staff),
        (422, "INSUFFICIENT_FUNDS", Who::Finance),
        (422, "SENDER_LOCKED", Who::Finance),
        (422, "CIP_NOT_VERIFIED", Who::Finance),
        (401, "SOMETHING_NEW", Who::Setup),
        (403, "SOMETHING_NEW", Who::Finance),
        (422, "SOMETHING_NEW", Who::Staff),
    ] {
        let reason = reasons::refusal(http, name);
        assert_eq!(reason.who, who, "{http} {name}");
        assert_eq!(reason.name.starts_with('('), name == "SOMETHING_NEW", "{http} {name}: {}", reason.name);
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
        Just(json!("SUCCESS")),
        Just(json!("https://h/v1/payments/payouts/")),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::vec((key(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Keys that PayPal uses, so that what is generated goes deep.
fn key() -> impl Strategy<Value = String> {
    let known = [
        "batch_header",
        "payout_batch_id",
        "batch_status",
        "sender_batch_header",
        "items",
        "payout_item",
        "amount",
        "value",
        "currency",
        "transaction_status",
        "errors",
        "name",
        "details",
        "link",
        "href",
        "total_items",
    ];
    prop_oneof![8 => proptest::sample::select(known.to_vec()).prop_map(str::to_owned), 1 => ".*"]
}

fn read_everything(value: &Value) {
    let _ = token(value);
    let _ = CreatedReply::read(value);
    let _ = Page::read(value).map(|page| {
        page.listing
            .items
            .iter()
            .map(|item| item.listed.amount.money().is_some())
            .filter(|read| *read)
            .count()
    });
    let _ = ItemReply::read(value);
    let _ = Problem::read(value).map(|problem| (problem.says_already_exists(), problem.existing_batch()));
}

/// Replaces the `number`th node of a value.
fn replace_node(value: &mut Value, number: &mut usize, by: &Value) {
    if *number == 0 {
        *value = by.clone();
    }
    *number = number.wrapping_sub(1);
    match value {
        Value::Array(values) => values.iter_mut().for_each(|value| replace_node(value, number, by)),
        Value::Object(members) => members.values_mut().for_each(|value| replace_node(value, number, by)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

proptest! {
    #[test]
    fn no_json_makes_the_reader_panic(value in any_json()) {
        read_everything(&value);
    }

    #[test]
    fn no_change_of_a_real_answer_makes_the_reader_panic(
        which in 0..3_usize,
        node in 0..120_usize,
        by in any_json(),
    ) {
        let real = [fixture!("mixed_batch"), fixture!("already_exists"), fixture!("created")];
        let mut value = real[which].clone();
        let mut number = node;
        replace_node(&mut value, &mut number, &by);
        read_everything(&value);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(value) = serde_json::from_slice(&bytes) {
            read_everything(&value);
        }
    }

    #[test]
    fn an_id_is_safe_in_an_address(text in ".{0,40}") {
        let batch = BatchId::new(&text).map(|id| id.to_string());
        let item = PayoutItemId::new(&text).map(|id| id.to_string());
        for id in [batch, item] {
            let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
            let safe = |id: &String| id.len() <= 30 && id.chars().all(fits);
            prop_assert!(id.is_none_or(|id| safe(&id) && !id.is_empty()));
        }
    }
}
