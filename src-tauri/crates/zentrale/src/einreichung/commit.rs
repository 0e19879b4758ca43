//! Decrypted → committed: an Eingang, and a Vorgang where somebody is in charge, through the same
//! write path as everything else. Ids follow from the Einreichung, so that a repeated commit is the
//! same one.

use std::collections::BTreeMap;

use kontor_domain::{
    Akteur, AssignEingang, Betreff, CreateVorgang, EingangId, Entry, Fassung, FassungId, Format,
    InstanceId, Intent, IntentId, Kanal, Leistungsschluessel, MandantId, Moment, PersonId,
    RecordEingang, Revision, Rolle, Schriftstueck, SchriftstueckId, Stamp, VorgangId,
};
use kontor_fit_connect::EinreichungId;
use kontor_fit_connect::checks::events::Submitted;
use kontor_fit_connect::set::accept;
use kontor_wire::{Deferral, Outcome, PushEntry, PushRequest, PushResult};
use serde_json::value::to_raw_value;
use uuid::Uuid;

use super::record::{Antrag, Unterlage};
use super::{Held, Intake, Record, Step, Stop, einheit_of};
use crate::auth::Caller;
use crate::http::push::carry_out;

const LEIKA: &str = "urn:de:fim:leika:leistung:";

/// Who enters what the portal sends: nobody's colleague, known by one id per authority.
pub(super) fn portal(mandant: MandantId) -> PersonId {
    PersonId::new(Uuid::new_v5(&mandant.uuid(), b"fit-connect"))
}

/// A name below the Einreichung that is the same each time.
pub(super) fn id_of(einreichung: EinreichungId, what: &str) -> Uuid {
    Uuid::new_v5(&einreichung.uuid(), what.as_bytes())
}

impl Intake {
    pub(super) async fn commit(
        &self,
        id: EinreichungId,
        record: &Record,
        submitted: &Submitted,
        antrag: &Antrag,
    ) -> Result<Step, Stop> {
        let mandant = self.parts.mandant;
        let einheit = einheit_of(&self.parts.routes, &antrag.service, antrag.region.as_deref());
        let akteur = Akteur {
            person: portal(mandant),
            rollen: [Rolle::Poststelle, Rolle::Sachbearbeitung].into(),
            einheiten: [einheit].into(),
        };
        let request = self.request(id, submitted, antrag)?;
        let caller = Caller { mandant, akteur };
        let results = carry_out(&self.parts.zentrale, &caller, &request).await;
        for result in results.map_err(|_| Stop::Later(None))? {
            let result: PushResult =
                serde_json::from_str(result.get()).map_err(|_| Stop::Later(None))?;
            match result.outcome {
                Outcome::Accepted { .. } | Outcome::Merged { .. } => {}
                Outcome::Deferred { reason: Deferral::Document | Deferral::Parent } => {
                    return Err(Stop::Later(None));
                }
                Outcome::Deferred { .. } | Outcome::Conflict { .. } | Outcome::Rejected { .. } => {
                    return Err(Stop::Held(Held::NotRecorded));
                }
            }
        }
        // Everything outlives a power cut from here on; only now the acceptance is signed (13).
        let schema = submitted.schema.as_deref();
        let occasion = self.occasion(id, record, "accept", schema);
        let signing = self.ring(record.zustellpunkt)?.signing();
        let event = accept(occasion, &submitted.tags, signing, &self.parts.vocabulary)
            .map_err(|_| Stop::Held(Held::NoKeys))?;
        Ok(Step::Committed { event })
    }

    fn request(
        &self,
        id: EinreichungId,
        submitted: &Submitted,
        antrag: &Antrag,
    ) -> Result<PushRequest, Stop> {
        let routes = &self.parts.routes;
        let route = routes.find(&antrag.service, antrag.region.as_deref());
        let author = portal(self.parts.mandant);
        let at = submitted.at;
        let eingang = EingangId::new(id_of(id, "eingang"));
        let papers: Vec<_> = antrag
            .papers
            .iter()
            .enumerate()
            .map(|paper| schriftstueck(id, author, at, paper))
            .collect();
        let record = |betreff: Betreff, einheit| {
            let (kanal, schriftstuecke) = (Kanal::Portal, papers.clone());
            let record = RecordEingang { eingang, einheit, kanal, betreff, schriftstuecke };
            Intent::RecordEingang(Box::new(record))
        };
        let intents = if let Some(route) = route {
            let betreff = betreff(&route.name, "Antrag aus dem Portal");
            let vorgang = VorgangId::new(id_of(id, "vorgang"));
            let (einheit, leistung) = (route.einheit, leistung(&antrag.service));
            let create = CreateVorgang { vorgang, einheit, betreff: betreff.clone(), leistung };
            vec![
                ("create-vorgang", Intent::CreateVorgang(create)),
                ("record-eingang", record(betreff, einheit)),
                ("assign-eingang", Intent::AssignEingang(AssignEingang { eingang, vorgang })),
            ]
        } else {
            let reason = format!("Noch niemandem zugewiesen: Leistung {}", antrag.service);
            let betreff = betreff(&reason, "Antrag aus dem Portal, noch niemandem zugewiesen");
            vec![("record-eingang", record(betreff, routes.basket))]
        };
        let seen = BTreeMap::from([("assign-eingang", 1)]);
        let entries = intents.into_iter().enumerate().map(|(place, (what, intent))| {
            let entry = Entry {
                id: IntentId::new(id_of(id, what)),
                author,
                at,
                seen: Revision::new(seen.get(what).copied().unwrap_or_default()),
                intent,
            };
            Ok(PushEntry {
                number: place as u64 + 1,
                parents: Vec::new(),
                withdrawn: false,
                entry: to_raw_value(&entry).map_err(|_| Stop::Later(None))?,
            })
        });
        let instance = InstanceId::new(id_of(id, "instance"));
        Ok(PushRequest { instance, entries: entries.collect::<Result<_, Stop>>()? })
    }
}

fn leistung(service: &str) -> Option<Leistungsschluessel> {
    service.strip_prefix(LEIKA)?.parse().ok()
}

/// A stranger's words as a Betreff, or other words where they are not fit to be one.
#[expect(clippy::expect_used, reason = "a word of six letters is a Betreff")]
fn betreff(text: &str, otherwise: &str) -> Betreff {
    let short: String = text.chars().filter(|c| !c.is_control()).take(Betreff::CHARS_MAX).collect();
    let fallback = || otherwise.parse().or_else(|_| "Antrag".parse());
    short.parse().or_else(|_| fallback()).expect("a fixed text is a Betreff")
}

fn schriftstueck(
    id: EinreichungId,
    by: PersonId,
    at: Moment,
    (place, paper): (usize, &Unterlage),
) -> Schriftstueck {
    let name = paper.anlage.map_or_else(|| "daten".to_owned(), |anlage| anlage.to_string());
    let fassung = FassungId::new(id_of(id, &format!("fassung/{name}")));
    let format = Format {
        name: paper.file_name.clone(),
        medientyp: paper.medientyp.clone(),
        hash: paper.hash,
        size_bytes: paper.size_bytes,
    };
    let angelegt = Stamp { by, at };
    Schriftstueck {
        id: SchriftstueckId::new(id_of(id, &format!("schriftstueck/{name}"))),
        betreff: betreff(&paper.title, &format!("Anlage {}", place + 1)),
        fassungen: [(fassung, Fassung { id: fassung, angelegt, formate: vec![format] })].into(),
        aktuell: fassung,
    }
}
