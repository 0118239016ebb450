//! What a doubtful address was probably meant to be; a suggestion for a person, never a correction (R6.4).
//!
//! Floor 2, pure. Whether an address can be paid is `partner::is_payable_address`; this only reads what a hand slipped
//! on: letters of other alphabets that look like ours, commas for points, mistyped providers and endings.

use unicode_normalization::UnicodeNormalization;

use crate::partner::{address_hint, is_payable_address, likely_domain, starts_a_formula};

/// Letters of other alphabets that look like ours, with ours.
const LOOK_ALIKES: [(char, char); 40] = [
    ('а', 'a'),
    ('А', 'a'),
    ('в', 'b'),
    ('В', 'b'),
    ('с', 'c'),
    ('С', 'c'),
    ('ԁ', 'd'),
    ('е', 'e'),
    ('Е', 'e'),
    ('ɡ', 'g'),
    ('һ', 'h'),
    ('Н', 'h'),
    ('і', 'i'),
    ('І', 'i'),
    ('ј', 'j'),
    ('Ј', 'j'),
    ('к', 'k'),
    ('К', 'k'),
    ('ⅼ', 'l'),
    ('м', 'm'),
    ('М', 'm'),
    ('п', 'n'),
    ('о', 'o'),
    ('О', 'o'),
    ('ο', 'o'),
    ('Ο', 'o'),
    ('р', 'p'),
    ('Р', 'p'),
    ('ρ', 'p'),
    ('ԛ', 'q'),
    ('ѕ', 's'),
    ('Ѕ', 's'),
    ('т', 't'),
    ('Т', 't'),
    ('ν', 'v'),
    ('ѵ', 'v'),
    ('х', 'x'),
    ('Х', 'x'),
    ('у', 'y'),
    ('ι', 'i'),
];

/// Endings that nobody has, with the one that was meant.
const ENDINGS: [(&str, &str); 9] = [
    (".con", ".com"),
    (".cmo", ".com"),
    (".ocm", ".com"),
    (".comm", ".com"),
    (".coom", ".com"),
    (".vom", ".com"),
    (".xom", ".com"),
    (".nte", ".net"),
    (".ogr", ".org"),
];

/// Returns the letters in an address that only look like ASCII, each with what it looks like.
#[must_use]
pub fn look_alikes(text: &str) -> Vec<(char, char)> {
    text.chars()
        .filter_map(|letter| LOOK_ALIKES.iter().find(|(other, _)| *other == letter).copied())
        .collect()
}

/// Names the first letter of an address that only looks like one of ours.
#[must_use]
pub fn look_alike(text: &str) -> Option<String> {
    let (letter, ours) = look_alikes(text).first().copied()?;
    let code = u32::from(letter);
    Some(format!("the letter {letter} (U+{code:04X}) only looks like {ours}"))
}

/// Says what is doubtful about an address, well-formed or not (R6.4).
#[must_use]
pub fn doubt(text: &str) -> Option<String> {
    if let Some(alike) = look_alike(text) {
        return Some(alike);
    }
    if starts_a_formula(text) {
        return Some("it starts like a formula, and no payout file may hold it".to_owned());
    }
    let meant = suggestion(text).is_some();
    if meant && !is_payable_address(text) {
        return Some("it is mistyped".to_owned());
    }
    address_hint(text).or_else(|| meant.then(|| "its ending looks mistyped".to_owned()))
}

/// Returns what an address was probably meant to be, if that is another one and can be paid.
#[must_use]
pub fn suggestion(text: &str) -> Option<String> {
    let text = text.trim();
    let mut meant: String = text
        .nfkc()
        .map(|letter| {
            LOOK_ALIKES.iter().find(|(other, _)| *other == letter).map_or(letter, |(_, ours)| *ours)
        })
        .filter(|letter| !letter.is_whitespace() && !"<>\"'();:".contains(*letter))
        .collect();
    meant = meant.trim_start_matches("mailto").trim_matches('.').replace(',', ".");
    while meant.contains("..") || meant.contains("@@") {
        meant = meant.replace("..", ".").replace("@@", "@");
    }
    meant = meant.replace("@.", "@").replace(".@", "@");
    let (local, domain) = meant.rsplit_once('@')?;
    let mut domain = domain.to_ascii_lowercase();
    for (wrong, right) in ENDINGS {
        if let Some(stem) = domain.strip_suffix(wrong) {
            domain = format!("{stem}{right}");
        }
    }
    if let Some(likely) = likely_domain(&domain) {
        likely.clone_into(&mut domain);
    }
    let meant = format!("{local}@{domain}");
    (is_payable_address(&meant) && !meant.eq_ignore_ascii_case(text)).then_some(meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_read_as_they_were_meant() {
        for (typed, meant) in [
            ("jo@gmial.com", "jo@gmail.com"),
            ("jo@gmail.con", "jo@gmail.com"),
            ("jo@shop.example,org", "jo@shop.example.org"),
            ("jо@example.com", "jo@example.com"),
            ("ｊｏ@example.com", "jo@example.com"),
            ("jo @ example.com", "jo@example.com"),
            ("jo@@example..com", "jo@example.com"),
            ("<jo.@example.com>", "jo@example.com"),
        ] {
            assert_eq!(suggestion(typed).as_deref(), Some(meant), "{typed}");
        }
        for right in ["jo@gmail.com", "jo@example.com", "nobody", "Jo@Example.com"] {
            assert_eq!(suggestion(right), None, "{right}");
        }
        assert_eq!(look_alikes("jо@example.com"), [('о', 'o')]);
    }
}
