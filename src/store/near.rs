//! Near finds: what begins alike on the shelves of the store, and the walks of last resort.
//!
//! Floor 4. Near finds never walk a whole table while an index can answer: a range of everything that begins alike, and
//! short ranges for every slip within that beginning. Only when those find nobody are the names walked, and never many
//! more than `WALK_ROWS_MAX` of them (PERFORMANCE.md P8: what is asked between two calls must answer in milliseconds
//! beside a million charges). What counts as alike is `likeness`'s; how the finds are told is `commands::lookup`'s.

use std::collections::{BTreeMap, HashSet};

use rusqlite::params;

use super::{Reader, StoreError};
use crate::likeness::one_slip_variants;

/// Rows of a beginning that are compared one by one.
const BEGINNING_ROWS_MAX: usize = 1_000;
/// Rows compared for each slip within the beginning.
const SLIP_ROWS_MAX: usize = 40;
/// Letters after the slip that must be right, so that its range is short; more, where it is not.
const SLIP_REST: usize = 2;
/// Names walked when no index has found anybody, as `WALK_NAMES` and `WALK_EMAILS` limit themselves.
const WALK_ROWS_MAX: i64 = 600_000;
/// What parts the texts of a walk.
const PARTING: char = '\u{1f}';
const PARTING_BYTE: u8 = 0x1f;
/// Alike texts of one cost whose rows are looked up.
const ALIKE_MAX: usize = 1_000;
/// Rows found on a walk, beside which dearer ones are not looked up.
const ALIKE_ENOUGH: usize = 25;
/// Rows of one name or address that a walk finds.
const BEARERS_MAX: i64 = 25;

const PARTNER_NAMES: &str =
    "SELECT group_concat(replace(name, '\u{1f}', ' '), '\u{1f}'), group_concat(partner_no, '\u{1f}')
    FROM partners";
/// All names in one text, for SQLite puts a row's text to others' in a fraction of the time in which it hands a row
/// out; a sign that is in no name parts them. Where there are too many, only the first are taken, at twice the cost.
const WALK_NAMES: [&str; 2] = [
    "SELECT group_concat(name, '\u{1f}') FROM accounts INDEXED BY accounts_by_name WHERE name IS NOT NULL",
    "SELECT group_concat(name, '\u{1f}') FROM (SELECT name FROM accounts INDEXED BY accounts_by_name
        WHERE name IS NOT NULL LIMIT 600000)",
];
const WALK_EMAILS: [&str; 2] = [
    "SELECT group_concat(email_key, '\u{1f}') FROM accounts INDEXED BY accounts_by_email
        WHERE email_key IS NOT NULL",
    "SELECT group_concat(email_key, '\u{1f}') FROM (SELECT email_key FROM accounts INDEXED BY accounts_by_email
        WHERE email_key IS NOT NULL LIMIT 600000)",
];
const LAST_ACCOUNT: &str = "SELECT max(account_no) FROM accounts";
const NOS_OF_NAME: &str = "SELECT account_no FROM accounts
    WHERE name = ?1 COLLATE NOCASE AND name IS NOT NULL LIMIT ?2";
const NOS_OF_EMAIL: &str = "SELECT account_no FROM accounts WHERE email_key = ?1 LIMIT ?2";

/// An index that can be searched for what begins alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// The accounts' e-mail keys.
    AccountEmails,
    /// The accounts' names, any case.
    AccountNames,
    /// The accounts' ids.
    AccountIds,
    /// The partners' login keys.
    PartnerEmails,
    /// The partners' PayPal keys.
    PartnerPaypals,
    /// The partners' ids.
    PartnerIds,
    /// The links' code keys.
    Codes,
    /// The e-mail keys of those whose accounts the links were taken from (R4.2).
    LinkOwners,
    /// The e-mail keys of referral records.
    ReferralEmails,
    /// The charges' ids.
    ChargeIds,
}

