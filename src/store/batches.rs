//! The batches of runs that leave through PayPal's API: what was to be sent, what was sent, what PayPal said (R7.6).
//!
//! Floor 4. The exact bytes and their hash are saved before the first byte leaves; afterwards only state and answer
//! change, and what is proved never again: the schema's triggers hold that without this file. PayPal is not known
//! here; its ids and words come and go as texts.

use rusqlite::{OptionalExtension, Row, params};

use super::audit::hex;
use super::rows::Stored;
use super::{Item, Reader, Run, StoreError, Writer};
use crate::money::Money;
use crate::reconcile::AlarmKind;
use crate::words;
use sha2::{Digest, Sha256};

words!(
    /// What is known of a batch.
    BatchState, "batch state" {
        /// Stored, and no byte of it has left.
        Intended = "intended",
        /// It may have left.
        Sending = "sending",
        /// It left, and it is not known what became of it.
        Unknown = "unknown",
        /// PayPal has it.
        Accepted = "accepted",
        /// Nothing was created.
        Refused = "refused",
    }
);

const BATCHES: &str =
    "SELECT batch_no, run_no, part, attempt, sender_batch_id, environment, payload_sha256, items,
        amount_cents, state, first_sent_at, last_sent_at, payout_batch_id, batch_status, debug_id, reply, intended_at,
        http, exists_at, repeat_refused_at
    FROM batches WHERE run_no = ?1 ORDER BY part, attempt";
const PAYLOAD: &str = "SELECT payload, payload_sha256 FROM batches WHERE batch_no = ?1";
const ADD: &str = "INSERT INTO batches (run_no, part, attempt, sender_batch_id, environment, payload,
        payload_sha256, items, amount_cents, state, intended_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'intended', ?10)";
const IDS: &str = "SELECT 1 FROM batches WHERE sender_batch_id = ?1 AND (state <> 'intended' OR run_no = ?2)";
const LEFT_BEFORE: &str = "SELECT count(*) FROM runs WHERE date = ?1 AND run_no <> ?2
        AND kind IN ('regular', 'off_cycle') AND state IN ('exported', 'submitting', 'submitted', 'settled')";
const IS_PROVED: &str = "SELECT EXISTS (SELECT 1 FROM batches WHERE state NOT IN ('intended', 'refused'))";
const SEND: &str = "UPDATE batches SET state = 'sending', first_sent_at = coalesce(first_sent_at, ?2),
        last_sent_at = max(coalesce(last_sent_at, ?2), ?2)
    WHERE batch_no = ?1 AND state IN ('intended', 'sending', 'unknown')";
const UNSEND: &str = "UPDATE batches SET state = 'intended', first_sent_at = NULL, last_sent_at = NULL
    WHERE batch_no = ?1 AND state = 'sending'";
const ANSWER: &str = "UPDATE batches SET state = ?2, payout_batch_id = ?3, batch_status = ?4,
        debug_id = coalesce(?5, debug_id), reply = coalesce(?6, reply), http = coalesce(?7, http)
    WHERE batch_no = ?1 AND state IN ('intended', 'sending', 'unknown')";
const EXISTS: &str = "UPDATE batches SET exists_at = ?2 WHERE batch_no = ?1 AND exists_at IS NULL";
const REPEAT_REFUSED: &str = "UPDATE batches SET repeat_refused_at = ?2 WHERE batch_no = ?1";
const SET_STATUS: &str = "UPDATE batches SET batch_status = ?2, debug_id = coalesce(?3, debug_id)
    WHERE batch_no = ?1 AND state = 'accepted'";
const RELEASE_CHANNEL: &str = "UPDATE runs SET channel = NULL, left_at = NULL WHERE run_no = ?1";
const NOTE_ITEM: &str = "UPDATE items SET payout_item_id = coalesce(?2, payout_item_id),
        transaction_id = coalesce(?3, transaction_id), fee_cents = coalesce(?4, fee_cents),
        paypal_status = coalesce(?5, paypal_status), reason_code = coalesce(?6, reason_code),
        processed_at = coalesce(?7, processed_at), checked_at = ?8, alarm = NULL WHERE item_no = ?1";
const NOTE_ALARM: &str =
    "UPDATE items SET alarm = ?2, paypal_status = coalesce(?3, paypal_status), checked_at = ?4
    WHERE item_no = ?1";
const RUN_OF_ITEM: &str =
    "SELECT name FROM runs JOIN items ON items.run_no = runs.run_no WHERE items.item_id = ?1";
