//! All of one.

use std::collections::BTreeSet;

use kontor_domain::{
    Akte, AkteId, AktenplaneintragId, Aktenzeichen, Betreff, EinheitId, Entity, EntityRef, Feld,
    Name, Status, VorgangId,
};
use kontor_sync::Desk;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::aktenplan::{self, Step};
use crate::command::Command;
use crate::entry::{self, Line};
use crate::register::{Due, Register};
use crate::shown::{Names, Part, PartReceipt, Stamped, Waiting};
use crate::{Answer, AppError, Code, Office, Who};

/// Payload of `akte.show`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Show {
    /// Which.
    #[schemars(with = "String")]
    akte: AkteId,
}

/// An Akte, own waiting entries included. Its Vorgänge are listed by `vorgang.list`.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Shown {
    akte: AkteShown,
    inside: Inside,
    /// How many entries found their way into it.
    revision: u64,
    /// Entries of this workstation about it that wait, the newest first.
    entries: Vec<Line>,
}

/// What it is and where it stands.
#[derive(Debug, Serialize, JsonSchema)]
struct AkteShown {
    #[schemars(with = "String")]
    id: AkteId,
    #[schemars(with = "String")]
    aktenzeichen: Aktenzeichen,
    #[schemars(with = "String")]
    betreff: Betreff,
    /// Where it stands in the Aktenplan.
    #[schemars(with = "String")]
    aktenplaneintrag: AktenplaneintragId,
    /// The way there, from the top; empty if the place is not on this machine.
    aktenplan: Vec<Step>,
    /// Full years it is kept after it is closed, if the Aktenplan says so.
    retention_years: Option<u16>,
    /// The unit that keeps it.
    #[schemars(with = "String")]
    einheit: EinheitId,
    #[schemars(with = "Option<String>")]
    einheit_name: Option<Name>,
    /// Who opened it and when.
    angelegt: Stamped,
    /// Fields with two Fassungen nobody has decided between.
    #[schemars(with = "Vec<String>")]
    contested: BTreeSet<Feld>,
    /// How far its beginning has come.
    receipt: PartReceipt,
}

/// What lies in it, as far as it is on this machine.
#[derive(Debug, Serialize, JsonSchema)]
struct Inside {
    vorgaenge: usize,
    /// Of those, the ones that are not closed.
    open: usize,
    schriftstuecke: usize,
    /// When somebody last did something in one of them, in ms since 1970.
    geaendert: Option<i64>,
    /// What is due next in any of them.
    naechste: Option<DueIn>,
}

/// What is due, and where.
#[derive(Debug, Serialize, JsonSchema)]
struct DueIn {
    #[schemars(with = "String")]
    vorgang: VorgangId,
    due: Due,
}

impl Command for Show {
    const NAME: &'static str = "akte.show";
    const ABOUT: &'static str = "Zeigt eine Akte und was in ihr liegt.";
    const WHO: Who = Who::SignedIn;
    type Answer = Shown;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let entity = EntityRef::from(self.akte);
        let (akte, revision, entries) = {
            let desk = office.desk()?;
            let stand = desk.stand(entity)?.ok_or(Code::Unknown)?;
            let Entity::Akte(akte) = &stand.entity else { return Err(Code::Unknown.into()) };
            let entries = entry::waiting_about(&desk, entity)?;
            (shown(&desk, akte)?, stand.revision.number(), entries)
        };
        let (register, _) = office.register()?;
        let inside = inside(&register, self.akte);
        Ok(Answer::unchanged(Shown { akte, inside, revision, entries }))
    }
}

fn shown(desk: &Desk, it: &Akte) -> Result<AkteShown, AppError> {
    let mut names = Names::new(desk);
    let waiting = Waiting::of(desk, it.id.into());
    let way = aktenplan::way(desk, it.aktenplaneintrag)?;
    let kept = way.last().and_then(|place| place.aufbewahrung);
    let conflicts = it.felder.conflicts.values();
    Ok(AkteShown {
        id: it.id,
        aktenzeichen: it.aktenzeichen.clone(),
        betreff: it.betreff.clone(),
        aktenplaneintrag: it.aktenplaneintrag,
        aktenplan: way.into_iter().map(Step::from).collect(),
        retention_years: kept.map(|kept| kept.retention_years),
        einheit: it.einheit,
        einheit_name: names.einheit(it.einheit)?,
        angelegt: names.stamped(it.angelegt)?,
        contested: conflicts.flat_map(|it| it.contested.keys().copied()).collect(),
        receipt: waiting.receipt(Part::Whole),
    })
}

fn inside(register: &Register, akte: AkteId) -> Inside {
    let mut inside =
        Inside { vorgaenge: 0, open: 0, schriftstuecke: 0, geaendert: None, naechste: None };
    for row in register.vorgaenge.iter().filter(|row| row.akte == Some(akte)) {
        inside.vorgaenge += 1;
        inside.open += usize::from(row.status != Status::ZdA);
        inside.schriftstuecke += row.schriftstuecke;
        inside.geaendert = inside.geaendert.max(Some(row.geaendert.unix_ms()));
        let sooner = |due: &&Due| inside.naechste.as_ref().is_none_or(|it| due.am < it.due.am);
        if let Some(due) = row.due.as_ref().filter(sooner) {
            inside.naechste = Some(DueIn { vorgang: row.id, due: due.clone() });
        }
    }
    inside
}