impl Shelf {
    const fn range(self) -> &'static str {
        match self {
            Self::AccountEmails => {
                "SELECT email_key, account_no FROM accounts
                 WHERE email_key IS NOT NULL AND email_key >= ?1 AND email_key < ?2 ORDER BY email_key LIMIT ?3"
            }
            Self::AccountNames => {
                "SELECT name, account_no FROM accounts
                 WHERE name IS NOT NULL AND name COLLATE NOCASE >= ?1 AND name COLLATE NOCASE < ?2
                 ORDER BY name COLLATE NOCASE LIMIT ?3"
            }
            Self::AccountIds => {
                "SELECT account_id, account_no FROM accounts
                 WHERE account_id >= ?1 AND account_id < ?2 ORDER BY account_id LIMIT ?3"
            }
            Self::PartnerEmails => {
                "SELECT email_key, partner_no FROM partners
                 WHERE email_key >= ?1 AND email_key < ?2 ORDER BY email_key LIMIT ?3"
            }
            Self::PartnerPaypals => {
                "SELECT paypal_key, partner_no FROM partners
                 WHERE paypal_key >= ?1 AND paypal_key < ?2 ORDER BY paypal_key LIMIT ?3"
            }
            Self::PartnerIds => {
                "SELECT partner_id, partner_no FROM partners
                 WHERE partner_id >= ?1 AND partner_id < ?2 ORDER BY partner_id LIMIT ?3"
            }
            Self::Codes => {
                "SELECT code_key, link_no FROM links
                 WHERE code_key >= ?1 AND code_key < ?2 ORDER BY code_key LIMIT ?3"
            }
            Self::LinkOwners => {
                "SELECT owner_key, link_no FROM links
                 WHERE owner_key >= ?1 AND owner_key < ?2 ORDER BY owner_key LIMIT ?3"
            }
            Self::ChargeIds => {
                "SELECT charge_id, charge_no FROM charges
                 WHERE charge_id >= ?1 AND charge_id < ?2 ORDER BY charge_id LIMIT ?3"
            }
            Self::ReferralEmails => {
                "SELECT email_key, referral_no FROM referrals
                 WHERE email_key >= ?1 AND email_key < ?2 ORDER BY email_key LIMIT ?3"
            }
        }
    }
}

/// The nearest finds so far: the cost of each row, by the store's key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Finds {
    costs: BTreeMap<i64, u32>,
}

impl Finds {
    /// Notes a row at a cost; the smaller cost stands.
    pub fn note(&mut self, no: i64, cost: u32) {
        let kept = self.costs.entry(no).or_insert(cost);
        *kept = cost.min(*kept);
    }

    /// Returns whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.costs.is_empty()
    }

    /// Returns the smallest cost.
    #[must_use]
    pub fn best(&self) -> Option<u32> {
        self.costs.values().min().copied()
    }

    /// Returns the nearest rows with their costs, nearest first.
    #[must_use]
    pub fn nearest(&self, count: usize) -> Vec<(i64, u32)> {
        let mut all: Vec<(i64, u32)> = self.costs.iter().map(|(no, cost)| (*no, *cost)).collect();
        all.sort_by_key(|(no, cost)| (*cost, *no));
        all.truncate(count);
        all
    }
}

impl Reader {
    /// Looks on a shelf for what begins like any of `spellings`, and for one slip within the beginning of the first,
    /// and notes what `judge` finds alike. Spellings must be written as the shelf is; no row is judged twice.
    ///
    /// # Errors
    /// SQLite's.
    pub fn search(
        &self,
        shelf: Shelf,
        spellings: &[String],
        judge: impl Fn(&str) -> Option<u32>,
        finds: &mut Finds,
    ) -> Result<(), StoreError> {
        let mut look = Look { shelf, judge, finds, seen: HashSet::new() };
        for (at, spelling) in spellings.iter().enumerate() {
            let slips = if at == 0 { Slips::One } else { Slips::None };
            if look.like(self, spelling, slips)? == Reach::Whole {
                break;
            }
        }
        Ok(())
    }

    /// Looks on a shelf for everything that begins with `text`, up to `rows_max` rows.
    ///
    /// # Errors
    /// SQLite's.
    pub fn search_beginning(
        &self,
        shelf: Shelf,
        text: &str,
        rows_max: usize,
        judge: impl Fn(&str) -> Option<u32>,
        finds: &mut Finds,
    ) -> Result<(), StoreError> {
        Look { shelf, judge, finds, seen: HashSet::new() }.note(self.range(shelf, text, rows_max)?);
        Ok(())
    }

