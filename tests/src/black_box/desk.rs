//! A workstation of the story: a profile folder and `kontorctl`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use super::programs::{self, program};
use super::zentrale::Zentrale;

/// A workstation: a profile folder and `kontorctl`.
#[derive(Debug)]
pub struct Desk {
    profile: PathBuf,
    name: &'static str,
    person: String,
}

/// What `kontorctl verify` says.
#[derive(Debug)]
pub struct Verdict {
    /// Whether all is well.
    pub success: bool,
    /// Its words.
    pub text: String,
}

/// Two versions side by side.
#[derive(Debug)]
pub struct Conflict {
    /// The entry that met the contradiction.
    pub id: String,
    base: Value,
    mine: Value,
    theirs: Value,
}

impl Desk {
    /// Makes the profile and has its first contact.
    pub fn connect(profile: &Path, zentrale: &Zentrale, name: &'static str) -> Result<Self> {
        let person = zentrale.person(name)?;
        let desk = Self { profile: profile.to_owned(), name, person };
        let output = desk
            .command()?
            .args(["connect", zentrale.url()])
            .env("KONTOR_TOKEN", zentrale.token(name)?)
            .output()?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(desk)
    }

    /// Whoever sits here.
    pub fn person(&self) -> &str {
        &self.person
    }

