//! The Kreis itself: its units, its people, its Aktenplan and its Akten.

use std::collections::{BTreeMap, BTreeSet};

use kontor_domain::{
    AkteId, Aktenplaneintrag, AktenplaneintragId, Akteur, Aufbewahrung, CreateAkte, EinheitId,
    Extra, Intent, Land, Organisationseinheit, Person, PersonId, Rolle,
};

use crate::diary::Diary;
use crate::enter::value;
use crate::{DemoError, id};

/// So many days before now everything began.
pub(crate) const BEGIN_DAYS: i64 = 300;

/// Units: word, name.
const EINHEITEN: &[(&str, &str)] = &[
    ("gewerbe", "Ordnungsamt · Gewerbe"),
    ("waffen", "Ordnungsamt · Waffen und Jagd"),
    ("verkehr", "Straßenverkehrsamt"),
    ("bau", "Bauaufsicht"),
    ("wasser", "Umweltamt · Wasser"),
    ("lindenau", "Stadt Lindenau · Bürgerservice"),
    ("post", "Poststelle"),
];

/// People: first name, name, unit, role.
const PERSONEN: &[(&str, &str, &str, Rolle)] = &[
    ("emine", "Emine Yıldız", "post", Rolle::Administration),
    ("anna", "Anna Albers", "gewerbe", Rolle::Sachbearbeitung),
    ("bernd", "Bernd Brandt", "gewerbe", Rolle::Sachbearbeitung),
    ("gudrun", "Gudrun Ganz", "gewerbe", Rolle::Leitung),
    ("ilse", "Ilse Immel", "waffen", Rolle::Sachbearbeitung),
    ("jens", "Jens Jürgens", "verkehr", Rolle::Sachbearbeitung),
    ("clara", "Clara Claasen", "bau", Rolle::Leitung),
    ("henrik", "Henrik Harms", "bau", Rolle::Sachbearbeitung),
    ("kaya", "Kaya Köhler", "wasser", Rolle::Sachbearbeitung),
    ("lena", "Lena Lübbers", "lindenau", Rolle::Sachbearbeitung),
    ("dirk", "Dirk Petersen", "post", Rolle::Poststelle),
    ("frauke", "Frauke Lorenz", "post", Rolle::Revision),
];

/// Whoever gets a workstation.
const DESKS: &[&str] = &["anna", "bernd", "clara", "dirk", "lena"];

/// The Aktenplan: number, name, years a record is kept, unit that keeps its Akten.
const AKTENPLAN: &[(&str, &str, Option<u16>, &str)] = &[
    ("32", "Sicherheit und Ordnung", None, ""),
    ("32.11", "Gewerberecht", None, ""),
    ("32.11.05", "Gewerbeanzeigen", Some(10), "gewerbe"),
    ("32.11.10", "Gaststättenerlaubnisse", Some(10), "gewerbe"),
    ("32.11.20", "Reisegewerbe", Some(5), "gewerbe"),
    ("32.11.30", "Bewachungsgewerbe", Some(10), "gewerbe"),
    ("32.12", "Veranstaltungen und Sperrzeit", Some(5), "gewerbe"),
    ("32.20", "Waffen- und Jagdrecht", None, ""),
    ("32.20.01", "Waffenrechtliche Erlaubnisse", Some(30), "waffen"),
    ("32.20.10", "Jagdscheine", Some(5), "waffen"),
    ("33", "Bürgerservice", None, ""),
    ("33.10", "Meldewesen", Some(5), "lindenau"),
    ("33.20", "Bewohnerparken", Some(2), "lindenau"),
    ("36", "Straßenverkehr", None, ""),
    ("36.10", "Fahrerlaubnisse", Some(10), "verkehr"),
    ("36.30", "Ausnahmegenehmigungen", Some(5), "verkehr"),
    ("63", "Bauaufsicht", None, ""),
    ("63.10", "Baugenehmigungen", Some(30), "bau"),
    ("63.20", "Bauvoranfragen", Some(10), "bau"),
    ("66", "Umwelt", None, ""),
    ("66.30", "Wasserrechtliche Erlaubnisse", Some(30), "wasser"),
    ("66.31", "Kleinkläranlagen", Some(30), "wasser"),
];

