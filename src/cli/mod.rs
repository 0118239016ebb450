//! The command line: what was typed, what it means, what is answered, and how the program ends.
//!
//! Floor 6, the top: the only floor that knows a terminal, a clock, an environment or an exit code. It decides
//! nothing about money. A command is: parse (`args`), settle the circumstances (`settings`), ask floor 5, and
//! hand what it says to a presenter (`show`), which returns an `Answer`. Answers go to standard output, talk
//! to standard error, and every failure ends in `failure`.

pub mod args;
pub mod failure;
mod missing;
mod paypal;
pub mod render;
pub mod settings;
pub mod show;
pub mod streams;
mod suggest;
pub mod ui;

use std::ffi::OsString;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use clap::error::ErrorKind;

use crate::store::has_saved;
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
    let cli = match read(arguments) {
        Ok(cli) => cli,
        Err(exit) => return exit,
    };
    let settings = match World::look() {
        Ok(world) => Settings::new(&cli.global, world),
        Err(failure) => return failure.tell(cli.global.json),
    };
    failure::install_panic_hook(settings.ui.json);
    let shows = shows(&cli.command);
    match dispatch(cli.command, &settings).and_then(|output| present(output, &shows, &settings)) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            // A change that was saved must not be called undone: whoever repeats it does it twice (PROMISES 20).
            let failure = if has_saved() { failure.after_saving(&shows) } else { failure };
            suggest::meant(failure, &settings).tell(settings.ui.json)
        }
    }
}

/// Reads the command line; where it lacks a word and somebody sits there, asks for it.
fn read(arguments: &[OsString]) -> Result<args::Cli, ExitCode> {
    let json = wants_json(arguments);
    args::read(arguments).or_else(|error| match missing::completed(arguments, &error) {
        Some(Ok(whole)) => args::read(&whole).map_err(|error| misread(&error, json)),
        Some(Err(failure)) => Err(failure.tell(json)),
        None => Err(misread(&error, json)),
    })
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

/// Names the command that shows what a command has saved.
fn shows(command: &Command) -> String {
    use args::Payout;
    if let Command::Adjust(asked) = command {
        return format!("partners audit log --partner {}", asked.partner);
    }
    let Command::Payout(asked) = command else { return "partners audit log".to_owned() };
    let run = match asked {
        Payout::Approve(asked) => &asked.run,
        Payout::File(asked) => &asked.run,
        Payout::Show(asked) => &asked.run,
        Payout::Cancel(asked) => &asked.run,
        Payout::Settle(asked) => &asked.run,
        Payout::Submit(asked) => &asked.run,
        Payout::Resume(asked) => &asked.run,
        Payout::Reconcile(asked) => &asked.run,
        Payout::Create(_) | Payout::List(_) => "latest",
        Payout::Sync(asked) => asked.run.as_deref().unwrap_or("latest"),
        Payout::Record(_) | Payout::CancelItem(_) => return "partners audit log".to_owned(),
    };
    format!("partners payout show {run}")
}

/// Writes what a command handed back, warnings first, and returns how the program ends.
fn present(output: Output, shows: &str, settings: &Settings) -> Result<Exit, Failure> {
    let unwritten = |error: std::io::Error| {
        if has_saved() { Failure::unsaid(&error, shows) } else { Failure::output(&error) }
    };
    match output {
        Output::Answer(answer) => {
            if !settings.ui.json {
                answer.warnings.iter().for_each(|warning| settings.ui.warn(warning));
            }
            streams::deliver(|out| answer.write(&settings.look, out)).map(|()| answer.exit).map_err(unwritten)
        }
        Output::Raw(bytes) => {
            streams::deliver(|out| out.write_all(&bytes)).map(|()| Exit::Done).map_err(unwritten)
        }
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
        _ if json => Failure::misread(&text).tell(json),
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
