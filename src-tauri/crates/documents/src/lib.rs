//! Shows documents that nobody trusts.
//!
//! A PDF is a program written by a stranger. It is read by pdfium in a process of its own,
//! `kontor-seiten`, that has no files, no network and little memory; that process may die at any
//! moment without the desk noticing more than a sentence. Why it is built like this:
//! `src-tauri/docs/adr/0007-page-worker.md`.
//!
//! - [`Documents`] starts workers, [`Documents::open`] gives a [`OpenDocument`].
//! - A [`OpenDocument`] answers [`info`](OpenDocument::info), [`render`](OpenDocument::render),
//!   [`text`](OpenDocument::text), [`find`](OpenDocument::find) and [`whole_text`](OpenDocument::whole_text);
//!   each answer is a [`Pending`] that can be awaited, waited for or dropped.
//! - The bytes come from a [`Source`], piece by piece, as the worker asks for them: a document of
//!   a thousand pages is never in memory as a whole, and the worker learns no path.
//!
//! `protocol` is what both sides say to each other, `desk` is the one side, `seiten` the other.

mod answer;
mod desk;
mod kind;
mod plain;
mod protocol;
pub mod seiten;
mod source;
mod trouble;

pub use answer::{
    Area, Find, Found, Hit, Info, Link, OutlineEntry, PageSize, PageText, Picture, Render, Run,
    Target, TextLimits, Turn, Urgency, WholeText,
};
pub use desk::{Documents, Limits, OpenDocument, Pending, Program, ProgramMissing};
pub use kind::Kind;
pub use plain::{PlainText, plain_text};
pub use source::Source;
pub use trouble::Trouble;
