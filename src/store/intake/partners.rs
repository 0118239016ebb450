//! Rows of the partners file meet the stored partners, in the order of their ids.
//!
//! Floor 4. A second bearer of a login e-mail or a code is set aside whole (R4.7). A new partner claims the links that
//! waited under their e-mail (R4.2). Whatever can change a commission - rate, first approval, joining, a claim - marks
//! the partner, so that the kept commissions follow.

use rusqlite::{Connection, OptionalExtension, params};

use super::links::{self, NewLink};
use super::partner_row::StoredPartner;
use super::{Intake, IntakeError};
use crate::dates::{Day, from_stored, to_stored};
use crate::ids::{Email, EmailKey};
use crate::import::cells::{Fault, Given};
use crate::import::groups::{Groups, Version};
use crate::import::links::LinkChannel;
use crate::import::partners::{PartnerRow, YesNo};
use crate::import::sorter::Sorter;
use crate::import::tally::{Claimed, Fate};
use crate::money::{Money, Rate};
use crate::partner::{AddressState, Standing, TaxForm, TaxStatus};
use crate::store::StoreError;
use crate::store::names::{Names, Own};

const BY_LOGIN: &str = "SELECT partner_id FROM partners WHERE email_key = ?1";
const RATE_AT: &str = "SELECT millionths FROM partner_rates WHERE partner_no = ?1 AND from_on <= ?2
    ORDER BY from_on DESC LIMIT 1";
const ANY_RATE: &str = "SELECT EXISTS (SELECT 1 FROM partner_rates WHERE partner_no = ?1)";
const NEXT_RATE: &str = "SELECT from_on FROM partner_rates WHERE partner_no = ?1 AND from_on > ?2
    ORDER BY from_on LIMIT 1";
const SET_RATE: &str = "INSERT INTO partner_rates (partner_no, from_on, millionths) VALUES (?1, ?2, ?3)
    ON CONFLICT (partner_no, from_on) DO UPDATE SET millionths = excluded.millionths";
const LAST_ADDRESS: &str = "SELECT email FROM paypal_history WHERE partner_no = ?1 AND email IS NOT NULL
    ORDER BY history_no DESC LIMIT 1";
const ADD_ADDRESS: &str =
    "INSERT INTO paypal_history (partner_no, email, from_on, source) VALUES (?1, ?2, ?3, 'import')";

