//! What is searched for near finds, and in which order: cheap probes of an index first, walks last.
//!
//! Floor 5, read-only. What a near find costs is `likeness`'s; which rows are compared is `store`'s.

use std::panic::resume_unwind;
use std::path::Path;
use std::thread::{self, ScopedJoinHandle};

use super::Near;
use crate::ids::EmailKey;
use crate::likeness::{self, Address, Id, Name};
use crate::store::{Finds, Reader, Shelf, StoreError};

/// A find dearer than this does not end the search.
const CLOSE: u32 = 2 * likeness::SLIP;
/// Rows of one beginning that are compared beside an exact find.
const BESIDE_ROWS_MAX: usize = 50;
/// What a guess from a name at an address costs, or the other way round.
const GUESS: u32 = 25;

/// Looks beside an exact find, at little cost: the same person elsewhere, the same beginning.
pub(super) fn search_beside(reader: &Reader, text: &str, near: &mut Near) -> Result<(), StoreError> {
    if let Some((local, _)) = text.rsplit_once('@') {
        let address = Address::of(EmailKey::of(text).as_str());
        let judge = |other: &str| address.cost(other);
        let local = format!("{}@", local.to_lowercase());
        reader.search_beginning(Shelf::AccountEmails, &local, BESIDE_ROWS_MAX, judge, &mut near.accounts)?;
        reader.search_beginning(Shelf::PartnerEmails, &local, BESIDE_ROWS_MAX, judge, &mut near.partners)?;
        return reader.search_beginning(
            Shelf::ReferralEmails,
            &local,
            BESIDE_ROWS_MAX,
            judge,
            &mut near.referrals,
        );
    }
    if text.contains(' ') {
        let name = Name::of(text);
        let judge = |other: &str| name.cost(other);
        reader.search_beginning(Shelf::AccountNames, text, BESIDE_ROWS_MAX, judge, &mut near.accounts)?;
        reader.walk_partner_names(|other| judge(other).filter(|cost| *cost <= CLOSE), &mut near.partners)?;
    }
    Ok(())
}

/// Looks for anything like the text, the cheap ways first.
pub(super) fn search(reader: &Reader, text: &str, near: &mut Near) -> Result<(), StoreError> {
    if let Some(address) = as_address(text) {
        search_address(reader, &address, near)?;
    } else {
        search_words(reader, text, near)?;
    }
    // A word alone may be a last name, which no index begins with: only the word itself ends the search.
    let alone = !text.contains([' ', '@', '-', '_']) && !text.contains(|sign: char| sign.is_ascii_digit());
    let close = if alone { likeness::SLIP / 2 } else { CLOSE };
    let found = [&near.accounts, &near.partners, &near.links, &near.referrals];
    if found.iter().all(|finds| finds.best().is_none_or(|cost| cost > close)) {
        walk(reader, text, near)?;
    }
    Ok(())
}

/// Takes the address out of what was pasted with a name, as mail programs copy it: `Jane Doe <jane@example.com>`; and
/// returns the rest, if there is any.
pub(super) fn pasted(text: &str) -> (&str, Option<String>) {
    let bare = |word: &'_ str| -> Option<(usize, usize)> {
        let inner = word.trim_matches(|sign: char| "<>()[]{}\",;:'".contains(sign));
        let inner = inner.strip_prefix("mailto:").unwrap_or(inner);
        let (local, domain) = inner.split_once('@')?;
        let start = inner.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
        (!local.is_empty() && !domain.is_empty()).then_some((start, inner.len()))
    };
    let mut found = text.split_whitespace().filter_map(|word| Some((word, bare(word)?)));
    let (Some((word, (start, length))), None) = (found.next(), found.next()) else { return (text, None) };
    let Some(address) = start.checked_add(length).and_then(|end| text.get(start..end)) else {
        return (text, None);
    };
    let rest: Vec<&str> = text.split_whitespace().filter(|other| *other != word).collect();
    let rest = rest.join(" ");
    let name = rest.trim_matches(|sign: char| !sign.is_alphanumeric());
    (address, (!name.is_empty()).then(|| name.to_owned()))
}

/// Reads what was meant as an e-mail address: `jane at example dot com`, `<Jane@Example,com>`.
fn as_address(text: &str) -> Option<String> {
    let mut typed = text.trim().to_lowercase();
    for (said, sign) in
        [("mailto:", ""), ("(at)", "@"), ("[at]", "@"), (" at ", "@"), (" dot ", "."), (" punkt ", ".")]
    {
        typed = typed.replace(said, sign);
    }
    if !typed.contains('@') {
        return None;
    }
    let meant: String = typed
        .chars()
        .filter(|sign| !sign.is_whitespace() && !"<>()\"';:".contains(*sign))
        .map(|sign| if sign == ',' { '.' } else { sign })
        .collect();
    Some(EmailKey::of(meant.trim_matches('.')).0)
}