const ITEM_OF_PAYPAL: &str = "SELECT item_id FROM items WHERE payout_item_id = ?1";
const ITEM_OF_TRANSACTION: &str = "SELECT item_id FROM items WHERE transaction_id = ?1 AND item_id <> ?2";
const LATEST_MOMENT: &str = "SELECT max(at) FROM (SELECT at FROM audit
    UNION ALL SELECT last_sent_at FROM batches WHERE last_sent_at IS NOT NULL)";

/// A batch, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The store's key.
    pub no: i64,
    /// The store's key of the run.
    pub run_no: i64,
    /// Which part of the run, from 1.
    pub part: u32,
    /// Which attempt, from 1; a new one only after the last was refused.
    pub attempt: u32,
    /// Our id, by which PayPal tells a repetition.
    pub sender_batch_id: String,
    /// `sandbox` or `live`.
    pub environment: String,
    /// SHA-256 of the bytes.
    pub payload_sha256: String,
    /// How many payments.
    pub items: u32,
    /// Their sum.
    pub amount: Money,
    /// What is known of it.
    pub state: BatchState,
    /// When its first byte may have left; RFC 3339.
    pub first_sent_at: Option<String>,
    /// When it was sent last; RFC 3339.
    pub last_sent_at: Option<String>,
    /// PayPal's id.
    pub payout_batch_id: Option<String>,
    /// PayPal's word for it, from which nothing is inferred.
    pub status: Option<String>,
    /// PayPal's name for the last exchange, for its support.
    pub debug_id: Option<String>,
    /// PayPal's last answer.
    pub reply: Option<String>,
    /// Its HTTP status.
    pub http: Option<u16>,
    /// When its bytes were stored; not known of some that an earlier version stored.
    pub intended_at: Option<String>,
    /// When PayPal first said that it has a batch of this id.
    pub exists_at: Option<String>,
    /// When PayPal last refused the same bytes, sent again.
    pub repeat_refused_at: Option<String>,
}

/// A batch in the making.
#[derive(Debug, Clone)]
pub struct NewBatch<'a> {
    /// Which part of the run, from 1.
    pub part: u32,
    /// Which attempt, from 1.
    pub attempt: u32,
    /// Our id.
    pub sender_batch_id: &'a str,
    /// `sandbox` or `live`.
    pub environment: &'a str,
    /// The exact bytes.
    pub payload: &'a [u8],
    /// How many payments.
    pub items: usize,
    /// Their sum.
    pub amount: Money,
}

/// What PayPal's answer to a batch proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proved<'a> {
    /// It has the batch, under this id.
    Accepted {
        /// PayPal's id.
        payout_batch_id: &'a str,
        /// PayPal's word.
        status: &'a str,
    },
    /// It has created nothing.
    Refused,
    /// Nothing.
    Unknown,
}

/// What is kept of an exchange with PayPal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Exchange<'a> {
    /// PayPal's name for it.
    pub debug_id: Option<&'a str>,
    /// PayPal's answer, without secrets.
    pub reply: Option<&'a str>,
    /// Its HTTP status.
    pub http: Option<u16>,
    /// What it says beyond what it proves.
    pub hint: Hint,
}

/// What an answer says of the batch, beside what it proves: what a person's word is measured by later.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Hint {
    /// Nothing.
    #[default]
    None,
    /// PayPal has a batch of this id, whatever is in it.
    Exists,
    /// The same bytes, sent again, were refused.
    RepeatRefused,
}

/// What PayPal says of a payment, beside what its status does to the item's state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ItemFacts<'a> {
    /// PayPal's id of the item.
    pub payout_item_id: Option<&'a str>,
    /// PayPal's id of the payment.
    pub transaction_id: Option<&'a str>,
    /// What PayPal charged us for it.
    pub fee: Option<Money>,
    /// PayPal's word.
    pub status: Option<&'a str>,
    /// PayPal's reason.
    pub reason_code: Option<&'a str>,
    /// When PayPal last worked on it.
    pub processed_at: Option<&'a str>,
}

/// What is known about the outcome of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemOutcome<'a> {
    /// PayPal's reason code, verbatim.
    pub reason_code: Option<&'a str>,
    /// Why, in words.
    pub reason: Option<&'a str>,
    /// Whether a failure lies with the receiver, or for no known reason (R7.4).
    pub receiver_at_fault: bool,
}

