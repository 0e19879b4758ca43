//! How values lie in columns, the same in both databases.

use kontor_domain::{EinheitId, Entity, EntityKind, EntityRef, Name, Revision, Scope, Stand};
use kontor_wire::{Digest, Head, Position, Step};
use serde_json::value::RawValue;

use super::{Sealed, StorageError};

/// A scope is the key of its unit, or zeros for the reference data.
pub(super) fn scope_key(scope: Scope) -> [u8; 17] {
    match scope {
        Scope::Stammdaten => [0; 17],
        Scope::Einheit(id) => EntityRef::from(id).to_key(),
    }
}

pub(super) fn scope(key: &[u8]) -> Result<Scope, StorageError> {
    if key == [0; 17] {
        return Ok(Scope::Stammdaten);
    }
    match entity(key)? {
        EntityRef { kind: EntityKind::Einheit, id } => Ok(Scope::Einheit(EinheitId::new(id))),
        EntityRef { .. } => Err(StorageError::Damaged("a scope")),
    }
}

pub(super) fn entity(key: &[u8]) -> Result<EntityRef, StorageError> {
    EntityRef::from_key(key).map_err(|_| StorageError::Damaged("a reference to a thing"))
}

/// Keys after this one; all of them after nothing.
pub(super) fn after_key(after: Option<EntityRef>) -> Vec<u8> {
    after.map_or_else(Vec::new, |entity| entity.to_key().to_vec())
}

pub(super) fn bytes<const N: usize>(bytes: &[u8]) -> Result<[u8; N], StorageError> {
    bytes.try_into().map_err(|_| StorageError::Damaged("a column of fixed length"))
}

/// The databases know signed numbers only.
pub(super) fn signed(number: u64) -> Result<i64, StorageError> {
    i64::try_from(number).map_err(|_| StorageError::Damaged("a number beyond 2^63"))
}

pub(super) fn unsigned(number: i64) -> Result<u64, StorageError> {
    u64::try_from(number).map_err(|_| StorageError::Damaged("a number below 0"))
}

/// Rows before this position; one beyond what the databases can count means all of them.
pub(super) fn until(before: Position) -> i64 {
    i64::try_from(before.0).unwrap_or(i64::MAX)
}

/// At most this many rows, as the databases count them.
pub(super) fn limit(rows_max: usize) -> i64 {
    i64::try_from(rows_max).unwrap_or(i64::MAX)
}

pub(super) fn json(text: String) -> Result<Box<RawValue>, StorageError> {
    RawValue::from_string(text).map_err(|_| StorageError::Damaged("a text that should be JSON"))
}

pub(super) fn name(text: &str) -> Result<Name, StorageError> {
    text.parse().map_err(|_| StorageError::Damaged("a name"))
}

pub(super) const fn step_code(step: Step) -> i16 {
    match step {
        Step::Change => 0,
        Step::Enter => 1,
        Step::Exit => 2,
    }
}

pub(super) fn step(code: i64) -> Result<Step, StorageError> {
    match code {
        0 => Ok(Step::Change),
        1 => Ok(Step::Enter),
        2 => Ok(Step::Exit),
        _ => Err(StorageError::Damaged("a step of the feed")),
    }
}

pub(super) fn digest(rows: i64, sum: &[u8]) -> Result<Digest, StorageError> {
    Ok(Digest { rows: unsigned(rows)?, sum: u128::from_be_bytes(bytes(sum)?) })
}

pub(super) fn stand(revision: i64, state: &str) -> Result<Stand, StorageError> {
    let entity: Entity =
        serde_json::from_str(state).map_err(|_| StorageError::Damaged("the content of a thing"))?;
    Ok(Stand { revision: Revision::new(unsigned(revision)?), entity })
}

/// A draft that loses its place would tear the feed for everybody; better not to write it.
pub(super) fn require_gapless(before: Head, sealed: &Sealed) -> Result<(), StorageError> {
    let mut end = before;
    for row in &sealed.rows {
        if row.row.seq.0 != end.seq.0 + 1 {
            return Err(StorageError::Damaged("a batch with a gap"));
        }
        end = Head { seq: row.row.seq, hash: row.hash };
    }
    if end == sealed.head { Ok(()) } else { Err(StorageError::Damaged("a batch with a gap")) }
}
