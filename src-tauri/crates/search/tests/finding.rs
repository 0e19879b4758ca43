//! What is found, in what order, and what a damaged index does.
#![expect(clippy::unwrap_used, reason = "tests stop where something is not as it should be")]

use std::{fs, io, path::Path};

use kontor_search::{Index, Item, Kind, Opened, Piece, Query, SearchError};
use proptest::prelude::*;
use tempfile::TempDir;

const KEY: [u8; 32] = [7; 32];

fn item(entity: &str, betreff: &str, text: &str) -> Item {
    Item {
        entity: entity.into(),
        within: None,
        kind: Kind::Vorgang,
        einheit: "bauamt".into(),
        changed_ms: 1_000,
        revision: "1".into(),
        aktenzeichen: None,
        betreff: betreff.into(),
        names: Vec::new(),
        text: text.into(),
    }
}

fn desk(items: &[Item]) -> (TempDir, Index) {
    let folder = TempDir::new().unwrap();
    let (index, _) = Index::open(folder.path(), KEY).unwrap();
    for item in items {
        index.put(item).unwrap();
    }
    index.commit().unwrap();
    (folder, index)
}

fn query(text: &str) -> Query {
    Query { text: text.into(), rows_max: 20, ..Query::default() }
}

fn found(index: &Index, text: &str) -> Vec<String> {
    index.search(&query(text)).unwrap().rows.into_iter().map(|row| row.entity).collect()
}

fn meets(typed: &str, text: &str) -> bool {
    let (_folder, index) = desk(&[item("a", "", text)]);
    found(&index, &format!("{typed} ")) == ["a"]
}

#[test]
fn words_meet_in_every_spelling_and_form() {
    for (typed, text) in [
        ("mueller", "Frau Müller"),
        ("Müller", "Frau Mueller"),
        ("MÜLLER", "müller"),
        // The stemmer gives umlauts up, so this comes for nothing.
        ("Muller", "Müller"),
        ("Mu\u{308}ller", "Müller"),
        ("Strasse", "Lange Straße 4"),
        ("Straße", "LANGE STRASSE 4"),
        ("Str.", "Lange Straße"),
        ("Hauptstraße", "Hauptstr. 3"),
        ("Antrag", "zwei Anträge"),
        ("Anträge", "ein Antrag"),
        ("Antraege", "des Antrags"),
        ("Haus", "alte Häuser"),
        ("Haeuser", "ein Haus"),
        ("Steuern", "die Steuer"),
        ("Bescheid", "des Bescheides"),
        ("André", "Andre"),
        ("\"des bescheides\"", "Kopie des Bescheides liegt bei"),
    ] {
        assert!(meets(typed, text), "{typed} finds {text}");
    }
}

#[test]
fn words_that_differ_do_not_meet() {
    for (typed, text) in [
        ("Miller", "Müller"),
        ("Antrag Bescheid", "nur ein Antrag"),
        ("\"bescheides des\"", "des Bescheides"),
        ("Antrag -Müller", "Antrag von Müller"),
        ("Ant", "Antrag"),
    ] {
        assert!(!meets(typed, text), "{typed} must not find {text}");
    }
}

#[test]
fn the_last_word_may_be_unfinished() {
    let (_folder, index) =
        desk(&[item("a", "", "Grundstücksverkehrsgenehmigung"), item("b", "", "Antrag")]);
    for typed in ["grundst", "Grundstu", "grundstue", "Grundstücksverkehr"] {
        assert_eq!(found(&index, typed), ["a"], "{typed}");
    }
}

#[test]
fn an_aktenzeichen_is_found_by_its_parts() {
    let mut akte = item("a", "Bauantrag", "");
    akte.aktenzeichen = Some("32-1105-2026-0412".into());
    let (_folder, index) = desk(&[akte, item("b", "Anderes", "nichts")]);
    for typed in [
        "32-1105-2026-0412",
        "321105",
        "32.11.05",
        "1105",
        "1105-2026",
        "0412",
        "32 1105",
        "32/1105/2026/0412",
    ] {
        assert_eq!(found(&index, typed), ["a"], "{typed}");
    }
    assert!(found(&index, "105-2026 ").is_empty());
}

#[test]
fn the_aktenzeichen_stands_before_the_betreff_before_the_text_and_new_before_old() {
    let mut by_number = item("number", "x", "");
    by_number.aktenzeichen = Some("32-1105".into());
    let in_betreff = item("betreff", "zu 32-1105", "");
    let in_text = item("text", "y", &"siehe 32-1105. ".repeat(50));
    let newer = Item { changed_ms: 2_000, ..item("newer", "zu 32-1105", "") };
    let (_folder, index) = desk(&[in_text, in_betreff, by_number, newer]);
    assert_eq!(found(&index, "32-1105"), ["number", "newer", "betreff", "text"]);
}