impl Batch {
    fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        let row = Stored { table: "batches", row };
        Ok(Self {
            no: row.get(0)?,
            run_no: row.get(1)?,
            part: row.get(2)?,
            attempt: row.get(3)?,
            sender_batch_id: row.get(4)?,
            environment: row.get(5)?,
            payload_sha256: row.get(6)?,
            items: row.get(7)?,
            amount: row.money(8)?,
            state: row.word(9)?,
            first_sent_at: row.get(10)?,
            last_sent_at: row.get(11)?,
            payout_batch_id: row.get(12)?,
            status: row.get(13)?,
            debug_id: row.get(14)?,
            reply: row.get(15)?,
            intended_at: row.get(16)?,
            http: row.get(17)?,
            exists_at: row.get(18)?,
            repeat_refused_at: row.get(19)?,
        })
    }
}

impl Reader {
    /// Returns all batches of a run, refused ones included, in the order of parts and attempts.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn batches(&self, run_no: i64) -> Result<Vec<Batch>, StoreError> {
        let mut statement = self.sql.prepare_cached(BATCHES)?;
        let mut rows = statement.query([run_no])?;
        let mut batches = Vec::new();
        while let Some(row) = rows.next()? {
            batches.push(Batch::read(row)?);
        }
        Ok(batches)
    }

    /// Returns the exact bytes of a batch.
    ///
    /// # Errors
    /// Bytes that are not those that were stored: their hash differs (R7.6).
    pub fn batch_payload(&self, batch_no: i64) -> Result<Vec<u8>, StoreError> {
        let (payload, sha256): (Vec<u8>, String) =
            self.sql.prepare_cached(PAYLOAD)?.query_row([batch_no], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if hex(&Sha256::digest(&payload)) == sha256 {
            return Ok(payload);
        }
        Err(StoreError::Damaged {
            table: "batches",
            id: batch_no.to_string(),
            what: "the request is not the one whose hash was stored".to_owned(),
        })
    }

    /// Returns the name of the run that an item is of.
    ///
    /// # Errors
    /// No such item.
    pub fn run_of_item(&self, item: &str) -> Result<String, StoreError> {
        let found = self.sql.prepare_cached(RUN_OF_ITEM)?.query_row([item], |row| row.get(0)).optional()?;
        found.ok_or_else(|| StoreError::Unknown { what: "item", id: item.to_owned() })
    }

    /// Returns our item that has an id of PayPal's.
    ///
    /// # Errors
    /// SQLite's.
    pub fn item_of_paypal(&self, payout_item_id: &str) -> Result<Option<String>, StoreError> {
        let mut statement = self.sql.prepare_cached(ITEM_OF_PAYPAL)?;
        Ok(statement.query_row([payout_item_id], |row| row.get(0)).optional()?)
    }

    /// Returns another item of ours than this one that has an id of a payment of PayPal's.
    ///
    /// # Errors
    /// SQLite's.
    pub fn item_of_transaction(&self, transaction_id: &str, but: &str) -> Result<Option<String>, StoreError> {
        let mut statement = self.sql.prepare_cached(ITEM_OF_TRANSACTION)?;
        Ok(statement.query_row([transaction_id, but], |row| row.get(0)).optional()?)
    }

    /// Returns how many other runs of a run's payday have ever left: what never left is the same run still, in every
    /// copy of the books (promise 4).
    ///
    /// # Errors
    /// SQLite's.
    pub fn runs_that_left_beside(&self, run: &Run) -> Result<u32, StoreError> {
        let mut statement = self.sql.prepare_cached(LEFT_BEFORE)?;
        Ok(statement.query_row(params![crate::dates::to_stored(run.date), run.no], |row| row.get(0))?)
    }

    /// Returns whether a batch id is used up for a run: by a batch that has left, or by one of the run itself.
    ///
    /// # Errors
    /// SQLite's.
    pub fn batch_id_is_used(&self, run: &Run, sender_batch_id: &str) -> Result<bool, StoreError> {
        let mut statement = self.sql.prepare_cached(IDS)?;
        Ok(statement.query_row(params![sender_batch_id, run.no], |_| Ok(())).optional()?.is_some())
    }

    /// Returns whether PayPal has, or may have, any batch of these books.
    ///
    /// # Errors
    /// SQLite's.
    pub fn has_sent_anything(&self) -> Result<bool, StoreError> {
        Ok(self.sql.prepare_cached(IS_PROVED)?.query_row([], |row| row.get(0))?)
    }

    /// Returns the latest moment these books know of, as RFC 3339: what happened can only be later than that.
    ///
    /// # Errors
    /// SQLite's.
    pub fn latest_moment(&self) -> Result<Option<String>, StoreError> {
        Ok(self.sql.prepare_cached(LATEST_MOMENT)?.query_row([], |row| row.get(0))?)
    }
}

