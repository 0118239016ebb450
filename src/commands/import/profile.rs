//! Profiles by their names or files, and a look at what one makes of a file.
//!
//! Floor 5. A name without a slash or a point is a built-in one first; anything else is a file.

use std::io::Read;
use std::path::Path;

use super::ImportError;
use super::source::{Bytes, Source};
use crate::import::Setting;
use crate::import::profile::Profile;
use crate::import::profile::look::{Look, look as look_at};
use crate::import::read::Mapping;
use crate::store::spill_room;

/// Bytes of a profile that is read; nobody writes a longer one by hand.
const PROFILE_BYTES_MAX: u64 = 1 << 20;

/// Returns the built-in profiles, in the order in which they are listed.
///
/// # Errors
/// None: a test reads them all.
pub fn built_in() -> Result<Vec<Profile>, ImportError> {
    Profile::built_in().map_err(|error| ImportError::Profile("built in".to_owned(), error))
}

/// Finds a profile by its name or its file.
///
/// # Errors
/// No such name and no such file; a file that is no profile.
pub fn find(named: &str) -> Result<Profile, ImportError> {
    let known = built_in()?;
    let names: Vec<String> = known.iter().map(|profile| profile.name.clone()).collect();
    if let Some(profile) = known.into_iter().find(|profile| profile.name == named) {
        return Ok(profile);
    }
    let none = |error| ImportError::NoProfile(named.to_owned(), names.join(", "), error);
    let what = std::fs::metadata(named).map_err(none)?;
    if !what.is_file() {
        return Err(ImportError::NotAFile(named.into(), "a folder, a pipe or a device"));
    }
    if what.len() > PROFILE_BYTES_MAX {
        let long = std::io::Error::other("it is too long for a profile");
        return Err(ImportError::Unreadable { path: named.into(), source: long });
    }
    let text = std::fs::read_to_string(named)
        .map_err(|source| ImportError::Unreadable { path: named.into(), source })?;
    Profile::parse(&text).map_err(|error| ImportError::Profile(named.to_owned(), error))
}

/// Returns how billing's columns are found: by the profile that was named, or by the header.
///
/// # Errors
/// No such profile.
pub fn mapping(named: Option<&str>) -> Result<Mapping, ImportError> {
    match named {
        Some(named) => Ok(Mapping::By(Box::new(find(named)?))),
        None => Ok(Mapping::Recognised(built_in()?)),
    }
}

/// Looks at a file with a profile, or at `input` for `-`; takes nothing in. What memory does not hold is spilled beside
/// `database`, or into the current folder while there is none.
///
/// # Errors
/// An unreadable or damaged file; a header that no profile fits, or several; a profile in place of a file.
pub fn look(
    file: &Path,
    mapping: &Mapping,
    setting: &Setting,
    database: &Path,
    input: &mut (dyn Read + Send),
) -> Result<Look, ImportError> {
    let room = spill_room(if database.exists() { database } else { Path::new(".") });
    let source = if file == Path::new("-") { Source::Input } else { Source::File(file.to_owned()) };
    let mut progress = |_done: u64, _all: u64| {};
    let (_, mut bytes) = Bytes::open(&source, input, &mut progress)?;
    look_at(&mut bytes, mapping, setting, &room).map_err(|cause| {
        if is_profile(file) {
            return ImportError::ProfileAsFile(source.name());
        }
        ImportError::Damaged { file: source.name(), cause, rest: String::new() }
    })
}

/// Returns whether what was named as a CSV file is a profile, sound or not.
fn is_profile(file: &Path) -> bool {
    let short = std::fs::metadata(file).is_ok_and(|what| what.is_file() && what.len() <= PROFILE_BYTES_MAX);
    let text = if short { std::fs::read_to_string(file).unwrap_or_default() } else { String::new() };
    let named = file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
    named || text.parse::<toml::Table>().is_ok_and(|table| table.contains_key("needs"))
}
