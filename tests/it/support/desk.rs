//! A programme fed by CSV texts, on a day that a test names.

use std::path::{Path, PathBuf};
use std::time::Duration;

use partners::commands::attribute::by_evidence;
use partners::commands::import::profile::mapping;
use partners::commands::import::{Ask, Expected, Place, import};
use partners::dates::{Day, Now, parse_day};
use partners::import::Kind;
use partners::import::merge::Undoing;
use partners::money::Currency;
use partners::store::{Operator, Reader, Sharing, Writer, create};

pub const PARTNERS: &str = "partner_id,name,email,joined_on,paypal_email,status,country,us_person,tax_form,tax_status,\
                            tax_signed_on,tax_decided_on,referral_code\n";
pub const BILLING: &str = "charge_id,account_id,account_email,account_name,account_opened_on,billed_on,collected_on,\
                           kind,amount,refunded,refunded_on,status,referral_code\n";

/// Another test may be starting a process, which holds every lock until it has begun.
const WAIT: Duration = Duration::from_secs(10);

pub struct Desk {
    folder: tempfile::TempDir,
    pub today: Day,
}

pub fn day(text: &str) -> Day {
    parse_day(text, &partners::dates::Zone::UTC).unwrap()
}

impl Desk {
    pub fn on(today: &str) -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap(), today: day(today) };
        let made = create(
            &desk.path(),
            Currency::USD,
            &partners::dates::Zone::UTC,
            Sharing::Private,
            &desk.operator(),
        );
        made.unwrap();
        desk
    }

    pub fn later(mut self, today: &str) -> Self {
        self.today = day(today);
        self
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("p.db")
    }

    pub fn operator(&self) -> Operator {
        let now = Now(self.today.and_hms_opt(12, 0, 0).unwrap().and_utc());
        Operator { actor: "ann".into(), os_user: "ann".into(), now }
    }

    pub fn reader(&self) -> Reader {
        Reader::open(&self.path()).unwrap()
    }

    pub fn writer(&self) -> Writer {
        Writer::open(&self.path(), &self.operator(), WAIT).unwrap()
    }

    /// Imports a text whole; not one row may be set aside.
    pub fn take(&self, kind: Kind, text: &str) {
        let files = [PathBuf::from("-")];
        let ask = Ask {
            kind,
            files: &files,
            mapping: mapping(None).unwrap(),
            dry_run: false,
            strict: true,
            rejects: None,
            undoing: Undoing::SetAside,
            again: true,
            expected: Expected::default(),
        };
        let database = self.path();
        let mut place = Place {
            database: &database,
            operator: &self.operator(),
            wait: WAIT,
            input: &mut text.as_bytes(),
            progress: &mut |_, _| {},
        };
        let report = import(&ask, &mut place).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(report.set_aside().count(), 0, "{text}");
    }

    pub fn attribute(&self) {
        let writer = self.writer();
        let pass = by_evidence(&writer).unwrap();
        writer.commit(&pass.audit()).unwrap();
    }

    pub fn no(&self, partner: &str) -> i64 {
        self.reader().find_partner(partner).unwrap()
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}
