//! Links in the store: who owns a code, and the links nobody has claimed yet (R4.2).
//!
//! Floor 4. Claiming stands here once, for the partners file, `partner add` and `link claim` alike. It fills in the
//! partner of the link's attributions and changes nothing else of them; the schema's trigger sees to that.

use rusqlite::{Connection, params};

use super::rows::{Stored, stored};
use super::{Reader, StoreError, Writer};
use crate::attribution::is_self_referral;
use crate::commission::earnings;
use crate::dates::{Day, to_stored};
use crate::ids::{AccountId, Code, Email, EmailKey, PartnerId};
use crate::import::links::LinkChannel;
use crate::money::Money;

const BY_CODE: &str =
    "SELECT link_no, code, partner_no, partner_id, owner_email, channel, created_on, claimed_on
    FROM links LEFT JOIN partners USING (partner_no) WHERE code_key = ?1";
const ALL: &str = "SELECT link_no, code, partner_no, partner_id, owner_email, channel, created_on, claimed_on
    FROM links LEFT JOIN partners USING (partner_no) ORDER BY code_key";
const OF_OWNER: &str =
    "SELECT link_no, code, partner_no, partner_id, owner_email, channel, created_on, claimed_on
    FROM links LEFT JOIN partners USING (partner_no) WHERE owner_key = ?1 ORDER BY code_key";
const UNCLAIMED_OF_OWNER: &str = "SELECT link_no, code FROM links
    WHERE owner_key = ?1 AND partner_no IS NULL ORDER BY code_key";
const ADD: &str = "INSERT INTO links
        (code, code_key, partner_no, owner_email, owner_key, channel, created_on)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const CLAIM_LINK: &str =
    "UPDATE links SET partner_no = ?2, claimed_on = ?3 WHERE link_no = ?1 AND partner_no IS NULL";
const TIES_OF_LINK: &str = "SELECT account_no, seq, account_id, accounts.email_key, decided_on, self_referral
    FROM attributions JOIN accounts USING (account_no)
    WHERE link_no = ?1 AND attributions.partner_no IS NULL ORDER BY account_no, seq";
const CLAIM_TIE: &str = "UPDATE attributions SET partner_no = ?3, assigned_on = ?4, self_referral = ?5
    WHERE account_no = ?1 AND seq = ?2 AND partner_no IS NULL";
const LINKS_OF_ACCOUNT: &str = "SELECT account_id, link_no FROM attributions JOIN accounts USING (account_no)
    WHERE account_id = ?1 ORDER BY seq";

/// A link as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkRow {
    /// The store's key.
    pub no: i64,
    /// The code as entered.
    pub code: String,
    /// Whose it is; `None` while nobody has claimed it.
    pub partner: Option<(i64, PartnerId)>,
    /// The e-mail of the customer account it was taken from (R4.2).
    pub owner: Option<Email>,
    /// How it travels.
    pub channel: LinkChannel,
    /// When it was made.
    pub created_on: Option<Day>,
    /// When it became the partner's, if it was somebody's before.
    pub claimed_on: Option<Day>,
}

/// A link to be stored.
#[derive(Debug, Clone)]
pub struct NewLink {
    /// The code as entered.
    pub code: Code,
    /// Whose it is, if known.
    pub partner_no: Option<i64>,
    /// The e-mail of the account it was taken from.
    pub owner: Option<Email>,
    /// How it travels.
    pub channel: LinkChannel,
    /// When it was made.
    pub created_on: Option<Day>,
}

/// What a claim did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// The link's code.
    pub code: String,
    /// The accounts whose referrer the partner became.
    pub accounts: Vec<AccountId>,
    /// Those of them that are the partner's own and earn nothing (R4.6).
    pub self_referred: Vec<AccountId>,
}

/// What a link that nobody has claimed would have earned (R4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Unclaimed {
    /// How many accounts came through it.
    pub accounts: usize,
    /// What is due of their charges as of the day.
    pub due: Money,
}

