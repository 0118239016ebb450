//! What PayPal itself does: the token, the batches and the payments (PAYPAL.md §1 and §2).
//!
//! Stateful and strict where PayPal is: one bad item refuses the whole batch, a batch id is taken for 30
//! days unless its batch was denied, a batch without an id is a new one each time, and a payment's outcome
//! is its own.

use serde_json::{Value, json};

use crate::books::{Batch, Books, Item, Options, Settle, hundredths, major};
use crate::faults::{Delivery, Fault};
use crate::http::{Reply, Request};
use crate::listing;

/// Payments in one batch.
const ITEMS_MAX: usize = 15_000;
/// The largest amount PayPal reads, in hundredths: seven digits before the point.
const AMOUNT_MAX: i64 = 999_999_999;
/// The host that PayPal's links still name.
pub const OLD_HOST: &str = "https://api.sandbox.paypal.com";
/// Where PayPal explains its errors.
const ERRORS_PAGE: &str = "https://developer.paypal.com/docs/api/payments.payouts-batch/v1/#errors";

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A token.
    Token,
    /// A new batch.
    Create,
    /// A batch's listing.
    Batch,
    /// One payment.
    Item,
    /// To cancel a payment.
    Cancel,
    /// Nothing PayPal knows.
    Other,
}

impl Kind {
    /// Returns what a request asks for.
    pub fn of(method: &str, path: &str) -> Self {
        let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
        match (method, parts.as_slice()) {
            ("POST", ["v1", "oauth2", "token"]) => Self::Token,
            ("POST", ["v1", "payments", "payouts"]) => Self::Create,
            ("GET", ["v1", "payments", "payouts", _]) => Self::Batch,
            ("GET", ["v1", "payments", "payouts-item", _]) => Self::Item,
            ("POST", ["v1", "payments", "payouts-item", _, "cancel"]) => Self::Cancel,
            _ => Self::Other,
        }
    }

    /// Returns its word in scripts and books.
    pub fn word(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Create => "create",
            Self::Batch => "batch",
            Self::Item => "item",
            Self::Cancel => "cancel",
            Self::Other => "other",
        }
    }
}

/// Returns the sender's id of the batch in a body.
pub fn sender_batch_id(body: &[u8]) -> Option<String> {
    let body: Value = serde_json::from_slice(body).ok()?;
    body.pointer("/sender_batch_header/sender_batch_id")?.as_str().map(str::to_owned)
}

/// Answers a request, faulty or not.
pub fn answer(
    books: &mut Books,
    options: &Options,
    request: &Request,
    body: &[u8],
    kind: Kind,
    fault: Option<&Fault>,
) -> (Reply, Delivery) {
    let debug_id = format!("f{:012x}", books.next());
    let reply = match fault {
        Some(fault) if !fault.carries_out() => instead(books, fault, &debug_id),
        _ => carry_out(books, options, request, body, kind, fault, &debug_id),
    };
    let reply = match fault {
        Some(fault) if fault.carries_out() => spoil(reply, fault, &debug_id),
        _ => reply,
    };
    (reply.with("Paypal-Debug-Id", &debug_id), fault.map_or(Delivery::Whole, Fault::delivery))
}

/// Makes PayPal's form of an error.
pub fn error(status: u16, name: &str, message: &str, debug_id: &str, details: &[Value]) -> Reply {
    let mut body = json!({"name": name, "message": message, "debug_id": debug_id, "links": []});
    body["information_link"] = json!(ERRORS_PAGE);
    if !details.is_empty() {
        body["details"] = json!(details);
    }
    Reply::json(status, &body)
}

