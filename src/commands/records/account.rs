//! `account show`, `account edit`: a customer account's facts, and staff's corrections of them.
//!
//! Floor 5. A correction stands over what billing says until billing says something new.

use super::{Asked, Edit, Fields, Outcome, RecordError, apply_text, asked, differences};
use crate::attribution::is_self_referral;
use crate::dates::Day;
use crate::ids::{AccountId, Email};
use crate::remark::Remark;
use crate::store::records::{AccountColumn, AccountRecord, AccountTie, Note};
use crate::store::{Reader, Writer};

/// Everything on file about an account.
#[derive(Debug, Clone)]
pub struct AccountView {
    /// Its facts, with staff's corrections.
    pub record: AccountRecord,
    /// Who referred it, in the order of entry.
    pub ties: Vec<AccountTie>,
    /// How many charges it has.
    pub charges: i64,
    /// The day its refund period ends (R3.1, R3.3).
    pub refund_period_ends_on: Option<Day>,
    /// Staff's remarks.
    pub notes: Vec<Note>,
}

/// Shows an account.
///
/// # Errors
/// No such account.
pub fn show_account(reader: &Reader, account: &str) -> Result<AccountView, RecordError> {
    let id = AccountId(account.trim().to_owned());
    let record = reader.account_record(&id)?;
    let book = reader.account_loader()?.load(id.as_str())?;
    Ok(AccountView {
        ties: reader.account_ties(record.no)?,
        charges: reader.charge_count(&id)?,
        refund_period_ends_on: book.and_then(|book| book.facts.hold_end(reader.policies())),
        notes: reader.notes(Some(&format!("account:{id}")))?,
        record,
    })
}

/// What `account edit` is given; an absent flag leaves its fact alone, a dash clears it.
#[derive(Debug, Clone, Copy, Default)]
pub struct EditAccount<'a> {
    /// The e-mail it signed up with.
    pub email: Option<&'a str>,
    /// The customer's name.
    pub name: Option<&'a str>,
    /// The day it was opened.
    pub opened_on: Option<Edit<Day>>,
    /// The day it was closed.
    pub closed_on: Option<Edit<Day>>,
    /// The code of its signup.
    pub referral_code: Option<&'a str>,
    /// Why.
    pub reason: Option<&'a str>,
}

/// Corrects an account's facts.
///
/// # Errors
/// No such account, a closing before the opening, a value that is no date or e-mail.
pub fn edit_account(writer: Writer, account: &str, given: &EditAccount<'_>) -> Result<Outcome, RecordError> {
    let reason = given.reason.map(Remark::reason).transpose()?;
    let id = AccountId(account.trim().to_owned());
    let before = writer.account_record(&id)?;
    let after = plan(&before, given)?;
    let mut outcome = Outcome::of("account", id.as_str(), differences(fields(&before), fields(&after)));
    if outcome.is_unchanged() {
        return Ok(outcome);
    }
    writer.save_account(&before, &after)?;
    let attributed = writer.is_attributed(before.no)?;
    if before.email != after.email {
        warn_of_match(&writer, &after, &mut outcome)?;
    }
    let evidence = before.email != after.email || before.referral_code != after.referral_code;
    if evidence && attributed {
        outcome.warnings.push(
            "the account has a referrer already, and a later change of its e-mail or code does not move it (R4.3)"
                .to_owned(),
        );
    } else if evidence {
        outcome.next.push("partners attribute".to_owned());
    }
    if before.opened_on != after.opened_on && attributed {
        outcome.warnings.push(
            "the refund period is reckoned from the new day, for charges already paid too (R3.1)".to_owned(),
        );
    }
    outcome.save(writer, "account edit", reason.as_ref().map(Remark::as_str))
}

fn plan(before: &AccountRecord, given: &EditAccount<'_>) -> Result<AccountRecord, RecordError> {
    let mut after = before.clone();
    apply_text(&mut after.email, given.email);
    apply_text(&mut after.name, given.name);
    apply_text(&mut after.referral_code, given.referral_code);
    if let Some(edit) = given.opened_on {
        edit.apply(&mut after.opened_on);
    }
    if let Some(edit) = given.closed_on {
        edit.apply(&mut after.closed_on);
    }
    if let (Asked::Set(text), Some(email)) = (asked(given.email), &after.email)
        && !email.contains('@')
    {
        return Err(RecordError::refuse_flatly(format!("{text:?} is not an e-mail address")));
    }
    if let (Some(opened), Some(closed)) = (after.opened_on, after.closed_on)
        && closed < opened
    {
        return Err(RecordError::refuse(
            format!("account {} would close on {closed}, before it opened on {opened}", before.id),
            "give both --opened-on and --closed-on, or a dash to clear one",
        ));
    }
    if let Asked::Set(name) = asked(given.name) {
        Remark::parse(name, "name")?;
    }
    Ok(after)
}

/// R4.6: an account that turns out to bear its referrer's own e-mail is reported and nothing is changed.
fn warn_of_match(writer: &Writer, after: &AccountRecord, outcome: &mut Outcome) -> Result<(), RecordError> {
    let key = after.email.as_deref().map(|text| Email::new(text).key());
    let policy = writer.policy(writer.today_here());
    for tie in writer.account_ties(after.no)?.iter().filter(|tie| !tie.self_referral) {
        let Some(partner) = &tie.partner else { continue };
        let Some((login, paypal)) = writer.identity(writer.find_partner(partner.as_str())?)? else {
            continue;
        };
        if is_self_referral(key.as_ref(), &login, paypal.as_ref(), policy) {
            outcome.warnings.push(format!(
                "the e-mail is that of partner {partner}, who referred the account: perhaps their own; nothing was \
                 changed about that (R4.6)"
            ));
        }
    }
    Ok(())
}

fn fields(record: &AccountRecord) -> Fields {
    AccountColumn::ALL.iter().map(|column| (column.as_str(), record.value(*column))).collect()
}
