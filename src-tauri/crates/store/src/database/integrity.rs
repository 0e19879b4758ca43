//! Looking for damage in a database that opens.

use rusqlite::Connection;

use super::DatabaseError;

/// More findings than this say nothing more.
const FINDINGS_MAX: usize = 20;

/// Reads every page and compares its checksum, then has `SQLite` walk all trees.
///
/// Takes time in proportion to the file; rows whose index entry is missing are not found.
///
/// # Errors
/// [`DatabaseError::Damaged`] with the first findings.
pub fn check_integrity(connection: &Connection) -> Result<(), DatabaseError> {
    let mut findings = collect(connection, "PRAGMA cipher_integrity_check")?;
    if findings.is_empty() {
        findings = collect(connection, &format!("PRAGMA quick_check({FINDINGS_MAX})"))?;
        findings.retain(|finding| finding != "ok");
    }
    if findings.is_empty() {
        return Ok(());
    }
    Err(DatabaseError::Damaged { detail: findings.join("; ") })
}

fn collect(connection: &Connection, pragma: &str) -> Result<Vec<String>, DatabaseError> {
    let mut statement = connection.prepare(pragma)?;
    let findings = statement.query_map([], |row| row.get(0))?.take(FINDINGS_MAX);
    Ok(findings.collect::<Result<_, _>>()?)
}
