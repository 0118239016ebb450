//! A charge's refunds as a series of growths, each with its own day (R2.4).
//!
//! Floor 3, pure. Billing says how much has gone back in all and when the latest of it did; the series is what makes
//! "due as of a day" answerable for every day in between.

use crate::commission::Refund;
use crate::dates::Day;
use crate::money::{Money, MoneyError};

/// Returns the series after billing said that `total` has gone back, the latest of it on `on`.
///
/// More than before is a growth with that day; two of one day are one. Less takes the latest growths back; the same
/// leaves the amounts. Of both, a day that is given corrects the latest growth's, as it would have stood there had
/// billing said nothing else before (PROMISES 13).
///
/// # Errors
/// Overflow.
pub fn grown_to(series: &[Refund], total: Money, on: Option<Day>) -> Result<Vec<Refund>, MoneyError> {
    let before = Money::sum(series.iter().map(|refund| refund.amount))?;
    let mut after = series.to_vec();
    let mut excess = before.minus(total)?;
    if excess.is_negative() {
        let growth = total.minus(before)?;
        match after.last_mut().filter(|last| last.on == on) {
            Some(last) => last.amount = last.amount.plus(growth)?,
            None => after.push(Refund { on, amount: growth }),
        }
        return Ok(after);
    }
    while excess.is_positive()
        && let Some(last) = after.last_mut()
    {
        if last.amount > excess {
            last.amount = last.amount.minus(excess)?;
            excess = Money::ZERO;
        } else {
            excess = excess.minus(last.amount)?;
            after.pop();
        }
    }
    if on.is_some()
        && let Some(last) = after.last_mut()
    {
        last.on = on;
        if let [.., before, last] = after.as_mut_slice()
            && before.on == last.on
        {
            before.amount = before.amount.plus(last.amount)?;
            after.pop();
        }
    }
    Ok(after)
}

/// Returns the series after an older row told that by then `total` had gone back, the latest of it on `on`.
///
/// The growth that passes the total is parted there; the sum stays. A total that is no news, or more than is known,
/// changes nothing, nor does one of a day of which a newer row has told already.
///
/// # Errors
/// Overflow.
pub fn with_step(series: &[Refund], total: Money, on: Option<Day>) -> Result<Vec<Refund>, MoneyError> {
    if series.iter().any(|growth| growth.on == on) {
        return Ok(series.to_vec());
    }
    let mut after = Vec::with_capacity(series.len() + 1);
    let mut sum = Money::ZERO;
    for growth in series {
        let before = sum;
        sum = sum.plus(growth.amount)?;
        if before < total && total < sum {
            after.push(Refund { on, amount: total.minus(before)? });
            after.push(Refund { on: growth.on, amount: sum.minus(total)? });
        } else {
            after.push(*growth);
        }
    }
    Ok(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(steps: &[(u32, i64)]) -> Vec<Refund> {
        steps
            .iter()
            .map(|(day, cents)| Refund {
                on: Day::from_ymd_opt(2026, 3, *day),
                amount: Money::from_minor(*cents),
            })
            .collect()
    }

    #[test]
    fn growths_add_up_and_shrink_from_the_end() {
        let two = series(&[(1, 1000), (5, 500)]);
        for (total, day, expected) in [
            (2000, 9, series(&[(1, 1000), (5, 500), (9, 500)])),
            (1500, 9, series(&[(1, 1000), (9, 500)])),
            (1200, 9, series(&[(1, 1000), (9, 200)])),
            (1000, 9, series(&[(9, 1000)])),
            (0, 9, series(&[])),
        ] {
            let on = Day::from_ymd_opt(2026, 3, day);
            assert_eq!(grown_to(&two, Money::from_minor(total), on), Ok(expected), "to {total}");
        }
        assert_eq!(grown_to(&two, Money::from_minor(1500), None), Ok(two.clone()));
        let first = Day::from_ymd_opt(2026, 3, 1);
        assert_eq!(grown_to(&two, Money::from_minor(1200), first), Ok(series(&[(1, 1200)])));
        assert_eq!(grown_to(&two, Money::from_minor(1200), None), Ok(series(&[(1, 1000), (5, 200)])));
        assert_eq!(grown_to(&[], Money::ZERO, None), Ok(Vec::new()));
    }

    #[test]
    fn an_earlier_step_parts_the_growth_that_passes_it() {
        let two = series(&[(5, 1000), (9, 500)]);
        for (total, day, expected) in [
            (300, 2, series(&[(2, 300), (5, 700), (9, 500)])),
            (1200, 7, series(&[(5, 1000), (7, 200), (9, 300)])),
            (1000, 2, two.clone()),
            (1500, 2, two.clone()),
            (2000, 2, two.clone()),
            (0, 2, two.clone()),
            (300, 9, two.clone()),
        ] {
            let on = Day::from_ymd_opt(2026, 3, day);
            assert_eq!(with_step(&two, Money::from_minor(total), on), Ok(expected), "by {total}");
        }
    }
}
