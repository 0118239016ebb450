//! Sorts more rows than memory holds: by a key of bytes, rows of one key in the order in which they came.
//!
//! Floor 3. B-tree order decides an import's speed (PERFORMANCE.md), so rows are written in the order of their keys.
//! A fixed budget of memory is filled and sorted; what it does not hold is spilled to one unnamed file as sorted runs,
//! which are merged while being read. A file that fits the budget never touches the disk.
//! Where spilled bytes go is the caller's: this floor opens nothing.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::io;
use std::rc::Rc;

/// Bytes of rows kept in memory.
const CHUNK_BYTES: usize = 4 << 20;
/// Bytes read at a time from each run while merging.
const WINDOW_BYTES: usize = 16 << 10;
/// Bytes written to the spill at a time.
const BLOCK_BYTES: usize = 256 << 10;
/// Bytes before a spilled row: the lengths of its key and of the rest.
const HEAD_BYTES: usize = 8;

/// Room outside memory for what memory does not hold: nobody else's, and gone with its owner.
pub trait Spill {
    /// Appends bytes.
    ///
    /// # Errors
    /// The system's.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Reads the bytes at an offset.
    ///
    /// # Errors
    /// The system's; fewer bytes than asked for.
    fn read_at(&self, into: &mut [u8], offset: u64) -> io::Result<()>;
}

/// Makes such room when it is needed.
pub type SpillRoom = Rc<dyn Fn() -> io::Result<Box<dyn Spill>>>;

/// A row with its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item<'a> {
    /// What the rows are sorted by.
    pub key: &'a [u8],
    /// The row.
    pub row: &'a [u8],
}

/// Where a row lies in the chunk. The first eight bytes of its key decide most comparisons.
struct Entry {
    prefix: u64,
    at: usize,
    key: usize,
    end: usize,
}

/// Collects rows.
pub struct Sorter {
    room: SpillRoom,
    budget: usize,
    chunk: Vec<u8>,
    entries: Vec<Entry>,
    spill: Option<Box<dyn Spill>>,
    /// Bytes on their way to the spill.
    block: Vec<u8>,
    runs: Vec<(u64, u64)>,
    spilled_bytes: u64,
    rows: u64,
}

impl Sorter {
    /// Makes an empty sorter.
    #[must_use]
    pub fn new(room: &SpillRoom) -> Self {
        Self::with_budget(room, CHUNK_BYTES)
    }

    fn with_budget(room: &SpillRoom, budget: usize) -> Self {
        Self {
            room: Rc::clone(room),
            budget,
            chunk: Vec::new(),
            entries: Vec::new(),
            spill: None,
            block: Vec::new(),
            runs: Vec::new(),
            spilled_bytes: 0,
            rows: 0,
        }
    }

    /// Returns how many rows were added.
    #[must_use]
    pub const fn rows(&self) -> u64 {
        self.rows
    }

    /// Adds a row.
    ///
    /// # Errors
    /// The spill file cannot be made or written.
    pub fn push(&mut self, key: &[u8], row: &[u8]) -> io::Result<()> {
        if self.chunk.len() + key.len() + row.len() > self.budget && !self.entries.is_empty() {
            self.spill_chunk()?;
        }
        let mut prefix = [0_u8; 8];
        let known = key.len().min(prefix.len());
        prefix[..known].copy_from_slice(&key[..known]);
        let at = self.chunk.len();
        self.chunk.extend_from_slice(key);
        self.chunk.extend_from_slice(row);
        self.entries.push(Entry {
            prefix: u64::from_be_bytes(prefix),
            at,
            key: at + key.len(),
            end: self.chunk.len(),
        });
        self.rows += 1;
        Ok(())
    }

    fn sort_chunk(&mut self) {
        let chunk = &self.chunk;
        self.entries.sort_unstable_by(|one, two| {
            one.prefix
                .cmp(&two.prefix)
                .then_with(|| chunk[one.at..one.key].cmp(&chunk[two.at..two.key]))
                .then(one.at.cmp(&two.at))
        });
    }

