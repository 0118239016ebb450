//! A PayPal to try things out with: it takes payouts, remembers them in a file, and fails as it is told.
//!
//! ```text
//! cargo run --example fake_paypal -- --port 8900 --books paypal-books.json
//! export PARTNERS_PAYPAL_URL=http://127.0.0.1:8900
//! ```
//!
//! It is a process of its own so that it outlives a killed client, and its books are the only truth about
//! what was "paid": they are on disk before any answer leaves, and a new start with the same file goes on
//! from there. It knows nothing of `partners` and shares no code with it. No real payment is ever made and
//! no clock is read: the day is `--today` and moves when told. What PayPal does is from PAYPAL.md;
//! `faults.rs` lists the faults, `control.rs` what can be asked for while it runs.
//!
//! Options: `--port N` (0, the default, takes a free one), `--books FILE`, `--script FILE` (a JSON list of
//! faults), `--settle on-read|at-once|manual` (when payments become final: after the batch was read once, on
//! acceptance, or only when told), `--client-id ID` and `--client-secret SECRET` (else any are taken),
//! `--balance AMOUNT` (else endless), `--sender E-MAIL` (our own address, which cannot be paid), `--today
//! YYYY-MM-DD`. It prints one line, its address.
//!
//! Payments end as their address says: `unclaimed@…`, `unconfirmed@…`, `locked@…`, `failed@…`, `held@…`,
//! `blocked@…`, also with something after a dot, plus or hyphen; any other address is paid.

mod books;
mod control;
mod faults;
mod http;
mod listing;
mod payouts;

use std::io::Write;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use books::{Books, Options, Settle};
use faults::{Delivery, Fault};
use http::Request;

/// The fake PayPal: its books, and what it was started with.
pub struct Fake {
    books: Mutex<Books>,
    options: Options,
}

fn main() -> ExitCode {
    match serve() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            let _ = writeln!(std::io::stderr(), "fake_paypal: {why}");
            ExitCode::from(2)
        }
    }
}

fn serve() -> Result<(), String> {
    let (options, port, script) = read_arguments(std::env::args().skip(1))?;
    let mut books = Books::open(options.books.as_deref(), &options.today)?;
    if let Some(script) = script {
        let text =
            std::fs::read_to_string(&script).map_err(|error| format!("{}: {error}", script.display()))?;
        books.script.extend(faults::read_script(&text)?);
    }
    books.save(options.books.as_deref())?;
    let listener =
        TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| format!("port {port}: {error}"))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let _ = writeln!(std::io::stdout(), "http://{address}");
    let fake = Arc::new(Fake { books: Mutex::new(books), options });
    for stream in listener.incoming().flatten() {
        let fake = Arc::clone(&fake);
        std::thread::spawn(move || fake.answer(stream));
    }
    Ok(())
}

fn read_arguments(
    mut given: impl Iterator<Item = String>,
) -> Result<(Options, u16, Option<PathBuf>), String> {
    let mut options = Options::default();
    let (mut port, mut script) = (0, None);
    while let Some(name) = given.next() {
        let value = given.next().ok_or_else(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--port" => port = value.parse().map_err(|_| format!("{value:?} is not a port"))?,
            "--books" => options.books = Some(PathBuf::from(value)),
            "--script" => script = Some(PathBuf::from(value)),
            "--settle" => options.settle = Settle::read(&value)?,
            "--client-id" => options.client_id = Some(value),
            "--client-secret" => options.client_secret = Some(value),
            "--balance" => {
                options.balance =
                    Some(books::hundredths(&value).ok_or_else(|| format!("{value:?} is no amount"))?);
            }
            "--sender" => options.sender = Some(value.to_lowercase()),
            "--today" => options.today = value,
            _ => return Err(format!("{name} is no option; see the head of tests/fake_paypal/server.rs")),
        }
    }
    Ok((options, port, script))
}

impl Fake {
    /// Answers one connection, which is one request.
    fn answer(&self, stream: TcpStream) {
        let Some(mut request) = Request::read_head(stream) else { return };
        if request.path.starts_with("/control/") {
            let body = request.read_body().unwrap_or_default();
            let reply = control::answer(&mut self.lock(), &request, &body);
            self.save();
            request.deliver(&reply, &Delivery::Whole);
            return;
        }
        let kind = payouts::Kind::of(&request.method, &request.path);
        let fault = self.lock().take_fault(kind);
        let leave_last_byte = fault.as_ref().is_some_and(Fault::resets);
        let body = if leave_last_byte { request.peek_body() } else { request.read_body() };
        let Some(body) = body else {
            // Half a request is no request: whatever was scripted waits for a whole one.
            let mut books = self.lock();
            books.note(&request, kind, None, None, None);
            drop(books.script.splice(0..0, fault));
            return;
        };
        let (reply, delivery) = {
            let mut books = self.lock();
            let (reply, delivery) =
                payouts::answer(&mut books, &self.options, &request, &body, kind, fault.as_ref());
            let sender_batch_id = payouts::sender_batch_id(&body);
            books.note(&request, kind, sender_batch_id, Some(reply.status), fault.as_ref());
            books.used.extend(fault);
            (reply, delivery)
        };
        self.save();
        request.deliver(&reply, &delivery);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn save(&self) {
        if let Err(why) = self.lock().save(self.options.books.as_deref()) {
            let _ = writeln!(std::io::stderr(), "fake_paypal: {why}");
        }
    }
}
