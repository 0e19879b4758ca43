//! Getting at the rest of a database whose first page is lost.
//!
//! The first page holds what every file of one schema holds: where each table begins. A fresh file
//! of the same schema, key and salt has the same first page, so it can stand in for the lost one.
//! Good for reading only: the list of free pages in it is not that of the file.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use rusqlite::Connection;

use super::pages::PAGE_BYTES;
use super::{DatabaseError, SALT_BYTES, Schema, migrate, unlock};
use crate::key::DataKey;

/// Replaces the first page of the database at `path`, which must be a copy that nobody misses. Its
/// write-ahead log goes with it: what it held of the first page would come back.
pub(crate) fn replace_first_page(
    path: &Path,
    key: &DataKey,
    schema: &Schema,
) -> Result<(), DatabaseError> {
    let mut file = File::options().read(true).write(true).open(path).map_err(DatabaseError::Io)?;
    let mut salt = [0; SALT_BYTES];
    file.read_exact(&mut salt).map_err(DatabaseError::Io)?;
    let length = file.metadata().map_err(DatabaseError::Io)?.len();
    let mut beside = path.as_os_str().to_owned();
    beside.push(".seite");
    let beside = Path::new(&beside);
    let fresh = fresh_file(beside, key, &salt, schema, length);
    let page = fresh.and_then(|()| read_first(beside).map_err(DatabaseError::Io));
    let removed = fs::remove_file(beside);
    let (page, fresh_length) = page?;
    removed.map_err(DatabaseError::Io)?;
    file.seek(SeekFrom::Start(0)).map_err(DatabaseError::Io)?;
    file.write_all(&page).map_err(DatabaseError::Io)?;
    // Nor does it open a file with fewer pages than told.
    file.set_len(length.max(fresh_length)).map_err(DatabaseError::Io)?;
    for suffix in ["-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        match fs::remove_file(Path::new(&name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(DatabaseError::Io(error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// A file of the same schema, with at least as many pages: `SQLite` reads none beyond the number
/// that the first page tells.
fn fresh_file(
    path: &Path,
    key: &DataKey,
    salt: &[u8; SALT_BYTES],
    schema: &Schema,
    length: u64,
) -> Result<(), DatabaseError> {
    let mut connection = Connection::open(path)?;
    unlock(&connection, key, Some(salt))?;
    migrate(&mut connection, schema)?;
    connection.execute_batch("CREATE TABLE filler (bytes BLOB NOT NULL)")?;
    connection.execute("INSERT INTO filler (bytes) VALUES (zeroblob(?1))", [length])?;
    connection.execute_batch("DROP TABLE filler")?;
    connection.close().map_err(|(_, error)| error.into())
}

/// The first page, and the length of the whole file in bytes.
fn read_first(path: &Path) -> io::Result<([u8; PAGE_BYTES], u64)> {
    let mut page = [0; PAGE_BYTES];
    let mut file = File::open(path)?;
    file.read_exact(&mut page)?;
    Ok((page, file.metadata()?.len()))
}
