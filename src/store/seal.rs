//! A seal on every page of the database file, so that no damaged byte is ever taken for a figure.
//!
//! Floor 4. SQLite does not checksum content: one flipped bit in an amount passes its own checks (PROMISES A2). The
//! last eight bytes of every page, which SQLite leaves free on request, hold a checksum of the page and its number,
//! written on the way to the disk and compared on the way back, in the manner of SQLite's own `cksumvfs`. A page that
//! does not match was damaged, or written by another program; nothing is computed from it. It is no proof against
//! malice: whoever has this program has the formula; that is what the audit's printed heads are for. Only the main
//! file is sealed: SQLite itself checksums the write-ahead log.
//!
//! Nothing but the file's methods for reading and writing is replaced; all else is SQLite's own unix file system.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr;
use std::sync::{Mutex, OnceLock};

use rusqlite::{Connection, ffi};

use super::PAGE_BYTES;

/// The file system that refuses a page whose seal is broken.
pub const REFUSING: &CStr = c"partners";
/// The file system that reads on and notes the page, for `check` alone.
pub const NOTING: &CStr = c"partners-noting";

/// Bytes of a page.
const PAGE: usize = 16_384;
const _: () = assert!(PAGE_BYTES == 16_384, "the seal and the store agree on the size of a page");
/// Bytes of a seal, at the end of each page.
const SEAL: usize = 8;
/// How long a page that is being written may take.
const LOOK_AGAIN: std::time::Duration = std::time::Duration::from_millis(20);
/// Header reads are shorter than this: the first hundred bytes, and the change counter.
const HEADER: usize = 100;

const LANES: usize = 4;
const FACTOR: u64 = 0xd6e8_feb8_6659_fd93;
const START: [u64; LANES] =
    [0x9e37_79b9_7f4a_7c15, 0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb, 0x2545_f491_4f6c_dd1d];

type Read = unsafe extern "C" fn(*mut ffi::sqlite3_file, *mut c_void, c_int, ffi::sqlite3_int64) -> c_int;
type Write = unsafe extern "C" fn(*mut ffi::sqlite3_file, *const c_void, c_int, ffi::sqlite3_int64) -> c_int;
type Traits = unsafe extern "C" fn(*mut ffi::sqlite3_file) -> c_int;

/// SQLite's own way to read and write a file, the same for every kind of lock.
struct Plain {
    read: Read,
    write: Write,
    traits: Traits,
}