impl Intake<'_> {
    pub(super) fn take_partners(&mut self, rows: Sorter) -> Result<(), IntakeError> {
        let mut names = Names::load(self.writer.sql())?;
        let mut groups = Groups::new(rows)?;
        while let Some(versions) = groups.next_group()? {
            let versions: Vec<Version<'_>> = versions.collect();
            let [version] = versions.as_slice() else {
                self.contradict_each(&versions, "partner_id", |version| {
                    PartnerRow::unpack(&mut version.unpack()).partner_id.to_owned()
                })?;
                continue;
            };
            let row = PartnerRow::unpack(&mut version.unpack());
            match self.take_partner(&row, &names)? {
                Ok(fate) => {
                    names.add(row.partner_id);
                    self.count(fate, Money::ZERO, version)?;
                }
                Err(fault) => self.contradict(fault, version)?,
            }
        }
        Ok(())
    }

    fn take_partner(
        &mut self,
        row: &PartnerRow<'_>,
        names: &Names,
    ) -> Result<Result<Fate, Fault>, IntakeError> {
        let sql = self.writer.sql();
        let known = StoredPartner::find(sql, row.partner_id)?;
        let mut partner = known
            .clone()
            .unwrap_or_else(|| StoredPartner::new(row.partner_id, row.name, row.email, row.joined_on));
        let news = News::of(&mut partner, row);
        // Everything that can keep the row out is asked before anything is written.
        if let Some(fault) = second_login(sql, &partner)? {
            return Ok(Err(fault));
        }
        let code = match news.code {
            Some(code) => match links::find(sql, code)? {
                Some(link) if link.partner_no == Some(partner.no) => None,
                Some(link)
                    if link.partner_no.is_none()
                        && known.is_none()
                        && link.owner_key.as_deref() == Some(partner.email.key().as_str()) =>
                {
                    None
                }
                Some(link) => return Ok(Err(link.taken("referral_code", code))),
                None => Some(code),
            },
            None => None,
        };
        let new = [
            ("partner_id", row.partner_id, known.is_none()),
            (
                "email",
                partner.email.as_str(),
                known.as_ref().is_none_or(|known| known.email != partner.email),
            ),
            ("referral_code", code.unwrap_or_default(), code.is_some()),
        ];
        let key = partner.email.key();
        for (column, name, _) in new.into_iter().filter(|(.., is_new)| *is_new) {
            if let Some(whose) = names.bearer(sql, name, Own { id: row.partner_id, email: Some(&key) })? {
                let reason = format!("is {whose}; a name must be one partner's alone");
                return Ok(Err(Fault { column, value: name.to_owned(), reason }));
            }
        }
        let rate = self.new_rate(&partner, &news)?;
        let changed = known.as_ref().is_none_or(|known| known.imported != partner.imported);
        if !changed {
            return Ok(Ok(Fate::Seen));
        }
        let address = self.new_address(&mut partner, known.as_ref())?;
        partner.note_approval();
        partner.store(sql)?;
        if let Some((from, rate)) = rate {
            self.remark_on_rate(&partner, from, rate)?;
            sql.prepare_cached(SET_RATE)?.execute(params![partner.no, from, rate.millionths()])?;
        }
        if address != Given::Blank {
            let today = to_stored(self.writer.today_here());
            sql.prepare_cached(ADD_ADDRESS)?.execute(params![partner.no, address.value(), today])?;
        }
        if let Some(code) = code {
            let new = NewLink {
                code,
                partner_no: Some(partner.no),
                owner_email: None,
                channel: LinkChannel::Link,
                created_on: None,
            };
            links::add(sql, &new)?;
        }
        let Some(known) = known else {
            let claimed = self.writer.claim_links_by_email(partner.no, &partner.email, partner.joined_on)?;
            self.tally.claimed.extend(claimed.into_iter().map(|link| Claimed {
                code: link.code,
                partner: partner.id.clone(),
                accounts: u64::try_from(link.accounts.len()).unwrap_or(u64::MAX),
            }));
            return Ok(Ok(Fate::New));
        };
        let earns_otherwise = rate.is_some()
            || known.joined_on != partner.joined_on
            || known.first_approved_on != partner.first_approved_on;
        if earns_otherwise {
            self.writer.touch_partner(partner.no);
        }
        Ok(Ok(Fate::Updated))
    }

    /// Returns the rate to enter and its first day: the first from the beginning, a changed one from its `rate_from`
    /// or today (R2.5).
    fn new_rate(&self, partner: &StoredPartner, news: &News<'_>) -> Result<Option<(i64, Rate)>, StoreError> {
        let Some(rate) = news.rate else { return Ok(None) };
        let sql = self.writer.sql();
        let any: bool = sql.prepare_cached(ANY_RATE)?.query_row([partner.no], |row| row.get(0))?;
        if !any {
            return Ok(Some((0, rate)));
        }
        let from = to_stored(news.rate_from.unwrap_or_else(|| self.writer.today_here()));
        let in_force: Option<i64> =
            sql.prepare_cached(RATE_AT)?.query_row(params![partner.no, from], |row| row.get(0)).optional()?;
        Ok((in_force != Some(rate.millionths())).then_some((from, rate)))
    }

    /// Says of a changed rate from which day on it holds, where it is not the one in force today (R2.5).
    fn remark_on_rate(&mut self, partner: &StoredPartner, from: i64, rate: Rate) -> Result<(), StoreError> {
        let sql = self.writer.sql();
        let today = to_stored(self.writer.today_here());
        let until: Option<i64> = sql
            .prepare_cached(NEXT_RATE)?
            .query_row(params![partner.no, from], |row| row.get(0))
            .optional()?;
        let day = |stored| from_stored(stored).map_or_else(String::new, |day| day.to_string());
        let holds = match until {
            _ if from > today => format!("holds from {} on, and not today", day(from)),
            Some(until) if until <= today => {
                format!("holds from {} until another takes over on {}, and not today", day(from), day(until))
            }
            Some(_) | None => return Ok(()),
        };
        self.tally.remarks.push(format!("the rate {rate} of partner {} {holds} (R2.5)", partner.id));
        Ok(())
    }

    /// Judges a new PayPal address (R6.4) and returns what its history notes: another address than the last one is
    /// unconfirmed and changed today; the same again is no change, whatever happened in between.
    fn new_address(
        &self,
        partner: &mut StoredPartner,
        known: Option<&StoredPartner>,
    ) -> Result<Given<String>, StoreError> {
        let key = |email: &Option<Email>| email.as_ref().map(Email::key);
        let before = known.and_then(|known| key(&known.paypal));
        let after = key(&partner.paypal);
        if before == after {
            return Ok(Given::Blank);
        }
        if let Some(after) = after {
            let last: Option<String> = self
                .writer
                .sql()
                .prepare_cached(LAST_ADDRESS)?
                .query_row([partner.no], |row| row.get(0))
                .optional()?;
            match before.or(last.map(|last| EmailKey::of(&last))) {
                Some(last) if last == after => {}
                Some(_) => {
                    partner.paypal_state = AddressState::Unconfirmed;
                    partner.paypal_changed_on = Some(self.writer.today_here());
                }
                None => partner.paypal_state = AddressState::Unconfirmed,
            }
        }
        Ok(partner.paypal.as_ref().map_or(Given::Clear, |email| Given::Value(email.to_string())))
    }
}

