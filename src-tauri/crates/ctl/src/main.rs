//! Kontor on the console.

mod args;
mod commands;
mod exit;
mod outcome;
mod passphrase;
mod profile;
mod reconcile;

use std::process::ExitCode;

use args::{Args, Verb};
use outcome::{Failure, Output};

#[tokio::main]
async fn main() -> ExitCode {
    let args = match Args::read() {
        Ok(args) => args,
        Err(code) => return code,
    };
    let output = Output::new(args.json);
    match run(&args, output).await {
        Ok(code) => code,
        Err(failure) => output.failure(&failure),
    }
}

async fn run(args: &Args, output: Output) -> Result<ExitCode, Failure> {
    match &args.verb {
        Verb::Connect(connect) => reconcile::connect(args, connect, output).await,
        Verb::Sync(sync) => reconcile::sync(args, sync, output).await,
        Verb::Commands => Ok(commands::list(output)),
        Verb::Run(run) => commands::run(args, run, output),
        Verb::Status => commands::status(args, output),
        Verb::Verify => profile::verify(args, output).await,
        Verb::Doctor => profile::doctor(args, output).await,
        Verb::Salvage(salvage) => profile::salvage(args, salvage, output),
    }
}
