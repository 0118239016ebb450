//! One cell: blank, clearing or a value, and the forms that values have.
//!
//! Floor 3. A blank never erases and `-` clears (CONTRACT.md); every value is read by the one grammar of its form, and
//! a cell that does not follow it says what it is and what it should be.

use std::str::FromStr;

use super::digest::digest;
use super::{SetAside, Setting};
use crate::dates::{Day, parse_day, parse_instant};
use crate::money::{Currency, Money};
use crate::text::is_unsafe;

/// Bytes of an id, a code, an address: longer ones are not what they were said to be.
const NAME_BYTES_MAX: usize = 320;
/// Characters of a bad cell that are repeated in a report.
const SHOWN_CHARS_MAX: usize = 200;

/// What stands in a column, as far as damage to it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// An id, code, address or word: one line, no blanks inside.
    Name,
    /// Text for people, of one or several lines.
    FreeText,
    /// A number: cut short, it is another number.
    Amount,
    /// A date: cut short, a timestamp may be another.
    Date,
}

impl Form {
    /// Returns whether a cell that was cut could pass for a whole one.
    #[must_use]
    pub const fn is_fragile(self) -> bool {
        match self {
            Self::Amount | Self::Date => true,
            Self::Name | Self::FreeText => false,
        }
    }
}

/// A column of a kind of import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The header's word.
    pub name: &'static str,
    /// Whether a file without it is refused and a row with a blank in it set aside.
    pub needed: bool,
    /// What stands in it.
    pub form: Form,
}

impl Column {
    /// Makes a column that every file must have.
    #[must_use]
    pub const fn needed(name: &'static str, form: Form) -> Self {
        Self { name, needed: true, form }
    }

    /// Makes a column that a file may have.
    #[must_use]
    pub const fn optional(name: &'static str, form: Form) -> Self {
        Self { name, needed: false, form }
    }
}

/// What a cell says: nothing, "clear it", or a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Given<T> {
    /// Says nothing; what is known stays.
    #[default]
    Blank,
    /// `-`: what is known is to go.
    Clear,
    /// A value.
    Value(T),
}

impl<T> Given<T> {
    /// Returns the value, if there is one.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Blank | Self::Clear => None,
        }
    }

    /// Returns what is known after the cell: itself, nothing, or what was known before.
    pub fn over(self, before: Option<T>) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Clear => None,
            Self::Blank => before,
        }
    }

    /// Makes a value of another type, keeping blank and clearing.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Given<U> {
        match self {
            Self::Blank => Given::Blank,
            Self::Clear => Given::Clear,
            Self::Value(value) => Given::Value(make(value)),
        }
    }

    /// Makes a value of another type that may refuse, keeping blank and clearing.
    ///
    /// # Errors
    /// Those of `make`.
    pub fn try_map<U, E>(self, make: impl FnOnce(T) -> Result<U, E>) -> Result<Given<U>, E> {
        Ok(match self {
            Self::Blank => Given::Blank,
            Self::Clear => Given::Clear,
            Self::Value(value) => Given::Value(make(value)?),
        })
    }
}

/// Why a cell cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The column.
    pub column: &'static str,
    /// What stood there.
    pub value: String,
    /// What is wrong.
    pub reason: String,
}

impl Fault {
    /// Names the line, which a cell does not know.
    #[must_use]
    pub fn at(self, line: u64) -> SetAside {
        SetAside::new(line, self.column, &self.value, self.reason)
    }

    /// Names the line of a good row that contradicts what is known; `row` is the row's digest.
    #[must_use]
    pub fn contradicting(self, line: u64, row: i64) -> SetAside {
        let said = format!("{row}\0{}\0{}\0{}", self.column, self.value, self.reason);
        SetAside { conflict: Some(digest(said.as_bytes())), ..self.at(line) }
    }
}

impl SetAside {
    /// Makes a report of a row, with no more of the value than a person reads.
    #[must_use]
    pub fn new(line: u64, column: &str, value: &str, reason: String) -> Self {
        let mut shown: String = value.chars().take(SHOWN_CHARS_MAX).collect();
        if shown.len() < value.len() {
            shown.push('…');
        }
        Self { line, column: column.to_owned(), value: shown, reason, amount: None, conflict: None }
    }

    /// Keeps the amount of a row that is not taken.
    #[must_use]
    pub fn worth(self, amount: Option<Money>) -> Self {
        Self { amount, ..self }
    }
}

/// A cell of a row, trimmed, with its column.
#[derive(Debug, Clone, Copy)]
pub struct Cell<'a> {
    /// What stands there.
    pub text: &'a str,
    /// Its column.
    pub column: &'static Column,
}

impl<'a> Cell<'a> {
    /// Returns why the cell cannot be taken.
    pub fn fault(self, reason: impl ToString) -> Fault {
        let reason = reason.to_string();
        // The value stands beside the reason and need not be said twice.
        let said = reason.strip_prefix(&format!("{:?} ", self.text)).map(str::to_owned);
        Fault { column: self.column.name, value: self.text.to_owned(), reason: said.unwrap_or(reason) }
    }

