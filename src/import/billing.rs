//! A row of billing: one charge as now known, and facts of its account.
//!
//! Floor 3. Reads and judges one row by itself (R1.1, R2.4, R2.6, R2.7); what it does to a stored charge is `merge`'s.

use super::Setting;
use super::cells::{Cell, Column, Fault, Form, Given};
use super::packed::{Pack, Unpack};
use crate::commission::{Kind, Status};
use crate::dates::{Day, day_of};
use crate::money::{Currency, Money};

/// The columns of CONTRACT.md, in its order.
pub const COLUMNS: [Column; 17] = [
    Column::needed("charge_id", Form::Name),
    Column::needed("account_id", Form::Name),
    Column::optional("account_email", Form::Name),
    Column::optional("account_name", Form::FreeText),
    Column::optional("account_opened_on", Form::Date),
    Column::optional("account_closed_on", Form::Date),
    Column::needed("billed_on", Form::Date),
    Column::optional("collected_on", Form::Date),
    Column::needed("kind", Form::Name),
    Column::needed("amount", Form::Amount),
    Column::optional("refunded", Form::Amount),
    Column::optional("refunded_on", Form::Date),
    Column::optional("currency", Form::Name),
    Column::needed("status", Form::Name),
    Column::optional("referral_code", Form::Name),
    Column::optional("description", Form::FreeText),
    Column::optional("updated_at", Form::Date),
];

/// One row, each cell read by its grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BillingRow<'a> {
    /// Billing's id of the charge.
    pub charge_id: &'a str,
    /// Billing's id of the account.
    pub account_id: &'a str,
    /// The day it was billed.
    pub billed_on: Day,
    /// The day its money came in.
    pub collected_on: Given<Day>,
    /// R2.1.
    pub kind: Kind,
    /// R2.2.
    pub status: Status,
    /// Net of tax and discounts.
    pub amount: Money,
    /// All that went back so far (R2.4); `None` when the row does not say.
    pub refunded: Option<Money>,
    /// The day of the latest refund.
    pub refunded_on: Given<Day>,
    /// Another currency than the programme's (R2.6).
    pub currency: Option<Currency>,
    /// Whether the row does not say its currency: a new charge then has the programme's, a known one keeps its own.
    pub blank_currency: bool,
    /// The code that the row carries (R4.7).
    pub referral_code: Given<&'a str>,
    /// Billing's words for the line.
    pub description: Given<&'a str>,
    /// Microseconds of Unix time.
    pub updated_at: Option<i64>,
    /// What it says of the account.
    pub account: AccountCells<'a>,
    /// The charge's id as it is spelt here, where it is made of other columns and spelt otherwise than it is known.
    pub spelt: Option<&'a str>,
}

/// What a row says of an account; from the accounts file, or from a billing row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AccountCells<'a> {
    /// The customer's e-mail.
    pub email: Given<&'a str>,
    /// The customer's name.
    pub name: Given<&'a str>,
    /// The day the account was opened.
    pub opened_on: Given<Day>,
    /// The day it was closed.
    pub closed_on: Given<Day>,
}

/// What the reading of a row found besides the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remarks<'a> {
    /// The word of a kind that nobody has classified.
    pub unclassified: Option<&'a str>,
    /// Whether the currency was blank.
    pub blank_currency: bool,
}

