//! I3, I5–I7, I18, I22 as the feed grows, and I7 across restarts.

use kontor_wire::Position;

use super::super::office::MANDANT;
use super::super::promise::{Kept, keep};
use super::super::scene::Scene;
use super::super::zentrale::at_once;

const ROWS_MAX: usize = 100_000;

impl Scene {
    /// Reads on in the feed. Nothing if the Zentrale is down or its disk refuses.
    pub(in crate::simulation) fn read_feed(&mut self) -> Kept {
        let network = std::sync::Arc::clone(&self.network);
        let network = super::super::network::lock(&network);
        let Some(zentrale) = network.zentrale.running() else { return Ok(()) };
        let after = self.history.head().seq;
        let Ok(rows) = at_once(zentrale.storage().chain(MANDANT, after, ROWS_MAX)) else {
            return Ok(());
        };
        for row in rows {
            let seq = row.row.seq;
            for hash in self.history.take(row, &self.ledger)? {
                let there = network.zentrale.has_document(hash);
                keep!("I18", there, "the row at {} refers to {hash}, which is not there", seq.0);
            }
        }
        Ok(())
    }

    /// After a restart of the Zentrale: what it once said is still so.
    pub(in crate::simulation) fn feed_survived(&mut self) -> Kept {
        let head = self.history.head();
        {
            let network = self.net();
            let Some(zentrale) = network.zentrale.running() else { return Ok(()) };
            let storage = zentrale.storage();
            let Ok(state) = at_once(storage.feed_state(MANDANT)) else { return Ok(()) };
            self.remark(|| format!("the feed ends at {}", state.head.seq.0));
            let told = network.told_seq.max(head.seq.0);
            keep!(
                "I7",
                state.head.seq.0 >= told,
                "the feed ended at {told}, now at {}",
                state.head.seq.0
            );
            if head.seq > Position(0) {
                let Ok(link) = at_once(storage.chain_at(MANDANT, head.seq)) else { return Ok(()) };
                keep!("I7", link == Some(head.hash), "the feed is another one at {}", head.seq.0);
            }
        }
        self.read_feed()
    }
}
