//! A partner's record: everything the gates look at, with the answers of the International questionnaire and the
//! PayPal addresses of the past.
//!
//! Floor 4. One statement writes a whole record, so that a verb need only say how it should read afterwards; the
//! difference decides what is reckoned afresh. The values of the last import stay untouched: that is how a nightly
//! file knows which of its columns are new.

use rusqlite::{Row, params};

use crate::dates::{Day, to_stored};
use crate::ids::{AccountId, Email, EmailKey, PartnerId};
use crate::money::Rate;
use crate::partner::{Partner, TaxForm};
use crate::store::rows::{Stored, stored};
use crate::store::{Reader, StoreError, Writer};

const ANSWERS: &str = "SELECT partner_no, us_citizen, us_green_card, us_183_days, us_worked FROM partners
    WHERE partner_no = ?1";
const ADD: &str = "INSERT INTO partners (partner_id, name, email, email_key, joined_on, status, tax_status)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const SAVE: &str = "UPDATE partners SET name = ?2, email = ?3, email_key = ?4, joined_on = ?5, status = ?6,
        country = ?7, us_person = ?8, tax_form = ?9, tax_status = ?10, tax_signed_on = ?11, tax_decided_on = ?12,
        first_approved_on = ?13, us_citizen = ?14, us_green_card = ?15, us_183_days = ?16, us_worked = ?17,
        paypal_email = ?18, paypal_key = ?19, paypal_state = ?20, paypal_changed_on = ?21, payment_reversed = ?22
    WHERE partner_no = ?1";
const SET_RATE: &str = "INSERT INTO partner_rates (partner_no, from_on, millionths) VALUES (?1, ?2, ?3)
    ON CONFLICT (partner_no, from_on) DO UPDATE SET millionths = excluded.millionths";
const ADD_HISTORY: &str =
    "INSERT INTO paypal_history (partner_no, email, from_on, source) VALUES (?1, ?2, ?3, ?4)";
const HISTORY: &str =
    "SELECT history_no, email, from_on, source FROM paypal_history WHERE partner_no = ?1 ORDER BY history_no";
const BY_EMAIL: &str = "SELECT partner_id FROM partners WHERE email_key = ?1";
const BY_ID: &str = "SELECT EXISTS (SELECT 1 FROM partners WHERE partner_id = ?1)";
const SAME_ADDRESS: &str =
    "SELECT partner_id FROM partners WHERE paypal_key = ?1 AND partner_no <> ?2 AND status <> 'closed'
    ORDER BY partner_id";
const ALLOWED: &str = "SELECT EXISTS (SELECT 1 FROM shared_allowed
    WHERE first_no = ?1 AND second_no = ?2 AND paypal_key = ?3)";
const ALLOW: &str =
    "INSERT INTO shared_allowed (first_no, second_no, paypal_key, reason) VALUES (?1, ?2, ?3, ?4)";
const OWN_ACCOUNTS: &str = "SELECT DISTINCT account_id FROM attributions JOIN accounts USING (account_no)
    WHERE partner_no = ?1 AND accounts.email_key = ?2 AND self_referral = 0 ORDER BY account_id";

/// The four answers of the International questionnaire (R6.2); `None` is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Answers {
    /// Citizenship or dual citizenship of the US.
    pub citizen: Option<bool>,
    /// A green card.
    pub green_card: Option<bool>,
    /// More than 183 days in the US in the past three calendar years.
    pub days_183: Option<bool>,
    /// Physically worked in the US in any period of the last calendar year.
    pub worked: Option<bool>,
}

impl Answers {
    /// Returns whether any answer is yes, which routes the partner to the W-9 (R6.2).
    #[must_use]
    pub fn says_us(&self) -> bool {
        [self.citizen, self.green_card, self.days_183, self.worked].contains(&Some(true))
    }
}

/// A partner as stored: the facts of the rules, and what only people ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerRecord {
    /// The store's key.
    pub no: i64,
    /// What the rules look at.
    pub facts: Partner,
    /// The questionnaire; `facts.tax.questionnaire_says_us` follows from it.
    pub answers: Answers,
}

