//! The words of a command line that were left out: who sits at a terminal is asked for them.
//!
//! Floor 6. What a command is about stands without a flag (PARTNER, RUN, FILE); where it is missing clap refuses, and
//! so do we wherever nobody can be asked. At a terminal each missing word is asked for and the line is read again as if
//! it had been typed. A name that nobody bears is answered with those that were probably meant, and asked for again;
//! nothing is taken by itself.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command as Grammar, FromArgMatches};

use super::args::{self, Global};
use super::failure::Failure;
use super::settings::{Settings, World};
use super::{show, suggest};
use crate::commands::records::{RecordError, subject_of};

/// What a missing word names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Names {
    /// Something that must be in the books: `partner`, `account`, `charge` or `run`.
    Known(&'static str),
    /// Any of these, each with its kind before it where that is needed.
    Anything,
    /// Something new, or something that only the command itself can judge.
    Free,
}

/// What is asked where a word is missing: the last name of its command, where that matters, and its own.
const QUESTIONS: [(&str, &str, &str, Names); 18] = [
    ("", "PARTNER", "Which partner (id, link code or e-mail)?", Names::Known("partner")),
    ("edit", "ID", "Which partner (id, link code or e-mail)?", Names::Known("partner")),
    ("add", "ID", "Which id does the new partner get?", Names::Free),
    ("", "ACCOUNT", "Which account (its id)?", Names::Known("account")),
    ("", "CHARGE", "Which charge (its id)?", Names::Known("charge")),
    ("", "RUN", "Which run (its date, its name, or latest)?", Names::Known("run")),
    ("", "SUBJECT", "About which partner, account, charge or run?", Names::Anything),
    ("", "ITEM", "Which payment, as payout show names it?", Names::Free),
    ("", "TEXT", "Look for whom (an e-mail, name, company, id or link code)?", Names::Free),
    ("", "CODE", "Which code does the link bear?", Names::Free),
    ("backup", "FILE", "Write the copy to which file?", Names::Free),
    ("restore", "FILE", "Put which backup in the database's place?", Names::Free),
    ("", "FILE", "Read which file?", Names::Free),
    ("", "DIR", "Write into which folder?", Names::Free),
    ("", "NAME", "Which profile (its name or its file)?", Names::Free),
    ("", "KIND", "What is in the file?", Names::Free),
    ("", "KEY", "Which setting?", Names::Free),
    ("", "SHELL", "Which shell?", Names::Free),
];

/// Returns the command line with the words it lacked, as a person gives them; `None` where nothing can be asked for.
///
/// # Errors
/// A blank answer: exit 4, nothing changed.
pub(super) fn completed(
    arguments: &[OsString],
    error: &clap::Error,
) -> Option<Result<Vec<OsString>, Failure>> {
    if error.kind() != ErrorKind::MissingRequiredArgument {
        return None;
    }
    let (command, missing) = lacking(error)?;
    let settings = circumstances(arguments)?;
    if !settings.ui.can_ask {
        return None;
    }
    let asked: Result<Vec<String>, Failure> =
        missing.iter().map(|word| ask(&command, word, &settings)).collect();
    Some(asked.map(|words| with(arguments, words)))
}

/// Returns the command and those of its words that are missing, if nothing else is.
fn lacking(error: &clap::Error) -> Option<(Grammar, Vec<Arg>)> {
    let (Some(ContextValue::Strings(named)), Some(ContextValue::StyledStr(usage))) =
        (error.get(ContextKind::InvalidArg), error.get(ContextKind::Usage))
    else {
        return None;
    };
    let mut command = args::tree();
    command.build();
    // The usage names the command in full before its flags and words.
    for name in usage.to_string().split_whitespace() {
        if let Some(below) = command.find_subcommand(name) {
            command = below.clone();
        }
    }
    let bare = |form: &String| form.trim_matches(['<', '>', '[', ']', '.']).to_owned();
    let named: Vec<String> = named.iter().map(bare).collect();
    let is_named = |word: &&Arg| named.iter().any(|name| name == name_of(word));
    let missing: Vec<Arg> = command.get_positionals().filter(is_named).cloned().collect();
    (missing.len() == named.len()).then_some((command, missing))
}

/// Works out what the flags mean of a command line that is not whole.
fn circumstances(arguments: &[OsString]) -> Option<Settings> {
    let matches = args::tree().ignore_errors(true).try_get_matches_from(arguments).ok()?;
    let global = Global::from_arg_matches(&matches).ok()?;
    Some(Settings::new(&global, World::look().ok()?))
}

