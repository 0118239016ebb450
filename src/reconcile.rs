//! Comparing what PayPal lists with what we sent, and saying what each of its statuses means for an item.
//!
//! Floor 2, pure: no file, no network, no store. The API's listing and a downloaded report come here in one
//! form. A listing is compared as a whole before any status is applied (promise 11): anything missing,
//! extra, doubled or different is for a person. PayPal's words are from PAYPAL.md §1.8; what they do to an
//! item is R7.4.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::dates::{Day, plus_days};
use crate::ids::{Email, EmailKey, ItemId};
use crate::money::{Currency, Money};
use crate::run::ItemState;
use crate::words;

/// Days after which PayPal returns what nobody has claimed (PAYPAL.md §1.8).
pub const UNCLAIMED_DAYS: u32 = 30;

/// Returns the day on which PayPal returns an item that it paid out on a day and nobody has claimed.
#[must_use]
pub fn unclaimed_until(paid_out_on: Day) -> Day {
    plus_days(paid_out_on, UNCLAIMED_DAYS)
}

words!(
    /// A payment's status as PayPal names it, in lower case (PAYPAL.md §1.8).
    StatusWord, "PayPal item status" {
        /// Credited to the payee; may still be refunded or reversed.
        Success = "success",
        /// Not paid; the money was not taken.
        Failed = "failed",
        /// Turned down; on docs.paypal.ai only, and taken as failed.
        Denied = "denied",
        /// Received, not processed yet.
        Pending = "pending",
        /// The payee has no confirmed account; 30 days to claim.
        Unclaimed = "unclaimed",
        /// Came back unclaimed or cancelled.
        Returned = "returned",
        /// Under PayPal's review; spelt `ON_HOLD` as well.
        OnHold = "onhold",
        /// Blocked by PayPal.
        Blocked = "blocked",
        /// The payee gave it back.
        Refunded = "refunded",
        /// PayPal took it back.
        Reversed = "reversed",
    }
);

impl StatusWord {
    /// Returns the state that an item in this status has with us; `None` while PayPal has not decided (R7.4).
    #[must_use]
    pub const fn state(self) -> Option<ItemState> {
        match self {
            Self::Success => Some(ItemState::Paid),
            Self::Failed | Self::Denied => Some(ItemState::Failed),
            Self::Unclaimed => Some(ItemState::Unclaimed),
            Self::Returned => Some(ItemState::Returned),
            Self::Blocked => Some(ItemState::Blocked),
            Self::Refunded => Some(ItemState::Refunded),
            Self::Reversed => Some(ItemState::Reversed),
            Self::Pending | Self::OnHold => None,
        }
    }
}

/// What PayPal says of an item's status, verbatim where the word is not one we know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// A word with a meaning.
    Known(StatusWord),
    /// A word we do not know: never taken for paid or failed.
    Unknown(String),
    /// Nothing yet.
    Absent,
}

impl Status {
    /// Reads PayPal's word in any case, and `ON_HOLD` as `ONHOLD`.
    #[must_use]
    pub fn read(text: Option<&str>) -> Self {
        match text.map(str::trim) {
            None | Some("") => Self::Absent,
            Some(word) if word.eq_ignore_ascii_case("on_hold") => Self::Known(StatusWord::OnHold),
            Some(word) => {
                StatusWord::from_str(word).map_or_else(|_| Self::Unknown(word.to_owned()), Self::Known)
            }
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(word) => write!(f, "{}", word.as_str().to_ascii_uppercase()),
            Self::Unknown(word) => write!(f, "{word:?}"),
            Self::Absent => f.write_str("no status"),
        }
    }
}

/// What is to be done about an item, given its state with us and its status at PayPal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Nothing: we know it already.
    Keep,
    /// Ask again later: PayPal has not decided, or the payee has not claimed.
    Wait,
    /// Change the item's state (R7.4).
    Become(ItemState),
    /// Show it to a person and change nothing.
    Alarm(Alarm),
}

words!(
    /// In what PayPal's word for a payment contradicts the books, as they keep it.
    AlarmKind, "alarm" {
        /// A word that has no meaning here.
        UnknownWord = "unknown_word",
        /// Listed, though it was not sent from here.
        NotSent = "not_sent",
        /// Paid, and now said not to be.
        PaidNoLonger = "paid_no_longer",
        /// Given back to the balance, and now said to move.
        MovesAfterReturn = "moves_after_return",
        /// Listed otherwise than it was sent.
        ListingDiffers = "listing_differs",
    }
);

