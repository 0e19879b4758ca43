//! What of a thing can be found.

use kontor_domain::{
    Akte, DocumentHash, Eingang, Entity, EntityRef, Schriftstueck, SchriftstueckId, Vorgang,
};
use kontor_search::{Item, Kind};
use sha2::{Digest, Sha256};

use crate::register::Register;

/// Ends the revision of a document that could not be read, or not as a whole.
pub(super) const UNREAD: &str = "!";

/// A document to be read, and how it is found until then.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    pub(super) owner: EntityRef,
    pub(super) hash: DocumentHash,
    /// Without its text.
    pub(super) item: Item,
}

/// A thing and its documents; `None` for what is not found by itself.
pub(super) fn items(register: &Register, entity: &Entity) -> Option<(Item, Vec<Reading>)> {
    match entity {
        Entity::Vorgang(vorgang) => Some(of_vorgang(register, vorgang)),
        Entity::Eingang(eingang) => Some(of_eingang(register, eingang)),
        Entity::Akte(akte) => Some((of_akte(register, akte), Vec::new())),
        Entity::Einheit(_)
        | Entity::Person(_)
        | Entity::Aktenplaneintrag(_)
        | Entity::Leistungspaket(_) => None,
    }
}

fn of_vorgang(register: &Register, vorgang: &Vorgang) -> (Item, Vec<Reading>) {
    let akte = vorgang.akte.and_then(|akte| register.akten.get(akte.uuid()));
    let person = vorgang.zuweisung.map(|person| register.names.person(person));
    let notizen = vorgang.notizen.values().map(|notiz| notiz.text.to_string());
    let reminders = vorgang.wiedervorlagen.values().map(|one| one.grund.to_string());
    let fristen = vorgang.fristen.values().map(|frist| frist.name.to_string());
    let lines = notizen.chain(reminders).chain(fristen);
    let item = Item {
        entity: EntityRef::from(vorgang.id).to_string(),
        within: None,
        kind: Kind::Vorgang,
        einheit: vorgang.einheit.to_string(),
        changed_ms: register
            .vorgaenge
            .get(vorgang.id.uuid())
            .map_or(vorgang.angelegt.at.unix_ms(), |row| row.geaendert.unix_ms()),
        revision: String::new(),
        aktenzeichen: akte.map(|akte| akte.aktenzeichen.to_string()),
        betreff: vorgang.betreff.to_string(),
        names: person.into_iter().chain([register.names.einheit(vorgang.einheit)]).collect(),
        text: lines.chain(names_of(vorgang.schriftstuecke.values())).collect::<Vec<_>>().join("\n"),
    };
    let readings = vorgang.schriftstuecke.values();
    let readings = readings.filter_map(|one| reading(vorgang.id.into(), &item, one)).collect();
    (marked(item), readings)
}

fn of_eingang(register: &Register, eingang: &Eingang) -> (Item, Vec<Reading>) {
    let item = Item {
        entity: EntityRef::from(eingang.id).to_string(),
        within: None,
        kind: Kind::Eingang,
        einheit: eingang.einheit.to_string(),
        changed_ms: eingang.erfasst.at.unix_ms(),
        revision: String::new(),
        aktenzeichen: None,
        betreff: eingang.betreff.to_string(),
        names: vec![register.names.einheit(eingang.einheit)],
        text: names_of(eingang.schriftstuecke.values()).collect::<Vec<_>>().join("\n"),
    };
    let readings = eingang.schriftstuecke.values();
    let readings = readings.filter_map(|one| reading(eingang.id.into(), &item, one)).collect();
    (marked(item), readings)
}

fn of_akte(register: &Register, akte: &Akte) -> Item {
    marked(Item {
        entity: EntityRef::from(akte.id).to_string(),
        within: None,
        kind: Kind::Akte,
        einheit: akte.einheit.to_string(),
        changed_ms: akte.angelegt.at.unix_ms(),
        revision: String::new(),
        aktenzeichen: Some(akte.aktenzeichen.to_string()),
        betreff: akte.betreff.to_string(),
        names: vec![register.names.einheit(akte.einheit)],
        text: String::new(),
    })
}

/// What documents and their files are called.
fn names_of<'a>(all: impl Iterator<Item = &'a Schriftstueck>) -> impl Iterator<Item = String> {
    all.flat_map(|one| {
        let files = one.fassungen.get(&one.aktuell).into_iter().flat_map(|it| &it.formate);
        let files = files.map(|format| format.name.to_string());
        std::iter::once(one.betreff.to_string()).chain(files).collect::<Vec<_>>()
    })
}

/// The Fassung that counts, as its original.
fn reading(owner: EntityRef, of: &Item, schriftstueck: &Schriftstueck) -> Option<Reading> {
    let fassung = schriftstueck.fassungen.get(&schriftstueck.aktuell)?;
    let format = fassung.formate.first()?;
    let item = Item {
        entity: part(owner, schriftstueck.id),
        within: Some(owner.to_string()),
        kind: Kind::Schriftstueck,
        einheit: of.einheit.clone(),
        changed_ms: fassung.angelegt.at.unix_ms(),
        revision: format.hash.to_string(),
        aktenzeichen: None,
        betreff: schriftstueck.betreff.to_string(),
        names: vec![format.name.to_string()],
        text: String::new(),
    };
    Some(Reading { owner, hash: format.hash, item: marked(item) })
}

/// A document in the index: `vorgang/0190…/0191…`.
fn part(owner: EntityRef, schriftstueck: SchriftstueckId) -> String {
    format!("{owner}/{schriftstueck}")
}

/// The Schriftstueck that an entry of the index names.
pub(super) fn schriftstueck_of(entity: &str) -> Option<&str> {
    entity.splitn(3, '/').nth(2)
}

/// The file that was read, from the revision of a document's item.
pub(super) fn hash_of(revision: &str) -> Option<&str> {
    revision.split_once('.').map(|(hash, _)| hash).filter(|hash| !hash.is_empty())
}

/// How an item in the index compares with one that is to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Match {
    /// It says the same.
    Same,
    /// It is about the same, but the document could not be read, or not as a whole.
    Unread,
    /// It says something else, or there is none.
    Different,
}

impl Match {
    pub(super) fn of(known: Option<&str>, wanted: &Item) -> Self {
        match known.and_then(|known| known.strip_prefix(wanted.revision.as_str())) {
            Some("") => Self::Same,
            Some(UNREAD) => Self::Unread,
            _ => Self::Different,
        }
    }
}

/// Two items with the same revision say the same.
fn marked(item: Item) -> Item {
    let mut sum = Sha256::new();
    let fields = [&item.einheit, &item.betreff, &item.text];
    let fields = fields.into_iter().chain(&item.aktenzeichen).chain(&item.names);
    for field in fields {
        sum.update((field.len() as u64).to_le_bytes());
        sum.update(field);
    }
    sum.update(item.changed_ms.to_le_bytes());
    let sum = sum.finalize();
    let sum = sum.iter().take(8).fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    Item { revision: format!("{}.{sum}", item.revision), ..item }
}
