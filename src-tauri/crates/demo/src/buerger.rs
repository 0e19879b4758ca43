//! People, firms and streets of a Kreis that does not exist.

use crate::diary::Diary;

const VORNAMEN: &[&str] = &[
    "Maria",
    "Jürgen",
    "Aylin",
    "Thomas",
    "Sabine",
    "Mehmet",
    "Petra",
    "Björn",
    "Katharina",
    "Uwe",
    "Agnieszka",
    "Rolf",
    "Silke",
    "Ahmed",
    "Birgit",
    "Günter",
    "Nele",
    "Olaf",
    "Ruth",
    "Torsten",
    "Svetlana",
    "Heinz",
    "Monika",
    "Łukasz",
    "Änne",
    "Pascal",
    "Gisela",
    "Yusuf",
    "Ute",
    "Hannes",
];

const NACHNAMEN: &[&str] = &[
    "Lennartz",
    "Müller",
    "Schäfer",
    "Özdemir",
    "Groß",
    "Weißenfels",
    "Kowalski",
    "Brüggemann",
    "Petersen",
    "Vogt",
    "Jansen",
    "Yılmaz",
    "Krüger",
    "Straßburger",
    "Neumann",
    "Haddad",
    "Fuchs",
    "Ostermann",
    "Böhm",
    "Dietrich",
    "Ehlers",
    "Tiedemann",
    "Reuß",
    "Kaiser",
    "Abels",
    "Sommer",
    "Pohl",
    "Zimmermann",
    "Franke",
    "Hoffmann",
    "Lübke",
    "Ihde",
    "Meyer zu Altenschildesche",
];

const STRASSEN: &[&str] = &[
    "Hauptstraße",
    "Hafenstraße",
    "Lindenallee",
    "Am Mühlenbach",
    "Kirchgasse",
    "Feldweg",
    "Bahnhofstraße",
    "Ringstraße",
    "An der Schleuse",
    "Gartenweg",
    "Schulstraße",
    "Zum Moor",
];

/// Postal code and place; the codes are not in use.
const ORTE: &[&str] = &[
    "00101 Musterstadt",
    "00103 Lindenau",
    "00107 Breitenfeld",
    "00109 Auenhausen",
    "00113 Sankt Wendelin",
    "00127 Moorhusen",
];

/// Somebody who wants something from the office.
#[derive(Debug, Clone)]
pub(crate) struct Buerger {
    pub(crate) vorname: &'static str,
    pub(crate) name: &'static str,
    pub(crate) strasse: String,
    pub(crate) ort: &'static str,
    /// What their business is called, for those who have one.
    pub(crate) firma: &'static str,
}

impl Buerger {
    /// `firmen`: what a business of this kind may be called.
    pub(crate) fn any(diary: &mut Diary, firmen: &[&'static str]) -> Self {
        let (street, number) = (diary.one_of(STRASSEN), diary.chance.u32(1..90));
        Self {
            vorname: diary.one_of(VORNAMEN),
            name: diary.one_of(NACHNAMEN),
            strasse: format!("{street} {number}"),
            ort: diary.one_of(ORTE),
            firma: diary.one_of(firmen),
        }
    }

    pub(crate) fn full_name(&self) -> String {
        format!("{} {}", self.vorname, self.name)
    }

    /// The place without its postal code.
    pub(crate) fn stadt(&self) -> &'static str {
        self.ort.split_once(' ').map_or(self.ort, |(_, stadt)| stadt)
    }

    /// Puts who it is about into a text of the tables.
    pub(crate) fn fill(&self, template: &str) -> String {
        template
            .replace("{name}", &self.full_name())
            .replace("{nachname}", self.name)
            .replace("{firma}", self.firma)
            .replace("{strasse}", &self.strasse)
            .replace("{ort}", self.ort)
            .replace("{stadt}", self.stadt())
    }
}
