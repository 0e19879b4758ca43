//! What an entry did, in two or three words.

use kontor_domain::{Entity, Feld, Feldwert, Intent, Status};

/// „Notiz hinzugefügt“.
pub(crate) fn done(intent: &Intent) -> String {
    match intent {
        Intent::RecordEinheit(_) => "Organisationseinheit erfasst".to_owned(),
        Intent::RecordPerson(_) => "Person erfasst".to_owned(),
        Intent::RecordAktenplaneintrag(_) => "Aktenplan geändert".to_owned(),
        Intent::RecordLeistungspaket(_) => "Leistungspaket geändert".to_owned(),
        Intent::CreateAkte(_) => "Akte angelegt".to_owned(),
        Intent::CreateVorgang(_) => "Vorgang angelegt".to_owned(),
        Intent::RecordEingang(_) => "Eingang erfasst".to_owned(),
        Intent::AssignEingang(_) => "Eingang zugeordnet".to_owned(),
        Intent::ChangeFelder(change) => match change.changes.as_slice() {
            [one] => changed(one.to()).to_owned(),
            several => format!("{} Angaben geändert", several.len()),
        },
        Intent::AddNotiz(_) => "Notiz hinzugefügt".to_owned(),
        Intent::AddWiedervorlage(_) => "Wiedervorlage gesetzt".to_owned(),
        Intent::CompleteWiedervorlage(_) => "Wiedervorlage erledigt".to_owned(),
        Intent::AddSchriftstueck(add) => {
            format!("Schriftstück „{}“ aufgenommen", add.schriftstueck.betreff)
        }
        Intent::AddFassung(_) => "Neue Fassung aufgenommen".to_owned(),
        Intent::ResolveConflict(_) => "Zwischen zwei Fassungen entschieden".to_owned(),
    }
}

const fn changed(to: &Feldwert) -> &'static str {
    match to {
        Feldwert::Betreff(_) => "Betreff geändert",
        Feldwert::Leistung(_) => "Leistung geändert",
        Feldwert::Status(Status::ZdA) => "Zu den Akten gelegt",
        Feldwert::Status(_) => "Status geändert",
        Feldwert::Zuweisung(None) => "Zuweisung weggenommen",
        Feldwert::Zuweisung(Some(_)) => "Zuweisung geändert",
        Feldwert::Einheit(_) => "Weitergegeben",
        Feldwert::Akte(None) => "Aus der Akte genommen",
        Feldwert::Akte(Some(_)) => "In eine Akte gelegt",
        Feldwert::Frist(_, None) => "Frist weggenommen",
        Feldwert::Frist(_, Some(_)) => "Frist gesetzt",
        Feldwert::Wiedervorlage(..) => "Wiedervorlage verschoben",
        Feldwert::Fassung(..) => "Geltende Fassung gewechselt",
        Feldwert::Schriftstueck(..) => "Schriftstück umbenannt",
    }
}

/// What a thing is called in lists: its Betreff, or its name.
pub(crate) fn title(entity: &Entity) -> String {
    match entity {
        Entity::Einheit(it) => it.name.to_string(),
        Entity::Person(it) => it.name.to_string(),
        Entity::Aktenplaneintrag(it) => format!("{} {}", it.schluessel, it.name),
        Entity::Leistungspaket(it) => it.inhalt.name.to_string(),
        Entity::Akte(it) => format!("{} {}", it.aktenzeichen, it.betreff),
        Entity::Eingang(it) => it.betreff.to_string(),
        Entity::Vorgang(it) => it.betreff.to_string(),
    }
}

/// Whether a field can be set back without anybody asking what it was for.
pub(crate) const fn is_plain(feld: Feld) -> bool {
    // Whoever gave a thing to another unit may not be allowed to take it back.
    !matches!(feld, Feld::Einheit)
}
