//! A small Kreis to try things with: the same people, units and Vorgänge under the same ids every
//! time, entered by the people themselves through the one write path.

use std::collections::{BTreeMap, BTreeSet};

use kontor_domain::{
    AddNotiz, AddWiedervorlage, AkteId, Aktenplaneintrag, AktenplaneintragId, Akteur,
    AssignEingang, Aufbewahrung, ChangeFelder, CreateAkte, CreateVorgang, Day, EingangId,
    EinheitId, Extra, Feldaenderung, Feldwert, Intent, IntentId, Kanal, Land, Mandant, MandantId,
    Moment, NotizId, Organisationseinheit, Person, PersonId, RecordEingang, Rolle, VorgangId,
    WiedervorlageId,
};
use kontor_wire::Epoch;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::Zentrale;
use crate::operator::{NewEntry, Operator, OperatorError};
use crate::storage::StorageError;
use crate::world::new_id;

/// What was set up.
#[derive(Debug)]
pub struct Demo {
    /// The Kreis.
    pub mandant: MandantId,
    /// Its units by a short name.
    pub einheiten: BTreeMap<&'static str, EinheitId>,
    /// Its people by their first name.
    pub personen: BTreeMap<&'static str, PersonId>,
    /// Who gets a workstation.
    pub desks: [(&'static str, PersonId); 2],
    /// Some Vorgänge by a short name.
    pub vorgaenge: BTreeMap<&'static str, VorgangId>,
}

/// The morning the demonstration begins on: 2 November 2026, 7:30 UTC.
const BEGIN: Moment = Moment::from_unix_ms(1_793_604_600_000);
const MINUTE_MS: i64 = 60_000;

/// Units: word, name.
const EINHEITEN: &[(&str, &str)] =
    &[("gewerbeamt", "Gewerbeamt"), ("bauamt", "Bauamt"), ("poststelle", "Poststelle")];

/// People: word, name, unit, role.
const PERSONEN: &[(&str, &str, &str, Rolle)] = &[
    ("emine", "Emine Yıldız", "poststelle", Rolle::Administration),
    ("anna", "Anna Albers", "gewerbeamt", Rolle::Sachbearbeitung),
    ("bernd", "Bernd Brandt", "gewerbeamt", Rolle::Sachbearbeitung),
    ("clara", "Clara Claasen", "bauamt", Rolle::Leitung),
    ("dirk", "Dirk Petersen", "poststelle", Rolle::Poststelle),
    ("frauke", "Frauke Lorenz", "bauamt", Rolle::Revision),
];

/// The Aktenplan: number, name, years.
const AKTENPLAN: &[(&str, &str, Option<u16>)] = &[
    ("32", "Sicherheit und Ordnung", None),
    ("32.10", "Gewerbeanzeigen", Some(10)),
    ("32.20", "Gaststättenerlaubnisse", Some(10)),
    ("63", "Bauaufsicht", None),
    ("63.10", "Baugenehmigungen", Some(30)),
];

/// Akten: word, sign, what, place in the plan, unit, who opened it.
const AKTEN: &[[&str; 6]] = &[
    [
        "gewerbe",
        "32.10-2026/0001",
        "Gewerbeanzeigen Musterstadt 2026",
        "32.10",
        "gewerbeamt",
        "anna",
    ],
    ["gaststaette", "32.20-2026/0001", "Gaststätte Zum Anker", "32.20", "gewerbeamt", "bernd"],
    ["bau", "63.10-2026/0001", "Bauvorhaben Hafenstraße", "63.10", "bauamt", "clara"],
];

/// Vorgänge: word, what, unit, who opened it, Akte.
const VORGAENGE: &[[&str; 5]] = &[
    ["anker", "Erlaubnis für die Gaststätte Zum Anker", "gewerbeamt", "bernd", "gaststaette"],
    ["baeckerei", "Gewerbeanmeldung Bäckerei am Markt", "gewerbeamt", "anna", "gewerbe"],
    ["fahrrad", "Gewerbeummeldung Fahrradwerkstatt Nord", "gewerbeamt", "anna", "gewerbe"],
    ["imbiss", "Gewerbeabmeldung Imbiss am Bahnhof", "gewerbeamt", "bernd", "gewerbe"],
    ["carport", "Carport Hafenstraße 12", "bauamt", "clara", "bau"],
    ["anbau", "Anbau Hafenstraße 14", "bauamt", "clara", "bau"],
];

/// Eingänge: word, what, unit, Vorgang it belongs to or nothing.
const EINGAENGE: &[[&str; 4]] = &[
    ["lageplan", "Lageplan zum Carport", "bauamt", "carport"],
    ["anzeige", "Anzeige eines Reisegewerbes", "gewerbeamt", ""],
    ["nachfrage", "Nachfrage zur Bäckerei am Markt", "gewerbeamt", ""],
];

/// The Kreis of the demonstration.
pub fn mandant() -> MandantId {
    MandantId::new(id("mandant/kreis"))
}

/// Sets up the demonstration.
///
/// # Errors
/// If there is a Mandant of this id already, among others.
pub async fn load(zentrale: &Zentrale) -> Result<Demo, OperatorError> {
    let mandant = mandant();
    let kreis = Mandant { id: mandant, name: parsed(json!("Kreis Musterland"))? };
    zentrale.storage().create_mandant(&kreis, Epoch(new_id(zentrale.world()))).await?;
    let mut story = Story { zentrale, mandant, operators: BTreeMap::new(), minutes: 0 };
    story.reference_data().await?;
    story.akten().await?;
    story.vorgaenge().await?;
    story.eingaenge().await?;
    Ok(Demo {
        mandant,
        einheiten: EINHEITEN.iter().map(|(word, _)| (*word, einheit(word))).collect(),
        personen: PERSONEN.iter().map(|(word, ..)| (*word, person(word))).collect(),
        desks: [("anna", person("anna")), ("bernd", person("bernd"))],
        vorgaenge: VORGAENGE.iter().map(|[word, ..]| (*word, vorgang(word))).collect(),
    })
}

struct Story<'a> {
    zentrale: &'a Zentrale,
    mandant: MandantId,
    operators: BTreeMap<&'static str, Operator>,
    minutes: i64,
}

impl Story<'_> {
    /// Somebody does something, five minutes after the last one did.
    async fn then(
        &mut self,
        who: &'static str,
        what: String,
        intent: Intent,
    ) -> Result<(), OperatorError> {
        self.minutes += 5;
        let at = Moment::from_unix_ms(BEGIN.unix_ms() + self.minutes * MINUTE_MS);
        let id = IntentId::new(id(&format!("intent/{what}")));
        let (zentrale, mandant) = (self.zentrale, self.mandant);
        let operator = self
            .operators
            .entry(who)
            .or_insert_with(|| Operator::with_rights(zentrale, mandant, akteur(who)));
        operator.enter_as(NewEntry { id, at, intent }).await
    }