    fn spill_chunk(&mut self) -> io::Result<()> {
        self.sort_chunk();
        let spill = match &mut self.spill {
            Some(spill) => spill,
            none => none.insert((self.room)()?),
        };
        let from = self.spilled_bytes;
        for entry in &self.entries {
            self.block.extend_from_slice(&length(entry.key - entry.at)?);
            self.block.extend_from_slice(&length(entry.end - entry.key)?);
            self.block.extend_from_slice(&self.chunk[entry.at..entry.end]);
            self.spilled_bytes += wide(HEAD_BYTES + entry.end - entry.at);
            if self.block.len() >= BLOCK_BYTES {
                spill.append(&self.block)?;
                self.block.clear();
            }
        }
        spill.append(&self.block)?;
        self.block.clear();
        self.runs.push((from, self.spilled_bytes));
        self.chunk.clear();
        self.entries.clear();
        Ok(())
    }

    /// Ends the collection; the rows come back in order.
    ///
    /// # Errors
    /// The spill file cannot be written or read.
    pub fn finish(mut self) -> io::Result<Sorted> {
        if self.spill.is_none() {
            self.sort_chunk();
            let Self { chunk, entries, .. } = self;
            return Ok(Sorted(Source::Kept { chunk, entries, next: 0 }));
        }
        if !self.entries.is_empty() {
            self.spill_chunk()?;
        }
        // The merge has windows of its own.
        self.chunk = Vec::new();
        self.entries = Vec::new();
        let Some(spill) = self.spill.map(Rc::from) else { return Err(io::Error::other("the spill is gone")) };
        let mut runs = BinaryHeap::with_capacity(self.runs.len());
        for (order, (from, to)) in self.runs.iter().enumerate() {
            let mut run = Run {
                spill: Rc::clone(&spill),
                order,
                next: *from,
                to: *to,
                window: Vec::with_capacity(WINDOW_BYTES),
                at: 0,
                key: 0,
                end: 0,
            };
            if run.advance()? {
                runs.push(run);
            }
        }
        Ok(Sorted(Source::Merged { runs, begun: false }))
    }
}

/// Rows in the order of their keys.
pub struct Sorted(Source);

enum Source {
    /// All of them fitted in memory.
    Kept { chunk: Vec<u8>, entries: Vec<Entry>, next: usize },
    /// They lie in sorted runs; the heap's top has the next one.
    Merged { runs: BinaryHeap<Run>, begun: bool },
}

impl Sorted {
    /// Returns the next row.
    ///
    /// # Errors
    /// The spill file cannot be read.
    pub fn next_item(&mut self) -> io::Result<Option<Item<'_>>> {
        match &mut self.0 {
            Source::Kept { chunk, entries, next } => {
                let Some(entry) = entries.get(*next) else { return Ok(None) };
                *next += 1;
                Ok(Some(Item { key: &chunk[entry.at..entry.key], row: &chunk[entry.key..entry.end] }))
            }
            Source::Merged { runs, begun } => {
                if *begun
                    && let Some(mut top) = runs.peek_mut()
                    && !top.advance()?
                {
                    PeekMut::pop(top);
                }
                *begun = true;
                Ok(runs.peek().map(Run::item))
            }
        }
    }
}

/// A sorted run in the spill file, standing at one of its rows.
struct Run {
    spill: Rc<dyn Spill>,
    order: usize,
    next: u64,
    to: u64,
    window: Vec<u8>,
    at: usize,
    key: usize,
    end: usize,
}

