//! Pins: things somebody wants to have here beside the work of their units.

use kontor_domain::EntityRef;

use super::Work;
use crate::database::DatabaseError;

impl Work {
    /// Pins a thing; `false` if it was pinned already.
    pub fn pin(&mut self, entity: EntityRef) -> Result<bool, DatabaseError> {
        self.transact(|transaction| {
            let changed = transaction.execute(
                "INSERT INTO pin (entity) VALUES (?1) ON CONFLICT (entity) DO NOTHING",
                [entity.to_key()],
            )?;
            Ok(changed > 0)
        })
    }

    /// Lets a thing go; `false` if it was not pinned.
    pub fn unpin(&mut self, entity: EntityRef) -> Result<bool, DatabaseError> {
        self.transact(|transaction| {
            Ok(transaction.execute("DELETE FROM pin WHERE entity = ?1", [entity.to_key()])? > 0)
        })
    }

    /// Everything pinned, in the order of keys.
    pub fn pins(&self) -> Result<Vec<EntityRef>, DatabaseError> {
        let mut statement =
            self.connection.prepare_cached("SELECT entity FROM pin ORDER BY entity")?;
        let keys: Vec<[u8; 17]> =
            statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        keys.iter()
            .map(|key| {
                EntityRef::from_key(key)
                    .map_err(|_| DatabaseError::Damaged { detail: "a pin".into() })
            })
            .collect()
    }
}
