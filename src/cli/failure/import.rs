//! Why an import, or a look at a file, stopped: in words, with what to do next.
//!
//! Floor 6.

use super::{Exit, Failure};
use crate::commands::import::ImportError;
use crate::import::damage::Damage;
use crate::import::read;

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        let message = error.to_string();
        match error {
            ImportError::Store(inner) => inner.into(),
            ImportError::NotAFile(..) => Self::refused("not_a_file", message),
            ImportError::Unreadable { .. } => Self::refused("unreadable_file", message),
            ImportError::Damaged {
                cause: read::ReadError::Damage(Damage::MissingColumns { .. }), ..
            } => Self::refused("damaged_file", message)
                .hint("another system's export needs a profile: partners profile list, or --profile FILE"),
            ImportError::Damaged {
                cause: read::ReadError::Damage(Damage::NearProfile { .. } | Damage::NoProfile { .. }),
                ..
            } => Self::refused("damaged_file", message)
                .hint("mend the header, or name a profile of your own with --profile FILE"),
            ImportError::Damaged { cause: read::ReadError::Damage(Damage::Ours { .. }), .. } => {
                Self::refused("needs_no_profile", message)
                    .hint("partners import billing FILE --dry-run shows what would become of it")
            }
            ImportError::Damaged { .. } => Self::refused("damaged_file", message)
                .hint("mend the file, or export it again, and import it again"),
            ImportError::Strict { rows, .. } => {
                let named = rows
                    .iter()
                    .take(20)
                    .map(|row| format!("line {}: {} {:?}: {}", row.line, row.column, row.value, row.reason));
                Self::refused("strict", message)
                    .details(named)
                    .hint("without --strict the good rows go in and these are set aside")
            }
            ImportError::Control { .. } => Self::refused("control_totals", message)
                .hint("the file may be cut short, or not the one that was meant"),
            ImportError::ControlOverInput => Self::usage("control_totals", message),
            ImportError::Changed { .. } => {
                Self::refused("file_changed", message).hint("import it again once it is whole")
            }
            ImportError::NoProfile(..) => Self::refused("no_profile", message)
                .hint("partners profile list names those that are built in"),
            ImportError::Profile(..) => {
                // The place within a TOML file is drawn over several lines.
                let mut lines = message.lines().map(str::to_owned);
                Self::refused("bad_profile", lines.next().unwrap_or_default())
                    .details(lines.filter(|line| !line.is_empty()))
                    .hint("partners profile show NAME prints a built-in one to start from")
            }
            ImportError::ProfileAsFile(ref file) => {
                let next = format!("partners profile check FILE --profile {file}");
                Self::usage("profile", message).hint(next)
            }
            ImportError::ProfileOver(_) => Self::usage("profile", message),
            ImportError::RejectsPlace { .. } => Self::refused("rejects_file", message),
            ImportError::RejectsUnwritable { .. } => {
                Self::outside("rejects_file", message).hint("make room, or name another file with --rejects")
            }
            ImportError::RejectsFull { .. } => Self::outside("rejects_file", message)
                .hint("make room, or name another file with --rejects, and import it again"),
            ImportError::Rejects { .. } => Self::new(Exit::Attention, "rejects_file", message)
                .hint("mend the rows there and import that file"),
        }
    }
}
