//! The form of another system's amounts, turned into the one grammar of `Money`.
//!
//! Floor 3, pure. Nothing is rounded and nothing is guessed: what does not follow the named form is refused.

use serde::Deserialize;

use super::ProfileError;
use crate::money::{Currency, Money};

/// Whether a number counts whole units or minor ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Dollars: `12.34`.
    #[default]
    Major,
    /// Cents: `1234`.
    Minor,
}

/// How amounts are written.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AmountForm {
    /// What is counted.
    pub unit: Unit,
    /// The decimal mark: a point or a comma.
    pub decimal: char,
    /// What stands between thousands, where anything does.
    pub separator: Option<char>,
    /// Currency signs and words that may stand before or behind.
    pub signs: Vec<String>,
}

impl Default for AmountForm {
    fn default() -> Self {
        Self { unit: Unit::Major, decimal: '.', separator: None, signs: Vec::new() }
    }
}

/// Marks between thousands that are in use somewhere.
const SEPARATORS: [char; 6] = [',', '.', '\'', ' ', '\u{a0}', '\u{202f}'];

impl AmountForm {
    pub(super) fn prove(&self) -> Result<(), ProfileError> {
        let odd = |rule: &str| Err(ProfileError::Rule(format!("[amounts]: {rule}")));
        if self.decimal != '.' && self.decimal != ',' {
            return odd("decimal is a point or a comma");
        }
        if self.separator.is_some_and(|mark| mark == self.decimal || !SEPARATORS.contains(&mark)) {
            return odd("separator is a comma, point, apostrophe or blank, and not the decimal mark");
        }
        let plain = |sign: &String| {
            !sign.is_empty() && !sign.contains(|c: char| c.is_ascii_digit() || "-+.,".contains(c))
        };
        if !self.signs.iter().all(plain) {
            return odd("signs are words or characters without digits, points and minus");
        }
        Ok(())
    }

    /// Reads an amount in this form.
    ///
    /// # Errors
    /// What is wrong with it, in words that follow the value.
    pub fn read(&self, text: &str, currency: Currency) -> Result<Money, String> {
        let plain = self.plain(text.trim(), currency)?;
        Money::parse(&plain, currency).map_err(|error| {
            let said = error.to_string();
            said.strip_prefix(&format!("{plain:?} ")).map_or(said.clone(), str::to_owned)
        })
    }

    /// Rewrites an amount in the one grammar.
    fn plain(&self, text: &str, currency: Currency) -> Result<String, String> {
        let (minus, rest) = self.without_sign(text);
        let sign = if minus { "-" } else { "" };
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if self.unit == Unit::Minor {
            return match rest.parse::<i64>() {
                Ok(minor) if is_number(rest) => {
                    Ok(format!("{sign}{}", Money::from_minor(minor).major(currency)))
                }
                _ => Err("is not a whole number of minor units".to_owned()),
            };
        }
        let (whole, fraction) = match rest.split_once(self.decimal) {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (rest, None),
        };
        let whole = self.ungrouped(whole)?;
        match fraction {
            Some(fraction) if is_number(fraction) => Ok(format!("{sign}{whole}.{fraction}")),
            Some(_) => Err(format!("is not an amount with {:?} before its decimals", self.decimal)),
            None => Ok(format!("{sign}{whole}")),
        }
    }

