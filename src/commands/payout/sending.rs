//! The sending sequence: a batch's id and bytes are saved, then sent with no transaction open, then PayPal's answer is
//! saved (MODELS.md, "The sending sequence").
//!
//! Floor 5. Between the request and the commit of its answer nothing is printed and nothing is decided but what the
//! answer proves: accepted, refused, or unknown. Unknown stays until PayPal has been asked about the same id; nothing
//! is released, and no other id is ever tried (promises 1, 3, 6, 7).

use std::collections::BTreeMap;
use std::time::Duration;

use super::RunView;
use super::ending::{Named, SendError};
use super::intent::stored_payload;
use super::listing::{Sight, look};
use super::resume::demand_young;
use super::step::demand_not_restored;
use super::submit::submit_line;
use crate::commands::trial::Trial;
use crate::paypal::{
    Answer, Attempt, BatchId, Client, CreateOutcome, Evidence, Listing, NotSent, PageSeen, Payload,
    ReadError, Refusal, WhyUnknown,
};
use crate::reconcile::Listed;
use crate::run::{ItemState, RunState};
use crate::store::{
    AuditNote, Batch, BatchState, Desk, Exchange, Hint, Item, ItemOutcome, Proved, Run, StoreError,
};
use serde_json::json;

/// How often PayPal is waited for when it is too busy.
const WAITS_MAX: u32 = 4;
/// The wait when PayPal does not say how long; it doubles each time.
const WAIT: Duration = Duration::from_secs(15);
/// The longest single wait; if PayPal asks for more, a person comes back later.
const WAIT_MAX: Duration = Duration::from_secs(120);

/// What of the sending a person may like to see; never said between a request and the commit of its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// PayPal has a part.
    Part {
        /// Which, from 1.
        part: u32,
        /// Of how many.
        of: usize,
    },
    /// A page of a listing was read.
    Page(PageSeen),
}

/// Everything it takes to speak to PayPal about a run.
#[derive(Clone, Copy)]
pub struct Sending<'a> {
    /// The lock, held all the way.
    pub desk: &'a Desk,
    /// The way to PayPal.
    pub client: &'a Client,
    /// How to wait.
    pub pause: &'a dyn Fn(Duration),
    /// Who watches.
    pub seen: &'a dyn Fn(Seen),
    /// What a test asks for.
    pub trial: &'a Trial,
}

/// Which parts of a run are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// All that PayPal has not got.
    All,
    /// Only those that may have left before; what has not left is held back.
    MayHaveLeft,
}

/// What leads to a batch that PayPal may have for ours.
struct Told<'a> {
    /// What PayPal said.
    exchange: Exchange<'a>,
    /// Whether the part has left from here, as far as these books know.
    left: bool,
}

/// What became of one part.
pub(super) enum PartEnd {
    Accepted,
    Stopped(SendError),
}

