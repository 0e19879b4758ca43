//! What holds the worker back once it has loaded pdfium.
//!
//! Nothing is loaded or opened after this: the only ways in and out are the two pipes. Fonts that
//! a document names and does not bring are replaced by pdfium's own.

use std::process::ExitCode;

use crate::protocol::Sandbox;

mod attempts;

#[cfg(target_os = "linux")]
#[path = "sandbox/linux.rs"]
mod system;

#[cfg(not(target_os = "linux"))]
#[path = "sandbox/elsewhere.rs"]
mod system;

/// Locks this process in, as far as the system can.
pub(super) fn enter() -> Sandbox {
    Sandbox { missing: system::enter() }
}

/// Grants processor time for one more request. Who loops forever is ended by the system, even when
/// the desk that would have ended it is gone.
pub(super) fn allow_more_time() {
    system::allow_more_time();
}

/// Locks this process in and then tries to get out. Prints each attempt and what came of it;
/// succeeds if all of them failed.
pub(super) fn check() -> ExitCode {
    let attempts = attempts::prepare();
    for missing in system::enter() {
        println!("missing: {missing}");
    }
    if attempts.open_ways() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
