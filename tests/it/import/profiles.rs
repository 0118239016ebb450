//! Other systems' exports, by the samples under `fixtures/csv`: what is taken, what is not, and why.
//!
//! A folder is read by the built-in profile of its name, else by `fixtures/profiles/NAME.toml`. New words are taken
//! over, to be read before they are kept, with `PARTNERS_BLESS=1 cargo test --test it samples`.

use std::path::{Path, PathBuf};

use partners::commands::import::profile::{built_in, find, look, mapping};
use partners::commands::import::{Ask, ImportReport};
use partners::import::profile::look::Sums;
use partners::import::{Kind, Setting};
use partners::money::Currency;

use super::world::{World, counts};

fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// Lists the samples, each with the name or path of its profile.
fn samples() -> Vec<(PathBuf, String)> {
    let mut all = Vec::new();
    for folder in std::fs::read_dir(fixtures().join("csv")).unwrap() {
        let folder = folder.unwrap().path();
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        if name == "hostile" {
            continue;
        }
        let own = fixtures().join(format!("profiles/{name}.toml"));
        let profile = if own.exists() { own.to_str().unwrap().to_owned() } else { name };
        for file in std::fs::read_dir(&folder).unwrap() {
            let file = file.unwrap().path();
            if file.extension().is_some_and(|ext| ext == "csv") {
                all.push((file, profile.clone()));
            }
        }
    }
    all.sort();
    all
}

/// Says what became of a file: its counts, what was passed over, unclassified and set aside, and what is stored.
fn told(report: &ImportReport, world: &World) -> String {
    let file = &report.files[0];
    let (new, updated, seen, stale, reversed, aside) = counts(report);
    let mut all = vec![format!(
        "{} rows: {new} new, {updated} updated, {seen} seen, {stale} stale, {reversed} reversed, {aside} set aside",
        file.tally.rows
    )];
    all.extend(file.tally.passed_over.iter().map(|(why, rows)| format!("passed over {rows}: {why}")));
    all.extend(file.tally.unclassified_kinds.iter().map(|(line, sum)| {
        format!("unclassified {}, {}: {line}", sum.rows, sum.amount.major(report.currency))
    }));
    all.push(format!("waiting refunds {}", file.tally.waiting.rows));
    all.extend(
        report
            .set_aside()
            .map(|(_, row)| format!("line {}: {} {:?}: {}", row.line, row.column, row.value, row.reason)),
    );
    format!("{}\n\n{}", all.join("\n"), world.facts())
}

#[test]
fn samples_are_taken_as_they_were() {
    for (path, profile) in samples() {
        let world = World::new();
        let files = [path.clone()];
        let report =
            world.run(&World::ask_by(&profile, &files), "").unwrap_or_else(|error| panic!("{error}"));
        let found = told(&report, &world);
        let golden = path.with_extension("expected.txt");
        if std::env::var_os("PARTNERS_BLESS").is_some() {
            std::fs::write(&golden, &found).unwrap();
        }
        let expected = std::fs::read_to_string(&golden)
            .unwrap_or_else(|error| panic!("{}: {error}; bless it", golden.display()));
        assert_eq!(found, expected, "{}", path.display());
        // Each row is in exactly one count.
        let tally = &report.files[0].tally;
        let (new, updated, seen, stale, reversed, aside) = counts(&report);
        let passed: u64 = tally.passed_over.values().sum();
        let all = new + updated + seen + stale + reversed + passed + u64::try_from(aside).unwrap();
        assert_eq!(all, tally.rows, "{}", path.display());
        // And the same file again says nothing new.
        let before = world.facts();
        let again = world.run(&World::ask_by(&profile, &files), "").unwrap();
        let (new, updated, _, stale, reversed, _) = counts(&again);
        assert_eq!((new, updated, stale, reversed), (0, 0, 0, 0), "{}", path.display());
        assert_eq!(world.facts(), before, "{}", path.display());
    }
}

