//! The calls: sign in, create a batch, read a batch with all its pages, read an item, cancel an item.
//!
//! Floor 4. A token is kept in memory until PayPal refuses it; a 401 brings one fresh token and one
//! repetition, since it proves that nothing was done. Nothing else is repeated here: who may send again, and
//! when, is decided above.

use std::cell::RefCell;
use std::collections::BTreeSet;

use reqwest::blocking::RequestBuilder;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::credentials::Credentials;
use super::endpoint::{ConnectError, Environment, Settings};
use super::outcomes::{
    Answer, Attempt, CancelOutcome, CreateOutcome, Evidence, NotSent, ReadError, Refusal, WhyUnknown,
};
use super::payload::{ITEMS_MAX, Payload};
use super::replies::{BatchId, CreatedReply, ItemReply, Listing, Page, PayoutItemId, Problem, token};
use super::wire::{Lost, Reply, Wire};
use crate::reconcile::{Status, StatusWord};

/// How often a listing whose pages contradict each other is read.
const READS_MAX: u32 = 3;
/// Pages that a listing may have (SPEC `total_pages`).
const PAGES_MAX: u64 = 1_000;
/// What a request for a token looks like.
const TOKEN_FORM: &str = "grant_type=client_credentials";
/// HTTP statuses that, with PayPal's own words, say that a request was turned down before anything was done.
const REFUSING: [u16; 9] = [400, 401, 403, 404, 405, 406, 413, 415, 422];

/// One page of a long listing has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSeen {
    /// Which, from 1.
    pub page: u64,
    /// Of how many, where PayPal says so.
    pub of: Option<u64>,
}

/// PayPal, spoken to as one app.
pub struct Client {
    wire: Wire,
    credentials: Credentials,
    environment: Environment,
    page_size: u32,
    token: RefCell<Option<SecretString>>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("environment", &self.environment).finish_non_exhaustive()
    }
}

impl Client {
    /// Prepares to speak to PayPal; nothing is sent yet.
    ///
    /// # Errors
    /// An address or proxy that cannot be used.
    pub fn new(settings: &Settings, credentials: Credentials) -> Result<Self, ConnectError> {
        let wire = Wire::new(settings)?;
        wire.veil(credentials.secret());
        Ok(Self {
            wire,
            credentials,
            environment: settings.environment,
            page_size: settings.page_size.clamp(1, 1_000),
            token: RefCell::new(None),
        })
    }

    /// Returns which PayPal is spoken to.
    #[must_use]
    pub const fn environment(&self) -> Environment {
        self.environment
    }

    /// Asks for a token and keeps it, as a check of the credentials.
    ///
    /// # Errors
    /// No connection, or PayPal does not let us in.
    pub fn sign_in(&self) -> Result<(), NotSent> {
        self.token.borrow_mut().take();
        self.bearer().map(drop)
    }

    /// Sends a batch, the exact bytes, once.
    #[must_use]
    pub fn create_batch(&self, payload: &Payload, attempt: Attempt) -> Answer<CreateOutcome> {
        let sent = self.authorised(|| {
            self.wire
                .post("/v1/payments/payouts")
                .header(CONTENT_TYPE, "application/json")
                .header("PayPal-Request-Id", payload.sender_batch_id())
                .body(payload.bytes().to_vec())
        });
        match sent {
            Ok(reply) => {
                let outcome = judge_create(&reply, payload.sender_batch_id(), attempt);
                Answer { outcome, evidence: reply.evidence() }
            }
            Err(Failure::NotSent(why)) => unproved(CreateOutcome::NotSent(why)),
            Err(Failure::Lost(why)) => unproved(CreateOutcome::Unknown(WhyUnknown::Lost(why))),
        }
    }

    /// Reads a batch with all its pages, which must fit together; `on_page` hears of each for a person's
    /// eyes.
    ///
    /// A payment that PayPal lists twice in every reading is given twice: comparing it is the caller's.
    ///
    /// # Errors
    /// No answer, one that cannot be used, an unknown id, or pages that contradict each other every time.
    pub fn batch(&self, id: &BatchId, on_page: &mut dyn FnMut(PageSeen)) -> Result<Listing, ReadError> {
        let mut last = String::new();
        for reading in 1..=READS_MAX {
            match self.pages(id, on_page)? {
                Pages::Whole(listing) => return Ok(listing),
                Pages::Repeating(listing) if reading == READS_MAX => return Ok(listing),
                Pages::Repeating(_) => {}
                Pages::Contradicting(why) => last = why,
            }
        }
        Err(ReadError::Inconsistent(last))
    }

