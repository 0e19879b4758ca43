//! Things as the Zentrale knows them.

use std::collections::BTreeMap;

use kontor_domain::{DocumentHash, Entity, EntityRef, Revision, Schriftstueck, Scope};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::columns::Columns;
use super::scope::damaged;
use super::{Mirror, MirrorChange};
use crate::database::DatabaseError;

/// A thing as mirrored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    /// Its revision.
    pub revision: Revision,
    /// The scope it is in.
    pub scope: Scope,
    /// SHA-256 over `state`.
    pub hash: [u8; 32],
    /// JSON of the thing.
    pub state: String,
}

/// A thing to be put into the mirror.
#[derive(Debug, Clone, Copy)]
pub struct NewThing<'a> {
    /// Which.
    pub entity: EntityRef,
    /// Its revision.
    pub revision: Revision,
    /// The scope it is in.
    pub scope: Scope,
    /// SHA-256 over `state`.
    pub hash: [u8; 32],
    /// JSON of the thing.
    pub state: &'a str,
}

impl Mirror {
    /// A thing, if it is mirrored.
    pub fn thing(&self, entity: EntityRef) -> Result<Option<Thing>, DatabaseError> {
        thing(&self.connection, entity)
    }

    /// Things whose stands have to be asked for, with the position from which on the mirror does not
    /// show them.
    pub fn needs(&self) -> Result<BTreeMap<EntityRef, u64>, DatabaseError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT key, since FROM need ORDER BY key LIMIT 10000")?;
        let mut rows = statement.query([])?;
        let mut needs = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let key = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
            needs.insert(EntityRef::from_key(key).map_err(damaged)?, row.get(1)?);
        }
        Ok(needs)
    }
}

impl MirrorChange<'_> {
    /// A thing, if it is mirrored.
    pub fn thing(&self, entity: EntityRef) -> Result<Option<Thing>, DatabaseError> {
        thing(self.transaction, entity)
    }

    /// Puts a thing in, in place of what was there.
    pub fn put(&self, new: &NewThing<'_>) -> Result<(), DatabaseError> {
        self.write(
            new,
            "INSERT INTO thing
               (key, scope, revision, hash, state, zuweisung, status, faellig, contested)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (key) DO UPDATE SET
               scope = excluded.scope, revision = excluded.revision, hash = excluded.hash,
               state = excluded.state, zuweisung = excluded.zuweisung,
               status = excluded.status, faellig = excluded.faellig,
               contested = excluded.contested",
        )?;
        Ok(())
    }

    /// Puts a thing in if it is not there; `false` if it is, and then nothing changes.
    pub fn put_new(&self, new: &NewThing<'_>) -> Result<bool, DatabaseError> {
        self.write(
            new,
            "INSERT INTO thing
               (key, scope, revision, hash, state, zuweisung, status, faellig, contested)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (key) DO NOTHING",
        )
    }

    fn write(&self, new: &NewThing<'_>, insert: &str) -> Result<bool, DatabaseError> {
        let columns = Columns::read(new.entity.kind, new.state);
        let written = self.transaction.prepare_cached(insert)?.execute(params![
            new.entity.to_key(),
            self.scope_number(new.scope)?,
            new.revision.number(),
            new.hash,
            new.state,
            columns.zuweisung.map(|person| person.uuid().into_bytes()),
            columns.status.map(|status| status as i64),
            columns.faellig.map(String::from),
            columns.contested,
        ])?;
        if written > 0 && columns.has_documents {
            self.refer(new.entity, &documents(new.state))?;
        }
        Ok(written > 0)
    }

    /// Takes a thing out.
    pub fn remove(&self, entity: EntityRef) -> Result<(), DatabaseError> {
        let key = entity.to_key();
        self.transaction.prepare_cached("DELETE FROM document WHERE key = ?1")?.execute([key])?;
        self.transaction.prepare_cached("DELETE FROM need WHERE key = ?1")?.execute([key])?;
        self.transaction.prepare_cached("DELETE FROM verlauf WHERE key = ?1")?.execute([key])?;
        self.transaction.prepare_cached("DELETE FROM thing WHERE key = ?1")?.execute([key])?;
        Ok(())
    }

    /// Notes that a thing's stand has to be asked for: its row at `seq` could not be carried out.
    pub fn need(&self, entity: EntityRef, seq: u64) -> Result<(), DatabaseError> {
        self.transaction
            .prepare_cached(
                "INSERT INTO need (key, since) VALUES (?1, ?2) ON CONFLICT (key) DO NOTHING",
            )?
            .execute(params![entity.to_key(), seq])?;
        Ok(())
    }

    /// A thing's stand is here, or cannot be had.
    pub fn met(&self, entity: EntityRef) -> Result<(), DatabaseError> {
        self.transaction
            .prepare_cached("DELETE FROM need WHERE key = ?1")?
            .execute([entity.to_key()])?;
        Ok(())
    }

    /// Whether a thing's stand has to be asked for.
    pub fn is_needed(&self, entity: EntityRef) -> Result<bool, DatabaseError> {
        let mut statement = self.transaction.prepare_cached("SELECT 1 FROM need WHERE key = ?1")?;
        Ok(statement.exists([entity.to_key()])?)
    }
}

fn thing(connection: &Connection, entity: EntityRef) -> Result<Option<Thing>, DatabaseError> {
    let mut statement = connection.prepare_cached(
        "SELECT thing.revision, scope.name, thing.hash, thing.state
         FROM thing JOIN scope ON scope.number = thing.scope WHERE thing.key = ?1",
    )?;
    let found = statement
        .query_row([entity.to_key()], |row| {
            Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?, row.get::<_, String>(3)?))
        })
        .optional()?;
    let Some((revision, scope, hash, state)) = found else { return Ok(None) };
    require_whole(&hash, &state)?;
    let scope = scope.parse().map_err(damaged)?;
    Ok(Some(Thing { revision: Revision::new(revision), scope, hash, state }))
}

/// `SQLCipher` hands out a page that does not prove genuine as zeros, and may complain only later.
pub(super) fn require_whole(hash: &[u8; 32], state: &str) -> Result<(), DatabaseError> {
    if Sha256::digest(state.as_bytes()).as_slice() == hash {
        return Ok(());
    }
    Err(DatabaseError::Damaged { detail: "the content of a thing".into() })
}

/// Documents a thing refers to; none if this version cannot read it.
fn documents(state: &str) -> Vec<DocumentHash> {
    let schriftstuecke = match serde_json::from_str(state) {
        Ok(Entity::Vorgang(vorgang)) => vorgang.schriftstuecke,
        Ok(Entity::Eingang(eingang)) => eingang.schriftstuecke,
        Ok(_) | Err(_) => return Vec::new(),
    };
    schriftstuecke.values().flat_map(Schriftstueck::hashes).collect()
}
