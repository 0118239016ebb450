//! `init` and `policy`: a database, and the numbers it pays by.
//!
//! Floor 6.

use clap::{Args, Subcommand};

use super::{day, word, words};
use crate::dates::{Day, Zone, parse_zone};
use crate::money::Currency;
use crate::policy::Key;

/// Make the database, readable by nobody else; a second call changes nothing
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners init
  partners init --timezone America/New_York --currency USD
  partners init --db /srv/partners/partners.db --group finance",
    after_help = "Next: partners import partners FILE, then partners import billing FILE"
)]
pub struct Init {
    /// Reckon dates in this time zone (R1.1) [default: UTC]
    #[arg(long, value_name = "TZ", value_parser = parse_zone)]
    pub timezone: Option<Zone>,

    /// Pay in this currency, which never changes [default: USD]
    #[arg(long, value_name = "CUR")]
    pub currency: Option<Currency>,

    /// Share the database with a group: mode 0660 in a folder of mode 2770
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub group: Option<String>,
}

/// Show or change the rate, the minimum and the other numbers of the programme
#[derive(Debug, Clone, Subcommand)]
#[command(
    before_help = "Examples:
  partners policy show
  partners policy set minimum 50.00 --from 2027-01-01 --reason \"board decision of 12 November\"",
    after_help = "What the keys say:
  rate                   the partners' share of a charge (R2.5)
  commissionable_kinds   the kinds of charge that earn (R2.1)
  refund_period_days     days from an account's opening until its commission may be paid (R3.1)
  minimum                the balance from which a partner is paid (R5.3)
  accrual_months         months a commission waits for the minimum before it lapses (R5.4)
  payday                 the day of the week on which runs are dated (R7.1)
  payment_maximum        the largest payment to one partner (R6.6)
  tax_gate               hold or earn-from-approval: what missing paperwork does (R6.3)
  referral_lock_days     days after its opening in which staff may add a referrer (R4.3)
  attribution            first or last: which of several referral records counts (R4.1)
  allow_self_referral    whether a partner may refer their own account (R4.6)
  new_address_hold_days  days a changed PayPal address waits (R6.4)
  second_approver        whether creator and approver of a run must be two people (R7.2)
  books_open_on          the day from which charges earn here (R1.7)
  timezone               the time zone of every date (R1.1)

Next: partners policy show"
)]
pub enum Policy {
    /// Show every setting and since when it holds
    #[command(
        before_help = "Examples:
  partners policy show
  partners policy show --date 2026-06-30 --json",
        after_help = "partners help policy says what each key means.

Next: partners policy set KEY VALUE --from D --reason T"
    )]
    Show {
        /// Show what holds on this day [default: today]
        #[arg(long, value_name = "D", value_parser = day)]
        date: Option<Day>,
    },

    /// Change one setting from a day on
    #[command(
        before_help = "Examples:
  partners policy set rate 0.30 --from 2027-01-01 --reason \"new terms\"
  partners policy set second_approver on --from 2026-12-01 --reason \"audit finding\"",
        after_help = "Next: partners preview"
    )]
    Set {
        /// Change this setting
        #[arg(value_name = "KEY", value_parser = word!(Key))]
        key: Key,

        /// Set it to this; books_open_on takes - for unset
        #[arg(value_name = "VALUE", allow_negative_numbers = true)]
        value: Option<String>,

        /// Let it hold from this day on
        #[arg(long, value_name = "D", value_parser = day)]
        from: Option<Day>,

        /// Say why; it is kept in the audit trail
        #[arg(long, value_name = "T", value_parser = words)]
        reason: Option<String>,

        /// Allow a day on or before the date of an existing run, with the effect shown (R1.6)
        #[arg(long)]
        retroactive: bool,

        /// Say what would change, and change nothing
        #[arg(long)]
        dry_run: bool,
    },
}
