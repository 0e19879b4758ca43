//! Access tokens by client credentials (RFC 6749 § 4.4), the secret in the body.

use std::time::Duration;

use reqwest::{Client, StatusCode, Url};
use serde::Deserialize;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::{answer, unavailable};
use crate::environment::{Environment, Secret};
use crate::port::CallError;

/// Renewed this long before it ends, so that no call travels with a dying one.
const EARLY: Duration = Duration::from_mins(1);
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// The token in use.
#[derive(Debug)]
pub(super) struct Tokens {
    url: Url,
    client_id: String,
    client_secret: Secret,
    scope: String,
    current: Mutex<Option<Token>>,
}

struct Token {
    text: String,
    until: Instant,
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token")
    }
}

impl Tokens {
    pub(super) fn new(url: Url, environment: &Environment) -> Self {
        Self {
            url,
            client_id: environment.client_id.clone(),
            client_secret: environment.client_secret.clone(),
            scope: environment.scope(),
            current: Mutex::new(None),
        }
    }

    /// One that is still good for a while.
    pub(super) async fn current(&self, client: &Client) -> Result<String, CallError> {
        let mut current = self.current.lock().await;
        if let Some(token) = current.as_ref().filter(|token| token.until > Instant::now()) {
            return Ok(token.text.clone());
        }
        let token = self.ask(client).await?;
        Ok(current.insert(token).text.clone())
    }

    /// Another than `refused`; somebody else may have got it already.
    pub(super) async fn renewed(
        &self,
        client: &Client,
        refused: &str,
    ) -> Result<String, CallError> {
        let mut current = self.current.lock().await;
        if let Some(token) = current.as_ref().filter(|token| token.text != refused) {
            return Ok(token.text.clone());
        }
        let token = self.ask(client).await?;
        Ok(current.insert(token).text.clone())
    }

    async fn ask(&self, client: &Client) -> Result<Token, CallError> {
        #[derive(Deserialize)]
        struct Answer {
            access_token: String,
            expires_in: u64,
        }
        let asked = Instant::now();
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", &self.client_id),
            ("client_secret", self.client_secret.reveal()),
            ("scope", &self.scope),
        ];
        let response = client.post(self.url.clone()).form(&form).send().await;
        let response = response.map_err(|_| unavailable())?;
        // The endpoint says 400 to a client it does not know (RFC 6749 § 5.2).
        if response.status() == StatusCode::BAD_REQUEST {
            return Err(CallError::NotSignedIn);
        }
        let bytes = answer::body(answer::checked(response)?, ANSWER_BYTES_MAX).await?;
        let answer: Answer =
            serde_json::from_slice(&bytes).map_err(|_| CallError::Unreadable("token"))?;
        let good_for = Duration::from_secs(answer.expires_in.min(86_400)).saturating_sub(EARLY);
        Ok(Token { text: answer.access_token, until: asked + good_for })
    }
}
