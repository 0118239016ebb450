//! Sorts more rows than memory holds: by a key of bytes, rows of one key in the order in which they came.
//!
//! Floor 3. B-tree order decides an import's speed (PERFORMANCE.md), so rows are written in the order of their keys.
//! A fixed budget of memory is filled; what it does not hold is sorted and spilled to one unnamed file by a thread of
//! its own, which then merges the sorted runs ahead of whoever reads them: the caller never waits for either while
//! there is a second processor. A file that fits the budget touches neither thread nor disk. Where spilled bytes go is
//! the caller's: this floor opens nothing.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::io;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;

/// Bytes of rows kept in memory.
const CHUNK_BYTES: usize = 4 << 20;
/// Bytes read at a time from a run while merging: no fewer, and no more.
const WINDOW_BYTES: (usize, usize) = (4 << 10, 16 << 10);
/// Bytes of all windows together, as far as each may have its fewest: memory is the same for ten times as many rows.
const WINDOWS_BYTES: usize = 2 << 20;
/// Bytes written to the spill, and handed to the reader of merged rows, at a time.
const BLOCK_BYTES: usize = 256 << 10;
/// Merged blocks that wait for their reader.
const BLOCKS_AHEAD: usize = 2;
/// Bytes before a spilled row: the lengths of its key and of the rest.
const HEAD_BYTES: usize = 8;

/// Room outside memory for what memory does not hold: nobody else's, and gone with its owner.
pub trait Spill: Send + Sync {
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

/// Rows in memory.
#[derive(Default)]
struct Chunk {
    bytes: Vec<u8>,
    entries: Vec<Entry>,
}

impl Chunk {
    fn push(&mut self, key: &[u8], row: &[u8]) {
        let mut prefix = [0_u8; 8];
        let known = key.len().min(prefix.len());
        prefix[..known].copy_from_slice(&key[..known]);
        let at = self.bytes.len();
        self.bytes.extend_from_slice(key);
        self.bytes.extend_from_slice(row);
        self.entries.push(Entry {
            prefix: u64::from_be_bytes(prefix),
            at,
            key: at + key.len(),
            end: self.bytes.len(),
        });
    }

    fn sort(&mut self) {
        let bytes = &self.bytes;
        self.entries.sort_unstable_by(|one, two| {
            one.prefix
                .cmp(&two.prefix)
                .then_with(|| bytes[one.at..one.key].cmp(&bytes[two.at..two.key]))
                .then(one.at.cmp(&two.at))
        });
    }

    fn item(&self, entry: &Entry) -> Item<'_> {
        Item { key: &self.bytes[entry.at..entry.key], row: &self.bytes[entry.key..entry.end] }
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.entries.clear();
    }
}

/// Collects rows.
pub struct Sorter {
    room: SpillRoom,
    budget: usize,
    chunk: Chunk,
    spiller: Option<Spiller>,
    rows: u64,
}

/// The caller's end of the thread that sorts and spills what memory does not hold.
struct Spiller {
    full: SyncSender<Chunk>,
    emptied: Receiver<Chunk>,
    merged: Receiver<Merged>,
}

/// A block of merged rows, or the end of them, or why there are no more.
type Merged = io::Result<Option<Vec<u8>>>;

impl Sorter {
    /// Makes an empty sorter.
    #[must_use]
    pub fn new(room: &SpillRoom) -> Self {
        Self::with_budget(room, CHUNK_BYTES)
    }

    fn with_budget(room: &SpillRoom, budget: usize) -> Self {
        Self { room: Rc::clone(room), budget, chunk: Chunk::default(), spiller: None, rows: 0 }
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
        if self.chunk.bytes.len() + key.len() + row.len() > self.budget && !self.chunk.entries.is_empty() {
            self.hand_over()?;
        }
        self.chunk.push(key, row);
        self.rows += 1;
        Ok(())
    }

    /// Gives the full chunk to the spilling thread and takes an empty one.
    fn hand_over(&mut self) -> io::Result<()> {
        let spiller = match &mut self.spiller {
            Some(spiller) => spiller,
            none => none.insert(Spiller::start((self.room)()?)?),
        };
        let chunk = std::mem::take(&mut self.chunk);
        match (spiller.full.send(chunk), spiller.emptied.recv()) {
            (Ok(()), Ok(emptied)) => {
                self.chunk = emptied;
                Ok(())
            }
            // The thread has ended before its time and said why.
            _ => Err(spiller.merged.recv().map_or_else(|_| gone(), |said| said.err().unwrap_or_else(gone))),
        }
    }

