//! From events and intents to lines.

use std::collections::BTreeMap;

use kontor_domain::{
    Entity, EntityRef, Event, Feldwert, FristId, Intent, Moment, PersonId, Schriftstueck,
    SchriftstueckId, Vorgang, WiedervorlageId,
};
use kontor_store::mirror::VerlaufRow;
use kontor_store::work::Fate;
use kontor_sync::{Desk, DeskError, Folded, Forecast};
use serde_json::Value;

use super::Line;
use super::sentence::{Deed, sentence};
use super::what::What;

/// Tells what happened, from the beginning on, and remembers what things are called.
pub(super) struct Teller<'a> {
    desk: &'a Desk,
    wiedervorlagen: BTreeMap<WiedervorlageId, String>,
    fristen: BTreeMap<FristId, String>,
    schriftstuecke: BTreeMap<SchriftstueckId, String>,
    /// With which Eingang a Schriftstueck came: the feed of a Vorgang names only the Schriftstueck.
    came_with: BTreeMap<SchriftstueckId, String>,
}

/// What is the same for all lines of one entry.
struct Head {
    entry: kontor_domain::IntentId,
    revision: Option<u64>,
    at: Moment,
    received: Option<Moment>,
    author: PersonId,
    waiting: bool,
    grund: Option<String>,
}

impl<'a> Teller<'a> {
    pub(super) fn new(desk: &'a Desk, entity: &Entity) -> Result<Self, DeskError> {
        let mut teller = Self {
            desk,
            wiedervorlagen: BTreeMap::new(),
            fristen: BTreeMap::new(),
            schriftstuecke: BTreeMap::new(),
            came_with: BTreeMap::new(),
        };
        if let Entity::Vorgang(vorgang) = entity {
            teller.learn(vorgang);
            for eingang in desk.eingaenge_of(vorgang.id)? {
                let came =
                    eingang.schriftstuecke.keys().map(|id| (*id, eingang.betreff.to_string()));
                teller.came_with.extend(came);
            }
        }
        Ok(teller)
    }

    /// What the feed says.
    pub(super) fn row(&mut self, row: &VerlaufRow) -> Result<Vec<Line>, DeskError> {
        let events: Vec<Value> = serde_json::from_str(&row.events).unwrap_or_default();
        let events: Vec<Option<Event>> =
            events.into_iter().map(|event| serde_json::from_value(event).ok()).collect();
        let grund = events.iter().flatten().find_map(|event| match event {
            Event::Grund(grund) => Some(grund.to_string()),
            _ => None,
        });
        let at = events.iter().flatten().find_map(stamped).unwrap_or(row.received);
        let mut whats: Vec<What> = self.arrived(&events).into_iter().collect();
        for event in &events {
            match event {
                Some(event) => whats.extend(self.event(event, &events)?),
                None => whats.push(What::Unknown),
            }
        }
        let head = Head {
            entry: row.intent,
            revision: Some(row.revision.number()),
            at,
            received: Some(row.received),
            author: row.author,
            waiting: false,
            grund,
        };
        self.lines(&head, whats)
    }

    /// An own entry the feed does not show yet.
    pub(super) fn own(&mut self, of: EntityRef, own: &Folded) -> Result<Vec<Line>, DeskError> {
        let happens = own.fate != Fate::Refused
            && !own.withdrawn
            && !matches!(own.forecast, Forecast::Refused(_));
        if !happens || !own.entry.intent.entities().contains(&of) {
            return Ok(Vec::new());
        }
        let grund = match &own.entry.intent {
            Intent::ChangeFelder(change) => change.grund.as_ref().map(ToString::to_string),
            Intent::ResolveConflict(resolve) => resolve.grund.as_ref().map(ToString::to_string),
            _ => None,
        };
        let head = Head {
            entry: own.entry.id,
            revision: None,
            at: own.entry.at,
            received: None,
            author: own.entry.author,
            waiting: own.fate == Fate::Waiting,
            grund,
        };
        let whats = self.intent(&own.entry.intent)?;
        self.lines(&head, whats)
    }

    fn lines(&self, head: &Head, whats: Vec<What>) -> Result<Vec<Line>, DeskError> {
        let author_name = self.person(head.author)?;
        let author = head.author.to_string();
        let line = |what: What| {
            let person = match &what {
                What::Zuweisung { person, .. } => person.as_deref(),
                _ => None,
            };
            let deed = Deed {
                author: author_name.as_deref(),
                for_oneself: person == Some(author.as_str()),
                grund: head.grund.as_deref(),
            };
            Line {
                entry: head.entry,
                revision: head.revision,
                at: head.at.unix_ms(),
                received: head.received.map(Moment::unix_ms),
                author: head.author,
                author_name: author_name.clone(),
                waiting: head.waiting,
                sentence: sentence(&deed, &what),
                what,
                grund: head.grund.clone(),
            }
        };
        Ok(whats.into_iter().map(line).collect())
    }

