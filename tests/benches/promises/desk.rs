//! A workstation for measurements: real files, real encryption, fixed key.

use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use kontor_domain::{AddNotiz, Intent, IntentId, Moment, NotizId, VorgangId};
use kontor_store::disk::OsDisk;
use kontor_store::documents::DocumentStore;
use kontor_store::key::DataKey;
use kontor_store::mirror::Mirror;
use kontor_store::work::Work;
use kontor_sync::{Desk, Intention, World};
use uuid::Uuid;

/// Clock and ids of the machine.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Machine;

impl World for Machine {
    fn now(&self) -> Moment {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Moment::from_unix_ms(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }

    fn uuid(&self) -> Uuid {
        Uuid::now_v7()
    }
}

/// Opens the desk in a folder.
pub(crate) fn open(folder: &Path) -> anyhow::Result<Desk> {
    std::fs::create_dir_all(folder)?;
    let key = DataKey::from_bytes([7; 32]);
    let work = Work::open(&folder.join("work.db"), &key, None)?;
    let mirror = Mirror::open(&folder.join("mirror.db"), &key, None)?;
    let documents = DocumentStore::open(&folder.join("dokumente"), Arc::new(OsDisk), &key)?;
    Ok(Desk::new(work, mirror, documents)?)
}

/// A note, as a clerk writes one.
pub(crate) fn note(vorgang: VorgangId) -> anyhow::Result<Intention> {
    Ok(Intention {
        id: IntentId::new(Uuid::now_v7()),
        at: Machine.now(),
        intent: Intent::AddNotiz(AddNotiz {
            vorgang,
            notiz: NotizId::new(Uuid::now_v7()),
            text: "Herr Beispiel rief an und reicht den Nachweis bis Freitag nach.".parse()?,
        }),
    })
}
