//! A CSV file as records below a header, each with its physical line; whose columns they are is not known here.
//!
//! Floor 3. `table` matches the header with our own columns, `profile` with another system's.

use std::io::Read;

use csv::{ReaderBuilder, StringRecord};

use super::SetAside;
use super::damage::Damage;
use super::guard::Guard;

/// Bytes the parser asks for at a time.
const BUFFER_BYTES: usize = 1 << 16;

/// The records of one file.
pub struct Records<R> {
    csv: csv::Reader<Guard<R>>,
    record: StringRecord,
    header: StringRecord,
    names: Vec<String>,
    line: u64,
    shape: Shape,
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

impl<R: Read> Records<R> {
    /// Reads the header.
    ///
    /// # Errors
    /// An empty or damaged file.
    pub fn open(bytes: R) -> Result<Self, Damage> {
        let mut csv = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(BUFFER_BYTES)
            .from_reader(Guard::new(bytes));
        let mut header = StringRecord::new();
        if !csv.read_record(&mut header).map_err(Damage::from_csv)? {
            return Err(Damage::Empty);
        }
        let line = csv.get_mut().next_frame().map_or(1, |frame| frame.line);
        let names = header.iter().map(|name| name.trim().to_lowercase()).collect();
        Ok(Self { csv, record: StringRecord::new(), header, names, line, shape: Shape::default() })
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
        if !self.csv.read_record(&mut self.record).map_err(Damage::from_csv)? {
            return Ok(None);
        }
        let line = self.csv.get_mut().next_frame().map_or(0, |frame| frame.line);
        if memchr::memchr(b'\n', self.record.as_slice().as_bytes()).is_some() {
            self.refuse_breaks(line)?;
        }
        let first = self.record.get(0).unwrap_or_default();
        if self.record.len() != self.header.len() {
            let (found, all) = (self.record.len(), self.header.len());
            let reason = if found < all {
                format!("the row holds {found} of the header's {all} cells")
            } else {
                format!("the row holds {found} cells, the header {all}")
            };
            return Ok(Some(Record::Misshapen(SetAside::new(line, "", first, reason))));
        }
        if let Some(column) = &self.shape.last_fragile
            && self.csv.get_ref().ended_unfinished()
        {
            let value = self.record.get(self.record.len() - 1).unwrap_or_default();
            let reason = "the file ends without a line's end, so this cell may have been cut; \
                          end the last row with a line feed";
            return Ok(Some(Record::Misshapen(SetAside::new(line, column, value, reason.to_owned()))));
        }
        Ok(Some(Record::Whole { line, cells: &self.record }))
    }
}

impl<R: Read> Records<R> {
    /// Reads the next record whatever its shape, and returns its line; its cells are `row`.
    ///
    /// # Errors
    /// Damage: nothing of the file can be trusted then.
    pub fn next_line(&mut self) -> Result<Option<u64>, Damage> {
        if !self.csv.read_record(&mut self.record).map_err(Damage::from_csv)? {
            return Ok(None);
        }
        Ok(Some(self.csv.get_mut().next_frame().map_or(0, |frame| frame.line)))
    }
}

impl<R> Records<R> {
    /// Returns the cells of the record that was read last.
    #[must_use]
    pub const fn row(&self) -> &StringRecord {
        &self.record
    }

    /// Refuses a line break in a cell that has one line.
    fn refuse_breaks(&self, line: u64) -> Result<(), Damage> {
        for (at, cell) in self.record.iter().enumerate() {
            let one_line = self.shape.free_text.get(at).is_some_and(|free| !free);
            if one_line && cell.contains('\n') {
                let column = self.header.get(at).unwrap_or_default().trim().to_owned();
                return Err(Damage::BreakInCell { line, column });
            }
        }
        Ok(())
    }
}
