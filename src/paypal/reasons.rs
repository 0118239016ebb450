//! Every reason that PayPal is known to give, in plain words: what it means, where it lies, and who must do
//! what.
//!
//! Floor 4, a table. Item reasons and their numbers are those of PayPal's transaction log and of its error
//! pages, request refusals those of PAYPAL.md §1.9; the words are ours. Where a failure lies with the
//! receiver, or nobody knows why, the address is not paid again until somebody has looked (R7.4).

use crate::words;

words!(
    /// Where a failure lies.
    LiesWith, "side" {
        /// With the partner's address or account.
        Receiver = "receiver",
        /// With our account.
        Sender = "sender",
        /// With the payment itself.
        Payment = "payment",
        /// With PayPal.
        Paypal = "paypal",
        /// Nobody knows.
        Unknown = "unknown",
    }
);

words!(
    /// Who must do something.
    Who, "person" {
        /// Time will do.
        Nobody = "nobody",
        /// The partner.
        Partner = "partner",
        /// Whoever looks after partners.
        Staff = "staff",
        /// Whoever looks after our PayPal account.
        Finance = "finance",
        /// Whoever set up the app at PayPal.
        Setup = "setup",
    }
);

/// One reason of PayPal's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason {
    /// PayPal's number for it in downloaded logs, where it has one.
    pub code: Option<u32>,
    /// PayPal's name for it.
    pub name: &'static str,
    /// Where it lies.
    pub lies_with: LiesWith,
    /// Who must do something.
    pub who: Who,
    /// What it means.
    pub meaning: &'static str,
    /// What must be done.
    pub remedy: &'static str,
}

/// Our name for what PayPal gives no reason for: it denied a batch as a whole and lists none of its payments.
pub const BATCH_DENIED: &str = "BATCH_DENIED";

/// Returns the reason for which a payment was not made, by PayPal's name or number; `None` for one we do not
/// know.
#[must_use]
pub fn of_item(name_or_code: &str) -> Option<&'static Reason> {
    let wanted = name_or_code.trim();
    ITEMS.iter().find(|reason| {
        reason.name.eq_ignore_ascii_case(wanted) || reason.code.is_some_and(|code| code.to_string() == wanted)
    })
}

/// Returns whether a failure for this reason marks the address rejected (R7.4): it lies with the receiver,
/// or nobody knows where.
#[must_use]
pub fn rejects_address(name_or_code: Option<&str>) -> bool {
    match name_or_code.and_then(of_item).map_or(LiesWith::Unknown, |reason| reason.lies_with) {
        LiesWith::Receiver | LiesWith::Unknown => true,
        LiesWith::Sender | LiesWith::Payment | LiesWith::Paypal => false,
    }
}

/// Returns what a refused request means, by its name, else by its HTTP status.
#[must_use]
pub fn refusal(http: u16, name: &str) -> &'static Reason {
    let named = REFUSALS.iter().find(|reason| reason.name.eq_ignore_ascii_case(name.trim()));
    named.unwrap_or(match http {
        401 => &UNNAMED_SIGN_IN,
        403 => &UNNAMED_PERMISSION,
        _ => &UNNAMED,
    })
}

/// Makes the rows of a table: number, name, where it lies, who must act; what it means; what must be done.
macro_rules! reasons {
    ($($($code:literal)? $name:ident, $lies:ident, $who:ident: $meaning:literal, $remedy:literal;)+) => {
        &[$(Reason {
            code: reasons!(@code $($code)?),
            name: stringify!($name),
            lies_with: LiesWith::$lies,
            who: Who::$who,
            meaning: $meaning,
            remedy: $remedy,
        }),+]
    };
    (@code $code:literal) => { Some($code) };
    (@code) => { None };
}

