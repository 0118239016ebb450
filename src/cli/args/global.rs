//! The flags that every command takes (CONTRACT.md, "Everywhere").
//!
//! Floor 6. Says what may be typed; `settings` says what it means, and reads what the environment says instead: a flag
//! that clap itself takes from there stands in every usage line as if it were needed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::render::Format;

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Colour {
    /// On a terminal that can, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Even when piped
    Always,
    /// Not at all
    Never,
}

/// What may be typed after any command.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Everywhere")]
pub struct Global {
    /// Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]
    #[arg(long, global = true, value_name = "PATH")]
    pub db: Option<PathBuf>,

    /// Answer with one JSON object (short for --format json)
    #[arg(long, global = true, conflicts_with = "format")]
    pub json: bool,

    /// Answer as table, json or csv
    #[arg(long, global = true, value_enum, hide_possible_values = true)]
    pub format: Option<Format>,

    /// Say nothing about routine success
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,

    /// Say more about what is being done
    #[arg(short, long, global = true)]
    pub verbose: bool,

    /// Colour: auto, always or never (NO_COLOR is heeded)
    #[arg(long, global = true, value_enum, value_name = "WHEN", hide_possible_values = true)]
    pub color: Option<Colour>,

    /// Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]
    #[arg(long, global = true, value_name = "NAME")]
    pub actor: Option<String>,

    /// Consent to what would be asked; paying needs --expect-total as well
    #[arg(long, global = true)]
    pub yes: bool,

    /// Wait so long for another partners to let go of the database [default: 5]
    #[arg(long, global = true, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(..=86_400))]
    pub wait: Option<u64>,
}
