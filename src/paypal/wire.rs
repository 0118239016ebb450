//! One request to PayPal and its answer: whether anything left, and what came back.
//!
//! Floor 4. TLS is always verified, redirects are never followed, nothing is repeated, connections are not
//! shared (so that none can be stale), an answer has a size and a time. Secrets and tokens are taken out of
//! every text before anybody sees it, and an error of the library is never passed on as it is (promises 12,
//! 26, 28).

use std::cell::RefCell;
use std::error::Error;
use std::io::Read;
use std::time::{Duration, Instant};

use reqwest::Url;
use reqwest::blocking::{Client, RequestBuilder, Response};
use reqwest::header::{ACCEPT, HeaderMap, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::tls::Version;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::endpoint::{ConnectError, Endpoint, Proxy, Settings};
use super::outcomes::Evidence;
use super::replies::debug_id;

/// Stands where a secret was.
const REDACTED: &str = "[REDACTED]";
/// Bytes below which a text is too common to be taken out of answers.
const SECRET_BYTES_MIN: usize = 6;
/// The longest wait that PayPal may ask for.
const WAIT_MAX: Duration = Duration::from_hours(1);
/// The header with PayPal's name for the exchange.
const DEBUG_ID_HEADER: &str = "paypal-debug-id";
/// What PayPal sees of this program.
const USER_AGENT: &str = concat!("partners/", env!("CARGO_PKG_VERSION"));

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lost {
    /// No connection came about, so nothing left.
    BeforeSending(String),
    /// Something may have left.
    AfterSending(String),
}

/// What came back. Not to be shown: a sign-in's answer holds the token.
pub(super) struct Reply {
    /// The HTTP status.
    pub http: u16,
    /// PayPal's name for the exchange.
    pub debug_id: Option<String>,
    /// How long PayPal asks to wait.
    pub wait: Option<Duration>,
    /// The JSON, or why there is none.
    pub body: Result<Value, String>,
    /// The JSON as it came.
    raw: Option<String>,
}

impl Reply {
    /// Returns what is kept as proof.
    pub(super) fn evidence(&self) -> Evidence {
        Evidence { http: Some(self.http), debug_id: self.debug_id.clone(), body: self.raw.clone() }
    }
}

/// The way to PayPal.
pub(super) struct Wire {
    http: Client,
    endpoint: Endpoint,
    total_timeout: Duration,
    answer_bytes_max: usize,
    veiled: RefCell<Vec<SecretString>>,
}

impl Wire {
    /// Sets up the way to PayPal; nothing is sent.
    pub(super) fn new(settings: &Settings) -> Result<Self, ConnectError> {
        let endpoint = Endpoint::choose(settings)?;
        let mut builder = Client::builder()
            .https_only(endpoint.needs_tls())
            .tls_version_min(Version::TLS_1_2)
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .pool_max_idle_per_host(0)
            .connect_timeout(settings.connect_timeout)
            .timeout(settings.total_timeout)
            .user_agent(USER_AGENT);
        builder = match &settings.proxy {
            Proxy::None => builder.no_proxy(),
            // An address of this machine is reached directly: a proxy would see what is not for it.
            Proxy::FromEnvironment | Proxy::Url(_) if settings.elsewhere.is_some() => builder.no_proxy(),
            Proxy::FromEnvironment => builder,
            Proxy::Url(url) => builder.proxy(reqwest::Proxy::all(url).map_err(|_| ConnectError::Proxy)?),
        };
        if let Some((name, address)) = endpoint.pinned() {
            builder = builder.resolve(name, address);
        }
        let http = builder.build().map_err(|error| ConnectError::Library(describe(error)))?;
        Ok(Self {
            http,
            endpoint,
            total_timeout: settings.total_timeout,
            answer_bytes_max: settings.answer_bytes_max,
            veiled: RefCell::new(Vec::new()),
        })
    }

    /// Takes a text out of everything that comes back from now on.
    pub(super) fn veil(&self, secret: &str) {
        let mut veiled = self.veiled.borrow_mut();
        if secret.len() >= SECRET_BYTES_MIN && veiled.iter().all(|known| known.expose_secret() != secret) {
            veiled.push(SecretString::from(secret));
        }
    }

    /// Begins a reading request.
    pub(super) fn get(&self, path: &str, query: Option<&str>) -> RequestBuilder {
        self.http.get(self.address(path, query)).header(ACCEPT, "application/json")
    }

    /// Begins a changing request.
    pub(super) fn post(&self, path: &str) -> RequestBuilder {
        self.http.post(self.address(path, None)).header(ACCEPT, "application/json")
    }

    fn address(&self, path: &str, query: Option<&str>) -> Url {
        let mut url = self.endpoint.at(path);
        url.set_query(query);
        url
    }

    /// Sends a request once and reads its answer, without any secret.
    pub(super) fn send(&self, request: RequestBuilder) -> Result<Reply, Lost> {
        self.exchange(request, |bytes| self.understand(bytes))
    }

    /// Sends the request for a token once and reads its answer as it is, of which nothing is kept as proof:
    /// the token may be the one that every other answer is cleared of.
    pub(super) fn send_for_token(&self, request: RequestBuilder) -> Result<Reply, Lost> {
        let plainly =
            |bytes: &[u8]| (serde_json::from_slice(bytes).map_err(|_| "it is not JSON".to_owned()), None);
        self.exchange(request, plainly)
    }

    fn exchange(
        &self,
        request: RequestBuilder,
        understand: impl Fn(&[u8]) -> (Result<Value, String>, Option<String>),
    ) -> Result<Reply, Lost> {
        let begun = Instant::now();
        let response = request.send().map_err(|error| {
            let before = error.is_connect() || error.is_builder();
            let why = self.cover(&describe(error));
            if before { Lost::BeforeSending(why) } else { Lost::AfterSending(why) }
        })?;
        let http = response.status().as_u16();
        let header_debug_id = self.header(response.headers(), DEBUG_ID_HEADER).and_then(|id| debug_id(&id));
        let seconds = self.header(response.headers(), RETRY_AFTER.as_str());
        let wait = seconds.and_then(|text| text.trim().parse().ok()).map(Duration::from_secs);
        let (body, raw) = match self.read_body(response, begun)? {
            Ok(bytes) => understand(&bytes),
            Err(why) => (Err(why), None),
        };
        let in_body = body.as_ref().ok().and_then(|body| body.get("debug_id")?.as_str());
        Ok(Reply {
            http,
            debug_id: header_debug_id.or_else(|| in_body.and_then(debug_id)),
            wait: wait.map(|wait| wait.min(WAIT_MAX)),
            body,
            raw,
        })
    }

    fn header(&self, headers: &HeaderMap, name: &str) -> Option<String> {
        headers.get(name)?.to_str().ok().map(|text| self.cover(text))
    }

    /// Reads an answer whole; the inner error is an answer too long to be read.
    fn read_body(&self, response: Response, begun: Instant) -> Result<Result<Vec<u8>, String>, Lost> {
        let room = u64::try_from(self.answer_bytes_max).unwrap_or(u64::MAX);
        let mut limited = response.take(room.saturating_add(1));
        let mut bytes = Vec::new();
        let mut chunk = [0_u8; 16 * 1024];
        loop {
            let read = limited.read(&mut chunk).map_err(|error| {
                Lost::AfterSending(format!(
                    "the connection broke in the middle of the answer ({})",
                    error.kind()
                ))
            })?;
            if read == 0 {
                return Ok(Ok(bytes));
            }
            bytes.extend(chunk.iter().take(read));
            if bytes.len() > self.answer_bytes_max {
                return Ok(Err(format!("it is longer than {} bytes", self.answer_bytes_max)));
            }
            // The library's timeout is for each read; a server that drips must not hold us for ever.
            if begun.elapsed() > self.total_timeout {
                return Err(Lost::AfterSending("the answer took too long".to_owned()));
            }
        }
    }

    /// Reads JSON without its secrets; what is no JSON is described and not kept.
    fn understand(&self, bytes: &[u8]) -> (Result<Value, String>, Option<String>) {
        let Ok(text) = std::str::from_utf8(bytes) else {
            return (Err("it is not UTF-8".to_owned()), None);
        };
        match serde_json::from_str::<Value>(text) {
            Ok(mut value) => {
                // Looked for in what was read, since a secret may be spelt with escapes.
                let raw = if self.cover_within(&mut value) { value.to_string() } else { text.to_owned() };
                (Ok(value), Some(raw))
            }
            Err(_) if text.trim().is_empty() => (Err("it is empty".to_owned()), None),
            Err(_) if text.trim_start().starts_with('<') => {
                (Err("it is a web page, not JSON".to_owned()), None)
            }
            Err(error) => {
                (Err(format!("it is not JSON (line {}, column {})", error.line(), error.column())), None)
            }
        }
    }

    /// Returns a text without any secret.
    pub(super) fn cover(&self, text: &str) -> String {
        let veiled = self.veiled.borrow();
        veiled.iter().fold(text.to_owned(), |text, secret| text.replace(secret.expose_secret(), REDACTED))
    }

    /// Takes secrets out of every text of a value; says whether there was one.
    fn cover_within(&self, value: &mut Value) -> bool {
        let mut found = false;
        match value {
            Value::String(text) => {
                let covered = self.cover(text);
                found = covered != *text;
                *text = covered;
            }
            Value::Array(values) => {
                for value in values {
                    found |= self.cover_within(value);
                }
            }
            Value::Object(members) => {
                if members.keys().any(|key| self.cover(key) != *key) {
                    members.clear();
                    found = true;
                }
                for value in members.values_mut() {
                    found |= self.cover_within(value);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
        found
    }
}

/// Puts an error of the library into words without the address, which may hold an id.
fn describe(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut words = vec![error.to_string()];
    let mut source = error.source();
    while let Some(deeper) = source {
        let more = deeper.to_string();
        if words.iter().all(|known| !known.contains(&more)) {
            words.push(more);
        }
        source = deeper.source();
    }
    words.join(": ")
}
