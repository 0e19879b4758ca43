//! The files the rules speak about.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result, ensure};

/// One text file, by its path from the top of the project.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    pub(crate) fn is_rust(&self) -> bool {
        has_extension(&self.path, "rs")
    }

    /// Code that no user runs: tests, benchmarks and what they share.
    pub(crate) fn is_for_tests(&self) -> bool {
        let in_folder = |folder: &str| self.path.split('/').any(|part| part == folder);
        in_folder("tests")
            || in_folder("benches")
            || in_folder("testkit")
            || self.path.ends_with("/tests.rs")
    }

    /// The findings of a check that looks at one line at a time.
    pub(crate) fn line_by_line(&self, check: impl Fn(&str) -> Option<String>) -> Vec<String> {
        let found = |(index, line)| check(line).map(|what| self.at(index + 1, &what));
        self.text.lines().enumerate().filter_map(found).collect()
    }

    pub(crate) fn at(&self, line: usize, what: &str) -> String {
        format!("{}:{line}: {what}", self.path)
    }
}

pub(crate) fn has_extension(path: &str, extension: &str) -> bool {
    Path::new(path).extension().is_some_and(|found| found == extension)
}

/// Everything in git and everything that `git add` would take; binary files have no text.
pub(crate) fn committable() -> Result<Vec<File>> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let output = Command::new("git")
        .args(["-c", "safe.directory=*", "ls-files", "-z"])
        .args(["--cached", "--others", "--exclude-standard"])
        .current_dir(&top)
        .output()
        .context("running git")?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "git ls-files failed: {complaint}");
    let listing = String::from_utf8(output.stdout).context("a path is not UTF-8")?;
    let paths = listing.split('\0').filter(|path| !path.is_empty());
    let files: Vec<_> = paths.filter_map(|path| read(&top, path)).collect();
    ensure!(files.iter().any(|file| file.path == "Cargo.toml"), "found no Cargo.toml");
    Ok(files)
}

/// Nothing for a file that is gone from the disk but not yet from git.
fn read(top: &Path, path: &str) -> Option<File> {
    let bytes = fs::read(top.join(path)).ok()?;
    Some(File { path: path.to_owned(), text: String::from_utf8(bytes).unwrap_or_default() })
}
