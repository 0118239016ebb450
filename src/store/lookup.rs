//! Finding accounts, partners, links and referral records by exactly what a person says on the telephone.
//!
//! Floor 4. Each is a single probe of an index; what is but alike is `near`'s.

use rusqlite::{Params, params};

use super::partners::PartnerBook;
use super::rows::Stored;
use super::{LinkRow, Reader, StoreError};
use crate::attribution::LinkOwner;
use crate::dates::Day;
use crate::ids::{Code, EmailKey, PartnerId};
use crate::partner::Standing;

/// Accounts without a referrer that are looked through for a code.
pub const CARRYING_ROWS_MAX: i64 = 5_000;
/// Rows that one exact name may find.
const EXACT_MAX: i64 = 25;

const ACCOUNT_COLUMNS: &str =
    "SELECT account_no, account_id, email, name, opened_on, closed_on FROM accounts";
const PARTNER_COLUMNS: &str =
    "SELECT partner_no, partner_id, name, email, status, paypal_email FROM partners";
const REFERRAL_COLUMNS: &str = "SELECT referral_no, referrals.email, referrals.code, referred_on, partner_id
    FROM referrals LEFT JOIN links ON links.code_key = referrals.code_key
        LEFT JOIN partners ON partners.partner_no = links.partner_no";
/// By id as typed, in capitals and small, by charge. To prepare a statement costs more than to run it, so what can be
/// is asked for at once; not so by e-mail key and by name, whose indexes SQLite does not use beside others.
const ACCOUNTS_BY_ID: &str =
    "account_id IN (?1, ?2, ?3, (SELECT account_id FROM charges WHERE charge_id = ?1))";
const ACCOUNTS_BY_EMAIL: &str = "email_key = ?1";
const ACCOUNTS_BY_NAME: &str = "name = ?1 COLLATE NOCASE AND name IS NOT NULL";
/// By id as typed, in capitals and small, by login or PayPal e-mail key, by link code.
const NAMED_PARTNERS: &str = "partner_id IN (?1, ?2, ?3) OR email_key = ?4 OR paypal_key = ?4
    OR partner_no = (SELECT links.partner_no FROM links WHERE code_key = ?5)";
/// By e-mail key, by code.
const NAMED_REFERRALS: &str = "referrals.email_key = ?1 OR referrals.code_key = ?2";
const ACCOUNT_OF_CHARGE: &str = "SELECT account_id FROM charges WHERE charge_no = ?1";
/// Accounts without a referrer that carry a code; only so many are looked through.
const CARRYING: &str = "SELECT account_id FROM (SELECT account_id, referral_code
        FROM accounts INDEXED BY accounts_untied WHERE carries_code = 1 AND attributed = 0 LIMIT ?2) AS untied
    WHERE lower(referral_code) = ?1 OR EXISTS (SELECT 1 FROM charges
        WHERE charges.account_id = untied.account_id AND lower(charges.referral_code) = ?1)
    LIMIT ?3";
const CARRYING_BEYOND: &str = "SELECT 1 FROM accounts INDEXED BY accounts_untied
    WHERE carries_code = 1 AND attributed = 0 LIMIT 1 OFFSET ?1";
const CODE_OF_LINK: &str = "SELECT code FROM links WHERE link_no = ?1";

/// An account as a search finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundAccount {
    /// The store's key.
    pub no: i64,
    /// Billing's id.
    pub id: String,
    /// The e-mail it signed up with.
    pub email: Option<String>,
    /// The customer's name.
    pub name: Option<String>,
    /// The known day of opening.
    pub opened_on: Option<Day>,
    /// The day of closing.
    pub closed_on: Option<Day>,
}

/// A partner as a search finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPartner {
    /// The store's key.
    pub no: i64,
    /// The id.
    pub id: PartnerId,
    /// The name.
    pub name: String,
    /// The login e-mail.
    pub email: String,
    /// R6.1.
    pub standing: Standing,
    /// Where money goes.
    pub paypal_email: Option<String>,
}

