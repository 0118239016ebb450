//! The faults that can be scripted: a JSON list, each used by the next request that it fits.
//!
//! `{"on": "create", "fault": "error_after", "http": 503}`: `on` is `token`, `create`, `batch`, `item`,
//! `cancel` or `any`; what else a fault needs is named below. "Accepts" means that the money counts as sent.
//!
//! | fault | what happens |
//! | --- | --- |
//! | `unauthorized` | 401, and every token is void |
//! | `rate_limit` | 429, with `retry_after` seconds if given |
//! | `error_before` | `http` (500), nothing done |
//! | `error_after` | done, then `http` (500) |
//! | `close_before`, `close_after` | the connection ends without an answer, nothing done or done |
//! | `hang_before`, `hang_after` | silence until the client goes, nothing done or done |
//! | `reset_after` | done, then a reset in the middle of the answer |
//! | `half_after` | done, then the end in the middle of the answer |
//! | `cut_json_after` | done, then an answer of proper length whose JSON is cut |
//! | `html_after` | done, then a web page with `http` (200) |
//! | `redirect_before`, `redirect_after` | `http` (302) to `location`, nothing done or done |
//! | `drip_after` | done, then an answer of one byte every 50 ms |
//! | `big_after` | done, then an answer of `bytes` (2,000,000) |
//! | `reply`, `reply_after` | `http`, `body` (JSON or text), `headers`; nothing done or done |
//! | `refuse` | `http` (422), `name`, `message`; nothing done |
//! | `duplicate` | "already exists", with the `batch` given, or without a link; nothing done |
//! | `bad_item` | 400 that names the item at `index`; nothing done |
//! | `deny` | accepted and DENIED, every payment FAILED with `reason`; its id is free again |
//! | `fail_item` | accepted, and the payment at `index` FAILED with `reason` |
//! | `unknown_status` | in this listing the payment at `index` has the status `word` |
//! | `differs` | in this listing the payment at `index` has another `receiver`, `value` or `currency` |
//! | `item_missing`, `item_extra`, `item_doubled` | in this listing, at `index` |
//! | `totals_shift` | in this listing there is one payment more by PayPal's count |

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::payouts::Kind;

/// One scripted fault: `on`, `fault` and what else it needs.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fault(Map<String, Value>);

/// How an answer reaches the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// As it should.
    Whole,
    /// Not at all.
    Close,
    /// Half of it; a reset if there was something left to read.
    Half,
    /// Not at all, and the connection stays.
    Hang,
    /// Byte by byte.
    Drip,
}

const REQUESTS: [&str; 6] = ["token", "create", "batch", "item", "cancel", "any"];
const FAULTS: [&str; 30] = [
    "unauthorized",
    "rate_limit",
    "error_before",
    "error_after",
    "close_before",
    "close_after",
    "hang_before",
    "hang_after",
    "reset_after",
    "half_after",
    "cut_json_after",
    "html_after",
    "redirect_before",
    "redirect_after",
    "drip_after",
    "big_after",
    "reply",
    "reply_after",
    "refuse",
    "duplicate",
    "bad_item",
    "deny",
    "fail_item",
    "unknown_status",
    "differs",
    "item_missing",
    "item_extra",
    "item_doubled",
    "totals_shift",
    "none",
];

/// Reads a list of faults; a name that is not known is an error, so that no test waits for a fault that
/// never comes.
pub fn read_script(text: &str) -> Result<Vec<Fault>, String> {
    let script: Vec<Fault> =
        serde_json::from_str(text).map_err(|error| format!("the script is not a list: {error}"))?;
    for fault in &script {
        if !REQUESTS.contains(&fault.on()) || !FAULTS.contains(&fault.name()) {
            return Err(format!("no such fault: {} on {}", fault.name(), fault.on()));
        }
    }
    Ok(script)
}

impl Fault {
    /// Returns which requests it fits.
    pub fn on(&self) -> &str {
        self.text("on").unwrap_or_default()
    }

    /// Returns which fault it is.
    pub fn name(&self) -> &str {
        self.text("fault").unwrap_or_default()
    }

    /// Returns anything that it needs.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }

    /// Returns whether it fits a request.
    pub fn fits(&self, kind: Kind) -> bool {
        self.on() == "any" || self.on() == kind.word()
    }

    /// Returns whether it resets the connection, for which a byte of the request must stay unread.
    pub fn resets(&self) -> bool {
        self.name() == "reset_after"
    }

    /// Returns whether the request is carried out all the same.
    pub fn carries_out(&self) -> bool {
        self.name().ends_with("_after") || self.changes_only()
    }

    /// Returns whether it only changes what is done or shown.
    pub fn changes_only(&self) -> bool {
        let changes = [
            "deny",
            "fail_item",
            "unknown_status",
            "differs",
            "item_missing",
            "item_extra",
            "item_doubled",
            "totals_shift",
            "none",
        ];
        changes.contains(&self.name())
    }

    /// Returns how the answer reaches the client.
    pub fn delivery(&self) -> Delivery {
        match self.name() {
            "close_before" | "close_after" => Delivery::Close,
            "hang_before" | "hang_after" => Delivery::Hang,
            "reset_after" | "half_after" => Delivery::Half,
            "drip_after" => Delivery::Drip,
            _ => Delivery::Whole,
        }
    }

    /// Returns a text that it needs.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.0.get(key).and_then(Value::as_str)
    }

    /// Returns a number that it needs.
    pub fn number(&self, key: &str) -> Option<u64> {
        self.0.get(key).and_then(Value::as_u64)
    }

    /// Returns the HTTP status it asks for.
    pub fn http(&self, otherwise: u16) -> u16 {
        self.number("http").and_then(|http| u16::try_from(http).ok()).unwrap_or(otherwise)
    }

    /// Returns the position it asks for, the first if none.
    pub fn index(&self) -> usize {
        self.number("index").and_then(|index| usize::try_from(index).ok()).unwrap_or(0)
    }
}