/// Why a payment was not made, or not yet.
pub static ITEMS: &[Reason] = reasons! {
    BATCH_DENIED, Sender, Finance:
        "PayPal denied the whole batch, so nothing moved, and gives no reason for each payment",
        "look the batch up at PayPal and put right what it names there; the next run pays again";
    1000 UNDEFINED, Unknown, Staff:
        "PayPal failed to pay it and does not say why",
        "ask the partner for their PayPal account's state; `paypal confirm` the address, and the next run \
         pays again";
    1002 INSUFFICIENT_FUNDS, Sender, Finance:
        "our PayPal balance did not cover the payment and its fee",
        "add funds to the PayPal balance; the next run pays again";
    1003 USER_COUNTRY_NOT_ALLOWED, Sender, Finance:
        "PayPal allows no payouts from our country",
        "ask PayPal's support";
    1004 USER_FUNDING_SOURCE_INELIGIBLE, Sender, Finance:
        "PayPal does not take this source of money for payouts",
        "fund payouts from the PayPal balance; the next run pays again";
    1005 PENDING_RECIPIENT_NON_HOLDING_CURRENCY_PAYMENT_PREFERENCE, Receiver, Partner:
        "the partner's PayPal account asks before it takes this currency",
        "ask the partner to accept the payment in their PayPal account";
    3004 SELF_PAY_NOT_ALLOWED, Receiver, Staff:
        "the address is that of our own PayPal account",
        "enter the partner's own address with `paypal set`";
    3014 SENDER_ACCOUNT_LOCKED, Sender, Finance:
        "our PayPal account is locked or inactive",
        "ask PayPal's support before the next run";
    3015 RECEIVER_ACCOUNT_LOCKED, Receiver, Partner:
        "the partner's PayPal account is locked or inactive",
        "ask the partner to have it unlocked, then `paypal confirm`, or to name another address";
    3017 SPENDING_LIMIT_EXCEEDED, Sender, Finance:
        "our PayPal account has reached its spending limit",
        "ask PayPal's support to raise it; the next run pays again";
    3047 ACCOUNT_RESTRICTED, Sender, Finance:
        "our PayPal account is restricted",
        "ask PayPal's support before the next run";
    3078 NEGATIVE_BALANCE, Sender, Finance:
        "our PayPal balance is too low or below zero",
        "add funds to the PayPal balance; the next run pays again";
    3107 REFUSED_RECEIVER_REFUSED, Receiver, Partner:
        "the partner's PayPal account refuses this currency",
        "ask the partner to accept the currency, then `paypal confirm`, or to name another address";
    RECEIVER_REFUSED, Receiver, Partner:
        "the partner's PayPal account refuses this currency",
        "ask the partner to accept the currency, then `paypal confirm`, or to name another address";
    3141 REFUSED_ACTION_DENIED, Sender, Finance:
        "our PayPal account may not send money",
        "ask PayPal's support, or the holder of the account, for the permission";
    REFUSED_ACCESS_DENIED, Sender, Finance:
        "our PayPal account may not send money",
        "ask PayPal's support, or the holder of the account, for the permission";
    3148 RECEIVER_COUNTRY_NOT_ALLOWED, Receiver, Partner:
        "PayPal allows no payouts to the partner's country",
        "ask the partner for another address, or pay outside PayPal with `payout record`";
    3501 INVALID_EMAIL_ID, Receiver, Partner:
        "PayPal does not take the address",
        "ask the partner for the right address and enter it with `paypal set`";
    INVALID_EMAIL, Receiver, Partner:
        "PayPal does not take the address",
        "ask the partner for the right address and enter it with `paypal set`";
    3547 SENDER_STATE_RESTRICTED, Sender, Finance:
        "PayPal allows no payouts from our state",
        "ask PayPal's support";
    3558 RECEIVER_STATE_RESTRICTED, Receiver, Partner:
        "PayPal allows no payouts to the partner's state",
        "ask the partner for another address, or pay outside PayPal with `payout record`";
    3769 CLOSED_MARKET, Receiver, Partner:
        "the partner's PayPal account takes no payouts from abroad",
        "ask the partner for another address, or pay outside PayPal with `payout record`";
    4002 INTERNAL_ERROR, Paypal, Nobody:
        "PayPal failed inside",
        "nothing: the next run pays again";
    8304 ACCOUNT_UNCONFIRMED_EMAIL, Sender, Finance:
        "our PayPal account is not verified: its e-mail, bank account or card is unconfirmed",
        "confirm them at PayPal before the next run";
    8319 ZERO_AMOUNT, Payment, Staff:
        "PayPal read the amount as zero",
        "tell the makers of this program: it never sends a zero";
    8330 RECEIVING_LIMIT_EXCEEDED, Receiver, Partner:
        "the amount is more than the partner's PayPal account may receive now",
        "ask the partner to have the limit raised, then `paypal confirm`, or pay outside PayPal with \
         `payout record`";
    8331 DUPLICATE_ITEM, Payment, Staff:
        "PayPal takes it for a repetition of another payment in the batch",
        "compare the batch at PayPal; if only one of the two was paid, the next run pays the other";
    9302 RISK_DECLINE, Paypal, Staff:
        "PayPal declined it as too risky and does not say why",
        "ask PayPal's support about the transaction before the next run pays again";
    9500 GAMER_FAILED_COUNTRY_OF_RESIDENCE_CHECK, Receiver, Partner:
        "the partner's country may not receive this kind of payment",
        "ask the partner for another address, or pay outside PayPal with `payout record`";
    9501 GAMER_FAILED_FUNDING_SOURCE_CHECK, Sender, Finance:
        "PayPal does not take this source of money for payouts",
        "fund payouts from the PayPal balance; the next run pays again";
    9502 GAMING_INVALID_PAYMENT_FLOW, Sender, Finance:
        "PayPal takes our account for a gaming merchant, which may not pay this way",
        "ask PayPal's support";
    11711 TRANSACTION_LIMIT_EXCEEDED, Payment, Finance:
        "the amount is above PayPal's limit for one payment",
        "ask PayPal's support to raise it, lower `payment_maximum`, or pay outside PayPal with `payout \
         record`";
    14159 CURRENCY_NOT_SUPPORTED_FOR_RECEIVER, Receiver, Partner:
        "the partner's PayPal account cannot take this currency",
        "ask the partner for another address, or pay outside PayPal with `payout record`";
    14550 CURRENCY_COMPLIANCE, Sender, Finance:
        "rules on this currency forbid the payment",
        "ask PayPal's support";
    14763 REGULATORY_PENDING, Paypal, Nobody:
        "PayPal is checking it against the law",
        "nothing: wait for PayPal";
    14764 REGULATORY_BLOCKED, Paypal, Staff:
        "PayPal blocked it because of the law",
        "ask PayPal's support, then `partner release` or close the partner";
    14765 RECEIVER_UNREGISTERED, Receiver, Partner:
        "nobody has a PayPal account with this address",
        "ask the partner to open one with it within 30 days; do not pay again before the money has come \
         back";
    14766 RECEIVER_UNCONFIRMED, Receiver, Partner:
        "the address is not confirmed at PayPal",
        "ask the partner to confirm it at PayPal within 30 days; do not pay again before the money has \
         come back";
    14767 RECEIVER_YOUTH_ACCOUNT, Receiver, Partner:
        "the PayPal account is a youth account, which takes no payouts",
        "ask the partner for another address and enter it with `paypal set`";
    14776 TRANSACTION_DECLINED_BY_TRAVEL_RULE, Sender, Finance:
        "the rules on money transfers want more about our account",
        "update and verify our details at PayPal; the next run pays again";
    14800 POS_LIMIT_EXCEEDED, Sender, Finance:
        "our PayPal account has reached its cumulative limit",
        "ask PayPal's support to raise it; the next run pays again";
    14801 UNVERIFIED_RECIPIENT_NOT_SUPPORTED, Receiver, Partner:
        "the partner's PayPal account is not verified, and ours may only pay verified ones",
        "ask the partner to verify it at PayPal, then `paypal confirm`";
    14802 NON_HOLDING_CURRENCY, Sender, Finance:
        "our PayPal account holds no balance in this currency",
        "add a balance in the currency at PayPal; the next run pays again";
    RECEIVER_ACCOUNT_INVALID, Receiver, Partner:
        "there is no such PayPal account",
        "ask the partner for the right address and enter it with `paypal set`";
    RECEIVER_ACCOUNT_LIMITATION, Receiver, Partner:
        "the partner's PayPal account is limited; PayPal keeps the money for up to 30 days",
        "ask the partner to have the limitation lifted at PayPal; do not pay again before the money has \
         come back";
    APPROVER_DENIED, Sender, Finance:
        "the approver in our PayPal account turned it down",
        "ask the approver why; the next run pays again";
};

