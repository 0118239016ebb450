//! `partner`: who is paid.
//!
//! Floor 6.

use clap::{Args, Subcommand};

use super::{day, word, words, yes_no};
use crate::dates::Day;
use crate::money::Rate;
use crate::partner::Standing;

/// Add and change partners
#[derive(Debug, Clone, Subcommand)]
#[command(
    before_help = "Examples:
  partners partner add P-7 --name \"Jo Doe\" --email jo@example.com
  partners partner edit P-7 --status suspended --reason \"under review\"
  partners partner release P-7 --reason \"refund explained by the partner\"",
    after_help = "Next: partners why PARTNER"
)]
pub enum Partner {
    /// Add a partner
    #[command(
        before_help = "Examples:
  partners partner add P-7 --name \"Jo Doe\" --email jo@example.com --joined-on 2026-11-01
  partners partner add P-8 --name \"Ann Lee\" --email ann@example.com --paypal-email pay@example.com",
        after_help = "Next: partners paypal set PARTNER EMAIL, then partners tax set PARTNER"
    )]
    Add {
        /// Give the partner this id
        #[arg(value_name = "ID", value_parser = words)]
        id: String,

        /// What is said of them
        #[command(flatten)]
        facts: Facts,

        /// Say why; it is kept in the audit trail
        #[arg(long, value_name = "T", value_parser = words)]
        reason: Option<String>,
    },

    /// Change what is known of a partner; what no flag names stays
    #[command(
        before_help = "Examples:
  partners partner edit P-7 --status suspended --reason \"under review\"
  partners partner edit jo@example.com --rate 0.30 --rate-from 2027-01-01 --reason \"new contract\"",
        after_help = "Next: partners why PARTNER"
    )]
    Edit {
        /// Change this partner: id, link code or e-mail
        #[arg(value_name = "ID")]
        id: String,

        /// What is said of them
        #[command(flatten)]
        facts: Facts,

        /// Say why; it is kept in the audit trail
        #[arg(long, value_name = "T", value_parser = words)]
        reason: Option<String>,
    },

    /// Let a partner be paid again after a payment was refunded, reversed or blocked (R6.7)
    #[command(
        before_help = "Examples:
  partners partner release P-7 --reason \"refund explained by the partner\"",
        after_help = "Next: partners why PARTNER"
    )]
    Release {
        /// Release this partner: id, link code or e-mail
        #[arg(value_name = "PARTNER")]
        partner: String,

        /// Say why; it is kept in the audit trail
        #[arg(long, value_name = "T", value_parser = words)]
        reason: Option<String>,
    },
}

/// What may be said of a partner.
#[derive(Debug, Clone, Args)]
pub struct Facts {
    /// The name
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub name: Option<String>,

    /// The e-mail they log in with
    #[arg(long, value_name = "EMAIL", value_parser = words)]
    pub email: Option<String>,

    /// The day they joined (R5.4)
    #[arg(long, value_name = "D", value_parser = day)]
    pub joined_on: Option<Day>,

    /// The e-mail that PayPal pays to; - clears it
    #[arg(long, value_name = "EMAIL", value_parser = words)]
    pub paypal_email: Option<String>,

    /// Where they stand in the programme (R6.1)
    #[arg(long, value_name = "STATUS", value_parser = word!(Standing))]
    pub status: Option<Standing>,

    /// The country, two letters; - clears it
    #[arg(long, value_name = "CC", value_parser = words)]
    pub country: Option<String>,

    /// Whether they are a US person or taxpayer (R6.2)
    #[arg(long, value_name = "yes|no", value_parser = yes_no)]
    pub us_person: Option<bool>,

    /// Their own rate, in place of the policy's (R2.5)
    #[arg(long, value_name = "RATE")]
    pub rate: Option<Rate>,

    /// The day from which that rate holds [default: today; a first rate has held for ever]
    #[arg(long, value_name = "D", requires = "rate", value_parser = day)]
    pub rate_from: Option<Day>,
}
