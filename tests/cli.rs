//! Transcripts: what a person sees, word for word. Runs `tests/cmd/**/*.md` and the README's own walk-throughs, which
//! so cannot grow stale. `TRYCMD=overwrite cargo test --test cli` writes what the program says now.

use std::fs;
use std::path::{Path, PathBuf};

#[path = "it/common/fake_paypal.rs"]
#[expect(dead_code, clippy::unwrap_used, reason = "the other test binary uses the rest")]
mod fake_paypal;

/// The transcripts' moment: the Friday of the README's second run.
const NOW: &str = "2026-11-13T14:00:00Z";

fn sealed(cases: &trycmd::TestCases) {
    for (name, value) in [
        ("PARTNERS_DB", "partners.db"),
        ("PARTNERS_TEST_NOW", NOW),
        ("PARTNERS_ACTOR", "finance"),
        ("HOME", "/nonexistent"),
        ("NO_COLOR", "1"),
        ("TZ", "UTC"),
        ("COLUMNS", "100"),
    ] {
        cases.env(name, value);
    }
}

/// The README is read in a copy, beside the files that it tells its reader to copy.
#[test]
fn readme() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let desk = tempfile::tempdir().expect("a folder for the test");
    let files = desk.path().join("README.in");
    fs::create_dir(&files).expect("a folder for the files");
    for entry in fs::read_dir(root.join("fixtures/demo")).expect("the demo's files") {
        let path = entry.expect("a file").path();
        fs::copy(&path, files.join(path.file_name().expect("a name"))).expect("a copy");
    }
    let copy = desk.path().join("README.md");
    fs::copy(root.join("README.md"), &copy).expect("a copy of the README");
    let paypal = fake_paypal::FakePaypal::start(&["--settle", "at-once", "--today", "2026-11-13"]);
    {
        let cases = trycmd::TestCases::new();
        sealed(&cases);
        cases.env("PARTNERS_PAYPAL_URL", paypal.url());
        cases.env("PARTNERS_PAYPAL_CLIENT_ID", "walk");
        cases.env("PARTNERS_PAYPAL_CLIENT_SECRET", "through");
        cases.case(&copy);
    }
    if std::env::var_os("TRYCMD").is_some_and(|mode| mode == "overwrite") {
        fs::copy(&copy, root.join("README.md")).expect("the README is written");
    }
}

/// The stories are told in a copy: each leaves a database behind.
#[test]
fn transcripts() {
    let stories = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd");
    let desk = tempfile::tempdir().expect("a folder for the test");
    let told = copy(&stories, desk.path());
    {
        let cases = trycmd::TestCases::new();
        sealed(&cases);
        cases.case(desk.path().join("**/*.md"));
    }
    if std::env::var_os("TRYCMD").is_some_and(|mode| mode == "overwrite") {
        for story in told {
            fs::copy(desk.path().join(&story), stories.join(&story)).expect("the story is written");
        }
    }
}

/// Copies a folder with everything in it, and returns the stories among it.
fn copy(from: &Path, to: &Path) -> Vec<PathBuf> {
    let (mut folders, mut stories) = (vec![PathBuf::new()], Vec::new());
    while let Some(folder) = folders.pop() {
        fs::create_dir_all(to.join(&folder)).expect("a folder");
        for entry in fs::read_dir(from.join(&folder)).expect("the stories") {
            let entry = entry.expect("a file");
            let path = folder.join(entry.file_name());
            if entry.path().is_dir() {
                folders.push(path);
                continue;
            }
            fs::copy(entry.path(), to.join(&path)).expect("a copy");
            if path.extension().is_some_and(|extension| extension == "md") {
                stories.push(path);
            }
        }
    }
    stories
}
