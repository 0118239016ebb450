//! `payout`: a run from its draft to its outcomes.
//!
//! Floor 6. RUN is the run's name or `latest`; floor 5 looks it up.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};

use super::{day, words};
use crate::dates::Day;
use crate::ids::ItemId;
use crate::import::paypal_report::ReportColumn;
use crate::run::ItemState;

/// Create, approve and send a payday's payments, and record what became of them
#[derive(Debug, Clone, Subcommand)]
#[command(
    before_help = "Examples:
  partners payout create
  partners payout approve 2026-11-27
  partners payout file 2026-11-27 --out paypal-2026-11-27.csv
  partners payout settle 2026-11-27 --all-paid
  partners payout submit 2026-11-27 --live
  partners payout sync",
    after_help = "Next: partners payout list"
)]
#[expect(missing_docs, reason = "a doc comment on a variant would replace the command's own help")]
pub enum Payout {
    Create(Create),
    Approve(Approve),
    File(File),
    Show(Show),
    List(List),
    Cancel(Cancel),
    Settle(Settle),
    Record(Record),
    Submit(Submit),
    Resume(Resume),
    Sync(Sync),
    CancelItem(CancelItem),
    Reconcile(Reconcile),
}

/// Take what the preview shows as payable into a new run
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners payout create
  partners payout create --date 2026-11-27 --dry-run
  partners payout create --date 2026-11-24 --off-cycle --only P-7",
    after_help = "Next: partners payout approve RUN"
)]
pub struct Create {
    /// Date the run on this day [default: the next payday, today included]
    #[arg(long, value_name = "D", value_parser = day)]
    pub date: Option<Day>,

    /// Allow another day than the payday; such a run never writes anything off (R7.1)
    #[arg(long)]
    pub off_cycle: bool,

    /// Pay only these partners: id, link code or e-mail
    #[arg(long, value_name = "PARTNER", num_args = 1.., requires = "off_cycle")]
    pub only: Vec<String>,

    /// Cancel the draft of that date and draft it again (R7.3)
    #[arg(long)]
    pub replace: bool,

    /// Show the run that would be made, and make none
    #[arg(long)]
    pub dry_run: bool,
}

/// Approve a draft, by typing its total
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners payout approve 2026-11-27
  partners payout approve latest --yes --expect-total 1234.56",
    after_help = "Next: partners payout file RUN --out FILE"
)]
pub struct Approve {
    /// Approve this run: its date, its name, or latest
    #[arg(value_name = "RUN")]
    pub run: String,

    /// Refuse unless this is the total, to the cent
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    pub expect_total: Option<String>,
}

/// Write the file that is uploaded to PayPal
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners payout file 2026-11-27 --out paypal-2026-11-27.csv",
    after_help = "Next: upload the file at PayPal, then partners payout settle RUN"
)]
pub struct File {
    /// Write this run: its date, its name, or latest
    #[arg(value_name = "RUN")]
    pub run: String,

    /// Write to FILE, which must not exist; more than 5,000 payments go to FILE-1, FILE-2 and so on
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,

    /// Write it before the run's date (R7.1)
    #[arg(long)]
    pub early: bool,

    /// Say why it is early; it is kept in the audit trail
    #[arg(long, value_name = "T", requires = "early", value_parser = words)]
    pub reason: Option<String>,
}

/// Show a run: its payments, their charges, its state, and the next command
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners payout show latest
  partners payout show 2026-11-27 --format csv",
    after_help = "Next: partners why PARTNER explains one of its payments"
)]
pub struct Show {
    /// Show this run: its date, its name, or latest
    #[arg(value_name = "RUN")]
    pub run: String,
}

/// List all runs, newest first
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners payout list
  partners payout list --json",
    after_help = "Next: partners payout show RUN"
)]
pub struct List {}

/// Give a run up; its money goes back to the balances
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners payout cancel 2026-11-27 --reason \"wrong minimum\"
  partners payout cancel 2026-11-27 --not-uploaded --reason \"file lost before the upload\"",
    after_help = "Next: partners payout create"
)]
pub struct Cancel {
    /// Give this run up: its date, its name, or latest
    #[arg(value_name = "RUN")]
    pub run: String,

    /// Say why; it is kept in the audit trail
    #[arg(long, value_name = "T", value_parser = words)]
    pub reason: Option<String>,

    /// Affirm that its file never reached PayPal (R7.2)
    #[arg(long)]
    pub not_uploaded: bool,
}

/// Record what became of the payments of a run that left by file
#[derive(Debug, Clone, Args)]
#[command(
    group = ArgGroup::new("outcome").multiple(false).args(["all_paid", "items"]),
    before_help = "Examples:
  partners payout settle 2026-11-27 --all-paid
  partners payout settle latest --item I-20261127-P7=returned I-20261127-P9=paid",
    after_help = "Next: partners payout show RUN"
)]
pub struct Settle {
    /// Settle this run: its date, its name, or latest
    #[arg(value_name = "RUN")]
    pub run: String,

    /// Record every payment that has no outcome yet as paid
    #[arg(long)]
    pub all_paid: bool,

    /// Record single outcomes: paid, unclaimed, returned, failed, blocked, refunded, reversed, cancelled
    #[arg(long = "item", value_name = "ITEM=STATE", num_args = 1.., value_parser = outcome)]
    pub items: Vec<Outcome>,

    /// Say how you know; needed for a run that left through PayPal's API, where only a payment whose word from
    /// PayPal cannot be applied is settled by hand
    #[arg(long, value_name = "T", value_parser = words)]
    pub reason: Option<String>,

