//! Reading what is left of a damaged `work.db`, row by row.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension};

use super::outbox::{self, StoredEntry};
use super::{Draft, SCHEMA};
use crate::database::{self, DatabaseError, Durability};
use crate::key::DataKey;

/// If it cannot be read how many entries there are, so many gaps in a row are taken for the end.
const GAP_MAX: u64 = 5_000;

/// What could be read, and how much could not.
#[derive(Debug, Default)]
pub struct Salvaged {
    /// Entries in their order.
    pub entries: Vec<StoredEntry>,
    /// Numbers of entries that could not be read.
    pub lost: Vec<u64>,
    /// Drafts.
    pub drafts: Vec<Draft>,
    /// Whether there may have been more drafts.
    pub drafts_lost: bool,
}

/// Reads everything that can still be read of the database at `path`, which must be a copy: looking
/// for what is left may change it.
///
/// # Errors
/// If nothing can be read at all: the wrong key, or not a database.
pub fn salvage(path: &Path, key: &DataKey) -> Result<Salvaged, DatabaseError> {
    let reader = Reader { path, key };
    if let Err(DatabaseError::Damaged { .. } | DatabaseError::NotADatabase) = reader.open() {
        database::replace_first_page(path, key, &SCHEMA)?;
    }
    let mut salvaged = Salvaged::default();
    reader.entries(&mut salvaged)?;
    reader.drafts(&mut salvaged)?;
    Ok(salvaged)
}

struct Reader<'a> {
    path: &'a Path,
    key: &'a DataKey,
}

impl Reader<'_> {
    fn open(&self) -> Result<Connection, DatabaseError> {
        database::open(self.path, self.key, Durability::Normal, None)
    }

    fn entries(&self, salvaged: &mut Salvaged) -> Result<(), DatabaseError> {
        let last: Option<u64> = self
            .open()?
            .query_row("SELECT coalesce(max(number), 0) FROM entry", [], |row| row.get(0))
            .ok();
        let mut connection = self.open()?;
        let mut gap = 0;
        for number in 1.. {
            if last.map_or(gap >= GAP_MAX, |last| number > last) {
                break;
            }
            match entry(&connection, number) {
                Ok(Some(entry)) => {
                    salvaged.entries.push(entry);
                    gap = 0;
                }
                Ok(None) => gap += 1,
                Err(_) => {
                    salvaged.lost.push(number);
                    gap += 1;
                    // After a page that cannot be proven, the cipher gives nothing more.
                    connection = self.open()?;
                }
            }
        }
        if last.is_none() {
            // What was counted on beyond the last one found is no loss anybody knows of.
            let end = salvaged.entries.last().map_or(0, |entry| entry.number);
            salvaged.lost.retain(|number| *number < end);
        }
        Ok(())
    }

    fn drafts(&self, salvaged: &mut Salvaged) -> Result<(), DatabaseError> {
        let connection = self.open()?;
        let mut statement = connection.prepare("SELECT name, body, saved_at FROM draft")?;
        let mut rows = statement.query([])?;
        loop {
            match rows.next() {
                Ok(Some(row)) => salvaged.drafts.push(Draft {
                    name: row.get(0)?,
                    body: row.get(1)?,
                    saved_at: row.get(2)?,
                }),
                Ok(None) => return Ok(()),
                Err(_) => {
                    salvaged.drafts_lost = true;
                    return Ok(());
                }
            }
        }
    }
}

fn entry(connection: &Connection, number: u64) -> Result<Option<StoredEntry>, DatabaseError> {
    let sql = format!("SELECT {} FROM entry WHERE number = ?1", outbox::COLUMNS);
    let mut statement = connection.prepare_cached(&sql)?;
    let found = statement.query_row([number], |row| Ok(outbox::read(row))).optional()?;
    found.transpose()
}

#[cfg(test)]
mod tests {
    use std::io::{Seek, SeekFrom, Write};

    use kontor_domain::IntentId;
    use uuid::Uuid;

    use super::*;
    use crate::work::{NewEntry, Work};

    const ENTRIES: u64 = 400;

    /// A `work.db` with many entries, closed so that all lies in the file itself.
    fn full(path: &Path, key: &DataKey) {
        let mut work = Work::open(path, key, None).unwrap();
        for number in 1..=ENTRIES {
            let body = format!("{{\"number\":{number},\"text\":\"{}\"}}", "x".repeat(300));
            let id = IntentId::new(Uuid::from_u128(number.into()));
            let entry = NewEntry { id, body: &body, parents: &[], documents: &[], saved_at: 7 };
            assert_eq!(work.append(&entry).unwrap(), number);
        }
        let draft = Draft { name: "notiz".into(), body: "halb".into(), saved_at: 7 };
        work.keep_draft(&draft).unwrap();
    }

    fn damage(path: &Path, page: u64) {
        let mut file = std::fs::File::options().write(true).open(path).unwrap();
        file.seek(SeekFrom::Start(page * 4096 + 2_000)).unwrap();
        file.write_all(&[0xAA; 64]).unwrap();
    }

    fn check(pages: &[u64]) -> Salvaged {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("work.db");
        let key = DataKey::from_bytes([3; 32]);
        full(&path, &key);
        for page in pages {
            damage(&path, *page);
        }
        salvage(&path, &key).unwrap()
    }

    #[test]
    fn a_whole_file_is_read_in_full() {
        let salvaged = check(&[]);
        assert_eq!(salvaged.entries.len() as u64, ENTRIES);
        assert_eq!((salvaged.lost.len(), salvaged.drafts.len()), (0, 1));
    }

    #[test]
    fn one_damaged_page_costs_only_what_lies_on_it() {
        // Which pages hold entries and which an index depends on the order they were needed in.
        let mut most = 0;
        for page in 30..34 {
            let salvaged = check(&[page]);
            let (kept, lost) = (salvaged.entries.len() as u64, salvaged.lost.len() as u64);
            assert_eq!(kept + lost, ENTRIES);
            assert!(salvaged.entries.iter().all(|entry| entry.body.ends_with("x\"}")));
            most = most.max(lost);
        }
        assert!((1..40).contains(&most), "{most} lost");
    }

    #[test]
    fn a_lost_first_page_costs_nothing_else() {
        let salvaged = check(&[0]);
        assert_eq!(salvaged.entries.len() as u64, ENTRIES);
        assert_eq!((salvaged.lost.len(), salvaged.drafts.len()), (0, 1));
    }

    #[test]
    fn another_key_reads_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("work.db");
        full(&path, &DataKey::from_bytes([3; 32]));
        let error = salvage(&path, &DataKey::from_bytes([4; 32])).unwrap_err();
        assert!(matches!(error, DatabaseError::WrongKey), "{error}");
    }
}
