//! A CSV file as records below a header, each with its physical line; whose columns they are is not known here.
//!
//! Floor 3. `table` matches the header with our own columns, `profile` with another system's. Records come in batches:
//! a file is proved and taken apart by a thread of its own, ahead of whoever reads what the cells mean; standard input,
//! which may be slow and cannot be interrupted, is read in step with it.

use std::io::Read;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::Scope;

use csv::{ReaderBuilder, StringRecord};

use super::SetAside;
use super::damage::Damage;
use super::guard::Guard;

/// Bytes the parser asks for at a time.
const BUFFER_BYTES: usize = 1 << 16;
/// Records of a batch.
const BATCH_RECORDS: usize = 128;
/// Batches on their way: one being filled, one waiting, one being read.
const BATCHES: usize = 3;

/// The records of one file.
pub struct Records<'a> {
    source: Source<'a>,
    batch: Batch,
    next: usize,
    header: StringRecord,
    names: Vec<String>,
    line: u64,
    shape: Shape,
}

/// Where batches come from.
enum Source<'a> {
    /// Parsed when they are asked for.
    InStep(Box<dyn Parse + 'a>),
    /// Parsed by another thread; what was read goes back to be filled again.
    Ahead { batches: Receiver<Result<Batch, Damage>>, emptied: SyncSender<Batch> },
}

/// Records that were parsed together; none are left in the file behind an empty batch.
#[derive(Default)]
struct Batch {
    records: Vec<Parsed>,
    used: usize,
}

/// A record as it was parsed.
#[derive(Default)]
struct Parsed {
    line: u64,
    cells: StringRecord,
    /// Whether a cell has a line break.
    breaks: bool,
    /// Whether the file ended without a line's end behind it.
    unfinished: bool,
}

/// The parser with the guard below it, whatever it reads from.
struct Parser<R> {
    csv: csv::Reader<Guard<R>>,
    /// The header is a batch of its own: what is wrong with it is said before anything else is read.
    headed: bool,
}

trait Parse {
    /// Fills a batch with the file's next records.
    fn fill(&mut self, batch: &mut Batch) -> Result<(), Damage>;
}

impl<R: Read> Parser<R> {
    fn new(bytes: R) -> Self {
        let csv = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(BUFFER_BYTES)
            .from_reader(Guard::new(bytes));
        Self { csv, headed: false }
    }
}

impl<R: Read> Parse for Parser<R> {
    fn fill(&mut self, batch: &mut Batch) -> Result<(), Damage> {
        let most = if self.headed { BATCH_RECORDS } else { 1 };
        self.headed = true;
        batch.used = 0;
        while batch.used < most {
            if batch.used == batch.records.len() {
                batch.records.push(Parsed::default());
            }
            let Some(record) = batch.records.get_mut(batch.used) else { break };
            if !self.csv.read_record(&mut record.cells).map_err(Damage::from_csv)? {
                break;
            }
            record.line = self.csv.get_mut().next_frame().map_or(0, |frame| frame.line);
            record.breaks = memchr::memchr(b'\n', record.cells.as_slice().as_bytes()).is_some();
            record.unfinished = self.csv.get_ref().ended_unfinished();
            batch.used += 1;
        }
        Ok(())
    }
}

/// Parses until the file ends, is damaged, or nobody reads on.
fn parse_ahead(
    mut parser: impl Parse,
    batches: &SyncSender<Result<Batch, Damage>>,
    emptied: &Receiver<Batch>,
) {
    while let Ok(mut batch) = emptied.recv() {
        let filled = parser.fill(&mut batch);
        let last = filled.is_err() || batch.used == 0;
        if batches.send(filled.map(|()| batch)).is_err() || last {
            return;
        }
    }
}

/// What a cell's damage means, column by column; nothing is known of it before the header is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shape {
    /// For each column of the file, whether a cell of it may have several lines.
    pub free_text: Vec<bool>,
    /// The last column's name, if a cut in it could pass for a smaller amount or another date.
    pub last_fragile: Option<String>,
}

/// One record.
pub enum Record<'a> {
    /// As many cells as the header.
    Whole {
        /// The physical line, from 1.
        line: u64,
        /// As they stand in the file.
        cells: &'a StringRecord,
    },
    /// It was cut, or has more or fewer cells.
    Misshapen(SetAside),
}

impl<'a> Records<'a> {
    /// Reads the header, and records as they are asked for.
    ///
    /// # Errors
    /// An empty or damaged file.
    pub fn open(bytes: impl Read + 'a) -> Result<Self, Damage> {
        Self::begin(Source::InStep(Box::new(Parser::new(bytes))))
    }

