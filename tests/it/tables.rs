//! The tables under `fixtures/tables` against floors 1 and 2: one line is one case, the expectation last.
//!
//! A last test demands that every verdict, gate reason and transition of CONTRACT.md occurs in some table.

use std::collections::BTreeSet;
use std::fs;

use partners::commission::{
    AccountFacts, Assessed, Charge, Kind, Partners, Refund, Schedule, Settled, Status, Tie, Verdict, earnings,
};
use partners::dates::{Day, parse_day};
use partners::eligibility::{Counting, Decision, NextLapse, RunKind, Subject, assess};
use partners::ids::{Email, PartnerId};
use partners::money::{Currency, Money, Rate};
use partners::partner::{AddressState, Partner, Paypal, Reason, Standing, Tax, TaxStatus, closed_gates};
use partners::policy::{Change, Key, Policies, Policy};
use partners::run::{ItemState, RunState};

const DOLLARS: Currency = Currency::USD;

/// The cases of a table: the line's number and its cells.
fn cases(name: &str) -> Vec<(usize, Vec<String>)> {
    let text = fs::read_to_string(format!("fixtures/tables/{name}.txt")).expect("the table is there");
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|(at, line)| (at + 1, line.split_whitespace().map(str::to_owned).collect()))
        .collect()
}

fn day(text: &str) -> Day {
    parse_day(text, &partners::dates::Zone::UTC).expect("a day")
}

fn opt_day(text: &str) -> Option<Day> {
    (text != "-").then(|| day(text))
}

fn money(text: &str) -> Money {
    Money::parse(text, DOLLARS).expect("an amount")
}

fn shown(day: Option<Day>) -> String {
    day.map_or_else(|| "-".to_owned(), |day| day.to_string())
}

/// A partner whom nothing keeps from being paid.
fn partner() -> Partner {
    Partner {
        id: PartnerId::from("P1"),
        name: "Jo".into(),
        email: Email::new("jo@example.com"),
        joined_on: day("2025-01-01"),
        standing: Standing::Active,
        country: Some("DE".into()),
        us_person: Some(false),
        tax: Tax {
            form: Some("international".parse().expect("a form")),
            status: TaxStatus::Approved,
            signed_on: Some(day("2025-01-01")),
            decided_on: Some(day("2025-01-02")),
            questionnaire_says_us: false,
        },
        first_approval: Some(Some(day("2025-01-02"))),
        paypal: Paypal {
            email: Some(Email::new("jo@example.com")),
            state: AddressState::Unconfirmed,
            changed_on: None,
            shared_with: Vec::new(),
        },
        payment_reversed: false,
        rates: Vec::new(),
    }
}

struct One(Partner);

impl Partners for One {
    fn partner(&self, no: i64) -> Option<&Partner> {
        (no == 1).then_some(&self.0)
    }
}

#[test]
fn rounding() {
    for (line, cells) in cases("rounding") {
        let [rate, amount, commission] = cells.as_slice() else { panic!("line {line}: three cells") };
        let rate: Rate = rate.parse().expect("a rate");
        let found = rate.of(money(amount)).expect("a commission").major(DOLLARS);
        assert_eq!(&found, commission, "rounding.txt:{line}");
    }
}

/// One row of the verdict table, as facts.
struct Case {
    facts: AccountFacts,
    settled: Settled,
    partner: Partner,
    changes: Vec<Change>,
    books: Option<Day>,
}

fn charge(
    no: i64,
    id: &str,
    billed_on: Day,
    collected_on: Option<Day>,
    status: Status,
    amount: Money,
) -> Charge {
    Charge {
        no,
        id: id.into(),
        billed_on,
        collected_on,
        kind: Kind::Subscription,
        status,
        amount,
        currency: None,
        refunds: Vec::new(),
    }
}

