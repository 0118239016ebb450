//! The kill sweep: the program is killed, or its disk and network fail, at system call after system call of submitting,
//! resuming and syncing a run; whatever happens, each payment is made once and the books say what PayPal's say.
//!
//! ```text
//! cargo build --bins --examples
//! cargo run --example sweep             one to two minutes: every n-th point
//! cargo run --example sweep -- --long   every point; --verbose names each
//! ```
//!
//! The truth is the fake PayPal, a process of its own that outlives the killed client. A control proves that the sweep
//! can see a double payment: with an id that is new in each attempt, the same points must find some. Needs `strace` for
//! the points and, for one of the checks, `faketime`; both are Debian packages, and plain `cargo test` needs neither.
//! The power-loss test, which needs root and a loop device, is beside this file.

#![expect(clippy::unwrap_used, reason = "a sweep that cannot go on has failed")]
#![expect(clippy::disallowed_macros, reason = "its answer is for whoever started it")]

#[path = "../it/common/fake_paypal.rs"]
#[expect(dead_code, reason = "the tests use the rest")]
mod fake_paypal;
mod oracle;
mod points;
mod scenes;
mod together;
#[path = "../it/common/world.rs"]
mod world;

use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use oracle::Tally;
use points::Point;
use scenes::Scene;

/// Points of one scene and one way to fail in the short form.
const SHORT: usize = 4;
/// Points of the control in the short form.
const SHORT_CONTROL: usize = 10;
/// Points that are tried at the same time.
const WORKERS: usize = 3;

fn main() -> ExitCode {
    let long = std::env::args().any(|argument| argument == "--long");
    let begun = Instant::now();
    let scenes = scenes::all();
    let mut whole = Tally::default();
    for scene in &scenes {
        let counts = points::count(scene);
        let mut points = points::of(&counts);
        if !long {
            points = points::thinned(points, SHORT);
        }
        let tally = sweep(scene, &points, false);
        println!("{:<7} {tally}", scene.name);
        whole.add(&tally);
    }
    let together = together::all(if long { 20 } else { 6 });
    println!("together {together}");
    whole.add(&together);
    let mut control = Tally::default();
    for scene in scenes.iter().filter(|scene| scene.sends) {
        let mut points = points::kills(&points::count(scene));
        if !long {
            points = points::spread(points, SHORT_CONTROL);
        }
        control.add(&sweep(scene, &points, true));
    }
    println!("control {control}");
    println!("{} s", begun.elapsed().as_secs());
    for (what, count) in &whole.strange {
        println!("  {count} x {what}");
    }
    if whole.is_well() && control.double > 0 {
        println!(
            "well: {} points, no payment twice, none lost; the control found {} twice",
            whole.tried, control.double
        );
        ExitCode::SUCCESS
    } else {
        println!("NOT well");
        ExitCode::FAILURE
    }
}

/// Returns whether each point is to be said.
fn verbose() -> bool {
    std::env::args().any(|argument| argument == "--verbose")
}

/// Tries points of a scene, several at a time.
fn sweep(scene: &Scene, points: &[Point], control: bool) -> Tally {
    let tally = Mutex::new(Tally::default());
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                while let Some(point) = points.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let from = Instant::now();
                    let found = oracle::try_point(scene, point, control);
                    if verbose() {
                        println!(
                            "{} {} {} {}: {} ms",
                            scene.name,
                            point.call,
                            point.what,
                            point.when,
                            from.elapsed().as_millis()
                        );
                    }
                    tally.lock().unwrap().add(&found);
                }
            });
        }
    });
    tally.into_inner().unwrap()
}
