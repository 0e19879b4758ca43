//! What files are, before they are taken in.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use kontor_domain::{Betreff, Medientyp, VorgangId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::import;
use crate::command::Command;
use crate::{Answer, AppError, Code, Office, Who};

/// As many are taken in at once.
pub(super) const FILES_MAX: usize = 100;

/// Payload of `schriftstueck.look`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Look {
    /// Where they would go.
    #[schemars(with = "String")]
    vorgang: VorgangId,
    /// Files on this machine.
    paths: Vec<PathBuf>,
}

/// The files in the order they were named.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Seen {
    files: Vec<Preview>,
}

/// One of them.
#[derive(Debug, Serialize, JsonSchema)]
struct Preview {
    path: PathBuf,
    /// What it is called, safe to be shown.
    name: String,
    /// What the Schriftstueck would be about.
    #[schemars(with = "Option<String>")]
    betreff: Option<Betreff>,
    /// For example `application/pdf`; its bytes say so.
    #[schemars(with = "Option<String>")]
    medientyp: Option<Medientyp>,
    size_bytes: Option<u64>,
    /// Why it cannot be taken in.
    problem: Option<Problem>,
}

/// Why a file is not taken in.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "FileProblem")]
pub(crate) struct Problem {
    pub(super) code: Code,
    /// For people.
    sentence: String,
    /// What to do.
    hint: String,
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        Self {
            code: error.code,
            sentence: error.sentence.into_owned(),
            hint: error.hint.into_owned(),
        }
    }
}

impl Command for Look {
    const NAME: &'static str = "schriftstueck.look";
    const ABOUT: &'static str = "Sagt, welche Dateien aufgenommen werden können und welche nicht.";
    const WHO: Who = Who::Bearbeitung;
    type Answer = Seen;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        office.may_add_to(self.vorgang)?;
        if self.paths.len() > FILES_MAX {
            return Err(Code::FilesTooMany.into());
        }
        let mut met = BTreeSet::new();
        let files = self.paths.into_iter().map(|path| {
            let twice = !met.insert(same(&path));
            preview(path, twice)
        });
        Ok(Answer::unchanged(Seen { files: files.collect() }))
    }
}

/// What two paths to one file have in common, as far as the machine says.
pub(super) fn same(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

fn preview(path: PathBuf, twice: bool) -> Preview {
    let name = import::shown_name(&path);
    let looked = import::regular(&path).and_then(|file| Ok((import::named(&path)?, file)));
    let twice = twice.then(|| Problem::from(AppError::from(Code::FileTwice)));
    match looked {
        Ok((betreff, file)) => Preview {
            path,
            name,
            betreff: Some(betreff),
            medientyp: Some(file.medientyp),
            size_bytes: Some(file.size_bytes),
            problem: twice,
        },
        Err(error) => Preview {
            path,
            name,
            betreff: None,
            medientyp: None,
            size_bytes: None,
            problem: Some(error.into()),
        },
    }
}
