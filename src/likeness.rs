//! How alike two names, addresses or ids are, when one of them was typed from memory or heard on the telephone.
//!
//! Floor 1, pure: whole numbers only, and never a decision about identity (R4.5 compares exactly; this is for people
//! who search). A cost of 0 is the same thing written otherwise, about 10 is one slip of the finger, and whatever is
//! not alike has no cost. Which rows are compared at all is the store's business (`store::lookup`).

mod letters;
mod sound;

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use letters::{Letters, apart};
use sound::Sound;

/// The cost of one slip of the finger.
pub const SLIP: u32 = 10;
/// Above this a match is not worth a support person's look.
pub const COST_MAX: u32 = 45;
/// The most a wrong domain costs: people remember who they are better than where.
const DOMAIN_COST_MAX: u32 = 15;
/// Slips beyond which one domain is as strange as another.
const DOMAIN_SLIPS_MAX: usize = 2;
/// Digits of a name that slips may have put in.
const DIGITS_MAX: usize = 3;
/// What parts the names within an address.
const PARTING: [char; 3] = ['.', '_', '-'];
/// The longest name that is folded without allocating.
const PLAIN_MAX: usize = 64;
/// The most words of a name that are compared without allocating.
const WORDS_MAX: usize = 8;
/// A word of which only the beginning was given.
const BEGINNING: u32 = 12;
/// A word of the candidate that was not asked for.
const EXTRA_WORD: u32 = 6;
/// A word that was asked for and is not there.
const MISSING_WORD: u32 = 30;
/// Letters that people put into a name or an address by mistake.
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz0123456789._-";
/// Words of a company's name that say nothing about which company it is.
const LEGAL_FORMS: [&str; 24] = [
    "inc",
    "incorporated",
    "llc",
    "ltd",
    "limited",
    "co",
    "company",
    "corp",
    "corporation",
    "gmbh",
    "ag",
    "sa",
    "sarl",
    "bv",
    "plc",
    "oy",
    "ab",
    "pty",
    "kg",
    "the",
    "and",
    "und",
    "of",
    "mr",
];

/// The longest of them.
const LEGAL_FORM_MAX: usize = 12;