impl Run {
    fn item(&self) -> Item<'_> {
        Item { key: &self.window[self.at + HEAD_BYTES..self.key], row: &self.window[self.key..self.end] }
    }

    /// Steps to the next row; says whether there is one.
    fn advance(&mut self) -> io::Result<bool> {
        self.at = self.end;
        if !self.fill(HEAD_BYTES)? {
            return Ok(false);
        }
        let head = |from: usize| {
            let bytes = self.window[self.at + from..self.at + from + 4].first_chunk::<4>();
            bytes.map_or(0, |bytes| narrow(u32::from_le_bytes(*bytes)))
        };
        let (key, rest) = (head(0), head(4));
        self.fill(HEAD_BYTES + key + rest)?;
        self.key = self.at + HEAD_BYTES + key;
        self.end = self.key + rest;
        Ok(true)
    }

    /// Makes sure that so many bytes lie in the window; says whether the run had any left.
    fn fill(&mut self, bytes: usize) -> io::Result<bool> {
        if self.window.len() - self.at >= bytes {
            return Ok(true);
        }
        if self.next == self.to && self.at == self.window.len() {
            return Ok(false);
        }
        self.window.drain(..self.at);
        self.at = 0;
        let held = self.window.len();
        let left = usize::try_from(self.to - self.next).unwrap_or(usize::MAX);
        let more = bytes.max(WINDOW_BYTES).saturating_sub(held).min(left);
        self.window.resize(held + more, 0);
        self.spill.read_at(&mut self.window[held..], self.next)?;
        self.next += wide(more);
        Ok(true)
    }
}

impl PartialEq for Run {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Run {}

impl PartialOrd for Run {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Run {
    /// The greatest is the next to come: the smallest key, of equal ones the earlier run.
    fn cmp(&self, other: &Self) -> Ordering {
        other.item().key.cmp(self.item().key).then(other.order.cmp(&self.order))
    }
}

fn length(bytes: usize) -> io::Result<[u8; 4]> {
    u32::try_from(bytes).map(u32::to_le_bytes).map_err(io::Error::other)
}

fn wide(bytes: usize) -> u64 {
    u64::try_from(bytes).expect("a count of bytes fits in 64 bits")
}

fn narrow(bytes: u32) -> usize {
    usize::try_from(bytes).expect("the program runs on 32 bits and more")
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Memory(Vec<u8>);

    impl Spill for Memory {
        fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
            self.0.extend_from_slice(bytes);
            Ok(())
        }

        fn read_at(&self, into: &mut [u8], offset: u64) -> io::Result<()> {
            let from = usize::try_from(offset).map_err(io::Error::other)?;
            into.copy_from_slice(&self.0[from..from + into.len()]);
            Ok(())
        }
    }

    fn sorted(budget: usize, rows: &[(String, String)]) -> Vec<(String, String)> {
        let room: SpillRoom = Rc::new(|| Ok(Box::new(Memory(Vec::new()))));
        let mut sorter = Sorter::with_budget(&room, budget);
        for (key, row) in rows {
            sorter.push(key.as_bytes(), row.as_bytes()).expect("a row");
        }
        let mut sorted = sorter.finish().expect("a spill file");
        let mut all = Vec::new();
        while let Some(item) = sorted.next_item().expect("a row") {
            let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("text");
            all.push((text(item.key), text(item.row)));
        }
        all
    }

    #[test]
    fn any_budget_gives_the_same_order() {
        let rows: Vec<(String, String)> = (0..2000_u64)
            .map(|no| {
                let mixed = no.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54;
                (
                    format!("charge-{mixed}"),
                    format!("{no}{}", "x".repeat(usize::try_from(no % 90).unwrap_or(0))),
                )
            })
            .collect();
        let mut expected = rows.clone();
        expected.sort_by(|one, two| one.0.cmp(&two.0));
        for budget in [1, 100, 5000, 40_000, 1 << 20] {
            assert_eq!(sorted(budget, &rows), expected, "budget {budget}");
        }
        assert_eq!(sorted(1, &[]), []);
        let long =
            vec![("b".repeat(WINDOW_BYTES * 2), "1".to_owned()), ("a".to_owned(), "2".repeat(WINDOW_BYTES))];
        assert_eq!(sorted(1, &long), [long[1].clone(), long[0].clone()]);
    }
}