    /// Reads one payment.
    ///
    /// # Errors
    /// No answer, one that cannot be used, or an unknown id.
    pub fn item(&self, id: &PayoutItemId) -> Result<ItemReply, ReadError> {
        let (body, _) = self.read(&format!("/v1/payments/payouts-item/{id}"), None, id.as_str())?;
        let item = ItemReply::read(&body).map_err(ReadError::Unusable)?;
        if item.payout_item.as_ref() == Some(id) {
            Ok(item)
        } else {
            Err(ReadError::Unusable(format!("it is about another item than {id}")))
        }
    }

    /// Cancels an unclaimed payment, once; a repetition does no harm.
    #[must_use]
    pub fn cancel_item(&self, id: &PayoutItemId) -> Answer<CancelOutcome> {
        let path = format!("/v1/payments/payouts-item/{id}/cancel");
        let sent = self
            .authorised(|| self.wire.post(&path).header(CONTENT_TYPE, "application/json").body(Vec::new()));
        match sent {
            Ok(reply) => Answer { outcome: judge_cancel(&reply, id), evidence: reply.evidence() },
            Err(Failure::NotSent(why)) => unproved(CancelOutcome::NotSent(why)),
            Err(Failure::Lost(why)) => unproved(CancelOutcome::Unknown(WhyUnknown::Lost(why))),
        }
    }

    /// Sends a request with a token; after a 401, which proves that nothing was done, once more with a fresh
    /// one.
    fn authorised(&self, request: impl Fn() -> RequestBuilder) -> Result<Reply, Failure> {
        let reply = self.with_token(&request)?;
        if reply.http != 401 {
            return Ok(reply);
        }
        self.token.borrow_mut().take();
        self.with_token(&request)
    }

    fn with_token(&self, request: &impl Fn() -> RequestBuilder) -> Result<Reply, Failure> {
        let token = self.bearer().map_err(Failure::NotSent)?;
        self.wire.send(request().bearer_auth(token.expose_secret())).map_err(|lost| match lost {
            Lost::BeforeSending(why) => Failure::NotSent(NotSent::Unreachable(why)),
            Lost::AfterSending(why) => Failure::Lost(why),
        })
    }

    /// Returns the token, a new one if there is none.
    fn bearer(&self) -> Result<SecretString, NotSent> {
        if let Some(token) = self.token.borrow().as_ref() {
            return Ok(token.clone());
        }
        let request = self
            .wire
            .post("/v1/oauth2/token")
            .basic_auth(self.credentials.client_id(), Some(self.credentials.secret()))
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(TOKEN_FORM);
        self.veil_authorisation(&request);
        let reply = self.wire.send_for_token(request).map_err(|lost| match lost {
            Lost::BeforeSending(why) | Lost::AfterSending(why) => NotSent::Unreachable(why),
        })?;
        match (reply.http, &reply.body) {
            (200, Ok(body)) => {
                let found =
                    token(body).ok_or_else(|| NotSent::SignIn("its answer holds no token".to_owned()))?;
                self.wire.veil(found);
                let found = SecretString::from(found);
                *self.token.borrow_mut() = Some(found.clone());
                Ok(found)
            }
            (429, _) => Err(NotSent::RateLimited(reply.wait)),
            (http @ (400 | 401 | 403), body) => {
                let name = body
                    .as_ref()
                    .ok()
                    .and_then(Problem::read)
                    .map_or_else(String::new, |problem| problem.name);
                let why = format!("{http} {}", self.wire.cover(&name));
                Err(NotSent::SignIn(why.trim_end().to_owned()))
            }
            (http, Ok(_)) => Err(NotSent::Unreachable(format!("it answered {http} to the sign-in"))),
            (http, Err(why)) => {
                Err(NotSent::Unreachable(format!("its answer {http} to the sign-in makes no sense: {why}")))
            }
        }
    }

