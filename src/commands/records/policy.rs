//! `policy show`, `policy set`: the programme's numbers and switches, each with the days from which it held (R1.6).
//!
//! Floor 5. A version that reaches back over a run is refused unless asked for, and its effect is reckoned inside
//! the transaction that saves it: what is shown is what is saved.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Change, RecordError};
use crate::commands::preview::{Scope, preview};
use crate::dates::Day;
use crate::eligibility::RunKind;
use crate::ids::{PartnerId, RunName};
use crate::money::{Currency, Money};
use crate::policy::Key;
use crate::remark::Remark;
use crate::run::RunState;
use crate::store::records::PolicyEntry;
use crate::store::{AuditNote, Reader, StoreError, Writer};

/// One setting on a day.
#[derive(Debug, Clone)]
pub struct PolicyLine {
    /// Which.
    pub key: Key,
    /// Its value, in the form `policy set` takes.
    pub value: String,
    /// The change that set it; `None` is the default.
    pub set_by: Option<PolicyEntry>,
    /// The next change after the day, if one is entered already.
    pub next: Option<PolicyEntry>,
}

/// What `policy show` answers.
#[derive(Debug, Clone)]
pub struct PolicyView {
    /// The day.
    pub date: Day,
    /// The programme's.
    pub currency: Currency,
    /// Every setting, in the order of RULES.
    pub lines: Vec<PolicyLine>,
}

/// Shows the policy in force on a day.
///
/// # Errors
/// Damaged rows.
pub fn show_policy(reader: &Reader, date: Day) -> Result<PolicyView, RecordError> {
    let (policy, currency) = (reader.policy(date), reader.currency());
    let entries = reader.policy_entries()?;
    let lines = Key::ALL
        .iter()
        .map(|key| {
            let of_key = || entries.iter().filter(|entry| entry.key == *key);
            // Of two changes from one day the later entered holds: max_by_key keeps the last, min_by_key the first.
            let set_by = of_key().filter(|entry| entry.from <= Some(date)).max_by_key(|entry| entry.from);
            let later = of_key().filter(|entry| entry.from > Some(date));
            let next = later.rev().min_by_key(|entry| entry.from);
            PolicyLine {
                key: *key,
                value: policy.get(*key, currency),
                set_by: set_by.cloned(),
                next: next.cloned(),
            }
        })
        .collect();
    Ok(PolicyView { date, currency, lines })
}

/// What `policy set` is given.
#[derive(Debug, Clone, Copy)]
pub struct SetPolicy<'a> {
    /// The setting.
    pub key: Key,
    /// Its value.
    pub value: &'a str,
    /// The first day on which it holds.
    pub from: Day,
    /// Why.
    pub reason: &'a str,
    /// Whether it may reach back over existing runs (R1.6).
    pub retroactive: bool,
}

/// What a change of the policy does to the balances (R1.6), as of today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retroactive {
    /// The setting.
    pub key: Key,
    /// Its first day.
    pub from: Day,
    /// The value on that day, before and after; `None` when it was so already and nothing is saved.
    pub change: Option<Change>,
    /// The runs it reaches back over.
    pub runs: Vec<RunName>,
    /// The day of the balances.
    pub date: Day,
    /// The programme's.
    pub currency: Currency,
    /// Σ of all balances before.
    pub before: Money,
    /// Σ of all balances after.
    pub after: Money,
    /// Every partner whose balance changes: before and after.
    pub partners: Vec<(PartnerId, Money, Money)>,
    /// What a person should look at.
    pub warnings: Vec<String>,
}

/// Changes the policy from a day on in the writer's transaction and says what that does; `save_policy` saves it.
///
/// # Errors
/// A key or value that is none; a day on or before an existing run without `retroactive` (R1.6).
pub fn plan_policy(writer: &mut Writer, given: &SetPolicy<'_>) -> Result<Retroactive, RecordError> {
    Remark::reason(given.reason)?;
    let SetPolicy { key, from, .. } = *given;
    let (today, currency, value) = (writer.today_here(), writer.currency(), given.value.trim());
    let old = writer.policy(from).get(key, currency);
    let mut wanted = writer.policy(from).clone();
    wanted.set(key, value, currency)?;
    let new = wanted.get(key, currency);
    let mut runs: Vec<RunName> = writer
        .runs(false)?
        .into_iter()
        .filter(|run| run.date >= from && run.state != RunState::Cancelled)
        .map(|run| run.name)
        .collect();
    runs.reverse();
    let mut effect = Retroactive {
        key,
        from,
        change: None,
        runs,
        date: today,
        currency,
        before: Money::ZERO,
        after: Money::ZERO,
        partners: Vec::new(),
        warnings: Vec::new(),
    };
    if old == new {
        return Ok(effect);
    }
    let before = balances(writer, today)?;
    writer.change_policy(key, &new, from, given.reason.trim())?;
    writer.refresh()?;
    let after = balances(writer, today)?;
    effect.change = Some(Change { field: key.to_string(), old: Some(old), new: Some(new) });
    effect.compare(&before, &after)?;
    effect.warn(writer)?;
    if !effect.runs.is_empty() && !given.retroactive {
        return Err(effect.refusal(given));
    }
    Ok(effect)
}

