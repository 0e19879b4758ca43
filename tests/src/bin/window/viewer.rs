//! Documents in the real window: such as are made to hurt, and a worker that is killed.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use kontor_tests::black_box::done;
use kontor_tests::window::{Sight, Window, processes};
use serde_json::{Value, json};

use crate::papers;

/// The process that reads documents.
const WORKER: &str = "kontor-seiten";

/// Whatever a document is: it is shown, or a sentence says why not, and the next one is shown.
pub(crate) async fn shows_or_explains(window: &Window, vorgang: &str, folder: &Path) -> Result<()> {
    for (name, bytes) in papers::hostile() {
        let path = folder.join("eingereicht.pdf");
        std::fs::write(&path, bytes)?;
        add(window, vorgang, &path, name).await?;
        match window.document(name).await? {
            Sight::Shown => done(&format!("{name}: wird gezeigt")),
            Sight::Told(sentence) => done(&format!("{name}: {sentence}")),
        }
    }
    let path = folder.join("gut.pdf");
    std::fs::write(&path, papers::text_pdf(2))?;
    add(window, vorgang, &path, "ein gutes Schriftstück").await?;
    ensure!(window.document("ein gutes Schriftstück").await? == Sight::Shown, "it is not shown");
    ensure!(window.jump_to_page(2).await? == Sight::Shown, "its second page is not shown");
    done("danach wird ein gutes gezeigt");
    Ok(())
}

/// What cannot be a document is refused with a sentence, and nothing of it is left.
pub(crate) async fn refuses(window: &Window, vorgang: &str, folder: &Path) -> Result<()> {
    let before = papers_in(window, vorgang).await?;
    for path in [folder.to_owned(), folder.join("gibt-es-nicht.pdf"), "/dev/null".into()] {
        let add = json!({ "vorgang": vorgang, "path": path });
        let Err(refused) = window.run("schriftstueck.add", add).await else {
            anyhow::bail!("{} was taken", path.display());
        };
        ensure!(refused.to_string().contains("\"sentence\":"), "without a sentence: {refused}");
    }
    ensure!(papers_in(window, vorgang).await? == before, "something of it is in the Vorgang");
    done("ein Ordner, eine verschwundene Datei und ein Gerät werden mit einem Satz abgewiesen");
    Ok(())
}

/// The worker is killed at any moment while somebody reads: pages, or a sentence in their place, and
/// afterwards it goes on.
pub(crate) async fn survives_kills(
    window: &Window,
    vorgang: &str,
    folder: &Path,
    kills: u32,
) -> Result<()> {
    const TITLE: &str = "zum Blättern";
    let pages = 400;
    let path = folder.join("blaettern.pdf");
    std::fs::write(&path, papers::text_pdf(pages))?;
    add(window, vorgang, &path, TITLE).await?;
    ensure!(window.document(TITLE).await? == Sight::Shown, "it is not shown");
    let trouble = Killer::begin(window.program());
    let (mut shown, mut told) = (0, 0);
    // Not the neighbours: those are made ahead.
    let mut numbers = (0..).map(|step| u32::try_from(step * 37 % pages).unwrap_or(0) + 1);
    while trouble.killed() < kills {
        let page = numbers.next().context("no page")?;
        match window.jump_to_page(page).await? {
            Sight::Shown => shown += 1,
            Sight::Told(sentence) => {
                ensure!(sentence.ends_with('.'), "no sentence: {sentence}");
                told += 1;
                press_retry(window).await?;
            }
        }
    }
    let killed = trouble.end();
    press_retry(window).await?;
    ensure!(window.jump_to_page(399).await? == Sight::Shown, "afterwards it does not go on");
    window.run("vorgang.list", json!({ "rows_max": 1 })).await?;
    done(&format!(
        "{killed} Mal beendet: {shown} Seiten gezeigt, {told} Mal ein Satz; es geht weiter"
    ));
    Ok(())
}

async fn add(window: &Window, vorgang: &str, path: &Path, betreff: &str) -> Result<()> {
    let add = json!({ "vorgang": vorgang, "path": path, "betreff": betreff });
    window.run("schriftstueck.add", add).await?;
    // The answer went to this run, not to the face, which therefore begins anew.
    window.ask(&format!("location.hash = '#/vorgaenge/vorgang/{vorgang}'; return null")).await?;
    window.begin_anew().await?;
    Ok(())
}

async fn papers_in(window: &Window, vorgang: &str) -> Result<usize> {
    let shown = window.run("vorgang.show", json!({ "vorgang": vorgang })).await?;
    let all = shown.pointer("/vorgang/schriftstuecke").and_then(Value::as_array);
    Ok(all.context("no Schriftstuecke")?.len())
}

/// Somebody tries again, where there is something to try again.
async fn press_retry(window: &Window) -> Result<()> {
    let press = "document.querySelector('.viewer .failure button, .viewer .problem button')?.click(); \
                 return null";
    window.ask(press).await?;
    Ok(())
}

/// Kills the worker again and again.
struct Killer {
    state: std::sync::Arc<(AtomicBool, AtomicU32)>,
    thread: thread::JoinHandle<()>,
}

impl Killer {
    fn begin(program: u32) -> Self {
        let state = std::sync::Arc::new((AtomicBool::new(false), AtomicU32::new(0)));
        let shared = std::sync::Arc::clone(&state);
        let thread = thread::spawn(move || {
            let (is_over, kills) = &*shared;
            let mut round: u64 = 0;
            while !is_over.load(Ordering::Acquire) {
                // Each time another moment.
                thread::sleep(Duration::from_micros(round * 12_377 % 190_000));
                round += 1;
                let all = processes(program).unwrap_or_default();
                for worker in all.iter().filter(|process| process.name == WORKER) {
                    kills.fetch_add(u32::from(kill(worker.id)), Ordering::AcqRel);
                }
            }
        });
        Self { state, thread }
    }

    fn killed(&self) -> u32 {
        self.state.1.load(Ordering::Acquire)
    }

    fn end(self) -> u32 {
        self.state.0.store(true, Ordering::Release);
        // A panic there has been printed.
        let _ = self.thread.join();
        self.state.1.load(Ordering::Acquire)
    }
}

/// Whether it was there to be killed.
fn kill(process: u32) -> bool {
    let mut kill = Command::new("kill");
    kill.args(["-KILL", &process.to_string()]).stderr(Stdio::null());
    kill.status().is_ok_and(|status| status.success())
}
