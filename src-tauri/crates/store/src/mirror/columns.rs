//! What lists need of a thing, read out of its JSON without building all of it.

use kontor_domain::{Day, EntityKind, PersonId, Status};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;

/// The columns of one thing. A thing this version cannot read has none, and is carried all the same.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) zuweisung: Option<PersonId>,
    pub(super) status: Option<Status>,
    pub(super) faellig: Option<Day>,
    pub(super) contested: bool,
    /// Whether it may refer to documents.
    pub(super) has_documents: bool,
}

#[derive(Deserialize)]
struct Lean {
    status: Option<Status>,
    zuweisung: Option<PersonId>,
    #[serde(default)]
    wiedervorlagen: BTreeMap<String, LeanWiedervorlage>,
    #[serde(default)]
    fristen: BTreeMap<String, LeanFrist>,
    schriftstuecke: Option<IgnoredAny>,
    #[serde(default)]
    felder: LeanFelder,
}

#[derive(Deserialize)]
struct LeanWiedervorlage {
    am: Day,
    erledigt: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct LeanFrist {
    ende: Day,
}

#[derive(Default, Deserialize)]
struct LeanFelder {
    conflicts: Option<IgnoredAny>,
}

impl Columns {
    pub(super) fn read(kind: EntityKind, state: &str) -> Self {
        let listed = matches!(kind, EntityKind::Vorgang | EntityKind::Eingang | EntityKind::Akte);
        if !listed {
            return Self::default();
        }
        let Ok(lean) = serde_json::from_str::<Lean>(state) else { return Self::default() };
        let open = lean.wiedervorlagen.values().filter(|w| w.erledigt.is_none()).map(|w| w.am);
        let faellig = open.chain(lean.fristen.values().map(|frist| frist.ende)).min();
        Self {
            zuweisung: lean.zuweisung,
            status: lean.status,
            faellig,
            contested: lean.felder.conflicts.is_some(),
            has_documents: lean.schriftstuecke.is_some(),
        }
    }
}
