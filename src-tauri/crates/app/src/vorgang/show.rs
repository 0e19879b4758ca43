//! All of one.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use kontor_domain::{
    AkteId, Aktenzeichen, Betreff, Day, DocumentHash, EingangId, EinheitId, Entity, EntityRef,
    Feld, FristId, Kalender, Leistungsschluessel, Name, NotizId, PersonId, Text, Vorgang,
    VorgangId, WiedervorlageId,
};
use kontor_sync::Desk;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::aktenplan::{self, Step};
use crate::command::Command;
use crate::entry::{self, Line};
use crate::frist::{Rule, explained};
use crate::shown::{
    self, Names, Part, PartReceipt, SchriftstueckShown, Stamped, Waiting, day_text,
};
use crate::word::{KanalWord, VorgangStatus};
use crate::{Answer, AppError, Code, Office, Who};

/// Payload of `vorgang.show`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Show {
    /// Which.
    #[schemars(with = "String")]
    vorgang: VorgangId,
}

/// A Vorgang as its clerk sees it, own waiting entries included.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Shown {
    vorgang: VorgangShown,
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

/// All that lies in a Vorgang.
#[derive(Debug, Serialize, JsonSchema)]
struct VorgangShown {
    #[schemars(with = "String")]
    id: VorgangId,
    /// What it is about.
    #[schemars(with = "String")]
    betreff: Betreff,
    /// How far it is.
    status: VorgangStatus,
    /// Who said so and when.
    status_since: Stamped,
    /// The unit responsible.
    #[schemars(with = "String")]
    einheit: EinheitId,
    #[schemars(with = "Option<String>")]
    einheit_name: Option<Name>,
    /// Who works on it.
    #[schemars(with = "Option<String>")]
    zuweisung: Option<PersonId>,
    #[schemars(with = "Option<String>")]
    zuweisung_name: Option<Name>,
    /// Who assigned it and when.
    zuweisung_since: Stamped,
    /// The Akte it lies in.
    akte: Option<Filed>,
    /// The public service: 14 digits.
    #[schemars(with = "Option<String>")]
    leistung: Option<Leistungsschluessel>,
    /// Who opened it and when.
    angelegt: Stamped,
    /// The newest first.
    notizen: Vec<NotizShown>,
    /// The nearest first; what is done behind.
    wiedervorlagen: Vec<WiedervorlageShown>,
    /// The nearest first.
    fristen: Vec<FristShown>,
    /// The newest first.
    schriftstuecke: Vec<SchriftstueckShown>,
    /// What arrived and went into it, the newest first.
    eingaenge: Vec<EingangBeside>,
    /// Fields with two Fassungen nobody has decided between: `zuweisung`, `frist/0190…`.
    #[schemars(with = "Vec<String>")]
    contested: BTreeSet<Feld>,
    /// How far its beginning has come.
    receipt: PartReceipt,
}

/// The Akte something lies in, and where that stands.
#[derive(Debug, Serialize, JsonSchema)]
struct Filed {
    #[schemars(with = "String")]
    id: AkteId,
    /// Absent if the Akte is not on this machine.
    #[schemars(with = "Option<String>")]
    aktenzeichen: Option<Aktenzeichen>,
    #[schemars(with = "Option<String>")]
    betreff: Option<Betreff>,
    /// The way through the Aktenplan, from the top.
    aktenplan: Vec<Step>,
}

/// A Notiz.
#[derive(Debug, Serialize, JsonSchema)]
struct NotizShown {
    #[schemars(with = "String")]
    id: NotizId,
    #[schemars(with = "String")]
    text: Text,
    /// Who wrote it and when.
    angelegt: Stamped,
    receipt: PartReceipt,
}

/// A Wiedervorlage.
#[derive(Debug, Serialize, JsonSchema)]
struct WiedervorlageShown {
    #[schemars(with = "String")]
    id: WiedervorlageId,
    /// The day it comes back.
    #[schemars(with = "String")]
    am: Day,
    /// Why.
    #[schemars(with = "String")]
    grund: Betreff,
    /// Who set it and when.
    angelegt: Stamped,
    /// Who ticked it off and when.
    erledigt: Option<Stamped>,
    receipt: PartReceipt,
}

