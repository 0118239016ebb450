//! `completions`: the script of a shell, made from the grammar itself.
//!
//! Floor 6. The same scripts stand in `completions/`; a test proves that they are fresh.

use clap_complete::{Shell as Target, generate};

use crate::cli::Output;
use crate::cli::args::{Shell, tree};

/// Makes the completion script of a shell.
#[must_use]
pub fn script(shell: Shell) -> Output {
    let target = match shell {
        Shell::Bash => Target::Bash,
        Shell::Zsh => Target::Zsh,
        Shell::Fish => Target::Fish,
        Shell::Powershell => Target::PowerShell,
    };
    let mut script = Vec::new();
    generate(target, &mut tree(), "partners", &mut script);
    Output::Raw(script)
}
