//! A few hundred simulated worlds, and proof that each check can fail.

use kontor_tests::simulation::{Failure, Options, Sabotage, check_clocks, run};

/// Worlds that once broke a promise: seed, clocks, and what was wrong.
const REGRESSIONS: &[(u64, Option<u64>, &str)] = &[
    (1, None, "an empty document could not be sent"),
    (37, None, "after one failed read work.db counted as damaged for ever"),
    (275, None, "a commit was read that a power cut still took"),
    (553, None, "a decided entry was counted twice in the view, and contradicted itself"),
    (1284, None, "a thing stayed in the mirror of somebody who only could have looked at it"),
    (1741, Some(1740), "entries stayed in the view while their thing was asked for"),
    (2191, None, "a decision waited for notes that waited for it"),
    (2267, None, "a desk with a shaken connection could not begin its mirror anew"),
];

fn worlds(mut seeds: std::ops::Range<u64>) {
    kept(seeds.find_map(|seed| run(seed, Options::default()).err()));
}

fn kept(failure: Option<Failure>) {
    let words = failure.map(|failure| format!("{}\n{}", failure.broken, failure.replay()));
    assert!(words.is_none(), "{}", words.unwrap_or_default());
}

#[test]
fn a_hundred_worlds_keep_every_promise() {
    worlds(100_000..100_100);
}

#[test]
fn another_hundred_worlds_keep_every_promise() {
    worlds(200_000..200_100);
}

#[test]
fn what_was_once_wrong_stays_right() {
    for (seed, clocks, what) in REGRESSIONS {
        let options = Options::default();
        let options = clocks.map_or(options, |clocks| options.with_clocks(clocks));
        let failure = run(*seed, options).err();
        assert!(failure.is_none(), "{what}: {failure:?}");
    }
}

#[test]
fn the_same_seed_is_the_same_world() {
    for seed in 300_000..300_012 {
        let play = || run(seed, Options::default()).map_err(|failure| failure.broken);
        assert_eq!(play(), play(), "seed {seed}");
    }
}

#[test]
fn wrong_clocks_change_nothing() {
    for seed in 400_000..400_012 {
        kept(check_clocks(seed, Options::default()).err());
    }
}

/// Whoever breaks one of these is found within a few worlds, and for the right reason.
#[test]
fn every_sabotage_is_found() {
    for sabotage in Sabotage::ALL {
        let options = Options { sabotage: Some(*sabotage), ..Options::default() };
        let expected: &[&str] = match sabotage {
            Sabotage::FalseReceipt => &["I2", "I3", "I10"],
            Sabotage::OtherRepeat => &["I4"],
            Sabotage::Takeback => &["I12"],
            Sabotage::LostRow | Sabotage::EditedMirror => &["I8"],
            Sabotage::LyingDesk => &["I1"],
            Sabotage::LyingZentrale => &["I7"],
            Sabotage::EditedFeed => &["I22"],
            Sabotage::SpoiltDocument => &["I18"],
            Sabotage::DeletedWork => &["I14"],
            Sabotage::UntoldWithdrawal => &["I11"],
            Sabotage::LazyClerks => &["I9"],
            Sabotage::IdsByClock => &["I19"],
            Sabotage::Chatter => &["I25"],
        };
        let mut found = Vec::new();
        let is_found = (0..60).any(|seed| {
            let outcome = match sabotage {
                Sabotage::IdsByClock => check_clocks(seed, options),
                _ => run(seed, options).map(drop),
            };
            let broken = outcome.err().map(|failure| failure.broken);
            let fits = broken.as_ref().is_some_and(|it| expected.contains(&it.promise));
            found.extend(broken);
            fits
        });
        assert!(is_found, "{sabotage:?} goes unnoticed; found was {found:?}");
    }
}