static PLAIN: OnceLock<Plain> = OnceLock::new();
static REGISTERED: OnceLock<bool> = OnceLock::new();
/// The method tables in use: the original's address, whether pages are noted, ours.
static TABLES: Mutex<Vec<(usize, bool, &'static ffi::sqlite3_io_methods)>> = Mutex::new(Vec::new());

thread_local! {
    /// Pages whose seal was found broken by this thread's connections.
    static BROKEN: RefCell<BTreeSet<u64>> = const { RefCell::new(BTreeSet::new()) };
}

/// Returns the pages this thread found broken since it last asked.
pub fn take_broken() -> BTreeSet<u64> {
    BROKEN.with(|pages| std::mem::take(&mut *pages.borrow_mut()))
}

/// Computes the seal of a page: any change of up to eight neighbouring bytes gives another one for certain.
fn seal_of(content: &[u8], page_no: u64) -> [u8; SEAL] {
    let mix = |state: u64, word: u64| (state ^ word).wrapping_mul(FACTOR).rotate_left(29);
    let (words, rest) = content.as_chunks::<8>();
    let (rounds, last) = words.as_chunks::<LANES>();
    let mut lanes = START;
    for round in rounds {
        for (lane, word) in lanes.iter_mut().zip(round) {
            *lane = mix(*lane, u64::from_le_bytes(*word));
        }
    }
    for (lane, word) in lanes.iter_mut().zip(last) {
        *lane = mix(*lane, u64::from_le_bytes(*word));
    }
    let state = lanes.iter().fold(mix(FACTOR, page_no), |state, lane| mix(state, *lane));
    let state = rest.iter().fold(state, |state, byte| mix(state, u64::from(*byte)));
    mix(state, state >> 32).to_le_bytes()
}

/// Registers the two file systems, once; returns whether SQLite took them.
pub fn register() -> bool {
    *REGISTERED.get_or_init(|| {
        register_as(REFUSING, open_refusing) == ffi::SQLITE_OK
            && register_as(NOTING, open_noting) == ffi::SQLITE_OK
    })
}

type Open = unsafe extern "C" fn(
    *mut ffi::sqlite3_vfs,
    ffi::sqlite3_filename,
    *mut ffi::sqlite3_file,
    c_int,
    *mut c_int,
) -> c_int;

#[expect(unsafe_code, reason = "a file system is registered through SQLite's C interface")]
fn register_as(name: &'static CStr, open: Open) -> c_int {
    // SAFETY: the default file system lives as long as the process, and so does its leaked copy, which SQLite links
    // into its list. The copy differs in name and opening only, so its files have the size SQLite reserves.
    unsafe {
        let plain = ffi::sqlite3_vfs_find(ptr::null());
        if plain.is_null() {
            return ffi::SQLITE_ERROR;
        }
        let mut ours = *plain;
        ours.pNext = ptr::null_mut();
        ours.zName = name.as_ptr();
        ours.xOpen = Some(open);
        ffi::sqlite3_vfs_register(Box::leak(Box::new(ours)), 0)
    }
}

#[expect(unsafe_code, reason = "called by SQLite")]
unsafe extern "C" fn open_refusing(
    _vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: SQLite's own arguments, passed on.
    unsafe { open(name, file, flags, out, false) }
}

#[expect(unsafe_code, reason = "called by SQLite")]
unsafe extern "C" fn open_noting(
    _vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: SQLite's own arguments, passed on.
    unsafe { open(name, file, flags, out, true) }
}

/// Opens a file as SQLite does, and puts ours in the place of its methods where it is a database's main file.
#[expect(unsafe_code, reason = "called by SQLite")]
unsafe fn open(
    name: *const c_char,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
    noting: bool,
) -> c_int {
    // SAFETY: the default file system is there, for `register_as` copied it; SQLite gives a file of the size that the
    // default asks for, and a successful opening has filled in its methods.
    unsafe {
        let plain = ffi::sqlite3_vfs_find(ptr::null());
        let Some(open) = plain.as_ref().and_then(|plain| plain.xOpen) else { return ffi::SQLITE_CANTOPEN };
        let code = open(plain, name, file, flags, out);
        if code != ffi::SQLITE_OK || flags & ffi::SQLITE_OPEN_MAIN_DB == 0 {
            return code;
        }
        match sealed_methods((*file).pMethods, noting) {
            Some(methods) => {
                (*file).pMethods = methods;
                ffi::SQLITE_OK
            }
            // SQLite closes a file whose methods are set, whatever the code.
            None => ffi::SQLITE_CANTOPEN,
        }
    }
}

/// Returns our table of methods for an original one.
#[expect(unsafe_code, reason = "reads SQLite's table of methods")]
unsafe fn sealed_methods(
    original: *const ffi::sqlite3_io_methods,
    noting: bool,
) -> Option<&'static ffi::sqlite3_io_methods> {
    // SAFETY: SQLite's tables of methods are static.
    let methods = unsafe { original.as_ref() }?;
    let (read, write, traits) = (methods.xRead?, methods.xWrite?, methods.xDeviceCharacteristics?);
    let plain = PLAIN.get_or_init(|| Plain { read, write, traits });
    // All kinds of lock of the unix file system read and write alike; another one would not be understood.
    if !(ptr::fn_addr_eq(plain.read, read) && ptr::fn_addr_eq(plain.write, write)) {
        return None;
    }
    let mut tables = TABLES.lock().ok()?;
    let known = tables.iter().find(|(of, noted, _)| *of == original.addr() && *noted == noting);
    if let Some((_, _, ours)) = known {
        return Some(ours);
    }
    let mut ours = *methods;
    // Version 2 has no memory mapping, which would read past the seals.
    ours.iVersion = ours.iVersion.min(2);
    ours.xRead = Some(if noting { read_noting } else { read_refusing });
    ours.xWrite = Some(write_sealed);
    ours.xDeviceCharacteristics = Some(traits_whole_pages);
    let ours: &'static ffi::sqlite3_io_methods = Box::leak(Box::new(ours));
    tables.push((original.addr(), noting, ours));
    Some(ours)
}

