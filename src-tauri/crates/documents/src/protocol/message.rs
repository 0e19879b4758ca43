//! The messages.

use serde::{Deserialize, Serialize};

use crate::{Hit, OutlineEntry, PageSize, PageText, Render, Trouble};

/// Changes with every change of a message.
pub(crate) const VERSION: u32 = 1;

/// From the desk to a worker.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum ToWorker {
    /// The document that this worker is for.
    Open {
        /// Its length.
        length_bytes: u64,
        /// How it is to be read.
        kind: WireKind,
    },
    /// A question about it.
    Ask(Ask),
    /// The bytes asked for, as the blob.
    Bytes,
    /// They cannot be read.
    NoBytes,
}

/// What a worker can open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum WireKind {
    Pdf,
    Image,
}

/// A question about the open document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Ask {
    Overview,
    Render(Render),
    Text { page: u32 },
    Find { page: u32, query: String },
    Words { page: u32, bytes_max: usize },
}

impl Ask {
    /// The page it is about.
    pub(crate) fn page(&self) -> Option<u32> {
        match self {
            Self::Overview => None,
            Self::Render(render) => Some(render.page),
            Self::Text { page } | Self::Find { page, .. } | Self::Words { page, .. } => Some(*page),
        }
    }
}

/// From a worker to the desk.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum FromWorker {
    /// The first word.
    Hello { version: u32, sandbox: Sandbox },
    /// Bytes of the document, please.
    Need { offset: u64, length: u32 },
    /// The document is open and has so many pages.
    Opened { pages: u32 },
    /// The answer; a picture is the blob.
    Answer(Answer),
    /// There is no answer.
    Failed(Trouble),
}

/// What holds a worker back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sandbox {
    /// What could not be put on, in technical words; empty if all is in place.
    pub(crate) missing: Vec<String>,
}

/// An answer to an [`Ask`].
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Answer {
    Overview(Overview),
    Picture { width_px: u32, height_px: u32 },
    Text(PageText),
    Found(FoundOnPage),
    Words { text: String, truncated: bool },
}

/// Sizes and contents.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Overview {
    /// Of the first pages, as many as could be measured in time.
    pub(crate) sizes: Vec<PageSize>,
    pub(crate) outline: Vec<OutlineEntry>,
}

/// Hits on one page.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct FoundOnPage {
    pub(crate) hits: Vec<Hit>,
}
