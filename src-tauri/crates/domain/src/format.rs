//! The files of a document.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::as_text::as_text;
use crate::{DocumentHash, InvalidText};

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

/// The name a file had outside: last path segment only, nothing that could escape a folder.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
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
        Ok(Self(text.to_string()))
    }
}

impl fmt::Display for Dateiname {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Shows the length only: file names carry citizens' names.
impl fmt::Debug for Dateiname {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Dateiname({} bytes)", self.0.len())
    }
}

/// A media type `type/subtype` (RFC 6838 § 4.2), without parameters, in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
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

impl fmt::Display for Medientyp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

as_text!(Dateiname, Medientyp);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_never_become_paths() {
        let name = |text: &str| text.parse::<Dateiname>().map(|name| name.to_string());
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
