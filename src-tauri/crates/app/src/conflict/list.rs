//! Where two versions stand side by side.

use kontor_domain::{Betreff, Entity, EntityKind, EntityRef, IntentId};
use kontor_store::mirror::ListFilter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::command::Command;
use crate::{Answer, AppError, Code, Office, Who};

const ROWS_MAX: u32 = 1_000;

/// Payload of `conflict.list`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct List {}

/// All that nobody has decided yet.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listed {
    conflicts: Vec<Line>,
}

/// One of them.
#[derive(Debug, Serialize, JsonSchema)]
struct Line {
    /// Where.
    #[schemars(with = "String")]
    entity: EntityRef,
    /// What that is about.
    #[schemars(with = "String")]
    betreff: Betreff,
    /// The entry that met the other version.
    #[schemars(with = "String")]
    conflict: IntentId,
    /// By field: `base`, `mine` and `theirs`, the latter two with author and time.
    contested: Value,
}

impl Command for List {
    const NAME: &'static str = "conflict.list";
    const ABOUT: &'static str = "Listet auf, wo zwei Fassungen nebeneinander stehen.";
    const WHO: Who = Who::SignedIn;
    type Answer = Listed;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let desk = office.desk()?;
        let mut conflicts = Vec::new();
        for kind in [EntityKind::Vorgang, EntityKind::Eingang, EntityKind::Akte] {
            let filter = ListFilter {
                kind,
                zuweisung: None,
                open_only: false,
                contested_only: true,
                rows_max: ROWS_MAX,
            };
            for stand in desk.list(&filter)? {
                lines(&stand.entity, &mut conflicts)?;
            }
        }
        Ok(Answer::unchanged(Listed { conflicts }))
    }
}

fn lines(entity: &Entity, conflicts: &mut Vec<Line>) -> Result<(), AppError> {
    let betreff = match entity {
        Entity::Vorgang(vorgang) => &vorgang.betreff,
        Entity::Eingang(eingang) => &eingang.betreff,
        Entity::Akte(akte) => &akte.betreff,
        Entity::Einheit(_) | Entity::Person(_) | Entity::Aktenplaneintrag(_) => return Ok(()),
    };
    let open = entity.felder().into_iter().flat_map(|felder| &felder.conflicts);
    for (id, conflict) in open {
        conflicts.push(Line {
            entity: entity.reference(),
            betreff: betreff.clone(),
            conflict: *id,
            contested: serde_json::to_value(&conflict.contested)
                .map_err(|error| AppError::new(Code::Internal).because(error))?,
        });
    }
    Ok(())
}
