//! `profile`: how other systems' billing exports are read.
//!
//! Floor 6.

use std::path::PathBuf;

use clap::Subcommand;

use super::words;

/// See how other systems' billing exports are read, and try a profile of your own
#[derive(Debug, Clone, Subcommand)]
#[command(
    before_help = "Examples:
  partners profile list
  partners profile show stripe-balance > mine.toml
  partners profile check balance.csv --profile mine.toml",
    after_help = "Next: partners import billing FILE --profile NAME"
)]
pub enum Profile {
    /// List the built-in profiles
    #[command(
        before_help = "Examples:
  partners profile list",
        after_help = "Next: partners profile show NAME"
    )]
    List,

    /// Print a profile as it stands, to copy and change
    #[command(
        before_help = "Examples:
  partners profile show stripe-balance > mine.toml",
        after_help = "Next: partners profile check FILE --profile mine.toml"
    )]
    Show {
        /// Print this one, by its name or its file
        #[arg(value_name = "NAME", value_parser = words)]
        name: String,
    },

    /// Show what a profile makes of a file, and import nothing
    #[command(
        before_help = "Examples:
  partners profile check payments.csv
  partners profile check balance.csv --profile mine.toml",
        after_help = "Next: partners import billing FILE --profile NAME"
    )]
    Check {
        /// Look at this file; - is standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,

        /// Read it by this profile, by its name or its file [default: the one that fits the header]
        #[arg(long, value_name = "NAME|FILE", value_parser = words)]
        profile: Option<String>,
    },
}