/// Why a status is shown to a person and not applied (promise 11).
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Alarm {
    /// PayPal uses a word that has no meaning here.
    #[error(
        "PayPal's status {word:?} is not known here, so the item stays {state}; look it up in PayPal's \
         activity and settle it by hand"
    )]
    UnknownWord {
        /// PayPal's word.
        word: String,
        /// Our state.
        state: ItemState,
    },
    /// PayPal lists an item that has not left.
    #[error(
        "PayPal lists the item as {says} although it was not sent from here; is a copy of the database in \
         use?"
    )]
    NotSent {
        /// PayPal's status.
        says: StatusWord,
    },
    /// PayPal takes back that it has paid, other than by refund or reversal.
    #[error(
        "PayPal said the item was paid and now says {says}; it stays paid and nothing is paid again until \
         you have asked PayPal what became of the money"
    )]
    PaidNoLonger {
        /// PayPal's status.
        says: StatusWord,
    },
    /// PayPal says that money moves after we gave it back to the partner's balance: it may be paid twice.
    #[error(
        "the item is {state} here, its money back in the partner's balance, and PayPal now says {says}: do \
         not pay the partner before you have asked PayPal; if it has paid, enter a negative adjustment"
    )]
    MovesAfterReturn {
        /// Our state.
        state: ItemState,
        /// PayPal's status.
        says: StatusWord,
    },
}

impl Alarm {
    /// Returns its kind.
    #[must_use]
    pub const fn kind(&self) -> AlarmKind {
        match self {
            Self::UnknownWord { .. } => AlarmKind::UnknownWord,
            Self::NotSent { .. } => AlarmKind::NotSent,
            Self::PaidNoLonger { .. } => AlarmKind::PaidNoLonger,
            Self::MovesAfterReturn { .. } => AlarmKind::MovesAfterReturn,
        }
    }
}

impl AlarmKind {
    /// Returns whether money may have gone where the books do not have it, so that nothing more is paid to the partner
    /// before a person has looked (R6.7).
    #[must_use]
    pub const fn closes_reversal_gate(self) -> bool {
        match self {
            Self::PaidNoLonger | Self::MovesAfterReturn => true,
            Self::UnknownWord | Self::NotSent | Self::ListingDiffers => false,
        }
    }
}

/// Decides what a status means for an item (R7.4): the money comes back once, whatever the order and however
/// often statuses arrive; what contradicts our books is an alarm.
#[must_use]
pub fn step(state: ItemState, status: &Status) -> Step {
    let word = match status {
        Status::Absent => return if state.is_final() { Step::Keep } else { Step::Wait },
        Status::Unknown(word) => return Step::Alarm(Alarm::UnknownWord { word: word.clone(), state }),
        Status::Known(word) => *word,
    };
    if state == ItemState::Planned {
        return Step::Alarm(Alarm::NotSent { says: word });
    }
    let contradiction = if state.holds_money() {
        Alarm::PaidNoLonger { says: word }
    } else {
        Alarm::MovesAfterReturn { state, says: word }
    };
    match word.state() {
        None if !state.is_final() => Step::Wait,
        None => Step::Alarm(contradiction),
        Some(next) if next == state => {
            if state.is_final() {
                Step::Keep
            } else {
                Step::Wait
            }
        }
        Some(next) if !next.holds_money() && !state.holds_money() => Step::Keep,
        Some(next) if state.may_become(next) => Step::Become(next),
        Some(_) => Step::Alarm(contradiction),
    }
}

/// One payment as we sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Our id, PayPal's `sender_item_id`.
    pub item: ItemId,
    /// The address it went to.
    pub receiver: Email,
    /// How much.
    pub amount: Money,
    /// In what.
    pub currency: Currency,
}

/// An amount as PayPal writes it: kept verbatim, and exact where it can be read (R1.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// The number as written.
    pub value: String,
    /// The currency as written.
    pub currency: String,
}

impl Quoted {
    /// Returns the currency, if it is one.
    #[must_use]
    pub fn currency(&self) -> Option<Currency> {
        Currency::from_str(&self.currency).ok()
    }

    /// Returns the exact amount; zeros beyond the currency's digits do not matter, any other digit does.
    #[must_use]
    pub fn money(&self) -> Option<Money> {
        let currency = self.currency()?;
        let text = self.value.trim();
        let digits = usize::try_from(currency.digits()).ok()?;
        let text = match text.split_once('.') {
            Some((whole, fraction)) if fraction.len() > digits => {
                let (kept, surplus) = fraction.split_at_checked(digits)?;
                if !surplus.bytes().all(|byte| byte == b'0') {
                    return None;
                }
                if kept.is_empty() { whole.to_owned() } else { format!("{whole}.{kept}") }
            }
            _ => text.to_owned(),
        };
        Money::parse(&text, currency).ok()
    }
}

impl fmt::Display for Quoted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.value.escape_debug(), self.currency.escape_debug())
    }
}

