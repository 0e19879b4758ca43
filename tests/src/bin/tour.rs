//! A working day in the real window, with a picture of every step: read, go offline, work on, come back,
//! and decide between two Fassungen.
//!
//!     cargo run -p kontor-tests --bin tour -- FOLDER
//!
//! Anna sits at the window and uses it by keys. The Zentrale is the real program, so that it can go away; Bernd
//! works at a second desk of the same unit.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use kontor_tests::black_box::{Desk, Zentrale, done, scene};
use kontor_tests::window::{Screen, Window};
use serde_json::json;

const WORKSPACE: &str = "[aria-label=Arbeitsbereich]";
const STATUS: &str = "footer";
const PAGE: &str = "[aria-label^='Seite 1'] .sheet";

/// Keys mean something again.
const NO_FORM: &str = "body:not(:has(form))";

const NOTE: &str = "Rückruf: Die fehlende Unterlage kommt morgen mit der Post.";
const REASON: &str = "Urlaubsvertretung bis Montag";

#[tokio::main]
async fn main() -> Result<()> {
    let pictures = std::env::args_os().nth(1).context("usage: tour FOLDER")?;
    let folder = tempfile::tempdir()?;
    let mut zentrale = Zentrale::start_with_kreis(&folder.path().join("zentrale"))?;
    let anna = Desk::connect(&folder.path().join("anna"), &zentrale, "anna")?;
    let bernd = Desk::connect(&folder.path().join("bernd"), &zentrale, "bernd")?;
    bernd.sync()?;
    let screen = Screen::start(1280, 800)?;
    let profile = folder.path().join("anna").to_string_lossy().into_owned();
    let mut tour = Tour::begin(&screen, &profile, pictures.into()).await?;

    tour.look_around().await?;
    let vorgang = tour.read().await?;
    zentrale.stop()?;
    tour.work_offline().await?;
    bernd.is_offline()?;
    bernd.run(
        "vorgang.assign",
        &json!({ "vorgang": vorgang, "person": bernd.person(), "grund": "Ich kenne den Betrieb" }),
    )?;
    zentrale.start_again()?;
    bernd.sync()?;
    tour.decide().await?;
    bernd.sync()?;
    let decided = bernd.vorgang(&vorgang)?;
    ensure!(
        decided.get("zuweisung") != Some(&json!(bernd.person())),
        "Bernd sees another decision"
    );
    ensure!(decided.get("zuweisung") != Some(&json!(anna.person())), "nobody decided");
    done("Bernd sieht dieselbe Entscheidung");
    tour.look_into_the_rest().await?;
    tour.window.close().await
}

/// The window, and how many pictures there are of it.
struct Tour {
    window: Window,
    pictures: PathBuf,
    kept: usize,
}

impl Tour {
    async fn begin(screen: &Screen, profile: &str, pictures: PathBuf) -> Result<Self> {
        std::fs::create_dir_all(&pictures)?;
        let window = Window::open(screen, &["--profile", profile]).await?;
        Ok(Self { window, pictures, kept: 0 })
    }

    async fn look_around(&mut self) -> Result<()> {
        scene("Anna öffnet Kontor zum ersten Mal.");
        self.window.until("h1, h2", "Willkommen bei Kontor").await?;
        self.window.until(STATUS, "Alles übertragen").await?;
        self.keep("willkommen").await?;
        self.window.click("Anfangen").await?;
        self.window.press(&["Strg+1", "J", "Enter"]).await?;
        self.window.until(PAGE, "").await?;
        self.keep("eingang").await
    }

