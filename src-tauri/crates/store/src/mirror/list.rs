//! Lists of Vorgänge out of the mirror, in the order the desk shows them.

use kontor_domain::{EntityKind, EntityRef, PersonId, Revision, Status, VorgangId};
use rusqlite::params;

use super::Mirror;
use super::scope::damaged;
use super::thing::require_whole;
use crate::database::DatabaseError;

/// Which things to list.
#[derive(Debug, Clone, Copy)]
pub struct ListFilter {
    /// Of which kind.
    pub kind: EntityKind,
    /// Only those assigned to this person.
    pub zuweisung: Option<PersonId>,
    /// Only those not closed yet.
    pub open_only: bool,
    /// Only those with two versions side by side.
    pub contested_only: bool,
    /// At most this many.
    pub rows_max: u32,
}

/// One row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRow {
    /// The thing.
    pub entity: EntityRef,
    /// Its revision.
    pub revision: Revision,
    /// JSON of the thing.
    pub state: String,
}

impl Mirror {
    /// Lists things: the nearest Wiedervorlage or Frist first, those without at the end.
    pub fn list(&self, filter: &ListFilter) -> Result<Vec<ListRow>, DatabaseError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT key, revision, state, hash FROM thing
             WHERE key >= ?1 AND key < ?2
               AND (?3 IS NULL OR zuweisung = ?3)
               AND (NOT ?4 OR status IS NULL OR status < ?5)
               AND (NOT ?6 OR contested = 1)
             ORDER BY faellig IS NULL, faellig, key LIMIT ?7",
        )?;
        let kind = filter.kind as u8;
        let mut rows = statement.query(params![
            [kind].as_slice(),
            [kind + 1].as_slice(),
            filter.zuweisung.map(|person| person.uuid().into_bytes()),
            filter.open_only,
            Status::ZdA as i64,
            filter.contested_only,
            filter.rows_max,
        ])?;
        let mut list = Vec::new();
        while let Some(row) = rows.next()? {
            let key = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
            let entity = EntityRef::from_key(key).map_err(damaged)?;
            let state: String = row.get(2)?;
            require_whole(&row.get(3)?, &state)?;
            list.push(ListRow { entity, revision: Revision::new(row.get(1)?), state });
        }
        Ok(list)
    }

    /// Looks at every thing of a kind, with its JSON, in the order of their keys.
    pub fn each(
        &self,
        kind: EntityKind,
        mut look: impl FnMut(EntityRef, &str),
    ) -> Result<(), DatabaseError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT key, state, hash FROM thing WHERE key >= ?1 AND key < ?2")?;
        let kind = kind as u8;
        let mut rows = statement.query(params![[kind].as_slice(), [kind + 1].as_slice()])?;
        while let Some(row) = rows.next()? {
            let key = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
            let entity = EntityRef::from_key(key).map_err(damaged)?;
            let state = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
            require_whole(&row.get(2)?, state)?;
            look(entity, state);
        }
        Ok(())
    }

    /// Things of a kind behind one of them, with their JSON, in the order of their keys: what
    /// [`each`](Self::each) looks at, in pieces.
    pub fn page(
        &self,
        kind: EntityKind,
        after: Option<EntityRef>,
        rows_max: u32,
    ) -> Result<Vec<(EntityRef, String)>, DatabaseError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT key, state, hash FROM thing WHERE key > ?1 AND key < ?2 ORDER BY key LIMIT ?3",
        )?;
        let first = [kind as u8];
        let after = after.map(EntityRef::to_key);
        let after = after.as_ref().map_or(first.as_slice(), <[u8; 17]>::as_slice);
        let mut rows = statement.query(params![after, [kind as u8 + 1].as_slice(), rows_max])?;
        let mut page = Vec::new();
        while let Some(row) = rows.next()? {
            let key = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
            let entity = EntityRef::from_key(key).map_err(damaged)?;
            let state: String = row.get(1)?;
            require_whole(&row.get(2)?, &state)?;
            page.push((entity, state));
        }
        Ok(page)
    }

    /// Eingänge that went into a Vorgang, as mirrored, in the order of their keys.
    pub fn eingaenge_of(&self, vorgang: VorgangId) -> Result<Vec<EntityRef>, DatabaseError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT key FROM thing
             WHERE key >= x'05' AND key < x'06'
               AND json_extract(state, '$.verbleib.zugeordnet') = ?1
             ORDER BY key LIMIT 1000",
        )?;
        let mut rows = statement.query([vorgang.to_string()])?;
        let mut eingaenge = Vec::new();
        while let Some(row) = rows.next()? {
            let key = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
            eingaenge.push(EntityRef::from_key(key).map_err(damaged)?);
        }
        Ok(eingaenge)
    }

    /// How many things of a kind are mirrored.
    pub fn count(&self, kind: EntityKind) -> Result<u64, DatabaseError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT count(*) FROM thing WHERE key >= ?1 AND key < ?2")?;
        let kind = kind as u8;
        Ok(statement
            .query_row(params![[kind].as_slice(), [kind + 1].as_slice()], |row| row.get(0))?)
    }
}
