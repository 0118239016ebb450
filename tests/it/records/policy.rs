//! `policy show|set` (R1.6).

use partners::commands::records::{
    AddLink, Owner, RecordError, Retroactive, SetPolicy, add_link, set_policy, show_policy,
};
use partners::ids::RunName;
use partners::import::links::LinkChannel;
use partners::policy::Key;

use super::desk::{Desk, day, refused};

fn set(
    desk: &Desk,
    key: Key,
    value: &str,
    from: &str,
    retroactive: bool,
) -> Result<Retroactive, RecordError> {
    let given = SetPolicy { key, value, from: day(from), reason: "board decision", retroactive };
    set_policy(desk.writer(), &given)
}

/// Two partners with 25.00 and 50.00 eligible, and a run of 2026-02-27.
fn desk() -> Desk {
    let desk = Desk::on("2026-03-02");
    for (id, cents) in [("P1", 10_000), ("P2", 20_000)] {
        desk.partner(id, &format!("{id}@example.com"));
        let link =
            AddLink { code: id, owner: Owner::Partner(id), channel: LinkChannel::Link, created_on: None };
        add_link(desk.writer(), &link).unwrap();
        let charge = format!("C-{id}");
        desk.account(&format!("A-{id}"), &format!("{id}@example.net"), id, &[(&charge, "2025-12-01", cents)]);
    }
    desk.sql(
        "INSERT INTO runs (name, date, kind, state, currency, created_by, created_user, created_at, plan_sha256)
         VALUES ('2026-02-20', 20260220, 'regular', 'cancelled', 'USD', 'x', 'x', 'x', 'x'),
                ('2026-02-13', 20260213, 'regular', 'settled', 'USD', 'x', 'x', 'x', 'x'),
                ('import-1', 20260226, 'import', 'settled', 'USD', 'x', 'x', 'x', 'x')",
    );
    desk
}

#[test]
fn every_setting_is_shown_with_since_when_and_why() {
    let desk = desk();
    let show = |date: &str| show_policy(&desk.reader(), day(date)).unwrap();
    let line = |date: &str, key: Key| show(date).lines.into_iter().find(|line| line.key == key).unwrap();
    assert_eq!(show("2026-03-02").lines.len(), Key::ALL.len());
    assert_eq!(
        (line("2026-03-02", Key::Minimum).value.as_str(), line("2026-03-02", Key::Minimum).set_by),
        ("100.00", None)
    );
    assert_eq!(line("2026-03-02", Key::Timezone).set_by.unwrap().reason, "init");
    set(&desk, Key::Minimum, "50", "2026-04-01", false).unwrap();
    set(&desk, Key::Minimum, "60", "2026-04-01", false).unwrap();
    set(&desk, Key::Minimum, "70", "2026-05-01", false).unwrap();
    let march = line("2026-03-31", Key::Minimum);
    assert_eq!((march.value.as_str(), march.next.unwrap().value.as_str()), ("100.00", "60.00"));
    let april = line("2026-04-01", Key::Minimum);
    assert_eq!((april.value.as_str(), april.set_by.unwrap().from), ("60.00", Some(day("2026-04-01"))));
    assert_eq!(april.next.unwrap().from, Some(day("2026-05-01")));
}

#[test]
fn a_change_from_a_later_day_is_saved_and_changes_no_balance_yet() {
    let desk = desk();
    let effect = set(&desk, Key::Rate, "0.30", "2026-03-02", false).unwrap();
    let change = effect.change.unwrap();
    assert_eq!((change.old.as_deref(), change.new.as_deref()), (Some("0.25"), Some("0.30")));
    assert_eq!((effect.runs, effect.partners), (Vec::new(), Vec::new()));
    assert_eq!(effect.before.minor(), 7_500);
    let row = desk.reader().audit_rows(Some("policy:rate")).unwrap().pop().unwrap();
    assert_eq!(row.reason.as_deref(), Some("board decision"));
    let rows = desk.audit_rows();
    assert_eq!(set(&desk, Key::Rate, "0.3", "2026-03-05", false).unwrap().change, None, "it is so already");
    assert_eq!(desk.audit_rows(), rows);
    desk.is_kept_right();
}

#[test]
fn a_version_that_reaches_back_over_a_run_is_refused_with_its_effect() {
    let desk = desk();
    let rows = desk.audit_rows();
    let (said, next) = refused(set(&desk, Key::Rate, "0.30", "2025-11-01", false));
    assert_eq!(
        said,
        "rate from 2025-11-01 reaches back over 2026-02-13 (R1.6); as of 2026-03-02 it would change the balances of 2 \
         partners, in all 75.00 → 90.00 USD; nothing was changed"
    );
    assert!(
        next.ends_with("partners policy set rate 0.30 --from 2025-11-01 --reason TEXT --retroactive"),
        "{next}"
    );
    assert_eq!((desk.balance("P1"), desk.audit_rows()), (2_500, rows), "nothing was changed");
    desk.is_kept_right();
    // On the very day of the run counts; the day after does not; cancelled and imported runs do not either.
    assert!(set(&desk, Key::Minimum, "90", "2026-02-13", false).is_err());
    assert!(set(&desk, Key::Minimum, "90", "2026-02-14", false).is_ok());
    let effect = set(&desk, Key::Rate, "0.30", "2025-11-01", true).unwrap();
    assert_eq!(effect.runs.iter().map(RunName::as_str).collect::<Vec<_>>(), ["2026-02-13"]);
    let partners: Vec<_> =
        effect.partners.iter().map(|(id, old, new)| (id.as_str(), old.minor(), new.minor())).collect();
    assert_eq!(partners, [("P1", 2_500, 3_000), ("P2", 5_000, 6_000)]);
    assert_eq!((effect.before.minor(), effect.after.minor()), (7_500, 9_000));
    assert_eq!(desk.balance("P2"), 6_000);
    let row = desk.reader().audit_rows(None).unwrap().pop().unwrap();
    assert!(
        row.detail.contains(r#""before":"75.00""#) || row.detail.contains(r#""after":"90.00""#),
        "{}",
        row.detail
    );
    desk.is_kept_right();
}

#[test]
fn a_value_that_the_key_does_not_take_is_refused() {
    let desk = desk();
    for (key, value) in [
        (Key::Rate, "25%"),
        (Key::Minimum, "-1"),
        (Key::Payday, "someday"),
        (Key::CommissionableKinds, "unclassified"),
        (Key::SecondApprover, "maybe"),
        (Key::BooksOpenOn, "soon"),
        (Key::Timezone, "Mars"),
    ] {
        let (said, _) = refused(set(&desk, key, value, "2026-04-01", false));
        assert!(said.contains("cannot be"), "{said}");
    }
    let given =
        SetPolicy { key: Key::Rate, value: "0.3", from: day("2026-04-01"), reason: "", retroactive: false };
    assert!(refused(set_policy(desk.writer(), &given)).0.contains("reason is empty"));
    let later = set(&desk, Key::Rate, "0.30", "2026-05-01", false);
    assert!(later.is_ok());
    let earlier = set(&desk, Key::Rate, "0.28", "2026-04-01", false).unwrap();
    assert_eq!(earlier.warnings, ["later versions of rate stand: 0.30 from 2026-05-01"]);
}
