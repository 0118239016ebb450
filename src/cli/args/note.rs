//! `note`: staff's remarks.
//!
//! Floor 6.

use clap::Subcommand;

use super::words;

/// Keep remarks on partners, accounts, charges and runs
#[derive(Debug, Clone, Subcommand)]
#[command(
    before_help = "Examples:
  partners note add P-7 \"asked for a cheque\"
  partners note list P-7",
    after_help = "Next: partners note list"
)]
pub enum Note {
    /// Keep a remark; never a tax number (R8)
    #[command(
        before_help = "Examples:
  partners note add P-7 \"asked for a cheque\"
  partners note add charge:C-5001 \"the customer disputes it\"",
        after_help = "Next: partners note list SUBJECT"
    )]
    Add {
        /// What it is about: a partner, account, charge or run; partner:, account: and so on before it say which
        #[arg(value_name = "SUBJECT", value_parser = words)]
        subject: String,

        /// The remark
        #[arg(value_name = "TEXT", value_parser = words)]
        text: Option<String>,
    },

    /// List remarks, oldest first
    #[command(
        before_help = "Examples:
  partners note list
  partners note list account:A-1042",
        after_help = "Next: partners note add SUBJECT TEXT"
    )]
    List {
        /// List only what is about this
        #[arg(value_name = "SUBJECT", value_parser = words)]
        subject: Option<String>,
    },
}
