//! The command line's grammar: which words and flags there are, and their help.
//!
//! Floor 6. Parsing may validate and never does anything (MODELS, habit 18). One file for each noun; a command
//! is offered by one line in `Command` and one in `brief`, and wired by one arm in `cli::dispatch`. Doc comments
//! on the fields are the help text, so they are imperative and without a full stop. Every command leads its help
//! with examples and ends it with the next command; a test below holds them to that.

#![expect(clippy::doc_markdown, reason = "doc comments are help text here, and backticks would be shown")]
#![expect(clippy::struct_excessive_bools, reason = "each is a flag; clap says which exclude each other")]

mod account;
mod attribute;
mod books;
mod brief;
mod charge;
mod global;
mod import;
mod link;
mod note;
mod partner;
pub mod payout;
mod paypal;
mod preview;
mod profile;
mod setup;
mod shell;
mod support;
mod tax;
mod upkeep;

use clap::{CommandFactory, Parser, Subcommand};

pub use account::Account;
pub use attribute::Attribute;
pub use books::{Adjust, Audit, Check};
pub use brief::read;
pub use charge::Charge;
pub use global::{Colour, Global};
pub use import::Import;
pub use link::Link;
pub use note::Note;
pub use partner::{Facts as PartnerFacts, Partner};
pub use payout::{Outcome as ItemOutcome, Payout};
pub use paypal::Paypal;
pub use preview::{Preview, Why};
pub use profile::Profile;
pub use setup::{Init, Policy};
pub use shell::{Completions, Demo, Man, Shell};
pub use support::{Lookup, Report, Statement, Validate};
pub use tax::Tax;
pub use upkeep::{Backup, Doctor, Restore};

use crate::cli::failure::Exit;
use crate::commands::records::Edit;
use crate::dates::{Day, Zone, parse_day};

/// Puts the sentence first, then the examples, then the rest.
const TEMPLATE: &str = "{about-with-newline}\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";

/// Pay referral partners their weekly commission by PayPal, from billing exports
#[derive(Debug, Parser)]
#[command(
    name = "partners",
    version,
    before_help = "Examples:
  partners lookup jane@example.com
  partners why P-7 --reply
  partners preview
  partners payout create
  partners completions zsh > ~/.zfunc/_partners"
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,

    /// How to do it.
    #[command(flatten)]
    pub global: Global,
}

/// The commands that are wired.
#[derive(Debug, Subcommand)]
#[expect(missing_docs, reason = "a doc comment on a variant would replace the command's own help")]
pub enum Command {
    Init(Init),
    Import(Import),
    #[command(subcommand)]
    Profile(Profile),
    Attribute(Attribute),
    Preview(Preview),
    Why(Why),
    Lookup(Lookup),
    Validate(Validate),
    Statement(Statement),
    #[command(subcommand)]
    Report(Report),
    #[command(subcommand)]
    Payout(Payout),
    #[command(subcommand)]
    Partner(Partner),
    #[command(subcommand)]
    Paypal(Paypal),
    #[command(subcommand)]
    Tax(Tax),
    #[command(subcommand)]
    Link(Link),
    Adjust(Adjust),
    #[command(subcommand)]
    Account(Account),
    #[command(subcommand)]
    Charge(Charge),
    #[command(subcommand)]
    Note(Note),
    #[command(subcommand)]
    Policy(Policy),
    Check(Check),
    #[command(subcommand)]
    Audit(Audit),
    Backup(Backup),
    Restore(Restore),
    Doctor(Doctor),
    Completions(Completions),
    Man(Man),
    Demo(Demo),
}

/// Builds the whole grammar, as it is explained, completed and put into the manual; `read` parses by it.
#[must_use]
pub fn tree() -> clap::Command {
    dressed(Cli::command()).after_help(format!(
        "{QUESTIONS}\n\n{}\n\nNext: partners help COMMAND says more about one of them",
        exit_codes()
    ))
}

