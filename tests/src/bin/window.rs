//! A few things about the real window that only the real window can show.
//!
//!     cargo run -p kontor-tests --bin window
//!
//! Wants Xvfb and `WebKitWebDriver`, and `kontor`, `kontor-demo` built beside it.

use anyhow::{Context, Result, ensure};
use kontor_tests::black_box::{done, scene};
use kontor_tests::window::{Kreis, Screen, Window};
use serde_json::{Value, json};

/// Where what is open is shown.
const WORKSPACE: &str = "[aria-label=Arbeitsbereich]";

const NOTE: &str = "Rückruf vereinbart, Unterlagen kommen morgen";

#[tokio::main]
async fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let kreis = Kreis::set_up(folder.path())?;
    let profile = kreis.folder().to_string_lossy().into_owned();
    let words = ["--profile", &profile, "--person", kreis.person("anna")?];
    let screen = Screen::start(1280, 800)?;

    scene("Das Fenster öffnet sich.");
    let window = Window::open(&screen, &words).await?;
    window.until("[role=status], footer", "Alles übertragen").await?;
    done("die Statuszeile sagt, dass alles übertragen ist");

    scene("Ein Vorgang wird mit der Tastatur geöffnet und bekommt eine Notiz.");
    let vorgang = some_vorgang(&window).await?;
    open(&window, &vorgang).await?;
    window.press(&["N"]).await?;
    window.until("textarea", "").await?;
    window.write(NOTE).await?;
    window.press(&["Strg+Enter"]).await?;
    window.until(WORKSPACE, NOTE).await?;
    done("die Notiz steht im Vorgang");

    scene("Das Programm wird mitten in der Arbeit beendet.");
    window.kill()?;
    let window = Window::open(&screen, &words).await?;
    open(&window, &vorgang).await?;
    window.until(WORKSPACE, NOTE).await?;
    done("nach dem Neustart ist die Notiz noch da");

    scene("Der Arbeitsplatz wird gesperrt.");
    window.run("session.set_pin", json!({ "new": "271828" })).await?;
    window.run("session.lock", json!({})).await?;
    ensure!(
        window.run("vorgang.list", json!({})).await.is_err(),
        "the lock lets a command through"
    );
    done("gesperrt antwortet kein Befehl");

    scene("Das Fenster bleibt, wo es ist.");
    refuses_to_go_elsewhere(&window).await?;
    done("es verlässt die eigene Oberfläche nicht, öffnet nichts und lädt nichts Fremdes");
    window.close().await
}

/// One of Anna's.
async fn some_vorgang(window: &Window) -> Result<Value> {
    let listed = window.run("vorgang.list", json!({})).await?;
    let all = listed.get("vorgaenge").and_then(Value::as_array).context("no list")?;
    all.first().cloned().context("Anna has nothing to do")
}

/// Goes where a click or Enter in a list leads.
async fn open(window: &Window, vorgang: &Value) -> Result<()> {
    let text = |name: &str| vorgang.get(name).and_then(Value::as_str).unwrap_or_default();
    let place = format!("#/vorgaenge/vorgang/{}", text("vorgang"));
    window.ask(&format!("location.hash = '{place}'; return null")).await?;
    window.until(WORKSPACE, text("betreff")).await
}

async fn refuses_to_go_elsewhere(window: &Window) -> Result<()> {
    let frozen = window.ask("return Object.isFrozen(Object.prototype)").await?;
    ensure!(frozen == true, "the prototype of all objects can be changed");
    let opened = window.ask("return window.open('https://kreis.example') === null").await?;
    ensure!(opened == true, "a second window opened");
    window.ask("location.href = 'https://kreis.example/'; return null").await?;
    let there = window.ask("return location.origin").await?;
    ensure!(there == "tauri://localhost", "the window went to {there}");
    let evaluated = window.ask("try { return eval('1') } catch { return null }").await?;
    ensure!(evaluated.is_null(), "text becomes a program");
    Ok(())
}
