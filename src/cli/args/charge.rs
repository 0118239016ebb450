//! `charge`: a billing line, and staff's word on one that billing left open.
//!
//! Floor 6.

use clap::Subcommand;

use super::{day, word, words};
use crate::commands::records::Ruling;
use crate::dates::Day;

/// Show charges, and decide those that billing left open
#[derive(Debug, Clone, Subcommand)]
#[command(
    before_help = "Examples:
  partners charge show C-5001
  partners charge resolve C-5001 --as write_off --reason \"customer is bankrupt\"",
    after_help = "Next: partners why PARTNER"
)]
pub enum Charge {
    /// Show what billing and staff say of a charge
    #[command(
        before_help = "Examples:
  partners charge show C-5001",
        after_help = "Next: partners account show ACCOUNT"
    )]
    Show {
        /// Show this charge
        #[arg(value_name = "CHARGE")]
        charge: String,
    },

    /// Decide what became of a charge in collections; it holds until billing says something else (R3.4)
    #[command(
        before_help = "Examples:
  partners charge resolve C-5001 --as paid --collected-on 2026-11-20 --reason \"bank statement\"
  partners charge resolve C-5001 --as open --reason \"decided by mistake\"",
        after_help = "Next: partners charge show CHARGE"
    )]
    Resolve {
        /// Decide this charge
        #[arg(value_name = "CHARGE")]
        charge: String,

        /// What became of it; open takes the decision back
        #[arg(long = "as", value_name = "STATUS", value_parser = word!(Ruling))]
        ruling: Option<Ruling>,

        /// The day its money came in, where it was paid [default: today]
        #[arg(long, value_name = "D", value_parser = day)]
        collected_on: Option<Day>,

        /// Say why; it is kept with the charge and in the audit trail
        #[arg(long, value_name = "T", value_parser = words)]
        reason: Option<String>,
    },
}