    async fn reference_data(&mut self) -> Result<(), OperatorError> {
        for (word, name) in EINHEITEN {
            let intent = Intent::RecordEinheit(Organisationseinheit {
                id: einheit(word),
                name: parsed(json!(name))?,
                uebergeordnet: None,
                land: Some(Land::NW),
                extra: Extra::default(),
            });
            self.then("emine", format!("einheit/{word}"), intent).await?;
        }
        for (word, name, ..) in PERSONEN {
            let akteur = akteur(word);
            let intent = Intent::RecordPerson(Person {
                id: akteur.person,
                name: parsed(json!(name))?,
                einheiten: akteur.einheiten,
                rollen: akteur.rollen,
                aktiv: true,
                extra: Extra::default(),
            });
            self.then("emine", format!("person/{word}"), intent).await?;
        }
        for (number, name, years) in AKTENPLAN {
            let intent = Intent::RecordAktenplaneintrag(Aktenplaneintrag {
                id: eintrag(number),
                schluessel: parsed(json!(number))?,
                name: parsed(json!(name))?,
                aufbewahrung: years.map(|retention_years| Aufbewahrung { retention_years }),
                extra: Extra::default(),
            });
            self.then("emine", format!("aktenplaneintrag/{number}"), intent).await?;
        }
        Ok(())
    }

    async fn akten(&mut self) -> Result<(), OperatorError> {
        for [word, sign, betreff, number, unit, who] in AKTEN {
            let intent = Intent::CreateAkte(CreateAkte {
                akte: akte(word),
                aktenzeichen: parsed(json!(sign))?,
                betreff: parsed(json!(betreff))?,
                aktenplaneintrag: eintrag(number),
                einheit: einheit(unit),
            });
            self.then(who, format!("akte/{word}"), intent).await?;
        }
        Ok(())
    }

