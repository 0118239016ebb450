//! Refunds that come as rows of their own, and what all rows of one charge add up to.
//!
//! Floor 3, pure. A profile reads them (a refund, a dispute, a dispute won); the store keeps every one as it came,
//! whether or not its charge is known yet, and what counts is made afresh from all of them. So the order in which
//! files and rows arrive cannot matter (PROMISES 13). Where billing also tells a total in a column, the two speak of
//! the same money: the larger counts.

use super::packed::{Pack, Unpack};
use crate::commission::Refund;
use crate::dates::Day;
use crate::money::{Currency, Money, MoneyError};

/// One row, each cell read by its grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefundRow<'a> {
    /// The other system's id of the row.
    pub refund_id: &'a str,
    /// Billing's id of the charge.
    pub charge_id: &'a str,
    /// What the row is about, such as a dispute's id: a row that undoes names the same. May be empty.
    pub source: &'a str,
    /// Whether it gives back what another row of the same source took.
    pub undoes: bool,
    /// The day on which the money moved.
    pub on: Day,
    /// More than nothing, whichever way it went.
    pub amount: Money,
    /// Another currency than the programme's (R2.6).
    pub currency: Option<Currency>,
}

impl<'a> RefundRow<'a> {
    /// Appends the row's meaning to a buffer.
    pub fn pack(&self, pack: &mut Pack) {
        pack.text(self.refund_id);
        pack.text(self.charge_id);
        pack.text(self.source);
        pack.int(i64::from(self.undoes));
        pack.day(self.on);
        pack.int(self.amount.minor());
        pack.opt(self.currency.as_ref().map(Currency::code), Pack::text);
    }

    /// Takes a packed row.
    #[must_use]
    pub fn unpack(from: &mut Unpack<'a>) -> Self {
        Self {
            refund_id: from.text(),
            charge_id: from.text(),
            source: from.text(),
            undoes: from.int() != 0,
            on: from.day(),
            amount: Money::from_minor(from.int()),
            currency: from.opt(Unpack::text).and_then(|code| code.parse().ok()),
        }
    }
}

/// What went back of one charge, by all that is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counted {
    /// What counts (R2.4), each with the row it comes from, or none where billing told it as a total.
    pub refunds: Vec<(Refund, Option<String>)>,
    /// What the rows say beyond the charge's amount, and so does not count (R2.7).
    pub excess: Money,
    /// Rows in another currency than the charge's, which do not count (R2.6).
    pub foreign: u64,
}

impl Counted {
    /// Returns what counts in all.
    ///
    /// # Errors
    /// Overflow.
    pub fn total(&self) -> Result<Money, MoneyError> {
        Money::sum(self.refunds.iter().map(|(refund, _)| refund.amount))
    }
}

/// Makes what counts from the growths that billing told (`told`) and all rows of the charge, in any order.
///
/// A dispute that was won takes just that dispute back. Of the rest the earliest count first, up to the amount.
///
/// # Errors
/// Overflow.
pub fn counted(
    told: &[Refund],
    rows: &[RefundRow<'_>],
    amount: Money,
    currency: Option<Currency>,
) -> Result<Counted, MoneyError> {
    let (mut rows, foreign): (Vec<RefundRow<'_>>, Vec<RefundRow<'_>>) =
        rows.iter().partition(|row| row.currency == currency);
    rows.sort_by(|one, two| (one.on, one.refund_id).cmp(&(two.on, two.refund_id)));
    let mut counted =
        Counted { foreign: u64::try_from(foreign.len()).unwrap_or(u64::MAX), ..Counted::default() };
    let mut undone: Vec<(&str, Money)> = Vec::new();
    for row in rows.iter().filter(|row| row.undoes) {
        undone.push((row.source, row.amount));
    }
    let mut room = amount;
    for row in rows.iter().filter(|row| !row.undoes) {
        let mut left = row.amount;
        for (_, rest) in undone.iter_mut().filter(|(source, _)| *source == row.source) {
            let taken = left.min(*rest);
            left = left.minus(taken)?;
            *rest = rest.minus(taken)?;
        }
        let counts = left.min(room);
        counted.excess = counted.excess.plus(left.minus(counts)?)?;
        room = room.minus(counts)?;
        if counts.is_positive() {
            let refund = Refund { on: Some(row.on), amount: counts };
            counted.refunds.push((refund, Some(row.refund_id.to_owned())));
        }
    }
    // What billing told and no row shows yet: the growths beyond what the rows add up to.
    let mut shown = amount.minus(room)?;
    for growth in told {
        let covered = growth.amount.min(shown);
        shown = shown.minus(covered)?;
        let rest = growth.amount.minus(covered)?.min(room);
        room = room.minus(rest)?;
        if rest.is_positive() {
            counted.refunds.push((Refund { on: growth.on, amount: rest }, None));
        }
    }
    Ok(counted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &'static str, source: &'static str, day: u32, cents: i64) -> RefundRow<'static> {
        RefundRow {
            refund_id: id,
            charge_id: "ch_1",
            source,
            undoes: cents < 0,
            on: Day::from_ymd_opt(2026, 3, day).expect("a day"),
            amount: Money::from_minor(cents.abs()),
            currency: None,
        }
    }

    fn shown(told: &[(u32, i64)], rows: &[RefundRow<'_>]) -> (Vec<(u32, i64)>, i64) {
        use chrono::Datelike;
        let told: Vec<Refund> = told
            .iter()
            .map(|(day, cents)| Refund {
                on: Day::from_ymd_opt(2026, 3, *day),
                amount: Money::from_minor(*cents),
            })
            .collect();
        let all = counted(&told, rows, Money::from_minor(1000), None).expect("no overflow");
        let refunds = all
            .refunds
            .iter()
            .map(|(refund, _)| (refund.on.map_or(0, |day| day.day()), refund.amount.minor()));
        (refunds.collect(), all.excess.minor())
    }

    #[test]
    fn rows_of_a_charge_add_up() {
        let (steps, dispute) =
            ([row("r2", "re_2", 5, 300), row("r1", "re_1", 2, 200)], row("d1", "dp_1", 3, 1000));
        let won = row("w1", "dp_1", 9, -1000);
        for (what, told, rows, expected, excess) in [
            ("partial refunds in steps", vec![], steps.to_vec(), vec![(2, 200), (5, 300)], 0),
            ("a dispute", vec![], vec![dispute], vec![(3, 1000)], 0),
            ("a dispute won", vec![], vec![won, dispute], vec![], 0),
            ("a dispute won, not the refund", vec![], vec![won, dispute, steps[1]], vec![(2, 200)], 0),
            ("won before it is known", vec![], vec![won], vec![], 0),
            (
                "more than the amount",
                vec![],
                vec![dispute, steps[1], steps[0]],
                vec![(2, 200), (3, 800)],
                500,
            ),
            ("told and shown is the same money", vec![(1, 500)], steps.to_vec(), vec![(2, 200), (5, 300)], 0),
            (
                "told beyond what is shown",
                vec![(1, 150), (8, 400)],
                vec![steps[1]],
                vec![(2, 200), (8, 350)],
                0,
            ),
            ("told only", vec![(1, 150)], vec![], vec![(1, 150)], 0),
        ] {
            assert_eq!(shown(&told, &rows), (expected, excess), "{what}");
        }
    }

    #[test]
    fn another_currency_does_not_count() {
        let euros = RefundRow { currency: "EUR".parse().ok(), ..row("r1", "", 2, 200) };
        let all = counted(&[], &[euros], Money::from_minor(1000), None).expect("no overflow");
        assert_eq!((all.refunds.len(), all.foreign), (0, 1));
    }
}