fn second_login(sql: &Connection, partner: &StoredPartner) -> Result<Option<Fault>, StoreError> {
    let bearer: Option<String> = sql
        .prepare_cached(BY_LOGIN)?
        .query_row([partner.email.key().as_str()], |row| row.get(0))
        .optional()?;
    Ok(bearer.filter(|bearer| *bearer != partner.id).map(|bearer| Fault {
        column: "email",
        value: partner.email.to_string(),
        reason: format!("the login e-mail belongs to partner {bearer} (R4.7)"),
    }))
}

/// What a row newly says of things that are not columns of the partner.
struct News<'a> {
    rate: Option<Rate>,
    rate_from: Option<Day>,
    code: Option<&'a str>,
}

impl<'a> News<'a> {
    /// Applies the columns that differ from their last imported values.
    fn of(partner: &mut StoredPartner, row: &PartnerRow<'a>) -> Self {
        let plain = |text: &&str| (*text).to_owned();
        if let Given::Value(name) = partner.news("name", Given::Value(row.name), plain) {
            name.clone_into(&mut partner.name);
        }
        if let Given::Value(email) = partner.news("email", Given::Value(row.email), plain) {
            partner.email = Email::new(email);
        }
        if let Given::Value(day) = partner.news("joined_on", Given::Value(row.joined_on), Day::to_string) {
            partner.joined_on = day;
        }
        if let Given::Value(status) = partner.news("status", row.status, Standing::to_string) {
            partner.status = status;
        }
        if let Given::Value(status) = partner.news("tax_status", row.tax_status, TaxStatus::to_string) {
            partner.tax_status = status;
        }
        let country = partner.news("country", row.country, plain).map(str::to_ascii_uppercase);
        partner.country = country.over(partner.country.take());
        let answer = partner.news("us_person", row.us_person, YesNo::to_string);
        partner.us_person = answer.map(|answer| answer == YesNo::Yes).over(partner.us_person);
        let form = partner.news("tax_form", row.tax_form, TaxForm::to_string);
        partner.tax_form = form.over(partner.tax_form);
        let day = partner.news("tax_signed_on", row.tax_signed_on, Day::to_string);
        partner.tax_signed_on = day.over(partner.tax_signed_on);
        let day = partner.news("tax_decided_on", row.tax_decided_on, Day::to_string);
        partner.tax_decided_on = day.over(partner.tax_decided_on);
        let paypal = partner.news("paypal_email", row.paypal_email, plain).map(Email::new);
        partner.paypal = paypal.over(partner.paypal.take());
        // A rate and its first day are one statement: either changed makes it new.
        let rate = partner.news("rate", row.rate, Rate::to_string) != Given::Blank;
        let rate_from = partner.news("rate_from", row.rate_from, Day::to_string) != Given::Blank;
        Self {
            rate: row.rate.value().filter(|_| rate || rate_from),
            rate_from: row.rate_from.value(),
            code: partner.news("referral_code", row.referral_code, plain).value(),
        }
    }
}
