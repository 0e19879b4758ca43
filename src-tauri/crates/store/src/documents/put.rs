//! Storing a document: hash and encrypt while copying, then give it its name.

use std::io::{self, Read};

use kontor_domain::DocumentHash;

use super::{DocumentError, DocumentStore, envelope::SEGMENT_BYTES, writer::Writer};

/// A document that is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    /// Its name.
    pub hash: DocumentHash,
    /// Its size in bytes.
    pub size_bytes: u64,
}

pub(super) fn put(
    store: &DocumentStore,
    source: &mut dyn Read,
    limit_bytes: u64,
) -> Result<Stored, DocumentError> {
    let mut writer = Writer::create(store)?;
    match copy(source, &mut writer, limit_bytes) {
        Ok(()) => name(store, writer, None),
        Err(error) => {
            give_up(store, writer);
            Err(error)
        }
    }
}

fn copy(source: &mut dyn Read, writer: &mut Writer, limit_bytes: u64) -> Result<(), DocumentError> {
    let mut piece = Vec::with_capacity(SEGMENT_BYTES);
    loop {
        piece.clear();
        let taken = (&mut *source).take(SEGMENT_BYTES as u64).read_to_end(&mut piece);
        taken.map_err(DocumentError::Source)?;
        if writer.size_bytes() + piece.len() as u64 > limit_bytes {
            return Err(DocumentError::TooLarge { limit_bytes });
        }
        writer.write(&piece)?;
        if piece.len() < SEGMENT_BYTES {
            return Ok(());
        }
    }
}

/// Gives a document its name, if it is the one `expected`; otherwise nothing of it stays.
pub(super) fn name(
    store: &DocumentStore,
    mut writer: Writer,
    expected: Option<DocumentHash>,
) -> Result<Stored, DocumentError> {
    let stored = writer.finish().and_then(|stored| {
        let actual = stored.hash;
        match expected {
            Some(expected) if expected != actual => {
                Err(DocumentError::OtherContent { expected, actual })
            }
            _ => publish(store, &writer, actual).map(|()| stored),
        }
    });
    if stored.is_err() {
        give_up(store, writer);
    }
    stored
}

/// Removes what has come so far.
pub(super) fn give_up(store: &DocumentStore, writer: Writer) {
    let path = writer.path().to_owned();
    drop(writer);
    // If this fails too, the next start removes it.
    let _ = store.disk.remove(&path);
}

/// Gives a finished file its name, for good.
fn publish(store: &DocumentStore, from: &Writer, hash: DocumentHash) -> Result<(), DocumentError> {
    let from = from.path();
    let shelf = store.ensure_shelf(hash)?;
    let to = store.path(hash);
    match store.disk.publish(from, &to) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => match store.verify(hash) {
            Ok(()) => store.disk.remove(from)?,
            Err(DocumentError::Damaged { .. }) => {
                store.disk.remove(&to)?;
                store.disk.publish(from, &to)?;
            }
            Err(error) => return Err(error),
        },
        published => published?,
    }
    // Also when it was there already: whoever put it there may have been stopped before this.
    Ok(store.disk.sync_dir(&shelf)?)
}
