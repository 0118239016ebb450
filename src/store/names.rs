//! Whose a name is: a partner is named by id, login e-mail or code wherever PARTNER stands.
//!
//! Floor 4. So no name may be another partner's as well, whatever it is for each: money, an address or a decision
//! would go to the one that is found first. Ids compare as written when a partner is looked up; two that differ in
//! case alone are still too like each other for people, and the second is not taken.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};

use super::{Reader, StoreError};
use crate::ids::{Code, EmailKey};

const IDS: &str = "SELECT partner_id FROM partners";
const BY_EMAIL: &str = "SELECT partner_id FROM partners WHERE email_key = ?1";
const BY_CODE: &str =
    "SELECT partner_id, owner_key, owner_email FROM links LEFT JOIN partners USING (partner_no)
    WHERE code_key = ?1";

/// The ids of all partners, by what they are without case: no index compares so.
#[derive(Debug, Default)]
pub(super) struct Names {
    ids: HashMap<String, String>,
}

/// For whom a name is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Own<'a> {
    /// Their id; nobody's is empty.
    pub id: &'a str,
    /// The key of their login e-mail.
    pub email: Option<&'a EmailKey>,
}

impl Names {
    pub(super) fn load(sql: &Connection) -> Result<Self, StoreError> {
        let mut statement = sql.prepare(IDS)?;
        let mut rows = statement.query([])?;
        let mut names = Self::default();
        while let Some(row) = rows.next()? {
            names.add(&row.get::<_, String>(0)?);
        }
        Ok(names)
    }

    pub(super) fn add(&mut self, id: &str) {
        self.ids.insert(id.to_lowercase(), id.to_owned());
    }

    /// Returns whose a name is already, in words that follow "is": somebody's but the one for whom it is wanted.
    pub(super) fn bearer(
        &self,
        sql: &Connection,
        name: &str,
        own: Own<'_>,
    ) -> Result<Option<String>, StoreError> {
        let name = name.trim();
        if let Some(id) = self.ids.get(&name.to_lowercase()).filter(|id| *id != own.id) {
            let case = if id == name { "" } else { ", but for the case of its letters" };
            return Ok(Some(format!("the id of partner {id}{case}")));
        }
        let by_email: Option<String> = sql
            .prepare_cached(BY_EMAIL)?
            .query_row([EmailKey::of(name).as_str()], |row| row.get(0))
            .optional()?;
        if let Some(id) = by_email.filter(|id| id != own.id) {
            return Ok(Some(format!("the login e-mail of partner {id}")));
        }
        let link: Option<[Option<String>; 3]> = sql
            .prepare_cached(BY_CODE)?
            .query_row([Code(name.to_owned()).key()], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]))
            .optional()?;
        Ok(match link {
            Some([Some(id), ..]) if id != own.id => Some(format!("the code of a link of partner {id}")),
            Some([None, key, email]) if key.as_deref() != own.email.map(EmailKey::as_str) => {
                let owner = email.map_or_else(String::new, |email| format!(" of {email}"));
                Some(format!("the code of an unclaimed link{owner}"))
            }
            Some(_) | None => None,
        })
    }
}

impl Reader {
    /// Returns whose a name is already, in words that follow "is": somebody's but the one for whom it is wanted.
    ///
    /// # Errors
    /// SQLite's.
    pub fn name_bearer(&self, name: &str, own: Own<'_>) -> Result<Option<String>, StoreError> {
        Names::load(&self.sql)?.bearer(&self.sql, name, own)
    }
}
