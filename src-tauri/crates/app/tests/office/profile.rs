//! Profiles of people, in folders that go away.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use kontor_app::{
    AppError, Code, DataKey, KeySource, Office, Passphrase, Profile, World, commands,
};
use kontor_domain::PersonId;
use kontor_store::disk::OsDisk;
use kontor_store::documents::DocumentStore;
use kontor_store::mirror::Mirror;
use kontor_store::work::Work;
use kontor_sync::Desk;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::kreis::{Kreis, Ticking};

/// A folder with a profile.
pub(crate) struct Folder(TempDir);

impl Folder {
    /// Where nobody has signed in.
    pub(crate) fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// Where somebody signed in, and had the Zentrale copied once.
    pub(crate) async fn of(person: PersonId) -> Self {
        let folder = Self::empty();
        let key = key();
        let documents =
            DocumentStore::open(&folder.path("dokumente"), Arc::new(OsDisk), &key).unwrap();
        let work = Work::open(&folder.path("work.db"), &key, None).unwrap();
        let mirror = Mirror::open(&folder.path("mirror.db"), &key, None).unwrap();
        let desk = Mutex::new(Desk::new(work, mirror, documents).unwrap());
        let kreis = Kreis::for_person(person);
        kontor_sync::sync(&desk, &kreis, &Ticking::default()).await.unwrap();
        folder
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn lock(&self) -> Result<Profile, AppError> {
        Profile::lock(self.0.path())
    }

    pub(crate) fn open(&self) -> Result<Office, AppError> {
        self.open_with(Arc::new(Ticking::default()))
    }

    pub(crate) fn open_with(&self, world: Arc<dyn World>) -> Result<Office, AppError> {
        Office::open(self.lock()?, &key(), world)
    }

    /// A file with content, as a citizen hands it in.
    pub(crate) fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

pub(crate) fn key() -> DataKey {
    DataKey::from_bytes([5; 32])
}

/// Runs a command; its answer without what changed.
pub(crate) fn ask(office: &Office, command: &str, payload: &Value) -> Value {
    match commands::run(office, command, payload) {
        Ok(answer) => answer["answer"].clone(),
        Err(error) => panic!("{command}: {error} ({})", error.technical()),
    }
}

/// Runs a command that does not succeed.
pub(crate) fn refused(office: &Office, command: &str, payload: &Value) -> Code {
    match commands::run(office, command, payload) {
        Ok(answer) => panic!("{command} gave {answer}"),
        Err(error) => error.code,
    }
}

#[test]
fn a_profile_is_open_once() {
    let folder = Folder::empty();
    let office = folder.open().unwrap();
    assert_eq!(folder.lock().unwrap_err().code, Code::ProfileInUse);
    drop(office);
    folder.open().unwrap();
}

/// The real way in, with a passphrase and its real cost.
#[test]
fn a_passphrase_opens_what_it_closed() {
    struct Knows(&'static str);
    impl kontor_app::AskPassphrase for Knows {
        fn choose(&mut self) -> Option<Passphrase> {
            Some(Passphrase::new(self.0.to_owned()))
        }
        fn enter(&mut self, was_wrong: bool) -> Option<Passphrase> {
            (!was_wrong).then(|| Passphrase::new(self.0.to_owned()))
        }
    }
    let folder = Folder::empty();
    let open = |words: &'static str| {
        let profile = folder.lock()?;
        let key = profile.key(KeySource::Passphrase, &mut Knows(words))?;
        Office::open(profile, &key, Arc::new(Ticking::default()))
    };
    assert_eq!(open("kurz").unwrap_err().code, Code::PassphraseTooShort);
    let office = open("vier Wörter und ein Punkt.").unwrap();
    assert_eq!(ask(&office, "status", &json!({}))["waiting"], 0);
    drop(office);
    assert_eq!(open("vier andere Wörter, falsch").unwrap_err().code, Code::PassphraseNeeded);
    open("vier Wörter und ein Punkt.").unwrap();
    std::fs::remove_file(folder.path("schluessel")).unwrap();
    assert_eq!(open("vier Wörter und ein Punkt.").unwrap_err().code, Code::KeyFileMissing);
}
