//! Bringing a database file up to the program's schema.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::DatabaseError;

/// The schema of one kind of database file.
#[derive(Debug, Clone, Copy)]
pub struct Schema {
    /// `PRAGMA application_id`: tells our files apart from each other's and anybody else's.
    pub application_id: i32,
    /// SQL scripts; the first makes version 1 out of an empty file, each further one the next
    /// version out of the one before. Released steps never change, new ones are added at the end.
    pub steps: &'static [&'static str],
}

/// Runs the missing steps, each in one transaction. A file that is up to date is not written to.
///
/// # Errors
/// [`DatabaseError::TooNew`] and [`DatabaseError::ForeignApplication`] leave the file as it is; a
/// failing step leaves it at the version before.
pub fn migrate(connection: &mut Connection, schema: &Schema) -> Result<(), DatabaseError> {
    loop {
        if pending_step(connection, schema)?.is_none() {
            return Ok(());
        }
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Asked again under the lock: another connection may have been faster.
        let Some((version, step)) = pending_step(&transaction, schema)? else { return Ok(()) };
        run_step(&transaction, step)?;
        transaction.pragma_update(None, "application_id", schema.application_id)?;
        transaction.pragma_update(None, "user_version", version)?;
        transaction.commit()?;
    }
}

fn run_step(transaction: &Transaction<'_>, step: &str) -> Result<(), DatabaseError> {
    Ok(transaction.execute_batch(step)?)
}

/// The next step with the version it leads to.
fn pending_step(
    connection: &Connection,
    schema: &Schema,
) -> Result<Option<(i32, &'static str)>, DatabaseError> {
    let found: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let application: i32 =
        connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let fresh = found == 0 && application == 0 && is_empty(connection)?;
    if application != schema.application_id && !fresh {
        return Err(DatabaseError::ForeignApplication { found: application });
    }
    let known = i32::try_from(schema.steps.len()).unwrap_or(i32::MAX);
    if found > known || found < 0 {
        return Err(DatabaseError::TooNew { found, known });
    }
    let step = usize::try_from(found).ok().and_then(|done| schema.steps.get(done));
    Ok(step.map(|step| (found + 1, *step)))
}

fn is_empty(connection: &Connection) -> Result<bool, DatabaseError> {
    let objects: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(objects == 0)
}
