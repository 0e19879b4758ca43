//! The last deed, made undone.

use kontor_domain::{
    ChangeFelder, CompleteWiedervorlage, EntityRef, Feldaenderung, Feldwert, Intent, IntentId,
    Stand,
};
use kontor_store::work::{Fate, StoredEntry};
use kontor_sync::Desk;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{about, line};
use crate::command::Command;
use crate::{Answer, AppError, Code, Office, Who};

/// Payload of `entry.undo`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Undo {
    /// Which; the last one of this workstation if left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    entry: Option<IntentId>,
}

/// What was done about it.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Undone {
    /// The entry.
    #[schemars(with = "String")]
    entry: IntentId,
    /// What is undone now: „Notiz hinzugefügt“.
    about: String,
    /// How.
    way: Way,
}

/// How an entry was undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Way {
    /// It still waited and was taken back.
    Withdrawn,
    /// It had happened; another entry sets back what it changed.
    SetBack,
}

impl Command for Undo {
    const NAME: &'static str = "entry.undo";
    const ABOUT: &'static str = "Macht den letzten Eintrag rückgängig, soweit das geht.";
    const WHO: Who = Who::SignedIn;
    type Answer = Undone;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let mut desk = office.desk()?;
        let stored = match self.entry {
            Some(id) => desk.work().entry(id)?.ok_or(Code::EntryUnknown)?,
            None => last(&desk)?.ok_or(Code::EntryUnknown)?,
        };
        let entry = line::parse(&stored)?;
        let about = about::done(&entry.intent);
        if desk.withdraw(stored.id)? {
            let changed = entry.intent.entities().into_iter().collect();
            drop(desk);
            office.entered.notify_one();
            let answer = Undone { entry: stored.id, about, way: Way::Withdrawn };
            return Ok(Answer { answer, changed });
        }
        if !matches!(stored.fate, Fate::Accepted | Fate::Merged) {
            return Err(Code::UndoImpossible.into());
        }
        drop(desk);
        let entered = office.enter_with(|desk| {
            let stand = |entity: EntityRef| desk.stand(entity);
            let target = stand(entry.intent.target())?.ok_or(Code::Unknown)?;
            back(&entry.intent, &target).ok_or_else(|| Code::UndoImpossible.into())
        })?;
        let answer = Undone { entry: stored.id, about, way: Way::SetBack };
        Ok(Answer::of(&entered, |_| answer))
    }
}

/// The newest entry nobody took back.
fn last(desk: &Desk) -> Result<Option<StoredEntry>, AppError> {
    Ok(desk.work().newest(None, 20)?.into_iter().find(|it| !it.withdrawn))
}

/// What sets back what an intent did, if everything is still as it left it. Lists only grow, so what
/// was added to one stays; a closed Vorgang is opened by asking for it.
fn back(intent: &Intent, target: &Stand) -> Option<Intent> {
    match intent {
        Intent::ChangeFelder(change) => {
            let changes = change.changes.iter().map(|it| reversed(it, target));
            let changes = changes.collect::<Option<Vec<_>>>()?;
            let entity = change.entity;
            Some(Intent::ChangeFelder(ChangeFelder { entity, changes, grund: None }))
        }
        Intent::AddWiedervorlage(add) => {
            let (vorgang, wiedervorlage) = (add.vorgang, add.wiedervorlage);
            let kontor_domain::Entity::Vorgang(there) = &target.entity else { return None };
            let is_open = there.wiedervorlagen.get(&wiedervorlage)?.erledigt.is_none();
            is_open.then_some(Intent::CompleteWiedervorlage(CompleteWiedervorlage {
                vorgang,
                wiedervorlage,
            }))
        }
        Intent::AddFassung(add) => {
            let to = Feldwert::Fassung(add.schriftstueck, add.from);
            let from = Feldwert::Fassung(add.schriftstueck, add.fassung.id);
            let changes = vec![reversed(&Feldaenderung::new(to, from)?, target)?];
            let entity = add.vorgang.into();
            Some(Intent::ChangeFelder(ChangeFelder { entity, changes, grund: None }))
        }
        Intent::RecordEinheit(_)
        | Intent::RecordPerson(_)
        | Intent::RecordAktenplaneintrag(_)
        | Intent::RecordLeistungspaket(_)
        | Intent::CreateAkte(_)
        | Intent::CreateVorgang(_)
        | Intent::RecordEingang(_)
        | Intent::AssignEingang(_)
        | Intent::AddNotiz(_)
        | Intent::CompleteWiedervorlage(_)
        | Intent::AddSchriftstueck(_)
        | Intent::ResolveConflict(_) => None,
    }
}

/// The way back, unless somebody has set the field anew since.
fn reversed(change: &Feldaenderung, target: &Stand) -> Option<Feldaenderung> {
    let is_untouched = target.entity.feldwert(change.feld()).as_ref() == Some(change.to());
    if !is_untouched || !about::is_plain(change.feld()) {
        return None;
    }
    Feldaenderung::new(change.to().clone(), change.from().clone())
}
