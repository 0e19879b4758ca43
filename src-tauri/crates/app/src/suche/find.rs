//! Finds everything on this device that fits some words.

use kontor_domain::{AkteId, EinheitId, EntityKind, EntityRef, PersonId};
use kontor_search::{Kind, Piece, Query};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Progress;
use super::catch_up::Trouble;
use super::item::{hash_of, schriftstueck_of};
use crate::command::Command;
use crate::register::Register;
use crate::word::VorgangStatus;
use crate::{Answer, AppError, Office, Who};

const ROWS_USUAL: u32 = 20;
const ROWS_MAX: u32 = 200;

/// Payload of `suche.find`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Find {
    /// Words that must all be there, the last one perhaps unfinished; `"eine Wendung"`, `-ohne`.
    q: String,
    /// Only these kinds; all if left out.
    #[serde(default)]
    kinds: Vec<HitKind>,
    /// Only what belongs to this unit.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    einheit: Option<EinheitId>,
    /// Leave out this many at the beginning.
    #[serde(default)]
    offset: u32,
    /// At most this many; 20 if left out, 200 at most.
    #[serde(default)]
    rows_max: Option<u32>,
}

/// What a hit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum HitKind {
    /// A matter being worked on.
    Vorgang,
    /// Something that arrived.
    Eingang,
    /// A record.
    Akte,
    /// A document in one of them.
    Schriftstueck,
}

/// What was found, the best first.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Found {
    hits: Vec<Hit>,
    /// How many there are altogether.
    matching: u64,
    /// How many Vorgänge lie on this machine altogether.
    mirrored: u64,
    /// Whether every word of everything on this machine is found: all of it is in the index, and
    /// every document is here and could be read.
    complete: bool,
    /// How far the index is; none when it has everything.
    indexing: Option<Progress>,
}

/// One thing found.
#[derive(Debug, Serialize, JsonSchema)]
struct Hit {
    /// What is to be opened: the thing itself, or the one the document lies in.
    #[schemars(with = "String")]
    entity: EntityRef,
    kind: HitKind,
    /// What it is called, in pieces.
    betreff: Vec<PieceShown>,
    /// Why it was found, in pieces; empty where there is no text.
    snippet: Vec<PieceShown>,
    /// Of the thing to be opened.
    #[serde(flatten)]
    about: About,
    /// The Schriftstueck, if it is one.
    schriftstueck: Option<String>,
    /// SHA-256 of its file.
    hash: Option<String>,
    /// The page of the snippet, from 1.
    page: Option<u32>,
    /// When it last changed, in ms since 1970.
    geaendert: i64,
}

/// What lists say about a thing too.
#[derive(Debug, Default, Serialize, JsonSchema)]
struct About {
    /// What the thing is called in which a document lies.
    within: Option<String>,
    aktenzeichen: Option<String>,
    einheit_name: String,
    zuweisung_name: Option<String>,
    /// How far a Vorgang is.
    status: Option<VorgangStatus>,
}

/// Part of a text; put together they are the text.
#[derive(Debug, Serialize, JsonSchema)]
struct PieceShown {
    text: String,
    /// Whether this was asked for.
    hit: bool,
}

impl Command for Find {
    const NAME: &'static str = "suche.find";
    const ABOUT: &'static str = "Findet alles auf diesem Gerät, worin die gesuchten Wörter stehen.";
    const WHO: Who = Who::SignedIn;
    type Answer = Found;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let suche = &office.suche;
        let found = suche.catch_up_own(office).and_then(|()| {
            let index = suche.index()?;
            Ok(index.search(&self.query())?)
        });
        let found = match found {
            Ok(found) => found,
            Err(Trouble::Desk(error)) => {
                suche.begin_again();
                return Err(error);
            }
            // It is begun anew; until then the answer says that it is not complete.
            Err(Trouble::Index(error)) => {
                suche.recover(&error);
                kontor_search::Hits::default()
            }
        };
        let (register, _) = office.register()?;
        // What is not on the desk any more, for want of a right for example, is not shown, even if
        // the index has not heard of it yet.
        let hits = found.rows.into_iter().filter_map(|row| Hit::of(&register, row)).collect();
        Ok(Answer::unchanged(Found {
            hits,
            matching: found.total as u64,
            mirrored: register.vorgaenge.len() as u64,
            complete: suche.is_complete(),
            indexing: suche.progress(),
        }))
    }
}