/// Returns the number of a page, from 1, if just one whole page lies there.
fn page_at(amount: c_int, offset: ffi::sqlite3_int64) -> Option<u64> {
    let (amount, offset) = (usize::try_from(amount).ok()?, u64::try_from(offset).ok()?);
    let page = u64::try_from(PAGE).ok()?;
    (amount == PAGE && offset % page == 0).then(|| offset / page + 1)
}

/// Returns whether the bytes of a page bear its seal.
fn is_sealed(bytes: &[u8], page_no: u64) -> bool {
    bytes.split_last_chunk::<SEAL>().is_some_and(|(content, seal)| seal_of(content, page_no) == *seal)
}

#[expect(unsafe_code, reason = "called by SQLite")]
unsafe extern "C" fn read_refusing(
    file: *mut ffi::sqlite3_file,
    into: *mut c_void,
    amount: c_int,
    offset: ffi::sqlite3_int64,
) -> c_int {
    // SAFETY: SQLite's own arguments, passed on.
    unsafe { read(file, into, amount, offset, ffi::SQLITE_IOERR_DATA) }
}

#[expect(unsafe_code, reason = "called by SQLite")]
unsafe extern "C" fn read_noting(
    file: *mut ffi::sqlite3_file,
    into: *mut c_void,
    amount: c_int,
    offset: ffi::sqlite3_int64,
) -> c_int {
    // SAFETY: SQLite's own arguments, passed on.
    unsafe { read(file, into, amount, offset, ffi::SQLITE_OK) }
}

/// Reads as SQLite does and compares the seal; a broken one is noted and answered by `broken`.
#[expect(unsafe_code, reason = "called by SQLite")]
unsafe fn read(
    file: *mut ffi::sqlite3_file,
    into: *mut c_void,
    amount: c_int,
    offset: ffi::sqlite3_int64,
    broken: c_int,
) -> c_int {
    let Some(plain) = PLAIN.get() else { return ffi::SQLITE_IOERR_READ };
    // SAFETY: SQLite's own arguments, passed on; on success it has filled the buffer of that many bytes.
    let bytes = unsafe {
        let code = (plain.read)(file, into, amount, offset);
        if code != ffi::SQLITE_OK {
            return code;
        }
        std::slice::from_raw_parts(into.cast::<u8>(), usize::try_from(amount).unwrap_or(0))
    };
    let page = page_at(amount, offset);
    let sound = match page {
        Some(page_no) => is_sealed(bytes, page_no),
        // The header alone is read before its page; any other piece means that the header lies about the page's size.
        None => bytes.len() <= HEADER,
    };
    if sound {
        return ffi::SQLITE_OK;
    }
    BROKEN.with(|pages| pages.borrow_mut().insert(page.unwrap_or(1)));
    broken
}

#[expect(unsafe_code, reason = "called by SQLite")]
unsafe extern "C" fn write_sealed(
    file: *mut ffi::sqlite3_file,
    from: *const c_void,
    amount: c_int,
    offset: ffi::sqlite3_int64,
) -> c_int {
    let Some(plain) = PLAIN.get() else { return ffi::SQLITE_IOERR_WRITE };
    let Some(page_no) = page_at(amount, offset) else {
        // SAFETY: SQLite's own arguments, passed on.
        return unsafe { (plain.write)(file, from, amount, offset) };
    };
    let mut page = [0_u8; PAGE];
    // SAFETY: SQLite gives a buffer of `amount` bytes, which `page_at` found to be a page.
    unsafe { ptr::copy_nonoverlapping(from.cast::<u8>(), page.as_mut_ptr(), PAGE) };
    if let Some((content, seal)) = page.split_last_chunk_mut::<SEAL>() {
        *seal = seal_of(content, page_no);
    }
    // SAFETY: the copy has as many bytes.
    unsafe { (plain.write)(file, page.as_ptr().cast(), amount, offset) }
}

