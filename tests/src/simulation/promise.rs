//! What it means to break a promise.

use std::fmt;

/// A promise of the catalogue that a check found broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Its number, for example `I5`.
    pub promise: &'static str,
    /// What was found.
    pub what: String,
}

/// Whether the promises are kept so far.
pub(super) type Kept<T = ()> = Result<T, Broken>;

impl Broken {
    pub(super) fn new(promise: &'static str, what: impl Into<String>) -> Self {
        Self { promise, what: what.into() }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is broken: {}", self.promise, self.what)
    }
}

impl std::error::Error for Broken {}

/// Goes on only if the promise is kept.
macro_rules! keep {
    ($promise:literal, $kept:expr, $($what:tt)+) => {
        if !$kept {
            return Err($crate::simulation::promise::Broken::new($promise, format!($($what)+)));
        }
    };
}
pub(super) use keep;
