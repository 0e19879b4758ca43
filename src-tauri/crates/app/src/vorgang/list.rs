//! What lies on the desk.

use std::collections::BTreeSet;

use kontor_domain::{
    AkteId, Betreff, Day, EinheitId, Entity, EntityKind, EntityRef, PersonId, Status, Vorgang,
    VorgangId,
};
use kontor_store::mirror::ListFilter;
use kontor_store::work::Fate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// As many rows are given at once, however many are asked for.
pub(crate) const ROWS_MAX: u32 = 10_000;
const ROWS_USUAL: u32 = 500;

/// Payload of `vorgang.list`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct List {
    /// Only those assigned to this person.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    person: Option<PersonId>,
    /// Also those that are closed.
    #[serde(default)]
    closed_too: bool,
    /// Only those with two versions side by side.
    #[serde(default)]
    contested_only: bool,
    /// At most this many; 500 if left out.
    #[serde(default)]
    rows_max: Option<u32>,
}

/// Vorgänge, the nearest Wiedervorlage or Frist first.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listed {
    vorgaenge: Vec<Line>,
    /// How many lie on this machine altogether.
    mirrored: u64,
}

/// One of them.
#[derive(Debug, Serialize, JsonSchema)]
struct Line {
    #[schemars(with = "String")]
    vorgang: VorgangId,
    #[schemars(with = "String")]
    betreff: Betreff,
    #[schemars(with = "String")]
    status: Status,
    #[schemars(with = "String")]
    einheit: EinheitId,
    #[schemars(with = "Option<String>")]
    zuweisung: Option<PersonId>,
    #[schemars(with = "Option<String>")]
    akte: Option<AkteId>,
    /// The next open Wiedervorlage or Frist.
    #[schemars(with = "Option<String>")]
    faellig: Option<Day>,
    /// Two versions stand side by side in it.
    contested: bool,
    /// Something about it waits for the Zentrale.
    waiting: bool,
}

impl Command for List {
    const NAME: &'static str = "vorgang.list";
    const ABOUT: &'static str = "Listet Vorgänge auf, die nächste Wiedervorlage oder Frist zuerst.";
    const WHO: Who = Who::SignedIn;
    type Answer = Listed;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let desk = office.desk()?;
        let stands = desk.list(&ListFilter {
            kind: EntityKind::Vorgang,
            zuweisung: self.person,
            open_only: !self.closed_too,
            contested_only: self.contested_only,
            rows_max: self.rows_max.unwrap_or(ROWS_USUAL).min(ROWS_MAX),
        })?;
        let waiting: BTreeSet<EntityRef> = desk
            .entries()
            .filter(|entry| entry.fate == Fate::Waiting)
            .map(|entry| entry.entry.intent.target())
            .collect();
        let vorgaenge = stands.into_iter().filter_map(|stand| match stand.entity {
            Entity::Vorgang(vorgang) => Some(line(*vorgang, &waiting)),
            _ => None,
        });
        let vorgaenge = vorgaenge.collect();
        let mirrored = desk.mirror().count(EntityKind::Vorgang)?;
        Ok(Answer::unchanged(Listed { vorgaenge, mirrored }))
    }
}

fn line(vorgang: Vorgang, waiting: &BTreeSet<EntityRef>) -> Line {
    let open = vorgang.wiedervorlagen.values().filter(|w| w.erledigt.is_none()).map(|w| w.am);
    let fristen = vorgang.fristen.values().map(|frist| frist.ende);
    Line {
        faellig: open.chain(fristen).min(),
        contested: !vorgang.felder.conflicts.is_empty(),
        waiting: waiting.contains(&vorgang.id.into()),
        vorgang: vorgang.id,
        betreff: vorgang.betreff,
        status: vorgang.status,
        einheit: vorgang.einheit,
        zuweisung: vorgang.zuweisung,
        akte: vorgang.akte,
    }
}
