//! `attribute`: accounts to their partners (R4).
//!
//! Floor 6.

use clap::Args;

use super::{day, words};
use crate::dates::Day;

/// Tie accounts to the partners who referred them, by evidence or by decision
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners attribute
  partners attribute --dry-run
  partners attribute A-1042 --to jo@example.com --reason \"signed contract of 3 May\"
  partners attribute A-1042 --to P-7 --from 2026-12-01 --override-referrer --reason \"partner moved\"",
    after_help = "Next: partners preview"
)]
pub struct Attribute {
    /// Assign this account; without it every unattributed account is tied where the evidence is there
    #[arg(value_name = "ACCOUNT")]
    pub account: Option<String>,

    /// Assign it to this partner: id, link code or e-mail
    #[arg(long, value_name = "PARTNER", requires = "account")]
    pub to: Option<String>,

    /// Say why; it is kept in the audit trail
    #[arg(long, value_name = "T", requires = "account", value_parser = words)]
    pub reason: Option<String>,

    /// Move only the charges billed on or after this day (R4.4)
    #[arg(long, value_name = "D", requires = "account", value_parser = day)]
    pub from: Option<Day>,

    /// Move all charges since the account's opening (R4.4)
    #[arg(long, requires = "account", conflicts_with = "from")]
    pub from_opening: bool,

    /// Assign though the account opened longer ago than the referral lock allows (R4.3)
    #[arg(long, requires = "account")]
    pub override_lock: bool,

    /// Assign though another referrer is tracked already (R4.3)
    #[arg(long, requires = "account")]
    pub override_referrer: bool,

    /// Say what would change, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}
