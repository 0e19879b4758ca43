//! A Kreis with its Zentrale and its Zustellpunkt, and a clock that can be moved.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

use kontor_domain::{Eingang, EinheitId, Entity, EntityRef, Mandant, MandantId, Moment, Scope};
use kontor_fit_connect::EinreichungId;
use kontor_fit_connect::jwk::KeyUse;
use kontor_fit_connect::key::{KeyRing, PrivateKey};
use kontor_fit_connect::vocabulary::Vocabulary;
use kontor_wire::{Epoch, Limits as WireLimits};
use kontor_zentrale::auth::oidc::Providers;
use kontor_zentrale::einreichung::{Intake, Limits, Parts, Record, Route, Routes, Step};
use kontor_zentrale::storage::SqliteStorage;
use kontor_zentrale::world::World;
use kontor_zentrale::{Parts as ZentraleParts, Places, Zentrale};
use object_store::memory::InMemory;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;
use uuid::Uuid;

use super::zustelldienst::{Fake, HUND, ISSUER, POINT};

pub(crate) const KREIS: MandantId = MandantId::new(Uuid::from_u128(0xA1));
pub(crate) const STEUERAMT: EinheitId = EinheitId::new(Uuid::from_u128(0xB1));
pub(crate) const POSTSTELLE: EinheitId = EinheitId::new(Uuid::from_u128(0xB2));
const DAY_MS: i64 = 86_400_000;

pub(crate) static ENCRYPTION: LazyLock<Arc<PrivateKey>> = LazyLock::new(|| {
    let kid = "kreis-entschluesselung".parse().unwrap();
    Arc::new(PrivateKey::generate(kid, KeyUse::Encryption).unwrap())
});
pub(crate) static SIGNATURE: LazyLock<Arc<PrivateKey>> = LazyLock::new(|| {
    let kid = "kreis-signatur".parse().unwrap();
    Arc::new(PrivateKey::generate(kid, KeyUse::Signature).unwrap())
});

#[derive(Debug)]
pub(crate) struct MovingWorld {
    now: AtomicI64,
    rolled: AtomicU64,
}

impl World for MovingWorld {
    fn now(&self) -> Moment {
        Moment::from_unix_ms(self.now.load(Ordering::Relaxed))
    }

    fn fill(&self, bytes: &mut [u8]) {
        let number = self.rolled.fetch_add(1, Ordering::Relaxed);
        let digest = Sha256::digest(number.to_be_bytes());
        for (byte, random) in bytes.iter_mut().zip(digest.iter().cycle()) {
            *byte = *random;
        }
    }
}

pub(crate) struct Office {
    _folder: TempDir,
    pub(crate) zentrale: Zentrale,
    pub(crate) world: Arc<MovingWorld>,
    pub(crate) fake: Arc<Fake>,
}

impl Office {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let storage = SqliteStorage::open(&folder.path().join("zentrale.db"), None).unwrap();
        let world = Arc::new(MovingWorld {
            now: AtomicI64::new(1_793_700_000_000),
            rolled: AtomicU64::new(0),
        });
        let zentrale = Zentrale::new(ZentraleParts {
            storage: Arc::new(storage),
            documents: Arc::new(InMemory::new()),
            world: Arc::clone(&world) as Arc<dyn World>,
            providers: Providers::default(),
            limits: WireLimits::default(),
            places: Places::default(),
        });
        let kreis = Mandant { id: KREIS, name: "Kreis Musterland".parse().unwrap() };
        zentrale.storage().create_mandant(&kreis, Epoch(Uuid::from_u128(1))).await.unwrap();
        Self { _folder: folder, zentrale, world, fake: Arc::new(Fake::default()) }
    }

    /// An intake that knows nothing but what is stored: as after a restart.
    pub(crate) fn intake(&self) -> Intake {
        self.intake_with(Vocabulary::default())
    }

    pub(crate) fn intake_with(&self, vocabulary: Vocabulary) -> Intake {
        let ring = KeyRing::new([Arc::clone(&ENCRYPTION)], Arc::clone(&SIGNATURE)).unwrap();
        let route = Route {
            service: HUND.to_owned(),
            region: None,
            name: "Hundesteuer anmelden".to_owned(),
            einheit: STEUERAMT,
        };
        Intake::new(Parts {
            zentrale: self.zentrale.clone(),
            mandant: KREIS,
            port: Arc::clone(&self.fake) as _,
            issuer: ISSUER.to_owned(),
            vocabulary,
            rings: BTreeMap::from([(POINT, ring)]),
            routes: Routes { route: vec![route], basket: POSTSTELLE },
            limits: Limits::default(),
        })
    }

    pub(crate) fn wait_days(&self, days: i64) {
        self.world.now.fetch_add(days * DAY_MS, Ordering::Relaxed);
    }

    /// Rounds of freshly started intakes until nothing is open, an hour apart.
    pub(crate) async fn settle(&self) {
        for _ in 0..12 {
            // A failing round is what a restart looks like.
            let _ = self.intake().round().await;
            self.world.now.fetch_add(DAY_MS / 24, Ordering::Relaxed);
        }
    }

    pub(crate) async fn record(&self, id: EinreichungId) -> Record {
        let row = self.zentrale.storage().einreichung(KREIS, id).await.unwrap().unwrap();
        Record::read(&row).unwrap()
    }

    pub(crate) async fn step(&self, id: EinreichungId) -> Step {
        self.record(id).await.step
    }

    async fn things(&self, einheit: EinheitId) -> Vec<Entity> {
        let scope = Scope::Einheit(einheit);
        let page = self.zentrale.storage().scope_page(KREIS, scope, None, 10_000).await.unwrap();
        page.into_iter().map(|row| serde_json::from_str(row.state.get()).unwrap()).collect()
    }

    pub(crate) async fn eingaenge(&self, einheit: EinheitId) -> Vec<Eingang> {
        let things = self.things(einheit).await.into_iter();
        things
            .filter_map(|thing| match thing {
                Entity::Eingang(eingang) => Some(eingang),
                _ => None,
            })
            .collect()
    }

    pub(crate) async fn vorgaenge(&self, einheit: EinheitId) -> Vec<kontor_domain::Vorgang> {
        let things = self.things(einheit).await.into_iter();
        things
            .filter_map(|thing| match thing {
                Entity::Vorgang(vorgang) => Some(*vorgang),
                _ => None,
            })
            .collect()
    }

    /// How often anything happened to a thing.
    pub(crate) async fn rows(&self, entity: EntityRef) -> usize {
        let end = kontor_wire::Position(u64::MAX >> 1);
        self.zentrale.storage().verlauf(KREIS, entity, end, 100).await.unwrap().len()
    }
}
