//! A backup is a folder: the database at one moment, and every document it knows. The database comes
//! first, because documents are only ever added: what it refers to is there when they are copied.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::Args;
use kontor_wire::Epoch;
use serde_json::json;

use tokio_postgres::config::Host;

use super::failure::Failure;
use super::output::Output;
use super::{existing, open};
use crate::Zentrale;
use crate::config::{Config, ConfigError, Database};
use crate::documents::{Documents, folder};
use crate::storage::{SqliteStorage, restore_sqlite};
use crate::world::{SystemWorld, new_id};

const SQLITE: &str = "zentrale.db";
const POSTGRES: &str = "zentrale.pgdump";
const DOCUMENTS: &str = "documents";
const DUMP: &str = "pg_dump";

#[derive(Debug, Args)]
pub(super) struct Backup {
    /// Ordner für die Sicherung; er darf noch nicht da sein.
    #[arg(value_name = "ORDNER")]
    to: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Restore {
    /// Ordner mit der Sicherung. Datenbank und Dokumente müssen noch leer sein.
    #[arg(value_name = "ORDNER")]
    from: PathBuf,
}

impl Backup {
    pub(super) async fn run(self, config: &Config, output: &Output) -> Result<(), Failure> {
        let zentrale = existing(config).await?;
        if self.to.exists() {
            return Err(Failure::in_the_way(&self.to));
        }
        std::fs::create_dir_all(&self.to)
            .map_err(|error| Failure::io("Der Ordner kann nicht angelegt werden.", &error))?;
        match config.database()? {
            Database::Sqlite(path) => {
                SqliteStorage::open(&path, None)?.backup(&self.to.join(SQLITE))?;
            }
            Database::Postgres(address) => {
                let file = self.to.join(POSTGRES);
                postgres(DUMP, &address, &["--format=custom"], &file)?;
            }
        }
        let target = Documents::new(folder(&self.to.join(DOCUMENTS))?);
        let documents = copy(&zentrale, zentrale.documents(), &target).await?;
        let value = json!({ "folder": self.to, "documents": documents });
        let sentence =
            format!("Die Sicherung liegt in {}, mit {documents} Dokumenten.", self.to.display());
        output.say(&value, &sentence);
        Ok(())
    }
}

impl Restore {
    pub(super) async fn run(self, config: &Config, output: &Output) -> Result<(), Failure> {
        let epoch = Epoch(new_id(&SystemWorld));
        let zentrale = match config.database()? {
            Database::Sqlite(path) => {
                if let Some(folder) = path.parent() {
                    let made = std::fs::create_dir_all(folder);
                    made.map_err(|error| {
                        Failure::io("Der Ordner kann nicht angelegt werden.", &error)
                    })?;
                }
                restore_sqlite(&self.from.join(SQLITE), &path, epoch)?;
                open(config).await?
            }
            Database::Postgres(address) => {
                let options = ["--exit-on-error", "--single-transaction", "--no-owner"];
                postgres("pg_restore", &address, &options, &self.from.join(POSTGRES))?;
                let zentrale = open(config).await?;
                for mandant in zentrale.storage().mandanten().await? {
                    zentrale.storage().set_epoch(mandant.id, epoch).await?;
                }
                zentrale
            }
        };
        let source = Documents::new(folder(&self.from.join(DOCUMENTS))?);
        let documents = copy(&zentrale, &source, zentrale.documents()).await?;
        let value = json!({ "epoch": epoch, "documents": documents });
        let sentence = format!(
            "Die Sicherung ist wiederhergestellt, mit {documents} Dokumenten. Arbeitsplätze, die mehr \
             wissen, bringen es beim nächsten Abgleich wieder."
        );
        output.say(&value, &sentence);
        Ok(())
    }
}

/// Copies every document; each is checked against its name on the way.
async fn copy(
    zentrale: &Zentrale,
    source: &Documents,
    target: &Documents,
) -> Result<usize, Failure> {
    let mut count = 0;
    for mandant in zentrale.storage().mandanten().await? {
        for hash in source.hashes(mandant.id).await? {
            target.copy_from(source, mandant.id, hash).await?;
            count += 1;
        }
    }
    Ok(count)
}

/// Runs a tool of PostgreSQL. The password goes through the environment, not through the arguments,
/// which everybody on the machine can read.
fn postgres(
    tool: &'static str,
    address: &str,
    options: &[&str],
    file: &Path,
) -> Result<(), Failure> {
    let config: tokio_postgres::Config = address.parse().map_err(|_| ConfigError::Database)?;
    let mut command = Command::new(tool);
    command.args(options).stdin(Stdio::null());
    if let Some(name) = config.get_dbname() {
        command.arg("--dbname").arg(name);
    }
    if tool == DUMP {
        command.arg("--file");
    }
    command.arg(file);
    let host = config.get_hosts().first().map(|host| match host {
        Host::Tcp(name) => name.clone(),
        #[cfg(unix)]
        Host::Unix(folder) => folder.to_string_lossy().into_owned(),
    });
    let port = config.get_ports().first().map(ToString::to_string);
    let password = config.get_password().map(String::from_utf8_lossy);
    let settings = [
        ("PGHOST", host.as_deref()),
        ("PGPORT", port.as_deref()),
        ("PGUSER", config.get_user()),
        ("PGPASSWORD", password.as_deref()),
    ];
    for (name, value) in settings {
        if let Some(value) = value {
            command.env(name, value);
        }
    }
    let status = command.status().map_err(|_| Failure::no_tool(tool))?;
    if status.success() { Ok(()) } else { Err(Failure::no_tool(tool)) }
}
