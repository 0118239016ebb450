//! `tax set|approve|reject` (R6.2, R6.3).

use partners::commands::records::{
    Edit, Outcome, PartnerFacts, RecordError, SetTax, approve_tax, edit_partner, reject_tax, set_tax,
    show_partner,
};
use partners::partner::{Reason, TaxForm};
use partners::store::records::Answers;

use super::desk::{Desk, day, from_to, moved, refused};

const NO: Answers =
    Answers { citizen: Some(false), green_card: Some(false), days_183: Some(false), worked: Some(false) };

fn set(desk: &Desk, form: TaxForm, signed: Option<&str>, answers: Answers) -> Result<Outcome, RecordError> {
    let given = SetTax { form, signed_on: signed.map(day), answers, reason: None };
    set_tax(desk.writer(), "P1", &given)
}

fn approve(desk: &Desk, on: Option<&str>) -> Result<Outcome, RecordError> {
    approve_tax(desk.writer(), "P1", on.map(day), None)
}

fn gate(desk: &Desk) -> Option<Reason> {
    let closed = show_partner(&desk.reader(), desk.today, "P1").unwrap().closed;
    closed.into_iter().find(|reason| reason.as_str().starts_with("tax_"))
}

fn desk() -> Desk {
    let desk = Desk::on("2026-03-02");
    desk.partner("P1", "jo@example.com");
    desk
}

#[test]
fn a_form_is_received_then_approved() {
    let desk = desk();
    assert_eq!(gate(&desk), Some(Reason::TaxMissing));
    let (said, next) = refused(approve(&desk, None));
    assert!(said.contains("no tax form on file"), "{said}");
    assert_eq!(next, "partners tax set P1 --form international");
    let received = set(&desk, TaxForm::W9, Some("2026-02-20"), Answers::default()).unwrap();
    assert_eq!(moved(&received, "tax_form"), from_to("-", "w9"));
    assert_eq!(moved(&received, "tax_status"), from_to("missing", "received"));
    assert_eq!(received.next, ["partners tax approve P1, or partners tax reject P1 --reason TEXT"]);
    assert_eq!(gate(&desk), Some(Reason::TaxReceived));
    let approved = approve(&desk, Some("2026-02-25")).unwrap();
    assert_eq!(moved(&approved, "tax_status"), from_to("received", "approved"));
    assert_eq!(moved(&approved, "tax_decided_on"), from_to("-", "2026-02-25"));
    assert_eq!(moved(&approved, "first_approved_on"), from_to("-", "2026-02-25"));
    assert_eq!(gate(&desk), None);
    assert!(approve(&desk, None).unwrap().is_unchanged(), "it is approved already");
    assert!(refused(approve(&desk, Some("2026-03-03"))).0.contains("in the future"));
}

#[test]
fn the_earliest_approval_is_kept_and_a_new_form_waits_again() {
    let desk = desk();
    set(&desk, TaxForm::W9, None, Answers::default()).unwrap();
    approve(&desk, Some("2026-02-25")).unwrap();
    let earlier = approve(&desk, Some("2026-02-10")).unwrap();
    assert_eq!(moved(&earlier, "first_approved_on"), from_to("2026-02-25", "2026-02-10"));
    let again = set(&desk, TaxForm::W9, Some("2026-03-01"), Answers::default()).unwrap();
    assert_eq!(moved(&again, "tax_status"), from_to("approved", "received"));
    assert_eq!(moved(&again, "tax_decided_on"), from_to("2026-02-10", "-"));
    assert!(again.change("first_approved_on").is_none(), "what was earned stays earned (R6.3)");
    let later = approve(&desk, None).unwrap();
    assert!(later.change("first_approved_on").is_none());
    // An approval without a date counts from the beginning.
    desk.sql("UPDATE partners SET first_approved_on = 1");
    assert!(approve(&desk, Some("2026-01-01")).unwrap().change("first_approved_on").is_none());
}

#[test]
fn all_four_questions_need_an_answer() {
    let desk = desk();
    let open = Answers { citizen: Some(false), ..Answers::default() };
    let (said, next) = refused(set(&desk, TaxForm::International, None, open));
    assert!(said.contains("all need an answer (R6.2)"), "{said}");
    assert_eq!(next, "add --green-card, --days-183, --worked with yes or no");
    assert!(
        refused(set(&desk, TaxForm::W9, None, NO)).0.contains("belong to the International questionnaire")
    );
    let answered = set(&desk, TaxForm::International, None, NO).unwrap();
    assert_eq!(moved(&answered, "us_citizen"), from_to("-", "no"));
    approve(&desk, None).unwrap();
    assert_eq!(gate(&desk), None);
}