fn search_address(reader: &Reader, address: &str, near: &mut Near) -> Result<(), StoreError> {
    let meant = Address::of(address);
    let judge = |other: &str| meant.cost(other);
    let mut spellings = vec![address.to_owned()];
    if let Some((local, domain)) = address.rsplit_once('@') {
        // Without the tag after a plus, without dots, and with first and last name turned round.
        let bare = local.split('+').next().unwrap_or(local);
        spellings.push(format!("{bare}@{domain}"));
        spellings.push(format!("{}@{domain}", bare.replace(['.', '_', '-'], "")));
        let parts: Vec<&str> = bare.split(['.', '_', '-']).collect();
        if let [first, last] = parts.as_slice() {
            spellings.push(format!("{last}.{first}@{domain}"));
        }
        let name = Name::of(&parts.join(" "));
        if name.words().len() > 1 {
            let guess = |other: &str| name.cost(other).map(|cost| cost.saturating_add(GUESS));
            let beginning = name.words().join(" ");
            reader.search_beginning(
                Shelf::AccountNames,
                &beginning,
                BESIDE_ROWS_MAX,
                guess,
                &mut near.accounts,
            )?;
        }
    }
    reader.search(Shelf::AccountEmails, &spellings, judge, &mut near.accounts)?;
    reader.search(Shelf::PartnerEmails, &spellings, judge, &mut near.partners)?;
    reader.search(Shelf::PartnerPaypals, &spellings, judge, &mut near.partners)?;
    reader.search(Shelf::LinkOwners, &spellings, judge, &mut near.links)?;
    reader.search(Shelf::ReferralEmails, &spellings, judge, &mut near.referrals)
}

fn search_words(reader: &Reader, text: &str, near: &mut Near) -> Result<(), StoreError> {
    let name = Name::of(text);
    let judge = |other: &str| name.cost(other);
    reader.search(Shelf::AccountNames, &beginnings(text, &name), judge, &mut near.accounts)?;
    reader.walk_partner_names(judge, &mut near.partners)?;
    // Ids and codes are one word, dashes and all; where there are digits, somebody may have said the dash as a blank.
    if !text.contains(' ') || text.contains(|sign: char| sign.is_ascii_digit()) {
        search_ids(reader, text, near)?;
    }
    if name.words().len() > 1 {
        return guess_addresses(reader, &name, near);
    }
    let word = text.trim().to_lowercase();
    let words = [word.clone()];
    if word.chars().count() >= 3 && !word.contains(' ') {
        let local = Address::of(&word);
        let by_local = |other: &str| local.cost(other);
        reader.search(Shelf::AccountEmails, &words, by_local, &mut near.accounts)?;
        reader.search(Shelf::PartnerEmails, &words, by_local, &mut near.partners)?;
        reader.search(Shelf::ReferralEmails, &words, by_local, &mut near.referrals)?;
    }
    Ok(())
}

/// Looks for ids and codes like the text. Ids are mostly in capitals, and people type them small.
fn search_ids(reader: &Reader, text: &str, near: &mut Near) -> Result<(), StoreError> {
    let id = Id::of(text);
    let by_id = |other: &str| id.cost(other);
    reader.search(Shelf::Codes, &[text.trim().to_lowercase()], by_id, &mut near.links)?;
    for ids in [id_spellings(text), vec![text.trim().to_uppercase()]] {
        reader.search(Shelf::AccountIds, &ids, by_id, &mut near.accounts)?;
        reader.search(Shelf::PartnerIds, &ids, by_id, &mut near.partners)?;
    }
    Ok(())
}

/// Returns how the beginning of a stored name may be spelled: each word may come first.
fn beginnings(text: &str, name: &Name) -> Vec<String> {
    let words = name.words();
    let mut beginnings = vec![text.trim().to_lowercase(), words.concat(), words.join(" ")];
    for (at, word) in words.iter().enumerate().skip(1) {
        let others =
            words.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, word)| word.as_str());
        beginnings.push(std::iter::once(word.as_str()).chain(others).collect::<Vec<_>>().join(" "));
    }
    if let Some((first, _)) = words.split_first() {
        beginnings.push(format!("the {first}"));
    }
    beginnings
}

/// Tries the addresses that people make of their names.
fn guess_addresses(reader: &Reader, name: &Name, near: &mut Near) -> Result<(), StoreError> {
    let (Some(first), Some(last)) = (name.words().first(), name.words().last()) else { return Ok(()) };
    let initial: String = first.chars().take(1).collect();
    for local in [
        format!("{first}.{last}@"),
        format!("{first}{last}@"),
        format!("{first}_{last}@"),
        format!("{initial}{last}@"),
        format!("{initial}.{last}@"),
        format!("{last}.{first}@"),
    ] {
        let guess = |_: &str| Some(GUESS);
        reader.search_beginning(Shelf::AccountEmails, &local, BESIDE_ROWS_MAX, guess, &mut near.accounts)?;
        reader.search_beginning(Shelf::PartnerEmails, &local, BESIDE_ROWS_MAX, guess, &mut near.partners)?;
        reader.search_beginning(
            Shelf::ReferralEmails,
            &local,
            BESIDE_ROWS_MAX,
            guess,
            &mut near.referrals,
        )?;
    }
    Ok(())
}