fn case(cells: &[String]) -> Case {
    let [opened, billed, collected, kind, status, amount] = &cells[..6] else { panic!("six cells") };
    let mut main =
        charge(1, "c1", day(billed), opt_day(collected), status.parse().expect("a status"), money(amount));
    main.kind = kind.parse().expect("a kind");
    let mut case = Case {
        facts: AccountFacts {
            id: "a1".into(),
            opened_on: opt_day(opened),
            closed_on: None,
            ties: vec![Tie { partner: Some(1), from: None, assigned_on: None, self_referral: false }],
            charges: Vec::new(),
        },
        settled: Settled::default(),
        partner: partner(),
        changes: Vec::new(),
        books: None,
    };
    let mut others = Vec::new();
    for word in cells[7..cells.len() - 4].iter().filter(|word| *word != "-") {
        let (key, value) = word.split_once('=').unwrap_or((word, ""));
        match key {
            "refund" => {
                let (amount, on) = value.split_once('@').expect("AMOUNT@DAY");
                main.refunds.push(Refund { on: opt_day(on), amount: money(amount) });
            }
            "closed" => case.facts.closed_on = Some(day(value)),
            "currency" => main.currency = Some(value.parse().expect("a currency")),
            "self" => case.facts.ties[0].self_referral = true,
            "books" => case.books = Some(day(value)),
            "approved" => {
                case.partner.first_approval = Some(Some(day(value)));
                case.changes.push(Change {
                    key: Key::TaxGate,
                    value: "earn-from-approval".into(),
                    from: day("2020-01-01"),
                });
            }
            "out" => case.settled.out = money(value),
            "taken" => {
                case.settled.out = money(value);
                case.settled.unpaid = true;
            }
            "lapsed" => case.settled.lapsed = money(value),
            "earlier" => {
                let (status, days) = value.split_once('@').expect("STATUS@BILLED/COLLECTED");
                let (billed, collected) = days.split_once('/').expect("BILLED/COLLECTED");
                let status = status.parse().expect("a status");
                others.push(charge(2, "c0", day(billed), opt_day(collected), status, money("50.00")));
            }
            other => panic!("unknown word {other}"),
        }
    }
    case.facts.charges.push(main);
    case.facts.charges.extend(others);
    case.facts.charges.sort_by_key(|charge| (charge.billed_on, charge.id.clone()));
    case
}

fn judged(case: Case, as_of: Day) -> (Schedule, Assessed) {
    let policies = Policies::new(DOLLARS, &case.changes).expect("a policy");
    let settled = case.settled;
    let lines = |no| if no == 1 { vec![(1, settled)] } else { Vec::new() };
    let all = earnings(&case.facts, &policies, &One(case.partner), lines).expect("no overflow");
    let main = all
        .into_iter()
        .find(|earning| case.facts.charges[earning.charge].no == 1)
        .expect("the charge has a schedule");
    let found = main.schedule.assess(&settled, as_of, case.books, 6).expect("no overflow");
    (main.schedule, found)
}

#[test]
fn verdicts() {
    for (line, cells) in cases("verdicts") {
        let (_, found) = judged(case(&cells), day(&cells[6]));
        let found = [
            found.verdict.as_str().to_owned(),
            found.due.major(DOLLARS),
            found.delta.major(DOLLARS),
            shown(found.until),
        ];
        assert_eq!(found, cells[cells.len() - 4..], "verdicts.txt:{line}");
    }
}