#[test]
fn any_yes_routes_to_the_w9() {
    for (at, field) in ["us_citizen", "us_green_card", "us_183_days", "us_worked"].into_iter().enumerate() {
        let desk = desk();
        let yes = |question: usize| Some(question == at);
        let answers = Answers { citizen: yes(0), green_card: yes(1), days_183: yes(2), worked: yes(3) };
        let answered = set(&desk, TaxForm::International, None, answers).unwrap();
        assert_eq!(
            answered.warnings,
            [format!(
                "yes to {field}: a US person or taxpayer, so a signed W-9 is needed and international does not open \
                 the gate (R6.2)"
            )]
        );
        assert_eq!(answered.next, ["partners tax set P1 --form w9"]);
        assert_eq!(gate(&desk), Some(Reason::TaxWrongForm));
        let (said, next) = refused(approve(&desk, None));
        assert!(said.contains("international is the wrong form") && said.contains(field), "{said}");
        assert!(next.starts_with("partners tax set P1 --form w9"), "{next}");
        set(&desk, TaxForm::W9, None, Answers::default()).unwrap();
        approve(&desk, None).unwrap();
        assert_eq!(gate(&desk), None, "the W-9 is accepted");
        // A new questionnaire without a yes takes the old one's place.
        set(&desk, TaxForm::International, None, NO).unwrap();
        approve(&desk, None).unwrap();
        assert_eq!(gate(&desk), None);
    }
}

#[test]
fn a_us_person_by_country_or_by_word_needs_the_w9() {
    let desk = desk();
    let say = |facts: &PartnerFacts<'_>| edit_partner(desk.writer(), "P1", facts, None).unwrap();
    say(&PartnerFacts { country: Some("US"), ..PartnerFacts::default() });
    let wrong = set(&desk, TaxForm::W8ben, Some("2026-02-01"), Answers::default()).unwrap();
    assert!(wrong.warnings[0].starts_with("the country is US"), "{wrong:?}");
    assert_eq!(gate(&desk), Some(Reason::TaxWrongForm));
    say(&PartnerFacts { us_person: Some(Edit::Set(false)), ..PartnerFacts::default() });
    approve(&desk, None).unwrap();
    assert_eq!(gate(&desk), None);
    say(&PartnerFacts { us_person: Some(Edit::Set(true)), country: Some("DE"), ..PartnerFacts::default() });
    assert_eq!(gate(&desk), Some(Reason::TaxWrongForm));
}

#[test]
fn a_w8_needs_its_day_and_expires() {
    let desk = desk();
    let (said, next) = refused(set(&desk, TaxForm::W8benE, None, Answers::default()));
    assert!(said.contains("counts as expired (R6.2)"), "{said}");
    assert!(next.contains("--signed-on"), "{next}");
    assert!(
        refused(set(&desk, TaxForm::W8ben, Some("2026-03-03"), Answers::default()))
            .0
            .contains("in the future")
    );
    set(&desk, TaxForm::W8ben, Some("2022-12-31"), Answers::default()).unwrap();
    let (said, next) = refused(approve(&desk, None));
    assert_eq!(said, "the w8ben of P1, signed 2022-12-31, expired on 2025-12-31 (R6.2)");
    assert!(next.starts_with("partners tax set P1 --form w8ben --signed-on"), "{next}");
    set(&desk, TaxForm::W8ben, Some("2023-01-01"), Answers::default()).unwrap();
    let approved = approve(&desk, None).unwrap();
    assert_eq!(approved.warnings, ["the form is good through 2026-12-31 (R6.2)"]);
    assert_eq!(gate(&desk), None);
    let desk = desk.later("2027-01-01");
    assert_eq!(gate(&desk), Some(Reason::TaxExpired));
}

#[test]
fn a_rejection_has_a_reason() {
    let desk = desk();
    let reject = |reason: &str| reject_tax(desk.writer(), "P1", None, reason);
    assert!(refused(reject("not signed")).0.contains("no tax form on file"));
    set(&desk, TaxForm::W9, None, Answers::default()).unwrap();
    assert!(refused(reject("")).0.contains("the reason is empty"));
    assert!(refused(reject("number is 123-45-6789")).0.contains("never stored here (R8)"));
    let rejected = reject("not signed").unwrap();
    assert_eq!(moved(&rejected, "tax_status"), from_to("received", "rejected"));
    assert_eq!(gate(&desk), Some(Reason::TaxRejected));
    assert!(reject("again").unwrap().is_unchanged());
    approve(&desk, None).unwrap();
    assert_eq!(gate(&desk), None);
}

#[test]
fn an_approval_that_lets_charges_earn_reckons_them() {
    let desk = desk();
    let policy = partners::commands::records::SetPolicy {
        key: partners::policy::Key::TaxGate,
        value: "earn-from-approval",
        from: day("2025-01-01"),
        reason: "terms",
        retroactive: false,
    };
    partners::commands::records::set_policy(desk.writer(), &policy).unwrap();
    partners::commands::records::add_link(
        desk.writer(),
        &partners::commands::records::AddLink {
            code: "JO",
            owner: partners::commands::records::Owner::Partner("P1"),
            channel: partners::import::links::LinkChannel::Link,
            created_on: None,
        },
    )
    .unwrap();
    desk.account(
        "A1",
        "cust@example.org",
        "JO",
        &[("C1", "2026-02-01", 10_000), ("C2", "2026-03-01", 10_000)],
    );
    assert_eq!(desk.balance("P1"), 0);
    set(&desk, TaxForm::W9, None, Answers::default()).unwrap();
    approve(&desk, Some("2026-02-15")).unwrap();
    assert_eq!(desk.balance("P1"), 2_500);
    approve(&desk, Some("2026-02-01")).unwrap();
    assert_eq!(desk.balance("P1"), 5_000);
    desk.is_sound();
}
