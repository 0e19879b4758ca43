//! Where files lie and how long they are.

use std::collections::BTreeSet;

use crate::files::{File, has_extension};

/// Everything visible that may lie at the top of the project.
const AT_THE_TOP: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "assets",
    "packaging",
    "src-tauri",
    "tests",
    "ui",
];

const LINES_MAX: usize = 500;

/// Files and folders at the top that have no place there.
pub(crate) fn strays(files: &[File]) -> Vec<String> {
    let tops: BTreeSet<&str> =
        files.iter().filter_map(|file| file.path.split('/').next()).collect();
    let stray = |top: &&str| !top.starts_with('.') && !AT_THE_TOP.contains(top);
    tops.into_iter().filter(stray).map(|top| format!("{top}: not at the top, please")).collect()
}

/// Source files over the limit whose first line gives no reason for it.
pub(crate) fn long_files(files: &[File]) -> Vec<String> {
    let is_source =
        |path: &str| ["rs", "ts", "svelte", "css"].iter().any(|kind| has_extension(path, kind));
    files
        .iter()
        .filter(|file| is_source(&file.path) && !gives_reason(&file.text))
        .filter_map(|file| {
            let lines = file.text.lines().count();
            let what = format!(
                "{}: {lines} lines, at most {LINES_MAX} unless the first line says `Long because`",
                file.path
            );
            (lines > LINES_MAX).then_some(what)
        })
        .collect()
}

fn gives_reason(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    first.contains("Long because ") || first.contains("@generated")
}

/// Lines of an npm lock file that bind it to the registry it was written against.
pub(crate) fn resolved_packages(files: &[File]) -> Vec<String> {
    files
        .iter()
        .filter(|file| file.path.ends_with("package-lock.json"))
        .flat_map(|file| {
            file.line_by_line(|line| {
                line.contains("\"resolved\": \"http").then(|| "names a registry".to_owned())
            })
        })
        .collect()
}

/// Relative links in Markdown that lead nowhere.
pub(crate) fn dead_links(files: &[File]) -> Vec<String> {
    let targets: BTreeSet<&str> = files.iter().flat_map(|file| with_folders(&file.path)).collect();
    let markdown = files.iter().filter(|file| has_extension(&file.path, "md"));
    markdown
        .flat_map(|file| {
            file.line_by_line(|line| {
                let dead = links(line).find(|link| {
                    let target = target(&file.path, link);
                    !link.contains(':') && !target.is_empty() && !targets.contains(target.as_str())
                })?;
                Some(format!("the link {dead} leads nowhere"))
            })
        })
        .collect()
}

/// A path and every folder above it.
fn with_folders(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| path.rsplit_once('/').map(|(folder, _)| folder))
}

fn links(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link)
}

/// Where a link in the file at `path` leads, from the top of the project.
fn target(path: &str, link: &str) -> String {
    let link = link.split('#').next().unwrap_or_default();
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(link.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge;

    #[test]
    fn strays_are_found() {
        assert!(judge(strays, "src-tauri/notes.md", "").is_empty());
        assert!(judge(strays, ".deny.toml", "").is_empty());
        assert_eq!(judge(strays, "notes.md", ""), ["notes.md: not at the top, please"]);
    }

    #[test]
    fn long_files_are_found() {
        let long = "x\n".repeat(LINES_MAX + 1);
        assert!(judge(long_files, "a.rs", &"x\n".repeat(LINES_MAX)).is_empty());
        assert!(
            judge(long_files, "a.rs", &format!("//! Long because a table.\n{long}")).is_empty()
        );
        assert!(judge(long_files, "a.md", &long).is_empty());
        assert_eq!(judge(long_files, "a.rs", &long).len(), 1);
    }

    #[test]
    fn registries_in_lock_files_are_found() {
        let bad = "{\n  \"resolved\": \"https://registry.example/a.tgz\"\n}";
        assert!(judge(resolved_packages, "ui/package-lock.json", "{}").is_empty());
        let found = judge(resolved_packages, "ui/package-lock.json", bad);
        assert_eq!(found, ["ui/package-lock.json:2: names a registry"]);
    }

    #[test]
    fn dead_links_are_found() {
        let good = "[a](README.md#x) [b](https://host.example/x) [c](../ui/) [d](#here)";
        assert!(judge(dead_links, "ui/README.md", good).is_empty());
        let found = judge(dead_links, "ui/README.md", "see\n[a](../docs/a.md)");
        assert_eq!(found, ["ui/README.md:2: the link ../docs/a.md leads nowhere"]);
    }
}
