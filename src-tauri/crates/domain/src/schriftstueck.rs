//! A document of the record, its versions and their formats.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Betreff, DocumentHash, FassungId, InvalidText, SchriftstueckId, Stamp};

/// A Schriftstueck (xdomea `Dokument`): one document with all its Fassungen. Content is never
/// rewritten; a change is a new Fassung.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Schriftstueck {
    /// Its id.
    pub id: SchriftstueckId,
    /// What it is.
    pub betreff: Betreff,
    /// All versions that were ever entered.
    pub fassungen: BTreeMap<FassungId, Fassung>,
    /// The version that counts now; always a key of `fassungen`.
    pub aktuell: FassungId,
}

/// One version (xdomea `Version`), in one or more formats.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fassung {
    /// Its id.
    pub id: FassungId,
    /// Who entered it and when.
    pub angelegt: Stamp,
    /// The same content in several formats: original first, then for example PDF/A.
    pub formate: Vec<Format>,
}

/// One file of a version (xdomea `Format`, `Primaerdokument`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Format {
    /// What the file was called; shown, never used as a path.
    pub name: Dateiname,
    /// Media type, for example `application/pdf`.
    pub medientyp: Medientyp,
    /// The bytes' name.
    pub hash: DocumentHash,
    /// Length in bytes.
    pub size_bytes: u64,
}

impl Schriftstueck {
    /// Hashes of all files of all versions.
    pub fn hashes(&self) -> impl Iterator<Item = DocumentHash> + '_ {
        self.fassungen.values().flat_map(Fassung::hashes)
    }
}

impl Fassung {
    /// At most this many formats hang on one version.
    pub const FORMATE_MAX: usize = 16;

    /// Hashes of its files.
    pub fn hashes(&self) -> impl Iterator<Item = DocumentHash> + '_ {
        self.formate.iter().map(|format| format.hash)
    }
}

/// The name a file had outside: last path segment only, nothing that could escape a folder.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Dateiname(String);

impl Dateiname {
    /// The longest name, in characters; longer ones lose their middle outside.
    pub const CHARS_MAX: usize = 200;

    /// The name as shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Dateiname {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let last = text.rsplit(['/', '\\']).next().unwrap_or_default().trim();
        let text: crate::Name = last.parse()?;
        if matches!(text.as_str(), "." | "..") {
            return Err(InvalidText::Unprintable);
        }
        Ok(Self(text.into()))
    }
}

impl TryFrom<String> for Dateiname {
    type Error = InvalidText;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Dateiname> for String {
    fn from(name: Dateiname) -> Self {
        name.0
    }
}

/// Shows the length only: file names carry citizens' names.
impl fmt::Debug for Dateiname {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Dateiname({} bytes)", self.0.len())
    }
}

/// A media type `type/subtype` (RFC 6838 § 4.2), without parameters, in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Medientyp(String);

impl Medientyp {
    /// For example `application/pdf`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Medientyp {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim().to_ascii_lowercase();
        let restricted = |part: &str| {
            (1..=127).contains(&part.len())
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b))
        };
        match text.split_once('/') {
            Some((kind, subtype)) if restricted(kind) && restricted(subtype) => Ok(Self(text)),
            _ => Err(InvalidText::Unprintable),
        }
    }
}

impl TryFrom<String> for Medientyp {
    type Error = InvalidText;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Medientyp> for String {
    fn from(medientyp: Medientyp) -> Self {
        medientyp.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_never_become_paths() {
        let name = |text: &str| text.parse::<Dateiname>().map(String::from);
        assert_eq!(name("C:\\Users\\x\\Antrag.pdf").unwrap(), "Antrag.pdf");
        assert_eq!(name("../../etc/passwd").unwrap(), "passwd");
        assert!(name("..").is_err());
        assert!(name("a/").is_err());
        assert!(name("Antrag\u{202E}fdp.exe").is_err());
    }

    #[test]
    fn media_types_are_two_restricted_names() {
        assert_eq!("Application/PDF".parse::<Medientyp>().unwrap().as_str(), "application/pdf");
        for text in ["pdf", "a/b/c", "text/html; charset=utf-8", "/", "a/ b"] {
            assert!(text.parse::<Medientyp>().is_err(), "{text}");
        }
    }
}