impl PartnerRecord {
    /// Takes the questionnaire's answers over.
    pub fn answer(&mut self, answers: Answers) {
        self.answers = answers;
        self.facts.tax.questionnaire_says_us = answers.says_us();
    }
}

/// A PayPal address a partner has had (R6.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressEntry {
    /// The address; `None` where it was cleared.
    pub email: Option<Email>,
    /// The day on which it was entered.
    pub from: Day,
    /// The command that entered it.
    pub source: String,
}

fn read_answers(row: &Row<'_>) -> rusqlite::Result<Answers> {
    Ok(Answers { citizen: row.get(1)?, green_card: row.get(2)?, days_183: row.get(3)?, worked: row.get(4)? })
}

impl Reader {
    /// Returns a partner's record.
    ///
    /// # Errors
    /// Damaged rows, no such partner.
    pub fn partner_record(&self, no: i64) -> Result<PartnerRecord, StoreError> {
        let book = self.partners()?;
        let unknown = || StoreError::Unknown { what: "partner", id: no.to_string() };
        let facts = book.get(no).cloned().ok_or_else(unknown)?;
        let answers = self.sql.prepare_cached(ANSWERS)?.query_row([no], read_answers)?;
        Ok(PartnerRecord { no, facts, answers })
    }

    /// Returns every partner's record, by id.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn partner_records(&self) -> Result<Vec<PartnerRecord>, StoreError> {
        let mut statement = self.sql.prepare_cached(ANSWERS)?;
        let mut records = Vec::new();
        for (no, facts) in self.partners()?.iter() {
            let answers = statement.query_row([no], read_answers)?;
            records.push(PartnerRecord { no, facts: facts.clone(), answers });
        }
        records.sort_by(|one, two| one.facts.id.cmp(&two.facts.id));
        Ok(records)
    }

    /// Returns whose login e-mail an address is.
    ///
    /// # Errors
    /// SQLite's.
    pub fn partner_by_login(&self, email: &Email) -> Result<Option<PartnerId>, StoreError> {
        let ids = self.ids(BY_EMAIL, params![email.key().0])?;
        Ok(ids.into_iter().next().map(PartnerId))
    }

    /// Returns whether a partner id is taken.
    ///
    /// # Errors
    /// SQLite's.
    pub fn partner_id_taken(&self, id: &PartnerId) -> Result<bool, StoreError> {
        Ok(self.sql.prepare_cached(BY_ID)?.query_row([id.as_str()], |row| row.get(0))?)
    }

    /// Returns the PayPal addresses a partner has had, oldest first.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn paypal_history(&self, no: i64) -> Result<Vec<AddressEntry>, StoreError> {
        let mut statement = self.sql.prepare_cached(HISTORY)?;
        let mut rows = statement.query([no])?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            let row = Stored { table: "paypal_history", row };
            entries.push(AddressEntry {
                email: row.get::<Option<String>>(1)?.map(|text| Email::new(&text)),
                from: row.day(2)?,
                source: row.get(3)?,
            });
        }
        Ok(entries)
    }

    /// Returns the other partners, none closed, who have a PayPal address too (R6.5).
    ///
    /// # Errors
    /// SQLite's.
    pub fn partners_paid_at(&self, email: &Email, but: i64) -> Result<Vec<PartnerId>, StoreError> {
        let ids = self.ids(SAME_ADDRESS, params![email.key().0, but])?;
        Ok(ids.into_iter().map(PartnerId).collect())
    }

    /// Returns whether staff have allowed two partners one address (R6.5).
    ///
    /// # Errors
    /// SQLite's.
    pub fn sharing_allowed(&self, one: i64, two: i64, key: &EmailKey) -> Result<bool, StoreError> {
        let pair = params![one.min(two), one.max(two), key.as_str()];
        Ok(self.sql.prepare_cached(ALLOWED)?.query_row(pair, |row| row.get(0))?)
    }

    /// Returns the accounts of a partner that bear an e-mail and yet count as referred by somebody else: a match
    /// that arose later is warned about and changes nothing (R4.6).
    ///
    /// # Errors
    /// SQLite's.
    pub fn accounts_matching(&self, no: i64, email: &Email) -> Result<Vec<AccountId>, StoreError> {
        let ids = self.ids(OWN_ACCOUNTS, params![no, email.key().0])?;
        Ok(ids.into_iter().map(AccountId).collect())
    }

    fn ids(&self, statement: &str, keys: impl rusqlite::Params) -> Result<Vec<String>, StoreError> {
        let mut statement = self.sql.prepare_cached(statement)?;
        let rows = statement.query_map(keys, |row| row.get(0))?;
        rows.map(|row| row.map_err(StoreError::from)).collect()
    }
}

