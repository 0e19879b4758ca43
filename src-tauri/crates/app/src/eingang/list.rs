//! What has arrived.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use kontor_domain::{Betreff, EingangId, EinheitId, Kanal, PersonId, VorgangId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::register::{EingangRow, folded, window};
use crate::vorgang::ROWS_MAX;
use crate::{Answer, AppError, Office, Who};

const ROWS_USUAL: u32 = 500;

/// Payload of `eingang.list`. What is left out narrows nothing down.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "each narrows the list by itself")]
pub(crate) struct List {
    /// Also those that are part of a Vorgang already.
    assigned_too: bool,
    /// Only those that are part of no Vorgang yet; the same as leaving `assigned_too` out.
    unassigned_only: bool,
    /// Only those that came this way: `portal`, `papier`, `email`, `datei`.
    #[schemars(with = "Option<String>")]
    kanal: Option<Kanal>,
    /// Only those in the inbox of this unit.
    #[schemars(with = "Option<String>")]
    einheit: Option<EinheitId>,
    /// Only those in which all of these words appear: in Betreff or name of the unit.
    text: Option<String>,
    /// Only those that were not opened here yet.
    new_only: bool,
    /// By what to sort; by when it was recorded, the newest first, if left out.
    sort: Sort,
    /// The other way round.
    descending: bool,
    /// Leave out this many at the beginning.
    offset: u32,
    /// At most this many; 500 if left out.
    rows_max: Option<u32>,
}

/// By what a list of Eingänge can be sorted.
#[derive(Debug, Default, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Sort {
    /// The newest first.
    #[default]
    Erfasst,
    Betreff,
    Kanal,
    Einheit,
}

/// Eingänge, the newest first unless asked otherwise.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listed {
    eingaenge: Vec<Line>,
    /// How many there are altogether that match.
    matching: u64,
    /// How many lie on this machine altogether.
    mirrored: u64,
    /// Of all in the inbox, how many came which way.
    by_kanal: BTreeMap<&'static str, u64>,
    /// How many lie in the inbox and are part of no Vorgang.
    unassigned: u64,
    /// How many of those were not opened here yet.
    new: u64,
}

/// One of them.
#[derive(Debug, Serialize, JsonSchema)]
struct Line {
    #[schemars(with = "String")]
    eingang: EingangId,
    #[schemars(with = "String")]
    betreff: Betreff,
    #[schemars(with = "String")]
    kanal: Kanal,
    #[schemars(with = "String")]
    einheit: EinheitId,
    einheit_name: String,
    erfasst: Recorded,
    /// The Vorgang it became part of.
    #[schemars(with = "Option<String>")]
    vorgang: Option<VorgangId>,
    /// How many documents came with it.
    schriftstuecke: usize,
    /// Two versions stand side by side in it.
    contested: bool,
    /// Something about it waits for the Zentrale.
    waiting: bool,
    /// It lies in the inbox and was not opened here yet.
    new: bool,
}

/// Who recorded it and when.
#[derive(Debug, Serialize, JsonSchema)]
struct Recorded {
    /// In ms since 1970.
    at: i64,
    #[schemars(with = "String")]
    by: PersonId,
    by_name: String,
}

impl Command for List {
    const NAME: &'static str = "eingang.list";
    const ABOUT: &'static str = "Listet auf, was eingegangen ist.";
    const WHO: Who = Who::SignedIn;
    type Answer = Listed;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let (register, marks) = office.register()?;
        let names = &register.names;
        let is_new = |row: &EingangRow| row.vorgang.is_none() && !register.has_seen(row.id);
        let mut by_kanal = BTreeMap::new();
        let (mut unassigned, mut new) = (0, 0);
        for row in register.eingaenge.iter().filter(|row| row.vorgang.is_none()) {
            *by_kanal.entry(word(row.kanal)).or_default() += 1;
            unassigned += 1;
            new += u64::from(is_new(row));
        }
        let text = self.text.as_deref().map(folded).unwrap_or_default();
        let words: Vec<_> =
            text.split_whitespace().map(|word| (word, names.einheiten_like(word))).collect();
        let rows = register.eingaenge.iter().filter(|row| self.fits(row));
        let rows = rows.filter(|row| !self.new_only || is_new(row));
        let has = |row: &EingangRow| {
            let mut words = words.iter();
            words.all(|(word, units)| row.text.contains(word) || units.contains(&row.einheit))
        };
        let rows: Vec<&EingangRow> = rows.filter(|row| has(row)).collect();
        let matching = rows.len() as u64;
        let rows_max = self.rows_max.unwrap_or(ROWS_USUAL).min(ROWS_MAX);
        let ranks = names.einheiten_ranks();
        let rows = window(rows, (self.offset as usize, rows_max as usize), |a, b| {
            let order = match self.sort {
                Sort::Erfasst => b.erfasst.at.cmp(&a.erfasst.at),
                Sort::Betreff => a.text.cmp(&b.text),
                Sort::Kanal => a.kanal.cmp(&b.kanal),
                Sort::Einheit => ranks.get(&a.einheit).cmp(&ranks.get(&b.einheit)),
            };
            let order = if self.descending { order.reverse() } else { order };
            order.then_with(|| newest_first(a, b))
        });
        let eingaenge = rows.into_iter().map(|row| Line {
            eingang: row.id,
            betreff: row.betreff.clone(),
            kanal: row.kanal,
            einheit: row.einheit,
            einheit_name: names.einheit(row.einheit),
            erfasst: Recorded {
                at: row.erfasst.at.unix_ms(),
                by: row.erfasst.by,
                by_name: names.person(row.erfasst.by),
            },
            vorgang: row.vorgang,
            schriftstuecke: row.schriftstuecke,
            contested: row.contested,
            waiting: marks.waits(row.id),
            new: is_new(row),
        });
        let eingaenge = eingaenge.collect();
        let mirrored = register.eingaenge.len() as u64;
        let listed = Listed { eingaenge, matching, mirrored, by_kanal, unassigned, new };
        Ok(Answer::unchanged(listed))
    }
}

impl List {
    fn fits(&self, row: &EingangRow) -> bool {
        (row.vorgang.is_none() || self.assigned_too && !self.unassigned_only)
            && self.kanal.is_none_or(|kanal| row.kanal == kanal)
            && self.einheit.is_none_or(|einheit| row.einheit == einheit)
    }
}

fn newest_first(a: &EingangRow, b: &EingangRow) -> Ordering {
    b.erfasst.at.cmp(&a.erfasst.at).then_with(|| a.id.cmp(&b.id))
}

const fn word(kanal: Kanal) -> &'static str {
    match kanal {
        Kanal::Portal => "portal",
        Kanal::Papier => "papier",
        Kanal::Email => "email",
        Kanal::Datei => "datei",
    }
}
