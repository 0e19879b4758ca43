//! All of one.

use std::collections::BTreeSet;

use kontor_domain::{
    Betreff, DocumentHash, Eingang, EingangId, EinheitId, Entity, EntityRef, Feld, Name, Verbleib,
    VorgangId,
};
use kontor_sync::Desk;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::entry::{self, Line};
use crate::shown::{self, Names, Part, PartReceipt, SchriftstueckShown, Stamped, Waiting};
use crate::word::KanalWord;
use crate::{Answer, AppError, Code, Office, Who};

/// Payload of `eingang.show`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Show {
    /// Which.
    #[schemars(with = "String")]
    eingang: EingangId,
}

/// An Eingang, own waiting entries included.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Shown {
    eingang: EingangShown,
    /// How many entries found their way into it.
    revision: u64,
    /// Entries about it that wait for the Zentrale.
    waiting: usize,
    /// Documents of it whose bytes are not on this machine yet.
    #[schemars(with = "Vec<String>")]
    absent: BTreeSet<DocumentHash>,
    /// Entries of this workstation about it that wait, the newest first.
    entries: Vec<Line>,
}

/// What arrived.
#[derive(Debug, Serialize, JsonSchema)]
struct EingangShown {
    #[schemars(with = "String")]
    id: EingangId,
    /// What it is about.
    #[schemars(with = "String")]
    betreff: Betreff,
    /// How it came.
    kanal: KanalWord,
    /// The unit in whose inbox it lies.
    #[schemars(with = "String")]
    einheit: EinheitId,
    #[schemars(with = "Option<String>")]
    einheit_name: Option<Name>,
    /// Who recorded it and when.
    erfasst: Stamped,
    /// The Vorgang it became part of.
    vorgang: Option<VorgangBeside>,
    /// The newest first.
    schriftstuecke: Vec<SchriftstueckShown>,
    /// Fields with two Fassungen nobody has decided between.
    #[schemars(with = "Vec<String>")]
    contested: BTreeSet<Feld>,
    receipt: PartReceipt,
}

/// The Vorgang something went into.
#[derive(Debug, Serialize, JsonSchema)]
struct VorgangBeside {
    #[schemars(with = "String")]
    id: VorgangId,
    /// Absent if the Vorgang is not on this machine.
    #[schemars(with = "Option<String>")]
    betreff: Option<Betreff>,
    /// How far putting it there has come.
    receipt: PartReceipt,
}

impl Command for Show {
    const NAME: &'static str = "eingang.show";
    const ABOUT: &'static str = "Zeigt einen Eingang mit seinen Schriftstücken.";
    const WHO: Who = Who::SignedIn;
    type Answer = Shown;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let entity = EntityRef::from(self.eingang);
        let desk = office.desk()?;
        let stand = desk.stand(entity)?.ok_or(Code::Unknown)?;
        let Entity::Eingang(eingang) = &stand.entity else { return Err(Code::Unknown.into()) };
        let eingang = shown(office, &desk, eingang)?;
        let entries = entry::waiting_about(&desk, entity)?;
        Ok(Answer::unchanged(Shown {
            absent: shown::absent(&eingang.schriftstuecke),
            eingang,
            revision: stand.revision.number(),
            waiting: entries.len(),
            entries,
        }))
    }
}

fn shown(office: &Office, desk: &Desk, it: &Eingang) -> Result<EingangShown, AppError> {
    let mut names = Names::new(desk);
    let waiting = Waiting::of(desk, it.id.into());
    let vorgang = match it.verbleib {
        Verbleib::Offen => None,
        Verbleib::Zugeordnet(id) => {
            let betreff = desk.stand(id.into())?.and_then(|stand| match stand.entity {
                Entity::Vorgang(vorgang) => Some(vorgang.betreff),
                _ => None,
            });
            Some(VorgangBeside { id, betreff, receipt: waiting.receipt(Part::Verbleib) })
        }
    };
    let conflicts = it.felder.conflicts.values();
    Ok(EingangShown {
        id: it.id,
        betreff: it.betreff.clone(),
        kanal: it.kanal.into(),
        einheit: it.einheit,
        einheit_name: names.einheit(it.einheit)?,
        erfasst: names.stamped(it.erfasst)?,
        vorgang,
        schriftstuecke: shown::schriftstuecke(office, &it.schriftstuecke, &mut names, &waiting)?,
        contested: conflicts.flat_map(|it| it.contested.keys().copied()).collect(),
        receipt: waiting.receipt(Part::Whole),
    })
}
