//! Where two versions stand side by side.

use kontor_domain::{
    Contest, Entity, EntityKind, EntityRef, Feld, Feldwert, IntentId, Name, PersonId, Side, Stand,
    Status,
};
use kontor_store::mirror::ListFilter;
use kontor_sync::Desk;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::entry::title;
use crate::shown::{Names, feld_text, wert_text};
use crate::{Answer, AppError, Office, Who};

const ROWS_MAX: u32 = 1_000;

/// Payload of `conflict.list`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct List {
    /// Only in this thing: `vorgang/0190…`.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    entity: Option<EntityRef>,
}

/// All that nobody has decided yet.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listed {
    conflicts: Vec<ConflictShown>,
}

/// One of them.
#[derive(Debug, Serialize, JsonSchema)]
struct ConflictShown {
    /// Where.
    #[schemars(with = "String")]
    entity: EntityRef,
    /// What that is about.
    betreff: String,
    /// The entry that met the other version.
    #[schemars(with = "String")]
    conflict: IntentId,
    /// When that was entered, by the clock of its author's machine, in ms since 1970.
    at: i64,
    fields: Vec<FieldShown>,
}

/// One contested field.
#[derive(Debug, Serialize, JsonSchema)]
struct FieldShown {
    /// Its name, as `conflict.resolve` wants it: `zuweisung`, `frist/0190…`.
    #[schemars(with = "String")]
    feld: Feld,
    /// The same for people: „Zuständig“.
    label: String,
    /// What the author of the entry had seen, for people.
    base: String,
    /// What the entry wanted; the choice `mine`.
    mine: SideShown,
    /// What stood there when it reached the Zentrale; the choice `theirs`.
    theirs: SideShown,
    /// Which of the two is by whoever signed in here.
    own: Option<Which>,
    /// What a third value would be; none where only one of the two can be chosen.
    other: Option<Other>,
}

/// A value that can be given freely: the choice `{"other": …}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "ConflictOther")]
enum Other {
    /// `{"betreff": "…"}`.
    Betreff,
    /// `{"zuweisung": person}`, of somebody in the same unit.
    Zuweisung,
    /// `{"wiedervorlage": [id, day]}`.
    Wiedervorlage,
}

/// One of the two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Which {
    /// The entry that met the other version.
    Mine,
    /// What stood there.
    Theirs,
}

/// One version of a field.
#[derive(Debug, Serialize, JsonSchema)]
struct SideShown {
    /// The value, for people.
    text: String,
    /// Who entered it.
    #[schemars(with = "String")]
    by: PersonId,
    /// Their name, if they are known here.
    #[schemars(with = "Option<String>")]
    by_name: Option<Name>,
    /// When, by the clock of their machine, in ms since 1970.
    at: i64,
    /// Whether it was entered on this machine.
    here: bool,
    /// What choosing it means beyond the value, for people.
    consequence: Option<&'static str>,
}

impl Command for List {
    const NAME: &'static str = "conflict.list";
    const ABOUT: &'static str = "Listet auf, wo zwei Fassungen nebeneinander stehen.";
    const WHO: Who = Who::SignedIn;
    type Answer = Listed;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let desk = office.desk()?;
        let stands = match self.entity {
            Some(entity) => desk.stand(entity)?.into_iter().collect(),
            None => contested(&desk)?,
        };
        let mut reading = Reading { me: desk.person()?, desk: &desk, names: Names::new(&desk) };
        let mut conflicts = Vec::new();
        for stand in stands {
            reading.conflicts(&stand.entity, &mut conflicts)?;
        }
        conflicts.sort_by_key(|it| (std::cmp::Reverse(it.at), it.conflict));
        Ok(Answer::unchanged(Listed { conflicts }))
    }
}

/// Things in which two versions stand side by side.
pub(crate) fn contested(desk: &Desk) -> Result<Vec<Stand>, AppError> {
    let mut stands = Vec::new();
    for kind in [EntityKind::Vorgang, EntityKind::Eingang, EntityKind::Akte] {
        let filter = ListFilter {
            kind,
            zuweisung: None,
            open_only: false,
            contested_only: true,
            rows_max: ROWS_MAX,
        };
        stands.extend(desk.list(&filter)?);
    }
    Ok(stands)
}

struct Reading<'a> {
    me: PersonId,
    desk: &'a Desk,
    names: Names<'a>,
}

impl Reading<'_> {
    fn conflicts(
        &mut self,
        entity: &Entity,
        conflicts: &mut Vec<ConflictShown>,
    ) -> Result<(), AppError> {
        for (id, conflict) in entity.felder().into_iter().flat_map(|felder| &felder.conflicts) {
            let is_own = self.desk.work().entry(*id)?.is_some();
            let mut fields = Vec::with_capacity(conflict.contested.len());
            for (feld, contest) in &conflict.contested {
                fields.push(self.field(entity, *feld, contest, is_own)?);
            }
            conflicts.push(ConflictShown {
                entity: entity.reference(),
                betreff: title(entity),
                conflict: *id,
                at: fields.iter().map(|field| field.mine.at).max().unwrap_or_default(),
                fields,
            });
        }
        Ok(())
    }

    fn field(
        &mut self,
        entity: &Entity,
        feld: Feld,
        contest: &Contest,
        is_own: bool,
    ) -> Result<FieldShown, AppError> {
        let own = if contest.mine.stamp.by == self.me {
            Some(Which::Mine)
        } else if contest.theirs.stamp.by == self.me {
            Some(Which::Theirs)
        } else {
            None
        };
        Ok(FieldShown {
            feld,
            label: feld_text(feld, Some(entity)),
            base: wert_text(&contest.base, Some(entity), &mut self.names)?,
            mine: self.side(entity, &contest.mine, is_own)?,
            theirs: self.side(entity, &contest.theirs, false)?,
            own,
            other: other(feld),
        })
    }

    fn side(&mut self, entity: &Entity, side: &Side, here: bool) -> Result<SideShown, AppError> {
        Ok(SideShown {
            text: wert_text(&side.wert, Some(entity), &mut self.names)?,
            by: side.stamp.by,
            by_name: self.names.person(side.stamp.by)?,
            at: side.stamp.at.unix_ms(),
            here,
            consequence: consequence(&side.wert),
        })
    }
}

const fn other(feld: Feld) -> Option<Other> {
    match feld {
        Feld::Betreff => Some(Other::Betreff),
        Feld::Zuweisung => Some(Other::Zuweisung),
        Feld::Wiedervorlage(_) => Some(Other::Wiedervorlage),
        Feld::Leistung
        | Feld::Status
        | Feld::Einheit
        | Feld::Akte
        | Feld::Frist(_)
        | Feld::Fassung(_)
        | Feld::Schriftstueck(_) => None,
    }
}

const fn consequence(wert: &Feldwert) -> Option<&'static str> {
    match wert {
        Feldwert::Status(Status::ZdA) => Some("Der Vorgang ist dann zu den Akten gelegt."),
        Feldwert::Einheit(_) => {
            Some("Danach sieht ihn, wer in dieser Organisationseinheit arbeitet.")
        }
        Feldwert::Frist(_, None) => Some("Die Frist steht dann nicht mehr im Vorgang."),
        Feldwert::Betreff(_)
        | Feldwert::Leistung(_)
        | Feldwert::Status(_)
        | Feldwert::Zuweisung(_)
        | Feldwert::Akte(_)
        | Feldwert::Frist(_, Some(_))
        | Feldwert::Wiedervorlage(..)
        | Feldwert::Fassung(..)
        | Feldwert::Schriftstueck(..) => None,
    }
}
