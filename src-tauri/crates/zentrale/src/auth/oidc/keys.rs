//! The keys a provider signs with, fetched when needed and kept for a while.

use std::sync::{PoisonError, RwLock};
use std::time::{Duration, Instant};

use jsonwebtoken::jwk::{Jwk, JwkSet};
use reqwest::{Client, Url, redirect};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio::sync::Mutex;

use super::{InvalidProvider, ProviderConfig};
use crate::refused::Refused;

/// After this the provider is asked again, so that a withdrawn key stops working.
const FRESH: Duration = Duration::from_hours(1);
/// While the provider cannot be reached, keys are trusted this long.
const STALE_MAX: Duration = Duration::from_hours(24);
/// No provider's answer is longer than this.
const ANSWER_BYTES_MAX: usize = 1 << 20;
const TIMEOUT: Duration = Duration::from_secs(10);

#[derive(Debug)]
pub(super) struct Keys {
    client: Client,
    source: Source,
    refetch: Duration,
    known: RwLock<Option<Known>>,
    /// When the provider was last asked. Held while asking, so that one asks for all.
    asked: Mutex<Option<Instant>>,
}

#[derive(Debug)]
enum Source {
    Jwks(Url),
    Discovery { issuer: String, url: Url },
}

#[derive(Debug)]
struct Known {
    set: JwkSet,
    since: Instant,
}

/// Why the provider's keys could not be fetched.
#[derive(Debug, thiserror::Error)]
enum FetchError {
    #[error("the identity provider cannot be reached")]
    Http(#[from] reqwest::Error),
    #[error("the identity provider's answer is too long")]
    TooLong,
    #[error("the identity provider's answer is not understood")]
    Json(#[from] serde_json::Error),
    #[error("the discovery document belongs to another issuer")]
    OtherIssuer,
    #[error("the identity provider names an address that is not secure")]
    Insecure(#[from] InvalidProvider),
}

#[derive(Deserialize)]
struct Discovery {
    issuer: String,
    jwks_uri: String,
}

impl Keys {
    pub(super) fn new(config: &ProviderConfig) -> Result<Self, InvalidProvider> {
        let client = Client::builder()
            .timeout(TIMEOUT)
            .redirect(redirect::Policy::none())
            .build()
            .map_err(InvalidProvider::Client)?;
        let source = match &config.jwks_url {
            Some(url) => Source::Jwks(secure(url)?),
            None => Source::Discovery {
                issuer: config.issuer.clone(),
                url: secure(&format!(
                    "{}/.well-known/openid-configuration",
                    config.issuer.trim_end_matches('/')
                ))?,
            },
        };
        let refetch = Duration::from_secs(config.refetch_seconds);
        Ok(Self { client, source, refetch, known: RwLock::default(), asked: Mutex::default() })
    }

    /// The key a token names; without a name the only key there is.
    pub(super) async fn find(&self, kid: Option<&str>) -> Result<Option<Jwk>, Refused> {
        if let Some(key) = self.among_known(kid, FRESH) {
            return Ok(Some(key));
        }
        let mut asked = self.asked.lock().await;
        // Somebody else may have asked while we waited.
        if let Some(key) = self.among_known(kid, FRESH) {
            return Ok(Some(key));
        }
        if asked.is_none_or(|at| at.elapsed() >= self.refetch) {
            *asked = Some(Instant::now());
            match self.fetch().await {
                Ok(set) => {
                    let known = Known { set, since: Instant::now() };
                    *self.known.write().unwrap_or_else(PoisonError::into_inner) = Some(known);
                }
                Err(error) => {
                    let refused = Refused::unavailable(&error);
                    if !self.knows_any() {
                        return Err(refused);
                    }
                }
            }
        } else if !self.knows_any() {
            return Err(kontor_wire::ProblemCode::Unavailable.into());
        }
        Ok(self.among_known(kid, STALE_MAX))
    }

    fn among_known(&self, kid: Option<&str>, age_max: Duration) -> Option<Jwk> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let known = known.as_ref().filter(|known| known.since.elapsed() < age_max)?;
        match (kid, known.set.keys.as_slice()) {
            (Some(kid), _) => known.set.find(kid).cloned(),
            (None, [only]) => Some(only.clone()),
            (None, _) => None,
        }
    }

    fn knows_any(&self) -> bool {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.as_ref().is_some_and(|known| known.since.elapsed() < STALE_MAX)
    }

    async fn fetch(&self) -> Result<JwkSet, FetchError> {
        let url = match &self.source {
            Source::Jwks(url) => url.clone(),
            Source::Discovery { issuer, url } => {
                let discovery: Discovery = self.get(url.clone()).await?;
                if discovery.issuer != *issuer {
                    return Err(FetchError::OtherIssuer);
                }
                secure(&discovery.jwks_uri)?
            }
        };
        self.get(url).await
    }

    async fn get<T: DeserializeOwned>(&self, url: Url) -> Result<T, FetchError> {
        let mut response = self.client.get(url).send().await?.error_for_status()?;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            if body.len() + chunk.len() > ANSWER_BYTES_MAX {
                return Err(FetchError::TooLong);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(serde_json::from_slice(&body)?)
    }
}

/// `https`, or a provider on the same machine.
fn secure(address: &str) -> Result<Url, InvalidProvider> {
    let insecure = || InvalidProvider::Insecure(address.to_owned());
    let url = Url::parse(address).map_err(|_| insecure())?;
    let is_here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    let good = url.scheme() == "https" || url.scheme() == "http" && is_here;
    good.then_some(url).ok_or_else(insecure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_over_https_or_from_this_machine() {
        for good in ["https://login.kreis.example/jwks", "http://127.0.0.1:8080/", "http://[::1]/"]
        {
            assert!(secure(good).is_ok(), "{good}");
        }
        for bad in
            ["http://login.kreis.example/", "file:///etc/passwd", "http://127.0.0.1.example/"]
        {
            assert!(secure(bad).is_err(), "{bad}");
        }
    }
}
