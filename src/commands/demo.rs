//! `demo`: the worked month that lives inside the program.
//!
//! Floor 5. Only the files and their dates; the steps are the ordinary commands, called by the same functions.

use std::io;
use std::path::{Path, PathBuf};

use crate::commands::payout::file::{FileError, write_whole};

/// A CSV file of the demo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// Its name in the demo's folder.
    pub name: &'static str,
    /// Its bytes.
    pub text: &'static str,
}

/// The partners, one for each way of being paid or not.
pub const PARTNERS: Sample =
    Sample { name: "partners.csv", text: include_str!("../../fixtures/demo/partners.csv") };
/// Their links, and one that nobody has claimed.
pub const LINKS: Sample = Sample { name: "links.csv", text: include_str!("../../fixtures/demo/links.csv") };
/// Referral records.
pub const REFERRALS: Sample =
    Sample { name: "referrals.csv", text: include_str!("../../fixtures/demo/referrals.csv") };
/// Ten months of billing.
pub const BILLING: Sample =
    Sample { name: "billing.csv", text: include_str!("../../fixtures/demo/billing.csv") };
/// What changed a week later: a refund, a late payment, a new month.
pub const BILLING_LATER: Sample = Sample {
    name: "billing-2026-11-13.csv",
    text: include_str!("../../fixtures/demo/billing-2026-11-13.csv"),
};

/// The Friday of the demo's first run, as a moment.
pub const FIRST_FRIDAY: &str = "2026-11-06T14:00:00Z";
/// The Friday after.
pub const SECOND_FRIDAY: &str = "2026-11-13T14:00:00Z";

/// Puts the files into a folder, which must not hold a demo already.
///
/// # Errors
/// A file in the way; the disk.
pub fn lay_out(folder: &Path) -> Result<Vec<PathBuf>, FileError> {
    let disk = |path: &Path| {
        let path = path.to_owned();
        move |source: io::Error| FileError::Disk { path, source }
    };
    std::fs::create_dir_all(folder).map_err(disk(folder))?;
    [PARTNERS, LINKS, REFERRALS, BILLING, BILLING_LATER]
        .into_iter()
        .map(|sample| {
            let path = folder.join(sample.name);
            write_whole(&path, sample.text.as_bytes(), |_| Ok(()))?;
            Ok(path)
        })
        .collect()
}
