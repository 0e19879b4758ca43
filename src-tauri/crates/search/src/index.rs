//! The index itself: open, put, commit, search.

use std::{
    collections::BTreeMap,
    fs, io,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::Mutex,
    time::{Duration, Instant},
};

use tantivy::{
    DocAddress, IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term,
    collector::{Count, TopDocs},
    schema::{Field, Value},
};

use crate::{
    directory::EncryptedDirectory,
    query::{Marks, Query, ask, parse},
    schema::{AKTENZEICHEN, BEGINNINGS, Fields, Item, Kind, WORDS},
    sealed::Key,
    snippet::{Piece, snippet},
    words::{AktenzeichenTokenizer, BeginningTokenizer, WordTokenizer},
};

/// Memory for things put and not yet committed, in bytes; more makes tantivy write a segment.
const WRITER_BYTES: usize = 32 * 1024 * 1024;
const ROWS_MAX: usize = 200;

/// What happened at opening.
#[derive(Debug)]
pub enum Opened {
    /// There was none.
    Fresh,
    /// It is as it was left.
    Kept,
    /// It was not as written, or written with another key, and has been begun anew.
    Rebuilt(SearchError),
}

/// Why the index does not answer.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The folder cannot be read or written.
    #[error("the folder of the index cannot be used")]
    Io(#[from] io::Error),
    /// The index is not as it was written, or cannot be written.
    #[error("the index does not answer")]
    Index(#[from] tantivy::TantivyError),
    /// The library broke off, which damaged files can make it do.
    #[error("the index broke off")]
    BrokeOff,
    /// The index was written by a program with other fields.
    #[error("the index is of another version")]
    Version,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hits {
    /// The best, best first.
    pub rows: Vec<Row>,
    /// How many there are in all.
    pub total: usize,
    /// How long it took.
    pub took: Duration,
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// As it was put.
    pub entity: String,
    /// As it was put.
    pub kind: Kind,
    /// As it was put.
    pub aktenzeichen: Option<String>,
    /// When it last changed, in milliseconds since 1970.
    pub changed_ms: i64,
    /// What it is called, with what was asked for marked.
    pub betreff: Vec<Piece>,
    /// The part of the text that shows why it was found; empty without text.
    pub snippet: Vec<Piece>,
}

/// An open index. Searching never waits for writing.
pub struct Index {
    fields: Fields,
    reader: IndexReader,
    writer: Mutex<IndexWriter>,
}

impl Index {
    /// Opens the index in `folder`, which is its own. What is not as it was written under `key` is
    /// thrown away: the answer says so, and the caller puts everything again.
    ///
    /// # Errors
    /// If not even an empty index can be written there.
    pub fn open(folder: &Path, key: [u8; 32]) -> Result<(Self, Opened), SearchError> {
        let key = Key::new(key);
        fs::create_dir_all(folder)?;
        let was_there = fs::read_dir(folder)?.next().is_some();
        if !was_there {
            return Ok((Self::create(folder, key)?, Opened::Fresh));
        }
        match guarded(|| Self::open_kept(folder, key.clone())) {
            Ok(index) => Ok((index, Opened::Kept)),
            Err(reason) => {
                empty(folder)?;
                Ok((Self::create(folder, key)?, Opened::Rebuilt(reason)))
            }
        }
    }

    /// The same index in plain memory: the raw limit that benchmarks print beside a figure.
    ///
    /// # Errors
    /// The library's.
    #[doc(hidden)]
    pub fn in_memory() -> Result<Self, SearchError> {
        let fields = Fields::new();
        Self::with(&tantivy::Index::create_in_ram(fields.schema.clone()), fields)
    }

    /// Puts a thing in place of what was known of it. It is found after the next commit.
    ///
    /// # Errors
    /// If the writer broke off; open the index anew then.
    pub fn put(&self, item: &Item) -> Result<(), SearchError> {
        let writer = self.writer.lock().map_err(|_| SearchError::BrokeOff)?;
        writer.delete_term(Term::from_field_text(self.fields.entity, &item.entity));
        writer.add_document(self.fields.document(item))?;
        Ok(())
    }

    /// Takes a thing out with the next commit.
    ///
    /// # Errors
    /// If the writer broke off.
    pub fn remove(&self, entity: &str) -> Result<(), SearchError> {
        let writer = self.writer.lock().map_err(|_| SearchError::BrokeOff)?;
        writer.delete_term(Term::from_field_text(self.fields.entity, entity));
        Ok(())
    }

    /// Makes everything put and removed since the last commit durable and findable, all or none.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn commit(&self) -> Result<(), SearchError> {
        self.writer.lock().map_err(|_| SearchError::BrokeOff)?.commit()?;
        self.reader.reload()?;
        Ok(())
    }

    /// Every thing of the last commit with its revision.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn stand(&self) -> Result<BTreeMap<String, String>, SearchError> {
        guarded(|| stand(&self.reader.searcher()))
    }

    /// Finds the best things. Whatever is typed, it is no error.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn search(&self, query: &Query) -> Result<Hits, SearchError> {
        let begun = Instant::now();
        let (rows, total) = guarded(|| self.find(query))?;
        Ok(Hits { rows, total, took: begun.elapsed() })
    }

    fn create(folder: &Path, key: Key) -> Result<Self, SearchError> {
        let fields = Fields::new();
        let directory = EncryptedDirectory::new(folder, key);
        let index = tantivy::Index::create(
            directory,
            fields.schema.clone(),
            tantivy::IndexSettings::default(),
        )?;
        Self::with(&index, fields)
    }

    fn open_kept(folder: &Path, key: Key) -> Result<Self, SearchError> {
        let directory = EncryptedDirectory::new(folder, key);
        for file in files(folder)? {
            if file.extension().is_some_and(|ending| ending == "neu") {
                fs::remove_file(folder.join(file))?;
            }
        }
        let index = tantivy::Index::open(directory.clone())?;
        let fields = Fields::new();
        if index.schema() != fields.schema {
            return Err(SearchError::Version);
        }
        for segment in index.searchable_segment_metas()? {
            for file in segment.list_files() {
                if folder.join(&file).try_exists()? {
                    directory.verify(&file)?;
                }
            }
        }
        Self::with(&index, fields)
    }

    fn with(index: &tantivy::Index, fields: Fields) -> Result<Self, SearchError> {
        index.tokenizers().register(WORDS, WordTokenizer);
        index.tokenizers().register(BEGINNINGS, BeginningTokenizer);
        index.tokenizers().register(AKTENZEICHEN, AktenzeichenTokenizer);
        let writer = index.writer_with_num_threads(1, WRITER_BYTES)?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { fields, reader, writer: Mutex::new(writer) })
    }

    fn find(&self, query: &Query) -> Result<(Vec<Row>, usize), SearchError> {
        let wanted = parse(&query.text);
        let Some(ask) = ask(query, &wanted, &self.fields) else { return Ok((Vec::new(), 0)) };
        let searcher = self.reader.searcher();
        let best = TopDocs::with_limit(query.rows_max.clamp(1, ROWS_MAX)).tweak_score(
            |segment: &tantivy::SegmentReader| {
                let changed = segment.fast_fields().i64("zeit").ok();
                move |doc: tantivy::DocId, score: f32| {
                    // Scores that differ by less than half a point count as one rank.
                    let at = changed.as_ref().and_then(|column| column.first(doc));
                    ((score * 2.0).round(), at.unwrap_or(i64::MIN))
                }
            },
        );
        let (best, total) = searcher.search(&ask, &(best, Count))?;
        let marks = Marks::new(&wanted);
        let rows = best.into_iter().map(|(_, at)| self.row(&searcher, at, &marks));
        Ok((rows.collect::<Result<_, _>>()?, total))
    }

    fn row(&self, searcher: &Searcher, at: DocAddress, marks: &Marks) -> Result<Row, SearchError> {
        let document: TantivyDocument = searcher.doc(at)?;
        let text = |field: Field| document.get_first(field).and_then(|value| value.as_str());
        let fields = &self.fields;
        Ok(Row {
            entity: text(fields.entity).unwrap_or_default().to_owned(),
            kind: text(fields.kind).and_then(Kind::from_word).ok_or(SearchError::Version)?,
            aktenzeichen: text(fields.aktenzeichen).map(str::to_owned),
            changed_ms: document
                .get_first(fields.changed)
                .and_then(|value| value.as_i64())
                .unwrap_or(0),
            betreff: snippet(text(fields.betreff).unwrap_or_default(), marks),
            snippet: snippet(text(fields.text).unwrap_or_default(), marks),
        })
    }
}

