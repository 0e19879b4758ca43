//! The disk as the document store sees it, between one start of the machine and the next.

use std::{
    io,
    path::Path,
    sync::{Arc, MutexGuard},
};

use kontor_store::disk::{Disk, DiskEntry, DiskReader, DiskWriter};

use super::{
    ROOT,
    fault::Fault,
    machine::{Create, Machine, OpenHow, Shared},
    names::Entry,
};

/// The simulated disk below a [`kontor_store`] document folder.
///
/// A mount belongs to one running program: after [`SimDisk::kill`](super::SimDisk::kill) or
/// [`SimDisk::power_cut`](super::SimDisk::power_cut) it answers every call with an error, and so do
/// its readers and writers.
#[derive(Debug, Clone)]
pub struct Mount {
    disk: Arc<Shared>,
    boot: u64,
}

impl Mount {
    pub(super) fn new(disk: Arc<Shared>) -> Self {
        let boot = disk.lock().boot;
        Self { disk, boot }
    }

    fn machine(&self) -> Result<MutexGuard<'_, Machine>, Fault> {
        let machine = self.disk.lock();
        if machine.boot == self.boot { Ok(machine) } else { Err(Fault::Dead) }
    }
}

impl Disk for Mount {
    fn create_dir_all(&self, dir: &Path) -> io::Result<()> {
        Ok(self.machine()?.create_folder(&normal(dir)?)?)
    }

    fn create(&self, file: &Path) -> io::Result<Box<dyn DiskWriter>> {
        let how = OpenHow { create: Create::Always, write: true, ..OpenHow::default() };
        let number = self.machine()?.open(Some(&normal(file)?), how)?;
        Ok(Box::new(Writer { file: OpenNumber { disk: Arc::clone(&self.disk), number }, end: 0 }))
    }

    fn open(&self, file: &Path) -> io::Result<Box<dyn DiskReader>> {
        let number = self.machine()?.open(Some(&normal(file)?), OpenHow::default())?;
        Ok(Box::new(OpenNumber { disk: Arc::clone(&self.disk), number }))
    }

    fn publish(&self, from: &Path, to: &Path) -> io::Result<()> {
        Ok(self.machine()?.publish(&normal(from)?, &normal(to)?)?)
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        Ok(self.machine()?.sync_folder(&normal(dir)?)?)
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<DiskEntry>> {
        let names = self.machine()?.list(&normal(dir)?)?;
        let entry = |(name, entry)| DiskEntry { name, is_dir: entry == Entry::Folder };
        Ok(names.into_iter().map(entry).collect())
    }

    fn remove(&self, file: &Path) -> io::Result<()> {
        Ok(self.machine()?.remove(&normal(file)?)?)
    }
}

/// A handle that closes itself. Its number is never used again, so a handle from before a restart
/// finds nothing and fails.
struct OpenNumber {
    disk: Arc<Shared>,
    number: u64,
}

impl Drop for OpenNumber {
    fn drop(&mut self) {
        self.disk.lock().close(self.number);
    }
}

impl DiskReader for OpenNumber {
    fn len(&self) -> io::Result<u64> {
        Ok(self.disk.lock().len(self.number)? as u64)
    }

    fn read_exact_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        let count = self.disk.lock().read(self.number, offset, buffer)?;
        if count == buffer.len() { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }
}

struct Writer {
    file: OpenNumber,
    end: usize,
}

impl DiskWriter for Writer {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.disk.lock().write(self.file.number, self.end, bytes)?;
        self.end += bytes.len();
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(self.file.disk.lock().sync(self.file.number)?)
    }
}

/// One spelling per path, on Windows too: `/`, no trailing one. Outside [`ROOT`] there is nothing.
fn normal(path: &Path) -> Result<String, Fault> {
    let text = path.to_str().ok_or(Fault::NotFound)?.replace('\\', "/");
    let text = text.trim_end_matches('/');
    if text == ROOT || text.strip_prefix(ROOT).is_some_and(|rest| rest.starts_with('/')) {
        Ok(text.to_owned())
    } else {
        Err(Fault::NotFound)
    }
}
