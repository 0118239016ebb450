//! `lookup` by every name there is, and the answer about an account: whose, why, what became of its charges.

use partners::commands::lookup::{Ask, Lookup, Mask, Match, lookup};
use partners::commands::payout::outcome::Outcomes;
use partners::commands::why::{Outcome, reply, why};
use partners::eligibility::RunKind;
use partners::ids::PartnerId;
use partners::import::Kind;
use partners::store::CARRYING_ROWS_MAX;

use super::desk::{BILLING, Desk, PARTNERS, day};

/// Four partners, six accounts; the programme on 2026-04-10.
pub fn desk() -> Desk {
    let desk = Desk::on("2026-04-10");
    desk.take(
        Kind::Partners,
        &format!(
            "{PARTNERS}P-1,Ann Archer,ann@example.com,2025-01-01,ann.pay@example.com,active,DE,no,international,\
             approved,2025-01-02,2025-01-03,ANN\n\
             P-2,Bob Barker,bob@example.com,2025-01-01,,active,US,,w9,missing,,,BOB-SHOP\n"
        ),
    );
    desk.take(
        Kind::Links,
        "code,partner_id,owner_email,channel,created_on\nHEART,,cora@example.org,social,2025-06-01\n",
    );
    desk.take(
        Kind::Referrals,
        "email,code,referred_on,channel\nbob.friend@example.net,BOB-SHOP,2026-02-01,email\n\
         jo.lost@example.com,ANN,2026-01-05,email\n",
    );
    let rows = [
        "C-1,A-1,jane@example.com,Jane Doe,2026-01-01,2026-01-01,2026-01-02,subscription,200.00,,,paid,ann",
        "C-2,A-1,jane@example.com,Jane Doe,2026-01-01,2026-02-01,2026-02-02,sms,50.00,,,paid,",
        "C-3,A-1,jane@example.com,Jane Doe,2026-01-01,2026-03-01,,subscription,200.00,,,collections,",
        "C-4,A-1,jane@example.com,Jane Doe,2026-01-01,2026-04-01,2026-04-02,subscription,200.00,,,paid,",
        "C-5,A-2,bob.friend@example.net,Friend Ltd,2026-02-15,2026-02-15,2026-02-15,subscription,80.00,,,paid,",
        "C-6,A-3,cora.friend@example.net,Cora's,2026-03-01,2026-03-01,2026-03-01,subscription,40.00,,,paid,heart",
        "C-7,A-4,jo.last@example.com,Jo Last,2026-03-20,2026-03-20,2026-03-20,subscription,40.00,,,paid,",
        "C-8,A-5,old@example.com,Old Account,2025-01-01,2026-03-20,2026-03-20,subscription,40.00,,,paid,",
        "C-9,A-6,typo@example.com,Typo Ltd,2026-03-01,2026-03-01,2026-03-01,subscription,40.00,,,paid,BOBSHOP",
    ];
    desk.take(Kind::Billing, &format!("{BILLING}{}\n", rows.join("\n")));
    desk.attribute();
    desk
}

fn find(desk: &Desk, text: &str) -> Lookup {
    let ask = Ask { text, today: desk.today, mask: Mask::Off };
    lookup(&desk.reader(), &ask).unwrap()
}

fn ids(found: &Lookup, matched: Match) -> Vec<&str> {
    let of = found.accounts.iter().filter(|account| account.matched == matched);
    of.map(|account| account.account_id.as_str()).collect()
}

#[test]
fn exact_by_every_name() {
    let desk = desk();
    for text in ["jane@example.com", " JANE@Example.COM ", "A-1", "a-1", "jane doe", "Jane Doe", "C-3"] {
        assert_eq!(ids(&find(&desk, text), Match::Exact), ["A-1"], "{text}");
    }
    for text in ["P-1", "p-1", "ann@example.com", "ann.pay@example.com", "ann", "Ann Archer"] {
        let found = find(&desk, text);
        let partner = found.partners.first().unwrap_or_else(|| panic!("{text}"));
        assert_eq!((partner.partner.as_str(), partner.matched), ("P-1", Match::Exact), "{text}");
    }
    let heart = find(&desk, "heart");
    assert_eq!(heart.links[0].owner_email.as_deref(), Some("cora@example.org"));
    let record = find(&desk, "jo.lost@example.com");
    assert_eq!((record.referrals[0].matched, record.referrals[0].code.as_str()), (Match::Exact, "ANN"));
    assert!(find(&desk, "zzzz@nowhere.example").is_empty());
    assert!(find(&desk, "%").is_empty());
}

