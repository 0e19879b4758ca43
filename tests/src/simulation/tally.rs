//! What was done to the worlds. A simulation that never sees its nemesis strike proves nothing.

use std::collections::BTreeMap;
use std::fmt;

/// Counts things by their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally(BTreeMap<&'static str, u64>);

impl Tally {
    /// One more.
    pub(super) fn count(&mut self, what: &'static str) {
        self.add(what, 1);
    }

    /// So many more.
    pub(super) fn add(&mut self, what: &'static str, count: u64) {
        if count > 0 {
            *self.0.entry(what).or_default() += count;
        }
    }

    /// Everything another one counted.
    pub fn merge(&mut self, other: &Self) {
        for (what, count) in &other.0 {
            self.add(what, *count);
        }
    }

    /// How often something was counted.
    pub fn get(&self, what: &str) -> u64 {
        self.0.get(what).copied().unwrap_or_default()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let longest = self.0.keys().map(|what| what.len()).max().unwrap_or_default();
        for (what, count) in &self.0 {
            writeln!(f, "  {what:longest$} {count:>12}")?;
        }
        Ok(())
    }
}
