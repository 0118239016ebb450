//! `doctor` is quiet about a sound set-up and names what is wrong with another, with what to do.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use partners::commands::backup::backup;
use partners::commands::doctor::{Access, Condition, Diagnosis, doctor};
use partners::dates::Now;
use partners::store::Writer;

use crate::tamper::{now, operator, programme, run_by_file};

/// What is not good, in words.
fn wrong(diagnosis: &Diagnosis) -> Vec<(&'static str, Condition, String)> {
    let signs = diagnosis.signs.iter().filter(|sign| sign.condition != Condition::Good);
    signs.map(|sign| (sign.check, sign.condition, sign.found.clone())).collect()
}

fn looked(path: &Path, now: Now) -> Diagnosis {
    doctor(path, now, &Access::None)
}

#[test]
fn a_sound_set_up_is_good() {
    let folder = tempfile::tempdir().unwrap();
    let path = programme(folder.path());
    backup(&path, &folder.path().join("copy.db"), &operator(), Duration::from_secs(5)).unwrap();
    let diagnosis = looked(&path, now());
    assert_eq!(wrong(&diagnosis), []);
    assert!(diagnosis.ok());
}

#[test]
fn what_is_wrong_is_named_with_its_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let path = programme(folder.path());
    run_by_file(&path, folder.path());
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    let later = Now(now().0 + chrono::Duration::days(40));
    let unfit = Access::Unfit("the secret's file can be read by others".to_owned());
    let diagnosis = doctor(&path, later, &unfit);
    let bad: Vec<&str> = diagnosis
        .signs
        .iter()
        .filter(|sign| sign.condition == Condition::Bad && sign.remedy.is_some())
        .map(|sign| sign.check)
        .collect();
    assert_eq!(bad, ["files", "runs", "backup", "paypal"]);
    let earlier = Now(now().0 - chrono::Duration::days(40));
    assert!(wrong(&looked(&path, earlier)).iter().any(|(check, ..)| *check == "clock"));
}

#[test]
fn an_older_copy_and_a_missing_database_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = programme(folder.path());
    let copy = folder.path().join("copy.db");
    backup(&path, &copy, &operator(), Duration::from_secs(5)).unwrap();
    drop(Writer::open(&path, &operator(), Duration::from_secs(5)).unwrap());
    for side in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(folder.path().join(format!("p.db{side}")));
    }
    std::fs::copy(&copy, &path).unwrap();
    let found = wrong(&looked(&path, now()));
    assert!(
        found.iter().any(|(check, _, what)| *check == "restored" && what.contains("earlier copy")),
        "{found:?}"
    );
    std::fs::remove_file(&path).unwrap();
    assert!(!looked(&path, now()).ok());
}
