//! How alike two names, addresses or ids are, when one of them was typed from memory or heard on the telephone.
//!
//! Floor 1, pure: whole numbers only, and never a decision about identity (R4.5 compares exactly; this is for people
//! who search). A cost of 0 is the same thing written otherwise, about 10 is one slip of the finger, and whatever is
//! not alike has no cost. Which rows are compared at all is the store's business (`store::lookup`).

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The cost of one slip of the finger.
pub const SLIP: u32 = 10;
/// Above this a match is not worth a support person's look.
pub const COST_MAX: u32 = 45;
/// The most a wrong domain costs: people remember who they are better than where.
const DOMAIN_COST_MAX: u32 = 15;
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

/// A name as it is searched for: its words without the legal forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    words: Vec<String>,
    joined: String,
    letters: u64,
}

impl Name {
    /// Folds a name into words.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let folded = folded(text);
        let telling = |word: &&str| !LEGAL_FORMS.contains(word);
        let mut words: Vec<String> = folded.split(' ').filter(telling).map(str::to_owned).collect();
        if words.iter().all(String::is_empty) {
            words = folded.split(' ').map(str::to_owned).collect();
        }
        words.retain(|word| !word.is_empty());
        let joined = words.concat();
        Self { letters: letters(&joined), words, joined }
    }

    /// Returns the words.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Returns what it costs to take `candidate` for this name; `None` when they are not alike.
    #[must_use]
    pub fn cost(&self, candidate: &Self) -> Option<u32> {
        if self.words.is_empty() {
            return None;
        }
        let wordwise = self.wordwise(candidate);
        let whole = joined_cost(&self.joined, &candidate.joined);
        wordwise.into_iter().chain(whole).min().filter(|cost| *cost <= COST_MAX)
    }

    /// Returns whether a text may be alike at all, at a glance: most lack too many of the letters, and a walk over many
    /// names need not fold those.
    #[must_use]
    pub fn may_be(&self, raw: &str) -> bool {
        if !raw.is_ascii() {
            return true;
        }
        let there = raw.bytes().fold(0_u64, |set, byte| set | bit_of(char::from(byte.to_ascii_lowercase())));
        let allowed = match self.letters.count_ones() {
            0..=5 => 1,
            6..=9 => 2,
            _ => 3,
        };
        (self.letters & !there).count_ones() <= allowed
    }

    /// Pairs each word with the candidate's most alike, whatever their order.
    fn wordwise(&self, candidate: &Self) -> Option<u32> {
        let mut left: Vec<&String> = candidate.words.iter().collect();
        let (mut cost, mut missing) = (0_u32, 0_usize);
        for word in &self.words {
            let best = left
                .iter()
                .enumerate()
                .filter_map(|(at, other)| word_cost(word, other).map(|cost| (cost, at)))
                .min();
            if let Some((paid, at)) = best {
                cost = cost.saturating_add(paid);
                left.remove(at);
            } else {
                cost = cost.saturating_add(MISSING_WORD);
                missing = missing.saturating_add(1);
            }
        }
        let extra = u32::try_from(left.len()).unwrap_or(u32::MAX).min(3).saturating_mul(EXTRA_WORD);
        (missing < self.words.len()).then(|| cost.saturating_add(extra))
    }
}

/// Returns which letters and digits occur, as a set of bits.
fn letters(folded: &str) -> u64 {
    folded.chars().fold(0, |set, character| set | bit_of(character))
}