#[test]
fn every_built_in_profile_has_a_sample() {
    let samples = samples();
    for profile in built_in().unwrap() {
        assert!(samples.iter().any(|(_, name)| *name == profile.name), "{} has no sample", profile.name);
    }
    for entry in std::fs::read_dir(fixtures().join("profiles")).unwrap() {
        let path = entry.unwrap().path();
        find(path.to_str().unwrap()).unwrap_or_else(|error| panic!("{error}"));
    }
}

#[test]
fn one_profile_that_fits_is_taken_and_two_are_refused() {
    for (path, profile) in samples().into_iter().filter(|(_, profile)| !profile.contains('/')) {
        let world = World::new();
        let report = world.run(&World::ask(Kind::Billing, &[path]), "").unwrap();
        let took = report.files[0].profile.as_deref().unwrap();
        assert!(took.starts_with(&format!("{profile} ")), "{took}");
    }
    let world = World::new();
    let both = "id,Created (UTC),Amount,Amount Refunded,Currency,Status,Customer Email,Customer ID,\
                account_code,transaction_id,type,date\n";
    let input = [PathBuf::from("-")];
    let error = world.run(&World::ask(Kind::Billing, &input), both).unwrap_err().to_string();
    assert!(
        error.contains("fits the profiles stripe-payments and recurly-transactions; say which one"),
        "{error}"
    );
    assert_eq!(counts(&world.run(&World::ask_by("recurly-transactions", &input), both).unwrap()).0, 0);
    let error = world.run(&World::ask(Kind::Billing, &input), "a,b\n1,2\n").unwrap_err().to_string();
    assert!(error.contains("the header lacks charge_id"), "{error}");
    let error = world.run(&World::ask_by("stripe-balance", &input), both).unwrap_err().to_string();
    assert!(error.contains("lacks balance_transaction_id, created_utc or created, gross"), "{error}");
    let ask = Ask { kind: Kind::Partners, ..World::ask_by("stripe-balance", &input) };
    assert!(world.run(&ask, both).unwrap_err().to_string().contains("partners files have our columns"));
}

#[test]
fn another_profile_reads_the_same_bytes_again() {
    let world = World::new();
    let text = std::fs::read_to_string(fixtures().join("profiles/harbour-mail.toml")).unwrap();
    let file = [fixtures().join("csv/harbour-mail/maerz.csv")];
    let run = |text: &str| {
        let profile = world.file("mine.toml", text);
        let ask = Ask { again: false, ..World::ask_by(profile.to_str().unwrap(), &file) };
        world.run(&ask, "").unwrap()
    };
    assert_eq!(run(&text).files[0].tally.unclassified.rows, 1);
    assert!(run(&text).files[0].skipped.is_some());
    // Somebody decides what advice is: the rows of that kind change, and only they.
    let decided = format!("{text}\n[[line]]\nkind = \"other\"\ncolumn = \"Artikel\"\nexact = \"Beratung\"\n");
    let report = run(&decided);
    assert_eq!(counts(&report).1, 1);
    assert_eq!(report.files[0].tally.unclassified.rows, 0);
}

#[test]
fn equal_rows_without_an_id_are_named_once() {
    let world = World::new();
    let files = [fixtures().join("csv/ontraport-purchases/purchases.csv")];
    let named = |report: &ImportReport| {
        report.set_aside().filter(|(_, row)| row.reason.contains("another row is equal")).count()
    };
    assert_eq!(named(&world.run(&World::ask_by("ontraport-purchases", &files), "").unwrap()), 1);
    assert_eq!(named(&world.run(&World::ask_by("ontraport-purchases", &files), "").unwrap()), 0);
}

