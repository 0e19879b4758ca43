//! The sender's side: an online service that sends applications, honestly or not.

mod antrag;
mod metadata;
mod mischief;

use bytes::Bytes;
use reqwest::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

pub use antrag::{Anlage, Antrag, Assurance, Fachdaten, Payment, Purpose};
pub use mischief::Mischief;

use crate::jwe::{self, JweError};
use crate::jwk::{JwkError, PublicKey};
use metadata::{Piece, Pieces};

/// An online service with its client.
#[derive(Debug, Clone)]
pub struct Sender {
    http: reqwest::Client,
    base: String,
    token_url: String,
    client: (String, String),
    /// Bytes of an Anlage above which it is sent in fragments of this size.
    pub fragment_bytes: usize,
}

/// What was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    /// The Einreichung.
    pub submission: Uuid,
    /// Its Vorgangsreferenz.
    pub vorgang: Uuid,
}

/// Why it was not sent.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The network.
    #[error(transparent)]
    Http(#[from] reqwest::Error),
    /// The Zustelldienst refused.
    #[error("{what} was refused with {status}: {said}")]
    Refused {
        /// Which step.
        what: &'static str,
        /// How.
        status: StatusCode,
        /// Its problem.
        said: String,
    },
    /// An answer lacks something.
    #[error("the answer has no {0}")]
    Lacking(&'static str),
    /// The Zustellpunkt's key is none.
    #[error(transparent)]
    Key(#[from] JwkError),
    /// Encryption.
    #[error(transparent)]
    Jwe(#[from] JweError),
}

/// Ready to be uploaded: cipher texts.
struct Parcel {
    service: Value,
    anlagen: Vec<(Uuid, String)>,
    metadata: String,
    data: String,
}

impl Sender {
    /// A sender at the Zustelldienst `base`, for example `http://127.0.0.1:4711`.
    ///
    /// # Errors
    /// If there is no HTTP client.
    pub fn new(base: &str, token_url: &str, client: (&str, &str)) -> Result<Self, SendError> {
        let agent = concat!("kontor-zustelldienst/", env!("CARGO_PKG_VERSION"));
        Ok(Self {
            http: reqwest::Client::builder().no_proxy().user_agent(agent).build()?,
            base: base.to_owned(),
            token_url: token_url.to_owned(),
            client: (client.0.to_owned(), client.1.to_owned()),
            fragment_bytes: 200 * 1024 * 1024,
        })
    }

    /// Sends an application to `zustellpunkt`.
    ///
    /// # Errors
    /// If the Zustelldienst refuses or cannot be reached.
    pub async fn send(&self, zustellpunkt: Uuid, antrag: &Antrag) -> Result<Sent, SendError> {
        self.send_badly(zustellpunkt, antrag, None).await
    }

    /// Sends an application with something wrong in it that only the subscriber can find.
    ///
    /// # Errors
    /// Like [`Self::send`].
    pub async fn send_badly(
        &self,
        zustellpunkt: Uuid,
        antrag: &Antrag,
        mischief: Option<Mischief>,
    ) -> Result<Sent, SendError> {
        let token = self.token().await?;
        let key = self.encryption_key(zustellpunkt, &token).await?;
        let parcel = self.pack(&key, antrag, mischief)?;
        let announced: Vec<Uuid> = parcel.anlagen.iter().map(|(id, _)| *id).collect();
        let create = self.http.post(format!("{}/v1/submissions", self.base)).json(&json!({
            "destinationId": zustellpunkt, "announcedAttachments": announced,
            "serviceType": parcel.service,
        }));
        let created = json_of("create", create.bearer_auth(&token), StatusCode::CREATED).await?;
        let sent = Sent {
            submission: uuid(&created, "submissionId")?,
            vorgang: uuid(&created, "caseId")?,
        };
        let place = format!("{}/v1/submissions/{}", self.base, sent.submission);
        for (id, jwe) in parcel.anlagen {
            let upload = self.http.put(format!("{place}/attachments/{id}"));
            let upload = upload.header("content-type", "application/jose").body(jwe);
            expect("upload", upload.bearer_auth(&token), StatusCode::NO_CONTENT).await?;
        }
        let submit = self.http.put(&place).json(&json!({
            "encryptedMetadata": parcel.metadata, "encryptedData": parcel.data,
        }));
        expect("submit", submit.bearer_auth(&token), StatusCode::ACCEPTED).await?;
        Ok(sent)
    }

    async fn token(&self) -> Result<String, SendError> {
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", &self.client.0),
            ("client_secret", &self.client.1),
        ];
        let answer = json_of("token", self.http.post(&self.token_url).form(&form), StatusCode::OK);
        let token = answer.await?["access_token"].as_str().map(str::to_owned);
        token.ok_or(SendError::Lacking("access_token"))
    }

    async fn encryption_key(
        &self,
        zustellpunkt: Uuid,
        token: &str,
    ) -> Result<PublicKey, SendError> {
        let place = format!("{}/v1/destinations/{zustellpunkt}", self.base);
        let ask = self.http.get(&place).bearer_auth(token);
        let found = json_of("destination", ask, StatusCode::OK).await?;
        let kid = found["encryptionKid"].as_str().ok_or(SendError::Lacking("encryptionKid"))?;
        let ask = self.http.get(format!("{place}/keys/{kid}"));
        Ok(PublicKey::from_jwk(&json_of("key", ask, StatusCode::OK).await?, "wrapKey")?)
    }

    fn pack(
        &self,
        key: &PublicKey,
        antrag: &Antrag,
        mischief: Option<Mischief>,
    ) -> Result<Parcel, SendError> {
        let mut key = key.clone();
        let mut antrag = antrag.clone();
        mischief::spoil_antrag(&mut antrag, mischief);
        let mut pieces: Vec<Pieces<'_>> =
            antrag.anlagen.iter().map(|anlage| Pieces::cut(anlage, self.fragment_bytes)).collect();
        let mut metadata = metadata::of(&antrag, &pieces);
        mischief::spoil_metadata(&mut metadata, mischief);
        mischief::spoil_pieces(&mut pieces, mischief);
        mischief::spoil_key(&mut key, mischief)?;
        let metadata = match mischief {
            Some(Mischief::BrokenMetadata) => "{\"contentStructure\":".to_owned(),
            _ => metadata.to_string(),
        };
        let mut anlagen = Vec::new();
        for Piece { id, bytes, media_type } in pieces.into_iter().flat_map(|it| it.parts) {
            anlagen.push((id, jwe::seal(&bytes, &key, &media_type)?));
        }
        Ok(Parcel {
            service: json!({ "name": antrag.leistung, "identifier": antrag.identifier }),
            anlagen,
            metadata: jwe::seal(metadata.as_bytes(), &key, "application/json")?,
            data: jwe::seal(&antrag.data.bytes, &key, &antrag.data.mime_type)?,
        })
    }
}

async fn expect(
    what: &'static str,
    request: reqwest::RequestBuilder,
    expected: StatusCode,
) -> Result<Bytes, SendError> {
    let answer = request.send().await?;
    let status = answer.status();
    let body = answer.bytes().await?;
    if status == expected {
        return Ok(body);
    }
    Err(SendError::Refused { what, status, said: String::from_utf8_lossy(&body).into_owned() })
}

async fn json_of(
    what: &'static str,
    request: reqwest::RequestBuilder,
    expected: StatusCode,
) -> Result<Value, SendError> {
    let body = expect(what, request, expected).await?;
    serde_json::from_slice(&body).map_err(|_| SendError::Lacking("JSON"))
}

fn uuid(answer: &Value, name: &'static str) -> Result<Uuid, SendError> {
    answer[name].as_str().and_then(|id| id.parse().ok()).ok_or(SendError::Lacking(name))
}
