//! What can be asked of the fake while it runs, beside being PayPal.
//!
//! | request | does |
//! | --- | --- |
//! | `GET /control/books` | shows the books |
//! | `POST /control/script` | adds a JSON list of faults to what is scripted |
//! | `POST /control/items` | `{"item": OUR_ID or "*", "status": WORD, "reason": NAME}` moves payments |
//! | `POST /control/clock` | `{"days": N}` goes forward; what is unclaimed for 30 days goes back |
//! | `POST /control/tokens` | makes every token void |

use serde_json::{Value, json};

use crate::books::{Books, MEMORY_DAYS};
use crate::faults::read_script;
use crate::http::{Reply, Request};
use crate::payouts;

/// Answers a request for control.
pub fn answer(books: &mut Books, request: &Request, body: &[u8]) -> Reply {
    let wanted = (request.method.as_str(), request.path.as_str());
    let done = match wanted {
        ("GET", "/control/books") => return Reply::json(200, &books.shown()),
        ("POST", "/control/script") => add_script(books, body),
        ("POST", "/control/items") => read(body).and_then(|order| move_items(books, &order)),
        ("POST", "/control/clock") => read(body).and_then(|order| go_forward(books, &order)),
        ("POST", "/control/tokens") => {
            books.token = None;
            Ok(())
        }
        _ => Err("no such control".to_owned()),
    };
    match done {
        Ok(()) => Reply::json(200, &json!({"done": true})),
        Err(why) => Reply::json(400, &json!({"error": why})),
    }
}

fn read(body: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(body).map_err(|error| error.to_string())
}

fn add_script(books: &mut Books, body: &[u8]) -> Result<(), String> {
    books.script.extend(read_script(&String::from_utf8_lossy(body))?);
    Ok(())
}

fn move_items(books: &mut Books, order: &Value) -> Result<(), String> {
    let text = |key: &str| order.get(key).and_then(Value::as_str);
    let item = text("item").ok_or("which item?")?;
    let status = text("status").ok_or("to which status?")?;
    let at = books.now();
    let number = books.next();
    let mut moved = 0_u64;
    for batch in &mut books.batches {
        for known in &mut batch.items {
            if item == "*" || known.sender_item_id.as_deref() == Some(item) {
                payouts::settle_item(known, status, text("reason"), &at, number + moved);
                moved += 1;
            }
        }
        payouts::settle_batch(batch);
    }
    books.counter += moved;
    if moved == 0 { Err(format!("there is no item {item}")) } else { Ok(()) }
}

fn go_forward(books: &mut Books, order: &Value) -> Result<(), String> {
    let days = order.get("days").and_then(Value::as_u64).ok_or("how many days?")?;
    books.day += days;
    let (day, at) = (books.day, books.now());
    for batch in books.batches.iter_mut().filter(|batch| day >= batch.day + MEMORY_DAYS) {
        for item in batch.items.iter_mut().filter(|item| item.status == "UNCLAIMED") {
            "RETURNED".clone_into(&mut item.status);
            item.processed_at = Some(at.clone());
        }
    }
    Ok(())
}
