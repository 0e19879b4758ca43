//! What people in these tests want.

use std::collections::BTreeMap;

use kontor_domain::{
    AddFassung, AddNotiz, AddSchriftstueck, AddWiedervorlage, AkteId, Aktenplaneintrag,
    AssignEingang, ChangeFelder, Choice, CompleteWiedervorlage, CreateAkte, CreateVorgang,
    DocumentHash, EingangId, EinheitId, EntityRef, Extra, Fassung, FassungId, Feld, Feldaenderung,
    Feldwert, Format, Frist, Intent, IntentId, Kanal, Organisationseinheit, PersonId,
    RecordEingang, ResolveConflict, Rolle, Schriftstueck, SchriftstueckId, Status, VorgangId,
};

use crate::office::{
    AKTE, ANNA, ANTRAG, AUSWEIS, BAUAKTE, BAUAMT, BERND, EINGANG, GEWERBE, GEWERBEAMT, IMBISS,
    VORGANG, Wish, anna, fassung, frist as frist_id, notiz as notiz_id, person, stamp,
    wiedervorlage as wiedervorlage_id,
};

/// What had happened before the office opens.
pub(crate) fn beginnings() -> Vec<Wish> {
    let intents = [
        einheit(GEWERBEAMT, "Gewerbeamt"),
        einheit(BAUAMT, "Bauamt"),
        Intent::RecordPerson(person(ANNA, "Anna", [Rolle::Sachbearbeitung])),
        plan("Gewerbe"),
        create_akte(AKTE, GEWERBEAMT, "32.10-2026/1"),
        create_akte(BAUAKTE, BAUAMT, "63.1-2026/1"),
        create_vorgang(VORGANG, "Kiosk"),
        wiedervorlage(1, "2026-12-01"),
        schriftstueck(VORGANG, ANTRAG, 1),
        create_vorgang(IMBISS, "Imbiss"),
        record_eingang(EINGANG, vec![document(AUSWEIS, 9)]),
    ];
    intents.into_iter().map(anna).collect()
}

// Values.

pub(crate) fn betreff(text: &str) -> Feldwert {
    Feldwert::Betreff(text.parse().unwrap())
}
pub(crate) fn status(status: Status) -> Feldwert {
    Feldwert::Status(status)
}
pub(crate) fn zuweisung(person: impl Into<Option<PersonId>>) -> Feldwert {
    Feldwert::Zuweisung(person.into())
}
pub(crate) fn unit(einheit: EinheitId) -> Feldwert {
    Feldwert::Einheit(einheit)
}
pub(crate) fn akte(akte: impl Into<Option<AkteId>>) -> Feldwert {
    Feldwert::Akte(akte.into())
}
pub(crate) fn leistung(number: &str) -> Feldwert {
    Feldwert::Leistung(Some(number.parse().unwrap()))
}
pub(crate) fn frist(n: u128, ende: &str) -> Feldwert {
    let frist =
        Frist { name: "Anhörung".parse().unwrap(), ende: ende.parse().unwrap(), rechnung: None };
    Feldwert::Frist(frist_id(n), Some(frist))
}
pub(crate) fn no_frist(n: u128) -> Feldwert {
    Feldwert::Frist(frist_id(n), None)
}
pub(crate) fn kommt(n: u128, am: &str) -> Feldwert {
    Feldwert::Wiedervorlage(wiedervorlage_id(n), am.parse().unwrap())
}
pub(crate) fn heisst(betreff: &str) -> Feldwert {
    Feldwert::Schriftstueck(ANTRAG, betreff.parse().unwrap())
}
pub(crate) fn gilt(n: u128) -> Feldwert {
    Feldwert::Fassung(ANTRAG, fassung(n))
}

// Changes of fields.

pub(crate) fn changes_of<const N: usize>(
    entity: impl Into<EntityRef>,
    changes: [(Feldwert, Feldwert); N],
) -> Intent {
    let changes = changes.map(|(from, to)| Feldaenderung::new(from, to).unwrap());
    Intent::ChangeFelder(ChangeFelder {
        entity: entity.into(),
        changes: changes.into(),
        grund: None,
    })
}
pub(crate) fn changes<const N: usize>(changes: [(Feldwert, Feldwert); N]) -> Intent {
    changes_of(VORGANG, changes)
}
pub(crate) fn change(from: Feldwert, to: Feldwert) -> Intent {
    changes([(from, to)])
}
pub(crate) fn name(from: &str, to: &str) -> Intent {
    change(betreff(from), betreff(to))
}
pub(crate) fn assign(from: impl Into<Option<PersonId>>, to: impl Into<Option<PersonId>>) -> Intent {
    change(zuweisung(from), zuweisung(to))
}
pub(crate) fn step(from: Status, to: Status) -> Intent {
    change(status(from), status(to))
}
pub(crate) fn close() -> Intent {
    step(Status::Offen, Status::ZdA)
}
pub(crate) fn reopen() -> Intent {
    step(Status::ZdA, Status::InBearbeitung)
}

