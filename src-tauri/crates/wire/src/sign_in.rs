//! How somebody gets a token.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where people of a Zentrale sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SignIn {
    /// The providers that let workstations in; none if there are only device tokens.
    pub providers: Vec<SignInProvider>,
}

/// An OpenID provider, as a workstation needs to know it. Nothing here is secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SignInProvider {
    /// Its `iss`; the discovery document lies below it.
    pub issuer: String,
    /// What workstations are called there: a public client (RFC 8252).
    pub client_id: String,
    /// What is asked for beside `openid`.
    pub scopes: Vec<String>,
}
