use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use kontor_domain::{
    Entity, Extra, Intent, Leistungspaket, LeistungspaketId, MandantId, Paketinhalt, PersonId,
};
use serde::Deserialize;
use serde_json::json;

use super::failure::Failure;
use super::mandant;
use super::output::Output;
use crate::Zentrale;
use crate::operator::{Operator, stammdaten};
use crate::world::new_id;

/// More than any package needs, in bytes.
const FILE_BYTES_MAX: u64 = 256 * 1024;

#[derive(Debug, Subcommand)]
pub(super) enum Leistung {
    /// Prüft Leistungspakete, ohne etwas einzutragen.
    Check(Files),
    /// Trägt Leistungspakete ein oder ersetzt sie; jeder Arbeitsplatz bekommt sie.
    Add(Add),
    /// Listet die Leistungspakete auf.
    List(Of),
}

#[derive(Debug, Args)]
pub(super) struct Of {
    /// Kennung der Behörde, falls es mehrere gibt.
    #[arg(long)]
    mandant: Option<MandantId>,
}

#[derive(Debug, Args)]
pub(super) struct Files {
    /// Leistungspakete (TOML).
    #[arg(required = true, value_name = "DATEI")]
    files: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Add {
    #[command(flatten)]
    of: Of,
    /// Wer einträgt; sonst die erste Person mit der Rolle Administration.
    #[arg(long = "as", value_name = "PERSON")]
    acting: Option<PersonId>,
    #[command(flatten)]
    files: Files,
}

impl Leistung {
    /// Whether it needs no Zentrale.
    pub(super) fn check(&self, output: Output) -> Option<Result<(), Failure>> {
        let Self::Check(files) = self else { return None };
        Some(files.read().map(|pakete| {
            for paket in pakete {
                output.say(
                    &json!(paket),
                    &format!("{}  {} ist in Ordnung.", paket.leistung, paket.name),
                );
            }
        }))
    }

