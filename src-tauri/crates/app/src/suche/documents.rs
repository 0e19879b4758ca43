//! Documents are read one at a time, by the worker that pages are shown with.

use kontor_documents::{TextLimits, Trouble as Unread, WholeText};
use kontor_search::Item;

use super::Suche;
use super::catch_up::Trouble;
use super::item::{Match, Reading, UNREAD};
use super::todo::Todo;
use crate::Office;
use crate::viewer::Viewer;

/// Of a longer document the beginning is found.
const LIMITS: TextLimits = TextLimits { pages_max: 5_000, bytes_max: 2 * 1024 * 1024 };
/// So much text is committed at once.
const TEXT_BYTES: usize = 4 * 1024 * 1024;
const DOCUMENTS: usize = 16;

/// What has been put and not committed.
#[derive(Debug, Default)]
pub(super) struct Uncommitted {
    documents: usize,
    bytes: usize,
}

impl Suche {
    /// Reads the next document. One that cannot be read is found by its name, and is not tried
    /// again.
    pub(super) async fn read_next(
        &self,
        office: &Office,
        viewer: &Viewer,
        uncommitted: &mut Uncommitted,
    ) -> Result<(), Trouble> {
        // The newest first.
        let Some((_, reading)) = self.todo().documents.pop_last() else { return Ok(()) };
        let read = match viewer.whole_text(office, reading.hash, LIMITS).await {
            Ok(whole) => whole,
            // A picture, for example, is no text that is missing.
            Err(Unread::Unsupported | Unread::Empty) => WholeText::default(),
            Err(trouble @ (Unread::Unavailable { .. } | Unread::Source | Unread::Busy)) => {
                tracing::warn!(%trouble, "documents are not read for the search");
                let mut todo = self.todo();
                todo.documents.clear();
                todo.unread = true;
                self.tell(&todo);
                return Ok(());
            }
            Err(trouble) => {
                tracing::info!(hash = %reading.hash, %trouble, "a document cannot be searched");
                WholeText { truncated: true, ..WholeText::default() }
            }
        };
        self.put_document(reading, read, uncommitted)
    }

    fn put_document(
        &self,
        Reading { owner, mut item, .. }: Reading,
        read: WholeText,
        uncommitted: &mut Uncommitted,
    ) -> Result<(), Trouble> {
        let index = self.index()?;
        let mut todo = self.todo();
        // It may have gone while it was read, for want of a right for example.
        if index.revision(&owner.to_string())?.is_none() {
            return Ok(());
        }
        uncommitted.documents += 1;
        uncommitted.bytes += read.text.len();
        if read.truncated {
            item.revision.push_str(UNREAD);
            todo.unread = true;
        }
        index.put(&Item { text: read.text, ..item })?;
        todo.documents_done += 1;
        self.tell(&todo);
        drop(todo);
        if uncommitted.bytes >= TEXT_BYTES || uncommitted.documents >= DOCUMENTS {
            self.commit_documents(uncommitted)?;
        }
        Ok(())
    }

    /// What was read is found from now on.
    pub(super) fn commit_documents(&self, uncommitted: &mut Uncommitted) -> Result<(), Trouble> {
        if std::mem::take(uncommitted).documents > 0 {
            self.index()?.commit()?;
        }
        Ok(())
    }
}

impl Todo {
    /// Notes what is to be done about a document, given its revision in the index.
    pub(super) fn note_document(&mut self, office: &Office, reading: Reading, known: Option<&str>) {
        match Match::of(known, &reading.item) {
            Match::Same => self.documents_done += 1,
            Match::Unread => {
                self.documents_done += 1;
                self.unread = true;
            }
            Match::Different => self.await_document(office, reading),
        }
    }

    fn await_document(&mut self, office: &Office, reading: Reading) {
        // One that is not here yet is looked for again.
        if office.documents().contains(reading.hash).unwrap_or(false) {
            self.documents.insert(reading.item.entity.clone(), reading);
        } else {
            self.absent.insert(reading.hash, reading.owner);
        }
    }

    /// Notes the documents that have come since.
    pub(super) fn look_for_absent(&mut self, office: &Office) {
        let has_come = |hash| office.documents().contains(hash).unwrap_or(false);
        let come = self.absent.extract_if(.., |hash, _| has_come(*hash));
        let owners: Vec<_> = come.map(|(_, owner)| owner).collect();
        self.note(owners);
    }
}
