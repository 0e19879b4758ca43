//! Documents with their Fassungen and files.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use kontor_domain::{
    Betreff, Dateiname, DocumentHash, Fassung, FassungId, Feld, Medientyp, Schriftstueck,
    SchriftstueckId,
};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Names, Part, PartReceipt, Stamped, Waiting};
use crate::{AppError, Office};

/// A Schriftstueck.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SchriftstueckShown {
    #[schemars(with = "String")]
    id: SchriftstueckId,
    /// What it is.
    #[schemars(with = "String")]
    betreff: Betreff,
    /// The Fassung that counts.
    #[schemars(with = "String")]
    aktuell: FassungId,
    receipt: PartReceipt,
    /// The newest first.
    fassungen: Vec<FassungShown>,
}

/// One Fassung of it.
#[derive(Debug, Serialize, JsonSchema)]
struct FassungShown {
    #[schemars(with = "String")]
    id: FassungId,
    /// Who entered it and when.
    angelegt: Stamped,
    receipt: PartReceipt,
    /// The same content as several files, the original first.
    formate: Vec<FormatShown>,
}

/// One file.
#[derive(Debug, Serialize, JsonSchema)]
struct FormatShown {
    /// What it was called outside; never a path.
    #[schemars(with = "String")]
    name: Dateiname,
    /// For example `application/pdf`.
    #[schemars(with = "String")]
    medientyp: Medientyp,
    /// SHA-256 of its bytes.
    #[schemars(with = "String")]
    hash: DocumentHash,
    size_bytes: u64,
    /// Whether its bytes are on this machine.
    here: bool,
}

/// All of a thing, the newest first.
pub(crate) fn schriftstuecke(
    office: &Office,
    all: &BTreeMap<SchriftstueckId, Schriftstueck>,
    names: &mut Names<'_>,
    waiting: &Waiting,
) -> Result<Vec<SchriftstueckShown>, AppError> {
    let mut shown = Vec::with_capacity(all.len());
    for one in all.values() {
        let mut fassungen = Vec::with_capacity(one.fassungen.len());
        for fassung in one.fassungen.values() {
            fassungen.push(FassungShown {
                id: fassung.id,
                angelegt: names.stamped(fassung.angelegt)?,
                receipt: waiting.receipt(Part::Fassung(fassung.id)),
                formate: formate(office, fassung)?,
            });
        }
        fassungen.sort_by_key(|fassung| Reverse((fassung.angelegt.at, fassung.id)));
        shown.push(SchriftstueckShown {
            id: one.id,
            betreff: one.betreff.clone(),
            aktuell: one.aktuell,
            receipt: waiting
                .receipt(Part::Schriftstueck(one.id))
                .least(waiting.receipt(Part::Feld(Feld::Schriftstueck(one.id)))),
            fassungen,
        });
    }
    shown.sort_by_key(|one| Reverse((one.fassungen.first().map(|it| it.angelegt.at), one.id)));
    Ok(shown)
}

/// Documents whose bytes are not on this machine yet.
pub(crate) fn absent(shown: &[SchriftstueckShown]) -> BTreeSet<DocumentHash> {
    let fassungen = shown.iter().flat_map(|one| &one.fassungen);
    let formate = fassungen.flat_map(|fassung| &fassung.formate);
    formate.filter(|format| !format.here).map(|format| format.hash).collect()
}

fn formate(office: &Office, fassung: &Fassung) -> Result<Vec<FormatShown>, AppError> {
    let formate = fassung.formate.iter().map(|format| {
        Ok(FormatShown {
            name: format.name.clone(),
            medientyp: format.medientyp.clone(),
            hash: format.hash,
            size_bytes: format.size_bytes,
            here: office.documents().contains(format.hash)?,
        })
    });
    formate.collect()
}
