//! Who and when.

use serde::{Deserialize, Serialize};

use crate::{Moment, PersonId};

/// Who did something, and when their clock said it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Who.
    pub by: PersonId,
    /// When, by the clock of their workstation; never decides anything.
    pub at: Moment,
}
