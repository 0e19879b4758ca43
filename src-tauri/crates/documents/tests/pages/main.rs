//! The real worker, the real pdfium, documents made here.
//!
//! pdfium is found as the program finds it: beside the worker or by `KONTOR_PDFIUM`, which
//! `packaging/pdfium` sets.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests and what they share"
)]

mod fixtures;
mod hostile;
mod kills;
mod pictures;
mod sandbox;
mod shown;
mod support;
