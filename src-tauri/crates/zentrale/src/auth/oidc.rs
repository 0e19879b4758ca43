//! Bearer tokens of OpenID providers: which provider, which key, and what its claims mean here.

mod keys;

use std::collections::{BTreeMap, BTreeSet};

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, dangerous};
use kontor_domain::{Akteur, EinheitId, MandantId, PersonId, Rolle};
use kontor_wire::{SignIn, SignInProvider};
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use self::keys::Keys;
use super::Caller;
use crate::refused::Refused;

/// One OpenID provider, as configured.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderConfig {
    /// Its `iss`, exactly as in its tokens.
    pub issuer: String,
    /// The `aud` its tokens for us carry.
    pub audience: String,
    /// What workstations are called there, if people sign in through it.
    #[serde(default)]
    pub client_id: Option<String>,
    /// What workstations ask for beside `openid`; with `offline_access` they stay signed in.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// The authority its people belong to.
    pub mandant: MandantId,
    /// Where its keys are; by default found through the provider's discovery document.
    #[serde(default)]
    pub jwks_url: Option<String>,
    /// Claim with the roles, parts separated by dots.
    #[serde(default = "roles_claim")]
    pub roles_claim: String,
    /// Claim with the units.
    #[serde(default = "units_claim")]
    pub units_claim: String,
    /// Claim that says who it is: a UUID, or any text that never changes.
    #[serde(default = "person_claim")]
    pub person_claim: String,
    /// What the provider's roles mean here; others mean nothing.
    #[serde(default)]
    pub roles: BTreeMap<String, Rolle>,
    /// What the provider's units are here; a UUID in the claim stands for itself.
    #[serde(default)]
    pub units: BTreeMap<String, EinheitId>,
    /// A key nobody knows makes us ask the provider again, but not more often than this.
    #[serde(default = "refetch_seconds")]
    pub refetch_seconds: u64,
    /// How far the provider's clock may differ from ours.
    #[serde(default = "leeway_seconds")]
    pub leeway_seconds: u64,
}

fn roles_claim() -> String {
    "realm_access.roles".to_owned()
}

fn units_claim() -> String {
    "kontor_einheiten".to_owned()
}

fn person_claim() -> String {
    "sub".to_owned()
}

const fn refetch_seconds() -> u64 {
    30
}

const fn leeway_seconds() -> u64 {
    30
}

/// Why a configured provider cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum InvalidProvider {
    /// Keys that anybody on the way could replace are worth nothing.
    #[error("the address {0} is neither https nor on this machine")]
    Insecure(String),
    /// Two providers with the same issuer.
    #[error("the issuer {0} is configured twice")]
    Twice(String),
    /// No HTTP client.
    #[error("no HTTP client can be made")]
    Client(#[source] reqwest::Error),
}

/// All configured providers.
#[derive(Debug, Default)]
pub struct Providers(BTreeMap<String, Provider>);

#[derive(Debug)]
struct Provider {
    config: ProviderConfig,
    keys: Keys,
}

impl Providers {
    /// Takes the configuration; asks nobody yet.
    pub fn new(configs: Vec<ProviderConfig>) -> Result<Self, InvalidProvider> {
        let mut providers = BTreeMap::new();
        for config in configs {
            let keys = Keys::new(&config)?;
            let issuer = config.issuer.clone();
            if providers.insert(issuer.clone(), Provider { config, keys }).is_some() {
                return Err(InvalidProvider::Twice(issuer));
            }
        }
        Ok(Self(providers))
    }

    /// Where people sign in.
    pub(crate) fn sign_in(&self) -> SignIn {
        let offered = self.0.values().filter_map(|provider| {
            let ProviderConfig { issuer, client_id, scopes, .. } = &provider.config;
            let (issuer, scopes) = (issuer.clone(), scopes.clone());
            client_id.clone().map(|client_id| SignInProvider { issuer, client_id, scopes })
        });
        SignIn { providers: offered.collect() }
    }

    /// The caller a token speaks for; `None` if it does not.
    ///
    /// # Errors
    /// If no key of the provider is known and it cannot be reached.
    pub(super) async fn caller(&self, token: &str) -> Result<Option<Caller>, Refused> {
        // Read unverified, only to know whose key to verify with.
        let Ok(unverified) = dangerous::insecure_decode_claims::<Issued>(token) else {
            return Ok(None);
        };
        let Some(provider) = self.0.get(&unverified.iss) else { return Ok(None) };
        let Some(claims) = provider.verified(token).await? else { return Ok(None) };
        Ok(provider.config.caller(&claims))
    }
}

#[derive(Deserialize)]
struct Issued {
    iss: String,
}

