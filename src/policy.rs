//! The programme's policy: every number and switch of the rules, each with the days from which it held.
//!
//! Floor 2, pure. Which version rules which question is R1.6; this file only answers "what was KEY on
//! day D". Defaults are RULES.md's.

use std::collections::BTreeSet;
use std::str::FromStr;

use chrono::Weekday;
use thiserror::Error;

use crate::commission::Kind;
use crate::dates::{Day, Zone, parse_day, parse_weekday, parse_zone, weekday_name};
use crate::money::{Currency, Money, Rate};
use crate::words;

words!(
    /// A setting of the policy, by its name in `policy set`.
    Key, "policy key" {
        /// The partners' share of a charge (R2.5).
        Rate = "rate",
        /// Days from an account's opening until its commission may be paid (R3.1).
        RefundPeriodDays = "refund_period_days",
        /// The balance from which a partner is paid (R5.3).
        Minimum = "minimum",
        /// Months a commission waits for the minimum before it lapses (R5.4).
        AccrualMonths = "accrual_months",
        /// The day of the week on which runs are dated (R7.1).
        Payday = "payday",
        /// The kinds of charge that earn (R2.1).
        CommissionableKinds = "commissionable_kinds",
        /// Days after an account's opening in which a referrer may still be added (R4.3, R4.7).
        ReferralLockDays = "referral_lock_days",
        /// Which of several referral records counts (R4.1).
        Attribution = "attribution",
        /// What missing tax paperwork does (R6.3).
        TaxGate = "tax_gate",
        /// Whether creator and approver must be two people (R7.2).
        SecondApprover = "second_approver",
        /// Whether a partner may refer their own account (R4.6).
        AllowSelfReferral = "allow_self_referral",
        /// The largest payment to one partner (R6.6).
        PaymentMaximum = "payment_maximum",
        /// Days a changed PayPal address waits (R6.4).
        NewAddressHoldDays = "new_address_hold_days",
        /// The day from which charges earn here (R1.7).
        BooksOpenOn = "books_open_on",
        /// The time zone of every civil date (R1.1).
        Timezone = "timezone",
    }
);

words!(
    /// Which of several referral records for one e-mail counts (R4.1).
    Touch, "attribution" {
        /// The earliest record.
        First = "first",
        /// The latest record.
        Last = "last",
    }
);

words!(
    /// What missing tax paperwork does to commissions (R6.3).
    TaxGate, "tax_gate" {
        /// Commissions accrue and payment waits.
        Hold = "hold",
        /// Charges collected before the first approval earn nothing.
        EarnFromApproval = "earn-from-approval",
    }
);

/// Says why a value does not fit its key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{key} cannot be {value:?}: {reason}")]
pub struct PolicyError {
    /// The setting.
    pub key: Key,
    /// What was given.
    pub value: String,
    /// What it should be.
    pub reason: String,
}

/// The values of all settings on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// R2.5.
    pub rate: Rate,
    /// R3.1, in days.
    pub refund_period_days: u32,
    /// R5.3.
    pub minimum: Money,
    /// R5.4, in calendar months.
    pub accrual_months: u32,
    /// R7.1.
    pub payday: Weekday,
    /// R2.1.
    pub commissionable_kinds: BTreeSet<Kind>,
    /// R4.3, in days.
    pub referral_lock_days: u32,
    /// R4.1.
    pub attribution: Touch,
    /// R6.3.
    pub tax_gate: TaxGate,
    /// R7.2.
    pub second_approver: bool,
    /// R4.6.
    pub allow_self_referral: bool,
    /// R6.6.
    pub payment_maximum: Money,
    /// R6.4, in days.
    pub new_address_hold_days: u32,
    /// R1.7.
    pub books_open_on: Option<Day>,
    /// R1.1.
    pub timezone: Zone,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            rate: Rate::quarter(),
            refund_period_days: 90,
            minimum: Money::from_minor(100_00),
            accrual_months: 6,
            payday: Weekday::Fri,
            commissionable_kinds: BTreeSet::from([Kind::Subscription]),
            referral_lock_days: 30,
            attribution: Touch::First,
            tax_gate: TaxGate::Hold,
            second_approver: false,
            allow_self_referral: false,
            payment_maximum: Money::from_minor(20_000_00),
            new_address_hold_days: 0,
            books_open_on: None,
            timezone: Zone::UTC,
        }
    }
}

impl Policy {
    /// Returns the default policy of a programme in `currency`: 100 and 20,000 of its major units.
    #[must_use]
    pub fn default_for(currency: Currency) -> Self {
        let units = 10_i64.pow(currency.digits());
        Self {
            minimum: Money::from_minor(100 * units),
            payment_maximum: Money::from_minor(20_000 * units),
            ..Self::default()
        }
    }

