//! `paypal set`, `paypal confirm`, `paypal allow-shared`: where a partner is paid (R6.4, R6.5).
//!
//! Floor 5.

use super::partner::{fields, warn_of_address};
use super::{Asked, Change, Outcome, RecordError, asked, differences};
use crate::dates::{Day, plus_days};
use crate::ids::Email;
use crate::partner::{AddressState, fits_every_channel, is_payable_address, starts_a_formula};
use crate::remark::Remark;
use crate::store::Writer;
use crate::store::records::PartnerRecord;

/// Plans what a flag asks of the PayPal address: a dash clears it, what is not said leaves it alone.
pub(super) fn plan_asked_address(
    writer: &Writer,
    record: &mut PartnerRecord,
    flag: Option<&str>,
) -> Result<(), RecordError> {
    match asked(flag) {
        Asked::Keep => Ok(()),
        Asked::Clear => {
            record.facts.paypal.email = None;
            Ok(())
        }
        Asked::Set(address) => {
            let history = writer.paypal_history(record.no)?;
            let earlier = history.into_iter().rev().find_map(|entry| entry.email);
            let last = record.facts.paypal.email.clone().or(earlier);
            plan_address(record, address, last.as_ref(), writer.today_here())
        }
    }
}

/// Plans a new PayPal address; `last` is the latest one the partner ever had. The same address again is no re-entry,
/// so that what PayPal said of it stays (R6.4).
fn plan_address(
    record: &mut PartnerRecord,
    address: &str,
    last: Option<&Email>,
    today: Day,
) -> Result<(), RecordError> {
    let email = Email::new(address);
    if is_payable_address(email.as_str()) && starts_a_formula(email.as_str()) {
        return Err(RecordError::refuse(
            format!(
                "{:?} starts like a formula, and no payout file may hold it; nothing was changed",
                email.as_str()
            ),
            format!("ask the partner for another, then partners paypal set {} ADDRESS", record.facts.id),
        ));
    }
    if !is_payable_address(email.as_str()) {
        return Err(RecordError::refuse(
            format!(
                "{:?} is no address that PayPal takes (R6.4): one @, plain letters, a domain with a dot, at most \
                 127 characters; nothing was changed",
                email.as_str()
            ),
            format!("ask the partner, then partners paypal set {} ADDRESS", record.facts.id),
        ));
    }
    let paypal = &mut record.facts.paypal;
    if paypal.email.as_ref().is_some_and(|before| before.key() == email.key()) {
        return Ok(());
    }
    if last.is_none_or(|last| last.key() != email.key()) {
        paypal.state = AddressState::Unconfirmed;
        // The first address ever replaces none.
        if last.is_some() {
            paypal.changed_on = Some(today);
        }
    }
    paypal.email = Some(email);
    Ok(())
}

/// Enters a partner's PayPal address; a dash clears it.
///
/// # Errors
/// No such partner, an address that PayPal would not take.
pub fn set_address(
    writer: Writer,
    partner: &str,
    address: &str,
    reason: Option<&str>,
) -> Result<Outcome, RecordError> {
    let reason = reason.map(Remark::reason).transpose()?;
    let before = writer.partner_record(writer.find_partner(partner)?)?;
    if asked(Some(address)) == Asked::Keep {
        return Err(RecordError::refuse("the address is empty", "give one, or - to clear the one on file"));
    }
    let mut after = before.clone();
    plan_asked_address(&writer, &mut after, Some(address))?;
    let mut outcome =
        Outcome::of("partner", before.facts.id.as_str(), differences(fields(&before), fields(&after)));
    if outcome.is_unchanged() {
        return Ok(outcome);
    }
    writer.save_partner(&before, &after, "paypal set")?;
    warn_of_address(&writer, &after, &mut outcome)?;
    let hold = writer.policy(writer.today_here()).new_address_hold_days;
    if let (Some(changed), true) = (after.facts.paypal.changed_on, hold > 0) {
        let until = plus_days(changed, hold);
        outcome
            .warnings
            .push(format!("the changed address waits until {until} (R6.4, new_address_hold_days)"));
    }
    outcome.save(writer, "paypal set", reason.as_ref().map(Remark::as_str))
}

/// Confirms the address on file by staff's word, which opens one that PayPal rejected again (R6.4).
///
/// # Errors
/// No such partner, no address, one that PayPal would not take.
pub fn confirm_address(writer: Writer, partner: &str, reason: Option<&str>) -> Result<Outcome, RecordError> {
    let reason = reason.map(Remark::reason).transpose()?;
    let before = writer.partner_record(writer.find_partner(partner)?)?;
    let id = &before.facts.id;
    let next = || format!("partners paypal set {id} ADDRESS");
    let Some(email) = &before.facts.paypal.email else {
        return Err(RecordError::refuse(format!("{id} has no PayPal address to confirm"), next()));
    };
    if !fits_every_channel(email.as_str()) {
        return Err(RecordError::refuse(format!("{email:?} is no address that PayPal takes (R6.4)"), next()));
    }
    let mut after = before.clone();
    after.facts.paypal.state = AddressState::Confirmed;
    let outcome = Outcome::of("partner", id.as_str(), differences(fields(&before), fields(&after)));
    if !outcome.is_unchanged() {
        writer.save_partner(&before, &after, "paypal confirm")?;
    }
    outcome.save(writer, "paypal confirm", reason.as_ref().map(Remark::as_str))
}

/// Allows two partners one PayPal address, with a reason (R6.5).
///
/// # Errors
/// No such partners, one partner twice, two addresses, no reason.
pub fn allow_shared(writer: Writer, one: &str, two: &str, reason: &str) -> Result<Outcome, RecordError> {
    let reason = Remark::reason(reason)?;
    let one = writer.partner_record(writer.find_partner(one)?)?;
    let two = writer.partner_record(writer.find_partner(two)?)?;
    if one.no == two.no {
        return Err(RecordError::refuse(
            format!("{} cannot share an address with themselves", one.facts.id),
            format!("partners paypal allow-shared {} OTHER --reason TEXT", one.facts.id),
        ));
    }
    let address = |record: &PartnerRecord| {
        record.facts.paypal.email.as_ref().map_or_else(|| "no address".to_owned(), Email::to_string)
    };
    let (id, other) = (&one.facts.id, &two.facts.id);
    let key = match (&one.facts.paypal.email, &two.facts.paypal.email) {
        (Some(first), Some(second)) if first.key() == second.key() => first.key(),
        (Some(_) | None, Some(_) | None) => {
            return Err(RecordError::refuse(
                format!("{id} ({}) and {other} ({}) do not share an address", address(&one), address(&two)),
                format!("partners partner show {id}"),
            ));
        }
    };
    let mut outcome = Outcome::of("partner", id.as_str(), Vec::new());
    if writer.sharing_allowed(one.no, two.no, &key)? {
        return Ok(outcome);
    }
    writer.allow_sharing(one.no, two.no, &key, reason.as_str())?;
    outcome.changes.push(Change {
        field: "shares_paypal_with".to_owned(),
        old: None,
        new: Some(format!("{other} ({})", key.as_str())),
    });
    outcome.save_about(writer, "paypal allow-shared", Some(reason.as_str()), &[("partner", other.as_str())])
}
