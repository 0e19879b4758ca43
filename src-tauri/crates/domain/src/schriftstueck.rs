//! A document of the record and its versions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Betreff, DocumentHash, FassungId, Format, SchriftstueckId, Stamp};

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