/// Answers without doing anything, as the fault says.
fn instead(books: &mut Books, fault: &Fault, debug_id: &str) -> Reply {
    match fault.name() {
        "unauthorized" => {
            books.token = None;
            error(401, "AUTHENTICATION_FAILURE", "Authentication failed.", debug_id, &[])
        }
        "rate_limit" => {
            let reply = error(429, "RATE_LIMIT_REACHED", "Too many requests.", debug_id, &[]);
            fault
                .number("retry_after")
                .map_or(reply.clone(), |seconds| reply.with("Retry-After", &seconds.to_string()))
        }
        "refuse" => {
            let name = fault.text("name").unwrap_or("INSUFFICIENT_FUNDS");
            let message = fault.text("message").unwrap_or("Sender does not have sufficient funds.");
            error(fault.http(422), name, message, debug_id, &[])
        }
        "duplicate" => already_exists(fault.text("batch"), debug_id),
        "bad_item" => {
            let field = format!("items[{}].receiver", fault.index());
            let issue = "Receiver is invalid or does not match with type";
            let detail = json!({"field": field, "location": "body", "issue": issue});
            error(400, "VALIDATION_ERROR", "Invalid request - see details", debug_id, &[detail])
        }
        "redirect_before" => redirect(fault),
        "reply" => scripted(fault),
        _ => error(
            fault.http(500),
            "INTERNAL_SERVER_ERROR",
            "An internal server error occurred.",
            debug_id,
            &[],
        ),
    }
}

/// Makes something else of an answer to what was done.
fn spoil(reply: Reply, fault: &Fault, debug_id: &str) -> Reply {
    match fault.name() {
        "error_after" => error(fault.http(500), "INTERNAL_SERVER_ERROR", "An error occurred.", debug_id, &[]),
        "cut_json_after" => {
            let half = reply.body.len() / 2;
            Reply { body: reply.body.get(..half).unwrap_or_default().to_owned(), ..reply }
        }
        "html_after" => Reply {
            status: fault.http(200),
            headers: vec![("Content-Type".into(), "text/html".into())],
            body: "<!DOCTYPE html><html><body>We will be right back.</body></html>".into(),
        },
        "redirect_after" => redirect(fault),
        "big_after" => {
            let bytes =
                fault.number("bytes").and_then(|bytes| usize::try_from(bytes).ok()).unwrap_or(2_000_000);
            Reply { body: format!("{{\"padding\":\"{}\"}}", "x".repeat(bytes)), ..reply }
        }
        "reply_after" => scripted(fault),
        _ => reply,
    }
}

fn redirect(fault: &Fault) -> Reply {
    let location = fault.text("location").unwrap_or("http://127.0.0.1:9/");
    Reply { status: fault.http(302), headers: Vec::new(), body: String::new() }.with("Location", location)
}

fn scripted(fault: &Fault) -> Reply {
    let body = match fault.get("body") {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let headers = fault.get("headers").and_then(Value::as_object).into_iter().flatten();
    let headers =
        headers.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))).collect();
    Reply { status: fault.http(200), headers, body }
}

fn already_exists(batch: Option<&str>, debug_id: &str) -> Reply {
    let mut detail = json!({
        "field": "SENDER_BATCH_ID",
        "location": "body",
        "issue": "Batch with given sender_batch_id already exists",
    });
    if let Some(batch) = batch {
        let href = format!("{OLD_HOST}/v1/payments/payouts/{batch}");
        detail["link"] =
            json!([{"href": href, "rel": "self", "method": "GET", "encType": "application/json"}]);
    }
    error(400, "USER_BUSINESS_ERROR", "User business error.", debug_id, &[detail])
}

