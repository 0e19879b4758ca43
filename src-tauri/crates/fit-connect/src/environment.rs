//! Where a Zustelldienst is and how it is spoken to: configuration, not code.

use std::fmt;

use serde::Deserialize;

use crate::ZustellpunktId;
use crate::vocabulary::Vocabulary;

/// One environment (TEST, STAGE, PROD) and our client there.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Environment {
    /// Where tokens come from.
    pub token_url: String,
    /// The Submission API, without its version.
    pub submission_api: String,
    /// The Destination API, without its version; the Submission API where they are one (1.x).
    #[serde(default)]
    pub destination_api: Option<String>,
    /// Where the service publishes its keys; below the Submission API by default.
    #[serde(default)]
    pub jwks_url: Option<String>,
    /// What the service calls itself in events.
    pub issuer: String,
    /// Which generation of the API.
    #[serde(default)]
    pub generation: Generation,
    /// Scopes to ask for; `{zustellpunkt}` stands for the id of each.
    #[serde(default = "subscribe")]
    pub scopes: Vec<String>,
    /// The client's name.
    pub client_id: String,
    /// Its secret.
    pub client_secret: Secret,
    /// Our Zustellpunkte there.
    pub zustellpunkte: Vec<ZustellpunktId>,
    /// Names FITKO may change.
    #[serde(default)]
    pub vocabulary: Vocabulary,
}

/// A generation of the Submission API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Generation {
    /// 1.1.3, whose specification is held.
    #[default]
    V1,
    /// 2.x, known from two independent clients and not from its specification.
    V2,
}

/// A secret that is never printed.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Wraps it.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

fn subscribe() -> Vec<String> {
    vec!["subscribe:destination:{zustellpunkt}".to_owned()]
}

/// The configuration names no usable address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidEnvironment {
    /// Not an address, or not HTTPS to another machine.
    #[error("{0} is no HTTPS address")]
    Address(&'static str),
}

impl Environment {
    /// All scopes in one text, as the token endpoint takes them.
    pub fn scope(&self) -> String {
        let mut scopes = Vec::new();
        for scope in &self.scopes {
            if scope.contains("{zustellpunkt}") {
                let each = self.zustellpunkte.iter();
                scopes.extend(each.map(|id| scope.replace("{zustellpunkt}", &id.to_string())));
            } else {
                scopes.push(scope.clone());
            }
        }
        scopes.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> serde_json::Value {
        serde_json::json!({
            "token_url": "https://auth.example/token",
            "submission_api": "https://zustelldienst.example",
            "issuer": "https://zustelldienst.example",
            "client_id": "kontor",
            "client_secret": "geheim",
            "zustellpunkte": [crate::samples::AGAIN],
        })
    }

    #[test]
    fn scopes_are_named_for_each_zustellpunkt() {
        let environment: Environment = serde_json::from_value(sample()).unwrap();
        let expected = format!("subscribe:destination:{}", crate::samples::AGAIN);
        assert_eq!(environment.scope(), expected);
        assert_eq!(environment.generation, Generation::V1);
    }

    #[test]
    fn the_scopes_of_the_second_generation_are_uris() {
        let mut json = sample();
        let uri = "https://schema.fitko.de/fit-connect/oauth/scopes/subscribe-destinations";
        json["scopes"] = serde_json::json!([uri]);
        json["generation"] = "v2".into();
        let environment: Environment = serde_json::from_value(json).unwrap();
        assert_eq!(environment.scope(), uri);
    }

    #[test]
    fn secrets_are_not_printed_and_mistakes_are_found() {
        let environment: Environment = serde_json::from_value(sample()).unwrap();
        assert!(!format!("{environment:?}").contains("geheim"));
        let mut json = sample();
        json["tokenurl"] = "x".into();
        assert!(serde_json::from_value::<Environment>(json).is_err());
    }
}
