//! Which files are read, which are passed over and named, and what the rejects file must never do.

use std::path::Path;

use partners::commands::import::{Ask, Expected, ImportError};
use partners::import::Kind;
use partners::import::merge::Undoing;
use partners::money::Money;

use super::world::{BILLING, World, counts, reasons};

fn row(id: &str, amount: &str) -> String {
    format!("{id},A1,,2026-01-01,2026-01-02,subscription,{amount},,,,paid,,,\n")
}

fn billing(rows: &[String]) -> String {
    format!("{BILLING}{}", rows.concat())
}

fn with_rejects<'a>(ask: Ask<'a>, path: &'a Path) -> Ask<'a> {
    Ask { rejects: Some(path), ..ask }
}

#[test]
fn rejects_replace_nothing_but_an_earlier_rejects_file() {
    let world = World::new();
    let files =
        [world.file("1.csv", billing(&[row("C1", "5x")])), world.file("2.csv", billing(&[row("C2", "5x")]))];
    let note = world.file("note.txt", "mine\n");
    let lock = world.path().join("p.db.lock");
    let link = world.path().join("link.csv");
    std::os::unix::fs::symlink(world.database(), &link).unwrap();
    let hard = world.path().join("hard.csv");
    std::fs::hard_link(&files[1], &hard).unwrap();
    let before = world.facts();
    for (path, words) in [
        (world.database(), "is the database"),
        (lock, "belongs to"),
        (world.path().join("p.db-journal"), "belongs to the database"),
        (link, "is the database"),
        (files[0].clone(), "is one of the files to import"),
        (hard, "is one of the files to import"),
        (world.path().to_owned(), "is a folder"),
        ("-".into(), "is standard output"),
        ("/dev/null".into(), "is a pipe or a device"),
        (note.clone(), "is no rejects file of an earlier import"),
    ] {
        for dry_run in [false, true] {
            let ask = with_rejects(Ask { dry_run, ..World::ask(Kind::Billing, &files) }, &path);
            let error = world.run(&ask, "").unwrap_err();
            assert!(matches!(error, ImportError::RejectsPlace { .. }), "{path:?}: {error}");
            assert!(error.to_string().contains(words), "{error}");
        }
    }
    assert_eq!((world.facts(), std::fs::read_to_string(&note).unwrap().as_str()), (before, "mine\n"));
    assert_eq!(std::fs::read_to_string(&files[0]).unwrap(), billing(&[row("C1", "5x")]));
}

#[test]
fn rejects_that_cannot_be_written_stop_the_import_before_it_begins() {
    let world = World::new();
    let files = [world.file("1.csv", billing(&[row("C1", "5"), row("C2", "5x")]))];
    let before = world.facts();
    let path = world.path().join("nowhere/rejects.csv");
    let error = world.run(&with_rejects(World::ask(Kind::Billing, &files), &path), "").unwrap_err();
    assert!(matches!(error, ImportError::RejectsUnwritable { .. }), "{error}");
    assert!(error.to_string().ends_with("nothing was imported"), "{error}");
    assert_eq!(world.facts(), before);
}