/// Folds a text so that what sounds alike to a clerk is written alike: lower case, no accents, no punctuation.
#[must_use]
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.nfkd().filter(|character| !is_combining_mark(*character)) {
        match character {
            'ß' => folded.push_str("ss"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'đ' | 'Đ' => folded.push('d'),
            'ı' => folded.push('i'),
            // Apostrophes and points stand inside words: O'Neil is ONeil, A.B.C. is ABC.
            '\'' | '’' | '.' => {}
            letter if letter.is_alphanumeric() => folded.extend(letter.to_lowercase()),
            _ if folded.ends_with(' ') => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded.trim_start().to_owned()
}

/// A name as it is searched for: its words without the legal forms, and all that comparing them with many takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    words: Vec<String>,
    told: Vec<(Letters, Sound)>,
    joined: String,
    letters: Letters,
    digits: usize,
}

impl Name {
    /// Folds a name into words.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let folded = folded(text);
        let words: Vec<String> = telling(&folded).map(str::to_owned).collect();
        let joined = words.concat();
        let told = words.iter().map(|word| (Letters::of(word), Sound::of(word))).collect();
        let digits = joined.bytes().filter(u8::is_ascii_digit).count();
        Self { letters: Letters::of(&joined), told, words, joined, digits }
    }

    /// Returns the words.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Returns what it costs to take `candidate` for this name; `None` when they are not alike.
    #[must_use]
    pub fn cost(&self, candidate: &str) -> Option<u32> {
        let mut room = [0; PLAIN_MAX];
        let mut words = [Other::default(); WORDS_MAX];
        if let Some(plain) = folded_plain(candidate, &mut room)
            && let Some(count) = put(telling(plain), &mut words)
        {
            return self.cost_of(words.get_mut(..count)?);
        }
        let folded = folded(candidate);
        let mut words: Vec<Other<'_>> = telling(&folded).map(Other::of).collect();
        self.cost_of(&mut words)
    }

    fn cost_of(&self, words: &mut [Other<'_>]) -> Option<u32> {
        if self.words.is_empty() {
            return None;
        }
        let whole = self.parted_otherwise(words);
        self.wordwise(words).into_iter().chain(whole).min().filter(|cost| *cost <= COST_MAX)
    }

    /// Returns whether a text may be alike at all, at a glance: most lack too many of the letters, and a walk over many
    /// names need not fold those.
    #[must_use]
    pub fn may_be(&self, raw: &str) -> bool {
        let allowed = match self.letters.count() {
            0..=5 => 1,
            6..=9 => 2,
            _ => 3,
        };
        if !raw.is_ascii() {
            return true;
        }
        // An id has more digits than any slip takes away, and names hardly have any.
        let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
        self.letters.beyond(Letters::of(raw)) <= allowed
            && (self.digits <= DIGITS_MAX || self.digits <= digits(raw).saturating_add(DIGITS_MAX))
    }

    /// Pairs each word with the candidate's most alike, whatever their order.
    fn wordwise(&self, words: &mut [Other<'_>]) -> Option<u32> {
        let (mut cost, mut missing) = (0_u32, 0_usize);
        for (word, (letters, sound)) in self.words.iter().zip(&self.told) {
            let left = words.iter_mut().filter(|other| !other.paired);
            let best = left
                .filter_map(|other| Some((word_cost((word, *letters, sound), other)?, other)))
                .min_by_key(|(paid, _)| *paid);
            if let Some((paid, other)) = best {
                cost = cost.saturating_add(paid);
                other.paired = true;
            } else {
                cost = cost.saturating_add(MISSING_WORD);
                missing = missing.saturating_add(1);
            }
        }
        let extra = words.iter().filter(|other| !other.paired).count().min(3);
        let extra = u32::try_from(extra).unwrap_or(u32::MAX).saturating_mul(EXTRA_WORD);
        (missing < self.words.len()).then(|| cost.saturating_add(extra))
    }

    /// Compares names whose words are parted otherwise: "Blue Bird" and "Bluebird".
    fn parted_otherwise(&self, words: &[Other<'_>]) -> Option<u32> {
        let length: usize = words.iter().map(|other| other.length).sum();
        let own = self.joined.chars().count();
        let allowed = slips_allowed(length.max(own));
        let letters = words.iter().fold(Letters::default(), |all, other| all.with(other.letters));
        if own.abs_diff(length) > allowed || !self.letters.may_be_within(letters, allowed) {
            return None;
        }
        let joined: String = words.iter().map(|other| other.word).collect();
        Some(slips(apart(&self.joined, &joined, allowed)?).saturating_add(1))
    }
}

/// A word of the name that is compared.
#[derive(Clone, Copy, Default)]
struct Other<'a> {
    word: &'a str,
    letters: Letters,
    /// In letters.
    length: usize,
    /// Whether it has been taken for one of the words that were asked for.
    paired: bool,
}

impl<'a> Other<'a> {
    fn of(word: &'a str) -> Self {
        let length = if word.is_ascii() { word.len() } else { word.chars().count() };
        Self { word, letters: Letters::of(word), length, paired: false }
    }
}

/// Puts words into their places; `None` where there are more than places.
fn put<'a>(from: impl Iterator<Item = &'a str>, words: &mut [Other<'a>]) -> Option<usize> {
    let mut count = 0;
    for word in from {
        *words.get_mut(count)? = Other::of(word);
        count += 1;
    }
    Some(count)
}

/// Folds a text of plain letters into `room`; `None` where it has others, or is too long.
fn folded_plain<'a>(text: &str, room: &'a mut [u8; PLAIN_MAX]) -> Option<&'a str> {
    if text.len() > PLAIN_MAX || !text.is_ascii() {
        return None;
    }
    let mut length = 0;
    for byte in text.bytes() {
        room[length] = match byte {
            b'\'' | b'.' => continue,
            letter if letter.is_ascii_alphanumeric() => letter.to_ascii_lowercase(),
            _ if length > 0 && room[length - 1] == b' ' => continue,
            _ => b' ',
        };
        length += 1;
    }
    std::str::from_utf8(room.get(..length)?).ok().map(str::trim)
}

/// Returns the words of a folded text that tell who it is: all of them, where none does.
fn telling(folded: &str) -> impl Iterator<Item = &str> {
    let words = || folded.split(' ').filter(|word| !word.is_empty());
    let is_form = |word: &str| word.len() <= LEGAL_FORM_MAX && LEGAL_FORMS.contains(&word);
    let none_tells = words().all(is_form);
    words().filter(move |word| none_tells || !is_form(word))
}

/// Returns how many slips two words of that length may be apart.
const fn slips_allowed(length: usize) -> usize {
    match length {
        0..=2 => 0,
        3 | 4 => 1,
        5..=8 => 2,
        _ => 3,
    }
}

fn slips(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX).saturating_mul(SLIP)
}

fn word_cost((word, letters, sound): (&str, Letters, &Sound), other: &Other<'_>) -> Option<u32> {
    if word == other.word {
        return Some(0);
    }
    let allowed = slips_allowed(word.chars().count().max(other.length));
    if letters.may_be_within(other.letters, allowed)
        && let Some(apart) = apart(word, other.word, allowed)
    {
        return Some(slips(apart));
    }
    // Words that sound the same are one slip, however they are spelled.
    if letters.may_sound_like(other.letters) && *sound == Sound::of(other.word) {
        return Some(SLIP.saturating_mul(2));
    }
    if other.word.starts_with(word) {
        return Some(BEGINNING);
    }
    // What is shorter than was asked for is somebody else as often as not.
    (word.starts_with(other.word) && other.length > 2).then_some(SLIP.saturating_mul(3))
}

