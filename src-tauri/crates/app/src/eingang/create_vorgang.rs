//! Becomes a Vorgang of its own.

use kontor_domain::{
    self as domain, AssignEingang, Betreff, ChangeFelder, EingangId, Entity, Feldaenderung,
    Feldwert, Intent, IntentId, Leistungsschluessel, Verbleib, VorgangId,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::{Answer, AppError, Code, Office, Who};

/// Payload of `eingang.create_vorgang`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreateVorgang {
    /// Of which.
    #[schemars(with = "String")]
    eingang: EingangId,
    /// What the Vorgang is about; what the Eingang is about if left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    betreff: Option<Betreff>,
    /// Number of the public service.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    leistung: Option<Leistungsschluessel>,
    /// Whether whoever works here takes it.
    #[serde(default)]
    take: bool,
}

/// A Vorgang made of an Eingang.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Created {
    /// The Vorgang's id.
    #[schemars(with = "String")]
    vorgang: VorgangId,
    /// The entries that made it, in their order; taken back in the opposite one.
    #[schemars(with = "Vec<String>")]
    entries: Vec<IntentId>,
}

impl Command for CreateVorgang {
    const NAME: &'static str = "eingang.create_vorgang";
    const ABOUT: &'static str =
        "Legt aus einem Eingang mit seinen Schriftstücken einen Vorgang an.";
    const WHO: Who = Who::Bearbeitung;
    type Answer = Created;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let person = office.akteur()?.person;
        let vorgang = office.fresh(VorgangId::new);
        let all = office.enter_all(|desk| {
            let stand = desk.stand(self.eingang.into())?.ok_or(Code::Unknown)?;
            let Entity::Eingang(eingang) = stand.entity else { return Err(Code::Unknown.into()) };
            if eingang.verbleib != Verbleib::Offen {
                return Err(Code::AlreadyAssigned.into());
            }
            let create = domain::CreateVorgang {
                vorgang,
                einheit: eingang.einheit,
                betreff: self.betreff.unwrap_or(eingang.betreff),
                leistung: self.leistung,
            };
            let assign = AssignEingang { eingang: self.eingang, vorgang };
            let taken = self.take.then(|| taken(vorgang, person)).flatten();
            let intents = [Intent::CreateVorgang(create), Intent::AssignEingang(assign)];
            Ok(intents.into_iter().chain(taken).collect())
        })?;
        let entries = all.iter().map(|entered| entered.id).collect();
        let changed = all.into_iter().flat_map(|entered| entered.changed).collect();
        Ok(Answer { answer: Created { vorgang, entries }, changed })
    }
}

fn taken(vorgang: VorgangId, person: domain::PersonId) -> Option<Intent> {
    let (from, to) = (Feldwert::Zuweisung(None), Feldwert::Zuweisung(Some(person)));
    let changes = vec![Feldaenderung::new(from, to)?];
    Some(Intent::ChangeFelder(ChangeFelder { entity: vorgang.into(), changes, grund: None }))
}
