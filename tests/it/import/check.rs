//! `profile check`, and what an import says of columns that a profile names and a file lacks.

use std::path::{Path, PathBuf};

use partners::import::profile::Profile;
use serde_json::{Value, json};

use super::program::{Said, json as read, run};
use super::world::World;

/// The new header of Stripe's payments, as documented.
const PAYMENTS: &str = "id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Description,Mode,Status,\
                        Customer ID,Customer Email\n";
const BALANCE: &str = "balance_transaction_id,created_utc,currency,gross,fee,net,reporting_category,source_id,\
                       description,customer_id,customer_email,customer_name,charge_id\n";

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/csv").join(name)
}

fn payment(id: &str, amount: &str) -> String {
    format!("{id},2026-03-02 10:00:00,{amount},0.00,usd,true,Plan,live,Paid,cus_1,anna@example.com\n")
}

fn moved(id: &str, what: &str, charge: &str, currency: &str, gross: &str) -> String {
    format!(
        "{id},2026-03-02 10:00:00,{currency},{gross},0.00,{gross},{what},src_{id},Plan,cus_1,anna@example.com,\
         Anna,{charge}\n"
    )
}

fn check(world: &World, text: &str, profile: &str) -> (Value, Said) {
    let words = ["profile", "check", "-", "--json", "--profile", profile];
    let said = run(&world.database(), &words, text);
    (read(&said), said)
}

fn check_for_people(world: &World, text: &str, profile: &str) -> Said {
    run(&world.database(), &["profile", "check", "-", "--profile", profile], text)
}

fn own(world: &World, changes: &[(&str, &str)]) -> String {
    let mut text = run(&world.database(), &["profile", "show", "stripe-payments"], "").out;
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    world.file("own.toml", text).to_str().unwrap().to_owned()
}

fn lacking(all: &Value) -> Vec<(&str, &str)> {
    let list = all["lacking"].as_array().unwrap();
    list.iter().map(|one| (one["column"].as_str().unwrap(), one["effect"].as_str().unwrap())).collect()
}