#[test]
fn ids_and_codes_are_found_though_mistyped() {
    let desk = desk();
    desk.take(
        Kind::Accounts,
        "account_id,email,name,opened_on\nA-STUDIO,studio@example.com,Studio Nine,2026-03-01\n",
    );
    for typed in ["A-STUDO", "a-studo", "A-STUIDO", "A STUDIO 9 <studio@example.com>"] {
        let found = find(&desk, typed);
        let first = found.accounts.first().unwrap_or_else(|| panic!("{typed} finds nothing"));
        assert_eq!(first.account_id.as_str(), "A-STUDIO", "{typed}");
    }
    let partner = |typed: &str| find(&desk, typed).partners.first().map(|found| found.partner.0.clone());
    desk.take(
        Kind::Partners,
        &format!("{PARTNERS}P-EMMA,Emma Hart,emma@example.com,2025-01-01,,active,US,,,,,,\n"),
    );
    for typed in ["P-EMA", "p-ema", "P-MEMA"] {
        assert_eq!(partner(typed).as_deref(), Some("P-EMMA"), "{typed}");
    }
    let code = |typed: &str| find(&desk, typed).links.first().map(|found| found.code.clone());
    assert_eq!(
        (code("BOB-SHOPP").as_deref(), code("bob-sop").as_deref()),
        (Some("BOB-SHOP"), Some("BOB-SHOP"))
    );
    assert_eq!(code("haert").as_deref(), Some("HEART"));
}

#[test]
fn a_code_that_no_link_bears_is_found_by_the_accounts_that_carry_it() {
    let desk = desk();
    assert_eq!(ids(&find(&desk, "bobshop"), Match::Exact), ["A-6"]);
}

/// R4.7: only so many accounts are looked through for a code, and an answer that may lack one says so.
#[test]
fn a_search_for_a_code_that_was_cut_short_says_so() {
    let desk = desk();
    assert!(!find(&desk, "sunflowers").codes_cut_short);
    let mut accounts = "account_id,email,opened_on,referral_code\n".to_owned();
    for at in 0..CARRYING_ROWS_MAX {
        accounts += &format!("Z-{at},,2026-03-01,nobodys{at}\n");
    }
    desk.take(Kind::Accounts, &accounts);
    // One more carries a code already: the account of the code BOBSHOP.
    let cut = find(&desk, "sunflowers");
    assert!(cut.codes_cut_short && cut.is_empty(), "{cut:?}");
    assert_eq!(ids(&find(&desk, "nobodys77"), Match::Exact), ["Z-77"]);
    let told = shown(&desk, &["lookup", "sunflowers"]);
    assert!(told.contains("More accounts carry a code") && told.contains("attribute --dry-run"), "{told}");
    assert!(shown(&desk, &["lookup", "sunflowers", "--json"]).contains("\"cut_short\": true"));
}

