//! Money as a whole number of minor units, the currencies it comes in, and the rates applied to it.
//!
//! Floor 1. No binary floating point, no bare arithmetic: sums may refuse, and `Rate::of` is the only
//! place in the program that rounds (R1.2, R1.3). Decided in RULES R1; PayPal's zero-decimal
//! currencies from PAYPAL.md §2.

use std::fmt;
use std::str::FromStr;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use thiserror::Error;

/// Digits allowed before the decimal point of an amount; a larger one is a typing error, not money.
pub const AMOUNT_DIGITS_MAX: usize = 9;

/// Decimal places a rate may have, so that it is stored exactly as a whole number of millionths.
const RATE_DECIMALS: u32 = 6;

/// Says why an amount, a rate or a currency could not be read or computed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// The text does not follow the amount grammar.
    #[error("{0:?} is not an amount (digits, a point and at most {1} decimals, like {2})")]
    NotAnAmount(String, u32, &'static str),
    /// The amount has more digits than any real one.
    #[error("{0:?} has more than {AMOUNT_DIGITS_MAX} digits before the point")]
    TooLarge(String),
    /// Minus zero is written by programs that lost something.
    #[error("{0:?} is a negative zero")]
    NegativeZero(String),
    /// A sum left the range of 64 bits (R1.2).
    #[error("the sum of {0} and {1} minor units overflows")]
    Overflow(i64, i64),
    /// The rate is not a decimal from 0 to 1.
    #[error("{0:?} is not a rate (a decimal from 0 to 1 with at most {RATE_DECIMALS} places, like 0.25)")]
    NotARate(String),
    /// The currency is not three letters.
    #[error("{0:?} is not a currency (three letters, like USD)")]
    NotACurrency(String),
}

/// An ISO 4217 currency code in capitals.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

/// Currencies without minor units: ISO 4217's, and HUF and TWD, for which PayPal takes no decimals.
const NO_DECIMALS: [&str; 18] = [
    "BIF", "CLP", "DJF", "GNF", "HUF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "TWD", "UGX", "VND", "VUV",
    "XAF", "XOF", "XPF",
];
/// Currencies of ISO 4217 with three decimals.
const THREE_DECIMALS: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

impl Currency {
    /// The US dollar, the policy's default.
    pub const USD: Self = Self(*b"USD");

    /// Returns the code, three capitals.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a currency is three ASCII letters")
    }

    /// Returns how many decimals an amount in this currency has.
    #[must_use]
    pub fn digits(self) -> u32 {
        let code = self.code();
        if NO_DECIMALS.contains(&code) {
            0
        } else if THREE_DECIMALS.contains(&code) {
            3
        } else {
            2
        }
    }
}

impl FromStr for Currency {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let refuse = || MoneyError::NotACurrency(text.to_owned());
        let bytes: [u8; 3] = text.trim().as_bytes().try_into().map_err(|_| refuse())?;
        if bytes.iter().all(u8::is_ascii_alphabetic) {
            Ok(Self(bytes.map(|byte| byte.to_ascii_uppercase())))
        } else {
            Err(refuse())
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An amount: a signed count of minor units (cents); its currency stands with the fact it belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Money(i64);

impl Money {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// Takes a count of minor units that was computed or stored by this program.
    #[must_use]
    pub const fn from_minor(minor: i64) -> Self {
        Self(minor)
    }

    /// Returns the count of minor units.
    #[must_use]
    pub const fn minor(self) -> i64 {
        self.0
    }

    /// Reads an amount by the one grammar: `-?` 1–9 digits, and after a point 1 to the currency's digits.
    ///
    /// # Errors
    /// Anything else: signs, separators, exponents, blanks, other digits, negative zero.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let digits = currency.digits();
        let refuse = || MoneyError::NotAnAmount(text.to_owned(), digits, example(digits));
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = match unsigned.split_once('.') {
            Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
            Some(_) => return Err(refuse()),
            None => (unsigned, ""),
        };
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let places = u32::try_from(fraction.len()).map_err(|_| refuse())?;
        if whole.is_empty() || places > digits || !all_digits(whole) || !all_digits(fraction) {
            return Err(refuse());
        }
        if whole.len() > AMOUNT_DIGITS_MAX {
            return Err(MoneyError::TooLarge(text.to_owned()));
        }
        let minor = whole
            .bytes()
            .chain(fraction.bytes())
            .fold(0_i64, |sum, byte| sum.saturating_mul(10).saturating_add(i64::from(byte - b'0')))
            .saturating_mul(10_i64.pow(digits - places));
        match (negative, minor) {
            (true, 0) => Err(MoneyError::NegativeZero(text.to_owned())),
            (true, _) => Ok(Self(-minor)),
            (false, _) => Ok(Self(minor)),
        }
    }

    /// Adds, or refuses when 64 bits do not hold the sum (R1.2).
    ///
    /// # Errors
    /// Overflow.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.0.checked_add(other.0).map(Self).ok_or(MoneyError::Overflow(self.0, other.0))
    }

