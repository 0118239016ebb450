//! Finding accounts, partners, links and referral records by anything a person may say on the telephone.
//!
//! Floor 4. Exact finds are single probes of an index. Near finds never walk a whole table while an index can
//! answer: a range of everything that begins alike, and short ranges for every slip within that beginning. Only when
//! those find nobody are the names walked, and never more than `WALK_ROWS_MAX` of them (PERFORMANCE.md P8: what is
//! asked between two calls must answer in milliseconds beside a million charges). What counts as alike is
//! `likeness`'s; how the finds are told is `commands::lookup`'s.

use std::collections::{BTreeMap, HashSet};

use rusqlite::params;

use super::partners::PartnerBook;
use super::rows::Stored;
use super::{LinkRow, Reader, StoreError};
use crate::attribution::LinkOwner;
use crate::dates::Day;
use crate::ids::{Code, EmailKey, PartnerId};
use crate::likeness::one_slip_variants;
use crate::partner::Standing;

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
const OF_CHARGE: &str = "SELECT account_id FROM charges WHERE charge_id = ?1";
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
        let mut found: BTreeMap<i64, FoundAccount> = BTreeMap::new();
        let mut add = |accounts: Vec<FoundAccount>| {
            found.extend(accounts.into_iter().map(|account| (account.no, account)));
        };
        for id in [text.to_owned(), text.to_uppercase(), text.to_lowercase()] {
            add(self.accounts_where("account_id = ?1", &id)?);
        }
        add(self.accounts_where("email_key = ?1", EmailKey::of(text).as_str())?);
        add(self.accounts_where("name = ?1 COLLATE NOCASE AND name IS NOT NULL", text)?);
        let mut statement = self.sql.prepare_cached(OF_CHARGE)?;
        let mut rows = statement.query([text])?;
        while let Some(row) = rows.next()? {
            let account: String = row.get(0)?;
            add(self.accounts_where("account_id = ?1", &account)?);
        }
        Ok(found.into_values().collect())
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
            found.extend(self.accounts_where("account_id = ?1", &row.get::<_, String>(0)?)?);
        }
        let mut statement = self.sql.prepare_cached(CARRYING_BEYOND)?;
        Ok((found, !statement.exists([CARRYING_ROWS_MAX])?))
    }

    fn accounts_where(&self, filter: &str, key: &str) -> Result<Vec<FoundAccount>, StoreError> {
        let sql = format!("{ACCOUNT_COLUMNS} WHERE {filter} LIMIT {EXACT_MAX}");
        let mut statement = self.sql.prepare_cached(&sql)?;
        let mut rows = statement.query([key])?;
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
        Ok(self.accounts_where("account_no = CAST(?1 AS INTEGER)", &no.to_string())?.pop())
    }

    /// Returns the partners that bear exactly this id, login or PayPal e-mail, or link code.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn partners_named(&self, text: &str) -> Result<Vec<FoundPartner>, StoreError> {
        let text = text.trim();
        let key = EmailKey::of(text);
        let code = Code(text.to_owned()).key();
        let mut found: BTreeMap<i64, FoundPartner> = BTreeMap::new();
        for (filter, key) in [
            ("partner_id = ?1", text),
            ("partner_id = ?1", &text.to_uppercase()),
            ("partner_id = ?1", &text.to_lowercase()),
            ("email_key = ?1", key.as_str()),
            ("paypal_key = ?1", key.as_str()),
            ("partner_no = (SELECT links.partner_no FROM links WHERE code_key = ?1)", &code),
        ] {
            let partners = self.partners_where(filter, key)?;
            found.extend(partners.into_iter().map(|partner| (partner.no, partner)));
        }
        Ok(found.into_values().collect())
    }

    fn partners_where(&self, filter: &str, key: &str) -> Result<Vec<FoundPartner>, StoreError> {
        let sql = format!("{PARTNER_COLUMNS} WHERE {filter} LIMIT {EXACT_MAX}");
        let mut statement = self.sql.prepare_cached(&sql)?;
        let mut rows = statement.query([key])?;
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
        Ok(self.partners_where("partner_no = CAST(?1 AS INTEGER)", &no.to_string())?.pop())
    }

    /// Returns the referral records for exactly this e-mail, or that name exactly this code.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn referrals_named(&self, text: &str) -> Result<Vec<FoundReferral>, StoreError> {
        let mut found =
            self.referrals_where("referrals.email_key = ?1", EmailKey::of(text.trim()).as_str())?;
        found.extend(self.referrals_where("referrals.code_key = ?1", &Code(text.to_owned()).key())?);
        Ok(found)
    }

    fn referrals_where(&self, filter: &str, key: &str) -> Result<Vec<FoundReferral>, StoreError> {
        let sql = format!("{REFERRAL_COLUMNS} WHERE {filter} ORDER BY referred_on LIMIT {EXACT_MAX}");
        let mut statement = self.sql.prepare_cached(&sql)?;
        let mut rows = statement.query([key])?;
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
        Ok(self.referrals_where("referral_no = CAST(?1 AS INTEGER)", &no.to_string())?.pop())
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
                let mut rows = statement.query(params![text, EXACT_MAX])?;
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

    /// Compares what begins with a variant and the rest, of which more is taken to be right as long as there is too much.
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
