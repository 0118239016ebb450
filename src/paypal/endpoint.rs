//! Where PayPal is: the sandbox unless told otherwise, and how long to wait for it.
//!
//! Floor 4. Live only when asked for (promise 30). Another address is taken only if it is this machine's own
//! (CONTRACT.md): no setting can send the secret or a payout to a stranger, and none turns verification off.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use reqwest::Url;
use thiserror::Error;

use crate::words;

words!(
    /// Which PayPal: the one that plays, or the one that pays.
    Environment, "PayPal environment" {
        /// For trying out; no money moves.
        Sandbox = "sandbox",
        /// Real money.
        Live = "live",
    }
);

/// The variable that points at another PayPal, on this machine only.
pub const URL_VARIABLE: &str = "PARTNERS_PAYPAL_URL";

impl Environment {
    /// Returns PayPal's own address (SPEC `servers`).
    const fn address(self) -> &'static str {
        match self {
            Self::Sandbox => "https://api-m.sandbox.paypal.com",
            Self::Live => "https://api-m.paypal.com",
        }
    }
}

/// Through what PayPal is reached.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Proxy {
    /// Directly, whatever the environment's variables say.
    #[default]
    None,
    /// Through the proxy that `HTTPS_PROXY` and its like name.
    FromEnvironment,
    /// Through this one.
    Url(String),
}

/// How PayPal is reached; `new` gives what suits everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The sandbox or the live PayPal.
    pub environment: Environment,
    /// Another address on this machine, from `PARTNERS_PAYPAL_URL`.
    pub elsewhere: Option<String>,
    /// None, unless configured.
    pub proxy: Proxy,
    /// How long to wait for a connection.
    pub connect_timeout: Duration,
    /// How long to wait for a whole answer.
    pub total_timeout: Duration,
    /// Payments asked for in one page of a listing, at most 1,000 (SPEC).
    pub page_size: u32,
    /// Bytes of an answer; a longer one is not read (promise 12).
    pub answer_bytes_max: usize,
}

impl Settings {
    /// Returns the settings for PayPal itself: 5 seconds to connect, 30 for the answer, 1 MiB of it; 200
    /// payments a page leave each 5 KiB of that.
    #[must_use]
    pub const fn new(environment: Environment) -> Self {
        Self {
            environment,
            elsewhere: None,
            proxy: Proxy::None,
            connect_timeout: Duration::from_secs(5),
            total_timeout: Duration::from_secs(30),
            page_size: 200,
            answer_bytes_max: 1 << 20,
        }
    }
}

/// Says why PayPal cannot even be called.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ConnectError {
    /// The other address is not one of this machine.
    #[error(
        "{URL_VARIABLE}={0:?} is not http:// or https:// and an address of this machine, such as \
         http://127.0.0.1:8900; nothing else may stand in for PayPal"
    )]
    NotLoopback(String),
    /// The configured proxy is no address. Its text is not shown: it may hold a password.
    #[error("the configured proxy is not an address that can be used")]
    Proxy,
    /// The TLS library could not be set up.
    #[error("the connection to PayPal could not be set up: {0}")]
    Library(String),
}

/// PayPal's address, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Endpoint {
    base: Url,
}

impl Endpoint {
    /// Takes PayPal's own address, or the other one if it is this machine's.
    pub(super) fn choose(settings: &Settings) -> Result<Self, ConnectError> {
        let Some(elsewhere) = &settings.elsewhere else {
            let base = Url::parse(settings.environment.address());
            return base.map(|base| Self { base }).map_err(|error| ConnectError::Library(error.to_string()));
        };
        let refuse = || ConnectError::NotLoopback(elsewhere.clone());
        let base = Url::parse(elsewhere.trim()).map_err(|_| refuse())?;
        let bare = base.username().is_empty()
            && base.password().is_none()
            && base.path() == "/"
            && base.query().is_none()
            && base.fragment().is_none();
        let endpoint = Self { base };
        let web = matches!(endpoint.base.scheme(), "http" | "https");
        if bare && web && endpoint.is_loopback() { Ok(endpoint) } else { Err(refuse()) }
    }

    /// Returns the address of a path, which starts with a slash and holds checked ids only.
    pub(super) fn at(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path(path);
        url
    }

    /// Returns whether only TLS will do: everywhere but on this machine's own plain address.
    pub(super) fn needs_tls(&self) -> bool {
        self.base.scheme() != "http"
    }

    /// Returns the name `localhost` with the address it must stand for: no name service is asked.
    pub(super) fn pinned(&self) -> Option<(&'static str, SocketAddr)> {
        let port = self.base.port_or_known_default()?;
        (self.base.host_str() == Some(LOCALHOST))
            .then(|| (LOCALHOST, SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port)))
    }

    fn is_loopback(&self) -> bool {
        self.base.host_str().is_some_and(|host| {
            let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
            host == LOCALHOST || address.is_ok_and(|address| address.is_loopback())
        })
    }
}

/// The one name that may stand for this machine.
const LOCALHOST: &str = "localhost";

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(elsewhere: Option<&str>) -> Result<Endpoint, ConnectError> {
        let elsewhere = elsewhere.map(str::to_owned);
        Endpoint::choose(&Settings { elsewhere, ..Settings::new(Environment::Sandbox) })
    }

    #[test]
    fn paypal_itself_unless_told_otherwise() {
        let at = |environment| {
            let endpoint = Endpoint::choose(&Settings::new(environment)).expect("an endpoint");
            (endpoint.at("/v1/x").to_string(), endpoint.needs_tls())
        };
        assert_eq!(at(Environment::Sandbox), ("https://api-m.sandbox.paypal.com/v1/x".into(), true));
        assert_eq!(at(Environment::Live), ("https://api-m.paypal.com/v1/x".into(), true));
    }

    #[test]
    fn elsewhere_is_this_machine_only() {
        for fine in ["http://127.0.0.1:8900", "https://localhost:8443/", "http://[::1]:9", "http://127.9.9.9"]
        {
            assert!(choose(Some(fine)).is_ok(), "{fine}");
        }
        for bad in [
            "http://example.com",
            "https://api-m.paypal.com",
            "http://127.0.0.1.example.com",
            "http://localhost.example.com",
            "http://user@127.0.0.1",
            "http://user:word@127.0.0.1",
            "http://127.0.0.1/path",
            "http://127.0.0.1/?q",
            "ftp://127.0.0.1",
            "file:///127.0.0.1",
            "http://0.0.0.0:1",
            "http://10.0.0.1",
            "127.0.0.1:8900",
            "",
        ] {
            assert!(choose(Some(bad)).is_err(), "{bad}");
        }
    }
}
