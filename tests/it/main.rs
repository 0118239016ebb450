//! One binary for every test that is no transcript: it links once. A file in `tests/it` that is not listed
//! here would silently not run, so the last test looks for such files.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod backup;
mod common;
mod contracts;
mod crash;
mod doctor;
mod import;
mod machine;
mod migrations;
mod payout_api;
mod payout_doubt;
mod payout_file;
mod payout_later;
mod payout_parts;
mod payout_shown;
mod payout_signals;
mod paypal;
mod paypal_replies;
mod paypal_tls;
mod processes;
mod proof;
mod properties;
mod reconcile;
mod records;
mod support;
mod tables;
mod tamper;
mod terminal;
mod tidy;
mod wild;

#[test]
fn no_test_file_is_forgotten() {
    let listed = include_str!("main.rs");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let is_module = path.extension().is_some_and(|ext| ext == "rs") || path.join("mod.rs").exists();
        assert!(
            !is_module || name == "main" || listed.lines().any(|line| line == format!("mod {name};")),
            "tests/it/{name} is not listed in tests/it/main.rs: add `mod {name};`"
        );
    }
}