    /// Reads the first of Anna's and says which that is.
    async fn read(&mut self) -> Result<String> {
        scene("Sie öffnet ihren dringendsten Vorgang und liest das Schriftstück.");
        self.window.press(&["Strg+2"]).await?;
        self.window.until("h1", "Meine Vorgänge").await?;
        self.window.until("[role=option]", "").await?;
        self.window.press(&["J", "Enter"]).await?;
        self.window.until("[role=tab]", "Überblick").await?;
        self.window.until(PAGE, "").await?;
        self.keep("vorgang").await?;
        self.window.press(&["F11"]).await?;
        self.window.until(PAGE, "").await?;
        self.keep("schriftstueck").await?;
        self.window.press(&["F11"]).await?;
        self.window.until("[role=tab]", "Überblick").await?;
        let place = self.window.ask("return location.hash").await?;
        let vorgang = place.as_str().and_then(|place| place.split('/').nth(3));
        let id = vorgang.and_then(|id| id.split('?').next());
        Ok(id.context("no Vorgang is open")?.to_owned())
    }

    async fn work_offline(&mut self) -> Result<()> {
        scene("Das Netz fällt aus. Sie arbeitet weiter.");
        self.window.until(STATUS, "Offline seit").await?;
        self.window.press(&["N"]).await?;
        self.window.until("form", "Notiz schreiben").await?;
        self.window.write(NOTE).await?;
        self.keep("notiz-offline").await?;
        self.window.press(&["Strg+Enter"]).await?;
        self.window.until(WORKSPACE, NOTE).await?;
        self.window.until(NO_FORM, "").await?;
        self.window.press(&["W"]).await?;
        self.window.until("form", "Auf Wiedervorlage legen").await?;
        self.window.click("+1 Woche").await?;
        self.window.click("Wozu").await?;
        self.window.write("Unterlage da?").await?;
        self.keep("wiedervorlage-offline").await?;
        self.window.press(&["Strg+Enter"]).await?;
        self.window.until(STATUS, "2 Einträge warten").await?;
        self.window.until(NO_FORM, "").await?;
        self.window.press(&["Z"]).await?;
        self.window.until("form", "Weitergeben").await?;
        self.window.write("Gudrun").await?;
        self.window.click("Grund").await?;
        self.window.write(REASON).await?;
        self.keep("weitergeben-offline").await?;
        self.window.press(&["Strg+Enter"]).await?;
        self.window.until(STATUS, "3 Einträge warten").await?;
        self.window.until(NO_FORM, "").await?;
        self.keep("gearbeitet-offline").await?;
        self.window.press(&["Strg+6"]).await?;
        self.window.until("h1", "Was noch wartet").await?;
        self.keep("was-wartet").await
    }

    async fn decide(&mut self) -> Result<()> {
        scene("Das Netz ist wieder da. Bernd hat den Vorgang inzwischen sich selbst zugewiesen.");
        self.window.until(STATUS, "Verbunden").await?;
        self.window.until(STATUS, "Einmal zwei Fassungen zu klären").await?;
        self.window.press(&["J", "Enter"]).await?;
        self.window.until(WORKSPACE, ": zwei Fassungen").await?;
        self.keep("zwei-fassungen").await?;
        self.window.press(&["1"]).await?;
        self.window.until(STATUS, "Alles übertragen").await?;
        self.window.until("[role=tab]", "Verlauf").await?;
        self.window.click("Verlauf").await?;
        self.window.until(WORKSPACE, REASON).await?;
        self.keep("entschieden").await
    }

    async fn look_into_the_rest(&mut self) -> Result<()> {
        scene("Was es sonst gibt.");
        for (name, keys, heading) in [
            ("wiedervorlagen", "Strg+3", "Wiedervorlagen"),
            ("akten", "Strg+4", "Akten"),
            ("suche", "Strg+5", "Suche"),
            ("einstellungen", "Strg+7", "Einstellungen"),
        ] {
            self.window.press(&[keys]).await?;
            self.window.until("h1", heading).await?;
            self.keep(name).await?;
        }
        self.window.press(&["Strg+K"]).await?;
        self.window.until("dialog", "Befehle").await?;
        self.window.write("wieder").await?;
        self.keep("befehle").await?;
        self.window.press(&["Esc"]).await
    }

    /// A picture of what is to be seen now.
    async fn keep(&mut self, name: &str) -> Result<()> {
        self.kept += 1;
        let path = self.pictures.join(format!("{:02}-{name}.png", self.kept));
        self.window.picture(&path).await?;
        done(&path.display().to_string());
        Ok(())
    }
}
