//! Two at once, two copies of one database, and clocks that are wrong.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::json;

use crate::fake_paypal::FakePaypal;
use crate::oracle::{Tally, compare, finish};
use crate::scenes::{OPTIONS, PAYEES, submit_line};
use crate::world::{RUN, Said, World, program};

/// Tries each so many times.
pub fn all(times: usize) -> Tally {
    let mut tally = Tally::default();
    for _ in 0..times {
        race(&mut tally, false);
        race(&mut tally, true);
        copies(&mut tally);
    }
    for days in [40, -40] {
        clock(&mut tally, days);
    }
    tally
}

fn start() -> (World, FakePaypal) {
    let fake = FakePaypal::start(&OPTIONS);
    (World::approved(&PAYEES, &fake.url()), fake)
}

/// Two processes submit one run, with one lock between them, or with two, as if its file had been deleted.
fn race(tally: &mut Tally, two_locks: bool) {
    let (world, fake) = start();
    let alias = world.path().join("alias.db");
    std::os::unix::fs::symlink(world.db(), &alias).unwrap();
    let line = format!("{} --wait 0", submit_line());
    let words: Vec<&str> = line.split(' ').collect();
    let db = world.db();
    let codes: Vec<Option<i32>> = [&db, if two_locks { &alias } else { &db }]
        .map(|db| {
            let mut command = world.command(&words);
            command.env("PARTNERS_DB", db).stdout(Stdio::null()).stderr(Stdio::null());
            command.spawn().unwrap()
        })
        .into_iter()
        .map(|mut child| child.wait().unwrap().code())
        .collect();
    tally.tried += 1;
    let others = codes.iter().filter(|code| **code != Some(0)).count();
    let one_won = others == 1 && codes.iter().all(|code| matches!(code, Some(0 | 1 | 5)));
    if !two_locks && !one_won {
        tally.note(format!("two at once ended with {codes:?}"));
    }
    if codes.contains(&Some(70)) {
        tally.note(format!("two at once found a bug: {codes:?}"));
    }
    finish(&world, tally);
    compare(&world, &fake, "two at once", if two_locks { "two locks" } else { "one lock" }, false, tally);
}

/// Two copies of one database submit the same run at the same time.
fn copies(tally: &mut Tally) {
    let (world, fake) = start();
    let copy = world.copy();
    let line = submit_line();
    let words: Vec<&str> = line.split(' ').collect();
    let both = [&world, &copy]
        .map(|world| world.command(&words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
    for mut child in both {
        let _ = child.wait().unwrap();
    }
    tally.tried += 1;
    for world in [&world, &copy] {
        finish(world, tally);
        compare(world, &fake, "two copies", "", false, tally);
    }
}

/// A clock that is days off: nothing is sent again, and nothing is asked.
fn clock(tally: &mut Tally, days: i64) {
    if Command::new("faketime").arg("--version").output().is_err() {
        tally.note("faketime is not installed".to_owned());
        return;
    }
    let (world, fake) = start();
    fake.script(&json!([{"on": "create", "fault": "close_after"}]));
    let _ = faked(&world, 0, &submit_line());
    let before = fake.books()["requests"].as_array().unwrap().len();
    let said = faked(&world, days, &format!("payout resume {RUN}"));
    tally.tried += 1;
    if said.code != Some(3) || fake.books()["requests"].as_array().unwrap().len() != before {
        tally.note(format!("clock {days} days off: {said:?}"));
    }
    let _ = faked(&world, 0, &format!("payout resume {RUN}"));
    finish(&world, tally);
    compare(&world, &fake, "clock", &days.to_string(), false, tally);
}

/// Runs the program at ten o'clock of the run's day, so many days off.
fn faked(world: &World, days: i64, line: &str) -> Said {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 27).unwrap() + chrono::TimeDelta::days(days);
    let moment = format!("@{day} 10:00:00");
    let binary = program();
    let mut words = vec!["-f", &moment, binary.to_str().unwrap()];
    words.extend(line.split(' '));
    let mut command = world.with_program(Path::new("faketime"), &words);
    // faketime finds its library by itself, and a shell's path is all it needs.
    command.env("PATH", "/usr/bin:/bin").env("TZ", "UTC").env_remove("PARTNERS_TEST_NOW");
    Said::of(command.output().unwrap())
}