/// An address as it is searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    local: String,
    bare: String,
    letters: Letters,
    domain: String,
}

impl Address {
    /// Takes an e-mail's key, or what stands before its sign.
    #[must_use]
    pub fn of(key: &str) -> Self {
        let (local, domain) = parted(key);
        let bare = bare_local(local);
        Self { letters: Letters::of(&bare), bare, local: local.to_owned(), domain: domain.to_owned() }
    }

    /// Returns what it costs to take another e-mail's key for this; `None` when they are not alike.
    #[must_use]
    pub fn cost(&self, candidate: &str) -> Option<u32> {
        let (local, domain) = parted(candidate);
        let locals = self.local_cost(local)?;
        let domains = domain_cost(&self.domain, domain);
        let cost = locals.saturating_add(domains);
        // Two slips and a strange domain are somebody else.
        (cost <= COST_MAX.min(SLIP.saturating_mul(3)) || locals == 0).then_some(cost)
    }

    fn local_cost(&self, other: &str) -> Option<u32> {
        let allowed = slips_allowed(self.local.chars().count().max(other.chars().count()));
        // Whatever is done to dots and to what follows a plus, the letters of the bare one are in the whole one.
        if self.letters.beyond(Letters::of(other)) > u32::try_from(allowed).unwrap_or(u32::MAX) {
            return None;
        }
        if self.local == other {
            return Some(0);
        }
        // Dots and what follows a plus are how one person writes one address.
        let bare = bare_local(other);
        if self.bare == bare {
            return Some(SLIP / 2);
        }
        let close = [(&self.local, other), (&self.bare, bare.as_str())];
        let close = close.into_iter().filter_map(|(one, two)| apart(one, two, allowed)).min();
        if let Some(apart) = close {
            return Some(slips(apart));
        }
        // First and last name the other way round: berg.anna for anna.berg.
        let turned: BTreeSet<&str> = self.local.split(PARTING).collect();
        let theirs: BTreeSet<&str> = other.split(PARTING).collect();
        (turned.len() > 1 && turned == theirs).then_some(SLIP)
    }
}

fn parted(key: &str) -> (&str, &str) {
    key.rsplit_once('@').unwrap_or((key, ""))
}

fn bare_local(local: &str) -> String {
    local.split('+').next().unwrap_or(local).replace(PARTING, "")
}

fn domain_cost(one: &str, two: &str) -> u32 {
    if one == two {
        return 0;
    }
    // A slip within the domain is nearer than another provider.
    match apart(one, two, DOMAIN_SLIPS_MAX) {
        Some(apart) => slips(apart).saturating_sub(2).min(DOMAIN_COST_MAX),
        None => DOMAIN_COST_MAX,
    }
}

/// Returns what it costs to take one e-mail key for another; `None` when they are not alike.
#[must_use]
pub fn email_cost(query: &str, candidate: &str) -> Option<u32> {
    Address::of(query).cost(candidate)
}

/// An id or a code as it is searched for.
///
/// Case, blanks and dashes say nothing, and letters that look like digits are digits. Another digit is another
/// thing, so that only a swap, a missing or a doubled one is a slip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Id {
    bare: String,
    letters: Letters,
}

impl Id {
    /// Takes an id as it was typed.
    #[must_use]
    pub fn of(id: &str) -> Self {
        let bare = bare_id(id);
        Self { letters: Letters::of(&bare), bare }
    }

    /// Returns what it costs to take another id for this; `None` when they are not alike.
    #[must_use]
    pub fn cost(&self, candidate: &str) -> Option<u32> {
        let (one, two) = (self.bare.as_str(), bare_id(candidate));
        if one == two {
            return Some(1);
        }
        if one.len() < 3 || two.len() < 3 {
            return None;
        }
        let length = one.chars().count().max(two.chars().count());
        let allowed = slips_allowed(length).min(2);
        if !self.letters.may_be_within(Letters::of(&two), allowed) {
            return None;
        }
        let apart = apart(one, &two, allowed)?;
        let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).map(u32::from).sum::<u32>();
        let substituted = one.len() == two.len() && digits(one) != digits(&two);
        Some(slips(apart).saturating_add(if substituted { SLIP } else { 0 }))
    }
}

/// Returns what it costs to take one id or code for another; `None` when they are not alike.
#[must_use]
pub fn id_cost(query: &str, candidate: &str) -> Option<u32> {
    Id::of(query).cost(candidate)
}

