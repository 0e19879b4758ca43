//! Search: own entries at once, documents, names; and an index that may be harmed at any time.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use kontor_app::suche::Indexer;
use kontor_app::viewer::Viewer;
use kontor_app::{Code, Office};
use serde_json::{Value, json};

use crate::kreis::{AKTE, ANNA, BERND, EINGANG, GEWERBEAMT, VORGANG};
use crate::profile::{Folder, ask, refused};

/// An open desk whose index has everything.
async fn indexed(folder: &Folder) -> (Arc<Office>, Indexer) {
    let office = Arc::new(folder.open().unwrap());
    // Only texts are read here, and they need no worker.
    let mut indexer = Indexer::begin(Arc::clone(&office), Viewer::new(), Duration::ZERO).unwrap();
    indexer.complete(&office).await;
    (office, indexer)
}

fn find(office: &Office, q: &str) -> Value {
    ask(office, "suche.find", &json!({ "q": q }))
}

/// What hits are called, best first.
fn found(office: &Office, q: &str) -> Vec<String> {
    let answer = find(office, q);
    let hits = answer["hits"].as_array().unwrap();
    hits.iter().map(|hit| text_of(&hit["betreff"])).collect()
}

fn text_of(pieces: &Value) -> String {
    pieces.as_array().unwrap().iter().map(|piece| piece["text"].as_str().unwrap()).collect()
}

