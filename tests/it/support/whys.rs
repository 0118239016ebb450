//! What `why`, its reply, the preview and `validate` must say early: money that lapses on the very day, a payment that
//! waits at PayPal, an address that no file can hold, two who share one, a letter that only looks like ours.

use partners::commands::payout::outcome::Outcomes;
use partners::commands::preview::{Preview, Scope, preview};
use partners::commands::validate::validate;
use partners::commands::why::{Why, reply, why};
use partners::eligibility::RunKind;
use partners::import::Kind;
use partners::money::Money;
use partners::run::ItemState;
use partners::store::AuditNote;

use super::desk::{BILLING, Desk, PARTNERS, day};
use super::money::pay;

/// Partners of one account each that has one charge of the amount, ready since 2026-04-01.
fn desk(today: &str, partners: &[(&str, &str, u32)]) -> Desk {
    let desk = Desk::on(today);
    for (at, (id, address, amount)) in partners.iter().enumerate() {
        desk.take(
            Kind::Partners,
            &format!(
                "{PARTNERS}{id},Name of {id},{id}@example.com,2025-01-01,{address},active,US,,w9,approved,2025-01-01,\
                 2025-01-02,CODE-{id}\n"
            ),
        );
        desk.take(
            Kind::Billing,
            &format!(
                "{BILLING}C-{at},A-{at},c{at}@example.com,C{at},2026-01-01,2026-01-01,2026-01-02,subscription,\
                 {amount}.00,,,paid,CODE-{id}\n"
            ),
        );
    }
    desk.attribute();
    desk
}

fn ask(desk: &Desk, partner: &str) -> Why {
    why(&desk.reader(), desk.no(partner), desk.today, RunKind::Regular).unwrap()
}

fn mail(desk: &Desk, partner: &str) -> String {
    reply(&ask(desk, partner)).join("\n")
}

fn look(desk: &Desk) -> Preview {
    preview(&desk.reader(), &Scope::of_day(&desk.reader(), desk.today)).unwrap()
}

#[test]
fn money_that_lapses_on_the_very_day_is_told() {
    // Ready since 2026-04-01 and kept through 2026-10-01: the run of 2026-10-02 writes it off.
    let desk = desk("2026-10-02", &[("P-1", "one@example.com", 180)]);
    let answer = ask(&desk, "P-1");
    assert_eq!(answer.lapses.map(|(on, gone)| (on, gone.minor())), Some((day("2026-10-02"), 45_00)));
    let text = mail(&desk, "P-1");
    assert!(text.contains("45.00 USD expire on Friday, 2 October 2026"), "{text}");
    assert!(!text.contains("Ready to be paid"), "{text}");
    assert!(text.contains("100.00 USD are missing"), "{text}");
}

#[test]
fn money_whose_time_is_up_is_said_to_lapse_on_the_payday() {
    // A Saturday after the last day: only the next Friday's run writes off (R5.4, R5.8).
    let desk = desk("2026-10-03", &[("P-1", "one@example.com", 180)]);
    let said: Vec<String> = look(&desk).warnings.into_iter().map(|warning| warning.text).collect();
    let lapse = "45.00 USD of P-1 lapse on 2026-10-09 unless the minimum is reached (R5.4)";
    assert!(said.iter().any(|text| text == lapse), "{said:#?}");
}

#[test]
fn a_payment_that_nobody_claimed_is_told_with_its_day() {
    let desk = desk("2026-04-03", &[("P-1", "one@example.com", 1323)]);
    pay(&desk, Some(Outcomes::Items(vec![("2026-04-03-0001".to_owned(), ItemState::Unclaimed)])));
    let answer = ask(&desk, "P-1");
    let held = &answer.unclaimed[0];
    assert_eq!((held.address.as_str(), held.amount.minor()), ("one@example.com", 330_75));
    assert_eq!((held.since, held.returns_on), (day("2026-04-03"), day("2026-05-03")));
    let text = mail(&desk, "P-1");
    assert!(
        text.contains("PayPal holds 330.75 USD that we sent to one@example.com")
            && text.contains("Sunday, 3 May 2026"),
        "{text}"
    );
    assert!(!text.contains("On its way"), "{text}");
}

#[test]
fn an_address_that_no_file_can_hold_waits_and_the_others_are_paid() {
    let desk = desk("2026-04-03", &[("P-1", "=1+1@shop.example.com", 800), ("P-2", "two@example.com", 800)]);
    let plan = look(&desk);
    let payable: Vec<&str> = plan.payable.iter().map(|row| row.partner.as_str()).collect();
    assert_eq!(payable, ["P-2"]);
    assert_eq!(plan.blocked[0].reasons[0].as_str(), "paypal_malformed");
    let answer = ask(&desk, "P-1");
    let gate = answer.gates.iter().find(|gate| gate.reason.is_some()).unwrap();
    assert!(gate.detail.contains("formula"), "{}", gate.detail);
    assert!(gate.remedy.as_ref().unwrap().command.as_deref().unwrap().starts_with("partners paypal set P-1"));
    let found = validate(&desk.reader(), desk.today, None).unwrap();
    assert_eq!(found.problems[0].partner.as_str(), "P-1");
    // The whole way to the file.
    pay(&desk, Some(Outcomes::AllPaid));
    let entered = partners::commands::records::set_address(desk.writer(), "P-1", "+x@example.com", None);
    assert!(entered.unwrap_err().to_string().contains("formula"));
}