#[test]
fn filters_narrow_by_kind_unit_and_time() {
    let akte = Item { kind: Kind::Akte, ..item("akte", "Antrag", "") };
    let jugend = Item { einheit: "jugendamt".into(), ..item("jugend", "Antrag", "") };
    let late = Item { changed_ms: 9_000, ..item("late", "Antrag", "") };
    let (_folder, index) = desk(&[akte, jugend, late]);
    let narrowed = |query: Query| -> Vec<String> {
        index.search(&query).unwrap().rows.into_iter().map(|row| row.entity).collect()
    };
    assert_eq!(narrowed(Query { kinds: vec![Kind::Akte], ..query("antrag") }), ["akte"]);
    assert_eq!(
        narrowed(Query { einheiten: vec!["jugendamt".into()], ..query("antrag") }),
        ["jugend"]
    );
    assert_eq!(narrowed(Query { changed_from_ms: Some(5_000), ..query("antrag") }), ["late"]);
    assert_eq!(narrowed(Query { changed_before_ms: Some(5_000), ..query("-x") }).len(), 2);
}

#[test]
fn a_snippet_shows_the_hit_and_is_the_text() {
    let text = format!(
        "{} Der Antrag von Frau Müller ging ein. {}",
        "Vorrede ".repeat(200),
        "Schluss ".repeat(200)
    );
    let (_folder, index) = desk(&[item("a", "", &text)]);
    let row = index.search(&query("mueller ")).unwrap().rows.remove(0);
    let hits: Vec<&Piece> = row.snippet.iter().filter(|piece| piece.hit).collect();
    assert_eq!(hits, [&Piece { text: "Müller".into(), hit: true }]);
    let whole: String = row.snippet.iter().map(|piece| piece.text.as_str()).collect();
    assert!(text.contains(&whole));
    assert!(whole.len() <= 220);
}

#[test]
fn putting_again_replaces_and_removing_removes() {
    let (folder, index) = desk(&[item("a", "Antrag", ""), item("b", "Antrag", "")]);
    index.put(&Item { revision: "2".into(), ..item("a", "Bescheid", "") }).unwrap();
    index.remove("b").unwrap();
    assert_eq!(index.stand().unwrap().len(), 2, "nothing counts before the commit");
    index.commit().unwrap();
    assert!(found(&index, "antrag").is_empty());
    assert_eq!(found(&index, "bescheid"), ["a"]);
    drop(index);
    let (index, opened) = Index::open(folder.path(), KEY).unwrap();
    assert!(matches!(opened, Opened::Kept), "{opened:?}");
    assert_eq!(index.stand().unwrap(), [("a".to_owned(), "2".to_owned())].into());
}

#[test]
fn nothing_lies_in_clear_on_the_disk() {
    let (folder, _index) = desk(&[item("vorgang/17", "Grundstück", "Kaufvertrag Grundstück")]);
    for file in files(folder.path()) {
        let bytes = fs::read(&file).unwrap();
        for word in ["Grundst", "grundst", "Kaufvertrag", "vorgang", "segments", "kopf"] {
            assert!(
                !bytes.windows(word.len()).any(|part| part == word.as_bytes()),
                "{word} in {file:?}"
            );
        }
    }
}

#[test]
fn another_key_begins_anew() {
    let (folder, index) = desk(&[item("a", "Antrag", "")]);
    drop(index);
    let (index, opened) = Index::open(folder.path(), [8; 32]).unwrap();
    assert!(matches!(opened, Opened::Rebuilt(_)), "{opened:?}");
    assert!(index.stand().unwrap().is_empty());
}

#[test]
fn what_lies_in_a_thing_goes_with_it() {
    let page = |entity: &str| Item { within: Some("vorgang/1".into()), ..item(entity, "", "Plan") };
    let (_folder, index) =
        desk(&[item("vorgang/1", "Plan", ""), page("vorgang/1/a"), item("vorgang/2", "Plan", "")]);
    assert_eq!(found(&index, "plan").len(), 3);
    index.remove("vorgang/1").unwrap();
    index.commit().unwrap();
    assert_eq!(found(&index, "plan"), ["vorgang/2"]);
}

#[test]
fn a_hit_names_its_page() {
    let text = "Deckblatt\u{c}Inhalt\u{c}Der Lageplan liegt bei.\u{c}";
    let (_folder, index) = desk(&[item("pages", "", text), item("plain", "", "ein Lageplan")]);
    let pages = |typed: &str| -> Vec<_> {
        let rows = index.search(&query(typed)).unwrap().rows;
        rows.into_iter().map(|row| (row.entity, row.page)).collect()
    };
    assert_eq!(pages("deckblatt "), [("pages".to_owned(), Some(1))]);
    let mut lageplan = pages("lageplan ");
    lageplan.sort();
    assert_eq!(lageplan, [("pages".to_owned(), Some(3)), ("plain".to_owned(), None)]);
}

#[test]
fn a_word_on_the_last_of_many_pages_is_shown() {
    let text = format!("{}Schlusswort", "Aktenvermerk Seite\u{c}".repeat(2_000));
    let (_folder, index) = desk(&[item("a", "", &text)]);
    let row = index.search(&query("schlusswort ")).unwrap().rows.remove(0);
    assert_eq!(row.page, Some(2_001));
    assert!(row.snippet.iter().any(|piece| piece.hit && piece.text == "Schlusswort"));
}

