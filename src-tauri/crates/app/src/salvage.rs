//! Saving what can still be read when `work.db` does not open any more.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kontor_domain::DocumentHash;
use kontor_store::disk::OsDisk;
use kontor_store::documents::{DocumentError, DocumentStore};
use kontor_store::key::DataKey;
use kontor_store::work::{self, Fate, StoredEntry};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::error::is_full;
use crate::{AppError, Code, Profile};

/// What could be saved. Everything lies readable by anybody in the folder: the caller says so.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Salvaged {
    /// Entries written to `eintraege.jsonl`.
    pub entries: usize,
    /// Those among them that the Zentrale has not decided.
    pub waiting: usize,
    /// Entries that could not be read.
    pub entries_lost: usize,
    /// Drafts written to `entwuerfe.jsonl`.
    pub drafts: usize,
    /// Documents written to `dokumente/`.
    pub documents: usize,
    /// Documents that could not be read to their end; what could be is in `….unvollstaendig`.
    pub documents_lost: usize,
    /// Why `work.db` gave nothing at all, if it did not.
    pub work: Option<Code>,
}

/// Writes everything readable of a profile into `target`, which must be new or empty: entries and
/// drafts as lines of JSON, documents as plain files named by their hash. The profile is only read.
///
/// # Errors
/// [`Code::SalvageInTheWay`], [`Code::FileUnwritable`], [`Code::DiskFull`].
pub fn salvage(profile: &Profile, key: &DataKey, target: &Path) -> Result<Salvaged, AppError> {
    begin(target)?;
    let mut salvaged = Salvaged::default();
    let copy = target.join("work.kopie.db");
    let read = copy_database(&profile.work(), &copy).and_then(|()| Ok(work::salvage(&copy, key)?));
    match read {
        Ok(found) => {
            let mut entries = create(&target.join("eintraege.jsonl"))?;
            for entry in &found.entries {
                write_line(&mut entries, &EntryLine::of(entry))?;
            }
            let mut drafts = create(&target.join("entwuerfe.jsonl"))?;
            for draft in &found.drafts {
                write_line(&mut drafts, &DraftLine { name: &draft.name, body: &draft.body })?;
            }
            entries.sync_all().and_then(|()| drafts.sync_all()).map_err(unwritable)?;
            salvaged.entries = found.entries.len();
            salvaged.waiting =
                found.entries.iter().filter(|entry| entry.fate == Fate::Waiting).count();
            salvaged.entries_lost = found.lost.len();
            salvaged.drafts = found.drafts.len();
        }
        // The documents are worth having all the same.
        Err(error) if error.code != Code::DiskFull => {
            tracing::warn!(code = %error.code, cause = %error.technical(), "work.db gives nothing");
            salvaged.work = Some(error.code);
        }
        Err(error) => return Err(error),
    }
    remove_database(&copy)?;
    if profile.documents().is_dir() {
        documents(profile, key, target, &mut salvaged)?;
    }
    Ok(salvaged)
}

#[derive(Serialize)]
struct EntryLine<'a> {
    number: u64,
    state: &'a str,
    saved_at: i64,
    /// The entry as first stored, byte for byte; as text if it is no JSON any more.
    entry: Body<'a>,
    #[serde(skip_serializing_if = "str::is_empty")]
    result: &'a str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Body<'a> {
    Json(&'a RawValue),
    Text(&'a str),
}

#[derive(Serialize)]
struct DraftLine<'a> {
    name: &'a str,
    body: &'a str,
}

impl<'a> EntryLine<'a> {
    fn of(entry: &'a StoredEntry) -> Self {
        Self {
            number: entry.number,
            state: match entry.fate {
                Fate::Waiting => "waiting",
                Fate::Accepted | Fate::Merged => "accepted",
                Fate::Conflict => "contested",
                Fate::Refused => "refused",
            },
            saved_at: entry.saved_at,
            entry: serde_json::from_str(&entry.body).map_or(Body::Text(&entry.body), Body::Json),
            result: &entry.result,
        }
    }
}

fn begin(target: &Path) -> Result<(), AppError> {
    let mut folder = fs::DirBuilder::new();
    folder.recursive(true);
    // What will lie there is readable by whoever gets in.
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder.create(target).map_err(unwritable)?;
    match fs::read_dir(target).map_err(unwritable)?.next() {
        Some(_) => Err(Code::SalvageInTheWay.into()),
        None => Ok(()),
    }
}

/// The write-ahead log holds the newest entries, so it goes along.
fn copy_database(from: &Path, to: &Path) -> Result<(), AppError> {
    for suffix in ["", "-wal"] {
        let (from, to) = (with(from, suffix), with(to, suffix));
        match fs::copy(from, to) {
            Err(error) if suffix.is_empty() || error.kind() != io::ErrorKind::NotFound => {
                let code = if is_full(&error) { Code::DiskFull } else { Code::FileUnreadable };
                return Err(AppError::new(code).because(error));
            }
            _ => {}
        }
    }
    Ok(())
}

fn remove_database(copy: &Path) -> Result<(), AppError> {
    for suffix in ["-wal", "-shm", ""] {
        match fs::remove_file(with(copy, suffix)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(unwritable(error)),
            _ => {}
        }
    }
    Ok(())
}

fn with(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn documents(
    profile: &Profile,
    key: &DataKey,
    target: &Path,
    salvaged: &mut Salvaged,
) -> Result<(), AppError> {
    let store = DocumentStore::open(&profile.documents(), Arc::new(OsDisk), key)?;
    let folder = target.join("dokumente");
    fs::create_dir(&folder).map_err(unwritable)?;
    for hash in store.list()? {
        let path = folder.join(hash.to_string());
        if write_document(&store, hash, &path)? {
            salvaged.documents += 1;
        } else {
            fs::rename(&path, with(&path, ".unvollstaendig")).map_err(unwritable)?;
            salvaged.documents_lost += 1;
        }
    }
    Ok(())
}

/// Writes what can be read of a document; `false` if that is not all of it.
fn write_document(
    store: &DocumentStore,
    hash: DocumentHash,
    path: &Path,
) -> Result<bool, AppError> {
    let mut file = create(path)?;
    let mut document = match store.read(hash) {
        Err(DocumentError::Damaged { .. }) => return Ok(false),
        opened => opened?,
    };
    let mut piece = vec![0; 64 << 10];
    loop {
        match document.read(&mut piece) {
            Ok(0) => break,
            Ok(length) => {
                file.write_all(piece.get(..length).unwrap_or_default()).map_err(unwritable)?;
            }
            Err(_) => return Ok(false),
        }
    }
    file.sync_all().map_err(unwritable)?;
    Ok(true)
}

fn create(path: &Path) -> Result<File, AppError> {
    File::create_new(path).map_err(unwritable)
}

fn write_line(file: &mut File, line: &impl Serialize) -> Result<(), AppError> {
    let mut text =
        serde_json::to_vec(line).map_err(|error| AppError::new(Code::Internal).because(error))?;
    text.push(b'\n');
    file.write_all(&text).map_err(unwritable)
}

fn unwritable(error: io::Error) -> AppError {
    let code = if is_full(&error) { Code::DiskFull } else { Code::FileUnwritable };
    AppError::new(code).because(error)
}
