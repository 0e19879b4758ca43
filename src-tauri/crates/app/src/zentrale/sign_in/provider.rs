//! What an OpenID provider is asked.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kontor_domain::Moment;
use kontor_wire::SignInProvider;
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
    BasicTokenType,
};
use oauth2::{
    AuthUrl, AuthorizationCode, ClientId, CsrfToken, EndpointNotSet, EndpointSet, ExtraTokenFields,
    HttpRequest, HttpResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RefreshToken,
    RequestTokenError, Scope, StandardRevocableToken, StandardTokenResponse, TokenResponse,
    TokenUrl,
};
use reqwest::redirect::Policy;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::renewal::Renewal;
use crate::zentrale::http::{read, unreachable};
use crate::zentrale::{Address, Token};
use crate::{AppError, Code};

const REQUEST: Duration = Duration::from_secs(20);
/// How far the provider's clock may differ from ours.
const LEEWAY_SECONDS: i64 = 60;
const OFFLINE: &str = "offline_access";

/// What a token endpoint gives beside tokens of OAuth.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct IdToken {
    id_token: Option<String>,
}

impl ExtraTokenFields for IdToken {}

type Tokens = StandardTokenResponse<IdToken, BasicTokenType>;
type Client = oauth2::Client<
    BasicErrorResponse,
    Tokens,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// A provider that has said where its endpoints are.
pub(super) struct Provider {
    client: Client,
    issuer: String,
    client_id: String,
    token_endpoint: String,
    scopes: Vec<String>,
}

/// A question put to somebody in the browser.
pub(super) struct Asked {
    pub(super) url: String,
    pub(super) state: String,
    nonce: String,
    redirect: String,
    verifier: PkceCodeVerifier,
}

/// What the answer is worth.
pub(super) struct Granted {
    pub(super) token: Token,
    pub(super) renewal: Option<Renewal>,
}

#[derive(Deserialize)]
struct Discovery {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
}

impl Provider {
    /// Asks the provider for its endpoints; all must be safe to speak with.
    pub(super) async fn discover(offered: &SignInProvider) -> Result<Self, AppError> {
        let issuer: Address = offered.issuer.parse()?;
        let found: Discovery = get_json(&issuer.of("/.well-known/openid-configuration")).await?;
        if found.issuer != offered.issuer {
            return Err(Code::Garbled.into());
        }
        Ok(Self {
            client: client(
                &offered.client_id,
                &found.authorization_endpoint,
                &found.token_endpoint,
            )?,
            issuer: found.issuer,
            client_id: offered.client_id.clone(),
            token_endpoint: found.token_endpoint,
            scopes: offered.scopes.clone(),
        })
    }

    pub(super) fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The address to be shown in the browser, with everything that proves the answer to be ours.
    pub(super) fn ask(&self, redirect: &str) -> Result<Asked, AppError> {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let nonce = CsrfToken::new_random().into_secret();
        let client = self.client.clone().set_redirect_uri(redirect_url(redirect)?);
        let mut question = client
            .authorize_url(CsrfToken::new_random)
            .add_scope(Scope::new("openid".to_owned()))
            .add_scopes(self.scopes.iter().cloned().map(Scope::new))
            .add_extra_param("nonce", nonce.clone())
            .set_pkce_challenge(challenge);
        if self.scopes.iter().any(|scope| scope == OFFLINE) {
            // OpenID Connect Core, section 11: staying signed in needs the person's word.
            question = question.add_extra_param("prompt", "consent");
        }
        let (url, state) = question.url();
        let (url, state) = (url.to_string(), state.into_secret());
        Ok(Asked { url, state, nonce, redirect: redirect.to_owned(), verifier })
    }

