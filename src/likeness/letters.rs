//! Which letters a text has, and how many slips part two texts: what makes comparing one with many cheap.
//!
//! Floor 1, pure. A set of letters tells at a glance that two texts are too far apart: each slip brings or takes one
//! letter at most. Nothing here allocates for plain letters, for a search compares some hundred thousand names.

/// The letters and digits that occur in a text, as a set of bits; capitals count as small ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Letters(u64);

/// The longest text whose slips are counted without allocating.
const PLAIN_MAX: usize = 63;
/// The bits of the plain signs.
const PLAIN: [u64; 128] = plain();
/// The bits of letters that are heard as themselves in every spelling (`sound`): b, d, g, l, m, n, r, s, x.
const HEARD: u64 = 1 << 1 | 1 << 3 | 1 << 6 | 1 << 11 | 1 << 12 | 1 << 13 | 1 << 17 | 1 << 18 | 1 << 23;
// z is heard as s.
const S: u64 = 1 << 18;
const Z: u64 = 1 << 25;

impl Letters {
    /// Returns the letters of a text.
    pub(super) fn of(text: &str) -> Self {
        if text.is_ascii() {
            let bit = |byte: u8| PLAIN.get(usize::from(byte)).copied().unwrap_or(0);
            Self(text.bytes().fold(0, |set, byte| set | bit(byte)))
        } else {
            Self(text.chars().fold(0, |set, letter| set | bit_of(letter)))
        }
    }

    /// Returns the letters of both.
    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns how many different letters there are.
    pub(super) const fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// Returns how many are not among those of another text.
    pub(super) const fn beyond(self, other: Self) -> u32 {
        (self.0 & !other.0).count_ones()
    }

    /// Returns whether texts of these letters may be so few slips apart.
    pub(super) fn may_be_within(self, other: Self, slips: usize) -> bool {
        let slips = u32::try_from(slips).unwrap_or(u32::MAX);
        self.beyond(other) <= slips && other.beyond(self) <= slips
    }

    /// Returns whether words of these letters may sound the same.
    pub(super) const fn may_sound_like(self, other: Self) -> bool {
        self.heard() == other.heard()
    }

    const fn heard(self) -> u64 {
        (if self.0 & Z == 0 { self.0 } else { self.0 | S }) & HEARD
    }
}

const fn plain() -> [u64; 128] {
    let mut bits = [0; 128];
    let (mut at, mut byte) = (0, 0_u8);
    while at < bits.len() {
        bits[at] = 1 << place(byte.to_ascii_lowercase());
        at += 1;
        byte += 1;
    }
    bits
}

/// Returns the bit's place of a plain sign: letters, then digits, then whatever else there is.
const fn place(byte: u8) -> u8 {
    match byte {
        b'a'..=b'z' => byte - b'a',
        b'0'..=b'9' => byte - b'0' + 26,
        other => other % 28 + 36,
    }
}

fn bit_of(letter: char) -> u64 {
    u8::try_from(letter).ok().and_then(|byte| PLAIN.get(usize::from(byte)).copied()).unwrap_or_else(|| {
        let place = u32::from(letter).checked_rem(28).unwrap_or(0).saturating_add(36);
        1_u64.checked_shl(place).unwrap_or(0)
    })
}

/// Returns how many slips part two texts, if it is at most `most`: letters missing, doubled, wrong or swapped, none of
/// them touched twice.
pub(super) fn apart(one: &str, two: &str, most: usize) -> Option<usize> {
    let (first, second) = (one.as_bytes(), two.as_bytes());
    if !one.is_ascii() || !two.is_ascii() || second.len() > PLAIN_MAX {
        return Some(strsim::osa_distance(one, two)).filter(|slips| *slips <= most);
    }
    if first.len().abs_diff(second.len()) > most {
        return None;
    }
    let width = second.len();
    // The costs of the row before the last, of the last, and of this one, for each beginning of `second`.
    let (mut older, mut last, mut row) = ([0; PLAIN_MAX + 1], [0; PLAIN_MAX + 1], [0; PLAIN_MAX + 1]);
    for (at, cost) in last.iter_mut().enumerate() {
        *cost = at;
    }
    let mut before = 0;
    for (down, letter) in first.iter().copied().enumerate() {
        row[0] = down + 1;
        let mut least = row[0];
        let mut left = 0;
        for (across, other) in second.iter().copied().enumerate() {
            let mut cost =
                (last[across + 1] + 1).min(row[across] + 1).min(last[across] + usize::from(letter != other));
            if down > 0 && across > 0 && letter == left && before == other {
                cost = cost.min(older[across - 1] + 1);
            }
            row[across + 1] = cost;
            least = least.min(cost);
            left = other;
        }
        // A swap reaches back over two rows, so that one row beyond the limit is not the end.
        if least > most + 1 {
            return None;
        }
        (older, last, row) = (last, row, older);
        before = letter;
    }
    Some(last[width]).filter(|slips| *slips <= most)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn slips_are_counted_as_by_the_book(one in "[abcé]{0,9}", two in "[abcé]{0,9}", most in 0..5_usize) {
            let slips = strsim::osa_distance(&one, &two);
            prop_assert_eq!(apart(&one, &two, most), Some(slips).filter(|slips| *slips <= most));
        }

        #[test]
        fn letters_never_deny_what_is_near(one in "[a-cA-C0-1é.]{0,9}", two in "[a-cA-C0-1é.]{0,9}") {
            let (one, two) = (one.to_lowercase(), two.to_lowercase());
            let slips = strsim::osa_distance(&one, &two);
            prop_assert!(Letters::of(&one).may_be_within(Letters::of(&two), slips));
        }
    }

    #[test]
    fn long_texts_are_compared_too() {
        let (one, two) = ("a".repeat(70), "a".repeat(71));
        assert_eq!(apart(&one, &two, 1), Some(1));
    }
}
