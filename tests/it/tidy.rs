//! The source tree under test: floors, headers, bans, sizes, and what may stand at the top.
//!
//! The house is described in MODELS' words at the head of `src/lib.rs`; here it is kept. What clippy can ban
//! is banned in `.clippy.toml`; this file holds what clippy cannot see. Each message says what to do.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The most columns of a line; rustfmt breaks code at 110 and leaves comments alone.
const COLUMNS_MAX: usize = 120;
/// The most lines of a file before its tests; a longer one has two reasons to change.
const LINES_MAX: usize = 600;
/// Files that are longer already, with the ceiling under which each may only shrink.
const GROWN: [(&str, usize); 1] = [("src/store/runs.rs", 620)];

/// Which floor a module of the crate's root is on; a module may use its own floor and those below.
const FLOORS: [(&str, u8); 25] = [
    ("money", 1),
    ("ids", 1),
    ("dates", 1),
    ("words", 1),
    ("text", 1),
    ("remark", 1),
    ("likeness", 1),
    ("partner", 2),
    ("address", 2),
    ("policy", 2),
    ("attribution", 2),
    ("commission", 2),
    ("eligibility", 2),
    ("run", 2),
    ("reconcile", 2),
    ("import", 3),
    ("payfile", 3),
    ("profile", 3),
    ("report", 3),
    ("store", 4),
    ("paypal", 4),
    ("commands", 5),
    ("cli", 6),
    ("lib", 7),
    ("main", 7),
];

/// Modules of one floor that must not know each other.
const STRANGERS: [(&str, &str); 2] = [("store", "paypal"), ("paypal", "store")];

/// What may stand at the top of the project.
const TOP: [&str; 14] = [
    "Cargo.toml",
    "Cargo.lock",
    "src",
    "tests",
    "fixtures",
    "completions",
    "README.md",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    // How SQLite is built.
    ".cargo",
    ".ci",
    ".clippy.toml",
    ".rustfmt.toml",
    ".gitignore",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Lists the files under a folder, by their paths from the root.
fn files(under: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(under)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(root()).unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

fn rust_files(under: &str) -> Vec<(PathBuf, String)> {
    files(under)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ext| ext == "rs"))
        .map(|path| (path.clone(), fs::read_to_string(root().join(path)).unwrap()))
        .collect()
}

/// The part of a file before its tests.
fn code(text: &str) -> &str {
    text.split("\n#[cfg(test)]\nmod tests").next().unwrap()
}

/// Lines that are code, with their numbers: no comments, no doc comments.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(code(text).lines()).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn none(found: &[String]) {
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

/// The first path segment of a file below `src`: its module at the crate's root.
fn module(path: &Path) -> String {
    let first = path.iter().nth(1).unwrap();
    Path::new(first).file_stem().unwrap().to_str().unwrap().to_owned()
}

fn floor(module: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == module).map(|(_, floor)| *floor)
}

#[test]
fn imports_point_down() {
    let mut wrong = Vec::new();
    for (path, text) in rust_files("src") {
        let from = module(&path);
        let Some(own) = floor(&from) else {
            wrong.push(format!("{}: say in tests/it/tidy.rs on which floor {from} is", path.display()));
            continue;
        };
        for (number, line) in code_lines(&text) {
            for rest in line.split("crate::").skip(1) {
                let to: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                // Macros are exported at the root; so is nothing else.
                let Some(other) = floor(&to) else { continue };
                if other > own || STRANGERS.contains(&(from.as_str(), to.as_str())) {
                    let place = format!("{}:{number}", path.display());
                    wrong.push(format!("{place}: {from} (floor {own}) may not know {to} (floor {other})"));
                }
            }
        }
    }
    none(&wrong);
}

/// A rule takes facts and a date; it never fetches either (MODELS, habit 2). Formats open no file.
#[test]
fn lower_floors_do_not_reach_outside() {
    let mut wrong = Vec::new();
    for (path, text) in rust_files("src") {
        let own = floor(&module(&path)).unwrap_or(7);
        for (number, line) in code_lines(&text) {
            let banned: &[&str] = match own {
                1 | 2 => &["std::fs", "std::io", "std::env", "std::net", "rusqlite", "reqwest", "clap::"],
                3 => &["std::fs", "std::env", "std::net", "File::open", "rusqlite", "reqwest", "clap::"],
                4 => &["std::env", "is_terminal", "console::", "indicatif", "clap::"],
                5 => &[
                    "std::env",
                    "is_terminal",
                    "console::",
                    "indicatif",
                    "clap::",
                    "comfy_table",
                    "rusqlite",
                ],
                _ => &["rusqlite::Connection", "reqwest"],
            };
            for name in banned.iter().filter(|name| line.contains(**name)) {
                wrong.push(format!("{}:{number}: floor {own} does not use {name}", path.display()));
            }
        }
    }
    none(&wrong);
}

#[test]
fn every_file_says_what_it_is_for() {
    let mut wrong = Vec::new();
    for (path, text) in rust_files("src").into_iter().chain(rust_files("tests")) {
        if !text.starts_with("//! ") {
            wrong.push(format!(
                "{}: begin with a `//!` header: what it is for, what it must not do",
                path.display()
            ));
        }
    }
    none(&wrong);
}

