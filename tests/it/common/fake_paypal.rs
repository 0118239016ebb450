//! The fake PayPal of `tests/fake_paypal`, started as a process of its own and stopped with the test.
//!
//! Its books are the only truth about what was sent. A test in which a scripted fault was never used fails:
//! it did not test what it says.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

/// A running fake PayPal with its books.
pub struct FakePaypal {
    child: Child,
    address: String,
    arguments: Vec<String>,
    folder: tempfile::TempDir,
}

impl FakePaypal {
    /// Starts one with these options, on a free port.
    pub fn start(options: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let books = folder.path().join("books.json");
        let mut arguments = vec!["--books".to_owned(), books.to_str().unwrap().to_owned()];
        arguments.extend(options.iter().map(|option| (*option).to_owned()));
        let (child, address) = spawn(&arguments, "0");
        Self { child, address, arguments, folder }
    }

    /// Starts one that goes on from the books of another, which are copied.
    pub fn with_books(books: &std::path::Path, options: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("books.json");
        std::fs::copy(books, &own).unwrap();
        let mut arguments = vec!["--books".to_owned(), own.to_str().unwrap().to_owned()];
        arguments.extend(options.iter().map(|option| (*option).to_owned()));
        let (child, address) = spawn(&arguments, "0");
        Self { child, address, arguments, folder }
    }

    /// Returns where it listens, as `PARTNERS_PAYPAL_URL` wants it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the file in which its books are.
    pub fn books_file(&self) -> PathBuf {
        self.folder.path().join("books.json")
    }

    /// Kills it: from now on connections are refused.
    pub fn stop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Starts it again with its books, on the same port.
    pub fn start_again(&mut self) {
        let port = self.address.rsplit(':').next().unwrap();
        let (child, address) = spawn(&self.arguments, port);
        assert_eq!(address, self.address);
        self.child = child;
    }

    /// Scripts faults, each for one request.
    pub fn script(&self, faults: &Value) {
        self.control("POST", "script", faults);
    }

    /// Moves a payment, by our item id or `*`, to a status of PayPal's.
    pub fn move_item(&self, item: &str, status: &str) {
        self.control("POST", "items", &json!({"item": item, "status": status}));
    }

    /// Moves a payment to a status of PayPal's, for a reason.
    pub fn move_with_reason(&self, item: &str, status: &str, reason: &str) {
        self.control("POST", "items", &json!({"item": item, "status": status, "reason": reason}));
    }

    /// Lets days go by.
    pub fn wait_days(&self, days: u64) {
        self.control("POST", "clock", &json!({"days": days}));
    }

    /// Makes every token void.
    pub fn void_tokens(&self) {
        self.control("POST", "tokens", &json!({}));
    }

    /// Returns its books.
    pub fn books(&self) -> Value {
        self.control("GET", "books", &Value::Null)
    }

    /// Returns how many requests of a kind it has seen.
    pub fn seen(&self, kind: &str) -> usize {
        let books = self.books();
        books["requests"].as_array().unwrap().iter().filter(|request| request["kind"] == kind).count()
    }

    /// Returns how many batches it has accepted under one of our ids.
    pub fn batches_of(&self, sender_batch_id: &str) -> usize {
        let books = self.books();
        books["batches"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|batch| batch["sender_batch_id"] == sender_batch_id)
            .count()
    }

    /// Returns the money that is out or on its way: by receiver and currency, the amount and the number of
    /// payments.
    pub fn sent(&self) -> BTreeMap<String, (String, u64)> {
        let books = self.books();
        let sent = books["sent"].as_object().unwrap();
        let of =
            |sum: &Value| (sum["amount"].as_str().unwrap().to_owned(), sum["payments"].as_u64().unwrap());
        sent.iter().map(|(who, sum)| (who.clone(), of(sum))).collect()
    }

    fn control(&self, method: &str, what: &str, body: &Value) -> Value {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let head = format!(
            "{method} /control/{what} HTTP/1.1\r\nHost: fake\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        let answer = self.raw(format!("{head}{body}").as_bytes());
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200"), "{head}\n{body}");
        serde_json::from_str(body).unwrap()
    }

    /// Sends bytes and then nothing more; returns what comes back.
    pub fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(bytes).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for FakePaypal {
    fn drop(&mut self) {
        let unused = if std::thread::panicking() || self.child.try_wait().unwrap().is_some() {
            Value::Null
        } else {
            self.books()["script"].take()
        };
        let _ = self.child.kill();
        let _ = self.child.wait();
        assert!(unused.as_array().is_none_or(Vec::is_empty), "scripted and never used: {unused}");
    }
}

/// Starts the process and waits for the line with its address.
fn spawn(arguments: &[String], port: &str) -> (Child, String) {
    let mut child = Command::new(binary())
        .args(arguments)
        .args(["--port", port])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("http://").expect("the fake says where it listens").to_owned();
    (child, address)
}

/// Finds the example that `cargo test` has built beside this test.
fn binary() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let built = test.parent().and_then(|deps| deps.parent()).unwrap().join("examples/fake_paypal");
    assert!(built.exists(), "{} is not built: run `cargo build --example fake_paypal`", built.display());
    built
}
