//! Where a sweep begins: a database and PayPal's books at rest, and the command that is to be disturbed.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::fake_paypal::FakePaypal;
use crate::world::{RUN, World};

/// Whom the run pays: 100.00, 200.00 and so on; the address says what becomes of it.
pub const PAYEES: [&str; 4] =
    ["ann@example.com", "bob@example.org", "unclaimed@example.net", "locked@example.com"];
/// What becomes of each in the end.
pub const STATES: [&str; 4] = ["paid", "paid", "unclaimed", "failed"];
/// Payments in a batch, so that the run has two.
pub const PART_SIZE: usize = 2;
/// When the fake's payments are final.
pub const OPTIONS: [&str; 2] = ["--settle", "at-once"];

/// A beginning.
pub struct Scene {
    /// Its name.
    pub name: &'static str,
    /// The database at rest.
    pub start: World,
    /// PayPal's books at rest.
    pub books: PathBuf,
    /// The command.
    pub line: String,
    /// Whether it sends money, so that the control can find some sent twice.
    pub sends: bool,
    /// Holds the books.
    _folder: tempfile::TempDir,
}

/// Returns the line that submits the run.
pub fn submit_line() -> String {
    format!("payout submit {RUN} --yes --expect-total 1000.00 --part-size {PART_SIZE}")
}

/// Makes the three beginnings: an approved run, one whose answer was lost, one that PayPal has.
pub fn all() -> Vec<Scene> {
    let submit = Beginning::new();
    let resume = Beginning::new();
    resume.fake.script(&json!([{"on": "create", "fault": "close_after"}]));
    let _ = resume.world.run(&submit_line()).exits(6);
    let sync = Beginning::new();
    let _ = sync.world.run(&submit_line()).exits(0);
    vec![
        submit.scene("submit", submit_line(), true),
        resume.scene("resume", format!("payout resume {RUN}"), true),
        sync.scene("sync", format!("payout sync {RUN}"), false),
    ]
}

/// A world and its PayPal while a scene is made.
struct Beginning {
    world: World,
    fake: FakePaypal,
}

impl Beginning {
    fn new() -> Self {
        let fake = FakePaypal::start(&OPTIONS);
        Self { world: World::approved(&PAYEES, &fake.url()), fake }
    }

    fn scene(self, name: &'static str, line: String, sends: bool) -> Scene {
        // Asked once more, so that the books are on disk in any case.
        let _ = self.fake.books();
        let folder = tempfile::tempdir().unwrap();
        let books = folder.path().join("books.json");
        std::fs::copy(self.fake.books_file(), &books).unwrap();
        Scene { name, start: self.world, books, line, sends, _folder: folder }
    }
}

impl Scene {
    /// Begins anew: a copy of the database and of PayPal's books.
    pub fn begin(&self) -> (World, FakePaypal) {
        let fake = FakePaypal::with_books(Path::new(&self.books), &OPTIONS);
        let mut world = self.start.copy();
        world.url = fake.url();
        (world, fake)
    }
}