#[test]
fn rejects_hold_the_whole_row_and_can_be_mended_and_imported() {
    let world = World::new();
    let bad = "C2,A1,,2026-01-01,2026-01-02,subscription,5x,,,,paid,-,,\"=1+1, or\nso\"\n";
    let one = world.file("1.csv", billing(&[row("C9", "7y"), row("C1", "5"), bad.to_owned()]));
    let two = world.file(
        "2.csv",
        "amount,charge_id,account_id,billed_on,kind,status,more\n6z,C3,A1,2026-01-01,sms,pending,m\n",
    );
    let rejects = world.path().join("rejects.csv");
    let files = [one, two];
    let report = world.run(&with_rejects(World::ask(Kind::Billing, &files), &rejects), "").unwrap();
    assert_eq!(
        report.set_aside().map(|(_, row)| row.line).collect::<Vec<_>>(),
        [2, 4, 2],
        "in the order of lines"
    );
    let text = std::fs::read_to_string(&rejects).unwrap();
    let mut csv = csv::Reader::from_reader(text.as_bytes());
    let header = csv.headers().unwrap().clone();
    assert_eq!(
        &header.iter().take(6).collect::<Vec<_>>(),
        &["file", "line", "column", "value", "reason", "charge_id"]
    );
    assert_eq!(header.iter().next_back(), Some("more"));
    let records: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), 3);
    assert!(text.contains("'=1+1, or"), "{text}");
    // Mended where it stands, and imported as it is.
    let mended = world.file("mended.csv", text.replace("5x", "5").replace("6z", "6").replace("7y", "7"));
    let files = [mended];
    let report = world.run(&World::ask(Kind::Billing, &files), "").unwrap();
    assert_eq!(counts(&report), (3, 0, 0, 0, 0, 0), "{:?}", reasons(&report));
    assert!(
        world.facts().contains("\"=1+1, or\nso\"") || world.facts().contains("=1+1, or\\nso"),
        "{}",
        world.facts()
    );
    // Nobody has taken the list away: the next night adds to it. Standard input is shown as well.
    let ask_files = ["-".into()];
    let ask = with_rejects(World::ask(Kind::Billing, &ask_files), &rejects);
    world.run(&ask, &billing(&[row("C5", "5q")])).unwrap();
    let text = std::fs::read_to_string(&rejects).unwrap();
    let listed = |text: &str| {
        let mut csv = csv::Reader::from_reader(text.as_bytes());
        csv.records()
            .map(|row| row.unwrap().iter().skip(1).take(3).collect::<Vec<_>>().join(" "))
            .collect::<Vec<_>>()
    };
    assert_eq!(listed(&text), ["2 amount 7y", "4 amount 5x", "2 amount 6z", "2 amount 5q"]);
    assert!(text.contains(",5q,\"is not an amount") && text.contains(",C5,A1,"), "{text}");
    // Where nothing is read, it stays.
    let again = Ask { again: false, ..with_rejects(World::ask(Kind::Billing, &ask_files), &rejects) };
    assert!(world.run(&again, &billing(&[row("C5", "5q")])).unwrap().files[0].skipped.is_some());
    assert_eq!(std::fs::read_to_string(&rejects).unwrap(), text);
    // A night on which all is well loses none of them, and what is listed is not listed twice.
    let clean = [world.file("3.csv", billing(&[row("C6", "6")]))];
    world.run(&with_rejects(World::ask(Kind::Billing, &clean), &rejects), "").unwrap();
    assert_eq!(std::fs::read_to_string(&rejects).unwrap(), text);
    let one = [world.file("1.csv", billing(&[row("C9", "7"), row("C8", "8y")]))];
    world.run(&with_rejects(World::ask(Kind::Billing, &one), &rejects), "").unwrap();
    let text = std::fs::read_to_string(&rejects).unwrap();
    let all = ["2 amount 7y", "4 amount 5x", "2 amount 6z", "2 amount 5q", "3 amount 8y"];
    assert_eq!(listed(&text), all);
    world.run(&ask, &billing(&[row("C4", "4"), row("C5", "5q")])).unwrap();
    assert_eq!(listed(&std::fs::read_to_string(&rejects).unwrap()), all);
    // A list that somebody broke is not lost either.
    std::fs::write(&rejects, format!("{text}a,b\n")).unwrap();
    let error = world.run(&with_rejects(World::ask(Kind::Billing, &clean), &rejects), "").unwrap_err();
    assert!(error.to_string().contains("cannot be read; mend it, or take it away"), "{error}");
}

#[test]
fn a_conflict_is_in_the_rejects_with_its_row() {
    let world = World::new();
    world.take(Kind::Billing, &billing(&[row("C1", "5")]));
    let files = [world.file("1.csv", billing(&[row("C1", "5").replace("A1", "A2")]))];
    let rejects = world.path().join("rejects.csv");
    world.run(&with_rejects(World::ask(Kind::Billing, &files), &rejects), "").unwrap();
    let text = std::fs::read_to_string(&rejects).unwrap();
    assert!(text.contains("never moves,C1,A2,"), "{text}");
}