fn absent_warnings(said: &Said) -> Vec<String> {
    let all = read(said);
    let list = all["warnings"].as_array().unwrap().iter();
    let absent = list.filter(|one| one["code"] == "absent_columns");
    absent.map(|one| one["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_misspelt_column_that_keeps_money_safe_is_named() {
    let world = World::new();
    let changes = [
        ("column = \"Mode\"", "column = \"Livemode\""),
        ("refunded = \"Amount Refunded\"", "refunded = \"Refunded amount\""),
        ("column = \"Captured\"", "column = \"Is Captured\""),
    ];
    let profile = own(&world, &changes);
    let text = format!("{PAYMENTS}{}", payment("py_1", "79.00"));
    let (all, said) = check(&world, &text, &profile);
    assert_eq!(
        lacking(&all),
        [
            ("Refunded amount", "no row can tell that money went back"),
            ("Livemode", "no row can be passed over as test mode"),
            ("Is Captured", "no row can be told to be pending"),
            ("Dispute Status", "no row can be told to be chargeback"),
        ]
    );
    assert_eq!(all["absent"], json!(["Refunded amount", "Livemode", "Is Captured", "Dispute Status"]));
    assert_eq!(said.code, Some(3));
    let said = check_for_people(&world, &text, &profile);
    assert!(said.out.contains("Livemode") && said.out.contains("passed over as test mode"), "{}", said.out);
    // The import says so as well, and takes the file as it did.
    let said = run(&world.database(), &["import", "billing", "-", "--profile", &profile], &text);
    assert_eq!(said.code, Some(0), "{}", said.talk);
    let words = "the file lacks the column Livemode: no row can be passed over as test mode";
    assert!(said.talk.contains(words), "{}", said.talk);
    assert!(!said.talk.contains("Dispute Status"), "{}", said.talk);
}

#[test]
fn an_export_without_a_column_of_a_correct_profile_is_named() {
    let world = World::new();
    let text = "account_code,name,transaction_id,type,amount,currency,date,status,message,test\n\
                acme-01,Anna,t1,purchase,95.20,USD,2026-03-01 08:00:00,success,,false\n";
    let words = ["import", "billing", "-", "--json", "--profile", "recurly-transactions"];
    let said = run(&world.database(), &words, text);
    assert_eq!(said.code, Some(0));
    let gross = "the file lacks the column tax_amount: nothing is taken off the amounts for it";
    assert!(said.talk.contains(gross), "{}", said.talk);
    let tied = "the file lacks the column original_transaction_id: refunds cannot be tied to their charges and are \
                set aside";
    assert_eq!(absent_warnings(&said), [gross, tied]);
    assert!(!said.talk.contains("original_transaction_id"), "{}", said.talk);
    let text = format!("{PAYMENTS}{}", payment("py_1", "79.00")).replace(",Mode", ",mood");
    let said = run(&world.database(), &["import", "billing", "-"], &text);
    assert!(said.talk.contains("lacks the column Mode"), "{}", said.talk);
}

#[test]
fn what_a_documented_header_never_has_mails_nobody() {
    let world = World::new();
    let text = format!("{PAYMENTS}{}", payment("py_1", "79.00"));
    let words = ["import", "billing", "-", "--profile", "stripe-payments"];
    let said = run(&world.database(), &words, &text);
    assert!(said.code == Some(0) && !said.talk.contains("lacks"), "{}", said.talk);
    let disputes = "the file lacks the column Dispute Status: no row can be told to be chargeback";
    let said = run(&world.database(), &[&words[..], &["-v", "--again"]].concat(), &text);
    assert!(said.talk.contains(disputes), "{}", said.talk);
    let said = run(&world.database(), &[&words[..], &["--json", "--again"]].concat(), &text);
    assert_eq!(absent_warnings(&said), [disputes]);
    assert!(!said.talk.contains("lacks"), "{}", said.talk);
    let (all, said) = check(&world, &text, "stripe-payments");
    assert_eq!(lacking(&all), [("Dispute Status", "no row can be told to be chargeback")]);
    assert_eq!(said.code, Some(0));
    assert_eq!(all["lacking"][0]["foreseen"], true);
    // A dispute that is there, and its day that is not.
    let old = std::fs::read_to_string(sample("stripe-payments/old-header.csv")).unwrap();
    let (all, _) = check(&world, &old, "stripe-payments");
    let day = "what went back by a row that is chargeback has no day of its own";
    assert_eq!(lacking(&all), [("Dispute Date (UTC)", day)]);
    let balance = std::fs::read_to_string(sample("stripe-balance/itemized.csv")).unwrap();
    assert!(lacking(&check(&world, &balance, "stripe-balance").0).is_empty());
}

#[test]
fn an_alternative_that_is_there_stands_for_one_that_is_not() {
    let world = World::new();
    let text = std::fs::read_to_string(sample("ontraport-transactions/transactions.csv")).unwrap();
    let (all, _) = check(&world, &text.replacen("subtotal", "sub", 1), "ontraport-transactions");
    assert!(lacking(&all).is_empty(), "{all}");
}

#[test]
fn every_column_of_the_file_is_told_with_what_it_became() {
    let world = World::new();
    let of = |all: &Value, name: &str| {
        let list = all["file_columns"].as_array().unwrap();
        list.iter().find(|one| one["column"] == name).unwrap_or_else(|| panic!("{name}: {all}"))["became"]
            .clone()
    };
    for (file, profile) in [
        ("stripe-balance/itemized.csv", "stripe-balance"),
        ("recurly-transactions/with-original.csv", "recurly-transactions"),
        ("ontraport-purchases/purchases.csv", "ontraport-purchases"),
        ("stripe-payments/old-header.csv", "stripe-payments"),
    ] {
        let text = std::fs::read_to_string(sample(file)).unwrap();
        let (all, _) = check(&world, &text, profile);
        let header: Vec<&str> = text.lines().next().unwrap().split(',').collect();
        let told: Vec<&str> = all["file_columns"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["column"].as_str().unwrap())
            .collect();
        assert_eq!(told, header);
        let people = check_for_people(&world, &text, profile).out;
        for name in header {
            assert!(people.contains(name), "{name}: {people}");
        }
    }
    let text = std::fs::read_to_string(sample("stripe-balance/itemized.csv")).unwrap();
    let (all, _) = check(&world, &text, "stripe-balance");
    assert_eq!(of(&all, "balance_transaction_id"), json!(["the id of a refund"]));
    assert_eq!(
        of(&all, "source_id"),
        json!(["what a refund is about, which a row that undoes it names too"])
    );
    assert_eq!(of(&all, "charge_id"), json!(["charge_id", "the charge of a refund"]));
    assert_eq!(of(&all, "net"), json!([]));
    let text = std::fs::read_to_string(sample("recurly-transactions/with-original.csv")).unwrap();
    let (all, _) = check(&world, &text, "recurly-transactions");
    assert_eq!(of(&all, "tax_amount"), json!(["taken off the amount"]));
    assert_eq!(of(&all, "test"), json!(["passes rows over: test mode"]));
}

#[test]
fn a_file_of_refunds_only_has_samples() {
    let world = World::new();
    let text = format!("{BALANCE}{}", moved("txn_1", "refund", "ch_1", "usd", "-20.00"));
    let (all, _) = check(&world, &text, "stripe-balance");
    let refund = json!({
        "refund_id": "txn_1", "charge_id": "ch_1", "source": "src_txn_1", "undoes": false, "on": "2026-03-02",
        "amount": "20.00", "currency": "USD",
    });
    assert_eq!(all["refund_samples"], json!([refund]));
    let said = check_for_people(&world, &text, "stripe-balance");
    assert!(said.out.contains("txn_1") && said.out.contains("20.00"), "{}", said.out);
}

#[test]
fn refunds_and_what_undoes_them_and_other_currencies_are_sums_of_their_own() {
    let world = World::new();
    let rows = [
        moved("t1", "charge", "ch_1", "usd", "500.00"),
        moved("t2", "charge", "ch_2", "eur", "40.00"),
        moved("t3", "refund", "ch_1", "usd", "-150.00"),
        moved("t4", "dispute", "ch_1", "usd", "-200.00"),
        moved("t5", "dispute_reversal", "ch_1", "usd", "200.00"),
        moved("t6", "refund", "ch_2", "eur", "-7.00"),
        moved("t7", "refund_failure", "ch_2", "eur", "3.00"),
    ];
    let text = format!("{BALANCE}{}", rows.concat());
    let (all, _) = check(&world, &text, "stripe-balance");
    assert_eq!(all["refunds"], json!({ "rows": 2, "amount": "350.00" }));
    assert_eq!(all["undone"], json!({ "rows": 1, "amount": "200.00" }));
    assert_eq!(all["verdicts"], json!({ "unclassified": { "rows": 1, "amount": "500.00" } }));
    let euros = &all["other_currencies"]["EUR"];
    assert_eq!(euros["verdicts"], json!({ "unclassified": { "rows": 1, "amount": "40.00" } }));
    assert_eq!(euros["refunds"], json!({ "rows": 1, "amount": "7.00" }));
    assert_eq!(euros["undone"], json!({ "rows": 1, "amount": "3.00" }));
    assert_eq!(all["other_currency"], 1);
    let said = check_for_people(&world, &text, "stripe-balance");
    for words in ["350.00", "200.00", "in EUR", "40.00", "7.00"] {
        assert!(said.out.contains(words), "{words}: {}", said.out);
    }
}

#[test]
fn what_was_not_collected_or_went_back_by_a_column_is_told_of_the_sums() {
    let world = World::new();
    let refunded = payment("py_2", "20.00").replace(",0.00,", ",5.00,").replace("Paid", "Partially Refunded");
    let rows = [payment("py_1", "79.00"), refunded, payment("py_3", "8.00").replace("Paid", "Failed")];
    let text = format!("{PAYMENTS}{}", rows.concat());
    let (all, _) = check(&world, &text, "stripe-payments");
    assert_eq!(all["verdicts"]["unclassified"], json!({ "rows": 3, "amount": "107.00" }));
    assert_eq!(all["not_collected"], json!({ "rows": 1, "amount": "8.00" }));
    assert_eq!(all["refunded"], json!({ "rows": 1, "amount": "5.00" }));
    let people = check_for_people(&world, &text, "stripe-payments").out;
    assert!(people.contains("of these not collected") && people.contains("of these went back"), "{people}");
}

#[test]
fn rows_of_one_file_are_judged_as_the_import_judges_them() {
    let world = World::new();
    let rows = [
        payment("py_1", "79.00"),
        payment("py_1", "79.00"),
        payment("py_2", "10.00"),
        payment("py_2", "11.00"),
        payment("py_3", "5.00"),
    ];
    let text = format!("{PAYMENTS}{}", rows.concat());
    let (all, said) = check(&world, &text, "stripe-payments");
    assert_eq!(said.code, Some(3));
    assert_eq!(all["verdicts"], json!({ "unclassified": { "rows": 2, "amount": "84.00" } }));
    assert_eq!(all["unclassified"], json!([{ "line": "Plan", "rows": 2, "amount": "84.00" }]));
    assert_eq!((&all["seen"], &all["set_aside_rows"]), (&json!(1), &json!(2)));
    let words = ["import", "billing", "-", "--json", "--dry-run", "--profile", "stripe-payments"];
    let import = read(&run(&world.database(), &words, &text));
    let file = &import["files"][0];
    assert_eq!((&file["new"], &file["seen"], &file["set_aside"]), (&json!(2), &json!(1), &json!(2)));
    let told = |all: &Value| -> Vec<(Value, Value, Value)> {
        let list = all["set_aside"].as_array().unwrap().iter();
        list.map(|row| (row["line"].clone(), row["column"].clone(), row["reason"].clone())).collect()
    };
    assert_eq!(told(&all), told(&import));
    let people = check_for_people(&world, &text, "stripe-payments").out;
    assert!(people.contains("Only an import can tell"), "{people}");
}

#[test]
fn of_rows_with_an_order_the_newest_counts() {
    let world = World::new();
    let profile = own(&world, &[("description = \"Description\"", "updated_at = \"Description\"")]);
    let row = |id: &str, amount: &str, at: &str| payment(id, amount).replace(",Plan,", &format!(",{at},"));
    let text = format!(
        "{PAYMENTS}{}{}",
        row("py_1", "12.00", "2026-03-05 10:00:00"),
        row("py_1", "11.00", "2026-03-04 10:00:00")
    );
    let (all, _) = check(&world, &text, &profile);
    assert_eq!(all["verdicts"], json!({ "unclassified": { "rows": 1, "amount": "12.00" } }));
    assert_eq!(all["followed"], 1);
}

#[test]
fn equal_rows_with_made_ids_and_refunds_of_one_id_are_told_as_by_the_import() {
    let world = World::new();
    for (text, profile) in [
        (
            std::fs::read_to_string(sample("ontraport-purchases/purchases.csv")).unwrap(),
            "ontraport-purchases",
        ),
        (
            format!(
                "{BALANCE}{}{}{}{}",
                moved("t1", "refund", "ch_1", "usd", "-150.00"),
                moved("t1", "refund", "ch_1", "usd", "-151.00"),
                moved("t2", "refund", "ch_1", "usd", "-9.00"),
                moved("t2", "refund", "ch_1", "usd", "-9.00"),
            ),
            "stripe-balance",
        ),
    ] {
        let (all, _) = check(&world, &text, profile);
        let words = ["import", "billing", "-", "--json", "--dry-run", "--profile", profile];
        let import = read(&run(&world.database(), &words, &text));
        assert_eq!(all["set_aside_rows"], import["files"][0]["set_aside"], "{profile}");
        assert_eq!(all["seen"], import["files"][0]["seen"], "{profile}");
    }
}

#[test]
fn wordings_beyond_the_list_are_a_rest_that_ties() {
    let world = World::new();
    let rows: String = (0..1_003)
        .map(|at| payment(&format!("py_{at}"), "2.00").replace("Plan", &format!("Plan {at}")))
        .collect();
    let (all, _) = check(&world, &format!("{PAYMENTS}{rows}"), "stripe-payments");
    assert_eq!(all["unclassified"].as_array().unwrap().len(), 1_000);
    assert_eq!(all["unclassified_rest"], json!({ "rows": 3, "amount": "6.00" }));
    assert_eq!(all["verdicts"]["unclassified"], json!({ "rows": 1_003, "amount": "2006.00" }));
    let people = check_for_people(&world, &format!("{PAYMENTS}{rows}"), "stripe-payments").out;
    assert!(people.contains("all other lines") && people.contains("6.00"), "{people}");
}

#[test]
fn a_lacking_column_is_named_once() {
    let world = World::new();
    let said = check_for_people(&world, "id,customer_email\n", "stripe-balance");
    for name in
        ["balance_transaction_id", "created_utc or created", "gross", "reporting_category", "charge_id"]
    {
        assert_eq!(said.talk.matches(name).count(), 1, "{name}: {}", said.talk);
    }
}

#[test]
fn a_header_that_is_nearly_a_profile_s_is_told_what_that_one_lacks() {
    let world = World::new();
    let text = PAYMENTS.replace("Amount Refunded", "Refunded");
    let said = run(&world.database(), &["import", "billing", "-"], &text);
    assert_eq!(said.code, Some(1));
    assert!(
        said.talk.contains("nearest to the profile stripe-payments, and lacks Amount Refunded"),
        "{}",
        said.talk
    );
    assert!(!said.talk.contains("account_id"), "{}", said.talk);
    // One that is nearer to ours is told of ours.
    let said = run(
        &world.database(),
        &["import", "billing", "-"],
        "account_id,billed_on,kind,amount,currency,status\n",
    );
    assert!(said.talk.contains("the header lacks charge_id; of what billing needs"), "{}", said.talk);
}

#[test]
fn our_own_format_needs_no_profile_and_a_profile_is_no_csv() {
    let world = World::new();
    let said = run(&world.database(), &["profile", "check", "-"], super::world::BILLING);
    assert!(
        said.code == Some(1) && said.talk.contains("our own billing format, which needs no profile"),
        "{}",
        said.talk
    );
    let profile = own(&world, &[]);
    let said = run(&world.database(), &["profile", "check", &profile], "");
    assert_eq!(said.code, Some(2), "{}", said.talk);
    assert!(said.talk.contains("is a profile; check looks at a CSV file with one"), "{}", said.talk);
    assert!(said.talk.contains("partners profile check FILE --profile "), "{}", said.talk);
}

#[test]
fn what_a_profile_says_twice_or_too_early_is_refused() {
    let base = |status: &str, rules: &str| {
        format!(
            "name = \"x\"\nabout = \"x.\"\nneeds = [\"id\"]\n[columns]\ncharge_id = \"id\"\naccount_id = \"id\"\n\
             billed_on = \"on\"\namount = \"sum\"\nstatus = \"s\"\n[status]\n{status}\n{rules}"
        )
    };
    let always = "[[line]]\nkind = \"sms\"\nalways = true\n";
    let rule = "[[line]]\nkind = \"print\"\ncolumn = \"d\"\nexact = \"x\"\n";
    let refused = |text: &str| Profile::parse(text).map(|_| ()).unwrap_err().to_string();
    assert!(Profile::parse(&base("\"Paid\" = \"paid\"", &format!("{rule}{always}"))).is_ok());
    let error = refused(&base("\"Paid\" = \"paid\"", &format!("{always}{rule}")));
    assert!(error.contains("always = true fits every line, and no rule after it counts"), "{error}");
    let error = refused(&base("\"Paid\" = \"paid\"\n\"PAID\" = \"pending\"", ""));
    assert!(error.contains("[status]: \"PAID\" and \"Paid\" are the same word"), "{error}");
    let foreseen =
        base("\"Paid\" = \"paid\"", "").replacen("[columns]", "may_lack = [\"Moon\"]\n[columns]", 1);
    let error = refused(&foreseen);
    assert!(error.contains("may_lack: the profile reads no column \"Moon\""), "{error}");
}

#[test]
fn each_damaged_file_is_named_with_its_fault() {
    let world = World::new();
    let drop = world.path().join("drop");
    std::fs::create_dir(&drop).unwrap();
    let head = super::world::BILLING;
    for (name, text) in [
        ("1.csv", format!("{head}C1,A1,,2026-01-01,,sms,5,,,,pending,,,\n")),
        ("2.csv", format!("{head}C2,\"A1,,2026-01-01,,sms,5,,,,pending,,,\n")),
        ("3.csv", "charge_id,amount\n".to_owned()),
        ("4.csv", String::new()),
    ] {
        std::fs::write(drop.join(name), text).unwrap();
    }
    let said = run(&world.database(), &["import", "billing", drop.to_str().unwrap()], "");
    assert_eq!(said.code, Some(1));
    for words in [
        "2.csv: line 2: a quote opens here",
        "3.csv: line 1: the header lacks account_id",
        "4.csv: the file is empty",
        "nor was anything of ",
    ] {
        assert!(said.talk.contains(words), "{words}: {}", said.talk);
    }
    let rest = said.talk.split("nor was anything of ").nth(1).unwrap();
    assert!(rest.contains("1.csv") && !rest.contains("3.csv"), "{rest}");
}