    /// Sets one key from its text.
    ///
    /// # Errors
    /// A value that the key does not take, with what it takes.
    pub fn set(&mut self, key: Key, value: &str, currency: Currency) -> Result<(), PolicyError> {
        let fail = |reason: String| PolicyError { key, value: value.to_owned(), reason };
        let days = || {
            number(value).filter(|days| *days <= 3660).ok_or_else(|| fail("whole days from 0 to 3660".into()))
        };
        let amount = || {
            Money::parse(value, currency).map_err(|e| fail(e.to_string())).and_then(|m| {
                if m.is_negative() { Err(fail("an amount of zero or more".into())) } else { Ok(m) }
            })
        };
        let switch = || match value {
            "on" | "yes" | "true" => Ok(true),
            "off" | "no" | "false" => Ok(false),
            _ => Err(fail("on or off".into())),
        };
        match key {
            Key::Rate => self.rate = Rate::from_str(value).map_err(|e| fail(e.to_string()))?,
            Key::RefundPeriodDays => self.refund_period_days = days()?,
            Key::Minimum => self.minimum = amount()?,
            Key::AccrualMonths => {
                self.accrual_months = number(value)
                    .filter(|months| (1..=120).contains(months))
                    .ok_or_else(|| fail("whole months from 1 to 120".into()))?;
            }
            Key::Payday => self.payday = parse_weekday(value).map_err(|e| fail(e.to_string()))?,
            Key::CommissionableKinds => {
                self.commissionable_kinds = value
                    .split(',')
                    .map(Kind::from_str)
                    .collect::<Result<_, _>>()
                    .map_err(|e| fail(e.to_string()))?;
                if self.commissionable_kinds.contains(&Kind::Unclassified) {
                    return Err(fail("what nobody has classified earns nothing (R2.1)".into()));
                }
            }
            Key::ReferralLockDays => self.referral_lock_days = days()?,
            Key::Attribution => self.attribution = value.parse().map_err(|e| fail(format!("{e}")))?,
            Key::TaxGate => self.tax_gate = value.parse().map_err(|e| fail(format!("{e}")))?,
            Key::SecondApprover => self.second_approver = switch()?,
            Key::AllowSelfReferral => self.allow_self_referral = switch()?,
            Key::PaymentMaximum => self.payment_maximum = amount()?,
            Key::NewAddressHoldDays => self.new_address_hold_days = days()?,
            Key::BooksOpenOn => {
                self.books_open_on = match value {
                    "-" | "unset" => None,
                    day => Some(parse_day(day, &Zone::UTC).map_err(|e| fail(e.to_string()))?),
                };
            }
            Key::Timezone => self.timezone = parse_zone(value).map_err(|e| fail(e.to_string()))?,
        }
        Ok(())
    }

    /// Returns one key's value as text, in the form `set` takes.
    #[must_use]
    pub fn get(&self, key: Key, currency: Currency) -> String {
        let switch = |on: bool| if on { "on" } else { "off" }.to_owned();
        match key {
            Key::Rate => self.rate.to_string(),
            Key::RefundPeriodDays => self.refund_period_days.to_string(),
            Key::Minimum => self.minimum.major(currency),
            Key::AccrualMonths => self.accrual_months.to_string(),
            Key::Payday => weekday_name(self.payday).to_owned(),
            Key::CommissionableKinds => {
                let kinds: Vec<&str> = self.commissionable_kinds.iter().map(|kind| kind.as_str()).collect();
                kinds.join(",")
            }
            Key::ReferralLockDays => self.referral_lock_days.to_string(),
            Key::Attribution => self.attribution.to_string(),
            Key::TaxGate => self.tax_gate.to_string(),
            Key::SecondApprover => switch(self.second_approver),
            Key::AllowSelfReferral => switch(self.allow_self_referral),
            Key::PaymentMaximum => self.payment_maximum.major(currency),
            Key::NewAddressHoldDays => self.new_address_hold_days.to_string(),
            Key::BooksOpenOn => self.books_open_on.map_or_else(|| "unset".to_owned(), |day| day.to_string()),
            Key::Timezone => self.timezone.to_string(),
        }
    }
}

fn number(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// One change of the policy: `key` is `value` from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The setting.
    pub key: Key,
    /// Its value, in the form `Policy::set` takes.
    pub value: String,
    /// The first day on which it holds.
    pub from: Day,
}

/// The policy over all time: the defaults, and every change since, each with its first day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policies {
    /// The programme's currency; it never changes.
    pub currency: Currency,
    /// Versions by their first day, oldest first; the first has held for ever.
    versions: Vec<(Day, Policy)>,
}

impl Policies {
    /// Builds the history from the defaults and the changes, in the order in which they were entered:
    /// of two changes of one key from the same day, the later entered holds.
    ///
    /// # Errors
    /// A stored value that its key does not take.
    pub fn new(currency: Currency, changes: &[Change]) -> Result<Self, PolicyError> {
        let mut days: Vec<Day> = changes.iter().map(|change| change.from).collect();
        days.push(Day::MIN);
        days.sort_unstable();
        days.dedup();
        // A stable sort keeps the order of entry within a day.
        let mut ordered: Vec<&Change> = changes.iter().collect();
        ordered.sort_by_key(|change| change.from);
        let mut versions = Vec::with_capacity(days.len());
        for day in days {
            let mut policy = Policy::default_for(currency);
            for change in ordered.iter().take_while(|change| change.from <= day) {
                policy.set(change.key, &change.value, currency)?;
            }
            versions.push((day, policy));
        }
        Ok(Self { currency, versions })
    }

    /// Returns the policy in force on a day.
    #[must_use]
    pub fn at(&self, day: Day) -> &Policy {
        let after = self.versions.partition_point(|(from, _)| *from <= day);
        let (_, policy) = &self.versions[after.saturating_sub(1)];
        policy
    }

    /// Returns the first days of all versions after the first.
    pub fn turning_days(&self) -> impl Iterator<Item = Day> + '_ {
        self.versions.iter().skip(1).map(|(from, _)| *from)
    }
}
