//! What is left when the program dies at a named point: what was acknowledged is there once, what
//! was not is there at most once.

use serde_json::json;

use crate::calls::{Console, folder_with_zentrale};

/// When it dies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dies {
    BeforeStored,
    AfterStored,
    InSync,
}

const POINTS: &[(&str, Dies)] = &[
    ("document.stored", Dies::BeforeStored),
    ("entry.before", Dies::BeforeStored),
    ("entry.stored", Dies::AfterStored),
    ("request.before", Dies::InSync),
    ("answer.received", Dies::InSync),
];

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_or_doubled_wherever_it_dies() {
    let (folder, zentrale) = folder_with_zentrale().await;
    let vorgang = zentrale.demo.vorgaenge["baeckerei"].to_string();
    for (point, dies) in POINTS {
        let anna = Console::new(folder.path().join(format!("anna-{point}")));
        anna.connect(&zentrale, "anna", 0).await;
        let path = folder.path().join(format!("{point}.txt"));
        std::fs::write(&path, format!("Datei zu {point}")).unwrap();
        let payload = json!({ "vorgang": vorgang, "path": path }).to_string();
        let add = ["run", "schriftstueck.add", &payload];
        if *dies == Dies::InSync {
            anna.call(&add, 0).await;
            anna.dies(&["sync", "--once"], point).await;
        } else {
            anna.dies(&add, point).await;
        }
        let stored = *dies != Dies::BeforeStored;

        let waiting = anna.call(&["status"], 0).await["waiting"].as_u64().unwrap();
        assert_eq!(waiting, u64::from(stored), "{point}");
        anna.call(&["sync", "--once"], 0).await;
        let shown = json!({ "vorgang": vorgang }).to_string();
        let shown = anna.call(&["run", "vorgang.show", &shown], 0).await;
        let name = format!("\"{point}.txt\"");
        let times = shown["answer"]["vorgang"].to_string().matches(&name).count();
        assert_eq!(times, usize::from(stored), "{point}");
        anna.call(&["verify"], 0).await;
    }
}
