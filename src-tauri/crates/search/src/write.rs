//! Writing: all of a commit or nothing of it.

use tantivy::{
    IndexWriter, Term,
    indexer::{IndexWriterOptions, LogMergePolicy},
};

use crate::{Index, Item, SearchError, directory::EncryptedDirectory};

/// Memory for things put and not yet committed, in bytes; more makes tantivy write a segment. It
/// takes no less.
const WRITER_BYTES: usize = 15_000_000;
/// Parts with more things than this are not put together with others: that would take much memory
/// for little gain.
const MERGED_ITEMS_MAX: usize = 10_000;

impl Index {
    /// Puts a thing in place of what was known of it. It is found after the next commit.
    ///
    /// # Errors
    /// If it cannot be written; then nothing put since the last commit is kept.
    pub fn put(&self, item: &Item) -> Result<(), SearchError> {
        self.write(|writer| {
            writer.delete_term(Term::from_field_text(self.fields.entity, &item.entity));
            writer.add_document(self.fields.document(item))?;
            Ok(())
        })
    }

    /// Takes a thing out with the next commit, and what lies in it.
    ///
    /// # Errors
    /// As of [`Index::put`].
    pub fn remove(&self, entity: &str) -> Result<(), SearchError> {
        self.write(|writer| {
            writer.delete_term(Term::from_field_text(self.fields.entity, entity));
            writer.delete_term(Term::from_field_text(self.fields.within, entity));
            Ok(())
        })
    }

    /// Makes everything put and removed since the last commit durable and findable, all or none.
    ///
    /// # Errors
    /// As of [`Index::put`].
    pub fn commit(&self) -> Result<(), SearchError> {
        self.write(|writer| writer.commit().map(drop))?;
        self.reader.reload()?;
        Ok(())
    }

    /// Waits until parts are put together that are better together, and gives the memory for
    /// writing back. What was not committed is forgotten.
    ///
    /// # Errors
    /// If what was put together cannot be written; the last commit stays.
    pub fn rest(&self) -> Result<(), SearchError> {
        // Held while waiting: two writers at once would forget each other's parts.
        let mut place = self.writer.lock().map_err(|_| SearchError::BrokeOff)?;
        if let Some(writer) = place.take() {
            writer.wait_merging_threads().map_err(|error| self.cause(error))?;
            self.reader.reload()?;
        }
        Ok(())
    }

    /// Writes with the writer, which is made if there is none. One that failed is of no use any
    /// more and only says that it was killed: it goes, and the disk's own words are told.
    fn write(
        &self,
        write: impl FnOnce(&mut IndexWriter) -> tantivy::Result<()>,
    ) -> Result<(), SearchError> {
        let mut place = self.writer.lock().map_err(|_| SearchError::BrokeOff)?;
        let writer = match &mut *place {
            Some(writer) => writer,
            none => none.insert(self.begin_writing()?),
        };
        write(writer).map_err(|error| {
            *place = None;
            self.cause(error)
        })
    }

    fn begin_writing(&self) -> Result<IndexWriter, SearchError> {
        let options = IndexWriterOptions::builder()
            .memory_budget_per_thread(WRITER_BYTES)
            .num_worker_threads(1)
            .num_merge_threads(1)
            .build();
        let writer = self.parts.writer_with_options(options).map_err(|error| self.cause(error))?;
        let mut merging = LogMergePolicy::default();
        merging.set_max_docs_before_merge(MERGED_ITEMS_MAX);
        writer.set_merge_policy(Box::new(merging));
        Ok(writer)
    }

    fn cause(&self, error: tantivy::TantivyError) -> SearchError {
        let failure = self.directory.as_ref().and_then(EncryptedDirectory::take_failure);
        failure.map_or_else(|| SearchError::Index(error), SearchError::Io)
    }
}
