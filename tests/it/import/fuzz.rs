//! Anything at all, for a bounded time: the importer and the grammar of amounts, on the stable toolchain.
//!
//! A test run tries a few hundred cases; `PARTNERS_FUZZ_SECONDS=20 cargo test --test it fuzz` tries new ones at each
//! target for just so long. The targets are the grammar of amounts in every form, dates and profiles, files of all six
//! kinds in our own columns, files of other systems, and bytes of any kind. A case that fails is made small, printed,
//! and belongs into `fixtures/csv/hostile` as a test of its own.

use std::time::{Duration, Instant};

use partners::commands::import::Ask;
use partners::import::Kind;
use partners::import::cells::Column;
use partners::import::profile::Profile;
use partners::import::profile::amounts::{AmountForm, Unit};
use partners::import::profile::dates::DateForm;
use partners::money::{Currency, Money};
use proptest::prelude::*;
use proptest::test_runner::{TestCaseResult, TestRunner};

use super::world::{BILLING, World};

/// What an amount cell may be made of, and what it must not.
fn cell() -> impl Strategy<Value = String> {
    let bits = [
        "0",
        "1",
        "9",
        "00",
        "000",
        "999999999",
        ".",
        ",",
        "-",
        "+",
        "'",
        " ",
        "\u{a0}",
        "$",
        "€",
        "e",
        "_",
        "٣",
    ];
    prop::collection::vec(prop::sample::select(bits.to_vec()), 0..9).prop_map(|bits| bits.concat())
}

fn form() -> impl Strategy<Value = AmountForm> {
    let marks = vec![
        (".", None),
        (".", Some(',')),
        (",", None),
        (",", Some('.')),
        (".", Some('\'')),
        (",", Some(' ')),
    ];
    (prop::sample::select(marks), any::<bool>(), any::<bool>()).prop_map(
        |((decimal, separator), minor, signs)| AmountForm {
            unit: if minor { Unit::Minor } else { Unit::Major },
            decimal: decimal.chars().next().unwrap(),
            separator,
            signs: if signs { vec!["$".into(), "€".into()] } else { Vec::new() },
        },
    )
}

/// Writes an amount as a program with this form would.
fn written(amount: Money, form: &AmountForm, grouped: bool, currency: Currency) -> String {
    if form.unit == Unit::Minor {
        return amount.minor().to_string();
    }
    let plain =
        if grouped && form.separator.is_some() { amount.grouped(currency) } else { amount.major(currency) };
    let mark = form.separator.map(String::from).unwrap_or_default();
    let text = plain.replace(',', "\u{1}").replace('.', &form.decimal.to_string()).replace('\u{1}', &mark);
    if form.signs.is_empty() { text } else { format!("$ {text}") }
}