    /// Returns what the cell says.
    #[must_use]
    pub fn given(self) -> Given<&'a str> {
        match self.text {
            "" => Given::Blank,
            "-" => Given::Clear,
            text => Given::Value(text),
        }
    }

    /// Returns the cell's text, which must be there.
    ///
    /// # Errors
    /// A blank cell, or one that clears.
    pub fn must(self) -> Result<&'a str, Fault> {
        match self.given() {
            Given::Value(text) => Ok(text),
            Given::Blank => Err(self.fault("is blank and needed")),
            Given::Clear => Err(self.fault("is needed and cannot be cleared")),
        }
    }

    /// Refuses characters that no id, code or address has: control characters and blanks (PROMISES 17).
    fn checked_name(self, text: &'a str) -> Result<&'a str, Fault> {
        if text.len() > NAME_BYTES_MAX {
            return Err(self.fault(format!("is longer than {NAME_BYTES_MAX} bytes")));
        }
        // ASCII without blanks and control characters is the rule; the rest is looked at character by character.
        if text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Ok(text);
        }
        match text.chars().find(|c| c.is_whitespace() || is_unsafe(*c)) {
            Some(odd) => Err(self.fault(format!("holds the character {}", odd.escape_unicode()))),
            None => Ok(text),
        }
    }

    /// Reads an id, code or address that must be there.
    ///
    /// # Errors
    /// A blank one, a control character or blank inside it.
    pub fn name(self) -> Result<&'a str, Fault> {
        self.checked_name(self.must()?)
    }

    /// Reads an e-mail address that must be there: something, one `@`, something.
    ///
    /// # Errors
    /// Anything else.
    pub fn address(self) -> Result<&'a str, Fault> {
        let text = self.name()?;
        let shaped = text
            .split_once('@')
            .is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty() && !domain.contains('@'));
        if shaped { Ok(text) } else { Err(self.fault("is not an e-mail address")) }
    }

    /// Reads an id, code or address that may be there.
    ///
    /// # Errors
    /// A control character or blank inside it.
    pub fn opt_name(self) -> Result<Given<&'a str>, Fault> {
        self.given().try_map(|text| self.checked_name(text))
    }

    /// Reads an address as it was entered: what is wrong with it is a gate's to say, not the file's (R6.4).
    ///
    /// # Errors
    /// Longer than any address.
    pub fn opt_address(self) -> Result<Given<&'a str>, Fault> {
        self.given().try_map(|text| {
            let long = text.len() > NAME_BYTES_MAX;
            if long { Err(self.fault(format!("is longer than {NAME_BYTES_MAX} bytes"))) } else { Ok(text) }
        })
    }

    /// Reads a date, or a timestamp as its date in the programme's zone (R1.1).
    ///
    /// # Errors
    /// Another form, a day that does not exist.
    pub fn opt_day(self, setting: &Setting) -> Result<Given<Day>, Fault> {
        self.given().try_map(|text| parse_day(text, &setting.zone).map_err(|error| self.fault(error)))
    }

    /// Reads a date that must be there.
    ///
    /// # Errors
    /// A blank, another form, a day that does not exist.
    pub fn day(self, setting: &Setting) -> Result<Day, Fault> {
        parse_day(self.must()?, &setting.zone).map_err(|error| self.fault(error))
    }

    /// Reads a moment, as microseconds of Unix time.
    ///
    /// # Errors
    /// Another form.
    pub fn opt_instant(self, setting: &Setting) -> Result<Given<i64>, Fault> {
        self.given().try_map(|text| parse_instant(text, &setting.zone).map_err(|error| self.fault(error)))
    }

    /// Reads an amount by the one grammar, with the digits of its currency.
    ///
    /// # Errors
    /// Anything else, named.
    pub fn amount(self, currency: Currency) -> Result<Money, Fault> {
        Money::parse(self.must()?, currency).map_err(|error| self.fault(error))
    }

    /// Reads an amount that may be there.
    ///
    /// # Errors
    /// Anything else, named.
    pub fn opt_amount(self, currency: Currency) -> Result<Given<Money>, Fault> {
        self.given().try_map(|text| Money::parse(text, currency).map_err(|error| self.fault(error)))
    }

    /// Reads a word of a vocabulary, or anything else that reads itself from text.
    ///
    /// # Errors
    /// A blank, or what is no such word, with those that are.
    pub fn word<T: FromStr<Err: ToString>>(self) -> Result<T, Fault> {
        self.must()?.parse().map_err(|error: T::Err| self.fault(error.to_string()))
    }

    /// Reads a word that may be there.
    ///
    /// # Errors
    /// What is no such word, with those that are.
    pub fn opt_word<T: FromStr<Err: ToString>>(self) -> Result<Given<T>, Fault> {
        self.given().try_map(|text| text.parse().map_err(|error: T::Err| self.fault(error.to_string())))
    }
}