    /// Takes the client id and the secret in the form in which they travel out of every answer.
    fn veil_authorisation(&self, request: &RequestBuilder) {
        let built = request.try_clone().and_then(|request| request.build().ok());
        let value = built.as_ref().and_then(|request| request.headers().get(AUTHORIZATION)?.to_str().ok());
        if let Some((_, coded)) = value.and_then(|value| value.split_once(' ')) {
            self.wire.veil(coded);
        }
    }

    fn pages(&self, id: &BatchId, on_page: &mut dyn FnMut(PageSeen)) -> Result<Pages, ReadError> {
        let first = self.page(id, 1, on_page)?;
        let (total_items, total_pages) = (first.total_items, first.total_pages);
        let mut listing = first.listing;
        let mut page = 1_u64;
        let mut full = self.is_full(listing.items.len());
        while total_pages.map_or(full, |pages| page < pages) && page < PAGES_MAX {
            page += 1;
            let next = self.page(id, page, on_page)?;
            if (next.total_items, next.total_pages) != (total_items, total_pages) {
                return Ok(Pages::Contradicting("their totals changed while they were read".to_owned()));
            }
            full = self.is_full(next.listing.items.len());
            listing.items.extend(next.listing.items);
            listing.debug_id = next.listing.debug_id.or(listing.debug_id);
            if listing.items.len() > ITEMS_MAX {
                return Ok(Pages::Contradicting(format!("they list more than {ITEMS_MAX} payments")));
            }
        }
        let listed = u64::try_from(listing.items.len()).unwrap_or(u64::MAX);
        if let Some(total) = total_items.filter(|total| *total != listed) {
            return Ok(Pages::Contradicting(format!("they list {listed} payments and say {total}")));
        }
        let mut seen = BTreeSet::new();
        let repeats = listing
            .items
            .iter()
            .filter_map(|item| item.payout_item.as_ref())
            .any(|id| !seen.insert(id.clone()));
        Ok(if repeats { Pages::Repeating(listing) } else { Pages::Whole(listing) })
    }

    fn is_full(&self, items: usize) -> bool {
        usize::try_from(self.page_size).is_ok_and(|size| items >= size)
    }

    fn page(&self, id: &BatchId, page: u64, on_page: &mut dyn FnMut(PageSeen)) -> Result<Page, ReadError> {
        let query = format!("page_size={}&page={page}&total_required=true", self.page_size);
        let (body, debug_id) = self.read(&format!("/v1/payments/payouts/{id}"), Some(&query), id.as_str())?;
        let mut found = Page::read(&body).map_err(ReadError::Unusable)?;
        if found.listing.batch != *id {
            return Err(ReadError::Unusable(format!("it is about another batch than {id}")));
        }
        found.listing.debug_id = debug_id;
        on_page(PageSeen { page, of: found.total_pages });
        Ok(found)
    }

    /// Reads JSON of PayPal's; `about` is the id that a person would look up.
    fn read(
        &self,
        path: &str,
        query: Option<&str>,
        about: &str,
    ) -> Result<(Value, Option<String>), ReadError> {
        let reply = self.authorised(|| self.wire.get(path, query)).map_err(|failure| match failure {
            Failure::NotSent(why) => ReadError::NotSent(why),
            Failure::Lost(why) => ReadError::Unusable(why),
        })?;
        match (reply.http, reply.body) {
            (200, Ok(body)) => Ok((body, reply.debug_id)),
            (200, Err(why)) => Err(ReadError::Unusable(why)),
            (404, Ok(body)) if Problem::read(&body).is_some() => Err(ReadError::NotFound(about.to_owned())),
            (429, _) => Err(ReadError::RateLimited(reply.wait)),
            (http @ 400..=499, Ok(body)) => Err(Problem::read(&body).map_or_else(
                || ReadError::Unusable(format!("it answered {http} without a reason")),
                |problem| ReadError::Refused(Refusal { http, problem }),
            )),
            (http, _) => Err(ReadError::Unusable(format!("it answered {http}"))),
        }
    }
}

/// Why there is no reply.
enum Failure {
    NotSent(NotSent),
    Lost(String),
}

/// What all pages of a listing are together.
enum Pages {
    Whole(Listing),
    Repeating(Listing),
    Contradicting(String),
}