    fn range(
        &self,
        shelf: Shelf,
        beginning: &str,
        rows_max: usize,
    ) -> Result<Vec<(String, i64)>, StoreError> {
        let mut statement = self.sql.prepare_cached(shelf.range())?;
        let end = format!("{beginning}\u{10ffff}");
        let limit = i64::try_from(rows_max).unwrap_or(i64::MAX);
        let rows =
            statement.query_map(params![beginning, end, limit], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.map(|row| row.map_err(StoreError::from)).collect()
    }

    /// Compares the names of all partners; there are few enough.
    ///
    /// # Errors
    /// SQLite's.
    pub fn walk_partner_names(
        &self,
        judge: impl Fn(&str) -> Option<u32>,
        finds: &mut Finds,
    ) -> Result<(), StoreError> {
        let mut statement = self.sql.prepare_cached(PARTNER_NAMES)?;
        let mut rows = statement.query([])?;
        let Some(row) = rows.next()? else { return Ok(()) };
        let nos = text_of(row, 1, "partners")?.unwrap_or_default().split(PARTING);
        for (name, no) in text_of(row, 0, "partners")?.unwrap_or_default().split(PARTING).zip(nos) {
            if let Some(cost) = judge(name) {
                let no = no.parse().map_err(|_| not_text("partners"))?;
                finds.note(no, cost);
            }
        }
        Ok(())
    }

    /// Compares the names of accounts one by one, up to a limit; returns whether all were seen.
    ///
    /// # Errors
    /// SQLite's.
    pub fn walk_account_names(
        &self,
        judge: impl Fn(&str) -> Option<u32>,
        finds: &mut Finds,
    ) -> Result<bool, StoreError> {
        self.walk(WALK_NAMES, |all| {
            let alike = all.split(PARTING).filter_map(|name| Some((judge(name)?, name)));
            self.note_alike(NOS_OF_NAME, alike, finds)
        })
    }

    /// Compares the e-mail keys of accounts one by one, up to a limit; returns whether all were seen.
    ///
    /// # Errors
    /// SQLite's.
    pub fn walk_account_emails(
        &self,
        judge: impl Fn(&str) -> Option<u32>,
        finds: &mut Finds,
    ) -> Result<bool, StoreError> {
        self.walk(WALK_EMAILS, |all| {
            let alike = all.split(PARTING).filter_map(|email| Some((judge(email)?, email)));
            self.note_alike(NOS_OF_EMAIL, alike, finds)
        })
    }

    /// Looks for e-mail keys of accounts with a part in them, and notes the first at a cost; returns whether all were
    /// seen.
    ///
    /// # Errors
    /// SQLite's.
    pub fn walk_emails_with(&self, part: &str, cost: u32, finds: &mut Finds) -> Result<bool, StoreError> {
        self.walk(WALK_EMAILS, |all| {
            let bytes = all.as_bytes();
            let email_at = |at: usize| {
                let start = memchr::memrchr(PARTING_BYTE, bytes.get(..at)?).map_or(0, |before| before + 1);
                let end =
                    memchr::memchr(PARTING_BYTE, bytes.get(at..)?).map_or(all.len(), |after| at + after);
                Some((cost, all.get(start..end)?))
            };
            let alike = memchr::memmem::find_iter(bytes, part).filter_map(email_at).take(ALIKE_MAX);
            self.note_alike(NOS_OF_EMAIL, alike, finds)
        })
    }

    /// Has all texts of an index judged, in its order, or the first of very many; returns whether it was all.
    fn walk(
        &self,
        statements: [&str; 2],
        judge: impl FnOnce(&str) -> Result<(), StoreError>,
    ) -> Result<bool, StoreError> {
        let last: Option<i64> = self.sql.prepare_cached(LAST_ACCOUNT)?.query_row([], |row| row.get(0))?;
        let whole = last.is_none_or(|last| last <= WALK_ROWS_MAX);
        let [all, first] = statements;
        let mut statement = self.sql.prepare_cached(if whole { all } else { first })?;
        let mut rows = statement.query([])?;
        if let Some(row) = rows.next()?
            && let Some(texts) = text_of(row, 0, "accounts")?
        {
            judge(texts)?;
        }
        Ok(whole)
    }

    /// Notes whose the alike texts are, the nearest first, as far as they would be shown.
    fn note_alike<'a>(
        &self,
        nos: &str,
        alike: impl Iterator<Item = (u32, &'a str)>,
        finds: &mut Finds,
    ) -> Result<(), StoreError> {
        let mut by_cost: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
        for (cost, text) in alike {
            let texts = by_cost.entry(cost).or_default();
            // Whoever bear the same name stand side by side.
            if texts.last() != Some(&text) {
                texts.push(text);
            }
        }
        let mut statement = self.sql.prepare_cached(nos)?;
        let mut found = 0_usize;
        for (cost, texts) in by_cost {
            for text in texts.into_iter().take(ALIKE_MAX) {
                let mut rows = statement.query(params![text, BEARERS_MAX])?;
                while let Some(row) = rows.next()? {
                    finds.note(row.get(0)?, cost);
                    found = found.saturating_add(1);
                }
            }
            // The dearer ones would not be shown beside so many.
            if found >= ALIKE_ENOUGH {
                break;
            }
        }
        Ok(())
    }
}

fn text_of<'a>(
    row: &'a rusqlite::Row<'_>,
    at: usize,
    table: &'static str,
) -> Result<Option<&'a str>, StoreError> {
    row.get_ref(at)?.as_str_or_null().map_err(|_| not_text(table))
}

