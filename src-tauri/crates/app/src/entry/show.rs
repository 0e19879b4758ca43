//! One entry with all that was written in it.

use kontor_domain::IntentId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::content::{Piece, content};
use super::line::{Line, parse};
use crate::command::Command;
use crate::{Answer, AppError, Code, Office, Who};

/// Payload of `entry.show`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Show {
    /// Which.
    #[schemars(with = "String")]
    entry: IntentId,
}

/// An entry, readable also where the thing it is about is not here any more.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct EntryShown {
    line: Line,
    /// What was written.
    content: Vec<Piece>,
    /// Whether the thing it is about lies on this machine.
    here: bool,
}

impl Command for Show {
    const NAME: &'static str = "entry.show";
    const ABOUT: &'static str =
        "Zeigt einen Eintrag dieses Arbeitsplatzes mit allem, was darin steht.";
    const WHO: Who = Who::SignedIn;
    type Answer = EntryShown;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let desk = office.desk()?;
        let stored = desk.work().entry(self.entry)?.ok_or(Code::EntryUnknown)?;
        let open = desk.work().open_uploads()?.iter().map(|it| (it.hash, it.size_bytes)).collect();
        let line = Line::of(&desk, &stored)?.with_uploads(&stored, &open)?;
        let intent = parse(&stored)?.intent;
        Ok(Answer::unchanged(EntryShown {
            line,
            content: content(&desk, &intent)?,
            here: desk.stand(intent.target())?.is_some(),
        }))
    }
}
