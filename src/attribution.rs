//! Who referred an account: the evidence, strongest first, and what it comes to (R4).
//!
//! Floor 2, pure. Evidence in, one referrer or none out, with the reason in words that support can read aloud.
//! Deliberate assignments by staff stand above everything here and are judged by `may_assign`.

use crate::dates::{Day, plus_days};
use crate::ids::{Code, EmailKey};
use crate::policy::{Policy, Touch};
use crate::words;

words!(
    /// What ties an account to its referrer (R4.1), strongest first.
    Evidence, "evidence" {
        /// A deliberate assignment.
        Staff = "staff",
        /// The code on the account's own signup or billing rows.
        Code = "code",
        /// A referral record with the account's e-mail.
        Referral = "referral",
    }
);

/// A code on a charge of the account (R4.7).
#[derive(Debug, Clone)]
pub struct ChargeCode {
    /// The charge.
    pub charge_id: String,
    /// When it was billed.
    pub billed_on: Day,
    /// The code it carries.
    pub code: Code,
}

/// A referral record with the account's e-mail (R4.1).
#[derive(Debug, Clone)]
pub struct ReferralRecord {
    /// The code it names.
    pub code: Code,
    /// Its day.
    pub referred_on: Day,
}

/// Everything that speaks for a referrer of one account.
#[derive(Debug, Clone, Default)]
pub struct Testimony {
    /// The account's opening: the known day, else its earliest billing (R3.3).
    pub opening: Option<Day>,
    /// The account row's own code.
    pub own_code: Option<Code>,
    /// The codes of its charges, in order of billing, ties by charge id.
    pub charge_codes: Vec<ChargeCode>,
    /// The referral records with its e-mail.
    pub referrals: Vec<ReferralRecord>,
}

/// A link that bears a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkOwner {
    /// The store's key of the link.
    pub link_no: i64,
    /// The store's key of its partner; `None` while nobody has claimed it (R4.2).
    pub partner_no: Option<i64>,
}

/// What the evidence comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The link that referred the account, with the kind of evidence and its words.
    pub referrer: Option<(LinkOwner, Evidence, String)>,
    /// Codes that no link bears: reported and skipped (R4.7).
    pub unknown_codes: Vec<String>,
    /// Evidence that came too late, in words (R4.1, R4.7).
    pub too_late: Vec<String>,
}

/// Weighs the evidence of one account by the policy of the day (R4.1, R4.7, R1.6).
pub fn weigh(testimony: &Testimony, policy: &Policy, link: impl Fn(&str) -> Option<LinkOwner>) -> Found {
    let mut found = Found { referrer: None, unknown_codes: Vec::new(), too_late: Vec::new() };
    let lock_end = testimony.opening.map(|opening| plus_days(opening, policy.referral_lock_days));
    let own = testimony.own_code.iter().map(|code| (code, "the account's own row".to_owned()));
    let charges = testimony.charge_codes.iter().filter_map(|carried| {
        let words = format!("charge {} billed {}", carried.charge_id, carried.billed_on);
        lock_end.is_none_or(|end| carried.billed_on <= end).then_some((&carried.code, words))
    });
    for (code, words) in own.chain(charges) {
        match link(&code.key()) {
            Some(owner) => {
                found.referrer = Some((owner, Evidence::Code, format!("code {} on {words}", code.0)));
                return found;
            }
            None if found.unknown_codes.contains(&code.0) => {}
            None => found.unknown_codes.push(code.0.clone()),
        }
    }
    if let (Some(late), Some(end)) = (
        testimony.charge_codes.iter().find(|carried| lock_end.is_some_and(|e| carried.billed_on > e)),
        lock_end,
    ) {
        found.too_late.push(format!(
            "code {} on charge {} billed {}, after the referral lock ended on {end} (R4.7)",
            late.code.0, late.charge_id, late.billed_on
        ));
    }
    for record in in_order(&testimony.referrals, policy.attribution) {
        if testimony.opening.is_some_and(|opening| record.referred_on > opening) {
            found.too_late.push(format!(
                "the referral by {} of {} is dated after the account's opening (R4.1)",
                record.code.0, record.referred_on
            ));
            continue;
        }
        match link(&record.code.key()) {
            Some(owner) => {
                let words = format!("referral by code {} of {}", record.code.0, record.referred_on);
                found.referrer = Some((owner, Evidence::Referral, words));
                return found;
            }
            None if found.unknown_codes.contains(&record.code.0) => {}
            None => found.unknown_codes.push(record.code.0.clone()),
        }
    }
    found
}

