//! Requests and answers against the official `OpenAPI` file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use http::{HeaderMap, StatusCode};
use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

use crate::Endpoint;

/// Characters of a very long text that are held against a pattern.
const TEXT_CHARS_CHECKED: usize = 64 * 1024;

/// Something that the `OpenAPI` does not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Where.
    pub endpoint: Endpoint,
    /// Who.
    pub side: Side,
    /// What. Names fields, never what stands in them.
    pub what: String,
}

/// Who said something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Whoever called.
    Request,
    /// The Zustelldienst.
    Answer,
}

/// Why the file could not be used.
#[derive(Debug, thiserror::Error)]
pub enum ContractError {
    /// It could not be read.
    #[error("the OpenAPI file cannot be read")]
    Io(#[from] std::io::Error),
    /// It is no YAML.
    #[error("the OpenAPI file is no YAML: {0}")]
    Yaml(String),
    /// It lacks something, or holds a schema that is none.
    #[error("the OpenAPI file has no usable {0}")]
    Unusable(String),
}

/// The file, ready for use.
pub(crate) struct Contract {
    endpoints: BTreeMap<Endpoint, Rules>,
}

#[derive(Default)]
struct Rules {
    secured: bool,
    /// Media type and schema of the request's body.
    request: Option<(String, Validator)>,
    /// What may be answered.
    answers: BTreeMap<u16, Answer>,
}

#[derive(Default)]
struct Answer {
    headers: Vec<String>,
    body: Option<(String, Validator)>,
}

/// A message, as far as the file speaks of it.
pub(crate) struct Message<'a> {
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
}

impl Contract {
    pub(crate) fn read(path: &Path) -> Result<Self, ContractError> {
        let text = std::fs::read_to_string(path)?;
        let mut root: Value = serde_saphyr::from_str(&text)
            .map_err(|error| ContractError::Yaml(error.to_string()))?;
        // A slip of the published file: this pattern refuses `-`, which base64url has.
        root["components"]["schemas"]["SecurityEventToken"]["pattern"] =
            json!(r"^[\w-]+\.[\w-]+\.[\w-]+$");
        let endpoints = Endpoint::ALL
            .iter()
            .filter(|endpoint| **endpoint != Endpoint::Token)
            .map(|endpoint| Ok((*endpoint, Rules::read(*endpoint, &root)?)))
            .collect::<Result<_, ContractError>>()?;
        Ok(Self { endpoints })
    }

    pub(crate) fn check_request(&self, endpoint: Endpoint, sent: &Message<'_>) -> Option<String> {
        let rules = self.endpoints.get(&endpoint)?;
        if rules.secured && !sent.headers.contains_key(http::header::AUTHORIZATION) {
            return Some("no Authorization".to_owned());
        }
        rules.request.as_ref().and_then(|(kind, schema)| check_body(sent, kind, schema))
    }

    pub(crate) fn check_answer(
        &self,
        endpoint: Endpoint,
        (status, sent): (StatusCode, &Message<'_>),
    ) -> Option<String> {
        let rules = self.endpoints.get(&endpoint)?;
        let Some(answer) = rules.answers.get(&status.as_u16()) else {
            return Some(format!("{status} is not among the answers"));
        };
        if let Some(missing) = answer.headers.iter().find(|it| !sent.headers.contains_key(*it)) {
            return Some(format!("no {missing}"));
        }
        answer.body.as_ref().and_then(|(kind, schema)| check_body(sent, kind, schema))
    }
}

impl Rules {
    fn read(endpoint: Endpoint, root: &Value) -> Result<Self, ContractError> {
        let path = endpoint.path();
        let method = endpoint.method().as_str().to_lowercase();
        let found = &root["paths"][path][&method];
        let unusable = |what: &str| ContractError::Unusable(format!("{what} of {method} {path}"));
        let answers = found["responses"].as_object().ok_or_else(|| unusable("responses"))?;
        let body = |of: &Value| -> Result<Option<(String, Validator)>, ContractError> {
            let content = of["content"].as_object().and_then(|content| content.iter().next());
            let Some((kind, media)) = content else { return Ok(None) };
            let schema = compile(&media["schema"], root).ok_or_else(|| unusable("schema"))?;
            Ok(Some((kind.clone(), schema)))
        };
        let mut rules = Self { secured: found["security"].is_array(), ..Self::default() };
        rules.request = body(&found["requestBody"])?;
        for (status, answer) in answers {
            let status = status.parse().map_err(|_| unusable("status"))?;
            let headers = answer["headers"].as_object().map(required).unwrap_or_default();
            rules.answers.insert(status, Answer { headers, body: body(answer)? });
        }
        Ok(rules)
    }
}

/// Names of the headers; the file requires every one it names, some behind a reference.
fn required(headers: &Map<String, Value>) -> Vec<String> {
    headers.keys().cloned().collect()
}

/// `OpenAPI` 3.0 speaks a dialect of draft 5, which is draft 4 in all that this file uses.
fn compile(schema: &Value, root: &Value) -> Option<Validator> {
    let whole = json!({ "allOf": [schema], "components": root["components"] });
    jsonschema::options()
        .with_draft(Draft::Draft4)
        .should_validate_formats(true)
        .should_ignore_unknown_formats(true)
        .with_format("uuid", |text: &str| uuid::Uuid::try_parse(text).is_ok())
        .build(&whole)
        .ok()
}

fn check_body(sent: &Message<'_>, kind: &str, schema: &Validator) -> Option<String> {
    let named = sent.headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let named = named.and_then(|named| named.split(';').next()).unwrap_or_default().trim();
    if named != kind {
        return Some(format!("the body is {named:?}, not {kind}"));
    }
    let value = if kind == "application/jose" {
        let text = std::str::from_utf8(sent.body).ok();
        text.map(|text| Value::from(text.get(..TEXT_CHARS_CHECKED).unwrap_or(text)))
    } else {
        serde_json::from_slice(sent.body).ok()
    };
    let Some(value) = value else { return Some("the body cannot be read".to_owned()) };
    let error = schema.iter_errors(&value).next()?;
    Some(format!("{} breaks {}", error.instance_path(), error.schema_path()))
}

/// Where the standards lie: beside the project, or where `KONTOR_STANDARDS` says.
pub(crate) fn standards() -> PathBuf {
    std::env::var_os("KONTOR_STANDARDS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/standards"),
        PathBuf::from,
    )
}

#[cfg(test)]
pub(crate) fn standard(name: &str) -> Option<String> {
    std::fs::read_to_string(standards().join("fit-connect").join(name)).ok()
}
