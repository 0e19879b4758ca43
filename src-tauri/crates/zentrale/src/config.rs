//! How a Zentrale is set up: a TOML file, overridden by flags and environment variables.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kontor_wire::Limits;
use object_store::ObjectStore;
use serde::Deserialize;

use crate::auth::oidc::ProviderConfig;
use crate::documents::{S3, folder, s3};
use crate::einreichung::Setup;
use crate::storage::{PostgresStorage, SqliteStorage, Storage, StorageError};

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where to listen. TLS is the reverse proxy's task.
    pub listen: SocketAddr,
    /// `sqlite:PATH` or `postgres://…`.
    pub database: String,
    /// Where the bytes of documents lie; by default a folder beside the SQLite file.
    pub documents: Place,
    /// OpenID providers.
    pub oidc: Vec<ProviderConfig>,
    /// Changes to what is taken at once, by the names of [`Limits`].
    pub limits: toml::Table,
    /// Connections to FIT-Connect, one for each authority that has any.
    pub fit_connect: Vec<Setup>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8480)),
            database: "sqlite:zentrale.db".to_owned(),
            documents: Place::default(),
            oidc: Vec::new(),
            limits: toml::Table::new(),
            fit_connect: Vec::new(),
        }
    }
}

/// Where the bytes of documents lie.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Place {
    /// A folder.
    pub folder: Option<PathBuf>,
    /// A bucket.
    pub s3: Option<S3>,
}

/// What is wrong with it.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file.
    #[error("the configuration cannot be read")]
    Unreadable(#[source] std::io::Error),
    /// Its content.
    #[error("the configuration is not understood")]
    Syntax(#[from] toml::de::Error),
    /// The database's address.
    #[error("the database is neither sqlite:PATH nor postgres://…")]
    Database,
    /// No or two places for documents.
    #[error("there must be exactly one place for documents")]
    Documents,
    /// A limit with an unknown name or an impossible value.
    #[error("the limit {0} is unknown or impossible")]
    Limit(String),
}

/// Which database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// One file.
    Sqlite(PathBuf),
    /// A server, by its connection string.
    Postgres(String),
}

impl Config {
    /// Reads the file, if there is one to read.
    pub fn read(path: Option<&Path>) -> Result<Self, ConfigError> {
        match path {
            Some(path) => {
                let text = std::fs::read_to_string(path).map_err(ConfigError::Unreadable)?;
                Ok(toml::from_str(&text)?)
            }
            None => Ok(Self::default()),
        }
    }

    /// Which database is meant.
    pub fn database(&self) -> Result<Database, ConfigError> {
        if let Some(path) = self.database.strip_prefix("sqlite:").filter(|path| !path.is_empty()) {
            return Ok(Database::Sqlite(path.into()));
        }
        let is_server =
            ["postgres://", "postgresql://"].iter().any(|scheme| self.database.starts_with(scheme));
        if is_server {
            Ok(Database::Postgres(self.database.clone()))
        } else {
            Err(ConfigError::Database)
        }
    }

    /// The limits with the configured changes.
    pub fn limits(&self) -> Result<Limits, ConfigError> {
        let mut limits = serde_json::to_value(Limits::default()).unwrap_or_default();
        for (name, value) in &self.limits {
            let wrong = || ConfigError::Limit(name.clone());
            let value = value.as_integer().filter(|value| *value > 0).ok_or_else(wrong)?;
            *limits.get_mut(name).ok_or_else(wrong)? = value.into();
        }
        serde_json::from_value(limits).map_err(|error| ConfigError::Limit(error.to_string()))
    }

    /// Opens the place of the documents.
    pub fn object_store(&self) -> Result<object_store::Result<Arc<dyn ObjectStore>>, ConfigError> {
        match (&self.documents.folder, &self.documents.s3, self.database()?) {
            (Some(path), None, _) => Ok(folder(path)),
            (None, Some(place), _) => Ok(s3(place)),
            (None, None, Database::Sqlite(path)) => Ok(folder(&path.with_file_name("documents"))),
            (None, None, Database::Postgres(_)) | (Some(_), Some(_), _) => {
                Err(ConfigError::Documents)
            }
        }
    }
}

/// Connections of one instance to PostgreSQL; a server allows 100 by default, for all of them.
const CONNECTIONS_MAX: usize = 16;

impl Database {
    /// Opens it; a new one is set up.
    pub async fn open(&self) -> Result<Arc<dyn Storage>, StorageError> {
        match self {
            Self::Sqlite(path) => {
                if let Some(folder) = path.parent() {
                    std::fs::create_dir_all(folder)
                        .map_err(|error| StorageError::Unavailable(error.into()))?;
                }
                Ok(Arc::new(SqliteStorage::open(path, None)?))
            }
            Self::Postgres(address) => {
                Ok(Arc::new(PostgresStorage::connect(address, CONNECTIONS_MAX).await?))
            }
        }
    }

    /// Whether a SQLite file is there; a server is asked when it is opened.
    pub fn exists(&self) -> bool {
        match self {
            Self::Sqlite(path) => path.exists(),
            Self::Postgres(_) => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(text: &str) -> Config {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn the_file_of_the_manual_is_understood() {
        let manual = include_str!("../../../docs/BETRIEB.md");
        let (_, rest) = manual.split_once("```toml\n").unwrap();
        let (example, _) = rest.split_once("```").unwrap();
        let config = config(example);
        assert_eq!(config.oidc.len(), 1);
        assert!(matches!(config.database(), Ok(Database::Postgres(_))));
        assert_eq!(config.limits().unwrap().push_entries_max, 500);
    }

    #[test]
    fn mistakes_are_named() {
        assert!(toml::from_str::<Config>("databse = \"x\"").is_err());
        assert!(matches!(config("database = \"mysql:x\"").database(), Err(ConfigError::Database)));
        let limits = |text: &str| config(text).limits();
        assert!(matches!(limits("limits = { rows = 1 }"), Err(ConfigError::Limit(_))));
        assert!(matches!(limits("limits = { rows_max = 0 }"), Err(ConfigError::Limit(_))));
        let both = config("documents = { folder = \"x\", s3 = { bucket = \"y\" } }");
        assert!(matches!(both.object_store(), Err(ConfigError::Documents)));
    }
}
