//! One entry as lists show it.

use std::collections::BTreeMap;

use kontor_domain::{DocumentHash, EntityRef, Entry, IntentId};
use kontor_store::work::{Fate, StoredEntry};
use kontor_sync::{Desk, DeskError, Receipt};
use kontor_wire::{Outcome, PushResult};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::about;
use crate::answer::Outlook;
use crate::{AppError, Code};

/// An entry with its receipt.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "EntryLine")]
pub(crate) struct Line {
    #[schemars(with = "String")]
    entry: IntentId,
    /// Its place among all entries of this workstation.
    number: u64,
    /// What it is about.
    #[schemars(with = "String")]
    entity: EntityRef,
    /// What that is called, if it can be seen here.
    betreff: Option<String>,
    /// What was done, for people: „Notiz hinzugefügt“.
    about: String,
    /// What was wanted, as `kontor_domain::Intent` names it: `add_notiz`.
    kind: String,
    /// When, by the clock of this machine, in ms since 1970.
    saved_at: i64,
    /// How far it has come.
    state: State,
    /// The same for people.
    receipt: &'static str,
    /// What will presumably become of it, while it waits.
    outlook: Option<Outlook>,
    /// Why the Zentrale refused it.
    refusal: Option<Why>,
    /// Why the Zentrale has not decided it, for people.
    held: Option<&'static str>,
    /// What its author can do about it.
    deeds: Vec<Deed>,
    /// Documents of it that still have to go to the Zentrale.
    uploads: u64,
    /// Their length in bytes.
    upload_bytes: u64,
}

/// How far an entry has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "EntryState")]
pub(crate) enum State {
    /// On this machine only.
    Waiting,
    /// On this machine only, and taken back.
    TakenBack,
    /// It happened.
    Accepted,
    /// Two versions stand side by side.
    Contested,
    /// It did not happen.
    Refused,
}

/// What can be done about an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "EntryDeed")]
pub(crate) enum Deed {
    /// Take it back: `entry.withdraw`.
    Withdraw,
    /// Let it go although what it builds on did not happen: `entry.release`.
    Release,
    /// Decide between the two versions: `conflict.resolve`.
    Resolve,
    /// It has been read: `entry.dismiss`.
    Dismiss,
}

/// Why something did not happen.
#[derive(Debug, Serialize, JsonSchema)]
struct Why {
    code: Code,
    sentence: &'static str,
    hint: &'static str,
}

impl Line {
    /// Without the documents that still have to go; see [`Line::with_uploads`].
    pub(crate) fn of(desk: &Desk, stored: &StoredEntry) -> Result<Self, AppError> {
        let entry = parse(stored)?;
        let entity = entry.intent.target();
        let stand = desk.stand(entity)?;
        let state = State::of(stored);
        let is_open = stand.as_ref().and_then(|stand| stand.entity.felder());
        let is_open = is_open.is_some_and(|felder| felder.conflicts.contains_key(&stored.id));
        let folded = desk.entry(stored.id).filter(|_| stored.fate == Fate::Waiting);
        Ok(Self {
            entry: stored.id,
            number: stored.number,
            entity,
            betreff: stand.map(|stand| about::title(&stand.entity)),
            about: about::done(&entry.intent),
            kind: kind(&stored.body),
            saved_at: stored.saved_at,
            state,
            receipt: state.receipt(Receipt::of(stored.fate)),
            outlook: folded.map(|folded| Outlook::of(&folded.forecast)),
            refusal: refusal(stored),
            held: held(stored),
            deeds: deeds(stored, state, is_open),
            uploads: 0,
            upload_bytes: 0,
        })
    }

    /// With the documents that still have to go, out of all that do.
    pub(crate) fn with_uploads(
        mut self,
        stored: &StoredEntry,
        open: &BTreeMap<DocumentHash, u64>,
    ) -> Result<Self, AppError> {
        if stored.fate == Fate::Waiting && !open.is_empty() {
            for hash in parse(stored)?.intent.hashes() {
                if let Some(size_bytes) = open.get(&hash) {
                    self.uploads += 1;
                    self.upload_bytes += size_bytes;
                }
            }
        }
        Ok(self)
    }
}

/// The entry as it was stored.
pub(crate) fn parse(stored: &StoredEntry) -> Result<Entry, AppError> {
    serde_json::from_str(&stored.body).map_err(|_| DeskError::Unreadable("an entry").into())
}

impl State {
    const fn of(stored: &StoredEntry) -> Self {
        match stored.fate {
            Fate::Waiting if stored.withdrawn => Self::TakenBack,
            Fate::Waiting => Self::Waiting,
            Fate::Accepted | Fate::Merged => Self::Accepted,
            Fate::Conflict => Self::Contested,
            Fate::Refused => Self::Refused,
        }
    }

    const fn receipt(self, receipt: Receipt) -> &'static str {
        match (receipt, self) {
            (Receipt::Here, Self::TakenBack) => "zurückgenommen, die Zentrale weiß es noch nicht",
            (Receipt::Here, _) => "hier gespeichert",
            (Receipt::AtZentrale, Self::Contested) => {
                "bei der Zentrale, dort stehen zwei Fassungen"
            }
            (Receipt::AtZentrale, Self::Refused) => "von der Zentrale nicht übernommen",
            (Receipt::AtZentrale, _) => "bei der Zentrale",
        }
    }
}

fn deeds(stored: &StoredEntry, state: State, is_open: bool) -> Vec<Deed> {
    match state {
        State::Waiting if stored.deferral == "parent" => vec![Deed::Release, Deed::Withdraw],
        State::Waiting => vec![Deed::Withdraw],
        State::Contested if is_open => vec![Deed::Resolve],
        State::Refused => vec![Deed::Dismiss],
        State::TakenBack | State::Accepted | State::Contested => Vec::new(),
    }
}

/// The intent's name, as stored.
fn kind(body: &str) -> String {
    #[derive(Deserialize)]
    struct Lean {
        intent: Named,
    }
    #[derive(Deserialize)]
    struct Named {
        kind: String,
    }
    serde_json::from_str(body).map(|lean: Lean| lean.intent.kind).unwrap_or_default()
}

fn refusal(stored: &StoredEntry) -> Option<Why> {
    match serde_json::from_str(&stored.result) {
        Ok(PushResult { outcome: Outcome::Rejected { refusal }, .. }) => {
            let code = Code::from(refusal);
            Some(Why { code, sentence: code.sentence(), hint: code.hint() })
        }
        Ok(_) | Err(_) => None,
    }
}

fn held(stored: &StoredEntry) -> Option<&'static str> {
    if stored.fate != Fate::Waiting {
        return None;
    }
    match stored.deferral.as_str() {
        "" => None,
        "parent" => Some("Er baut auf einem Eintrag auf, über den noch zu entscheiden ist."),
        "document" => Some("Sein Dokument ist noch nicht bei der Zentrale."),
        "not_understood" => Some("Die Zentrale muss erst aktualisiert werden."),
        "id_reused" => {
            Some("Unter seiner Kennung kennt die Zentrale etwas anderes; Ihre IT muss nachsehen.")
        }
        _ => Some("Die Zentrale konnte noch nicht entscheiden."),
    }
}