    /// Takes off a minus and a currency sign, on either side of each other.
    fn without_sign<'a>(&self, text: &'a str) -> (bool, &'a str) {
        let unsigned = |text: &'a str| text.strip_prefix('-').map(str::trim_start);
        let (minus, mut rest) = unsigned(text).map_or((false, text), |rest| (true, rest));
        for sign in &self.signs {
            if let Some(bare) = rest.strip_prefix(sign.as_str()).or_else(|| rest.strip_suffix(sign.as_str()))
            {
                rest = bare.trim();
                break;
            }
        }
        match unsigned(rest) {
            Some(bare) if !minus => (true, bare),
            _ => (minus, rest),
        }
    }

    /// Takes the marks between thousands out, each of which must stand where it belongs.
    fn ungrouped(&self, whole: &str) -> Result<String, String> {
        let Some(mark) = self.separator.filter(|mark| whole.contains(*mark)) else {
            // A point that is neither mark must not be taken for the decimal one.
            let odd = self.decimal != '.' && whole.contains('.');
            return if odd { Err("has a point that parts nothing".to_owned()) } else { Ok(whole.to_owned()) };
        };
        let groups: Vec<&str> = whole.split(mark).collect();
        let sound = groups.iter().enumerate().all(|(at, group)| {
            let digits = group.bytes().all(|byte| byte.is_ascii_digit());
            digits && if at == 0 { (1..=3).contains(&group.len()) } else { group.len() == 3 }
        });
        if sound { Ok(groups.concat()) } else { Err(format!("has a {mark:?} that parts no thousands")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_in_their_form_and_no_other() {
        let plain = AmountForm::default();
        let cents = AmountForm { unit: Unit::Minor, ..plain.clone() };
        let signs = vec!["$".to_owned(), "€".to_owned(), "USD".to_owned()];
        let english = AmountForm { separator: Some(','), signs: signs.clone(), ..plain.clone() };
        let german = AmountForm { decimal: ',', separator: Some('.'), signs, ..plain.clone() };
        let comma = AmountForm { decimal: ',', ..plain.clone() };
        let (usd, jpy) = (Currency::USD, "JPY".parse().expect("a currency"));
        for (form, text, currency, expected) in [
            (&plain, "12.34", usd, Ok(1234)),
            (&plain, " 12 ", usd, Ok(1200)),
            (&plain, "-0.50", usd, Ok(-50)),
            (&plain, "$12", usd, Err("is not an amount")),
            (&plain, "1,234.00", usd, Err("is not an amount")),
            (&plain, "12.345", usd, Err("is not an amount")),
            (&plain, "", usd, Err("is not an amount")),
            (&plain, "-0.00", usd, Err("is a negative zero")),
            (&plain, "1e3", usd, Err("is not an amount")),
            (&plain, "1.", usd, Err("before its decimals")),
            (&cents, "1234", usd, Ok(1234)),
            (&cents, "-1", usd, Ok(-1)),
            (&cents, "1234", jpy, Ok(1234)),
            (&cents, "12.34", usd, Err("whole number of minor units")),
            (&cents, "99999999999999999999", usd, Err("whole number of minor units")),
            (&cents, "999999999999", usd, Err("more than 9 digits")),
            (&english, "$1,234.50", usd, Ok(1_234_50)),
            (&english, "-$1,234.50", usd, Ok(-1_234_50)),
            (&english, "$-5", usd, Ok(-500)),
            (&english, "5.00 USD", usd, Ok(500)),
            (&english, "1234.5", usd, Ok(1_234_50)),
            (&english, "12,34.50", usd, Err("parts no thousands")),
            (&english, "1,2345", usd, Err("parts no thousands")),
            (&english, ",123", usd, Err("parts no thousands")),
            (&english, "--5", usd, Err("is not an amount")),
            (&english, "$$5", usd, Err("is not an amount")),
            (&german, "1.234,50 €", usd, Ok(1_234_50)),
            (&german, "12,5", usd, Ok(1_250)),
            (&german, "12.50", usd, Err("parts no thousands")),
            (&comma, "12.50", usd, Err("parts nothing")),
            (&comma, "12,50", usd, Ok(1_250)),
            (&german, "1,234,50", usd, Err("before its decimals")),
        ] {
            match (form.read(text, currency), expected) {
                (Ok(found), Ok(minor)) => assert_eq!(found.minor(), minor, "{text:?}"),
                (Err(found), Err(words)) => assert!(found.contains(words), "{text:?}: {found}"),
                (found, _) => panic!("{text:?}: {found:?}"),
            }
        }
    }
}