/// One payment as PayPal lists it, by its API or in a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Our id, where PayPal repeats it.
    pub item: Option<ItemId>,
    /// The address, as PayPal writes it.
    pub receiver: Email,
    /// The amount, without the fee.
    pub amount: Quoted,
    /// What became of it.
    pub status: Status,
    /// PayPal's name of what went wrong.
    pub reason: Option<String>,
    /// What PayPal charged us for it.
    pub fee: Option<Quoted>,
    /// PayPal's id of the payment; absent where none was made.
    pub transaction_id: Option<String>,
    /// PayPal's id of the item.
    pub payout_item_id: Option<String>,
    /// When PayPal last worked on it, verbatim.
    pub processed_at: Option<String>,
}

words!(
    /// What of a payment PayPal lists otherwise than we sent it.
    Field, "field" {
        /// The address.
        Receiver = "receiver",
        /// The amount.
        Amount = "amount",
        /// The currency.
        Currency = "currency",
    }
);

/// How a listed payment is recognised as one of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recognise {
    /// By our id only, as the API repeats it.
    ByItem,
    /// By our id, and one listed without an id by address, amount and currency if only one of ours fits.
    ByItemThenReceiver,
}

/// A payment on both sides that is not the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Different<'a> {
    /// Ours.
    pub sent: &'a Sent,
    /// PayPal's.
    pub listed: &'a Listed,
    /// In what they differ; never empty.
    pub fields: Vec<Field>,
}

/// One id that stands more than once on a side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubled<'a> {
    /// All of ours with the id.
    pub sent: Vec<&'a Sent>,
    /// All of PayPal's with the id.
    pub listed: Vec<&'a Listed>,
}

/// What became of every payment of both sides: each stands in exactly one of the lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison<'a> {
    /// The same on both sides.
    pub matched: Vec<(&'a Sent, &'a Listed)>,
    /// Listed with another address, amount or currency than we sent.
    pub different: Vec<Different<'a>>,
    /// Sent and not listed.
    pub missing: Vec<&'a Sent>,
    /// Listed and not sent.
    pub extra: Vec<&'a Listed>,
    /// Sent or listed more than once.
    pub doubled: Vec<Doubled<'a>>,
}

impl Comparison<'_> {
    /// Returns whether both sides say the same, so that the listing may be adopted and its statuses applied.
    #[must_use]
    pub const fn agrees(&self) -> bool {
        self.different.is_empty()
            && self.missing.is_empty()
            && self.extra.is_empty()
            && self.doubled.is_empty()
    }
}

/// Compares what we sent with what PayPal lists; every list is in the order of our item ids.
#[must_use]
pub fn compare<'a>(sent: &'a [Sent], listed: &'a [Listed], recognise: Recognise) -> Comparison<'a> {
    let mut sides: BTreeMap<&str, Doubled<'a>> = BTreeMap::new();
    let nobody = || Doubled { sent: Vec::new(), listed: Vec::new() };
    for ours in sent {
        sides.entry(ours.item.as_str()).or_insert_with(nobody).sent.push(ours);
    }
    let mut unnamed = Vec::new();
    for theirs in listed {
        match &theirs.item {
            Some(item) => sides.entry(item.as_str()).or_insert_with(nobody).listed.push(theirs),
            None => unnamed.push(theirs),
        }
    }
    let mut found = Comparison::default();
    for side in sides.into_values() {
        match (side.sent.as_slice(), side.listed.as_slice()) {
            ([ours], [theirs]) => found.pair(ours, theirs),
            ([ours], []) => found.missing.push(ours),
            ([], [theirs]) => found.extra.push(theirs),
            _ => found.doubled.push(side),
        }
    }
    match recognise {
        Recognise::ByItem => found.extra.extend(unnamed),
        Recognise::ByItemThenReceiver => found.recognise_unnamed(unnamed),
    }
    found
}

impl<'a> Comparison<'a> {
    fn pair(&mut self, sent: &'a Sent, listed: &'a Listed) {
        let fields = differences(sent, listed);
        if fields.is_empty() {
            self.matched.push((sent, listed));
        } else {
            self.different.push(Different { sent, listed, fields });
        }
    }

    /// Pairs listed payments without an id with missing ones of the same address and amount. Where two of a
    /// side look alike nothing is guessed: all of them are left over.
    fn recognise_unnamed(&mut self, unnamed: Vec<&'a Listed>) {
        let mut alike: BTreeMap<Look, Doubled<'a>> = BTreeMap::new();
        let nobody = || Doubled { sent: Vec::new(), listed: Vec::new() };
        for ours in std::mem::take(&mut self.missing) {
            let look = Look(ours.receiver.key(), ours.amount, ours.currency);
            alike.entry(look).or_insert_with(nobody).sent.push(ours);
        }
        for theirs in unnamed {
            match theirs.amount.money().zip(theirs.amount.currency()) {
                Some((amount, currency)) => {
                    let look = Look(theirs.receiver.key(), amount, currency);
                    alike.entry(look).or_insert_with(nobody).listed.push(theirs);
                }
                None => self.extra.push(theirs),
            }
        }
        for side in alike.into_values() {
            match (side.sent.as_slice(), side.listed.as_slice()) {
                ([ours], [theirs]) => self.matched.push((ours, theirs)),
                (ours, theirs) => {
                    self.missing.extend(ours);
                    self.extra.extend(theirs);
                }
            }
        }
    }
}

