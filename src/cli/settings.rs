//! What the flags mean, after the environment and the defaults; and the only look at the outside world.
//!
//! Floor 6. The clock, the terminal and the environment are read here, once, before any command runs; nothing
//! below reads them (MODELS, habit 2). The user is looked up, which opens files, only where a change is signed.
//! `PARTNERS_TEST_NOW` exists in debug builds only: in a release the date of a command is given by its own
//! flags, which are audited.

use std::env;
use std::ffi::OsString;
use std::io::{IsTerminal, stderr, stdin, stdout};
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::Utc;
use console::Term;
use etcetera::BaseStrategy;

use crate::cli::args::{Colour, Global};
use crate::cli::failure::Failure;
use crate::cli::render::{Format, Look};
use crate::cli::ui::Ui;
use crate::commands::trial::Trial;
use crate::dates::Now;
use crate::store::Operator;

/// Seconds to wait for another writer when `--wait` does not say.
const WAIT_SECONDS: u64 = 5;

/// What was found around the program when it started.
#[derive(Debug, Clone)]
pub struct World {
    /// Whether standard input, output and error are terminals, in this order.
    pub terminals: [bool; 3],
    /// The terminal's width in columns, as far as it is known.
    pub columns: Option<u16>,
    /// Whether the environment forbids colour: `NO_COLOR`, or a terminal that cannot.
    pub colourless: bool,
    /// The database that `PARTNERS_DB` names.
    pub db: Option<PathBuf>,
    /// The label that `PARTNERS_ACTOR` gives.
    pub actor: Option<String>,
    /// The platform's folder for data, where there is a home.
    pub data_dir: Option<PathBuf>,
    /// Finds the operating system's user, by name, else by number.
    pub os_user: fn() -> String,
    /// The moment.
    pub now: Now,
    /// What a test asks for, in debug builds.
    pub trial: Trial,
}

impl World {
    /// Looks at the world, once.
    ///
    /// # Errors
    /// In a debug build, a forced moment that is none.
    pub fn look() -> Result<Self, Failure> {
        Ok(Self {
            terminals: [stdin().is_terminal(), stdout().is_terminal(), stderr().is_terminal()],
            columns: Term::stdout().size_checked().map(|(_rows, columns)| columns),
            colourless: set("NO_COLOR").is_some() || set("TERM").is_some_and(|term| term == "dumb"),
            db: set("PARTNERS_DB").map(PathBuf::from),
            actor: set("PARTNERS_ACTOR").map(|label| label.to_string_lossy().into_owned()),
            data_dir: etcetera::choose_base_strategy().ok().map(|folders| folders.data_dir()),
            os_user,
            now: now()?,
            trial: trial(),
        })
    }
}

/// Returns an environment variable that is set to something.
fn set(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

#[expect(clippy::disallowed_methods, reason = "the one place where the clock is read")]
fn clock() -> Now {
    Now(Utc::now())
}

#[cfg(debug_assertions)]
fn now() -> Result<Now, Failure> {
    let Some(forced) = set("PARTNERS_TEST_NOW") else { return Ok(clock()) };
    let text = forced.to_string_lossy();
    match chrono::DateTime::parse_from_rfc3339(&text) {
        Ok(moment) => Ok(Now(moment.to_utc())),
        Err(error) => Err(Failure::usage("test_now", format!("PARTNERS_TEST_NOW {text:?}: {error}"))),
    }
}

#[cfg(not(debug_assertions))]
#[expect(clippy::unnecessary_wraps, reason = "a debug build can refuse its forced moment")]
fn now() -> Result<Now, Failure> {
    Ok(clock())
}

#[cfg(debug_assertions)]
fn trial() -> Trial {
    let crash_at = set("PARTNERS_TEST_CRASH_AT").map(|point| point.to_string_lossy().into_owned());
    Trial::new(crash_at, set("PARTNERS_TEST_RANDOM_BATCH_ID").is_some())
        .playing_live(set("PARTNERS_TEST_PLAY_LIVE").is_some())
}

#[cfg(not(debug_assertions))]
fn trial() -> Trial {
    Trial::default()
}

/// What holds for this call of the program.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The database, where one can be named.
    db: Option<PathBuf>,
    /// How answers look.
    pub look: Look,
    /// How the program talks and asks.
    pub ui: Ui,
    /// Whether somebody looks at the answer: a terminal, or a form that was asked for. Cron does not (MANNERS).
    pub attended: bool,
    /// The name to sign with, where one was given.
    actor: Option<String>,
    /// Finds the operating system's user.
    os_user: fn() -> String,
    /// The moment.
    pub now: Now,
    /// How long to wait for another writer.
    pub wait: Duration,
    /// What a test asks for, in debug builds.
    pub trial: Trial,
}

