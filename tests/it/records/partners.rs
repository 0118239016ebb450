//! `partner add|edit|show|list|release` and `paypal set|confirm|allow-shared`.

use partners::commands::records::{
    Edit, Outcome, PartnerFacts, PartnerFilter, add_partner, allow_shared, confirm_address, edit_partner,
    list_partners, release_partner, set_address, show_partner,
};
use partners::partner::{Reason, Standing};

use super::desk::{Desk, day, from_to, moved, refused};

fn facts<'a>(name: &'a str, email: &'a str) -> PartnerFacts<'a> {
    PartnerFacts { name: Some(name), email: Some(email), ..PartnerFacts::default() }
}

fn warns(outcome: &Outcome, words: &str) -> bool {
    outcome.warnings.iter().any(|warning| warning.contains(words))
}

#[test]
fn a_new_partner_is_pending_and_told_what_comes_next() {
    let desk = Desk::on("2026-03-02");
    let given = PartnerFacts {
        country: Some("us"),
        paypal_email: Some("pay@example.org"),
        ..facts("Jo Doe", "Jo@Example.com")
    };
    let added = add_partner(desk.writer(), "P1", &given, Some("JO"), None).unwrap();
    assert_eq!(moved(&added, "status"), from_to("-", "pending"));
    assert_eq!(moved(&added, "email"), from_to("-", "Jo@Example.com"));
    assert_eq!(moved(&added, "joined_on"), from_to("-", "2026-03-02"));
    assert_eq!(moved(&added, "country"), from_to("-", "US"));
    assert_eq!(moved(&added, "paypal_state"), from_to("-", "unconfirmed"));
    assert_eq!(moved(&added, "referral_code"), from_to("-", "JO"));
    assert!(added.change("paypal_changed_on").is_none(), "a first address replaces none");
    assert_eq!(
        added.next,
        ["partners tax set P1", "partners partner edit P1 --status active"],
        "the address is there already"
    );
    for name in ["P1", "jo@example.com", "jo"] {
        assert_eq!(show_partner(&desk.reader(), desk.today, name).unwrap().record.facts.id.0, "P1", "{name}");
    }
    let note = desk.reader().audit_rows(Some("partner:P1")).unwrap();
    assert_eq!((note.len(), note[0].action.as_str()), (1, "partner add"));
}

#[test]
fn a_partner_s_names_are_theirs_alone() {
    let desk = Desk::on("2026-03-02");
    add_partner(desk.writer(), "P1", &facts("Jo", "jo@example.com"), Some("JO"), None).unwrap();
    let rows = desk.audit_rows();
    let add =
        |id: &str, given: &PartnerFacts<'_>, code| refused(add_partner(desk.writer(), id, given, code, None));
    let (said, next) = add("P1", &facts("X", "x@example.com"), None);
    assert_eq!((said.as_str(), next.contains("partner show P1")), ("partner P1 exists already", true));
    let (said, next) = add("P2", &facts("X", " JO@EXAMPLE.COM "), None);
    assert_eq!(said, "JO@EXAMPLE.COM is already the login e-mail of partner P1 (R4.7)");
    assert_eq!(next, "partners partner show P1");
    let (said, _) = add("P2", &facts("X", "x@example.com"), Some("jo"));
    assert_eq!(said, "the code \"JO\" is already a link of partner P1 (R4.7)");
    for (id, email, code, words) in [
        ("p1", "x@example.com", None, "\"p1\" is the id of partner P1, but for the case of its letters"),
        ("jo@example.com", "x@example.com", None, "\"jo@example.com\" is the login e-mail of partner P1"),
        ("Jo", "x@example.com", None, "\"Jo\" is the code of a link of partner P1"),
        ("P2", "x@example.com", Some("P1"), "\"P1\" is the id of partner P1"),
    ] {
        let (said, next) = add(id, &facts("X", email), code);
        assert!(said.starts_with(words) && next.contains("give another"), "{said}: {next}");
    }
    for (id, given, words) in [
        ("P 2", facts("X", "x@example.com"), "one word"),
        ("P2", facts(" ", "x@example.com"), "needs --name"),
        ("P2", facts("X", ""), "needs --email"),
        ("P2", facts("X", "x at shop"), "is not an e-mail address"),
        ("P2", facts("X 123-45-6789", "x@example.com"), "never stored"),
        ("P2", PartnerFacts { country: Some("Germany"), ..facts("X", "x@example.com") }, "two letters"),
        (
            "P2",
            PartnerFacts { joined_on: Some(day("2026-03-03")), ..facts("X", "x@example.com") },
            "in the future",
        ),
        ("P2", PartnerFacts { paypal_email: Some("x@shop"), ..facts("X", "x@example.com") }, "R6.4"),
    ] {
        let (said, _) = add(id, &given, None);
        assert!(said.contains(words), "{said}");
    }
    assert_eq!(desk.audit_rows(), rows, "a refusal leaves no trace");
    assert_eq!(list_partners(&desk.reader(), desk.today, PartnerFilter::default()).unwrap().len(), 1);
}

