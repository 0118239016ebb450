//! `account`: a customer's account, and staff's corrections of it.
//!
//! Floor 6.

use clap::Subcommand;

use super::{day_or_dash, words};
use crate::commands::records::Edit;
use crate::dates::Day;

/// Show and correct customers' accounts
#[derive(Debug, Clone, Subcommand)]
#[command(
    before_help = "Examples:
  partners account show A-1042
  partners account edit A-1042 --opened-on 2026-03-01 --reason \"signed contract\"",
    after_help = "Next: partners attribute"
)]
pub enum Account {
    /// Show what is on file about an account, who referred it, and what staff corrected
    #[command(
        before_help = "Examples:
  partners account show A-1042
  partners account show A-1042 --json",
        after_help = "Next: partners why PARTNER"
    )]
    Show {
        /// Show this account
        #[arg(value_name = "ACCOUNT")]
        account: String,
    },

    /// Correct an account; it holds until a file says something new
    #[command(
        before_help = "Examples:
  partners account edit A-1042 --opened-on 2026-03-01 --reason \"signed contract\"
  partners account edit A-1042 --closed-on - --reason \"reopened\"",
        after_help = "Next: partners account show ACCOUNT"
    )]
    Edit {
        /// Correct this account
        #[arg(value_name = "ACCOUNT")]
        account: String,

        /// The e-mail it signed up with; - clears it
        #[arg(long, value_name = "EMAIL", allow_hyphen_values = true, value_parser = words)]
        email: Option<String>,

        /// The customer's name; - clears it
        #[arg(long, value_name = "NAME", allow_hyphen_values = true, value_parser = words)]
        name: Option<String>,

        /// The day it was opened, from which its refund period runs (R3.1); - clears it
        #[arg(long, value_name = "D", allow_hyphen_values = true, value_parser = day_or_dash)]
        opened_on: Option<Edit<Day>>,

        /// The day it was closed (R2.3); - clears it
        #[arg(long, value_name = "D", allow_hyphen_values = true, value_parser = day_or_dash)]
        closed_on: Option<Edit<Day>>,

        /// The referral code of its signup (R4.1); - clears it
        #[arg(long, value_name = "CODE", allow_hyphen_values = true, value_parser = words)]
        referral_code: Option<String>,

        /// Say why; it is kept in the audit trail
        #[arg(long, value_name = "T", value_parser = words)]
        reason: Option<String>,
    },
}
