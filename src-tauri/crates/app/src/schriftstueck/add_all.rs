//! Several files come in, all of them or none.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use kontor_domain::{
    AddSchriftstueck, Betreff, DocumentHash, Entity, EntityRef, Intent, SchriftstueckId, VorgangId,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::import;
use super::look::{FILES_MAX, Problem, same};
use crate::answer::Saved;
use crate::command::Command;
use crate::{Answer, AppError, Code, Office, Who};

/// Payload of `schriftstueck.add_all`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddAll {
    /// Into which Vorgang.
    #[schemars(with = "String")]
    vorgang: VorgangId,
    /// Files on this machine.
    files: Vec<Chosen>,
}

/// One of them.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Chosen {
    path: PathBuf,
    /// What it is; the name of the file if left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    betreff: Option<Betreff>,
}

/// What became of them: either all are in `added`, or nothing was taken in and `refused` says why.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Taken {
    added: Vec<Added>,
    refused: Vec<Refused>,
}

/// A new Schriftstueck.
#[derive(Debug, Serialize, JsonSchema)]
struct Added {
    #[schemars(with = "String")]
    schriftstueck: SchriftstueckId,
    #[serde(flatten)]
    saved: Saved,
}

/// A file that kept all from being taken in.
#[derive(Debug, Serialize, JsonSchema)]
struct Refused {
    path: PathBuf,
    /// What it is called, safe to be shown.
    name: String,
    problem: Problem,
}

impl Command for AddAll {
    const NAME: &'static str = "schriftstueck.add_all";
    const ABOUT: &'static str = "Nimmt mehrere Dateien als Schriftstücke auf, alle oder keine.";
    const WHO: Who = Who::Bearbeitung;
    type Answer = Taken;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let Self { vorgang, files } = self;
        office.may_add_to(vorgang)?;
        if files.len() > FILES_MAX {
            return Err(Code::FilesTooMany.into());
        }
        let refused = refused(&files, &office.documents_of(vorgang)?);
        if !refused.is_empty() {
            return Ok(none(refused));
        }
        // Only now: what is not to be taken in leaves no bytes behind either.
        let read = files.into_iter().map(|it| import::schriftstueck(office, &it.path, it.betreff));
        let all = read.collect::<Result<Vec<_>, AppError>>()?;
        let ids: Vec<SchriftstueckId> = all.iter().map(|one| one.id).collect();
        let all = all.into_iter();
        let add =
            |schriftstueck| Intent::AddSchriftstueck(AddSchriftstueck { vorgang, schriftstueck });
        let entered = office.enter_all(|_| Ok(all.map(add).collect()))?;
        let saved = ids.into_iter().zip(entered.iter().map(Saved::of));
        let added = saved.map(|(schriftstueck, saved)| Added { schriftstueck, saved }).collect();
        let changed = entered.into_iter().flat_map(|entered| entered.changed).collect();
        Ok(Answer { answer: Taken { added, refused: Vec::new() }, changed })
    }
}

fn none(refused: Vec<Refused>) -> Answer<Taken> {
    Answer::unchanged(Taken { added: Vec::new(), refused })
}

impl Refused {
    fn new(path: PathBuf, error: AppError) -> Self {
        Self { name: import::shown_name(&path), problem: error.into(), path }
    }
}

/// Files that keep all from being taken in; `there` are the documents the Vorgang has already.
fn refused(files: &[Chosen], there: &BTreeMap<DocumentHash, Betreff>) -> Vec<Refused> {
    let (mut paths, mut hashes) = (BTreeSet::new(), BTreeSet::new());
    let mut problem = |file: &Chosen| -> Result<(), AppError> {
        if !paths.insert(same(&file.path)) {
            return Err(Code::FileTwice.into());
        }
        let looked = import::regular(&file.path)?;
        if file.betreff.is_none() {
            import::named(&file.path)?;
        }
        let hash = import::hash(looked)?;
        if let Some(known) = there.get(&hash) {
            let sentence =
                format!("Genau diese Datei liegt schon als „{known}“ in diesem Vorgang.");
            return Err(AppError::new(Code::FileKnown).saying(sentence));
        }
        if hashes.insert(hash) { Ok(()) } else { Err(Code::FileTwice.into()) }
    };
    let problems = files.iter().map(|file| (file, problem(file).err()));
    let refused = problems.filter_map(|(file, problem)| Some((file, problem?)));
    refused.map(|(file, problem)| Refused::new(file.path.clone(), problem)).collect()
}

impl Office {
    /// The documents in a Vorgang, and what the Schriftstueck of each is about.
    fn documents_of(
        &self,
        vorgang: VorgangId,
    ) -> Result<BTreeMap<DocumentHash, Betreff>, AppError> {
        let stand = self.desk()?.stand(EntityRef::from(vorgang))?.ok_or(Code::Unknown)?;
        let Entity::Vorgang(vorgang) = stand.entity else { return Err(Code::Unknown.into()) };
        let all = vorgang.schriftstuecke.values();
        Ok(all.flat_map(|one| one.hashes().map(|hash| (hash, one.betreff.clone()))).collect())
    }
}