/// Returns the line with further words at its end, which no flag before them takes for its own.
fn with(arguments: &[OsString], words: Vec<String>) -> Vec<OsString> {
    let mut whole = arguments.to_vec();
    if !whole.iter().any(|word| word == "--") {
        whole.push("--".into());
    }
    whole.extend(words.into_iter().map(OsString::from));
    whole
}

fn name_of(word: &Arg) -> &str {
    word.get_value_names().and_then(|names| names.first()).map_or("", |name| name.as_str())
}

/// Finds the question for a word, that of its command first.
fn question(command: &str, name: &str) -> Option<(&'static str, Names)> {
    let of = |place: &str| {
        QUESTIONS
            .iter()
            .find(|(whose, word, ..)| *whose == place && *word == name)
            .map(|(.., ask, kind)| (*ask, *kind))
    };
    of(command).or_else(|| of(""))
}

fn ask(command: &Grammar, word: &Arg, settings: &Settings) -> Result<String, Failure> {
    let name = name_of(word);
    let help = word.get_help().map(ToString::to_string).unwrap_or_default();
    let (question, names) = question(command.get_name(), name).unwrap_or((&help, Names::Free));
    let choices: Vec<String> =
        word.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    if !choices.is_empty() {
        let shown: Vec<&str> = choices.iter().map(String::as_str).collect();
        let at = settings.ui.choose(name, question, &shown)?;
        return Ok(choices.into_iter().nth(at).unwrap_or_default());
    }
    until_known(settings, names, name, question)
}

/// Asks for a partner whom a flag was to name.
///
/// # Errors
/// Nobody to ask: usage, exit 2. A blank answer: exit 4, nothing changed.
pub(super) fn partner(settings: &Settings, flag: &str, question: &str) -> Result<String, Failure> {
    until_known(settings, Names::Known("partner"), flag, question)
}

fn until_known(settings: &Settings, names: Names, word: &str, question: &str) -> Result<String, Failure> {
    loop {
        let typed = settings.ui.ask(word, question)?;
        match unknown(names, &typed, settings) {
            Some(failure) => settings.ui.say_again(&failure),
            None => return Ok(typed),
        }
    }
}

/// Says what is wrong with a name that nobody bears; anything else that may be wrong is the command's to say.
fn unknown(names: Names, typed: &str, settings: &Settings) -> Option<Failure> {
    let subject = match names {
        Names::Free => return None,
        Names::Anything => typed.to_owned(),
        Names::Known(kind) => format!("{kind}:{typed}"),
    };
    let reader = show::reader(settings).ok()?;
    match subject_of(&reader, &subject) {
        Ok(_) | Err(RecordError::Remark(_) | RecordError::Money(_) | RecordError::Policy(_)) => None,
        Err(RecordError::Store(error)) => {
            let failure = Failure::from(error);
            failure.unknown.is_some().then(|| suggest::meant(failure, settings))
        }
        Err(refused @ RecordError::Refused { .. }) => Some(refused.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn each(command: &Grammar, see: &mut impl FnMut(&Grammar)) {
        see(command);
        command.get_subcommands().for_each(|below| each(below, see));
    }

    #[test]
    fn every_word_that_may_be_missing_has_its_question() {
        let mut tree = args::tree();
        tree.build();
        each(&tree, &mut |command| {
            for word in command.get_positionals().filter(|word| word.is_required_set()) {
                let name = name_of(word);
                assert!(
                    command.get_name() == "help" || question(command.get_name(), name).is_some(),
                    "{} {name}: add a question for it",
                    command.get_name()
                );
            }
        });
    }

    #[test]
    fn what_is_missing_is_found_behind_any_flags() {
        for (line, command, words) in [
            ("partners why", "why", &["PARTNER"][..]),
            ("partners --db lookup why --json", "why", &["PARTNER"]),
            ("partners import", "import", &["KIND", "FILE"]),
            ("partners import billing --strict", "import", &["FILE"]),
            ("partners payout settle --item A=paid B=failed", "settle", &["RUN"]),
            ("partners restore --reason x", "restore", &["FILE"]),
            ("partners partner edit --status active", "edit", &["ID"]),
            ("partners partner show --json", "show", &["PARTNER"]),
        ] {
            let line: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            let error = args::read(&line).expect_err("a word is missing");
            let (found, missing) = lacking(&error).unwrap_or_else(|| panic!("{line:?}: {error:?}"));
            assert_eq!(found.get_name(), command);
            assert_eq!(missing.iter().map(name_of).collect::<Vec<_>>(), words);
            let whole = with(
                &line,
                words.iter().map(|word| if *word == "KIND" { "billing" } else { "-1" }.to_owned()).collect(),
            );
            assert!(circumstances(&line).is_some(), "{line:?}");
            args::read(&whole).unwrap_or_else(|error| panic!("{whole:?}: {error}"));
        }
    }
}
