//! `link add|claim|list`, and the links that a sign-up claims (R4.2).

use partners::commands::records::{
    AddLink, LinkFilter, Outcome, Owner, PartnerFacts, RecordError, add_link, add_partner, claim_link,
    list_links,
};
use partners::commands::why::why;
use partners::eligibility::RunKind;
use partners::ids::AccountId;
use partners::import::links::LinkChannel;

use super::desk::{Desk, day, from_to, moved, refused};

fn add(desk: &Desk, code: &str, owner: Owner<'_>) -> Result<Outcome, RecordError> {
    add_link(desk.writer(), &AddLink { code, owner, channel: LinkChannel::Social, created_on: None })
}

/// A link of somebody who is no partner yet, through which two accounts came, one of them their own.
fn waiting() -> Desk {
    let desk = Desk::on("2026-03-02");
    let added = add(&desk, "HEART", Owner::Email("Ann@Example.com")).unwrap();
    assert_eq!(moved(&added, "owner_email"), from_to("-", "Ann@Example.com"));
    assert!(added.next[0].contains("until somebody signs up with Ann@Example.com"), "{added:?}");
    desk.account(
        "A1",
        "cust@example.org",
        "heart",
        &[("C1", "2025-06-01", 10_000), ("C2", "2025-07-01", 10_000)],
    );
    desk.account("A2", "ann@example.com", "HEART", &[("C3", "2025-06-01", 8_000)]);
    desk
}

#[test]
fn a_code_has_one_bearer() {
    let desk = Desk::on("2026-03-02");
    desk.partner("P1", "jo@example.com");
    let own = add(&desk, "JO", Owner::Partner("jo@example.com")).unwrap();
    assert_eq!(moved(&own, "partner"), from_to("-", "P1"));
    let (said, next) = refused(add(&desk, "jo", Owner::Email("x@example.com")));
    assert_eq!(said, "the code \"JO\" is already a link of partner P1 (R4.7)");
    assert_eq!(next, "partners link list --partner P1");
    assert!(refused(add(&desk, "J O", Owner::Partner("P1"))).0.contains("one word"));
    assert!(refused(add(&desk, "X", Owner::Email("example.com"))).0.contains("not an e-mail"));
    assert!(refused(add(&desk, "X", Owner::Partner("P9"))).0.contains("no partner \"P9\""));
    // Somebody who is a partner already does not have to wait.
    let at_once = add(&desk, "JO2", Owner::Email("JO@example.com")).unwrap();
    assert_eq!(moved(&at_once, "partner"), from_to("-", "P1"));
    assert!(at_once.warnings[0].contains("theirs at once"), "{at_once:?}");
}

#[test]
fn what_nobody_has_claimed_is_shown_with_what_it_would_have_earned() {
    let desk = waiting();
    desk.partner("P1", "jo@example.com");
    add(&desk, "JO", Owner::Partner("P1")).unwrap();
    let list = |filter: &LinkFilter<'_>| list_links(&desk.reader(), desk.today, filter).unwrap();
    let unclaimed = list(&LinkFilter { unclaimed: true, ..LinkFilter::default() });
    assert_eq!((unclaimed.links.len(), unclaimed.waiting.minor()), (1, 7_000));
    assert_eq!(unclaimed.links[0].waiting.unwrap().accounts, 2);
    assert_eq!(list(&LinkFilter { owner: Some("ANN@example.com"), ..LinkFilter::default() }).links.len(), 1);
    let of_p1 = list(&LinkFilter { partner: Some("P1"), ..LinkFilter::default() });
    assert_eq!((of_p1.links[0].link.code.as_str(), of_p1.links[0].waiting), ("JO", None));
    assert_eq!(list(&LinkFilter::default()).links.len(), 2);
    // The same figure as the preview's.
    let scope = partners::commands::preview::Scope::of_day(&desk.reader(), desk.today);
    let preview = partners::commands::preview::preview(&desk.reader(), &scope).unwrap();
    assert_eq!(preview.totals.unclaimed, unclaimed.waiting);
}

#[test]
fn who_signs_up_with_the_link_s_e_mail_gets_it_and_all_that_came_through_it() {
    let desk = waiting();
    let facts = PartnerFacts {
        name: Some("Ann"),
        email: Some(" ANN@example.com"),
        joined_on: Some(day("2026-02-01")),
        ..PartnerFacts::default()
    };
    let added = add_partner(desk.writer(), "P7", &facts, None, None).unwrap();
    assert_eq!(added.claimed.len(), 1);
    assert_eq!(added.claimed[0].code, "HEART");
    assert_eq!(added.claimed[0].accounts.iter().map(AccountId::as_str).collect::<Vec<_>>(), ["A1", "A2"]);
    assert_eq!(added.claimed[0].self_referred.iter().map(AccountId::as_str).collect::<Vec<_>>(), ["A2"]);
    let link = &list_links(&desk.reader(), desk.today, &LinkFilter::default()).unwrap().links[0].link;
    assert_eq!(link.claimed_on, Some(day("2026-02-01")), "on the day of joining");
    assert_eq!(link.partner.as_ref().unwrap().1.0, "P7");
    let assigned = "SELECT group_concat(assigned_on || ':' || self_referral) FROM attributions";
    assert_eq!(desk.ask(assigned), "20260201:0,20260201:1");
    assert_eq!(desk.balance("P7"), 5_000, "their own account earns nothing (R4.6)");
    // R5.4: kept from the day of joining, however old the charge.
    let reader = desk.reader();
    let answer = why(&reader, reader.find_partner("P7").unwrap(), desk.today, RunKind::Regular).unwrap();
    let eligible: Vec<_> = answer.charges.iter().filter_map(|charge| charge.until).collect();
    assert_eq!(eligible, [day("2026-08-01"), day("2026-08-01")]);
    let rows = desk.reader().audit_rows(Some("account:A1")).unwrap();
    assert_eq!(rows.last().unwrap().action, "partner add");
    desk.is_sound();
}

#[test]
fn staff_give_a_waiting_link_to_a_partner_from_today() {
    let desk = waiting();
    desk.partner("P1", "jo@example.com");
    desk.partner("P2", "eve@example.com");
    let claim = |code: &str, to: &str| claim_link(desk.writer(), code, to, "moved house");
    let (said, next) = refused(claim("NONE", "P1"));
    assert_eq!(
        (said.as_str(), next.as_str()),
        ("no link bears the code \"NONE\"", "partners link list --unclaimed")
    );
    assert!(refused(claim_link(desk.writer(), "heart", "P1", "")).0.contains("reason is empty"));
    let claimed = claim("heart", "P1").unwrap();
    assert_eq!(moved(&claimed, "partner"), from_to("-", "P1"));
    assert_eq!(moved(&claimed, "claimed_on"), from_to("-", "2026-03-02"));
    assert!(
        claimed.warnings[0].contains("taken from Ann@Example.com, and P1 signed up as jo@example.com"),
        "{claimed:?}"
    );
    assert_eq!(claimed.claimed[0].self_referred, []);
    assert_eq!(desk.balance("P1"), 7_000);
    assert!(claim("HEART", "P1").unwrap().is_unchanged());
    let (said, next) = refused(claim("HEART", "P2"));
    assert!(
        said.contains("is partner P1's") && next.contains("partners attribute ACCOUNT --to P2"),
        "{said} {next}"
    );
    assert_eq!(desk.ask("SELECT group_concat(DISTINCT assigned_on) FROM attributions"), "20260302");
    desk.is_sound();
}
