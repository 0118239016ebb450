//! What real exports do to a programme: the same purchase spelt anew, an invoice that is not paid yet, a dispute on top
//! of a refund, a file read without the rules that decided its lines.

use std::path::PathBuf;

use partners::commands::check::check;
use partners::commands::import::Ask;
use partners::commands::import::profile::built_in;
use partners::import::Kind;
use partners::import::merge::Undoing;
use partners::import::profile::Profile;

use super::world::{World, counts, reasons};

/// A built-in profile as somebody copies it, under another name and with rules of their own.
fn own(world: &World, name: &str, rules: &str) -> String {
    let profile = built_in().unwrap().into_iter().find(|profile| profile.name == name).unwrap();
    let text = profile.text.replacen(&format!("name = \"{name}\""), "name = \"own\"", 1);
    world.file("own.toml", format!("{text}\n{rules}")).to_str().unwrap().to_owned()
}

const PLAN: &str = "[[line]]\nkind = \"subscription\"\ncolumn = \"Description\"\nprefix = \"Plan\"\n";
const STRIPE: &str = "id,Description,Created (UTC),Amount,Amount Refunded,Currency,Mode,Status,Customer ID,\
                      Customer Email,Captured,Disputed Amount,Dispute Status,Dispute Date (UTC)\n";

/// Returns the lines of the stored facts that begin so.
fn stored(world: &World, beginning: &str) -> Vec<String> {
    let facts = world.facts();
    facts.lines().filter(|line| line.starts_with(beginning)).map(str::to_owned).collect()
}

#[test]
fn a_purchase_that_is_spelt_anew_is_the_same_purchase() {
    let world = World::new();
    let rules = "[[line]]\nkind = \"subscription\"\ncolumn = \"Product Name\"\nexact = \"Pro plan\"\n";
    let profile = own(&world, "ontraport-purchases", rules);
    let header = "Email,Full Name,Order Date,Order Total,Product Name,Payment Status\n";
    let input = [PathBuf::from("-")];
    let mut new = Vec::new();
    for rows in [
        "Ann@Example.com,Ann B,2026-03-01,400.00,Pro plan,Collections\n",
        "ann@example.com,Ann B,2026-03-01,\"$400.00\",Pro plan,Paid\n",
        "ann@EXAMPLE.com,Ann B,2026-03-01,400,Pro  Plan,Paid\n",
    ] {
        let text = format!("{header}{rows}");
        new.push(counts(&world.run(&World::ask_by(&profile, &input), &text).unwrap()).0);
    }
    assert_eq!(new, [1, 0, 0]);
    // One account, one charge, and it is paid: no unpaid twin withholds the later ones (R3.4).
    assert_eq!(stored(&world, "\"ann@example.com\"|").len(), 1);
    let charge =
        "\"ann@example.com/2026-03-01/pro_plan/400.00\"|\"ann@example.com\"|20260301|20260301|0|0|40000|0|";
    assert_eq!(stored(&world, charge).len(), 1, "{}", world.facts());
}

#[test]
fn a_file_read_without_its_rules_undoes_no_decision() {
    let world = World::new();
    let with = own(&world, "stripe-payments", PLAN);
    let input = [PathBuf::from("-")];
    let rows = |refunded: &str| {
        format!(
            "{STRIPE}ch_1,Plan A,2026-03-01 10:00:00,100.00,{refunded},usd,Live,Paid,cus_1,a@example.com,true,,,\n"
        )
    };
    world.run(&World::ask_by(&with, &input), &rows("0.00")).unwrap();
    let report = world.run(&World::ask_by("stripe-payments", &input), &rows("40.00")).unwrap();
    assert_eq!(counts(&report), (0, 1, 0, 0, 0, 0));
    assert_eq!(report.files[0].tally.kind_kept, 1);
    // Still a subscription, and the news of the refund is taken.
    let charge = "\"ch_1\"|\"cus_1\"|20260301|20260301|0|0|10000|4000|";
    assert_eq!(stored(&world, charge).len(), 1, "{}", world.facts());
}