#[test]
fn a_check_shows_everything_and_imports_nothing() {
    let world = World::new();
    let setting = Setting {
        currency: Currency::USD,
        zone: partners::dates::Zone::UTC,
        today: partners::dates::Day::from_ymd_opt(2026, 11, 22).unwrap(),
    };
    let own = fixtures().join("profiles/harbour-mail.toml");
    let file = fixtures().join("csv/harbour-mail/maerz.csv");
    let before = world.facts();
    let mut nothing = std::io::empty();
    let by = mapping(own.to_str()).unwrap();
    let seen = look(Path::new(&file), &by, &setting, &world.database(), &mut nothing).unwrap();
    assert_eq!((seen.rows, seen.samples.len(), seen.set_aside.len()), (10, 5, 1));
    assert_eq!(seen.passed_over["test mode"], 1);
    let sums: Vec<String> = seen
        .sums
        .verdicts
        .iter()
        .map(|(kind, sum)| format!("{kind} {} {}", sum.rows, sum.amount.major(Currency::USD)))
        .collect();
    assert_eq!(
        sums,
        [
            "subscription 3 1137.00",
            "email_overage 1 12.50",
            "contact_overage 1 9.00",
            "sms 1 25.00",
            "print 1 40.00",
            "unclassified 1 300.00"
        ]
    );
    assert_eq!(seen.sums.unclassified.keys().collect::<Vec<_>>(), ["Beratung"]);
    assert_eq!(world.facts(), before);
}

#[test]
fn a_check_counts_each_row_once_and_as_the_import_does() {
    let setting = Setting {
        currency: Currency::USD,
        zone: partners::dates::Zone::UTC,
        today: partners::dates::Day::from_ymd_opt(2026, 11, 22).unwrap(),
    };
    for (path, profile) in samples() {
        let world = World::new();
        let by = mapping(Some(&profile)).unwrap();
        let seen = look(&path, &by, &setting, &world.database(), &mut std::io::empty()).unwrap();
        let sums = || std::iter::once(&seen.sums).chain(seen.others.values());
        let charges: u64 = sums().map(Sums::charges).sum();
        let back: u64 = sums().map(|sums| sums.refunds.rows + sums.undone.rows).sum();
        let passed: u64 = seen.passed_over.values().sum();
        let all = charges + back + passed + seen.seen + seen.followed + seen.set_aside_rows;
        assert_eq!(all, seen.rows, "{}", path.display());
        let listed = |sums: &Sums| {
            sums.unclassified.values().map(|sum| sum.rows).sum::<u64>() + sums.unclassified_rest.rows
        };
        let verdict = |sums: &Sums| {
            sums.verdicts.get(&partners::commission::Kind::Unclassified).map_or(0, |sum| sum.rows)
        };
        assert!(sums().all(|sums| listed(sums) == verdict(sums)), "{}", path.display());
        let report = world.run(&World::ask_by(&profile, std::slice::from_ref(&path)), "").unwrap();
        let (new, updated, again, ..) = counts(&report);
        assert_eq!((charges + back, seen.followed, seen.seen), (new, updated, again), "{}", path.display());
        let lines = |rows: &mut dyn Iterator<Item = u64>| rows.collect::<Vec<_>>();
        let here = lines(&mut seen.set_aside.iter().map(|row| row.line));
        assert_eq!(here, lines(&mut report.set_aside().map(|(_, row)| row.line)), "{}", path.display());
    }
}

#[test]
fn a_tax_neither_raises_an_amount_nor_swallows_it() {
    let world = World::new();
    let profile = world.file(
        "taxed.toml",
        "name = \"taxed\"\nabout = \"x.\"\nneeds = [\"id\"]\nless = [\"tax\"]\n[columns]\ncharge_id = \"id\"\n\
         account_id = \"id\"\nbilled_on = \"on\"\ncollected_on = \"on\"\namount = \"gross\"\n[constants]\n\
         status = \"paid\"\n",
    );
    let text = "id,on,gross,tax\nC1,2026-01-01,10.00,-2.00\nC2,2026-01-01,10.00,12.00\n\
                C3,2026-01-01,10.00,2.00\nC4,2026-01-01,10.00,\n";
    let input = [PathBuf::from("-")];
    let report = world.run(&World::ask_by(profile.to_str().unwrap(), &input), text).unwrap();
    assert_eq!(
        super::world::reasons(&report),
        [
            "2 tax: is below zero, and would raise the amount (R2.7)",
            "3 tax: is more than what it is a part of, 10.00 (R2.7)",
        ]
    );
    assert_eq!(counts(&report), (2, 0, 0, 0, 0, 2));
    assert!(world.facts().contains("\"C3\"|\"C3\"|20260101|20260101|6|0|800|"), "{}", world.facts());
}