    /// Subtracts, or refuses when 64 bits do not hold the difference (R1.2).
    ///
    /// # Errors
    /// Overflow.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.0.checked_sub(other.0).map(Self).ok_or(MoneyError::Overflow(self.0, other.0))
    }

    /// Sums amounts, or refuses on overflow.
    ///
    /// # Errors
    /// Overflow.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(Self::ZERO, Self::plus)
    }

    /// Returns whether this is more than nothing.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Returns whether this is less than nothing.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Returns whether this is nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Writes the amount in major units with the currency's digits, as JSON, CSV and PayPal want it: `-0.50`.
    #[must_use]
    pub fn major(self, currency: Currency) -> String {
        self.write(currency, false)
    }

    /// Writes the amount for people, with a comma at the thousands: `1,234.50`.
    #[must_use]
    pub fn grouped(self, currency: Currency) -> String {
        self.write(currency, true)
    }

    fn write(self, currency: Currency, grouped: bool) -> String {
        let digits = currency.digits();
        let scale = 10_u64.pow(digits);
        let magnitude = self.0.unsigned_abs();
        let mut whole = (magnitude / scale).to_string();
        if grouped {
            let mut at = whole.len();
            while at > 3 {
                at -= 3;
                whole.insert(at, ',');
            }
        }
        let sign = if self.0 < 0 { "-" } else { "" };
        if digits == 0 {
            return format!("{sign}{whole}");
        }
        let width = digits.to_usize().expect("a currency has at most three digits");
        format!("{sign}{whole}.{:0width$}", magnitude % scale)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}c", self.0)
    }
}

const fn example(digits: u32) -> &'static str {
    match digits {
        0 => "1234",
        3 => "12.345",
        _ => "12.34",
    }
}

/// A share from 0 to 1 with at most six decimals; the partner's part of a charge (R2.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate(Decimal);

impl Rate {
    /// A quarter, the policy's default.
    #[must_use]
    pub fn quarter() -> Self {
        Self(Decimal::new(25, 2))
    }

    /// Returns the commission of an amount: the product, rounded once to the minor unit, half away
    /// from zero (R1.3). The only rounding in the program.
    ///
    /// # Errors
    /// Overflow of 64 bits.
    pub fn of(self, amount: Money) -> Result<Money, MoneyError> {
        (self.0 * Decimal::from(amount.0))
            .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
            .to_i64()
            .map(Money)
            .ok_or(MoneyError::Overflow(amount.0, 0))
    }

    /// Returns the rate as a whole number of millionths, its form in the database.
    #[must_use]
    pub fn millionths(self) -> i64 {
        (self.0 * Decimal::from(10_i64.pow(RATE_DECIMALS)))
            .to_i64()
            .expect("a rate is at most 1 with six decimals")
    }

