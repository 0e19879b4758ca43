//! What the person or program at the console sees.

use std::io::{self, Write};
use std::process::ExitCode;

use kontor_app::AppError;
use serde_json::{Value, json};

use crate::exit;

/// How a call ends that does not end well.
#[derive(Debug)]
pub(crate) struct Failure {
    code: &'static str,
    sentence: String,
    hint: String,
    exit: u8,
}

impl Failure {
    /// A call that makes no sense, with the part that is to blame.
    pub(crate) fn usage(stray: Option<&str>) -> Self {
        let sentence = match stray {
            Some(stray) => format!("Diesen Aufruf gibt es so nicht; es liegt an „{stray}“."),
            None => "Diesen Aufruf gibt es so nicht.".to_owned(),
        };
        Self::of_call(&sentence, "„kontorctl --help“ zeigt alle.")
    }

    /// Something about the call itself.
    pub(crate) fn of_call(sentence: &str, hint: &str) -> Self {
        Self {
            code: "call",
            sentence: sentence.to_owned(),
            hint: hint.to_owned(),
            exit: exit::USAGE,
        }
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        Self {
            code: error.code.as_str(),
            sentence: error.sentence.into_owned(),
            hint: error.hint.into_owned(),
            exit: exit::code(error.code.class()),
        }
    }
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    json: bool,
}

impl Output {
    pub(crate) const fn new(json: bool) -> Self {
        Self { json }
    }

    /// A result, in both forms.
    pub(crate) fn say(self, value: &Value, sentence: &str) -> ExitCode {
        let mut out = io::stdout().lock();
        // Whoever closed the pipe does not want to know.
        let _ = if self.json { writeln!(out, "{value}") } else { writeln!(out, "{sentence}") };
        let _ = out.flush();
        ExitCode::SUCCESS
    }

    /// A result that is JSON for everybody.
    pub(crate) fn answer(self, value: &Value) -> ExitCode {
        let pretty = serde_json::to_string_pretty(value).unwrap_or_else(|_| value.to_string());
        self.say(value, &pretty)
    }

    pub(crate) fn failure(self, failure: &Failure) -> ExitCode {
        let Failure { code, sentence, hint, exit } = failure;
        let mut out = io::stderr().lock();
        let _ = if self.json {
            let error = json!({ "code": code, "sentence": sentence, "hint": hint });
            writeln!(out, "{}", json!({ "error": error }))
        } else {
            writeln!(out, "{sentence}\n{hint}\n(Code für die IT: {code})")
        };
        ExitCode::from(*exit)
    }
}