#[test]
fn balances() {
    let policy = Policy::default();
    for (line, cells) in cases("balances") {
        let as_of = day(&cells[0]);
        let is_line =
            |cell: &&String| *cell == "-" || cell.starts_with(|first: char| "-0123456789".contains(first));
        let lines: Vec<&String> = cells[1..].iter().take_while(is_line).collect();
        let expected = cells[1 + lines.len()..].join(" ");
        let counting: Vec<Counting> = lines
            .iter()
            .filter(|cell| **cell != "-")
            .zip(1..)
            .map(|(cell, no)| {
                let (amount, kept) = cell.split_once('@').unwrap_or((cell, "-"));
                Counting { subject: Subject::Charge(no), amount: money(amount), anniversary: opt_day(kept) }
            })
            .collect();
        let found = assess(&partner(), &policy, as_of, RunKind::Regular, counting.clone()).expect("sums");
        let lapse = found.lapse.as_ref().map_or_else(String::new, |lapse| {
            format!("lapse {} of {} then ", lapse.amount.major(DOLLARS), lapse.lines.len())
        });
        let decision = match &found.decision {
            Decision::Pay(payable) => format!("pay {}", payable.amount().major(DOLLARS)),
            Decision::Hold { first, .. } => format!("hold {first}"),
            Decision::Wait { balance, short_by, next_lapse } => {
                let next = next_lapse.map_or_else(
                    || "none".to_owned(),
                    |next| format!("{} on {}", next.amount.major(DOLLARS), next.on),
                );
                format!("wait {} short {} next {next}", balance.major(DOLLARS), short_by.major(DOLLARS))
            }
            Decision::Owe => format!("owe {}", found.balance.major(DOLLARS)),
            Decision::Nothing => "nothing".to_owned(),
        };
        assert_eq!(format!("{lapse}{decision}"), expected, "balances.txt:{line}");
        // R7.1: an off-cycle run never writes off.
        let other = assess(&partner(), &policy, as_of, RunKind::OffCycle, counting).expect("sums");
        assert_eq!(other.lapse, None, "balances.txt:{line}");
    }
}

/// R5.8: on a day that may not write off, what has ended is named with the payday whose run takes it.
#[test]
fn what_has_ended_lapses_on_the_next_payday() {
    let policy = Policy::default();
    let line = |no: i64, amount: &str, kept: &str| Counting {
        subject: Subject::Charge(no),
        amount: money(amount),
        anniversary: opt_day(kept),
    };
    let (ended, running) = (line(1, "10.00", "2026-11-20"), line(2, "20.00", "2027-02-01"));
    let (ends_before, clawback) = (line(3, "5.00", "2026-11-25"), line(4, "-12.00", "-"));
    for (what, as_of, lines, expected) in [
        ("a Tuesday", "2026-11-24", vec![ended], Some(("2026-11-27", "10.00", true))),
        ("with more to come", "2026-11-24", vec![ended, running], Some(("2026-11-27", "10.00", true))),
        ("and more till then", "2026-11-24", vec![ended, ends_before], Some(("2026-11-27", "15.00", true))),
        ("off-cycle on the payday", "2026-11-27", vec![ended], Some(("2026-11-27", "10.00", true))),
        ("nothing has ended", "2026-11-24", vec![running], Some(("2027-02-01", "20.00", false))),
        (
            "used up by a clawback",
            "2026-11-24",
            vec![ended, running, clawback],
            Some(("2027-02-01", "18.00", false)),
        ),
        ("the last day", "2026-11-20", vec![ended], Some(("2026-11-20", "10.00", false))),
    ] {
        let found = assess(&partner(), &policy, day(as_of), RunKind::OffCycle, lines).expect("sums");
        let Decision::Wait { next_lapse, .. } = found.decision else { panic!("{what}: {found:?}") };
        let expected = expected.map(|(on, amount, is_overdue)| NextLapse {
            on: day(on),
            amount: money(amount),
            is_overdue,
        });
        assert_eq!(next_lapse, expected, "{what}");
    }
}

#[test]
fn anniversaries() {
    for (line, cells) in cases("anniversaries") {
        let [eligible, joined, assigned, returned, kept] = cells.as_slice() else { panic!("line {line}") };
        let schedule = Schedule {
            barred: Vec::new(),
            collected_on: opt_day(eligible),
            closes_on: None,
            due: money("1.00"),
            falls: Vec::new(),
            hold_end: day("2025-01-01"),
            eligible_on: opt_day(eligible),
            window_from: opt_day(joined).max(opt_day(assigned)).max(opt_day(returned)),
        };
        assert_eq!(shown(schedule.anniversary(6)), *kept, "anniversaries.txt:{line}");
    }
}