    /// Reads a rate back from its millionths.
    ///
    /// # Errors
    /// A count outside 0 to 1,000,000.
    pub fn from_millionths(millionths: i64) -> Result<Self, MoneyError> {
        if (0..=10_i64.pow(RATE_DECIMALS)).contains(&millionths) {
            Ok(Self(Decimal::new(millionths, RATE_DECIMALS).normalize()))
        } else {
            Err(MoneyError::NotARate(millionths.to_string()))
        }
    }
}

impl FromStr for Rate {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let refuse = || MoneyError::NotARate(text.to_owned());
        let grammar = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
            && text.starts_with(|first: char| first.is_ascii_digit())
            && text.ends_with(|last: char| last.is_ascii_digit());
        let rate = Decimal::from_str_exact(text).map_err(|_| refuse())?;
        if grammar && rate <= Decimal::ONE && rate.normalize().scale() <= RATE_DECIMALS {
            Ok(Self(rate.normalize()))
        } else {
            Err(refuse())
        }
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Two decimals at least: 0.3 is shown as finance writes it, 0.30.
        let mut shown = self.0;
        if shown.scale() < 2 {
            shown.rescale(2);
        }
        f.pad(&shown.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usd(text: &str) -> Result<i64, MoneyError> {
        Money::parse(text, Currency::USD).map(Money::minor)
    }

    #[test]
    fn one_grammar_for_amounts() {
        for (text, minor) in
            [("0", 0), ("0.5", 50), ("12.34", 1234), ("-0.01", -1), ("999999999.99", 99_999_999_999)]
        {
            assert_eq!(usd(text), Ok(minor), "{text}");
        }
        for text in [
            "",
            "1e9",
            "1_000",
            "+5",
            ".5",
            "5.",
            "1,234.56",
            "1.234,56",
            "$5",
            "(5.00)",
            "−5",
            "NaN",
            "٣",
            "12.345",
            "0x10",
            " 5",
            "5 ",
            "-0.00",
            "-0",
            "-",
            "1234567890",
            "1.2.3",
        ] {
            assert!(usd(text).is_err(), "{text:?} was taken");
        }
    }

    #[test]
    fn currencies_have_their_own_digits() {
        let yen: Currency = "jpy".parse().expect("a currency");
        assert_eq!(Money::parse("1234", yen).map(|amount| amount.major(yen)), Ok("1234".into()));
        assert!(Money::parse("12.3", yen).is_err());
        let dinar: Currency = "KWD".parse().expect("a currency");
        assert_eq!(Money::from_minor(-1).major(dinar), "-0.001");
        assert_eq!(Money::from_minor(-123_456_789).grouped(Currency::USD), "-1,234,567.89");
    }

    #[test]
    fn rounding_is_half_away_from_zero_once() {
        let rate = Rate::quarter();
        for (amount, commission) in [(7999, 2000), (7998, 2000), (7994, 1999), (7993, 1998), (1, 0), (2, 1)] {
            assert_eq!(rate.of(Money::from_minor(amount)), Ok(Money::from_minor(commission)), "{amount}");
        }
        assert_eq!(rate.of(Money::from_minor(-7998)), Ok(Money::from_minor(-2000)));
    }

    #[test]
    fn rates_are_decimals_up_to_one() {
        for (text, shown) in
            [("0.25", "0.25"), ("0.3", "0.30"), ("1", "1.00"), ("0.125", "0.125"), ("0", "0.00")]
        {
            let rate: Rate = text.parse().expect("a rate");
            assert_eq!(rate.to_string(), shown);
            assert_eq!(Rate::from_millionths(rate.millionths()), Ok(rate));
        }
        for text in ["1.01", "-0.1", ".5", "25%", "0.1234567", "1e-1", ""] {
            assert!(text.parse::<Rate>().is_err(), "{text:?} was taken");
        }
    }
}
