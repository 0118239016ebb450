//! `partner`: who is paid.
//!
//! Floor 6.

use clap::{Args, Subcommand};

use super::{day, word, words, yes_no_or_dash};
use crate::commands::records::{Edit, PartnerFacts};
use crate::dates::Day;
use crate::money::Rate;
use crate::partner::Standing;

/// Add, change and show partners
#[derive(Debug, Clone, Subcommand)]
#[command(
    before_help = "Examples:
  partners partner add P-7 --name \"Jo Doe\" --email jo@example.com
  partners partner edit P-7 --status active
  partners partner show P-7
  partners partner release P-7 --reason \"refund explained by the partner\"",
    after_help = "Next: partners why PARTNER"
)]
pub enum Partner {
    /// Add a partner
    #[command(
        before_help = "Examples:
  partners partner add P-7 --name \"Jo Doe\" --email jo@example.com --joined-on 2026-11-01
  partners partner add P-8 --name \"Ann Lee\" --email ann@example.com --paypal-email pay@example.com --code ANN",
        after_help = "A new partner is pending, and paid once the form is approved (partners tax approve) and they
are active (partners partner edit PARTNER --status active). Links that wait for the e-mail they
log in with are theirs from then on, with all that came through them (R4.2).

Next: partners paypal set PARTNER EMAIL, then partners tax set PARTNER"
    )]
    Add {
        /// Give the partner this id
        #[arg(value_name = "ID", value_parser = words)]
        id: String,

        /// What is said of them
        #[command(flatten)]
        facts: Facts,

        /// Give them a link that bears this referral code
        #[arg(long, value_name = "CODE", value_parser = words)]
        code: Option<String>,

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

    /// Show what is on file about a partner: record, referrals, links, addresses, notes
    #[command(
        before_help = "Examples:
  partners partner show P-7
  partners partner show jo@example.com --json",
        after_help = "Next: partners why PARTNER"
    )]
    Show {
        /// Show this partner: id, link code or e-mail
        #[arg(value_name = "PARTNER")]
        partner: String,
    },

    /// List partners, with what keeps each from being paid
    #[command(
        before_help = "Examples:
  partners partner list
  partners partner list --status active --blocked",
        after_help = "Next: partners partner show PARTNER"
    )]
    List {
        /// List only those of this status
        #[arg(long, value_name = "STATUS", value_parser = word!(Standing))]
        status: Option<Standing>,

        /// List only those who could not be paid
        #[arg(long)]
        blocked: bool,
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
    #[arg(long, value_name = "EMAIL", allow_hyphen_values = true, value_parser = words)]
    pub paypal_email: Option<String>,

    /// Where they stand in the programme (R6.1) [default of a new one: pending]
    #[arg(long, value_name = "STATUS", value_parser = word!(Standing))]
    pub status: Option<Standing>,

    /// The country, two letters; - clears it
    #[arg(long, value_name = "CC", allow_hyphen_values = true, value_parser = words)]
    pub country: Option<String>,

    /// Whether they are a US person or taxpayer (R6.2); - lets the country say
    #[arg(long, value_name = "yes|no|-", allow_hyphen_values = true, value_parser = yes_no_or_dash)]
    pub us_person: Option<Edit<bool>>,

    /// Their own rate, in place of the policy's (R2.5)
    #[arg(long, value_name = "RATE")]
    pub rate: Option<Rate>,

    /// The day from which that rate holds [default: today; a first rate has held for ever]
    #[arg(long, value_name = "D", requires = "rate", value_parser = day)]
    pub rate_from: Option<Day>,
}

impl<'a> From<&'a Facts> for PartnerFacts<'a> {
    fn from(typed: &'a Facts) -> Self {
        Self {
            name: typed.name.as_deref(),
            email: typed.email.as_deref(),
            joined_on: typed.joined_on,
            status: typed.status,
            country: typed.country.as_deref(),
            us_person: typed.us_person,
            paypal_email: typed.paypal_email.as_deref(),
            rate: typed.rate,
            rate_from: typed.rate_from,
        }
    }
}