#[test]
fn nothing_is_left_over() {
    // Put together here, so that this file does not find itself.
    let leftovers = ["TO-DO", "FIX-ME", "XX-X", "HA-CK"].map(|word| word.replace('-', ""));
    let bans = [
        ("#[allow(", "use #[expect(lint, reason = \"…\")]"),
        (".unwrap()", "use `?`, or `expect` with the invariant as its text"),
        ("panic!(", "return a typed error"),
        ("unreachable!(", "make the state impossible, or return a typed error"),
        ("todo!(", "finish it"),
        ("danger_accept", "TLS is verified, always (PROMISES 28)"),
        ("INSERT OR IGNORE", "same id, other content is a named conflict (MODELS, habit 9)"),
        ("INSERT OR REPLACE", "never edit, always add (MODELS, habit 6)"),
        ("SELECT *", "list the columns"),
    ];
    let mut wrong = Vec::new();
    for (path, text) in rust_files("src").into_iter().chain(rust_files("tests")) {
        for (number, line) in (1..).zip(text.lines()) {
            for word in leftovers.iter().filter(|word| line.contains(word.as_str())) {
                wrong.push(format!(
                    "{}:{number}: {word} is for the issue, not for the source",
                    path.display()
                ));
            }
        }
        if path.starts_with("src") {
            for (number, line) in code_lines(&text) {
                for (ban, instead) in bans.iter().filter(|(ban, _)| line.contains(ban)) {
                    wrong.push(format!("{}:{number}: {ban}: {instead}", path.display()));
                }
            }
        }
    }
    none(&wrong);
}

#[test]
fn files_and_lines_are_short() {
    let mut wrong = Vec::new();
    for (path, text) in rust_files("src").into_iter().chain(rust_files("tests")) {
        let lines = code(&text).lines().count();
        let grown = GROWN.iter().find(|(grown, _)| path == Path::new(grown));
        if lines > grown.map_or(LINES_MAX, |(_, ceiling)| *ceiling) {
            let place = path.display();
            wrong.push(format!("{place}: {lines} lines; split it along what it is about ({LINES_MAX})"));
        }
        for (number, line) in (1..).zip(code(&text).lines()) {
            // A row of a table in a header cannot be broken.
            if line.chars().count() > COLUMNS_MAX && !line.starts_with("//! |") {
                wrong.push(format!("{}:{number}: longer than {COLUMNS_MAX} columns", path.display()));
            }
            if line.ends_with(' ') {
                wrong.push(format!("{}:{number}: blanks at the end", path.display()));
            }
        }
    }
    none(&wrong);
}

#[test]
fn no_room_is_called_after_nothing() {
    let mut wrong = Vec::new();
    for path in files("src") {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if ["util", "utils", "helper", "helpers", "common", "misc", "types"].contains(&name.as_str()) {
            wrong.push(format!("{}: name it after what it is about", path.display()));
        }
    }
    none(&wrong);
}

/// What git would keep stands at the top only if it is expected there.
#[test]
fn nothing_unexpected_stands_at_the_top() {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output();
    // A copy without its history has nothing to compare with.
    let Ok(listed) = listed.map(|output| String::from_utf8(output.stdout).unwrap()) else { return };
    let top: BTreeSet<&str> = listed.lines().filter_map(|path| path.split('/').next()).collect();
    let wrong: Vec<String> = top
        .into_iter()
        .filter(|name| !TOP.contains(name))
        .map(|name| format!("{name}: not at the top; or add it to TOP in tests/it/tidy.rs, with a reason"))
        .collect();
    none(&wrong);
}

/// Made-up people only: an address in a fixture can never reach anybody (RFC 2606).
#[test]
fn fixtures_address_nobody() {
    let mut wrong = Vec::new();
    for path in files("fixtures").into_iter().chain(files("tests/cmd")) {
        let Ok(text) = fs::read_to_string(root().join(&path)) else { continue };
        for (number, line) in (1..).zip(text.lines()) {
            for domain in line.split('@').skip(1).map(domain_of) {
                if !is_reserved(&domain) {
                    wrong.push(format!("{}:{number}: @{domain} may be somebody's", path.display()));
                }
            }
        }
    }
    none(&wrong);
}

fn domain_of(rest: &str) -> String {
    let end = |c: char| !(c.is_alphanumeric() || c == '-' || c == '.');
    rest.split(end).next().unwrap().trim_end_matches('.').to_lowercase()
}

/// Reserved domains, and what is no domain at all: malformed addresses are fixtures too.
fn is_reserved(domain: &str) -> bool {
    let reserved = ["example.com", "example.org", "example.net"];
    !domain.contains('.')
        || reserved.iter().any(|name| domain == *name || domain.ends_with(&format!(".{name}")))
        || [".example", ".invalid", ".test", ".localhost"].iter().any(|ending| domain.ends_with(ending))
}

#[test]
fn the_lock_file_stays_small() {
    /// Above this somebody should ask what a new dependency is for.
    const PACKAGES_MAX: usize = 350;
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let packages = lock.lines().filter(|line| *line == "[[package]]").count();
    assert!(packages <= PACKAGES_MAX, "Cargo.lock has {packages} packages, more than {PACKAGES_MAX}");
}

/// A release holds none of the doors that tests use.
#[test]
fn test_doors_are_for_debug_builds() {
    let mut wrong = Vec::new();
    for (path, text) in rust_files("src") {
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.contains("\"PARTNERS_TEST_")) {
            let guarded =
                lines.iter().take(at).rev().take(20).any(|above| above.contains("debug_assertions"));
            if !guarded && !line.trim_start().starts_with("//") {
                wrong.push(format!(
                    "{}:{}: put it under cfg(debug_assertions)",
                    path.display(),
                    at.wrapping_add(1)
                ));
            }
        }
    }
    none(&wrong);
}