    /// Reads the header, and records ahead of being asked for them, in a thread that ends with them.
    ///
    /// # Errors
    /// An empty or damaged file.
    pub fn open_ahead<'scope>(
        bytes: impl Read + Send + 'scope,
        scope: &'scope Scope<'scope, '_>,
    ) -> Result<Self, Damage> {
        let (full, batches) = sync_channel(BATCHES);
        let (emptied, empty) = sync_channel(BATCHES);
        for _ in 0..BATCHES {
            drop(emptied.send(Batch::default()));
        }
        let parser = Parser::new(bytes);
        scope.spawn(move || parse_ahead(parser, &full, &empty));
        Self::begin(Source::Ahead { batches, emptied })
    }

    fn begin(source: Source<'a>) -> Result<Self, Damage> {
        let mut records = Self {
            source,
            batch: Batch::default(),
            next: 0,
            header: StringRecord::new(),
            names: Vec::new(),
            line: 1,
            shape: Shape::default(),
        };
        if !records.next_batch()? {
            return Err(Damage::Empty);
        }
        if let Some(header) = records.batch.records.first_mut() {
            records.header = std::mem::take(&mut header.cells);
            records.line = header.line.max(1);
            records.next = 1;
        }
        records.names = records.header.iter().map(|name| name.trim().to_lowercase()).collect();
        Ok(records)
    }

    /// Takes the next batch; says whether there is anything in it.
    fn next_batch(&mut self) -> Result<bool, Damage> {
        match &mut self.source {
            Source::InStep(parser) => parser.fill(&mut self.batch)?,
            Source::Ahead { batches, emptied } => {
                let read = std::mem::take(&mut self.batch);
                if read.records.capacity() > 0 {
                    // Behind the last batch nobody waits for an empty one.
                    drop(emptied.send(read));
                }
                self.batch = batches
                    .recv()
                    .map_err(|_| Damage::Io(std::io::Error::other("the reading thread has gone")))??;
            }
        }
        self.next = 0;
        Ok(self.batch.used > 0)
    }

    /// Returns the header's names, trimmed and in lower case.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Returns the header as it stands in the file.
    #[must_use]
    pub const fn header(&self) -> &StringRecord {
        &self.header
    }

    /// Returns the header's line.
    #[must_use]
    pub const fn header_line(&self) -> u64 {
        self.line
    }

    /// Says what damage to a cell means.
    pub fn shape(&mut self, shape: Shape) {
        self.shape = shape;
    }

    /// Reads the next record.
    ///
    /// # Errors
    /// Damage: nothing of the file can be trusted then.
    pub fn next_record(&mut self) -> Result<Option<Record<'_>>, Damage> {
        if self.next == self.batch.used && (self.batch.used == 0 || !self.next_batch()?) {
            return Ok(None);
        }
        let Some(record) = self.batch.records.get(self.next) else { return Ok(None) };
        self.next += 1;
        if record.breaks {
            self.refuse_breaks(record)?;
        }
        let (line, cells) = (record.line, &record.cells);
        if cells.len() != self.header.len() {
            let (found, all) = (cells.len(), self.header.len());
            let reason = if found < all {
                format!("the row holds {found} of the header's {all} cells")
            } else {
                format!("the row holds {found} cells, the header {all}")
            };
            let first = cells.get(0).unwrap_or_default();
            return Ok(Some(Record::Misshapen(SetAside::new(line, "", first, reason))));
        }
        if let Some(column) = &self.shape.last_fragile
            && record.unfinished
        {
            let value = cells.get(cells.len() - 1).unwrap_or_default();
            let reason = "the file ends without a line's end, so this cell may have been cut; \
                          end the last row with a line feed";
            return Ok(Some(Record::Misshapen(SetAside::new(line, column, value, reason.to_owned()))));
        }
        Ok(Some(Record::Whole { line, cells }))
    }

    /// Reads the next record whatever its shape, with its line.
    ///
    /// # Errors
    /// Damage: nothing of the file can be trusted then.
    pub fn next_line(&mut self) -> Result<Option<(u64, &StringRecord)>, Damage> {
        if self.next == self.batch.used && (self.batch.used == 0 || !self.next_batch()?) {
            return Ok(None);
        }
        let record = self.batch.records.get(self.next);
        self.next += 1;
        Ok(record.map(|record| (record.line, &record.cells)))
    }

    /// Refuses a line break in a cell that has one line.
    fn refuse_breaks(&self, record: &Parsed) -> Result<(), Damage> {
        for (at, cell) in record.cells.iter().enumerate() {
            let one_line = self.shape.free_text.get(at).is_some_and(|free| !free);
            if one_line && cell.contains('\n') {
                let column = self.header.get(at).unwrap_or_default().trim().to_owned();
                return Err(Damage::BreakInCell { line: record.line, column });
            }
        }
        Ok(())
    }
}
