//! Runs simulated worlds until one breaks a promise.
//!
//! ```text
//! simulation --seeds A..B      these seeds
//! simulation --minutes N       new seeds for so long (default 5)
//! simulation --seed S --trace  one seed, step by step; --clocks C tells where its clocks go
//! ```
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a console program")]

use std::ops::Range;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use kontor_tests::simulation::{Failure, Options, Tally, check_clocks, run};

const THREADS: usize = 2;
/// Every so many seeds are run twice: the trace must be the same.
const TWICE_EVERY: u64 = 20;
/// Every so many seeds are run with other clocks: the outcomes must be the same.
const CLOCKS_EVERY: u64 = 20;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(hunt) = Hunt::read(&arguments) else {
        eprintln!("usage: simulation [--seeds A..B | --minutes N | --seed S] [--trace]");
        return ExitCode::from(2);
    };
    let begun = Instant::now();
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| hunt.go());
        }
    });
    hunt.report(begun.elapsed())
}

struct Hunt {
    next: AtomicU64,
    seeds: Range<u64>,
    until: Option<Instant>,
    options: Options,
    tally: Mutex<(Tally, u64)>,
    failure: Mutex<Option<Failure>>,
}

impl Hunt {
    fn read(arguments: &[String]) -> Option<Self> {
        let mut seeds = None;
        let mut minutes = None;
        let mut options = Options::default();
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            match argument.as_str() {
                "--trace" => options.trace = true,
                "--clocks" => options = options.with_clocks(rest.next()?.parse().ok()?),
                "--seed" => {
                    let seed = rest.next()?.parse().ok()?;
                    seeds = Some(seed..seed + 1);
                }
                "--seeds" => {
                    let (from, to) = rest.next()?.split_once("..")?;
                    seeds = Some(from.parse().ok()?..to.parse().ok()?);
                }
                "--minutes" => minutes = Some(rest.next()?.parse::<f64>().ok()?),
                _ => return None,
            }
        }
        let until = match (&seeds, minutes) {
            (Some(_), None) => None,
            (None, minutes) => Some(
                Instant::now() + Duration::try_from_secs_f64(minutes.unwrap_or(5.0) * 60.0).ok()?,
            ),
            (Some(_), Some(_)) => return None,
        };
        let seeds = seeds.unwrap_or_else(|| fresh()..u64::MAX);
        Some(Self {
            next: AtomicU64::new(seeds.start),
            seeds,
            until,
            options,
            tally: Mutex::default(),
            failure: Mutex::default(),
        })
    }

    fn go(&self) {
        while self.until.is_none_or(|until| Instant::now() < until) {
            let seed = self.next.fetch_add(1, Ordering::Relaxed);
            let failed = |failure: &Mutex<Option<Failure>>| {
                failure.lock().is_ok_and(|failure| failure.is_some())
            };
            if !self.seeds.contains(&seed) || failed(&self.failure) {
                return;
            }
            match self.one(seed) {
                Ok(tally) => {
                    if let Ok(mut sum) = self.tally.lock() {
                        sum.0.merge(&tally);
                        sum.1 += 1;
                    }
                }
                Err(failure) => {
                    if let Ok(mut first) = self.failure.lock() {
                        first.get_or_insert(failure);
                    }
                }
            }
        }
    }

    fn one(&self, seed: u64) -> Result<Tally, Failure> {
        let outcome = run(seed, self.options)?;
        if !self.options.trace && seed.is_multiple_of(TWICE_EVERY) {
            let again = run(seed, self.options)?;
            if again != outcome {
                let what = "the same seed did something else the second time".to_owned();
                let broken = kontor_tests::simulation::Broken { promise: "I11", what };
                return Err(Failure { seed, clocks: self.options.clocks, broken });
            }
        }
        if !self.options.trace && seed % CLOCKS_EVERY == 1 {
            check_clocks(seed, self.options)?;
        }
        Ok(outcome.tally)
    }

    fn report(&self, took: Duration) -> ExitCode {
        let (tally, seeds) = self.tally.lock().map(|sum| sum.clone()).unwrap_or_default();
        let seconds = took.as_secs_f64();
        #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
        let rate = seeds as f64 / seconds.max(0.001);
        print!("{tally}");
        println!("{seeds} seeds from {} in {seconds:.0} s, {rate:.1} seeds/s", self.seeds.start);
        match self.failure.lock().ok().and_then(|failure| failure.clone()) {
            None => ExitCode::SUCCESS,
            Some(failure) => {
                println!("{}\n{}", failure.broken, failure.replay());
                ExitCode::FAILURE
            }
        }
    }
}

/// Where new seeds begin today.
fn fresh() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    now.as_secs() * 1_000
}
