//! `adjust`, `check` and `audit`: the books, and the proof that they are right.
//!
//! Floor 6.

use clap::{Args, Subcommand};

use super::{day, words};
use crate::dates::Day;

/// Add an amount to a partner's balance, or take one off, outside any charge
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners adjust P-7 25.00 --reason \"apology for the late payment\"
  partners adjust P-7 -12.50 --on 2026-11-20 --reason \"paid twice in 2025\"",
    after_help = "Next: partners why PARTNER"
)]
pub struct Adjust {
    /// Adjust the balance of this partner: id, link code or e-mail
    #[arg(value_name = "PARTNER")]
    pub partner: String,

    /// Add this amount; a minus takes it off
    #[arg(value_name = "AMOUNT", allow_negative_numbers = true)]
    pub amount: Option<String>,

    /// Let it count from this day on [default: today]
    #[arg(long, value_name = "D", value_parser = day)]
    pub on: Option<Day>,

    /// Say why; it is kept with the amount and in the audit trail
    #[arg(long, value_name = "T", value_parser = words)]
    pub reason: Option<String>,
}

/// Prove that every cent is in exactly one place; silent when all is well
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners check
  partners check --json",
    after_help = "Next: partners audit verify"
)]
pub struct Check {}

/// Read and verify the trail of who changed what, when and why
#[derive(Debug, Clone, Subcommand)]
#[command(
    before_help = "Examples:
  partners audit log --partner P-7
  partners audit verify",
    after_help = "Next: partners check"
)]
pub enum Audit {
    /// List changes, newest last
    #[command(
        before_help = "Examples:
  partners audit log
  partners audit log --run 2026-11-27 --json",
        after_help = "Next: partners audit verify"
    )]
    Log {
        /// List only what was about this partner: id, link code or e-mail
        #[arg(long, value_name = "PARTNER", conflicts_with_all = ["account", "run"])]
        partner: Option<String>,

        /// List only what was about this account
        #[arg(long, value_name = "ACCOUNT", conflicts_with = "run")]
        account: Option<String>,

        /// List only what was about this run: its date, its name, or latest
        #[arg(long, value_name = "RUN")]
        run: Option<String>,
    },

    /// Recompute every hash and name the first row that is not as it was written
    #[command(
        before_help = "Examples:
  partners audit verify",
        after_help = "Next: partners check"
    )]
    Verify,
}
