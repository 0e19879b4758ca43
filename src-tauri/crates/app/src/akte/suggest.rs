//! Into which Akte a Vorgang probably belongs.

use kontor_domain::{
    AkteId, AktenplaneintragId, Aktenzeichen, Betreff, Entity, Leistungsschluessel, Vorgang,
    VorgangId,
};
use kontor_sync::Desk;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::likely::{Sought, likely};
use crate::command::Command;
use crate::shown::day_text;
use crate::{Answer, AppError, Code, Office, Who};

/// As many are proposed; more than these nobody compares.
const SUGGESTIONS_MAX: usize = 5;

/// Payload of `akte.suggest`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Suggest {
    /// For which Vorgang.
    #[schemars(with = "String")]
    vorgang: VorgangId,
}

/// Akten it may belong into, the likeliest first.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Suggested {
    akten: Vec<Suggestion>,
}

/// One of them.
#[derive(Debug, Serialize, JsonSchema)]
struct Suggestion {
    #[schemars(with = "String")]
    akte: AkteId,
    #[schemars(with = "String")]
    aktenzeichen: Aktenzeichen,
    #[schemars(with = "String")]
    betreff: Betreff,
    #[schemars(with = "String")]
    aktenplaneintrag: AktenplaneintragId,
    /// Why, one thing a sentence, the strongest first.
    gruende: Vec<String>,
}

impl Command for Suggest {
    const NAME: &'static str = "akte.suggest";
    const ABOUT: &'static str =
        "Schlägt Akten vor, in die ein Vorgang gehören könnte, und sagt warum.";
    const WHO: Who = Who::SignedIn;
    type Answer = Suggested;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let sought = {
            let desk = office.desk()?;
            let stand = desk.stand(self.vorgang.into())?.ok_or(Code::Unknown)?;
            let Entity::Vorgang(vorgang) = &stand.entity else { return Err(Code::Unknown.into()) };
            sought(&desk, vorgang)?
        };
        let (register, marks) = office.register()?;
        let day = |moment| office.day_of(moment).map(day_text);
        let found = likely(&register, &sought, marks.person, &day);
        let akten = found.into_iter().take(SUGGESTIONS_MAX).filter_map(|likely| {
            let akte = register.akten.get(likely.akte.uuid())?;
            Some(Suggestion {
                akte: akte.id,
                aktenzeichen: akte.aktenzeichen.clone(),
                betreff: akte.betreff.clone(),
                aktenplaneintrag: akte.aktenplaneintrag,
                gruende: likely.gruende,
            })
        });
        Ok(Answer::unchanged(Suggested { akten: akten.collect() }))
    }
}

/// What of a Vorgang tells where it belongs.
fn sought(desk: &Desk, vorgang: &Vorgang) -> Result<Sought, AppError> {
    let mut texts = vec![("im Betreff".to_owned(), vorgang.betreff.to_string())];
    for eingang in desk.eingaenge_of(vorgang.id)? {
        texts.push((format!("im Eingang „{}“", eingang.betreff), eingang.betreff.to_string()));
    }
    for one in vorgang.schriftstuecke.values() {
        let names = one.fassungen.values().flat_map(|it| &it.formate);
        let names = names.map(|format| format.name.as_str().to_owned());
        let text = std::iter::once(one.betreff.to_string()).chain(names).collect::<Vec<_>>();
        texts.push((format!("am Schriftstück „{}“", one.betreff), text.join(" ")));
    }
    let notizen = vorgang.notizen.values().map(|notiz| notiz.text.to_string());
    texts.extend(notizen.map(|text| ("in einer Notiz".to_owned(), text)));
    let leistung: Option<Leistungsschluessel> = vorgang.leistung.clone();
    Ok(Sought {
        vorgang: vorgang.id,
        einheit: vorgang.einheit,
        akte: vorgang.akte,
        leistung,
        betreff: vorgang.betreff.to_string(),
        texts,
    })
}
