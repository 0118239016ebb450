//! Looks at every byte before the CSV parser does, and refuses what the parser would swallow in silence.
//!
//! Floor 3. The `csv` crate takes an unclosed quote to the end of the file, text after a closing quote, NULs and lines
//! of any length without a word (PROMISES A3), and counts lines by its own lights. This reader stands below it: UTF-8,
//! strict quoting, line ends and lengths are proved here, in one pass and constant memory, and for every record it
//! keeps the physical line on which it begins.

use std::collections::VecDeque;
use std::io::{self, Read};

use memchr::{memchr, memchr2, memchr3};

use super::damage::Damage;

/// Bytes a row may have; the longest honest description is far below.
pub const RECORD_BYTES_MAX: u64 = 1 << 20;

/// Where a record begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// The physical line, from 1.
    pub line: u64,
}

/// Where the scan stands between two bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before the first byte of a line.
    LineStart,
    /// In a record, outside quotes; `after` is the byte before.
    Plain { after: u8 },
    /// In quotes that opened on a line.
    Quoted { opened: u64 },
    /// After a quote within quotes: it closed them, or the next one makes it a literal quote.
    Closed { opened: u64 },
    /// After a carriage return, which only a line feed may follow.
    Return,
}

/// A reader that proves its bytes before handing them on.
pub struct Guard<R> {
    inner: R,
    place: Place,
    line: u64,
    offset: u64,
    record_from: u64,
    frames: VecDeque<Frame>,
    /// The bytes of a character that the last chunk cut.
    cut: Vec<u8>,
    /// Bytes already proved that the caller has not taken: only of the file's first few.
    ahead: VecDeque<u8>,
    begun: bool,
    ended: bool,
}

impl<R: Read> Guard<R> {
    /// Stands before a file's first byte.
    pub fn new(inner: R) -> Self {
        Self {
            inner,
            place: Place::LineStart,
            line: 1,
            offset: 0,
            record_from: 0,
            frames: VecDeque::new(),
            cut: Vec::with_capacity(4),
            ahead: VecDeque::new(),
            begun: false,
            ended: false,
        }
    }

    /// Takes the frame of the next record that the parser returns.
    pub fn next_frame(&mut self) -> Option<Frame> {
        self.frames.pop_front()
    }

    /// Returns whether the file ended without a line's end and no record is left to take.
    pub fn ended_unfinished(&self) -> bool {
        self.ended && self.frames.is_empty() && self.place != Place::LineStart
    }

