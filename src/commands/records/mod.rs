//! The records behind the gates: what staff enter between two Fridays.
//!
//! Floor 5. Each verb gathers the record as it is, plans how it should read afterwards, and saves exactly that plan
//! with a note; the answer lists old and new of every field that changed. A flag that was not given leaves its field
//! alone, a dash clears it where clearing makes sense, and a change that changes nothing saves nothing.

mod account;
mod address;
mod adjustment;
mod charge;
mod link;
mod note;
mod outside;
mod partner;
mod policy;
mod show;
mod tax;
mod trail;

use serde_json::{Value, json};
use thiserror::Error;

pub use account::{AccountView, EditAccount, edit_account, show_account};
pub use address::{allow_shared, confirm_address, set_address};
pub use adjustment::{Adjust, Adjusted, adjust};
pub use charge::{ChargeEarning, ChargeView, Resolve, Ruling, resolve_charge, show_charge};
pub use link::{AddLink, LinkFilter, LinkList, LinkListing, Owner, add_link, claim_link, list_links};
pub use note::{add_note, list_notes, subject_of};
pub use outside::{OutsideRecord, RecordOutside, record_outside};
pub use partner::{PartnerFacts, add_partner, edit_partner, release_partner};
pub use policy::{
    PolicyLine, PolicyView, Retroactive, SetPolicy, plan_policy, save_policy, set_policy, show_policy,
};
pub use show::{PartnerFilter, PartnerLine, PartnerView, Referral, list_partners, show_partner};
pub use tax::{QUESTIONS, SetTax, approve_tax, in_order, reject_tax, set_tax};
pub use trail::{TrailFilter, audit_log, audit_verify};

use crate::dates::Day;
use crate::ids::AccountId;
use crate::money::MoneyError;
use crate::policy::PolicyError;
use crate::remark::RemarkError;
use crate::store::{AuditNote, Claimed, StoreError, Writer};

/// Says why a record was not changed.
#[derive(Debug, Error)]
pub enum RecordError {
    /// The store's.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A rule forbids it; nothing was changed.
    #[error("{said}")]
    Refused {
        /// What is wrong.
        said: String,
        /// The single things, where there are several.
        details: Vec<String>,
        /// What to do: the next command, where there is one.
        next: Option<String>,
    },
    /// A reason or a note that cannot be kept.
    #[error(transparent)]
    Remark(#[from] RemarkError),
    /// An amount or a rate.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// A policy value.
    #[error(transparent)]
    Policy(#[from] PolicyError),
}

impl RecordError {
    /// Refuses, and says what to do instead.
    fn refuse(said: impl Into<String>, next: impl Into<String>) -> Self {
        Self::Refused { said: said.into(), details: Vec::new(), next: Some(next.into()) }
    }

    /// Refuses where nothing else is to be done.
    fn refuse_flatly(said: impl Into<String>) -> Self {
        Self::Refused { said: said.into(), details: Vec::new(), next: None }
    }
}

/// One field of a record, before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The column, as in CSV.
    pub field: String,
    /// What it was.
    pub old: Option<String>,
    /// What it is now.
    pub new: Option<String>,
}

/// What a verb did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The kind of thing: partner, account, charge, link.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// Whether it was not there before.
    pub added: bool,
    /// Every field that changed; empty when everything was so already and nothing was saved.
    pub changes: Vec<Change>,
    /// Links that became the partner's (R4.2).
    pub claimed: Vec<Claimed>,
    /// What a person should look at.
    pub warnings: Vec<String>,
    /// What happens next.
    pub next: Vec<String>,
}

impl Outcome {
    fn of(kind: &'static str, id: &str, changes: Vec<Change>) -> Self {
        let (claimed, warnings, next) = (Vec::new(), Vec::new(), Vec::new());
        Self { kind, id: id.to_owned(), added: false, changes, claimed, warnings, next }
    }

    /// Returns whether nothing changed and so nothing was saved.
    #[must_use]
    pub const fn is_unchanged(&self) -> bool {
        self.changes.is_empty() && self.claimed.is_empty()
    }

    /// Returns the change of a field, if it changed.
    #[must_use]
    pub fn change(&self, field: &str) -> Option<&Change> {
        self.changes.iter().find(|change| change.field == field)
    }

