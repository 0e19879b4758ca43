//! Reconciles a workstation with the Zentrale.
//!
//! [`Desk`] is the workstation's data: what was entered ([`kontor_store::work`]), what the Zentrale
//! said ([`kontor_store::mirror`]), and the view a clerk sees, which is folded from both.
//! [`plan()`] says what there is to do; [`sync`] does it through one [`Port`].

pub mod calls;
mod desk;
mod fold;
mod plan;
mod port;
mod run;

pub use desk::{Desk, DeskError, EnterError, Entered, Intention, Receipt, Verlauf};
pub use fold::{Changed, Folded, Forecast, Listener};
pub use plan::{Open, Situation, Step, Tried, Waiting, plan};
pub use port::{Port, Reply, Unreachable};
pub use run::{Report, SyncError, World, greet, sync, sync_with};