/// A Frist.
#[derive(Debug, Serialize, JsonSchema)]
struct FristShown {
    #[schemars(with = "String")]
    id: FristId,
    /// What it is the deadline for.
    #[schemars(with = "String")]
    name: Name,
    /// Its last day.
    #[schemars(with = "String")]
    ende: Day,
    /// Working days from today up to its end, without the public holidays of the unit's Land;
    /// negative once they have passed. Absent for days far away.
    workdays_left: Option<i32>,
    /// Who set it last and when.
    gesetzt: Stamped,
    /// From what it was reckoned; nothing if somebody named the day.
    rechnung: Option<Rule>,
    /// Why it ends on that day, one thing a sentence.
    sentences: Vec<String>,
    receipt: PartReceipt,
}

/// An Eingang that went into the Vorgang.
#[derive(Debug, Serialize, JsonSchema)]
struct EingangBeside {
    #[schemars(with = "String")]
    id: EingangId,
    #[schemars(with = "String")]
    betreff: Betreff,
    kanal: KanalWord,
    /// Who recorded it and when.
    erfasst: Stamped,
}

impl Command for Show {
    const NAME: &'static str = "vorgang.show";
    const ABOUT: &'static str = "Zeigt einen Vorgang mit allem, was darin liegt.";
    const WHO: Who = Who::SignedIn;
    type Answer = Shown;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let entity = EntityRef::from(self.vorgang);
        let desk = office.desk()?;
        let stand = desk.stand(entity)?.ok_or(Code::Unknown)?;
        let Entity::Vorgang(vorgang) = &stand.entity else { return Err(Code::Unknown.into()) };
        let vorgang = Reading::of(office, &desk, &stand.entity).vorgang(vorgang)?;
        let entries = entry::waiting_about(&desk, entity)?;
        Ok(Answer::unchanged(Shown {
            absent: shown::absent(&vorgang.schriftstuecke),
            vorgang,
            revision: stand.revision.number(),
            waiting: entries.len(),
            entries,
        }))
    }
}

/// What every part needs to be shown.
struct Reading<'a> {
    office: &'a Office,
    desk: &'a Desk,
    entity: &'a Entity,
    names: Names<'a>,
    waiting: Waiting,
    today: Option<Day>,
}

impl<'a> Reading<'a> {
    fn of(office: &'a Office, desk: &'a Desk, entity: &'a Entity) -> Self {
        Self {
            office,
            desk,
            entity,
            names: Names::new(desk),
            waiting: Waiting::of(desk, entity.reference()),
            today: office.today(),
        }
    }

    fn vorgang(mut self, it: &Vorgang) -> Result<VorgangShown, AppError> {
        let conflicts = it.felder.conflicts.values();
        Ok(VorgangShown {
            id: it.id,
            betreff: it.betreff.clone(),
            status: it.status.into(),
            status_since: self.set_by(Feld::Status)?,
            einheit: it.einheit,
            einheit_name: self.names.einheit(it.einheit)?,
            zuweisung: it.zuweisung,
            zuweisung_name: it.zuweisung.map_or(Ok(None), |who| self.names.person(who))?,
            zuweisung_since: self.set_by(Feld::Zuweisung)?,
            akte: it.akte.map(|akte| self.filed(akte)).transpose()?,
            leistung: it.leistung.clone(),
            angelegt: self.names.stamped(it.angelegt)?,
            notizen: self.notizen(it)?,
            wiedervorlagen: self.wiedervorlagen(it)?,
            fristen: self.fristen(it)?,
            schriftstuecke: shown::schriftstuecke(
                self.office,
                &it.schriftstuecke,
                &mut self.names,
                &self.waiting,
            )?,
            eingaenge: self.eingaenge(it.id)?,
            contested: conflicts.flat_map(|it| it.contested.keys().copied()).collect(),
            receipt: self.waiting.receipt(Part::Whole),
        })
    }

    fn set_by(&mut self, feld: Feld) -> Result<Stamped, AppError> {
        let stamp = self.entity.set_by(feld).ok_or(Code::Internal)?;
        self.names.stamped(stamp)
    }