fn stand(searcher: &Searcher) -> Result<BTreeMap<String, String>, SearchError> {
    let mut stand = BTreeMap::new();
    for segment in searcher.segment_readers() {
        let fast = segment.fast_fields();
        let (Some(entities), Some(revisions)) = (fast.str("ding")?, fast.str("stand")?) else {
            continue;
        };
        for doc in segment.doc_ids_alive() {
            let (mut entity, mut revision) = (String::new(), String::new());
            if let Some(ord) = entities.term_ords(doc).next() {
                entities.ord_to_str(ord, &mut entity)?;
            }
            if let Some(ord) = revisions.term_ords(doc).next() {
                revisions.ord_to_str(ord, &mut revision)?;
            }
            stand.insert(entity, revision);
        }
    }
    Ok(stand)
}

/// Files are verified at opening; should one go bad later, the library must not take the desk along.
fn guarded<T>(run: impl FnOnce() -> Result<T, SearchError>) -> Result<T, SearchError> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or(Err(SearchError::BrokeOff))
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    fs::read_dir(folder)?.map(|file| Ok(PathBuf::from(file?.file_name()))).collect()
}

fn empty(folder: &Path) -> io::Result<()> {
    files(folder)?.into_iter().try_for_each(|file| fs::remove_file(folder.join(file)))
}
