//! Runs a process and says how long it took and how much memory it needed.
//!
//! PERFORMANCE.md: whole process, wall clock, contenders in turn (A B A B), medians; peak memory of the
//! largest process. What a run changes is copied afresh outside the measured time. This process must stay
//! small itself: until a child has loaded its own program, the kernel counts its parent's pages as its own.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::mem::MaybeUninit;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, anyhow};

/// A file that a run may change: removed before each run, and copied from elsewhere if there is a source.
#[derive(Clone)]
pub struct Fresh {
    /// What it is a copy of; without one the run makes the file itself.
    pub from: Option<PathBuf>,
    /// The file.
    pub to: PathBuf,
}

/// One contender: a process to run, with all it needs.
#[derive(Clone)]
pub struct Work {
    /// What people call it.
    pub name: String,
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub args: Vec<OsString>,
    /// What it reads on standard input.
    pub input: Option<PathBuf>,
    /// The file to renew before each run.
    pub fresh: Option<Fresh>,
    /// Whether exit code 3, "done, but something needs a person", is as good as 0.
    pub three_is_done: bool,
}

impl Work {
    /// Makes a contender that changes nothing.
    pub fn new(name: &str, program: &Path, args: impl IntoIterator<Item = impl Into<OsString>>) -> Self {
        Self {
            name: name.to_owned(),
            program: program.to_owned(),
            args: args.into_iter().map(Into::into).collect(),
            input: None,
            fresh: None,
            three_is_done: false,
        }
    }

    /// Gives it a file to read on standard input.
    #[must_use]
    pub fn reading(mut self, input: &Path) -> Self {
        self.input = Some(input.to_owned());
        self
    }

    /// Lets it make `to` anew in each run.
    #[must_use]
    pub fn making(mut self, to: &Path) -> Self {
        self.fresh = Some(Fresh { from: None, to: to.to_owned() });
        self
    }

    /// Lets it change `to`, each time a fresh copy of `from`.
    #[must_use]
    pub fn changing(mut self, from: &Path, to: &Path) -> Self {
        self.fresh = Some(Fresh { from: Some(from.to_owned()), to: to.to_owned() });
        self
    }
}

/// What one run took.
pub struct Once {
    /// Nanoseconds from start to end.
    pub nanoseconds: u64,
    /// The most memory that was resident, in KiB.
    pub peak_kib: u64,
    /// How it ended.
    pub code: i32,
}

/// What all runs of a contender took.
#[derive(Default, Clone)]
pub struct Series {
    /// Nanoseconds of each run, in order of size.
    pub nanoseconds: Vec<u64>,
    /// Peak memory of each run in KiB, in order of size.
    pub peaks_kib: Vec<u64>,
}

/// Returns the middle of a sorted list; of an even number, the mean of the two in the middle.
#[must_use]
pub fn median(sorted: &[u64]) -> u64 {
    let upper = sorted.len() / 2;
    let lower = if sorted.len().is_multiple_of(2) { upper.saturating_sub(1) } else { upper };
    match (sorted.get(lower), sorted.get(upper)) {
        (Some(lower), Some(upper)) => u64::midpoint(*lower, *upper),
        _ => 0,
    }
}

/// Removes a database with the files beside it (`-wal`, `-shm`, `.lock`, …).
///
/// # Errors
/// The file system's.
pub fn remove_database(path: &Path) -> Result<()> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name().and_then(|name| name.to_str())) else {
        return Err(anyhow!("{} is no file of a folder", path.display()));
    };
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_str().is_some_and(|other| other.starts_with(name)) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Makes `to` a copy of the closed database `from`, on the disk, so that no run pays for writing the copy.
///
/// # Errors
/// The file system's.
pub fn renew(fresh: &Fresh) -> Result<()> {
    remove_database(&fresh.to)?;
    if let Some(from) = &fresh.from {
        fs::copy(from, &fresh.to).with_context(|| format!("copying {}", from.display()))?;
        File::open(&fresh.to)?.sync_all()?;
    }
    Ok(())
}

/// Waits for a child and returns how it ended and its peak memory in KiB.
#[expect(
    unsafe_code,
    reason = "the standard library waits without the child's use of memory; only wait4 gives it"
)]
fn wait(child: &Child) -> Result<(ExitStatus, u64)> {
    let process = libc::pid_t::try_from(child.id())?;
    let mut status = 0;
    let mut usage = MaybeUninit::<libc::rusage>::zeroed();
    loop {
        // SAFETY: both pointers are to live values of the types wait4 writes; the child is ours and not yet
        // waited for.
        let ended = unsafe { libc::wait4(process, &raw mut status, 0, usage.as_mut_ptr()) };
        if ended == process {
            break;
        }
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error.into());
        }
    }
    // SAFETY: zeroed is a valid rusage, and wait4 has filled it in.
    let usage = unsafe { usage.assume_init() };
    Ok((ExitStatus::from_raw(status), u64::try_from(usage.ru_maxrss)?))
}

/// Runs a contender once. `complaints` is the file that takes its standard error.
///
/// # Errors
/// It cannot be started, or it fails: with the first line it complained with.
pub fn run(work: &Work, output: Stdio, complaints: &Path) -> Result<Once> {
    if let Some(fresh) = &work.fresh {
        renew(fresh)?;
    }
    let mut command = Command::new(&work.program);
    let input = work.input.as_ref().map(File::open).transpose()?;
    command.args(&work.args).stdin(input.map_or_else(Stdio::null, Stdio::from)).stdout(output);
    command.stderr(File::create(complaints)?);
    let start = Instant::now();
    let child = command.spawn().with_context(|| format!("starting {}", work.program.display()))?;
    let (status, peak_kib) = wait(&child)?;
    let nanoseconds = u64::try_from(start.elapsed().as_nanos())?;
    match status.code() {
        Some(code) if code == 0 || (code == 3 && work.three_is_done) => {
            Ok(Once { nanoseconds, peak_kib, code })
        }
        _ => {
            let said = String::from_utf8_lossy(&fs::read(complaints)?).into_owned();
            let line = said
                .lines()
                .map(str::trim)
                .find(|line| !line.is_empty())
                .unwrap_or("without a word")
                .replace('|', "/");
            Err(anyhow!("{} failed ({status}): {line}", work.name))
        }
    }
}

/// Runs contenders in turn, `rounds` times each. One that fails is left out of the further rounds.
pub fn alternate(rounds: usize, works: &[Work], complaints: &Path) -> Vec<Result<Series, String>> {
    let mut results: Vec<Result<Series, String>> = works.iter().map(|_| Ok(Series::default())).collect();
    for round in 1..=rounds {
        for (work, result) in works.iter().zip(&mut results) {
            let Ok(series) = result else { continue };
            match run(work, Stdio::null(), complaints) {
                Ok(once) => {
                    series.nanoseconds.push(once.nanoseconds);
                    series.peaks_kib.push(once.peak_kib);
                    if rounds <= 10 {
                        let milliseconds = once.nanoseconds / 1_000_000;
                        say(&format!("  {round}/{rounds} {milliseconds:>6} ms  {}", work.name));
                    }
                }
                Err(error) => {
                    say(&format!("  {error:#}"));
                    *result = Err(format!("{error:#}"));
                }
            }
        }
    }
    for series in results.iter_mut().flatten() {
        series.nanoseconds.sort_unstable();
        series.peaks_kib.sort_unstable();
    }
    results
}

/// Says on standard error how far the work has come; nobody to hear it is no error.
pub fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
