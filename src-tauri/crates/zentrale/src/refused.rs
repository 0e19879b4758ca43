//! How a request is refused: a code, a German sentence, nothing about the inside.

use std::borrow::Cow;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kontor_wire::{Problem, ProblemCode};

use crate::storage::StorageError;

/// Why a request as a whole was not carried out; becomes a [`Problem`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    code: ProblemCode,
    title: Cow<'static, str>,
    retry_after_seconds: Option<u64>,
    status: StatusCode,
    /// Length of the document whose range was asked for wrongly.
    size_bytes: Option<u64>,
}

impl Refused {
    /// With a sentence that says more than the code's own.
    pub fn because(code: ProblemCode, title: impl Into<Cow<'static, str>>) -> Self {
        let retry_after_seconds = match code {
            ProblemCode::Busy => Some(1),
            ProblemCode::Unavailable => Some(5),
            _ => None,
        };
        let status = status(code);
        Self { code, title: title.into(), retry_after_seconds, status, size_bytes: None }
    }

    /// Which code it has.
    pub const fn code(&self) -> ProblemCode {
        self.code
    }

    pub(crate) fn method_not_allowed() -> Self {
        Self {
            status: StatusCode::METHOD_NOT_ALLOWED,
            ..Self::because(ProblemCode::Malformed, "Diese Adresse kennt diese Methode nicht.")
        }
    }

    pub(crate) fn range_not_satisfiable(size_bytes: u64) -> Self {
        Self {
            status: StatusCode::RANGE_NOT_SATISFIABLE,
            size_bytes: Some(size_bytes),
            ..Self::because(
                ProblemCode::Malformed,
                "Der verlangte Ausschnitt liegt außerhalb des Dokuments.",
            )
        }
    }

    /// Notes the cause for the operator; the caller learns nothing of it.
    pub(crate) fn inside(cause: &dyn std::error::Error) -> Self {
        tracing::error!(cause = %Chain(cause), "a request failed inside");
        ProblemCode::Internal.into()
    }

    pub(crate) fn unavailable(cause: &dyn std::error::Error) -> Self {
        tracing::warn!(cause = %Chain(cause), "something the Zentrale needs is not available");
        ProblemCode::Unavailable.into()
    }
}

impl From<ProblemCode> for Refused {
    fn from(code: ProblemCode) -> Self {
        Self::because(code, sentence(code))
    }
}

impl From<StorageError> for Refused {
    fn from(error: StorageError) -> Self {
        match &error {
            StorageError::UnknownMandant => ProblemCode::NotFound.into(),
            StorageError::Unavailable(_) => Self::unavailable(&error),
            StorageError::Damaged(_) | StorageError::Database { .. } => Self::inside(&error),
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let problem = Problem {
            status: self.status.as_u16(),
            code: self.code,
            title: self.title.into_owned(),
            retry_after_seconds: self.retry_after_seconds,
        };
        let mut response = (self.status, Json(problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after_seconds {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(size) = self.size_bytes
            && let Ok(value) = HeaderValue::try_from(format!("bytes */{size}"))
        {
            headers.insert(header::CONTENT_RANGE, value);
        }
        response
    }
}

fn status(code: ProblemCode) -> StatusCode {
    match code {
        ProblemCode::Unauthenticated => StatusCode::UNAUTHORIZED,
        ProblemCode::Forbidden => StatusCode::FORBIDDEN,
        ProblemCode::NotFound => StatusCode::NOT_FOUND,
        ProblemCode::Malformed | ProblemCode::ClientTooNew => StatusCode::BAD_REQUEST,
        ProblemCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ProblemCode::ClientTooOld => StatusCode::UPGRADE_REQUIRED,
        ProblemCode::IntentIdReused | ProblemCode::EpochChanged | ProblemCode::UploadIncomplete => {
            StatusCode::CONFLICT
        }
        ProblemCode::HashMismatch => StatusCode::UNPROCESSABLE_ENTITY,
        ProblemCode::Busy => StatusCode::TOO_MANY_REQUESTS,
        ProblemCode::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        ProblemCode::Internal | ProblemCode::Other => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn sentence(code: ProblemCode) -> &'static str {
    match code {
        ProblemCode::Unauthenticated => {
            "Die Anmeldung fehlt oder gilt nicht mehr. Bitte melden Sie sich an."
        }
        ProblemCode::Forbidden => "Dafür fehlt Ihnen das Recht.",
        ProblemCode::NotFound => "Das gibt es hier nicht, oder Sie dürfen es nicht sehen.",
        ProblemCode::Malformed => "Die Anfrage ist nicht so aufgebaut, wie es hier erwartet wird.",
        ProblemCode::TooLarge => "Die Anfrage ist größer als erlaubt.",
        ProblemCode::ClientTooOld => {
            "Diese Fassung von Kontor ist zu alt für die Zentrale. Bitte aktualisieren Sie Kontor."
        }
        ProblemCode::ClientTooNew => {
            "Diese Fassung von Kontor ist neuer als die Zentrale. Bitte aktualisieren Sie die Zentrale."
        }
        ProblemCode::IntentIdReused => "Diese Kennung wurde schon für etwas anderes verwendet.",
        ProblemCode::EpochChanged => {
            "Die Zentrale hat ihren Bestand erneuert. Der Arbeitsplatz gleicht ihn neu ab."
        }
        ProblemCode::HashMismatch => "Die Daten kamen nicht so an, wie sie abgeschickt wurden.",
        ProblemCode::UploadIncomplete => "Vom Dokument fehlen noch Teile.",
        ProblemCode::Busy => "Gerade sind zu viele Anfragen unterwegs. Bitte gleich noch einmal.",
        ProblemCode::Unavailable => {
            "Die Zentrale ist gerade nicht bereit. Bitte später noch einmal."
        }
        ProblemCode::Internal | ProblemCode::Other => {
            "In der Zentrale ist ein Fehler aufgetreten. Es wurde nichts verändert."
        }
    }
}

/// An error with everything behind it, for the log.
pub(crate) struct Chain<'a>(pub(crate) &'a dyn std::error::Error);

impl std::fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)?;
        let mut source = self.0.source();
        while let Some(error) = source {
            write!(f, ": {error}")?;
            source = error.source();
        }
        Ok(())
    }
}