impl Settings {
    /// Works out what the flags mean in this world.
    #[must_use]
    pub fn new(global: &Global, world: World) -> Self {
        let [input, output, error] = world.terminals;
        let format = match (global.json, global.format) {
            (true, _) => Format::Json,
            (false, format) => format.unwrap_or(Format::Table),
        };
        let colour = match global.color.unwrap_or_default() {
            Colour::Auto => output && !world.colourless,
            Colour::Always => true,
            Colour::Never => false,
        };
        let label = global.actor.clone().or(world.actor);
        let label = label.as_deref().map(str::trim).filter(|label| !label.is_empty());
        Self {
            db: global
                .db
                .clone()
                .or(world.db)
                .filter(|path| !path.as_os_str().is_empty())
                .or_else(|| world.data_dir.map(|folder| folder.join("partners").join("partners.db"))),
            look: Look { format, columns: world.columns.filter(|_| output), colour, quiet: global.quiet },
            ui: Ui {
                can_ask: input && error,
                can_draw: error && !global.quiet && format != Format::Json,
                json: format == Format::Json,
                quiet: global.quiet,
                verbose: global.verbose,
                yes: global.yes,
            },
            attended: output || global.json || global.format.is_some(),
            actor: label.map(str::to_owned),
            os_user: world.os_user,
            now: world.now,
            wait: Duration::from_secs(global.wait.unwrap_or(WAIT_SECONDS)),
            trial: world.trial,
        }
    }

    /// Returns who acts, and when: for whatever signs a change.
    #[must_use]
    pub fn operator(&self) -> Operator {
        let os_user = (self.os_user)();
        Operator { actor: self.actor.clone().unwrap_or_else(|| os_user.clone()), os_user, now: self.now }
    }

    /// Returns the same circumstances at another database.
    #[must_use]
    pub fn at(&self, database: &Path) -> Self {
        Self { db: Some(database.to_owned()), ..self.clone() }
    }

    /// Returns the database's path.
    ///
    /// # Errors
    /// No flag, no variable and no home directory: usage, exit 2.
    pub fn db(&self) -> Result<&Path, Failure> {
        self.db.as_deref().ok_or_else(|| {
            Failure::usage("no_home", "there is no home directory to keep the database in")
                .hint("name the database with --db PATH or PARTNERS_DB")
        })
    }
}

/// Returns the operating system's user, by name, else by number: environment variables can be set by
/// anybody, and the second-approver rule (R7.2) rests on this.
#[cfg(unix)]
fn os_user() -> String {
    let uid = nix::unistd::geteuid();
    user_name(uid).unwrap_or_else(|| format!("uid:{uid}"))
}

#[cfg(not(unix))]
fn os_user() -> String {
    set("USERNAME").map_or_else(|| "unknown".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// Looks a user's name up; `None` where there is none.
#[cfg(unix)]
fn user_name(uid: nix::unistd::Uid) -> Option<String> {
    nix::unistd::User::from_uid(uid).ok().flatten().map(|user| user.name).filter(|name| !name.is_empty())
}

/// Looks a group's number up.
///
/// # Errors
/// No such group: usage, exit 2.
pub fn group_id(name: &str) -> Result<u32, Failure> {
    match nix::unistd::Group::from_name(name) {
        Ok(Some(group)) => Ok(group.gid.as_raw()),
        Ok(None) => Err(Failure::usage("group", format!("there is no group {name:?} on this machine"))),
        Err(error) => {
            Err(Failure::outside("group", format!("the group {name:?} cannot be looked up: {error}")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world(terminals: [bool; 3]) -> World {
        World {
            terminals,
            columns: Some(100),
            colourless: false,
            db: None,
            actor: None,
            data_dir: Some(PathBuf::from("data")),
            os_user: || "finance".into(),
            now: Now(chrono::DateTime::UNIX_EPOCH),
            trial: Trial::default(),
        }
    }

    #[test]
    fn piped_answers_are_plain_and_full_width() {
        let on = Settings::new(&Global::default(), world([true; 3]));
        assert_eq!(
            (on.look.columns, on.look.colour, on.ui.can_ask, on.ui.can_draw),
            (Some(100), true, true, true)
        );
        let piped = Settings::new(&Global::default(), world([false; 3]));
        assert_eq!(
            (piped.look.columns, piped.look.colour, piped.ui.can_ask, piped.ui.can_draw),
            (None, false, false, false)
        );
        // Keys would be read from the terminal though the input is a pipe; we do not ask then.
        assert!(!Settings::new(&Global::default(), world([false, true, true])).ui.can_ask);
    }

    #[test]
    fn flags_come_before_the_environment_and_the_defaults() {
        let plain = Settings::new(&Global::default(), world([true; 3]));
        assert_eq!(
            plain.db().map(Path::to_owned),
            Ok(Path::new("data").join("partners").join("partners.db"))
        );
        assert_eq!((plain.operator().actor.as_str(), plain.wait.as_secs()), ("finance", WAIT_SECONDS));
        let global = Global {
            db: Some(PathBuf::from("x.db")),
            json: true,
            color: Some(Colour::Never),
            actor: Some(" ann ".into()),
            wait: Some(0),
            ..Global::default()
        };
        let told = Settings::new(&global, world([true; 3]));
        assert_eq!(told.db().map(Path::to_owned), Ok(PathBuf::from("x.db")));
        let operator = told.operator();
        assert_eq!((operator.actor.as_str(), operator.os_user.as_str()), ("ann", "finance"));
        assert_eq!((told.look.format, told.look.colour, told.wait.as_secs()), (Format::Json, false, 0));
        assert!(!told.ui.can_draw, "nothing but JSON on a JSON caller's streams");
        let colourless = World { colourless: true, data_dir: None, ..world([true; 3]) };
        let homeless = Settings::new(&Global { actor: Some("  ".into()), ..Global::default() }, colourless);
        assert_eq!(homeless.operator().actor, "finance");
        assert!(!homeless.look.colour);
        assert_eq!(homeless.db().expect_err("there is no home").code, "no_home");
    }

    #[test]
    fn the_os_user_has_a_name() {
        assert!(!os_user().is_empty());
    }
}
