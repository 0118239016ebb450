//! The client id and secret with which PayPal's API is asked for a token.
//!
//! Floor 4. Where they may come from is CONTRACT.md's PayPal line: a file nobody else can read, or, less
//! well, the environment. Nothing here prints, logs or stores them; no error names more than a variable or a
//! path (promise 26).

use std::ffi::OsString;
use std::fs::File;
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;

/// The variable that holds the client id.
pub const CLIENT_ID_VARIABLE: &str = "PARTNERS_PAYPAL_CLIENT_ID";
/// The variable that names the file with the secret.
pub const SECRET_FILE_VARIABLE: &str = "PARTNERS_PAYPAL_SECRET_FILE";
/// The variable that holds the secret itself, for where a file cannot be had.
pub const SECRET_VARIABLE: &str = "PARTNERS_PAYPAL_CLIENT_SECRET";

/// Bytes a client id or a secret may have; PayPal's have 80.
const SECRET_BYTES_MAX: usize = 1_000;
/// The permission bits of everybody but the owner.
const OTHERS: u32 = 0o077;

/// Says which credential is missing or unfit, and never what it is.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CredentialError {
    /// No client id was given.
    #[error("no PayPal client id: set {CLIENT_ID_VARIABLE}")]
    NoClientId,
    /// No secret was given.
    #[error(
        "no PayPal secret: put it in a file that only you can read (chmod 600) and set \
         {SECRET_FILE_VARIABLE} to its path"
    )]
    NoSecret,
    /// The secret's file is not there, or cannot be read.
    #[error("{}: the PayPal secret cannot be read: {why}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        why: String,
    },
    /// The secret's file is a folder, a pipe or a device.
    #[error("{}: not a regular file, so the PayPal secret is not read from it", path.display())]
    NotAFile {
        /// The file.
        path: PathBuf,
    },
    /// Others may read the secret's file.
    #[error(
        "{}: mode {mode:04o} lets others read the PayPal secret; run chmod 600 on it, and renew the secret \
         at PayPal if others could log in here", path.display()
    )]
    OpenToOthers {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The value cannot be a credential.
    #[error("the value of {source_name} is not a PayPal credential: one line of visible ASCII is expected")]
    NotACredential {
        /// The variable it came from, directly or as the file's path.
        source_name: &'static str,
    },
}

/// The client id and the secret of one PayPal app.
#[derive(Clone)]
pub struct Credentials {
    client_id: SecretString,
    secret: SecretString,
}

impl Credentials {
    /// Takes the credentials from the variables that `lookup` finds; the file wins over the bare secret.
    ///
    /// # Errors
    /// A missing or unfit value, or a file that others can read.
    pub fn find(lookup: impl Fn(&str) -> Option<OsString>) -> Result<Self, CredentialError> {
        let given = |name| lookup(name).filter(|value| !value.is_empty());
        let client_id = given(CLIENT_ID_VARIABLE).ok_or(CredentialError::NoClientId)?;
        let client_id = credential(client_id.to_string_lossy().into_owned(), CLIENT_ID_VARIABLE)?;
        let secret = match (given(SECRET_FILE_VARIABLE), given(SECRET_VARIABLE)) {
            (Some(path), _) => credential(read_private(Path::new(&path))?, SECRET_FILE_VARIABLE)?,
            (None, Some(secret)) => credential(secret.to_string_lossy().into_owned(), SECRET_VARIABLE)?,
            (None, None) => return Err(CredentialError::NoSecret),
        };
        Ok(Self { client_id, secret })
    }

    /// Returns the client id, for the sign-in only.
    pub(super) fn client_id(&self) -> &str {
        self.client_id.expose_secret()
    }

    /// Returns the secret, for the sign-in only.
    pub(super) fn secret(&self) -> &str {
        self.secret.expose_secret()
    }
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Credentials([REDACTED])")
    }
}

