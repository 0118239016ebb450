//! Why a whole file is refused: it is damaged, or not the file it was said to be.
//!
//! Floor 3. A damaged file is refused, never half-understood (PROMISES 14); every reason says where it is.

use std::io;

use thiserror::Error;

use super::guard::RECORD_BYTES_MAX;

/// Why nothing of a file can be taken. The texts follow the file's name: `billing.csv: line 7: …`.
#[derive(Debug, Error)]
pub enum Damage {
    /// Not a single row, not even a header.
    #[error("the file is empty; it needs at least its header row")]
    Empty,
    /// A byte that is no UTF-8.
    #[error("byte {offset} is not UTF-8 (line {line}); save the file as UTF-8")]
    NotUtf8 {
        /// Bytes before it.
        offset: u64,
        /// Its line.
        line: u64,
    },
    /// The file begins as UTF-16 does.
    #[error("byte 0 is not UTF-8: the file is UTF-16; save it as UTF-8")]
    Utf16,
    /// A NUL, as in UTF-16 without its mark, or in a file with holes.
    #[error("byte {offset} is a NUL (line {line}); the file is damaged, or UTF-16")]
    Nul {
        /// Bytes before it.
        offset: u64,
        /// Its line.
        line: u64,
    },
    /// A gzip archive.
    #[error("the file is compressed with gzip; unpack it first: gzip -dc FILE | partners import KIND -")]
    Gzip,
    /// The file ends inside quotes.
    #[error("line {line}: a quote opens here and never closes; everything after it would be lost")]
    UnclosedQuote {
        /// Where it opened.
        line: u64,
    },
    /// Something between a closing quote and the next separator.
    #[error(
        "line {line}: text follows a closing quote (opened in line {opened}); inside quotes a quote is written twice"
    )]
    TextAfterQuote {
        /// Where it stands.
        line: u64,
        /// Where the quote opened.
        opened: u64,
    },
    /// A carriage return that is no part of a line's end.
    #[error("line {line}: a carriage return without a line feed; lines end in LF or CRLF")]
    LoneReturn {
        /// Where it stands.
        line: u64,
    },
    /// A line feed in a cell that has one line.
    #[error("line {line}: column {column} holds a line break; only free text may")]
    BreakInCell {
        /// Where the row begins.
        line: u64,
        /// The header's word for the column.
        column: String,
    },
    /// A row longer than any real one.
    #[error("line {line}: the row is longer than {RECORD_BYTES_MAX} bytes")]
    TooLong {
        /// Where it begins.
        line: u64,
    },
    /// One name over two columns.
    #[error("line {line}: the header names {name} twice")]
    TwiceNamed {
        /// The header's line.
        line: u64,
        /// The name.
        name: String,
    },
    /// A needed column is not there.
    #[error("line {line}: the header lacks {missing}{}", beside(needed, kind))]
    MissingColumns {
        /// The header's line.
        line: u64,
        /// The kind of import.
        kind: &'static str,
        /// Those that are not there.
        missing: String,
        /// Those needed ones that are.
        needed: String,
    },
    /// A profile was named, and the file is not such an export.
    #[error("line {line}: the header lacks {missing}, by which profile {profile} knows its files")]
    ProfileLacks {
        /// The header's line.
        line: u64,
        /// The profile's name.
        profile: String,
        /// Those that are not there.
        missing: String,
    },
    /// No profile was named, and several fit.
    #[error("line {line}: the header fits the profiles {names}; say which one with --profile")]
    SeveralProfiles {
        /// The header's line.
        line: u64,
        /// Their names.
        names: String,
    },
    /// No profile was named, none fits, and one does nearly.
    #[error("line {line}: the header is nearest to the profile {profile}, and lacks {missing}")]
    NearProfile {
        /// The header's line.
        line: u64,
        /// The profile's name.
        profile: String,
        /// Those that are not there.
        missing: String,
    },
    /// A look by a profile was asked for, and the file needs none.
    #[error("line {line}: the file is in our own billing format, which needs no profile")]
    Ours {
        /// The header's line.
        line: u64,
    },
    /// No profile was named, and none fits.
    #[error("line {line}: the header fits no built-in profile; name one with --profile")]
    NoProfile {
        /// The header's line.
        line: u64,
    },
    /// The cells are separated by something else.
    #[error("line {line}: the cells are separated by {found}; save the file with commas")]
    Separator {
        /// The header's line.
        line: u64,
        /// The separator's name.
        found: &'static str,
    },
    /// A spreadsheet's hint in place of the header.
    #[error("line {line}: the file begins with a sep= line; remove it, the header row comes first")]
    SeparatorLine {
        /// Its line.
        line: u64,
    },
    /// More bad rows than an honest file has.
    #[error("more than {0} rows cannot be taken; this is not the file it was said to be")]
    TooManySetAside(usize),
    /// More versions of one id than an honest file has.
    #[error("more than {0} different rows have the id {1:?}")]
    TooManyVersions(usize, String),
    /// The system could not read it, or the spill file could not be written.
    #[error("{0}")]
    Io(#[from] io::Error),
}

/// Says which needed columns are there, where any is: the file may be one of the kind, with a column misnamed.
fn beside(found: &str, kind: &str) -> String {
    if found.is_empty() {
        return format!("; it has no column that {kind} needs");
    }
    format!("; of what {kind} needs it has {found}")
}

impl Damage {
    /// Takes the reason back out of the error in which it travelled through `Read`.
    pub(crate) fn from_csv(error: csv::Error) -> Self {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => Self::from_io(error),
            other => Self::Io(io::Error::other(format!("{other:?}"))),
        }
    }

    fn from_io(error: io::Error) -> Self {
        match error.downcast::<Self>() {
            Ok(damage) => damage,
            Err(error) => Self::Io(error),
        }
    }
}

impl From<Damage> for io::Error {
    fn from(damage: Damage) -> Self {
        match damage {
            Damage::Io(error) => error,
            other => Self::new(io::ErrorKind::InvalidData, other),
        }
    }
}
