//! Two authorities, their people, and what these people do.

use std::sync::atomic::{AtomicU64, Ordering};

use kontor_domain::{
    AddNotiz, AddSchriftstueck, Akteur, Betreff, ChangeFelder, CreateVorgang, DocumentHash,
    EinheitId, EntityRef, Entry, Fassung, FassungId, Feldaenderung, Feldwert, Format, InstanceId,
    Intent, IntentId, Mandant, MandantId, Moment, NotizId, PersonId, Revision, Rolle,
    Schriftstueck, SchriftstueckId, Scope, Stamp, VorgangId,
};
use kontor_wire::{Epoch, Position, PushEntry, PushRequest, PushResult};
use kontor_zentrale::push::{Push, push};
use kontor_zentrale::storage::{FeedQuery, FeedSlice, Sealed, Storage};
use serde_json::value::to_raw_value;
use uuid::Uuid;

pub(crate) const EPOCH: Epoch = Epoch(Uuid::from_u128(0xE0));
pub(crate) const KREIS: MandantId = MandantId::new(Uuid::from_u128(0xA1));
pub(crate) const STADT: MandantId = MandantId::new(Uuid::from_u128(0xA2));
pub(crate) const GEWERBEAMT: EinheitId = EinheitId::new(Uuid::from_u128(0xE1));
pub(crate) const BAUAMT: EinheitId = EinheitId::new(Uuid::from_u128(0xE2));
pub(crate) const ANNA: PersonId = PersonId::new(Uuid::from_u128(0xB1));
pub(crate) const BERND: PersonId = PersonId::new(Uuid::from_u128(0xB2));

/// Somebody at their desk. Ids are drawn from a range of their own, so a mix-up fails loudly.
pub(crate) struct Desk {
    pub(crate) mandant: MandantId,
    pub(crate) akteur: Akteur,
    instance: InstanceId,
    ids: AtomicU64,
    number: AtomicU64,
}

pub(crate) fn anna() -> Desk {
    desk(KREIS, ANNA, 0x0A)
}

pub(crate) fn desk(mandant: MandantId, person: PersonId, range: u64) -> Desk {
    Desk {
        mandant,
        akteur: Akteur {
            person,
            rollen: [Rolle::Sachbearbeitung].into(),
            einheiten: [GEWERBEAMT, BAUAMT].into(),
        },
        instance: InstanceId::new(Uuid::from_u64_pair(range, 0xCC)),
        ids: AtomicU64::new(range << 32),
        number: AtomicU64::new(0),
    }
}

pub(crate) async fn set_up(storage: &dyn Storage, mandant: MandantId) {
    let name = format!("Amt {mandant}").parse().unwrap();
    storage.create_mandant(&Mandant { id: mandant, name }, EPOCH).await.unwrap();
}

impl Desk {
    pub(crate) fn id(&self) -> Uuid {
        Uuid::from_u64_pair(0x0190, self.ids.fetch_add(1, Ordering::Relaxed))
    }

    pub(crate) fn entry(&self, seen: u64, intent: Intent) -> Entry {
        Entry {
            id: IntentId::new(self.id()),
            author: self.akteur.person,
            at: Moment::from_unix_ms(1_000),
            seen: Revision::new(seen),
            intent,
        }
    }

    pub(crate) fn vorgang(&self, einheit: EinheitId) -> (VorgangId, Entry) {
        let vorgang = VorgangId::new(self.id());
        let betreff: Betreff = format!("Gewerbeanmeldung {vorgang}").parse().unwrap();
        let create = CreateVorgang { vorgang, einheit, betreff, leistung: None };
        (vorgang, self.entry(0, Intent::CreateVorgang(create)))
    }

    pub(crate) fn notiz(&self, vorgang: VorgangId, text: &str) -> Entry {
        let notiz = NotizId::new(self.id());
        let text = text.parse().unwrap();
        self.entry(1, Intent::AddNotiz(AddNotiz { vorgang, notiz, text }))
    }

