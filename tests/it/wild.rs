//! Text that would drive a terminal, turn the direction of writing, hide, or start a formula: put into every field that
//! can be imported or typed, and then asked for by every command in every form (PROMISES 18, CONTRACT.md "Everywhere").
//!
//! The list of commands is the grammar's: one that is not tried here fails the last assertion.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::process::Output;

use partners::cli::args::tree;
use serde_json::Value;

use super::common::fake_paypal::FakePaypal;
use super::common::pty::Pty;
use super::common::world::World;

/// What stands in the fields; `gone` tells that it was seen.
const WILD: [&str; 14] = [
    "\u{1b}[2Jgone",
    "\u{1b}]8;;https://example.com\u{7}gone\u{1b}]8;;\u{7}",
    "\u{9b}31mgone\u{85}",
    "\u{202e}gone\u{202c}",
    "\u{2066}gone\u{2069}\u{200f}",
    "go\u{200b}ne\u{feff}\u{ad}",
    "go\nne\r\nforged: line",
    "\rgone",
    "\tgone",
    "=HYPERLINK(\"https://example.com\",\"gone\")",
    "+gone",
    "-gone",
    "@SUM(gone)",
    "\u{200b}=gone\u{2028}\u{e0041}",
];
const FORMS: [&str; 3] = ["table", "json", "csv"];

