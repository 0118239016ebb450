//! `tax`: which paperwork has come and how it was decided (R6.2); never a number from it (R8).
//!
//! Floor 6.

use clap::Subcommand;

use super::{day, word, words, yes_no};
use crate::dates::Day;
use crate::partner::TaxForm;

/// Record tax paperwork and decide on it
#[derive(Debug, Clone, Subcommand)]
#[command(
    before_help = "Examples:
  partners tax set P-7 --form w9 --signed-on 2026-11-20
  partners tax approve P-7 --on 2026-11-23",
    after_help = "Who needs what (R6.2): a US person or taxpayer a signed W-9; anybody else an answer to the
International questions, or a W-8BEN (a person) or W-8BEN-E (a company), which expires on
31 December of the third year after its signature. A yes to any of the questions leads to the
W-9. Nothing is paid before the form is approved; under the policy tax_gate earn-from-approval
nothing is earned before that either (R6.3).

Next: partners why PARTNER"
)]
pub enum Tax {
    /// Record the form that has come
    #[command(
        before_help = "Examples:
  partners tax set P-7 --form w9 --signed-on 2026-11-20
  partners tax set P-8 --form international --citizen no --green-card no --days-183 no --worked no",
        after_help = "Next: partners tax approve PARTNER --on D"
    )]
    Set {
        /// Record it for this partner: id, link code or e-mail
        #[arg(value_name = "PARTNER")]
        partner: String,

        /// The form that has come
        #[arg(long, value_name = "F", value_parser = word!(TaxForm))]
        form: Option<TaxForm>,

        /// The day it was signed
        #[arg(long, value_name = "D", value_parser = day)]
        signed_on: Option<Day>,

        /// International: whether they are a US citizen, of one or two countries
        #[arg(long, value_name = "yes|no", value_parser = yes_no)]
        citizen: Option<bool>,

        /// International: whether they hold a green card
        #[arg(long, value_name = "yes|no", value_parser = yes_no)]
        green_card: Option<bool>,

        /// International: whether they were in the US for more than 183 days in three calendar years
        #[arg(long = "days-183", value_name = "yes|no", value_parser = yes_no)]
        days_183: Option<bool>,

        /// International: whether they worked in the US in the last calendar year
        #[arg(long, value_name = "yes|no", value_parser = yes_no)]
        worked: Option<bool>,
    },

    /// Approve the form that has come
    #[command(
        before_help = "Examples:
  partners tax approve P-7 --on 2026-11-23",
        after_help = "Next: partners why PARTNER"
    )]
    Approve {
        /// Approve the form of this partner: id, link code or e-mail
        #[arg(value_name = "PARTNER")]
        partner: String,

        /// Decide as of this day [default: today]
        #[arg(long, value_name = "D", value_parser = day)]
        on: Option<Day>,
    },

    /// Turn the form down
    #[command(
        before_help = "Examples:
  partners tax reject P-7 --on 2026-11-23 --reason \"not signed\"",
        after_help = "Next: partners tax set PARTNER --form F --signed-on D"
    )]
    Reject {
        /// Turn down the form of this partner: id, link code or e-mail
        #[arg(value_name = "PARTNER")]
        partner: String,

        /// Decide as of this day [default: today]
        #[arg(long, value_name = "D", value_parser = day)]
        on: Option<Day>,

        /// Say why; it is kept in the audit trail
        #[arg(long, value_name = "T", value_parser = words)]
        reason: Option<String>,
    },
}
