//! The end of a Frist by rule, before anybody sets it.

use kontor_domain::{Day, Entity, Fristrechnung, VorgangId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Rule, explained};
use crate::command::Command;
use crate::shown::Names;
use crate::{Answer, AppError, Code, Office, Who};

/// Payload of `frist.reckon`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reckon {
    /// Of what; its unit says whose public holidays count.
    #[schemars(with = "String")]
    vorgang: VorgangId,
    /// From what.
    rechnung: Rule,
}

impl Command for Reckon {
    const NAME: &'static str = "frist.reckon";
    const ABOUT: &'static str = "Berechnet das Ende einer Frist und sagt, wie es zustande kommt.";
    const WHO: Who = Who::SignedIn;
    type Answer = Reckoned;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let (rechnung, ende) = reckoned(office, self.vorgang, self.rechnung)?;
        Ok(Answer::unchanged(Reckoned { ende, sentences: explained(&rechnung, ende) }))
    }
}

/// A rule carried out with the public holidays of the Vorgang's unit.
///
/// # Errors
/// [`Code::Unknown`] without the Vorgang here; [`Code::PayloadUnfit`] if it leads to no day.
pub(super) fn reckoned(
    office: &Office,
    vorgang: VorgangId,
    rule: Rule,
) -> Result<(Fristrechnung, Day), AppError> {
    let land = {
        let desk = office.desk()?;
        let stand = desk.stand(vorgang.into())?.ok_or(Code::Unknown)?;
        let Entity::Vorgang(vorgang) = stand.entity else { return Err(Code::Unknown.into()) };
        Names::new(&desk).land(vorgang.einheit)?
    };
    let rechnung = rule.rechnung(land).ok_or(Code::PayloadUnfit)?;
    let no_day = || {
        let sentence = "Diese Angaben führen zu keinem Tag vor dem Jahr 3000.";
        AppError::new(Code::PayloadUnfit).saying(sentence.to_owned())
    };
    let ende = rechnung.reckon().ok_or_else(no_day)?.ende;
    Ok((rechnung, ende))
}

/// The end of a Frist.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Reckoned {
    /// Its last day.
    #[schemars(with = "String")]
    ende: Day,
    /// How it came about, one step a sentence.
    sentences: Vec<String>,
}
