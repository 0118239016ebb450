//! The generated billing: one file of any number of rows, what came before it, and what comes after it.
//!
//! PERFORMANCE.md, "The data": 24 months, an invoice of one subscription line and, in 3 of 10, one or two
//! lines of overage; 90 % paid, 4 % refunded, 3 % in collections, 3 % declined; charge ids in no order. An
//! invoice is a function of its number, so that the file of the next night can repeat and change any of
//! them.

use std::io::{self, Write};

use partners::dates::{Day, plus_days, plus_months};

use crate::people::{
    ACCOUNTS, Evidence, People, REFERRED, Referrer, account_email, account_id, account_name, partner_id,
    rate_percent,
};
use crate::random::Random;

/// The months billed in the large file; the night's file follows in the month after.
const MONTHS: u64 = 24;
/// The number of the first invoice of the night's file.
const NIGHT: u64 = 1 << 40;
/// No day of the night's file lies after this day of its month, so that the past stays the past.
const NIGHT_DAYS_MAX: u64 = 12;
/// The account has no row yet.
const UNSEEN: u8 = u8::MAX;
/// Prices of the plans in cents; some earn a commission of half a cent.
const PRICES: [u64; 8] = [2900, 4900, 4950, 7994, 7998, 7999, 12_900, 29_900];
const HEADER: &str = "charge_id,account_id,account_email,account_name,account_opened_on,billed_on,\
                      collected_on,kind,amount,refunded,refunded_on,currency,status,referral_code";

/// What became of an invoice.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Paid,
    Refunded,
    Collections,
    Declined,
}

/// One invoice, ready to be written.
struct Invoice {
    number: u64,
    account: u64,
    /// Months since the first.
    month: u64,
    fate: Fate,
    lines: u64,
    billed_on: usize,
    collected_on: usize,
    refunded_on: usize,
}

/// All that was billed, as far as it is not a function of a number.
pub struct Billing<'a> {
    people: &'a People,
    rows: u64,
    invoices: u64,
    invoices_per_month: u64,
    /// The month of each account's first row: shortly before it the account was opened.
    first_month: Vec<u8>,
    /// `YYYY-MM-DD` of every day from the first month on.
    days: Vec<String>,
    /// The place in `days` of the first of each month.
    months: Vec<usize>,
}

/// Returns a number as an index.
fn index(number: u64) -> usize {
    usize::try_from(number).expect("no number of the generator is larger than an index")
}