/// Tries a test on at least so many cases, and on new ones until the time is over that was asked for.
fn pound<S: Strategy>(cases: u32, strategy: &S, test: impl Fn(S::Value) -> TestCaseResult) {
    let seconds = std::env::var("PARTNERS_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(0);
    let (begin, time) = (Instant::now(), Duration::from_secs(seconds));
    loop {
        let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
        if let Err(error) = TestRunner::new(config).run(strategy, &test) {
            panic!("{error}");
        }
        if begin.elapsed() >= time {
            return;
        }
    }
}

#[test]
fn amounts_are_refused_or_exactly_what_stands_there() {
    pound(512, &(cell(), form()), |(text, form)| {
        for code in ["USD", "JPY", "KWD"] {
            let currency: Currency = code.parse().unwrap();
            // What is taken has the digits that stand there, in their order, and no others.
            if let Ok(amount) = form.read(&text, currency) {
                let digits = |text: &str| {
                    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                    digits.trim_start_matches('0').to_owned()
                };
                let scale = if form.unit == Unit::Minor {
                    String::new()
                } else {
                    let places = text.rsplit_once(form.decimal).map_or(0, |(_, rest)| digits_of(rest));
                    "0".repeat(usize::try_from(currency.digits()).unwrap() - places)
                };
                prop_assert_eq!(
                    digits(&amount.minor().to_string()),
                    digits(&format!("{text}{scale}")),
                    "{}",
                    text
                );
                prop_assert_eq!(amount.is_negative(), text.contains('-'));
            }
            if let Ok(amount) = Money::parse(&text, currency) {
                prop_assert_eq!(Money::parse(&amount.major(currency), currency), Ok(amount));
            }
        }
        Ok(())
    });
}

#[test]
fn an_amount_comes_back_from_every_form() {
    let strategy = (-99_999_999_999_i64..99_999_999_999, form(), any::<bool>());
    pound(512, &strategy, |(minor, form, grouped)| {
        let (amount, usd) = (Money::from_minor(minor), Currency::USD);
        prop_assert_eq!(form.read(&written(amount, &form, grouped, usd), usd), Ok(amount));
        Ok(())
    });
}

#[test]
fn dates_and_profiles_never_panic() {
    let date = "(20[0-9]{2}-[0-9]{2}-[0-9]{2})?[T ]?([0-9]{2}:?){0,4}(Z|[+-][0-9:]{0,5})?";
    pound(512, &(prop_oneof![".{0,40}", date], "%?[A-Za-z%:. -]{0,12}"), |(text, form)| {
        let zone = Some("Europe/Berlin".to_owned());
        let dates = DateForm { forms: vec![form.clone(), "unix".into()], zone, ..DateForm::default() };
        if Profile::parse(&format!("name = \"x\"\n[dates]\nforms = [{form:?}]")).is_ok() {
            prop_assert!(false, "half a profile is none");
        }
        if let Ok(read) = dates.read(&text, "c") {
            let understood = partners::dates::parse_day(&read, &partners::dates::Zone::UTC).is_ok();
            prop_assert!(understood || !read.starts_with("20"), "{}", read);
        }
        Ok(())
    });
}

fn digits_of(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}

/// What cells of exports hold, ours and other systems', and what they should not.
const CELLS: [&str; 40] = [
    "",
    "-",
    "79.00",
    "-79.00",
    "\"1,079.00\"",
    "usd",
    "USD",
    "EUR",
    "paid",
    "Paid",
    "refund",
    "charge",
    "dispute",
    "dispute_reversal",
    "C1",
    "C2",
    "A1",
    "2026-03-01",
    "2026-03-01 10:00",
    "2026-03-01T10:00:00Z",
    "1772409600",
    "true",
    "false",
    "test",
    "live",
    "success",
    "purchase",
    "\"",
    "é",
    "\"a\nb\"",
    "x@example.com",
    "subscription",
    "sms",
    "partially_refunded",
    "refunded",
    "pending",
    "ref1",
    "P1",
    "0.25",
    "9999-12-31T00:00:00Z",
];

fn rows(cells: usize) -> impl Strategy<Value = Vec<Vec<&'static str>>> {
    prop::collection::vec(prop::collection::vec(prop::sample::select(CELLS.to_vec()), 0..cells), 0..8)
}

/// Writes a file: as many cells as the header, what is missing blank and what is too much cut; cut itself, perhaps.
fn file(header: &[String], rows: &[Vec<&str>], cut: prop::sample::Index) -> String {
    let mut text = header.join(",") + "\n";
    for row in rows {
        let cells: Vec<&str> = (0..header.len()).map(|at| row.get(at).copied().unwrap_or("")).collect();
        text.push_str(&(cells.join(",") + "\n"));
    }
    let mut end = text.len() - if cut.index(4) == 0 { cut.index(text.len()) } else { 0 };
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text
}

