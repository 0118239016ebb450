//! Columns told one by one: what each of a file became, and what is not done for want of one that it lacks.
//!
//! Floor 3, pure. A profile may name a column on which money hangs and which the file does not have: misspelt there, or
//! left out of the export. Nothing is refused for it, and nothing about it is silent. Of several names of which any
//! will do, one that is there stands for the others.

use super::super::billing::COLUMNS;
use super::fit::Fit;
use super::{PassOver, Profile, Words, same};

/// A column that a profile names and a file does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absent {
    /// Its name in the profile, or its names of which any would do.
    pub column: String,
    /// What is not done for want of it, in words that follow the name and a colon.
    pub effect: String,
    /// Whether an import says so unasked: not of what the profile foresees, nor where no money hangs on it.
    pub told: bool,
}

/// Says what is not done where a file lacks one of our columns; `false` where no money hangs on it.
fn for_want_of(ours: &str) -> (&'static str, bool) {
    match ours {
        "account_email" => ("no account is known by its e-mail", true),
        "account_name" => ("no account has a name", false),
        "account_opened_on" => ("no account has the day on which it was opened", true),
        "account_closed_on" => ("no account can be told to be closed", true),
        "collected_on" => ("no row has a day of collection, and what was collected is set aside", true),
        "refunded" => ("no row can tell that money went back", true),
        "refunded_on" => ("what went back counts from the day of collection (R2.4)", true),
        "currency" => ("every amount is taken as the programme's currency (R2.6)", true),
        "referral_code" => ("no row carries a code", true),
        "description" => ("no row has a description", false),
        "updated_at" => ("no row can be told to be newer than another", true),
        _ => ("no row says it", true),
    }
}

/// Collects what is lacking, each column once.
struct Lacking<'p> {
    profile: &'p Profile,
    all: Vec<Absent>,
}

impl Lacking<'_> {
    fn add(&mut self, words: &Words, effect: String, grave: bool) {
        let foreseen = |name: &String| self.profile.may_lack.iter().any(|other| same(other, name));
        let told = grave && !words.all().iter().any(foreseen);
        let column = words.shown();
        match self.all.iter_mut().find(|absent| same(&absent.column, &column)) {
            Some(absent) if absent.effect.contains(&effect) => absent.told |= told,
            Some(absent) => {
                absent.effect = format!("{}; {effect}", absent.effect);
                absent.told |= told;
            }
            None => self.all.push(Absent { column, effect, told }),
        }
    }
}

impl Fit<'_> {
    /// Returns the columns that the profile names and the file does not have, with what is not done for want of each.
    #[must_use]
    pub fn absent(&self) -> Vec<Absent> {
        let profile = self.profile;
        let mut lacking = Lacking { profile, all: Vec::new() };
        for (column, place) in COLUMNS.iter().zip(&self.places) {
            let (Some(words), None) = (profile.columns.get(column.name), place.at) else { continue };
            if let Some(constant) = profile.constants.get(column.name) {
                lacking.add(words, format!("{} is {constant} in every row", column.name), true);
            } else {
                let (effect, grave) = for_want_of(column.name);
                lacking.add(words, effect.to_owned(), grave);
            }
            if let ("status", Some(rows)) = (column.name, &profile.refunds)
                && !rows.only_status.is_empty()
            {
                lacking.add(words, "no refund can be told to have moved money".to_owned(), true);
            }
        }
        for name in profile.less.iter().filter(|name| !self.has(name)) {
            let words = Words::One(name.clone());
            lacking.add(&words, "nothing is taken off the amounts for it".to_owned(), true);
        }
        for (rule, _) in profile.pass_over.iter().zip(&self.pass_over).filter(|(_, at)| at.is_none()) {
            lacking.add(&rule.column, format!("no row can be passed over as {}", rule.why), true);
        }
        for (rule, places) in profile.overrule.iter().zip(&self.overrule) {
            if places.column.is_none() {
                lacking.add(&rule.column, format!("no row can be told to be {}", rule.status), true);
                continue;
            }
            if let (Some(words), None) = (&rule.refunded, places.refunded) {
                lacking.add(words, format!("all of a row that is {} went back", rule.status), true);
            }
            if let (Some(words), None) = (&rule.refunded_on, places.refunded_on) {
                let effect = format!("what went back by a row that is {} has no day of its own", rule.status);
                lacking.add(words, effect, true);
            }
        }
        if let (Some(rows), Some(places)) = (&profile.refunds, &self.refunds) {
            if places.charge_id.is_none() {
                let effect = "refunds cannot be tied to their charges and are set aside";
                lacking.add(&rows.charge_id, effect.to_owned(), true);
            }
            if let (Some(words), None, false) = (&rows.source, places.source, rows.undo.is_empty()) {
                let effect = "a row that undoes a refund undoes any of its charge";
                lacking.add(words, effect.to_owned(), true);
            }
        }
        for (rule, at) in profile.lines.iter().zip(&self.lines) {
            if let (Some(words), None) = (&rule.column, at) {
                lacking.add(words, "the [[line]] rules that look at it fit no line".to_owned(), true);
            }
        }
        lacking.all
    }

    fn has(&self, name: &str) -> bool {
        self.names.iter().any(|theirs| same(theirs, name))
    }

    /// Returns for each column of the file what it became; nothing for one that is not read.
    #[must_use]
    pub fn became(&self) -> Vec<(String, Vec<String>)> {
        let mut all: Vec<(String, Vec<String>)> =
            self.names.iter().map(|name| (name.clone(), Vec::new())).collect();
        let mut note = |at: Option<usize>, what: String| {
            if let Some((_, became)) = at.and_then(|at| all.get_mut(at))
                && !became.contains(&what)
            {
                became.push(what);
            }
        };
        let profile = self.profile;
        for (column, place) in COLUMNS.iter().zip(&self.places) {
            note(place.at, column.name.to_owned());
        }
        for at in &self.id_from {
            note(Some(*at), "a part of charge_id".to_owned());
        }
        for at in &self.less {
            note(Some(*at), "taken off the amount".to_owned());
        }
        for (PassOver { why, .. }, at) in profile.pass_over.iter().zip(&self.pass_over) {
            note(*at, format!("passes rows over: {why}"));
        }
        for (rule, places) in profile.overrule.iter().zip(&self.overrule) {
            note(places.column, format!("makes rows {}", rule.status));
            note(places.refunded, format!("what went back by being {}", rule.status));
            note(places.refunded_on, format!("the day of being {}", rule.status));
        }
        if let Some(rows) = &self.refunds {
            note(Some(rows.column), "tells refunds from charges".to_owned());
            note(Some(rows.id), "the id of a refund".to_owned());
            note(rows.charge_id, "the charge of a refund".to_owned());
            let source = "what a refund is about, which a row that undoes it names too";
            note(rows.source, source.to_owned());
            note(Some(rows.on), "the day of a refund".to_owned());
            note(Some(rows.amount), "the amount of a refund".to_owned());
        }
        for (rule, at) in profile.lines.iter().zip(&self.lines) {
            note(*at, format!("the classifier: {}", rule.kind));
        }
        all
    }
}
