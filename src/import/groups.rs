//! Sorted rows by their id: all versions that one file has of one thing, together.
//!
//! Floor 3. A row that comes twice with the same words is one version, counted; an id with more versions than an honest
//! file has refuses the file, so that memory stays flat.

use super::SET_ASIDE_MAX;
use super::damage::Damage;
use super::digest::digest;
use super::packed::{Pack, Unpack};
use super::sorter::{Sorted, Sorter};

/// Different rows of one id in one file.
const VERSIONS_MAX: usize = 1_000;

/// Why a row is set aside that repeats another, where a charge's id is made of its columns.
pub const EQUAL_ROW: &str = "another row is equal to this one, and the charge's id is made of its columns; if they \
                             are two charges, one of them needs an id of its own";

/// Packs rows with their line into a sorter.
#[derive(Debug, Default)]
pub struct Rows {
    pack: Pack,
}

impl Rows {
    /// Adds a row under a key.
    ///
    /// # Errors
    /// The spill file cannot be written.
    pub fn push(
        &mut self,
        sorter: &mut Sorter,
        key: &str,
        line: u64,
        pack: impl FnOnce(&mut Pack),
    ) -> std::io::Result<()> {
        self.pack.clear();
        self.pack.int(i64::try_from(line).unwrap_or(i64::MAX));
        pack(&mut self.pack);
        sorter.push(key.as_bytes(), self.pack.bytes())
    }
}

/// One version of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version<'a> {
    /// The first line with these words.
    pub line: u64,
    /// How many more lines have the same words.
    pub repeats: u64,
    /// Their lines, as many as may be set aside.
    pub repeated_on: &'a [u64],
    /// The packed row, without its line.
    pub row: &'a [u8],
}

impl<'a> Version<'a> {
    /// Returns the digest of the row's meaning.
    #[must_use]
    pub fn digest(&self) -> i64 {
        digest(self.row)
    }

    /// Takes the row's values.
    #[must_use]
    pub const fn unpack(&self) -> Unpack<'a> {
        Unpack::new(self.row)
    }
}

/// Where a version lies in the group's bytes.
struct Span {
    line: u64,
    repeats: u64,
    repeated_on: Vec<u64>,
    from: usize,
    to: usize,
}

/// The groups of a file, in the order of their ids.
pub struct Groups {
    sorted: Sorted,
    key: Vec<u8>,
    next_key: Vec<u8>,
    next_row: Vec<u8>,
    has_next: bool,
    bytes: Vec<u8>,
    spans: Vec<Span>,
}

impl Groups {
    /// Begins.
    ///
    /// # Errors
    /// The spill file cannot be read.
    pub fn new(sorter: Sorter) -> Result<Self, Damage> {
        let mut groups = Self {
            sorted: sorter.finish()?,
            key: Vec::new(),
            next_key: Vec::new(),
            next_row: Vec::new(),
            has_next: false,
            bytes: Vec::new(),
            spans: Vec::new(),
        };
        groups.fetch()?;
        Ok(groups)
    }

    fn fetch(&mut self) -> Result<(), Damage> {
        self.has_next = false;
        if let Some(item) = self.sorted.next_item()? {
            self.next_key.clear();
            self.next_key.extend_from_slice(item.key);
            self.next_row.clear();
            self.next_row.extend_from_slice(item.row);
            self.has_next = true;
        }
        Ok(())
    }

    /// Returns the versions of the next id, in the order of their lines.
    ///
    /// # Errors
    /// More versions of an id than an honest file has; the spill file cannot be read.
    pub fn next_group(
        &mut self,
    ) -> Result<Option<impl ExactSizeIterator<Item = Version<'_>> + Clone>, Damage> {
        if !self.has_next {
            return Ok(None);
        }
        self.bytes.clear();
        self.spans.clear();
        self.key.clone_from(&self.next_key);
        while self.has_next && self.next_key == self.key {
            self.add()?;
            self.fetch()?;
        }
        let bytes = &self.bytes;
        Ok(Some(self.spans.iter().map(|span| Version {
            line: span.line,
            repeats: span.repeats,
            repeated_on: &span.repeated_on,
            row: &bytes[span.from..span.to],
        })))
    }

    fn add(&mut self) -> Result<(), Damage> {
        let mut unpack = Unpack::new(&self.next_row);
        let line = unpack.int().unsigned_abs();
        let row = unpack.rest();
        if let Some(same) = self.spans.iter_mut().find(|span| &self.bytes[span.from..span.to] == row) {
            same.repeats += 1;
            if same.repeated_on.len() <= SET_ASIDE_MAX {
                same.repeated_on.push(line);
            }
            return Ok(());
        }
        if self.spans.len() == VERSIONS_MAX {
            let id = String::from_utf8_lossy(&self.next_key).into_owned();
            return Err(Damage::TooManyVersions(VERSIONS_MAX, id));
        }
        let from = self.bytes.len();
        self.bytes.extend_from_slice(row);
        self.spans.push(Span { line, repeats: 0, repeated_on: Vec::new(), from, to: self.bytes.len() });
        Ok(())
    }
}
