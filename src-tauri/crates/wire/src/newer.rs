//! What a newer side says and this version does not know.

use kontor_domain::Scope;
use serde::{Deserialize, Deserializer};

/// Reads the scopes this version knows. One it does not know, it cannot mirror.
pub(crate) fn known_scopes<'de, D>(deserializer: D) -> Result<Vec<Scope>, D::Error>
where
    D: Deserializer<'de>,
{
    let scopes = Vec::<ScopeJson>::deserialize(deserializer)?;
    Ok(scopes.into_iter().filter_map(ScopeJson::known).collect())
}

#[derive(Deserialize)]
#[serde(untagged)]
enum ScopeJson {
    Known(Scope),
    Newer(#[expect(dead_code, reason = "read to see that it is a text")] String),
}

impl ScopeJson {
    fn known(self) -> Option<Scope> {
        match self {
            Self::Known(scope) => Some(scope),
            Self::Newer(_) => None,
        }
    }
}
