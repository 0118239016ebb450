//! The table of PERFORMANCE.md as it is printed: each figure beside its peer's, the ratio, and what it
//! should be.
//!
//! Whole numbers throughout: nanoseconds, KiB, and ratios in thousandths.

use std::fmt::Write as _;

use crate::measure::{Series, median};

/// What a row compares.
#[derive(Clone, Copy)]
pub enum Unit {
    /// Nanoseconds of a whole process.
    Time,
    /// Nanoseconds of a whole process, for each row of so many.
    TimePerRow,
    /// Peak memory in KiB.
    Memory,
}

/// What a row should reach, and what it should better beat.
#[derive(Clone, Copy)]
pub enum Target {
    /// Thousandths of the peer's figure.
    Ratio(u64, u64),
    /// MiB.
    Ceiling(u64, u64),
}

/// One figure with its spread.
pub struct Figure {
    middle: u64,
    low: u64,
    high: u64,
}

impl Figure {
    fn of(sorted: &[u64], rows: u64) -> Self {
        let share = |value: Option<&u64>| value.copied().unwrap_or(0) / rows;
        Self { middle: median(sorted) / rows, low: share(sorted.first()), high: share(sorted.last()) }
    }

    /// Takes a contender's wall-clock time.
    #[must_use]
    pub fn time(series: &Series) -> Self {
        Self::of(&series.nanoseconds, 1)
    }

    /// Takes a contender's wall-clock time for each of `rows` rows.
    #[must_use]
    pub fn time_per_row(series: &Series, rows: u64) -> Self {
        Self::of(&series.nanoseconds, rows)
    }

    /// Takes a contender's peak memory.
    #[must_use]
    pub fn memory(series: &Series) -> Self {
        Self::of(&series.peaks_kib, 1)
    }

    /// Returns a memory's middle in words.
    #[must_use]
    pub fn mebibytes(&self) -> String {
        amount(self.middle, Unit::Memory)
    }
}

/// One line of the table. A figure that cannot be had is the reason why.
pub struct Row {
    /// As in PERFORMANCE.md: "P1".
    pub number: &'static str,
    /// Our command.
    pub ours_name: String,
    /// Ours.
    pub ours: Result<Figure, String>,
    /// The peer's work.
    pub peer_name: String,
    /// The peer's; a row with a ceiling has none.
    pub peer: Option<Result<Figure, String>>,
    /// What is compared.
    pub unit: Unit,
    /// What it should be.
    pub target: Target,
}

/// Writes thousandths as a decimal fraction.
fn thousandths(value: u64) -> String {
    format!("{}.{:03}", value / 1000, value % 1000)
}

fn amount(value: u64, unit: Unit) -> String {
    match unit {
        Unit::Time if value < 1_000_000_000 => format!("{} ms", thousandths(value / 1000)),
        Unit::Time => format!("{} s", thousandths(value / 1_000_000)),
        Unit::TimePerRow => format!("{value} ns/row"),
        Unit::Memory => format!("{}.{} MiB", value / 1024, value % 1024 * 10 / 1024),
    }
}

fn cell(figure: &Result<Figure, String>, unit: Unit) -> String {
    match figure {
        Ok(figure) => {
            let (low, high) = (amount(figure.low, unit), amount(figure.high, unit));
            format!("{} ({low} – {high})", amount(figure.middle, unit))
        }
        Err(reason) => reason.clone(),
    }
}

const fn verdict(value: u64, reach: u64, beat: u64) -> &'static str {
    if value <= beat {
        "beats"
    } else if value <= reach {
        "reaches"
    } else {
        "MISSES"
    }
}

impl Row {
    /// Returns the ratio, what it should reach and beat, and whether it does.
    fn judgement(&self) -> [String; 4] {
        let (reach, beat) = match self.target {
            Target::Ratio(reach, beat) => (thousandths(reach), thousandths(beat)),
            Target::Ceiling(reach, beat) => (format!("{reach} MiB"), format!("{beat} MiB")),
        };
        let (value, judged) = match (&self.ours, &self.peer, self.target) {
            (Ok(ours), Some(Ok(peer)), Target::Ratio(reach, beat)) => {
                let ratio = (ours.middle * 1000).div_ceil(peer.middle.max(1));
                (thousandths(ratio), verdict(ratio, reach, beat))
            }
            (Ok(ours), _, Target::Ceiling(reach, beat)) => {
                (amount(ours.middle, self.unit), verdict(ours.middle, reach * 1024, beat * 1024))
            }
            _ => ("–".to_owned(), "–"),
        };
        [value, format!("≤ {reach}"), format!("≤ {beat}"), judged.to_owned()]
    }
}

/// Writes the table in Markdown.
#[must_use]
pub fn render(rows: &[Row]) -> String {
    let mut text = String::from(
        "| # | ours | median (from – to) | peer | median (from – to) | ratio | reach | beat | verdict |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for row in rows {
        let ours = cell(&row.ours, row.unit);
        let peer = row.peer.as_ref().map_or_else(|| "–".to_owned(), |peer| cell(peer, row.unit));
        let [ratio, reach, beat, judged] = row.judgement();
        // Writing into a String cannot fail.
        let _ = writeln!(
            text,
            "| {} | {} | {ours} | {} | {peer} | {ratio} | {reach} | {beat} | {judged} |",
            row.number, row.ours_name, row.peer_name
        );
    }
    text
}
