//! Where tantivy keeps its files: encrypted, in one flat folder, read through a bounded cache.
//!
//! Everything tantivy writes goes through here, what it writes for a moment included; it has no
//! other way to the disk.

use std::{
    fmt, fs,
    io::{self, BufWriter, Write},
    num::NonZeroUsize,
    ops::Range,
    path::{Path, PathBuf},
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use lru::LruCache;
use tantivy::{
    HasLen,
    directory::{
        AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, OwnedBytes, TerminatingWrite,
        WatchCallback, WatchHandle, WritePtr,
        error::{DeleteError, LockError, OpenReadError, OpenWriteError},
    },
};

use crate::sealed::{BLOCK_BYTES, Key, SealedReader, SealedWriter};

/// Blocks held in clear in memory: 16 MiB.
const BLOCKS_CACHED: NonZeroUsize = NonZeroUsize::MIN.saturating_add(1023);
/// Ending of a file that is not yet whole; what is left of it after a crash is removed at opening.
const UNFINISHED: &str = "neu";

type Block = Arc<[u8]>;

#[derive(Clone)]
pub(crate) struct EncryptedDirectory {
    folder: PathBuf,
    shared: Arc<Shared>,
}

struct Shared {
    key: Key,
    cache: Mutex<LruCache<(u64, u64), Block>>,
    files_opened: AtomicU64,
    gate: Arc<Gate>,
    /// Why writing failed last. The library writes in threads of its own and only says that one
    /// of them was killed.
    failure: Mutex<Option<io::Error>>,
}

/// Lets one through at a time.
#[derive(Default)]
struct Gate {
    taken: Mutex<bool>,
    free: Condvar,
}

struct Pass(Arc<Gate>);

impl Drop for Pass {
    fn drop(&mut self) {
        if let Ok(mut taken) = self.0.taken.lock() {
            *taken = false;
        }
        self.0.free.notify_one();
    }
}

impl EncryptedDirectory {
    pub(crate) fn new(folder: &Path, key: Key) -> Self {
        let cache = Mutex::new(LruCache::new(BLOCKS_CACHED));
        let shared = Shared {
            key,
            cache,
            files_opened: AtomicU64::new(0),
            gate: Arc::default(),
            failure: Mutex::default(),
        };
        Self { folder: folder.to_owned(), shared: Arc::new(shared) }
    }

    /// Removes what a crash left half-written.
    pub(crate) fn remove_unfinished(&self) -> io::Result<()> {
        for file in fs::read_dir(&self.folder)? {
            let path = file?.path();
            if path.extension().is_some_and(|ending| ending == UNFINISHED) {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }

    /// Why writing failed since this was last asked.
    pub(crate) fn take_failure(&self) -> Option<io::Error> {
        self.shared.failure.lock().ok()?.take()
    }

    /// Reads every block of one file and says whether it is as written.
    pub(crate) fn verify(&self, path: &Path) -> io::Result<()> {
        let reader = self.reader(path)?;
        (0..reader.blocks()).try_for_each(|block| reader.block(block).map(drop))
    }

    fn replace(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let target = self.folder.join(path);
        let unfinished = self.folder.join(format!("{}.{UNFINISHED}", name(path)));
        let mut writer =
            SealedWriter::begin(fs::File::create(&unfinished)?, &name(path), &self.shared.key)?;
        writer.write_all(data)?;
        writer.finish()?;
        drop(writer);
        fs::rename(unfinished, target)?;
        self.sync_directory()
    }

    fn reader(&self, path: &Path) -> io::Result<SealedReader> {
        SealedReader::open(fs::File::open(self.folder.join(path))?, &name(path), &self.shared.key)
    }
}

impl Shared {
    /// Notes a failure; gives it back as the library wants it.
    fn failed(&self, error: io::Error) -> io::Error {
        let told = io::Error::from(error.kind());
        if let Ok(mut failure) = self.failure.lock() {
            // The first one is the cause, the others follow from it.
            failure.get_or_insert(error);
        }
        told
    }
}

impl fmt::Debug for EncryptedDirectory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EncryptedDirectory").finish_non_exhaustive()
    }
}

impl Directory for EncryptedDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let reader = self.reader(path).map_err(|error| not_read(error, path))?;
        let id = self.shared.files_opened.fetch_add(1, Ordering::Relaxed);
        Ok(Arc::new(OpenFile { id, reader, shared: Arc::clone(&self.shared) }))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        fs::remove_file(self.folder.join(path)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => DeleteError::FileDoesNotExist(path.to_owned()),
            _ => DeleteError::IoError { io_error: Arc::new(error), filepath: path.to_owned() },
        })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.folder.join(path).try_exists().map_err(|error| not_read(error, path))
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let opened = fs::File::create_new(self.folder.join(path))
            .and_then(|file| SealedWriter::begin(file, &name(path), &self.shared.key))
            .map_err(|error| self.shared.failed(error));
        match opened {
            Ok(writer) => {
                let shared = Arc::clone(&self.shared);
                Ok(BufWriter::new(Box::new(OpenWriter { writer, shared })))
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Err(OpenWriteError::FileAlreadyExists(path.to_owned()))
            }
            Err(error) => Err(OpenWriteError::wrap_io_error(error, path.to_owned())),
        }
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let whole = self.reader(path).and_then(|reader| {
            let mut whole = Vec::new();
            for block in 0..reader.blocks() {
                whole.extend(reader.block(block)?);
            }
            Ok(whole)
        });
        whole.map_err(|error| not_read(error, path))
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.replace(path, data).map_err(|error| self.shared.failed(error))
    }

    fn sync_directory(&self) -> io::Result<()> {
        #[cfg(unix)]
        fs::File::open(&self.folder)?.sync_all()?;
        Ok(())
    }

    /// The profile belongs to one process, and [`crate::Index`] holds the only writer: a lock
    /// file would only be in the way after a crash. The one lock that is waited for keeps files
    /// from being removed while a reader opens them.
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        if !lock.is_blocking {
            return Ok(DirectoryLock::from(Box::new(())));
        }
        let gate = Arc::clone(&self.shared.gate);
        let taken = gate.taken.lock().map_err(|_| LockError::LockBusy)?;
        let mut taken =
            gate.free.wait_while(taken, |taken| *taken).map_err(|_| LockError::LockBusy)?;
        *taken = true;
        drop(taken);
        Ok(DirectoryLock::from(Box::new(Pass(gate))))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}

