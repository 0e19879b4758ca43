use std::{collections::VecDeque, fs, sync::Arc};

use keyring_core::{Error, api::CredentialStoreApi, mock};
use tempfile::TempDir;

use super::*;

const PASSPHRASE: &str = "Bürger fragen, Anna weiß Rat";

/// Answers in the order given, and none after that.
#[derive(Default)]
struct Answers {
    answers: VecDeque<&'static str>,
    asked: Vec<&'static str>,
}

impl Answers {
    fn answering(answers: &[&'static str]) -> Self {
        Self { answers: answers.iter().copied().collect(), asked: Vec::new() }
    }

    fn answer(&mut self, question: &'static str) -> Option<Passphrase> {
        self.asked.push(question);
        self.answers.pop_front().map(|text| Passphrase::new(text.to_owned()))
    }
}

impl AskPassphrase for Answers {
    fn choose(&mut self) -> Option<Passphrase> {
        self.answer("choose")
    }

    fn enter(&mut self, was_wrong: bool) -> Option<Passphrase> {
        self.answer(if was_wrong { "enter again" } else { "enter" })
    }
}

fn profile() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn no_key_store() -> Result<KeyStore, KeyError> {
    Err(KeyError::NoKeyStore(Error::NoDefaultStore))
}

fn by_passphrase(dir: &TempDir, answers: &mut Answers) -> Result<DataKey, KeyError> {
    open_or_create_with(dir.path(), KeySource::Passphrase, answers, &|| unreachable!())
}

/// Opens with the key store `store`; a passphrase is never asked for.
fn by_key_store(dir: &TempDir, store: &Arc<mock::Store>) -> Result<DataKey, KeyError> {
    let mut answers = Answers::default();
    let found = || Ok(KeyStore::of_test(store.clone()));
    let key = open_or_create_with(dir.path(), KeySource::KeyStore, &mut answers, &found);
    assert!(answers.asked.is_empty());
    key
}

/// The credential the profile's key lies in.
fn credential(dir: &TempDir, store: &Arc<mock::Store>) -> keyring_core::Entry {
    let Some(Custody::KeyStore { name }) = file::read(dir.path()).unwrap() else { unreachable!() };
    store.build("Kontor", &name, None).unwrap()
}

fn key_file(dir: &TempDir) -> std::path::PathBuf {
    dir.path().join("schluessel")
}

#[test]
fn a_key_store_keeps_one_key_per_profile() {
    let store = mock::Store::new().unwrap();
    let (anna, bernd) = (profile(), profile());
    let key = by_key_store(&anna, &store).unwrap();
    assert_eq!(by_key_store(&anna, &store).unwrap(), key);
    assert_ne!(by_key_store(&bernd, &store).unwrap(), key);
}

#[test]
fn the_key_file_of_a_key_store_holds_no_key() {
    let store = mock::Store::new().unwrap();
    let dir = profile();
    let key = by_key_store(&dir, &store).unwrap();
    let hex = serde_json::to_string(&hex::HexBytes(*key.expose())).unwrap();
    let text = fs::read_to_string(key_file(&dir)).unwrap();
    assert!(text.contains("key-store") && !text.contains(hex.trim_matches('"')));
}

#[test]
fn a_passphrase_opens_what_it_sealed() {
    let dir = profile();
    let mut answers = Answers::answering(&[PASSPHRASE, PASSPHRASE]);
    let key = by_passphrase(&dir, &mut answers).unwrap();
    assert_eq!(by_passphrase(&dir, &mut answers).unwrap(), key);
    assert_eq!(answers.asked, ["choose", "enter"]);
}

#[test]
fn a_person_may_mistype_twice() {
    let dir = profile();
    let key = by_passphrase(&dir, &mut Answers::answering(&[PASSPHRASE])).unwrap();

    let mut answers = Answers::answering(&["falsch", "auch falsch", PASSPHRASE]);
    assert_eq!(by_passphrase(&dir, &mut answers).unwrap(), key);
    assert_eq!(answers.asked, ["enter", "enter again", "enter again"]);

    let mut answers = Answers::answering(&["a", "b", "c", PASSPHRASE]);
    let error = by_passphrase(&dir, &mut answers).unwrap_err();
    assert!(matches!(error, KeyError::WrongPassphrase), "{error:?}");
}

#[test]
fn without_a_passphrase_nothing_is_made() {
    for (answers, short) in [(&[][..], false), (&["zu kurz"][..], true), (&["elf Zeichen"], true)] {
        let dir = profile();
        let error = by_passphrase(&dir, &mut Answers::answering(answers)).unwrap_err();
        match error {
            KeyError::PassphraseTooShort { min_chars: 12 } => assert!(short),
            error => assert!(matches!(error, KeyError::PassphraseNeeded) && !short, "{error:?}"),
        }
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }
}

#[test]
fn automatic_takes_the_key_store_and_otherwise_asks() {
    let store = mock::Store::new().unwrap();
    let with = profile();
    let found = || Ok(KeyStore::of_test(store.clone()));
    let mut nobody = Answers::default();
    open_or_create_with(with.path(), KeySource::Automatic, &mut nobody, &found).unwrap();

    let without = profile();
    let mut answers = Answers::answering(&[PASSPHRASE]);
    open_or_create_with(without.path(), KeySource::Automatic, &mut answers, &no_key_store).unwrap();
    assert_eq!(answers.asked, ["choose"]);
}

#[test]
fn a_locked_key_store_is_not_replaced_by_a_passphrase() {
    let dir = profile();
    let locked = || Err(KeyError::KeyStoreLocked(Error::NoStorageAccess("zu".into())));
    let mut answers = Answers::answering(&[PASSPHRASE]);
    let error =
        open_or_create_with(dir.path(), KeySource::Automatic, &mut answers, &locked).unwrap_err();
    assert!(matches!(error, KeyError::KeyStoreLocked(_)), "{error:?}");
    assert!(answers.asked.is_empty());
}

#[test]
fn the_file_decides_whatever_the_source() {
    let dir = profile();
    let key = by_passphrase(&dir, &mut Answers::answering(&[PASSPHRASE])).unwrap();
    let mut answers = Answers::answering(&[PASSPHRASE]);
    let opened = open_or_create_with(dir.path(), KeySource::KeyStore, &mut answers, &no_key_store);
    assert_eq!(opened.unwrap(), key);
}

#[test]
fn no_key_is_made_where_there_is_data() {
    for data in ["work.db", "work.db-wal", "WORK.DB", "mirror.db", "dokumente"] {
        let dir = profile();
        fs::write(dir.path().join(data), b"").unwrap();
        let store = mock::Store::new().unwrap();
        let error = by_key_store(&dir, &store).unwrap_err();
        assert!(matches!(error, KeyError::FileMissing), "{data}: {error:?}");
        let error = by_passphrase(&dir, &mut Answers::answering(&[PASSPHRASE])).unwrap_err();
        assert!(matches!(error, KeyError::FileMissing), "{data}: {error:?}");
        assert!(!key_file(&dir).exists());
    }
    let dir = profile();
    fs::write(dir.path().join("profil.lock"), b"").unwrap();
    by_passphrase(&dir, &mut Answers::answering(&[PASSPHRASE])).unwrap();
}

#[test]
fn a_key_gone_from_the_key_store_is_not_made_anew() {
    let store = mock::Store::new().unwrap();
    let dir = profile();
    by_key_store(&dir, &store).unwrap();
    credential(&dir, &store).delete_credential().unwrap();
    let error = by_key_store(&dir, &store).unwrap_err();
    assert!(matches!(error, KeyError::KeyMissing { .. }), "{error:?}");
}

#[test]
fn locked_failing_and_garbled_key_stores_are_told_apart() {
    let store = mock::Store::new().unwrap();
    let dir = profile();
    let key = by_key_store(&dir, &store).unwrap();
    let credential = credential(&dir, &store);
    let mock: &mock::Cred = credential.as_any().downcast_ref().unwrap();

    mock.set_error(Error::NoStorageAccess("gesperrt".into()));
    let error = by_key_store(&dir, &store).unwrap_err();
    assert!(matches!(error, KeyError::KeyStoreLocked(_)), "{error:?}");

    mock.set_error(Error::PlatformFailure("kaputt".into()));
    let error = by_key_store(&dir, &store).unwrap_err();
    assert!(matches!(error, KeyError::KeyStoreFailed(_)), "{error:?}");

    assert_eq!(by_key_store(&dir, &store).unwrap(), key, "both pass");

    credential.set_secret(b"kurz").unwrap();
    let error = by_key_store(&dir, &store).unwrap_err();
    assert!(matches!(error, KeyError::Damaged { .. }), "{error:?}");
}

/// Accidents are not blamed on the person: any changed digit or letter is damage or a newer
/// version, never a wrong passphrase.
#[test]
fn a_damaged_key_file_is_not_a_wrong_passphrase() {
    let dir = profile();
    by_passphrase(&dir, &mut Answers::answering(&[PASSPHRASE])).unwrap();
    let whole = fs::read(key_file(&dir)).unwrap();
    let marks = (0..whole.len()).filter(|&at| whole[at].is_ascii_alphanumeric());
    for at in marks {
        let mut text = whole.clone();
        text[at] = if text[at] == b'7' { b'8' } else { b'7' };
        fs::write(key_file(&dir), &text).unwrap();
        let error = by_passphrase(&dir, &mut Answers::default()).unwrap_err();
        assert!(
            matches!(error, KeyError::Damaged { .. } | KeyError::TooNew { .. }),
            "byte {at}: {error:?}"
        );
    }
    for cut in [0, 1, whole.len() / 2, whole.len() - 3] {
        fs::write(key_file(&dir), &whole[..cut]).unwrap();
        let error = by_passphrase(&dir, &mut Answers::default()).unwrap_err();
        assert!(matches!(error, KeyError::Damaged { .. }), "cut {cut}: {error:?}");
    }
}

#[test]
fn hostile_key_files_are_refused_without_work() {
    let dir = profile();
    by_passphrase(&dir, &mut Answers::answering(&[PASSPHRASE])).unwrap();
    let Some(Custody::Passphrase(sealed)) = file::read(dir.path()).unwrap() else { unreachable!() };
    let text = serde_json::to_string(&sealed).unwrap();
    for (modest, greedy) in [
        ("\"memory_kib\":65536", "\"memory_kib\":4294967295"),
        ("\"passes\":3", "\"passes\":4000000000"),
        ("\"lanes\":1", "\"lanes\":16777215"),
        ("\"lanes\":1", "\"lanes\":0"),
    ] {
        assert!(text.contains(modest));
        let greedy = serde_json::from_str(&text.replace(modest, greedy)).unwrap();
        let error = passphrase::unseal(&greedy, &mut Answers::answering(&["x"])).unwrap_err();
        assert!(matches!(error, KeyError::Damaged { .. }), "{error:?}");
    }
    for content in ["[".repeat(200_000), " ".repeat(1 << 20), "null".to_owned()] {
        fs::write(key_file(&dir), content).unwrap();
        let error = by_passphrase(&dir, &mut Answers::default()).unwrap_err();
        assert!(matches!(error, KeyError::Damaged { .. }), "{error:?}");
    }
}

#[test]
fn a_newer_key_file_is_refused_by_version() {
    let dir = profile();
    let text = r#"{"format":"kontor-schluessel","version":2,"content":{"custody":"chipkarte"}}"#;
    fs::write(key_file(&dir), text).unwrap();
    let error = by_passphrase(&dir, &mut Answers::default()).unwrap_err();
    assert!(matches!(error, KeyError::TooNew { found: 2, known: 1 }), "{error:?}");
}

/// Files of today must open tomorrow.
#[test]
fn a_key_file_of_version_1_opens() {
    let dir = profile();
    fs::write(key_file(&dir), include_str!("version_1.json")).unwrap();
    let key = by_passphrase(&dir, &mut Answers::answering(&[PASSPHRASE])).unwrap();
    assert_eq!(key, DataKey::from_bytes([0xa7; 32]));
}

#[test]
fn an_unfinished_key_file_does_not_stand_in_the_way() {
    let dir = profile();
    fs::write(dir.path().join("schluessel.neu"), b"halb").unwrap();
    by_passphrase(&dir, &mut Answers::answering(&[PASSPHRASE])).unwrap();
    assert!(!dir.path().join("schluessel.neu").exists());
}

#[cfg(unix)]
#[test]
fn the_key_file_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let dir = profile();
    by_passphrase(&dir, &mut Answers::answering(&[PASSPHRASE])).unwrap();
    assert_eq!(fs::metadata(key_file(&dir)).unwrap().permissions().mode() & 0o777, 0o600);
}
