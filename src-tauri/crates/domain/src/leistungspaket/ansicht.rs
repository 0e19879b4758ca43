//! Form data as a clerk reads it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Abschnitt, Art, Formularfeld, Paketinhalt};
use crate::Day;

/// No form has more values; what comes after them is left to the original.
const ANGABEN_MAX: usize = 2_000;
/// A longer value is cut.
const WERT_CHARS_MAX: usize = 4_000;
/// Form data that nests deeper is not read.
const DEPTH_MAX: usize = 32;

/// Form data in the order and words of the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ansicht {
    /// What the package has a place for.
    pub abschnitte: Vec<AnsichtAbschnitt>,
    /// What it does not name, in the order of the form; all of it without a package.
    pub weitere: Vec<Angabe>,
    /// There is more than fits; the original has it.
    pub gekuerzt: bool,
}

/// Values that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnsichtAbschnitt {
    /// What they are about.
    pub titel: String,
    /// The values.
    pub angaben: Vec<Angabe>,
}

/// One value with its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Angabe {
    /// Its label; the name in the form where no package has one.
    pub name: String,
    /// The value for people; nothing for the head of what lies under it.
    pub wert: Option<String>,
    /// How deep it lies under the ones before it, from 0.
    pub tiefe: usize,
}

/// The form data cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NichtLesbar {
    /// It is no JSON.
    #[error("the form data is no JSON")]
    NoJson,
    /// It nests deeper than any form.
    #[error("the form data nests deeper than {DEPTH_MAX} levels")]
    TooDeep,
}

impl Ansicht {
    /// Reads form data, with the package of its Leistung if there is one.
    ///
    /// # Errors
    /// [`NichtLesbar`].
    pub fn read(bytes: &[u8], paket: Option<&Paketinhalt>) -> Result<Self, NichtLesbar> {
        let data: Value = serde_json::from_slice(bytes).map_err(|_| NichtLesbar::NoJson)?;
        if depth(&data) > DEPTH_MAX {
            return Err(NichtLesbar::TooDeep);
        }
        Ok(Self::of(&data, paket))
    }

    fn of(data: &Value, paket: Option<&Paketinhalt>) -> Self {
        let mut room = Room { left: ANGABEN_MAX, full: false };
        let abschnitte = paket.map_or(&[][..], |paket| &paket.abschnitte);
        let read = |abschnitt: &Abschnitt| {
            let felder = abschnitt.felder.iter();
            let angaben: Vec<Angabe> = felder.flat_map(|feld| of_feld(feld, data)).collect();
            let titel = abschnitt.titel.to_string();
            (!angaben.is_empty()).then_some(AnsichtAbschnitt { titel, angaben })
        };
        let mut abschnitte: Vec<AnsichtAbschnitt> = abschnitte.iter().filter_map(read).collect();
        for abschnitt in &mut abschnitte {
            room.fit(&mut abschnitt.angaben);
        }
        abschnitte.retain(|abschnitt| !abschnitt.angaben.is_empty());

        let named: BTreeSet<String> = paket
            .iter()
            .flat_map(|paket| paket.fields())
            .map(|feld| feld.pfad.to_string())
            .collect();
        let mut weitere = Vec::new();
        rest(data, &Place::default(), &named, &mut weitere);
        room.fit(&mut weitere);
        Self { abschnitte, weitere, gekuerzt: room.full }
    }
}

/// How much still fits.
struct Room {
    left: usize,
    full: bool,
}

impl Room {
    fn fit(&mut self, angaben: &mut Vec<Angabe>) {
        self.full |= angaben.len() > self.left;
        angaben.truncate(self.left);
        self.left -= angaben.len();
    }
}

/// The values of one field; several get numbers.
fn of_feld(feld: &Formularfeld, data: &Value) -> Vec<Angabe> {
    let values = feld.pfad.values(data);
    let many = values.len() > 1;
    let angabe = |(number, value): (usize, &Value)| Angabe {
        name: if many { format!("{} ({number})", feld.name) } else { feld.name.to_string() },
        wert: Some(shown(value, &feld.art)),
        tiefe: 0,
    };
    (1..).zip(values).map(angabe).collect()
}

/// Where a walk through form data is.
#[derive(Default)]
struct Place {
    /// The place as a [`Pfad`] writes it; lists leave no trace in it.
    pfad: String,
    depth: usize,
}

impl Place {
    fn under(&self, name: &str) -> Self {
        let pfad =
            if self.pfad.is_empty() { name.to_owned() } else { format!("{}.{name}", self.pfad) };
        Self { pfad, depth: self.depth + 1 }
    }
}

/// What no field names. Heads without anything under them are left out.
fn rest(value: &Value, place: &Place, named: &BTreeSet<String>, angaben: &mut Vec<Angabe>) {
    // Enough to know that it does not fit; a hostile form has millions.
    if angaben.len() > ANGABEN_MAX {
        return;
    }
    let entries: Vec<(String, &Value, Place)> = match value {
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| (name.clone(), value, place.under(name))).collect()
        }
        Value::Array(list) => (1..)
            .zip(list)
            .map(|(number, value)| {
                (
                    format!("{number}."),
                    value,
                    Place { pfad: place.pfad.clone(), depth: place.depth + 1 },
                )
            })
            .collect(),
        _ => return,
    };
    for (name, value, there) in entries {
        if named.contains(&there.pfad) || value.is_null() {
            continue;
        }
        let name = cut(&name);
        let tiefe = place.depth;
        if value.is_object() || value.is_array() {
            let before = angaben.len();
            angaben.push(Angabe { name, wert: None, tiefe });
            rest(value, &there, named, angaben);
            if angaben.len() == before + 1 {
                angaben.pop();
            }
        } else {
            angaben.push(Angabe { name, wert: Some(shown(value, &Art::Text)), tiefe });
        }
    }
}

/// A value for people.
fn shown(value: &Value, art: &Art) -> String {
    let plain = match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "ja".to_owned(),
        Value::Bool(false) => "nein".to_owned(),
        other => other.to_string(),
    };
    let read = match art {
        Art::Text => None,
        Art::Datum => plain
            .get(..10)
            .and_then(|day| day.parse::<Day>().ok())
            .map(|day| day.date().strftime("%d.%m.%Y").to_string()),
        Art::JaNein => match plain.as_str() {
            "true" | "1" => Some("ja".to_owned()),
            "false" | "0" => Some("nein".to_owned()),
            _ => None,
        },
        Art::Betrag => euro(&plain),
        Art::Auswahl(werte) => werte.get(&plain).map(ToString::to_string),
    };
    cut(&read.unwrap_or(plain))
}

/// `1234.5` as `1.234,50 €`; nothing if it is no amount.
fn euro(plain: &str) -> Option<String> {
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |digits| ("-", digits));
    let (whole, cents) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty()
        || whole.len() > 15
        || cents.len() > 2
        || !is_number(whole)
        || !is_number(cents)
    {
        return None;
    }
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    Some(format!("{sign}{grouped},{cents:0<2} €"))
}

/// Without what could hide or reorder its neighbours, and no longer than anybody reads.
fn cut(text: &str) -> String {
    let fit = |c: &char| !c.is_control() || *c == '\n';
    let shown = text.chars().filter(|c| !crate::text::is_deceptive(*c)).filter(fit);
    let mut shown: String = shown.take(WERT_CHARS_MAX + 1).collect();
    if shown.chars().count() > WERT_CHARS_MAX {
        shown.pop();
        shown.push('…');
    }
    shown
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(list) => 1 + list.iter().map(depth).max().unwrap_or_default(),
        Value::Object(fields) => 1 + fields.values().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}