impl Sending<'_> {
    /// Sends every part of a run that PayPal has not got, in order, up to the first that is not accepted; then moves
    /// the run to where it stands: submitted, or back on the desk if nothing of it may be at PayPal (R7.2).
    ///
    /// # Errors
    /// Whatever stopped it.
    pub fn send(&self, name: &str, which: Which) -> Result<(), SendError> {
        let view = RunView::load(&self.desk.reader()?, name)?;
        let parts = view.parts();
        let mut stopped = None;
        for batch in &parts {
            if which == Which::MayHaveLeft && batch.state == BatchState::Intended {
                continue;
            }
            match self.send_part(&view, batch)? {
                PartEnd::Accepted => (self.seen)(Seen::Part { part: batch.part, of: parts.len() }),
                PartEnd::Stopped(why) => {
                    stopped = Some(why);
                    break;
                }
            }
        }
        if let Some(late @ SendError::TooLate { .. }) = stopped {
            // Whether PayPal has it is for a person to find out: the run stays where it is.
            return Err(late);
        }
        let state = match (self.conclude(name), parts.last()) {
            // Sent and not noted: the same command goes on from here.
            (Err(error), Some(last)) => return Err(unknown(&view.run, last, &error.to_string())),
            (concluded, _) => concluded?,
        };
        match stopped {
            None => Ok(()),
            Some(SendError::NotSent { why, .. }) => {
                Err(SendError::NotSent { why, next: self.again(state, name) })
            }
            Some(SendError::Refused { run, part, refusal, debug_id, named, .. }) => {
                let partly = state != RunState::Approved;
                let next = self.after_refusal(&view, state, &named);
                Err(SendError::Refused { run, part, refusal, debug_id, named, partly, next })
            }
            Some(why) => Err(why),
        }
    }

    /// Moves a run on: to submitted once nothing of it is left to be sent, back to approved if PayPal has none of it.
    pub(super) fn conclude(&self, name: &str) -> Result<RunState, SendError> {
        let writer = self.desk.writer()?;
        let view = RunView::load(&writer, name)?;
        if view.run.state != RunState::Submitting {
            return Ok(view.run.state);
        }
        let all_left = view.items.iter().all(|item| item.state != ItemState::Planned);
        let run = if all_left {
            writer.advance(view.run, RunState::Submitted, None)?
        } else if view.may_be_at_paypal() {
            return Ok(view.run.state);
        } else {
            let run = writer.advance(view.run, RunState::Approved, Some("nothing of it is at PayPal"))?;
            writer.release_channel(&run)?;
            run
        };
        let detail = json!({ "became": run.state.as_str() });
        writer.commit(&AuditNote::new("payout submit", detail).about("run", name))?;
        self.trial.point("after-conclusion");
        Ok(run.state)
    }

    /// Returns the command that goes on.
    fn again(&self, state: RunState, name: &str) -> String {
        match state {
            RunState::Approved => submit_line(name, self.client.environment()),
            RunState::Draft
            | RunState::Exported
            | RunState::Submitting
            | RunState::Submitted
            | RunState::Settled
            | RunState::Cancelled => format!("partners payout resume {name}"),
        }
    }

    /// Returns the one thing to do after a refusal.
    fn after_refusal(&self, view: &RunView, state: RunState, named: &[Named]) -> String {
        let (run, date) = (&view.run.name, view.run.date);
        let again = self.again(state, run.as_str());
        match (named.iter().find(|named| named.receiver_at_fault), state) {
            (Some(Named { partner, .. }), RunState::Approved) => format!(
                "the run is approved as before; partners paypal set {partner} ADDRESS, then partners payout create \
                 --date {date} --replace drafts it anew"
            ),
            (Some(Named { partner, .. }), _) => format!(
                "partners payout cancel {run} --reason WHY gives these payments back to the balances; then partners \
                 paypal set {partner} ADDRESS, and the next run pays them"
            ),
            (None, RunState::Approved) => {
                format!("run {run} is approved as before; when it is put right: {again}")
            }
            (None, _) => format!(
                "when it is put right: {again}; to give these payments up for now: partners payout cancel {run} \
                 --reason WHY"
            ),
        }
    }

    fn send_part(&self, view: &RunView, batch: &Batch) -> Result<PartEnd, SendError> {
        let attempt = match batch.state {
            BatchState::Intended => Attempt::First,
            BatchState::Sending | BatchState::Unknown => Attempt::Again,
            BatchState::Accepted | BatchState::Refused => return Ok(PartEnd::Accepted),
        };
        let writer = self.desk.writer()?;
        let young = demand_young(&writer, self.desk.operator().now, &view.run, batch);
        if let Err(why) = demand_not_restored(&writer).map_err(SendError::from).and(young) {
            return Ok(PartEnd::Stopped(why));
        }
        if batch.environment != self.client.environment().as_str() {
            return Ok(PartEnd::Stopped(SendError::Store(StoreError::Refused(format!(
                "part {} of run {} was made for {} and not for {}; nothing was sent",
                batch.part,
                view.run.name,
                batch.environment,
                self.client.environment()
            )))));
        }
        let payload = stored_payload(&writer, view, batch)?;
        writer.batch_leaves(batch)?;
        let detail = json!({
            "part": batch.part, "sender_batch_id": batch.sender_batch_id, "sha256": batch.payload_sha256,
            "again": attempt == Attempt::Again,
        });
        writer.commit(&AuditNote::new("payout send", detail).about("run", view.run.name.as_str()))?;
        self.trial.point("before-post");
        let (answer, attempt) = self.post(&payload, attempt);
        self.trial.point("after-post");
        // What follows can fail, and then the books do not know what PayPal said: that is unknown too.
        self.record(view, batch, &payload, attempt, &answer).or_else(|error| match error {
            SendError::Store(error) => {
                let why = format!("PayPal's answer could not be saved ({error})");
                Ok(PartEnd::Stopped(unknown(&view.run, batch, &why)))
            }
            other => Err(other),
        })
    }

    /// Sends the bytes, and again the same when PayPal is too busy; returns the last answer, and which attempt it is
    /// the answer to. That PayPal is too busy does not prove that it has not taken them (PAYPAL.md §2): from then on
    /// no refusal proves anything, and nor does a line that is dead.
    fn post(&self, payload: &Payload, attempt: Attempt) -> (Answer<CreateOutcome>, Attempt) {
        let mut attempt = attempt;
        let mut wait = WAIT;
        let mut waits_left = WAITS_MAX;
        loop {
            let answer = self.client.create_batch(&self.trial.disguised(payload.clone()), attempt);
            let asked = match &answer.outcome {
                CreateOutcome::RateLimited { wait } => {
                    attempt = Attempt::Again;
                    *wait
                }
                CreateOutcome::NotSent(NotSent::RateLimited(wait)) => *wait,
                CreateOutcome::Accepted { .. }
                | CreateOutcome::AlreadyExists { .. }
                | CreateOutcome::Refused(_)
                | CreateOutcome::NotSent(_)
                | CreateOutcome::Unknown(_) => return (answer, attempt),
            };
            if waits_left == 0 || asked.is_some_and(|asked| asked > WAIT_MAX) {
                return (answer, attempt);
            }
            (self.pause)(asked.unwrap_or(wait));
            wait = wait.saturating_mul(2).min(WAIT_MAX);
            waits_left = waits_left.saturating_sub(1);
        }
    }

    /// Saves what an answer proves.
    fn record(
        &self,
        view: &RunView,
        batch: &Batch,
        payload: &Payload,
        attempt: Attempt,
        answer: &Answer<CreateOutcome>,
    ) -> Result<PartEnd, SendError> {
        let run = &view.run;
        match &answer.outcome {
            CreateOutcome::Accepted { batch: id, status } => {
                self.accept(
                    run,
                    batch,
                    payload,
                    id,
                    &status.to_string(),
                    exchange(&answer.evidence),
                    "payout accepted",
                )?;
                Ok(PartEnd::Accepted)
            }
            CreateOutcome::AlreadyExists { batch: Some(id) } => {
                let told = Exchange { hint: Hint::Exists, ..exchange(&answer.evidence) };
                let listing = self.patiently(|| self.client.batch(id, &mut |_| ()));
                self.adopt_listed(view, batch, payload, (id, listing), &Told { exchange: told, left: true })
            }
            CreateOutcome::AlreadyExists { batch: None } => {
                let exchange = Exchange { hint: Hint::Exists, ..exchange(&answer.evidence) };
                self.save(run, batch, Proved::Unknown, exchange, "already exists, and not where")?;
                let why = "PayPal has a batch of this id and does not say which";
                let mut end = unknown(run, batch, why);
                if let SendError::Unknown { next, .. } = &mut end {
                    *next = format!(
                        "look up the batch {} at PayPal, then partners payout resume {} --batch PAYPAL-ID",
                        batch.sender_batch_id, run.name
                    );
                }
                Ok(PartEnd::Stopped(end))
            }
            CreateOutcome::Refused(refusal) => {
                self.save(run, batch, Proved::Refused, exchange(&answer.evidence), &refusal.to_string())?;
                Ok(PartEnd::Stopped(SendError::Refused {
                    run: run.name.0.clone(),
                    part: batch.part,
                    refusal: Box::new(refusal.clone()),
                    debug_id: answer.evidence.debug_id.clone(),
                    named: named(view, payload, refusal),
                    partly: false,
                    next: String::new(),
                }))
            }
            CreateOutcome::NotSent(why) if attempt == Attempt::First => {
                let writer = self.desk.writer()?;
                writer.batch_stayed(batch)?;
                let detail = json!({ "part": batch.part, "not_sent": why.to_string() });
                writer.commit(&AuditNote::new("payout stayed", detail).about("run", run.name.as_str()))?;
                Ok(PartEnd::Stopped(SendError::NotSent { why: why.clone(), next: String::new() }))
            }
            CreateOutcome::NotSent(why) => {
                let why = format!("it may have been sent before, and now {why}");
                self.save(run, batch, Proved::Unknown, exchange(&answer.evidence), &why)?;
                Ok(PartEnd::Stopped(unknown(run, batch, &why)))
            }
            CreateOutcome::RateLimited { .. } => {
                let why = "PayPal is too busy to answer";
                self.save(run, batch, Proved::Unknown, exchange(&answer.evidence), why)?;
                Ok(PartEnd::Stopped(unknown(run, batch, why)))
            }
            CreateOutcome::Unknown(why) => {
                let hint = match why {
                    WhyUnknown::RefusedAgain(_) => Hint::RepeatRefused,
                    WhyUnknown::Lost(_)
                    | WhyUnknown::Stumbled(_)
                    | WhyUnknown::Unreadable { .. }
                    | WhyUnknown::InProgress(_) => Hint::None,
                };
                let exchange = Exchange { hint, ..exchange(&answer.evidence) };
                self.save(run, batch, Proved::Unknown, exchange, &why.to_string())?;
                Ok(PartEnd::Stopped(unknown(run, batch, &why.to_string())))
            }
        }
    }

    /// Takes a batch that PayPal has for ours, if every payment in it is as we sent it.
    pub(super) fn adopt(
        &self,
        view: &RunView,
        batch: &Batch,
        payload: &Payload,
        id: &BatchId,
    ) -> Result<PartEnd, SendError> {
        let told = Told { exchange: Exchange::default(), left: batch.state != BatchState::Intended };
        self.adopt_listed(view, batch, payload, (id, self.read(id)), &told)
    }

    fn adopt_listed(
        &self,
        view: &RunView,
        batch: &Batch,
        payload: &Payload,
        (id, listing): (&BatchId, Result<Listing, ReadError>),
        told: &Told<'_>,
    ) -> Result<PartEnd, SendError> {
        let run = &view.run;
        let stays_unknown = |exchange, why: &str| {
            // Of what never left from here, nothing is learnt by a batch that is not it.
            if told.left { self.save(run, batch, Proved::Unknown, exchange, why) } else { Ok(()) }
        };
        let listing = match listing {
            Ok(listing) => listing,
            Err(why) => {
                let why = format!("PayPal has the batch as {id}, which could not be read: {why}");
                stays_unknown(told.exchange, &why)?;
                return Ok(PartEnd::Stopped(unknown(run, batch, &why)));
            }
        };
        let ours = listing.sender_batch_id.as_deref() == Some(batch.sender_batch_id.as_str());
        let told = if ours { Exchange { hint: Hint::Exists, ..told.exchange } } else { told.exchange };
        let listed: Vec<Listed> = listing.items.iter().map(|item| item.listed.clone()).collect();
        match look(&batch.sender_batch_id, &listing, &payload.sent(), &listed) {
            Sight::Same(_) => {
                let status = listing.status.to_string();
                self.accept(run, batch, payload, id, &status, told, "payout adopted")?;
                Ok(PartEnd::Accepted)
            }
            Sight::Denied => {
                // Its id is free again and nothing moved (PAYPAL.md §1.7): it is ours, and sync gives the money back.
                let status = listing.status.to_string();
                self.accept(run, batch, payload, id, &status, told, "payout adopted")?;
                Ok(PartEnd::Accepted)
            }
            Sight::NotListedYet => {
                let why = format!("PayPal has the batch as {id} and does not list its payments yet");
                stays_unknown(told, &why)?;
                Ok(PartEnd::Stopped(unknown(run, batch, &why)))
            }
            Sight::Differs(details) => {
                stays_unknown(told, &format!("batch {id} differs"))?;
                Ok(PartEnd::Stopped(SendError::Differs {
                    run: run.name.0.clone(),
                    part: batch.part,
                    batch: id.to_string(),
                    details,
                }))
            }
        }
    }

    /// Reads a batch with all its pages, waiting when PayPal is too busy.
    ///
    /// # Errors
    /// PayPal's.
    pub fn read(&self, id: &BatchId) -> Result<Listing, ReadError> {
        let mut on_page = |page| (self.seen)(Seen::Page(page));
        self.patiently(|| self.client.batch(id, &mut on_page))
    }

    /// Asks again as long as PayPal is too busy, within reason.
    pub(super) fn patiently<T>(&self, mut ask: impl FnMut() -> Result<T, ReadError>) -> Result<T, ReadError> {
        let mut wait = WAIT;
        for _ in 0..WAITS_MAX {
            let asked = match ask() {
                Err(ReadError::RateLimited(asked) | ReadError::NotSent(NotSent::RateLimited(asked))) => asked,
                other => return other,
            };
            if asked.is_some_and(|asked| asked > WAIT_MAX) {
                return Err(ReadError::RateLimited(asked));
            }
            (self.pause)(asked.unwrap_or(wait));
            wait = wait.saturating_mul(2).min(WAIT_MAX);
        }
        ask()
    }

    #[expect(clippy::too_many_arguments, reason = "what is saved in one transaction stands together")]
    fn accept(
        &self,
        run: &Run,
        batch: &Batch,
        payload: &Payload,
        id: &BatchId,
        status: &str,
        exchange: Exchange<'_>,
        action: &str,
    ) -> Result<(), SendError> {
        let writer = self.desk.writer()?;
        let proved = Proved::Accepted { payout_batch_id: id.as_str(), status };
        writer.batch_answered(batch, proved, exchange)?;
        let items = writer.items(run.no)?;
        let by_id: BTreeMap<&str, &Item> = items.iter().map(|item| (item.id.as_str(), item)).collect();
        let sent = ItemOutcome { reason_code: None, reason: None, receiver_at_fault: false };
        for payment in payload.sent() {
            if let Some(item) = by_id.get(payment.item.as_str()) {
                writer.advance_item(run, item, ItemState::Sent, &sent)?;
            }
            self.trial.point("accepting");
        }
        let detail = json!({
            "part": batch.part, "sender_batch_id": batch.sender_batch_id, "payout_batch_id": id.as_str(),
            "items": batch.items, "amount": batch.amount.major(run.currency), "debug_id": exchange.debug_id,
        });
        writer.commit(&AuditNote::new(action, detail).about("run", run.name.as_str()))?;
        self.trial.point("after-answer");
        Ok(())
    }

    fn save(
        &self,
        run: &Run,
        batch: &Batch,
        proved: Proved<'_>,
        exchange: Exchange<'_>,
        why: &str,
    ) -> Result<(), SendError> {
        let writer = self.desk.writer()?;
        writer.batch_answered(batch, proved, exchange)?;
        let action = match proved {
            Proved::Refused => "payout refused",
            Proved::Unknown | Proved::Accepted { .. } => "payout unknown",
        };
        let detail = json!({
            "part": batch.part, "sender_batch_id": batch.sender_batch_id, "why": why, "http": exchange.http,
            "debug_id": exchange.debug_id,
        });
        writer.commit(&AuditNote::new(action, detail).about("run", run.name.as_str()))?;
        self.trial.point("after-answer");
        Ok(())
    }
}

