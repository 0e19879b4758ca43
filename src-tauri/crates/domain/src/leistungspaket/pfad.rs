//! Places in form data.

use std::fmt;
use std::str::FromStr;

use serde_json::Value;

use crate::as_text::as_text;

/// No form nests deeper.
const PARTS_MAX: usize = 12;
const PART_CHARS_MAX: usize = 100;

/// Where a value stands in form data: the names on the way to it, with dots between them
/// (`G00000082.F60000227`). Lists are walked through: each of their entries has the field.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pfad(Vec<String>);

/// The text names no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a place has 1 to {PARTS_MAX} names with dots between them")]
pub struct InvalidPfad;

impl Pfad {
    /// All values there, in the order of the form.
    pub(super) fn values<'a>(&self, data: &'a Value) -> Vec<&'a Value> {
        let mut there = vec![data];
        for part in &self.0 {
            there =
                there.into_iter().flat_map(entries).filter_map(|value| value.get(part)).collect();
        }
        there.into_iter().flat_map(entries).filter(|value| !value.is_null()).collect()
    }

    /// The one value there, as the form writes it.
    pub(super) fn plain(&self, data: &Value) -> Option<String> {
        self.values(data).first().map(|value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        })
    }
}

/// A list's entries, or the value itself.
fn entries(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(list) => list.iter().flat_map(entries).collect(),
        value => vec![value],
    }
}

impl FromStr for Pfad {
    type Err = InvalidPfad;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts: Vec<String> = text.split('.').map(str::to_owned).collect();
        let fit = |part: &String| {
            !part.is_empty()
                && part.chars().count() <= PART_CHARS_MAX
                && !part.chars().any(|c| c.is_control() || c.is_whitespace())
        };
        if parts.len() <= PARTS_MAX && parts.iter().all(fit) {
            Ok(Self(parts))
        } else {
            Err(InvalidPfad)
        }
    }
}

impl fmt::Display for Pfad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("."))
    }
}

as_text!(Pfad);
