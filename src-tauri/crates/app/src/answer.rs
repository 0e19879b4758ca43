//! What a command gives back.

use std::collections::BTreeSet;

use kontor_domain::{EntityRef, IntentId};
use kontor_sync::{Entered, Forecast};
use schemars::JsonSchema;
use serde::Serialize;

use crate::Code;

/// An answer with the things that look different now, so that whoever shows them drops exactly
/// those.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Answer<T> {
    /// What was asked for.
    pub answer: T,
    /// What looks different now: `vorgang/0190…`.
    #[schemars(with = "Vec<String>")]
    pub changed: BTreeSet<EntityRef>,
}

impl<T> Answer<T> {
    /// Nothing has changed.
    pub(crate) const fn unchanged(answer: T) -> Self {
        Self { answer, changed: BTreeSet::new() }
    }

    /// What an entry has changed.
    pub(crate) fn of(entered: &Entered, answer: impl FnOnce(Saved) -> T) -> Self {
        let saved = Saved::of(entered);
        Self { answer: answer(saved), changed: entered.changed.clone() }
    }
}

impl Answer<Saved> {
    /// An entry that made nothing new.
    pub(crate) fn saved(entered: &Entered) -> Self {
        Self::of(entered, |saved| saved)
    }
}

/// An entry that is „hier gespeichert“.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Saved {
    /// Its id.
    #[schemars(with = "String")]
    pub entry: IntentId,
    /// What will presumably become of it.
    pub forecast: Outlook,
}

impl Saved {
    pub(crate) fn of(entered: &Entered) -> Self {
        Self { entry: entered.id, forecast: Outlook::of(&entered.forecast) }
    }
}

/// What the Zentrale will presumably say to an entry.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(tag = "outlook", rename_all = "snake_case")]
pub enum Outlook {
    /// It will happen.
    Fine,
    /// Two versions will stand side by side.
    Contested {
        /// For people.
        sentence: &'static str,
    },
    /// It will be refused.
    Refused {
        /// Why.
        code: Code,
        /// For people.
        sentence: &'static str,
    },
    /// Its author took it back.
    Withdrawn,
}

impl Outlook {
    pub(crate) fn of(forecast: &Forecast) -> Self {
        match forecast {
            Forecast::Fine => Self::Fine,
            Forecast::Contested(_) => Self::Contested {
                sentence: "Jemand hat dasselbe anders festgelegt. Beide Fassungen bleiben stehen, bis jemand entscheidet.",
            },
            Forecast::Refused(refusal) => {
                let code = Code::from(*refusal);
                Self::Refused { code, sentence: code.sentence() }
            }
            Forecast::Withdrawn => Self::Withdrawn,
        }
    }
}
