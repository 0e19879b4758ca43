//! A new one, or another end for one that is there.

use kontor_domain::{Day, Feldwert, Frist, FristId, Name, VorgangId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Rule;
use super::reckon::reckoned;
use crate::answer::Saved;
use crate::command::Command;
use crate::{Answer, AppError, Code, Office, Who};

/// Payload of `frist.set`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Set {
    /// Of what.
    #[schemars(with = "String")]
    vorgang: VorgangId,
    /// Which; a new one if left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    frist: Option<FristId>,
    /// What it is for.
    #[schemars(with = "String")]
    name: Name,
    /// Its last day, if somebody names it. Either this or `rechnung`.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    ende: Option<Day>,
    /// From what it is reckoned.
    #[serde(default)]
    rechnung: Option<Rule>,
}

impl Command for Set {
    const NAME: &'static str = "frist.set";
    const ABOUT: &'static str = "Setzt eine Frist oder ändert sie.";
    const WHO: Who = Who::Bearbeitung;
    type Answer = Added;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let frist = self.frist.unwrap_or_else(|| office.fresh(FristId::new));
        let (rechnung, ende) = match (self.rechnung, self.ende) {
            (Some(rule), None) => {
                let (rechnung, ende) = reckoned(office, self.vorgang, rule)?;
                (Some(rechnung), ende)
            }
            (None, Some(ende)) => (None, ende),
            (Some(_), Some(_)) | (None, None) => return Err(Code::PayloadUnfit.into()),
        };
        let to = vec![Feldwert::Frist(frist, Some(Frist { name: self.name, ende, rechnung }))];
        let entered = office.change(self.vorgang, to, None)?;
        Ok(Answer::of(&entered, |saved| Added { frist, saved }))
    }
}

/// A new Frist, or the one that was changed.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Added {
    /// Its id.
    #[schemars(with = "String")]
    frist: FristId,
    #[serde(flatten)]
    saved: Saved,
}