    /// Putting an Eingang into the Vorgang is one thing to people, not one for each Schriftstueck.
    fn arrived(&self, events: &[Option<Event>]) -> Option<What> {
        let mut betreff = None;
        let mut schriftstuecke = Vec::new();
        for event in events.iter().flatten() {
            let Event::SchriftstueckAdded(added) = event else { continue };
            let Some(eingang) = self.came_with.get(&added.id) else { continue };
            betreff = Some(eingang.clone());
            schriftstuecke.push(added.betreff.to_string());
        }
        betreff.is_some().then_some(What::Eingang { betreff, schriftstuecke })
    }

    fn event(&mut self, event: &Event, all: &[Option<Event>]) -> Result<Option<What>, DeskError> {
        Ok(Some(match event {
            Event::Recorded(entity) => {
                let Entity::Vorgang(vorgang) = &**entity else { return Ok(None) };
                self.learn(vorgang);
                What::Created { betreff: vorgang.betreff.to_string() }
            }
            // Adding a Fassung makes it count; that is one thing to people.
            Event::Set { wert: Feldwert::Fassung(id, _), .. } if adds_fassung(all, *id) => {
                return Ok(None);
            }
            Event::Set { wert, .. } => self.wert(wert)?,
            Event::NotizAdded(id, notiz) => {
                What::Notiz { notiz: id.to_string(), text: notiz.text.to_string() }
            }
            Event::WiedervorlageAdded(id, added) => {
                self.wiedervorlagen.insert(*id, added.grund.to_string());
                What::WiedervorlageAdded {
                    wiedervorlage: id.to_string(),
                    grund: added.grund.to_string(),
                    am: added.am.to_string(),
                }
            }
            Event::WiedervorlageCompleted(id, _) => self.completed(*id),
            Event::SchriftstueckAdded(added) => {
                self.schriftstuecke.insert(added.id, added.betreff.to_string());
                if self.came_with.contains_key(&added.id) {
                    return Ok(None);
                }
                What::SchriftstueckAdded {
                    schriftstueck: added.id.to_string(),
                    betreff: added.betreff.to_string(),
                }
            }
            Event::FassungAdded(id, _) => self.revised(*id),
            Event::ConflictOpened(id, conflict) => What::ConflictOpened {
                conflict: id.to_string(),
                felder: conflict.contested.keys().map(ToString::to_string).collect(),
            },
            Event::ConflictClosed(id) => What::ConflictClosed { conflict: id.to_string() },
            Event::Grund(_) | Event::EingangAssigned(_) => return Ok(None),
        }))
    }

    fn intent(&mut self, intent: &Intent) -> Result<Vec<What>, DeskError> {
        Ok(match intent {
            Intent::CreateVorgang(create) => {
                vec![What::Created { betreff: create.betreff.to_string() }]
            }
            Intent::ChangeFelder(change) => change
                .changes
                .iter()
                .map(|change| self.wert(change.to()))
                .collect::<Result<_, _>>()?,
            Intent::AddNotiz(add) => {
                vec![What::Notiz { notiz: add.notiz.to_string(), text: add.text.to_string() }]
            }
            Intent::AddWiedervorlage(add) => vec![What::WiedervorlageAdded {
                wiedervorlage: add.wiedervorlage.to_string(),
                grund: add.grund.to_string(),
                am: add.am.to_string(),
            }],
            Intent::CompleteWiedervorlage(complete) => vec![self.completed(complete.wiedervorlage)],
            Intent::AddSchriftstueck(add) => {
                let Schriftstueck { id, betreff, .. } = &add.schriftstueck;
                self.schriftstuecke.insert(*id, betreff.to_string());
                vec![What::SchriftstueckAdded {
                    schriftstueck: id.to_string(),
                    betreff: betreff.to_string(),
                }]
            }
            Intent::AddFassung(add) => vec![self.revised(add.schriftstueck)],
            Intent::ResolveConflict(resolve) => {
                vec![What::ConflictClosed { conflict: resolve.conflict.to_string() }]
            }
            Intent::AssignEingang(assign) => {
                let eingang = match self.entity(assign.eingang.into())? {
                    Some(Entity::Eingang(eingang)) => Some(eingang),
                    _ => None,
                };
                let came = eingang.iter().flat_map(|it| it.schriftstuecke.values());
                let schriftstuecke = came.map(|it| it.betreff.to_string()).collect();
                let betreff = eingang.as_ref().map(|it| it.betreff.to_string());
                vec![What::Eingang { betreff, schriftstuecke }]
            }
            // Never about a Vorgang.
            Intent::RecordEinheit(_)
            | Intent::RecordPerson(_)
            | Intent::RecordAktenplaneintrag(_)
            | Intent::RecordLeistungspaket(_)
            | Intent::CreateAkte(_)
            | Intent::RecordEingang(_) => Vec::new(),
        })
    }

