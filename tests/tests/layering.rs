//! The arrows between our crates, read from `cargo metadata` and held against the table of
//! `src-tauri/docs/ARCHITECTURE.md`, section "Layout".
//!
//! A new arrow is a decision, not a fix: it needs a record in `src-tauri/docs/adr/` and a line here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use cargo_metadata::{DependencyKind, MetadataCommand};

/// Who may import whom. A crate of ours that is missing here has no seat in the architecture.
const MAY_USE: &[(&str, &[&str])] = &[
    ("kontor-domain", &[]),
    ("kontor-wire", &["kontor-domain"]),
    ("kontor-store", &["kontor-domain"]),
    ("kontor-documents", &["kontor-domain"]),
    ("kontor-search", &["kontor-domain"]),
    ("kontor-capture", &["kontor-domain"]),
    ("kontor-fit-connect", &["kontor-domain"]),
    ("kontor-xdomea", &["kontor-domain"]),
    ("kontor-cmis", &["kontor-domain"]),
    ("kontor-sync", &["kontor-domain", "kontor-wire", "kontor-store"]),
    (
        "kontor-app",
        &[
            "kontor-domain",
            "kontor-wire",
            "kontor-store",
            "kontor-sync",
            "kontor-documents",
            "kontor-search",
            "kontor-capture",
            "kontor-fit-connect",
            "kontor-xdomea",
            "kontor-cmis",
        ],
    ),
    (
        "kontor-zentrale",
        &["kontor-domain", "kontor-wire", "kontor-fit-connect", "kontor-xdomea", "kontor-cmis"],
    ),
    // Whoever works alone has the Zentrale in the same process: same protocol, nothing to set up.
    ("kontor", &["kontor-app", "kontor-zentrale"]),
    ("kontor-ctl", &["kontor-app"]),
];

/// Crates for tests and for trying things: they may import everything and nobody ships them.
const TESTS_ONLY: &[&str] =
    &["kontor-demo", "kontor-testkit", "kontor-tests", "kontor-zustelldienst"];

/// Arrows that are allowed in tests of a crate beyond [`MAY_USE`].
const MAY_USE_IN_TESTS: &[(&str, &str)] = &[
    ("kontor-ctl", "kontor-zentrale"),
    // A subscriber is tried out with a Zustelldienst; ours for tests knows neither of them.
    ("kontor-fit-connect", "kontor-zustelldienst"),
    ("kontor-zentrale", "kontor-zustelldienst"),
];

/// Foreign crates with few keepers: nobody else names them, not even in tests.
const KEEPERS: &[(&[&str], &[&str])] = &[
    (&["tauri", "tauri-build", "wry", "tao"], &["kontor"]),
    (
        &["axum", "axum-server", "tower-http", "object_store"],
        &["kontor-zentrale", "kontor-testkit", "kontor-tests", "kontor-zustelldienst"],
    ),
    (
        &["rusqlite", "libsqlite3-sys"],
        // kontor-search: its benchmark measures FTS5.
        &["kontor-search", "kontor-store", "kontor-zentrale", "kontor-testkit", "kontor-tests"],
    ),
    (
        &["tokio-postgres", "postgres", "deadpool-postgres", "sqlx"],
        &["kontor-zentrale", "kontor-testkit", "kontor-tests"],
    ),
    (
        &["reqwest", "hyper", "hyper-util", "ureq"],
        // The Zustelldienst's paths and answers are FIT-Connect's own; whoever knows them calls.
        &[
            "kontor-app",
            "kontor-ctl",
            "kontor-fit-connect",
            "kontor-zentrale",
            "kontor-testkit",
            "kontor-tests",
            "kontor-zustelldienst",
        ],
    ),
];

/// Foreign crates that must not be reachable at all, through whatever detour.
const OUT_OF_REACH: &[(&str, &[&str])] = &[
    (
        "kontor-domain",
        &["tokio", "mio", "rusqlite", "reqwest", "hyper", "axum", "tauri", "keyring"],
    ),
    ("kontor-wire", &["tokio", "mio", "rusqlite", "reqwest", "hyper", "axum", "tauri", "keyring"]),
    ("kontor-store", &["reqwest", "hyper", "axum", "tauri"]),
    ("kontor-sync", &["reqwest", "hyper", "axum", "tauri"]),
    ("kontor-app", &["axum", "tauri"]),
    ("kontor-zentrale", &["tauri"]),
    ("kontor-ctl", &["axum", "tauri"]),
];

/// One `[dependencies]` line: who imports whom, and whether only for tests.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Arrow {
    from: String,
    to: String,
    only_for_tests: bool,
}

/// What `cargo metadata` knows, reduced to what the table speaks about.
#[derive(Debug, Default)]
struct Graph {
    /// Crates of this workspace.
    ours: BTreeSet<String>,
    /// Direct imports of our crates.
    arrows: BTreeSet<Arrow>,
    /// For each of our crates everything that ends up in its build, tests aside.
    reach: BTreeMap<String, BTreeSet<String>>,
}

fn violations(graph: &Graph) -> Vec<String> {
    let seatless = graph
        .ours
        .iter()
        .filter(|name| !TESTS_ONLY.contains(&name.as_str()) && seat(name).is_none())
        .map(|name| format!("{name} has no seat in the table of layers"));
    let crossing = graph
        .arrows
        .iter()
        .filter(|arrow| graph.ours.contains(&arrow.to) && !may_use(arrow))
        .map(|arrow| format!("{} must not use {}", arrow.from, arrow.to));
    let kept = graph
        .arrows
        .iter()
        .filter(|arrow| !is_keeper(arrow))
        .map(|arrow| format!("{} must not name {}", arrow.from, arrow.to));
    let reached = OUT_OF_REACH.iter().flat_map(|(ours, forbidden)| {
        forbidden
            .iter()
            .filter(|name| graph.reach.get(*ours).is_some_and(|reach| reach.contains(**name)))
            .map(move |name| format!("{ours} must not reach {name}"))
    });
    seatless.chain(crossing).chain(kept).chain(reached).collect()
}

