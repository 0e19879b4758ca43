//! What a use case has to bring to stand in the command table.

use std::collections::BTreeMap;

use kontor_domain::{
    AddNotiz, ChangeFelder, Entity, EntityKind, EntityRef, Entry, Feldaenderung, Intent, IntentId,
    NotizId, Stand, Text, VorgangId, authorise,
};
use kontor_store::mirror::ListFilter;
use kontor_sync::{Desk, Entered, Intention};
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::seen::Wish;
use crate::{Answer, AppError, Code, Office, Who, crash};

/// More of one kind than any desk holds; a list that long shows nothing to anybody.
const ROWS_MAX: u32 = 100_000;

/// One use case: its payload is the type itself.
pub(crate) trait Command: DeserializeOwned + JsonSchema {
    /// What it is called: noun, dot, verb.
    const NAME: &'static str;
    /// What it does, as a German sentence.
    const ABOUT: &'static str;
    /// Who may call it.
    const WHO: Who;
    /// Whether it may be called while the desk is locked. Almost nothing may.
    const WHILE_LOCKED: bool = false;
    /// What it gives back.
    type Answer: Serialize + JsonSchema;

    /// Does it. Never waits for the network.
    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError>;
}

/// Reads a payload, does it, writes the answer.
pub(crate) fn run<C: Command>(office: &Office, payload: &Value) -> Result<Value, AppError> {
    if !C::WHILE_LOCKED {
        office.guard.admit(office.world().now())?;
    }
    C::WHO.admit(office)?;
    let command: C = serde_path_to_error::deserialize(payload).map_err(|error| {
        unfit(payload, &schemars::schema_for!(C).to_value(), &error.path().to_string())
    })?;
    let answer = command.run(office)?;
    serde_json::to_value(answer).map_err(|error| AppError::new(Code::Internal).because(error))
}

/// Says which part of a payload does not fit, without repeating what was in it.
fn unfit(payload: &Value, schema: &Value, path: &str) -> AppError {
    let error = AppError::new(Code::PayloadUnfit);
    let Some(given) = payload.as_object() else {
        return error.saying("Die Angaben werden als JSON-Objekt gebraucht: {…}".to_owned());
    };
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    if let Some(missing) = required.into_iter().find(|name| !given.contains_key(*name)) {
        return error.saying(format!("Es fehlt die Angabe „{missing}“."));
    }
    if let Some(known) = schema["properties"].as_object()
        && let Some(stray) = given.keys().find(|name| !known.contains_key(*name))
    {
        return error.saying(format!("Die Angabe „{stray}“ gibt es bei diesem Befehl nicht."));
    }
    if path == "." {
        return error;
    }
    error.saying(format!("Die Angabe „{path}“ passt nicht. Es wurde nichts gespeichert."))
}

impl Office {
    /// Enters what a clerk wants. When this returns, it survives a power cut.
    pub(crate) fn enter(&self, intent: Intent) -> Result<Entered, AppError> {
        self.enter_with(|_| Ok(intent))
    }

    /// As [`enter`](Self::enter), with an intent that depends on what stands there; nothing can come
    /// between looking and entering.
    pub(crate) fn enter_with(
        &self,
        intent: impl FnOnce(&Desk) -> Result<Intent, AppError>,
    ) -> Result<Entered, AppError> {
        let mut all = self.enter_all(|desk| Ok(vec![intent(desk)?]))?;
        all.pop().ok_or_else(|| Code::Internal.into())
    }

    /// As [`enter_with`](Self::enter_with), with several that belong together: if one cannot be
    /// entered, those before it are taken back, so that nothing of it happens.
    pub(crate) fn enter_all(
        &self,
        intents: impl FnOnce(&Desk) -> Result<Vec<Intent>, AppError>,
    ) -> Result<Vec<Entered>, AppError> {
        let mut desk = self.desk()?;
        let intents = intents(&desk)?;
        let mut all: Vec<Entered> = Vec::with_capacity(intents.len());
        for intent in intents {
            let id = IntentId::new(self.world().uuid());
            crash::point("entry.before");
            match desk.enter(Intention { id, at: self.world().now(), intent }) {
                Ok(entered) => all.push(entered),
                Err(error) => {
                    for before in all.iter().rev() {
                        desk.withdraw(before.id)?;
                    }
                    return Err(error.into());
                }
            }
            crash::point("entry.stored");
        }
        drop(desk);
        self.entered.notify_one();
        self.suche.ring();
        Ok(all)
    }

    /// Sets fields to new values; those that have them already are left out.
    pub(crate) fn change<W: Into<Wish>>(
        &self,
        entity: impl Into<EntityRef>,
        wishes: Vec<W>,
        grund: Option<Text>,
    ) -> Result<Entered, AppError> {
        let entity = entity.into();
        self.enter_with(|desk| {
            let stand = desk.stand(entity)?.ok_or(Code::Unknown)?;
            let changes = wishes
                .into_iter()
                .filter_map(|wish| change_of(&stand, wish.into()).transpose())
                .collect::<Result<Vec<Feldaenderung>, AppError>>()?;
            if changes.is_empty() {
                return Err(Code::ChangeUnfit.into());
            }
            Ok(Intent::ChangeFelder(ChangeFelder { entity, changes, grund }))
        })
    }

    /// Whether whoever works here may add to a Vorgang. Asked before a large file is read in, which
    /// would otherwise be left without an entry.
    pub(crate) fn may_add_to(&self, vorgang: VorgangId) -> Result<(), AppError> {
        let akteur = self.akteur()?;
        let stand = self.desk()?.stand(vorgang.into())?.ok_or(Code::Unknown)?;
        let text = "–".parse().map_err(|error| AppError::new(Code::Internal).because(error))?;
        let notiz = self.fresh(NotizId::new);
        let entry = Entry {
            id: self.fresh(IntentId::new),
            author: akteur.person,
            at: self.world().now(),
            seen: stand.revision,
            intent: Intent::AddNotiz(AddNotiz { vorgang, notiz, text }),
        };
        let bestand = BTreeMap::from([(EntityRef::from(vorgang), stand)]);
        Ok(authorise(&akteur, &bestand, &entry)?)
    }

    /// All things of a kind as the clerk sees them, in no particular order.
    pub(crate) fn all(&self, kind: EntityKind) -> Result<Vec<Entity>, AppError> {
        let stands = self.desk()?.list(&ListFilter {
            kind,
            zuweisung: None,
            open_only: false,
            contested_only: false,
            rows_max: ROWS_MAX,
        })?;
        Ok(stands.into_iter().map(|stand| stand.entity).collect())
    }

    /// A new id.
    pub(crate) fn fresh<T>(&self, wrap: impl FnOnce(uuid::Uuid) -> T) -> T {
        wrap(self.world().uuid())
    }
}

/// The change from what was seen; none if it stands there already, or nothing else was wanted.
fn change_of(stand: &Stand, wish: Wish) -> Result<Option<Feldaenderung>, AppError> {
    let Wish { seen, to } = wish;
    let now = stand.entity.feldwert(to.feld()).ok_or(Code::ChangeUnfit)?;
    let from = seen.unwrap_or_else(|| now.clone());
    if now == to || from == to {
        return Ok(None);
    }
    Feldaenderung::new(from, to).map(Some).ok_or_else(|| Code::ChangeUnfit.into())
}