// Lists.

pub(crate) fn note(n: u128) -> Intent {
    let text = format!("Notiz {n}").parse().unwrap();
    Intent::AddNotiz(AddNotiz { vorgang: VORGANG, notiz: notiz_id(n), text })
}
pub(crate) fn wiedervorlage(n: u128, am: &str) -> Intent {
    Intent::AddWiedervorlage(AddWiedervorlage {
        vorgang: VORGANG,
        wiedervorlage: wiedervorlage_id(n),
        am: am.parse().unwrap(),
        grund: "Unterlagen da?".parse().unwrap(),
    })
}
pub(crate) fn complete(n: u128) -> Intent {
    let wiedervorlage = wiedervorlage_id(n);
    Intent::CompleteWiedervorlage(CompleteWiedervorlage { vorgang: VORGANG, wiedervorlage })
}
pub(crate) fn file(n: u128) -> Format {
    Format {
        name: format!("Antrag {n}.pdf").parse().unwrap(),
        medientyp: "application/pdf".parse().unwrap(),
        hash: DocumentHash::from_bytes(std::array::from_fn(|i| n.to_le_bytes()[i % 16])),
        size_bytes: 1_000,
    }
}
/// As its author hands it in: what it says about author and time does not count.
pub(crate) fn version(n: u128) -> Fassung {
    Fassung { id: fassung(n), angelegt: stamp(ANNA), formate: vec![file(n)] }
}
pub(crate) fn document(id: SchriftstueckId, n: u128) -> Schriftstueck {
    Schriftstueck {
        id,
        betreff: "Antrag".parse().unwrap(),
        fassungen: BTreeMap::from([(fassung(n), version(n))]),
        aktuell: fassung(n),
    }
}
pub(crate) fn schriftstueck(vorgang: VorgangId, id: SchriftstueckId, n: u128) -> Intent {
    Intent::AddSchriftstueck(AddSchriftstueck { vorgang, schriftstueck: document(id, n) })
}
pub(crate) fn add_fassung(from: FassungId, fassung: Fassung) -> Intent {
    Intent::AddFassung(AddFassung { vorgang: VORGANG, schriftstueck: ANTRAG, from, fassung })
}
pub(crate) fn revise(from: u128, to: u128) -> Intent {
    add_fassung(fassung(from), version(to))
}

// Beginnings.

pub(crate) fn einheit(id: EinheitId, name: &str) -> Intent {
    Intent::RecordEinheit(Organisationseinheit {
        id,
        name: name.parse().unwrap(),
        uebergeordnet: None,
        land: None,
        extra: Extra::default(),
    })
}
pub(crate) fn plan(name: &str) -> Intent {
    Intent::RecordAktenplaneintrag(Aktenplaneintrag {
        id: GEWERBE,
        schluessel: "32.10".parse().unwrap(),
        name: name.parse().unwrap(),
        aufbewahrung: None,
        extra: Extra::default(),
    })
}
pub(crate) fn create_akte(akte: AkteId, einheit: EinheitId, zeichen: &str) -> Intent {
    Intent::CreateAkte(CreateAkte {
        akte,
        aktenzeichen: zeichen.parse().unwrap(),
        betreff: "Gewerbe".parse().unwrap(),
        aktenplaneintrag: GEWERBE,
        einheit,
    })
}
pub(crate) fn create_vorgang(vorgang: VorgangId, betreff: &str) -> Intent {
    let betreff = betreff.parse().unwrap();
    Intent::CreateVorgang(CreateVorgang { vorgang, einheit: GEWERBEAMT, betreff, leistung: None })
}
pub(crate) fn record_eingang(eingang: EingangId, schriftstuecke: Vec<Schriftstueck>) -> Intent {
    Intent::RecordEingang(Box::new(RecordEingang {
        eingang,
        einheit: GEWERBEAMT,
        kanal: Kanal::Papier,
        betreff: "Post".parse().unwrap(),
        schriftstuecke,
    }))
}
pub(crate) fn put_into(vorgang: VorgangId) -> Intent {
    Intent::AssignEingang(AssignEingang { eingang: EINGANG, vorgang })
}

// Decisions between two versions.

pub(crate) fn resolve<const N: usize>(conflict: IntentId, choices: [(Feld, Choice); N]) -> Intent {
    let choices = BTreeMap::from(choices);
    Intent::ResolveConflict(ResolveConflict {
        entity: VORGANG.into(),
        conflict,
        choices,
        grund: None,
    })
}
pub(crate) fn somebody_else() -> Feldwert {
    zuweisung(BERND)
}
