//! Civil dates: reading them, months, paydays, and the one conversion from timestamps.
//!
//! Floor 1. Every rule works on civil dates in the policy's time zone (R1.1); no rule reads a clock:
//! `Clock::now` is called once, in `cli`. Months are calendar months, clamped (R1.4).

use std::fmt;

use chrono::{
    DateTime, Datelike, Days, FixedOffset, Months, NaiveDate, NaiveDateTime, Offset as _, TimeZone as _, Utc,
    Weekday,
};
use jiff::Timestamp;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone, TimeZoneDatabase};
use thiserror::Error;

/// A civil date in the policy's time zone.
pub type Day = NaiveDate;

/// Says why a date could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DateError {
    /// The text is no date in the form asked for.
    #[error("{0:?} is not a date (YYYY-MM-DD)")]
    NotADate(String),
    /// Three numbers with slashes or points may be read two ways, so neither is taken.
    #[error("{0:?} could be {1} or {2}; write YYYY-MM-DD, or name the form in a profile")]
    Ambiguous(String, String, String),
    /// A time without an offset could be two dates.
    #[error("{0:?} has a time but no offset; name the file's time zone in a profile (R1.1)")]
    NoOffset(String),
    /// The time zone is not an IANA name.
    #[error("{0:?} is not a time zone (an IANA name like UTC or America/New_York)")]
    NotAZone(String),
    /// The day is none of the seven.
    #[error("{0:?} is not a day of the week (like friday)")]
    NotAWeekday(String),
}

/// A time zone of IANA's list, in the edition that is built in: no machine's own files have a say in a date.
///
/// The one use of `jiff`, for its edition is small: a table of every change of every clock, as `chrono-tz` has it,
/// is a megabyte that is fitted to its address at each start of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Zone {
    /// The zone of a programme that names none.
    pub const UTC: Self = Self(TimeZone::UTC);

    /// Returns the civil date of a moment (R1.1).
    #[must_use]
    pub fn day_of<Z: chrono::TimeZone>(&self, moment: &DateTime<Z>) -> Day {
        moment.with_timezone(&self.offset_at(moment.timestamp())).date_naive()
    }

    /// Returns the moment at which the clocks show a time, the first of two; `None` where they are put forward over it.
    #[must_use]
    pub fn moment_of(&self, time: NaiveDateTime) -> Option<DateTime<FixedOffset>> {
        let shown = Offset::UTC.to_datetime(Timestamp::from_second(time.and_utc().timestamp()).ok()?);
        let offset = match self.0.to_ambiguous_timestamp(shown).offset() {
            AmbiguousOffset::Unambiguous { offset } | AmbiguousOffset::Fold { before: offset, .. } => offset,
            AmbiguousOffset::Gap { .. } => return None,
        };
        fixed(offset).from_local_datetime(&time).single()
    }

    /// Returns how far the clocks are ahead of UTC; not at all beyond the year 9999.
    fn offset_at(&self, second: i64) -> FixedOffset {
        Timestamp::from_second(second).map_or(Utc.fix(), |moment| fixed(self.0.to_offset(moment)))
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.iana_name().unwrap_or("UTC"))
    }
}

fn fixed(offset: Offset) -> FixedOffset {
    FixedOffset::east_opt(offset.seconds()).unwrap_or(Utc.fix())
}

/// Reads `YYYY-MM-DD`, or an RFC 3339 timestamp as its date in `zone` (R1.1).
///
/// # Errors
/// Any other form; one that could be read as two different days names both.
pub fn parse_day(text: &str, zone: &Zone) -> Result<Day, DateError> {
    if let Some(day) = parse_iso(text) {
        return Ok(day);
    }
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Ok(zone.day_of(&moment));
    }
    Err(explain(text))
}

/// Reads an RFC 3339 timestamp, or a date as its midnight in `zone`, as microseconds of Unix time.
///
/// # Errors
/// Any other form.
pub fn parse_instant(text: &str, zone: &Zone) -> Result<i64, DateError> {
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Ok(moment.timestamp_micros());
    }
    let day = parse_iso(text).ok_or_else(|| explain(text))?;
    let midnight = NaiveDateTime::from(day);
    Ok(zone
        .moment_of(midnight)
        .map_or_else(|| midnight.and_utc().timestamp_micros(), |moment| moment.timestamp_micros()))
}