fn shown(desk: &Desk, arguments: &[&str]) -> String {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_partners"));
    let output = command.env_clear().env("PARTNERS_DB", desk.path()).args(arguments).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn parts_of_addresses_and_names_are_found_by_a_walk() {
    let desk = desk();
    desk.take(
        Kind::Accounts,
        "account_id,email,name,opened_on\nA-20,info@northwind-traders.example,,2026-03-01\n\
         A-21,x@example.com,\"Ümit\u{1f}Kaya\",2026-03-01\n",
    );
    assert_eq!(ids(&find(&desk, "northwind"), Match::Near), ["A-20"]);
    assert_eq!(ids(&find(&desk, "traders.example"), Match::Near), ["A-20"]);
    assert_eq!(ids(&find(&desk, "info@northwind-traders.example"), Match::Exact), ["A-20"]);
}

#[test]
fn an_address_pasted_with_its_name_is_found() {
    let desk = desk();
    for pasted in
        ["Jane Doe <jane@example.com>", "jane@example.com (Jane)", "\"Doe, Jane\" <JANE@example.com>,"]
    {
        assert_eq!(ids(&find(&desk, pasted), Match::Exact), ["A-1"], "{pasted}");
    }
    // The address is unknown, the name is not.
    let by_name = find(&desk, "Jane Doe <quite.other@nowhere.example>");
    assert_eq!(by_name.accounts.first().map(|account| account.account_id.as_str()), Some("A-1"));
}

#[test]
fn the_owner_of_an_unclaimed_link_is_found_with_the_next_command() {
    let desk = desk();
    let command = "partners partner add ID --name \"NAME\" --email cora@example.org";
    let found = find(&desk, "Cora@Example.org");
    assert_eq!((found.links[0].code.as_str(), found.links[0].matched), ("HEART", Match::Exact));
    assert_eq!(found.links[0].command.as_deref(), Some(command));
    assert_eq!(find(&desk, "coar@example.org").links[0].code, "HEART");
    let account = &find(&desk, "A-3").accounts[0];
    assert!(account.referrer.as_ref().unwrap().next.contains(command), "{:?}", account.referrer);
    let told = &account.charges[0].text;
    assert!(told.contains("unclaimed") && !told.contains("counts toward"), "{told}");
}

/// R4.6 is judged when somebody has the link: until then the answer says what becomes of the owner's own account.
#[test]
fn the_owner_s_own_account_is_told_that_it_earns_nothing_once_they_sign_up() {
    let desk = desk();
    let row =
        "C-20,A-7,CORA@example.org,Cora,2026-03-01,2026-03-01,2026-03-01,subscription,40.00,,,paid,heart";
    desk.take(Kind::Billing, &format!("{BILLING}{row}\n"));
    desk.attribute();
    let next = |id: &str| find(&desk, id).accounts[0].referrer.as_ref().unwrap().next.clone();
    assert!(next("A-7").contains("this own account of theirs earns nothing then (R4.6)"), "{}", next("A-7"));
    assert!(!next("A-3").contains("R4.6"), "{}", next("A-3"));
}

#[test]
fn an_email_that_a_referral_record_alone_has_says_what_to_ask() {
    let desk = desk();
    let told = find(&desk, "jo.lost@example.com").next;
    assert!(told[0].contains("No account bears jo.lost@example.com yet"), "{told:?}");
    assert!(find(&desk, "bob.friend@example.net").next.is_empty());
}

#[test]
fn an_account_tells_whose_it_is_and_what_became_of_its_charges() {
    let desk = desk();
    let found = find(&desk, "jane@example.com");
    let account = &found.accounts[0];
    let referrer = account.referrer.as_ref().unwrap();
    assert_eq!(referrer.partner.as_ref().map(PartnerId::as_str), Some("P-1"));
    assert_eq!((referrer.evidence.as_str(), referrer.since), ("code", Some(day("2026-01-01"))));
    assert!(referrer.words.contains("code ann"), "{}", referrer.words);
    assert_eq!(account.refund_period_ends_on, Some(day("2026-04-01")));
    let sums = &account.commission;
    assert_eq!((sums.eligible.minor(), sums.withheld.minor(), sums.paid.minor()), (50_00, 50_00, 0));
    let told: Vec<&str> = account.charges.iter().map(|charge| charge.text.as_str()).collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    commission of 50.00 USD waits until charge C-3 of 2026-03-01 is paid, which is in collections (R3.4)
    in collections, unpaid since 2026-03-01: its commission comes when it is collected (R2.2)
    sms earns nothing (R2.1)
    commission of 50.00 USD counts toward the partner's balance (R3.2)
    ");
    let by_record = &find(&desk, "bob.friend@example.net").accounts[0];
    assert_eq!(by_record.referrer.as_ref().unwrap().evidence, "referral");
    assert_eq!(by_record.commission.in_refund_period.minor(), 20_00);
    let by_nobody = &find(&desk, "A-3").accounts[0];
    let referrer = by_nobody.referrer.as_ref().unwrap();
    assert_eq!(referrer.partner, None);
    assert!(referrer.next.contains("cora@example.org"), "{}", referrer.next);
    assert_eq!(
        (by_nobody.commission.unclaimed.minor(), by_nobody.commission.in_refund_period.minor()),
        (10_00, 0)
    );
}

#[test]
fn a_clawback_names_the_run_that_paid_and_the_refund() {
    let desk = desk();
    let rows = [
        "C-1,A-1,jane@example.com,Jane Doe,2026-01-01,2026-01-01,2026-01-02,subscription,400.00,,,paid,ann",
        "C-3,A-1,jane@example.com,Jane Doe,2026-01-01,2026-03-01,2026-03-02,subscription,200.00,,,paid,",
    ];
    desk.take(Kind::Billing, &format!("{BILLING}{}\n", rows.join("\n")));
    let name = super::money::pay(&desk, Some(Outcomes::AllPaid));
    let desk = desk.later("2026-04-20");
    let row = "C-3,A-1,jane@example.com,Jane Doe,2026-01-01,2026-03-01,2026-03-02,subscription,200.00,200.00,\
               2026-04-18,refunded,";
    desk.take(Kind::Billing, &format!("{BILLING}{row}\n"));
    let found = find(&desk, "C-3");
    let told =
        &found.accounts[0].charges.iter().find(|charge| charge.charge_id.as_str() == "C-3").unwrap().text;
    assert!(told.contains(&format!("was paid in run {name}")), "{told}");
    assert!(told.contains("the customer got back 200.00 USD on 2026-04-18"), "{told}");
    // Once a run has taken it back, the charge tells all of its story.
    let row =
        "C-90,A-1,jane@example.com,Jane Doe,2026-01-01,2026-04-20,2026-04-20,subscription,900.00,,,paid,";
    desk.take(Kind::Billing, &format!("{BILLING}{row}\n"));
    let desk = desk.later("2026-04-24");
    let next = super::money::pay(&desk, None);
    let found = find(&desk, "C-3");
    let told =
        &found.accounts[0].charges.iter().find(|charge| charge.charge_id.as_str() == "C-3").unwrap().text;
    assert_eq!(
        *told,
        format!(
            "the customer got back 200.00 USD on 2026-04-18 (R2.4): nothing is due; commission of 50.00 USD was paid \
             in run {name} (R7.4); 50.00 USD of it comes off in run {next}, which is not paid yet (R5.1)"
        )
    );
}

#[test]
fn without_a_referrer_it_tells_why_and_what_would_settle_it() {
    let desk = desk();
    let told = |text: &str| find(&desk, text).accounts[0].no_referrer.clone().unwrap();
    let near = told("A-4");
    assert!(near.reasons.iter().any(|reason| reason.contains("jo.lost@example.com")), "{near:?}");
    assert_eq!((near.within_lock, near.lock_ends_on), (true, Some(day("2026-04-19"))));
    assert_eq!(near.command, "partners attribute A-4 --to PARTNER --reason \"...\"");
    let late = told("A-5");
    assert!(!late.within_lock && late.command.contains("--override-lock"), "{late:?}");
    let unknown = told("A-6");
    assert!(unknown.reasons[0].contains("BOBSHOP") && unknown.reasons[0].contains("BOB-SHOP"), "{unknown:?}");
    assert!(unknown.command.starts_with("partners link add BOBSHOP"), "{unknown:?}");
    // The evidence is there, and nobody has run the pass yet.
    desk.take(
        Kind::Billing,
        &format!(
            "{BILLING}C-10,A-7,new@example.com,New,2026-04-01,2026-04-01,2026-04-01,subscription,40.00,,,paid,\
             ANN\n"
        ),
    );
    assert_eq!(told("A-7").command, "partners attribute");
}

#[test]
fn a_shared_screen_shows_nobody() {
    let desk = desk();
    for text in ["jane@example.com", "A-4", "A-3", "Ann Archer", "jo.lost@example.com", "Jane Deo"] {
        let ask = Ask { text, today: desk.today, mask: Mask::On };
        let found = format!("{:?}", lookup(&desk.reader(), &ask).unwrap()).to_lowercase();
        for secret in ["jane@", "doe", "archer", "lost@", "last@", "cora@", "friend@"] {
            assert!(!found.contains(secret), "{text} shows {secret}: {found}");
        }
    }
}

#[test]
fn a_reply_names_nobody_else_and_uses_no_inside_word() {
    let desk = desk();
    for partner in ["P-1", "P-2"] {
        let answer = why(&desk.reader(), desk.no(partner), day("2026-04-10"), RunKind::Regular).unwrap();
        let text = reply(&answer).join("\n");
        let lower = text.to_lowercase();
        for word in [
            "jane",
            "friend",
            "a-1",
            "c-1",
            "gate",
            "clawback",
            "withheld",
            "lapse",
            "r5.",
            "r6.",
            "partners ",
            "eligible",
            "other partner",
        ] {
            assert!(!lower.contains(word), "{partner}: {word:?} in\n{text}");
        }
    }
    let answer = why(&desk.reader(), desk.no("P-1"), day("2026-04-10"), RunKind::Regular).unwrap();
    insta::assert_snapshot!(reply(&answer).join("\n"), @r"
    Hello Ann Archer,

    thank you for asking. This is how your commission stands for Friday, 10 April 2026:

    - Ready to be paid: 50.00 USD.
    - Waiting because an earlier bill of the same account is unpaid: 50.00 USD.

    We pay as soon as 100.00 USD are ready; 50.00 USD are missing.
    50.00 USD of it expire after Thursday, 1 October 2026, unless 100.00 USD are ready by then.

    Kind regards
    ");
}

#[test]
fn why_tells_every_gate_its_remedy_and_the_paydays() {
    let desk = desk();
    let answer = why(&desk.reader(), desk.no("P-2"), day("2026-04-10"), RunKind::Regular).unwrap();
    let closed: Vec<(&str, &str)> = answer
        .gates
        .iter()
        .filter_map(|gate| Some((gate.reason?.as_str(), gate.remedy.as_ref()?.by.as_str())))
        .collect();
    assert_eq!(
        closed,
        [("tax_missing", "partner"), ("paypal_missing", "partner"), ("below_minimum", "time")]
    );
    assert_eq!((answer.paydays.len(), answer.pays_on), (6, None));
    // 80.00 at a quarter becomes ready on 2026-05-16 and never reaches the minimum.
    let outcomes: Vec<(String, Outcome, i64)> = answer
        .paydays
        .iter()
        .map(|payday| (payday.date.to_string(), payday.outcome, payday.amount.minor()))
        .collect();
    assert_eq!(outcomes[4], ("2026-05-08".into(), Outcome::Nothing, 0));
    assert_eq!(outcomes[5], ("2026-05-15".into(), Outcome::Nothing, 0));
    // Four more collected months: the balance is above the minimum on the first payday after the refund period.
    let more: Vec<String> = (1..=5)
        .map(|at| {
            format!(
                "D-{at},A-2,bob.friend@example.net,Friend Ltd,2026-02-15,2026-03-1{at},2026-03-1{at},\
                 subscription,80.00,,,paid,\n"
            )
        })
        .collect();
    desk.take(Kind::Billing, &format!("{BILLING}{}", more.concat()));
    let answer = why(&desk.reader(), desk.no("P-2"), day("2026-04-10"), RunKind::Regular).unwrap();
    assert_eq!(answer.pays_on, Some(day("2026-05-22")));
    let tax = answer.gates.iter().find(|gate| gate.reason.is_some()).unwrap();
    assert_eq!(tax.payday, Some(day("2026-05-22")));
}
