//! Profiles: how another system's billing export is read as ours.
//!
//! Floor 3. A profile is a TOML text; the built-in ones are written from documented headers only and lie in
//! `../profiles`, a user's own comes by path. It says which column is what, in which form amounts and dates are, what
//! its status words mean, which rows are refunds, which must never earn, and which lines are what (`lines`). `fit`
//! holds it against a header, `columns` says what became of each and which are lacking, `taken` reads rows with it,
//! `look` shows what it makes of a file, and `judge` what rows of one id in it do to each other. Whatever a profile
//! does not say is set aside, never guessed. Decided in issue "Billing as it comes" and CONTRACT.md "CSV in".

pub mod amounts;
pub mod columns;
pub mod dates;
pub mod fit;
mod judge;
pub mod lines;
pub mod look;
pub mod taken;

use std::collections::BTreeMap;

use serde::Deserialize;
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::billing::COLUMNS;
use super::cells::Form;
use crate::commission::Status;
use crate::dates::parse_day;
use crate::money::{Currency, Money};
use crate::words::UnknownWord;
use amounts::AmountForm;
use dates::DateForm;
use lines::LineRule;

/// The built-in profiles, by the texts that `profile show` prints.
const BUILT_IN: [&str; 6] = [
    include_str!("../profiles/stripe-payments.toml"),
    include_str!("../profiles/stripe-balance.toml"),
    include_str!("../profiles/stripe-invoices.toml"),
    include_str!("../profiles/recurly-transactions.toml"),
    include_str!("../profiles/ontraport-purchases.toml"),
    include_str!("../profiles/ontraport-transactions.toml"),
];

/// Hexadecimal digits of a text's SHA-256 that tell two versions of a profile apart.
const STAMP_DIGITS: usize = 12;

/// Why a text is no profile.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ProfileError {
    /// It is not the TOML that was expected; the message says where.
    #[error("{0}")]
    Form(String),
    /// It names a column of ours that there is not.
    #[error("{table}: {column:?} is no column of billing ({known})")]
    NoColumn {
        /// The table of the profile.
        table: &'static str,
        /// As it stands there.
        column: String,
        /// Those that a profile may give.
        known: String,
    },
    /// Something that every row needs is given neither a column nor a constant.
    #[error("nothing says what {0} is; give it in [columns] or [constants]")]
    Nowhere(&'static str),
    /// A word of ours that there is not.
    #[error("{0}")]
    Word(#[from] UnknownWord),
    /// Something that contradicts itself; the message says what.
    #[error("{0}")]
    Rule(String),
}

/// One word, or several of which any will do.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Words {
    /// Just this.
    One(String),
    /// Any of these; of columns, the first that the file has.
    Any(Vec<String>),
}

impl Words {
    /// Returns them one by one.
    #[must_use]
    pub fn all(&self) -> &[String] {
        match self {
            Self::One(word) => std::slice::from_ref(word),
            Self::Any(words) => words,
        }
    }

    /// Writes them for a message.
    #[must_use]
    pub fn shown(&self) -> String {
        self.all().join(" or ")
    }
}

/// How another system's export is read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Its name, one word.
    pub name: String,
    /// What it reads, in one sentence.
    pub about: String,
    /// The columns by which a file is known to be such an export.
    pub needs: Vec<Words>,
    /// Of the columns named below, those that some of these exports do not have: `profile check` says what is not
    /// done for want of them, and an import only when it is asked to say more.
    #[serde(default)]
    pub may_lack: Vec<String>,
    /// For each of our columns, theirs.
    #[serde(default)]
    pub columns: BTreeMap<String, Words>,
    /// Theirs that make up a charge's id together, where the system gives none.
    #[serde(default)]
    pub id_from: Vec<String>,
    /// Theirs that are part of the amount and earn nothing: taxes.
    #[serde(default)]
    pub less: Vec<String>,
    /// What is the same in every row.
    #[serde(default)]
    pub constants: BTreeMap<String, String>,
    /// What their status words mean.
    #[serde(default)]
    pub status: BTreeMap<String, String>,
    /// Rows whose status another column overrules: not captured, disputed.
    #[serde(default)]
    pub overrule: Vec<Overrule>,
    /// The form of their amounts.
    #[serde(default)]
    pub amounts: AmountForm,
    /// The form of their dates.
    #[serde(default)]
    pub dates: DateForm,
    /// Rows that are no charges, or must never earn.
    #[serde(default)]
    pub pass_over: Vec<PassOver>,
    /// Where refunds are rows of their own: which rows they are.
    pub refunds: Option<Refunds>,
    /// What makes a line which kind; the first that fits wins.
    #[serde(default, rename = "line")]
    pub lines: Vec<LineRule>,
    /// The text itself.
    #[serde(skip)]
    pub text: String,
}

