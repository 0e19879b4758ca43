//! How a clerk says from what a Frist is reckoned.

use std::num::NonZeroU16;

use kontor_domain::{Beginn, Dauer, Day, Fristrechnung, Hemmung, Land, Name};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Nobody holds a Frist more often.
const HEMMUNGEN_MAX: usize = 20;

/// From what a Frist is reckoned.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    /// The day it begins with.
    #[schemars(with = "String")]
    beginn: Day,
    /// What happens on that day.
    art: Art,
    /// How many.
    #[schemars(with = "u16", range(min = 1))]
    anzahl: NonZeroU16,
    /// Of what.
    einheit: Zeiteinheit,
    /// Times that do not count.
    #[serde(default)]
    #[schemars(length(max = HEMMUNGEN_MAX))]
    hemmungen: Vec<Zeitraum>,
    /// It ends on its day, whatever day that is.
    #[serde(default)]
    fest: bool,
    /// The rule it follows, for example „§ 42a Abs. 2 `VwVfG`“.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    rechtsgrundlage: Option<Name>,
}

/// How a Frist begins.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Art {
    /// Something happens on the day; the day is not counted (BGB § 187 Abs. 1).
    Ereignis,
    /// The whole day counts (BGB § 187 Abs. 2).
    Tagesbeginn,
    /// A decision is posted or sent on the day (`VwVfG` § 41 Abs. 2).
    Aufgabe,
}

/// What a Frist is counted in.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Zeiteinheit {
    Tage,
    Arbeitstage,
    Wochen,
    Monate,
    Jahre,
}

/// A time, first and last day included.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Zeitraum {
    #[schemars(with = "String")]
    von: Day,
    #[schemars(with = "String")]
    bis: Day,
}

impl Rule {
    /// The same for the domain. `None` with more Hemmungen than anybody has.
    pub(super) fn rechnung(self, land: Option<Land>) -> Option<Fristrechnung> {
        if self.hemmungen.len() > HEMMUNGEN_MAX {
            return None;
        }
        let beginn = match self.art {
            Art::Ereignis => Beginn::Ereignis(self.beginn),
            Art::Tagesbeginn => Beginn::Tagesbeginn(self.beginn),
            Art::Aufgabe => Beginn::Aufgabe(self.beginn),
        };
        let dauer = match self.einheit {
            Zeiteinheit::Tage => Dauer::Tage(self.anzahl),
            Zeiteinheit::Arbeitstage => Dauer::Arbeitstage(self.anzahl),
            Zeiteinheit::Wochen => Dauer::Wochen(self.anzahl),
            Zeiteinheit::Monate => Dauer::Monate(self.anzahl),
            Zeiteinheit::Jahre => Dauer::Jahre(self.anzahl),
        };
        let hemmungen = self.hemmungen.into_iter().map(|it| Hemmung { von: it.von, bis: it.bis });
        Some(Fristrechnung {
            beginn,
            dauer,
            land,
            hemmungen: hemmungen.collect(),
            fest: self.fest,
            rechtsgrundlage: self.rechtsgrundlage,
        })
    }
}

impl From<&Fristrechnung> for Rule {
    fn from(it: &Fristrechnung) -> Self {
        let (art, beginn) = match it.beginn {
            Beginn::Ereignis(day) => (Art::Ereignis, day),
            Beginn::Tagesbeginn(day) => (Art::Tagesbeginn, day),
            Beginn::Aufgabe(day) => (Art::Aufgabe, day),
        };
        let (einheit, anzahl) = match it.dauer {
            Dauer::Tage(count) => (Zeiteinheit::Tage, count),
            Dauer::Arbeitstage(count) => (Zeiteinheit::Arbeitstage, count),
            Dauer::Wochen(count) => (Zeiteinheit::Wochen, count),
            Dauer::Monate(count) => (Zeiteinheit::Monate, count),
            Dauer::Jahre(count) => (Zeiteinheit::Jahre, count),
        };
        let hemmungen = it.hemmungen.iter().map(|it| Zeitraum { von: it.von, bis: it.bis });
        Self {
            beginn,
            art,
            anzahl,
            einheit,
            hemmungen: hemmungen.collect(),
            fest: it.fest,
            rechtsgrundlage: it.rechtsgrundlage.clone(),
        }
    }
}
