//! The Zustelldienst over HTTP, in both generations of its API.

mod answer;
mod dialect;
mod token;

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::stream::{BoxStream, StreamExt as _};
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, Url};
use serde_json::json;

use crate::environment::{Environment, InvalidEnvironment};
use crate::jwk::{Kid, PublicJwk, parse_key_set};
use crate::port::{CallError, Fetched, Waiting, Zustelldienst, Zustellpunkt};
use crate::{AnlageId, EinreichungId, Vorgangsreferenz, ZustellpunktId};

use token::Tokens;

pub use dialect::fetched;

const JSON: &str = "application/json";
const JOSE: &str = "application/jose";
/// Some portals' gateways refuse calls without a name.
const USER_AGENT: &str = concat!("Kontor/", env!("CARGO_PKG_VERSION"));
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Between two pieces of an answer; a large Anlage as a whole may take long.
const READ_TIMEOUT: Duration = Duration::from_mins(1);
/// Lists, logs and Einreichungen without Anlagen. Fachdaten travel inside, so it is generous.
const JSON_BYTES_MAX: usize = 64 << 20;
const PAGE: usize = 500;
/// An event log has a handful of entries; somebody who makes it endless must not hold us up.
const EVENTS_MAX: usize = 10_000;

/// A Zustelldienst somewhere in the network.
#[derive(Debug)]
pub struct HttpZustelldienst {
    client: Client,
    tokens: Tokens,
    submissions: Url,
    destinations: Url,
    jwks: Url,
}

impl HttpZustelldienst {
    /// Prepares the connection; nothing is sent yet.
    pub fn new(environment: &Environment) -> Result<Self, InvalidEnvironment> {
        let client = Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(CONNECT_TIMEOUT)
            .read_timeout(READ_TIMEOUT)
            // A redirect would carry the token to wherever it points.
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|_| InvalidEnvironment::Address("the TLS configuration"))?;
        let base = address(&environment.submission_api, "submission_api")?;
        let destination_api = match &environment.destination_api {
            Some(url) => address(url, "destination_api")?,
            None => base.clone(),
        };
        let jwks = match &environment.jwks_url {
            Some(url) => address(url, "jwks_url")?,
            None => below(&base, &[".well-known", "jwks.json"]),
        };
        let version = environment.generation.version();
        Ok(Self {
            tokens: Tokens::new(address(&environment.token_url, "token_url")?, environment),
            client,
            submissions: below(&base, &[version]),
            destinations: below(&destination_api, &[version]),
            jwks,
        })
    }

    /// One call with a token; once more with a new one if it is refused.
    async fn call(
        &self,
        method: Method,
        url: Url,
        prepare: impl Fn(RequestBuilder) -> RequestBuilder + Send + Sync,
    ) -> Result<Response, CallError> {
        let mut token = self.tokens.current(&self.client).await?;
        for last in [false, true] {
            let request = self.client.request(method.clone(), url.clone()).bearer_auth(&token);
            let response = prepare(request).send().await.map_err(|_| unavailable())?;
            if response.status() != StatusCode::UNAUTHORIZED || last {
                return answer::checked(response);
            }
            token = self.tokens.renewed(&self.client, &token).await?;
        }
        Err(CallError::NotSignedIn)
    }

    async fn json(&self, url: Url) -> Result<Bytes, CallError> {
        let response = self.call(Method::GET, url, |it| it.header(ACCEPT, JSON)).await?;
        answer::body(response, JSON_BYTES_MAX).await
    }
}

#[async_trait]
impl Zustelldienst for HttpZustelldienst {
    async fn waiting(&self, zustellpunkt: ZustellpunktId) -> Result<Waiting, CallError> {
        let mut url = below(&self.submissions, &["submissions"]);
        url.query_pairs_mut()
            .append_pair("destinationId", &zustellpunkt.to_string())
            .append_pair("limit", &PAGE.to_string())
            .append_pair("offset", "0");
        dialect::waiting(&self.json(url).await?)
    }

    async fn einreichung(&self, id: EinreichungId) -> Result<(Fetched, Bytes), CallError> {
        let bytes = self.json(below(&self.submissions, &["submissions", &id.to_string()])).await?;
        Ok((dialect::fetched(&bytes)?, bytes))
    }