    /// Gives the code back and gets tokens for it.
    pub(super) async fn redeem(
        &self,
        code: String,
        asked: Asked,
        now: Moment,
    ) -> Result<Granted, AppError> {
        let client = self.client.clone().set_redirect_uri(redirect_url(&asked.redirect)?);
        let tokens = client
            .exchange_code(AuthorizationCode::new(code))
            .set_pkce_verifier(asked.verifier)
            .request_async(&send)
            .await
            .map_err(refused)?;
        let id_token = tokens.extra_fields().id_token.as_deref().ok_or(Code::SignInRefused)?;
        self.check(id_token, &asked.nonce, now).ok_or(Code::SignInRefused)?;
        let renewal = tokens.refresh_token().map(|refresh| Renewal {
            token_endpoint: self.token_endpoint.clone(),
            client_id: self.client_id.clone(),
            refresh_token: refresh.secret().clone(),
        });
        Ok(Granted { token: tokens.access_token().secret().parse()?, renewal })
    }

    /// Whether an ID token is for us and answers our question. It came straight from the provider over
    /// a protected connection, which stands in for its signature (OpenID Connect Core, 3.1.3.7 no. 6);
    /// whether the access token is genuine, the Zentrale decides.
    fn check(&self, id_token: &str, nonce: &str, now: Moment) -> Option<()> {
        let claims = URL_SAFE_NO_PAD.decode(id_token.split('.').nth(1)?).ok()?;
        let claims: Value = serde_json::from_slice(&claims).ok()?;
        let text = |name: &str| claims.get(name).and_then(Value::as_str);
        let audience = claims.get("aud")?;
        let for_us = audience.as_str() == Some(&self.client_id)
            || audience.as_array().is_some_and(|all| {
                all.iter().any(|one| one.as_str() == Some(&self.client_id))
                    && text("azp").is_none_or(|azp| azp == self.client_id)
            });
        let lasts = claims.get("exp")?.as_i64()? > now.unix_ms() / 1_000 - LEEWAY_SECONDS;
        let good = text("iss") == Some(&self.issuer) && text("nonce") == Some(nonce);
        (good && for_us && lasts).then_some(())
    }
}

/// New tokens for an old one; `None` if the provider does not want that any more.
pub(super) async fn refresh(renewal: &Renewal) -> Result<Option<Granted>, AppError> {
    let Renewal { token_endpoint, client_id, refresh_token } = renewal;
    let client = client(client_id, token_endpoint, token_endpoint)?;
    let old = RefreshToken::new(refresh_token.clone());
    let tokens = match client.exchange_refresh_token(&old).request_async(&send).await {
        Err(RequestTokenError::ServerResponse(_)) => return Ok(None),
        tokens => tokens.map_err(refused)?,
    };
    let new = tokens.refresh_token().unwrap_or(&old);
    let renewal = Renewal { refresh_token: new.secret().clone(), ..renewal.clone() };
    Ok(Some(Granted { token: tokens.access_token().secret().parse()?, renewal: Some(renewal) }))
}

/// JSON from an address that has been found safe.
pub(super) async fn get_json<T: DeserializeOwned>(url: &str) -> Result<T, AppError> {
    let request = http::Request::get(url)
        .header(kontor_wire::PROTOCOL_HEADER, kontor_wire::PROTOCOL)
        .body(Vec::new())
        .map_err(|error| AppError::new(Code::AddressUnfit).because(error))?;
    let answer =
        send(request).await.map_err(|error| AppError::new(Code::Unreachable).because(error))?;
    if !answer.status().is_success() {
        return Err(Code::Garbled.into());
    }
    serde_json::from_slice(answer.body())
        .map_err(|error| AppError::new(Code::Garbled).because(error))
}

fn client(client_id: &str, authorization: &str, token: &str) -> Result<Client, AppError> {
    // Whoever could read along would be signed in as well.
    let _: (Address, Address) = (authorization.parse()?, token.parse()?);
    let unfit = |error| AppError::new(Code::AddressUnfit).because(error);
    Ok(oauth2::Client::new(ClientId::new(client_id.to_owned()))
        .set_auth_uri(AuthUrl::new(authorization.to_owned()).map_err(unfit)?)
        .set_token_uri(TokenUrl::new(token.to_owned()).map_err(unfit)?))
}