fn seat(name: &str) -> Option<&'static [&'static str]> {
    MAY_USE.iter().find(|(ours, _)| *ours == name).map(|(_, allowed)| *allowed)
}

fn may_use(arrow: &Arrow) -> bool {
    let (from, to) = (arrow.from.as_str(), arrow.to.as_str());
    if TESTS_ONLY.contains(&from) {
        return to != "kontor-tests";
    }
    let in_table = seat(from).is_some_and(|allowed| allowed.contains(&to));
    let in_tests =
        arrow.only_for_tests && (to == "kontor-testkit" || MAY_USE_IN_TESTS.contains(&(from, to)));
    in_table || in_tests
}

fn is_keeper(arrow: &Arrow) -> bool {
    KEEPERS
        .iter()
        .filter(|(foreign, _)| foreign.contains(&arrow.to.as_str()))
        .all(|(_, keepers)| keepers.contains(&arrow.from.as_str()))
}

fn workspace_graph() -> Result<Graph> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let metadata = MetadataCommand::new()
        .manifest_path(manifest)
        .no_deps()
        .exec()
        .context("reading cargo metadata")?;
    let mut graph = Graph::default();
    for package in metadata.workspace_packages() {
        let from = package.name.to_string();
        for dependency in &package.dependencies {
            graph.arrows.insert(Arrow {
                from: from.clone(),
                to: dependency.name.clone(),
                only_for_tests: dependency.kind == DependencyKind::Development,
            });
        }
        graph.reach.insert(from.clone(), reach(&from)?);
        graph.ours.insert(from);
    }
    ensure!(graph.ours.contains("kontor-domain"), "the workspace has no kontor-domain");
    Ok(graph)
}

/// Everything in the build of one crate of ours, as `cargo tree` resolves it for that crate alone.
///
/// The resolved graph of `cargo metadata` unifies features over the whole workspace and would
/// blame the domain for a feature that only the Zentrale switches on.
fn reach(package: &str) -> Result<BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--edges", "normal", "--prefix", "none"])
        .args(["--format", "{p}", "--package", package])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .context("running cargo tree")?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "cargo tree failed for {package}: {complaint}");
    let listing = String::from_utf8(output.stdout).context("cargo tree printed no UTF-8")?;
    Ok(listing.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect())
}

#[test]
fn our_crates_keep_to_the_table() -> Result<()> {
    let found = violations(&workspace_graph()?);
    ensure!(found.is_empty(), "arrows outside the table of layers:\n  {}", found.join("\n  "));
    Ok(())
}

fn check(arrows: &[(&str, &str, bool)], expected: &[&str]) {
    let arrows: BTreeSet<Arrow> = arrows
        .iter()
        .map(|(from, to, only_for_tests)| Arrow {
            from: (*from).to_owned(),
            to: (*to).to_owned(),
            only_for_tests: *only_for_tests,
        })
        .collect();
    let ours = arrows
        .iter()
        .flat_map(|arrow| [arrow.from.clone(), arrow.to.clone()])
        .filter(|name| name.starts_with("kontor"))
        .collect();
    let graph = Graph { ours, arrows, reach: BTreeMap::new() };
    assert_eq!(violations(&graph), expected);
}

#[test]
fn arrows_of_the_table_pass() {
    check(
        &[
            ("kontor-wire", "kontor-domain", false),
            ("kontor-app", "kontor-sync", false),
            ("kontor-zentrale", "rusqlite", false),
            ("kontor-ctl", "kontor-zentrale", true),
            ("kontor-domain", "kontor-testkit", true),
            ("kontor-testkit", "axum", false),
        ],
        &[],
    );
}

#[test]
fn an_arrow_outside_the_table_is_found() {
    check(
        &[("kontor-domain", "kontor-store", false)],
        &["kontor-domain must not use kontor-store"],
    );
    check(&[("kontor-zentrale", "kontor-app", true)], &["kontor-zentrale must not use kontor-app"]);
}

#[test]
fn what_tests_may_use_is_not_for_the_product() {
    check(
        &[("kontor-ctl", "kontor-zentrale", false)],
        &["kontor-ctl must not use kontor-zentrale"],
    );
    check(&[("kontor-app", "kontor-testkit", false)], &["kontor-app must not use kontor-testkit"]);
    check(
        &[("kontor-testkit", "kontor-tests", false)],
        &["kontor-testkit must not use kontor-tests"],
    );
}

#[test]
fn a_foreign_crate_outside_its_keeper_is_found() {
    check(&[("kontor-sync", "reqwest", true)], &["kontor-sync must not name reqwest"]);
    check(&[("kontor-app", "rusqlite", false)], &["kontor-app must not name rusqlite"]);
}

#[test]
fn a_crate_without_a_seat_is_found() {
    check(&[("kontor-misc", "serde", false)], &["kontor-misc has no seat in the table of layers"]);
}

#[test]
fn a_detour_is_found() {
    let reach = BTreeMap::from([(
        "kontor-domain".to_owned(),
        BTreeSet::from(["serde".to_owned(), "tokio".to_owned()]),
    )]);
    let graph = Graph { reach, ..Graph::default() };
    assert_eq!(violations(&graph), ["kontor-domain must not reach tokio"]);
}