/// Writes an id without what people get wrong when they read it aloud.
#[must_use]
pub fn bare_id(id: &str) -> String {
    let mut bare = String::with_capacity(id.len());
    for sign in id.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase) {
        bare.push(match sign {
            'o' => '0',
            'l' | 'i' => '1',
            other => other,
        });
    }
    bare
}

/// Returns every text that one slip of the finger turns into `text`: a letter missing, doubled, wrong or swapped.
#[must_use]
pub fn one_slip_variants(text: &str) -> BTreeSet<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut variants = BTreeSet::new();
    let with = |before: usize, middle: &[char], after: usize| -> String {
        let start = letters.iter().take(before);
        start.chain(middle).chain(letters.iter().skip(after)).collect()
    };
    for at in 0..=letters.len() {
        let next = at.saturating_add(1);
        if at < letters.len() {
            variants.insert(with(at, &[], next));
        }
        if let (Some(one), Some(two)) = (letters.get(at), letters.get(next)) {
            variants.insert(with(at, &[*two, *one], next.saturating_add(1)));
        }
        for letter in LETTERS.chars().chain(accents_of(letters.get(at).copied()).chars()) {
            if at < letters.len() {
                variants.insert(with(at, &[letter], next));
            }
            variants.insert(with(at, &[letter], at));
        }
    }
    variants.remove(text);
    variants
}

/// Returns the accented letters that are typed without their accent.
const fn accents_of(letter: Option<char>) -> &'static str {
    match letter {
        Some('a' | 'A') => "áàâäãåÁÀÂÄÃÅ",
        Some('e' | 'E') => "éèêëÉÈÊË",
        Some('i' | 'I') => "íìîïİ",
        Some('o' | 'O') => "óòôöõøÓÖØ",
        Some('u' | 'U') => "úùûüÚÜ",
        Some('c' | 'C') => "çčćÇČ",
        Some('n' | 'N') => "ñńÑ",
        Some('s' | 'S') => "šśŠŚ",
        Some('z' | 'Z') => "žźżŽŻ",
        Some('l' | 'L') => "łŁ",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(one: &str, two: &str) -> Option<u32> {
        Name::of(one).cost(two)
    }

    #[test]
    fn names_are_alike_in_spite_of_spelling() {
        for (typed, stored) in [
            ("zoe angstrom", "Zoë Ångström"),
            ("Berg, Anna", "Anna Berg"),
            ("Bluebird Bakery", "Blue Bird Bakery Ltd."),
            ("oneil", "Shane O'Neil"),
            ("Katherine Smyth", "Catherine Smith"),
            ("ACME incorporated", "Acme Inc"),
        ] {
            let cost = names(typed, stored);
            assert!(cost.is_some_and(|cost| cost <= 2 * SLIP), "{typed} / {stored}: {cost:?}");
        }
        for (typed, stored) in [("Anna Berg", "Peter Holm"), ("Rose Garden", "Stone Quarry"), ("x", "Anna")] {
            assert_eq!(names(typed, stored), None, "{typed} / {stored}");
        }
        assert!(names("anna berg", "Anna Berg") < names("anna berk", "Anna Berg"));
        assert!(names("anna berg", "Anna Berg") < names("anna berg", "Anna Maria Berg"));
    }

    #[test]
    fn addresses_are_alike_by_the_person_first() {
        let order = [
            ("jane.doe@example.com", 0),
            ("janedoe@example.com", 5),
            ("jane.doe@exmaple.com", 8),
            ("jnae.doe@example.com", 10),
            ("jane.doe@example.net", 15),
        ];
        for (candidate, cost) in order {
            assert_eq!(email_cost("jane.doe@example.com", candidate), Some(cost), "{candidate}");
        }
        assert_eq!(email_cost("jane.doe@example.com", "john.roe@example.com"), None);
        assert_eq!(email_cost("jo@example.com", "al@example.com"), None);
    }

    #[test]
    fn ids_are_alike_by_their_signs() {
        assert_eq!(id_cost("a1001", "A-1001"), Some(1));
        assert_eq!(id_cost("A-1O0l", "A-1001"), Some(1));
        assert_eq!(id_cost("A-10010", "A-1001"), Some(10));
        assert!(id_cost("A-1010", "A-1001") < id_cost("A-1002", "A-1001"));
        assert_eq!(id_cost("A-1001", "B-2937"), None);
    }

    #[test]
    fn one_slip_is_every_kind_of_slip() {
        let variants = one_slip_variants("abc");
        for slip in ["ab", "acb", "abd", "abxc", "xabc", "ábc"] {
            assert!(variants.contains(slip), "{slip}");
        }
        assert!(!variants.contains("abc"));
    }
}
