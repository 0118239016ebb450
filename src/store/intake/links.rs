//! Rows of the links file meet the stored links, by code.
//!
//! Floor 4. A code has one owner for ever: a second bearer is set aside (R4.7). A link under the e-mail of somebody who
//! already is a partner is theirs at once; else it waits (R4.2).

use rusqlite::{Connection, OptionalExtension, params};

use super::{Intake, IntakeError};
use crate::dates::Day;
use crate::ids::{Code, Email, EmailKey};
use crate::import::cells::Fault;
use crate::import::groups::{Groups, Version};
use crate::import::links::{LinkChannel, LinkRow, Owner};
use crate::import::sorter::Sorter;
use crate::import::tally::Fate;
use crate::money::Money;
use crate::store::StoreError;
use crate::store::names::{Names, Own};
use crate::store::rows::{Stored, stored};

const BY_CODE: &str = "SELECT link_no, links.partner_no, partner_id, owner_key, channel, created_on
    FROM links LEFT JOIN partners ON partners.partner_no = links.partner_no WHERE code_key = ?1";
const PARTNER: &str = "SELECT partner_no FROM partners WHERE partner_id = ?1";
const ID: &str = "SELECT partner_id FROM partners WHERE partner_no = ?1";
const PARTNER_BY_EMAIL: &str = "SELECT partner_no FROM partners WHERE email_key = ?1";
const ADD: &str =
    "INSERT INTO links (code, code_key, partner_no, owner_email, owner_key, channel, created_on)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const CHANGE: &str = "UPDATE links SET channel = ?2, created_on = ?3 WHERE link_no = ?1";

/// A stored link.
pub(super) struct Link {
    pub(super) no: i64,
    pub(super) partner_no: Option<i64>,
    pub(super) partner_id: Option<String>,
    pub(super) owner_key: Option<String>,
    channel: LinkChannel,
    created_on: Option<Day>,
}

/// Finds the link that bears a code.
pub(super) fn find(sql: &Connection, code: &str) -> Result<Option<Link>, StoreError> {
    let mut statement = sql.prepare_cached(BY_CODE)?;
    let mut rows = statement.query([Code(code.to_owned()).key()])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let row = Stored { table: "links", row };
    Ok(Some(Link {
        no: row.get(0)?,
        partner_no: row.get(1)?,
        partner_id: row.get(2)?,
        owner_key: row.get(3)?,
        channel: row.word(4)?,
        created_on: row.opt_day(5)?,
    }))
}

/// A link to be made.
pub(super) struct NewLink<'a> {
    pub(super) code: &'a str,
    pub(super) partner_no: Option<i64>,
    pub(super) owner_email: Option<&'a str>,
    pub(super) channel: LinkChannel,
    pub(super) created_on: Option<Day>,
}

/// Makes a link.
pub(super) fn add(sql: &Connection, link: &NewLink<'_>) -> Result<(), StoreError> {
    let owner = link.owner_email.map(Email::new);
    sql.prepare_cached(ADD)?.execute(params![
        link.code,
        Code(link.code.to_owned()).key(),
        link.partner_no,
        owner.as_ref().map(Email::as_str),
        owner.as_ref().map(|email| email.key().0),
        link.channel.as_str(),
        stored(link.created_on),
    ])?;
    Ok(())
}

impl Link {
    /// Returns why somebody else cannot bear the link's code.
    pub(super) fn taken(&self, column: &'static str, code: &str) -> Fault {
        let owner = match (&self.partner_id, &self.owner_key) {
            (Some(partner), _) => format!("partner {partner}"),
            (None, Some(email)) => format!("{email}, who is no partner yet"),
            (None, None) => "somebody else".to_owned(),
        };
        Fault { column, value: code.to_owned(), reason: format!("the code belongs to {owner} (R4.7)") }
    }
}

impl Intake<'_> {
    pub(super) fn take_links(&mut self, rows: Sorter) -> Result<(), IntakeError> {
        let names = Names::load(self.writer.sql())?;
        let mut groups = Groups::new(rows)?;
        while let Some(versions) = groups.next_group()? {
            let versions: Vec<Version<'_>> = versions.collect();
            let [version] = versions.as_slice() else {
                self.contradict_each(&versions, "code", |version| {
                    LinkRow::unpack(&mut version.unpack()).code.to_owned()
                })?;
                continue;
            };
            match self.take_link(&LinkRow::unpack(&mut version.unpack()), &names)? {
                Ok(fate) => self.count(fate, Money::ZERO, version)?,
                Err(fault) => self.contradict(fault, version)?,
            }
        }
        Ok(())
    }

    fn take_link(&self, row: &LinkRow<'_>, names: &Names) -> Result<Result<Fate, Fault>, StoreError> {
        let sql = self.writer.sql();
        let (partner_no, owner_email) = match row.owner {
            Owner::Partner(id) => {
                let Some(no) = partner(sql, PARTNER, id)? else {
                    let reason = "no partner has this id; import the partners first".to_owned();
                    return Ok(Err(Fault { column: "partner_id", value: id.to_owned(), reason }));
                };
                (Some(no), None)
            }
            Owner::Email(email) => {
                (partner(sql, PARTNER_BY_EMAIL, EmailKey::of(email).as_str())?, Some(email))
            }
        };
        let Some(known) = find(sql, row.code)? else {
            let id = match (row.owner, partner_no) {
                (Owner::Partner(id), _) => id.to_owned(),
                (Owner::Email(_), Some(no)) => {
                    sql.prepare_cached(ID)?.query_row([no], |row| row.get::<_, String>(0))?
                }
                (Owner::Email(_), None) => String::new(),
            };
            if let Some(whose) = names.bearer(sql, row.code, Own { id: &id, email: None })? {
                let reason = format!("is {whose}; a name must be one partner's alone");
                return Ok(Err(Fault { column: "code", value: row.code.to_owned(), reason }));
            }
            add(
                sql,
                &NewLink {
                    code: row.code,
                    partner_no,
                    owner_email,
                    channel: row.channel.value().unwrap_or(LinkChannel::Link),
                    created_on: row.created_on.value(),
                },
            )?;
            return Ok(Ok(Fate::New));
        };
        let same_owner = match owner_email.map(|email| EmailKey::of(email).0) {
            Some(key) => {
                known.owner_key == Some(key) || (partner_no.is_some() && partner_no == known.partner_no)
            }
            None => partner_no == known.partner_no,
        };
        if !same_owner {
            return Ok(Err(known.taken("code", row.code)));
        }
        let channel = row.channel.value().unwrap_or(known.channel);
        let created_on = row.created_on.over(known.created_on);
        if (channel, created_on) == (known.channel, known.created_on) {
            return Ok(Ok(Fate::Seen));
        }
        sql.prepare_cached(CHANGE)?.execute(params![known.no, channel.as_str(), stored(created_on)])?;
        Ok(Ok(Fate::Updated))
    }
}

fn partner(sql: &Connection, statement: &str, key: &str) -> Result<Option<i64>, StoreError> {
    Ok(sql.prepare_cached(statement)?.query_row([key], |row| row.get(0)).optional()?)
}
