//! The real programs, built beside this one.

use std::path::PathBuf;
use std::process::{Command, Output};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// A program that lies beside this one, with a fixed language and without anybody's settings.
pub fn program(name: &str) -> Result<Command> {
    Ok(Command::new(program_path(name)?))
}

/// Where a program lies that was built beside this one.
pub fn program_path(name: &str) -> Result<PathBuf> {
    let here = std::env::current_exe()?;
    // Benchmarks lie one further down.
    let folders = here.ancestors().skip(1).filter(|folder| !folder.ends_with("deps"));
    let folder = folders.into_iter().next().context("no folder")?;
    let path: PathBuf = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    ensure!(path.is_file(), "{} is not built", path.display());
    Ok(path)
}

/// What a program printed for machines: the last line that is JSON, or all of it.
pub fn json(output: &Output) -> Result<Value> {
    let text = String::from_utf8(output.stdout.clone())?;
    if let Ok(value) = serde_json::from_str(&text) {
        return Ok(value);
    }
    let last = text.lines().rev().find_map(|line| serde_json::from_str(line).ok());
    last.with_context(|| format!("no JSON in: {text}\n{}", String::from_utf8_lossy(&output.stderr)))
}
