//! Statements that tie to the runs, what is owed, who cannot be paid: over the same months as the runs themselves.

use partners::commands::liability::liability;
use partners::commands::payout::create::{Ask, create};
use partners::commands::payout::file::file;
use partners::commands::payout::outcome::{Outcomes, settle};
use partners::commands::payout::step::{approvable, approve};
use partners::commands::preview::counting_of;
use partners::commands::statement::{EntryKind, PaymentTie, Period, Statement, statement};
use partners::commands::validate::{Only, validate};
use partners::dates::plus_days;
use partners::import::Kind;
use partners::money::Money;
use partners::run::ItemState;

use super::desk::{BILLING, Desk, PARTNERS, day};

/// Drafts, approves and files the run of today, and settles it as told.
pub fn pay(desk: &Desk, outcomes: Option<Outcomes>) -> String {
    let writer = desk.writer();
    let drafted = create(&writer, &Ask { date: Some(desk.today), ..Ask::default() }).unwrap();
    let note = drafted.audit().unwrap_or_else(|| panic!("nobody on {}: {drafted:?}", desk.today));
    writer.commit(&note).unwrap();
    let name = desk.reader().regular_run(desk.today).unwrap().unwrap().name.0;
    let writer = desk.writer();
    let view = approvable(&writer, &name).unwrap();
    approve(writer, view).unwrap();
    file(desk.writer(), &name, &desk.folder().join(format!("{name}.csv")), None).unwrap();
    if let Some(outcomes) = outcomes {
        let writer = desk.writer();
        let (_, note) = settle(&writer, &name, &outcomes, None).unwrap();
        writer.commit(&note).unwrap();
    }
    name
}

fn made(desk: &Desk, partner: &str, from: Option<&str>, to: Option<&str>) -> Statement {
    let period = Period { from: from.map(day), to: to.map(day) };
    statement(&desk.reader(), desk.no(partner), desk.today, period).unwrap()
}

fn balance(desk: &Desk, partner: &str) -> Money {
    let counting = counting_of(&desk.reader(), desk.no(partner), desk.today).unwrap();
    Money::sum(counting.iter().map(|line| line.amount)).unwrap()
}

/// Half a year: a payment, a refund after it, a payment that came back, a write-off.
fn half_a_year() -> Desk {
    let desk = Desk::on("2026-04-03");
    desk.take(
        Kind::Partners,
        &format!(
            "{PARTNERS}P-1,Ann Archer,ann@example.com,2025-01-01,ann.pay@example.com,active,DE,no,international,\
             approved,2025-01-02,2025-01-03,ANN\n\
             P-2,Bob Barker,bob@example.com,2025-01-01,bob@example.com,active,US,,w9,approved,2025-01-01,\
             2025-01-02,BOB\n"
        ),
    );
    let rows = [
        "C-1,A-1,jane@example.com,Jane,2026-01-01,2026-01-01,2026-01-02,subscription,200.00,,,paid,ANN",
        "C-2,A-1,jane@example.com,Jane,2026-01-01,2026-02-01,2026-02-02,subscription,200.00,,,paid,",
        "C-3,A-1,jane@example.com,Jane,2026-01-01,2026-03-01,2026-03-02,subscription,200.00,,,paid,",
        "B-1,A-2,small@example.com,Small,2026-01-01,2026-01-01,2026-01-02,subscription,80.00,,,paid,BOB",
    ];
    desk.take(Kind::Billing, &format!("{BILLING}{}\n", rows.join("\n")));
    desk.attribute();
    pay(&desk, Some(Outcomes::AllPaid));
    let desk = desk.later("2026-04-20");
    let refund = "C-2,A-1,jane@example.com,Jane,2026-01-01,2026-02-01,2026-02-02,subscription,200.00,100.00,2026-04-18,\
                  partially_refunded,\n";
    desk.take(Kind::Billing, &format!("{BILLING}{refund}"));
    let desk = desk.later("2026-06-05");
    let fourth =
        "C-4,A-1,jane@example.com,Jane,2026-01-01,2026-06-01,2026-06-02,subscription,800.00,,,paid,\n";
    desk.take(Kind::Billing, &format!("{BILLING}{fourth}"));
    let name = pay(&desk, None);
    let desk = desk.later("2026-06-20");
    let returned = Outcomes::Items(vec![(format!("{name}-0001"), ItemState::Returned)]);
    let writer = desk.writer();
    let (_, note) = settle(&writer, &name, &returned, None).unwrap();
    writer.commit(&note).unwrap();
    let writer = desk.writer();
    writer.add_adjustment(desk.no("P-1"), desk.today, Money::from_minor(12_50), "apology").unwrap();
    let changed = partners::store::AuditNote::new("adjust", serde_json::json!({}));
    writer.commit(&changed).unwrap();
    // The address was refused; another is entered, and the money goes with the next run.
    desk.take(
        Kind::Partners,
        "partner_id,name,email,joined_on,paypal_email\n\
         P-1,Ann Archer,ann@example.com,2025-01-01,ann.two@example.com\n",
    );
    let desk = desk.later("2026-10-09");
    let fifth =
        "C-5,A-1,jane@example.com,Jane,2026-01-01,2026-10-01,2026-10-02,subscription,800.00,,,paid,\n";
    desk.take(Kind::Billing, &format!("{BILLING}{fifth}"));
    pay(&desk, Some(Outcomes::AllPaid));
    desk
}

