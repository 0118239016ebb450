//! Every way a command can end, translated once, at the door: exit code, words, and what to do next.
//!
//! Floor 6. The exit codes are CONTRACT.md's and are read by cron. Lower floors return typed errors; their
//! `From` impls stand here, each a `match` without a wildcard so that a new error cannot go unclassified.
//! Nothing here may print a secret: a panic's payload is shown only to whoever asks with `RUST_BACKTRACE`.

mod import;

use std::fmt;
use std::io;
use std::panic;
use std::process::ExitCode;

use serde_json::{Map, Value, json};

use crate::cli::streams;
use crate::commands::payout::ending::{Named, SendError};
use crate::commands::payout::file::FileError;
use crate::commands::payout::reconcile::ReconcileError;
use crate::commands::records::RecordError;
use crate::dates::DateError;
use crate::money::MoneyError;
use crate::paypal::{ConnectError, CredentialError, ReadError, Refusal};
use crate::policy::PolicyError;
use crate::store::StoreError;
use crate::text::{json_escaped, shown};
use crate::words::UnknownWord;

/// How a command ended, as the shell sees it (CONTRACT.md, exit codes).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done, or nothing to do: 0.
    Done,
    /// Refused, nothing changed; for `lookup`, nothing found: 1.
    Refused,
    /// The command line is wrong: 2.
    Usage,
    /// Done, but something needs a person: 3.
    Attention,
    /// Not confirmed, or the total given is not the run's: 4.
    Unconfirmed,
    /// Another `partners` holds the database: 5.
    Busy,
    /// The outcome at PayPal is unknown; `payout resume` finds out: 6.
    Unknown,
    /// Something outside failed before anything changed (network, sign-in, disk): 7.
    Outside,
    /// A bug: 70.
    Bug,
}

impl Exit {
    /// All endings, in the order of their codes.
    pub const ALL: [Self; 9] = [
        Self::Done,
        Self::Refused,
        Self::Usage,
        Self::Attention,
        Self::Unconfirmed,
        Self::Busy,
        Self::Unknown,
        Self::Outside,
        Self::Bug,
    ];

    /// Returns the exit code.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Refused => 1,
            Self::Usage => 2,
            Self::Attention => 3,
            Self::Unconfirmed => 4,
            Self::Busy => 5,
            Self::Unknown => 6,
            Self::Outside => 7,
            Self::Bug => 70,
        }
    }

    /// Returns what the code means, for `--help` and the manual.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Done => "done, or nothing to do",
            Self::Refused => "refused, nothing changed (lookup: nothing found)",
            Self::Usage => "wrong command line",
            Self::Attention => "done, but something needs a person",
            Self::Unconfirmed => "not confirmed, or the total given is not the run's",
            Self::Busy => "busy: another partners holds the database; try again",
            Self::Unknown => "outcome unknown at PayPal: run partners payout resume",
            Self::Outside => "network, sign-in or disk failed before anything changed; try again",
            Self::Bug => "a bug in partners",
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// Why a command did not do what was asked: for people, for scripts, and for the shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// How the command ends.
    pub exit: Exit,
    /// A stable word for scripts, in `snake_case`.
    pub code: &'static str,
    /// One sentence without a full stop: where, what is wrong, what was not changed.
    pub message: String,
    /// The single things that are wrong, one to a line, where there are several.
    pub details: Vec<String>,
    /// What to do about it.
    pub hint: Option<String>,
    /// What does not exist and the name that was given to it, so that `suggest` can look for what was meant.
    pub unknown: Option<(&'static str, String)>,
}

impl Failure {
    /// Describes a failure.
    #[must_use]
    pub fn new(exit: Exit, code: &'static str, message: impl Into<String>) -> Self {
        Self { exit, code, message: message.into(), details: Vec::new(), hint: None, unknown: None }
    }

