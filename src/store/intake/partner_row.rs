//! A stored partner as a row of the partners file meets it.
//!
//! Floor 4. `imported` holds the last imported value of each column: only a column that differs from it is applied, so
//! that a nightly file does not undo what staff entered since (CONTRACT.md "CSV in").

use std::collections::BTreeMap;

use rusqlite::{Connection, Row, params};

use crate::dates::{Day, to_stored};
use crate::ids::{Email, EmailKey};
use crate::import::cells::Given;
use crate::partner::{AddressState, Standing, TaxForm, TaxStatus};
use crate::store::StoreError;
use crate::store::rows::{Stored, stored};

const FIND: &str = "SELECT partner_no, partner_id, name, email, joined_on, status, country, us_person, tax_form,
        tax_status, tax_signed_on, tax_decided_on, first_approved_on, paypal_email, paypal_state, paypal_changed_on,
        imported
    FROM partners WHERE partner_id = ?1";
const ADD: &str =
    "INSERT INTO partners (name, email, email_key, joined_on, status, country, us_person, tax_form,
        tax_status, tax_signed_on, tax_decided_on, first_approved_on, paypal_email, paypal_key, paypal_state,
        paypal_changed_on, imported, partner_id)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
    RETURNING partner_no";
const CHANGE: &str =
    "UPDATE partners SET name = ?1, email = ?2, email_key = ?3, joined_on = ?4, status = ?5,
        country = ?6, us_person = ?7, tax_form = ?8, tax_status = ?9, tax_signed_on = ?10, tax_decided_on = ?11,
        first_approved_on = ?12, paypal_email = ?13, paypal_key = ?14, paypal_state = ?15, paypal_changed_on = ?16,
        imported = ?17
    WHERE partner_no = ?18";

/// R6.3's stored form of an approval without a date.
const APPROVED_EVER: i64 = 1;

/// A partner's columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StoredPartner {
    /// 0 while it is not stored.
    pub(super) no: i64,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) email: Email,
    pub(super) joined_on: Day,
    pub(super) status: Standing,
    pub(super) country: Option<String>,
    pub(super) us_person: Option<bool>,
    pub(super) tax_form: Option<TaxForm>,
    pub(super) tax_status: TaxStatus,
    pub(super) tax_signed_on: Option<Day>,
    pub(super) tax_decided_on: Option<Day>,
    pub(super) first_approved_on: i64,
    pub(super) paypal: Option<Email>,
    pub(super) paypal_state: AddressState,
    pub(super) paypal_changed_on: Option<Day>,
    pub(super) imported: BTreeMap<String, String>,
}

impl StoredPartner {
    /// Returns a partner of whom only the id, e-mail and joining are known.
    pub(super) fn new(id: &str, name: &str, email: &str, joined_on: Day) -> Self {
        Self {
            no: 0,
            id: id.to_owned(),
            name: name.to_owned(),
            email: Email::new(email),
            joined_on,
            status: Standing::Active,
            country: None,
            us_person: None,
            tax_form: None,
            tax_status: TaxStatus::Missing,
            tax_signed_on: None,
            tax_decided_on: None,
            first_approved_on: 0,
            paypal: None,
            paypal_state: AddressState::Unconfirmed,
            paypal_changed_on: None,
            imported: BTreeMap::new(),
        }
    }

    /// Finds a partner by id.
    pub(super) fn find(sql: &Connection, id: &str) -> Result<Option<Self>, StoreError> {
        let mut statement = sql.prepare_cached(FIND)?;
        let mut rows = statement.query([id])?;
        rows.next()?.map(Self::read).transpose()
    }

    fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        let row = Stored { table: "partners", row };
        let imported: Option<String> = row.get(16)?;
        let imported = imported.map_or_else(|| Ok(BTreeMap::new()), |text| serde_json::from_str(&text));
        let id: String = row.get(1)?;
        Ok(Self {
            no: row.get(0)?,
            name: row.get(2)?,
            email: Email::new(&row.get::<String>(3)?),
            joined_on: row.day(4)?,
            status: row.word(5)?,
            country: row.get(6)?,
            us_person: row.get(7)?,
            tax_form: row.opt_word(8)?,
            tax_status: row.word(9)?,
            tax_signed_on: row.opt_day(10)?,
            tax_decided_on: row.opt_day(11)?,
            first_approved_on: row.get(12)?,
            paypal: row.get::<Option<String>>(13)?.map(|text| Email::new(&text)),
            paypal_state: row.word(14)?,
            paypal_changed_on: row.opt_day(15)?,
            imported: imported.map_err(|error| StoreError::Damaged {
                table: "partners",
                id: id.clone(),
                what: format!("its imported values: {error}"),
            })?,
            id,
        })
    }

    /// Returns what a column newly says: nothing if the cell is blank or only repeats its last imported value.
    pub(super) fn news<T>(&mut self, column: &str, given: Given<T>, text: impl Fn(&T) -> String) -> Given<T> {
        let said = match &given {
            Given::Blank => return Given::Blank,
            Given::Clear => "-".to_owned(),
            Given::Value(value) => text(value),
        };
        if self.imported.get(column) == Some(&said) {
            return Given::Blank;
        }
        self.imported.insert(column.to_owned(), said);
        given
    }

    /// Keeps the first approval at its earliest (R6.3).
    pub(super) fn note_approval(&mut self) {
        if self.tax_status == TaxStatus::Approved {
            let approved = self.tax_decided_on.map_or(APPROVED_EVER, to_stored);
            self.first_approved_on = match self.first_approved_on {
                0 => approved,
                known => known.min(approved),
            };
        }
    }

    /// Stores the partner; a new one gets its key.
    pub(super) fn store(&mut self, sql: &Connection) -> Result<(), StoreError> {
        let imported = serde_json::Value::from_iter(self.imported.clone()).to_string();
        let login = self.email.key();
        let key = self.paypal.as_ref().map(Email::key);
        let values = params![
            self.name,
            self.email.as_str(),
            login.as_str(),
            to_stored(self.joined_on),
            self.status.as_str(),
            self.country,
            self.us_person,
            self.tax_form.map(TaxForm::as_str),
            self.tax_status.as_str(),
            stored(self.tax_signed_on),
            stored(self.tax_decided_on),
            self.first_approved_on,
            self.paypal.as_ref().map(Email::as_str),
            key.as_ref().map(EmailKey::as_str),
            self.paypal_state.as_str(),
            stored(self.paypal_changed_on),
            imported,
        ];
        let mut all: Vec<&dyn rusqlite::ToSql> = values.to_vec();
        if self.no == 0 {
            all.push(&self.id);
            self.no = sql.prepare_cached(ADD)?.query_row(all.as_slice(), |row| row.get(0))?;
        } else {
            all.push(&self.no);
            sql.prepare_cached(CHANGE)?.execute(all.as_slice())?;
        }
        Ok(())
    }
}
