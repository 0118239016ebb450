//! The program: everything is in the library, the end of it in `cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    partners::cli::run(std::env::args_os())
}