impl Writer {
    /// Stores a new partner and returns the store's key; `source` names the command in the address's history.
    ///
    /// # Errors
    /// A taken id or login e-mail.
    pub fn add_partner(&self, record: &PartnerRecord, source: &str) -> Result<i64, StoreError> {
        let facts = &record.facts;
        self.sql().prepare_cached(ADD)?.execute(params![
            facts.id.as_str(),
            facts.name,
            facts.email.as_str(),
            facts.email.key().0,
            to_stored(facts.joined_on),
            facts.standing.as_str(),
            facts.tax.status.as_str(),
        ])?;
        let no = self.sql().last_insert_rowid();
        let blank = self.partner_record(no)?;
        self.save_partner(&blank, &PartnerRecord { no, ..record.clone() }, source)?;
        Ok(no)
    }

    /// Writes a partner's record as it should read, with the address's history, and marks what must be reckoned
    /// afresh. Rates are added or replaced, never taken away.
    ///
    /// # Errors
    /// A taken login e-mail.
    pub fn save_partner(
        &self,
        before: &PartnerRecord,
        after: &PartnerRecord,
        source: &str,
    ) -> Result<(), StoreError> {
        let (facts, tax, paypal) = (&after.facts, &after.facts.tax, &after.facts.paypal);
        let first_approved = match facts.first_approval {
            None => 0,
            Some(None) => 1,
            Some(Some(day)) => to_stored(day),
        };
        self.sql().prepare_cached(SAVE)?.execute(params![
            after.no,
            facts.name,
            facts.email.as_str(),
            facts.email.key().0,
            to_stored(facts.joined_on),
            facts.standing.as_str(),
            facts.country,
            facts.us_person,
            tax.form.map(TaxForm::as_str),
            tax.status.as_str(),
            stored(tax.signed_on),
            stored(tax.decided_on),
            first_approved,
            after.answers.citizen,
            after.answers.green_card,
            after.answers.days_183,
            after.answers.worked,
            paypal.email.as_ref().map(Email::as_str),
            paypal.email.as_ref().map(|email| email.key().0),
            paypal.state.as_str(),
            stored(paypal.changed_on),
            facts.payment_reversed,
        ])?;
        if paypal.email != before.facts.paypal.email {
            self.sql().prepare_cached(ADD_HISTORY)?.execute(params![
                after.no,
                paypal.email.as_ref().map(Email::as_str),
                to_stored(self.today_here()),
                source
            ])?;
        }
        for (from, rate) in &facts.rates {
            if !before.facts.rates.contains(&(*from, *rate)) {
                self.set_rate(after.no, *from, *rate)?;
            }
        }
        let earning = |record: &PartnerRecord| {
            (record.facts.rates.clone(), record.facts.joined_on, record.facts.first_approval)
        };
        if earning(before) != earning(after) {
            self.touch_partner(after.no);
        }
        Ok(())
    }

    fn set_rate(&self, no: i64, from: Option<Day>, rate: Rate) -> Result<(), StoreError> {
        let from_on = from.map_or(0, to_stored);
        self.sql().prepare_cached(SET_RATE)?.execute(params![no, from_on, rate.millionths()])?;
        Ok(())
    }

    /// Allows two partners one PayPal address (R6.5).
    ///
    /// # Errors
    /// SQLite's.
    pub fn allow_sharing(&self, one: i64, two: i64, key: &EmailKey, reason: &str) -> Result<(), StoreError> {
        self.sql().prepare_cached(ALLOW)?.execute(params![
            one.min(two),
            one.max(two),
            key.as_str(),
            reason
        ])?;
        Ok(())
    }
}
