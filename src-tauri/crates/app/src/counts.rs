//! How much lies where: the numbers beside the navigation.

use kontor_domain::{Day, Status};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `counts`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Counts {
    /// What is due until this day counts as due today.
    #[schemars(with = "String")]
    today: Day,
}

/// The numbers.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Counted {
    /// Eingänge that are part of no Vorgang.
    eingang_open: u64,
    /// Of those, the ones that were not opened here yet.
    eingang_new: u64,
    /// Open Vorgänge of whoever works here.
    vorgaenge: u64,
    /// Wiedervorlagen in them that are due.
    wiedervorlagen_heute: u64,
    /// Entries that wait for the Zentrale.
    waiting: u64,
    /// Things in which two versions stand side by side.
    conflicts: u64,
    /// Entries that were refused and not put away yet.
    refused: u64,
}

impl Command for Counts {
    const NAME: &'static str = "counts";
    const ABOUT: &'static str = "Zählt, was wo liegt und was wartet.";
    const WHO: Who = Who::SignedIn;
    type Answer = Counted;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let (waiting, refused) = {
            let desk = office.desk()?;
            (desk.work().waiting_count()?, desk.work().refused_count()?)
        };
        let (register, marks) = office.register()?;
        let open = || register.eingaenge.iter().filter(|row| row.vorgang.is_none());
        let is_mine = |zuweisung| marks.person.is_some() && zuweisung == marks.person;
        let mine = || {
            let rows = register.vorgaenge.iter();
            rows.filter(|row| row.status != Status::ZdA && is_mine(row.zuweisung))
        };
        let due = mine().flat_map(|row| &row.wiedervorlagen).filter(|(_, am, _)| *am <= self.today);
        let contested = register.vorgaenge.iter().filter(|row| row.contested).count()
            + register.eingaenge.iter().filter(|row| row.contested).count()
            + register.akten.iter().filter(|row| row.contested).count();
        Ok(Answer::unchanged(Counted {
            eingang_open: open().count() as u64,
            eingang_new: open().filter(|row| !register.has_seen(row.id)).count() as u64,
            vorgaenge: mine().count() as u64,
            wiedervorlagen_heute: due.count() as u64,
            waiting,
            conflicts: contested as u64,
            refused,
        }))
    }
}
