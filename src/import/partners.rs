//! A row of the partners file: who they are, their paperwork, their address, their rate and their code.
//!
//! Floor 3. Only which tax form, its dates and its state; never a number from it (R8).

use super::Setting;
use super::cells::{Cell, Column, Fault, Form, Given};
use super::packed::{Pack, Unpack};
use crate::dates::Day;
use crate::money::Rate;
use crate::partner::{Standing, TaxForm, TaxStatus};
use crate::words;

words!(
    /// An answer to a yes-or-no question.
    YesNo, "answer" {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
    }
);

/// The columns of CONTRACT.md, in its order.
pub const COLUMNS: [Column; 15] = [
    Column::needed("partner_id", Form::Name),
    Column::needed("name", Form::FreeText),
    Column::needed("email", Form::Name),
    Column::needed("joined_on", Form::Date),
    Column::optional("paypal_email", Form::Name),
    Column::optional("status", Form::Name),
    Column::optional("country", Form::Name),
    Column::optional("us_person", Form::Name),
    Column::optional("tax_form", Form::Name),
    Column::optional("tax_status", Form::Name),
    Column::optional("tax_signed_on", Form::Date),
    Column::optional("tax_decided_on", Form::Date),
    Column::optional("rate", Form::Amount),
    Column::optional("rate_from", Form::Date),
    Column::optional("referral_code", Form::Name),
];

/// One row, each cell read by its grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartnerRow<'a> {
    /// The id, for ever.
    pub partner_id: &'a str,
    /// The name, as entered.
    pub name: &'a str,
    /// The login e-mail, as entered.
    pub email: &'a str,
    /// The day of sign-up.
    pub joined_on: Day,
    /// R6.4; kept as entered, however it looks.
    pub paypal_email: Given<&'a str>,
    /// R6.1; a new partner without one is active.
    pub status: Given<Standing>,
    /// Two letters, as ISO 3166 has them.
    pub country: Given<&'a str>,
    /// R6.2; blank follows the country.
    pub us_person: Given<YesNo>,
    /// R6.2.
    pub tax_form: Given<TaxForm>,
    /// R6.2; a new partner without one has sent nothing.
    pub tax_status: Given<TaxStatus>,
    /// The day the form was signed.
    pub tax_signed_on: Given<Day>,
    /// The day of the decision.
    pub tax_decided_on: Given<Day>,
    /// R2.5.
    pub rate: Given<Rate>,
    /// The first day of a changed rate.
    pub rate_from: Given<Day>,
    /// A code of theirs (R4).
    pub referral_code: Given<&'a str>,
}

impl<'a> PartnerRow<'a> {
    /// Reads a row.
    ///
    /// # Errors
    /// The first cell that cannot be taken.
    pub fn read(cells: &[Cell<'a>; 15], setting: &Setting) -> Result<Self, Fault> {
        let [
            partner_id,
            name,
            email,
            joined_on,
            paypal_email,
            status,
            country,
            us_person,
            tax_form,
            tax_status,
            tax_signed_on,
            tax_decided_on,
            rate,
            rate_from,
            referral_code,
        ] = *cells;
        let row = Self {
            partner_id: partner_id.name()?,
            name: name.must()?,
            email: email.address()?,
            joined_on: joined_on.day(setting)?,
            paypal_email: paypal_email.opt_address()?,
            status: status.opt_word()?,
            country: country.opt_name()?.try_map(|text| match text.as_bytes() {
                [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => Ok(text),
                _ => Err(country.fault("is not a country: give its two letters, like US or DE")),
            })?,
            us_person: us_person.opt_word()?,
            tax_form: tax_form.opt_word()?,
            tax_status: tax_status.opt_word()?,
            tax_signed_on: tax_signed_on.opt_day(setting)?,
            tax_decided_on: tax_decided_on.opt_day(setting)?,
            rate: rate.opt_word()?,
            rate_from: rate_from.opt_day(setting)?,
            referral_code: referral_code.opt_name()?,
        };
        // What a person decided is never taken back to "nobody has said": it is replaced by another word.
        for (cell, cleared) in
            [(status, row.status == Given::Clear), (tax_status, row.tax_status == Given::Clear)]
        {
            if cleared {
                return Err(cell.fault("cannot be cleared; give the word that holds now"));
            }
        }
        if row.rate == Given::Clear {
            return Err(rate.fault("cannot be cleared; give the rate that holds from rate_from on (R2.5)"));
        }
        Ok(row)
    }

    /// Appends the row's meaning to a buffer.
    pub fn pack(&self, pack: &mut Pack) {
        pack.text(self.partner_id);
        pack.text(self.name);
        pack.text(self.email);
        pack.day(self.joined_on);
        pack.given(self.paypal_email, Pack::text);
        pack.given(self.status.map(Standing::as_str), Pack::text);
        pack.given(self.country, Pack::text);
        pack.given(self.us_person.map(YesNo::as_str), Pack::text);
        pack.given(self.tax_form.map(TaxForm::as_str), Pack::text);
        pack.given(self.tax_status.map(TaxStatus::as_str), Pack::text);
        pack.given(self.tax_signed_on, Pack::day);
        pack.given(self.tax_decided_on, Pack::day);
        pack.given(self.rate.map(Rate::millionths), Pack::int);
        pack.given(self.rate_from, Pack::day);
        pack.given(self.referral_code, Pack::text);
    }

    /// Takes a packed row.
    #[must_use]
    pub fn unpack(from: &mut Unpack<'a>) -> Self {
        Self {
            partner_id: from.text(),
            name: from.text(),
            email: from.text(),
            joined_on: from.day(),
            paypal_email: from.given(Unpack::text),
            status: from.given(Unpack::text).try_map(str::parse).unwrap_or_default(),
            country: from.given(Unpack::text),
            us_person: from.given(Unpack::text).try_map(str::parse).unwrap_or_default(),
            tax_form: from.given(Unpack::text).try_map(str::parse).unwrap_or_default(),
            tax_status: from.given(Unpack::text).try_map(str::parse).unwrap_or_default(),
            tax_signed_on: from.given(Unpack::day),
            tax_decided_on: from.given(Unpack::day),
            rate: from.given(Unpack::int).try_map(Rate::from_millionths).unwrap_or_default(),
            rate_from: from.given(Unpack::day),
            referral_code: from.given(Unpack::text),
        }
    }
}