fn carry_out(
    books: &mut Books,
    options: &Options,
    request: &Request,
    body: &[u8],
    kind: Kind,
    fault: Option<&Fault>,
    debug_id: &str,
) -> Reply {
    if kind == Kind::Token {
        return token(books, options, request, body, debug_id);
    }
    let bearer = request.header("authorization").and_then(|value| value.strip_prefix("Bearer "));
    if bearer.is_none() || bearer != books.token.as_deref() {
        return error(401, "AUTHENTICATION_FAILURE", "Authentication failed.", debug_id, &[]);
    }
    let is_json = request.header("content-type").is_some_and(|kind| kind.starts_with("application/json"));
    if request.method == "POST" && !is_json {
        return error(415, "UNSUPPORTED_MEDIA_TYPE", "The payload's media type.", debug_id, &[]);
    }
    let id = request.path.trim_end_matches("/cancel").rsplit('/').next().unwrap_or_default();
    match kind {
        Kind::Create => create(books, options, body, fault, debug_id),
        Kind::Batch => listing::batch(books, options, id, request, fault, debug_id),
        Kind::Item => listing::item(books, id, fault, debug_id),
        Kind::Cancel => cancel(books, id, debug_id),
        Kind::Token | Kind::Other => {
            error(404, "RESOURCE_NOT_FOUND", "The specified resource does not exist.", debug_id, &[])
        }
    }
}

/// Gives the valid token, the same one until it is void, as PayPal does.
fn token(books: &mut Books, options: &Options, request: &Request, body: &[u8], debug_id: &str) -> Reply {
    let coded = request.header("authorization").and_then(|value| value.strip_prefix("Basic "));
    let expected = options.client_id.as_ref().zip(options.client_secret.as_ref());
    let expected = expected.map(|(id, secret)| base64(format!("{id}:{secret}").as_bytes()));
    let fits = coded.is_some() && (expected.is_none() || expected.as_deref() == coded);
    if !fits || !body.starts_with(b"grant_type=client_credentials") {
        let body = json!({"error": "invalid_client", "error_description": "Client Authentication failed"});
        return Reply::json(401, &body);
    }
    let number = books.next();
    let token = books.token.get_or_insert_with(|| format!("A21AAcanaryToken{number:06}")).clone();
    let scope = "https://uri.paypal.com/payments/payouts";
    Reply::json(
        200,
        &json!({"scope": scope, "access_token": token, "token_type": "Bearer",
            "app_id": "APP-80W284485P519543T", "expires_in": 32400, "nonce": debug_id}),
    )
}

fn create(books: &mut Books, options: &Options, body: &[u8], fault: Option<&Fault>, debug_id: &str) -> Reply {
    let invalid = |details: &[Value]| {
        error(400, "VALIDATION_ERROR", "Invalid request - see details", debug_id, details)
    };
    let Ok(body) = serde_json::from_slice::<Value>(body) else {
        return error(400, "MALFORMED_REQUEST", "The request JSON is not well formed.", debug_id, &[]);
    };
    let sender_batch_id = body.pointer("/sender_batch_header/sender_batch_id").and_then(Value::as_str);
    if let Some(holder) = sender_batch_id.and_then(|id| books.holder(id)) {
        return already_exists(Some(&holder.payout_batch_id), debug_id);
    }
    let wrong = mistakes(&body);
    if !wrong.is_empty() {
        return invalid(&wrong);
    }
    let items = body.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
    let total: i64 = items.iter().filter_map(amount_of).map(|amount| amount + fee_of(amount)).sum();
    if options.balance.is_some_and(|balance| total > balance - money_out(books)) {
        let message = "Sender does not have sufficient funds. Please add funds and retry.";
        return error(422, "INSUFFICIENT_FUNDS", message, debug_id, &[]);
    }
    let payout_batch_id = format!("FAKE{:09}", books.next());
    let created_at = books.now();
    let items = items.iter().map(|item| new_item(item, format!("ITEM{:09}", books.next()))).collect();
    let mut batch = Batch {
        payout_batch_id: payout_batch_id.clone(),
        sender_batch_id: sender_batch_id.map(str::to_owned),
        status: "PENDING".into(),
        day: books.day,
        created_at: created_at.clone(),
        reads: 0,
        items,
    };
    let reason = fault.and_then(|fault| fault.text("reason")).unwrap_or("RECEIVER_ACCOUNT_LOCKED");
    let number = books.next();
    match fault.map(|fault| (fault.name(), fault.index())) {
        Some(("deny", _)) => {
            for item in &mut batch.items {
                settle_item(item, "FAILED", Some(reason), &created_at, number);
            }
            settle_batch(&mut batch);
        }
        Some(("fail_item", index)) => {
            if let Some(item) = batch.items.get_mut(index) {
                settle_item(item, "FAILED", Some(reason), &created_at, number);
            }
        }
        _ => {}
    }
    if options.settle == Settle::AtOnce {
        settle_by_address(&mut batch, options, &created_at, number);
        books.counter += u64::try_from(batch.items.len()).unwrap_or(0);
    }
    books.batches.push(batch);
    let href = format!("{OLD_HOST}/v1/payments/payouts/{payout_batch_id}");
    let header = body.get("sender_batch_header").cloned().unwrap_or_default();
    Reply::json(
        201,
        &json!({
            "batch_header": {"payout_batch_id": payout_batch_id, "batch_status": "PENDING",
                "time_created": created_at, "sender_batch_header": header},
            "links": [{"href": href, "rel": "self", "method": "GET", "encType": "application/json"}],
        }),
    )
}

