//! `account show|edit`, `note`, `audit log|verify`.

use partners::commands::records::{
    AddLink, Edit, EditAccount, Owner, TrailFilter, add_link, add_note, audit_log, audit_verify,
    edit_account, list_notes, show_account, subject_of,
};
use partners::import::links::LinkChannel;

use super::desk::{Desk, day, from_to, moved, refused};

fn desk() -> Desk {
    let desk = Desk::on("2026-03-02");
    desk.partner("P1", "jo@example.com");
    let link =
        AddLink { code: "JO", owner: Owner::Partner("P1"), channel: LinkChannel::Link, created_on: None };
    add_link(desk.writer(), &link).unwrap();
    desk.account("A1", "cust@example.org", "JO", &[("C1", "2025-12-01", 10_000)]);
    desk
}

#[test]
fn a_correction_stands_over_the_imported_value() {
    let desk = desk();
    let edit = |given: &EditAccount<'_>| edit_account(desk.writer(), "A1", given);
    assert!(edit(&EditAccount::default()).unwrap().is_unchanged());
    let given = EditAccount {
        name: Some("Shop Ltd"),
        opened_on: Some(Edit::Set(day("2026-01-01"))),
        email: Some(" "),
        reason: Some("signed contract"),
        ..EditAccount::default()
    };
    assert_eq!(desk.balance("P1"), 2_500);
    let edited = edit(&given).unwrap();
    assert_eq!(moved(&edited, "opened_on"), from_to("2025-01-01", "2026-01-01"));
    assert_eq!(moved(&edited, "name"), from_to("-", "Shop Ltd"));
    assert!(edited.change("email").is_none(), "a blank never erases");
    assert!(edited.warnings[0].contains("R3.1"), "{edited:?}");
    assert_eq!(desk.balance("P1"), 0, "in the refund period again");
    let edits = "SELECT group_concat(column_name || '=' || coalesce(imported, 'NULL')) FROM account_edits";
    assert_eq!(desk.ask(edits), "name=NULL,opened_on=2025-01-01");
    // A second correction keeps the imported value, and putting it back ends the correction.
    edit(&EditAccount { opened_on: Some(Edit::Set(day("2025-06-01"))), ..EditAccount::default() }).unwrap();
    assert_eq!(desk.ask(edits), "name=NULL,opened_on=2025-01-01");
    edit(&EditAccount { opened_on: Some(Edit::Set(day("2025-01-01"))), ..EditAccount::default() }).unwrap();
    edit(&EditAccount { name: Some("-"), ..EditAccount::default() }).unwrap();
    assert_eq!(desk.ask(edits), "NULL");
    assert_eq!(desk.balance("P1"), 2_500);
    desk.is_sound();
}

#[test]
fn an_account_shows_its_facts_its_referrer_and_its_corrections() {
    let desk = desk();
    let closed = EditAccount { closed_on: Some(Edit::Set(day("2025-11-30"))), ..EditAccount::default() };
    edit_account(desk.writer(), "A1", &closed).unwrap();
    assert_eq!(desk.balance("P1"), 0, "billed after the closing (R2.3)");
    let view = show_account(&desk.reader(), " A1 ").unwrap();
    assert_eq!((view.charges, view.refund_period_ends_on), (1, Some(day("2025-04-01"))));
    assert_eq!(
        (view.ties[0].partner.as_ref().unwrap().as_str(), view.ties[0].evidence.as_str()),
        ("P1", "code")
    );
    assert_eq!(view.record.edits.len(), 1);
    let (said, _) = refused(show_account(&desk.reader(), "A9"));
    assert_eq!(said, "there is no account \"A9\"");
    let edit = |given: &EditAccount<'_>| edit_account(desk.writer(), "A1", given);
    let before = EditAccount { closed_on: Some(Edit::Set(day("2024-12-31"))), ..EditAccount::default() };
    assert!(refused(edit(&before)).0.contains("would close on 2024-12-31, before it opened on 2025-01-01"));
    assert!(
        refused(edit(&EditAccount { email: Some("nobody"), ..EditAccount::default() }))
            .0
            .contains("not an e-mail")
    );
    let tin = EditAccount { name: Some("Shop 12-3456789"), ..EditAccount::default() };
    assert!(refused(edit(&tin)).0.contains("R8"));
    // A changed e-mail that is the referrer's own is reported, and changes nothing (R4.6, R4.3).
    let own = edit(&EditAccount { email: Some("JO@example.com"), ..EditAccount::default() }).unwrap();
    assert!(own.warnings.iter().any(|text| text.contains("R4.6")), "{own:?}");
    assert!(own.warnings.iter().any(|text| text.contains("R4.3")), "{own:?}");
    desk.is_sound();
}