#[test]
fn who_shares_an_address_is_named() {
    let desk = desk("2026-04-03", &[("P-1", "one@example.com", 800), ("P-2", "one@example.com", 800)]);
    let answer = ask(&desk, "P-1");
    let gate = answer.gates.iter().find(|gate| gate.reason.is_some()).unwrap();
    assert!(gate.detail.contains("of P-2 too"), "{}", gate.detail);
    let command = gate.remedy.as_ref().unwrap().command.clone().unwrap();
    assert_eq!(command, "partners paypal allow-shared P-1 P-2 --reason \"...\"");
}

#[test]
fn a_letter_that_only_looks_like_ours_is_named_everywhere() {
    let desk = desk("2026-04-03", &[("P-1", "j\u{43e}@example.com", 800)]);
    let answer = ask(&desk, "P-1");
    let gate = answer.gates.iter().find(|gate| gate.reason.is_some()).unwrap();
    assert!(gate.detail.contains("the letter \u{43e} (U+043E) only looks like o"), "{}", gate.detail);
    assert!(mail(&desk, "P-1").contains("U+043E"), "{}", mail(&desk, "P-1"));
}

#[test]
fn a_changed_address_is_compared_with_the_one_that_was_last_paid() {
    let desk = desk("2026-04-03", &[("P-1", "one@example.com", 800)]);
    pay(&desk, Some(Outcomes::AllPaid));
    let desk = desk.later("2026-04-10");
    for address in ["two@example.com", "three@example.com"] {
        partners::commands::records::set_address(desk.writer(), "P-1", address, None).unwrap();
    }
    let row = "D-1,A-0,c0@example.com,C0,2026-01-01,2026-04-04,2026-04-04,subscription,800.00,,,paid,\n";
    desk.take(Kind::Billing, &format!("{BILLING}{row}"));
    let changed = |desk: &Desk| {
        let plan = look(desk);
        let warning = plan.warnings.into_iter().find(|warning| warning.code == "address_changed");
        warning.map(|warning| warning.text)
    };
    let told = changed(&desk).unwrap();
    assert!(told.contains("one@example.com -> three@example.com"), "{told}");
    // Back to the one that was paid: nothing has changed.
    partners::commands::records::set_address(desk.writer(), "P-1", "one@example.com", None).unwrap();
    assert_eq!(changed(&desk), None);
    // Changed long ago and never paid since: it is still another than the last that was paid.
    partners::commands::records::set_address(desk.writer(), "P-1", "four@example.com", None).unwrap();
    let desk = desk.later("2026-05-08");
    assert!(changed(&desk).unwrap().contains("one@example.com -> four@example.com"));
}

/// Beyond some thousands, partners are read on a second thread from a second view of the books.
#[test]
fn a_preview_of_many_partners_is_of_one_moment() {
    let desk = Desk::on("2026-10-02");
    let partner = |no: usize| {
        format!(
            "P-{no},Name {no},p{no}@example.com,2025-01-01,pay{no}@example.com,active,US,,w9,approved,2025-01-01,\
             2025-01-02,CODE-{no}\n"
        )
    };
    let charge = |no: usize| {
        format!(
            "C-{no},A-{no},c{no}@example.com,C{no},2026-05-01,2026-05-01,2026-05-02,subscription,500.00,,,paid,\
             CODE-{no}\n"
        )
    };
    desk.take(Kind::Partners, &format!("{PARTNERS}{}", (0..2_100).map(partner).collect::<String>()));
    desk.take(Kind::Billing, &format!("{BILLING}{}", (0..50).map(charge).collect::<String>()));
    desk.attribute();
    let (reader, writer) = (desk.reader(), desk.writer());
    let scope = Scope::of_day(&reader, desk.today);
    let said = |preview: &Preview| format!("{:?}", preview.totals);
    let before = said(&preview(&reader, &scope).unwrap());
    assert!(before.contains("payees: 50"), "{before}");
    // A change in the making is seen by its writer alone, although nothing tells the two apart but the connection.
    writer.add_adjustment(desk.no("P-7"), desk.today, Money::from_minor(-5_00), "mistake").unwrap();
    let changed = said(&preview(&writer, &scope).unwrap());
    assert_ne!(changed, before);
    assert_eq!(said(&preview(&reader, &scope).unwrap()), before);
    // Saved, it is not seen by a view that was opened before, whatever a second view would show.
    writer.commit(&AuditNote::new("adjust", serde_json::json!({}))).unwrap();
    assert_eq!(said(&preview(&reader, &scope).unwrap()), before);
    assert_eq!(said(&look(&desk)), changed);
}
