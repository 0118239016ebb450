//! `preview` and `why`: two views of the same assessment.
//!
//! Floor 6.

use clap::Args;

use super::day;
use crate::dates::Day;

/// Show what a run would pay, whom it would leave out, and what would lapse
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners preview
  partners preview --date 2026-11-27 --json
  partners preview --partner jo@example.com",
    after_help = "Next: partners payout create"
)]
pub struct Preview {
    /// Date the run on this day [default: the next payday, today included]
    #[arg(long, value_name = "D", value_parser = day)]
    pub date: Option<Day>,

    /// Show only this partner: id, link code or e-mail
    #[arg(long, value_name = "P")]
    pub partner: Option<String>,
}

/// Explain when one partner is paid and why not yet: every gate and charge, and the day on which each changes
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners why P-7
  partners why jo@example.com --date 2026-11-27
  partners why P-7 --reply",
    after_help = "Next: partners preview --partner PARTNER"
)]
pub struct Why {
    /// Explain this partner: id, link code or e-mail
    #[arg(value_name = "PARTNER")]
    pub partner: String,

    /// Explain a run dated on this day [default: the next payday, today included]
    #[arg(long, value_name = "D", value_parser = day)]
    pub date: Option<Day>,

    /// Write a short mail to the partner instead: plain, and only about their own money
    #[arg(long)]
    pub reply: bool,
}