    pub(super) async fn run(self, zentrale: &Zentrale, output: &Output) -> Result<(), Failure> {
        match self {
            Self::Check(_) => Ok(()),
            Self::Add(add) => add.run(zentrale, output).await,
            Self::List(of) => of.list(zentrale, output).await,
        }
    }
}

impl Add {
    async fn run(self, zentrale: &Zentrale, output: &Output) -> Result<(), Failure> {
        // All of them are read before the first is entered.
        let pakete = self.files.read()?;
        let mandant = mandant(zentrale, self.of.mandant).await?;
        let mut operator = Operator::acting_as(zentrale, mandant, self.acting).await?;
        for inhalt in pakete {
            let there = pakete_of(zentrale, mandant).await?;
            let known = there.into_iter().find(|paket| paket.inhalt.leistung == inhalt.leistung);
            let id = known
                .map_or_else(|| LeistungspaketId::new(new_id(zentrale.world())), |paket| paket.id);
            let value = json!({ "leistungspaket": id, "leistung": inhalt.leistung });
            let sentence = format!("{}  {} ist eingetragen.", inhalt.leistung, inhalt.name);
            let paket = Box::new(Leistungspaket { id, inhalt, extra: Extra::default() });
            operator.enter(Intent::RecordLeistungspaket(paket)).await?;
            output.say(&value, &sentence);
        }
        Ok(())
    }
}

impl Of {
    async fn list(self, zentrale: &Zentrale, output: &Output) -> Result<(), Failure> {
        let mandant = mandant(zentrale, self.mandant).await?;
        for paket in pakete_of(zentrale, mandant).await? {
            let inhalt = &paket.inhalt;
            let sentence = format!("{}  {} ({})", inhalt.leistung, inhalt.name, inhalt.stand);
            output.say(&json!(paket), &sentence);
        }
        Ok(())
    }
}

async fn pakete_of(
    zentrale: &Zentrale,
    mandant: MandantId,
) -> Result<Vec<Leistungspaket>, Failure> {
    let stammdaten = stammdaten(zentrale.storage(), mandant).await?.into_iter();
    Ok(stammdaten
        .filter_map(|entity| match entity {
            Entity::Leistungspaket(paket) => Some(*paket),
            _ => None,
        })
        .collect())
}

impl Files {
    fn read(&self) -> Result<Vec<Paketinhalt>, Failure> {
        self.files.iter().map(|path| read(path)).collect()
    }
}

/// A package and whatever else stands in its file.
#[derive(Deserialize)]
struct Written {
    #[serde(flatten)]
    inhalt: Paketinhalt,
    #[serde(flatten)]
    rest: toml::Table,
}

fn read(path: &Path) -> Result<Paketinhalt, Failure> {
    let io = |error| Failure::io("Das Leistungspaket lässt sich nicht lesen.", &error);
    let mut text = String::new();
    let file = File::open(path).map_err(io)?;
    file.take(FILE_BYTES_MAX + 1).read_to_string(&mut text).map_err(io)?;
    let wrong = |why: &dyn std::fmt::Display| Failure::unfit_paket(path, why);
    if text.len() as u64 > FILE_BYTES_MAX {
        return Err(wrong(&"it is larger than 256 KiB"));
    }
    let written: Written = toml::from_str(&text).map_err(|error| wrong(&error))?;
    if let Some(key) = written.rest.keys().next() {
        return Err(wrong(&format_args!("it names {key:?}, which no package has")));
    }
    written.inhalt.check().map_err(|error| wrong(&error))?;
    Ok(written.inhalt)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The packages that Kontor brings.
    const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/leistungen");

    #[test]
    fn the_packages_that_kontor_brings_are_in_order() {
        let folders = std::fs::read_dir(HERE).unwrap().map(|entry| entry.unwrap().path());
        let pakete: Vec<PathBuf> =
            folders.filter(|path| path.is_dir()).map(|path| path.join("paket.toml")).collect();
        assert!(pakete.len() >= 3, "{pakete:?}");
        for path in pakete {
            let paket = read(&path).unwrap_or_else(|failure| panic!("{failure:?}"));
            let folder = path.parent().unwrap().file_name().unwrap().to_str().unwrap();
            assert_eq!(paket.leistung.to_string(), folder);
            let lists = [paket.abschnitte.len(), paket.unterlagen.len(), paket.fristen.len()];
            assert!(lists.iter().all(|count| *count > 0), "{folder} is not complete");
            assert!(!paket.schritte.is_empty() && !paket.schreiben.is_empty(), "{folder}");
        }
    }

    fn refused(text: &str, why: &str) {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let failure = read(file.path()).unwrap_err();
        assert_eq!(failure.code(), "unfit_paket");
        assert!(format!("{failure:?}").contains(why), "{failure:?}");
    }

    const HEAD: &str = "leistung = '99050012104000'\nname = 'Gewerbe anmelden'\nstand = '2026'\n";

    #[test]
    fn a_package_with_a_slip_is_refused_with_the_place() {
        refused("leistung = '123'", "TOML parse error");
        refused(&format!("{HEAD}farbe = 'rot'"), "farbe");
        refused(
            &format!(
                "{HEAD}[[fristen]]\nname = 'Eingang'\nbeginn = 'irgendwann'\ndauer = {{ tage = 3 }}"
            ),
            "irgendwann",
        );
        refused(
            &format!("{HEAD}[[unterlagen]]\nname = 'Ausweis'\nfarbe = 'rot'\nkennwoerter = []"),
            "farbe",
        );
        let field = "[[abschnitte]]\ntitel = 'A'\nfelder = [{ pfad = 'a.b', name = 'B' }, { pfad = 'a.b', name = 'C' }]";
        refused(&format!("{HEAD}{field}"), "named twice");
        let letter = "[[schreiben]]\nname = 'N'\nbetreff = 'B'\ntext = 'Zu {{x.y}}'";
        refused(&format!("{HEAD}{letter}"), "x.y");
        refused(&format!("{HEAD}# {}", "x".repeat(300_000)), "256 KiB");
    }
}
