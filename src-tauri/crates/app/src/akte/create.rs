//! A new one.

use kontor_domain::{
    AkteId, AktenplaneintragId, Aktenzeichen, Betreff, CreateAkte, EinheitId, Intent,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::answer::Saved;
use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `akte.create`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Create {
    /// The sign it is found by.
    #[schemars(with = "String")]
    aktenzeichen: Aktenzeichen,
    /// What it is about.
    #[schemars(with = "String")]
    betreff: Betreff,
    /// Where it stands in the Aktenplan.
    #[schemars(with = "String")]
    aktenplaneintrag: AktenplaneintragId,
    /// The unit that keeps it.
    #[schemars(with = "String")]
    einheit: EinheitId,
}

impl Command for Create {
    const NAME: &'static str = "akte.create";
    const ABOUT: &'static str = "Legt eine neue Akte an.";
    const WHO: Who = Who::Bearbeitung;
    type Answer = Created;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let akte = office.fresh(AkteId::new);
        let Self { aktenzeichen, betreff, aktenplaneintrag, einheit } = self;
        let create = CreateAkte { akte, aktenzeichen, betreff, aktenplaneintrag, einheit };
        let entered = office.enter(Intent::CreateAkte(create))?;
        Ok(Answer::of(&entered, |saved| Created { akte, saved }))
    }
}

/// A new Akte.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Created {
    /// Its id.
    #[schemars(with = "String")]
    akte: AkteId,
    #[serde(flatten)]
    saved: Saved,
}
