//! `paypal`: where the money goes (R6.4, R6.5).
//!
//! Floor 6.

use clap::Subcommand;

use super::words;

/// Enter, confirm and share the addresses that PayPal pays to
#[derive(Debug, Clone, Subcommand)]
#[command(
    before_help = "Examples:
  partners paypal set P-7 pay@example.com
  partners paypal confirm P-7
  partners paypal allow-shared P-7 P-8 --reason \"one company\"",
    after_help = "Next: partners why PARTNER"
)]
pub enum Paypal {
    /// Enter a partner's PayPal address
    #[command(
        before_help = "Examples:
  partners paypal set P-7 pay@example.com",
        after_help = "Next: partners why PARTNER"
    )]
    Set {
        /// Enter it for this partner: id, link code or e-mail
        #[arg(value_name = "PARTNER")]
        partner: String,

        /// Pay to this address; - clears it
        #[arg(value_name = "EMAIL", allow_hyphen_values = true, value_parser = words)]
        email: Option<String>,

        /// Say why; it is kept in the audit trail
        #[arg(long, value_name = "T", value_parser = words)]
        reason: Option<String>,
    },

    /// Affirm that the address on file is right, though PayPal refused it
    #[command(
        before_help = "Examples:
  partners paypal confirm P-7",
        after_help = "Next: partners why PARTNER"
    )]
    Confirm {
        /// Confirm the address of this partner: id, link code or e-mail
        #[arg(value_name = "PARTNER")]
        partner: String,

        /// Say why; it is kept in the audit trail
        #[arg(long, value_name = "T", value_parser = words)]
        reason: Option<String>,
    },

    /// Let two partners be paid to the same address (R6.5)
    #[command(
        before_help = "Examples:
  partners paypal allow-shared P-7 P-8 --reason \"one company\"",
        after_help = "Next: partners why PARTNER"
    )]
    AllowShared {
        /// Allow it for this partner: id, link code or e-mail
        #[arg(value_name = "PARTNER")]
        partner: String,

        /// And for this one
        #[arg(value_name = "OTHER")]
        other: Option<String>,

        /// Say why; it is kept in the audit trail
        #[arg(long, value_name = "T", value_parser = words)]
        reason: Option<String>,
    },
}
