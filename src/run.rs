//! A run's and an item's states, and which may follow which (R7.2, R7.4).
//!
//! Floor 2, pure. The table here is the only place that knows; the store asks it before it writes.

use crate::words;

words!(
    /// Where a run stands (R7.2).
    RunState, "run state" {
        /// Its money is taken; nobody has approved it.
        Draft = "draft",
        /// Somebody has approved exactly this plan.
        Approved = "approved",
        /// Its file has been written.
        Exported = "exported",
        /// Its intent is stored and PayPal's answer is not.
        Submitting = "submitting",
        /// PayPal has accepted it.
        Submitted = "submitted",
        /// Every item is final.
        Settled = "settled",
        /// Given up; its money went back to the balances.
        Cancelled = "cancelled",
    }
);

words!(
    /// Where one payment stands (R7.4).
    ItemState, "item state" {
        /// In a run that has not left.
        Planned = "planned",
        /// Left, outcome not known yet.
        Sent = "sent",
        /// The partner has it.
        Paid = "paid",
        /// PayPal holds it until the partner claims it or 30 days are over.
        Unclaimed = "unclaimed",
        /// It came back unclaimed.
        Returned = "returned",
        /// PayPal could not pay it.
        Failed = "failed",
        /// PayPal blocked it.
        Blocked = "blocked",
        /// The partner gave it back.
        Refunded = "refunded",
        /// PayPal took it back.
        Reversed = "reversed",
        /// Cancelled while unclaimed, or with its run.
        Cancelled = "cancelled",
    }
);

words!(
    /// How a run's money leaves (R7.5).
    Channel, "channel" {
        /// An upload file.
        File = "file",
        /// PayPal's API.
        Api = "api",
    }
);

impl RunState {
    /// Returns whether a run may go from this state to another in one step (R7.2).
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        match self {
            Self::Draft => matches!(next, Self::Approved | Self::Cancelled),
            Self::Approved => matches!(next, Self::Exported | Self::Submitting | Self::Cancelled),
            Self::Exported => matches!(next, Self::Settled | Self::Cancelled),
            Self::Submitting => matches!(next, Self::Submitted | Self::Approved),
            Self::Submitted => matches!(next, Self::Settled),
            Self::Settled | Self::Cancelled => false,
        }
    }
}

impl ItemState {
    /// Returns whether the item's money is taken or paid; all but these gave it back to the balance (R7.4).
    #[must_use]
    pub const fn holds_money(self) -> bool {
        match self {
            Self::Planned | Self::Sent | Self::Paid | Self::Unclaimed => true,
            Self::Returned
            | Self::Failed
            | Self::Blocked
            | Self::Refunded
            | Self::Reversed
            | Self::Cancelled => false,
        }
    }

    /// Returns whether nothing more is expected of the item; a paid one may still be reversed (R7.2).
    #[must_use]
    pub const fn is_final(self) -> bool {
        match self {
            Self::Planned | Self::Sent | Self::Unclaimed => false,
            Self::Paid
            | Self::Returned
            | Self::Failed
            | Self::Blocked
            | Self::Refunded
            | Self::Reversed
            | Self::Cancelled => true,
        }
    }

    /// Returns whether a person has something to do about the item: it is neither paid, nor on its way, nor given up.
    #[must_use]
    pub const fn needs_person(self) -> bool {
        match self {
            Self::Planned | Self::Sent | Self::Paid | Self::Cancelled => false,
            Self::Unclaimed
            | Self::Returned
            | Self::Failed
            | Self::Blocked
            | Self::Refunded
            | Self::Reversed => true,
        }
    }

    /// Returns whether an item that has left may go from this state to another (R7.4): the money comes back once,
    /// and from `paid` only by a refund or a reversal.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        match self {
            Self::Planned => matches!(next, Self::Sent | Self::Cancelled),
            Self::Sent => !matches!(next, Self::Planned | Self::Sent),
            Self::Unclaimed => !matches!(next, Self::Planned | Self::Sent | Self::Unclaimed),
            Self::Paid => matches!(next, Self::Refunded | Self::Reversed),
            Self::Returned
            | Self::Failed
            | Self::Blocked
            | Self::Refunded
            | Self::Reversed
            | Self::Cancelled => false,
        }
    }

    /// Returns whether PayPal's outcome makes the partner wait for a person (R6.7).
    #[must_use]
    pub const fn closes_reversal_gate(self) -> bool {
        matches!(self, Self::Refunded | Self::Reversed | Self::Blocked)
    }
}
