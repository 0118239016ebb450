//! The four commands and the mail as scripts see them: exit codes, JSON keys in their order, CSV, text for paper.

use std::process::{Command, Output, Stdio};

use partners::cli::args::tree;
use partners::commands::lookup::{Ask, Mask, lookup};
use partners::commands::why::remedy;
use partners::import::Kind;
use partners::partner::Reason;
use serde_json::Value;

use super::desk::{BILLING, Desk, PARTNERS};
use super::lookups::desk;

fn partners(desk: &Desk, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_partners"));
    command.env_clear().env("PARTNERS_DB", desk.path()).env("PARTNERS_TEST_NOW", "2026-04-10T12:00:00Z");
    command.args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn json(desk: &Desk, arguments: &[&str]) -> (i32, Value) {
    let output = partners(desk, &[arguments, &["--json"]].concat());
    let told = String::from_utf8_lossy(&output.stderr);
    (
        code(&output),
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{arguments:?}: {told}")),
    )
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn lookup_keeps_its_contract() {
    let desk = desk();
    let (exit, found) = json(&desk, &["lookup", "jane@example.com"]);
    assert_eq!(exit, 0);
    assert_eq!(keys(&found)[..5], ["schema", "query", "accounts", "partners", "referrals"]);
    assert_eq!(found["schema"], "partners/lookup/1");
    let account = &found["accounts"][0];
    assert_eq!(
        keys(account)[..10],
        [
            "account_id",
            "email",
            "name",
            "opened_on",
            "closed_on",
            "partner",
            "evidence",
            "since",
            "commission",
            "refund_period_ends_on"
        ]
    );
    assert_eq!(keys(&account["commission"])[..4], ["paid", "eligible", "in_refund_period", "withheld"]);
    assert_eq!((&account["match"], &account["evidence"]), (&Value::from("exact"), &Value::from("code")));
    assert_eq!(account["commission"]["eligible"], "50.00");
    let (exit, nothing) = json(&desk, &["lookup", "zzzzzz"]);
    assert_eq!((exit, nothing["accounts"].as_array().unwrap().len()), (1, 0));
    let masked = partners(&desk, &["lookup", "jane@example.com", "--mask"]);
    let shown = String::from_utf8(masked.stdout).unwrap();
    assert!(shown.contains("j***@e***.com") && !shown.contains("jane"), "{shown}");
    let csv = partners(&desk, &["lookup", "Jane Deo", "--format", "csv"]);
    let text = String::from_utf8(csv.stdout).unwrap();
    assert!(
        text.lines().nth(1).unwrap().starts_with("account,near,A-1,Jane Doe,jane@example.com,P-1,code"),
        "{text}"
    );
}

#[test]
fn lookup_and_validate_work_beside_a_writer() {
    let desk = desk();
    let _writer = desk.writer();
    assert_eq!(code(&partners(&desk, &["lookup", "A-1"])), 0);
    assert_eq!(code(&partners(&desk, &["validate"])), 0);
}

#[test]
fn validate_keeps_its_contract() {
    let desk = desk();
    let (exit, found) = json(&desk, &["validate", "--date", "2026-05-22"]);
    assert_eq!(exit, 3);
    assert_eq!(keys(&found)[..4], ["schema", "date", "problems", "checked"]);
    let problem = &found["problems"][0];
    assert_eq!(
        keys(problem)[..8],
        ["partner", "name", "balance", "reasons", "paypal_email", "tax_form", "tax_status", "tax_expires_on"]
    );
    assert_eq!(problem["reasons"], serde_json::json!(["tax_missing", "paypal_missing"]));
    assert_eq!((&problem["balance"], &found["checked"]), (&Value::from("20.00"), &Value::from(2)));
    let (exit, paypal) = json(&desk, &["validate", "--only", "paypal", "--date", "2026-05-22"]);
    assert_eq!((exit, &paypal["problems"][0]["reasons"]), (3, &serde_json::json!(["paypal_missing"])));
    let csv = partners(&desk, &["validate", "--format", "csv", "--date", "2026-05-22"]);
    let text = String::from_utf8(csv.stdout).unwrap();
    assert!(text.starts_with("partner,name,email,balance,reasons,what,"), "{text}");
    assert!(text.contains("P-2,Bob Barker,bob@example.com,20.00,tax_missing paypal_missing,"), "{text}");
    assert_eq!(code(&partners(&desk, &["validate", "--only", "status"])), 2);
}

#[test]
fn statements_reports_and_mails_are_written() {
    let desk = desk();
    let (exit, made) = json(&desk, &["statement", "P-1", "--from", "2026-01-01"]);
    assert_eq!((exit, &made["closing"], &made["lines"][0]["rule"]), (0, &"50.00".into(), &"R3.2".into()));
    let paper = String::from_utf8(partners(&desk, &["statement", "ann", "--printable"]).stdout).unwrap();
    assert!(
        paper.lines().all(|line| line.chars().count() <= 80) && paper.contains("Closing balance"),
        "{paper}"
    );
    assert_eq!(
        code(&partners(&desk, &["statement", "P-1", "--from", "2026-02-01", "--to", "2026-01-01"])),
        2
    );
    let (exit, owed) = json(&desk, &["report", "liability"]);
    assert_eq!(
        (exit, &owed["totals"]["total"], &owed["unclaimed_links"]),
        (0, &"120.00".into(), &"10.00".into())
    );
    let mail = String::from_utf8(partners(&desk, &["why", "P-2", "--reply"]).stdout).unwrap();
    assert!(mail.starts_with("Hello Bob Barker,\n") && mail.ends_with("Kind regards\n"), "{mail}");
    let (exit, why) = json(&desk, &["why", "P-2"]);
    assert_eq!((exit, why["paydays"].as_array().unwrap().len()), (0, 6));
    assert_eq!(keys(&why["gates"][1])[..5], ["gate", "open", "reason", "detail", "clears_on"]);
    assert_eq!(why["gates"][1]["remedy"]["by"], "partner");
}

#[test]
fn a_mail_merge_tells_who_acts_and_what_blocks() {
    let desk = desk();
    desk.take(
        Kind::Partners,
        &format!(
            "{PARTNERS}P-8,Eve Ender,eve@example.com,2025-01-01,eve@gmial.com,pending,DE,no,w8ben,approved,2023-05-05,\
             2023-05-06,EVE\n"
        ),
    );
    let row = "E-1,A-8,e@example.com,E,2026-01-01,2026-01-01,2026-01-02,subscription,800.00,,,paid,EVE";
    desk.take(Kind::Billing, &format!("{BILLING}{row}\n"));
    desk.attribute();
    let csv = partners(&desk, &["validate", "--format", "csv", "--date", "2026-12-18"]).stdout;
    let text = String::from_utf8(csv).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|column| column == name).unwrap();
    let rows: Vec<[String; 4]> = reader
        .records()
        .map(|row| {
            let row = row.unwrap();
            ["partner", "reasons", "who", "blocks"].map(|name| row[at(name)].to_owned())
        })
        .filter(|[partner, ..]| partner == "P-8" || partner == "P-1")
        .collect();
    let row = |cells: [&str; 4]| cells.map(str::to_owned);
    assert_eq!(
        rows,
        [
            row(["P-8", "partner_pending", "staff", "yes"]),
            row(["P-1", "paypal_doubtful", "partner", "no"]),
            row(["P-1", "withheld_long", "staff", "no"]),
            row(["P-8", "paypal_doubtful", "partner", "no"]),
            row(["P-8", "tax_expires_soon", "partner", "no"]),
        ],
        "{text}"
    );
}

#[test]
fn a_charge_tells_what_it_earns_and_when_it_was_refunded() {
    let desk = desk();
    let row = "C-1,A-1,jane@example.com,Jane Doe,2026-01-01,2026-01-01,2026-01-02,subscription,200.00,80.00,2026-03-05,\
               partially_refunded,ann";
    desk.take(Kind::Billing, &format!("{BILLING}{row}\n"));
    let (exit, shown) = json(&desk, &["charge", "show", "C-1"]);
    assert_eq!(exit, 0);
    assert_eq!(shown["refunds"], serde_json::json!([{"on": "2026-03-05", "amount": "80.00"}]));
    let earning = &shown["earnings"][0];
    assert_eq!((&earning["partner"], &earning["due"]), (&"P-1".into(), &"30.00".into()));
    assert_eq!((&earning["verdict"], &earning["rule"]), (&"eligible".into(), &"R3.2".into()));
}

#[test]
fn a_statement_for_a_spreadsheet_opens_and_closes() {
    let desk = desk();
    let csv = partners(&desk, &["statement", "P-1", "--from", "2026-04-05", "--format", "csv"]).stdout;
    let text = String::from_utf8(csv).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[1].starts_with("2026-04-05,opening,") && lines[1].ends_with(",50.00"), "{text}");
    assert!(lines[2].starts_with("2026-04-10,closing,") && lines[2].ends_with(",50.00"), "{text}");
}