impl Provider {
    async fn verified(&self, token: &str) -> Result<Option<Value>, Refused> {
        let Ok(header) = jsonwebtoken::decode_header(token) else { return Ok(None) };
        // The list is ours: a token cannot talk us into a weaker algorithm or into taking a public
        // key for a shared secret.
        if !matches!(header.alg, Algorithm::RS256 | Algorithm::ES256) {
            return Ok(None);
        }
        let Some(key) = self.keys.find(header.kid.as_deref()).await? else { return Ok(None) };
        if !fits(&key, header.alg) {
            return Ok(None);
        }
        let Ok(key) = DecodingKey::from_jwk(&key) else { return Ok(None) };
        let mut validation = Validation::new(header.alg);
        validation.leeway = self.config.leeway_seconds;
        validation.validate_nbf = true;
        validation.set_issuer(&[&self.config.issuer]);
        validation.set_audience(&[&self.config.audience]);
        validation.set_required_spec_claims(&["exp", "iss", "aud"]);
        match jsonwebtoken::decode::<Value>(token, &key, &validation) {
            Ok(data) => Ok(Some(data.claims)),
            Err(error) => {
                tracing::info!(reason = ?error.kind(), "a token was refused");
                Ok(None)
            }
        }
    }
}

fn fits(key: &Jwk, algorithm: Algorithm) -> bool {
    let for_signatures = key
        .common
        .public_key_use
        .as_ref()
        .is_none_or(|purpose| *purpose == PublicKeyUse::Signature);
    for_signatures
        && match &key.algorithm {
            AlgorithmParameters::RSA(_) => algorithm == Algorithm::RS256,
            AlgorithmParameters::EllipticCurve(curve) => {
                algorithm == Algorithm::ES256 && curve.curve == EllipticCurve::P256
            }
            _ => false,
        }
}

impl ProviderConfig {
    fn caller(&self, claims: &Value) -> Option<Caller> {
        let person = at(claims, &self.person_claim)?.as_str()?;
        let akteur = Akteur {
            person: self.person(person),
            rollen: words(claims, &self.roles_claim)
                .filter_map(|role| self.roles.get(role).copied())
                .collect(),
            einheiten: words(claims, &self.units_claim)
                .filter_map(|unit| self.units.get(unit).copied().or_else(|| unit.parse().ok()))
                .collect::<BTreeSet<EinheitId>>(),
        };
        Some(Caller { mandant: self.mandant, akteur })
    }

    /// The provider's own UUID, or one made of issuer and subject: the same on every day.
    fn person(&self, subject: &str) -> PersonId {
        let made = || {
            let issuer = Uuid::new_v5(&Uuid::NAMESPACE_URL, self.issuer.as_bytes());
            PersonId::new(Uuid::new_v5(&issuer, subject.as_bytes()))
        };
        subject.parse().unwrap_or_else(|_| made())
    }
}

/// The value under `path`, parts separated by dots.
fn at<'a>(claims: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(claims, |value, part| value.get(part))
}

/// A list of words, or a single one.
fn words<'a>(claims: &'a Value, path: &str) -> impl Iterator<Item = &'a str> {
    let value = at(claims, path);
    let list = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter().chain(value).filter_map(Value::as_str)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn provider() -> ProviderConfig {
        serde_json::from_value(json!({
            "issuer": "https://login.kreis.example/realms/kreis",
            "audience": "kontor",
            "mandant": "01900000-0000-7000-8000-000000000001",
            "roles": { "kontor-sb": "sachbearbeitung" },
            "units": { "Gewerbeamt": "01900000-0000-7000-8000-0000000000a1" },
        }))
        .unwrap()
    }

    #[test]
    fn claims_become_rights_by_the_configured_table() {
        let caller = provider()
            .caller(&json!({
                "sub": "01900000-0000-7000-8000-00000000000a",
                "realm_access": { "roles": ["kontor-sb", "offline_access", 7] },
                "kontor_einheiten": ["Gewerbeamt", "Bauamt"],
            }))
            .unwrap();
        assert_eq!(caller.akteur.rollen, BTreeSet::from([Rolle::Sachbearbeitung]));
        assert_eq!(caller.akteur.einheiten.len(), 1);
        assert_eq!(caller.akteur.person.to_string(), "01900000-0000-7000-8000-00000000000a");
    }

    #[test]
    fn a_subject_that_is_no_uuid_is_the_same_person_every_day() {
        let person = |sub: &str| provider().caller(&json!({ "sub": sub })).unwrap().akteur.person;
        assert_eq!(person("anna"), person("anna"));
        assert_ne!(person("anna"), person("bernd"));
        assert!(provider().caller(&json!({ "sub": 7 })).is_none());
        assert!(provider().caller(&json!({})).is_none());
    }

    #[test]
    fn one_word_stands_for_a_list_of_one() {
        let claims = json!({ "sub": "x", "realm_access": { "roles": "kontor-sb" } });
        assert_eq!(provider().caller(&claims).unwrap().akteur.rollen.len(), 1);
    }
}
