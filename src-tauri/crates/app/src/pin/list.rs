//! What is to be had here.

use kontor_domain::EntityRef;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `pin.list`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct List {}

/// Everything pinned.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listed {
    pins: Vec<Line>,
}

/// One of them.
#[derive(Debug, Serialize, JsonSchema)]
struct Line {
    #[schemars(with = "String")]
    entity: EntityRef,
    /// Whether it has been fetched.
    here: bool,
}

impl Command for List {
    const NAME: &'static str = "pin.list";
    const ABOUT: &'static str = "Listet auf, was dauerhaft auf diesem Arbeitsplatz liegt.";
    const WHO: Who = Who::SignedIn;
    type Answer = Listed;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let desk = office.desk()?;
        let mut pins = Vec::new();
        for entity in desk.work().pins()? {
            pins.push(Line { entity, here: desk.mirror().thing(entity)?.is_some() });
        }
        Ok(Answer::unchanged(Listed { pins }))
    }
}
