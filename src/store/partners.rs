//! Partners in the store: all of them at once for the rules, one by any of its names for people.
//!
//! Floor 4.

use std::collections::HashMap;
use std::panic::resume_unwind;
use std::thread;

use rusqlite::{Connection, OptionalExtension};

use super::rows::Stored;
use super::{Reader, StoreError};
use crate::commission::Partners;
use crate::dates::from_stored;
use crate::ids::{Code, Email, EmailKey, PartnerId};
use crate::money::Rate;
use crate::partner::{Partner, Paypal, Tax};

const ALL: &str = "SELECT partner_no, partner_id, name, email, joined_on, status, country, us_person,
        tax_form, tax_status, tax_signed_on, tax_decided_on, first_approved_on,
        us_citizen = 1 OR us_green_card = 1 OR us_183_days = 1 OR us_worked = 1,
        paypal_email, paypal_state, paypal_changed_on, payment_reversed
    FROM partners";
const COUNT: &str = "SELECT count(*) FROM partners";
const RATES: &str = "SELECT partner_no, from_on, millionths FROM partner_rates ORDER BY partner_no, from_on";
const RATES_OF: &str =
    "SELECT partner_no, from_on, millionths FROM partner_rates WHERE partner_no = ?1 ORDER BY from_on";
/// Partners who share an address with another, neither closed, and whom staff have not allowed it (R6.5).
const SHARED: &str = "SELECT one.partner_no, two.partner_id
    FROM (SELECT paypal_key FROM partners GROUP BY paypal_key HAVING count(*) > 1) AS twice
        CROSS JOIN partners AS one ON one.paypal_key = twice.paypal_key
        CROSS JOIN partners AS two ON two.paypal_key = twice.paypal_key
    WHERE one.partner_no <> two.partner_no AND one.status <> 'closed' AND two.status <> 'closed'
      AND NOT EXISTS (SELECT 1 FROM shared_allowed
          WHERE first_no = min(one.partner_no, two.partner_no) AND second_no = max(one.partner_no, two.partner_no)
            AND shared_allowed.paypal_key = one.paypal_key)
    ORDER BY one.partner_no, two.partner_id";
/// The address of the last payment that left for a partner, whatever became of it.
const LAST_SENT_TO: &str = "SELECT items.paypal_email FROM items JOIN runs USING (run_no)
    WHERE items.partner_no = ?1 AND items.state NOT IN ('planned', 'cancelled')
      AND runs.kind IN ('regular', 'off_cycle') AND runs.state <> 'cancelled'
    ORDER BY items.item_no DESC LIMIT 1";
const BY_ID: &str = "SELECT partner_no FROM partners WHERE partner_id = ?1";
const BY_EMAIL: &str = "SELECT partner_no FROM partners WHERE email_key = ?1";
const BY_CODE: &str = "SELECT partner_no FROM links WHERE code_key = ?1 AND partner_no IS NOT NULL";

/// Partners from which on reading them takes longer than to open a second view.
const MANY: i64 = 2_000;

/// All partners, by the store's key.
#[derive(Debug, Default)]
pub struct PartnerBook {
    partners: HashMap<i64, Partner>,
}

impl PartnerBook {
    /// Returns a partner by the store's key.
    #[must_use]
    pub fn get(&self, no: i64) -> Option<&Partner> {
        self.partners.get(&no)
    }

    /// Returns the partners in no order.
    pub fn iter(&self) -> impl Iterator<Item = (i64, &Partner)> {
        self.partners.iter().map(|(no, partner)| (*no, partner))
    }

    /// Reads a few partners with their rates; whether an address is shared is not looked into.
    pub(super) fn load_few(sql: &Connection, nos: &[i64]) -> Result<Self, StoreError> {
        let mut partners = HashMap::new();
        let mut one = sql.prepare_cached(&format!("{ALL} WHERE partner_no = ?1"))?;
        let mut rates = sql.prepare_cached(RATES_OF)?;
        for no in nos {
            let mut rows = one.query([no])?;
            let Some(row) = rows.next()? else { continue };
            let mut partner = read(&Stored { table: "partners", row })?;
            let mut rows = rates.query([no])?;
            while let Some(row) = rows.next()? {
                let row = Stored { table: "partner_rates", row };
                partner.rates.push((row.opt_day(1)?, Rate::from_millionths(row.get(2)?)?));
            }
            partners.insert(*no, partner);
        }
        Ok(Self { partners })
    }

