//! The switches by which a test makes the disk fail.

use super::{Counts, fault::Fault};

/// Whether a change is an ordinary one or the one in which the machine dies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Breath {
    Normal,
    Last,
}

impl Breath {
    /// The dying machine still did (some of) the work, but nobody hears so.
    pub(super) fn end(self) -> Result<(), Fault> {
        match self {
            Self::Normal => Ok(()),
            Self::Last => Err(Fault::Dead),
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct Nemesis {
    /// Changes that still succeed before the machine dies in the next.
    pub(super) crash_after: Option<u64>,
    /// The machine is down until the next start.
    pub(super) is_down: bool,
    /// Changes that still succeed before one fails.
    pub(super) change_error_after: Option<u64>,
    /// Reads that still succeed before one fails.
    pub(super) read_error_after: Option<u64>,
    pub(super) is_read_only: bool,
    /// Bytes that all files together may have.
    pub(super) capacity: Option<usize>,
    /// Answers syncs without doing them.
    pub(super) ignores_sync: bool,
}

impl Nemesis {
    pub(super) fn check_alive(&self) -> Result<(), Fault> {
        if self.is_down { Err(Fault::Dead) } else { Ok(()) }
    }

    pub(super) fn before_read(&mut self, counts: &mut Counts) -> Result<(), Fault> {
        self.check_alive()?;
        if is_due(&mut self.read_error_after) {
            counts.io_errors += 1;
            return Err(Fault::Io);
        }
        Ok(())
    }

    pub(super) fn before_change(&mut self, counts: &mut Counts) -> Result<Breath, Fault> {
        self.check_alive()?;
        if self.is_read_only {
            counts.read_only += 1;
            return Err(Fault::ReadOnly);
        }
        if is_due(&mut self.change_error_after) {
            counts.io_errors += 1;
            return Err(Fault::Io);
        }
        if is_due(&mut self.crash_after) {
            self.is_down = true;
            counts.crashes += 1;
            return Ok(Breath::Last);
        }
        Ok(Breath::Normal)
    }

    /// A new start: what was armed for the old one is off, the state of the hardware stays.
    pub(super) fn restart(&mut self) {
        self.is_down = false;
        self.crash_after = None;
        self.change_error_after = None;
        self.read_error_after = None;
    }
}

/// Counts down; true once, when the time has come.
fn is_due(after: &mut Option<u64>) -> bool {
    match after {
        None => false,
        Some(0) => {
            *after = None;
            true
        }
        Some(left) => {
            *left -= 1;
            false
        }
    }
}
