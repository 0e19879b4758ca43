//! A Zentrale for measurements: the real service on loopback, on SQLite or PostgreSQL.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};

use kontor_app::zentrale::HttpPort;
use kontor_domain::{
    Akteur, CreateVorgang, EingangId, EinheitId, Entry, Extra, InstanceId, Intent, IntentId, Kanal,
    Mandant, MandantId, Organisationseinheit, Person, PersonId, RecordEingang, Revision, Rolle,
    VorgangId,
};
use kontor_sync::{Desk, World as _, sync};
use kontor_wire::{Epoch, Limits, PushEntry, PushRequest};
use kontor_zentrale::auth::oidc::Providers;
use kontor_zentrale::operator::Operator;
use kontor_zentrale::push::{Push, push};
use kontor_zentrale::serve::{Serving, serve as serve_on};
use kontor_zentrale::storage::{PostgresStorage, SqliteStorage, Storage};
use kontor_zentrale::world::SystemWorld;
use kontor_zentrale::{Parts, Places, Zentrale};
use object_store::local::LocalFileSystem;
use serde_json::value::to_raw_value;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use uuid::Uuid;

use crate::desk::{self, Machine};

/// One authority with one unit and one clerk, and the Zentrale they work with.
pub(crate) struct Office {
    pub(crate) runtime: Runtime,
    zentrale: Zentrale,
    address: SocketAddr,
    mandant: MandantId,
    einheit: EinheitId,
    person: PersonId,
    token: String,
}

impl Office {
    /// On SQLite, in a folder.
    pub(crate) fn start(folder: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let storage = SqliteStorage::open(&folder.join("zentrale.db"), None)?;
        Self::on(runtime()?, Arc::new(storage), folder)
    }

    /// On a PostgreSQL that syncs its disk.
    pub(crate) fn start_on_postgres(url: &str, folder: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let runtime = runtime()?;
        let storage = runtime.block_on(PostgresStorage::connect(url, 8))?;
        Self::on(runtime, Arc::new(storage), folder)
    }

    fn on(runtime: Runtime, storage: Arc<dyn Storage>, folder: &Path) -> anyhow::Result<Self> {
        let zentrale = Zentrale::new(Parts {
            storage,
            documents: Arc::new(LocalFileSystem::new_with_prefix(folder)?),
            world: Arc::new(SystemWorld),
            providers: Providers::default(),
            limits: Limits::default(),
            places: Places { live_per_person: 2_000, ..Places::default() },
        });
        let mandant = MandantId::new(Uuid::now_v7());
        let einheit = EinheitId::new(Uuid::now_v7());
        let person = PersonId::new(Uuid::now_v7());
        let token = runtime.block_on(set_up(&zentrale, mandant, einheit, person))?;
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
        let address = listener.local_addr()?;
        let served = zentrale.clone();
        runtime.spawn(serve_on(listener, served, Serving::default(), std::future::pending()));
        Ok(Self { runtime, zentrale, address, mandant, einheit, person, token })
    }

    /// Opens Vorgänge, about 400 bytes each, straight through the write path.
    pub(crate) fn fill(&self, count: usize) -> anyhow::Result<Vec<VorgangId>> {
        let ids: Vec<VorgangId> = (0..count).map(|_| VorgangId::new(Uuid::now_v7())).collect();
        let openings = (1..).zip(&ids).map(|(number, id)| self.opening(number, *id));
        self.enter(openings.collect::<anyhow::Result<_>>()?)?;
        Ok(ids)
    }

    /// Records Eingänge, as they come in with the post.
    pub(crate) fn receive(&self, count: usize) -> anyhow::Result<()> {
        let record = |number| -> anyhow::Result<Intent> {
            Ok(Intent::RecordEingang(Box::new(RecordEingang {
                eingang: EingangId::new(Uuid::now_v7()),
                einheit: self.einheit,
                kanal: Kanal::Portal,
                betreff: format!("Gewerbeanmeldung Nr. {number} mit zwei Anlagen").parse()?,
                schriftstuecke: Vec::new(),
            })))
        };
        self.enter((1..=count).map(record).collect::<anyhow::Result<_>>()?)
    }

