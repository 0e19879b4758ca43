//! Looking for damage in a database that opens.

use rusqlite::Connection;

use super::DatabaseError;

/// More findings than this say nothing more.
const FINDINGS_MAX: usize = 20;

/// Has `SQLite` walk all trees, which reads every page in use and so compares its checksum.
///
/// Takes time in proportion to the file; rows whose index entry is missing are not found.
/// `SQLCipher`'s own check is of no use here: it looks at the file alone, and as long as newer
/// pages wait in the write-ahead log, the file may rightly be in pieces.
///
/// # Errors
/// [`DatabaseError::Damaged`] with the first findings.
pub fn check_integrity(connection: &Connection) -> Result<(), DatabaseError> {
    let mut statement = connection.prepare(&format!("PRAGMA quick_check({FINDINGS_MAX})"))?;
    let findings: Vec<String> =
        statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    if findings == ["ok"] {
        return Ok(());
    }
    Err(DatabaseError::Damaged { detail: findings.join("; ") })
}
