//! `payout file` between the temporary file and its name: no file that could be uploaded lies anywhere while the run
//! may still leave another way, and the same bytes come again.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::common::fake_paypal::FakePaypal;
use crate::common::world::{RUN, World};

const TWO: [&str; 2] = ["ann@example.com", "bob@example.org"];

fn out(world: &World) -> PathBuf {
    world.path().join("out.csv")
}

#[test]
fn killed_at_any_point_a_file_never_lies_beside_a_run_that_may_still_be_sent() {
    let whole = World::approved(&TWO, "http://127.0.0.1:9");
    let _ = whole.run(&format!("payout file {RUN} --out out.csv")).exits(0);
    let bytes = fs::read(out(&whole)).unwrap();
    // The point; the run's state; whether the file has its name.
    for (point, state, named) in [
        ("file-written", "approved", false),
        ("file-recorded", "exported", false),
        ("file-named", "exported", true),
    ] {
        let mut world = World::approved(&TWO, "http://127.0.0.1:9");
        world.dies_at(point);
        assert_eq!(
            world.run(&format!("payout file {RUN} --out out.csv")).code,
            None,
            "{point} was not reached"
        );
        world.variables.clear();
        assert_eq!((world.state().as_str(), out(&world).exists()), (state, named), "{point}");
        world.check();
        if state == "exported" {
            let fake = FakePaypal::start(&[]);
            let mut other = world.copy();
            other.url = fake.url();
            let _ = other.submit("").exits(1);
            assert_eq!(fake.seen("create"), 0, "{point}");
        }
        let _ = world.run(&format!("payout file {RUN} --out out.csv")).exits(0);
        assert_eq!(fs::read(out(&world)).unwrap(), bytes, "{point}");
        assert_eq!(world.state(), "exported");
        // And again, adopted as it lies there or written elsewhere.
        let _ = world.run(&format!("payout file {RUN} --out out.csv")).exits(0);
        let _ = world.run(&format!("payout file {RUN} --out again.csv")).exits(0);
        assert_eq!(fs::read(world.path().join("again.csv")).unwrap(), bytes);
        world.check();
    }
}

/// A name that was taken meanwhile leaves the run exported, and the sentence says how to get the file.
#[test]
fn a_name_that_cannot_be_had_is_said_and_the_run_has_left_by_file() {
    let world = World::approved(&TWO, "http://127.0.0.1:9");
    fs::write(out(&world), "something else").unwrap();
    let said = world.run(&format!("payout file {RUN} --out out.csv")).exits(1);
    assert!(said.err.contains("nothing was written over it"), "{said:?}");
    assert_eq!(
        (world.state().as_str(), fs::read(out(&world)).unwrap()),
        ("approved", b"something else".to_vec())
    );
}

/// A disk that is full when the run is recorded leaves neither a record nor a file.
#[test]
fn a_disk_that_is_full_at_the_record_leaves_no_file() {
    let Ok(strace) = Command::new("strace").arg("-V").output() else { return };
    assert!(strace.status.success());
    for nth in [1, 2, 4, 8] {
        let world = World::approved(&TWO, "http://127.0.0.1:9");
        let inject = format!("inject=pwrite64:error=ENOSPC:when={nth}+");
        let program = crate::common::world::program();
        let status = world
            .with_program(
                std::path::Path::new("strace"),
                &[
                    "-f",
                    "-qq",
                    "-o",
                    "/dev/null",
                    "-e",
                    "trace=pwrite64",
                    "-e",
                    &inject,
                    program.to_str().unwrap(),
                    "payout",
                    "file",
                    RUN,
                    "--out",
                    "out.csv",
                ],
            )
            .env("PATH", "/usr/bin:/bin")
            .output()
            .unwrap();
        if world.state() == "approved" {
            assert!(!out(&world).exists(), "{nth}: {status:?}");
            assert!(!status.status.success());
        } else {
            assert_eq!(world.state(), "exported", "{nth}");
        }
        let _ = world.run(&format!("payout file {RUN} --out out.csv")).exits(0);
        world.check();
    }
}

/// Two people, by whichever way the money leaves (R7.2).
#[test]
fn a_file_needs_the_second_person_too() {
    let world = World::approved(&TWO, "http://127.0.0.1:9");
    let _ = world
        .run("policy set second_approver true --from 2026-11-01 --reason audit --retroactive --yes")
        .exits(0);
    let said = world.run(&format!("payout file {RUN} --out out.csv")).exits(1);
    assert!(said.err.contains("two people"), "{said:?}");
    assert!(!out(&world).exists());
    assert_eq!(world.state(), "approved");
}