/// Whether a character may not reach a terminal or a file; the program's own list is not asked.
fn is_wild(letter: char) -> bool {
    letter.is_control() && letter != '\n'
        || matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// A world full of wild text.
struct Wild {
    world: World,
    tried: BTreeSet<String>,
    seen: usize,
}

impl Wild {
    fn file(&self, name: &str, head: &str, rows: &[Vec<String>]) {
        fs::write(self.world.path().join(name), format!("{head}\n{}\n", rows.concat().join("\n"))).unwrap();
    }

    /// Runs a command in every form, and demands that all it says is tame.
    fn tries(&mut self, words: &[&str]) {
        for form in FORMS {
            self.tries_as(words, Some(form));
        }
    }

    fn tries_as(&mut self, words: &[&str], form: Option<&str>) -> Output {
        self.tried.insert(command_of(words));
        let form_words: Vec<&str> = form.map_or_else(Vec::new, |form| vec!["--format", form]);
        let output = self.world.command(&[words, &form_words].concat()).output().unwrap();
        let said = std::str::from_utf8(&output.stdout).unwrap();
        let talk = std::str::from_utf8(&output.stderr).unwrap();
        assert_ne!(output.status.code(), Some(70), "{words:?}: {talk}");
        assert!(output.status.code().is_some(), "{words:?} died: {talk}");
        for text in [said, talk] {
            let found = text.chars().find(|letter| is_wild(*letter));
            assert_eq!(found, None, "{words:?} as {form:?}:\n{text:?}");
            assert!(!text.lines().any(|line| line.starts_with("forged")), "{words:?} as {form:?}:\n{text}");
        }
        self.seen += usize::from(said.contains("gone") || talk.contains("gone"));
        match form {
            Some("json") => {
                for object in [said].into_iter().filter(|said| !said.is_empty()).chain(talk.lines()) {
                    serde_json::from_str::<Value>(object)
                        .unwrap_or_else(|error| panic!("{words:?}: {error}: {object}"));
                }
            }
            Some("csv") => is_tame_csv(said, words),
            Some(_) | None => {}
        }
        output
    }
}

fn is_tame_csv(said: &str, words: &[&str]) {
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(said.as_bytes());
    for row in reader.records() {
        for cell in &row.unwrap() {
            let figure = cell.parse::<rust_decimal::Decimal>().is_ok();
            let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
            assert!(figure || !formula, "{words:?}: the cell {cell:?}");
        }
    }
}

/// Names the command that words begin with.
fn command_of(words: &[&str]) -> String {
    let mut command = tree();
    let mut path = Vec::new();
    for word in words {
        let Some(below) = command.find_subcommand(word) else { break };
        path.push(below.get_name().to_owned());
        command = below.clone();
    }
    path.join(" ")
}

fn leaves(command: &clap::Command, path: &str, all: &mut BTreeSet<String>) {
    let mut below = command.get_subcommands().peekable();
    if below.peek().is_none() {
        all.insert(path.to_owned());
    }
    for command in below {
        leaves(command, format!("{path} {}", command.get_name()).trim(), all);
    }
}

/// Rows of one form, each with another wild text, and with the same where no line break may stand.
fn rows(of: impl Fn(usize, &str, &str) -> String) -> Vec<String> {
    let row = |(at, text): (usize, &&str)| of(at, &cell(text), &cell(&text.replace(['\n', '\r'], "\u{b}")));
    WILD.iter().enumerate().map(row).collect()
}

fn cell(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// Books whose every field is wild, each row by another text.
fn wild_books(fake: &FakePaypal) -> Wild {
    let wild = Wild { world: World::empty(&fake.url()), tried: BTreeSet::new(), seen: 0 };
    let good = "2025-01-01";
    wild.file(
        "partners.csv",
        "partner_id,name,email,joined_on,paypal_email,country,tax_form,tax_status,referral_code,\u{1b}[2Jgone",
        &[
            rows(|at, text, flat| {
                format!("W{at},{text},w{at}@example.com,{good},w{at}@example.net,US,w9,approved,CODE{at},{flat}")
            }),
            rows(|_, text, flat| format!("{flat},{text},{flat},{good},{flat},{flat},w9,approved,{flat},")),
            rows(|at, text, flat| format!("V{at},{text},v{at}@example.com,{good},{flat},US,w9,received,,{flat}")),
            rows(|at, text, flat| format!("U{at},{text},u{at}@example.com,{flat},,{flat},{flat},{flat},,")),
        ],
    );
    wild.file(
        "links.csv",
        "code,partner_id,owner_email,channel,created_on",
        &[
            rows(|_, _, flat| format!("{flat},W1,,link,{good}")),
            rows(|at, _, flat| format!("HEART{at},,{flat},social,{good}")),
            rows(|at, _, flat| format!("LOST{at},{flat},,{flat},{flat}")),
        ],
    );
    wild.file(
        "referrals.csv",
        "email,code,referred_on,channel",
        &[
            rows(|at, _, flat| format!("r{at}@example.com,{flat},2026-01-01,link")),
            rows(|at, _, flat| format!("{flat},CODE{at},2026-01-01,{flat}")),
        ],
    );
    wild.file(
        "accounts.csv",
        "account_id,email,name,opened_on,closed_on,referral_code",
        &[
            rows(|at, text, _| format!("A{at},a{at}@example.com,{text},2026-05-01,,CODE{at}")),
            rows(|_, text, flat| format!("{flat},{flat},{text},2026-05-01,,{flat}")),
            rows(|at, text, flat| format!("B{at},b{at}@example.com,{text},{flat},,{flat}")),
        ],
    );
    let billed = "2026-06-01,2026-06-02";
    wild.file(
        "billing.csv",
        "charge_id,account_id,account_email,account_name,account_opened_on,billed_on,collected_on,kind,amount,currency,\
         status,referral_code,description",
        &[
            rows(|at, text, _| {
                format!("C{at},A{at},a{at}@example.com,{text},2026-05-01,{billed},subscription,600.00,USD,paid,,{text}")
            }),
            rows(|at, text, flat| {
                format!("D{at},B{at},,{text},2026-05-01,{billed},{flat},9.00,USD,paid,{flat},{text}")
            }),
            rows(|_, text, flat| {
                format!("{flat},{flat},{flat},{text},2026-05-01,{billed},subscription,9.00,USD,paid,{flat},{text}")
            }),
            rows(|at, text, flat| format!("E{at},A{at},,,{flat},{billed},sms,{flat},{flat},{flat},,{text}")),
        ],
    );
    wild.file(
        "settled.csv",
        "charge_id,partner_id,amount,paid_on,reference",
        &[
            rows(|at, _, flat| format!("C{at},W{at},1.00,2026-06-05,{flat}")),
            rows(|_, _, flat| format!("{flat},{flat},1.00,2026-06-05,{flat}")),
        ],
    );
    // Files that are refused whole, with words from within them.
    wild.file("broken.csv", "charge_id,account_id", &[vec![format!("{},x", cell(WILD[6]))]]);
    wild.file("header.csv", WILD[0], &[vec![cell(WILD[3])]]);
    wild
}

#[test]
#[cfg(debug_assertions)]
fn nothing_wild_comes_out_of_any_command_in_any_form() {
    let fake = FakePaypal::start(&[]);
    let mut wild = wild_books(&fake);
    wild.tries(&["init"]);
    for kind in ["partners", "links", "referrals", "accounts", "billing", "settled"] {
        wild.tries(&[
            "import",
            kind,
            &format!("{kind}.csv"),
            "--again",
            "--rejects",
            &format!("{kind}-rejects.csv"),
        ]);
    }
    for refused in ["broken.csv", "header.csv"] {
        wild.tries(&["import", "billing", refused]);
    }
    let rejects = fs::read_to_string(wild.world.path().join("billing-rejects.csv")).unwrap();
    assert!(rejects.contains("gone"), "{rejects}");
    wild.tries(&["attribute", "--dry-run"]);
    wild.tries(&["attribute"]);
    for text in WILD {
        types(&mut wild, text);
    }
    for at in 0..WILD.len() {
        let (partner, account, charge) = (format!("W{at}"), format!("A{at}"), format!("C{at}"));
        for question in [
            &["why", &partner][..],
            &["why", &partner, "--reply"],
            &["partner", "show", &partner],
            &["statement", &partner],
            &["account", "show", &account],
            &["charge", "show", &charge],
            &["lookup", &account],
            &["lookup", &account, "--mask"],
            &["link", "list", "--partner", &partner],
            &["note", "list", &partner],
        ] {
            wild.tries(question);
        }
        wild.tries_as(&["statement", &partner, "--printable"], None);
    }
    for question in [
        &["preview"][..],
        &["preview", "--date", "2027-03-03"],
        &["validate"],
        &["report", "liability"],
        &["report", "undecided"],
        &["partner", "list"],
        &["link", "list"],
        &["link", "list", "--unclaimed"],
        &["note", "list"],
        &["policy", "show"],
        &["profile", "list"],
        &["profile", "show", "generic"],
        &["profile", "check", "billing.csv"],
        &["audit", "log"],
        &["audit", "verify"],
        &["check"],
        &["doctor"],
        &["doctor", "--verbose"],
    ] {
        wild.tries(question);
    }
    runs(&mut wild);
    for question in
        [&["audit", "log"][..], &["audit", "verify"], &["check"], &["man", "pages"], &["backup", "copy.db"]]
    {
        wild.tries(question);
    }
    wild.tries(&["restore", "copy.db", "--reason", WILD[0], "--yes"]);
    wild.tries(&["restore", "--reconciled", "--reason", WILD[3], "--yes"]);
    wild.tries(&["audit", "log"]);
    for shell in ["bash", "zsh", "fish", "powershell"] {
        wild.tries_as(&["completions", shell], None);
    }
    wild.tries_as(&["demo", "play"], None);
    assert!(wild.seen > 500, "what is wild was seen {} times only", wild.seen);
    let mut all = BTreeSet::new();
    leaves(&tree(), "", &mut all);
    let forgotten: Vec<&String> = all.difference(&wild.tried).collect();
    assert!(forgotten.is_empty(), "try these here as well: {forgotten:?}");
}

/// Types one wild text wherever a text can be typed.
fn types(wild: &mut Wild, text: &str) {
    let mut turn = WILD.iter().position(|one| *one == text).unwrap();
    let actor = format!("{text}er");
    for typed in [
        &["lookup", text][..],
        &["why", text],
        &["partner", "show", text],
        &["account", "show", text],
        &["charge", "show", text],
        &["payout", "show", text],
        &["note", "add", "W1", text],
        &["note", "add", text, text],
        &["partner", "add", text, "--name", text, "--email", text],
        &["partner", "edit", "W2", "--name", text, "--actor", &actor],
        &["partner", "edit", "W3", "--country", text],
        &["partner", "release", "W1", "--reason", text],
        &["account", "edit", "A1", "--name", text, "--reason", text],
        &["adjust", "W1", "1.00", "--reason", text, "--actor", &actor],
        &["adjust", "W1", text, "--reason", "x"],
        &["adjust", "V3", "150.00", "--reason", text],
        &["link", "add", text, "--to", "W1", "--channel", "link"],
        &["link", "add", "HEART-OF", "--owner", text, "--channel", "social"],
        &["link", "claim", text, "--to", text, "--reason", text],
        &["paypal", "set", "W4", text, "--reason", text],
        &["paypal", "confirm", "W5", "--reason", text],
        &["paypal", "allow-shared", "W5", "W6", "--reason", text],
        &["tax", "set", text, "--form", "w9"],
        &["tax", "approve", "W7"],
        &["tax", "reject", "W8", "--reason", text],
        &["attribute", "B1", "--to", "W1", "--override-lock", "--reason", text, "--yes"],
        &["charge", "resolve", "C1", "--as", "write_off", "--reason", text],
        &["policy", "set", "minimum", "60.00", "--from", "2027-01-01", "--reason", text],
        &["policy", "set", "minimum", text, "--from", "2027-01-01", "--reason", "x"],
        &[
            "payout",
            "record",
            "W9",
            "--amount",
            "1.00",
            "--method",
            text,
            "--reference",
            text,
            "--reason",
            text,
        ],
        &["import", "billing", text],
        &["import", "billing", "billing.csv", "--profile", text],
        &["profile", "show", text],
        &["backup", &format!("nowhere/{text}")],
        &["restore", text, "--reason", text, "--yes"],
        &["no such command", text],
    ] {
        // One form each, in turn: every command meets each of them with several texts.
        turn += 1;
        wild.tries_as(typed, Some(FORMS[turn % FORMS.len()]));
    }
}

/// Takes runs through all that can become of them, by file and by PayPal.
fn runs(wild: &mut Wild) {
    let total = |wild: &Wild| -> String {
        let shown = wild.world.run("payout show latest --json").exits(0).json();
        shown["totals"]["amount"].as_str().unwrap().to_owned()
    };
    let state = |wild: &Wild| wild.world.run("payout show latest --json").exits(0).json()["state"].clone();
    wild.tries(&["payout", "create", "--dry-run"]);
    wild.tries(&["payout", "create"]);
    wild.tries(&["payout", "show", "latest"]);
    wild.tries(&["payout", "cancel", "latest", "--reason", WILD[0], "--yes"]);
    wild.tries(&["payout", "create"]);
    let sum = total(wild);
    wild.tries(&["payout", "approve", "latest", "--yes", "--expect-total", &sum]);
    let out = format!("{}.csv", WILD[3]);
    wild.tries(&["payout", "file", "latest", "--out", &out]);
    fs::write(wild.world.path().join("report.csv"), format!("Name,{}\n{},1\n", WILD[3], WILD[0])).unwrap();
    wild.tries(&["payout", "reconcile", "latest", "--report", "report.csv", "--yes"]);
    wild.tries(&["payout", "settle", "latest", "--item", &format!("{}=paid", WILD[0])]);
    wild.tries(&["payout", "settle", "latest", "--all-paid", "--yes"]);
    wild.tries(&["payout", "list"]);
    assert_eq!(state(wild), "settled");
    // Another run, through PayPal.
    let mut more = "charge_id,account_id,billed_on,collected_on,kind,amount,currency,status\n".to_owned();
    for at in 0..WILD.len() {
        writeln!(more, "F{at},A{at},2026-11-20,2026-11-20,subscription,800.00,USD,paid").unwrap();
    }
    fs::write(wild.world.path().join("more.csv"), more).unwrap();
    wild.tries(&["import", "billing", "more.csv"]);
    wild.tries(&["payout", "create", "--off-cycle"]);
    let sum = total(wild);
    wild.tries(&["payout", "approve", "latest", "--yes", "--expect-total", &sum]);
    wild.tries(&["payout", "submit", "latest", "--yes", "--expect-total", &sum]);
    for verb in [&["payout", "resume", "latest"][..], &["payout", "sync"], &["payout", "sync", "latest"]] {
        wild.tries(verb);
    }
    // What the fake has paid is known after one question.
    assert_eq!(state(wild), "settled");
    wild.tries(&["payout", "resume", "latest", "--batch", WILD[0]]);
    wild.tries(&["payout", "cancel-item", WILD[0], "--yes"]);
    wild.tries(&["payout", "show", "latest"]);
}

/// The same at a terminal, where tables are fitted to its width and a person is asked.
#[test]
#[cfg(debug_assertions)]
fn nothing_wild_comes_out_at_a_terminal() {
    let fake = FakePaypal::start(&[]);
    let wild = wild_books(&fake);
    for line in [
        "init",
        "import partners partners.csv",
        "import accounts accounts.csv",
        "import billing billing.csv",
        "attribute",
    ] {
        let said = wild.world.run(line);
        assert!(matches!(said.code, Some(0 | 3)), "{said:?}");
    }
    let profile = wild.world.run("profile show stripe-balance").exits(0).out;
    let profile = format!("# {}{}\n{profile}", WILD[3], WILD[2]);
    fs::write(wild.world.path().join("mine.toml"), profile).unwrap();
    for line in [
        &["preview"][..],
        &["validate"],
        &["partner", "list"],
        &["why", "W0"],
        &["lookup", WILD[0]],
        &["account", "show", "A2"],
        &["payout", "create", "--dry-run"],
        &["profile", "show", "mine.toml"],
        &["report", "liability"],
        &["report", "undecided"],
    ] {
        let mut command = wild.world.command(line);
        command.env("NO_COLOR", "1").env("TERM", "xterm");
        let (_, seen) = Pty::start(command).ends();
        let seen = seen.replace("\r\n", "\n").replace("\u{1b}[?25h", "");
        let found = seen.chars().find(|letter| is_wild(*letter));
        assert_eq!(found, None, "{line:?}:\n{seen:?}");
        let nothing_to_see = line[0] == "payout" || line[0] == "validate";
        assert!(nothing_to_see || seen.contains("gone"), "{line:?}:\n{seen}");
    }
}
