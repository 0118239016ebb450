//! Files that are damaged or lie: refused whole and located, or set aside row by row (PROMISES 14).
//!
//! New words are taken over, to be read before they are kept, with `PARTNERS_BLESS=1 cargo test hostile`.

use std::path::PathBuf;

use partners::import::Kind;

use super::world::{BILLING, World, reasons};

#[test]
fn damaged_files_are_refused_with_their_place() {
    let world = World::new();
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/csv/hostile");
    let mut tried = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ext| ext != "csv") {
            continue;
        }
        let golden = path.with_extension("expected.txt");
        let files = [path.clone()];
        let found = match world.run(&World::ask(Kind::Billing, &files), "") {
            Err(error) => error.to_string().replace(&format!("{}/", folder.display()), ""),
            Ok(report) => reasons(&report).join("\n"),
        };
        if std::env::var_os("PARTNERS_BLESS").is_some() {
            std::fs::write(&golden, format!("{found}\n")).unwrap();
        }
        assert_eq!(format!("{found}\n"), std::fs::read_to_string(&golden).unwrap(), "{}", path.display());
        tried += 1;
    }
    assert!(tried >= 20, "only {tried} hostile files");
    assert_eq!(world.facts().lines().filter(|line| line.starts_with("\"bad")).count(), 0);
}

#[test]
fn only_plain_files_are_opened() {
    let world = World::new();
    let fifo = world.path().join("fifo");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    for path in [fifo, PathBuf::from("/dev/zero")] {
        let files = [path];
        let error = world.run(&World::ask(Kind::Billing, &files), "").unwrap_err().to_string();
        assert!(error.contains("is a pipe or a device, no file"), "{error}");
    }
    // A symbolic link to a plain file is that file.
    let file = world.file("a.csv", format!("{BILLING}C1,A1,,2026-01-01,,sms,5,,,,pending,,,\n"));
    let link = world.path().join("link.csv");
    std::os::unix::fs::symlink(file, &link).unwrap();
    let files = [link];
    assert_eq!(world.run(&World::ask(Kind::Billing, &files), "").unwrap().files[0].tally.new.rows, 1);
}

#[test]
fn a_folder_is_its_files_in_the_order_of_their_names() {
    let world = World::new();
    let folder = world.path().join("drop");
    std::fs::create_dir(&folder).unwrap();
    for (name, amount) in [("b.csv", "2"), ("a.csv", "1"), (".c.csv.part", "x")] {
        let text = format!("{BILLING}C1,A1,,2026-01-01,,sms,{amount},,,,pending,,,\n");
        std::fs::write(folder.join(name), text).unwrap();
    }
    let files = [folder];
    let report = world.run(&World::ask(Kind::Billing, &files), "").unwrap();
    let names: Vec<&str> = report.files.iter().map(|file| file.file.rsplit('/').next().unwrap()).collect();
    assert_eq!(names, ["a.csv", "b.csv"]);
    assert!(world.facts().contains("|200|"));
}

#[test]
fn input_without_end_is_cut_off() {
    let world = World::new();
    let text = format!("{BILLING}C1,A1,\"{}", "x".repeat(3 << 20));
    let error = world.run(&World::ask(Kind::Billing, &[PathBuf::from("-")]), &text).unwrap_err().to_string();
    assert!(error.contains("line 2: the row is longer than 1048576 bytes"), "{error}");
}

#[test]
fn the_last_row_without_line_feed_is_taken_if_a_cut_would_show() {
    let world = World::new();
    let head = "charge_id,account_id,billed_on,kind,status,amount";
    let cut = format!("{head}\nC1,A1,2026-01-01,sms,pending,3,400\n").replace("3,400\n", "3.4");
    assert!(reasons(&world.take(Kind::Billing, &cut))[0].starts_with("2 amount: the file ends without"));
    let whole = "charge_id,account_id,billed_on,kind,amount,status\nC1,A1,2026-01-01,sms,3.4,pending";
    assert_eq!(world.take(Kind::Billing, whole).files[0].tally.new.rows, 1);
    let short = "charge_id,account_id,billed_on,kind,amount,status\nC2,A1,2026-01-01,sms,3.4";
    assert!(reasons(&world.take(Kind::Billing, short))[0].contains("the row holds 5 of"));
}
