//! Which parts of the office's data are mirrored, and how far.

use kontor_domain::{EntityRef, Scope};
use rusqlite::{OptionalExtension, params};

use super::{Mirror, MirrorChange};
use crate::database::DatabaseError;

/// Count and order-independent sum of a scope, as kept here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ScopeSum {
    /// Number of things.
    pub rows: u64,
    /// The sum, as the wire defines it.
    pub sum: u128,
}

/// How far a scope is mirrored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fetched {
    /// Pages up to and including this thing; `None` before the first.
    UpTo(Option<EntityRef>),
    /// All of it.
    Complete,
}

/// A mirrored scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScopeRow {
    /// Which.
    pub scope: Scope,
    /// How far.
    pub fetched: Fetched,
}

impl Mirror {
    /// All mirrored scopes, in the order of their names.
    pub fn scopes(&self) -> Result<Vec<ScopeRow>, DatabaseError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT name, mirrored, after FROM scope WHERE mirrored > 0 ORDER BY name",
        )?;
        let mut rows = statement.query([])?;
        let mut scopes = Vec::new();
        while let Some(row) = rows.next()? {
            let name: String = row.get(0)?;
            let after: Vec<u8> = row.get(2)?;
            let fetched = match row.get(1)? {
                2 => Fetched::Complete,
                _ if after.is_empty() => Fetched::UpTo(None),
                _ => Fetched::UpTo(Some(EntityRef::from_key(&after).map_err(damaged)?)),
            };
            scopes.push(ScopeRow { scope: name.parse().map_err(damaged)?, fetched });
        }
        Ok(scopes)
    }

    /// How many things lie here that are in no mirrored scope.
    pub fn beside_count(&self) -> Result<u64, DatabaseError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT coalesce(sum(rows), 0) FROM scope WHERE mirrored = 0")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// Count and sum of a scope, as kept here; `None` for one that is not known.
    pub fn sum(&self, scope: Scope) -> Result<Option<ScopeSum>, DatabaseError> {
        let mut statement =
            self.connection.prepare_cached("SELECT rows, sum FROM scope WHERE name = ?1")?;
        let sum = statement.query_row([scope.to_string()], |row| {
            Ok(ScopeSum { rows: row.get(0)?, sum: u128::from_be_bytes(row.get(1)?) })
        });
        Ok(sum.optional()?)
    }
}

impl MirrorChange<'_> {
    /// Notes how far a scope is mirrored; begins to mirror it if it was not.
    pub fn set_scope(&self, scope: Scope, fetched: Fetched) -> Result<(), DatabaseError> {
        let number = self.scope_number(scope)?;
        let (mirrored, after) = match fetched {
            Fetched::UpTo(None) => (1, Vec::new()),
            Fetched::UpTo(Some(entity)) => (1, entity.to_key().to_vec()),
            Fetched::Complete => (2, Vec::new()),
        };
        self.transaction
            .prepare_cached("UPDATE scope SET mirrored = ?2, after = ?3 WHERE number = ?1")?
            .execute(params![number, mirrored, after])?;
        Ok(())
    }

    /// Drops a scope with everything in it but the things in `keep`.
    pub fn drop_scope(&self, scope: Scope, keep: &[EntityRef]) -> Result<(), DatabaseError> {
        let number = self.scope_number(scope)?;
        let mut keys: Vec<Vec<u8>> = self
            .transaction
            .prepare_cached("SELECT key FROM thing WHERE scope = ?1")?
            .query_map([number], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let keep: Vec<[u8; 17]> = keep.iter().map(|entity| entity.to_key()).collect();
        keys.retain(|key| !keep.iter().any(|kept| kept == key.as_slice()));
        for key in keys {
            self.remove(EntityRef::from_key(&key).map_err(damaged)?)?;
        }
        self.transaction
            .prepare_cached("UPDATE scope SET mirrored = 0, after = x'' WHERE number = ?1")?
            .execute([number])?;
        Ok(())
    }

    /// Things that are in no mirrored scope. Looks at all of them.
    pub fn beside(&self) -> Result<Vec<EntityRef>, DatabaseError> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT key FROM thing WHERE scope IN (SELECT number FROM scope WHERE mirrored = 0)",
        )?;
        let keys: Vec<Vec<u8>> =
            statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        keys.iter().map(|key| EntityRef::from_key(key).map_err(damaged)).collect()
    }

    /// Count and sum of a scope.
    pub fn sum(&self, scope: Scope) -> Result<ScopeSum, DatabaseError> {
        if let Some(sum) = self.sums.borrow().get(&scope) {
            return Ok(*sum);
        }
        let number = self.scope_number(scope)?;
        let mut statement =
            self.transaction.prepare_cached("SELECT rows, sum FROM scope WHERE number = ?1")?;
        Ok(statement.query_row([number], |row| {
            Ok(ScopeSum { rows: row.get(0)?, sum: u128::from_be_bytes(row.get(1)?) })
        })?)
    }

    /// Sets count and sum of a scope; thousands of things change one sum in one transaction.
    pub fn set_sum(&self, scope: Scope, sum: ScopeSum) {
        self.sums.borrow_mut().insert(scope, sum);
    }

    /// Writes the sums that changed, before the commit.
    pub(super) fn write_sums(&self) -> Result<(), DatabaseError> {
        for (scope, sum) in self.sums.take() {
            let number = self.scope_number(scope)?;
            self.transaction
                .prepare_cached("UPDATE scope SET rows = ?2, sum = ?3 WHERE number = ?1")?
                .execute(params![number, sum.rows, sum.sum.to_be_bytes()])?;
        }
        Ok(())
    }

    pub(super) fn scope_number(&self, scope: Scope) -> Result<i64, DatabaseError> {
        if let Some(number) = self.scope_numbers.borrow().get(&scope) {
            return Ok(*number);
        }
        let name = scope.to_string();
        let found = self
            .transaction
            .prepare_cached("SELECT number FROM scope WHERE name = ?1")?
            .query_row([&name], |row| row.get(0))
            .optional()?;
        let number = if let Some(number) = found {
            number
        } else {
            self.transaction
                .prepare_cached("INSERT INTO scope (name) VALUES (?1)")?
                .execute([&name])?;
            self.transaction.last_insert_rowid()
        };
        self.scope_numbers.borrow_mut().insert(scope, number);
        Ok(number)
    }
}

pub(super) fn damaged(_: kontor_domain::InvalidEntityRef) -> DatabaseError {
    DatabaseError::Damaged { detail: "a reference".into() }
}
