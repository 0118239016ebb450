//! One record of another system's export, read by a profile: a charge, a refund, passed over, or set aside.
//!
//! Floor 3, pure. Cells are rewritten in our forms and then judged by the very reading that our own rows go through
//! (`BillingRow::read`), so that no rule stands twice. A report names the file's column and what stood in it.

use chrono::{DateTime, SecondsFormat};
use csv::StringRecord;

use super::super::billing::{BillingRow, COLUMNS, Remarks};
use super::super::cells::{Cell, Fault};
use super::super::refund_rows::RefundRow;
use super::super::{SetAside, Setting};
use super::fit::{Fit, OverrulePlaces, RefundPlaces};
use super::{Profile, Refunds, Sign, same};
use crate::commission::{Kind, Status};
use crate::ids::EmailKey;
use crate::money::{Currency, Money};

/// What a record is.
#[derive(Debug)]
pub enum Taken<'a> {
    /// A charge.
    Charge {
        /// As our own file would have it.
        row: BillingRow<'a>,
        /// Whether the currency was blank.
        blank_currency: bool,
        /// What the line says of itself, if no rule fits it.
        unclassified: Option<String>,
    },
    /// Money that went back, or came again.
    Refund(RefundRow<'a>),
    /// Counted, named, and never a charge.
    PassedOver {
        /// What such rows are.
        why: &'a str,
        /// What must not be stored as if the row had counted.
        denies: Option<Denied<'a>>,
    },
}

/// What a row that is passed over says there is not: it may have been imported before, by another profile or before its
/// money came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied<'a> {
    /// A charge: a row in test mode.
    Charge(&'a str),
    /// A refund: one that moved no money.
    Refund(&'a str),
}

/// Reads the records of one file.
pub struct Reader<'p> {
    fit: Fit<'p>,
    /// The cells in our forms, in the order of our columns.
    ours: Vec<String>,
    /// The id that is made of other columns, as they are spelt.
    spelt: String,
}

/// The positions of our columns that are read by name here.
const CHARGE_ID: usize = 0;
const ACCOUNT_ID: usize = 1;
const ACCOUNT_EMAIL: usize = 2;
const COLLECTED_ON: usize = 7;
const KIND: usize = 8;
const AMOUNT: usize = 9;
const REFUNDED: usize = 10;
const REFUNDED_ON: usize = 11;
const CURRENCY: usize = 12;
const STATUS: usize = 13;
const DESCRIPTION: usize = 15;
/// Those that hold dates.
const DATES: [usize; 6] = [4, 5, 6, COLLECTED_ON, REFUNDED_ON, 16];

impl<'p> Reader<'p> {
    /// Stands before a file's first record.
    #[must_use]
    pub fn new(fit: Fit<'p>) -> Self {
        Self { fit, ours: vec![String::new(); COLUMNS.len()], spelt: String::new() }
    }

