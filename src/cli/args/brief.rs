//! Reading a command line with the grammar of its own command alone.
//!
//! Floor 6. To build the whole grammar, with the help of every command, takes longer than many an answer. A right
//! command line needs the flags of everywhere and its own command; whatever these do not take is read again by the
//! whole, which alone has words for help and for mistakes. So nothing is said here, and what is missing here is
//! slower, never different; tests below hold the two together.

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{Args, Command as Grammar, FromArgMatches, Subcommand};

use super::{
    Account, Adjust, Attribute, Audit, Backup, Charge, Check, Cli, Completions, Demo, Doctor, Global, Import,
    Init, Link, Lookup, Man, Note, Partner, Payout, Paypal, Policy, Preview, Profile, Report, Restore,
    Statement, Tax, Validate, Why, tree,
};

/// Adds the flags and words of a command to an empty one.
type Build = fn(Grammar) -> Grammar;

/// What builds each command's grammar.
const COMMANDS: [(&str, Build); 28] = [
    ("init", Init::augment_args),
    ("import", Import::augment_args),
    ("profile", Profile::augment_subcommands),
    ("attribute", Attribute::augment_args),
    ("preview", Preview::augment_args),
    ("why", Why::augment_args),
    ("lookup", Lookup::augment_args),
    ("validate", Validate::augment_args),
    ("statement", Statement::augment_args),
    ("report", Report::augment_subcommands),
    ("payout", Payout::augment_subcommands),
    ("partner", Partner::augment_subcommands),
    ("paypal", Paypal::augment_subcommands),
    ("tax", Tax::augment_subcommands),
    ("link", Link::augment_subcommands),
    ("adjust", Adjust::augment_args),
    ("account", Account::augment_subcommands),
    ("charge", Charge::augment_subcommands),
    ("note", Note::augment_subcommands),
    ("policy", Policy::augment_subcommands),
    ("check", Check::augment_args),
    ("audit", Audit::augment_subcommands),
    ("backup", Backup::augment_args),
    ("restore", Restore::augment_args),
    ("doctor", Doctor::augment_args),
    ("completions", Completions::augment_args),
    ("man", Man::augment_args),
    ("demo", Demo::augment_args),
];

/// Reads a command line, the first word of which is the program's name.
///
/// # Errors
/// Help, version, or what is wrong, in the words of the whole grammar.
pub fn read(arguments: &[OsString]) -> Result<Cli, clap::Error> {
    match read_by(brief(arguments), arguments) {
        // The version is the same in every grammar.
        Err(error) if error.kind() != ErrorKind::DisplayVersion => read_by(tree(), arguments),
        read => read,
    }
}

fn read_by(grammar: Grammar, arguments: &[OsString]) -> Result<Cli, clap::Error> {
    Cli::from_arg_matches(&grammar.try_get_matches_from(arguments)?)
}

/// Builds the flags of everywhere and the command whose name comes first: if it is but the value of a flag, the
/// real one is unknown here, and the whole grammar reads the line.
fn brief(arguments: &[OsString]) -> Grammar {
    let root = Global::augment_args(Grammar::new("partners").version(env!("CARGO_PKG_VERSION")));
    let named = arguments.iter().skip(1).find_map(|word| COMMANDS.iter().find(|(name, _)| word == name));
    match named {
        Some((name, build)) => root.subcommand(build(Grammar::new(*name))),
        None => root,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{each, examples};
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn every_command_has_its_own_grammar() {
        let whole = tree();
        let whole: Vec<&Grammar> = whole.get_subcommands().collect();
        assert_eq!(
            COMMANDS.map(|(name, _)| name).as_slice(),
            whole.iter().map(|command| command.get_name()).collect::<Vec<_>>()
        );
        for ((name, build), command) in COMMANDS.iter().zip(whole) {
            let about = |command: &Grammar| command.get_about().map(ToString::to_string);
            assert_eq!(about(&build(Grammar::new(*name))), about(command), "{name}");
        }
    }

    #[test]
    fn both_grammars_read_every_example_alike() {
        each(&tree(), "partners", &mut |command, path| {
            for example in examples(command) {
                let line: Vec<OsString> = example.iter().map(OsString::from).collect();
                let brief = read_by(brief(&line), &line).unwrap_or_else(|error| panic!("{path}: {error}"));
                let whole = read_by(tree(), &line).unwrap();
                assert_eq!(format!("{brief:?}"), format!("{whole:?}"), "{path}");
            }
        });
    }

    #[test]
    fn help_version_and_mistakes_are_the_whole_grammar_s() {
        for line in [
            "partners",
            "partners --version",
            "partners -V preview",
            "partners lookup --version",
            "partners --help",
            "partners help",
            "partners help lookup",
            "partners lookup --help",
            "partners payout",
            "partners payout create --help",
            "partners prevue",
            "partners prevue --version",
            "partners lookup",
            "partners lookup x --nonsense",
            "partners --nonsense lookup x",
            "partners preview lookup",
            "partners preview --json --format csv",
            "partners --db lookup",
        ] {
            let line = words(line);
            let told =
                |read: Result<Cli, clap::Error>| read.expect_err("no command").render().ansi().to_string();
            assert_eq!(told(read(&line)), told(read_by(tree(), &line)), "{line:?}");
        }
    }

    #[test]
    fn a_command_s_name_may_be_a_value() {
        for line in
            ["partners --db lookup preview", "partners lookup preview", "partners preview --partner why"]
        {
            let line = words(line);
            assert_eq!(
                format!("{:?}", read(&line).unwrap()),
                format!("{:?}", read_by(tree(), &line).unwrap()),
                "{line:?}"
            );
        }
    }
}
