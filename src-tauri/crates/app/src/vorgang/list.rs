//! What lies on the desk.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use kontor_domain::{AkteId, Aktenzeichen, Betreff, Day, EinheitId, PersonId, Status, VorgangId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::register::{Due, Register, VorgangRow, folded, window};
use crate::{Answer, AppError, Office, Who};

/// As many rows are given at once, however many are asked for.
pub(crate) const ROWS_MAX: u32 = 10_000;
const ROWS_USUAL: u32 = 500;

/// Payload of `vorgang.list`. What is left out narrows nothing down.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "each narrows the list by itself")]
pub(crate) struct List {
    /// Only those assigned to this person.
    #[schemars(with = "Option<String>")]
    person: Option<PersonId>,
    /// Only those that nobody works on.
    unassigned_only: bool,
    /// Only those that are this far: `offen`, `in_bearbeitung`, `wartet`, `zd_a`.
    #[schemars(with = "Option<Vec<String>>")]
    status: Option<BTreeSet<Status>>,
    /// Also those that are closed, where `status` does not say it.
    closed_too: bool,
    /// Only those of this unit.
    #[schemars(with = "Option<String>")]
    einheit: Option<EinheitId>,
    /// Only those in this Akte.
    #[schemars(with = "Option<String>")]
    akte: Option<AkteId>,
    /// Only those in which all of these words appear: in Betreff, Aktenzeichen, name of person or
    /// unit.
    text: Option<String>,
    /// Only those in which something is due until this day.
    #[schemars(with = "Option<String>")]
    faellig_bis: Option<Day>,
    /// Only those with two versions side by side.
    contested_only: bool,
    /// Only those of which something waits for the Zentrale.
    waiting_only: bool,
    /// By what to sort; by what is due next if left out.
    sort: Sort,
    /// The other way round.
    descending: bool,
    /// Leave out this many at the beginning.
    offset: u32,
    /// At most this many; 500 if left out.
    rows_max: Option<u32>,
}

/// By what a list of Vorgänge can be sorted.
#[derive(Debug, Default, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Sort {
    /// What is due next; those with nothing due come last either way.
    #[default]
    Faellig,
    Betreff,
    Status,
    Zuweisung,
    Einheit,
    Akte,
    Angelegt,
    Geaendert,
}

/// Vorgänge, the nearest Wiedervorlage or Frist first unless asked otherwise.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listed {
    vorgaenge: Vec<Line>,
    /// How many there are altogether that match.
    matching: u64,
    /// How many lie on this machine altogether.
    mirrored: u64,
}

/// One of them.
#[derive(Debug, Serialize, JsonSchema)]
struct Line {
    #[schemars(with = "String")]
    vorgang: VorgangId,
    #[schemars(with = "String")]
    betreff: Betreff,
    #[schemars(with = "String")]
    status: Status,
    #[schemars(with = "String")]
    einheit: EinheitId,
    einheit_name: String,
    #[schemars(with = "Option<String>")]
    zuweisung: Option<PersonId>,
    zuweisung_name: Option<String>,
    #[schemars(with = "Option<String>")]
    akte: Option<AkteId>,
    #[schemars(with = "Option<String>")]
    aktenzeichen: Option<Aktenzeichen>,
    /// When it was opened, in ms since 1970.
    angelegt: i64,
    /// When somebody last did something in it, in ms since 1970.
    geaendert: i64,
    /// The next open Wiedervorlage or Frist.
    naechste: Option<Due>,
    /// How many documents lie in it.
    schriftstuecke: usize,
    /// Two versions stand side by side in it.
    contested: bool,
    /// Something about it waits for the Zentrale.
    waiting: bool,
    /// Somebody else gave it to whoever works here, and it was not opened here yet.
    new: bool,
}

impl Command for List {
    const NAME: &'static str = "vorgang.list";
    const ABOUT: &'static str = "Listet Vorgänge auf, die nächste Wiedervorlage oder Frist zuerst.";
    const WHO: Who = Who::SignedIn;
    type Answer = Listed;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let (register, marks) = office.register()?;
        let words = self.text.as_deref().map(folded).unwrap_or_default();
        let words: Vec<Word> = words.split_whitespace().map(|w| Word::of(w, &register)).collect();
        let rows = register.vorgaenge.iter();
        let rows = rows.filter(|row| self.fits(row) && words.iter().all(|word| word.is_in(row)));
        let rows: Vec<&VorgangRow> =
            rows.filter(|row| !self.waiting_only || marks.waits(row.id)).collect();
        let matching = rows.len() as u64;
        let rows_max = self.rows_max.unwrap_or(ROWS_USUAL).min(ROWS_MAX);
        let piece = (self.offset as usize, rows_max as usize);
        let rows = self.sorted(&register, rows, piece);
        let vorgaenge = rows.into_iter().map(|row| Line {
            waiting: marks.waits(row.id),
            new: row.zuweisung == marks.person
                && row.assigned_by.is_some_and(|by| Some(by) != marks.person)
                && row.status != Status::ZdA
                && !register.has_seen(row.id),
            ..line(&register, row)
        });
        let mirrored = register.vorgaenge.len() as u64;
        Ok(Answer::unchanged(Listed { vorgaenge: vorgaenge.collect(), matching, mirrored }))
    }
}

