//! What the desk and a worker say to each other over the worker's standard input and output.
//!
//! ```text
//! frame = length of message, u32 LE · length of blob, u32 LE · message (postcard) · blob
//! ```
//!
//! A worker serves one document and then ends:
//!
//! ```text
//! worker  Hello                     version, what its sandbox holds
//! desk    Open                      length and kind of the document
//! worker  Opened | Failed           after any number of   worker Need → desk Bytes
//! desk    Ask                       one at a time
//! worker  Answer | Failed           after any number of   worker Need → desk Bytes
//! ```
//!
//! Both sides come from one build, so a version that differs is an error and nothing is negotiated.
//! The desk believes nothing: every length is limited before anything is allocated, a message that
//! does not parse or comes out of turn ends the worker.

mod frame;
mod message;

pub(crate) use frame::{FrameError, FrameLimits, receive, send};
pub(crate) use message::{
    Answer, Ask, FoundOnPage, FromWorker, Overview, Sandbox, ToWorker, VERSION, WireKind,
};

/// What a worker accepts from the desk.
pub(crate) const TO_WORKER: FrameLimits =
    FrameLimits { message_bytes_max: 64 * 1024, blob_bytes_max: RANGE_BYTES_MAX };

/// What the desk accepts from a worker.
pub(crate) const FROM_WORKER: FrameLimits =
    FrameLimits { message_bytes_max: 16 * 1024 * 1024, blob_bytes_max: PICTURE_BYTES_MAX };

/// The most bytes of a document that are asked for at once.
pub(crate) const RANGE_BYTES_MAX: usize = 1024 * 1024;

/// The largest picture: [`PIXELS_MAX`] at three bytes, and the head of the file.
pub(crate) const PICTURE_BYTES_MAX: usize = PIXELS_MAX as usize * 3 + 1024 * 1024;

/// The most pixels of one picture: A4 at 500 dpi, A3 at 360.
pub(crate) const PIXELS_MAX: u32 = 24_000_000;

/// The longest edge of one picture. Together with [`PIXELS_MAX`] it bounds the padding of rows.
pub(crate) const EDGE_PX_MAX: u32 = 16_384;
