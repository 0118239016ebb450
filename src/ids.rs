//! Names of things: partners, accounts, charges, codes, runs, items, and the e-mail addresses of people.
//!
//! Floor 1. Each is a type of its own so that no two can be swapped. What came from outside is kept as
//! entered, trimmed; comparison uses a key (R4.5, R4.7).

use std::fmt;

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub String);

        impl $name {
            /// Returns the name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    };
}

text_id!(
    /// A partner's id, as the partners file gives it.
    PartnerId
);
text_id!(
    /// A customer account's id, as billing gives it.
    AccountId
);
text_id!(
    /// A charge's id, as billing gives it.
    ChargeId
);
text_id!(
    /// A run's name: its payday's date, and `-2`, `-3` for later ones of that date.
    RunName
);
text_id!(
    /// An item's id: at most 30 of `[A-Za-z0-9_-]`, unique for ever, fit for file and API.
    ItemId
);

/// A referral code as entered; codes compare by `key` (R4.7).
#[derive(Debug, Clone)]
pub struct Code(pub String);

impl Code {
    /// Returns the form by which codes compare: lower case.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.trim().to_lowercase()
    }
}

/// An e-mail address as entered, trimmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Keeps an address as entered, trimmed; nothing is judged here.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// Returns the address as entered.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the form by which addresses compare: lower case, the domain in ASCII (R4.5).
    #[must_use]
    pub fn key(&self) -> EmailKey {
        EmailKey::of(&self.0)
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The form by which two addresses are one (R4.5): trimmed, lower case, the domain in its IDNA ASCII form.
/// No folding of dots or plus signs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EmailKey(pub String);

impl EmailKey {
    /// Returns the key of an address.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let text = text.trim();
        if text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Self(text.to_owned());
        }
        match text.rsplit_once('@') {
            Some((local, domain)) => {
                let ascii = idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_lowercase());
                Self(format!("{}@{ascii}", local.to_lowercase()))
            }
            None => Self(text.to_lowercase()),
        }
    }

    /// Returns the key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_compare_without_case_and_by_ascii_domain() {
        let key = |text: &str| Email::new(text).key().0;
        assert_eq!(key("  Jo@Example.COM "), "jo@example.com");
        assert_eq!(key("jo@bücher.example"), "jo@xn--bcher-kva.example");
        assert_ne!(key("j.o+x@example.com"), key("jo@example.com"));
        assert_eq!(key("no at sign"), "no at sign");
    }
}