/// Returns cents as an amount.
fn amount(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

impl<'a> Billing<'a> {
    /// Lays out billing of exactly `rows` rows.
    #[must_use]
    pub fn new(people: &'a People, rows: u64) -> Self {
        let first = Day::from_ymd_opt(2024, 10, 1).unwrap_or_default();
        let days: Vec<String> = (0..900).map(|day| plus_days(first, day).to_string()).collect();
        let months = (1..=26)
            .filter_map(|month| days.iter().position(|day| *day == plus_months(first, month).to_string()))
            .collect();
        // 1.45 lines an invoice.
        let invoices_per_month = (rows * 20 / 29).div_ceil(MONTHS);
        let mut billing = Self {
            people,
            rows,
            invoices: 0,
            invoices_per_month,
            first_month: vec![UNSEEN; index(ACCOUNTS)],
            days,
            months,
        };
        let mut lines = 0;
        while lines < rows {
            let (account, month) = billing.account_and_month(billing.invoices);
            let seen = &mut billing.first_month[index(account)];
            *seen = (*seen).min(u8::try_from(month).expect("there are some twenty months"));
            lines += lines_of(billing.invoices);
            billing.invoices += 1;
        }
        billing
    }

    /// Returns whose invoice it is and in which month. Within a month the accounts that exist take turns in a
    /// shuffled order, three referred ones in ten; the number of accounts grows from 60 % to all.
    fn account_and_month(&self, number: u64) -> (u64, u64) {
        let (month, place) = if number >= NIGHT {
            (MONTHS, number - NIGHT)
        } else {
            let month = (number / self.invoices_per_month).min(MONTHS - 1);
            (month, number - month * self.invoices_per_month)
        };
        let existing = |all: u64| all * 6 / 10 + all * 4 / 10 * month / MONTHS;
        let turn = |place: u64, existing: u64| {
            let start = Random::at(10, month).below(existing);
            // A prime step larger than any count visits all before it comes back.
            (place * 1_000_003 + start) % existing
        };
        let (tens, unit) = (place / 10, place % 10);
        let account = match unit {
            1 | 4 | 7 => 5 * turn(tens * 3 + unit / 3, existing(REFERRED)),
            _ => {
                let other = turn(tens * 7 + unit - (unit + 1) / 3, existing(ACCOUNTS - REFERRED));
                other / 4 * 5 + 1 + other % 4
            }
        };
        (account, month)
    }

    fn billing_day(account: u64, month: u64) -> u64 {
        let day = 1 + Random::at(11, account).below(28);
        if month < MONTHS { day } else { day.min(NIGHT_DAYS_MAX) }
    }

    fn invoice(&self, number: u64) -> Invoice {
        let (account, month) = self.account_and_month(number);
        let mut random = Random::at(12, number);
        let fate = match random.below(100) {
            0..90 => Fate::Paid,
            90..94 => Fate::Refunded,
            94..97 => Fate::Collections,
            _ => Fate::Declined,
        };
        let billed_on = self.months[index(month)] + index(Self::billing_day(account, month)) - 1;
        let collected_on = billed_on + index(random.below(4));
        let last = self.months[index(MONTHS)] + index(NIGHT_DAYS_MAX);
        let refunded_on = (collected_on + 10 + index(random.below(50))).min(last).max(collected_on);
        Invoice {
            number,
            account,
            month,
            fate,
            lines: lines_of(number),
            billed_on,
            collected_on,
            refunded_on,
        }
    }

    /// Returns the place in `days` of the day an account was opened: up to two weeks before its first bill.
    fn opened_on(&self, account: u64) -> usize {
        let month = match self.first_month[index(account)] {
            UNSEEN => MONTHS,
            month => u64::from(month),
        };
        let first_bill = self.months[index(month)] + index(Self::billing_day(account, month)) - 1;
        first_bill - index(Random::at(13, account).below(14))
    }

    /// Writes an invoice's rows, at most `rows` of them, and returns how many.
    fn write_invoice(&self, out: &mut impl Write, invoice: &Invoice, rows: u64) -> io::Result<u64> {
        let account = invoice.account;
        let (email, name, id) = (account_email(account), account_name(account), account_id(account));
        let code = match self.people.referrer(account) {
            Some(referrer) if referrer.evidence != Evidence::Referral => referrer.code(),
            _ => String::new(),
        };
        let opened_on = &self.days[self.opened_on(account)];
        let billed_on = &self.days[invoice.billed_on];
        let (status, collected) = match invoice.fate {
            Fate::Paid => ("paid", true),
            Fate::Refunded => ("refunded", true),
            Fate::Collections => ("collections", false),
            Fate::Declined => ("declined", false),
        };
        let collected_on = if collected { &self.days[invoice.collected_on] } else { "" };
        let lines = invoice.lines.min(rows);
        for line in 0..lines {
            let (kind, cents) = charge(invoice, line);
            let amount = amount(cents);
            let (refunded, refunded_on) = match invoice.fate {
                Fate::Refunded => (amount.as_str(), self.days[invoice.refunded_on].as_str()),
                Fate::Paid | Fate::Collections | Fate::Declined => ("", ""),
            };
            writeln!(
                out,
                "{},{id},{email},{name},{opened_on},{billed_on},{collected_on},{kind},{amount},{refunded},\
                 {refunded_on},USD,{status},{code}",
                charge_id(invoice.number, line),
            )?;
        }
        Ok(lines)
    }

    /// Writes the large file.
    ///
    /// # Errors
    /// The writer's.
    pub fn write_all(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{HEADER}")?;
        let mut written = 0;
        for number in 0..self.invoices {
            written += self.write_invoice(out, &self.invoice(number), self.rows - written)?;
        }
        Ok(())
    }

    /// Writes the file of the next night: `rows` rows, half of them known, of which one in five changed
    /// meanwhile.
    ///
    /// # Errors
    /// The writer's.
    pub fn write_night(&self, out: &mut impl Write, rows: u64) -> io::Result<()> {
        writeln!(out, "{HEADER}")?;
        // The last invoice may have been cut short; all others are repeated whole.
        let known = self.invoices - 1;
        let (mut written, mut step) = (0, 0);
        while written < rows {
            let new = self.invoice(NIGHT + step);
            written += self.write_invoice(out, &new, rows - written)?;
            let mut repeated = self.invoice(step * 1_000_003 % known);
            if step.is_multiple_of(5) {
                repeated
                    .change(self.months[index(MONTHS)] + index(Random::at(14, step).below(NIGHT_DAYS_MAX)));
            }
            written += self.write_invoice(out, &repeated, rows - written)?;
            step += 1;
        }
        Ok(())
    }

    /// Writes what an earlier system paid (R1.7): the commission of all but the last charges, so that as
    /// many stay open as billing of `open_as_at` rows has.
    ///
    /// # Errors
    /// The writer's.
    pub fn write_settled(&self, out: &mut impl Write, open_as_at: u64) -> io::Result<()> {
        writeln!(out, "charge_id,partner_id,amount,paid_on,reference")?;
        let open = self.invoices * open_as_at.min(self.rows) / self.rows;
        for number in 0..self.invoices - open {
            let invoice = self.invoice(number);
            let Some(referrer) = self.people.referrer(invoice.account) else { continue };
            if invoice.fate != Fate::Paid || referrer.evidence == Evidence::UnclaimedCode {
                continue;
            }
            let (_, cents) = charge(&invoice, 0);
            let due = (cents * rate_percent(referrer.number) + 50) / 100;
            let paid_on = &self.days[self.months[index(invoice.month + 1)] + 14];
            let id = charge_id(number, 0);
            writeln!(
                out,
                "{id},{},{},{paid_on},earlier-{paid_on}",
                partner_id(referrer.number),
                amount(due)
            )?;
        }
        Ok(())
    }

    /// Writes the referral records (R4.1): one for every account that bears no code, and some that led to
    /// nothing.
    ///
    /// # Errors
    /// The writer's.
    pub fn write_referrals(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "email,code,referred_on,channel")?;
        for account in (0..ACCOUNTS).step_by(5) {
            let Some(referrer) = self.people.referrer(account) else { continue };
            if referrer.evidence == Evidence::Referral {
                self.write_referral(out, account, referrer)?;
            }
        }
        Ok(())
    }

    fn write_referral(&self, out: &mut impl Write, account: u64, referrer: Referrer) -> io::Result<()> {
        let referred_on = &self.days[self.opened_on(account) - index(Random::at(15, account).below(10))];
        writeln!(out, "{},{},{referred_on},email", account_email(account), referrer.code())?;
        if account.is_multiple_of(20) {
            writeln!(out, "visitor{account}@example.net,{},{referred_on},link", referrer.code())?;
        }
        Ok(())
    }

    /// Returns the e-mail of a referred account that has rows.
    #[must_use]
    pub fn known_email(&self) -> String {
        (self.invoices / 2..self.invoices)
            .map(|number| self.account_and_month(number).0)
            .find(|account| self.people.referrer(*account).is_some())
            .map(account_email)
            .unwrap_or_default()
    }
}

