//! What a person writes beside a change: a reason, a note. Never empty, and never a tax number.
//!
//! Floor 1. R8 forbids storing a tax identification number, and a free text is the one place where somebody might
//! type one. The check knows the three US forms as they are written; it is a net, not a proof.

use std::fmt;

use thiserror::Error;

/// The longest remark, in characters; a longer text belongs in a file elsewhere.
pub const REMARK_CHARACTERS_MAX: usize = 2_000;

/// Says why a text cannot be a remark.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RemarkError {
    /// Nothing but blanks.
    #[error("the {0} is empty; say in a few words what a later reader needs to know")]
    Empty(&'static str),
    /// Longer than any remark.
    #[error("the {0} has {1} characters and at most {REMARK_CHARACTERS_MAX} are kept")]
    TooLong(&'static str, usize),
    /// It holds what looks like a tax number (R8). The number itself is not repeated.
    #[error(
        "the {0} holds what looks like {1}; tax numbers are never stored here (R8), only which form, its dates \
         and its state: write it without the number"
    )]
    TaxNumber(&'static str, &'static str),
}

/// A text by staff that has been looked at: trimmed, not empty, without a tax number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark(String);

impl Remark {
    /// Reads a remark; `what` names it in errors: `reason`, `note`.
    ///
    /// # Errors
    /// An empty or overlong text, or one that holds what looks like a US tax number (R8).
    pub fn parse(text: &str, what: &'static str) -> Result<Self, RemarkError> {
        let text = text.trim();
        let characters = text.chars().count();
        if text.is_empty() {
            Err(RemarkError::Empty(what))
        } else if characters > REMARK_CHARACTERS_MAX {
            Err(RemarkError::TooLong(what, characters))
        } else if let Some(form) = tax_number(text) {
            Err(RemarkError::TaxNumber(what, form))
        } else {
            Ok(Self(text.to_owned()))
        }
    }

    /// Reads a reason.
    ///
    /// # Errors
    /// As `parse`.
    pub fn reason(text: &str) -> Result<Self, RemarkError> {
        Self::parse(text, "reason")
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The ways in which US tax numbers are written: the digits between hyphens, and what has them.
const SHAPES: [(&[usize], &str); 2] = [
    (&[3, 2, 4], "a social security or individual taxpayer number (ddd-dd-dddd)"),
    (&[2, 7], "an employer identification number (dd-ddddddd)"),
];

/// Returns what kind of tax number a text seems to hold, if any.
#[must_use]
pub fn tax_number(text: &str) -> Option<&'static str> {
    // Runs of digits and hyphens as a whole, so that 2026-11-27 or 1-555-123-4567-8 are no such number.
    text.split(|letter: char| !letter.is_ascii_digit() && !is_hyphen(letter)).find_map(|run| {
        let groups: Vec<&str> = run.split(is_hyphen).collect();
        let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
        SHAPES.iter().find(|(shape, _)| *shape == lengths).map(|(_, form)| *form)
    })
}

const fn is_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tax_numbers_are_refused_and_dates_are_not() {
        for text in ["SSN 123-45-6789", "912-34-5678.", "(12-3456789)", "id:123\u{2013}45\u{2013}6789"] {
            let refused = Remark::reason(text).expect_err(text);
            assert!(matches!(refused, RemarkError::TaxNumber(..)), "{text}");
            assert!(!refused.to_string().contains("6789"), "the number is not repeated: {refused}");
        }
        for text in ["2026-11-27", "call 555-123-4567", "cheque 12-34567", "123-45-67890", "1123-45-6789"] {
            assert!(Remark::reason(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_remark_says_something() {
        assert_eq!(Remark::reason("  "), Err(RemarkError::Empty("reason")));
        assert!(Remark::parse(&"x".repeat(REMARK_CHARACTERS_MAX + 1), "note").is_err());
        assert_eq!(Remark::reason(" by phone ").map(|remark| remark.to_string()), Ok("by phone".to_owned()));
    }
}
