//! One transaction on the mirror.

use std::cell::RefCell;
use std::collections::BTreeMap;

use kontor_domain::Scope;
use rusqlite::{Transaction, params};

use super::{Place, ScopeSum};
use crate::database::DatabaseError;

/// An open transaction on the mirror; what it did is visible to its own reads at once, to others
/// after the commit.
#[derive(Debug)]
pub struct MirrorChange<'a> {
    pub(super) transaction: &'a Transaction<'a>,
    /// Numbers of scopes already looked up: a page of 5,000 things asks for one 5,000 times.
    pub(super) scope_numbers: RefCell<BTreeMap<Scope, i64>>,
    /// Sums that changed; written once, at the end.
    pub(super) sums: RefCell<BTreeMap<Scope, ScopeSum>>,
}

impl<'a> MirrorChange<'a> {
    pub(super) fn new(transaction: &'a Transaction<'a>) -> Self {
        Self { transaction, scope_numbers: RefCell::default(), sums: RefCell::default() }
    }

    /// Forgets everything and begins anew at `place`.
    pub fn begin(&self, place: &Place) -> Result<(), DatabaseError> {
        self.scope_numbers.borrow_mut().clear();
        self.sums.borrow_mut().clear();
        self.transaction.execute_batch(
            "DELETE FROM document; DELETE FROM need; DELETE FROM verlauf; DELETE FROM thing;
             DELETE FROM scope; DELETE FROM place;",
        )?;
        self.transaction.execute(
            "INSERT INTO place (one, epoch, seq, head_seq, head_hash, checked)
             VALUES (1, ?1, ?2, ?3, ?4, ?5)",
            params![
                place.epoch.as_bytes(),
                place.seq,
                place.head_seq,
                place.head_hash,
                place.checked
            ],
        )?;
        Ok(())
    }

    /// Moves on in the feed.
    pub fn set_place(&self, place: &Place) -> Result<(), DatabaseError> {
        self.transaction
            .prepare_cached(
                "UPDATE place SET epoch = ?1, seq = ?2, head_seq = ?3, head_hash = ?4, checked = ?5",
            )?
            .execute(params![
                place.epoch.as_bytes(),
                place.seq,
                place.head_seq,
                place.head_hash,
                place.checked
            ])?;
        Ok(())
    }
}
