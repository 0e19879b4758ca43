//! A working day that anybody can play: two workstations, a Zentrale, a lost network, a crash in the
//! middle of a write, two people who contradict each other. Real programs, real files; it stops with
//! an error at the first thing that is not as promised.

#![expect(clippy::indexing_slicing, reason = "a field that JSON lacks reads as null")]

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use kontor_tests::black_box::{Desk, Zentrale, done, scene};
use serde_json::json;

fn main() -> Result<()> {
    let folder = tempfile::Builder::new().prefix("kontor-story-").tempdir()?;
    play(folder.path())?;
    println!("\nAlles ist einmal da, unverändert, und nichts wurde still überschrieben.");
    Ok(())
}

fn play(folder: &Path) -> Result<()> {
    scene("Die Zentrale beginnt mit Beispieldaten.");
    let mut zentrale = Zentrale::start(&folder.join("zentrale"))?;
    done(&format!("erreichbar unter {}", zentrale.url()));
    let anna = Desk::connect(&folder.join("anna"), &zentrale, "anna")?;
    let bernd = Desk::connect(&folder.join("bernd"), &zentrale, "bernd")?;
    let vorgang = zentrale.vorgang("anker")?;
    bernd.run("vorgang.assign", &json!({ "vorgang": vorgang, "person": null }))?;
    bernd.sync()?;
    anna.sync()?;
    ensure!(anna.vorgang(&vorgang)? == bernd.vorgang(&vorgang)?, "two desks see two things");
    done("Anna und Bernd sehen denselben Vorgang; niemand hat ihn");

    scene("Das Netz fällt aus. Beide arbeiten weiter.");
    zentrale.stop()?;
    anna.is_offline()?;
    let pdf = application()?;
    anna.run("schriftstueck.add", &json!({ "vorgang": vorgang, "path": pdf }))?;
    anna.run("notiz.add", &json!({ "vorgang": vorgang, "text": "Antrag ist vollständig bis auf die IHK-Bescheinigung." }))?;
    done("Anna: ein echtes PDF und eine Notiz");
    bernd.run("wiedervorlage.add", &json!({ "vorgang": vorgang, "am": "2026-12-08", "grund": "IHK-Bescheinigung nachfordern" }))?;
    done("Bernd: eine Wiedervorlage");
    anna.run("vorgang.assign", &json!({ "vorgang": vorgang, "person": anna.person() }))?;
    bernd.run("vorgang.assign", &json!({ "vorgang": vorgang, "person": bernd.person() }))?;
    done("Anna weist ihn sich selbst zu, Bernd sich – beide wissen nichts voneinander");

    scene("Annas Rechner stürzt mitten im Schreiben ab.");
    let written = anna.is_killed_while_writing(&vorgang, &folder.join("plan.bin"))?;
    done(&format!("kill -9, nachdem {written} Bytes eines großen Dokuments auf der Platte lagen"));
    let verdict = anna.verify()?;
    ensure!(verdict.success, "after the crash: {}", verdict.text);
    done("nach dem Neustart ist alles lesbar, das halbe Dokument ist spurlos weg");
    anna.run(
        "notiz.add",
        &json!({ "vorgang": vorgang, "text": "Nach dem Absturz geht es weiter." }),
    )?;

    scene("Das Netz ist wieder da.");
    zentrale.start_again()?;
    anna.sync()?;
    bernd.sync()?;
    anna.sync()?;
    for desk in [&anna, &bernd] {
        desk.holds_everything_once(&vorgang, &pdf, folder)?;
    }
    done("jeder Eintrag ist auf beiden Arbeitsplätzen genau einmal da, das PDF Byte für Byte");
    ensure!(anna.vorgang(&vorgang)? == bernd.vorgang(&vorgang)?, "two desks see two things");

    scene("Der Widerspruch steht da, mit beiden Fassungen.");
    let conflict = anna.conflict(&vorgang)?;
    done(&conflict.sentence(&anna, &bernd)?);
    anna.run(
        "conflict.resolve",
        &json!({
            "entity": format!("vorgang/{vorgang}"),
            "conflict": conflict.id,
            "choices": { "zuweisung": "mine" },
        }),
    )?;
    anna.sync()?;
    bernd.sync()?;
    ensure!(anna.vorgang(&vorgang)? == bernd.vorgang(&vorgang)?, "two desks see two things");
    ensure!(bernd.vorgang(&vorgang)?["zuweisung"] == json!(bernd.person()), "nobody decided");
    done("ein Mensch hat entschieden, beide sehen dasselbe");

    scene("Ein Prüfer sieht nach.");
    for desk in [&anna, &bernd] {
        let verdict = desk.verify()?;
        ensure!(verdict.success, "{}", verdict.text);
    }
    zentrale.stop()?;
    done(&zentrale.verify()?);
    Ok(())
}

/// The application on paper that a citizen handed in.
fn application() -> Result<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("no checkout")?;
    let pdf = root.join("assets/demo/antrag-gaststaette.pdf");
    ensure!(pdf.is_file(), "{} is missing", pdf.display());
    Ok(pdf)
}