    /// Describes a refusal: nothing changed, exit 1.
    #[must_use]
    pub fn refused(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Exit::Refused, code, message)
    }

    /// Describes a wrong command line: exit 2.
    #[must_use]
    pub fn usage(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, code, message)
    }

    /// Describes a command line that clap could not read, in clap's own words: what it names and advises stays.
    #[must_use]
    pub fn misread(text: &str) -> Self {
        let (mut message, mut details, mut hints, mut usage) = (String::new(), Vec::new(), Vec::new(), None);
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if let Some(tip) = line.strip_prefix("tip: ") {
                hints.push(tip.to_owned());
            } else if let Some(form) = line.strip_prefix("Usage: ") {
                usage = Some(format!("usage: {form}"));
            } else if line.starts_with("For more information") {
                // It is said in the hint.
            } else if message.is_empty() {
                line.trim_start_matches("error: ").trim_end_matches(':').clone_into(&mut message);
            } else if usage.is_none() {
                details.push(line.to_owned());
            }
        }
        hints.extend(usage);
        hints.push("partners help COMMAND shows what it takes".to_owned());
        if !details.is_empty() {
            message = format!("{message}: {}", details.join(", "));
        }
        Self::usage("usage", message).hint(hints.join("; "))
    }

    /// Describes something outside that failed before anything changed: exit 7.
    #[must_use]
    pub fn outside(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Exit::Outside, code, message)
    }

    /// Describes an answer that standard output did not take: exit 7.
    #[must_use]
    pub fn output(error: &io::Error) -> Self {
        Self::outside("output", format!("the answer could not be written to standard output: {error}"))
            .hint("nothing was changed; make room and ask again")
    }

    /// Describes an answer that standard output did not take after the change it tells of was saved: exit 3, for it
    /// must not be done again.
    #[must_use]
    pub fn unsaid(error: &io::Error, shows: &str) -> Self {
        Self::new(
            Exit::Attention,
            "saved_unsaid",
            format!(
                "the change IS saved, do not repeat it; only the answer could not be written to standard output: \
                 {error}"
            ),
        )
        .hint(format!("{shows} shows what was saved"))
    }

    /// Turns a failure to show what has been saved into words that do not deny it.
    #[must_use]
    pub fn unshown(self, shows: &str) -> Self {
        let message = format!(
            "the change IS saved, do not repeat it; only the answer could not be made: {}",
            self.message
        );
        Self { details: self.details, ..Self::new(Exit::Attention, "saved_unsaid", message) }
            .hint(format!("partners check names what is wrong; {shows} shows what was saved"))
    }

    /// Takes back that nothing was changed, of a failure of the database after a part was saved: a file of several, the
    /// intent of a submission. What the code above the store says of itself stands.
    #[must_use]
    pub fn after_saving(self, shows: &str) -> Self {
        let exit = match self.code {
            "busy" => self.exit,
            "damaged_database" | "database" | "database_file" | "disk_full" | "file" | "not_durable" => {
                Exit::Attention
            }
            _ => return self,
        };
        Self { exit, ..self }.hint(format!(
            "what was done before this is saved: see what with {shows} before anything is repeated; partners check \
             names what is wrong"
        ))
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds the single things that are wrong.
    #[must_use]
    pub fn details(mut self, details: impl IntoIterator<Item = String>) -> Self {
        self.details.extend(details);
        self
    }

    /// Returns the failure as scripts read it: `{"error":{"code","message","hint"}}`, on one line; `details`
    /// only where there are any.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut error = Map::new();
        error.insert("code".into(), self.code.into());
        error.insert("message".into(), self.message.as_str().into());
        error.insert("hint".into(), self.hint.as_deref().map_or(Value::Null, Value::from));
        if !self.details.is_empty() {
            error.insert("details".into(), self.details.clone().into());
        }
        json_escaped(&json!({ "error": error }).to_string()).into_owned()
    }

    /// Tells the failure on standard error, in the form the user asked for, and returns its exit code.
    #[must_use]
    pub fn tell(&self, json: bool) -> ExitCode {
        if json {
            streams::talk(&self.to_json());
        } else {
            streams::talk(&self.to_string());
        }
        self.exit.into()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", shown(&self.message))?;
        for detail in &self.details {
            write!(f, "\n  {}", shown(detail))?;
        }
        match &self.hint {
            Some(hint) => write!(f, "\nhint: {}", shown(hint)),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Failure {}

impl From<MoneyError> for Failure {
    fn from(error: MoneyError) -> Self {
        let message = error.to_string();
        match error {
            MoneyError::NotAnAmount(..) | MoneyError::TooLarge(_) | MoneyError::NegativeZero(_) => {
                Self::usage("amount", message)
            }
            MoneyError::NotARate(_) => Self::usage("rate", message),
            MoneyError::NotACurrency(_) => Self::usage("currency", message),
            MoneyError::Overflow(..) => Self::refused("overflow", message)
                .hint("an amount in the books is far too large; partners check names it"),
        }
    }
}

impl From<DateError> for Failure {
    fn from(error: DateError) -> Self {
        let message = error.to_string();
        match error {
            DateError::NotADate(_)
            | DateError::Ambiguous(..)
            | DateError::NoOffset(_)
            | DateError::NotATime(..) => Self::usage("date", message),
            DateError::NotAZone(_) => Self::usage("timezone", message),
            DateError::NotAWeekday(_) => Self::usage("weekday", message),
        }
    }
}

impl From<UnknownWord> for Failure {
    fn from(error: UnknownWord) -> Self {
        Self::usage("unknown_word", error.to_string())
    }
}

impl From<PolicyError> for Failure {
    fn from(error: PolicyError) -> Self {
        Self::usage("policy_value", error.to_string())
            .hint("partners policy show lists every key with its value")
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let message = error.to_string();
        match error {
            StoreError::Missing(_) => Self::refused("no_database", message)
                .hint("partners init makes one; --db PATH or PARTNERS_DB names another"),
            StoreError::Foreign(_) => {
                Self::refused("foreign_database", message).hint("--db PATH or PARTNERS_DB names another")
            }
            StoreError::Folder(_) => Self::refused("no_file", message)
                .hint("name the file in it: --db PATH or PARTNERS_DB, like FOLDER/partners.db"),
            StoreError::Newer { .. } => Self::refused("newer_database", message)
                .hint("nothing was changed; install the version of partners that last wrote this file"),
            StoreError::Older { .. } => Self::refused("older_database", message),
            StoreError::Busy { .. } => Self::new(Exit::Busy, "busy", message)
                .hint("nothing was changed; try again, or wait for it with --wait SECONDS"),
            StoreError::NotDurable { .. } => Self::outside("not_durable", message)
                .hint("nothing was changed; keep the database on a local disk"),
            StoreError::Damaged { .. } => Self::refused("damaged_database", message)
                .hint("nothing was changed; partners check names all that is wrong"),
            StoreError::Unknown { what: "run", id } if id == "latest" => {
                Self::refused("not_found", "there is no run yet").hint("partners payout create drafts one")
            }
            StoreError::Unknown { what, id } => {
                Self { unknown: Some((what, id)), ..Self::refused("not_found", message) }
            }
            StoreError::Refused(_) => Self::refused("refused", message),
            StoreError::RefusedFor { details, next, .. } => {
                Self::refused("refused", message).details(details).hint(next)
            }
            StoreError::Money(inner) => inner.into(),
            StoreError::Policy(inner) => Self::refused("damaged_database", inner.to_string())
                .hint("nothing was changed; partners check names all that is wrong"),
            StoreError::Sql(inner) => sqlite(&inner, message),
            StoreError::File { .. } => Self::outside("file", message),
        }
    }
}

impl From<RecordError> for Failure {
    fn from(error: RecordError) -> Self {
        let message = error.to_string();
        match error {
            RecordError::Store(inner) => inner.into(),
            RecordError::Refused { details, next, .. } => {
                let refused = Self::refused("refused", message).details(details);
                next.into_iter().fold(refused, Self::hint)
            }
            RecordError::Remark(_) => Self::refused("remark", message),
            RecordError::Money(inner) => inner.into(),
            RecordError::Policy(inner) => inner.into(),
        }
    }
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        let message = error.to_string();
        match error {
            FileError::Store(inner) => inner.into(),
            FileError::Payfile(_) => Self::refused("payout_file", message)
                .hint("nothing was changed; partners payout show RUN names the items"),
            FileError::Exists(_) => {
                Self::refused("file_exists", message).hint("name another file with --out")
            }
            FileError::Unnamed { run, .. } => Self::new(Exit::Attention, "file_unnamed", message).hint(format!(
                "the same command writes the same bytes again: partners payout file {run} --out FILE; if it is not to \
                 be uploaded: partners payout cancel {run} --not-uploaded --reason WHY"
            )),
            FileError::Disk { .. } => Self::outside("disk", message)
                .hint("the run is as it was; make room, or name another folder, and try again"),
        }
    }
}

impl From<CredentialError> for Failure {
    fn from(error: CredentialError) -> Self {
        Self::outside("credentials", error.to_string()).hint("nothing was sent and nothing was changed")
    }
}

impl From<ConnectError> for Failure {
    fn from(error: ConnectError) -> Self {
        let message = error.to_string();
        match error {
            ConnectError::NotLoopback(_) => Self::usage("paypal_url", message),
            ConnectError::Proxy => Self::usage("proxy", message),
            ConnectError::Library(_) => Self::outside("tls", message),
        }
    }
}

impl From<SendError> for Failure {
    fn from(error: SendError) -> Self {
        let message = error.to_string();
        match error {
            SendError::Store(inner) => inner.into(),
            SendError::Unfit { problems, run } => Self::refused("unfit", message)
                .details(problems.0.iter().map(ToString::to_string))
                .hint(format!("correct what is named, then partners payout create --replace; {run} stays approved")),
            SendError::NotSent { next, .. } => {
                Self::outside("not_sent", message).hint(format!("when it works again: {next}"))
            }
            SendError::Refused { refusal, debug_id, partly, named, next, .. } => {
                let failure = if partly {
                    Self::new(Exit::Attention, "partly_refused", message)
                } else {
                    Self::refused("refused_by_paypal", message)
                };
                let ours = named.iter().map(|named| {
                    let Named { item, partner, receiver, issue, receiver_at_fault: _ } = named;
                    format!("item {item} of partner {partner} to {receiver}: {issue}")
                });
                failure.details(ours).details(said(&refusal, debug_id.as_deref())).hint(next)
            }
            SendError::Held { run, details } => {
                Self::new(Exit::Attention, "held", message).details(details).hint(format!(
                    "put right what is named, then partners payout resume {run}; to give these payments back to the \
                     balances: partners payout cancel {run} --reason WHY"
                ))
            }
            SendError::Unknown { next, .. } => Self::new(Exit::Unknown, "unknown_outcome", message).hint(next),
            SendError::Differs { details, run, .. } => {
                Self::new(Exit::Attention, "differs", message).details(details).hint(format!(
                    "is a copy of this database in use? Compare the batch at PayPal with partners payout show {run} \
                     before anything else is sent"
                ))
            }
            SendError::TooLate { look_up, .. } => {
                Self::new(Exit::Attention, "too_late", message).details(look_up)
            }
            SendError::Unread { why, .. } => unread(&why, message),
        }
    }
}

impl From<ReconcileError> for Failure {
    fn from(error: ReconcileError) -> Self {
        let message = error.to_string();
        match error {
            ReconcileError::Store(inner) => inner.into(),
            ReconcileError::File { .. } => Self::outside("file", message),
            ReconcileError::Report { .. } => {
                Self::refused("report", message).hint("nothing was changed; correct the report, or map its columns")
            }
            ReconcileError::Differs { details, .. } => Self::refused("differs", message)
                .details(details)
                .hint("download the report of this very run; what PayPal lists beyond it can be left out of the file"),
        }
    }
}

/// Says what a refusal of PayPal's means, and who must do what.
fn said(refusal: &Refusal, debug_id: Option<&str>) -> Vec<String> {
    let remedy = refusal.remedy();
    let mut words = vec![format!("{}: {} ({})", remedy.meaning, remedy.remedy, remedy.who)];
    words.extend(debug_id.map(|id| format!("PayPal's support knows this answer as {id}")));
    words
}

/// Sorts why PayPal could not be asked: out of reach, or in words of its own.
fn unread(why: &ReadError, message: String) -> Failure {
    match why {
        ReadError::NotFound(_) => Failure::new(Exit::Attention, "not_at_paypal", message)
            .hint("nothing was changed; look the id up in PayPal's activity"),
        ReadError::Refused(refusal) => {
            Failure::new(Exit::Attention, "refused_by_paypal", message).details(said(refusal, None))
        }
        ReadError::NotSent(_)
        | ReadError::RateLimited(_)
        | ReadError::Unusable(_)
        | ReadError::Inconsistent(_) => {
            Failure::outside("unread", message).hint("nothing was changed; try again")
        }
    }
}

/// Sorts SQLite's own errors: what passes, what is outside, and what should not have been asked.
fn sqlite(error: &rusqlite::Error, message: String) -> Failure {
    use rusqlite::ErrorCode;
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            Failure::new(Exit::Busy, "busy", message).hint("nothing was changed; try again")
        }
        Some(ErrorCode::DiskFull) => {
            Failure::outside("disk_full", message).hint("nothing was changed; make room and try again")
        }
        Some(
            ErrorCode::SystemIoFailure
            | ErrorCode::CannotOpen
            | ErrorCode::PermissionDenied
            | ErrorCode::ReadOnly
            | ErrorCode::OutOfMemory,
        ) => Failure::outside("database_file", message)
            .hint("nothing was changed; writing needs the right to write to the file and to its folder"),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            Failure::refused("damaged_database", message)
                .hint("nothing was changed; restore the last backup, and keep this file for its evidence")
        }
        // The rest, constraints above all, is a state the code above SQLite should have made impossible.
        Some(_) | None => Failure::new(Exit::Bug, "database", message)
            .hint("nothing was changed; run partners check, and report this line"),
    }
}