#[test]
fn more_can_be_asked_for_later() {
    let items: Vec<Item> =
        (0..9).map(|n| Item { changed_ms: n, ..item(&format!("v{n}"), "Antrag", "") }).collect();
    let (_folder, index) = desk(&items);
    let piece = |offset| {
        let hits = index.search(&Query { offset, rows_max: 4, ..query("antrag") }).unwrap();
        assert_eq!(hits.total, 9);
        hits.rows.into_iter().map(|row| row.entity).collect::<Vec<_>>()
    };
    assert_eq!(piece(0), ["v8", "v7", "v6", "v5"]);
    assert_eq!(piece(8), ["v0"]);
    assert!(piece(9).is_empty());
}

/// The library only says that its writer was killed. What the disk said must come through, and
/// the index must go on once the disk is there again.
#[test]
fn a_disk_that_fails_for_a_while_costs_only_what_was_not_committed() {
    let (folder, index) = desk(&[item("a", "Antrag", "")]);
    let away = folder.path().with_extension("away");
    fs::rename(folder.path(), &away).unwrap();
    index.put(&item("lost", "Antrag", "")).unwrap();
    let told = index.commit().unwrap_err();
    assert!(matches!(&told, SearchError::Io(error) if error.kind() == io::ErrorKind::NotFound));
    assert_eq!(found(&index, "antrag"), ["a"], "what is read goes on");
    fs::rename(&away, folder.path()).unwrap();
    index.put(&item("b", "Bescheid", "")).unwrap();
    index.commit().unwrap();
    index.rest().unwrap();
    assert_eq!(found(&index, "antrag"), ["a"]);
    assert_eq!(found(&index, "bescheid"), ["b"]);
}

#[test]
fn whatever_happens_to_a_file_the_index_opens_whole_or_anew() {
    for nth in 0.. {
        let mut harmed = 0;
        for harm in [flip as fn(&mut Vec<u8>), cut, clear] {
            let (folder, index) = desk(&[item("a", "Antrag", "Text")]);
            drop(index);
            let Some(file) = files(folder.path()).into_iter().nth(nth) else { continue };
            harmed += 1;
            let mut bytes = fs::read(&file).unwrap();
            harm(&mut bytes);
            fs::write(&file, bytes).unwrap();
            let (index, is_kept) = open_whole(folder.path());
            assert_eq!(found(&index, "antrag").len(), usize::from(is_kept), "{file:?}");
            index.put(&item("b", "Bescheid", "")).unwrap();
            index.commit().unwrap();
            assert_eq!(found(&index, "bescheid"), ["b"]);
        }
        if harmed == 0 {
            assert!(nth > 5, "an index has several files");
            break;
        }
    }
}

/// As whoever keeps an index does: one that is not whole goes.
fn open_whole(folder: &Path) -> (Index, bool) {
    let (index, opened) = Index::open(folder, KEY).unwrap();
    if index.verify().is_ok() {
        return (index, matches!(opened, Opened::Kept));
    }
    drop(index);
    fs::remove_dir_all(folder).unwrap();
    let (index, opened) = Index::open(folder, KEY).unwrap();
    assert!(matches!(opened, Opened::Fresh), "{opened:?}");
    (index, false)
}

#[expect(clippy::ptr_arg, reason = "one of several ways to harm a file, some of which shorten it")]
fn flip(bytes: &mut Vec<u8>) {
    let middle = bytes.len() / 2;
    if let Some(byte) = bytes.get_mut(middle) {
        *byte ^= 1;
    }
}

fn cut(bytes: &mut Vec<u8>) {
    bytes.truncate(bytes.len() - 1);
}

fn clear(bytes: &mut Vec<u8>) {
    bytes.clear();
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_word_of_a_thing_finds_it(text in "[a-zA-ZäöüÄÖÜßéèø0-9 .,-]{1,200}") {
        let (_folder, index) = desk(&[item("a", "", &text)]);
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(16) {
            prop_assert_eq!(found(&index, &format!("{word} ")), ["a"], "{}", word);
        }
    }
}

#[test]
fn nothing_typed_is_an_error() {
    let (_folder, index) = desk(&[item("a", "Antrag", "Ein \"Text\" mit - Strichen")]);
    proptest!(ProptestConfig::with_cases(2_000), |(typed in "\\PC{0,80}|[\" \\-a-z.äß*?:()\\[\\]]{0,60}")| {
        index.search(&query(&typed)).unwrap();
    });
    for typed in [
        "",
        " ",
        "\"",
        "\"\"",
        "-",
        "--",
        "-\"",
        "- a",
        "\u{1}",
        "\u{10ffff}",
        "a\u{10ffff}",
        "*",
        "a".repeat(100_000).as_str(),
        "a ".repeat(10_000).as_str(),
    ] {
        index.search(&query(typed)).unwrap();
    }
}
