//! What must not be written anywhere.

use crate::files::{File, has_extension};
use crate::source::{Source, has_word};

/// Words for work that was not done. Put together here so that this file does not contain them.
const PUT_OFF: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X:"),
    concat!("to", "do!("),
    concat!("unimple", "mented!("),
    concat!("#[ig", "nore"),
];

/// Beginnings of paths that exist on one machine only.
const MACHINE_PATHS: &[&str] =
    &[concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/")];

/// Spellings without umlauts that no German sentence contains.
const SPELLED_OUT: &[&str] = &[
    "Aenderung",
    "Aenderungen",
    "Eintraege",
    "Eintraegen",
    "Geraet",
    "Groesse",
    "Loeschen",
    "Oeffnen",
    "Pruefen",
    "Pruefung",
    "Schluessel",
    "Uebertragung",
    "Verfuegung",
    "abgeschlossenen Vorgaenge",
    "aelter",
    "aendern",
    "aeltere",
    "beschaedigt",
    "duerfen",
    "enthaelt",
    "erklaert",
    "faellt",
    "fuer",
    "gehoert",
    "geaendert",
    "geloescht",
    "geoeffnet",
    "geprueft",
    "groesser",
    "gueltig",
    "haelt",
    "haengt",
    "haette",
    "hoechstens",
    "koennen",
    "koennte",
    "laeuft",
    "laesst",
    "laenger",
    "loeschen",
    "moechten",
    "moeglich",
    "muessen",
    "naechste",
    "naechsten",
    "noetig",
    "oeffnen",
    "pruefen",
    "pruefe",
    "schluessel",
    "spaeter",
    "traegt",
    "ueber",
    "uebertragen",
    "ungueltig",
    "unterstuetzt",
    "unvollstaendig",
    "veraendert",
    "verfuegbar",
    "verschluesselt",
    "vollstaendig",
    "waehlen",
    "waehrend",
    "waere",
    "wuerde",
    "zulaessig",
    "zurueck",
    "zusaetzlich",
    "zustaendig",
];

/// Promises to do something later, and tests that are switched off.
pub(crate) fn put_off(files: &[File]) -> Vec<String> {
    let check = |line: &str| {
        let word = PUT_OFF.iter().find(|word| has_word(line, word))?;
        Some(format!("`{word}`: do it, file it, or leave it out"))
    };
    written(files).flat_map(|file| file.line_by_line(check)).collect()
}

/// Paths of the machine that somebody worked on.
pub(crate) fn machine_paths(files: &[File]) -> Vec<String> {
    let check = |line: &str| {
        let path = MACHINE_PATHS.iter().find(|path| has_path(line, path))?;
        Some(format!("`{path}` is a path of one machine"))
    };
    written(files).flat_map(|file| file.line_by_line(check)).collect()
}

/// Attributes that switch off a lint without saying why.
pub(crate) fn silent_exceptions(files: &[File]) -> Vec<String> {
    let attributes = ["#[allow(", "#![allow(", "#[expect(", "#![expect("];
    let rust = files.iter().filter(|file| file.is_rust());
    rust.flat_map(|file| {
        let code = Source::parse(&file.text).code;
        let starts = attributes.iter().flat_map(|attribute| code.match_indices(attribute));
        let silent = starts.filter(|(start, _)| {
            let attribute = code[*start..].split(']').next().unwrap_or_default();
            !has_word(attribute, "reason")
        });
        let found = |(start, _): (usize, &str)| {
            let line = code[..start].matches('\n').count() + 1;
            file.at(line, "an exception without a reason")
        };
        silent.map(found).collect::<Vec<_>>()
    })
    .collect()
}

/// German sentences in string literals that spell umlauts with two letters.
pub(crate) fn spelled_out_umlauts(files: &[File]) -> Vec<String> {
    let rust = files.iter().filter(|file| file.is_rust() && !file.is_for_tests());
    rust.flat_map(|file| {
        let strings = Source::parse_without_tests(&file.text).strings;
        let sentences = strings.into_iter().filter(|(_, string)| string.contains(' '));
        let found = |(line, string): (usize, String)| {
            let word = SPELLED_OUT.iter().find(|word| has_word(&string, word))?;
            Some(file.at(line, &format!("`{word}` is written with an umlaut")))
        };
        sentences.filter_map(found).collect::<Vec<_>>()
    })
    .collect()
}

/// Files that a person wrote; lock files and the licence are not ours to word.
fn written(files: &[File]) -> impl Iterator<Item = &File> {
    files.iter().filter(|file| {
        file.path != "LICENSE"
            && !has_extension(&file.path, "lock")
            && !file.path.ends_with("package-lock.json")
    })
}

/// Whether an absolute path begins so; `https://host/work/` and `../work/` do not.
fn has_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        !before
            .is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '}' | ')' | '/'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge;

    #[test]
    fn put_off_work_is_found() {
        assert!(judge(put_off, "a.rs", "//! A method and its todos.").is_empty());
        let text = concat!("fn f() {\n    to", "do!()\n}");
        assert_eq!(judge(put_off, "a.rs", text).len(), 1);
        assert_eq!(judge(put_off, "a.md", concat!("TO", "DO: later")).len(), 1);
        assert_eq!(judge(put_off, "a.rs", concat!("#[ig", "nore = \"slow\"]")).len(), 1);
    }

    #[test]
    fn machine_paths_are_found() {
        assert!(judge(machine_paths, "a.md", "see https://host.example/work/plan").is_empty());
        assert!(judge(machine_paths, "a.sh", "cd \"${TOP}/work/x\"").is_empty());
        assert_eq!(judge(machine_paths, "a.sh", concat!("cd /wo", "rk/main")).len(), 1);
    }

    #[test]
    fn silent_exceptions_are_found() {
        let good = "#[expect(\n    clippy::panic,\n    reason = \"shown to nobody\"\n)]\nfn f() {}";
        assert!(judge(silent_exceptions, "a.rs", good).is_empty());
        let found = judge(silent_exceptions, "a.rs", "fn g() {}\n#[allow(dead_code)]\nfn f() {}");
        assert_eq!(found, ["a.rs:2: an exception without a reason"]);
    }

    #[test]
    fn spelled_out_umlauts_are_found() {
        let good = "// fuer\nlet a = \"Der Schlüssel für die Akte\"; let b = \"fuer\";";
        assert!(judge(spelled_out_umlauts, "a.rs", good).is_empty());
        let bad = "let a =\n\"Der Schluessel fehlt.\";";
        let found = judge(spelled_out_umlauts, "a.rs", bad);
        assert_eq!(found, ["a.rs:2: `Schluessel` is written with an umlaut"]);
    }
}
