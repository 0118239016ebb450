//! The form of another system's dates, turned into `YYYY-MM-DD` or RFC 3339.
//!
//! Floor 3, pure. A time without an offset is a moment only in a zone that the profile names (R1.1).

use std::collections::BTreeMap;

use chrono::format::{Item, StrftimeItems};
use chrono::{DateTime, NaiveDate, NaiveDateTime, SecondsFormat, Utc};
use serde::Deserialize;

use super::{ProfileError, same};
use crate::dates::{Zone, parse_day, parse_zone};

/// The form that stands for seconds since 1970.
const UNIX: &str = "unix";
/// Digits of a moment between 2001 and 2286.
const UNIX_DIGITS: usize = 10;

/// How dates are written; `YYYY-MM-DD` and RFC 3339 are always understood.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DateForm {
    /// Forms in the notation of `strftime` (`%d.%m.%Y`), and `unix` for seconds since 1970; the first that fits.
    pub forms: Vec<String>,
    /// The zone of times without an offset.
    pub zone: Option<String>,
    /// The same for single columns, where they differ.
    pub zones: BTreeMap<String, String>,
}

impl DateForm {
    pub(super) fn prove(&self) -> Result<(), ProfileError> {
        let odd = |rule: String| Err(ProfileError::Rule(format!("[dates]: {rule}")));
        for form in self.forms.iter().filter(|form| *form != UNIX) {
            let unknown = StrftimeItems::new(form).any(|item| matches!(item, Item::Error));
            let day = ["%d", "%e", "%D", "%F"].iter().any(|field| form.contains(field));
            if unknown || !day {
                return odd(format!("{form:?} is no form of a date, like %Y-%m-%d %H:%M:%S"));
            }
        }
        for zone in self.zone.iter().chain(self.zones.values()) {
            if let Err(error) = parse_zone(zone) {
                return odd(error.to_string());
            }
        }
        Ok(())
    }

    /// Rewrites a date of a column.
    ///
    /// # Errors
    /// What is wrong with it, in words that follow the value.
    pub fn read(&self, text: &str, column: &str) -> Result<String, String> {
        let Err(refused) = parse_day(text, &Zone::UTC) else { return Ok(text.to_owned()) };
        let zone = self.zones.iter().find(|(name, _)| same(name, column)).map(|(_, zone)| zone);
        let zone = zone.or(self.zone.as_ref()).and_then(|zone| parse_zone(zone).ok());
        for form in &self.forms {
            if form == UNIX {
                if let Some(moment) = unix(text) {
                    return Ok(moment.to_rfc3339_opts(SecondsFormat::AutoSi, true));
                }
                continue;
            }
            if let Ok(moment) = DateTime::parse_from_str(text, form) {
                return Ok(moment.to_rfc3339());
            }
            if let Ok(time) = NaiveDateTime::parse_from_str(text, form) {
                let Some(zone) = zone else {
                    return Err("has a time but no offset; name the file's zone in the profile (R1.1)".into());
                };
                return match zone.moment_of(time) {
                    Some(moment) => Ok(moment.to_rfc3339()),
                    None => Err(format!("does not exist in {zone}: the clocks were put forward")),
                };
            }
            if let Ok(day) = NaiveDate::parse_from_str(text, form) {
                return Ok(day.to_string());
            }
        }
        let said = refused.to_string();
        Err(said.strip_prefix(&format!("{text:?} ")).map_or(said.clone(), str::to_owned))
    }
}

fn unix(text: &str) -> Option<DateTime<Utc>> {
    let digits = text.len() == UNIX_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten().and_then(|seconds| DateTime::from_timestamp(seconds, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_their_forms_and_zone() {
        let form = DateForm {
            forms: ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y", "%b %e, %Y", UNIX]
                .map(str::to_owned)
                .to_vec(),
            zone: Some("America/New_York".into()),
            zones: BTreeMap::from([("Created (UTC)".to_owned(), "UTC".to_owned())]),
        };
        for (text, column, expected) in [
            ("2026-03-04", "x", Ok("2026-03-04")),
            ("2026-03-04T23:30:00Z", "x", Ok("2026-03-04T23:30:00Z")),
            ("2026-03-04 23:30:00", "x", Ok("2026-03-04T23:30:00-05:00")),
            ("2026-03-04 23:30", "created (utc)", Ok("2026-03-04T23:30:00+00:00")),
            ("04.03.2026", "x", Ok("2026-03-04")),
            ("Mar 4, 2026", "x", Ok("2026-03-04")),
            ("1772667000", "x", Ok("2026-03-04T23:30:00Z")),
            ("2026-03-08 02:30", "x", Err("the clocks were put forward")),
            ("03/04/2026", "x", Err("could be 2026-04-03 or 2026-03-04")),
            ("31.02.2026", "x", Err("is not a date")),
            ("177266700", "x", Err("is not a date")),
            ("soon", "x", Err("is not a date")),
        ] {
            match (form.read(text, column), expected) {
                (Ok(found), Ok(date)) => assert_eq!(found, date, "{text:?}"),
                (Err(found), Err(words)) => assert!(found.contains(words), "{text:?}: {found}"),
                (found, _) => panic!("{text:?}: {found:?}"),
            }
        }
        let homeless = DateForm { zone: None, ..form };
        let error = homeless.read("2026-03-04 23:30", "x").expect_err("no zone");
        assert!(error.contains("no offset"), "{error}");
    }
}