/// Describes a bug, found by a panic at `place`.
fn bug(place: &str) -> Failure {
    Failure::new(
        Exit::Bug,
        "bug",
        format!("partners met a state it was not built for, at {place}; what was not finished was not saved"),
    )
    .hint("run partners check before going on, and report this line")
}

/// Makes a panic say one plain sentence instead of its payload, which may quote data; `RUST_BACKTRACE` brings
/// the usual report back. Call again once it is known whether errors are to be JSON.
pub fn install_panic_hook(json: bool) {
    let usual = std::env::var_os("RUST_BACKTRACE").is_some_and(|value| !value.is_empty() && value != "0");
    panic::set_hook(Box::new(move |info| {
        let place = info.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        if usual {
            streams::talk(&format!("{info}\n{}", std::backtrace::Backtrace::force_capture()));
        }
        // The exit code is given by whoever catches the panic, for it may be another thread's.
        let _code = bug(&place).tell(json);
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_the_contract_s_and_each_has_a_meaning() {
        assert_eq!(Exit::ALL.map(Exit::code), [0, 1, 2, 3, 4, 5, 6, 7, 70]);
        assert!(Exit::ALL.iter().all(|exit| !exit.meaning().is_empty()));
    }

    #[test]
    fn a_failure_reads_the_same_to_people_and_scripts() {
        let failure = Failure::refused("not_found", "no partner is named \"\u{1b}[2Jx\"")
            .details(["first".to_owned(), "second\nforged: line".to_owned()])
            .hint("partners lookup x");
        assert_eq!(
            failure.to_string(),
            "error: no partner is named \"\\u{1b}[2Jx\"\n  first\n  second\\u{a}forged: line\nhint: partners lookup x"
        );
        let back: Value = serde_json::from_str(&failure.to_json()).expect("an error is JSON");
        assert_eq!(back["error"]["code"], "not_found");
        assert_eq!(back["error"]["message"], "no partner is named \"\u{1b}[2Jx\"");
        assert_eq!(back["error"]["details"][1], "second\nforged: line");
        assert!(!failure.to_json().contains('\n'));
    }

    #[test]
    fn what_clap_says_stays_in_json() {
        let missing = "error: the following required arguments were not provided:\n  --from <D>\n  --reason <T>\n\n\
                       Usage: partners policy set --from <D> --reason <T> <KEY> <VALUE>\n\n\
                       For more information, try '--help'.\n";
        let failure = Failure::misread(missing);
        assert_eq!(
            failure.message,
            "the following required arguments were not provided: --from <D>, --reason <T>"
        );
        let tip = "error: unrecognized subcommand 'prevew'\n\n  tip: a similar subcommand exists: 'preview'\n\n\
                   Usage: partners [OPTIONS] <COMMAND>\n";
        let hint = Failure::misread(tip).hint.expect("a tip");
        assert!(hint.starts_with("a similar subcommand exists: 'preview'; usage: partners"), "{hint}");
    }

    #[test]
    fn typed_errors_become_a_code_and_an_exit() {
        let amount: Failure = MoneyError::NotAnAmount("x".into(), 2, "12.34").into();
        assert_eq!((amount.exit, amount.code), (Exit::Usage, "amount"));
        let overflow: Failure = MoneyError::Overflow(i64::MAX, 1).into();
        assert_eq!((overflow.exit, overflow.code), (Exit::Refused, "overflow"));
    }
}
