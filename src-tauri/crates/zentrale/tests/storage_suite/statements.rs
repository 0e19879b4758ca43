//! No statement runs without a Mandant.

use std::fs;
use std::path::Path;

/// Statements that find the Mandant instead of being told, or read no rows of any.
const FREE: [&str; 9] = [
    "SELECT mandant, name FROM mandant ORDER BY mandant",
    "SELECT token_hash, person, name, added, mandant FROM device WHERE token_hash = ",
    "SELECT 1 FROM sqlite_schema LIMIT 1",
    "SELECT count(*) FROM sqlite_schema",
    "SELECT mandant, seq FROM feed_head",
    "SELECT 1 FROM mandant LIMIT 1",
    "SELECT pg_advisory_xact_lock(",
    "SELECT coalesce(max(version), 0) FROM schema_version",
    "INSERT INTO schema_version ",
];
const VERBS: [&str; 5] = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "];

#[test]
fn every_statement_names_a_mandant() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut statements = Vec::new();
    collect(&src.join("storage"), &mut statements);
    assert!(statements.len() >= 30, "only {} statements were found", statements.len());
    for statement in &statements {
        assert!(is_bound(statement), "no Mandant in: {statement}");
    }
    assert!(!is_bound("SELECT seq FROM feed WHERE scope = ?1"));
    assert!(!is_bound("INSERT INTO feed (seq, mandant) VALUES (?1, ?2)"));
}

fn is_bound(statement: &str) -> bool {
    if FREE.iter().any(|free| statement.starts_with(free)) {
        return true;
    }
    if let Some(insert) = statement.strip_prefix("INSERT INTO ") {
        return insert.split_once(" (").is_some_and(|(_, columns)| columns.starts_with("mandant,"));
    }
    statement.contains("mandant = ?1") || statement.contains("mandant = $1")
}

/// SQL in string literals of the source files, with line continuations joined.
fn collect(folder: &Path, statements: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, statements);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let source = fs::read_to_string(&path).unwrap();
            let literals = source.split('"').skip(1).step_by(2);
            let joined = literals
                .map(|literal| literal.split("\\\n").map(str::trim_start).collect::<String>());
            let is_sql = |text: &String| VERBS.iter().any(|verb| text.starts_with(verb));
            statements.extend(joined.filter(is_sql));
        }
    }
}

#[test]
fn every_function_is_tried_across_mandanten() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let port = fs::read_to_string(root.join("src/storage.rs")).unwrap();
    let tried = fs::read_to_string(root.join("tests/storage_suite/isolation.rs")).unwrap();
    let names: Vec<_> =
        port.split("async fn ").skip(1).filter_map(|rest| rest.split('(').next()).collect();
    assert!(names.len() >= 20, "only {} functions were found", names.len());
    // These write through `transact`, or know no Mandant.
    for name in names
        .iter()
        .filter(|name| !["transact", "create_mandant", "mandanten", "ping"].contains(name))
    {
        assert!(tried.contains(&format!(".{name}(")), "{name} is not tried");
    }
}
