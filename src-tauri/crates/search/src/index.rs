//! The index itself: opened, thrown away where it is not as written.

use std::{
    fmt, fs, io,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::Mutex,
};

use tantivy::{IndexReader, IndexWriter, ReloadPolicy};

use crate::{
    directory::EncryptedDirectory,
    schema::{AKTENZEICHEN, BEGINNINGS, Fields, WORDS},
    sealed::Key,
    words::{AktenzeichenTokenizer, BeginningTokenizer, WordTokenizer},
};

/// Blocks of stored text that each part holds in memory, unpacked.
const STORE_BLOCKS_CACHED: usize = 16;

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

impl SearchError {
    /// Whether only beginning anew helps. A full disk, for example, is no reason to throw away
    /// what is on it.
    pub fn is_lost(&self) -> bool {
        match self {
            Self::Io(error) => matches!(
                error.kind(),
                io::ErrorKind::NotFound
                    | io::ErrorKind::InvalidData
                    | io::ErrorKind::UnexpectedEof
                    | io::ErrorKind::AlreadyExists
            ),
            Self::Index(_) | Self::BrokeOff | Self::Version => true,
        }
    }
}

/// An open index. Searching never waits for writing.
pub struct Index {
    pub(crate) fields: Fields,
    pub(crate) parts: tantivy::Index,
    pub(crate) reader: IndexReader,
    /// Holds twenty megabytes, so it is there only while something is written.
    pub(crate) writer: Mutex<Option<IndexWriter>>,
    pub(crate) directory: Option<EncryptedDirectory>,
}

impl Index {
    /// Opens the index in `folder`, which is its own. What was not written by this version under
    /// `key` is thrown away: the answer says so, and the caller puts everything again. The blocks
    /// of its files are looked at when they are read; [`Index::verify`] looks at all of them.
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
        Self::with(tantivy::Index::create_in_ram(fields.schema.clone()), fields, None)
    }

    /// Reads every block of the last commit and says whether all are as written. Where one is not,
    /// throw the folder away and open it anew.
    ///
    /// # Errors
    /// If one is not.
    pub fn verify(&self) -> Result<(), SearchError> {
        let Some(directory) = &self.directory else { return Ok(()) };
        for segment in self.parts.searchable_segment_metas()? {
            for file in segment.list_files() {
                match directory.verify(&file) {
                    // Not every segment has every file, and a merge takes segments away.
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                    verified => verified?,
                }
            }
        }
        Ok(())
    }

    fn create(folder: &Path, key: Key) -> Result<Self, SearchError> {
        let fields = Fields::new();
        let directory = EncryptedDirectory::new(folder, key);
        let settings = tantivy::IndexSettings::default();
        let index = tantivy::Index::create(directory.clone(), fields.schema.clone(), settings)?;
        Self::with(index, fields, Some(directory))
    }

    fn open_kept(folder: &Path, key: Key) -> Result<Self, SearchError> {
        let directory = EncryptedDirectory::new(folder, key);
        directory.remove_unfinished()?;
        let index = tantivy::Index::open(directory.clone())?;
        let fields = Fields::new();
        if index.schema() != fields.schema {
            return Err(SearchError::Version);
        }
        Self::with(index, fields, Some(directory))
    }

    fn with(
        index: tantivy::Index,
        fields: Fields,
        directory: Option<EncryptedDirectory>,
    ) -> Result<Self, SearchError> {
        index.tokenizers().register(WORDS, WordTokenizer);
        index.tokenizers().register(BEGINNINGS, BeginningTokenizer);
        index.tokenizers().register(AKTENZEICHEN, AktenzeichenTokenizer);
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(STORE_BLOCKS_CACHED)
            .try_into()?;
        Ok(Self { fields, parts: index, reader, writer: Mutex::default(), directory })
    }
}

/// A file that went bad can make the library break off; it must not take the desk along.
pub(crate) fn guarded<T>(run: impl FnOnce() -> Result<T, SearchError>) -> Result<T, SearchError> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or(Err(SearchError::BrokeOff))
}

fn empty(folder: &Path) -> io::Result<()> {
    fs::read_dir(folder)?.try_for_each(|file| fs::remove_file(file?.path()))
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index").finish_non_exhaustive()
    }
}
