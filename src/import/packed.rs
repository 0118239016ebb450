//! Rows as a run of bytes, for sorting and spilling, and back without copying their texts.
//!
//! Floor 3. Private to one run of the program, except that `digest` is taken of it and stored: a change of a row's
//! packed form makes every stored row "updated" once, so let it be.

use super::cells::Given;
use crate::dates::{Day, from_stored, to_stored};

/// Appends values to a buffer.
#[derive(Debug, Default)]
pub struct Pack {
    bytes: Vec<u8>,
}

impl Pack {
    /// Forgets what was packed and keeps the room.
    pub fn clear(&mut self) {
        self.bytes.clear();
    }

    /// Returns what was packed.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Appends a whole number, small ones in few bytes.
    pub fn int(&mut self, value: i64) {
        let mut rest = value.wrapping_shl(1).cast_unsigned() ^ (value >> 63).cast_unsigned();
        loop {
            let [low, ..] = rest.to_le_bytes();
            rest >>= 7;
            if rest == 0 {
                return self.bytes.push(low & 0x7f);
            }
            self.bytes.push(low | 0x80);
        }
    }

    /// Appends a text.
    pub fn text(&mut self, text: &str) {
        self.int(i64::try_from(text.len()).expect("a cell is shorter than its file"));
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Appends a day.
    pub fn day(&mut self, day: Day) {
        self.int(to_stored(day));
    }

    /// Appends a word as its position in its vocabulary.
    pub fn word<T: PartialEq>(&mut self, all: &[T], word: &T) {
        let position = all.iter().position(|other| other == word).and_then(|at| i64::try_from(at).ok());
        self.int(position.expect("a vocabulary lists all of its words"));
    }

    /// Appends something that may be absent.
    pub fn opt<T>(&mut self, value: Option<T>, put: impl FnOnce(&mut Self, T)) {
        self.given(value.map_or(Given::Blank, Given::Value), put);
    }

    /// Appends what a cell says.
    pub fn given<T>(&mut self, value: Given<T>, put: impl FnOnce(&mut Self, T)) {
        match value {
            Given::Blank => self.bytes.push(0),
            Given::Clear => self.bytes.push(1),
            Given::Value(value) => {
                self.bytes.push(2);
                put(self, value);
            }
        }
    }
}

/// What a packed row does not hold was never packed: reading it is a fault of the program, not of a file.
const WHOLE: &str = "a packed row is read as it was written";

/// Takes values from a packed row, in the order in which they were appended.
#[derive(Debug, Clone, Copy)]
pub struct Unpack<'a> {
    rest: &'a [u8],
}

impl<'a> Unpack<'a> {
    /// Stands at the beginning of a packed row.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Returns what has not been taken.
    #[must_use]
    pub const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    fn byte(&mut self) -> u8 {
        let (first, rest) = self.rest.split_first().expect(WHOLE);
        self.rest = rest;
        *first
    }

    /// Takes a whole number.
    pub fn int(&mut self) -> i64 {
        self.next_int().expect(WHOLE)
    }

    /// Takes a whole number from stored bytes, which other hands may have changed; `None` where there is none.
    pub fn next_int(&mut self) -> Option<i64> {
        let mut value = 0_u64;
        for (at, shift) in (0_usize..).zip((0..u64::BITS).step_by(7)) {
            let byte = *self.rest.get(at)?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                self.rest = self.rest.get(at + 1..)?;
                return Some((value >> 1).cast_signed() ^ -(value & 1).cast_signed());
            }
        }
        None
    }

    /// Takes a text.
    pub fn text(&mut self) -> &'a str {
        let length = usize::try_from(self.int()).expect(WHOLE);
        let (text, rest) = self.rest.split_at(length);
        self.rest = rest;
        std::str::from_utf8(text).expect(WHOLE)
    }

    /// Takes a day.
    pub fn day(&mut self) -> Day {
        from_stored(self.int()).expect(WHOLE)
    }

    /// Takes a word of a vocabulary.
    pub fn word<T: Copy>(&mut self, all: &[T]) -> T {
        let position = usize::try_from(self.int()).ok();
        position.and_then(|at| all.get(at).copied()).expect(WHOLE)
    }

    /// Takes something that may be absent.
    pub fn opt<T>(&mut self, take: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.given(take).value()
    }

    /// Takes what a cell said.
    pub fn given<T>(&mut self, take: impl FnOnce(&mut Self) -> T) -> Given<T> {
        match self.byte() {
            0 => Given::Blank,
            1 => Given::Clear,
            _ => Given::Value(take(self)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back() {
        let numbers = [0, 1, -1, 63, 64, -64, -65, 20_260_101, i64::MAX, i64::MIN];
        let mut pack = Pack::default();
        for number in numbers {
            pack.int(number);
        }
        pack.text("é\n");
        pack.opt(Some("x"), Pack::text);
        pack.opt(None, Pack::text);
        pack.given(Given::Clear, Pack::day);
        pack.given(Given::Value(Day::from_ymd_opt(2026, 2, 28).expect("a day")), Pack::day);
        let mut unpack = Unpack::new(pack.bytes());
        for number in numbers {
            assert_eq!(unpack.int(), number);
        }
        assert_eq!(unpack.text(), "é\n");
        assert_eq!(unpack.opt(Unpack::text), Some("x"));
        assert_eq!(unpack.opt(Unpack::text), None);
        assert_eq!(unpack.given(Unpack::day), Given::Clear);
        assert_eq!(unpack.given(Unpack::day).value(), Day::from_ymd_opt(2026, 2, 28));
        assert!(unpack.rest().is_empty());
    }

    #[test]
    fn a_number_that_is_none_is_not_taken() {
        for bytes in [&[][..], &[0x80], &[0xff; 9], &[0xff; 40]] {
            let mut unpack = Unpack::new(bytes);
            assert_eq!(unpack.next_int(), None, "{bytes:?}");
            assert_eq!(unpack.rest(), bytes);
        }
    }
}
