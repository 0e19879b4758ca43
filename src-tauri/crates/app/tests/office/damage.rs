//! Files that are damaged: what exists nowhere else is never touched, the rest is begun anew.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use kontor_app::check::{self, Verdict};
use kontor_app::salvage::salvage;
use kontor_app::{Code, DataKey, Office, SystemWorld, commands};
use serde_json::json;

use crate::kreis::{ANNA, CONTESTED, GEWERBEAMT, VORGANG};
use crate::profile::{Folder, ask, key};

/// Flips bytes in the middle of a page.
fn damage(path: &Path, page: u64) {
    let mut file = File::options().read(true).write(true).open(path).unwrap();
    file.seek(SeekFrom::Start(page * 4096 + 1_000)).unwrap();
    file.write_all(&[0xAA; 64]).unwrap();
}

/// Anna's folder with a note that waits.
async fn with_a_note() -> Folder {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    ask(&office, "notiz.add", &json!({ "vorgang": VORGANG, "text": "Wartet noch." }));
    folder
}

#[tokio::test]
async fn a_damaged_mirror_is_begun_anew_and_the_note_waits() {
    for spoil in [
        (|path| damage(path, 0)) as fn(&Path),
        |path| fs::write(path, "kein Kontor").unwrap(),
        |path| fs::write(path, vec![7; 40_960]).unwrap(),
    ] {
        let folder = with_a_note().await;
        spoil(&folder.path("mirror.db"));
        let office = folder.open().unwrap();
        assert!(office.mirror_was_rebuilt());
        let status = ask(&office, "status", &json!({}));
        assert_eq!((&status["waiting"], &status["vorgaenge"]), (&json!(1), &json!(0)));
        assert_eq!(status["notices"], 1);
        let listed = ask(&office, "notice.list", &json!({}));
        let notice = &listed["notices"][0];
        assert_eq!(notice["kind"], "mirror_rebuilt");
        ask(&office, "notice.dismiss", &json!({ "notice": notice["notice"] }));
        assert_eq!(ask(&office, "status", &json!({}))["notices"], 0);
        // The thing it is about is gone for now; what was written is not.
        let entries = ask(&office, "entry.list", &json!({ "open_only": true }));
        let shown = ask(&office, "entry.show", &json!({ "entry": entries["entries"][0]["entry"] }));
        assert_eq!(shown["content"], json!([{ "label": "Notiz", "text": "Wartet noch." }]));
        assert_eq!(shown["here"], false);
        drop(office);
        assert!(!folder.open().unwrap().mirror_was_rebuilt());
    }
}

#[tokio::test]
async fn damage_met_while_working_is_healed() {
    let folder = with_a_note().await;
    let pages = fs::metadata(folder.path("mirror.db")).unwrap().len() / 4096;
    for page in 1..pages {
        damage(&folder.path("mirror.db"), page);
    }
    let office = folder.open().unwrap();
    // Whether opening or the first look met it: the list is empty, and nothing was lost.
    let listed = ask(&office, "vorgang.list", &json!({}));
    assert_eq!(listed["mirrored"], 0);
    assert_eq!(ask(&office, "status", &json!({}))["waiting"], 1);
    let findings = check::verify(&office).await.unwrap();
    let bad = findings.iter().filter(|finding| finding.verdict == Verdict::Bad);
    assert_eq!(bad.count(), 0, "{findings:?}");
}

/// Whatever happens to the mirror while somebody works: it is begun anew, they are told so, and what
/// they entered before waits.
#[tokio::test]
async fn damage_under_an_open_desk_is_healed() {
    let everything = |path: &Path| {
        for page in 0..fs::metadata(path).unwrap().len() / 4096 {
            damage(path, page);
        }
    };
    let spoils: [fn(&Path); 4] = [
        everything,
        |path| File::options().write(true).open(path).unwrap().set_len(0).unwrap(),
        |path| File::options().write(true).open(path).unwrap().set_len(8_192).unwrap(),
        |path| fs::write(path, vec![7; 400_960]).unwrap(),
    ];
    let mut met = 0;
    for (at, spoil) in spoils.into_iter().enumerate() {
        let folder = with_a_note().await;
        let office = folder.open_with(std::sync::Arc::new(SystemWorld)).unwrap();
        spoil(&folder.path("mirror.db"));
        // Of another Vorgang than the note: this one has to be read first.
        let note = json!({ "vorgang": CONTESTED, "text": "Noch eine." });
        let entered = match commands::run(&office, "notiz.add", &note) {
            // What is read was still in memory.
            Ok(_) => 2,
            Err(error) => {
                assert_eq!(error.code, Code::MirrorDamaged, "spoil {at}");
                met += 1;
                // From now on it is simply not here yet.
                let code = commands::run(&office, "notiz.add", &note).unwrap_err().code;
                assert_eq!(code, Code::Unknown, "spoil {at}");
                1
            }
        };
        assert_eq!(ask(&office, "status", &json!({}))["waiting"], entered, "spoil {at}");
        // New things can be begun all the same.
        let begin = json!({ "betreff": "Neu", "einheit": GEWERBEAMT });
        commands::run(&office, "vorgang.create", &begin).unwrap();
        drop(office);
        let office = folder.open().unwrap();
        assert_eq!(ask(&office, "status", &json!({}))["waiting"], entered + 1, "spoil {at}");
    }
    assert!(met >= 2, "only {met} were met");
}

