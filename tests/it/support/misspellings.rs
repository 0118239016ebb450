//! Near matching, measured: of a list of made-up misspellings among many other names, nearly all must be found in the
//! first three rows.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use partners::commands::lookup::{Ask, Mask, lookup};
use partners::import::Kind;

use super::desk::Desk;

/// How many of a hundred must be found in the first three rows.
const HITS_MIN_PERCENT: usize = 95;
/// The same of the list that nothing was tuned to.
const UNSEEN_HITS_MIN_PERCENT: usize = 90;
/// How many other accounts stand around those that are meant.
const OTHERS: usize = 3_200;

const FIRST: [&str; 40] = [
    "Anna", "Jan", "Jana", "Janet", "John", "Joan", "Maria", "Marie", "Marian", "Mark", "Martha", "Margit",
    "Peter", "Petra", "Paul", "Paula", "Quinn", "Quincy", "Tom", "Thomas", "Tomas", "Tim", "Tilly", "Thilda",
    "Sören", "Sara", "Sandra", "Simon", "Sean", "Shona", "Philip", "Phil", "Pia", "Olga", "Otto", "Nora",
    "Nils", "Lena", "Leon", "Kurt",
];
const LAST: [&str; 40] = [
    "Dole",
    "Dow",
    "Dorn",
    "Day",
    "Ellis",
    "Ellison",
    "Elling",
    "Ellsworth",
    "Farnsworth",
    "Okafo",
    "Okoro",
    "Oakford",
    "Brand",
    "Brandt",
    "Brandon",
    "Brandvik",
    "Zielke",
    "Zelinka",
    "Dwyer",
    "Odom",
    "Kjaer",
    "Kjeldsen",
    "Wexford",
    "Whitcombe",
    "Bird",
    "Byrd",
    "Baker",
    "Flower",
    "Gardener",
    "Kunze",
    "Kunzel",
    "Brotmann",
    "Harbor",
    "Harper",
    "Light",
    "Mill",
    "Miller",
    "Oldman",
    "Nursery",
    "Garden",
];

/// What was found of a list.
struct Measured {
    cases: usize,
    missed: Vec<String>,
}

/// Looks every case of a list up among many other accounts.
fn measured(list: &str) -> Measured {
    let cases: Vec<[&str; 3]> = list
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            <[&str; 3]>::try_from(cells).unwrap_or_else(|_| panic!("three cells: {line}"))
        })
        .collect();
    let desk = Desk::on("2026-11-22");
    let mut csv = "account_id,email,name,opened_on\n".to_owned();
    let meant: BTreeMap<&str, &str> = cases.iter().map(|[_, email, name]| (*email, *name)).collect();
    for (at, (email, name)) in meant.iter().enumerate() {
        writeln!(csv, "T-{at},{email},\"{name}\",2026-01-01").unwrap();
    }
    for at in 0..OTHERS {
        let (first, last) = (FIRST[at % 40], LAST[at / 40 % 40]);
        let local = format!("{}.{}{}", first.to_lowercase(), last.to_lowercase(), at / 1600);
        writeln!(csv, "O-{at},{local}@example.com,{first} {last},2026-01-01").unwrap();
    }
    desk.take(Kind::Accounts, &csv);
    let reader = desk.reader();
    let mut missed = Vec::new();
    for [typed, email, _] in &cases {
        let ask = Ask { text: typed, today: desk.today, mask: Mask::Off };
        let found = lookup(&reader, &ask).unwrap();
        let rows: Vec<&str> =
            found.accounts.iter().take(3).filter_map(|account| account.email.as_deref()).collect();
        if !rows.contains(email) {
            missed.push(format!("{typed} -> {email}: {rows:?}"));
        }
    }
    Measured { cases: cases.len(), missed }
}

impl Measured {
    /// Demands a share of hits, and says the figure.
    fn at_least(&self, percent: usize) {
        let hits = self.cases - self.missed.len();
        let told =
            format!("{hits} of {} in the first three rows; missed:\n{}", self.cases, self.missed.join("\n"));
        assert!(hits * 100 >= self.cases * percent, "{told}");
    }
}

#[test]
fn misspellings_are_found_in_the_first_three_rows() {
    let measured = measured(include_str!("../../../fixtures/tables/misspellings.txt"));
    measured.at_least(HITS_MIN_PERCENT);
    assert!(measured.cases >= 100, "the list is too short for a figure: {}", measured.cases);
}

/// The list that nothing was tuned to: its figure is what support may expect.
#[test]
fn misspellings_that_nobody_tuned_for_are_found_too() {
    let measured = measured(include_str!("../../../fixtures/tables/misspellings-unseen.txt"));
    measured.at_least(UNSEEN_HITS_MIN_PERCENT);
    assert!(measured.cases >= 50, "the list is too short for a figure: {}", measured.cases);
}
