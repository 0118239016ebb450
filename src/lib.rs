//! `partners` pays a programme's partners 25 % of the subscription fees of every customer they referred.
//!
//! It imports billing exports, ties accounts to partners, shows who is paid what and why not, checks addresses and
//! paperwork, and writes or submits the weekly PayPal payout. One binary over one SQLite file; three users: finance
//! on Friday at a prompt, support in a call, cron at night.
//!
//! # The house
//!
//! A file imports only from the floors below it, and a parent from its own children; `tests/it/tidy.rs` proves it.
//!
//! | floor | rooms | what they may do |
//! | --- | --- | --- |
//! | 1 primitives | `money` `dates` `ids` `words` `text` `remark` `likeness` | values; no I/O, no clock |
//! | 2 rules | `address` `policy` `partner` `attribution` `commission` `eligibility` `run` `reconcile` | facts, policy and a date in, decisions out |
//! | 3 formats | `import` `payfile` | bytes to facts and back; open no file |
//! | 4 outside | `store` `paypal` | SQLite and PayPal's API; the two do not know each other |
//! | 5 commands | `commands` | one verb: gather facts, plan, apply; know no terminal |
//! | 6 cli | `cli` | arguments, settings, prompts, tables, exit codes |
//!
//! # What never happens here
//!
//! - Nothing below floor 4 opens a file or a socket, and nothing below floor 6 reads a clock or the environment:
//!   the moment is taken once and handed down.
//! - No binary floating point touches an amount. `Rate::of` is the only place that rounds (R1.3).
//! - Only `eligibility::assess` makes a `Payable`, and a run is drafted from `Payable`s alone (R5.3).
//! - A `Reader` cannot write. A `Writer` holds the lock and saves only with an `AuditNote`.
//! - No change of a run is saved without its proof in the audit row (`store/proof`), and no money leaves books that the
//!   audit does not confirm.
//! - No state of a run or an item changes but along `run::may_become` (R7.2, R7.4).
//! - Nothing is sent before the exact bytes and their id are committed; an unanswered request is "unknown", never
//!   "failed" (R7.6).
//! - No secret and no tax number is stored, printed or logged (R8).
//!
//! # How money is counted
//!
//! `commission::earnings` turns an account's facts into one `Schedule` for each charge and partner: what is due from
//! which day on, and from when it may be paid. Schedules depend on no "today", so `assess(as_of)` only compares
//! dates. The store keeps them in `commissions`; every change of a fact makes the rows of its account afresh in the
//! same transaction, rows whose delta has become nothing fall quiet, and a preview walks the open ones alone. `why`
//! makes schedules afresh from the facts, and `check` compares the two.
//!
//! A run takes `lines`: signed amounts that settle charges and adjustments. Lines are append-only. Whether a line is
//! live is told by its item's and its run's state, so that giving money back is one change of state and happens once.
//!
//! # Glossary
//!
//! - **account**: a customer's account; **charge**: one billing line of it; **commission**: what one charge earns one
//!   partner.
//! - **due**: the commission as of a day after refunds; **out**: live lines taken or paid; **lapsed**: live lines
//!   written off; **delta**: due − out − lapsed (R5.1).
//! - **counting**: a delta that is part of the balance; **held**: in the refund period; **withheld**: behind an unpaid
//!   charge (R3).
//! - **gate**: a condition of R6; **run**: one payday's payout; **item**: one partner's payment in it; **line**: one
//!   signed amount in an item.
//! - **tie**: the bond of an account and its referrer from a billing day on (R4.4); **link**: what bears a
//!   referral code.
//! - **set aside**: a row that was not taken in, named with its line and reason.

pub mod address;
pub mod attribution;
pub mod cli;
pub mod commands;
pub mod commission;
pub mod dates;
pub mod eligibility;
pub mod ids;
pub mod import;
pub mod likeness;
pub mod money;
pub mod partner;
pub mod payfile;
pub mod paypal;
pub mod policy;
pub mod reconcile;
pub mod remark;
pub mod run;
pub mod store;
pub mod text;
pub mod words;