fn read(row: &rusqlite::Row<'_>) -> Result<LinkRow, StoreError> {
    let row = Stored { table: "links", row };
    let no: Option<i64> = row.get(2)?;
    let id: Option<String> = row.get(3)?;
    Ok(LinkRow {
        no: row.get(0)?,
        code: row.get(1)?,
        partner: no.zip(id.map(PartnerId)),
        owner: row.get::<Option<String>>(4)?.map(|text| Email::new(&text)),
        channel: row.word(5)?,
        created_on: row.opt_day(6)?,
        claimed_on: row.opt_day(7)?,
    })
}

impl Reader {
    /// Returns the link that bears a code, whoever owns it.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn link(&self, code: &Code) -> Result<Option<LinkRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(BY_CODE)?;
        let mut rows = statement.query([code.key()])?;
        rows.next()?.map(read).transpose()
    }

    /// Returns all links by code.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn links(&self) -> Result<Vec<LinkRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(ALL)?;
        let mut rows = statement.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(read(row)?);
        }
        Ok(all)
    }

    /// Returns the links that were taken from an account with an e-mail, claimed or not (R4.2).
    ///
    /// # Errors
    /// Damaged rows.
    pub fn links_of_owner(&self, owner: &EmailKey) -> Result<Vec<LinkRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(OF_OWNER)?;
        let mut rows = statement.query([owner.as_str()])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(read(row)?);
        }
        Ok(all)
    }

    /// Returns the codes of the links that wait for somebody with an e-mail (R4.2).
    ///
    /// # Errors
    /// SQLite's.
    pub fn unclaimed_codes_of(&self, owner: &Email) -> Result<Vec<String>, StoreError> {
        let waiting = unclaimed_of(&self.sql, &owner.key())?;
        Ok(waiting.into_iter().map(|(_, code)| code).collect())
    }

    /// Reckons what an unclaimed link would have earned as of a day (R4.2).
    ///
    /// # Errors
    /// Damaged rows, overflow.
    pub fn unclaimed_earnings(&self, link_no: i64, as_of: Day) -> Result<Unclaimed, StoreError> {
        let (loader, partners) = (self.account_loader()?, self.partners()?);
        let policy = self.policy(as_of);
        let mut sum = Unclaimed::default();
        let mut last: Option<AccountId> = None;
        for tie in ties_of(&self.sql, link_no)? {
            if last.as_ref() == Some(&tie.account) {
                continue;
            }
            last = Some(tie.account.clone());
            sum.accounts = sum.accounts.saturating_add(1);
            let Some(book) = loader.load(tie.account.as_str())? else { continue };
            let links = self.links_of_account(&tie.account)?;
            let earned = earnings(&book.facts, self.policies(), &partners, |charge| book.settled_of(charge))?;
            for earning in earned.iter().filter(|earning| earning.owned && earning.partner.is_none()) {
                let Some(charge) = book.facts.charges.get(earning.charge) else { continue };
                let covers = |from: Option<Day>| from.is_none_or(|from| from <= charge.billed_on);
                let at = book.facts.ties.iter().rposition(|tie| covers(tie.from));
                if at.and_then(|at| links.get(at).copied().flatten()) == Some(link_no) {
                    let judged = earning.schedule.assess(
                        &earning.settled,
                        as_of,
                        policy.books_open_on,
                        policy.accrual_months,
                    )?;
                    sum.due = sum.due.plus(judged.due)?;
                }
            }
        }
        Ok(sum)
    }

    /// Returns the links of an account's attributions in the order of entry.
    fn links_of_account(&self, account: &AccountId) -> Result<Vec<Option<i64>>, StoreError> {
        let mut statement = self.sql.prepare_cached(LINKS_OF_ACCOUNT)?;
        let rows = statement.query_map([account.as_str()], |row| row.get(1))?;
        rows.map(|row| row.map_err(StoreError::from)).collect()
    }
}

/// An attribution that waits for its link's claim.
struct WaitingTie {
    account_no: i64,
    seq: i64,
    account: AccountId,
    email_key: Option<EmailKey>,
    decided_on: Day,
    self_referral: bool,
}

