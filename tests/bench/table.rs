//! Measures the whole table of PERFORMANCE.md on this machine: `cargo bench --bench table`.
//!
//! Each figure stands beside its peer's from the same run, and counts as a ratio. Figures are told, not
//! judged by a test: nothing here runs in `cargo test`. Data and databases lie under `target/bench`.

mod billing;
mod data;
mod measure;
mod peers;
mod people;
mod random;
mod report;
mod rows;
mod subject;

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result};
use clap::Parser;
use clap::builder::RangedU64ValueParser;

use crate::data::Data;
use crate::measure::say;
use crate::peers::Peers;
use crate::rows::{Bench, people_say, print};
use crate::subject::Subject;

/// The rows of the table.
const NUMBERS: [&str; 12] = ["P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10", "P11", "P12"];

/// Measure the whole table on this machine
#[derive(Parser)]
#[command(name = "cargo bench --bench table --", disable_version_flag = true)]
struct Options {
    /// Rows of billing
    #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(10_000..))]
    rows: u64,
    /// Rows of the table to measure, as in P1,P5
    #[arg(long, value_delimiter = ',', ignore_case = true, value_parser = NUMBERS)]
    only: Vec<String>,
    /// How often each contender runs; what takes milliseconds runs more often
    #[arg(long, default_value_t = 5, value_parser = RangedU64ValueParser::<usize>::new().range(1..))]
    runs: usize,
    /// Measure with ten times as many rows as well: P6, P12 and the rest of P8 and P10
    #[arg(long)]
    rows10m: bool,
    /// Generate the data and stop
    #[arg(long)]
    data_only: bool,
    /// Leave the databases under target/bench/work
    #[arg(long)]
    keep: bool,
}

fn main() -> Result<()> {
    // `cargo test --all-targets` starts benches too, but only `cargo bench` says this word.
    if !std::env::args().any(|word| word == "--bench") {
        say("nothing is measured but by `cargo bench --bench table`");
        return Ok(());
    }
    let options = Options::parse_from(std::env::args().filter(|word| word != "--bench"));
    let cache =
        Path::new(env!("CARGO_TARGET_TMPDIR")).parent().context("target/tmp has a parent")?.join("bench");
    let work = cache.join("work");
    let data = Data::provide(&cache, options.rows, options.rows)?;
    let big = options.rows10m.then(|| Data::provide(&cache, options.rows * 10, options.rows)).transpose()?;
    if options.data_only {
        return Ok(());
    }
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    fs::create_dir_all(&work)?;
    let mut bench = Bench {
        subject: Subject::find(&work),
        peers: Peers::find(&work, &cache),
        data,
        big,
        rounds: options.runs,
        only: options.only.iter().map(|number| number.to_uppercase()).collect(),
        rows: Vec::new(),
        notes: Vec::new(),
    };
    bench.all();
    print(&report(&bench, &options))?;
    if !options.keep {
        fs::remove_dir_all(PathBuf::from(&work))?;
    }
    Ok(())
}

/// Returns the table with what a reader needs to judge it.
fn report(bench: &Bench, options: &Options) -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let model = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = model
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':').map(|(_, name)| name.trim()))
        .unwrap_or("unknown processor");
    let mut text = format!(
        "{model}, {cores} cores; {}; {} rows; medians of {} runs in turn (A B A B), whole processes.\n\n{}\n",
        bench.peers.versions(),
        people_say(options.rows),
        options.runs,
        report::render(&bench.rows)
    );
    for note in &bench.notes {
        text.push_str("- ");
        text.push_str(note);
        text.push('\n');
    }
    text
}