    async fn anlage(
        &self,
        einreichung: EinreichungId,
        anlage: AnlageId,
    ) -> Result<BoxStream<'static, Result<Bytes, CallError>>, CallError> {
        let (einreichung, anlage) = (einreichung.to_string(), anlage.to_string());
        let path = ["submissions", &einreichung, "attachments", &anlage];
        let url = below(&self.submissions, &path);
        let response = self.call(Method::GET, url, |it| it.header(ACCEPT, JOSE)).await?;
        Ok(response.bytes_stream().map(|piece| piece.map_err(|_| unavailable())).boxed())
    }

    async fn events(&self, vorgang: Vorgangsreferenz) -> Result<Vec<String>, CallError> {
        let mut log: Vec<String> = Vec::new();
        loop {
            let mut url = below(&self.submissions, &["cases", &vorgang.to_string(), "events"]);
            url.query_pairs_mut()
                .append_pair("limit", &PAGE.to_string())
                .append_pair("offset", &log.len().to_string());
            let page = dialect::events(&self.json(url).await?)?;
            let is_empty = page.events.is_empty();
            log.extend(page.events);
            if is_empty || log.len() as u64 >= page.total {
                return Ok(log);
            }
            if log.len() > EVENTS_MAX {
                return Err(CallError::Unreadable("the event log has no end"));
            }
        }
    }

    async fn send_event(&self, vorgang: Vorgangsreferenz, event: &str) -> Result<(), CallError> {
        let url = below(&self.submissions, &["cases", &vorgang.to_string(), "events"]);
        let prepare = |it: RequestBuilder| it.header(CONTENT_TYPE, JOSE).body(event.to_owned());
        self.call(Method::POST, url, prepare).await.map(drop)
    }

    async fn zustellpunkt(&self, id: ZustellpunktId) -> Result<Zustellpunkt, CallError> {
        let url = below(&self.destinations, &["destinations", &id.to_string()]);
        dialect::zustellpunkt(&self.json(url).await?)
    }

    async fn keys(&self) -> Result<Vec<PublicJwk>, CallError> {
        let request = self.client.get(self.jwks.clone()).header(ACCEPT, JSON);
        let response = request.send().await.map_err(|_| unavailable())?;
        let bytes = answer::body(answer::checked(response)?, JSON_BYTES_MAX).await?;
        parse_key_set(&bytes).map_err(|_| CallError::Unreadable("key set"))
    }

    async fn publish_key(&self, id: ZustellpunktId, key: &PublicJwk) -> Result<(), CallError> {
        let url = below(&self.destinations, &["destinations", &id.to_string(), "keys"]);
        let json = key.to_json();
        let prepare = |it: RequestBuilder| it.header(CONTENT_TYPE, JSON).body(json.clone());
        self.call(Method::POST, url, prepare).await.map(drop)
    }

    async fn make_current(&self, id: ZustellpunktId, kid: &Kid) -> Result<(), CallError> {
        let url = below(&self.destinations, &["destinations", &id.to_string()]);
        let change = json!({ "encryptionKid": kid });
        self.call(Method::PATCH, url, |it| it.json(&change)).await.map(drop)
    }
}

fn unavailable() -> CallError {
    CallError::Unavailable { after: None }
}

/// An address of the configuration: HTTPS, or anything on this machine.
fn address(text: &str, name: &'static str) -> Result<Url, InvalidEnvironment> {
    let url = Url::parse(text).map_err(|_| InvalidEnvironment::Address(name))?;
    let here = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    let allowed = url.scheme() == "https" || url.scheme() == "http" && here;
    if allowed && !url.cannot_be_a_base() {
        Ok(url)
    } else {
        Err(InvalidEnvironment::Address(name))
    }
}

/// An address below another; each part is one segment, whatever it holds.
fn below(base: &Url, parts: &[&str]) -> Url {
    let mut url = base.clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(parts);
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_spoken_to_without_tls() {
        let check = |text: &str, expected: bool| {
            assert_eq!(address(text, "x").is_ok(), expected, "{text}");
        };
        check("https://zustelldienst.example/pfad", true);
        check("http://127.0.0.1:8123", true);
        check("http://localhost:8123/", true);
        check("http://zustelldienst.example", false);
        check("http://127.0.0.1.example.org", false);
        check("ftp://127.0.0.1", false);
        check("mailto:x@y", false);
        check("", false);
    }

    #[test]
    fn parts_of_a_path_stay_parts() {
        let base = Url::parse("https://z.example/api/").unwrap();
        assert_eq!(below(&base, &["v1", "a/../b"]).as_str(), "https://z.example/api/v1/a%2F..%2Fb");
    }
}