fn bit_of(character: char) -> u64 {
    let bit = match character {
        'a'..='z' => u32::from(character).saturating_sub(u32::from('a')),
        '0'..='9' => u32::from(character).saturating_sub(u32::from('0')).saturating_add(26),
        other => u32::from(other).checked_rem(28).unwrap_or(0).saturating_add(36),
    };
    1_u64.checked_shl(bit).unwrap_or(0)
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

fn word_cost(word: &str, other: &str) -> Option<u32> {
    if word == other {
        return Some(0);
    }
    let length = word.chars().count().max(other.chars().count());
    let apart = strsim::osa_distance(word, other);
    if apart <= slips_allowed(length) {
        return Some(slips(apart));
    }
    // Words that sound the same are one slip, however they are spelled.
    if sound(word) == sound(other) {
        return Some(SLIP.saturating_mul(2));
    }
    if other.starts_with(word) {
        return Some(BEGINNING);
    }
    // What is shorter than was asked for is somebody else as often as not.
    (word.starts_with(other) && other.chars().count() > 2).then_some(SLIP.saturating_mul(3))
}

/// Compares names whose words are parted otherwise: "Blue Bird" and "Bluebird".
fn joined_cost(one: &str, two: &str) -> Option<u32> {
    let length = one.chars().count().max(two.chars().count());
    if one.chars().count().abs_diff(two.chars().count()) > slips_allowed(length) {
        return None;
    }
    let apart = strsim::osa_distance(one, two);
    (apart <= slips_allowed(length)).then(|| slips(apart).saturating_add(1))
}

/// Reduces a word to how it sounds: doubled letters once, the usual spellings of one sound as one, vowels after the
/// first letter left out.
fn sound(word: &str) -> String {
    let mut spelled = word.to_owned();
    for (spelling, same) in [
        ("ph", "f"),
        ("ck", "k"),
        ("sch", "s"),
        ("sh", "s"),
        ("tz", "z"),
        ("th", "t"),
        ("gh", "g"),
        ("kn", "n"),
        ("wr", "r"),
        ("qu", "k"),
        ("c", "k"),
        ("v", "f"),
        ("z", "s"),
        ("w", "f"),
        ("j", "i"),
        ("y", "i"),
        ("h", ""),
    ] {
        spelled = spelled.replace(spelling, same);
    }
    let mut reduced = String::new();
    for (at, letter) in spelled.chars().enumerate() {
        let vowel = matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u');
        if (at == 0 || !vowel) && !reduced.ends_with(letter) {
            reduced.push(letter);
        }
    }
    reduced
}

/// Returns what it costs to take one e-mail key for another; `None` when they are not alike.
#[must_use]
pub fn email_cost(query: &str, candidate: &str) -> Option<u32> {
    let (local, domain) = query.rsplit_once('@').unwrap_or((query, ""));
    let (other_local, other_domain) = candidate.rsplit_once('@').unwrap_or((candidate, ""));
    let locals = local_cost(local, other_local)?;
    let domains = domain_cost(domain, other_domain);
    let cost = locals.saturating_add(domains);
    // Two slips and a strange domain are somebody else.
    (cost <= COST_MAX.min(SLIP.saturating_mul(3)) || locals == 0).then_some(cost)
}

fn local_cost(one: &str, two: &str) -> Option<u32> {
    if one == two {
        return Some(0);
    }
    // Dots and what follows a plus are how one person writes one address.
    let bare = |local: &str| local.split('+').next().unwrap_or(local).replace(['.', '_', '-'], "");
    if bare(one) == bare(two) {
        return Some(SLIP / 2);
    }
    let apart = strsim::osa_distance(one, two).min(strsim::osa_distance(&bare(one), &bare(two)));
    let length = one.chars().count().max(two.chars().count());
    if apart <= slips_allowed(length) {
        return Some(slips(apart));
    }
    // First and last name the other way round: berg.anna for anna.berg.
    let turned: BTreeSet<&str> = one.split(['.', '_', '-']).collect();
    let other: BTreeSet<&str> = two.split(['.', '_', '-']).collect();
    (turned.len() > 1 && turned == other).then_some(SLIP)
}

fn domain_cost(one: &str, two: &str) -> u32 {
    if one == two {
        return 0;
    }
    // A slip within the domain is nearer than another provider.
    slips(strsim::osa_distance(one, two)).saturating_sub(2).min(DOMAIN_COST_MAX)
}

/// Returns what it costs to take one id or code for another; `None` when they are not alike.
///
/// Case, blanks and dashes say nothing, and letters that look like digits are digits. Another digit is another
/// thing, so that only a swap, a missing or a doubled one is a slip.
#[must_use]
pub fn id_cost(query: &str, candidate: &str) -> Option<u32> {
    let (one, two) = (bare_id(query), bare_id(candidate));
    if one == two {
        return Some(1);
    }
    if one.len() < 3 || two.len() < 3 {
        return None;
    }
    let apart = strsim::osa_distance(&one, &two);
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).map(u32::from).sum::<u32>();
    let length = one.chars().count().max(two.chars().count());
    let allowed = slips_allowed(length).min(2);
    let substituted = one.len() == two.len() && digits(&one) != digits(&two);
    let cost = slips(apart).saturating_add(if substituted { SLIP } else { 0 });
    (apart <= allowed).then_some(cost)
}

/// Writes an id without what people get wrong when they read it aloud.
#[must_use]
pub fn bare_id(id: &str) -> String {
    id.chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .map(|character| match character {
            'o' => '0',
            'l' | 'i' => '1',
            other => other,
        })
        .collect()
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
        Name::of(one).cost(&Name::of(two))
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
