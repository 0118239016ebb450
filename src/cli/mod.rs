//! The command line: what was typed, what it means, what is answered, and how the program ends.
//!
//! Floor 6, the top: the only floor that knows a terminal, a clock, an environment or an exit code. It decides
//! nothing about money. A command is: parse (`args`), settle the circumstances (`settings`), ask floor 5, and
//! hand what it says to a presenter (`show`), which returns an `Answer`. Answers go to standard output, talk
//! to standard error, and every failure ends in `failure`.

pub mod args;
pub mod failure;
mod paypal;
pub mod render;
pub mod settings;
pub mod show;
pub mod streams;
pub mod ui;

use std::ffi::OsString;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use clap::error::ErrorKind;

use crate::text::shown;
use args::Command;
use failure::{Exit, Failure};
use render::Answer;
use settings::{Settings, World};

/// What a command hands back.
#[derive(Debug)]
pub enum Output {
    /// An answer in the form that was asked for.
    Answer(Box<Answer>),
    /// Bytes for another program, as they are: a completion script.
    Raw(Vec<u8>),
}

impl From<Answer> for Output {
    fn from(answer: Answer) -> Self {
        Self::Answer(Box::new(answer))
    }
}

/// Runs the program on its arguments, the first of which is its name; returns the exit code of CONTRACT.md.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    failure::install_panic_hook(false);
    ui::restore_cursor_on_interrupt();
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    // A panic has been told by the hook when it arrives here.
    panic::catch_unwind(AssertUnwindSafe(|| run_guarded(&arguments))).unwrap_or_else(|_| Exit::Bug.into())
}

fn run_guarded(arguments: &[OsString]) -> ExitCode {
    let cli = match args::read(arguments) {
        Ok(cli) => cli,
        Err(error) => return misread(&error, wants_json(arguments)),
    };
    let settings = match World::look() {
        Ok(world) => Settings::new(&cli.global, world),
        Err(failure) => return failure.tell(cli.global.json),
    };
    failure::install_panic_hook(settings.ui.json);
    match dispatch(cli.command, &settings).and_then(|output| present(output, &settings)) {
        Ok(exit) => exit.into(),
        Err(failure) => failure.tell(settings.ui.json),
    }
}

/// Hands a command to the one function that does it.
fn dispatch(command: Command, settings: &Settings) -> Result<Output, Failure> {
    match command {
        Command::Init(asked) => show::init::run(&asked, settings),
        Command::Attribute(asked) => show::attribute::run(&asked, settings),
        Command::Preview(asked) => show::preview::run(&asked, settings),
        Command::Why(asked) => show::why::run(&asked, settings),
        Command::Lookup(asked) => show::lookup::run(&asked, settings),
        Command::Validate(asked) => show::validate::run(&asked, settings),
        Command::Statement(asked) => show::statement::run(&asked, settings),
        Command::Report(asked) => show::report::run(&asked, settings),
        Command::Import(asked) => show::import::run(&asked, settings),
        Command::Profile(asked) => show::profile::run(&asked, settings),
        Command::Demo(asked) => show::demo::run(&asked, settings),
        Command::Payout(asked) => show::payout::run(&asked, settings),
        Command::Partner(asked) => show::records::partner::run(&asked, settings),
        Command::Paypal(asked) => show::records::paypal::run(&asked, settings),
        Command::Tax(asked) => show::records::tax::run(&asked, settings),
        Command::Link(asked) => show::records::link::run(&asked, settings),
        Command::Adjust(asked) => show::records::adjust::run(&asked, settings),
        Command::Account(asked) => show::records::account::run(&asked, settings),
        Command::Charge(asked) => show::records::charge::run(&asked, settings),
        Command::Note(asked) => show::records::note::run(&asked, settings),
        Command::Policy(asked) => show::records::policy::run(&asked, settings),
        Command::Audit(asked) => show::records::audit::run(&asked, settings),
        Command::Check(_) => show::check::run(settings),
        Command::Backup(asked) => show::upkeep::backup(&asked, settings),
        Command::Restore(asked) => show::upkeep::restore(&asked, settings),
        Command::Doctor(_) => show::upkeep::doctor(settings),
        Command::Completions(wanted) => Ok(show::completions::script(wanted.shell)),
        Command::Man(wanted) => show::man::write(&wanted.dir),
    }
}

/// Writes what a command handed back, warnings first, and returns how the program ends.
fn present(output: Output, settings: &Settings) -> Result<Exit, Failure> {
    match output {
        Output::Answer(answer) => {
            if !settings.ui.json {
                answer.warnings.iter().for_each(|warning| settings.ui.warn(warning));
            }
            streams::deliver(|out| answer.write(&settings.look, out))
                .map(|()| answer.exit)
                .map_err(|error| Failure::output(&error))
        }
        Output::Raw(bytes) => streams::deliver(|out| out.write_all(&bytes))
            .map(|()| Exit::Done)
            .map_err(|error| Failure::output(&error)),
    }
}

/// Answers a command line that is no command: help and version on standard output, errors on standard error.
fn misread(error: &clap::Error, json: bool) -> ExitCode {
    let text = error.render().to_string();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            match streams::deliver(|out| out.write_all(text.as_bytes())) {
                Ok(()) => Exit::Done.into(),
                Err(error) => Failure::output(&error).tell(json),
            }
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand if json => {
            Failure::usage("usage", "a command is missing").hint("partners help lists them").tell(json)
        }
        _ if json => {
            let message = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
            Failure::usage("usage", message).hint("partners help COMMAND shows what it takes").tell(json)
        }
        _ => {
            // Line by line: what was typed may hold anything, and it is quoted here.
            text.trim_end().lines().for_each(|line| streams::talk(&shown(line)));
            Exit::Usage.into()
        }
    }
}

/// Returns whether JSON was asked for on a command line that cannot be parsed.
fn wants_json(arguments: &[OsString]) -> bool {
    let mut before = None;
    for argument in arguments.iter().skip(1).filter_map(|argument| argument.to_str()) {
        match (before, argument) {
            (_, "--") => return false,
            (_, "--json" | "--format=json") | (Some("--format"), "json") => return true,
            _ => before = Some(argument),
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_recognised_on_a_broken_command_line() {
        let asked = |line: &str| wants_json(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert!(asked("partners nonsense --json"));
        assert!(asked("partners --format json nonsense"));
        assert!(asked("partners --format=json nonsense"));
        assert!(!asked("partners json"));
        assert!(!asked("partners lookup -- --json"));
    }
}
