//! A small Kreis, decided by the real rules, and a Zentrale that only knows how to be copied.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use bytes::Bytes;
use http::{Request, Response};
use kontor_domain::{
    AddNotiz, AkteId, Aktenplaneintrag, AktenplaneintragId, Akteur, ChangeFelder, CreateAkte,
    CreateVorgang, EingangId, EinheitId, EntityRef, Entry, Extra, Feldaenderung, Feldwert, Intent,
    IntentId, Kanal, Land, Mandant, MandantId, Moment, NotizId, Organisationseinheit, Person,
    PersonId, RecordEingang, Revision, Rolle, Scope, Stand, VorgangId, apply, decide,
};
use kontor_sync::{Port, Reply, Unreachable, World};
use kontor_wire::{
    ChainHash, Digest, Epoch, Head, Hello, Limits, Position, Protocols, PullResponse, ScopePage,
    ScopeRequest, StandRow, StateHash, path,
};
use serde::Serialize;
use serde_json::value::to_raw_value;
use uuid::Uuid;

pub(crate) const GEWERBEAMT: EinheitId = EinheitId::new(Uuid::from_u128(0xA1));
pub(crate) const BAUAMT: EinheitId = EinheitId::new(Uuid::from_u128(0xA2));
pub(crate) const ANNA: PersonId = PersonId::new(Uuid::from_u128(0xB1));
pub(crate) const BERND: PersonId = PersonId::new(Uuid::from_u128(0xB2));
pub(crate) const FRAUKE: PersonId = PersonId::new(Uuid::from_u128(0xB3));
pub(crate) const EINTRAG: AktenplaneintragId = AktenplaneintragId::new(Uuid::from_u128(0xC1));
pub(crate) const AKTE: AkteId = AkteId::new(Uuid::from_u128(0xD1));
pub(crate) const EINGANG: EingangId = EingangId::new(Uuid::from_u128(0xE1));
/// Nothing contested in it.
pub(crate) const VORGANG: VorgangId = VorgangId::new(Uuid::from_u128(0xF1));
/// Assigned to two people at once.
pub(crate) const CONTESTED: VorgangId = VorgangId::new(Uuid::from_u128(0xF2));
/// The intent that met the other assignment.
pub(crate) const CONFLICT: IntentId = IntentId::new(Uuid::from_u128(0x77));

/// Ids and times that come one after the other.
#[derive(Debug, Default)]
pub(crate) struct Ticking(Mutex<u64>);

impl World for Ticking {
    fn now(&self) -> Moment {
        // 2 November 2026, 7:30 UTC and some seconds.
        let seconds = i64::try_from(self.next()).unwrap();
        Moment::from_unix_ms(1_793_604_600_000 + seconds * 1_000)
    }

    fn uuid(&self) -> Uuid {
        Uuid::from_u128(u128::from(self.next()) + (1 << 100))
    }
}

impl Ticking {
    fn next(&self) -> u64 {
        let mut last = self.0.lock().unwrap();
        *last += 1;
        *last
    }
}

/// Everything of the Kreis, and whoever asks.
pub(crate) struct Kreis {
    stands: BTreeMap<EntityRef, Stand>,
    akteur: Akteur,
}

impl Kreis {
    /// As one person meets it.
    pub(crate) fn for_person(person: PersonId) -> Self {
        let akteur = akteur(person);
        let mut kreis = Self { stands: BTreeMap::new(), akteur };
        for (id, name) in [(GEWERBEAMT, "Gewerbeamt"), (BAUAMT, "Bauamt")] {
            kreis.then(
                ANNA,
                Intent::RecordEinheit(Organisationseinheit {
                    id,
                    name: name.parse().unwrap(),
                    uebergeordnet: None,
                    land: Some(Land::NW),
                    extra: Extra::default(),
                }),
            );
        }
        for (id, name) in
            [(ANNA, "Anna Albers"), (BERND, "Bernd Brandt"), (FRAUKE, "Frauke Lorenz")]
        {
            let Akteur { rollen, einheiten, .. } = self::akteur(id);
            let name = name.parse().unwrap();
            let extra = Extra::default();
            let person = Person { id, name, einheiten, rollen, aktiv: true, extra };
            kreis.then(ANNA, Intent::RecordPerson(person));
        }
        kreis.then(
            ANNA,
            Intent::RecordAktenplaneintrag(Aktenplaneintrag {
                id: EINTRAG,
                schluessel: "32.10".parse().unwrap(),
                name: "Gewerbeanzeigen".parse().unwrap(),
                aufbewahrung: None,
                extra: Extra::default(),
            }),
        );
        kreis.then(
            ANNA,
            Intent::CreateAkte(CreateAkte {
                akte: AKTE,
                aktenzeichen: "32.10-2026/0001".parse().unwrap(),
                betreff: "Gewerbeanzeigen 2026".parse().unwrap(),
                aktenplaneintrag: EINTRAG,
                einheit: GEWERBEAMT,
            }),
        );
        kreis.vorgaenge();
        kreis
    }

