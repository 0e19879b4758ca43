//! A document goes out into a file: all of it, proven, or nothing.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use kontor_domain::{
    EingangId, Entity, EntityRef, FassungId, Format, Schriftstueck, SchriftstueckId, VorgangId,
};
use kontor_store::documents::DocumentError;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::error::is_full;
use crate::{Answer, AppError, Code, Office, Who};

/// Payload of `schriftstueck.export`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Export {
    /// In which Vorgang;
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    vorgang: Option<VorgangId>,
    /// or in which Eingang.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    eingang: Option<EingangId>,
    /// What.
    #[schemars(with = "String")]
    schriftstueck: SchriftstueckId,
    /// Which Fassung; the one that counts now if left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    fassung: Option<FassungId>,
    /// Which of its formats; the original if left out.
    #[serde(default)]
    format: usize,
    /// The file to be made. There must be none of this name.
    path: PathBuf,
}

/// What was written.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Exported {
    size_bytes: u64,
    medientyp: String,
    /// What the file was called when it came in.
    name: String,
}

impl Command for Export {
    const NAME: &'static str = "schriftstueck.export";
    const ABOUT: &'static str =
        "Speichert ein Schriftstück als Datei, ohne etwas zu überschreiben.";
    const WHO: Who = Who::SignedIn;
    type Answer = Exported;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let format = self.find(office)?;
        let mut document = office.documents().read(format.hash)?;
        write_new(&self.path, &mut document)?;
        Ok(Answer::unchanged(Exported {
            size_bytes: document.size_bytes(),
            medientyp: format.medientyp.into(),
            name: format.name.into(),
        }))
    }
}

impl Export {
    fn find(&self, office: &Office) -> Result<Format, AppError> {
        let entity: EntityRef = match (self.vorgang, self.eingang) {
            (Some(vorgang), None) => vorgang.into(),
            (None, Some(eingang)) => eingang.into(),
            _ => return Err(Code::PayloadUnfit.into()),
        };
        let stand = office.desk()?.stand(entity)?.ok_or(Code::Unknown)?;
        let schriftstueck: Option<Schriftstueck> = match stand.entity {
            Entity::Vorgang(mut vorgang) => vorgang.schriftstuecke.remove(&self.schriftstueck),
            Entity::Eingang(mut eingang) => eingang.schriftstuecke.remove(&self.schriftstueck),
            _ => None,
        };
        let mut schriftstueck = schriftstueck.ok_or(Code::Unknown)?;
        let fassung = self.fassung.unwrap_or(schriftstueck.aktuell);
        let fassung = schriftstueck.fassungen.remove(&fassung).ok_or(Code::Unknown)?;
        Ok(fassung.formate.into_iter().nth(self.format).ok_or(Code::Unknown)?)
    }
}

/// Writes a file under a name of its own first: the name asked for appears with all bytes or not at
/// all, and never over another file.
fn write_new(path: &Path, document: &mut dyn Read) -> Result<(), AppError> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut file =
        tempfile::Builder::new().prefix(".kontor-").tempfile_in(folder).map_err(unwritable)?;
    copy(document, file.as_file_mut())?;
    file.as_file().sync_all().map_err(unwritable)?;
    file.persist_noclobber(path).map_err(|failed| match failed.error.kind() {
        io::ErrorKind::AlreadyExists => Code::FileExists.into(),
        _ => unwritable(failed.error),
    })?;
    Ok(())
}

/// As [`io::copy`], but tells a document that cannot be read from a file that cannot be written.
fn copy(document: &mut dyn Read, file: &mut File) -> Result<(), AppError> {
    let mut piece = vec![0; 64 << 10];
    loop {
        let length = document.read(&mut piece).map_err(DocumentError::from)?;
        if length == 0 {
            return Ok(());
        }
        file.write_all(piece.get(..length).unwrap_or_default()).map_err(unwritable)?;
    }
}

fn unwritable(error: io::Error) -> AppError {
    let code = if is_full(&error) { Code::DiskFull } else { Code::FileUnwritable };
    AppError::new(code).because(error)
}
