//! Reaching the server.

use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use rustls::crypto::aws_lc_rs;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::storage::StorageError;

/// How long a new connection may take, and how long a request waits for a free one.
const PATIENCE: Duration = Duration::from_secs(10);
/// A peer that answers nothing for so long is gone.
const SILENCE_MAX: Duration = Duration::from_secs(30);
/// What every session needs. Nobody's vanished Zentrale may keep the counter; an answered batch is on
/// disk whatever the server's default; all our reads are short index ranges, which compiling would
/// only delay.
const OPTIONS: &str = "-c idle_in_transaction_session_timeout=60s -c statement_timeout=120s \
                       -c synchronous_commit=on -c jit=off";

/// Where the server is and how to talk to it.
#[derive(Clone)]
pub(super) struct Server {
    config: Config,
    tls: MakeRustlsConnect,
}

impl Server {
    pub(super) fn new(url: &str) -> Result<Self, StorageError> {
        let mut config: Config = url.parse().map_err(|source| StorageError::Database {
            operation: "reading the address",
            source: Box::<tokio_postgres::Error>::new(source),
        })?;
        let options = config
            .get_options()
            .map_or_else(|| OPTIONS.to_owned(), |given| format!("{given} {OPTIONS}"));
        config.options(options).application_name("kontor-zentrale");
        config.connect_timeout(PATIENCE).tcp_user_timeout(SILENCE_MAX);
        if config.get_ssl_mode() == SslMode::Prefer {
            // What is merely preferred is not had when it matters.
            let mode =
                if is_on_this_machine(&config) { SslMode::Disable } else { SslMode::Require };
            config.ssl_mode(mode);
        }
        Ok(Self { tls: tls(config.get_ssl_mode() != SslMode::Disable)?, config })
    }

    pub(super) fn pool(&self, connections_max: usize) -> Result<Pool, StorageError> {
        let settings = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager = Manager::from_config(self.config.clone(), self.tls.clone(), settings);
        let pool = Pool::builder(manager)
            .max_size(connections_max.max(1))
            .wait_timeout(Some(PATIENCE))
            .create_timeout(Some(PATIENCE))
            .runtime(Runtime::Tokio1)
            .build();
        pool.map_err(|source| StorageError::Database {
            operation: "making a pool",
            source: Box::new(source),
        })
    }

    /// A connection outside the pool, with what the server says on its own.
    pub(super) async fn listen(
        &self,
    ) -> Result<
        (
            tokio_postgres::Client,
            tokio_postgres::Connection<
                tokio_postgres::Socket,
                <MakeRustlsConnect as tokio_postgres::tls::MakeTlsConnect<
                    tokio_postgres::Socket,
                >>::Stream,
            >,
        ),
        tokio_postgres::Error,
    > {
        self.config.connect(self.tls.clone()).await
    }
}

/// Without the password.
impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").field("hosts", &self.config.get_hosts()).finish_non_exhaustive()
    }
}

fn is_on_this_machine(config: &Config) -> bool {
    let local = |host: &Host| match host {
        Host::Tcp(name) => matches!(name.as_str(), "localhost" | "127.0.0.1" | "::1"),
        #[cfg(unix)]
        Host::Unix(_) => true,
    };
    config.get_hosts().iter().all(local)
        && config.get_hostaddrs().iter().all(std::net::IpAddr::is_loopback)
}

fn tls(wanted: bool) -> Result<MakeRustlsConnect, StorageError> {
    let unavailable = |source: rustls::Error| StorageError::Unavailable(Box::new(source));
    let mut roots = RootCertStore::empty();
    if wanted {
        // Certificates of the machine that cannot be read sign nobody.
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    }
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(unavailable)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(url: &str) -> SslMode {
        Server::new(url).unwrap().config.get_ssl_mode()
    }

    #[test]
    fn across_a_network_the_connection_is_encrypted() {
        assert_eq!(mode("postgres://kontor@db.example/kontor"), SslMode::Require);
        assert_eq!(mode("postgres://kontor@db.example/kontor?sslmode=require"), SslMode::Require);
        assert_eq!(mode("postgres://kontor@db.example/kontor?sslmode=disable"), SslMode::Disable);
        assert_eq!(mode("postgres://kontor@localhost,db.example/kontor"), SslMode::Require);
        assert_eq!(mode("postgres://kontor@localhost/kontor"), SslMode::Disable);
        assert_eq!(mode("postgres://kontor@%2Frun%2Fpostgresql/kontor"), SslMode::Disable);
        assert!(Server::new("postgres://kontor@db.example/kontor?sslmode=maybe").is_err());
    }

    #[test]
    fn the_password_is_not_shown() {
        let server = Server::new("postgres://kontor:geheim@db.example/kontor").unwrap();
        assert!(!format!("{server:?}").contains("geheim"));
    }
}
