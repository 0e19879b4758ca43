//! Why the office's rules say no.

use serde::{Deserialize, Serialize};

/// A closed list; each has a stable code. The German sentences for it stand in the app layer.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, thiserror::Error,
)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The thing does not exist, or not for this person: which of the two is not told.
    #[error("the thing is not known here")]
    Unknown,
    /// The person may see the thing but not do this.
    #[error("no right to do this")]
    NoRight,
    /// Something else already stands under this id.
    #[error("the id is already taken")]
    IdTaken,
    /// The Vorgang is closed; it has to be opened again first.
    #[error("the Vorgang is closed")]
    Closed,
    /// Somebody replaced the reference data since the author looked.
    #[error("the thing was replaced in the meantime")]
    Outdated,
    /// The Eingang already belongs to a Vorgang.
    #[error("the Eingang is already assigned")]
    AlreadyAssigned,
    /// Somebody already decided between the two versions.
    #[error("the conflict is already resolved")]
    AlreadyResolved,
    /// A choice is missing for a contested field, or names another field.
    #[error("the choice does not fit the conflict")]
    ChoiceUnfit,
    /// The thing has no such field, or the change changes nothing.
    #[error("the change does not fit the thing")]
    ChangeUnfit,
    /// A list of the thing is full.
    #[error("the thing holds no more of these")]
    Full,
    /// The entry names another author than the person who sent it.
    #[error("the author is somebody else")]
    WrongAuthor,
    /// Its author took it back before it was decided.
    #[error("the author took it back")]
    Withdrawn,
    /// A reason that a newer Zentrale knows and this version does not.
    #[error("a reason this version does not know")]
    #[serde(other)]
    Newer,
}

impl Refusal {
    /// The stable code, as in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::NoRight => "no_right",
            Self::IdTaken => "id_taken",
            Self::Closed => "closed",
            Self::Outdated => "outdated",
            Self::AlreadyAssigned => "already_assigned",
            Self::AlreadyResolved => "already_resolved",
            Self::ChoiceUnfit => "choice_unfit",
            Self::ChangeUnfit => "change_unfit",
            Self::Full => "full",
            Self::WrongAuthor => "wrong_author",
            Self::Withdrawn => "withdrawn",
            Self::Newer => "newer",
        }
    }
}
