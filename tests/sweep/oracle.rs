//! One point: disturb, go on as a person would, and compare PayPal's books with ours.

use std::collections::BTreeMap;
use std::fmt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::fake_paypal::FakePaypal;
use crate::points::Point;
use crate::scenes::{PART_SIZE, PAYEES, STATES, Scene, submit_line};
use crate::world::{RUN, Said, World};

/// How long a disturbed command may take; what it waits for takes a second.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often a person tries to go on.
const TRIES_MAX: usize = 6;

/// What was found.
#[derive(Debug, Default)]
pub struct Tally {
    /// Points tried.
    pub tried: usize,
    /// Payments made more than once.
    pub double: usize,
    /// Payments never made.
    pub lost: usize,
    /// Runs that did not come to their end.
    pub stuck: usize,
    /// Whatever else is not as it should be, and how often.
    pub strange: BTreeMap<String, usize>,
}

impl Tally {
    /// Takes another's counts in.
    pub fn add(&mut self, other: &Self) {
        self.tried += other.tried;
        self.double += other.double;
        self.lost += other.lost;
        self.stuck += other.stuck;
        for (what, count) in &other.strange {
            *self.strange.entry(what.clone()).or_default() += count;
        }
    }

    /// Notes something strange.
    pub fn note(&mut self, what: String) {
        *self.strange.entry(what).or_default() += 1;
    }

    /// Returns whether all was as it should be.
    pub fn is_well(&self) -> bool {
        self.double == 0 && self.lost == 0 && self.stuck == 0 && self.strange.is_empty()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tried, double, lost, stuck, strange } = self;
        let strange: usize = strange.values().sum();
        write!(
            f,
            "{tried} points: {double} payments twice, {lost} lost, {stuck} runs stuck, {strange} strange"
        )
    }
}

/// Disturbs a scene at a point, goes on to the end, and looks at both books.
pub fn try_point(scene: &Scene, point: &Point, control: bool) -> Tally {
    let (mut world, fake) = scene.begin();
    if control {
        world.variables.push(("PARTNERS_TEST_RANDOM_BATCH_ID".into(), "1".into()));
    }
    let mut arguments = point.arguments();
    arguments.push(crate::world::program().to_string_lossy().into_owned());
    arguments.extend(scene.line.split(' ').map(str::to_owned));
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut tally = Tally { tried: 1, ..Tally::default() };
    let place = format!("{} {} {}", scene.name, point.call, point.what);
    let Some(said) = within_patience(world.with_program(Path::new("strace"), &words)) else {
        tally.note(format!("{place} at {}: it never ended", point.when));
        return tally;
    };
    // Killed, done, refused, for a person, busy, unknown, outside, not even loaded: but no bug and no panic.
    if !matches!(said.code, None | Some(0 | 1 | 3 | 5 | 6 | 7 | 127)) {
        tally.note(format!("{place} at {}: exit {:?} {}", point.when, said.code, said.err.trim()));
    }
    if said.code == Some(0) && scene.name == "submit" && state(&world) != "submitted" {
        tally.note(format!("{place} at {}: says it is done, and it is not", point.when));
    }
    finish(&world, &mut tally);
    compare(&world, &fake, &place, &point.when, control, &mut tally);
    tally
}

/// Runs a command to its end, or ends it and all that it has started.
fn within_patience(mut command: Command) -> Option<Said> {
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
    let mut child = command.spawn().unwrap();
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > PATIENCE {
            let group = format!("-{}", child.id());
            let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
            let _ = child.wait();
            return None;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    Some(Said::of(child.wait_with_output().unwrap()))
}

/// Goes on as a person would, by what the run's state asks for.
pub fn finish(world: &World, tally: &mut Tally) {
    for _ in 0..TRIES_MAX {
        if world.item_states() == STATES {
            return;
        }
        let line = match state(world).as_str() {
            "approved" => submit_line(),
            "submitting" => format!("payout resume {RUN}"),
            _ => format!("payout sync {RUN}"),
        };
        let _ = world.run(&line);
    }
    if world.item_states() != STATES {
        tally.stuck += 1;
    }
}

fn state(world: &World) -> String {
    world.state()
}

/// Compares PayPal's books with what should have been paid, and with ours.
pub fn compare(world: &World, fake: &FakePaypal, place: &str, when: &str, control: bool, tally: &mut Tally) {
    let sent = fake.sent();
    for (number, (payee, state)) in (1_u64..).zip(PAYEES.iter().zip(STATES)) {
        let (amount, times) = sent.get(&format!("{payee} USD")).cloned().unwrap_or_default();
        let wanted = u64::from(state != "failed");
        tally.double += usize::try_from(times.saturating_sub(wanted)).unwrap();
        tally.lost += usize::try_from(wanted.saturating_sub(times)).unwrap();
        if times == 1 && amount != format!("{}.00", number * 100) {
            tally.note(format!("{place} at {when}: {payee} was paid {amount}"));
        }
    }
    if control {
        return;
    }
    let batches = fake.books()["batches"].as_array().unwrap().len();
    if batches != PAYEES.len().div_ceil(PART_SIZE) {
        tally.note(format!("{place} at {when}: {batches} batches"));
    }
    if std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| world.check())).is_err() {
        tally.note(format!("{place} at {when}: the books do not hold together"));
    }
}
