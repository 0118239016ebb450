//! Laws of the import, on generated files.

use std::fmt::Write as _;
use std::path::PathBuf;

use partners::import::Kind;
use proptest::prelude::*;

use super::world::{BILLING, World, counts};

/// A row of billing: few charges and accounts, so that rows meet.
fn row() -> impl Strategy<Value = String> {
    (
        0..12_u8,
        0..3_u8,
        prop::sample::select(vec!["", "a@example.com", "B@example.com", "-"]),
        1..28_u8,
        prop::sample::select(vec!["subscription", "sms", "odd"]),
        0..400_u16,
        prop::sample::select(vec!["paid", "pending", "collections", "refunded", "chargeback", "partially_refunded"]),
        prop::sample::select(vec!["", "EUR", "USD"]),
        prop::sample::select(vec!["", "ref1", "-"]),
        0..40_u32,
    )
        .prop_map(|(charge, account, email, day, kind, amount, status, currency, code, updated)| {
            let refunded = if status == "partially_refunded" { format!("{}.5", amount / 2) } else { String::new() };
            let account = if charge % 5 == 0 { account } else { charge % 3 };
            format!(
                "C{charge},A{account},{email},2026-01-{day:02},2026-02-{day:02},{kind},{amount}.50,{refunded},,\
                 {currency},{status},{code},2026-03-01T00:{updated:02}:00Z,\n"
            )
        })
}

fn text(rows: &[String]) -> String {
    format!("{BILLING}{}", rows.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn twice_is_once(rows in prop::collection::vec(row(), 0..40)) {
        let world = World::new();
        let first = world.take(Kind::Billing, &text(&rows));
        let before = world.facts();
        let second = world.take(Kind::Billing, &text(&rows));
        prop_assert_eq!(world.facts(), before);
        for report in [&first, &second] {
            let (new, updated, seen, stale, reversed, aside) = counts(report);
            let all = new + updated + seen + stale + reversed + u64::try_from(aside).unwrap();
            prop_assert_eq!(all, u64::try_from(rows.len()).unwrap());
        }
        let (new, updated, _, _, reversed, aside) = counts(&second);
        prop_assert_eq!((new, updated, reversed, aside), (0, 0, 0, 0));
    }

    #[test]
    fn the_order_of_rows_does_not_matter(
        (rows, shuffled) in prop::collection::vec(row(), 0..40)
            .prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))
    ) {
        let (one, two) = (World::new(), World::new());
        let first = counts(&one.take(Kind::Billing, &text(&rows)));
        prop_assert_eq!(first, counts(&two.take(Kind::Billing, &text(&shuffled))));
        prop_assert_eq!(one.facts(), two.facts());
    }

    #[test]
    fn splits_and_prefixes_do_not_matter(rows in prop::collection::vec(row(), 0..40), at in 0..40_usize) {
        // One row for each charge: several versions of one may contradict within a file and not across two.
        let mut rows = rows;
        rows.sort();
        rows.dedup_by_key(|row| row.split(',').next().map(str::to_owned));
        let at = at.min(rows.len());
        let (whole, split, prefix) = (World::new(), World::new(), World::new());
        whole.take(Kind::Billing, &text(&rows));
        split.take(Kind::Billing, &text(&rows[at..]));
        split.take(Kind::Billing, &text(&rows[..at]));
        prefix.take(Kind::Billing, &text(&rows[..at]));
        prefix.take(Kind::Billing, &text(&rows));
        prop_assert_eq!(whole.facts(), split.facts());
        prop_assert_eq!(whole.facts(), prefix.facts());
    }

    #[test]
    fn byte_soup_never_panics_and_is_located(
        kind in prop::sample::select(Kind::ALL.to_vec()),
        soup in prop::collection::vec(prop::sample::select(b"\"\",,\n\n\r\0ab1-.:Z@\xc3\xa9".to_vec()), 0..200),
        header in any::<bool>(),
    ) {
        let world = World::new();
        let mut bytes = if header { BILLING.as_bytes().to_vec() } else { Vec::new() };
        bytes.extend(soup);
        let files = [world.file("soup.csv", &bytes)];
        match world.run(&World::ask(kind, &files), "") {
            Ok(report) => {
                let aside = u64::try_from(report.files[0].tally.set_aside.len()).unwrap();
                prop_assert_eq!(aside, report.files[0].tally.rows);
                let lines = 1 + u64::try_from(bytes.iter().filter(|byte| **byte == b'\n').count()).unwrap();
                prop_assert!(report.set_aside().all(|(_, row)| row.line >= 2 && row.line <= lines));
            }
            Err(error) => {
                let error = error.to_string();
                let located = ["line ", "byte ", "the file is empty"].iter().any(|word| error.contains(word));
                prop_assert!(located, "{}", error);
            }
        }
    }

    /// What the guard lets through, the parser cuts into the same cells whoever asks.
    #[test]
    fn lines_are_the_physical_ones(cells in prop::collection::vec("[a-z\"\n]{0,6}", 1..30), crlf in any::<bool>()) {
        let world = World::new();
        let end = if crlf { "\r\n" } else { "\n" };
        let mut text = format!("account_id,email,name{end}");
        let mut line = 2;
        let mut expected = Vec::new();
        for (at, cell) in cells.iter().enumerate() {
            // Every second row is bad, and must be named by the line on which it begins.
            let email = if at % 2 == 0 { "no blank" } else { "ok" };
            if at % 2 == 0 {
                expected.push(line);
            }
            write!(text, "A{at},{email},\"{}\"{end}", cell.replace('"', "\"\"")).unwrap();
            line += 1 + u64::try_from(cell.matches('\n').count()).unwrap();
        }
        let report = world.run(&World::ask(Kind::Accounts, &[PathBuf::from("-")]), &text).unwrap();
        let lines: Vec<u64> = report.set_aside().map(|(_, row)| row.line).collect();
        prop_assert_eq!(lines, expected);
    }
}
