//! What the office knows of a public service: how its form reads, what has to come with it, which
//! deadlines run, what is done and written. Data of the administration, not code.

mod ansicht;
mod pfad;
mod unterlagen;

use serde::{Deserialize, Serialize};

use crate::{Betreff, Dauer, Extra, LeistungspaketId, Leistungsschluessel, Name, Text};

pub use ansicht::{Angabe, Ansicht, AnsichtAbschnitt, NichtLesbar};
pub use pfad::{InvalidPfad, Pfad};

/// A Leistungspaket: one for each Leistung the authority offers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Leistungspaket {
    /// Its id.
    pub id: LeistungspaketId,
    /// What it says, as the administration wrote it.
    #[serde(flatten)]
    pub inhalt: Paketinhalt,
    /// What a newer version wrote.
    #[serde(flatten)]
    pub extra: Extra,
}

/// What a Leistungspaket says of its Leistung.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paketinhalt {
    /// Of which Leistung.
    pub leistung: Leistungsschluessel,
    /// What the Leistung is called at the desk.
    pub name: Name,
    /// Whoever keeps the package up, and from when it is: for people.
    pub stand: Name,
    /// The schemas of form data it can read (FIT-Connect `submissionSchema.schemaUri`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schemata: Vec<Name>,
    /// How the form reads, in the order of the desk.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub abschnitte: Vec<Abschnitt>,
    /// What has to come with an application.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unterlagen: Vec<Unterlage>,
    /// Deadlines that run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fristen: Vec<Fristvorlage>,
    /// What is done, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schritte: Vec<Schritt>,
    /// Letters that are written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schreiben: Vec<Schreiben>,
}

/// Fields that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Abschnitt {
    /// What they are about.
    pub titel: Name,
    /// The fields, in order.
    pub felder: Vec<Formularfeld>,
}

/// One field of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Formularfeld {
    /// Where its value stands in the form data.
    pub pfad: Pfad,
    /// Its label.
    pub name: Name,
    /// How its value reads.
    #[serde(default, skip_serializing_if = "Art::is_text")]
    pub art: Art,
}

/// How a value of the form reads.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Art {
    /// As it stands.
    #[default]
    Text,
    /// A day.
    Datum,
    /// „ja“ or „nein“.
    JaNein,
    /// An amount in euro.
    Betrag,
    /// One of a closed list: what the form writes, and what it means.
    Auswahl(std::collections::BTreeMap<String, Name>),
}

/// A paper that has to come with an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unterlage {
    /// What it is.
    pub name: Name,
    /// Whether the application is incomplete without it.
    #[serde(default)]
    pub pflicht: bool,
    /// Words of its name or description, lower case, any of which tells that it is there.
    pub kennwoerter: Vec<Name>,
    /// It is needed only if a field of the form has one of these values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nur_wenn: Option<Bedingung>,
    /// The rule that asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rechtsgrundlage: Option<Name>,
}

/// A field that has one of some values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bedingung {
    /// Which field.
    pub pfad: Pfad,
    /// The values, as the form writes them.
    pub werte: Vec<String>,
}

/// A deadline that runs with every application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fristvorlage {
    /// What it is the deadline for.
    pub name: Name,
    /// With what it begins.
    pub beginn: Anlass,
    /// How long it is.
    pub dauer: Dauer,
    /// The rule it follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rechtsgrundlage: Option<Name>,
}

/// With what a deadline begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anlass {
    /// The application arrives.
    Eingang,
    /// The last paper that was missing arrives.
    Vollstaendig,
    /// The decision is sent.
    Aufgabe,
}

/// One step of the work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schritt {
    /// What is done.
    pub name: Name,
    /// What to mind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hinweis: Option<Text>,
}

/// A letter that is written again and again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schreiben {
    /// What it is for.
    pub name: Name,
    /// Its subject line.
    pub betreff: Betreff,
    /// Its text; `{{pfad}}` stands for the value of a field.
    pub text: Text,
}

/// Why a package was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPaket {
    /// More of something than any Leistung has.
    #[error("{what} has more than {max} entries")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many there may be.
        max: usize,
    },
    /// Two fields stand in the same place of the form.
    #[error("the field {0} is named twice")]
    Twice(Pfad),
    /// A letter stands for a field that the package does not name.
    #[error("the letter {letter:?} names the field {field:?}, which no Abschnitt has")]
    UnknownField {
        /// Which letter, as a number from 1.
        letter: usize,
        /// Which field.
        field: String,
    },
}

impl Art {
    const fn is_text(&self) -> bool {
        matches!(self, Self::Text)
    }
}

impl Paketinhalt {
    /// More entries of one list than any Leistung has.
    pub const ENTRIES_MAX: usize = 500;

    /// Checks what the types alone do not say.
    ///
    /// # Errors
    /// [`InvalidPaket`].
    pub fn check(&self) -> Result<(), InvalidPaket> {
        let fields: Vec<&Formularfeld> = self.fields().collect();
        for (what, count) in [
            ("schemata", self.schemata.len()),
            ("felder", fields.len()),
            ("unterlagen", self.unterlagen.len()),
            ("fristen", self.fristen.len()),
            ("schritte", self.schritte.len()),
            ("schreiben", self.schreiben.len()),
        ] {
            if count > Self::ENTRIES_MAX {
                return Err(InvalidPaket::TooMany { what, max: Self::ENTRIES_MAX });
            }
        }
        let mut known = std::collections::BTreeSet::new();
        if let Some(twice) = fields.iter().find(|field| !known.insert(&field.pfad)) {
            return Err(InvalidPaket::Twice(twice.pfad.clone()));
        }
        for (number, letter) in (1..).zip(&self.schreiben) {
            if let Some(field) = placeholders(letter.text.as_str())
                .find(|name| !known.iter().any(|known| known.to_string() == *name))
            {
                let field = field.to_owned();
                return Err(InvalidPaket::UnknownField { letter: number, field });
            }
        }
        Ok(())
    }

    /// All fields, in the order of the desk.
    pub fn fields(&self) -> impl Iterator<Item = &Formularfeld> {
        self.abschnitte.iter().flat_map(|abschnitt| &abschnitt.felder)
    }
}

/// What stands between double braces.
fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split("{{").skip(1).filter_map(|rest| rest.split_once("}}")).map(|(name, _)| name.trim())
}
