//! Ends a worker that takes too long. Reading from a pipe cannot be given a time limit on every
//! system; ending who should have written works on all of them.

use std::{
    process::Child,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

/// Watches one worker from a thread of its own.
#[derive(Debug)]
pub(super) struct Watchdog(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug)]
struct State {
    child: Child,
    deadline: Option<Instant>,
    has_bitten: bool,
    is_over: bool,
}

impl Watchdog {
    pub(super) fn new(child: Child) -> std::io::Result<Self> {
        let state = State { child, deadline: None, has_bitten: false, is_over: false };
        let shared = Arc::new(Shared { state: Mutex::new(state), changed: Condvar::new() });
        let watched = Self(Arc::clone(&shared));
        thread::Builder::new().name("seiten-watchdog".to_owned()).spawn(move || shared.watch())?;
        Ok(watched)
    }

    /// From now on the worker has so much time, until [`disarm`](Self::disarm).
    pub(super) fn arm(&self, limit: Duration) {
        self.0.lock().deadline = Instant::now().checked_add(limit);
        self.0.changed.notify_one();
    }

    /// The worker has done what it had to; whether that was in time.
    pub(super) fn disarm(&self) -> bool {
        let mut state = self.0.lock();
        state.deadline = None;
        !state.has_bitten
    }

    /// The process, for those who measure it and those who kill it.
    pub(super) fn process_id(&self) -> u32 {
        self.0.lock().child.id()
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        self.0.lock().is_over = true;
        self.0.changed.notify_one();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn watch(&self) {
        let mut state = self.lock();
        while !state.is_over {
            let left = state.deadline.map(|at| at.saturating_duration_since(Instant::now()));
            state = match left {
                None => self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
                Some(Duration::ZERO) => {
                    state.deadline = None;
                    state.has_bitten = true;
                    let _ = state.child.kill();
                    state
                }
                Some(left) => {
                    let woken = self.changed.wait_timeout(state, left);
                    woken.unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
        let _ = state.child.kill();
        // Nobody is left behind as a zombie.
        let _ = state.child.wait();
    }
}
