//! The worker that renders pages: one document, no files, no network. Started by the desk.

use std::process::ExitCode;

fn main() -> ExitCode {
    kontor_documents::seiten::run()
}
