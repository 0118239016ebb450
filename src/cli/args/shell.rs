//! `completions`, `man` and `demo`: the commands that read no database.
//!
//! Floor 6.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Print the completion script of a shell
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners completions bash > ~/.local/share/bash-completion/completions/partners
  partners completions zsh > ~/.zfunc/_partners
  partners completions fish > ~/.config/fish/completions/partners.fish
  partners completions powershell >> profile.ps1",
    after_help = "Next: open a new shell and type partners, a blank, and the tabulator key"
)]
pub struct Completions {
    /// Complete in this shell: bash, zsh, fish or powershell
    #[arg(value_name = "SHELL", value_enum, hide_possible_values = true)]
    pub shell: Shell,
}

/// A shell whose completions are kept in `completions/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    /// GNU Bash
    Bash,
    /// Z shell
    Zsh,
    /// fish
    Fish,
    /// PowerShell
    Powershell,
}

/// Write the manual, one page for each command
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners man ~/.local/share/man/man1",
    after_help = "Next: man partners"
)]
pub struct Man {
    /// Write the pages into DIR, which is made where it is missing
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
}

/// Play a complete month in a scratch directory, with every step told
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners demo
  partners demo play",
    after_help = "Next: partners --db play/partners.db preview"
)]
pub struct Demo {
    /// Play in DIR, which must be empty or missing [default: a new temporary directory]
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,
}
