//! A whole authority in one thread, from one seed.
//!
//! Two to four workstations with the real desk (encrypted `work.db` and `mirror.db`, documents) and
//! one Zentrale with the real router on the real SQLite storage, each on a disk that fails
//! ([`kontor_testkit::disk`]), joined by a network that loses, doubles, delays, reorders, halves and
//! invents. No reactor, no second thread, no clock of this machine: the same seed gives the same run.
//!
//! What is checked where:
//!
//! | Promise | Where |
//! |---|---|
//! | I1 saved survives | `ledger`, after every start, sync and close look |
//! | I2 one terminal state | `ledger` (none goes back), `checks::end` (same on both sides) |
//! | I3 at most once | `history` (effects, list items, revisions), `checks::end` |
//! | I4 same bytes again | `network`, every result that leaves the Zentrale |
//! | I5 nothing overwritten unseen | `history` (every value set was seen), `checks::end` (every value entered is accounted for) |
//! | I6 conflicts hold both sides | `history`, `checks::view`, `checks::end` |
//! | I7 gapless feed | `history`, `checks::feed` (also across restarts) |
//! | I8 mirror equals Zentrale | `checks::mirror` |
//! | I9 rest in bounded time | `quiet`, `machines` (no failure without a reason), `checks::end` |
//! | I10 read your writes, no way back, whole intents | `checks::view`, `checks::mirror` |
//! | I11 view is a pure function | `checks::view` |
//! | I12 same answer on both sides | `checks::foresight` |
//! | I13 a lost mirror loses nothing | `machines`, then everything else |
//! | I14 `work.db` is never deleted or shortened | `machines` |
//! | I18 documents hash to their names | `checks::feed`, `checks::end` |
//! | I19 wrong clocks change nothing | [`run`] with [`Options::clocks`], compared by [`check_clocks`] |
//! | I21 full and failing disks | `scene` (entering says so), `machines` |
//! | I22 the audit chain | `history`, `checks::export` |
//! | I25 bounds | `machines` (calls), `network` (copies), `quiet` (rounds) |
//!
//! That each of these can fail is shown with [`Sabotage`].
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test in the form of a library: a panic is a finding, and names its seed"
)]

mod checks;
mod clerk;
mod dice;
mod history;
mod ledger;
mod machines;
mod network;
mod office;
mod promise;
mod quiet;
mod sabotage;
mod saboteur;
mod scene;
mod steps;
mod surroundings;
mod tally;
mod workstation;
mod zentrale;

use std::panic::{AssertUnwindSafe, catch_unwind};

pub use promise::Broken;
pub use sabotage::Sabotage;
pub use tally::Tally;

use scene::Scene;
use steps::Mood;

/// How to run a world.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Say every step on standard error.
    pub trace: bool,
    /// Break something on purpose.
    pub sabotage: Option<Sabotage>,
    /// Where the clocks of the machines go; by default it follows from the seed.
    pub clocks: Option<u64>,
    /// Ids follow one counter and not the clocks.
    pub counted_ids: bool,
}

impl Options {
    /// The same with clocks that go their own way, and ids that do not follow them.
    #[must_use]
    pub fn with_clocks(self, clocks: u64) -> Self {
        Self { clocks: Some(clocks), counted_ids: true, ..self }
    }
}

/// What became of a world in which every promise was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Stands for everything that happened, in its order, but for times.
    pub trace: u64,
    /// What was done to it.
    pub tally: Tally,
}

/// A world in which a promise was broken.
#[derive(Debug, Clone)]
pub struct Failure {
    /// Its seed.
    pub seed: u64,
    /// Where the clocks went, if they were told.
    pub clocks: Option<u64>,
    /// What was broken.
    pub broken: Broken,
}

impl Failure {
    /// The one line that plays it again.
    pub fn replay(&self) -> String {
        let clocks = self.clocks.map(|clocks| format!(" --clocks {clocks}")).unwrap_or_default();
        let seed = self.seed;
        format!(
            "cargo run --release -p kontor-tests --bin simulation -- --seed {seed}{clocks} --trace"
        )
    }
}

/// Runs the world of a seed to its end.
pub fn run(seed: u64, options: Options) -> Result<Outcome, Failure> {
    let clocks = options.clocks;
    match catch_unwind(AssertUnwindSafe(|| play(seed, options))) {
        Ok(played) => played.map_err(|broken| Failure { seed, clocks, broken }),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            let what = format!("somebody panicked: {}", text.unwrap_or_default());
            Err(Failure { seed, clocks, broken: Broken { promise: "I21", what } })
        }
    }
}

/// I19: the same seed with other clocks gives the same order and the same outcomes.
pub fn check_clocks(seed: u64, options: Options) -> Result<(), Failure> {
    let with = |clocks| run(seed, options.with_clocks(clocks));
    let (one, other) = (with(seed ^ 1)?, with(seed ^ 2)?);
    if one == other {
        return Ok(());
    }
    let (one, other) = (one.tally.to_string(), other.tally.to_string());
    let differs = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    let what =
        format!("with clocks {} and {} things went otherwise: {differs:?}", seed ^ 1, seed ^ 2);
    Err(Failure { seed, clocks: Some(seed ^ 1), broken: Broken { promise: "I19", what } })
}

fn play(seed: u64, options: Options) -> Result<Outcome, Broken> {
    let mut scene = Scene::new(seed, options);
    scene.net().sabotage = options.sabotage;
    for who in 0..scene.desks.len() {
        scene.start_desk(who)?;
    }
    let mood = Mood::of_the_day(&mut scene);
    let steps = 80 + scene.dice.below(160);
    for _ in 0..steps {
        scene.step(&mood)?;
    }
    scene.settle()?;
    let mut tally = scene.tally.clone();
    tally.merge(&scene.net().tally);
    tally.add("entries saved at the end", u64::try_from(scene.ledger.saved_count()).unwrap_or(0));
    tally.add("rows in the feed", scene.history.head().seq.0);
    Ok(Outcome { trace: scene.trace_hash(), tally })
}