    fn vorgaenge(&mut self) {
        for (vorgang, betreff) in
            [(VORGANG, "Gewerbeanmeldung Bäckerei"), (CONTESTED, "Gaststätte Zum Anker")]
        {
            self.then(
                ANNA,
                Intent::CreateVorgang(CreateVorgang {
                    vorgang,
                    einheit: GEWERBEAMT,
                    betreff: betreff.parse().unwrap(),
                    leistung: None,
                }),
            );
        }
        self.then(
            ANNA,
            Intent::AddNotiz(AddNotiz {
                vorgang: VORGANG,
                notiz: NotizId::new(Uuid::from_u128(0x99)),
                text: "Bitte Eile.".parse().unwrap(),
            }),
        );
        self.then(
            ANNA,
            Intent::RecordEingang(Box::new(RecordEingang {
                eingang: EINGANG,
                einheit: GEWERBEAMT,
                kanal: Kanal::Papier,
                betreff: "Nachfrage zur Bäckerei".parse().unwrap(),
                schriftstuecke: Vec::new(),
            })),
        );
        self.then(ANNA, assignment(ANNA));
        // Bernd had not seen it.
        self.enter(CONFLICT, BERND, Revision::new(1), assignment(BERND));
    }

    fn then(&mut self, author: PersonId, intent: Intent) {
        let seen = self.stands.get(&intent.target()).map_or(Revision::NONE, |stand| stand.revision);
        let id = IntentId::new(Uuid::from_u128(0x1000 + self.stands.len() as u128));
        self.enter(id, author, seen, intent);
    }

    fn enter(&mut self, id: IntentId, author: PersonId, seen: Revision, intent: Intent) {
        let at = Moment::from_unix_ms(1_793_604_000_000);
        let entry = Entry { id, author, at, seen, intent };
        let decision = decide(&self.stands, &entry);
        for (entity, events) in decision.into_events() {
            let stand = apply(self.stands.remove(&entity), &events).unwrap();
            self.stands.insert(entity, stand);
        }
    }

    fn rows(&self, scope: Scope) -> Vec<StandRow> {
        let here = self.stands.iter().filter(|(_, stand)| stand.entity.scope() == scope);
        here.map(|(entity, stand)| StandRow {
            entity: *entity,
            revision: stand.revision,
            state: to_raw_value(&stand.entity).unwrap(),
        })
        .collect()
    }

    fn digest(&self, scope: Scope) -> Digest {
        self.rows(scope).iter().fold(Digest::default(), |sum, row| {
            sum + Digest::of(row.entity, row.revision, StateHash::of(row.state.get().as_bytes()))
        })
    }

    fn hello(&self) -> Hello {
        Hello {
            protocols: Protocols { min: 1, max: 1 },
            mandant: Mandant {
                id: MandantId::new(Uuid::from_u128(0xAA)),
                name: "Kreis Musterland".parse().unwrap(),
            },
            akteur: self.akteur.clone(),
            scopes: self.akteur.scopes(),
            epoch: Epoch(Uuid::from_u128(1)),
            head: HEAD,
            limits: Limits::default(),
        }
    }
}

const HEAD: Head = Head { seq: Position(20), hash: ChainHash([7; 32]) };

impl Port for Kreis {
    fn call(&self, request: Request<Bytes>) -> Reply<'_> {
        let answer = match request.uri().path() {
            path::HELLO => Ok(json(&self.hello())),
            path::SCOPE => {
                let asked: ScopeRequest = serde_json::from_slice(request.body()).unwrap();
                Ok(json(&ScopePage { stands: self.rows(asked.scope), more: false }))
            }
            path::PULL => Ok(json(&PullResponse {
                rows: Vec::new(),
                stands: Vec::new(),
                to: HEAD.seq,
                head: HEAD,
                scopes: self.akteur.scopes(),
                lost_pins: Vec::new(),
                digests: self.akteur.scopes().into_iter().map(|s| (s, self.digest(s))).collect(),
            })),
            other => Err(Unreachable(format!("nobody answers {other}"))),
        };
        Box::pin(async move { answer })
    }
}

fn json(body: &impl Serialize) -> Response<Bytes> {
    Response::new(serde_json::to_vec(body).unwrap().into())
}

fn akteur(person: PersonId) -> Akteur {
    let rolle = if person == FRAUKE { Rolle::Revision } else { Rolle::Sachbearbeitung };
    let einheiten = BTreeSet::from([GEWERBEAMT]);
    Akteur { person, rollen: BTreeSet::from([rolle]), einheiten }
}

fn assignment(person: PersonId) -> Intent {
    let to = Feldwert::Zuweisung(Some(person));
    Intent::ChangeFelder(ChangeFelder {
        entity: CONTESTED.into(),
        changes: vec![Feldaenderung::new(Feldwert::Zuweisung(None), to).unwrap()],
        grund: None,
    })
}