/// Rows that are counted and named, and never become charges.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassOver {
    /// Their column.
    pub column: Words,
    /// Rows with one of these words in it.
    #[serde(default)]
    pub is: Vec<String>,
    /// Rows with anything else in it, blanks excepted.
    #[serde(default)]
    pub is_not: Vec<String>,
    /// What such rows are.
    pub why: String,
}

/// Rows with another status than their status word says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overrule {
    /// Their column.
    pub column: Words,
    /// Rows with one of these words in it.
    #[serde(default)]
    pub is: Vec<String>,
    /// Rows with anything else in it, blanks excepted.
    #[serde(default)]
    pub is_not: Vec<String>,
    /// Ours, for rows whose own word says that money was collected.
    pub status: String,
    /// Theirs that says how much went back by it, beside the refunds; without an amount there, all did (R2.4).
    pub refunded: Option<Words>,
    /// Theirs that says when.
    pub refunded_on: Option<Words>,
}

/// Returns whether a cell is one of these words, or is none of those.
fn among(is: &[String], is_not: &[String], cell: &str) -> bool {
    let one_of = |words: &[String]| words.iter().any(|word| same(word, cell));
    one_of(is) || (!is_not.is_empty() && !cell.is_empty() && !one_of(is_not))
}

impl PassOver {
    /// Returns whether such rows are no customer's money at all: nothing that bears their id may ever earn.
    #[must_use]
    pub fn is_test(&self) -> bool {
        self.why.to_lowercase().contains("test mode")
    }

    /// Returns whether a row with this cell is passed over.
    #[must_use]
    pub fn fits(&self, cell: &str) -> bool {
        among(&self.is, &self.is_not, cell)
    }
}

impl Overrule {
    /// Returns the status of a row with this cell, if the rule is about it.
    #[must_use]
    pub fn verdict(&self, cell: &str) -> Option<Status> {
        among(&self.is, &self.is_not, cell).then(|| self.status.parse().ok()).flatten()
    }
}

/// Refunds as rows of their own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refunds {
    /// The column that says what a row is.
    pub column: Words,
    /// Its words for a charge.
    pub charge: Vec<String>,
    /// Its words for money that went back: refunds, disputes.
    pub refund: Vec<String>,
    /// Its words for what undoes such a row: a dispute won.
    #[serde(default)]
    pub undo: Vec<String>,
    /// The row's own id.
    pub id: Words,
    /// The charge it belongs to.
    pub charge_id: Words,
    /// What the row is about; a row that undoes names the same.
    pub source: Option<Words>,
    /// When the money moved.
    pub on: Words,
    /// How much.
    pub amount: Words,
    /// The sign of what goes back.
    #[serde(default)]
    pub sign: Sign,
    /// Only rows with one of these status words moved money.
    #[serde(default)]
    pub only_status: Vec<String>,
}

/// How a refund's amount is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// What goes back is below zero and what undoes it is above; anything else is set aside.
    #[default]
    Minus,
    /// The same the other way round.
    Plus,
    /// The row's word says it all; the sign means nothing.
    Any,
}

/// Compares two words as a person does: without case and outer blanks.
#[must_use]
pub fn same(one: &str, two: &str) -> bool {
    one.trim().to_lowercase() == two.trim().to_lowercase()
}