#[test]
fn an_invoice_that_is_not_paid_has_no_taxes_in_it_yet() {
    let world = World::new();
    let header = "id,Amount Paid,Currency,Customer,Date (UTC),Paid,Paid At (UTC),Status,Subscription,Tax,Total,\
                  Description\n";
    let row = |id: &str, paid: &str, at: &str, status: &str| {
        format!("{id},{paid},usd,cus_1,2026-03-01 10:00,x,{at},{status},sub_1,10.00,110.00,Plan\n")
    };
    let text = [
        header.to_owned(),
        row("in_1", "0.00", "", "open"),
        row("in_2", "0.00", "", "uncollectible"),
        row("in_3", "0.00", "", "void"),
        row("in_4", "110.00", "2026-03-02 10:00", "paid"),
        row("in_5", "5.00", "2026-03-02 10:00", "paid"),
    ]
    .concat();
    let input = [PathBuf::from("-")];
    let report = world.run(&World::ask_by("stripe-invoices", &input), &text).unwrap();
    assert_eq!(reasons(&report), ["6 Tax: is more than what it is a part of, 5.00 (R2.7)"]);
    for (charge, words) in
        [("in_1", "|1|0|0|"), ("in_2", "|8|0|0|"), ("in_3", "|7|0|0|"), ("in_4", "|0|10000|0|")]
    {
        let found = stored(&world, &format!("{charge:?}|"));
        assert!(found.len() == 1 && found[0].contains(words), "{found:?}");
    }
}

#[test]
fn a_lost_dispute_comes_on_top_of_what_was_refunded() {
    let world = World::new();
    let profile = own(&world, "stripe-payments", PLAN);
    let cases = [
        // Refunded, disputed, its status; then what went back in all, and from which day on it counts.
        ("30.00", "70.00", "lost", "Partially Refunded", "10000"),
        ("0.00", "25.00", "lost", "Paid", "2500"),
        ("10.00", "100.00", "needs_response", "Paid", "10000"),
        // Nobody says how much: all of it (R2.4).
        ("10.00", "", "lost", "Paid", "10000"),
        ("10.00", "90.00", "won", "Partially Refunded", "1000"),
    ];
    let rows: String = (1..)
        .zip(&cases)
        .map(|(no, (refunded, disputed, dispute, status, _))| {
            format!(
                "ch_{no},Plan A,2026-03-01 10:00:00,100.00,{refunded},usd,Live,{status},cus_1,a@example.com,true,\
                 {disputed},{dispute},2026-04-10 08:00:00\n"
            )
        })
        .collect();
    let input = [PathBuf::from("-")];
    let report = world.run(&World::ask_by(&profile, &input), &format!("{STRIPE}{rows}")).unwrap();
    assert_eq!(reasons(&report), [""; 0]);
    for (no, (.., all)) in (1..).zip(&cases) {
        let found = stored(&world, &format!("\"ch_{no}\"|\"cus_1\"|"));
        assert!(found.len() == 1 && found[0].contains(&format!("|10000|{all}|")), "{found:?}");
    }
    // What went back by a dispute went back on its day (R2.4).
    assert_eq!(stored(&world, "\"ch_2\"|20260410|2500|").len(), 1, "{}", world.facts());
    // On top of a refund that is known, it is a growth of its own.
    let refunded = format!(
        "{STRIPE}ch_9,Plan A,2026-03-01 10:00:00,100.00,30.00,usd,Live,Partially Refunded,cus_1,a@example.com,true,,,\n"
    );
    world.run(&World::ask_by(&profile, &input), &refunded).unwrap();
    let lost = refunded.replace(",true,,,", ",true,70.00,lost,2026-04-10 08:00:00");
    world.run(&World::ask_by(&profile, &input), &lost).unwrap();
    assert_eq!(stored(&world, "\"ch_9\"||3000|").len() + stored(&world, "\"ch_9\"|20260410|7000|").len(), 2);
    // A cell that cannot be is not swallowed by the other.
    for (cell, words) in [("-30.00", "is below zero"), ("150.00", "is more than the amount")] {
        let wrong = lost.replace("ch_9", "ch_8").replace(",30.00,", &format!(",{cell},"));
        let report = world.run(&World::ask_by(&profile, &input), &wrong).unwrap();
        assert!(reasons(&report)[0].contains(words), "{:?}", reasons(&report));
    }
}

