//! A person who presses ^C, a terminal that goes away, a machine that shuts down in the middle of a submission; and
//! what of the secret can be seen meanwhile.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::json;

use crate::common::fake_paypal::FakePaypal;
use crate::common::world::{CLIENT_ID, RUN, SECRET, World};

/// Interrupted while PayPal's answer is awaited, the outcome is unknown, and the next command finds it out.
#[test]
fn interrupted_in_the_middle_it_is_unknown_and_paid_once() {
    for (signal, fault) in [
        ("INT", "hang_after"),
        ("TERM", "hang_after"),
        ("HUP", "hang_after"),
        ("QUIT", "hang_after"),
        ("INT", "hang_before"),
        ("TERM", "hang_before"),
        ("HUP", "hang_before"),
    ] {
        let fake = FakePaypal::start(&["--settle", "at-once"]);
        let mut world = World::approved(&["ann@example.com"], &fake.url());
        world.variables.push(("PARTNERS_PAYPAL_TIMEOUT".to_owned(), "60".to_owned()));
        fake.script(&json!([{"on": "create", "fault": fault}]));
        let line = format!("payout submit {RUN} --yes --expect-total 100.00");
        let words: Vec<&str> = line.split(' ').collect();
        let mut child = world.command(&words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        while fake.seen("create") == 0 {
            std::thread::sleep(Duration::from_millis(20));
        }
        // While it waits, nobody who lists processes sees the secret, nor may look into the process.
        let line = fs::read(format!("/proc/{}/cmdline", child.id())).unwrap();
        assert!(!line.windows(SECRET.len()).any(|part| part == SECRET.as_bytes()));
        let killed = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status().unwrap();
        assert!(killed.success());
        assert_ne!(child.wait().unwrap().code(), Some(0), "{signal}");
        assert_eq!(world.state(), "submitting", "{signal}");
        world.check();
        let _ = world.run(&format!("payout resume {RUN}")).exits(0);
        let _ = world.run("payout sync").exits(0);
        assert_eq!(fake.books()["batches"].as_array().unwrap().len(), 1, "{signal}");
        assert_eq!(fake.sent()["ann@example.com USD"], ("100.00".to_owned(), 1), "{signal}");
        world.check();
    }
}

/// The secret and the token stand in no byte that any of the commands that speak to PayPal leaves: not on its streams,
/// not in the database or its trail, a backup, an export, the manual or a report (promise 26).
#[test]
fn no_byte_that_is_left_holds_the_secret() {
    let fake = FakePaypal::start(&["--client-id", CLIENT_ID, "--client-secret", SECRET]);
    let world = World::approved(&["ann@example.com", "unclaimed@example.org"], &fake.url());
    let mut heard = Vec::new();
    let mut run = |line: &str| {
        let said = world.run(line);
        heard.extend(said.out.into_bytes());
        heard.extend(said.err.into_bytes());
    };
    let details = json!([{"field": SECRET, "issue": SECRET}]);
    let echo = json!({"name": SECRET, "message": SECRET, "debug_id": SECRET, "details": details});
    fake.script(&json!([
        {"on": "create", "fault": "reply", "http": 403, "body": echo},
        {"on": "create", "fault": "close_after"},
        {"on": "cancel", "fault": "reply", "http": 400, "body": echo},
    ]));
    for line in [
        "payout submit 2026-11-27 --yes --expect-total 300.00 --verbose",
        "payout submit 2026-11-27 --yes --expect-total 300.00 --json",
        "payout resume 2026-11-27 --verbose",
        "payout sync",
        "payout sync --json",
        "payout cancel-item 2026-11-27-0002 --yes",
        "payout cancel-item 2026-11-27-0002 --yes --json",
        "payout show 2026-11-27 --json",
        "payout show 2026-11-27 --format csv",
        "audit log --json",
        "doctor",
        "check --json",
        "backup copy.db",
        "man manual",
    ] {
        run(line);
    }
    let mut files: Vec<_> = vec![world.path().to_path_buf()];
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            heard.extend(fs::read(&path).unwrap());
        }
    }
    let base64 = "Y2FuYXJ5LWNsaWVudC0zYjdkOm";
    for word in [SECRET, "A21AAcanaryToken", base64] {
        assert!(!heard.windows(word.len()).any(|part| part == word.as_bytes()), "{word} was left behind");
    }
}

/// Between the request and the commit of its answer nothing is drawn, on a terminal either (PROMISES A4).
#[test]
fn nothing_is_drawn_while_an_answer_is_awaited() {
    let script = Command::new("script").arg("--version").output();
    let strace = Command::new("strace").arg("-V").output();
    if script.is_err() || strace.is_err() {
        return;
    }
    let fake = FakePaypal::start(&["--settle", "at-once"]);
    let mut world = World::approved(&["ann@example.com"], &fake.url());
    world.variables.push(("PARTNERS_PAYPAL_TIMEOUT".to_owned(), "5".to_owned()));
    world.variables.push(("TERM".to_owned(), "xterm".to_owned()));
    world.variables.push(("PATH".to_owned(), "/usr/bin:/bin".to_owned()));
    fake.script(&json!([{"on": "create", "fault": "drip_after"}]));
    let program = crate::common::world::program();
    let line = format!(
        "strace -f -e trace=write,writev,sendto,pwrite64 -s 60 -o trace {} payout submit {RUN} --yes \
         --expect-total 100.00",
        program.display()
    );
    let _ = world
        .with_program(std::path::Path::new("script"), &["-qec", &line, "/dev/null"])
        .stdout(Stdio::null())
        .status()
        .unwrap();
    let trace = fs::read_to_string(world.path().join("trace")).unwrap();
    let lines: Vec<&str> = trace.lines().collect();
    let post = lines.iter().position(|line| line.contains("POST /v1/payments/payouts")).expect("it was sent");
    let after = lines[post..].iter().position(|line| line.contains("pwrite64")).expect("it was saved");
    let drawn: Vec<_> = lines[post..post + after]
        .iter()
        .filter(|line| line.contains("write(1,") || line.contains("write(2,"))
        .collect();
    assert!(drawn.is_empty(), "{drawn:?}");
}
