//! What somebody wrote, to be read and copied wherever the entry is by now.

use std::fmt::Display;

use kontor_domain::{
    AddWiedervorlage, Choice, Entity, EntityRef, Feld, Intent, RecordEingang, ResolveConflict,
    Schriftstueck,
};
use kontor_sync::Desk;
use schemars::JsonSchema;
use serde::Serialize;

use super::about;
use crate::AppError;
use crate::shown::{Names, day_text, feld_text, wert_text};

/// A piece of it.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "EntryPiece")]
pub(crate) struct Piece {
    /// What it is: „Notiz“.
    label: String,
    /// What was written.
    text: String,
}

/// Everything an entry holds that a person gave.
pub(crate) fn content(desk: &Desk, intent: &Intent) -> Result<Vec<Piece>, AppError> {
    let stand = desk.stand(intent.target())?;
    let entity = stand.as_ref().map(|stand| &stand.entity);
    let mut names = Names::new(desk);
    Ok(match intent {
        Intent::RecordEinheit(it) => vec![piece("Name", &it.name)],
        Intent::RecordPerson(it) => vec![piece("Name", &it.name)],
        Intent::RecordAktenplaneintrag(it) => {
            vec![piece("Kennzeichen", &it.schluessel), piece("Name", &it.name)]
        }
        Intent::RecordLeistungspaket(it) => {
            vec![piece("Leistung", &it.inhalt.leistung), piece("Name", &it.inhalt.name)]
        }
        Intent::CreateAkte(it) => {
            vec![piece("Aktenzeichen", &it.aktenzeichen), piece("Betreff", &it.betreff)]
        }
        Intent::CreateVorgang(it) => vec![piece("Betreff", &it.betreff)],
        Intent::RecordEingang(it) => eingang(it),
        Intent::AssignEingang(it) => vec![piece("Vorgang", called(desk, it.vorgang.into())?)],
        Intent::ChangeFelder(it) => {
            let mut pieces = Vec::new();
            for change in &it.changes {
                let label = feld_text(change.feld(), entity);
                pieces.push(piece(label, wert_text(change.to(), entity, &mut names)?));
            }
            pieces.extend(it.grund.as_ref().map(|grund| piece("Begründung", grund)));
            pieces
        }
        Intent::AddNotiz(it) => vec![piece("Notiz", &it.text)],
        Intent::AddWiedervorlage(AddWiedervorlage { am, grund, .. }) => {
            vec![piece("Wiedervorlage am", day_text(*am)), piece("Grund", grund)]
        }
        Intent::CompleteWiedervorlage(it) => {
            vec![piece(feld_text(Feld::Wiedervorlage(it.wiedervorlage), entity), "erledigt")]
        }
        Intent::AddSchriftstueck(it) => schriftstueck(&it.schriftstueck),
        Intent::AddFassung(it) => {
            let label = feld_text(Feld::Fassung(it.schriftstueck), entity);
            it.fassung.formate.iter().map(|format| piece(label.clone(), &format.name)).collect()
        }
        Intent::ResolveConflict(it) => decision(it, entity, &mut names)?,
    })
}

fn piece(label: impl Into<String>, text: impl Display) -> Piece {
    Piece { label: label.into(), text: text.to_string() }
}

fn eingang(record: &RecordEingang) -> Vec<Piece> {
    let papers = record.schriftstuecke.iter().flat_map(schriftstueck);
    std::iter::once(piece("Betreff", &record.betreff)).chain(papers).collect()
}

fn schriftstueck(it: &Schriftstueck) -> Vec<Piece> {
    let files = it.fassungen.values().flat_map(|fassung| &fassung.formate);
    let files = files.map(|format| piece("Datei", &format.name));
    std::iter::once(piece("Schriftstück", &it.betreff)).chain(files).collect()
}

fn called(desk: &Desk, entity: EntityRef) -> Result<String, AppError> {
    let stand = desk.stand(entity)?;
    Ok(stand.map_or_else(
        || "nicht auf diesem Gerät bekannt".to_owned(),
        |stand| about::title(&stand.entity),
    ))
}

fn decision(
    resolve: &ResolveConflict,
    entity: Option<&Entity>,
    names: &mut Names<'_>,
) -> Result<Vec<Piece>, AppError> {
    let mut pieces = Vec::new();
    for (feld, choice) in &resolve.choices {
        let text = match choice {
            Choice::Mine => "die später eingetragene Fassung".to_owned(),
            Choice::Theirs => "die zuerst eingetragene Fassung".to_owned(),
            Choice::Other(wert) => wert_text(wert, entity, names)?,
        };
        pieces.push(piece(feld_text(*feld, entity), text));
    }
    pieces.extend(resolve.grund.as_ref().map(|grund| piece("Begründung", grund)));
    Ok(pieces)
}
