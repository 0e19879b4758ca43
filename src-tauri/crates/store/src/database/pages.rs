//! Why a database file does not open: `SQLCipher` answers everything with "not a database".
//!
//! Each page of the file carries its own HMAC. If the first page fails but another one proves to be
//! written with our key, the file is damaged; if no page does, the key is another one. The
//! difference decides what the clerk is told: look for the right key, or salvage.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::Path,
};

use hmac::{Hmac, KeyInit, Mac};
use rusqlite::ErrorCode;
use sha2::Sha512;
use zeroize::Zeroizing;

use super::{DatabaseError, SALT_BYTES};
use crate::key::{DataKey, Purpose, Subkey};

/// Defaults of `SQLCipher` 4: <https://www.zetetic.net/sqlcipher/design/>.
pub(super) const PAGE_BYTES: usize = 4096;
const HMAC_BYTES: usize = 64;
const HMAC_BLOCK_BYTES: usize = 128;
const HMAC_SALT_MASK: u8 = 0x3a;

/// As many pages are tried; a stray bit rarely spares none of them.
const PAGES_TRIED_MAX: u32 = 64;

/// Turns the first failing read of a file into its cause.
pub(super) fn explain(path: &Path, key: &DataKey, error: rusqlite::Error) -> DatabaseError {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            diagnose(path, key).unwrap_or_else(DatabaseError::Io)
        }
        _ => error.into(),
    }
}

fn diagnose(path: &Path, key: &DataKey) -> io::Result<DatabaseError> {
    let mut file = File::open(path)?;
    let whole_pages = file.metadata()?.len() / PAGE_BYTES as u64;
    let torn = !file.metadata()?.len().is_multiple_of(PAGE_BYTES as u64);
    let mut salt = [0; SALT_BYTES];
    if whole_pages == 0 {
        return Ok(DatabaseError::NotADatabase);
    }
    file.read_exact(&mut salt)?;
    if &salt == b"SQLite format 3\0" {
        return Ok(DatabaseError::NotADatabase);
    }
    let page_key = derive_page_key(key, salt);
    let tried = PAGES_TRIED_MAX.min(u32::try_from(whole_pages).unwrap_or(PAGES_TRIED_MAX));
    let mut genuine = 0;
    let mut page = [0; PAGE_BYTES];
    for number in 1..=tried {
        file.seek(SeekFrom::Start(u64::from(number - 1) * PAGE_BYTES as u64))?;
        file.read_exact(&mut page)?;
        genuine += u32::from(is_genuine(&page, number, &page_key));
    }
    Ok(match (genuine, torn) {
        (0, true) => DatabaseError::NotADatabase,
        (0, false) => DatabaseError::WrongKey,
        _ => DatabaseError::Damaged {
            detail: format!("{genuine} of the first {tried} pages are whole"),
        },
    })
}

/// PBKDF2-HMAC-SHA512 with two rounds, as `SQLCipher` makes the HMAC key of a raw key.
fn derive_page_key(key: &DataKey, salt: [u8; SALT_BYTES]) -> Subkey {
    let databases = key.derive(Purpose::Databases, b"");
    let masked = salt.map(|byte| byte ^ HMAC_SALT_MASK);
    let first = hmac(&databases, &[&masked, &1_u32.to_be_bytes()]);
    let second = hmac(&databases, &[&first]);
    let mut page_key = Subkey::default();
    for (byte, (a, b)) in page_key.iter_mut().zip(first.iter().zip(second)) {
        *byte = a ^ b;
    }
    page_key
}

fn is_genuine(page: &[u8; PAGE_BYTES], number: u32, key: &Subkey) -> bool {
    let (content, expected) = page.split_at(PAGE_BYTES - HMAC_BYTES);
    let salted = if number == 1 { SALT_BYTES } else { 0 };
    let content = content.get(salted..).unwrap_or_default();
    hmac(key, &[content, &number.to_le_bytes()]) == expected
}

fn hmac(key: &Subkey, parts: &[&[u8]]) -> [u8; HMAC_BYTES] {
    // Shorter keys count as padded with zeros to one block (RFC 2104).
    let mut block = Zeroizing::new([0; HMAC_BLOCK_BYTES]);
    for (padded, byte) in block.iter_mut().zip(key.iter()) {
        *padded = *byte;
    }
    let mut mac = Hmac::<Sha512>::new((&*block).into());
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}
