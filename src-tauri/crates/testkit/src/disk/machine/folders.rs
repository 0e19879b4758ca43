//! Names: what a program asks of folders.

use crate::disk::{
    fault::Fault,
    names::{Entry, parent},
};

use super::Machine;

impl Machine {
    pub(in crate::disk) fn exists(&self, path: &str) -> Result<Option<Entry>, Fault> {
        self.nemesis.check_alive()?;
        Ok(self.names.get(path))
    }

    /// Length of a file by its name.
    pub(in crate::disk) fn len_of(&self, path: &str) -> Option<usize> {
        Some(self.files.get(&self.names.file(path)?)?.bytes().len())
    }

    pub(in crate::disk) fn create_folder(&mut self, path: &str) -> Result<(), Fault> {
        match self.names.get(path) {
            Some(Entry::Folder) => return self.nemesis.check_alive(),
            Some(Entry::File(_)) => return Err(Fault::Exists),
            None if parent(path).is_empty() => return Err(Fault::NotFound),
            None => self.create_folder(parent(path))?,
        }
        let breath = self.begin_change()?;
        self.names.add(path, Entry::Folder);
        breath.end()
    }

    pub(in crate::disk) fn publish(&mut self, from: &str, to: &str) -> Result<(), Fault> {
        self.nemesis.check_alive()?;
        if self.names.get(from).is_none() || !self.names.is_folder(parent(to)) {
            return Err(Fault::NotFound);
        }
        if self.names.get(to).is_some() {
            return Err(Fault::Exists);
        }
        let breath = self.begin_change()?;
        self.names.rename(from, to);
        breath.end()
    }

    pub(in crate::disk) fn remove(&mut self, path: &str) -> Result<(), Fault> {
        self.nemesis.check_alive()?;
        self.names.file(path).ok_or(Fault::NotFound)?;
        let breath = self.begin_change()?;
        self.names.remove(path);
        self.harmed.insert(path.to_owned());
        breath.end()
    }

    pub(in crate::disk) fn sync_folder(&mut self, path: &str) -> Result<(), Fault> {
        self.nemesis.check_alive()?;
        if !self.names.is_folder(path) {
            return Err(Fault::NotFound);
        }
        let breath = self.begin_change()?;
        if self.reaches_platter(breath) {
            self.names.sync(path);
            self.collect();
        }
        breath.end()
    }

    pub(in crate::disk) fn list(&self, path: &str) -> Result<Vec<(String, Entry)>, Fault> {
        self.nemesis.check_alive()?;
        if !self.names.is_folder(path) {
            return Err(Fault::NotFound);
        }
        Ok(self.names.below(path).map(|(name, entry)| (name.to_owned(), entry)).collect())
    }

    pub(in crate::disk) fn files(&self) -> Vec<String> {
        self.names.files().map(|(path, _)| path.to_owned()).collect()
    }
}