/// Orders referral records by first or last touch, ties by the lower code (R4.1).
fn in_order(referrals: &[ReferralRecord], touch: Touch) -> Vec<&ReferralRecord> {
    let mut ordered: Vec<&ReferralRecord> = referrals.iter().collect();
    ordered.sort_by(|one, two| {
        let days = match touch {
            Touch::First => one.referred_on.cmp(&two.referred_on),
            Touch::Last => two.referred_on.cmp(&one.referred_on),
        };
        days.then_with(|| one.code.key().cmp(&two.code.key()))
    });
    ordered
}

/// Returns whether an account and its referrer are one person (R4.6): the account's e-mail is the partner's login
/// or PayPal address, and the policy of the day does not allow that.
#[must_use]
pub fn is_self_referral(
    account_email: Option<&EmailKey>,
    login: &EmailKey,
    paypal: Option<&EmailKey>,
    policy: &Policy,
) -> bool {
    !policy.allow_self_referral && account_email.is_some_and(|email| email == login || Some(email) == paypal)
}

/// What staff ask for when they assign an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Overrides {
    /// `--override-lock`.
    pub lock: bool,
    /// `--override-referrer`.
    pub referrer: bool,
}

/// Why staff may not assign an account (R4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barrier {
    /// A referrer is tracked already.
    Tracked,
    /// The account opened too long ago; the lock ended on this day.
    Locked(Day),
}

/// Judges a deliberate assignment (R4.3): a tracked referrer stays, and none is added after the lock, unless the
/// flag that names it is given.
#[must_use]
pub fn may_assign(
    tracked: bool,
    opening: Option<Day>,
    today: Day,
    policy: &Policy,
    overrides: Overrides,
) -> Option<Barrier> {
    if tracked {
        return (!overrides.referrer).then_some(Barrier::Tracked);
    }
    let lock_end = plus_days(opening?, policy.referral_lock_days);
    (today > lock_end && !overrides.lock).then_some(Barrier::Locked(lock_end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::parse_day;

    fn day(text: &str) -> Day {
        parse_day(text, &crate::dates::Zone::UTC).expect("a day")
    }

    fn code(text: &str) -> Code {
        Code(text.to_owned())
    }

    fn links(key: &str) -> Option<LinkOwner> {
        let link_no = match key {
            "ann" => 1,
            "bob" => 2,
            "eve" => 3,
            _ => return None,
        };
        Some(LinkOwner { link_no, partner_no: Some(link_no) })
    }

    fn referrer(testimony: &Testimony, policy: &Policy) -> Option<i64> {
        weigh(testimony, policy, links).referrer.map(|(owner, _, _)| owner.link_no)
    }

    #[test]
    fn the_order_of_evidence() {
        let policy = Policy::default();
        let carried = |id: &str, on: &str, text: &str| ChargeCode {
            charge_id: id.into(),
            billed_on: day(on),
            code: code(text),
        };
        let record = |text: &str, on: &str| ReferralRecord { code: code(text), referred_on: day(on) };
        let mut all = Testimony {
            opening: Some(day("2026-01-01")),
            own_code: Some(code(" ANN ")),
            charge_codes: vec![carried("c1", "2026-01-31", "Bob"), carried("c2", "2026-02-01", "ann")],
            referrals: vec![record("eve", "2025-12-01"), record("bob", "2026-01-01")],
        };
        assert_eq!(referrer(&all, &policy), Some(1));
        all.own_code = Some(code("nobody"));
        assert_eq!(referrer(&all, &policy), Some(2));
        assert_eq!(weigh(&all, &policy, links).unknown_codes, ["nobody"]);
        // The day after the lock: the charge's code comes too late, and the referral record decides.
        all.charge_codes = vec![carried("c1", "2026-02-01", "bob")];
        assert_eq!(referrer(&all, &policy), Some(3));
        let last = Policy { attribution: Touch::Last, ..Policy::default() };
        assert_eq!(referrer(&all, &last), Some(2));
        all.referrals = vec![record("eve", "2026-01-02")];
        assert_eq!(referrer(&all, &policy), None);
        assert_eq!(weigh(&all, &policy, links).too_late.len(), 2);
    }

    #[test]
    fn staff_need_the_flag_that_names_the_rule() {
        let policy = Policy::default();
        let judge = |tracked, today, lock, referrer| {
            may_assign(tracked, Some(day("2026-01-01")), day(today), &policy, Overrides { lock, referrer })
        };
        assert_eq!(judge(false, "2026-01-31", false, false), None);
        assert_eq!(judge(false, "2026-02-01", false, true), Some(Barrier::Locked(day("2026-01-31"))));
        assert_eq!(judge(false, "2026-02-01", true, false), None);
        assert_eq!(judge(true, "2026-01-02", true, false), Some(Barrier::Tracked));
        assert_eq!(judge(true, "2026-06-01", false, true), None);
    }
}
