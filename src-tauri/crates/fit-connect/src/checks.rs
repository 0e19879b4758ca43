//! The checks an Einreichung must pass before it is accepted (facts § 2.3), in their order, as pure
//! functions over what was fetched. The number of each is that of the list there.
//!
//! | No. | Check | here |
//! |---|---|---|
//! | 1 | not stored before | [`list::unseen`] |
//! | 2 | fetched whole | [`fetched::whole`] |
//! | 3 | exactly one submission signed by the service | [`events::submitted`] |
//! | 4 | the same Anlagen everywhere | [`anlagen::announced`], [`anlagen::described`] |
//! | 5 | every tag is the signed one | [`fetched::tag`] |
//! | 6 | can be decrypted | [`content::decrypted`] |
//! | 7 | metadata follow a known schema | [`content::metadata`] |
//! | 8 | every hash is the described one | [`content::hash`] |
//! | 9 | Leistung, region and schema are offered, Fachdaten can be read | [`offer::service`], [`offer::data`] |
//! | 10 | the way back is offered | [`offer::reply_channel`] |
//! | 11 | fragments make a whole | [`anlagen::described`], [`content::hash`] |
//! | 12 | no malware | the Zentrale's scanner; [`Verdict::Hold`] |
//! | 13 | stored before accepted | [`list::accept_is_due`] |

pub mod anlagen;
pub mod content;
pub mod events;
pub mod fetched;
pub mod list;
pub mod offer;

use serde::{Deserialize, Serialize};

use crate::vocabulary::{Instance, Problem, ProblemKind};

/// What a failed check means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Verdict {
    /// Permanently wrong: the sender is told and sends anew.
    Reject {
        /// Everything that is wrong.
        problems: Vec<Problem>,
    },
    /// Rather our affair than the sender's: kept, shown to IT, decided by people within 14 days.
    Hold {
        /// Why.
        reason: HoldReason,
    },
    /// May be right the next time.
    Retry {
        /// Why.
        reason: RetryReason,
    },
}

/// Why an Einreichung is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum HoldReason {
    /// A version of the metadata that is not learned yet.
    UnknownMetadata {
        /// Which.
        version: String,
    },
    /// Encrypted to a key that is not here: lost, not yet installed, or retired too early.
    UnknownKey {
        /// Which.
        kid: String,
    },
    /// A scanner found something.
    Malware,
    /// Too large for this installation.
    TooLarge,
}

/// Why a check could not be made now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RetryReason {
    /// The event log is signed by a key that was published after ours were fetched.
    NewSignatureKey,
    /// The submission has not reached the event log yet.
    NoSubmissionYet,
}

impl Verdict {
    /// One reason to reject.
    pub fn reject(kind: ProblemKind, instance: Instance) -> Self {
        Self::Reject { problems: vec![Problem { kind, instance }] }
    }
}

impl From<HoldReason> for Verdict {
    fn from(reason: HoldReason) -> Self {
        Self::Hold { reason }
    }
}

/// What a check says: nothing, or what its failure means.
pub type Checked<T = ()> = Result<T, Verdict>;

#[cfg(test)]
mod tests;