/// What support is told to type must be something the program takes.
#[test]
fn every_command_that_is_suggested_parses() {
    let desk = desk();
    let reader = desk.reader();
    let partners = reader.partners().unwrap();
    let mut suggested: Vec<String> = Vec::new();
    for (_, partner) in partners.iter() {
        for reason in Reason::ALL {
            suggested.extend(remedy(*reason, partner, None).command);
        }
    }
    for account in ["A-1", "A-3", "A-4", "A-5", "A-6"] {
        let ask = Ask { text: account, today: desk.today, mask: Mask::Off };
        let found = lookup(&reader, &ask).unwrap();
        let nobody = found.accounts[0].no_referrer.clone();
        suggested.extend(
            nobody
                .into_iter()
                .flat_map(|nobody| nobody.command.split(" && ").map(str::to_owned).collect::<Vec<_>>()),
        );
    }
    assert!(suggested.len() > 20, "{suggested:?}");
    for line in suggested {
        let typed = line.replace("ADDRESS", "jo@example.com").replace("--amount A", "--amount 5.00");
        let words = typed.split('"').enumerate().flat_map(|(at, part)| {
            if at % 2 == 1 {
                vec![part.to_owned()]
            } else {
                part.split_whitespace().map(str::to_owned).collect()
            }
        });
        if let Err(error) = tree().try_get_matches_from(words) {
            panic!("{line}\n{error}");
        }
    }
}
