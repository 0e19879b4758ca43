//! Why something cannot be shown.

use serde::{Deserialize, Serialize};

/// What stands between a person and the page. No message tells what the document says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Trouble {
    /// It is locked with a password.
    #[error("the document is encrypted")]
    Encrypted,
    /// Its structure cannot be followed.
    #[error("the document is damaged")]
    Damaged,
    /// It, or what would come out of it, is beyond a limit.
    #[error("the document is too large")]
    TooLarge,
    /// It has no bytes.
    #[error("the document is empty")]
    Empty,
    /// It is nothing that is shown here.
    #[error("documents of this kind are not shown")]
    Unsupported,
    /// It has no such page.
    #[error("there is no page {page}")]
    PageAbsent {
        /// The page asked for.
        page: u32,
    },
    /// The worker died over it, more than once.
    #[error("the worker died")]
    WorkerGone,
    /// It took longer than anybody wants to wait.
    #[error("the time limit was reached")]
    TooSlow,
    /// Newer requests took its place before it was begun.
    #[error("superseded by newer requests")]
    Superseded,
    /// Too much is open or waiting.
    #[error("too much at once")]
    Busy,
    /// The bytes of the document could not be read.
    #[error("reading the document failed")]
    Source,
    /// The worker could not be started.
    #[error("the worker could not be started: {reason}")]
    Unavailable {
        /// In technical words.
        reason: String,
    },
}
