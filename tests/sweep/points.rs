//! The points at which a scene is disturbed: which system call, the how-manieth, and in what way.

use std::collections::BTreeMap;
use std::path::Path;

use crate::scenes::Scene;

/// Calls at which the program is killed.
const KILLED: [&str; 16] = [
    "pwrite64",
    "fsync",
    "fdatasync",
    "write",
    "ftruncate",
    "unlink",
    "rename",
    "openat",
    "flock",
    "fcntl",
    "connect",
    "sendto",
    "writev",
    "recvfrom",
    "read",
    "close",
];
/// Calls that fail once, and from some time on, and how. Not `write`: it wakes the threads of the HTTP library, which
/// waits for ever for a wake that failed; no disk does that.
const FAILED: [(&str, &str); 9] = [
    ("pwrite64", "EIO"),
    ("pwrite64", "ENOSPC"),
    ("fsync", "EIO"),
    ("ftruncate", "ENOSPC"),
    ("openat", "EMFILE"),
    ("connect", "ETIMEDOUT"),
    ("sendto", "EPIPE"),
    ("writev", "EPIPE"),
    ("recvfrom", "ECONNRESET"),
];
/// Of calls that touch neither disk nor line, one in so many is enough.
const QUIET_STRIDE: usize = 12;

/// A disturbance.
#[derive(Debug, Clone)]
pub struct Point {
    /// The call.
    pub call: &'static str,
    /// The how-manieth, from 1; with a `+`, from then on.
    pub when: String,
    /// What happens: `signal=KILL` or `error=…`.
    pub what: String,
}

impl Point {
    /// Returns the tracer's words for it.
    pub fn arguments(&self) -> Vec<String> {
        let trace = format!("trace={}", self.call);
        let inject = format!("inject={}:{}:when={}", self.call, self.what, self.when);
        ["-f", "-qq", "-o", "/dev/null", "-e", &trace, "-e", &inject].map(str::to_owned).to_vec()
    }
}

/// Counts a scene's calls: the most that any of its threads makes, for the tracer counts by thread.
pub fn count(scene: &Scene) -> BTreeMap<String, usize> {
    let (world, _fake) = scene.begin();
    let trace = world.path().join("trace");
    let mut arguments =
        vec!["-f".to_owned(), "-qq".into(), "-o".into(), trace.to_string_lossy().into_owned()];
    arguments.extend(["-e".to_owned(), format!("trace={}", KILLED.join(","))]);
    arguments.push(crate::world::program().to_string_lossy().into_owned());
    arguments.extend(scene.line.split(' ').map(str::to_owned));
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let output = world.with_program(Path::new("strace"), &words).output().expect("strace is installed");
    assert!(matches!(output.status.code(), Some(0 | 3)), "{output:?}");
    let mut by_thread: BTreeMap<(String, String), usize> = BTreeMap::new();
    for line in std::fs::read_to_string(trace).unwrap().lines() {
        let Some((thread, rest)) = line.split_once(' ') else { continue };
        let Some((call, _)) = rest.trim_start().split_once('(') else { continue };
        *by_thread.entry((thread.to_owned(), call.to_owned())).or_default() += 1;
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for ((_, call), count) in by_thread {
        let most = counts.entry(call).or_default();
        *most = (*most).max(count);
    }
    counts
}

/// Lists every point at which a scene is killed.
pub fn kills(counts: &BTreeMap<String, usize>) -> Vec<Point> {
    let mut points = Vec::new();
    for call in KILLED {
        let stride = if matches!(call, "openat" | "fcntl" | "read" | "close") { QUIET_STRIDE } else { 1 };
        let count = counts.get(call).copied().unwrap_or(0);
        points.extend((1..=count).step_by(stride).map(|at| Point {
            call,
            when: at.to_string(),
            what: "signal=KILL".to_owned(),
        }));
    }
    points
}

/// Lists every point of a scene.
pub fn of(counts: &BTreeMap<String, usize>) -> Vec<Point> {
    let mut points = kills(counts);
    for (call, error) in FAILED {
        let stride = if call == "openat" { QUIET_STRIDE } else { 3 };
        for at in (1..=counts.get(call).copied().unwrap_or(0)).step_by(stride) {
            for when in [at.to_string(), format!("{at}+")] {
                points.push(Point { call, when, what: format!("error={error}") });
            }
        }
    }
    points
}

/// Keeps so many points of each call and way, the first and the last among them.
pub fn thinned(points: Vec<Point>, each: usize) -> Vec<Point> {
    let mut groups: BTreeMap<(&'static str, String, bool), Vec<Point>> = BTreeMap::new();
    for point in points {
        let key = (point.call, point.what.clone(), point.when.ends_with('+'));
        groups.entry(key).or_default().push(point);
    }
    groups.into_values().flat_map(|group| spread(group, each)).collect()
}

/// Keeps so many points, evenly, the first and the last among them.
pub fn spread(points: Vec<Point>, most: usize) -> Vec<Point> {
    let last = points.len().saturating_sub(1);
    if points.len() <= most || most < 2 {
        return points;
    }
    (0..most).map(|at| points[at * last / (most - 1)].clone()).collect()
}