#[tokio::test]
async fn a_damaged_work_db_stops_and_stays_as_it_is() {
    for page in [0, 1] {
        let folder = with_a_note().await;
        let path = folder.path("work.db");
        damage(&path, page);
        let before = fs::read(&path).unwrap();
        let code = match folder.open() {
            Ok(_) => panic!("page {page} was not missed"),
            Err(error) => error.code,
        };
        assert_eq!(code, Code::WorkDamaged, "page {page}");
        assert!(code.hint().contains("kontorctl salvage"));
        assert_eq!(fs::read(&path).unwrap(), before, "page {page}");
        // A good mirror is not taken for the culprit.
        assert!(folder.path("mirror.db").exists());
    }
}

#[tokio::test]
async fn another_key_opens_nothing_and_changes_nothing() {
    let folder = with_a_note().await;
    let before = fs::read(folder.path("work.db")).unwrap();
    let other = DataKey::from_bytes([6; 32]);
    let opened = Office::open(folder.lock().unwrap(), &other, std::sync::Arc::new(SystemWorld));
    assert_eq!(opened.unwrap_err().code, Code::WorkForeign);
    assert_eq!(fs::read(folder.path("work.db")).unwrap(), before);
    assert!(folder.path("mirror.db").exists());
}

#[tokio::test]
async fn salvage_saves_entries_and_documents_and_touches_nothing() {
    let folder = with_a_note().await;
    let office = folder.open().unwrap();
    let path = folder.file("antrag.pdf", b"%PDF-1.7\nAntrag");
    let added = ask(&office, "schriftstueck.add", &json!({ "vorgang": VORGANG, "path": path }));
    ask(&office, "draft.keep", &json!({ "name": "notiz", "body": "halb" }));
    drop(office);
    damage(&folder.path("work.db"), 0);
    let before = fs::read(folder.path("work.db")).unwrap();

    let target = folder.path("gerettet");
    let profile = folder.lock().unwrap();
    let salvaged = salvage(&profile, &key(), &target).unwrap();
    assert_eq!((salvaged.entries, salvaged.waiting, salvaged.entries_lost), (2, 2, 0));
    assert_eq!((salvaged.drafts, salvaged.documents, salvaged.documents_lost), (1, 1, 0));
    assert_eq!(salvaged.work, None);
    let entries = fs::read_to_string(target.join("eintraege.jsonl")).unwrap();
    assert!(entries.lines().next().unwrap().contains("Wartet noch."));
    let hash = added["hashes"][0].as_str().unwrap();
    let mut saved = String::new();
    File::open(target.join("dokumente").join(hash)).unwrap().read_to_string(&mut saved).unwrap();
    assert_eq!(saved, "%PDF-1.7\nAntrag");
    assert_eq!(fs::read(folder.path("work.db")).unwrap(), before);
    let again = salvage(&profile, &key(), &target).unwrap_err();
    assert_eq!(again.code, Code::SalvageInTheWay);
}

#[tokio::test]
async fn a_damaged_document_is_told_and_not_given_out() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let path = folder.file("antrag.pdf", &vec![b'x'; 100_000]);
    let added = ask(&office, "schriftstueck.add", &json!({ "vorgang": VORGANG, "path": path }));
    let hash = added["hashes"][0].as_str().unwrap().to_owned();
    let stored = folder.path("dokumente").join(&hash[..2]).join(&hash);
    let mut bytes = fs::read(&stored).unwrap();
    bytes[200] ^= 1;
    fs::write(&stored, bytes).unwrap();

    let copy = folder.path("Kopie.pdf");
    let export =
        json!({ "vorgang": VORGANG, "schriftstueck": added["schriftstueck"], "path": copy });
    let error = kontor_app::commands::run(&office, "schriftstueck.export", &export).unwrap_err();
    assert_eq!(error.code, Code::DocumentDamaged);
    assert!(!copy.exists());
    let findings = check::verify(&office).await.unwrap();
    let bad: Vec<_> = findings.iter().filter(|f| f.verdict == Verdict::Bad).collect();
    assert_eq!(bad.iter().map(|finding| finding.check).collect::<Vec<_>>(), ["documents"]);
}
