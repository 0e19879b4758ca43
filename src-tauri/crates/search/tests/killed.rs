//! A process that dies while it writes leaves the last commit, whole.

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Command, Stdio},
};

use kontor_search::{Index, Item, Kind, Opened};

const KEY: [u8; 32] = [7; 32];
const FOLDER: &str = "KONTOR_TEST_SUCHE";

/// Only does something as the process that is killed: says after each commit how many things are in.
#[test]
fn write_until_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let (index, _) = Index::open(&PathBuf::from(folder), KEY).unwrap();
    for n in index.stand().unwrap().len().. {
        index.put(&item(n)).unwrap();
        index.commit().unwrap();
        println!("\ncommitted {}", n + 1);
    }
}

#[test]
fn whoever_dies_while_writing_loses_nothing_committed() {
    let folder = tempfile::TempDir::new().unwrap();
    for round in 1..=8 {
        let mut writer = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "write_until_killed", "--nocapture"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(writer.stdout.take().unwrap()).lines();
        let committed: usize = said
            .map_while(Result::ok)
            .filter_map(|line| line.strip_prefix("committed ")?.parse().ok())
            .nth(round)
            .unwrap();
        writer.kill().unwrap();
        writer.wait().unwrap();
        let (index, opened) = Index::open(folder.path(), KEY).unwrap();
        assert!(matches!(opened, Opened::Kept), "{opened:?}");
        let stand = index.stand().unwrap();
        assert!(stand.len() >= committed, "{} of {committed}", stand.len());
        (0..stand.len()).for_each(|n| assert!(stand.contains_key(&item(n).entity), "{n}"));
    }
}

fn item(n: usize) -> Item {
    Item {
        entity: format!("vorgang/{n}"),
        within: None,
        kind: Kind::Vorgang,
        einheit: "bauamt".into(),
        changed_ms: 0,
        revision: "1".into(),
        aktenzeichen: None,
        betreff: "Antrag".into(),
        names: Vec::new(),
        text: "Text ".repeat(2_000),
    }
}