    /// Ends the collection; the rows come back in order.
    ///
    /// # Errors
    /// The spill file cannot be written.
    pub fn finish(mut self) -> io::Result<Sorted> {
        if self.spiller.is_none() {
            self.chunk.sort();
            return Ok(Sorted(Source::Kept { chunk: self.chunk, next: 0 }));
        }
        if !self.chunk.entries.is_empty() {
            self.hand_over()?;
        }
        // The end of chunks is the sign to merge.
        let Some(Spiller { merged, .. }) = self.spiller else { return Err(gone()) };
        Ok(Sorted(Source::Merged { merged, block: Vec::new(), at: 0 }))
    }
}

impl Spiller {
    fn start(spill: Box<dyn Spill>) -> io::Result<Self> {
        let (full, chunks) = sync_channel::<Chunk>(0);
        let (empty, emptied) = channel();
        let (blocks, merged) = sync_channel(BLOCKS_AHEAD);
        // One chunk is filled while the other is sorted.
        let sent = empty.send(Chunk::default());
        thread::Builder::new().name("sorter".to_owned()).spawn(move || {
            let told = spill_all(spill, &chunks, &empty).and_then(|spilled| merge(&spilled, &blocks));
            // A reader that has gone needs no answer.
            drop(blocks.send(told.map(|()| None)));
        })?;
        sent.map_err(io::Error::other)?;
        Ok(Self { full, emptied, merged })
    }
}

fn gone() -> io::Error {
    io::Error::other("the sorting thread has gone")
}

/// What lies in the spill: sorted runs, from and to.
struct Spilled {
    spill: Box<dyn Spill>,
    runs: Vec<(u64, u64)>,
}

/// Sorts each chunk that comes and writes it out as a run.
fn spill_all(
    mut spill: Box<dyn Spill>,
    chunks: &Receiver<Chunk>,
    empty: &Sender<Chunk>,
) -> io::Result<Spilled> {
    let (mut block, mut runs, mut written) = (Vec::new(), Vec::new(), 0_u64);
    while let Ok(mut chunk) = chunks.recv() {
        chunk.sort();
        let from = written;
        for entry in &chunk.entries {
            write_row(&mut block, chunk.item(entry))?;
            if block.len() >= BLOCK_BYTES {
                spill.append(&block)?;
                written += wide(block.len());
                block.clear();
            }
        }
        spill.append(&block)?;
        written += wide(block.len());
        block.clear();
        runs.push((from, written));
        chunk.clear();
        // Who no longer waits for it has finished.
        drop(empty.send(chunk));
    }
    Ok(Spilled { spill, runs })
}

/// Sends all rows of the runs in their order, block by block, until nobody takes them any more.
fn merge(spilled: &Spilled, blocks: &SyncSender<Merged>) -> io::Result<()> {
    let mut runs = BinaryHeap::with_capacity(spilled.runs.len());
    let window_bytes = (WINDOWS_BYTES / spilled.runs.len().max(1)).clamp(WINDOW_BYTES.0, WINDOW_BYTES.1);
    for (order, (from, to)) in spilled.runs.iter().enumerate() {
        let mut run = Run {
            spill: spilled.spill.as_ref(),
            order,
            next: *from,
            to: *to,
            window_bytes,
            window: Vec::with_capacity(window_bytes),
            at: 0,
            key: 0,
            end: 0,
        };
        if run.advance()? {
            runs.push(run);
        }
    }
    let mut block = Vec::with_capacity(BLOCK_BYTES * 2);
    while let Some(mut top) = runs.peek_mut() {
        write_row(&mut block, top.item())?;
        if !top.advance()? {
            PeekMut::pop(top);
        }
        if block.len() >= BLOCK_BYTES {
            let full = std::mem::replace(&mut block, Vec::with_capacity(BLOCK_BYTES * 2));
            if blocks.send(Ok(Some(full))).is_err() {
                return Ok(());
            }
        }
    }
    drop(blocks.send(Ok(Some(block))));
    Ok(())
}

fn write_row(block: &mut Vec<u8>, item: Item<'_>) -> io::Result<()> {
    block.extend_from_slice(&length(item.key.len())?);
    block.extend_from_slice(&length(item.row.len())?);
    block.extend_from_slice(item.key);
    block.extend_from_slice(item.row);
    Ok(())
}

