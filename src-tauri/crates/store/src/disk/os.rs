//! The real file system.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::Path,
    thread,
    time::Duration,
};

use tempfile::TempPath;

use super::{Disk, DiskEntry, DiskReader, DiskWriter};

/// The file system of this computer.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsDisk;

impl Disk for OsDisk {
    fn create_dir_all(&self, dir: &Path) -> io::Result<()> {
        patiently(|| fs::create_dir_all(dir))
    }

    fn create(&self, file: &Path) -> io::Result<Box<dyn DiskWriter>> {
        let created = patiently(|| create_options().open(file))?;
        Ok(Box::new(OsWriter(created)))
    }

    fn open(&self, file: &Path) -> io::Result<Box<dyn DiskReader>> {
        Ok(Box::new(OsReader(patiently(|| File::open(file))?)))
    }

    fn publish(&self, from: &Path, to: &Path) -> io::Result<()> {
        patiently(|| {
            // The one portable rename that never replaces: renameat2 or link on Unix, MoveFileEx
            // on Windows. A failure must leave `from` alone, so its delete-on-drop is defused.
            let from = TempPath::try_from_path(from)?;
            from.persist_noclobber(to).map_err(|failed| {
                let error = failed.error;
                match failed.path.keep() {
                    Ok(_) => error,
                    Err(kept) => kept.error,
                }
            })
        })
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        sync_names(dir)
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<DiskEntry>> {
        let mut entries = Vec::new();
        for entry in patiently(|| fs::read_dir(dir))? {
            let entry = entry?;
            if let Ok(name) = entry.file_name().into_string() {
                entries.push(DiskEntry { name, is_dir: entry.file_type()?.is_dir() });
            }
        }
        entries.sort();
        Ok(entries)
    }

    fn remove(&self, file: &Path) -> io::Result<()> {
        patiently(|| fs::remove_file(file))
    }
}

/// New files are for their owner alone.
fn create_options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

struct OsWriter(File);

impl DiskWriter for OsWriter {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_all()
    }
}

struct OsReader(File);

impl DiskReader for OsReader {
    fn len(&self) -> io::Result<u64> {
        Ok(self.0.metadata()?.len())
    }

    #[cfg(unix)]
    fn read_exact_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(&self.0, buffer, offset)
    }

    #[cfg(windows)]
    fn read_exact_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        let mut rest = buffer;
        let mut offset = offset;
        while !rest.is_empty() {
            let count = std::os::windows::fs::FileExt::seek_read(&self.0, rest, offset)?;
            if count == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            rest = rest.split_at_mut(count).1;
            offset += count as u64;
        }
        Ok(())
    }
}

#[cfg(unix)]
fn sync_names(dir: &Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}

/// NTFS journals names, but only a flush says when. A folder opens with backup semantics alone, and
/// a file system that refuses to flush one (FAT, some filters) offers nothing better.
#[cfg(windows)]
fn sync_names(dir: &Path) -> io::Result<()> {
    use std::os::windows::fs::OpenOptionsExt;
    const FILE_FLAG_BACKUP_SEMANTICS: u32 = 0x0200_0000;
    let flushed = OpenOptions::new()
        .write(true)
        .custom_flags(FILE_FLAG_BACKUP_SEMANTICS)
        .open(dir)
        .and_then(|folder| folder.sync_all());
    match flushed {
        Err(error) if error.kind() != io::ErrorKind::PermissionDenied => Err(error),
        _ => Ok(()),
    }
}

/// Pauses between the five tries.
const PAUSES_MS: [u64; 4] = [100, 300, 800, 2000];

/// Repeats a step that failed only because a virus scanner or indexer holds the file for a moment.
fn patiently<T>(step: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    retry(step, is_sharing_violation, |pause_ms| thread::sleep(Duration::from_millis(pause_ms)))
}

fn retry<T>(
    mut step: impl FnMut() -> io::Result<T>,
    is_passing: impl Fn(&io::Error) -> bool,
    mut wait: impl FnMut(u64),
) -> io::Result<T> {
    for pause_ms in PAUSES_MS {
        match step() {
            Err(error) if is_passing(&error) => wait(pause_ms),
            settled => return settled,
        }
    }
    step()
}

/// `ERROR_ACCESS_DENIED` (5), `ERROR_SHARING_VIOLATION` (32) and `ERROR_LOCK_VIOLATION` (33); the
/// same numbers mean other things elsewhere.
fn is_sharing_violation(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn publish_never_replaces_and_leaves_the_source() {
        let dir = tempfile::tempdir().unwrap();
        let (from, to) = (dir.path().join("neu"), dir.path().join("alt"));
        fs::write(&from, b"neu").unwrap();
        fs::write(&to, b"alt").unwrap();

        let error = OsDisk.publish(&from, &to).unwrap_err();

        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&from).unwrap(), b"neu");
        assert_eq!(fs::read(&to).unwrap(), b"alt");
    }

    #[test]
    fn publish_moves_to_a_free_name() {
        let dir = tempfile::tempdir().unwrap();
        let (from, to) = (dir.path().join("neu"), dir.path().join("frei"));
        let mut writer = OsDisk.create(&from).unwrap();
        writer.write_all(b"inhalt").unwrap();
        writer.sync().unwrap();
        drop(writer);

        OsDisk.publish(&from, &to).unwrap();
        OsDisk.sync_dir(dir.path()).unwrap();

        let names = OsDisk.list(dir.path()).unwrap();
        assert_eq!(names, [DiskEntry { name: "frei".into(), is_dir: false }]);
        let mut part = [0; 3];
        OsDisk.open(&to).unwrap().read_exact_at(&mut part, 2).unwrap();
        assert_eq!(&part, b"hal");
    }

    #[test]
    fn publish_of_a_missing_file_is_not_found() {
        let dir = tempfile::tempdir().unwrap();
        let error = OsDisk.publish(&dir.path().join("a"), &dir.path().join("b")).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn a_passing_failure_is_tried_five_times_with_growing_pauses() {
        let (mut tries, mut pauses) = (0, Vec::new());
        let result: io::Result<()> = retry(
            || {
                tries += 1;
                Err(io::Error::from_raw_os_error(32))
            },
            |error| error.raw_os_error() == Some(32),
            |pause| pauses.push(pause),
        );
        assert!(result.is_err());
        assert_eq!(tries, 5);
        assert_eq!(pauses, [100, 300, 800, 2000]);
    }

    #[test]
    fn a_lasting_failure_is_tried_once() {
        let mut tries = 0;
        let result: io::Result<()> = retry(
            || {
                tries += 1;
                Err(io::ErrorKind::NotFound.into())
            },
            |error| error.raw_os_error() == Some(32),
            |_| unreachable!(),
        );
        assert!(result.is_err());
        assert_eq!(tries, 1);
    }
}
