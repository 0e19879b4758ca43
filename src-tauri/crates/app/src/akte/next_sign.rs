//! What a new Akte could be called.

use kontor_domain::{AktenplaneintragId, Aktenzeichen};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::sign;
use crate::command::Command;
use crate::{Answer, AppError, Code, Office, Who};

/// Payload of `akte.next_sign`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NextSign {
    /// Where it will stand in the Aktenplan.
    #[schemars(with = "String")]
    aktenplaneintrag: AktenplaneintragId,
}

/// A sign that no Akte on this machine has.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Proposed {
    /// Absent where the Akten here are called in a way that cannot be continued.
    #[schemars(with = "Option<String>")]
    aktenzeichen: Option<Aktenzeichen>,
}

impl Command for NextSign {
    const NAME: &'static str = "akte.next_sign";
    const ABOUT: &'static str = "Schlägt ein Aktenzeichen für eine neue Akte vor.";
    const WHO: Who = Who::SignedIn;
    type Answer = Proposed;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let today = office.today();
        let (register, _) = office.register()?;
        let place = register.names.schluessel(self.aktenplaneintrag).ok_or(Code::Unknown)?;
        let akten = register.akten.iter().filter_map(|akte| {
            Some((akte, register.names.schluessel(akte.aktenplaneintrag)?.as_str()))
        });
        let aktenzeichen =
            today.and_then(|today| sign::next(place.as_str(), today.date().year(), akten));
        Ok(Answer::unchanged(Proposed { aktenzeichen }))
    }
}