/// What partners ask, and the one command that answers it.
const QUESTIONS: &str = "Asked in a call:
  When am I paid? Is it lost? Why was I not paid?     partners why PARTNER, with --reply as a mail
  Is somebody credited to me? Why not, why not yet?   partners lookup E-MAIL, NAME OR COMPANY
  Whom have I referred?                               partners partner show PARTNER
  I have a link, and no access as a partner           partners link list --owner E-MAIL
  How do I become a partner?                          partners help partner add
  What paperwork is needed?                           partners help tax
  How much is paid, on what, and when?                partners policy show";

/// Gives a command and all below it the shape of our help.
fn dressed(command: clap::Command) -> clap::Command {
    command.help_template(TEMPLATE).mut_subcommands(dressed)
}

fn exit_codes() -> String {
    let rows: Vec<String> =
        Exit::ALL.iter().map(|exit| format!("  {:>2}  {}", exit.code(), exit.meaning())).collect();
    format!("Exit codes:\n{}", rows.join("\n"))
}

/// Reads a date of the command line; only `YYYY-MM-DD`, for a moment would need a time zone.
fn day(text: &str) -> Result<Day, String> {
    match parse_day(text, &Zone::UTC) {
        Ok(read) if text.len() == 10 => Ok(read),
        Ok(_) => Err("write YYYY-MM-DD, without a time".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// Reads a text that must say something: a reason, a name.
fn words(text: &str) -> Result<String, String> {
    let trimmed = text.trim();
    if trimmed.is_empty() { Err("it must not be blank".to_owned()) } else { Ok(trimmed.to_owned()) }
}

/// Reads yes or no.
fn yes_no(text: &str) -> Result<bool, String> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("yes or no".to_owned()),
    }
}

/// Reads yes, no, or the dash that clears.
fn yes_no_or_dash(text: &str) -> Result<Edit<bool>, String> {
    if text == "-" { Ok(Edit::Clear) } else { yes_no(text).map(Edit::Set) }
}

/// Reads a date, or the dash that clears.
fn day_or_dash(text: &str) -> Result<Edit<Day>, String> {
    if text == "-" { Ok(Edit::Clear) } else { day(text).map(Edit::Set) }
}

/// Makes a value parser of a closed vocabulary, which completions can list.
macro_rules! word {
    ($vocabulary:ty) => {
        clap::builder::TypedValueParser::try_map(
            clap::builder::PossibleValuesParser::new(<$vocabulary>::ALL.iter().map(|word| word.as_str())),
            |word| word.parse::<$vocabulary>(),
        )
    };
}
use word;

#[cfg(test)]
mod tests {
    use super::*;

    /// Every command that is written, wired or not yet.
    #[derive(Debug, Parser)]
    #[command(name = "partners", version, before_help = "Examples:\n  partners", after_help = "Next: -")]
    struct Whole {
        #[command(subcommand)]
        command: Written,
        #[command(flatten)]
        global: Global,
    }

    #[derive(Debug, Subcommand)]
    enum Written {
        Init(Init),
        #[command(subcommand)]
        Policy(Policy),
        Import(Import),
        #[command(subcommand)]
        Profile(Profile),
        Attribute(Attribute),
        Preview(Preview),
        Why(Why),
        Lookup(Lookup),
        Validate(Validate),
        Statement(Statement),
        #[command(subcommand)]
        Report(Report),
        #[command(subcommand)]
        Payout(Payout),
        #[command(subcommand)]
        Partner(Partner),
        #[command(subcommand)]
        Paypal(Paypal),
        #[command(subcommand)]
        Tax(Tax),
        #[command(subcommand)]
        Link(Link),
        Adjust(Adjust),
        #[command(subcommand)]
        Account(Account),
        #[command(subcommand)]
        Charge(Charge),
        #[command(subcommand)]
        Note(Note),
        Check(Check),
        #[command(subcommand)]
        Audit(Audit),
        Backup(Backup),
        Restore(Restore),
        Doctor(Doctor),
        Completions(Completions),
        Man(Man),
        Demo(Demo),
    }

    fn parse(line: &str) -> Result<Whole, clap::Error> {
        Whole::try_parse_from(line.split_whitespace())
    }

    pub fn each(command: &clap::Command, path: &str, judge: &mut impl FnMut(&clap::Command, &str)) {
        for below in command.get_subcommands() {
            let path = format!("{path} {}", below.get_name());
            judge(below, &path);
            each(below, &path, judge);
        }
    }

    /// Returns the words of each of a command's examples.
    pub fn examples(command: &clap::Command) -> Vec<Vec<String>> {
        let examples = command.get_before_help().map(ToString::to_string).unwrap_or_default();
        let words = |line: &str| {
            // Up to a pipe or a redirection; quotes hold words together.
            let typed = line.split(['|', '>']).next().unwrap_or_default();
            let parts = typed.split('"').enumerate().flat_map(|(at, part)| {
                if at % 2 == 1 { vec![part] } else { part.split_whitespace().collect() }
            });
            parts.map(str::to_owned).collect()
        };
        examples.lines().skip(1).map(words).collect()
    }

    #[test]
    fn the_grammar_is_sound() {
        dressed(Whole::command()).debug_assert();
        tree().debug_assert();
    }

    #[test]
    fn help_leads_with_examples_and_ends_with_the_next_command() {
        each(&Whole::command(), "partners", &mut |command, path| {
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            assert!(about.starts_with(char::is_uppercase) && !about.ends_with('.'), "{path}: {about:?}");
            let examples = command.get_before_help().map(ToString::to_string).unwrap_or_default();
            assert!(examples.starts_with("Examples:\n  partners "), "{path} has no examples");
            assert!(examples.contains(path), "{path} is not among its own examples");
            let next = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(
                next.lines().last().is_some_and(|last| last.starts_with("Next: ")),
                "{path} does not say what comes next"
            );
        });
    }

    #[test]
    fn every_example_parses() {
        each(&Whole::command(), "partners", &mut |command, path| {
            for line in examples(command) {
                if let Err(error) = Whole::try_parse_from(&line) {
                    panic!("{path}: {line:?}\n{error}");
                }
            }
        });
    }

    #[test]
    fn every_flag_is_explained() {
        each(&Whole::command(), "partners", &mut |command, path| {
            for argument in command.get_arguments() {
                let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
                assert!(!help.is_empty() && !help.ends_with('.'), "{path} {}: {help:?}", argument.get_id());
            }
        });
    }

    #[test]
    fn modes_exclude_each_other() {
        for wrong in [
            "partners payout settle 2026-11-27 --all-paid --item A=paid",
            "partners payout settle 2026-11-27 --item A=lost",
            "partners payout create --only P-1",
            "partners payout file 2026-11-27 --out x.csv --reason early",
            "partners attribute --to P-1",
            "partners attribute A-1 --to P-1 --from 2026-01-01 --from-opening",
            "partners check --json --format csv",
            "partners check --quiet --verbose",
            "partners policy set rat 0.3",
            "partners preview --date 03/04/2026",
            "partners preview --date 2026-11-27T00:00:00Z",
            "partners prev",
            "partners link add HEART --to P-1 --owner jo@example.com --channel social",
            "partners charge resolve C-1 --as refunded --reason x",
            "partners audit log --partner P-1 --run latest",
            "partners partner edit P-1 --us-person maybe",
        ] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
        for right in [
            "partners adjust P-1 -12.50 --reason x",
            "partners payout settle latest --item A=paid B=failed --item C=returned",
            "partners payout create --off-cycle --only P-1 P-2 --only P-3",
            "partners import billing - --json",
            "partners partner edit P-1 --us-person - --country - --paypal-email -",
            "partners account edit A-1 --closed-on - --name -",
            "partners paypal set P-1 -",
            "partners --db x.db policy set books_open_on - --from 2026-01-01 --reason x --actor ann",
        ] {
            if let Err(error) = parse(right) {
                panic!("{right}\n{error}");
            }
        }
    }
}