fn redirect_url(address: &str) -> Result<RedirectUrl, AppError> {
    RedirectUrl::new(address.to_owned())
        .map_err(|error| AppError::new(Code::AddressUnfit).because(error))
}

/// Carries one request; never led elsewhere.
async fn send(request: HttpRequest) -> Result<HttpResponse, kontor_sync::Unreachable> {
    let client = reqwest::Client::builder()
        .user_agent(concat!("kontor/", env!("CARGO_PKG_VERSION")))
        .redirect(Policy::none())
        .timeout(REQUEST)
        .build()
        .map_err(unreachable)?;
    let (parts, body) = request.into_parts();
    let request = client.request(parts.method, parts.uri.to_string()).headers(parts.headers);
    let (parts, body) =
        read(request.body(body).send().await.map_err(unreachable)?).await?.into_parts();
    Ok(http::Response::from_parts(parts, body.to_vec()))
}

type Failure = RequestTokenError<kontor_sync::Unreachable, BasicErrorResponse>;

fn refused(error: Failure) -> AppError {
    match error {
        RequestTokenError::Request(error) => AppError::new(Code::Unreachable).because(error),
        RequestTokenError::ServerResponse(said) => {
            // Its own words may name people.
            AppError::new(Code::SignInRefused).because(said.error().to_string())
        }
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => Code::Garbled.into(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn provider() -> Provider {
        Provider {
            client: client("kontor", "https://login.example/auth", "https://login.example/token")
                .unwrap(),
            issuer: "https://login.example".to_owned(),
            client_id: "kontor".to_owned(),
            token_endpoint: "https://login.example/token".to_owned(),
            scopes: vec![OFFLINE.to_owned()],
        }
    }

    #[test]
    fn the_question_can_be_answered_only_to_us() {
        let asked = provider().ask("http://127.0.0.1:4711/anmeldung").unwrap();
        for part in [
            "https://login.example/auth?response_type=code&client_id=kontor",
            "code_challenge_method=S256",
            "redirect_uri=http%3A%2F%2F127.0.0.1%3A4711%2Fanmeldung",
            "scope=openid+offline_access",
            "prompt=consent",
            &format!("nonce={}", asked.nonce),
            &format!("state={}", asked.state),
        ] {
            assert!(asked.url.contains(part), "{part} in {}", asked.url);
        }
        let again = provider().ask("http://127.0.0.1:4711/anmeldung").unwrap();
        assert!(again.nonce != asked.nonce && again.state != asked.state);
    }

    #[test]
    fn an_id_token_is_for_us_and_answers_our_question() {
        let good =
            json!({ "iss": "https://login.example", "aud": "kontor", "nonce": "n", "exp": 1_000 });
        let check = |name: &str, value: Value| {
            let mut claims = good.clone();
            claims[name] = value;
            let token = format!("x.{}.x", URL_SAFE_NO_PAD.encode(claims.to_string()));
            provider().check(&token, "n", Moment::from_unix_ms(1_010_000)).is_some()
        };
        assert!(check("exp", json!(1_000)));
        assert!(check("aud", json!(["other", "kontor"])));
        assert!(!check("exp", json!(900)));
        assert!(!check("aud", json!("other")));
        assert!(!check("aud", json!(["other"])));
        assert!(!check("nonce", json!("m")));
        assert!(!check("nonce", Value::Null));
        assert!(!check("iss", json!("https://evil.example")));
        assert!(provider().check("no token", "n", Moment::from_unix_ms(0)).is_none());
    }

    #[test]
    fn nobody_is_asked_in_clear() {
        let code =
            client("kontor", "http://login.example/auth", "https://login.example/token").err();
        assert_eq!(code.map(|error| error.code), Some(Code::AddressInsecure));
    }
}
