//! What was opened on this desk.

use std::collections::BTreeSet;

use kontor_domain::EntityRef;

use super::Work;
use crate::database::DatabaseError;

impl Work {
    /// Notes that a thing was opened. `false` if that was known.
    pub fn see(&mut self, entity: EntityRef) -> Result<bool, DatabaseError> {
        self.transact(|transaction| {
            let added = transaction
                .prepare_cached("INSERT OR IGNORE INTO seen (entity) VALUES (?1)")?
                .execute([entity.to_key().as_slice()])?;
            Ok(added > 0)
        })
    }

    /// Everything that was opened.
    pub fn seen(&self) -> Result<BTreeSet<EntityRef>, DatabaseError> {
        let mut statement = self.connection.prepare_cached("SELECT entity FROM seen")?;
        let keys = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
        let mut seen = BTreeSet::new();
        for key in keys {
            // A kind of thing that this version does not know is nothing it could show.
            seen.extend(EntityRef::from_key(&key?));
        }
        Ok(seen)
    }
}