/// Why a request was refused.
pub static REFUSALS: &[Reason] = reasons! {
    VALIDATION_ERROR, Payment, Staff:
        "PayPal found a mistake in the request; nothing of it was paid",
        "correct the payments that its details name, then `payout create --replace`";
    INVALID_REQUEST, Payment, Staff:
        "PayPal found a mistake in the request; nothing of it was paid",
        "correct the payments that its details name, then `payout create --replace`";
    MALFORMED_REQUEST, Payment, Staff:
        "PayPal could not read the request; nothing of it was paid",
        "tell the makers of this program";
    NON_HOLDING_CURRENCY, Sender, Finance:
        "our PayPal account holds no balance in this currency",
        "add a balance in the currency at PayPal, then submit again";
    INSUFFICIENT_FUNDS, Sender, Finance:
        "our PayPal balance does not cover the batch and its fees",
        "add funds to the PayPal balance, then submit again";
    AUTHENTICATION_FAILURE, Sender, Setup:
        "PayPal does not take the client id and secret",
        "check both, and that they belong to the sandbox or, with --live, to the live app";
    INVALID_CLIENT, Sender, Setup:
        "PayPal does not take the client id and secret",
        "check both, and that they belong to the sandbox or, with --live, to the live app";
    INVALID_TOKEN, Sender, Setup:
        "PayPal does not take its own token",
        "try again; if it stays so, renew the secret at PayPal";
    AUTHORIZATION_ERROR, Sender, Finance:
        "our PayPal account is not approved for Payouts",
        "ask PayPal's support for Payouts; e-mail, bank account and identity must be confirmed";
    NOT_AUTHORIZED, Sender, Setup:
        "the app may not use Payouts",
        "switch Payouts on for the app at PayPal, then submit again";
    REQUIRED_SCOPE_MISSING, Sender, Setup:
        "the app may not use Payouts",
        "switch Payouts on for the app at PayPal, then submit again";
    SENDER_RESTRICTED, Sender, Finance:
        "our PayPal account is restricted",
        "ask PayPal's support, then submit again";
    SENDER_LOCKED, Sender, Finance:
        "our PayPal account is locked",
        "ask PayPal's support, then submit again";
    SENDER_EMAIL_UNCONFIRMED, Sender, Finance:
        "the e-mail of our PayPal account is not confirmed",
        "confirm it at PayPal, then submit again";
    SENDER_ACCOUNT_UNVERIFIED, Sender, Finance:
        "our PayPal account is not verified",
        "confirm its bank account or card at PayPal, then submit again";
    CIP_NOT_VERIFIED, Sender, Finance:
        "PayPal has not verified who we are",
        "give PayPal the documents it asks for, then submit again";
    SYNC_MODE_NOT_APPLICABLE, Payment, Staff:
        "PayPal took the request for a synchronous one, which this program never sends",
        "tell the makers of this program";
    UNSUPPORTED_MEDIA_TYPE, Payment, Staff:
        "PayPal did not take the request for JSON, which this program always sends",
        "look for something between us and PayPal, such as a proxy";
    INVALID_RESOURCE_ID, Payment, Staff:
        "PayPal does not know the id",
        "check whether it belongs to the sandbox or to the live PayPal";
    RESOURCE_NOT_FOUND, Payment, Staff:
        "PayPal does not know the id",
        "check whether it belongs to the sandbox or to the live PayPal";
    ITEM_INCORRECT_STATUS, Payment, Nobody:
        "only an unclaimed payment can be cancelled",
        "run `payout sync` to see what became of it";
    ITEM_ALREADY_CANCELLED, Payment, Nobody:
        "it was cancelled before",
        "run `payout sync` to see it returned";
    ITEM_CANCELLATION_FAILED, Paypal, Nobody:
        "PayPal could not cancel it now",
        "run `payout sync`, and try again in a few minutes if it is still unclaimed";
    BATCH_NOT_COMPLETED, Paypal, Nobody:
        "PayPal is still processing the batch",
        "try again in a few minutes";
    RATE_LIMIT_REACHED, Paypal, Nobody:
        "PayPal had too many requests",
        "wait as told, then send the same again";
    RATE_LIMIT_VALIDATION_FAILURES, Sender, Nobody:
        "PayPal had too many requests that it refused",
        "wait, and correct what was refused before";
};

/// A refused sign-in without a name we know.
static UNNAMED_SIGN_IN: Reason = Reason {
    code: None,
    name: "(401)",
    lies_with: LiesWith::Sender,
    who: Who::Setup,
    meaning: "PayPal does not take the client id, the secret or the token",
    remedy: "check the client id and the secret, and that they belong to the sandbox or, with --live, to \
     the live app",
};

/// A refused permission without a name we know.
static UNNAMED_PERMISSION: Reason = Reason {
    code: None,
    name: "(403)",
    lies_with: LiesWith::Sender,
    who: Who::Finance,
    meaning: "PayPal does not allow our account this",
    remedy: "ask PayPal's support with the debug id",
};

/// Any other refusal without a name we know.
static UNNAMED: Reason = Reason {
    code: None,
    name: "(another)",
    lies_with: LiesWith::Unknown,
    who: Who::Staff,
    meaning: "PayPal refused the request for a reason that is not known here; nothing was paid",
    remedy: "read PayPal's words, correct what they name, or ask PayPal's support with the debug id",
};
