//! The databases the suite runs on.

use std::sync::Arc;

use kontor_zentrale::storage::{SqliteStorage, Storage};
use rusqlite::Connection;
use rusqlite::types::Value as SqliteValue;
use tempfile::TempDir;

use crate::office::{KREIS, STADT, set_up};

/// One empty database with two authorities in it.
pub struct Backend {
    pub storage: Arc<dyn Storage>,
    raw: Raw,
}

enum Raw {
    Sqlite(TempDir),
}

/// A value as the database holds it, whatever the column.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Bytes(Vec<u8>),
    Text(String),
    Number(i64),
}

/// One value of one row.
#[derive(Debug, Clone)]
pub struct Cell {
    pub table: &'static str,
    /// All columns of the primary key.
    pub key: Vec<String>,
    pub column: String,
    /// Which row of the Kreis, in the order of the key.
    pub row: usize,
}

impl Backend {
    pub async fn sqlite() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let storage = SqliteStorage::open(&dir.path().join("zentrale.db"), None).unwrap();
        Self { storage: Arc::new(storage), raw: Raw::Sqlite(dir) }.with_mandanten().await
    }

    async fn with_mandanten(self) -> Self {
        set_up(&*self.storage, KREIS).await;
        set_up(&*self.storage, STADT).await;
        self
    }

    /// Columns of a table, and those of its primary key.
    pub async fn columns(&self, table: &str) -> (Vec<String>, Vec<String>) {
        match &self.raw {
            Raw::Sqlite(dir) => {
                let db = Connection::open(dir.path().join("zentrale.db")).unwrap();
                let mut info =
                    db.prepare("SELECT name, pk FROM pragma_table_info(?1) ORDER BY cid").unwrap();
                let columns: Vec<(String, i64)> = info
                    .query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))
                    .unwrap()
                    .map(Result::unwrap)
                    .collect();
                let key = columns.iter().filter(|(_, pk)| *pk > 0).map(|(name, _)| name.clone());
                (columns.iter().map(|(name, _)| name.clone()).collect(), key.collect())
            }
        }
    }

    pub async fn read(&self, cell: &Cell) -> Option<Value> {
        match &self.raw {
            Raw::Sqlite(dir) => {
                let db = Connection::open(dir.path().join("zentrale.db")).unwrap();
                let sql = format!(
                    "SELECT {} FROM {} WHERE mandant = ?1 ORDER BY {} LIMIT 1 OFFSET {}",
                    cell.column,
                    cell.table,
                    cell.key.join(", "),
                    cell.row,
                );
                let value = db.query_row(&sql, [KREIS.uuid().as_bytes()], |row| row.get(0)).ok()?;
                Some(match value {
                    SqliteValue::Blob(bytes) => Value::Bytes(bytes),
                    SqliteValue::Text(text) => Value::Text(text),
                    SqliteValue::Integer(number) => Value::Number(number),
                    other => panic!("{cell:?}: {other:?}"),
                })
            }
        }
    }

    /// Writes behind the Zentrale's back; `old` is what stands there now.
    pub async fn overwrite(&self, cell: &Cell, old: &Value, new: &Value) {
        let key = cell.key.join(", ");
        let in_key = cell.key.contains(&cell.column);
        match &self.raw {
            Raw::Sqlite(dir) => {
                let db = Connection::open(dir.path().join("zentrale.db")).unwrap();
                // The row keeps its place in the order unless its key changes.
                let place = if in_key {
                    format!("{} = ?3", cell.column)
                } else {
                    format!(
                        "({key}) = (SELECT {key} FROM {} WHERE mandant = ?1 AND ?3 IS NOT NULL \
                         ORDER BY {key} LIMIT 1 OFFSET {})",
                        cell.table, cell.row,
                    )
                };
                let sql = format!(
                    "UPDATE {} SET {} = ?2 WHERE mandant = ?1 AND {place}",
                    cell.table, cell.column,
                );
                let changed = db
                    .execute(&sql, (KREIS.uuid().as_bytes(), sqlite_value(new), sqlite_value(old)))
                    .unwrap();
                assert_eq!(changed, 1, "{cell:?}");
            }
        }
    }
}

fn sqlite_value(value: &Value) -> SqliteValue {
    match value {
        Value::Bytes(bytes) => SqliteValue::Blob(bytes.clone()),
        Value::Text(text) => SqliteValue::Text(text.clone()),
        Value::Number(number) => SqliteValue::Integer(*number),
    }
}