/// Akten in each place of the Aktenplan, as parts of the alphabet.
const BAENDE: &[&str] = &["A–F", "G–K", "L–R", "S–Z"];

/// Units, people, the Aktenplan and the Akten.
pub(crate) fn begin(diary: &mut Diary) -> Result<(), DemoError> {
    let at = diary.calendar.at(BEGIN_DAYS, 0);
    for (word, name) in EINHEITEN {
        let einheit = Organisationseinheit {
            id: einheit(word),
            name: value(*name)?,
            uebergeordnet: None,
            land: Some(Land::NW),
            extra: Extra::default(),
        };
        diary.add(at, "emine", Intent::RecordEinheit(einheit));
    }
    for (word, name, ..) in PERSONEN {
        let Akteur { person, rollen, einheiten } = akteur(word);
        let person = Person {
            id: person,
            name: value(*name)?,
            einheiten,
            rollen,
            aktiv: true,
            extra: Extra::default(),
        };
        diary.add(at, "emine", Intent::RecordPerson(person));
    }
    for (number, name, years, _) in AKTENPLAN {
        let eintrag = Aktenplaneintrag {
            id: eintrag(number),
            schluessel: value(*number)?,
            name: value(*name)?,
            aufbewahrung: years.map(|retention_years| Aufbewahrung { retention_years }),
            extra: Extra::default(),
        };
        diary.add(at, "emine", Intent::RecordAktenplaneintrag(eintrag));
    }
    akten(diary)
}

fn akten(diary: &mut Diary) -> Result<(), DemoError> {
    let at = diary.calendar.at(BEGIN_DAYS, 60);
    let year = diary.calendar.year(-BEGIN_DAYS);
    for (number, name, _, unit) in AKTENPLAN.iter().filter(|(.., unit)| !unit.is_empty()) {
        for (band, letters) in (1..).zip(BAENDE) {
            let create = CreateAkte {
                akte: akte(number, band),
                aktenzeichen: value(format!("{number}-{year}/{band:04}"))?,
                betreff: value(format!("{name} {letters}"))?,
                aktenplaneintrag: eintrag(number),
                einheit: einheit(unit),
            };
            diary.add(at, clerks(unit).next().unwrap_or("anna"), Intent::CreateAkte(create));
        }
    }
    Ok(())
}

/// Whoever gets a workstation, by first name.
pub(crate) fn desks() -> BTreeMap<&'static str, PersonId> {
    DESKS.iter().map(|word| (*word, person(word))).collect()
}

/// First names of those who work on Vorgänge in a unit.
pub(crate) fn clerks(unit: &str) -> impl Iterator<Item = &'static str> {
    let works = |rolle| matches!(rolle, Rolle::Sachbearbeitung | Rolle::Leitung);
    let here = PERSONEN.iter().filter(move |(.., of, rolle)| *of == unit && works(*rolle));
    here.map(|(word, ..)| *word)
}

pub(crate) fn akteur(who: &str) -> Akteur {
    let found = PERSONEN.iter().filter(|(word, ..)| *word == who);
    let (einheiten, rollen): (BTreeSet<EinheitId>, BTreeSet<Rolle>) =
        found.map(|(_, _, unit, rolle)| (einheit(unit), *rolle)).unzip();
    Akteur { person: person(who), rollen, einheiten }
}

/// The Akte for somebody's name.
pub(crate) fn akte_of(number: &str, name: &str) -> AkteId {
    let band = match name.chars().next() {
        Some('A'..='F' | 'Ä') => 1,
        Some('G'..='K') => 2,
        Some('L'..='R' | 'Ö') => 3,
        _ => 4,
    };
    akte(number, band)
}

fn akte(number: &str, band: u32) -> AkteId {
    AkteId::new(id::of(&format!("akte/{number}/{band}")))
}

pub(crate) fn einheit(word: &str) -> EinheitId {
    EinheitId::new(id::of(&format!("einheit/{word}")))
}

pub(crate) fn person(word: &str) -> PersonId {
    PersonId::new(id::of(&format!("person/{word}")))
}

fn eintrag(number: &str) -> AktenplaneintragId {
    AktenplaneintragId::new(id::of(&format!("aktenplaneintrag/{number}")))
}
