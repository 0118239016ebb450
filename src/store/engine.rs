//! SQLite's settings for the whole process, made before its first use.
//!
//! Floor 4. Only what no connection can set for itself, and nothing that touches durability or checks.

use std::sync::Once;

use rusqlite::ffi;

static PREPARED: Once = Once::new();

/// Sets SQLite up, once.
///
/// It would count every piece of memory under one lock, for reports that nobody asks for: a tenth of the work of
/// opening a database, which is mostly small pieces of a schema.
#[expect(unsafe_code, reason = "a setting of the process is made through SQLite's C interface")]
pub fn prepare() {
    PREPARED.call_once(|| {
        // SAFETY: the setting takes one int. SQLite refuses it once it is in use, which costs time and no more.
        let _refused = unsafe { ffi::sqlite3_config(ffi::SQLITE_CONFIG_MEMSTATUS, 0) };
    });
}