/// Lists everything for which PayPal refuses a batch as a whole.
fn mistakes(body: &Value) -> Vec<Value> {
    let detail = |field: &str, issue: &str| json!({"field": field, "location": "body", "issue": issue});
    let mut wrong = Vec::new();
    if !body.get("sender_batch_header").is_some_and(Value::is_object) {
        wrong.push(detail("sender_batch_header", "Required field is missing"));
    }
    let Some(items) = body.get("items").and_then(Value::as_array).filter(|items| !items.is_empty()) else {
        wrong.push(detail("items", "Required field is missing"));
        return wrong;
    };
    if items.len() > ITEMS_MAX {
        wrong.push(detail("items", "The number of items exceeds the limit"));
    }
    let currencies: std::collections::BTreeSet<_> =
        items.iter().map(|item| item.pointer("/amount/currency").and_then(Value::as_str)).collect();
    if currencies.len() > 1 {
        wrong.push(detail("items.amount.currency", "Multiple currencies within a batch is not allowed"));
    }
    for (index, item) in items.iter().enumerate() {
        let receiver = item.get("receiver").and_then(Value::as_str).unwrap_or_default();
        let fits =
            receiver.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'));
        if !fits || receiver.len() > 127 || !receiver.is_ascii() {
            let issue = "Receiver is invalid or does not match with type";
            wrong.push(detail(&format!("items[{index}].receiver"), issue));
        }
        if !amount_of(item).is_some_and(|amount| (1..=AMOUNT_MAX).contains(&amount)) {
            wrong.push(detail(
                &format!("items[{index}].amount.value"),
                "Currency amount must be a positive number",
            ));
        }
    }
    wrong
}

fn amount_of(item: &Value) -> Option<i64> {
    let value = item.pointer("/amount/value")?.as_str()?;
    let whole_only = matches!(item.pointer("/amount/currency")?.as_str()?, "JPY" | "HUF" | "TWD");
    if whole_only && value.contains('.') { None } else { hundredths(value) }
}

/// Two per cent, rounded up at half, at most 20.00.
fn fee_of(amount: i64) -> i64 {
    ((amount * 2 + 50) / 100).min(2_000)
}

fn money_out(books: &Books) -> i64 {
    let items = books.batches.iter().flat_map(|batch| &batch.items).filter(|item| item.is_out());
    items.map(|item| hundredths(&item.value).unwrap_or(0) + item.fee).sum()
}

fn new_item(item: &Value, payout_item_id: String) -> Item {
    let text = |pointer: &str| item.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
    Item {
        payout_item_id,
        sender_item_id: text("/sender_item_id"),
        receiver: text("/receiver").unwrap_or_default(),
        value: text("/amount/value").unwrap_or_default(),
        currency: text("/amount/currency").unwrap_or_default(),
        note: text("/note"),
        status: "PENDING".into(),
        transaction_id: None,
        fee: amount_of(item).map_or(0, fee_of),
        reason: None,
        processed_at: None,
    }
}

