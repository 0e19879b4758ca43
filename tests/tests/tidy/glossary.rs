//! `GLOSSAR.md` against the code: one word per thing, and every word known to both.

use std::collections::BTreeSet;

use crate::files::File;
use crate::source::{Source, words};

const GLOSSARY: &str = "src-tauri/docs/GLOSSAR.md";

/// One row of the glossary's table.
#[derive(Debug, PartialEq, Eq)]
struct Term {
    line: usize,
    name: String,
    /// What it is called in the code.
    identifiers: Vec<String>,
    /// Not in the code yet.
    planned: bool,
    /// Names that would be translations or something else.
    refused: Vec<Refused>,
}

#[derive(Debug, PartialEq, Eq)]
enum Refused {
    /// Also as part of a longer name: `Case` refuses `CaseId`.
    Word(String),
    /// Only as the whole name of a type: `Document` refuses neither `DocumentHash` nor a variant.
    Alone(String),
}

/// Names of types and variants in the code that the glossary refuses.
pub(crate) fn translations(files: &[File]) -> Vec<String> {
    let terms = terms(files);
    let rust = files.iter().filter(|file| file.is_rust() && file.path.starts_with("src-tauri/"));
    rust.flat_map(|file| {
        let source = Source::parse(&file.text);
        let found: BTreeSet<_> = names(&source)
            .filter_map(|(line, name, defined)| {
                let term = terms.iter().find(|term| term.refuses(name, defined))?;
                Some((line, format!("`{name}`: the office says {}", term.name)))
            })
            .collect();
        found.into_iter().map(|(line, what)| file.at(line, &what)).collect::<Vec<_>>()
    })
    .collect()
}

/// Capitalised names with their line, and whether a type gets its name there.
fn names(source: &Source) -> impl Iterator<Item = (usize, &str, bool)> {
    source.lines().flat_map(|(line, text)| {
        let before = std::iter::once("").chain(words(text));
        let pairs = before.zip(words(text));
        pairs.filter(|(_, name)| name.starts_with(|c: char| c.is_ascii_uppercase())).map(
            move |(before, name)| {
                (line, name, matches!(before, "struct" | "enum" | "trait" | "type"))
            },
        )
    })
}

/// Terms that the code does not know though they are not planned, and the other way round.
pub(crate) fn strangers(files: &[File]) -> Vec<String> {
    let rust = files.iter().filter(|file| file.is_rust() && file.path.starts_with("src-tauri/"));
    let sources: Vec<_> = rust.map(|file| Source::parse(&file.text).code).collect();
    let known: BTreeSet<&str> = sources.iter().flat_map(|code| words(code)).collect();
    let terms = terms(files);
    if terms.is_empty() {
        return vec![format!("{GLOSSARY}: no terms found")];
    }
    let complain = |term: &Term| {
        let missing = term.identifiers.iter().find(|name| !known.contains(name.as_str()));
        let what = match missing {
            Some(name) if !term.planned => format!("`{name}` is not in the code (geplant?)"),
            None if term.planned && !term.identifiers.is_empty() => {
                format!("{} is in the code, no longer geplant", term.name)
            }
            _ => return None,
        };
        Some(format!("{GLOSSARY}:{}: {what}", term.line))
    };
    terms.iter().filter_map(complain).collect()
}

impl Term {
    fn refuses(&self, name: &str, defined: bool) -> bool {
        self.refused.iter().any(|refused| match refused {
            Refused::Alone(word) => defined && name == word,
            Refused::Word(word) => starts_of_words(name).any(|start| {
                let rest = &name[start..];
                rest.strip_prefix(word.as_str())
                    .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_lowercase()))
            }),
        })
    }
}

fn starts_of_words(name: &str) -> impl Iterator<Item = usize> {
    name.char_indices().filter(|(_, c)| c.is_ascii_uppercase()).map(|(at, _)| at)
}

/// The rows of the table: Begriff | im Code | Bedeutung | Quelle | nicht.
fn terms(files: &[File]) -> Vec<Term> {
    let glossary = files.iter().find(|file| file.path == GLOSSARY);
    let lines = glossary.into_iter().flat_map(|file| file.text.lines().enumerate());
    lines.filter_map(|(index, line)| term(index + 1, line)).collect()
}

fn term(line: usize, row: &str) -> Option<Term> {
    let row = row.strip_prefix('|')?.strip_suffix('|')?;
    let cells: Vec<_> = row.split('|').map(str::trim).collect();
    let [name, in_code, _meaning, _source, refused] = cells.as_slice() else { return None };
    if *name == "Begriff" || name.starts_with("--") {
        return None;
    }
    Some(Term {
        line,
        name: (*name).to_owned(),
        identifiers: quoted(in_code).map(|(word, _)| word.to_owned()).collect(),
        planned: in_code.contains("geplant"),
        refused: quoted(refused)
            .map(|(word, after)| {
                let alone = after.trim_start().starts_with("allein");
                let refused = if alone { Refused::Alone } else { Refused::Word };
                refused(word.to_owned())
            })
            .collect(),
    })
}

/// Words in backticks, each with the text that follows it.
fn quoted(cell: &str) -> impl Iterator<Item = (&str, &str)> {
    let parts: Vec<_> = cell.split('`').collect();
    let pairs = parts.into_iter().skip(1).collect::<Vec<_>>();
    (0..pairs.len()).step_by(2).filter_map(move |at| {
        Some((*pairs.get(at)?, pairs.get(at + 1).copied().unwrap_or_default()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "# Glossar\n\
        | Begriff | im Code | Bedeutung | Quelle | nicht |\n\
        |---|---|---|---|---|\n\
        | Vorgang | `Vorgang` | eine Sache | xdomea | `Case`, `Matter` |\n\
        | Schriftstück | `Schriftstueck` | ein Dokument | xdomea | `Document` allein |\n\
        | Bescheid | `Bescheid` geplant | Verwaltungsakt | VwVfG | die Frist |\n";

    fn with_code(code: &str) -> [File; 2] {
        [
            File { path: GLOSSARY.to_owned(), text: TABLE.to_owned() },
            File { path: "src-tauri/crates/app/src/lib.rs".to_owned(), text: code.to_owned() },
        ]
    }

    #[test]
    fn translations_are_found() {
        let good = "struct VorgangId; // Case\nenum DocumentHash { Document, UpperCamelCased }";
        assert!(translations(&with_code(good)).is_empty());
        for bad in ["struct Case;", "enum E { OpenCase }", "struct CaseId;", "struct Document;"] {
            assert_eq!(translations(&with_code(bad)).len(), 1, "{bad}");
        }
    }

    #[test]
    fn strangers_are_found() {
        let good = "struct Vorgang; struct Schriftstueck;";
        assert!(strangers(&with_code(good)).is_empty());
        assert_eq!(
            strangers(&with_code("struct Vorgang; // Schriftstueck")),
            [format!("{GLOSSARY}:5: `Schriftstueck` is not in the code (geplant?)")]
        );
        assert_eq!(
            strangers(&with_code("struct Vorgang; struct Schriftstueck; struct Bescheid;")),
            [format!("{GLOSSARY}:6: Bescheid is in the code, no longer geplant")]
        );
    }
}
