//! The file that finance uploads to PayPal: six columns, no header, ASCII, LF (CONTRACT.md, PAYPAL.md §4).
//!
//! Floor 3. Turns payments into bytes and bytes back into payments; opens no file. What is written is read back and
//! compared with the run before anybody may upload it.

use thiserror::Error;

use crate::ids::ItemId;
use crate::money::{Currency, Money, MoneyError};
use crate::partner::{is_payable_address, starts_a_formula};

/// Rows of one upload file (PAYPAL.md §4).
pub const ROWS_MAX: usize = 5_000;
/// Bytes of an item id, the file's customer id (PAYPAL.md §4).
const ID_BYTES_MAX: usize = 30;
/// The wallet column; an older page of PayPal's defaults it to none, so it is always written.
const WALLET: &str = "PAYPAL";

/// One row of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// The receiver's address.
    pub email: String,
    /// The amount; above zero.
    pub amount: Money,
    /// The item's id.
    pub item: ItemId,
}

/// Says why a file cannot be written, or is not what was written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PayfileError {
    /// The payment would not be taken by PayPal.
    #[error("item {item}: {what}")]
    Payment {
        /// The item.
        item: ItemId,
        /// What is wrong.
        what: String,
    },
    /// The bytes are not the run's.
    #[error("the file read back has {found}, the run has {expected}; it was not given its name")]
    Differs {
        /// Rows and total of the run.
        expected: String,
        /// Rows and total of the file.
        found: String,
    },
    /// A sum overflowed.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// Returns the bytes of each part, of at most `ROWS_MAX` rows; the same payments give the same bytes.
///
/// # Errors
/// A payment PayPal would refuse; nothing is written then.
pub fn parts(payments: &[Payment], currency: Currency, note: &str) -> Result<Vec<Vec<u8>>, PayfileError> {
    payments
        .chunks(ROWS_MAX)
        .map(|chunk| {
            let rows: Result<Vec<String>, PayfileError> =
                chunk.iter().map(|payment| row(payment, currency, note)).collect();
            Ok(rows?.concat().into_bytes())
        })
        .collect()
}

fn row(payment: &Payment, currency: Currency, note: &str) -> Result<String, PayfileError> {
    let fail = |what: &str| PayfileError::Payment { item: payment.item.clone(), what: what.to_owned() };
    let Payment { email, amount, item } = payment;
    let email = email.trim();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if !is_payable_address(email) {
        return Err(fail("its address is none that PayPal takes (R6.4)"));
    }
    if starts_a_formula(email) {
        return Err(fail("its address would start a formula when the file is opened as a spreadsheet"));
    }
    if !amount.is_positive() {
        return Err(fail("its amount is not above zero"));
    }
    if item.as_str().is_empty() || item.as_str().len() > ID_BYTES_MAX || !item.as_str().bytes().all(plain) {
        return Err(fail("its id is longer than 30 characters or has others than letters, digits, - and _"));
    }
    Ok(format!("{email},{},{currency},{item},{note},{WALLET}\n", amount.major(currency)))
}

/// Reads a file back as PayPal would.
///
/// # Errors
/// A row that is not one of ours.
pub fn read(bytes: &[u8], currency: Currency) -> Result<Vec<Payment>, PayfileError> {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    text.lines()
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let [email, amount, _, item, _, _] = cells.as_slice() else {
                return Err(PayfileError::Differs {
                    expected: "six columns".to_owned(),
                    found: format!("{} columns", cells.len()),
                });
            };
            Ok(Payment {
                email: (*email).to_owned(),
                amount: Money::parse(amount, currency)?,
                item: ItemId((*item).to_owned()),
            })
        })
        .collect()
}

/// Compares what was read back with the run, payment by payment.
///
/// # Errors
/// Any difference in count, total, payee or amount.
pub fn verify(written: &[u8], payments: &[Payment], currency: Currency) -> Result<(), PayfileError> {
    let found = read(written, currency)?;
    let say = |rows: &[Payment]| -> Result<String, PayfileError> {
        let total = Money::sum(rows.iter().map(|payment| payment.amount))?;
        Ok(format!("{} rows of {} in all", rows.len(), total.major(currency)))
    };
    let same = found.len() == payments.len()
        && found.iter().zip(payments).all(|(one, two)| {
            one.item == two.item && one.amount == two.amount && one.email == two.email.trim()
        });
    if same {
        return Ok(());
    }
    Err(PayfileError::Differs { expected: say(payments)?, found: say(&found)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payment(email: &str, cents: i64, item: &str) -> Payment {
        Payment { email: email.into(), amount: Money::from_minor(cents), item: item.into() }
    }

    #[test]
    fn the_bytes_of_a_file() {
        let payments =
            [payment("a@example.com", 12_345, "2026-11-27-0001"), payment("b@example.org", 100, "i2")];
        let parts = parts(&payments, Currency::USD, "Partner commission 2026-11-27").expect("a file");
        let expected = "a@example.com,123.45,USD,2026-11-27-0001,Partner commission 2026-11-27,PAYPAL\n\
                        b@example.org,1.00,USD,i2,Partner commission 2026-11-27,PAYPAL\n";
        assert_eq!(parts, [expected.as_bytes()]);
        assert_eq!(verify(&parts[0], &payments, Currency::USD), Ok(()));
        assert!(verify(&parts[0], &payments[..1], Currency::USD).is_err());
        assert!(verify(&parts[0][..20], &payments, Currency::USD).is_err());
    }

    #[test]
    fn what_paypal_refuses_is_not_written() {
        for (email, cents, item) in [
            ("a@b", 1, "i"),
            ("ä@example.com", 1, "i"),
            ("+a@example.com", 1, "i"),
            ("a@example.com", 0, "i"),
            ("a@example.com", -1, "i"),
            ("a@example.com", 1, "i,2"),
            ("a@example.com", 1, "1234567890123456789012345678901"),
        ] {
            assert!(
                parts(&[payment(email, cents, item)], Currency::USD, "n").is_err(),
                "{email} {cents} {item}"
            );
        }
    }

    #[test]
    fn more_than_five_thousand_rows_make_parts() {
        let many: Vec<Payment> =
            (0..10_001).map(|number| payment("a@example.com", 100, &format!("i{number}"))).collect();
        let sizes: Vec<usize> = parts(&many, Currency::USD, "n")
            .expect("parts")
            .iter()
            .map(|part| part.iter().filter(|byte| **byte == b'\n').count())
            .collect();
        assert_eq!(sizes, [5_000, 5_000, 1]);
    }
}
