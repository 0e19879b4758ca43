//! Where this workstation stands.

use std::collections::BTreeSet;

use kontor_domain::{Entity, EntityKind, EntityRef, Mandant, Name, PersonId, Rolle};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::command::Command;
use crate::event;
use crate::suche::Progress;
use crate::zentrale::{State, local_zone, meta};
use crate::{Answer, AppError, Office, Who};

/// Payload of `status`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Status {}

/// Where this workstation stands.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Standing {
    /// Whoever signed in here.
    #[schemars(with = "Option<String>")]
    person: Option<PersonId>,
    /// Their name, once it has been heard.
    #[schemars(with = "Option<String>")]
    name: Option<Name>,
    /// What they may do, as last heard.
    #[schemars(with = "Vec<String>")]
    rollen: BTreeSet<Rolle>,
    /// Their authority.
    #[schemars(with = "Option<Value>")]
    mandant: Option<Mandant>,
    /// Address of the Zentrale.
    zentrale: Option<String>,
    /// When the Zentrale was last spoken to, in ms since 1970 by the clock of this machine.
    last_contact: Option<i64>,
    /// Entries that wait for the Zentrale.
    waiting: u64,
    /// What happened to this desk and nobody has read yet: `notice.list`.
    notices: u64,
    /// Where the work is, for people.
    sentence: String,
    /// Whether the Zentrale can be spoken to, as last seen.
    contact: event::Status,
    /// Vorgänge on this machine.
    vorgaenge: u64,
    /// Eingänge on this machine.
    eingaenge: u64,
    /// Whether everything in reach has been fetched and agreed with the Zentrale.
    checked: bool,
    /// How far everything can be found; none when all of it can.
    indexing: Option<Progress>,
    /// Whether the copy of the Zentrale's data had to be begun anew.
    rebuilt: bool,
}

impl Command for Status {
    const NAME: &'static str = "status";
    const ABOUT: &'static str =
        "Sagt, wie weit dieser Arbeitsplatz mit der Zentrale abgeglichen ist.";
    const WHO: Who = Who::Anybody;
    type Answer = Standing;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let indexing = office.suche.progress();
        let desk = office.desk()?;
        let akteur = desk.akteur()?;
        let person = akteur.as_ref().map(|akteur| akteur.person);
        let stand = match person {
            Some(person) => desk.stand(EntityRef::from(person))?,
            None => None,
        };
        let waiting = desk.work().waiting_count()?;
        Ok(Answer::unchanged(Standing {
            person,
            name: stand.and_then(|stand| match stand.entity {
                Entity::Person(person) => Some(person.name),
                _ => None,
            }),
            rollen: akteur.map(|akteur| akteur.rollen).unwrap_or_default(),
            mandant: meta::mandant(desk.work())?,
            zentrale: meta::url(desk.work())?,
            last_contact: meta::last_contact(desk.work())?,
            waiting,
            notices: desk.work().notice_count()?,
            sentence: waiting_sentence(waiting),
            contact: event::Status::of(&State { waiting, ..office.contact() }, &local_zone()),
            vorgaenge: desk.mirror().count(EntityKind::Vorgang)?,
            eingaenge: desk.mirror().count(EntityKind::Eingang)?,
            checked: desk.mirror().place()?.is_some_and(|place| place.checked),
            indexing,
            rebuilt: office.mirror_was_rebuilt(),
        }))
    }
}

/// „Alles übertragen“, „3 Einträge warten“.
pub(crate) fn waiting_sentence(waiting: u64) -> String {
    match waiting {
        0 => "Alles übertragen".to_owned(),
        1 => "Ein Eintrag wartet".to_owned(),
        more => format!("{more} Einträge warten"),
    }
}
