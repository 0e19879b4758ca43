//! A new one.

use kontor_domain::{Betreff, CreateVorgang, EinheitId, Intent, Leistungsschluessel, VorgangId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::answer::Saved;
use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `vorgang.create`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Create {
    /// The unit responsible.
    #[schemars(with = "String")]
    einheit: EinheitId,
    /// What it is about.
    #[schemars(with = "String")]
    betreff: Betreff,
    /// Number of the public service.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    leistung: Option<Leistungsschluessel>,
}

impl Command for Create {
    const NAME: &'static str = "vorgang.create";
    const ABOUT: &'static str = "Legt einen neuen Vorgang an.";
    const WHO: Who = Who::Bearbeitung;
    type Answer = Created;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let vorgang = office.fresh(VorgangId::new);
        let Self { einheit, betreff, leistung } = self;
        let create = CreateVorgang { vorgang, einheit, betreff, leistung };
        let entered = office.enter(Intent::CreateVorgang(create))?;
        Ok(Answer::of(&entered, |saved| Created { vorgang, saved }))
    }
}

/// A new Vorgang.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Created {
    /// Its id.
    #[schemars(with = "String")]
    vorgang: VorgangId,
    #[serde(flatten)]
    saved: Saved,
}