/// Reads exactly ten characters `YYYY-MM-DD`.
fn parse_iso(text: &str) -> Option<Day> {
    let bytes: &[u8; 10] = text.as_bytes().try_into().ok()?;
    let number = |range: std::ops::Range<usize>| {
        bytes
            .get(range)?
            .iter()
            .try_fold(0_u32, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0')))
    };
    if bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let year = i32::try_from(number(0..4)?).ok()?;
    // Years before 1970 or of four nines are placeholders of other systems, not business dates.
    (1970..=9990).contains(&year).then_some(())?;
    NaiveDate::from_ymd_opt(year, number(5..7)?, number(8..10)?)
}

/// Finds the most helpful words for a date that could not be read.
fn explain(text: &str) -> DateError {
    let owned = text.to_owned();
    let timestamp = text.get(..10).is_some_and(|date| parse_iso(date).is_some());
    if timestamp && text.len() > 10 {
        return DateError::NoOffset(owned);
    }
    for form in ["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"] {
        let other = form.replacen("%d", "%x", 1).replacen("%m", "%d", 1).replacen("%x", "%m", 1);
        if let (Ok(one), Ok(two)) =
            (NaiveDate::parse_from_str(text, form), NaiveDate::parse_from_str(text, &other))
            && one != two
        {
            return DateError::Ambiguous(owned, one.to_string(), two.to_string());
        }
    }
    DateError::NotADate(owned)
}

/// Reads an IANA time zone.
///
/// # Errors
/// An unknown name, and a known one in other letters: one zone is written one way.
pub fn parse_zone(text: &str) -> Result<Zone, DateError> {
    let listed = TimeZoneDatabase::bundled().get(text).ok();
    listed
        .filter(|zone| zone.iana_name() == Some(text))
        .map(Zone)
        .ok_or_else(|| DateError::NotAZone(text.to_owned()))
}

/// Reads a day of the week by its English name.
///
/// # Errors
/// Any other word.
pub fn parse_weekday(text: &str) -> Result<Weekday, DateError> {
    text.parse().map_err(|_| DateError::NotAWeekday(text.to_owned()))
}

/// Returns the English name of a day of the week in lower case.
#[must_use]
pub const fn weekday_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "monday",
        Weekday::Tue => "tuesday",
        Weekday::Wed => "wednesday",
        Weekday::Thu => "thursday",
        Weekday::Fri => "friday",
        Weekday::Sat => "saturday",
        Weekday::Sun => "sunday",
    }
}

/// Adds calendar months, clamped to the month's last day (R1.4); the last day of time when out of range.
#[must_use]
pub fn plus_months(day: Day, months: u32) -> Day {
    day.checked_add_months(Months::new(months)).unwrap_or(Day::MAX)
}

/// Adds days; the last day of time when out of range.
#[must_use]
pub fn plus_days(day: Day, days: u32) -> Day {
    day.checked_add_days(Days::new(u64::from(days))).unwrap_or(Day::MAX)
}

/// Returns the first day on or after `day` that falls on `payday`.
#[must_use]
pub fn next_payday(day: Day, payday: Weekday) -> Day {
    plus_days(day, payday.days_since(day.weekday()))
}

/// Returns the day's form in the database: the whole number YYYYMMDD, sortable and readable.
#[must_use]
pub fn to_stored(day: Day) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

/// Reads a day back from its form in the database.
#[must_use]
pub fn from_stored(stored: i64) -> Option<Day> {
    let year = i32::try_from(stored / 10_000).ok()?;
    let month = u32::try_from(stored / 100 % 100).ok()?;
    let day = u32::try_from(stored % 100).ok()?;
    NaiveDate::from_ymd_opt(year, month, day)
}

/// A moment, taken once at the program's door, and the zone in which it is a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now(pub DateTime<Utc>);

impl Now {
    /// Returns today's civil date in `zone` (R1.1).
    #[must_use]
    pub fn today(self, zone: &Zone) -> Day {
        zone.day_of(&self.0)
    }