#[test]
fn a_corrected_code_is_evidence_for_the_next_attribution() {
    let desk = desk();
    desk.sql("INSERT INTO accounts (account_id) VALUES ('A2')");
    desk.sql(
        "INSERT INTO charges (charge_id, account_id, billed_on, collected_on, kind, status, amount_cents,
             refunded_cents, digest) VALUES ('C2', 'A2', 20250101, 20250101, 0, 0, 4000, 0, 0)",
    );
    let coded = EditAccount { referral_code: Some("jo"), ..EditAccount::default() };
    let edited = edit_account(desk.writer(), "A2", &coded).unwrap();
    assert_eq!(edited.next, ["partners attribute"]);
    let writer = desk.writer();
    let pass = partners::commands::attribute::by_evidence(&writer).unwrap();
    writer.commit(&pass.audit()).unwrap();
    assert_eq!(pass.tied[0].account, "A2");
    assert_eq!(desk.balance("P1"), 3_500);
    let cleared = EditAccount { referral_code: Some("-"), ..EditAccount::default() };
    edit_account(desk.writer(), "A2", &cleared).unwrap();
    assert_eq!(desk.ask("SELECT carries_code || attributed FROM accounts WHERE account_id = 'A2'"), "01");
    desk.is_sound();
}

#[test]
fn notes_are_kept_on_whatever_has_a_name() {
    let desk = desk();
    let add = |subject: &str, text: &str| add_note(desk.writer(), subject, text);
    assert_eq!(add("P1", "asked for a cheque").unwrap().subject, "partner:P1");
    assert_eq!(add("jo@example.com", "rang again").unwrap().subject, "partner:P1");
    assert_eq!(add("A1", "is being sold").unwrap().subject, "account:A1");
    assert_eq!(add("charge:C1", "disputed").unwrap().subject, "charge:C1");
    let (said, next) = refused(add("Z9", "x"));
    assert!(said.starts_with("nothing is named \"Z9\""), "{said}");
    assert_eq!(next, "partners lookup Z9");
    assert!(refused(add("run:2026-01-02", "x")).0.contains("no run \"2026-01-02\""));
    assert!(refused(add("P1", "")).0.contains("the note is empty"));
    assert!(refused(add("P1", "his ITIN is 912-34-5678")).0.contains("R8"));
    let texts = |subject| -> Vec<String> {
        list_notes(&desk.reader(), subject).unwrap().into_iter().map(|note| note.text).collect()
    };
    assert_eq!(texts(Some("P1")), ["asked for a cheque", "rang again"]);
    assert_eq!(texts(None).len(), 4);
    assert_eq!(subject_of(&desk.reader(), "C1").unwrap(), ("charge", "C1".to_owned()));
    assert_eq!(show_account(&desk.reader(), "A1").unwrap().notes[0].text, "is being sold");
}

#[test]
fn the_trail_is_asked_by_subject_and_walked_from_the_beginning() {
    let desk = desk();
    add_note(desk.writer(), "A1", "is being sold").unwrap();
    let log = |filter| audit_log(&desk.reader(), filter);
    let actions =
        |filter| -> Vec<String> { log(filter).unwrap().into_iter().map(|row| row.action).collect() };
    assert_eq!(actions(TrailFilter::Partner("jo")), ["partner add", "link add"]);
    assert_eq!(actions(TrailFilter::Account("A1")), ["attribute", "note add"]);
    assert_eq!(actions(TrailFilter::All), ["init", "partner add", "link add", "attribute", "note add"]);
    assert!(refused(log(TrailFilter::Run("2026-01-02"))).0.contains("no run"));
    let trail = audit_verify(&desk.reader()).unwrap();
    assert_eq!((trail.rows, trail.broken), (5, None));
    desk.sql("DROP TRIGGER audit_keeps_rows; UPDATE audit SET reason = 'x' WHERE audit_no = 3");
    assert_eq!(audit_verify(&desk.reader()).unwrap().broken.unwrap().0, 3);
}
