//! `link`: referral codes and whose they are (R4.2).
//!
//! Floor 6.

use clap::{ArgGroup, Args, Subcommand};

use super::{day, word, words};
use crate::dates::Day;
use crate::import::links::LinkChannel;

/// Add, claim and list referral links
#[derive(Debug, Clone, Subcommand)]
#[command(
    before_help = "Examples:
  partners link add JO --to P-7 --channel link
  partners link add HEART-12 --owner ann@example.com --channel social
  partners link list --unclaimed",
    after_help = "Next: partners attribute"
)]
#[expect(missing_docs, reason = "a doc comment on a variant would replace the command's own help")]
pub enum Link {
    Add(Add),
    Claim(Claim),
    List(List),
}

/// Add a link, for a partner or for somebody who is none yet
#[derive(Debug, Clone, Args)]
#[command(
    group = ArgGroup::new("whose").multiple(false).args(["to", "owner"]),
    before_help = "Examples:
  partners link add JO --to P-7 --channel link
  partners link add HEART-12 --owner ann@example.com --channel social",
    after_help = "Next: partners attribute"
)]
pub struct Add {
    /// The code that the link bears
    #[arg(value_name = "CODE", value_parser = words)]
    pub code: String,

    /// Give it to this partner: id, link code or e-mail
    #[arg(long, value_name = "PARTNER", value_parser = words)]
    pub to: Option<String>,

    /// Keep it for whoever signs up with this e-mail, that of the account it was taken from (R4.2)
    #[arg(long, value_name = "EMAIL", value_parser = words)]
    pub owner: Option<String>,

    /// How it travels
    #[arg(long, value_name = "C", value_parser = word!(LinkChannel))]
    pub channel: Option<LinkChannel>,

    /// The day it was made [default: today]
    #[arg(long, value_name = "D", value_parser = day)]
    pub created_on: Option<Day>,
}

/// Give a partner a link that nobody has claimed, and all that came through it
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners link claim HEART-12 --to P-7 --reason \"signed up with another e-mail\"",
    after_help = "Next: partners why PARTNER"
)]
pub struct Claim {
    /// The link's code
    #[arg(value_name = "CODE", value_parser = words)]
    pub code: String,

    /// Give it to this partner: id, link code or e-mail
    #[arg(long, value_name = "PARTNER", value_parser = words)]
    pub to: Option<String>,

    /// Say why; it is kept in the audit trail
    #[arg(long, value_name = "T", value_parser = words)]
    pub reason: Option<String>,
}

/// List links, and what those nobody has claimed would have earned
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners link list --unclaimed
  partners link list --owner ann@example.com",
    after_help = "Next: partners partner add, with the e-mail of an unclaimed link"
)]
pub struct List {
    /// List only those taken from an account with this e-mail
    #[arg(long, value_name = "EMAIL", value_parser = words)]
    pub owner: Option<String>,

    /// List only those of this partner: id, link code or e-mail
    #[arg(long, value_name = "PARTNER", value_parser = words)]
    pub partner: Option<String>,

    /// List only those nobody has claimed
    #[arg(long)]
    pub unclaimed: bool,
}
