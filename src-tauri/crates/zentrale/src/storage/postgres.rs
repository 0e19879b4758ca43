//! The Zentrale on PostgreSQL: several instances side by side, each with a pool of connections.
//!
//! Transactions run at READ COMMITTED with explicit row locks, always taken in the same order; reads
//! of several statements run at REPEATABLE READ, so that they see one moment. Statements that do not
//! need each other's answers are sent together: a batch takes three round trips.
//!
//! Backups are the business of `pg_dump` and of base backups with write-ahead logs; after a restore
//! the operator begins a new epoch.

mod columns_of;
mod connect;
mod documents;
mod einreichung;
mod error;
mod notice;
mod open;
mod port;
mod read;
mod write;

use deadpool_postgres::{Object, Pool};
use kontor_domain::MandantId;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

use super::StorageError;
use connect::Server;
use open::Open;

/// Marks the one who may change the schema: `KZen` in ASCII.
const MIGRATION_LOCK: i64 = 0x4B5A_656E;
/// Released steps never change; new ones are added at the end.
const MIGRATIONS: &[&str] = &[include_str!("postgres/0001.sql"), include_str!("postgres/0002.sql")];

/// A Zentrale's database on a PostgreSQL server.
#[derive(Debug)]
pub struct PostgresStorage {
    pool: Pool,
    server: Server,
}

/// Parameters of a statement; the first is the Mandant.
type Params<'a> = &'a [&'a (dyn ToSql + Sync)];

impl PostgresStorage {
    /// Connects with at most `connections_max` connections and brings the database up to date.
    ///
    /// The address is `postgres://user:password@host/database`. Across a network the connection is
    /// encrypted and the server's certificate checked against the certificates the machine trusts,
    /// unless the address ends in `?sslmode=disable`.
    pub async fn connect(url: &str, connections_max: usize) -> Result<Self, StorageError> {
        let server = Server::new(url)?;
        let storage = Self { pool: server.pool(connections_max)?, server };
        storage.migrate().await.map_err(|error| error.during("the migration"))?;
        Ok(storage)
    }

    /// Runs the missing steps in one transaction; instances that start together take turns.
    async fn migrate(&self) -> Result<(), StorageError> {
        let open = Open::begin(self.client().await?).await?;
        open.batch_execute(&format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")).await?;
        open.batch_execute("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)")
            .await?;
        let version =
            open.query_one("SELECT coalesce(max(version), 0) FROM schema_version", &[]).await?;
        let done = match usize::try_from(version.try_get::<_, i64>(0)?) {
            Ok(done) if done <= MIGRATIONS.len() => done,
            _ => return Err(StorageError::Damaged("the database was written by a newer version")),
        };
        for (before, step) in MIGRATIONS.iter().enumerate().skip(done) {
            open.batch_execute(step).await?;
            let version = i64::try_from(before + 1).unwrap_or(i64::MAX);
            open.execute("INSERT INTO schema_version (version) VALUES ($1)", &[&version]).await?;
        }
        open.commit().await
    }

    async fn read_ping(&self) -> Result<(), StorageError> {
        self.client().await?.batch_execute("SELECT 1 FROM mandant LIMIT 1").await?;
        Ok(())
    }

    async fn client(&self) -> Result<Object, StorageError> {
        Ok(self.pool.get().await?)
    }

    /// All rows of one statement.
    async fn rows<T>(
        &self,
        sql: &str,
        params: Params<'_>,
        read: impl Fn(&Row) -> Result<T, StorageError>,
    ) -> Result<Vec<T>, StorageError> {
        let client = self.client().await?;
        let statement = client.prepare_cached(sql).await?;
        client.query(&statement, params).await?.iter().map(read).collect()
    }

    /// The one row of a statement, if there is one.
    async fn row<T>(
        &self,
        sql: &str,
        params: Params<'_>,
        read: impl Fn(&Row) -> Result<T, StorageError>,
    ) -> Result<Option<T>, StorageError> {
        let client = self.client().await?;
        let statement = client.prepare_cached(sql).await?;
        client.query_opt(&statement, params).await?.as_ref().map(read).transpose()
    }

    /// Runs one statement and says how many rows it touched.
    async fn execute(&self, sql: &str, params: Params<'_>) -> Result<u64, StorageError> {
        let client = self.client().await?;
        let statement = client.prepare_cached(sql).await?;
        Ok(client.execute(&statement, params).await?)
    }
}

fn key(mandant: MandantId) -> Uuid {
    mandant.uuid()
}