impl Writer {
    /// Stores the intent to send a batch.
    ///
    /// # Errors
    /// A part that has a batch which was not refused; another world than the books'.
    pub fn intend(&self, run: &Run, batch: &NewBatch<'_>) -> Result<(), StoreError> {
        let items = i64::try_from(batch.items)
            .map_err(|_| StoreError::Refused(format!("run {} has too many payments", run.name)))?;
        self.sql().prepare_cached(ADD)?.execute(params![
            run.no,
            batch.part,
            batch.attempt,
            batch.sender_batch_id,
            batch.environment,
            batch.payload,
            hex(&Sha256::digest(batch.payload)),
            items,
            batch.amount.minor(),
            self.operator().now.timestamp(),
        ])?;
        Ok(())
    }

    /// Stores that a batch is about to leave, now.
    ///
    /// # Errors
    /// A batch of which something is proved already.
    pub fn batch_leaves(&self, batch: &Batch) -> Result<(), StoreError> {
        let at = self.operator().now.timestamp();
        changed_one(batch, self.sql().prepare_cached(SEND)?.execute(params![batch.no, at])?)
    }

    /// Stores that a batch has not left after all: no connection came about.
    ///
    /// # Errors
    /// A batch that was not about to leave.
    pub fn batch_stayed(&self, batch: &Batch) -> Result<(), StoreError> {
        changed_one(batch, self.sql().prepare_cached(UNSEND)?.execute([batch.no])?)
    }

    /// Stores what PayPal's answer to a batch proves.
    ///
    /// # Errors
    /// A batch of which something is proved already.
    pub fn batch_answered(
        &self,
        batch: &Batch,
        proved: Proved<'_>,
        exchange: Exchange<'_>,
    ) -> Result<(), StoreError> {
        let (state, id, status) = match proved {
            Proved::Accepted { payout_batch_id, status } => {
                (BatchState::Accepted, Some(payout_batch_id), Some(status))
            }
            Proved::Refused => (BatchState::Refused, None, None),
            Proved::Unknown => (BatchState::Unknown, None, None),
        };
        let changed = self.sql().prepare_cached(ANSWER)?.execute(params![
            batch.no,
            state.as_str(),
            id,
            status,
            exchange.debug_id,
            exchange.reply,
            exchange.http
        ])?;
        changed_one(batch, changed)?;
        let at = self.operator().now.timestamp();
        let hint = match exchange.hint {
            Hint::None => return Ok(()),
            Hint::Exists => EXISTS,
            Hint::RepeatRefused => REPEAT_REFUSED,
        };
        self.sql().prepare_cached(hint)?.execute(params![batch.no, at])?;
        Ok(())
    }

    /// Stores PayPal's latest word for a batch.
    ///
    /// # Errors
    /// A batch that PayPal does not have.
    pub fn batch_is(&self, batch: &Batch, status: &str, debug_id: Option<&str>) -> Result<(), StoreError> {
        let changed = self.sql().prepare_cached(SET_STATUS)?.execute(params![batch.no, status, debug_id])?;
        changed_one(batch, changed)
    }

    /// Stores that a run has used no channel: nothing of it left, or PayPal proved that it created nothing (R7.2).
    ///
    /// # Errors
    /// A batch of the run that may be at PayPal.
    pub fn release_channel(&self, run: &Run) -> Result<(), StoreError> {
        self.sql().prepare_cached(RELEASE_CHANNEL)?.execute([run.no])?;
        Ok(())
    }

    /// Stores that PayPal's word for a payment cannot be applied, with the word as it came.
    ///
    /// # Errors
    /// SQLite's.
    pub fn note_alarm(&self, item: &Item, alarm: AlarmKind, status: Option<&str>) -> Result<(), StoreError> {
        let at = self.operator().now.timestamp();
        self.sql().prepare_cached(NOTE_ALARM)?.execute(params![item.no, alarm.as_str(), status, at])?;
        Ok(())
    }

    /// Stores what PayPal says of a payment; what it leaves out stays.
    ///
    /// # Errors
    /// An id of PayPal's that another item has.
    pub fn note_item(&self, item: &Item, facts: &ItemFacts<'_>) -> Result<(), StoreError> {
        let at = self.operator().now.timestamp();
        self.sql().prepare_cached(NOTE_ITEM)?.execute(params![
            item.no,
            facts.payout_item_id,
            facts.transaction_id,
            facts.fee.map(Money::minor),
            facts.status,
            facts.reason_code,
            facts.processed_at,
            at
        ])?;
        Ok(())
    }
}

/// Refuses a change that found the batch in another state.
fn changed_one(batch: &Batch, rows: usize) -> Result<(), StoreError> {
    if rows == 1 {
        return Ok(());
    }
    Err(StoreError::Refused(format!("batch {} is no longer {}", batch.sender_batch_id, batch.state)))
}
