//! Papers: real PDFs with real text, made here.

mod certificate;
mod font;
mod form;
mod letter;
mod plan;
mod sheet;

use std::collections::BTreeMap;

use kontor_domain::{
    DocumentHash, Fassung, FassungId, Format, Moment, PersonId, Schriftstueck, SchriftstueckId,
    Stamp,
};
use sha2::{Digest, Sha256};

use crate::anliegen::Anliegen;
use crate::buerger::Buerger;
use crate::enter::value;
use crate::{DemoError, id};

use sheet::Sheets;

/// Why a paper was not made.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The fonts this crate brings along do not hold what it needs.
    #[error("a font is missing")]
    Font,
    /// A measure that is no page or line.
    #[error("a measure is not one")]
    Measure,
    /// The PDF was not finished.
    #[error("the PDF was not finished: {0}")]
    Unfinished(String),
}

/// What a paper looks like.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// What somebody filled in.
    Form,
    /// What somebody wrote.
    Letter,
    /// A drawing.
    Plan,
    /// What another office or a firm confirms.
    Certificate,
}

impl Kind {
    /// What a paper of this name looks like.
    pub(crate) fn of(betreff: &str) -> Self {
        if betreff.to_lowercase().contains("plan") { Self::Plan } else { Self::Certificate }
    }
}

/// What a paper is to say.
pub(crate) struct Request<'a> {
    pub(crate) kind: Kind,
    pub(crate) betreff: &'a str,
    /// As a letter writes it.
    pub(crate) date: String,
    pub(crate) anliegen: &'a Anliegen,
    pub(crate) buerger: &'a Buerger,
}

/// A finished one.
#[derive(Debug)]
pub(crate) struct Pdf {
    pub(crate) betreff: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) hash: DocumentHash,
}

impl Request<'_> {
    pub(crate) fn make(&self) -> Result<Pdf, PdfError> {
        let mut sheets = Sheets::new()?;
        match self.kind {
            Kind::Form => form::draw(&mut sheets, self),
            Kind::Letter => letter::draw(&mut sheets, self),
            Kind::Plan => plan::draw(&mut sheets, self),
            Kind::Certificate => certificate::draw(&mut sheets, self),
        }
        let bytes = sheets.finish(self.betreff)?;
        let hash = DocumentHash::from_bytes(Sha256::digest(&bytes).into());
        Ok(Pdf { betreff: self.betreff.to_owned(), bytes, hash })
    }
}

/// A paper as a document of the record. `word` tells it from others.
pub(crate) fn schriftstueck(
    paper: &Pdf,
    word: &str,
    (by, at): (PersonId, Moment),
) -> Result<Schriftstueck, DemoError> {
    let aktuell = FassungId::new(id::of(&format!("fassung/{word}")));
    let format = Format {
        name: value(format!("{}.pdf", paper.betreff))?,
        medientyp: value("application/pdf")?,
        hash: paper.hash,
        size_bytes: paper.bytes.len() as u64,
    };
    let angelegt = Stamp { by, at };
    let fassung = Fassung { id: aktuell, angelegt, formate: vec![format] };
    Ok(Schriftstueck {
        id: SchriftstueckId::new(id::of(&format!("schriftstueck/{word}"))),
        betreff: value(paper.betreff.clone())?,
        fassungen: BTreeMap::from([(aktuell, fassung)]),
        aktuell,
    })
}
