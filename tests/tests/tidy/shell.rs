//! Shell scripts.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use anyhow::{Context, Result};

use crate::files::File;

/// Scripts that the shell named in their first line cannot parse.
pub(crate) fn broken_scripts(files: &[File]) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for file in files {
        let Some(shell) = shell_of(&file.text) else { continue };
        if let Some(complaint) = complaint(shell, &file.text)? {
            found.push(format!("{}: {complaint}", file.path));
        }
    }
    Ok(found)
}

fn shell_of(text: &str) -> Option<&'static str> {
    let first = text.lines().next().filter(|line| line.starts_with("#!"))?;
    ["bash", "sh"].into_iter().find(|shell| first.ends_with(shell))
}

fn complaint(shell: &str, text: &str) -> Result<Option<String>> {
    let mut parser = Command::new(shell)
        .arg("-n")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("running {shell}"))?;
    if let Some(mut input) = parser.stdin.take() {
        // The shell closes its input at the first error; the error is what we came for.
        let _ = input.write_all(text.as_bytes());
    }
    let output = parser.wait_with_output().with_context(|| format!("running {shell}"))?;
    let complaint = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Ok((!output.status.success()).then_some(complaint))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Result<Vec<String>> {
        broken_scripts(&[File { path: "run".to_owned(), text: text.to_owned() }])
    }

    #[test]
    fn broken_scripts_are_found() -> Result<()> {
        assert!(check("#!/usr/bin/env bash\nif true; then echo; fi\n")?.is_empty());
        assert!(check("if true; then\n")?.is_empty(), "not a script");
        assert_eq!(check("#!/usr/bin/env bash\nif true; then\n")?.len(), 1);
        Ok(())
    }
}