    async fn vorgaenge(&mut self) -> Result<(), OperatorError> {
        for [word, betreff, unit, who, file] in VORGAENGE {
            let create = Intent::CreateVorgang(CreateVorgang {
                vorgang: vorgang(word),
                einheit: einheit(unit),
                betreff: parsed(json!(betreff))?,
                leistung: None,
            });
            self.then(who, format!("vorgang/{word}"), create).await?;
            let file = Intent::ChangeFelder(ChangeFelder {
                entity: vorgang(word).into(),
                changes: vec![
                    changed(Feldwert::Akte(None), Feldwert::Akte(Some(akte(file))))?,
                    changed(Feldwert::Zuweisung(None), Feldwert::Zuweisung(Some(person(who))))?,
                ],
                grund: None,
            });
            self.then(who, format!("ablage/{word}"), file).await?;
        }
        let notiz = Intent::AddNotiz(AddNotiz {
            vorgang: vorgang("anker"),
            notiz: NotizId::new(id("notiz/anker")),
            text: parsed(json!("Führungszeugnis fehlt noch, telefonisch angefordert."))?,
        });
        self.then("bernd", "notiz/anker".to_owned(), notiz).await?;
        let wiedervorlage = Intent::AddWiedervorlage(AddWiedervorlage {
            vorgang: vorgang("anker"),
            wiedervorlage: WiedervorlageId::new(id("wiedervorlage/anker")),
            am: parsed::<Day>(json!("2026-11-30"))?,
            grund: parsed(json!("Führungszeugnis da?"))?,
        });
        self.then("bernd", "wiedervorlage/anker".to_owned(), wiedervorlage).await
    }

    async fn eingaenge(&mut self) -> Result<(), OperatorError> {
        for [word, betreff, unit, belongs_to] in EINGAENGE {
            let eingang = EingangId::new(id(&format!("eingang/{word}")));
            let record = Intent::RecordEingang(Box::new(RecordEingang {
                eingang,
                einheit: einheit(unit),
                kanal: Kanal::Papier,
                betreff: parsed(json!(betreff))?,
                schriftstuecke: Vec::new(),
            }));
            self.then("dirk", format!("eingang/{word}"), record).await?;
            if !belongs_to.is_empty() {
                let vorgang = vorgang(belongs_to);
                let assign = Intent::AssignEingang(AssignEingang { eingang, vorgang });
                self.then("clara", format!("zuordnung/{word}"), assign).await?;
            }
        }
        Ok(())
    }
}

fn akteur(who: &str) -> Akteur {
    let found = PERSONEN.iter().filter(|(word, ..)| *word == who);
    let (einheiten, rollen): (BTreeSet<EinheitId>, BTreeSet<Rolle>) =
        found.map(|(_, _, unit, rolle)| (einheit(unit), *rolle)).unzip();
    Akteur { person: person(who), rollen, einheiten }
}

fn id(word: &str) -> Uuid {
    let demo = Uuid::new_v5(&Uuid::NAMESPACE_URL, b"urn:kontor:demo");
    Uuid::new_v5(&demo, word.as_bytes())
}

fn einheit(word: &str) -> EinheitId {
    EinheitId::new(id(&format!("einheit/{word}")))
}

/// Somebody by their first name.
pub fn person(word: &str) -> PersonId {
    PersonId::new(id(&format!("person/{word}")))
}

fn eintrag(number: &str) -> AktenplaneintragId {
    AktenplaneintragId::new(id(&format!("aktenplaneintrag/{number}")))
}

fn akte(word: &str) -> AkteId {
    AkteId::new(id(&format!("akte/{word}")))
}

fn vorgang(word: &str) -> VorgangId {
    VorgangId::new(id(&format!("vorgang/{word}")))
}

/// A value of the tables above through its only door.
fn parsed<T: DeserializeOwned>(value: Value) -> Result<T, OperatorError> {
    serde_json::from_value(value)
        .map_err(|_| StorageError::Damaged("a value of the demonstration").into())
}

fn changed(from: Feldwert, to: Feldwert) -> Result<Feldaenderung, OperatorError> {
    Feldaenderung::new(from, to)
        .ok_or_else(|| StorageError::Damaged("a change of the demonstration").into())
}
