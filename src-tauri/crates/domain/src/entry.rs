//! What somebody entered.

use serde::{Deserialize, Serialize};

use crate::{Intent, IntentId, Moment, PersonId, Revision, Stamp};

/// An intent with what makes it one entry in the office's history. Stored durably before anything
/// else happens to it, never changed afterwards, repeated under the same id for ever.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its id; time-ordered for storage, never for deciding.
    pub id: IntentId,
    /// Who entered it.
    pub author: PersonId,
    /// What the clock of their workstation said.
    pub at: Moment,
    /// Revision of the [`Intent::target`] the author saw, own waiting entries included.
    pub seen: Revision,
    /// What they want.
    pub intent: Intent,
}

impl Entry {
    /// Its author and time.
    pub fn stamp(&self) -> Stamp {
        Stamp { by: self.author, at: self.at }
    }
}