/// Returns where the key and the row of the row at an offset end; nothing, if its head is not all there.
fn row_ends(block: &[u8], at: usize) -> Option<(usize, usize)> {
    let (key, rest) = block.get(at..)?.split_first_chunk::<4>()?;
    let row = rest.first_chunk::<4>()?;
    let key = at + HEAD_BYTES + narrow(u32::from_le_bytes(*key));
    Some((key, key + narrow(u32::from_le_bytes(*row))))
}

/// Rows in the order of their keys.
pub struct Sorted(Source);

enum Source {
    /// All of them fitted in memory.
    Kept { chunk: Chunk, next: usize },
    /// They come from the merging thread.
    Merged { merged: Receiver<Merged>, block: Vec<u8>, at: usize },
}

impl Sorted {
    /// Returns the next row.
    ///
    /// # Errors
    /// The spill file cannot be read.
    pub fn next_item(&mut self) -> io::Result<Option<Item<'_>>> {
        match &mut self.0 {
            Source::Kept { chunk, next } => {
                let entry = chunk.entries.get(*next);
                *next += 1;
                Ok(entry.map(|entry| chunk.item(entry)))
            }
            Source::Merged { merged, block, at } => {
                if *at == block.len() {
                    *at = 0;
                    match merged.recv().map_err(|_| gone())?? {
                        Some(next) => *block = next,
                        None => return Ok(None),
                    }
                }
                let (key, end) = row_ends(block, *at).ok_or_else(gone)?;
                let item = Item { key: &block[*at + HEAD_BYTES..key], row: &block[key..end] };
                *at = end;
                Ok(Some(item))
            }
        }
    }
}

/// A sorted run in the spill file, standing at one of its rows.
struct Run<'a> {
    spill: &'a dyn Spill,
    order: usize,
    next: u64,
    to: u64,
    window_bytes: usize,
    window: Vec<u8>,
    at: usize,
    key: usize,
    end: usize,
}

impl Run<'_> {
    fn item(&self) -> Item<'_> {
        Item { key: &self.window[self.at + HEAD_BYTES..self.key], row: &self.window[self.key..self.end] }
    }

    /// Steps to the next row; says whether there is one.
    fn advance(&mut self) -> io::Result<bool> {
        self.at = self.end;
        if !self.fill(HEAD_BYTES)? {
            return Ok(false);
        }
        let (key, end) = row_ends(&self.window, self.at).ok_or_else(gone)?;
        let (key, end) = (key - self.at, end - self.at);
        self.fill(end)?;
        (self.key, self.end) = (self.at + key, self.at + end);
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
        let more = bytes.max(self.window_bytes).saturating_sub(held).min(left);
        self.window.resize(held + more, 0);
        self.spill.read_at(&mut self.window[held..], self.next)?;
        self.next += wide(more);
        Ok(true)
    }
}

impl PartialEq for Run<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Run<'_> {}

impl PartialOrd for Run<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Run<'_> {
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
        let long = vec![
            ("b".repeat(WINDOW_BYTES.1 * 2), "1".to_owned()),
            ("a".to_owned(), "2".repeat(WINDOW_BYTES.1)),
        ];
        assert_eq!(sorted(1, &long), [long[1].clone(), long[0].clone()]);
    }

    struct Full;

    impl Spill for Full {
        fn append(&mut self, _: &[u8]) -> io::Result<()> {
            Err(io::Error::from(io::ErrorKind::StorageFull))
        }

        fn read_at(&self, _: &mut [u8], _: u64) -> io::Result<()> {
            Err(io::Error::from(io::ErrorKind::UnexpectedEof))
        }
    }

    #[test]
    fn a_full_disk_is_said_and_rows_are_never_missing_in_silence() {
        let room: SpillRoom = Rc::new(|| Ok(Box::new(Full)));
        let mut sorter = Sorter::with_budget(&room, 1);
        let pushed = (0..100).try_for_each(|no: u8| sorter.push(&[no], b"row"));
        let all = pushed.and_then(|()| sorter.finish()).and_then(|mut sorted| {
            while sorted.next_item()?.is_some() {}
            Ok(())
        });
        assert_eq!(all.expect_err("no room").kind(), io::ErrorKind::StorageFull);
    }
}
