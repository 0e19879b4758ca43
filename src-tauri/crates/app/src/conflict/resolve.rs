//! A person decides between two versions.

use std::collections::BTreeMap;

use kontor_domain::{Choice, EntityRef, Feld, Intent, IntentId, ResolveConflict, Text};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use crate::answer::Saved;
use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `conflict.resolve`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Resolve {
    /// Where the two stand: `vorgang/0190…`.
    #[schemars(with = "String")]
    entity: EntityRef,
    /// The entry that met the other version.
    #[schemars(with = "String")]
    conflict: IntentId,
    /// For each contested field `"mine"`, `"theirs"` or `{"other": …}`.
    #[schemars(with = "BTreeMap<String, Value>")]
    choices: BTreeMap<Feld, Choice>,
    /// Why; kept in the history.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    grund: Option<Text>,
}

impl Command for Resolve {
    const NAME: &'static str = "conflict.resolve";
    const ABOUT: &'static str = "Entscheidet, welche von zwei Fassungen gilt.";
    const WHO: Who = Who::Posteingang;
    type Answer = Saved;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let Self { entity, conflict, choices, grund } = self;
        let resolve = ResolveConflict { entity, conflict, choices, grund };
        Ok(Answer::saved(&office.enter(Intent::ResolveConflict(resolve))?))
    }
}