fn gate_reasons(cells: &[String]) -> Vec<Reason> {
    let [standing, country, us, form, status, signed, decided, paypal, more, as_of] = &cells[..10] else {
        panic!("ten cells")
    };
    let given = |text: &str| (text != "-").then(|| text.to_owned());
    let mut partner = partner();
    partner.standing = standing.parse().expect("a standing");
    partner.country = given(country);
    partner.us_person = given(us).map(|word| word == "yes");
    partner.tax = Tax {
        form: given(form).map(|form| form.parse().expect("a form")),
        status: status.parse().expect("a tax status"),
        signed_on: opt_day(signed),
        decided_on: opt_day(decided),
        questionnaire_says_us: more == "us-answer",
    };
    partner.paypal.email = given(paypal).map(|text| Email::new(&text));
    partner.payment_reversed = more == "reversed";
    if more == "shared" {
        partner.paypal.shared_with.push("P-2".into());
    }
    if more == "rejected" {
        partner.paypal.state = AddressState::Rejected;
    }
    let mut policy = Policy::default();
    if let Some(changed) = more.strip_prefix("new=") {
        policy.new_address_hold_days = 7;
        partner.paypal.changed_on = Some(day(changed));
    }
    let balance = if more == "rich" { money("20000.01") } else { money("500.00") };
    closed_gates(&partner, &policy, balance, day(as_of))
}

#[test]
fn gates() {
    for (line, cells) in cases("gates") {
        let found = gate_reasons(&cells);
        let words: Vec<&str> = found.iter().map(|reason| reason.as_str()).collect();
        let expected = if cells[10] == "-" { String::new() } else { cells[10..].join(" ") };
        assert_eq!(words.join(" "), expected, "gates.txt:{line}");
    }
}

#[test]
fn transitions() {
    let mut listed = (BTreeSet::new(), BTreeSet::new());
    for (line, cells) in cases("transitions") {
        let next: Vec<&str> = cells[2..].iter().map(String::as_str).filter(|word| *word != "-").collect();
        let found: Vec<&str> = if cells[0] == "run" {
            let from: RunState = cells[1].parse().expect("a run state");
            listed.0.insert(from);
            RunState::ALL.iter().filter(|to| from.may_become(**to)).map(|to| to.as_str()).collect()
        } else {
            let from: ItemState = cells[1].parse().expect("an item state");
            listed.1.insert(from);
            ItemState::ALL.iter().filter(|to| from.may_become(**to)).map(|to| to.as_str()).collect()
        };
        let sorted = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<BTreeSet<_>>();
        assert_eq!(sorted(&found), sorted(&next), "transitions.txt:{line}");
    }
    assert_eq!((listed.0.len(), listed.1.len()), (RunState::ALL.len(), ItemState::ALL.len()));
}

#[test]
fn every_verdict_and_reason_occurs_in_some_table() {
    let verdicts: BTreeSet<String> =
        cases("verdicts").iter().map(|(_, cells)| cells[cells.len() - 4].clone()).collect();
    for verdict in Verdict::ALL {
        assert!(verdicts.contains(verdict.as_str()), "no table has {verdict}");
    }
    let reasons: BTreeSet<Reason> =
        cases("gates").iter().flat_map(|(_, cells)| gate_reasons(cells)).collect();
    for reason in Reason::ALL.iter().filter(|reason| **reason != Reason::BelowMinimum) {
        assert!(reasons.contains(reason), "no table has {reason}");
    }
    let waits = cases("balances").iter().any(|(_, cells)| cells.iter().any(|cell| cell == "wait"));
    assert!(waits, "below_minimum is the wait of balances.txt");
}

#[test]
fn a_charge_is_quiet_only_when_no_later_day_opens_it() {
    // The promise behind the kept commissions: from its quiet day on, the delta is nothing, every day.
    let policies = Policies::new(DOLLARS, &[]).expect("a policy");
    for (line, cells) in cases("verdicts") {
        let case = case(&cells);
        if !case.changes.is_empty() || case.books.is_some() {
            continue;
        }
        let settled = case.settled;
        let (schedule, _) = judged(case, day(&cells[6]));
        let Some(quiet) = schedule.quiet_from(&settled, &policies).expect("sums") else { continue };
        for later in 0..400 {
            let at = partners::dates::plus_days(quiet.max(day("2025-12-01")), later);
            let delta = schedule.assess(&settled, at, None, 6).expect("sums").delta;
            assert!(delta.is_zero(), "verdicts.txt:{line}: {delta:?} on {at}");
        }
    }
}
