//! The program among other processes: two at once, killed, before a closed pipe or a full disk, under a careless umask.
//!
//! What it is held to is CONTRACT.md's exit codes and promises 4, 13, 20, 27 and 31: nothing is ever half done.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use partners::dates::Now;
use partners::store::{Operator, Reader, Writer};
use sha2::{Digest, Sha256};

/// A folder with the demo's files and a database, and the program in an environment of nothing.
struct Desk(tempfile::TempDir);

impl Desk {
    /// A database without anything.
    fn empty() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        desk.done(&["init"]);
        desk
    }

    /// The demo's month, imported and attributed.
    fn demo() -> Self {
        let desk = Self::empty();
        for (kind, file) in [("partners", "partners"), ("links", "links"), ("referrals", "referrals")] {
            desk.done(&["import", kind, &sample(file)]);
        }
        // Some of its rows are set aside.
        desk.run(&["import", "billing", &sample("billing")]);
        desk.run(&["attribute"]);
        desk
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn database(&self) -> PathBuf {
        self.path().join("p.db")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_partners"));
        command
            .env_clear()
            .env("PARTNERS_TEST_NOW", "2026-11-06T14:00:00Z")
            .args(["--db", self.database().to_str().unwrap(), "--actor", "ann"])
            .args(arguments)
            .current_dir(self.path())
            .stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(code(&output), 0, "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn writer(&self) -> Writer {
        let now = chrono::DateTime::parse_from_rfc3339("2026-11-06T14:00:00Z").unwrap().to_utc();
        let operator = Operator { actor: "test".into(), os_user: "test".into(), now: Now(now) };
        Writer::open(&self.database(), &operator, Duration::from_secs(5)).unwrap()
    }

    /// Writes a billing file of so many charges.
    fn billing(&self, rows: usize) -> String {
        let path = self.path().join(format!("billing-{rows}.csv"));
        let mut file = std::io::BufWriter::new(File::create(&path).unwrap());
        writeln!(file, "charge_id,account_id,billed_on,collected_on,kind,amount,status").unwrap();
        for row in 0..rows {
            writeln!(file, "K{row},B{},2026-10-01,2026-10-02,subscription,40.00,paid", row % 500).unwrap();
        }
        file.flush().unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn sha256(&self) -> Vec<u8> {
        let bytes = ["p.db", "p.db-wal"].map(|name| fs::read(self.path().join(name)).unwrap_or_default());
        Sha256::digest(bytes.concat()).to_vec()
    }

    fn audit_rows(&self) -> i64 {
        Reader::open(&self.database()).unwrap().verify_audit().unwrap().rows
    }
}

fn sample(name: &str) -> String {
    format!("{}/fixtures/demo/{name}.csv", env!("CARGO_MANIFEST_DIR"))
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

#[test]
fn a_second_writer_is_told_or_waits() {
    let desk = Desk::demo();
    let held = desk.writer();
    let busy = desk.run(&["adjust", "ref-nobody", "1.00", "--reason", "test"]);
    assert_eq!(code(&busy), 5, "{}", String::from_utf8_lossy(&busy.stderr));
    let file = desk.billing(3);
    let waiting = desk.command(&["import", "billing", &file, "--wait", "30"]).spawn().unwrap();
    thread::sleep(Duration::from_millis(300));
    drop(held);
    assert_eq!(waiting.wait_with_output().unwrap().status.code(), Some(0));
}

#[test]
fn a_reader_does_not_wait_for_a_writer() {
    let desk = Desk::demo();
    let _held = desk.writer();
    for question in [&["preview"][..], &["payout", "list"], &["policy", "show"], &["audit", "verify"]] {
        desk.done(question);
    }
}

#[test]
fn of_two_creations_at_once_one_run_comes() {
    let desk = Desk::demo();
    let create =
        || desk.command(&["payout", "create", "--wait", "60"]).stdout(Stdio::null()).spawn().unwrap();
    let both = [create(), create()];
    for child in both {
        assert_eq!(child.wait_with_output().unwrap().status.code(), Some(0));
    }
    assert_eq!(desk.done(&["payout", "list", "--json"]).matches("\"run\":").count(), 1);
}

/// Lets a command live for a while and kills it; says whether it had ended by itself.
fn killed_after(mut command: Command, millis: u64) -> bool {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    thread::sleep(Duration::from_millis(millis));
    let ended = child.try_wait().unwrap().is_some();
    child.kill().unwrap();
    child.wait().unwrap();
    ended
}

#[test]
fn an_import_that_is_killed_was_all_or_nothing() {
    let desk = Desk::empty();
    let file = desk.billing(4_000);
    let rows = |desk: &Desk| {
        let all = desk.done(&["audit", "log", "--json"]);
        all.matches("\"import billing\"").count()
    };
    for millis in [5, 20, 60, 120, 250, 400] {
        let before = rows(&desk);
        killed_after(desk.command(&["import", "billing", &file]), millis);
        let reader = Reader::open(&desk.database()).unwrap();
        let taken = (0..500)
            .map(|no| reader.charge_count(&format!("B{no}").as_str().into()).unwrap_or_default())
            .sum::<i64>();
        assert!(taken == 0 || taken == 4_000, "{taken} of 4,000 after {millis} ms");
        assert_eq!(rows(&desk) - before, usize::from(taken > 0), "the trail tells of it");
        if taken > 0 {
            break;
        }
    }
    desk.done(&["import", "billing", &file]);
    desk.done(&["audit", "verify"]);
}

#[test]
fn a_creation_that_is_killed_was_all_or_nothing() {
    let desk = Desk::demo();
    for millis in [3, 10, 25, 50, 80, 120] {
        let before = desk.audit_rows();
        killed_after(desk.command(&["payout", "create"]), millis);
        let runs = desk.done(&["payout", "list", "--json"]).matches("\"run\":").count();
        let grown = desk.audit_rows() - before;
        assert_eq!(i64::try_from(runs).unwrap(), grown, "after {millis} ms");
        if runs > 0 {
            break;
        }
    }
    desk.done(&["payout", "create"]);
    assert_eq!(desk.done(&["payout", "list", "--json"]).matches("\"run\":").count(), 1);
}

#[test]
fn a_closed_pipe_is_no_error_and_a_full_disk_is_one() {
    let desk = Desk::demo();
    for question in [&["preview"][..], &["payout", "create"], &["audit", "log", "--format", "csv"]] {
        let mut child = desk.command(question).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        drop(child.stdout.take());
        assert_eq!(child.wait().unwrap().code(), Some(0), "{question:?} before a closed pipe");
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = desk.command(question).stdout(full).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            !output.status.success() && code(&output) != 101 && code(&output) != 70,
            "{question:?}: {said}"
        );
        assert!(!said.is_empty(), "{question:?} says nothing of the full disk");
    }
    assert_eq!(desk.done(&["payout", "list", "--json"]).matches("\"run\":").count(), 1);
}

#[test]
fn without_standard_input_nothing_is_asked_and_nothing_is_done() {
    let desk = Desk::demo();
    desk.done(&["payout", "create"]);
    let program = env!("CARGO_BIN_EXE_partners");
    let line = format!("exec {program} --db {} payout approve latest <&-", desk.database().display());
    let output = Command::new("sh").arg("-c").arg(line).output().unwrap();
    assert_eq!(code(&output), 4, "{}", String::from_utf8_lossy(&output.stderr));
    assert!(desk.done(&["payout", "list"]).contains("draft"));
}

/// Approves at a terminal that `script` makes, with a person who types; returns the exit code and what they saw.
fn typed(desk: &Desk, keys: &str) -> (i32, String) {
    let program = env!("CARGO_BIN_EXE_partners");
    let line = format!("{program} --db {} payout approve latest", desk.database().display());
    let mut child = Command::new("script")
        .args(["-qec", &line, "/dev/null"])
        .env("PARTNERS_TEST_NOW", "2026-11-06T14:00:00Z")
        .env("TERM", "xterm")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut screen = child.stdout.take().unwrap();
    let mut seen = Vec::new();
    // The person reads the question before they type.
    while !String::from_utf8_lossy(&seen).contains("Type the total") {
        let mut bytes = [0; 256];
        let count = screen.read(&mut bytes).unwrap();
        assert!(count > 0, "no question: {}", String::from_utf8_lossy(&seen));
        seen.extend_from_slice(&bytes[..count]);
    }
    thread::sleep(Duration::from_millis(100));
    let mut keyboard = child.stdin.take().unwrap();
    keyboard.write_all(keys.as_bytes()).unwrap();
    screen.read_to_end(&mut seen).unwrap();
    let ended = child.wait().unwrap().code().unwrap();
    (ended, String::from_utf8_lossy(&seen).into_owned())
}

#[test]
fn at_a_terminal_the_total_is_typed_to_the_cent() {
    let desk = Desk::demo();
    desk.done(&["payout", "create"]);
    // Enter, Ctrl-D and Esc are no total either.
    for wrong in ["1454.01\r", "yes\r", "14,54.00\r", "1454\r", "1454.00 \r", "\r", "\u{4}", "\u{1b}"] {
        let (ended, screen) = typed(&desk, wrong);
        assert_eq!(ended, 4, "{wrong:?}: {screen}");
        assert_eq!(screen.matches("Type the total").count(), 1, "{wrong:?}: {screen}");
        assert!(
            screen.contains("anna.pay@example.com") && screen.contains("704.00"),
            "the register: {screen}"
        );
        assert!(desk.done(&["payout", "list"]).contains("draft"), "{wrong:?} approved it");
    }
    // As the register shows it.
    let (ended, screen) = typed(&desk, "1,454.00\r");
    assert_eq!(ended, 0, "{screen}");
    assert!(desk.done(&["payout", "list"]).contains("approved"));
}

#[test]
fn whatever_the_umask_nobody_else_reads_a_file() {
    let desk = Desk(tempfile::tempdir().unwrap());
    let program = env!("CARGO_BIN_EXE_partners");
    let script = format!(
        "umask 000; export PARTNERS_TEST_NOW=2026-11-06T14:00:00Z PARTNERS_DB=p.db; cd {here} || exit 9
         {program} init && {program} import partners {partners} && {program} import links {links}
         {program} import referrals {referrals}
         {program} import billing {billing}; {program} attribute
         {program} payout create && {program} payout list
         {program} payout approve latest --yes --expect-total 1454.00 && {program} payout file latest --out out.csv",
        here = desk.path().display(),
        partners = sample("partners"),
        links = sample("links"),
        referrals = sample("referrals"),
        billing = sample("billing"),
    );
    let output = Command::new("sh").arg("-c").arg(script).stdin(Stdio::null()).output().unwrap();
    let mut names = Vec::new();
    for entry in fs::read_dir(desk.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{:?} has mode {mode:o}", entry.file_name());
        names.push(entry.file_name().into_string().unwrap());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(names.iter().any(|name| name == "out.csv"), "{names:?}: {said}");
}

#[test]
fn a_dry_run_leaves_every_byte() {
    let desk = Desk::demo();
    let file = desk.billing(20);
    let before = desk.sha256();
    for rehearsal in [
        &["import", "billing", &file, "--dry-run"][..],
        &["payout", "create", "--dry-run"],
        &["attribute", "--dry-run"],
    ] {
        desk.run(rehearsal);
        assert_eq!(desk.sha256(), before, "{rehearsal:?}");
    }
}

#[test]
fn no_name_drives_the_terminal_or_a_spreadsheet() {
    let desk = Desk::demo();
    let names = ["=HYPERLINK(1)", "\u{1b}[2Jgone", "a\u{202e}b", "@SUM(1)", "x\u{7}\u{9b}1m"];
    let mut file = b"partner_id,name,email,joined_on,country\n".to_vec();
    for (no, name) in names.iter().enumerate() {
        writeln!(file, "N{no},{name},n{no}@example.com,2025-01-01,US").unwrap();
    }
    let path = desk.path().join("names.csv");
    fs::write(&path, file).unwrap();
    desk.run(&["import", "partners", path.to_str().unwrap()]);
    for no in 0..names.len() {
        desk.run(&["adjust", &format!("N{no}"), "150.00", "--reason", "=1+1"]);
    }
    let mut seen = 0;
    for format in ["table", "json", "csv"] {
        for question in [
            &["preview"][..],
            &["validate"],
            &["partner", "list"],
            &["lookup", "n1@example.com"],
            &["why", "N1"],
            &["statement", "N0"],
            &["audit", "log"],
            &["report", "liability"],
        ] {
            let output = desk.run(&[question, &["--format", format]].concat());
            let said = String::from_utf8(output.stdout).unwrap();
            let talk = String::from_utf8(output.stderr).unwrap();
            for text in [&said, &talk] {
                let wild = text.chars().find(|letter| {
                    (letter.is_control() && *letter != '\n' && *letter != '\r')
                        || ('\u{202a}'..='\u{202e}').contains(letter)
                });
                assert_eq!(wild, None, "{question:?} as {format}: {text}");
            }
            seen += usize::from(said.contains("gone"));
            if format == "csv" {
                let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(said.as_bytes());
                for cell in reader
                    .records()
                    .flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
                {
                    let number = cell.parse::<rust_decimal::Decimal>().is_ok();
                    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
                    assert!(number || !formula, "{question:?}: the cell {cell:?}");
                }
            }
            if format == "json" && !said.is_empty() {
                serde_json::from_str::<serde_json::Value>(&said).unwrap();
            }
        }
    }
    assert!(seen > 3, "the names were seen {seen} times only");
}

/// The first thing that anybody tries plays to its end, and leaves books that are sound and a file that is paid by.
#[test]
fn the_demo_plays_to_its_end_in_every_form() {
    for form in ["table", "json", "csv"] {
        let desk = Desk(tempfile::tempdir().unwrap());
        desk.done(&["demo", "--format", form]);
        let folder = desk.path().join("partners-demo");
        let files =
            fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        assert!(files.into_iter().any(|name| name.starts_with("paypal-")), "{form}");
        let books = folder.join("partners.db");
        let runs = Reader::open(&books).unwrap().runs(false).unwrap();
        let last = runs.last().unwrap();
        assert_eq!(last.state, partners::run::RunState::Settled, "{form}");
    }
}
