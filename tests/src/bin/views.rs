//! Pictures of every view of the real window: two sizes, light and dark, and everything twice as large.
//!
//!     cargo run -p kontor-tests --bin views -- FOLDER
//!
//! Stops where something would have to be scrolled sideways. Whether it looks right, a person has to say.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use kontor_tests::black_box::{done, scene};
use kontor_tests::window::{Kreis, Screen, Window};
use serde_json::{Value, json};

/// How the window stands: width, height, theme, percent.
const STANDS: &[(u32, u32, &str, u32)] = &[
    (1280, 720, "light", 200),
    (1280, 720, "light", 100),
    (1280, 720, "dark", 100),
    (1920, 1080, "light", 100),
    (1920, 1080, "dark", 100),
];

/// Name, place, keys pressed there, what is to be seen then: a selector and a text.
type View = (&'static str, &'static str, &'static [&'static str], &'static str, &'static str);

const VIEWS: &[View] = &[
    ("eingang", "#/eingang", &[], "main [role=option]", ""),
    ("eingang-offen", "#/eingang", &["J", "Enter"], "[aria-label=Arbeitsbereich] h2", ""),
    ("vorgaenge", "#/vorgaenge", &[], "main [role=option]", ""),
    ("vorgang", VORGANG, &[], "[role=tabpanel]", ""),
    ("schriftstuecke", VORGANG, &["D"], "[role=tab][aria-selected=true]", "Schriftstücke"),
    ("fristen", "vorgang/fristen", &[], "[role=tab][aria-selected=true]", "Fristen"),
    ("verlauf", "vorgang/verlauf", &[], "[role=tab][aria-selected=true]", "Verlauf"),
    ("dokument", "vorgang/ansicht", &["F11"], SHEET, ""),
    ("notiz", VORGANG, &["N"], "form h3", ""),
    ("wiedervorlage", VORGANG, &["W"], "form h3", ""),
    ("weitergeben", VORGANG, &["Z"], "form h3", ""),
    ("ablegen", VORGANG, &["A"], "form h3", ""),
    ("tabelle", "#/vorgaenge?tabelle=1&wessen=alle", &[], "main [role=gridcell]", ""),
    ("wiedervorlagen", "#/wiedervorlagen", &[], "main [role=option]", ""),
    ("akten", "#/akten", &[], "main [role=treeitem]", ""),
    ("suche", "#/suche?text=gewerbe", &[], "main [role=option]", ""),
    ("suche-leer", "#/suche", &[], "h1", "Suche"),
    ("wartet", "#/wartet", &[], "h1", "wartet"),
    ("einstellungen", "#/einstellungen", &[], "h1", "Einstellungen"),
    ("befehle", "#/eingang", &["Strg+K"], "dialog", ""),
    ("tasten", "#/eingang", &["?"], "dialog", ""),
];

/// Stands for the place of the Vorgang that is looked at, with what of it behind.
const VORGANG: &str = "vorgang";
const SHEET: &str = "[aria-label^='Seite 1'] .sheet img";

#[tokio::main]
async fn main() -> Result<()> {
    let pictures: PathBuf = std::env::args_os().nth(1).context("usage: views FOLDER")?.into();
    std::fs::create_dir_all(&pictures)?;
    let folder = tempfile::tempdir()?;
    let kreis = Kreis::set_up(folder.path())?;
    let profile = kreis.folder().to_string_lossy().into_owned();
    let words = ["--profile", &profile, "--person", kreis.person("anna")?];
    for &(width, height, theme, percent) in STANDS {
        scene(&format!("{width} × {height}, {theme}, {percent} %"));
        let screen = Screen::start(width, height)?;
        let window = Window::open(&screen, &words).await?;
        window.until("footer", "Alles übertragen").await?;
        window.resize(width, height).await?;
        stand(&window, theme, percent).await?;
        let vorgang = some_vorgang(&window).await?;
        for view in VIEWS {
            let path = pictures.join(format!("{width}-{theme}-{percent}-{}.png", view.0));
            picture(&window, view, &vorgang, &path).await?;
            fits(&window, view.0).await?;
        }
        done(&format!("{} Ansichten, keine breiter als das Fenster", VIEWS.len()));
        window.close().await?;
    }
    Ok(())
}

/// Sets how everything looks, as the settings do, and begins anew with it.
async fn stand(window: &Window, theme: &str, percent: u32) -> Result<()> {
    let settings = json!({ "theme": theme, "zoomPercent": percent, "greeted": true }).to_string();
    let script = format!("localStorage.setItem('kontor.window', '{settings}'); location.reload()");
    window.ask(&format!("setTimeout(() => {{ {script} }}); return null")).await?;
    window.until("footer", "Verbunden").await
}

/// The place of a Vorgang with much to read.
async fn some_vorgang(window: &Window) -> Result<String> {
    let listed = window.run("vorgang.list", json!({})).await?;
    let all = listed.get("vorgaenge").and_then(Value::as_array).context("no list")?;
    let documents =
        |one: &Value| one.get("schriftstuecke").and_then(Value::as_u64).unwrap_or_default();
    let most = all.iter().max_by_key(|one| documents(one)).context("Anna has nothing to do")?;
    let id = most.get("vorgang").and_then(Value::as_str).context("no id")?;
    Ok(format!("#/vorgaenge/vorgang/{id}"))
}

async fn picture(window: &Window, view: &View, vorgang: &str, path: &Path) -> Result<()> {
    let &(_, place, keys, selector, text) = view;
    let of_vorgang = place.strip_prefix(VORGANG);
    let place = of_vorgang.map_or(place.to_owned(), |part| format!("{vorgang}{part}"));
    window.ask("location.hash = '#/wartet'; return null").await?;
    window.until("h1", "wartet").await?;
    window.ask(&format!("location.hash = '{place}'; return null")).await?;
    if of_vorgang.is_some() {
        window.until("[role=tab]", "Überblick").await?;
    } else {
        window
            .until("main [role=option], main [role=row], main [role=treeitem], main h1", "")
            .await?;
    }
    window.press(keys).await?;
    window.until(selector, text).await?;
    window.picture(path).await?;
    // Whatever is open goes again.
    window.press(&["Esc"]).await
}

async fn fits(window: &Window, view: &str) -> Result<()> {
    let wider = window
        .ask("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        .await?;
    ensure!(wider == 0, "{view} is {wider} pixels wider than the window");
    Ok(())
}