/// Located damage, or every row in exactly one count; and read again, nothing new.
fn counted_or_refused(world: &World, ask: &Ask<'_>, text: &str) -> TestCaseResult {
    for again in [false, true] {
        let report = match world.run(ask, "") {
            Ok(report) => report,
            Err(error) => {
                let error = error.to_string();
                let located = ["line ", "byte ", "the file is empty"].iter().any(|word| error.contains(word));
                prop_assert!(located, "{}", error);
                return Ok(());
            }
        };
        let tally = &report.files[0].tally;
        let passed: u64 = tally.passed_over.values().sum();
        let counted = tally.new.rows + tally.updated.rows + tally.seen + tally.stale + tally.reversed.rows;
        let aside = u64::try_from(tally.set_aside.len()).unwrap();
        prop_assert_eq!(counted + passed + aside, tally.rows, "{}", text);
        if again {
            prop_assert_eq!((tally.new.rows, tally.updated.rows, tally.reversed.rows), (0, 0, 0), "{}", text);
        }
    }
    Ok(())
}

#[test]
fn exports_of_anything_are_counted_or_refused() {
    let strategy = (0..6_usize, rows(30), any::<prop::sample::Index>());
    // Each case makes a database.
    pound(48, &strategy, |(which, rows, cut)| {
        let profiles = Profile::built_in().unwrap();
        let profile = &profiles[which];
        let mut header: Vec<String> = profile.needs.iter().map(|words| words.all()[0].clone()).collect();
        for words in profile.columns.values() {
            let name = &words.all()[0];
            if !header.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                header.push(name.clone());
            }
        }
        let (world, text) = (World::new(), file(&header, &rows, cut));
        let files = [world.file("any.csv", &text)];
        counted_or_refused(&world, &World::ask_by(&profile.name, &files), &text)
    });
}

#[test]
fn files_of_every_kind_are_counted_or_refused() {
    let strategy = (prop::sample::select(Kind::ALL.to_vec()), rows(18), any::<prop::sample::Index>());
    pound(48, &strategy, |(kind, rows, cut)| {
        let columns: &[Column] = match kind {
            Kind::Billing => &partners::import::billing::COLUMNS,
            Kind::Partners => &partners::import::partners::COLUMNS,
            Kind::Links => &partners::import::links::COLUMNS,
            Kind::Referrals => &partners::import::referrals::COLUMNS,
            Kind::Accounts => &partners::import::accounts::COLUMNS,
            Kind::Settled => &partners::import::settled::COLUMNS,
        };
        let header: Vec<String> = columns.iter().map(|column| column.name.to_owned()).collect();
        // Whole rows now and then, or nearly all would be set aside for their first cell.
        let good =
            "C1,A1,x@example.com,N,2026-01-01,,2026-03-01,2026-03-01,subscription,79.00,,,USD,paid,ref1,,";
        let mut rows = rows;
        if kind == Kind::Billing && cut.index(2) == 0 {
            for row in &mut rows {
                let mut whole: Vec<&str> = good.split(',').collect();
                // Each cell that was drawn replaces one of the good ones.
                for (at, cell) in row.iter().enumerate().take(3) {
                    whole[(at * 7 + cell.len()) % 17] = cell;
                }
                *row = whole;
            }
        }
        let (world, text) = (World::new(), file(&header, &rows, cut));
        let files = [world.file("any.csv", &text)];
        counted_or_refused(&world, &World::ask(kind, &files), &text)
    });
}

#[test]
fn bytes_of_any_kind_are_refused_with_their_place_or_set_aside() {
    let soup =
        prop::collection::vec(prop_oneof![any::<u8>(), prop::sample::select(b"\",\n\r-.".to_vec())], 0..200);
    pound(48, &(soup, any::<bool>()), |(soup, header)| {
        let world = World::new();
        let mut bytes = if header { BILLING.as_bytes().to_vec() } else { Vec::new() };
        bytes.extend(soup);
        let files = [world.file("soup.csv", &bytes)];
        counted_or_refused(&world, &World::ask(Kind::Billing, &files), "")
    });
}
