//! What a power cut does to each change that was not synced yet.

use super::dice::Dice;

/// What became of one unsynced change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Kept,
    Lost,
    /// Some of its sectors reached the platter.
    Torn,
}

/// Deals one fate per change, in the order the changes were made.
///
/// A real disk is sometimes lucky, sometimes orderly, sometimes neither. Independent thirds alone
/// would almost never show the two ends (everything there, nothing there) nor the clean cut of a
/// journalling file system, and each of them has broken real programs.
pub(super) fn deal_fates(dice: &mut Dice, count: usize) -> Vec<Fate> {
    let manner = dice.below(8);
    let cut = dice.below(count + 1);
    (0..count)
        .map(|position| match manner {
            0 => Fate::Kept,
            1 => Fate::Lost,
            2 | 3 => match position.cmp(&cut) {
                std::cmp::Ordering::Less => Fate::Kept,
                std::cmp::Ordering::Equal => Fate::Torn,
                std::cmp::Ordering::Greater => Fate::Lost,
            },
            _ => match dice.below(3) {
                0 => Fate::Kept,
                1 => Fate::Lost,
                _ => Fate::Torn,
            },
        })
        .collect()
}
