//! What comes back, and when.

use kontor_domain::{Betreff, Day, EinheitId, Status, VorgangId, WiedervorlageId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::vorgang::ROWS_MAX;
use crate::{Answer, AppError, Office, Who};

const ROWS_USUAL: u32 = 500;

/// Payload of `wiedervorlage.list`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct List {
    /// Only those up to this day.
    #[schemars(with = "Option<String>")]
    until: Option<Day>,
    /// Also those of colleagues, in Vorgänge on this machine.
    all: bool,
    /// Leave out this many at the beginning.
    offset: u32,
    /// At most this many; 500 if left out.
    rows_max: Option<u32>,
}

/// Open Wiedervorlagen in the Vorgänge of whoever works here, the earliest first.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listed {
    wiedervorlagen: Vec<Line>,
    /// How many there are altogether that match.
    matching: u64,
}

/// One of them.
#[derive(Debug, Serialize, JsonSchema)]
struct Line {
    #[schemars(with = "String")]
    wiedervorlage: WiedervorlageId,
    #[schemars(with = "String")]
    vorgang: VorgangId,
    /// What the Vorgang is about.
    #[schemars(with = "String")]
    betreff: Betreff,
    /// Why it comes back.
    #[schemars(with = "String")]
    grund: Betreff,
    /// The day.
    #[schemars(with = "String")]
    am: Day,
    #[schemars(with = "String")]
    einheit: EinheitId,
    einheit_name: String,
    /// Something about the Vorgang waits for the Zentrale.
    waiting: bool,
}

impl Command for List {
    const NAME: &'static str = "wiedervorlage.list";
    const ABOUT: &'static str = "Listet offene Wiedervorlagen auf, die früheste zuerst.";
    const WHO: Who = Who::SignedIn;
    type Answer = Listed;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let (register, marks) = office.register()?;
        let rows = register.vorgaenge.iter().filter(|row| row.status != Status::ZdA);
        let rows = rows.filter(|row| self.all || row.zuweisung == marks.person);
        let mut all: Vec<_> = rows
            .flat_map(|row| row.wiedervorlagen.iter().map(move |it| (it, row)))
            .filter(|((_, am, _), _)| self.until.is_none_or(|until| *am <= until))
            .collect();
        all.sort_unstable_by_key(|((id, am, _), _)| (*am, *id));
        let matching = all.len() as u64;
        let rows_max = self.rows_max.unwrap_or(ROWS_USUAL).min(ROWS_MAX);
        let piece = all.into_iter().skip(self.offset as usize).take(rows_max as usize);
        let wiedervorlagen = piece.map(|((id, am, grund), row)| Line {
            wiedervorlage: *id,
            vorgang: row.id,
            betreff: row.betreff.clone(),
            grund: grund.clone(),
            am: *am,
            einheit: row.einheit,
            einheit_name: register.names.einheit(row.einheit),
            waiting: marks.waits(row.id),
        });
        Ok(Answer::unchanged(Listed { wiedervorlagen: wiedervorlagen.collect(), matching }))
    }
}
