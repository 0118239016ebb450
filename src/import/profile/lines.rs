//! The line classifier: what makes a line a subscription, and what an overage.
//!
//! Floor 3, pure. Rules are tried in their order and the first that fits wins; what fits none is unclassified, earns
//! nothing, and is listed with its sum until somebody decides (R2.1).

use serde::Deserialize;

use super::{ProfileError, Words, same};
use crate::commission::Kind;

/// One rule: a kind, a column, and what must stand in it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineRule {
    /// What such a line is.
    pub kind: String,
    /// The column that is looked at: product, description, price or type.
    pub column: Option<Words>,
    /// The whole cell is one of these.
    pub exact: Option<Words>,
    /// The cell begins with one of these.
    pub prefix: Option<Words>,
    /// One of these stands somewhere in the cell.
    pub contains: Option<Words>,
    /// Every line, whatever it says.
    #[serde(default)]
    pub always: bool,
}

impl LineRule {
    pub(super) fn prove(&self) -> Result<(), ProfileError> {
        let odd = |rule: &str| Err(ProfileError::Rule(format!("[[line]]: {rule}")));
        if self.kind.parse::<Kind>()? == Kind::Unclassified {
            return odd("a line that no rule fits is unclassified by itself");
        }
        let tests: Vec<&Words> = [&self.exact, &self.prefix, &self.contains].into_iter().flatten().collect();
        if self.always {
            let alone = tests.is_empty() && self.column.is_none();
            return if alone { Ok(()) } else { odd("always stands alone, as the last rule") };
        }
        if self.column.is_none() || tests.len() != 1 {
            return odd("give a column and one of exact, prefix and contains, or always = true");
        }
        let blank =
            |words: &&Words| words.all().is_empty() || words.all().iter().any(|word| word.trim().is_empty());
        if tests.iter().any(blank) { odd("a blank word would fit every line") } else { Ok(()) }
    }

    /// Returns the kind.
    #[must_use]
    pub fn verdict(&self) -> Kind {
        self.kind.parse().unwrap_or(Kind::Unclassified)
    }

    /// Returns whether a line with this cell in the rule's column is such a line; case means nothing.
    #[must_use]
    pub fn fits(&self, cell: &str) -> bool {
        if self.always {
            return true;
        }
        let cell = cell.trim().to_lowercase();
        let any = |words: &Option<Words>, test: fn(&str, &str) -> bool| {
            words.iter().flat_map(Words::all).any(|word| test(&cell, &word.trim().to_lowercase()))
        };
        any(&self.exact, same)
            || any(&self.prefix, |cell, word| cell.starts_with(word))
            || any(&self.contains, |cell, word| cell.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_fit_without_case() {
        let rule = |text: &str| toml::from_str::<LineRule>(text).expect("a rule");
        for (text, cell, fits) in [
            ("kind='sms'\ncolumn='d'\nexact='SMS pack'", "sms PACK", true),
            ("kind='sms'\ncolumn='d'\nexact='SMS pack'", "sms packs", false),
            ("kind='sms'\ncolumn='d'\nprefix=['mms','sms']", "SMS pack 100", true),
            ("kind='sms'\ncolumn='d'\nprefix='sms'", "1 SMS", false),
            ("kind='sms'\ncolumn='d'\ncontains='sms'", "100 × SMS", true),
            ("kind='sms'\ncolumn='d'\ncontains='é'", "CAFÉ", true),
            ("kind='sms'\ncolumn='d'\ncontains='sms'", "", false),
            ("kind='other'\nalways=true", "", true),
        ] {
            let rule = rule(text);
            rule.prove().expect("a sound rule");
            assert_eq!(rule.fits(cell), fits, "{text}: {cell}");
        }
        for wrong in [
            "kind='unclassified'\nalways=true",
            "kind='sms'",
            "kind='sms'\ncolumn='d'\ncontains=''",
            "kind='smss'\nalways=true",
            "kind='sms'\ncolumn='d'\nexact='a'\nprefix='b'",
            "kind='sms'\nexact='a'",
        ] {
            assert!(rule(wrong).prove().is_err(), "{wrong}");
        }
    }
}
