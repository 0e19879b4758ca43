//! Crates that must not read the clock, the disk, the network or the environment.

use crate::files::File;
use crate::source::{Source, has_word};

struct Rule {
    /// Folders under `src-tauri/crates` that the rule is about.
    crates: &'static [&'static str],
    /// Beginnings of paths below `src` that are excepted.
    except: &'static [&'static str],
    words: &'static [&'static str],
    because: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        crates: &["domain", "wire"],
        except: &[],
        words: &["std::fs", "std::net", "std::env", "std::process", "std::thread", "tokio"],
        because: "values and rules do not touch the world",
    },
    Rule {
        crates: &["domain"],
        except: &[],
        words: &["std::io", "async", "println!", "eprintln!", "tracing"],
        because: "the domain computes and says nothing",
    },
    Rule {
        crates: &["domain", "wire", "sync"],
        except: &[],
        words: &["SystemTime", "::now(", "now_v7", "now_v1"],
        because: "time is a parameter",
    },
    Rule {
        crates: &["domain", "wire"],
        except: &[],
        words: &["HashMap", "HashSet", "new_v4", "thread_rng", "OsRng", "f32", "f64"],
        because: "the same input gives the same bytes on every machine",
    },
    Rule {
        crates: &["sync"],
        except: &[],
        words: &["std::fs", "tokio::fs", "std::env", "std::net", "tokio::net", "thread::sleep"],
        because: "sync speaks to the store and to one port",
    },
    Rule {
        crates: &["store"],
        // The disk and the key are how the store reaches files. The database looks at raw pages only
        // to say why SQLCipher cannot, and at a first page only in a copy that is being salvaged; a
        // lock between programs means nothing on a made-up disk.
        except: &[
            "disk.rs",
            "disk/",
            "key.rs",
            "key/",
            "database/pages.rs",
            "database/first_page.rs",
            "profile_lock.rs",
        ],
        words: &["std::fs", "tokio::fs", "std::net", "tokio::net"],
        because: "the simulation must be able to break the disk",
    },
];

/// Places where an inner crate reaches for the world.
pub(crate) fn impurities(files: &[File]) -> Vec<String> {
    files
        .iter()
        .filter(|file| file.is_rust() && !file.is_for_tests())
        .flat_map(|file| {
            let rules = RULES.iter().filter(|rule| applies(rule, &file.path));
            let source = Source::parse_without_tests(&file.text);
            rules.flat_map(|rule| breaches(rule, file, &source)).collect::<Vec<_>>()
        })
        .collect()
}

fn applies(rule: &Rule, path: &str) -> bool {
    rule.crates.iter().any(|name| {
        path.strip_prefix(&format!("src-tauri/crates/{name}/src/"))
            .is_some_and(|below| !rule.except.iter().any(|except| below.starts_with(except)))
    })
}

fn breaches(rule: &Rule, file: &File, source: &Source) -> Vec<String> {
    let imports = imports(&source.code);
    let lines = source.lines().chain(imports.iter().map(|(line, path)| (*line, path.as_str())));
    let mut found: Vec<_> = lines
        .flat_map(|(line, text)| {
            let words = rule.words.iter().filter(move |word| has_word(text, word));
            words.map(move |word| (line, *word))
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    let say = |(line, word)| file.at(line, &format!("`{word}`, but {}", rule.because));
    found.into_iter().map(say).collect()
}

/// The full paths that `use` names, braces resolved: `use std::{fs, io::{self, Read}}`.
fn imports(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (start, _) in code.match_indices("use ") {
        let line = code[..start].matches('\n').count() + 1;
        let tree = code[start + 4..].split(';').next().unwrap_or_default();
        let tree: String = tree.split_whitespace().collect();
        resolve("", &tree, &mut |path| found.push((line, path)));
    }
    found
}

fn resolve(prefix: &str, tree: &str, found: &mut dyn FnMut(String)) {
    let Some((head, branches)) = tree.strip_suffix('}').and_then(|tree| tree.split_once('{'))
    else {
        found(format!("{prefix}{tree}"));
        return;
    };
    let prefix = format!("{prefix}{head}");
    let mut depth = 0_usize;
    let at_top = |c| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    };
    for branch in branches.split(at_top).filter(|branch| !branch.is_empty()) {
        resolve(&prefix, branch, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge;

    const DOMAIN: &str = "src-tauri/crates/domain/src/akte.rs";

    #[test]
    fn the_world_is_kept_out_of_the_domain() {
        assert!(judge(impurities, DOMAIN, "//! No std::fs.\nuse std::fmt;").is_empty());
        let found = judge(impurities, DOMAIN, "let a = 1;\nlet b = std::fs::read(\"x\");");
        assert_eq!(
            found,
            [format!("{DOMAIN}:2: `std::fs`, but values and rules do not touch the world")]
        );
    }

    #[test]
    fn tests_of_the_domain_may_do_as_they_like() {
        let text = "fn f() {}\n#[cfg(test)]\nmod tests {\n use std::collections::HashMap;\n}";
        assert!(judge(impurities, DOMAIN, text).is_empty());
    }

    #[test]
    fn a_clock_in_sync_is_found() {
        let path = "src-tauri/crates/sync/src/plan.rs";
        assert!(judge(impurities, path, "fn plan(now: Moment) {}").is_empty());
        assert_eq!(judge(impurities, path, "let now = std::time::Instant::now();").len(), 1);
    }

    #[test]
    fn only_the_disk_of_the_store_touches_files() {
        let text = "use std::{\n    collections::BTreeMap,\n    fs::{self, File},\n};";
        assert!(judge(impurities, "src-tauri/crates/store/src/disk/os.rs", text).is_empty());
        assert_eq!(judge(impurities, "src-tauri/crates/store/src/work.rs", text).len(), 1);
    }
}