#[test]
fn an_edit_says_old_and_new_and_an_absent_flag_erases_nothing() {
    let desk = Desk::on("2026-03-02");
    desk.partner("P1", "jo@example.com");
    let none = edit_partner(desk.writer(), "P1", &PartnerFacts::default(), None).unwrap();
    assert!(none.is_unchanged());
    let rows = desk.audit_rows();
    let given = PartnerFacts {
        name: Some("Jo Doe"),
        email: Some("  "),
        status: Some(Standing::Suspended),
        country: Some("de"),
        us_person: Some(Edit::Set(true)),
        ..PartnerFacts::default()
    };
    let edited = edit_partner(desk.writer(), "jo@example.com", &given, Some("under review")).unwrap();
    assert_eq!(moved(&edited, "name"), from_to("P1", "Jo Doe"));
    assert_eq!(moved(&edited, "status"), from_to("active", "suspended"));
    assert_eq!(moved(&edited, "us_person"), from_to("-", "yes"));
    assert_eq!(edited.changes.len(), 4, "{edited:?}");
    assert_eq!(desk.audit_rows(), rows + 1);
    let row = desk.reader().audit_rows(Some("partner:P1")).unwrap().pop().unwrap();
    assert_eq!((row.actor.as_str(), row.reason.as_deref()), ("ann", Some("under review")));
    assert!(row.detail.contains(r#""old":"active""#), "{}", row.detail);
    let cleared = PartnerFacts {
        country: Some("-"),
        us_person: Some(Edit::Clear),
        status: Some(Standing::Active),
        ..PartnerFacts::default()
    };
    let edited = edit_partner(desk.writer(), "P1", &cleared, None).unwrap();
    assert_eq!(moved(&edited, "country"), from_to("DE", "-"));
    assert_eq!(moved(&edited, "us_person"), from_to("yes", "-"));
    assert_eq!(edited.next, ["partners why P1"]);
    let edit = |given: &PartnerFacts<'_>, reason| refused(edit_partner(desk.writer(), "P1", given, reason)).0;
    let dash = PartnerFacts { name: Some("-"), ..PartnerFacts::default() };
    assert_eq!(edit(&dash, None), "the name cannot be cleared; give a new one");
    assert!(edit(&cleared, Some("EIN 12-3456789")).contains("employer identification"));
    let (said, _) = refused(edit_partner(desk.writer(), "nobody", &cleared, None));
    assert_eq!(said, "there is no partner \"nobody\"");
}

#[test]
fn a_first_rate_holds_from_the_beginning_and_a_changed_one_from_its_day() {
    let desk = Desk::on("2026-03-02");
    add_partner(desk.writer(), "P1", &facts("Jo", "jo@example.com"), Some("JO"), None).unwrap();
    let charges = [("C1", "2025-06-01", 10_000), ("C2", "2026-02-01", 10_000), ("C3", "2026-03-02", 10_000)];
    desk.account("A1", "cust@example.org", "JO", &charges);
    assert_eq!(desk.balance("P1"), 7_500);
    let rate = |rate: &str, from: Option<&str>| PartnerFacts {
        rate: Some(rate.parse().unwrap()),
        rate_from: from.map(day),
        ..PartnerFacts::default()
    };
    let edit = |given: &PartnerFacts<'_>| edit_partner(desk.writer(), "P1", given, None);
    let (said, next) = refused(edit(&rate("0.30", Some("2026-02-01"))));
    assert!(
        said.contains("a first one is in force from the beginning (R2.5), not from 2026-02-01"),
        "{said}"
    );
    assert!(next.contains("partners partner edit P1 --rate 0.25"), "{next}");
    let first = edit(&rate("0.30", None)).unwrap();
    assert_eq!(moved(&first, "rate"), from_to("-", "0.30"));
    assert!(first.warnings[0].contains("all charges are reckoned afresh"), "{:?}", first.warnings);
    assert_eq!(desk.balance("P1"), 9_000, "from the beginning");
    let changed = edit(&rate("0.50", None)).unwrap();
    assert_eq!(moved(&changed, "rate"), from_to("0.30", "0.30; 0.50 from 2026-03-02"));
    assert!(changed.warnings.is_empty(), "from today on: {:?}", changed.warnings);
    assert_eq!(desk.balance("P1"), 11_000, "from today");
    let back = edit(&rate("0.40", Some("2026-02-01"))).unwrap();
    assert_eq!(moved(&back, "rate").1.unwrap(), "0.30; 0.40 from 2026-02-01; 0.50 from 2026-03-02");
    assert!(back.warnings[0].contains("from 2026-02-01 on are reckoned afresh"), "{:?}", back.warnings);
    assert_eq!(desk.balance("P1"), 3_000 + 4_000 + 5_000);
    assert!(edit(&rate("0.40", Some("2026-02-10"))).unwrap().is_unchanged(), "it is that already");
    let (said, _) = refused(edit(&PartnerFacts { rate: None, ..rate("0", Some("2026-02-01")) }));
    assert_eq!(said, "--rate-from says when, but not which rate");
    desk.is_sound();
}

#[test]
fn the_same_address_again_is_no_re_entry() {
    let desk = Desk::on("2026-03-02");
    desk.partner("P1", "jo@example.com");
    let set = |desk: &Desk, address: &str| set_address(desk.writer(), "P1", address, None);
    let first = set(&desk, "Pay@Example.com").unwrap();
    assert_eq!(moved(&first, "paypal_email"), from_to("-", "Pay@Example.com"));
    assert!(first.change("paypal_changed_on").is_none());
    desk.sql("UPDATE partners SET paypal_state = 'rejected'");
    let desk = desk.later("2026-03-09");
    assert!(set(&desk, " pay@EXAMPLE.com ").unwrap().is_unchanged(), "PayPal's refusal stands");
    assert_eq!(desk.ask("SELECT paypal_state FROM partners"), "rejected");
    // Clearing it in between is no way around that.
    assert_eq!(moved(&set(&desk, "-").unwrap(), "paypal_email"), from_to("Pay@Example.com", "-"));
    set(&desk, "pay@example.com").unwrap();
    assert_eq!(desk.ask("SELECT paypal_state || coalesce(paypal_changed_on, '') FROM partners"), "rejected");
    let other = set(&desk, "new@example.com").unwrap();
    assert_eq!(moved(&other, "paypal_state"), from_to("rejected", "unconfirmed"));
    assert_eq!(moved(&other, "paypal_changed_on"), from_to("-", "2026-03-09"));
    let history = show_partner(&desk.reader(), desk.today, "P1").unwrap().addresses;
    let seen: Vec<_> = history.iter().map(|entry| entry.email.as_ref().map(ToString::to_string)).collect();
    let address = |text: &str| Some(text.to_owned());
    assert_eq!(
        seen,
        [address("Pay@Example.com"), None, address("pay@example.com"), address("new@example.com")]
    );
    assert!(history.iter().all(|entry| entry.source == "paypal set"));
    for wrong in ["x@shop", "x@@example.com", "jö@example.com", &format!("{}@example.com", "x".repeat(65))] {
        let (said, next) = refused(set(&desk, wrong));
        assert!(said.contains("is no address that PayPal takes (R6.4)"), "{said}");
        assert!(next.contains("partners paypal set P1 ADDRESS"), "{next}");
    }
    assert_eq!(refused(set(&desk, " ")).0, "the address is empty");
    assert!(warns(&set(&desk, "jo@gmial.com").unwrap(), "slip for gmail.com"));
    assert!(warns(&set(&desk, "jo@example.com").unwrap(), "belongs to nobody"));
}

#[test]
fn staff_confirm_an_address_that_paypal_rejected() {
    let desk = Desk::on("2026-03-02");
    desk.partner("P1", "jo@example.com");
    let confirm = || confirm_address(desk.writer(), "P1", Some("the partner rang"));
    let (said, next) = refused(confirm());
    assert_eq!(
        (said.as_str(), next.as_str()),
        ("P1 has no PayPal address to confirm", "partners paypal set P1 ADDRESS")
    );
    set_address(desk.writer(), "P1", "pay@example.com", None).unwrap();
    desk.sql("UPDATE partners SET paypal_state = 'rejected'");
    assert_eq!(moved(&confirm().unwrap(), "paypal_state"), from_to("rejected", "confirmed"));
    assert!(confirm().unwrap().is_unchanged());
    desk.sql("UPDATE partners SET paypal_email = 'pay@shop', paypal_key = 'pay@shop'");
    assert!(refused(confirm()).0.contains("no address that PayPal takes"));
}

#[test]
fn two_partners_share_an_address_only_when_staff_allow_the_two() {
    let desk = Desk::on("2026-03-02");
    for (id, email) in [("P1", "jo@example.com"), ("P2", "ann@example.com"), ("P3", "eve@example.com")] {
        desk.partner(id, email);
    }
    set_address(desk.writer(), "P1", "pay@example.com", None).unwrap();
    let second = set_address(desk.writer(), "P2", "PAY@example.com", None).unwrap();
    assert!(warns(&second, "partners paypal allow-shared P2 P1 --reason TEXT"), "{second:?}");
    let closed = |id: &str| show_partner(&desk.reader(), desk.today, id).unwrap().closed;
    assert!(closed("P1").contains(&Reason::PaypalShared) && closed("P2").contains(&Reason::PaypalShared));
    let allow = |one: &str, two: &str, reason: &str| allow_shared(desk.writer(), one, two, reason);
    assert!(refused(allow("P1", "P1", "one")).0.contains("cannot share an address with themselves"));
    assert!(refused(allow("P1", "P3", "one")).0.contains("do not share an address"));
    assert!(refused(allow("P1", "P2", " ")).0.contains("the reason is empty"));
    let allowed = allow("P2", "P1", "one household").unwrap();
    assert_eq!(moved(&allowed, "shares_paypal_with"), from_to("-", "P1 (pay@example.com)"));
    assert!(!closed("P1").contains(&Reason::PaypalShared) && !closed("P2").contains(&Reason::PaypalShared));
    assert!(allow("P1", "P2", "again").unwrap().is_unchanged());
    for id in ["P1", "P2"] {
        let rows = desk.reader().audit_rows(Some(&format!("partner:{id}"))).unwrap();
        assert_eq!(rows.last().unwrap().action, "paypal allow-shared");
    }
    // A third one is not among the two.
    set_address(desk.writer(), "P3", "pay@example.com", None).unwrap();
    assert!(closed("P1").contains(&Reason::PaypalShared));
    // A closed partner does not count (R6.5).
    let leave = PartnerFacts { status: Some(Standing::Closed), ..PartnerFacts::default() };
    edit_partner(desk.writer(), "P3", &leave, None).unwrap();
    assert!(!closed("P1").contains(&Reason::PaypalShared));
}

#[test]
fn a_release_opens_the_reversal_gate_with_a_reason() {
    let desk = Desk::on("2026-03-02");
    desk.partner("P1", "jo@example.com");
    assert!(release_partner(desk.writer(), "P1", "nothing to release").unwrap().is_unchanged());
    desk.sql("UPDATE partners SET payment_reversed = 1");
    assert!(refused(release_partner(desk.writer(), "P1", "")).0.contains("reason is empty"));
    let released = release_partner(desk.writer(), "P1", "sent back by mistake").unwrap();
    assert_eq!(moved(&released, "payment_reversed"), from_to("yes", "no"));
    let row = desk.reader().audit_rows(Some("partner:P1")).unwrap().pop().unwrap();
    assert_eq!(
        (row.action.as_str(), row.reason.as_deref()),
        ("partner release", Some("sent back by mistake"))
    );
}

#[test]
fn the_list_says_who_waits_for_what() {
    let desk = Desk::on("2026-03-02");
    desk.partner("P2", "ann@example.com");
    add_partner(desk.writer(), "P1", &facts("Jo", "jo@example.com"), None, None).unwrap();
    let list = |filter| list_partners(&desk.reader(), desk.today, filter).unwrap();
    let all = list(PartnerFilter::default());
    assert_eq!(all.iter().map(|line| line.partner.as_str()).collect::<Vec<_>>(), ["P1", "P2"]);
    assert_eq!(all[0].closed, [Reason::PartnerPending, Reason::TaxMissing, Reason::PaypalMissing]);
    let active = list(PartnerFilter { status: Some(Standing::Active), blocked: true });
    assert_eq!(active.iter().map(|line| line.partner.as_str()).collect::<Vec<_>>(), ["P2"]);
}

#[test]
fn a_login_that_turns_out_to_be_a_customer_s_is_warned_about_and_changes_nothing() {
    let desk = Desk::on("2026-03-02");
    add_partner(desk.writer(), "P1", &facts("Jo", "jo@example.com"), Some("JO"), None).unwrap();
    desk.account("A1", "cust@example.org", "JO", &[("C1", "2025-06-01", 10_000)]);
    let edited = PartnerFacts { email: Some("cust@example.org"), ..PartnerFacts::default() };
    let edited = edit_partner(desk.writer(), "P1", &edited, None).unwrap();
    assert!(edited.warnings[0].contains("account A1") && edited.warnings[0].contains("R4.6"), "{edited:?}");
    assert_eq!(desk.balance("P1"), 2_500);
    let paid = set_address(desk.writer(), "P1", "cust@example.org", None).unwrap();
    assert!(warns(&paid, "R4.6"), "{paid:?}");
}
