//! The central service of Kontor.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    kontor_zentrale::cli::main(std::env::args_os()).await
}
