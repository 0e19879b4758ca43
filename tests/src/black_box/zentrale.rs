//! The Zentrale of the story: the real program on its embedded default.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::programs::{json, program};

/// The Zentrale: the real program with the data of the demonstration.
#[derive(Debug)]
pub struct Zentrale {
    folder: PathBuf,
    demo: Value,
    url: String,
    running: Option<Child>,
}

impl Zentrale {
    /// Sets up the demonstration and begins to serve.
    pub fn start(folder: &Path) -> Result<Self> {
        let mut demo = command(folder)?;
        demo.args(["init", "--demo"]);
        Self::start_on(folder, demo)
    }

    /// Sets up the Kreis that `packaging/start` shows, and begins to serve.
    pub fn start_with_kreis(folder: &Path) -> Result<Self> {
        let mut demo = program("kontor-demo")?;
        demo.arg("--database").arg(database(folder));
        demo.arg("--documents").arg(documents(folder));
        Self::start_on(folder, demo)
    }

    fn start_on(folder: &Path, mut demo: Command) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let output = demo.output()?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let demo = json(&output)?;
        let (running, url) = serve(folder, "127.0.0.1:0")?;
        Ok(Self { folder: folder.to_owned(), demo, url, running: Some(running) })
    }

    /// Serves again under the same address.
    pub fn start_again(&mut self) -> Result<()> {
        let address = self.url.trim_start_matches("http://").to_owned();
        let (running, _) = serve(&self.folder, &address)?;
        self.running = Some(running);
        Ok(())
    }

    /// Ends it as an operator would; requests under way are finished.
    pub fn stop(&mut self) -> Result<()> {
        let Some(mut running) = self.running.take() else { return Ok(()) };
        let id = running.id().to_string();
        ensure!(Command::new("kill").args(["-TERM", &id]).status()?.success(), "cannot stop it");
        let status = running.wait()?;
        ensure!(status.success(), "the Zentrale ended with {status}");
        Ok(())
    }

    /// Ends it as a power cut would end the process: in the middle of whatever it does.
    pub fn kill(&mut self) -> Result<()> {
        if let Some(mut running) = self.running.take() {
            running.kill()?;
            running.wait()?;
        }
        Ok(())
    }

    /// Looks at the chain, every state and every document.
    pub fn verify(&self) -> Result<String> {
        let output = command(&self.folder)?.arg("verify").output()?;
        let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        ensure!(output.status.success(), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
        Ok("die Kette der Zentrale ist lückenlos, jeder Stand und jedes Dokument stimmt".into())
    }

    /// Where it is.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The token of a workstation.
    pub fn token(&self, desk: &str) -> Result<String> {
        self.text(&format!("/devices/{desk}/token"))
    }

    /// Whoever sits at a workstation.
    pub fn person(&self, desk: &str) -> Result<String> {
        self.text(&format!("/devices/{desk}/person"))
    }

    /// A Vorgang of the demonstration.
    pub fn vorgang(&self, name: &str) -> Result<String> {
        self.text(&format!("/vorgaenge/{name}"))
    }

    fn text(&self, pointer: &str) -> Result<String> {
        let found = self.demo.pointer(pointer).and_then(Value::as_str);
        Ok(found.with_context(|| format!("the demonstration has no {pointer}"))?.to_owned())
    }
}

impl Drop for Zentrale {
    fn drop(&mut self) {
        if let Some(mut running) = self.running.take() {
            let _ = running.kill();
            let _ = running.wait();
        }
    }
}

fn command(folder: &Path) -> Result<Command> {
    let mut command = program("kontor-zentrale")?;
    command
        .arg("--json")
        .env("KONTOR_DATABASE", database(folder))
        .env("KONTOR_DOCUMENTS", documents(folder))
        .env("KONTOR_LOG", "error");
    Ok(command)
}

fn database(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("zentrale.db").display())
}

fn documents(folder: &Path) -> PathBuf {
    folder.join("dokumente")
}

fn serve(folder: &Path, address: &str) -> Result<(Child, String)> {
    let mut running =
        command(folder)?.args(["serve", "--listen", address]).stdout(Stdio::piped()).spawn()?;
    let output = running.stdout.take().context("no output")?;
    for line in BufReader::new(output).lines() {
        let line: Value = serde_json::from_str(&line?)?;
        if line["event"] == "listening" {
            let url = line["url"].as_str().context("no address")?.to_owned();
            return Ok((running, url));
        }
    }
    anyhow::bail!("the Zentrale did not begin to serve")
}