    fn filed(&self, id: AkteId) -> Result<Filed, AppError> {
        let Some(akte) = self.names.akte(id)? else {
            return Ok(Filed { id, aktenzeichen: None, betreff: None, aktenplan: Vec::new() });
        };
        let way = aktenplan::way(self.desk, akte.aktenplaneintrag)?;
        Ok(Filed {
            id,
            aktenzeichen: Some(akte.aktenzeichen),
            betreff: Some(akte.betreff),
            aktenplan: way.into_iter().map(Step::from).collect(),
        })
    }

    fn notizen(&mut self, vorgang: &Vorgang) -> Result<Vec<NotizShown>, AppError> {
        let mut notizen = Vec::with_capacity(vorgang.notizen.len());
        for (id, notiz) in &vorgang.notizen {
            notizen.push(NotizShown {
                id: *id,
                text: notiz.text.clone(),
                angelegt: self.names.stamped(notiz.angelegt)?,
                receipt: self.waiting.receipt(Part::Notiz(*id)),
            });
        }
        notizen.sort_by_key(|notiz| Reverse((notiz.angelegt.at, notiz.id)));
        Ok(notizen)
    }

    fn wiedervorlagen(&mut self, vorgang: &Vorgang) -> Result<Vec<WiedervorlageShown>, AppError> {
        let mut all = Vec::with_capacity(vorgang.wiedervorlagen.len());
        for (id, it) in &vorgang.wiedervorlagen {
            let moved = self.waiting.receipt(Part::Feld(Feld::Wiedervorlage(*id)));
            all.push(WiedervorlageShown {
                id: *id,
                am: it.am,
                grund: it.grund.clone(),
                angelegt: self.names.stamped(it.angelegt)?,
                erledigt: it.erledigt.map(|stamp| self.names.stamped(stamp)).transpose()?,
                receipt: self.waiting.receipt(Part::Wiedervorlage(*id)).least(moved),
            });
        }
        all.sort_by_key(|it| (it.erledigt.is_some(), it.am, it.id));
        Ok(all)
    }

    fn fristen(&mut self, vorgang: &Vorgang) -> Result<Vec<FristShown>, AppError> {
        let kalender = Kalender::new(self.names.land(vorgang.einheit)?);
        let mut fristen = Vec::with_capacity(vorgang.fristen.len());
        for (id, frist) in &vorgang.fristen {
            let gesetzt = self.set_by(Feld::Frist(*id))?;
            fristen.push(FristShown {
                id: *id,
                name: frist.name.clone(),
                ende: frist.ende,
                workdays_left: self.today.and_then(|today| kalender.arbeitstage(today, frist.ende)),
                rechnung: frist.rechnung.as_ref().map(Rule::from),
                sentences: match &frist.rechnung {
                    Some(rechnung) => explained(rechnung, frist.ende),
                    None => named_by_hand(frist.ende, &gesetzt),
                },
                gesetzt,
                receipt: self.waiting.receipt(Part::Feld(Feld::Frist(*id))),
            });
        }
        fristen.sort_by_key(|frist| (frist.ende, frist.id));
        Ok(fristen)
    }

    fn eingaenge(&mut self, vorgang: VorgangId) -> Result<Vec<EingangBeside>, AppError> {
        let mut beside = Vec::new();
        for eingang in self.desk.eingaenge_of(vorgang)? {
            beside.push(EingangBeside {
                id: eingang.id,
                kanal: eingang.kanal.into(),
                erfasst: self.names.stamped(eingang.erfasst)?,
                betreff: eingang.betreff,
            });
        }
        beside.sort_by_key(|it| Reverse((it.erfasst.at, it.id)));
        Ok(beside)
    }
}

/// Somebody named the day: there is no rule to name and no shift to tell.
fn named_by_hand(ende: Day, gesetzt: &Stamped) -> Vec<String> {
    let who = gesetzt.by_name.as_ref().map_or("jemandem, der hier nicht bekannt ist", Name::as_str);
    vec![
        format!("Die Frist endet mit Ablauf des {}.", day_text(ende)),
        format!("Das Ende wurde von {who} eingetragen, nicht aus einer Vorschrift berechnet."),
    ]
}