impl Profile {
    /// Reads a profile.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn parse(text: &str) -> Result<Self, ProfileError> {
        let read: Self = toml::from_str(text).map_err(|error| ProfileError::Form(error.to_string()))?;
        let profile = Self { text: text.to_owned(), ..read };
        profile.prove()?;
        Ok(profile)
    }

    /// Returns the built-in profiles.
    ///
    /// # Errors
    /// None: a test reads them all.
    pub fn built_in() -> Result<Vec<Self>, ProfileError> {
        BUILT_IN.iter().map(|text| Self::parse(text)).collect()
    }

    /// Counts the columns by which its files are known that a header has.
    #[must_use]
    pub fn found(&self, header: &[String]) -> usize {
        let has = |words: &&Words| words.all().iter().any(|word| header.iter().any(|name| same(name, word)));
        self.needs.iter().filter(has).count()
    }

    /// Returns the name and the text's digest: with other rules the same bytes are another import.
    #[must_use]
    pub fn stamp(&self) -> String {
        let digest: String =
            Sha256::digest(self.text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{} {}", self.name, &digest[..STAMP_DIGITS])
    }

    /// Returns what a status word means, if the profile says it.
    #[must_use]
    pub fn status_of(&self, word: &str) -> Option<Status> {
        let meaning = self.status.iter().find(|(theirs, _)| same(theirs, word));
        meaning.and_then(|(_, ours)| ours.parse().ok())
    }

    fn prove(&self) -> Result<(), ProfileError> {
        let odd = |rule: &str| Err(ProfileError::Rule(rule.to_owned()));
        if self.name.is_empty() || self.name.contains(|c: char| c.is_whitespace() || c == '/') {
            return odd("name: one word, without blanks and slashes");
        }
        if self.needs.iter().all(|words| words.all().is_empty()) {
            return odd("needs: name the columns by which such a file is known");
        }
        for (table, names) in [
            ("[columns]", self.columns.keys().collect::<Vec<_>>()),
            ("[constants]", self.constants.keys().collect()),
        ] {
            for name in names {
                // What a line is, the classifier says.
                let known = || COLUMNS.iter().map(|column| column.name).filter(|name| *name != "kind");
                if !known().any(|column| column == name) {
                    let known = known().collect::<Vec<_>>().join(", ");
                    return Err(ProfileError::NoColumn { table, column: name.clone(), known });
                }
            }
        }
        for column in COLUMNS.iter().filter(|column| column.needed && column.name != "kind") {
            let given = self.columns.contains_key(column.name) || self.constants.contains_key(column.name);
            let made = column.name == "charge_id" && !self.id_from.is_empty();
            if !given && !made {
                return Err(ProfileError::Nowhere(column.name));
            }
        }
        if self.columns.contains_key("charge_id") && !self.id_from.is_empty() {
            return odd("id_from: there is a column for charge_id already");
        }
        if self.refunds.is_some() && self.columns.contains_key("refunded") {
            return odd("refunds are a column or rows of their own, not both");
        }
        self.prove_constants()?;
        self.prove_words()?;
        for word in self.status.values().chain(self.overrule.iter().map(|rule| &rule.status)) {
            word.parse::<Status>()?;
        }
        if self.columns.contains_key("status") && self.status.is_empty() {
            return odd("[status]: say what the words of the status column mean");
        }
        for rule in &self.pass_over {
            if rule.is.is_empty() == rule.is_not.is_empty() || rule.why.trim().is_empty() {
                return odd("[[pass_over]]: give is or is_not, and why");
            }
        }
        if self.overrule.iter().any(|rule| rule.is.is_empty() == rule.is_not.is_empty()) {
            return odd("[[overrule]]: give is or is_not");
        }
        for rule in self.overrule.iter().filter(|rule| rule.refunded.is_some() || rule.refunded_on.is_some())
        {
            if !rule.status.parse().is_ok_and(Status::gives_all_back) {
                return odd("[[overrule]]: refunded and refunded_on go with status refunded or chargeback");
            }
            if self.refunds.is_some() {
                return odd(
                    "[[overrule]]: what goes back are rows of their own, say [refunds]; refunded is for a column",
                );
            }
        }
        self.amounts.prove()?;
        self.dates.prove()?;
        self.lines.iter().try_for_each(LineRule::prove)?;
        if self.lines.iter().rev().skip(1).any(|rule| rule.always) {
            return odd(
                "[[line]]: always = true fits every line, and no rule after it counts; make it the last",
            );
        }
        Ok(())
    }
}

impl Profile {
    /// Proves that no word means two things, and that what may be lacking or has a zone is read at all.
    fn prove_words(&self) -> Result<(), ProfileError> {
        let odd = |rule: String| Err(ProfileError::Rule(rule));
        for (at, (word, meaning)) in self.status.iter().enumerate() {
            let mut before = self.status.iter().take(at);
            if let Some((other, another)) =
                before.find(|(other, another)| same(other, word) && *another != meaning)
            {
                return odd(format!(
                    "[status]: {other:?} and {word:?} are the same word, for case means nothing; it cannot mean both \
                     {another} and {meaning}"
                ));
            }
        }
        if let Some(rows) = &self.refunds {
            let lists = [&rows.charge, &rows.refund, &rows.undo];
            for word in lists.into_iter().flatten() {
                if lists.iter().filter(|list| list.iter().any(|other| same(other, word))).count() > 1 {
                    return odd(format!("[refunds]: {word:?} cannot be two of charge, refund and undo"));
                }
            }
        }
        for (what, name) in self
            .may_lack
            .iter()
            .map(|name| ("may_lack", name))
            .chain(self.dates.zones.keys().map(|name| ("[dates] zones", name)))
        {
            if !self.reads().any(|read| same(read, name)) {
                return odd(format!("{what}: the profile reads no column {name:?}"));
            }
        }
        Ok(())
    }