/// A referral record as a search finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundReferral {
    /// The store's key.
    pub no: i64,
    /// Whom somebody referred.
    pub email: String,
    /// The code it names.
    pub code: String,
    /// Its day.
    pub referred_on: Day,
    /// Whose the code is, if anybody's.
    pub partner: Option<PartnerId>,
}

impl Reader {
    /// Returns the accounts that bear exactly this id, e-mail, name or charge (R4.5 for the e-mail, any ASCII case).
    ///
    /// # Errors
    /// Damaged rows.
    pub fn accounts_named(&self, text: &str) -> Result<Vec<FoundAccount>, StoreError> {
        let text = text.trim();
        let mut found =
            self.accounts_where(ACCOUNTS_BY_ID, [text, &text.to_uppercase(), &text.to_lowercase()])?;
        found.extend(self.accounts_where(ACCOUNTS_BY_EMAIL, [EmailKey::of(text).as_str()])?);
        found.extend(self.accounts_where(ACCOUNTS_BY_NAME, [text])?);
        found.sort_by_key(|account| account.no);
        found.dedup_by_key(|account| account.no);
        Ok(found)
    }

    /// Returns the accounts without a referrer that carry a code, on their own row or a charge's (R4.7): a code that no
    /// link bears is found by them alone. Also returns whether all of them were looked through.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn accounts_carrying(&self, code: &Code) -> Result<(Vec<FoundAccount>, bool), StoreError> {
        let mut statement = self.sql.prepare_cached(CARRYING)?;
        let mut rows = statement.query(params![code.key(), CARRYING_ROWS_MAX, EXACT_MAX])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.extend(self.accounts_where("account_id = ?1", [row.get::<_, String>(0)?])?);
        }
        let mut statement = self.sql.prepare_cached(CARRYING_BEYOND)?;
        Ok((found, !statement.exists([CARRYING_ROWS_MAX])?))
    }

    fn accounts_where(&self, filter: &str, key: impl Params) -> Result<Vec<FoundAccount>, StoreError> {
        let sql = format!("{ACCOUNT_COLUMNS} WHERE {filter} LIMIT {EXACT_MAX}");
        let mut statement = self.sql.prepare_cached(&sql)?;
        let mut rows = statement.query(key)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let row = Stored { table: "accounts", row };
            found.push(FoundAccount {
                no: row.get(0)?,
                id: row.get(1)?,
                email: row.get(2)?,
                name: row.get(3)?,
                opened_on: row.opt_day(4)?,
                closed_on: row.opt_day(5)?,
            });
        }
        Ok(found)
    }

    /// Returns an account by the store's key.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn account_found(&self, no: i64) -> Result<Option<FoundAccount>, StoreError> {
        Ok(self.accounts_where("account_no = ?1", [no])?.pop())
    }

    /// Returns the partners that bear exactly this id, login or PayPal e-mail, or link code.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn partners_named(&self, text: &str) -> Result<Vec<FoundPartner>, StoreError> {
        let text = text.trim();
        let (upper, lower, key) = (text.to_uppercase(), text.to_lowercase(), EmailKey::of(text));
        let code = Code(text.to_owned()).key();
        let mut found =
            self.partners_where(NAMED_PARTNERS, params![text, upper, lower, key.as_str(), code])?;
        found.sort_by_key(|partner| partner.no);
        Ok(found)
    }

    fn partners_where(&self, filter: &str, key: impl Params) -> Result<Vec<FoundPartner>, StoreError> {
        let sql = format!("{PARTNER_COLUMNS} WHERE {filter} LIMIT {EXACT_MAX}");
        let mut statement = self.sql.prepare_cached(&sql)?;
        let mut rows = statement.query(key)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let row = Stored { table: "partners", row };
            found.push(FoundPartner {
                no: row.get(0)?,
                id: PartnerId(row.get(1)?),
                name: row.get(2)?,
                email: row.get(3)?,
                standing: row.word(4)?,
                paypal_email: row.get(5)?,
            });
        }
        Ok(found)
    }

    /// Returns a partner by the store's key.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn partner_found(&self, no: i64) -> Result<Option<FoundPartner>, StoreError> {
        Ok(self.partners_where("partner_no = ?1", [no])?.pop())
    }

    /// Returns the referral records for exactly this e-mail, or that name exactly this code.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn referrals_named(&self, text: &str) -> Result<Vec<FoundReferral>, StoreError> {
        let key = EmailKey::of(text.trim());
        self.referrals_where(NAMED_REFERRALS, params![key.as_str(), Code(text.to_owned()).key()])
    }

    fn referrals_where(&self, filter: &str, key: impl Params) -> Result<Vec<FoundReferral>, StoreError> {
        let sql = format!("{REFERRAL_COLUMNS} WHERE {filter} ORDER BY referred_on LIMIT {EXACT_MAX}");
        let mut statement = self.sql.prepare_cached(&sql)?;
        let mut rows = statement.query(key)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let row = Stored { table: "referrals", row };
            found.push(FoundReferral {
                no: row.get(0)?,
                email: row.get(1)?,
                code: row.get(2)?,
                referred_on: row.day(3)?,
                partner: row.get::<Option<String>>(4)?.map(PartnerId),
            });
        }
        Ok(found)
    }

    /// Returns a referral record by the store's key.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn referral_found(&self, no: i64) -> Result<Option<FoundReferral>, StoreError> {
        Ok(self.referrals_where("referral_no = ?1", [no])?.pop())
    }

    /// Returns the link that bears a code, as the weighing of evidence needs it.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn link_owner(&self, code: &Code) -> Result<Option<LinkOwner>, StoreError> {
        let owner =
            |link: LinkRow| LinkOwner { link_no: link.no, partner_no: link.partner.map(|(no, _)| no) };
        Ok(self.link(code)?.map(owner))
    }

    /// Returns a link by the store's key.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn link_by_no(&self, no: i64) -> Result<Option<LinkRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(CODE_OF_LINK)?;
        let mut rows = statement.query([no])?;
        match rows.next()? {
            Some(row) => self.link(&Code(row.get(0)?)),
            None => Ok(None),
        }
    }

    /// Returns the account that a charge was billed to.
    ///
    /// # Errors
    /// SQLite's.
    pub fn account_of_charge(&self, charge_no: i64) -> Result<Option<String>, StoreError> {
        let mut statement = self.sql.prepare_cached(ACCOUNT_OF_CHARGE)?;
        let mut rows = statement.query([charge_no])?;
        Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
    }

    /// Reads a few partners, enough to judge charges: whether an address is shared is not looked into.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn partners_among(&self, nos: &[i64]) -> Result<PartnerBook, StoreError> {
        PartnerBook::load_few(&self.sql, nos)
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;
    use rusqlite::config::DbConfig;

    use super::*;
    use crate::store::migrate;

    /// A walk of a whole table would be right and take a hundred times as long.
    #[test]
    fn what_is_named_exactly_is_probed_for() {
        let sql = Connection::open_in_memory().expect("memory");
        sql.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).expect("as every connection");
        migrate::replay(&sql).expect("the schema");
        for (columns, filter) in [
            (ACCOUNT_COLUMNS, ACCOUNTS_BY_ID),
            (ACCOUNT_COLUMNS, ACCOUNTS_BY_EMAIL),
            (ACCOUNT_COLUMNS, ACCOUNTS_BY_NAME),
            (PARTNER_COLUMNS, NAMED_PARTNERS),
            (REFERRAL_COLUMNS, NAMED_REFERRALS),
        ] {
            let mut statement = sql
                .prepare(&format!("EXPLAIN QUERY PLAN {columns} WHERE {filter} LIMIT {EXACT_MAX}"))
                .expect("a statement");
            let mut rows = statement.raw_query();
            let mut plan: Vec<String> = Vec::new();
            while let Some(row) = rows.next().expect("a step") {
                plan.push(row.get(3).expect("words"));
            }
            assert!(plan.iter().all(|step| !step.starts_with("SCAN")), "{filter}: {plan:#?}");
        }
    }
}
