//! With receipts.

use kontor_domain::{EntityRef, Entry, IntentId};
use kontor_store::work::{Fate, StoredEntry};
use kontor_sync::{Desk, DeskError, Receipt};
use kontor_wire::{Outcome, PushResult};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::answer::Outlook;
use crate::command::Command;
use crate::{Answer, AppError, Code, Office, Who};

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
}

/// Entries of this workstation, the newest first.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listed {
    entries: Vec<Line>,
    /// How many wait for the Zentrale.
    waiting: u64,
}

/// One of them.
#[derive(Debug, Serialize, JsonSchema)]
struct Line {
    #[schemars(with = "String")]
    entry: IntentId,
    /// Its place among all entries of this workstation.
    number: u64,
    /// What it is about.
    #[schemars(with = "String")]
    entity: EntityRef,
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
}

/// How far an entry has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum State {
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

/// Why something did not happen.
#[derive(Debug, Serialize, JsonSchema)]
struct Why {
    code: Code,
    sentence: &'static str,
    hint: &'static str,
}

impl Command for List {
    const NAME: &'static str = "entry.list";
    const ABOUT: &'static str = "Listet die Einträge dieses Arbeitsplatzes mit ihrem Beleg auf.";
    const WHO: Who = Who::SignedIn;
    type Answer = Listed;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let desk = office.desk()?;
        let rows_max = self.rows_max.unwrap_or(ROWS_USUAL).min(ROWS_MAX);
        let stored = desk.work().newest(self.before, rows_max)?;
        let entries = stored.iter().map(|stored| line(&desk, stored)).collect::<Result<_, _>>()?;
        Ok(Answer::unchanged(Listed { entries, waiting: desk.work().waiting_count()? }))
    }
}

fn line(desk: &Desk, stored: &StoredEntry) -> Result<Line, AppError> {
    let entry: Entry =
        serde_json::from_str(&stored.body).map_err(|_| DeskError::Unreadable("an entry"))?;
    let state = State::of(stored);
    let folded = desk.entry(stored.id).filter(|_| stored.fate == Fate::Waiting);
    Ok(Line {
        entry: stored.id,
        number: stored.number,
        entity: entry.intent.target(),
        kind: kind(&stored.body),
        saved_at: stored.saved_at,
        state,
        receipt: state.receipt(Receipt::of(stored.fate)),
        outlook: folded.map(|folded| Outlook::of(&folded.forecast)),
        refusal: refusal(stored),
        held: held(stored),
    })
}

impl State {
    fn of(stored: &StoredEntry) -> Self {
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