    /// Whoever works here.
    pub(crate) fn person(&self) -> PersonId {
        self.person
    }

    fn enter(&self, intents: Vec<Intent>) -> anyhow::Result<()> {
        let akteur = akteur(self.person, self.einheit);
        let mut intents = intents.into_iter().peekable();
        while intents.peek().is_some() {
            let request = PushRequest {
                instance: InstanceId::new(Uuid::now_v7()),
                entries: (1..)
                    .zip(intents.by_ref().take(1_000))
                    .map(|(number, intent)| self.entry(number, intent))
                    .collect::<anyhow::Result<_>>()?,
            };
            let batch = Push {
                mandant: self.mandant,
                akteur: &akteur,
                received: Machine.now(),
                seed: [1; 16],
                request: &request,
            };
            self.runtime.block_on(push(self.zentrale.storage(), &batch))?;
        }
        Ok(())
    }

    fn opening(&self, number: u64, id: VorgangId) -> anyhow::Result<Intent> {
        Ok(Intent::CreateVorgang(CreateVorgang {
            vorgang: id,
            einheit: self.einheit,
            betreff: format!("Gewerbeanmeldung Nr. {number}: Bäckerei am Markt, Inhaberwechsel zum 1. Januar, Nachweis der Handwerksrolle liegt bei").parse()?,
            leistung: Some("99050012104000".parse()?),
        }))
    }

    fn entry(&self, number: u64, intent: Intent) -> anyhow::Result<PushEntry> {
        let entry = Entry {
            id: IntentId::new(Uuid::now_v7()),
            author: self.person,
            at: Machine.now(),
            seen: Revision::NONE,
            intent,
        };
        Ok(PushEntry {
            number,
            parents: Vec::new(),
            withdrawn: false,
            entry: to_raw_value(&entry)?,
        })
    }

    /// The way to this Zentrale.
    pub(crate) fn port(&self) -> anyhow::Result<HttpPort> {
        Ok(HttpPort::new(self.url().parse()?, &self.token.parse()?)?)
    }

    /// A desk that has had its first contact.
    pub(crate) fn desk(&self, folder: &Path) -> anyhow::Result<Arc<Mutex<Desk>>> {
        let desk = Arc::new(Mutex::new(desk::open(folder)?));
        let port = self.port()?;
        self.runtime.block_on(sync(&desk, &port, &Machine))?;
        Ok(desk)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }
}

fn runtime() -> anyhow::Result<Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?)
}

fn akteur(person: PersonId, einheit: EinheitId) -> Akteur {
    Akteur {
        person,
        rollen: BTreeSet::from([Rolle::Sachbearbeitung, Rolle::Administration]),
        einheiten: BTreeSet::from([einheit]),
    }
}

async fn set_up(
    zentrale: &Zentrale,
    mandant: MandantId,
    einheit: EinheitId,
    person: PersonId,
) -> anyhow::Result<String> {
    let name = "Kreis Musterland".parse()?;
    let storage = zentrale.storage();
    storage.create_mandant(&Mandant { id: mandant, name }, Epoch(Uuid::now_v7())).await?;
    let akteur = akteur(person, einheit);
    let mut operator = Operator::with_rights(zentrale, mandant, akteur.clone());
    let unit = Organisationseinheit {
        id: einheit,
        name: "Gewerbeamt".parse()?,
        uebergeordnet: None,
        land: None,
        extra: Extra::default(),
    };
    operator.enter(Intent::RecordEinheit(unit)).await?;
    let anna = Person {
        id: person,
        name: "Anna Albers".parse()?,
        einheiten: akteur.einheiten,
        rollen: akteur.rollen,
        aktiv: true,
        extra: Extra::default(),
    };
    operator.enter(Intent::RecordPerson(anna)).await?;
    let device = kontor_zentrale::auth::device::issue(&SystemWorld, person, "Messplatz".into());
    storage.add_device(mandant, &device.row).await?;
    Ok(device.token)
}

/// Runs a Zentrale of its own process until it is killed; says where on the first line.
pub(crate) fn serve(folder: &Path) -> anyhow::Result<()> {
    let office = Office::start(folder)?;
    println!("{} {}", office.url(), office.token());
    loop {
        std::thread::park();
    }
}
