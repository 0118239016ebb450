//! A backup loses nothing and waits for nobody; a restored database pays nobody until it is reconciled (PROMISES 24).

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use partners::commands::backup::{backup, reconciled, restore};
use partners::commands::check::check;
use partners::commands::payout::create::{Ask, create};
use partners::commands::payout::file::file;
use partners::commands::payout::step::{approvable, approve};
use partners::run::RunState;
use partners::store::{AuditNote, LAST_BACKUP_AT, Reader, StoreError, Writer};

use crate::tamper::{now, operator, programme, run_by_file, sealed_sql};

fn scratch() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn is_sound(path: &Path) {
    assert_eq!(check(path, now()).unwrap().findings, []);
}

/// Adds an adjustment that nobody is paid for, so that the books change.
fn write_once(path: &Path, wait: Duration) -> Result<(), StoreError> {
    let writer = Writer::open(path, &operator(), wait)?;
    writer.add_adjustment(3, "2027-01-01".parse().unwrap(), partners::money::Money::from_minor(1), "note")?;
    writer.commit(&AuditNote::new("adjust", serde_json::json!({})))
}

/// Drafts, approves and files the payday; what `payout create` and the rest do.
fn try_to_pay(path: &Path, folder: &Path) -> Result<(), String> {
    let text = |error: StoreError| error.to_string();
    let writer = Writer::open(path, &operator(), Duration::from_secs(5)).map_err(text)?;
    let note = create(&writer, &Ask::default()).map_err(text)?.audit();
    // A run that is there already is not drafted again.
    match note {
        Some(note) => writer.commit(&note).map_err(text)?,
        None => drop(writer),
    }
    if Reader::open(path).and_then(|reader| reader.run("latest")).map_err(text)?.state == RunState::Draft {
        let writer = Writer::open(path, &operator(), Duration::from_secs(5)).map_err(text)?;
        let view = approvable(&writer, "latest").map_err(text)?;
        approve(writer, view).map_err(text)?;
    }
    let writer = Writer::open(path, &operator(), Duration::from_secs(5)).map_err(text)?;
    file(writer, "latest", &folder.join("again.csv"), None).map_err(|error| error.to_string())?;
    Ok(())
}

/// A run that was approved before the copy was put back would leave by neither channel.
fn neither_files_nor_submits(path: &Path, folder: &Path) {
    let again = folder.join("approved.db");
    let sql = sealed_sql(path);
    sql.execute("VACUUM INTO ?1", [again.to_str().unwrap()]).unwrap();
    drop(sql);
    let sql = sealed_sql(&again);
    sql.execute_batch("DELETE FROM meta WHERE key IN ('restored_at', 'restored_left_since')").unwrap();
    drop(sql);
    let writer = Writer::open(&again, &operator(), Duration::from_secs(5)).unwrap();
    let view = approvable(&writer, "latest").unwrap();
    approve(writer, view).unwrap();
    let sql = sealed_sql(&again);
    sql.execute_batch("INSERT INTO meta (key, value) VALUES ('restored_at', '2026-11-20T12:00:00Z')")
        .unwrap();
    drop(sql);
    let writer = Writer::open(&again, &operator(), Duration::from_secs(5)).unwrap();
    let filed = file(writer, "latest", &folder.join("again.csv"), None).unwrap_err().to_string();
    let ask = partners::commands::payout::submit::Ask {
        run: "latest",
        environment: partners::paypal::Environment::Sandbox,
        early: None,
        part_size: 10,
    };
    let reader = Reader::open(&again).unwrap();
    let submitted = partners::commands::payout::submit::sendable(&reader, &ask, operator().now).unwrap_err();
    for refused in [filed, submitted.to_string()] {
        assert!(refused.contains("was restored from a copy"), "{refused}");
    }
    assert!(!folder.join("again.csv").exists());
}

#[test]
fn a_backup_beside_a_writer_is_whole_private_and_noted() {
    let folder = scratch();
    let path = programme(folder.path());
    let stop = AtomicBool::new(false);
    let copies: Vec<PathBuf> = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                write_once(&path, Duration::from_secs(20)).unwrap();
                // Locks are not handed out in turn: leave room for the other.
                std::thread::sleep(Duration::from_millis(60));
            }
        });
        let copies = (0..8).map(|number| folder.path().join(format!("copy-{number}.db"))).collect::<Vec<_>>();
        let made: Vec<_> =
            copies.iter().map(|copy| backup(&path, copy, &operator(), Duration::from_secs(20))).collect();
        // Before anything may panic: the scope waits for the loop.
        stop.store(true, Ordering::Relaxed);
        for (made, copy) in made.into_iter().map(Result::unwrap).zip(&copies) {
            assert!(made.unnoted.is_none(), "{:?}", made.unnoted);
            assert_eq!(made.copied.bytes, copy.metadata().unwrap().len());
        }
        copies
    });
    let mut rows = 0;
    for copy in &copies {
        assert_eq!(copy.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        is_sound(copy);
        let here = Reader::open(copy).unwrap().verify_audit().unwrap().rows;
        assert!(here > rows, "a later copy knows more");
        rows = here;
    }
    assert!(Reader::open(&path).unwrap().meta(LAST_BACKUP_AT).unwrap().is_some());
    is_sound(&path);
    let again = backup(&path, &copies[0], &operator(), Duration::from_secs(5)).unwrap_err();
    assert!(again.to_string().contains("nothing was written over it"), "{again}");
}