    /// Returns every name of a column that the profile reads, where a file has it.
    fn reads(&self) -> impl Iterator<Item = &String> {
        let refunds = self.refunds.iter().flat_map(|rows| {
            let always = [&rows.column, &rows.id, &rows.charge_id, &rows.on, &rows.amount];
            always.into_iter().chain(&rows.source)
        });
        let rules = self.pass_over.iter().map(|rule| &rule.column);
        let rules = rules.chain(self.overrule.iter().flat_map(|rule| {
            [Some(&rule.column), rule.refunded.as_ref(), rule.refunded_on.as_ref()].into_iter().flatten()
        }));
        let rules = rules.chain(self.lines.iter().filter_map(|rule| rule.column.as_ref()));
        let words = self.columns.values().chain(refunds).chain(rules);
        words.flat_map(Words::all).chain(&self.id_from).chain(&self.less)
    }

    /// Proves that what is the same in every row can stand in one: else every row would be set aside for it.
    fn prove_constants(&self) -> Result<(), ProfileError> {
        for (column, value) in &self.constants {
            let odd =
                |why: String| Err(ProfileError::Rule(format!("[constants]: {column} = {value:?}: {why}")));
            let Some(form) = COLUMNS.iter().find(|known| known.name == column).map(|known| known.form) else {
                continue;
            };
            let text = value.trim();
            let wrong = match (column.as_str(), form) {
                _ if text.is_empty() => Some("it says nothing".to_owned()),
                ("status", _) => text.parse::<Status>().err().map(|error| error.to_string()),
                ("currency", _) => text.parse::<Currency>().err().map(|error| error.to_string()),
                (_, Form::Date) => {
                    parse_day(text, &crate::dates::Zone::UTC).err().map(|error| error.to_string())
                }
                (_, Form::Amount) => Money::parse(text, Currency::USD).err().map(|error| error.to_string()),
                (_, Form::Name) if text.contains(char::is_whitespace) => {
                    Some("it must be one word".to_owned())
                }
                (_, Form::Name | Form::FreeText) => None,
            };
            if let Some(why) = wrong {
                return odd(why);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"
        name = "small"
        about = "A test."
        needs = ["id"]
        [columns]
        charge_id = "id"
        account_id = "customer"
        billed_on = "date"
        amount = "amount"
        [constants]
        status = "paid"
    "#;

    #[test]
    fn built_in_profiles_are_sound() {
        let all = Profile::built_in().expect("they parse");
        let mut names: Vec<&str> = all.iter().map(|profile| profile.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), BUILT_IN.len());
        for profile in &all {
            assert!(profile.about.ends_with('.') && profile.text.starts_with("# "), "{}", profile.name);
            assert!(profile.stamp().starts_with(&format!("{} ", profile.name)));
        }
    }

    #[test]
    fn what_a_profile_may_not_say() {
        assert!(Profile::parse(SMALL).is_ok());
        for (from, to, words) in [
            ("about", "abut", "unknown field `abut`"),
            ("billed_on =", "bild_on =", "[columns]: \"bild_on\" is no column of billing"),
            ("billed_on = \"date\"", "", "nothing says what billed_on is"),
            ("\"small\"", "\"a b\"", "name: one word"),
            ("[\"id\"]", "[]", "needs: name the columns"),
            ("status = \"paid\"", "status = \"paid\"\nkind = \"sms\"", "[constants]: \"kind\" is no column"),
            (
                "status = \"paid\"",
                "status = \"paid\"\n[status]\nOK = \"good\"",
                "\"good\" is not a charge status",
            ),
            ("amount = \"amount\"", "amount = \"amount\"\nstatus = \"s\"", "[status]: say what"),
            ("status = \"paid\"", "status = \"payed\"", "[constants]: status = \"payed\": "),
            ("\"paid\"", "\"paid\"\ncurrency = \"dollar\"", "[constants]: currency = \"dollar\": "),
            ("\"paid\"", "\"paid\"\ncollected_on = \"soon\"", "[constants]: collected_on = \"soon\": "),
            ("\"paid\"", "\"paid\"\nreferral_code = \"a b\"", "it must be one word"),
            (
                "[constants]",
                "[[pass_over]]\ncolumn = \"x\"\nwhy = \"y\"\n[constants]",
                "[[pass_over]]: give is",
            ),
            ("[constants]", "[[line]]\nkind = \"sms\"\n[constants]", "[[line]]: "),
            ("[constants]", "[dates]\nforms = [\"%Q\"]\n[constants]", "[dates]: "),
            ("[constants]", "[amounts]\ndecimal = \"x\"\n[constants]", "[amounts]: "),
        ] {
            let error = Profile::parse(&SMALL.replacen(from, to, 1)).expect_err(words).to_string();
            assert!(error.contains(words), "{error}");
        }
    }
}
