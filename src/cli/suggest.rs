//! What a name that nobody bears was probably meant to be, in the hint of the error.
//!
//! Floor 6. Looks only after a command has failed, read-only, and never takes a suggestion by itself; whatever goes
//! wrong here leaves the failure as it was.

use super::failure::Failure;
use super::settings::Settings;
use super::show;
use crate::commands::lookup;

/// Adds what was probably meant to a failure about an unknown name.
pub(super) fn meant(failure: Failure, settings: &Settings) -> Failure {
    let Some((what, typed)) = failure.unknown.clone().filter(|_| failure.hint.is_none()) else {
        return failure;
    };
    let found = show::reader(settings)
        .and_then(|reader| Ok(lookup::meant(&reader, what, &typed)?))
        .unwrap_or_default();
    let names: Vec<String> = found
        .into_iter()
        .map(|meant| match meant.called {
            Some(called) => format!("{} ({called})", meant.name),
            None => meant.name,
        })
        .collect();
    if !names.is_empty() {
        return failure.hint(format!("did you mean {}?", names.join(" or ")));
    }
    let quoted = if typed.contains(' ') { format!("{typed:?}") } else { typed };
    match what {
        "partner" | "account" | "charge" => failure
            .hint(format!("partners lookup {quoted} searches names, companies, e-mails, ids and codes")),
        "run" => failure.hint("partners payout list names the runs; latest is the newest"),
        "item" => failure.hint("partners payout show RUN names the payments of a run"),
        _ => failure,
    }
}