/// Gives a payment a status.
pub fn settle_item(item: &mut Item, status: &str, reason: Option<&str>, at: &str, number: u64) {
    status.clone_into(&mut item.status);
    item.reason = reason.map(str::to_owned);
    item.processed_at = Some(at.to_owned());
    if item.is_out() && item.transaction_id.is_none() {
        item.transaction_id = Some(format!("{number:017}"));
    }
}

/// Gives every pending payment the status that its address asks for, and the batch its own.
pub fn settle_by_address(batch: &mut Batch, options: &Options, at: &str, number: u64) {
    for (item, number) in batch.items.iter_mut().zip(number..) {
        if item.status != "PENDING" {
            continue;
        }
        let receiver = item.receiver.to_lowercase();
        let local = receiver.split(['@', '.', '+', '-']).next().unwrap_or_default();
        let (status, reason) = match local {
            _ if options.sender.as_deref() == Some(receiver.as_str()) => {
                ("FAILED", Some("SELF_PAY_NOT_ALLOWED"))
            }
            "unclaimed" => ("UNCLAIMED", Some("RECEIVER_UNREGISTERED")),
            "unconfirmed" => ("UNCLAIMED", Some("RECEIVER_UNCONFIRMED")),
            "locked" => ("FAILED", Some("RECEIVER_ACCOUNT_LOCKED")),
            "failed" => ("FAILED", Some("INTERNAL_ERROR")),
            "held" => ("ONHOLD", Some("REGULATORY_PENDING")),
            "blocked" => ("BLOCKED", Some("REGULATORY_BLOCKED")),
            _ => ("SUCCESS", None),
        };
        settle_item(item, status, reason, at, number);
    }
    settle_batch(batch);
}

/// Gives a batch the status that follows from its payments: DENIED only if all of them failed.
pub fn settle_batch(batch: &mut Batch) {
    if batch.items.iter().all(|item| item.status == "FAILED") {
        batch.status = "DENIED".into();
    } else if batch.items.iter().all(|item| item.status != "PENDING") {
        batch.status = "SUCCESS".into();
    }
}

fn cancel(books: &mut Books, id: &str, debug_id: &str) -> Reply {
    let at = books.now();
    let number = books.next();
    let known = books.batches.iter_mut().find_map(|batch| {
        let finished = batch.status == "SUCCESS";
        let item = batch.items.iter_mut().find(|item| item.payout_item_id == id)?;
        Some((finished, item))
    });
    let refuse = |name: &str, message: &str| error(400, name, message, debug_id, &[]);
    match known {
        None => error(404, "INVALID_RESOURCE_ID", "Requested resource ID was not found.", debug_id, &[]),
        Some((_, item)) if item.status == "RETURNED" => {
            refuse("ITEM_ALREADY_CANCELLED", "The requested item is already cancelled.")
        }
        Some((false, _)) => refuse("BATCH_NOT_COMPLETED", "This payout batch is still being processed."),
        Some((true, item)) if item.status != "UNCLAIMED" => {
            refuse("ITEM_INCORRECT_STATUS", "Only items in Unclaimed status can be cancelled.")
        }
        Some((true, item)) => {
            settle_item(item, "RETURNED", None, &at, number);
            let id = item.payout_item_id.clone();
            listing::item(books, &id, None, debug_id)
        }
    }
}

/// Shows an amount of fees as PayPal does.
pub fn money(hundredths: i64, currency: &str) -> Value {
    json!({"currency": currency, "value": major(hundredths)})
}

/// Codes bytes as they travel in a sign-in.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut coded = String::new();
    for three in bytes.chunks(3) {
        let bits =
            three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for letter in 0..4 {
            let six = usize::try_from(bits >> (18 - 6 * letter) & 63).unwrap_or(0);
            coded.push(if letter > three.len() { '=' } else { char::from(LETTERS[six]) });
        }
    }
    coded
}
