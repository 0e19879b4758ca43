//! Vorgänge as lists show them.

use kontor_domain::{
    AkteId, Betreff, Day, EinheitId, Feld, Leistungsschluessel, Moment, PersonId, Stamp, Status,
    Vorgang, VorgangId, WiedervorlageId,
};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::folded;
use super::rows::Row;

#[derive(Debug)]
pub(crate) struct VorgangRow {
    pub(crate) id: VorgangId,
    pub(crate) betreff: Betreff,
    pub(crate) status: Status,
    pub(crate) einheit: EinheitId,
    pub(crate) zuweisung: Option<PersonId>,
    /// Whoever set that.
    pub(crate) assigned_by: Option<PersonId>,
    pub(crate) akte: Option<AkteId>,
    /// Who put it there and when.
    pub(crate) filed: Option<Stamp>,
    pub(crate) leistung: Option<Leistungsschluessel>,
    pub(crate) angelegt: Moment,
    pub(crate) geaendert: Moment,
    /// The next open Wiedervorlage or Frist.
    pub(crate) due: Option<Due>,
    /// Open Wiedervorlagen.
    pub(crate) wiedervorlagen: Vec<(WiedervorlageId, Day, Betreff)>,
    pub(crate) schriftstuecke: usize,
    pub(crate) contested: bool,
    /// Betreff, folded.
    pub(crate) text: String,
}

/// What is due next.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Due {
    pub(crate) kind: DueKind,
    /// What for.
    pub(crate) name: String,
    /// The day.
    #[schemars(with = "String")]
    pub(crate) am: Day,
}

/// A deadline by rule, or a reminder somebody set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DueKind {
    /// By rule.
    Frist,
    /// Set by somebody.
    Wiedervorlage,
}

impl VorgangRow {
    pub(super) fn of(vorgang: &Vorgang) -> Self {
        let gesetzt = &vorgang.felder.gesetzt;
        let assigned = gesetzt.get(&Feld::Zuweisung);
        let open = vorgang.wiedervorlagen.iter().filter(|(_, it)| it.erledigt.is_none());
        Self {
            id: vorgang.id,
            betreff: vorgang.betreff.clone(),
            status: vorgang.status,
            einheit: vorgang.einheit,
            zuweisung: vorgang.zuweisung,
            assigned_by: assigned.map(|stamp| stamp.by),
            akte: vorgang.akte,
            filed: gesetzt.get(&Feld::Akte).copied(),
            leistung: vorgang.leistung.clone(),
            angelegt: vorgang.angelegt.at,
            geaendert: changed_at(vorgang),
            due: due(vorgang),
            wiedervorlagen: open.map(|(id, it)| (*id, it.am, it.grund.clone())).collect(),
            schriftstuecke: vorgang.schriftstuecke.len(),
            contested: !vorgang.felder.conflicts.is_empty(),
            text: folded(vorgang.betreff.as_str()),
        }
    }
}

impl Row for VorgangRow {
    fn id(&self) -> Uuid {
        self.id.uuid()
    }
}

/// In a closed Vorgang nothing is due.
fn due(vorgang: &Vorgang) -> Option<Due> {
    if vorgang.status == Status::ZdA {
        return None;
    }
    let fristen = vorgang.fristen.values().map(|it| (it.ende, DueKind::Frist, it.name.as_str()));
    let open = vorgang.wiedervorlagen.values().filter(|it| it.erledigt.is_none());
    let reminders = open.map(|it| (it.am, DueKind::Wiedervorlage, it.grund.as_str()));
    let (am, kind, name) = fristen.chain(reminders).min_by_key(|(am, ..)| *am)?;
    Some(Due { kind, name: name.to_owned(), am })
}

/// When somebody last did something in it, by the clocks of those who did.
fn changed_at(vorgang: &Vorgang) -> Moment {
    let fields = vorgang.felder.gesetzt.values();
    let notizen = vorgang.notizen.values().map(|it| &it.angelegt);
    let reminders = vorgang.wiedervorlagen.values();
    let reminders = reminders.flat_map(|it| [Some(&it.angelegt), it.erledigt.as_ref()]).flatten();
    let fassungen = vorgang.schriftstuecke.values().flat_map(|it| it.fassungen.values());
    let fassungen = fassungen.map(|it| &it.angelegt);
    let stamps = fields.chain(notizen).chain(reminders).chain(fassungen);
    stamps.map(|stamp| stamp.at).fold(vorgang.angelegt.at, Moment::max)
}