    /// Refuse unless this is the total of what is settled by hand, to the cent
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true, requires = "reason")]
    pub expect_total: Option<String>,
}

/// Record money that was paid outside PayPal, by cheque or wire; it settles the oldest money first
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners payout record P-7 --amount 250.00 --method wire --reference F-2291 --reason \"no PayPal there\"",
    after_help = "Next: partners why PARTNER"
)]
pub struct Record {
    /// Record it for this partner: id, link code or e-mail
    #[arg(value_name = "PARTNER")]
    pub partner: String,

    /// The amount that was paid; at most the balance
    #[arg(long, value_name = "A", allow_hyphen_values = true)]
    pub amount: Option<String>,

    /// How it was paid: cheque, wire
    #[arg(long, value_name = "M", value_parser = words)]
    pub method: Option<String>,

    /// The bank's or the cheque's reference; a second payment needs its own
    #[arg(long, value_name = "R", value_parser = words)]
    pub reference: Option<String>,

    /// Say why; it is kept in the audit trail
    #[arg(long, value_name = "T", value_parser = words)]
    pub reason: Option<String>,
}

/// Send an approved run through PayPal's API, by typing its total
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners payout submit 2026-11-27
  partners payout submit latest --live --yes --expect-total 1234.56",
    after_help = "Next: partners payout sync RUN"
)]
pub struct Submit {
    /// Send this run: its date, its name, or latest
    #[arg(value_name = "RUN")]
    pub run: String,

    /// Pay for real; without it PayPal's sandbox is asked, where no money moves
    #[arg(long)]
    pub live: bool,

    /// Send it before the run's date (R7.1)
    #[arg(long)]
    pub early: bool,

    /// Say why it is early; it is kept in the audit trail
    #[arg(long, value_name = "T", requires = "early", value_parser = words)]
    pub reason: Option<String>,

    /// Refuse unless this is the total, to the cent
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    pub expect_total: Option<String>,

    /// Put so many payments in one batch at the run's first submission, which is kept [default: 500]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=15_000))]
    pub part_size: Option<u16>,
}

/// Find out what became of a submission whose answer did not come
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners payout resume 2026-11-27
  partners payout resume 2026-11-27 --batch 5UXD2E8A7EBQJ
  partners payout resume 2026-11-27 --not-at-paypal --reason \"support ticket 4711\"",
    after_help = "Next: partners payout sync RUN"
)]
pub struct Resume {
    /// Resume this run: its date, its name, or latest
    #[arg(value_name = "RUN")]
    pub run: String,

    /// Adopt the batch that PayPal has under this id, after comparing every payment in it
    #[arg(long, value_name = "PAYPAL-ID", conflicts_with = "not_at_paypal")]
    pub batch: Option<String>,

    /// Affirm that PayPal does not have it; what was unknown can then be sent again under another id
    #[arg(long)]
    pub not_at_paypal: bool,

    /// Say how you know; it is kept in the audit trail
    #[arg(long, value_name = "T", requires = "not_at_paypal", value_parser = words)]
    pub reason: Option<String>,

    /// Refuse unless this is the total of what was unknown, to the cent
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true, requires = "not_at_paypal")]
    pub expect_total: Option<String>,
}

/// Ask PayPal what became of every payment
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners payout sync
  partners payout sync 2026-11-27",
    after_help = "Next: partners payout show RUN"
)]
pub struct Sync {
    /// Ask about this run, a settled one too [default: all runs that are open, or were settled within 60 days]
    #[arg(value_name = "RUN")]
    pub run: Option<String>,
}

/// Have PayPal send an unclaimed payment back
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners payout cancel-item 2026-11-27-0007",
    after_help = "Next: partners paypal set PARTNER E-MAIL, then the next run pays it again"
)]
pub struct CancelItem {
    /// Cancel this payment, as payout show names it
    #[arg(value_name = "ITEM")]
    pub item: String,
}

/// Settle a run that left by file from the report that PayPal lets you download
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners payout reconcile 2026-11-27 --report activity.csv
  partners payout reconcile latest --report log.csv --map amount=Betrag --map status=Status",
    after_help = "Next: partners payout show RUN"
)]
pub struct Reconcile {
    /// Settle this run: its date, its name, or latest
    #[arg(value_name = "RUN")]
    pub run: String,

    /// Read PayPal's report from FILE
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,

    /// Say which of the report's columns is which: item, email, amount, currency, status, fee, net,
    /// transaction, payout_item, reason, type, date; nothing after the = says that there is none
    #[arg(long, value_name = "OURS=THEIRS", num_args = 1.., value_parser = mapping)]
    pub map: Vec<Mapping>,
}

/// Which column of a report is which of ours: ours, and the report's word in its header.
pub type Mapping = (ReportColumn, String);

fn mapping(text: &str) -> Result<Mapping, String> {
    let (ours, theirs) = text.split_once('=').ok_or("write OURS=THEIRS, as in amount=Gross")?;
    let ours = ours.parse::<ReportColumn>().map_err(|error| error.to_string())?;
    Ok((ours, theirs.trim().to_owned()))
}

/// What became of one payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The payment.
    pub item: ItemId,
    /// Its state.
    pub state: ItemState,
}

/// Reads one outcome, `ITEM=STATE`.
///
/// # Errors
/// No `=`, no such state.
pub fn outcome(text: &str) -> Result<Outcome, String> {
    let (item, word) = text.rsplit_once('=').ok_or("write ITEM=STATE, as in I-7=paid")?;
    let state = word.parse::<ItemState>().map_err(|error| error.to_string())?;
    Ok(Outcome { item: ItemId::from(item), state })
}