struct OpenFile {
    id: u64,
    reader: SealedReader,
    shared: Arc<Shared>,
}

impl OpenFile {
    fn block(&self, number: u64) -> io::Result<Block> {
        let broken = |_| io::Error::other("a reader broke off");
        if let Some(block) = self.shared.cache.lock().map_err(broken)?.get(&(self.id, number)) {
            return Ok(Arc::clone(block));
        }
        let block = Block::from(self.reader.block(number)?);
        self.shared.cache.lock().map_err(broken)?.put((self.id, number), Arc::clone(&block));
        Ok(block)
    }
}

impl FileHandle for OpenFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.start >= range.end {
            return Ok(OwnedBytes::empty());
        }
        let (first, last) = (range.start / BLOCK_BYTES, (range.end - 1) / BLOCK_BYTES);
        let begin = range.start - first * BLOCK_BYTES;
        let cut = || io::Error::new(io::ErrorKind::UnexpectedEof, "the file is shorter");
        if first == last {
            let block = self.block(first as u64)?;
            let end = begin + range.len();
            return (end <= block.len())
                .then(|| OwnedBytes::new(block).slice(begin..end))
                .ok_or_else(cut);
        }
        let mut bytes = Vec::with_capacity(range.len() + begin);
        for number in first..=last {
            bytes.extend_from_slice(&self.block(number as u64)?);
        }
        let end = begin + range.len();
        (end <= bytes.len()).then(|| OwnedBytes::new(bytes).slice(begin..end)).ok_or_else(cut)
    }
}

impl HasLen for OpenFile {
    fn len(&self) -> usize {
        self.reader.len()
    }
}

impl fmt::Debug for OpenFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenFile").field("id", &self.id).finish_non_exhaustive()
    }
}

struct OpenWriter {
    writer: SealedWriter,
    shared: Arc<Shared>,
}

impl Write for OpenWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write_all(bytes).map_err(|error| self.shared.failed(error))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl TerminatingWrite for OpenWriter {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        self.writer.finish().map_err(|error| self.shared.failed(error))
    }
}

fn name(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn not_read(error: io::Error, path: &Path) -> OpenReadError {
    match error.kind() {
        io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(path.to_owned()),
        _ => OpenReadError::wrap_io_error(error, path.to_owned()),
    }
}