impl Find {
    fn query(&self) -> Query {
        Query {
            text: self.q.clone(),
            kinds: self.kinds.iter().map(|kind| (*kind).into()).collect(),
            einheiten: self.einheit.iter().map(ToString::to_string).collect(),
            offset: self.offset as usize,
            rows_max: self.rows_max.unwrap_or(ROWS_USUAL).min(ROWS_MAX) as usize,
            ..Query::default()
        }
    }
}

impl Hit {
    fn of(register: &Register, row: kontor_search::Row) -> Option<Self> {
        let entity: EntityRef = row.within.as_deref().unwrap_or(&row.entity).parse().ok()?;
        let mut about = About::of(register, entity)?;
        let is_part = row.kind == Kind::Schriftstueck;
        if !is_part {
            about.within = None;
        }
        Some(Self {
            entity,
            kind: row.kind.into(),
            betreff: shown(row.betreff),
            snippet: shown(row.snippet),
            about,
            schriftstueck: schriftstueck_of(&row.entity).map(str::to_owned),
            hash: hash_of(&row.revision).filter(|_| is_part).map(str::to_owned),
            page: row.page,
            geaendert: row.changed_ms,
        })
    }
}

impl About {
    /// Out of the lists in memory; nothing if it is not there.
    fn of(register: &Register, entity: EntityRef) -> Option<Self> {
        let names = &register.names;
        let sign =
            |akte: AkteId| register.akten.get(akte.uuid()).map(|it| it.aktenzeichen.to_string());
        match entity.kind {
            EntityKind::Vorgang => register.vorgaenge.get(entity.id).map(|row| Self {
                within: Some(row.betreff.to_string()),
                aktenzeichen: row.akte.and_then(sign),
                einheit_name: names.einheit(row.einheit),
                zuweisung_name: row.zuweisung.map(|person: PersonId| names.person(person)),
                status: Some(row.status.into()),
            }),
            EntityKind::Eingang => register.eingaenge.get(entity.id).map(|row| Self {
                within: Some(row.betreff.to_string()),
                einheit_name: names.einheit(row.einheit),
                ..Self::default()
            }),
            EntityKind::Akte => register.akten.get(entity.id).map(|row| Self {
                within: Some(row.betreff.to_string()),
                aktenzeichen: Some(row.aktenzeichen.to_string()),
                einheit_name: names.einheit(row.einheit),
                ..Self::default()
            }),
            EntityKind::Einheit
            | EntityKind::Person
            | EntityKind::Aktenplaneintrag
            | EntityKind::Leistungspaket => None,
        }
    }
}

fn shown(pieces: Vec<Piece>) -> Vec<PieceShown> {
    pieces.into_iter().map(|Piece { text, hit }| PieceShown { text, hit }).collect()
}

impl From<HitKind> for Kind {
    fn from(kind: HitKind) -> Self {
        match kind {
            HitKind::Vorgang => Self::Vorgang,
            HitKind::Eingang => Self::Eingang,
            HitKind::Akte => Self::Akte,
            HitKind::Schriftstueck => Self::Schriftstueck,
        }
    }
}

impl From<Kind> for HitKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Vorgang => Self::Vorgang,
            Kind::Eingang => Self::Eingang,
            Kind::Akte => Self::Akte,
            Kind::Schriftstueck => Self::Schriftstueck,
        }
    }
}