/// What a rule overrules keeps the amount that the refunds' own column tells, unless it names another.
#[test]
fn a_chargeback_without_an_amount_is_the_whole() {
    let profile = |more: &str| {
        format!(
            "name = \"own\"\nabout = \"x.\"\nneeds = [\"id\"]\n[columns]\ncharge_id = \"id\"\naccount_id = \"id\"\n\
             billed_on = \"on\"\ncollected_on = \"on\"\namount = \"gross\"\nstatus = \"status\"\n{more}"
        )
    };
    let status = "[status]\npaid = \"paid\"\ndisputed = \"chargeback\"\n";
    let rule = "[[overrule]]\ncolumn = \"dispute\"\nis = [\"lost\"]\nstatus = \"chargeback\"\n";
    let refunds = "[refunds]\ncolumn = \"type\"\ncharge = [\"sale\"]\nrefund = [\"back\"]\nid = \"id\"\n\
                   charge_id = \"of\"\non = \"on\"\namount = \"gross\"\nsign = \"any\"\n";
    let header = "id,on,gross,back,status,dispute,type,of\n";
    let rows = "O1,2026-01-01,100.00,25.00,disputed,lost,sale,\nO2,2026-01-01,100.00,25.00,paid,lost,sale,\n\
                O3,2026-01-01,100.00,0.00,paid,lost,sale,\n";
    for (text, refunded) in [
        (profile(&format!("refunded = \"back\"\n{status}{rule}")), ["2500", "2500", "10000"]),
        (profile(&format!("{status}{rule}{refunds}")), ["10000", "10000", "10000"]),
    ] {
        let world = World::new();
        let file = world.file("own.toml", text);
        let input = [PathBuf::from("-")];
        world.run(&World::ask_by(file.to_str().unwrap(), &input), &format!("{header}{rows}")).unwrap();
        for (no, all) in (1..).zip(refunded) {
            let found = stored(&world, &format!("\"O{no}\"|\"O{no}\"|"));
            assert!(found[0].contains(&format!("|10000|{all}|")), "{found:?}");
        }
    }
    for (more, words) in [
        (
            rule.replace("chargeback", "partially_refunded") + "refunded = \"back\"\n",
            "go with status refunded",
        ),
        (format!("{rule}refunded = \"back\"\n{refunds}"), "rows of their own"),
    ] {
        let error = Profile::parse(&profile(&format!("{status}{more}"))).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
}

/// Of the parts of a made id only those are folded of which we know what they mean.
#[test]
fn a_made_id_folds_moments_and_amounts_and_nothing_it_does_not_know() {
    let world = World::new();
    let profile = world.file(
        "own.toml",
        "name = \"own\"\nabout = \"x.\"\nneeds = [\"order\"]\nid_from = [\"order\", \"at\", \"total\"]\n[columns]\n\
         account_id = \"customer\"\nbilled_on = \"at\"\ncollected_on = \"at\"\namount = [\"net\", \"total\"]\n\
         [constants]\nstatus = \"paid\"\n[dates]\nforms = [\"%Y-%m-%d %H:%M:%S\", \"%Y-%m-%d\"]\nzone = \"UTC\"\n",
    );
    let input = [PathBuf::from("-")];
    let mut new = 0;
    for row in [
        "in_1QaB,2026-03-01T10:00:00Z,400.00,400.00",
        "in_1QaB,2026-03-01 10:00:00,400.00,400",
        "in_1QaB,2026-03-01T12:00:00+02:00,400.00,400.0",
        // Another hour is another purchase, and so is a day without one: nothing may be lost in a fold (R8).
        "in_1QaB,2026-03-01T15:00:00Z,400.00,400.00",
        "in_1QaB,2026-03-01,400.00,400.00",
        "in_1qAb,2026-03-01,100.00,400.00",
    ] {
        let text = format!("order,at,net,total,customer\n{row},c1\n");
        new += counts(&world.run(&World::ask_by(profile.to_str().unwrap(), &input), &text).unwrap()).0;
    }
    assert_eq!((new, stored(&world, "\"in_1").len()), (4, 4), "{}", world.facts());
}

/// Books from before ids were made of meanings know a charge, and its account, by the spelling.
#[test]
fn a_charge_known_by_its_spelling_is_not_billed_again() {
    let world = World::new();
    let input = [PathBuf::from("-")];
    let header = "Email,Full Name,Order Date,Order Total,Product Name,Payment Status\n";
    let run = |rows: &str| {
        world.run(&World::ask_by("ontraport-purchases", &input), &format!("{header}{rows}")).unwrap()
    };
    let first = "Ann@Example.com,Ann B,2026-03-01,$400.00,Pro plan,Paid\n";
    run(first);
    let sql = rusqlite::Connection::open_with_flags_and_vfs(
        world.database(),
        rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE,
        c"partners",
    )
    .unwrap();
    sql.execute_batch(
        "UPDATE charges SET charge_id = 'Ann@Example.com/2026-03-01/Pro_plan/$400.00', account_id = 'Ann@Example.com';
         UPDATE accounts SET account_id = 'Ann@Example.com'",
    )
    .unwrap();
    drop(sql);
    let report = run(&format!(
        "{}ann@example.com,Ann B,2026-04-01,400.00,Pro plan,Paid\n",
        first.replace("Paid", "Refunded")
    ));
    assert_eq!((counts(&report), reasons(&report)), ((1, 1, 0, 0, 0, 0), Vec::new()));
    let charges = stored(&world, "\"Ann@Example.com/2026-03-01/Pro_plan/$400.00\"|\"Ann@Example.com\"|");
    assert!(charges.len() == 1 && charges[0].contains("|4|40000|40000|"), "{}", world.facts());
    let new = stored(&world, "\"ann@example.com/2026-04-01/pro_plan/400.00\"|\"Ann@Example.com\"|");
    assert_eq!(new.len(), 1, "{}", world.facts());
    assert_eq!(stored(&world, "\"Ann@Example.com\"|").len(), 1, "one account");
    // An accounts file that spells it in a third way is told how it is known, and makes no second account.
    let accounts = "account_id,email,opened_on\nANN@example.com,ann@example.com,2026-02-01\n";
    let report = world.take(Kind::Accounts, accounts);
    assert_eq!(
        reasons(&report),
        ["2 account_id: is known as Ann@Example.com, for e-mails have no case (R4.5); write it so"]
    );
    assert_eq!(
        counts(&world.take(Kind::Accounts, &accounts.replace("ANN@example.com", "Ann@Example.com"))).1,
        1
    );
}

/// A row in test mode never earns, also where its charge was imported before as if it were real.
#[test]
fn a_charge_that_turns_out_to_be_a_test_waits_for_a_person() {
    let world = World::new();
    let profile = own(&world, "stripe-payments", PLAN);
    let text = std::fs::read_to_string(&profile).unwrap();
    let blind = world.file("blind.toml", text.replace("column = \"Mode\"", "column = \"Livemode\""));
    let rows = format!(
        "{STRIPE}ch_1,Plan A,2026-03-01 10:00:00,100.00,0.00,usd,Test,Paid,cus_1,a@example.com,true,,,\n\
         ch_2,Plan A,2026-03-01 10:00:00,100.00,0.00,usd,Test,Failed,cus_1,a@example.com,true,,,\n"
    );
    let input = [PathBuf::from("-")];
    world.run(&World::ask_by(blind.to_str().unwrap(), &input), &rows).unwrap();
    let report = world.run(&World::ask_by(&profile, &input), &rows).unwrap();
    assert_eq!(counts(&report), (0, 0, 0, 0, 0, 1));
    assert!(
        reasons(&report)[0].starts_with("2 charge_id: was imported and is paid, and this row is test mode")
    );
    assert_eq!(report.files[0].tally.passed_over["test mode"], 1, "what earns nothing harms nobody");
    assert_eq!(stored(&world, "\"ch_1\"|\"cus_1\"|20260301|20260301|0|0|").len(), 1);
    // Said once; and whoever says that it is right has it voided.
    assert_eq!(counts(&world.run(&World::ask_by(&profile, &input), &rows).unwrap()), (0, 0, 1, 0, 0, 0));
    let ask = Ask { undoing: Undoing::Accepted, ..World::ask_by(&profile, &input) };
    let report = world.run(&ask, &rows).unwrap();
    assert_eq!((counts(&report), report.needs_person()), ((0, 0, 0, 0, 1, 0), true));
    assert_eq!(stored(&world, "\"ch_1\"|\"cus_1\"|20260301|20260301|0|7|").len(), 1, "{}", world.facts());
    assert_eq!(world.run(&ask, &rows).unwrap().files[0].tally.passed_over["test mode"], 2);
}

/// A refund that moved no money after all was imported before: it counts until a person takes it away.
#[test]
fn a_refund_that_came_to_nothing_waits_for_a_person() {
    let world = World::new();
    let row = |id: &str, word: &str, amount: &str, day: u8, of: &str, status: &str| {
        format!("cus_1,{id},{word},{amount},usd,2026-03-{day:02} 10:00:00,{status},false,{of},0\n")
    };
    let header = "account_code,transaction_id,type,amount,currency,date,status,test,original_transaction_id,\
                  tax_amount\n";
    let sold = row("t1", "purchase", "100.00", 1, "", "success");
    let file = |rows: &[String]| format!("{header}{}", rows.concat());
    let refund = |status: &str| row("t2", "refund", "-40.00", 5, "t1", status);
    let other = row("t3", "refund", "-25.00", 9, "t1", "success");
    let input = [PathBuf::from("-")];
    let run = |text: &str, undoing| {
        let ask = Ask { undoing, ..World::ask_by("recurly-transactions", &input) };
        world.run(&ask, text).unwrap()
    };
    let refunded = || stored(&world, "\"t1\"|\"cus_1\"|")[0].split('|').nth(7).unwrap().to_owned();
    run(&file(&[sold.clone(), refund("success"), other.clone()]), Undoing::SetAside);
    assert_eq!(refunded(), "6500");
    let voided = file(&[sold.clone(), refund("void"), row("t9", "refund", "-1.00", 9, "t1", "declined")]);
    let report = run(&voided, Undoing::SetAside);
    assert_eq!((counts(&report).5, refunded()), (1, "6500".to_owned()));
    assert!(
        reasons(&report)[0].contains("was imported for charge t1 with 40.00 on 2026-03-05"),
        "{:?}",
        reasons(&report)
    );
    assert_eq!(report.files[0].tally.passed_over["refunds that moved no money"], 1);
    assert_eq!(
        (counts(&run(&voided, Undoing::Accepted)), refunded()),
        ((0, 1, 1, 0, 0, 0), "2500".to_owned())
    );
    // The last one gone, the charge is as if none had ever come.
    run(&file(&[other.replace("success", "void")]), Undoing::Accepted);
    assert_eq!((refunded(), stored(&world, "\"t3\"|").len()), ("0".to_owned(), 0));
    assert_eq!(check(&world.database(), world.operator.now).unwrap().findings, []);
}