fn not_text(table: &'static str) -> StoreError {
    StoreError::Damaged { table, id: "names".to_owned(), what: "one of them is no text".to_owned() }
}

/// How much of a shelf has been compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// All of it.
    Whole,
    /// What begins alike.
    Beginning,
}

/// Whether slips within the beginning are looked for: it takes some hundred probes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slips {
    /// It is taken to be right.
    None,
    /// One of its letters may be wrong, missing, doubled or swapped.
    One,
}

/// One search on one shelf.
struct Look<'a, J> {
    shelf: Shelf,
    judge: J,
    finds: &'a mut Finds,
    /// The rows judged already: ranges of neighbouring slips overlap.
    seen: HashSet<i64>,
}

impl<J: Fn(&str) -> Option<u32>> Look<'_, J> {
    fn like(&mut self, reader: &Reader, text: &str, slips: Slips) -> Result<Reach, StoreError> {
        let letters: Vec<char> = text.chars().collect();
        let beginning = |length: usize| letters.iter().take(length).collect::<String>();
        let mut length = 0_usize;
        loop {
            let most = BEGINNING_ROWS_MAX.saturating_add(1);
            let rows = reader.range(self.shelf, &beginning(length), most)?;
            if rows.len() <= BEGINNING_ROWS_MAX || length >= letters.len() {
                self.note(rows);
                break;
            }
            length = length.saturating_add(1).max(2);
        }
        if length == 0 {
            return Ok(Reach::Whole);
        }
        if slips == Slips::None {
            return Ok(Reach::Beginning);
        }
        let length = length.saturating_add(1);
        let rest: Vec<char> = letters.iter().copied().skip(length).collect();
        // Ids stand in capitals, and the letters that slip in or out are capitals, too.
        let capitals = text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase);
        for variant in one_slip_variants(&beginning(length)) {
            let variant = if capitals { variant.to_uppercase() } else { variant };
            self.begins(reader, &variant, &rest)?;
        }
        Ok(Reach::Beginning)
    }

    /// Compares what begins with a variant and the rest, of which more is taken to be right where that is too much.
    fn begins(&mut self, reader: &Reader, variant: &str, rest: &[char]) -> Result<(), StoreError> {
        let mut right = SLIP_REST;
        loop {
            let beginning: String = variant.chars().chain(rest.iter().copied().take(right)).collect();
            let rows = reader.range(self.shelf, &beginning, SLIP_ROWS_MAX)?;
            let enough = rows.len() < SLIP_ROWS_MAX || right >= rest.len();
            self.note(rows);
            if enough {
                return Ok(());
            }
            right = right.saturating_mul(2);
        }
    }

    fn note(&mut self, rows: Vec<(String, i64)>) {
        for (text, no) in rows {
            if self.seen.insert(no)
                && let Some(cost) = (self.judge)(&text)
            {
                self.finds.note(no, cost);
            }
        }
    }
}
