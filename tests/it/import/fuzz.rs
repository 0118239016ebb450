//! Anything at all, for a bounded time: the importer and the grammar of amounts, on the stable toolchain.
//!
//! A test run tries a few hundred cases; `PROPTEST_CASES=2000 cargo test --test it fuzz` tries many (about a minute).
//! A case that fails is made small, printed, and belongs into `fixtures/csv/hostile` as a test of its own.

use partners::import::profile::Profile;
use partners::import::profile::amounts::{AmountForm, Unit};
use partners::import::profile::dates::DateForm;
use partners::money::{Currency, Money};
use proptest::prelude::*;

use super::world::World;

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

/// How many cases are tried: so many in a test run, else a share of what was asked for.
fn cases(least: u32, share: u32) -> ProptestConfig {
    let asked = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { asked.cases / share } else { least };
    ProptestConfig { cases, ..asked }
}

proptest! {
    #![proptest_config(cases(512, 1))]

    #[test]
    fn amounts_are_refused_or_exactly_what_stands_there(text in cell(), form in form()) {
        for code in ["USD", "JPY", "KWD"] {
            let currency: Currency = code.parse().unwrap();
            // What is taken has the digits that stand there, in their order, and no others.
            if let Ok(amount) = form.read(&text, currency) {
                let digits = |text: &str| {
                    text.chars().filter(char::is_ascii_digit).collect::<String>().trim_start_matches('0').to_owned()
                };
                let scale = if form.unit == Unit::Minor { String::new() } else {
                    let places = text.rsplit_once(form.decimal).map_or(0, |(_, rest)| digits_of(rest));
                    "0".repeat(usize::try_from(currency.digits()).unwrap() - places)
                };
                prop_assert_eq!(digits(&amount.minor().to_string()), digits(&format!("{text}{scale}")), "{}", text);
                prop_assert_eq!(amount.is_negative(), text.contains('-'));
            }
            if let Ok(amount) = Money::parse(&text, currency) {
                prop_assert_eq!(Money::parse(&amount.major(currency), currency), Ok(amount));
            }
        }
    }

    #[test]
    fn an_amount_comes_back_from_every_form(
        minor in -99_999_999_999_i64..99_999_999_999,
        form in form(),
        grouped: bool,
    ) {
        let (amount, usd) = (Money::from_minor(minor), Currency::USD);
        prop_assert_eq!(form.read(&written(amount, &form, grouped, usd), usd), Ok(amount));
    }

    #[test]
    fn dates_and_profiles_never_panic(text in ".{0,40}", form in "%?[A-Za-z%:. -]{0,12}") {
        let zone = Some("Europe/Berlin".to_owned());
        let dates = DateForm { forms: vec![form.clone(), "unix".into()], zone, ..DateForm::default() };
        if Profile::parse(&format!("name = \"x\"\n[dates]\nforms = [{form:?}]")).is_ok() {
            prop_assert!(false, "half a profile is none");
        }
        if let Ok(read) = dates.read(&text, "c") {
            let understood = partners::dates::parse_day(&read, &partners::dates::Zone::UTC).is_ok();
            prop_assert!(understood || !read.starts_with("20"), "{}", read);
        }
    }
}

fn digits_of(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}

proptest! {
    // Each case makes a database.
    #![proptest_config(cases(48, 8))]

    /// A real header over rows of anything: located damage, or every row in exactly one count.
    #[test]
    fn exports_of_anything_are_counted_or_refused(
        which in 0..6_usize,
        rows in prop::collection::vec(prop::collection::vec(prop::sample::select(vec![
            "", "-", "79.00", "-79.00", "\"1,079.00\"", "usd", "EUR", "paid", "Paid", "refund", "charge", "dispute",
            "dispute_reversal", "ch_1", "ch_2", "2026-03-01", "2026-03-01 10:00", "2026-03-01 10:00:00", "1772409600",
            "true", "false", "test", "live", "success", "purchase", "\"", "é", "\"a\nb\"", "x@example.com",
        ]), 0..30), 0..8),
        cut in any::<prop::sample::Index>(),
    ) {
        let profiles = partners::import::profile::Profile::built_in().unwrap();
        let profile = &profiles[which];
        let mut header: Vec<String> = profile.needs.iter().map(|words| words.all()[0].clone()).collect();
        for words in profile.columns.values() {
            let name = &words.all()[0];
            if !header.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                header.push(name.clone());
            }
        }
        let mut text = header.join(",") + "\n";
        for row in &rows {
            // As many cells as the header: what is missing is blank, what is too much is cut.
            let cells: Vec<&str> = (0..header.len()).map(|at| row.get(at).copied().unwrap_or("")).collect();
            text.push_str(&(cells.join(",") + "\n"));
        }
        let mut end = text.len() - if cut.index(4) == 0 { cut.index(text.len()) } else { 0 };
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let world = World::new();
        let files = [world.file("any.csv", &text[..end])];
        match world.run(&World::ask_by(&profile.name, &files), "") {
            Ok(report) => {
                let tally = &report.files[0].tally;
                let passed: u64 = tally.passed_over.values().sum();
                let counted = tally.new.rows + tally.updated.rows + tally.seen + tally.stale + tally.reversed.rows;
                let aside = u64::try_from(tally.set_aside.len()).unwrap();
                prop_assert_eq!(counted + passed + aside, tally.rows, "{}", text);
            }
            Err(error) => {
                let error = error.to_string();
                let located = ["line ", "byte ", "the file is empty"].iter().any(|word| error.contains(word));
                prop_assert!(located, "{}", error);
            }
        }
    }
}
