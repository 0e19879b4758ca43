//! Goes through the real window and leaves pictures of it.
//!
//!     cargo run -p kontor-tests --bin tour -- FOLDER

use std::path::PathBuf;

use anyhow::{Context, Result};
use kontor_tests::black_box::{done, scene};
use kontor_tests::window::{Kreis, Screen, Window};
use serde_json::{Value, json};

#[tokio::main]
async fn main() -> Result<()> {
    let pictures: PathBuf = std::env::args_os().nth(1).context("usage: tour FOLDER")?.into();
    std::fs::create_dir_all(&pictures)?;
    let folder = tempfile::tempdir()?;
    let kreis = Kreis::set_up(folder.path())?;
    let profile = kreis.folder().to_string_lossy().into_owned();
    let words = ["--profile", &profile, "--person", kreis.person("anna")?];
    let screen = Screen::start(1280, 800)?;
    let window = Window::open(&screen, &words).await?;
    window.until("[role=status], footer", "Alles übertragen").await?;

    scene("Ein Rundgang durch das Fenster.");
    let vorgaenge = window.run("vorgang.list", json!({})).await?;
    let vorgang = vorgaenge.pointer("/vorgaenge/0").context("Anna has nothing to do")?;
    let id = vorgang.get("vorgang").and_then(Value::as_str).context("no id")?;
    let betreff = vorgang.get("betreff").and_then(Value::as_str).unwrap_or_default();
    for (name, place, text) in [
        ("1-eingang", "#/eingang".to_owned(), "Eingang"),
        ("2-vorgaenge", "#/vorgaenge".to_owned(), "Vorgänge"),
        ("3-vorgang", format!("#/vorgaenge/vorgang/{id}"), betreff),
        ("4-akten", "#/akten".to_owned(), "Akten"),
        ("5-was-wartet", "#/wartet".to_owned(), "wartet"),
        ("6-einstellungen", "#/einstellungen".to_owned(), "Einstellungen"),
    ] {
        window.ask(&format!("location.hash = '{place}'; return null")).await?;
        window.until("body", text).await?;
        let path = pictures.join(format!("{name}.png"));
        window.picture(&path).await?;
        done(&path.display().to_string());
    }
    window.close().await
}