#[test]
fn a_liability_of_the_past_names_the_runs_since() {
    let desk = half_a_year();
    let named = |on: &str| -> Vec<(String, i64)> {
        let owed = liability(&desk.reader(), day(on)).unwrap();
        owed.later_runs.into_iter().map(|run| (run.run, run.amount.minor())).collect()
    };
    let payments = made(&desk, "P-1", Some("2026-06-06"), None).payments;
    let last = payments.iter().find(|tie| tie.payment.run == "2026-10-09").unwrap().payment.amount.minor();
    // What came back of the run of June is held by it no more.
    assert_eq!(named("2026-05-31"), [("2026-06-05".to_owned(), 0), ("2026-10-09".to_owned(), last)]);
    assert_eq!(named("2026-10-09"), []);
}

#[test]
fn a_statement_ties_to_the_runs_and_to_the_balance() {
    let desk = half_a_year();
    for partner in ["P-1", "P-2"] {
        let whole = made(&desk, partner, None, None);
        assert_eq!(whole.closing, balance(&desk, partner), "{partner}");
        assert!(whole.payments.iter().all(PaymentTie::ties), "{:?}", whole.payments);
        // Cut anywhere, the two halves meet.
        let mut cut = day("2025-12-30");
        while cut < day("2026-10-20") {
            let next = plus_days(cut, 1);
            let before =
                statement(&desk.reader(), desk.no(partner), desk.today, Period { from: None, to: Some(cut) });
            let after = statement(
                &desk.reader(),
                desk.no(partner),
                desk.today,
                Period { from: Some(next), to: Some(whole.to) },
            );
            let (before, after) = (before.unwrap(), after.unwrap());
            assert_eq!(before.closing, after.opening, "{partner} {cut}");
            assert_eq!(after.closing, whole.closing, "{partner} {cut}");
            assert_eq!(before.entries.len() + after.entries.len(), whole.entries.len(), "{partner} {cut}");
            cut = plus_days(cut, 7);
        }
    }
    let told: Vec<String> = made(&desk, "P-1", None, None)
        .entries
        .iter()
        .map(|entry| {
            let subject = entry.charge_id.as_ref().map_or_else(String::new, |id| id.0.clone());
            let run = entry.run.as_deref().unwrap_or("");
            format!(
                "{} {} {subject} {run} {} = {}",
                entry.on,
                entry.kind,
                entry.amount.minor(),
                entry.balance.minor()
            )
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    2026-04-01 commission C-1  5000 = 5000
    2026-04-01 commission C-2  5000 = 10000
    2026-04-01 commission C-3  5000 = 15000
    2026-04-03 payment C-1 2026-04-03 -5000 = 10000
    2026-04-03 payment C-2 2026-04-03 -5000 = 5000
    2026-04-03 payment C-3 2026-04-03 -5000 = 0
    2026-04-18 clawback C-2  -2500 = -2500
    2026-06-02 commission C-4  20000 = 17500
    2026-06-05 payment C-2 2026-06-05 2500 = 20000
    2026-06-05 payment C-4 2026-06-05 -20000 = 0
    2026-06-20 adjustment   1250 = 1250
    2026-06-20 returned C-2 2026-06-05 -2500 = -1250
    2026-06-20 returned C-4 2026-06-05 20000 = 18750
    2026-10-02 commission C-5  20000 = 38750
    2026-10-09 payment  2026-10-09 -1250 = 37500
    2026-10-09 payment C-2 2026-10-09 2500 = 40000
    2026-10-09 payment C-4 2026-10-09 -20000 = 20000
    2026-10-09 payment C-5 2026-10-09 -20000 = 0
    ");
    let small = made(&desk, "P-2", None, None);
    let kinds: Vec<EntryKind> = small.entries.iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, [EntryKind::Commission, EntryKind::Lapse]);
    assert_eq!(small.closing, Money::ZERO);
}

#[test]
fn liability_is_what_the_parts_say() {
    let desk = half_a_year();
    let total = liability(&desk.reader(), desk.today).unwrap();
    assert_eq!(total.totals.total().unwrap(), Money::ZERO, "{total:?}");
    // In June the second payment was on its way.
    let desk = Desk::on("2026-02-01");
    desk.take(
        Kind::Partners,
        &format!(
            "{PARTNERS}P-1,Ann,ann@example.com,2025-01-01,ann@example.com,active,DE,no,international,approved,\
             ,,ANN\n"
        ),
    );
    let rows = [
        "C-1,A-1,j@example.com,J,2025-10-01,2025-10-01,2025-10-02,subscription,600.00,,,paid,ANN",
        "C-2,A-1,j@example.com,J,2025-10-01,2026-01-15,,subscription,100.00,,,collections,",
        "C-3,A-1,j@example.com,J,2025-10-01,2026-02-01,2026-02-01,subscription,100.00,,,paid,",
        "C-4,A-2,k@example.com,K,2026-01-01,2026-01-05,2026-01-05,subscription,400.00,,,paid,ANN",
    ];
    desk.take(Kind::Billing, &format!("{BILLING}{}\n", rows.join("\n")));
    desk.attribute();
    let at = |desk: &Desk| liability(&desk.reader(), desk.today).unwrap().totals;
    let before = at(&desk);
    assert_eq!(
        (before.counting.minor(), before.withheld.minor(), before.in_refund_period.minor()),
        (150_00, 25_00, 100_00)
    );
    let desk = desk.later("2026-02-06");
    pay(&desk, None);
    let during = at(&desk);
    assert_eq!((during.counting.minor(), during.taken.minor()), (0, 150_00));
    assert_eq!(before.total().unwrap(), during.total().unwrap());
}

#[test]
fn what_was_settled_of_nobodys_account_counts_against_who_got_it() {
    let desk = Desk::on("2026-11-20");
    desk.take(
        Kind::Partners,
        &format!("{PARTNERS}P-1,Ann,ann@example.com,2025-01-01,,active,DE,no,,,,,ONE\n"),
    );
    desk.take(
        Kind::Billing,
        &format!(
            "{BILLING}C-1,A-1,x@example.com,X,2025-01-20,2025-05-01,2025-05-01,subscription,200.00,,,paid,\n"
        ),
    );
    desk.take(Kind::Settled, "charge_id,partner_id,amount,paid_on,reference\nC-1,P-1,50.00,2025-06-06,x\n");
    let reader = desk.reader();
    let no = reader.find_partner("P-1").unwrap();
    let kept = reader.kept_of(no).unwrap();
    let policy = reader.policy(desk.today);
    let judged = kept[0].schedule.assess(&kept[0].settled, desk.today, policy.books_open_on, 6).unwrap();
    assert_eq!((kept.len(), judged.delta.minor(), judged.counts), (1, -50_00, true), "R5.1: due 0, out 50");
    assert!(reader.differing_commissions().unwrap().is_empty());
}

#[test]
fn validate_names_who_cannot_be_paid_and_groups_by_remedy() {
    let desk = Desk::on("2026-11-20");
    let partners = [
        "P-1,Ann,ann@example.com,2025-01-01,ann@gmial.example,active,DE,no,w8ben,approved,2023-05-01,2023-05-02,ONE",
        "P-2,Bob,bob@example.com,2025-01-01,bоb@example.com,active,US,,w9,missing,,,TWO",
        "P-3,Cy,cy@example.com,2025-01-01,cy@example.com,suspended,US,,w9,approved,,,THREE",
        "P-4,Di,di@example.com,2025-01-01,,active,US,,w9,approved,,,FOUR",
        "P-5,Ed,ed@example.com,2025-01-01,ed@example.com,active,US,,w9,approved,,,FIVE",
        "P-6,Flo,flo@example.com,2025-01-01,,active,US,,,missing,,,SIX",
    ];
    desk.take(Kind::Partners, &format!("{PARTNERS}{}\n", partners.join("\n")));
    let mut rows = Vec::new();
    for (at, code) in ["one", "two", "three", "four", "five"].iter().enumerate() {
        let common = format!("x{at}@example.com,X,2026-03-20");
        rows.push(format!("C-{at},A-{at},{common},2026-04-01,2026-04-01,subscription,40.00,,,paid,{code}"));
    }
    // P-5's account has waited for an unpaid charge since June.
    rows.push("U-1,A-4,x4@example.com,X,2026-03-20,2026-05-01,,subscription,40.00,,,collections,".into());
    rows.push("U-2,A-4,x4@example.com,X,2026-03-20,2026-06-01,2026-06-01,subscription,40.00,,,paid,".into());
    rows.push(
        "U-0,A-4,x4@example.com,X,2026-03-20,2026-04-01,2026-04-01,subscription,40.00,,,paid,FIVE".into(),
    );
    desk.take(Kind::Billing, &format!("{BILLING}{}\n", rows.join("\n")));
    desk.attribute();
    let found = validate(&desk.reader(), day("2026-11-20"), None).unwrap();
    assert_eq!(found.checked, 5);
    let told: Vec<String> = found
        .problems
        .iter()
        .map(|problem| {
            let reasons: Vec<&str> = problem.reasons.iter().map(|reason| reason.as_str()).collect();
            format!("{} {} {:?}", problem.partner, reasons.join("+"), problem.suggestion)
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    P-2 tax_missing+paypal_malformed Some("bob@example.com")
    P-3 partner_suspended None
    P-4 paypal_missing None
    "#);
    let warned: Vec<String> = found
        .warnings
        .iter()
        .map(|doubt| format!("{} {}: {}", doubt.partner, doubt.code, doubt.text))
        .collect();
    insta::assert_snapshot!(warned.join("\n"), @r"
    P-1 paypal_doubtful: PayPal address ann@gmial.example: gmial.example is reserved and belongs to nobody (R6.4)
    P-1 tax_expires_soon: w8ben expires on 2026-12-31 (R6.2)
    P-2 paypal_doubtful: PayPal address bоb@example.com: the letter о (U+043E) only looks like o (R6.4)
    P-3 paypal_doubtful: PayPal address cy@example.com: example.com is reserved and belongs to nobody (R6.4)
    P-5 paypal_doubtful: PayPal address ed@example.com: example.com is reserved and belongs to nobody (R6.4)
    P-5 withheld_long: account A-4 is withheld since 2026-06-18 by charge U-1 of 2026-05-01, in collections (R3.4)
    ");
    let groups: Vec<String> = found
        .remedies
        .iter()
        .map(|group| format!("{} {} {:?}", group.by, group.what, group.partners.len()))
        .collect();
    insta::assert_snapshot!(groups.join("\n"), @r"
    staff decide whether the partner is active again 1
    partner send a signed W-9 1
    partner give a PayPal address 1
    partner correct the PayPal address 1
    ");
    let tax = validate(&desk.reader(), day("2027-01-01"), Some(Only::Tax)).unwrap();
    let ids: Vec<&str> = tax.problems.iter().map(|problem| problem.partner.as_str()).collect();
    assert_eq!(ids, ["P-1", "P-2"]);
    assert!(
        tax.problems
            .iter()
            .all(|problem| problem.reasons.iter().all(|reason| reason.as_str().starts_with("tax_")))
    );
}
