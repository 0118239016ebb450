//! Accounts that are named by their e-mail: it has no case, whatever the spelling under which it was first stored
//! (R4.5).
//!
//! Floor 4. A profile spells such names alike; books from before it did, and an accounts file, may spell them
//! otherwise.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

use rusqlite::Connection;

use crate::ids::EmailKey;
use crate::store::StoreError;

/// Names with a sign that no e-mail key has in it, or may have.
const SPELT: &str =
    "SELECT account_id FROM accounts WHERE account_id LIKE '%@%' AND account_id <> lower(account_id)";
const EXISTS: &str = "SELECT EXISTS (SELECT 1 FROM accounts WHERE account_id = ?1)";

/// The stored names that are e-mails and not spelt as their key; read when the first e-mail is asked for.
#[derive(Default)]
pub(super) struct EmailNames {
    by_key: OnceCell<HashMap<String, String>>,
}

impl EmailNames {
    /// Returns the name under which an account is known: its own, unless only another spelling of it is stored.
    pub(super) fn known<'a>(&'a self, sql: &Connection, name: &'a str) -> Result<&'a str, StoreError> {
        Ok(match self.other(sql, name)? {
            // A profile spells a name as its key, so what is not is another's spelling.
            Some(Cow::Borrowed(other)) => other,
            Some(Cow::Owned(_)) | None => name,
        })
    }

    /// Returns another spelling of a name under which an account is stored, where the name itself is not.
    pub(super) fn other(&self, sql: &Connection, name: &str) -> Result<Option<Cow<'_, str>>, StoreError> {
        if !name.contains('@') {
            return Ok(None);
        }
        let key = EmailKey::of(name).0;
        let exists = |name: &str| -> Result<bool, StoreError> {
            Ok(sql.prepare_cached(EXISTS)?.query_row([name], |row| row.get(0))?)
        };
        let by_key = match self.by_key.get() {
            Some(by_key) => by_key,
            None => self.by_key.get_or_init({
                let read = spelt(sql)?;
                || read
            }),
        };
        let other = match by_key.get(&key) {
            Some(other) if other == name => return Ok(None),
            Some(other) => Cow::Borrowed(other.as_str()),
            None if key != name && exists(&key)? => Cow::Owned(key),
            None => return Ok(None),
        };
        Ok((!exists(name)?).then_some(other))
    }
}

fn spelt(sql: &Connection) -> Result<HashMap<String, String>, StoreError> {
    let mut statement = sql.prepare(SPELT)?;
    let mut rows = statement.query([])?;
    let mut by_key = HashMap::new();
    while let Some(row) = rows.next()? {
        let name: String = row.get(0)?;
        by_key.insert(EmailKey::of(&name).0, name);
    }
    Ok(by_key)
}