fn marked(pieces: &Value) -> Vec<&str> {
    let pieces = pieces.as_array().unwrap().iter().filter(|piece| piece["hit"] == true);
    pieces.map(|piece| piece["text"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn what_the_zentrale_sent_is_found_by_every_way() {
    let folder = Folder::of(ANNA).await;
    let (office, _indexer) = indexed(&folder).await;
    for (q, first) in [
        ("baeckerei gewerbeanmeldung ", "Gewerbeanmeldung Bäckerei"),
        ("Bäckereien gewerbeanmeldungen ", "Gewerbeanmeldung Bäckerei"),
        ("bitte eile ", "Gewerbeanmeldung Bäckerei"),
        ("32.10-2026/0001", "Gewerbeanzeigen 2026"),
        ("2026/0001", "Gewerbeanzeigen 2026"),
        ("nachfr", "Nachfrage zur Bäckerei"),
        ("anker", "Gaststätte Zum Anker"),
    ] {
        assert_eq!(found(&office, q).first().map(String::as_str), Some(first), "{q}");
    }
    let answer = find(&office, "nachfrage");
    let hit = &answer["hits"][0];
    assert_eq!((&hit["kind"], &hit["einheit_name"]), (&json!("eingang"), &json!("Gewerbeamt")));
    assert_eq!(hit["entity"], json!(format!("eingang/{EINGANG}")));
    assert_eq!(marked(&hit["betreff"]), ["Nachfrage"]);
    assert_eq!((&answer["matching"], &answer["mirrored"]), (&json!(1), &json!(2)));
    assert_eq!((&answer["complete"], &answer["indexing"]), (&json!(true), &json!(null)));
    assert_eq!(ask(&office, "status", &json!({}))["indexing"], json!(null));
}

/// Nobody connects here, and nobody waits for the thread either.
#[tokio::test]
async fn what_was_entered_a_moment_ago_is_found_at_once() {
    let folder = Folder::of(ANNA).await;
    let (office, _indexer) = indexed(&folder).await;
    let create = json!({ "einheit": GEWERBEAMT, "betreff": "Straßenfest Müller" });
    let vorgang = ask(&office, "vorgang.create", &create)["vorgang"].clone();
    assert_eq!(found(&office, "strassenfest Mueller"), ["Straßenfest Müller"]);
    ask(&office, "notiz.add", &json!({ "vorgang": vorgang, "text": "Hüpfburg angefragt." }));
    let hit = &find(&office, "huepfburg")["hits"][0];
    assert_eq!(marked(&hit["snippet"]), ["Hüpfburg"]);
    ask(&office, "vorgang.assign", &json!({ "vorgang": vorgang, "person": BERND }));
    ask(&office, "vorgang.file", &json!({ "vorgang": vorgang, "akte": AKTE }));
    assert_eq!(found(&office, "brandt"), ["Straßenfest Müller"]);
    let hit = &find(&office, "brandt")["hits"][0];
    assert_eq!(hit["zuweisung_name"], "Bernd Brandt");
    assert_eq!(hit["aktenzeichen"], "32.10-2026/0001");
    ask(&office, "entry.undo", &json!({}));
    ask(&office, "vorgang.change", &json!({ "vorgang": vorgang, "betreff": "Sommerfest" }));
    assert!(found(&office, "strassenfest").is_empty(), "the old Betreff is gone");
    assert_eq!(found(&office, "sommerfest"), ["Sommerfest"]);
}

/// Even before anything was indexed, and by a program that runs no thread for it.
#[tokio::test]
async fn own_entries_need_no_thread() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    ask(&office, "vorgang.create", &json!({ "einheit": GEWERBEAMT, "betreff": "Reisegewerbe" }));
    assert_eq!(found(&office, "reisegew"), ["Reisegewerbe"]);
    let answer = find(&office, "anker");
    assert_eq!((&answer["complete"], &answer["matching"]), (&json!(false), &json!(0)));
    assert!(answer["indexing"]["all"].as_u64() >= Some(3), "{answer}");
}

#[tokio::test]
async fn a_document_is_found_by_what_it_says() {
    let folder = Folder::of(ANNA).await;
    let (office, mut indexer) = indexed(&folder).await;
    let path = folder.file("vermerk.txt", "Telefonat mit Frau Lennartz über die Räume.".as_bytes());
    let add = json!({ "vorgang": VORGANG, "path": path });
    let added = ask(&office, "schriftstueck.add", &add);
    indexer.complete(&office).await;
    let answer = find(&office, "lennartz raum ");
    let hit = &answer["hits"][0];
    assert_eq!(
        (&hit["kind"], &hit["within"]),
        (&json!("schriftstueck"), &json!("Gewerbeanmeldung Bäckerei"),)
    );
    assert_eq!(hit["entity"], json!(format!("vorgang/{VORGANG}")));
    assert_eq!(hit["schriftstueck"], added["schriftstueck"]);
    assert_eq!(marked(&hit["snippet"]), ["Lennartz", "Räume"]);
    assert_eq!(hit["hash"].as_str().map(str::len), Some(64));
    let only = |kinds: Value| {
        ask(&office, "suche.find", &json!({ "q": "lennartz", "kinds": kinds }))["matching"].clone()
    };
    assert_eq!((only(json!(["schriftstueck"])), only(json!(["akte"]))), (json!(1), json!(0)));
}

/// What cannot be read is found by its name, and the rest goes on.
#[tokio::test]
async fn a_document_that_cannot_be_read_stops_nothing() {
    let folder = Folder::of(ANNA).await;
    let (office, mut indexer) = indexed(&folder).await;
    for (name, bytes) in
        [("kaputt.pdf", b"%PDF-1.7\nkaputt".as_slice()), ("vermerk.txt", b"Ortstermin am Montag.")]
    {
        let path = folder.file(name, bytes);
        ask(&office, "schriftstueck.add", &json!({ "vorgang": VORGANG, "path": path }));
    }
    indexer.complete(&office).await;
    assert_eq!(
        found(&office, "kaputt").first().map(String::as_str),
        Some("Gewerbeanmeldung Bäckerei")
    );
    assert_eq!(
        find(&office, "ortstermin")["complete"],
        json!(false),
        "not everything could be read"
    );
}

#[tokio::test]
async fn the_index_may_be_harmed_or_taken_away() {
    let harms: [fn(&Folder); 4] = [
        |folder| fs::remove_dir_all(folder.path("suche")).unwrap(),
        |folder| {
            for file in fs::read_dir(folder.path("suche")).unwrap() {
                fs::write(file.unwrap().path(), "kein Verzeichnis").unwrap();
            }
        },
        |folder| {
            for file in fs::read_dir(folder.path("suche")).unwrap() {
                let path = file.unwrap().path();
                let mut bytes = fs::read(&path).unwrap();
                let middle = bytes.len() / 2;
                if let Some(byte) = bytes.get_mut(middle) {
                    *byte ^= 1;
                }
                fs::write(path, bytes).unwrap();
            }
        },
        // One file alone, so that the index opens and the damage is met later.
        |folder| {
            let files =
                fs::read_dir(folder.path("suche")).unwrap().map(|file| file.unwrap().path());
            let store = files.into_iter().find(|it| it.extension().is_some_and(|e| e == "store"));
            fs::write(store.unwrap(), vec![7; 4_000]).unwrap();
        },
    ];
    for (at, harm) in harms.into_iter().enumerate() {
        let folder = Folder::of(ANNA).await;
        drop(indexed(&folder).await);
        harm(&folder);
        let (office, _indexer) = indexed(&folder).await;
        assert_eq!(found(&office, "anker"), ["Gaststätte Zum Anker"], "harm {at}");
        assert_eq!(find(&office, "anker")["complete"], json!(true), "harm {at}");
    }
}

/// The other way round: harmed under the feet of an open desk.
#[tokio::test]
async fn the_index_may_be_taken_away_while_the_desk_is_open() {
    let folder = Folder::of(ANNA).await;
    let (office, mut indexer) = indexed(&folder).await;
    fs::remove_dir_all(folder.path("suche")).unwrap();
    ask(&office, "vorgang.create", &json!({ "einheit": GEWERBEAMT, "betreff": "Reisegewerbe" }));
    find(&office, "reisegewerbe");
    indexer.complete(&office).await;
    assert_eq!(found(&office, "reisegewerbe"), ["Reisegewerbe"]);
    assert_eq!(found(&office, "anker"), ["Gaststätte Zum Anker"]);
}

#[tokio::test]
async fn a_desk_that_opens_again_goes_on_with_its_index() {
    let folder = Folder::of(ANNA).await;
    let (office, _) = indexed(&folder).await;
    let path = folder.file("vermerk.txt", b"Ortstermin am Montag.");
    ask(&office, "schriftstueck.add", &json!({ "vorgang": VORGANG, "path": path }));
    drop(office);
    // It ended before the document was read.
    let (office, _indexer) = indexed(&folder).await;
    assert_eq!(found(&office, "ortstermin montag"), ["vermerk"]);
}

#[tokio::test]
async fn nothing_is_found_while_the_desk_is_locked() {
    let folder = Folder::of(ANNA).await;
    let (office, _indexer) = indexed(&folder).await;
    ask(&office, "session.set_pin", &json!({ "new": "271828" }));
    ask(&office, "session.lock", &json!({}));
    assert_eq!(refused(&office, "suche.find", &json!({ "q": "anker" })), Code::Locked);
}

#[tokio::test]
async fn nothing_lies_in_clear() {
    let folder = Folder::of(ANNA).await;
    drop(indexed(&folder).await);
    for file in fs::read_dir(folder.path("suche")).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        for word in ["anker", "Anker", "vorgang", "gewerbe"] {
            let word = word.as_bytes();
            assert!(!bytes.windows(word.len()).any(|part| part == word));
        }
    }
}