    /// Returns the audit detail: old and new of every field.
    fn detail(&self) -> Value {
        let changes: Vec<Value> = self
            .changes
            .iter()
            .map(|change| json!({"field": change.field, "old": change.old, "new": change.new}))
            .collect();
        if self.claimed.is_empty() {
            return json!({ "changes": changes });
        }
        let claimed: Vec<Value> = self
            .claimed
            .iter()
            .map(|link| {
                let accounts: Vec<&str> = link.accounts.iter().map(AccountId::as_str).collect();
                json!({"code": link.code, "accounts": accounts})
            })
            .collect();
        json!({ "changes": changes, "claimed": claimed })
    }

    /// Saves with a note about the thing, unless nothing changed.
    fn save(self, writer: Writer, action: &str, reason: Option<&str>) -> Result<Self, RecordError> {
        self.save_about(writer, action, reason, &[])
    }

    /// Saves with a note about the thing and others, unless nothing changed.
    fn save_about(
        self,
        writer: Writer,
        action: &str,
        reason: Option<&str>,
        others: &[(&str, &str)],
    ) -> Result<Self, RecordError> {
        if !self.is_unchanged() {
            let note = AuditNote::new(action, self.detail()).about(self.kind, &self.id).because(reason);
            let note = others.iter().fold(note, |note, (kind, id)| note.about(kind, id));
            let claimed = self.claimed.iter().flat_map(|link| &link.accounts);
            let note = claimed.fold(note, |note, account| note.about("account", account.as_str()));
            writer.commit(&note)?;
        }
        Ok(self)
    }
}

/// The fields of a record as text, in the order in which people read them.
type Fields = Vec<(&'static str, Option<String>)>;

/// Compares a record before and after.
fn differences(before: Fields, after: Fields) -> Vec<Change> {
    before
        .into_iter()
        .zip(after)
        .filter(|((_, old), (_, new))| old != new)
        .map(|((field, old), (_, new))| Change { field: field.to_owned(), old, new })
        .collect()
}

/// What a flag asks of an optional field.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Asked<'a> {
    /// Leave it alone: the flag is absent or blank.
    Keep,
    /// Clear it: a dash.
    Clear,
    /// Set it.
    Set(&'a str),
}

/// Reads a flag: a blank never erases, a dash clears.
fn asked(flag: Option<&str>) -> Asked<'_> {
    match flag.map(str::trim) {
        None | Some("") => Asked::Keep,
        Some("-") => Asked::Clear,
        Some(text) => Asked::Set(text),
    }
}

/// Reads a flag of a field that always has a value, so that a dash is refused.
fn required<'a>(flag: Option<&'a str>, field: &str) -> Result<Option<&'a str>, RecordError> {
    match asked(flag) {
        Asked::Keep => Ok(None),
        Asked::Set(text) => Ok(Some(text)),
        Asked::Clear => Err(RecordError::refuse_flatly(format!("{field} cannot be cleared; give a new one"))),
    }
}

/// Changes an optional text as a flag asks.
fn apply_text(field: &mut Option<String>, flag: Option<&str>) {
    match asked(flag) {
        Asked::Keep => {}
        Asked::Clear => *field = None,
        Asked::Set(text) => *field = Some(text.to_owned()),
    }
}

/// What is asked of an optional field that is no text: a flag that was not given is no `Edit` at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit<T> {
    /// Give it this value.
    Set(T),
    /// Clear it.
    Clear,
}

impl<T: Copy> Edit<T> {
    /// Changes a field.
    const fn apply(self, field: &mut Option<T>) {
        *field = match self {
            Self::Set(value) => Some(value),
            Self::Clear => None,
        };
    }
}

/// Takes a day that has come; without one it is today.
fn past_day(writer: &Writer, day: Option<Day>, what: &str) -> Result<Day, RecordError> {
    let today = writer.today_here();
    match day {
        Some(day) if day > today => Err(RecordError::refuse_flatly(format!(
            "{what} {day} is in the future (today is {today}); nothing was changed"
        ))),
        Some(day) => Ok(day),
        None => Ok(today),
    }
}

/// Writes yes or no.
fn yes_or_no(answer: bool) -> String {
    if answer { "yes" } else { "no" }.to_owned()
}