impl<'a> BillingRow<'a> {
    /// Reads a row.
    ///
    /// # Errors
    /// The first cell that cannot be taken.
    pub fn read(cells: &[Cell<'a>; 17], setting: &Setting) -> Result<(Self, Remarks<'a>), Fault> {
        let [
            charge_id,
            account_id,
            account_email,
            account_name,
            account_opened_on,
            account_closed_on,
            billed_on,
            collected_on,
            kind,
            amount,
            refunded,
            refunded_on,
            currency,
            status,
            referral_code,
            description,
            updated_at,
        ] = *cells;
        let named = read_currency(currency, setting)?;
        let digits = named.unwrap_or(setting.currency);
        let (kind, unclassified) = read_kind(kind)?;
        let mut row = Self {
            charge_id: charge_id.name()?,
            account_id: account_id.name()?,
            billed_on: billed_on.day(setting)?,
            collected_on: collected_on.opt_day(setting)?,
            kind,
            status: status.word()?,
            amount: amount.amount(digits)?,
            refunded: None,
            refunded_on: refunded_on.opt_day(setting)?,
            currency: named.filter(|named| *named != setting.currency),
            blank_currency: named.is_none(),
            referral_code: referral_code.opt_name()?,
            description: description.given(),
            updated_at: updated_at.opt_instant(setting)?.value(),
            account: AccountCells {
                email: account_email.opt_name()?,
                name: account_name.given(),
                opened_on: account_opened_on.opt_day(setting)?,
                closed_on: account_closed_on.opt_day(setting)?,
            },
            spelt: None,
        };
        if row.billed_on > setting.latest() {
            return Err(billed_on.fault(format!("is later than tomorrow, {}", setting.latest())));
        }
        for (cell, day) in [(collected_on, row.collected_on.value()), (refunded_on, row.refunded_on.value())]
        {
            if day.is_some_and(|day| day > setting.latest()) {
                return Err(cell.fault(format!("is later than tomorrow, {}", setting.latest())));
            }
        }
        // A row that claims to be newer than all to come would make every later one stale (R1.1).
        if row.updated_at.is_some_and(|moment| day_of(moment, &setting.zone) > setting.latest()) {
            return Err(updated_at.fault(format!("is later than tomorrow, {}", setting.latest())));
        }
        if row.status.was_collected() && row.collected_on == Given::Clear {
            return Err(
                collected_on.fault(format!("cannot be cleared, for status {} was collected", row.status))
            );
        }
        if row.amount.is_negative() {
            return Err(amount.fault("is below zero; a refund belongs on its charge (R2.7)"));
        }
        row.refunded = read_refunded(refunded, &row, digits)?;
        Ok((row, Remarks { unclassified, blank_currency: named.is_none() }))
    }

    /// Reads the amount of a row that cannot be taken, for the control total: nothing if it has none, or is in another
    /// currency than the programme's (R2.6).
    #[must_use]
    pub fn amount_of(cells: &[Cell<'a>; 17], setting: &Setting) -> Option<Money> {
        let [.., amount, _, _, currency, _, _, _, _] = *cells;
        let named = read_currency(currency, setting).ok()?.unwrap_or(setting.currency);
        (named == setting.currency).then(|| amount.amount(named).ok()).flatten()
    }

    /// Says what a charge cannot be without and the row does not have: the first row of a charge must have it, a later
    /// one leaves what is known.
    #[must_use]
    pub fn lack(&self) -> Option<Fault> {
        let fault = |column, reason| Some(Fault { column, value: String::new(), reason });
        if self.status.was_collected() && self.collected_on.value().is_none() {
            return fault("collected_on", format!("is blank, and status {} was collected", self.status));
        }
        if self.status == Status::PartiallyRefunded && self.refunded.is_none() {
            return fault("refunded", NEEDS_AMOUNT.to_owned());
        }
        None
    }

    /// Appends the row's meaning to a buffer; its digest is taken of just this.
    pub fn pack(&self, pack: &mut Pack) {
        pack.text(self.charge_id);
        pack.text(self.account_id);
        pack.day(self.billed_on);
        pack.given(self.collected_on, Pack::day);
        pack.word(Kind::ALL, &self.kind);
        pack.word(Status::ALL, &self.status);
        pack.int(self.amount.minor());
        pack.opt(self.refunded.map(Money::minor), Pack::int);
        pack.given(self.refunded_on, Pack::day);
        let blank = if self.blank_currency { Given::Clear } else { Given::Blank };
        pack.given(
            self.currency.as_ref().map_or(blank, |currency| Given::Value(currency.code())),
            Pack::text,
        );
        pack.given(self.referral_code, Pack::text);
        pack.given(self.description, Pack::text);
        pack.opt(self.updated_at, Pack::int);
        self.account.pack(pack);
        // Told at the end and by those few alone: all other rows keep the digests that earlier imports stored.
        if let Some(spelt) = self.spelt {
            pack.text(spelt);
        }
    }

    /// Takes a packed row.
    #[must_use]
    pub fn unpack(from: &mut Unpack<'a>) -> Self {
        let currency: Given<&str>;
        let row = Self {
            charge_id: from.text(),
            account_id: from.text(),
            billed_on: from.day(),
            collected_on: from.given(Unpack::day),
            kind: from.word(Kind::ALL),
            status: from.word(Status::ALL),
            amount: Money::from_minor(from.int()),
            refunded: from.opt(Unpack::int).map(Money::from_minor),
            refunded_on: from.given(Unpack::day),
            currency: {
                currency = from.given(Unpack::text);
                currency.value().and_then(|code| code.parse().ok())
            },
            blank_currency: false,
            referral_code: from.given(Unpack::text),
            description: from.given(Unpack::text),
            updated_at: from.opt(Unpack::int),
            account: AccountCells::unpack(from),
            spelt: None,
        };
        Self { blank_currency: currency == Given::Clear, ..row }.spelt_as(from)
    }
}

impl<'a> BillingRow<'a> {
    fn spelt_as(self, from: &mut Unpack<'a>) -> Self {
        let spelt = (!from.rest().is_empty()).then(|| from.text());
        Self { spelt, ..self }
    }
}

impl<'a> AccountCells<'a> {
    /// Appends the cells to a buffer.
    pub fn pack(&self, pack: &mut Pack) {
        pack.given(self.email, Pack::text);
        pack.given(self.name, Pack::text);
        pack.given(self.opened_on, Pack::day);
        pack.given(self.closed_on, Pack::day);
    }

    /// Takes packed cells.
    #[must_use]
    pub fn unpack(from: &mut Unpack<'a>) -> Self {
        Self {
            email: from.given(Unpack::text),
            name: from.given(Unpack::text),
            opened_on: from.given(Unpack::day),
            closed_on: from.given(Unpack::day),
        }
    }
}

fn read_currency(cell: Cell<'_>, setting: &Setting) -> Result<Option<Currency>, Fault> {
    // The common case, without the work.
    if cell.text == setting.currency.code() {
        return Ok(Some(setting.currency));
    }
    match cell.opt_word()? {
        Given::Value(currency) => Ok(Some(currency)),
        Given::Blank => Ok(None),
        Given::Clear => Err(cell.fault("cannot be cleared; a blank is the programme's currency (R2.6)")),
    }
}

const NEEDS_AMOUNT: &str = "status partially_refunded needs the amount that went back (R2.4)";

/// Reads a kind; a word that is none is kept for the report and earns nothing (R2.1).
fn read_kind(cell: Cell<'_>) -> Result<(Kind, Option<&str>), Fault> {
    let word = cell.must()?;
    match word.parse() {
        Ok(Kind::Unclassified) | Err(_) => Ok((Kind::Unclassified, Some(word))),
        Ok(kind) => Ok((kind, None)),
    }
}

/// Reads what went back (R2.4): a status that gives all back and no amount means the whole; some statuses need one.
fn read_refunded(cell: Cell<'_>, row: &BillingRow<'_>, digits: Currency) -> Result<Option<Money>, Fault> {
    let given = match cell.opt_amount(digits)? {
        Given::Value(amount) => Some(amount),
        Given::Clear => Some(Money::ZERO),
        Given::Blank => None,
    };
    if given.is_some_and(Money::is_negative) {
        return Err(cell.fault("is below zero; write what went back without a sign (R2.7)"));
    }
    if given.is_some_and(|amount| amount > row.amount) {
        return Err(cell.fault(format!("is more than the amount, {} (R2.7)", row.amount.major(digits))));
    }
    let nothing = given.is_none_or(Money::is_zero);
    match row.status {
        // A column of amounts says 0.00 where it says nothing; the status is the clearer word, and owes nobody more.
        Status::Refunded | Status::Chargeback if nothing => Ok(Some(row.amount)),
        Status::PartiallyRefunded if given.is_some() && nothing => Err(cell.fault(NEEDS_AMOUNT)),
        Status::Paid
        | Status::Refunded
        | Status::Chargeback
        | Status::PartiallyRefunded
        | Status::Pending
        | Status::Collections
        | Status::Declined
        | Status::Voided
        | Status::WriteOff => Ok(given),
    }
}
