//! With receipts.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use kontor_domain::{DocumentHash, EntityRef};
use kontor_store::work::{Fate, StoredEntry};
use kontor_sync::Desk;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::line::Line;
use crate::command::Command;
use crate::conflict;
use crate::{Answer, AppError, Office, Who};

const ROWS_MAX: u32 = 1_000;
const ROWS_USUAL: u32 = 100;

/// Payload of `entry.list`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct List {
    /// Only those before this number; continues a list.
    #[serde(default)]
    before: Option<u64>,
    /// At most this many; 100 if left out.
    #[serde(default)]
    rows_max: Option<u32>,
    /// Only what is still open („Was noch wartet“): waiting ones, refused ones nobody has put away,
    /// and those where two versions stand side by side. Not continued by `before`.
    #[serde(default)]
    open_only: bool,
}

/// Entries of this workstation, the newest first.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listed {
    entries: Vec<Line>,
    /// How many wait for the Zentrale.
    waiting: u64,
    /// How many were refused and not put away yet.
    refused: u64,
    /// How many of them met another version that nobody has decided about.
    contested: u64,
    /// How many documents still have to go to the Zentrale, and their length in bytes.
    uploads: Uploads,
}

/// Documents on their way.
#[derive(Debug, Serialize, JsonSchema)]
struct Uploads {
    documents: u64,
    size_bytes: u64,
}

impl Command for List {
    const NAME: &'static str = "entry.list";
    const ABOUT: &'static str = "Listet die Einträge dieses Arbeitsplatzes mit ihrem Beleg auf.";
    const WHO: Who = Who::SignedIn;
    type Answer = Listed;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let desk = office.desk()?;
        let rows_max = self.rows_max.unwrap_or(ROWS_USUAL).min(ROWS_MAX);
        let open: BTreeMap<DocumentHash, u64> =
            desk.work().open_uploads()?.iter().map(|it| (it.hash, it.size_bytes)).collect();
        let refused = desk.work().refused(ROWS_MAX)?;
        let contested = contested(&desk)?;
        let counts = (refused.len() as u64, contested.len() as u64);
        let stored = if self.open_only {
            let mut all = [desk.work().waiting(rows_max)?, refused, contested].concat();
            all.sort_by_key(|stored| Reverse(stored.number));
            all.truncate(rows_max as usize);
            all
        } else {
            desk.work().newest(self.before, rows_max)?
        };
        let entries = stored.iter().map(|it| Line::of(&desk, it)?.with_uploads(it, &open));
        Ok(Answer::unchanged(Listed {
            entries: entries.collect::<Result<_, AppError>>()?,
            waiting: desk.work().waiting_count()?,
            refused: counts.0,
            contested: counts.1,
            uploads: Uploads { documents: open.len() as u64, size_bytes: open.values().sum() },
        }))
    }
}

/// Own entries whose conflict nobody has decided about. One that waits stands among the waiting ones.
fn contested(desk: &Desk) -> Result<Vec<StoredEntry>, AppError> {
    let mut found = Vec::new();
    for stand in conflict::contested(desk)? {
        for id in stand.entity.felder().into_iter().flat_map(|felder| felder.conflicts.keys()) {
            found.extend(desk.work().entry(*id)?.filter(|it| it.fate == Fate::Conflict));
        }
    }
    Ok(found)
}

/// Entries about a thing that wait, the newest first.
pub(crate) fn waiting_about(desk: &Desk, entity: EntityRef) -> Result<Vec<Line>, AppError> {
    let about = desk
        .entries()
        .filter(|it| it.fate == Fate::Waiting && it.entry.intent.entities().contains(&entity));
    let mut lines = Vec::new();
    for folded in about {
        if let Some(stored) = desk.work().entry(folded.entry.id)? {
            lines.push(Line::of(desk, &stored)?);
        }
    }
    lines.reverse();
    Ok(lines)
}
