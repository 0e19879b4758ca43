//! How a mirror knows that it holds exactly what the Zentrale holds.

use std::fmt;
use std::ops::{Add, AddAssign, Sub, SubAssign};

use kontor_domain::{DocumentHash, EntityRef, Revision};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// SHA-256 over the JSON of one thing.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(with = "String")]
pub struct StateHash(DocumentHash);

impl StateHash {
    /// Hashes a thing's JSON.
    pub fn of(state: &[u8]) -> Self {
        Self(DocumentHash::from_bytes(Sha256::digest(state).into()))
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// Wraps stored bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(DocumentHash::from_bytes(bytes))
    }
}

impl fmt::Debug for StateHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How many things a scope holds and an order-independent sum over all of them: 128 bits of
/// SHA-256 each, added modulo 2¹²⁸. Kept up to date by adding and subtracting; finds accidents, not
/// attackers, who cannot write into the feed's chain anyway.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Digest {
    /// Number of things.
    pub rows: u64,
    /// The sum, 32 hexadecimal digits.
    #[serde(with = "hex")]
    #[schemars(with = "String")]
    pub sum: u128,
}

impl Digest {
    /// The digest of a scope with this one thing.
    pub fn of(entity: EntityRef, revision: Revision, state: StateHash) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(entity.to_key());
        hasher.update(revision.number().to_be_bytes());
        hasher.update(state.as_bytes());
        let hash: [u8; 32] = hasher.finalize().into();
        let sum = hash.first_chunk().map_or(0, |head| u128::from_be_bytes(*head));
        Self { rows: 1, sum }
    }
}

impl Add for Digest {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { rows: self.rows.wrapping_add(other.rows), sum: self.sum.wrapping_add(other.sum) }
    }
}

impl Sub for Digest {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self { rows: self.rows.wrapping_sub(other.rows), sum: self.sum.wrapping_sub(other.sum) }
    }
}

impl AddAssign for Digest {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Digest {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

mod hex {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(sum: &u128, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{sum:032x}"))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<u128, D::Error> {
        let text = String::deserialize(deserializer)?;
        // The library would also take a sign.
        if text.len() != 32 || text.starts_with('+') {
            return Err(D::Error::custom("a sum has 32 digits"));
        }
        u128::from_str_radix(&text, 16).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use kontor_domain::VorgangId;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn one(id: u128, revision: u64, state: &[u8]) -> Digest {
        let entity = VorgangId::new(Uuid::from_u128(id)).into();
        Digest::of(entity, Revision::new(revision), StateHash::of(state))
    }

    proptest! {
        #[test]
        fn order_does_not_matter_and_taking_out_undoes_putting_in(
            ids in prop::collection::btree_set(any::<u128>(), 1..20),
        ) {
            let forward = ids.iter().fold(Digest::default(), |sum, id| sum + one(*id, 1, b"{}"));
            let backward = ids.iter().rev().fold(Digest::default(), |sum, id| sum + one(*id, 1, b"{}"));
            prop_assert_eq!(forward, backward);
            let rest = ids.iter().fold(forward, |sum, id| sum - one(*id, 1, b"{}"));
            prop_assert_eq!(rest, Digest::default());
        }
    }

    #[test]
    fn every_part_counts() {
        let digest = one(1, 1, b"{}");
        for other in [one(2, 1, b"{}"), one(1, 2, b"{}"), one(1, 1, b"{ }")] {
            assert_ne!(digest, other);
        }
        let json = serde_json::to_string(&digest).unwrap();
        assert_eq!(serde_json::from_str::<Digest>(&json).unwrap(), digest);
    }
}