fn unknown(run: &Run, batch: &Batch, why: &str) -> SendError {
    SendError::Unknown {
        run: run.name.0.clone(),
        part: batch.part,
        why: why.to_owned(),
        next: format!("partners payout resume {}", run.name),
    }
}

fn exchange(evidence: &Evidence) -> Exchange<'_> {
    Exchange {
        debug_id: evidence.debug_id.as_deref(),
        reply: evidence.body.as_deref(),
        http: evidence.http,
        hint: Hint::None,
    }
}

/// Finds our payments in a refusal that names them by their place, as in `items[3].receiver`.
fn named(view: &RunView, payload: &Payload, refusal: &Refusal) -> Vec<Named> {
    let sent = payload.sent();
    let found = refusal.problem.details.iter().filter_map(|detail| {
        let (place, field) = detail.field.strip_prefix("items[")?.split_once(']')?;
        let sent = sent.get(place.parse::<usize>().ok()?)?;
        let item = view.items.iter().find(|item| item.id == sent.item)?;
        Some(Named {
            item: item.id.0.clone(),
            partner: item.partner.0.clone(),
            receiver: sent.receiver.to_string(),
            receiver_at_fault: field.to_ascii_lowercase().contains("receiver"),
            issue: detail.issue.clone(),
        })
    });
    found.collect()
}