impl List {
    fn fits(&self, row: &VorgangRow) -> bool {
        self.person.is_none_or(|person| row.zuweisung == Some(person))
            && !(self.unassigned_only && row.zuweisung.is_some())
            && match &self.status {
                Some(wanted) => wanted.contains(&row.status),
                None => self.closed_too || row.status != Status::ZdA,
            }
            && self.einheit.is_none_or(|einheit| row.einheit == einheit)
            && self.akte.is_none_or(|akte| row.akte == Some(akte))
            && self.faellig_bis.is_none_or(|day| row.due.as_ref().is_some_and(|due| due.am <= day))
            && (!self.contested_only || row.contested)
    }

    fn sorted<'a>(
        &self,
        register: &Register,
        rows: Vec<&'a VorgangRow>,
        piece: (usize, usize),
    ) -> Vec<&'a VorgangRow> {
        let turned = |order: Ordering| if self.descending { order.reverse() } else { order };
        let by = |order: &dyn Fn(&VorgangRow, &VorgangRow) -> Ordering| {
            window(rows, piece, |a, b| order(a, b).then_with(|| a.id.cmp(&b.id)))
        };
        match self.sort {
            Sort::Faellig => by(&|a, b| match (&a.due, &b.due) {
                (Some(a), Some(b)) => turned(a.am.cmp(&b.am)),
                (a, b) => b.is_some().cmp(&a.is_some()),
            }),
            Sort::Betreff => by(&|a, b| turned(a.text.cmp(&b.text))),
            Sort::Status => by(&|a, b| turned(a.status.cmp(&b.status))),
            Sort::Zuweisung => {
                let ranks = register.names.personen_ranks();
                let rank = |row: &VorgangRow| row.zuweisung.and_then(|id| ranks.get(&id));
                by(&|a, b| turned(rank(a).cmp(&rank(b))))
            }
            Sort::Einheit => {
                let ranks = register.names.einheiten_ranks();
                by(&|a, b| turned(ranks.get(&a.einheit).cmp(&ranks.get(&b.einheit))))
            }
            Sort::Akte => {
                let sign = |row: &VorgangRow| row.akte.and_then(|id| register.akten.get(id.uuid()));
                let sign = |row: &VorgangRow| sign(row).map(|akte| &akte.text);
                by(&|a, b| turned(sign(a).cmp(&sign(b))))
            }
            Sort::Angelegt => by(&|a, b| turned(a.angelegt.cmp(&b.angelegt))),
            Sort::Geaendert => by(&|a, b| turned(a.geaendert.cmp(&b.geaendert))),
        }
    }
}

/// A word somebody typed, with what it may be a name of.
struct Word {
    text: String,
    personen: BTreeSet<PersonId>,
    einheiten: BTreeSet<EinheitId>,
    akten: BTreeSet<AkteId>,
}

impl Word {
    fn of(text: &str, register: &Register) -> Self {
        let akten = register.akten.iter().filter(|akte| akte.text.contains(text));
        Self {
            text: text.to_owned(),
            personen: register.names.personen_like(text),
            einheiten: register.names.einheiten_like(text),
            akten: akten.map(|akte| akte.id).collect(),
        }
    }

    fn is_in(&self, row: &VorgangRow) -> bool {
        row.text.contains(&self.text)
            || row.zuweisung.is_some_and(|person| self.personen.contains(&person))
            || self.einheiten.contains(&row.einheit)
            || row.akte.is_some_and(|akte| self.akten.contains(&akte))
    }
}

fn line(register: &Register, row: &VorgangRow) -> Line {
    let akte = row.akte.and_then(|akte| register.akten.get(akte.uuid()));
    Line {
        vorgang: row.id,
        betreff: row.betreff.clone(),
        status: row.status,
        einheit: row.einheit,
        einheit_name: register.names.einheit(row.einheit),
        zuweisung: row.zuweisung,
        zuweisung_name: row.zuweisung.map(|person| register.names.person(person)),
        akte: row.akte,
        aktenzeichen: akte.map(|akte| akte.aktenzeichen.clone()),
        angelegt: row.angelegt.unix_ms(),
        geaendert: row.geaendert.unix_ms(),
        naechste: row.due.clone(),
        schriftstuecke: row.schriftstuecke,
        contested: row.contested,
        waiting: false,
        new: false,
    }
}
