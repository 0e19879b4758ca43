//! One run of the program, from its start to its end.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use super::{Screen, began_at_ms, keys};
use crate::black_box::program_path;

/// Nothing on the desk takes longer, on the slowest machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// Resolves as soon as an element shows a text; looks again whenever the page changes.
const UNTIL: &str = "
    const [selector, text, done] = arguments;
    const seen = () => [...document.querySelectorAll(selector)].some(
        (one) => (one.value || one.innerText || '').includes(text) && one.getClientRects().length > 0);
    if (seen()) { done(true); return; }
    const observer = new MutationObserver(() => {
        if (seen()) { observer.disconnect(); done(true); }
    });
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
";

/// Resolves when fonts and images are there and two pictures have been drawn.
const PAINTED: &str = "
    const [done] = arguments;
    const images = [...document.images].map((image) => image.decode().catch(() => null));
    Promise.all([document.fonts.ready, ...images]).then(
        () => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));
";

/// The program with its window.
#[derive(Debug)]
pub struct Window {
    driver: Child,
    client: Client,
    program: u32,
}

impl Window {
    /// Starts Kontor on `screen`, with `words` as its arguments.
    pub async fn open(screen: &Screen, words: &[&str]) -> Result<Self> {
        Self::open_program(screen, &program_path("kontor")?, words).await
    }

    /// Starts a program whose window is one of Tauri's.
    pub async fn open_program(screen: &Screen, program: &Path, words: &[&str]) -> Result<Self> {
        let port = free_port()?;
        let mut driver = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .env("DISPLAY", screen.name())
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("KONTOR_PASSPHRASE", "Nur für diese Geschichte, 2026")
            // Nobody's settings, and no key store of whoever runs this.
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .env_remove("WAYLAND_DISPLAY")
            .env("LANG", "C.UTF-8")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .context("WebKitWebDriver does not start; is webkit2gtk-driver installed?")?;
        pass_on(&mut driver);
        let begun = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            ensure!(begun.elapsed() < PATIENCE, "WebKitWebDriver does not listen");
            ensure!(driver.try_wait()?.is_none(), "WebKitWebDriver has ended");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let options = json!({ "binary": program, "args": words });
        let Value::Object(capabilities) = json!({
            "webkitgtk:browserOptions": options,
            "timeouts": { "script": PATIENCE.as_millis() },
        }) else {
            bail!("no capabilities");
        };
        let capabilities: Capabilities = capabilities;
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await?;
        let program = child_of(driver.id()).context("the driver has no program")?;
        Ok(Self { driver, client, program })
    }

    /// Until an element that fits `selector` shows `text`.
    pub async fn until(&self, selector: &str, text: &str) -> Result<()> {
        let Err(error) = self.ask_later(UNTIL, vec![json!(selector), json!(text)]).await else {
            return Ok(());
        };
        let shown = self.text().await.unwrap_or_default();
        bail!("„{text}“ never came into sight ({error}); there was:\n{shown}");
    }

    /// When a list stood in it, or a bare window had been drawn: in ms from the start of the program.
    pub async fn usable_after_ms(&self) -> Result<f64> {
        const USABLE: &str = "
            const [done] = arguments;
            const mark = () => performance.getEntriesByName('kontor-usable')[0];
            const tell = () => done(performance.timeOrigin + mark().startTime);
            if (mark()) { tell(); return; }
            new PerformanceObserver((_, observer) => {
                if (mark()) { observer.disconnect(); tell(); }
            }).observe({ entryTypes: ['mark'] });
        ";
        let at = self.ask_later(USABLE, Vec::new()).await.context("it never became usable")?;
        Ok(at.as_f64().context("no time")? - began_at_ms(self.program)?)
    }

    /// Everything that can be read.
    pub async fn text(&self) -> Result<String> {
        let text = self.client.execute("return document.body.innerText", Vec::new()).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Runs a command of the table, as the face does.
    pub async fn run(&self, name: &str, payload: Value) -> Result<Value> {
        const RUN: &str = "
            const [name, payload, done] = arguments;
            window.__TAURI_INTERNALS__.invoke('run', { name, payload }).then(
                (answer) => done({ answer }), (error) => done({ error }));
        ";
        let done = self.client.execute_async(RUN, vec![json!(name), payload]).await?;
        done.pointer("/answer/answer").cloned().with_context(|| format!("{name}: {done}"))
    }

    /// Asks the page something.
    pub async fn ask(&self, script: &str) -> Result<Value> {
        Ok(self.client.execute(script, Vec::new()).await?)
    }

    /// Asks the page something that it answers later: the last argument of the script takes the answer.
    pub(super) async fn ask_later(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        let begun = Instant::now();
        loop {
            match self.client.execute_async(script, arguments.clone()).await {
                Ok(answer) => return Ok(answer),
                // Another page came in between.
                Err(error) if begun.elapsed() < PATIENCE => drop(error),
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Presses keys one after the other: `["Strg+2", "J", "Enter"]`.
    pub async fn press(&self, all: &[&str]) -> Result<()> {
        for one in all {
            self.client.perform_actions(keys::press(one)).await?;
        }
        Ok(())
    }

    /// Types a text where the focus is.
    pub async fn write(&self, text: &str) -> Result<()> {
        Ok(self.client.perform_actions(keys::typing(text)).await?)
    }

    /// Clicks the first button, link, label or place in a tree whose words begin with `label`.
    pub async fn click(&self, label: &str) -> Result<()> {
        let kinds = "self::button or self::a or self::label or @role='treeitem'";
        let path = format!("//*[{kinds}][starts-with(normalize-space(), '{label}')]");
        let found = self.client.find(Locator::XPath(&path)).await;
        Ok(found.with_context(|| format!("there is no „{label}“"))?.click().await?)
    }

    /// Keeps what is to be seen, once it is painted.
    pub async fn picture(&self, path: &Path) -> Result<()> {
        self.client.execute_async(PAINTED, Vec::new()).await?;
        Ok(std::fs::write(path, self.client.screenshot().await?)?)
    }

    /// Gives the window another size.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        Ok(self.client.set_window_rect(0, 0, width, height).await?)
    }

    /// The program's process.
    pub const fn program(&self) -> u32 {
        self.program
    }

    /// Ends the program as a power cut would.
    pub fn kill(mut self) -> Result<()> {
        let killed = Command::new("kill").args(["-KILL", &self.program.to_string()]).status()?;
        ensure!(killed.success(), "it was not there any more");
        self.driver.kill()?;
        self.driver.wait()?;
        Ok(())
    }

    /// Closes the window.
    pub async fn close(mut self) -> Result<()> {
        self.client.clone().close().await?;
        self.driver.kill()?;
        self.driver.wait()?;
        Ok(())
    }
}

/// Nothing stays behind, also where a check failed.
impl Drop for Window {
    fn drop(&mut self) {
        if matches!(self.driver.try_wait(), Ok(None)) {
            let _ = Command::new("kill").args(["-KILL", &self.program.to_string()]).status();
            let _ = self.driver.kill();
            let _ = self.driver.wait();
        }
    }
}

/// What the program says to its console, beside what the run says.
fn pass_on(driver: &mut Child) {
    let Some(output) = driver.stderr.take() else { return };
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if !line.trim().is_empty() {
                eprintln!("  | {line}");
            }
        }
    });
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// The process a driver has started.
fn child_of(parent: u32) -> Option<u32> {
    let children =
        std::fs::read_to_string(format!("/proc/{parent}/task/{parent}/children")).ok()?;
    children.split_whitespace().next()?.parse().ok()
}
