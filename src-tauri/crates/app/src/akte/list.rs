//! Akten on this machine.

use kontor_domain::{AkteId, AktenplaneintragId, Aktenzeichen, Betreff, EinheitId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::register::{AkteRow, folded, window};
use crate::vorgang::ROWS_MAX;
use crate::{Answer, AppError, Office, Who};

/// Payload of `akte.list`. What is left out narrows nothing down.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct List {
    /// Only those at this place of the Aktenplan.
    #[schemars(with = "Option<String>")]
    aktenplaneintrag: Option<AktenplaneintragId>,
    /// Only those in which all of these words appear: in Aktenzeichen or Betreff.
    text: Option<String>,
    /// Leave out this many at the beginning.
    offset: u32,
    /// At most this many; 10,000 if left out.
    rows_max: Option<u32>,
}

/// Akten in the order of their signs.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listed {
    akten: Vec<Line>,
    /// How many there are altogether that match.
    matching: u64,
    /// How many lie on this machine altogether.
    mirrored: u64,
}

/// One of them.
#[derive(Debug, Serialize, JsonSchema)]
struct Line {
    #[schemars(with = "String")]
    akte: AkteId,
    #[schemars(with = "String")]
    aktenzeichen: Aktenzeichen,
    #[schemars(with = "String")]
    betreff: Betreff,
    #[schemars(with = "String")]
    aktenplaneintrag: AktenplaneintragId,
    #[schemars(with = "String")]
    einheit: EinheitId,
    einheit_name: String,
    contested: bool,
}

impl Command for List {
    const NAME: &'static str = "akte.list";
    const ABOUT: &'static str = "Listet die Akten auf diesem Arbeitsplatz auf.";
    const WHO: Who = Who::SignedIn;
    type Answer = Listed;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let (register, _) = office.register()?;
        let words = self.text.as_deref().map(folded).unwrap_or_default();
        let place = |row: &&AkteRow| {
            self.aktenplaneintrag.is_none_or(|place| row.aktenplaneintrag == place)
        };
        let named = |row: &&AkteRow| words.split_whitespace().all(|word| row.text.contains(word));
        let rows: Vec<&AkteRow> = register.akten.iter().filter(place).filter(named).collect();
        let matching = rows.len() as u64;
        let rows_max = self.rows_max.unwrap_or(ROWS_MAX).min(ROWS_MAX);
        let piece = (self.offset as usize, rows_max as usize);
        let rows = window(rows, piece, |a, b| a.text.cmp(&b.text).then_with(|| a.id.cmp(&b.id)));
        let akten = rows.into_iter().map(|row| Line {
            akte: row.id,
            aktenzeichen: row.aktenzeichen.clone(),
            betreff: row.betreff.clone(),
            aktenplaneintrag: row.aktenplaneintrag,
            einheit: row.einheit,
            einheit_name: register.names.einheit(row.einheit),
            contested: row.contested,
        });
        let mirrored = register.akten.len() as u64;
        Ok(Answer::unchanged(Listed { akten: akten.collect(), matching, mirrored }))
    }
}
