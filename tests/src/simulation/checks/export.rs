//! I22: the audit chain verifies, and any single changed byte is found.

use kontor_wire::{ChainHash, FeedRow};
use kontor_zentrale::chain;
use kontor_zentrale::storage::ChainedRow;
use kontor_zentrale::verify::verify;

use super::super::dice::Dice;
use super::super::office::MANDANT;
use super::super::promise::{Kept, keep};
use super::super::scene::Scene;
use super::super::zentrale::at_once;

impl Scene {
    /// The Zentrale's own check finds nothing.
    pub(in crate::simulation) fn check_audit(&self) -> Kept {
        let network = self.net();
        let Some(zentrale) = network.zentrale.running() else { return Ok(()) };
        let report = at_once(verify(zentrale.storage(), MANDANT));
        keep!("I22", report.is_ok(), "the check itself fails: {report:?}");
        let findings = report.map(|report| report.findings).unwrap_or_default();
        keep!("I22", findings.is_empty(), "the check finds {:?}", findings.first());
        Ok(())
    }

    /// Flips one bit of one exported row; whoever follows the chain has to stumble.
    pub(in crate::simulation) fn check_tampering(&mut self) -> Kept {
        let place = self.dice.below(self.history.rows.len());
        let Some(row) = self.history.rows.get(place) else { return Ok(()) };
        let before = place.checked_sub(1).and_then(|before| self.history.rows.get(before));
        let previous = before.map_or(ChainHash::default(), |row| row.hash);
        keep!("I22", chain::verify(previous, row), "row {place} does not verify");
        self.tally.count("exported row tampered with");
        let Some((tampered, what)) = tamper(row, &mut self.dice) else { return Ok(()) };
        let is_found = !chain::verify(previous, &tampered);
        keep!("I22", is_found, "nobody notices a changed {what} in row {place}");
        Ok(())
    }
}

/// A copy with one bit turned; `None` if it cannot even be read any more, or means the same.
fn tamper(row: &ChainedRow, dice: &mut Dice) -> Option<(ChainedRow, &'static str)> {
    let mut copy = row.clone();
    let turn = |bytes: &mut [u8], dice: &mut Dice| {
        let place = dice.below(bytes.len());
        bytes[place] ^= 1 << dice.below(8);
    };
    match dice.below(5) {
        0 => turn(&mut copy.salt, dice),
        1 => turn(&mut copy.commitment, dice),
        2 => turn(&mut copy.hash.0, dice),
        _ => {
            let text = serde_json::to_string(&row.row).ok()?;
            let mut bytes = text.clone().into_bytes();
            turn(&mut bytes, dice);
            copy.row = serde_json::from_slice::<FeedRow>(&bytes).ok()?;
            // An upper-case digit of a hash is the same digit.
            if serde_json::to_string(&copy.row).ok()? == text {
                return None;
            }
            return Some((copy, "row"));
        }
    }
    Some((copy, "link"))
}