    /// Looks at the file's first bytes: a mark is passed over, other encodings and archives are refused.
    fn begin(&mut self) -> Result<(), Damage> {
        let mut first = [0_u8; 3];
        let mut filled = 0;
        while filled < first.len() {
            match self.inner.read(&mut first[filled..]) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        let first = &first[..filled];
        if first.starts_with(&[0x1f, 0x8b]) {
            return Err(Damage::Gzip);
        }
        if first.starts_with(&[0xff, 0xfe]) || first.starts_with(&[0xfe, 0xff]) {
            return Err(Damage::Utf16);
        }
        if first == [0xef, 0xbb, 0xbf] {
            self.offset = 3;
            self.record_from = 3;
            return Ok(());
        }
        self.prove(first)?;
        self.ahead.extend(first);
        Ok(())
    }

    fn prove(&mut self, chunk: &[u8]) -> Result<(), Damage> {
        if let Some(at) = memchr(0, chunk) {
            let lines = memchr::memchr_iter(b'\n', &chunk[..at]).count();
            return Err(Damage::Nul { offset: self.offset + count(at), line: self.line + count(lines) });
        }
        self.prove_text(chunk)?;
        self.scan(chunk)?;
        self.offset += count(chunk.len());
        if self.place != Place::LineStart && self.offset - self.record_from > RECORD_BYTES_MAX {
            return Err(Damage::TooLong { line: self.frames.back().map_or(self.line, |frame| frame.line) });
        }
        Ok(())
    }

    /// Proves UTF-8 over the borders of chunks.
    fn prove_text(&mut self, chunk: &[u8]) -> Result<(), Damage> {
        let mut rest = chunk;
        let cut_before = self.cut.len();
        while !self.cut.is_empty() {
            let Some((next, after)) = rest.split_first() else { return Ok(()) };
            self.cut.push(*next);
            rest = after;
            match std::str::from_utf8(&self.cut) {
                Ok(_) => self.cut.clear(),
                Err(error) if error.error_len().is_none() => {}
                Err(_) => return Err(self.not_utf8(chunk, 0, cut_before)),
            }
        }
        match std::str::from_utf8(rest) {
            Ok(_) => Ok(()),
            Err(error) if error.error_len().is_none() => {
                self.cut.extend(&rest[error.valid_up_to()..]);
                Ok(())
            }
            Err(error) => Err(self.not_utf8(chunk, chunk.len() - rest.len() + error.valid_up_to(), 0)),
        }
    }

    fn not_utf8(&self, chunk: &[u8], at: usize, cut_before: usize) -> Damage {
        let lines = memchr::memchr_iter(b'\n', &chunk[..at]).count();
        Damage::NotUtf8 {
            offset: self.offset + count(at) - count(cut_before),
            line: self.line + count(lines),
        }
    }

    /// Follows records, lines and quotes through a chunk.
    fn scan(&mut self, chunk: &[u8]) -> Result<(), Damage> {
        let mut at = 0;
        while let Some(&byte) = chunk.get(at) {
            match self.place {
                Place::LineStart => match byte {
                    b'\n' => {
                        self.line += 1;
                        at += 1;
                    }
                    b'\r' => {
                        self.place = Place::Return;
                        at += 1;
                    }
                    _ => {
                        self.record_from = self.offset + count(at);
                        self.frames.push_back(Frame { line: self.line });
                        self.place = Place::Plain { after: b',' };
                    }
                },
                Place::Plain { after } => at = self.scan_plain(chunk, at, after)?,
                Place::Quoted { opened } => match memchr2(b'"', b'\n', &chunk[at..]) {
                    None => return Ok(()),
                    Some(found) => {
                        at += found + 1;
                        if chunk[at - 1] == b'\n' {
                            self.line += 1;
                            self.check_length(at)?;
                        } else {
                            self.place = Place::Closed { opened };
                        }
                    }
                },
                Place::Closed { opened } => match byte {
                    b'"' => {
                        self.place = Place::Quoted { opened };
                        at += 1;
                    }
                    b',' | b'\n' | b'\r' => self.place = Place::Plain { after: b'"' },
                    _ => return Err(Damage::TextAfterQuote { line: self.line, opened }),
                },
                Place::Return => {
                    if byte != b'\n' {
                        return Err(Damage::LoneReturn { line: self.line });
                    }
                    self.line += 1;
                    self.place = Place::LineStart;
                    at += 1;
                }
            }
        }
        Ok(())
    }

    /// Goes on outside quotes to the next byte that matters.
    fn scan_plain(&mut self, chunk: &[u8], from: usize, after: u8) -> Result<usize, Damage> {
        let Some(found) = memchr3(b'"', b'\n', b'\r', &chunk[from..]) else {
            self.place = Place::Plain { after: chunk[chunk.len() - 1] };
            return Ok(chunk.len());
        };
        let at = from + found;
        let before = if found == 0 { after } else { chunk[at - 1] };
        match chunk[at] {
            b'\n' => {
                self.check_length(at)?;
                self.line += 1;
                self.place = Place::LineStart;
            }
            b'\r' => {
                self.check_length(at)?;
                self.place = Place::Return;
            }
            // A quote opens a cell only at its beginning; elsewhere it is a character like any other.
            _ if before == b',' => self.place = Place::Quoted { opened: self.line },
            _ => self.place = Place::Plain { after: b'"' },
        }
        Ok(at + 1)
    }

    fn check_length(&self, at: usize) -> Result<(), Damage> {
        if self.offset + count(at) - self.record_from > RECORD_BYTES_MAX {
            return Err(Damage::TooLong { line: self.frames.back().map_or(self.line, |frame| frame.line) });
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Damage> {
        self.ended = true;
        if !self.cut.is_empty() {
            return Err(Damage::NotUtf8 { offset: self.offset - count(self.cut.len()), line: self.line });
        }
        match self.place {
            Place::Quoted { opened } => Err(Damage::UnclosedQuote { line: opened }),
            Place::Return => Err(Damage::LoneReturn { line: self.line }),
            Place::LineStart | Place::Plain { .. } | Place::Closed { .. } => Ok(()),
        }
    }
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if !self.begun {
            self.begun = true;
            self.begin()?;
        }
        if !self.ahead.is_empty() {
            return self.ahead.read(into);
        }
        let taken = self.inner.read(into)?;
        if taken == 0 && !into.is_empty() {
            self.end()?;
        } else {
            self.prove(&into[..taken])?;
        }
        Ok(taken)
    }
}

fn count(bytes: usize) -> u64 {
    u64::try_from(bytes).expect("a count of bytes fits in 64 bits")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out one byte at a time, so that every border between chunks is tried.
    struct Drip<'a>(&'a [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
            into[0] = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    fn verdict(bytes: &[u8]) -> (Result<Vec<u64>, String>, Vec<u8>) {
        let mut results = Vec::new();
        let mut seen = Vec::new();
        for drip in [false, true] {
            let inner: Box<dyn Read> = if drip { Box::new(Drip(bytes)) } else { Box::new(bytes) };
            let mut guard = Guard::new(inner);
            seen.clear();
            let outcome = guard.read_to_end(&mut seen);
            let lines = || guard.frames.iter().map(|frame| frame.line).collect();
            results.push(outcome.map(|_| lines()).map_err(|error| error.to_string()));
        }
        assert_eq!(results[0], results[1], "chunks change the verdict on {bytes:?}");
        (results.remove(0), seen)
    }

    #[test]
    fn every_record_has_its_physical_line() {
        for (text, lines) in [
            ("a,b\n1,2\n", vec![1, 2]),
            ("a,b\r\n1,2\r\n\r\n3,4", vec![1, 2, 4]),
            ("\n\na\n\"x\ny\"\nz\n", vec![3, 4, 6]),
            ("a\n\"say \"\"hi\"\"\",5\" pipe\nb\n", vec![1, 2, 3]),
            ("\u{feff}a\nb\n", vec![1, 2]),
            ("é\nb", vec![1, 2]),
            ("", vec![]),
        ] {
            assert_eq!(verdict(text.as_bytes()).0, Ok(lines), "{text:?}");
        }
        assert_eq!(verdict("\u{feff}a".as_bytes()).1, b"a");
    }

    #[test]
    fn damage_is_named_with_its_place() {
        for (bytes, words) in [
            (&b"a\n\xe9\n"[..], "byte 2 is not UTF-8 (line 2)"),
            (b"a\nb\xc3", "byte 3 is not UTF-8 (line 2)"),
            (b"\xff\xfea\0", "UTF-16"),
            (b"a\0b", "byte 1 is a NUL (line 1)"),
            (b"\x1f\x8b\x08", "gzip"),
            (b"a\nb,\"c\nd\n", "line 2: a quote opens here and never closes"),
            (b"a\n\"b\"c\n", "line 2: text follows a closing quote"),
            (b"a\rb\n", "line 1: a carriage return"),
            (b"a\r", "line 1: a carriage return"),
        ] {
            let error = verdict(bytes).0.expect_err("damage");
            assert!(error.contains(words), "{bytes:?}: {error}");
        }
    }

    #[test]
    fn a_row_without_end_is_cut_off() {
        for opening in ["a", "\"", "\"\n"] {
            let mut guard = Guard::new(opening.as_bytes().chain(io::repeat(b'x')));
            let error = io::copy(&mut guard, &mut io::sink()).expect_err("too long");
            assert!(error.to_string().contains("line 1: the row is longer"), "{error}");
        }
    }
}
