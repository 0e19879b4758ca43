//! What the operator sees: German sentences, or one line of JSON per result.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::failure::Failure;

#[derive(Debug, Clone, Copy)]
pub(super) struct Output {
    json: bool,
}

impl Output {
    pub(super) const fn new(json: bool) -> Self {
        Self { json }
    }

    /// A result, in both forms.
    pub(super) fn say(self, value: &Value, sentence: &str) {
        let mut out = io::stdout().lock();
        // Whoever closed the pipe does not want to know.
        let _ = if self.json { writeln!(out, "{value}") } else { writeln!(out, "{sentence}") };
        let _ = out.flush();
    }

    pub(super) fn failure(self, failure: &Failure) {
        let mut out = io::stderr().lock();
        let _ = if self.json {
            let error = json!({ "code": failure.code(), "message": failure.to_string() });
            writeln!(out, "{}", json!({ "error": error }))
        } else {
            writeln!(out, "{failure}")
        };
    }
}
