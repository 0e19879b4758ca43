//! The audit chain: whoever changes one byte of the feed breaks it.
//!
//! A row's link covers the previous link, the row's own facts and a commitment to its content. The
//! content itself is only covered through a salted hash, so that a legal erasure can remove content
//! and salt while the chain still verifies.

use kontor_wire::{ChainHash, FeedRow, Step};
use sha2::{Digest, Sha256};

use crate::storage::ChainedRow;

/// Puts a row at the end of the chain.
pub fn link(previous: ChainHash, row: FeedRow, salt: [u8; 16]) -> ChainedRow {
    let commitment = commit(&salt, row.events.get());
    let hash = link_hash(previous, &row, &commitment);
    ChainedRow { row, salt, commitment, hash }
}

/// Whether a stored row is the one that was put behind `previous`.
pub fn verify(previous: ChainHash, stored: &ChainedRow) -> bool {
    commit(&stored.salt, stored.row.events.get()) == stored.commitment
        && link_hash(previous, &stored.row, &stored.commitment) == stored.hash
}

fn commit(salt: &[u8; 16], events: &str) -> [u8; 32] {
    Sha256::new().chain_update(salt).chain_update(events.as_bytes()).finalize().into()
}

/// Every part has a fixed length or a length in front, so no two rows hash the same bytes.
fn link_hash(previous: ChainHash, row: &FeedRow, commitment: &[u8; 32]) -> ChainHash {
    let scope = row.scope.to_string();
    let step: u8 = match row.step {
        Step::Change => 0,
        Step::Enter => 1,
        Step::Exit => 2,
    };
    let hash = Sha256::new()
        .chain_update(previous.0)
        .chain_update(row.seq.0.to_be_bytes())
        .chain_update((scope.len() as u64).to_be_bytes())
        .chain_update(scope.as_bytes())
        .chain_update(row.entity.to_key())
        .chain_update(row.revision.number().to_be_bytes())
        .chain_update(row.intent.uuid().as_bytes())
        .chain_update(row.author.uuid().as_bytes())
        .chain_update(row.received.unix_ms().to_be_bytes())
        .chain_update([step])
        .chain_update(row.state.as_bytes())
        .chain_update(commitment)
        .finalize();
    ChainHash(hash.into())
}