#[test]
fn a_backup_does_not_wait_for_a_long_import() {
    let folder = scratch();
    let path = programme(folder.path());
    let importing = Writer::open(&path, &operator(), Duration::from_secs(5)).unwrap();
    let made = backup(&path, &folder.path().join("copy.db"), &operator(), Duration::from_secs(5)).unwrap();
    assert!(matches!(made.unnoted, Some(StoreError::Busy { .. })));
    drop(importing);
    is_sound(&folder.path().join("copy.db"));
}

#[test]
fn last_week_s_copy_pays_nobody_until_it_is_reconciled() {
    let folder = scratch();
    let path = programme(folder.path());
    let copy = folder.path().join("last-week.db");
    backup(&path, &copy, &operator(), Duration::from_secs(5)).unwrap();
    run_by_file(&path, folder.path());
    let paid = Reader::open(&path).unwrap().run("2026-11-20").unwrap();

    let restored = restore(&path, &copy, "the disk was full", &operator(), Duration::from_secs(5)).unwrap();
    let aside = restored.aside.clone().unwrap();
    assert_eq!(Reader::open(&aside).unwrap().run("2026-11-20").unwrap(), paid, "the newer file is kept");
    assert!(restored.since_known);
    assert_eq!(restored.missing.iter().map(|missing| missing.cents).sum::<i64>(), paid.amount.minor());
    is_sound(&path);

    let refused = try_to_pay(&path, folder.path()).unwrap_err();
    assert!(refused.contains("was restored from a copy") && refused.contains("restore --help"), "{refused}");
    assert!(!folder.path().join("again.csv").exists());
    neither_files_nor_submits(&path, folder.path());
    let refused = reconciled(&path, "looked at it", &operator(), Duration::from_secs(5)).unwrap_err();
    let StoreError::RefusedFor { details, next, .. } = refused else { panic!("{refused:?}") };
    let named = details.iter().any(|line| line.starts_with("P2: ") && line.ends_with("by 2026-11-20"));
    assert!(named && next.contains("payout record"), "{details:?} {next}");

    // The draft goes, what left is booked as paid, and then the way is open.
    let sql = sealed_sql(&path);
    sql.execute_batch("UPDATE meta SET value = '[]' WHERE key = 'restored_left_since'").unwrap();
    drop(sql);
    reconciled(&path, "all three are booked", &operator(), Duration::from_secs(5)).unwrap();
    try_to_pay(&path, folder.path()).unwrap();
    is_sound(&path);
}

#[test]
fn an_old_copy_put_in_place_by_hand_is_noticed() {
    let folder = scratch();
    let path = programme(folder.path());
    let copy = folder.path().join("old.db");
    backup(&path, &copy, &operator(), Duration::from_secs(5)).unwrap();
    run_by_file(&path, folder.path());
    for side in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(folder.path().join(format!("p.db{side}")));
    }
    std::fs::copy(&copy, &path).unwrap();
    let refused = try_to_pay(&path, folder.path()).unwrap_err();
    assert!(refused.contains("was restored from a copy"), "{refused}");
    // It stays noticed, whatever is written next.
    write_once(&path, Duration::from_secs(5)).unwrap();
    assert!(try_to_pay(&path, folder.path()).is_err());
}

#[test]
fn a_damaged_backup_replaces_nothing() {
    let folder = scratch();
    let path = programme(folder.path());
    let copy = folder.path().join("copy.db");
    backup(&path, &copy, &operator(), Duration::from_secs(5)).unwrap();
    let before = std::fs::read(&path).unwrap();
    let mut bytes = std::fs::read(&copy).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&copy, &bytes).unwrap();
    let refused =
        restore(&path, &copy, "why not", &operator(), Duration::from_secs(5)).unwrap_err().to_string();
    assert!(refused.contains("is damaged and was not put in place"), "{refused}");
    std::fs::write(&copy, "no database").unwrap();
    assert!(restore(&path, &copy, "why not", &operator(), Duration::from_secs(5)).is_err());
    let itself =
        restore(&path, &path, "why not", &operator(), Duration::from_secs(5)).unwrap_err().to_string();
    assert!(itself.contains("is the database itself"), "{itself}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
    let left: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("restoring") || name.contains("replaced"))
        .collect();
    assert_eq!(left, [""; 0]);
}

#[test]
fn a_lost_database_comes_back_from_its_backup() {
    let folder = scratch();
    let path = programme(folder.path());
    let copy = folder.path().join("copy.db");
    backup(&path, &copy, &operator(), Duration::from_secs(5)).unwrap();
    std::fs::remove_file(&path).unwrap();
    let restored = restore(&path, &copy, "the disk died", &operator(), Duration::from_secs(5)).unwrap();
    assert_eq!(restored.aside, None);
    assert!(!restored.since_known, "nobody can say what left since");
    is_sound(&path);
    assert!(try_to_pay(&path, folder.path()).is_err());
    reconciled(&path, "nothing left since; seen at PayPal", &operator(), Duration::from_secs(5)).unwrap();
    try_to_pay(&path, folder.path()).unwrap();
}