fn ties_of(sql: &Connection, link_no: i64) -> Result<Vec<WaitingTie>, StoreError> {
    let mut statement = sql.prepare_cached(TIES_OF_LINK)?;
    let mut rows = statement.query([link_no])?;
    let mut ties = Vec::new();
    while let Some(row) = rows.next()? {
        let row = Stored { table: "attributions", row };
        ties.push(WaitingTie {
            account_no: row.get(0)?,
            seq: row.get(1)?,
            account: AccountId(row.get(2)?),
            email_key: row.get::<Option<String>>(3)?.map(EmailKey),
            decided_on: row.day(4)?,
            self_referral: row.get(5)?,
        });
    }
    Ok(ties)
}

fn unclaimed_of(sql: &Connection, owner: &EmailKey) -> Result<Vec<(i64, String)>, StoreError> {
    let mut statement = sql.prepare_cached(UNCLAIMED_OF_OWNER)?;
    let rows = statement.query_map([owner.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.map(|row| row.map_err(StoreError::from)).collect()
}

impl Writer {
    /// Stores a link.
    ///
    /// # Errors
    /// A second bearer of the code.
    pub fn add_link(&self, link: &NewLink) -> Result<i64, StoreError> {
        if let Some(bearer) = self.link(&link.code)? {
            return Err(StoreError::Refused(format!(
                "the code {:?} is already {} (R4.7)",
                bearer.code,
                match &bearer.partner {
                    Some((_, id)) => format!("a link of partner {id}"),
                    None => "an unclaimed link".to_owned(),
                }
            )));
        }
        self.sql().prepare_cached(ADD)?.execute(params![
            link.code.0.trim(),
            link.code.key(),
            link.partner_no,
            link.owner.as_ref().map(Email::as_str),
            link.owner.as_ref().map(|owner| owner.key().0),
            link.channel.as_str(),
            stored(link.created_on),
        ])?;
        Ok(self.sql().last_insert_rowid())
    }

    /// Gives a partner an unclaimed link and everything that came through it (R4.2), and marks what must be
    /// reckoned afresh.
    ///
    /// # Errors
    /// Damaged rows.
    pub fn claim_link(
        &self,
        link_no: i64,
        code: &str,
        partner_no: i64,
        on: Day,
    ) -> Result<Claimed, StoreError> {
        let (login, paypal) = self
            .identity(partner_no)?
            .ok_or_else(|| StoreError::Unknown { what: "partner", id: partner_no.to_string() })?;
        self.sql().prepare_cached(CLAIM_LINK)?.execute(params![link_no, partner_no, to_stored(on)])?;
        let mut claimed = Claimed { code: code.to_owned(), accounts: Vec::new(), self_referred: Vec::new() };
        for tie in ties_of(self.sql(), link_no)? {
            // The policy of the day of the attribution judges it (R1.6).
            let policy = self.policy(tie.decided_on);
            let barred = tie.self_referral
                || is_self_referral(tie.email_key.as_ref(), &login, paypal.as_ref(), policy);
            self.sql().prepare_cached(CLAIM_TIE)?.execute(params![
                tie.account_no,
                tie.seq,
                partner_no,
                to_stored(on),
                barred
            ])?;
            self.touch_account(tie.account.as_str());
            if barred {
                claimed.self_referred.push(tie.account.clone());
            }
            claimed.accounts.push(tie.account);
        }
        claimed.accounts.dedup();
        claimed.self_referred.dedup();
        Ok(claimed)
    }

    /// Gives a partner who signs up every unclaimed link that bears their login e-mail (R4.2).
    ///
    /// # Errors
    /// Damaged rows.
    pub fn claim_links_by_email(
        &self,
        partner_no: i64,
        email: &Email,
        joined_on: Day,
    ) -> Result<Vec<Claimed>, StoreError> {
        let waiting = unclaimed_of(self.sql(), &email.key())?;
        waiting.into_iter().map(|(no, code)| self.claim_link(no, &code, partner_no, joined_on)).collect()
    }
}
