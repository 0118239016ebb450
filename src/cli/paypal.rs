//! The way to PayPal, as the environment sets it up: credentials, another address, a proxy, patience.
//!
//! Floor 6. The environment is read here and handed down as it is asked for. Nothing is shown of a credential, and once
//! one is in memory no core file of this process is written and no other process of the user may look into it
//! (promise 26).

use std::env;
use std::time::Duration;

use crate::cli::failure::Failure;
use crate::cli::settings::Settings;
use crate::paypal::{Client, Credentials, Environment, Proxy, Settings as Way, URL_VARIABLE};

/// The variable that names a proxy: an address, or `env` for the one that `HTTPS_PROXY` names.
pub const PROXY_VARIABLE: &str = "PARTNERS_PAYPAL_PROXY";
/// The variable that says how many seconds an answer may take.
pub const TIMEOUT_VARIABLE: &str = "PARTNERS_PAYPAL_TIMEOUT";
/// The longest wait for an answer, in seconds.
const TIMEOUT_MAX: u64 = 600;

/// Prepares to speak to PayPal; nothing is sent yet.
///
/// # Errors
/// A missing or unfit credential: exit 7. An address or a proxy that cannot be used: exit 2.
pub fn client(settings: &Settings, environment: Environment) -> Result<Client, Failure> {
    let mut way = Way::new(environment);
    way.elsewhere = text(URL_VARIABLE);
    way.proxy = match text(PROXY_VARIABLE) {
        None => Proxy::None,
        Some(word) if word == "env" => Proxy::FromEnvironment,
        Some(address) => Proxy::Url(address),
    };
    if let Some(seconds) = text(TIMEOUT_VARIABLE) {
        let seconds = seconds.parse().ok().filter(|seconds| (1..=TIMEOUT_MAX).contains(seconds));
        let seconds = seconds.ok_or_else(|| {
            Failure::usage(
                "timeout",
                format!("{TIMEOUT_VARIABLE} is not a number of seconds, 1 to {TIMEOUT_MAX}"),
            )
        })?;
        way.total_timeout = Duration::from_secs(seconds);
    }
    if way.elsewhere.is_some() && environment == Environment::Live && !settings.trial.plays_live() {
        return Err(Failure::usage(
            "paypal_url",
            format!(
                "{URL_VARIABLE} is set, and these are live payments: what stands in for PayPal pays nobody, and \
                 the books \
                 would say that it did; nothing was sent"
            ),
        )
        .hint(format!("take {URL_VARIABLE} out of the environment")));
    }
    if let Some(elsewhere) = &way.elsewhere {
        settings.ui.warn(&format!(
            "{URL_VARIABLE} is set: {elsewhere} stands in for PayPal, and nobody is paid by it"
        ));
    }
    shut_out_others();
    let credentials = Credentials::find(|name| env::var_os(name))?;
    Ok(Client::new(&way, credentials)?)
}

fn text(name: &str) -> Option<String> {
    env::var_os(name).map(|value| value.to_string_lossy().trim().to_owned()).filter(|value| !value.is_empty())
}

/// Forbids core files of this process, and other processes a look into it.
fn shut_out_others() {
    #[cfg(target_os = "linux")]
    // A kernel that does not know this is no reason not to pay anybody.
    let _forbidden = nix::sys::prctl::set_dumpable(false);
}
