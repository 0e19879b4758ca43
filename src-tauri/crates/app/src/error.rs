//! How something ends that does not end well: a closed code, a German sentence, a way out.
//!
//! Inner errors keep their details for the log. What leaves this crate carries no personal data and
//! no word that only programmers use.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

mod code;
mod of_store;
mod of_zentrale;

pub use code::{Class, Code};
pub(crate) use of_store::is_full;

/// What went wrong, for people and for programs.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AppError {
    /// Stable.
    pub code: Code,
    /// What happened, and what it means for the work.
    pub sentence: Cow<'static, str>,
    /// What to do.
    pub hint: Cow<'static, str>,
    /// For the log only.
    #[serde(skip)]
    cause: Option<Box<dyn Error + Send + Sync>>,
    /// When to try again, in seconds, if the Zentrale said so.
    #[serde(skip)]
    pub(crate) retry_after_seconds: Option<u64>,
}

impl AppError {
    /// With the code's own sentence and hint.
    pub fn new(code: Code) -> Self {
        Self {
            code,
            sentence: code.sentence().into(),
            hint: code.hint().into(),
            cause: None,
            retry_after_seconds: None,
        }
    }

    /// With what brought it about, for the log.
    #[must_use]
    pub fn because(self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { cause: Some(cause.into()), ..self }
    }

    /// With a sentence that says more than the code's own.
    #[must_use]
    pub(crate) fn saying(self, sentence: String) -> Self {
        Self { sentence: sentence.into(), ..self }
    }

    /// The cause with everything behind it, for the log; empty if there is nothing more to say.
    pub fn technical(&self) -> String {
        let mut text = String::new();
        let mut cause: Option<&(dyn Error + 'static)> =
            self.cause.as_deref().map(|cause| cause as _);
        while let Some(error) = cause {
            if !text.is_empty() {
                text.push_str(": ");
            }
            text.push_str(&error.to_string());
            cause = error.source();
        }
        text
    }
}

impl From<Code> for AppError {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.sentence, self.hint)
    }
}

impl Error for AppError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}