/// Says what SQLite says of the disk, except that pieces of a page may be read alone: they cannot be proved.
#[expect(unsafe_code, reason = "called by SQLite")]
unsafe extern "C" fn traits_whole_pages(file: *mut ffi::sqlite3_file) -> c_int {
    PLAIN.get().map_or(0, |plain| {
        // SAFETY: SQLite's own argument, passed on.
        let traits = unsafe { (plain.traits)(file) };
        traits & !ffi::SQLITE_IOCAP_SUBPAGE_READ
    })
}

/// Reads every page of a connection's main file past SQLite's cache and returns the first whose seal is broken.
///
/// What SQLite has never written, or freed before it was written, is nothing but zeros and holds nothing. The caller
/// holds the lock, so that nobody writes meanwhile; a reader that brings the log into the file may, so a page is looked
/// at again before it is called broken.
#[expect(unsafe_code, reason = "SQLite's own handle of the file: opening it anew would drop SQLite's locks")]
pub fn first_broken(sql: &Connection) -> Option<u64> {
    let mut file: *mut ffi::sqlite3_file = ptr::null_mut();
    let mut bytes: ffi::sqlite3_int64 = 0;
    // SAFETY: the handle is open as long as the connection is borrowed, and SQLite fills in its own file.
    unsafe {
        ffi::sqlite3_file_control(
            sql.handle(),
            c"main".as_ptr(),
            ffi::SQLITE_FCNTL_FILE_POINTER,
            ptr::from_mut(&mut file).cast(),
        );
        let methods = file.as_ref()?.pMethods.as_ref()?;
        if (methods.xFileSize?)(file, &raw mut bytes) != ffi::SQLITE_OK {
            return Some(1);
        }
    }
    let plain = PLAIN.get()?;
    let pages = u64::try_from(bytes).unwrap_or(0) / u64::try_from(PAGE).unwrap_or(1);
    let mut page = [0_u8; PAGE];
    let amount = c_int::try_from(PAGE).ok()?;
    let mut sound = |page_no: u64| {
        let offset = i64::try_from((page_no - 1) * u64::try_from(PAGE).unwrap_or(0)).unwrap_or(0);
        // SAFETY: the buffer has as many bytes as are asked for.
        let code = unsafe { (plain.read)(file, page.as_mut_ptr().cast(), amount, offset) };
        code == ffi::SQLITE_OK && (is_sealed(&page, page_no) || page.iter().all(|byte| *byte == 0))
    };
    (1..=pages).find(|page_no| {
        !sound(*page_no) && {
            std::thread::sleep(LOOK_AGAIN);
            !sound(*page_no)
        }
    })
}

/// Asks SQLite to leave room for the seals in a database that is about to be made; returns whether it will.
#[expect(unsafe_code, reason = "there is no pragma for it")]
pub fn reserve_room(sql: &Connection) -> bool {
    let mut bytes = c_int::try_from(SEAL).expect("a seal is small");
    // SAFETY: the handle is open as long as the connection is borrowed, and the number outlives the call.
    let code = unsafe {
        ffi::sqlite3_file_control(
            sql.handle(),
            c"main".as_ptr(),
            ffi::SQLITE_FCNTL_RESERVE_BYTES,
            ptr::from_mut(&mut bytes).cast(),
        )
    };
    code == ffi::SQLITE_OK
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_s_seal_covers_every_bit_and_its_place() {
        let content: Vec<u8> = (0..PAGE - SEAL).map(|at| u8::try_from(at % 251).expect("small")).collect();
        let seal = seal_of(&content, 7);
        // Files in use bear seals: the formula never changes without a migration.
        assert_eq!(u64::from_le_bytes(seal), 0xe3e3_e95d_55cb_e112);
        assert_ne!(seal_of(&content, 8), seal);
        for bit in (0..content.len() * 8).step_by(97) {
            let mut other = content.clone();
            other[bit / 8] ^= 1 << (bit % 8);
            assert_ne!(seal_of(&other, 7), seal, "bit {bit}");
        }
        assert!(!is_sealed(&[0; PAGE], 1), "an empty page is no sealed one");
    }
}
