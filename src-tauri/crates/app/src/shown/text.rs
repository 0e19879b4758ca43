//! Values as a clerk reads them.

use kontor_domain::{Day, Entity, Feld, Feldwert};

use super::Names;
use crate::AppError;
use crate::word::status_text;

/// `22.12.2026`.
pub(crate) fn day_text(day: Day) -> String {
    day.date().strftime("%d.%m.%Y").to_string()
}

/// What a field is called: „Bearbeitet von“, „Frist „Anhörung““; in general if the thing is not here.
pub(crate) fn feld_text(feld: Feld, entity: Option<&Entity>) -> String {
    let vorgang = match entity {
        Some(Entity::Vorgang(vorgang)) => Some(vorgang),
        _ => None,
    };
    match feld {
        Feld::Betreff => "Betreff".to_owned(),
        Feld::Leistung => "Leistung".to_owned(),
        Feld::Status => "Status".to_owned(),
        Feld::Zuweisung => "Bearbeitet von".to_owned(),
        Feld::Einheit => "Organisationseinheit".to_owned(),
        Feld::Akte => "Akte".to_owned(),
        Feld::Frist(id) => match vorgang.and_then(|it| it.fristen.get(&id)) {
            Some(frist) => format!("Frist „{}“", frist.name),
            None => "Frist".to_owned(),
        },
        Feld::Wiedervorlage(id) => match vorgang.and_then(|it| it.wiedervorlagen.get(&id)) {
            Some(one) => format!("Wiedervorlage „{}“", one.grund),
            None => "Wiedervorlage".to_owned(),
        },
        Feld::Fassung(id) => match vorgang.and_then(|it| it.schriftstuecke.get(&id)) {
            Some(one) => format!("Fassung von „{}“", one.betreff),
            None => "Fassung eines Schriftstücks".to_owned(),
        },
        Feld::Schriftstueck(_) => "Name eines Schriftstücks".to_owned(),
    }
}

/// A value, with names instead of ids.
pub(crate) fn wert_text(
    wert: &Feldwert,
    entity: Option<&Entity>,
    names: &mut Names<'_>,
) -> Result<String, AppError> {
    const NOT_HERE: &str = "nicht auf diesem Gerät bekannt";
    let or_strange = |name: Option<kontor_domain::Name>| {
        name.map_or_else(|| NOT_HERE.to_owned(), |name| name.to_string())
    };
    Ok(match wert {
        Feldwert::Betreff(betreff) | Feldwert::Schriftstueck(_, betreff) => betreff.to_string(),
        Feldwert::Leistung(None) => "keine".to_owned(),
        Feldwert::Leistung(Some(leistung)) => leistung.to_string(),
        Feldwert::Status(status) => status_text(*status).to_owned(),
        Feldwert::Zuweisung(None) => "niemand".to_owned(),
        Feldwert::Zuweisung(Some(person)) => or_strange(names.person(*person)?),
        Feldwert::Einheit(einheit) => or_strange(names.einheit(*einheit)?),
        Feldwert::Akte(None) => "in keiner Akte".to_owned(),
        Feldwert::Akte(Some(akte)) => names.akte(*akte)?.map_or_else(
            || NOT_HERE.to_owned(),
            |akte| format!("{} {}", akte.aktenzeichen, akte.betreff),
        ),
        Feldwert::Frist(_, None) => "keine Frist".to_owned(),
        Feldwert::Frist(_, Some(frist)) => {
            format!("{}, bis zum {}", frist.name, day_text(frist.ende))
        }
        Feldwert::Wiedervorlage(_, day) => day_text(*day),
        Feldwert::Fassung(id, fassung) => {
            let there = match entity {
                Some(Entity::Vorgang(vorgang)) => vorgang.schriftstuecke.get(id),
                _ => None,
            };
            match there.and_then(|it| it.fassungen.get(fassung)) {
                Some(fassung) => {
                    let stamped = names.stamped(fassung.angelegt)?;
                    format!("Fassung von {}", or_strange(stamped.by_name))
                }
                None => NOT_HERE.to_owned(),
            }
        }
    })
}
