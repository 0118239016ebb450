//! How PayPal shows batches and payments: in pages, in its words, and in the wrong way when a fault says so.
//!
//! Faults of a listing change what is shown, never the books.

use serde_json::{Value, json};

use crate::books::{Batch, Books, Item, Options, Settle};
use crate::faults::Fault;
use crate::http::{Reply, Request};
use crate::payouts::{OLD_HOST, error, money, settle_by_address};

/// Shows a page of a batch, and settles the batch afterwards if it was read for the first time.
pub fn batch(
    books: &mut Books,
    options: &Options,
    id: &str,
    request: &Request,
    fault: Option<&Fault>,
    debug_id: &str,
) -> Reply {
    let (at, number) = (books.now(), books.next());
    let Some(batch) = books.batch_mut(id) else {
        return error(404, "INVALID_RESOURCE_ID", "Requested resource ID was not found.", debug_id, &[]);
    };
    let parameter = |name: &str| request.parameter(name).and_then(|value| value.parse::<usize>().ok());
    let page = parameter("page").unwrap_or(1).max(1);
    let page_size = parameter("page_size").unwrap_or(1_000).clamp(1, 1_000);
    let mut items: Vec<Value> = batch.items.iter().map(|item| shown(item, batch)).collect();
    let mut total = items.len();
    if let Some(fault) = fault {
        distort(&mut items, &mut total, fault);
    }
    let pages = total.div_ceil(page_size).max(1);
    let mut body = json!({"batch_header": header(batch)});
    let on_page: Vec<Value> = items.into_iter().skip((page - 1) * page_size).take(page_size).collect();
    body["items"] = json!(on_page);
    if request.parameter("total_required") == Some("true") {
        body["total_items"] = json!(total);
        body["total_pages"] = json!(pages);
    }
    let href = format!("{OLD_HOST}/v1/payments/payouts/{id}?page_size={page_size}&page={page}");
    body["links"] = json!([{"href": href, "rel": "self", "method": "GET", "encType": "application/json"}]);
    if page >= pages {
        batch.reads += 1;
        if options.settle == Settle::OnRead && batch.reads == 1 {
            settle_by_address(batch, options, &at, number);
            let items = u64::try_from(batch.items.len()).unwrap_or(0);
            books.counter += items;
        }
    }
    Reply::json(200, &body)
}

/// Shows one payment.
pub fn item(books: &Books, id: &str, fault: Option<&Fault>, debug_id: &str) -> Reply {
    let found = books.batches.iter().find_map(|batch| {
        let item = batch.items.iter().find(|item| item.payout_item_id == id)?;
        let mut body = shown(item, batch);
        body["sender_batch_id"] = json!(batch.sender_batch_id);
        Some(body)
    });
    let Some(body) = found else {
        return error(404, "INVALID_RESOURCE_ID", "Requested resource ID was not found.", debug_id, &[]);
    };
    let mut items = vec![body];
    if let Some(fault) = fault {
        distort(&mut items, &mut 1, fault);
    }
    Reply::json(200, &items.into_iter().next().unwrap_or_default())
}

fn header(batch: &Batch) -> Value {
    let currency = batch.items.first().map_or("USD", |item| item.currency.as_str());
    let amount = batch.items.iter().filter_map(|item| crate::books::hundredths(&item.value)).sum();
    let fees = if batch.status == "PENDING" { 0 } else { batch.items.iter().map(|item| item.fee).sum() };
    let mut header = json!({
        "payout_batch_id": batch.payout_batch_id,
        "batch_status": batch.status,
        "time_created": batch.created_at,
        "sender_batch_header": {"sender_batch_id": batch.sender_batch_id},
        "funding_source": "BALANCE",
        "amount": money(amount, currency),
        "fees": money(fees, currency),
    });
    if batch.status != "PENDING" {
        header["time_completed"] =
            json!(batch.items.iter().filter_map(|item| item.processed_at.as_ref()).max());
    }
    header
}

fn shown(item: &Item, batch: &Batch) -> Value {
    let mut body = json!({
        "payout_item_id": item.payout_item_id,
        "payout_batch_id": batch.payout_batch_id,
        "transaction_status": item.status,
        "payout_item_fee": money(item.fee, &item.currency),
        "payout_item": {
            "recipient_type": "EMAIL",
            "amount": {"currency": item.currency, "value": item.value},
            "note": item.note,
            "receiver": item.receiver,
            "sender_item_id": item.sender_item_id,
            "recipient_wallet": "PAYPAL",
            "purpose": "GOODS",
        },
        "links": [{"href": format!("{OLD_HOST}/v1/payments/payouts-item/{}", item.payout_item_id),
            "rel": "item", "method": "GET", "encType": "application/json"}],
    });
    if let Some(id) = &item.transaction_id {
        body["transaction_id"] = json!(id);
        body["activity_id"] = json!(id);
    }
    if let Some(at) = &item.processed_at {
        body["time_processed"] = json!(at);
    }
    if let Some(reason) = &item.reason {
        // On the wire there is no debug_id here, although the SPEC wants one.
        body["errors"] =
            json!({"name": reason, "message": "See the reason.", "information_link": "", "links": []});
    }
    body
}

/// Shows something else than is true.
fn distort(items: &mut Vec<Value>, total: &mut usize, fault: &Fault) {
    let index = fault.index().min(items.len().saturating_sub(1));
    match fault.name() {
        "unknown_status" => {
            items[index]["transaction_status"] = json!(fault.text("word").unwrap_or("QUEUED"));
        }
        "differs" => {
            let sent = &mut items[index]["payout_item"];
            if let Some(receiver) = fault.text("receiver") {
                sent["receiver"] = json!(receiver);
            }
            for key in ["value", "currency"] {
                if let Some(text) = fault.text(key) {
                    sent["amount"][key] = json!(text);
                }
            }
        }
        "item_missing" => {
            items.remove(index);
        }
        "item_extra" => {
            let mut extra = items[index].clone();
            extra["payout_item_id"] = json!("EXTRA00000001");
            extra["payout_item"]["sender_item_id"] = json!("not-ours");
            items.push(extra);
        }
        "item_doubled" => items.push(items[index].clone()),
        "totals_shift" => *total += 1,
        _ => {}
    }
    if fault.name().starts_with("item_") {
        *total = items.len();
    }
}