    /// Returns the moment as RFC 3339 in UTC, to the second.
    #[must_use]
    pub fn timestamp(self) -> String {
        self.0.format("%Y-%m-%dT%H:%M:%SZ").to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        parse_day(text, &Zone::UTC).expect("a day")
    }

    #[test]
    fn only_iso_dates_and_timestamps_with_offset() {
        let tokyo = parse_zone("Asia/Tokyo").expect("a zone");
        assert_eq!(parse_day("2026-01-01T20:00:00Z", &tokyo), Ok(day("2026-01-02")));
        assert_eq!(parse_day("2026-01-01T20:00:00+09:00", &Zone::UTC), Ok(day("2026-01-01")));
        assert!(matches!(parse_day("2026-01-01 20:00:00", &Zone::UTC), Err(DateError::NoOffset(_))));
        assert_eq!(
            parse_day("03/04/2026", &Zone::UTC),
            Err(DateError::Ambiguous("03/04/2026".into(), "2026-04-03".into(), "2026-03-04".into()))
        );
        for text in ["2026-02-30", "2026-1-01", "20260101", "0000-01-01", "31.12.26", "", "٢٠٢٦-٠١-٠١"]
        {
            assert!(parse_day(text, &Zone::UTC).is_err(), "{text:?} was taken");
        }
    }

    #[test]
    fn a_zone_has_one_name() {
        for name in ["UTC", "Europe/Berlin", "America/New_York", "Asia/Calcutta", "Etc/GMT+5", "US/Eastern"] {
            assert_eq!(parse_zone(name).expect("a zone").to_string(), name);
        }
        for name in
            ["", "utc", "europe/berlin", "local", "Etc/Unknown", "EST5EDT,M3.2.0,M11.1.0", "Mars/Olympus"]
        {
            assert_eq!(parse_zone(name), Err(DateError::NotAZone(name.to_owned())));
        }
    }

    #[test]
    fn clocks_are_put_forward_and_back() {
        let berlin = parse_zone("Europe/Berlin").expect("a zone");
        for (time, moment) in [
            ("2026-03-29T01:59:59", Some("2026-03-29T01:59:59+01:00")),
            ("2026-03-29T02:30:00", None),
            ("2026-03-29T03:00:00", Some("2026-03-29T03:00:00+02:00")),
            ("2026-10-25T02:30:00", Some("2026-10-25T02:30:00+02:00")),
            ("2026-10-25T03:00:00", Some("2026-10-25T03:00:00+01:00")),
            ("2126-07-01T00:00:00", Some("2126-07-01T00:00:00+02:00")),
        ] {
            let found = berlin.moment_of(time.parse().expect("a time")).map(|moment| moment.to_rfc3339());
            assert_eq!(found.as_deref(), moment, "{time}");
        }
        assert_eq!(parse_day("2026-06-30T22:00:00Z", &berlin), Ok(day("2026-07-01")));
        assert_eq!(parse_day("1969-12-31T23:30:00Z", &berlin), Ok(day("1970-01-01")));
        assert!(parse_day("9999-12-31T23:30:00Z", &berlin).is_ok(), "beyond every zone");
        // The edition knows what was decided in 2026: British Columbia keeps its summer time.
        let vancouver = parse_zone("America/Vancouver").expect("a zone");
        assert_eq!(parse_day("2026-12-01T07:30:00Z", &vancouver), Ok(day("2026-12-01")));
    }

    #[test]
    fn months_are_clamped() {
        for (from, to) in [
            ("2026-08-31", "2027-02-28"),
            ("2027-08-31", "2028-02-29"),
            ("2026-08-28", "2027-02-28"),
            ("2026-03-30", "2026-09-30"),
        ] {
            assert_eq!(plus_months(day(from), 6), day(to), "{from}");
        }
    }

    #[test]
    fn paydays_count_today() {
        assert_eq!(next_payday(day("2026-11-22"), Weekday::Fri), day("2026-11-27"));
        assert_eq!(next_payday(day("2026-11-27"), Weekday::Fri), day("2026-11-27"));
    }

    #[test]
    fn stored_days_read_back() {
        let leap = day("2028-02-29");
        assert_eq!((to_stored(leap), from_stored(20_280_229)), (20_280_229, Some(leap)));
        assert_eq!(from_stored(20_270_229), None);
    }
}
