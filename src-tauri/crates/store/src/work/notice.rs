//! What happened to this desk without anybody at it having done it, until they have read it.

use kontor_domain::EntityRef;
use rusqlite::{OptionalExtension, Transaction, params};

use super::Work;
use crate::database::DatabaseError;

/// More than anybody reads; the oldest makes room.
const NOTICES_MAX: u32 = 100;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(i64)]
pub enum NoticeKind {
    /// A right is gone, and with it everything of a unit.
    RightLost = 1,
    /// A thing went elsewhere while entries about it waited.
    ThingLeft = 2,
    /// The Zentrale was set back to a backup; what it had accepted is offered again.
    ZentraleSetBack = 3,
    /// The copy of the Zentrale's data was damaged and is fetched anew.
    MirrorRebuilt = 4,
    /// An entry had happened before its author's taking back arrived.
    TakenBackTooLate = 5,
}

impl NoticeKind {
    const ALL: [Self; 5] = [
        Self::RightLost,
        Self::ThingLeft,
        Self::ZentraleSetBack,
        Self::MirrorRebuilt,
        Self::TakenBackTooLate,
    ];

    fn from_stored(number: i64) -> Result<Self, DatabaseError> {
        Self::ALL
            .into_iter()
            .find(|kind| *kind as i64 == number)
            .ok_or_else(|| DatabaseError::Damaged { detail: format!("notice of kind {number}") })
    }
}

/// Something to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewNotice {
    /// What happened.
    pub kind: NoticeKind,
    /// To which unit or thing, if to one.
    pub subject: Option<EntityRef>,
    /// How many own entries it concerns.
    pub entries: u64,
    /// When, in ms since 1970, by the clock of this machine.
    pub told_at: i64,
}

/// Something that nobody has put away yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredNotice {
    /// Its name; never used again.
    pub number: u64,
    /// What happened.
    pub notice: NewNotice,
}

impl Work {
    /// Tells something. The same about the same once more takes the place of what was told before, so
    /// that telling first and doing afterwards may be repeated.
    pub fn tell(&mut self, notice: &NewNotice) -> Result<(), DatabaseError> {
        self.transact(|transaction| Ok(tell(transaction, notice)?))
    }

    /// Everything nobody has put away, the newest first.
    pub fn notices(&self) -> Result<Vec<StoredNotice>, DatabaseError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT number, kind, subject, entries, told_at FROM notice ORDER BY number DESC",
        )?;
        let mut rows = statement.query([])?;
        let mut notices = Vec::new();
        while let Some(row) = rows.next()? {
            let subject: Vec<u8> = row.get(2)?;
            notices.push(StoredNotice {
                number: row.get(0)?,
                notice: NewNotice {
                    kind: NoticeKind::from_stored(row.get(1)?)?,
                    // A kind of thing that this version does not know is nothing it could name.
                    subject: EntityRef::from_key(&subject).ok(),
                    entries: row.get(3)?,
                    told_at: row.get(4)?,
                },
            });
        }
        Ok(notices)
    }

    /// How many there are.
    pub fn notice_count(&self) -> Result<u64, DatabaseError> {
        let mut statement = self.connection.prepare_cached("SELECT count(*) FROM notice")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// It has been read; `false` if it was put away before.
    pub fn forget_notice(&mut self, number: u64) -> Result<bool, DatabaseError> {
        self.transact(|transaction| {
            Ok(transaction.execute("DELETE FROM notice WHERE number = ?1", [number])? > 0)
        })
    }
}

pub(super) fn tell(transaction: &Transaction<'_>, notice: &NewNotice) -> rusqlite::Result<()> {
    let subject = notice.subject.map(|entity| entity.to_key().to_vec()).unwrap_or_default();
    let before: Option<u64> = transaction
        .prepare_cached("DELETE FROM notice WHERE kind = ?1 AND subject = ?2 RETURNING entries")?
        .query_row(params![notice.kind as i64, subject], |row| row.get(0))
        .optional()?;
    // Whoever tells it again may find less to count, because half of it is done.
    let entries = notice.entries.max(before.unwrap_or(0));
    transaction
        .prepare_cached(
            "INSERT INTO notice (kind, subject, entries, told_at) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![notice.kind as i64, subject, entries, notice.told_at])?;
    transaction
        .prepare_cached(
            "DELETE FROM notice WHERE number <=
                 (SELECT number FROM notice ORDER BY number DESC LIMIT 1 OFFSET ?1)",
        )?
        .execute([NOTICES_MAX])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kontor_domain::EinheitId;
    use tempfile::TempDir;
    use uuid::Uuid;

    use super::*;
    use crate::key::DataKey;

    fn work() -> (TempDir, Work) {
        let folder = tempfile::tempdir().unwrap();
        let key = DataKey::from_bytes([3; 32]);
        let work = Work::open(&folder.path().join("work.db"), &key, None).unwrap();
        (folder, work)
    }

    fn lost(einheit: u128, entries: u64) -> NewNotice {
        let subject = Some(EntityRef::from(EinheitId::new(Uuid::from_u128(einheit))));
        NewNotice { kind: NoticeKind::RightLost, subject, entries, told_at: 1 }
    }

    #[test]
    fn what_is_told_again_takes_its_own_place_and_forgets_no_entry() {
        let (_folder, mut work) = work();
        work.tell(&lost(1, 3)).unwrap();
        work.tell(&lost(2, 0)).unwrap();
        work.tell(&NewNotice { told_at: 2, ..lost(1, 0) }).unwrap();
        let told: Vec<NewNotice> = work.notices().unwrap().iter().map(|it| it.notice).collect();
        assert_eq!(told, [NewNotice { told_at: 2, ..lost(1, 3) }, lost(2, 0)]);
    }

    #[test]
    fn what_was_put_away_is_gone_and_its_number_too() {
        let (_folder, mut work) = work();
        work.tell(&lost(1, 0)).unwrap();
        let first = work.notices().unwrap()[0].number;
        assert!(work.forget_notice(first).unwrap());
        assert!(!work.forget_notice(first).unwrap());
        work.tell(&lost(1, 0)).unwrap();
        assert_ne!(work.notices().unwrap()[0].number, first);
    }

    #[test]
    fn the_oldest_makes_room() {
        let (_folder, mut work) = work();
        for einheit in 0..u128::from(NOTICES_MAX) + 5 {
            work.tell(&lost(einheit, 0)).unwrap();
        }
        assert_eq!(work.notice_count().unwrap(), u64::from(NOTICES_MAX));
        assert_eq!(work.notices().unwrap().last().unwrap().notice, lost(5, 0));
    }
}