    fn wert(&mut self, wert: &Feldwert) -> Result<What, DeskError> {
        Ok(match wert {
            Feldwert::Betreff(betreff) => What::Betreff { betreff: betreff.to_string() },
            Feldwert::Leistung(leistung) => {
                What::Leistung { leistung: leistung.as_ref().map(ToString::to_string) }
            }
            Feldwert::Status(status) => What::Status { status: *status },
            Feldwert::Zuweisung(person) => What::Zuweisung {
                name: person.map_or(Ok(None), |person| self.person(person))?,
                person: person.map(|person| person.to_string()),
            },
            Feldwert::Einheit(einheit) => {
                let name = match self.entity((*einheit).into())? {
                    Some(Entity::Einheit(einheit)) => Some(einheit.name.to_string()),
                    _ => None,
                };
                What::Einheit { einheit: einheit.to_string(), name }
            }
            Feldwert::Akte(akte) => {
                let there = akte.map_or(Ok(None), |akte| self.entity(akte.into()))?;
                let aktenzeichen = match there {
                    Some(Entity::Akte(akte)) => Some(akte.aktenzeichen.to_string()),
                    _ => None,
                };
                What::Akte { akte: akte.map(|akte| akte.to_string()), aktenzeichen }
            }
            Feldwert::Frist(id, Some(frist)) => {
                self.fristen.insert(*id, frist.name.to_string());
                What::FristSet {
                    frist: id.to_string(),
                    name: frist.name.to_string(),
                    ende: frist.ende.to_string(),
                }
            }
            Feldwert::Frist(id, None) => {
                What::FristRemoved { frist: id.to_string(), name: self.fristen.get(id).cloned() }
            }
            Feldwert::Wiedervorlage(id, am) => What::WiedervorlageMoved {
                wiedervorlage: id.to_string(),
                grund: self.wiedervorlagen.get(id).cloned(),
                am: am.to_string(),
            },
            Feldwert::Fassung(id, _) => What::FassungChosen {
                schriftstueck: id.to_string(),
                betreff: self.schriftstuecke.get(id).cloned(),
            },
            Feldwert::Schriftstueck(id, betreff) => {
                let before = self.schriftstuecke.insert(*id, betreff.to_string());
                What::SchriftstueckRenamed {
                    schriftstueck: id.to_string(),
                    before: before.filter(|before| before.as_str() != betreff.as_str()),
                    betreff: betreff.to_string(),
                }
            }
        })
    }

    fn completed(&self, id: WiedervorlageId) -> What {
        let grund = self.wiedervorlagen.get(&id).cloned();
        What::WiedervorlageCompleted { wiedervorlage: id.to_string(), grund }
    }

    fn revised(&self, id: SchriftstueckId) -> What {
        let betreff = self.schriftstuecke.get(&id).cloned();
        What::FassungAdded { schriftstueck: id.to_string(), betreff }
    }

    fn learn(&mut self, vorgang: &Vorgang) {
        let names = vorgang.wiedervorlagen.iter().map(|(id, it)| (*id, it.grund.to_string()));
        self.wiedervorlagen.extend(names);
        let names = vorgang.fristen.iter().map(|(id, it)| (*id, it.name.to_string()));
        self.fristen.extend(names);
        let names = vorgang.schriftstuecke.iter().map(|(id, it)| (*id, it.betreff.to_string()));
        self.schriftstuecke.extend(names);
    }

    fn person(&self, person: PersonId) -> Result<Option<String>, DeskError> {
        Ok(match self.entity(person.into())? {
            Some(Entity::Person(person)) => Some(person.name.to_string()),
            _ => None,
        })
    }

    fn entity(&self, entity: EntityRef) -> Result<Option<Entity>, DeskError> {
        Ok(self.desk.stand(entity)?.map(|stand| stand.entity))
    }
}

fn adds_fassung(events: &[Option<Event>], to: SchriftstueckId) -> bool {
    let added = |event: &Event| matches!(event, Event::FassungAdded(id, _) if *id == to);
    events.iter().flatten().any(added)
}

/// What the clock of its author said, where the event tells.
fn stamped(event: &Event) -> Option<Moment> {
    Some(match event {
        Event::Recorded(entity) => match &**entity {
            Entity::Vorgang(vorgang) => vorgang.angelegt.at,
            _ => return None,
        },
        Event::Set { stamp, .. } | Event::WiedervorlageCompleted(_, stamp) => stamp.at,
        Event::NotizAdded(_, notiz) => notiz.angelegt.at,
        Event::WiedervorlageAdded(_, added) => added.angelegt.at,
        Event::FassungAdded(_, fassung) => fassung.angelegt.at,
        Event::SchriftstueckAdded(_)
        | Event::EingangAssigned(_)
        | Event::Grund(_)
        | Event::ConflictOpened(..)
        | Event::ConflictClosed(_) => return None,
    })
}
