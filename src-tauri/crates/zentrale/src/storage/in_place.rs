//! Work that keeps a thread busy.

use tokio::runtime::{Handle, RuntimeFlavor};

/// Tells a runtime with several threads that this one will be busy; elsewhere it simply is.
pub(super) fn in_place<T>(work: impl FnOnce() -> T) -> T {
    match Handle::try_current().map(|runtime| runtime.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(work),
        _ => work(),
    }
}
