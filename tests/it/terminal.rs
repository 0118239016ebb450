//! What is asked at a terminal: the words that a command line lacks, and the same line refused where nobody sits.

use std::process::{Command, Stdio};

use super::common::pty::Pty;

/// A folder with a database of one partner with an account, and the program beside it.
struct Program(tempfile::TempDir);

impl Program {
    fn new() -> Self {
        let program = Self(tempfile::tempdir().unwrap());
        program.done(&["init"]);
        program.done(&["partner", "add", "P-EMMA", "--name", "Emma Hart", "--email", "emma@example.com"]);
        std::fs::write(
            program.0.path().join("accounts.csv"),
            "account_id,email,name,opened_on\nA-STUDIO,studio@example.com,Studio Nine,2026-03-01\n",
        )
        .unwrap();
        program.done(&["import", "accounts", "accounts.csv"]);
        program
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_partners"));
        command
            .env_clear()
            .env("PARTNERS_TEST_NOW", "2026-11-22T12:00:00Z")
            .env("PARTNERS_DB", "p.db")
            .env("TERM", "xterm")
            .current_dir(self.0.path())
            .args(arguments);
        command
    }

    fn done(&self, arguments: &[&str]) {
        let output = self.command(arguments).stdin(Stdio::null()).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn at_terminal(&self, arguments: &[&str]) -> Pty {
        Pty::start(self.command(arguments))
    }
}

#[test]
#[cfg(debug_assertions)]
fn a_missing_subject_is_asked_for_at_a_terminal() {
    let program = Program::new();
    let mut lookup = program.at_terminal(&["lookup", "--mask"]);
    lookup.sees("Look for whom (an e-mail, name, company, id or link code)? ").types("studio nine\r");
    let (code, seen) = lookup.sees("Account A-STUDIO").ends();
    assert_eq!(code, 0, "{seen}");
    let mut show = program.at_terminal(&["account", "show"]);
    show.sees("Which account (its id)? ").types("A-STUDIO\r");
    assert_eq!(show.sees("studio@example.com").ends().0, 0);
}

#[test]
#[cfg(debug_assertions)]
fn a_misspelt_answer_gets_the_near_ones_and_is_asked_for_again() {
    let program = Program::new();
    for quiet in [&["why"][..], &["why", "--quiet"]] {
        let mut why = program.at_terminal(quiet);
        why.sees("Which partner (id, link code or e-mail)? ").types("P-EMA\r");
        why.sees("there is no partner \"P-EMA\"").sees("did you mean P-EMMA (Emma Hart)?");
        why.sees("Which partner (id, link code or e-mail)? ").types("P-EMMA\r");
        assert_eq!(why.sees("Emma Hart").ends().0, 0);
    }
    let mut attribute =
        program.at_terminal(&["attribute", "A-STUDIO", "--reason", "they rang", "--override-lock"]);
    attribute.sees("Which partner referred it (id, link code or e-mail)? ").types("emma@exmaple.com\r");
    attribute.sees("did you mean P-EMMA (Emma Hart)?").sees("Which partner referred it").types("P-EMMA\r");
    let (code, seen) = attribute.ends();
    assert_eq!(code, 0, "{seen}");
    let mut note = program.at_terminal(&["note", "add"]);
    note.sees("About which partner, account, charge or run? ").types("A-STUDO\r");
    note.sees("nothing is named \"A-STUDO\"").sees("partners lookup A-STUDO");
    note.sees("About which partner, account, charge or run? ").types("A-STUDIO\r");
    note.sees("The remark").types("is being sold\r");
    assert_eq!(note.sees("is being sold").ends().0, 0);
}

#[test]
#[cfg(debug_assertions)]
fn every_missing_word_is_asked_for_in_order_and_a_list_is_chosen_from() {
    let program = Program::new();
    let mut import = program.at_terminal(&["import", "--dry-run"]);
    // Five times down from nothing is the fifth kind, accounts.
    import.sees("What is in the file?").sees("settled").types("\u{1b}[B\u{1b}[B\u{1b}[B\u{1b}[B\u{1b}[B\r");
    import.sees("Read which file? ").types("accounts.csv\r");
    let (code, seen) = import.sees("accounts.csv").ends();
    assert_eq!(code, 0, "{seen}");
    assert!(seen.contains("Dry run"), "{seen}");
}

#[test]
#[cfg(debug_assertions)]
fn a_blank_answer_changes_nothing() {
    let program = Program::new();
    for (keys, early) in [("\r", false), ("\u{4}", false), ("  \r", false), ("\u{4}", true), ("\r", true)] {
        let mut release = program.at_terminal(&["partner", "release", "--reason", "x"]);
        if early {
            // Typed ahead, while the terminal still takes whole lines.
            release.types(keys);
            assert_eq!(release.sees("PARTNER must say something; nothing was changed").ends().0, 4);
            continue;
        }
        release.sees("Which partner (id, link code or e-mail)? ").types(keys);
        let (code, seen) = release.sees("PARTNER must say something; nothing was changed").ends();
        assert_eq!(code, 4, "{seen}");
    }
}

#[test]
#[cfg(debug_assertions)]
fn without_a_terminal_a_missing_subject_is_a_clear_refusal() {
    let program = Program::new();
    for (line, word) in [
        (&["lookup"][..], "<TEXT>"),
        (&["why", "--json"], "<PARTNER>"),
        (&["import", "billing"], "<FILE>"),
        (&["payout", "approve"], "<RUN>"),
    ] {
        let output = program.command(line).stdin(Stdio::null()).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &[][..]), "{said}");
        assert!(said.contains(word), "{said}");
    }
    // A mistake is no missing word, and nothing is asked about it.
    let mut mistake = program.at_terminal(&["lookup", "--nonsense"]);
    assert_eq!(mistake.sees("unexpected argument").ends().0, 2);
}
