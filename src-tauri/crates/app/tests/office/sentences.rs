//! Everything people read, in one file that somebody has read.

use std::fmt::Write as _;

use kontor_app::{Code, commands};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sentences.txt");

/// Words that clerks do not use, or that mean something else to them.
const JARGON: &[&str] = &[
    "Server",
    "Sync",
    "Cache",
    "Objekt",
    "Konflikt",
    "Fehler",
    "Token",
    "Client",
    "Backend",
    "JSON",
    "Timeout",
    "Exception",
    "Hash",
    "ungültig",
    "unbekannter",
    "Widerspruch",
];

fn all() -> String {
    let mut text = String::new();
    for code in Code::ALL {
        let (name, class) = (code.as_str(), code.class());
        writeln!(text, "{name} ({class:?})\n  {}\n  {}", code.sentence(), code.hint()).unwrap();
    }
    text.push('\n');
    for row in commands::TABLE {
        writeln!(text, "{}\n  {}\n  {}", row.name, row.about, row.who.sentence()).unwrap();
    }
    text
}

/// `KONTOR_BLESS=1` writes the file anew; whoever does that reads what it says now.
#[test]
fn sentences_are_as_somebody_has_read_them() {
    let now = all();
    if std::env::var_os("KONTOR_BLESS").is_some() {
        std::fs::write(FILE, &now).unwrap();
    }
    let read = std::fs::read_to_string(FILE).unwrap().replace("\r\n", "\n");
    assert!(read == now, "tests/sentences.txt is not what the program says; see KONTOR_BLESS");
}

#[test]
fn sentences_are_whole_and_without_jargon() {
    for code in Code::ALL {
        for text in [code.sentence(), code.hint()] {
            assert!(text.ends_with(['.', '“']) || text.ends_with("example"), "{code}: {text}");
            assert!(text.starts_with(|c: char| c.is_uppercase() || c == '„'), "{code}: {text}");
            let jargon = JARGON.iter().find(|word| text.contains(**word));
            assert_eq!(jargon, None, "{code}: {text}");
        }
    }
    for row in commands::TABLE {
        assert!(row.about.ends_with('.'), "{}", row.name);
    }
}

#[test]
fn codes_have_names_of_their_own() {
    let mut names: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
    for code in Code::ALL {
        assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
    }
}
