//! What happened to one, in sentences.

mod sentence;
mod told;
mod what;

use std::collections::BTreeSet;

use kontor_domain::{EntityRef, IntentId, PersonId, VorgangId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::{Answer, AppError, Code, Office, Who};

use told::Teller;
use what::What;

/// More happens to hardly any; the rest can be exported from the Zentrale.
const ROWS_MAX: u32 = 2_000;

/// Payload of `vorgang.history`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Verlauf {
    /// Which.
    #[schemars(with = "String")]
    vorgang: VorgangId,
}

/// What happened to a Vorgang, own entries on top that the Zentrale has not shown yet.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Told {
    /// The newest first.
    lines: Vec<Line>,
    /// Whether everything older is here too. If not, it is fetched at the next contact, and the
    /// Vorgang is then named as changed.
    complete: bool,
    /// Whether there is more than is listed here.
    more: bool,
}

/// One thing that happened. An entry that did several has several lines.
#[derive(Debug, Serialize, JsonSchema)]
struct Line {
    /// The entry that did it.
    #[schemars(with = "String")]
    entry: IntentId,
    /// The Vorgang's revision after it; none until the Zentrale has shown it.
    revision: Option<u64>,
    /// When it was entered, by the clock of its author, in ms since 1970.
    at: i64,
    /// When it reached the Zentrale, by its clock, in ms since 1970.
    received: Option<i64>,
    /// Who did it.
    #[schemars(with = "String")]
    author: PersonId,
    /// What they are called, if that is known here.
    author_name: Option<String>,
    /// Whether it waits for the Zentrale.
    waiting: bool,
    /// What.
    what: What,
    /// Why, as its author put it.
    grund: Option<String>,
    /// All of that for people.
    sentence: String,
}

impl Command for Verlauf {
    const NAME: &'static str = "vorgang.history";
    const ABOUT: &'static str = "Erzählt, was mit einem Vorgang geschehen ist.";
    const WHO: Who = Who::SignedIn;
    type Answer = Told;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let entity = EntityRef::from(self.vorgang);
        let mut desk = office.desk()?;
        let stand = desk.stand(entity)?.ok_or(Code::Unknown)?;
        let mut verlauf = desk.verlauf(entity, ROWS_MAX + 1)?;
        let more = verlauf.rows.len() > ROWS_MAX as usize;
        verlauf.rows.truncate(ROWS_MAX as usize);

        let mut teller = Teller::new(&desk, &stand.entity)?;
        let mut lines = Vec::new();
        let shown: BTreeSet<IntentId> = verlauf.rows.iter().map(|row| row.intent).collect();
        // From the beginning: what something is called is said before it is spoken of.
        for row in verlauf.rows.iter().rev() {
            lines.extend(teller.row(row)?);
        }
        for own in desk.entries().filter(|own| !shown.contains(&own.entry.id)) {
            lines.extend(teller.own(entity, own)?);
        }
        lines.reverse();
        if !verlauf.complete {
            desk.want_verlauf(entity);
            office.entered.notify_one();
        }
        Ok(Answer::unchanged(Told { lines, complete: verlauf.complete, more }))
    }
}