/// Returns how an id may be stored: in either case, and with its digits where letters were heard.
fn id_spellings(text: &str) -> Vec<String> {
    let text = text.trim();
    let with_digits = |id: String| -> String {
        let mut seen_digit = false;
        id.chars()
            .map(|sign| {
                seen_digit |= sign.is_ascii_digit();
                match sign {
                    'O' | 'o' if seen_digit => '0',
                    'l' | 'I' if seen_digit => '1',
                    other => other,
                }
            })
            .collect()
    };
    let mut spellings = vec![text.to_owned(), text.to_uppercase(), text.to_lowercase()];
    spellings.push(with_digits(text.to_owned()));
    spellings.push(with_digits(text.to_owned()).to_uppercase());
    // A dash between letters and digits is often left out, or said as a blank.
    let compact = text.to_uppercase().replace([' ', '-', '_'], "");
    if let Some(at) = compact.find(|sign: char| sign.is_ascii_digit()) {
        let (letters, digits) = compact.split_at(at);
        spellings.push(format!("{letters}-{digits}"));
        spellings.push(compact.clone());
    }
    spellings
}

/// Compares name by name and address by address, when nothing begins alike: the last resort.
fn walk(reader: &Reader, text: &str, near: &mut Near) -> Result<(), StoreError> {
    if let Some(address) = as_address(text) {
        let meant = Address::of(&address);
        near.cut_short |= !reader.walk_account_emails(|other| meant.cost(other), &mut near.accounts)?;
        return Ok(());
    }
    let part = text.trim().to_lowercase();
    // A domain, or a part of an address, where no account is like it: looked for at the same time, for either walk
    // takes as long as all that was before.
    let of_address = near.accounts.is_empty() && part.chars().count() >= 3 && !part.contains(' ');
    let (database, part) = (reader.path(), part.as_str());
    let (names, emails) = thread::scope(|both| {
        let emails = of_address.then(|| both.spawn(move || walk_emails(database, part)));
        (walk_names(reader, text, &mut near.accounts), emails.map(ScopedJoinHandle::join))
    });
    near.cut_short |= !names?;
    let emails = emails.map(|ended| ended.unwrap_or_else(|panic| resume_unwind(panic))).transpose()?;
    if let Some((found, whole)) = emails
        && near.accounts.is_empty()
    {
        near.cut_short |= !whole;
        near.accounts = found;
    }
    Ok(())
}

fn walk_names(reader: &Reader, text: &str, finds: &mut Finds) -> Result<bool, StoreError> {
    let name = Name::of(text);
    let alike = |other: &str| if name.may_be(other) { name.cost(other) } else { None };
    reader.walk_account_names(alike, finds)
}

/// Walks the addresses through a connection of its own.
fn walk_emails(database: &Path, part: &str) -> Result<(Finds, bool), StoreError> {
    let mut found = Finds::default();
    let whole = Reader::open(database)?.walk_emails_with(part, GUESS, &mut found)?;
    Ok((found, whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_they_are_said() {
        for said in [
            "jane at example dot com",
            "<Jane@Example,com>",
            "mailto:jane@example.com.",
            "jane (at) example.com",
        ] {
            assert_eq!(as_address(said).as_deref(), Some("jane@example.com"), "{said}");
        }
        assert_eq!(as_address("Jane Doe"), None);
    }

    #[test]
    fn a_pasted_address_is_taken_out() {
        for (text, address, rest) in [
            ("Studio Nine <studio@example.com>", "studio@example.com", Some("Studio Nine")),
            ("\"Nine, Studio\" <mailto:studio@example.com>;", "studio@example.com", Some("Nine, Studio")),
            ("studio@example.com (Studio Nine)", "studio@example.com", Some("Studio Nine")),
            ("<studio@example.com>", "studio@example.com", None),
            ("jane @ example.com", "jane @ example.com", None),
            ("a@example.com b@example.com", "a@example.com b@example.com", None),
            ("Jane Doe", "Jane Doe", None),
        ] {
            assert_eq!(pasted(text), (address, rest.map(str::to_owned)), "{text}");
        }
    }

    #[test]
    fn ids_are_tried_as_they_may_be_stored() {
        let spellings = id_spellings("a1oO1");
        assert!(spellings.iter().any(|spelling| spelling == "A1001"), "{spellings:?}");
        assert!(id_spellings("a 1001").iter().any(|spelling| spelling == "A-1001"));
    }
}
