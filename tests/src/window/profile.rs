//! The Kreis of the demonstration beside a desk, as `packaging/start` lays it out.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::black_box::{json, program};

/// A profile folder whose embedded Zentrale knows the Kreis of the demonstration.
#[derive(Debug)]
pub struct Kreis {
    folder: PathBuf,
    people: Value,
}

impl Kreis {
    /// Sets it up in `folder`.
    pub fn set_up(folder: &Path) -> Result<Self> {
        let central = folder.join("zentrale");
        std::fs::create_dir_all(&central)?;
        let output = program("kontor-demo")?
            .arg("--database")
            .arg(format!("sqlite:{}", central.join("zentrale.db").display()))
            .arg("--documents")
            .arg(central.join("documents"))
            .output()?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let demo = json(&output)?;
        let people = demo.get("devices").cloned().context("nobody has a desk")?;
        Ok(Self { folder: folder.to_owned(), people })
    }

    /// The profile folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Somebody's id, by first name.
    pub fn person(&self, name: &str) -> Result<&str> {
        let person = self.people.get(name).and_then(|one| one.get("person"));
        person.and_then(Value::as_str).with_context(|| format!("nobody is called {name}"))
    }
}
