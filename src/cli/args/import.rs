//! `import`: CSV files in.
//!
//! Floor 6. The columns of each kind are CONTRACT.md's, and `import` of floor 3 knows them.

use std::path::PathBuf;

use clap::Args;

use super::words;

/// The kinds of file.
const KINDS: [&str; 6] = ["billing", "partners", "links", "referrals", "accounts", "settled"];

/// Take CSV files in: new rows are kept, known ones are seen, bad ones are set aside
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Examples:
  partners import billing billing-2026-11.csv
  partners import partners partners.csv --dry-run
  partners import billing *.csv --rejects set-aside.csv
  partners import billing - --expect-rows 1204 --expect-total 51234.50",
    after_help = "Next: partners attribute, then partners preview"
)]
pub struct Import {
    /// Take the files for this kind
    #[arg(value_name = "KIND", value_parser = KINDS)]
    pub kind: String,

    /// Read these files, each in one transaction; - is standard input, a folder its *.csv by name
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,

    /// Say what would change, and change nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Take a file only if every row of it is good
    #[arg(long)]
    pub strict: bool,

    /// Write the rows that were set aside to FILE, each with its reason; an earlier such file is added to, and nothing
    /// else is replaced
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,

    /// Take rows that undo a refund or a chargeback, so that more is owed, and rows in test mode whose charge was
    /// taken for real; files with rows set aside are read again
    #[arg(long)]
    pub accept_reversals: bool,

    /// Read files again whose very bytes were imported before
    #[arg(long)]
    pub again: bool,

    /// Refuse the files unless they hold N rows together, set aside or passed over or not
    #[arg(long, value_name = "N")]
    pub expect_rows: Option<u64>,

    /// Refuse the files unless their amounts sum to A, of every row that is a charge and whose amount can be read
    #[arg(long, value_name = "A", allow_negative_numbers = true)]
    pub expect_total: Option<String>,

    /// Translate another system's columns by a profile, by its name or its file
    #[arg(long, value_name = "NAME|FILE", value_parser = words)]
    pub profile: Option<String>,
}
