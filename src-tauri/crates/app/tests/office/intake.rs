//! Files of any kind, size and name: taken in or refused, each with a sentence, all or none.

use std::fs;
use std::path::PathBuf;

use kontor_app::{Code, Office};
use serde_json::{Value, json};

use crate::kreis::{ANNA, EINGANG, VORGANG};
use crate::profile::{Folder, ask, refused};

fn add_all(office: &Office, paths: &[&PathBuf]) -> Value {
    let files: Vec<Value> = paths.iter().map(|path| json!({ "path": path })).collect();
    ask(office, "schriftstueck.add_all", &json!({ "vorgang": VORGANG, "files": files }))
}

/// The codes of what was refused, by the names people see.
fn codes(answer: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let refused = answer["refused"].as_array().unwrap().iter();
    refused.map(|it| (text(&it["name"]), text(&it["problem"]["code"]))).collect()
}

fn schriftstuecke(office: &Office) -> usize {
    let shown = ask(office, "vorgang.show", &json!({ "vorgang": VORGANG }));
    shown["vorgang"]["schriftstuecke"].as_array().unwrap().len()
}

#[tokio::test]
async fn several_files_come_in_together() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let one = folder.file("Lageplan.pdf", b"%PDF-1.7\n% eins\n");
    let two = folder.file("Foto Küche.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    let files = json!([{ "path": one }, { "path": two, "betreff": "Küche von Norden" }]);
    let asked = json!({ "vorgang": VORGANG, "files": files });
    let taken = ask(&office, "schriftstueck.add_all", &asked);
    assert_eq!((taken["added"].as_array().unwrap().len(), &taken["refused"]), (2, &json!([])));
    assert_eq!(taken["added"][0]["forecast"]["outlook"], "fine");
    let shown = ask(&office, "vorgang.show", &json!({ "vorgang": VORGANG }));
    let all = shown["vorgang"]["schriftstuecke"].as_array().unwrap();
    let names: Vec<_> = all.iter().map(|it| it["betreff"].as_str().unwrap()).collect();
    assert_eq!(names, ["Küche von Norden", "Lageplan"]);
    assert_eq!(shown["absent"], json!([]));
}

#[tokio::test]
async fn one_that_does_not_fit_keeps_all_out_and_each_says_why() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let good = folder.file("gut.pdf", b"%PDF-1.7\n");
    let copy = folder.file("kopie.pdf", b"%PDF-1.7\n");
    let empty = folder.file("leer.pdf", b"");
    let program = folder.file("Antrag.pdf", b"MZ\x90\0\x03\0\0\0");
    let turned = folder.file("Antrag\u{202E}fdp.exe", b"%PDF-1.7\n% gedreht\n");
    let huge = folder.path("riesig.bin");
    fs::File::create(&huge).unwrap().set_len(1 << 40).unwrap();
    let missing = folder.path("fehlt.pdf");
    let up = folder.path("unten").join("..");
    fs::create_dir(folder.path("unten")).unwrap();
    let dir = folder.path("unten");
    let all = [&good, &copy, &empty, &program, &turned, &huge, &missing, &dir, &up, &good];
    let taken = add_all(&office, &all);
    let expect = [
        ("kopie.pdf", "file_twice"),
        ("leer.pdf", "file_empty"),
        ("Antrag.pdf", "file_is_program"),
        ("Antrag\u{FFFD}fdp.exe", "file_name_unfit"),
        ("riesig.bin", "document_too_large"),
        ("fehlt.pdf", "file_unreadable"),
        ("unten", "file_is_folder"),
        ("", "file_name_unfit"),
        ("gut.pdf", "file_twice"),
    ];
    let codes = codes(&taken);
    assert_eq!(codes, expect.map(|(name, code)| (name.to_owned(), code.to_owned())));
    assert_eq!(taken["added"], json!([]));
    assert_eq!(
        (schriftstuecke(&office), ask(&office, "status", &json!({}))["waiting"].clone()),
        (0, json!(0))
    );
    // Not one byte was kept.
    let shelves = fs::read_dir(folder.path("dokumente")).unwrap().filter_map(Result::ok);
    assert_eq!(shelves.map(|it| it.file_name()).collect::<Vec<_>>(), ["unfertig"]);
    add_all(&office, &[&good]);
    assert_eq!(schriftstuecke(&office), 1);
}

#[cfg(unix)]
#[tokio::test]
async fn neither_links_nor_pipes_are_followed() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let good = folder.file("geheim.pdf", b"%PDF-1.7\n");
    let link = folder.path("verweis.pdf");
    std::os::unix::fs::symlink(&good, &link).unwrap();
    let socket = folder.path("buchse");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let codes = codes(&add_all(&office, &[&link, &socket]));
    let expect = [("verweis.pdf", "file_is_link"), ("buchse", "file_unfit")];
    assert_eq!(codes, expect.map(|(name, code)| (name.to_owned(), code.to_owned())));
}

#[tokio::test]
async fn what_lies_there_already_is_not_taken_in_again() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let path = folder.file("Lageplan.pdf", b"%PDF-1.7\n");
    add_all(&office, &[&path]);
    let again = folder.file("Lageplan (1).pdf", b"%PDF-1.7\n");
    let taken = add_all(&office, &[&again]);
    assert_eq!(
        taken["refused"][0]["problem"]["sentence"],
        "Genau diese Datei liegt schon als „Lageplan“ in diesem Vorgang."
    );
    assert_eq!(schriftstuecke(&office), 1);
}

#[tokio::test]
async fn files_are_looked_at_before_they_are_taken_in() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let good = folder.file("Grundriss.txt", "Küche\n".as_bytes());
    let empty = folder.file("leer.pdf", b"");
    let asked = json!({ "vorgang": VORGANG, "paths": [good, empty, good] });
    let looked = ask(&office, "schriftstueck.look", &asked);
    let [first, second, third] = looked["files"].as_array().unwrap().as_slice() else { panic!() };
    assert_eq!(
        (&first["betreff"], &first["medientyp"], &first["size_bytes"], &first["problem"]),
        (&json!("Grundriss"), &json!("text/plain"), &json!(7), &json!(null))
    );
    assert_eq!(second["problem"]["sentence"], "Die Datei ist leer.");
    assert_eq!(third["problem"]["code"], "file_twice");
    assert_eq!(schriftstuecke(&office), 0);
}

#[tokio::test]
async fn too_many_or_into_nothing_is_refused_as_a_whole() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let path = folder.file("gut.pdf", b"%PDF-1.7\n");
    let many: Vec<Value> = (0..101).map(|_| json!({ "path": path })).collect();
    let asked = json!({ "vorgang": VORGANG, "files": many });
    assert_eq!(refused(&office, "schriftstueck.add_all", &asked), Code::FilesTooMany);
    let asked = json!({ "vorgang": EINGANG, "files": [{ "path": path }] });
    assert_eq!(refused(&office, "schriftstueck.add_all", &asked), Code::Unknown);
}