/// By what a payment without an id is recognised.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Look(EmailKey, Money, Currency);

/// Returns in what a listed payment differs from the one we sent; an unreadable amount differs.
fn differences(sent: &Sent, listed: &Listed) -> Vec<Field> {
    let same = |field: Field| match field {
        Field::Receiver => listed.receiver.key() == sent.receiver.key(),
        Field::Amount => listed.amount.money() == Some(sent.amount),
        Field::Currency => listed.amount.currency() == Some(sent.currency),
    };
    Field::ALL.iter().copied().filter(|field| !same(*field)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(item: &str, minor: i64) -> Sent {
        Sent {
            item: item.into(),
            receiver: Email::new(&format!("{item}@Example.com")),
            amount: Money::from_minor(minor),
            currency: Currency::USD,
        }
    }

    fn listed(item: Option<&str>, receiver: &str, value: &str, currency: &str) -> Listed {
        Listed {
            item: item.map(ItemId::from),
            receiver: Email::new(receiver),
            amount: Quoted { value: value.into(), currency: currency.into() },
            status: Status::Absent,
            reason: None,
            fee: None,
            transaction_id: None,
            payout_item_id: None,
            processed_at: None,
        }
    }

    #[test]
    fn amounts_compare_exactly_and_never_as_floats() {
        let money = |value: &str, currency: &str| {
            Quoted { value: value.into(), currency: currency.into() }.money().map(Money::minor)
        };
        for (value, currency, minor) in
            [("10", "USD", 1000), ("10.1", "USD", 1010), ("10.100", "usd", 1010), ("7.00", "JPY", 7)]
        {
            assert_eq!(money(value, currency), Some(minor), "{value} {currency}");
        }
        for (value, currency) in [
            ("10.101", "USD"),
            ("1e3", "USD"),
            ("1,000.00", "USD"),
            ("7.5", "JPY"),
            ("", "USD"),
            ("1", "US$"),
        ] {
            assert_eq!(money(value, currency), None, "{value} {currency}");
        }
    }

    #[test]
    fn every_kind_of_difference_is_found() {
        let ours = [sent("a", 1000), sent("b", 2000), sent("c", 3000), sent("d", 4000), sent("e", 5000)];
        let theirs = [
            listed(Some("a"), "A@example.com", "10.00", "USD"),
            listed(Some("b"), "b@example.com", "20.01", "EUR"),
            listed(Some("c"), "else@example.com", "30.00", "USD"),
            listed(Some("d"), "d@example.com", "40.00", "USD"),
            listed(Some("d"), "d@example.com", "40.00", "USD"),
            listed(Some("x"), "x@example.com", "1.00", "USD"),
            listed(None, "e@example.com", "50.00", "USD"),
        ];
        let found = compare(&ours, &theirs, Recognise::ByItem);
        assert_eq!(found.matched, [(&ours[0], &theirs[0])]);
        let fields: Vec<_> = found.different.iter().map(|pair| pair.fields.as_slice()).collect();
        assert_eq!(fields, [&[Field::Amount, Field::Currency][..], &[Field::Receiver][..]]);
        assert_eq!(found.missing, [&ours[4]]);
        assert_eq!(found.extra, [&theirs[5], &theirs[6]]);
        assert_eq!(found.doubled.len(), 1);
        assert!(!found.agrees());
        let found = compare(&ours, &theirs, Recognise::ByItemThenReceiver);
        assert_eq!(found.matched.last(), Some(&(&ours[4], &theirs[6])));
    }

    #[test]
    fn two_that_look_alike_are_not_guessed() {
        let ours = [sent("a", 1000), Sent { item: "b".into(), ..sent("a", 1000) }];
        let theirs = [listed(None, "a@example.com", "10.00", "USD")];
        let found = compare(&ours, &theirs, Recognise::ByItemThenReceiver);
        assert_eq!((found.matched.len(), found.missing.len(), found.extra.len()), (0, 2, 1));
    }

    #[test]
    fn words_are_read_in_any_spelling_and_unknown_ones_kept() {
        assert_eq!(Status::read(Some("ON_HOLD")), Status::Known(StatusWord::OnHold));
        assert_eq!(Status::read(Some("ONHOLD")), Status::Known(StatusWord::OnHold));
        assert_eq!(Status::read(Some("SUCCESSFUL")), Status::Unknown("SUCCESSFUL".into()));
        assert_eq!(Status::read(None), Status::Absent);
    }
}
