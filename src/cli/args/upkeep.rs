//! `backup`, `restore` and `doctor`: keeping the books safe.
//!
//! Floor 6.

use std::path::PathBuf;

use clap::Args;

use super::words;

/// Copy the whole database, verified, beside whoever is writing
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners backup /backups/partners-2026-11-27.db",
    after_help = "Next: partners doctor"
)]
pub struct Backup {
    /// Write the copy to this file, readable by its owner alone; never over another
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// Put a backup in the place of the database, which is moved aside; no money leaves until it is reconciled
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners restore /backups/partners-2026-11-20.db --reason \"the disk failed\"
  partners restore --reconciled --reason \"both payments of Friday are booked\"",
    after_help = "What left after the backup was made is named, as far as the replaced file can say, and must be booked
first: partners payout record PARTNER --amount A --method paypal --reference RUN --reason T. Where the
replaced file cannot be read, ask PayPal: its activity since the backup shows what left.

Next: partners check"
)]
pub struct Restore {
    /// Put this backup in the database's place
    #[arg(value_name = "FILE", required_unless_present = "reconciled", conflicts_with = "reconciled")]
    pub file: Option<PathBuf>,

    /// Let money leave again: everything that left since the backup is in the books
    #[arg(long)]
    pub reconciled: bool,

    /// Say why; it is kept in the audit trail
    #[arg(long, value_name = "T", value_parser = words)]
    pub reason: Option<String>,
}

/// Look at the set-up: files, disk, clock, backups, runs left open; silent when all is well
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners doctor
  partners doctor --verbose
  partners doctor --json",
    after_help = "Next: partners check"
)]
pub struct Doctor {}