/// Takes one line of visible ASCII, trimmed of the newline that editors add.
fn credential(text: String, source_name: &'static str) -> Result<SecretString, CredentialError> {
    let line = text.trim();
    let visible = !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_graphic());
    if visible && line.len() <= SECRET_BYTES_MAX {
        Ok(SecretString::from(line))
    } else {
        Err(CredentialError::NotACredential { source_name })
    }
}

/// Reads a file that only its owner can read. The permissions are those of the opened file, not of its name,
/// so that nobody can swap it in between.
fn read_private(path: &Path) -> Result<String, CredentialError> {
    let unreadable =
        |error: std::io::Error| CredentialError::Unreadable { path: path.to_owned(), why: error.to_string() };
    // Looked at before opening as well: opening a pipe would wait for its writer.
    if !std::fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(CredentialError::NotAFile { path: path.to_owned() });
    }
    let file = File::open(path).map_err(unreadable)?;
    let facts = file.metadata().map_err(unreadable)?;
    if !facts.is_file() {
        return Err(CredentialError::NotAFile { path: path.to_owned() });
    }
    let mode = facts.mode() & 0o7777;
    if mode & OTHERS != 0 {
        return Err(CredentialError::OpenToOthers { path: path.to_owned(), mode });
    }
    let limit = u64::try_from(SECRET_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(2);
    let mut text = String::new();
    file.take(limit).read_to_string(&mut text).map_err(unreadable)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    const CANARY: &str = "canary-secret-8f1c";

    fn secret_file(mode: u32, text: &str) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
        file.write_all(text.as_bytes()).expect("written");
        std::fs::set_permissions(file.path(), std::fs::Permissions::from_mode(mode)).expect("a mode");
        file
    }

    fn find(given: &[(&str, &str)]) -> Result<Credentials, CredentialError> {
        Credentials::find(|name| {
            given.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn the_file_wins_and_its_newline_is_dropped() {
        let file = secret_file(0o600, &format!("{CANARY}\n"));
        let path = file.path().to_str().expect("a path");
        let found = find(&[
            (CLIENT_ID_VARIABLE, "the-app"),
            (SECRET_FILE_VARIABLE, path),
            (SECRET_VARIABLE, "another"),
        ])
        .expect("credentials");
        assert_eq!((found.client_id(), found.secret()), ("the-app", CANARY));
        assert!(!format!("{found:?}").contains(CANARY));
    }

    #[test]
    fn a_file_that_others_can_read_is_refused() {
        for mode in [0o640, 0o604, 0o644, 0o660, 0o601] {
            let file = secret_file(mode, CANARY);
            let path = file.path().to_str().expect("a path");
            let error =
                find(&[(CLIENT_ID_VARIABLE, "app"), (SECRET_FILE_VARIABLE, path)]).expect_err("refused");
            assert!(matches!(error, CredentialError::OpenToOthers { mode: found, .. } if found == mode));
            assert!(!format!("{error} {error:?}").contains(CANARY));
        }
    }

    #[test]
    fn what_is_missing_or_unfit_is_named_and_not_shown() {
        assert_eq!(find(&[]).expect_err("no id"), CredentialError::NoClientId);
        assert_eq!(
            find(&[(CLIENT_ID_VARIABLE, "app"), (SECRET_VARIABLE, "")]).expect_err("empty"),
            CredentialError::NoSecret
        );
        let long = "x".repeat(SECRET_BYTES_MAX + 1);
        for bad in ["two words", "two\nlines", "ümlaut", &long] {
            let error = find(&[(CLIENT_ID_VARIABLE, "app"), (SECRET_VARIABLE, bad)]).expect_err("unfit");
            assert_eq!(error, CredentialError::NotACredential { source_name: SECRET_VARIABLE });
        }
        let error = find(&[(CLIENT_ID_VARIABLE, "app"), (SECRET_FILE_VARIABLE, "/")]).expect_err("a folder");
        assert!(matches!(error, CredentialError::NotAFile { .. }), "{error}");
        let error =
            find(&[(CLIENT_ID_VARIABLE, "app"), (SECRET_FILE_VARIABLE, "/no/such")]).expect_err("absent");
        assert!(matches!(error, CredentialError::Unreadable { .. }), "{error}");
    }
}