    /// Returns the profile with its places.
    #[must_use]
    pub const fn fit(&self) -> &Fit<'p> {
        &self.fit
    }

    /// Returns the last charge's cells, in our forms and the order of our columns.
    #[must_use]
    pub fn cells(&self) -> &[String] {
        &self.ours
    }

    /// Reads a record.
    ///
    /// # Errors
    /// Why it is set aside.
    pub fn take<'a>(
        &'a mut self,
        line: u64,
        record: &'a StringRecord,
        setting: &Setting,
    ) -> Result<Taken<'a>, SetAside> {
        let profile: &'a Profile = self.fit.profile;
        for (rule, at) in profile.pass_over.iter().zip(&self.fit.pass_over) {
            if at.is_some_and(|at| rule.fits(text(record, at))) {
                let id = self.fit.places[CHARGE_ID].at.map_or("", |at| text(record, at));
                let denies = (rule.is_test() && !id.is_empty()).then_some(Denied::Charge(id));
                return Ok(Taken::PassedOver { why: &rule.why, denies });
            }
        }
        if let (Some(rows), Some(places)) = (&profile.refunds, &self.fit.refunds) {
            let word = text(record, places.column);
            let is = |words: &[String]| words.iter().any(|theirs| same(theirs, word));
            let undoes = is(&rows.undo);
            if undoes || is(&rows.refund) {
                let status = self.fit.places[STATUS].at.map_or("", |at| text(record, at));
                if !rows.only_status.is_empty() && !rows.only_status.iter().any(|word| same(word, status)) {
                    let id = text(record, places.id);
                    let denies = (!id.is_empty()).then_some(Denied::Refund(id));
                    return Ok(Taken::PassedOver { why: "refunds that moved no money", denies });
                }
                let foreign = Foreign { fit: &self.fit, record, line };
                let (row, currency) = foreign.refund(rows, places, undoes, setting)?;
                let row = RefundRow { currency: Some(currency).filter(|c| *c != setting.currency), ..row };
                return Ok(Taken::Refund(row));
            }
            if !is(&rows.charge) {
                let reason = format!("profile {} does not say what such a row is", profile.name);
                return Err(SetAside::new(line, &self.fit.names[places.column], word, reason));
            }
        }
        self.charge(line, record, setting)
    }

    fn charge<'a>(
        &'a mut self,
        line: u64,
        record: &'a StringRecord,
        setting: &Setting,
    ) -> Result<Taken<'a>, SetAside> {
        let foreign = Foreign { fit: &self.fit, record, line };
        let amount = || foreign.readable(setting);
        self.spelt.clear();
        let verdict =
            foreign.rewrite(&mut self.ours, &mut self.spelt, setting).map_err(|row| row.worth(amount()))?;
        let ours: &'a [String] = &self.ours;
        let cells = std::array::from_fn(|at| Cell { text: ours[at].as_str(), column: &COLUMNS[at] });
        let (mut row, Remarks { blank_currency, .. }) =
            BillingRow::read(&cells, setting).map_err(|fault| foreign.located(fault).worth(amount()))?;
        if let Some(lack) = row.lack() {
            return Err(foreign.located(lack).worth(amount()));
        }
        if self.fit.profile.refunds.is_some() && !row.status.gives_all_back() {
            // Refunds are rows of their own, and the charge's row says nothing of them.
            row.refunded = None;
        }
        row.spelt = Some(self.spelt.as_str()).filter(|spelt| !spelt.is_empty() && *spelt != row.charge_id);
        let unclassified = (verdict == Kind::Unclassified).then(|| foreign.wording());
        Ok(Taken::Charge { row, blank_currency, unclassified })
    }
}

/// The columns of an amount that are taxes.
#[derive(Clone, Copy)]
struct Taxes<'a> {
    less: &'a [usize],
    /// Whether all of it was paid.
    paid: bool,
}

impl Taxes<'_> {
    const NONE: Self = Self { less: &[], paid: true };
}

/// A record with the places of its columns.
struct Foreign<'f, 'a> {
    fit: &'f Fit<'f>,
    record: &'a StringRecord,
    line: u64,
}

/// Writes a moment in the one form that it has in UTC, whatever its offset; a day without an hour stays as it is. Never
/// only the day: two purchases of one day are two charges (R8).
fn one_moment(text: String) -> String {
    DateTime::parse_from_rfc3339(&text)
        .map_or(text, |moment| moment.to_utc().to_rfc3339_opts(SecondsFormat::AutoSi, true))
}

/// Returns a text as one word.
fn underscored(text: &str) -> String {
    text.chars().map(|sign| if sign.is_whitespace() { '_' } else { sign }).collect()
}

fn text(record: &StringRecord, at: usize) -> &str {
    record.get(at).unwrap_or_default().trim()
}

