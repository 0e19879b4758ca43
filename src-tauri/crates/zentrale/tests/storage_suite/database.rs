//! The databases the suite runs on.

use std::sync::Arc;

use kontor_testkit::postgres;
use kontor_zentrale::storage::{PostgresStorage, SqliteStorage, Storage};
use rusqlite::Connection;
use rusqlite::types::Value as SqliteValue;
use tempfile::TempDir;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, NoTls};
use uuid::Uuid;

use super::office::{KREIS, STADT, set_up};

/// One empty database with two authorities in it.
pub(crate) struct Database {
    pub(crate) storage: Arc<dyn Storage>,
    raw: Raw,
}

enum Raw {
    Sqlite(TempDir),
    Postgres(Client),
}

/// A value as the database holds it, whatever the column.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Bytes(Vec<u8>),
    Text(String),
    Number(i64),
}

/// One value of one row.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub(crate) table: &'static str,
    /// All columns of the primary key.
    pub(crate) key: Vec<String>,
    pub(crate) column: String,
    /// Which row of the Kreis, in the order of the key.
    pub(crate) row: usize,
}

impl Database {
    pub(crate) async fn sqlite() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let storage = SqliteStorage::open(&dir.path().join("zentrale.db"), None).unwrap();
        Self { storage: Arc::new(storage), raw: Raw::Sqlite(dir) }.with_mandanten().await
    }

    pub(crate) async fn postgres() -> Self {
        let url = postgres::database().unwrap();
        let storage = PostgresStorage::connect(&url, 4).await.unwrap();
        let raw = Raw::Postgres(client(&url).await);
        Self { storage: Arc::new(storage), raw }.with_mandanten().await
    }

    async fn with_mandanten(self) -> Self {
        set_up(&*self.storage, KREIS).await;
        set_up(&*self.storage, STADT).await;
        self
    }

    /// Columns of a table, and those of its primary key.
    pub(crate) async fn columns(&self, table: &str) -> (Vec<String>, Vec<String>) {
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
            Raw::Postgres(client) => {
                let columns = client.query(COLUMNS, &[&table]).await.unwrap();
                let key = client.query(KEY, &[&table]).await.unwrap();
                let names =
                    |rows: &[tokio_postgres::Row]| rows.iter().map(|row| row.get(0)).collect();
                (names(&columns), names(&key))
            }
        }
    }

    pub(crate) async fn read(&self, cell: &Cell) -> Option<Value> {
        let sql = format!(
            "SELECT {} FROM {} WHERE mandant = $1 ORDER BY {} LIMIT 1 OFFSET {}",
            cell.column,
            cell.table,
            cell.key.join(", "),
            cell.row,
        );
        match &self.raw {
            Raw::Postgres(client) => {
                let row = client.query_opt(&sql, &[&KREIS.uuid()]).await.unwrap()?;
                Some(match *row.columns()[0].type_() {
                    Type::UUID => Value::Bytes(row.get::<_, Uuid>(0).as_bytes().to_vec()),
                    Type::BYTEA => Value::Bytes(row.get(0)),
                    Type::TEXT => Value::Text(row.get(0)),
                    Type::INT8 => Value::Number(row.get(0)),
                    Type::INT2 => Value::Number(row.get::<_, i16>(0).into()),
                    ref other => panic!("{cell:?}: {other:?}"),
                })
            }
            Raw::Sqlite(dir) => {
                let db = Connection::open(dir.path().join("zentrale.db")).unwrap();
                let sql = sql.replace('$', "?");
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
    pub(crate) async fn overwrite(&self, cell: &Cell, old: &Value, new: &Value) {
        let key = cell.key.join(", ");
        // The row keeps its place in the order unless its key changes.
        let place = if cell.key.contains(&cell.column) {
            format!("{} = $3", cell.column)
        } else {
            format!(
                "({key}) = (SELECT {key} FROM {} WHERE mandant = $1 ORDER BY {key} LIMIT 1 OFFSET {})",
                cell.table, cell.row,
            )
        };
        let sql = format!(
            "UPDATE {} SET {} = $2 WHERE mandant = $1 AND {place}",
            cell.table, cell.column,
        );
        let changed = match &self.raw {
            Raw::Sqlite(dir) => {
                let db = Connection::open(dir.path().join("zentrale.db")).unwrap();
                let mut update = db.prepare(&sql.replace('$', "?")).unwrap();
                update.raw_bind_parameter(1, KREIS.uuid().as_bytes()).unwrap();
                update.raw_bind_parameter(2, sqlite_value(new)).unwrap();
                if update.parameter_count() > 2 {
                    update.raw_bind_parameter(3, sqlite_value(old)).unwrap();
                }
                update.raw_execute().unwrap() as u64
            }
            Raw::Postgres(client) => {
                let update = client.prepare(&sql).await.unwrap();
                let mut params: Vec<Box<dyn ToSql + Sync>> = vec![Box::new(KREIS.uuid())];
                for (value, kind) in [new, old].into_iter().zip(&update.params()[1..]) {
                    params.push(postgres_value(value, kind));
                }
                let params: Vec<&(dyn ToSql + Sync)> =
                    params.iter().map(|param| &**param).collect();
                client.execute(&update, &params).await.unwrap()
            }
        };
        assert_eq!(changed, 1, "{cell:?}");
    }
}

const COLUMNS: &str = "SELECT column_name::text FROM information_schema.columns \
     WHERE table_name = $1 ORDER BY ordinal_position";
const KEY: &str = "SELECT a.attname::text FROM pg_index i CROSS JOIN LATERAL \
     unnest(i.indkey) WITH ORDINALITY AS k (attnum, place) \
     JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum \
     WHERE i.indisprimary AND i.indrelid = $1::text::regclass ORDER BY k.place";

/// A connection of the test's own.
pub(crate) async fn client(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

fn postgres_value(value: &Value, kind: &Type) -> Box<dyn ToSql + Sync> {
    match (value, kind) {
        (Value::Bytes(bytes), &Type::UUID) => Box::new(Uuid::from_slice(bytes).unwrap()),
        (Value::Bytes(bytes), _) => Box::new(bytes.clone()),
        (Value::Text(text), _) => Box::new(text.clone()),
        (Value::Number(number), &Type::INT2) => Box::new(i16::try_from(*number).unwrap()),
        (Value::Number(number), _) => Box::new(*number),
    }
}

fn sqlite_value(value: &Value) -> SqliteValue {
    match value {
        Value::Bytes(bytes) => SqliteValue::Blob(bytes.clone()),
        Value::Text(text) => SqliteValue::Text(text.clone()),
        Value::Number(number) => SqliteValue::Integer(*number),
    }
}