    pub(crate) fn field(&self, vorgang: VorgangId, from: Feldwert, to: Feldwert) -> Entry {
        let changes = vec![Feldaenderung::new(from, to).unwrap()];
        let change = ChangeFelder { entity: vorgang.into(), changes, grund: None };
        self.entry(1, Intent::ChangeFelder(change))
    }

    pub(crate) fn move_to(&self, vorgang: VorgangId, from: EinheitId, to: EinheitId) -> Entry {
        self.field(vorgang, Feldwert::Einheit(from), Feldwert::Einheit(to))
    }

    pub(crate) fn schriftstueck(&self, vorgang: VorgangId, hash: DocumentHash) -> Entry {
        let fassung = FassungId::new(self.id());
        let format = Format {
            name: "Antrag.pdf".parse().unwrap(),
            medientyp: "application/pdf".parse().unwrap(),
            hash,
            size_bytes: 3,
        };
        let angelegt = Stamp { by: self.akteur.person, at: Moment::from_unix_ms(1_000) };
        let schriftstueck = Schriftstueck {
            id: SchriftstueckId::new(self.id()),
            betreff: "Antrag".parse().unwrap(),
            fassungen: [(fassung, Fassung { id: fassung, angelegt, formate: vec![format] })].into(),
            aktuell: fassung,
        };
        self.entry(1, Intent::AddSchriftstueck(AddSchriftstueck { vorgang, schriftstueck }))
    }

    pub(crate) fn request(&self, entries: &[Entry]) -> PushRequest {
        let entries = entries.iter().map(|entry| PushEntry {
            number: self.number.fetch_add(1, Ordering::Relaxed) + 1,
            parents: Vec::new(),
            withdrawn: false,
            entry: to_raw_value(entry).unwrap(),
        });
        PushRequest { instance: self.instance, entries: entries.collect() }
    }

    /// What the Zentrale answers to a request of this desk.
    pub(crate) async fn send(&self, storage: &dyn Storage, request: &PushRequest) -> Sealed {
        self.try_send(storage, request).await.unwrap()
    }

    pub(crate) async fn try_send(
        &self,
        storage: &dyn Storage,
        request: &PushRequest,
    ) -> Result<Sealed, kontor_zentrale::push::PushError> {
        let push_now = Push {
            mandant: self.mandant,
            akteur: &self.akteur,
            received: Moment::from_unix_ms(2_000),
            seed: [7; 16],
            request,
        };
        push(storage, &push_now).await
    }

    pub(crate) async fn enter(&self, storage: &dyn Storage, entries: &[Entry]) -> Vec<PushResult> {
        results(&self.send(storage, &self.request(entries)).await)
    }

    /// A new Vorgang that is already there.
    pub(crate) async fn opened(&self, storage: &dyn Storage, einheit: EinheitId) -> VorgangId {
        let (vorgang, create) = self.vorgang(einheit);
        self.enter(storage, &[create]).await;
        vorgang
    }
}

pub(crate) fn results(sealed: &Sealed) -> Vec<PushResult> {
    sealed.results.iter().map(|result| serde_json::from_str(result.get()).unwrap()).collect()
}

pub(crate) fn unit(einheit: EinheitId) -> Scope {
    Scope::Einheit(einheit)
}

pub(crate) fn query(
    after: u64,
    scopes: &[Scope],
    pins: &[EntityRef],
    rows_max: usize,
) -> FeedQuery {
    FeedQuery { after: Position(after), scopes: scopes.into(), pins: pins.into(), rows_max }
}

pub(crate) fn places(slice: &FeedSlice) -> Vec<u64> {
    slice.rows.iter().map(|row| row.seq.0).collect()
}

pub(crate) fn document(number: u8) -> DocumentHash {
    DocumentHash::from_bytes([number; 32])
}