/// Saves a planned change of the policy.
///
/// # Errors
/// The store's.
pub fn save_policy(writer: Writer, effect: &Retroactive, reason: &str) -> Result<(), RecordError> {
    let reason = Remark::reason(reason)?;
    if effect.change.is_some() {
        let note = AuditNote::new("policy set", effect.detail()).about("policy", effect.key.as_str());
        writer.commit(&note.because(Some(reason.as_str())))?;
    }
    Ok(())
}

/// Changes the policy from a day on, and saves.
///
/// # Errors
/// As `plan_policy`.
pub fn set_policy(mut writer: Writer, given: &SetPolicy<'_>) -> Result<Retroactive, RecordError> {
    let effect = plan_policy(&mut writer, given)?;
    save_policy(writer, &effect, given.reason)?;
    Ok(effect)
}

/// Reckons every partner's balance as of a day (R5.2), without what a run would write off.
fn balances(reader: &Reader, date: Day) -> Result<BTreeMap<PartnerId, Money>, StoreError> {
    let view = preview(reader, &Scope { date, kind: RunKind::OffCycle, only: None })?;
    let payable = view.payable.iter().map(|row| (row.partner.clone(), row.payable.amount()));
    let blocked = view.blocked.iter().map(|row| (row.partner.clone(), row.balance));
    let waiting = view.waiting.iter().map(|row| (row.partner.clone(), row.balance));
    let owing = view.owing.iter().map(|row| (row.partner.clone(), row.balance));
    Ok(payable.chain(blocked).chain(waiting).chain(owing).collect())
}

impl Retroactive {
    fn compare(
        &mut self,
        before: &BTreeMap<PartnerId, Money>,
        after: &BTreeMap<PartnerId, Money>,
    ) -> Result<(), StoreError> {
        self.before = Money::sum(before.values().copied())?;
        self.after = Money::sum(after.values().copied())?;
        let balance =
            |of: &BTreeMap<PartnerId, Money>, id: &PartnerId| of.get(id).copied().unwrap_or_default();
        let mut ids: Vec<&PartnerId> = before.keys().chain(after.keys()).collect();
        ids.sort();
        ids.dedup();
        self.partners = ids
            .into_iter()
            .map(|id| (id.clone(), balance(before, id), balance(after, id)))
            .filter(|(_, old, new)| old != new)
            .collect();
        Ok(())
    }

    fn warn(&mut self, writer: &Writer) -> Result<(), StoreError> {
        let later: Vec<String> = writer
            .policy_entries()?
            .into_iter()
            .filter(|entry| entry.key == self.key && entry.from > Some(self.from))
            .filter_map(|entry| entry.from.map(|from| format!("{} from {from}", entry.value)))
            .collect();
        if !later.is_empty() {
            self.warnings.push(format!("later versions of {} stand: {}", self.key, later.join(", ")));
        }
        if let Some(run) = writer.run_on_desk()? {
            self.warnings.push(format!(
                "run {} is {}: its amounts are fixed, and it is judged anew before it leaves (R7.3)",
                run.name, run.state
            ));
        }
        Ok(())
    }

    /// Refuses with the whole effect, so that whoever repeats it knows what they ask for (R1.6).
    fn refusal(&self, given: &SetPolicy<'_>) -> RecordError {
        let names: Vec<&str> = self.runs.iter().map(RunName::as_str).collect();
        let money = |amount: Money| amount.major(self.currency);
        let changed =
            self.partners.iter().map(|(id, old, new)| format!("{id}: {} → {}", money(*old), money(*new)));
        RecordError::Refused {
            said: format!(
                "{} from {} reaches back over {} (R1.6); as of {} it would change the balances of {} partners, in \
                 all {} → {} {}; nothing was changed",
                self.key,
                self.from,
                names.join(", "),
                self.date,
                self.partners.len(),
                money(self.before),
                money(self.after),
                self.currency,
            ),
            details: changed.collect(),
            next: Some(format!(
                "choose a later day, or if this must be: \
                 partners policy set {} {} --from {} --reason TEXT --retroactive",
                self.key, given.value, self.from
            )),
        }
    }

    fn detail(&self) -> Value {
        let money = |amount: Money| amount.major(self.currency);
        let partners: Vec<Value> = self
            .partners
            .iter()
            .map(
                |(id, old, new)| json!({"partner": id.as_str(), "before": money(*old), "after": money(*new)}),
            )
            .collect();
        let runs: Vec<&str> = self.runs.iter().map(RunName::as_str).collect();
        let change = self.change.as_ref();
        json!({
            "key": self.key.as_str(),
            "old": change.and_then(|change| change.old.clone()),
            "new": change.and_then(|change| change.new.clone()),
            "from": self.from.to_string(),
            "runs": runs,
            "balances": {"date": self.date.to_string(), "before": money(self.before), "after": money(self.after)},
            "partners": partners,
        })
    }
}
