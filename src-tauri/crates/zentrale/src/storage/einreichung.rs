//! What the database keeps about Einreichungen of the portal and about the keys that open them.

use kontor_domain::Moment;
use kontor_fit_connect::jwk::Kid;
use kontor_fit_connect::{EinreichungId, ZustellpunktId};

/// One Einreichung on its way in. Everything but what is searched for lies in `record`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EinreichungRow {
    /// Which.
    pub id: EinreichungId,
    /// Whether something is still to be done, and by whom.
    pub lage: Lage,
    /// Not to be touched before.
    pub due: Moment,
    /// Counts changes, from 1: of two instances that go on from the same stand, one is told that it
    /// was too late.
    pub version: u64,
    /// JSON of how far it is.
    pub record: String,
}

/// Whether something is still to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lage {
    /// The program goes on by itself.
    Open,
    /// People have to look.
    Held,
    /// Finished.
    Done,
}

impl Lage {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Held => "held",
            Self::Done => "done",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        [Self::Open, Self::Held, Self::Done].into_iter().find(|lage| lage.name() == name)
    }
}

/// A key of a Zustellpunkt; the private part is encrypted before it comes here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchluesselRow {
    /// Its name.
    pub kid: Kid,
    /// Whose.
    pub zustellpunkt: ZustellpunktId,
    /// JSON of what it is for and how far it is.
    pub record: String,
    /// The private part, encrypted.
    pub sealed: Vec<u8>,
}
