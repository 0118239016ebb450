//! A change that was saved and cannot be shown: it is not called undone (PROMISES 20).

use std::fs::OpenOptions;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::common::pty::Pty;
use super::common::world::{RUN, World};

/// A page of the database with one bit turned over, as a bad disk does it.
struct Turned<'a> {
    file: &'a Path,
    at: u64,
}

impl<'a> Turned<'a> {
    fn over(file: &'a Path, at: u64) -> Self {
        let turned = Self { file, at };
        turned.turn();
        turned
    }

    fn turn(&self) {
        let mut file = OpenOptions::new().read(true).write(true).open(self.file).unwrap();
        let mut byte = [0];
        file.seek(SeekFrom::Start(self.at)).unwrap();
        file.read_exact(&mut byte).unwrap();
        file.seek(SeekFrom::Start(self.at)).unwrap();
        file.write_all(&[byte[0] ^ 1]).unwrap();
    }

    /// Lets the disk be well again.
    fn back(self) {
        self.turn();
    }
}

/// Finds the middle of the one page that a small table or index fills.
fn page_of(world: &World, name: &str) -> u64 {
    let books = world.books();
    let root: u64 = books
        .query_row("SELECT rootpage FROM sqlite_schema WHERE name = ?1", [name], |row| row.get::<_, i64>(0))
        .unwrap()
        .try_into()
        .unwrap();
    let size: i64 = books.query_row("PRAGMA page_size", [], |row| row.get(0)).unwrap();
    let size = u64::try_from(size).unwrap();
    (root - 1) * size + size / 2
}

/// Runs a command at a terminal up to its question, damages what only the answer reads again, and says yes.
fn saved_and_unshown(world: &World, command: &[&str], words: &str) -> String {
    let at = page_of(world, "lines");
    let db = world.db();
    let mut program = world.command(command);
    program.env("TERM", "xterm");
    let mut terminal = Pty::start(program);
    terminal.sees("Do it?");
    let damage = Turned::over(&db, at);
    terminal.types("y");
    let (code, seen) = terminal.sees(words).ends();
    assert_eq!(code, 3, "{seen}");
    assert!(!seen.contains("nothing was changed"), "{seen}");
    assert!(seen.contains(&format!("partners payout show {RUN}")), "{seen}");
    damage.back();
    world.check();
    seen
}

#[test]
#[cfg(debug_assertions)]
fn a_run_that_was_cancelled_and_cannot_be_shown_is_not_called_unchanged() {
    let world = World::approved(&["a@example.com"], "http://127.0.0.1:9");
    saved_and_unshown(
        &world,
        &["payout", "cancel", RUN, "--reason", "x"],
        "the change IS saved, do not repeat it",
    );
    assert_eq!(world.state(), "cancelled");
}

#[test]
#[cfg(debug_assertions)]
fn a_run_that_was_settled_and_cannot_be_shown_is_not_called_unchanged() {
    let world = World::approved(&["a@example.com"], "http://127.0.0.1:9");
    let _ = world.run(&format!("payout file {RUN} --out run.csv")).exits(0);
    saved_and_unshown(
        &world,
        &["payout", "settle", RUN, "--all-paid"],
        "the change IS saved, do not repeat it",
    );
    assert_eq!(world.state(), "settled");
}

#[test]
#[cfg(debug_assertions)]
fn before_anything_is_saved_damage_changes_nothing() {
    let world = World::approved(&["a@example.com"], "http://127.0.0.1:9");
    let (db, at) = (world.db(), page_of(&world, "lines"));
    let damage = Turned::over(&db, at);
    let said = world.run(&format!("payout cancel {RUN} --reason x --yes")).exits(1);
    assert!(said.err.contains("nothing was changed"), "{said:?}");
    damage.back();
    assert_eq!(world.state(), "approved");
}