impl<'a> Foreign<'_, 'a> {
    fn text(&self, at: usize) -> &'a str {
        text(self.record, at)
    }

    fn refused(&self, at: usize, reason: String) -> SetAside {
        SetAside::new(self.line, &self.fit.names[at], self.text(at), reason)
    }

    /// Names the file's column and what stood in it, where ours was found wrong.
    fn located(&self, fault: Fault) -> SetAside {
        let place = COLUMNS.iter().zip(&self.fit.places).find(|(column, _)| column.name == fault.column);
        match place.and_then(|(_, place)| place.at) {
            Some(at) => self.refused(at, fault.reason),
            None => fault.at(self.line),
        }
    }

    /// Writes the record's cells in our forms; returns the classifier's verdict.
    fn rewrite(&self, ours: &mut [String], spelt: &mut String, setting: &Setting) -> Result<Kind, SetAside> {
        let profile = self.fit.profile;
        for ((column, place), cell) in COLUMNS.iter().zip(&self.fit.places).zip(ours.iter_mut()) {
            cell.clear();
            let theirs = place.at.map_or("", |at| self.text(at));
            // A dash clears in our files; in others it is a way to write nothing.
            let theirs = if theirs == "-" { "" } else { theirs };
            let constant = profile.constants.get(column.name).map_or("", String::as_str);
            cell.push_str(if theirs.is_empty() { constant } else { theirs });
        }
        let currency = ours[CURRENCY].parse().unwrap_or(setting.currency);
        if !self.fit.id_from.is_empty() {
            ours[CHARGE_ID] = self.made_id(currency)?;
            self.spell_id(spelt);
        }
        let email_at = self.fit.places[ACCOUNT_EMAIL].at;
        if email_at.is_some() && self.fit.places[ACCOUNT_ID].at == email_at {
            ours[ACCOUNT_ID] = EmailKey::of(&ours[ACCOUNT_ID]).0;
        }
        let (status, overruled) = self.status(&ours[STATUS])?;
        status.as_str().clone_into(&mut ours[STATUS]);
        for at in DATES {
            if let Some(place) = self.fit.places[at].at
                && !ours[at].is_empty()
            {
                ours[at] = self.date(place)?;
            }
        }
        if !status.was_collected() {
            ours[COLLECTED_ON].clear();
        }
        for at in [AMOUNT, REFUNDED] {
            if let Some(place) = self.fit.places[at].at
                && !ours[at].is_empty()
            {
                let less: &[usize] = if at == AMOUNT { &self.fit.less } else { &[] };
                let taxes = Taxes { less, paid: status.was_collected() };
                ours[at] = self.amount(place, taxes, currency)?.major(currency);
            }
        }
        if let Some(rule) = overruled
            && status.gives_all_back()
        {
            self.give_back(rule, ours, currency, setting)?;
        }
        let verdict = self.verdict();
        verdict.as_str().clone_into(&mut ours[KIND]);
        Ok(verdict)
    }

    /// Makes the charge's id of what its columns mean, as far as we know it: another export may write the same purchase
    /// with another case of the e-mail or the product, another form of the date or number of decimals, and it must not
    /// become a second charge (R4.5). Of all other columns every sign counts.
    fn made_id(&self, currency: Currency) -> Result<String, SetAside> {
        let mut parts = Vec::with_capacity(self.fit.id_from.len());
        for at in self.fit.id_from.iter().copied() {
            let text = self.text(at);
            if text.is_empty() {
                return Err(self.refused(at, "is blank, and the charge's id is made of it".to_owned()));
            }
            parts.push(if self.is_one_of(at, &DATES) {
                one_moment(self.date(at)?)
            } else if self.is_one_of(at, &[AMOUNT, REFUNDED]) {
                self.amount(at, Taxes::NONE, currency)?.major(currency)
            } else if self.is_one_of(at, &[ACCOUNT_EMAIL]) {
                EmailKey::of(text).0
            } else if self.is_one_of(at, &[DESCRIPTION]) {
                text.to_lowercase().split_whitespace().collect::<Vec<_>>().join("_")
            } else {
                underscored(text)
            });
        }
        Ok(parts.join("/"))
    }

    /// Writes the same id as its columns are spelt, by which earlier imports may know the charge.
    fn spell_id(&self, spelt: &mut String) {
        let parts: Vec<String> = self.fit.id_from.iter().map(|at| underscored(self.text(*at))).collect();
        spelt.push_str(&parts.join("/"));
    }

    /// Returns whether a column is, or for other files would be, one of ours.
    fn is_one_of(&self, at: usize, ours: &[usize]) -> bool {
        let named = |ours: &usize| self.fit.profile.columns.get(COLUMNS[*ours].name);
        let name = &self.fit.names[at];
        ours.iter().filter_map(named).any(|words| words.all().iter().any(|theirs| same(theirs, name)))
    }

    /// Adds what another column says went back to what the refunds' own column knows of; all of it, where no amount is
    /// told (R2.4).
    fn give_back(
        &self,
        rule: OverrulePlaces,
        ours: &mut [String],
        currency: Currency,
        setting: &Setting,
    ) -> Result<(), SetAside> {
        let before = Money::parse(&ours[REFUNDED], currency).unwrap_or(Money::ZERO);
        let amount = Money::parse(&ours[AMOUNT], currency).unwrap_or(Money::ZERO);
        if before.is_negative() || before > amount {
            // It is set aside for that.
            return Ok(());
        }
        let told = |at: Option<usize>| at.filter(|at| !matches!(self.text(*at), "" | "-"));
        let Some(at) = told(rule.refunded) else {
            // An amount that stands there is the refunds' own, unless the rule looks for one elsewhere.
            if before.is_zero() || rule.looks_for_an_amount {
                ours[REFUNDED].clear();
            }
            return Ok(());
        };
        let more = self.amount(at, Taxes::NONE, currency)?;
        if more.is_negative() {
            return Err(
                self.refused(at, "is below zero; write what went back without a sign (R2.7)".to_owned())
            );
        }
        if more.is_zero() {
            ours[REFUNDED].clear();
            return Ok(());
        }
        let all = before.plus(more).map_err(|error| self.refused(at, error.to_string()))?;
        ours[REFUNDED] = all.min(amount).major(currency);
        if let Some(on) = told(rule.refunded_on) {
            let text = self.date(on)?;
            let day = Cell { text: &text, column: &COLUMNS[REFUNDED_ON] }.day(setting);
            let day = day.map_err(|fault| self.refused(on, fault.reason))?;
            if day > setting.latest() {
                return Err(self.refused(on, format!("is later than tomorrow, {}", setting.latest())));
            }
            ours[REFUNDED_ON] = day.to_string();
        }
        Ok(())
    }

    /// Returns what became of the money, and the rule that overruled the status word, if one did.
    fn status(&self, word: &str) -> Result<(Status, Option<OverrulePlaces>), SetAside> {
        let profile = self.fit.profile;
        let own = match self.fit.places[STATUS].at {
            None => word.parse().map_err(|error: crate::words::UnknownWord| {
                SetAside::new(self.line, "status", word, error.to_string())
            })?,
            Some(at) => profile.status_of(word).ok_or_else(|| {
                self.refused(at, format!("profile {} does not say what this status means", profile.name))
            })?,
        };
        let overruled = profile.overrule.iter().zip(&self.fit.overrule).find_map(|(rule, places)| {
            let at = places.column.filter(|_| own.was_collected())?;
            Some((rule.verdict(self.text(at))?, *places))
        });
        Ok(overruled.map_or((own, None), |(status, places)| (status, Some(places))))
    }

    fn date(&self, at: usize) -> Result<String, SetAside> {
        let form = &self.fit.profile.dates;
        form.read(self.text(at), &self.fit.names[at]).map_err(|reason| self.refused(at, reason))
    }

    /// Returns the amount of a row that is set aside for something else, if it is in the programme's currency.
    fn readable(&self, setting: &Setting) -> Option<Money> {
        let at = self.fit.places[AMOUNT].at?;
        let currency = match self.fit.places[CURRENCY].at.map_or("", |at| self.text(at)) {
            "" | "-" => setting.currency,
            code => code.parse().ok()?,
        };
        let taxes = Taxes { less: &self.fit.less, paid: true };
        let amount = (currency == setting.currency).then(|| self.amount(at, taxes, currency).ok());
        amount.flatten()
    }

    /// Reads an amount, less what is taxes. A tax is zero or more and never above what it is a part of (R2.7): whatever
    /// else stands there is no tax, and must neither raise the amount nor pass for one of nothing.
    fn amount(&self, at: usize, taxes: Taxes<'_>, currency: Currency) -> Result<Money, SetAside> {
        let form = &self.fit.profile.amounts;
        let read = |at: usize| form.read(self.text(at), currency).map_err(|reason| self.refused(at, reason));
        let mut amount = read(at)?;
        // An amount below zero is set aside for that; its taxes may well be below zero too.
        let less = if amount.is_negative() { &[] } else { taxes.less };
        for at in less.iter().filter(|at| !self.text(**at).is_empty()) {
            let tax = read(*at)?;
            if tax.is_negative() {
                return Err(self.refused(*at, "is below zero, and would raise the amount (R2.7)".to_owned()));
            }
            let left = amount.minus(tax).map_err(|error| self.refused(*at, error.to_string()))?;
            if left.is_negative() && !taxes.paid {
                // The amount is what was paid of it so far, and the tax is that of the whole.
                return Ok(Money::ZERO);
            }
            if left.is_negative() {
                let reason = format!("is more than what it is a part of, {} (R2.7)", amount.major(currency));
                return Err(self.refused(*at, reason));
            }
            amount = left;
        }
        Ok(amount)
    }

    fn verdict(&self) -> Kind {
        let rules = self.fit.profile.lines.iter().zip(&self.fit.lines);
        let mut fitting =
            rules.filter(|(rule, at)| rule.always || at.is_some_and(|at| rule.fits(self.text(at))));
        fitting.next().map_or(Kind::Unclassified, |(rule, _)| rule.verdict())
    }

    /// What the line says of itself, for those who write the rules.
    fn wording(&self) -> String {
        let said: Vec<&str> =
            self.fit.wording.iter().map(|at| self.text(*at)).filter(|text| !text.is_empty()).collect();
        if said.is_empty() { "no description".to_owned() } else { said.join(" / ") }
    }

    fn refund(
        &self,
        rows: &Refunds,
        places: &RefundPlaces,
        undoes: bool,
        setting: &Setting,
    ) -> Result<(RefundRow<'a>, Currency), SetAside> {
        let name = |at: usize| {
            let text = self.text(at);
            let cell = Cell { text, column: &COLUMNS[CHARGE_ID] };
            cell.name().map_err(|fault| self.refused(at, fault.reason))
        };
        let Some(charge_at) = places.charge_id else {
            let reason =
                format!("the file has no column {} that says what it refunds", rows.charge_id.shown());
            return Err(self.refused(places.id, reason));
        };
        let currency = match self.fit.places[CURRENCY].at {
            Some(at) if !self.text(at).is_empty() => self
                .text(at)
                .parse()
                .map_err(|error: crate::money::MoneyError| self.refused(at, error.to_string()))?,
            Some(_) | None => {
                let constant = self.fit.profile.constants.get("currency");
                constant.and_then(|code| code.parse().ok()).unwrap_or(setting.currency)
            }
        };
        let signed = {
            let form = &self.fit.profile.amounts;
            let text = self.text(places.amount);
            form.read(text, currency).map_err(|reason| self.refused(places.amount, reason))?
        };
        let back = match rows.sign {
            Sign::Minus => signed.is_negative() != undoes,
            Sign::Plus => signed.is_positive() != undoes,
            Sign::Any => true,
        };
        if signed.is_zero() || !back {
            let reason = if signed.is_zero() {
                "is zero; nothing went back"
            } else {
                "has the other sign than such rows have"
            };
            return Err(self.refused(places.amount, reason.to_owned()));
        }
        let mut amount = Money::from_minor(signed.minor().saturating_abs());
        for at in self.fit.less.iter().filter(|at| !self.text(**at).is_empty()) {
            let form = &self.fit.profile.amounts;
            let tax = form.read(self.text(*at), currency).map_err(|reason| self.refused(*at, reason))?;
            let tax = Money::from_minor(tax.minor().saturating_abs());
            amount = amount.minus(tax).map_err(|error| self.refused(*at, error.to_string()))?;
        }
        if !amount.is_positive() {
            return Err(self.refused(places.amount, "is nothing but taxes".to_owned()));
        }
        let text = self.date(places.on)?;
        let day = Cell { text: &text, column: &COLUMNS[COLLECTED_ON] }
            .day(setting)
            .map_err(|fault| self.refused(places.on, fault.reason))?;
        if day > setting.latest() {
            return Err(self.refused(places.on, format!("is later than tomorrow, {}", setting.latest())));
        }
        let row = RefundRow {
            refund_id: name(places.id)?,
            charge_id: name(charge_at)?,
            source: places.source.map_or("", |at| self.text(at)),
            undoes,
            on: day,
            amount,
            currency: None,
        };
        Ok((row, currency))
    }
}
