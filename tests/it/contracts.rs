//! What scripts may rely on, tried on the program itself: streams, exit codes, JSON errors, completions.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// Runs the program in an environment of nothing.
fn partners(arguments: &[&str]) -> Output {
    sealed(arguments).output().unwrap()
}

fn sealed(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_partners"));
    command.env_clear().args(arguments).stdin(Stdio::null());
    command
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// Completions are files of the project, so that packagers need not run the program. After a change of the
/// grammar: `PARTNERS_BLESS=1 cargo test completions`.
#[test]
fn completions_are_fresh() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions");
    let bless = std::env::var_os("PARTNERS_BLESS").is_some();
    for (shell, file) in [
        ("bash", "partners.bash"),
        ("zsh", "_partners"),
        ("fish", "partners.fish"),
        ("powershell", "_partners.ps1"),
    ] {
        let output = partners(&["completions", shell]);
        assert_eq!(code(&output), 0, "{shell}");
        let script = String::from_utf8(output.stdout).unwrap();
        if bless {
            fs::write(folder.join(file), &script).unwrap();
        }
        let kept = fs::read_to_string(folder.join(file)).unwrap_or_default();
        assert!(kept == script, "completions/{file} is stale: run `PARTNERS_BLESS=1 cargo test completions`");
    }
}

#[test]
fn commands_without_a_database_open_none() {
    let home = tempfile::tempdir().unwrap();
    for arguments in [&["completions", "bash"][..], &["--help"], &["--version"], &["man", "pages"]] {
        let output = sealed(arguments).env("HOME", home.path()).current_dir(home.path()).output().unwrap();
        assert_eq!(code(&output), 0, "{arguments:?}");
    }
    let left: Vec<_> = fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["pages"], "something else was made");
}

#[test]
fn a_wrong_command_line_is_exit_2_and_says_what_to_do() {
    let wrong = partners(&["prevue"]);
    assert_eq!((code(&wrong), wrong.stdout.len()), (2, 0));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("--help"));
    let none = partners(&[]);
    assert_eq!((code(&none), none.stdout.len()), (2, 0));
}

#[test]
fn errors_of_json_callers_are_one_json_object_on_standard_error() {
    for arguments in [&["nonsense", "--json"][..], &["--json"], &["completions", "tcsh", "--format", "json"]]
    {
        let output = partners(arguments);
        assert_eq!((code(&output), output.stdout.len()), (2, 0), "{arguments:?}");
        let error: Value = serde_json::from_slice(&output.stderr).unwrap();
        let keys: Vec<&String> = error["error"].as_object().unwrap().keys().collect();
        assert_eq!(keys, ["code", "message", "hint"], "{arguments:?}");
    }
}

#[test]
fn what_was_typed_cannot_drive_the_terminal() {
    let output = partners(&["\u{1b}[2J\u{202e}x"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("\\u{202e}x"), "{said:?}");
    assert!(!said.contains(['\u{1b}', '\u{202e}']), "{said:?}");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = sealed(&["completions", "bash"]).stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_exit_7_and_no_panic() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = sealed(&["completions", "bash"]).stdout(full).output().unwrap();
    assert_eq!(code(&output), 7);
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("error: the answer could not be written"));
}

#[test]
#[cfg(debug_assertions)]
fn only_a_debug_build_takes_a_forced_moment() {
    let output = sealed(&["completions", "bash"]).env("PARTNERS_TEST_NOW", "yesterday").output().unwrap();
    assert_eq!(code(&output), 2);
}

#[test]
fn piped_answers_have_no_colour() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().to_str().unwrap();
    let output = partners(&["man", pages]);
    assert!(!output.stdout.contains(&0x1b));
    let json: Value = serde_json::from_slice(&partners(&["man", pages, "--json"]).stdout).unwrap();
    assert_eq!(json["schema"], "partners/man/1");
    assert_eq!(partners(&["man", pages, "--quiet"]).stdout.len(), 0);
    let csv = partners(&["man", pages, "--format", "csv"]).stdout;
    assert!(csv.starts_with(b"page\npartners.1\n"), "{}", String::from_utf8_lossy(&csv));
}
