//! What cron sees of `import`: silence, exit codes, one line with `-v`, a rejects file, and its files left alone.

use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use partners::store::Writer;

use super::world::{BILLING, World};

/// Runs the program as cron does: an empty environment, no terminal, nothing to read.
fn cron(world: &World, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_partners"))
        .env_clear()
        .env("PARTNERS_TEST_NOW", "2026-11-22T12:00:00Z")
        .current_dir("/")
        .stdin(std::process::Stdio::null())
        .arg("--db")
        .arg(world.database())
        .args(words)
        .output()
        .unwrap()
}

fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

fn row(id: &str, amount: &str) -> String {
    format!("{id},A1,a@example.com,2026-01-01,2026-01-02,subscription,{amount},,,USD,paid,,,\n")
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn success_is_silent_and_one_line_when_asked() {
    let world = World::new();
    let drop = world.path().join("drop");
    std::fs::create_dir(&drop).unwrap();
    for (name, id) in [("2.csv", "C2"), ("1.csv", "C1")] {
        std::fs::write(drop.join(name), format!("{BILLING}{}", row(id, "5"))).unwrap();
    }
    let files = |drop: &Path| -> Vec<(String, Vec<u8>, std::time::Duration)> {
        let mut all: Vec<_> = std::fs::read_dir(drop)
            .unwrap()
            .map(|entry| {
                let path = entry.unwrap().path();
                let at = path.metadata().unwrap().modified().unwrap();
                let since = at.duration_since(std::time::UNIX_EPOCH).unwrap();
                (path.display().to_string(), std::fs::read(&path).unwrap(), since)
            })
            .collect();
        all.sort();
        all
    };
    let before = files(&drop);
    assert_eq!(
        said(&cron(&world, &["import", "billing", path(&drop)])),
        (Some(0), String::new(), String::new())
    );
    // The folder keeps everything: another night, and nothing is said of what is known.
    assert_eq!(
        said(&cron(&world, &["import", "billing", path(&drop)])),
        (Some(0), String::new(), String::new())
    );
    assert_eq!(files(&drop), before, "the input is never touched");
    let verbose = said(&cron(&world, &["import", "billing", path(&drop), "-v", "--again"]));
    let line = "billing: 2 files, 2 rows: 0 new, 0 updated, 2 seen, 0 stale, 0 passed over, 0 unclassified\n";
    assert_eq!(verbose, (Some(0), line.to_owned(), String::new()));
    let (code, json, talk) = said(&cron(&world, &["import", "billing", path(&drop), "--json", "--again"]));
    assert_eq!((code, talk.as_str()), (Some(0), ""));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(json["files"][0]["file"].as_str().unwrap().ends_with("1.csv"));
    let (code, table, _) =
        said(&cron(&world, &["import", "billing", path(&drop), "--format", "table", "--again"]));
    assert!(code == Some(0) && table.contains("Imported billing"), "{table}");
    let (code, table, _) = said(&cron(&world, &["import", "billing", path(&drop), "--dry-run", "--again"]));
    assert!(code == Some(0) && table.contains("Dry run"), "{table}");
}

#[test]
fn trouble_is_said_and_has_its_exit_code() {
    let world = World::new();
    let file = world.file("1.csv", format!("{BILLING}{}{}", row("C1", "5"), row("C2", "5x")));
    let rejects = world.path().join("rejects.csv");
    let words = ["import", "billing", path(&file), "--rejects", path(&rejects)];
    let (code, table, _) = said(&cron(&world, &words));
    assert!(code == Some(3) && table.contains("5x"), "{table}");
    assert!(std::fs::read_to_string(&rejects).unwrap().contains(",3,amount,5x,"));
    let good = world.file("2.csv", format!("{BILLING}{}", row("C3", "5")));
    let (code, _, talk) = said(&cron(&world, &["import", "billing", path(&good), "--expect-rows", "2"]));
    assert!(code == Some(1) && talk.contains("the files hold 1 rows, and 2 were expected"), "{talk}");
    let damaged = world.file("3.csv", "charge_id\n");
    let (code, _, talk) = said(&cron(&world, &["import", "billing", path(&damaged)]));
    assert!(code == Some(1) && talk.contains("the header lacks account_id"), "{talk}");
    let held = Writer::open(&world.database(), &world.operator, Duration::from_secs(5)).unwrap();
    let (code, out, talk) = said(&cron(&world, &["import", "billing", path(&good), "--wait", "0"]));
    assert!(code == Some(5) && out.is_empty() && !talk.is_empty(), "{talk}");
    drop(held);
    assert_eq!(said(&cron(&world, &["import", "billing", path(&good), "--wait", "0"])).0, Some(0));
}

#[test]
fn profiles_are_listed_printed_and_tried() {
    let world = World::new();
    let (code, list, _) = said(&cron(&world, &["profile", "list"]));
    assert!(
        code == Some(0) && list.contains("stripe-balance") && list.contains("ontraport-purchases"),
        "{list}"
    );
    let (code, text, _) = said(&cron(&world, &["profile", "show", "stripe-balance"]));
    assert!(code == Some(0) && text.starts_with("# Stripe, Reports"), "{text}");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sample = root.join("fixtures/csv/stripe-payments/old-header.csv");
    let (code, check, _) = said(&cron(&world, &["profile", "check", path(&sample)]));
    assert_eq!(code, Some(0), "{check}");
    for words in
        ["Read by the profile stripe-payments: 9 rows", "Created (UTC)", "Extra emails 12000", "test mode"]
    {
        assert!(check.contains(words), "{words}: {check}");
    }
    let (code, _, talk) = said(&cron(&world, &["import", "billing", path(&sample)]));
    assert_eq!(code, Some(0), "{talk}");
    assert!(talk.contains("read by the profile stripe-payments, which alone fits its header"), "{talk}");
    assert!(talk.contains("1 row is test mode and never earns"), "{talk}");
    let (code, _, talk) = said(&cron(&world, &["import", "billing", path(&sample), "--profile", "nobody"]));
    assert!(code == Some(1) && talk.contains("there is no profile \"nobody\""), "{talk}");
}
