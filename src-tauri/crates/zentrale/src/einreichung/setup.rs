//! An intake from its configuration, and its life beside the Zentrale.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kontor_domain::MandantId;
use kontor_fit_connect::environment::{Environment, InvalidEnvironment};
use kontor_fit_connect::http::HttpZustelldienst;
use serde::Deserialize;
use tokio::time::sleep;

use super::{Intake, KeyStore, KeyStoreError, Limits, Parts, Routes};
use crate::Zentrale;

/// One authority's connection to FIT-Connect, as configured.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// The authority.
    pub mandant: MandantId,
    /// A file with 32 random bytes in Base64. It is kept apart from the database and its backups.
    pub key_file: PathBuf,
    /// Seconds between two looks at what waits.
    #[serde(default = "minute")]
    pub poll_seconds: u64,
    /// The Zustelldienst and our client there.
    pub environment: Environment,
    /// Which unit gets what.
    pub routes: Routes,
}

const fn minute() -> u64 {
    60
}

/// The connection cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The file with the key-encryption key.
    #[error("the file with the key-encryption key cannot be read")]
    KeyFile(#[source] std::io::Error),
    /// Its content.
    #[error("the key-encryption key is not 32 bytes in Base64")]
    Key,
    /// The keys in the database.
    #[error(transparent)]
    Store(#[from] KeyStoreError),
    /// The addresses.
    #[error(transparent)]
    Environment(#[from] InvalidEnvironment),
}

impl Setup {
    /// Opens the store of private keys.
    pub fn key_store(&self) -> Result<KeyStore, SetupError> {
        let text = std::fs::read_to_string(&self.key_file).map_err(SetupError::KeyFile)?;
        let text = zeroize::Zeroizing::new(text);
        let bytes =
            zeroize::Zeroizing::new(STANDARD.decode(text.trim()).map_err(|_| SetupError::Key)?);
        let key: &[u8; 32] = bytes.as_slice().try_into().map_err(|_| SetupError::Key)?;
        Ok(KeyStore::new(key)?)
    }

    /// Puts the intake together; nothing is sent yet.
    pub async fn intake(&self, zentrale: &Zentrale) -> Result<Intake, SetupError> {
        let rings = self.key_store()?.rings(zentrale.storage(), self.mandant).await?;
        let ours = |id: &_| self.environment.zustellpunkte.contains(id);
        Ok(Intake::new(Parts {
            zentrale: zentrale.clone(),
            mandant: self.mandant,
            port: Arc::new(HttpZustelldienst::new(&self.environment)?),
            issuer: self.environment.issuer.clone(),
            vocabulary: self.environment.vocabulary.clone(),
            rings: rings.into_iter().filter(|(id, _)| ours(id)).collect(),
            routes: self.routes.clone(),
            limits: Limits::default(),
        }))
    }
}

/// Rounds without end, `period` apart; at once where more waits. A round that fails is tried again.
pub async fn watch(intake: Intake, period: Duration) {
    loop {
        let more = match intake.round().await {
            Ok(round) => round.more && round.moved > 0,
            Err(error) => {
                tracing::warn!(%error, "the Zustelldienst could not be asked");
                false
            }
        };
        if !more {
            sleep(period).await;
        }
    }
}