fn unproved<T>(outcome: T) -> Answer<T> {
    Answer { outcome, evidence: Evidence::default() }
}

/// Says what an answer to a new batch proves.
fn judge_create(reply: &Reply, sender_batch_id: &str, attempt: Attempt) -> CreateOutcome {
    let unreadable = |why: String| WhyUnknown::Unreadable { http: reply.http, why };
    let judged = match reply.http {
        200..=299 => {
            reply.body.as_ref().map_err(Clone::clone).and_then(CreatedReply::read).and_then(|created| {
                let about_ours = created.sender_batch_id.as_deref().is_none_or(|id| id == sender_batch_id);
                let accepted = CreateOutcome::Accepted { batch: created.batch, status: created.status };
                about_ours.then_some(accepted).ok_or_else(|| "it is about another batch than ours".to_owned())
            })
        }
        429 => return CreateOutcome::RateLimited { wait: reply.wait },
        http @ 500..=599 => return CreateOutcome::Unknown(WhyUnknown::Stumbled(http)),
        _ => {
            return refused(reply).map_or_else(CreateOutcome::Unknown, |refusal| {
                if refusal.problem.says_already_exists() {
                    return CreateOutcome::AlreadyExists { batch: refusal.problem.existing_batch() };
                }
                match attempt {
                    Attempt::First => CreateOutcome::Refused(refusal),
                    Attempt::Again => CreateOutcome::Unknown(WhyUnknown::RefusedAgain(refusal)),
                }
            });
        }
    };
    judged.unwrap_or_else(|why| CreateOutcome::Unknown(unreadable(why)))
}

/// Says what an answer to a cancellation proves.
fn judge_cancel(reply: &Reply, id: &PayoutItemId) -> CancelOutcome {
    let unreadable = |why: String| CancelOutcome::Unknown(WhyUnknown::Unreadable { http: reply.http, why });
    match reply.http {
        200..=299 => match reply.body.as_ref().map_err(Clone::clone).and_then(ItemReply::read) {
            Ok(item) if item.payout_item.as_ref().is_some_and(|found| found != id) => {
                unreadable(format!("it is about another item than {id}"))
            }
            Ok(item) if item.listed.status == Status::Known(StatusWord::Returned) => {
                CancelOutcome::Cancelled(Box::new(item))
            }
            Ok(item) => unreadable(format!("the item is {} and not RETURNED", item.listed.status)),
            Err(why) => unreadable(why),
        },
        429 => CancelOutcome::RateLimited { wait: reply.wait },
        http @ 500..=599 => CancelOutcome::Unknown(WhyUnknown::Stumbled(http)),
        _ => refused(reply).map_or_else(CancelOutcome::Unknown, |refusal| {
            match refusal.problem.name.as_str() {
                "ITEM_ALREADY_CANCELLED" => CancelOutcome::AlreadyCancelled,
                "ITEM_INCORRECT_STATUS" => CancelOutcome::NotUnclaimed,
                "BATCH_NOT_COMPLETED" => CancelOutcome::TooEarly,
                _ => CancelOutcome::Refused(refusal),
            }
        }),
    }
}

/// Takes an answer for a refusal only if PayPal says so in its own words, and in words that leave no doubt.
fn refused(reply: &Reply) -> Result<Refusal, WhyUnknown> {
    let http = reply.http;
    let unreadable = |why: &str| WhyUnknown::Unreadable { http, why: why.to_owned() };
    let body = reply.body.as_ref().map_err(|why| unreadable(why))?;
    let problem = Problem::read(body).ok_or_else(|| unreadable("it gives no reason"))?;
    let in_progress = problem.name.contains("IN_PROGRESS") || http == 409;
    let refusal = Refusal { http, problem };
    if refusal.problem.says_already_exists() {
        Ok(refusal)
    } else if in_progress {
        Err(WhyUnknown::InProgress(refusal))
    } else if !REFUSING.contains(&http) {
        Err(unreadable("such an answer is not one of PayPal's"))
    } else if refusal.problem.is_business() && refusal.problem.details.is_empty() {
        // The name under which a repeated batch id is reported too: without details it could be that.
        Err(unreadable("USER_BUSINESS_ERROR without a reason"))
    } else {
        Ok(refusal)
    }
}
