//! What it is about.

use kontor_domain::{Betreff, Feldwert, Leistungsschluessel, VorgangId};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::answer::Saved;
use crate::command::Command;
use crate::seen::Seen;
use crate::{Answer, AppError, Office, Who};

/// Payload of `vorgang.change`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Change {
    /// Which.
    #[schemars(with = "String")]
    vorgang: VorgangId,
    /// What it is about; as it was if left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    betreff: Option<Betreff>,
    /// What was shown before; what stands there now if left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    seen_betreff: Seen<Betreff>,
    /// Number of the public service; as it was if left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    leistung: Option<Leistungsschluessel>,
    /// What was shown before; what stands there now if left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    seen_leistung: Seen<Option<Leistungsschluessel>>,
}

impl Command for Change {
    const NAME: &'static str = "vorgang.change";
    const ABOUT: &'static str = "Ändert Betreff oder Leistung eines Vorgangs.";
    const WHO: Who = Who::Bearbeitung;
    type Answer = Saved;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let Self { betreff, seen_betreff, leistung, seen_leistung, .. } = self;
        let betreff = betreff.map(|to| seen_betreff.wish(to, Feldwert::Betreff));
        let leistung = leistung.map(|to| seen_leistung.wish(Some(to), Feldwert::Leistung));
        let to: Vec<_> = betreff.into_iter().chain(leistung).collect();
        Ok(Answer::saved(&office.change(self.vorgang, to, None)?))
    }
}
