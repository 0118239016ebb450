//! SQLite's settings for the whole process, made before its first use.
//!
//! Floor 4. Only what no connection can set for itself, and nothing that touches durability or checks.

use std::ffi::c_void;
use std::sync::Once;

use rusqlite::ffi;

static PREPARED: Once = Once::new();

/// Sets SQLite up, once.
///
/// It would count every piece of memory under one lock, for reports that nobody asks for: a tenth of the work of
/// opening a database, which is mostly small pieces of a schema. And it would lay out twenty pages of cache before the
/// first is read, more than a question between two calls ever reads.
#[expect(unsafe_code, reason = "a setting of the process is made through SQLite's C interface")]
pub fn prepare() {
    PREPARED.call_once(|| {
        // SAFETY: the first setting takes one int, the second a pointer, which may be null, and two. SQLite refuses
        // them once it is in use, which costs time and no more.
        let _refused = unsafe {
            ffi::sqlite3_config(ffi::SQLITE_CONFIG_MEMSTATUS, 0)
                | ffi::sqlite3_config(ffi::SQLITE_CONFIG_PAGECACHE, std::ptr::null_mut::<c_void>(), 0, 0)
        };
    });
}
