//! `lookup`, `validate`, `statement` and `report`: what is asked between two paydays.
//!
//! Floor 6.

use clap::{Args, Subcommand};

use super::{day, word, words};
use crate::commands::validate::Only;
use crate::dates::Day;

/// Find anybody by whatever name a caller gives: who referred them, what their charges earned, or why nothing
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners lookup jane@example.com
  partners lookup \"Jane Doe\" --mask
  partners lookup \"jane at exmaple dot com\"
  partners lookup A-1001 --json",
    after_help = "Next: partners why PARTNER"
)]
pub struct Lookup {
    /// Look for this e-mail, name, company, id or link code, or for anything like it
    #[arg(value_name = "TEXT", value_parser = words)]
    pub text: String,

    /// Show only the first letters of names and addresses, for a shared screen
    #[arg(long)]
    pub mask: bool,
}

/// List everybody with money counting who could not be paid, and what would help
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners validate
  partners validate --only tax --date 2026-11-27
  partners validate --format csv > mail-merge.csv",
    after_help = "The CSV is for a mail merge: a row for each partner and who acts (who: partner, staff, or time where
nobody need do anything), what blocks (blocks: yes) and what does not, or not yet: a form that expires within 60
days, an address that looks mistyped, money withheld for more than 60 days. Mail only rows of who: partner.

Next: partners why PARTNER --reply"
)]
pub struct Validate {
    /// Look at PayPal addresses or at tax paperwork alone
    #[arg(long, value_name = "PART", value_parser = word!(Only))]
    pub only: Option<Only>,

    /// Validate for a run dated on this day [default: the next payday, today included]
    #[arg(long, value_name = "D", value_parser = day)]
    pub date: Option<Day>,
}

/// Account for one partner's balance, line by line, tied to the runs
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners statement P-7
  partners statement P-7 --from 2026-11-01 --to 2026-11-30 --format csv
  partners statement jo@example.com --printable > statement.txt",
    after_help = "Next: partners payout show RUN"
)]
pub struct Statement {
    /// Account for this partner: id, link code or e-mail
    #[arg(value_name = "PARTNER")]
    pub partner: String,

    /// Begin with this day [default: the beginning]
    #[arg(long, value_name = "D", value_parser = day)]
    pub from: Option<Day>,

    /// End with this day [default: today, or the latest run's date where that is later]
    #[arg(long, value_name = "D", value_parser = day)]
    pub to: Option<Day>,

    /// Write plain text of 80 columns, for paper
    #[arg(long, conflicts_with_all = ["json", "format"])]
    pub printable: bool,
}

/// Add the books up for the month's end
#[derive(Debug, Clone, Subcommand)]
#[command(
    before_help = "Examples:
  partners report liability --date 2026-11-30
  partners report undecided",
    after_help = "Next: partners check"
)]
pub enum Report {
    /// Add up what is owed, by how near it is to being paid, per partner and in all
    #[command(
        before_help = "Examples:
  partners report liability
  partners report liability --date 2026-11-30 --format csv",
        after_help = "As of a past day the facts are judged by their dates, and money that any run has taken since
counts as settled, whatever the run's date (R1.5): later runs are named with what they took, and that was still
owed on the day. Ask on the day itself, before the next run, and keep the answer. A statement counts runs by
their dates.

Next: partners statement PARTNER"
    )]
    Liability {
        /// Add up as of this day [default: today]
        #[arg(long, value_name = "D", value_parser = day)]
        date: Option<Day>,
    },
    /// List what earns nothing until somebody decides: lines of no kind, and refunds whose charge never came
    #[command(
        before_help = "Examples:
  partners report undecided
  partners report undecided --format csv",
        after_help = "A line of no kind is one that no rule of its profile classifies, or whose kind is an unknown word
(R2.1). Write the rule it lacks and import its file again: a changed profile reads the same bytes anew.

Next: partners profile check FILE --profile MINE.toml"
    )]
    Undecided,
}