    /// Runs a command of the table.
    pub fn run(&self, command: &str, payload: &Value) -> Result<Value> {
        let output = self.command()?.args(["run", command, &payload.to_string()]).output()?;
        ensure!(
            output.status.success(),
            "{}: {command}: {}{}",
            self.name,
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        programs::json(&output)
    }

    /// Reconciles until nothing is left to do.
    pub fn sync(&self) -> Result<()> {
        let output = self.command()?.args(["sync", "--once"]).output()?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(())
    }

    /// The Zentrale cannot be reached, and the program says so with a code of its own.
    pub fn is_offline(&self) -> Result<()> {
        let output = self.command()?.args(["sync", "--once"]).output()?;
        ensure!(output.status.code() == Some(3), "offline is code 3, not {}", output.status);
        Ok(())
    }

    /// The Vorgang as this desk shows it.
    pub fn vorgang(&self, vorgang: &str) -> Result<Value> {
        let answer = self.run("vorgang.show", &json!({ "vorgang": vorgang }))?;
        answer
            .pointer("/answer/vorgang")
            .cloned()
            .with_context(|| format!("no Vorgang in {answer}"))
    }

    /// Looks at everything stored here.
    pub fn verify(&self) -> Result<Verdict> {
        let output = self.command()?.arg("verify").output()?;
        let text = [output.stdout, output.stderr].concat();
        Ok(Verdict {
            success: output.status.success(),
            text: String::from_utf8_lossy(&text).into_owned(),
        })
    }

    /// Starts to add a large document and is killed while it is being written; says how much was on
    /// the disk by then. Nothing of it may remain.
    pub fn is_killed_while_writing(&self, vorgang: &str, large: &Path) -> Result<u64> {
        const LARGE_BYTES: usize = 256 << 20;
        const ENOUGH_BYTES: u64 = 1 << 20;
        std::fs::write(large, vec![0x5A; LARGE_BYTES])?;
        let before = size_of(&self.profile)?;
        let payload = json!({ "vorgang": vorgang, "path": large }).to_string();
        let mut writer = self
            .command()?
            .args(["run", "schriftstueck.add", &payload])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let patience = Instant::now() + Duration::from_mins(1);
        let written = loop {
            let written = size_of(&self.profile)?.saturating_sub(before);
            if written > ENOUGH_BYTES {
                break written;
            }
            ensure!(writer.try_wait()?.is_none(), "it was faster than we could look");
            ensure!(Instant::now() < patience, "it never began to write");
            std::thread::yield_now();
        };
        writer.kill()?;
        let status = writer.wait()?;
        ensure!(!status.success(), "it was done before it was killed");
        let titles = self.vorgang(vorgang)?["schriftstuecke"].to_string();
        ensure!(!titles.contains("plan.bin"), "half a document is in the Vorgang");
        let left = size_of(&self.profile)?.saturating_sub(before);
        ensure!(left < ENOUGH_BYTES, "{left} bytes of half a document are left");
        Ok(written)
    }

    /// Everything that was entered in the story, once, and the PDF as it was handed in.
    pub fn holds_everything_once(&self, vorgang: &str, pdf: &Path, folder: &Path) -> Result<()> {
        let shown = self.vorgang(vorgang)?;
        let text = shown.to_string();
        for words in [
            "Antrag ist vollständig bis auf die IHK-Bescheinigung.",
            "Nach dem Absturz geht es weiter.",
            "IHK-Bescheinigung nachfordern",
            "antrag-gaststaette.pdf",
        ] {
            let times = text.matches(words).count();
            ensure!(times == 1, "{}: „{words}“ is there {times} times", self.name);
        }
        let schriftstueck = shown["schriftstuecke"]
            .as_array()
            .and_then(|all| all.iter().find(|one| one.to_string().contains(".pdf\"")))
            .map(|one| one["id"].clone())
            .context("the PDF is not there")?;
        let copy = folder.join(format!("{}.pdf", self.name));
        let payload = json!({ "vorgang": vorgang, "schriftstueck": schriftstueck, "path": copy });
        self.run("schriftstueck.export", &payload)?;
        ensure!(std::fs::read(&copy)? == std::fs::read(pdf)?, "the PDF is not the same");
        checked_by_a_foreign_program(&copy)
    }

    /// The one contradiction of the story.
    pub fn conflict(&self, vorgang: &str) -> Result<Conflict> {
        let entity = format!("vorgang/{vorgang}");
        let listed = self.run("conflict.list", &json!({ "entity": entity }))?;
        let conflicts = listed.pointer("/answer/conflicts").and_then(Value::as_array);
        let [conflict] = conflicts.context("no list")?.as_slice() else {
            bail!("not one contradiction: {listed}");
        };
        let field = conflict.pointer("/fields/0").context("no field")?;
        ensure!(field["feld"] == "zuweisung", "another field: {field}");
        Ok(Conflict {
            id: conflict["conflict"].as_str().context("no id")?.to_owned(),
            base: field["base"].clone(),
            mine: field["mine"].clone(),
            theirs: field["theirs"].clone(),
        })
    }

    /// Runs a command of the table in a process of its own and gives back the process.
    pub fn start(&self, command: &str, payload: &Value) -> Result<std::process::Child> {
        let mut process = self.command()?;
        process.args(["run", command, &payload.to_string()]);
        Ok(process.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?)
    }

    /// Begins to reconcile in a process of its own.
    pub fn start_sync(&self) -> Result<std::process::Child> {
        let mut process = self.command()?;
        process.args(["sync", "--once"]);
        Ok(process.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?)
    }

    fn command(&self) -> Result<Command> {
        let mut command = program("kontorctl")?;
        command
            .arg("--json")
            .arg("--profile")
            .arg(&self.profile)
            .env("KONTOR_PASSPHRASE", "Nur für diese Geschichte, 2026")
            .env_remove("DBUS_SESSION_BUS_ADDRESS");
        Ok(command)
    }
}

impl Conflict {
    /// Says both versions, and makes sure that each has its author and time.
    pub fn sentence(&self, first: &Desk, second: &Desk) -> Result<String> {
        ensure!(self.base == "niemand", "another base: {}", self.base);
        for (side, desk) in [(&self.theirs, first), (&self.mine, second)] {
            ensure!(side["text"] == side["by_name"], "another value: {side}");
            ensure!(side["by"] == json!(desk.person), "another author: {side}");
            ensure!(side["at"].as_i64().is_some_and(|at| at > 0), "no time: {side}");
        }
        Ok("zuvor niemandem zugewiesen – jetzt „Anna“ von Anna und „Bernd“ von Bernd, mit Zeit"
            .into())
    }
}

/// qpdf, where it is installed, reads the copy.
fn checked_by_a_foreign_program(pdf: &Path) -> Result<()> {
    match Command::new("qpdf").arg("--check").arg(pdf).output() {
        Ok(output) => {
            ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        }
        Err(_) => {
            println!("  – qpdf fehlt hier; das PDF wurde nur Byte für Byte verglichen");
        }
    }
    Ok(())
}

/// Bytes in a folder and all below it. Files may come and go meanwhile.
fn size_of(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(0) };
    for entry in entries {
        let entry = entry?;
        let Ok(metadata) = entry.metadata() else { continue };
        bytes += if metadata.is_dir() { size_of(&entry.path())? } else { metadata.len() };
    }
    Ok(bytes)
}
