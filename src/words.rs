//! Closed vocabularies: one word for one thing in Rust, SQL, CSV, help and talk.
//!
//! Floor 1. `words!` makes an enum whose variants have exactly one word each, so that a word is never
//! spelled twice and a new one cannot be forgotten in a `match`.

use thiserror::Error;

/// Says that a word is not of its vocabulary, and which are.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{word:?} is not {} {what} ({known})", article(what))]
pub struct UnknownWord {
    /// The vocabulary's name.
    pub what: &'static str,
    /// The word that was found.
    pub word: String,
    /// The words that are known, with commas.
    pub known: String,
}

/// Returns the article that goes before a word.
const fn article(word: &str) -> &'static str {
    match word.as_bytes().first() {
        Some(b'a' | b'e' | b'i' | b'o' | b'u') => "an",
        Some(_) | None => "a",
    }
}

/// Makes an enum with one word for each variant: `as_str`, `FromStr`, `Display`, `ALL`.
#[macro_export]
macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $what:literal { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// All words of the vocabulary, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the word.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::words::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                // Files of millions of rows write the word as it is.
                match text { $($word => return Ok(Self::$variant),)+ _ => {} }
                match text.trim().to_ascii_lowercase().as_str() {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::words::UnknownWord {
                        what: $what,
                        word: text.to_owned(),
                        known: [$($word),+].join(", "),
                    }),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}
