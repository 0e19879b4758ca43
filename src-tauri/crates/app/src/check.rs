//! Looking for what is wrong: with the data ([`verify()`]) and with the machine ([`doctor()`]).

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

mod doctor;
mod verify;

pub use doctor::{doctor, machine};
pub use verify::verify;

use crate::{AppError, Code};

/// What was looked at, and how it is.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Finding {
    /// What was looked at; stable.
    pub check: &'static str,
    /// How it is.
    pub verdict: Verdict,
    /// The same for people.
    pub sentence: Cow<'static, str>,
    /// What to do, unless all is well.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub hint: Cow<'static, str>,
    /// What went wrong, if it has a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
}

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// As it should be.
    Good,
    /// It could not be looked at now.
    Skipped,
    /// It works, but somebody should know.
    Doubtful,
    /// It has to be put right.
    Bad,
}

impl Finding {
    /// A profile that does not open.
    pub fn unopened(error: &AppError) -> Self {
        Self::bad("profile", error)
    }

    fn good(check: &'static str, sentence: impl Into<Cow<'static, str>>) -> Self {
        let (sentence, hint) = (sentence.into(), Cow::Borrowed(""));
        Self { check, verdict: Verdict::Good, sentence, hint, code: None }
    }

    fn doubtful(
        check: &'static str,
        sentence: impl Into<Cow<'static, str>>,
        hint: &'static str,
    ) -> Self {
        let sentence = sentence.into();
        Self { check, verdict: Verdict::Doubtful, sentence, hint: hint.into(), code: None }
    }

    fn skipped(check: &'static str, error: &AppError) -> Self {
        Self { verdict: Verdict::Skipped, ..Self::bad(check, error) }
    }

    fn bad(check: &'static str, error: &AppError) -> Self {
        let AppError { code, sentence, hint, .. } = error;
        let (sentence, hint) = (sentence.clone(), hint.clone());
        Self { check, verdict: Verdict::Bad, sentence, hint, code: Some(*code) }
    }

    /// Good with a sentence, or what the error says.
    fn of(check: &'static str, result: Result<(), AppError>, sentence: &'static str) -> Self {
        match result {
            Ok(()) => Self::good(check, sentence),
            Err(error) => Self::bad(check, &error),
        }
    }
}
