//! What happened in the Kreis, before it is entered in the order of time.

use fastrand::Rng;
use kontor_domain::{Intent, Moment};

use crate::calendar::Calendar;
use crate::paper::Pdf;

/// One thing that somebody did.
#[derive(Debug)]
pub(crate) struct Deed {
    pub(crate) at: Moment,
    /// First name.
    pub(crate) who: &'static str,
    pub(crate) intent: Intent,
    /// What the intent refers to by hash.
    pub(crate) papers: Vec<Pdf>,
}

/// All of it.
#[derive(Debug)]
pub(crate) struct Diary {
    pub(crate) calendar: Calendar,
    /// Decides everything that chance decides; seeded, so the same every time.
    pub(crate) chance: Rng,
    deeds: Vec<Deed>,
}

impl Diary {
    pub(crate) fn new(now: Moment) -> Self {
        let chance = Rng::with_seed(0x4b6f_6e74_6f72);
        Self { calendar: Calendar::new(now), chance, deeds: Vec::new() }
    }

    pub(crate) fn add(&mut self, at: Moment, who: &'static str, intent: Intent) {
        self.add_with(Deed { at, who, intent, papers: Vec::new() });
    }

    pub(crate) fn add_with(&mut self, deed: Deed) {
        self.deeds.push(deed);
    }

    /// One of some; the tables have no empty list.
    pub(crate) fn one_of<T: Copy + Default>(&mut self, list: &[T]) -> T {
        self.chance.choice(list).copied().unwrap_or_default()
    }

    /// In the order of time; at the same time in the order they were told.
    pub(crate) fn deeds(mut self) -> Vec<Deed> {
        self.deeds.sort_by_key(|deed| deed.at);
        self.deeds
    }
}
