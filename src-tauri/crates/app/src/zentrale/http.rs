//! Carries requests to the Zentrale over HTTP.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderValue, Request, Response, header};
use kontor_sync::{Port, Reply, Unreachable};
use reqwest::Client;
use reqwest::redirect::Policy;

use super::{Address, Token};
use crate::{AppError, Code, crash};

const CONNECT: Duration = Duration::from_secs(5);
/// Until an answer is complete; a chunk of 4 MiB gets through a slow line in that time.
const REQUEST: Duration = Duration::from_mins(2);
/// The Zentrale ends an answer at some 16 MiB plus one piece; more is not from it.
const ANSWER_BYTES_MAX: usize = 128 << 20;

/// A connection to the Zentrale. Kept alive between requests, and never led elsewhere: redirects are
/// not followed, and on this machine no proxy is asked.
#[derive(Debug, Clone)]
pub struct HttpPort {
    client: Client,
    address: Address,
    /// Shared, so that a new token reaches whoever speaks with the old one.
    authorization: Arc<Mutex<HeaderValue>>,
}

impl HttpPort {
    /// Prepares a connection; nothing is sent yet.
    ///
    /// # Errors
    /// [`Code::TokenUnfit`]; [`Code::ProgramUnfit`] if this machine has no certificates at all.
    pub fn new(address: Address, token: &Token) -> Result<Self, AppError> {
        let builder = Client::builder()
            .user_agent(concat!("kontor/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT)
            .redirect(Policy::none())
            .http1_only()
            // Answers are small and somebody waits for them.
            .tcp_nodelay(true)
            .tcp_keepalive(Duration::from_secs(30))
            .https_only(!address.is_loopback());
        let builder = if address.is_loopback() { builder.no_proxy() } else { builder };
        let client =
            builder.build().map_err(|error| AppError::new(Code::ProgramUnfit).because(error))?;
        Ok(Self { client, address, authorization: Arc::new(Mutex::new(token.header()?)) })
    }

    /// Goes on with another token, here and wherever this connection has been handed to.
    pub(super) fn set_token(&self, token: &Token) -> Result<(), AppError> {
        *self.authorization() = token.header()?;
        Ok(())
    }

    fn authorization(&self) -> MutexGuard<'_, HeaderValue> {
        self.authorization.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a request whose answer has no end; silence is for the caller to notice.
    pub(super) async fn open(&self, path: &str) -> Result<reqwest::Response, Unreachable> {
        let request = self.request(http::Method::GET, path);
        request.header(header::ACCEPT, "text/event-stream").send().await.map_err(unreachable)
    }

    /// As [`Port::call`], with a time limit of one's own.
    pub(super) async fn call_within(
        &self,
        request: Request<Bytes>,
        limit: Duration,
    ) -> Result<Response<Bytes>, Unreachable> {
        let (parts, body) = request.into_parts();
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
        crash::point("request.before");
        let answer = self
            .request(parts.method, path)
            .headers(parts.headers)
            .body(body)
            .timeout(limit)
            .send()
            .await
            .map_err(unreachable)?;
        let answer = read(answer).await?;
        crash::point("answer.received");
        Ok(answer)
    }

    fn request(&self, method: http::Method, path: &str) -> reqwest::RequestBuilder {
        self.client
            .request(method, self.address.of(path))
            .header(header::AUTHORIZATION, self.authorization().clone())
            .header(kontor_wire::PROTOCOL_HEADER, kontor_wire::PROTOCOL)
    }
}

impl Port for HttpPort {
    fn call(&self, request: Request<Bytes>) -> Reply<'_> {
        Box::pin(self.call_within(request, REQUEST))
    }
}

/// Reads an answer to its end, but not beyond what the Zentrale would say.
pub(super) async fn read(mut answer: reqwest::Response) -> Result<Response<Bytes>, Unreachable> {
    let mut body = BytesMut::new();
    while let Some(piece) = answer.chunk().await.map_err(unreachable)? {
        if body.len() + piece.len() > ANSWER_BYTES_MAX {
            return Err(Unreachable("an answer without end".to_owned()));
        }
        body.extend_from_slice(&piece);
    }
    let mut response = Response::new(body.freeze());
    *response.status_mut() = answer.status();
    *response.headers_mut() = std::mem::take(answer.headers_mut());
    Ok(response)
}

/// The address is known anyway and does not belong into a log.
pub(super) fn unreachable(error: reqwest::Error) -> Unreachable {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut source = std::error::Error::source(&error);
    while let Some(error) = source {
        text.push_str(": ");
        text.push_str(&error.to_string());
        source = error.source();
    }
    Unreachable(text)
}