impl Invoice {
    /// Lets happen to the invoice what happens overnight: what was paid is refunded, what was owed is paid.
    fn change(&mut self, day: usize) {
        match self.fate {
            Fate::Paid => {
                self.fate = Fate::Refunded;
                self.refunded_on = day.max(self.collected_on);
            }
            Fate::Collections | Fate::Declined => {
                self.fate = Fate::Paid;
                self.collected_on = day.max(self.billed_on);
            }
            Fate::Refunded => {}
        }
    }
}

/// Returns the number of an invoice's lines: one, or in 3 of 10 two or three.
const fn lines_of(number: u64) -> u64 {
    match Random::at(16, number).below(20) {
        0..14 => 1,
        14..17 => 2,
        _ => 3,
    }
}

/// Returns the kind of an invoice's line and its amount in cents.
fn charge(invoice: &Invoice, line: u64) -> (&'static str, u64) {
    if line == 0 {
        return ("subscription", PRICES[index(Random::at(17, invoice.account).below(8))]);
    }
    let mut random = Random::at(18, invoice.number * 4 + line);
    let kind = match random.below(3) {
        0 => "email_overage",
        1 => "contact_overage",
        _ => "sms",
    };
    (kind, 100 + random.below(4_000))
}

/// Returns a charge's id: twenty letters and digits in no order.
fn charge_id(invoice: u64, line: u64) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut random = Random::at(19, invoice * 4 + line);
    let mut id = String::with_capacity(20);
    for _ in 0..2 {
        let mut word = random.draw();
        for _ in 0..10 {
            id.push(char::from(ALPHABET[index(word % 32)]));
            word /= 32;
        }
    }
    id
}
