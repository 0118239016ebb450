//! Names and addresses for a screen that others see: enough to recognise, too little to write down.
//!
//! Floor 5. Everything a lookup says passes through here, so that no sentence forgets it.

/// Whether what identifies people is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mask {
    /// As stored.
    Off,
    /// First letters only.
    On,
}

impl Mask {
    /// Shows an e-mail address: masked, the first letter of each part and the last label.
    #[must_use]
    pub fn email(self, email: &str) -> String {
        match (self, email.rsplit_once('@')) {
            (Self::Off, _) => email.to_owned(),
            (Self::On, None) => first_letter(email),
            (Self::On, Some((local, domain))) => {
                let last = domain.rsplit_once('.').map_or("", |(_, last)| last);
                format!("{}@{}.{last}", first_letter(local), first_letter(domain))
            }
        }
    }

    /// Shows a name: masked, the first letter of each word.
    #[must_use]
    pub fn name(self, name: &str) -> String {
        match self {
            Self::Off => name.to_owned(),
            Self::On => name.split_whitespace().map(first_letter).collect::<Vec<_>>().join(" "),
        }
    }

    /// Shows what staff wrote: masked, nothing, for it may name anybody.
    #[must_use]
    pub fn words(self, words: &str) -> String {
        match self {
            Self::Off => words.to_owned(),
            Self::On => "***".to_owned(),
        }
    }

    /// Shows what was asked for.
    #[must_use]
    pub fn query(self, text: &str) -> String {
        if text.contains('@') { self.email(text) } else { self.name(text) }
    }
}

fn first_letter(text: &str) -> String {
    text.chars().next().map_or_else(String::new, |first| format!("{first}***"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_person_is_recognised_and_not_copied() {
        assert_eq!(Mask::On.email("jane.doe@shop.example.com"), "j***@s***.com");
        assert_eq!(Mask::On.name("Jane  Doe"), "J*** D***");
        assert_eq!(Mask::On.query("jane@"), "j***@.");
        assert_eq!(Mask::Off.email("jane@example.com"), "jane@example.com");
    }
}