#[test]
fn control_totals_hold_over_all_files_also_those_passed_over() {
    let world = World::new();
    let one = world.file("1.csv", billing(&[row("C1", "5"), row("C2", "7")]));
    let two = world.file("2.csv", billing(&[row("C3", "1")]));
    let first = [one.clone()];
    world.run(&World::ask(Kind::Billing, &first), "").unwrap();
    let before = world.facts();
    let expect = |rows, cents| Expected { rows: Some(rows), total: Some(Money::from_minor(cents)) };
    let (both, input) = ([one.clone(), two], [one, "-".into()]);
    for (files, input) in [(&both, ""), (&input, "C3")] {
        let said = if input.is_empty() { String::new() } else { billing(&[row("C3", "1")]) };
        let ask = |expected| Ask { again: false, expected, ..World::ask(Kind::Billing, files) };
        let error = world.run(&ask(expect(2, 1300)), &said).unwrap_err().to_string();
        assert_eq!(error, "the files hold 3 rows, and 2 were expected; nothing was imported");
        let error = world.run(&ask(expect(3, 1200)), &said).unwrap_err().to_string();
        assert_eq!(error, "the files hold 13.00 USD, and 12.00 were expected; nothing was imported");
        assert_eq!(world.facts(), before);
    }
    let ask = |expected| Ask { again: false, expected, ..World::ask(Kind::Billing, &first) };
    assert!(world.run(&ask(expect(3, 1200)), "").is_err(), "known files are counted too");
    assert!(world.run(&ask(expect(2, 1200)), "").is_ok());
    let ask = Ask { again: false, expected: expect(3, 1300), ..World::ask(Kind::Billing, &both) };
    assert_eq!(world.run(&ask, "").unwrap().files.len(), 2);
}

#[test]
fn control_totals_cover_every_row_whose_amount_can_be_read() {
    let world = World::new();
    let unpaid = row("C2", "7").replace("2026-01-02", "");
    let files = [world.file("1.csv", billing(&[row("C1", "5"), unpaid, row("C3", "-1"), row("C4", "x")]))];
    let expected = Expected { rows: Some(4), total: Some(Money::from_minor(1100)) };
    let report = world.run(&Ask { expected, ..World::ask(Kind::Billing, &files) }, "").unwrap();
    assert_eq!(counts(&report), (1, 0, 0, 0, 0, 3));
}

#[test]
fn accepting_reversals_reads_a_file_again_of_which_rows_were_set_aside() {
    let world = World::new();
    let paid = row("C1", "100.00");
    let refunded =
        "C1,A1,,2026-01-01,2026-01-02,subscription,100.00,100.00,2026-02-01,,refunded,,,\n".to_owned();
    world.take(Kind::Billing, &billing(&[refunded]));
    let files = [world.file("undo.csv", billing(&[paid]))];
    let ask = |undoing| Ask { again: false, undoing, ..World::ask(Kind::Billing, &files) };
    assert!(reasons(&world.run(&ask(Undoing::SetAside), "").unwrap())[0].contains("--accept-reversals"));
    assert!(world.run(&ask(Undoing::SetAside), "").unwrap().files[0].skipped.is_some());
    assert_eq!(counts(&world.run(&ask(Undoing::Accepted), "").unwrap()), (0, 1, 0, 0, 0, 0));
    assert!(world.run(&ask(Undoing::Accepted), "").unwrap().files[0].skipped.is_some());
}

#[test]
fn a_folder_leaves_out_by_name_what_is_no_export() {
    let world = World::new();
    let folder = world.path().join("drop");
    std::fs::create_dir_all(folder.join("old")).unwrap();
    for (name, text) in [
        ("a.csv", billing(&[row("C1", "1")])),
        ("B.CSV", billing(&[row("C2", "2")])),
        ("readme.txt", "Hello.\n".to_owned()),
        ("rejects.csv", "file,line,column,value,reason\n".to_owned()),
        (".c.csv", "x".to_owned()),
    ] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    let files = [folder.clone()];
    let report = world.run(&World::ask(Kind::Billing, &files), "").unwrap();
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    assert_eq!(
        report.files.iter().map(|file| name(Path::new(&file.file))).collect::<Vec<_>>(),
        ["B.CSV", "a.csv"]
    );
    let left: Vec<String> =
        report.left_out.iter().map(|entry| format!("{} {}", name(&entry.path), entry.why)).collect();
    assert_eq!(
        left,
        [
            "old is a folder in the folder",
            "readme.txt is not named *.csv",
            "rejects.csv lists rows that were set aside; name it itself to import it",
        ]
    );
    // A damaged file is named with what was not taken because of it.
    std::fs::write(folder.join("d.csv"), "charge_id\n").unwrap();
    let error = world.run(&World::ask(Kind::Billing, &files), "").unwrap_err().to_string();
    assert!(
        error.contains("d.csv: line 1: the header lacks") && error.contains("; nor was anything of "),
        "{error}"
    );
    assert!(error.contains("a.csv") && error.contains("B.CSV"), "{error}");
}