    pub(super) fn load(sql: &Connection) -> Result<Self, StoreError> {
        let count = usize::try_from(count(sql)?).unwrap_or(0);
        let mut partners = HashMap::with_capacity(count);
        if count == 0 {
            return Ok(Self { partners });
        }
        let mut statement = sql.prepare_cached(ALL)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let row = Stored { table: "partners", row };
            partners.insert(row.get(0)?, read(&row)?);
        }
        let mut statement = sql.prepare_cached(RATES)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let row = Stored { table: "partner_rates", row };
            if let Some(partner) = partners.get_mut(&row.get(0)?) {
                partner.rates.push((row.opt_day(1)?, Rate::from_millionths(row.get(2)?)?));
            }
        }
        let mut statement = sql.prepare_cached(SHARED)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(partner) = partners.get_mut(&row.get(0)?) {
                partner.paypal.shared_with.push(PartnerId(row.get(1)?));
            }
        }
        Ok(Self { partners })
    }
}

impl Partners for PartnerBook {
    fn partner(&self, no: i64) -> Option<&Partner> {
        self.partners.get(&no)
    }
}

fn count(sql: &Connection) -> Result<i64, StoreError> {
    Ok(sql.prepare_cached(COUNT)?.query_row([], |row| row.get(0))?)
}

fn read(row: &Stored<'_>) -> Result<Partner, StoreError> {
    let first_approved: i64 = row.get(12)?;
    Ok(Partner {
        id: PartnerId(row.get(1)?),
        name: row.get(2)?,
        email: Email::new(&row.get::<String>(3)?),
        joined_on: row.day(4)?,
        standing: row.word(5)?,
        country: row.get(6)?,
        us_person: row.get(7)?,
        tax: Tax {
            form: row.opt_word(8)?,
            status: row.word(9)?,
            signed_on: row.opt_day(10)?,
            decided_on: row.opt_day(11)?,
            questionnaire_says_us: row.get::<Option<bool>>(13)?.unwrap_or(false),
        },
        first_approval: match first_approved {
            0 => None,
            1 => Some(None),
            day => Some(from_stored(day)),
        },
        paypal: Paypal {
            email: row.get::<Option<String>>(14)?.map(|text| Email::new(&text)),
            state: row.word(15)?,
            changed_on: row.opt_day(16)?,
            shared_with: Vec::new(),
        },
        payment_reversed: row.get(17)?,
        rates: Vec::new(),
    })
}

impl Reader {
    /// Returns all partners.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn partners(&self) -> Result<PartnerBook, StoreError> {
        PartnerBook::load(&self.sql)
    }

    /// Does some reading while all partners are read on a second thread, from a second view of the same moment; one
    /// after the other where there are few of them, or where this view is of a change that is not saved.
    ///
    /// # Errors
    /// Damaged rows; what `work` says.
    pub fn with_partners<T>(
        &self,
        work: impl FnOnce() -> Result<T, StoreError>,
    ) -> Result<(PartnerBook, T), StoreError> {
        let twin = if count(&self.sql)? >= MANY { self.twin()? } else { None };
        let Some(twin) = twin else { return Ok((self.partners()?, work()?)) };
        thread::scope(|scope| {
            let partners = scope.spawn(move || twin.partners());
            let done = work();
            let partners = partners.join().unwrap_or_else(|panic| resume_unwind(panic));
            Ok((partners?, done?))
        })
    }

    /// Returns the PayPal address to which the last payment of a partner was sent, if any ever was (R6.4).
    ///
    /// # Errors
    /// SQLite's.
    pub fn last_sent_to(&self, partner_no: i64) -> Result<Option<String>, StoreError> {
        let mut statement = self.sql.prepare_cached(LAST_SENT_TO)?;
        Ok(statement.query_row([partner_no], |row| row.get(0)).optional()?)
    }

    /// Finds a partner by id, e-mail or any of their link codes, in this order.
    ///
    /// # Errors
    /// Nobody has that name.
    pub fn find_partner(&self, text: &str) -> Result<i64, StoreError> {
        let text = text.trim();
        let by = |statement: &str, key: &str| -> Result<Option<i64>, StoreError> {
            Ok(self.sql.prepare_cached(statement)?.query_row([key], |row| row.get(0)).optional()?)
        };
        if let Some(no) = by(BY_ID, text)? {
            return Ok(no);
        }
        if let Some(no) = by(BY_EMAIL, EmailKey::of(text).as_str())? {
            return Ok(no);
        }
        by(BY_CODE, &Code(text.to_owned()).key())?
            .ok_or_else(|| StoreError::Unknown { what: "partner", id: text.to_owned() })
    }
}
